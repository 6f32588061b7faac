#!/bin/sh
# store.sh - the store: adding twice, revisions, two writers, what is no store, the sqlite3 shell, a full disk, Ctrl-C, slow pipes.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages
data=$KHABAR_SOURCE/examples/agencies
db=$tmp/k.db
total=$(find "$pages" -name '*.html' | wc -l)

count() { sqlite3 "$db" "SELECT count(*) FROM ${1:-article}"; }

add() { "$khabar" add --db "$db" --data "$data" --now 2024-09-01 "$@"; }

first() {
    add "$pages" 2>said || { cat said; return 1; }
    same "$(count)" "$total" && holds "$(cat said)" "added $total"
}
check "a folder is added" first
mode() { same "$(stat -c %a "$db")" 600; }
check "the store is its user's alone" mode

twice() {
    twice_before=$(sqlite3 "$db" .dump | cksum)
    add "$pages" 2>said || return 1
    same "$(sqlite3 "$db" .dump | cksum)" "$twice_before" && holds "$(cat said)" "unchanged $total"
}
check "adding it again changes nothing" twice

revised() {
    page=$(find "$pages" -name '*.html' | sort | head -n 1)
    sed 's/<\/body>/<p>A paragraph was added to this page later on, its editors said on Tuesday.<\/p><\/body>/' "$page" >"$(basename "$page")"
    url=$(sqlite3 "$db" "SELECT coalesce(url,'') FROM article WHERE label = '$(basename "$page" .html)'")
    [ -n "$url" ] || { echo "# the first example page has no address"; return 0; }
    add "$(basename "$page")" 2>said || return 1
    same "$(count)" "$total" && holds "$(cat said)" "revised 1" && same "$(count revision)" 1
}
check "other bytes at an address are a revision" revised

check "check finds it whole" holds "$("$khabar" check --db "$db")" ok

# the file is an interface: any sqlite3 shell reads, searches and changes it
search_in_shell() {
    word=$(sqlite3 "$db" "SELECT lower(t.text) FROM article_text t JOIN article a ON a.id = t.article_id WHERE language = 'en' LIMIT 1" | tr -cs '[:alpha:]' '\n' | awk 'length > 6' | head -n 1)
    [ "$(sqlite3 "$db" "SELECT count(*) FROM search WHERE search MATCH '\"$word\"'")" -ge 1 ] &&
        same "$(sqlite3 "$db" "SELECT count(*) FROM search s JOIN article a ON a.id = s.rowid WHERE search MATCH 'title : \"$word\" OR body : \"$word\"' AND a.language = 'xx'")" 0
}
check "the shell searches" search_in_shell
check "the shell reads the views" test "$(sqlite3 "$db" 'SELECT count(*) FROM articles')" -eq "$total"
views() { [ "$(sqlite3 "$db" 'SELECT count(*) FROM quotations WHERE words <> ""')" -gt 10 ] && [ "$(sqlite3 "$db" 'SELECT count(*) FROM figures')" -gt 10 ]; }
check "quotations and figures show their words" views
deleted() {
    cp "$db" d.db
    sqlite3 d.db "DELETE FROM article WHERE id = 1" || return 1
    for table in quotation figure credit line name hop; do
        same "$(sqlite3 d.db "SELECT count(*) FROM $table WHERE article_id = 1")" 0 || return 1
    done
    sqlite3 d.db "INSERT INTO search(search, rank) VALUES('integrity-check', 1)" && holds "$("$khabar" check --db d.db)" ok
}
check "the shell deletes, and nothing is left behind" deleted

