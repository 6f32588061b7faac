/* sql.h - inside store/ only: prepared statements, binding by a format, columns. */
#ifndef KHABAR_STORE_SQL_H
#define KHABAR_STORE_SQL_H

#include "store/store.h"

#include <sqlite3.h>

enum { KH_STATEMENTS_MAX = 224, KH_STORE_DENSE = 9 };

struct kh_store {
    sqlite3 *db;
    char path[KH_PATH_BYTES_MAX];
    bool in_transaction;
    bool has_mark;                   /* to which kh_store_undo goes back */
    bool held;                       /* in one snapshot */
    int64_t deadline_ms;             /* 0: none */
    bool has_corrections, has_cards; /* the file is of a schema that has the table */
    bool has_archives;               /* the same for sealed files and summaries */
    bool has_levels;                 /* the same for packed features and postings (schema 7) */
    bool has_lists;                  /* the same for findings in lists (schema 8) */
    bool has_digests;                /* the same for table digest (schema 10) */
    bool is_wide;                    /* of a schema before KH_STORE_DENSE: features and postings in more bytes, titles first in the index */
    struct kh_terms *terms;          /* words that were asked for; terms.c */
    bool plain_known;                /* in this transaction: */
    char plain_since[11];            /* the day before which texts are packed; empty: none is */
    int64_t epoch;                   /* of this transaction; 0: not looked up yet */
    int64_t epoch_room;              /* new articles that surely still belong to it */
    int64_t version;                 /* of the file, as PRAGMA data_version told when this transaction began */
    bool foreign;                    /* somebody else has written since the one before */
    struct kh_warm *warm;            /* warm.h; NULL: nothing is remembered */
    struct kh_pending *pending;      /* pending.h; NULL: all is written at once */
    size_t statement_count;
    struct {
        const char *sql; /* the literal's address is the key */
        sqlite3_stmt *stmt;
    } statements[KH_STATEMENTS_MAX];
};

/* The prepared statement of SQL, a string literal: reset, nothing bound. NULL on failure. */
sqlite3_stmt *kh_sql(kh_store *store, const char *sql, kh_error *err);

/* Binds by FORMAT from the first parameter on: i int64_t, d double, s kh_str (NULL when empty), t kh_str (as
 * it is), b kh_str as a blob, n NULL, and p kh_span as two integers (NULL, NULL when empty). */
void kh_sql_bind(sqlite3_stmt *stmt, const char *format, ...);

/* Binds, runs to the end, resets. */
kh_status kh_sql_run(kh_store *store, kh_error *err, const char *sql, const char *format, ...);

/* Binds, and the number that the first row begins with; 0 where there is none, and on failure. */
int64_t kh_sql_number(kh_store *store, const char *sql, const char *format, ...);

/* One step: true with a row; false at the end or on an error, which is put into *status. Resets when false. */
bool kh_sql_row(kh_store *store, sqlite3_stmt *stmt, kh_status *status, kh_error *err);

kh_str kh_sql_str(kh_arena *out, sqlite3_stmt *stmt, int column); /* a copy; empty for NULL */
kh_span kh_sql_span(sqlite3_stmt *stmt, int column);              /* two columns */
bool kh_sql_unpacked(kh_arena *out, sqlite3_stmt *stmt, int column,
                     kh_str *bytes); /* two: zstd, and the length that it must have; load.c */

/* Brings a store of the older schema VERSION to the present one. */
kh_status kh_store_migrate(kh_store *store, int64_t version, kh_error *err);

/* Of table story: it has articles and ended before the day ?1. */
#define KH_STORY_ENDED "articles > 0 AND coalesce(nullif(last, ''), changed) < ?1"

/* The day of publication that holds for KEY into article.published: a person's, else, if ALWAYS, what was read. */
kh_status kh_store_settle_date(kh_store *store, kh_str key, bool always, kh_error *err);

/* The corrections that hang on the article KEY alone are deleted with it, and counted. */
kh_status kh_store_delete_corrections(kh_store *store, kh_str key, kh_error *err);

/* A story FROM without articles leads to STORY from now on, and so does what led to it. */
kh_status kh_store_redirect(kh_store *store, int64_t from, int64_t story, kh_error *err);

/* The MATCH expression of QUERY: each run of letters and digits as a quoted string, quoted words as one phrase; empty: no word. */
kh_str kh_match_expression(kh_arena *out, kh_arena scratch, kh_str query);

/* What stands in TEXT around the first word of QUERY, no word cut; *where: that word in it, empty when it is not there. */
kh_str kh_snippet_of(kh_arena *out, kh_arena scratch, kh_str query, kh_str text, kh_span *where);

/* "[1,2,3]" */
kh_str kh_ids_as_json(kh_arena *out, const kh_ids *ids);

/* The error of the connection in our words. */
kh_status kh_sql_fail(kh_store *store, kh_error *err);

#endif
