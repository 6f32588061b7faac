#!/bin/sh
# killed.sh - a thousand killed runs of `khabar add`.
KILLS=1000 exec sh "$KHABAR_SOURCE/test/cli/killed.sh"
