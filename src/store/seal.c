/* seal.c - stories that have ended, moved out of the live store into a file of their own that never changes again.
 *
 * Decides which: all that ended before a day, whole, with their log and the names that lead to them. So everything that is asked of one
 * story is answered from one file.
 *
 *     khabar archive --before 2026-02-01 --to 2026-01.db     after it an article stands in the store or in 2026-01.db, never in neither
 *
 * Method, in this order. The stories are copied into PATH.part from one snapshot of the store, and compared row by row with it, while
 * others may write. Then the store's lock is taken: a story that got an article meanwhile is taken out of the copy; the copy is synced
 * and gets its name; in the same transaction of the store it is registered, and the stories go. Killed before the commit, all is still in
 * the store, and the file under the name carries a seal that the store does not know: the next run makes it again. Counts of words are
 * frozen in the file as the whole store had them, so that scores in it mean the same.
 *
 * Gets wrong: it needs the room of the copy and of the store written anew at its end; a story of which an article names only its year
 * is taken to have ended on its first day.
 */
#include "store/archive.h"

#include "store/durable.h"
#include "store/postings.h"
#include "store/texts.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct ended {
    int64_t story, revision;
} ended;

typedef struct sealing {
    kh_store *live;
    kh_store *part;
    kh_making made;
    kh_arena *out;
    kh_arena scratch;
    kh_str before;
    const char *path;
    kh_time now;
    KH_LIST(ended) chosen;
    kh_error *err;
} sealing;

static kh_status run(kh_store *store, const char *sql, kh_error *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? KH_OK : kh_sql_fail(store, err);
}

