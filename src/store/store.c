/* store.c - opening the file, transactions, statements, and what SQLite's errors mean to a person.
 *
 * Decides what is a store: a SQLite file with application_id "KHBR" and a schema this program knows. A
 * file that is something else is refused and left untouched; an empty or new file gets the schema in one
 * transaction. WAL with synchronous=FULL: what was committed is on the disk before commit returns.
 */
#include "store/sql.h"

#include "store/pending.h"
#include "store/schema.h"
#include "store/terms.h"
#include "store/warm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { APPLICATION_ID = 0x4B484252 }; /* "KHBR" */
enum { PAGE_BYTES = 16384 };          /* an article has some three thousand: of smaller pages a fourth would be empty */

kh_status kh_sql_fail(kh_store *store, kh_error *err)
{
    const char *path = store->path;
    switch (sqlite3_errcode(store->db)) {
    case SQLITE_FULL:
        return kh_fail(err, KH_ERR_IO, "disk_full",
                       "%s: the disk is full; what was stored before is safe; make room and run the command again", path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return kh_fail(err, KH_ERR_STORE, "busy", "%s: another program has held the store for over %d s; try again later", path,
                       KH_STORE_WAIT_MS / 1000);
    case SQLITE_INTERRUPT:
        return kh_fail(err, KH_ERR_LIMIT, "too_slow", "the question takes too long; ask for less, or narrow it with a filter");
    case SQLITE_NOTADB: return kh_fail(err, KH_ERR_STORE, "not_a_store", "%s: not a Khabar store; name another file with --db", path);
    case SQLITE_CORRUPT:
        return kh_fail(err, KH_ERR_STORE, "damaged",
                       "%s: the store is damaged; restore it from a copy, or save its pages as khabar help check tells", path);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return kh_fail(err, KH_ERR_IO, "not_writable", "%s: cannot be opened for writing; check the rights of the file and its folder",
                       path);
    case SQLITE_IOERR: return kh_fail(err, KH_ERR_IO, "io", "%s: reading or writing failed (%s)", path, sqlite3_errmsg(store->db));
    default: return kh_fail(err, KH_ERR_STORE, "store", "%s: %s", path, sqlite3_errmsg(store->db));
    }
}

/* ---- statements ---- */

/* SQLite takes a whole transaction back when a call to the disk fails, also while it reads. What came after would be written by itself. */
static bool was_taken_back(kh_store *store, kh_error *err)
{
    bool lost = store->in_transaction && sqlite3_get_autocommit(store->db);
    if (lost) {
        kh_fail(err, KH_ERR_IO, "io",
                "%s: reading failed, and the batch was taken back; see whether the disk is sound, and run the command again", store->path);
    }
    return lost;
}

sqlite3_stmt *kh_sql(kh_store *store, const char *sql, kh_error *err)
{
    if (was_taken_back(store, err)) {
        return NULL;
    }
    for (size_t i = 0; i < store->statement_count; i++) {
        if (store->statements[i].sql == sql) {
            sqlite3_reset(store->statements[i].stmt);
            sqlite3_clear_bindings(store->statements[i].stmt);
            return store->statements[i].stmt;
        }
    }
    sqlite3_stmt *stmt = NULL;
    if (store->statement_count == KH_STATEMENTS_MAX ||
        sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK) {
        kh_sql_fail(store, err);
        return NULL;
    }
    store->statements[store->statement_count].sql = sql;
    store->statements[store->statement_count++].stmt = stmt;
    return stmt;
}

/* KEEP says whether SQLite copies the bytes: SQLITE_TRANSIENT, or SQLITE_STATIC where they outlive the run. */
static void bind_str(sqlite3_stmt *stmt, int at, kh_str s, bool null_if_empty, bool blob, sqlite3_destructor_type keep)
{
    if (null_if_empty && s.len == 0) {
        sqlite3_bind_null(stmt, at);
    } else if (blob) {
        sqlite3_bind_blob64(stmt, at, s.len ? s.ptr : "", s.len, keep);
    } else {
        sqlite3_bind_text64(stmt, at, s.len ? s.ptr : "", s.len, keep, SQLITE_UTF8);
    }
}

static void bind_list(sqlite3_stmt *stmt, sqlite3_destructor_type keep, const char *format, va_list args)
{
    int at = 1;
    for (const char *f = format; *f; f++, at++) {
        switch (*f) {
        case 'i': sqlite3_bind_int64(stmt, at, va_arg(args, int64_t)); break;
        case 'd': sqlite3_bind_double(stmt, at, va_arg(args, double)); break;
        case 's': bind_str(stmt, at, va_arg(args, kh_str), true, false, keep); break;
        case 't': bind_str(stmt, at, va_arg(args, kh_str), false, false, keep); break;
        case 'b': bind_str(stmt, at, va_arg(args, kh_str), true, true, keep); break;
        case 'p': {
            kh_span span = va_arg(args, kh_span);
            if (!kh_span_empty(span)) {
                sqlite3_bind_int64(stmt, at, span.begin);
                sqlite3_bind_int64(stmt, at + 1, span.end);
            }
            at++;
            break;
        }
        default: sqlite3_bind_null(stmt, at); break;
        }
    }
}

void kh_sql_bind(sqlite3_stmt *stmt, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    bind_list(stmt, SQLITE_TRANSIENT, format, args);
    va_end(args);
}

kh_status kh_sql_run(kh_store *store, kh_error *err, const char *sql, const char *format, ...)
{
    sqlite3_stmt *stmt = kh_sql(store, sql, err);
    if (!stmt) {
        return err ? err->code : KH_ERR_STORE;
    }
    va_list args;
    va_start(args, format);
    bind_list(stmt, SQLITE_STATIC, format, args);
    va_end(args);
    int rc = SQLITE_ROW;
    while (rc == SQLITE_ROW) {
        rc = sqlite3_step(stmt);
    }
    kh_status status = rc == SQLITE_DONE ? KH_OK : kh_sql_fail(store, err);
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    return status;
}

int64_t kh_sql_number(kh_store *store, const char *sql, const char *format, ...)
{
    sqlite3_stmt *stmt = kh_sql(store, sql, NULL);
    if (!stmt) {
        return 0;
    }
    va_list args;
    va_start(args, format);
    bind_list(stmt, SQLITE_STATIC, format, args);
    va_end(args);
    int64_t number = sqlite3_step(stmt) == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    return number;
}

bool kh_sql_row(kh_store *store, sqlite3_stmt *stmt, kh_status *status, kh_error *err)
{
    int rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW) {
        return true;
    }
    *status = rc == SQLITE_DONE ? KH_OK : kh_sql_fail(store, err);
    sqlite3_reset(stmt);
    return false;
}

