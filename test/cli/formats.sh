#!/bin/sh
# formats.sh - each list of the program as CSV, as TSV and as JSON Lines: whole, and the same in all three.
. "$KHABAR_SOURCE/test/ok.inc"
mkdir -p "$XDG_CONFIG_HOME" && cp -r "$KHABAR_SOURCE/examples/agencies" "$XDG_CONFIG_HOME/khabar"
"$khabar" add --now 2024-09-01 "$KHABAR_SOURCE/examples/pages" 2>/dev/null
"$khabar" correct speaker en04-tarn-observer 'nobody answered' 'Nadia Kortan' >/dev/null
timeout 60 "$khabar" watch --once http://127.0.0.1:1/rss.xml >/dev/null 2>&1 # refused, a private address; the feed is kept
"$khabar" archive --before 2024-08-06 --to sealed.db >/dev/null 2>&1

three_forms() { # COMMAND...
    for form in csv tsv jsonl; do
        "$khabar" "$@" --format $form >"list.$form" || return 1
    done
    python3 "$KHABAR_SOURCE/test/formats.py" list.csv list.tsv list.jsonl
}

check "stories" three_forms stories
check "trace" three_forms trace fa06-hamrooz
check "compare" three_forms compare en01-halyard en02-brackwater-gazette
check "search" three_forms search sermet
check "names" three_forms names sermet
check "corrections" three_forms correct --list
check "feeds" three_forms watch --list
check "sealed files" three_forms archive --list
finish
