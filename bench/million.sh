#!/bin/sh
# million.sh BUILD [COUNT [STORE [SEED]]] - a store of a million made-up articles: does it hold up?
#
# news_stream writes COUNT articles, `khabar add` takes them; bench/million.py watches and measures. Printed beside each promise is
# what was measured: memory, the rate at the end beside the rate at the beginning, the size beside the text, one more page, search, and how
# well the planted stories were found at the beginning and at the end. STORE is made anew and stays; without it all is made in a
# temporary folder. A million takes hours and some ten gigabytes.
set -eu
build=$1 count=${2:-1000000} store=${3:-} seed=${4:-1}
here=$(dirname "$0")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
[ -n "$store" ] || store=$tmp/million.db
rm -f "$store" "$store-wal" "$store-shm"
XDG_CONFIG_HOME=$tmp python3 "$here/million.py" "$build" "$count" "$store" "$seed" "$tmp"
