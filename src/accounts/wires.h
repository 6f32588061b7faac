/* wires.h - what the files that decide copies and relations share. */
#ifndef KHABAR_ACCOUNTS_WIRES_H
#define KHABAR_ACCOUNTS_WIRES_H

#include "accounts/internal.h"

/* What was found between two pages. */
typedef struct kh_found_pair {
    uint32_t a, b;
    bool printed; /* shared words: `copy` holds */
    bool aligned; /* shared sentences: `alignment` holds */
    kh_copy copy;
    kh_alignment alignment;
} kh_found_pair;

typedef KH_LIST(kh_found_pair) kh_found_pairs;

typedef struct kh_decider {
    kh_case *c;
    kh_found_pairs pairs;
    kh_map by_pages;      /* kh_pair_key -> index in pairs + 1 */
    uint32_t *first_pair; /* per side: the first pair it is in; KH_NO_GROUP: none */
    uint32_t *next_pair;  /* per pair: the next one of its page a, then of its page b */
    kh_keys *whole;       /* per side: all keys of the page */
} kh_decider;

/* ---- wires.c ---- */

/* Fills d->pairs, and `compiled` and `wire` of each side. */
void kh_wires_find(kh_decider *d);

const kh_found_pair *kh_pair_of(const kh_decider *d, uint32_t a, uint32_t b);
float kh_cover_of(const kh_found_pair *p, uint32_t i);        /* how much of page I comes from the other page of P */
bool kh_ties_pages(const kh_case *c, const kh_found_pair *p); /* enough to be one text, neither page compiled */
bool kh_is_earlier(const kh_case *c, uint32_t a, uint32_t b);
bool kh_no_copies(const kh_case *c, uint32_t a, uint32_t b);
bool kh_share_an_agency(const kh_side *a, const kh_side *b);

/* ---- copies.c ---- */

/* The original of each wire, and whose copy each page is: fills `parent` of the sides and story->copies. */
void kh_copies_find(kh_decider *d);

#endif
