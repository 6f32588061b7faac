/* check.c - is the file whole, and do its parts agree? Changes nothing. */
#include "store/sql.h"

/* Adds a problem when SQL, which counts something that should not be, counts any. */
static kh_status expect_none(kh_store *store, kh_arena *out, kh_check *result, const char *sql, const char *problem, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, sql, err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        int64_t count = sqlite3_column_int64(stmt, 0);
        if (count) {
            *KH_ADD(out, &result->problems) = kh_arena_printf(out, "%lld %s", (long long)count, problem);
        }
    }
    return status;
}

static kh_status integrity(kh_store *store, kh_arena *out, kh_check *result, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "PRAGMA integrity_check(20)", err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        kh_str line = kh_sql_str(out, stmt, 0);
        if (!kh_str_eq(line, KH_STR("ok"))) {
            *KH_ADD(out, &result->problems) = kh_arena_join(out, KH_STR("the file is damaged; restore it from a copy: "), line);
        }
    }
    return status;
}

static uint64_t count_of(kh_store *store, const char *sql)
{
    sqlite3_stmt *stmt = kh_sql(store, sql, NULL);
    kh_status status = KH_OK;
    uint64_t count = 0;
    while (stmt && kh_sql_row(store, stmt, &status, NULL)) {
        count = (uint64_t)sqlite3_column_int64(stmt, 0);
    }
    return count;
}

kh_status kh_store_check(kh_store *store, kh_arena *out, kh_check *result, kh_error *err)
{
    *result = (kh_check){
        .articles = count_of(store, "SELECT count(*) FROM article"),
        .stories = count_of(store, "SELECT count(DISTINCT story_id) FROM article"),
        .revisions = count_of(store, "SELECT count(*) FROM revision"),
        .bytes = (int64_t)count_of(store, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
    };
    kh_status status = integrity(store, out, result, err);
    static const struct {
        const char *sql, *problem;
    } checks[] = {
        {"SELECT count(*) FROM article WHERE story_id IS NULL", "articles stand in no story; add any page to place them"},
        {"SELECT count(*) FROM article a LEFT JOIN story s ON s.id = a.story_id WHERE a.story_id IS NOT NULL AND s.id IS NULL",
         "articles name a story that is not there; delete and add them again"},
        {"SELECT count(*) FROM article WHERE id NOT IN (SELECT article_id FROM search_text)",
         "articles are missing from the search index; delete and add them again"},
        {"SELECT count(*) FROM quotation q LEFT JOIN article a ON a.id = q.article_id WHERE a.id IS NULL",
         "quotations belong to no article; the file was changed by hand"},
        {"SELECT count(*) FROM (SELECT 1 FROM quotation q JOIN article a ON a.id = q.article_id "
         "WHERE q.end > length(CAST(a.text AS BLOB)) OR q.begin >= q.end)",
         "quotations point outside their text; delete the articles and add them again"},
        {"SELECT count(*) FROM (SELECT 1 FROM figure f JOIN article a ON a.id = f.article_id "
         "WHERE f.end > length(CAST(a.text AS BLOB)) OR f.begin >= f.end)",
         "figures point outside their text; delete the articles and add them again"},
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks && !status; i++) {
        status = expect_none(store, out, result, checks[i].sql, checks[i].problem, err);
    }
    bool writable = sqlite3_db_readonly(store->db, "main") == 0; /* the index's own check is written as an insert */
    if (!status && writable && sqlite3_exec(store->db, "INSERT INTO search(search, rank) VALUES('integrity-check', 1)", NULL, NULL, NULL)) {
        *KH_ADD(out, &result->problems) =
            KH_STR("the search index does not match the texts; rebuild it: INSERT INTO search(search) VALUES('rebuild')");
    }
    return status;
}
