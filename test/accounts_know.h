/* accounts_know.h - what comparing pages knows, built once, for the tests that compare. */
#ifndef KHABAR_ACCOUNTS_KNOW_H
#define KHABAR_ACCOUNTS_KNOW_H

#include "accounts/accounts.h"

static inline const kh_accounts_know *accounts_know(void)
{
    static kh_arena forever;
    static kh_accounts_know made;
    if (!made.lex) {
        forever = kh_arena_reserve((size_t)1 << 30, NULL);
        const kh_lexicon *lex = kh_lexicon_builtin(&forever);
        const kh_names_know *names = kh_names_know_of(&forever, lex);
        const kh_numerals *numerals = kh_numerals_of(&forever, lex);
        made = (kh_accounts_know){.lex = lex,
                                  .numerals = numerals,
                                  .words = kh_case_words_of(&forever, lex),
                                  .names = names,
                                  .credits = kh_credits_know_of(&forever, lex),
                                  .figures = kh_figures_know_of(&forever, lex, numerals),
                                  .story = kh_story_know_of(&forever, lex, names)};
    }
    return &made;
}

#endif
