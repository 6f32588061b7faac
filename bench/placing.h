/* placing.h - grouping in memory, for measuring: the pure placement of story/ with postings as the store keeps them.
 *
 * Candidates are found as engine/probes.c finds them: the newest POSTINGS_MAX articles of each probe count, of these the
 * CANDIDATES_MAX likest, whose stories are filled up with their newest members. Counts are frozen per epoch, as in the
 * store, so that what is measured here holds there.
 */
#ifndef KHABAR_BENCH_PLACING_H
#define KHABAR_BENCH_PLACING_H

#include "story/internal.h"

#include <stdlib.h>
#include <string.h>

enum { PROBES_MAX = 96, POSTINGS_MAX = 256, CANDIDATES_MAX = 96, OPEN_MAX = 16, FILLED_MAX = 4, MEMBERS_MAX = 12, PRINTS_MAX = 64 };

/* The articles that have one feature, and how many they are. */
typedef struct posting {
    uint32_t *newest; /* a ring of the last ones */
    uint32_t room, documents;
    uint32_t epoch, frozen; /* documents when the epoch began */
} posting;

typedef KH_LIST(uint32_t) indices;

typedef struct placer {
    kh_arena out, scratch, more; /* `out` grows with the articles */
    const kh_story_know *know;
    KH_LIST(const kh_digest *) docs;
    KH_LIST(uint32_t) story_of; /* by article */
    KH_LIST(indices) stories;   /* articles of each, by story; story 0 is none */
    kh_map places;              /* feature -> index into postings + 1 */
    KH_LIST(posting) postings;
    float *found; /* by article: the weight found in this round */
    size_t found_room;
    uint32_t epoch;
    uint64_t counted; /* articles when it began */
    size_t merges, splits, moves;
} placer;

static inline void placer_open(placer *p, const kh_story_know *know, size_t articles_max)
{
    *p = (placer){.know = know,
                  .out = kh_arena_reserve((size_t)32 << 30, NULL),
                  .scratch = kh_arena_reserve((size_t)1 << 30, NULL),
                  .more = kh_arena_reserve((size_t)1 << 30, NULL)};
    p->found = calloc(articles_max + 1, sizeof *p->found);
    p->found_room = articles_max;
    KH_ADD(&p->out, &p->stories);
}

static inline void placer_close(placer *p)
{
    free(p->found);
    kh_arena_release(&p->out);
    kh_arena_release(&p->scratch);
    kh_arena_release(&p->more);
}

static inline posting *posting_of(placer *p, uint64_t hash)
{
    const uint32_t *at = kh_map_get(&p->places, hash);
    return at ? &p->postings.items[*at - 1] : NULL;
}

/* ---- what is known of an article's features ---- */

typedef struct known {
    kh_map frozen, live;
    kh_frequencies df, df_live;
} known;

static inline void know_counts(placer *p, kh_arena *out, const kh_digest *a, known *k)
{
    *k = (known){0};
    KH_EACH(const kh_feature, f, a->features) {
        const posting *x = posting_of(p, f->hash);
        uint32_t frozen = !x ? 0 : x->epoch < p->epoch ? x->documents : x->frozen;
        if (x) {
            *kh_map_put(out, &k->live, f->hash, NULL) = x->documents;
        }
        if (frozen) {
            *kh_map_put(out, &k->frozen, f->hash, NULL) = frozen;
        }
    }
    k->df = (kh_frequencies){.documents = p->counted, .counts = &k->frozen};
    k->df_live = (kh_frequencies){.documents = p->counted, .counts = &k->live};
}

/* ---- candidates ---- */

static inline void look_up(placer *p, kh_arena *out, uint64_t hash, float weight, indices *touched)
{
    const posting *x = posting_of(p, hash);
    size_t count = x ? x->documents < POSTINGS_MAX ? x->documents : POSTINGS_MAX : 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t doc = x->newest[i];
        if (p->found[doc] == 0) {
            *KH_ADD(out, touched) = doc;
        }
        p->found[doc] += weight;
    }
}

