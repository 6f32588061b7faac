/* probes.c - from one article to the few of a large store that are worth comparing with it.
 *
 * Decides by rare things shared: story/probes.c says which features to ask for, the postings say who has
 * them; beside them up to PRINTS_ASKED prints are looked up. Of each the newest ROWS_PER_HASH rows count,
 * so that the cost of a page does not grow with the store.
 *
 * Gets wrong: an article that shares only common features is not found.
 */
#include "engine/probes.h"

enum { FEATURES_ASKED = 96, PRINTS_ASKED = 64, ROWS_PER_HASH = 256 };
static const float PRINT_WEIGHT = 1200; /* as of a feature that one in 360 articles has */

kh_status kh_probe_frequencies(kh_store *store, kh_arena *out, kh_arena scratch, const kh_article *a, kh_probe_counts *counts,
                               kh_error *err)
{
    const kh_features *features = &a->features;
    uint64_t *hashes = KH_NEW_N(&scratch, uint64_t, features->count + 1);
    for (size_t i = 0; i < features->count; i++) {
        hashes[i] = features->items[i].hash;
    }
    *counts = (kh_probe_counts){0};
    kh_status status =
        kh_store_frequencies(store, out, hashes, features->count, &counts->df.documents, &counts->frozen, &counts->live, err);
    counts->df.counts = &counts->frozen;
    return status;
}

kh_status kh_probe(kh_store *store, kh_arena *out, kh_arena scratch, const kh_probe_counts *counts, const kh_article *a, uint32_t limit,
                   kh_candidates *found, kh_error *err)
{
    kh_frequencies live = {.documents = counts->df.documents, .counts = &counts->live};
    kh_digest digest = kh_engine_digest(a);
    kh_story_probe_list probes = kh_story_probes(out, scratch, &live, a->id != 0, &digest, FEATURES_ASKED);
    size_t prints = a->prints.count < PRINTS_ASKED ? a->prints.count : PRINTS_ASKED;
    uint64_t *hashes = KH_NEW_N(out, uint64_t, probes.count + prints + 1);
    float *weights = KH_NEW_N(out, float, probes.count + prints + 1);
    for (size_t i = 0; i < probes.count; i++) {
        hashes[i] = probes.items[i].hash;
        weights[i] = probes.items[i].weight;
    }
    for (size_t i = 0; i < prints; i++) {
        hashes[probes.count + i] = a->prints.items[i * a->prints.count / prints];
        weights[probes.count + i] = PRINT_WEIGHT;
    }
    return kh_store_candidates(store, out, scratch, hashes, weights, probes.count + prints, ROWS_PER_HASH, limit, found, err);
}

kh_status kh_probe_digest(kh_store *store, kh_arena *out, int64_t id, const kh_digest **digest, kh_error *err)
{
    kh_article *light = KH_NEW(out, kh_article);
    kh_digest *d = KH_NEW(out, kh_digest);
    kh_status status = kh_store_features(store, out, id, light, err);
    status = status ? status : kh_store_agencies(store, out, id, &light->agencies, err);
    *d = kh_engine_digest(light);
    *digest = d;
    return status;
}
