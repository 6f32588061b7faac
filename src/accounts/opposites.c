/* opposites.c - one tells an act, another its opposite, or that it was not so: of the same actor, with the same thing.
 *
 * Example. "النقابة رفضت عرض إدارة المرفأ" (the union rejected the offer of the port's management), and elsewhere: "The
 * union has accepted the offer of the port's management." And within one text: the original wants the West to step in,
 * its machine translation wants it to step aside.
 *
 * The acts and which are opposites stand in opposites.txt, their verbs in acts.txt of each language (acts.c reads them from
 * sentences); so the pair is found in any two of them. Two sentences contradict each other where each has one act of a pair
 * and not the other, and both speak of the same: in an original and its translated copy they are aligned and share
 * something beside the verb; of two accounts both tell it as done, or one says of the same act that it was not. There they
 * share most of what the shorter says, a name or body beside the verb, who stands before the verb is not another, the people
 * beside it are not others, nor words with a capital that either alone has, what stands next to each verb (days aside) stands beside the other too, no word tells one thing
 * from another of its kind (northern, southern), and they do not count others ("arrested twelve", "released eight"). Of acts
 * that follow one another (arrested, released) only those told of one day contradict.
 *
 * Between accounts the verdict is as sure as the two sentences are alike: a shared day and nothing that either alone says of
 * the thing make it surer.
 *
 * Gets wrong: an actor who is only a pronoun; two bills, two offers of one day that share all names; who is convicted
 * of one thing and acquitted of another. Copies in one language are compared word by word instead (alarms.c).
 */
#include "accounts/internal.h"

enum {
    KEYS_OF_A_SENTENCE = 3,
    KEYS_BESIDE = 2,
    DAYS_APART = 1 /* of the pages, where the sentences name no day */
};
static const float SHARE_OF_A_SENTENCE = 0.5F;
static const float SHARE_BESIDE = 0.5F;
static const float SURE_ALIGNED = 0.7F;
static const float SURE_LEAST = 0.4F, SURE_MOST = 0.8F; /* sentences that share just enough, and all */

static const kh_unit *unit_of(const kh_case *c, const kh_telling *t)
{
    return &c->sides[t->article].units.items[t->unit];
}

static const kh_opposite *opposite_of(const kh_case *c, uint32_t a, uint32_t b)
{
    KH_EACH(const kh_opposite, o, c->words->opposites) {
        if ((o->a == a && o->b == b) || (o->a == b && o->b == a)) {
            return o;
        }
    }
    return NULL;
}

static kh_unit unit_between(kh_case *c, const kh_telling *t, uint32_t first, uint32_t end)
{
    const kh_side *s = &c->sides[t->article];
    return kh_unit_of(c, s, kh_text_span(s->art->tokens, first, end));
}

static kh_unit beside(kh_case *c, const kh_telling *t, const kh_act_told *x)
{
    kh_stretch w = kh_act_window(c, t, x);
    return unit_between(c, t, w.first, w.end);
}

static bool share_enough(const kh_unit *a, const kh_unit *b, uint32_t least, float share)
{
    uint32_t keys = 0;
    float shared = kh_unit_shared(a, b, false, &keys);
    float lighter = a->weight < b->weight ? a->weight : b->weight;
    return keys >= least && shared >= share * lighter;
}

/* The share of the lighter of two units that the other has too. */
static float share_of(const kh_unit *a, const kh_unit *b)
{
    uint32_t keys = 0;
    float lighter = a->weight < b->weight ? a->weight : b->weight;
    return lighter > 0 ? kh_unit_shared(a, b, false, &keys) / lighter : 0;
}

static bool is_negated(const kh_case *c, const kh_telling *t, const kh_act_told *x)
{
    const kh_side *s = &c->sides[t->article];
    kh_stretch w = kh_act_window(c, t, x);
    return x->negated || kh_phrases_in(s, c->words->negators, w.first, x->first) + kh_phrases_in(s, c->words->negators, x->end, w.end) > 0;
}

/* ---- two accounts ---- */

/* The person or body named last before the act, or, where none is, first behind it; KH_NO_GROUP: none in the sentence. */
static uint32_t actor_of(const kh_case *c, const kh_telling *t, const kh_act_told *x)
{
    const kh_side *s = &c->sides[t->article];
    const kh_unit *u = unit_of(c, t);
    uint32_t at = s->art->tokens->tokens.items[x->first].span.begin;
    uint32_t before = KH_NO_GROUP, behind = KH_NO_GROUP;
    KH_EACH(const kh_mention, m, s->art->mentions) {
        if (!kh_span_holds(u->span, m->span) || m->name >= s->art->names.count || s->art->names.items[m->name].type == KH_NAME_PLACE) {
            continue;
        }
        if (m->span.end <= at) {
            before = s->groups[m->name];
        } else if (behind == KH_NO_GROUP) {
            behind = s->groups[m->name];
        }
    }
    return before != KH_NO_GROUP ? before : behind;
}

