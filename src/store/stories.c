/* stories.c - which articles stand together: candidates for placement, assignments, lists, the log.
 *
 * The grouping itself is decided in story/; here its raw counts and results are kept. Candidates come from
 * the postings of a few telling hashes, so that placing one page among 100,000 looks at some thousand rows.
 */
#include "store/archive.h"
#include "store/pack.h"
#include "store/postings.h"
#include "store/sql.h"
#include "store/warm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int64_t kh_store_find(kh_store *store, kh_str ref)
{
    static const char *const ways[] = {"SELECT id FROM article WHERE key = ?", "SELECT id FROM article WHERE url = ?",
                                       "SELECT id FROM article WHERE label = ? ORDER BY id DESC",
                                       "SELECT id FROM article WHERE source = ? ORDER BY id DESC"};
    int64_t id = 0;
    for (size_t i = 0; i < sizeof ways / sizeof *ways && !id; i++) {
        id = kh_sql_number(store, ways[i], "t", ref);
    }
    uint64_t number = 0;
    if (!id && kh_str_u64(ref, &number)) {
        id = kh_sql_number(store, "SELECT id FROM article WHERE id = CAST(? AS INTEGER)", "t", ref);
    }
    return id;
}

int64_t kh_store_find_story(kh_store *store, kh_str ref)
{
    int64_t story = kh_store_story_named(store, ref);
    if (!story && ref.len >= 3) {
        story = kh_sql_number(store,
                              "SELECT CASE WHEN count(*) = 1 THEN max(coalesce(merged_into, id)) ELSE 0 END "
                              "FROM story WHERE substr(name, 1, length(?1)) = ?1",
                              "t", ref);
    }
    int64_t article = story ? 0 : kh_store_find(store, ref);
    return article ? kh_store_story_of(store, article) : story;
}

/* Reads the story and the day of ARTICLE. */
static void read_place(kh_store *store, int64_t article, kh_candidate *c)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT story_id, published FROM article WHERE id = ?", NULL);
    kh_status status = KH_OK;
    *c = (kh_candidate){.article = article, .day = KH_NO_DAY};
    if (stmt) {
        kh_sql_bind(stmt, "i", article);
    }
    while (stmt && kh_sql_row(store, stmt, &status, NULL)) {
        kh_when when = {0};
        kh_str published = {(const char *)sqlite3_column_text(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1)};
        c->story = sqlite3_column_int64(stmt, 0);
        if (published.len && kh_when_parse(published, &when) && when.from.precision >= KH_TO_DAY) {
            c->day = kh_day_number(when.from);
        }
    }
}

/* The same, remembered. */
static kh_candidate place_of(kh_store *store, int64_t article)
{
    kh_candidate c;
    kh_warm *warm = kh_warm_of(store);
    kh_whereabouts *known = warm ? kh_warm_place(warm, article) : NULL;
    if (known && known->story) {
        return (kh_candidate){.article = article, .story = known->story, .day = known->day ? (int64_t)known->day - KH_DAY_ZERO : KH_NO_DAY};
    }
    read_place(store, article, &c);
    if (known && c.story <= UINT32_MAX) {
        *known = (kh_whereabouts){(uint32_t)c.story, c.day == KH_NO_DAY ? 0 : (uint32_t)(c.day + KH_DAY_ZERO)};
    }
    return c;
}

int64_t kh_store_story_of(kh_store *store, int64_t article)
{
    return place_of(store, article).story;
}

/* The one text that SQL gives for ID. */
static kh_str text_of(kh_store *store, kh_arena *out, const char *sql, int64_t id)
{
    sqlite3_stmt *stmt = kh_sql(store, sql, NULL);
    kh_status status = KH_OK;
    kh_str text = {0};
    if (stmt) {
        kh_sql_bind(stmt, "i", id);
        while (kh_sql_row(store, stmt, &status, NULL)) {
            text = kh_sql_str(out, stmt, 0);
        }
    }
    return text;
}

