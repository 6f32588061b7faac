/* page_know.h - what the tests of the page stage share: its knowledge, built once, and room for temporaries. */
#ifndef KHABAR_PAGE_KNOW_H
#define KHABAR_PAGE_KNOW_H

#include "page/parts.h"

static inline const kh_page_know *page_know(void)
{
    static kh_arena arena;
    static const kh_page_know *made;
    if (!made) {
        arena = kh_arena_reserve((size_t)256 << 20, NULL);
        made = kh_page_know_of(&arena, kh_lexicon_builtin(&arena));
    }
    return made;
}

/* Each call empties it. */
static inline kh_arena page_scratch(void)
{
    static kh_arena arena;
    if (!arena.begin) {
        arena = kh_arena_reserve((size_t)1 << 30, NULL);
    }
    kh_arena_clear(&arena);
    return arena;
}

#endif
