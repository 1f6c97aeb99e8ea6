# shellcheck shell=bash
# The archive of loaded classes (AppCDS) that takes a third off the time to the mount.

# use_archive: has the JVM use it, and makes it when there is none for this build and this Java. Without one
# everything works as well.
use_archive() {
  [[ -z ${FUSED_PCAP_CLASS_PATH-} ]] || return 0
  local archive
  archive_place || return 0
  [[ $archive -nt ${class_path%%:*} ]] || make_archive
  [[ ! -s $archive ]] || jvm+=("-XX:SharedArchiveFile=$archive")
}

# archive_place: sets `archive` to a name that can be written, or that is there.
archive_place() {
  local name="java-${java_build//[^A-Za-z0-9._+-]/_}.jsa"
  archive=${home:?}/fused-pcap-fs/target/cds/$name
  [[ -w ${archive%/cds/*} || -e $archive ]] || archive=$cache/cds${home//[^A-Za-z0-9._-]/-}/$name
  mkdir -p -- "${archive%/*}" 2>/dev/null || [[ -e $archive ]]
}

# An empty file remembers that this JVM mounts, but makes none, so that not every start tries it. What else may be in
# the way is the machine's fault, and can be mended.
make_archive() {
  local lock folder=${archive%/*}
  [[ -w $folder ]] && exec {lock}<"$folder" && flock "$lock" || return 0
  if [[ ! $archive -nt ${class_path%%:*} ]]; then
    (train "$archive.new") >/dev/null 2>&1 && mv -f -- "$archive.new" "$archive" || :
  fi
  exec {lock}<&-
}

# train FILE: mounts an empty capture, reads it, and has the JVM write down at its end which classes that took. Fails if
# nothing could be mounted. For a shell of its own, which has none of the traps of the one around it; as a condition it
# is not ended by errors either.
train() {
  archive_work=$(mktemp -d) || return
  trap leave_training EXIT
  trap 'exit "$EXIT_INTERRUPTED"' INT TERM HUP
  local source=$archive_work/source mount_point=$archive_work/mount fake=
  mkdir -- "$source" "$mount_point" || return
  printf '\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0' >"$source/capture.pcap.1" || return
  # A JVM that could not mount makes one as well, of too few classes.
  jvm+=("-XX:ArchiveClassesAtExit=$archive_work/archive" "-Dfusedpcap.log.folder=$archive_work")
  start_daemon "$source" "$mount_point"
  await_mount "$mount_point"
  timeout -s KILL "$ANSWER_LIMIT" ls -l -- "$mount_point" || :
  timeout -s KILL "$ANSWER_LIMIT" cat -- "$mount_point/capture.pcap.1..capture.pcap.1" || :
  kill -TERM "$daemon"
  wait "$daemon" || :
  unset daemon
  # An empty file for a JVM that made none.
  : >>"$archive_work/archive"
  mv -f -- "$archive_work/archive" "$1"
}

# leave_training: the folder goes last, when nothing is mounted in it any more.
leave_training() {
  trap '' INT TERM HUP
  abandon_daemon "$archive_work/mount"
  rm -rf --one-file-system -- "$archive_work"
}
