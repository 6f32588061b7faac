/* internal.h - what the files of prints/ share: the words of a body. */
#ifndef KHABAR_PRINTS_INTERNAL_H
#define KHABAR_PRINTS_INTERNAL_H

#include "prints/prints.h"

typedef struct kh_body_word {
    uint64_t hash; /* of the key without the Arabic article */
    kh_span span;
} kh_body_word;

typedef struct kh_body {
    kh_body_word *items;
    size_t count;
} kh_body;

/* Words and numbers of the lines of role body, in order of text. */
kh_body kh_body_words(kh_arena *out, const kh_article *art);

/* The hash of the KH_PRINT_WORDS words that begin at WORDS. */
uint64_t kh_print_of(const kh_body_word *words);

#endif
