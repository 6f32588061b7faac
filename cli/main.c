/* main.c - khabar: the table of commands, help, dispatch. */
#include "cli/cli.h"
#include "store/store.h"

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

const kh_command kh_commands[] = {
    {"read", "[PATH...|-]", "pages in, one JSON object per article out", "DnjHAsZlT",
     "Reads HTML pages, scraped pages as text, JSON Lines, WARC archives, feeds, and gzip or zstd of these, from\n"
     "files, folders or standard input, told apart by content, and writes what it read as JSON Lines, in input\n"
     "order. It has no store and no clock: the same bytes give the same output.\n\n"
     "  khabar read page.html | jq .title.text\n"
     "  khabar read pages/ > articles.jsonl\n"
     "  khabar read --host akhbar.example --lang ar --report skipped.jsonl CC-NEWS-*.warc.gz > articles.jsonl\n"
     "  khabar read --now 2022-01-11 scraped.txt | jq -c '.figures[] | [.text, .what, .scope]'\n",
     kh_run_read},
    {"add", "[PATH...|-]", "the same pages into the store", "dDnuopRjHAsZlT",
     "Adds pages to the store and puts each into its story. A page that is there already is passed over; other\n"
     "bytes at the same address become its new revision. Ctrl-C loses nothing: run the command again to go on.\n\n"
     "  khabar add pages/\n"
     "  khabar add --db kazakhstan.db *.html\n"
     "  khabar add --since 2022-01-05 --until 2022-01-11 archive.warc.gz\n"
     "  khabar add --url https://example.org/a1 --published 2022-01-08 --outlet ISNA pasted.txt\n",
     kh_run_add},
    {"stories", "", "list the stories of the store", "dDfslmic",
     "Newest first, single pages too; with --order importance those with many sources, many languages and growth. As tsv: one line per article, its label and its story.\n\n"
     "  khabar stories --since 2022-01-06 --lang fa\n"
     "  khabar stories --since 2022-01-06 --order importance --limit 20\n"
     "  khabar stories --format csv > stories.csv\n"
     "  khabar stories --format tsv | cut -f 2 | sort | uniq -c\n",
     kh_run_stories},
    {"story", "ID", "one story: origins, who said what, figures, timeline, pages, related stories", "dDfc",
     "ID is a story's name or the beginning of it, or an article of it. As jsonl: everything with its spans.\n\n"
     "  khabar story s1f00ba4c2d\n"
     "  khabar story page.html\n"
     "  khabar story s1f0 --format jsonl | jq '.verdicts[] | select(.verdict == \"conflict\")'\n",
     kh_run_story},
    {"compare", "A B", "two articles or files: copy, same wire, same speaker, one story, or unrelated", "dDfnPcNXl",
     "Answers why two articles are, or are not, joined. A and B are files or articles of the store.\n\n"
     "  khabar compare one.html two.html\n"
     "  khabar compare --pairs pairs.tsv --format tsv      labels of the store, one pair a line\n"
     "  khabar compare --near 10 --lang fa --format tsv    for each article the ten most alike ones in Persian\n"
     "  khabar compare --copies --format tsv               every copy in the store\n",
     kh_run_compare},
    {"trace", "ARTICLE|FILE", "is it a copy, of whom; its chains, with the evidence", "dDfnc",
     "Looks for the original of a page in the store, and shows the credits and chains of the page itself.\n\n"
     "  khabar trace pasted.txt\n"
     "  khabar trace 001_7ad39c3f2477b50f\n",
     kh_run_trace},
    {"search", "QUERY", "full text in any spelling; names in any script", "dDfmc",
     "All words must occur; \"...\" keeps words together. Short queries are also taken as names.\n\n"
     "  khabar search ablyazov\n"
     "  khabar search '\"حظر تجوال\"'\n",
     kh_run_search},
    {"names", "NAME...", "which names are this name, in any script", "dDfaqc",
     "Among the names of the store, or the lines of a file with --among. As tsv: the query and its best ten.\n\n"
     "  khabar names Ablyazov\n"
     "  khabar names --among names.txt --queries queries.txt --format tsv\n",
     kh_run_names},
    {"article", "ARTICLE|FILE", "one article with its evidence", "dDfnrvc",
     "What was read from a page, and from which words. --raw writes the bytes as they arrived, --revisions what was\n"
     "changed in it since.\n\n"
     "  khabar article 003_9dbf2f159540ddd0 --revisions\n"
     "  khabar article 003_9dbf2f159540ddd0\n"
     "  khabar article page.html --format jsonl | jq .credits\n",
     kh_run_article},
    {"correct", "KIND ARGS... | --list | --undo ID", "a person's word against the program's: speaker, date, story, name, copy", "dDfbwnLUc",
     "Kept with who, when and why, shown as a correction, and held through new revisions and readings of a page.\n\n"
     "  speaker ARTICLE WORDS SPEAKER   the quotation with these WORDS is by SPEAKER, or by \"unknown\"\n"
     "  date ARTICLE TIME               it was published then\n"
     "  join ARTICLE ARTICLE            these are one story\n"
     "  split ARTICLE ARTICLE           these are not; the second one leaves, with what is liker to it\n"
     "  same_name NAME NAME             these spellings are one\n"
     "  other_name NAME NAME            these are two\n"
     "  no_copy ARTICLE ARTICLE         neither is a copy of the other\n\n"
     "  khabar correct speaker en01 'nobody answered' 'Yaqub Sermet' --why 'heard the tape'\n"
     "  khabar correct split en01-halyard en08-harbour-ledger --by nadia\n"
     "  khabar correct --list --format csv\n"
     "  khabar correct --undo 3\n",
     kh_run_correct},
    {"quotation", "STORY [N]", "the passport of a quotation: every rendering of it, in order, with what was changed", "dDfc",
     "Without N: the quotations of the story that have more than one rendering, numbered.\n\n"
     "  khabar quotation s8d9\n"
     "  khabar quotation s8d9 3\n"
     "  khabar quotation s8d9 --format jsonl | jq '.renderings[] | [.published, .language, .text]'\n",
     kh_run_quotation},
    {"export", "STORY", "a story for other programs: CSV of figures or quotations, W3C PROV, schema.org", "dDE",
     "csv-figures and csv-quotations: one row each, with sentence, article, outlet, date, claimer, hedge, verdict.\n"
     "prov: W3C PROV-JSON of copies, chains and quotations. jsonld: schema.org NewsArticle, Quotation, Claim.\n\n"
     "  khabar export s8d9 --format csv-figures > figures.csv\n"
     "  khabar export s8d9 --format prov | jq '.wasDerivedFrom'\n"
     "  khabar export en01-halyard --format jsonld > story.jsonld\n",
     kh_run_export},
    {"watch", "[FEED...|OPML...]", "polls feeds, fetches what they name, keeps what changes", "dDfyet1mRCxWLOgc",
     "FEED is the address of an RSS, Atom or JSON feed or of a sitemap; OPML a file with many. They are kept in the\n"
     "store: without arguments all of its feeds are watched. Runs until Ctrl-C, which loses nothing. Polite: asks only\n"
     "for what changed, heeds robots.txt, Retry-After and max-age, one request at a time to a site, looks at a page\n"
     "again after 1, 3, 9, 27 and 81 hours. The only command that uses the network.\n\n"
     "  khabar watch --contact https://me.example/about https://akhbar.example/rss.xml feeds.opml\n"
     "  khabar watch --once                    one round over what is due; for cron\n"
     "  khabar watch --list                    the feeds, when they were asked, and what went wrong\n"
     "  khabar watch --opml > feeds.opml\n"
     "  khabar watch --forget https://akhbar.example/rss.xml\n",
     kh_run_watch},
    {"delete", "ARTICLE...", "articles out of the store, with all their traces", "d",
     "Takes out the articles with their revisions, words and counts, their keys in logs, and corrections about them. All that\n"
     "are named, or none. The file is then written anew, so that no byte of them stays in it.\n\n"
     "  khabar delete https://example.org/a1\n"
     "  khabar stories --lang ps --format tsv | cut -f 1 | xargs khabar delete\n",
     kh_run_delete},
    {"refresh", "", "read the pages of the store anew with the knowledge of today", "dDnj",
     "Reads again what older knowledge read: after an update, or when your own tables have grown. Stories, corrections,\n"
     "the time of adding and revisions stay. Pages added with --no-raw stay as they are, unless they came as text.\n"
     "Ctrl-C loses nothing: run the command again to go on.\n\n"
     "  khabar refresh\n"
     "  khabar refresh --db dam.db --data my-tables/\n",
     kh_run_refresh},
    {"archive", "[FILE]", "moves stories that have ended into a sealed file, which is searched together with the store", "dfnL2345gc",
     "Moves every story whose last report is older than a day, whole, into a new file that nobody changes again. Stories, search,\n"
     "names, traces and articles are answered from both. A file that is not there is told, the rest is answered. Killed at any moment,\n"
     "no article is lost: run the same command again.\n\n"
     "  khabar archive --before 2026-02-01 --to 2026-01.db\n"
     "  khabar archive --older-than 180d --to old.db --dry-run     how much that would be\n"
     "  khabar archive --list\n"
     "  khabar archive --forget 2026-01.db                         it is no longer searched; the file stays\n",
     kh_run_archive},
    {"prune", "", "lets the pages of old stories go and keeps a summary of each", "dDn2356",
     "Of a story whose last report is older than a day its name, title, days, languages, outlets and origins stay, and are listed by\n"
     "khabar stories; its pages go. Without --yes it only says how many that would be. There is no way back but a backup.\n\n"
     "  khabar prune --older-than 2y\n"
     "  khabar backup before.db && khabar prune --older-than 2y --yes\n",
     kh_run_prune},
    {"backup", "FILE", "a copy of the store as it is now, while others write to it", "d",
     "The copy is whole and on the disk when the command ends, and takes the place of an older backup only then.\n\n"
     "  khabar backup /mnt/usb/khabar.db\n",
     kh_run_backup},
    {"check", "", "is the store whole", "d",
     "Checks the file, that its rows belong together, that all findings point into their texts, its counts, the search\n"
     "index, and the bytes of each page against their sum. Each problem is told with what to do; statements in capitals\n"
     "are for sqlite3 FILE. Where parts of the file cannot be read and there is no copy, what can be read is saved so:\n\n"
     "  for id in $(sqlite3 old.db 'SELECT id FROM article'); do khabar article --db old.db --raw $id > saved/$id; done\n"
     "  khabar add --db new.db saved\n"
     "  khabar check --db new.db\n",
     kh_run_check},
    {"serve", "", "the store in a browser, and for programs", "dDBKYtGI",
     "Shows the stories of the store as pages, as JSON at the same addresses, and as feeds; GET /api/openapi.json tells what\n"
     "there is. It reads while khabar add writes. Only this machine can reach it unless --listen says otherwise.\n\n"
     "  khabar serve\n"
     "  khabar serve --db kazakhstan.db --listen 127.0.0.1:8090 --allow-edit\n"
     "  khabar serve --listen 192.0.2.7:8080 --token-file ~/.khabar-token --allow-host khabar.example.org\n"
     "  curl -s http://127.0.0.1:8080/stories.json | jq -r '.stories[] | [.id, .reports, .title] | @tsv'\n",
     kh_run_serve},
    {"languages", "DIR", "the files of a folder by language, as the Telegram clustering contest asks", "Dj",
     "Prints a JSON array of languages, each with the names of its files. Keeps nothing.\n\n"
     "  khabar languages pages/\n"
     "  khabar languages pages/ | jq -r '.[] | [.lang_code, (.articles | length)] | @tsv'\n",
     kh_run_languages},
    {"threads", "DIR", "the files of a folder by event, as the Telegram clustering contest asks", "Dnj",
     "Prints a JSON array of threads, the largest first, each with a title and the names of its files. Keeps\n"
     "nothing: the store is in memory.\n\n"
     "  khabar threads pages/\n"
     "  khabar threads pages/ | jq -r '.[] | select(.articles | length > 1) | .title'\n",
     kh_run_threads},
};
const size_t kh_command_count = sizeof kh_commands / sizeof *kh_commands;

