#!/bin/sh
# copies.sh - copies in a store: their coverage, direction and clusters; an outlet's footer is none; a live page chains nothing;
# trace of a page that is not in the store; equal and tiny pages.
. "$KHABAR_SOURCE/test/ok.inc"

ferry='The ferry Morning Star left the harbour of Lirna at dawn with two hundred people and forty lorries on board. An hour later the captain asked the coast guard for help because water had entered the engine room. Fishermen from three villages reached the ship first and took most of the passengers to the shore.'
market='A fire destroyed eleven shops in the covered market of Tessand on the night before the spring fair was to open. The guild of the weavers said that its archive in the cellar had been saved by two apprentices. Insurance inspectors are to look at the wiring of the hall next week, the town clerk told reporters.'
own='The town theatre wants to show nine new plays next season, its director announced between two rehearsals.'
mill='The owner of the old mill above the weir has asked the council for a loan so that he can repair the wheel before winter.'
choir='Forty singers from the valley travelled to the capital on foot and gave a concert on the steps of the parliament.'
foot='Never miss a story again and choose the plan that is right for you to read all of our pages at home, on the road and abroad, with no advertising and with a puzzle every day.'

# row ID OUTLET TIME TEXT...
row() {
    row_head="{\"id\":\"$1\",\"lang\":\"en\",\"outlet\":\"$2\",\"published\":\"$3\",\"text\":\""
    shift 3
    printf '%s%s"}\n' "$row_head" "$*"
}

{
    row agency Halyard 2024-05-03T08:00:00Z "$ferry"
    row whole Gazette 2024-05-03T10:30:00Z "$ferry"
    row fire Halyard 2024-05-03T07:00:00Z "$market"
    row fire2 Gazette 2024-05-03T09:00:00Z "$market"
    row live Herald 2024-05-03T12:00:00Z "$own $ferry $own $market $mill $choir"
    row p1 Courier 2024-05-01 "$own\n$foot"
    row p2 Courier 2024-05-02 "$mill\n$foot"
    row p3 Courier 2024-05-03 "$choir\n$foot"
    row p4 Courier 2024-05-04 "Nobody was hurt when a tree fell on the road to the station in the last storm of the year.\n$foot"
} >pages.jsonl
"$khabar" add --db k.db --now 2024-09-01 pages.jsonl 2>/dev/null
"$khabar" compare --db k.db --copies --format tsv >copies.tsv

copy() { awk -F '\t' -v a="$1" -v b="$2" '$1 == a && $2 == b { print $3, $7, $8, $9 }' copies.tsv; }
check "a copy has kind, lag, direction and cluster" same "$(copy agency whole)" "verbatim 9000 time agency"
check "and so has another" same "$(copy fire fire2)" "verbatim 7200 time fire"
check "a live page has parts of both" same "$(copy agency live | cut -d ' ' -f 1) $(copy fire live | cut -d ' ' -f 1)" "partial partial"
check "and chains them into no cluster" same "$(awk -F '\t' '$2 == "live" && $9 != ""' copies.tsv)" ""
check "the footer of an outlet makes no copy" same "$(grep -c '^p[1-4].p[1-4]' copies.tsv)" 0
pair() { "$khabar" compare --db k.db --format tsv "$1" "$2" | cut -f 3; }
check "nor does it in a comparison" same "$(pair p1 p2 | grep -E 'verbatim|abridged|partial')" ""
alone() {
    sed -n 6,7p pages.jsonl | "$khabar" add --db two.db --now 2024-09-01 - 2>/dev/null
    "$khabar" compare --db two.db --copies --format tsv | cut -f 1-3
}
check "two pages alone cannot show that it is one" same "$(alone)" "$(printf 'p1\tp2\tpartial')"
rows_json() { "$khabar" compare --db k.db --copies --format jsonl | head -n 1; }
check "rows as JSON have a cluster" holds "$(rows_json)" '"cluster":"agency"'

# a page that is in no store is told the same as if it had been added
traced() { "$khabar" trace --db "$1" --data "$KHABAR_SOURCE/examples/agencies" --format tsv "$2" | cut -f 2- | sort; }
examples=$KHABAR_SOURCE/examples/pages
"$khabar" add --db all.db --data "$KHABAR_SOURCE/examples/agencies" --now 2024-09-01 "$examples" 2>/dev/null
mkdir rest && cp "$examples"/*.html rest && rm rest/ru01*.html rest/fa06*.html
"$khabar" add --db rest.db --data "$KHABAR_SOURCE/examples/agencies" --now 2024-09-01 rest 2>/dev/null
pasted() {
    traced rest.db "$(echo "$examples"/ru01*.html)" | grep -v fa06 >pasted.tsv
    traced all.db ru01-stepnoy-telegraf | grep -v fa06 >added.tsv
    holds "$(cat pasted.tsv)" "en01-halyard	translated" && cut -f 1,2 pasted.tsv >p && cut -f 1,2 added.tsv >q && diff p q
}
check "trace of a pasted page is that of the stored one" pasted
pasted_part() {
    row pasted "" 2024-05-09 "$ferry" | sed 's/An hour later[^.]*\.//' >pasted.jsonl
    "$khabar" trace --db k.db --format jsonl pasted.jsonl >said
    holds "$(cat said)" '"relation":"abridged"' && holds "$(cat said)" '"src":"agency"' && holds "$(cat said)" '"direction":"time"'
}
check "and says of whom, with coverage and direction" pasted_part
nobodys() { row new "" 2024-05-09 "Nine storks were counted on the chimneys of the brickworks, more than in any spring since the war." >new.jsonl && "$khabar" trace --db k.db new.jsonl; }
check "a page of nobody is no copy" holds "$(nobodys)" "no copy of it"

# bad input
equal() { awk -v n="$1" -v t="$ferry $market" 'BEGIN { for (i = 0; i < n; i++) printf "{\"id\":\"e%d\",\"lang\":\"en\",\"outlet\":\"Gazette\",\"text\":\"%s\"}\n", i, t }'; }
equals() {
    equal 40 | "$khabar" add --db e.db --now 2024-09-01 - 2>/dev/null
    same "$("$khabar" compare --db e.db --copies --format tsv | cut -f 3,9 | sort | uniq -c | awk '{ print $1, $2, $3 }')" "780 verbatim e0"
}
check "forty equal articles are one cluster" equals
one_word() {
    awk 'BEGIN { for (i = 0; i < 60; i++) printf "{\"id\":\"w%d\",\"lang\":\"en\",\"text\":\"Fire\"}\n", i }' | "$khabar" add --db w.db --now 2024-09-01 - 2>/dev/null
    same "$("$khabar" compare --db w.db --copies --format tsv | wc -l)" 0
}
check "articles of one word are no copies" one_word

finish
