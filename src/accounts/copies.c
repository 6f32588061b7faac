/* copies.c - which page was taken from which?
 *
 * Example: three pages of one wire, the English under the agency's dateline with the reporters' names at the foot,
 * an Arabic translation, and an Arabic page with most of the translation's words. The first is the original; the
 * second is translated from it; the third was cut from the second, not from the first.
 *
 * The original is the page that most others follow, by credit (own page before dateline before "X reported" before
 * "X reported, quoting Y"), time, the number of the agency's marks that were carried along, and length. A page is
 * taken from the nearest one in its own language with which it shares words, else it is a translation of the
 * original. A page without a date is never made the original of a translation unless it is the agency's own: it
 * cannot be shown to be the earlier. Nor is one that shows it is a translation itself. Where no page can be shown to
 * be the original the wire has none.
 *
 * A compiled page has an edge from each wire it draws on: from the page whose words it has, else from the agency's
 * page, when it names that agency and has quotations from there.
 *
 * Gets wrong: an original that was enlarged after it was translated, where no times are known.
 */
#include "accounts/wires.h"

enum { WORDS_TRANSLATED_ALIKE = 8 };       /* in runs of two translations of one text; more are taken over */
static const float NEARLY_AS_MUCH = 0.05F; /* of the copy */

/* ---- originals ---- */

static int by_nearness(const kh_side *a, const kh_side *b)
{
    KH_EACH(const kh_tie, t, a->ties) {
        const kh_tie *other = kh_tie_to(b, t->agency);
        if (other && other->nearness != t->nearness) {
            return t->nearness < other->nearness ? 1 : -1;
        }
    }
    return (a->ties.count > 0) - (b->ties.count > 0);
}

static int by_marks(const kh_side *a, const kh_side *b)
{
    KH_EACH(const kh_tie, t, a->ties) {
        const kh_tie *other = kh_tie_to(b, t->agency);
        if (other && other->marks != t->marks) {
            return t->marks > other->marks ? 1 : -1;
        }
    }
    return 0;
}

/* Positive: A is nearer to the original. */
static int direction(const kh_case *c, uint32_t a, uint32_t b, kh_str *why)
{
    const kh_side *x = &c->sides[a];
    const kh_side *y = &c->sides[b];
    int credit = by_nearness(x, y);
    int time = kh_is_earlier(c, a, b) - kh_is_earlier(c, b, a);
    int marks = by_marks(x, y);
    int length = (x->weight > y->weight) - (x->weight < y->weight);
    *why = credit ? KH_STR("credit") : time ? KH_STR("time") : marks ? KH_STR("dateline") : KH_STR("coverage");
    return credit ? credit : time ? time : marks ? marks : length;
}

/* The page of WIRE that most others follow, KH_NO_GROUP for a wire of one page. */
static uint32_t original_of(const kh_case *c, uint32_t wire)
{
    uint32_t best = KH_NO_GROUP;
    int best_wins = 0;
    for (uint32_t i = wire; i != KH_NO_GROUP; i = c->sides[i].next) {
        int wins = 0;
        for (uint32_t j = wire; j != KH_NO_GROUP; j = c->sides[j].next) {
            kh_str why = {0};
            wins += j != i ? direction(c, i, j, &why) : 0;
        }
        if (best == KH_NO_GROUP || wins > best_wins) {
            best = i;
            best_wins = wins;
        }
    }
    return c->sides[wire].next == KH_NO_GROUP ? KH_NO_GROUP : best;
}

static bool has_credit(const kh_article *art, kh_credit_type type)
{
    KH_EACH(const kh_credit, cr, art->credits) {
        if (cr->type == type) {
            return true;
        }
    }
    return false;
}

/* May ROOT be called the original of translations. */
static bool can_be_translated(const kh_case *c, uint32_t root)
{
    const kh_side *s = &c->sides[root];
    bool own = s->ties.count && s->ties.items[0].nearness == KH_NEAR_OWN;
    bool translated = has_credit(s->art, KH_CREDIT_TRANSLATION_LINE) || has_credit(s->art, KH_CREDIT_MT_RESIDUE);
    return !translated && (own || kh_time_known(s->art->published.when.from));
}

static bool is_above(const kh_case *c, uint32_t above, uint32_t i)
{
    for (uint32_t at = i; at != KH_NO_GROUP; at = c->sides[at].parent) {
        if (at == above) {
            return true;
        }
    }
    return false;
}

static int64_t lag(const kh_case *c, uint32_t src, uint32_t dst)
{
    kh_time a = c->sides[src].art->published.when.from;
    kh_time b = c->sides[dst].art->published.when.from;
    bool known = a.precision >= KH_TO_MINUTE && b.precision >= KH_TO_MINUTE;
    return known ? kh_time_seconds(b) - kh_time_seconds(a) : 0;
}

