/* find.c - full text for the reading room: found, filtered, ranked and counted without looking at more than the newest few hundred.
 *
 * Decides what is ranked. A rare query ("ablyazov") is ranked by bm25 with titles four times as heavy; for a common one (أزمة, of
 * which there may be thirty thousand) weighing every article would take a hundred times as long and say little, so its newest
 * KH_SERVE_HITS_MAX articles are taken, newest first, and the answer says that there are more. Facets are counts over what was
 * found. A cursor is a number of rows to pass over: the list is short.
 *
 * Gets wrong: a filter on a common query looks among its newest articles only.
 */
#include "store/postings.h"
#include "store/texts.h"

enum { FACETS_SHOWN = 12, SOUNDS_MAX = 3 };

static kh_status ids_of(kh_store *store, kh_arena *out, sqlite3_stmt *stmt, kh_ids *ids, kh_error *err)
{
    kh_status status = KH_OK;
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, ids) = sqlite3_column_int64(stmt, 0);
    }
    return status;
}

/* What was deleted in a shell stays in the index until somebody writes (words.c). */
#define THERE "AND rowid NOT IN (SELECT article_id FROM deleted) "

/* The newest rows that hold EXPRESSION; where they are few, the best first. */
static kh_status by_words(kh_store *store, kh_arena *out, kh_str expression, kh_ids *ids, bool *more, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store,
                                store->has_levels ? "SELECT rowid FROM search WHERE search MATCH ? " THERE "ORDER BY rowid DESC LIMIT ?"
                                                  : "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?",
                                err);
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "ti", expression, (int64_t)KH_SERVE_HITS_MAX + 1);
    kh_status status = ids_of(store, out, stmt, ids, err);
    *more = ids->count > KH_SERVE_HITS_MAX;
    if (status || *more || ids->count < 2) {
        ids->count -= *more;
        return status;
    }
    ids->count = 0;
    stmt = kh_sql(store,
                  !store->is_wide ? "SELECT rowid FROM search WHERE search MATCH ? " THERE
                                    "ORDER BY bm25(search, 1.0, 4.0), rowid DESC LIMIT ?"
                  : store->has_levels ? "SELECT rowid FROM search WHERE search MATCH ? " THERE
                                        "ORDER BY bm25(search, 4.0, 1.0), rowid DESC LIMIT ?"
                                      : "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 4.0, 1.0), rowid DESC LIMIT ?",
                  err);
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "ti", expression, (int64_t)KH_SERVE_HITS_MAX);
    return ids_of(store, out, stmt, ids, err);
}

static void add_others(kh_arena *out, kh_arena scratch, const kh_ids *also, kh_ids *ids)
{
    kh_map seen = {0};
    KH_EACH(const int64_t, id, *ids) {
        kh_map_put(&scratch, &seen, (uint64_t)*id, NULL);
    }
    for (size_t i = 0; also && i < also->count && ids->count < KH_SERVE_HITS_MAX; i++) {
        bool fresh = false;
        kh_map_put(&scratch, &seen, (uint64_t)also->items[i], &fresh);
        if (fresh) {
            *KH_ADD(out, ids) = also->items[i];
        }
    }
}

static bool is_filtered(const kh_filter *f)
{
    return f->language.len || f->outlet.len || f->agency.len || f->place.len || f->since.len || f->until.len;
}

/* Those of IDS that match, in their order. */
static kh_status keep_matching(kh_store *store, kh_arena *out, kh_arena scratch, const kh_filter *f, kh_ids *ids, kh_error *err)
{
    sqlite3_stmt *stmt =
        kh_sql(store,
               "SELECT a.id FROM json_each(?1) d JOIN article a ON a.id = d.value WHERE (?2 IS NULL OR a.language = ?2) "
               "AND (?3 IS NULL OR a.outlet = ?3) AND (?4 IS NULL OR a.published >= ?4) AND (?5 IS NULL OR a.published < ?5 || '~') "
               "AND (?6 IS NULL OR EXISTS (SELECT 1 FROM article_agency g WHERE g.article_id = a.id AND g.agency = ?6)) "
               "AND (?7 IS NULL OR EXISTS (SELECT 1 FROM name n WHERE n.article_id = a.id AND n.known_as = ?7)) ORDER BY d.key",
               err);
    if (!stmt || !is_filtered(f)) {
        return stmt ? KH_OK : KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "tssssss", kh_ids_as_json(&scratch, ids), f->language, f->outlet, f->since, f->until, f->agency, f->place);
    ids->count = 0;
    return ids_of(store, out, stmt, ids, err);
}