kh_str kh_store_story_name(kh_store *store, kh_arena *out, int64_t story)
{
    return text_of(store, out, "SELECT name FROM story WHERE id = ?", story);
}

kh_str kh_store_label(kh_store *store, kh_arena *out, int64_t id)
{
    return text_of(store, out, "SELECT label FROM article WHERE id = ?", id);
}

kh_str kh_store_key(kh_store *store, kh_arena *out, int64_t id)
{
    return text_of(store, out, "SELECT key FROM article WHERE id = ?", id);
}

kh_str kh_store_sum(kh_store *store, kh_arena *out, int64_t id)
{
    return text_of(store, out, "SELECT sha256 FROM article WHERE id = ?", id);
}

/* The last day of the store; asked for once in a statement. */
#define DAY_BEGINS "(SELECT min(max(julianday(published)), max(julianday(added))) - 1 FROM article)"

kh_status kh_store_stories(kh_store *store, kh_arena *out, const kh_story_filter *filter, kh_story_rows *rows, kh_error *err)
{
    static const char sql[] =
        "SELECT s.id, s.name, count(*), count(DISTINCT coalesce(a.outlet, '')), min(a.published), max(a.published),"
        " group_concat(DISTINCT a.language),"
        " (SELECT group_concat(DISTINCT g.agency) FROM article_agency g JOIN article b ON b.id = g.article_id WHERE b.story_id = s.id),"
        " (SELECT t.title FROM article t WHERE t.story_id = s.id AND t.title IS NOT NULL"
        "  ORDER BY t.published IS NULL, t.published, t.id LIMIT 1),"
        " (SELECT t.language FROM article t WHERE t.story_id = s.id AND t.title IS NOT NULL"
        "  ORDER BY t.published IS NULL, t.published, t.id LIMIT 1),"
        " (SELECT count(DISTINCT g.agency) FROM article_agency g JOIN article b ON b.id = g.article_id WHERE b.story_id = s.id)"
        "  + count(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM article_agency g WHERE g.article_id = a.id) THEN NULL ELSE coalesce(a.outlet, '') END),"
        " count(DISTINCT a.language), total(julianday(a.published) > " DAY_BEGINS "), total(julianday(a.published) <= " DAY_BEGINS "),"
        " coalesce(min(julianday(max(a.published)), " DAY_BEGINS ") - julianday(min(a.published)), 0)"
        " FROM story s JOIN article a ON a.story_id = s.id GROUP BY s.id"
        " HAVING (?1 IS NULL OR max(a.published) >= ?1)"
        " AND (?2 IS NULL OR sum(a.language = ?2) > 0)"
        " ORDER BY max(a.published) IS NULL, max(a.published) DESC, s.id LIMIT ?3";
    sqlite3_stmt *stmt = kh_sql(store, sql, err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "ssi", filter->since, filter->lang, filter->limit ? (int64_t)filter->limit : (int64_t)-1);
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, rows) = (kh_story_row){.id = sqlite3_column_int64(stmt, 0),
                                            .name = kh_sql_str(out, stmt, 1),
                                            .articles = (uint32_t)sqlite3_column_int64(stmt, 2),
                                            .outlets = (uint32_t)sqlite3_column_int64(stmt, 3),
                                            .first = kh_sql_str(out, stmt, 4),
                                            .last = kh_sql_str(out, stmt, 5),
                                            .languages = kh_sql_str(out, stmt, 6),
                                            .agencies = kh_sql_str(out, stmt, 7),
                                            .title = kh_sql_str(out, stmt, 8),
                                            .title_lang = kh_sql_str(out, stmt, 9),
                                            .sources = (uint32_t)sqlite3_column_int64(stmt, 10),
                                            .language_count = (uint32_t)sqlite3_column_int64(stmt, 11),
                                            .last_day = sqlite3_column_double(stmt, 12),
                                            .before = sqlite3_column_double(stmt, 13),
                                            .before_days = sqlite3_column_double(stmt, 14)};
    }
    return status;
}

