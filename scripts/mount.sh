# shellcheck shell=bash
# The arguments of `mount`, and what follows from them.

# parse_mount_arguments FACE ARGUMENT...: sorts them into `paths`, `arguments` (in the form that MountDaemon wants),
# `foreground`, `fake`, `namespace`, and `odd` (what we do not know, and calls for help). The faces differ in -f: to
# mount(8)'s helper it means to fake.
parse_mount_arguments() {
  local face=$1 letters letter value
  shift
  paths=() arguments=() odd=() foreground='' fake='' namespace=''
  while (($#)); do
    case $1 in
      --)
        shift
        paths+=("$@")
        break
        ;;
      --foreground | --fake | --verbose) mount_word "$1" ;;
      --*) odd+=("$1") ;;
      -?*)
        letters=${1#-}
        while [[ -n $letters ]]; do
          letter=${letters:0:1} value=''
          letters=${letters:1}
          if [[ $letter == [oNt] ]]; then
            if [[ -n $letters ]]; then
              value=$letters letters=''
            elif (($# > 1)); then
              value=$2
              shift
            else
              die "$EXIT_USAGE" "option -$letter: needs a value"
            fi
          fi
          mount_letter "$face" "$letter" "$value"
        done
        ;;
      *) paths+=("$1") ;;
    esac
    shift
  done
}

mount_letter() {
  case $2 in
    f) if [[ $1 == helper ]]; then mount_word --fake; else mount_word --foreground; fi ;;
    v) mount_word --verbose ;;
    o) arguments+=(-o "$3") ;;
    N) namespace=$3 ;;
    # There is no /etc/mtab to leave alone, and but one type; sloppiness would mount something else than was asked for.
    n | s | t) ;;
    *) odd+=("-$2") ;;
  esac
}

mount_word() {
  arguments+=("$1")
  case $1 in
    --foreground) foreground=yes ;;
    --fake) fake=yes ;;
  esac
}

# enter_namespace: once more, in the mount namespace that -N names by file or by process id.
enter_namespace() {
  local place=$namespace
  [[ $place == */* ]] || place=/proc/$place/ns/mnt
  [[ -e $place ]] || die "$EXIT_USAGE" "option -N: there is no namespace $namespace"
  exec nsenter --mount="$place" -- "${home:?}/fused-pcap" mount "${arguments[@]}" -- "${paths[@]/#[!\/]/$PWD/&}"
}

# mount_main FACE ARGUMENT...
mount_main() {
  local path
  trap 'exit "$EXIT_INTERRUPTED"' INT TERM HUP
  parse_mount_arguments "$@"
  [[ -z $namespace ]] || enter_namespace
  ensure_built
  choose_java
  folders
  daemon_flags
  class_path fused-pcap-fs
  if ((${#odd[@]} || ${#paths[@]} != 2)); then
    explain_mount
    return
  fi
  use_archive
  for path in "${paths[@]}"; do
    absolute "$path"
    arguments+=("$REPLY")
  done
  if [[ -n $foreground ]]; then
    exec "$java" "${jvm[@]}" -cp "$class_path" "$DAEMON_CLASS" "${arguments[@]}"
  fi
  trap 'abandon_daemon "${paths[1]}"; exit "$EXIT_INTERRUPTED"' INT TERM HUP
  start_daemon "${arguments[@]}"
  await_mount "${paths[1]}"
}

# explain_mount: help, or what is wrong; picocli knows both.
explain_mount() {
  local status=0 said
  said=$("$java" "${jvm[@]}" -cp "$class_path" "$MAIN_CLASS" mount "${odd[@]}" -- "${paths[@]}" 2>&1) || status=$?
  ((status == EXIT_OK)) || die "$status" "${said#fused-pcap mount: }"
  printf '%s\n' "$said"
}
