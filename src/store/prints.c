/* prints.c - who else has these prints: candidates for copies, and what an outlet repeats.
 *
 * Both are read off the postings. Of a print that hundreds of articles have only the newest rows are looked at, and
 * fewer once a page has had its share of rows, so that the thousandth copy of an article costs what the hundredth did.
 */
#include "store/postings.h"

#include <stdlib.h>

enum { ROWS_OF_PRINT = 256, ROWS_LATER = 8, ROWS_OF_PAGE = 2048, ROWS_FOR_EACH = 8, ROWS_OF_OUTLET = 64 };

static int by_weight(const void *a, const void *b)
{
    const kh_candidate *x = a;
    const kh_candidate *y = b;
    int order = (y->weight > x->weight) - (y->weight < x->weight);
    return order ? order : (x->article > y->article) - (x->article < y->article);
}

void kh_candidates_sort(kh_candidates *all)
{
    if (all->count) {
        qsort(all->items, all->count, sizeof *all->items, by_weight);
    }
}

/* ITEMS is a heap of COUNT but for the one AT: that goes down to where it belongs. The one that comes last is on top. */
static void sink(kh_candidate *items, size_t count, size_t at)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count) {
            return;
        }
        child += child + 1 < count && by_weight(&items[child + 1], &items[child]) > 0;
        if (by_weight(&items[child], &items[at]) <= 0) {
            return;
        }
        kh_candidate swap = items[at];
        items[at] = items[child];
        items[child] = swap;
        at = child;
    }
}

void kh_candidates_best(kh_candidates *all, size_t limit)
{
    if (limit && all->count > limit) {
        for (size_t i = limit / 2; i > 0; i--) {
            sink(all->items, limit, i - 1);
        }
        for (size_t i = limit; i < all->count; i++) {
            if (by_weight(&all->items[i], &all->items[0]) < 0) {
                all->items[0] = all->items[i];
                sink(all->items, limit, 0);
            }
        }
    }
    all->count = all->count < limit ? all->count : limit;
    kh_candidates_sort(all);
}

void kh_candidates_add(kh_arena *out, kh_map *seen, const kh_ids *articles, float weight, kh_candidates *all)
{
    KH_EACH(const int64_t, article, *articles) {
        bool fresh = false;
        uint32_t *place = kh_map_put(out, seen, (uint64_t)*article, &fresh);
        if (fresh) {
            *place = (uint32_t)all->count;
            *KH_ADD(out, all) = (kh_candidate){.article = *article, .day = KH_NO_DAY};
        }
        all->items[*place].weight += weight;
    }
}

kh_status kh_store_print_candidates(kh_store *store, kh_arena *out, kh_arena scratch, const kh_u64s *prints, uint32_t limit,
                                    kh_candidates *candidates, kh_error *err)
{
    kh_arena temporary = kh_arena_split(&scratch);
    kh_map seen = {0};
    kh_candidates all = {0};
    kh_status status = KH_OK;
    size_t rows = 0;
    for (size_t i = 0; i < prints->count && !status; i++) {
        kh_arena one = temporary;
        kh_arena rest = kh_arena_split(&one);
        kh_ids found = {0};
        bool much = rows > ROWS_OF_PAGE + ROWS_FOR_EACH * prints->count;
        status = kh_postings_newest(store, &one, rest, prints->items[i], much ? ROWS_LATER : ROWS_OF_PRINT, &found, err);
        kh_candidates_add(&scratch, &seen, &found, 1, &all);
        rows += found.count;
    }
    kh_candidates_sort(&all);
    for (size_t i = 0; i < all.count && candidates->count < limit; i++) {
        if (kh_sql_number(store, "SELECT 1 FROM article WHERE id = ?", "i", all.items[i].article) != 0) {
            *KH_ADD(out, candidates) = all.items[i];
        }
    }
    return status;
}

/* Of OUTLET (1), of another (0), or gone (-1). */
static int is_of(kh_store *store, kh_str outlet, int64_t article)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT outlet IS ?2 FROM article WHERE id = ?1", NULL);
    kh_status status = KH_OK;
    int is = -1;
    if (stmt) {
        kh_sql_bind(stmt, "it", article, outlet);
    }
    while (stmt && kh_sql_row(store, stmt, &status, NULL)) {
        is = sqlite3_column_int(stmt, 0);
    }
    return is;
}

/* How many articles of OUTLET have PRINT, SELF among them; 0 when one of another outlet, or of none, has it. */
static uint32_t pages_with(kh_store *store, kh_arena scratch, kh_str outlet, int64_t self, uint64_t print, kh_status *status, kh_error *err)
{
    kh_arena rest = kh_arena_split(&scratch);
    kh_ids found = {0};
    uint32_t pages = 0;
    bool counted = false;
    *status = kh_postings_newest(store, &scratch, rest, print, ROWS_OF_OUTLET, &found, err);
    KH_EACH(const int64_t, article, found) {
        int is = *article == self ? 1 : is_of(store, outlet, *article);
        if (is == 0) {
            return 0;
        }
        counted |= *article == self;
        pages += is > 0;
    }
    return pages + !counted;
}

kh_status kh_store_repeated(kh_store *store, kh_arena *out, kh_arena scratch, kh_str outlet, int64_t self, const kh_u64s *prints,
                            uint32_t pages, kh_map *repeated, kh_error *err)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < prints->count && !status; i++) {
        if (pages_with(store, scratch, outlet, self, prints->items[i], &status, err) >= pages) {
            *kh_map_put(out, repeated, prints->items[i], NULL) = 1;
        }
    }
    return status;
}
