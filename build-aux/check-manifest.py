#!/usr/bin/env python3
"""Checks the Flatpak manifest: what a build would trip over and what a reviewer would ask about.

It cannot be built in the tests, which have no Flatpak; so keys, pins, permissions and the list of
modules against the libraries that meson asks for are held here.
"""
import json
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
MANIFEST = 'org.example.Crm.json'
REQUIRED = {'id', 'runtime', 'runtime-version', 'sdk', 'command', 'finish-args', 'modules'}
KNOWN_MODULE = {'name', 'buildsystem', 'builddir', 'config-opts', 'build-options', 'make-args',
                'make-install-args', 'cleanup', 'sources', 'build-commands', 'post-install'}
# A display, and the keyring for the key of the replica. Files come in by portals.
PERMISSIONS = {'--share=ipc', '--socket=fallback-x11', '--socket=wayland', '--device=dri',
               '--share=network', '--talk-name=org.freedesktop.secrets'}
# Where a library that meson asks for comes from: org.gnome.Platform 48 (sdk-platform.bst of
# gnome-build-meta, and the freedesktop-sdk 24.08 that it stands on; it has no SQLCipher, libsodium,
# cmark, libcsv or libxlsxwriter, and the SDK no blueprint-compiler), or one of our modules.
RUNTIME = {'m', 'glib-2.0', 'gio-2.0', 'gio-unix-2.0', 'gtk4', 'gtk4-unix-print', 'libadwaita-1', 'json-glib-1.0',
           'libsecret-1', 'libsoup-3.0', 'cairo', 'cairo-pdf', 'pango', 'pangocairo', 'pangoft2', 'fontconfig', 'libxml-2.0', 'harfbuzz'}
MODULES = {'sqlcipher': 'sqlcipher', 'libsodium': 'libsodium', 'libcmark': 'cmark', 'csv': 'libcsv',
           'xlsxwriter': 'libxlsxwriter', 'libportal': 'libportal', 'libportal-gtk4': 'libportal'}
DEPENDENCY = re.compile(r"(?:dependency|find_library)\(\s*'([^']+)'")


def check_source(module, source):
    kind = source.get('type')
    if kind in ('dir', 'shell', 'inline', 'patch'):
        return []
    if kind != 'archive':
        return [f'{module}: a source of type {kind} is not pinned; use an archive with sha256']
    wrong = []
    if not re.fullmatch(r'[0-9a-f]{64}', source.get('sha256', '')):
        wrong.append(f'{module}: the archive has no sha256')
    if not source.get('url', '').startswith('https://'):
        wrong.append(f'{module}: the archive has no https address')
    return wrong


def check_module(module):
    name = module.get('name', '?')
    wrong = [f'{name}: unknown key "{key}"' for key in sorted(set(module) - KNOWN_MODULE)]
    if not module.get('sources'):
        wrong.append(f'{name}: no sources')
    for source in module.get('sources', []):
        wrong += check_source(name, source)
    return wrong


def asked_for():
    """The libraries that the build of the programs looks up, not those of the tests."""
    files = [TOP / 'meson.build', *sorted((TOP / 'src').rglob('meson.build'))]
    return {name for path in files for name in DEPENDENCY.findall(path.read_text(encoding='utf-8'))}


def check_modules(manifest):
    have = [module.get('name') for module in manifest['modules']]
    need = {MODULES[name] for name in asked_for() if name in MODULES}
    wrong = [f'the build asks for {name}: is it in the runtime, or which module has it?'
             for name in sorted(asked_for() - RUNTIME - set(MODULES))]
    wrong += [f'module {name} is missing' for name in sorted(need - set(have))]
    wrong += [f'module {name} is not used by the build'
              for name in sorted(set(MODULES.values()) & set(have) - need)]
    if len(set(have)) != len(have) or have[-1] != 'crm':
        wrong.append('each module once, and crm as the last')
    return wrong


def check(manifest):
    wrong = [f'"{key}" is missing' for key in sorted(REQUIRED - set(manifest))]
    if wrong:
        return wrong
    if manifest['id'] + '.json' != MANIFEST:
        wrong.append('the id is not the name of the file')
    for permission in sorted(set(manifest['finish-args']) ^ PERMISSIONS):
        wrong.append(f'permission {permission}: more or less than the app needs')
    for module in manifest['modules']:
        wrong += check_module(module)
    return wrong + check_modules(manifest)


def main():
    try:
        manifest = json.loads((TOP / MANIFEST).read_text(encoding='utf-8'))
    except ValueError as error:
        print(f'{MANIFEST}: {error}')
        return 1
    wrong = check(manifest)
    for problem in wrong:
        print(f'{MANIFEST}: {problem}')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
