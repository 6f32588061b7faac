/* durable.c - files that are there whole, or not at all: sealed archives and backups.
 *
 * Decides in which order things happen, so that a run which is killed at any moment leaves either the old file under the name or the
 * new one, and at most a PATH.part beside it, which the next run takes away: write the part, fsync it, rename it, fsync the folder. After
 * a power cut the name leads to a file whose bytes are on the disk.
 *
 * Method: pages are copied by SQLite's online backup in one step: that is one snapshot, however much others write meanwhile; a copy by
 * steps would begin anew with every write of another process. Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014), on
 * why the folder needs its own fsync.
 *
 * Of two runs that make the same file at once the later one makes it, and the earlier one finds at its end that the part is not its own.
 *
 * Gets wrong: on a disk that says it has written what it has not, nothing helps.
 */
#include "store/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static kh_status io_failed(const char *path, kh_error *err)
{
    return kh_fail(err,
                   errno == EEXIST || errno == EACCES || errno == EPERM || errno == ENOENT || errno == EROFS ? KH_ERR_CREATE : KH_ERR_IO,
                   "not_written", "%s: cannot be written (%s); check the folder and the room on the disk", path, strerror(errno));
}

static void remove_files(const char *part)
{
    static const char *const ends[] = {"", "-journal", "-wal", "-shm"};
    char path[KH_PATH_BYTES_MAX + 16];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s%s", part, ends[i]);
        unlink(path);
    }
}

/* Is the file under the name the one that was begun? */
static bool is_ours(const kh_making *part)
{
    struct stat begun, there;
    return fstat(part->fd, &begun) == 0 && stat(part->path, &there) == 0 && there.st_dev == begun.st_dev && there.st_ino == begun.st_ino;
}

static void let_go(kh_making *part)
{
    close(part->fd);
    part->fd = -1;
}

void kh_durable_abandon(kh_making *part)
{
    if (part->fd < 0) {
        return; /* finished */
    }
    if (is_ours(part)) {
        remove_files(part->path);
    }
    let_go(part);
}

kh_status kh_durable_begin(const kh_store *store, const char *path, kh_making *part, kh_error *err)
{
    int length = snprintf(part->path, sizeof part->path, "%s.part", path);
    if (length < 0 || length >= KH_PATH_BYTES_MAX) {
        return kh_fail(err, KH_ERR_USAGE, "path_too_long", "the path of the file is over %d bytes", KH_PATH_BYTES_MAX);
    }
    struct stat live, there;
    if (stat(store->path, &live) == 0 && stat(part->path, &there) == 0 && live.st_dev == there.st_dev && live.st_ino == there.st_ino) {
        return kh_fail(err, KH_ERR_USAGE, "same_file", "%s: is made as %s, which is the store itself; name another file", path, part->path);
    }
    remove_files(part->path);
    part->fd = open(part->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return part->fd < 0 ? io_failed(path, err) : KH_OK;
}

/* Opens PATH, brings it to the disk; false with errno. */
static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    int why = errno;
    if (fd >= 0) {
        close(fd);
    }
    errno = why;
    return done;
}

static bool sync_folder_of(const char *path)
{
    char folder[KH_PATH_BYTES_MAX];
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) + (slash == path) : 1;
    memcpy(folder, slash ? path : ".", len);
    folder[len] = 0;
    return sync_path(folder, O_RDONLY | O_DIRECTORY);
}

kh_status kh_durable_finish(kh_making *part, const char *path, mode_t mode, kh_error *err)
{
    bool synced = is_ours(part) && chmod(part->path, mode) == 0 && sync_path(part->path, O_RDONLY);
    if (!is_ours(part)) {
        return kh_fail(err, KH_ERR_CREATE, "two_runs", "%s: another run has begun to make it; let one end before the next", path);
    }
    if (!synced || rename(part->path, path) != 0) {
        return io_failed(path, err);
    }
    let_go(part);
    return sync_folder_of(path) ? KH_OK : io_failed(path, err);
}

static kh_status to_one_file(sqlite3 *db, const char *part, kh_error *err)
{
    if (sqlite3_exec(db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL) != SQLITE_OK) {
        return kh_fail(err, KH_ERR_IO, "io", "%s: writing failed (%s)", part, sqlite3_errmsg(db));
    }
    return KH_OK;
}

kh_status kh_durable_copy(kh_store *store, const char *part, kh_error *err)
{
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    sqlite3_backup *copy = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", store->db, "main") : NULL;
    if (copy) {
        sqlite3_backup_step(copy, -1);
        rc = sqlite3_backup_finish(copy);
    }
    kh_status status = KH_OK;
    if (!copy || rc != SQLITE_OK) {
        status = rc == SQLITE_FULL ? kh_fail(err, KH_ERR_IO, "disk_full", "%s: the disk is full; make room and run the command again", part)
                                   : kh_fail(err, KH_ERR_IO, "io", "%s: copying failed (%s)", part, sqlite3_errmsg(to));
    }
    status = status ? status : to_one_file(to, part, err);
    sqlite3_close(to);
    return status;
}
