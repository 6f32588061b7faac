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

/* Room for COUNT keys in all, so that adding them moves none. */
void kh_map_reserve(kh_arena *a, kh_map *m, size_t count);

/* Where KEY, which is not 0, stands or would stand; the map has room. */
static inline size_t kh_map_place(const kh_map *m, uint64_t key)
{
    size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & (m->room - 1);
    while (m->keys[i] && m->keys[i] != key) {
        i = (i + 1) & (m->room - 1);
    }
    return i;
}

/* The value's place, NULL when KEY is absent. */
static inline uint32_t *kh_map_get(const kh_map *m, uint64_t key)
{
    if (m->room == 0) {
        return NULL;
    }
    size_t i = kh_map_place(m, key ? key : 1);
    return m->keys[i] ? &m->values[i] : NULL;
}

#endif
