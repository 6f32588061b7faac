/* check.c - is the file whole, and do its parts agree? Changes nothing, and says of each thing that is wrong what to do.
 *
 *     2 rows of quotation belong to no article; take them out: DELETE FROM quotation WHERE article_id NOT IN (SELECT id FROM article)
 *     1 articles are missing from the search index, such as https://akhbar.example/1: khabar delete them, and add them again
 *
 * From the bottom up: the pages of the file (PRAGMA integrity_check), what refers to rows that are not there (every foreign
 * key of the schema, asked of SQLite itself), spans outside their texts, articles without what finds them (words, postings,
 * a story), counts that are not what they count, the index of words. What was changed by a program that knows nothing of
 * triggers, or with foreign keys off, is found by these; what a disk changed inside a text is found by the sums of the raw
 * bytes alone (engine/check.c). Statements to be given to sqlite3 are written out, ready to be copied.
 *
 * Gets wrong: a word changed by hand in a text whose raw bytes were not kept is seen only where the search index still has the other.
 */
#include "store/check.h"

typedef struct probe {
    int schema;      /* since which the file has what it asks for */
    int until;       /* and until which; 0: to this day */
    const char *sql; /* how many, and one of them where it can be named */
    const char *problem, *advice;
} probe;

#define SPANS(table, until)                                                                                  \
    {                                                                                                        \
        1, until,                                                                                            \
            "SELECT count(*), min(a.key) FROM " table " x JOIN article a ON a.id = x.article_id "            \
            "WHERE x.begin IS NOT NULL AND (x.begin > x.end OR x.end > length(CAST(a.text AS BLOB)))",       \
            "rows of " table " point outside their text", "khabar delete these articles, and add them again" \
    }

static const probe probes[] = {
    {1, 0, "SELECT count(*), min(key) FROM article WHERE story_id IS NULL", "articles stand in no story",
     "khabar delete them, and add them again"},
    {1, 6, "SELECT count(*), min(key) FROM article WHERE id NOT IN (SELECT article_id FROM search_text)",
     "articles are missing from the search index", "khabar delete them, and add them again"},
    {7, 0, "SELECT count(*), min(key) FROM article WHERE id NOT IN (SELECT id FROM search_docsize)",
     "articles are missing from the search index", "make it anew: " KH_INDEX_ANEW},
    {7, 0,
     "SELECT count(*), NULL FROM search_docsize WHERE id NOT IN (SELECT id FROM article) AND id NOT IN (SELECT article_id FROM deleted)",
     "articles in the search index are not there", "make it anew: " KH_INDEX_ANEW},
    {1, 6,
     "SELECT count(*), min(key) FROM article a WHERE length(features) > 0 AND NOT EXISTS(SELECT 1 FROM posting WHERE article_id = a.id)",
     "articles have no postings, so that their stories cannot be found", "khabar delete them, and add them again"},
    {10, 0, "SELECT count(*), min(key) FROM article WHERE id NOT IN (SELECT article_id FROM digest)",
     "articles have no digest, so that their stories cannot be found", "khabar delete them, and add them again"},
    {10, 0,
     "SELECT count(*), min(key) FROM article a JOIN digest d ON d.article_id = a.id WHERE d.language <> a.language OR d.published IS NOT a.published",
     "articles have another language or day than their digest",
     "copy them: UPDATE digest SET (language, published) = (SELECT language, published FROM article WHERE id = article_id)"},
    {1, 6, "SELECT count(*), NULL FROM posting WHERE article_id NOT IN (SELECT id FROM article)", "rows of posting belong to no article",
     "take them out: DELETE FROM posting WHERE article_id NOT IN (SELECT id FROM article)"}, /* no foreign key: see schema.sql */
    SPANS("quotation", 7),
    SPANS("figure", 7),
    SPANS("mention", 7),
    SPANS("credit", 7),
    SPANS("date", 7),
    SPANS("line", 7),
    {1, 6,
     "SELECT count(*), NULL FROM (SELECT 1 FROM frequency f WHERE documents <> (SELECT count(*) FROM posting p WHERE p.hash = f.hash))",
     "counts of words are not those of the postings",
     "count them again: UPDATE frequency SET documents = (SELECT count(*) FROM posting p WHERE p.hash = frequency.hash)"},
    {3, 0, "SELECT count(*), min(name) FROM story s WHERE articles <> (SELECT count(*) FROM article WHERE story_id = s.id)",
     "stories have another number of articles than is noted", "count them again: INSERT INTO story_recount SELECT id FROM story"},
};

static kh_str words(kh_arena *out, sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return text ? kh_arena_copy(out, kh_str_z(text)) : (kh_str){0};
}

static void add(kh_arena *out, kh_check *result, kh_str problem)
{
    *KH_ADD(out, &result->problems) = problem;
}

/* Asks SQL and gives its rows to TAKE; damage that is met ends it and is a problem as well. */
static kh_status ask(kh_store *store, kh_arena *out, kh_check *result, const char *sql,
                     void (*take)(kh_arena *out, kh_check *result, sqlite3_stmt *stmt, const probe *p), const probe *p, kh_error *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(stmt);
        if (rc == SQLITE_ROW) {
            take(out, result, stmt, p);
        }
    }
    kh_status status = KH_OK;
    if (rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB) {
        result->damaged = true;
    } else if (rc != SQLITE_DONE) {
        status = kh_sql_fail(store, err);
    }
    sqlite3_finalize(stmt);
    return status;
}

