/* page_choice.c - which of the candidates is the day of the page.
 *
 * Decides by score, to which other kinds of evidence for the same day add, each kind once. Days of one place that
 * do not agree are those of other reports and are refused. Two things are settled first: 06/01/2020 is read as
 * June where the page says "June 1, 2020" elsewhere; and a moment in UTC ("2018-12-31T23:11:59Z") gives way to
 * the neighbouring day that the page shows (1 January 2019), where some time zone makes both true.
 *
 * Gets wrong: a field in UTC on a page that shows no day.
 */
#include "dates/page.h"

enum {
    SUPPORT_WEAK = 3, /* hundredths of a score */
    SUPPORT_FULL = 8,
    SUPPORT_MAX = 24,
    EAST_FROM = 10,  /* UTC hours from which it is the next day somewhere in the east */
    WEST_UNTIL = 12, /* and before which it is the day before somewhere in the west */
    PLACE_DAYS_MAX = 4,
    ORDERS_MAX = 64
};

/* What is left of the score of a <time> where there are many. */
static const float LIST_FACTOR = 0.75f;
/* Candidates of less weight support others little. */
static const float WEAK_SCORE = 0.45f;
/* A shown day of less weight does not go before the page's own field. */
static const float SHOWN_SCORE = 0.5f;

/* ---- days that do not agree ---- */

/* Lines of one place speak of the page only where they agree: several days are those of other reports, of
 * events, of comments. Anywhere on the page two are too many, below and above the text three. */
static void settle_place(kh_day_reader *r, const char *path, size_t days_max)
{
    int64_t days[PLACE_DAYS_MAX];
    size_t count = 0;
    KH_EACH(const kh_day_candidate, c, r->found) {
        size_t i = 0;
        int64_t day = kh_day_number(c->date.when.from);
        if (c->refused || c->modified || !kh_str_eq(c->date.path, kh_str_z(path))) {
            continue;
        }
        while (i < count && days[i] != day) {
            i++;
        }
        if (i == count && count < PLACE_DAYS_MAX) {
            days[count++] = day;
        }
    }
    KH_EACH(kh_day_candidate, c, r->found) {
        if (count > days_max && !c->own && !c->published && kh_str_eq(c->date.path, kh_str_z(path))) {
            c->refused = true;
            c->date.score = 0;
            c->date.reason = KH_STR("refused: other dates stand beside it");
        }
    }
}

/* <time> elements of several days are those of a list of reports: none speaks for the page alone. */
static void settle_times(kh_day_reader *r)
{
    int64_t first = 0, second = 0;
    bool many = false;
    size_t days = 0;
    KH_EACH(const kh_day_candidate, c, r->found) {
        int64_t day = kh_day_number(c->date.when.from);
        if (!kh_str_eq(c->date.path, KH_STR("time")) || c->refused || (days > 0 && day == first) || (days > 1 && day == second)) {
            continue;
        }
        many = many || days == 2;
        second = days == 1 ? day : second;
        first = days == 0 ? day : first;
        days++;
    }
    KH_EACH(kh_day_candidate, c, r->found) {
        if (many && kh_str_eq(c->date.path, KH_STR("time")) && !c->refused) {
            c->date.score *= LIST_FACTOR;
        }
    }
}

static void settle_blocks(kh_day_reader *r)
{
    settle_times(r);
    settle_place(r, "block", 1);
    settle_place(r, "block above the headline", 2);
    settle_place(r, "block below the text", 2);
    settle_place(r, "block of a caption", 1);
}

/* 06/01/2020 where the page says June 1, 2020 in words: its numbers are read in that order. */
static void settle_orders(kh_day_reader *r)
{
    size_t asked = 0;
    KH_EACH(kh_day_candidate, c, r->found) {
        kh_time turned = c->date.when.from;
        if (!c->swapped || c->refused || ++asked > ORDERS_MAX) {
            continue;
        }
        turned.month = c->date.when.from.day;
        turned.day = c->date.when.from.month;
        int64_t here = kh_day_number(c->date.when.from), there = kh_day_number(turned);
        bool here_said = false, there_said = false;
        KH_EACH(const kh_day_candidate, other, r->found) {
            int64_t day = kh_day_number(other->date.when.from);
            bool sure = !other->swapped && day <= r->last_day;
            here_said = here_said || (sure && day == here);
            there_said = there_said || (sure && day == there);
        }
        if (there_said && !here_said) {
            c->date.when.from = turned;
            c->date.reason = KH_STR("month before day, as other dates of the page show");
        }
    }
}

/* ---- the choice ---- */

