#!/bin/sh
# many.sh - thousands of pages of one kind, three times as many as `make test` adds.
KHABAR_TORTURE=1 exec sh "$KHABAR_SOURCE/test/cli/many.sh"
