/* evidence.c - what do two articles share, kind by kind?
 *
 * Measures, and decides nothing. Example: "مقتل 24 في انهيار سد أشكول" and "Ashkul dam collapse kills 24" share no
 * word, but the concepts dam, collapse and killing (cosine of concepts .8), the consonants of Ashkul (cosine of
 * sounds .6) and the figure killed:24 (cosine of numbers 1).
 *
 * Method. A feature weighs -ln of the share of articles that have it (idf); where counts are few they are
 * softened by PRIOR_DOCUMENTS imagined articles. Only the features of one side need counts: what only the other
 * has is taken to weigh what its kind mostly weighs, which measured no worse than the true weights. Each kind
 * gives a cosine and a mass, the summed weight of what both have; `meaning` is one cosine over all kinds that languages
 * have in common, since a kind of which both have a single feature, a country, would have a cosine of 1 by itself. From
 * these come the numbers that world/likeness.txt weighs, named in KH_EVIDENCE.
 *
 * Gets wrong: with few articles read, a common word weighs as much as a rare one.
 */
#include "story/internal.h"

#include <math.h>

/* How often a feature of each kind stands in an article where nothing is known yet, as a share of articles,
 * and of how many imagined articles that opinion is: a young store has few counts of its own. */
static const float prior[KH_FEATURE_kinds] = {
    [KH_FEATURE_WORD] = 0.01F,   [KH_FEATURE_CONCEPT] = 0.04F, [KH_FEATURE_NAME] = 0.004F, [KH_FEATURE_PLACE] = 0.02F,
    [KH_FEATURE_NUMBER] = 0.01F, [KH_FEATURE_SOUND] = 0.01F,   [KH_FEATURE_SITE] = 0.002F, [KH_FEATURE_SPELLING] = 0.01F,
};
static const float PRIOR_DOCUMENTS = 400;

float kh_weight_of(const kh_frequencies *df, const kh_feature *f)
{
    return kh_weight_beside(df, f, 0);
}

float kh_weight_beside(const kh_frequencies *df, const kh_feature *f, uint32_t own)
{
    const uint32_t *seen = df->counts ? kh_map_get(df->counts, f->hash) : NULL;
    float count = seen && *seen > own ? (float)(*seen - own) : 0;
    float documents = (float)df->documents + PRIOR_DOCUMENTS;
    float share = (count + prior[f->kind] * PRIOR_DOCUMENTS) / documents;
    return share < 1 ? -logf(share) : 0;
}

float kh_weight_most(const kh_frequencies *df)
{
    return logf((float)df->documents + PRIOR_DOCUMENTS);
}

/* 1 + ln(count): the third mention says less than the first. */
static float tf(uint16_t count)
{
    static const float table[8] = {0, 1, 1.69F, 2.10F, 2.39F, 2.61F, 2.79F, 2.95F};
    return count < 8 ? table[count] : 3.08F;
}

static uint64_t mixed(uint64_t hash)
{
    return hash * 0x9E3779B97F4A7C15u;
}

enum { FILTER_WORDS = (1 << KH_FILTER_BITS) / 64, SLOT_BITS_MIN = 7 };

static void pass(uint64_t *filter, uint64_t mixed_hash)
{
    uint64_t bit = mixed_hash >> (64 - KH_FILTER_BITS);
    filter[bit / 64] |= UINT64_C(1) << bit % 64;
}

static inline bool passes(const uint64_t *filter, uint64_t mixed_hash)
{
    uint64_t bit = mixed_hash >> (64 - KH_FILTER_BITS);
    return filter[bit / 64] >> bit % 64 & 1;
}

/* Where the feature with HASH stands in p->slots, or would stand: the first free slot behind its own. Not kh_map: every
 * comparison asks for hundreds of hashes, and the features themselves are the keys. */
static inline size_t slot_of(const kh_prepared *p, uint64_t hash, uint64_t mixed_hash)
{
    size_t last = ((size_t)1 << p->slot_bits) - 1;
    size_t at = (size_t)(mixed_hash >> (64 - p->slot_bits));
    while (p->slots[at] && p->digest->features.items[p->slots[at] - 1].hash != hash) {
        at = (at + 1) & last;
    }
    return at;
}

/* All features of P, to be found by their hash: of those of another article most are not among them, which one bit tells. At least half of the
 * slots are free. */
