/* pairs.c - two articles against each other with a store's counts, and the neighbours of one.
 *
 * The relation is decided in accounts/, the likeness in story/; here they meet the store. A pair that is
 * merely likely one story is called related exactly when its likeness reaches 0.5, so that what compare
 * says and what add did agree.
 */
#include "engine/pairs.h"

#include "engine/furniture.h"
#include "engine/ingest.h"
#include "engine/probes.h"

#include <stdlib.h>

enum { NEAR_CANDIDATES = 300, STORY_FOR_PAIR_MAX = 200 };

static kh_status likeness_of(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_article *a,
                             const kh_article *b, kh_likeness *likeness, kh_error *err)
{
    kh_probe_counts counts = {0};
    kh_digest x = kh_engine_digest(a);
    kh_digest y = kh_engine_digest(b);
    counts.df.counts = &counts.frozen;
    kh_status status = store ? kh_probe_frequencies(store, out, scratch, a, &counts, err) : KH_OK;
    if (!status) {
        *likeness = kh_story_likeness(out, scratch, kh_engine_story(engine), &counts.df, &x, &y);
    }
    return status;
}

kh_status kh_pair_compare(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, kh_article *a, kh_article *b,
                          kh_pair *pair, kh_error *err)
{
    *pair = (kh_pair){.a = a->id, .b = b->id};
    kh_status status = kh_furniture_mark(store, out, scratch, a, err);
    status = status ? status : kh_furniture_mark(store, out, scratch, b, err);
    status = status ? status : likeness_of(engine, store, out, scratch, a, b, &pair->likeness, err);
    if (status) {
        return status;
    }
    pair->is_copy = kh_accounts_pair(out, scratch, kh_engine_accounts(engine), a, b, &pair->relation, &pair->copy);
    kh_relation *r = &pair->relation;
    bool weak = !pair->is_copy && (r->kind == KH_RELATED || r->kind == KH_UNRELATED);
    if (weak) {
        r->score = pair->likeness.score;
        r->kind = r->score >= 0.5f ? KH_RELATED : KH_UNRELATED;
        r->reason = pair->likeness.reason.len ? pair->likeness.reason : r->reason;
    } else if (r->score < pair->likeness.score) {
        r->score = pair->likeness.score;
    }
    return KH_OK;
}

/* The index in STORY of the article of row ID; its number of articles when it is not there. */
static uint32_t index_of(const kh_story *story, int64_t id)
{
    uint32_t i = 0;
    while (i < story->articles.count && story->articles.items[i]->id != id) {
        i++;
    }
    return i;
}

static bool joins(uint32_t x, uint32_t y, uint32_t a, uint32_t b)
{
    return (x == a && y == b) || (x == b && y == a);
}

/* Two articles that stand in different stories are not called related for a likeness that all their fellows outweighed. */
static void part(kh_arena *out, kh_pair *pair)
{
    kh_relation *r = &pair->relation;
    if (!pair->is_copy && r->kind == KH_RELATED) {
        r->kind = KH_UNRELATED;
        r->reason = kh_arena_printf(out, "they stand in different stories of the store, alike as they are alone (%.2f: " KH_FMT ")",
                                    (double)r->score, KH_ARG(r->reason));
        r->score = r->score < 0.49F ? r->score : 0.49F;
    }
}

bool kh_pair_in_story(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_article *a, const kh_article *b,
                      kh_pair *pair)
{
    kh_story story = {0};
    int64_t id = store && a->id && b->id ? kh_store_story_of(store, a->id) : 0;
    int64_t other = id ? kh_store_story_of(store, b->id) : 0;
    if (!id || !other) {
        return false;
    }
    if (id != other) {
        part(out, pair);
        return true;
    }
    kh_ids members = {0};
    bool small = !kh_store_members(store, out, id, &members, NULL) && members.count <= STORY_FOR_PAIR_MAX;
    if (!small || kh_story_load(engine, store, out, scratch, id, &story, NULL)) {
        return false;
    }
    uint32_t ia = index_of(&story, a->id);
    uint32_t ib = index_of(&story, b->id);
    KH_EACH(const kh_relation, r, story.relations) {
        if (joins(r->a, r->b, ia, ib)) {
            pair->relation = *r;
            pair->relation.a = 0;
            pair->relation.b = 1;
        }
    }
    bool in_words = pair->copy.kind != KH_COPY_TRANSLATED && pair->copy.kind != KH_COPY_COMPILED;
    pair->is_copy = pair->is_copy && in_words && pair->relation.kind == KH_SAME_WIRE; /* both copies of a third */
    KH_EACH(const kh_copy, c, story.copies) {
        if (joins(c->src, c->dst, ia, ib)) {
            pair->is_copy = true;
            pair->copy = *c;
            pair->copy.src = c->src == ia ? 0 : 1;
            pair->copy.dst = 1 - pair->copy.src;
        }
    }
    return true;
}

