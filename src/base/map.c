/* map.c - see map.h. */
#include "base/map.h"

enum { ROOM_FIRST = 64 };

static void grow(kh_arena *a, kh_map *m, size_t room)
{
    kh_map bigger = {.count = m->count, .room = room};
    bigger.keys = KH_NEW_N(a, uint64_t, bigger.room);
    bigger.values = KH_NEW_N(a, uint32_t, bigger.room);
    for (size_t i = 0; i < m->room; i++) {
        if (m->keys[i]) {
            size_t j = kh_map_place(&bigger, m->keys[i]);
            bigger.keys[j] = m->keys[i];
            bigger.values[j] = m->values[i];
        }
    }
    *m = bigger;
}

void kh_map_reserve(kh_arena *a, kh_map *m, size_t count)
{
    size_t room = m->room ? m->room : ROOM_FIRST;
    while ((count + 1) * 4 > room * 3) {
        room *= 2;
    }
    if (room > m->room) {
        grow(a, m, room);
    }
}

uint32_t *kh_map_put(kh_arena *a, kh_map *m, uint64_t key, bool *is_new)
{
    key = key ? key : 1;
    if ((m->count + 1) * 4 > m->room * 3) {
        grow(a, m, m->room ? 2 * m->room : ROOM_FIRST);
    }
    size_t i = kh_map_place(m, key);
    bool added = m->keys[i] == 0;
    if (added) {
        m->keys[i] = key;
        m->count++;
    }
    if (is_new) {
        *is_new = added;
    }
    return &m->values[i];
}
