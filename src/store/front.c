/* front.c - lists of stories for the reading room: the newest that match a filter, what they can be filtered by.
 *
 * Decides how few rows are looked at. The schema's triggers keep, for every story, its latest publication and each of its
 * languages, outlets, agencies and main places; so a list is a walk down an index and never a count over articles. Where a
 * filter is common (language=ar), stories are walked newest first and tested, of N stories about rows * N / matching ones; where it is
 * rare (an outlet of eight stories), its own stories are taken and sorted: whichever are fewer. Facets without a filter are stored counts; under a filter those of the newest
 * FACET_WINDOW stories that match. Whether figures disagree stands on the cards (cards.c), so that filter is a walk over those alone.
 *
 * Gets wrong: a story of unknown date comes last, however new; `since` and `until` look at the latest report alone.
 */
#include "store/sql.h"

#include <stdlib.h>

enum { FACET_WINDOW = 200, FACETS_SHOWN = 12, TIMES_MAX = 2000 };

/* ---- the walk ---- */

#define MATCHES                                                                                                          \
    " s.articles > 0 AND (?1 IS NULL OR (s.last, s.id) < (?1, ?2))"                                                      \
    " AND (?3 IS NULL OR s.last >= ?3) AND (?4 IS NULL OR s.last < ?4 || '~')"                                           \
    " AND (?5 IS NULL OR EXISTS (SELECT 1 FROM story_facet WHERE kind = 'language' AND value = ?5 AND story_id = s.id))" \
    " AND (?6 IS NULL OR EXISTS (SELECT 1 FROM story_facet WHERE kind = 'outlet' AND value = ?6 AND story_id = s.id))"   \
    " AND (?7 IS NULL OR EXISTS (SELECT 1 FROM story_facet WHERE kind = 'agency' AND value = ?7 AND story_id = s.id))"   \
    " AND (?8 IS NULL OR EXISTS (SELECT 1 FROM story_facet WHERE kind = 'place' AND value = ?8 AND story_id = s.id))"    \
    " ORDER BY s.last DESC, s.id DESC LIMIT ?9"
#define COLUMNS "SELECT s.id, s.name, s.last, s.changed, s.articles"

static const char walk_sql[] = COLUMNS " FROM story s WHERE" MATCHES;
static const char facet_sql[] =
    COLUMNS " FROM story_facet d JOIN story s ON s.id = d.story_id WHERE d.kind = ?10 AND d.value = ?11 AND" MATCHES;
static const char listed_sql[] = COLUMNS " FROM (SELECT DISTINCT value FROM json_each(?10)) d JOIN story s ON s.id = d.value WHERE" MATCHES;
static const char disagree_sql[] =
    COLUMNS " FROM story_card d JOIN story s ON s.id = d.story_id WHERE d.disagreements > 0 AND d.basis = ?10"
            " AND d.revision = s.revision AND" MATCHES;

/* A cursor is "LAST!ID" of the last row shown; LAST may be empty. */
static bool read_cursor(kh_str cursor, kh_str *last, int64_t *id)
{
    kh_str rest = cursor;
    uint64_t number = 0;
    if (!kh_str_cut(&rest, '!', last) || !kh_str_u64(rest, &number) || number > INT64_MAX) {
        return false;
    }
    *id = (int64_t)number;
    return true;
}

static uint32_t stories_of(kh_store *store, kh_facet_kind kind, kh_str value)
{
    return (uint32_t)kh_sql_number(store, "SELECT stories FROM facet WHERE kind = ? AND value = ?", "tt", kh_facet_name(kind), value);
}

static uint64_t stories_about(kh_store *store)
{
    return (uint64_t)kh_sql_number(store, "SELECT max(id) FROM story", "");
}

/* The rarest facet of FILTER when sorting its stories is less work than walking to the LIMITth; KH_FACET_KINDS when none is. */
static kh_facet_kind rarest(kh_store *store, kh_filter *filter, uint32_t limit)
{
    kh_facet_kind best = KH_FACET_KINDS;
    uint64_t fewest = UINT32_MAX;
    for (int k = 0; k < KH_FACET_KINDS; k++) {
        kh_str value = *kh_facet_of(filter, (kh_facet_kind)k);
        uint64_t stories = value.len ? stories_of(store, (kh_facet_kind)k, value) : UINT32_MAX;
        if (stories < fewest) {
            fewest = stories;
            best = (kh_facet_kind)k;
        }
    }
    bool rare = best < KH_FACET_KINDS && fewest * fewest < limit * stories_about(store);
    return rare ? best : KH_FACET_KINDS;
}

