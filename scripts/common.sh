# shellcheck shell=bash
# What every script of the root folder needs. Sourced after `program` and `home` are set.

# mount(8)'s exit codes; the Java side has the same in ExitCode.
# shellcheck disable=SC2034
readonly EXIT_OK=0 EXIT_USAGE=1 EXIT_SYSTEM=2 EXIT_INTERNAL=4 EXIT_INTERRUPTED=8 EXIT_MOUNT=32

# At boot, mount(8) may call us with next to no environment. One language for all messages: some are looked at,
# and names must be UTF-8 to the JVM whatever the user speaks.
export PATH="${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
export LC_ALL=C.UTF-8

# say TEXT: one line on the standard error.
say() {
  local text="$*"
  printf '%s: %s\n' "${program:?}" "${text//$'\n'/ }" >&2 || :
}

# die CODE TEXT: the last line, and the end.
die() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

# absolute NAME: sets REPLY to the name from the root on, symbolic links resolved where that is possible.
# (A sentinel, because $(...) eats newlines at the end, and a name may end with one.)
absolute() {
  local name=$1
  [[ $name == /* ]] || name=$PWD/$name
  REPLY=$(realpath -m -- "$name" 2>/dev/null && printf .) || REPLY=$name$'\n.'
  REPLY=${REPLY%$'\n.'}
}

# folders: sets `logs` and `cache`, this user's places. The tilde also works without HOME.
folders() {
  if ((EUID == 0)); then
    logs=/var/log/fused-pcap
    cache=/var/cache/fused-pcap
  else
    logs=${XDG_STATE_HOME:-~/.local/state}/fused-pcap
    cache=${XDG_CACHE_HOME:-~/.cache}/fused-pcap
  fi
}
