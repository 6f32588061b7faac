#!/bin/sh
# archive.sh - stories moved into a sealed file and answered from there; deleted in it; late ones; a missing file; killed runs.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages
db=$tmp/k.db
if ! command -v sqlite3 >/dev/null; then
    echo "ok archives # SKIP sqlite3 is not there"
    exit 0
fi
ask() { sqlite3 "$db" "$1"; }
run() { command=$1; shift; "$khabar" "$command" --db "$db" "$@"; }
"$khabar" add --db "$db" --now 2024-09-01 "$pages"/en*.html 2>/dev/null
printf '%s\n' '{"id":"old1","lang":"en","title":"Ferry sinks at Zweckenbrunn","outlet":"Pier Post","published":"2023-03-02","text":"The Zweckenbrunn ferry sank on Monday with 17 crates. Olvidia Brackenthorpe, the quartermaster of the harbour, said that nobody was aboard when the ferry went down off the northern pier."}' \
    '{"id":"old2","lang":"en","title":"Zweckenbrunn ferry raised","outlet":"Quay Ledger","published":"2023-03-04","text":"The ferry that sank at Zweckenbrunn with 17 crates was raised on Wednesday. Olvidia Brackenthorpe, the quartermaster, said that the northern pier is open again and that the ferry will sail."}' \
    '{"id":"old3","lang":"en","title":"Comet seen","outlet":"Sky Gazette","published":"2023-04-04","text":"Astronomers of Quillonia photographed a comet with a green tail that nobody had listed before, the observatory reported."}' >old.jsonl
"$khabar" add --db "$db" --now 2024-09-01 old.jsonl 2>/dev/null
total=$(ask 'SELECT count(*) FROM article')
here() { ask 'SELECT count(*) FROM article'; }
cp "$db" before.db
run stories --format tsv | sort >before.tsv
run search brackenthorpe --format tsv | sort >before.hits

usage() { exits 64 run archive --to a.db && exits 64 run archive --before 2023-12-31 && exits 64 run archive --before 2023 --to a.db; }
check "it wants a day and a file" usage
dry() { holds "$(run archive --before 2023-12-31 --dry-run)" "2 stories with 3 articles" && same "$(here)" "$total" && [ ! -e a.db ]; }
check "a dry run says how much and moves nothing" dry
taken() { echo mine >a.db && exits 73 run archive --before 2023-12-31 --to a.db && same "$(cat a.db)" mine && rm a.db; }
check "a file that is there is left alone" taken
moved() { run archive --before 2023-12-31 --to a.db 2>said && holds "$(cat said)" "sealed 2 stories with 3 articles" && same "$(here)" $((total - 3)); }
check "stories that ended are moved" moved
once() { same "$(sqlite3 a.db 'SELECT group_concat(label) FROM article')" old1,old2,old3 && same "$(sqlite3 a.db 'PRAGMA integrity_check')" ok; }
check "and stand in the file" once
shape() { same "$(stat -c %a a.db)" 400 && [ ! -e a.db.part ] && [ ! -e a.db-wal ]; }
check "which nobody may write to, with nothing beside it" shape
all() { run stories --format tsv | sort >after.tsv && cmp before.tsv after.tsv; }
check "all stories are listed as before" all
marked() { holds "$(run stories --format csv | grep -c sealed)" 2; }
check "the sealed ones are marked" marked
found() { run search brackenthorpe --format tsv | sort >after.hits && cmp before.hits after.hits; }
check "search finds what it found" found
name=$(sqlite3 a.db 'SELECT label FROM name ORDER BY article_id, position LIMIT 1')
told() { holds "$(run story old1)" "Zweckenbrunn" && holds "$(run article old2 --format jsonl)" "raised" && holds "$(run names "$name")" "$name"; }
check "story, article and names answer from the file" told
printf 'The Zweckenbrunn ferry sank on Monday with 17 crates. Olvidia Brackenthorpe, the quartermaster of the harbour, said that nobody was aboard when the ferry went down off the northern pier.\n' >pasted.txt
check "a pasted copy is traced into it" holds "$(run trace pasted.txt)" old1
check "and compared across" holds "$(run compare old1 en01-halyard)" unrelated
list() { holds "$(run archive --list --format tsv)" "2023-12-31	2	3"; }
check "it is listed" list
check "the store and the file are whole" holds "$(run check)" ok
older() { # SCHEMA: a file that an older program sealed answers the same, and an article can be deleted in it
    mkdir "old$1" && cp "$db" "old$1/k.db" && cp a.db "old$1/a.db" && chmod u+w "old$1/a.db" && mv a.db away.db &&
        python3 "$KHABAR_SOURCE/test/cli/old_store.py" "old$1/a.db" "$1" && chmod 400 "old$1/a.db" || return 1
    "$khabar" stories --db "old$1/k.db" --format tsv | sort | cmp before.tsv - && holds "$("$khabar" story --db "old$1/k.db" old1)" "Zweckenbrunn" &&
        holds "$("$khabar" trace --db "old$1/k.db" pasted.txt)" old1 && holds "$("$khabar" check --db "old$1/k.db")" ok &&
        same "$(sqlite3 "old$1/a.db" 'PRAGMA user_version')" "$1" && "$khabar" delete --db "old$1/k.db" old1 2>/dev/null &&
        same "$(sqlite3 "old$1/a.db" 'SELECT group_concat(label) FROM article')" old2,old3 && holds "$("$khabar" check --db "old$1/k.db")" ok
    done=$?
    mv away.db a.db
    return $done
}
for schema in 6 8 9; do
    check "and one of schema $schema as well" older $schema
