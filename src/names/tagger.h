/* tagger.h - what kind of name each token stands in, by weights that were learned (gen/nametrain.c). */
#ifndef KHABAR_NAMES_TAGGER_H
#define KHABAR_NAMES_TAGGER_H

#include "names/internal.h"

/* What a token may be: outside, or the first or a further word of a person, a place, an organisation. */
typedef enum kh_tag {
    KH_TAG_OUT,
    KH_TAG_PER,
    KH_TAG_PER_ON,
    KH_TAG_LOC,
    KH_TAG_LOC_ON,
    KH_TAG_ORG,
    KH_TAG_ORG_ON,
    KH_TAGS
} kh_tag;

/* What the tables say of a token; each has one class, the first that fits. */
typedef enum kh_class {
    KH_CLASS_EDGE, /* before the first and behind the last token of a sentence */
    KH_CLASS_NUMBER,
    KH_CLASS_MARK,
    KH_CLASS_ADJECTIVE, /* of a known place */
    KH_CLASS_PLACE,
    KH_CLASS_CITY, /* known to cities.txt alone */
    KH_CLASS_PERSON,
    KH_CLASS_BODY_NAME, /* of a known organisation */
    KH_CLASS_AGENCY,
    KH_CLASS_GIVEN,
    KH_CLASS_NAMED, /* a word that names are made of */
    KH_CLASS_ROLE,
    KH_CLASS_BODY,
    KH_CLASS_COMPANY,
    KH_CLASS_OFFICE,
    KH_CLASS_BEFORE,
    KH_CLASS_AFTER,
    KH_CLASS_PART,
    KH_CLASS_IN,
    KH_CLASS_VERB,
    KH_CLASS_STOP,
    KH_CLASS_COMMON,
    KH_CLASS_LATIN,
    KH_CLASS_FREE,
    KH_CLASSES
} kh_class;

/* The words of a sentence's tokens as features see them. */
typedef struct kh_tagging {
    kh_finder *f;
    uint8_t *classes; /* kh_class, per token */
    uint8_t *rules;   /* kh_tag that the rules gave, per token */
    size_t first, end; /* the sentence */
} kh_tagging;

enum { KH_FEATURE_PARTS = 3, KH_TAG_FEATURES_MAX = 40 };

/* "w-1,w0=به,گزارش": a kind and its values. */
typedef struct kh_tag_feature {
    const char *kind;
    kh_str parts[KH_FEATURE_PARTS];
    uint32_t part_count;
    uint64_t hash;
} kh_tag_feature;

enum { KH_TAG_SIEVE_BITS = 1 << 20 };

extern const char *const kh_tag_names[KH_TAGS];
extern const char *const kh_class_names[KH_CLASSES];

kh_tagging kh_tagging_of(kh_finder *f); /* classes and rule tags of all tokens */

/* The features of token AT of the sentence set in T; gives how many. */
size_t kh_tag_features(const kh_tagging *t, size_t at, kh_tag_feature features[KH_TAG_FEATURES_MAX]);

/* ---- weights ---- */

/* A row of scores for each feature, and for each tag, class of the next token and its tag. */
struct kh_tag_weights {
    uint64_t sieve[KH_TAG_SIEVE_BITS / 64]; /* by the low bits of the hash: most features have no row */
    kh_map rows; /* hash of the feature -> index into scores + 1 */
    KH_LIST(int16_t) scores; /* KH_TAGS a row */
    int16_t steps[KH_TAGS][KH_CLASSES][KH_TAGS]; /* from tag, class of the token, to tag */
};

/* Table name_weights of language LANG; NULL when it has none. */
const kh_tag_weights *kh_tag_weights_of(kh_arena *out, const kh_lexicon *lex, uint8_t lang);

uint64_t kh_feature_hash(const kh_tag_feature *feature);

/* The best tags of the tokens of the sentence. TAGS has one for each token of the text. */
void kh_tag_sentence(kh_arena scratch, const kh_tagging *t, const kh_tag_weights *weights, uint8_t *tags);

#endif
