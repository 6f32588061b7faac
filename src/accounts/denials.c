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
 * Gets wrong: clauses with so few known concepts that the names alone make them alike.
 */
#include "accounts/internal.h"

enum { KEYS_OF_A_CLAIM = 2 };
static const float SHARE_OF_A_CLAIM = 0.6F;

static bool is_denial(const kh_quotation *q)
{
    return q->stance == KH_STANCE_DENIAL;
}

static bool can_affirm(const kh_quotation *q)
{
    return q->core && !is_denial(q) && q->form != KH_FORM_SCARE && q->stance != KH_STANCE_NO_COMMENT &&
           q->stance != KH_STANCE_URGING && q->speaker.len;
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
            same = kh_phrases_match(c->words->ordinals, t->art->tokens, k, t->lang, KH_CLITICS | KH_ARTICLE, &n) &&
                   n.value == m.value;
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
        kh_str reason = kh_arena_printf(c->out, KH_FMT " denies what " KH_FMT " says", KH_ARG(denied->speaker),
                                        KH_ARG(said->speaker));
        kh_verdict_add(c, KH_CONFLICT, (kh_place_in){a, denied->span}, (kh_place_in){b, said->span}, KH_STR("denial"), reason,
                       0.65F);
    }
}

static void compare_with_page(kh_case *c, uint32_t a, const kh_quotation *denied, uint32_t b)
{
    KH_EACH(const kh_quotation, said, c->sides[b].art->quotations) {
        if (can_affirm(said) && !kh_span_meets(a == b ? denied->span : (kh_span){0, 0}, said->span) &&
            two_mouths(c, a, denied, b, said)) {
            compare(c, a, denied, b, said);
        }
    }
}

void kh_denials_compare(kh_case *c)
{
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