static void make_findable(kh_arena *out, kh_prepared *p)
{
    const kh_features *features = &p->digest->features;
    uint64_t *filter = KH_NEW_N(out, uint64_t, FILTER_WORDS);
    uint64_t *prints = KH_NEW_N(out, uint64_t, FILTER_WORDS);
    for (p->slot_bits = SLOT_BITS_MIN; (size_t)1 << p->slot_bits < 2 * features->count; p->slot_bits++) {
    }
    uint32_t *slots = KH_NEW_N(out, uint32_t, (size_t)1 << p->slot_bits);
    p->slots = slots;
    for (size_t i = 0; i < features->count; i++) {
        uint64_t hash = mixed(features->items[i].hash);
        slots[slot_of(p, features->items[i].hash, hash)] = (uint32_t)i + 1;
        pass(filter, hash);
    }
    KH_EACH(const uint64_t, print, p->digest->prints) {
        pass(prints, mixed(*print));
    }
    p->filter = filter;
    p->prints = prints;
}

kh_prepared kh_prepare(kh_arena *out, const kh_frequencies *df, const kh_digest *a)
{
    kh_prepared p = {.digest = a, .weights = KH_NEW_N(out, float, a->features.count + 1), .top = kh_weight_most(df)};
    float sum[KH_FEATURE_kinds] = {0};
    for (size_t i = 0; i < a->features.count; i++) {
        const kh_feature *f = &a->features.items[i];
        float w = kh_weight_of(df, f);
        float x = tf(f->count) * w;
        p.weights[i] = w;
        p.squares[f->kind] += x * x;
        p.counts[f->kind]++;
        if (f->kind == KH_FEATURE_SITE) {
            kh_sites_add(&p.sites, f);
            continue;
        }
        p.lead += f->lead ? w * w : 0;
        p.leads[f->kind] += f->lead != 0;
        p.mass[f->kind] += w;
        sum[f->kind] += w * w;
    }
    for (size_t k = 0; k < KH_FEATURE_kinds; k++) {
        float rare = logf(1 / prior[k]);
        p.typical[k] = (sum[k] + rare * rare * 4) / ((float)p.counts[k] + 4);
    }
    make_findable(out, &p);
    return p;
}

typedef struct sums {
    float dot[KH_FEATURE_kinds], b[KH_FEATURE_kinds];
    float lead_dot, lead_b;
} sums;

static void add_up(kh_feature_sums *s, const kh_features *features)
{
    KH_EACH(const kh_feature, g, *features) {
        if (g->kind == KH_FEATURE_SITE) {
            kh_sites_add(&s->sites, g);
            continue;
        }
        float y = tf(g->count);
        s->squares[g->kind] += y * y;
        s->counts[g->kind]++;
        s->leads[g->kind] += g->lead != 0;
    }
}

const kh_feature_sums *kh_story_sums(kh_arena *out, const kh_features *features)
{
    kh_feature_sums *s = KH_NEW(out, kh_feature_sums);
    add_up(s, features);
    return s;
}

/* All of B as if A had none of it. */
static void add_other(sums *s, kh_parts *p, const kh_prepared *a, const kh_feature_sums *b)
{
    for (size_t k = 0; k < KH_FEATURE_kinds; k++) {
        p->count_b[k] = b->counts[k];
        p->lead_b[k] = b->leads[k];
        s->b[k] = b->squares[k] * a->typical[k];
        s->lead_b += (float)p->lead_b[k] * a->typical[k];
    }
}

/* F of A and G of B are one feature: its weight is known. */
static void add_shared(sums *s, kh_parts *p, const kh_feature *f, const kh_feature *g, float w, float typical)
{
    float x = tf(f->count);
    float y = tf(g->count);
    float square = w * w;
    s->dot[f->kind] += x * y * square;
    s->b[f->kind] += y * y * (square - typical);
    s->lead_b += g->lead ? square - typical : 0;
    s->lead_dot += f->lead && g->lead ? square : 0;
    p->mass[f->kind] += w;
    p->shared[f->kind]++;
    p->lead_shared[f->kind] += f->lead && g->lead;
}

