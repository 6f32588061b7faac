/* phrases_sieve.c - which of several sets may have a phrase at this token?
 *
 * Decides for all sets at once, by the hash of the token's word and of its first letters: a byte with a bit for each set.
 * Example: of the eight sets of names "вчера" is in the common words at most; the others are not asked.
 *
 * Method: the union of the sets' own sieves. Clear bits are certain, set ones are not.
 *
 * Gets wrong: Hebrew words behind proclitics are not looked at; there every set is asked.
 */
#include "lexicon/phrases_parts.h"
#include "lexicon/shelf.h"

enum { SHARED_BITS = 1 << 17 };

/* The first words of several sets at once: a byte of bits, one for each set, by the low end of a hash. */
struct kh_sieve {
    uint8_t sets[SHARED_BITS];
    uint8_t always[2]; /* sets with a beginning of fewer bytes than the sieve looks at, in ASCII and beyond */
};

static void add_sieve(kh_sieve *shared, const kh_phrase_sieve *own, uint8_t bit)
{
    KH_EACH(const uint64_t, hash, own->hashes) {
        shared->sets[*hash % SHARED_BITS] |= bit;
    }
}

static void sieve_parts(kh_shelf *shelf, void *thing)
{
    kh_sieve **shared = thing;
    KH_SHELF_ARRAY(shelf, *shared, 1);
}

kh_sieve *kh_sieve_on(kh_shelf *shelf, const kh_phrases *const sets[], size_t count)
{
    kh_sieve **shared = KH_NEW(kh_shelf_room(shelf), kh_sieve *);
    for (size_t i = 0; i < count && i < KH_SIEVE_SETS_MAX && !kh_shelf_is_ready(shelf); i++) {
        uint8_t bit = (uint8_t)(1U << i);
        *shared = *shared ? *shared : KH_NEW(kh_shelf_room(shelf), kh_sieve);
        add_sieve(*shared, &sets[i]->words, bit);
        add_sieve(*shared, &sets[i]->stems, bit);
        for (size_t k = 0; k < 2; k++) {
            (*shared)->always[k] |= sets[i]->short_stems[k] ? bit : 0;
        }
    }
    kh_shelf_put(shelf, shared, sieve_parts);
    return *shared;
}

static uint8_t sets_of(const kh_sieve *shared, kh_str key, uint64_t hash)
{
    return shared->always[kh_opens_beyond_ascii(key)] | shared->sets[hash % SHARED_BITS] | shared->sets[kh_stem_head(key) % SHARED_BITS];
}

static uint8_t sets_of_rest(const kh_sieve *shared, kh_str rest)
{
    return rest.len < KH_CLITIC_REST_MIN ? 0 : sets_of(shared, rest, kh_hash(rest));
}

/* KEY behind AT bytes of proclitics, with its article and without. */
static uint8_t sets_behind_article(const kh_sieve *shared, kh_str rest)
{
    static const char lil[] = "لل", al[] = "ال";
    if (kh_str_starts(rest, KH_STR("ال"))) {
        return sets_of_rest(shared, kh_str_from(rest, sizeof al - 1));
    }
    char full[64];
    if (!kh_str_starts(rest, KH_STR("لل")) || rest.len > sizeof full) {
        return 0;
    }
    memcpy(full, al, sizeof al - 1);
    memcpy(full + sizeof al - 1, rest.ptr + sizeof lil - 1, rest.len - (sizeof lil - 1));
    return sets_of_rest(shared, (kh_str){full, rest.len}) | sets_of_rest(shared, kh_str_from(rest, sizeof lil - 1));
}

uint8_t kh_sieve_ask(const kh_sieve *shared, const kh_text *text, size_t token, unsigned flags)
{
    const kh_token *k = &text->tokens.items[token];
    uint8_t found = sets_of(shared, k->key, k->hash);
    if (flags && k->script == KH_SCRIPT_HEBREW) {
        return UINT8_MAX;
    }
    if (!flags || k->kind != KH_WORD || k->script != KH_SCRIPT_ARABIC) {
        return found;
    }
    found |= sets_behind_article(shared, k->key);
    for (size_t at = 2; at <= 4 && at < k->key.len && kh_is_proclitic(kh_str_from(k->key, at - 2)); at += 2) {
        kh_str rest = kh_str_from(k->key, at);
        found |= sets_of_rest(shared, rest) | sets_behind_article(shared, rest);
    }
    return found;
}
