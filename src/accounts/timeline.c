/* timeline.c - when did what happen, by the dates in the texts; and dates that cannot be right.
 *
 * A row is a date with the sentence it stands in: "В 2003 году паводок унёс жизни 14 человек". The page's own date is
 * none, nor are the day in a dateline and days that only say when somebody spoke to the page's reader today. Of
 * pages of one text the original speaks for all. Rows stand in order of time, a year before its days.
 *
 * A recycled sentence: "أمس الثلاثاء" on a page of Friday cannot hold, since yesterday was Thursday. The sentence was
 * taken from an older page and nobody turned its words. So it is with "вчера, в субботу". The verdict stands between
 * those words and the page's date.
 *
 * Gets wrong: a date that belongs to a thing of long ago which the sentence only compares with.
 */
#include "accounts/internal.h"

#include <stdlib.h>

enum { KEYS_OF_A_YEAR = 3 };

static int64_t first_day(const kh_event *e)
{
    return kh_day_number(e->when.from);
}

static int by_time(const void *a, const void *b)
{
    const kh_event *x = a;
    const kh_event *y = b;
    if (first_day(x) != first_day(y)) {
        return first_day(x) < first_day(y) ? -1 : 1;
    }
    if (x->when.from.precision != y->when.from.precision) {
        return x->when.from.precision < y->when.from.precision ? -1 : 1;
    }
    if (x->where.article != y->where.article) {
        return x->where.article < y->where.article ? -1 : 1;
    }
    return (x->where.span.begin > y->where.span.begin) - (x->where.span.begin < y->where.span.begin);
}

static bool in_dateline(const kh_article *art, kh_span span)
{
    KH_EACH(const kh_credit, cr, art->credits) {
        if (cr->type == KH_CREDIT_DATELINE && kh_span_meets(cr->span, span)) {
            return true;
        }
    }
    return false;
}

static kh_str sentence_at(const kh_article *art, kh_span span)
{
    KH_EACH(const kh_stretch, s, art->tokens->sentences) {
        if (kh_span_meets(s->span, span)) {
            return kh_slice(art->text, s->span);
        }
    }
    return (kh_str){0};
}

/* Does the original of this page tell the same day: then it speaks for the copy. */
static bool told_above(const kh_case *c, uint32_t i, kh_when when)
{
    for (uint32_t at = c->sides[i].parent; at != KH_NO_GROUP; at = c->sides[at].parent) {
        KH_EACH(const kh_date, d, c->sides[at].art->dates) {
            bool same = d->when.from.precision == when.from.precision && kh_time_known(d->when.from) &&
                        kh_day_number(d->when.from) == kh_day_number(when.from);
            if (same) {
                return true;
            }
        }
    }
    return false;
}

void kh_timeline_find(kh_case *c)
{
    kh_events *found = (kh_events *)&c->story->timeline;
    for (uint32_t i = 0; i < c->count; i++) {
        const kh_article *art = c->sides[i].art;
        KH_EACH(const kh_date, d, art->dates) {
            const kh_line *line = kh_article_line_at(art, d->span.begin);
            bool event = kh_when_known(d->when) && d->core && !d->clash && line && line->role == KH_ROLE_BODY && !in_dateline(art, d->span);
            if (event && !told_above(c, i, d->when)) {
                *KH_ADD(c->out, found) = (kh_event){.when = d->when, .where = {i, d->span}, .sentence = sentence_at(art, d->span)};
            }
        }
    }
    if (found->count > 1) {
        qsort(found->items, found->count, sizeof *found->items, by_time);
    }
}

/* ---- years ---- */

static const kh_unit *unit_at(const kh_side *s, kh_span span)
{
    KH_EACH(const kh_unit, u, s->units) {
        if (kh_span_meets(u->span, span)) {
            return u;
        }
    }
    return NULL;
}

