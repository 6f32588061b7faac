/* text.h - a text made ready for every stage: folded, cut into lines, sentences and tokens, once.
 *
 * The fold is for matching only; what is shown is always a slice of the source. Folded text keeps a map
 * back to the source bytes, so that any match becomes a span. Rules of the fold: see fold.c.
 */
#ifndef KHABAR_TEXT_TEXT_H
#define KHABAR_TEXT_TEXT_H

#include "base/base.h"

/* ---- fold.c ---- */

typedef struct kh_folded {
    kh_str key;    /* the folded text, UTF-8 */
    uint32_t *map; /* key.len + 1 entries: source byte at which the character that gave this key byte begins;
                      the last entry is the length of the source */
} kh_folded;

/* Folds SOURCE: lower case, no marks, one form for the Arabic letters that Arabic and Persian write
 * differently, digits of all scripts to 0-9, ZWNJ, tatweel and bidi controls gone, all spaces to ' '
 * (newline stays), Arabic punctuation to ASCII. Folding twice changes nothing. */
kh_folded kh_fold(kh_arena *out, kh_str source);

/* The key alone. */
kh_str kh_fold_key(kh_arena *out, kh_str source);

/* ---- scripts ---- */

typedef enum kh_script {
    KH_SCRIPT_NONE, /* digits, punctuation, symbols */
    KH_SCRIPT_LATIN,
    KH_SCRIPT_ARABIC,
    KH_SCRIPT_CYRILLIC,
    KH_SCRIPT_HEBREW,
    KH_SCRIPT_GREEK,
    KH_SCRIPT_HAN, /* with kana */
    KH_SCRIPT_HANGUL,
    KH_SCRIPT_DEVANAGARI,
    KH_SCRIPT_OTHER
} kh_script;

kh_script kh_script_beyond(uint32_t cp); /* of the rarer characters */

/* Inline, as it is asked of every character: those of most texts first. */
static inline kh_script kh_script_of(uint32_t cp)
{
    if (cp < 0xC0) {
        return (cp | 32) - 'a' < 26 ? KH_SCRIPT_LATIN : KH_SCRIPT_NONE;
    }
    if (cp - 0x620 < 0x40) {
        return KH_SCRIPT_ARABIC;
    }
    return cp - 0x400 < 0x130 ? KH_SCRIPT_CYRILLIC : kh_script_beyond(cp);
}

bool kh_script_rtl(kh_script script);
bool kh_is_letter(uint32_t cp); /* letters and the marks that stand inside words, of any script */
int kh_digit_of(uint32_t cp);   /* 0-9 for a decimal digit of any supported script, else -1 */

/* ---- tokens ---- */

typedef enum kh_token_kind {
    KH_WORD,   /* a run of letters and marks (ZWNJ and tatweel inside); apostrophes and hyphens part words */
    KH_NUMBER, /* digits with . , or Arabic separators between digits: "7", "2,2", "48.5", "05.08.2024" */
    KH_PUNCT   /* one character: punctuation, quotation mark, symbol */
} kh_token_kind;

enum {
    KH_SPACE_BEFORE = 1, /* white space or line start stands before the token */
    KH_CAPITAL = 2,      /* first letter is upper case (Latin, Cyrillic, Greek) */
    KH_ALL_CAPS = 4,     /* two or more letters, all upper case */
    KH_LINE_START = 8,
    KH_SENTENCE_START = 16
};

typedef struct kh_token {
    kh_span span;  /* in the source */
    kh_str key;    /* folded; for KH_NUMBER ASCII digits with . and , ; for KH_PUNCT the folded character */
    uint64_t hash; /* kh_hash(key) */
    uint32_t cp;   /* KH_PUNCT: the source's own character; else the first one */
    uint32_t line; /* index into kh_text.lines */
    uint32_t sentence;
    uint8_t kind;   /* kh_token_kind */
    uint8_t script; /* kh_script of the first letter */
    uint8_t flags;
} kh_token;

/* Tokens first..end (half open) and the bytes they cover. Of lines and of sentences; a sentence never runs
 * over a line's end. An empty line has first == end. */
typedef struct kh_stretch {
    kh_span span;
    uint32_t first;
    uint32_t end;
    uint32_t line; /* of a sentence: its line; of a line: itself */
} kh_stretch;

typedef struct kh_text {
    kh_str source;
    kh_folded folded;
    KH_LIST(kh_token) tokens;
    KH_LIST(kh_stretch) lines; /* at '\n'; spans without the '\n' and without outer white space */
    KH_LIST(kh_stretch) sentences;
} kh_text;

/* SOURCE must be valid UTF-8 (kh_utf8_clean) and below KH_PAGE_BYTES_MAX. */
kh_text *kh_text_of(kh_arena *out, kh_str source);

/* The source bytes from token FIRST to token END (half open, END > FIRST). */
kh_span kh_text_span(const kh_text *t, size_t first, size_t end);
kh_str kh_text_slice(const kh_text *t, kh_span span);

/* The first token that ends after source byte AT; tokens.count when there is none. */
size_t kh_text_token_at(const kh_text *t, uint32_t at);

/* The source byte at which the rest of token TOKEN begins when the first KEY_BYTES bytes of its key are
 * taken off (a proclitic). */
uint32_t kh_text_inside(const kh_text *t, size_t token, size_t key_bytes);

/* ---- small questions about tokens ---- */

/* The key equals KEY, which is written folded. Inline: of a literal the length is known when the program is built. */
static inline bool kh_token_is(const kh_token *t, const char *key)
{
    return kh_str_eq(t->key, (kh_str){key, strlen(key)});
}

bool kh_is_open_quote(uint32_t cp); /* a mark that can open; many marks can do both */
bool kh_is_close_quote(uint32_t cp);
bool kh_is_quote(uint32_t cp);
bool kh_is_dash(uint32_t cp);

#endif