# texts of old articles are packed: when they come, or when others come later
plain_texts="SELECT hex(text) FROM article_text ORDER BY article_id"
texts() { sqlite3 "$1" "SELECT count(*) FROM article WHERE typeof(text) = '$2'"; }
packed() {
    "$khabar" add --db plain.db --now 2024-08-06 "$pages" 2>/dev/null && "$khabar" add --db packed.db --now 2026-09-01 "$pages" 2>/dev/null || return 1
    same "$(texts plain.db blob)" 0 && [ "$(texts packed.db blob)" -gt 25 ] && sqlite3 plain.db "$plain_texts" >plain.hex &&
        sqlite3 packed.db "$plain_texts" | cmp - plain.hex
}
check "texts of old articles are packed, and the shell reads them" packed
in_python() {
    python3 -c "import sqlite3, sys; sys.path.insert(0, sys.argv[1]); import khabar; db = sqlite3.connect('packed.db'); khabar.functions(db)
for row in db.execute(sys.argv[2]): print(*row)" "$KHABAR_SOURCE/examples/datasette" "$plain_texts" | cmp - plain.hex
}
check "and what reads them in Python" in_python
answers() {
    for id in 1 2 17; do
        "$khabar" article --db plain.db $id --format jsonl | sed 's/"added":"[^"]*"//' >plain.said
        "$khabar" article --db packed.db $id --format jsonl | sed 's/"added":"[^"]*"//' | cmp - plain.said || return 1
    done
    "$khabar" search --db plain.db --format tsv dam warned >plain.said && [ -s plain.said ] && "$khabar" search --db packed.db --format tsv dam warned | cmp - plain.said
}
check "the program answers from both alike" answers
grown_old() {
    printf 'A tram went off its rails.\n\nNobody was hurt when the tram left its rails on Monday, the police said.\n' >tram.txt
    "$khabar" add --db plain.db --now 2026-09-01 tram.txt 2>/dev/null && same "$(texts plain.db blob)" 2 && holds "$("$khabar" check --db plain.db)" ok
}
check "two more with each article that comes" grown_old
chosen() {
    rm -f all.db && "$khabar" add --db all.db --now 2026-09-01 tram.txt 2>/dev/null && sqlite3 all.db "INSERT INTO meta VALUES('plain_days', 'all')" &&
        "$khabar" add --db all.db --now 2026-09-01 "$pages" 2>/dev/null && same "$(texts all.db blob)" 0
}
check "none where the store is told so" chosen

# what is no store
printf 'this is not a database, it is a letter to the editor of some length, longer than a header\n' >letter.db
check "a file that is no database is refused" exits 65 "$khabar" stories --db letter.db
check "and left as it was" holds "$(cat letter.db)" "letter to the editor"
sqlite3 other.db 'CREATE TABLE t(x)'
check "a database of another program is refused" exits 65 "$khabar" add --db other.db "$pages"
check "and left as it was" same "$(sqlite3 other.db 'SELECT count(*) FROM sqlite_master')" 1
cp "$db" newer.db && sqlite3 newer.db 'PRAGMA user_version = 99'
check "a newer schema is refused" exits 65 "$khabar" stories --db newer.db
check "and the cure is named" holds "$("$khabar" stories --db newer.db 2>&1)" "update khabar"
check "a store that is not there" exits 66 "$khabar" stories --db nowhere.db
check "a story that is not there" exits 64 "$khabar" story snowhere --db "$db"

read_only() {
    mkdir -p ro && cp "$db" ro/k.db && rm -f ro/k.db-* && chmod 555 ro && chmod 444 ro/k.db
    if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
        cp "$KHABAR_BIN" khabar-copy && chmod 755 "$tmp" khabar-copy
        out=$(setpriv --reuid 65534 --regid 65534 --clear-groups ./khabar-copy stories --db "$tmp/ro/k.db" --format tsv)
    else
        out=$("$khabar" stories --db ro/k.db --format tsv)
    fi
    same "$(printf '%s\n' "$out" | wc -l)" "$total"
}
sqlite3 "$db" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
check "a store that can only be read is read" read_only

# two writers at once, and one that is interrupted
two() {
    rm -f two.db*
    "$khabar" add --db two.db --data "$data" "$pages" 2>a & one=$!
    "$khabar" add --db two.db --data "$data" "$pages" 2>b & other=$!
    wait $one && wait $other || { cat a b; return 1; }
    same "$(sqlite3 two.db 'SELECT count(*) FROM article')" "$total" && holds "$("$khabar" check --db two.db)" ok
}
check "two writers at once" two

