/* tagger.h - what kind of name each token stands in, by weights that were learned (gen/nametrain.c). */
#ifndef KHABAR_NAMES_TAGGER_H
#define KHABAR_NAMES_TAGGER_H

#include "names/features.h"
#include "names/internal.h"

/* The words of a sentence's tokens as features see them. */
typedef struct kh_tagging {
    kh_finder *f;
    uint8_t *classes;  /* kh_class, per token */
    uint8_t *rules;    /* kh_tag that the rules gave, per token */
    size_t first, end; /* the sentence */
    uint64_t edge;     /* the word beyond its ends */
} kh_tagging;

kh_tagging kh_tagging_of(kh_finder *f); /* classes and rule tags of all tokens */

/* The facts of token AT, which lies in the sentence set in T. */
void kh_tag_facts(const kh_tagging *t, size_t at, uint64_t facts[KH_FACTS]);
kh_str kh_tag_fact_written(const kh_tagging *t, size_t at, kh_fact fact); /* as name_weights.txt writes it */

/* The best tags of the tokens of the sentence. TAGS has one for each token of the text. */
void kh_tag_sentence(kh_arena scratch, const kh_tagging *t, const kh_name_weights *weights, uint8_t *tags);

#endif
