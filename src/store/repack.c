/* repack.c - the step from schema 6 to 7 that takes more than statements: what an article is about, packed, and postings of that.
 *
 * Decides which of a store's older numbers is which new one. A feature or print had 64 bits and has its upper 32 or 40 now; a site, whose
 * number spells a name, keeps its own. Which numbers are sites only the articles tell. Counts of two words that have
 * become one number are added up.
 *
 *     99f1a2b3c4d5e6f7, "dam", in 310 articles since epoch 4      99f1a2b3
 *
 * Gets wrong: hashes that only deleted articles had are forgotten, with their frozen counts.
 */
#include "store/pack.h"
#include "store/postings.h"

static kh_status note_sites(kh_store *store, const kh_features *features, kh_error *err)
{
    kh_status status = KH_OK;
    for (size_t i = features->count; i > 0 && features->items[i - 1].hash >> 32 && !status; i--) { /* they come last */
        status = kh_sql_run(store, err, "INSERT OR IGNORE INTO temp.site(hash) VALUES(?)", "i", (int64_t)features->items[i - 1].hash);
    }
    return status;
}

/* Article ID, whose columns are old, or 0 after the last. */
static kh_status next_article(kh_store *store, kh_arena *out, int64_t after, int64_t *id, kh_article *a, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id, features, prints FROM article WHERE id > ? ORDER BY id LIMIT 1", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    *id = 0;
    if (stmt) {
        kh_sql_bind(stmt, "i", after);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *id = sqlite3_column_int64(stmt, 0);
        kh_sql_features(store, out, stmt, 1, a);
    }
    return status;
}

static kh_status pack_all(kh_store *store, kh_arena scratch, kh_error *err)
{
    kh_status status = KH_OK;
    for (int64_t id = 0, more = 1; more && !status;) {
        kh_arena one = scratch;
        kh_article a = {0};
        status = next_article(store, &one, id, &id, &a, err);
        more = id;
        if (id && !status) {
            status = kh_sql_run(store, err, "UPDATE article SET features = ?2, prints = ?3 WHERE id = ?1", "ibb", id,
                                kh_pack_features(&one, &a.features), kh_pack_prints(&one, &a.prints));
            status = status ? status : note_sites(store, &a.features, err);
        }
    }
    return status;
}

static kh_status run_all(kh_store *store, const char *const *steps, size_t count, kh_error *err)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < count && !status; i++) {
        status = sqlite3_exec(store->db, steps[i], NULL, NULL, NULL) == SQLITE_OK ? KH_OK : kh_sql_fail(store, err);
    }
    return status;
}

kh_status kh_store_repack(kh_store *store, kh_error *err)
{
    static const char *const begin[] = {"CREATE TEMP TABLE site(hash INTEGER PRIMARY KEY)"};
    static const char *const counts[] = {
        ("CREATE TEMP TABLE counted AS SELECT CASE WHEN hash IN (SELECT hash FROM temp.site) THEN hash ELSE max(1, hash >> 32 & 4294967295) END AS kept, "
         "sum(documents) AS documents, max(epoch) AS epoch, sum(frozen) AS frozen FROM main.frequency GROUP BY kept"),
        "DELETE FROM main.frequency",
        "INSERT INTO main.frequency(hash, documents, epoch, frozen) SELECT kept, documents, epoch, frozen FROM temp.counted",
        "DROP TABLE temp.counted", "DROP TABLE temp.site"};
    kh_arena scratch = kh_arena_reserve(KH_STORE_ARENA_BYTES, NULL);
    if (!scratch.begin) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory to bring the store up to date");
    }
    store->has_levels = false;
    kh_status status = run_all(store, begin, 1, err);
    status = status ? status : pack_all(store, scratch, err);
    kh_arena_release(&scratch);
    store->has_levels = true;
    status = status ? status : run_all(store, counts, sizeof counts / sizeof *counts, err);
    return status ? status : kh_index_rebuild(store, err);
}
