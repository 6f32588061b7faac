#!/bin/sh
# truth.sh - what the program says of the example pages, against examples/truth.json.
. "$KHABAR_SOURCE/test/ok.inc"
if ! command -v python3 >/dev/null; then
    echo "ok the truth of the examples # SKIP python3 is not there"
    exit 0
fi
exec python3 "$KHABAR_SOURCE/test/truth.py" "$KHABAR_BIN" "$KHABAR_SOURCE"
