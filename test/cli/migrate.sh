#!/bin/sh
# migrate.sh - a store of schema 6, 8 or 9 answers as it is, and becomes by the first writing just what a store is that was made today.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages
data=$KHABAR_SOURCE/examples/agencies
if ! command -v sqlite3 >/dev/null; then
    echo "ok an older store # SKIP sqlite3 is not there"
    exit 0
fi
"$khabar" add --db new.db --data "$data" --now 2024-09-01 "$pages" 2>/dev/null
sqlite3 new.db "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
cp new.db old.db
check "a store is made old" python3 "$KHABAR_SOURCE/test/cli/old_store.py" old.db 6

asked() { # what is read from the store $1
    "$khabar" stories --db "$1" --format tsv | sort
    for id in en01-halyard ar01-almarfa fa01-nilab; do
        "$khabar" trace --db "$1" --data "$data" --format jsonl $id
        "$khabar" story --db "$1" --data "$data" --format jsonl $id
    done
}
reads() { asked new.db >new.said && asked old.db >old.said && [ -s new.said ] && cmp new.said old.said && same "$(sqlite3 old.db 'PRAGMA user_version')" 6; }
check "it is read, and answers as a new one" reads
check "words are found in it" test "$("$khabar" search --db old.db --format tsv dam warned | wc -l)" -gt 0
check "and is whole" holds "$("$khabar" check --db old.db)" ok

both() { # neither is told that the other was quicker
    cp old.db two.db
    "$khabar" add --db two.db --data "$data" --now 2024-09-01 "$pages/en01-halyard.html" 2>one.said &
    "$khabar" add --db two.db --data "$data" --now 2024-09-01 "$pages/ar01-almarfa.html" 2>said && wait $! && holds "$("$khabar" check --db two.db)" ok
}
check "two programs may bring it up to date at once" both

sqlite3 old.db 'CREATE VIEW "my own" AS SELECT count(*) AS n FROM line; CREATE VIEW broken AS SELECT n FROM nowhere'
grown() { "$khabar" add --db old.db --data "$data" --now 2024-09-01 "$pages/en01-halyard.html" 2>said && holds "$(cat said)" "unchanged 1"; }
check "the first writing brings it up to date" grown
check "and leaves what a person made in it" test "$(sqlite3 old.db 'SELECT n > 0 FROM "my own"; DROP VIEW "my own"; DROP VIEW broken')" = 1
rows() { sqlite3 "$1" .dump | grep -v "^INSERT INTO search_\|'search\|sqlite_sequence\|^CREATE\|^  \|^)\|^END\|^BEGIN\|^--" | sort; }
equal() { rows new.db >new.rows && rows old.db >old.rows && grep -q 'INSERT INTO posting' new.rows && cmp new.rows old.rows; }
check "row for row, packed bytes and postings too" equal
index() { sqlite3 "$1" "CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, search, instance); SELECT * FROM temp.v ORDER BY 1, 2, 3, 4"; }
words() { index new.db >new.words && index old.db >old.words && [ "$(wc -l <new.words)" -gt 1000 ] && cmp new.words old.words; }
check "word for word" words
schema() { sqlite3 "$1" "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY 1, 2"; }
check "with the same tables and triggers" same "$(schema old.db)" "$(schema new.db)"
check "it is whole" holds "$("$khabar" check --db old.db)" ok

cp new.db nine.db
check "a store is made one of schema 9" python3 "$KHABAR_SOURCE/test/cli/old_store.py" nine.db 9
nine_reads() { asked nine.db >nine.said && cmp new.said nine.said && same "$(sqlite3 nine.db 'PRAGMA user_version')" 9 && holds "$("$khabar" check --db nine.db)" ok; }
check "it is read, and answers as a new one; it is whole" nine_reads
nine_grown() {
    "$khabar" add --db nine.db --data "$data" --now 2024-09-01 "$pages/ar01-almarfa.html" 2>/dev/null && holds "$("$khabar" check --db nine.db)" ok &&
        same "$(schema nine.db)" "$(schema new.db)" && rows nine.db >nine.rows && cmp new.rows nine.rows
}
resting() { # on a column that goes: it is told, and nothing is changed
    cp nine.db rests.db && sqlite3 rests.db "CREATE INDEX own ON article(length(features))"
    ! "$khabar" add --db rests.db "$pages/en01-halyard.html" 2>said && holds "$(cat said)" "error in index own" &&
        same "$(sqlite3 rests.db 'PRAGMA user_version; PRAGMA integrity_check; DROP INDEX own')" "9
ok" && "$khabar" add --db rests.db "$pages/en01-halyard.html" 2>said && same "$(sqlite3 rests.db 'PRAGMA user_version')" 10
}
check "an index that a person made on what goes" resting
check "the first writing makes it just what a new one is" nine_grown

