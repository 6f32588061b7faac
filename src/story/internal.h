/* internal.h - what the files of story/ share. */
#ifndef KHABAR_STORY_INTERNAL_H
#define KHABAR_STORY_INTERNAL_H

#include "story/story.h"

/* ---- stems.c ---- */

/* The part of a word's folded KEY that its inflected forms share, a slice of KEY. TAG is the language. */
kh_str kh_stem(kh_str key, kh_script script, kh_str tag);

enum { KH_SKELETON_MAX = 16, KH_SKELETONS = 2 };

/* The consonants of a word as one alphabet for all scripts: a second reading where a letter may be silent. */
typedef struct kh_skeletons {
    char room[KH_SKELETONS][KH_SKELETON_MAX];
    kh_str items[KH_SKELETONS];
    size_t count;
} kh_skeletons;

/* Readings of at least three consonants; none for a word that has fewer. */
void kh_skeletons_of(kh_str key, kh_script script, kh_skeletons *s);

/* ---- likeness.c ---- */

/* An article made ready to be compared with many: the weight of each of its features. */
typedef struct kh_prepared {
    const kh_digest *digest;
    float *weights;                  /* parallel to digest->features: idf */
    float squares[KH_FEATURE_kinds]; /* summed squares of weight times count, by kind */
    uint32_t counts[KH_FEATURE_kinds];
    float lead;                      /* summed squared weights of title and first paragraph */
    float typical[KH_FEATURE_kinds]; /* squared weight that a feature of the kind mostly has */
    float top;                       /* weight of a feature that one article has, and the imagined ones */
} kh_prepared;

/* -ln of the share of articles that have F, softened where counts are few. */
float kh_weight_of(const kh_frequencies *df, const kh_feature *f);

kh_prepared kh_prepare(kh_arena *out, const kh_frequencies *df, const kh_digest *a);

/* What two articles share, kind by kind. */
typedef struct kh_parts {
    float cosine[KH_FEATURE_kinds]; /* 0..1 */
    float mass[KH_FEATURE_kinds];   /* summed weight of what both have */
    uint32_t shared[KH_FEATURE_kinds];
    uint32_t count_a[KH_FEATURE_kinds], count_b[KH_FEATURE_kinds];
    float lead;                     /* cosine of what both have in title or first paragraph: words, names, places */
    float copied;                   /* share of the smaller set of prints that the other has too */
    bool same_lang;
    bool dated;
    float days;                     /* between the publications, where both are dated */
    bool same_agency;
    float top;
} kh_parts;

kh_parts kh_parts_of(const kh_prepared *a, const kh_digest *b);
float kh_score_of(const kh_parts *p);

#endif
