/* contest.c - khabar languages and khabar threads: the verbs of the Telegram data clustering contest (2019-2020).
 *
 * A folder of HTML files in, one JSON array out, no state between runs, as its rules ask of an entry:
 *
 *   languages DIR   [{"lang_code": "ar", "articles": ["1.html", ...]}, ...]
 *   threads DIR     [{"title": "...", "articles": ["4.html", "9.html"]}, ...]
 *
 * so that any entry of the contest can be run beside Khabar. Files are named without their folder. Languages stand
 * in order of their number of articles; threads likewise, of those with as many the one whose file came first.
 * Threads go through a store in memory, by the same placement as khabar add.
 */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

typedef struct group {
    kh_str name; /* language, or story */
    kh_str title;
    kh_strs files;
    size_t first; /* index of the first article */
} group;

typedef struct page_of {
    kh_str file, title;
} page_of;

typedef struct contest {
    const kh_engine *engine;
    kh_store *store; /* NULL: languages */
    kh_arena out;
    kh_map by_name;
    KH_LIST(group) groups;
    KH_LIST(page_of) pages;
    kh_map by_label; /* -> index of the page + 1 */
    size_t count;
    int worst;
    kh_time now;
    kh_error err;
} contest;

static kh_str file_name(kh_str source)
{
    size_t at = source.len;
    while (at && source.ptr[at - 1] != '/') {
        at--;
    }
    return kh_str_from(source, at);
}

static void put(contest *x, kh_str name, kh_str title, kh_str file)
{
    uint32_t *at = kh_map_put(&x->out, &x->by_name, kh_hash(name), NULL);
    if (*at == 0) {
        *KH_ADD(&x->out, &x->groups) = (group){.name = kh_arena_copy(&x->out, name), .title = title, .first = x->count};
        *at = (uint32_t)x->groups.count;
    }
    *KH_ADD(&x->out, &x->groups.items[*at - 1].files) = file;
    x->count++;
}

static kh_status take(void *context, const kh_reading *r)
{
    contest *x = context;
    if (r->status) {
        x->worst = kh_tell(r->error);
        return KH_OK;
    }
    kh_str file = file_name(r->page->source);
    if (!x->store) {
        put(x, r->article->lang, (kh_str){0}, kh_arena_copy(&x->out, file));
        return KH_OK;
    }
    kh_put_outcome outcome;
    kh_put_options options = {.now = x->now, .program = KH_STR("khabar " KH_VERSION)};
    kh_status status = kh_ingest(x->engine, x->store, r->worker, r->article, &options, &outcome, &x->err);
    if (status == KH_ERR_LIMIT) {
        x->worst = kh_tell(&x->err);
        return KH_OK;
    }
    *KH_ADD(&x->out, &x->pages) = (page_of){.file = kh_arena_copy(&x->out, file), .title = kh_arena_copy(&x->out, r->article->title.value)};
    *kh_map_put(&x->out, &x->by_label, kh_hash(r->article->label), NULL) = (uint32_t)x->pages.count;
    return status;
}

static int by_size(const void *a, const void *b)
{
    const group *x = a;
    const group *y = b;
    int order = (x->files.count < y->files.count) - (x->files.count > y->files.count);
    return order ? order : (x->first > y->first) - (x->first < y->first);
}

static bool print_groups(contest *x)
{
    kh_buf buf = {.arena = &x->out};
    kh_json j = {.buf = &buf};
    if (x->groups.count) {
        qsort(x->groups.items, x->groups.count, sizeof *x->groups.items, by_size);
    }
    kh_json_open(&j, NULL, '[');
    KH_EACH(const group, g, x->groups) {
        kh_json_open(&j, NULL, '{');
        kh_json_str(&j, x->store ? "title" : "lang_code", x->store ? g->title : g->name);
        kh_json_open(&j, "articles", '[');
        KH_EACH(const kh_str, file, g->files) {
            kh_json_str(&j, NULL, *file);
        }
        kh_json_close(&j, ']');
        kh_json_close(&j, '}');
    }
    kh_json_close(&j, ']');
    kh_buf_char(&buf, '\n');
    return kh_flush(&buf);
}

/* Stories of the store with the files of their articles. */
static kh_status gather(contest *x, kh_arena *out)
{
    kh_assignments rows = {0};
    kh_status status = kh_store_assignments(x->store, out, &rows, &x->err);
    KH_EACH(const kh_assignment, a, rows) {
        const uint32_t *at = kh_map_get(&x->by_label, kh_hash(a->label));
        if (at) {
            put(x, a->story, x->pages.items[*at - 1].title, x->pages.items[*at - 1].file);
        }
    }
    return status;
}

static kh_status read_folder(contest *x, const kh_options *o)
{
    kh_pipeline how = {.jobs = o->jobs, .now = o->now, .stop = &kh_interrupted};
    kh_input *input = kh_input_open(o->args, o->arg_count, &x->err);
    kh_catch_signals();
    kh_status status = input ? kh_pipeline_run(x->engine, input, &how, take, x, &x->err) : x->err.code;
    kh_input_close(input);
    return status;
}

static int run(const kh_options *o, bool threads)
{
    kh_session s;
    if (o->arg_count != 1) {
        return kh_tell_usage(threads ? "threads" : "languages", "one folder of HTML files is wanted");
    }
    int code = kh_session_open(&s, o, true, false, KH_STORE_READ);
    if (code) {
        return code;
    }
    contest x = {.engine = s.engine, .out = kh_arena_reserve((size_t)4 << 30, NULL), .now = kh_time_known(o->now) ? o->now : kh_clock()};
    kh_status status = x.out.begin ? KH_OK : kh_no_address_space(&x.err);
    x.store = threads && !status ? kh_store_open("", KH_STORE_MEMORY, &x.err) : NULL;
    status = threads && !x.store ? x.err.code : status;
    if (!status && threads) {
        status = kh_store_begin(x.store, &x.err);
    }
    status = status ? status : read_folder(&x, o);
    if (!status && threads) {
        status = kh_store_commit(x.store, &x.err);
        status = status ? status : gather(&x, &x.out);
    }
    code = status ? kh_tell(&x.err) : kh_interrupted ? 130 : print_groups(&x) ? x.worst : EX_IOERR;
    kh_store_close(x.store);
    kh_arena_release(&x.out);
    kh_session_close(&s);
    return code;
}

int kh_run_languages(const kh_options *o)
{
    return run(o, false);
}

int kh_run_threads(const kh_options *o)
{
    return run(o, true);
}
