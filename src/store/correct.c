/* correct.c - what a person said against the program, kept, listed, taken back.
 *
 * Decides what becomes of the rows. Speakers, names and copies are laid over an article when it is loaded
 * (model/correction.h): nothing of what was read is overwritten. Two things that lists and grouping ask SQL for are
 * kept true in the rows as well: article.published (the day that holds; what was read stays in the table date) and
 * article.story_id. Which articles a correction moved is kept, so that taking it back takes back just that: an article
 * that has gone elsewhere since stays there.
 */
#include "store/sql.h"

#include <string.h>

#define COLUMNS "SELECT id,kind,article,other,words,begin,value,was,by,at,why,undone FROM correction "

static kh_status list_of(kh_store *store, kh_arena *out, sqlite3_stmt *stmt, kh_corrections *list, kh_error *err)
{
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        kh_correction *c = KH_NEW(out, kh_correction);
        *c = (kh_correction){.id = sqlite3_column_int64(stmt, 0),
                             .article = kh_sql_str(out, stmt, 2),
                             .other = kh_sql_str(out, stmt, 3),
                             .words = kh_sql_str(out, stmt, 4),
                             .begin = (uint32_t)sqlite3_column_int64(stmt, 5),
                             .value = kh_sql_str(out, stmt, 6),
                             .was = kh_sql_str(out, stmt, 7),
                             .by = kh_sql_str(out, stmt, 8),
                             .at = kh_sql_str(out, stmt, 9),
                             .why = kh_sql_str(out, stmt, 10),
                             .undone = kh_sql_str(out, stmt, 11)};
        if (kh_correction_kind_of(kh_sql_str(out, stmt, 1), &c->kind)) {
            *KH_ADD(out, list) = c;
        }
    }
    return status;
}

kh_status kh_store_corrections(kh_store *store, kh_arena *out, bool undone, kh_corrections *list, kh_error *err)
{
    if (!store->has_corrections) {
        return KH_OK;
    }
    sqlite3_stmt *stmt = kh_sql(store, COLUMNS "WHERE ?1 OR undone IS NULL ORDER BY id", err);
    if (stmt) {
        kh_sql_bind(stmt, "i", (int64_t)undone);
    }
    return list_of(store, out, stmt, list, err);
}

kh_status kh_store_corrections_of(kh_store *store, kh_arena *out, kh_str key, kh_corrections *list, kh_error *err)
{
    if (!store->has_corrections) {
        return KH_OK;
    }
    sqlite3_stmt *stmt = kh_sql(store,
                                COLUMNS "WHERE undone IS NULL AND (article = ?1 OR (article IS NULL) OR "
                                        "(other = ?1 AND kind IN('join','split','no_copy'))) ORDER BY id",
                                err);
    if (stmt) {
        kh_sql_bind(stmt, "t", key);
    }
    return list_of(store, out, stmt, list, err);
}

kh_status kh_store_corrections_broken(kh_store *store, kh_arena *out, kh_corrections *list, kh_error *err)
{
    if (!store->has_corrections) {
        return KH_OK;
    }
    sqlite3_stmt *stmt = kh_sql(store,
                                COLUMNS "WHERE undone IS NULL AND kind IN('join','split') AND (kind = 'split') = "
                                        "((SELECT story_id FROM article a WHERE a.key = correction.article) = "
                                        "(SELECT story_id FROM article b WHERE b.key = correction.other)) ORDER BY id",
                                err);
    return list_of(store, out, stmt, list, err);
}

bool kh_store_parted(kh_store *store, int64_t story, int64_t other)
{
    return store->has_corrections &&
           kh_sql_number(store,
                         "SELECT 1 FROM correction c JOIN article a ON a.key = c.article JOIN article b ON b.key = c.other "
                         "WHERE c.undone IS NULL AND c.kind = 'split' AND ((a.story_id = ?1 AND b.story_id = ?2) OR "
                         "(a.story_id = ?2 AND b.story_id = ?1))",
                         "ii", story, other) != 0;
}

bool kh_store_placed_by_hand(kh_store *store, int64_t id)
{
    return store->has_corrections &&
           kh_sql_number(store,
                         "SELECT 1 FROM correction c JOIN article a ON a.key IN (c.article, c.other) WHERE a.id = ? "
                         "AND c.undone IS NULL AND c.kind IN('join','split') LIMIT 1",
                         "i", id) != 0;
}

