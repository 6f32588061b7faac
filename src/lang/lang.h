/* lang.h - which language a text is in. */
#ifndef KHABAR_LANG_LANG_H
#define KHABAR_LANG_LANG_H

#include "lexicon/lexicon.h"

/* The tables ngrams and letters of all languages, made ready: about 7 MB. */
typedef struct kh_lang_know kh_lang_know;

/* LEX must outlive the result, which is read-only and may be shared by threads. */
const kh_lang_know *kh_lang_know_of(kh_arena *out, const kh_lexicon *lex);

typedef struct kh_lang_guess {
    kh_str tag; /* BCP 47, good as long as the lexicon; "und" when there is nothing to go by */
    float confidence; /* 0..1; 0 for "und", above 0.95 when no other language comes near */
} kh_lang_guess;

/* TEXT as written, before any fold: ی/ي and ک/ك are evidence. Any bytes, any length: of a long text four
 * pieces are read, so that the cost has a limit. Never fails. */
kh_lang_guess kh_lang_of(kh_arena scratch, const kh_lang_know *know, kh_str text);

#endif
