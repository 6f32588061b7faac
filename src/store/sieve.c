/* sieve.c - keys that are not in a level of postings are seldom looked for there.
 *
 * Decides nothing. Nearly all prints of an article are its own: of the 64 that are asked for some 60 are met by no other one, and each was looked for in a
 * block of each of three levels, where others stand:
 *
 *     print 0x5A21C07E of a new page     level 1: bit not set, level 2: bit not set, level 3: set by another print, one block is read
 *
 * Method: a Bloom filter (1970) of one hash for each slice. The keys are spread evenly already, so the bit of a key is its place among all that a slice could
 * have, scaled to BITS_OF_KEY bits for each that it has: one in twelve that are not there is looked for all the same. It is made when the
 * slice is written, by the way; a slice that was written by others is not known, and all is looked for in it.
 *
 * Gets wrong: nothing; what is not known is asked of the file.
 */
#include "store/sieve.h"

#include "base/limits.h"

#include <stdlib.h>

enum { BITS_OF_KEY = 12, BYTE = 8, PLACE_BITS = KH_SLICE_BITS - KH_KEY_ZEROS };

static size_t bit_of(const kh_sieve *s, uint64_t key)
{
    uint64_t place = key >> KH_KEY_ZEROS & ((UINT64_C(1) << PLACE_BITS) - 1);
    return (size_t)(place * s->count >> PLACE_BITS);
}

static size_t bytes_of(size_t bits)
{
    return (bits + BYTE - 1) / BYTE;
}

static void forget(kh_sieves *s, kh_sieve *one)
{
    s->bytes -= bytes_of(one->count);
    free(one->bits);
    *one = (kh_sieve){0};
}

void kh_sieve_make(kh_sieves *s, unsigned level, unsigned slice, const kh_u64s *keys)
{
    kh_sieve *one = &s->of[level][slice];
    size_t count = keys->count * BITS_OF_KEY;
    forget(s, one);
    if (s->bytes + bytes_of(count) > KH_SIEVE_BYTES) {
        return;
    }
    one->bits = calloc(bytes_of(count) + 1, 1);
    if (!one->bits) {
        return;
    }
    one->known = true;
    one->count = count;
    s->bytes += bytes_of(count);
    KH_EACH(const uint64_t, key, *keys) {
        size_t bit = bit_of(one, *key);
        one->bits[bit / BYTE] |= (unsigned char)(1U << bit % BYTE);
    }
}

bool kh_sieve_lets_by(const kh_sieves *s, unsigned level, uint64_t key)
{
    const kh_sieve *one = &s->of[level][key >> KH_SLICE_BITS];
    if (!one->known || !one->count) {
        return !one->known;
    }
    size_t bit = bit_of(one, key);
    return one->bits[bit / BYTE] >> bit % BYTE & 1;
}

void kh_sieves_clear(kh_sieves *s)
{
    for (unsigned level = 0; level < KH_LEVELS; level++) {
        for (unsigned slice = 0; slice < KH_SLICES; slice++) {
            forget(s, &s->of[level][slice]);
        }
    }
}
