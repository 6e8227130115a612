#!/usr/bin/env python3
"""The checks in build-aux find what they are for: each is run on a small tree with one fault."""
import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent


class Tree(unittest.TestCase):
    """A tree with the scripts, and nothing wrong with it."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.top = Path(self.folder.name)
        shutil.copytree(TOP / 'build-aux', self.top / 'build-aux')
        for name in ('data', 'help', 'org.example.Crm.json', '.clang-format', 'meson.build'):
            source = TOP / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, self.top / name)
        self.write('po/LINGUAS', 'nl\n')
        self.write('po/POTFILES.in', '\n'.join((
            'data/org.example.Crm.desktop.in', 'data/org.example.Crm.metainfo.xml.in', 'src/ui/crm-a.c', '')))
        self.write('src/ui/crm-a.c', '#include "ui/crm-a.h"\n\nconst char *text = _("One text");\n')
        self.write('src/ui/meson.build', "dependency('gtk4')\ndependency('sqlcipher')\n"
                   "dependency('libsodium')\ndependency('libcmark')\n"
                   "cc.find_library('csv')\ncc.find_library('xlsxwriter', has_headers: 'xlsxwriter.h')\n")
        self.write('src/model/crm-b.c', '#include "model/crm-b.h"\n#include "base/crm-c.h"\n')

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')

    def run_check(self, name, *arguments):
        done = subprocess.run([self.top / 'build-aux' / name, *arguments], capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def assert_good(self, *check):
        code, said = self.run_check(*check)
        self.assertEqual(code, 0, said)

    def assert_bad(self, expected, *check):
        code, said = self.run_check(*check)
        self.assertEqual(code, 1, said)
        self.assertIn(expected, said)


class Layout(Tree):
    def test_good(self):
        self.assert_good('check-layout.py')

    def test_wrong_room(self):
        self.write('src/model/crm-b.c', '#include "store/crm-store.h"\n')
        self.assert_bad('src/model/crm-b.c:1: includes store/crm-store.h: model may only include: base', 'check-layout.py')

    def test_toolkit_below_ui(self):
        self.write('src/store/crm-b.h', '\n#include <gtk/gtk.h>\n')
        self.assert_bad('src/store/crm-b.h:2: includes gtk/gtk.h: only ui and app may use GTK', 'check-layout.py')

    def test_private_header(self):
        self.write('src/ui/crm-a.c', '#include "store/crm-index-private.h"\n')
        self.assert_bad('private to store', 'check-layout.py')

    def test_tests_see_what_the_room_sees(self):
        self.write('tests/base/test-x.c', '#include "model/crm-kind.h"\n')
        self.assert_bad('tests/base/test-x.c:1: includes model/crm-kind.h: base may only include: GLib', 'check-layout.py')

    def test_unknown_room(self):
        self.write('src/attic/crm-x.c', '')
        self.assert_bad('there is no room "attic"', 'check-layout.py')

    def test_stranger_at_the_top(self):
        self.write('notes.txt', 'x')
        self.assert_bad('notes.txt: does not belong at the top', 'check-layout.py')


class Sizes(Tree):
    def body(self, lines):
        return 'void\nlong_one (void)\n{\n' + '  x ();\n' * (lines - 2) + '}\n'

    def test_at_the_gate(self):
        self.write('src/base/crm-x.c', self.body(60))
        self.assert_good('check-sizes.py')

    def test_long_function(self):
        self.write('src/base/crm-x.c', '\n' + self.body(61))
        self.assert_bad('src/base/crm-x.c:4: long_one has 61 lines', 'check-sizes.py')

    def test_long_arguments(self):
        self.write('src/base/crm-x.c', 'void\nf (int a,\n   int b)\n{\n' + '  x ();\n' * 59 + '}\n')
        self.assert_bad('f has 61 lines', 'check-sizes.py')

    def test_long_file(self):
        self.write('tests/base/test-x.c', '\n' * 601)
        self.assert_bad('tests/base/test-x.c: 601 lines', 'check-sizes.py')

    def test_table_is_no_function(self):
        self.write('src/base/crm-x.c', 'static const int table[] = {\n' + '  1,\n' * 100 + '};\n')
        self.assert_good('check-sizes.py')


class Format(Tree):
    def test_c(self):
        self.write('src/ui/crm-a.c', 'int  a;\n')
        self.assert_bad('src/ui/crm-a.c:1', 'check-format.sh')

    def test_fix(self):
        self.write('src/ui/crm-a.c', 'int  a;\n')
        self.assert_good('check-format.sh', '--fix')
        self.assertEqual((self.top / 'src/ui/crm-a.c').read_text(), 'int a;\n')

    def test_blueprint(self):
        self.write('src/ui/crm-a.blp', 'using Gtk 4.0;\nBox {\nspacing: 6;\n}\n')
        self.assert_bad('crm-a.blp', 'check-format.sh')


class Texts(Tree):
    HEADER = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'

    def translate(self, change=None):
        """Makes a whole translation, and then a fault in it."""
        self.write('po/nl.po', self.HEADER)
        self.run_check('check-po.py', 'texts', '--fix')
        text = (self.top / 'po/nl.po').read_text(encoding='utf-8')
        head, *entries = text.split('\n\n')
        entries = [entry.replace('msgstr ""', 'msgstr "ja;"' if entry.rstrip().endswith('msgstr ""') else 'msgstr ""')
                   for entry in entries]
        text = '\n\n'.join([head, *entries])
        self.write('po/nl.po', change(text) if change else text)

    def test_files(self):
        self.assert_good('check-po.py', 'files')
        self.write('src/ui/crm-z.blp', 'Label { label: _("x"); }\n')
        self.assert_bad('src/ui/crm-z.blp has translatable text and is not listed', 'check-po.py', 'files')
        self.assert_good('check-po.py', 'files', '--fix')
        self.assert_good('check-po.py', 'files')

    def test_file_without_text(self):
        self.write('src/ui/crm-a.c', '/* _("not a text") */\n#define A(x) _("x")\n')
        self.assert_bad('src/ui/crm-a.c is listed and has no translatable text', 'check-po.py', 'files')

    def test_cut_text(self):
        self.write('src/ui/crm-a.c', '\nx = _("%" G_GUINT64_FORMAT " of them");\n')
        self.assert_bad('src/ui/crm-a.c:2: a text for translation has a macro in it', 'check-po.py', 'files')

    def test_whole(self):
        self.translate()
        self.assert_good('check-po.py', 'texts')

    def test_new_text(self):
        self.translate()
        self.write('src/ui/crm-a.c', 'x = _("One text");\ny = _("Another");\n')
        self.assert_bad('"Another" is not translated', 'check-po.py', 'texts')

    def test_untranslated(self):
        self.translate(lambda text: text.replace('msgid "One text"\nmsgstr "ja;"', 'msgid "One text"\nmsgstr ""'))
        self.assert_bad('"One text" is not translated', 'check-po.py', 'texts')

    def test_fuzzy(self):
        self.translate(lambda text: text.replace('msgid "One text"', '#, fuzzy\nmsgid "One text"'))
        self.assert_bad('"One text" is fuzzy', 'check-po.py', 'texts')


class Names(Tree):
    """What the texts speak of, against the real window and commands."""

    def setUp(self):
        super().setUp()
        for name in ('src', 'po'):
            shutil.copytree(TOP / name, self.top / name, dirs_exist_ok=True)
        for name in ('README.md', 'COPYING'):
            shutil.copy(TOP / name, self.top / name)

    def change(self, name, old, new):
        text = (self.top / name).read_text(encoding='utf-8')
        self.assertIn(old, text)
        self.write(name, text.replace(old, new))

    def test_good(self):
        self.assert_good('check-help-names.py')

    def test_button(self):
        self.change('help/nl/letters.page', '<gui>PDF maken</gui>', '<gui>Maak een PDF</gui>')
        self.assert_bad('nothing in the window is called “Maak een PDF”', 'check-help-names.py')

    def test_key(self):
        self.change('help/C/keyboard.page', '<key>E</key>', '<key>J</key>')
        self.assert_bad('ctrl+j is no key of the window', 'check-help-names.py')

    def test_command(self):
        self.change('help/C/privacy.page', 'crm-cli backup', 'crm-cli save')
        self.assert_bad('crm-cli has no command save', 'check-help-names.py')

    def test_readme_command(self):
        self.change('README.md', 'find vries', 'search vries')
        self.assert_bad('README.md: crm-cli has no command search', 'check-help-names.py')

    def test_manual(self):
        self.change('data/crm-cli.1', '\n.B rekey\n', '\n.B newkey\n')
        self.assert_bad('the command rekey is missing', 'check-help-names.py')

    def test_picture(self):
        self.change('README.md', 'screenshots/week.png', 'screenshots/month.png')
        self.assert_bad('data/screenshots/month.png is not there', 'check-help-names.py')


class Manifest(Tree):
    def change(self, how):
        path = self.top / 'org.example.Crm.json'
        manifest = json.loads(path.read_text(encoding='utf-8'))
        how(manifest)
        path.write_text(json.dumps(manifest), encoding='utf-8')

    def test_good(self):
        self.assert_good('check-manifest.py')

    def test_no_sum(self):
        self.change(lambda manifest: manifest['modules'][0]['sources'][0].pop('sha256'))
        self.assert_bad('has no sha256', 'check-manifest.py')

    def test_permission(self):
        self.change(lambda manifest: manifest['finish-args'].append('--filesystem=home'))
        self.assert_bad('permission --filesystem=home', 'check-manifest.py')

    def test_missing_module(self):
        self.change(lambda manifest: manifest['modules'].pop(-2))
        self.assert_bad('module libxlsxwriter is missing', 'check-manifest.py')

    def test_unknown_library(self):
        self.write('src/model/meson.build', "dependency('libfoo')\n")
        self.assert_bad('the build asks for libfoo', 'check-manifest.py')

    def test_broken(self):
        self.write('org.example.Crm.json', '{')
        self.assert_bad('org.example.Crm.json', 'check-manifest.py')


class Help(Tree):
    def test_good(self):
        self.assert_good('check-help.sh')

    def test_link_to_nowhere(self):
        page = self.top / 'help/C/find.page'
        page.write_text(page.read_text().replace('<p>', '<p><link xref="nowhere"/> ', 1))
        self.assert_bad('nowhere', 'check-help.sh')

    def test_page_in_one_language(self):
        (self.top / 'help/nl/undo.page').unlink()
        self.assert_bad('C and nl differ', 'check-help.sh')


class Count(Tree):
    def count(self, *tests):
        log = self.top / 'log.json'
        log.write_text(''.join(json.dumps({'name': 'room / it', **test}) + '\n' for test in tests))
        code, self.said = self.run_check('count-tests.py', str(log))
        return code, self.said.splitlines()[-1]

    def test_tap(self):
        self.assertEqual(self.count({'result': 'OK', 'stdout': '1..3\nok 1 /a\nok 2 /b # SKIP x\nok 3 /c\n# ok\n'}),
                         (0, '2 passed, 0 failed'))

    def test_failed_case(self):
        self.assertEqual(self.count({'result': 'FAIL', 'stdout': 'ok 1\nnot ok 2\nnot ok 3\n'}), (1, '1 passed, 2 failed'))

    def test_crash(self):
        self.assertEqual(self.count({'result': 'ERROR', 'stdout': '1..9\nok 1\nok 2\n'}), (1, '2 passed, 1 failed'))

    def test_leak_at_exit(self):
        self.assertEqual(self.count({'result': 'FAIL', 'stdout': '1..1\nok 1\n'}), (1, '1 passed, 1 failed'))

    def test_timeout(self):
        self.assertEqual(self.count({'result': 'TIMEOUT', 'stdout': ''}), (1, '0 passed, 1 failed'))

    def test_plain(self):
        self.assertEqual(self.count({'result': 'OK', 'stdout': 'all fine\n'}, {'result': 'FAIL'}), (1, '1 passed, 1 failed'))

    def test_failed_is_told_again(self):
        self.count({'result': 'FAIL', 'stdout': 'ok 1 /a\nnot ok 2 /b\n', 'stderr': 'why\n'}, {'result': 'OK', 'stdout': 'fine\n'})
        self.assertEqual(self.said.split('\n', 2)[1], 'room / it: 2 /b')
        self.assertIn('  why\n', self.said)
        self.assertNotIn('fine', self.said)

    def test_nothing(self):
        self.assertEqual(self.count(), (1, '0 passed, 0 failed'))

    def test_all_skipped(self):
        self.assertEqual(self.count({'result': 'SKIP'}), (1, '0 passed, 0 failed'))


if __name__ == '__main__':
    program = unittest.main(exit=False, argv=[sys.argv[0], '--buffer', *sys.argv[1:]])
    sys.exit(not program.result.wasSuccessful())
