#!/bin/sh
# watch.sh - khabar watch against servers on loopback that misbehave (test/faults.py), its arguments and lists.
. "$KHABAR_SOURCE/test/ok.inc"

check "no feeds at all" exits 64 "$khabar" watch --once --db none.db
check "what is neither an address nor a file" exits 66 "$khabar" watch --once --db none.db feeds-that-are-not-there.opml
check "an address that is not of the web" exits 64 "$khabar" watch --once --db none.db ftp://news.example/rss
check "an address with a password" exits 64 "$khabar" watch --once --db none.db http://me:secret@news.example/rss
check "a file that is no OPML" exits 65 "$khabar" watch --once --db none.db "$KHABAR_SOURCE/README.md"
check "a time that is none" exits 64 "$khabar" watch --every soon --db none.db http://news.example/rss
check "a contact that would break a header" exits 64 "$khabar" watch --contact 'x
Host: y' --db none.db http://news.example/rss

check "--forget without a feed" exits 64 "$khabar" watch --forget --db none.db

lists() {
    cat >feeds.opml <<'OPML'
<?xml version="1.0"?><opml version="2.0"><head><title>mine</title></head><body><outline text="Arabic"><outline type="rss"
text="Varna Dol" xmlUrl="http://127.0.0.1:9/rss.xml" htmlUrl="http://127.0.0.1:9/" language="ar"/></outline></body></opml>
OPML
    "$khabar" watch --once --db lists.db feeds.opml >/dev/null 2>&1
    [ $? -eq 75 ] || return 1
    holds "$("$khabar" watch --list --db lists.db --format tsv)" "private_address" || return 1
    "$khabar" watch --opml --db lists.db >out.opml || return 1
    holds "$(cat out.opml)" 'xmlUrl="http://127.0.0.1:9/rss.xml"' && holds "$(cat out.opml)" 'text="Arabic"' && holds "$(cat out.opml)" 'language="ar"'
}
check "feeds come as OPML and go as OPML" lists

if command -v python3 >/dev/null; then
    python3 "$KHABAR_SOURCE/test/faults.py" "$khabar" || checks_failed=1
else
    echo "ok servers that misbehave # SKIP python3 is not here"
fi
finish