/* The last day ends with the newest report or the newest row, if that is earlier; both are found without reading through a table. */
static double last_day_begins(kh_store *store)
{
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT min(julianday((SELECT last FROM story WHERE articles > 0 ORDER BY last DESC LIMIT 1)),"
                                " julianday((SELECT added FROM article ORDER BY id DESC LIMIT 1))) - 1",
                                NULL);
    kh_status status = KH_OK;
    double day = 0;
    while (stmt && kh_sql_row(store, stmt, &status, NULL)) {
        day = sqlite3_column_double(stmt, 0);
    }
    return day;
}

kh_status kh_store_weights(kh_store *store, kh_arena *out, kh_arena scratch, const kh_ids *stories, kh_story_weights *weights,
                           kh_error *err)
{
    static const char sql[] =
        "SELECT d.value, (SELECT count(*) FROM story_facet WHERE story_id = d.value AND kind = 'agency')"
        "  + (SELECT count(DISTINCT coalesce(outlet, '')) FROM article WHERE story_id = d.value"
        "     AND NOT EXISTS (SELECT 1 FROM article_agency g WHERE g.article_id = article.id)),"
        " (SELECT count(*) FROM story_facet WHERE story_id = d.value AND kind = 'language'),"
        " total(julianday(a.published) > ?2), total(julianday(a.published) <= ?2),"
        " coalesce(min(julianday(max(a.published)), ?2) - julianday(min(a.published)), 0)"
        " FROM json_each(?1) d JOIN article a INDEXED BY article_story_published ON a.story_id = d.value GROUP BY d.value";
    sqlite3_stmt *stmt = kh_sql(store, sql, err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "td", kh_ids_as_json(&scratch, stories), last_day_begins(store));
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, weights) = (kh_story_weight){.story = sqlite3_column_int64(stmt, 0),
                                                  .sources = (uint32_t)sqlite3_column_int64(stmt, 1),
                                                  .languages = (uint32_t)sqlite3_column_int64(stmt, 2),
                                                  .last_day = sqlite3_column_double(stmt, 3),
                                                  .before = sqlite3_column_double(stmt, 4),
                                                  .before_days = sqlite3_column_double(stmt, 5)};
    }
    return status;
}

/* The ids that STMT gives. */
static kh_status ids_of(kh_store *store, kh_arena *out, sqlite3_stmt *stmt, kh_ids *ids, kh_error *err)
{
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, ids) = sqlite3_column_int64(stmt, 0);
    }
    return status;
}

kh_status kh_store_members(kh_store *store, kh_arena *out, int64_t story, kh_ids *articles, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id FROM article WHERE story_id = ? ORDER BY id", err);
    if (stmt) {
        kh_sql_bind(stmt, "i", story);
    }
    return ids_of(store, out, stmt, articles, err);
}

static kh_status newest_in_file(kh_store *store, kh_arena *out, int64_t story, uint32_t limit, kh_ids *articles, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id FROM article WHERE story_id = ? ORDER BY id DESC LIMIT ?", err);
    if (stmt) {
        kh_sql_bind(stmt, "ii", story, (int64_t)limit);
    }
    return ids_of(store, out, stmt, articles, err);
}

/* Reads the newest LIMIT articles of STORY, for which N is. */
static kh_status read_newest(kh_store *store, kh_arena scratch, int64_t story, uint32_t limit, kh_newest *n, kh_error *err)
{
    kh_ids found = {0};
    kh_status status = newest_in_file(store, &scratch, story, limit, &found, err);
    for (size_t i = 0; i < found.count; i++) {
        n->articles[i] = found.items[i];
    }
    n->count = (uint32_t)found.count;
    n->asked = limit;
    n->turn = status ? 0 : store->warm->turn;
    return status;
}

