#!/bin/sh
# library.sh - libkhabar as a stranger meets it: what is installed, what the shared library shows, and both
# examples of examples/library built and run against the installed tree.
. "$KHABAR_SOURCE/test/ok.inc"
tree=$tmp/tree
DESTDIR=$tree cmake --install "$KHABAR_BUILD" >install.log 2>&1 || cat install.log
PKG_CONFIG_SYSROOT_DIR=$tree
pc=$(find "$tree" -name khabar.pc)
PKG_CONFIG_PATH=${pc%/*}
lib=${pc%/pkgconfig/khabar.pc}
export PKG_CONFIG_SYSROOT_DIR PKG_CONFIG_PATH
header=$KHABAR_SOURCE/include/khabar/khabar.h
pages=$KHABAR_SOURCE/examples/pages
library=$KHABAR_SOURCE/examples/library

installed() {
    for file in "$lib/libkhabar.a" "$lib/libkhabar.so" "${lib%/lib*}/include/khabar/khabar.h" "${lib%/lib*}/bin/khabar" \
        "${lib%/lib*}/share/man/man1/khabar.1"; do
        [ -e "$file" ] || { echo "not installed: $file" && return 1; }
    done
}
check "make install puts library, header, program and manual where they belong" installed

exported() {
    nm -D --defined-only "$lib/libkhabar.so" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort >exported
    grep -v '^ \*' "$header" | grep -oE '\bkhabar_[a-z_]+\(' | tr -d '(' | sort -u >published
    [ -s published ] && diff published exported
}
check "the shared library shows the functions of khabar.h, and nothing else" exported

named() {
    soname=$(readelf -d "$lib/libkhabar.so" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')
    same "$soname" "libkhabar.so.$(pkg-config --modversion khabar | cut -d. -f1)" && [ -e "$lib/$soname" ]
}
check "its soname is of the major version that pkg-config says" named

if nm -D "$lib/libkhabar.so" | grep -q __gcov_; then
    echo "ok the examples of the library # SKIP the counters of coverage are not part of them"
    finish
fi
sanitized=${KHABAR_SANITIZE:+-fsanitize=$KHABAR_SANITIZE}

c_example() {
    # shellcheck disable=SC2046 # the flags are words
    "${CC:-cc}" -std=c99 -Wall -Wextra -Werror $sanitized -o "$1" "$library/origins.c" $2 $(pkg-config "$3" --cflags --libs khabar) || return 1
    rm -f origins.db
    LD_LIBRARY_PATH=$lib "./$1" "$pages/en01-halyard.html" "$pages/en02-brackwater-gazette.html" >"$1.out" || return 1
    holds "$(cat "$1.out")" '"pages":2'
}
check "the C example, built by pkg-config against the shared library" c_example shared "" --shared
check "the C example, with the static library" c_example static "$lib/libkhabar.a -Wl,--as-needed" --static
uses_none() { ! ldd static | grep khabar; }
check "which then needs no shared one" uses_none

cplusplus() {
    command -v c++ >/dev/null || return 0
    sed 's/malloc((size_t)size)/static_cast<char *>(&)/' "$library/origins.c" >origins.cc
    # shellcheck disable=SC2046
    c++ -std=c++11 -Wall -Wextra -Werror $sanitized -o cplusplus origins.cc $(pkg-config --cflags --libs khabar)
}
check "the header and the example as C++" cplusplus

# Python leaves memory to the system at its end; one that cannot begin with what a sanitizer wants loaded gives way to the system's.
interpreter=python3
LD_PRELOAD=$runtime ASAN_OPTIONS=detect_leaks=0 python3 -c pass 2>/dev/null || interpreter=/usr/bin/python3
python() { env LD_PRELOAD="$runtime" ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" KHABAR_LIBRARY="$lib/libkhabar.so.0" $interpreter "$@"; }
python_example() {
    python "$library/quotations.py" "$pages/en01-halyard.html" >quotations.tsv || return 1
    holds "$(cat quotations.tsv)" "Marat Elvendi"
}
check "the Python example, by ctypes" python_example

python_failure() {
    : >empty.html
    ! python "$library/quotations.py" empty.html 2>failure && holds "$(cat failure)" "holds no bytes"
}
check "which says why a page cannot be read" python_failure
finish
