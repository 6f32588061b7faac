#!/bin/sh
# pure.sh - the stages do what src/LAYERS says of "pure" modules: their object files neither call
# what opens files, reads clocks, prints or allocates, nor hold variables that can be written.
# Needs a plain build (sanitizers and coverage add calls and counters of their own).
cd "${KHABAR_OBJECTS:?the folder with the object files of src/}" || exit 2
source=${KHABAR_SOURCE:-$(dirname "$0")/..}

banned='fopen|fdopen|open|openat|creat|read|write|unlink|rename|opendir'
banned="$banned|printf|puts|putchar|fprintf|vprintf|vfprintf|fputs|fputc|fwrite|perror|syslog|__printf_chk|__fprintf_chk"
banned="$banned|malloc|calloc|realloc|free|strdup|mmap|alloca"
banned="$banned|time|clock|gettimeofday|clock_gettime|localtime|localtime_r|mktime|gmtime"
banned="$banned|getenv|setlocale|rand|random|srand|system|popen|socket|exit|strtok"

failed=0
for module in $(sed -n 's/^pure://p' "$source/src/LAYERS"); do
    [ -d "$module" ] || continue
    bad=
    for object in "$module"/*.o; do
        [ -f "$source/src/${object%.o}" ] || continue # left over from a source that is gone
        calls=$(nm -u "$object" | awk '{ print $2 }' | sed 's/@.*//' | grep -xE "$banned" | tr '\n' ' ')
        [ -n "$calls" ] && bad=1 && echo "# $object calls $calls"
        variables=$(size -A "$object" | awk '($1 == ".data" || $1 == ".bss") && $2 > 0 { print $1 }')
        # shellcheck disable=SC2086 # one word per section
        [ -n "$variables" ] && bad=1 && echo "# $object has variables in" $variables
    done
    if [ -n "$bad" ]; then
        echo "not ok pure: $module"
        failed=1
    else
        echo "ok pure: $module"
    fi
done
exit $failed
