#!/bin/sh
# planted.sh - edits planted in copies of every second example page must raise alarms, and nothing else may.
. "$KHABAR_SOURCE/test/ok.inc"
name="alarms of planted edits: precision .95, recall .80 of each kind"
if ! command -v python3 >/dev/null; then
    echo "ok $name # SKIP python3 is not there"
    exit 0
fi
"$KHABAR_BIN" read "$KHABAR_SOURCE"/examples/pages/*.html >"$tmp/pages.jsonl" || exit 2
python3 "$KHABAR_SOURCE/tools/planted.py" "$KHABAR_BIN" "$tmp/pages.jsonl" --half 0 --floor .95 .80 >"$tmp/out" 2>&1
status=$?
[ $status -eq 0 ] && echo "ok $name" || echo "not ok $name"
sed 's/^/# /' "$tmp/out"
exit $status
