/* drift.c - what a copy did to the words: the doubt that was dropped, the denial that became its opposite, the
 * statement that became a fact, the quotation that stands elsewhere.
 *
 * Examples. The wire: "a spillway gate may have jammed"; the copy: "a spillway gate jammed". The wire: "... were
 * among the dead, he said"; the copy: "... were among the dead". The wire: هشدارها را رد کرد (denied them); the copy:
 * پذیرفت (admitted them). زعم (claimed) became قال (said).
 *
 * Two renderings of one utterance are compared by the stance that the stages before found. Between a page and its
 * copy in the same language each sentence of the copy is set beside the sentence that it was made from (most of
 * its words), the two are compared word by word (edits.c), and what the edits mean is looked up (alarms.c). A sentence
 * with direct speech that is not where the others put it was moved.
 *
 * Gets wrong: a hedge that the copier expressed by the mood of the verb; an attribution that moved to the sentence
 * before.
 */
#include "accounts/drift.h"

enum { UNITS_IN_ORDER = 400, WORDS_OF_SPEECH = 4 };
static const float SAME_SENTENCE = 0.5F;     /* of the words of the copy's sentence */
static const float LEFT_OF_SENTENCE = 0.34F; /* of the words of the original's */

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
    } else if (copy && c->sides[r->article_a].lang != c->sides[r->article_b].lang && keeps_distance(src->stance) &&
               dst->stance == KH_STANCE_NEUTRAL) {
        kh_alarm_add(c, KH_ALARM_STANCE, KH_HEDGE_LOST, a, b, topic_of(c, src),
                     KH_STR("the copy reports as said what the original kept at a distance"), 0.75F);
    }
}

/* ---- sentences ---- */

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

static kh_place_in place_of(const kh_retold *x, bool of_src)
{
    return of_src ? (kh_place_in){x->src, x->u->span} : (kh_place_in){x->dst, x->v->span};
}

/* Are all words of the cue in the copy's sentence. */
static bool cue_in(const kh_retold *x, const kh_quotation *q)
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
static void find_lost_speaker(const kh_retold *x)
{
    const kh_side *s = &x->c->sides[x->src];
    const kh_side *t = &x->c->sides[x->dst];
    const kh_quotation *q = quotation_in(s, x->u->span);
    bool ascribed = q && q->mode == KH_MODE_INDIRECT && q->core && !kh_span_empty(q->cue) && kh_span_holds(x->u->span, q->cue);
    if (ascribed && !quotation_in(t, x->v->span) && !cue_in(x, q) && share_of_words(x->u, x->v) > 0.9F) {
        kh_alarm_add(x->c, KH_ALARM_ATTRIBUTION, KH_ATTRIBUTION_LOST, place_of(x, true), place_of(x, false), topic_of(x->c, q),
                     KH_STR("the copy says as its own what the original ascribed"), 0.7F);
    }
}

/* ---- pages ---- */

/* For each sentence of the copy the one it was made from, KH_NO_GROUP for none. */
static uint32_t *sentences_of(kh_case *c, const kh_side *s, const kh_side *t)
{
    uint32_t *made_from = KH_NEW_N(c->scratch, uint32_t, t->units.count + 1);
    for (size_t j = 0; j < t->units.count; j++) {
        float most = SAME_SENTENCE;
        made_from[j] = KH_NO_GROUP;
        for (uint32_t i = 0; i < s->units.count; i++) {
            float share = share_of_words(&s->units.items[i], &t->units.items[j]);
            float back = share > most ? share_of_words(&t->units.items[j], &s->units.items[i]) : 0;
            if (share > most && back >= LEFT_OF_SENTENCE) {
                most = share;
                made_from[j] = i;
            }
        }
    }
    return made_from;
}

static void compare_sentences(kh_case *c, const kh_copy *copy, const uint32_t *made_from)
{
    const kh_side *s = &c->sides[copy->src];
    const kh_side *t = &c->sides[copy->dst];
    for (size_t j = 0; j < t->units.count; j++) {
        if (made_from[j] == KH_NO_GROUP) {
            continue;
        }
        kh_retold x = {.c = c, .src = copy->src, .dst = copy->dst, .u = &s->units.items[made_from[j]], .v = &t->units.items[j]};
        kh_arena lower = *c->scratch;
        x.edits = kh_edits_between(c->scratch, kh_arena_split(&lower), s, x.u, t, x.v);
        if (x.edits.items.count && !kh_alarms_find(&x)) {
            find_lost_speaker(&x);
        }
    }
}