/* What stands before the act, as who did it; where the verb comes first, what stands behind it. */
static kh_unit doer(kh_case *c, const kh_telling *t, const kh_act_told *x)
{
    kh_stretch w = kh_act_window(c, t, x);
    kh_unit u = unit_between(c, t, w.first, x->first);
    return u.keys.count ? u : unit_between(c, t, x->end, w.end);
}

/* Nobody is named in one of them: do both speak of the same where the doer stands, as of a union (профсоюз)? */
static bool one_actor(kh_case *c, const kh_telling *t, const kh_act_told *x, const kh_telling *u, const kh_act_told *y)
{
    uint32_t one = actor_of(c, t, x), other = actor_of(c, u, y);
    if (one != KH_NO_GROUP && other != KH_NO_GROUP) {
        return one == other;
    }
    kh_unit a = doer(c, t, x), b = doer(c, u, y);
    return share_enough(&a, &b, 1, SHARE_BESIDE);
}

/* Days that sentence T names: 1 the same as U names, -1 others, 0 one of them names none. */
static int days_of(const kh_case *c, const kh_telling *t, const kh_telling *u)
{
    bool both = false;
    const kh_article *a = c->sides[t->article].art, *b = c->sides[u->article].art;
    KH_EACH(const kh_date, x, a->dates) {
        if (x->when.from.precision < KH_TO_DAY || !kh_span_holds(unit_of(c, t)->span, x->span)) {
            continue;
        }
        KH_EACH(const kh_date, y, b->dates) {
            if (y->when.from.precision < KH_TO_DAY || !kh_span_holds(unit_of(c, u)->span, y->span)) {
                continue;
            }
            both = true;
            if (kh_day_number(x->when.from) == kh_day_number(y->when.from)) {
                return 1;
            }
        }
    }
    return both ? -1 : 0;
}

static bool near_in_time(const kh_case *c, const kh_telling *t, const kh_telling *u)
{
    kh_time a = c->sides[t->article].art->published.when.from;
    kh_time b = c->sides[u->article].art->published.when.from;
    if (a.precision < KH_TO_DAY || b.precision < KH_TO_DAY) {
        return false;
    }
    int64_t days = kh_day_number(a) - kh_day_number(b);
    return days >= -DAYS_APART && days <= DAYS_APART;
}

static bool is_day(const kh_side *s, uint32_t token)
{
    kh_span at = s->art->tokens->tokens.items[token].span;
    KH_EACH(const kh_date, d, s->art->dates) {
        if (kh_span_meets(d->span, at)) {
            return true;
        }
    }
    return false;
}

/* The keys next to the act in WINDOW, behind it or before it: those of the fewest words that have any; days are none. */
static kh_unit nearest(kh_case *c, const kh_telling *t, const kh_act_told *x, const kh_unit *window, bool behind)
{
    const kh_side *s = &c->sides[t->article];
    uint32_t first = behind ? x->end : x->first, end = first;
    kh_unit near = {0};
    while (near.keys.count == 0 && (behind ? end < window->end : first > window->first)) {
        first -= !behind;
        end += behind;
        if (is_day(s, behind ? end - 1 : first)) {
            first = behind ? end : first;
            end = behind ? end : first;
        } else {
            near = unit_between(c, t, first, end);
        }
    }
    return near;
}

/* What stands next to X, behind it if anything does, stands beside the other act too: who began a strike and ended talks
 * does not contradict himself. */
static bool holds_nearest(kh_case *c, const kh_telling *t, const kh_act_told *x, const kh_unit *own, const kh_unit *other)
{
    kh_unit thing = nearest(c, t, x, own, true);
    thing = thing.keys.count ? thing : nearest(c, t, x, own, false);
    return thing.keys.count == 0 || share_enough(&thing, other, 1, 0);
}

/* Each names people beside the act, the actor aside, and none that the other sentence names. */
static bool names_none_of(const kh_case *c, const kh_telling *t, const kh_unit *window, uint32_t actor, const kh_telling *u, bool *any)
{
    const kh_side *s = &c->sides[t->article], *v = &c->sides[u->article];
    *any = false;
    KH_EACH(const kh_mention, m, s->art->mentions) {
        bool person = m->name < s->art->names.count && s->art->names.items[m->name].type == KH_NAME_PERSON;
        if (!person || s->groups[m->name] == actor || !kh_span_holds(window->span, m->span)) {
            continue;
        }
        *any = true;
        KH_EACH(const kh_mention, n, v->art->mentions) {
            if (n->name < v->art->names.count && v->groups[n->name] == s->groups[m->name] && kh_span_holds(unit_of(c, u)->span, n->span)) {
                return false;
            }
        }
    }
    return true;
}

