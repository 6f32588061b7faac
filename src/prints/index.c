/* index.c - which earlier articles have prints of this one?
 *
 * Example: of a page with a hundred prints, eighty stand in one earlier article, three in another that has the same
 * set phrase. Both are candidates, the first one first.
 *
 * Method: postings in memory, the newest article of a print first. A print is known by its upper half: one pair in four
 * thousand millions is taken for the other, and what comes of it is a candidate that shares no words. A print that very many articles have is followed to
 * its newest PER_PRINT, and, once a page has had its share of look-ups, to its newest few: the ten thousandth copy of
 * an article costs what the five hundredth did.
 *
 * Gets wrong: of more than some hundred copies of one text the older ones are not found from the newest.
 */
#include "prints/internal.h"

#include <stdlib.h>

enum { PER_PRINT = 256, PER_PRINT_LATER = 8, PER_PAGE = 2048, PER_PAGE_AND_PRINT = 8, ROOM_AT_FIRST = 1024 };

/* The slot of TAG, free when it is not there. */
static kh_print_slot *slot_of(kh_print_slot *slots, size_t room, uint32_t tag)
{
    size_t i = (size_t)(((uint64_t)tag * room) >> 32); /* in order of prints */
    while (slots[i].newest && slots[i].tag != tag) {
        i = (i + 1) & (room - 1);
    }
    return &slots[i];
}

static uint32_t tag_of(uint64_t print)
{
    return (uint32_t)(print >> (KH_PRINT_BITS - 32));
}

static void grow(kh_arena *out, kh_print_index *x)
{
    size_t room = x->room ? x->room * 2 : ROOM_AT_FIRST;
    kh_print_slot *slots = KH_NEW_N(out, kh_print_slot, room);
    for (size_t i = 0; i < x->room; i++) {
        if (x->slots[i].newest) {
            *slot_of(slots, room, x->slots[i].tag) = x->slots[i];
        }
    }
    x->slots = slots;
    x->room = room;
}

void kh_print_index_add(kh_arena *out, kh_print_index *x, uint32_t article, const kh_u64s *prints)
{
    while ((x->used + prints->count) * 3 >= x->room * 2) {
        grow(out, x);
    }
    while (x->places.count <= article) {
        *KH_ADD(out, &x->places) = 0;
    }
    KH_EACH(const uint64_t, print, *prints) {
        kh_print_slot *slot = slot_of(x->slots, x->room, tag_of(*print));
        x->used += slot->newest == 0;
        *KH_ADD(out, &x->postings) = (kh_posting){article, slot->newest};
        *slot = (kh_print_slot){tag_of(*print), (uint32_t)x->postings.count};
    }
}

static int by_shared(const void *a, const void *b)
{
    const kh_print_match *x = a;
    const kh_print_match *y = b;
    int order = (y->shared > x->shared) - (y->shared < x->shared);
    return order ? order : (x->article > y->article) - (x->article < y->article);
}

kh_print_matches kh_print_index_find(kh_arena *out, kh_arena scratch, kh_print_index *x, const kh_u64s *prints, uint32_t limit)
{
    kh_print_matches all = {0};
    kh_print_matches best = {0};
    for (size_t i = 0; i < prints->count && x->room; i++) { /* the look-ups wait for memory side by side */
        __builtin_prefetch(&x->slots[((uint64_t)tag_of(prints->items[i]) * x->room) >> 32]);
    }
    size_t budget = PER_PAGE + PER_PAGE_AND_PRINT * prints->count;
    KH_EACH(const uint64_t, print, *prints) { /* sorted, so that neighbours are asked for one after the other */
        size_t left = budget ? PER_PRINT : PER_PRINT_LATER;
        for (uint32_t at = x->room ? slot_of(x->slots, x->room, tag_of(*print))->newest : 0; at && left;
             at = x->postings.items[at - 1].older, left--) {
            uint32_t article = x->postings.items[at - 1].article;
            uint32_t *place = &x->places.items[article];
            if (!*place) {
                *KH_ADD(&scratch, &all) = (kh_print_match){article, 0};
                *place = (uint32_t)all.count;
            }
            all.items[*place - 1].shared++;
            budget -= budget > 0;
        }
    }
    KH_EACH(const kh_print_match, m, all) {
        x->places.items[m->article] = 0;
    }
    if (all.count > 1) {
        qsort(all.items, all.count, sizeof *all.items, by_shared);
    }
    for (size_t i = 0; i < all.count && i < limit; i++) {
        *KH_ADD(out, &best) = all.items[i];
    }
    return best;
}
