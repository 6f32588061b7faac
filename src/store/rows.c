/* rows.c - an article to its row (findings.c) and rows of other tables, without loss: what kh_store_put writes, kh_store_article reads.
 *
 * Decides what is new: the key says which article, the hash of the bytes says whether it changed. The same
 * bytes again write nothing, so that adding a folder twice is free and safe; other bytes at the same
 * address keep the old text as a revision and replace the findings, while the article stays in its story.
 */
#include "store/archive.h"
#include "store/findings.h"
#include "store/pack.h"
#include "store/pending.h"
#include "store/texts.h"
#include "store/words.h"

#include <math.h>
#include <zstd.h>

static const kh_str page_kinds[] = {{"html", 4}, {"page_text", 9}, {"text", 4}};

/* A writer stops at the first failure and keeps it. */
typedef struct writer {
    kh_store *store;
    kh_arena *arena;
    kh_article *article;
    kh_status status;
    kh_error *err;
} writer;

#define WRITE(w, sql, format, ...)                                                                          \
    do {                                                                                                    \
        if (!(w)->status) {                                                                                 \
            (w)->status = kh_sql_run((w)->store, (w)->err, sql, "i" format, (w)->article->id, __VA_ARGS__); \
        }                                                                                                   \
    } while (0)

static void write_credits(writer *w)
{
    KH_EACH(const kh_credit, c, w->article->credits) {
        WRITE(w,
              "INSERT INTO credit(article_id,type,role,agency,label,begin,end,agency_begin,agency_end,via,via_begin,via_end) "
              "VALUES(?,?,?,?,?,?,?,?,?,?,?,?)",
              "ttssppsp", kh_credit_type_name(c->type), kh_credit_role_name(c->role), c->agency, c->label, c->span, c->agency_span, c->via,
              c->via_span);
    }
    int64_t position = 0;
    KH_EACH(const kh_str, agency, w->article->agencies) {
        WRITE(w, "INSERT INTO article_agency(article_id,position,agency) VALUES(?,?,?)", "it", position, *agency);
        position++;
    }
}

static void write_names(writer *w)
{
    int64_t position = 0;
    KH_EACH(const kh_name, n, w->article->names) {
        WRITE(w, "INSERT INTO name(article_id,position,type,label,known_as,sound,mention_count) VALUES(?,?,?,?,?,?,?)", "ittssi", position,
              kh_name_type_name(n->type), n->label, n->id, n->sound, (int64_t)n->mention_count);
        position++;
    }
}

static void write_chains(writer *w)
{
    int64_t chain = 0;
    KH_EACH(const kh_chain, c, w->article->chains) {
        int64_t position = 0;
        KH_EACH(const kh_hop, h, c->hops) {
            WRITE(w, "INSERT INTO hop(article_id,chain,position,role,known_as,label,begin,end) VALUES(?,?,?,?,?,?,?,?)", "iitstp", chain,
                  position, kh_hop_role_name(h->role), h->id, h->label, h->span);
            position++;
        }
        chain++;
    }
}

static void write_clues(writer *w)
{
    KH_EACH(const kh_clue, c, w->article->clues) {
        WRITE(w, "INSERT INTO clue(article_id,field,value,source,why,score,taken) VALUES(?,?,?,?,?,?,?)", "ttssdi", c->field, c->value,
              c->from, c->why, (double)c->score, (int64_t)kh_clue_is_taken(w->article, c));
    }
    KH_EACH(const kh_str, tag, w->article->tags) {
        WRITE(w, "INSERT INTO tag(article_id,value) VALUES(?,?)", "t", *tag);
    }
    KH_EACH(const kh_link, link, w->article->links) {
        WRITE(w, "INSERT INTO link(article_id,begin,end,url) VALUES(?,?,?,?)", "iit", (int64_t)link->span.begin, (int64_t)link->span.end,
              link->url);
    }
}

