/* check.c - khabar check: is the store whole. */
#include "cli/cli.h"

#include <inttypes.h>
#include <sysexits.h>

int kh_run_check(const kh_options *o)
{
    kh_session s;
    kh_check result;
    kh_error err = {0};
    int code = kh_session_open(&s, o, false, true, KH_STORE_READ);
    if (code) {
        return code;
    }
    kh_arena *out = &s.worker.page;
    if (kh_store_check(s.store, out, &result, &err)) {
        kh_session_close(&s);
        return kh_tell(&err);
    }
    kh_buf buf = {.arena = &s.worker.scratch};
    kh_buf_printf(&buf, "%s: %" PRIu64 " articles, %" PRIu64 " stories, %" PRIu64 " revisions, %.1f MB\n", o->db, result.articles,
                  result.stories, result.revisions, (double)result.bytes / 1e6);
    KH_EACH(const kh_str, problem, result.problems) {
        kh_buf_printf(&buf, "problem: " KH_FMT "\n", KH_ARG(*problem));
    }
    kh_buf_z(&buf, result.problems.count ? "" : "ok\n");
    bool written = kh_flush(&buf);
    kh_session_close(&s);
    return !written ? EX_IOERR : result.problems.count ? EX_DATAERR : EX_OK;
}
