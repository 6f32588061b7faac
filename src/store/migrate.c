/* migrate.c - an older store brought to the present schema, in one transaction, when it is opened for writing.
 *
 * The statements of a step are history and never change; what the schema is now stands in schema.sql. A store that is
 * only read is left as it is: what it has not is taken as empty. A step adds tables or columns, it takes nothing away,
 * so a copy of the file made before is all that is needed to go back.
 */
#include "store/sql.h"

#include <stdio.h>

/* Of schema 1 to 2: corrections. */
static const char from_1[] =
    "CREATE TABLE correction(\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  kind TEXT NOT NULL,\n"
    "  article TEXT,\n"
    "  other TEXT,\n"
    "  words TEXT,\n"
    "  begin INT,\n"
    "  value TEXT,\n"
    "  was TEXT,\n"
    "  by TEXT NOT NULL, at TEXT NOT NULL, why TEXT,\n"
    "  undone TEXT\n"
    ");\n"
    "CREATE INDEX correction_article ON correction(article);\n"
    "CREATE INDEX correction_other ON correction(other);\n"
    "CREATE TABLE correction_move(\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  correction_id INTEGER NOT NULL REFERENCES correction(id) ON DELETE CASCADE,\n"
    "  article TEXT NOT NULL,\n"
    "  story TEXT NOT NULL\n"
    ");\n";

static const char *const steps[KH_STORE_SCHEMA] = {NULL, from_1};

kh_status kh_store_migrate(kh_store *store, int64_t version, kh_error *err)
{
    char number[60];
    bool done = sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
    for (int64_t v = version; v >= 1 && v < KH_STORE_SCHEMA && done; v++) {
        done = sqlite3_exec(store->db, steps[v], NULL, NULL, NULL) == SQLITE_OK;
    }
    snprintf(number, sizeof number, "PRAGMA user_version=%d; COMMIT", KH_STORE_SCHEMA);
    if (done && sqlite3_exec(store->db, number, NULL, NULL, NULL) == SQLITE_OK) {
        return KH_OK;
    }
    kh_status status = kh_sql_fail(store, err);
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
