#!/bin/sh
# archives.sh - WARC archives and feeds through the program: filters, the report, adding twice, and an archive that
# wget writes from a server on loopback, which reads as the files themselves do.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages

# record TYPE URI DATE FILE: one record of a WARC archive, FILE as its content
record() {
    printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Type: text/html\r\n' "$1" "$2" "$3"
    printf 'Content-Length: %d\r\n\r\n' "$(wc -c <"$4")"
    cat "$4"
    printf '\r\n\r\n'
}
for name in "$pages"/*.html; do
    case $name in
    */ar*) lang=ar ;;
    */fa*) lang=fa ;;
    *) lang=other ;;
    esac
    base=${name##*/}
    record resource "https://www.$lang.example/news/$base" "2024-08-0$((${#base} % 9 + 1))T10:00:00Z" "$name"
done >all.warc
count=$(find "$pages" -name '*.html' | wc -l)
arabic=$(find "$pages" -name 'ar*.html' | wc -l)
early=$(tr -d '\r' <all.warc | grep -ac '^WARC-Date: 2024-08-0[1-4]')

lines_of() { wc -l <"$1" | tr -d ' '; }
text_of() { sed 's/.*"text":"\(\([^"\\]\|\\.\)*\)","lines":.*/\1/' "$1" | sort; }
gives() { # N ARGUMENT...: that many articles, status 0
    gives_count=$1
    shift
    "$khabar" read "$@" >out.jsonl 2>messages || { cat messages; return 1; }
    same "$(lines_of out.jsonl)" "$gives_count"
}

check "every page of an archive" gives "$count" all.warc
check "gzip of it as a whole" sh -c 'gzip -k -c all.warc >all.warc.gz'
check "every page of an archive in gzip" gives "$count" all.warc.gz
check "an archive on standard input" sh -c "[ \$('$khabar' read <all.warc.gz | wc -l) -eq $count ]"
check "--host takes a host and those below it" gives "$arabic" --host ar.example all.warc
check "--path takes a pattern" gives "$arabic" --path '/news/ar*.html' all.warc
check "--until takes captures" gives "$early" --until 2024-08-04 all.warc
check "--since takes the others" gives $((count - early)) --since 2024-08-05 all.warc
check "--lang takes articles" gives "$arabic" --lang ar all.warc
check "--jobs changes nothing" sh -c "'$khabar' read --jobs 1 all.warc >one && '$khabar' read --jobs 5 all.warc >five && cmp one five"
check "a value of --until that is none" exits 64 "$khabar" read --until soon all.warc

report() {
    printf 'WARC/1.0\r\nWARC-Type: response\r\n\r\n' >broken.warc
    "$khabar" read --report report.jsonl --host ar.example all.warc broken.warc >/dev/null 2>messages
    [ $? -eq 65 ] || return 1
    holds "$(cat report.jsonl)" '"reason":"bad_record"' && holds "$(cat messages)" "broken.warc:0" &&
        holds "$(tail -n 1 report.jsonl)" "\"kind\":\"summary\",\"read\":$arabic,\"skipped\":{\"bad_record\":1},\"filtered\":{\"host\":$((count - arabic))}"
}
check "--report says what was skipped, and counts" report
check "a report that cannot be written" exits 74 "$khabar" read --report /no/such/folder/report all.warc

twice() {
    "$khabar" add --db twice.db all.warc.gz 2>first && "$khabar" add --db twice.db all.warc.gz 2>second || return 1
    holds "$(cat first)" "added $count, revised 0" && holds "$(cat second)" "added 0, revised 0, unchanged $count"
}
check "adding an archive twice changes nothing" twice

captures() { # one address, three captures, two texts
    head -c 3000 "$pages/en01-halyard.html" >one.html
    cat "$pages/en02-brackwater-gazette.html" >two.html
    { record resource https://n.example/1 2024-08-01T10:00:00Z one.html
      record resource https://n.example/1 2024-08-02T10:00:00Z two.html
      record resource https://n.example/1 2024-08-03T10:00:00Z one.html; } >captures.warc
    for run in 1 2 3; do
        "$khabar" add --db captures.db captures.warc 2>run$run || return 1
    done
    holds "$(cat run1)" "added 1, revised 2" && holds "$(cat run2)" "added 0, revised 0, unchanged 3" && same "$(cat run3)" "$(cat run2)"
}
check "several captures of one address, added three times" captures

feed() {
    cat >feed.xml <<'FEED'
<?xml version="1.0"?><rss version="2.0"><channel><title>Varna Dol News</title><item><title>Bridge reopens</title>
<link>https://n.example/1</link><pubDate>Sun, 03 Mar 2024 10:00:00 GMT</pubDate><description>The old bridge reopened on Sunday
after two years of repairs, the mayor said. At least 12 engineers worked on it.</description></item></channel></rss>
FEED
    feed_out=$("$khabar" read feed.xml) || return 1
    holds "$feed_out" '"url":"https://n.example/1"' && holds "$feed_out" '2024-03-03T10:00' && holds "$feed_out" 'Varna Dol News'
}
check "an entry of a feed is an article" feed

# ---- an archive by wget ----

# A server on loopback that packs what it sends: nginx on the first port that is free.
serve_site() {
    mkdir -p nginx
    for port in $(awk 'BEGIN { srand(); for (i = 0; i < 20; i++) print 20000 + int(rand() * 30000) }'); do
        cat >nginx/nginx.conf <<NGINX
daemon off; master_process off; worker_processes 1; pid $tmp/nginx/pid; error_log $tmp/nginx/error.log;
events {}
http {
    access_log off; types { text/html html; } default_type text/plain; charset utf-8; gzip on; gzip_min_length 1;
    client_body_temp_path $tmp/nginx/b; proxy_temp_path $tmp/nginx/p; fastcgi_temp_path $tmp/nginx/f;
    uwsgi_temp_path $tmp/nginx/u; scgi_temp_path $tmp/nginx/s;
    server { listen 127.0.0.1:$port; root $tmp/site; }
}
NGINX
        nginx -p "$tmp/nginx" -c "$tmp/nginx/nginx.conf" >nginx/said 2>&1 &
        server=$!
        for turn in 1 2 3 4 5 6 7 8 9 10; do
            kill -0 $server 2>/dev/null || break
            wget -q --no-proxy --tries=1 -O /dev/null "http://127.0.0.1:$port/en01-halyard.html" && return 0
            sleep 0.2
        done
        kill $server 2>/dev/null
    done
    return 1
}

fetch_site() { # ARCHIVE OPTION...
    archive=$1
    shift
    (cd site && ls) | sed "s|^|http://127.0.0.1:$port/|" >urls
    timeout 60 wget -q --no-proxy --warc-file="$archive" "$@" -i urls -P "fetched-$archive"
}

reads_as_files() { # ARCHIVE
    "$khabar" read "$1" >archive.jsonl 2>messages && "$khabar" read site >files.jsonl || { cat messages; return 1; }
    text_of archive.jsonl >archive.txt
    text_of files.jsonl >files.txt
    same "$(lines_of archive.jsonl)" "$count" && cmp archive.txt files.txt
}

whole_however_cut() { # ARCHIVE
    holds "$(timeout $((100 * ${KHABAR_PATIENCE:-1})) "$KHABAR_BUILD/test/test_archives" "$1")" "$count pages, however it is cut"
}

if command -v wget >/dev/null && command -v nginx >/dev/null; then
    mkdir site && cp "$pages"/*.html site/
    served=no
    serve_site && served=yes # not in a subshell: it sets $server and $port
    check "nginx serves the pages" same "$served" yes
    check "wget keeps them" fetch_site wget
    check "wget keeps them as they were packed" fetch_site packed --header 'Accept-Encoding: gzip'
    kill "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    check "an archive that wget wrote reads as the files do" reads_as_files wget.warc.gz
    check "also with packed bodies" reads_as_files packed.warc.gz
    check "cut at every 1,000th byte all whole records are read" whole_however_cut wget.warc.gz
    check "of packed bodies too" whole_however_cut packed.warc.gz
else
    echo "ok an archive that wget wrote # SKIP no wget or nginx; tools/install-packages.sh server"
fi
finish