/* The likest of TOUCHED first, at most CANDIDATES_MAX; the rest is let go. */
static inline void choose(placer *p, indices *touched)
{
    size_t count = 0;
    for (size_t i = 0; i < touched->count; i++) {
        uint32_t doc = touched->items[i];
        size_t at = count < CANDIDATES_MAX ? count++ : CANDIDATES_MAX - 1;
        bool full = at == CANDIDATES_MAX - 1 && i > at;
        if (full && p->found[doc] <= p->found[touched->items[at]]) {
            p->found[doc] = 0;
            continue;
        }
        if (full) {
            p->found[touched->items[at]] = 0;
        }
        for (; at > 0 && p->found[touched->items[at - 1]] < p->found[doc]; at--) {
            touched->items[at] = touched->items[at - 1];
        }
        touched->items[at] = doc;
    }
    touched->count = count;
}

static inline bool has_member(const kh_story_candidate *c, const kh_digest *d)
{
    for (size_t i = 0; i < c->members.count; i++) {
        if (c->members.items[i] == d) {
            return true;
        }
    }
    return false;
}

/* Up to LIMIT members, the newest ones, all but BUT. */
static inline void fill_up(placer *p, kh_arena *out, kh_story_candidate *c, size_t limit, const kh_digest *but)
{
    const indices *all = &p->stories.items[c->story];
    for (size_t i = all->count; i-- > 0 && c->members.count < limit;) {
        const kh_digest *d = p->docs.items[all->items[i]];
        if (d != but && !has_member(c, d)) {
            *KH_ADD(out, &c->members) = d;
        }
    }
}

static inline bool is_far(const kh_digest *a, const kh_digest *b, size_t rank)
{
    bool dated = a->published.precision >= KH_TO_DAY && b->published.precision >= KH_TO_DAY;
    int64_t days = dated ? kh_day_number(a->published) - kh_day_number(b->published) : 0;
    return rank >= KH_STORY_ANY_DAY && (days > KH_STORY_FAR_DAYS || days < -KH_STORY_FAR_DAYS);
}

static inline size_t gather_open(placer *p, kh_arena *out, const indices *found, kh_story_candidate open[OPEN_MAX], const kh_digest *a)
{
    size_t count = 0;
    for (size_t i = 0; i < found->count; i++) {
        uint32_t story = p->story_of.items[found->items[i]];
        size_t at = 0;
        while (at < count && open[at].story != story) {
            at++;
        }
        if (at == OPEN_MAX || p->docs.items[found->items[i]] == a || is_far(a, p->docs.items[found->items[i]], i)) {
            continue;
        }
        if (at == count) {
            open[count++] = (kh_story_candidate){.story = story};
        }
        if (open[at].members.count < MEMBERS_MAX) {
            *KH_ADD(out, &open[at].members) = p->docs.items[found->items[i]];
        }
    }
    for (size_t i = 0; i < count && i < FILLED_MAX; i++) {
        fill_up(p, out, &open[i], MEMBERS_MAX, a);
    }
    return count;
}

static inline bool is_kept(const placer *p, const kh_digest *a)
{
    return (size_t)a->id <= p->docs.count;
}

/* The open stories that A may tell, without A itself, which may be kept already. */
static inline size_t find_open(placer *p, kh_arena *out, const known *k, const kh_digest *a, kh_story_candidate open[OPEN_MAX])
{
    indices touched = {0};
    kh_story_probe_list probes = kh_story_probes(out, p->scratch, &k->df_live, is_kept(p, a), a, PROBES_MAX);
    KH_EACH(const kh_story_probe, probe, probes) {
        look_up(p, out, probe->hash, probe->weight, &touched);
    }
    for (size_t i = 0; i < a->prints.count && i < PRINTS_MAX; i++) {
        look_up(p, out, a->prints.items[i], 1200, &touched);
    }
    choose(p, &touched);
    size_t count = gather_open(p, out, &touched, open, a);
    for (size_t i = 0; i < touched.count; i++) {
        p->found[touched.items[i]] = 0;
    }
    return count;
}