done
again() { run archive --before 2023-12-31 --to b.db 2>said && holds "$(cat said)" "sealed 0" && [ ! -e b.db ]; }
check "the same again moves nothing and makes no file" again
known() { holds "$(run add --now 2024-09-01 old.jsonl 2>&1)" "unchanged 3" && same "$(here)" $((total - 3)); }
check "a page that is sealed is known when it comes again" known
check "nothing is added to a sealed file" exits 65 "$khabar" add --db a.db old.jsonl

late() {
    printf '%s\n' '{"id":"late","lang":"en","title":"Ferry of Zweckenbrunn sank with 17 crates","outlet":"Dock Times","published":"2023-03-03","text":"The Zweckenbrunn ferry sank with 17 crates off the northern pier. Olvidia Brackenthorpe, the quartermaster of the harbour, said that nobody was aboard the ferry."}' >late.jsonl
    run add --now 2024-09-01 late.jsonl 2>/dev/null
    reason=$(ask "SELECT story_reason FROM article WHERE label = 'late'")
    holds "$reason" "goes on with $(awk '$1 == "old1" { print $2 }' before.tsv), which is sealed" &&
        [ "$(ask "SELECT s.name FROM article a JOIN story s ON s.id = a.story_id WHERE label = 'late'")" != "$(awk '$1 == "old1" { print $2 }' before.tsv)" ]
}
check "a late article opens a story that says with which it goes on" late

# ---- delete in it ----
gone() {
    run delete old1 late 2>said && holds "$(cat said)" "deleted 2" && same "$(sqlite3 a.db 'SELECT group_concat(label) FROM article')" old2,old3 &&
        same "$(grep -ac '17 crates. Olvidia' a.db)" 0 && same "$(ask "SELECT count(*) FROM sealed_article WHERE key = 'old1'")" 0
}
check "an article is deleted in the sealed file, and in the store" gone
check "which stays whole and sealed" same "$(run check | tail -1) $(stat -c %a a.db)" "ok 400"
none() { exits 66 run delete old2 nobody 2>/dev/null && same "$(sqlite3 a.db 'SELECT count(*) FROM article')" 2; }
check "where one is unknown nothing goes" none
half() { # the file was changed, the store was not told: the removal was broken off
    ask "INSERT INTO sealed_article SELECT 'old1', 'x', id FROM archive" && run delete old1 2>/dev/null &&
        same "$(ask "SELECT count(*) FROM sealed_article WHERE key = 'old1'")" 0
}
check "a removal that was broken off is finished" half
came_again() {
    cp "$db" again.db && cp a.db again1.db
    sed -n 's/northern pier is open/southern pier is open/; /"old2"/p' old.jsonl >again.jsonl
    "$khabar" add --db again.db --now 2024-09-02 again.jsonl 2>/dev/null
    mkdir again && mv again.db again/k.db && mv a.db kept.db && mv again1.db again/a.db && chmod 400 again/a.db
    "$khabar" delete --db again/k.db old2 2>said
    mv kept.db a.db
    same "$(sqlite3 again/k.db "SELECT count(*) FROM article WHERE key = 'old2'") $(sqlite3 again/a.db 'SELECT group_concat(label) FROM article')" "0 old3" &&
        same "$("$khabar" search --db again/k.db southern\ pier --format tsv | grep -c old2)" 0 && holds "$("$khabar" check --db again/k.db)" ok
}
check "one that came again changed is deleted here and there" came_again