static int by_score(const void *a, const void *b)
{
    const kh_near *x = a;
    const kh_near *y = b;
    int order = (y->score > x->score) - (y->score < x->score);
    return order ? order : (x->article > y->article) - (x->article < y->article);
}

/* The best COUNT of ALL, sorted. */
static kh_nears best_of(kh_nears all, uint32_t count)
{
    if (all.count) {
        qsort(all.items, all.count, sizeof *all.items, by_score);
    }
    all.count = all.count < count ? all.count : count;
    return all;
}

kh_status kh_near_find(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_article *a, uint32_t count,
                       kh_nears *near, kh_error *err)
{
    kh_arena temporary = kh_arena_split(&scratch);
    kh_probe_counts counts;
    kh_candidates found = {0};
    kh_digest self = kh_engine_digest(a);
    kh_status status = kh_probe_frequencies(store, &temporary, scratch, a, &counts, err);
    if (!status) {
        status = kh_probe(store, &temporary, scratch, &counts, a, NEAR_CANDIDATES, &found, err);
    }
    for (size_t i = 0; i < found.count && !status; i++) {
        const kh_digest *other = NULL;
        status = kh_probe_digest(store, &temporary, found.items[i].article, &other, err);
        if (!status && other->id != a->id) {
            kh_likeness l = kh_story_likeness(&temporary, scratch, kh_engine_story(engine), &counts.df, &self, other);
            *KH_ADD(out, near) = (kh_near){.article = other->id, .score = l.score};
        }
    }
    *near = best_of(*near, count);
    return status;
}

/* ---- every article of a store ---- */

/* The counts of all features of ALL. */
static kh_status load_counts(kh_store *store, kh_arena *out, kh_neighbours *all, kh_error *err)
{
    kh_map *counts = KH_NEW(out, kh_map);
    kh_map live = {0};
    kh_status status = KH_OK;
    all->df.counts = counts;
    for (size_t i = 0; i < all->digests.count && !status; i++) {
        const kh_features *features = &all->digests.items[i]->features;
        uint64_t *fresh = KH_NEW_N(out, uint64_t, features->count + 1);
        size_t count = 0;
        for (size_t k = 0; k < features->count; k++) {
            fresh[count] = features->items[k].hash;
            count += kh_map_get(counts, fresh[count]) == NULL;
        }
        status = kh_store_frequencies(store, out, fresh, count, &all->df.documents, counts, &live, err);
    }
    return status;
}

kh_status kh_neighbours_load(kh_store *store, kh_arena *out, kh_neighbours *all, kh_error *err)
{
    kh_ids ids = {0};
    kh_status status = kh_store_ids(store, out, INT64_MIN, &ids, err);
    if (!status && ids.count > KH_NEIGHBOURS_MAX) {
        status = kh_fail(err, KH_ERR_LIMIT, "too_many", "the store holds over %d articles; ask about single ones with khabar trace",
                         KH_NEIGHBOURS_MAX);
    }
    for (size_t i = 0; i < ids.count && !status; i++) {
        const kh_digest *digest = NULL;
        status = kh_probe_digest(store, out, ids.items[i], &digest, err);
        *KH_ADD(out, &all->digests) = digest;
    }
    return status ? status : load_counts(store, out, all, err);
}

kh_nears kh_neighbours_of(const kh_engine *engine, kh_arena *out, kh_arena scratch, const kh_neighbours *all, size_t index, kh_str lang,
                          uint32_t count)
{
    kh_nears near = {0};
    const kh_digest *self = all->digests.items[index];
    for (size_t i = 0; i < all->digests.count; i++) {
        const kh_digest *other = all->digests.items[i];
        if (i != index && (lang.len == 0 || kh_str_eq(other->lang, lang))) {
            kh_arena temporary = scratch;
            kh_arena rest = kh_arena_split(&temporary);
            kh_likeness l = kh_story_likeness(&temporary, rest, kh_engine_story(engine), &all->df, self, other);
            *KH_ADD(out, &near) = (kh_near){.article = other->id, .score = l.score};
        }
    }
    return best_of(near, count);
}