kh_str kh_ids_as_json(kh_arena *out, const kh_ids *ids)
{
    kh_buf b = {.arena = out};
    kh_buf_char(&b, '[');
    KH_EACH(const int64_t, id, *ids) {
        kh_buf_printf(&b, "%s%lld", id == ids->items ? "" : ",", (long long)*id);
    }
    kh_buf_char(&b, ']');
    return kh_buf_str(&b);
}

/* The stories that match, at most LIMIT, bound and ready to be stepped; NULL on failure. */
static sqlite3_stmt *walk(kh_store *store, kh_arena *scratch, const kh_front_query *query, bool from_cursor, uint32_t limit, kh_error *err)
{
    kh_filter f = query->filter;
    kh_str last = {0};
    int64_t id = 0;
    bool placed = from_cursor && f.after.len;
    if (placed && !read_cursor(f.after, &last, &id)) {
        kh_fail(err, KH_ERR_USAGE, "bad_cursor", "'after' is no cursor of this list; leave it out to begin at the newest");
        return NULL;
    }
    bool disagree = f.disagree && !query->only && store->has_cards;
    kh_facet_kind rare = query->only || disagree ? KH_FACET_KINDS : rarest(store, &f, limit);
    sqlite3_stmt *stmt = kh_sql(store,
                                query->only             ? listed_sql
                                : disagree              ? disagree_sql
                                : rare < KH_FACET_KINDS ? facet_sql
                                                        : walk_sql,
                                err);
    if (!stmt) {
        return NULL;
    }
    kh_sql_bind(stmt, placed ? "tissssssi" : "sissssssi", placed ? last : (kh_str){0}, id, f.since, f.until, f.language, f.outlet, f.agency,
                f.place, (int64_t)limit);
    if (query->only) {
        kh_str ids = kh_ids_as_json(scratch, query->only);
        sqlite3_bind_text64(stmt, 10, ids.ptr, ids.len, SQLITE_TRANSIENT, SQLITE_UTF8);
    } else if (disagree) {
        sqlite3_bind_int64(stmt, 10, query->basis);
    } else if (rare < KH_FACET_KINDS) {
        kh_str kind = kh_facet_name(rare);
        kh_str value = *kh_facet_of(&f, rare);
        sqlite3_bind_text64(stmt, 10, kind.ptr, kind.len, SQLITE_TRANSIENT, SQLITE_UTF8);
        sqlite3_bind_text64(stmt, 11, value.ptr, value.len, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    return stmt;
}

/* ---- what a row shows ---- */

/* Languages, agencies and outlets of story ID, the most frequent first. */
static kh_status add_facets(kh_store *store, kh_arena *out, int64_t id, kh_front_row *row, kh_error *err)
{
    sqlite3_stmt *stmt =
        kh_sql(store, "SELECT kind, value FROM story_facet WHERE story_id = ? AND kind <> 'place' ORDER BY kind, articles DESC", err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        switch (*(const char *)sqlite3_column_text(stmt, 0)) {
        case 'l': *KH_ADD(out, &row->langs) = kh_sql_str(out, stmt, 1); break;
        case 'a': *KH_ADD(out, &row->agencies) = kh_sql_str(out, stmt, 1); break;
        default: row->outlets++; break;
        }
    }
    row->languages = (uint32_t)row->langs.count;
    return status;
}

/* The earliest headline: what leads until the accounts are compared. */
static kh_status add_title(kh_store *store, kh_arena *out, int64_t id, kh_front_row *row, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT title, language FROM article INDEXED BY article_story_published WHERE story_id = ? "
                                "AND title IS NOT NULL ORDER BY published IS NULL, published, id LIMIT 1",
                                err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        row->title = kh_sql_str(out, stmt, 0);
        row->title_lang = kh_sql_str(out, stmt, 1);
    }
    return status;
}

/* When its articles were published. */
static kh_status add_times(kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, kh_front_row *row, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT published FROM article INDEXED BY article_story_published WHERE story_id = ? "
                                "AND published IS NOT NULL ORDER BY published LIMIT ?",
                                err);
    kh_status status = KH_OK;
    kh_times_list times = {0};
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "ii", id, (int64_t)TIMES_MAX);
    while (kh_sql_row(store, stmt, &status, err)) {
        kh_str text = kh_sql_str(times.count ? &scratch : out, stmt, 0);
        kh_when when = {0};
        row->first = times.count ? row->first : text;
        if (kh_when_parse(text, &when)) {
            *KH_ADD(&scratch, &times) = when.from;
        }
    }
    row->spark = kh_spark_of(&times);
    return status;
}

