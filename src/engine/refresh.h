/* refresh.h - the pages of the store read anew, when the program or the user has learnt something. */
#ifndef KHABAR_ENGINE_REFRESH_H
#define KHABAR_ENGINE_REFRESH_H

#include "engine/pipeline.h"
#include "store/store.h"

/* Pages are taken in the order of rows, read anywhere, and put back in the same order. */
typedef struct kh_refresh {
    const kh_engine *engine;
    kh_store *store;
    kh_time now;
    kh_str program;
    uint64_t no_raw;                      /* articles left as they were: their bytes were not kept */
    int64_t after;                        /* the last row that was taken; 0 at the beginning */
    int64_t taken[KH_PIPELINE_AHEAD_MAX]; /* rows that were not put back yet, a ring */
    size_t first, count;
} kh_refresh;

/* The next page that other knowledge read, as it came, in the memory of OUT; *done when none is left. What it gives is to be put back, or
 * dropped, also where it fails. As `next` of a pipeline. */
kh_status kh_refresh_take(kh_refresh *r, kh_arena *out, kh_page *page, bool *done, kh_error *err);

/* Writes what was read from the oldest page that was taken. Its row, its story, the time it was added, its bytes and what persons corrected
 * stay; what was found in it is found anew. Within the caller's transaction. KH_ERR_LIMIT is about this page alone, which stays as it was. */
kh_status kh_refresh_put(kh_refresh *r, kh_worker *worker, kh_article *article, kh_error *err);

void kh_refresh_drop(kh_refresh *r); /* the oldest page that was taken could not be read and stays as it was */

/* One page taken, read and put; *done when none was left. */
kh_status kh_refresh_one(kh_refresh *r, kh_worker *worker, bool *done, kh_error *err);

#endif