static void write_words(writer *w)
{
    const kh_article *a = w->article;
    kh_str title = kh_fold_key(w->arena, a->title.value);
    kh_str body = kh_fold_key(w->arena, kh_article_body(w->arena, a, true));
    if (!w->status && !kh_pending_index(w->store, a->id, title, body)) {
        w->status = kh_words_put(w->store, a->id, title, body, w->err);
    }
}

/* Each feature counts one document more; in the order of the table. */
static void write_counts(writer *w, int64_t epoch)
{
    if (w->status || kh_pending_counts(w->store, &w->article->features, epoch, &w->status, w->err)) {
        return;
    }
    KH_EACH(const kh_feature, f, w->article->features) {
        kh_bump one = {f->hash, epoch};
        w->status = w->status ? w->status : kh_count_documents(w->store, &one, 1, w->err);
    }
}

static void write_postings(writer *w, int64_t epoch)
{
    const kh_article *a = w->article;
    kh_u64s keys = kh_postings_keys(w->arena, &a->features, &a->prints);
    w->status = w->status ? w->status : kh_postings_add(w->store, *w->arena, a->id, &keys, w->err);
    write_counts(w, epoch);
}

/* ---- put ---- */

enum { EPOCH_GROWTH = 16 }; /* a sixteenth */

/* The epoch that now holds; a new one begins when the store has grown by a sixteenth, so that a language or a subject
 * that is new to it is soon known. Articles are counted once in a transaction, and again when they may have passed that. */
static kh_status present_epoch(kh_store *store, kh_str now, bool is_new, int64_t *epoch, kh_error *err)
{
    store->epoch_room -= is_new;
    if (store->epoch && store->epoch_room > 0) {
        *epoch = store->epoch;
        return KH_OK;
    }
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT coalesce(max(id),0), coalesce((SELECT documents FROM epoch ORDER BY id DESC LIMIT 1),0),"
                                " (SELECT count(*) FROM article) FROM epoch",
                                err);
    kh_status status = KH_OK;
    int64_t documents = 0, count = 0;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        *epoch = sqlite3_column_int64(stmt, 0);
        documents = sqlite3_column_int64(stmt, 1);
        count = sqlite3_column_int64(stmt, 2);
    }
    if (!status && (*epoch == 0 || count > documents + documents / EPOCH_GROWTH)) {
        ++*epoch;
        documents = count;
        status = kh_sql_run(store, err, "INSERT INTO epoch(id,documents,began) VALUES(?,?,?)", "iit", *epoch, count, now);
    }
    store->epoch = status ? 0 : *epoch;
    store->epoch_room = documents + documents / EPOCH_GROWTH - count;
    return status;
}

static kh_str compress(kh_arena *out, kh_str bytes)
{
    size_t room = ZSTD_compressBound(bytes.len);
    char *p = KH_TAKE_N(out, char, room + 1);
    size_t n = ZSTD_compress(p, room, bytes.ptr, bytes.len, 3);
    return ZSTD_isError(n) ? (kh_str){0} : (kh_str){p, n};
}

enum { DAY_ROOM = 4096 }; /* a day as text, and more */

kh_packed kh_store_pack(kh_arena *out, kh_str raw, const kh_article *article, kh_str since)
{
    kh_packed packed = {0};
    size_t room = (size_t)(out->end - out->cur) / 2;
    if (raw.len && room > ZSTD_compressBound(raw.len)) {
        packed.raw = compress(out, raw);
    }
    kh_arena rest = *out;
    if (room > DAY_ROOM + 2 * article->text.len && kh_text_is_before(kh_when_text(&rest, article->published.when), since)) {
        packed.text = kh_text_packed(out, article->text);
    }
    return packed;
}

/* The row of KEY and when it was added; *same: it has just these bytes. */
static kh_status find_key(kh_store *store, kh_arena *out, kh_str key, kh_str sha256, int64_t *id, bool *same, kh_str *added, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id, sha256 = ?, added FROM article WHERE key = ?", err);
    kh_status status = KH_OK;
    *id = 0;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "tt", sha256, key);
    while (kh_sql_row(store, stmt, &status, err)) {
        *id = sqlite3_column_int64(stmt, 0);
        *same = sqlite3_column_int64(stmt, 1) != 0;
        *added = kh_sql_str(out, stmt, 2);
    }
    return status;
}

