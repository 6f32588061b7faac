/* prune.c - old stories as a line each: what they were, when, how many told them, in which languages, from whom; their articles go.
 *
 * Decides when a story has ended: with its last report; where none has a date, with the last that was added. What stays is a row of
 * story_summary and the story's name, so that `stories` still lists it and links to it still lead somewhere. What a person corrected stays as well.
 *
 *     s41c09a2b7e  Flood at Tarkand  2024-02-03..2024-02-19  12 pages, ar fa ru, origins Reuters, AFP, Nilab
 *
 * Gets wrong: a page that comes again after its story was pruned is new.
 */
#include "store/archive.h"

#include "store/sql.h"

kh_status kh_store_ended(kh_store *store, kh_arena *out, kh_str before, int64_t after, uint32_t limit, kh_ids *stories, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id FROM story WHERE " KH_STORY_ENDED " AND id > ?2 ORDER BY id LIMIT ?3", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "tii", before, after, limit ? (int64_t)limit : (int64_t)-1);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, stories) = sqlite3_column_int64(stmt, 0);
    }
    return status;
}

kh_status kh_store_ended_count(kh_store *store, kh_str before, kh_sealing *count, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT count(*), coalesce(sum(articles), 0) FROM story WHERE " KH_STORY_ENDED, err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "t", before);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *count = (kh_sealing){.stories = (uint64_t)sqlite3_column_int64(stmt, 0), .articles = (uint64_t)sqlite3_column_int64(stmt, 1)};
    }
    return status;
}

kh_status kh_store_prune(kh_store *store, int64_t id, const kh_story_summary *s, kh_error *err)
{
    static const char *const steps[] = {"DELETE FROM article WHERE story_id = ?", "DELETE FROM story_card WHERE story_id = ?"};
    kh_status status =
        kh_sql_run(store, err,
                   "INSERT OR REPLACE INTO story_summary(story_id, title, title_language, first, last, articles, languages, outlets, "
                   "origins, pruned) VALUES(?,?,?,?,?,?,?,?,?,?)",
                   "issssitttt", id, s->title, s->title_lang, s->first, s->last, (int64_t)s->articles, s->languages, s->outlets, s->origins,
                   s->pruned);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !status; i++) {
        status = kh_sql_run(store, err, steps[i], "i", id);
    }
    return status;
}

/* Earlier versions of the program noted times where they were known. */
#define DAYS "substr(m.first, 1, 10), substr(m.last, 1, 10)"

#define SUMMARY                                                                                                                \
    "SELECT s.name, m.title, m.title_language, " DAYS ", m.articles, m.languages, m.outlets, m.origins, m.pruned, m.story_id " \
    "FROM story_summary m JOIN story s ON s.id = m.story_id "

static kh_story_summary summary_at(kh_arena *out, sqlite3_stmt *stmt)
{
    return (kh_story_summary){.name = kh_sql_str(out, stmt, 0),
                              .title = kh_sql_str(out, stmt, 1),
                              .title_lang = kh_sql_str(out, stmt, 2),
                              .first = kh_sql_str(out, stmt, 3),
                              .last = kh_sql_str(out, stmt, 4),
                              .articles = (uint32_t)sqlite3_column_int64(stmt, 5),
                              .languages = kh_sql_str(out, stmt, 6),
                              .outlets = kh_sql_str(out, stmt, 7),
                              .origins = kh_sql_str(out, stmt, 8),
                              .pruned = kh_sql_str(out, stmt, 9)};
}

kh_status kh_store_summary(kh_store *store, kh_arena *out, int64_t id, kh_story_summary *summary, bool *there, kh_error *err)
{
    *there = false;
    if (!store->has_archives) {
        return KH_OK;
    }
    sqlite3_stmt *stmt = kh_sql(store, SUMMARY "WHERE m.story_id = ? AND s.articles = 0", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "i", id);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *summary = summary_at(out, stmt);
        *there = true;
    }
    return status;
}

/* A JSON array of texts as "a,b". */
#define LISTED(column) "(SELECT group_concat(value) FROM json_each(m." column "))"

kh_status kh_store_summaries(kh_store *store, kh_arena *out, const kh_story_filter *filter, kh_story_rows *rows, kh_error *err)
{
    if (!store->has_archives) {
        return KH_OK;
    }
    sqlite3_stmt *stmt = kh_sql(
        store,
        "SELECT m.story_id, s.name, m.articles, json_array_length(m.outlets), " DAYS ", " LISTED(
            "languages") ", m.title, m.title_language, json_array_length(m.languages), json_array_length(m.origins) "
                         "FROM story_summary m JOIN story s ON s.id = m.story_id WHERE s.articles = 0 AND (?1 IS NULL OR m.last >= ?1) "
                         "AND (?2 IS NULL OR EXISTS (SELECT 1 FROM json_each(m.languages) WHERE value = ?2)) "
                         "ORDER BY m.last IS NULL, m.last DESC, m.story_id LIMIT ?3",
        err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "ssi", filter->since, filter->lang, filter->limit ? (int64_t)filter->limit : (int64_t)-1);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, rows) = (kh_story_row){.id = sqlite3_column_int64(stmt, 0),
                                            .name = kh_sql_str(out, stmt, 1),
                                            .articles = (uint32_t)sqlite3_column_int64(stmt, 2),
                                            .outlets = (uint32_t)sqlite3_column_int64(stmt, 3),
                                            .first = kh_sql_str(out, stmt, 4),
                                            .last = kh_sql_str(out, stmt, 5),
                                            .languages = kh_sql_str(out, stmt, 6),
                                            .title = kh_sql_str(out, stmt, 7),
                                            .title_lang = kh_sql_str(out, stmt, 8),
                                            .language_count = (uint32_t)sqlite3_column_int64(stmt, 9),
                                            .sources = (uint32_t)sqlite3_column_int64(stmt, 10)};
    }
    return status;
}
