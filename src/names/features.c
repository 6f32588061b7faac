/* features.c - the features that learned weights know a token by, and their hashes.
 *
 * Decides which facts are seen together. For شهر in "وزیر به شهر گلبهار سفر کرد" the kind "w-1,c" makes of the word before
 * and the class of the token the feature "w-1,c=به,before"; "c-1,c,c+1" sees three classes in a row.
 *
 * Method: every fact of a token is one number, every feature a mix of two or three of them with the number of its
 * kind, so that a token costs some thirty multiplications and no string is looked at. The same hash is made
 * from the written feature when the table of weights is turned into arrays.
 *
 * Gets wrong: two features with one hash of 51 bits count as one; none of the shipped tables has such a pair.
 */
#include "names/features.h"

#include <string.h>

const char *const kh_tag_names[KH_TAGS] = {"O", "PER", "PER+", "LOC", "LOC+", "ORG", "ORG+"};

const char *const kh_class_names[KH_CLASSES] = {"edge",      "number", "mark",  "adjective", "place", "city", "person",
                                                "body-name", "agency", "given", "named",     "role",  "body", "company",
                                                "office",    "before", "after", "part",      "in",    "with", "verb",
                                                "stop",      "common", "latin", "free"};

enum { W = KH_FACT_WORD + 2, C = KH_FACT_CLASS + 2, R = KH_FACT_RULE + 1, E = KH_FACT_END, B = KH_FACT_BEGIN };

const kh_tag_feature kh_tag_features[KH_TAG_FEATURES] = {
    {"w", 1, {W}},
    {"w-1", 1, {W - 1}},
    {"w+1", 1, {W + 1}},
    {"w-2", 1, {W - 2}},
    {"w+2", 1, {W + 2}},
    {"w-1,w", 2, {W - 1, W}},
    {"w,w+1", 2, {W, W + 1}},
    {"end2", 2, {E, C}},
    {"end3", 2, {E + 1, C}},
    {"end4", 2, {E + 2, C}},
    {"begin2", 2, {B, C}},
    {"begin3", 2, {B + 1, C}},
    {"c", 1, {C}},
    {"c-1,c", 2, {C - 1, C}},
    {"c,c+1", 2, {C, C + 1}},
    {"c-1,c,c+1", 3, {C - 1, C, C + 1}},
    {"c-2,c-1,c", 3, {C - 2, C - 1, C}},
    {"c,c+1,c+2", 3, {C, C + 1, C + 2}},
    {"w-1,c", 2, {W - 1, C}},
    {"c,w+1", 2, {C, W + 1}},
    {"c-1,w", 2, {C - 1, W}},
    {"w,c+1", 2, {W, C + 1}},
    {"w-2,w-1,c", 3, {W - 2, W - 1, C}},
    {"w-1,w+1", 2, {W - 1, W + 1}},
    {"w-1,c,w+1", 3, {W - 1, C, W + 1}},
    {"r-1,r,r+1", 3, {R - 1, R, R + 1}},
    {"r", 1, {R}},
    {"r,c", 2, {R, C}},
    {"r-1,r", 2, {R - 1, R}},
    {"r,r+1", 2, {R, R + 1}},
    {"r-1,r,c+1", 3, {R - 1, R, C + 1}},
    {"again", 2, {KH_FACT_AGAIN, C}},
    {"w-1,r", 2, {W - 1, R}},
    {"end-1,c", 2, {KH_FACT_SIDE, C}},
    {"c,end+1", 2, {C, KH_FACT_SIDE + 1}},
    {"end-1,end3", 2, {KH_FACT_SIDE, E + 1}},
};

static uint64_t index_of(const char *const names[], size_t count, kh_str name)
{
    for (size_t i = 0; i < count; i++) {
        if (kh_str_eq(name, kh_str_z(names[i]))) {
            return i + 1;
        }
    }
    return 0;
}

uint64_t kh_fact_letters(kh_str letters)
{
    uint64_t value = 0;
    memcpy(&value, letters.ptr ? letters.ptr : "", letters.len < sizeof value ? letters.len : sizeof value);
    return value;
}

uint64_t kh_fact_value(kh_fact fact, kh_str written)
{
    if (fact < KH_FACT_CLASS) {
        return kh_hash(written);
    }
    if (fact < KH_FACT_RULE) {
        return index_of(kh_class_names, KH_CLASSES, written);
    }
    if (fact < KH_FACT_END) {
        return kh_str_eq(written, KH_STR("^")) ? KH_TAG_RULES : index_of(kh_tag_names, KH_TAGS, written);
    }
    return fact == KH_FACT_AGAIN ? kh_str_eq(written, KH_STR("yes")) + 1U : kh_fact_letters(written);
}

static inline uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

uint64_t kh_tag_feature_hash(size_t kind, const uint64_t facts[KH_FACTS])
{
    const kh_tag_feature *k = &kh_tag_features[kind];
    uint64_t hash = (kind + 1) * 0xD6E8FEB86659FD93u;
    for (size_t i = 0; i < k->count; i++) {
        uint64_t value = facts[k->facts[i]];
        if (value == 0) {
            return 0;
        }
        hash = mix(hash, value);
    }
    return mix(hash, 0);
}

uint64_t kh_tag_feature_hash_of(kh_str written)
{
    kh_str name, value;
    uint64_t facts[KH_FACTS] = {0};
    kh_str_cut(&written, '=', &name);
    for (size_t kind = 0; kind < KH_TAG_FEATURES; kind++) {
        const kh_tag_feature *k = &kh_tag_features[kind];
        if (kh_str_eq(name, kh_str_z(k->name))) {
            for (size_t i = 0; i < k->count && kh_str_cut(&written, ',', &value); i++) {
                facts[k->facts[i]] = kh_fact_value((kh_fact)k->facts[i], value);
            }
            return kh_tag_feature_hash(kind, facts);
        }
    }
    return 0;
}

bool kh_word_table_has(const kh_word_table *t, uint64_t hash)
{
    size_t bit = kh_weight_bit(hash), bucket = kh_weight_bucket(hash);
    bool has = t->sieve[bit / 64] >> bit % 64 & 1;
    if (!has) {
        return false;
    }
    has = false;
    for (uint32_t i = t->starts[bucket]; i < t->starts[bucket + 1]; i++) {
        has = has || t->checks[i] == (uint32_t)(hash >> 32);
    }
    return has;
}
