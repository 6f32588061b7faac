/* passports.c - a quotation's passport: every rendering of it in a story, in order, with what was lost or changed.
 *
 *     2024-08-01T09:30  en04  “nobody answered me”, told to Halyard
 *     2024-08-01T12:10  ar03  «لم يجبني أحد»             told_to: halyard → (nobody)
 *     2024-08-01T18:00  en06  that nobody had answered   mode: direct → indirect
 *
 * Renderings that the comparison paired are joined by union, the surest first; then direct quotations of five words and
 * more with the very same words, by one speaker or by nobody known. A page stands in a passport once: where joining two
 * groups would put it there twice, they stay two. Each rendering is compared with the earliest one that it was paired
 * with. What was changed is read off the findings (mode, speaker, hearer, stance, hedge), and off the verdicts that meet
 * both places.
 *
 * A sentence that a later page prints as its own, where another reported it (attribution_lost), is a rendering without a
 * quotation. Reported words alone have a passport only where a verdict says that they were changed.
 *
 * Gets wrong: a change of sense in the words themselves that no verdict found is not seen.
 */
#include "accounts/internal.h"

#include <stdlib.h>

enum { NO_ENTRY = UINT32_MAX, WORDS_MIN = 5 };

typedef struct node {
    uint32_t article, quotation;
    uint32_t next;  /* of its group, a ring; itself when it is alone */
    uint32_t group; /* index of the first node of its group */
    kh_str key;     /* folded words */
} node;

typedef struct table {
    kh_case *c;
    node *nodes; /* by article and place */
    size_t count;
    uint32_t *first; /* of article i: first[i] .. first[i + 1] */
    uint32_t *marks; /* of article i: the last search that met it */
    uint32_t search;
    kh_map paired;       /* both nodes of a rendering */
    kh_verdicts telling; /* those that tell what became of words; the many that agree are left out */
} table;

static const kh_quotation *said(const table *t, uint32_t i)
{
    return &t->c->sides[t->nodes[i].article].art->quotations.items[t->nodes[i].quotation];
}

static bool is_direct(const kh_quotation *q)
{
    return q->mode == KH_MODE_DIRECT && q->form != KH_FORM_SCARE;
}

static kh_verdicts telling_of(const kh_case *c)
{
    kh_verdicts found = {0};
    KH_EACH(const kh_verdict, v, c->story->verdicts) {
        if (v->kind == KH_HEDGE_LOST || v->kind == KH_ATTRIBUTION_LOST || v->kind == KH_POLARITY_FLIP || v->kind == KH_CONFLICT ||
            v->kind == KH_FRAMING) {
            *KH_ADD(c->scratch, &found) = *v;
        }
    }
    return found;
}

static table table_of(kh_case *c)
{
    table t = {.c = c, .first = KH_NEW_N(c->scratch, uint32_t, c->count + 1), .marks = KH_NEW_N(c->scratch, uint32_t, c->count + 1)};
    size_t all = 0;
    t.telling = telling_of(c);
    for (size_t i = 0; i < c->count; i++) {
        t.first[i] = (uint32_t)all;
        all += c->sides[i].art->quotations.count;
    }
    t.first[c->count] = (uint32_t)all;
    t.nodes = KH_NEW_N(c->scratch, node, all + 1);
    t.count = all;
    for (uint32_t i = 0; i < c->count; i++) {
        const kh_article *a = c->sides[i].art;
        for (uint32_t q = 0; q < a->quotations.count; q++) {
            uint32_t at = t.first[i] + q;
            kh_str key = kh_str_trim(kh_fold_key(c->scratch, kh_slice(a->text, a->quotations.items[q].span)));
            t.nodes[at] = (node){.article = i, .quotation = q, .next = at, .group = at, .key = key};
        }
    }
    return t;
}

/* ---- groups ---- */

/* Would joining the groups of X and Y put a page into one twice? */
static bool doubles(table *t, uint32_t x, uint32_t y)
{
    uint32_t i = x;
    t->search++;
    do {
        t->marks[t->nodes[i].article] = t->search;
        i = t->nodes[i].next;
    } while (i != x);
    i = y;
    do {
        if (t->marks[t->nodes[i].article] == t->search) {
            return true;
        }
        i = t->nodes[i].next;
    } while (i != y);
    return false;
}

