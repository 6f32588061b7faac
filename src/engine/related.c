/* related.c - where the pure comparing of two stories (story/related.c) meets the store's counts and postings.
 *
 * Decides which stories are looked at. Of the story's newest MEMBERS articles the central features are asked for like
 * those of a new page (story/probes.c): at most ASKED of them, of each the newest ROWS_PER_HASH rows; the CANDIDATES
 * articles that share most name at most STORIES stories beside this one, and of each its newest articles are loaded. So
 * the work has a bound that does not grow with the store. What both are about is shown in the words of this story.
 *
 *     related: s41c0..., "Commission blames the Tarkand dam", 12 days later: Tarkand, dam, flood
 *
 * Gets wrong: where one story has hundreds of articles, which all share its names, they may fill the rows and hide an older
 * one.
 */
#include "engine/related.h"

#include "engine/probes.h"

#include <stdlib.h>

enum {
    MEMBERS = 12,
    OTHERS_MEMBERS = 6,
    ASKED = 64,
    ROWS_PER_HASH = 256,
    CANDIDATES = 400,
    STORIES = 24,
    WORDS_SHOWN = 6,
    LINKS_SHOWN = 12
};

typedef struct relating {
    const kh_engine *engine;
    kh_store *store;
    kh_arena *out;     /* of the caller */
    kh_arena *scratch; /* until all is done */
    kh_arena spare;    /* for each step */
    kh_error *err;
} relating;

typedef struct tied {
    int64_t story;
    kh_story_tie tie;
} tied;

typedef KH_LIST(tied) ties;

static kh_status subject_of(relating *r, int64_t story, uint32_t members, kh_story_subject *subject)
{
    kh_ids ids = {0};
    kh_story_state state;
    KH_LIST(const kh_digest *) digests = {0};
    kh_status status = kh_store_newest(r->store, r->scratch, story, members, &ids, r->err);
    status = status ? status : kh_store_story_state(r->store, r->scratch, story, &state, r->err);
    for (size_t i = 0; i < ids.count && !status; i++) {
        status = kh_probe_digest(r->store, r->scratch, ids.items[i], KH_ADD(r->scratch, &digests), r->err);
    }
    if (!status) {
        *subject = kh_story_subject_of(r->scratch, r->spare, kh_engine_story(r->engine), digests.items, digests.count, state.articles);
    }
    return status;
}

/* The stories that share the most telling of what SUBJECT is about, the likeliest first. */
static kh_status find(relating *r, int64_t story, const kh_story_subject *subject, const kh_probe_counts *counts, kh_ids *stories)
{
    uint64_t hashes[ASKED];
    float weights[ASKED];
    kh_frequencies live = {.documents = counts->df.documents, .counts = &counts->live};
    kh_digest digest = {.features = subject->central};
    kh_story_probe_list probes = kh_story_probes(r->scratch, r->spare, &live, true, &digest, ASKED);
    for (size_t i = 0; i < probes.count; i++) {
        hashes[i] = probes.items[i].hash;
        weights[i] = probes.items[i].weight;
    }
    kh_candidates found = {0};
    kh_status status =
        kh_store_candidates(r->store, r->scratch, r->spare, hashes, weights, probes.count, ROWS_PER_HASH, CANDIDATES, &found, r->err);
    kh_map seen = {0};
    for (size_t i = 0; i < found.count && stories->count < STORIES && !status; i++) {
        bool fresh = false;
        int64_t other = found.items[i].story;
        kh_map_put(r->scratch, &seen, (uint64_t)other, &fresh);
        if (fresh && other && other != story) {
            *KH_ADD(r->scratch, stories) = other;
        }
    }
    return status;
}

static int by_score(const void *a, const void *b)
{
    const tied *x = a;
    const tied *y = b;
    int order = (y->tie.score > x->tie.score) - (y->tie.score < x->tie.score);
    return order ? order : (x->story > y->story) - (x->story < y->story);
}

/* Those of STORIES that are related to SUBJECT, the most related first. */
static kh_status tie(relating *r, const kh_story_subject *subject, const kh_frequencies *df, const kh_ids *stories, ties *found)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < stories->count && !status; i++) {
        kh_story_subject other;
        status = subject_of(r, stories->items[i], OTHERS_MEMBERS, &other);
        kh_story_tie t = status ? (kh_story_tie){0} : kh_story_tie_of(r->scratch, df, subject, &other);
        if (t.score >= KH_STORY_RELATED) {
            *KH_ADD(r->scratch, found) = (tied){.story = stories->items[i], .tie = t};
        }
    }
    if (found->count) {
        qsort(found->items, found->count, sizeof *found->items, by_score);
    }
    found->count = found->count < KH_RELATED_MAX ? found->count : KH_RELATED_MAX;
    return status;
}

