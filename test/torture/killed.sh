#!/bin/sh
# killed.sh - a thousand killed runs of `khabar add`, and some of runs of several transactions.
KILLS=${KILLS:-1000} sh "$KHABAR_SOURCE/test/cli/killed.sh" || exit 1
KILLS=100 ARTICLES=1600 exec sh "$KHABAR_SOURCE/test/cli/killed.sh"
