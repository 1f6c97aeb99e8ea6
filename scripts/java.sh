# shellcheck shell=bash
# Chooses the JVM and how it is started.

readonly OLDEST_JAVA=17

# choose_java: sets `java`, `java_release` (the number that matters, 17) and `java_build` (17.0.15+6).
choose_java() {
  local hint="install it (apt-get install default-jdk-headless) or set JAVA_HOME"
  if [[ -n ${JAVA_HOME-} ]]; then
    java=$JAVA_HOME/bin/java
    [[ -x $java ]] || die "$EXIT_SYSTEM" "there is no bin/java in JAVA_HOME ($JAVA_HOME)"
  elif ! java=$(type -P java); then
    java=/usr/lib/jvm/default-java/bin/java
    [[ -x $java ]] || die "$EXIT_SYSTEM" "no Java found: version $OLDEST_JAVA or newer is needed, $hint"
  fi
  java=$(readlink -f -- "$java")
  java_build=$(java_build_of "$java")
  java_release=${java_build%%[^0-9]*}
  ((${java_release:-0} >= OLDEST_JAVA)) ||
    die "$EXIT_SYSTEM" "$java is version ${java_build:-unknown}, but $OLDEST_JAVA or newer is needed: $hint"
}

# java_build_of JAVA: prints its version. The file beside a JDK says it in no time; starting a JVM takes 50 ms.
java_build_of() {
  local release=${1%/bin/java}/release key value build=
  if [[ -r $release ]]; then
    while IFS='=' read -r key value; do
      case $key in
        JAVA_RUNTIME_VERSION) build=${value//\"/} && break ;;
        JAVA_VERSION) build=${value//\"/} ;;
      esac
    done <"$release"
  fi
  [[ -n $build ]] || build=$("$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.runtime.version = //p')
  printf '%s' "$build"
}

# daemon_flags: sets `jvm`, the flags of whatever runs fused-pcap-fs.
daemon_flags() {
  # Answers are made in memory of the C library, which would keep what is free of it for every thread apart.
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
  jvm=(
    # Packets that clusters keep are outside of the heap, bounded by blockslack. Their queues are on it and bounded by its size.
    -Xms16m -Xmx64m -XX:MaxDirectMemorySize=64g
    # One thread per blocked reader.
    -Xss512k
    -XX:+UseSerialGC -XX:-UsePerfData
    # Once a minute the C library gives back what is free of its memory; older versions do not know the word.
    -XX:+IgnoreUnrecognizedVMOptions -XX:TrimNativeHeapInterval=60000
    # Not a word about an archive of classes that does not fit: it goes without.
    -Xlog:disable
    "-XX:ErrorFile=$logs/hs_err_pid%p.log" "-Dfusedpcap.log.folder=$logs"
    -Dfile.encoding=UTF-8 -Dsun.jnu.encoding=UTF-8
    --enable-native-access=ALL-UNNAMED
  )
  # Newer ones warn about what jffi does otherwise; older ones do not know the word and would not start.
  ((java_release < 23)) || jvm+=(--sun-misc-unsafe-memory-access=allow)
  local noexec
  noexec=$(findmnt -n -o OPTIONS -T "${TMPDIR:-/tmp}" 2>/dev/null) || noexec=
  if [[ ,$noexec, == *,noexec,* ]] && mkdir -p -- "$cache" 2>/dev/null; then
    # jffi and zstd unpack their libraries and load them from there; lz4 does without, more slowly.
    jvm+=("-Djffi.extract.dir=$cache" "-DZstdTempFolder=$cache")
  fi
}

# class_path MODULE: sets `class_path` to its jar and all that it needs.
class_path() {
  if [[ -n ${FUSED_PCAP_CLASS_PATH-} ]]; then
    class_path=$FUSED_PCAP_CLASS_PATH
    return
  fi
  local jars=("${home:?}/$1/target/$1"-*.jar "$home/$1"/target/lib/*.jar)
  [[ ! -d $home/lib ]] || jars=("$home"/lib/*.jar)
  # shellcheck disable=SC2034 # of use to those who start a JVM
  class_path=$(IFS=: && printf '%s' "${jars[*]}")
}
