/* gone.c - what was deleted leaves the postings and the index; both are made anew from the articles.
 *
 * Decides when. A row of `article` may be deleted by anybody who opens the file, and a trigger cannot open packed postings. So the trigger
 * puts the number of the article, its features and prints into `deleted`, and the next commit of this program, mostly the one
 * that deleted it, takes them out and counts each word once less. Until then no new article gets that number.
 *
 *     sqlite3 khabar.db 'DELETE FROM article WHERE id = 17'     its postings stay, and are passed over, until something is added
 *
 * Method: of a few articles each posting is looked up, its block written anew; of more than FEW all blocks are, once. So are those of a store of an
 * older schema, whose blocks become what they are now: deleted or not.
 *
 * Gets wrong: what a shell deleted leaves its hashes in the file until the program writes to it; `khabar delete` leaves nothing.
 */
#include "store/postings.h"

#include "store/pack.h"
#include "store/pending.h"
#include "store/warm.h"
#include "store/words.h"

enum { FEW = 64 };

bool kh_sql_features(kh_store *store, kh_arena *out, sqlite3_stmt *stmt, int column, kh_article *a)
{
    kh_str features = {sqlite3_column_blob(stmt, column), (size_t)sqlite3_column_bytes(stmt, column)};
    kh_str prints = {sqlite3_column_blob(stmt, column + 1), (size_t)sqlite3_column_bytes(stmt, column + 1)};
    if (!store->has_levels) {
        kh_unpack_old(out, features, prints, a);
        return true;
    }
    bool whole = kh_unpack_features(out, features, store->is_wide, &a->features);
    return kh_unpack_prints(out, prints, store->is_wide, &a->prints) && whole;
}

static kh_status count_less(kh_store *store, const kh_features *features, kh_error *err)
{
    kh_status status = kh_pending_write(store, err);
    kh_warm_clear(store);
    for (size_t i = 0; i < features->count && !status; i++) {
        status =
            kh_sql_run(store, err, "UPDATE frequency SET documents = documents - 1 WHERE hash = ?", "i", (int64_t)features->items[i].hash);
    }
    return status;
}

static kh_status forget(kh_store *store, kh_arena scratch, int64_t id, const kh_article *was, kh_error *err)
{
    kh_u64s keys = kh_postings_keys(&scratch, &was->features, &was->prints);
    kh_status status = kh_postings_drop(store, scratch, id, &keys, err);
    return status ? status : count_less(store, &was->features, err);
}

kh_status kh_postings_forget(kh_store *store, kh_arena scratch, int64_t id, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT features, prints FROM digest WHERE article_id = ?", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    kh_article was = {0};
    if (stmt) {
        kh_sql_bind(stmt, "i", id);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        kh_sql_features(store, &scratch, stmt, 0, &was);
    }
    return status ? status : forget(store, scratch, id, &was, err);
}

/* ---- at a commit ---- */

static int64_t count_gone(kh_store *store)
{
    return kh_sql_number(store, "SELECT count(*) FROM (SELECT 1 FROM deleted LIMIT ?)", "i", (int64_t)FEW + 1);
}

/* All of deleted: their counts, and their postings too where they are FEW; else their numbers go into GONE. */
static kh_status take_out(kh_store *store, kh_arena *out, kh_arena scratch, bool few, kh_map *gone, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT article_id, features, prints FROM deleted", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    while (!status && stmt && kh_sql_row(store, stmt, &status, err)) {
        kh_arena one = scratch;
        kh_article was = {0};
        int64_t id = sqlite3_column_int64(stmt, 0);
        kh_sql_features(store, &one, stmt, 1, &was);
        if (few) {
            status = forget(store, one, id, &was, err);
        } else {
            kh_map_put(out, gone, (uint64_t)id, NULL);
            status = count_less(store, &was.features, err);
        }
    }
    if (stmt) {
        sqlite3_reset(stmt);
    }
    return status;
}

kh_status kh_index_settle(kh_store *store, kh_error *err)
{
    int64_t count = count_gone(store);
    bool few = count <= FEW && !store->is_wide;
    if (count == 0 && few) {
        return KH_OK;
    }
    kh_arena whole = kh_arena_reserve(KH_STORE_ARENA_BYTES, NULL);
    kh_arena out = whole;
    if (!out.begin) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory to take deleted articles out of the index");
    }
    kh_arena scratch = kh_arena_split(&out);
    kh_map gone = {0};
    kh_status status = take_out(store, &out, scratch, few, &gone, err);
    if (!status && !few) {
        status = kh_postings_sweep(store, scratch, &gone, err);
    }
    status = status ? status : kh_words_settle(store, scratch, err);
    status = status ? status : kh_sql_run(store, err, "DELETE FROM deleted", "");
    kh_arena_release(&whole);
    return status;
}

/* ---- anew ---- */

bool kh_index_is_due(kh_store *store)
{
    return kh_sql_number(store, "SELECT 1 FROM meta WHERE name = 'index'", "") != 0;
}

static kh_status clear_all(kh_store *store, kh_error *err)
{
    static const char *const steps[] = {
        "DELETE FROM posting", "DELETE FROM posting_block",          "DELETE FROM posting_level",
        "DELETE FROM deleted", "UPDATE frequency SET documents = 0", "DELETE FROM meta WHERE name = 'index'"};
    kh_status status = KH_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !status; i++) {
        status = kh_sql_run(store, err, steps[i], "");
    }
    return status;
}

static kh_status add_anew(kh_store *store, kh_arena scratch, int64_t id, const kh_article *a, kh_error *err)
{
    kh_u64s keys = kh_postings_keys(&scratch, &a->features, &a->prints);
    kh_status status = kh_postings_add(store, scratch, id, &keys, err);
    for (size_t i = 0; i < a->features.count && !status; i++) {
        status =
            kh_sql_run(store, err,
                       "INSERT INTO frequency(hash, documents, epoch, frozen) VALUES(?, 1, (SELECT coalesce(max(id), 1) FROM epoch), 0) "
                       "ON CONFLICT(hash) DO UPDATE SET documents = documents + 1",
                       "i", (int64_t)a->features.items[i].hash);
    }
    return status;
}

kh_status kh_index_rebuild(kh_store *store, kh_error *err)
{
    kh_arena scratch = kh_arena_reserve(KH_STORE_ARENA_BYTES, NULL);
    if (!scratch.begin) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory to make postings and index anew");
    }
    kh_pending_drop(store);
    kh_warm_clear(store);
    kh_status status = clear_all(store, err);
    sqlite3_stmt *stmt = status ? NULL
                                : kh_sql(store,
                                         store->has_digests ? "SELECT article_id, features, prints FROM digest ORDER BY article_id"
                                                            : "SELECT id, features, prints FROM article ORDER BY id",
                                         err);
    status = stmt || status ? status : KH_ERR_STORE;
    while (!status && stmt && kh_sql_row(store, stmt, &status, err)) {
        kh_arena one = scratch;
        kh_article a = {0};
        int64_t id = sqlite3_column_int64(stmt, 0);
        kh_sql_features(store, &one, stmt, 1, &a);
        status = add_anew(store, one, id, &a, err);
    }
    if (stmt) {
        sqlite3_reset(stmt);
    }
    status = status ? status : kh_sql_run(store, err, "DELETE FROM frequency WHERE documents <= 0", "");
    status = status ? status : kh_words_rebuild(store, scratch, err);
    kh_arena_release(&scratch);
    return status;
}