static const struct {
    char letter;
    const char *text;
} option_help[] = {
    {'d', "--db FILE        the store; default $XDG_DATA_HOME/khabar/khabar.db"},
    {'D', "--data DIR       own language files, laid over the built-in ones; default $XDG_CONFIG_HOME/khabar"},
    {'f', "--format FORM    table, jsonl, tsv or csv"},
    {'n', "--now TIME       the time of capture; later dates of a page are refused"},
    {'u', "--url URL        address of the single page given"},
    {'p', "--published TIME its date"},
    {'o', "--outlet NAME    who published it"},
    {'R', "--no-raw         do not keep the bytes as they arrived"},
    {'H', "--host NAME      only pages of this host and of those below it; several with commas"},
    {'A', "--path PATTERN   only pages with such a path in their address; * is anything, ? one character"},
    {'s', "--since DAY      only what is of this day or later: stories, captures"},
    {'Z', "--until DAY      only captures of this day or earlier"},
    {'l', "--lang TAG       only this language"},
    {'T', "--report FILE    write what was skipped, and why, as JSON Lines"},
    {'i', "--order WORD     newest or importance"},
    {'m', "--limit N        at most N rows"},
    {'a', "--among FILE     candidates, one a line"},
    {'q', "--queries FILE   queries, one a line"},
    {'P', "--pairs FILE     pairs of labels, TAB between, one a line"},
    {'N', "--near N         for each article the N most alike ones"},
    {'X', "--copies         every copy among the articles of the store"},
    {'E', "--format FORM    csv-figures, csv-quotations, prov or jsonld"},
    {'b', "--by NAME        who says so; default: the name of the user"},
    {'w', "--why TEXT       on what ground"},
    {'y', "--every TIME     between two polls of a feed, at least; default 30m"},
    {'e', "--delay TIME     between two requests to a site, at least; default 2s"},
    {'t', "--timeout TIME   for one request; default 60s; of serve: until it has arrived, default 20s"},
    {'1', "--once           ends when nothing more is due"},
    {'C', "--contact WORDS  how to reach you: a part of the User-Agent"},
    {'x', "--allow-private[=HOST,...]  private addresses too, of these hosts or of all"},
    {'W', "--warc FILE      adds each page, as it came, to a WARC archive"},
    {'L', "--list           all that there are: corrections, those taken back too; feeds"},
    {'O', "--opml           the feeds as OPML"},
    {'g', "--forget         the feeds named are watched no more, the sealed files named no longer searched; what they brought stays"},
    {'U', "--undo ID        takes a correction back"},
    {'r', "--raw            the bytes as they arrived"},
    {'v', "--revisions      what was changed since it was first read"},
    {'B', "--listen ADDRESS where to answer; default 127.0.0.1:8080"},
    {'K', "--token-file FILE a secret that every request must give; needed for addresses that are not loopback"},
    {'Y', "--allow-host NAME a name that requests may be for, beside the address itself; again for more"},
    {'G', "--allow-add      pages may be posted to /api/articles"},
    {'I', "--allow-edit     corrections and watch lists may be posted"},
    {'2', "--before DAY     what ended before this day"},
    {'3', "--older-than AGE what ended so long ago: 180d, 26w, 2y"},
    {'4', "--to FILE        the sealed file that is made"},
    {'5', "--dry-run        only says what would be done"},
    {'6', "--yes            does it"},
    {'j', "--jobs N         threads that read; default one per core. The output is the same"},
    {'c', "--color[=WHEN]   auto, always or never; NO_COLOR is heeded"},
};