kh_status kh_store_newest(kh_store *store, kh_arena *out, int64_t story, uint32_t limit, kh_ids *articles, kh_error *err)
{
    if (!kh_warm_of(store) || limit > KH_NEWEST_MAX || story <= 0) {
        return newest_in_file(store, out, story, limit, articles, err);
    }
    kh_newest *n = kh_warm_newest(store->warm, story);
    bool known = n->turn == store->warm->turn && (limit <= n->asked || n->count < n->asked);
    kh_status status = known ? KH_OK : read_newest(store, *out, story, limit, n, err);
    for (uint32_t i = 0; i < n->count && i < limit && !status; i++) {
        *KH_ADD(out, articles) = n->articles[i];
    }
    return status;
}

kh_status kh_store_ids(kh_store *store, kh_arena *out, int64_t from, kh_ids *articles, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id FROM article WHERE id >= ? ORDER BY id", err);
    if (stmt) {
        kh_sql_bind(stmt, "i", from);
    }
    return ids_of(store, out, stmt, articles, err);
}

kh_status kh_store_assignments(kh_store *store, kh_arena *out, kh_assignments *rows, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT a.id, a.label, s.name FROM article a JOIN story s ON s.id = a.story_id ORDER BY a.id", err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, rows) =
            (kh_assignment){.article = sqlite3_column_int64(stmt, 0), .label = kh_sql_str(out, stmt, 1), .story = kh_sql_str(out, stmt, 2)};
    }
    return status;
}

/* ---- candidates and counts ---- */

/* Where a page has met so many rows, as the thousandth copy of an article does, the newest of each further hash are enough. */
enum { ROWS_ENOUGH = 4096, ROWS_LATER = 16, FOUND_MANY = 6000 };

kh_status kh_store_candidates(kh_store *store, kh_arena *out, kh_arena scratch, const uint64_t *hashes, const float *weights, size_t count,
                              uint32_t per_hash, uint32_t limit, kh_candidates *candidates, kh_error *err)
{
    kh_arena temporary = kh_arena_split(&scratch);
    kh_map seen = {0};
    kh_candidates all = {0};
    kh_status status = KH_OK;
    size_t rows = 0;
    kh_map_reserve(&scratch, &seen, FOUND_MANY);
    for (size_t i = 0; i < count && !status; i++) {
        kh_arena one = temporary;
        kh_ids found = {0};
        uint32_t most = rows > ROWS_ENOUGH && per_hash > ROWS_LATER ? ROWS_LATER : per_hash;
        kh_arena rest = kh_arena_split(&one);
        status = kh_postings_newest(store, &one, rest, hashes[i], most, &found, err);
        kh_candidates_add(&scratch, &seen, &found, weights[i], &all);
        rows += found.count;
    }
    kh_candidates_best(&all, limit);
    for (size_t i = 0; i < all.count; i++) {
        kh_candidate c = place_of(store, all.items[i].article); /* of the few: the row is a long one */
        c.weight = all.items[i].weight;
        *KH_ADD(out, candidates) = c;
    }
    return status;
}

kh_status kh_store_agencies(kh_store *store, kh_arena *out, int64_t id, kh_strs *agencies, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT agency FROM article_agency WHERE article_id = ? ORDER BY position", err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, agencies) = kh_sql_str(out, stmt, 0);
    }
    return status;
}

static kh_status present_epoch(kh_store *store, int64_t *epoch, uint64_t *documents, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id, documents FROM epoch ORDER BY id DESC LIMIT 1", err);
    kh_status status = KH_OK;
    *epoch = 0;
    *documents = 0;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        *epoch = sqlite3_column_int64(stmt, 0);
        *documents = (uint64_t)sqlite3_column_int64(stmt, 1);
    }
    return status;
}

/* The counts of HASH. */
static kh_status add_frequency(kh_store *store, kh_arena *out, uint64_t hash, int64_t epoch, kh_map *frozen, kh_map *live, kh_error *err)
{
    int64_t least = (int64_t)hash, most = (int64_t)hash;
    if (!store->has_levels) {
        kh_old_hashes(hash, &least, &most);
    }
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT CASE WHEN epoch < ?3 THEN documents ELSE frozen END, documents FROM frequency "
                                "WHERE hash BETWEEN ?1 AND ?2",
                                err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "iii", least, most, epoch);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *kh_map_put(out, frozen, hash, NULL) += (uint32_t)sqlite3_column_int64(stmt, 0);
        *kh_map_put(out, live, hash, NULL) += (uint32_t)sqlite3_column_int64(stmt, 1);
    }
    return status;
}

