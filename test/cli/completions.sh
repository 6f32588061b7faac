#!/bin/sh
# completions.sh - the shells complete just the commands that `khabar help` lists.
. "$KHABAR_SOURCE/test/ok.inc"

words_of_help() {
    "$khabar" help | sed -n 's/^  *khabar \([a-z][a-z]*\).*/\1/p;s/^  \([a-z][a-z]*\)  .*/\1/p' | sort -u
}
of_bash=$(sed -n 's/.*commands="\(.*\)"/\1/p' "$KHABAR_SOURCE/completions/khabar.bash" | tr ' ' '\n' | sort)
of_fish=$(sed -n 's/^set -l commands //p' "$KHABAR_SOURCE/completions/khabar.fish" | tr ' ' '\n' | sort)
of_zsh=$(sed -n "s/^        '\([a-z]*\):.*/\1/p" "$KHABAR_SOURCE/completions/khabar.zsh" | sort)

check "bash and fish complete the same commands" same "$of_fish" "$of_bash"
check "zsh and bash complete the same commands" same "$of_zsh" "$of_bash"
check "the completions are the commands of khabar help" same "$of_bash" "$(words_of_help)"
options_of() { # what khabar help, bash and zsh know of COMMAND, one name a line
    case $1 in
    help) "$khabar" help "$2" | sed -n 's/^ *\(--[a-z-]*\).*/\1/p' ;;
    bash) sed -n "s/^        $2) options+=\"\(.*\)\" ;;/\1/p" "$KHABAR_SOURCE/completions/khabar.bash" | tr ' ' '\n' | sed -n 's/^\(--[a-z-]*\).*/\1/p' ;;
    zsh)
        for letter in $(sed -n "s/^    takes=(\(.* \)*$2 \([A-Za-z0-9]*\)[ )].*/\2/p" "$KHABAR_SOURCE/completions/khabar.zsh" | sed 's/./& /g'); do
            sed -n "s/^        $letter '[*]*\(--[a-z-]*\).*/\1/p" "$KHABAR_SOURCE/completions/khabar.zsh"
        done ;;
    esac | grep -v -e '^--help$' | sort -u | tr '\n' ' '
}
for command in $of_bash; do
    check "khabar help $command" "$khabar" help "$command"
    check "bash and zsh complete the options of $command" same "$(options_of bash "$command")|$(options_of zsh "$command")" \
        "$(options_of help "$command")|$(options_of help "$command")"
done
if command -v bash >/dev/null; then
    completed() {
        bash -c '. "$1"; COMP_WORDS=(khabar st); COMP_CWORD=1; _khabar; echo "${COMPREPLY[@]}"' \
            bash "$KHABAR_SOURCE/completions/khabar.bash"
    }
    check "bash completes st" same "$(completed)" "stories story"
fi
finish