/* In the order of B, which is sorted: sums of what is shared come out the same whoever asks. */
static void add_all_shared(sums *s, kh_parts *p, const kh_prepared *a, const kh_features *b)
{
    const kh_feature *x = a->digest->features.items;
    KH_EACH(const kh_feature, y, *b) {
        uint64_t hash = mixed(y->hash);
        uint32_t i = passes(a->filter, hash) ? a->slots[slot_of(a, y->hash, hash)] : 0; /* the index + 1; 0: A has none */
        if (i && x[i - 1].kind != KH_FEATURE_SITE) {
            add_shared(s, p, &x[i - 1], y, a->weights[i - 1], a->typical[y->kind]);
        }
    }
}

static float cosine(float dot, float a, float b)
{
    return dot > 0 ? dot / sqrtf(a * b) : 0;
}

float kh_copied_share(const kh_u64s *a, const kh_u64s *b)
{
    size_t shared = 0;
    size_t smaller = a->count < b->count ? a->count : b->count;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        shared += a->items[i] == b->items[j];
        bool step_a = a->items[i] <= b->items[j];
        bool step_b = b->items[j] <= a->items[i];
        i += step_a;
        j += step_b;
    }
    return smaller >= 4 ? (float)shared / (float)smaller : 0;
}

/* The same for A, whose prints have a filter: mostly none of B's is among them. */
static float copied_share(const kh_prepared *a, const kh_u64s *b)
{
    size_t maybe = 0;
    KH_EACH(const uint64_t, print, *b) {
        maybe += passes(a->prints, mixed(*print));
    }
    return maybe ? kh_copied_share(&a->digest->prints, b) : 0;
}

static bool share_agency(const kh_strs *a, const kh_strs *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            if (kh_str_eq(a->items[i], b->items[j])) {
                return true;
            }
        }
    }
    return false;
}

static void compare_times(kh_parts *p, kh_time a, kh_time b)
{
    p->dated = a.precision >= KH_TO_DAY && b.precision >= KH_TO_DAY;
    if (p->dated) {
        p->days = fabsf((float)(kh_day_number(a) - kh_day_number(b)));
    }
}

/* How much a kind counts in `meaning`. Concepts say what happened; numbers are few and mostly common. */
static const float voice[KH_FEATURE_kinds] = {
    [KH_FEATURE_CONCEPT] = 1.5F, [KH_FEATURE_NAME] = 1,  [KH_FEATURE_PLACE] = 1,
    [KH_FEATURE_NUMBER] = 0.5F,  [KH_FEATURE_SOUND] = 1, [KH_FEATURE_SPELLING] = 1,
};

/* One cosine over what texts in two languages can share. Of spellings the poorer side says how many there could be: what
 * another script cannot share is no difference. */
static float meaning(const kh_prepared *a, const sums *s)
{
    float dot = 0, x = 0, y = 0;
    for (size_t k = 0; k < KH_FEATURE_kinds; k++) {
        float poorer = a->squares[k] < s->b[k] ? a->squares[k] : s->b[k];
        dot += voice[k] * s->dot[k];
        x += voice[k] * (k == KH_FEATURE_SPELLING ? poorer : a->squares[k]);
        y += voice[k] * (k == KH_FEATURE_SPELLING ? poorer : s->b[k]);
    }
    return cosine(dot, x, y);
}

/* The share of the words of the poorer side, by weight, that the other has too. */
static float cover(const kh_prepared *a, const kh_parts *p)
{
    float mass_b =
        p->mass[KH_FEATURE_WORD] + (float)(p->count_b[KH_FEATURE_WORD] - p->shared[KH_FEATURE_WORD]) * sqrtf(a->typical[KH_FEATURE_WORD]);
    float poorer = a->mass[KH_FEATURE_WORD] < mass_b ? a->mass[KH_FEATURE_WORD] : mass_b;
    return poorer > 0 ? p->mass[KH_FEATURE_WORD] / poorer : 0;
}

kh_parts kh_parts_of(const kh_prepared *a, const kh_digest *b)
{
    kh_parts p = {0};
    sums s = {0};
    kh_feature_sums added = {0};
    if (!b->sums) {
        add_up(&added, &b->features);
    }
    const kh_feature_sums *of_b = b->sums ? b->sums : &added;
    add_other(&s, &p, a, of_b);
    add_all_shared(&s, &p, a, &b->features);
    for (size_t k = 0; k < KH_FEATURE_kinds; k++) {
        p.count_a[k] = a->counts[k];
        p.lead_a[k] = a->leads[k];
        p.cosine[k] = cosine(s.dot[k], a->squares[k], s.b[k]);
    }
    p.sites_apart = kh_sites_apart(&a->sites, &a->digest->features, &of_b->sites, &b->features);
    p.meaning = meaning(a, &s);
    p.lead = cosine(s.lead_dot, a->lead, s.lead_b);
    p.copied = copied_share(a, &b->prints);
    p.top = a->top;
    p.cover = cover(a, &p);
    p.same_lang = kh_str_eq(a->digest->lang, b->lang);
    p.same_agency = share_agency(&a->digest->agencies, &b->agencies);
    compare_times(&p, a->digest->published, b->published);
    return p;
}