kh_str kh_sql_str(kh_arena *out, sqlite3_stmt *stmt, int column)
{
    const char *p = sqlite3_column_blob(stmt, column);
    int n = sqlite3_column_bytes(stmt, column);
    return p && n > 0 ? kh_arena_copy(out, (kh_str){p, (size_t)n}) : (kh_str){0};
}

kh_span kh_sql_span(sqlite3_stmt *stmt, int column)
{
    return (kh_span){(uint32_t)sqlite3_column_int64(stmt, column), (uint32_t)sqlite3_column_int64(stmt, column + 1)};
}

/* ---- opening ---- */

static int64_t pragma(kh_store *store, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t value = -1;
    if (sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW) {
        value = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
    return value;
}

static kh_status execute(kh_store *store, const char *sql, kh_error *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? KH_OK : kh_sql_fail(store, err);
}

static kh_status make_schema(kh_store *store, kh_error *err)
{
    char size[40];
    snprintf(size, sizeof size, "PRAGMA page_size=%d", PAGE_BYTES);
    kh_status status = execute(store, size, err);
    status = status ? status : execute(store, "BEGIN IMMEDIATE", err);
    if (status) {
        return status;
    }
    if (pragma(store, "PRAGMA application_id") == APPLICATION_ID) {
        return execute(store, "COMMIT", err); /* another process was quicker */
    }
    char finish[120];
    snprintf(finish, sizeof finish, "PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT", APPLICATION_ID, KH_STORE_SCHEMA);
    status = execute(store, kh_store_schema, err);
    if (!status) {
        status = execute(store, finish, err);
    }
    if (status) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    return status;
}

static bool only_reads(kh_store_mode mode)
{
    return mode == KH_STORE_READ || mode == KH_STORE_SEALED;
}

/* Is what was opened a store of ours? A file without any table is new. */
static kh_status check_schema(kh_store *store, kh_store_mode mode, kh_error *err)
{
    bool reads = only_reads(mode);
    int64_t tables = pragma(store, "SELECT count(*) FROM sqlite_master");
    if (tables < 0) {
        return kh_sql_fail(store, err);
    }
    if (tables == 0) {
        return reads ? kh_fail(err, KH_ERR_STORE, "not_a_store", "%s: holds no articles yet; add some with khabar add", store->path)
                     : make_schema(store, err);
    }
    if (pragma(store, "PRAGMA application_id") != APPLICATION_ID) {
        return kh_fail(err, KH_ERR_STORE, "not_a_store", "%s: a database of another program, left untouched; name another file with --db",
                       store->path);
    }
    int64_t version = pragma(store, "PRAGMA user_version");
    if (version > KH_STORE_SCHEMA) {
        return kh_fail(err, KH_ERR_STORE, "newer_schema",
                       "%s: written by a newer khabar (schema %lld, this program knows %d); update khabar", store->path, (long long)version,
                       KH_STORE_SCHEMA);
    }
    if (mode == KH_STORE_WRITE && pragma(store, "SELECT count(*) FROM meta WHERE name = 'seal'") == 1) {
        return kh_fail(err, KH_ERR_STORE, "sealed",
                       "%s: a sealed archive, which nothing is added to; name the store it belongs to with --db", store->path);
    }
    return version < KH_STORE_SCHEMA && !reads ? kh_store_migrate(store, version, err) : KH_OK;
}

/* As khabar check advises where they are damaged. */
static kh_status make_index(kh_store *store, kh_error *err)
{
    kh_status status = kh_store_begin(store, err);
    status = status ? status : kh_index_rebuild(store, err);
    if (status) {
        kh_store_rollback(store);
        return status;
    }
    return kh_store_commit(store, err);
}

static kh_status configure(kh_store *store, kh_store_mode mode, kh_error *err)
{
    sqlite3_busy_timeout(store->db, KH_STORE_WAIT_MS);
    sqlite3_extended_result_codes(store->db, 0);
    if (mode == KH_STORE_READ) {
        kh_store_hold(store);
    }
    kh_status status = check_schema(store, mode, err);
    store->has_corrections = !status && pragma(store, "SELECT count(*) FROM sqlite_master WHERE name = 'correction'") == 1;
    store->has_cards = !status && pragma(store, "SELECT count(*) FROM sqlite_master WHERE name = 'story_card'") == 1;
    store->has_archives = !status && pragma(store, "SELECT count(*) FROM sqlite_master WHERE name = 'archive'") == 1;
    store->has_levels = !status && pragma(store, "SELECT count(*) FROM sqlite_master WHERE name = 'posting_block'") == 1;
    store->has_lists = !status && pragma(store, "SELECT count(*) FROM sqlite_master WHERE name = 'term'") == 1;
    store->is_wide = !status && pragma(store, "PRAGMA user_version") < KH_STORE_DENSE;
    store->has_digests = !status && pragma(store, "SELECT count(*) FROM sqlite_master WHERE name = 'digest'") == 1;
    if (store->has_digests) {
        kh_store_let_go(
            store); /* one of an older schema is held, so that it stays as it is read though another program brings it up to date */
    }
    if (!status && !only_reads(mode)) { /* the cache, KB: articles ask for blocks of postings from all over a large file */
        status = execute(store,
                         "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                         "PRAGMA secure_delete=0; PRAGMA cache_size=-524288; PRAGMA wal_autocheckpoint=4096; PRAGMA temp_store=MEMORY",
                         err);
    }
    return !status && !only_reads(mode) && kh_index_is_due(store) ? make_index(store, err) : status;
}

/* A new file belongs to its user alone. */
static kh_status make_file(const char *path, kh_error *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return kh_fail(err, KH_ERR_IO, "not_writable", "%s: cannot be made (%s); check the folder, or name another file with --db", path,
                       strerror(errno));
    }
    close(fd);
    return KH_OK;
}