/* The first sentence of page B that gives YEAR and otherwise says the same as U. */
static const kh_date *year_again(const kh_case *c, uint32_t b, const kh_unit *u, int16_t year)
{
    KH_EACH(const kh_date, d, c->sides[b].art->dates) {
        const kh_unit *v = d->when.from.precision == KH_TO_YEAR && d->when.from.year == year ? unit_at(&c->sides[b], d->span) : NULL;
        uint32_t keys = 0;
        if (v) {
            kh_unit_shared(u, v, false, &keys);
        }
        if (keys >= KEYS_OF_A_YEAR) {
            return d;
        }
    }
    return NULL;
}

/* "سال ۲۰۱۹" and 2019 in sentences about the same people and things: the two accounts agree on the year. */
static void find_years(kh_case *c, uint32_t a, uint32_t b)
{
    KH_EACH(const kh_date, d, c->sides[a].art->dates) {
        const kh_unit *u = d->when.from.precision == KH_TO_YEAR && !kh_time_known(d->when.to) ? unit_at(&c->sides[a], d->span) : NULL;
        const kh_date *again = u ? year_again(c, b, u, d->when.from.year) : NULL;
        if (again) {
            kh_verdict_add(c, KH_AGREE, (kh_place_in){a, d->span}, (kh_place_in){b, again->span}, KH_STR("year"),
                           KH_STR("the same year for the same event"), 0.8F);
        }
    }
}

void kh_years_compare(kh_case *c)
{
    for (uint32_t a = 0; a < c->count && c->count <= KH_PAGES_ALL_PAIRS; a++) {
        for (uint32_t b = a + 1; b < c->count; b++) {
            if (!kh_same_text(c, a, b) && !kh_copy_between(c, a, b)) {
                find_years(c, a, b);
            }
        }
    }
}

static void add_clash(kh_case *c, uint32_t article, kh_span span)
{
    const kh_article *art = c->sides[article].art;
    kh_str page = kh_time_text(c->out, art->published.when.from);
    kh_str reason = kh_arena_printf(c->out, "\"" KH_FMT "\" cannot hold on a page of " KH_FMT ": the sentence is older than the page",
                                    KH_ARG(kh_slice(art->text, span)), KH_ARG(page));
    kh_alarm_add(c, KH_ALARM_RECYCLED, KH_CONFLICT, (kh_place_in){article, span}, (kh_place_in){article, art->published.span},
                 KH_STR("day"), reason, 0.9F);
}

/* "вчера, в субботу": a day counted from today and a weekday, with a comma or a preposition between them, are one day. */
static bool is_apposed(const kh_case *c, const kh_side *s, const kh_date *day, const kh_date *weekday)
{
    bool kinds = day->how == KH_DATE_RELATIVE && weekday->how == KH_DATE_WEEKDAY && day->when.from.precision == KH_TO_DAY &&
                 weekday->when.from.precision == KH_TO_DAY && !kh_time_known(day->when.to) && !kh_time_known(weekday->when.to);
    if (!kinds || day->span.end > weekday->span.begin) {
        return false;
    }
    const kh_text *t = s->art->tokens;
    uint32_t words = 0;
    size_t end = kh_text_token_at(t, weekday->span.begin);
    for (size_t i = kh_text_token_at(t, day->span.end); i < end; i++) {
        kh_match m;
        bool comma = t->tokens.items[i].kind == KH_PUNCT && t->tokens.items[i].cp != '.';
        bool word = kh_phrases_match(c->words->of_time, t, i, s->lang, 0, &m) && m.end <= end;
        if (!comma && (!word || ++words > 1)) {
            return false;
        }
    }
    return true;
}

void kh_clashes_find(kh_case *c)
{
    for (uint32_t i = 0; i < c->count; i++) {
        const kh_article *art = c->sides[i].art;
        for (size_t k = 0; k < art->dates.count; k++) {
            const kh_date *d = &art->dates.items[k];
            const kh_date *next = k + 1 < art->dates.count ? d + 1 : NULL;
            if (d->clash) {
                add_clash(c, i, d->span);
            } else if (next && is_apposed(c, &c->sides[i], d, next) && kh_day_number(d->when.from) != kh_day_number(next->when.from)) {
                add_clash(c, i, (kh_span){d->span.begin, next->span.end});
            }
        }
    }
}
