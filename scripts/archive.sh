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

# An empty file remembers that it could not be made, so that not every start tries it.
make_archive() {
  local lock folder=${archive%/*}
  [[ -w $folder ]] && exec {lock}<"$folder" && flock "$lock" || return 0
  if [[ ! $archive -nt ${class_path%%:*} ]]; then
    (train "$archive.new") >/dev/null 2>&1 || :
    [[ -e $archive.new ]] || : >"$archive.new"
    mv -f -- "$archive.new" "$archive"
  fi
  exec {lock}<&-
}

# train FILE: mounts an empty capture, reads it, and has the JVM write down at its end which classes that took.
train() {
  local work
  work=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf -- ${work@Q}" EXIT
  mkdir -- "$work/source" "$work/mount"
  printf '\xd4\xc3\xb2\xa1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\4\0\1\0\0\0' >"$work/source/capture.pcap.1"
  rm -f -- "$1"
  jvm+=("-XX:ArchiveClassesAtExit=$1" "-Dfusedpcap.log.folder=$work")
  start_daemon "$work/source" "$work/mount"
  await_mount "$work/mount"
  timeout -s KILL "$ANSWER_LIMIT" ls -l -- "$work/mount" || :
  timeout -s KILL "$ANSWER_LIMIT" cat -- "$work/mount/capture.pcap.1..capture.pcap.1" || :
  kill -TERM "$daemon"
  wait "$daemon"
}
