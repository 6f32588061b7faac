#!/bin/sh
# limits.sh - every limit of src/base/limits.h has a test: one that names it, or one that limits.txt says, and that is still there.
cd "${KHABAR_SOURCE:-$(dirname "$0")/..}/test" || exit 2
tab=$(printf '\t')
missing=$(sed -n 's/^    \(KH_[A-Z_]*\) =.*/\1/p' ../src/base/limits.h | while read -r limit; do
    grep -rqw --include='*.c' --include='*.sh' --include='*.py' "$limit" . && continue
    row=$(grep "^$limit$tab" limits.txt) || { echo "$limit: no test"; continue; }
    file=$(echo "$row" | cut -f 2) words=$(echo "$row" | cut -f 3)
    [ "$file" = - ] || grep -qF -e "$words" "$file" || echo "$limit: no \"$words\" in $file"
done)
[ -z "$missing" ] && echo "ok limits: each has a test" && exit
echo "not ok limits: each has a test"
echo "$missing" | sed 's/^/# /'
exit 1
