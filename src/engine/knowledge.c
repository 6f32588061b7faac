/* knowledge.c - what all stages know, made of one lexicon.
 *
 * Decides the order alone: names before what groups by them, numerals before dates and figures. The engine makes it at each start,
 * mostly out of what lies on the shelves of the program (lexicon/shelf.h); gen/shelves.c fills these.
 */
#include "engine/knowledge.h"

void kh_knowledge_of(kh_arena *out, const kh_lexicon *lex, kh_knowledge *k)
{
    k->lang = kh_lang_know_of(out, lex);
    k->page = kh_page_know_of(out, lex);
    k->numerals = kh_numerals_of(out, lex);
    k->dates = kh_dates_know_of(out, lex, k->numerals);
    k->names = kh_names_know_of(out, lex);
    k->credits = kh_credits_know_of(out, lex);
    k->quotations = kh_quotations_know_of(out, lex);
    k->figures = kh_figures_know_of(out, lex, k->numerals);
    k->story = kh_story_know_of(out, lex, k->names);
    k->accounts = (kh_accounts_know){.lex = lex,
                                     .words = kh_case_words_of(out, lex),
                                     .numerals = k->numerals,
                                     .credits = k->credits,
                                     .figures = k->figures,
                                     .names = k->names,
                                     .story = k->story};
}
