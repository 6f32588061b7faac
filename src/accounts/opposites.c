/* opposites.c - one tells an act, another its opposite: of the same actor, with the same thing.
 *
 * Example. "النقابة رفضت عرض إدارة المرفأ" (the union rejected the offer of the port's management), and elsewhere: "The
 * union has accepted the offer of the port's management." And within one text: the original wants the West to step in,
 * its machine translation wants it to step aside.
 *
 * The acts and which are opposites stand in opposites.txt, their verbs, as they stand in finite clauses, in acts.txt of
 * each language; so the pair is found in any two of them. Two sentences contradict each other where each has one act of
 * a pair and not the other, nothing negates it, and both speak of the same: in an original and its translated copy they
 * are aligned and share something beside the verb; of two accounts they share most of what the shorter says, a name or
 * body beside the verb, who stands before the verb is not another, what stands next to each verb stands beside the other
 * too, and they do not count others ("arrested twelve", "released eight"). Of acts that follow one another (arrested,
 * released) only those told of one day contradict. A sentence that only says what may or must be is left aside between
 * accounts: two wishes are no contradiction.
 *
 * Gets wrong: an actor who is only a pronoun; two bills, two offers of one day that share all names; who is convicted
 * of one thing and acquitted of another. Copies in one language are compared word by word instead (alarms.c).
 */
#include "accounts/internal.h"

enum {
    ACTS_OF_A_SENTENCE = 6,
    SENTENCES_OF_A_PAGE = 100, /* that have acts; each is held against each of every other page, so the rest is left out */
    WORDS_BESIDE = 6, /* to either side of the act, in which it is negated and names its thing */
    KEYS_OF_A_SENTENCE = 3,
    KEYS_BESIDE = 2,
    DAYS_APART = 1 /* of the pages, where the sentences name no day */
};
static const float SHARE_OF_A_SENTENCE = 0.5F;
static const float SHARE_BESIDE = 0.5F;

typedef struct act {
    uint32_t value; /* of words->acts */
    uint32_t first, end;
} act;

/* A sentence that has acts. */
typedef struct telling {
    uint32_t article, unit;
    act acts[ACTS_OF_A_SENTENCE];
    size_t count;
} telling;

typedef KH_LIST(telling) tellings;

static const kh_unit *unit_of(const kh_case *c, const telling *t)
{
    return &c->sides[t->article].units.items[t->unit];
}

static void read_acts(kh_case *c, uint32_t article, tellings *found)
{
    const kh_side *s = &c->sides[article];
    size_t most = found->count + SENTENCES_OF_A_PAGE;
    for (uint32_t i = 0; i < s->units.count && found->count < most; i++) {
        const kh_unit *u = &s->units.items[i];
        telling t = {.article = article, .unit = i};
        for (uint32_t k = u->first; k < u->end && t.count < ACTS_OF_A_SENTENCE; k++) {
            kh_match m;
            if (kh_phrases_match(c->words->acts, s->art->tokens, k, s->lang, KH_CLITICS, &m) &&
                m.end <= u->end) {
                t.acts[t.count++] = (act){m.value, k, (uint32_t)m.end};
                k = (uint32_t)m.end - 1;
            }
        }
        if (t.count) {
            *KH_ADD(c->scratch, found) = t;
        }
    }
}

static const kh_opposite *opposite_of(const kh_case *c, uint32_t a, uint32_t b)
{
    KH_EACH (const kh_opposite, o, c->words->opposites) {
        if ((o->a == a && o->b == b) || (o->a == b && o->b == a)) {
            return o;
        }
    }
    return NULL;
}

static bool tells(const telling *t, uint32_t value)
{
    for (size_t i = 0; i < t->count; i++) {
        if (t->acts[i].value == value) {
            return true;
        }
    }
    return false;
}

/* The words beside ACT, within its sentence. */
static kh_unit beside(kh_case *c, const telling *t, const act *x)
{
    const kh_side *s = &c->sides[t->article];
    const kh_unit *u = unit_of(c, t);
    uint32_t first = x->first > u->first + WORDS_BESIDE ? x->first - WORDS_BESIDE : u->first;
    uint32_t end = x->end + WORDS_BESIDE < u->end ? x->end + WORDS_BESIDE : u->end;
    return kh_unit_of(c, s, kh_text_span(s->art->tokens, first, end));
}

static kh_unit before(kh_case *c, const telling *t, const act *x)
{
    const kh_side *s = &c->sides[t->article];
    const kh_unit *u = unit_of(c, t);
    uint32_t first = x->first > u->first + WORDS_BESIDE ? x->first - WORDS_BESIDE : u->first;
    return kh_unit_of(c, s, kh_text_span(s->art->tokens, first, x->first));
}

