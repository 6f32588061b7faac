/* trace.c - whom was a page taken from, and who took from it?
 *
 * A story knows more than two pages alone: that a page was cut from a translation and not from its original, that
 * it was put together from two. So the answer comes from the story, also for a page that was only pasted: the articles
 * that share its wording or are most like it are looked up, and the story of the nearest is compared with the page
 * in it. What shares words with the page and stands in another story (a live page, a digest) is added by itself.
 *
 * Gets wrong: a pasted page of two stories is told of both only by its shared words.
 */
#include "engine/trace.h"

#include "engine/furniture.h"
#include "engine/ingest.h"

enum { ALIKE = 24, WORDED_ALIKE = 48, STORY_MAX = 300 };
static const float ONE_STORY = 0.5F;

static bool is_found(const kh_trails *trails, int64_t article)
{
    KH_EACH(const kh_trail, t, *trails) {
        if (t->other->id == article) {
            return true;
        }
    }
    return false;
}

/* The copies of page SELF of STORY, then the pages of its wire. */
static void follow_in_story(kh_arena *out, const kh_story *story, uint32_t self, kh_trails *trails)
{
    KH_EACH(const kh_copy, c, story->copies) {
        if (c->src == self || c->dst == self) {
            kh_trail t = {.pair = {.is_copy = true, .copy = *c, .relation = {.b = 1, .kind = KH_SAME_WIRE, .score = c->score}}};
            t.pair.relation.reason = c->reason;
            t.pair.copy.src = c->src == self ? 0 : 1;
            t.pair.copy.dst = 1 - t.pair.copy.src;
            t.other = story->articles.items[c->src == self ? c->dst : c->src];
            *KH_ADD(out, trails) = t;
        }
    }
    KH_EACH(const kh_relation, r, story->relations) {
        const kh_article *other = r->a == self ? story->articles.items[r->b] : story->articles.items[r->a];
        if ((r->a == self || r->b == self) && r->kind == KH_SAME_WIRE && !is_found(trails, other->id)) {
            kh_relation turned = *r;
            turned.a = 0;
            turned.b = 1;
            *KH_ADD(out, trails) = (kh_trail){.pair = {.relation = turned}, .other = other};
        }
    }
}

static kh_status trace_in_story(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, kh_article *a,
                                kh_trails *trails, kh_error *err)
{
    kh_story *story = KH_NEW(out, kh_story);
    kh_status status = kh_story_load_with(engine, store, out, scratch, id, a->id ? NULL : a, story, err);
    uint32_t self = 0;
    while (!status && self < story->articles.count && story->articles.items[self]->id != a->id) {
        self++;
    }
    if (!status) {
        follow_in_story(out, story, self, trails);
    }
    return status;
}

/* Articles that share wording with A, then those that are most like it, each once. */
static kh_status look_up(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_article *a, kh_ids *found,
                         kh_error *err)
{
    kh_candidates worded = {0};
    kh_nears alike = {0};
    kh_map seen = {0};
    kh_arena temporary = kh_arena_split(&scratch);
    kh_status status = kh_store_print_candidates(store, &temporary, scratch, &a->prints, WORDED_ALIKE, &worded, err);
    status = status ? status : kh_near_find(engine, store, &temporary, scratch, a, ALIKE, &alike, err);
    for (size_t i = 0; i < worded.count + alike.count && !status; i++) {
        int64_t id = i < worded.count ? worded.items[i].article : alike.items[i - worded.count].article;
        bool fresh = false;
        kh_map_put(&temporary, &seen, (uint64_t)id, &fresh);
        if (fresh && id != a->id) {
            *KH_ADD(out, found) = id;
        }
    }
    return status;
}

typedef struct nearest {
    int64_t article; /* 0: none that could be of its story */
    float score;
} nearest;

static kh_status compare_with(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, kh_article *a, int64_t id,
                              kh_trails *pairs, nearest *near, kh_error *err)
{
    kh_article *b = NULL;
    kh_trail t = {0};
    kh_arena one = *out;
    kh_status status = kh_store_article(store, &one, id, &b, err);
    status = status ? status : kh_pair_compare(engine, store, &one, scratch, a, b, &t.pair, err);
    if (status || kh_str_eq(a->sha256, b->sha256)) {
        return status;
    }
    bool copy = t.pair.is_copy || t.pair.relation.kind == KH_SAME_WIRE;
    float score = (copy ? 1 : 0) + t.pair.relation.score;
    if (score >= ONE_STORY && score > near->score) {
        *near = (nearest){id, score};
    }
    if (copy) {
        *out = one; /* else its memory is used again */
        t.other = b;
        *KH_ADD(out, pairs) = t;
    }
    return KH_OK;
}

static size_t members_of(kh_store *store, kh_arena scratch, int64_t story)
{
    kh_ids members = {0};
    return kh_store_members(store, &scratch, story, &members, NULL) ? 0 : members.count;
}

static kh_status trace_new(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, kh_article *a, kh_trails *trails,
                           kh_error *err)
{
    kh_ids found = {0};
    kh_trails pairs = {0};
    nearest near = {0};
    kh_status status = look_up(engine, store, out, scratch, a, &found, err);
    for (size_t i = 0; i < found.count && !status; i++) {
        status = compare_with(engine, store, out, scratch, a, found.items[i], &pairs, &near, err);
    }
    int64_t story = near.article && !status ? kh_store_story_of(store, near.article) : 0;
    if (story && members_of(store, scratch, story) <= STORY_MAX) {
        status = trace_in_story(engine, store, out, scratch, story, a, trails, err);
    } else {
        story = 0;
    }
    KH_EACH(const kh_trail, t, pairs) {
        bool apart = !story || kh_store_story_of(store, t->other->id) != story;
        if (apart) {
            *KH_ADD(out, trails) = *t;
        }
    }
    return status;
}

kh_status kh_trace(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, kh_article *a, kh_trails *trails,
                   kh_error *err)
{
    kh_status status = kh_furniture_mark(store, out, scratch, a, err);
    int64_t story = a->id ? kh_store_story_of(store, a->id) : 0;
    if (status) {
        return status;
    }
    return story && members_of(store, scratch, story) <= STORY_MAX ? trace_in_story(engine, store, out, scratch, story, a, trails, err)
                                                                   : trace_new(engine, store, out, scratch, a, trails, err);
}
