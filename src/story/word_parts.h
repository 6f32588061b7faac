/* word_parts.h - what words.c, compounds.c and verbs.c share: table word_parts.txt made ready, and how a key is held against it. */
#ifndef KHABAR_STORY_WORD_PARTS_H
#define KHABAR_STORY_WORD_PARTS_H

#include "story/internal.h"

enum { KH_WORD_KEY_MAX = 60, KH_WORD_ROOM = KH_WORD_KEY_MAX * 2 }; /* bytes of a word that is taken apart, and of what is made of it */

typedef struct kh_word_part {
    kh_str form;
    kh_str instead_of; /* what stood there before FORM was written */
    size_t letters;    /* that must be left */
    size_t length;     /* letters of FORM; 0 where a dash in it stands for any */
    bool marbuta;      /* FORM ends in ة, which folds to ه */
} kh_word_part;

typedef KH_LIST(kh_word_part) kh_word_part_list;

/* What is known of the words of one language: a list for each kind of row. */
typedef struct kh_lang_parts {
    kh_word_part_list joints, articles, proclitics, endings, name_ends, patterns, verbs, particles, prefixes, inners, conjunctions,
        adjectivals;                             /* endings that no noun takes */
    kh_word_part_list endings_by[UINT8_MAX + 1]; /* the endings by their last byte, in their order */
    kh_map verb_forms;                           /* hash of an irregular form -> index into verbs + 1 */
} kh_lang_parts;

enum { KH_WORD_LANGS = UINT8_MAX + 1 };

struct kh_word_parts {
    const kh_phrases *concepts;
    const kh_lang_parts *of[KH_WORD_LANGS]; /* NULL for a language without the table */
};

size_t kh_letters_of(kh_str key);

/* The endings of KNOW that KEY may have, by its last byte. */
const kh_word_part_list *kh_endings_for(const kh_lang_parts *know, kh_str key);
bool kh_is_part(const kh_word_part_list *list, kh_str key);

/* The concept (row + 1) of which KEY is a form, to the last letter; 0 for none. */
uint32_t kh_concept_of(const kh_word_parts *parts, kh_str key, uint8_t lang);

/* KEY without the form of PART at its end and with what stood there, in ROOM; empty when it does not end so, or when
 * too little is left. */
kh_str kh_word_without(kh_str key, const kh_word_part *part, char room[KH_WORD_ROOM]);

/* A and B as one word in ROOM; empty where it is too long. */
kh_str kh_word_joined(kh_str a, kh_str b, char room[KH_WORD_ROOM]);

/* ---- patterns.c ---- */

/* The same of a KEY that has as many letters as the shape. */
kh_str kh_word_fitted(kh_str key, const kh_word_part *part, char room[KH_WORD_ROOM]);

/* KEY of LETTERS letters, which has the shape of PART's form, in the shape that this stands for; empty when it has another shape. In a shape a
 * digit is any one letter, and a dash any letters, as many at least as PART says. */
static inline kh_str kh_word_reshaped(kh_str key, size_t letters, const kh_word_part *part, char room[KH_WORD_ROOM])
{
    return part->length && part->length != letters ? (kh_str){0} : kh_word_fitted(key, part, room);
}

/* ---- compounds.c ---- */

/* The concepts of the compound KEY, its last part first; 0 when it is none. */
size_t kh_compound(const kh_word_parts *parts, kh_str key, uint8_t lang, uint32_t rows[KH_WORD_CONCEPTS_MAX]);

/* ---- verbs.c ---- */

/* The concept of KEY, a form of a verb that may hold its particle (festgenommen); 0 for none. */
uint32_t kh_verb_concept(const kh_word_parts *parts, kh_str key, uint8_t lang);

#endif