static bool share_enough(const kh_unit *a, const kh_unit *b, uint32_t least, float share)
{
    uint32_t keys = 0;
    float shared = kh_unit_shared(a, b, false, &keys);
    float lighter = a->weight < b->weight ? a->weight : b->weight;
    return keys >= least && shared >= share * lighter;
}

/* How many phrases of SET stand beside the act, in the unit WINDOW: رفضت itself is a negation too. */
static uint32_t phrases_beside(const kh_case *c, const telling *t, const act *x, const kh_phrases *set,
                               const kh_unit *window)
{
    const kh_side *s = &c->sides[t->article];
    return kh_phrases_in(s, set, window->first, x->first) + kh_phrases_in(s, set, x->end, window->end);
}

static bool is_negated(const kh_case *c, const telling *t, const act *x, const kh_unit *window)
{
    return phrases_beside(c, t, x, c->words->negators, window) > 0;
}

/* Said to have happened: not denied, and not what may or must be. */
static bool is_told(const kh_case *c, const telling *t, const act *x, const kh_unit *window)
{
    return !is_negated(c, t, x, window) && !phrases_beside(c, t, x, c->words->hedges, window);
}

/* ---- two accounts ---- */

/* The person or body named last before the act, or, where none is, first behind it; KH_NO_GROUP: none in the sentence. */
static uint32_t actor_of(const kh_case *c, const telling *t, const act *x)
{
    const kh_side *s = &c->sides[t->article];
    const kh_unit *u = unit_of(c, t);
    uint32_t at = s->art->tokens->tokens.items[x->first].span.begin;
    uint32_t before = KH_NO_GROUP, behind = KH_NO_GROUP;
    KH_EACH (const kh_mention, m, s->art->mentions) {
        if (!kh_span_holds(u->span, m->span) || m->name >= s->art->names.count ||
            s->art->names.items[m->name].type == KH_NAME_PLACE) {
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

/* Nobody is named in one of them: do both speak of the same before the act, as of a union (профсоюз)? */
static bool one_actor(kh_case *c, const telling *t, const act *x, const telling *u, const act *y)
{
    uint32_t one = actor_of(c, t, x), other = actor_of(c, u, y);
    if (one != KH_NO_GROUP && other != KH_NO_GROUP) {
        return one == other;
    }
    kh_unit a = before(c, t, x), b = before(c, u, y);
    return share_enough(&a, &b, 1, SHARE_BESIDE);
}

/* Days that sentence T names: 1 the same as U names, -1 others, 0 one of them names none. */
static int days_of(const kh_case *c, const telling *t, const telling *u)
{
    bool both = false;
    const kh_article *a = c->sides[t->article].art, *b = c->sides[u->article].art;
    KH_EACH (const kh_date, x, a->dates) {
        if (x->when.from.precision < KH_TO_DAY || !kh_span_holds(unit_of(c, t)->span, x->span)) {
            continue;
        }
        KH_EACH (const kh_date, y, b->dates) {
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

static bool near_in_time(const kh_case *c, const telling *t, const telling *u)
{
    kh_time a = c->sides[t->article].art->published.when.from;
    kh_time b = c->sides[u->article].art->published.when.from;
    if (a.precision < KH_TO_DAY || b.precision < KH_TO_DAY) {
        return false;
    }
    int64_t days = kh_day_number(a) - kh_day_number(b);
    return days >= -DAYS_APART && days <= DAYS_APART;
}

/* The keys next to the act in WINDOW, behind it or before it: those of the fewest words that have any. */
static kh_unit nearest(kh_case *c, const telling *t, const act *x, const kh_unit *window, bool behind)
{
    const kh_side *s = &c->sides[t->article];
    uint32_t first = behind ? x->end : x->first, end = first;
    kh_unit near = {0};
    while (near.keys.count == 0 && (behind ? end < window->end : first > window->first)) {
        first -= !behind;
        end += behind;
        near = kh_unit_of(c, s, kh_text_span(s->art->tokens, first, end));
    }
    return near;
}

/* What stands next to X, behind it if anything does, stands beside the other act too: who began a strike and ended talks
 * does not contradict himself. */
static bool holds_nearest(kh_case *c, const telling *t, const act *x, const kh_unit *own, const kh_unit *other)
{
    kh_unit thing = nearest(c, t, x, own, true);
    thing = thing.keys.count ? thing : nearest(c, t, x, own, false);
    return thing.keys.count == 0 || share_enough(&thing, other, 1, 0);
}

/* Counts beside the acts, and none of them in both: twelve were arrested, eight released. */
static bool count_others(const kh_case *c, const telling *t, const kh_unit *a, const telling *u, const kh_unit *b)
{
    bool both = false;
    KH_EACH (const kh_figure, f, c->sides[t->article].art->figures) {
        if (f->kind != KH_FIGURE_COUNT || !kh_span_holds(a->span, f->span)) {
            continue;
        }
        KH_EACH (const kh_figure, g, c->sides[u->article].art->figures) {
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

static bool at_one_time(const kh_case *c, const kh_opposite *o, const telling *t, const telling *u)
{
    int days = days_of(c, t, u);
    return o->turn ? days > 0 : days > 0 || (days == 0 && near_in_time(c, t, u));
}

static bool of_one_act(kh_case *c, const kh_opposite *o, const telling *t, const act *x,
                       const telling *u, const act *y)
{
    kh_unit a = beside(c, t, x), b = beside(c, u, y);
    return one_actor(c, t, x, u, y) && at_one_time(c, o, t, u) &&
           is_told(c, t, x, &a) && is_told(c, u, y, &b) &&
           share_enough(&a, &b, KEYS_BESIDE, SHARE_BESIDE) &&
           holds_nearest(c, t, x, &a, &b) && holds_nearest(c, u, y, &b, &a) &&
           !count_others(c, t, &a, u, &b) &&
           share_enough(unit_of(c, t), unit_of(c, u), KEYS_OF_A_SENTENCE, SHARE_OF_A_SENTENCE);
}

/* ---- verdicts ---- */

static void say(kh_case *c, const telling *t, const act *x, const telling *u, const act *y,
                bool copied, float confidence)
{
    kh_unit a = beside(c, t, x), b = beside(c, u, y);
    const kh_side *s = &c->sides[t->article], *v = &c->sides[u->article];
    kh_str one = kh_slice(s->art->text, kh_text_span(s->art->tokens, x->first, x->end));
    kh_str other = kh_slice(v->art->text, kh_text_span(v->art->tokens, y->first, y->end));
    kh_str reason = kh_arena_printf(c->out, "of one act \"" KH_FMT "\" here, \"" KH_FMT "\" there",
                                    KH_ARG(one), KH_ARG(other));
    kh_alarm_add(c, copied ? KH_ALARM_NEGATION : KH_ALARM_NONE, KH_POLARITY_FLIP,
                 (kh_place_in){t->article, a.span}, (kh_place_in){u->article, b.span},
                 KH_STR("act"), reason, confidence);
}

/* ALIGNED: sentences of one text, of which COPIED says that the second was made from the first. */
static void compare(kh_case *c, const telling *t, const telling *u, bool copied, bool aligned)
{
    for (size_t i = 0; i < t->count; i++) {
        for (size_t k = 0; k < u->count; k++) {
            const act *x = &t->acts[i], *y = &u->acts[k];
            const kh_opposite *o = opposite_of(c, x->value, y->value);
            if (!o || tells(t, y->value) || tells(u, x->value)) {
                continue;
            }
            kh_unit a = beside(c, t, x), b = beside(c, u, y);
            bool negated = is_negated(c, t, x, &a) || is_negated(c, u, y, &b);
            if (aligned ? !negated && share_enough(&a, &b, 1, 0) : of_one_act(c, o, t, x, u, y)) {
                say(c, t, x, u, y, copied, aligned ? 0.7F : 0.6F);
                return;
            }
        }
    }
}

static const telling *told_in(const tellings *all, uint32_t article, uint32_t unit)
{
    KH_EACH (const telling, t, *all) {
        if (t->article == article && t->unit == unit) {
            return t;
        }
    }
    return NULL;
}

/* Two pages of one text in two languages: sentences in order. */
static void compare_translations(kh_case *c, const tellings *all, uint32_t a, uint32_t b)
{
    const kh_copy *copy = kh_copy_between(c, a, b);
    uint32_t src = copy && copy->src == b ? b : a;
    uint32_t dst = src == a ? b : a;
    kh_alignment found = kh_align(c, &c->sides[src], &c->sides[dst], false);
    KH_EACH (const kh_match_pair, p, found.pairs) {
        const telling *t = told_in(all, src, p->a);
        const telling *u = told_in(all, dst, p->b);
        if (t && u) {
            compare(c, t, u, copy != NULL, true);
        }
    }
}

void kh_opposites_compare(kh_case *c)
{
    tellings all = {0};
    for (uint32_t i = 0; i < c->count; i++) {
        read_acts(c, i, &all);
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
            const telling *t = &all.items[i], *u = &all.items[k];
            bool originals = c->sides[t->article].parent == KH_NO_GROUP &&
                             c->sides[u->article].parent == KH_NO_GROUP;
            if (t->article != u->article && originals && !kh_same_text(c, t->article, u->article)) {
                compare(c, t, u, false, false);
            }
        }
    }
}
