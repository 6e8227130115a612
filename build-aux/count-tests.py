#!/usr/bin/env python3
"""Counts the cases in meson's logs and prints "N passed, N failed" as its last line.

A TAP program counts per case; one that failed without naming a case (it crashed, hung or leaked)
counts as one failed case on top of those that passed before. Any other test is one case. Skipped
cases are neither, and are said apart.
"""
import json
import re
import sys

CASE = re.compile(r'^(ok|not ok)\b[^#]*(#\s*(SKIP|TODO))?', re.IGNORECASE)
GOOD = ('OK', 'EXPECTEDFAIL')


def count(test):
    """Returns (passed, failed, skipped) of one entry of the log."""
    if test['result'] == 'SKIP':
        return 0, 0, 1
    passed = failed = skipped = 0
    for line in (test.get('stdout') or '').splitlines():
        case = CASE.match(line)
        if case and (case[3] or '').upper() == 'SKIP':
            skipped += 1
        elif case and case[1].lower() == 'ok':
            passed += 1
        elif case:
            failed += 1
    good = test['result'] in GOOD
    if good and passed + failed + skipped == 0:
        passed = 1
    if not good and failed == 0:
        failed = 1
    return passed, failed, skipped


def main(paths):
    total = [0, 0, 0]
    for path in paths:
        try:
            with open(path, encoding='utf-8') as log:
                for line in log:
                    for index, number in enumerate(count(json.loads(line))):
                        total[index] += number
        except FileNotFoundError:
            pass
    passed, failed, skipped = total
    if skipped:
        print(f'{skipped} skipped')
    if passed + failed == 0:
        print('No test ran: is the name of the suite right?')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
