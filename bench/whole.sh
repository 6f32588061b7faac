#!/bin/sh
# whole.sh BUILD [FOLDER] - the whole `khabar add`, from files to the committed store, beside references in the same run.
#
#   HTML   libxml2 merely making a tree of the same pages on both cores
#   text   SQLite inserting the same texts, one core each
#
# FOLDER holds HTML pages; without it the example pages are dressed as a commercial site for 16 outlets each. Times are what
# the clock on the wall shows, the best of three rounds: run it on a machine that does nothing else.
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
# best COMMAND...: the shortest of three runs, in seconds; the store is made anew
best() {
    for round in 1 2 3; do
        rm -f "$work"/k.db*
        began=$(now)
        "$@" >/dev/null 2>&1
        echo $(($(now) - began))
    done | sort -n | awk 'NR == 1 { printf "%.4f", $1 / 1e9 }'
}
reference() { for round in 1 2 3; do "$@"; done | sort -n | head -n 1; }
one_core() { if command -v taskset >/dev/null 2>&1; then taskset -c 0 "$@"; else "$@"; fi; }

start=$(best "$khabar" add --db "$work/k.db" "$0")
parsed=$(reference "$build/bench_reference" parse "$folder" 2)
two=$(best "$khabar" add --db "$work/k.db" "$folder")
one=$(best one_core "$khabar" add --jobs 1 --db "$work/k.db" "$folder")
awk -v n="$count" -v p="$parsed" -v two="$two" -v one="$one" 'BEGIN {
    printf "HTML: %d pages\n", n
    printf "  libxml2 alone, two threads      %8.0f pages/s\n", n / p
    printf "  khabar add, all cores           %8.0f pages/s   %.2f of libxml2 alone\n", n / two, p / two
    printf "  khabar add, one core            %8.0f pages/s   the second core: %.2f times\n", n / one, one / two }'

texts=4000
python3 bench/texts.py "$khabar" examples/pages $texts >"$work/texts.jsonl" || exit 1
inserted=$(reference one_core "$build/bench_reference" insert "$work/texts.jsonl")
two=$(best "$khabar" add --no-raw --db "$work/k.db" "$work/texts.jsonl")
one=$(best one_core "$khabar" add --no-raw --jobs 1 --db "$work/k.db" "$work/texts.jsonl")
awk -v n="$texts" -v i="$inserted" -v two="$two" -v one="$one" -v s="$start" 'BEGIN {
    printf "text: %d articles of about 2 KB\n", n
    printf "  SQLite inserting the same text  %8.0f articles/s\n", n / i
    printf "  khabar add, one core            %8.0f articles/s   %.3f of SQLite alone\n", n / one, i / one
    printf "  khabar add, all cores           %8.0f articles/s   the second core: %.2f times\n", n / two, one / two
    printf "start and one page                %8.3f s\n", s }'
