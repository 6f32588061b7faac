#!/bin/sh
# related.sh - stories that are linked but apart: a flood and the inquiry into it ten days later, in two languages, and a flood
# elsewhere that has nothing to do with them.
. "$KHABAR_SOURCE/test/ok.inc"
db=$tmp/k.db

page() { # NAME LANGUAGE DAY OUTLET TITLE PARAGRAPH...
    name=$1 lang=$2 day=$3 outlet=$4 title=$5
    shift 5
    {
        echo "<!DOCTYPE html><html lang=\"$lang\"><head><meta charset=\"utf-8\"><title>$title</title>"
        echo "<meta property=\"og:site_name\" content=\"$outlet\"><meta property=\"article:published_time\" content=\"$day\">"
        echo "<link rel=\"canonical\" href=\"https://$name.example/$day\"></head><body><article><h1>$title</h1>"
        for paragraph; do
            echo "<p>$paragraph</p>"
        done
        echo "</article></body></html>"
    } >"pages/$name.html"
}

mkdir pages
page flood-a en 2024-03-04T09:00:00Z "Ostrel Gazette" "Flood below the Varnok dam kills 31 in Ostrel" \
    "A flood below the Varnok dam killed 31 people in the valley of Ostrel on Monday, rescue workers said, after three days of rain." \
    "Water from the Varnok dam reached the lower town within an hour. Boats took families from the roofs, and the bridge at the mill was swept away." \
    "The head of the dam's staff, Ilmar Tessin, said the gates had been opened in time. Residents said no siren was heard before the water came."
page flood-b en 2024-03-04T15:00:00Z "Northern Courier" "Dozens dead as water from Varnok dam floods Ostrel" \
    "Dozens of people died in Ostrel on Monday when water from the Varnok dam flooded the lower town, the rescue service said." \
    "Rain had fallen for three days. The bridge at the mill was swept away and boats took families from the roofs of their houses." \
    "Ilmar Tessin, who heads the staff of the dam, said that its gates were opened in time."
page inquiry-a en 2024-03-14T10:00:00Z "Ostrel Gazette" "Judge to lead inquiry into Varnok dam operators" \
    "Parliament on Thursday appointed the judge Sofia Brandel to lead an inquiry into the operators of the Varnok dam." \
    "The inquiry will question Ilmar Tessin, the head of the dam's staff, and study the log of the gates. Its report is due in the autumn." \
    "Lawyers of the families in Ostrel welcomed the decision and asked for the contracts of the operator to be published."
page elsewhere en 2024-03-09T10:00:00Z "Southern Herald" "Floods in Pellara leave hundreds homeless after heavy rain" \
    "Heavy rain flooded streets in the port of Pellara on Saturday and left hundreds of people homeless, rescue workers said." \
    "The harbour was closed and two bridges were swept away by the water. Boats took families from the roofs of their houses." \
    "The mayor, Dunya Kerrost, asked the government for tents and drinking water. More rain is expected on Sunday."
page match en 2024-03-12T18:00:00Z "Southern Herald" "Harbour United win the cup final after extra time" \
    "Harbour United won the cup final on Tuesday, beating Rovers 3-2 after extra time in front of forty thousand spectators." \
    "The striker Tomas Velikan scored twice. His coach said the team had earned the trophy after a long season."
page flood-ru ru 2024-03-05T09:00:00Z "Вестник Острела" "Наводнение у плотины Варнок: погиб 31 человек" \
    "В долине Острел в понедельник при наводнении ниже плотины Варнок погиб 31 человек, сообщили спасатели. Дождь шел три дня." \
    "Вода от плотины Варнок дошла до нижнего города за час. Семьи снимали с крыш на лодках, мост у мельницы снесло." \
    "Глава плотины Ильмар Тессин заявил, что затворы открыли вовремя."

"$khabar" add --db "$db" --now 2024-03-20 pages 2>said || cat said
"$khabar" stories --db "$db" --format tsv >stories.tsv
of() { awk -F '\t' -v a="$1" '$1 == a { print $2 }' stories.tsv; }
for article in flood-a inquiry-a elsewhere match; do
    "$khabar" story --db "$db" "$(of $article)" --format jsonl >$article.json
done
"$khabar" stories --db "$db" --order importance --limit 1 --format jsonl >first.json
related() { jq -r ".related[] | $2" "$1.json"; }

check "the flood and its inquiry are two stories" test "$(of flood-a)" != "$(of inquiry-a)"
check "the flood's second report is in its story" same "$(of flood-b)" "$(of flood-a)"
check "the flood leads to its inquiry, and to nothing else" same "$(related flood-a .id)" "$(of inquiry-a)"
check "the inquiry leads to the flood" same "$(related inquiry-a .id)" "$(of flood-a)"
check "it came so many days later" test "$(related flood-a .days)" -ge 9
check "and the flood as many earlier" test "$(related inquiry-a .days)" -le -9
check "the names say why" holds "$(related flood-a '.shared | join(" ")')" Varnok
check "the title is given with its language" same "$(related flood-a '[.language, .title] | join(" ")')" "en Judge to lead inquiry into Varnok dam operators"
check "the flood elsewhere is related to nothing" same "$(related elsewhere .id)" ""
check "nor is the match" same "$(related match .id)" ""
seen() {
    COLUMNS=100 "$khabar" story --db "$db" "$(of flood-a)" --color=never >shown
    holds "$(cat shown)" RELATED && holds "$(cat shown)" "days later" && holds "$(cat shown)" "Judge to lead inquiry"
}
check "a person sees them" seen
check "the newest story comes first" same "$("$khabar" stories --db "$db" --format jsonl | head -n 1 | jq -r .story)" "$(of inquiry-a)"
check "by importance the one with most sources and languages, which a limit keeps" same "$(jq -r .story first.json)" "$(of flood-a)"
check "its sources are counted" same "$(jq .sources first.json)" 3
refused() { "$khabar" stories --db "$db" --order size 2>said; [ $? -eq 64 ] && holds "$(cat said)" "newest or importance"; }
check "no other order is taken" refused
nothing() { ! "$khabar" story --db "$db" "$(of match)" --color=never | grep -q RELATED; }
check "and no heading where there are none" nothing
finish