/* The same, remembered. */
static kh_status add_counted(kh_store *store, kh_arena *out, uint64_t hash, int64_t epoch, kh_map *frozen, kh_map *live, kh_error *err)
{
    const kh_counted *c = kh_warm_counted(store, hash, err);
    if (c) {
        *kh_map_put(out, frozen, hash, NULL) += (uint32_t)(c->epoch < epoch ? c->documents : c->frozen);
        *kh_map_put(out, live, hash, NULL) += (uint32_t)c->documents;
    }
    return c ? KH_OK : KH_ERR_STORE;
}

kh_status kh_store_frequencies(kh_store *store, kh_arena *out, const uint64_t *hashes, size_t count, uint64_t *documents, kh_map *frozen,
                               kh_map *live, kh_error *err)
{
    int64_t epoch = 0;
    kh_status status = present_epoch(store, &epoch, documents, err);
    kh_map_reserve(out, frozen, count);
    kh_map_reserve(out, live, count);
    for (size_t i = 0; i < count && !status; i++) {
        status = kh_warm_of(store) ? add_counted(store, out, hashes[i], epoch, frozen, live, err)
                                   : add_frequency(store, out, hashes[i], epoch, frozen, live, err);
    }
    return status;
}

/* ---- placing ---- */

static kh_status log_story(kh_store *store, kh_str now, const char *action, kh_str story, kh_str key, float score, kh_str reason,
                           kh_error *err)
{
    return kh_sql_run(store, err,
                      "INSERT INTO story_log(at,epoch,action,story,article_key,score,reason) "
                      "VALUES(?,(SELECT max(id) FROM epoch),?,?,?,?,?)",
                      "ttttdt", now, kh_str_z(action), story, key, (double)score, reason);
}

/* A new story, named from KEY: "s" and ten hex digits; the rare name that is taken gets another salt. */
static kh_status open_story(kh_store *store, kh_str key, kh_str now, int64_t *story, kh_error *err)
{
    char name[16];
    for (uint64_t salt = 0;; salt++) {
        uint64_t hash = salt ? kh_hash_mix(kh_hash(key), salt) : kh_hash(key);
        snprintf(name, sizeof name, "s%010llx", (unsigned long long)(hash >> 24));
        if (!kh_sql_number(store, "SELECT id FROM story WHERE name = ?", "t", kh_str_z(name)) &&
            !kh_store_sealed_story(store, kh_str_z(name))) {
            break;
        }
    }
    kh_status status = kh_sql_run(store, err, "INSERT INTO story(name,founder,opened) VALUES(?,?,?)", "ttt", kh_str_z(name), key, now);
    *story = sqlite3_last_insert_rowid(store->db);
    return status;
}

/* Puts article ID into STORY, or a new one for 0, and logs that as JOINS or "open". */
static kh_status put_into(kh_store *store, kh_arena scratch, int64_t id, kh_str key, int64_t story, const char *joins, float score,
                          kh_str reason, kh_time now, kh_error *err)
{
    kh_str at = kh_time_text(&scratch, now);
    bool opens = story == 0;
    uint32_t turn = kh_warm_turn(store);
    int64_t from = store->warm ? kh_store_story_of(store, id) : 0;
    kh_status status = opens ? open_story(store, key, at, &story, err) : KH_OK;
    if (!status) {
        status = kh_sql_run(store, err, "UPDATE article SET story_id = ?2, story_score = ?3, story_reason = ?4 WHERE id = ?1", "iids", id,
                            story, (double)score, reason);
    }
    if (!status) {
        kh_warm_moved(store, turn, id, from, story, opens);
    }
    if (!status) {
        status = log_story(store, at, opens ? "open" : joins, kh_store_story_name(store, &scratch, story), key, score, reason, err);
    }
    return status;
}

