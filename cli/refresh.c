/* refresh.c - khabar refresh: the pages of the store read anew by the knowledge of today.
 *
 * Pages are read on all cores and written in batches, a transaction each: what a committed batch holds is done, and a run that was
 * stopped goes on behind it.
 */
#include "cli/cli.h"

#include "engine/refresh.h"

#include <inttypes.h>
#include <stdio.h>
#include <sysexits.h>

enum { BATCH = 64 };

typedef struct refresher {
    kh_session s;
    kh_refresh refresh;
    kh_progress progress;
    bool open; /* a transaction is */
    uint64_t batch;
    int worst;
    kh_error err;
} refresher;

static kh_status commit(refresher *x)
{
    bool open = x->open;
    x->open = false;
    x->batch = 0;
    return open ? kh_store_commit(x->s.store, &x->err) : KH_OK;
}

static kh_status next(void *context, kh_arena *out, kh_page *page, bool *done, kh_error *err)
{
    refresher *x = context;
    return kh_refresh_take(&x->refresh, out, page, done, err);
}

/* A failure that is about one page alone is told, and the rest goes on. */
static kh_status tell_page(refresher *x, const kh_error *err)
{
    if (err->code != KH_ERR_LIMIT && err->code != KH_ERR_INPUT) {
        x->err = *err;
        return err->code;
    }
    kh_progress_end(&x->progress);
    x->worst = kh_tell(err);
    x->progress.failed++;
    return KH_OK;
}

static kh_status put(void *context, const kh_reading *r)
{
    refresher *x = context;
    kh_error err = {0};
    if (r->status) {
        kh_refresh_drop(&x->refresh);
        return tell_page(x, r->error);
    }
    if (!x->open && kh_store_begin(x->s.store, &x->err)) {
        return x->err.code;
    }
    x->open = true;
    if (kh_refresh_put(&x->refresh, r->worker, r->article, &err)) {
        return tell_page(x, &err);
    }
    x->progress.done++;
    kh_progress_step(&x->progress);
    return ++x->batch >= BATCH ? commit(x) : KH_OK;
}

static int summarise(const refresher *x)
{
    fprintf(stderr, "read anew %" PRIu64, x->progress.done);
    if (x->refresh.no_raw) {
        fprintf(stderr, ", left as they were %" PRIu64 " (their bytes were not kept)", x->refresh.no_raw);
    }
    if (x->progress.failed) {
        fprintf(stderr, ", failed %" PRIu64, x->progress.failed);
    }
    fputc('\n', stderr);
    if (kh_interrupted) {
        fprintf(stderr, "khabar: interrupted; run the command again to go on\n");
        return 130;
    }
    return x->worst;
}

int kh_run_refresh(const kh_options *o)
{
    refresher x = {0};
    int code = kh_session_open(&x.s, o, true, true, KH_STORE_WRITE);
    if (code) {
        return code;
    }
    kh_time now = kh_time_known(o->now) ? o->now : kh_clock();
    x.refresh = (kh_refresh){.engine = x.s.engine, .store = x.s.store, .now = now, .program = KH_STR("khabar " KH_VERSION)};
    kh_pipeline how = {.jobs = o->jobs, .now = now, .next = next, .stop = &kh_interrupted};
    kh_catch_signals();
    kh_progress_begin(&x.progress);
    kh_status status = kh_pipeline_run(x.s.engine, NULL, &how, put, &x, &x.err);
    status = status ? status : commit(&x);
    if (status) {
        kh_store_rollback(x.s.store);
    }
    kh_progress_end(&x.progress);
    kh_session_close(&x.s);
    return status ? kh_tell(&x.err) : summarise(&x);
}
