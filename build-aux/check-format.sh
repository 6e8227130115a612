#!/usr/bin/env bash
# check-format.sh [--fix]: C as .clang-format wants it, Blueprint as its own formatter does, scripts
# that parse. Says which file and line differs.
set -euo pipefail
shopt -s globstar nullglob

cd "$(dirname "${BASH_SOURCE[0]}")/.."
c=(src/**/*.[ch] tests/**/*.[ch])
blueprints=(src/**/*.blp)
failed=0

if [ "${1:-}" = --fix ]; then
  [ ${#c[@]} = 0 ] || clang-format -i "${c[@]}"
  [ ${#blueprints[@]} = 0 ] || blueprint-compiler format --fix "${blueprints[@]}"
  exit
fi

[ ${#c[@]} = 0 ] || printf '%s\0' "${c[@]}" | xargs -0 -n 30 -P 2 clang-format --dry-run -Werror \
  2> >(grep ': error: ' | sort -u -t : -k 1,2 | head -n 50) || failed=1
[ ${#blueprints[@]} = 0 ] || blueprint-compiler format "${blueprints[@]}" || failed=1
for script in build-aux/* .ci/run tests/**/*.sh; do
  case $(head -n 1 "$script") in
    *bash) bash -n "$script" || failed=1 ;;
    *python3) python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read(), sys.argv[1])' "$script" || failed=1 ;;
  esac
done
[ "$failed" = 0 ] || echo "Run build-aux/dev shell build-aux/check-format.sh --fix"
exit "$failed"