static kh_status count_facets(kh_store *store, kh_arena *out, kh_arena scratch, const kh_ids *ids, kh_search_view *view, kh_error *err)
{
    sqlite3_stmt *stmt =
        kh_sql(store,
               "SELECT 0, language, count(*) FROM json_each(?1) d JOIN article a ON a.id = d.value GROUP BY 2 UNION ALL "
               "SELECT 1, outlet, count(*) FROM json_each(?1) d JOIN article a ON a.id = d.value WHERE outlet IS NOT NULL "
               "GROUP BY 2 UNION ALL "
               "SELECT 2, agency, count(*) FROM json_each(?1) d JOIN article_agency g ON g.article_id = d.value GROUP BY 2 "
               "ORDER BY 1, 3 DESC, 2",
               err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "t", kh_ids_as_json(&scratch, ids));
    while (kh_sql_row(store, stmt, &status, err)) {
        kh_facet_kind kind = (kh_facet_kind)sqlite3_column_int(stmt, 0);
        kh_str value = kh_sql_str(out, stmt, 1);
        kh_str chosen = *kh_facet_of(&view->filter, kind);
        bool is_chosen = chosen.len && kh_str_eq(chosen, value);
        if (view->facets[kind].count < FACETS_SHOWN || is_chosen) {
            *KH_ADD(out, &view->facets[kind]) =
                (kh_facet){.value = value, .label = value, .count = (uint32_t)sqlite3_column_int64(stmt, 2), .chosen = is_chosen};
        }
    }
    return status;
}

static kh_status add_row(kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, kh_search_view *view, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT a.label, a.title, a.language, a.outlet, a.published, s.name, a.text FROM article a "
                                "LEFT JOIN story s ON s.id = a.story_id WHERE a.id = ?",
                                err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        kh_search_row row = {.article = id,
                             .label = kh_sql_str(out, stmt, 0),
                             .title = kh_sql_str(out, stmt, 1),
                             .lang = kh_sql_str(out, stmt, 2),
                             .outlet = kh_sql_str(out, stmt, 3),
                             .published = kh_sql_str(out, stmt, 4),
                             .story = kh_sql_str(out, stmt, 5)};
        kh_arena text = scratch;
        kh_str whole = kh_sql_text(&text, stmt, 6, NULL);
        row.snippet = kh_snippet_of(out, text, view->filter.words, whole, &row.found);
        *KH_ADD(out, &view->rows) = row;
    }
    return status;
}

static kh_status fill_page(kh_store *store, kh_arena *out, kh_arena scratch, const kh_ids *ids, kh_search_view *view, kh_error *err)
{
    uint64_t from = 0;
    kh_status status = KH_OK;
    if (view->filter.after.len && (!kh_str_u64(view->filter.after, &from) || from > KH_SERVE_HITS_MAX)) {
        return kh_fail(err, KH_ERR_USAGE, "bad_cursor", "'after' is no cursor of this list; leave it out to begin at the first");
    }
    for (size_t i = from; i < ids->count && view->rows.count < view->filter.limit && !status; i++) {
        status = add_row(store, out, scratch, ids->items[i], view, err);
    }
    size_t end = from + view->filter.limit;
    if (end < ids->count) {
        view->next = kh_arena_printf(out, "%zu", end);
    }
    return status;
}

