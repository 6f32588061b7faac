/* article_case.h - an article out of one line of a case file, for the tests of the stages.
 *
 *     ar [title] عنوان\n[body] نص\n[boilerplate] ...
 *
 * First the language, then the lines; a line without a role in brackets is body text.
 */
#ifndef KHABAR_ARTICLE_CASE_H
#define KHABAR_ARTICLE_CASE_H

#include "lexicon/lexicon.h"
#include "model/article.h"

/* Room for the temporaries of a stage, apart from the arena of the case. */
static inline kh_arena article_scratch(void)
{
    static kh_arena room;
    if (!room.begin) {
        room = kh_arena_reserve((size_t)64 << 20, NULL);
    }
    kh_arena_clear(&room);
    return room;
}

static inline void article_case_line(kh_arena *a, kh_article *art, kh_buf *text, kh_str line)
{
    kh_line_role role = KH_ROLE_BODY;
    size_t close = kh_str_find(line, KH_STR("]"));
    if (kh_str_starts(line, KH_STR("[")) && close < line.len &&
        kh_line_role_of((kh_str){line.ptr + 1, close - 1}, &role)) {
        line = kh_str_trim(kh_str_from(line, close + 1));
    }
    uint32_t begin = (uint32_t)text->len;
    kh_buf_add(text, line);
    *KH_ADD(a, &art->lines) = (kh_line){.span = {begin, (uint32_t)text->len}, .role = role};
    kh_buf_char(text, '\n');
}

static inline kh_article *article_case(kh_arena *a, kh_str input)
{
    kh_article *art = KH_NEW(a, kh_article);
    kh_buf text = {.arena = a};
    kh_str line, rest = input;
    kh_str_cut(&rest, ' ', &art->lang);
    while (kh_str_cut(&rest, '\n', &line)) {
        article_case_line(a, art, &text, kh_str_trim(line));
    }
    art->text = kh_arena_copy(a, kh_buf_str(&text));
    art->tokens = kh_text_of(a, art->text);
    return art;
}

#endif
