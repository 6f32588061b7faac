/* lexicon.h - language knowledge as text: tables of rows, and sets of phrases matched on tokens.
 *
 * The files of data/ are compiled into the program (lexicon/embedded.h); a user's folder of the same
 * layout is laid over them. `languages/ar/months.txt` gives rows of table "months" with language "ar",
 * `world/places.txt` rows of table "places" of the world part, language "". Formats: docs/DATA.md.
 */
#ifndef KHABAR_LEXICON_LEXICON_H
#define KHABAR_LEXICON_LEXICON_H

#include "text/text.h"

enum { KH_LANGS_MAX = 64, KH_LANG_NONE = 0, KH_LANG_ANY = 255 };

typedef struct kh_row {
    uint8_t lang; /* kh_lexicon_lang; KH_LANG_NONE for world tables */
    kh_str line;  /* as written: kh_cell */
} kh_row;

typedef struct kh_rows {
    const kh_row *items;
    size_t count;
} kh_rows;

typedef struct kh_lexicon kh_lexicon;

typedef struct kh_file {
    kh_str path; /* relative to the data folder: "languages/ar/months.txt" */
    kh_str bytes;
    uint64_t version; /* kh_file_version, 0 where it is not known yet */
    size_t lines;     /* so many or fewer, 0 where they are not counted yet */
} kh_file;

/* gen/embed.c writes both beside each file, so that a start need not read them all. */
static inline uint64_t kh_file_version(kh_str path, kh_str bytes)
{
    return kh_hash_mix(kh_hash(path), kh_hash(bytes));
}
static inline size_t kh_file_lines(kh_str bytes)
{
    size_t lines = 1;
    for (size_t i = 0; i < bytes.len; i++) {
        lines += bytes.ptr[i] == '\n';
    }
    return lines;
}

/* The tables of FILES, in their order: built-in ones first, overlays after them. A row of a later file
 * comes after the earlier rows of its table; where two forms are the same the later one wins in a phrase
 * set. FILES' bytes must outlive the lexicon. */
kh_lexicon *kh_lexicon_of(kh_arena *out, const kh_file *files, size_t count);

/* The compiled-in files, and OWN laid over them. */
kh_lexicon *kh_lexicon_over(kh_arena *out, const kh_file *own, size_t count);
kh_lexicon *kh_lexicon_builtin(kh_arena *out); /* the compiled-in ones alone */

/* A short hex hash over all files, with the compiled-in ones over all of data/: the knowledge version that is written on every row. */
kh_str kh_lexicon_version(const kh_lexicon *lex);

/* All rows of table languages/<any>/<NAME>.txt, by language in the order of tags; empty when there is none. They are cut, in LEX, when
 * a table is asked for the first time: one thread asks, while it builds knowledge. Stages that read pages ask for no table, so that
 * threads can share what was built. */
kh_rows kh_lexicon_rows(const kh_lexicon *lex, const char *name);
kh_rows kh_lexicon_world(const kh_lexicon *lex, const char *name);

kh_str kh_cell(const kh_row *row, size_t column); /* outer spaces off; the empty slice beyond the last */

/* Tags are numbered from 1 in byte order. KH_LANG_NONE when the tag is unknown; "prs" falls back to "fa". */
uint8_t kh_lexicon_lang(const kh_lexicon *lex, kh_str tag);
kh_str kh_lexicon_tag(const kh_lexicon *lex, uint8_t lang);

/* ---- phrases ---- */

/* A set of phrases of one or more words, each with a 32-bit value (mostly a row number of the caller's).
 * Matching is on folded tokens, longest first. A word that ends in '*' matches any ending;
 * a leading '?' (ambiguous form) is cut off and remembered. */
typedef struct kh_phrases kh_phrases;

typedef struct kh_match {
    uint32_t value;
    uint32_t first;  /* token */
    uint32_t end;    /* token, half open */
    kh_span span;    /* source bytes, without a proclitic */
    uint32_t clitic; /* key bytes of proclitics that were passed over, 0 for none */
    uint32_t ending; /* key bytes of the last word that a '*' stands for, 0 for none */
    uint8_t lang;
    bool ambiguous;
} kh_match;

enum {
    KH_CLITICS = 1, /* Arabic: pass over one or two of و ف ب ل ك س at the start; للX is read as الX. Hebrew: ו ה ב ל מ ש כ */
    KH_ARTICLE = 2 /* also pass over ال, or ה, before any word of the phrase where it is written without */
};

kh_phrases *kh_phrases_new(kh_arena *out); /* mostly kh_phrases_on instead: shelf.h */

/* FORM as written in a table (one form, not a '|' list). Empty forms are ignored, and all are where SET came filled. */
void kh_phrases_add(kh_arena *out, kh_phrases *set, kh_str form, uint8_t lang, uint32_t value);

/* Each form of a '|' list. */
void kh_phrases_add_list(kh_arena *out, kh_phrases *set, kh_str forms, uint8_t lang, uint32_t value);

/* The longest phrase that begins at token FIRST: of language LANG, of the world part, or of any language
 * for KH_LANG_ANY. Without a proclitic is preferred to with. False when there is none. */
bool kh_phrases_match(const kh_phrases *set, const kh_text *text, size_t first, uint8_t lang, unsigned flags, kh_match *match);

/* The phrase of the one word KEY (folded), as it is: of language LANG or of the world part. Only value, lang, ambiguous and
 * ending of *match are meant. False when there is none. */
bool kh_phrases_word(const kh_phrases *set, kh_str key, uint8_t lang, kh_match *match);

/* The sets that may have a phrase at a token, found by one look for several sets: most tokens are in none. */
typedef struct kh_sieve kh_sieve;

enum { KH_SIEVE_SETS_MAX = 8 };

/* Bit i is clear where kh_phrases_match with these FLAGS (or fewer) finds nothing of sets[i] at TOKEN, in any language. */
uint8_t kh_sieve_ask(const kh_sieve *sieve, const kh_text *text, size_t token, unsigned flags);

/* ---- for shelf.h ---- */

/* A hash over the files of TABLES (languages' and world's, spaces between) and the tags of all languages. */
uint64_t kh_lexicon_tables_version(const kh_lexicon *lex, kh_str tables);

/* In the build of the program: where stages' knowledge of LEX is gathered; else NULL. */
typedef struct kh_shelves kh_shelves;
void kh_lexicon_gather(kh_lexicon *lex, kh_shelves *shelves);
kh_shelves *kh_lexicon_gathering(const kh_lexicon *lex);

/* ---- numerals.c: numbers as written in news: digits, words, both ---- */

typedef struct kh_numerals kh_numerals; /* table numbers.txt made ready */

typedef struct kh_numeral {
    uint32_t first, end; /* tokens of the number itself, with scale words ("3 آلاف و412", "2,2 مليون") */
    kh_span span;
    double min, max; /* equal for an exact number; bounds not yet applied */
    bool vague;      /* عشرات, dozens: a soft interval */
    bool ordinal;    /* الثامن, eighth, سوم, 20th */
    bool digits;     /* has at least one digit token */
    bool article;    /* the word is also "a/one" (یک, one, один, ein): rarely a count */
} kh_numeral;

const kh_numerals *kh_numerals_of(kh_arena *out, const kh_lexicon *lex);

/* The number that begins at token FIRST in a text of language LANG; false when none does. Proclitics are
 * passed over in Arabic (و412). */
bool kh_numeral_at(const kh_numerals *know, const kh_text *text, size_t first, uint8_t lang, kh_numeral *out);

#endif
