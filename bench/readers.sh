#!/bin/sh
# readers.sh BUILD [FOLDER] - reading HTML pages beside two public readers, in one run on one core.
#
# FOLDER holds HTML pages; without it the example pages are dressed as a commercial site (heavy_pages.py). The peers are
# readability.js 0.6.0 on linkedom 0.18.9 (from npm, into build/peers) and python3-readability (Debian); one that cannot be
# installed is said and left out. Every reader has the pages in memory and a round to warm up; figures are CPU time, median of rounds.
set -u
cd "$(dirname "$0")/.." || exit 2
build=$1
folder=${2:-}
rounds=5
pinned=
command -v taskset >/dev/null 2>&1 && pinned="taskset -c 0"

if [ -z "$folder" ]; then
    folder=build/heavy-pages
    python3 bench/heavy_pages.py examples/pages "$folder" || exit 1
fi
$pinned "$build/bench_pages" "$folder" || exit 1

# ratio NAME PEER-RATE: both of our rates over the peer's
ratio() {
    echo "$rates $2" | awk -v name="$1" '{
        printf "  %-32s %8.0f pages/s   ours: %.1f times as fast (page, language, dates), %.1f times (every stage)\n", name, $3, $1 / $3, $2 / $3 }'
}

rates=$($pinned "$build/bench_pages" "$folder" --rate)
echo "the same pages, other readers:"
if [ ! -d build/peers/node_modules/linkedom ] && command -v npm >/dev/null 2>&1; then
    mkdir -p build/peers
    (cd build/peers && npm install --no-audit --no-fund @mozilla/readability@0.6.0 linkedom@0.18.9) >build/peers.log 2>&1
fi
if [ -d build/peers/node_modules/linkedom ]; then
    ratio "readability.js + linkedom" "$(NODE_PATH=build/peers/node_modules $pinned node bench/peers/readability_js.cjs "$folder" $rounds)"
else
    echo "  skipped: readability.js (npm or node is missing, or offline: build/peers.log)"
fi
tools/install-packages.sh bench >/dev/null 2>&1
python=
for candidate in /usr/bin/python3 python3; do # Debian's packages belong to Debian's python
    [ -z "$python" ] && $candidate -c 'import readability' 2>/dev/null && python=$candidate
done
if [ -n "$python" ]; then
    ratio "python3-readability" "$($pinned "$python" bench/peers/readability_py.py "$folder" $rounds 2>/dev/null)"
else
    echo "  skipped: python3-readability cannot be installed here"
fi
