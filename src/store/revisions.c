/* revisions.c - what an address held before: the states of an article, oldest first, the present one last. */
#include "store/texts.h"

kh_status kh_store_states(kh_store *store, kh_arena *out, int64_t id, kh_states *states, kh_error *err)
{
    sqlite3_stmt *stmt =
        kh_sql(store,
               "SELECT sha256, title, published, captured, added, text, id FROM revision WHERE article_id = ?1 "
               "UNION ALL SELECT sha256, title, published, captured, added, text, 9223372036854775807 FROM article WHERE id = ?1 "
               "ORDER BY 7",
               err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, states) = (kh_state){.sha256 = kh_sql_str(out, stmt, 0),
                                          .title = kh_sql_str(out, stmt, 1),
                                          .published = kh_sql_str(out, stmt, 2),
                                          .captured = kh_sql_str(out, stmt, 3),
                                          .added = kh_sql_str(out, stmt, 4),
                                          .text = kh_sql_text(out, stmt, 5, NULL)};
    }
    return status;
}

kh_status kh_store_revision_ids(kh_store *store, kh_arena *out, kh_ids *ids, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id FROM revision WHERE raw IS NOT NULL ORDER BY id", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, ids) = sqlite3_column_int64(stmt, 0);
    }
    return status;
}

kh_status kh_store_revision_raw(kh_store *store, kh_arena *out, int64_t id, kh_revision_bytes *revision, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT raw, raw_length, sha256, article_id FROM revision WHERE id = ?", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    bool whole = false;
    *revision = (kh_revision_bytes){0};
    if (stmt) {
        kh_sql_bind(stmt, "i", id);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        whole = kh_sql_unpacked(out, stmt, 0, &revision->bytes);
        revision->sha256 = kh_sql_str(out, stmt, 2);
        revision->article = sqlite3_column_int64(stmt, 3);
    }
    return status || whole ? status : kh_fail(err, KH_ERR_STORE, "damaged", "the bytes of revision %lld cannot be unpacked", (long long)id);
}
