#!/usr/bin/env bash
# build-aux/dev itself, on a small project of its own: its parts are copied beside a stub of a build,
# and programs it calls for (apt-get, mmdebstrap, dpkg-query, id) are replaced where a test says so.
# TAP on stdout.
set -uo pipefail

source_top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
tmp=$(mktemp -d)
trap 'chmod -R u+w "$tmp" 2> /dev/null; rm -rf "$tmp"' EXIT
tree="$tmp/a tree"
dev=$tree/build-aux/dev
export HOME=$tmp/home XDG_CACHE_HOME=$tmp/cache XDG_RUNTIME_DIR=$tmp/run
unset CRM_DEV_STAMP DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
inside=${CRM_DEV_ROOT:-}
number=0
failed=0

say () { printf '# %s\n' "$*"; }

check () {
  local name=$1
  shift
  number=$((number + 1))
  if "$@"; then
    printf 'ok %d - %s\n' "$number" "$name"
  else
    printf 'not ok %d - %s\n' "$number" "$name"
    sed 's/^/# /' "$tmp/out" "$tmp/err" 2> /dev/null
    failed=1
  fi
}

skip () {
  number=$((number + 1))
  printf 'ok %d - %s # SKIP %s\n' "$number" "$1" "$2"
}

# Runs, keeps stdout, stderr and the exit code.
try () {
  "$@" > "$tmp/out" 2> "$tmp/err"
  code=$?
  return 0
}

out_is () { printf "$1" | cmp -s - "$tmp/out"; }
err_is () { [ "$(grep -c . "$tmp/err")" = 1 ] && grep -q "$1" "$tmp/err"; }

make_tree () {
  mkdir -p "$tree/build-aux" "$tree/data" "$HOME" "$XDG_RUNTIME_DIR" "$tmp/fake"
  chmod 700 "$XDG_RUNTIME_DIR"
  cp "$source_top"/build-aux/{dev,dev-*,run-tests,count-tests.py,packages,lsan.supp,session.conf} "$tree/build-aux/"
  cat > "$tree/meson.build" << 'MESON'
project('stub', meson_version: '>= 1.7')
custom_target(output: 'built', command: ['touch', '@OUTPUT@'], build_by_default: true)
foreach name, code : {'good': '0', 'bad': '3'}
  test(name, find_program('sh'), args: ['-c', 'echo words of @0@; exit @1@'.format(name, code)], suite: name)
endforeach
test('cases', find_program('printf'), args: ['1..3\nok 1\nok 2 # SKIP not here\nok 3\n'], suite: 'tap', protocol: 'tap')
subdir('src/app')
test('endless', find_program('sleep'), args: ['60'], suite: 'slow')
MESON
  mkdir -p "$tree/src/app"
  echo "configure_file(input: 'crm', output: 'crm', copy: true)" > "$tree/src/app/meson.build"
  cat > "$tree/src/app/crm" << 'APP'
#!/bin/sh
printf '%s|' "$@" "${DISPLAY:-}" "${GDK_BACKEND:-}" "${DBUS_SESSION_BUS_ADDRESS:+bus}"
trap 'exit 7' TERM
[ "$1" != wait ] || { echo ready; while :; do sleep 0.05; done; }
exit 5
APP
  chmod +x "$tree/src/app/crm"
}

# A program that is found before the system's own.
fake () {
  printf '#!/bin/bash\n%s\n' "$2" > "$tmp/fake/$1"
  chmod +x "$tmp/fake/$1"
}

