/* phrases_build.c - forms of tables into sets of phrases.
 *
 * Decides what a form's words are: those that the text of an article would be cut into, so that both meet. Example: "رئيس
 * الوزراء" is two links, "шахт*" one that is a beginning; "?Press" is a form that is known to be ambiguous.
 *
 * Method: most forms are letters and spaces; of these the key is cut at its spaces, which a test compares with the tokens
 * for all of data/. The others are cut as texts are. The later of two equal forms wins, so that a user's table does.
 *
 * Gets wrong: nothing it knows of.
 */
#include "lexicon/phrases_parts.h"
#include "lexicon/shelf.h"

/* The bits of a sieve that nothing was put into: most sets have no beginnings, and many languages no words. */
static const uint64_t nothing[1] = {0};

static void make_room(kh_arena *out, kh_phrase_sieve *s, size_t bits)
{
    s->mask = bits - 1;
    s->bits = KH_NEW_N(out, uint64_t, bits / 64);
    KH_EACH(const uint64_t, hash, s->hashes) {
        s->bits[(*hash & s->mask) / 64] |= (uint64_t)1 << *hash % 64;
    }
}

static void sieve_put(kh_arena *out, kh_phrase_sieve *s, uint64_t hash)
{
    if (s->hashes.count && s->hashes.items[s->hashes.count - 1] == hash) {
        return;
    }
    *KH_ADD(out, &s->hashes) = hash;
    if (s->hashes.count * KH_SIEVE_LOAD > s->mask || s->bits == nothing) {
        make_room(out, s, s->bits == nothing ? KH_SIEVE_BITS : 2 * (s->mask + 1));
    }
    s->bits[(hash & s->mask) / 64] |= (uint64_t)1 << hash % 64;
}

kh_phrases *kh_phrases_new(kh_arena *out)
{
    kh_phrases *set = KH_NEW(out, kh_phrases);
    *KH_ADD(out, &set->ends) = (kh_phrase_end){0};
    set->stem_min = SIZE_MAX;
    set->words = set->stems = set->whole_stems = (kh_phrase_sieve){.bits = (uint64_t *)(uintptr_t)nothing, .mask = 63};
    return set;
}

/* The set as it lies on a shelf. */
static void set_parts(kh_shelf *shelf, void *thing)
{
    kh_phrases *set = thing;
    kh_phrase_sieve *const sieves[] = {&set->words, &set->stems, &set->whole_stems};
    set->filled = kh_shelf_is_ready(shelf);
    KH_SHELF_VALUE(shelf, set->nodes.count);
    KH_SHELF_VALUE(shelf, set->nodes.room);
    KH_SHELF_VALUE(shelf, set->ends.count);
    KH_SHELF_VALUE(shelf, set->stem_min);
    KH_SHELF_VALUE(shelf, set->stem_max);
    KH_SHELF_VALUE(shelf, set->short_stems);
    KH_SHELF_ARRAY(shelf, set->nodes.keys, set->nodes.room);
    KH_SHELF_ARRAY(shelf, set->nodes.values, set->nodes.room);
    KH_SHELF_ARRAY(shelf, set->ends.items, set->ends.count);
    for (size_t i = 0; i < sizeof sieves / sizeof *sieves; i++) {
        KH_SHELF_VALUE(shelf, sieves[i]->mask);
        KH_SHELF_ARRAY(shelf, sieves[i]->bits, (sieves[i]->mask + 1) / 64);
        KH_SHELF_VALUE(shelf, sieves[i]->hashes.count);
        KH_SHELF_ARRAY(shelf, sieves[i]->hashes.items, sieves[i]->hashes.count);
    }
}

kh_phrases *kh_phrases_on(kh_shelf *shelf)
{
    kh_phrases *set = kh_shelf_is_ready(shelf) ? KH_NEW(kh_shelf_room(shelf), kh_phrases) : kh_phrases_new(kh_shelf_room(shelf));
    kh_shelf_put(shelf, set, set_parts);
    return set;
}

static void add_end(kh_arena *out, kh_phrases *set, uint64_t chain, kh_phrase_end end)
{
    uint32_t *node = kh_map_put(out, &set->nodes, chain, NULL);
    for (uint32_t i = *node & KH_NODE_END; i; i = set->ends.items[i].next) {
        if (set->ends.items[i].lang == end.lang) {
            end.next = set->ends.items[i].next; /* the later row wins */
            set->ends.items[i] = end;
            return;
        }
    }
    end.next = *node & KH_NODE_END;
    *node = (*node & ~(uint32_t)KH_NODE_END) | (uint32_t)set->ends.count;
    *KH_ADD(out, &set->ends) = end;
}

/* Marks that words, or beginnings, follow CHAIN. */
static void add_follower(kh_arena *out, kh_phrases *set, uint64_t chain, uint32_t bit)
{
    *kh_map_put(out, &set->nodes, chain, NULL) |= bit;
}

