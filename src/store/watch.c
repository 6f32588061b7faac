/* watch.c - feeds, visits and sites to rows and back; what is due.
 *
 * A site is asked by one at a time, so of each site one feed and one page are enough: the one that is due longest.
 * What a site asked for (Retry-After) holds back all of it.
 *
 * Other bytes at an address are not always news: counters, adverts and clocks change with every look. A page that was
 * fetched again becomes a revision only where its title or body, folded as for searching, is another.
 */
#include "store/watch.h"
#include "store/sql.h"
#include "store/words.h"

#include "text/text.h"

static kh_str time_text(kh_arena *out, int64_t seconds)
{
    return seconds == KH_STORE_NO_TIME ? (kh_str){0} : kh_time_text(out, kh_time_of_seconds(seconds));
}

static int64_t time_at(kh_arena scratch, sqlite3_stmt *stmt, int column)
{
    kh_time t;
    return kh_time_parse(kh_sql_str(&scratch, stmt, column), &t) ? kh_time_seconds(t) : KH_STORE_NO_TIME;
}

/* ---- feeds ---- */

/* The feeds of this run; none: all of them. */
static kh_status make_watched(kh_store *store, kh_error *err)
{
    return kh_sql_run(store, err, "CREATE TEMP TABLE IF NOT EXISTS watched(id INTEGER PRIMARY KEY)", "");
}

/* The feed that is watched at URL; 0: none. */
static kh_status feed_at(kh_store *store, kh_str url, int64_t *id, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id FROM feed WHERE url = ?", err);
    kh_status status = KH_OK;
    *id = 0;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "t", url);
    while (kh_sql_row(store, stmt, &status, err)) {
        *id = sqlite3_column_int64(stmt, 0);
    }
    return status;
}

kh_status kh_store_feed_add(kh_store *store, kh_arena scratch, kh_feed_row *feed, int64_t now, kh_error *err)
{
    kh_str time = time_text(&scratch, now);
    kh_status status = make_watched(store, err);
    if (!status) {
        status = kh_sql_run(store, err,
                            "INSERT INTO feed(url,site,parent,title,home,language,folder,added,next) VALUES(?,?,nullif(?,0),?,?,?,?,?8,?8) "
                            "ON CONFLICT(url) DO NOTHING",
                            "ttisssst", feed->at.url, feed->at.site, feed->parent, feed->title, feed->home, feed->lang, feed->folder, time);
    }
    status = status ? status : feed_at(store, feed->at.url, &feed->at.id, err);
    return status ? status : kh_sql_run(store, err, "INSERT OR IGNORE INTO watched VALUES(?)", "i", feed->at.id);
}

kh_status kh_store_feed_title(kh_store *store, const kh_feed_row *feed, kh_error *err)
{
    return kh_sql_run(store, err,
                      "UPDATE feed SET title = coalesce(title,?), home = coalesce(home,?), language = coalesce(language,?) WHERE id = ?",
                      "sssi", feed->title, feed->home, feed->lang, feed->at.id);
}

/* Feed FROM goes, and what it named is TO's. */
static kh_status join_feeds(kh_store *store, int64_t from, int64_t to, kh_error *err)
{
    kh_status status = kh_sql_run(store, err, "UPDATE visit SET feed_id = ? WHERE feed_id = ?", "ii", to, from);
    status = status ? status : kh_sql_run(store, err, "UPDATE feed SET parent = ? WHERE parent = ?", "ii", to, from);
    status =
        status ? status : kh_sql_run(store, err, "INSERT OR IGNORE INTO watched SELECT ? WHERE EXISTS(SELECT 1 FROM watched)", "i", to);
    return status ? status : kh_sql_run(store, err, "DELETE FROM feed WHERE id = ?", "i", from);
}

kh_status kh_store_feed_moved(kh_store *store, kh_watched *at, kh_error *err)
{
    int64_t other = 0;
    kh_status status = make_watched(store, err);
    status = status ? status : feed_at(store, at->url, &other, err);
    if (status || other == at->id) {
        return status;
    }
    if (!other) {
        return kh_sql_run(store, err, "UPDATE feed SET url = ?, site = ? WHERE id = ?", "tti", at->url, at->site, at->id);
    }
    status = join_feeds(store, at->id, other, err);
    at->id = other;
    return status;
}

