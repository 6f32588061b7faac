/* load.c - an article made anew from its rows, the mirror of rows.c. */
#include "store/reader.h"
#include "store/texts.h"

#include <stdlib.h>
#include <zstd.h>

#define HEAD \
    "SELECT key,label,source,url,kind,language,language_confidence,text,reason,sha256,charset,captured,knowledge,charset_why,title,outlet"

/* The row; what was found, as it is packed, into *FOUND where the store has it so. */
static void load_head(reader *r, kh_found *found)
{
    kh_article *a = r->a;
    bool there = false, whole = true;
    EACH_ROW(r, s, r->store->has_lists ? HEAD "," KH_FOUND_COLUMNS " FROM article WHERE id = ?" : HEAD " FROM article WHERE id = ?")
    {
        there = true;
        a->key = text_at(r, s, 0);
        a->label = text_at(r, s, 1);
        a->source = text_at(r, s, 2);
        a->url = text_at(r, s, 3);
        kh_str kind = text_at(r, s, 4);
        a->kind = kh_str_eq(kind, KH_STR("html")) ? KH_PAGE_HTML : kh_str_eq(kind, KH_STR("text")) ? KH_PAGE_TEXT : KH_PAGE_SCRAPED;
        a->lang = text_at(r, s, 5);
        a->lang_confidence = (float)sqlite3_column_double(s, 6);
        a->text = kh_sql_text(r->out, s, 7, &whole);
        a->reason = text_at(r, s, 8);
        a->sha256 = text_at(r, s, 9);
        a->charset = text_at(r, s, 10);
        kh_time_parse(text_at(r, s, 11), &a->captured);
        a->knowledge = text_at(r, s, 12);
        a->charset_why = text_at(r, s, 13);
        a->title.value = text_at(r, s, 14);
        a->outlet.value = text_at(r, s, 15);
        if (r->store->has_lists) {
            kh_found_at(r->out, s, 16, found);
        }
    }
    if (!r->status && !there) {
        r->status = kh_fail(r->err, KH_ERR_USAGE, "no_such_article", "there is no article %lld in the store", (long long)a->id);
    } else if (!r->status && !whole) {
        r->status = kh_fail(r->err, KH_ERR_STORE, "damaged", "the text of article %lld cannot be unpacked; khabar check tells of all such",
                            (long long)a->id);
    }
}

static void load_found(reader *r, const kh_found *found)
{
    if (!r->status && !r->store->has_lists) {
        r->status = kh_rows_read(r->store, r->out, r->a, r->err);
    } else if (!r->status && !kh_found_read_all(r->store, r->out, found, r->a)) {
        r->status = kh_fail(r->err, KH_ERR_STORE, "damaged",
                            "what was found in article %lld cannot be unpacked; khabar check tells of all such", (long long)r->a->id);
    }
}

/* The fields alone. */
static void load_fields(reader *r, const kh_found *found)
{
    if (!r->status && !r->store->has_lists) {
        r->status = kh_rows_fields(r->store, r->out, r->a, r->err);
    } else if (!r->status) {
        kh_found_read(r->store, r->out, found, KH_FOUND_FIELDS, r->a);
    }
}

static void load_clues(reader *r)
{
    EACH_ROW(r, s, "SELECT field,value,source,why,score,taken FROM clue WHERE article_id = ? ORDER BY id")
    {
        *KH_ADD(r->out, &r->a->clues) = (kh_clue){.field = text_at(r, s, 0),
                                                  .value = text_at(r, s, 1),
                                                  .from = text_at(r, s, 2),
                                                  .why = text_at(r, s, 3),
                                                  .score = (float)sqlite3_column_double(s, 4),
                                                  .taken = flag_at(s, 5)};
    }
    EACH_ROW(r, s, "SELECT value FROM tag WHERE article_id = ? ORDER BY id")
    {
        *KH_ADD(r->out, &r->a->tags) = text_at(r, s, 0);
    }
    EACH_ROW(r, s, "SELECT begin,end,url FROM link WHERE article_id = ? ORDER BY id")
    {
        *KH_ADD(r->out, &r->a->links) = (kh_link){.span = kh_sql_span(s, 0), .url = text_at(r, s, 2)};
    }
}

static void load_credits(reader *r)
{
    EACH_ROW(r, s,
             "SELECT type,role,agency,label,begin,end,agency_begin,agency_end,via,via_begin,via_end FROM credit "
             "WHERE article_id = ? ORDER BY id")
    {
        kh_credit c = {.agency = text_at(r, s, 2),
                       .label = text_at(r, s, 3),
                       .span = kh_sql_span(s, 4),
                       .agency_span = kh_sql_span(s, 6),
                       .via = text_at(r, s, 8),
                       .via_span = kh_sql_span(s, 9)};
        kh_credit_type_of(text_at(r, s, 0), &c.type);
        kh_credit_role_of(text_at(r, s, 1), &c.role);
        *KH_ADD(r->out, &r->a->credits) = c;
    }
    EACH_ROW(r, s, "SELECT agency FROM article_agency WHERE article_id = ? ORDER BY position")
    {
        *KH_ADD(r->out, &r->a->agencies) = text_at(r, s, 0);
    }
}

