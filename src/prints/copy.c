/* copy.c - is one page a copy of the other, of which kind, and which is the original?
 *
 * Decides from the overlap and from what the pages say of themselves. Example: page 1 opens "لندن (رويترز) –",
 * page 2 has half of its words and the line "المصدر: رويترز": page 2 is abridged from page 1, direction by
 * credit, since a dateline stands nearer to the agency than a source line.
 *
 * Kinds: verbatim, nearly all of both; abridged, nearly all of the copy and a part of the original; partial, a
 * quarter or more of either. The quarter is counted in runs that stand alone (overlap.c) and in the body without its
 * title and furniture, which is about a fifth of the page. What two reporters took down from one mouth is no copy:
 * of the shared words some must stand outside quotations.
 *
 * Direction, the first that tells: who stands nearer to an agency that both name; the earlier time; who has
 * the dateline; who has more text. Copies are cut more often than stretched.
 *
 * Gets wrong: an original that was enlarged after it was copied, where no times are known; two pages that
 * both copied from a third that is not there.
 */
#include "prints/internal.h"

#include <stdlib.h>

static const float VERBATIM_COPY = 0.8F;    /* share of the copy */
static const float VERBATIM_SOURCE = 0.75F; /* share of the original */
static const float ABRIDGED_COPY = 0.6F;
static const float PARTIAL = 0.25F; /* share of either, in runs that stand alone */
enum { WORDS_MIN = 16, PLAIN_PERCENT_MIN = 20, LENGTH_PERCENT = 110 };

/* Steps between the page and the agency it names: 0 its own, 1 under its dateline, 2 taken over, 3 taken over
 * through another. */
static int steps(kh_credit_type type)
{
    switch (type) {
    case KH_CREDIT_OWN_LABEL: return 0;
    case KH_CREDIT_DATELINE:
    case KH_CREDIT_AGENCY_TAG:
    case KH_CREDIT_BYLINE_FOOTER: return 1;
    case KH_CREDIT_SOURCE_LINE:
    case KH_CREDIT_RELAY:
    case KH_CREDIT_SYNDICATION: return 2;
    case KH_CREDIT_AGENCY_CHAIN:
    case KH_CREDIT_TRANSLATION_LINE: return 3;
    default: return -1;
    }
}

/* The fewest steps of ART to AGENCY, -1 when it does not name it as a source. */
static int nearest(const kh_article *art, kh_str agency)
{
    int best = -1;
    KH_EACH(const kh_credit, c, art->credits) {
        int n = kh_str_eq(c->agency, agency) ? steps(c->type) : kh_str_eq(c->via, agency) ? 2 : -1;
        best = n >= 0 && (best < 0 || n < best) ? n : best;
    }
    return best;
}

/* Compares A and B on the agencies that both name; one whose own text the page is decides alone. */
static int by_credit(const kh_article *a, const kh_article *b)
{
    KH_EACH(const kh_credit, c, a->credits) {
        int near_a = c->agency.len ? nearest(a, c->agency) : -1;
        int near_b = near_a >= 0 ? nearest(b, c->agency) : -1;
        if (near_a >= 0 && near_b >= 0 && near_a != near_b) {
            return near_a < near_b ? 1 : -1;
        }
    }
    return 0;
}

/* Only times of the same kind are compared to the second; else the days. */
static int by_time(const kh_article *a, const kh_article *b)
{
    kh_time x = a->published.when.from;
    kh_time y = b->published.when.from;
    if (x.precision < KH_TO_DAY || y.precision < KH_TO_DAY) {
        return 0;
    }
    int64_t days = kh_day_number(y) - kh_day_number(x);
    bool to_minute = x.precision >= KH_TO_MINUTE && y.precision >= KH_TO_MINUTE && x.has_offset == y.has_offset;
    int64_t gap = to_minute ? kh_time_seconds(y) - kh_time_seconds(x) : days;
    return (gap > 0) - (gap < 0);
}

static bool has_dateline(const kh_article *art)
{
    KH_EACH(const kh_credit, c, art->credits) {
        if (c->type == KH_CREDIT_DATELINE) {
            return true;
        }
    }
    return false;
}

static size_t body_bytes(const kh_article *art)
{
    size_t bytes = 0;
    KH_EACH(const kh_line, line, art->lines) {
        bytes += line->role == KH_ROLE_BODY ? line->span.end - line->span.begin : 0;
    }
    return bytes;
}

