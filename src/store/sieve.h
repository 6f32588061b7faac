/* sieve.h - inside store/ only: which keys a slice of a level of postings surely has not. */
#ifndef KHABAR_STORE_SIEVE_H
#define KHABAR_STORE_SIEVE_H

#include "store/blocks.h"

/* Of one slice of one level. */
typedef struct kh_sieve {
    unsigned char *bits;
    size_t count; /* of bits */
    bool known;   /* else it may have any key */
} kh_sieve;

/* All zero: nothing is known. */
typedef struct kh_sieves {
    kh_sieve of[KH_LEVELS][KH_SLICES];
    size_t bytes; /* of all bits */
} kh_sieves;

/* SLICE of LEVEL has KEYS from now on, which rise, and no others. Where the bits of all would pass KH_SIEVE_BYTES, or there is no memory,
 * it is not known what it has. */
void kh_sieve_make(kh_sieves *s, unsigned level, unsigned slice, const kh_u64s *keys);

/* False: KEY is not in LEVEL. */
bool kh_sieve_lets_by(const kh_sieves *s, unsigned level, uint64_t key);

void kh_sieves_clear(kh_sieves *s); /* nothing is known any more; gives the memory back */

#endif
