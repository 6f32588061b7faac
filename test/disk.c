/* disk.c - see disk.h. */
#include "disk.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 16, NAME_BYTES = 512, SECTOR = 512, SHM_MAX = 16 };

typedef struct bytes {
    unsigned char *ptr;
    sqlite3_int64 len, room;
} bytes;

typedef struct disk_file {
    char name[NAME_BYTES];
    bool there;
    bytes live;            /* what reading gives */
    bytes durable;         /* what was synced */
    bool *dirty;           /* sectors written since */
    sqlite3_int64 sectors;
    void *shm[SHM_MAX];
} disk_file;

typedef struct handle {
    sqlite3_file base;
    disk_file *file;
    bool temporary;
} handle;

static disk_file files[FILES_MAX];
static sqlite3_vfs *real;
static disk_fault fault;
static uint64_t calls, fails_at;

/* Counts a call; true when it is to fail. */
static bool fails(bool writes)
{
    calls++;
    switch (fault) {
    case DISK_ONCE: return calls == fails_at;
    case DISK_FULL: return writes && calls >= fails_at;
    case DISK_CUT: return calls >= fails_at;
    default: return false;
    }
}

static int write_error(void)
{
    return fault == DISK_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static void resize(bytes *b, sqlite3_int64 len)
{
    if (len > b->room) {
        b->room = len * 2;
        b->ptr = realloc(b->ptr, (size_t)b->room);
    }
    if (len > b->len) {
        memset(b->ptr + b->len, 0, (size_t)(len - b->len));
    }
    b->len = len;
}

static void mark(disk_file *f, sqlite3_int64 from, sqlite3_int64 to)
{
    sqlite3_int64 last = (to + SECTOR - 1) / SECTOR;
    if (last > f->sectors) {
        f->dirty = realloc(f->dirty, (size_t)last * 2);
        memset(f->dirty + f->sectors, 0, (size_t)(last * 2 - f->sectors));
        f->sectors = last * 2;
    }
    for (sqlite3_int64 s = from / SECTOR; s < last; s++) {
        f->dirty[s] = true;
    }
}

static void forget(disk_file *f)
{
    for (int i = 0; i < SHM_MAX; i++) {
        free(f->shm[i]);
    }
    free(f->live.ptr);
    free(f->durable.ptr);
    free(f->dirty);
    *f = (disk_file){0};
}

/* ---- files ---- */

static int close_file(sqlite3_file *base)
{
    handle *h = (handle *)(void *)base;
    if (h->temporary) {
        forget(h->file);
    }
    return SQLITE_OK;
}

static int read_file(sqlite3_file *base, void *to, int amount, sqlite3_int64 at)
{
    disk_file *f = ((handle *)(void *)base)->file;
    if (fails(false)) {
        return SQLITE_IOERR_READ;
    }
    sqlite3_int64 have = at < f->live.len ? f->live.len - at : 0;
    have = have < amount ? have : amount;
    if (have > 0) {
        memcpy(to, f->live.ptr + at, (size_t)have);
    }
    memset((char *)to + have, 0, (size_t)(amount - have));
    return have < amount ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int write_file(sqlite3_file *base, const void *from, int amount, sqlite3_int64 at)
{
    disk_file *f = ((handle *)(void *)base)->file;
    if (fails(true)) {
        return write_error();
    }
    if (at + amount > f->live.len) {
        resize(&f->live, at + amount);
    }
    memcpy(f->live.ptr + at, from, (size_t)amount);
    mark(f, at, at + amount);
    return SQLITE_OK;
}

static int truncate_file(sqlite3_file *base, sqlite3_int64 size)
{
    disk_file *f = ((handle *)(void *)base)->file;
    if (fails(true)) {
        return SQLITE_IOERR_TRUNCATE;
    }
    resize(&f->live, size);
    return SQLITE_OK;
}

static int sync_file(sqlite3_file *base, int flags)
{
    disk_file *f = ((handle *)(void *)base)->file;
    (void)flags;
    if (fails(true)) {
        return SQLITE_IOERR_FSYNC;
    }
    resize(&f->durable, f->live.len);
    if (f->live.len) {
        memcpy(f->durable.ptr, f->live.ptr, (size_t)f->live.len);
    }
    if (f->sectors) {
        memset(f->dirty, 0, (size_t)f->sectors);
    }
    return SQLITE_OK;
}

static int size_of_file(sqlite3_file *base, sqlite3_int64 *size)
{
    *size = ((handle *)(void *)base)->file->live.len;
    return fails(false) ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int lock_file(sqlite3_file *base, int level)
{
    (void)base, (void)level;
    return SQLITE_OK;
}

static int is_reserved(sqlite3_file *base, int *out)
{
    (void)base;
    *out = 0;
    return SQLITE_OK;
}

static int control_file(sqlite3_file *base, int op, void *arg)
{
    (void)base, (void)op, (void)arg;
    return SQLITE_NOTFOUND;
}

static int sector_size(sqlite3_file *base)
{
    (void)base;
    return SECTOR;
}

static int characteristics(sqlite3_file *base)
{
    (void)base;
    return 0;
}

static int shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
    disk_file *f = ((handle *)(void *)base)->file;
    if (fails(false) || region >= SHM_MAX) {
        return SQLITE_IOERR_SHMMAP;
    }
    if (!f->shm[region] && extend) {
        f->shm[region] = calloc(1, (size_t)size);
    }
    *out = f->shm[region];
    return SQLITE_OK;
}

static int shm_lock(sqlite3_file *base, int offset, int n, int flags)
{
    (void)base, (void)offset, (void)n, (void)flags;
    return SQLITE_OK;
}

static void shm_barrier(sqlite3_file *base)
{
    (void)base;
}

static int shm_unmap(sqlite3_file *base, int delete)
{
    disk_file *f = ((handle *)(void *)base)->file;
    for (int i = 0; delete && i < SHM_MAX; i++) {
        free(f->shm[i]);
        f->shm[i] = NULL;
    }
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {.iVersion = 2,
                                           .xClose = close_file,
                                           .xRead = read_file,
                                           .xWrite = write_file,
                                           .xTruncate = truncate_file,
                                           .xSync = sync_file,
                                           .xFileSize = size_of_file,
                                           .xLock = lock_file,
                                           .xUnlock = lock_file,
                                           .xCheckReservedLock = is_reserved,
                                           .xFileControl = control_file,
                                           .xSectorSize = sector_size,
                                           .xDeviceCharacteristics = characteristics,
                                           .xShmMap = shm_map,
                                           .xShmLock = shm_lock,
                                           .xShmBarrier = shm_barrier,
                                           .xShmUnmap = shm_unmap};

/* ---- the file system ---- */

static disk_file *find(const char *name)
{
    for (int i = 0; i < FILES_MAX; i++) {
        if (files[i].there && strcmp(files[i].name, name) == 0) {
            return &files[i];
        }
    }
    return NULL;
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out)
{
    handle *h = (handle *)(void *)base;
    disk_file *f = name ? find(name) : NULL;
    (void)vfs;
    *h = (handle){.temporary = !name};
    if (fails(false) || (!f && !(flags & SQLITE_OPEN_CREATE) && !(flags & SQLITE_OPEN_MAIN_DB))) {
        return SQLITE_CANTOPEN;
    }
    for (int i = 0; i < FILES_MAX && !f; i++) {
        if (!files[i].there) {
            f = &files[i];
            f->there = true;
            strncpy(f->name, name ? name : "", NAME_BYTES - 1);
        }
    }
    if (!f) {
        return SQLITE_CANTOPEN;
    }
    h->file = f;
    h->base.pMethods = &methods;
    if (out) {
        *out = flags;
    }
    return SQLITE_OK;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync)
{
    disk_file *f = find(name);
    (void)vfs, (void)sync;
    if (fails(true)) {
        return SQLITE_IOERR_DELETE;
    }
    if (!f) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    forget(f);
    return SQLITE_OK;
}

static int access_file(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    disk_file *f = find(name);
    (void)vfs, (void)flags;
    *out = f && f->live.len > 0;
    return fails(false) ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

static int full_name(sqlite3_vfs *vfs, const char *name, int room, char *out)
{
    (void)vfs;
    sqlite3_snprintf(room, out, "%s", name);
    return SQLITE_OK;
}

static int randomness(sqlite3_vfs *vfs, int n, char *out)
{
    (void)vfs;
    return real->xRandomness(real, n, out);
}

static int wait_for(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return microseconds;
}

static int now(sqlite3_vfs *vfs, double *out)
{
    (void)vfs;
    return real->xCurrentTime(real, out);
}

void disk_begin(void)
{
    static sqlite3_vfs vfs = {.iVersion = 1,
                              .szOsFile = (int)sizeof(handle),
                              .mxPathname = NAME_BYTES,
                              .zName = "disk",
                              .xOpen = open_file,
                              .xDelete = delete_file,
                              .xAccess = access_file,
                              .xFullPathname = full_name,
                              .xRandomness = randomness,
                              .xSleep = wait_for,
                              .xCurrentTime = now};
    if (!real) {
        real = sqlite3_vfs_find(NULL);
        sqlite3_vfs_register(&vfs, 1);
    }
    for (int i = 0; i < FILES_MAX; i++) {
        forget(&files[i]);
    }
    disk_fail(DISK_SOUND, 0);
}

void disk_fail(disk_fault what, uint64_t call)
{
    fault = what;
    fails_at = call;
    calls = 0;
}

uint64_t disk_calls(void)
{
    return calls;
}

static uint64_t draw(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return *seed >> 33;
}

/* What reached the disk of F: what was synced, and of the sectors written since those that chance lets through. */
static void settle(disk_file *f, uint64_t *seed)
{
    bytes kept = {0};
    resize(&kept, f->durable.len);
    if (f->durable.len) {
        memcpy(kept.ptr, f->durable.ptr, (size_t)f->durable.len);
    }
    for (sqlite3_int64 s = 0; s < f->sectors && s * SECTOR < f->live.len; s++) {
        if (f->dirty[s] && draw(seed) % 2) {
            sqlite3_int64 end = (s + 1) * SECTOR < f->live.len ? (s + 1) * SECTOR : f->live.len;
            if (end > kept.len) {
                resize(&kept, end);
            }
            memcpy(kept.ptr + s * SECTOR, f->live.ptr + s * SECTOR, (size_t)(end - s * SECTOR));
        }
    }
    free(f->live.ptr);
    f->live = kept;
    if (f->sectors) {
        memset(f->dirty, 0, (size_t)f->sectors);
    }
    resize(&f->durable, kept.len);
    if (kept.len) {
        memcpy(f->durable.ptr, kept.ptr, (size_t)kept.len);
    }
}

void disk_restart(uint64_t seed)
{
    for (int i = 0; i < FILES_MAX; i++) {
        for (int k = 0; k < SHM_MAX; k++) {
            free(files[i].shm[k]);
            files[i].shm[k] = NULL;
        }
        if (files[i].there) {
            settle(&files[i], &seed);
        }
    }
    disk_fail(DISK_SOUND, 0);
}
