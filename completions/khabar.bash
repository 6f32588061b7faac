# bash completion for khabar
_khabar() {
    local cur prev command word
    local commands="read add stories story compare trace search names article correct quotation export watch delete refresh archive prune backup check serve languages threads help"
    COMPREPLY=()
    cur=${COMP_WORDS[COMP_CWORD]}
    prev=${COMP_WORDS[COMP_CWORD - 1]}

    case $prev in
    --format)
        word="table jsonl tsv csv"
        [[ ${COMP_WORDS[1]} == export ]] && word="csv-figures csv-quotations prov jsonld"
        mapfile -t COMPREPLY < <(compgen -W "$word" -- "$cur")
        return
        ;;
    --db | --among | --queries | --pairs | --report | --warc | --token-file | --to)
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        compopt -o filenames
        return
        ;;
    --data)
        mapfile -t COMPREPLY < <(compgen -d -- "$cur")
        compopt -o filenames
        return
        ;;
    --order)
        mapfile -t COMPREPLY < <(compgen -W "newest importance" -- "$cur")
        return
        ;;
    --now | --since | --published | --url | --outlet | --limit | --lang | --jobs | --near | --by | --why | --undo | --host | --path | --until | --every | --delay | --timeout | --contact | --listen | --allow-host | --before | --older-than)
        return
        ;;
    esac

    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case " $commands " in
        *" $word "*)
            command=$word
            break
            ;;
        esac
    done
    if [[ -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands --help --version" -- "$cur")
        return
    fi
    if [[ $cur == -* ]]; then
        local options=--help
        case $command in
        read) options+=" --data --now --jobs --host --path --since --until --lang --report" ;;
        add) options+=" --db --data --now --url --outlet --published --no-raw --jobs --host --path --since --until --lang --report" ;;
        stories) options+=" --db --data --format --since --lang --limit --order --color=auto --color=always --color=never" ;;
        story) options+=" --db --data --format --color=auto --color=always --color=never" ;;
        compare) options+=" --db --data --format --now --pairs --color=auto --color=always --color=never --near --copies --lang" ;;
        trace) options+=" --db --data --format --now --color=auto --color=always --color=never" ;;
        search) options+=" --db --data --format --limit --color=auto --color=always --color=never" ;;
        names) options+=" --db --data --format --among --queries --color=auto --color=always --color=never" ;;
        article) options+=" --db --data --format --now --raw --revisions --color=auto --color=always --color=never" ;;
        correct) options+=" --db --data --format --by --why --now --list --undo --color=auto --color=always --color=never" ;;
        quotation) options+=" --db --data --format --color=auto --color=always --color=never" ;;
        export) options+=" --db --data --format" ;;
        watch) options+=" --db --data --format --every --delay --timeout --once --limit --no-raw --contact --allow-private --warc --list --opml --forget --color=auto --color=always --color=never" ;;
        delete) options+=" --db" ;;
        refresh) options+=" --db --data --now --jobs" ;;
        archive) options+=" --db --before --older-than --to --dry-run --list --forget --now --format --color=auto --color=always --color=never" ;;
        prune) options+=" --db --data --before --older-than --yes --dry-run --now" ;;
        backup) options+=" --db" ;;
        check) options+=" --db" ;;
        serve) options+=" --db --data --listen --token-file --allow-host --timeout --allow-add --allow-edit" ;;
        languages) options+=" --data --jobs" ;;
        threads) options+=" --data --now --jobs" ;;
        esac
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
        return
    fi
    case $command in
    help)
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur")
        ;;
    read | add | compare | trace | article | watch | backup)
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        compopt -o filenames
        ;;
    correct)
        mapfile -t COMPREPLY < <(compgen -W "speaker date join split same_name other_name no_copy" -- "$cur")
        ;;
    languages | threads)
        mapfile -t COMPREPLY < <(compgen -d -- "$cur")
        compopt -o filenames
        ;;
    esac
}
complete -F _khabar khabar
