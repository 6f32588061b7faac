#!/bin/sh
# jobs.sh - any number of threads: the same output in the same order, the same store row for row, failures included.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages
mkdir mixed
i=0
for page in "$pages"/*.html; do # every fifth page cannot be read
    i=$((i + 1))
    cp "$page" "mixed/$(printf %02d $i).html"
    [ $((i % 5)) -eq 0 ] && : >"mixed/$(printf %02d $i)x.html"
done
printf '%s\n' '{"id":"r1","text":"The ferry between the islands stopped on Monday, the harbour said."}' \
    '{"id":"r2", broken' '{"id":"r3","text":"The harbour opened again on Tuesday."}' >mixed/records.jsonl

read_with() { "$khabar" read --jobs "$1" --now 2024-09-01 mixed >"read$1" 2>"told$1"; }
for jobs in 1 2 4 16; do
    read_with $jobs
done
some() { [ -s read1 ] && [ "$(wc -l <read1)" -eq $((i + 2)) ] && [ "$(wc -l <told1)" -eq 7 ]; }
check "all pages that can be read are, and each failure is told" some
check "two threads write what one does" cmp read1 read2
check "four threads write what one does" cmp read1 read4
check "more threads than pages in a turn, too" cmp read1 read16
told() { cmp told1 told2 && cmp told1 told4 && cmp told1 told16; }
check "and failures are told in the same order" told

if ! command -v sqlite3 >/dev/null; then
    echo "ok the store is the same row for row # SKIP sqlite3 is not there"
    finish
fi
# Of which segments and blocks the index of words and the postings are made says when a batch ended, after two seconds; that they hold what
# the rows tell, check sees.
store_of() {
    "$khabar" add --jobs "$1" --now 2024-09-01 --db "jobs$1.db" mixed 2>/dev/null
    sqlite3 "jobs$1.db" .dump | grep -v '^INSERT INTO \(search_\|posting\)' >"dump$1"
    "$khabar" check --db "jobs$1.db" >/dev/null 2>&1 || : >"dump$1"
}
for jobs in 1 2 4; do
    store_of $jobs
done
stored() { [ "$(grep -c '^INSERT INTO article VALUES' dump1)" -eq $((i + 2)) ] && cmp dump1 dump2 && cmp dump1 dump4; }
check "the store is the same row for row" stored
finish
