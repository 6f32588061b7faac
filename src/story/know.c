/* know.c - what the tables tell grouping: concepts, stop words, places, sites.
 *
 * Decides which concept begins at a word, and which words count for nothing. Example: "انهيار منجم" (mine collapse) is one
 * concept of two words, which begins at انهيار; in "will collapse" the stop word "will" is no concept, although "will"
 * is a form of one, the testament.
 *
 * Method: the rows of the tables are taken apart once, into maps by hash; forms of concepts are found by the longest
 * phrase (lexicon/phrases.c), and where a word is none as it is written, in its parts (words.c). A form that the
 * tables mark as ambiguous is no concept by itself.
 *
 * Gets wrong: a concept whose form is a name too and is not marked.
 */
#include "lexicon/shelf.h"
#include "story/internal.h"

typedef struct site_ending {
    kh_str key; /* of an adjective made from a place name, folded */
    uint8_t lang;
} site_ending;

struct kh_story_know {
    const kh_lexicon *lex;
    const kh_names_know *names;
    kh_phrases *concepts; /* -> row of world/concepts + 1 */
    const kh_word_parts *word_parts;
    KH_LIST(uint64_t) concept_keys; /* the feature of each, by row + 1 */
    kh_map concept_rows;            /* hash of the id -> row + 1 */
    kh_map circumstances;           /* feature of a concept of time or quantity -> 1 */
    kh_map stopwords;               /* language and word -> 1 */
    kh_map places;                  /* hash of "place:id" -> index into facts + 1 */
    KH_LIST(kh_place_facts) facts;
    kh_map sites;         /* row + 1 -> the 24 bits of world/sites */
    kh_map site_links;    /* language and word -> 1 */
    kh_map site_orders;   /* language + 1 -> 1: the name stands before the noun */
    kh_map site_capitals; /* language + 1 -> 1: all nouns have capitals */
    KH_LIST(site_ending) site_endings;
    uint8_t arabic, hebrew;
    kh_story_weights weights;
    kh_join_weights joins;
};

uint64_t kh_story_feature_key(kh_feature_kind kind, kh_str key)
{
    return kh_feature_hash(kh_hash_mix(kh_hash(key), (uint64_t)kind + 1));
}

static void know_concept_forms(kh_arena *out, kh_story_know *know)
{
    kh_rows forms = kh_lexicon_rows(know->lex, "concepts");
    for (size_t i = 0; i < forms.count; i++) {
        const uint32_t *row = kh_map_get(&know->concept_rows, kh_hash(kh_cell(&forms.items[i], 0)));
        if (row) {
            kh_phrases_add_list(out, know->concepts, kh_cell(&forms.items[i], 1), forms.items[i].lang, *row);
        }
    }
}

static void know_concept_rows(kh_arena *out, kh_story_know *know)
{
    kh_rows world = kh_lexicon_world(know->lex, "concepts");
    *KH_ADD(out, &know->concept_keys) = 0;
    for (size_t i = 0; i < world.count; i++) {
        kh_str id = kh_cell(&world.items[i], 0);
        *kh_map_put(out, &know->concept_rows, kh_hash(id), NULL) = (uint32_t)i + 1;
        uint64_t key = *KH_ADD(out, &know->concept_keys) = kh_story_feature_key(KH_FEATURE_CONCEPT, id);
        if (kh_str_starts(kh_cell(&world.items[i], 1), KH_STR("time"))) { /* time_quantity too */
            *kh_map_put(out, &know->circumstances, key, NULL) = 1;
        }
    }
}

static void keys_parts(kh_shelf *shelf, void *thing)
{
    kh_story_know *know = thing;
    KH_SHELF_LIST(shelf, know->concept_keys);
}

static void know_concepts(kh_arena *out, kh_story_know *know)
{
    kh_shelf *shelf = kh_shelf_open(out, know->lex, "concepts");
    know->concepts = kh_phrases_on(shelf);
    kh_map_on(shelf, &know->concept_rows);
    kh_map_on(shelf, &know->circumstances);
    kh_shelf_put(shelf, know, keys_parts);
    if (!kh_shelf_is_ready(shelf)) {
        know_concept_rows(out, know);
        know_concept_forms(out, know);
    }
    kh_shelf_close(shelf);
}

