#!/bin/sh
# verdicts.sh - what the program says of the invented stories under verdicts/, not below the floors that stand there.
. "$KHABAR_SOURCE/test/ok.inc"
name="accounts of the invented stories: no measure below its floor"
if ! command -v python3 >/dev/null; then
    echo "ok $name # SKIP python3 is not there"
    exit 0
fi
out=$(python3 "$KHABAR_SOURCE/test/verdicts.py" "$KHABAR_BIN" --floor "$KHABAR_SOURCE/test/verdicts/floors.tsv" 2>&1)
if [ $? -eq 0 ]; then
    echo "ok $name"
else
    echo "not ok $name"
    echo "$out" | sed 's/^/# /'
    exit 1
fi
