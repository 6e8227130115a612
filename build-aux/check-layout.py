#!/usr/bin/env python3
"""Checks who includes whom, and what lies at the top of the tree.

MAY is the table of the house: a room sees itself and the rooms named here, nothing else; tests of
a room see what the room sees. GTK is for ui and app alone. Private headers stay in their room.
"""
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent

MAY = {
    'base': '',
    'db': 'base',
    'model': 'base',
    'wire': 'base model',
    'store': 'base db model',
    'sync': 'base model wire store',
    'quality': 'base model store',
    'exchange': 'base model store quality',
    'letters': 'base model store',
    'mail': 'base model store letters',
    'report': 'base model store exchange letters',
    'ui': 'base model store sync quality exchange letters mail report',
    'app': 'base db model wire store sync quality exchange letters mail report ui',
    'cli': 'base db model wire store sync quality exchange letters mail report ui',
    'server': 'base db model wire',
}
GRAPHICAL = {'ui', 'app'}
# Tests of everything together; they are no room and see all of them.
TOGETHER = {'e2e', 'sim', 'bench', 'fuzz'}
# The other end, which the tests of a room may play against.
OPPONENTS = {'sync': {'server'}}
GENERATED = {'crm-config.h', 'crm-ui-resources.h'}
ENTRIES = set('src data po help tests build-aux meson.build README.md COPYING org.example.Crm.json'.split())

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.MULTILINE)
TOOLKIT = re.compile(r'^(gtk|gdk|gsk|adwaita|libadwaita)\b')


def tracked():
    """The files of the project; without git, all that is there."""
    git = subprocess.run(['git', '-c', 'safe.directory=*', 'ls-files', '--cached', '--others', '--exclude-standard'],
                         cwd=TOP, capture_output=True, text=True)
    if git.returncode == 0:
        return [name for name in git.stdout.splitlines() if (TOP / name).exists()]
    return [path.relative_to(TOP).as_posix() for path in TOP.rglob('*') if path.is_file()]


def check_include(room, quote, name, is_test):
    """Returns what is wrong with one include, or None."""
    if quote == '<':
        if TOOLKIT.match(name) and room not in GRAPHICAL and room not in TOGETHER:
            return 'only ui and app may use GTK'
        return None
    if name in GENERATED:
        return None
    other, slash, header = name.partition('/')
    if not slash:
        return None if is_test else 'name the room: "room/crm-noun.h"'
    if is_test and other == 'tests':
        return None
    if other not in MAY:
        return f'there is no room "{other}"'
    if room in TOGETHER or other == room:
        return None
    if header.endswith('-private.h'):
        return f'private to {other}'
    if is_test and other in OPPONENTS.get(room, ()):
        return None
    if other not in MAY[room].split():
        return f'{room} may only include: {MAY[room] or "GLib"}'
    return None


def check_file(name):
    tree, room = name.split('/')[:2]
    if room.endswith(('.c', '.h')):
        return []
    if room not in MAY and not (tree == 'tests' and room in TOGETHER):
        return [f'{name}: there is no room "{room}"']
    text = (TOP / name).read_text(encoding='utf-8')
    found = []
    for match in INCLUDE.finditer(text):
        problem = check_include(room, match[1], match[2], tree == 'tests')
        if problem:
            line = text.count('\n', 0, match.start(2)) + 1
            found.append(f'{name}:{line}: includes {match[2]}: {problem}')
    return found


def print_untested(files):
    """Not an error: a source may be tested through another one. Said so that it is seen."""
    tests = {name for name in files if name.startswith('tests/')}
    for name in files:
        parts = name.split('/')
        if name.endswith('.c') and parts[0] == 'src' and parts[1] not in ('ui', 'app', 'cli'):
            test = f'tests/{parts[1]}/{parts[-1].replace("crm-", "test-", 1)}'
            if test not in tests:
                print(f'# {name} has no {test}')


def main():
    files = tracked()
    wrong = []
    for entry in sorted({name.split('/')[0] for name in files}):
        if entry not in ENTRIES and not entry.startswith('.'):
            wrong.append(f'{entry}: does not belong at the top of the tree')
    for name in files:
        if name.startswith(('src/', 'tests/')) and name.endswith(('.c', '.h')):
            wrong += check_file(name)
    print_untested(files)
    print('\n'.join(wrong) or f'{len(files)} files, all in their place')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