static void join(table *t, uint32_t x, uint32_t y)
{
    if (t->nodes[x].group == t->nodes[y].group || doubles(t, x, y)) {
        return;
    }
    uint32_t least = t->nodes[x].group < t->nodes[y].group ? t->nodes[x].group : t->nodes[y].group;
    uint32_t next = t->nodes[x].next;
    t->nodes[x].next = t->nodes[y].next;
    t->nodes[y].next = next;
    uint32_t i = x;
    do {
        t->nodes[i].group = least;
        i = t->nodes[i].next;
    } while (i != x);
}

static int by_score(const void *a, const void *b)
{
    const kh_rendering *x = a;
    const kh_rendering *y = b;
    if (x->score > y->score || x->score < y->score) {
        return x->score > y->score ? -1 : 1;
    }
    int order = (x->article_a > y->article_a) - (x->article_a < y->article_a);
    order = order ? order : (x->article_b > y->article_b) - (x->article_b < y->article_b);
    order = order ? order : (x->a > y->a) - (x->a < y->a);
    return order ? order : (x->b > y->b) - (x->b < y->b);
}

static size_t words_in(kh_str key)
{
    size_t words = key.len > 0;
    for (size_t i = 0; i < key.len; i++) {
        words += key.ptr[i] == ' ';
    }
    return words;
}

/* One mouth, or one of the two unknown. */
static bool may_be_one(const table *t, uint32_t a, uint32_t b)
{
    const kh_quotation *x = said(t, a);
    const kh_quotation *y = said(t, b);
    return !x->speaker.len || !y->speaker.len || kh_same_speaker(t->c, t->nodes[a].article, x, t->nodes[b].article, y);
}

static void join_equal_words(table *t)
{
    kh_map seen = {0}; /* hash of the words -> first node + 1 */
    for (uint32_t i = 0; i < t->count; i++) {
        if (!is_direct(said(t, i)) || words_in(t->nodes[i].key) < WORDS_MIN) {
            continue;
        }
        uint32_t *place = kh_map_put(t->c->scratch, &seen, kh_hash(t->nodes[i].key), NULL);
        if (!*place) {
            *place = i + 1;
        } else if (kh_str_eq(t->nodes[*place - 1].key, t->nodes[i].key) && may_be_one(t, *place - 1, i)) {
            join(t, *place - 1, i);
        }
    }
}

static uint64_t pair_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static void join_all(table *t, const kh_renderings *renderings)
{
    kh_renderings sorted = {0};
    KH_EACH(const kh_rendering, r, *renderings) {
        *KH_ADD(t->c->scratch, &sorted) = *r;
    }
    if (sorted.count) {
        qsort(sorted.items, sorted.count, sizeof *sorted.items, by_score);
    }
    KH_EACH(const kh_rendering, r, sorted) {
        uint32_t a = t->first[r->article_a] + r->a;
        uint32_t b = t->first[r->article_b] + r->b;
        kh_map_put(t->c->scratch, &t->paired, pair_key(a, b), NULL);
        join(t, a, b);
    }
    join_equal_words(t);
}

/* ---- changes ---- */

static void change(kh_case *c, kh_passport_entry *e, const char *what, kh_str was, kh_str is)
{
    *KH_ADD(c->out, &e->changes) = (kh_change){.what = kh_str_z(what), .was = was, .is = is};
}

static bool is_named_person(const kh_case *c, uint32_t article, const kh_quotation *q)
{
    const kh_article *a = c->sides[article].art;
    return q->speaker_name < a->names.count && a->names.items[q->speaker_name].type == KH_NAME_PERSON;
}

static void compare_speakers(const table *t, kh_passport_entry *e, uint32_t x, uint32_t y)
{
    const kh_quotation *p = said(t, x);
    const kh_quotation *q = said(t, y);
    bool lost = p->speaker.len && !q->speaker.len;
    bool other = is_named_person(t->c, t->nodes[x].article, p) && is_named_person(t->c, t->nodes[y].article, q) &&
                 !kh_same_speaker(t->c, t->nodes[x].article, p, t->nodes[y].article, q);
    if (lost || other) {
        change(t->c, e, "speaker", p->speaker, q->speaker);
    }
}

