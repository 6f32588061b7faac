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

enum { ARTICLE_BYTES = 4, REST_BYTES_MIN = 6 };

/* The key's hash, without ال where three letters or more stand behind it. */
static uint64_t word_hash(const kh_token *t)
{
    bool article = t->script == KH_SCRIPT_ARABIC && t->key.len >= ARTICLE_BYTES + REST_BYTES_MIN &&
                   kh_str_starts(t->key, KH_STR("\u0627\u0644"));
    return article ? kh_hash(kh_str_from(t->key, ARTICLE_BYTES)) : t->hash;
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
    return body;
}

uint64_t kh_print_of(const kh_body_word *words)
{
    uint64_t print = words[0].hash;
    for (size_t i = 1; i < KH_PRINT_WORDS; i++) {
        print = kh_hash_mix(print, words[i].hash);
    }
    return print;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

kh_u64s kh_prints_of(kh_arena *out, kh_arena scratch, const kh_article *art)
{
    kh_body body = kh_body_words(&scratch, art);
    kh_u64s all = {0};
    kh_u64s prints = {0};
    for (size_t i = 0; i + KH_PRINT_WORDS <= body.count; i++) {
        uint64_t print = kh_print_of(&body.items[i]);
        if (print % KH_PRINT_SAMPLE == 0) {
            *KH_ADD(&scratch, &all) = print;
        }
    }
    qsort(all.items ? all.items : (uint64_t[]){0}, all.count, sizeof *all.items, by_value);
    for (size_t i = 0; i < all.count; i++) {
        if (i == 0 || all.items[i] != all.items[i - 1]) {
            *KH_ADD(out, &prints) = all.items[i];
        }
    }
    return prints;
}
