#!/usr/bin/env python3
"""Counts the cases in meson's logs and prints "N passed, N failed" as its last line.

A TAP program counts per case; one that failed without naming a case (it crashed, hung or leaked)
counts as one failed case on top of those that passed before. Any other test is one case. Skipped
cases are neither, and are said apart.

What failed is repeated before that line, with what the program said last: a log that is kept only
in part mostly keeps its end.
"""
import json
import re
import sys

CASE = re.compile(r'^(ok|not ok)\b([^#]*)(#\s*(SKIP|TODO))?', re.IGNORECASE)
GOOD = ('OK', 'EXPECTEDFAIL')
LAST_LINES = 40


class Count:
    """What one test came to: its cases passed and skipped, and the names of those that failed."""

    def __init__(self, test):
        self.passed = self.skipped = 0
        self.failed = []
        self.test = test
        good = test['result'] in GOOD
        if test['result'] == 'SKIP':
            self.skipped = 1
            return
        for line in (test.get('stdout') or '').splitlines():
            self.add(line)
        if good and not (self.passed or self.failed or self.skipped):
            self.passed = 1
        if not good and not self.failed:
            self.failed.append(test['result'])

    def add(self, line):
        case = CASE.match(line)
        if not case:
            return
        if (case[4] or '').upper() == 'SKIP':
            self.skipped += 1
        elif case[1].lower() == 'ok':
            self.passed += 1
        else:
            self.failed.append(case[2].strip())

    def tell(self):
        print(f"\n{self.test['name']}: {', '.join(self.failed)}")
        for stream in ('stdout', 'stderr'):
            lines = (self.test.get(stream) or '').splitlines()
            for line in lines[-LAST_LINES:]:
                print(f'  {line}')


def read(path):
    """Yields a Count for each test of the log, of none when the run made no log."""
    try:
        with open(path, encoding='utf-8') as log:
            for line in log:
                yield Count(json.loads(line))
    except FileNotFoundError:
        pass


def main(paths):
    counts = [count for path in paths for count in read(path)]
    passed = sum(count.passed for count in counts)
    skipped = sum(count.skipped for count in counts)
    failed = sum(len(count.failed) for count in counts)
    for count in counts:
        if count.failed:
            count.tell()
    if skipped:
        print(f'{skipped} skipped')
    if passed + failed == 0:
        print('No test ran: is the name of the suite right?')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
