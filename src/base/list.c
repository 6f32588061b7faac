/* list.c - growing of the generic list. All KH_LIST types share one layout: pointer, count, room. */
#include "base/list.h"

#include <string.h>

void kh_list_grow(kh_arena *a, void *list, size_t item_size)
{
    KH_LIST(char) head;
    memcpy(&head, list, sizeof head);
    size_t room = head.room ? head.room * 2 : 8;
    char *items = kh_arena_take(a, item_size, _Alignof(max_align_t), room);
    if (head.count) {
        memcpy(items, head.items, item_size * head.count);
    }
    memset(items + item_size * head.count, 0, item_size * (room - head.count));
    head.items = items;
    head.room = room;
    memcpy(list, &head, sizeof head);
}

void kh_list_reserve(kh_arena *a, void *list, size_t item_size, size_t count)
{
    KH_LIST(char) head = {.items = kh_arena_take(a, item_size, _Alignof(max_align_t), count), .room = count};
    memcpy(list, &head, sizeof head);
}
