#!/bin/sh
# sources.sh - what a reader cannot see must not stand in a source: characters without a shape (ZWNJ,
# bidi controls, tatweel, no-break spaces, byte order marks) are written as escapes ("\u200c"), and
# there are no tabs, no blanks at the ends of lines and no Windows line ends. Text files of data/ and
# test/cases/ may hold a ZWNJ, since speakers write it, but no bidi control that turns text around.
cd "${KHABAR_SOURCE:-$(dirname "$0")/..}" || exit 2
export LC_ALL=C

# In UTF-8: 00A0, 00AD, 061C, 0640, 180E, 2000-200F, 2028-202F, 205F-206F, 3000, FE00-FE0F, FEFF.
invisible='\xc2[\xa0\xad]|\xd8\x9c|\xd9\x80|\xe1\xa0\x8e|\xe2\x80[\x80-\x8f\xa8-\xaf]'
invisible="$invisible|\\xe2\\x81[\\x9f-\\xaf]|\\xe3\\x80\\x80|\\xef\\xb8[\\x80-\\x8f]|\\xef\\xbb\\xbf"
turning='\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xef\xbb\xbf'
failed=0

sources() {
    find . \( -path ./build -o -path ./.git \) -prune -o -type f \( -name '*.[ch]' -o -name '*.sh' \
        -o -name '*.cmake' -o -name CMakeLists.txt -o -name Makefile -o -name '*.sql' -o -path './.ci/*' \) -print
}
texts() {
    find data test/cases -type f -name '*.txt' 2>/dev/null
}

# none NAME PATTERN: no file named on standard input has a line of that Perl pattern. (The last of a pipe runs in a
# shell of its own: what it finds it can tell by its status alone.)
none() {
    if tr '\n' '\0' | xargs -0 -r grep -nP -e "$2" -- /dev/null | sed 's/^/# /' | head -n 20 | grep .; then
        echo "not ok sources: $1"
        return 1
    else
        echo "ok sources: $1"
    fi
}

sources | none "no invisible characters" "$invisible" || failed=1
sources | none "no blanks at the end of a line" '[ \t\r]$' || failed=1
sources | grep '\.[ch]$' | none "no tabs in C" '\t' || failed=1
texts | none "no characters that turn text around in data" "$turning" || failed=1
texts | none "no Windows line ends in data" '\r$' || failed=1
exit $failed
