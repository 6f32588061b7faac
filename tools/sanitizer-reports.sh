#!/bin/sh
# sanitizer-reports.sh FOLDER - the last test of a build with sanitizers: shows what they wrote into FOLDER, one file for each process,
# and removes it, so that the next run tells its own. Reports that a script hid or took for an expected failure are seen here.
set -u
mkdir -p "$1" && cd "$1" || exit 2
status=0
for report in *; do
    [ -f "$report" ] || continue
    echo "not ok sanitizer report $report"
    sed 's/^/# /' "$report"
    rm -f "$report"
    status=1
done
[ $status -eq 0 ] && echo "ok no sanitizer reported anything"
exit $status
