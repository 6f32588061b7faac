/* load.c - an article made anew from its rows, the mirror of rows.c. */
#include "store/sql.h"

#include <stdlib.h>
#include <zstd.h>

typedef struct reader {
    kh_store *store;
    kh_arena *out;
    kh_article *a;
    kh_status status;
    kh_error *err;
} reader;

/* The statement of SQL with the article's id bound, NULL after a failure. */
static sqlite3_stmt *rows(reader *r, const char *sql)
{
    if (r->status) {
        return NULL;
    }
    sqlite3_stmt *stmt = kh_sql(r->store, sql, r->err);
    if (!stmt) {
        r->status = KH_ERR_STORE;
        return NULL;
    }
    kh_sql_bind(stmt, "i", r->a->id);
    return stmt;
}

#define EACH_ROW(r, stmt, sql)                                                                         \
    for (sqlite3_stmt *stmt = rows(r, sql); stmt && kh_sql_row((r)->store, stmt, &(r)->status, (r)->err);)

static kh_str text_at(reader *r, sqlite3_stmt *stmt, int column)
{
    return kh_sql_str(r->out, stmt, column);
}

static bool flag_at(sqlite3_stmt *stmt, int column)
{
    return sqlite3_column_int(stmt, column) != 0;
}

static void load_head(reader *r)
{
    kh_article *a = r->a;
    bool found = false;
    EACH_ROW(r, s, "SELECT key,label,source,url,kind,language,language_confidence,text,reason,sha256,charset,captured,knowledge,"
                   "charset_why "
                   "FROM article WHERE id = ?") {
        found = true;
        a->key = text_at(r, s, 0);
        a->label = text_at(r, s, 1);
        a->source = text_at(r, s, 2);
        a->url = text_at(r, s, 3);
        kh_str kind = text_at(r, s, 4);
        a->kind = kh_str_eq(kind, KH_STR("html")) ? KH_PAGE_HTML : kh_str_eq(kind, KH_STR("text")) ? KH_PAGE_TEXT : KH_PAGE_SCRAPED;
        a->lang = text_at(r, s, 5);
        a->lang_confidence = (float)sqlite3_column_double(s, 6);
        a->text = text_at(r, s, 7);
        a->reason = text_at(r, s, 8);
        a->sha256 = text_at(r, s, 9);
        a->charset = text_at(r, s, 10);
        kh_time_parse(text_at(r, s, 11), &a->captured);
        a->knowledge = text_at(r, s, 12);
        a->charset_why = text_at(r, s, 13);
    }
    if (!r->status && !found) {
        r->status = kh_fail(r->err, KH_ERR_USAGE, "no_such_article", "there is no article %lld in the store", (long long)a->id);
    }
}

static kh_field *field_named(kh_article *a, kh_str name)
{
    return kh_str_eq(name, KH_STR("title"))    ? &a->title
           : kh_str_eq(name, KH_STR("outlet")) ? &a->outlet
           : kh_str_eq(name, KH_STR("byline")) ? &a->byline
           : kh_str_eq(name, KH_STR("section")) ? &a->section
                                                : &a->image;
}

static void load_fields(reader *r)
{
    EACH_ROW(r, s, "SELECT name,value,begin,end,path,confidence FROM field WHERE article_id = ?") {
        *field_named(r->a, text_at(r, s, 0)) = (kh_field){.value = text_at(r, s, 1),
                                                          .span = kh_sql_span(s, 2),
                                                          .path = text_at(r, s, 4),
                                                          .confidence = (float)sqlite3_column_double(s, 5)};
    }
}

static void load_clues(reader *r)
{
    EACH_ROW(r, s, "SELECT field,value,source,why,score,taken FROM clue WHERE article_id = ? ORDER BY id") {
        *KH_ADD(r->out, &r->a->clues) = (kh_clue){.field = text_at(r, s, 0),
                                                  .value = text_at(r, s, 1),
                                                  .from = text_at(r, s, 2),
                                                  .why = text_at(r, s, 3),
                                                  .score = (float)sqlite3_column_double(s, 4),
                                                  .taken = flag_at(s, 5)};
    }
    EACH_ROW(r, s, "SELECT value FROM tag WHERE article_id = ? ORDER BY id") {
        *KH_ADD(r->out, &r->a->tags) = text_at(r, s, 0);
    }
    EACH_ROW(r, s, "SELECT begin,end,url FROM link WHERE article_id = ? ORDER BY id") {
        *KH_ADD(r->out, &r->a->links) = (kh_link){.span = kh_sql_span(s, 0), .url = text_at(r, s, 2)};
    }
}

