# shellcheck shell=bash
# For the tests in containers: a Docker engine, and the image of tools that they run in. Neither is a must: where one
# cannot be had, `no_containers` says why, and the other tests run all the same.

readonly BASE_IMAGE=debian:trixie-slim BASE_SUITE=trixie TOOLS=fused-pcap-tools
# What Testcontainers asks for by itself; an older engine wants to be asked for its own.
readonly USUAL_DOCKER_API=1.44
# What the tests' containers and images are known by: its value is our process id.
readonly CASE_LABEL=org.fusedpcap.verify CASE_IMAGES=fused-pcap-case
# The engine that we start, beside any other and with nothing in common with it.
readonly ENGINE=/run/fused-pcap-verify ENGINE_STORE=/var/cache/fused-pcap-verify
readonly ENGINE_LIMIT=60 PULL_LIMIT=90 BASE_LIMIT=900 BUILD_LIMIT=1500

as_root=() no_containers='' tools_image='' engine_lock='' container_tests=() left_behind=0

# prepare_containers: sets `container_tests`, what Maven must be told, or `no_containers`, why there are none.
# leave_containers has to follow.
prepare_containers() {
  docker_log=${home:?}/target/docker.log
  mkdir -p -- "$home/target"
  engine_log=$home/target/dockerd.log
  : >"$docker_log"
  if [[ -n ${FUSED_PCAP_NO_CONTAINERS-} ]]; then
    no_containers='FUSED_PCAP_NO_CONTAINERS is set'
    return
  fi
  if find_engine && make_tools; then
    # shellcheck disable=SC2034 # of use to the caller
    container_tests=("-Dtools.image=$tools_image" "-Ddocker.api=$(oldest_api)" "-Drun=$$")
  fi
}

oldest_api() {
  printf '%s\n' "$USUAL_DOCKER_API" "$(docker version --format '{{.Server.APIVersion}}')" | sort -V | head -n 1
}

# impossible TEXT [LOG]: remembers why, with the last line that was logged.
impossible() {
  local log=${2:-$docker_log} last
  last=$(tail -n 1 -- "$log" 2>/dev/null | cut -c 1-300)
  # shellcheck disable=SC2034 # of use to the summary
  no_containers="$1${last:+: $last} (see $log)"
  return 1
}

# logged SECONDS COMMAND...: both outputs go to the log.
logged() {
  timeout -k 10 "$@" >>"$docker_log" 2>&1 </dev/null
}

# find_engine: one that runs, or one that we start.
find_engine() {
  if answers_docker; then
    return 0
  fi
  become_root_softly || impossible 'no Docker engine answers, and only root can start one' || return 1
  install_softly docker.io iptables || impossible 'Docker could not be installed' || return 1
  # Where the client is a package of its own, the engine's merely recommends it.
  type -P docker >/dev/null || install_softly docker-cli || impossible 'there is no docker command' || return 1
  # The package may have started it.
  answers_docker || share_engine || impossible 'no Docker engine could be started' "$engine_log"
}

answers_docker() {
  type -P docker >/dev/null && timeout 20 docker info >/dev/null 2>&1
}

