/* backup.c - a copy of the store as it is at one moment, made while others write to it.
 *
 * Decides what may be overwritten: nothing, or an older backup, which keeps its place until the new one is whole; never a file that
 * is no store, the store itself, or a sealed archive. Example, each night: khabar backup /mnt/usb/khabar.db
 *
 * Gets wrong: sealed archives are not in it. They never change, so a copy of each that was made once is enough.
 */
#include "store/durable.h"

#include "store/archive.h"

#include <sys/stat.h>

static kh_status check_target(const kh_store *store, const char *path, kh_error *err)
{
    struct stat live, there;
    kh_error why = {0};
    if (stat(path, &there) != 0) {
        return KH_OK;
    }
    if (stat(store->path, &live) == 0 && live.st_dev == there.st_dev && live.st_ino == there.st_ino) {
        return kh_fail(err, KH_ERR_USAGE, "same_file", "%s: this is the store itself; name another file", path);
    }
    kh_store *old = kh_store_open(path, KH_STORE_SEALED, &why);
    bool is_archive = old && kh_archive_is_sealed(old);
    kh_store_close(old);
    return old && !is_archive ? KH_OK
                              : kh_fail(err, KH_ERR_CREATE, "exists", "%s: is there already and no backup; name another file", path);
}

kh_status kh_store_backup(kh_store *store, const char *path, kh_error *err)
{
    kh_making part;
    kh_status status = check_target(store, path, err);
    status = status ? status : kh_durable_begin(store, path, &part, err);
    if (status) {
        return status;
    }
    status = kh_durable_copy(store, part.path, err);
    status = status ? status : kh_durable_finish(&part, path, 0600, err);
    if (status) {
        kh_durable_abandon(&part);
    }
    return status;
}
