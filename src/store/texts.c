/* texts.c - texts of articles: those of news as they are, those of old articles packed.
 *
 * Decides which is which: whoever opens the file in a shell wants to read what is new with nothing but SQL, and has mostly old articles.
 * So a text is packed that is of a day KH_PLAIN_DAYS before now or older, when it comes or, two with each article that comes, when it has grown old;
 * in a sealed file all are. What was found in it stays readable rows in any case. Column text of table article then is a BLOB in place of a TEXT;
 * the row 'plain_days' of table meta holds another number of days, or 'all' for a store that packs none.
 *
 *     CAST(sqlar_uncompress(text, 16777216) AS TEXT)      in the sqlite3 shell; zlib.decompress(text) in Python
 *
 * Method: zlib's stream (RFC 1950), since sqlite3, Python and every other language bring it along; zstd with a dictionary learned from the store
 * would take a fifth less, and nobody could read it but this program.
 *
 * Gets wrong: a day in the future keeps a text plain; a text of a few words becomes longer.
 */
#include "store/texts.h"

#include "store/warm.h"

#include <string.h>
#include <zlib.h>

enum { LEVEL = 6, TEXT_BYTES_MAX = 2 * KH_PAGE_BYTES_MAX };

kh_str kh_text_packed(kh_arena *out, kh_str text)
{
    uLong room = compressBound((uLong)text.len);
    Bytef *p = KH_TAKE_N(out, Bytef, room);
    return compress2(p, &room, (const Bytef *)(text.len ? text.ptr : ""), (uLong)text.len, LEVEL) == Z_OK ? (kh_str){(const char *)p, room}
                                                                                                          : (kh_str){0};
}

/* Room is made for three times the bytes, and for more where that is too little. */
static bool unpack(kh_arena *out, kh_str packed, kh_str *text)
{
    for (size_t room = packed.len * 4 + 64; room <= TEXT_BYTES_MAX * 4; room *= 4) {
        kh_arena before = *out;
        uLongf len = room < TEXT_BYTES_MAX ? room : TEXT_BYTES_MAX;
        char *p = KH_TAKE_N(out, char, len + 1);
        int rc = uncompress((Bytef *)p, &len, (const Bytef *)packed.ptr, (uLong)packed.len);
        if (rc == Z_OK) {
            p[len] = 0;
            *text = (kh_str){p, len};
            return true;
        }
        *out = before;
        if (rc != Z_BUF_ERROR) {
            return false;
        }
    }
    return false;
}

kh_str kh_sql_text(kh_arena *out, sqlite3_stmt *stmt, int column, bool *whole)
{
    if (sqlite3_column_type(stmt, column) != SQLITE_BLOB) {
        return kh_sql_str(out, stmt, column);
    }
    kh_str packed = {sqlite3_column_blob(stmt, column), (size_t)sqlite3_column_bytes(stmt, column)};
    kh_str text = {0};
    if (!unpack(out, packed, &text) && whole) {
        *whole = false;
    }
    return text;
}

/* The day before which texts are old, into store->plain_since: once a transaction. */
static void find_day(kh_store *store, kh_str now)
{
    char room[64];
    kh_arena day = {.begin = room, .cur = room, .end = room + sizeof room};
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT CASE d WHEN 'all' THEN '' ELSE coalesce(date(?1, '-' || CAST(d AS INT) || ' days'), '') END FROM "
                                "(SELECT coalesce((SELECT value FROM meta WHERE name = 'plain_days'), ?2) AS d)",
                                NULL);
    kh_status status = KH_OK;
    memset(store->plain_since, 0, sizeof store->plain_since);
    if (stmt) {
        kh_sql_bind(stmt, "ti", now, (int64_t)KH_PLAIN_DAYS);
    }
    while (stmt && kh_sql_row(store, stmt, &status, NULL)) {
        kh_str found = kh_str_head(kh_sql_str(&day, stmt, 0), sizeof store->plain_since - 1);
        memcpy(store->plain_since, found.len ? found.ptr : "", found.len);
    }
    store->plain_known = true;
}

