#!/bin/sh
# output.sh - what programs and people get: pure output of read, the four forms of lists, searching across scripts.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages
data=$KHABAR_SOURCE/examples/agencies
db=$tmp/k.db
"$khabar" add --db "$db" --data "$data" --now 2024-09-01 "$pages" 2>/dev/null

read_all() { "$khabar" read --data "$data" --now 2024-09-01 "$@"; }

pure() {
    read_all --jobs 1 "$pages" >one
    read_all --jobs 4 "$pages" >four
    cmp one four
}
check "read gives the same bytes with one thread and with four" pure
backwards() {
    find "$pages" -name '*.html' | sort >list
    xargs "$khabar" read --data "$data" --now 2024-09-01 <list | sort >forth
    sort -r list | xargs "$khabar" read --data "$data" --now 2024-09-01 | sort >back
    cmp forth back
}
check "each page reads the same in any order" backwards
check "stdin reads as the file does" same "$(read_all - <"$pages/$(ls "$pages" | head -n 1)" | sed 's/.*"text"/"text"/' | cksum)" \
    "$(read_all "$pages/$(ls "$pages" | head -n 1)" | sed 's/.*"text"/"text"/' | cksum)"

json_lines() { if command -v python3 >/dev/null; then python3 -c 'import json,sys
for line in open(sys.argv[1], encoding="utf-8"): assert json.loads(line)["khabar"] == 1' "$1"; else grep -c '^{"khabar":1' "$1" >/dev/null; fi; }
"$khabar" read "$pages" >read.jsonl
"$khabar" stories --db "$db" --format jsonl >stories.jsonl
story=$("$khabar" stories --db "$db" --format tsv | cut -f 2 | sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }')
"$khabar" story "$story" --db "$db" --data "$data" --format jsonl >story.jsonl
check "read writes JSON Lines" json_lines read.jsonl
check "stories writes JSON Lines" json_lines stories.jsonl
check "story writes JSON" json_lines story.jsonl
csv() { holds "$("$khabar" stories --db "$db" --format csv | head -n 1 | tr -d '\r')" "story,pages,outlets,languages"; }
check "stories writes CSV with a head" csv
check "tsv has a line for each article" same "$("$khabar" stories --db "$db" --format tsv | wc -l)" "$(ls "$pages" | wc -l)"
shown() {
    "$khabar" story "$story" --db "$db" --data "$data" >shown
    for part in ORIGINS "WHO SAID WHAT" FIGURES TIMELINE PAGES; do
        grep -q "^$part" shown || { echo "no $part"; return 1; }
    done
}
check "a story is shown with its parts" shown
check "no colours when piped" test "$(grep -c "$(printf '\033')" shown)" -eq 0
check "colours when asked for" holds "$("$khabar" story "$story" --db "$db" --data "$data" --color=always)" "$(printf '\033[1m')"
check "a prefix of its name finds a story" holds "$("$khabar" story "$(printf %.8s "$story")" --db "$db" --data "$data")" "$story"
check "an article shows its evidence" holds "$("$khabar" article "$(ls "$pages" | head -n 1 | sed 's/.html//')" --db "$db" --data "$data")" QUOTATIONS
raw() { f=$(ls "$pages" | head -n 1); "$khabar" article --raw "${f%.html}" --db "$db" | cmp - "$pages/$f"; }
check "the bytes as they arrived" raw
traced() {
    traced_out=$("$khabar" trace fa06-hamrooz --db "$db" --data "$data" --format tsv)
    holds "$traced_out" "fa06-hamrooz	fa01-nilab	abridged" || return 1
    holds "$("$khabar" trace "$pages/fa06-hamrooz.html" --db "$db" --data "$data" --format tsv)" "fa01-nilab	abridged"
}
check "a copy is traced, stored or not" traced
compared() {
    holds "$("$khabar" compare en04-tarn-observer ar04-levantis --db "$db" --data "$data")" same_speaker_other_interview &&
        holds "$("$khabar" compare "$pages/en01-halyard.html" "$pages/en02-brackwater-gazette.html" --db "$db" --data "$data")" verbatim &&
        holds "$("$khabar" compare en01-halyard en08-harbour-ledger --db "$db" --data "$data")" unrelated
}
check "compare tells a copy, another interview and another event" compared
across() { holds "$("$khabar" search sermet --db "$db" --data "$data" --limit 50 --format tsv)" ar04-levantis; }
check "a name in Latin letters finds Arabic pages" across
check "csv guards formulas" holds "$(printf '=1+1\nx\n' >names.txt; "$khabar" names --among names.txt '=1+1' --format csv)" "'=1+1"
finish
