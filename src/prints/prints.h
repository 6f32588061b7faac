/* prints.h - copies of text: word 5-grams, candidates, coverage and shared runs. */
#ifndef KHABAR_PRINTS_PRINTS_H
#define KHABAR_PRINTS_PRINTS_H

#include "model/story.h"

enum { KH_PRINT_WORDS = 5, KH_PRINT_SAMPLE = 4 };

/* Sampled hashes (one in KH_PRINT_SAMPLE) of the word 5-grams of the body, title left out, sorted, none
 * twice, owned by OUT. */
kh_u64s kh_prints_of(kh_arena *out, kh_arena scratch, const kh_article *art);

/* ---- furniture of an outlet: furniture.c ---- */

/* A print is furniture when it stands in so many documents of one outlet and in no other's. */
enum { KH_FURNITURE_PAGES = 4 };

/* The stretches of the body of ART whose prints are all in REPEATED (print -> anything): what the outlet prints
 * under its pages. Set art->furniture to them, and prints, overlap and copies pass over these words. None
 * where they are most of the page: that is the same page at another address. */
kh_spans kh_prints_furniture(kh_arena *out, kh_arena scratch, const kh_article *art, const kh_map *repeated);

/* ---- the wording of a page, ready to be compared with many: overlap.c ---- */

typedef struct kh_body_word {
    uint64_t hash; /* of the key without the Arabic article */
    kh_span span;
} kh_body_word;

typedef struct kh_body {
    kh_body_word *items;
    size_t count;
} kh_body;

/* Words and numbers of the lines of role body, without furniture, in order of text. */
kh_body kh_body_words(kh_arena *out, const kh_article *art);

typedef struct kh_wording {
    const kh_article *art;
    kh_body body;
    kh_map first;   /* 5-gram -> its first place + 1 */
    uint32_t *next; /* per place: the next one of the same 5-gram + 1 */
} kh_wording;

/* Linear in the words of ART, which must live as long. */
kh_wording kh_prints_wording(kh_arena *out, const kh_article *art);

/* How much of A is in B and of B in A, word for word, with the shared runs in order of A. */
typedef struct kh_overlap {
    float cover_a, cover_b; /* share of body words inside shared runs, 0..1 */
    float firm;             /* the larger share, counting only runs that no two writers hit upon */
    uint32_t words;         /* shared words of A */
    uint32_t plain;         /* of these, the ones that stand in no quotation of A */
    uint32_t longest;       /* words of the longest run */
    kh_shared_spans shared; /* spans of A and B */
} kh_overlap;

kh_overlap kh_prints_overlap(kh_arena *out, kh_arena scratch, const kh_article *a, const kh_article *b);
kh_overlap kh_prints_overlap_of(kh_arena *out, kh_arena scratch, const kh_wording *a, const kh_wording *b);

/* ---- copies: copy.c ---- */

/* The directed copy edge between A (index IA) and B (index IB), by overlap: verbatim, abridged or partial;
 * strings and spans are owned by OUT or are literals. False, with *copy untouched, when they share too
 * little, or hardly anything but words that somebody said to both. */
bool kh_prints_copy(kh_arena *out, kh_arena scratch, const kh_article *a, uint32_t ia, const kh_article *b, uint32_t ib,
                    kh_copy *copy);
bool kh_prints_copy_of(kh_arena *out, kh_arena scratch, const kh_wording *a, uint32_t ia, const kh_wording *b, uint32_t ib,
                       kh_copy *copy);

/* Which of the two is the original: by credit, time, dateline, length. Positive: A; negative: B; 0: nothing
 * tells. *why is the literal "credit", "time", "dateline", "coverage", or empty; WHY may be NULL. */
int kh_prints_direction(const kh_article *a, const kh_article *b, kh_str *why);

/* ---- many copies: clusters.c ---- */

/* A copy between articles A and B, numbered from 0. */
typedef struct kh_copy_edge {
    uint32_t a, b;
    float cover_a, cover_b;
} kh_copy_edge;

typedef KH_LIST(kh_copy_edge) kh_copy_edges;

/* For each of COUNT articles the first article of its cluster: articles that carry one text. A page that holds
 * several texts (a live blog, a digest) ties none of them together. */
uint32_t *kh_prints_clusters(kh_arena *out, kh_arena scratch, const kh_copy_edges *edges, size_t count);

#endif
