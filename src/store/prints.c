/* prints.c - who else has these prints: candidates for copies, and what an outlet repeats.
 *
 * Both are read off the postings. Of a print that hundreds of articles have only the newest rows are looked at, and
 * fewer once a page has had its share of rows, so that the thousandth copy of an article costs what the hundredth did.
 */
#include "store/sql.h"

#include <stdlib.h>

enum { ROWS_OF_PRINT = 256, ROWS_LATER = 8, ROWS_OF_PAGE = 2048, ROWS_FOR_EACH = 8, ROWS_OF_OUTLET = 64 };

static int by_weight(const void *a, const void *b)
{
    const kh_candidate *x = a;
    const kh_candidate *y = b;
    int order = (y->weight > x->weight) - (y->weight < x->weight);
    return order ? order : (x->article > y->article) - (x->article < y->article);
}

kh_status kh_store_print_candidates(kh_store *store, kh_arena *out, kh_arena scratch, const kh_u64s *prints, uint32_t limit,
                                    kh_candidates *candidates, kh_error *err)
{
    kh_map seen = {0};
    kh_candidates all = {0};
    kh_status status = KH_OK;
    size_t rows = 0;
    for (size_t i = 0; i < prints->count && !status; i++) {
        sqlite3_stmt *stmt = kh_sql(store, "SELECT article_id FROM posting WHERE hash = ? ORDER BY article_id DESC LIMIT ?", err);
        if (!stmt) {
            return KH_ERR_STORE;
        }
        bool much = rows > ROWS_OF_PAGE + ROWS_FOR_EACH * prints->count;
        kh_sql_bind(stmt, "ii", (int64_t)prints->items[i], (int64_t)(much ? ROWS_LATER : ROWS_OF_PRINT));
        for (; kh_sql_row(store, stmt, &status, err); rows++) {
            int64_t article = sqlite3_column_int64(stmt, 0);
            bool fresh = false;
            uint32_t *place = kh_map_put(&scratch, &seen, (uint64_t)article, &fresh);
            if (fresh) {
                *place = (uint32_t)all.count;
                *KH_ADD(&scratch, &all) = (kh_candidate){.article = article};
            }
            all.items[*place].weight += 1;
        }
    }
    if (all.count) {
        qsort(all.items, all.count, sizeof *all.items, by_weight);
    }
    for (size_t i = 0; i < all.count && i < limit; i++) {
        *KH_ADD(out, candidates) = all.items[i];
    }
    return status;
}

/* How many articles of OUTLET have PRINT, SELF among them; 0 when one of another outlet, or of none, has it. */
static uint32_t pages_with(kh_store *store, kh_str outlet, int64_t self, uint64_t print, kh_status *status, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT a.id, a.outlet IS ?2 FROM posting p JOIN article a ON a.id = p.article_id "
                                       "WHERE p.hash = ?1 ORDER BY p.article_id DESC LIMIT ?3", err);
    uint32_t pages = 0;
    bool others = false;
    bool counted = false;
    if (!stmt) {
        *status = KH_ERR_STORE;
        return 0;
    }
    kh_sql_bind(stmt, "iti", (int64_t)print, outlet, (int64_t)ROWS_OF_OUTLET);
    while (!others && kh_sql_row(store, stmt, status, err)) {
        bool mine = sqlite3_column_int64(stmt, 0) == self;
        counted |= mine;
        others |= !mine && !sqlite3_column_int(stmt, 1);
        pages++;
    }
    sqlite3_reset(stmt);
    return others ? 0 : pages + !counted;
}

kh_status kh_store_repeated(kh_store *store, kh_arena *out, kh_str outlet, int64_t self, const kh_u64s *prints, uint32_t pages,
                            kh_map *repeated, kh_error *err)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < prints->count && !status; i++) {
        if (pages_with(store, outlet, self, prints->items[i], &status, err) >= pages) {
            *kh_map_put(out, repeated, prints->items[i], NULL) = 1;
        }
    }
    return status;
}
