#!/bin/sh
# stories_counted.sh - what the store counts of its stories for lists: the same whether articles came one by one, were moved, by a
# person or by what came later, revised or deleted, or the file is of an older schema and was brought up to date.
. "$KHABAR_SOURCE/test/ok.inc"
. "$KHABAR_SOURCE/test/cli/old_store.inc"
pages=$KHABAR_SOURCE/examples/pages
data=$KHABAR_SOURCE/examples/agencies
db=$tmp/k.db

add() { "$khabar" add --db "$db" --data "$data" --now 2024-09-01 "$@" 2>/dev/null; }
add "$pages"

# What the counts must be, asked of the articles themselves, and what they are.
wanted="SELECT s.name, count(*), coalesce(max(a.published), '') FROM story s JOIN article a ON a.story_id = s.id GROUP BY s.id ORDER BY 1"
counted="SELECT name, articles, last FROM story WHERE articles > 0 ORDER BY 1"
wanted_facets="WITH placed AS (SELECT * FROM article WHERE story_id IS NOT NULL)
  SELECT 'agency' AS k, g.agency AS v, a.story_id, count(DISTINCT a.id) FROM placed a JOIN article_agency g ON g.article_id = a.id GROUP BY 2, 3
  UNION ALL SELECT 'language', language, story_id, count(*) FROM placed GROUP BY 2, 3
  UNION ALL SELECT 'outlet', outlet, story_id, count(*) FROM placed WHERE outlet IS NOT NULL GROUP BY 2, 3
  UNION ALL SELECT 'place', n.known_as, a.story_id, count(DISTINCT a.id) FROM placed a JOIN (SELECT article_id, known_as,
    row_number() OVER (PARTITION BY article_id ORDER BY mention_count DESC, position) AS r FROM name WHERE type = 'place' AND known_as IS NOT NULL) n
    ON n.article_id = a.id WHERE n.r <= 3 GROUP BY 2, 3 ORDER BY 1, 2, 3"
counted_facets="SELECT kind, value, story_id, articles FROM story_facet ORDER BY 1, 2, 3"
totals="SELECT kind, value, count(*) FROM story_facet GROUP BY 1, 2 ORDER BY 1, 2"
counted_totals="SELECT kind, value, stories FROM facet ORDER BY 1, 2"

right() {
    file=${1:-$db}
    same "$(sqlite3 "$file" "$counted")" "$(sqlite3 "$file" "$wanted")" &&
        same "$(sqlite3 "$file" "$counted_facets")" "$(sqlite3 "$file" "$wanted_facets")" &&
        same "$(sqlite3 "$file" "$counted_totals")" "$(sqlite3 "$file" "$totals")"
}
check "articles that came one by one are counted" right

"$khabar" correct --db "$db" --data "$data" --by nadia split en01-halyard en04-tarn-observer >/dev/null
check "articles that were moved" right
"$khabar" correct --db "$db" --data "$data" --undo 1 >/dev/null
check "articles that were put back" right

sed 's/Halyard/Halyard Wire/g' "$pages/en01-halyard.html" >en01-halyard.html
add en01-halyard.html
check "a revision is one" same "$(sqlite3 "$db" 'SELECT count(*) FROM revision')" 1
check "articles that were revised" right
before=$(sqlite3 "$db" "SELECT sum(revision) FROM story")
sqlite3 "$db" "DELETE FROM article WHERE label = 'en01-halyard'"
check "articles that a shell deleted" right
check "every change gives a story a new number" test "$(sqlite3 "$db" 'SELECT sum(revision) FROM story')" -gt "$before"
merged() {
    sqlite3 "$db" ".backup merged.db" && sqlite3 merged.db "UPDATE article SET story_id = (SELECT min(story_id) FROM article)" && right merged.db &&
        same "$(sqlite3 merged.db "SELECT count(*), max(articles) = (SELECT count(*) FROM article) FROM story WHERE articles > 0")" "1|1" &&
        same "$(sqlite3 merged.db "SELECT group_concat(DISTINCT last) FROM story WHERE articles = 0")" ""
}
check "all articles in one story" merged
parted() { # the latest leaves first
    sqlite3 merged.db "UPDATE article SET story_id = (SELECT max(id) FROM story) WHERE published = (SELECT max(published) FROM article)" && right merged.db &&
        sqlite3 merged.db "UPDATE article SET story_id = (SELECT max(id) FROM story) WHERE id % 3" && right merged.db &&
        sqlite3 merged.db "UPDATE article SET story_id = NULL WHERE id % 2" && right merged.db
}
check "and parted again" parted