/* The pair of page I behind the pair AT. */
static uint32_t next_of(const kh_decider *d, uint32_t at, uint32_t i)
{
    return d->next_pair[2 * at + (d->pairs.items[at].b == i)];
}

/* For each page, the pairs it is in, in their order: a story of a thousand pages has a hundred thousand. */
static void link_pairs(kh_decider *d)
{
    d->first_pair = KH_NEW_N(d->c->scratch, uint32_t, d->c->count);
    d->next_pair = KH_NEW_N(d->c->scratch, uint32_t, 2 * d->pairs.count + 1);
    for (size_t i = 0; i < d->c->count; i++) {
        d->first_pair[i] = KH_NO_GROUP;
    }
    for (uint32_t at = (uint32_t)d->pairs.count; at-- > 0;) {
        const kh_found_pair *p = &d->pairs.items[at];
        d->next_pair[2 * at] = d->first_pair[p->a];
        d->next_pair[2 * at + 1] = d->first_pair[p->b];
        d->first_pair[p->a] = d->first_pair[p->b] = at;
    }
}

/* The best page of I's own language that I was taken from. */
static const kh_found_pair *source_in_language(const kh_decider *d, uint32_t i)
{
    const kh_case *c = d->c;
    const kh_found_pair *best = NULL;
    for (uint32_t at = d->first_pair[i]; at != KH_NO_GROUP; at = next_of(d, at, i)) {
        const kh_found_pair *p = &d->pairs.items[at];
        bool into_i = p->printed && p->copy.dst == i && kh_ties_pages(c, p) && !is_above(c, i, p->copy.src);
        if (!into_i) {
            continue;
        }
        float gain = best ? p->copy.cover_dst - best->copy.cover_dst : 1;
        kh_str why = {0};
        if (gain > NEARLY_AS_MUCH || (gain > -NEARLY_AS_MUCH && direction(c, p->copy.src, best->copy.src, &why) > 0)) {
            best = p;
        }
    }
    return best;
}

static kh_copy translation(const kh_decider *d, uint32_t root, uint32_t i)
{
    kh_case *c = d->c;
    kh_copy copy = {.src = root, .dst = i, .kind = KH_COPY_TRANSLATED, .lag_seconds = lag(c, root, i)};
    kh_alignment x = kh_align(c, &c->sides[root], &c->sides[i], false);
    copy.cover_src = x.cover_a;
    copy.cover_dst = x.cover_b;
    copy.score = x.cover_a > x.cover_b ? x.cover_a : x.cover_b;
    KH_EACH(const kh_match_pair, p, x.pairs) {
        *KH_ADD(c->out, &copy.shared) = (kh_shared_span){c->sides[root].units.items[p->a].span, c->sides[i].units.items[p->b].span};
    }
    direction(c, root, i, &copy.direction);
    copy.reason = kh_arena_printf(c->out, "%zu of %zu sentences say the same in the same order", x.pairs.count, c->sides[i].units.count);
    return copy;
}

static void add_copy(kh_case *c, kh_copy copy)
{
    if (kh_no_copies(c, copy.src, copy.dst)) {
        return;
    }
    *KH_ADD(c->out, &c->story->copies) = copy;
    *kh_map_put(c->scratch, &c->copies, kh_pair_key(copy.src, copy.dst), NULL) = (uint32_t)c->story->copies.count;
}

static void add_copies_of_wire(const kh_decider *d, uint32_t wire)
{
    kh_case *c = d->c;
    uint32_t root = original_of(c, wire);
    for (uint32_t i = wire; i != KH_NO_GROUP && root != KH_NO_GROUP; i = c->sides[i].next) {
        if (i == root) {
            continue;
        }
        const kh_found_pair *p = source_in_language(d, i);
        if (p) {
            c->sides[i].parent = p->copy.src;
            add_copy(c, p->copy);
        } else if (c->sides[i].lang != c->sides[root].lang && can_be_translated(c, root)) {
            c->sides[i].parent = root;
            add_copy(c, translation(d, root, i));
        }
    }
}

/* ---- compiled pages and their sources ---- */

static void add_compiled(kh_case *c, uint32_t src, uint32_t dst, const kh_copy *printed, uint32_t quotes)
{
    kh_copy copy = printed ? *printed : (kh_copy){.score = 0.5F, .direction = KH_STR("credit")};
    copy.src = src;
    copy.dst = dst;
    copy.kind = KH_COPY_COMPILED;
    copy.lag_seconds = lag(c, src, dst);
    if (!printed) {
        copy.reason = kh_arena_printf(c->out, "names the agency and has %u of its quotations", quotes);
    }
    add_copy(c, copy);
}