/* Of two renderings in one language, one may be a part of the other. */
static void compare_lengths(const table *t, kh_passport_entry *e, uint32_t x, uint32_t y)
{
    kh_str a = t->nodes[x].key;
    kh_str b = t->nodes[y].key;
    bool cut = b.len < a.len && b.len && kh_str_find(a, b) < a.len;
    bool longer = a.len < b.len && a.len && kh_str_find(b, a) < b.len;
    if (cut || longer) {
        change(t->c, e, "length", kh_arena_printf(t->c->out, "%zu words", words_in(a)),
               kh_arena_printf(t->c->out, "%zu words", words_in(b)));
    }
}

static bool meets(kh_place_in place, const node *n, const kh_quotation *q)
{
    return place.article == n->article && kh_span_meets(place.span, q->span);
}

static bool is_told(const kh_passport_entry *e, kh_str what)
{
    KH_EACH(const kh_change, x, e->changes) {
        if (kh_str_eq(x->what, what)) {
            return true;
        }
    }
    return false;
}

static void take_verdicts(const table *t, kh_passport_entry *e, uint32_t x, uint32_t y)
{
    KH_EACH(const kh_verdict, v, t->telling) {
        bool here = (meets(v->a, &t->nodes[x], said(t, x)) && meets(v->b, &t->nodes[y], said(t, y))) ||
                    (meets(v->b, &t->nodes[x], said(t, x)) && meets(v->a, &t->nodes[y], said(t, y)));
        if (here && !is_told(e, kh_verdict_kind_name(v->kind))) {
            *KH_ADD(t->c->out, &e->changes) = (kh_change){.what = kh_verdict_kind_name(v->kind), .is = v->reason};
        }
    }
}

/* What rendering Y has otherwise than X. */
static void compare(const table *t, kh_passport_entry *e, uint32_t x, uint32_t y)
{
    const kh_quotation *p = said(t, x);
    const kh_quotation *q = said(t, y);
    if (p->mode != q->mode) {
        change(t->c, e, "mode", kh_mode_name(p->mode), kh_mode_name(q->mode));
    }
    compare_speakers(t, e, x, y);
    if (p->told_to.len && !kh_str_eq(p->told_to, q->told_to)) {
        change(t->c, e, "told_to", p->told_to, q->told_to);
    }
    if (p->stance != q->stance) {
        change(t->c, e, "stance", kh_stance_name(p->stance), kh_stance_name(q->stance));
    }
    kh_str hedge = kh_slice(t->c->sides[t->nodes[x].article].art->text, p->hedge);
    if (hedge.len && kh_span_empty(q->hedge)) {
        change(t->c, e, "hedge", hedge, (kh_str){0});
    }
    compare_lengths(t, e, x, y);
    take_verdicts(t, e, x, y);
}

/* ---- passports ---- */

/* A rendering of a passport: a quotation, or the bare sentence of a copy that lost the attribution. */
typedef struct slot {
    uint32_t node; /* NO_ENTRY: bare */
    kh_place_in where;
    const kh_verdict *lost; /* bare: what tells it */
} slot;

typedef KH_LIST(slot) slots;

static int by_place(const void *a, const void *b)
{
    const slot *x = a;
    const slot *y = b;
    int order = (x->where.article > y->where.article) - (x->where.article < y->where.article);
    return order ? order : (x->where.span.begin > y->where.span.begin) - (x->where.span.begin < y->where.span.begin);
}

static bool has_page(const slots *all, uint32_t article)
{
    KH_EACH(const slot, x, *all) {
        if (x->where.article == article) {
            return true;
        }
    }
    return false;
}

static bool is_loss(kh_verdict_kind kind)
{
    return kind == KH_ATTRIBUTION_LOST || kind == KH_HEDGE_LOST;
}

