/* data_folder.c - a user's own tables, from a folder of the layout of data/.
 *
 *     mine/languages/fa/agencies.txt     ایلنا and its forms, laid over the built-in rows
 *     mine/world/agencies.txt            the same agency's id, kind and country
 *
 * Only names of that layout are read; a README beside them is no table. Tables come sorted by
 * path, so that the same folder gives the same knowledge on every machine.
 */
#include "input/parts.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* "languages/<tag>/<table>.txt" or "world/<table>.txt". */
static bool is_table(kh_str path)
{
    size_t slashes = 0;
    for (size_t i = 0; i < path.len; i++) {
        slashes += path.ptr[i] == '/';
    }
    bool language = kh_str_starts(path, KH_STR("languages/")) && slashes == 2;
    bool world = kh_str_starts(path, KH_STR("world/")) && slashes == 1;
    return (language || world) && kh_str_ends(path, KH_STR(".txt"));
}

static kh_status read_table(kh_arena *out, const char *path, kh_str *bytes, kh_error *err)
{
    kh_stream *s = NULL;
    kh_str seen = {0};
    kh_status status = kh_stream_open(path, &s, err);
    status = status == KH_OK ? kh_stream_peek(s, KH_TABLE_BYTES_MAX + 1, &seen, err) : status;
    if (status == KH_OK && seen.len > KH_TABLE_BYTES_MAX) {
        status = kh_fail(err, KH_ERR_LIMIT, "too_large", "%.300s: a table larger than 4 MB; split it", path);
    } else if (status == KH_OK && (!kh_utf8_valid(seen) || (seen.len && memchr(seen.ptr, 0, seen.len)))) {
        status = kh_fail(err, KH_ERR_INPUT, "not_text", "%.300s: not UTF-8 text; save the table as UTF-8", path);
    } else if (status == KH_OK) {
        status = (size_t)(out->end - out->cur) / 2 > seen.len
                     ? KH_OK
                     : kh_fail(err, KH_ERR_LIMIT, "knowledge_too_large",
                               "%.300s: the tables of the data folder do not fit into memory together", path);
    }
    if (status == KH_OK) {
        *bytes = kh_arena_copy(out, kh_str_starts(seen, KH_STR("\xEF\xBB\xBF")) ? kh_str_from(seen, 3) : seen);
    }
    kh_stream_close(s);
    return status;
}

static int by_path(const void *a, const void *b)
{
    return kh_str_cmp(((const kh_data_file *)a)->path, ((const kh_data_file *)b)->path);
}

static kh_status read_tables(kh_arena *out, kh_walk *walk, size_t prefix, kh_data_files *found, kh_error *err)
{
    for (;;) {
        const char *path = NULL;
        kh_status status = kh_walk_next(walk, &path, err);
        if (status != KH_OK || !path) {
            return status;
        }
        kh_str below = kh_str_from(kh_str_z(path), prefix);
        if (!is_table(below)) {
            continue;
        }
        if (found->count == KH_TABLES_MAX) {
            return kh_fail(err, KH_ERR_LIMIT, "too_large", "%.300s: more than %d tables in the data folder", path, KH_TABLES_MAX);
        }
        kh_data_file file = {.path = kh_arena_copy(out, below)};
        status = read_table(out, path, &file.bytes, err);
        if (status != KH_OK) {
            return status;
        }
        *KH_ADD(out, found) = file;
    }
}

kh_status kh_data_folder_read(kh_arena *out, const char *path, kh_data_files *files, kh_error *err)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
        return kh_fail(err, KH_ERR_NOINPUT, "missing", "%.300s: no such data folder; check the path", path);
    }
    size_t len = strlen(path);
    size_t prefix = len + (len > 0 && path[len - 1] != '/');
    const char *const paths[] = {path};
    kh_walk *walk = kh_walk_open(paths, 1);
    if (!walk) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "%.300s: the system gives no memory", path);
    }
    kh_data_files found = {0};
    kh_status status = read_tables(out, walk, prefix, &found, err);
    kh_walk_close(walk);
    if (status == KH_OK) {
        if (found.count > 1) {
            qsort(found.items, found.count, sizeof *found.items, by_path);
        }
        *files = found;
    }
    return status;
}
