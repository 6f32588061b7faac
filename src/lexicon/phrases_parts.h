/* phrases_parts.h - shared inside phrases*.c only: a set of phrases laid open, and how words become links of its chains. */
#ifndef KHABAR_LEXICON_PHRASES_PARTS_H
#define KHABAR_LEXICON_PHRASES_PARTS_H

#include "lexicon/lexicon.h"

#include <string.h>

typedef struct kh_phrase_end {
    uint32_t value;
    uint32_t next; /* another phrase with the same words, 0 for none */
    uint8_t lang;
    bool ambiguous;
    uint8_t none[2]; /* no padding: sets are written as they lie */
} kh_phrase_end;

/* Bits by the low end of a hash: most tokens begin no phrase of a set, and one load tells so. One bit in KH_SIEVE_LOAD is
 * set at most, so that a sieve of some thousand words lets few others through. */
enum { KH_SIEVE_BITS = 1 << 12, KH_SIEVE_LOAD = 16 };

typedef struct kh_phrase_sieve {
    uint64_t *bits;
    uint64_t mask;
    KH_LIST(uint64_t) hashes; /* to fill a larger one with, or one of several sets */
} kh_phrase_sieve;

/* What may follow in a longer phrase: most phrases are one word, and nothing need be looked for behind it. */
enum { KH_NODE_WORDS = 1 << 30, KH_NODE_STEMS = 1 << 29, KH_NODE_END = KH_NODE_STEMS - 1 };

struct kh_phrases {
    bool filled;                 /* lies on a shelf: all is there, nothing can be added */
    kh_map nodes;                /* chain hash -> index into ends, 0 for a mere prefix, and KH_NODE_ bits */
    KH_LIST(kh_phrase_end) ends; /* [0] unused */
    size_t stem_min, stem_max;   /* key bytes of the shortest and longest '*' word */
    bool short_stems[2];         /* one has fewer bytes than the sieve looks at, and begins with an ASCII letter or another */
    kh_phrase_sieve words;       /* first words */
    kh_phrase_sieve stems;       /* first '*' words, by their first four bytes */
    kh_phrase_sieve whole_stems; /* the same, by all their bytes */
};

/* phrases_build.c: has FORM, which may be taken for letters and spaces, the words that a text would be cut into? For the tests. */
bool kh_phrase_is_cut_alike(kh_arena scratch, kh_str form);

enum { KH_STEM = 0x5354454D, KH_CLITIC_REST_MIN = 6 };

static inline bool kh_phrase_sieve_has(const kh_phrase_sieve *s, uint64_t hash)
{
    hash &= s->mask;
    return s->bits[hash / 64] >> hash % 64 & 1;
}

/* A letter of the scripts in use is one or two bytes; two letters tell stems apart well enough. */
static inline uint64_t kh_stem_head(kh_str key)
{
    uint64_t head = 0;
    if (key.len >= 4) {
        unsigned char b[4];
        memcpy(b, key.ptr, sizeof b);
        head = (uint64_t)b[0] << 24 | (uint64_t)b[1] << 16 | (uint64_t)b[2] << 8 | b[3];
    }
    for (size_t i = 0; i < key.len && key.len < 4; i++) {
        head = head << 8 | (unsigned char)key.ptr[i];
    }
    return head * 0x9E3779B97F4A7C15u >> 40;
}

static inline size_t kh_opens_beyond_ascii(kh_str key)
{
    return key.len && (unsigned char)key.ptr[0] & 0x80 ? 1 : 0;
}

/* The hash of a beginning, built byte by byte so that all beginnings of a word cost one pass (FNV-1a). */
static inline uint64_t kh_roll(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * 0x100000001B3u;
}

static const uint64_t KH_ROLL_BEGIN = 0xCBF29CE484222325u;

static inline uint64_t kh_stem_hash(kh_str key)
{
    uint64_t hash = KH_ROLL_BEGIN;
    for (size_t i = 0; i < key.len; i++) {
        hash = kh_roll(hash, (unsigned char)key.ptr[i]);
    }
    return hash;
}

/* و ف ب ل ک س: the folded letters, two bytes each. */
static inline bool kh_is_proclitic(kh_str s)
{
    if (s.len < 2) {
        return false;
    }
    unsigned pair = (unsigned)(unsigned char)s.ptr[0] << 8 | (unsigned char)s.ptr[1];
    return pair == 0xD988 || pair == 0xD981 || pair == 0xD8A8 || pair == 0xD984 || pair == 0xDAA9 || pair == 0xD8B3;
}

#endif
