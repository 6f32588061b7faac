#!/bin/sh
# bad_input.sh - hostile and broken input: a clear message that names the file and the cure, a sysexits code, and the
# rest of the batch goes on.
. "$KHABAR_SOURCE/test/ok.inc"

page() { # NAME: a small page that reads well
    cat >"$1" <<'PAGE'
<!doctype html><html lang="en"><head><title>Bridge reopens in Varna Dol</title></head><body><article>
<h1>Bridge reopens in Varna Dol</h1><p>VARNA DOL, March 3 - The old bridge of Varna Dol reopened on Sunday after two
years of repairs, the mayor said. "It will stand for another century," mayor Ana Petrova said.</p>
<p>At least 12 engineers worked on the bridge, which was closed after a flood in 2021.</p></article></body></html>
PAGE
}
page good.html
: >empty.html
head -c 4096 /dev/urandom >random.bin
printf '\211PNG\r\n\032\n\000\000\000\rIHDR' >picture.png
{ printf 'A headline of Caf\351 Royal\n\nThe caf\351 in the old town was closed on Monday, its owner said, after a fire that \377\376 '
  printf 'destroyed the kitchen. No one was hurt, the fire brigade said.\n'; } >broken-utf8.txt
printf '{"id":"one","text":"The mayor said on Monday that 3 people were hurt."}\nnot json at all\n{"id":"three","text":"The mayor said 4 people were hurt."}\n' >lines.jsonl
head -c 52428800 /dev/zero | tr '\0' 'x' >huge.html
{ printf '<html><body>'; yes '<div>' | head -n 100000 | tr -d '\n'; printf '<p>The end of the tunnel was reached on Friday, the company said, and nobody was hurt.</p></body></html>'; } >deep.html
page secret.html
chmod 000 secret.html

says() { # FILE EXIT WORDS...: reading FILE and a good page ends with EXIT, names FILE, and the good page still comes
    says_file=$1
    says_exit=$2
    shift 2
    says_out=$("$khabar" read "$says_file" good.html 2>messages)
    says_got=$?
    says_messages=$(cat messages)
    [ "$says_got" -eq "$says_exit" ] || { echo "exit $says_got, expected $says_exit: $says_messages"; return 1; }
    holds "$says_messages" "$says_file" || return 1
    for says_word in "$@"; do
        holds "$says_messages" "$says_word" || return 1
    done
    holds "$says_out" '"label":"good"'
}

check "an empty file" says empty.html 65 empty
check "random bytes" says random.bin 65
check "a picture" says picture.png 65
check "a missing path" says nowhere.html 66
check "a page of 50 MB" says huge.html 65 "MB"
[ "$(id -u)" -eq 0 ] || check "an unreadable file" says secret.html 66
if [ "$(id -u)" -eq 0 ]; then
    cp -r "$KHABAR_BIN" khabar-copy 2>/dev/null
    if command -v setpriv >/dev/null && chmod 755 "$tmp" khabar-copy && chmod 644 good.html; then
        unreadable() {
            setpriv --reuid 65534 --regid 65534 --clear-groups ./khabar-copy read secret.html good.html >out 2>messages
            [ $? -eq 66 ] && holds "$(cat messages)" secret.html && holds "$(cat out)" '"label":"good"'
        }
        chmod 666 /dev/null 2>/dev/null
        : >out; : >messages; chmod 666 out messages
        check "an unreadable file" unreadable
    fi
fi

deep() {
    deep_out=$("$khabar" read deep.html) || return 1
    holds "$deep_out" "The end of the tunnel was reached"
}
check "100,000 nested tags keep their text" deep

broken() {
    broken_out=$("$khabar" read broken-utf8.txt) || return 1
    holds "$broken_out" "destroyed the kitchen"
}
check "a text that is no valid UTF-8 is read all the same" broken

truncated() {
    printf 'The mayor of the old town said on Monday that the caf\303' >cut.txt
    cut_out=$("$khabar" read cut.txt) || return 1
    holds "$cut_out" "The mayor of the old town"
}
check "a text cut inside a character" truncated

arabic() {
    printf 'أعلن رئيس البلدية يوم الاثنين أن الجسر القديم سيفتح أمام السيارات بعد عامين من أعمال الإصلاح التي تلت الفيضان.' |
        iconv -f utf-8 -t windows-1256 >arabic.txt
    arabic_out=$("$khabar" read arabic.txt) || return 1
    holds "$arabic_out" "رئيس البلدية" && holds "$arabic_out" '"language":"ar"'
}
check "windows-1256 without a declaration" arabic

records() {
    records_out=$("$khabar" read lines.jsonl 2>messages)
    [ $? -eq 65 ] || return 1
    holds "$(cat messages)" "lines.jsonl:2" && holds "$records_out" '"label":"one"' && holds "$records_out" '"label":"three"'
}
check "a bad line among JSON Lines is told with its number" records

check "an unknown command" exits 64 "$khabar" frobnicate
check "an unknown option" exits 64 "$khabar" read --frob good.html
check "an option of another command" exits 64 "$khabar" read --db x good.html
check "a value that is none" exits 64 "$khabar" stories --since yesterday
stray_pipe() { # in a folder: nobody may ever write to it
    mkdir piped && mkfifo piped/a && cp good.html piped/
    timeout $((20 * ${KHABAR_PATIENCE:-1})) "$khabar" read piped >read.jsonl 2>said
    same $? 66 && same "$(wc -l <read.jsonl)" 1 && holds "$(cat said)" "piped/a: a pipe, passed over"
}
check "a pipe in a folder is passed over" stray_pipe
named_option() { # the option is told, not only the value behind it
    holds "$("$khabar" read --db x good.html 2>&1)" "it takes no --db" &&
        holds "$("$khabar" read --db=x good.html 2>&1)" "it takes no --db" &&
        holds "$("$khabar" stories --since yesterday 2>&1)" "--since yesterday: the value should be a time"
}
check "the message names the option" named_option
check "read with a format it does not have" exits 64 "$khabar" read --format csv good.html
check "story without a name" exits 64 "$khabar" story
check "help with an unknown command" exits 64 "$khabar" help frobnicate
check "help succeeds" "$khabar" help
check "--help of a command succeeds" "$khabar" add --help
# Address space that ends somewhere: each command says so (EX_OSERR) or does its work.
with_little() {
    for kilobytes in 400000 2000000 3500000 5000000 8000000 20000000; do
        rm -f little.db*
        for command in "add --db little.db good.html" "read good.html" "compare good.html good.html" "threads $KHABAR_SOURCE/examples/pages" \
            "stories --db little.db" "check --db little.db" "watch --db watched.db --once"; do
            # shellcheck disable=SC2086 # words
            (ulimit -v $kilobytes && exec "$khabar" $command) >said 2>&1 </dev/null
            case $?:$kilobytes in
            0:* | 64:* | 66:*) ;;
            71:20000000) echo "$command: $(cat said)"; return 1 ;;
            71:*) grep -q '^khabar: .*memory\|address space' said || { echo "$command: $(cat said)"; return 1; } ;;
            *) echo "$command with $kilobytes KB: $(cat said)"; return 1 ;;
            esac
        done
    done
}
if [ -n "$runtime" ]; then
    echo "ok without address space each command says so # SKIP a sanitizer wants all of it"
else
    check "without address space each command says so" with_little
fi
check "standard input is read when nothing is named" holds "$("$khabar" read <good.html)" "Varna Dol"
finish
