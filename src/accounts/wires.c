/* wires.c - which pages carry one text, whole or in part?
 *
 * Example: "بلقارا (هاليارد) -" stands over an Arabic page, "BELQARA (Halyard) -" over an English one, a third in
 * Arabic has no credit but the words of the first. The three are one wire. A fourth, which opens with متابعات and
 * has a paragraph of the first and one of another agency, is compiled and belongs to none.
 *
 * Every pair is looked at: shared runs of words (prints) in one language; else sentences that say the same in the
 * same order (translated.c). How much of a page must be covered depends on what the two say of themselves: less
 * where the same reporters sign at the foot or one agency is named, more where they name different ones. The
 * control must fail: three sentences may stand in order by chance.
 *
 * Compiled is a page that has parts of several texts, or that names several agencies and stands under none. A
 * second agency that only handed the text on ("ISNA, quoting Reuters") is not counted. Wires are what hangs
 * together of the rest.
 *
 * Gets wrong: a page that rewrites an agency's text in its own order and names nobody.
 */
#include "accounts/wires.h"

#include <stdlib.h>

enum { DAYS_APART_MAX = 7, SECONDS_OF_DAY = 86400, FOOTER_NAMES = 2 };
static const float COVER_ONE_AGENCY = 0.36F;   /* both name an agency */
static const float COVER_NO_AGENCY = 0.42F;    /* one of them names none */
static const float COVER_OTHER_AGENCY = 0.60F; /* they name different ones */
static const float COVER_FOOTER = 0.20F;       /* the same reporters sign at the foot */
static const float CONTROL_MAX = 0.3F;         /* three sentences stand in order by chance once in six times */
static const float PART_OF_WIRE = 0.35F;       /* of either, word for word */
static const float WHOLE = 0.60F;              /* so much from one page is no compilation */
static const float PART_ONLY = 0.80F;

uint64_t kh_pair_key(uint32_t a, uint32_t b)
{
    return (uint64_t)(a < b ? a : b) << 32 | (a < b ? b : a);
}

const kh_found_pair *kh_pair_of(const kh_decider *d, uint32_t a, uint32_t b)
{
    const uint32_t *index = kh_map_get(&d->by_pages, kh_pair_key(a, b));
    return index ? &d->pairs.items[*index - 1] : NULL;
}

/* ---- pairs ---- */

static bool share_a_print(const kh_article *a, const kh_article *b)
{
    for (size_t i = 0, j = 0; i < a->prints.count && j < b->prints.count;) {
        uint64_t x = a->prints.items[i];
        uint64_t y = b->prints.items[j];
        if (x == y) {
            return true;
        }
        i += x < y;
        j += y < x;
    }
    return !a->prints.count || !b->prints.count;
}

static bool far_apart(const kh_side *a, const kh_side *b)
{
    int64_t gap = 0;
    bool known = kh_time_between(a->art->published.when.from, b->art->published.when.from, &gap);
    return known && llabs(gap) > (int64_t)DAYS_APART_MAX * SECONDS_OF_DAY;
}

bool kh_share_an_agency(const kh_side *a, const kh_side *b)
{
    KH_EACH(const kh_tie, t, a->ties) {
        if (kh_tie_to(b, t->agency)) {
            return true;
        }
    }
    return false;
}

static bool in_footer(const kh_article *art, kh_span span)
{
    KH_EACH(const kh_credit, cr, art->credits) {
        if (cr->type == KH_CREDIT_BYLINE_FOOTER && kh_span_holds(cr->span, span)) {
            return true;
        }
    }
    return false;
}

/* Names of reporters and editors at the foot of both: no two reports have the same by chance. */
static bool one_footer(const kh_side *a, const kh_side *b)
{
    uint32_t same = 0;
    KH_EACH(const kh_mention, m, a->art->mentions) {
        bool found = false;
        for (size_t i = 0; in_footer(a->art, m->span) && i < b->art->mentions.count && !found; i++) {
            const kh_mention *n = &b->art->mentions.items[i];
            found = in_footer(b->art, n->span) && a->groups[m->name] == b->groups[n->name] &&
                    a->art->names.items[m->name].type == KH_NAME_PERSON;
        }
        same += found;
    }
    return same >= FOOTER_NAMES;
}

static float cover_wanted(const kh_side *a, const kh_side *b)
{
    if (one_footer(a, b)) {
        return COVER_FOOTER;
    }
    if (kh_share_an_agency(a, b)) {
        return COVER_ONE_AGENCY;
    }
    return a->ties.count && b->ties.count ? COVER_OTHER_AGENCY : COVER_NO_AGENCY;
}

