#!/bin/sh
# many.sh - thousands of equal pages, of one word, without dates, of far years; one page of 5 MB (many.py).
. "$KHABAR_SOURCE/test/ok.inc"
if ! command -v python3 >/dev/null; then
    echo "ok many pages of one kind # SKIP python3 is not there"
    exit 0
fi
python3 "$KHABAR_SOURCE/test/many.py" "$KHABAR_BIN"
