#!/bin/sh
# serve.sh BUILD STORE [SECONDS] - khabar serve under load: wrk with 20 connections on the pages of STORE while `khabar add` writes to it.
#
# A store to measure on:  python3 bench/many_reports.py 2500 | khabar add --no-raw --db big.db - && python3 bench/fill_store.py big.db 40
# and khabar add of any page, which makes the index of the copies.
# STORE is changed by the adding: give a copy. The reference is bench/static_server.c: the same library, the front page as a file.
# Columns: requests a second, milliseconds at the 50th, 95th and 99th percentile, failures, and the share of the reference's requests.
set -eu
build=$1 store=$2 seconds=${3:-10}
here=$(dirname "$0")
tmp=$(mktemp -d)
port=8391
server= adder= static=
end() {
    for pid in $server $adder $static; do kill "$pid" 2>/dev/null || true; done
    rm -rf "$tmp"
}
trap end EXIT

"$build/khabar" serve --db "$store" --listen 127.0.0.1:$port 2>"$tmp/log" &
server=$!
for _ in $(seq 100); do grep -q serving "$tmp/log" && break; sleep 0.1; done
base=http://127.0.0.1:$port
curl -s "$base/" >"$tmp/front.html"
mkfifo "$tmp/end"
"$build/static_server" "$tmp/front.html" $((port + 1)) <"$tmp/end" &
static=$!
exec 9>"$tmp/end"
python3 "$here/many_reports.py" 200000 77 | "$build/khabar" add --no-raw --jobs 1 --db "$store" - 2>/dev/null &
adder=$!

# The addresses: one front page and its filters; every story of 38 to 42 reports; searches for common words, and for names that are each asked once.
sql() { sqlite3 -readonly "$store" "$1"; }
echo / >"$tmp/front"
{ echo /; for l in en ar fa ru; do echo "/?language=$l"; done; sql "SELECT '/?outlet=' || replace(value, ' ', '+') FROM facet WHERE kind = 'outlet' AND value NOT GLOB '*[^A-Za-z0-9 ]*'"; } >"$tmp/filters"
sql "SELECT '/stories/' || name FROM story WHERE articles BETWEEN 38 AND 42 LIMIT 1" >"$tmp/story"
sql "SELECT '/stories/' || name FROM story WHERE articles BETWEEN 38 AND 42" >"$tmp/stories"
printf '/search?q=%s\n' flood bridge dead minister %D8%B2%D9%84%D8%B2%D8%A7%D9%84 %D0%BF%D0%BE%D0%B6%D0%B0%D1%80 earthquake+dead "%22will+not+leave%22" >"$tmp/searches"
sql "SELECT DISTINCT '/search?q=' || label FROM name WHERE label GLOB '[A-Z]*' AND label NOT GLOB '*[^A-Za-z]*' LIMIT 20000" >"$tmp/names"

# Every address once, one after the other: what an answer costs that nobody asked for before.
first() {
    used=$(awk '{ print $14 + $15 }' /proc/$server/stat)
    sed "s|^|url = $base|; s|\$|\noutput = /dev/null|" "$tmp/$2" | head -n 1200 | curl -s -K -
    used=$(($(awk '{ print $14 + $15 }' /proc/$server/stat) - used))
    head -n 600 "$tmp/$2" | wc -l | awk -v name="$1" -v used="$used" -v hz="$(getconf CLK_TCK)" '{ printf "%-42s %8.1f ms of CPU each, asked for the first time\n", name, 1000 * used / hz / $1 }'
}

measure() {
    result=$(KHABAR_PATHS="$tmp/$2" wrk -t1 -c20 -d"$seconds"s -s "$here/serve.lua" "$3" | tail -1)
    echo "$result" | awk -v name="$1" -v reference="${reference:-0}" '{
        printf "%-42s %8d/s  p50 %7.2f  p95 %7.2f  p99 %7.2f ms  failed %d", name, $1, $2, $3, $4, $5
        if (reference) printf "  %.2f of the reference", $1 / reference
        printf "\n" }'
}
measure "reference: a static file of $(wc -c <"$tmp/front.html") bytes" front http://127.0.0.1:$((port + 1))
reference=$(echo "$result" | cut -d ' ' -f 1)
first "$(wc -l <"$tmp/filters") filters of the front" filters
first "$(wc -l <"$tmp/stories") stories of 40 reports" stories
first "search for common words" searches
first "search for names" names
measure "front" front $base
measure "front, $(wc -l <"$tmp/filters") filters" filters $base
measure "one story of 40 reports" story $base
measure "$(wc -l <"$tmp/stories") stories of 40 reports" stories $base
measure "search, $(wc -l <"$tmp/searches") common queries" searches $base
measure "search, $(wc -l <"$tmp/names") names" names $base
kill -0 "$adder" 2>/dev/null && echo "add was running" || echo "add had ended"
echo "articles now: $(sql 'SELECT count(*) FROM article'); memory of the server: $(awk '/VmRSS/ { print int($2 / 1024) " MB" }' /proc/$server/status)"
