/* phrases.c - which phrase of a set begins at this token?
 *
 * Decides by the keys of whole tokens, longest phrase first. Example: with "وكالة فرانس برس" in the set,
 * the tokens "لوكالة فرانس برس" match with clitic 2 (the bytes of ل), and the span begins at و. With
 * "шахт*" the token "шахтёров" matches.
 *
 * Method: a phrase is the chain of its tokens' hashes, each prefix of the chain a key of one hash map (a
 * trie laid flat). A word that ends in '*', at any place of the phrase, is a link made of the hash of a
 * beginning; the set knows the shortest and longest such beginning, so that few prefixes of a token are
 * tried, and the whole word always comes before its beginnings, the longest beginning first. Arabic and Hebrew
 * proclitics are single letters; taking one to three off the first token gives other first links, and an
 * article may go from any later one (رئيس الوزراء is رئيس وزراء). No
 * analysis says whether they really are clitics: the rest must be in the set, which is evidence enough
 * for phrases and is the caller's to doubt for short words.
 *
 * Gets wrong: a short form inside another word after a false clitic (ول + ... ): forms of fewer than
 * three letters are never matched behind a clitic.
 */
#include "lexicon/lexicon.h"

#include <assert.h>
#include <string.h>

typedef struct phrase_end {
    uint32_t value;
    uint32_t next; /* another phrase with the same words, 0 for none */
    uint8_t lang;
    bool ambiguous;
} phrase_end;

/* Bits by the low end of a hash: most tokens begin no phrase of a set, and one load tells so. One bit in SIEVE_LOAD is
 * set at most, so that a sieve of some thousand words lets few others through. */
enum { SIEVE_BITS = 1 << 12, SIEVE_LOAD = 16 };

typedef struct sieve {
    uint64_t *bits;
    uint64_t mask;
    KH_LIST(uint64_t) hashes; /* to fill a larger one with */
} sieve;

struct kh_phrases {
    kh_map nodes;              /* chain hash -> index into ends, 0 for a mere prefix */
    KH_LIST(phrase_end) ends;  /* [0] unused */
    size_t stem_min, stem_max; /* key bytes of the shortest and longest '*' word */
    bool short_stems[2];       /* one has fewer bytes than the sieve looks at, and begins with an ASCII letter or another */
    sieve words; /* first words */
    sieve stems; /* first '*' words, by their first four bytes */
    sieve whole_stems; /* the same, by all their bytes */
};

/* The first words of several sets at once: a byte of bits, one for each set, by the low end of a hash. */
enum { SHARED_BITS = 1 << 17 };

struct kh_sieve {
    uint8_t sets[SHARED_BITS];
    uint8_t always[2]; /* sets with a beginning of fewer bytes than the sieve looks at, in ASCII and beyond */
};

enum { STEM = 0x5354454D, CLITIC_REST_MIN = 6 };

static void sieve_room(kh_arena *out, sieve *s, size_t bits)
{
    s->mask = bits - 1;
    s->bits = KH_NEW_N(out, uint64_t, bits / 64);
    KH_EACH (const uint64_t, hash, s->hashes) {
        s->bits[(*hash & s->mask) / 64] |= (uint64_t)1 << *hash % 64;
    }
}

static bool sieve_has(const sieve *s, uint64_t hash)
{
    hash &= s->mask;
    return s->bits[hash / 64] >> hash % 64 & 1;
}

static void sieve_put(kh_arena *out, sieve *s, uint64_t hash)
{
    if (s->hashes.count && s->hashes.items[s->hashes.count - 1] == hash) {
        return;
    }
    *KH_ADD(out, &s->hashes) = hash;
    if (s->hashes.count * SIEVE_LOAD > s->mask) {
        sieve_room(out, s, 2 * (s->mask + 1));
    }
    s->bits[(hash & s->mask) / 64] |= (uint64_t)1 << hash % 64;
}

kh_phrases *kh_phrases_new(kh_arena *out)
{
    kh_phrases *set = KH_NEW(out, kh_phrases);
    *KH_ADD(out, &set->ends) = (phrase_end){0};
    set->stem_min = SIZE_MAX;
    sieve_room(out, &set->words, SIEVE_BITS);
    sieve_room(out, &set->stems, SIEVE_BITS);
    sieve_room(out, &set->whole_stems, SIEVE_BITS);
    return set;
}