void kh_store_front_card(kh_store *store, kh_arena *out, const kh_card *card, kh_front_row *row)
{
    row->compared = true;
    row->origins = card->origins;
    row->disagreements = card->disagreements;
    kh_store_title(store, out, card->leading, &row->title, &row->title_lang, NULL);
}

kh_status kh_store_front_row(kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, kh_front_row *row, kh_error *err)
{
    kh_status status = add_facets(store, out, id, row, err);
    status = status ? status : add_title(store, out, id, row, err);
    return status ? status : add_times(store, out, scratch, id, row, err);
}

static kh_status list_rows(kh_store *store, kh_arena *out, kh_arena *scratch, const kh_front_query *query, kh_front_view *view, kh_ids *ids,
                           kh_error *err)
{
    uint32_t limit = query->filter.limit;
    sqlite3_stmt *stmt = walk(store, scratch, query, true, limit + 1, err);
    kh_status status = KH_OK;
    if (!stmt) {
        return err && err->code ? err->code : KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        if (view->rows.count == limit) {
            const kh_front_row *shown = &view->rows.items[limit - 1];
            view->next = kh_arena_printf(out, KH_FMT "!%lld", KH_ARG(shown->last), (long long)ids->items[limit - 1]);
            continue;
        }
        *KH_ADD(out, ids) = sqlite3_column_int64(stmt, 0);
        *KH_ADD(out, &view->rows) = (kh_front_row){.story = kh_sql_str(out, stmt, 1),
                                                   .last = kh_sql_str(out, stmt, 2),
                                                   .changed = kh_sql_str(out, stmt, 3),
                                                   .reports = (uint32_t)sqlite3_column_int64(stmt, 4)};
    }
    for (size_t i = 0; i < view->rows.count && !status; i++) {
        kh_card card;
        status = kh_store_front_row(store, out, *scratch, ids->items[i], &view->rows.items[i], err);
        if (!status && kh_store_card(store, ids->items[i], query->basis, &card)) {
            kh_store_front_card(store, out, &card, &view->rows.items[i]);
        }
    }
    return status;
}

/* ---- facets ---- */

static kh_facet_kind kind_named(const unsigned char *name)
{
    return *name == 'l' ? KH_FACET_LANGUAGE : *name == 'o' ? KH_FACET_OUTLET : *name == 'a' ? KH_FACET_AGENCY : KH_FACET_PLACE;
}

static void add_facet(kh_arena *out, kh_facet_kind kind, kh_str value, uint32_t count, kh_front_view *view)
{
    kh_str chosen = *kh_facet_of(&view->filter, kind);
    bool is_chosen = chosen.len && kh_str_eq(chosen, value);
    if (view->facets[kind].count < FACETS_SHOWN || is_chosen) {
        kh_str kept = kh_arena_copy(out, value);
        *KH_ADD(out, &view->facets[kind]) = (kh_facet){.value = kept, .label = kept, .count = count, .chosen = is_chosen};
    }
}

static kh_status stored_facets(kh_store *store, kh_arena *out, kh_arena scratch, kh_front_view *view, kh_error *err)
{
    kh_status status = KH_OK;
    for (int k = 0; k < KH_FACET_KINDS && !status; k++) {
        sqlite3_stmt *stmt = kh_sql(store, "SELECT value, stories FROM facet WHERE kind = ? ORDER BY stories DESC LIMIT ?", err);
        if (!stmt) {
            return KH_ERR_STORE;
        }
        kh_sql_bind(stmt, "ti", kh_facet_name((kh_facet_kind)k), (int64_t)FACETS_SHOWN);
        while (kh_sql_row(store, stmt, &status, err)) {
            add_facet(out, (kh_facet_kind)k, kh_sql_str(&scratch, stmt, 0), (uint32_t)sqlite3_column_int64(stmt, 1), view);
        }
    }
    return status;
}