static int64_t number_of(kh_store *store, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t value = -1;
    if (sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW) {
        value = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
    return value;
}

/* ---- may the file be made? ---- */

/* A file that a broken run of this store left under the name: sealed by it, and not registered. */
static bool is_left_over(sealing *s)
{
    kh_error why = {0};
    kh_store *file = kh_store_open(s->path, KH_STORE_SEALED, &why);
    sqlite3_stmt *stmt =
        file ? kh_sql(file, "SELECT a.value, b.value FROM meta a, meta b WHERE a.name = 'seal' AND b.name = 'sealed_from'", NULL) : NULL;
    kh_str seal = {0}, from = {0};
    kh_status status = KH_OK;
    while (stmt && kh_sql_row(file, stmt, &status, NULL)) {
        seal = kh_sql_str(s->out, stmt, 0);
        from = kh_sql_str(s->out, stmt, 1);
    }
    kh_store_close(file);
    return seal.len &&
           kh_sql_number(s->live,
                         "SELECT 1 FROM meta WHERE name = 'store' AND value = ?1 AND NOT EXISTS (SELECT 1 FROM archive WHERE seal = ?2)",
                         "tt", from, seal) != 0;
}

static kh_status check_name(sealing *s)
{
    return access(s->path, F_OK) == 0 && !is_left_over(s)
               ? kh_fail(s->err, KH_ERR_CREATE, "exists", "%s: is there already; name another file", s->path)
               : KH_OK;
}

static kh_status check_target(sealing *s)
{
    if (number_of(s->live, "SELECT count(*) FROM archive") >= KH_ARCHIVES_MAX) {
        return kh_fail(s->err, KH_ERR_LIMIT, "too_many_archives", "the store has %d archives, which is the limit; seal longer periods",
                       KH_ARCHIVES_MAX);
    }
    kh_status status = check_name(s);
    return status ? status : run(s->live, "INSERT OR IGNORE INTO meta(name, value) VALUES('store', lower(hex(randomblob(8))))", s->err);
}

/* ---- the copy ---- */

static const struct {
    const char *table, *which;
} copied[] = {{"term", "1"},
              {"story", "id IN (SELECT id FROM temp.chosen) OR merged_into IN (SELECT id FROM temp.chosen)"},
              {"story_facet", "story_id IN (SELECT id FROM temp.chosen)"},
              {"story_log", "story IN (SELECT name FROM main.story)"},
              {"article", "story_id IN (SELECT id FROM temp.chosen)"},
              {"digest", NULL},
              {"clue", NULL},
              {"tag", NULL},
              {"link", NULL},
              {"credit", NULL},
              {"article_agency", NULL},
              {"name", NULL},
              {"hop", NULL},
              {"raw", NULL},
              {"revision", NULL}};

/* The columns of TABLE, quoted: both files may have them in different orders. */
static kh_str columns_of(sealing *s, const char *table)
{
    sqlite3_stmt *stmt = kh_sql(s->part, "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info(?)", s->err);
    kh_status status = KH_OK;
    kh_str columns = {0};
    if (stmt) {
        kh_sql_bind(stmt, "t", kh_str_z(table));
    }
    while (stmt && kh_sql_row(s->part, stmt, &status, s->err)) {
        columns = kh_sql_str(&s->scratch, stmt, 0);
    }
    return columns;
}

static kh_status copy_table(sealing *s, size_t i)
{
    kh_arena kept = s->scratch;
    const char *which = copied[i].which ? copied[i].which : "article_id IN (SELECT id FROM main.article)";
    kh_str columns = columns_of(s, copied[i].table);
    kh_str rows = kh_arena_printf(&s->scratch, "SELECT " KH_FMT " FROM live.%s WHERE %s", KH_ARG(columns), copied[i].table, which);
    kh_str copy = kh_arena_printf(&s->scratch, "INSERT INTO main.%s(" KH_FMT ") " KH_FMT, copied[i].table, KH_ARG(columns), KH_ARG(rows));
    kh_str lost = kh_arena_printf(&s->scratch, "SELECT count(*) FROM (" KH_FMT " EXCEPT SELECT " KH_FMT " FROM main.%s)", KH_ARG(rows),
                                  KH_ARG(columns), copied[i].table);
    kh_status status = run(s->part, copy.ptr, s->err);
    if (!status && number_of(s->part, lost.ptr) != 0) {
        status = kh_fail(s->err, KH_ERR_IO, "not_the_same", "%s: what was copied is not what was read (%s); the store was not changed",
                         s->path, copied[i].table);
    }
    s->scratch = kept;
    return status;
}

/* The postings of the file, its index of words, and the counts of its own hashes; frozen are those of the whole store. */
static kh_status make_index(sealing *s)
{
    kh_status status =
        run(s->part,
            "INSERT INTO main.epoch(id, documents, began) SELECT 1, count(*), (SELECT max(added) FROM main.article) FROM live.article",
            s->err);
    status = status ? status : kh_index_rebuild(s->part, s->err);
    return status
               ? status
               : run(s->part,
                     "UPDATE main.frequency SET frozen = coalesce((SELECT documents FROM live.frequency f WHERE f.hash = frequency.hash), 0)",
                     s->err);
}

static kh_status attach(sealing *s)
{
    sqlite3_stmt *stmt = kh_sql(s->part, "ATTACH ? AS live", s->err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "t", kh_str_z(s->live->path));
        kh_sql_row(s->part, stmt, &status, s->err);
    }
    return status ? status
                  : run(s->part,
                        "PRAGMA main.journal_mode=OFF; PRAGMA main.synchronous=OFF; PRAGMA temp_store=FILE; PRAGMA foreign_keys=OFF;"
                        "CREATE TEMP TABLE chosen(id INTEGER PRIMARY KEY)",
                        s->err);
}

static kh_status note_chosen(sealing *s)
{
    sqlite3_stmt *stmt =
        kh_sql(s->part, "SELECT c.id, t.revision FROM temp.chosen c JOIN main.story t ON t.id = c.id ORDER BY c.id", s->err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    while (stmt && kh_sql_row(s->part, stmt, &status, s->err)) {
        *KH_ADD(s->out, &s->chosen) = (ended){sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1)};
    }
    return status;
}