/* ---- the numbers that are weighed ---- */

static float least(float a, float b)
{
    return a < b ? a : b;
}

static float fewer(const kh_parts *p, kh_feature_kind kind)
{
    return (float)(p->count_a[kind] < p->count_b[kind] ? p->count_a[kind] : p->count_b[kind]);
}

static float apart(const kh_parts *p, kh_feature_kind kind)
{
    return p->count_a[kind] && p->count_b[kind] && !p->shared[kind];
}

static float apart_in_lead(const kh_parts *p, kh_feature_kind kind)
{
    return p->lead_a[kind] && p->lead_b[kind] && !p->lead_shared[kind];
}

/* Grows with what is shared in all, ever more slowly: of six words two are shared by chance. */
static float shared(const kh_parts *p, kh_feature_kind kind)
{
    return logf(1 + 3 * least(p->mass[kind] / p->top, 2));
}

void kh_evidence_of(const kh_parts *p, float e[KH_EVIDENCE_count])
{
    const float *c = p->cosine;
    float numbers_apart = least(fewer(p, KH_FEATURE_NUMBER) / 4, 1);
    e[KH_EVIDENCE_CONSTANT] = 1;
    e[KH_EVIDENCE_RARITY] = least(p->top, 8.5F) / 8.5F;
    e[KH_EVIDENCE_WORDS] = c[KH_FEATURE_WORD];
    e[KH_EVIDENCE_WORDS_SHARED] = shared(p, KH_FEATURE_WORD);
    e[KH_EVIDENCE_WORDS_COVER] = p->cover;
    e[KH_EVIDENCE_WORDS_LONG] = (c[KH_FEATURE_WORD] - 0.2F) * least(fewer(p, KH_FEATURE_WORD) / 60, 1);
    e[KH_EVIDENCE_CONCEPTS] = c[KH_FEATURE_CONCEPT];
    e[KH_EVIDENCE_CONCEPTS_SHARED] = shared(p, KH_FEATURE_CONCEPT);
    e[KH_EVIDENCE_SOUNDS] = c[KH_FEATURE_SOUND];
    e[KH_EVIDENCE_SOUNDS_SHARED] = shared(p, KH_FEATURE_SOUND);
    e[KH_EVIDENCE_NAMES] = least(c[KH_FEATURE_NAME], 0.6F); /* a country and its president alone are not the event */
    e[KH_EVIDENCE_NAMES_APART] = apart(p, KH_FEATURE_NAME);
    e[KH_EVIDENCE_NAMES_APART_LEAD] = apart_in_lead(p, KH_FEATURE_NAME);
    e[KH_EVIDENCE_PLACES] = c[KH_FEATURE_PLACE];
    e[KH_EVIDENCE_PLACES_APART] = apart(p, KH_FEATURE_PLACE);
    e[KH_EVIDENCE_PLACES_APART_LEAD] = apart_in_lead(p, KH_FEATURE_PLACE);
    e[KH_EVIDENCE_NUMBERS] = c[KH_FEATURE_NUMBER];
    e[KH_EVIDENCE_NUMBERS_APART] = p->dated ? 0 : numbers_apart;
    e[KH_EVIDENCE_NUMBERS_APART_DATED] = p->dated ? numbers_apart : 0;
    e[KH_EVIDENCE_SITES_APART] = p->sites_apart;
    e[KH_EVIDENCE_MEANING] = p->meaning;
    e[KH_EVIDENCE_LEAD] = p->lead;
    e[KH_EVIDENCE_DATED] = p->dated;
    e[KH_EVIDENCE_DAYS] = p->dated ? least(p->days * p->days / 18, 8) : 0;
    e[KH_EVIDENCE_AGENCY] = p->same_agency;
    e[KH_EVIDENCE_COPIED] = p->copied > KH_COPIED_MIN ? p->copied : 0;
}
