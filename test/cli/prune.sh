#!/bin/sh
# prune.sh - khabar prune keeps a summary of what it lets go, and khabar backup a copy beside a running add; an older store learns both.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages
db=$tmp/k.db
if ! command -v sqlite3 >/dev/null; then
    echo "ok prune and backup # SKIP sqlite3 is not there"
    exit 0
fi
ask() { sqlite3 "$db" "$1"; }
run() { command=$1; shift; "$khabar" "$command" --db "$db" "$@"; }
"$khabar" add --db "$db" --now 2024-09-01 "$pages" 2>/dev/null
total=$(ask 'SELECT count(*) FROM article')
run stories --format tsv | sort >before.tsv
old=$(ask "SELECT name FROM story WHERE articles > 1 AND last < '2024-08-15' ORDER BY articles DESC LIMIT 1")
count=$(ask "SELECT articles FROM story WHERE name = '$old'")
run story "$old" --format jsonl >whole.json

# ---- backup ----
copy() { run backup b.db && same "$(stat -c %a b.db)" 600 && [ ! -e b.db.part ] && [ ! -e b.db-wal ] && holds "$("$khabar" check --db b.db)" ok; }
check "a backup is a whole store of its own" copy
twice() { run backup b.db && "$khabar" stories --db b.db --format tsv | sort >b.tsv && cmp before.tsv b.tsv; }
check "it takes the place of an older one" twice
foreign() { echo mine >note && exits 73 run backup note && same "$(cat note)" mine && exits 64 run backup "$db" && exits 64 run backup; }
check "but of nothing else, nor of the store itself" foreign
check "where no file can be made it says so" exits 73 run backup /no/such/folder/b.db
beside() {
    cp "$db" k2.db
    mkdir -p more
    for page in "$pages"/*.html; do
        sed 's/\.example/-again.example/g' "$page" >"more/again-$(basename "$page")"
    done
    "$khabar" add --db k2.db --jobs 1 more 2>/dev/null & adder=$!
    done=0
    while kill -0 $adder 2>/dev/null; do
        "$khabar" backup --db k2.db b2.db || return 1
        holds "$("$khabar" check --db b2.db)" ok || return 1
        now=$(sqlite3 b2.db 'SELECT count(*) FROM article')
        [ "$now" -ge "$total" ] || return 1
        done=$((done + 1))
    done
    wait $adder && [ "$done" -gt 0 ]
}
check "it is made beside a running add" beside

# ---- prune ----
usage() { exits 64 run prune && exits 64 run prune --older-than 5 && exits 64 run prune --before yesterday && exits 64 run prune --before 2024-01-01 --older-than 1d; }
check "it wants a day or an age" usage
dry() { holds "$(run prune --before 2024-08-15)" "nothing was pruned, --yes does it" && same "$(ask 'SELECT count(*) FROM article')" "$total"; }
check "without --yes it only says how much" dry
age() { same "$(run prune --older-than 17d --now 2024-09-01)" "$(run prune --before 2024-08-15)"; }
check "an age is counted from now" age
cp "$db" again.db
pruned() { run prune --before 2024-08-15 --now 2024-09-01 --yes 2>said && same "$(ask "SELECT count(*) FROM article a JOIN story s ON s.id = a.story_id WHERE s.last < '2024-08-15'")" 0; }
check "pages of old stories go" pruned
rest() {
    for row in "raw" "posting" "clue" "tag" "link" "mention" "figure" "quotation" "line"; do
        same "$(ask "SELECT count(*) FROM $row WHERE article_id NOT IN (SELECT id FROM article)")" 0 || { echo "$row"; return 1; }
    done
    same "$(ask 'SELECT count(*) FROM frequency WHERE documents <= 0')" 0
}
check "with all their rows" rest
summary() {
    run story "$old" --format jsonl >summary.json && holds "$(cat summary.json)" "\"pages\":$count," && holds "$(cat summary.json)" '"pruned":"2024-09-01"' &&
        holds "$(cat summary.json)" "\"id\":\"$old\"" && holds "$(run story "$old")" "this is what was kept"
}
check "the story stays, as a summary" summary
origins() { # the independent origins that the story had while its pages were there
    python3 - <<'END'
import json
whole, kept = json.load(open("whole.json")), json.load(open("summary.json"))
labels = [o["label"] for o in whole["origins"] if o["independent"]]
assert len(kept["origins"]) == len(set(labels)) and set(l for l in labels if l) <= set(kept["origins"]), (labels, kept["origins"])
assert kept["title"] == whole["title"], (kept["title"], whole["title"])
END
}
check "with its title and its origins" origins
listed() { holds "$(run stories --format csv | grep "^$old")" "summary" && same "$(run stories --format jsonl | wc -l)" "$(cut -f 2 before.tsv | sort -u | wc -l)"; }
check "and is listed" listed
days() { # both ends are days, and what is over does not shrink
    run stories --format jsonl | grep '"kept":"summary"' >kept.jsonl
    [ -s kept.jsonl ] && same "$(grep -vcE '"first":"[0-9]{4}-[0-9]{2}-[0-9]{2}","last":"[0-9]{4}-[0-9]{2}-[0-9]{2}",.*"growth":null' kept.jsonl)" 0 &&
        same "$(grep -cE '"last":"[0-9]{4}-[0-9]{2}-[0-9]{2}",' summary.json)" 1
}
check "with days, and without growth" days
check "the store is whole" holds "$(run check)" ok
again() { run prune --before 2024-08-15 --yes 2>said && holds "$(cat said)" "pruned 0"; }
check "once" again
killed() {
    for round in 1 2; do
        "$khabar" prune --db again.db --before 2024-08-15 --now 2024-09-01 --yes 2>/dev/null & runner=$!
        sleep "0.$round"
        kill -9 $runner 2>/dev/null
        wait $runner 2>/dev/null
    done
    "$khabar" prune --db again.db --before 2024-08-15 --now 2024-09-01 --yes 2>/dev/null
    sqlite3 again.db 'SELECT name, articles, origins FROM story_summary m JOIN story s ON s.id = m.story_id ORDER BY 1' >killed.rows
    ask 'SELECT name, articles, origins FROM story_summary m JOIN story s ON s.id = m.story_id ORDER BY 1' >whole.rows
    cmp whole.rows killed.rows && holds "$("$khabar" check --db again.db)" ok
}
check "killed runs end as one that was not" killed

# ---- the schema before ----
older() {
    cp b.db old.db && chmod u+w old.db
    python3 "$KHABAR_SOURCE/test/cli/old_store.py" old.db 6 || return 1
    sqlite3 old.db 'DROP TABLE story_summary; DROP TABLE sealed_story; DROP TABLE sealed_article; DROP TABLE archive; PRAGMA user_version=5'
    "$khabar" stories --db old.db --format tsv | sort >old.tsv && cmp before.tsv old.tsv || return 1
    "$khabar" add --db old.db "$pages/en01-halyard.html" 2>/dev/null
    for file in b.db old.db; do
        sqlite3 "$file" "SELECT type, name, replace(replace(sql, char(10), ''), ' ', '') FROM sqlite_master WHERE name = 'article_delete' ORDER BY 1, 2" >"$file.schema"
        sqlite3 "$file" "SELECT m.name, t.name, t.type, t.\"notnull\", t.pk FROM sqlite_master m, pragma_table_info(m.name) t WHERE m.type = 'table' ORDER BY 1, 2" >>"$file.schema"
    done
    cmp b.db.schema old.db.schema && same "$(sqlite3 old.db 'PRAGMA user_version')" "$(ask 'PRAGMA user_version')"
}
check "a store of schema 5 is read, and brought up to date when it is written to" older
shell() { # a shell has foreign keys off
    sqlite3 old.db 'DELETE FROM article' && for row in clue tag link line raw; do
        same "$(sqlite3 old.db "SELECT count(*) FROM $row")" 0 || { echo "$row"; return 1; }
    done
}
check "deleting in a shell leaves nothing behind" shell
itself() { # a file is made as NAME.part, and a store may be called so
    "$khabar" add --db own.db.part --now 2024-09-01 "$KHABAR_SOURCE/examples/pages" 2>/dev/null
    exits 64 "$khabar" backup --db own.db.part own.db && exits 64 "$khabar" archive --db own.db.part --before 2030-01-01 --to own.db &&
        holds "$("$khabar" check --db own.db.part)" ok
}
check "a store whose name ends in .part is not taken for what a killed run left" itself
finish