/* All from one snapshot of the live store. */
static kh_status copy_all(sealing *s)
{
    kh_status status = attach(s);
    status = status ? status : run(s->part, "BEGIN", s->err);
    status =
        status ? status
               : kh_sql_run(s->part, s->err, "INSERT INTO temp.chosen(id) SELECT id FROM live.story WHERE " KH_STORY_ENDED, "t", s->before);
    for (size_t i = 0; i < sizeof copied / sizeof *copied && !status; i++) {
        status = copy_table(s, i);
    }
    status = status ? status : make_index(s);
    status = status ? status : kh_texts_pack_all(s->part, s->scratch, s->err);
    status = status ? status : note_chosen(s);
    return status ? status : run(s->part, "COMMIT", s->err);
}

/* ---- under the lock of the live store ---- */

/* Takes those stories out of the copy that changed since; the rest into the live connection's table `gone`. */
static kh_status settle(sealing *s)
{
    kh_status status = run(s->live, "CREATE TEMP TABLE IF NOT EXISTS gone(id INTEGER PRIMARY KEY); DELETE FROM temp.gone", s->err);
    for (size_t i = 0; i < s->chosen.count && !status; i++) {
        const ended *e = &s->chosen.items[i];
        status =
            kh_sql_run(s->live, s->err, "INSERT INTO temp.gone(id) SELECT id FROM story WHERE id = ? AND revision = ? AND articles > 0",
                       "ii", e->story, e->revision);
        kh_ids members = {0};
        kh_arena kept = s->scratch;
        if (!status && sqlite3_changes(s->live->db) == 0) {
            status = kh_store_members(s->part, &s->scratch, e->story, &members, s->err);
        }
        for (size_t k = 0; k < members.count && !status; k++) {
            status = kh_store_delete(s->part, kh_arena_split(&s->scratch), members.items[k], s->err);
        }
        s->scratch = kept;
    }
    return status;
}

/* What a person said of these articles, and of all names. */
static const char copy_corrections[] =
    "INSERT INTO main.correction SELECT * FROM live.correction WHERE article IS NULL OR article IN (SELECT key FROM main.article) "
    "OR (kind IN('join','split','no_copy') AND other IN (SELECT key FROM main.article));"
    "INSERT INTO main.correction_move SELECT * FROM live.correction_move WHERE correction_id IN (SELECT id FROM main.correction)";

static kh_status close_part(sealing *s)
{
    kh_status status = run(s->part, copy_corrections, s->err);
    status = status ? status : kh_index_settle(s->part, s->err);
    status = status ? status
                    : kh_sql_run(s->part, s->err,
                                 "INSERT INTO main.meta(name, value) SELECT 'seal', lower(hex(randomblob(16))) UNION ALL "
                                 "SELECT 'sealed_before', ?1 UNION ALL SELECT 'sealed_at', ?2 UNION ALL "
                                 "SELECT 'sealed_from', value FROM live.meta WHERE name = 'store'",
                                 "tt", s->before, kh_time_text(&s->scratch, s->now));
    status = status ? status : run(s->part, "INSERT INTO search(search) VALUES('optimize')", s->err);
    status = status ? status : run(s->part, "INSERT INTO search(search, rank) VALUES('integrity-check', 1)", s->err);
    return status ? status : run(s->part, "PRAGMA main.journal_mode=DELETE", s->err);
}

/* The absolute path of what was just made there. */
static kh_str whole_path(sealing *s)
{
    char *room = realpath(s->path, KH_NEW_N(&s->scratch, char, KH_PATH_BYTES_MAX));
    return room ? kh_str_z(room) : kh_str_z(s->path);
}