kh_status kh_store_find_page(kh_store *store, kh_arena *out, kh_arena scratch, const kh_find *find, kh_search_view *view, kh_error *err)
{
    kh_ids ids = {0};
    *view = (kh_search_view){.filter = find->filter};
    kh_str expression = kh_match_expression(out, scratch, find->filter.words);
    if (expression.len == 0) {
        return kh_fail(err, KH_ERR_USAGE, "empty_query", "the query holds no word; give at least one");
    }
    kh_status status = by_words(store, out, expression, &ids, &view->more_than_found, err);
    if (status) {
        return status;
    }
    add_others(out, scratch, find->also, &ids);
    status = keep_matching(store, out, scratch, &find->filter, &ids, err);
    view->found = (uint32_t)ids.count;
    status = status ? status : count_facets(store, out, scratch, &ids, view, err);
    return status ? status : fill_page(store, out, scratch, &ids, view, err);
}

/* The newest articles there are. */
static kh_status newest(kh_store *store, kh_arena *out, kh_ids *ids, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id FROM article ORDER BY id DESC LIMIT ?", err);
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", (int64_t)KH_SERVE_HITS_MAX);
    return ids_of(store, out, stmt, ids, err);
}

/* Those of IDS that are among OTHERS, in their order. */
static void keep_common(kh_arena scratch, const kh_ids *others, kh_ids *ids)
{
    kh_map among = {0};
    size_t kept = 0;
    KH_EACH(const int64_t, id, *others) {
        kh_map_put(&scratch, &among, (uint64_t)*id, NULL);
    }
    for (size_t i = 0; i < ids->count; i++) {
        if (kh_map_get(&among, (uint64_t)ids->items[i])) {
            ids->items[kept++] = ids->items[i];
        }
    }
    ids->count = kept;
}

kh_status kh_store_find_ids(kh_store *store, kh_arena *out, kh_arena scratch, const kh_find *find, kh_ids *ids, kh_error *err)
{
    bool more = false;
    kh_str expression = kh_match_expression(out, scratch, find->filter.words);
    kh_status status = KH_OK;
    if (expression.len) {
        status = by_words(store, out, expression, ids, &more, err);
        if (find->also) {
            keep_common(scratch, find->also, ids);
        }
    } else if (find->also) {
        add_others(out, scratch, find->also, ids);
    } else {
        status = newest(store, out, ids, err);
    }
    return status ? status : keep_matching(store, out, scratch, &find->filter, ids, err);
}

/* ---- names ---- */

kh_status kh_store_with_known(kh_store *store, kh_arena *out, kh_str known_as, uint32_t limit, kh_ids *articles, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT article_id FROM name WHERE known_as = ? ORDER BY article_id DESC LIMIT ?", err);
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "ti", known_as, (int64_t)limit);
    return ids_of(store, out, stmt, articles, err);
}

/* Those of IDS, which fall, that are among OTHERS, which fall too. */
static void keep_both(kh_ids *ids, const kh_ids *others)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < ids->count; i++) {
        while (at < others->count && others->items[at] > ids->items[i]) {
            at++;
        }
        if (at < others->count && others->items[at] == ids->items[i]) {
            ids->items[kept++] = ids->items[i];
        }
    }
    ids->count = kept;
}

kh_status kh_store_with_features(kh_store *store, kh_arena *out, kh_arena scratch, const kh_u64s *hashes, uint32_t limit, kh_ids *articles,
                                 kh_error *err)
{
    kh_arena room = kh_arena_split(&scratch);
    kh_ids all = {0};
    kh_status status = KH_OK;
    for (size_t i = 0; i < hashes->count && i < SOUNDS_MAX && !status; i++) {
        kh_ids more = {0};
        size_t most = hashes->count == 1 ? limit : SIZE_MAX;
        status = kh_postings_newest(store, &room, scratch, hashes->items[i], most, i ? &more : &all, err);
        if (i) {
            keep_both(&all, &more);
        }
    }
    for (size_t i = 0; i < all.count && articles->count < limit; i++) {
        *KH_ADD(out, articles) = all.items[i];
    }
    return status;
}

kh_status kh_store_names_of(kh_store *store, kh_arena *out, int64_t id, kh_name_sounds *names, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT label, sound FROM name WHERE article_id = ?", err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, names) = (kh_name_sound){.label = kh_sql_str(out, stmt, 0), .sound = kh_sql_str(out, stmt, 1)};
    }
    return status;
}
