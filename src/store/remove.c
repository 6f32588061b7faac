/* remove.c - an article taken out of the store with all its traces.
 *
 * Decides what a trace is: the rows of the article and of its revisions; its words in the index and their counts, where no
 * other article has them; its key in the log of stories, as the founder of one, and in corrections, which were about it; a
 * story that it leaves empty, with the names that led there. What stays is what says nothing of it: the story that others
 * still stand in keeps its name, and names that a person joined stay joined.
 *
 *     khabar delete https://example.org/a1   the page is asked to be forgotten: neither its address nor its words are
 *                                            in the bytes of the file afterwards
 *
 * Method: the index is written anew without what was only marked as deleted in it, then the whole file (VACUUM), since
 * SQLite leaves what it freed, now and in revisions before, where it was; the log beside the file is emptied.
 *
 * Gets wrong: a feed that is watched and still names the page brings it back; copies of the file made before, and what
 * the disk itself keeps of overwritten blocks, are not reached.
 */
#include "store/sql.h"

/* Of an empty story and those that were merged into it. */
#define LED "WITH RECURSIVE led(id) AS (SELECT ?1 UNION SELECT s.id FROM story s JOIN led ON s.merged_into = led.id) "

static kh_status remove_story_if_empty(kh_store *store, int64_t story, kh_error *err)
{
    static const char *const steps[] = {LED
                                        "DELETE FROM story_log WHERE story IN (SELECT name FROM story WHERE id IN (SELECT id FROM led)) "
                                        "AND NOT EXISTS (SELECT 1 FROM article WHERE story_id IN (SELECT id FROM led))",
                                        LED "DELETE FROM story WHERE id IN (SELECT id FROM led) "
                                            "AND NOT EXISTS (SELECT 1 FROM article WHERE story_id IN (SELECT id FROM led))"};
    kh_status status = KH_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !status; i++) {
        status = kh_sql_run(store, err, steps[i], "i", story);
    }
    return status;
}

static kh_status remove_key(kh_store *store, kh_str key, kh_error *err)
{
    static const char *const steps[] = {
        "UPDATE story_log SET article_key = NULL WHERE article_key = ?1",
        "UPDATE story SET founder = coalesce((SELECT key FROM article WHERE story_id = story.id ORDER BY id LIMIT 1), '') WHERE founder = ?1",
        "DELETE FROM visit WHERE article = ?1"};
    kh_status status = kh_store_delete_corrections(store, key, err);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !status; i++) {
        status = kh_sql_run(store, err, steps[i], "t", key);
    }
    return status;
}

kh_status kh_store_delete(kh_store *store, kh_arena scratch, int64_t id, kh_error *err)
{
    kh_str key = kh_store_key(store, &scratch, id);
    int64_t story = kh_store_story_of(store, id);
    kh_status status = kh_sql_run(store, err, "DELETE FROM article WHERE id = ?", "i", id); /* triggers do the rest */
    status = status ? status : remove_key(store, key, err);
    return status || !story ? status : remove_story_if_empty(store, story, err);
}

kh_status kh_store_sweep(kh_store *store, kh_error *err)
{
    static const char *const steps[] = {"DELETE FROM frequency WHERE documents <= 0", "INSERT INTO search(search) VALUES('optimize')",
                                        "PRAGMA temp_store=FILE", "VACUUM", "PRAGMA temp_store=MEMORY"};
    kh_status status = KH_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !status; i++) {
        status = sqlite3_exec(store->db, steps[i], NULL, NULL, NULL) == SQLITE_OK ? KH_OK : kh_sql_fail(store, err);
    }
    if (!status && sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK) {
        status = kh_sql_fail(store, err);
    }
    return status;
}
