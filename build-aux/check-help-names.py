#!/usr/bin/env python3
"""Checks that the help, the README and the man page speak of what there is.

- What the help calls a button or page is what the window calls it, in each language: the names in
  <gui> are looked up among the texts of po/nl.po, English pages among the originals, others among
  the translations. Mnemonics and trailing dots do not count.
- The keys in <keyseq> are keys of the window.
- What stands behind crm-cli is a command of it; the man page has every command.
- Each file that the README points to is there.
"""
import ast
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
FIELD = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', re.MULTILINE)
GUI = re.compile(r'<gui>([^<]*)</gui>')
KEYSEQ = re.compile(r'<keyseq>(.*?)</keyseq>')
KEY = re.compile(r'<key>([^<]*)</key>')
ACCELERATOR = re.compile(r'"((?:<\w+>)+\w+|F\d+)[|"]')
COMMAND = re.compile(r'^  \{ "(\w+)",', re.MULTILINE)
# Options with their values stand before the command: crm-cli --data DIR --json find …
CALL = re.compile(r'crm-cli((?: --[\w-]+(?: /\S+| [A-Z]\S*)?)*) ([a-z]+)')
POINTER = re.compile(r'\]\(([^)#:]+)\)')
NAMES = {'?': 'question', ',': 'comma', 'enter': 'return', 'ctrl': '<control>', 'shift': '<shift>', 'alt': '<alt>'}


def plain(text):
    return text.replace('_', '').rstrip('…').strip().casefold()


def read(path):
    return path.read_text(encoding='utf-8')


def read_texts(po):
    """Returns the originals and the translations."""
    originals, translations = set(), set()
    for field, strings in FIELD.findall(read(po)):
        text = ''.join(ast.literal_eval(line) for line in strings.splitlines())
        (originals if field.startswith('msgid') else translations).add(plain(text))
    return originals, translations


def read_keys():
    files = [*(TOP / 'src').rglob('*.c'), *(TOP / 'src').rglob('*.blp')]
    return {key.lower() for path in files for key in ACCELERATOR.findall(read(path))}


def check_page(page, texts, keys):
    source = read(page)
    wrong = [f'nothing in the window is called “{name}”' for name in GUI.findall(source)
             if plain(name) not in texts]
    for sequence in KEYSEQ.findall(source):
        pressed = [key.lower() for key in KEY.findall(sequence)]
        if ''.join(NAMES.get(key, key) for key in pressed) not in keys:
            wrong.append(f'{"+".join(pressed)} is no key of the window')
    return wrong


def check_help(keys):
    wrong = []
    for folder in sorted((TOP / 'help').iterdir()):
        if not folder.is_dir():
            continue
        language = 'nl' if folder.name == 'C' else folder.name
        originals, translations = read_texts(TOP / 'po' / f'{language}.po')
        for page in sorted(folder.glob('*.page')):
            wrong += [f'{page.relative_to(TOP)}: {problem}' for problem in
                      check_page(page, originals if folder.name == 'C' else translations, keys)]
    return wrong


def check_commands():
    commands = set(COMMAND.findall(read(TOP / 'src/cli/crm-cli-commands.c')))
    manual = read(TOP / 'data/crm-cli.1')
    wrong = [f'data/crm-cli.1: the command {command} is missing' for command in sorted(commands)
             if not re.search(rf'^\.BR? "?{command}\b', manual, re.MULTILINE)]
    for path in [TOP / 'README.md', *sorted((TOP / 'help').rglob('*.page'))]:
        wrong += [f'{path.relative_to(TOP)}: crm-cli has no command {command}'
                  for _, command in CALL.findall(read(path)) if command not in commands]
    return wrong


def check_pointers():
    return [f'README.md: {path} is not there' for path in POINTER.findall(read(TOP / 'README.md'))
            if not (TOP / path).exists()]


def main():
    wrong = check_help(read_keys()) + check_commands() + check_pointers()
    print('\n'.join(wrong) or 'the help, the README and the man page speak of what there is')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
