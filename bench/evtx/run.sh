#!/usr/bin/env bash
# Measures reading of .evtx logs against `evtx_dump -o jsonl` (crate evtx), both on the same file, in the same run,
# with the same number of threads. Prints a table; README.md beside it says what the columns are.
#
#   bench/evtx/run.sh [--rounds N] [--large] [--keep]
#
# --large adds a log of 4 GiB, for the growth of time and memory. The logs are deleted afterwards unless --keep is
# given. Needs bash 5, awk and some GiB in $TMPDIR. The peer is installed into $BENCH_TOOLS on the first run.
set -euo pipefail
export LC_ALL=C

rounds=5 sizes="100 1024" keep=false
while (($#)); do
  case $1 in
    --rounds) rounds=$2; shift ;;
    --large) sizes="$sizes 4096" ;;
    --keep) keep=true ;;
    *) echo "usage: $0 [--rounds N] [--large] [--keep]" >&2; exit 2 ;;
  esac
  shift
done

cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
tools=${BENCH_TOOLS:-target/bench-tools}
if [[ ! -x $tools/bin/evtx_dump ]]; then
  cargo install evtx --version 0.15.1 --features fast-alloc --locked --root "$tools"
fi
cargo build --quiet --release -p falconer-evtx --examples
bin=$target/release/examples
peer=$tools/bin/evtx_dump
work=$(mktemp -d)
$keep || trap 'rm -rf "$work"' EXIT

# timed NAME COMMAND…: appends wall and CPU seconds to the samples of NAME. The file is read once before, so that
# it is in the page cache, which some systems trim within a minute.
timed() {
  local name=$1 start end cpu
  shift
  cat "$log" >/dev/null
  start=$EPOCHREALTIME
  cpu=$({ TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>&1; } 2>&1)
  end=$EPOCHREALTIME
  awk -v s="$start" -v e="$end" -v c="$cpu" 'BEGIN { split(c, t, " "); print e - s, t[1] + t[2] }' >>"$work/$name"
}

# median NAME COLUMN
median() {
  awk -v c="$2" '{ print $c }' "$work/$1" | sort -n | awk '{ v[NR] = $1 } END { printf "%.3f", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

# ratio OURS PEER COLUMN: the median of the ratios of each round, with the least and the greatest.
ratio() {
  paste -d' ' "$work/$1" "$work/$2" | awk -v c="$3" '{ print ($c > 0) ? $(c + 2) / $c : 0 }' | sort -n |
    awk '{ v[NR] = $1 } END { printf "%.1f [%.1f-%.1f]", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2, v[1], v[NR] }'
}

# peak COMMAND…: the most memory that was resident, in MiB, by watching the process.
peak() {
  "$@" >/dev/null 2>&1 &
  local pid=$! most=0 now
  while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [[ -n $now ]]; do
    most=$now
    sleep 0.005
  done
  wait "$pid" || true
  awk -v k="$most" 'BEGIN { printf "%.0f", k / 1024 }'
}

echo "$(nproc) cores, $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), load $(cut -d' ' -f1-3 /proc/loadavg), $rounds rounds"
echo
echo "| log | job | threads | s | GiB/s | evtx_dump s | times as fast [least-most] | by CPU time | MiB resident | evtx_dump |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
for mib in $sizes; do
  for kind in few every; do
    log=$work/$kind-$mib.evtx
    permille=5
    [[ $kind == every ]] && permille=1000
    "$bin/generate" "$log" "$mib" "$permille"
    # Out of the page cache, so that it comes back as reading a disk brings it, in large pages.
    sync "$log"
    dd if="$log" iflag=nocache count=0 2>/dev/null
    jobs="none wanted all keep"
    [[ $kind == every ]] && jobs="wanted keep"
    for threads in 1 2; do
      rm -f "$work"/sample-*
      for ((round = 0; round < rounds; round++)); do
        for job in $jobs; do
          timed "sample-$job" "$bin/scan_log" "$log" "$threads" "$job"
        done
        timed sample-peer "$peer" -t "$threads" -o jsonl "$log"
        timed sample-cat cat "$log"
      done
      peer_memory=$(peak "$peer" -t "$threads" -o jsonl "$log")
      for job in $jobs; do
        seconds=$(median "sample-$job" 1)
        echo "| $mib MiB, $kind | $job | $threads | $seconds | $(awk -v m="$mib" -v s="$seconds" 'BEGIN { printf "%.2f", m / 1024 / s }')" \
          "| $(median sample-peer 1) | $(ratio "sample-$job" sample-peer 1) | $(ratio "sample-$job" sample-peer 2)" \
          "| $("$bin/scan_log" "$log" "$threads" "$job" | awk '{ printf "%.0f", $(NF - 1) / 1024 }') | $peer_memory |"
      done
      echo "| $mib MiB, $kind | (cat) | 1 | $(median sample-cat 1) | | | | | | |"
    done
    $keep || rm -f "$log"
  done
done
