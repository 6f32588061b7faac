/* probes.c - by which of its features should the like of an article be looked for?
 *
 * Decides what the caller asks its postings. Example: of a report on the Tarkand mine "shaft", "methane" and
 * "Tarkand" are asked for, not "said" or "people"; the concepts mine and explosion, the consonants TRKND and the
 * name of the governor find the Arabic (انهيار في منجم تاركاند) and the Russian report.
 *
 * Method: the rarest first, those of title and first paragraph before others; each kind of feature has its share
 * of the questions, since words alone, of which there are most, find articles of one language only. What a kind
 * leaves over goes to the rarest of all. A feature that no other article has finds nothing and is not asked for. What finding
 * one says grows with the fourth power of its weight: three names in another script must outweigh twenty common words
 * of one's own language. (Measured on made-up streams of five languages: of the articles whose story was open the weight
 * itself found its story for 82 in 100, the square for 89, the cube for 96, the fourth power for 98.)
 *
 * Gets wrong: an article that shares only common features is not found.
 */
#include "story/internal.h"

#include <stdlib.h>

/* Of 100 questions. */
static const unsigned share[KH_FEATURE_kinds] = {
    [KH_FEATURE_WORD] = 32,  [KH_FEATURE_CONCEPT] = 16, [KH_FEATURE_NAME] = 14, [KH_FEATURE_PLACE] = 6,
    [KH_FEATURE_NUMBER] = 8, [KH_FEATURE_SOUND] = 20,   [KH_FEATURE_SITE] = 4,
};
enum { SHARES = 100 };

typedef struct question {
    kh_story_probe probe;
    float rank;
    uint8_t kind;
} question;

static int by_rank(const void *a, const void *b)
{
    const question *x = a;
    const question *y = b;
    int order = (y->rank > x->rank) - (y->rank < x->rank);
    return order ? order : (x->probe.hash > y->probe.hash) - (x->probe.hash < y->probe.hash);
}

/* The features of A that others have, most telling first. */
static size_t questions_of(question *all, const kh_frequencies *live, bool own, const kh_digest *a)
{
    size_t count = 0;
    KH_EACH(const kh_feature, f, a->features) {
        if (share[f->kind] == 0) {
            continue; /* spellings: common short words would be asked for */
        }
        const uint32_t *seen = live->counts ? kh_map_get(live->counts, f->hash) : NULL;
        if (seen && *seen > (own ? 1U : 0U)) {
            float weight = kh_weight_of(live, f);
            all[count++] = (question){{f->hash, weight * weight * weight * weight}, weight * (f->lead ? 1.5F : 1.0F), f->kind};
        }
    }
    if (count) {
        qsort(all, count, sizeof *all, by_rank);
    }
    return count;
}

/* Asks the questions whose kind has some of LEFT, and marks them. */
static void ask(kh_arena *out, question *all, size_t count, size_t left[KH_FEATURE_kinds], size_t max, kh_story_probe_list *probes)
{
    for (size_t i = 0; i < count && probes->count < max; i++) {
        question *q = &all[i];
        if (q->probe.hash && left[q->kind]) {
            left[q->kind]--;
            *KH_ADD(out, probes) = q->probe;
            q->probe.hash = 0;
        }
    }
}

kh_story_probe_list kh_story_probes(kh_arena *out, kh_arena scratch, const kh_frequencies *live, bool own, const kh_digest *a, size_t max)
{
    question *all = KH_NEW_N(&scratch, question, a->features.count + 1);
    size_t count = questions_of(all, live, own, a);
    size_t left[KH_FEATURE_kinds], any[KH_FEATURE_kinds];
    kh_story_probe_list probes = {0};
    for (size_t k = 0; k < KH_FEATURE_kinds; k++) {
        left[k] = share[k] * max / SHARES;
        any[k] = count;
    }
    ask(out, all, count, left, max, &probes);
    ask(out, all, count, any, max, &probes);
    return probes;
}
