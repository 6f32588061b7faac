/* acts.c - who is told to have done what, by the verbs of acts.txt: as done, as not done, or as neither.
 *
 * Example. "وافقت النقابة على العرض" (the union agreed to the offer) tells the act accept; "إذا وافقت النقابة على العرض" (if the union
 * agrees to it), "هل وافقت النقابة" (did it agree?) and "ستوافق" (it will) tell nothing that an account of its refusal could
 * contradict, and "لم توافق" tells that it did not.
 *
 * An act is told where nothing in the sentence makes it a condition or a question, nothing beside it keeps distance or
 * says what may, must or will be, and nothing says "not yet" or "earlier". It is told as not done where the form says so
 * (نکرد, katılmadı, did not attend: the column `negated`), or where a negation stands right before it and no other beside.
 * Words beside two acts tell one thing from another of its kind by contrasts.txt: the northern and the southern suburbs,
 * the bill and an amendment to it.
 *
 * Gets wrong: a condition without its word ("Had he accepted"), a question that is only reported, a contrast of words
 * that are in no table.
 */
#include "accounts/internal.h"

#include "base/limits.h"

enum {
    WORDS_BESIDE = 6,   /* to either side of the act */
    WORDS_OF_A_PLAN = 4 /* before it: "will soon be" */
};

static const kh_unit *unit_of(const kh_case *c, const kh_telling *t)
{
    return &c->sides[t->article].units.items[t->unit];
}

kh_stretch kh_act_window(const kh_case *c, const kh_telling *t, const kh_act_told *x)
{
    const kh_unit *u = unit_of(c, t);
    return (kh_stretch){.first = x->first > u->first + WORDS_BESIDE ? x->first - WORDS_BESIDE : u->first,
                        .end = x->end + WORDS_BESIDE < u->end ? x->end + WORDS_BESIDE : u->end};
}

/* The values of the phrases of SET in tokens first..end, as bits. */
static uint32_t values_in(const kh_side *s, const kh_phrases *set, uint32_t first, uint32_t end)
{
    uint32_t bits = 0;
    for (uint32_t i = first; i < end; i++) {
        kh_match m;
        if (s->art->tokens->tokens.items[i].kind == KH_WORD && kh_phrases_match(set, s->art->tokens, i, s->lang, KH_CLITICS, &m) &&
            m.end <= end) {
            bits |= m.value;
            i = (uint32_t)m.end - 1;
        }
    }
    return bits;
}

static bool is_question(const kh_side *s, const kh_unit *u)
{
    kh_str words = kh_slice(s->art->text, u->span);
    return kh_str_find(words, KH_STR("?")) < words.len || kh_str_find(words, KH_STR("؟")) < words.len;
}

/* A negation ends right before token AT of sentence U. */
static bool negated_before(const kh_case *c, const kh_side *s, const kh_unit *u, uint32_t at)
{
    for (uint32_t first = at; first-- > u->first && at - first <= 3;) {
        kh_match m;
        if (kh_phrases_match(c->words->negators, s->art->tokens, first, s->lang, KH_CLITICS, &m) && m.end == at) {
            return true;
        }
    }
    return false;
}

/* Whether the act is told, and whether as not done. */
static void judge(const kh_case *c, const kh_telling *t, kh_act_told *x)
{
    const kh_side *s = &c->sides[t->article];
    const kh_unit *u = unit_of(c, t);
    kh_stretch w = kh_act_window(c, t, x);
    uint32_t plan = x->first > u->first + WORDS_OF_A_PLAN ? x->first - WORDS_OF_A_PLAN : u->first;
    uint32_t unreal =
        (values_in(s, c->words->conditions, u->first, x->first) | values_in(s, c->words->conditions, x->end, u->end)) & KH_UNREAL_IF;
    unreal |= (values_in(s, c->words->conditions, w.first, x->first) | values_in(s, c->words->conditions, x->end, w.end)) & KH_UNREAL_YET;
    unreal |= values_in(s, c->words->conditions, plan, x->first) & KH_UNREAL_PLAN;
    uint32_t hedges = kh_phrases_in(s, c->words->hedges, w.first, x->first) + kh_phrases_in(s, c->words->hedges, x->end, w.end);
    uint32_t negations = kh_phrases_in(s, c->words->negators, w.first, x->first) + kh_phrases_in(s, c->words->negators, x->end, w.end);
    bool before = !x->negated && negated_before(c, s, u, x->first);
    x->negated = x->negated || before;
    x->told = !unreal && !hedges && negations == before && !is_question(s, u);
}

