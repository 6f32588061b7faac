/* alarms.c - what does an edit of the copier mean?
 *
 * Examples. "may have jammed" -> "jammed": a hedge is lost. "12 منزلاً" -> "21 منزلاً": the number is another.
 * "تأیید شد" -> "تأیید نشد": the sense is turned round. "iddia etti" (claimed) -> "söyledi" (said): the reporter's
 * distance is gone. "Nadia Kortan warned" -> "Yaqub Sermet warned": somebody else did it.
 *
 * Only small edits are judged: the words of a table, with at most a few others that the grammar carries along ("may
 * have been" -> "was"), and the rest of the sentence as it was. Where a whole clause went, with a hedge in it,
 * the copier shortened and did not harden. What one edit takes out of a sentence and another puts in was moved, so
 * negations and hedges are counted over the sentence too. A negation, a possibility or a duty that is an ending or a
 * beginning of the word (edildi -> edilmedi, شد -> نشد, olabilir -> olur) is seen by the affixes of the tables
 * beside the word that stood in the same place.
 *
 * Names are those that the article was read to have, one person or place over all pages of the story; in scripts
 * with capital letters a capital word in place of another counts too, if they do not sound alike.
 *
 * Gets wrong: a metonym (Tehran for Iran is passed over only as long as the one is a city and the other a country);
 * irony; a negation that the copier put into another word ("failed to").
 */
#include "accounts/drift.h"

enum { OTHER_WORDS = 4, WORDS_OF_NUMBER = 3, WORDS_OF_NAME = 5, WORDS_OF_CUE = 4, WORDS_BEHIND = 5, NUMBERS_MAX = 24 };
static const float REST_OF_SENTENCE = 0.6F; /* of the words of the copy's sentence: the same, in order */
static const float SAME_SENSE = 0.7F;       /* of the words of either: the rest decides what a negation negates */
static const float SOUNDS_ALIKE = 0.6F;

/* One edit from the side of one page. */
typedef struct half {
    const kh_side *s;
    const kh_unit *u;
    uint32_t article;
    uint32_t first, end; /* tokens */
    uint32_t words;
} half;

typedef struct change {
    const kh_retold *x;
    half a, b;
} change;

static const kh_token *token(const kh_side *s, uint32_t i)
{
    return &s->art->tokens->tokens.items[i];
}

static kh_span span_of(const half *h)
{
    return h->end > h->first ? kh_text_span(h->s->art->tokens, h->first, h->end) : h->u->span;
}

static kh_str words_of(const half *h)
{
    return h->end > h->first ? kh_slice(h->s->art->text, span_of(h)) : KH_STR("nothing");
}

static void raise(const change *g, kh_alarm alarm, kh_verdict_kind kind, kh_span a, kh_span b, kh_str topic, kh_str reason,
                  float confidence)
{
    kh_case *c = g->x->c;
    kh_alarm_add(c, alarm, kind, (kh_place_in){g->a.article, a}, (kh_place_in){g->b.article, b}, topic, reason, confidence);
}

/* "the original has X, the copy Y" */
static kh_str other_words(const change *g, const char *what)
{
    kh_str was = words_of(&g->a);
    kh_str is = words_of(&g->b);
    return kh_arena_printf(g->x->c->out, "%s: the original has \"" KH_FMT "\", the copy \"" KH_FMT "\"", what, KH_ARG(was), KH_ARG(is));
}

/* ---- numbers ---- */

typedef struct number {
    double min, max;
    uint32_t first, end;
} number;

typedef struct numbers {
    number items[NUMBERS_MAX];
    size_t count;
} numbers;

/* The numbers of the sentence that meet the edit: "20 million" is one number even where only "million" was changed. */
static numbers numbers_of(const change *g, const half *h)
{
    numbers found = {0};
    const kh_numerals *know = g->x->c->know->numerals;
    for (uint32_t i = h->u->first; know && i < h->end && found.count < NUMBERS_MAX;) {
        kh_numeral n;
        if (!kh_numeral_at(know, h->s->art->tokens, i, h->s->lang, &n) || n.end <= i) {
            i++;
            continue;
        }
        if (n.end > h->first && (n.digits || !n.article)) {
            found.items[found.count++] = (number){n.min, n.max, n.first, n.end};
        }
        i = n.end;
    }
    return found;
}

