/* durable.h - inside store/ only: a whole file put in the place of a name, or nothing. */
#ifndef KHABAR_STORE_DURABLE_H
#define KHABAR_STORE_DURABLE_H

#include "store/sql.h"

#include <sys/types.h>

/* A file is made as PATH.part. What a killed run left under that name is taken away first. */
kh_status kh_durable_begin(const char *path, char part[KH_PATH_BYTES_MAX], kh_error *err);

/* PART, which nobody has open, gets MODE, reaches the disk, and then the name PATH, in place of what had it. */
kh_status kh_durable_finish(const char *part, const char *path, mode_t mode, kh_error *err);

void kh_durable_abandon(const char *part);

/* All pages of STORE as they are now into the file PART, readable without a log beside it. Others may write to STORE meanwhile. */
kh_status kh_durable_copy(kh_store *store, const char *part, kh_error *err);

#endif
