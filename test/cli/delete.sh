#!/bin/sh
# delete.sh - khabar delete leaves no trace; khabar refresh reads anew and keeps what people and other pages rest on.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages
data=$KHABAR_SOURCE/examples/agencies
db=$tmp/k.db
if ! command -v sqlite3 >/dev/null; then
    echo "ok delete and refresh # SKIP sqlite3 is not there"
    exit 0
fi
ask() { sqlite3 "$db" "$1"; }

# ---- delete ----
printf '%s\n' '<html><head><title>Zweckenbrunn ferry</title><link rel="canonical" href="https://zweckenbrunn.example/secret-address">' \
    '</head><body><p>The quartermaster Olvidia Brackenthorpe said that the Zweckenbrunn ferry sank on Monday with 17 crates.</p>' \
    '<p>Nobody was aboard when the ferry went down off the northern pier, the harbour office added in a statement.</p>' \
    '</body></html>' >ferry.html
sed 's/17 crates/19 crates/' ferry.html >ferry2.html
"$khabar" add --db "$db" --data "$data" --now 2024-09-01 "$pages" 2>/dev/null
"$khabar" add --db "$db" --now 2024-09-01 ferry.html 2>/dev/null
"$khabar" add --db "$db" --now 2024-09-01 ferry2.html 2>/dev/null
"$khabar" correct --db "$db" --by nadia date ferry2 2024-07-29 >/dev/null
total=$(ask 'SELECT count(*) FROM article')
"$khabar" stories --db "$db" --format tsv | grep -v '^ferry' | sort >before.tsv

traces() { grep -aciE 'zweckenbrunn|brackenthorpe|olvidia|secret-address' "$db" "$db-wal" 2>/dev/null | grep -v ':0$'; }
present() { [ -n "$(traces)" ] && same "$(ask 'SELECT count(*) FROM revision')" 1; }
check "the page, its revision and its words are in the file" present
unknown() { exits 66 "$khabar" delete --db "$db" ferry2 nobody 2>said && holds "$(cat said)" nobody && same "$(ask 'SELECT count(*) FROM article')" "$total"; }
check "when one name is unknown nothing is deleted" unknown
gone() { "$khabar" delete --db "$db" ferry2 && same "$(ask 'SELECT count(*) FROM article')" $((total - 1)); }
check "an article is deleted" gone
no_trace() { same "$(traces)" ""; }
check "no byte of it is left in the file" no_trace
rows() {
    for row in "revision" "correction" "story WHERE id NOT IN (SELECT story_id FROM article) AND merged_into IS NULL" \
        "clue WHERE article_id NOT IN (SELECT id FROM article)" "posting WHERE article_id NOT IN (SELECT id FROM article)" \
        "frequency WHERE documents <= 0"; do
        same "$(ask "SELECT count(*) FROM $row")" 0 || { echo "$row"; return 1; }
    done
}
check "no row is left behind" rows
counts() { same "$(ask 'SELECT count(*) FROM deleted')" 0 && holds "$("$khabar" check --db "$db")" ok; }
check "the counts of words are true" counts
others() { "$khabar" stories --db "$db" --format tsv | sort >after.tsv && cmp before.tsv after.tsv; }
check "the other stories stand as before" others
check "check finds it whole" holds "$("$khabar" check --db "$db")" ok
founder() {
    name=$(awk '$1 == "en01-halyard" { print $2 }' before.tsv)
    key=$(ask "SELECT founder FROM story WHERE name = '$name'")
    "$khabar" delete --db "$db" "$key" 2>/dev/null && same "$(ask "SELECT count(*) FROM article WHERE key = '$key'")" 0 || return 1
    [ "$(ask "SELECT count(*) FROM story WHERE name = '$name' AND founder <> '$key'")" -eq 1 ]
}
check "a story outlives its founder under its name" founder
check "and stays whole" holds "$("$khabar" check --db "$db")" ok
by_shell() { # packed postings are left to the next command that writes
    for keys in on off; do
        held=$(ask 'SELECT sum(documents) FROM frequency')
        last=$(ask "SELECT max(id) FROM article WHERE label NOT LIKE 'after%'")
        ask "PRAGMA foreign_keys=$keys; DELETE FROM article WHERE id = $last"
        holds "$("$khabar" check --db "$db")" ok || return 1
        printf '{"id":"after %s","text":"The ferry of that name is in the harbour again, its owner said."}\n' "$keys" >after.jsonl
        "$khabar" add --db "$db" --now 2024-09-01 after.jsonl 2>/dev/null
        same "$(ask "SELECT count(*) FROM posting WHERE article_id = $last")" 0 && same "$(ask 'SELECT count(*) FROM deleted')" 0 || return 1
        [ "$(ask 'SELECT sum(documents) FROM frequency')" -lt "$held" ] || { echo "foreign keys $keys"; return 1; }
        holds "$("$khabar" check --db "$db")" ok || return 1
    done
}
check "a row that a shell deletes takes its counts with it" by_shell