/* Adds the link of token I to CHAIN; a '*' written right behind a word makes it a beginning. Moves *i past it. */
static uint64_t add_link(kh_arena *out, kh_phrases *set, const kh_text *t, size_t *i, uint64_t chain)
{
    const kh_token *k = &t->tokens.items[*i];
    bool stem = *i + 1 < t->tokens.count && k[1].cp == '*' && !(k[1].flags & KH_SPACE_BEFORE);
    if (chain) {
        add_follower(out, set, chain, stem ? KH_NODE_STEMS : KH_NODE_WORDS);
    }
    if (!stem) {
        if (chain == 0) {
            sieve_put(out, &set->words, k->hash);
        }
        chain = kh_hash_mix(chain, k->hash);
    } else {
        ++*i;
        if (chain == 0) {
            sieve_put(out, &set->stems, k->key.len < 4 ? 0 : kh_stem_head(k->key));
            sieve_put(out, &set->whole_stems, kh_stem_hash(k->key));
            set->short_stems[kh_opens_beyond_ascii(k->key)] |= k->key.len < 4;
        }
        chain = kh_hash_mix(kh_hash_mix(chain, kh_stem_hash(k->key)), KH_STEM);
        set->stem_min = k->key.len < set->stem_min ? k->key.len : set->stem_min;
        set->stem_max = k->key.len > set->stem_max ? k->key.len : set->stem_max;
    }
    return chain;
}

/* Is S words with single spaces between them? A lone hamza folds to nothing. */
static bool has_words(kh_str s)
{
    bool space = true;
    for (size_t i = 0; i < s.len; i++) {
        if (space && s.ptr[i] == ' ') {
            return false;
        }
        space = s.ptr[i] == ' ';
    }
    return !space;
}

/* Is FORM nothing but letters and spaces, as most forms are? Then its words are those of its key, and the program
 * need not cut them as text each time it starts. */
static bool is_plain(kh_str form)
{
    for (size_t i = 0, n = 0; i < form.len; i += n) {
        uint32_t cp = kh_utf8_at(form, i, &n);
        if ((cp | 32) - 'a' < 26 || (cp >= 0x620 && cp <= 0x65F)) {
            continue; /* Latin and Arabic, the most of them */
        }
        kh_script script = kh_script_of(cp);
        bool letter = script != KH_SCRIPT_NONE && script != KH_SCRIPT_HAN && cp < 0xFB50 && kh_digit_of(cp) < 0;
        if (!letter && cp != ' ') {
            return false;
        }
    }
    return true;
}

static void add_plain(kh_arena *out, kh_phrases *set, kh_str key, kh_phrase_end end)
{
    uint64_t chain = 0;
    for (size_t first = 0, at = 0; at <= key.len; at++) {
        if (at < key.len && key.ptr[at] != ' ') {
            continue;
        }
        uint64_t hash = kh_hash((kh_str){key.ptr + first, at - first});
        if (chain == 0) {
            sieve_put(out, &set->words, hash);
        }
        chain = kh_hash_mix(chain, hash);
        first = at + 1;
        if (at < key.len) {
            add_follower(out, set, chain, KH_NODE_WORDS);
        } else {
            add_end(out, set, chain, end);
        }
    }
}

bool kh_phrase_is_cut_alike(kh_arena scratch, kh_str form)
{
    kh_str key = is_plain(form) ? kh_fold_key(&scratch, form) : (kh_str){0}, word;
    if (!has_words(key)) {
        return true; /* cut as a text is */
    }
    const kh_text *t = kh_text_of(&scratch, form);
    size_t i = 0;
    while (kh_str_cut(&key, ' ', &word)) {
        if (i == t->tokens.count || !kh_str_eq(t->tokens.items[i++].key, word)) {
            return false;
        }
    }
    return i == t->tokens.count;
}

void kh_phrases_add(kh_arena *out, kh_phrases *set, kh_str form, uint8_t lang, uint32_t value)
{
    kh_phrase_end end = {.value = value, .lang = lang};
    if (set->filled) {
        return;
    }
    form = kh_str_trim(form);
    if (kh_str_starts(form, KH_STR("?")) && form.len > 1) {
        end.ambiguous = true;
        form = kh_str_trim(kh_str_from(form, 1));
    }
    kh_arena lower = *out; /* the words of the form are needed here alone: they go far above the cursor */
    kh_arena scratch = kh_arena_split(&lower);
    kh_str key = is_plain(form) ? kh_fold_key(&scratch, form) : (kh_str){0};
    if (has_words(key)) {
        add_plain(out, set, key, end);
        return;
    }
    const kh_text *t = kh_text_of(&scratch, form);
    uint64_t chain = 0;
    for (size_t i = 0; i < t->tokens.count; i++) {
        chain = add_link(out, set, t, &i, chain);
        if (i + 1 == t->tokens.count) {
            add_end(out, set, chain, end);
        }
    }
}

void kh_phrases_add_list(kh_arena *out, kh_phrases *set, kh_str forms, uint8_t lang, uint32_t value)
{
    kh_str form;
    while (!set->filled && kh_str_cut(&forms, '|', &form)) {
        kh_phrases_add(out, set, form, lang, value);
    }
}