/* ---- in words ---- */

/* The words of STORY for the features in HASHES; the leading article's where it has them. */
static kh_str *wording(relating *r, const kh_story *story, const kh_u64s *hashes)
{
    kh_str *words = KH_NEW_N(r->scratch, kh_str, hashes->count + 1);
    kh_span *spans = KH_NEW_N(r->scratch, kh_span, hashes->count + 1);
    for (size_t n = 0; n < story->articles.count && n <= MEMBERS; n++) {
        const kh_article *a = story->articles.items[n ? n - 1 : story->leading];
        if (!a->tokens) {
            continue;
        }
        for (size_t i = 0; i < hashes->count; i++) {
            spans[i] = (kh_span){0};
        }
        kh_story_wording(r->spare, kh_engine_story(r->engine), a, hashes, spans);
        for (size_t i = 0; i < hashes->count; i++) {
            words[i] = words[i].len ? words[i] : kh_slice(a->text, spans[i]);
        }
    }
    return words;
}

/* Whether one of LIST holds WORD already, or a longer form of it: "Tarkand dam" and "dam". */
static bool is_said(kh_arena spare, const kh_strs *list, kh_str word)
{
    kh_str key = kh_fold_key(&spare, word);
    KH_EACH(const kh_str, said, *list) {
        kh_str longer = kh_fold_key(&spare, *said);
        if (kh_str_find(longer, key) < longer.len) {
            return true;
        }
    }
    return false;
}

static kh_status describe(relating *r, const tied *t, const kh_map *places, const kh_str *words, kh_related *related)
{
    kh_story_state state;
    kh_front_row row = {0};
    kh_status status = kh_store_story_state(r->store, r->out, t->story, &state, r->err);
    status = status ? status : kh_store_front_row(r->store, r->out, r->spare, t->story, &row, r->err);
    *related = (kh_related){
        .id = state.name, .title = row.title, .lang = row.title_lang, .score = t->tie.score, .dated = t->tie.dated, .days = t->tie.days};
    for (size_t i = 0; i < t->tie.links.count && i < LINKS_SHOWN && related->shared.count < WORDS_SHOWN && !status; i++) {
        kh_str word = words[*kh_map_get(places, t->tie.links.items[i].hash)];
        if (word.len && !is_said(r->spare, &related->shared, word)) {
            *KH_ADD(r->out, &related->shared) = word;
        }
    }
    return status;
}

static kh_status describe_all(relating *r, const ties *found, kh_story *story)
{
    kh_u64s hashes = {0};
    kh_map places = {0};
    KH_EACH(const tied, t, *found) {
        for (size_t i = 0; i < t->tie.links.count && i < LINKS_SHOWN; i++) {
            bool fresh = false;
            uint32_t *place = kh_map_put(r->scratch, &places, t->tie.links.items[i].hash, &fresh);
            if (fresh) {
                *place = (uint32_t)hashes.count;
                *KH_ADD(r->scratch, &hashes) = t->tie.links.items[i].hash;
            }
        }
    }
    kh_str *words = wording(r, story, &hashes);
    kh_status status = KH_OK;
    for (size_t i = 0; i < found->count && !status; i++) {
        status = describe(r, &found->items[i], &places, words, KH_ADD(r->out, &story->related));
    }
    return status;
}

kh_status kh_story_relate(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, kh_story *story,
                          kh_error *err)
{
    if (kh_store_schema_of(store) < 3) {
        return KH_OK; /* an older store, only read: its stories have no days of their own */
    }
    relating r = {.engine = engine, .store = store, .out = out, .spare = kh_arena_split(&scratch), .err = err};
    r.scratch = &scratch;
    kh_story_subject subject;
    kh_probe_counts counts;
    kh_ids stories = {0};
    ties found = {0};
    kh_status status = subject_of(&r, id, MEMBERS, &subject);
    kh_article about = {0};
    if (!status) {
        about.features = subject.central;
        status = kh_probe_frequencies(store, &scratch, r.spare, &about, &counts, err);
    }
    status = status ? status : find(&r, id, &subject, &counts, &stories);
    status = status ? status : tie(&r, &subject, &counts.df, &stories, &found);
    return status || found.count == 0 ? status : describe_all(&r, &found, story);
}