kh_status kh_store_settle_date(kh_store *store, kh_str key, bool always, kh_error *err)
{
    return kh_sql_run(store, err,
                      "UPDATE article SET published = coalesce((SELECT value FROM correction c WHERE c.kind = 'date' AND c.article = ?1 "
                      "AND c.undone IS NULL ORDER BY c.id DESC LIMIT 1), (SELECT value FROM date d WHERE d.article_id = article.id "
                      "AND d.role = 'published' LIMIT 1)) WHERE key = ?1 AND (?2 OR EXISTS (SELECT 1 FROM correction c WHERE "
                      "c.kind = 'date' AND c.article = ?1 AND c.undone IS NULL))",
                      "ti", key, (int64_t)always);
}

/* What stands in the way of C: the same target before, and the opposite of it (join against split). */
static kh_status replace(kh_store *store, const kh_correction *c, kh_error *err)
{
    bool places = c->kind == KH_CORRECT_JOIN || c->kind == KH_CORRECT_SPLIT;
    bool names = c->kind == KH_CORRECT_SAME_NAME || c->kind == KH_CORRECT_OTHER_NAME;
    if (places || c->kind == KH_CORRECT_NO_COPY) {
        return kh_sql_run(store, err,
                          "UPDATE correction SET undone = ?1 WHERE undone IS NULL AND ((article = ?2 AND other = ?3) OR "
                          "(article = ?3 AND other = ?2)) AND (kind = 'no_copy') = ?4",
                          "ttti", c->at, c->article, c->other, (int64_t)!places);
    }
    if (names) {
        return kh_sql_run(store, err,
                          "UPDATE correction SET undone = ?1 WHERE undone IS NULL AND kind IN('same_name','other_name') AND "
                          "((words = ?2 AND value = ?3) OR (words = ?3 AND value = ?2))",
                          "ttt", c->at, c->words, c->value);
    }
    return kh_sql_run(store, err,
                      "UPDATE correction SET undone = ?1 WHERE undone IS NULL AND kind = ?2 AND article = ?3 AND "
                      "words IS ?4 AND begin IS ?5",
                      "tttsi", c->at, kh_correction_kind_name(c->kind), c->article, c->words, (int64_t)c->begin);
}

kh_status kh_store_correct(kh_store *store, kh_correction *c, kh_error *err)
{
    kh_status status = replace(store, c, err);
    if (!status) {
        status =
            kh_sql_run(store, err, "INSERT INTO correction(kind,article,other,words,begin,value,was,by,at,why) VALUES(?,?,?,?,?,?,?,?,?,?)",
                       "tsssisstts", kh_correction_kind_name(c->kind), c->article, c->other, c->words, (int64_t)c->begin, c->value, c->was,
                       c->by, c->at, c->why);
        c->id = sqlite3_last_insert_rowid(store->db);
    }
    return !status && c->kind == KH_CORRECT_DATE ? kh_store_settle_date(store, c->article, true, err) : status;
}

/* ---- articles from story to story ---- */

static kh_status log_move(kh_store *store, int64_t article, kh_str now, kh_str reason, kh_error *err)
{
    return kh_sql_run(store, err,
                      "INSERT INTO story_log(at,epoch,action,story,article_key,score,reason) SELECT ?2,(SELECT max(id) FROM epoch),"
                      "'correct',s.name,a.key,1,?3 FROM article a JOIN story s ON s.id = a.story_id WHERE a.id = ?1",
                      "itt", article, now, reason);
}

kh_status kh_store_move(kh_store *store, kh_arena scratch, int64_t id, int64_t article, int64_t *story, kh_str reason, kh_time now,
                        kh_error *err)
{
    int64_t from = kh_store_story_of(store, article);
    kh_str at = kh_time_text(&scratch, now);
    kh_status status = kh_sql_run(store, err,
                                  "INSERT INTO correction_move(correction_id,article,story) SELECT ?1,a.key,s.name FROM article a "
                                  "JOIN story s ON s.id = a.story_id WHERE a.id = ?2",
                                  "ii", id, article);
    if (!status && *story == 0) {
        kh_str key = kh_store_key(store, &scratch, article);
        status = kh_store_place(store, scratch, article, key, 0, 1, reason, now, err);
        *story = kh_store_story_of(store, article);
    } else if (!status) {
        status = kh_sql_run(store, err, "UPDATE article SET story_id = ?2, story_score = 1, story_reason = ?3 WHERE id = ?1", "iit",
                            article, *story, reason);
        status = status ? status : log_move(store, article, at, reason, err);
    }
    return status ? status : kh_store_redirect(store, from, *story, err);
}

