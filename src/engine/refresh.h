/* refresh.h - the pages of the store read anew, when the program or the user has learnt something. */
#ifndef KHABAR_ENGINE_REFRESH_H
#define KHABAR_ENGINE_REFRESH_H

#include "engine/engine.h"
#include "store/store.h"

typedef enum kh_refreshed {
    KH_REFRESH_DONE,  /* no article of other knowledge is left behind *after */
    KH_REFRESH_READ,  /* read anew */
    KH_REFRESH_NO_RAW /* left as it was: its bytes were not kept */
} kh_refreshed;

/* Reads the next article behind row *AFTER that other knowledge read, and moves *AFTER to it. Its row, its story, the time it was
 * added, its bytes and what persons corrected stay; what was found in it is found anew. Within the caller's transaction.
 * KH_ERR_LIMIT and KH_ERR_INPUT are about this page alone, which stays as it was. */
kh_status kh_refresh_next(const kh_engine *engine, kh_store *store, kh_worker *worker, kh_time now, kh_str program, int64_t *after,
                          kh_refreshed *outcome, kh_error *err);

#endif