static void load_lines(reader *r)
{
    EACH_ROW(r, s, "SELECT begin,end,role,path,why,language FROM line WHERE article_id = ? ORDER BY id") {
        kh_line line = {.span = kh_sql_span(s, 0), .path = text_at(r, s, 3), .why = text_at(r, s, 4), .lang = text_at(r, s, 5)};
        kh_line_role_of(text_at(r, s, 2), &line.role);
        *KH_ADD(r->out, &r->a->lines) = line;
    }
}

static kh_date date_at(reader *r, sqlite3_stmt *s)
{
    kh_date d = {.span = kh_sql_span(s, 2),
                 .core = flag_at(s, 6),
                 .clash = flag_at(s, 7),
                 .path = text_at(r, s, 9),
                 .reason = text_at(r, s, 10)};
    kh_when_parse(text_at(r, s, 1), &d.when);
    kh_calendar_of(text_at(r, s, 4), &d.calendar);
    kh_date_how_of(text_at(r, s, 5), &d.how);
    kh_time_parse(text_at(r, s, 8), &d.other);
    return d;
}

static void load_dates(reader *r)
{
    EACH_ROW(r, s, "SELECT role,value,begin,end,calendar,how,core,clash,other,path,reason,inferred FROM date WHERE article_id = ? "
                   "ORDER BY id") {
        kh_str role = text_at(r, s, 0);
        kh_date d = date_at(r, s);
        if (kh_str_eq(role, KH_STR("published"))) {
            r->a->published = d;
            r->a->published_inferred = flag_at(s, 11);
        } else if (kh_str_eq(role, KH_STR("modified"))) {
            r->a->modified = d;
        } else {
            *KH_ADD(r->out, &r->a->dates) = d;
        }
    }
}

