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
for command in $of_bash; do
    check "khabar help $command" "$khabar" help "$command"
done
if command -v bash >/dev/null; then
    completed() {
        bash -c '. "$1"; COMP_WORDS=(khabar st); COMP_CWORD=1; _khabar; echo "${COMPREPLY[@]}"' \
            bash "$KHABAR_SOURCE/completions/khabar.bash"
    }
    check "bash completes st" same "$(completed)" "stories story"
fi
finish
