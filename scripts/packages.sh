# shellcheck shell=bash
# Installs from Debian's packages what is missing, and nothing that is there.

missing=()

# need COMMAND PACKAGE
need() {
  type -P "$1" >/dev/null || missing+=("$2")
}

need_to_build() {
  # An older Java that is the default stays the default; choose_java then says so.
  need javac default-jdk-headless
  need mvn maven
}

need_to_mount() {
  # libfuse 2 calls fusermount, which is in the packages fuse and fuse3 alike. fuse would throw fuse3 out.
  need fusermount fuse3
  # Debian 13 renamed it to libfuse2t64, and knows it by the old name as well.
  [[ $(ldconfig -p 2>/dev/null) == *libfuse.so.2* ]] || missing+=(libfuse2)
}

# install_missing: one line says what, the rest goes to a log. Asks nothing.
install_missing() {
  ((${#missing[@]})) || return 0
  local wanted="${missing[*]}" log=${home:?}/target/apt.log
  type -P apt-get >/dev/null || die "$EXIT_SYSTEM" "missing: $wanted. There is no apt-get here, so install them by hand"
  become_root "$wanted"
  mkdir -p -- "$home/target"
  say "installing $wanted…"
  # Lists may be missing, or older than the archive; an unreachable source of no concern to us is no failure.
  apt_get update >"$log" 2>&1 || :
  apt_get install --no-install-recommends "${missing[@]}" >>"$log" 2>&1 ||
    die "$EXIT_SYSTEM" "apt-get could not install $wanted: $(grep -m 1 '^E:' "$log" || printf 'see %s' "$log")"
  missing=()
  hash -r
}

# become_root WANTED: sets `as_root`, or says what root would have to do.
become_root() {
  as_root=()
  ((EUID != 0)) || return 0
  as_root=(sudo)
  if ! type -P sudo >/dev/null || { [[ ! -t 0 ]] && ! sudo -n true 2>/dev/null; }; then
    die "$EXIT_SYSTEM" "missing: $1. Have root install them: apt-get install $1"
  fi
}

apt_get() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" </dev/null
}

# require_fuse: the kernel's side.
require_fuse() {
  [[ -c /dev/fuse ]] || { become_root 'the kernel module fuse' && "${as_root[@]}" modprobe fuse 2>/dev/null; } || :
  [[ -c /dev/fuse ]] ||
    die "$EXIT_SYSTEM" "there is no /dev/fuse here (to a container, give: --device /dev/fuse --cap-add SYS_ADMIN)"
}
