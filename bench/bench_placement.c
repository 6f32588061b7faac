/* bench_placement.c [N] - placing articles in stories beside a cosine over all open stories, in the same run, on one core.
 *
 * Made-up articles, the same in every run: of FEATURES features each, words and concepts drawn by rank (Zipf), names,
 * places, figures and sounds of their story. N open stories (15,000) of one article each are kept; then ROUNDS articles,
 * half of them of stories that are open, are placed and kept. The reference holds each article against every open story by the
 * cosine of its features, weighed by idf, and joins the likest above a threshold, which is what a grouping without
 * an index does. Then the same with ten times as many open stories, without the reference.
 */
#include "engine/engine.h"
#include "placing.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

enum { STORIES = 15000, ROUNDS = 3000, REFERENCE_ROUNDS = 200, WORDS = 100, CONCEPTS = 35, OWN = 40 };

static uint64_t state = 11;

static uint32_t draw(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % below);
}

/* A rank below COUNT, about as Zipf's law has it. */
static uint32_t draw_rank(uint32_t count)
{
    double u = (double)draw(1u << 30) / (double)(1u << 30);
    return (uint32_t)(exp(u * log((double)count)) - 1);
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = ((const kh_feature *)a)->hash;
    uint64_t y = ((const kh_feature *)b)->hash;
    return (x > y) - (x < y);
}

static void add_feature(kh_arena *out, kh_features *f, kh_feature_kind kind, uint64_t key, unsigned lead)
{
    uint64_t hash = kh_hash_mix(key * 0x9E3779B97F4A7C15u, (uint64_t)kind + 1);
    *KH_ADD(out, f) = (kh_feature){.hash = hash ? hash : 1, .count = (uint16_t)(1 + draw(2)), .kind = (uint8_t)kind, .lead = (uint8_t)lead};
}

/* What a story's articles have of their own: two of three of them. */
static void add_own(kh_arena *out, kh_features *f, uint32_t story)
{
    static const kh_feature_kind kinds[] = {KH_FEATURE_WORD, KH_FEATURE_SOUND, KH_FEATURE_WORD,   KH_FEATURE_CONCEPT,
                                            KH_FEATURE_NAME, KH_FEATURE_PLACE, KH_FEATURE_NUMBER, KH_FEATURE_SOUND};
    for (uint32_t i = 0; i < OWN; i++) {
        kh_feature_kind kind = kinds[i % 8];
        uint64_t key = story * 2654435761u + i * 40503u;
        uint32_t ranks = kind == KH_FEATURE_CONCEPT ? 3000 : kind == KH_FEATURE_PLACE ? 2000 : 200000;
        if (draw(3)) {
            add_feature(out, f, kind, key % ranks, i < 8);
        }
    }
}