/* The most that any alignment of the two could cover. */
static float bound_of(const kh_decider *d, uint32_t a, uint32_t b)
{
    kh_unit u = {.keys = d->whole[a]};
    kh_unit v = {.keys = d->whole[b]};
    uint32_t keys = 0;
    float shared = kh_unit_shared(&u, &v, false, &keys);
    float weight_a = 0;
    float weight_b = 0;
    KH_EACH(const kh_key, k, d->whole[a]) {
        weight_a += k->weight;
    }
    KH_EACH(const kh_key, k, d->whole[b]) {
        weight_b += k->weight;
    }
    float lighter = weight_a < weight_b ? weight_a : weight_b;
    return lighter > 0 ? shared / lighter : 0;
}

/* Did a person say that neither is a copy of the other? */
bool kh_no_copies(const kh_case *c, uint32_t a, uint32_t b)
{
    KH_EACH(const kh_str, key, c->sides[a].art->no_copy_of) {
        if (kh_str_eq(*key, c->sides[b].art->key)) {
            return true;
        }
    }
    return false;
}

static void look_at(kh_decider *d, uint32_t a, uint32_t b)
{
    kh_case *c = d->c;
    const kh_side *x = &c->sides[a];
    const kh_side *y = &c->sides[b];
    kh_found_pair p = {.a = a, .b = b};
    if (kh_no_copies(c, a, b)) {
        return;
    }
    if (x->lang == y->lang && share_a_print(x->art, y->art)) {
        p.printed = kh_prints_copy_of(c->out, *c->scratch, &x->wording, a, &y->wording, b, &p.copy);
    }
    float wanted = cover_wanted(x, y);
    if (!p.printed && !far_apart(x, y) && bound_of(d, a, b) >= wanted) {
        p.alignment = kh_align(c, x, y, true);
        float cover = p.alignment.cover_a > p.alignment.cover_b ? p.alignment.cover_a : p.alignment.cover_b;
        p.aligned = cover >= wanted && (p.alignment.control < CONTROL_MAX || wanted == COVER_FOOTER);
    }
    if (p.printed || p.aligned) {
        *KH_ADD(c->scratch, &d->pairs) = p;
        *kh_map_put(c->scratch, &d->by_pages, kh_pair_key(a, b), NULL) = (uint32_t)d->pairs.count;
    }
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = ((const kh_key *)a)->hash;
    uint64_t y = ((const kh_key *)b)->hash;
    return (x > y) - (x < y);
}

static kh_keys keys_of_page(kh_case *c, const kh_side *s)
{
    kh_keys all = {0};
    KH_EACH(const kh_unit, u, s->units) {
        KH_EACH(const kh_key, k, u->keys) {
            *KH_ADD(c->scratch, &all) = *k;
        }
    }
    if (all.count > 1) {
        qsort(all.items, all.count, sizeof *all.items, by_hash);
    }
    size_t kept = 0;
    for (size_t i = 0; i < all.count; i++) {
        if (!kept || all.items[kept - 1].hash != all.items[i].hash) {
            all.items[kept++] = all.items[i];
        }
    }
    all.count = kept;
    return all;
}

static void look_at_all(kh_decider *d)
{
    kh_case *c = d->c;
    d->whole = KH_NEW_N(c->scratch, kh_keys, c->count + 1);
    for (size_t i = 0; i < c->count; i++) {
        d->whole[i] = keys_of_page(c, &c->sides[i]);
    }
    for (uint32_t a = 0; a < c->count; a++) {
        for (uint32_t b = a + 1; b < c->count; b++) {
            look_at(d, a, b);
        }
    }
}

/* ---- compiled pages ---- */

/* How much of page I comes from the other page of P. */
float kh_cover_of(const kh_found_pair *p, uint32_t i)
{
    if (p->printed) {
        return p->copy.dst == i ? p->copy.cover_dst : p->copy.cover_src;
    }
    return p->a == i ? p->alignment.cover_a : p->alignment.cover_b;
}

bool kh_is_earlier(const kh_case *c, uint32_t a, uint32_t b)
{
    int64_t gap = 0;
    return kh_time_between(c->sides[a].art->published.when.from, c->sides[b].art->published.when.from, &gap) && gap > 0;
}

/* "Source: Nilab" under a text: it is Nilab's, whoever Nilab has it from. */
static bool has_source_line(const kh_side *s)
{
    KH_EACH(const kh_credit, cr, s->art->credits) {
        if (cr->type == KH_CREDIT_SOURCE_LINE && cr->agency.len) {
            return true;
        }
    }
    return false;
}