/* Whether these bytes were seen before: this very capture, or a later one of the same bytes than was kept then. So
 * an archive that holds several captures of one address can be added twice. */
static kh_status find_capture(kh_store *store, int64_t id, kh_str sha256, kh_str captured, bool *seen, kh_error *err)
{
    sqlite3_stmt *stmt = captured.len ? kh_sql(store,
                                               "SELECT 1 FROM revision r JOIN article a ON a.id = r.article_id WHERE r.article_id = ? "
                                               "AND r.sha256 = ? AND (r.captured = ?3 OR a.captured >= ?3)",
                                               err)
                                      : NULL;
    kh_status status = KH_OK;
    *seen = false;
    if (!stmt) {
        return captured.len ? KH_ERR_STORE : KH_OK;
    }
    kh_sql_bind(stmt, "itt", id, sha256, captured);
    while (kh_sql_row(store, stmt, &status, err)) {
        *seen = true;
    }
    return status;
}

/* Keeps what the article holds as a revision. */
static void make_revision(writer *w, kh_str now)
{
    WRITE(w,
          "INSERT INTO revision(article_id,sha256,title,published,text,raw,raw_length,captured,added,replaced) "
          "SELECT a.id,a.sha256,a.title,a.published,a.text,r.bytes,r.length,a.captured,a.added,?2 "
          "FROM article a LEFT JOIN raw r ON r.article_id = a.id WHERE a.id = ?1",
          "t", now);
    w->status = w->status ? w->status : kh_sql_run(w->store, w->err, "DELETE FROM raw WHERE article_id = ?", "i", w->article->id);
}

static void clear_findings(writer *w)
{
    static const char *const clear[] = {"DELETE FROM clue WHERE article_id = ?",
                                        "DELETE FROM tag WHERE article_id = ?",
                                        "DELETE FROM link WHERE article_id = ?",
                                        "DELETE FROM credit WHERE article_id = ?",
                                        "DELETE FROM article_agency WHERE article_id = ?",
                                        "DELETE FROM name WHERE article_id = ?",
                                        "DELETE FROM hop WHERE article_id = ?"};
    w->status = w->status ? w->status : kh_postings_forget(w->store, *w->arena, w->article->id, w->err);
    w->status = w->status ? w->status : kh_words_drop(w->store, *w->arena, w->article->id, w->err);
    for (size_t i = 0; i < sizeof clear / sizeof *clear && !w->status; i++) {
        w->status = kh_sql_run(w->store, w->err, clear[i], "i", w->article->id);
    }
}

/* A number that no article has, nor one that was deleted and still stands in postings. */
static void take_number(writer *w)
{
    sqlite3_stmt *stmt = w->status ? NULL
                                   : kh_sql(w->store,
                                            "SELECT max(coalesce((SELECT max(id) FROM article), 0), "
                                            "coalesce((SELECT max(article_id) FROM deleted), 0)) + 1",
                                            w->err);
    w->status = stmt || w->status ? w->status : KH_ERR_STORE;
    while (stmt && kh_sql_row(w->store, stmt, &w->status, w->err)) {
        w->article->id = sqlite3_column_int64(stmt, 0);
    }
}

enum { TEXT_PARAMETER = 12, PACKED_WITH_EACH = 2 };

/* Packed where it is of an old DAY. */
static void bind_text(writer *w, sqlite3_stmt *stmt, kh_str packed, kh_str day, kh_str now)
{
    kh_str text = w->article->text;
    if (kh_text_is_old(w->store, day, now)) {
        text = packed.len ? packed : kh_text_packed(w->arena, text);
        sqlite3_bind_blob64(stmt, TEXT_PARAMETER, text.ptr, text.len, SQLITE_STATIC);
    } else {
        sqlite3_bind_text64(stmt, TEXT_PARAMETER, text.len ? text.ptr : "", text.len, SQLITE_STATIC, SQLITE_UTF8);
    }
}