static const kh_command *command_named(const char *name)
{
    for (size_t i = 0; i < kh_command_count; i++) {
        if (strcmp(kh_commands[i].name, name) == 0) {
            return &kh_commands[i];
        }
    }
    return NULL;
}

/* What printf wrote is where it should be. */
static int printed(void)
{
    kh_buf nothing = {0};
    return kh_flush(&nothing) ? EX_OK : EX_IOERR;
}

static int help_all(void)
{
    printf("khabar reads news pages in many languages and compares the accounts of one event.\n\n");
    for (size_t i = 0; i < kh_command_count; i++) {
        printf("  %-10s %s\n", kh_commands[i].name, kh_commands[i].brief);
    }
    printf("  %-10s %s\n", "help", "this text; khabar help COMMAND tells more");
    printf("\nTo begin: khabar add PAGES, then khabar stories, then khabar story ID.\n");
    return printed();
}

static int help_one(const kh_command *c)
{
    printf("khabar %s %s\n%s\n\n%s\nOptions:\n", c->name, c->usage, c->brief, c->help);
    for (size_t i = 0; i < sizeof option_help / sizeof *option_help; i++) {
        if (strchr(c->options, option_help[i].letter)) {
            printf("  %s\n", option_help[i].text);
        }
    }
    return printed();
}

