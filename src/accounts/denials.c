/* denials.c - one says that it was so, another that it was not.
 *
 * Example. The operator denied that repairs of the dam had been put off in December; the former engineer says:
 * "ремонт плотины отложили в декабре". Both sentences are about the same thing, one under a verb of
 * denial and one not, and two speakers stand behind them: conflict.
 *
 * The denied clause is compared with every clause of another speaker, by the keys that any language has (sides.c);
 * most of what the lighter one says must be in both. A denial of the same words by one who only repeats the charge
 * is no second account, so a page and its copy are not compared. Who denies "انهيار جسر ثانٍ" (the fall of a second
 * bridge) says nothing of the first: an ordinal of the denied clause must stand in the other too.
 *
 * Nobody needs a verb of denial: "взрыва не было", says the director, where the minister speaks of an explosion. A short
 * clause with a negation at the head of a statement is set against what others say on the same page; all that it
 * speaks of must be in theirs.
 *
 * Gets wrong: clauses with so few known concepts that the names alone make them alike.
 */
#include "accounts/internal.h"

enum { KEYS_OF_A_CLAIM = 2, WORDS_OF_NEGATION = 6, QUOTATIONS_MAX = 100 };
static const float SHARE_OF_A_CLAIM = 0.6F;
static const float ALL_OF_A_NEGATION = 0.95F;

static bool is_denial(const kh_quotation *q)
{
    return q->stance == KH_STANCE_DENIAL;
}

static bool can_affirm(const kh_quotation *q)
{
    return q->core && !is_denial(q) && q->form != KH_FORM_SCARE && q->stance != KH_STANCE_NO_COMMENT && q->stance != KH_STANCE_URGING &&
           q->speaker.len;
}

static bool two_mouths(const kh_case *c, uint32_t a, const kh_quotation *qa, uint32_t b, const kh_quotation *qb)
{
    uint32_t ga = c->sides[a].speakers[qa - c->sides[a].art->quotations.items];
    uint32_t gb = c->sides[b].speakers[qb - c->sides[b].art->quotations.items];
    bool known = ga != KH_NO_GROUP && gb != KH_NO_GROUP;
    return !kh_same_speaker(c, a, qa, b, qb) && (known || a == b);
}

/* "denied that a second bridge had fallen": is an ordinal of U missing in V? Then V tells of another. */
static bool is_of_another(const kh_case *c, const kh_side *s, const kh_unit *u, const kh_side *t, const kh_unit *v)
{
    kh_match m, n;
    for (uint32_t i = u->first; i < u->end; i++) {
        if (!kh_phrases_match(c->words->ordinals, s->art->tokens, i, s->lang, KH_CLITICS | KH_ARTICLE, &m)) {
            continue;
        }
        bool same = false;
        for (uint32_t k = v->first; k < v->end && !same; k++) {
            same = kh_phrases_match(c->words->ordinals, t->art->tokens, k, t->lang, KH_CLITICS | KH_ARTICLE, &n) && n.value == m.value;
        }
        if (!same) {
            return true;
        }
    }
    return false;
}

static void compare(kh_case *c, uint32_t a, const kh_quotation *denied, uint32_t b, const kh_quotation *said)
{
    kh_unit u = kh_unit_of(c, &c->sides[a], denied->span);
    kh_unit v = kh_unit_of(c, &c->sides[b], said->span);
    uint32_t keys = 0;
    float shared = kh_unit_shared(&u, &v, false, &keys);
    float lighter = u.weight < v.weight ? u.weight : v.weight;
    bool negated = kh_phrases_in(&c->sides[b], c->words->negators, v.first, v.end) > 0;
    if (keys >= KEYS_OF_A_CLAIM && shared >= SHARE_OF_A_CLAIM * lighter && !negated &&
        !is_of_another(c, &c->sides[a], &u, &c->sides[b], &v)) {
        kh_str reason = kh_arena_printf(c->out, KH_FMT " denies what " KH_FMT " says", KH_ARG(denied->speaker), KH_ARG(said->speaker));
        kh_verdict_add(c, KH_CONFLICT, (kh_place_in){a, denied->span}, (kh_place_in){b, said->span}, KH_STR("denial"), reason, 0.65F);
    }
}

static void compare_with_page(kh_case *c, uint32_t a, const kh_quotation *denied, uint32_t b)
{
    KH_EACH(const kh_quotation, said, c->sides[b].art->quotations) {
        if (can_affirm(said) && !kh_span_meets(a == b ? denied->span : (kh_span){0, 0}, said->span) && two_mouths(c, a, denied, b, said)) {
            compare(c, a, denied, b, said);
        }
    }
}

/* The words of Q up to its first comma, where they are few and negate something; empty else. */
static kh_span negated_clause(const kh_case *c, const kh_side *s, const kh_quotation *q)
{
    const kh_text *t = s->art->tokens;
    size_t first = kh_text_token_at(t, q->span.begin);
    size_t end = first;
    uint32_t words = 0;
    while (end < t->tokens.count && t->tokens.items[end].span.end <= q->span.end && t->tokens.items[end].cp != ',' &&
           t->tokens.items[end].cp != 0x60C) {
        words += t->tokens.items[end++].kind == KH_WORD;
    }
    bool negates = words > 1 && words <= WORDS_OF_NEGATION && kh_phrases_in(s, c->words->negators, first, end) > 0;
    return negates ? kh_text_span(t, first, end) : (kh_span){0, 0};
}

/* "There was no explosion", against who spoke of the explosion on the same page. */
static void compare_negation(kh_case *c, uint32_t a, const kh_quotation *q)
{
    const kh_side *s = &c->sides[a];
    kh_span clause = can_affirm(q) ? negated_clause(c, s, q) : (kh_span){0, 0};
    if (kh_span_empty(clause)) {
        return;
    }
    kh_unit u = kh_unit_of(c, s, clause);
    KH_EACH(const kh_quotation, said, s->art->quotations) {
        kh_unit v = kh_unit_of(c, s, said->span);
        uint32_t keys = 0;
        float shared = kh_unit_shared(&u, &v, false, &keys);
        bool rival = can_affirm(said) && two_mouths(c, a, q, a, said) && !kh_phrases_in(s, c->words->negators, v.first, v.end);
        if (rival && keys && shared >= ALL_OF_A_NEGATION * u.weight && !is_of_another(c, s, &u, s, &v)) {
            kh_str reason = kh_arena_printf(c->out, KH_FMT " says that it was not so, " KH_FMT " that it was", KH_ARG(q->speaker),
                                            KH_ARG(said->speaker));
            kh_verdict_add(c, KH_CONFLICT, (kh_place_in){a, said->span}, (kh_place_in){a, q->span}, KH_STR("denial"), reason, 0.55F);
            return; /* the first who said so */
        }
    }
}

void kh_denials_compare(kh_case *c)
{
    for (uint32_t a = 0; a < c->count; a++) {
        for (size_t q = 0; c->sides[a].parent == KH_NO_GROUP && q < c->sides[a].art->quotations.count && q < QUOTATIONS_MAX; q++) {
            compare_negation(c, a, &c->sides[a].art->quotations.items[q]);
        }
    }
    for (uint32_t a = 0; a < c->count; a++) {
        KH_EACH(const kh_quotation, denied, c->sides[a].art->quotations) {
            for (uint32_t b = 0; is_denial(denied) && b < c->count; b++) {
                if (a == b || !kh_same_text(c, a, b)) {
                    compare_with_page(c, a, denied, b);
                }
            }
        }
    }
}
