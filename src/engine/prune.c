/* prune.c - what is worth keeping of a story whose pages are let go?
 *
 * Decides: its name and title, its days, how many pages told it, in which languages, by which outlets, and its independent origins, which
 * only a comparison knows; so it is compared once more, before its pages go. «سیل ترکند»: 12 pages, ar fa ru, of 9 outlets, origins
 * Reuters, AFP, Nilab.
 *
 * Each few stories are one transaction, summary and removal together: a run that is killed leaves every story either whole or as a
 * summary, and the next run goes on.
 */
#include "engine/prune.h"

#include "engine/ingest.h"

enum { BATCH = 32, DAY_LEN = sizeof "2024-02-03" - 1 };

typedef const kh_article *one;

/* "[...]" of texts, each once. */
typedef struct texts {
    kh_buf buf;
    kh_json json;
    kh_map seen;
    kh_arena *out;
} texts;

static void begin(texts *t, kh_arena *out)
{
    *t = (texts){.buf = {.arena = out}, .out = out};
    t->json.buf = &t->buf;
    kh_json_open(&t->json, NULL, '[');
}

static void add(texts *t, kh_str text)
{
    bool fresh = false;
    if (text.len) {
        kh_map_put(t->out, &t->seen, kh_hash(text), &fresh);
    }
    if (fresh) {
        kh_json_str(&t->json, NULL, text);
    }
}

static kh_str end(texts *t)
{
    kh_json_close(&t->json, ']');
    return kh_arena_copy(t->out, kh_buf_str(&t->buf));
}

static kh_str languages_of(kh_arena *out, const kh_story *story)
{
    texts t;
    begin(&t, out);
    KH_EACH(const one, a, story->articles) {
        add(&t, (*a)->lang);
    }
    return end(&t);
}

static kh_str outlets_of(kh_arena *out, const kh_story *story)
{
    texts t;
    begin(&t, out);
    KH_EACH(const one, a, story->articles) {
        add(&t, (*a)->outlet.value);
    }
    return end(&t);
}

static kh_str origins_of(kh_arena *out, const kh_engine *engine, const kh_story *story)
{
    texts t;
    begin(&t, out);
    KH_EACH(const kh_origin, o, story->origins) {
        if (o->independent) {
            add(&t, o->label.len ? o->label : kh_engine_agency_label(engine, o->agency));
        }
    }
    return end(&t);
}

static kh_story_summary sum_up(kh_arena *out, const kh_engine *engine, const kh_story *story, kh_time now)
{
    kh_story_summary s = {.title = story->title,
                          .articles = (uint32_t)story->articles.count,
                          .languages = languages_of(out, story),
                          .outlets = outlets_of(out, story),
                          .origins = origins_of(out, engine, story),
                          .pruned = kh_time_text(out, now)};
    if (story->leading < story->articles.count) {
        s.title_lang = story->articles.items[story->leading]->lang;
    }
    KH_EACH(const one, a, story->articles) { /* days as each page tells them */
        kh_str day = kh_str_head(kh_when_text(out, (*a)->published.when), DAY_LEN);
        s.first = s.first.len && (!day.len || kh_str_cmp(s.first, day) < 0) ? s.first : day;
        s.last = kh_str_cmp(s.last, day) < 0 ? day : s.last;
    }
    return s;
}

/* A story that is too large to be compared stays, and is counted. */
static kh_status prune(const kh_engine *engine, kh_store *store, kh_worker *worker, int64_t id, kh_time now, kh_pruning *run, kh_error *err)
{
    kh_story story = {0};
    kh_worker_clear(worker);
    kh_status status = kh_story_load(engine, store, &worker->page, worker->scratch, id, &story, err);
    run->last = id;
    if (status == KH_ERR_LIMIT) {
        run->too_complex++;
        return KH_OK;
    }
    if (!status) {
        kh_story_summary summary = sum_up(&worker->page, engine, &story, now);
        status = kh_store_prune(store, id, &summary, err);
        run->done.stories++;
        run->done.articles += summary.articles;
    }
    return status;
}

static kh_status prune_batch(const kh_engine *engine, kh_store *store, kh_worker *worker, kh_str before, kh_time now, kh_pruning *run,
                             kh_error *err)
{
    int64_t ids[BATCH];
    kh_ids found = {0};
    kh_status status = kh_store_ended(store, &worker->page, before, run->last, BATCH, &found, err);
    size_t count = found.count;
    for (size_t i = 0; i < count; i++) {
        ids[i] = found.items[i]; /* the arena is cleared for each story */
    }
    for (size_t i = 0; i < count && !status; i++) {
        status = prune(engine, store, worker, ids[i], now, run, err);
    }
    run->ended = count < BATCH;
    return status;
}

kh_status kh_prune_some(const kh_engine *engine, kh_store *store, kh_worker *worker, kh_str before, kh_time now, kh_pruning *run,
                        kh_error *err)
{
    kh_pruning next = *run;
    kh_status status = kh_store_begin(store, err);
    if (!status) {
        status = prune_batch(engine, store, worker, before, now, &next, err);
    }
    if (status) {
        kh_store_rollback(store);
        return status;
    }
    status = kh_store_commit(store, err);
    *run = status ? *run : next;
    return status;
}
