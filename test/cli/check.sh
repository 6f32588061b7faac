#!/bin/sh
# check.sh - khabar check finds each kind of damage and says what to do; what it says cures it.
. "$KHABAR_SOURCE/test/ok.inc"
if ! command -v sqlite3 >/dev/null; then
    echo "ok damage # SKIP sqlite3 is not there"
    exit 0
fi
pages=$KHABAR_SOURCE/examples/pages
"$khabar" add --db k.db "$pages"/en0[1-4]*.html "$pages/fa01-nilab.html" 2>/dev/null
sqlite3 k.db "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
key=$(sqlite3 k.db "SELECT key FROM article WHERE label = 'en01-halyard'")

fresh() { rm -f d.db*; cp k.db d.db; }
# damaged SQL PART...: after SQL the check ends with 65, and each PART is in what it says.
damaged() {
    fresh
    sqlite3 d.db "$1" || return 1
    shift
    finds "$@"
}
finds() {
    "$khabar" check --db d.db >said 2>&1
    code=$?
    [ $code -eq 65 ] || { echo "exit $code"; cat said; return 1; }
    for part; do
        holds "$(cat said)" "$part" || return 1
    done
}
# cured: the statements that are given make it whole.
cured() {
    sed -n 's/^problem: .*: \([A-Z]* .*\)$/\1;/p' said >cure.sql
    [ -s cure.sql ] || { echo "no statement is given"; cat said; return 1; }
    sqlite3 d.db <cure.sql && "$khabar" add --db d.db "$pages/en01-halyard.html" 2>/dev/null && holds "$("$khabar" check --db d.db)" ok
}
# added_again ARTICLE: what the advice says where there is no statement.
added_again() {
    "$khabar" delete --db d.db "$1" && "$khabar" add --db d.db "$pages/en01-halyard.html" 2>/dev/null && holds "$("$khabar" check --db d.db)" ok
}

check "a store that is whole" holds "$("$khabar" check --db k.db)" ok
check "credits of no article" damaged "UPDATE credit SET article_id = 99 WHERE id = 1" "1 rows of credit belong to no article; take them out"
check "are taken out" cured
check "postings of no article" damaged "UPDATE posting SET article_id = 99 WHERE article_id = 1" "postings belong to no article"
check "are made anew" cured
check "articles in a story that is not there" damaged "UPDATE article SET story_id = 999 WHERE id = 1" "1 rows of article belong to no story; let them go"
again() {
    sed -n 's/^problem: .*: \([A-Z]* .*\)$/\1;/p' said | grep -v story_recount >cure.sql
    sqlite3 d.db <cure.sql
    finds "1 articles stand in no story, such as $key" "khabar delete them, and add them again" && added_again "$key"
}
check "are let go, and placed when they are added again" again
check "articles without postings" damaged "DELETE FROM posting WHERE article_id = 1" "1 articles have not the postings of their features"
check "have them again" cured
due() { fresh && sqlite3 d.db "INSERT INTO meta(name, value) VALUES('index', 'anew')" && finds "to be made anew"; }
check "an index that is to be made anew" due
check "features that cannot be unpacked" damaged "UPDATE digest SET features = x'ff01' WHERE article_id = 1" "part of the postings cannot be read"
check "counts of words that are none" damaged "UPDATE frequency SET documents = documents + 7 WHERE hash = (SELECT min(hash) FROM frequency)" "counts of words are not those of the postings"
check "are counted again" cured
check "counts of stories that are none" damaged "UPDATE story SET articles = 77 WHERE id = 1" "1 stories have another number of articles than is noted, such as s"
check "are counted again" cured
check "texts missing from the index" damaged "INSERT INTO search(search, rowid, title, body) VALUES('delete', 1, '', '')" "1 articles are missing from the search index, such as $key"
check "are there again" cured
check "texts in the index that are not there" damaged "INSERT INTO search(rowid, title, body) VALUES(99, 'other', 'words')" "1 articles in the search index are not there"
check "are there no more" cured
check "words in the index that an article has not" damaged "INSERT INTO search(rowid, title, body) VALUES(1, 'other', 'words')" \
    "1 articles stand in the search index with other words than their own"
check "are there no more" cured
check "a text that was changed and not its words" damaged "UPDATE article SET text = replace(text, 'Halyard', 'Halyerd') WHERE id = 1" \
    "1 articles stand in the search index with other words than their own"
check "an index that is damaged" damaged "UPDATE search_data SET block = zeroblob(length(block)) WHERE id > 10" "the search index is damaged"
check "is made anew" cured
for table in quotation figure mention line; do # the first number of a span: 2000s of its offset, counted from 1
    at=$(case $table in quotation | figure) echo 1 ;; mention) echo 2 ;; line) echo 5 ;; esac)
    some="SELECT id FROM article WHERE ${table}s IS NOT NULL ORDER BY id LIMIT 1"
    check "$table outside its text" damaged "UPDATE article SET ${table}s = substr(${table}s, 1, $at - 1) || char(32 + 9000) || substr(${table}s, $at + 1) WHERE id = ($some)" \
        "1 rows of $table point outside their text, such as http" "khabar delete these articles"
