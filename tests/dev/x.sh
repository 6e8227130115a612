#!/usr/bin/env bash
# build-aux/dev on systems that have nothing yet: a minimal Debian 13, where it installs packages,
# and a minimal Debian 12, where a user with sudo gets a Debian 13 root. Needs root and a network,
# and takes some minutes. TAP on stdout.
set -uo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
tmp=$(mktemp -d)
trap 'rm -rf --one-file-system "$tmp"' EXIT
number=0
failed=0

check () {
  local name=$1
  shift
  number=$((number + 1))
  if "$@" > "$tmp/out" 2> "$tmp/err"; then
    printf 'ok %d - %s\n' "$number" "$name"
  else
    printf 'not ok %d - %s\n' "$number" "$name"
    tail -n 30 "$tmp/out" "$tmp/err" | sed 's/^/# /'
    failed=1
  fi
}

mirror () {
  apt-get indextargets --format '$(ORIGIN) $(LABEL) $(SITE)' 2> /dev/null |
    awk '$1 == "Debian" && $2 == "Debian" && !seen { print $3; seen = 1 }'
}

make_system () {
  mmdebstrap --variant=minbase --include=sudo,passwd "$1" "$tmp/$1" $(mirror) || return
  mkdir -p "$tmp/$1/srv/crm"
  (cd "$top" && git -c safe.directory='*' ls-files -z --cached --others --exclude-standard |
    tar -c --null --files-from=- --ignore-failed-read) | tar -x -C "$tmp/$1/srv/crm" || return
  cp -L /etc/resolv.conf "$tmp/$1/etc/resolv.conf"
  chroot "$tmp/$1" useradd --create-home --shell /bin/bash worker
  echo 'worker ALL=(ALL) NOPASSWD: ALL' > "$tmp/$1/etc/sudoers.d/worker"
  chroot "$tmp/$1" chown -R worker: /srv/crm
}

# A machine to itself, as far as files go; nothing of this environment goes along.
on () {
  local system=$1 user=$2
  shift 2
  unshare --mount --propagation private bash -c '
    set -e
    root=$1 user=$2
    shift 2
    mount --rbind "$root" "$root"
    for dir in proc dev sys; do mount --rbind "/$dir" "$root/$dir"; done
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
    cd "$root"
    pivot_root . .
    umount -l .
    cd /
    export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    home=$(getent passwd "$user" | cut -d: -f6)
    exec setpriv --reuid "$user" --regid "$user" --init-groups \
      env -i PATH="$PATH" HOME="$home" LANG=C.UTF-8 "$@"
  ' bash "$tmp/$system" "$user" "$@" < /dev/null
}

quickly () {
  local before after
  before=$(date +%s%N)
  "$@" || return
  after=$(date +%s%N)
  [ $((after - before)) -lt 2000000000 ]
}

tests_pass () {
  on trixie root /srv/crm/build-aux/dev test base || return
  tail -n 1 "$tmp/out" | grep -qx '[1-9][0-9]* passed, 0 failed'
}

# A user's call installs what is gone.
installs_as_user () {
  chown -R --reference="$tmp/trixie/home/worker" "$tmp/trixie/srv/crm"
  on trixie root dpkg --remove --force-depends xz-utils || return
  on trixie worker /srv/crm/build-aux/dev shell xz --version
}

root_belongs_to_user () {
  on bookworm worker /srv/crm/build-aux/dev shell sh -c '. /etc/os-release && [ "$VERSION_ID" = 13 ] && [ "$(id -un)" = worker ] && echo made > ~/mark' || return
  [ -s "$tmp/bookworm/home/worker/mark" ] && [ -z "$(find "$tmp"/bookworm/home/worker/.cache/crm-dev -maxdepth 2 ! -user "$(stat -c %u "$tmp/bookworm/home/worker")" -print -quit)" ]
}

# Subordinate ids are enough where mmdebstrap is there.
root_without_sudo () {
  on bookworm root apt-get -q -y --no-install-recommends install uidmap || return
  chroot "$tmp/bookworm" useradd --create-home --shell /bin/bash plain
  cp -r "$tmp/bookworm/srv/crm" "$tmp/bookworm/home/plain/crm"
  rm -rf "$tmp/bookworm/home/plain/crm/.build"
  chown -R --reference="$tmp/bookworm/home/plain" "$tmp/bookworm/home/plain/crm"
  on bookworm plain /home/plain/crm/build-aux/dev shell sh -c '[ "$(id -un)" = plain ] && . /etc/os-release && [ "$VERSION_ID" = 13 ]'
}

says_no_rights () {
  rm -rf "$tmp"/bookworm/home/plain/.cache
  on bookworm root dpkg --remove uidmap || return
  ! on bookworm plain /home/plain/crm/build-aux/dev shell true && grep -qx 'dev: making a Debian 13 root needs root or .*' "$tmp/err"
}

sources_untouched () {
  find "$tmp/$1/etc/apt" -path '*sources*' -type f | sort | xargs cat | sha256sum
}

if [ "$(id -u)" != 0 ] || ! unshare --mount true 2> /dev/null; then
  echo '1..0 # SKIP needs root'
  exit 0
fi

:
before=$(sources_untouched trixie)
:
:
:
:
rm -rf --one-file-system "$tmp/trixie"

check 'makes a minimal Debian 12' make_system bookworm
before=$(sources_untouched bookworm)
check 'Debian 12: a user gets a root of his own' root_belongs_to_user
check 'Debian 12: the second call is quick' quickly on bookworm worker /srv/crm/build-aux/dev shell true
check 'Debian 12: a user without sudo gets one by subordinate ids' root_without_sudo
check 'Debian 12: a user without any rights gets one clear line' says_no_rights
check 'Debian 12: apt sources are as they were' [ "$before" = "$(sources_untouched bookworm)" ]
echo "1..$number"
exit "$failed"
