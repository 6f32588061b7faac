/* cards.c - what comparing told of each story, kept in the store so that lists know it and a restart does not forget it.
 *
 * A front page of thirty stories says "4 origins, figures disagree (2)" of each, which only comparing all their reports can tell: 25 ms
 * for forty reports. So it is compared once for each revision of a story, beside the requests, and the two counts are kept as a row. A card
 * holds while the story's revision and the basis are the same: the basis is a hash of the program, its knowledge and how often
 * a correction was made, taken back or deleted. One that does not hold is not shown; it is overwritten in its turn.
 *
 *     story 17 "انهيار سد في مسكاريا": revision 26, origins 4, disagreements 4, leading article 3
 *
 * Stories without a card are found on a walk down the index of the latest publication, some hundred at a time, so that no
 * question reads the whole table. A store of an older schema, only read, has no cards.
 */
#include "store/sql.h"

#include <stdio.h>

bool kh_store_card(kh_store *store, int64_t story, int64_t basis, kh_card *card)
{
    sqlite3_stmt *stmt = !store->has_cards ? NULL
                                           : kh_sql(store,
                                                    "SELECT c.revision, c.origins, c.disagreements, c.leading FROM story_card c "
                                                    "JOIN story s ON s.id = c.story_id WHERE c.story_id = ? AND c.basis = ? "
                                                    "AND c.revision = s.revision",
                                                    NULL);
    kh_status status = KH_OK;
    bool has = false;
    if (stmt) {
        kh_sql_bind(stmt, "ii", story, basis);
        while (kh_sql_row(store, stmt, &status, NULL)) {
            has = true;
            *card = (kh_card){.story = story,
                              .revision = sqlite3_column_int64(stmt, 0),
                              .basis = basis,
                              .origins = (uint32_t)sqlite3_column_int64(stmt, 1),
                              .disagreements = (uint32_t)sqlite3_column_int64(stmt, 2),
                              .leading = sqlite3_column_int64(stmt, 3)};
        }
    }
    return has;
}

kh_status kh_store_keep_cards(kh_store *store, const kh_cards *cards, int wait_ms, kh_error *err)
{
    sqlite3_busy_timeout(store->db, wait_ms);
    kh_status status = kh_store_begin(store, err);
    KH_EACH(const kh_card, c, *cards) {
        status = status ? status
                        : kh_sql_run(store, err,
                                     "INSERT OR REPLACE INTO story_card(story_id, revision, basis, origins, disagreements, leading) "
                                     "SELECT id, ?2, ?3, ?4, ?5, ?6 FROM story WHERE id = ?1",
                                     "iiiiii", c->story, c->revision, c->basis, (int64_t)c->origins, (int64_t)c->disagreements, c->leading);
    }
    status = status ? status : kh_store_commit(store, err);
    kh_store_rollback(store); /* of a failure; a committed one is over */
    return status;
}

kh_status kh_store_without_card(kh_store *store, kh_arena *out, int64_t basis, uint32_t window, kh_card_walk *walk, kh_cards *cards,
                                kh_error *err)
{
    static const char with_cards[] = "SELECT s.id, s.last, s.revision, c.revision IS s.revision AND c.basis = ?4 FROM story s "
                                     "LEFT JOIN story_card c ON c.story_id = s.id WHERE s.articles > 0 "
                                     "AND (?1 IS NULL OR (s.last, s.id) < (?1, ?2)) ORDER BY s.last DESC, s.id DESC LIMIT ?3";
    static const char without[] = "SELECT s.id, s.last, s.revision, 0 FROM story s WHERE s.articles > 0 "
                                  "AND (?1 IS NULL OR (s.last, s.id) < (?1, ?2)) ORDER BY s.last DESC, s.id DESC LIMIT ?3 + 0 * ?4";
    sqlite3_stmt *stmt = kh_sql(store, store->has_cards ? with_cards : without, err);
    kh_status status = KH_OK;
    uint32_t seen = 0;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, walk->begun ? "tiii" : "siii", walk->begun ? kh_str_z(walk->last) : (kh_str){0}, walk->id, (int64_t)window, basis);
    while (kh_sql_row(store, stmt, &status, err)) {
        const char *last = (const char *)sqlite3_column_text(stmt, 1);
        seen++;
        walk->begun = true;
        walk->id = sqlite3_column_int64(stmt, 0);
        snprintf(walk->last, sizeof walk->last, "%s", last ? last : "");
        if (!sqlite3_column_int(stmt, 3)) {
            *KH_ADD(out, cards) = (kh_card){.story = walk->id, .revision = sqlite3_column_int64(stmt, 2), .basis = basis};
        }
    }
    walk->ended = seen < window;
    return status;
}

int64_t kh_store_writes_seen(kh_store *store)
{
    return kh_sql_number(store, "PRAGMA data_version", "");
}
