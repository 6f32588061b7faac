/* ingest.c - where the pure grouping of story/ meets the store's counts and postings.
 *
 * Decides which stories are worth a closer look: those of the articles that probes.c finds, at most
 * STORIES_MAX, each with at most MEMBERS_MAX members. They are compared member by member by
 * kh_story_place, which knows nothing of the store.
 */
#include "engine/ingest.h"

#include "engine/furniture.h"
#include "engine/correct.h"
#include "engine/probes.h"

enum { CANDIDATES_MAX = 96, STORIES_MAX = 16, MEMBERS_MAX = 12 };

typedef struct looked_at {
    kh_story_candidate stories[STORIES_MAX];
    size_t count;
} looked_at;

static kh_story_candidate *story_of(looked_at *l, int64_t story)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->stories[i].story == story) {
            return &l->stories[i];
        }
    }
    if (l->count == STORIES_MAX) {
        return NULL;
    }
    l->stories[l->count] = (kh_story_candidate){.story = story};
    return &l->stories[l->count++];
}

static kh_status gather(kh_store *store, kh_arena *out, kh_arena scratch, const kh_probe_counts *counts, const kh_article *a,
                        looked_at *l, kh_error *err)
{
    kh_candidates found = {0};
    kh_status status = kh_probe(store, out, scratch, counts, a, CANDIDATES_MAX, &found, err);
    for (size_t i = 0; i < found.count && !status; i++) {
        const kh_candidate *c = &found.items[i];
        kh_story_candidate *s = c->story && c->article != a->id ? story_of(l, c->story) : NULL;
        if (s && s->members.count < MEMBERS_MAX) {
            const kh_digest *digest = NULL;
            status = kh_probe_digest(store, out, c->article, &digest, err);
            *KH_ADD(out, &s->members) = digest;
        }
    }
    return status;
}

static kh_status place(const kh_engine *engine, kh_store *store, kh_worker *worker, const kh_article *a, kh_time now, kh_error *err)
{
    kh_arena out = worker->scratch;
    kh_arena scratch = kh_arena_split(&out);
    kh_probe_counts counts;
    looked_at *l = KH_NEW(&out, looked_at);
    kh_status status = kh_probe_frequencies(store, &out, scratch, a, &counts, err);
    if (!status) {
        status = gather(store, &out, scratch, &counts, a, l, err);
    }
    if (status) {
        return status;
    }
    kh_digest digest = kh_engine_digest(a);
    kh_placement p = kh_story_place(&out, scratch, kh_engine_story(engine), &counts.df, &digest, l->stories, l->count);
    return kh_store_place(store, scratch, a->id, a->key, p.story, p.score, p.reason, now, err);
}

static kh_status put_and_place(const kh_engine *engine, kh_store *store, kh_worker *worker, kh_article *article, const kh_put_options *options,
                               kh_put_outcome *outcome, kh_error *err)
{
    kh_status status = kh_store_put(store, worker->scratch, article, options, outcome, err);
    if (!status && *outcome == KH_PUT_NEW) {
        status = place(engine, store, worker, article, options->now, err);
        status = status ? status : kh_correct_settle(engine, store, worker->scratch, article, options->now, err);
    }
    return status;
}

kh_status kh_ingest(const kh_engine *engine, kh_store *store, kh_worker *worker, kh_article *article, const kh_put_options *options, kh_put_outcome *outcome,
                    kh_error *err)
{
    kh_worker_guard(worker, true);
    if (kh_store_mark(store, err)) {
        return err->code;
    }
    if (setjmp(worker->full)) {
        kh_worker_guard(worker, false);
        kh_store_undo(store);
        return kh_fail(err, KH_ERR_LIMIT, "too_complex", "%.*s: the page has too many features to be placed; skipped",
                       KH_ARG(article->source));
    }
    kh_status status = put_and_place(engine, store, worker, article, options, outcome, err);
    kh_worker_guard(worker, false);
    return status ? status : kh_store_keep(store, err);
}

/* ---- a story out of the store ---- */

kh_status kh_story_load_with(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, const kh_article *more,
                             kh_story *story, kh_error *err)
{
    kh_ids members = {0};
    kh_status status = kh_store_members(store, out, id, &members, err);
    if (!status && members.count == 0) {
        status = kh_fail(err, KH_ERR_USAGE, "no_such_story", "there is no such story; khabar stories lists them");
    }
    const kh_article **articles = KH_NEW_N(out, const kh_article *, members.count + 2);
    size_t room = (size_t)(out->end - out->cur) / 2;
    for (size_t i = 0; i < members.count && !status; i++) {
        kh_article *a = NULL;
        bool whole = i < KH_STORY_ARTICLES_MAX && (size_t)(out->end - out->cur) > room;
        status = whole ? kh_store_article(store, out, members.items[i], &a, err) : kh_store_article_head(store, out, members.items[i], &a, err);
        status = status ? status : kh_furniture_mark(store, out, scratch, a, err);
        articles[i] = a;
    }
    if (status) {
        return status;
    }
    articles[members.count] = more;
    *story = (kh_story){0};
    kh_accounts_compare(out, scratch, kh_engine_accounts(engine), articles, members.count + (more != NULL), story);
    story->id = kh_store_story_name(store, out, id);
    return KH_OK;
}

kh_status kh_story_load(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, kh_story *story,
                        kh_error *err)
{
    return kh_story_load_with(engine, store, out, scratch, id, NULL, story, err);
}
