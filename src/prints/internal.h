/* internal.h - what the files of prints/ share: one word of a body against another. */
#ifndef KHABAR_PRINTS_INTERNAL_H
#define KHABAR_PRINTS_INTERNAL_H

#include "prints/prints.h"

/* The hash of the KH_PRINT_WORDS words that begin at WORDS. */
uint64_t kh_print_of(const kh_body_word *words);

#endif
