/* figures_status.c - does a figure stand, was it revised or withdrawn?
 *
 * "Die Polizei korrigierte die Zahl auf 84", "the 26 were counted twice": a verb of correcting or withdrawing within
 * twelve words. Of "nine dead instead of 12", "215 домов, ранее он говорил о 250" and "12 yerine 9" the number beside the cue is
 * the one that was given up, and the other stands: the side is the language's ("instead of" before it, yerine behind it).
 * Rates are lowered too, so that words for lowering count where people are counted only.
 *
 * Method: the cues of counted.txt (`status`), the nearest number on their side. Gets wrong: a correction of something else in
 * the same sentence.
 */
#include "claims/figures_parts.h"

static uint32_t tokens_between(const kh_count *c, const kh_cue *cue)
{
    return cue->end <= c->begin ? c->begin - cue->end : cue->first >= c->end ? cue->first - c->end : 0;
}

/* Another count stands nearer: of "20, and withdrew the 26" only the 26 are withdrawn. */
static bool is_another_nearer(const kh_sentence *s, const kh_count *c, const kh_cue *cue)
{
    KH_EACH(const kh_count, other, s->counts) {
        uint32_t here = tokens_between(c, cue), there = tokens_between(other, cue);
        bool its_side = (other->begin > cue->first) != s->words->verb_last; /* of a verb's object */
        if (other->begin != c->begin && !other->number.ordinal && (there < here || (there == here && its_side))) {
            return true;
        }
    }
    return false;
}

/* "nine dead instead of 12", "215 houses, earlier he had said 250", "12 yerine 9": the number beside the cue, on its side, was
 * given up. */
static bool is_given_up(const kh_sentence *s, const kh_count *c, const kh_cue *cue)
{
    enum { NEAR = 4 };
    bool before = kh_str_eq(cue->word->value, KH_STR("instead_before"));
    bool here = before ? c->end <= cue->first : c->begin >= cue->end;
    return here && s->counts.count > 1 && tokens_between(c, cue) <= NEAR && !is_another_nearer(s, c, cue);
}

/* "12 killed instead of 14": a bare number whose cue says so is a figure even where no noun is near. */
bool kh_figures_given_up(const kh_sentence *s, const kh_count *c)
{
    KH_EACH(const kh_cue, cue, s->cues[KH_FIELD_STATUS]) {
        if (kh_str_starts(cue->word->value, KH_STR("instead")) && is_given_up(s, c, cue)) {
            return true;
        }
    }
    return false;
}

bool kh_figures_retracts(const kh_cue *cue)
{
    return kh_str_eq(cue->word->value, KH_STR("retracted"));
}

void kh_figures_status(const kh_sentence *s, const kh_count *c, kh_figure *f)
{
    enum { REACH = 12 };
    KH_EACH(const kh_cue, cue, s->cues[KH_FIELD_STATUS]) {
        bool of_people = f->kind == KH_FIGURE_COUNT && c->what && (c->what->of & KH_OF_PERSONS);
        if (kh_str_starts(cue->word->value, KH_STR("instead"))) {
            f->status = is_given_up(s, c, cue) ? KH_FIGURE_REVISED : f->status;
        } else if (kh_str_eq(cue->word->value, KH_STR("lowered")) && !of_people) {
            continue; /* rates are lowered too */
        } else if (tokens_between(c, cue) <= REACH && !(kh_figures_retracts(cue) && is_another_nearer(s, c, cue))) {
            f->status = kh_figures_retracts(cue) ? KH_FIGURE_RETRACTED : KH_FIGURE_REVISED;
        }
    }
}
