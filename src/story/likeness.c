/* likeness.c - do two articles tell one event?
 *
 * Decides with log-odds, from what the two share kind by kind. Example: "مقتل 24 في انهيار سد أشكول" and
 * "Ashkul dam collapse kills 24" share no word, but the concepts dam, collapse and killing, the
 * consonants of Ashkul and the figure killed:24; a report on the dam at Palhan five days later shares the concepts
 * alone, and its own figures and days speak against it.
 *
 * Method. A feature weighs -ln of the share of articles that have it (idf); where counts are few they are
 * softened by PRIOR_DOCUMENTS imagined articles. Only the features of one side need counts: what only the other
 * has is taken to weigh what its kind mostly weighs, which measured no worse than the true weights. Each kind
 * gives a cosine. Within one language words decide, by their cosine and by how much is shared in all, since of
 * six words two are shared by chance; across languages concepts, consonants, names and figures do. Nearness in
 * time multiplies by a Gaussian with a standard deviation of three days, after Miranda and others (2018); an
 * unknown date leaves it out. Two sets of several figures and days that share nothing, or two sets of places,
 * count against.
 *
 * The numbers of the first function were learned by logistic regression over the candidate pairs of ECB+ (CC BY
 * 3.0) and ANS (Apache 2.0), rounded, the slope for long texts and the constant set by hand; those of the second
 * by hand, so that shared concepts alone never suffice. One set of numbers serves all languages.
 *
 * Gets wrong: two events of one kind in one place and week that give no figures; short headlines that tell one
 * event in wholly different words.
 */
#include "story/internal.h"

#include <math.h>

/* How often a feature of each kind stands in an article where nothing is known yet, as a share of articles,
 * and of how many imagined articles that opinion is: a young store has few counts of its own. */
static const float prior[KH_FEATURE_kinds] = {
    [KH_FEATURE_WORD] = 0.01F,   [KH_FEATURE_CONCEPT] = 0.04F, [KH_FEATURE_NAME] = 0.004F,
    [KH_FEATURE_PLACE] = 0.02F, [KH_FEATURE_NUMBER] = 0.01F,  [KH_FEATURE_SOUND] = 0.01F,
};
static const float PRIOR_DOCUMENTS = 400;

float kh_weight_of(const kh_frequencies *df, const kh_feature *f)
{
    const uint32_t *seen = df->counts ? kh_map_get(df->counts, f->hash) : NULL;
    float count = seen ? (float)*seen : 0;
    float documents = (float)df->documents + PRIOR_DOCUMENTS;
    float share = (count + prior[f->kind] * PRIOR_DOCUMENTS) / documents;
    return share < 1 ? -logf(share) : 0;
}

/* 1 + ln(count): the third mention says less than the first. */
static float tf(uint16_t count)
{
    static const float table[8] = {0, 1, 1.69F, 2.10F, 2.39F, 2.61F, 2.79F, 2.95F};
    return count < 8 ? table[count] : 3.08F;
}

kh_prepared kh_prepare(kh_arena *out, const kh_frequencies *df, const kh_digest *a)
{
    float documents = (float)df->documents + PRIOR_DOCUMENTS;
    kh_prepared p = {
        .digest = a, .weights = KH_NEW_N(out, float, a->features.count + 1), .top = logf(documents)};
    float sum[KH_FEATURE_kinds] = {0};
    for (size_t i = 0; i < a->features.count; i++) {
        const kh_feature *f = &a->features.items[i];
        float w = kh_weight_of(df, f);
        float x = tf(f->count) * w;
        p.weights[i] = w;
        p.squares[f->kind] += x * x;
        p.counts[f->kind]++;
        p.lead += f->lead ? w * w : 0;
        sum[f->kind] += w * w;
    }
    for (size_t k = 0; k < KH_FEATURE_kinds; k++) {
        float rare = logf(1 / prior[k]);
        p.typical[k] = (sum[k] + rare * rare * 4) / ((float)p.counts[k] + 4);
    }
    return p;
}

typedef struct sums {
    float dot[KH_FEATURE_kinds], b[KH_FEATURE_kinds];
    float lead_dot, lead_b;
} sums;

