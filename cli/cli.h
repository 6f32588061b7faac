/* cli.h - what the commands share: options, failures, output. The rim of the program: only here and in the
 * store, input and server does anything touch the world. */
#ifndef KHABAR_CLI_CLI_H
#define KHABAR_CLI_CLI_H

#include "engine/ingest.h"
#include "engine/pipeline.h"

typedef enum kh_format { KH_FORMAT_TABLE, KH_FORMAT_JSONL, KH_FORMAT_TSV, KH_FORMAT_CSV } kh_format;

enum { KH_HOSTS_MAX = 16 };

typedef struct kh_options {
    const char *db;      /* --db, else $XDG_DATA_HOME/khabar/khabar.db */
    const char *data;    /* --data, else $XDG_CONFIG_HOME/khabar when it is there, else NULL */
    const char *among;   /* names --among FILE */
    const char *queries; /* names --queries FILE */
    const char *pairs;   /* compare --pairs FILE */
    kh_format format;
    bool format_given;
    kh_time now; /* --now; unknown for read, the clock for add */
    kh_str url, published, outlet, since, lang;
    kh_str by, why;        /* correct */
    const char *export_as; /* export --format */
    uint32_t undo;         /* correct --undo ID, 0: not given */
    kh_str host, path;     /* read, add: of the pages wanted */
    kh_time until;
    const char *report;           /* read, add --report FILE */
    int64_t every;                /* watch --every, seconds */
    int64_t delay_ms, timeout_ms; /* watch --delay, --timeout; the latter of serve too; 0: its default */
    const char *contact, *warc;   /* watch --contact, --warc */
    kh_str private_hosts;         /* watch --allow-private=HOST,... */
    bool allow_private, once, opml;
    bool revisions;     /* article --revisions */
    bool by_importance; /* stories --order importance */
    uint32_t limit;     /* --limit, 0: the command's own */
    uint32_t near;      /* compare --near N */
    unsigned jobs;
    bool no_raw, color, raw, copies, list;
    const char *listen, *token_file; /* serve */
    const char *hosts[KH_HOSTS_MAX]; /* serve --allow-host, each */
    size_t host_count;
    bool allow_add, allow_edit; /* serve */
    const char *to;             /* archive */
    kh_str before;              /* archive, prune: a day */
    int64_t older_than;         /* archive, prune: days; 0: not given */
    bool dry_run, yes;          /* archive; prune */
    bool forget;                /* watch, archive */
    const char *const *args;    /* what is no option */
    size_t arg_count;
    char db_room[KH_PATH_BYTES_MAX], data_room[KH_PATH_BYTES_MAX];
} kh_options;

typedef struct kh_command {
    const char *name;
    const char *usage;   /* arguments, for the first line of help */
    const char *brief;   /* one line */
    const char *options; /* letters of the options it takes, see options.c */
    const char *help;    /* the rest: what it does, examples */
    int (*run)(const kh_options *options);
} kh_command;

extern const kh_command kh_commands[];
extern const size_t kh_command_count;

int kh_run_read(const kh_options *o);
int kh_run_add(const kh_options *o);
int kh_run_stories(const kh_options *o);
int kh_run_story(const kh_options *o);
int kh_run_compare(const kh_options *o);
int kh_run_trace(const kh_options *o);
int kh_run_search(const kh_options *o);
int kh_run_names(const kh_options *o);
int kh_run_article(const kh_options *o);
int kh_run_correct(const kh_options *o);
int kh_run_quotation(const kh_options *o);
int kh_run_export(const kh_options *o);
int kh_run_check(const kh_options *o);
int kh_run_serve(const kh_options *o);
int kh_run_delete(const kh_options *o);
int kh_run_refresh(const kh_options *o);
int kh_run_archive(const kh_options *o);
int kh_run_prune(const kh_options *o);
int kh_run_backup(const kh_options *o);
int kh_run_languages(const kh_options *o);
int kh_run_threads(const kh_options *o);
int kh_run_watch(const kh_options *o);

/* ---- options.c ---- */

/* Fills *o from ARGV behind the command's name. 0, or the exit code of a usage error that was told. */
int kh_options_read(const kh_command *command, int argc, char **argv, kh_options *o);

/* ---- told.c: failures, progress, interruption ---- */

