/* durable.h - inside store/ only: a whole file put in the place of a name, or nothing. */
#ifndef KHABAR_STORE_DURABLE_H
#define KHABAR_STORE_DURABLE_H

#include "store/sql.h"

#include <sys/types.h>

/* A file that is being made: PATH.part. It is held open until it is finished or abandoned, so that no other file gets its number. */
typedef struct kh_making {
    char path[KH_PATH_BYTES_MAX];
    int fd;
} kh_making;

/* What a killed run left under the name PATH.part is taken away first; KH_ERR_USAGE where that is the file of STORE, which is copied. */
kh_status kh_durable_begin(const kh_store *store, const char *path, kh_making *part, kh_error *err);

/* PART, which nobody has open, gets MODE, reaches the disk, and then the name PATH, in place of what had it. KH_ERR_CREATE, "two_runs",
 * where another run has begun to make the same file since. */
kh_status kh_durable_finish(kh_making *part, const char *path, mode_t mode, kh_error *err);

void kh_durable_abandon(kh_making *part); /* but not what another run has begun */

/* All pages of STORE as they are now into the file PART, readable without a log beside it. Others may write to STORE meanwhile. */
kh_status kh_durable_copy(kh_store *store, const char *part, kh_error *err);

#endif
