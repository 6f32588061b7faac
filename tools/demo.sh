#!/bin/sh
# demo.sh PROGRAM - reads the example pages into a store of their own and shows the stories in it.
set -eu
cd "$(dirname "$0")/.."
khabar=$1
store=build/demo/khabar.db
mkdir -p build/demo
rm -f "$store" "$store"-*

show() {
    printf '\n$ khabar'
    printf ' %s' "$@"
    printf '\n'
    "$khabar" "$@"
}

show add --db "$store" --data examples/agencies --now 2024-09-01 examples/pages
show stories --db "$store" --data examples/agencies
largest=$("$khabar" stories --db "$store" --format tsv | cut -f 2 | sort | uniq -c | sort -rn |
    awk 'NR == 1 { print $2 }')
show story "$largest" --db "$store" --data examples/agencies
printf '\nThe store is %s. Try:\n' "$store"
printf '  ./khabar compare en04-tarn-observer ar04-levantis --db %s --data examples/agencies\n' "$store"
printf '  ./khabar trace fa06-hamrooz --db %s --data examples/agencies\n' "$store"
printf '  ./khabar search sermet --db %s\n' "$store"
printf '  ./khabar story %s --db %s --data examples/agencies --format jsonl | jq .verdicts\n' "$largest" "$store"