# ---- refresh ----
db=$tmp/r.db
"$khabar" add --db "$db" --now 2024-09-01 "$pages" 2>/dev/null
printf '%s\n' '{"id":"said","title":"Given title","outlet":"Given outlet","published":"2024-08-02","text":"Halyard said that the dam held."}' >said.jsonl
"$khabar" add --db "$db" --now 2024-09-01 said.jsonl 2>/dev/null
"$khabar" add --db "$db" --now 2024-09-01 --no-raw ferry.html 2>/dev/null
"$khabar" correct --db "$db" --by nadia date ar03-rimal 2024-07-29 >/dev/null
"$khabar" stories --db "$db" --format tsv | sort >before.tsv
added=$(ask 'SELECT group_concat(key || added) FROM article')
agencies() { ask "SELECT count(*) FROM article_agency WHERE agency IN ('halyard','nilab','levantis','meskapress')"; }
same "$(agencies)" 0 >/dev/null
refresh() { "$khabar" refresh --db "$db" --now 2025-01-01 "$@" 2>said; }

nothing() { refresh && holds "$(cat said)" "read anew 0"; }
check "where knowledge is the same nothing is read" nothing
learnt() {
    same "$(agencies)" 0 && refresh --data "$data" || { cat said; return 1; }
    holds "$(cat said)" "read anew 32, left as they were 1" && [ "$(agencies)" -gt 20 ]
}
cp "$db" one.db
check "agencies that were named since are found in old pages" learnt
jobs() { # beside what all cores did
    "$khabar" refresh --db one.db --now 2025-01-01 --data "$data" --jobs 1 2>/dev/null && sqlite3 one.db .dump >one.dump && sqlite3 "$db" .dump >all.dump
    cmp one.dump all.dump
}
check "with one thread, too, and the store is the same row for row" jobs
done_then() { refresh --data "$data" && holds "$(cat said)" "read anew 0"; }
check "and only once" done_then
kept() {
    "$khabar" stories --db "$db" --format tsv | sort >after.tsv && cmp before.tsv after.tsv || return 1
    same "$(ask 'SELECT count(*) FROM revision')" 0 && same "$(ask 'SELECT group_concat(key || added) FROM article')" "$added" &&
        same "$(ask 'SELECT count(*) FROM raw')" 32
}
check "stories, revisions, times of adding and bytes stay" kept
corrected() { same "$(ask "SELECT published FROM article WHERE label = 'ar03-rimal'")" 2024-07-29; }
check "what a person corrected holds" corrected
given() {
    same "$(ask "SELECT title || outlet || published FROM article WHERE label = 'said'")" "Given titleGiven outlet2024-08-02"
}
check "what a supplier said is believed again" given
fresh() { # the same as if it had been read so from the beginning
    "$khabar" add --db f.db --data "$data" --now 2024-09-01 "$pages" 2>/dev/null
    for table in quotation figure credit mention; do
        for file in "$db" f.db; do
            sqlite3 "$file" "SELECT a.label, t.begin, t.end FROM $table t JOIN article a ON a.id = t.article_id WHERE a.kind = 'html' AND
                a.label NOT LIKE 'ferry%' ORDER BY 1, 2, 3" >"$(basename "$file").$table"
        done
        cmp "r.db.$table" "f.db.$table" || return 1
    done
}
check "what is found is what a first reading finds" fresh
check "the refreshed store is whole" holds "$("$khabar" check --db "$db")" ok
finish