# Two headlines that share a place; the third one shows that they tell one event.
headline() { printf '{"id":"%s","text":"%s","lang":"en"}\n' "$1" "$2"; }
{
    headline h1 "Methane explosion kills nine in Tarkand"
    headline h2 "Tarkand searches for trapped miners in the night"
} >two.jsonl
headline h3 "Methane explosion kills nine, Tarkand searches for trapped miners" >third.jsonl
headline h4 "Methane explosion kills nine, in the night Tarkand searches for trapped miners" >fourth.jsonl
story_of() { sqlite3 m.db "SELECT s.name FROM story s JOIN article a ON a.story_id = s.id WHERE a.label = '$1'"; }
"$khabar" add --db m.db two.jsonl 2>/dev/null
left=$(story_of h2)
check "two headlines are two stories" test "$left" != "$(story_of h1)"
"$khabar" add --db m.db third.jsonl 2>/dev/null
check "the third calls the second to the first" same "$(story_of h2)" "$(story_of h1)"
check "this is logged" same "$(sqlite3 m.db "SELECT action, article_key, substr(reason, 1, 18) FROM story_log ORDER BY id DESC LIMIT 1")" "move|h2|out of $left"
check "the story that it left leads to the other" holds "$("$khabar" story --db m.db "$left")" "page h1"
check "articles that a later one moved are counted" right m.db
"$khabar" correct --db m.db --by nadia split h2 h3 >/dev/null
"$khabar" add --db m.db fourth.jsonl 2>/dev/null
check "what a person put apart stays" same "$(sqlite3 m.db "SELECT count(*) FROM story_log WHERE action = 'move'")" 1

# Two headlines that share a place and a thing, with COUNT others that share nothing.
fillers() {
    awk -v n="$1" 'function word(k, s, j) {
            s = sprintf("%c", 65 + k % 26)
            for (j = 0; j < 6; j++) { k = int(k * 31 + 17) % 10007; s = s sprintf("%c", 97 + k % 26) }
            return s
        }
        BEGIN { for (i = 1; i <= n; i++) printf "{\"id\":\"f%d\",\"text\":\"%s %s %s\",\"lang\":\"en\"}\n", i, word(i), word(i + 3001), word(i + 6007) }'
}
run_of() {
    fillers "$1"
    headline p1 "Tarkand governor closes all mines"
    headline p2 "Nine dead as mine floods in Tarkand after storm"
}
stories_of() { sqlite3 "$1" "SELECT count(DISTINCT story_id) FROM article"; }
run_of 40 >small.jsonl
"$khabar" add --db small.db small.jsonl 2>/dev/null
check "in a small run they stay apart" same "$(stories_of small.db)" 42
run_of 98 >large.jsonl
"$khabar" add --db large.db large.jsonl 2>/dev/null
check "at the end of a large one they meet, and nothing else does" same "$(stories_of large.db)" 99
check "an article that was moved when all had come is counted" right large.db

# A run that is broken off notes what it had still to place once more, and the next one does it.
noted() { sqlite3 "$1" "SELECT count(*) FROM meta WHERE name = 'unsettled'"; }
run_of 6000 >long.jsonl
broken_off() { # when more than a hundred headlines had come, and not all
    for wait in 0.3 0.6 1.2 2.5 5; do
        rm -f broken.db*
        "$khabar" add --db broken.db long.jsonl 2>/dev/null &
        sleep $wait
        kill -TERM $! 2>/dev/null
        wait $!
        came=$(sqlite3 broken.db "SELECT count(*) FROM article" 2>/dev/null)
        [ "${came:-0}" -gt 120 ] && [ "$came" -lt 6002 ] && break
    done
    same "$(noted broken.db)" 1 && "$khabar" add --db broken.db "$pages/en01-halyard.html" 2>/dev/null && same "$(noted broken.db)" 0
}
check "it does so, and the note goes" broken_off
head -n 50 large.jsonl >half.jsonl
tail -n +51 large.jsonl >rest.jsonl
"$khabar" add --db cut.db half.jsonl 2>/dev/null
"$khabar" add --db cut.db rest.jsonl 2>/dev/null
check "two small runs end without" same "$(stories_of cut.db) $(noted cut.db)" "100 0"
sqlite3 cut.db "INSERT INTO meta(name, value) VALUES('unsettled', '1')"
"$khabar" add --db cut.db "$pages/en01-halyard.html" 2>/dev/null
check "what is noted is placed once more by a run of a single page" same "$(stories_of cut.db) $(noted cut.db)" "100 0"
check "and counts" right cut.db

old_store "$db" old.db 2
"$khabar" add --db old.db --data "$data" --now 2024-09-01 "$pages/ar01-almarfa.html" 2>/dev/null
check "an older store is counted when it is brought up to date" right old.db
places="SELECT kind, value, articles FROM story_facet ORDER BY 1, 2, 3"
check "its facets are the same" same "$(sqlite3 old.db "$places")" "$(sqlite3 "$db" "$places")"
schema() { sqlite3 "$1" "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY 1, 2"; }
check "it has the same tables, views, indexes and triggers" same "$(schema old.db)" "$(schema "$db")"
finish
