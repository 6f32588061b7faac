#!/bin/sh
# layers.sh - reports each #include in src/, cli/ and server/ that src/LAYERS does not allow, one test for each
# module and each library header. A folder that LAYERS does not name is a failure too.
cd "${KHABAR_SOURCE:-$(dirname "$0")/..}" || exit 2

find src cli server include -name '*.[ch]' 2>/dev/null | sort | xargs awk -v layers=src/LAYERS '
BEGIN {
    while ((getline line < layers) > 0) {
        if (line ~ /^#/ || line !~ /:/) continue
        name = line; sub(/:.*/, "", name)
        list = line; sub(/^[^:]*:/, "", list)
        if (name ~ /^</) { door[name] = list " "; doors[++door_count] = name }
        else if (name != "pure") { may[name] = " " name " " list " "; names[++name_count] = name }
    }
}
FNR == 1 {
    count = split(FILENAME, part, "/")
    from = part[1] == "src" ? part[2] : part[1]
    if (count == 2 && part[1] == "src") from = "src"
    if (from != "include" && !(from in may)) complain(from, FILENAME ": src/LAYERS does not name " from)
}
match($0, /^[ \t]*#[ \t]*include[ \t]*"[a-z_0-9]+\//) {
    to = $0; sub(/^[^"]*"/, "", to); sub(/\/.*/, "", to)
    if (from != "include" && to in may && !index(may[from], " " to " "))
        complain(from, FILENAME ":" FNR ": " from " may not use " to)
}
match($0, /^[ \t]*#[ \t]*include[ \t]*</) {
    header = $0; sub(/^[^<]*/, "", header)
    for (i = 1; i <= door_count; i++)
        if (index(header, doors[i]) == 1 && !index(door[doors[i]], " " from " "))
            complain(doors[i], FILENAME ":" FNR ": " from " may not include " header)
}
function complain(what, text) { print "# " text; if (!(what in bad)) { bad[what] = 1; failed++ } }
END {
    for (i = 1; i <= name_count; i++) report(names[i], "includes of " names[i])
    for (i = 1; i <= door_count; i++) report(doors[i], "door of " doors[i] ">")
    for (what in bad) if (!(what in seen)) print "not ok layers: " what
    exit failed > 0
}
function report(what, text) { seen[what] = 1; print ((what in bad) ? "not ok" : "ok") " layers: " text }'