static int by_length(const kh_article *a, const kh_article *b)
{
    size_t x = body_bytes(a);
    size_t y = body_bytes(b);
    return x * 100 > y * LENGTH_PERCENT ? 1 : y * 100 > x * LENGTH_PERCENT ? -1 : 0;
}

int kh_prints_direction(const kh_article *a, const kh_article *b, kh_str *why)
{
    const struct {
        int side;
        kh_str name;
    } witnesses[] = {
        {by_credit(a, b), KH_STR("credit")},
        {by_time(a, b), KH_STR("time")},
        {has_dateline(a) - has_dateline(b), KH_STR("dateline")},
        {by_length(a, b), KH_STR("coverage")},
    };
    for (size_t i = 0; i < sizeof witnesses / sizeof *witnesses; i++) {
        if (witnesses[i].side) {
            if (why) {
                *why = witnesses[i].name;
            }
            return witnesses[i].side;
        }
    }
    if (why) {
        *why = (kh_str){0};
    }
    return 0;
}

static kh_copy_kind kind_of(float cover_src, float cover_dst)
{
    if (cover_dst >= VERBATIM_COPY && cover_src >= VERBATIM_SOURCE) {
        return KH_COPY_VERBATIM;
    }
    return cover_dst >= ABRIDGED_COPY ? KH_COPY_ABRIDGED : KH_COPY_PARTIAL;
}

static int64_t lag(const kh_article *src, const kh_article *dst)
{
    kh_time x = src->published.when.from;
    kh_time y = dst->published.when.from;
    bool known = x.precision >= KH_TO_MINUTE && y.precision >= KH_TO_MINUTE;
    return known ? kh_time_seconds(y) - kh_time_seconds(x) : 0;
}

static int by_place(const void *a, const void *b)
{
    const kh_shared_span *x = a;
    const kh_shared_span *y = b;
    int order = (x->a.begin > y->a.begin) - (x->a.begin < y->a.begin);
    return order ? order : (x->b.begin > y->b.begin) - (x->b.begin < y->b.begin);
}

/* The shared spans seen from the other side, still in the order of the original. */
static void turn(kh_shared_spans *shared)
{
    KH_EACH(kh_shared_span, s, *shared) {
        *s = (kh_shared_span){s->b, s->a};
    }
    if (shared->count > 1) {
        qsort(shared->items, shared->count, sizeof *shared->items, by_place);
    }
}

bool kh_prints_copy_of(kh_arena *out, kh_arena scratch, const kh_wording *a, uint32_t ia, const kh_wording *b, uint32_t ib, kh_copy *copy)
{
    kh_overlap o = kh_prints_overlap_of(out, scratch, a, b);
    float larger = o.cover_a > o.cover_b ? o.cover_a : o.cover_b;
    if (o.words < WORDS_MIN || o.firm < PARTIAL || o.plain * 100 < o.words * PLAIN_PERCENT_MIN) {
        return false;
    }
    kh_str why = {0};
    bool from_b = kh_prints_direction(a->art, b->art, &why) < 0;
    if (from_b) {
        turn(&o.shared);
    }
    float cover_src = from_b ? o.cover_b : o.cover_a;
    float cover_dst = from_b ? o.cover_a : o.cover_b;
    *copy = (kh_copy){.src = from_b ? ib : ia,
                      .dst = from_b ? ia : ib,
                      .kind = kind_of(cover_src, cover_dst),
                      .cover_src = cover_src,
                      .cover_dst = cover_dst,
                      .score = larger,
                      .lag_seconds = from_b ? lag(b->art, a->art) : lag(a->art, b->art),
                      .shared = o.shared,
                      .direction = why};
    copy->reason = kh_arena_printf(out, "%u words shared, longest run %u; %.0f %% of the copy, %.0f %% of the original", o.words, o.longest,
                                   (double)cover_dst * 100, (double)cover_src * 100);
    return true;
}

bool kh_prints_copy(kh_arena *out, kh_arena scratch, const kh_article *a, uint32_t ia, const kh_article *b, uint32_t ib, kh_copy *copy)
{
    kh_wording x = {.art = a, .body = kh_body_words(&scratch, a)};
    kh_wording y = kh_prints_wording(&scratch, b);
    return kh_prints_copy_of(out, scratch, &x, ia, &y, ib, copy);
}
