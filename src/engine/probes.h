/* probes.h - inside engine/: which articles of a store are worth comparing with one, and what that needs. */
#ifndef KHABAR_ENGINE_PROBES_H
#define KHABAR_ENGINE_PROBES_H

#include "engine/engine.h"
#include "store/store.h"

/* The document counts of A's features: as the store's epoch froze them, for scores, and as they are. */
typedef struct kh_probe_counts {
    kh_frequencies df;
    kh_map frozen, live;
} kh_probe_counts;

kh_status kh_probe_frequencies(kh_store *store, kh_arena *out, kh_arena scratch, const kh_article *a, kh_probe_counts *counts,
                               kh_error *err);

/* Articles that share the most telling features and prints with A, best first, at most LIMIT; A itself may be among them. */
kh_status kh_probe(kh_store *store, kh_arena *out, kh_arena scratch, const kh_probe_counts *counts, const kh_article *a, uint32_t limit,
                   kh_candidates *found, kh_error *err);

/* What placement needs of row ID. */
kh_status kh_probe_digest(kh_store *store, kh_arena *out, int64_t id, const kh_digest **digest, kh_error *err);

#endif