interrupted() {
    rm -f i.db*
    mkdir -p many
    for copy in 1 2 3 4 5 6 7 8 9 10 11 12; do
        for page in "$pages"/*.html; do
            sed "s/<\/title>/ $copy<\/title>/; s/rel=\"canonical\" href=\"/&$copy/; s/property=\"og:url\" content=\"/&$copy/" "$page" >"many/$copy-$(basename "$page")"
        done
    done
    "$khabar" add --db i.db --data "$data" many 2>said & runner=$!
    for wait in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ -s i.db ] && [ "$(sqlite3 i.db 'SELECT count(*) FROM article' 2>/dev/null || echo 0)" -gt 0 ] && break
        sleep 0.05
    done
    kill -INT $runner
    wait $runner
    code=$?
    [ $code -eq 130 ] || [ $code -eq 0 ] || { echo "exit $code"; cat said; return 1; }
    told=$(sed -n 's/^added \([0-9]*\),.*/\1/p' said)
    same "$(sqlite3 i.db 'SELECT count(*) FROM article')" "$told" || return 1
    "$khabar" add --db i.db --data "$data" many 2>said || { cat said; return 1; }
    holds "$("$khabar" check --db i.db)" ok
}
check "an interrupted run keeps what it told, and goes on" interrupted

slow_pipe() { # that stays open, behind a page, and stops inside a line: what came is there, others may write, and one signal is enough
    mkfifo slow && rm -f p.db*
    awk 'BEGIN { for (i = 1; i <= 100; i++) { printf "{\"url\":\"https://n.example/%d\",\"title\":\"Bridge %d closed\",\"text\":\"", i, i
        for (j = 0; j < 20; j++) printf "The bridge over river %d was closed on day %d of its repair. ", i, j
        print "\"}" } }' >lines.jsonl
    echo '<title>Bridge</title><p>The bridge over the river was closed on Sunday.' >other.html
    "$khabar" add --db p.db other.html slow 2>said & runner=$!
    exec 9>slow
    { cat lines.jsonl; head -c 500 lines.jsonl; } >&9
    for wait in $(seq $((100 * ${KHABAR_PATIENCE:-1}))); do
        [ "$(sqlite3 p.db 'SELECT count(*) FROM article' 2>/dev/null)" = 101 ] && break
        sleep 0.1
    done
    sed 's/Sunday/Monday/' other.html >another.html
    "$khabar" add --db p.db another.html 2>beside || { cat beside; kill $runner; exec 9>&-; return 1; }
    kill -INT $runner
    wait $runner
    code=$?
    exec 9>&-
    same "$code" 130 && same "$(sqlite3 p.db 'SELECT count(*) FROM article')" 102 && holds "$(cat said)" "added 101,"
}
check "a pipe that stays open keeps nobody waiting" slow_pipe

half_a_page() { # of a pipe, when the signal comes
    mkfifo half && rm -f h.db*
    "$khabar" add --db h.db half 2>said & runner=$!
    exec 9>half
    head -c 2000 "$(find "$pages" -name '*.html' | head -n 1)" >&9
    sleep 0.5
    kill -INT $runner
    wait $runner
    code=$?
    exec 9>&-
    same "$code" 130 && holds "$(cat said)" "added 0, revised 0, unchanged 0" && ! holds "$(cat said)" skipped
}
check "half a page is no page" half_a_page

# a full disk: writes fail with ENOSPC after some bytes
full_disk() {
    cat >full.c <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
static long left = -1;
static int refuse(size_t n)
{
    if (left < 0) {
        const char *z = getenv("DISK_BYTES");
        left = z ? atol(z) : 0;
    }
    left -= (long)n;
    return left < 0 ? (left = 0, 1) : 0;
}
ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    static ssize_t (*real)(int, const void *, size_t, off_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite");
    return refuse(n) ? (errno = ENOSPC, -1) : real(fd, p, n, at);
}
ssize_t pwrite64(int fd, const void *p, size_t n, off_t at) { return pwrite(fd, p, n, at); }
C
    "${CC:-cc}" -shared -fPIC -o full.so full.c -ldl || return 1
    rm -f f.db*
    DISK_BYTES=2000000 LD_PRELOAD="$runtime $tmp/full.so" "$khabar" add --db f.db --data "$data" "$pages" "$pages" 2>said
    code=$?
    [ $code -eq 74 ] || { echo "exit $code"; cat said; return 1; }
    holds "$(cat said)" "disk is full" || return 1
    told=$(sed -n 's/^added \([0-9]*\),.*/\1/p' said)
    same "$(sqlite3 f.db 'SELECT count(*) FROM article')" "$told" && holds "$("$khabar" check --db f.db)" ok
}
check "a full disk is told, and what was added is whole" full_disk
finish