kh_status kh_store_feed_forget(kh_store *store, kh_arena scratch, kh_str url, int64_t now, bool *there, kh_error *err)
{
    int64_t id = 0;
    kh_status status = feed_at(store, url, &id, err);
    *there = id != 0;
    if (status || !id) {
        return status;
    }
    status = kh_sql_run(store, err, "DELETE FROM feed WHERE id = ?", "i", id);
    return status ? status
                  : kh_sql_run(store, err,
                               "DELETE FROM site WHERE name NOT IN (SELECT site FROM feed UNION SELECT site FROM visit) "
                               "AND coalesce(ready, '') <= ?",
                               "t", time_text(&scratch, now));
}

#define WATCHED_COLUMNS "id,url,site,etag,modified,asked,next,times,failures,status,reason"
enum { WATCHED_COUNT = 11 };

static kh_watched read_watched(kh_arena *out, sqlite3_stmt *stmt)
{
    return (kh_watched){.id = sqlite3_column_int64(stmt, 0),
                        .url = kh_sql_str(out, stmt, 1),
                        .site = kh_sql_str(out, stmt, 2),
                        .etag = kh_sql_str(out, stmt, 3),
                        .modified = kh_sql_str(out, stmt, 4),
                        .asked = time_at(*out, stmt, 5),
                        .next = time_at(*out, stmt, 6),
                        .times = (uint32_t)sqlite3_column_int64(stmt, 7),
                        .failures = (uint32_t)sqlite3_column_int64(stmt, 8),
                        .status = (unsigned)sqlite3_column_int64(stmt, 9),
                        .reason = kh_sql_str(out, stmt, 10)};
}

static kh_status read_feeds(kh_store *store, kh_arena *out, sqlite3_stmt *stmt, kh_feed_rows *rows, kh_error *err)
{
    kh_status status = KH_OK;
    while (kh_sql_row(store, stmt, &status, err)) {
        kh_feed_row row = {.at = read_watched(out, stmt),
                           .parent = sqlite3_column_int64(stmt, WATCHED_COUNT),
                           .title = kh_sql_str(out, stmt, WATCHED_COUNT + 1),
                           .home = kh_sql_str(out, stmt, WATCHED_COUNT + 2),
                           .lang = kh_sql_str(out, stmt, WATCHED_COUNT + 3),
                           .folder = kh_sql_str(out, stmt, WATCHED_COUNT + 4)};
        *KH_ADD(out, rows) = row;
    }
    return status;
}

kh_status kh_store_feeds(kh_store *store, kh_arena *out, kh_feed_rows *rows, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT " WATCHED_COLUMNS ",parent,title,home,language,folder FROM feed ORDER BY id", err);
    return stmt ? read_feeds(store, out, stmt, rows, err) : KH_ERR_STORE;
}

/* A table's rows that are due: of a run's feeds, of sites that may be asked, of each site the first. */
#define DUE(table, feed_column)                                                                                                  \
    " FROM " table " t WHERE next <= ?1 AND (NOT EXISTS(SELECT 1 FROM watched) OR " feed_column " IN (SELECT id FROM watched)) " \
    "AND NOT EXISTS(SELECT 1 FROM site s WHERE s.name = t.site AND s.ready > ?1) GROUP BY site ORDER BY min(next), id"

kh_status kh_store_feeds_due(kh_store *store, kh_arena *out, int64_t now, kh_feed_rows *rows, kh_error *err)
{
    kh_status status = make_watched(store, err);
    sqlite3_stmt *stmt =
        status ? NULL : kh_sql(store, "SELECT " WATCHED_COLUMNS ",parent,title,home,language,folder,min(next)" DUE("feed", "t.id"), err);
    if (!stmt) {
        return status ? status : KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "t", time_text(out, now));
    return read_feeds(store, out, stmt, rows, err);
}

kh_status kh_store_feed_asked(kh_store *store, kh_arena scratch, const kh_watched *at, kh_error *err)
{
    return kh_sql_run(
        store, err,
        "UPDATE feed SET etag = ?, modified = ?, asked = ?, next = ?, times = ?, failures = ?, status = ?, reason = ? WHERE id = ?",
        "ssssiiisi", at->etag, at->modified, time_text(&scratch, at->asked), time_text(&scratch, at->next), (int64_t)at->times,
        (int64_t)at->failures, (int64_t)at->status, at->reason, at->id);
}

/* ---- visits ---- */

kh_status kh_store_visits_due(kh_store *store, kh_arena *out, int64_t now, kh_visit_rows *rows, kh_error *err)
{
    kh_status status = make_watched(store, err);
    sqlite3_stmt *stmt =
        status ? NULL : kh_sql(store, "SELECT " WATCHED_COLUMNS ",feed_id,published,article,min(next)" DUE("visit", "t.feed_id"), err);
    if (!stmt) {
        return status ? status : KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "t", time_text(out, now));
    while (kh_sql_row(store, stmt, &status, err)) {
        kh_visit_row row = {.at = read_watched(out, stmt),
                            .feed = sqlite3_column_int64(stmt, WATCHED_COUNT),
                            .published = kh_sql_str(out, stmt, WATCHED_COUNT + 1),
                            .article = kh_sql_str(out, stmt, WATCHED_COUNT + 2)};
        *KH_ADD(out, rows) = row;
    }
    return status;
}

