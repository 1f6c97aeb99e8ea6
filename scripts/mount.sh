# shellcheck shell=bash
# The arguments of `mount`, and what follows from them.

# parse_mount_arguments FACE ARGUMENT...: sorts them into `paths`, `arguments` (for Java), `foreground` and
# `namespace`. The faces differ in -f: to mount(8)'s helper it means to fake.
parse_mount_arguments() {
  local face=$1 letters letter value
  shift
  paths=() arguments=() foreground='' namespace=''
  while (($#)); do
    case $1 in
      --)
        shift
        paths+=("$@")
        break
        ;;
      --help | --version | --foreground) foreground=yes arguments+=("$1") ;;
      --*) arguments+=("$1") ;;
      -?*)
        letters=${1#-}
        while [[ -n $letters ]]; do
          letter=${letters:0:1}
          letters=${letters:1}
          case $letter in
            [oNt])
              if [[ -n $letters ]]; then
                value=$letters letters=''
              else
                (($# > 1)) || die "$EXIT_USAGE" "option -$letter: needs a value"
                value=$2
                shift
              fi
              ;;
          esac
          mount_letter "$face" "$letter" "${value-}"
        done
        ;;
      *) paths+=("$1") ;;
    esac
    shift
  done
}

mount_letter() {
  case $2 in
    h | V) foreground=yes arguments+=("-$2") ;;
    f)
      if [[ $1 == helper ]]; then
        arguments+=(--fake)
      else
        foreground=yes arguments+=(-f)
      fi
      ;;
    o) arguments+=(-o "$3") ;;
    N) namespace=$3 ;;
    v) arguments+=(-v) ;;
    # There is no /etc/mtab to leave alone, and but one type.
    n | t) ;;
    *) arguments+=("-$2") ;;
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
  parse_mount_arguments "$@"
  [[ -z $namespace ]] || enter_namespace
  ensure_built
  choose_java
  folders
  daemon_flags
  class_path fused-pcap-fs
  use_archive
  for path in "${paths[@]}"; do
    absolute "$path"
    arguments+=("$REPLY")
  done
  if [[ -n $foreground ]]; then
    exec "$java" "${jvm[@]}" -cp "$class_path" "$MAIN_CLASS" mount "${arguments[@]}"
  fi
  trap 'abandon_daemon "${paths[1]-}" && exit "$EXIT_INTERRUPTED"' INT TERM HUP
  start_daemon mount "${arguments[@]}"
  await_mount "${paths[1]-}"
}