kh_status kh_store_place(kh_store *store, kh_arena scratch, int64_t id, kh_str key, int64_t story, float score, kh_str reason, kh_time now,
                         kh_error *err)
{
    return put_into(store, scratch, id, key, story, "join", score, reason, now, err);
}

kh_status kh_store_redirect(kh_store *store, int64_t from, int64_t story, kh_error *err)
{
    return kh_sql_run(store, err,
                      "UPDATE story SET merged_into = ?2 WHERE (id = ?1 OR merged_into = ?1) AND id <> ?2 AND "
                      "NOT EXISTS (SELECT 1 FROM article WHERE story_id = ?1)",
                      "ii", from, story);
}

kh_status kh_store_place_again(kh_store *store, kh_arena scratch, int64_t id, int64_t story, float score, kh_str reason, kh_time now,
                               kh_error *err)
{
    int64_t from = kh_store_story_of(store, id);
    kh_str why =
        kh_arena_printf(&scratch, "out of " KH_FMT ": " KH_FMT, KH_ARG(kh_store_story_name(store, &scratch, from)), KH_ARG(reason));
    kh_status status = put_into(store, scratch, id, kh_store_key(store, &scratch, id), story, "move", score, why, now, err);
    return status ? status : kh_store_redirect(store, from, kh_store_story_of(store, id), err);
}

/* ---- one story or two ---- */

static int64_t size_of(kh_store *store, int64_t story)
{
    return kh_sql_number(store, "SELECT count(*) FROM article WHERE story_id = ?", "i", story);
}

kh_status kh_store_merge(kh_store *store, kh_arena scratch, int64_t a, int64_t b, kh_str key, float score, kh_time now, int64_t *kept,
                         kh_error *err)
{
    int64_t more = size_of(store, a) - size_of(store, b);
    bool a_stays = more > 0 || (more == 0 && a < b);
    int64_t gone = a_stays ? b : a;
    *kept = a_stays ? a : b;
    uint32_t turn = kh_warm_turn(store);
    kh_status status = kh_sql_run(store, err, "UPDATE article SET story_id = ?2 WHERE story_id = ?1", "ii", gone, *kept);
    kh_warm_mixed(store, turn, gone, *kept);
    if (!status) {
        status = kh_sql_run(store, err, "UPDATE story SET merged_into = ?2 WHERE id = ?1 OR merged_into = ?1", "ii", gone, *kept);
    }
    if (!status) {
        kh_str reason = kh_arena_printf(&scratch, "one story with " KH_FMT, KH_ARG(kh_store_story_name(store, &scratch, gone)));
        status =
            log_story(store, kh_time_text(&scratch, now), "merge", kh_store_story_name(store, &scratch, *kept), key, score, reason, err);
    }
    return status;
}

kh_status kh_store_split(kh_store *store, kh_arena scratch, int64_t story, const kh_ids *members, kh_str reason, kh_time now, kh_error *err)
{
    int64_t first = members->items[0];
    for (size_t i = 1; i < members->count; i++) {
        first = members->items[i] < first ? members->items[i] : first;
    }
    int64_t fresh = 0;
    kh_str at = kh_time_text(&scratch, now);
    kh_str key = text_of(store, &scratch, "SELECT key FROM article WHERE id = ?", first);
    kh_status status = open_story(store, key, at, &fresh, err);
    for (size_t i = 0; i < members->count && !status; i++) {
        status = kh_sql_run(store, err, "UPDATE article SET story_id = ?2 WHERE id = ?1", "ii", members->items[i], fresh);
    }
    if (!status) {
        kh_str from = kh_arena_printf(&scratch, "parted from " KH_FMT ": " KH_FMT, KH_ARG(kh_store_story_name(store, &scratch, story)),
                                      KH_ARG(reason));
        status = log_story(store, at, "split", kh_store_story_name(store, &scratch, fresh), key, 0, from, err);
    }
    return status;
}
