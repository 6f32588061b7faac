#!/bin/sh
# killed.sh - SIGKILL at any moment of `khabar add`: the store stays whole, what was in it stays, and running the command again
# ends with every page once. KILLS says how often (make torture: 1,000); KHABAR_SEED repeats a run.
. "$KHABAR_SOURCE/test/ok.inc"
kills=${KILLS:-6}
seed=${KHABAR_SEED:-$$}
db=$tmp/k.db
if ! command -v sqlite3 >/dev/null; then
    echo "ok killed runs # SKIP sqlite3 is not there"
    exit 0
fi
mkdir pages
total=0
for page in "$KHABAR_SOURCE"/examples/pages/*.html; do
    for outlet in 1 2 3 4 5 6; do
        sed "s/\.example/-$outlet.example/g; s/<\/title>/ $outlet<\/title>/" "$page" >"pages/$outlet-$(basename "$page")"
        total=$((total + 1))
    done
done

# A number from 0 to 999, the same for the same seed and place.
draw() { echo "$seed $1" | awk '{ srand($1 * 7919 + $2); print int(rand() * 1000) }'; }

kill_once() {
    "$khabar" add --db "$db" pages 2>/dev/null & runner=$!
    sleep "$(awk -v d="$(draw "$1")" 'BEGIN { printf "%.3f", 0.1 + d / 800 }')"
    kill -9 $runner 2>/dev/null
    wait $runner 2>/dev/null
    [ -s "$db" ] || return 0 # killed before there was a store
    "$khabar" check --db "$db" >whole 2>&1
    now=$(sed -n 's/.*: \([0-9]*\) articles.*/\1/p' whole)
    if [ "$had" -eq 0 ] && grep -q "holds no articles yet" whole; then
        return 0 # killed while the store was made
    fi
    holds "$(cat whole)" ok || return 1
    [ "${now:-0}" -ge "$had" ] || { echo "had $had, has $now"; return 1; }
    had=$now
}
kill_often() {
    had=0
    round=0
    while [ $round -lt "$kills" ]; do
        round=$((round + 1))
        kill_once $round || { echo "round $round, KHABAR_SEED=$seed"; return 1; }
        if [ "$had" -ge "$total" ]; then # all in: from the beginning
            rm -f "$db" "$db"-*
            had=0
        fi
    done
}
check "killed $kills times at random moments, the store is whole and loses nothing (seed $seed)" kill_often

again() {
    "$khabar" add --db "$db" pages 2>said || { cat said; return 1; }
    same "$(sqlite3 "$db" 'SELECT count(*) || "," || count(DISTINCT key) FROM article')" "$total,$total"
}
check "then every page is added, none twice" again
check "and the store is whole" holds "$("$khabar" check --db "$db")" ok
finish
