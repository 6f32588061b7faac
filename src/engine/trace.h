/* trace.h - the pages of a store that one page was taken from, that were taken from it, or that carry its wire. */
#ifndef KHABAR_ENGINE_TRACE_H
#define KHABAR_ENGINE_TRACE_H

#include "engine/pairs.h"

typedef struct kh_trail {
    kh_pair pair; /* the page that is traced is 0, OTHER is 1 */
    const kh_article *other;
} kh_trail;

typedef KH_LIST(kh_trail) kh_trails;

/* The trails of A, copies before pages of the same wire. For a page that is not in STORE the story it belongs to is
 * compared with it as one page more, so that it is told the same as if it had been added. Marks furniture in A. */
kh_status kh_trace(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, kh_article *a, kh_trails *trails,
                   kh_error *err);

#endif
