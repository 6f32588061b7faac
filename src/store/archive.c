/* archive.c - which sealed files belong to a store, where they are, and an article taken out of one.
 *
 * Decides where a file is looked for: where it was sealed, then, under its base name, beside the store, so that a folder with a store
 * and its archives can be moved. The seal, a number drawn when the file was made, tells whether it is the right one.
 *
 *     2026-01.db, sealed as /data/news/2026-01.db; the folder now lies at /mnt/old/news: found as /mnt/old/news/2026-01.db
 *
 * Method of removal: the file is copied, the copy is changed and written anew, and takes the old one's place under its name; only then
 * the store forgets the key. A run that was broken off between the two finds nothing in the file, and the store still forgets.
 *
 * Gets wrong: of articles in several files that are deleted in one call, those in files already done stay deleted when another fails.
 */
#include "store/archive.h"

#include "store/durable.h"

#include <string.h>
#include <unistd.h>

static kh_str beside(kh_store *store, kh_arena *out, kh_str path)
{
    const char *slash = strrchr(store->path, '/');
    kh_str folder = slash ? (kh_str){store->path, (size_t)(slash - store->path) + 1} : (kh_str){0};
    kh_str rest = path, name = path;
    while (kh_str_cut(&rest, '/', &name)) {
    }
    return kh_arena_join(out, folder, name);
}

/* Where the file sealed as PATH is; PATH itself when it is nowhere. */
static kh_str find_file(kh_store *store, kh_arena *out, kh_str path, bool *is_there)
{
    kh_str other = beside(store, out, path);
    *is_there = access(path.ptr, F_OK) == 0;
    if (!*is_there && access(other.ptr, F_OK) == 0) {
        *is_there = true;
        return other;
    }
    return path;
}

kh_status kh_store_archives(kh_store *store, kh_arena *out, kh_archives *archives, kh_error *err)
{
    kh_status status = KH_OK;
    if (!store->has_archives) {
        return KH_OK;
    }
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id, path, seal, before, sealed, stories, articles FROM archive ORDER BY before, id", err);
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        kh_archive *a = KH_ADD(out, archives);
        *a = (kh_archive){.id = sqlite3_column_int64(stmt, 0),
                          .seal = kh_sql_str(out, stmt, 2),
                          .before = kh_sql_str(out, stmt, 3),
                          .sealed = kh_sql_str(out, stmt, 4),
                          .stories = (uint64_t)sqlite3_column_int64(stmt, 5),
                          .articles = (uint64_t)sqlite3_column_int64(stmt, 6)};
        a->path = find_file(store, out, kh_sql_str(out, stmt, 1), &a->is_there);
    }
    return status;
}

static bool has_seal(kh_store *store, kh_str seal)
{
    return kh_sql_number(store, "SELECT 1 FROM meta WHERE name = 'seal' AND (?1 IS NULL OR value = ?1)", "s", seal) != 0;
}

bool kh_archive_is_sealed(kh_store *store)
{
    return has_seal(store, (kh_str){0});
}

kh_store *kh_archive_open(const kh_archive *archive, kh_error *err)
{
    kh_store *store = archive->is_there ? kh_store_open(archive->path.ptr, KH_STORE_SEALED, err) : NULL;
    if (store && has_seal(store, archive->seal)) {
        return store;
    }
    if (store || !archive->is_there) {
        kh_fail(err, KH_ERR_NOINPUT, "no_archive",
                KH_FMT ": the sealed archive is not there%s; put it back, or: khabar archive --forget " KH_FMT, KH_ARG(archive->path),
                store ? ", another file is" : "", KH_ARG(archive->path));
    }
    kh_store_close(store);
    return NULL;
}

/* ---- what was sealed, by name ---- */

int64_t kh_store_sealed_story(kh_store *store, kh_str name)
{
    return store->has_archives ? kh_sql_number(store, "SELECT archive_id FROM sealed_story WHERE name = ?", "t", name) : 0;
}

