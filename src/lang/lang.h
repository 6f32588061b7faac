/* lang.h - which language a text is in. */
#ifndef KHABAR_LANG_LANG_H
#define KHABAR_LANG_LANG_H

#include "lexicon/lexicon.h"

/* The tables ngrams of all languages, and of the world function_words and scripts, made ready: about 12 MB. */
typedef struct kh_lang_know kh_lang_know;

/* LEX must outlive the result, which is read-only and may be shared by threads. */
const kh_lang_know *kh_lang_know_of(kh_arena *out, const kh_lexicon *lex);

typedef struct kh_lang_guess {
    kh_str tag;       /* BCP 47, good as long as the lexicon; "und" when there is nothing to go by */
    float confidence; /* 0..1; 0 for "und", above 0.95 when no other language comes near */
} kh_lang_guess;

/* What is known of the text before it is read: nothing, or that it is news, which is far more often written in
 * Persian than in Gilaki. Only short texts feel the difference. */
typedef enum kh_lang_prior { KH_LANG_EVEN, KH_LANG_NEWS } kh_lang_prior;

/* TEXT as written, before any fold: ی/ي and ک/ك are evidence. Any bytes, any length: of a long text four
 * pieces are read, so that the cost has a limit. Never fails. */
kh_lang_guess kh_lang_guess_of(kh_arena scratch, const kh_lang_know *know, kh_str text, kh_lang_prior prior);

/* The same with KH_LANG_NEWS. */
kh_lang_guess kh_lang_of(kh_arena scratch, const kh_lang_know *know, kh_str text);

/* The same of a LINE of a text that is in the language EXPECTED: read no further than is needed to be sure of that. */
kh_lang_guess kh_lang_of_line(kh_arena scratch, const kh_lang_know *know, kh_str line, kh_str expected);

/* Are A and B the same language to the tables of knowledge: fa and prs, en and en-GB? */
bool kh_lang_same(const kh_lang_know *know, kh_str a, kh_str b);

#endif