/* ---- keeping ---- */

static inline void keep_posting(placer *p, uint64_t hash, uint32_t doc)
{
    uint32_t *at = kh_map_put(&p->out, &p->places, hash, NULL);
    if (*at == 0) {
        KH_ADD(&p->out, &p->postings);
        *at = (uint32_t)p->postings.count;
    }
    posting *x = &p->postings.items[*at - 1];
    if (x->epoch < p->epoch) {
        x->frozen = x->documents;
        x->epoch = p->epoch;
    }
    if (x->documents == x->room && x->room < POSTINGS_MAX) {
        uint32_t room = x->room ? 2 * x->room : 1;
        uint32_t *more = KH_NEW_N(&p->out, uint32_t, room);
        if (x->room) {
            memcpy(more, x->newest, x->room * sizeof *more);
        }
        x->newest = more;
        x->room = room;
    }
    x->newest[x->documents++ % x->room] = doc;
}

/* Keeps A as an article of STORY, or of a new one for 0; its number is the number of articles before it. */
static inline uint32_t keep_article(placer *p, const kh_digest *a, uint32_t story)
{
    uint32_t doc = (uint32_t)p->docs.count;
    if (story == 0) {
        story = (uint32_t)p->stories.count;
        KH_ADD(&p->out, &p->stories);
    }
    *KH_ADD(&p->out, &p->docs) = a;
    *KH_ADD(&p->out, &p->story_of) = story;
    *KH_ADD(&p->out, &p->stories.items[story]) = doc;
    KH_EACH(const kh_feature, f, a->features) {
        keep_posting(p, f->hash, doc);
    }
    for (size_t i = 0; i < a->prints.count; i++) {
        keep_posting(p, a->prints.items[i], doc);
    }
    if (p->docs.count > p->counted + p->counted / 16) {
        p->epoch++;
        p->counted = p->docs.count;
    }
    return story;
}

static inline void move_all(placer *p, uint32_t from, uint32_t to)
{
    indices *old = &p->stories.items[from];
    for (size_t i = 0; i < old->count; i++) {
        p->story_of.items[old->items[i]] = to;
        *KH_ADD(&p->out, &p->stories.items[to]) = old->items[i];
    }
    old->count = 0;
    p->merges++;
}

static inline uint32_t merge_rivals(placer *p, kh_arena *out, const known *k, uint32_t story, const int64_t rivals[KH_RIVALS_MAX])
{
    kh_story_candidate mine = {.story = story};
    float top = KH_STORY_MERGE;
    uint32_t with = 0;
    if (rivals[0]) {
        fill_up(p, out, &mine, MEMBERS_MAX, NULL);
    }
    for (size_t i = 0; i < KH_RIVALS_MAX && rivals[i]; i++) {
        kh_story_candidate other = {.story = rivals[i]};
        fill_up(p, out, &other, MEMBERS_MAX, NULL);
        float sure = kh_story_merge(p->scratch, p->know, &k->df, &mine, &other);
        with = sure > top ? (uint32_t)rivals[i] : with;
        top = sure > top ? sure : top;
    }
    if (with) {
        bool larger = p->stories.items[story].count >= p->stories.items[with].count;
        move_all(p, larger ? with : story, larger ? story : with);
        story = larger ? story : with;
    }
    return story;
}

