#!/usr/bin/env bash
# How long a published folder of 500 files and 200 MiB takes to check, as a ratio to listing it with the size and age of
# each file (find), and to reading it (cat), warm and in one run. With FALCONER_PUBLISHES (what tools/assemble-publishes
# makes) real folders are measured, too.
#   bench/check/run.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-31}
target=${CARGO_TARGET_DIR:-target}
cargo build --quiet --release -p falconer
made=$target/bench-check
python3 bench/check/generate.py "$made"
folders=("$made")
if [ -n "${FALCONER_PUBLISHES:-}" ]; then
  folders+=("$FALCONER_PUBLISHES"/published/azmcp-{linux-x64,win-x64,win-x64-single-file-outofprocess})
fi
python3 - "$target/release/falconer" "$rounds" "${folders[@]}" <<'PY'
import os, statistics, subprocess, sys, time
binary, rounds, folders = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
print(f"{'folder':<40}{'files':>6}{'MiB':>6}{'check':>9}{'find':>9}{'cat':>9}{'check/find':>12}{'check/cat':>11}")
for folder in folders:
    files = [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]
    size = sum(map(os.path.getsize, files)) >> 20
    commands = {
        "check": [binary, "check", folder, "--no-config", "--exit-zero"],
        "find": ["find", folder, "-type", "f", "-printf", "%s %T@ %p\n"],
        "cat": ["cat", *files],
    }
    times = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            # The first turn fills the cache.
            times[name].extend([time.perf_counter() - started][:turn])
    check, find, cat = (statistics.median(times[name]) * 1000 for name in commands)
    name = os.path.basename(folder)
    print(f"{name:<40}{len(files):>6}{size:>6}{check:>6.1f} ms{find:>6.1f} ms{cat:>6.1f} ms{check / find:>12.1f}{check / cat:>11.2f}")
PY
