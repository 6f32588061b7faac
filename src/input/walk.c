/* walk.c - the files that the user's paths stand for.
 *
 * A folder gives its files, sorted by the bytes of their names, those of its folders in their
 * place in that order; hidden names (.git, .DS_Store) are passed over. A link to a file is
 * followed, a link to a folder inside a folder is not, so that a link upwards makes no circle.
 * Nothing is opened before its turn.
 */
#include "input/parts.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDERS_MAX = 64 };

/* The names of a folder that are still to come. */
typedef struct folder {
    char *path;
    char **names;
    size_t count, next;
} folder;

struct kh_walk {
    char **paths;
    size_t count, next;
    folder stack[FOLDERS_MAX];
    size_t depth;
    char *current;
};

static void free_folder(folder *f)
{
    for (size_t i = 0; i < f->count; i++) {
        free(f->names[i]);
    }
    free(f->names);
    free(f->path);
    *f = (folder){0};
}

void kh_walk_close(kh_walk *w)
{
    if (!w) {
        return;
    }
    for (size_t i = 0; w->paths && i < w->count; i++) {
        free(w->paths[i]);
    }
    while (w->depth > 0) {
        free_folder(&w->stack[--w->depth]);
    }
    free(w->paths);
    free(w->current);
    free(w);
}

kh_walk *kh_walk_open(const char *const *paths, size_t count)
{
    kh_walk *w = calloc(1, sizeof *w);
    if (!w) {
        return NULL;
    }
    w->paths = calloc(count ? count : 1, sizeof *w->paths);
    w->count = w->paths ? count : 0;
    bool complete = w->paths != NULL;
    for (size_t i = 0; i < w->count; i++) {
        w->paths[i] = strdup(paths[i]);
        complete = complete && w->paths[i];
    }
    if (!complete) {
        kh_walk_close(w);
        return NULL;
    }
    return w;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add_name(folder *f, const char *name)
{
    if ((f->count & (f->count - 1)) == 0) {
        char **bigger = realloc(f->names, (f->count ? 2 * f->count : 1) * sizeof *f->names);
        if (!bigger) {
            return false;
        }
        f->names = bigger;
    }
    f->names[f->count] = strdup(name);
    return f->names[f->count] && ++f->count;
}

static kh_status no_memory(const char *path, kh_error *err)
{
    return kh_fail(err, KH_ERR_MEMORY, "no_memory", "%.300s: the system gives no memory", path);
}

/* Takes PATH, which is allocated, onto the stack. */
static kh_status enter(kh_walk *w, char *path, kh_error *err)
{
    if (w->depth == FOLDERS_MAX) {
        kh_fail(err, KH_ERR_LIMIT, "too_deep", "%.300s: more than %d folders inside each other; name it directly", path, FOLDERS_MAX);
        free(path);
        return KH_ERR_LIMIT;
    }
    DIR *dir = opendir(path);
    if (!dir) {
        kh_fail(err, KH_ERR_NOINPUT, "unreadable", "%.250s: the folder cannot be read (%s); check its permissions", path, strerror(errno));
        free(path);
        return KH_ERR_NOINPUT;
    }
    folder *f = &w->stack[w->depth];
    *f = (folder){.path = path};
    bool complete = true;
    for (struct dirent *entry; complete && (entry = readdir(dir)) != NULL;) {
        complete = entry->d_name[0] == '.' || add_name(f, entry->d_name);
    }
    closedir(dir);
    w->depth++;
    if (!complete) {
        return no_memory(path, err);
    }
    if (f->count == 0) {
        kh_status status = kh_fail(err, KH_ERR_NOINPUT, "empty_folder", "%.300s: the folder holds no files; put pages into it", path);
        free_folder(&w->stack[--w->depth]);
        return status;
    }
    qsort(f->names, f->count, sizeof *f->names, by_name);
    return KH_OK;
}

/* The next path to look at, allocated, NULL where there is no memory; false behind the last. */
static bool take(kh_walk *w, char **path, bool *inside)
{
    while (w->depth > 0) {
        folder *f = &w->stack[w->depth - 1];
        if (f->next < f->count) {
            const char *name = f->names[f->next++];
            size_t folder_len = strlen(f->path);
            *path = malloc(folder_len + strlen(name) + 2);
            if (*path) {
                memcpy(*path, f->path, folder_len);
                size_t slash = f->path[folder_len - 1] != '/';
                (*path)[folder_len] = '/';
                strcpy(*path + folder_len + slash, name);
            }
            *inside = true;
            return true;
        }
        free_folder(&w->stack[--w->depth]);
    }
    *inside = false;
    if (w->next == w->count) {
        return false;
    }
    *path = strdup(w->paths[w->next++]);
    return true;
}

kh_status kh_walk_next(kh_walk *w, const char **path, kh_error *err)
{
    free(w->current);
    w->current = NULL;
    *path = NULL;
    for (;;) {
        bool inside = false;
        char *taken = NULL;
        if (!take(w, &taken, &inside)) {
            return KH_OK;
        }
        if (!taken) {
            return no_memory("-", err);
        }
        struct stat st;
        bool there = strcmp(taken, "-") != 0 && stat(taken, &st) == 0;
        bool folder_here = there && S_ISDIR(st.st_mode);
        if (there && inside && S_ISFIFO(st.st_mode)) { /* which may never have a writer */
            kh_fail(err, KH_ERR_NOINPUT, "not_a_file", "%.250s: a pipe, passed over; name the pipe itself to read it", taken);
            free(taken);
            return KH_ERR_NOINPUT;
        }
        if (!folder_here) {
            w->current = taken;
            *path = taken;
            return KH_OK;
        }
        bool link = inside && lstat(taken, &st) == 0 && S_ISLNK(st.st_mode);
        if (link) {
            free(taken);
            continue;
        }
        kh_status status = enter(w, taken, err);
        if (status != KH_OK) {
            return status;
        }
    }
}
