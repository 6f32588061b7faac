/* remove.h - articles out of the store, with all their traces. */
#ifndef KHABAR_ENGINE_REMOVE_H
#define KHABAR_ENGINE_REMOVE_H

#include "store/store.h"

/* Removes the articles that REFS name (number, key, URL or label), all or none, in a transaction of its own; each is then gone
 * from the bytes of the file too. KH_ERR_NOINPUT "no_such_article" when one is not there; nothing is removed then. */
kh_status kh_remove(kh_store *store, kh_arena scratch, const kh_str *refs, size_t count, kh_error *err);

#endif
