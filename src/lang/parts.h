/* parts.h - what lang.c and model.c share. */
#ifndef KHABAR_LANG_PARTS_H
#define KHABAR_LANG_PARTS_H

#include "lang/grams.h"
#include "lang/lang.h"

enum {
    KH_GROUP_LANGS_MAX = 24, /* languages of one script */
    KH_WORD_LANGS_MAX = 64,  /* rows of world/function_words.txt; the rest is dropped */
    KH_LOG_SCALE = 12        /* weights are twelfths of a natural logarithm */
};

/* The languages of one script and the pieces of words they are known by. */
typedef struct kh_lang_piece { /* half a cache line: what is looked up at random is found together */
    uint64_t key;              /* kh_gram.key */
    int8_t weights[KH_GROUP_LANGS_MAX];
} kh_lang_piece;

typedef struct kh_lang_group { /* lies on a shelf: a new field is named in group_parts too */
    uint32_t *slots;           /* open addressing: place in pieces + 1; 0: free */
    size_t room;               /* power of two */
    kh_lang_piece *pieces;
    size_t count;
    uint8_t langs[KH_GROUP_LANGS_MAX];
    int16_t prior[KH_GROUP_LANGS_MAX]; /* always added */
    int16_t news[KH_GROUP_LANGS_MAX];  /* added too where news is expected */
    size_t lang_count;
} kh_lang_group;

/* Function words: key of "_word_" -> the rows of world/function_words.txt that have it, a bit each. */
typedef struct kh_word_langs {
    uint64_t *keys;
    uint64_t *rows;
    size_t room;
    kh_str tags[KH_WORD_LANGS_MAX];
    kh_str over[KH_WORD_LANGS_MAX]; /* the only language it may be told apart from; empty: any */
    kh_script scripts[KH_WORD_LANGS_MAX];
    size_t count;
} kh_word_langs;

/* A run of characters that one language is written in: world/scripts.txt. */
typedef struct kh_script_range {
    uint32_t first, last;
    kh_str tag;
} kh_script_range;

struct kh_lang_know {
    const kh_lexicon *lex;
    kh_lang_group groups[KH_SCRIPT_OTHER + 1];
    kh_word_langs words;
    KH_LIST(kh_script_range) ranges;
};

/* Has the memory fetched in which GRAMS will be looked for: the table is larger than a cache. */
void kh_lang_fetch(const kh_lang_group *g, const kh_gram *grams, size_t count);

/* Weights of the piece with KEY, by place in langs; NULL when no language has it. */
const int8_t *kh_lang_weights(const kh_lang_group *g, uint64_t key);

/* The rows that have the word with KEY as a function word. */
uint64_t kh_lang_word_rows(const kh_word_langs *w, uint64_t key);

kh_script kh_lang_script_of(kh_str text); /* of most letters; KH_SCRIPT_NONE when there are none */

#endif