/* The best printed source of compiled page I in WIRE. */
static const kh_found_pair *part_from(const kh_decider *d, uint32_t i, uint32_t wire)
{
    const kh_case *c = d->c;
    const kh_found_pair *best = NULL;
    for (uint32_t at = d->first_pair[i]; at != KH_NO_GROUP; at = next_of(d, at, i)) {
        const kh_found_pair *p = &d->pairs.items[at];
        uint32_t x = p->a == i ? p->b : p->a;
        if (!p->printed || c->sides[x].wire != wire || kh_is_earlier(c, i, x)) {
            continue;
        }
        kh_str why = {0};
        uint32_t other = best ? (best->a == i ? best->b : best->a) : x;
        float gain = best ? kh_cover_of(p, i) - kh_cover_of(best, i) : 1;
        if (gain > NEARLY_AS_MUCH || (gain > -NEARLY_AS_MUCH && direction(c, x, other, &why) > 0)) {
            best = p;
        }
    }
    return best;
}

/* The page of WIRE that stands under an agency which page I names for a part. */
static uint32_t agency_page(const kh_case *c, uint32_t i, uint32_t wire)
{
    uint32_t best = KH_NO_GROUP;
    for (uint32_t x = 0; x < c->count; x++) {
        if (c->sides[x].wire != wire || c->sides[x].compiled || kh_is_earlier(c, i, x)) {
            continue;
        }
        KH_EACH(const kh_tie, t, c->sides[x].ties) {
            kh_str why = {0};
            bool named = t->nearness <= KH_NEAR_UNDER && kh_tie_to(&c->sides[i], t->agency);
            if (named && (best == KH_NO_GROUP || direction(c, x, best, &why) > 0)) {
                best = x;
            }
        }
    }
    return best;
}

static uint32_t words_in_common(const kh_decider *d, uint32_t a, uint32_t b)
{
    kh_arena rest = *d->c->scratch;
    kh_arena tmp = kh_arena_split(&rest);
    return kh_prints_overlap_of(&tmp, rest, &d->c->sides[a].wording, &d->c->sides[b].wording).words;
}

/* The page that X was cut from, where it has all that page I has from X; else X. */
static uint32_t climb(const kh_decider *d, uint32_t x, uint32_t i)
{
    kh_case *c = d->c;
    for (uint32_t up = c->sides[x].parent; up != KH_NO_GROUP; up = c->sides[x].parent) {
        if (c->sides[up].lang != c->sides[x].lang || kh_is_earlier(c, i, up) || words_in_common(d, up, i) < words_in_common(d, x, i)) {
            break;
        }
        x = up;
    }
    return x;
}

/* The page of WIRE that has most words in common with page I, which is in its language: a quotation is hardly ever
 * translated twice alike. Else OTHER. */
static uint32_t page_in_same_words(const kh_decider *d, uint32_t i, uint32_t wire, uint32_t other)
{
    const kh_case *c = d->c;
    uint32_t best = other;
    uint32_t most = WORDS_TRANSLATED_ALIKE;
    for (uint32_t x = 0; x < c->count; x++) {
        if (c->sides[x].wire != wire || c->sides[x].lang != c->sides[i].lang || kh_is_earlier(c, i, x)) {
            continue;
        }
        uint32_t words = words_in_common(d, x, i);
        if (words > most) {
            best = x;
            most = words;
        }
    }
    return best;
}

static void add_sources_of_compiled(const kh_decider *d, uint32_t i)
{
    kh_case *c = d->c;
    for (uint32_t wire = 0; wire < c->count; wire++) {
        if (c->sides[wire].wire != wire || wire == i) {
            continue;
        }
        const kh_found_pair *p = part_from(d, i, wire);
        uint32_t page = p ? KH_NO_GROUP : agency_page(c, i, wire);
        uint32_t quotes = page == KH_NO_GROUP ? 0 : kh_quotes_in_common(c, page, i);
        if (quotes && c->sides[page].lang != c->sides[i].lang) {
            page = page_in_same_words(d, i, wire, page);
        }
        if (p) {
            kh_copy copy = p->copy;
            if (copy.dst != i) {
                kh_copy turned = {.cover_src = copy.cover_dst, .cover_dst = copy.cover_src, .score = copy.score};
                turned.direction = KH_STR("time");
                turned.reason = copy.reason;
                copy = turned;
            }
            add_compiled(c, climb(d, p->a == i ? p->b : p->a, i), i, &copy, 0);
        } else if (quotes) {
            add_compiled(c, page, i, NULL, quotes);
        }
    }
}

const kh_copy *kh_copy_between(const kh_case *c, uint32_t a, uint32_t b)
{
    const uint32_t *index = kh_map_get(&c->copies, kh_pair_key(a, b));
    return index ? &c->story->copies.items[*index - 1] : NULL;
}

void kh_copies_find(kh_decider *d)
{
    kh_case *c = d->c;
    link_pairs(d);
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->sides[i].wire == i) {
            add_copies_of_wire(d, i);
        }
    }
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->sides[i].compiled) {
            add_sources_of_compiled(d, i);
        }
    }
}