cp new.db eight.db
check "a store is made one of schema 8" python3 "$KHABAR_SOURCE/test/cli/old_store.py" eight.db 8
cp eight.db hurt.db && cp eight.db broken.db
sqlite3 hurt.db "CREATE TABLE seen(figures); CREATE TRIGGER seen AFTER UPDATE ON article BEGIN
    INSERT INTO seen SELECT count(*) FROM figure WHERE article_id = new.id; END"
eight_reads() { asked eight.db >eight.said && cmp new.said eight.said && same "$(sqlite3 eight.db 'PRAGMA user_version')" 8 && holds "$("$khabar" check --db eight.db)" ok; }
check "it is read, and answers as a new one; it is whole" eight_reads
ranked() { "$khabar" search --db "$1" --format tsv dam water | cut -f 1; }
check "words are found in the same order" same "$(ranked eight.db)" "$(ranked new.db)"
eight_grown() {
    sqlite3 eight.db "DELETE FROM article WHERE label = 'en01-halyard'"
    "$khabar" add --db eight.db --data "$data" --now 2024-09-01 "$pages/ar01-almarfa.html" 2>said && holds "$(cat said)" "unchanged 1" || return 1
    same "$(sqlite3 eight.db 'PRAGMA user_version; SELECT count(*) FROM deleted; SELECT count(*) > 0 FROM posting_block')" "10
0
1" && holds "$("$khabar" check --db eight.db)" ok && same "$(schema eight.db)" "$(schema new.db)"
}
check "the first writing brings it up to date, without what a shell deleted before" eight_grown
eight_equal() { # but for the article that was deleted
    for db in new.db eight.db; do
        sqlite3 $db "SELECT hex(features), hex(prints), figures, words FROM article JOIN digest ON article_id = id WHERE label <> 'en01-halyard' ORDER BY key" >$db.features
    done
    index new.db | cut -d '|' -f 1,3,4 | sort >new.words && "$khabar" add --db eight.db --data "$data" --now 2024-09-01 "$pages/en01-halyard.html" 2>/dev/null
    index eight.db | cut -d '|' -f 1,3,4 | sort | cmp - new.words && [ -s new.db.features ] && cmp new.db.features eight.db.features
}
check "packed as a new one is, word for word" eight_equal
index new.db >new.words

hurt() { # what can be read stays, and that the rest cannot is not forgotten
    sqlite3 hurt.db "UPDATE article SET figures = substr(figures, 1, length(figures) - 1) WHERE label = 'en01-halyard'; DELETE FROM seen"
    count="SELECT count(*) > 1 FROM figure WHERE article_id = (SELECT id FROM article WHERE label = 'en01-halyard')"
    "$khabar" add --db hurt.db --data "$data" --now 2024-09-01 "$pages/ar01-almarfa.html" 2>/dev/null
    same "$(sqlite3 hurt.db "PRAGMA user_version; $count")" "10
1" && holds "$("$khabar" check --db hurt.db)" "1 articles have findings that cannot be read"
}
check "findings that are damaged are told of still" hurt
triggered() { same "$(sqlite3 hurt.db "SELECT count(*) FROM seen; UPDATE article SET outlet = outlet WHERE label = 'ar01-almarfa'; SELECT count(*) FROM seen")" "0
1"; }
check "a trigger that a person made stays, and is not asked meanwhile" triggered

mended() { # as khabar check says
    sqlite3 broken.db "UPDATE posting_block SET body = x'8080' WHERE id = (SELECT min(id) FROM posting_block)"
    grow() { "$khabar" add --db broken.db --data "$data" --now 2024-09-01 "$pages/ar01-almarfa.html" 2>said; }
    ! grow && holds "$(cat said)" "postings cannot be read" && same "$(sqlite3 broken.db 'PRAGMA user_version')" 8 || return 1
    said=$("$khabar" check --db broken.db)
    holds "$said" "part of the postings cannot be read" || return 1
    sqlite3 broken.db "$(echo "$said" | sed -n 's/.*part of the postings.*anew: //p')" && grow && holds "$("$khabar" check --db broken.db)" ok
}
check "where postings are damaged it is told, and they are made anew on the way" mended

deleted() { # in a shell: its words and postings go with the next writing
    sqlite3 old.db "DELETE FROM article WHERE label = 'en01-halyard'" && holds "$("$khabar" check --db old.db)" ok || return 1
    "$khabar" add --db old.db --data "$data" --now 2024-09-01 "$pages/en01-halyard.html" 2>/dev/null
    "$khabar" add --db old.db --data "$data" --now 2024-09-01 "$pages/ar01-almarfa.html" 2>/dev/null
    same "$(sqlite3 old.db 'SELECT count(*) FROM deleted')" 0 && index old.db | cut -d '|' -f 1,3,4 | sort >again.words || return 1
    cut -d '|' -f 1,3,4 new.words | sort | cmp - again.words && holds "$("$khabar" check --db old.db)" ok
}
check "what a shell deletes leaves no word" deleted
finish
