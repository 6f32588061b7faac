/* check.h - is a store whole: its parts, and the bytes of its pages. */
#ifndef KHABAR_ENGINE_CHECK_H
#define KHABAR_ENGINE_CHECK_H

#include "store/store.h"

/* kh_store_check, and then the bytes of each article, where they were kept, against their SHA-256. Strings are in OUT. */
kh_status kh_check_store(kh_store *store, kh_arena *out, kh_arena scratch, kh_check *result, kh_error *err);

#endif
