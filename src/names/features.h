/* features.h - what a learned weight may speak of: facts about a token and its neighbours, and features made of them.
 *
 * Shared by the tagger, its trainer (gen/nametrain.c) and the program that makes arrays of the weights
 * (gen/weights.c), so that all three give a feature the same hash. Knows no text and no tables.
 */
#ifndef KHABAR_NAMES_FEATURES_H
#define KHABAR_NAMES_FEATURES_H

#include "base/base.h"

/* What a token may be: outside, or the first or a further word of a person, a place, an organisation. */
typedef enum kh_tag { KH_TAG_OUT, KH_TAG_PER, KH_TAG_PER_ON, KH_TAG_LOC, KH_TAG_LOC_ON, KH_TAG_ORG, KH_TAG_ORG_ON, KH_TAGS } kh_tag;

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
    KH_CLASS_WITH,
    KH_CLASS_VERB,
    KH_CLASS_STOP,
    KH_CLASS_COMMON,
    KH_CLASS_LATIN,
    KH_CLASS_FREE,
    KH_CLASSES
} kh_class;

/* The facts of a token: words and classes of itself and two neighbours on each side, the tags that the rules gave,
 * the last and first letters of the word, the last ones of its neighbours, whether the article has the word again. */
typedef enum kh_fact {
    KH_FACT_WORD, /* five: two before, one before, itself, one behind, two behind */
    KH_FACT_CLASS = KH_FACT_WORD + 5,
    KH_FACT_RULE = KH_FACT_CLASS + 5, /* three */
    KH_FACT_END = KH_FACT_RULE + 3,   /* of two, three and four letters; 0 where the word is no longer */
    KH_FACT_BEGIN = KH_FACT_END + 3,  /* of two and three */
    KH_FACT_SIDE = KH_FACT_BEGIN + 2, /* endings of the words before and behind, of three letters */
    KH_FACT_AGAIN = KH_FACT_SIDE + 2,
    KH_FACTS
} kh_fact;

enum { KH_TAG_FEATURE_PARTS = 3, KH_TAG_FEATURES = 36, KH_TAG_RULES = KH_TAGS + 1 };

/* "w-1,w": a kind of features and the facts that it is made of. */
typedef struct kh_tag_feature {
    const char *name;
    uint8_t count;
    uint8_t facts[KH_TAG_FEATURE_PARTS]; /* kh_fact */
} kh_tag_feature;

extern const kh_tag_feature kh_tag_features[KH_TAG_FEATURES];
extern const char *const kh_tag_names[KH_TAGS];
extern const char *const kh_class_names[KH_CLASSES];

/* The value of a fact as a number: of a word the hash of its key, of letters themselves, else what it says, plus one. */
uint64_t kh_fact_value(kh_fact fact, kh_str written);
uint64_t kh_fact_letters(kh_str letters); /* at most eight bytes */

/* The hash of feature KIND with FACTS; 0 where it has none, since a word is too short for it. */
uint64_t kh_tag_feature_hash(size_t kind, const uint64_t facts[KH_FACTS]);

/* The same from a row of name_weights.txt: "w-1,c=شهر,free"; 0 for a row that is no feature. */
uint64_t kh_tag_feature_hash_of(kh_str written);

/* ---- the weights as arrays, made by gen/weights.c ---- */

enum { KH_WEIGHT_SIEVE_BITS = 1 << 19, KH_WEIGHT_BUCKETS = 1 << 14 };

typedef struct kh_weight_row {
    uint32_t check; /* high half of the hash */
    int8_t scores[KH_TAGS];
} kh_weight_row;

/* Rows in the order of their buckets. Most features have no row, and one bit of the sieve says so. */
typedef struct kh_name_weights {
    const char *lang; /* NULL behind the last */
    const uint64_t *sieve;
    const uint32_t *starts; /* of bucket b: rows starts[b] to starts[b + 1] */
    const kh_weight_row *rows;
    const int16_t (*steps)[KH_CLASSES][KH_TAGS]; /* from a tag, at a token of a class, to its tag */
} kh_name_weights;

extern const kh_name_weights kh_name_weights_built[];

static inline size_t kh_weight_bit(uint64_t hash)
{
    return (size_t)(hash % KH_WEIGHT_SIEVE_BITS);
}

static inline size_t kh_weight_bucket(uint64_t hash)
{
    return (size_t)(hash / KH_WEIGHT_SIEVE_BITS % KH_WEIGHT_BUCKETS);
}

/* ---- words alone, made by gen/weights.c as well ---- */

/* Halves of hashes of the words in tables name_words, by bucket. */
typedef struct kh_word_table {
    const char *lang; /* NULL behind the last */
    const uint64_t *sieve;
    const uint32_t *starts;
    const uint32_t *checks;
} kh_word_table;

extern const kh_word_table kh_name_words_built[];

/* Has T the word with this hash of its key? Another word is taken for one of them in some million cases once. */
bool kh_word_table_has(const kh_word_table *t, uint64_t hash);

#endif
