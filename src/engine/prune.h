/* prune.h - old stories compared for the last time, summed up, and their articles let go. */
#ifndef KHABAR_ENGINE_PRUNE_H
#define KHABAR_ENGINE_PRUNE_H

#include "engine/engine.h"
#include "store/archive.h"

/* A run; all zero at its beginning. */
typedef struct kh_pruning {
    kh_sealing done;
    uint64_t too_complex; /* stories that stay, since they cannot be compared in the memory that there is */
    int64_t last;         /* the last one that was looked at */
    bool ended;
} kh_pruning;

/* The next stories that ended before the day BEFORE, a few, in a transaction of their own. */
kh_status kh_prune_some(const kh_engine *engine, kh_store *store, kh_worker *worker, kh_str before, kh_time now, kh_pruning *run,
                        kh_error *err);

#endif
