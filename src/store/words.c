/* words.c - the folded words of each article, which the full-text index holds and nobody else.
 *
 * Decides what is indexed: the folded title, and the folded body with its subheads. An index of FTS5 without a content table (content='') keeps
 * the words and where they stand, but no text; to take an article out it must be told again just what was put in. That is made from the article:
 * its title, its text, and the lines of it that are body.
 *
 *     "Взрыв на шахте"  in article.text,  "взрыв на шахте"  in no table, found by MATCH 'взрыв'
 *
 * A row of `article` that a shell deletes leaves title, text and lines in the table `deleted`, since a trigger cannot fold; the next commit of this
 * program takes its words out.
 *
 * Gets wrong: where folding has changed since an article came, words that are folded otherwise now stay in the index, of a number that no
 * article has, until `khabar refresh` or a number that is used again; khabar check sees it, and advises how the index is made anew.
 */
#include "store/words.h"

#include "store/findings.h"
#include "store/texts.h"

/* "12 40 41 99": begin and end of each line, as stores before schema 8 have it. */
static kh_str join_lines(kh_arena *out, kh_str text, kh_str lines)
{
    kh_buf b = {.arena = out};
    kh_str begin, end;
    while (kh_str_cut(&lines, ' ', &begin) && kh_str_cut(&lines, ' ', &end)) {
        uint64_t from = 0, to = 0;
        if (kh_str_u64(begin, &from) && kh_str_u64(end, &to) && from <= to && to <= text.len) {
            if (b.len) {
                kh_buf_char(&b, '\n');
            }
            kh_buf_add(&b, (kh_str){text.ptr + from, (size_t)(to - from)});
        }
    }
    return kh_buf_str(&b);
}

static bool lines_are_inside(const kh_article *a)
{
    KH_EACH(const kh_line, line, a->lines) {
        if (line->span.begin > line->span.end || line->span.end > a->text.len) {
            return false;
        }
    }
    return true;
}

/* The lines of TEXT that are body, of the list in columns 3 and 4. */
static kh_str body_of(kh_store *store, kh_arena *out, kh_str text, sqlite3_stmt *stmt)
{
    kh_article a = {.text = text};
    kh_found found = {0};
    found.of[KH_FOUND_LINES] = kh_sql_str(out, stmt, 3);
    found.of[KH_FOUND_WORDS] = kh_sql_str(out, stmt, 4);
    return kh_found_read(store, out, &found, KH_FOUND_LINES, &a) && lines_are_inside(&a) ? kh_article_body(out, &a, true) : (kh_str){0};
}

/* Title, text and lines in columns 1 to 3 of STMT; in column 4 the words that a list of lines names. */
static void fold_row(kh_store *store, kh_arena *out, sqlite3_stmt *stmt, kh_str *title, kh_str *body)
{
    kh_str text = kh_sql_text(out, stmt, 2, NULL);
    *title = kh_fold_key(out, kh_sql_str(out, stmt, 1));
    *body = kh_fold_key(out, store->has_lists ? body_of(store, out, text, stmt) : join_lines(out, text, kh_sql_str(out, stmt, 3)));
}

kh_status kh_words_put(kh_store *store, int64_t id, kh_str title, kh_str body, kh_error *err)
{
    return kh_sql_run(store, err, "INSERT INTO search(rowid, title, body) VALUES(?,?,?)", "itt", id, title, body);
}

static kh_status take_out(kh_store *store, int64_t id, kh_str title, kh_str body, kh_error *err)
{
    return kh_sql_run(store, err, "INSERT INTO search(search, rowid, title, body) VALUES('delete',?,?,?)", "itt", id, title, body);
}

#define ROW "SELECT a.id, a.title, a.text, a.lines, a.words FROM article a WHERE "
#define OLD_ROW                                                                                                       \
    "SELECT a.id, a.title, a.text, (SELECT group_concat(begin || ' ' || end, ' ') FROM (SELECT begin, end FROM line " \
    "WHERE article_id = a.id AND role IN('body','subhead') ORDER BY begin)) FROM article a WHERE "

kh_status kh_words_of(kh_store *store, kh_arena *out, int64_t id, kh_str *title, kh_str *body, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, store->has_lists ? ROW "a.id = ?" : OLD_ROW "a.id = ?", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    *title = *body = (kh_str){0};
    if (stmt) {
        kh_sql_bind(stmt, "i", id);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        fold_row(store, out, stmt, title, body);
    }
    return status;
}

kh_status kh_words_drop(kh_store *store, kh_arena scratch, int64_t id, kh_error *err)
{
    kh_str title, body;
    kh_status status = kh_words_of(store, &scratch, id, &title, &body, err);
    return status ? status : take_out(store, id, title, body, err);
}

static kh_status for_rows(kh_store *store, kh_arena scratch, sqlite3_stmt *stmt, kh_words_act act, void *context, kh_error *err)
{
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    while (!status && kh_sql_row(store, stmt, &status, err)) {
        kh_arena one = scratch;
        kh_str title, body;
        fold_row(store, &one, stmt, &title, &body);
        status = act(store, context, sqlite3_column_int64(stmt, 0), title, body, err);
    }
    if (stmt) {
        sqlite3_reset(stmt);
    }
    return status;
}

static kh_status drop_row(kh_store *store, void *context, int64_t id, kh_str title, kh_str body, kh_error *err)
{
    (void)context;
    return take_out(store, id, title, body, err);
}

static kh_status put_row(kh_store *store, void *context, int64_t id, kh_str title, kh_str body, kh_error *err)
{
    (void)context;
    return kh_words_put(store, id, title, body, err);
}

static const char *gone_of(const kh_store *store)
{
    return store->has_lists ? "SELECT article_id, title, text, lines, words FROM deleted"
                            : "SELECT article_id, title, text, lines FROM deleted";
}

static const char *all_of(const kh_store *store)
{
    return store->has_lists ? ROW "1 ORDER BY a.id" : OLD_ROW "1 ORDER BY a.id";
}

kh_status kh_words_settle(kh_store *store, kh_arena scratch, kh_error *err)
{
    return for_rows(store, scratch, kh_sql(store, gone_of(store), err), drop_row, NULL, err);
}

kh_status kh_words_each(kh_store *store, kh_arena scratch, kh_words_act act, void *context, kh_error *err)
{
    kh_status status = for_rows(store, scratch, kh_sql(store, all_of(store), err), act, context, err);
    return status ? status : for_rows(store, scratch, kh_sql(store, gone_of(store), err), act, context, err);
}

kh_status kh_words_rebuild(kh_store *store, kh_arena scratch, kh_error *err)
{
    kh_status status = kh_sql_run(store, err, "INSERT INTO search(search) VALUES('delete-all')", "");
    return status ? status : for_rows(store, scratch, kh_sql(store, all_of(store), err), put_row, NULL, err);
}
