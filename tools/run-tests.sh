#!/bin/sh
# run-tests.sh - what `make test` runs, in at most five minutes on two cores:
#
#   1. builds with gcc, warnings as errors, and runs every test (unit, command line, sources)
#   2. builds with clang, warnings as errors, asserts off
#   3. builds with AddressSanitizer and UndefinedBehaviorSanitizer and runs the unit tests there
#
# Each line `ok` of a test program is one test; each build is one; each unit program that stays clean
# under the sanitizers is one. The last line is `N passed, N failed`, and the exit status says the same.
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

# build PRESET TITLE: configures and builds; counts as one test.
build() {
    started=$(date +%s)
    if cmake --preset "$1" >"$logs/$1.log" 2>&1 &&
        cmake --build --preset "$1" -j "$jobs" >>"$logs/$1.log" 2>&1; then
        echo "ok   $2  $(($(date +%s) - started))s"
        passed=$((passed + 1))
    else
        echo "FAIL $2; all of it is in $logs/$1.log"
        grep -nE -A 6 '(error|warning|Error)[: ]|undefined reference|CMake Error' "$logs/$1.log" | head -n 60
        failed=$((failed + 1))
        return 1
    fi
}

# run PRESET WHOLE [CTEST OPTION...]: runs the tests of a build and counts them.
run() {
    preset=$1 whole=$2
    shift 2
    ctest --test-dir "build/$preset" --verbose -j "$jobs" "$@" >"$logs/$preset-tests.log" 2>&1
    awk -v counts="$logs/counts" -v whole="$whole" -f tools/count-tests.awk "$logs/$preset-tests.log"
    read -r p f s <"$logs/counts"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    if [ $((p + f)) -eq 0 ]; then
        echo "FAIL no tests ran in build/$preset"
        failed=$((failed + 1))
    fi
}

build dev "build with gcc, warnings as errors" || conclude
run dev 0
if command -v clang >/dev/null 2>&1; then
    build clang "build with clang, warnings as errors"
else
    echo "FAIL clang is not installed; tools/install-packages.sh test"
    failed=$((failed + 1))
fi
build asan "build with AddressSanitizer and UndefinedBehaviorSanitizer" && run asan 1 -L unit
conclude