/* May this user write the file and make files beside it, as the log of a store in use needs? */
static bool may_write(const char *path)
{
    char folder[KH_PATH_BYTES_MAX];
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 1;
    memcpy(folder, slash ? path : ".", len);
    folder[len] = 0;
    return access(path, W_OK) == 0 && access(len ? folder : "/", W_OK) == 0;
}

/* A store that can only be read, another user's or on a read-only disk: opened as a file that nobody changes. */
static int open_immutable(kh_store *store)
{
    char uri[3 * KH_PATH_BYTES_MAX + 32] = "file:";
    size_t at = 5;
    for (const char *p = store->path; *p; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || strchr("/._-", *p);
        at += (size_t)snprintf(uri + at, sizeof uri - at, plain ? "%c" : "%%%02X", (unsigned char)*p);
    }
    snprintf(uri + at, sizeof uri - at, "?immutable=1");
    return sqlite3_open_v2(uri, &store->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
}

static kh_status open_file(kh_store *store, kh_store_mode mode, kh_error *err)
{
    struct stat st;
    if (only_reads(mode) && stat(store->path, &st) != 0) {
        return kh_fail(err, KH_ERR_NOINPUT, "no_store", "%s: there is no store yet; make one with khabar add", store->path);
    }
    kh_status status = mode == KH_STORE_WRITE ? make_file(store->path, err) : KH_OK;
    if (status) {
        return status;
    }
    int rc = 0;
    if (mode == KH_STORE_SEALED || (mode == KH_STORE_READ && !may_write(store->path))) {
        rc = open_immutable(store);
    } else {
        const char *name = mode == KH_STORE_MEMORY ? ":memory:" : store->path;
        rc = sqlite3_open_v2(name, &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    }
    return rc == SQLITE_OK ? configure(store, mode, err) : kh_sql_fail(store, err);
}

void kh_store_alone(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

kh_store *kh_store_open(const char *path, kh_store_mode mode, kh_error *err)
{
    kh_store *store = calloc(1, sizeof *store);
    if (!store) {
        kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory to open the store");
        return NULL;
    }
    const char *shown = mode == KH_STORE_MEMORY ? "(in memory)" : path;
    if (strlen(shown) >= sizeof store->path) {
        kh_fail(err, KH_ERR_USAGE, "path_too_long", "the path of the store is over %d bytes", KH_PATH_BYTES_MAX);
    } else {
        memcpy(store->path, shown, strlen(shown) + 1);
        if (!open_file(store, mode, err)) {
            return store;
        }
    }
    kh_store_close(store);
    return NULL;
}

void kh_store_close(kh_store *store)
{
    if (!store) {
        return;
    }
    kh_pending_close(store);
    for (size_t i = 0; i < store->statement_count; i++) {
        sqlite3_finalize(store->statements[i].stmt);
    }
    kh_terms_forget(store);
    sqlite3_close(store->db);
    free(store);
}

/* ---- for a server ---- */

static int64_t milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int is_late(void *context)
{
    const kh_store *store = context;
    return store->deadline_ms && milliseconds() > store->deadline_ms;
}

enum { STEPS_BETWEEN_LOOKS = 20000, EXPRESSION_DEPTH_MAX = 100, CACHE_KB = 6000 };

kh_status kh_store_harden(kh_store *store, kh_error *err)
{
    char sql[200];
    snprintf(sql, sizeof sql, "PRAGMA query_only=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-%d; PRAGMA temp_store=MEMORY", CACHE_KB);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(store->db, SQLITE_LIMIT_EXPR_DEPTH, EXPRESSION_DEPTH_MAX);
    sqlite3_progress_handler(store->db, STEPS_BETWEEN_LOOKS, is_late, store);
    return execute(store, sql, err);
}

void kh_store_deadline(kh_store *store, int64_t ms)
{
    store->deadline_ms = ms ? milliseconds() + ms : 0;
}

void kh_store_hold(kh_store *store)
{
    sqlite3_stmt *stmt = store->held ? NULL : kh_sql(store, "BEGIN", NULL);
    kh_status status = KH_OK;
    if (stmt) {
        kh_sql_row(store, stmt, &status, NULL);
        store->held = !status;
    }
}

/* A statement that was left in the middle would hold its snapshot of the file, and no later transaction could begin. */
void kh_store_end_questions(kh_store *store)
{
    for (size_t i = 0; i < store->statement_count; i++) {
        if (sqlite3_stmt_busy(store->statements[i].stmt)) {
            sqlite3_reset(store->statements[i].stmt);
        }
    }
}

void kh_store_let_go(kh_store *store)
{
    kh_store_end_questions(store);
    if (store->held) {
        sqlite3_stmt *stmt = kh_sql(store, "ROLLBACK", NULL);
        kh_status status = KH_OK;
        store->held = stmt && kh_sql_row(store, stmt, &status, NULL);
    }
}

int kh_store_schema_of(kh_store *store)
{
    return (int)pragma(store, "PRAGMA user_version");
}

/* ---- transactions ---- */

kh_status kh_store_begin(kh_store *store, kh_error *err)
{
    kh_status status = execute(store, "BEGIN IMMEDIATE", err);
    store->in_transaction = !status;
    store->epoch = 0;
    store->plain_known = false;
    if (!status) {
        int64_t version = pragma(store, "PRAGMA data_version");
        store->foreign = version != store->version;
        store->version = version;
    }
    if (store->foreign) {
        kh_warm_clear(store);
    }
    return status;
}

kh_status kh_store_commit(kh_store *store, kh_error *err)
{
    kh_status status = kh_pending_write(store, err);
    status = status || !store->has_levels ? status : kh_index_settle(store, err);
    status = status ? status : execute(store, "COMMIT", err);
    if (status) {
        kh_store_rollback(store);
    }
    store->in_transaction = false;
    return status;
}

void kh_store_rollback(kh_store *store)
{
    if (store->in_transaction) {
        kh_store_end_questions(store);
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
        store->in_transaction = false;
        store->version = -1; /* what was remembered of it is forgotten */
        kh_pending_drop(store);
        kh_warm_clear(store);
        kh_terms_forget(store);
    }
}

bool kh_store_others_wrote(const kh_store *store)
{
    return store->foreign;
}

kh_status kh_store_mark(kh_store *store, kh_str key, bool back, kh_error *err)
{
    bool there = false;
    kh_status status = kh_pending_mark(store, key, &there, err);
    status = status || !(back || there) ? status : kh_sql_run(store, err, "SAVEPOINT page", "");
    store->has_mark = (back || there) && !status;
    return status;
}

kh_status kh_store_keep(kh_store *store, kh_error *err)
{
    bool marked = store->has_mark;
    store->has_mark = false;
    return marked ? kh_sql_run(store, err, "RELEASE page", "") : KH_OK;
}

kh_status kh_store_left(kh_store *store, kh_error *err)
{
    kh_store_end_questions(store);
    kh_terms_forget(store);
    kh_status status = kh_store_keep(store, err); /* what is written now could not be taken back to a mark */
    status = status || !store->pending ? status : kh_pending_write(store, err);
    kh_warm_clear(store);
    return status;
}

bool kh_store_undo(kh_store *store)
{
    if (!store->has_mark) {
        return false;
    }
    store->epoch = 0; /* it may have begun with the page that is undone */
    kh_terms_forget(store);
    kh_store_end_questions(store);
    store->has_mark = false;
    sqlite3_exec(store->db, "ROLLBACK TO page; RELEASE page", NULL, NULL, NULL);
    kh_pending_undo(store);
    return true;
}
