/* knowledge.h - what all stages know, made of one lexicon. */
#ifndef KHABAR_ENGINE_KNOWLEDGE_H
#define KHABAR_ENGINE_KNOWLEDGE_H

#include "accounts/accounts.h"
#include "lang/lang.h"
#include "page/page.h"

typedef struct kh_knowledge {
    const kh_lang_know *lang;
    const kh_page_know *page;
    const kh_numerals *numerals;
    const kh_dates_know *dates;
    const kh_names_know *names;
    const kh_credits_know *credits;
    const kh_quotations_know *quotations;
    const kh_figures_know *figures;
    const kh_story_know *story;
    kh_accounts_know accounts;
} kh_knowledge;

/* Good as long as OUT and LEX are. */
void kh_knowledge_of(kh_arena *out, const kh_lexicon *lex, kh_knowledge *knowledge);

#endif