static kh_str language_of(const kh_article *a)
{
    return a->lang.len ? a->lang : KH_STR("und");
}

static void write_digest(writer *w)
{
    const kh_article *a = w->article;
    WRITE(w, "INSERT OR REPLACE INTO digest(article_id,language,published,features,prints) VALUES(?,?,?,?,?)", "tsbb", language_of(a),
          kh_when_text(w->arena, a->published.when), kh_pack_features(w->arena, &a->features), kh_pack_prints(w->arena, &a->prints));
}

static void write_article_row(writer *w, const kh_put_options *o, kh_str now)
{
    const kh_article *a = w->article;
    static const char insert[] =
        "INSERT INTO article(id,key,label,source,url,kind,language,language_confidence,title,outlet,published,text,reason,sha256,"
        "charset,charset_why,captured,added,program,knowledge," KH_FOUND_COLUMNS ") "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
        "ON CONFLICT(id) DO UPDATE SET label=excluded.label,source=excluded.source,url=excluded.url,kind=excluded.kind,"
        "language=excluded.language,language_confidence=excluded.language_confidence,title=excluded.title,outlet=excluded.outlet,"
        "published=excluded.published,text=excluded.text,reason=excluded.reason,sha256=excluded.sha256,charset=excluded.charset,"
        "charset_why=excluded.charset_why,captured=excluded.captured,added=excluded.added,program=excluded.program,knowledge=excluded.knowledge,"
        "fields=excluded.fields,lines=excluded.lines,dates=excluded.dates,"
        "mentions=excluded.mentions,quotations=excluded.quotations,figures=excluded.figures,words=excluded.words";
    kh_found found = {0};
    w->status = w->status ? w->status : kh_found_pack(w->store, w->arena, a, &found, w->err);
    if (w->status) {
        return;
    }
    sqlite3_stmt *stmt = kh_sql(w->store, insert, w->err);
    if (!stmt) {
        w->status = KH_ERR_STORE;
        return;
    }
    kh_str published = kh_when_text(w->arena, a->published.when);
    kh_sql_bind(stmt, "ittssttdsssnssssstttsssssss", a->id, a->key, a->label, a->source, a->url, page_kinds[a->kind], language_of(a),
                (double)a->lang_confidence, a->title.value, a->outlet.value, published, a->reason, a->sha256, a->charset, a->charset_why,
                kh_time_text(w->arena, a->captured), now, o->program, a->knowledge, found.of[KH_FOUND_FIELDS], found.of[KH_FOUND_LINES],
                found.of[KH_FOUND_DATES], found.of[KH_FOUND_MENTIONS], found.of[KH_FOUND_QUOTATIONS], found.of[KH_FOUND_FIGURES],
                found.of[KH_FOUND_WORDS]);
    bind_text(w, stmt, o->packed.text, published.len ? published : now, kh_time_text(w->arena, o->now));
    while (kh_sql_row(w->store, stmt, &w->status, w->err)) {
    }
}

static void write_findings(writer *w, const kh_put_options *o, int64_t epoch)
{
    write_clues(w);
    write_credits(w);
    write_names(w);
    write_chains(w);
    write_words(w);
    write_postings(w, epoch);
    if (o->raw.len) {
        WRITE(w, "INSERT INTO raw(article_id,bytes,length) VALUES(?,?,?)", "bi",
              o->packed.raw.len ? o->packed.raw : compress(w->arena, o->raw), (int64_t)o->raw.len);
    }
}

bool kh_store_knows(kh_store *store, kh_str url, kh_str sha256)
{
    return kh_sql_number(store,
                         "SELECT 1 FROM article WHERE url = ?1 AND sha256 = ?2 UNION ALL "
                         "SELECT 1 FROM sealed_article WHERE key = ?1 AND sha256 = ?2",
                         "tt", url, sha256) != 0;
}

