# fish completion for khabar
set -l commands read add stories story compare trace search names article check languages threads help
complete -c khabar -f
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a read -d 'Read pages, one JSON object for each article'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a add -d 'Read pages into the store'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a stories -d 'List the stories'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a story -d 'Show one story with its accounts'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a compare -d 'How two articles are related, and why'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a trace -d 'Where an article has its material from'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a search -d 'Full text and names across spellings and scripts'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a names -d 'Match names'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a article -d 'One article with its evidence'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a check -d 'Is the store sound'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a languages -d 'The files of a folder by language'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a threads -d 'The files of a folder by event'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -a help -d 'Help on a command'
complete -c khabar -n "not __fish_seen_subcommand_from $commands" -l version -d 'The version'
complete -c khabar -l help -d Help
complete -c khabar -n '__fish_seen_subcommand_from add stories story compare trace search names article check' -l db -r -F -d 'The store'
complete -c khabar -n '__fish_seen_subcommand_from read add stories story compare trace search names article languages threads' -l data -x -a '(__fish_complete_directories)' -d 'Folder of your own knowledge files'
complete -c khabar -n '__fish_seen_subcommand_from stories story compare trace search names article' -l format -x -a 'table jsonl tsv csv' -d 'Form of the output'
complete -c khabar -n '__fish_seen_subcommand_from read add compare trace article threads' -l now -x -d 'The time of capture'
complete -c khabar -n '__fish_seen_subcommand_from add' -l url -x -d 'Address of a single page'
complete -c khabar -n '__fish_seen_subcommand_from add' -l outlet -x -d 'Publisher of a single page'
complete -c khabar -n '__fish_seen_subcommand_from add' -l published -x -d 'Time of a single page'
complete -c khabar -n '__fish_seen_subcommand_from add' -l no-raw -d 'Do not keep the raw pages'
complete -c khabar -n '__fish_seen_subcommand_from stories' -l since -x -d 'Not older than'
complete -c khabar -n '__fish_seen_subcommand_from stories compare' -l lang -x -d Language
complete -c khabar -n '__fish_seen_subcommand_from stories search' -l limit -x -d 'How many'
complete -c khabar -n '__fish_seen_subcommand_from names' -l among -r -F -d 'Candidates, one a line'
complete -c khabar -n '__fish_seen_subcommand_from names' -l queries -r -F -d 'Queries, one a line'
complete -c khabar -n '__fish_seen_subcommand_from compare' -l pairs -r -F -d 'Pairs of labels, one a line'
complete -c khabar -n '__fish_seen_subcommand_from compare' -l near -x -d 'The N most alike ones of each'
complete -c khabar -n '__fish_seen_subcommand_from compare' -l copies -d 'Every copy in the store'
complete -c khabar -n '__fish_seen_subcommand_from article' -l raw -d 'The bytes as they arrived'
complete -c khabar -n '__fish_seen_subcommand_from read add languages threads' -l jobs -x -d 'Threads that read'
complete -c khabar -n '__fish_seen_subcommand_from stories story compare trace search names article' -l color -f -a 'auto always never' -d Colours
complete -c khabar -n '__fish_seen_subcommand_from read add compare trace article' -F
complete -c khabar -n '__fish_seen_subcommand_from languages threads' -x -a '(__fish_complete_directories)'
complete -c khabar -n '__fish_seen_subcommand_from help' -a "$commands"