static void know_stopwords(kh_arena *out, kh_story_know *know)
{
    kh_rows rows = kh_lexicon_rows(know->lex, "stopwords");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_text *t = kh_text_of(out, kh_cell(&rows.items[i], 0));
        KH_EACH(const kh_token, word, t->tokens) { /* "ne ... pas", "c'est": each word */
            *kh_map_put(out, &know->stopwords, kh_hash_mix(word->hash, rows.items[i].lang), NULL) = 1;
        }
    }
}

static void know_places(kh_arena *out, kh_story_know *know)
{
    kh_rows rows = kh_lexicon_world(know->lex, "places");
    for (size_t i = 0; i < rows.count; i++) {
        kh_str id = kh_arena_join(out, KH_STR("place:"), kh_cell(&rows.items[i], 0));
        kh_str kind = kh_cell(&rows.items[i], 1);
        *KH_ADD(out, &know->facts) = (kh_place_facts){.country = kh_cell(&rows.items[i], 2),
                                                      .is_country = kh_str_eq(kind, KH_STR("country")),
                                                      .vague = kh_str_eq(kind, KH_STR("continent")) || kh_str_eq(kind, KH_STR("sea"))};
        *kh_map_put(out, &know->places, kh_hash(id), NULL) = (uint32_t)know->facts.count;
    }
}

enum { SITE_BITS = 24 };

/* The kind of a site: bits of its concept, the lowest of which says that it holds many others. */
static uint32_t site_bits(kh_str concept, bool holds_others)
{
    uint32_t bits = (uint32_t)(kh_hash(concept) >> (64 - SITE_BITS));
    return (bits & ~1U) | holds_others | 2;
}

static void know_sites(kh_arena *out, kh_story_know *know)
{
    kh_rows rows = kh_lexicon_world(know->lex, "sites");
    for (size_t i = 0; i < rows.count; i++) {
        kh_str word = kh_cell(&rows.items[i], 0);
        kh_str is = kh_cell(&rows.items[i], 1);
        uint8_t lang = kh_lexicon_lang(know->lex, kh_cell(&rows.items[i], 2));
        const uint32_t *row = kh_map_get(&know->concept_rows, kh_hash(word));
        if (kh_str_eq(is, KH_STR("link"))) {
            *kh_map_put(out, &know->site_links, kh_hash_mix(kh_hash(kh_fold_key(out, word)), lang), NULL) = 1;
        } else if (kh_str_eq(is, KH_STR("ending"))) {
            *KH_ADD(out, &know->site_endings) = (site_ending){kh_fold_key(out, word), lang};
        } else if (kh_str_eq(is, KH_STR("name_first"))) {
            *kh_map_put(out, &know->site_orders, (uint64_t)lang + 1, NULL) = 1;
        } else if (kh_str_eq(is, KH_STR("capital_nouns"))) {
            *kh_map_put(out, &know->site_capitals, (uint64_t)lang + 1, NULL) = 1;
        } else if (row) {
            *kh_map_put(out, &know->sites, *row, NULL) = site_bits(word, kh_str_eq(is, KH_STR("area")));
        }
    }
}

const kh_story_know *kh_story_know_of(kh_arena *out, const kh_lexicon *lex, const kh_names_know *names)
{
    kh_story_know *know = KH_NEW(out, kh_story_know);
    *know = (kh_story_know){.lex = lex,
                            .names = names,
                            .arabic = kh_lexicon_lang(lex, KH_STR("ar")),
                            .hebrew = kh_lexicon_lang(lex, KH_STR("he"))};
    know_concepts(out, know);
    know->word_parts = kh_word_parts_of(out, lex, know->concepts);
    kh_shelf *shelf = kh_shelf_open(out, lex, "story");
    kh_map_on(shelf, &know->stopwords);
    if (!kh_shelf_is_ready(shelf)) {
        know_stopwords(out, know);
    }
    kh_shelf_close(shelf);
    know_places(out, know);
    know_sites(out, know);
    kh_story_weights_read(&know->weights, lex);
    kh_join_weights_read(&know->joins, lex);
    return know;
}

const kh_story_weights *kh_story_weights_of(const kh_story_know *know)
{
    return &know->weights;
}

const kh_join_weights *kh_join_weights_of(const kh_story_know *know)
{
    return &know->joins;
}

const kh_lexicon *kh_story_lexicon(const kh_story_know *know)
{
    return know->lex;
}

const kh_names_know *kh_story_names(const kh_story_know *know)
{
    return know->names;
}

