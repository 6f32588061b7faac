# count-tests.awk - counts single tests in the output of `ctest --verbose`.
#
#     awk -v counts=FILE -f count-tests.awk LOG
#
# Every line `ok ...` or `not ok ...` of a test program is one test.
# So that nothing is lost in silence, these count as one failure more: a program that ends badly
# without a `not ok` line, one that announced more tests (`1..N`) than it reported, and one that
# reported none. Prints a line for each program, all that a failing one said, and writes
# "PASSED FAILED SKIPPED" to FILE.

/^[0-9]+: / {
    id = $0; sub(/:.*/, "", id)
    line = $0; sub(/^[0-9]+: /, "", line)
    if (line ~ /^(Test command|Working Directory|Environment variables|Test timeout computed)/) next
    if (line ~ /^ [A-Z_0-9]+=/ && !(id in said)) next
    said[id] = said[id] "    " line "\n"
    if (line ~ /^(not )?ok .*# SKIP/) skip[id]++
    else if (line ~ /^ok /) pass[id]++
    else if (line ~ /^not ok /) fail[id]++
    else if (line ~ /^1\.\.[0-9]+$/) planned[id] += substr(line, 4)
    next
}

/ Test +#[0-9]+: / {
    id = $0; sub(/.* Test +#/, "", id)
    name = id; sub(/:.*/, "", id); sub(/^[0-9]+: /, "", name)
    seconds = name; sub(/ sec.*/, "", seconds); sub(/.* /, "", seconds)
    result = name; sub(/ .*/, "", name); sub(/^[^ ]+ [. ]*(\*\*\*)?/, "", result); sub(/ +[0-9.]+ sec.*/, "", result)
    sub(/ +$/, "", result)
    finish(id, name, result, seconds)
}

function finish(id, name, result, seconds,    reason) {
    passed = pass[id] + 0; failed = fail[id] + 0; skipped = skip[id] + 0
    if (result != "Passed" && !failed) { failed++; reason = result }
    else if (planned[id] > passed + failed + skipped) { failed++; reason = "announced " planned[id] " tests" }
    else if (passed + failed + skipped == 0) { failed++; reason = "reported no test" }
    total_passed += passed; total_failed += failed; total_skipped += skipped
    printf "%-4s %-32s %5d passed", failed ? "FAIL" : "ok", name, passed
    if (failed) printf ", %d failed", failed
    if (skipped) printf ", %d skipped", skipped
    printf "  %ss%s\n", seconds, reason ? "  (" reason ")" : ""
    if (failed) printf "%s", said[id]
}

END { print total_passed + 0, total_failed + 0, total_skipped + 0 > counts }