# install_softly PACKAGE...: as install_missing does, but a failure is no end.
install_softly() {
  local package lacking=()
  for package; do
    dpkg -s "$package" >/dev/null 2>&1 || lacking+=("$package")
  done
  ((${#lacking[@]})) || return 0
  # shellcheck disable=SC2034 # what install_missing installs
  (missing=("${lacking[@]}") && install_missing)
  hash -r
}

# become_root_softly: sets `as_root`; fails where that cannot be done without asking.
become_root_softly() {
  (become_root 'a Docker engine') 2>/dev/null && become_root 'a Docker engine'
}

# share_engine: ours, which runs as long as somebody holds the lock. Several of us may run at once.
share_engine() {
  "${as_root[@]}" install -d -m 755 -o "$(id -u)" "$ENGINE" || return 1
  exec {engine_lock}>"$ENGINE/users"
  exec {starting}>"$ENGINE/starting"
  flock -w "$ENGINE_LIMIT" "$starting" && flock -s "$engine_lock" || return 1
  export DOCKER_HOST=unix://$ENGINE/docker.sock
  answers_docker || start_engine
  local status=$?
  exec {starting}>&-
  return "$status"
}

# start_engine: no network of its own, so that it leaves the machine's alone. None of our containers has one.
start_engine() {
  say 'starting a Docker engine…'
  "${as_root[@]}" rm -f -- "$ENGINE/dockerd.pid"
  # The locks are ours, not its.
  "${as_root[@]}" setsid dockerd --host "$DOCKER_HOST" --group "$(id -gn)" --pidfile "$ENGINE/dockerd.pid" \
    --exec-root "$ENGINE/exec" --data-root "$ENGINE_STORE" --bridge none --iptables=false --ip-forward=false \
    >"$engine_log" 2>&1 </dev/null {engine_lock}>&- {starting}>&- &
  local engine=$! deadline=$((SECONDS + ENGINE_LIMIT))
  until answers_docker; do
    if ((SECONDS >= deadline)) || ! kill -0 "$engine" 2>/dev/null && ! engine_runs; then
      stop_engine
      return 1
    fi
    sleep 0.2
  done
}

engine_runs() {
  local pid
  pid=$(cat -- "$ENGINE/dockerd.pid" 2>/dev/null) && [[ -d /proc/$pid ]]
}

# stop_engine: the one that we started. What it mounted it leaves behind, its store upon itself among it.
stop_engine() {
  end_engine
  local place
  for place in "$ENGINE/exec/netns/default" "$ENGINE_STORE"; do
    ! mountpoint -q -- "$place" || "${as_root[@]}" umount -- "$place" 2>/dev/null || :
  done
}

end_engine() {
  local pid deadline=$((SECONDS + ENGINE_LIMIT))
  pid=$(cat -- "$ENGINE/dockerd.pid" 2>/dev/null) || return 0
  "${as_root[@]}" kill -TERM "$pid" 2>/dev/null || return 0
  while [[ -d /proc/$pid ]] && ((SECONDS < deadline)); do
    sleep 0.1
  done
}

# leave_containers: removes what cases may have left, and stops the engine if it is ours and nobody else uses it. Sets
# `left_behind`.
leave_containers() {
  [[ -z $tools_image ]] || remove_cases
  tools_image=
  [[ -n $engine_lock ]] || return 0
  exec {starting}>"$ENGINE/starting"
  if flock -w "$ENGINE_LIMIT" "$starting" && flock -n -x "$engine_lock"; then
    stop_engine
  fi
  exec {engine_lock}>&- {starting}>&-
  engine_lock=
}

# remove_cases: containers and images of ours, and of others like us that are no more. Sets `left_behind` to the number
# of our containers.
remove_cases() {
  local id run
  left_behind=0
  while read -r id run; do
    ((run != $$)) || ((++left_behind))
    ! is_over "$run" || logged 60 docker rm -f -v "$id" || :
  done < <(docker ps -a --filter "label=$CASE_LABEL" --format "{{.ID}} {{.Label \"$CASE_LABEL\"}}")
  while read -r id; do
    ! is_over "${id%%-*}" || logged 60 docker rmi -f "$CASE_IMAGES:$id" || :
  done < <(docker images --format '{{.Tag}}' "$CASE_IMAGES")
}

is_over() {
  (($1 == $$)) || [[ ! -d /proc/$1 ]]
}

# make_tools: sets `tools_image`, which is known by what it is made of, and made if it is not there.
make_tools() {
  local folder=$home/integration-tests/src/image/tools snort=${SNORT_IMAGE-} key
  if [[ -n $snort ]] && ! has_image "$snort" && ! logged "$PULL_LIMIT" docker pull "$snort"; then
    say "$snort cannot be had, so there will be no snort"
    snort=
  fi
  key=$(cd -- "$folder" && { sha256sum -- * && printf '%s %s\n' "$snort" "$(uname -m)"; } | sha256sum | cut -c 1-16)
  if ! has_image "$TOOLS:$key"; then
    say 'making the image of tools, which is kept…'
    make_base || return 1
    logged "$BUILD_LIMIT" docker build --network host "${proxy[@]}" --build-arg "BASE=$base" \
      --build-arg "SNORT_IMAGE=${snort:-$base}" -t "$TOOLS:$key" "$folder" ||
      impossible 'the image of tools could not be built' || return 1
  fi
  tools_image=$TOOLS:$key
}

has_image() {
  docker image inspect "$1" >/dev/null 2>&1
}

# make_base: sets `base`, and `proxy`, which whoever downloads has to use. Where the base image cannot be pulled, it is
# made of packages from where this machine has its own.
make_base() {
  local address
  proxy=()
  address=$(apt-config shell address Acquire::http::Proxy 2>/dev/null) && eval "$address"
  [[ -z ${address-} ]] || proxy=(--build-arg "http_proxy=$address")
  base=$BASE_IMAGE
  ! has_image "$base" || return 0
  ! logged "$PULL_LIMIT" docker pull "$base" || return 0
  base=fused-pcap-base:$BASE_SUITE
  ! has_image "$base" || return 0
  become_root_softly || impossible "$BASE_IMAGE cannot be pulled, and only root can make it" || return 1
  install_softly debootstrap || impossible 'debootstrap could not be installed' || return 1
  bootstrap "$address" || impossible "$BASE_IMAGE cannot be pulled, and debootstrap failed"
}

# bootstrap PROXY: makes `base`.
bootstrap() {
  local mirror folder status=0
  mirror=$(debian_mirror)
  if [[ -z $mirror ]]; then
    printf "no Debian mirror among apt's sources\n" >>"$docker_log"
    return 1
  fi
  folder=$(mktemp -d /var/tmp/fused-pcap-base.XXXXXX)
  logged "$BASE_LIMIT" "${as_root[@]}" env ${1:+"http_proxy=$1"} \
    debootstrap --variant=minbase "$BASE_SUITE" "$folder/root" "$mirror" &&
    "${as_root[@]}" tar -C "$folder/root" -c . | logged_import || status=1
  "${as_root[@]}" rm -rf --one-file-system -- "$folder"
  return "$status"
}

logged_import() {
  docker import - "$base" >>"$docker_log" 2>&1
}

# debian_mirror: prints where this machine has Debian's packages from.
# shellcheck disable=SC2016 # apt-get knows those words
debian_mirror() {
  apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    sed -n -E 's#^Debian Debian ((https?|file):.*)#\1#p' | head -n 1
}
