/* know.h - the tables made ready: what know.c builds and know.c and marks.c ask. */
#ifndef KHABAR_PAGE_KNOW_H
#define KHABAR_PAGE_KNOW_H

#include "page/parts.h"

typedef enum form_match { WHOLE, PREFIX, CONTAINS } form_match;

typedef enum date_word { DATE_WORD = 1, MONTH_WORD = 2 } date_word;

typedef struct form { /* without padding: forms lie on a shelf */
    uint32_t key;     /* where it begins in kh_page_know.keys */
    uint32_t key_len;
    uint32_t next; /* index + 1 of the next form with the same first word */
    uint8_t kind;  /* kh_furniture */
    uint8_t match;
    uint8_t words;
    uint8_t none;
} form;

/* The first bytes of the forms that may stand anywhere in a line: a bit for each, by a hash. At most places of a line none begins. */
enum { HEAD_BYTES = 4, HEAD_BITS = 14 };

typedef struct form_heads {
    uint64_t bits[(1 << HEAD_BITS) / 64];
    bool shorter[UINT8_MAX + 1]; /* first bytes of forms with fewer than HEAD_BYTES */
} form_heads;

struct kh_page_know { /* lies on a shelf: a new field is named in kh_page_know_of or form_parts too */
    kh_map whole;     /* hash of key -> kind */
    kh_map first;     /* hash of first word -> index + 1 into forms */
    KH_LIST(form) forms;
    kh_buf keys; /* of all forms, one behind the other */
    form_heads heads;
    kh_map dates; /* hash of a word that stands in dates -> date_word bits */
    kh_map marks; /* hash of a markup word -> bits */
    const kh_byline_know *bylines;
    kh_map stops; /* hash of a function word of any language */
};

/* Fills know->marks from world/markup.txt. */
void kh_marks_learn(kh_arena *out, kh_page_know *know, const kh_lexicon *lex);

#endif
