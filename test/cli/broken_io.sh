#!/bin/sh
# broken_io.sh - files and pipes that fail: standard output full, closed, or a pipe nobody reads; a report and an archive that cannot
# be written; input that comes a few bytes at a time, interrupted by signals, or ends with an error of the disk.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages
page=$pages/en01-halyard.html
db=$tmp/k.db
"$khabar" add --db "$db" "$pages"/en0[1-3]*.html 2>/dev/null

# ---- output ----

full() { # COMMAND...: ends with 74, and says so
    "$khabar" "$@" >/dev/full 2>said
    code=$?
    [ $code -eq 74 ] || { echo "exit $code"; cat said; return 1; }
    holds "$(cat said)" "standard output: No space left"
}
check "read: a full disk behind standard output" full read "$page"
check "story: the same" full story en01-halyard --db "$db" --format jsonl
check "export: the same" full export en01-halyard --db "$db" --format csv-figures
check "help: the same" full help
check "--version: the same" full --version

if command -v python3 >/dev/null; then
    cat >feed.py <<'P'
import http.server, sys
ITEMS = b"".join(b"<item><link>/%d.html</link></item>" % n for n in range(3))
class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        page = "".join(f"<p>The old bridge of Tamsel number {self.path} was closed on Monday, the city said in part {n}.</p>" for n in range(9))
        body = b"" if "robots" in self.path else b"<rss version='2.0'><channel><title>T</title>" + ITEMS + b"</channel></rss>" if self.path == "/rss" else \
            f"<html><head><title>Bridge {self.path}</title></head><body><article>{page}</article></body></html>".encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/xml" if self.path == "/rss" else "text/html")
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
print(server.server_address[1], flush=True)
server.serve_forever()
P
    python3 feed.py >port &
    feeder=$!
    while [ ! -s port ]; do sleep 0.02; done
    check "watch: the same" full watch --once --db w.db --delay 1ms --allow-private=127.0.0.1 "http://127.0.0.1:$(cat port)/rss"
    kill $feeder
    stored() { holds "$("$khabar" check --db w.db)" "3 articles" && same "$(grep -c 'standard output' said)" 1; }
    check "once, and all pages are stored" stored
else
    echo "ok watch # SKIP python3 is not here"
fi

closed() {
    "$khabar" read --report report "$page" >&- 2>said
    code=$?
    [ $code -eq 74 ] || { echo "exit $code"; cat said; return 1; }
    if grep -q '"kind":"article"' report; then
        echo "the article went into the report"
        return 1
    fi
}
check "standard output that is closed does not become the report" closed
closed_all() {
    "$khabar" add --db closed.db "$page" <&- >&- 2>&- || return 1
    holds "$("$khabar" check --db closed.db)" "1 articles" && holds "$("$khabar" check --db closed.db)" ok
}
check "with all three closed the store is what it should be" closed_all

unread() {
    { "$khabar" read "$pages" 2>said; echo $? >code; } | head -c 5 >/dev/null
    [ -s said ] && { cat said; return 1; }
    [ "$(cat code)" -ne 0 ]
}
check "a pipe that nobody reads any more ends it without words" unread

check "a report on a full disk is told" exits 74 "$khabar" read --report /dev/full "$page"
limited() {
    (ulimit -f 2 && "$khabar" read "$page" >limited 2>said)
    code=$?
    [ $code -eq 74 ] || { echo "exit $code"; cat said; return 1; }
    holds "$(cat said)" "File too large" && same "$(wc -c <limited | tr -d ' ')" "$(ls -l limited | awk '{ print $5 }')"
}
check "a limit of the size of files is told, not died of" limited
limited_store() {
    (ulimit -f 300 && "$khabar" add --db limited.db "$pages" >/dev/null 2>said)
    code=$?
    [ $code -eq 74 ] || { echo "exit $code"; cat said; return 1; }
    [ ! -s limited.db ] || holds "$("$khabar" check --db limited.db)" ok
}
check "and leaves a store that is whole" limited_store

# ---- input ----