const kh_place_facts *kh_story_place_facts(const kh_story_know *know, kh_str id)
{
    const uint32_t *at = id.len ? kh_map_get(&know->places, kh_hash(id)) : NULL;
    return at ? &know->facts.items[*at - 1] : NULL;
}

uint64_t kh_story_concept_key(const kh_story_know *know, uint32_t row)
{
    return know->concept_keys.items[row];
}

bool kh_story_capitals_name(const kh_story_know *know, uint8_t lang)
{
    return !kh_map_get(&know->site_capitals, (uint64_t)lang + 1);
}

enum { SITE_STEM_MIN = 6 }; /* bytes */

kh_str kh_story_site_stem(const kh_story_know *know, kh_str key, uint8_t lang)
{
    KH_EACH(const site_ending, ending, know->site_endings) {
        if (ending->lang == lang && kh_str_ends(key, ending->key) && key.len >= ending->key.len + SITE_STEM_MIN) {
            return kh_str_head(key, key.len - ending->key.len);
        }
    }
    return key;
}

bool kh_story_is_stopword(const kh_story_know *know, const kh_token *t, uint8_t lang)
{
    return kh_map_get(&know->stopwords, kh_hash_mix(t->hash, lang)) != NULL;
}

bool kh_story_is_circumstance(const kh_story_know *know, uint64_t hash)
{
    return kh_map_get(&know->circumstances, hash) != NULL;
}

static unsigned clitics_of(const kh_story_know *know, uint8_t lang)
{
    return lang == know->arabic || lang == know->hebrew ? KH_CLITICS | KH_ARTICLE : 0;
}

/* A stop word alone is no concept: "will", "state" as verbs. */
size_t kh_story_concepts_at(const kh_story_know *know, const kh_text *text, size_t i, uint8_t lang, uint32_t rows[KH_WORD_CONCEPTS_MAX],
                            size_t *end)
{
    kh_match m;
    bool met = kh_phrases_match(know->concepts, text, i, lang, clitics_of(know, lang), &m);
    size_t behind = met ? m.end : i + 1;
    uint32_t apart = behind == i + 1 ? kh_verb_apart(know->word_parts, text, i, lang) : 0;
    if (apart) {
        rows[0] = apart;
        *end = behind;
        return 1;
    }
    if ((met && m.ambiguous) || (behind == i + 1 && kh_story_is_stopword(know, &text->tokens.items[i], lang))) {
        return 0;
    }
    rows[0] = m.value;
    size_t count = met ? 1 : kh_word_concepts(know->word_parts, text, i, lang, rows);
    count += met && behind == i + 1 ? kh_word_rest(know->word_parts, text, i, lang, m.ending, rows) : 0;
    *end = count ? behind : *end;
    return count;
}

uint32_t kh_story_concept_at(const kh_story_know *know, const kh_text *text, size_t i, uint8_t lang, size_t *end)
{
    uint32_t rows[KH_WORD_CONCEPTS_MAX];
    return kh_story_concepts_at(know, text, i, lang, rows, end) ? rows[0] : 0;
}

uint64_t kh_story_site_kind(const kh_story_know *know, uint32_t concept)
{
    const uint32_t *kind = kh_map_get(&know->sites, concept);
    return kind ? *kind : 0;
}

bool kh_story_links_sites(const kh_story_know *know, const kh_token *t, uint8_t lang)
{
    return kh_map_get(&know->site_links, kh_hash_mix(t->hash, lang)) != NULL;
}

bool kh_story_name_first(const kh_story_know *know, uint8_t lang)
{
    return kh_map_get(&know->site_orders, (uint64_t)lang + 1) != NULL;
}

kh_u64s kh_story_concepts(kh_arena *out, const kh_story_know *know, const kh_text *text, uint8_t lang, size_t first, size_t end)
{
    kh_u64s found = {0};
    for (size_t i = first; i < end;) {
        uint32_t rows[KH_WORD_CONCEPTS_MAX];
        size_t behind = i + 1;
        bool word = text->tokens.items[i].kind == KH_WORD;
        size_t count = word ? kh_story_concepts_at(know, text, i, lang, rows, &behind) : 0;
        bool inside = behind <= end;
        for (size_t k = 0; k < count && inside; k++) {
            *KH_ADD(out, &found) = rows[k];
        }
        i = inside ? behind : i + 1;
    }
    return found;
}
