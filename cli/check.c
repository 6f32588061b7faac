/* check.c - khabar check: is the store whole, and each of its sealed files. */
#include "cli/cli.h"

#include "engine/check.h"
#include "store/archive.h"

#include <inttypes.h>
#include <sysexits.h>

static kh_status check_one(kh_session *s, kh_store *store, kh_str path, kh_buf *buf, size_t *problems, kh_error *err)
{
    kh_check result;
    kh_status status = kh_check_store(store, &s->worker.page, s->worker.scratch, &result, err);
    if (status) {
        return status;
    }
    kh_buf_printf(buf, KH_FMT ": %" PRIu64 " articles, %" PRIu64 " stories, %" PRIu64 " revisions, %.1f MB\n", KH_ARG(path),
                  result.articles, result.stories, result.revisions, (double)result.bytes / 1e6);
    KH_EACH(const kh_str, problem, result.problems) {
        kh_buf_printf(buf, "problem: " KH_FMT "\n", KH_ARG(*problem));
    }
    *problems += result.problems.count;
    return KH_OK;
}

/* A sealed file that is not there, or damaged, is a problem; the rest is checked. */
static kh_status check_sealed(kh_session *s, kh_buf *buf, size_t *problems, kh_error *err)
{
    kh_arena *out = &s->worker.page;
    kh_archives archives = {0};
    kh_status status = kh_store_archives(s->live, out, &archives, err);
    for (size_t i = 0; i < archives.count && !status; i++) {
        kh_error why = {0};
        kh_store *file = kh_archive_open(&archives.items[i], &why);
        status = file ? check_one(s, file, archives.items[i].path, buf, problems, err) : KH_OK;
        if (!file) {
            kh_buf_printf(buf, "problem: %s\n", why.msg);
            ++*problems;
        }
        kh_store_close(file);
    }
    return status;
}

int kh_run_check(const kh_options *o)
{
    kh_session s;
    kh_error err = {0};
    int code = kh_session_open(&s, o, false, true, KH_STORE_READ);
    if (code) {
        return code;
    }
    size_t problems = 0;
    kh_buf buf = {.arena = &s.worker.page};
    kh_status status = check_one(&s, s.live, kh_str_z(o->db), &buf, &problems, &err);
    status = status ? status : check_sealed(&s, &buf, &problems, &err);
    kh_buf_z(&buf, problems || status ? "" : "ok\n");
    bool written = kh_flush(&buf);
    kh_session_close(&s);
    return status ? kh_tell(&err) : !written ? EX_IOERR : problems ? EX_DATAERR : EX_OK;
}
