#!/usr/bin/env python3
"""Checks translations: po/POTFILES.in is complete and sorted, and po/*.po say everything.

  check-po.py files [--fix]   every file with translatable text is listed, in order, and exists
  check-po.py texts [--fix]   every text of those files is in each translation, none fuzzy or empty,
                              none left over; --fix merges new texts in, for a translator to fill
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
PO = TOP / 'po'
MARKED = re.compile(r'(?<![A-Za-z0-9_])(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*"|translatable="')
ALWAYS = {'data/org.example.Crm.desktop.in', 'data/org.example.Crm.metainfo.xml.in'}
XGETTEXT = [
    'xgettext', '--from-code=UTF-8', '--add-comments=Translators:', '--add-location=file',
    '--sort-by-file', '--package-name=crm', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2',
    '--keyword=NC_:1c,2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
    '--flag=ngettext:1:pass-c-format', '--flag=ngettext:2:pass-c-format', '--flag=_:1:pass-c-format',
]
# A text with a macro in it is cut off there by xgettext, and never translated.
CUT = re.compile(r'(?<![A-Za-z0-9_])(?:_|N_|ngettext)\s*\(\s*(?:"(?:[^"\\]|\\.)*"\s*)+[A-Z]')
COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*', re.DOTALL)


def run(*command):
    return subprocess.run(command, cwd=TOP, check=True, capture_output=True, text=True)


def listed():
    lines = (PO / 'POTFILES.in').read_text(encoding='utf-8').splitlines()
    return [line for line in lines if line and not line.startswith('#')]


def marked():
    """Files in src that hold text for people."""
    found = set(ALWAYS)
    for path in (TOP / 'src').rglob('*'):
        if path.suffix in ('.c', '.h', '.blp', '.ui'):
            text = COMMENT.sub('', path.read_text(encoding='utf-8'))
            text = re.sub(r'^#\s*define.*$', '', text, flags=re.MULTILINE)
            if MARKED.search(text):
                found.add(path.relative_to(TOP).as_posix())
    return sorted(found)


def check_cut():
    bad = 0
    for name in listed():
        if name.endswith('.c') and (TOP / name).exists():
            text = (TOP / name).read_text(encoding='utf-8')
            for match in CUT.finditer(text):
                print(f'{name}:{text.count(chr(10), 0, match.start()) + 1}: a text for translation has a macro in it')
                bad = 1
    return bad


def check_files(fix):
    want, have = marked(), listed()
    if want == have:
        return check_cut()
    if fix:
        (PO / 'POTFILES.in').write_text('\n'.join(want) + '\n', encoding='utf-8')
        return 0
    for path in sorted(set(want) - set(have)):
        print(f'po/POTFILES.in: {path} has translatable text and is not listed')
    for path in sorted(set(have) - set(want)):
        print(f'po/POTFILES.in: {path} is listed and has no translatable text')
    if sorted(have) != have:
        print('po/POTFILES.in: not sorted')
    print('Run build-aux/check-po.py files --fix')
    return 1


def extract(pot):
    """The template of all texts. Blueprint's strings are C's, so xgettext reads them as C."""
    files = listed()
    source = [name for name in files if not name.endswith(('.in', '.ui'))]
    forms = [name for name in files if name.endswith('.ui')]
    run(*XGETTEXT, '--language=C', '--output', str(pot), *source)
    if forms:
        run(*XGETTEXT, '--join-existing', '--output', str(pot), *forms)
    run(*XGETTEXT, '--join-existing', '--language=Desktop', '--keyword=GenericName', '--keyword=Comment',
        '--keyword=Keywords', '--output', str(pot), 'data/org.example.Crm.desktop.in')
    run(*XGETTEXT, '--join-existing', '--its=/usr/share/gettext/its/metainfo.its', '--output', str(pot),
        'data/org.example.Crm.metainfo.xml.in')


def check_language(po, pot, fix):
    merged = Path(str(pot) + po.name)
    run('msgmerge', '--quiet', '--no-fuzzy-matching', '--no-wrap', '--add-location=file', '--output-file',
        str(merged), str(po), str(pot))
    if fix:
        kept = run('msgattrib', '--no-obsolete', '--no-wrap', str(merged)).stdout
        po.write_text(kept, encoding='utf-8')
    run('msgfmt', '--check', '--output-file=/dev/null', str(po))
    bad = 0
    for option, problem in (('--untranslated', 'is not translated'), ('--only-fuzzy', 'is fuzzy')):
        text = run('msgattrib', option, '--no-obsolete', '--no-wrap', str(merged)).stdout
        for entry in text.split('\n\n')[1:]:
            message = re.search(r'^msgid(?:_plural)? "(.*)"', entry, re.MULTILINE)
            print(f'po/{po.name}: "{message[1] if message else entry}" {problem}')
            bad += 1
    return bad


def check_texts(fix):
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        pot = Path(folder) / 'crm.pot'
        extract(pot)
        for language in (PO / 'LINGUAS').read_text(encoding='utf-8').split():
            bad += check_language(PO / f'{language}.po', pot, fix)
    if bad:
        print(f'{bad} texts are missing; build-aux/check-po.py texts --fix puts them in for a translator')
    return 1 if bad else 0


def main(arguments):
    fix = '--fix' in arguments
    what = [argument for argument in arguments if argument != '--fix']
    try:
        if what == ['files']:
            return check_files(fix)
        if what == ['texts']:
            return check_texts(fix)
    except subprocess.CalledProcessError as error:
        print(error.stderr or error)
        return 1
    print(__doc__)
    return 2


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
