/* phrases.c - which phrase of a set begins at this token?
 *
 * Decides by the keys of whole tokens, longest phrase first. Example: with "وكالة فرانس برس" in the set,
 * the tokens "لوكالة فرانس برس" match with clitic 2 (the bytes of ل), and the span begins at و. With
 * "шахт*" the token "шахтёров" matches.
 *
 * Method: a phrase is the chain of its tokens' hashes, each prefix of the chain a key of one hash map (a
 * trie laid flat), which knows whether words or beginnings follow. A word that ends in '*', at any place of the
 * phrase, is a link made of the hash of a beginning; the set knows the shortest and longest such beginning, so
 * that few prefixes of a token are tried, and the whole word always comes before its beginnings, the longest
 * beginning first. Arabic and Hebrew
 * proclitics are single letters; taking one to three off the first token gives other first links, and an
 * article may go from any later one (رئيس الوزراء is رئيس وزراء). No
 * analysis says whether they really are clitics: the rest must be in the set, which is evidence enough
 * for phrases and is the caller's to doubt for short words.
 *
 * Gets wrong: a short form inside another word after a false clitic (ول + ... ): forms of fewer than
 * three letters are never matched behind a clitic.
 */
#include "lexicon/phrases_parts.h"

/* The end at NODE that language LANG may use: its own, else the world's, else any when any is asked for. */
static const kh_phrase_end *end_for(const kh_phrases *set, uint32_t node, uint8_t lang)
{
    const kh_phrase_end *best = NULL;
    for (uint32_t i = node; i; i = set->ends.items[i].next) {
        const kh_phrase_end *e = &set->ends.items[i];
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

static void follow(search *s, uint64_t chain, uint32_t node, size_t token);

/* CHAIN ends behind token TOKEN - 1, of whose key a '*' stands for ENDING bytes: remembers a phrase that ends here, and goes
 * on to longer ones. */
static void arrive(search *s, uint64_t chain, size_t token, size_t ending)
{
    const uint32_t *node = kh_map_get(&s->set->nodes, chain);
    if (!node) {
        return;
    }
    const kh_phrase_end *e = end_for(s->set, *node & KH_NODE_END, s->lang);
    if (e && (!s->found || token > s->match->end)) {
        s->match->value = e->value;
        s->match->lang = e->lang;
        s->match->ambiguous = e->ambiguous;
        s->match->end = (uint32_t)token;
        s->match->ending = (uint32_t)ending;
        s->found = true;
    }
    if (*node & (KH_NODE_WORDS | KH_NODE_STEMS)) {
        follow(s, chain, *node, token);
    }
}

/* The beginnings of KEY as links, longest first. */
static void link_stems(search *s, uint64_t chain, size_t token, kh_str key)
{
    const kh_phrases *set = s->set;
    uint64_t hashes[64];
    size_t longest = key.len < set->stem_max ? key.len : set->stem_max;
    longest = longest < 63 ? longest : 63;
    uint64_t hash = KH_ROLL_BEGIN;
    for (size_t i = 0; i < longest; i++) {
        hash = kh_roll(hash, (unsigned char)key.ptr[i]);
        hashes[i + 1] = hash;
    }
    for (size_t len = longest; len >= set->stem_min && len > 0; len--) {
        bool inside = len < key.len && ((unsigned char)key.ptr[len] & 0xC0) == 0x80;
        if (!inside && (chain != 0 || kh_phrase_sieve_has(&set->whole_stems, hashes[len]))) {
            arrive(s, kh_hash_mix(kh_hash_mix(chain, hashes[len]), KH_STEM), token + 1, key.len - len);
        }
    }
}

/* The links that token TOKEN, read as KEY, may be: the whole word first, then its beginnings. NODE is that of CHAIN. */
static void link_token(search *s, uint64_t chain, uint32_t node, size_t token, kh_str key, uint64_t hash)
{
    if (node & KH_NODE_WORDS) {
        arrive(s, kh_hash_mix(chain, hash), token + 1, 0);
    }
    if (node & KH_NODE_STEMS) {
        link_stems(s, chain, token, key);
    }
}

/* The same of the first token: what may begin a phrase is told by the sieves. Mostly nothing. */
static inline uint32_t first_links(const kh_phrases *set, kh_str key, uint64_t hash)
{
    bool stems = set->stem_max && (set->short_stems[kh_opens_beyond_ascii(key)] || kh_phrase_sieve_has(&set->stems, kh_stem_head(key)));
    return (kh_phrase_sieve_has(&set->words, hash) ? KH_NODE_WORDS : 0U) | (stems ? KH_NODE_STEMS : 0U);
}

/* Bytes of the article that is written onto word K, 0 for none: ال, and Hebrew ה. */
static size_t article_of(const kh_token *k)
{
    bool arabic = k->script == KH_SCRIPT_ARABIC && kh_str_starts(k->key, KH_STR("ال"));
    bool hebrew = k->script == KH_SCRIPT_HEBREW && kh_str_starts(k->key, KH_STR("ה"));
    size_t bytes = arabic ? 4 : hebrew ? 2 : 0;
    return bytes && k->key.len - bytes >= KH_CLITIC_REST_MIN ? bytes : 0;
}

static void follow(search *s, uint64_t chain, uint32_t node, size_t token)
{
    const kh_text *t = s->text;
    if (token >= t->tokens.count || t->tokens.items[token].line != t->tokens.items[s->match->first].line) {
        return;
    }
    const kh_token *k = &t->tokens.items[token];
    link_token(s, chain, node, token, k->key, k->hash);
    size_t article = s->flags & KH_ARTICLE ? article_of(k) : 0;
    if (article) {
        kh_str rest = kh_str_from(k->key, article);
        link_token(s, chain, node, token, rest, kh_hash(rest));
    }
}

/* The longest phrase from token FIRST on, whose key is taken to be KEY. */
static bool walk(const kh_phrases *set, const kh_text *text, size_t first, kh_str key, uint64_t hash, uint8_t lang, unsigned flags,
                 kh_match *match)
{
    uint32_t node = first_links(set, key, hash);
    if (node == 0) {
        return false;
    }
    search s = {.set = set, .text = text, .lang = lang, .flags = flags, .match = match};
    link_token(&s, 0, node, first, key, hash);
    return s.found;
}

static bool walk_rest(const kh_phrases *set, const kh_text *text, size_t first, size_t clitic, uint8_t lang, unsigned flags,
                      kh_match *match)
{
    kh_str rest = kh_str_from(text->tokens.items[first].key, clitic);
    if (rest.len < KH_CLITIC_REST_MIN || !walk(set, text, first, rest, kh_hash(rest), lang, flags, match)) {
        return false;
    }
    match->clitic = (uint32_t)clitic;
    return true;
}

/* للوكالة is ل + الوكالة: one ل and the ا are not written. */
static bool walk_lil(const kh_phrases *set, const kh_text *text, size_t first, size_t at, uint8_t lang, unsigned flags, kh_match *match)
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

static bool match_behind_clitics(const kh_phrases *set, const kh_text *text, size_t first, uint8_t lang, unsigned flags, kh_match *match)
{
    kh_str key = text->tokens.items[first].key;
    for (size_t at = 0; at <= 4 && at < key.len; at += 2) {
        if (at && !kh_is_proclitic(kh_str_from(key, at - 2))) {
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

static bool match_behind_hebrew(const kh_phrases *set, const kh_text *text, size_t first, uint8_t lang, unsigned flags, kh_match *match)
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