/* Registers the file and takes its stories out of the live store. */
static kh_status hand_over(sealing *s, kh_str seal, kh_sealing *done)
{
    static const char *const steps[] = {
        "INSERT INTO sealed_story(name, archive_id) SELECT name, ?1 FROM story WHERE id IN (SELECT id FROM temp.gone) "
        "OR merged_into IN (SELECT id FROM temp.gone)",
        "INSERT OR REPLACE INTO sealed_article(key, sha256, archive_id) SELECT key, sha256, ?1 FROM article "
        "WHERE story_id IN (SELECT id FROM temp.gone)",
        "DELETE FROM story_log WHERE ?1 AND story IN (SELECT name FROM sealed_story WHERE archive_id = ?1)",
        "DELETE FROM article WHERE ?1 AND story_id IN (SELECT id FROM temp.gone)",
        "DELETE FROM story WHERE ?1 AND (id IN (SELECT id FROM temp.gone) OR merged_into IN (SELECT id FROM temp.gone))"};
    kh_status status =
        kh_sql_run(s->live, s->err, "INSERT INTO archive(path, seal, before, stories, articles, sealed) VALUES(?,?,?,?,?,?)", "tttiit",
                   whole_path(s), seal, s->before, (int64_t)done->stories, (int64_t)done->articles, kh_time_text(&s->scratch, s->now));
    int64_t archive = sqlite3_last_insert_rowid(s->live->db);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !status; i++) {
        status = kh_sql_run(s->live, s->err, steps[i], "i", archive);
    }
    return status;
}

static kh_status read_seal(sealing *s, kh_str *seal)
{
    sqlite3_stmt *stmt = kh_sql(s->part, "SELECT value FROM main.meta WHERE name = 'seal'", s->err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    while (stmt && kh_sql_row(s->part, stmt, &status, s->err)) {
        *seal = kh_sql_str(s->out, stmt, 0);
    }
    return status;
}

static kh_status finish(sealing *s, kh_sealing *done)
{
    kh_str seal = {0};
    kh_status status = settle(s);
    status = status ? status : close_part(s);
    status = status ? status : read_seal(s, &seal);
    done->stories = (uint64_t)number_of(s->part, "SELECT count(*) FROM main.story WHERE articles > 0");
    done->articles = (uint64_t)number_of(s->part, "SELECT count(*) FROM main.article");
    kh_store_close(s->part);
    s->part = NULL;
    if (status || done->stories == 0) {
        return status;
    }
    status = check_name(s); /* again: meanwhile another run may have put its own there */
    status = status ? status : kh_durable_finish(&s->made, s->path, 0400, s->err);
    return status ? status : hand_over(s, seal, done);
}

static kh_status seal(sealing *s, kh_sealing *done)
{
    s->part = kh_store_open(s->made.path, KH_STORE_WRITE, s->err);
    kh_status status = s->part ? copy_all(s) : s->err->code;
    if (status || s->chosen.count == 0) {
        return status;
    }
    status = kh_store_begin(s->live, s->err);
    status = status ? status : finish(s, done);
    if (status) {
        kh_store_rollback(s->live);
        return status;
    }
    return kh_store_commit(s->live, s->err);
}

kh_status kh_store_seal(kh_store *store, kh_arena scratch, kh_str before, const char *path, kh_time now, kh_sealing *done, kh_error *err)
{
    kh_arena out = kh_arena_split(&scratch);
    sealing s = {.live = store, .out = &out, .scratch = scratch, .before = before, .path = path, .now = now, .err = err};
    kh_sealing wanted = {0};
    *done = (kh_sealing){0};
    kh_status status = kh_store_ended_count(store, before, &wanted, err);
    if (status || wanted.stories == 0) {
        return status; /* a run that was broken off behind its end, run again: all is done */
    }
    status = check_target(&s);
    status = status ? status : kh_durable_begin(store, path, &s.made, err);
    if (status) {
        return status;
    }
    status = seal(&s, done);
    kh_store_close(s.part);
    if (status || done->stories == 0) {
        kh_durable_abandon(&s.made);
    }
    return status || done->stories == 0 ? status : kh_store_sweep(store, err);
}