trickle() {
    python3 -c "import sys, time
data = sys.stdin.buffer.read()
for i in range(0, len(data), 4093):
    sys.stdout.buffer.write(data[i:i + 4093]); sys.stdout.buffer.flush()" <"$page" | "$khabar" read - >dribbled.jsonl || return 1
    "$khabar" read - <"$page" >whole.jsonl && cmp dribbled.jsonl whole.jsonl
}
if command -v python3 >/dev/null; then
    check "a page that comes in pieces" trickle
else
    echo "ok a page that comes in pieces # SKIP python3 is not there"
fi
check "an error of the disk is told, and the rest is read" exits 74 "$khabar" read /proc/self/mem "$page"

# Reads of files below $BROKEN give 1 to 7 bytes, two in five are interrupted by a signal first; the FAILS-th ends with EIO.
cat >broken.c <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static int is_ours(int fd)
{
    char link[40], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    const char *below = getenv("BROKEN");
    return n > 0 && below && (path[n] = 0, strncmp(path, below, strlen(below)) == 0);
}
ssize_t read(int fd, void *to, size_t n)
{
    static ssize_t (*real)(int, void *, size_t);
    static unsigned calls;
    if (!real) real = (ssize_t (*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
    if (!is_ours(fd)) return real(fd, to, n);
    calls++;
    const char *fails = getenv("FAILS");
    if (fails && calls >= strtoul(fails, NULL, 10)) return errno = EIO, -1;
    if (calls % 5 < 2) return errno = EINTR, -1;
    return real(fd, to, fails ? n : n < 1 + calls % 7 ? n : 1 + calls % 7);
}
C
"${CC:-cc}" -shared -fPIC -o broken.so broken.c -ldl || exit 2
mkdir in
cp "$page" in/1.html
printf '{"id":"%s","text":"The old bridge of Tamsel was closed on %s, the city said."}\n' a Monday b Tuesday | gzip -c >in/2.jsonl.gz
cat >archive <<'A'
WARC/1.0
WARC-Type: resource
WARC-Target-URI: https://akhbar.example/a.html
WARC-Date: 2024-08-01T10:00:00Z
Content-Type: text/html
Content-Length: 152

<html><head><title>The bridge of Tamsel is closed</title></head><body><p>The old bridge of Tamsel was closed on Monday, the city said.</p></body></html>


A
gzip -c archive >in/3.warc.gz
gzip -c archive >>in/3.warc.gz
pieces() {
    "$khabar" read in >whole.jsonl 2>whole.err
    BROKEN=$tmp/in LD_PRELOAD="$runtime $tmp/broken.so" "$khabar" read in >pieces.jsonl 2>pieces.err
    cmp whole.jsonl pieces.jsonl && cmp whole.err pieces.err && [ "$(wc -l <whole.jsonl)" -ge 3 ]
}
check "short reads and signals change nothing: a page, packed JSON Lines, an archive" pieces
broken() { # FILE: its second read fails; what stands beside it is read
    BROKEN=$tmp/in/$1 FAILS=3 LD_PRELOAD="$runtime $tmp/broken.so" "$khabar" read --report report in >read.jsonl 2>said
    code=$?
    [ $code -eq 74 ] || { echo "exit $code"; cat said; return 1; }
    holds "$(cat said)" "in/$1: reading failed (Input/output error); check the disk" || return 1
    [ -s read.jsonl ] && holds "$(cat report)" '"reason":"read_error"'
}
for file in 1.html 2.jsonl.gz 3.warc.gz; do
    check "a disk that fails in the middle of $file" broken $file
done
not_acknowledged() {
    BROKEN=$tmp/in/3 FAILS=3 LD_PRELOAD="$runtime $tmp/broken.so" "$khabar" add --db broken.db in 2>said
    [ $? -eq 74 ] || return 1
    holds "$("$khabar" check --db broken.db)" ok || return 1
    "$khabar" add --db broken.db in 2>said || { cat said; return 1; }
    holds "$("$khabar" stories --db broken.db --format tsv)" "$(printf 'b\t')"
}
check "add keeps what was read, and goes on when the disk is well" not_acknowledged
finish