# ---- moved, missing, forgotten ----
beside() { mkdir moved && cp "$db" moved/k.db && cp a.db moved/ && mv a.db away.db && holds "$("$khabar" story --db moved/k.db old2)" Zweckenbrunn; }
check "a folder with both can be moved" beside
missing() {
    run stories --format tsv >out 2>said && grep -q halyard out && holds "$(cat said)" "is not there" && exits 65 run check >/dev/null &&
        holds "$(run story "$(awk '$1 == "old2" { print $2 }' before.tsv)" 2>&1)" "sealed archive that is not there"
}
check "a file that is not there is told, the rest is answered" missing
other() { cp before.db a.db && holds "$(run stories --format tsv 2>&1)" "another file is"; }
check "and so is another file in its place" other
unread() { # the file may still hold old2: neither another one nor a broken one is taken for one that does not
    exits 66 run delete old2 2>said && holds "$(cat said)" "cannot be read; nothing was deleted" && head -c 5000 away.db >cut.db && mv -f cut.db a.db &&
        exits 66 run delete old2 2>/dev/null && same "$(ask "SELECT count(*) FROM sealed_article WHERE key = 'old2'")" 1
}
check "nothing is deleted while a sealed file cannot be read" unread
forgotten() { run archive --forget a.db && same "$(run archive --list --format tsv | grep -c a.db)" 0 && same "$(run stories --format tsv 2>&1 >/dev/null)" ""; }
check "it can be forgotten" forgotten
full() {
    cp before.db full.db
    "$khabar" archive --db full.db --before 2023-12-31 --to full1.db 2>/dev/null
    sqlite3 full.db "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
        INSERT INTO archive(path, seal, before, stories, articles, sealed) SELECT 'gone' || i, i, '2023-12-31', 1, 1, '' FROM n"
    exits 65 "$khabar" archive --db full.db --before 2025-01-01 --to full2.db 2>said && holds "$(cat said)" "200 archives, which is the limit" && [ ! -e full2.db ]
}
check "a store has so many and no more" full