/* A letter of the scripts in use is one or two bytes; two letters tell stems apart well enough. */
static uint64_t head_of(kh_str key)
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

static size_t opens_beyond_ascii(kh_str key)
{
    return key.len && (unsigned char)key.ptr[0] & 0x80 ? 1 : 0;
}

/* The hash of a beginning, built byte by byte so that all beginnings of a word cost one pass (FNV-1a). */
static uint64_t roll(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * 0x100000001B3u;
}

static const uint64_t ROLL_BEGIN = 0xCBF29CE484222325u;

static uint64_t stem_hash(kh_str key)
{
    uint64_t hash = ROLL_BEGIN;
    for (size_t i = 0; i < key.len; i++) {
        hash = roll(hash, (unsigned char)key.ptr[i]);
    }
    return hash;
}

static void add_end(kh_arena *out, kh_phrases *set, uint64_t chain, phrase_end end)
{
    uint32_t *node = kh_map_put(out, &set->nodes, chain, NULL);
    for (uint32_t i = *node; i; i = set->ends.items[i].next) {
        if (set->ends.items[i].lang == end.lang) {
            end.next = set->ends.items[i].next; /* the later row wins */
            set->ends.items[i] = end;
            return;
        }
    }
    end.next = *node;
    *node = (uint32_t)set->ends.count;
    *KH_ADD(out, &set->ends) = end;
}

/* Adds the link of token I to CHAIN; a '*' written right behind a word makes it a beginning. Moves *i past it. */
static uint64_t add_link(kh_arena *out, kh_phrases *set, const kh_text *t, size_t *i, uint64_t chain)
{
    const kh_token *k = &t->tokens.items[*i];
    bool stem = *i + 1 < t->tokens.count && k[1].cp == '*' && !(k[1].flags & KH_SPACE_BEFORE);
    if (!stem) {
        if (chain == 0) {
            sieve_put(out, &set->words, k->hash);
        }
        chain = kh_hash_mix(chain, k->hash);
    } else {
        ++*i;
        if (chain == 0) {
            sieve_put(out, &set->stems, k->key.len < 4 ? 0 : head_of(k->key));
            sieve_put(out, &set->whole_stems, stem_hash(k->key));
            set->short_stems[opens_beyond_ascii(k->key)] |= k->key.len < 4;
        }
        chain = kh_hash_mix(kh_hash_mix(chain, stem_hash(k->key)), STEM);
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
        kh_script script = kh_script_of(cp);
        bool letter = script != KH_SCRIPT_NONE && script != KH_SCRIPT_HAN && cp < 0xFB50 && kh_digit_of(cp) < 0;
        if (!letter && cp != ' ') {
            return false;
        }
    }
    return true;
}

static void add_plain(kh_arena *out, kh_phrases *set, kh_str key, phrase_end end)
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
            kh_map_put(out, &set->nodes, chain, NULL);
        } else {
            add_end(out, set, chain, end);
        }
    }
}

#ifndef NDEBUG
/* The words of KEY are the tokens of FORM. */
static bool is_cut_alike(kh_arena scratch, kh_str form, kh_str key)
{
    const kh_text *t = kh_text_of(&scratch, form);
    kh_str word;
    size_t i = 0;
    while (kh_str_cut(&key, ' ', &word)) {
        if (i == t->tokens.count || !kh_str_eq(t->tokens.items[i++].key, word)) {
            return false;
        }
    }
    return i == t->tokens.count;
}
#endif

