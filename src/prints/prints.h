/* prints.h - copies of text: word 5-grams, candidates, coverage and shared runs. */
#ifndef KHABAR_PRINTS_PRINTS_H
#define KHABAR_PRINTS_PRINTS_H

#include "model/story.h"

enum { KH_PRINT_WORDS = 5, KH_PRINT_SAMPLE = 4 };

/* Sampled hashes (one in KH_PRINT_SAMPLE) of the word 5-grams of the body, title left out, sorted, none
 * twice, owned by OUT. */
kh_u64s kh_prints_of(kh_arena *out, kh_arena scratch, const kh_article *art);

/* ---- candidates: index.c ---- */

typedef struct kh_posting {
    uint32_t article;
    uint32_t older; /* the next posting of its print + 1 */
} kh_posting;

typedef struct kh_print_slot {
    uint32_t tag;    /* the upper half of the print */
    uint32_t newest; /* its newest posting + 1; 0: free */
} kh_print_slot;

/* Prints of many articles in memory; starts as {0}. Open addressing, a print is one cache line away. */
typedef struct kh_print_index {
    kh_print_slot *slots;
    size_t room, used; /* room: a power of two, 0 at first */
    KH_LIST(kh_posting) postings;
    KH_LIST(uint32_t) places; /* per article: 0, but within a search */
} kh_print_index;

typedef struct kh_print_match {
    uint32_t article;
    uint32_t shared; /* prints */
} kh_print_match;

typedef KH_LIST(kh_print_match) kh_print_matches;

void kh_print_index_add(kh_arena *out, kh_print_index *x, uint32_t article, const kh_u64s *prints);

/* The at most LIMIT articles that share most prints, best first, ties by number; bounded for any number of postings. */
kh_print_matches kh_print_index_find(kh_arena *out, kh_arena scratch, kh_print_index *x, const kh_u64s *prints, uint32_t limit);

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
    uint64_t *prints; /* of the KH_PRINT_WORDS words that begin at each word */
    size_t print_count;
} kh_body;

/* Words and numbers of the lines of role body, without furniture, in order of text. */
kh_body kh_body_words(kh_arena *out, const kh_article *art);

typedef struct kh_wording {
    const kh_article *art;
    kh_body body;
    uint32_t *first; /* by the low bits of a print: its first place + 1; `mask` + 1 of them */
    uint32_t *next;  /* per place: the next one of these low bits + 1 */
    size_t mask;
} kh_wording;

/* Linear in the words of ART, which must live as long. A wording made of its `art` and `body` alone can be the first of a
 * comparison; kh_prints_places makes it fit to be the second, if it is not yet. */
kh_wording kh_prints_wording(kh_arena *out, const kh_article *art);
void kh_prints_places(kh_arena *out, kh_wording *w);

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
bool kh_prints_copy(kh_arena *out, kh_arena scratch, const kh_article *a, uint32_t ia, const kh_article *b, uint32_t ib, kh_copy *copy);
bool kh_prints_copy_of(kh_arena *out, kh_arena scratch, const kh_wording *a, uint32_t ia, const kh_wording *b, uint32_t ib, kh_copy *copy);

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