/* Adds the sentences that later pages print as their own, where a quotation of the group stood. */
static void add_bare(const table *t, slots *all)
{
    size_t count = all->count;
    KH_EACH(const kh_verdict, v, t->telling) {
        for (size_t i = 0; i < count && is_loss(v->kind) && !has_page(all, v->b.article); i++) {
            const slot *x = &all->items[i];
            if (v->b.article > x->where.article && meets(v->a, &t->nodes[x->node], said(t, x->node))) {
                *KH_ADD(t->c->scratch, all) = (slot){.node = NO_ENTRY, .where = v->b, .lost = v};
            }
        }
    }
}

static slots slots_of(const table *t, uint32_t first)
{
    slots all = {0};
    for (uint32_t k = first; k != first || !all.count; k = t->nodes[k].next) {
        *KH_ADD(t->c->scratch, &all) = (slot){.node = k, .where = {t->nodes[k].article, said(t, k)->span}};
    }
    add_bare(t, &all);
    qsort(all.items, all.count, sizeof *all.items, by_place);
    return all;
}

/* The earliest slot before AT that it was paired with, else the first. */
static uint32_t predecessor(const table *t, const slots *all, uint32_t at)
{
    const slot *x = &all->items[at];
    for (uint32_t i = 0; i < at; i++) {
        const slot *y = &all->items[i];
        bool paired = x->node == NO_ENTRY ? y->node != NO_ENTRY && meets(x->lost->a, &t->nodes[y->node], said(t, y->node))
                                          : y->node != NO_ENTRY && kh_map_get(&t->paired, pair_key(x->node, y->node)) != NULL;
        if (paired) {
            return i;
        }
    }
    return 0;
}

static kh_passport_entry entry_of(const table *t, const slots *all, uint32_t at)
{
    const slot *x = &all->items[at];
    bool bare = x->node == NO_ENTRY;
    kh_passport_entry e = {.where = x->where,
                           .quotation = bare ? KH_NO_QUOTATION : t->nodes[x->node].quotation,
                           .from = at ? predecessor(t, all, at) : NO_ENTRY};
    if (bare) {
        *KH_ADD(t->c->out, &e.changes) = (kh_change){.what = kh_verdict_kind_name(x->lost->kind), .is = x->lost->reason};
    } else if (at && all->items[e.from].node != NO_ENTRY) {
        compare(t, &e, all->items[e.from].node, x->node);
    }
    return e;
}

/* Worth showing: a direct quotation, or reported words that a verdict says were changed. */
static bool is_telling(const table *t, const slots *all, const kh_passport *p)
{
    kh_verdict_kind kind;
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].node == NO_ENTRY || is_direct(said(t, all->items[i].node))) {
            return true;
        }
        KH_EACH(const kh_change, x, p->entries.items[i].changes) {
            if (kh_verdict_kind_of(x->what, &kind)) {
                return true;
            }
        }
    }
    return false;
}

static void make(const table *t, uint32_t first)
{
    kh_passport p = {0};
    slots all = slots_of(t, first);
    if (all.count < 2 || all.items[0].node == NO_ENTRY) {
        return;
    }
    for (uint32_t i = 0; i < all.count; i++) {
        *KH_ADD(t->c->out, &p.entries) = entry_of(t, &all, i);
        p.speaker = p.speaker.len || all.items[i].node == NO_ENTRY ? p.speaker : said(t, all.items[i].node)->speaker;
    }
    uint32_t *articles = KH_NEW_N(t->c->scratch, uint32_t, p.entries.count + 1);
    for (size_t i = 0; i < p.entries.count; i++) {
        articles[i] = p.entries.items[i].where.article;
    }
    p.origins = kh_origins_among(t->c, articles, p.entries.count);
    if (is_telling(t, &all, &p)) {
        *KH_ADD(t->c->out, &t->c->story->passports) = p;
    }
}

void kh_passports_make(kh_case *c, const kh_renderings *renderings)
{
    table t = table_of(c);
    join_all(&t, renderings);
    for (uint32_t i = 0; i < t.count; i++) {
        if (t.nodes[i].group == i) {
            make(&t, i);
        }
    }
}
