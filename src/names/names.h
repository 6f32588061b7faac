/* names.h - people, places, organisations: mentions, names that join them, names across scripts. */
#ifndef KHABAR_NAMES_NAMES_H
#define KHABAR_NAMES_NAMES_H

#include "lexicon/lexicon.h"
#include "model/article.h"

typedef struct kh_names_know kh_names_know;
const kh_names_know *kh_names_know_of(kh_arena *out, const kh_lexicon *lex);

/* Fills art->names and art->mentions from the lines of all roles but boilerplate. Wants text, lines, lang. */
void kh_names_read(kh_arena *out, kh_arena scratch, const kh_names_know *know, kh_article *art);

/* ---- sound.c: one class string for every script ---- */

/* The class string of a name: one ASCII letter per sound class, words parted by spaces (arabic-script notes, class map). */
kh_str kh_sound_of(kh_arena *out, kh_str name);

/* The same without the Arabic article of a word that is long enough to do without ("العطار" as "عطار"). To compare one name with
 * thousands, sound each candidate once and take the better likeness of kh_sound_of and kh_sound_bare_of of the name. */
kh_str kh_sound_bare_of(kh_arena *out, kh_str name);

/* Likeness 0..1 of two class strings: weighted Damerau-Levenshtein over the mean length, tokens aligned for names of several words, the
 * surname (last) heavier; 1 is equal. */
float kh_sound_likeness(kh_arena scratch, kh_str a, kh_str b);

/* The same for names as written: folds, takes an Arabic article off, both orders of "Surname, Given". */
float kh_name_likeness(kh_arena scratch, kh_str a, kh_str b);

/* Are these two names, as written in their articles, one person, place or organisation? Equal ids decide; different ids refuse. */
bool kh_names_same(kh_arena scratch, const kh_name *a, const kh_name *b);

/* The gazetteer entry that a whole string names ("place:kz"), empty when none; its English label. */
kh_str kh_names_lookup(const kh_names_know *know, kh_arena scratch, kh_str name);
kh_str kh_names_label(const kh_names_know *know, kh_str id);

#endif