unfake () { rm -f "$tmp"/fake/*; }

# ---- the command line

test_usage () {
  try "$dev"
  [ "$code" = 2 ] && out_is '' && grep -q '^Usage' "$tmp/err" || return
  try "$dev" fly
  [ "$code" = 2 ] && out_is '' || return
  try "$dev" --help
  [ "$code" = 0 ] && grep -q '^Usage' "$tmp/out"
}

test_first_build () {
  try "$dev" shell true
  [ "$code" = 0 ] && out_is '' && grep -q configuring "$tmp/err" && [ -e "$tree/.build/plain/built" ]
}

test_quiet () {
  try "$dev" shell true
  [ "$code" = 0 ] && out_is '' && [ ! -s "$tmp/err" ]
}

test_arguments () {
  local all=('' ' ' 'a b' $'two\nlines' '*' '$HOME' '"' "'" '\' '--' '-n' $'\xff\xfe' 'é')
  printf '%s\0' "${all[@]}" > "$tmp/want"
  try "$dev" shell printf '%s\0' "${all[@]}"
  [ "$code" = 0 ] && cmp -s "$tmp/want" "$tmp/out"
}

test_stdin () {
  head -c 100000 /dev/urandom > "$tmp/in"
  "$dev" shell cat < "$tmp/in" | cmp -s - "$tmp/in"
}

test_exit_codes () {
  local want
  for want in 0 1 42 255; do
    try "$dev" shell sh -c "exit $want"
    [ "$code" = "$want" ] || return
  done
  try "$dev" shell no-such-program
  [ "$code" = 127 ] || return
  try bash -c '"$0" shell sh -c "kill -TERM \$\$"' "$dev"
  [ "$code" = 143 ]
}

# Starts a command by way of dev in the background and waits until it says that it is ready.
start () {
  : > "$tmp/out"
  "$@" >> "$tmp/out" 2> "$tmp/err" &
  started=$!
  for _ in {1..400}; do
    grep -q ready "$tmp/out" && return
    sleep 0.05
  done
  return 1
}

test_signals () {
  local signal
  for signal in TERM INT HUP USR1; do
    start "$@" bash -c "trap 'exit 7' $signal; echo ready; while :; do sleep 0.05; done" || return
    kill -"$signal" "$started"
    wait "$started"
    [ $? = 7 ] || return
  done
}

# INT is ignored in what a script starts in the background, HUP below nohup, so the test starts it as a terminal would.
test_signals_of_shell () { test_signals perl -e '$SIG{$_} = "DEFAULT" for "INT", "HUP"; exec @ARGV' "$dev" shell; }

test_nothing_held () {
  start "$dev" shell sh -c 'echo ready; exec sleep 20' || return
  flock -n "$tree/.build/plain.lock" true && ! ls -l "/proc/$started/fd" | grep -F "$tree"
  local result=$?
  kill "$started"
  wait "$started"
  return $result
}

# Waits until what is asked fails.
wait_while () {
  for _ in {1..400}; do
    "$@" || return 0
    sleep 0.05
  done
  return 1
}

lives () { grep -q '^State:.[^Z]' "/proc/$1/status" 2> /dev/null; }

# An orphan would go on serving a build that is gone.
test_dies_with_parent () {
  start bash -c '"$0" shell sh -c "echo ready \$\$; exec sleep 60" & wait' "$dev" || return
  kill -KILL "$started"
  wait "$started" 2> /dev/null
  wait_while lives "$(sed -n 's/^ready //p' "$tmp/out")"
}

test_environment () {
  cd "$tmp/home" || return
  try "$dev" shell sh -c 'pwd; echo "$GSETTINGS_SCHEMA_DIR"; echo "$CRM_LOCALE_DIR"; echo "${PATH%%:*}"'
  cd / && printf '%s\n' "$tmp/home" "$tree/.build/plain/data" "$tree/.build/plain/po" \
    "$tree/.build/plain/src/app" | cmp -s - "$tmp/out"
}

test_together () {
  local pids=() pid
  rm -rf "$tree/.build"
  for _ in {1..6}; do
    "$dev" shell true 2>> "$tmp/err" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || return; done
  [ -e "$tree/.build/plain/built" ]
}

test_quick () {
  local before after
  before=$(date +%s%N)
  try "$@" "$dev" shell true
  after=$(date +%s%N)
  say "took $(((after - before) / 1000000)) ms"
  [ "$code" = 0 ] && [ $((after - before)) -lt 2000000000 ]
}

test_build_error () {
  mv "$tree/meson.build" "$tmp/kept"
  { cat "$tmp/kept"; echo 'error(1 + )'; } > "$tree/meson.build"
  try "$dev" shell true
  mv "$tmp/kept" "$tree/meson.build"
  [ "$code" = 1 ] && out_is '' && grep -q 'ERROR' "$tmp/err" && tail -n 1 "$tmp/err" | grep -q '^dev: building failed'
}

# ---- tests

test_counts () {
  try "$dev" test good
  [ "$code" = 0 ] && [ "$(tail -n 1 "$tmp/out")" = '1 passed, 0 failed' ] || return
  try "$dev" test tap
  [ "$code" = 0 ] && [ "$(tail -n 1 "$tmp/out")" = '2 passed, 0 failed' ] && grep -q '1 skipped' "$tmp/out" || return
  try "$dev" test good bad tap
  [ "$code" = 1 ] && [ "$(tail -n 1 "$tmp/out")" = '3 passed, 1 failed' ] && grep -q 'words of bad' "$tmp/err"
}

test_none () {
  try "$dev" test nothing-of-this-name
  [ "$code" = 1 ] && [ "$(tail -n 1 "$tmp/out")" = '0 passed, 0 failed' ]
}

# ---- setting up a system of its own

with_fakes () { env -u CRM_DEV_ROOT PATH="$tmp/fake:$PATH" setsid -w "$@"; }

test_no_rights () {
  fake dpkg-query 'exit 0'
  fake id '[ "$1" = -u ] && echo 1000 || exec /usr/bin/id "$@"'
  fake sudo 'exit 1'
  try with_fakes "$dev" shell true
  unfake
  [ "$code" = 1 ] && out_is '' && [ "$(tail -n 1 "$tmp/err" | grep -c 'needs root')" = 1 ]
}

test_no_network () {
  fake dpkg-query 'exit 0'
  fake id '[ "$1" = -u ] && echo 0 || exec /usr/bin/id "$@"'
  fake apt-get 'echo "E: Unable to fetch some archives"; exit 100'
  try with_fakes "$dev" shell true
  unfake
  [ "$code" = 1 ] && out_is '' && tail -n 1 "$tmp/err" | grep -q 'installing packages failed: E: Unable to fetch'
}

# A system that is too old: its name is changed in a mount namespace, and the "root" that the fake
# mmdebstrap makes is links to this system.
may_unshare () { unshare --mount true 2> /dev/null || unshare --user --map-root-user --mount true 2> /dev/null; }

old_system () {
  printf 'ID=debian\nVERSION_ID="12"\n' > "$tmp/os-release"
  fake dpkg-query 'for name in apt mmdebstrap debian-archive-keyring; do echo "installed $name"; done'
  fake apt-get 'echo 1'
  env -u CRM_DEV_ROOT unshare $([ "$(id -u)" = 0 ] || echo --user --map-root-user) --mount \
    bash -c 'mount --bind "$1" /etc/os-release; shift; export PATH=$1:$PATH; shift; exec "$@"' \
    bash "$tmp/os-release" "$tmp/fake" "$@"
}

good_root='
for argument; do case $argument in /*) dir=$argument ;; esac; done
echo call >> "'$tmp'/calls"; sleep 0.5; mkdir -p "$dir/mnt"
for name in usr etc var bin sbin lib lib64; do [ ! -e "/$name" ] || cp -P "/$name" "$dir/$name" 2> /dev/null || ln -s "/$name" "$dir/$name"; done'
half_root='for argument; do case $argument in /*) mkdir "$argument" "$argument/usr" ;; esac; done; echo "E: no such host" >&2; exit 25'

roots () { find "$XDG_CACHE_HOME/crm-dev" -mindepth 1 -maxdepth 1 -type d 2> /dev/null | wc -l; }

test_half_root () {
  rm -rf "$XDG_CACHE_HOME"
  fake mmdebstrap "$half_root"
  try old_system "$dev" shell true
  [ "$code" = 1 ] && out_is '' && [ "$(roots)" = 0 ] &&
    tail -n 1 "$tmp/err" | grep -q 'making the Debian 13 root failed: E: no such host'
}

test_killed_root () {
  rm -rf "$XDG_CACHE_HOME"
  fake mmdebstrap 'for argument; do case $argument in /*) mkdir "$argument" "$argument/usr" ;; esac; done; kill -KILL $PPID; sleep 0.2'
  try old_system "$dev" shell true
  [ "$(roots)" = 1 ] || return
  fake mmdebstrap "$good_root"
  try old_system "$dev" shell sh -c 'echo "$CRM_DEV_ROOT"'
  [ "$code" = 0 ] && [ "$(roots)" = 1 ] && grep -q "^$XDG_CACHE_HOME/crm-dev/trixie-[0-9a-f]*$" "$tmp/out"
}

test_root_once () {
  local pids=() pid
  rm -rf "$XDG_CACHE_HOME" "$tmp/calls"
  fake mmdebstrap "$good_root"
  for _ in {1..4}; do
    old_system "$dev" shell true 2>> "$tmp/err" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || return; done
  [ "$(grep -c call "$tmp/calls")" = 1 ] && [ "$(roots)" = 1 ]
}

test_signals_of_root () { test_signals perl -e '$SIG{$_} = "DEFAULT" for "INT", "HUP"; exec @ARGV' "$tree/build-aux/dev-enter" "${inside:-/}"; }

test_root_arguments () {
  local all=('' 'a b' $'two\nlines' $'\xff')
  printf '%s\0' "$tmp/home" "${all[@]}" > "$tmp/want"
  cd "$tmp/home" || return
  try "$tree/build-aux/dev-enter" "${inside:-/}" bash -c 'printf "%s\0" "$PWD" "$@"' bash "${all[@]}"
  cd / && cmp -s "$tmp/want" "$tmp/out"
}

# A home folder below /var, as services that build have it.
test_home_in_var () {
  [ "$(id -u)" = 0 ] || return 0
  echo found > "$tmp/home/mark"
  try unshare --mount bash -c 'mount --bind "$HOME" /var/opt && cd /var/opt && HOME=/var/opt exec "$@"' bash \
    "$tree/build-aux/dev-enter" "${inside:-/}" sh -c 'pwd; cat "$HOME/mark"'
  [ "$code" = 0 ] && out_is '/var/opt\nfound\n'
}

# ---- the servers around a program

subshell () { ("$@"); }

in_common () { exec env top="$tree" bash -c 'set -euo pipefail; . "$top/build-aux/dev-common"; eval "$1"' bash "$1"; }

answers () { (: < "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

test_broadway () {
  local pid address
  in_common 'serve_broadway; echo "$BROADWAY_DISPLAY $GDK_BACKEND"; exec sleep 20' > "$tmp/out" 2> "$tmp/err" &
  pid=$!
  for _ in {1..100}; do
    grep -q broadway "$tmp/out" && break
    sleep 0.1
  done
  address=$(grep -o 'http://127.0.0.1:[0-9]*' "$tmp/err")
  listening=$(awk -v port="$(printf '%04X' "${address##*:}")" '$4 == "0A" && $2 ~ ":" port "$" { print $2 }' /proc/net/tcp /proc/net/tcp6)
  kill "$pid"
  wait "$pid" 2> /dev/null
  [ "${listening%:*}" = 0100007F ] && wait_while answers "${address##*:}"
}

test_run () {
  try "$dev" run 'a b' $'c\n'
  [ "$code" = 5 ] && out_is 'a b|c\n||broadway|bus|' && grep -q 'http://127.0.0.1:' "$tmp/err" || return
  try env DISPLAY=:99 DBUS_SESSION_BUS_ADDRESS=unix:path=/x "$dev" run x
  [ "$code" = 5 ] && out_is 'x|:99||bus|' && [ ! -s "$tmp/err" ]
}

test_run_ends () {
  start "$dev" run wait || return
  kill "$started"
  wait "$started"
  [ $? = 7 ] || return
  wait_while pgrep -f "gtk4-broadwayd.*--port $(grep -o '127.0.0.1:[0-9]*' "$tmp/err" | cut -d: -f2) "
}

test_bus () {
  try subshell in_common 'start_bus; exec dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetId'
  [ "$code" = 0 ] && grep -q string "$tmp/out"
}

test_display () {
  try subshell in_common 'start_display; echo "$DISPLAY"; [ -S "/tmp/.X11-unix/X${DISPLAY#:}" ]'
  [ "$code" = 0 ]
}

# ---- all of them

make_tree
export CRM_DEV_ROOT=${inside:-/}
check 'says how it is used' test_usage
check 'builds what is not there' test_first_build
check 'says nothing when there is nothing to do' test_quiet
check 'passes arguments byte for byte' test_arguments
check 'leaves stdin alone' test_stdin
check 'passes exit codes and deaths' test_exit_codes
check 'passes signals' test_signals_of_shell
check 'holds no lock and no file after exec' test_nothing_held
check 'the command dies with its parent' test_dies_with_parent
check 'keeps the folder, shows the build' test_environment
check 'works when six call at once' test_together
check 'is quick when there is nothing to do' test_quick
check 'shows why a build failed' test_build_error
check 'counts what passed and failed' test_counts
check 'fails when no test ran' test_none
check 'no rights: says so' test_no_rights
check 'no network: says so' test_no_network
check 'serves Broadway on this machine only' test_broadway
check 'runs the app, in a web browser without a display' test_run
check 'ends the app and its servers by a signal' test_run_ends
check 'starts a bus' test_bus
check 'starts a display' test_display
if may_unshare; then
  check 'is quick without a network too' test_quick unshare $([ "$(id -u)" = 0 ] || echo --map-root-user) --net
  check 'never uses half a root' test_half_root
  check 'makes it anew after a kill' test_killed_root
  check 'makes one root for four callers' test_root_once
  check 'passes signals into the root' test_signals_of_root
  check 'passes folder and arguments into the root' test_root_arguments
  check 'shows a home folder below /var' test_home_in_var
else
  for name in 'quick without a network' 'half a root' 'killed root' 'one root' 'signals' 'arguments' 'home'; do
    skip "$name" 'no namespaces here'
  done
fi
echo "1..$number"
exit "$failed"