bool kh_text_is_before(kh_str day, kh_str since)
{
    kh_str begin = kh_str_head(day, since.len);
    return since.len && begin.len && memcmp(begin.ptr, since.ptr, begin.len) < 0;
}

bool kh_text_is_old(kh_store *store, kh_str day, kh_str now)
{
    if (!store->plain_known) {
        find_day(store, now);
    }
    return kh_text_is_before(day, kh_str_z(store->plain_since));
}

kh_str kh_store_plain_since(kh_store *store, kh_arena *out, kh_time now)
{
    find_day(store, kh_time_text(out, now));
    store->plain_known = false; /* it is asked outside of transactions */
    return kh_arena_copy(out, kh_str_z(store->plain_since));
}

/* Who is in which story stays as it was, and may be remembered. */
static kh_status put_packed(kh_store *store, int64_t id, kh_str packed, kh_error *err)
{
    uint32_t turn = kh_warm_turn(store);
    kh_status status = kh_sql_run(store, err, "UPDATE article SET text = ?2 WHERE id = ?1", "ib", id, packed);
    kh_warm_back_to(store, turn);
    return status;
}

/* What STMT gives, numbers and texts. */
static kh_status pack_rows(kh_store *store, kh_arena scratch, sqlite3_stmt *stmt, kh_error *err)
{
    kh_status status = KH_OK;
    kh_ids ids = {0};
    kh_strs texts = {0};
    while (kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(&scratch, &ids) = sqlite3_column_int64(stmt, 0);
        kh_arena text = kh_arena_split(&scratch);
        *KH_ADD(&scratch, &texts) = kh_text_packed(&scratch, kh_sql_str(&text, stmt, 1));
    }
    for (size_t i = 0; i < ids.count && !status; i++) {
        status = put_packed(store, ids.items[i], texts.items[i], err);
    }
    return status;
}

kh_status kh_texts_pack(kh_store *store, kh_arena scratch, int64_t count, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT id, text FROM article WHERE typeof(text) = 'text' AND coalesce(published, added) < ? "
                                "ORDER BY coalesce(published, added) LIMIT ?",
                                err);
    if (!stmt) {
        return KH_ERR_STORE;
    }
    kh_sql_bind(stmt, "ti", kh_str_z(store->plain_since), count);
    return pack_rows(store, scratch, stmt, err);
}

kh_status kh_text_pack_late(kh_store *store, kh_arena scratch, int64_t id, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT coalesce(published, added), added, text FROM article WHERE id = ?", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    kh_str packed = {0};
    if (stmt) {
        kh_sql_bind(stmt, "i", id);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        kh_str day = kh_sql_str(&scratch, stmt, 0);
        store->plain_known = false;
        if (kh_text_is_old(store, day, kh_sql_str(&scratch, stmt, 1))) {
            packed = kh_text_packed(&scratch, kh_sql_str(&scratch, stmt, 2));
        }
    }
    return packed.len && !status ? put_packed(store, id, packed, err) : status;
}

kh_status kh_texts_pack_all(kh_store *store, kh_arena scratch, kh_error *err)
{
    kh_status status = KH_OK;
    for (int64_t last = -1, id = 0; id != last && !status;) {
        sqlite3_stmt *stmt = kh_sql(store, "SELECT id, text FROM article WHERE typeof(text) = 'text' AND id > ? ORDER BY id LIMIT 1", err);
        last = id;
        if (!stmt) {
            return KH_ERR_STORE;
        }
        kh_sql_bind(stmt, "i", last);
        kh_str packed = {0};
        kh_arena one = scratch;
        while (kh_sql_row(store, stmt, &status, err)) {
            id = sqlite3_column_int64(stmt, 0);
            packed = kh_text_packed(&one, kh_sql_str(&one, stmt, 1));
        }
        if (id != last && !status) {
            status = put_packed(store, id, packed, err);
        }
    }
    return status;
}
