/* page_know.h - what the tests of the page stage share: its knowledge, built once, room for temporaries, and how a page is read. */
#ifndef KHABAR_PAGE_KNOW_H
#define KHABAR_PAGE_KNOW_H

#include "test.h"

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

/* TEXT as an article whose lines follow each other, each with a reason. */
static inline kh_article read_page(kh_arena *out, kh_str text, kh_page_kind kind)
{
    kh_page page = {.kind = kind, .text = text, .raw = text};
    kh_article art = {0};
    kh_str reason = {0};
    assert_true(kh_page_read(out, page_scratch(), page_know(), &page, &art, &reason));
    KH_EACH (const kh_line, line, art.lines) {
        assert_true(line->span.begin < line->span.end && line->span.end <= art.text.len);
        assert_true(line == art.lines.items || line[-1].span.end < line->span.begin);
        assert_true(line->why.len > 0);
    }
    return art;
}

#endif
