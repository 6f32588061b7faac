#!/bin/sh
# eval.sh PROGRAM EVAL [PRED [TOPIC]] - what `make eval` runs: PROGRAM on every set under the folder EVAL,
# its output as prediction files in PRED (build/eval), and the figures that lines.py makes of them.
#
# LINES names lines.py, the scorer; else it is EVAL/lines.py, else ../shared/eval/lines.py beside the
# project. TOPIC is one topic or several with blanks between (extraction langid dates names ner clustering
# provenance accounts). A command that fails is told on standard error, and its lines are 0.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 2

refuse() {
    echo "eval.sh: $2" >&2
    exit "$1"
}

[ $# -ge 2 ] || refuse 64 "usage: eval.sh PROGRAM EVAL [PRED [TOPIC]]"
program=$1 eval=$2 pred=${3:-} topics=${4:-} lines=${LINES:-}
[ -x "$program" ] || refuse 66 "$program: no such program; run make first"
[ -d "$eval" ] || refuse 66 "$eval: no such folder"
command -v python3 >/dev/null 2>&1 || refuse 69 "python3 is missing; tools/install-packages.sh eval"
[ -n "$pred" ] || pred=$here/../build/eval
if [ -z "$lines" ]; then
    lines=$eval/lines.py
    [ -f "$lines" ] || lines=$here/../../shared/eval/lines.py
fi
[ -f "$lines" ] || refuse 66 "$lines: no such file; name the scorer with LINES=lines.py"
mkdir -p "$pred" || exit 73

chosen=
for topic in $topics; do
    chosen="$chosen --topic $topic"
done
# shellcheck disable=SC2086 # the options are words on purpose
python3 "$here/eval.py" --program "$program" --eval "$eval" --pred "$pred" --lines "$lines" $chosen || exit
# shellcheck disable=SC2086
exec python3 "$lines" --eval "$eval" --pred "$pred" $chosen