/* ---- quotations that stand elsewhere ---- */

/* Words between marks, enough of them to be a sentence's part and no title. */
static bool holds_marked(const kh_side *s, const kh_unit *u)
{
    uint32_t words = 0;
    bool open = false;
    for (uint32_t i = u->first; i < u->end; i++) {
        const kh_token *t = token(s, i);
        if (t->kind != KH_PUNCT || !kh_is_quote(t->cp)) {
            words += t->kind == KH_WORD;
            continue;
        }
        if (open && words >= WORDS_OF_SPEECH) {
            return true;
        }
        open = !open || words == 0;
        words = 0;
    }
    return false;
}

static bool holds_direct(const kh_side *s, const kh_unit *u)
{
    KH_EACH(const kh_quotation, q, s->art->quotations) {
        bool direct =
            q->form == KH_FORM_DIRECT || q->form == KH_FORM_DIRECT_UNMARKED || q->form == KH_FORM_MIXED || q->form == KH_FORM_PARTIAL;
        if (direct && kh_span_meets(q->span, u->span)) {
            return true;
        }
    }
    return holds_marked(s, u);
}

/* Marks the sentences of the copy that keep the order of the original: the longest run of growing numbers (Fredman
 * 1975, in the plain quadratic form). */
static bool *in_order(kh_case *c, const uint32_t *made_from, size_t count)
{
    bool *kept = KH_NEW_N(c->scratch, bool, count + 1);
    uint32_t *run = KH_NEW_N(c->scratch, uint32_t, count + 1);
    uint32_t *before = KH_NEW_N(c->scratch, uint32_t, count + 1);
    uint32_t best = KH_NO_GROUP;
    for (uint32_t j = 0; j < count; j++) {
        before[j] = KH_NO_GROUP;
        if (made_from[j] == KH_NO_GROUP) {
            continue;
        }
        run[j] = 1;
        for (uint32_t i = 0; i < j; i++) {
            if (made_from[i] != KH_NO_GROUP && made_from[i] <= made_from[j] && run[i] + 1 > run[j]) {
                run[j] = run[i] + 1;
                before[j] = i;
            }
        }
        best = best == KH_NO_GROUP || run[j] > run[best] ? j : best;
    }
    for (; best != KH_NO_GROUP; best = before[best]) {
        kept[best] = true;
    }
    return kept;
}

/* A quotation behind another sentence than in the original may sound like somebody else's, or like an answer to
 * something else. */
static void find_moved(kh_case *c, const kh_copy *copy, const uint32_t *made_from)
{
    const kh_side *s = &c->sides[copy->src];
    const kh_side *t = &c->sides[copy->dst];
    size_t count = t->units.count < UNITS_IN_ORDER ? t->units.count : UNITS_IN_ORDER;
    const bool *kept = in_order(c, made_from, count);
    for (size_t j = 0; j < count; j++) {
        const kh_unit *v = &t->units.items[j];
        if (made_from[j] == KH_NO_GROUP || kept[j] || !holds_direct(t, v)) {
            continue;
        }
        kh_alarm_add(c, KH_ALARM_MOVED, KH_DIFFERS, (kh_place_in){copy->src, s->units.items[made_from[j]].span},
                     (kh_place_in){copy->dst, v->span}, KH_STR("place of a quotation"),
                     KH_STR("the copy has the quotation in another place of the report"), 0.7F);
    }
}

void kh_drift_find(kh_case *c, const kh_renderings *renderings)
{
    KH_EACH(const kh_rendering, r, *renderings) {
        compare_renderings(c, r);
    }
    KH_EACH(const kh_copy, copy, c->story->copies) {
        const kh_side *s = &c->sides[copy->src];
        const kh_side *t = &c->sides[copy->dst];
        if (s->lang == t->lang) {
            const uint32_t *made_from = sentences_of(c, s, t);
            compare_sentences(c, copy, made_from);
            if (copy->kind != KH_COPY_COMPILED) {
                find_moved(c, copy, made_from);
            }
        }
    }
}
