/* add.c - khabar add: pages into the store, each into its story.
 *
 * Pages are read on all cores and written in batches: a batch is one transaction, at most BATCH pages and BATCH_MS long, or, in a large
 * store where a commit takes long, COMMITS times as long as the last one took: each page touches some hundred places of the postings, and
 * a place that two pages of a batch touch is written once. What a committed batch holds is safe. A signal ends the run after the present batch is
 * committed; running the command again goes on, because what is in the store already is passed over. While a pipe gives
 * nothing the batch is committed too.
 *
 * When all pages are in, the headlines and short texts among them are held against the stories once more (story/place.c), where
 * KH_STORY_RUN_MIN and more came: by then the rest of their stories has come, in whatever order the files lay. In a longer run those are whose turn
 * it is as soon as SETTLE_LATER articles have come behind them, so that a run of a million has no long end and forgets what it need not know.
 * What a run that is broken off, or killed, had still to settle the next one settles: the store notes how far it was.
 *
 * Gets wrong: of two runs at once that are both broken off only what the later one noted is settled.
 */
#include "cli/cli.h"

#include "engine/recent.h"
#include "engine/sha256.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

enum { SETTLE_LATER = 16384 };
enum { BATCH = 4096, BATCH_MS = 2000, BATCH_MS_MAX = 10000, COMMITS = 8 };

typedef struct adder {
    const kh_options *options;
    const kh_engine *engine;
    kh_store *store;
    kh_put_options put;
    kh_progress progress;
    kh_report *report;
    kh_input *input;
    kh_recent *recent;
    kh_worker *worker; /* for settling: not the one whose page is at hand */
    bool open;         /* a transaction is */
    int64_t batch_began;
    int64_t commit_ms; /* that the last one took */
    uint64_t batch_count;
    uint64_t added, revised, unchanged; /* committed */
    uint64_t pending[3];                /* of the open batch, by kh_put_outcome */
    kh_arena kept;
    kh_ids brief;   /* new articles of this run that are headlines or short texts, in KEPT */
    size_t settled; /* of them */
    bool took_over; /* some of them are of a run that was broken off */
    int64_t noted;  /* the first that is not settled, as the store has it */
    int worst;
    kh_error err;
} adder;

/* The first brief article that is to be settled; 0: none is. */
static int64_t unsettled(const adder *x)
{
    bool due = x->took_over || x->brief.count >= KH_STORY_RUN_MIN;
    return due && x->settled < x->brief.count ? x->brief.items[x->settled] : 0;
}

static kh_status commit(adder *x)
{
    if (!x->open) {
        return KH_OK;
    }
    int64_t began = kh_milliseconds(), left = unsettled(x);
    kh_status status = left == x->noted ? KH_OK : kh_store_set_unsettled(x->store, left, &x->err);
    status = status ? status : kh_store_commit(x->store, &x->err);
    x->commit_ms = kh_milliseconds() - began;
    x->open = false;
    if (!status) {
        x->noted = left;
        x->added += x->pending[KH_PUT_NEW];
        x->revised += x->pending[KH_PUT_REVISED];
        x->unchanged += x->pending[KH_PUT_UNCHANGED];
    }
    memset(x->pending, 0, sizeof x->pending);
    x->batch_count = 0;
    return status;
}

static kh_status begin(adder *x)
{
    kh_status status = x->open ? KH_OK : kh_store_begin(x->store, &x->err);
    if (!status && !x->open) {
        x->open = true;
        if (kh_store_others_wrote(x->store)) {
            kh_recent_clear(x->recent);
        }
        x->batch_began = kh_milliseconds();
    }
    return status;
}

/* A record of an archive that is in the store as it stands here need not be read: so a run that was broken off is
 * soon where it was. By --lang a page is known only when it was read. */
static bool is_known(void *context, kh_arena scratch, const kh_page *page)
{
    const adder *x = context;
    return page->url.len && !x->options->lang.len && kh_store_knows(x->store, page->url, kh_sha256_hex(&scratch, page->raw));
}

static bool is_full(const adder *x)
{
    int64_t most = COMMITS * x->commit_ms;
    most = most < BATCH_MS ? BATCH_MS : most > BATCH_MS_MAX ? BATCH_MS_MAX : most;
    return x->batch_count >= BATCH || kh_milliseconds() - x->batch_began > most;
}

/* The brief articles up to row LAST are placed once more, in batches like the others. */
static kh_status settle(adder *x, int64_t last)
{
    kh_status status = KH_OK;
    x->worker->recent = x->recent;
    for (int64_t id; (id = unsettled(x)) && id <= last && !status && !kh_interrupted; x->settled++) {
        status = begin(x);
        status = status ? status : kh_ingest_settle(x->engine, x->store, x->worker, id, x->put.now, &x->err);
        x->batch_count++;
        status = !status && is_full(x) ? commit(x) : status;
    }
    return status;
}

/* What the run before left to be settled; what this one leaves is noted. */
static kh_status take_over(adder *x)
{
    x->noted = kh_store_unsettled(x->store);
    x->took_over = x->noted != 0;
    return kh_ingest_unsettled(x->store, &x->kept, x->worker->scratch, &x->brief, &x->err);
}

