/* reader.h - inside store/ only: rows of one article, asked one table after the other. */
#ifndef KHABAR_STORE_READER_H
#define KHABAR_STORE_READER_H

#include "store/findings.h"

/* Stops at the first failure and keeps it. */
typedef struct reader {
    kh_store *store;
    kh_arena *out;
    kh_article *a;
    kh_status status;
    kh_error *err;
} reader;

/* The statement of SQL with the article's id bound, NULL after a failure. */
static inline sqlite3_stmt *rows(reader *r, const char *sql)
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

#define EACH_ROW(r, stmt, sql) for (sqlite3_stmt *stmt = rows(r, sql); stmt && kh_sql_row((r)->store, stmt, &(r)->status, (r)->err);)

static inline kh_str text_at(reader *r, sqlite3_stmt *stmt, int column)
{
    return kh_sql_str(r->out, stmt, column);
}

static inline bool flag_at(sqlite3_stmt *stmt, int column)
{
    return sqlite3_column_int(stmt, column) != 0;
}

#endif
