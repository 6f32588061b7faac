/* watch.h - inside khabar watch: what its files share. */
#ifndef KHABAR_CLI_WATCH_H
#define KHABAR_CLI_WATCH_H

#include "cli/cli.h"
#include "fetch/fetch.h"
#include "input/feed.h"
#include "store/watch.h"
#include "watch/watch.h"

typedef enum kh_task_kind { KH_TASK_NONE, KH_TASK_FEED, KH_TASK_PAGE } kh_task_kind;
typedef enum kh_task_phase { KH_TASK_WAITS, KH_TASK_ASKS_ROBOTS, KH_TASK_ASKS } kh_task_phase;

/* A feed or a page on its way: maybe over redirects, at each site behind its robots.txt. */
typedef struct kh_task {
    kh_task_kind kind;
    kh_task_phase phase;
    kh_arena arena;     /* of its strings */
    kh_feed_row feed;   /* KH_TASK_FEED */
    kh_visit_row visit; /* KH_TASK_PAGE */
    kh_watched *at;     /* of the one or the other */
    kh_str url, site;   /* what is asked for now: redirects change it */
    kh_str robots_url;
    bool robots_moved; /* redirected, not asked for there yet */
    bool for_good;     /* every redirect so far said that the address has changed for good (301, 308) */
    unsigned hops, robots_hops;
} kh_task;

/* What a site is spared: two requests at once, or one too soon after the other. */
typedef struct kh_pace {
    int64_t ready_ms; /* of kh_milliseconds */
    int64_t delay_ms; /* from one answer to the next request */
    bool busy;
} kh_pace;

typedef struct kh_watch_counts {
    uint64_t polls, failed_polls, added, revised, unchanged, failed;
} kh_watch_counts;

typedef struct kh_watcher {
    const kh_options *options;
    kh_session session;
    kh_fetcher *fetcher;
    kh_warc_file *warc; /* --warc, else NULL */
    kh_task tasks[KH_FETCH_AT_ONCE];
    kh_arena memory; /* for the whole run: sites */
    kh_map pace_of;  /* hash of a site: index in paces, plus 1 */
    KH_LIST(kh_pace) paces;
    kh_arena feed_memory; /* of one feed */
    jmp_buf feed_full;
    kh_watch_counts counts;
    int64_t began;   /* with --once feeds that become due later are left */
    uint64_t chance; /* another for each wait */
    bool headed;     /* the head of the table was printed */
    bool untold;     /* standard output could not be written: pages are stored all the same */
    kh_error err;
} kh_watcher;

/* ---- watch_tasks.c: one request after the other ---- */

bool kh_watch_site_free(kh_watcher *w, kh_str site); /* may be asked now, and no task is on its way there */

int kh_watch_patience(const kh_watcher *w, int most_ms); /* how long until the next site may be asked again */

bool kh_watch_task_open(kh_task *task); /* its memory, once; false: there is none */

/* Begin what DUE says in a free task; its strings are copied. */
void kh_watch_feed(kh_task *task, const kh_feed_row *due);
void kh_watch_page(kh_task *task, const kh_visit_row *due);

kh_status kh_watch_step(kh_watcher *w, kh_task *task); /* for one that waits: asks as soon as it may */
kh_status kh_watch_answer(kh_watcher *w, const kh_response *r);

/* ---- watch_answers.c: what an answer brings ---- */

/* A feed or page that was answered, or that failed for REASON; ends the task. RETRY: seconds that the server asks for. */
kh_status kh_watch_feed_came(kh_watcher *w, kh_task *task, const kh_response *r);
kh_status kh_watch_page_came(kh_watcher *w, kh_task *task, const kh_response *r);
kh_status kh_watch_failed(kh_watcher *w, kh_task *task, unsigned status, const char *reason, kh_str words, int64_t retry);

int64_t kh_watch_now(void); /* seconds since 1970 */

/* One line of the output. */
void kh_watch_tell(kh_watcher *w, const char *event, unsigned status, const char *reason, kh_str url, kh_str words);

#endif
