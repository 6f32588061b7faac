#!/bin/sh
# run-fuzz.sh [SECONDS] - runs each fuzz target of build/fuzz for so long (60), from fuzz/corpus/NAME.
# An input that breaks something is left in build/fuzz/found; keep it in test/regress/NAME with the cure.
set -u
cd "$(dirname "$0")/.." || exit 2
seconds=${1:-60}
status=0
mkdir -p build/fuzz/found
for target in build/fuzz/fuzz_*; do
    if ! [ -f "$target" ] || ! [ -x "$target" ]; then
        continue
    fi
    name=${target##*/}
    mkdir -p "build/fuzz/corpus/$name"
    seeds=
    for folder in "fuzz/corpus/$name" "test/regress/$name"; do
        [ -d "$folder" ] && seeds="$seeds $folder"
    done
    echo "$name: $seconds s"
    # shellcheck disable=SC2086 # folders as words
    if ! "$target" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=3000 -verbosity=0 \
        -print_final_stats=1 -artifact_prefix="build/fuzz/found/$name-" "build/fuzz/corpus/$name" $seeds; then
        status=1
    fi
done
exit $status
