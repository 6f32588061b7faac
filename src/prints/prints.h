/* prints.h - copies of text: word 5-grams, candidates, coverage and shared runs. */
#ifndef KHABAR_PRINTS_PRINTS_H
#define KHABAR_PRINTS_PRINTS_H

#include "model/story.h"

enum { KH_PRINT_WORDS = 5, KH_PRINT_SAMPLE = 4 };

/* Sampled hashes (one in KH_PRINT_SAMPLE) of the word 5-grams of the body, title left out, sorted, none
 * twice, owned by OUT. Words that are common furniture of an outlet are the caller's business. */
kh_u64s kh_prints_of(kh_arena *out, kh_arena scratch, const kh_article *art);

/* How much of A is in B and of B in A, word for word, with the shared runs in order of A. */
typedef struct kh_overlap {
    float cover_a, cover_b; /* share of body words inside shared runs, 0..1 */
    uint32_t words;         /* shared words of A */
    uint32_t plain;         /* of these, the ones that stand in no quotation of A */
    uint32_t longest;       /* words of the longest run */
    kh_shared_spans shared; /* spans of A and B */
} kh_overlap;

kh_overlap kh_prints_overlap(kh_arena *out, kh_arena scratch, const kh_article *a, const kh_article *b);

/* The directed copy edge between A (index IA) and B (index IB), by overlap: verbatim, abridged or partial;
 * strings and spans are owned by OUT or are literals. False, with *copy untouched, when they share too
 * little, or hardly anything but words that somebody said to both. */
bool kh_prints_copy(kh_arena *out, kh_arena scratch, const kh_article *a, uint32_t ia, const kh_article *b, uint32_t ib,
                    kh_copy *copy);

/* Which of the two is the original: by credit, time, dateline, length. Positive: A; negative: B; 0: nothing
 * tells. *why is the literal "credit", "time", "dateline", "coverage", or empty; WHY may be NULL. */
int kh_prints_direction(const kh_article *a, const kh_article *b, kh_str *why);

#endif