void kh_phrases_add(kh_arena *out, kh_phrases *set, kh_str form, uint8_t lang, uint32_t value)
{
    phrase_end end = {.value = value, .lang = lang};
    form = kh_str_trim(form);
    if (kh_str_starts(form, KH_STR("?")) && form.len > 1) {
        end.ambiguous = true;
        form = kh_str_trim(kh_str_from(form, 1));
    }
    kh_arena lower = *out; /* the words of the form are needed here alone: they go far above the cursor */
    kh_arena scratch = kh_arena_split(&lower);
    kh_str key = is_plain(form) ? kh_fold_key(&scratch, form) : (kh_str){0};
    if (has_words(key)) {
        assert(is_cut_alike(scratch, form, key));
        add_plain(out, set, key, end);
        return;
    }
    const kh_text *t = kh_text_of(&scratch, form);
    uint64_t chain = 0;
    for (size_t i = 0; i < t->tokens.count; i++) {
        chain = add_link(out, set, t, &i, chain);
        if (i + 1 < t->tokens.count) {
            kh_map_put(out, &set->nodes, chain, NULL);
        } else {
            add_end(out, set, chain, end);
        }
    }
}

void kh_phrases_add_list(kh_arena *out, kh_phrases *set, kh_str forms, uint8_t lang, uint32_t value)
{
    kh_str form;
    while (kh_str_cut(&forms, '|', &form)) {
        kh_phrases_add(out, set, form, lang, value);
    }
}

/* The end at NODE that language LANG may use: its own, else the world's, else any when any is asked for. */
static const phrase_end *end_for(const kh_phrases *set, uint32_t node, uint8_t lang)
{
    const phrase_end *best = NULL;
    for (uint32_t i = node; i; i = set->ends.items[i].next) {
        const phrase_end *e = &set->ends.items[i];
        if (e->lang == lang) {
            return e;
        }
        if (lang == KH_LANG_ANY || e->lang == KH_LANG_NONE) {
            best = e;
        }
    }
    return best;
}

/* One search for the longest phrase from one token on. */
typedef struct search {
    const kh_phrases *set;
    const kh_text *text;
    uint8_t lang;
    unsigned flags;
    kh_match *match;
    bool found;
} search;

static void follow(search *s, uint64_t chain, size_t token);

/* CHAIN ends behind token TOKEN - 1, of whose key a '*' stands for ENDING bytes: remembers a phrase that ends here, and goes
 * on to longer ones. */
static void arrive(search *s, uint64_t chain, size_t token, size_t ending)
{
    const uint32_t *node = kh_map_get(&s->set->nodes, chain);
    if (!node) {
        return;
    }
    const phrase_end *e = end_for(s->set, *node, s->lang);
    if (e && (!s->found || token > s->match->end)) {
        s->match->value = e->value;
        s->match->lang = e->lang;
        s->match->ambiguous = e->ambiguous;
        s->match->end = (uint32_t)token;
        s->match->ending = (uint32_t)ending;
        s->found = true;
    }
    follow(s, chain, token);
}

/* The beginnings of KEY as links, longest first. */
static void link_stems(search *s, uint64_t chain, size_t token, kh_str key)
{
    const kh_phrases *set = s->set;
    uint64_t hashes[64];
    size_t longest = key.len < set->stem_max ? key.len : set->stem_max;
    longest = longest < 63 ? longest : 63;
    uint64_t hash = ROLL_BEGIN;
    for (size_t i = 0; i < longest; i++) {
        hash = roll(hash, (unsigned char)key.ptr[i]);
        hashes[i + 1] = hash;
    }
    for (size_t len = longest; len >= set->stem_min && len > 0; len--) {
        bool inside = len < key.len && ((unsigned char)key.ptr[len] & 0xC0) == 0x80;
        if (!inside && (chain != 0 || sieve_has(&set->whole_stems, hashes[len]))) {
            arrive(s, kh_hash_mix(kh_hash_mix(chain, hashes[len]), STEM), token + 1, key.len - len);
        }
    }
}

/* The links that token TOKEN, read as KEY, may be: the whole word first, then its beginnings. */
static void link_token(search *s, uint64_t chain, size_t token, kh_str key, uint64_t hash)
{
    const kh_phrases *set = s->set;
    if (chain != 0 || sieve_has(&set->words, hash)) {
        arrive(s, kh_hash_mix(chain, hash), token + 1, 0);
    }
    if (set->stem_max && (chain != 0 || set->short_stems[opens_beyond_ascii(key)] || sieve_has(&set->stems, head_of(key)))) {
        link_stems(s, chain, token, key);
    }
}