static int help(int argc, char **argv)
{
    const kh_command *c = argc > 2 ? command_named(argv[2]) : NULL;
    if (argc > 2 && !c && strcmp(argv[2], "help") != 0) {
        fprintf(stderr, "khabar: there is no command %s; see khabar help\n", argv[2]);
        return EX_USAGE;
    }
    return c ? help_one(c) : help_all();
}

static bool asks_help(int argc, char **argv)
{
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

/* What no command can take: an argument where there is none to give, and an empty one. */
static int check_arguments(const kh_command *c, const kh_options *o)
{
    for (size_t i = 0; i < o->arg_count; i++) {
        if (c->usage[0] == 0) {
            return kh_tell_usage(c->name, "it takes no argument: %s", o->args[i]);
        }
        if (o->args[i][0] == 0) {
            return kh_tell_usage(c->name, "an argument is empty");
        }
    }
    return 0;
}

/* Standard files that were closed by who started us are opened the wrong way round, so that using them fails: else the next file
 * that is opened would take their place, and what is printed would go there (gnulib's stdopen). Where files have a limit of size
 * it is told as a full disk is, and does not kill. */
static void keep_standard_files(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd) {
            _exit(EX_OSERR);
        }
    }
    signal(SIGXFSZ, SIG_IGN);
}

int main(int argc, char **argv)
{
    setlocale(LC_ALL, "C");
    keep_standard_files();
    kh_store_alone();
    if (argc < 2) {
        help_all();
        return EX_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        return help(argc, argv);
    }
    if (strcmp(name, "--version") == 0) {
        printf("khabar %s\n", KH_VERSION);
        return printed();
    }
    const kh_command *command = command_named(name);
    if (!command) {
        fprintf(stderr,
                name[0] == '-' ? "khabar: %s: the command comes first, then its options; see khabar help\n"
                               : "khabar: there is no command %s; see khabar help\n",
                name);
        return EX_USAGE;
    }
    if (asks_help(argc, argv)) {
        return help_one(command);
    }
    kh_options options;
    int code = kh_options_read(command, argc - 1, argv + 1, &options);
    code = code ? code : check_arguments(command, &options);
    return code ? code : command->run(&options);
}
