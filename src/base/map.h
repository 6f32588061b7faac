/* map.h - a hash map from 64-bit keys to 32-bit values, in an arena: open addressing, linear probing,
 * room doubled at 3/4. Keys are hashes already (kh_hash); key 0 is stored as 1. Insertion order is not
 * kept: iterate over your own list, not over the map, wherever output depends on the order. */
#ifndef KHABAR_BASE_MAP_H
#define KHABAR_BASE_MAP_H

#include "base/arena.h"

typedef struct kh_map {
    uint64_t *keys;
    uint32_t *values;
    size_t count;
    size_t room; /* power of two, 0 at first */
} kh_map;

/* The value's place for KEY, added with value 0 when it is new (*is_new may be NULL). */
uint32_t *kh_map_put(kh_arena *a, kh_map *m, uint64_t key, bool *is_new);

/* The value's place, NULL when KEY is absent. */
uint32_t *kh_map_get(const kh_map *m, uint64_t key);

#endif