/* Bytes of the article that is written onto word K, 0 for none: ال, and Hebrew ה. */
static size_t article_of(const kh_token *k)
{
    bool arabic = k->script == KH_SCRIPT_ARABIC && kh_str_starts(k->key, KH_STR("ال"));
    bool hebrew = k->script == KH_SCRIPT_HEBREW && kh_str_starts(k->key, KH_STR("ה"));
    size_t bytes = arabic ? 4 : hebrew ? 2 : 0;
    return bytes && k->key.len - bytes >= CLITIC_REST_MIN ? bytes : 0;
}

static void follow(search *s, uint64_t chain, size_t token)
{
    const kh_text *t = s->text;
    if (token >= t->tokens.count || t->tokens.items[token].line != t->tokens.items[s->match->first].line) {
        return;
    }
    const kh_token *k = &t->tokens.items[token];
    link_token(s, chain, token, k->key, k->hash);
    size_t article = s->flags & KH_ARTICLE ? article_of(k) : 0;
    if (article) {
        kh_str rest = kh_str_from(k->key, article);
        link_token(s, chain, token, rest, kh_hash(rest));
    }
}

/* The longest phrase from token FIRST on, whose key is taken to be KEY. */
static bool walk(const kh_phrases *set, const kh_text *text, size_t first, kh_str key, uint64_t hash, uint8_t lang,
                 unsigned flags, kh_match *match)
{
    search s = {.set = set, .text = text, .lang = lang, .flags = flags, .match = match};
    link_token(&s, 0, first, key, hash);
    return s.found;
}

/* و ف ب ل ک س: the folded letters, two bytes each. */
static bool is_proclitic(kh_str s)
{
    if (s.len < 2) {
        return false;
    }
    unsigned pair = (unsigned)(unsigned char)s.ptr[0] << 8 | (unsigned char)s.ptr[1];
    return pair == 0xD988 || pair == 0xD981 || pair == 0xD8A8 || pair == 0xD984 || pair == 0xDAA9 || pair == 0xD8B3;
}

static bool walk_rest(const kh_phrases *set, const kh_text *text, size_t first, size_t clitic, uint8_t lang, unsigned flags,
                      kh_match *match)
{
    kh_str rest = kh_str_from(text->tokens.items[first].key, clitic);
    if (rest.len < CLITIC_REST_MIN || !walk(set, text, first, rest, kh_hash(rest), lang, flags, match)) {
        return false;
    }
    match->clitic = (uint32_t)clitic;
    return true;
}

/* للوكالة is ل + الوكالة: one ل and the ا are not written. */
static bool walk_lil(const kh_phrases *set, const kh_text *text, size_t first, size_t at, uint8_t lang, unsigned flags,
                     kh_match *match)
{
    kh_str key = kh_str_from(text->tokens.items[first].key, at);
    char full[64];
    static const char lil[] = "لل", al[] = "ال";
    if (!kh_str_starts(key, KH_STR("لل")) || key.len - 4 + 4 > sizeof full || key.len < 4 + 4) {
        return false;
    }
    memcpy(full, al, sizeof al - 1);
    memcpy(full + 4, key.ptr + (sizeof lil - 1), key.len - 4);
    kh_str with_article = {full, key.len};
    if (!walk(set, text, first, with_article, kh_hash(with_article), lang, flags, match)) {
        return false;
    }
    match->clitic = (uint32_t)(at + 2);
    return true;
}

static bool match_behind_clitics(const kh_phrases *set, const kh_text *text, size_t first, uint8_t lang, unsigned flags,
                                 kh_match *match)
{
    kh_str key = text->tokens.items[first].key;
    for (size_t at = 0; at <= 4 && at < key.len; at += 2) {
        if (at && !is_proclitic(kh_str_from(key, at - 2))) {
            return false;
        }
        if (at && (flags & KH_CLITICS) && walk_rest(set, text, first, at, lang, flags, match)) {
            return true;
        }
        if ((flags & KH_CLITICS) && walk_lil(set, text, first, at, lang, flags, match)) {
            return true;
        }
        if ((flags & KH_ARTICLE) && (at == 0 || (flags & KH_CLITICS))) {
            kh_str rest = kh_str_from(key, at);
            if (kh_str_starts(rest, KH_STR("ال")) && walk_rest(set, text, first, at + 4, lang, flags, match)) {
                return true;
            }
            if ((flags & KH_CLITICS) && kh_str_starts(rest, KH_STR("لل")) && walk_rest(set, text, first, at + 4, lang, flags, match)) {
                return true;
            }
        }
        if (!(flags & KH_CLITICS)) {
            return false;
        }
    }
    return false;
}

