#!/bin/sh
# killed_watch.sh - hundreds of killed runs of `khabar watch`, against a feed server on loopback.
. "$KHABAR_SOURCE/test/ok.inc"
if ! command -v python3 >/dev/null; then
    echo "ok killed runs of watch # SKIP python3 is not here"
    finish
fi
KILLS=${KILLS:-300} python3 "$KHABAR_SOURCE/test/faults.py" "$khabar" || checks_failed=1
finish
