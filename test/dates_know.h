/* dates_know.h - the tables that dates are read with, for tests. */
#ifndef KHABAR_TEST_DATES_KNOW_H
#define KHABAR_TEST_DATES_KNOW_H

#include "dates/dates.h"
#include "test.h"

typedef struct knowledge {
    kh_lexicon *lex;
    const kh_dates_know *dates;
} knowledge;

/* Read once: the tables are large. */
static inline knowledge know(void)
{
    static kh_arena arena;
    static knowledge k;
    if (!arena.begin) {
        arena = kh_arena_reserve((size_t)256 << 20, NULL);
        k.lex = kh_lexicon_builtin(&arena);
        k.dates = kh_dates_know_of(&arena, k.lex, kh_numerals_of(&arena, k.lex));
    }
    return k;
}

#endif
