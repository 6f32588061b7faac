/* drift.c - what a copy did to the words: the doubt that was dropped, the denial that became its opposite, the
 * statement that became a fact.
 *
 * Examples. The wire: "a spillway gate may have jammed"; the copy: "a spillway gate jammed". The wire: "... were
 * among the dead, he said"; the copy: "... were among the dead". The wire: هشدارها را رد کرد (denied them); the copy:
 * پذیرفت (admitted them). زعم (claimed) became قال (said).
 *
 * Two renderings of one utterance are compared by the stance that the stages before found. Between a page and its
 * copy in the same language each sentence of the copy is set beside the sentence that it was made from (most of
 * its words), and what was dropped or put in is looked up: a hedge, a cue with nobody left who says it, a denial.
 * A sentence that was cut elsewhere too is left alone: only words that go on around the gap show that the hedge
 * itself was taken out.
 *
 * Gets wrong: a hedge that the copier expressed by the mood of the verb; an attribution that moved to the sentence
 * before.
 */
#include "accounts/internal.h"

enum { WORDS_BEHIND = 5 };
static const float SAME_SENTENCE = 0.5F; /* of the words of the copy's sentence */

static bool keeps_distance(kh_stance stance)
{
    return stance == KH_STANCE_DOUBT || stance == KH_STANCE_UNVERIFIED;
}

static bool is_denied(const kh_quotation *q)
{
    return q->stance == KH_STANCE_DENIAL || q->act == KH_ACT_DENY;
}

static bool is_owned(const kh_quotation *q)
{
    return q->stance == KH_STANCE_ADMISSION || q->act == KH_ACT_ADMIT || q->act == KH_ACT_CONFIRM;
}

static kh_str topic_of(kh_case *c, const kh_quotation *q)
{
    return q->speaker.len ? kh_arena_printf(c->out, "quotation of " KH_FMT, KH_ARG(q->speaker)) : KH_STR("quotation");
}

/* ---- renderings ---- */

static void compare_renderings(kh_case *c, const kh_rendering *r)
{
    const kh_copy *copy = kh_copy_between(c, r->article_a, r->article_b);
    bool from_b = copy && copy->src == r->article_b;
    const kh_quotation *qa = &c->sides[r->article_a].art->quotations.items[r->a];
    const kh_quotation *qb = &c->sides[r->article_b].art->quotations.items[r->b];
    const kh_quotation *src = from_b ? qb : qa;
    const kh_quotation *dst = from_b ? qa : qb;
    kh_place_in at_a = {r->article_a, r->span_a};
    kh_place_in at_b = {r->article_b, r->span_b};
    kh_place_in a = from_b ? at_b : at_a;
    kh_place_in b = from_b ? at_a : at_b;
    if ((is_denied(src) && is_owned(dst)) || (is_owned(src) && is_denied(dst))) {
        kh_verdict_add(c, KH_POLARITY_FLIP, a, b, topic_of(c, src), KH_STR("denied on one page, admitted on the other"), 0.8F);
    } else if (copy && keeps_distance(src->stance) && dst->stance == KH_STANCE_NEUTRAL) {
        kh_verdict_add(c, KH_HEDGE_LOST, a, b, topic_of(c, src),
                       KH_STR("the copy reports as said what the original kept at a distance"), 0.75F);
    }
}

/* ---- sentences ---- */

typedef struct couple {
    kh_case *c;
    uint32_t src, dst;
    const kh_unit *u, *v;
} couple;

/* Share of V's words that stand in U. */
static float share_of_words(const kh_unit *u, const kh_unit *v)
{
    size_t same = 0;
    for (size_t i = 0, j = 0; i < u->words.count && j < v->words.count;) {
        uint64_t x = u->words.items[i].hash;
        uint64_t y = v->words.items[j].hash;
        same += x == y;
        i += x <= y;
        j += y <= x;
    }
    return v->words.count ? (float)same / (float)v->words.count : 0;
}

static const kh_token *token(const kh_side *s, uint32_t i)
{
    return &s->art->tokens->tokens.items[i];
}

static bool has_word(const kh_side *s, const kh_unit *u, uint64_t hash)
{
    for (uint32_t i = u->first; i < u->end; i++) {
        if (token(s, i)->kind == KH_WORD && token(s, i)->hash == hash) {
            return true;
        }
    }
    return false;
}

/* The hedge of U at tokens first..end is gone from V, and most of the words right behind it are still there (an
 * auxiliary may go with the hedge: "may have jammed"). */
static bool taken_out(const couple *x, uint32_t first, uint32_t end)
{
    const kh_side *s = &x->c->sides[x->src];
    const kh_side *t = &x->c->sides[x->dst];
    bool kept = false;
    for (uint32_t i = first; i < end; i++) {
        kept = kept || has_word(t, x->v, token(s, i)->hash);
    }
    uint32_t same = 0;
    uint32_t words = 0;
    for (uint32_t i = end; i < x->u->end && words < WORDS_BEHIND; i++) {
        bool word = token(s, i)->kind == KH_WORD;
        words += word;
        same += word && has_word(t, x->v, token(s, i)->hash);
    }
    return !kept && words && same * 2 > words;
}

static kh_place_in place_of(const couple *x, bool of_src)
{
    return of_src ? (kh_place_in){x->src, x->u->span} : (kh_place_in){x->dst, x->v->span};
}