static kh_status settle_rest(adder *x)
{
    kh_status status = settle(x, INT64_MAX);
    status = !status && unsettled(x) != x->noted ? begin(x) : status;
    return status ? status : commit(x);
}

static kh_status add_reading(void *context, const kh_reading *r)
{
    adder *x = context;
    x->progress.done++;
    if (r->status) {
        kh_progress_end(&x->progress);
        x->worst = kh_tell(r->error);
        x->progress.failed++;
        kh_report_failure(x->report, r->page, r->error);
        return KH_OK;
    }
    if (r->known) {
        x->unchanged++;
        kh_report_read(x->report);
        return KH_OK;
    }
    if (!kh_report_wants(x->report, x->options, r->article)) {
        return KH_OK;
    }
    kh_put_outcome outcome = KH_PUT_NEW;
    kh_status status = begin(x);
    x->put.raw = x->options->no_raw ? (kh_str){0} : r->page->raw;
    x->put.packed = r->packed;
    if (!status) {
        r->worker->recent = x->recent;
        status = kh_ingest(x->engine, x->store, r->worker, r->article, &x->put, &outcome, &x->err);
    }
    if (status == KH_ERR_LIMIT) { /* this page alone; the batch is whole */
        kh_progress_end(&x->progress);
        x->worst = kh_tell(&x->err);
        x->progress.failed++;
        kh_report_failure(x->report, r->page, &x->err);
        return KH_OK;
    }
    if (status) {
        return status;
    }
    x->pending[outcome]++;
    x->batch_count++;
    if (outcome == KH_PUT_NEW && kh_story_is_brief(&r->article->features)) {
        *KH_ADD(&x->kept, &x->brief) = r->article->id;
    }
    status = outcome == KH_PUT_NEW ? settle(x, r->article->id - SETTLE_LATER) : KH_OK;
    kh_report_read(x->report);
    kh_input_progress(x->input, &x->progress.bytes_done, &x->progress.bytes_all);
    kh_progress_step(&x->progress);
    return !status && is_full(x) ? commit(x) : status;
}

static void summarise(const adder *x)
{
    fprintf(stderr, "added %" PRIu64 ", revised %" PRIu64 ", unchanged %" PRIu64, x->added, x->revised, x->unchanged);
    if (x->progress.failed) {
        fprintf(stderr, ", skipped %" PRIu64, x->progress.failed);
    }
    fprintf(stderr, "\n");
}

/* The store is left to others while a pipe gives nothing. */
static kh_status on_idle(void *context)
{
    return commit(context);
}

static kh_status add_all(adder *x, kh_session *s)
{
    const kh_options *o = x->options;
    if (!x->input || !x->kept.begin) {
        return x->input ? kh_no_address_space(&x->err) : x->err.code;
    }
    kh_pipeline how = {.jobs = o->jobs,
                       .keep_raw = !o->no_raw,
                       .now = x->put.now,
                       .url = o->url,
                       .outlet = o->outlet,
                       .known = is_known,
                       .idle = on_idle,
                       .stop = &kh_interrupted};
    how.plain_since = kh_store_plain_since(s->store, &x->kept, x->put.now);
    kh_time_parse(o->published, &how.published);
    kh_catch_signals();
    kh_progress_begin(&x->progress);
    kh_status status = take_over(x);
    status = status ? status : kh_pipeline_run(s->engine, x->input, &how, add_reading, x, &x->err);
    status = status ? status : settle_rest(x);
    if (status) {
        kh_store_rollback(s->store);
    }
    kh_progress_end(&x->progress);
    return status;
}

/* Says what came of it, and gives all back. */
static int end(adder *x, kh_session *s)
{
    kh_report_say(x->report);
    summarise(x);
    int code = kh_report_close(x->report);
    kh_input_close(x->input);
    kh_recent_close(x->recent);
    kh_arena_release(&x->kept);
    kh_session_close(s);
    return code;
}

int kh_run_add(const kh_options *o)
{
    kh_session s;
    if (o->arg_count > 1 && (o->url.len || o->published.len)) {
        return kh_tell_usage("add", "--url and --published describe a single page");
    }
    int code = kh_session_open(&s, o, true, true, KH_STORE_WRITE);
    if (code) {
        return code;
    }
    kh_time now = kh_time_known(o->now) ? o->now : kh_clock();
    adder x = {.options = o, .engine = s.engine, .store = s.store, .put = {.now = now, .program = KH_STR("khabar " KH_VERSION)}};
    x.report = kh_report_open(o, &code);
    if (!x.report) {
        kh_session_close(&s);
        return code;
    }
    x.kept = kh_arena_reserve((size_t)1 << 32, NULL);
    x.recent = kh_recent_open();
    x.worker = &s.worker;
    x.input = kh_report_input(x.report, o, &x.err);
    kh_status status = add_all(&x, &s);
    code = end(&x, &s);
    if (status) {
        return x.err.code ? kh_tell(&x.err) : kh_exit_code(status);
    }
    if (kh_interrupted) {
        fprintf(stderr, "khabar: interrupted; what was added is in the store, run the command again to go on\n");
        return 130;
    }
    return x.worst ? x.worst : code;
}
