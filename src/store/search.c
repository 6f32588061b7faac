/* search.c - full text over folded words, and the names of the store.
 *
 * Decides what a query means: its words are folded as the texts were, so that any spelling that folds
 * alike is found ("ألماتي" by "الماتى", "Yönetim" by "yonetim"); words in "..." stand together; all must
 * occur. The index is FTS5 with its own unicode61 tokenizer, so any sqlite3 shell can ask it too.
 * Snippets are slices of the article's own text.
 */
#include "store/findings.h"
#include "store/texts.h"

/* The MATCH expression: each run of letters and digits as a quoted string, quoted words as one phrase. */
kh_str kh_match_expression(kh_arena *out, kh_arena scratch, kh_str query)
{
    const kh_text *t = kh_text_of(&scratch, query);
    kh_buf b = {.arena = out};
    bool phrase = false;
    bool open = false;
    KH_EACH(const kh_token, k, t->tokens) {
        if (k->kind == KH_PUNCT) {
            if (kh_is_quote(k->cp) && k->cp != '\'') {
                if (open) {
                    kh_buf_z(&b, "\" ");
                    open = false;
                }
                phrase = !phrase;
            }
            continue;
        }
        kh_buf_z(&b, open ? " " : "\"");
        kh_buf_add(&b, k->key);
        open = phrase;
        if (!phrase) {
            kh_buf_z(&b, "\" ");
        }
    }
    if (open) {
        kh_buf_z(&b, "\"");
    }
    return kh_buf_str(&b);
}

enum { SNIPPET_BEFORE = 60, SNIPPET_AFTER = 140 };

/* Moves AT back, or forward, to a white space so that no word is cut. */
static uint32_t at_space(kh_str text, uint32_t at, bool back)
{
    while (back ? at > 0 : at < text.len) {
        char c = text.ptr[back ? at - 1 : at];
        if (c == ' ' || c == '\n') {
            break;
        }
        at = back ? at - 1 : at + 1;
    }
    return at;
}

kh_str kh_snippet_of(kh_arena *out, kh_arena scratch, kh_str query, kh_str text, kh_span *where)
{
    const kh_text *q = kh_text_of(&scratch, query);
    const kh_text *t = kh_text_of(&scratch, text);
    kh_span found = {0};
    for (size_t i = 0; i < t->tokens.count && kh_span_empty(found); i++) {
        KH_EACH(const kh_token, word, q->tokens) {
            if (word->kind != KH_PUNCT && word->hash == t->tokens.items[i].hash) {
                found = t->tokens.items[i].span;
            }
        }
    }
    uint32_t begin = at_space(text, found.begin > SNIPPET_BEFORE ? found.begin - SNIPPET_BEFORE : 0, true);
    uint32_t limit = (uint32_t)text.len;
    uint32_t end = at_space(text, found.end + SNIPPET_AFTER < limit ? found.end + SNIPPET_AFTER : limit, false);
    kh_str snippet = kh_str_trim(kh_slice(text, (kh_span){begin, end}));
    *where = (kh_span){0};
    if (!kh_span_empty(found)) {
        uint32_t from = (uint32_t)(snippet.ptr - text.ptr);
        *where = (kh_span){found.begin - from, found.end - from};
    }
    return kh_arena_copy(out, snippet);
}

static kh_hit hit_at(kh_arena *out, sqlite3_stmt *s)
{
    return (kh_hit){.article = sqlite3_column_int64(s, 0),
                    .label = kh_sql_str(out, s, 1),
                    .title = kh_sql_str(out, s, 2),
                    .lang = kh_sql_str(out, s, 3),
                    .outlet = kh_sql_str(out, s, 4),
                    .published = kh_sql_str(out, s, 5),
                    .story = kh_sql_str(out, s, 6),
                    .rank = sqlite3_column_double(s, 7)};
}

#define FOUND(rank)                                                                             \
    "SELECT a.id,a.label,a.title,a.language,a.outlet,a.published,s.name," rank ",a.text "       \
    "FROM search JOIN article a ON a.id = search.rowid LEFT JOIN story s ON s.id = a.story_id " \
    "WHERE search MATCH ?1 ORDER BY " rank ", a.id LIMIT ?2"

kh_status kh_store_search(kh_store *store, kh_arena *out, kh_arena scratch, kh_str query, uint32_t limit, kh_hits *hits, kh_error *err)
{
    kh_str expression = kh_match_expression(out, scratch, query);
    if (expression.len == 0) {
        return kh_fail(err, KH_ERR_USAGE, "empty_query", "the query holds no word; give at least one");
    }
    sqlite3_stmt *stmt = kh_sql(store, store->is_wide ? FOUND("bm25(search,4.0,1.0)") : FOUND("bm25(search,1.0,4.0)"), err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "ti", expression, (int64_t)limit);
    while (kh_sql_row(store, stmt, &status, err)) {
        kh_hit hit = hit_at(out, stmt);
        kh_arena row = scratch;
        hit.snippet = kh_snippet_of(out, row, query, kh_sql_text(&row, stmt, 8, NULL), &hit.found);
        *KH_ADD(out, hits) = hit;
    }
    return status;
}

kh_status kh_store_names(kh_store *store, kh_arena *out, kh_name_rows *rows, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT label,type,known_as,sound,count(DISTINCT article_id) FROM name "
                                "GROUP BY label,type ORDER BY 5 DESC, label",
                                err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, rows) = (kh_name_row){.label = kh_sql_str(out, stmt, 0),
                                           .type = kh_sql_str(out, stmt, 1),
                                           .known_as = kh_sql_str(out, stmt, 2),
                                           .sound = kh_sql_str(out, stmt, 3),
                                           .articles = (uint32_t)sqlite3_column_int64(stmt, 4)};
    }
    return status;
}