typedef struct counted {
    kh_facet_kind kind;
    kh_str value;
    uint32_t stories;
} counted;

typedef KH_LIST(counted) counted_list;

static int by_count(const void *a, const void *b)
{
    const counted *x = a;
    const counted *y = b;
    int order = (y->stories > x->stories) - (y->stories < x->stories);
    return order ? order : kh_str_cmp(x->value, y->value);
}

/* The values of the stories IDS with how many of them have each. */
static kh_status count_values(kh_store *store, kh_arena *scratch, const kh_ids *ids, counted_list *list, kh_error *err)
{
    sqlite3_stmt *stmt =
        kh_sql(store,
               "SELECT f.kind, f.value FROM json_each(?) d CROSS JOIN story_facet f INDEXED BY story_facet_story ON f.story_id = d.value",
               err);
    kh_status status = KH_OK;
    kh_map at = {0};
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "t", kh_ids_as_json(scratch, ids));
    while (kh_sql_row(store, stmt, &status, err)) {
        kh_facet_kind kind = kind_named(sqlite3_column_text(stmt, 0));
        kh_str value = {(const char *)sqlite3_column_text(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1)};
        bool fresh = false;
        uint32_t *place = kh_map_put(scratch, &at, kh_hash_mix(kh_hash(value), (uint64_t)kind), &fresh);
        if (fresh) {
            *place = (uint32_t)list->count;
            *KH_ADD(scratch, list) = (counted){kind, kh_arena_copy(scratch, value), 0};
        }
        list->items[*place].stories++;
    }
    return status;
}

static kh_status counted_facets(kh_store *store, kh_arena *out, kh_arena *scratch, const kh_front_query *query, kh_front_view *view,
                                kh_error *err)
{
    kh_ids ids = {0};
    counted_list list = {0};
    kh_front_query newest = *query;
    newest.filter.limit = FACET_WINDOW;
    kh_arena spare = kh_arena_split(scratch);
    kh_status status = kh_store_front_ids(store, scratch, spare, &newest, &ids, err);
    status = status ? status : count_values(store, scratch, &ids, &list, err);
    if (list.count) {
        qsort(list.items, list.count, sizeof *list.items, by_count);
    }
    KH_EACH(const counted, c, list) {
        add_facet(out, c->kind, c->value, c->stories, view);
    }
    view->facets_partial = ids.count == FACET_WINDOW || query->filter.disagree;
    return status;
}

static bool is_filtered(const kh_front_query *query)
{
    const kh_filter *f = &query->filter;
    return query->only || f->disagree || f->language.len || f->outlet.len || f->agency.len || f->place.len || f->since.len || f->until.len;
}

kh_status kh_store_front_facets(kh_store *store, kh_arena *out, kh_arena scratch, const kh_front_query *query, kh_front_view *view,
                                kh_error *err)
{
    return is_filtered(query) ? counted_facets(store, out, &scratch, query, view, err) : stored_facets(store, out, scratch, view, err);
}

kh_status kh_store_front(kh_store *store, kh_arena *out, kh_arena scratch, const kh_front_query *query, kh_front_view *view, kh_ids *ids,
                         kh_error *err)
{
    *view = (kh_front_view){.filter = query->filter};
    return list_rows(store, out, &scratch, query, view, ids, err);
}

kh_status kh_store_front_ids(kh_store *store, kh_arena *out, kh_arena scratch, const kh_front_query *query, kh_ids *ids, kh_error *err)
{
    kh_status status = KH_OK;
    sqlite3_stmt *stmt = walk(store, &scratch, query, false, query->filter.limit, err);
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, ids) = sqlite3_column_int64(stmt, 0);
    }
    return stmt ? status : KH_ERR_STORE;
}

/* ---- one story, the whole store ---- */