int kh_exit_code(kh_status status);           /* sysexits */
int kh_tell(const kh_error *err);             /* "khabar: message" on standard error; gives the exit code */
kh_status kh_no_address_space(kh_error *err); /* KH_ERR_MEMORY, where kh_arena_reserve gave nothing */
int kh_tell_usage(const char *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

extern atomic_int kh_interrupted; /* set by SIGINT and SIGTERM after kh_catch_signals */
void kh_catch_signals(void);

kh_time kh_clock(void);        /* now, UTC, to the second */
int64_t kh_milliseconds(void); /* of a clock that only goes forward */

/* A line on standard error that is written over, when that is a terminal and over two seconds have gone. */
typedef struct kh_progress {
    int64_t began, last;
    uint64_t done, failed;
    uint64_t bytes_done, bytes_all; /* of the input; all is 0 where it is not known */
    bool shown, terminal;
} kh_progress;

void kh_progress_begin(kh_progress *p);
void kh_progress_step(kh_progress *p);
void kh_progress_end(kh_progress *p);
bool kh_prints_to_terminal(void); /* standard output is one: no progress among results */

/* ---- report.c: what was read, what was skipped and why ---- */

typedef struct kh_report kh_report;

/* Writes to o->report, if that is set; NULL, told, where it cannot be written or there is no memory. */
kh_report *kh_report_open(const kh_options *o, int *code);

/* The pages that the arguments name, those of standard input where there is none, through the filter of O. What is no page is counted in R.
 * NULL as kh_input_open. */
kh_input *kh_report_input(kh_report *r, const kh_options *o, kh_error *err);

void kh_report_failure(kh_report *r, const kh_page *page, const kh_error *err); /* one more that was skipped */
void kh_report_read(kh_report *r);                                              /* one more that was read */

/* --lang: whether the article is wanted, counted where it is not. */
bool kh_report_wants(kh_report *r, const kh_options *o, const kh_article *a);

/* Says on standard error how many records were passed over, and why, where there were any. */
void kh_report_say(const kh_report *r);

/* Writes the last line; 0, or the exit code (told) where the report could not be written. Accepts NULL. */
int kh_report_close(kh_report *r);

/* ---- session.c: an engine, a store, memory ---- */

typedef struct kh_session {
    kh_engine *engine;
    kh_store *store; /* the live one; after kh_session_article, _story and _find the one in which that stands */
    kh_worker worker;
    kh_store *live;
    kh_store *sealed[KH_ARCHIVES_MAX];   /* opened by the first question that goes beyond the live store */
    int64_t sealed_ids[KH_ARCHIVES_MAX]; /* kh_archive.id of each */
    size_t sealed_count;
    bool looked;
} kh_session;

/* Opens what is asked for; 0 or an exit code, told. */
int kh_session_open(kh_session *s, const kh_options *o, bool engine, bool store, kh_store_mode mode);
void kh_session_close(kh_session *s);

/* The live store, then its sealed files, each by INDEX from 0; NULL behind the last. A file that is not there is told once. */
kh_store *kh_session_store(kh_session *s, size_t index);

/* Row ARTICLE of the store INDEX is the last that is known of its address: one that came again, changed, after its story was sealed stands
 * in several of these stores, and answers come from the last. */
bool kh_session_is_last(kh_session *s, size_t index, int64_t article);

/* The row of the article that REF names, the last where several have one, and s->store becomes its store; 0: none. */
int64_t kh_session_find(kh_session *s, kh_str ref);

/* The article that REF names: of the store if it holds it, else the page at that path, read. */
int kh_session_article(kh_session *s, const kh_options *o, const char *ref, kh_article **article);

/* The row of the story that REF names, likewise; 0: told. */
int64_t kh_session_find_story(kh_session *s, const kh_options *o, const char *ref);

/* The story that REF names, compared; 0 or an exit code, told. */
int kh_session_story(kh_session *s, const kh_options *o, const char *ref, kh_story *story);

/* ---- print.c: text for people ---- */

typedef struct kh_print {
    kh_buf *buf;
    bool color;   /* ANSI colours */
    bool isolate; /* FSI ... PDI around text whose direction may differ */
    int width;    /* columns of the terminal, 80 when unknown */
} kh_print;

kh_print kh_print_begin(const kh_options *o, kh_buf *buf);
size_t kh_width(kh_str s);                                              /* columns it takes */
void kh_print_style(kh_print *p, const char *style, kh_str s);          /* "bold", "dim", "red", "green", "yellow", "blue", "cyan" */
void kh_print_iso(kh_print *p, kh_str s);                               /* isolated */
void kh_print_pad(kh_print *p, kh_str s, size_t width);                 /* isolated, cut with … or filled with spaces */
void kh_print_wrap(kh_print *p, kh_str s, size_t indent, size_t width); /* white space folded, continuation lines indented */
void kh_print_heading(kh_print *p, const char *text);
void kh_print_correction(kh_print *p, const kh_correction *c); /* a line: what was corrected, by whom, when, what it was, why */

/* Writes what was gathered to standard output; false (told) when that fails. */
bool kh_flush(kh_buf *buf);

/* ---- rows.c: lists as table, tsv, csv or jsonl ---- */

typedef struct kh_column {
    const char *name;
    size_t width; /* in the table; 0: as wide as it is, at the end */
    bool number;  /* right-aligned; a JSON number */
} kh_column;

void kh_rows_head(kh_print *p, kh_format format, const kh_column *columns, size_t count);
void kh_rows_add(kh_print *p, kh_format format, const kh_column *columns, size_t count, const kh_str *cells);

#endif