/* The names of article ID, one article each, into ROWS. */
static kh_status add_names_of(kh_store *store, kh_arena *out, int64_t id, kh_name_rows *rows, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT DISTINCT label,type FROM name WHERE article_id = ?", err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, rows) = (kh_name_row){.label = kh_sql_str(out, stmt, 0), .type = kh_sql_str(out, stmt, 1), .articles = 1};
    }
    return status;
}

kh_status kh_store_names_again(kh_store *store, kh_arena *out, kh_map *seen, kh_name_rows *again, kh_error *err)
{
    KH_LIST(int64_t) twice = {0};
    kh_status status = KH_OK;
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id,key FROM article", err);
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        bool fresh = false;
        kh_str key = {(const char *)sqlite3_column_text(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1)};
        kh_map_put(out, seen, kh_hash(key), &fresh);
        if (!fresh) {
            *KH_ADD(out, &twice) = sqlite3_column_int64(stmt, 0);
        }
    }
    for (size_t i = 0; !status && i < twice.count; i++) {
        status = add_names_of(store, out, twice.items[i], again, err);
    }
    return status;
}

kh_status kh_store_sounds(kh_store *store, kh_arena *out, kh_strs *sounds, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT DISTINCT sound FROM name INDEXED BY name_sound WHERE sound IS NOT NULL", err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, sounds) = kh_sql_str(out, stmt, 0);
    }
    return status;
}

static kh_status add_names(kh_store *store, kh_arena *out, sqlite3_stmt *stmt, kh_str wanted, kh_name_rows *rows, kh_error *err)
{
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "t", wanted);
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, rows) =
            (kh_name_row){.label = kh_sql_str(out, stmt, 0), .known_as = kh_sql_str(out, stmt, 1), .sound = kh_sql_str(out, stmt, 2)};
    }
    return status;
}

kh_status kh_store_names_sounding(kh_store *store, kh_arena *out, kh_str sound, kh_name_rows *rows, kh_error *err)
{
    return add_names(store, out, kh_sql(store, "SELECT DISTINCT label, known_as, sound FROM name WHERE sound = ?", err), sound, rows, err);
}

kh_status kh_store_names_known(kh_store *store, kh_arena *out, kh_str known_as, kh_name_rows *rows, kh_error *err)
{
    return add_names(store, out, kh_sql(store, "SELECT DISTINCT label, known_as, sound FROM name WHERE known_as = ?", err), known_as, rows,
                     err);
}

static bool has_hit(const kh_hits *hits, int64_t article)
{
    KH_EACH(const kh_hit, h, *hits) {
        if (h->article == article) {
            return true;
        }
    }
    return false;
}

#define NAMED "SELECT DISTINCT a.id,a.label,a.title,a.language,a.outlet,a.published,s.name,0.0,a.text,"
#define NAMED_FROM " FROM name n JOIN article a ON a.id = n.article_id LEFT JOIN story s ON s.id = a.story_id "
#define NAMED_ORDER "WHERE n.sound IS ?2 AND n.label = ?1 GROUP BY a.id ORDER BY a.published IS NULL, a.published DESC LIMIT ?3"

/* One of the articles with the name, and where it is met there first. */
static kh_hit named_at(kh_store *store, kh_arena *out, sqlite3_stmt *stmt)
{
    kh_hit hit = hit_at(out, stmt);
    kh_str text = kh_sql_text(out, stmt, 8, NULL);
    kh_span mention = store->has_lists ? kh_found_mention(store, kh_sql_str(out, stmt, 9), (uint32_t)sqlite3_column_int64(stmt, 10))
                                       : kh_sql_span(stmt, 9);
    uint32_t begin = at_space(text, mention.begin > SNIPPET_BEFORE ? mention.begin - SNIPPET_BEFORE : 0, true);
    uint32_t end = at_space(text, mention.end + SNIPPET_AFTER < text.len ? mention.end + SNIPPET_AFTER : (uint32_t)text.len, false);
    hit.snippet = kh_slice(text, (kh_span){begin, end});
    hit.found = (kh_span){mention.begin - begin, mention.end - begin};
    return hit;
}

kh_status kh_store_named(kh_store *store, kh_arena *out, const kh_name_rows *names, uint32_t limit, kh_hits *hits, kh_error *err)
{
    kh_status status = KH_OK;
    KH_EACH(const kh_name_row, name, *names) {
        sqlite3_stmt *stmt = kh_sql(store,
                                    store->has_lists ? NAMED "a.mentions,n.position" NAMED_FROM NAMED_ORDER
                                                     : NAMED "m.begin,m.end" NAMED_FROM
                                                             "JOIN mention m ON m.article_id = a.id AND m.name = n.position " NAMED_ORDER,
                                    err);
        if (!stmt) {
            return KH_ERR_STORE;
        }
        kh_sql_bind(stmt, "tsi", name->label, name->sound, (int64_t)limit);
        while (kh_sql_row(store, stmt, &status, err)) {
            kh_hit hit = named_at(store, out, stmt);
            if (!has_hit(hits, hit.article) && hits->count < limit) {
                *KH_ADD(out, hits) = hit;
            }
        }
    }
    return status;
}