static uint64_t key_of(const kh_day_candidate *c, bool with_path)
{
    uint64_t day = (uint64_t)kh_day_number(c->date.when.from);
    return kh_hash_mix(day, with_path ? kh_hash(c->date.path) : 1);
}

/* What other kinds of evidence for the same day add to each candidate: each kind once, the weak ones less. */
static void add_support(kh_day_reader *r, kh_arena *a)
{
    kh_map sums = {0}; /* hundredths, of a day and of a day and kind */
    KH_EACH(const kh_day_candidate, c, r->found) {
        if (!c->refused) {
            uint32_t weight = c->date.score < WEAK_SCORE ? SUPPORT_WEAK : SUPPORT_FULL;
            uint32_t *own = kh_map_put(a, &sums, key_of(c, true), NULL);
            uint32_t more = weight > *own ? weight - *own : 0;
            *own += more;
            *kh_map_put(a, &sums, key_of(c, false), NULL) += more;
        }
    }
    KH_EACH(kh_day_candidate, c, r->found) {
        if (!c->refused) {
            uint32_t others = *kh_map_get(&sums, key_of(c, false)) - *kh_map_get(&sums, key_of(c, true));
            c->support = 0.01f * (float)(others < SUPPORT_MAX ? others : SUPPORT_MAX);
        }
    }
}

static const kh_day_candidate *best_of(const kh_day_candidates *all, bool modified)
{
    const kh_day_candidate *best = NULL;
    float best_score = 0;
    KH_EACH(const kh_day_candidate, c, *all) {
        float score = c->date.score + c->support;
        if (!c->refused && c->modified == modified && score > best_score) {
            best = c;
            best_score = score;
        }
    }
    return best;
}

/* The same day with its time, from the best candidate that tells one. */
static void add_clock(const kh_day_candidates *all, const kh_day_candidate *best, kh_date *date)
{
    float score = 0;
    int64_t day = kh_day_number(best->date.when.from);
    if (date->when.from.precision > KH_TO_DAY) {
        return;
    }
    KH_EACH(const kh_day_candidate, c, *all) {
        bool tells = c->date.when.from.precision > KH_TO_DAY && !c->refused && c->modified == best->modified;
        if (tells && kh_day_number(c->date.when.from) == day && c->date.score > score) {
            date->when.from = c->date.when.from;
            score = c->date.score;
        }
    }
}

/* A moment in UTC may lie on another day where the page was written: the day that a visible line or the
 * address shows goes before, where some time zone makes both true. NULL where nothing shows one. */
static const kh_day_candidate *shown_day(const kh_day_candidates *all, const kh_day_candidate *best)
{
    kh_time t = best->date.when.from;
    int64_t day = kh_day_number(t);
    const kh_day_candidate *shown = NULL;
    if (t.precision < KH_TO_MINUTE || !t.has_offset || t.offset_minutes != 0) {
        return NULL;
    }
    KH_EACH(const kh_day_candidate, c, *all) {
        int64_t apart = kh_day_number(c->date.when.from) - day;
        bool zone = (apart == 1 && t.hour >= EAST_FROM) || (apart == -1 && t.hour < WEST_UNTIL);
        bool visible = kh_str_eq(c->date.path, KH_STR("line")) || kh_str_eq(c->date.path, KH_STR("url")) ||
                       kh_str_starts(c->date.path, KH_STR("block beside"));
        if (c->refused || c->modified || !visible) {
            continue;
        }
        if (apart == 0) {
            return NULL;
        }
        if (zone && (!shown || c->date.score > shown->date.score)) {
            shown = c;
        }
    }
    return shown && shown->date.score >= SHOWN_SCORE ? shown : NULL;
}

void kh_day_choose(kh_day_reader *r, kh_arena *a)
{
    kh_article *art = r->art;
    settle_blocks(r);
    settle_orders(r);
    add_support(r, a);
    const kh_day_candidate *published = best_of(&r->found, false);
    const kh_day_candidate *modified = best_of(&r->found, true);
    if (modified) {
        art->modified = modified->date;
        add_clock(&r->found, modified, &art->modified);
    }
    if (!published && modified) {
        published = modified;
        art->published = modified->date;
        art->published.reason = KH_STR("only the day of a change is stated");
        art->published.score *= 0.5f;
    } else if (published) {
        const kh_day_candidate *shown = shown_day(&r->found, published);
        published = shown ? shown : published;
        art->published = published->date;
        art->published.score = published->date.score + published->support;
        art->published.score = art->published.score > 1 ? 1 : art->published.score;
        add_clock(&r->found, published, &art->published);
    }
}