kh_status kh_store_story_state(kh_store *store, kh_arena *out, int64_t id, kh_story_state *state, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT name, revision, articles, last, changed FROM story WHERE id = ?", err);
    kh_status status = KH_OK;
    *state = (kh_story_state){.id = id};
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        state->name = kh_sql_str(out, stmt, 0);
        state->revision = sqlite3_column_int64(stmt, 1);
        state->articles = (uint32_t)sqlite3_column_int64(stmt, 2);
        state->last = kh_sql_str(out, stmt, 3);
        state->changed = kh_sql_str(out, stmt, 4);
    }
    return status;
}

int64_t kh_store_story_named(kh_store *store, kh_str name)
{
    return kh_sql_number(store, "SELECT coalesce(merged_into, id) FROM story WHERE name = ?", "t", name);
}

kh_status kh_store_title(kh_store *store, kh_arena *out, int64_t id, kh_str *title, kh_str *lang, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT title, language FROM article WHERE id = ? AND title IS NOT NULL", err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        *title = kh_sql_str(out, stmt, 0);
        *lang = kh_sql_str(out, stmt, 1);
    }
    return status;
}

static kh_status add_revisions(kh_store *store, kh_arena *out, int64_t id, kh_article_view *view, kh_error *err)
{
    sqlite3_stmt *stmt =
        kh_sql(store, "SELECT id, sha256, title, published, captured, replaced FROM revision WHERE article_id = ? ORDER BY id DESC LIMIT ?",
               err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "ii", id, (int64_t)KH_SERVE_ROWS_MAX);
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, &view->revisions) = (kh_revision_row){.id = sqlite3_column_int64(stmt, 0),
                                                           .sha256 = kh_sql_str(out, stmt, 1),
                                                           .title = kh_sql_str(out, stmt, 2),
                                                           .published = kh_sql_str(out, stmt, 3),
                                                           .captured = kh_sql_str(out, stmt, 4),
                                                           .replaced = kh_sql_str(out, stmt, 5)};
    }
    return status;
}

kh_status kh_store_custody(kh_store *store, kh_arena *out, int64_t id, kh_article_view *view, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT s.name, a.story_reason, a.story_score, a.added, "
                                "EXISTS (SELECT 1 FROM raw r WHERE r.article_id = a.id) FROM article a "
                                "LEFT JOIN story s ON s.id = a.story_id WHERE a.id = ?",
                                err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        view->story = kh_sql_str(out, stmt, 0);
        view->story_reason = kh_sql_str(out, stmt, 1);
        view->story_score = sqlite3_column_double(stmt, 2);
        view->added = kh_sql_str(out, stmt, 3);
        view->has_raw = sqlite3_column_int(stmt, 4) != 0;
    }
    return status ? status : add_revisions(store, out, id, view, err);
}

/* The later of T and of what SQL gives. */
static kh_time later_of(kh_store *store, kh_time t, const char *sql)
{
    sqlite3_stmt *stmt = kh_sql(store, sql, NULL);
    kh_status status = KH_OK;
    while (stmt && kh_sql_row(store, stmt, &status, NULL)) {
        const char *text = sqlite3_column_blob(stmt, 0);
        kh_time got;
        bool is_time = text && kh_time_parse((kh_str){text, (size_t)sqlite3_column_bytes(stmt, 0)}, &got);
        t = is_time && (!kh_time_known(t) || kh_time_seconds(got) > kh_time_seconds(t)) ? got : t;
    }
    return t;
}

/* Each table gives its newest row: no table is read through. */
static kh_time last_change(kh_store *store)
{
    kh_time t = later_of(store, (kh_time){0}, "SELECT added FROM article ORDER BY id DESC LIMIT 1");
    t = later_of(store, t, "SELECT replaced FROM revision ORDER BY id DESC LIMIT 1");
    return store->has_corrections ? later_of(store, t, "SELECT at FROM correction ORDER BY id DESC LIMIT 1") : t;
}

kh_store_totals kh_store_count(kh_store *store)
{
    return (kh_store_totals){.changed = last_change(store),
                             .stories =
                                 (uint64_t)kh_sql_number(store, "SELECT count(*) FROM story INDEXED BY story_last WHERE articles > 0", ""),
                             .articles = (uint64_t)kh_sql_number(store, "SELECT count(*) FROM article", ""),
                             .corrections = kh_store_correction_count(store)};
}
