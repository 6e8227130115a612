#!/usr/bin/env python3
"""Checks that files and functions stay small, and prints how small they are.

Gates: 600 lines a file, 60 a function (from its opening to its closing brace). Medians and test
lines per source line are printed, not enforced.
"""
import re
import sys
from pathlib import Path
from statistics import median, quantiles

TOP = Path(__file__).resolve().parent.parent
FILE_GATE = 600
FUNCTION_GATE = 60
NAME = re.compile(r'^(\w+) \(')


def read(path):
    return path.read_text(encoding='utf-8').splitlines()


def functions(lines):
    """Yields (name, line number, length): in GNU style a body's braces stand at the margin."""
    name = start = None
    for number, line in enumerate(lines, 1):
        match = NAME.match(line)
        if match:
            name = match[1]
        if line == '{' and name and lines[number - 2].endswith(')'):
            start = number
        elif line == '}' and start:
            yield name, start, number - start + 1
            name = start = None
        elif line.endswith(';') and not start:
            name = None


def describe(what, sizes):
    if len(sizes) < 2:
        return
    high = quantiles(sizes, n=10)[-1]
    print(f'{what}: {len(sizes)}, median {median(sizes):.0f}, nine in ten under {high:.0f}, longest {max(sizes)}')


def lines_below(folder):
    return sum(len(read(path)) for path in folder.rglob('*.[ch]'))


def print_ratios():
    total = [0, 0]
    for room in sorted(path for path in (TOP / 'src').iterdir() if path.is_dir()):
        source, tests = lines_below(room), lines_below(TOP / 'tests' / room.name)
        total = [total[0] + source, total[1] + tests]
        if source:
            print(f'{room.name}: {source} lines, {tests} of tests ({tests / source:.2f})')
    if total[0]:
        print(f'all rooms: {total[0]} lines, {total[1]} of tests ({total[1] / total[0]:.2f})')


def main():
    wrong, sizes, lengths = [], [], []
    for tree in ('src', 'tests', 'build-aux'):
        for path in sorted((TOP / tree).rglob('*')):
            if path.suffix not in ('.c', '.h', '.blp', '.py'):
                continue
            name, lines = path.relative_to(TOP), read(path)
            if len(lines) > FILE_GATE:
                wrong.append(f'{name}: {len(lines)} lines, more than {FILE_GATE}')
            if path.suffix != '.c':
                continue
            sizes.append(len(lines))
            for function, line, length in functions(lines):
                lengths.append(length)
                if length > FUNCTION_GATE:
                    wrong.append(f'{name}:{line}: {function} has {length} lines, more than {FUNCTION_GATE}')
    describe('C files', sizes)
    describe('functions', lengths)
    print_ratios()
    print('\n'.join(wrong) or 'nothing is too long')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
