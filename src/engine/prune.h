/* prune.h - old stories compared for the last time, summed up, and their articles let go. */
#ifndef KHABAR_ENGINE_PRUNE_H
#define KHABAR_ENGINE_PRUNE_H

#include "engine/engine.h"
#include "store/archive.h"

/* The next stories that ended before the day BEFORE, a few, in a transaction of their own; what was pruned is added to *DONE, and
 * *MORE says whether any were left to look at. */
kh_status kh_prune_some(const kh_engine *engine, kh_store *store, kh_worker *worker, kh_str before, kh_time now, kh_sealing *done, bool *more,
                        kh_error *err);

#endif
