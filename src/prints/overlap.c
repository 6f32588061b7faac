/* overlap.c - which words of two pages are the same words in the same order?
 *
 * Decides by runs. Example: of "قال الوزير إن المفاوضات ستستمر حتى الجمعة" and "وأكد البيان: قال الوزير إن
 * المفاوضات ستستمر حتى السبت" the run is from قال to حتى, six words, in both.
 *
 * Method: all 5-grams of B in a map; along A, at each 5-gram that B has, the longest continuation among the
 * places in B that have it becomes a run. A run of fewer than eight words counts only beside a longer one that
 * goes on in the same order, as when an editor changed a word: alone it may be a set phrase ("the president of
 * the United States"). Greedy string tiling after Wise (1993), with a hash for the search. Of the places of one 5-gram
 * the first eight are tried, so that a page of one word five million times takes linear time.
 *
 * Gets wrong: a sentence whose words were put in another order is not shared; a list
 * that both pages have from a third (a table of results, a menu) is.
 */
#include "prints/internal.h"

enum {
    ALONE_WORDS = 8,   /* a run of so many words needs no neighbour */
    BESIDE_WORDS = 12, /* how far a neighbour may be, in A and in B */
    PLACES_TRIED = 8,
    PLACES_WALKED = 64 /* to find these */
};

typedef struct run {
    size_t a, b, count;
} run;

typedef KH_LIST(run) runs;

kh_wording kh_prints_wording(kh_arena *out, const kh_article *art)
{
    kh_wording w = {.art = art, .body = kh_body_words(out, art)};
    kh_prints_places(out, &w);
    return w;
}

void kh_prints_places(kh_arena *out, kh_wording *w)
{
    if (w->first) {
        return;
    }
    for (w->mask = 15; w->mask < w->body.print_count;) {
        w->mask = w->mask * 2 + 1;
    }
    w->first = KH_NEW_N(out, uint32_t, w->mask + 1);
    w->next = KH_NEW_N(out, uint32_t, w->body.print_count + 1);
    for (size_t i = w->body.print_count; i-- > 0;) {
        uint32_t *place = &w->first[w->body.prints[i] & w->mask];
        w->next[i] = *place;
        *place = (uint32_t)i + 1;
    }
}

static size_t same_words(const kh_body *a, size_t i, const kh_body *b, size_t j)
{
    size_t n = 0;
    while (i + n < a->count && j + n < b->count && a->items[i + n].hash == b->items[j + n].hash) {
        n++;
    }
    return n;
}

/* The longest run that begins at word I of A; the place right behind the last run wins a tie. */
static run longest_at(const kh_body *a, size_t i, const kh_wording *y, size_t expected)
{
    run best = {.a = i};
    size_t tried = 0;
    size_t walked = 0;
    for (uint32_t p = y->first[a->prints[i] & y->mask]; p && tried < PLACES_TRIED && walked < PLACES_WALKED; p = y->next[p - 1], walked++) {
        if (y->body.prints[p - 1] != a->prints[i]) {
            continue;
        }
        tried++;
        size_t n = same_words(a, i, &y->body, p - 1);
        if (n > best.count || (n == best.count && p - 1 >= expected && best.b < expected)) {
            best.b = p - 1;
            best.count = n;
        }
    }
    return best;
}

static runs all_runs(kh_arena *out, const kh_body *a, const kh_wording *y)
{
    runs found = {0};
    size_t expected = 0;
    for (size_t i = 0; i < a->print_count;) {
        run r = longest_at(a, i, y, expected);
        if (r.count >= KH_PRINT_WORDS) {
            *KH_ADD(out, &found) = r;
            expected = r.b + r.count;
            i += r.count;
        } else {
            i++;
        }
    }
    return found;
}

static bool goes_on(const run *before, const run *after)
{
    return after->a - (before->a + before->count) <= BESIDE_WORDS && after->b >= before->b + before->count &&
           after->b - (before->b + before->count) <= BESIDE_WORDS;
}

static runs without_phrases(kh_arena *out, const runs *all)
{
    runs kept = {0};
    for (size_t i = 0; i < all->count; i++) {
        const run *r = &all->items[i];
        bool beside = (i && r[-1].count >= ALONE_WORDS && goes_on(r - 1, r)) ||
                      (i + 1 < all->count && r[1].count >= ALONE_WORDS && goes_on(r, r + 1));
        if (r->count >= ALONE_WORDS || beside) {
            *KH_ADD(out, &kept) = *r;
        }
    }
    return kept;
}

static kh_span span_of(const kh_body *b, size_t first, size_t count)
{
    return (kh_span){b->items[first].span.begin, b->items[first + count - 1].span.end};
}

/* Words of BODY from FIRST on that stand in no marked quotation. *q moves along, since runs are in order. */
static uint32_t plain_words(const kh_article *art, const kh_body *body, const run *r, size_t *q)
{
    uint32_t plain = 0;
    const kh_quotations *all = &art->quotations;
    for (size_t i = r->a; i < r->a + r->count; i++) {
        kh_span word = body->items[i].span;
        while (*q < all->count && (all->items[*q].span.end <= word.begin || all->items[*q].mode == KH_MODE_INDIRECT)) {
            ++*q;
        }
        plain += *q == all->count || !kh_span_meets(all->items[*q].span, word);
    }
    return plain;
}

/* Words of B in the runs, each once: two runs of A may be the same words of B. */
static uint32_t words_of_b(kh_arena scratch, const runs *found, const kh_body *b, size_t at_least)
{
    uint8_t *seen = KH_NEW_N(&scratch, uint8_t, b->count + 1);
    uint32_t shared = 0;
    KH_EACH(const run, r, *found) {
        for (size_t j = r->b; r->count >= at_least && j < r->b + r->count; j++) {
            shared += !seen[j];
            seen[j] = 1;
        }
    }
    return shared;
}

static float share(uint32_t words, const kh_body *body)
{
    return body->count ? (float)words / (float)body->count : 0;
}

kh_overlap kh_prints_overlap_of(kh_arena *out, kh_arena scratch, const kh_wording *a, const kh_wording *b)
{
    kh_overlap o = {0};
    runs all = all_runs(&scratch, &a->body, b);
    runs found = without_phrases(&scratch, &all);
    size_t quotation = 0;
    uint32_t firm = 0;
    KH_EACH(const run, r, found) {
        *KH_ADD(out, &o.shared) = (kh_shared_span){span_of(&a->body, r->a, r->count), span_of(&b->body, r->b, r->count)};
        o.words += (uint32_t)r->count;
        o.plain += plain_words(a->art, &a->body, r, &quotation);
        o.longest = r->count > o.longest ? (uint32_t)r->count : o.longest;
        firm += r->count >= ALONE_WORDS ? (uint32_t)r->count : 0;
    }
    o.cover_a = share(o.words, &a->body);
    o.cover_b = share(words_of_b(scratch, &found, &b->body, 0), &b->body);
    float firm_a = share(firm, &a->body);
    float firm_b = share(words_of_b(scratch, &found, &b->body, ALONE_WORDS), &b->body);
    o.firm = firm_a > firm_b ? firm_a : firm_b;
    return o;
}

kh_overlap kh_prints_overlap(kh_arena *out, kh_arena scratch, const kh_article *a, const kh_article *b)
{
    kh_wording x = {.art = a, .body = kh_body_words(&scratch, a)};
    kh_wording y = kh_prints_wording(&scratch, b);
    return kh_prints_overlap_of(out, scratch, &x, &y);
}