/* All of B as if A had none of it. */
static void add_other(sums *s, kh_parts *p, const kh_prepared *a, const kh_features *b)
{
    uint32_t leads[KH_FEATURE_kinds] = {0};
    KH_EACH(const kh_feature, g, *b) {
        float y = tf(g->count);
        s->b[g->kind] += y * y;
        p->count_b[g->kind]++;
        leads[g->kind] += g->lead != 0;
    }
    for (size_t k = 0; k < KH_FEATURE_kinds; k++) {
        s->b[k] *= a->typical[k];
        s->lead_b += (float)leads[k] * a->typical[k];
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
}

/* Walks both sorted lists; the steps are computed, not branched on, since no branch could be foreseen. */
static void add_all_shared(sums *s, kh_parts *p, const kh_prepared *a, const kh_features *b)
{
    const kh_feature *x = a->digest->features.items;
    const kh_feature *y = b->items;
    size_t i = 0, j = 0;
    while (i < a->digest->features.count && j < b->count) {
        uint64_t hx = x[i].hash;
        uint64_t hy = y[j].hash;
        if (hx == hy) {
            add_shared(s, p, &x[i], &y[j], a->weights[i], a->typical[y[j].kind]);
        }
        i += hx <= hy;
        j += hy <= hx;
    }
}

static const float COPIED = 0.3F; /* share of the prints from which text counts as shared */

static float cosine(float dot, float a, float b)
{
    return dot > 0 ? dot / sqrtf(a * b) : 0;
}

static float copied(const kh_u64s *a, const kh_u64s *b)
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

kh_parts kh_parts_of(const kh_prepared *a, const kh_digest *b)
{
    kh_parts p = {0};
    sums s = {0};
    add_other(&s, &p, a, &b->features);
    add_all_shared(&s, &p, a, &b->features);
    for (size_t k = 0; k < KH_FEATURE_kinds; k++) {
        p.count_a[k] = a->counts[k];
        p.cosine[k] = cosine(s.dot[k], a->squares[k], s.b[k]);
    }
    p.lead = cosine(s.lead_dot, a->lead, s.lead_b);
    p.copied = copied(&a->digest->prints, &b->prints);
    p.top = a->top;
    p.same_lang = kh_str_eq(a->digest->lang, b->lang);
    p.same_agency = share_agency(&a->digest->agencies, &b->agencies);
    compare_times(&p, a->digest->published, b->published);
    return p;
}

static bool disjoint(const kh_parts *p, kh_feature_kind kind)
{
    return p->count_a[kind] && p->count_b[kind] && !p->shared[kind];
}

static float least(float a, float b)
{
    return a < b ? a : b;
}

static float fewer(const kh_parts *p, kh_feature_kind kind)
{
    return (float)(p->count_a[kind] < p->count_b[kind] ? p->count_a[kind] : p->count_b[kind]);
}

/* Figures and event days: what both give speaks for one event. That both give several and share none speaks for
 * two of a kind, as two pit disasters of one week, which have the same words; but figures change from day to
 * day, so that without dates it says little. */
static float odds_of_numbers(const kh_parts *p)
{
    float against = p->dated ? 1.0F : 0.25F;
    return 2.8F * p->cosine[KH_FEATURE_NUMBER] - against * least(fewer(p, KH_FEATURE_NUMBER) / 4, 1);
}

/* Log-odds that two articles in one language tell one event. */
static float odds_same_language(const kh_parts *p)
{
    const float *c = p->cosine;
    float shared = logf(1 + 3 * least(p->mass[KH_FEATURE_WORD] / p->top, 2));
    float length = least(fewer(p, KH_FEATURE_WORD) / 60, 1);
    float z = -8.0F - 0.5F * least(p->top, 8.5F) + 5.0F * shared;
    z += 3.0F * c[KH_FEATURE_WORD] + 8.0F * (c[KH_FEATURE_WORD] - 0.2F) * length;
    z += 2.0F * c[KH_FEATURE_SOUND] + 2.1F * p->lead + odds_of_numbers(p);
    return z - 0.4F * disjoint(p, KH_FEATURE_NAME) - 1.3F * disjoint(p, KH_FEATURE_PLACE);
}

/* The same for two languages, which share few words or none. */
static float odds_across(const kh_parts *p)
{
    const float *c = p->cosine;
    float z = -5.5F + 6 * c[KH_FEATURE_CONCEPT] + 6 * c[KH_FEATURE_SOUND] + 2 * least(c[KH_FEATURE_NAME], 0.6F);
    z += 2 * c[KH_FEATURE_PLACE] + 3 * c[KH_FEATURE_WORD] + p->lead + odds_of_numbers(p);
    return z - 1.3F * disjoint(p, KH_FEATURE_PLACE);
}

float kh_score_of(const kh_parts *p)
{
    float z = p->same_lang ? odds_same_language(p) : odds_across(p);
    if (p->dated) { /* within a day or two even speaks for it */
        z += 0.5F - least(p->days * p->days / 18, 8);
    }
    if (p->same_agency) {
        z += 0.3F;
    }
    if (p->copied > COPIED) {
        z += 6 * p->copied;
    }
    return 1 / (1 + expf(-z / 2)); /* halved: a score should say how sure, not only which side */
}

static kh_likeness likeness_of(const kh_parts *p)
{
    return (kh_likeness){.score = kh_score_of(p),
                         .words = p->cosine[KH_FEATURE_WORD],
                         .concepts = p->cosine[KH_FEATURE_CONCEPT],
                         .names = p->cosine[KH_FEATURE_NAME],
                         .places = p->cosine[KH_FEATURE_PLACE],
                         .numbers = p->cosine[KH_FEATURE_NUMBER],
                         .time = p->dated ? 1 / (1 + p->days) : 0};
}

kh_likeness kh_story_likeness(kh_arena *out, kh_arena scratch, const kh_frequencies *df, const kh_digest *a, const kh_digest *b)
{
    kh_prepared x = kh_prepare(&scratch, df, a);
    kh_parts p = kh_parts_of(&x, b);
    kh_likeness l = likeness_of(&p);
    l.reason = kh_arena_printf(out, "words %.2f, concepts %.2f, names %.2f, places %.2f, numbers %.2f%s", (double)l.words,
                               (double)l.concepts, (double)l.names, (double)l.places, (double)l.numbers,
                               p.copied > COPIED ? ", shared text" : "");
    return l;
}
