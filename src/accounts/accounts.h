/* accounts.h - one story compared: origins, copies, relations, aligned quotations, verdicts, timeline. */
#ifndef KHABAR_ACCOUNTS_ACCOUNTS_H
#define KHABAR_ACCOUNTS_ACCOUNTS_H

#include "claims/claims.h"
#include "dates/dates.h"
#include "names/names.h"
#include "prints/prints.h"
#include "story/story.h"

/* The word lists that comparing needs: hedges, negations, verbs of saying and others. */
typedef struct kh_case_words kh_case_words;
const kh_case_words *kh_case_words_of(kh_arena *out, const kh_lexicon *lex);

typedef struct kh_accounts_know {
    const kh_lexicon *lex;
    const kh_numerals *numerals;
    const kh_case_words *words;
    const kh_names_know *names;
    const kh_credits_know *credits;
    const kh_figures_know *figures;
    const kh_story_know *story;
} kh_accounts_know;

/* Compares the articles of one story (at most KH_STORY_ARTICLES_MAX; more are listed, not compared). Fills all of *STORY but id.
 * ARTICLES in any order; the result does not depend on it. */
void kh_accounts_compare(kh_arena *out, kh_arena scratch, const kh_accounts_know *know, const kh_article *const *articles, size_t count,
                         kh_story *story);

/* The relation of two articles alone, with its evidence: what `khabar compare A B` answers. *copy is filled and true is given when one
 * is a copy of the other. */
bool kh_accounts_pair(kh_arena *out, kh_arena scratch, const kh_accounts_know *know, const kh_article *a, const kh_article *b,
                      kh_relation *relation, kh_copy *copy);

#endif
