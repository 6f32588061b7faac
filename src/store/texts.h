/* texts.h - inside store/ only: the text of an article, plain or packed. */
#ifndef KHABAR_STORE_TEXTS_H
#define KHABAR_STORE_TEXTS_H

#include "store/sql.h"

/* The text in COLUMN, unpacked where it is packed; empty where that fails, and *whole, which may be NULL, becomes false. */
kh_str kh_sql_text(kh_arena *out, sqlite3_stmt *stmt, int column, bool *whole);

/* TEXT packed. */
kh_str kh_text_packed(kh_arena *out, kh_str text);

/* Whether DAY, of any precision, is before SINCE, neither of them empty. */
bool kh_text_is_before(kh_str day, kh_str since);

/* Whether the text of an article of this DAY (of publication, else of adding) is kept packed, at NOW, both ISO 8601. In a transaction. */
bool kh_text_is_old(kh_store *store, kh_str day, kh_str now);

/* Packs the texts of at most COUNT articles that have become old. In a transaction. */
kh_status kh_texts_pack(kh_store *store, kh_arena scratch, int64_t count, kh_error *err);

/* Packs the text of article ID if it would have been when it came. In a transaction. */
kh_status kh_text_pack_late(kh_store *store, kh_arena scratch, int64_t id, kh_error *err);

/* Packs all texts. In a transaction. */
kh_status kh_texts_pack_all(kh_store *store, kh_arena scratch, kh_error *err);

#endif
