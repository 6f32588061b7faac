/* prints.c - the fingerprint of a text: which other texts may share its wording?
 *
 * Decides which pages are worth a comparison word by word. Example: "وأعلنت السلطات أن 164 شخصا قتلوا" gives
 * the words واعلنت سلطات ان 164 شخصا قتلوا and two 5-grams; a page that quotes the sentence with or without
 * vowel marks, hamza or tatweel has the same two.
 *
 * Method: the words of the body, folded, without the Arabic article (copy desks add and drop it), in
 * overlapping groups of five; of their hashes one in four is kept, those that end in two zero bits, so that
 * two pages keep the same ones. Sampling by hash value after Manber, "Finding similar files in a large file
 * system" (1994); containment of 5-grams rather than MinHash because wire copies are cut short, which a
 * measure of mutual likeness punishes.
 *
 * Gets wrong: a text of fewer than some twenty words may have no print at all; a copy in which every fifth
 * word was replaced has none in common.
 */
#include "prints/internal.h"

#include <stdlib.h>

enum { ARTICLE_BYTES = 4, REST_BYTES_MIN = 6, BUCKET_BITS_MAX = 16, BUCKET_SORTED = 24 };
static const uint64_t BASE = UINT64_C(0x9E3779B97F4A7C15);

/* The key's hash, without ال where three letters or more stand behind it. */
static uint64_t word_hash(const kh_token *t)
{
    bool article =
        t->script == KH_SCRIPT_ARABIC && t->key.len >= ARTICLE_BYTES + REST_BYTES_MIN && kh_str_starts(t->key, KH_STR("\u0627\u0644"));
    return article ? kh_hash(kh_str_from(t->key, ARTICLE_BYTES)) : t->hash;
}

/* A polynomial of the word hashes, so that each print comes from the one before (Karp and Rabin 1987). */
static void add_prints(kh_arena *out, kh_body *body)
{
    uint64_t power = 1; /* of the word that leaves */
    uint64_t print = 0;
    body->prints = KH_NEW_N(out, uint64_t, body->count + 1);
    for (size_t i = 1; i < KH_PRINT_WORDS; i++) {
        power *= BASE;
    }
    for (size_t i = 0; i < body->count; i++) {
        print = print * BASE + body->items[i].hash;
        if (i + 1 >= KH_PRINT_WORDS) {
            body->prints[body->print_count++] = print;
            print -= power * body->items[i + 1 - KH_PRINT_WORDS].hash;
        }
    }
}

kh_body kh_body_words(kh_arena *out, const kh_article *art)
{
    const kh_text *text = art->tokens;
    kh_body body = {.items = KH_NEW_N(out, kh_body_word, text->tokens.count + 1)};
    size_t line = 0;
    size_t furniture = 0;
    KH_EACH(const kh_token, t, text->tokens) {
        while (line < art->lines.count && art->lines.items[line].span.end <= t->span.begin) {
            line++;
        }
        while (furniture < art->furniture.count && art->furniture.items[furniture].end <= t->span.begin) {
            furniture++;
        }
        bool inside = line < art->lines.count && art->lines.items[line].span.begin <= t->span.begin;
        bool aside = furniture < art->furniture.count && art->furniture.items[furniture].begin <= t->span.begin;
        if (inside && !aside && art->lines.items[line].role == KH_ROLE_BODY && t->kind != KH_PUNCT) {
            body.items[body.count++] = (kh_body_word){.hash = word_hash(t), .span = t->span};
        }
    }
    add_prints(out, &body);
    return body;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void sort_few(uint64_t *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t x = items[i];
        size_t at = i;
        for (; at && items[at - 1] > x; at--) {
            items[at] = items[at - 1];
        }
        items[at] = x;
    }
}

/* Hashes are spread evenly: put into as many buckets as there are, hardly anything is left to sort. */
static void sort_hashes(kh_arena scratch, const uint64_t *from, size_t count, uint64_t *items)
{
    unsigned bits = 1;
    while (bits < BUCKET_BITS_MAX && (size_t)1 << bits < count) {
        bits++;
    }
    uint32_t *end = KH_NEW_N(&scratch, uint32_t, ((size_t)1 << bits) + 1);
    for (size_t i = 0; i < count; i++) {
        end[(from[i] >> (64 - bits)) + 1]++;
    }
    for (size_t b = 0; b < (size_t)1 << bits; b++) {
        end[b + 1] += end[b];
    }
    for (size_t i = 0; i < count; i++) {
        items[end[from[i] >> (64 - bits)]++] = from[i];
    }
    for (size_t b = 0, begin = 0; b < (size_t)1 << bits; begin = end[b++]) {
        size_t n = end[b] - begin;
        if (n <= BUCKET_SORTED) {
            sort_few(items + begin, n);
        } else {
            qsort(items + begin, n, sizeof *items, by_value);
        }
    }
}

kh_u64s kh_prints_of_body(kh_arena *out, kh_arena scratch, const kh_body *body)
{
    uint64_t *sampled = KH_NEW_N(&scratch, uint64_t, body->print_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < body->print_count; i++) {
        sampled[count] = body->prints[i];
        count += body->prints[i] % KH_PRINT_SAMPLE == 0;
    }
    kh_u64s all = {.items = KH_NEW_N(out, uint64_t, count + 1), .count = count, .room = count + 1};
    sort_hashes(scratch, sampled, count, all.items);
    size_t kept = 0;
    for (size_t i = 0; i < all.count; i++) {
        uint64_t print = kh_print_of(all.items[i]);
        if (!kept || print != all.items[kept - 1]) {
            all.items[kept++] = print;
        }
    }
    all.count = kept;
    return all;
}

kh_u64s kh_prints_of(kh_arena *out, kh_arena scratch, const kh_article *art)
{
    kh_body body = kh_body_words(&scratch, art);
    return kh_prints_of_body(out, scratch, &body);
}
