#!/usr/bin/env bash
# A release build as a packager makes it: configured without the tests, built, installed in a
# folder; what belongs on a system is there, and the programs start from it. TAP on stdout.
set -uo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
number=0
failed=0

check () {
  local name=$1
  shift
  number=$((number + 1))
  if "$@" > "$tmp/out" 2>&1; then
    printf 'ok %d - %s\n' "$number" "$name"
  else
    printf 'not ok %d - %s\n' "$number" "$name"
    tail -n 20 "$tmp/out" | sed 's/^/# /'
    failed=1
  fi
}

build () {
  meson setup "$tmp/build" "$top" --prefix="$tmp/prefix" --buildtype=release -Dwerror=false &&
    ninja -C "$tmp/build" && meson install -C "$tmp/build" --no-rebuild
}

files_are_there () {
  local file missing=0
  for file in bin/crm bin/crm-cli share/applications/org.example.Crm.desktop \
    share/metainfo/org.example.Crm.metainfo.xml share/dbus-1/services/org.example.Crm.service \
    share/glib-2.0/schemas/gschemas.compiled share/icons/hicolor/scalable/apps/org.example.Crm.svg \
    share/icons/hicolor/symbolic/apps/org.example.Crm-symbolic.svg share/locale/nl/LC_MESSAGES/crm.mo \
    share/help/C/crm/index.page share/help/nl/crm/index.page share/man/man1/crm-cli.1; do
    [ -s "$tmp/prefix/$file" ] || { echo "$file is missing"; missing=1; }
  done
  return $missing
}

nothing_of_the_tests () { ! find "$tmp/prefix" -name '*test*' | grep .; }

check 'builds and installs' build
check 'everything is there' files_are_there
check 'nothing of the tests is' nothing_of_the_tests
check 'crm says its version' "$tmp/prefix/bin/crm" --version
check 'crm-cli says how it is used' "$tmp/prefix/bin/crm-cli" --help
check 'the service starts the program that is installed' \
  grep -qx "Exec=$tmp/prefix/bin/crm --gapplication-service" "$tmp/prefix/share/dbus-1/services/org.example.Crm.service"
echo "1..$number"
exit "$failed"
