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
    kh_map paired;   /* both nodes of a rendering */
} table;

static const kh_quotation *said(const table *t, uint32_t i)
{
    return &t->c->sides[t->nodes[i].article].art->quotations.items[t->nodes[i].quotation];
}

static bool is_direct(const kh_quotation *q)
{
    return q->mode == KH_MODE_DIRECT && q->form != KH_FORM_SCARE;
}

static table table_of(kh_case *c)
{
    table t = {.c = c, .first = KH_NEW_N(c->scratch, uint32_t, c->count + 1), .marks = KH_NEW_N(c->scratch, uint32_t, c->count + 1)};
    size_t all = 0;
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

static void take_verdicts(const table *t, kh_passport_entry *e, uint32_t x, uint32_t y)
{
    KH_EACH(const kh_verdict, v, t->c->story->verdicts) {
        bool tells = v->kind == KH_HEDGE_LOST || v->kind == KH_ATTRIBUTION_LOST || v->kind == KH_POLARITY_FLIP ||
                     v->kind == KH_CONFLICT || v->kind == KH_FRAMING;
        bool here = (meets(v->a, &t->nodes[x], said(t, x)) && meets(v->b, &t->nodes[y], said(t, y))) ||
                    (meets(v->b, &t->nodes[x], said(t, x)) && meets(v->a, &t->nodes[y], said(t, y)));
        if (tells && here) {
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

/* The earliest of the group's nodes before NODES[AT] that it was paired with, else the first. */
static uint32_t predecessor(const table *t, const uint32_t *nodes, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++) {
        if (kh_map_get(&t->paired, pair_key(nodes[i], nodes[at]))) {
            return i;
        }
    }
    return 0;
}

static void make(const table *t, const uint32_t *nodes, uint32_t count)
{
    kh_passport *p = KH_ADD(t->c->out, &t->c->story->passports);
    *p = (kh_passport){0};
    for (uint32_t i = 0; i < count; i++) {
        const kh_quotation *q = said(t, nodes[i]);
        kh_passport_entry e = {.where = {t->nodes[nodes[i]].article, q->span}, .quotation = t->nodes[nodes[i]].quotation, .from = NO_ENTRY};
        if (i) {
            e.from = predecessor(t, nodes, i);
            compare(t, &e, nodes[e.from], nodes[i]);
        }
        p->speaker = p->speaker.len ? p->speaker : q->speaker;
        *KH_ADD(t->c->out, &p->entries) = e;
    }
}

static int by_index(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void kh_passports_make(kh_case *c, const kh_renderings *renderings)
{
    table t = table_of(c);
    join_all(&t, renderings);
    uint32_t *nodes = KH_NEW_N(c->scratch, uint32_t, c->count + 1);
    for (uint32_t i = 0; i < t.count; i++) {
        uint32_t count = 0;
        bool direct = false;
        for (uint32_t k = i; t.nodes[i].group == i && (k != i || !count); k = t.nodes[k].next) {
            nodes[count++] = k;
            direct = direct || is_direct(said(&t, k));
        }
        if (count > 1 && direct) {
            qsort(nodes, count, sizeof *nodes, by_index);
            make(&t, nodes, count);
        }
    }
}
