#compdef khabar
# zsh completion for khabar

_khabar() {
    local -a commands given
    commands=(
        'read:read pages, one JSON object for each article'
        'add:read pages into the store'
        'stories:list the stories'
        'story:show one story with its accounts'
        'compare:how two articles are related, and why'
        'trace:where an article has its material from'
        'search:full text and names across spellings and scripts'
        'names:match names'
        'article:one article with its evidence'
        'correct:a word against the program'
        'quotation:every rendering of a quotation'
        'export:a story for other programs'
        'watch:poll feeds and keep what they name'
        'delete:take articles out of the store'
        'refresh:read the pages of the store anew'
        'archive:move stories that ended into a sealed file'
        'prune:keep a summary of old stories'
        'backup:a copy of the store as it is now'
        'check:is the store sound'
        'serve:the store in a browser, and for programs'
        'languages:the files of a folder by language'
        'threads:the files of a folder by event'
        'help:help on a command'
    )
    local -A option
    option=(
        d '--db[the store]:file:_files'
        D '--data[folder of your own knowledge files]:folder:_files -/'
        f '--format[form of the output]:format:(table jsonl tsv csv)'
        n '--now[the time of capture]:value:'
        u '--url[address of a single page]:value:'
        o '--outlet[publisher of a single page]:value:'
        p '--published[time of a single page]:value:'
        R '--no-raw[do not keep the raw pages]'
        s '--since[not older than]:value:'
        i '--order[which come first]:order:(newest importance)'
        l '--lang[language]:value:'
        Z '--until[captures not newer than]:value:'
        H '--host[pages of this host]:value:'
        A '--path[pages with such a path]:value:'
        T '--report[what was skipped, and why]:file:_files'
        m '--limit[how many]:value:'
        a '--among[candidates, one a line]:file:_files'
        q '--queries[queries, one a line]:file:_files'
        P '--pairs[pairs of labels, one a line]:file:_files'
        N '--near[the N most alike ones of each]:value:'
        X '--copies[every copy in the store]'
        E '--format[form of the document]:format:(csv-figures csv-quotations prov jsonld)'
        b '--by[who says so]:value:'
        w '--why[on what ground]:value:'
        y '--every[between two polls of a feed]:time:(10m 30m 1h 6h)'
        e '--delay[between two requests to a site]:time:'
        t '--timeout[for one request]:time:'
        1 '--once[end when nothing more is due]'
        C '--contact[how to reach you]:value:'
        x '--allow-private=-[private addresses too]::hosts:'
        W '--warc[archive of the pages]:file:_files'
        O '--opml[the feeds as OPML]'
        g '--forget[these feeds, or sealed files, no more]'
        L '--list[all corrections, feeds, sealed files]'
        U '--undo[take a correction back]:value:'
        B '--listen[where to answer]:address:'
        K '--token-file[a secret that every request must give]:file:_files'
        Y '*--allow-host[a name that requests may be for]:name:'
        G '--allow-add[pages may be posted]'
        I '--allow-edit[corrections and watch lists may be posted]'
        r '--raw[the bytes as they arrived]'
        v '--revisions[what was changed since]'
        2 '--before[what ended before this day]:day:'
        3 '--older-than[what ended so long ago]:age:(180d 1y 2y)'
        4 '--to[the sealed file that is made]:file:_files'
        5 '--dry-run[only say what would be done]'
        6 '--yes[do it]'
        j '--jobs[threads that read]:value:'
        c '--color=-[colours]::when:(auto always never)'
    )
    local -A takes
    takes=(read DnjHAsZlT add dDnuopRjHAsZlT stories dDfslmic story dDfc compare dDfnPcNXl trace dDfnc search dDfmc names dDfaqc article dDfnrvc correct dDfbwnLUc quotation dDfc export dDE watch dDfyet1mRCxWLOgc delete d refresh dDnj archive dfnL2345gc prune dDn2356 backup d check d serve dDBKYtGI languages Dj threads Dnj)

    local context state state_descr line
    typeset -A opt_args
    _arguments -C '--help[help]' '--version[the version]' '1:command:->command' '*::argument:->argument'
    case $state in
    command)
        _describe -t commands command commands
        ;;
    argument)
        given=('--help[help]')
        local letter
        for letter in ${(s::)takes[$words[1]]}; do
            given+=("$option[$letter]")
        done
        case $words[1] in
        read | add | compare | trace | article | watch | backup | archive) _arguments $given '*:page:_files' ;;
        languages | threads) _arguments $given ':folder:_files -/' ;;
        correct) _arguments $given '1:kind:(speaker date join split same_name other_name no_copy)' '*:what:' ;;
        search | names) _arguments $given '*:query:' ;;
        help) _describe -t commands command commands ;;
        *) _arguments $given ;;
        esac
        ;;
    esac
}

_khabar "$@"