static uint32_t words_beside(const half *h, const numbers *n)
{
    uint32_t count = h->words;
    for (size_t i = 0; i < n->count; i++) {
        for (uint32_t k = n->items[i].first; k < n->items[i].end; k++) {
            count -= k >= h->first && k < h->end && token(h->s, k)->kind != KH_PUNCT && count > 0;
        }
    }
    return count;
}

static bool has_number(const numbers *list, const number *n)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].min <= n->max && n->min <= list->items[i].max) {
            return true;
        }
    }
    return false;
}

static const number *only_here(const numbers *here, const numbers *there)
{
    for (size_t i = 0; i < here->count; i++) {
        if (!has_number(there, &here->items[i])) {
            return &here->items[i];
        }
    }
    return NULL;
}

static const kh_figure *figure_at(const kh_side *s, kh_span span)
{
    KH_EACH(const kh_figure, f, s->art->figures) {
        if (kh_span_meets(f->number, span) || (kh_span_empty(f->number) && kh_span_meets(f->span, span))) {
            return f;
        }
    }
    return NULL;
}

static kh_str topic_of_number(const change *g, const kh_figure *f)
{
    kh_str what = f ? (f->what.len ? f->what : f->unit) : (kh_str){0};
    if (!what.len) {
        return KH_STR("number");
    }
    return f->scope.len ? kh_arena_printf(g->x->c->out, KH_FMT " \u00b7 " KH_FMT, KH_ARG(what), KH_ARG(f->scope)) : what;
}

static bool number_changed(const change *g)
{
    numbers a = numbers_of(g, &g->a);
    numbers b = numbers_of(g, &g->b);
    const number *was = only_here(&a, &b);
    const number *is = only_here(&b, &a);
    if (!was || !is || words_beside(&g->a, &a) > WORDS_OF_NUMBER || words_beside(&g->b, &b) > WORDS_OF_NUMBER) {
        return false;
    }
    kh_span at_a = kh_text_span(g->a.s->art->tokens, was->first, was->end);
    kh_span at_b = kh_text_span(g->b.s->art->tokens, is->first, is->end);
    const kh_figure *fa = figure_at(g->a.s, at_a);
    const kh_figure *fb = figure_at(g->b.s, at_b);
    kh_str reason = kh_arena_printf(g->x->c->out, "the number changed: the original has \"" KH_FMT "\", the copy \"" KH_FMT "\"",
                                    KH_ARG(kh_slice(g->a.s->art->text, at_a)), KH_ARG(kh_slice(g->b.s->art->text, at_b)));
    raise(g, KH_ALARM_NUMBER, KH_CONFLICT, fa ? fa->span : at_a, fb ? fb->span : at_b, topic_of_number(g, fa ? fa : fb), reason, 0.85F);
    return true;
}

/* ---- words of the tables ---- */

/* How many phrases of SET with a value in MASK begin in tokens FIRST..END; *words: how many words these are. */
static uint32_t count_phrases(const kh_side *s, const kh_phrases *set, uint32_t mask, uint32_t first, uint32_t end, uint32_t *words)
{
    uint32_t count = 0;
    for (uint32_t i = first; i < end;) {
        kh_match m;
        bool found = token(s, i)->kind == KH_WORD && kh_phrases_match(set, s->art->tokens, i, s->lang, KH_CLITICS, &m) && (m.value & mask);
        for (uint32_t k = i; found && k < m.end && k < end; k++) {
            *words += token(s, k)->kind == KH_WORD;
        }
        count += found;
        i = found && m.end > i ? m.end : i + 1;
    }
    return count;
}

/* What the tables count on either side of an edit, by words and by affixes. */
typedef struct tally {
    uint32_t a, b;
    uint32_t words_a, words_b; /* of the edit, beside those counted */
} tally;

static bool has_affix(const kh_affix *x, kh_str with, kh_str without)
{
    if (with.len <= x->form.len + 1) {
        return false;
    }
    if (x->prefix) {
        return kh_str_starts(with, x->form) && kh_str_eq(kh_str_from(with, x->form.len), without);
    }
    kh_str stem = (kh_str){with.ptr, with.len - x->form.len};
    kh_str narrowed = stem.len > 3 ? (kh_str){stem.ptr, stem.len - 1} : stem; /* istemiyor, istiyor */
    return kh_str_ends(with, x->form) && (kh_str_starts(without, stem) || kh_str_starts(without, narrowed)) &&
           !kh_str_ends(without, x->form);
}

