/* numerals_parts.h - shared inside numerals*.c only: number words, how a language writes numbers, and the
 * reader that goes over a text. */
#ifndef KHABAR_LEXICON_NUMERALS_PARTS_H
#define KHABAR_LEXICON_NUMERALS_PARTS_H

#include "lexicon/lexicon.h"

typedef enum kh_numeral_kind {
    KH_NUMERAL_UNIT, /* 0..10 */
    KH_NUMERAL_TEEN,
    KH_NUMERAL_TEN,
    KH_NUMERAL_HUNDRED,
    KH_NUMERAL_SCALE,
    KH_NUMERAL_DUAL,
    KH_NUMERAL_FRACTION,
    KH_NUMERAL_ORDINAL,
    KH_NUMERAL_VAGUE,
    KH_NUMERAL_ARTICLE, /* "a" in "a million": counts before a scale only */
    KH_NUMERAL_KINDS
} kh_numeral_kind;

typedef struct kh_number_word {
    double min;
    double max;
    kh_numeral_kind kind;
} kh_number_word;

enum { KH_MARK_COMMA = 1, KH_MARK_DOT = 2, KH_MARK_SPACE = 4, KH_MARK_SLASH = 8 };
enum { KH_JOINS_MAX = 4 };

/* How a language writes numbers: its words, each kind a set of its own, and its habits. Lies on a shelf, as kh_number_word: a new
 * field is named in numerals_know.c too. */
typedef struct kh_number_habits {
    kh_phrases *starts; /* every number word: a quick "no" for all others */
    kh_phrases *sets[KH_NUMERAL_KINDS];
    kh_phrases *percent;
    kh_str joins[KH_JOINS_MAX]; /* folded words between the parts of a number */
    uint8_t join_count;
    bool join_needed;
    bool units_first; /* the unit stands before the ten: خمسة وعشرون */
    bool join_glued;  /* the join is written onto the next word: وعشرون */
    uint8_t group;    /* marks between thousands */
    uint8_t decimal;
} kh_number_habits;

struct kh_numerals {
    KH_LIST(kh_number_word) words;
    kh_number_habits langs[KH_LANGS_MAX];
};

typedef struct kh_numeral_reader {
    const kh_numerals *know;
    const kh_text *text;
    const kh_number_habits *habits;
    uint8_t lang;
    uint32_t line;
} kh_numeral_reader;

/* Token I of the line, NULL behind its end. */
const kh_token *kh_numeral_token(const kh_numeral_reader *r, size_t i);

/* The word of KIND that begins at token I; *m says where. GLUED: only behind the join that is written onto
 * it; else proclitics are passed over if FREE. NULL when there is none. */
const kh_number_word *kh_numeral_word(const kh_numeral_reader *r, kh_numeral_kind kind, size_t i, bool glued, bool free, kh_match *m);

/* numerals_digits.c: the number in digits at token *i, with its groups; moves *i past it. */
bool kh_numeral_digits(const kh_numeral_reader *r, size_t *i, double *value);

#endif
