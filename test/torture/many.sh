#!/bin/sh
# many.sh - ten thousand pages of one kind: the same article, one word, no dates.
PAGES=10000 exec sh "$KHABAR_SOURCE/test/cli/many.sh"