/* The words of the edit in pairs: does one have an affix of MASK that the other, of the same stem, lacks. */
static void tally_affixes(const change *g, const kh_affixes *list, uint32_t mask, tally *t)
{
    for (uint32_t i = g->a.first; i < g->a.end; i++) {
        for (uint32_t k = g->b.first; k < g->b.end; k++) {
            kh_str p = token(g->a.s, i)->key;
            kh_str q = token(g->b.s, k)->key;
            bool by_a = false;
            bool by_b = false;
            KH_EACH(const kh_affix, x, *list) {
                bool in_use = x->lang == g->a.s->lang && (x->value & mask);
                by_a = by_a || (in_use && has_affix(x, p, q));
                by_b = by_b || (in_use && has_affix(x, q, p));
            }
            t->a += by_a && !by_b;
            t->b += by_b && !by_a;
        }
    }
}

static tally tally_of(const change *g, const kh_phrases *set, const kh_affixes *affixes, uint32_t mask)
{
    tally t = {0};
    uint32_t in_a = 0;
    uint32_t in_b = 0;
    t.a = count_phrases(g->a.s, set, mask, g->a.first, g->a.end, &in_a);
    t.b = count_phrases(g->b.s, set, mask, g->b.first, g->b.end, &in_b);
    if (!t.a && !t.b && affixes) {
        tally_affixes(g, affixes, mask, &t);
    }
    t.words_a = g->a.words > in_a ? g->a.words - in_a : 0;
    t.words_b = g->b.words > in_b ? g->b.words - in_b : 0;
    return t;
}

static uint32_t in_sentence(const half *h, const kh_phrases *set, uint32_t mask)
{
    uint32_t words = 0;
    return count_phrases(h->s, set, mask, h->u->first, h->u->end, &words);
}

/* Where nothing stands on the other side, more words than the phrase and one that goes with it are a clause. */
static bool is_small(const change *g, const tally *t)
{
    uint32_t most_a = g->b.words ? OTHER_WORDS : 1;
    uint32_t most_b = g->a.words ? OTHER_WORDS : 1;
    return t->words_a <= most_a && t->words_b <= most_b;
}

/* ---- negations ---- */

static bool negation_flipped(const change *g)
{
    const kh_case_words *w = g->x->c->words;
    tally t = tally_of(g, w->negators, &w->negations, UINT32_MAX);
    bool by_affix = !in_sentence(&g->a, w->negators, UINT32_MAX) && !in_sentence(&g->b, w->negators, UINT32_MAX);
    bool moved = !by_affix && in_sentence(&g->a, w->negators, UINT32_MAX) == in_sentence(&g->b, w->negators, UINT32_MAX) &&
                 g->x->edits.items.count > 1;
    const kh_edits *all = &g->x->edits;
    uint32_t longer = all->words_a > all->words_b ? all->words_a : all->words_b;
    if ((t.a > 0) == (t.b > 0) || !is_small(g, &t) || moved || (float)all->same < SAME_SENSE * (float)longer) {
        return false;
    }
    raise(g, KH_ALARM_NEGATION, KH_POLARITY_FLIP, g->a.u->span, g->b.u->span, KH_STR("negation"),
          other_words(g, "one negates what the other affirms"), 0.8F);
    return true;
}

/* ---- hedges, modals, bounds ---- */

static bool hedge_lost(const change *g, uint32_t mask, kh_alarm alarm, const char *what)
{
    const kh_case_words *w = g->x->c->words;
    tally t = tally_of(g, w->hedges, &w->moods, mask);
    bool kept = count_phrases(g->b.s, w->hedges, UINT32_MAX, g->b.first, g->b.end, &(uint32_t){0}) > 0;
    bool moved = t.a && in_sentence(&g->a, w->hedges, UINT32_MAX) == in_sentence(&g->b, w->hedges, UINT32_MAX) &&
                 in_sentence(&g->a, w->hedges, UINT32_MAX) > 0;
    if (!t.a || t.b || kept || moved || !is_small(g, &t)) {
        return false;
    }
    raise(g, alarm, KH_HEDGE_LOST, g->a.u->span, g->b.u->span, KH_STR("hedge"), other_words(g, what), 0.8F);
    return true;
}