static bool holds_word(const kh_side *s, const kh_unit *u, uint64_t hash)
{
    for (uint32_t i = u->first; i < u->end; i++) {
        if (s->art->tokens->tokens.items[i].hash == hash) {
            return true;
        }
    }
    return false;
}

/* A word with a capital in the clause behind the act that U has not: a name that no table has. */
static bool has_own_capital(const kh_case *c, const kh_telling *t, const kh_act_told *x, const kh_telling *u)
{
    const kh_side *s = &c->sides[t->article];
    const kh_token *tokens = s->art->tokens->tokens.items;
    for (uint32_t i = x->end; i < kh_act_window(c, t, x).end && tokens[i].kind != KH_PUNCT; i++) {
        if (tokens[i].flags & KH_CAPITAL && !is_day(s, i) && !holds_word(&c->sides[u->article], unit_of(c, u), tokens[i].hash)) {
            return true;
        }
    }
    return false;
}

static bool capitals_differ(const kh_case *c, const kh_telling *t, const kh_act_told *x, const kh_telling *u, const kh_act_told *y)
{
    uint8_t lang = c->sides[t->article].lang;
    return lang == c->sides[u->article].lang && lang != c->words->nouns_capital && has_own_capital(c, t, x, u) &&
           has_own_capital(c, u, y, t);
}

static bool name_others(const kh_case *c, const kh_telling *t, const kh_act_told *x, const kh_unit *a, const kh_telling *u,
                        const kh_act_told *y, const kh_unit *b)
{
    bool here = false, there = false;
    bool none = names_none_of(c, t, a, actor_of(c, t, x), u, &here) && names_none_of(c, u, b, actor_of(c, u, y), t, &there);
    return none && here && there;
}

/* Counts beside the acts, and none of them in both: twelve were arrested, eight released. */
static bool count_others(const kh_case *c, const kh_telling *t, const kh_unit *a, const kh_telling *u, const kh_unit *b)
{
    bool both = false;
    KH_EACH(const kh_figure, f, c->sides[t->article].art->figures) {
        if (f->kind != KH_FIGURE_COUNT || !kh_span_holds(a->span, f->span)) {
            continue;
        }
        KH_EACH(const kh_figure, g, c->sides[u->article].art->figures) {
            if (g->kind != KH_FIGURE_COUNT || !kh_span_holds(b->span, g->span)) {
                continue;
            }
            both = true;
            if (f->min <= g->max && g->min <= f->max) {
                return false;
            }
        }
    }
    return both;
}

/* O: NULL where both tell the same act. */
static bool at_one_time(const kh_case *c, const kh_opposite *o, const kh_telling *t, const kh_telling *u)
{
    int days = days_of(c, t, u);
    return o && o->turn ? days > 0 : days > 0 || (days == 0 && near_in_time(c, t, u));
}

static bool of_one_act(kh_case *c, const kh_opposite *o, const kh_telling *t, const kh_act_told *x, const kh_telling *u,
                       const kh_act_told *y)
{
    if (!x->told || !y->told || !at_one_time(c, o, t, u) || kh_acts_contrast(c, t, x, u, y)) {
        return false;
    }
    kh_unit a = beside(c, t, x), b = beside(c, u, y);
    return one_actor(c, t, x, u, y) && share_enough(&a, &b, KEYS_BESIDE, SHARE_BESIDE) && holds_nearest(c, t, x, &a, &b) &&
           holds_nearest(c, u, y, &b, &a) && !name_others(c, t, x, &a, u, y, &b) && !capitals_differ(c, t, x, u, y) &&
           !count_others(c, t, &a, u, &b) && share_enough(unit_of(c, t), unit_of(c, u), KEYS_OF_A_SENTENCE, SHARE_OF_A_SENTENCE);
}

/* ---- verdicts ---- */

/* From SURE_LEAST to SURE_MOST: how alike the sentences are beside the acts, where they share a day the more so. */
static float surety(kh_case *c, const kh_telling *t, const kh_act_told *x, const kh_telling *u, const kh_act_told *y)
{
    kh_unit a = beside(c, t, x), b = beside(c, u, y);
    float alike = (share_of(&a, &b) + share_of(unit_of(c, t), unit_of(c, u))) / 2;
    float heavier = unit_of(c, t)->weight > unit_of(c, u)->weight ? unit_of(c, t)->weight : unit_of(c, u)->weight;
    uint32_t keys = 0;
    float whole = heavier > 0 ? kh_unit_shared(unit_of(c, t), unit_of(c, u), false, &keys) / heavier : 0;
    float both = (alike + whole + (days_of(c, t, u) > 0)) / 3;
    return SURE_LEAST + (SURE_MOST - SURE_LEAST) * both;
}

