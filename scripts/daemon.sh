# shellcheck shell=bash
# Starts the program that serves a mount, in the background, and waits for the mount to answer.

# shellcheck disable=SC2034 # the first is of use to others
readonly MAIN_CLASS=org.fusedpcap.fs.cli.FusedPcap DAEMON_CLASS=org.fusedpcap.fs.cli.MountDaemon
readonly START_LIMIT=60 ANSWER_LIMIT=10 STOP_LIMIT=5

# start_daemon ARGUMENT...: a JVM of its own session that holds on to nothing of ours. Sets `daemon`, its process
# id, `report`, the descriptor that its output is read from, and `place`, where it mounts, once it has said so.
start_daemon() {
  place='' daemon=''
  exec {report}< <(
    cd /
    exec </dev/null 2>&1
    close_inherited
    exec setsid -- "$java" "${jvm[@]}" -cp "$class_path" "$DAEMON_CLASS" "$@"
  )
  daemon=$!
}

# A lock or a pipe that our caller left open would be held for as long as the mount lives.
close_inherited() {
  local fd
  for fd in /proc/self/fd/*; do
    fd=${fd##*/}
    ((fd <= 2 || fd == 255)) || exec {fd}>&- || :
  done
}

# await_mount MNT: returns when the mount answers to us; ends the script if it never will. What the daemon says is
# described in StartReport.
await_mount() {
  local mount_point=$1 line='' status deadline=$((SECONDS + START_LIMIT))
  said=()
  while ((SECONDS < deadline)); do
    status=0
    IFS= read -r -t 0.02 -u "$report" REPLY || status=$?
    line+=$REPLY
    if ((status == 0)); then
      case $line in
        fused-pcap:mounting\ *) place=${line#fused-pcap:mounting } ;;
        fused-pcap:note\ *) say "${line#fused-pcap:note }" ;;
        *) said+=("$line") ;;
      esac
      line=
    elif ((status <= 128)); then
      daemon_ended
      return
    fi
    if [[ -n $place ]] && is_mounted "$place"; then
      answers "$mount_point" && return
      break
    fi
  done
  abandon_daemon "$mount_point"
  die "$EXIT_MOUNT" "$mount_point: the mount does not answer"
}

# is_mounted FIELD: ours is there, as /proc/self/mountinfo writes the name. No process is started, since this is
# asked 50 times a second.
is_mounted() {
  local point rest
  while read -r _ _ _ _ point rest; do
    [[ $point != "$1" || $rest != *' - fuse.pcap '* ]] || return 0
  done </proc/self/mountinfo
  return 1
}

answers() {
  timeout -s KILL "$ANSWER_LIMIT" stat -- "$1/." >/dev/null 2>&1
}

# The daemon's output has ended, and so has it: its exit code is ours, and the best of its lines. There is no success
# but that of one that was to `fake`.
daemon_ended() {
  local status=0 line best=
  wait "$daemon" || status=$?
  unset daemon
  if ((status == EXIT_OK)); then
    [[ -z $fake ]] || return 0
    die "$EXIT_MOUNT" 'the daemon was told to stop before the mount answered'
  fi
  for line in "${said[@]}"; do
    case $line in
      # What libfuse says is nearer to the cause than what we say after it.
      fuse:\ * | fusermount:\ * | fusermount3:\ * | /*fusermount*:\ *) best=$line && break ;;
      fused-pcap\ mount:\ *) best=${line#fused-pcap mount: } ;;
    esac
  done
  case $status in
    "$EXIT_USAGE" | "$EXIT_SYSTEM" | "$EXIT_INTERNAL" | "$EXIT_INTERRUPTED" | "$EXIT_MOUNT") ;;
    *) status=$EXIT_SYSTEM ;;
  esac
  die "$status" "${best:-${said[0]:-the daemon ended at once, see $logs}}"
}

# find_daemon MNT: sets `daemon` to the process that serves this mount, as Daemons does.
find_daemon() {
  local file words=()
  absolute "$1"
  for file in /proc/[0-9]*/cmdline; do
    { mapfile -d '' -t words <"$file"; } 2>/dev/null || continue
    if [[ " ${words[*]} " == *" $DAEMON_CLASS "* && ${words[-1]} == "$REPLY" ]]; then
      daemon=${file//[^0-9]/}
      return
    fi
  done
  return 1
}

# abandon_daemon MNT: the start was given up; leaves no process and no mount of its own behind. A trap may call it at
# any time: before there is a daemon, before start_daemon could look at its process id, and after it has ended.
abandon_daemon() {
  local status deadline=$((SECONDS + STOP_LIMIT))
  [[ -v daemon ]] || return 0
  : "${daemon:=${!-}}"
  [[ -n $daemon ]] || return 0
  kill -TERM "$daemon" 2>/dev/null || :
  while ((SECONDS < deadline)); do
    status=0
    IFS= read -r -t 0.05 -u "$report" _ || status=$?
    # The end of its output is its own.
    if ((status > 0 && status <= 128)); then
      wait "$daemon" || :
      unset daemon
      return 0
    fi
  done
  kill -KILL "$daemon" 2>/dev/null || :
  # Before it had said where it would mount, a mount there is another's.
  [[ -z $place ]] || fusermount -u -z -- "$1" 2>/dev/null || :
}
