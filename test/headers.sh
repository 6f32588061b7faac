#!/bin/sh
# headers.sh - each header of include/, src/ and server/ compiled alone, twice in one file, by every C compiler
# at hand; the published one as C++ too. What it lacks is then seen here and not by the next user.
cd "${KHABAR_SOURCE:-$(dirname "$0")/..}" || exit 2

flags="-Wall -Wextra -Wshadow -Wconversion -Werror -Iinclude -Isrc -I. -fsyntax-only"
flags="$flags $(pkg-config --cflags libxml-2.0 sqlite3 jansson)"
failed=0

# compiles HEADER NAME COMPILER [FLAG...]
compiles() {
    alone=$1 name=$2
    shift 2
    # shellcheck disable=SC2086 # the flags are words
    if printf '#include "%s"\n#include "%s"\n' "$alone" "$alone" | "$@" $flags - 2>&1 | sed 's/^/# /' |
        grep .; then
        echo "not ok header: $alone as $name"
        failed=1
    else
        echo "ok header: $alone as $name"
    fi
}

for header in $(find src include server -name '*.h' 2>/dev/null | sort); do
    included=${header#src/}
    for compiler in gcc clang; do
        command -v $compiler >/dev/null || continue
        compiles "${included#include/}" "C ($compiler)" $compiler -x c -std=c17 -D_GNU_SOURCE
    done
done
if [ -f include/khabar/khabar.h ]; then
    for compiler in g++ clang++; do
        command -v $compiler >/dev/null || continue
        compiles khabar/khabar.h "C++ ($compiler)" $compiler -x c++ -std=c++11
    done
    compiles khabar/khabar.h "C without extensions" "${CC:-cc}" -x c -std=c99 -Wpedantic
fi
exit $failed
