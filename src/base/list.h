/* list.h - one generic growing array in an arena.
 *
 *     typedef KH_LIST(kh_figure) kh_figures;
 *     *KH_ADD(out, &found) = (kh_figure){.span = span};
 *     KH_EACH(kh_figure, f, found) { use(f->span); }
 *
 * A list starts as {0}. Growing copies into new room of the arena and leaves the old behind (at most
 * as much again); pointers to items are good until the next KH_ADD on the same list.
 */
#ifndef KHABAR_BASE_LIST_H
#define KHABAR_BASE_LIST_H

#include "base/arena.h"

#define KH_LIST(T)    \
    struct {          \
        T *items;     \
        size_t count; \
        size_t room;  \
    }

#define KH_ADD(a, list) \
    (((list)->count < (list)->room) ? (void)0 : kh_list_grow((a), (list), sizeof *(list)->items), &(list)->items[(list)->count++])

#define KH_EACH(T, var, list) for (T *var = (list).items, *var##_end = var ? var + (list).count : var; var != var##_end; var++)

void kh_list_grow(kh_arena *a, void *list, size_t item_size);

/* Room for COUNT items in an empty LIST whose size can be guessed. It is not zeroed: for lists whose items are written whole. */
#define KH_RESERVE(a, list, n) kh_list_reserve((a), (list), sizeof *(list)->items, (n))
void kh_list_reserve(kh_arena *a, void *list, size_t item_size, size_t count);

typedef KH_LIST(kh_str) kh_strs;
typedef KH_LIST(kh_span) kh_spans;
typedef KH_LIST(uint64_t) kh_u64s;

#endif
