#!/bin/sh
# correct.sh - khabar correct: what is said, seen, listed and taken back; removal and adding again; an older store.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages
data=$KHABAR_SOURCE/examples/agencies
db=$tmp/k.db
"$khabar" add --db "$db" --data "$data" --now 2024-09-01 "$pages" 2>/dev/null

correct() { "$khabar" correct --db "$db" --data "$data" --now 2024-09-02 --by nadia "$@"; }
story() { "$khabar" story --db "$db" --data "$data" "$@"; }
article() { "$khabar" article --db "$db" --data "$data" "$@"; }

check "no kind is refused" exits 64 correct
check "an unknown kind is refused" exits 64 correct mood en01-halyard sad
check "and the kinds are named" holds "$(correct mood x y 2>&1)" "speaker, date, join"
check "too few words are refused" exits 64 correct date en01-halyard
check "and what it wants is named" holds "$(correct date en01-halyard 2>&1)" "ARTICLE TIME"
check "no such article" exits 66 correct date nowhere 2024-01-01
check "no such quotation" exits 64 correct speaker en01-halyard "words that nobody said" unknown
check "no date" exits 64 correct date en01-halyard tomorrow
check "no such name" exits 64 correct same_name "Leyla Bastur" "Nobody Ofthisname"
check "one story already" exits 64 correct join en01-halyard en04-tarn-observer
check "no store" exits 66 "$khabar" correct --db nowhere.db date x 2024-01-01
check "and none is made" test ! -e nowhere.db
check "nothing to take back" exits 64 correct --undo 1
check "nothing was kept of these" same "$(correct --list)" ""
story en01-halyard --format jsonl >before.json

check "a speaker" holds "$(correct speaker en04-tarn-observer 'and nobody answered' 'Nadia Kortan' --why 'heard the tape')" "was Yaqub Sermet"
check "is shown in the article" holds "$(article en04-tarn-observer)" "heard the tape"
check "and in the story" holds "$(story en04-tarn-observer)" "[corrected by nadia, was Yaqub Sermet]"
corrected='"corrected":{"id":1,"kind":"speaker","by":"nadia","at":"2024-09-02","was":"Yaqub Sermet","why":"heard the tape"}'
check "and in JSON" holds "$(article en04-tarn-observer --format jsonl)" "$corrected"
check "of the story too" holds "$(story en04-tarn-observer --format jsonl)" "$corrected"
check "a date" correct date en01-halyard 2024-07-30
check "is in the list of stories" holds "$("$khabar" stories --db "$db" --data "$data" --format csv)" 2024-07-30
check "the list has both" same "$(correct --list --format tsv | cut -f 1,2 | tr '\t\n' '  ')" "1 speaker 2 date "
check "as JSON Lines" same "$(correct --list --format jsonl | grep -c '^{"khabar":1,"id":[12],')" 2

placed() { sqlite3 "$db" "SELECT story_id FROM article WHERE label = '$1'"; }
split() {
    correct split en01-halyard en07-brackwater-gazette || return 1
    [ "$(placed en01-halyard)" != "$(placed en07-brackwater-gazette)" ]
}
check "a story is split" split
again() {
    sqlite3 "$db" "DELETE FROM article WHERE label = 'en07-brackwater-gazette'"
    "$khabar" add --db "$db" --data "$data" --now 2024-09-01 "$pages/en07-brackwater-gazette.html" 2>/dev/null || return 1
    [ "$(placed en01-halyard)" != "$(placed en07-brackwater-gazette)" ]
}
check "and stays so when the page is removed and added again" again
merged() {
    sqlite3 "$db" "UPDATE article SET story_id = (SELECT story_id FROM article WHERE label = 'en01-halyard') WHERE label = 'en07-brackwater-gazette'"
    printf '<html><body><h1>A bridge is closed</h1><p>The old bridge of Tamsel was closed on Monday, the city said.</p></body></html>' >bridge.html
    "$khabar" add --db "$db" --data "$data" --now 2024-09-01 bridge.html 2>/dev/null || return 1
    [ "$(placed en01-halyard)" != "$(placed en07-brackwater-gazette)" ]
}
check "and when the two were put together by another way" merged
check "the store is whole" holds "$("$khabar" check --db "$db")" ok

taken_back() {
    for id in 3 2 1; do correct --undo $id || return 1; done
    same "$(correct --list --format csv | grep -c 2024-09-02.*2024-09-02)" 3
}
check "all are taken back" taken_back
check "once only" exits 64 correct --undo 1
as_before() {
    story en01-halyard --format jsonl | sed 's/"id":[0-9]*/"id":0/g' >after.json
    sed 's/"id":[0-9]*/"id":0/g' before.json >wanted.json
    cmp after.json wanted.json
}
check "and the story is as it was" as_before

# a store of schema 1
. "$KHABAR_SOURCE/test/cli/old_store.inc"
"$khabar" add --db new.db "$pages/en01-halyard.html" 2>/dev/null
old_store new.db old.db 1
check "an older store is read" holds "$("$khabar" story en01-halyard --db old.db)" ORIGINS
check "and lists nothing" same "$("$khabar" correct --list --db old.db)" ""
check "and is brought up to date by writing" "$khabar" correct --db old.db date en01-halyard 2024-07-30
columns() { # of every table that a step of the schema added
    sqlite3 "$1" "SELECT m.name, t.name, t.type, t.\"notnull\", t.pk FROM sqlite_master m, pragma_table_info(m.name) t
        WHERE m.name IN ('correction', 'correction_move', 'feed', 'visit', 'site') ORDER BY 1, t.cid"
}
check "to the same tables" same "$(columns old.db)" "$(columns new.db)"
check "and the same number" same "$(sqlite3 old.db 'PRAGMA user_version')" "$(sqlite3 new.db 'PRAGMA user_version')"
finish