static kh_digest *make_article(kh_arena *out, uint32_t story, size_t number)
{
    kh_digest *d = KH_NEW(out, kh_digest);
    kh_features all = {0};
    d->id = (int64_t)number + 1;
    d->lang = KH_STR("en");
    d->published = kh_day(2024, 1, 1 + (int)(story % 28));
    add_own(out, &all, story);
    for (size_t i = 0; i < WORDS; i++) {
        add_feature(out, &all, KH_FEATURE_WORD, draw_rank(100000), 0);
    }
    for (size_t i = 0; i < CONCEPTS; i++) {
        add_feature(out, &all, KH_FEATURE_CONCEPT, draw_rank(3000), 0);
    }
    qsort(all.items, all.count, sizeof *all.items, by_hash);
    for (size_t i = 0; i < all.count; i++) {
        if (d->features.count == 0 || d->features.items[d->features.count - 1].hash != all.items[i].hash) {
            *KH_ADD(out, &d->features) = all.items[i];
        }
    }
    return d;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- the reference ---- */

/* An open story as the reference knows it: the weights of its features, of length 1 together. */
typedef struct vector {
    const kh_features *features;
    const float *weights;
} vector;

static vector vector_of(placer *p, kh_arena *out, const kh_digest *d)
{
    kh_arena rest = p->more;
    known k;
    know_counts(p, &rest, d, &k);
    float *w = KH_NEW_N(out, float, d->features.count + 1);
    float square = 0;
    for (size_t i = 0; i < d->features.count; i++) {
        w[i] = kh_weight_of(&k.df, &d->features.items[i]) * logf(1 + (float)d->features.items[i].count);
        square += w[i] * w[i];
    }
    for (size_t i = 0; i < d->features.count; i++) {
        w[i] /= sqrtf(square);
    }
    return (vector){&d->features, w};
}

/* Walks both sorted lists; the steps are computed, not branched on. */
static float cosine(const vector *a, const vector *b)
{
    const kh_feature *x = a->features->items, *y = b->features->items;
    float dot = 0;
    for (size_t i = 0, k = 0; i < a->features->count && k < b->features->count;) {
        uint64_t hx = x[i].hash, hy = y[k].hash;
        if (hx == hy) {
            dot += a->weights[i] * b->weights[k];
        }
        i += hx <= hy;
        k += hy <= hx;
    }
    return dot;
}

/* The likest of the open stories, each of which is its one article; 0 for none. */
static uint32_t likest(const vector *a, const vector *open, size_t stories)
{
    float top = 0.25F;
    uint32_t best = 0;
    for (size_t i = 0; i < stories; i++) {
        float c = cosine(a, &open[i]);
        best = c > top ? (uint32_t)i + 1 : best;
        top = c > top ? c : top;
    }
    return best;
}

/* ---- measuring ---- */

typedef struct figures {
    double placed, reference; /* articles a second */
    double right, reference_right;
    double bytes; /* of an open article: its digest and its share of the postings */
} figures;

static figures measure(const kh_story_know *know, size_t stories, bool with_reference)
{
    placer p;
    figures f = {0};
    size_t right = 0, asked = 0;
    placer_open(&p, know, stories + ROUNDS);
    kh_arena made = kh_arena_reserve((size_t)16 << 30, NULL);
    for (size_t i = 0; i < stories; i++) {
        keep_article(&p, make_article(&made, (uint32_t)i, i), 0);
    }
    f.bytes = (double)((made.cur - made.begin) + (p.out.cur - p.out.begin)) / (double)stories;
    kh_digest **next = KH_NEW_N(&made, kh_digest *, ROUNDS);
    uint32_t *of = KH_NEW_N(&made, uint32_t, ROUNDS);
    for (size_t i = 0; i < ROUNDS; i++) {
        of[i] = i % 2 ? (uint32_t)(stories + i) : draw((uint32_t)stories);
        next[i] = make_article(&made, of[i], stories + i);
    }
    vector *open = KH_NEW_N(&made, vector, stories);
    for (size_t i = 0; with_reference && i < stories; i++) {
        open[i] = vector_of(&p, &made, p.docs.items[i]);
    }
    double begun = now();
    for (size_t i = 0; with_reference && i < REFERENCE_ROUNDS; i++) {
        vector a = vector_of(&p, &made, next[i]);
        right += likest(&a, open, stories) == (of[i] < stories ? of[i] + 1 : 0);
    }
    f.reference = with_reference ? REFERENCE_ROUNDS / (now() - begun) : 0;
    f.reference_right = (double)right / REFERENCE_ROUNDS;
    right = 0;
    begun = now();
    for (size_t i = 0; i < ROUNDS; i++) {
        place_article(&p, next[i]);
    }
    f.placed = ROUNDS / (now() - begun);
    for (size_t i = 0; i < ROUNDS; i += 2, asked++) {
        right += p.story_of.items[stories + i] == p.story_of.items[of[i]];
    }
    f.right = (double)right / (double)asked;
    placer_close(&p);
    kh_arena_release(&made);
    return f;
}

int main(int argc, char **argv)
{
    kh_error err;
    size_t stories = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : STORIES;
    kh_engine *engine = kh_engine_open(NULL, &err);
    if (!engine || stories < 100) {
        fputs("usage: bench_placement [STORIES]\n", stderr);
        return 64;
    }
    const kh_story_know *know = kh_engine_story(engine);
    figures few = measure(know, stories, true);
    figures many = measure(know, 10 * stories, false);
    printf("placement: %zu open stories\n", stories);
    printf("  placed                        %8.0f articles/s, %3.0f %% of the planted members find their story\n", few.placed,
           100 * few.right);
    printf("  cosine over all open stories  %8.0f articles/s, right for %3.0f %% of all\n", few.reference, 100 * few.reference_right);
    printf("  ratio                         %8.1f\n", few.placed / few.reference);
    printf("  with %zu open stories      %8.0f articles/s, %3.0f %%; cost %.2f times\n", 10 * stories, many.placed, 100 * many.right,
           few.placed / many.placed);
    printf("  memory of an open article     %8.0f bytes, with its postings\n", few.bytes);
    kh_engine_close(engine);
    return 0;
}