static void take_integrity(kh_arena *out, kh_check *result, sqlite3_stmt *stmt, const probe *p)
{
    kh_str rest = words(out, stmt, 0);
    kh_str line = {0};
    (void)p;
    while (!kh_str_eq(rest, KH_STR("ok")) && kh_str_cut(&rest, '\n', &line)) {
        result->damaged = true;
        if (!kh_str_starts(line, KH_STR("***"))) { /* its head */
            add(out, result, kh_arena_join(out, KH_STR("the file is damaged: "), line));
        }
    }
}

/* Rows that refer to what is not there: table, referring column, what it refers to, may it be empty, how many. */
static void take_lost(kh_arena *out, kh_check *result, sqlite3_stmt *stmt, const probe *p)
{
    kh_str table = words(out, stmt, 0);
    kh_str column = words(out, stmt, 1);
    kh_str parent = words(out, stmt, 2);
    bool may_be_empty = sqlite3_column_int(stmt, 3) != 0;
    (void)p;
    kh_str cure = may_be_empty ? kh_arena_printf(out, "UPDATE " KH_FMT " SET " KH_FMT " = NULL", KH_ARG(table), KH_ARG(column))
                               : kh_arena_printf(out, "DELETE FROM " KH_FMT, KH_ARG(table));
    add(out, result,
        kh_arena_printf(out,
                        "%lld rows of " KH_FMT " belong to no " KH_FMT "; %s: " KH_FMT " WHERE " KH_FMT " NOT IN (SELECT id FROM " KH_FMT
                        ")",
                        (long long)sqlite3_column_int64(stmt, 4), KH_ARG(table), KH_ARG(parent),
                        may_be_empty ? "let them go" : "take them out", KH_ARG(cure), KH_ARG(column), KH_ARG(parent)));
}

static void take_count(kh_arena *out, kh_check *result, sqlite3_stmt *stmt, const probe *p)
{
    int64_t count = sqlite3_column_int64(stmt, 0);
    kh_str one = words(out, stmt, 1);
    if (count) {
        add(out, result,
            kh_arena_printf(out, "%lld %s%s" KH_FMT "; %s", (long long)count, p->problem, one.len ? ", such as " : "", KH_ARG(one),
                            p->advice));
    }
}

static void take_number(kh_arena *out, kh_check *result, sqlite3_stmt *stmt, const probe *p)
{
    (void)out;
    (void)p;
    result->articles = (uint64_t)sqlite3_column_int64(stmt, 0);
    result->stories = (uint64_t)sqlite3_column_int64(stmt, 1);
    result->revisions = (uint64_t)sqlite3_column_int64(stmt, 2);
    result->bytes = sqlite3_column_int64(stmt, 3);
}

static kh_status check_parts(kh_store *store, kh_arena *out, kh_check *result, kh_error *err)
{
    static const char lost[] =
        "SELECT c.\"table\", f.\"from\", c.parent, NOT i.\"notnull\" AND NOT i.pk, count(*) FROM pragma_foreign_key_check c "
        "JOIN pragma_foreign_key_list(c.\"table\") f ON f.id = c.fkid JOIN pragma_table_info(c.\"table\") i ON i.name = f.\"from\" "
        "GROUP BY 1, 2, 3";
    kh_status status = ask(store, out, result, lost, take_lost, NULL, err);
    int schema = kh_store_schema_of(store);
    for (size_t i = 0; i < sizeof probes / sizeof *probes && !status; i++) {
        if (schema >= probes[i].schema && (!probes[i].until || schema <= probes[i].until)) {
            status = ask(store, out, result, probes[i].sql, take_count, &probes[i], err);
        }
    }
    status = status ? status : kh_check_findings(store, out, result, err);
    return status ? status : kh_check_postings(store, out, result, err);
}

/* The index's own check, which is written as an insert; where it is whole, its words. */
static kh_status check_index(kh_store *store, kh_arena *out, kh_check *result, kh_error *err)
{
    bool writable = sqlite3_db_readonly(store->db, "main") == 0;
    if (writable && sqlite3_exec(store->db, "INSERT INTO search(search, rank) VALUES('integrity-check', 1)", NULL, NULL, NULL)) {
        add(out, result, KH_STR("the search index is damaged; make it anew: " KH_INDEX_ANEW));
        return KH_OK;
    }
    return store->has_levels ? kh_check_words(store, out, result, err) : KH_OK;
}

kh_status kh_store_check(kh_store *store, kh_arena *out, kh_check *result, kh_error *err)
{
    *result = (kh_check){0};
    kh_status status =
        ask(store, out, result,
            "SELECT (SELECT count(*) FROM article), (SELECT count(DISTINCT story_id) FROM article), (SELECT count(*) FROM revision), "
            "(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)",
            take_number, NULL, err);
    status = status ? status : ask(store, out, result, "PRAGMA integrity_check(20)", take_integrity, NULL, err);
    if (!status && !result->damaged) {
        status = check_parts(store, out, result, err);
    }
    if (!status && !result->damaged) {
        status = check_index(store, out, result, err);
    }
    if (result->damaged) {
        add(out, result, KH_STR("parts of the file cannot be read; restore it from a copy, or save its pages as khabar help check tells"));
    }
    return status;
}
