# shellcheck shell=bash
# The cases that are measured. Each is a function case_NAME that reads once; its time is one sample.

# prepare FILES SIZE DIR: makes the captures and mounts them; they are removed when the script ends. Sets `work`, `source`,
# `mnt`, `plain`, `first`, `last`, and where there is a compiler `bare`, see bare.c.
prepare() {
  local parent=$3
  if [[ -z $parent ]]; then
    parent=${TMPDIR:-/tmp}
    [[ ! -w /dev/shm ]] || parent=/dev/shm
  fi
  work=$(mktemp -d -- "$parent/fused-pcap-bench.XXXXXX")
  source=$work/source mnt=$work/mnt plain=$work/plain.pcap
  trap clean_up EXIT
  mkdir -- "$source" "$mnt"
  "$home/fused-pcap" generate --writer daemonlogger --prefix bench.pcap --files "$1" --file-size "$2" \
    --frame-size mix --conversations 10000 --seed 1 "$source" >&2
  local names=("$source"/*)
  first=${names[0]##*/} last=${names[-1]##*/}
  join_files "${names[@]}" >"$plain"
  "$home/mount.pcap" "$source" "$mnt"
  printf '%s\n' "$last" >"$mnt/.end"
  generation=0
  prepare_bare
}

# prepare_bare: mounts what has the kernel's work only: file 0 is all, files 1 to 4 are what the members of a cluster get.
prepare_bare() {
  local line
  bare=''
  if ! type -P cc >/dev/null; then
    say 'without a C compiler (apt-get install gcc) the kernel alone is not measured'
    return
  fi
  cc -O2 -pthread -o "$work/bare" "$home/bench/bare.c"
  mkdir -- "$work/alone"
  make_shares
  exec {ready}< <(exec "$work/bare" "$work/alone" "$plain" "$work"/share.[1-4])
  read -r line <&"$ready" && [[ $line == ready ]] || die "$EXIT_SYSTEM" 'bench/bare.c cannot mount'
  bare=$work/alone
}

make_shares() {
  local n pid pids=()
  for n in 1 2 3 4; do
    cp -- "$mnt/clustersize=4/$first..$last" "$work/share.$n" &
    pids+=("$!")
  done
  for pid in "${pids[@]}"; do
    wait "$pid"
  done
}

# join_files FILE...: the first as it is, of the others what is behind the header.
join_files() {
  cat -- "$1"
  shift
  local name
  for name; do
    tail -c +25 -- "$name"
  done
}

clean_up() {
  local mounted
  for mounted in "$mnt" ${bare:+"$bare"}; do
    umount -- "$mounted" 2>/dev/null || umount -l -- "$mounted" 2>/dev/null || :
  done
  rm -rf -- "$work"
}

by_dd() { dd if="$1" of=/dev/null bs="$2" status=none; }
by_tcpdump() { tcpdump -r "$1" -w /dev/null 2>/dev/null; }

# A range nobody has read before: another path is another inode, and files that were touched are scanned anew. The pages of
# the one before are dropped, or the memory would soon be full of them.
fresh_range() {
  [[ -z ${range:-} ]] || dd if="$range" iflag=nocache count=0 status=none
  generation=$((generation + 1))
  touch -- "$source"/*
  range=$mnt/filesize=$((generation))G/$first..$last
}
prepare_first_dd1m() { fresh_range; }
prepare_first_dd4k() { fresh_range; }
prepare_first_tcpdump() { fresh_range; }

# Of the kernel alone, a first open is one whose pages were dropped.
forget_bare() { dd if="$bare/cached/$1" iflag=nocache count=0 status=none; }
prepare_bare_first_dd1m() { forget_bare 0; }
prepare_bare_first_dd4k() { forget_bare 0; }
prepare_bare_first_tcpdump() { forget_bare 0; }
prepare_bare_cluster4_cached_tcpdump() {
  local n
  for n in 1 2 3 4; do forget_bare "$n"; done
}

case_plain_dd1m() { by_dd "$plain" 1M; }
case_plain_dd4k() { by_dd "$plain" 4k; }
case_plain_tcpdump() { by_tcpdump "$plain"; }
case_plain_dd128k() { by_dd "$plain" 128k; }
case_first_dd1m() { by_dd "$range" 1M; }
case_again_dd1m() { by_dd "$range" 1M; }
case_first_dd4k() { by_dd "$range" 4k; }
case_again_dd4k() { by_dd "$range" 4k; }
case_first_tcpdump() { by_tcpdump "$range"; }
case_again_tcpdump() { by_tcpdump "$range"; }
case_follow_dd1m() { by_dd "$mnt/$first" 1M; }
case_follow_dd4k() { by_dd "$mnt/$first" 4k; }
case_follow_tcpdump() { by_tcpdump "$mnt/$first"; }
case_keepcache_dd1m() { by_dd "$mnt/keepcache/$first" 1M; }
case_keepcache_dd4k() { by_dd "$mnt/keepcache/$first" 4k; }
case_keepcache_tcpdump() { by_tcpdump "$mnt/keepcache/$first"; }
case_today_mergecap() { mergecap -a -F pcap -w - -- "$source"/* 2>/dev/null | tcpdump -r - -w /dev/null 2>/dev/null; }

# members BY WHAT [BLOCK]: four at a time; %N in WHAT is the number of each.
members() {
  local pids=() pid n
  for n in 1 2 3 4; do
    "$1" "${2//%N/$n}" "${@:3}" &
    pids+=("$!")
  done
  for pid in "${pids[@]}"; do
    wait "$pid"
  done
}
case_cluster4_tcpdump() { members by_tcpdump "$mnt/clustersize=4/$first..$last"; }
case_cluster4_keepcache_tcpdump() { members by_tcpdump "$mnt/clustersize=4,keepcache/$first..$last"; }
case_cluster4_dd128k() { members by_dd "$mnt/clustersize=4/$first..$last" 128k; }

case_bare_first_dd1m() { by_dd "$bare/cached/0" 1M; }
case_bare_again_dd1m() { by_dd "$bare/cached/0" 1M; }
case_bare_direct_dd1m() { by_dd "$bare/direct/0" 1M; }
case_bare_first_dd4k() { by_dd "$bare/cached/0" 4k; }
case_bare_again_dd4k() { by_dd "$bare/cached/0" 4k; }
case_bare_direct_dd4k() { by_dd "$bare/direct/0" 4k; }
case_bare_first_tcpdump() { by_tcpdump "$bare/cached/0"; }
case_bare_again_tcpdump() { by_tcpdump "$bare/cached/0"; }
case_bare_direct_tcpdump() { by_tcpdump "$bare/direct/0"; }
case_bare_cluster4_tcpdump() { members by_tcpdump "$bare/direct/%N"; }
case_bare_cluster4_cached_tcpdump() { members by_tcpdump "$bare/cached/%N"; }
case_bare_cluster4_dd128k() { members by_dd "$bare/direct/%N" 128k; }

# NAME, then the case that it is compared with, the ratio to stay below, and the case that shows what the kernel alone takes
# for the same; a dash: none.
readonly CASES='
plain_dd1m - - -
bare_first_dd1m plain_dd1m - -
first_dd1m plain_dd1m 2.5 bare_first_dd1m
bare_again_dd1m plain_dd1m - -
again_dd1m plain_dd1m 1.1 bare_again_dd1m
bare_direct_dd1m plain_dd1m - -
follow_dd1m plain_dd1m 2.5 bare_direct_dd1m
keepcache_dd1m plain_dd1m - bare_first_dd1m
plain_dd4k - - -
bare_first_dd4k plain_dd4k - -
first_dd4k plain_dd4k - bare_first_dd4k
bare_again_dd4k plain_dd4k - -
again_dd4k plain_dd4k - bare_again_dd4k
bare_direct_dd4k plain_dd4k - -
follow_dd4k plain_dd4k - bare_direct_dd4k
keepcache_dd4k plain_dd4k - bare_first_dd4k
plain_tcpdump - - -
bare_first_tcpdump plain_tcpdump - -
first_tcpdump plain_tcpdump 1.3 bare_first_tcpdump
bare_again_tcpdump plain_tcpdump - -
again_tcpdump plain_tcpdump 1.1 bare_again_tcpdump
bare_direct_tcpdump plain_tcpdump - -
follow_tcpdump plain_tcpdump 6 bare_direct_tcpdump
keepcache_tcpdump plain_tcpdump 1.6 bare_first_tcpdump
today_mergecap plain_tcpdump - -
bare_cluster4_tcpdump plain_tcpdump - -
cluster4_tcpdump plain_tcpdump 3 bare_cluster4_tcpdump
bare_cluster4_cached_tcpdump plain_tcpdump - -
cluster4_keepcache_tcpdump plain_tcpdump 1.6 bare_cluster4_cached_tcpdump
plain_dd128k - - -
bare_cluster4_dd128k plain_dd128k - -
cluster4_dd128k plain_dd128k 4 bare_cluster4_dd128k
'

# measure ROUNDS PATTERN: one sample of every case a round, into $work/samples as "name microseconds".
measure() {
  local rounds=$1 only=$2 round name base
  # Round 0 warms up the JVM and is not counted.
  for ((round = 0; round <= rounds; round++)); do
    while read -r name base _; do
      # shellcheck disable=SC2053 # a pattern is meant
      [[ -n $name && ($name == $only || $name == bare_$only || $base == -) ]] || continue
      [[ -n $bare || $name != bare_* ]] || continue
      sample "$name" "$round"
    done <<<"$CASES"
    printf 'round %s of %s\n' "$round" "$rounds" >&2
  done
  latency
}

sample() {
  local begin end
  if declare -F "prepare_$1" >/dev/null; then
    "prepare_$1"
  fi
  begin=${EPOCHREALTIME/[.,]/}
  "case_$1"
  end=${EPOCHREALTIME/[.,]/}
  (($2 == 0)) || printf '%s %s\n' "$1" "$((end - begin))" >>"$work/samples"
}

# The delay from a writer's flush to the reader's return.
latency() {
  local line
  line=$("$home/fused-pcap" delay --packets 5000 "$source" "$mnt") || line='not measured'
  printf '%s\n' "$line" >"$work/latency"
}
