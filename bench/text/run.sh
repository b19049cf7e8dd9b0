#!/usr/bin/env bash
# Compares the scan of a large log with ripgrep and with cat, in one run.
#
# usage: bench/text/run.sh [ROUNDS [SIZE ...]]     defaults: 7 rounds, 100M 1G; `7 100M 1G 4G` shows the growth
#
# For each size a log is generated, and each round runs every command once, so that a busy moment meets all of them.
# Prints medians of wall time and of processor time, ratios, and the peak memory. The files, up to the largest size
# plus a second file of 1 GiB, go to the target directory and are deleted at the end. Needs GNU time as /usr/bin/time.
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${1:-7}
shift || true
sizes=("$@")
((${#sizes[@]})) || sizes=(100M 1G)

target=${CARGO_TARGET_DIR:-target}
data=$target/bench-text
anchors=$data/anchors
rg=$target/bench-tools/bin/rg
bin=$target/fast/examples
mkdir -p "$data"
trap 'rm -rf "$data"' EXIT

[ -x "$rg" ] || cargo install ripgrep --locked --version 15.2.0 --root "$target/bench-tools"
# One unit, as in a release: the profile splits the crate, and calls between the parts would not be inlined.
cargo build --quiet --release -p falconer
"$target/release/falconer" anchors > "$anchors"
cargo build --quiet -p falconer-scan --examples --profile fast --config 'profile.fast.codegen-units=1'

names=(cat rg rg-i t1 t2 hits)
declare -A title=(
    [cat]='`cat FILE > /dev/null`' [rg]='`rg -c -F -f anchors`' [rg-i]='`rg -i -c -F -f anchors`'
    [t1]='regions, 1 thread' [t2]='regions, 2 threads' [hits]='hits only, 1 thread'
)

command_of() { # NAME FILE ANCHORS
    case $1 in
    cat) echo cat "$2" ;;
    rg) echo "$rg" -c -F -f "$3" "$2" ;;
    rg-i) echo "$rg" -i -c -F -f "$3" "$2" ;;
    t1) echo "$bin/scan_file" "$2" "$3" 1 ;;
    t2) echo "$bin/scan_file" "$2" "$3" 2 ;;
    hits) echo "$bin/scan_file" "$2" "$3" 1 hits ;;
    esac
}

# Prints "wall processor" in milliseconds; the file is made sure to be in the page cache first.
measure() { # FILE COMMAND...
    local file=$1 report
    shift
    cat "$file" > /dev/null
    TIMEFORMAT='%3R %3U %3S'
    report=$({ time "$@" > /dev/null 2>&1; } 2>&1)
    awk '{ print $1 * 1000, ($2 + $3) * 1000 }' <<< "$report"
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
span() { sort -n | awk '{ v[NR] = $1 } END { print v[1] "-" v[NR] }'; }

# Prints a table for FILE and ANCHORS with the given commands.
compare() { # LABEL FILE ANCHORS NAME...
    local label=$1 file=$2 patterns=$3 name round
    shift 3
    local -A wall=() cpu=()
    for ((round = 0; round < rounds; round++)); do
        for name in "$@"; do
            read -r w c < <(measure "$file" $(command_of "$name" "$file" "$patterns"))
            wall[$name]+="$w"$'\n'
            cpu[$name]+="$c"$'\n'
        done
    done
    local bytes
    bytes=$(stat -c %s "$file")
    echo
    echo "### $label: $((bytes >> 20)) MiB, $(wc -l < "$patterns") literals, median of $rounds rounds"
    echo
    echo '| | wall ms [min-max] | processor ms | GiB/s (wall) | of `cat`: wall, processor | times `rg`: wall, processor | peak MiB |'
    echo '| --- | --- | --- | --- | --- | --- | --- |'
    for name in "$@"; do
        local w c cw cc rw=0 rc=0 peak
        w=$(printf %s "${wall[$name]}" | median) c=$(printf %s "${cpu[$name]}" | median)
        cw=$(printf %s "${wall[cat]}" | median) cc=$(printf %s "${cpu[cat]}" | median)
        if [ -n "${wall[rg]:-}" ]; then
            rw=$(printf %s "${wall[rg]}" | median) rc=$(printf %s "${cpu[rg]}" | median)
        fi
        peak=$(/usr/bin/time -o "$data/peak" -f %M $(command_of "$name" "$file" "$patterns") > /dev/null 2>&1; cat "$data/peak")
        awk -v n="${title[$name]}" -v w="$w" -v c="$c" -v s="$(printf %s "${wall[$name]}" | span)" -v b="$bytes" \
            -v cw="$cw" -v cc="$cc" -v rw="$rw" -v rc="$rc" -v p="$peak" 'BEGIN {
            r = rw ? sprintf("%.1f, %.1f", rw / w, rc / c) : "-"
            printf "| %s | %d [%s] | %d | %.2f | %.0f %%, %.0f %% | %s | %.0f |\n",
                n, w, s, c, b / 1073741824 / (w / 1000), 100 * cw / w, 100 * cc / c, r, p / 1024 }'
    done
}

echo "$(date -u +%F), $(nproc) processors, $(grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //'), load before: $(cut -d' ' -f1-3 /proc/loadavg)"
for size in "${sizes[@]}"; do
    "$bin/generate_log" "$size" "$anchors" > "$data/log"
    compare "$size" "$data/log" "$anchors" "${names[@]}"
    "$bin/scan_file" "$data/log" "$anchors" | sed 's/^/\nFound: /'
    rm "$data/log"
done

# The cost must not grow with the number of literals, nor much with that of the hits.
"$bin/generate_log" 1G "$anchors" > "$data/log"
for every in 15 5 2; do
    awk -v n=$every 'NR % n == 1' "$anchors" > "$data/some"
    compare "1G, one literal in $every" "$data/log" "$data/some" cat t1
done
"$bin/generate_log" 1G "$anchors" dense > "$data/log"
compare "1G, every ordinary exception is a hit" "$data/log" "$anchors" cat rg t1 t2
"$bin/scan_file" "$data/log" "$anchors" | sed 's/^/\nFound: /'
echo
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg)"
