#!/bin/sh
# shelves.sh - a page is read alike with the knowledge that lies in the program and with the one that is made of the tables at the
# start, and a folder of one's own is read with some of each.
. "$KHABAR_SOURCE/test/ok.inc"

# A folder that adds nothing to any table, so that no stage finds its shelf ready.
mkdir -p nothing/world one/languages/en
for table in "$KHABAR_SOURCE"/data/languages/*/*.txt "$KHABAR_SOURCE"/data/world/*.txt; do
    echo "# nothing" >"nothing/world/${table##*/}"
done
printf 'own_quellin\tQuellin Falls Observatory\n' >one/languages/en/organisations.txt

# read_with NAME [--data FOLDER]: all examples, without the version of the knowledge.
read_with() {
    read_out=$1
    shift
    "$khabar" read "$@" "$KHABAR_SOURCE"/examples/pages |
        sed 's/"knowledge":"[0-9a-f]*"//g' >"$read_out"
    [ "$(wc -l <"$read_out")" -ge 30 ]
}
check "the examples are read" read_with ready.jsonl
check "and with every shelf empty" read_with made.jsonl --data nothing
check "all they find is the same" cmp ready.jsonl made.jsonl
check "and with one table more" read_with own.jsonl --data one
check "which says nothing of them" cmp ready.jsonl own.jsonl

echo 'The Quellin Falls Observatory closed its doors on Tuesday, the governor said.' >page.txt
check "but of what it names" holds "$("$khabar" read --data one page.txt)" own_quellin
check "that is not known without" exits 1 grep -q own_quellin <<E2
$("$khabar" read page.txt)
E2
finish
