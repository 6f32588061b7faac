/* report.c - what read and add skipped, and why: a line of JSON for each document with --report FILE, and
 * one line of counts on standard error where records of an archive or feed were passed over.
 *
 *     {"khabar":1,"kind":"skipped","source":"a.warc.gz:5312","url":"...","reason":"not_html","message":"image/png"}
 *     {"khabar":1,"kind":"summary","read":812,"skipped":{"not_html":31,"revisit":4},"filtered":{"host":1204}}
 *
 * What a filter leaves out is only counted: of an archive that is nearly all of it.
 */
#include "cli/cli.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { REASONS_MAX = 64, ROOM = 1 << 20 };

typedef struct tally {
    const char *reason;
    uint64_t count;
    bool filtered, failed; /* else passed over */
} tally;

struct kh_report {
    FILE *file;
    const char *path;
    bool broken;
    uint64_t read;
    tally tallies[REASONS_MAX];
    size_t count;
    kh_arena room; /* of one line */
};

kh_report *kh_report_open(const kh_options *o, int *code)
{
    kh_report *r = calloc(1, sizeof *r);
    kh_error err = {0};
    *code = 0;
    if (r) {
        r->room = kh_arena_reserve(ROOM, NULL);
    }
    if (!r || !r->room.begin) {
        kh_fail(&err, KH_ERR_MEMORY, "no_memory", "the system gives no memory");
    } else if (o->report && !(r->file = fopen(o->report, "w"))) {
        kh_fail(&err, KH_ERR_IO, "unwritable", "%.250s: the report cannot be written (%s)", o->report, strerror(errno));
    }
    if (err.code) {
        *code = kh_tell(&err);
        kh_report_close(r);
        return NULL;
    }
    r->path = o->report;
    return r;
}

static void count(kh_report *r, const char *reason, bool filtered, bool failed)
{
    for (size_t i = 0; i < r->count; i++) {
        tally *t = &r->tallies[i];
        if (strcmp(t->reason, reason) == 0 && t->filtered == filtered && t->failed == failed) {
            t->count++;
            return;
        }
    }
    if (r->count < REASONS_MAX) {
        r->tallies[r->count++] = (tally){reason, 1, filtered, failed};
    }
}

static void write_line(kh_report *r, kh_buf *buf)
{
    kh_buf_char(buf, '\n');
    r->broken = r->broken || fwrite(buf->ptr, 1, buf->len, r->file) != buf->len;
}

static kh_json begin_line(kh_report *r, kh_buf *buf, kh_str kind)
{
    kh_arena_clear(&r->room);
    *buf = (kh_buf){.arena = &r->room};
    kh_json j = {.buf = buf};
    kh_json_open(&j, NULL, '{');
    kh_json_int(&j, "khabar", 1);
    kh_json_str(&j, "kind", kind);
    return j;
}

static void write_skipped(kh_report *r, kh_str source, kh_str url, const char *reason, kh_str message)
{
    if (!r->file) {
        return;
    }
    kh_buf buf;
    kh_json j = begin_line(r, &buf, KH_STR("skipped"));
    kh_json_str_or_null(&j, "source", kh_str_head(source, KH_PATH_BYTES_MAX));
    kh_json_str_or_null(&j, "url", kh_str_head(url, KH_PATH_BYTES_MAX));
    kh_json_str(&j, "reason", kh_str_z(reason));
    kh_json_str_or_null(&j, "message", kh_str_head(message, KH_PATH_BYTES_MAX));
    kh_json_close(&j, '}');
    write_line(r, &buf);
}

static void on_skip(void *context, const kh_skip *skip)
{
    kh_report *r = context;
    count(r, skip->reason, skip->filtered, false);
    if (!skip->filtered) {
        write_skipped(r, skip->source, skip->url, skip->reason, skip->what);
    }
}

kh_input *kh_report_input(kh_report *r, const kh_options *o, kh_error *err)
{
    static const char *const standard_input[] = {"-"};
    kh_input *input = o->arg_count ? kh_input_open(o->args, o->arg_count, err) : kh_input_open(standard_input, 1, err);
    if (!input) {
        return NULL;
    }
    kh_input_filter filter = {.host = o->host, .path = o->path, .lang = o->lang, .until = o->until};
    kh_time_parse(o->since, &filter.since);
    kh_input_choose(input, &filter, (kh_skip_to){on_skip, r});
    return input;
}

void kh_report_failure(kh_report *r, const kh_page *page, const kh_error *err)
{
    count(r, err->reason, false, true);
    write_skipped(r, page->source, page->url, err->reason, kh_str_z(err->msg));
}

void kh_report_read(kh_report *r)
{
    r->read++;
}

bool kh_report_wants(kh_report *r, const kh_options *o, const kh_article *a)
{
    kh_str rest = kh_str_from(a->lang, o->lang.len);
    bool wanted = !o->lang.len || (kh_str_starts(a->lang, o->lang) && (!rest.len || rest.ptr[0] == '-'));
    if (!wanted) {
        count(r, "lang", true, false);
    }
    return wanted;
}

void kh_report_say(const kh_report *r)
{
    bool first = true;
    for (size_t i = 0; i < r->count; i++) {
        const tally *t = &r->tallies[i];
        if (!t->failed) {
            fprintf(stderr, "%s%s %" PRIu64, first ? "khabar: passed over: " : ", ", t->reason, t->count);
            first = false;
        }
    }
    if (!first) {
        fprintf(stderr, "\n");
    }
}

static void write_counts(kh_report *r, kh_json *j, const char *key, bool filtered)
{
    kh_json_open(j, key, '{');
    for (size_t i = 0; i < r->count; i++) {
        uint64_t sum = r->tallies[i].count;
        bool seen = r->tallies[i].filtered != filtered;
        for (size_t k = 0; k < r->count && !seen; k++) { /* a reason may have failed and been passed over */
            bool twin = k != i && r->tallies[k].filtered == filtered && strcmp(r->tallies[k].reason, r->tallies[i].reason) == 0;
            seen = twin && k < i;
            sum += twin ? r->tallies[k].count : 0;
        }
        if (!seen) {
            kh_json_int(j, r->tallies[i].reason, (int64_t)sum);
        }
    }
    kh_json_close(j, '}');
}

int kh_report_close(kh_report *r)
{
    int code = 0;
    if (!r) {
        return 0;
    }
    if (r->file) {
        kh_buf buf;
        kh_json j = begin_line(r, &buf, KH_STR("summary"));
        kh_json_int(&j, "read", (int64_t)r->read);
        write_counts(r, &j, "skipped", false);
        write_counts(r, &j, "filtered", true);
        kh_json_close(&j, '}');
        write_line(r, &buf);
        if (fclose(r->file) || r->broken) {
            kh_error err = {0};
            kh_fail(&err, KH_ERR_IO, "write_error", "%.250s: the report could not be written; check the disk", r->path);
            code = kh_tell(&err);
        }
    }
    kh_arena_release(&r->room);
    free(r);
    return code;
}