static void load_credits(reader *r)
{
    EACH_ROW(r, s, "SELECT type,role,agency,label,begin,end,agency_begin,agency_end,via,via_begin,via_end FROM credit "
                   "WHERE article_id = ? ORDER BY id") {
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
    EACH_ROW(r, s, "SELECT agency FROM article_agency WHERE article_id = ? ORDER BY position") {
        *KH_ADD(r->out, &r->a->agencies) = text_at(r, s, 0);
    }
}

static void load_names(reader *r)
{
    EACH_ROW(r, s, "SELECT type,label,known_as,sound,mention_count FROM name WHERE article_id = ? ORDER BY position") {
        kh_name n = {.label = text_at(r, s, 1),
                     .id = text_at(r, s, 2),
                     .sound = text_at(r, s, 3),
                     .mention_count = (uint32_t)sqlite3_column_int64(s, 4)};
        kh_name_type_of(text_at(r, s, 0), &n.type);
        *KH_ADD(r->out, &r->a->names) = n;
    }
    EACH_ROW(r, s, "SELECT name,begin,end,role_begin,role_end FROM mention WHERE article_id = ? ORDER BY id") {
        *KH_ADD(r->out, &r->a->mentions) = (kh_mention){
            .name = (uint32_t)sqlite3_column_int64(s, 0), .span = kh_sql_span(s, 1), .role_span = kh_sql_span(s, 3)};
    }
}

static void load_quotations(reader *r)
{
    EACH_ROW(r, s, "SELECT begin,end,speaker,speaker_name,speaker_begin,speaker_end,cue_begin,cue_end,act,mode,form,stance,told_to,"
                   "channel_begin,channel_end,hedge_begin,hedge_end,core,continues FROM quotation WHERE article_id = ? ORDER BY id") {
        int64_t name = sqlite3_column_int64(s, 3);
        kh_quotation q = {.span = kh_sql_span(s, 0),
                          .speaker = text_at(r, s, 2),
                          .speaker_name = name < 0 ? KH_NO_NAME : (uint32_t)name,
                          .speaker_span = kh_sql_span(s, 4),
                          .cue = kh_sql_span(s, 6),
                          .told_to = text_at(r, s, 12),
                          .channel = kh_sql_span(s, 13),
                          .hedge = kh_sql_span(s, 15),
                          .core = flag_at(s, 17),
                          .continues = flag_at(s, 18)};
        kh_act_of(text_at(r, s, 8), &q.act);
        kh_mode_of(text_at(r, s, 9), &q.mode);
        kh_form_of(text_at(r, s, 10), &q.form);
        kh_stance_of(text_at(r, s, 11), &q.stance);
        *KH_ADD(r->out, &r->a->quotations) = q;
    }
}

static void load_figures(reader *r)
{
    EACH_ROW(r, s, "SELECT begin,end,number_begin,number_end,min,max,op,soft,kind,what,scope,unit,noun,place,as_of,claimed_by,"
                   "quotation,hedge_begin,hedge_end,status,core,past_event FROM figure WHERE article_id = ? ORDER BY id") {
        int64_t quotation = sqlite3_column_int64(s, 16);
        kh_figure f = {.span = kh_sql_span(s, 0),
                       .number = kh_sql_span(s, 2),
                       .min = sqlite3_column_double(s, 4),
                       .max = sqlite3_column_double(s, 5),
                       .has_min = sqlite3_column_type(s, 4) != SQLITE_NULL,
                       .has_max = sqlite3_column_type(s, 5) != SQLITE_NULL,
                       .soft = flag_at(s, 7),
                       .what = text_at(r, s, 9),
                       .scope = text_at(r, s, 10),
                       .unit = text_at(r, s, 11),
                       .noun = text_at(r, s, 12),
                       .place = text_at(r, s, 13),
                       .claimed_by = text_at(r, s, 15),
                       .quotation = quotation < 0 ? UINT32_MAX : (uint32_t)quotation,
                       .hedge = kh_sql_span(s, 17),
                       .core = flag_at(s, 20),
                       .past_event = flag_at(s, 21)};
        kh_figure_op_of(text_at(r, s, 6), &f.op);
        kh_figure_kind_of(text_at(r, s, 8), &f.kind);
        kh_when_parse(text_at(r, s, 14), &f.as_of);
        kh_figure_status_of(text_at(r, s, 19), &f.status);
        *KH_ADD(r->out, &r->a->figures) = f;
    }
}

static void load_chains(reader *r)
{
    int64_t last = -1;
    EACH_ROW(r, s, "SELECT chain,role,known_as,label,begin,end FROM hop WHERE article_id = ? ORDER BY chain,position") {
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
    a->id = id;
    load_head(&r);
    load_fields(&r);
    load_clues(&r);
    load_lines(&r);
    load_dates(&r);
    load_credits(&r);
    load_names(&r);
    load_quotations(&r);
    load_figures(&r);
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
    a->id = id;
    load_head(&r);
    load_fields(&r);
    *article = a;
    return r.status;
}

kh_status kh_store_article_head(kh_store *store, kh_arena *out, int64_t id, kh_article **article, kh_error *err)
{
    kh_article *a = KH_NEW(out, kh_article);
    reader r = {.store = store, .out = out, .a = a, .err = err};
    a->id = id;
    EACH_ROW(&r, s, "SELECT key,label,source,url,language,reason,sha256,published FROM article WHERE id = ?") {
        a->key = text_at(&r, s, 0);
        a->label = text_at(&r, s, 1);
        a->source = text_at(&r, s, 2);
        a->url = text_at(&r, s, 3);
        a->lang = text_at(&r, s, 4);
        a->reason = text_at(&r, s, 5);
        a->sha256 = text_at(&r, s, 6);
        kh_when_parse(text_at(&r, s, 7), &a->published.when);
    }
    load_fields(&r);
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
        return kh_fail(err, KH_ERR_STORE, "damaged", "the bytes of article %lld cannot be unpacked; khabar check tells of all such", (long long)id);
    }
    return status || found ? status : kh_fail(err, KH_ERR_USAGE, "no_raw", "the bytes of article %lld were not kept", (long long)id);
}
