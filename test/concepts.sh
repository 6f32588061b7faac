#!/bin/sh
# concepts.sh - the concept lexicon of data/ holds what it promises (test/concepts.py says what).
. "$KHABAR_SOURCE/test/ok.inc"
if ! command -v python3 >/dev/null; then
    echo "ok the concepts # SKIP python3 is not there"
    exit 0
fi
exec python3 "$KHABAR_SOURCE/test/concepts.py" "$KHABAR_SOURCE"