static void load_names(reader *r)
{
    EACH_ROW(r, s, "SELECT type,label,known_as,sound,mention_count FROM name WHERE article_id = ? ORDER BY position")
    {
        kh_name n = {.label = text_at(r, s, 1),
                     .id = text_at(r, s, 2),
                     .sound = text_at(r, s, 3),
                     .mention_count = (uint32_t)sqlite3_column_int64(s, 4)};
        kh_name_type_of(text_at(r, s, 0), &n.type);
        *KH_ADD(r->out, &r->a->names) = n;
    }
}

static void load_chains(reader *r)
{
    int64_t last = -1;
    EACH_ROW(r, s, "SELECT chain,role,known_as,label,begin,end FROM hop WHERE article_id = ? ORDER BY chain,position")
    {
        if (sqlite3_column_int64(s, 0) != last) {
            last = sqlite3_column_int64(s, 0);
            *KH_ADD(r->out, &r->a->chains) = (kh_chain){0};
        }
        kh_hop h = {.id = text_at(r, s, 2), .label = text_at(r, s, 3), .span = kh_sql_span(s, 4)};
        kh_hop_role_of(text_at(r, s, 1), &h.role);
        *KH_ADD(r->out, &r->a->chains.items[r->a->chains.count - 1].hops) = h;
    }
}

static void load_corrections(reader *r)
{
    kh_corrections all = {0};
    if (!r->status) {
        r->status = kh_store_corrections_of(r->store, r->out, r->a->key, &all, r->err);
        kh_article_correct(r->out, r->a, &all);
    }
}

kh_status kh_store_article(kh_store *store, kh_arena *out, int64_t id, kh_article **article, kh_error *err)
{
    kh_article *a = KH_NEW(out, kh_article);
    reader r = {.store = store, .out = out, .a = a, .err = err};
    kh_found found = {0};
    a->id = id;
    load_head(&r, &found);
    load_found(&r, &found);
    load_clues(&r);
    load_credits(&r);
    load_names(&r);
    load_chains(&r);
    load_corrections(&r);
    if (!r.status) {
        a->tokens = kh_text_of(out, a->text);
        r.status = kh_store_features(store, out, id, a, err);
        kh_article_check(a);
        *article = a;
    }
    return r.status;
}

kh_status kh_store_article_bare(kh_store *store, kh_arena *out, int64_t id, kh_article **article, kh_error *err)
{
    kh_article *a = KH_NEW(out, kh_article);
    reader r = {.store = store, .out = out, .a = a, .err = err};
    kh_found found = {0};
    a->id = id;
    load_head(&r, &found);
    load_fields(&r, &found);
    *article = a;
    return r.status;
}

kh_status kh_store_article_head(kh_store *store, kh_arena *out, int64_t id, kh_article **article, kh_error *err)
{
    kh_article *a = KH_NEW(out, kh_article);
    reader r = {.store = store, .out = out, .a = a, .err = err};
    kh_found found = {0};
    a->id = id;
    EACH_ROW(&r, s,
             store->has_lists
                 ? "SELECT key,label,source,url,language,reason,sha256,published,title,outlet,fields,words FROM article WHERE id = ?"
                 : "SELECT key,label,source,url,language,reason,sha256,published,title,outlet FROM article WHERE id = ?")
    {
        a->key = text_at(&r, s, 0);
        a->label = text_at(&r, s, 1);
        a->source = text_at(&r, s, 2);
        a->url = text_at(&r, s, 3);
        a->lang = text_at(&r, s, 4);
        a->reason = text_at(&r, s, 5);
        a->sha256 = text_at(&r, s, 6);
        kh_when_parse(text_at(&r, s, 7), &a->published.when);
        a->title.value = text_at(&r, s, 8);
        a->outlet.value = text_at(&r, s, 9);
        if (store->has_lists) {
            found.of[KH_FOUND_FIELDS] = text_at(&r, s, 10);
            found.of[KH_FOUND_WORDS] = text_at(&r, s, 11);
        }
    }
    load_fields(&r, &found);
    r.status = r.status ? r.status : kh_store_agencies(store, out, id, &a->agencies, err);
    a->title.span = a->outlet.span = a->byline.span = a->section.span = a->image.span = (kh_span){0};
    a->tokens = kh_text_of(out, a->text);
    *article = a;
    return r.status;
}

bool kh_sql_unpacked(kh_arena *out, sqlite3_stmt *stmt, int column, kh_str *bytes)
{
    kh_str packed = kh_sql_str(out, stmt, column);
    int64_t length = sqlite3_column_int64(stmt, column + 1);
    if (length < 0 || length > KH_RECORD_BYTES_MAX) {
        return false;
    }
    char *p = KH_NEW_N(out, char, (size_t)length + 1);
    *bytes = (kh_str){p, (size_t)length};
    return ZSTD_decompress(p, (size_t)length, packed.ptr, packed.len) == (size_t)length;
}

kh_status kh_store_raw(kh_store *store, kh_arena *out, int64_t id, kh_str *bytes, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT bytes, length FROM raw WHERE article_id = ?", err);
    kh_status status = KH_OK;
    bool found = false;
    bool kept = false;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        kept = true;
        found = kh_sql_unpacked(out, stmt, 0, bytes);
    }
    if (!status && kept && !found) {
        return kh_fail(err, KH_ERR_STORE, "damaged", "the bytes of article %lld cannot be unpacked; khabar check tells of all such",
                       (long long)id);
    }
    return status || found ? status : kh_fail(err, KH_ERR_USAGE, "no_raw", "the bytes of article %lld were not kept", (long long)id);
}
