# shellcheck shell=bash
# Builds when there is nothing yet, or when something was changed since.

# jar_of MODULE: sets REPLY to its jar's name, or to nothing.
jar_of() {
  local jars=("${home:?}/$1/target/$1"-*.jar)
  REPLY=${jars[0]}
  [[ -f $REPLY ]] || REPLY=
}

# forget_jars: what an earlier build left on the class path. Maven adds jars of other versions, and takes none away.
# The archive of classes and the mark of a build are no jars, and stay.
forget_jars() {
  local module
  for module in fused-pcap-{cluster,testkit,fs}; do
    rm -rf -- "${home:?}/$module/target/lib" "$home/$module/target/$module"-*.jar
  done
}

# is_built: the programs are there and no source is newer. fused-pcap-fs is built last, so that its mark, which each
# build of Maven's makes anew, stands for all modules.
is_built() {
  local newer module mark=${home:?}/fused-pcap-fs/target/built modules=("$home"/fused-pcap-{cluster,testkit,fs})
  for module in fused-pcap-testkit fused-pcap-fs; do
    jar_of "$module"
    [[ -n $REPLY ]] || return 1
  done
  [[ -e $mark ]] || return 1
  newer=$(find "$home/pom.xml" "${modules[@]/%//pom.xml}" "${modules[@]/%//src/main}" -newer "$mark" -print -quit)
  [[ -z $newer ]]
}

# ensure_built: after it the programs are there. An installed copy, and a tree that belongs to somebody else, are
# taken as they are.
ensure_built() {
  [[ -z ${FUSED_PCAP_CLASS_PATH-} && ! -d ${home:?}/lib ]] || return 0
  ! is_built || return 0
  if [[ ! -w $home ]]; then
    jar_of fused-pcap-fs
    [[ -z $REPLY ]] || return 0
    die "$EXIT_SYSTEM" "not built yet, and $home cannot be written: have its owner run it once"
  fi
  build
}

build() {
  local lock
  exec {lock}<"$home/pom.xml"
  flock "$lock"
  # Somebody else may have built while we waited.
  if ! is_built; then
    choose_maven
    say 'building…'
    mkdir -p -- "$home/target"
    local begin=$home/target/build.begin
    : >"$begin"
    forget_jars
    (cd -- "$home" && "$maven" -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true \
      -pl fused-pcap-fs,fused-pcap-testkit -am package) </dev/null >"$home/target/build.log" 2>&1 ||
      build_failed
    # A source that was changed meanwhile may not be in.
    touch -r "$begin" -- "$home/fused-pcap-fs/target/built"
  fi
  exec {lock}<&-
}

build_failed() {
  local log=$home/target/build.log why
  why=$(sed -n 's/^\[ERROR\] *\([^ ].*\)/\1/p' "$log" | head -n 1) || why=
  die "$EXIT_SYSTEM" "the build failed${why:+: ${why:0:200}} (see $log)"
}

# choose_maven: sets `maven` to the system's, if new enough, or to the wrapper, which downloads one.
choose_maven() {
  local oldest=3.8.7 version
  choose_java
  [[ -x ${java%/java}/javac ]] ||
    die "$EXIT_SYSTEM" "building needs a JDK, and $java has no compiler (apt-get install default-jdk-headless)"
  if maven=$(type -P mvn); then
    version=$(cd / && mvn -v 2>/dev/null | sed -n 's/^[^A-Za-z]*[^ ]*Apache Maven \([0-9.]*\).*/\1/p')
    [[ $(printf '%s\n' "$oldest" "${version:-0}" | sort -V | head -n 1) != "$oldest" ]] || return 0
  fi
  maven=$home/mvnw
  type -P curl >/dev/null || type -P wget >/dev/null ||
    die "$EXIT_SYSTEM" "building needs Maven $oldest or newer (apt-get install maven, or ./quickstart, which does it)"
}