static inline void split_grown(placer *p, kh_arena *out, const known *k, uint32_t story, kh_str lang)
{
    kh_story_candidate all = {.story = story};
    const kh_digest *own[KH_SPLIT_MAX];
    uint8_t side[KH_SPLIT_MAX];
    size_t count = 0;
    if (p->stories.items[story].count < KH_SPLIT_MIN) {
        return;
    }
    fill_up(p, out, &all, KH_SPLIT_MAX, NULL);
    for (size_t i = 0; i < all.members.count; i++) {
        if (kh_str_eq(all.members.items[i]->lang, lang)) {
            own[count++] = all.members.items[i];
        }
    }
    if (count < KH_SPLIT_MIN || count % 2 || !kh_story_split(p->scratch, &k->df, own, count, side)) {
        return;
    }
    uint32_t fresh = (uint32_t)p->stories.count;
    KH_ADD(&p->out, &p->stories);
    p->splits++;
    for (size_t i = 0; i < count; i++) {
        uint32_t doc = (uint32_t)own[i]->id - 1;
        if (side[i]) {
            p->story_of.items[doc] = fresh;
            *KH_ADD(&p->out, &p->stories.items[fresh]) = doc;
        }
    }
    indices *old = &p->stories.items[story];
    size_t left = 0;
    for (size_t i = 0; i < old->count; i++) {
        if (p->story_of.items[old->items[i]] == story) {
            old->items[left++] = old->items[i];
        }
    }
    old->count = left;
}

/* Document DOC moves to story TO; stories[from] keeps the order of the others. */
static inline void move_one(placer *p, uint32_t doc, uint32_t to)
{
    indices *old = &p->stories.items[p->story_of.items[doc]];
    size_t left = 0;
    for (size_t i = 0; i < old->count; i++) {
        if (old->items[i] != doc) {
            old->items[left++] = old->items[i];
        }
    }
    old->count = left;
    p->story_of.items[doc] = to;
    *KH_ADD(&p->out, &p->stories.items[to]) = doc;
    p->moves++;
}

/* The document in doubt is held against all open stories again, if CAME, which stands in STORY and has CANDIDATES, is a reason to. */
static inline void look_again(placer *p, kh_arena out, const kh_doubtful *doubtful, const kh_digest *came, uint32_t story,
                              const kh_story_candidate *candidates, size_t candidates_count)
{
    uint32_t doc = (uint32_t)doubtful->article - 1;
    const kh_digest *a = p->docs.items[doc];
    known k;
    kh_story_candidate open[OPEN_MAX] = {0};
    know_counts(p, &out, a, &k);
    if (p->story_of.items[doc] == story ||
        !kh_story_in_doubt(p->scratch, p->know, &k.df, doubtful, came, story, candidates, candidates_count)) {
        return;
    }
    size_t count = find_open(p, &out, &k, a, open);
    int64_t own = p->story_of.items[doc];
    kh_placement found = kh_story_again(&out, p->scratch, p->know, &k.df, a, own, open, count, false);
    if (found.story == 0) {
        found.story = (int64_t)p->stories.count;
        KH_ADD(&p->out, &p->stories);
    }
    if (found.story != own) {
        move_one(p, doc, (uint32_t)found.story);
    }
}

/* Finds the story of A, whose id must be its number + 1, keeps it there, and merges, parts and moves as the store does. */
static inline void place_article(placer *p, const kh_digest *a)
{
    kh_arena out = p->more;
    known k;
    kh_story_candidate open[OPEN_MAX] = {0};
    know_counts(p, &out, a, &k);
    size_t count = find_open(p, &out, &k, a, open);
    kh_placement found = kh_story_place(&out, p->scratch, p->know, &k.df, a, open, count);
    kh_doubtful doubtful[KH_DOUBTFUL_MAX];
    size_t doubts = kh_story_doubtful(p->scratch, p->know, &k.df, a, &found, open, count, doubtful);
    uint32_t story = keep_article(p, a, (uint32_t)found.story);
    story = merge_rivals(p, &out, &k, story, found.rivals);
    split_grown(p, &out, &k, story, a->lang);
    for (size_t i = 0; i < doubts; i++) {
        look_again(p, out, &doubtful[i], a, p->story_of.items[a->id - 1], open, count);
    }
}

#endif
