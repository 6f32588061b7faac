/* grams.h - the pieces of words that a language is known by, for lang.c and for gen/langmodel.c that counts them. */
#ifndef KHABAR_LANG_GRAMS_H
#define KHABAR_LANG_GRAMS_H

#include "text/text.h"

enum {
    KH_GRAM_LETTERS = 4,       /* letters of a piece; the space at either end of a word is one */
    KH_GRAM_WORD_LETTERS = 30, /* of a longer word the first ones are read */
    KH_GRAMS_OF_WORD = KH_GRAM_LETTERS * (KH_GRAM_WORD_LETTERS + 2) + 1
};

/* TEXT as small letters of SCRIPT in OUT, at most ROOM of them (ROOM at least 2): a space, words with one space
 * between, a space. What is no letter of SCRIPT parts words; marks stay, but for the vowel signs of Arabic, tatweel and
 * what turns text around. An apostrophe inside a word is a letter, written ' however it is typed. Gives the count; 1 when
 * there is no letter. */
size_t kh_lang_letters(kh_str text, kh_script script, uint32_t *out, size_t room);

typedef struct kh_gram {
    uint64_t key;   /* never 0 */
    uint16_t first; /* letters first..first+len of the word */
    uint16_t len;
} kh_gram;

/* The pieces of one word, which has a space at either end (LEN counts both): all runs of 1 to KH_GRAM_LETTERS letters
 * but the space alone, and the word as a whole. OUT has room for KH_GRAMS_OF_WORD. Gives the count. */
size_t kh_grams_of_word(const uint32_t *word, size_t len, kh_gram *out);

/* The key of a piece as tables write it: "_" for the space. */
uint64_t kh_gram_key(kh_str written);

#endif
