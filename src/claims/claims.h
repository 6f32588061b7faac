/* claims.h - credits, quotations, figures and chains of one article. Order: credits, quotations, figures, chains. */
#ifndef KHABAR_CLAIMS_CLAIMS_H
#define KHABAR_CLAIMS_CLAIMS_H

#include "lexicon/lexicon.h"
#include "model/article.h"

typedef struct kh_credits_know kh_credits_know;
const kh_credits_know *kh_credits_know_of(kh_arena *out, const kh_lexicon *lex);

/* Fills art->credits and art->agencies; gives lines the role source, byline, outlet where a credit says so; sets art->outlet from an
 * outlet_line, an agency_chain ("ISNA reports, quoting Reuters" on ISNA's own page) or a site's closing lines when the page gave none. */
void kh_credits_read(kh_arena *out, kh_arena scratch, const kh_credits_know *know, kh_article *art);

/* The label of an agency id ("Reuters"); the id itself when unknown. */
kh_str kh_credits_agency_label(const kh_credits_know *know, kh_str agency);

typedef struct kh_quotations_know kh_quotations_know;
const kh_quotations_know *kh_quotations_know_of(kh_arena *out, const kh_lexicon *lex);

/* Fills art->quotations in order of text. Wants lines, lang, names, credits. */
void kh_quotations_read(kh_arena *out, kh_arena scratch, const kh_quotations_know *know, kh_article *art);

typedef struct kh_figures_know kh_figures_know;
const kh_figures_know *kh_figures_know_of(kh_arena *out, const kh_lexicon *lex, const kh_numerals *numerals);

/* Fills art->figures in order of text. Wants lines, lang, dates (a number inside a date is no figure), names, quotations. */
void kh_figures_read(kh_arena *out, kh_arena scratch, const kh_figures_know *know, kh_article *art);

/* Is the population A inside B ("security_forces" in "persons"), by world/scopes.txt. Equal is not inside. */
bool kh_scope_inside(const kh_figures_know *know, kh_str a, kh_str b);

/* Fills art->chains from quotations and credits: speaker, intermediates, agency, outlet or page. */
void kh_chains_read(kh_arena *out, kh_arena scratch, const kh_credits_know *know, kh_article *art);

#endif
