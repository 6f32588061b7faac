#!/bin/sh
# contest.sh - the verbs of the Telegram clustering contest: each file once, grouped as the store groups it.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages
"$khabar" add --db k.db --now 2024-09-01 "$pages" 2>/dev/null

asked() { python3 -c "import json, sys; x = json.load(open(sys.argv[1], encoding='utf-8')); print($2)" "$1"; }
"$khabar" languages "$pages" >languages.json
"$khabar" threads --now 2024-09-01 "$pages" >threads.json
if command -v python3 >/dev/null; then
    check "each file has one language" same "$(asked languages.json 'len({a for l in x for a in l["articles"]}), sum(len(l["articles"]) for l in x)')" \
        "$(ls "$pages" | wc -l) $(ls "$pages" | wc -l)"
    check "the languages are those of the pages" same "$(asked languages.json '" ".join(sorted(l["lang_code"] for l in x))')" "ar en fa ru"
    check "each file stands in one thread" same "$(asked threads.json 'sum(len(t["articles"]) for t in x)')" "$(ls "$pages" | wc -l)"
    check "threads are the stories of the store" same "$(asked threads.json '" ".join(str(len(t["articles"])) for t in x)')" \
        "$("$khabar" stories --db k.db --format tsv | cut -f 2 | sort | uniq -c | awk '{ print $1 }' | sort -rn | paste -sd ' ')"
    check "a thread has a title and files" same "$(asked threads.json 'all(set(t) == {"title", "articles"} and t["title"] for t in x)')" True
fi
check "no folder is a usage error" exits 64 "$khabar" threads
check "a folder that is not there" exits 66 "$khabar" languages no-such-folder
finish