/* Is phrase M of the original gone from the copy, and are most of the words right behind it still there. */
static bool is_taken_out(const kh_retold *x, const kh_side *s, const kh_side *t, const kh_match *m)
{
    uint32_t same = 0;
    uint32_t words = 0;
    for (uint32_t i = m->end; i < x->u->end && words < WORDS_BEHIND; i++) {
        bool found = false;
        for (uint32_t k = x->v->first; k < x->v->end && !found; k++) {
            found = token(t, k)->kind != KH_PUNCT && token(t, k)->hash == token(s, i)->hash;
        }
        words += token(s, i)->kind != KH_PUNCT;
        same += found;
    }
    return words > 0 && same * 2 > words;
}

/* A doubt that went with the clause before it: "the cause is not known, but he said it may be gas" -> "the cause is gas, he
 * said". */
static bool hedge_went_along(const kh_retold *x, const kh_side *s, const kh_side *t)
{
    const kh_phrases *hedges = x->c->words->hedges;
    uint32_t words = 0;
    if (count_phrases(t, hedges, UINT32_MAX, x->v->first, x->v->end, &words)) {
        return false;
    }
    for (uint32_t i = x->u->first; i < x->u->end; i++) {
        kh_match m;
        bool hedge = token(s, i)->kind == KH_WORD && kh_phrases_match(hedges, s->art->tokens, i, s->lang, KH_CLITICS, &m) &&
                     m.value == KH_MOOD_HEDGE && !m.ambiguous;
        if (hedge && is_taken_out(x, s, t, &m)) {
            kh_str reason = kh_arena_printf(x->c->out, "the copy dropped \"" KH_FMT "\"", KH_ARG(kh_slice(s->art->text, m.span)));
            kh_alarm_add(x->c, KH_ALARM_HEDGE, KH_HEDGE_LOST, (kh_place_in){x->src, x->u->span}, (kh_place_in){x->dst, x->v->span},
                         KH_STR("hedge"), reason, 0.75F);
            return true;
        }
    }
    return false;
}

/* "at least 24" -> "24": the words of the bound went, the number beside them stayed. */
static bool bound_lost(const change *g)
{
    tally t = tally_of(g, g->x->c->words->bounds, NULL, UINT32_MAX);
    numbers after = {0};
    if (!t.a || t.b || t.words_a || t.words_b) {
        return false;
    }
    kh_numeral n;
    uint32_t end = g->a.end;
    bool before =
        end < g->a.u->end && g->x->c->know->numerals && kh_numeral_at(g->x->c->know->numerals, g->a.s->art->tokens, end, g->a.s->lang, &n);
    after = numbers_of(g, &(half){.s = g->a.s, .u = g->a.u, .first = g->a.first ? g->a.first - 1 : 0, .end = g->a.first});
    if (!before && !after.count) {
        return false;
    }
    const kh_figure *fa = figure_at(g->a.s, before ? n.span : kh_text_span(g->a.s->art->tokens, after.items[0].first, after.items[0].end));
    kh_numeral m;
    bool same = before && g->b.end < g->b.u->end && kh_numeral_at(g->x->c->know->numerals, g->b.s->art->tokens, g->b.end, g->b.s->lang, &m);
    const kh_figure *fb = same ? figure_at(g->b.s, m.span) : NULL;
    raise(g, KH_ALARM_HEDGE, KH_HEDGE_LOST, fa ? fa->span : g->a.u->span, fa && fb ? fb->span : g->b.u->span, topic_of_number(g, fa),
          KH_STR("the copy dropped the bound and kept the number"), 0.8F);
    return true;
}

/* ---- who says so, and how ---- */

static bool stance_changed(const change *g)
{
    const kh_phrases *cues = g->x->c->words->cues;
    tally doubt = tally_of(g, cues, NULL, KH_CUE_DOUBTS);
    tally plain = tally_of(g, cues, NULL, KH_CUE_SAYS);
    tally denial = tally_of(g, cues, NULL, KH_CUE_DENIES);
    tally owned = tally_of(g, cues, NULL, KH_CUE_OWNS);
    bool small = g->a.words <= WORDS_OF_CUE && g->b.words <= WORDS_OF_CUE;
    if (small && denial.a && !denial.b && (owned.b || plain.b)) {
        raise(g, KH_ALARM_NEGATION, KH_POLARITY_FLIP, g->a.u->span, g->b.u->span, KH_STR("denial"),
              other_words(g, owned.b ? "the original denies, the copy admits" : "the original denies, the copy says so"), 0.8F);
        return true;
    }
    if (small && doubt.a && !doubt.b && (plain.b || owned.b)) {
        raise(g, KH_ALARM_STANCE, KH_HEDGE_LOST, g->a.u->span, g->b.u->span, KH_STR("stance"),
              other_words(g, "the copy reports as said what the original kept at a distance"), 0.8F);
        return true;
    }
    return false;
}