/* ו ה ב ל מ ש כ: the first letter of up to three ("וכשב"). */
static bool is_hebrew_proclitic(kh_str s)
{
    static const char letters[] = "והבלמשכ";
    for (size_t i = 0; i + 2 < sizeof letters; i += 2) {
        if (kh_str_starts(s, (kh_str){letters + i, 2})) {
            return true;
        }
    }
    return false;
}

static bool match_behind_hebrew(const kh_phrases *set, const kh_text *text, size_t first, uint8_t lang, unsigned flags,
                                kh_match *match)
{
    kh_str key = text->tokens.items[first].key;
    for (size_t at = 2; at <= 6 && at < key.len && is_hebrew_proclitic(kh_str_from(key, at - 2)); at += 2) {
        if (walk_rest(set, text, first, at, lang, flags, match)) {
            return true;
        }
    }
    return false;
}

bool kh_phrases_match(const kh_phrases *set, const kh_text *text, size_t first, uint8_t lang, unsigned flags, kh_match *match)
{
    const kh_token *k = &text->tokens.items[first];
    *match = (kh_match){.first = (uint32_t)first};
    bool found = walk(set, text, first, k->key, k->hash, lang, flags, match);
    if (!found && flags && k->kind == KH_WORD && k->script == KH_SCRIPT_ARABIC) {
        found = match_behind_clitics(set, text, first, lang, flags, match);
    }
    if (!found && flags && k->kind == KH_WORD && k->script == KH_SCRIPT_HEBREW) {
        found = match_behind_hebrew(set, text, first, lang, flags, match);
    }
    if (found) {
        match->span = kh_text_span(text, first, match->end);
        match->span.begin = kh_text_inside(text, first, match->clitic);
    }
    return found;
}

bool kh_phrases_word(const kh_phrases *set, kh_str key, uint8_t lang, kh_match *match)
{
    static const kh_text alone = {0};
    *match = (kh_match){0};
    return walk(set, &alone, 0, key, kh_hash(key), lang, 0, match);
}

/* ---- several sets at once ---- */

kh_sieve *kh_sieve_of(kh_arena *out, const kh_phrases *const sets[], size_t count)
{
    kh_sieve *shared = KH_NEW(out, kh_sieve);
    for (size_t i = 0; i < count && i < KH_SIEVE_SETS_MAX; i++) {
        KH_EACH (const uint64_t, word, sets[i]->words.hashes) {
            shared->sets[*word % SHARED_BITS] |= (uint8_t)(1U << i);
        }
        KH_EACH (const uint64_t, stem, sets[i]->stems.hashes) {
            shared->sets[*stem % SHARED_BITS] |= (uint8_t)(1U << i);
        }
        for (size_t k = 0; k < 2; k++) {
            unsigned mark = sets[i]->short_stems[k] ? 1U << i : 0;
            shared->always[k] = (uint8_t)(shared->always[k] | mark);
            shared->always[k] |= (uint8_t)(sets[i]->short_stems[k] ? 1U << i : 0U);
        }
    }
    return shared;
}

static uint8_t sets_of(const kh_sieve *shared, kh_str key, uint64_t hash)
{
    return shared->always[opens_beyond_ascii(key)] | shared->sets[hash % SHARED_BITS] | shared->sets[head_of(key) % SHARED_BITS];
}

static uint8_t sets_of_rest(const kh_sieve *shared, kh_str rest)
{
    return rest.len < CLITIC_REST_MIN ? 0 : sets_of(shared, rest, kh_hash(rest));
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
    for (size_t at = 2; at <= 4 && at < k->key.len && is_proclitic(kh_str_from(k->key, at - 2)); at += 2) {
        kh_str rest = kh_str_from(k->key, at);
        found |= sets_of_rest(shared, rest) | sets_behind_article(shared, rest);
    }
    return found;
}