static void say(kh_case *c, const kh_telling *t, const kh_act_told *x, const kh_telling *u, const kh_act_told *y, bool copied,
                float confidence)
{
    kh_unit a = beside(c, t, x), b = beside(c, u, y);
    const kh_side *s = &c->sides[t->article], *v = &c->sides[u->article];
    kh_str one = kh_slice(s->art->text, kh_text_span(s->art->tokens, x->first, x->end));
    kh_str other = kh_slice(v->art->text, kh_text_span(v->art->tokens, y->first, y->end));
    kh_str reason = kh_arena_printf(c->out, "of one act \"" KH_FMT "\" here, \"" KH_FMT "\" there", KH_ARG(one), KH_ARG(other));
    kh_alarm_add(c, copied ? KH_ALARM_NEGATION : KH_ALARM_NONE, KH_POLARITY_FLIP, (kh_place_in){t->article, a.span},
                 (kh_place_in){u->article, b.span}, KH_STR("act"), reason, confidence);
}

static bool tells(const kh_telling *t, uint32_t value, bool negated)
{
    for (size_t i = 0; i < t->count; i++) {
        if (t->acts[i].value == value && t->acts[i].negated == negated) {
            return true;
        }
    }
    return false;
}

/* Sentences of one text, of which COPIED says that the second was made from the first. */
static void compare_aligned(kh_case *c, const kh_telling *t, const kh_telling *u, bool copied)
{
    for (size_t i = 0; i < t->count; i++) {
        for (size_t k = 0; k < u->count; k++) {
            const kh_act_told *x = &t->acts[i], *y = &u->acts[k];
            bool both = tells(t, y->value, false) || tells(u, x->value, false);
            if (!opposite_of(c, x->value, y->value) || both || is_negated(c, t, x) || is_negated(c, u, y)) {
                continue;
            }
            kh_unit a = beside(c, t, x), b = beside(c, u, y);
            if (share_enough(&a, &b, 1, 0)) {
                say(c, t, x, u, y, copied, SURE_ALIGNED);
                return;
            }
        }
    }
}

/* Sentences of two accounts. */
static void compare_accounts(kh_case *c, const kh_telling *t, const kh_telling *u)
{
    for (size_t i = 0; i < t->count; i++) {
        for (size_t k = 0; k < u->count; k++) {
            const kh_act_told *x = &t->acts[i], *y = &u->acts[k];
            bool same = x->value == y->value;
            const kh_opposite *o = same ? NULL : opposite_of(c, x->value, y->value);
            bool against = same ? x->negated != y->negated : o && !x->negated && !y->negated;
            if (against && !tells(t, y->value, y->negated) && !tells(u, x->value, x->negated) && of_one_act(c, o, t, x, u, y)) {
                say(c, t, x, u, y, false, surety(c, t, x, u, y));
                return;
            }
        }
    }
}

static const kh_telling *told_in(const kh_tellings *all, uint32_t article, uint32_t unit)
{
    KH_EACH(const kh_telling, t, *all) {
        if (t->article == article && t->unit == unit) {
            return t;
        }
    }
    return NULL;
}

/* Two pages of one text in two languages: sentences in order. */
static void compare_translations(kh_case *c, const kh_tellings *all, uint32_t a, uint32_t b)
{
    const kh_copy *copy = kh_copy_between(c, a, b);
    uint32_t src = copy && copy->src == b ? b : a;
    uint32_t dst = src == a ? b : a;
    kh_alignment found = kh_align(c, &c->sides[src], &c->sides[dst], false);
    KH_EACH(const kh_match_pair, p, found.pairs) {
        const kh_telling *t = told_in(all, src, p->a);
        const kh_telling *u = told_in(all, dst, p->b);
        if (t && u) {
            compare_aligned(c, t, u, copy != NULL);
        }
    }
}

void kh_opposites_compare(kh_case *c)
{
    kh_tellings all = {0};
    for (uint32_t i = 0; i < c->count; i++) {
        kh_acts_read(c, i, &all);
    }
    for (uint32_t a = 0; a < c->count && c->count <= KH_PAGES_ALL_PAIRS; a++) {
        for (uint32_t b = a + 1; b < c->count; b++) {
            if (c->sides[a].lang != c->sides[b].lang && kh_same_text(c, a, b)) {
                compare_translations(c, &all, a, b);
            }
        }
    }
    for (size_t i = 0; i < all.count; i++) {
        for (size_t k = i + 1; k < all.count; k++) {
            const kh_telling *t = &all.items[i], *u = &all.items[k];
            bool originals = c->sides[t->article].parent == KH_NO_GROUP && c->sides[u->article].parent == KH_NO_GROUP;
            if (t->article != u->article && originals && !kh_same_text(c, t->article, u->article)) {
                compare_accounts(c, t, u);
            }
        }
    }
}
