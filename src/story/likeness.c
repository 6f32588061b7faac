/* likeness.c - do two articles tell one event?
 *
 * Decides with log-odds, by what evidence.c finds shared. Example: "مقتل 24 في انهيار سد أشكول" and "Ashkul dam
 * collapse kills 24": concepts, consonants and the figure make it likely; a report on the dam at Palhan five days
 * later shares the concepts alone, and its own figures and days speak against it.
 *
 * Method. A weighted sum of the evidence, once for two articles in one language, where words decide, and once
 * for two languages, where concepts, consonants, names and figures do. The weights stand in
 * world/likeness.txt with their origin. Nearness in
 * time counts as the logarithm of a Gaussian with a standard deviation of three days, after Miranda and others
 * (2018); an unknown date leaves it out. The sum is halved before it becomes a share: a score should say how
 * sure, not only which side.
 *
 * Two scores come of it. kh_score_of is what joining goes by. kh_similarity_of is what compare tells and neighbours are ranked
 * by: of two articles that are all that is known the concepts count more, since no third one tells what the event is called.
 *
 * Gets wrong: two events of one kind in one place and week that give no figures; short headlines that tell one
 * event in wholly different words.
 */
#include "story/internal.h"

#include <math.h>
#include <stdlib.h>

static void set_weight(kh_story_weights *w, const kh_row *row)
{
    static const char *const names[] = {
#define KH_EVIDENCE_NAME(key, name) name,
        KH_EVIDENCE(KH_EVIDENCE_NAME)
#undef KH_EVIDENCE_NAME
    };
    for (size_t i = 0; i < KH_EVIDENCE_count; i++) {
        if (kh_str_eq(kh_cell(row, 0), kh_str_z(names[i]))) {
            w->same[i] = kh_number_of(kh_cell(row, 1));
            w->across[i] = kh_number_of(kh_cell(row, 2));
            w->same_alone[i] = kh_number_of(kh_cell(row, 3));
            w->across_alone[i] = kh_number_of(kh_cell(row, 4));
        }
    }
}

float kh_number_of(kh_str cell)
{
    char digits[32] = {0};
    for (size_t i = 0; i < cell.len && i + 1 < sizeof digits; i++) {
        digits[i] = cell.ptr[i];
    }
    return strtof(digits, NULL);
}

void kh_story_weights_read(kh_story_weights *w, const kh_lexicon *lex)
{
    kh_rows rows = kh_lexicon_world(lex, "likeness");
    for (size_t i = 0; i < rows.count; i++) {
        set_weight(w, &rows.items[i]);
    }
}

static float weighed(const float *weights, const float *e)
{
    float z = 0;
    for (size_t i = 0; i < KH_EVIDENCE_count; i++) {
        z += weights[i] * e[i];
    }
    return z;
}

float kh_odds_of(const kh_story_weights *w, const kh_parts *p)
{
    float e[KH_EVIDENCE_count];
    kh_evidence_of(p, e);
    return weighed(p->same_lang ? w->same : w->across, e);
}

static float share_of(float odds)
{
    return 1 / (1 + expf(-odds / 2));
}

float kh_score_of(const kh_story_weights *w, const kh_parts *p)
{
    return share_of(kh_odds_of(w, p));
}

float kh_similarity_of(const kh_story_weights *w, const kh_parts *p)
{
    float e[KH_EVIDENCE_count];
    kh_evidence_of(p, e);
    return share_of(weighed(p->same_lang ? w->same : w->across, e) + weighed(p->same_lang ? w->same_alone : w->across_alone, e));
}

static kh_likeness likeness_of(const kh_story_weights *w, const kh_parts *p)
{
    return (kh_likeness){.score = kh_similarity_of(w, p),
                         .words = p->cosine[KH_FEATURE_WORD],
                         .concepts = p->cosine[KH_FEATURE_CONCEPT],
                         .names = p->cosine[KH_FEATURE_NAME],
                         .places = p->cosine[KH_FEATURE_PLACE],
                         .numbers = p->cosine[KH_FEATURE_NUMBER],
                         .time = p->dated ? 1 / (1 + p->days) : 0};
}

kh_likeness kh_story_likeness(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_digest *a,
                              const kh_digest *b)
{
    kh_prepared x = kh_prepare(&scratch, df, a);
    kh_parts p = kh_parts_of(&x, b);
    kh_likeness l = likeness_of(kh_story_weights_of(know), &p);
    l.reason =
        kh_arena_printf(out, "words %.2f, concepts %.2f, names %.2f, places %.2f, numbers %.2f%s", (double)l.words, (double)l.concepts,
                        (double)l.names, (double)l.places, (double)l.numbers, p.copied > KH_COPIED_MIN ? ", shared text" : "");
    return l;
}