kh_status kh_store_next_due(kh_store *store, kh_arena scratch, int64_t *next, kh_error *err)
{
    kh_status status = make_watched(store, err);
    sqlite3_stmt *stmt =
        status ? NULL
               : kh_sql(store,
                        "SELECT min(at) FROM (SELECT max(next, coalesce((SELECT ready FROM site s WHERE s.name = f.site), '')) at "
                        "FROM feed f WHERE next NOT NULL AND (NOT EXISTS(SELECT 1 FROM watched) OR id IN (SELECT id FROM watched)) "
                        "UNION ALL SELECT max(next, coalesce((SELECT ready FROM site s WHERE s.name = v.site), '')) "
                        "FROM visit v WHERE next NOT NULL AND (NOT EXISTS(SELECT 1 FROM watched) OR feed_id IN (SELECT id FROM watched)))",
                        err);
    *next = KH_STORE_NO_TIME;
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *next = time_at(scratch, stmt, 0);
    }
    return stmt ? status : status ? status : KH_ERR_STORE;
}

kh_status kh_store_visit_want(kh_store *store, kh_arena scratch, const kh_visit_row *visit, kh_str stamp, int64_t now, bool *due,
                              kh_error *err)
{
    kh_status status = kh_sql_run(store, err,
                                  "INSERT INTO visit(url,site,feed_id,published,stamp,next) VALUES(?,?,?,?,?,?) ON CONFLICT(url) DO UPDATE "
                                  "SET stamp = excluded.stamp, next = excluded.next WHERE excluded.stamp > stamp AND times > 0",
                                  "ttisss", visit->at.url, visit->at.site, visit->feed, visit->published, stamp, time_text(&scratch, now));
    *due = !status && sqlite3_changes(store->db) > 0;
    return status;
}

kh_status kh_store_visit_done(kh_store *store, kh_arena scratch, const kh_visit_row *visit, kh_error *err)
{
    const kh_watched *at = &visit->at;
    return kh_sql_run(store, err,
                      "UPDATE visit SET etag = ?, modified = ?, asked = ?, next = ?, times = ?, failures = ?, status = ?, reason = ?, "
                      "article = coalesce(?, article) WHERE id = ?",
                      "ssssiiissi", at->etag, at->modified, time_text(&scratch, at->asked), time_text(&scratch, at->next),
                      (int64_t)at->times, (int64_t)at->failures, (int64_t)at->status, at->reason, visit->article, at->id);
}

/* ---- sites ---- */

kh_status kh_store_site(kh_store *store, kh_arena *out, kh_str name, kh_site_row *site, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT robots, robots_until, ready FROM site WHERE name = ?", err);
    kh_status status = KH_OK;
    *site = (kh_site_row){.name = name, .robots_until = KH_STORE_NO_TIME, .ready = KH_STORE_NO_TIME};
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "t", name);
    while (kh_sql_row(store, stmt, &status, err)) {
        site->robots = kh_sql_str(out, stmt, 0);
        site->robots_until = time_at(*out, stmt, 1);
        site->ready = time_at(*out, stmt, 2);
    }
    return status;
}

kh_status kh_store_site_put(kh_store *store, kh_arena scratch, const kh_site_row *site, kh_error *err)
{
    return kh_sql_run(store, err, "INSERT OR REPLACE INTO site(name,robots,robots_until,ready) VALUES(?,?,?,?)", "tbss", site->name,
                      site->robots, time_text(&scratch, site->robots_until), time_text(&scratch, site->ready));
}

kh_status kh_store_has_words(kh_store *store, kh_arena scratch, const kh_article *article, bool *same, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id FROM article WHERE key = ?", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    int64_t id = 0;
    kh_str title, body;
    if (stmt) {
        kh_sql_bind(stmt, "t", article->key);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        id = sqlite3_column_int64(stmt, 0);
    }
    status = status ? status : kh_words_of(store, &scratch, id, &title, &body, err);
    *same = !status && id && kh_str_eq(title, kh_fold_key(&scratch, article->title.value)) &&
            kh_str_eq(body, kh_fold_key(&scratch, kh_article_body(&scratch, article, true)));
    return status;
}