static void find_lost_hedge(const couple *x)
{
    const kh_side *s = &x->c->sides[x->src];
    const kh_side *t = &x->c->sides[x->dst];
    if (kh_phrases_in(t, x->c->words.hedges, x->v->first, x->v->end)) {
        return;
    }
    for (uint32_t i = x->u->first; i < x->u->end; i++) {
        kh_match m;
        bool hedge = token(s, i)->kind == KH_WORD &&
                     kh_phrases_match(x->c->words.hedges, s->art->tokens, i, s->lang, KH_CLITICS, &m) && !m.ambiguous;
        if (hedge && taken_out(x, m.first, m.end)) {
            kh_str reason = kh_arena_printf(x->c->out, "the copy dropped \"" KH_FMT "\"", KH_ARG(kh_slice(s->art->text, m.span)));
            kh_verdict_add(x->c, KH_HEDGE_LOST, place_of(x, true), place_of(x, false), KH_STR("hedge"), reason, 0.8F);
            return;
        }
    }
}

/* Are all words of the cue in the copy's sentence. */
static bool cue_in(const couple *x, const kh_quotation *q)
{
    const kh_side *s = &x->c->sides[x->src];
    const kh_side *t = &x->c->sides[x->dst];
    for (uint32_t i = x->u->first; i < x->u->end; i++) {
        bool of_cue = kh_span_meets(token(s, i)->span, q->cue) && token(s, i)->kind == KH_WORD;
        if (of_cue && !has_word(t, x->v, token(s, i)->hash)) {
            return false;
        }
    }
    return true;
}

static const kh_quotation *quotation_in(const kh_side *s, kh_span span)
{
    KH_EACH(const kh_quotation, q, s->art->quotations) {
        if (kh_span_meets(q->span, span) || kh_span_meets(q->cue, span)) {
            return q;
        }
    }
    return NULL;
}

/* What the original ascribes and the copy says as its own. */
static void find_lost_speaker(const couple *x)
{
    const kh_side *s = &x->c->sides[x->src];
    const kh_side *t = &x->c->sides[x->dst];
    const kh_quotation *q = quotation_in(s, x->u->span);
    bool ascribed = q && q->mode == KH_MODE_INDIRECT && q->core && !kh_span_empty(q->cue) && kh_span_holds(x->u->span, q->cue);
    if (ascribed && !quotation_in(t, x->v->span) && !cue_in(x, q) && share_of_words(x->u, x->v) > 0.9F) {
        kh_verdict_add(x->c, KH_ATTRIBUTION_LOST, place_of(x, true), place_of(x, false), topic_of(x->c, q),
                       KH_STR("the copy says as its own what the original ascribed"), 0.7F);
    }
}

/* A denial whose cue is gone and whose place something else took. */
static void find_flip(const couple *x)
{
    const kh_side *s = &x->c->sides[x->src];
    const kh_side *t = &x->c->sides[x->dst];
    KH_EACH(const kh_quotation, q, s->art->quotations) {
        if (!is_denied(q) || !kh_span_meets(q->span, x->u->span) || kh_span_empty(q->cue) || cue_in(x, q)) {
            continue;
        }
        bool admitted = kh_phrases_in(t, x->c->words.admissions, x->v->first, x->v->end) >
                        kh_phrases_in(s, x->c->words.admissions, x->u->first, x->u->end);
        const kh_quotation *other = quotation_in(t, x->v->span);
        if (admitted || (other && is_owned(other))) {
            kh_verdict_add(x->c, KH_POLARITY_FLIP, place_of(x, true), place_of(x, false), topic_of(x->c, q),
                           KH_STR("the original denies, the copy admits"), 0.8F);
        }
    }
    uint32_t not_u = kh_phrases_in(s, x->c->words.negators, x->u->first, x->u->end);
    uint32_t not_v = kh_phrases_in(t, x->c->words.negators, x->v->first, x->v->end);
    bool same_words = share_of_words(x->u, x->v) > 0.85F && share_of_words(x->v, x->u) > 0.85F;
    if (same_words && (not_u + not_v) % 2) {
        kh_verdict_add(x->c, KH_POLARITY_FLIP, place_of(x, true), place_of(x, false), KH_STR("negation"),
                       KH_STR("one negates what the other affirms, in the same words"), 0.75F);
    }
}

static void compare_sentences(kh_case *c, const kh_copy *copy)
{
    const kh_side *s = &c->sides[copy->src];
    const kh_side *t = &c->sides[copy->dst];
    KH_EACH(const kh_unit, v, t->units) {
        const kh_unit *best = NULL;
        float most = SAME_SENTENCE;
        KH_EACH(const kh_unit, u, s->units) {
            float share = share_of_words(u, v);
            if (share > most) {
                most = share;
                best = u;
            }
        }
        if (best && most < 1.01F) {
            couple x = {c, copy->src, copy->dst, best, v};
            find_lost_hedge(&x);
            find_lost_speaker(&x);
            find_flip(&x);
        }
    }
}

void kh_drift_find(kh_case *c, const kh_renderings *renderings)
{
    KH_EACH(const kh_rendering, r, *renderings) {
        compare_renderings(c, r);
    }
    KH_EACH(const kh_copy, copy, c->story->copies) {
        if (c->sides[copy->src].lang == c->sides[copy->dst].lang) {
            compare_sentences(c, copy);
        }
    }
}
