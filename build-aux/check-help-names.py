#!/usr/bin/env python3
"""Checks that what the help calls a button or page is what the window calls it, in each language.

The names in <gui> are looked up among the texts of po/nl.po: English pages among the originals,
others among the translations. Mnemonics and trailing dots do not count.
"""
import ast
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
FIELD = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', re.MULTILINE)
GUI = re.compile(r'<gui>([^<]*)</gui>')


def plain(text):
    return text.replace('_', '').rstrip('…').strip().casefold()


def read(po):
    """Returns the originals and the translations."""
    originals, translations = set(), set()
    for field, strings in FIELD.findall(po.read_text(encoding='utf-8')):
        text = ''.join(ast.literal_eval(line) for line in strings.splitlines())
        (originals if field.startswith('msgid') else translations).add(plain(text))
    return originals, translations


def main():
    wrong = []
    for folder in sorted((TOP / 'help').iterdir()):
        if not folder.is_dir():
            continue
        language = 'nl' if folder.name == 'C' else folder.name
        originals, translations = read(TOP / 'po' / f'{language}.po')
        known = originals if folder.name == 'C' else translations
        for page in sorted(folder.glob('*.page')):
            for name in GUI.findall(page.read_text(encoding='utf-8')):
                if plain(name) not in known:
                    wrong.append(f'help/{folder.name}/{page.name}: nothing in the window is called “{name}”')
    print('\n'.join(wrong) or 'the help and the window use the same names')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