/* ---- actors ---- */

static const kh_mention *mention_in(const half *h)
{
    kh_span span = span_of(h);
    KH_EACH(const kh_mention, m, h->s->art->mentions) {
        if (h->end > h->first && kh_span_meets(m->span, span)) {
            return m;
        }
    }
    return NULL;
}

/* Words with capitals only, none of them where a sentence begins, and no title. */
static bool is_capital(const change *g, const half *h)
{
    uint32_t words = 0;
    if (count_phrases(h->s, g->x->c->words->roles, UINT32_MAX, h->first, h->end, &words)) {
        return false;
    }
    for (uint32_t i = h->first; i < h->end; i++) {
        const kh_token *t = token(h->s, i);
        if (t->kind != KH_WORD || !(t->flags & KH_CAPITAL) || (t->flags & KH_SENTENCE_START) || t->key.len < 3) {
            return false;
        }
    }
    return h->words > 0;
}

/* Agencies in the words that credit them are exchanged by whoever passes a report on. */
static bool in_credit(const half *h)
{
    kh_span span = span_of(h);
    KH_EACH(const kh_credit, cr, h->s->art->credits) {
        if (kh_span_meets(cr->span, span)) {
            return true;
        }
    }
    return false;
}

/* Two places of a kind, two persons, two bodies; a body can stand for its country, and a town for its government. */
static bool is_rival(const kh_name *a, const kh_name *b)
{
    bool places = a->type == KH_NAME_PLACE && b->type == KH_NAME_PLACE;
    return a->type == b->type && !(places && kh_str_eq(a->id, b->id) && a->id.len);
}

static bool actor_changed(const change *g)
{
    const kh_mention *ma = mention_in(&g->a);
    const kh_mention *mb = mention_in(&g->b);
    if (!g->a.words || !g->b.words || g->a.words > WORDS_OF_NAME || g->b.words > WORDS_OF_NAME || in_credit(&g->a) || in_credit(&g->b)) {
        return false;
    }
    bool changed = false;
    if (ma && mb) {
        uint32_t ga = g->a.s->groups[ma->name];
        uint32_t gb = g->b.s->groups[mb->name];
        changed = ga != gb && is_rival(&g->a.s->art->names.items[ma->name], &g->b.s->art->names.items[mb->name]);
    } else if (is_capital(g, &g->a) && is_capital(g, &g->b) && token(g->a.s, g->a.first)->script == token(g->b.s, g->b.first)->script) {
        changed = (ma || mb || g->a.s->lang != g->x->c->words->nouns_capital) &&
                  kh_name_likeness(*g->x->c->scratch, words_of(&g->a), words_of(&g->b)) < SOUNDS_ALIKE;
    }
    if (changed) {
        raise(g, KH_ALARM_ACTOR, KH_CONFLICT, ma ? ma->span : span_of(&g->a), mb ? mb->span : span_of(&g->b), KH_STR("actor"),
              other_words(g, "another name in the same words"), 0.7F);
    }
    return changed;
}

/* ---- one sentence ---- */

bool kh_alarms_find(const kh_retold *x)
{
    const kh_side *s = &x->c->sides[x->src];
    const kh_side *t = &x->c->sides[x->dst];
    bool any = false;
    bool retold = (float)x->edits.same < REST_OF_SENTENCE * (float)x->edits.words_b;
    for (size_t i = 0; i < x->edits.items.count && !retold; i++) {
        const kh_edit *e = &x->edits.items.items[i];
        change g = {x, {s, x->u, x->src, e->a, e->a_end, e->words_a}, {t, x->v, x->dst, e->b, e->b_end, e->words_b}};
        bool found = number_changed(&g) || bound_lost(&g);
        found = found || stance_changed(&g) || negation_flipped(&g) ||
                hedge_lost(&g, KH_MOOD_HEDGE, KH_ALARM_HEDGE, "the copy dropped a doubt") ||
                hedge_lost(&g, KH_MOOD_MODAL, KH_ALARM_MODAL, "the copy made a fact of what may or must be");
        any = actor_changed(&g) || found || any;
    }
    return any || hedge_went_along(x, s, t);
}
