#!/bin/sh
# killed.sh - SIGKILL at any moment of `khabar add`: the store stays whole, what a run that ended counted stays, what a killed one had
# committed stays too, and running the command again ends with every page once.
#
# Pages come in parcels, one run each, so that most kills find a store with something to lose. A parcel that was killed is added again. KILLS says
# how often (make torture: 1,000), runs that were done before the kill came not counted; KHABAR_SEED repeats the moments, which are parts
# of one and a half times what a whole parcel takes here. With ARTICLES the pages are so many of bench/news_stream instead, PARCEL (400) to a
# run: long runs, of several transactions each.
. "$KHABAR_SOURCE/test/ok.inc"
kills=${KILLS:-6}
seed=${KHABAR_SEED:-$$}
db=$tmp/k.db
if ! command -v sqlite3 >/dev/null; then
    echo "ok killed runs # SKIP sqlite3 is not there"
    exit 0
fi

mkdir parcels
if [ -n "${ARTICLES:-}" ]; then
    "$KHABAR_BUILD/news_stream" "$ARTICLES" >all && split -l "${PARCEL:-400}" -d -a 3 --additional-suffix=.jsonl all parcels/
    total=$ARTICLES
else
    total=0
    for page in "$KHABAR_SOURCE"/examples/pages/*.html; do
        for outlet in 1 2 3 4 5 6; do
            mkdir -p parcels/$outlet
            sed "s/\.example/-$outlet.example/g; s/<\/title>/ $outlet<\/title>/" "$page" >"parcels/$outlet/$(basename "$page")"
            total=$((total + 1))
        done
    done
fi

milliseconds() { echo $(($(date +%s%N) / 1000000)); }
parcel() { find parcels -mindepth 1 -maxdepth 1 | sort | sed -n "${1}p"; }

begun=$(milliseconds)
"$khabar" add --db whole.db "$(parcel 1)" 2>/dev/null
length=$(($(milliseconds) - begun))

# kill_once ROUND: one run over parcel $next, killed at a moment or done by then. Gives what the store holds in $had.
kill_once() {
    "$khabar" add --db "$db" "$(parcel $next)" 2>said & runner=$!
    sleep "$(awk -v d="$(draw "$seed" "$1")" -v of="$length" 'BEGIN { printf "%.3f", 1.5 * d * of / 1000000 }')" || return 1
    kill -9 $runner 2>/dev/null
    wait $runner 2>/dev/null
    case $? in
    137) hit=$((hit + 1)) told=0 ;;
    0) told=$(sed -n 's/^added \([0-9]*\),.*/\1/p' said) next=$((next + 1)) ;;
    *) cat said; return 1 ;;
    esac
    [ -s "$db" ] || return 0 # killed before there was a store
    "$khabar" check --db "$db" >whole 2>&1
    now=$(sed -n 's/.*: \([0-9]*\) articles.*/\1/p' whole)
    if [ "$had" -eq 0 ] && grep -q "holds no articles yet" whole; then
        return 0 # killed while the store was made
    fi
    holds "$(cat whole)" ok || return 1
    [ "${now:-0}" -ge $((had + told)) ] || { echo "had $had and $told more, has $now"; return 1; }
    [ $told -gt 0 ] || [ "$now" -eq "$had" ] || partly=$((partly + 1))
    had=$now
}
all_are_there() {
    same "$(sqlite3 "$db" 'SELECT count(*) || "," || count(DISTINCT key) FROM article')" "$total,$total"
}
kill_often() {
    had=0 round=0 hit=0 next=1 partly=0
    while [ $hit -lt "$kills" ]; do
        round=$((round + 1))
        kill_once $round || { echo "round $round, KHABAR_SEED=$seed"; return 1; }
        if [ -z "$(parcel $next)" ]; then # all in: from the beginning
            all_are_there || return 1
            rm -f "$db" "$db"-*
            had=0 next=1
        fi
    done
    echo "# $kills kills in $round runs of $length ms, $partly of them when a part was committed"
}
kill_often >killed
status=$?
check "killed $kills times at random moments, the store is whole and loses nothing (seed $seed)" [ $status -eq 0 ]
cat killed

again() {
    "$khabar" add --db "$db" parcels/* 2>said || { cat said; return 1; }
    all_are_there
}
check "then every page is added, none twice" again
check "and the store is whole" holds "$("$khabar" check --db "$db")" ok
finish