int64_t kh_store_sealed_article(kh_store *store, kh_str key, kh_str sha256, bool *same)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT archive_id, sha256 = ?2 FROM sealed_article WHERE key = ?1", NULL);
    kh_status status = KH_OK;
    int64_t archive = 0;
    *same = false;
    if (stmt) {
        kh_sql_bind(stmt, "tt", key, sha256);
    }
    while (stmt && kh_sql_row(store, stmt, &status, NULL)) {
        archive = sqlite3_column_int64(stmt, 0);
        *same = sqlite3_column_int(stmt, 1) != 0;
    }
    return archive;
}

kh_status kh_store_forget_archive(kh_store *store, kh_arena scratch, kh_str path, kh_error *err)
{
    kh_archives archives = {0};
    kh_status status = kh_store_archives(store, &scratch, &archives, err);
    KH_EACH(const kh_archive, a, archives) {
        bool is = kh_str_eq(a->path, path) || kh_str_eq(beside(store, &scratch, a->path), beside(store, &scratch, path));
        if (!status && is) {
            return kh_sql_run(store, err, "DELETE FROM archive WHERE id = ?", "i", a->id); /* what it held goes with it */
        }
    }
    return status ? status
                  : kh_fail(err, KH_ERR_USAGE, "no_such_archive", KH_FMT ": no archive of this store; khabar archive --list", KH_ARG(path));
}

/* ---- taking an article out ---- */

kh_status kh_store_forget_sealed(kh_store *store, kh_str key, kh_error *err)
{
    static const char *const steps[] = {
        "UPDATE archive SET articles = articles - 1 WHERE id = (SELECT archive_id FROM sealed_article WHERE key = ?1)",
        "DELETE FROM sealed_article WHERE key = ?1", "UPDATE story_log SET article_key = NULL WHERE article_key = ?1",
        "DELETE FROM visit WHERE article = ?1"};
    kh_status status = kh_store_delete_corrections(store, key, err);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !status; i++) {
        status = kh_sql_run(store, err, steps[i], "t", key);
    }
    return status;
}

/* Takes IDS out of the file PART; their keys into KEYS. */
static kh_status remove_from(const char *part, kh_arena *out, kh_arena scratch, const kh_ids *ids, kh_strs *keys, kh_error *err)
{
    kh_store *file = kh_store_open(part, KH_STORE_UNSEALED, err);
    kh_status status = file ? kh_store_begin(file, err) : KH_ERR_STORE;
    for (size_t i = 0; i < ids->count && !status; i++) {
        *KH_ADD(out, keys) = kh_store_key(file, out, ids->items[i]);
        status = kh_store_delete(file, scratch, ids->items[i], err);
    }
    status = status ? status : kh_store_commit(file, err);
    status = status ? status : kh_store_sweep(file, err);
    if (!status && sqlite3_exec(file->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL) != SQLITE_OK) {
        status = kh_sql_fail(file, err);
    }
    kh_store_close(file);
    return status;
}

/* The file anew without IDS, in its place. */
static kh_status make_anew(kh_arena *out, kh_arena scratch, const kh_archive *archive, const kh_ids *ids, kh_strs *keys, kh_error *err)
{
    kh_making part;
    kh_store *sealed = kh_archive_open(archive, err);
    kh_status status = sealed ? kh_durable_begin(sealed, archive->path.ptr, &part, err) : KH_ERR_NOINPUT;
    if (!sealed || status) {
        kh_store_close(sealed);
        return status;
    }
    status = kh_durable_copy(sealed, part.path, err);
    kh_store_close(sealed);
    status = status ? status : remove_from(part.path, out, scratch, ids, keys, err);
    status = status ? status : kh_durable_finish(&part, archive->path.ptr, 0400, err);
    if (status) {
        kh_durable_abandon(&part);
    }
    return status;
}

kh_status kh_archive_remove(kh_store *store, kh_arena scratch, const kh_archive *archive, const kh_ids *ids, kh_error *err)
{
    kh_strs keys = {0};
    kh_arena temporary = kh_arena_split(&scratch);
    kh_status status = kh_store_begin(store, err); /* before the file is read: of two removals the second starts from what the first left */
    status = status ? status : make_anew(&scratch, temporary, archive, ids, &keys, err);
    KH_EACH(const kh_str, key, keys) {
        status = status ? status : kh_store_forget_sealed(store, *key, err);
    }
    if (status) {
        kh_store_rollback(store);
        return status;
    }
    return kh_store_commit(store, err);
}