/* The verb in two parts whose head is token AT; its other part stands behind it in the clause. */
static const kh_parted *parted_at(const kh_case *c, const kh_side *s, const kh_unit *u, uint32_t at)
{
    const kh_token *tokens = s->art->tokens->tokens.items;
    KH_EACH(const kh_parted, p, c->words->parted) {
        bool head = p->lang == s->lang && kh_str_eq(p->head, tokens[at].key);
        for (uint32_t i = at + 1; head && i < u->end && tokens[i].kind != KH_PUNCT; i++) {
            if (kh_str_eq(tokens[i].key, p->tail)) {
                return p;
            }
        }
    }
    return NULL;
}

/* The act that begins with token AT; false: none. */
static bool act_at(const kh_case *c, const kh_side *s, const kh_unit *u, uint32_t at, kh_act_told *act)
{
    kh_match m;
    if (kh_phrases_match(c->words->acts, s->art->tokens, at, s->lang, KH_CLITICS, &m) && m.end <= u->end) {
        *act = (kh_act_told){.value = m.value / 2, .first = at, .end = (uint32_t)m.end, .negated = m.value % 2};
        return true;
    }
    const kh_parted *p = parted_at(c, s, u, at);
    if (p) {
        *act = (kh_act_told){.value = p->value / 2, .first = at, .end = at + 1, .negated = p->value % 2};
    }
    return p != NULL;
}

void kh_acts_read(kh_case *c, uint32_t article, kh_tellings *found)
{
    const kh_side *s = &c->sides[article];
    size_t most = found->count + KH_ACT_SENTENCES_MAX;
    for (uint32_t i = 0; i < s->units.count && found->count < most; i++) {
        const kh_unit *u = &s->units.items[i];
        kh_telling t = {.article = article, .unit = i};
        for (uint32_t k = u->first; k < u->end && t.count < KH_ACTS_OF_A_SENTENCE; k++) {
            if (act_at(c, s, u, k, &t.acts[t.count])) {
                k = t.acts[t.count++].end - 1;
            }
        }
        for (size_t k = 0; k < t.count; k++) {
            judge(c, &t, &t.acts[k]);
        }
        if (t.count) {
            *KH_ADD(c->scratch, found) = t;
        }
    }
}

/* ---- contrasts ---- */

/* For each group, the values that stand beside the act, as bits. */
static void contrasts_beside(const kh_case *c, const kh_telling *t, const kh_act_told *x, uint32_t bits[KH_CONTRAST_GROUPS])
{
    const kh_side *s = &c->sides[t->article];
    kh_stretch w = kh_act_window(c, t, x);
    for (uint32_t i = w.first; i < w.end; i++) {
        kh_match m;
        if (kh_phrases_match(c->words->contrasts, s->art->tokens, i, s->lang, KH_CLITICS, &m) && m.end <= w.end) {
            bits[m.value / KH_CONTRAST_VALUES] |= 1U << m.value % KH_CONTRAST_VALUES;
            i = (uint32_t)m.end - 1;
        }
    }
}

bool kh_acts_contrast(const kh_case *c, const kh_telling *t, const kh_act_told *x, const kh_telling *u, const kh_act_told *y)
{
    uint32_t one[KH_CONTRAST_GROUPS] = {0}, other[KH_CONTRAST_GROUPS] = {0};
    contrasts_beside(c, t, x, one);
    contrasts_beside(c, u, y, other);
    for (size_t i = 0; i < KH_CONTRAST_GROUPS; i++) {
        bool apart = one[i] && other[i] && !(one[i] & other[i]);
        if (apart || (i == KH_CONTRAST_PART && one[i] != other[i])) {
            return true;
        }
    }
    return false;
}