/* Puts the articles that ID moved back, unless they have moved on since; their stories are stories again. */
static kh_status move_back(kh_store *store, int64_t id, kh_error *err)
{
    kh_status status =
        kh_sql_run(store, err,
                   "UPDATE article SET story_id = (SELECT s.id FROM correction_move m JOIN story s ON s.name = m.story WHERE "
                   "m.correction_id = ?1 AND m.article = article.key), story_reason = 'put back: a correction was taken back' WHERE key IN "
                   "(SELECT m.article FROM correction_move m WHERE m.correction_id = ?1 AND NOT EXISTS (SELECT 1 FROM correction_move n "
                   "WHERE n.article = m.article AND n.id > m.id AND n.correction_id <> ?1))",
                   "i", id);
    if (!status) {
        status = kh_sql_run(store, err,
                            "UPDATE story SET merged_into = NULL WHERE merged_into IS NOT NULL AND EXISTS (SELECT 1 FROM article a "
                            "WHERE a.story_id = story.id)",
                            "");
    }
    return status;
}

/* Stories that were opened by the correction ID and are now empty lead to where their articles went. */
static kh_status close_emptied(kh_store *store, int64_t id, kh_error *err)
{
    return kh_sql_run(store, err,
                      "UPDATE story SET merged_into = (SELECT a.story_id FROM correction_move m JOIN article a ON a.key = m.article "
                      "WHERE m.correction_id = ?1 LIMIT 1) WHERE merged_into IS NULL AND founder IN (SELECT article FROM "
                      "correction_move WHERE correction_id = ?1) AND NOT EXISTS (SELECT 1 FROM article a WHERE a.story_id = story.id)",
                      "i", id);
}

kh_status kh_store_correction_undo(kh_store *store, kh_arena scratch, int64_t id, kh_time now, kh_error *err)
{
    kh_corrections all = {0};
    kh_status status = kh_store_corrections(store, &scratch, true, &all, err);
    const kh_correction *c = NULL;
    for (size_t i = 0; i < all.count; i++) {
        c = all.items[i]->id == id ? all.items[i] : c;
    }
    if (status) {
        return status;
    }
    if (!c) {
        return kh_fail(err, KH_ERR_USAGE, "no_such_correction", "there is no correction %lld; khabar correct --list shows them",
                       (long long)id);
    }
    if (c->undone.len) {
        return kh_fail(err, KH_ERR_USAGE, "undone_before", "correction %lld was taken back before, %.*s", (long long)id, KH_ARG(c->undone));
    }
    status = kh_sql_run(store, err, "UPDATE correction SET undone = ?2 WHERE id = ?1", "it", id, kh_time_text(&scratch, now));
    status = status ? status : move_back(store, id, err);
    status = status ? status : close_emptied(store, id, err);
    return !status && c->kind == KH_CORRECT_DATE ? kh_store_settle_date(store, c->article, true, err) : status;
}

#define HANGS_ON_KEY "article = ?1 OR (other = ?1 AND kind IN('join','split','no_copy'))"

/* Each one counts twice when it is gone, so that this moves kh_store_correction_count too: one deleted and another made is no rest. */
kh_status kh_store_delete_corrections(kh_store *store, kh_str key, kh_error *err)
{
    static const char *const steps[] = {
        ("INSERT INTO meta(name, value) SELECT 'corrections_gone', 2 * count(*) FROM correction WHERE (" HANGS_ON_KEY
         ") HAVING count(*) > 0 "
         "ON CONFLICT(name) DO UPDATE SET value = value + excluded.value"),
        "DELETE FROM correction_move WHERE article = ?1", ("DELETE FROM correction WHERE " HANGS_ON_KEY)};
    kh_status status = KH_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !status; i++) {
        status = kh_sql_run(store, err, steps[i], "t", key);
    }
    return status;
}

int64_t kh_store_correction_count(kh_store *store)
{
    return !store->has_corrections ? 0
                                   : kh_sql_number(store,
                                                   "SELECT count(*) + count(undone) + coalesce((SELECT CAST(value AS INT) FROM meta "
                                                   "WHERE name = 'corrections_gone'), 0) FROM correction",
                                                   "");
}