done
check "a credit outside its text" damaged "UPDATE credit SET end = 99999999 WHERE id = 1" "1 articles have a credit outside their text, such as http"
check "a list that was cut" damaged "UPDATE article SET mentions = substr(mentions, 2) WHERE id = 1" "1 articles have findings that cannot be read, such as $key"
check "cannot be shown" exits 65 "$khabar" article --db d.db 1
check "is whole when it is added again" added_again "$key"
check "words that are not what was written" damaged "UPDATE article SET words = '[1]' WHERE id = 1" "1 articles have findings that cannot be read, such as $key"
check "words of our own that are gone" damaged "DELETE FROM term WHERE word = 'body'" "articles have findings that cannot be read"
check "a text that was cut by hand" damaged "UPDATE article SET text = 'cut' WHERE id = 1" "point outside their text, such as $key"
# whole_again ARTICLE: with the index made anew, as is advised, before it is taken out of it.
whole_again() { sqlite3 d.db "$(sed -n 's/^problem: .*make it anew: //p' said)" && added_again "$1"; }
check "is whole when it is added again" whole_again "$key"
check "an article without its digest" damaged "DELETE FROM digest WHERE article_id = 1" "1 articles have no digest, so that their stories cannot be found, such as $key" "postings belong to no article"
digested() { sqlite3 d.db "$(sed -n 's/^problem: .*make them anew: //p' said)" && added_again "$key"; }
check "has one when it is added again" digested
check "a digest of another day" damaged "UPDATE digest SET published = '2020-01-01' WHERE article_id = 1" "1 articles have another language or day than their digest, such as $key"
check "has its own again" cured
check "other bytes than arrived" damaged "UPDATE raw SET bytes = (SELECT bytes FROM raw WHERE article_id = 2), length = (SELECT length FROM raw WHERE article_id = 2) WHERE article_id = 1" \
    "1 articles have other bytes than arrived, such as $key; khabar delete them and add their pages again, or restore a copy"
check "bytes that cannot be unpacked" damaged "UPDATE raw SET bytes = x'00' WHERE article_id = 1" "1 articles have other bytes than arrived"
check "and are not taken for bytes that were never kept" exits 65 "$khabar" article --db d.db --raw 1
check "are as they arrived when they are added again" added_again "$key"

revised() { # k.db with a revision: the page came again, changed
    sed 's/Halyard/Hallyard/g' "$pages/en01-halyard.html" >en01-halyard.html
    "$khabar" add --db k.db en01-halyard.html 2>/dev/null && sqlite3 k.db "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null &&
        same "$(sqlite3 k.db 'SELECT count(*) FROM revision WHERE raw IS NOT NULL')" 1 && holds "$("$khabar" check --db k.db)" "1 revisions"
}
cp k.db unrevised.db
check "a store with a revision is whole" revised
check "a revision with other bytes" damaged "UPDATE revision SET raw = (SELECT bytes FROM raw WHERE article_id = 2), raw_length = (SELECT length FROM raw WHERE article_id = 2)" \
    "1 revisions have other bytes than arrived, such as $key; khabar delete these articles, which takes their revisions along"
check "a revision that cannot be unpacked" damaged "UPDATE revision SET raw = x'00'" "1 revisions have other bytes than arrived"
check "a revision with another sum" damaged "UPDATE revision SET sha256 = 'x'" "1 revisions have other bytes than arrived"
check "goes with its article" added_again "$key"
cp unrevised.db k.db

cut() { # BYTES
    fresh
    dd if=k.db of=d.db bs=1024 count="$1" 2>/dev/null
    truncate -s "$(($1 * 1024))" d.db
    finds "restore it from a copy, or save its pages as khabar help check"
}
check "a file that was cut in the middle" cut 200
check "a file that was cut near its end" cut $(($(wc -c <k.db) / 1024 - 32))
overwritten() {
    fresh
    head -c 16384 /dev/zero | tr '\0' x | dd of=d.db bs=16384 seek="$1" conv=notrunc 2>/dev/null
    finds "restore it from a copy, or save its pages as khabar help check"
}
middle=$(($(wc -c <k.db) / 32768))
check "a block that was written over" overwritten $middle
saved() {
    mkdir -p saved
    for id in $(sqlite3 k.db 'SELECT id FROM article'); do
        "$khabar" article --db k.db --raw "$id" >"saved/$id" || return 1
    done
    "$khabar" add --db new.db saved 2>/dev/null && holds "$("$khabar" check --db new.db)" ok || return 1
    same "$(sqlite3 new.db "SELECT group_concat(key) FROM (SELECT key FROM article ORDER BY key)")" \
        "$(sqlite3 k.db "SELECT group_concat(key) FROM (SELECT key FROM article ORDER BY key)")"
}
check "pages are saved to a new store as the help says" saved
check "no store at all" exits 66 "$khabar" check --db nowhere.db
: >empty.db
check "a file that is empty" exits 65 "$khabar" check --db empty.db
echo "no database at all, but long enough to be looked at as one" >text.db
check "a file that is no database" exits 65 "$khabar" check --db text.db
finish