kh_status kh_store_put(kh_store *store, kh_arena scratch, kh_article *article, const kh_put_options *options, kh_put_outcome *outcome,
                       kh_error *err)
{
    writer w = {.store = store, .arena = &scratch, .article = article, .err = err};
    kh_str now = kh_time_text(&scratch, options->now);
    kh_str added = {0};
    bool same = false;
    int64_t epoch = 0;
    w.status = find_key(store, &scratch, article->key, article->sha256, &article->id, &same, &added, err);
    if (!w.status && article->id && !same) {
        w.status = find_capture(store, article->id, article->sha256, kh_time_text(&scratch, article->captured), &same, err);
    }
    if (w.status) {
        return w.status;
    }
    bool sealed = false;
    if (article->id == 0 && kh_store_sealed_article(store, article->key, article->sha256, &sealed) && sealed) {
        *outcome = KH_PUT_UNCHANGED;
        return KH_OK;
    }
    bool again = same && options->again;
    *outcome = article->id == 0 ? KH_PUT_NEW : same && !again ? KH_PUT_UNCHANGED : KH_PUT_REVISED;
    if (*outcome == KH_PUT_UNCHANGED) {
        return KH_OK;
    }
    w.status = present_epoch(store, now, *outcome == KH_PUT_NEW, &epoch, err);
    if (*outcome == KH_PUT_REVISED && !again) {
        make_revision(&w, now);
    }
    if (*outcome == KH_PUT_REVISED) {
        clear_findings(&w);
    }
    if (*outcome == KH_PUT_NEW) {
        take_number(&w);
    }
    now = again ? added : now;
    write_article_row(&w, options, now);
    write_digest(&w);
    write_findings(&w, options, epoch);
    if (*outcome == KH_PUT_NEW && !w.status) {
        w.status = kh_texts_pack(store, scratch, PACKED_WITH_EACH, err);
    }
    if (*outcome == KH_PUT_REVISED) {
        w.status = w.status ? w.status
                            : kh_sql_run(store, err,
                                         "INSERT INTO story_recount(story_id) SELECT story_id FROM article WHERE id = ? "
                                         "AND story_id IS NOT NULL",
                                         "i", article->id);
    }
    return w.status ? w.status : kh_store_settle_date(store, article->key, false, err);
}

kh_status kh_store_features(kh_store *store, kh_arena *out, int64_t id, kh_article *light, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store,
                                store->has_digests ? "SELECT language, published, features, prints FROM digest WHERE article_id = ?"
                                                   : "SELECT language, published, features, prints FROM article WHERE id = ?",
                                err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "i", id);
    while (kh_sql_row(store, stmt, &status, err)) {
        light->id = id;
        light->lang = kh_sql_str(out, stmt, 0);
        kh_when_parse(kh_sql_str(out, stmt, 1), &light->published.when);
        kh_sql_features(store, out, stmt, 2, light);
    }
    return status;
}

/* ---- what a run has still to settle ---- */

int64_t kh_store_unsettled(kh_store *store)
{
    return kh_sql_number(store, "SELECT CAST(value AS INT) FROM meta WHERE name = 'unsettled'", "");
}

kh_status kh_store_set_unsettled(kh_store *store, int64_t id, kh_error *err)
{
    return id ? kh_sql_run(store, err, "INSERT OR REPLACE INTO meta(name, value) VALUES('unsettled', ?)", "i", id)
              : kh_sql_run(store, err, "DELETE FROM meta WHERE name = 'unsettled'", "");
}

/* ---- refreshing ---- */

int64_t kh_store_next_outdated(kh_store *store, kh_str knowledge, int64_t after)
{
    return kh_sql_number(store, "SELECT id FROM article WHERE id > ? AND knowledge <> ? ORDER BY id LIMIT 1", "it", after, knowledge);
}

void kh_store_given_date(kh_store *store, kh_arena *out, int64_t id, kh_time *published)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT value FROM date WHERE article_id = ? AND role = 'published' AND path = 'given'", NULL);
    kh_status status = KH_OK;
    if (stmt) {
        kh_sql_bind(stmt, "i", id);
    }
    while (stmt && kh_sql_row(store, stmt, &status, NULL)) {
        kh_time_parse(kh_sql_str(out, stmt, 0), published);
    }
}
