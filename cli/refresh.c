/* refresh.c - khabar refresh: the pages of the store read anew by the knowledge of today.
 *
 * In batches, a transaction each: what a committed batch holds is done, and a run that was stopped goes on behind it.
 */
#include "cli/cli.h"

#include "engine/refresh.h"

#include <inttypes.h>
#include <stdio.h>
#include <sysexits.h>

enum { BATCH = 32 };

typedef struct refresher {
    kh_session s;
    kh_time now;
    kh_progress progress;
    uint64_t no_raw;
    int64_t after;
    int worst;
    bool done;
    kh_error err;
} refresher;

/* One page; a failure that is about it alone is told, and the rest goes on. */
static kh_status refresh_page(refresher *x)
{
    kh_refreshed outcome = KH_REFRESH_DONE;
    kh_status status = kh_refresh_next(x->s.engine, x->s.store, &x->s.worker, x->now, KH_STR("khabar " KH_VERSION), &x->after, &outcome, &x->err);
    if (status == KH_ERR_LIMIT || status == KH_ERR_INPUT) {
        kh_progress_end(&x->progress);
        x->worst = kh_tell(&x->err);
        x->progress.failed++;
        return KH_OK;
    }
    x->done = outcome == KH_REFRESH_DONE;
    x->no_raw += outcome == KH_REFRESH_NO_RAW;
    x->progress.done += outcome == KH_REFRESH_READ;
    kh_progress_step(&x->progress);
    return status;
}

static kh_status refresh_batch(refresher *x)
{
    kh_status status = kh_store_begin(x->s.store, &x->err);
    for (size_t i = 0; i < BATCH && !status && !x->done; i++) {
        status = refresh_page(x);
    }
    if (status) {
        kh_store_rollback(x->s.store);
        return status;
    }
    return kh_store_commit(x->s.store, &x->err);
}

int kh_run_refresh(const kh_options *o)
{
    refresher x = {.now = kh_time_known(o->now) ? o->now : kh_clock()};
    int code = kh_session_open(&x.s, o, true, true, KH_STORE_WRITE);
    if (code) {
        return code;
    }
    kh_status status = KH_OK;
    kh_catch_signals();
    kh_progress_begin(&x.progress);
    while (!status && !x.done && !kh_interrupted) {
        status = refresh_batch(&x);
    }
    kh_progress_end(&x.progress);
    kh_session_close(&x.s);
    if (status) {
        return kh_tell(&x.err);
    }
    fprintf(stderr, "read anew %" PRIu64, x.progress.done);
    if (x.no_raw) {
        fprintf(stderr, ", left as they were %" PRIu64 " (their bytes were not kept)", x.no_raw);
    }
    if (x.progress.failed) {
        fprintf(stderr, ", failed %" PRIu64, x.progress.failed);
    }
    fputc('\n', stderr);
    if (kh_interrupted) {
        fprintf(stderr, "khabar: interrupted; run the command again to go on\n");
        return 130;
    }
    return x.worst;
}