static bool handed_on(const kh_side *s, kh_str agency)
{
    KH_EACH(const kh_credit, cr, s->art->credits) {
        if (kh_str_eq(cr->via, agency) && !kh_str_eq(cr->agency, agency)) {
            return true;
        }
    }
    return false;
}

/* Agencies that the page names for parts of its text, standing under none of them. */
static size_t agencies_taken(const kh_side *s)
{
    size_t count = 0;
    bool one_source = has_source_line(s);
    KH_EACH(const kh_tie, t, s->ties) {
        if (t->nearness <= KH_NEAR_UNDER) {
            return 0;
        }
        count += !handed_on(s, t->agency) && !(one_source && t->nearness == KH_NEAR_TOLD);
    }
    return count;
}

static bool compiled_by_text(const kh_decider *d, uint32_t i)
{
    KH_EACH(const kh_found_pair, p, d->pairs) {
        uint32_t x = p->a == i ? p->b : p->b == i ? p->a : KH_NO_GROUP;
        if (x == KH_NO_GROUP || !p->printed || kh_is_earlier(d->c, i, x) || kh_cover_of(p, i) >= PART_ONLY) {
            continue;
        }
        KH_EACH(const kh_found_pair, q, d->pairs) {
            uint32_t y = q->a == i ? q->b : q->b == i ? q->a : KH_NO_GROUP;
            if (y != KH_NO_GROUP && y != x && q->printed && !kh_is_earlier(d->c, i, y) && kh_cover_of(q, i) < PART_ONLY &&
                !kh_pair_of(d, x, y)) {
                return true;
            }
        }
    }
    return false;
}

static bool from_one_page(const kh_decider *d, uint32_t i)
{
    KH_EACH(const kh_found_pair, p, d->pairs) {
        if ((p->a == i || p->b == i) && p->printed && kh_cover_of(p, i) >= WHOLE) {
            return true;
        }
    }
    return false;
}

static void mark_compiled(const kh_decider *d)
{
    for (uint32_t i = 0; i < d->c->count; i++) {
        kh_side *s = &d->c->sides[i];
        size_t taken = agencies_taken(s);
        bool by_credit = (taken > 1 || (s->aggregated && !s->ties.count)) && !from_one_page(d, i);
        s->compiled = by_credit || compiled_by_text(d, i);
    }
}

/* ---- wires ---- */

bool kh_ties_pages(const kh_case *c, const kh_found_pair *p)
{
    if (c->sides[p->a].compiled || c->sides[p->b].compiled) {
        return false;
    }
    float larger = p->copy.cover_src > p->copy.cover_dst ? p->copy.cover_src : p->copy.cover_dst;
    return p->aligned || p->copy.kind != KH_COPY_PARTIAL || larger >= PART_OF_WIRE;
}

static void join_wires(const kh_decider *d)
{
    kh_case *c = d->c;
    for (bool changed = true; changed;) {
        changed = false;
        KH_EACH(const kh_found_pair, p, d->pairs) {
            uint32_t x = c->sides[p->a].wire;
            uint32_t y = c->sides[p->b].wire;
            if (x != y && kh_ties_pages(c, p)) {
                uint32_t low = x < y ? x : y;
                c->sides[p->a].wire = c->sides[p->b].wire = low;
                changed = true;
            }
        }
    }
}

bool kh_same_text(const kh_case *c, uint32_t a, uint32_t b)
{
    return c->sides[a].wire == c->sides[b].wire;
}

/* The pages of each wire one after the other, and the agency they stand under. */
static void chain_wires(kh_case *c)
{
    for (uint32_t i = (uint32_t)c->count; i-- > 0;) {
        kh_side *first = &c->sides[c->sides[i].wire];
        if (first != &c->sides[i]) {
            c->sides[i].next = first->next;
            first->next = i;
        }
    }
    for (uint32_t i = 0; i < c->count; i++) {
        kh_side *first = &c->sides[c->sides[i].wire];
        kh_nearness nearest = KH_NEAR_TAKEN;
        for (uint32_t j = i; first == &c->sides[i] && j != KH_NO_GROUP; j = c->sides[j].next) {
            KH_EACH(const kh_tie, t, c->sides[j].ties) {
                if (t->nearness < nearest) {
                    nearest = t->nearness;
                    first->wire_agency = t->agency;
                }
            }
        }
        c->sides[i].wire_agency = first->wire_agency;
    }
}

void kh_wires_find(kh_decider *d)
{
    look_at_all(d);
    mark_compiled(d);
    join_wires(d);
    chain_wires(d->c);
}
