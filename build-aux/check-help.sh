#!/usr/bin/env bash
# The help pages: each is valid Mallard, no link leads nowhere, no page is an orphan, and every
# language has the same pages.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../help"
failed=0

for language in *; do
  [ -d "$language" ] || continue
  yelp-check validate "$language"/*.page || failed=1
  for what in links orphans; do
    found=$(yelp-check "$what" "$language"/*.page || true)
    [ -z "$found" ] || { echo "$language, $what:"; echo "$found"; failed=1; }
  done
  different=$(diff <(cd C && ls) <(cd "$language" && ls)) || { echo "C and $language differ:"; echo "$different"; failed=1; }
  for page in "$language"/*.page; do
    id=$(basename "$page" .page)
    grep -q " id=\"$id\"" "$page" || { echo "$page: its id is not the name of the file"; failed=1; }
  done
done
exit "$failed"