# ---- sealed twice ----
sealed_twice() { # old2 came again, changed, after its story was sealed, and that story was sealed too
    mkdir twice && cp before.db twice/k.db
    "$khabar" archive --db twice/k.db --before 2023-12-31 --to twice/1.db 2>/dev/null
    sed -n 's/northern pier is open/southern pier is open/; /"old2"/p' old.jsonl >again.jsonl
    "$khabar" add --db twice/k.db --now 2024-09-02 again.jsonl 2>/dev/null
    same "$("$khabar" stories --db twice/k.db --format tsv | grep -c ^old2)" 1 || return 1
    "$khabar" archive --db twice/k.db --before 2023-12-31 --to twice/2.db 2>/dev/null
    same "$(sqlite3 twice/k.db "SELECT count(*) FROM archive")" 2 && same "$("$khabar" stories --db twice/k.db --format tsv | grep -c ^old2)" 1
}
check "an article that was sealed in two files is listed once" sealed_twice
names_once() { # as many pages as there are keys that have the name
    told=$("$khabar" names --db twice/k.db Zweckenbrunn --format jsonl | sed -n 's/.*"Zweckenbrunn".* in \([0-9]*\) page.*/\1/p' | head -n 1)
    for file in k 1 2; do
        sqlite3 twice/$file.db "SELECT DISTINCT key FROM article JOIN name ON article_id = article.id WHERE name.label = 'Zweckenbrunn'"
    done >keys
    same "$told" "$(sort -u keys | wc -l)" && [ "$(wc -l <keys)" -gt "$told" ]
}
check "and its names count it once" names_once
last() {
    "$khabar" search --db twice/k.db --format tsv ferry pier >hits
    same "$(grep -c ^old2 hits)" 1 && holds "$(grep ^old2 hits)" southern || return 1
    sed 's/.*"text":"//; s/"}$//' again.jsonl >again.txt
    holds "$("$khabar" article --db twice/k.db old2)" "southern pier is open" && same "$("$khabar" trace --db twice/k.db again.txt --format tsv | grep -c old2)" 1
}
check "and shown as it was last" last
sealed_correction() {
    exits 64 "$khabar" correct --db twice/k.db --by nadia date old1 2023-03-01 2>said &&
        holds "$(cat said)" "twice/1.db, whose stories are not corrected" && holds "$(cat said)" "khabar delete old1 and add its page again"
}
check "a correction of a sealed article says where it is and what to do" sealed_correction
as_told() {
    "$khabar" delete --db twice/k.db old1 && sed -n '/"old1"/p' old.jsonl >one.jsonl && "$khabar" add --db twice/k.db one.jsonl 2>/dev/null &&
        holds "$("$khabar" correct --db twice/k.db --by nadia date old1 2023-03-01)" "correction 1"
}
check "which does" as_told
check "a correction of what is nowhere says so" exits 66 "$khabar" correct --db twice/k.db --by nadia date nobody 2023-03-01
ended() { # of what was sealed nobody knows whether it grows, and it stands behind what is told today
    "$khabar" stories --db twice/k.db --order importance --format jsonl >order.jsonl
    same "$(grep '"kept":"sealed"' order.jsonl | grep -vc '"growth":null')" 0 && same "$(grep '"kept":"live"' order.jsonl | grep -c '"growth":null')" 0 &&
        same "$(tail -n 2 order.jsonl | grep -c '"kept":"sealed"')" 2
}
check "a sealed story has no growth, and comes last in order of importance" ended

# ---- killed ----
rm -f a.db
kills=${KILLS:-3}
seed=${KHABAR_SEED:-$$}
killed() {
    round=0
    while [ "$round" -lt "$kills" ]; do
        round=$((round + 1))
        rm -f k2.db* c.db*
        cp before.db k2.db
        "$khabar" archive --db k2.db --before 2024-08-01 --to c.db 2>/dev/null & runner=$!
        sleep "$(draw "$seed" "$round" | awk '{ printf "%.3f", $1 / 4000 }')"
        kill -9 $runner 2>/dev/null
        wait $runner 2>/dev/null
        "$khabar" archive --db k2.db --before 2024-08-01 --to c.db 2>/dev/null || "$khabar" archive --db k2.db --before 2024-08-01 --to c.db || return 1
        "$khabar" stories --db k2.db --format tsv | sort >killed.tsv
        cmp before.tsv killed.tsv || { echo "round $round, KHABAR_SEED=$seed"; return 1; }
        holds "$("$khabar" check --db k2.db)" ok || return 1
    done
}
check "killed $kills times and run again, every article is in one of both (seed $seed)" killed

# ---- two runs at once ----
two() {
    round=0
    while [ "$round" -lt 2 ]; do
        round=$((round + 1))
        rm -f k2.db* c.db*
        cp before.db k2.db
        "$khabar" archive --db k2.db --before 2023-12-31 --to c.db 2>/dev/null & first=$!
        "$khabar" archive --db k2.db --before 2024-08-01 --to c.db 2>/dev/null & second=$!
        wait $first
        wait $second
        "$khabar" stories --db k2.db --format tsv | sort >two.tsv
        cmp before.tsv two.tsv && holds "$("$khabar" check --db k2.db)" ok && [ ! -e c.db.part ] || return 1
    done
}
check "two runs that make the same file at once lose nothing" two
finish
