#!/bin/sh
# whole.sh BUILD [FOLDER] - the whole `khabar add`, from files to the committed store, beside references in the same run.
#
#   HTML   libxml2 merely making a tree of the same pages on both cores
#   text   SQLite inserting the same texts, one core each
#
# FOLDER holds HTML pages; without it the example pages are dressed as a commercial site for 16 outlets each. Times are what
# the clock on the wall shows, the best of three rounds in which all take turns: run it on a machine that does nothing else. What the second
# core gives to libxml2, whose threads share nothing, tells how much of one it is that day.
set -u
cd "$(dirname "$0")/.." || exit 2
build=$1
folder=${2:-}
khabar=$build/khabar
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME="$work"

if [ -z "$folder" ]; then
    folder=build/dressed-pages
    python3 bench/heavy_pages.py examples/pages "$folder" 16 || exit 1
fi
count=$(find "$folder" -type f | wc -l)

now() { date +%s%N; }
# timed NAME COMMAND...: the nanoseconds of one run go to the file NAME; the store is made anew
timed() {
    name=$1
    shift
    rm -f "$work"/k.db*
    began=$(now)
    "$@" >/dev/null 2>&1 || { echo "whole.sh: $* failed" >&2; exit 1; }
    echo $(($(now) - began)) >>"$work/$name"
}
# asked NAME COMMAND...: the same of a reference, which prints its seconds
asked() {
    name=$1
    shift
    "$@" | awk '{ printf "%.0f\n", $1 * 1e9 }' >>"$work/$name"
}
shortest() { sort -n "$work/$1" | awk 'NR == 1 { printf "%.4f", $1 / 1e9 }'; }
one_core() { if command -v taskset >/dev/null 2>&1; then taskset -c 0 "$@"; else "$@"; fi; }

for _ in 1 2 3; do
    timed start "$khabar" add --db "$work/k.db" "$0"
    asked parsed "$build/bench_reference" parse "$folder" 2
    timed two "$khabar" add --db "$work/k.db" "$folder"
    asked parsed-one "$build/bench_reference" parse "$folder" 1
    timed one one_core "$khabar" add --jobs 1 --db "$work/k.db" "$folder"
done
awk -v n="$count" -v p="$(shortest parsed)" -v q="$(shortest parsed-one)" -v two="$(shortest two)" -v one="$(shortest one)" 'BEGIN {
    printf "HTML: %d pages\n", n
    printf "  libxml2 alone, two threads      %8.0f pages/s   the second core: %.2f times\n", n / p, q / p
    printf "  khabar add, all cores           %8.0f pages/s   %.2f of libxml2 alone\n", n / two, p / two
    printf "  khabar add, one core            %8.0f pages/s   the second core: %.2f times\n", n / one, one / two }'

texts=4000
python3 bench/texts.py "$khabar" examples/pages $texts >"$work/texts.jsonl" || exit 1
rm -f "$work/two" "$work/one"
for _ in 1 2 3; do
    asked inserted one_core "$build/bench_reference" insert "$work/texts.jsonl"
    timed two "$khabar" add --no-raw --db "$work/k.db" "$work/texts.jsonl"
    timed one one_core "$khabar" add --no-raw --jobs 1 --db "$work/k.db" "$work/texts.jsonl"
done
awk -v n="$texts" -v i="$(shortest inserted)" -v two="$(shortest two)" -v one="$(shortest one)" -v s="$(shortest start)" 'BEGIN {
    printf "text: %d articles of about 2 KB\n", n
    printf "  SQLite inserting the same text  %8.0f articles/s\n", n / i
    printf "  khabar add, one core            %8.0f articles/s   %.3f of SQLite alone\n", n / one, i / one
    printf "  khabar add, all cores           %8.0f articles/s   the second core: %.2f times\n", n / two, one / two
    printf "start and one page                %8.3f s\n", s }'
