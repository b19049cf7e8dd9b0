#!/usr/bin/env bash
# How long the diagnosis of a typical support bundle takes, as a ratio to reading it with cat, in one run.
#   bench/bundle/run.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-11}
target=${CARGO_TARGET_DIR:-target}
cargo build --quiet --release -p falconer
bundle=$target/bench-bundle
python3 bench/bundle/generate.py "$bundle"
python3 - "$target/release/falconer" "$bundle" "$rounds" <<'PY'
import glob, statistics, subprocess, sys, time
binary, bundle, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
files = sorted(glob.glob(bundle + "/*"))
commands = {"diagnose": [binary, "diagnose", bundle], "a line": [binary, "diagnose", "HTTP Error 500.30"], "cat": ["cat", *files]}
times = {name: [] for name in commands}
for _ in range(rounds):
    for name, command in commands.items():
        started = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times[name].append(time.perf_counter() - started)
for name, all_times in times.items():
    print(f"{name:<10} median {statistics.median(all_times) * 1000:6.1f} ms, best {min(all_times) * 1000:6.1f} ms")
print(f"diagnose / cat: {statistics.median(times['diagnose']) / statistics.median(times['cat']):.1f}")
PY
