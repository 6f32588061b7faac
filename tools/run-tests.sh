#!/bin/sh
# run-tests.sh - what `make test` runs, in at most five minutes on two cores:
#
#   1. builds with gcc, warnings as errors: the library, the program, the measures and the tests that need a plain build; runs
#      these: command line, sources, browser, and what time or memory makes another test under a sanitizer
#   2. shows every source to clang with asserts off, warnings as errors, without making code of it (tools/warnings.py)
#   3. builds with AddressSanitizer and UndefinedBehaviorSanitizer, asserts on, and runs the unit tests there
#
# Each line `ok` of a test program is one test; each build is one. The last line is `N passed, N failed`, and the exit status
# says the same.
set -u
cd "$(dirname "$0")/.." || exit 2
jobs=${JOBS:-$(nproc 2>/dev/null || echo 2)}
logs=build/logs
mkdir -p $logs
passed=0 failed=0 skipped=0

conclude() {
    [ "$skipped" -gt 0 ] && echo "$skipped skipped"
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}

# step NAME TITLE COMMAND...: one test, whose output is shown where it fails.
step() {
    log=$logs/$1.log title=$2 started=$(date +%s)
    shift 2
    if "$@" >"$log" 2>&1; then
        echo "ok   $title  $(($(date +%s) - started))s"
        passed=$((passed + 1))
    else
        echo "FAIL $title; all of it is in $log"
        grep -nE -A 6 '(error|warning|Error)[: ]|undefined reference|CMake Error' "$log" | head -n 60
        failed=$((failed + 1))
        return 1
    fi
}

# built PRESET TARGET
built() {
    cmake --preset "$1" && cmake --build --preset "$1" -j "$jobs" --target "$2"
}

# run PRESET [CTEST OPTION...]: runs the tests of a build and counts them.
run() {
    preset=$1
    shift
    ctest --test-dir "build/$preset" --verbose -j "$jobs" "$@" >"$logs/$preset-tests.log" 2>&1
    awk -v counts="$logs/counts" -f tools/count-tests.awk "$logs/$preset-tests.log"
    read -r p f s <"$logs/counts"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    if [ $((p + f)) -eq 0 ]; then
        echo "FAIL no tests ran in build/$preset"
        failed=$((failed + 1))
    fi
}

step dev "build with gcc, warnings as errors" built dev plain_checks || conclude
run dev -L 'plain|cli|source|browser'
if command -v clang >/dev/null 2>&1; then
    step clang "every source seen by clang, warnings as errors" python3 tools/warnings.py -j "$jobs" build/dev clang -DNDEBUG
else
    echo "FAIL clang is not installed; tools/install-packages.sh test"
    failed=$((failed + 1))
fi
step asan "build with AddressSanitizer and UndefinedBehaviorSanitizer" built asan guarded_checks && run asan -L unit
conclude
