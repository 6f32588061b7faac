/* credits_internal.h - what the files of credits share: templates made ready, and the search for them. */
#ifndef KHABAR_CLAIMS_CREDITS_INTERNAL_H
#define KHABAR_CLAIMS_CREDITS_INTERNAL_H

#include "claims/claims.h"

typedef enum kh_slot {
    KH_SLOT_WORD,   /* this word */
    KH_SLOT_AGENCY, /* {A} */
    KH_SLOT_SAY,    /* {SAY}: a reporting verb */
    KH_SLOT_REPORT, /* {REPORT}: one that a page uses of its sources: say, report, announce ... */
    KH_SLOT_PLACE,  /* {PLACE}: one to five words */
    KH_SLOT_NAME,   /* {NAME}, {OUTLET}: one to eight words, up to what follows */
    KH_SLOT_DATE,   /* {DATE}: one to five words and numbers */
    KH_SLOT_NUMBER, /* {YEAR}, {CODE} */
    KH_SLOT_ANY,    /* {WORD}: one word */
    KH_SLOT_GAP     /* ...: up to eight words of the same sentence */
} kh_slot;

typedef struct kh_element {
    kh_slot slot;
    uint64_t hash; /* KH_SLOT_WORD */
    kh_str key;
    bool tight; /* written onto what went before: ل{A} */
} kh_element;

/* Words and marks by their hashes, 256 bits: two of one bit are rare in a line. */
typedef struct kh_word_bits {
    uint64_t bits[4];
} kh_word_bits;

static inline void kh_word_bits_add(kh_word_bits *words, uint64_t hash)
{
    words->bits[hash >> 62] |= (uint64_t)1 << (hash >> 56 & 63);
}

static inline bool kh_word_bits_hold(const kh_word_bits *words, const kh_word_bits *all)
{
    uint64_t left = 0;
    for (size_t i = 0; i < 4; i++) {
        left |= all->bits[i] & ~words->bits[i];
    }
    return left == 0;
}

/* What tells that a template is not in a line comes first: most are looked at no further. Lies on a shelf, as all that follows:
 * a new field is named in credits_know.c too. */
typedef struct kh_template {
    kh_word_bits needs; /* the words that are found in whole tokens alone */
    bool needs_name;    /* an agency's name or word, not written onto what goes before */
    uint8_t lang;
    kh_credit_type type;
    kh_credit_role role;
    kh_str house;  /* agency whose house style this is; an agency that the page names goes before it */
    uint32_t next; /* another with the same first word, 0 for none */
    kh_element *elements;
    size_t count;
} kh_template;

/* Is the word at ELEMENT found in whole tokens alone? What Arabic writes onto words is taken off longer ones. */
static inline bool kh_element_is_whole(const kh_template *t, size_t element, bool arabic)
{
    size_t len = t->elements[element].key.len;
    return (!arabic || len < 4) && !(len == 2 && element + 1 < t->count);
}

typedef struct kh_agency {
    kh_str id;
    kh_str label;
    bool wire; /* a news agency, no broadcaster or newspaper */
} kh_agency;

typedef struct kh_agency_form {
    uint32_t agency;
    bool careful; /* ambiguous or short: only where something else says that an agency is meant */
} kh_agency_form;

typedef enum kh_medium { KH_MEDIUM_WORD = 1, KH_MEDIUM_NAME = 2 } kh_medium;

/* What may begin at a token: the sets of the sieve, in their order. */
typedef enum kh_may {
    KH_MAY_AGENCY,      /* agency_forms */
    KH_MAY_AGENCY_WORD, /* agency_words */
    KH_MAY_MEDIUM,      /* medium_words */
    KH_MAY_SAY,         /* verbs */
    KH_MAY_NO_SOURCE,   /* no_sources */
    KH_MAY_SETS
} kh_may;

struct kh_credits_know {
    const kh_lexicon *lex;
    KH_LIST(kh_agency) agencies;
    kh_map agency_by_id; /* hash -> index + 1 */
    KH_LIST(kh_agency_form) forms;
    kh_phrases *agency_forms;       /* -> index into forms */
    kh_phrases *agency_words;       /* "news agency", خبرگزاری: may stand before an agency's name -> 1 */
    kh_phrases *medium_words;       /* "newspaper", صحيفة: a name that no table holds may follow -> KH_MEDIUM_WORD;
                               * "نیویورک تایمز", named in full -> KH_MEDIUM_NAME */
    kh_phrases *no_sources;         /* مصدر رزق, water sources: what begins like a credit and is none -> 1 */
    kh_phrases *verbs;              /* reporting verbs -> 2 where the act is one of reporting, else 1 */
    kh_phrases *weekdays;           /* -> 1 */
    kh_phrases *site_words;         /* furniture: no outlet's name -> 1 */
    kh_phrases *outlet_words;       /* newspaper, جريدة, پایگاه خبری: part of an outlet's name -> 1 */
    kh_phrases *media;              /* unnamed media and sources: local media -> 1 */
    KH_LIST(kh_template) templates; /* [0] unused */
    const kh_sieve *sieve;          /* of the sets that kh_may names */
    kh_map by_word;                 /* first word and language -> template */
    KH_LIST(uint32_t) by_slot;      /* templates that begin with a slot */
    uint8_t arabic, english;
};

/* A place where a template fits. */
typedef struct kh_fit {
    const kh_template *template;
    uint32_t first, end;  /* tokens */
    uint32_t agencies[2]; /* index into agencies + 1, 0 for none, in order of text */
    kh_span agency_spans[2];
} kh_fit;

typedef KH_LIST(kh_fit) kh_fits;

/* credits_match.c: all fits of all templates of the article's language (and of English in every language). */
void kh_credits_fit(kh_arena *out, const kh_credits_know *know, const kh_article *art, kh_fits *fits);

/* The agency named at token AT; false when there is none. CAREFUL: take ambiguous forms too. */
bool kh_credits_agency_at(const kh_credits_know *know, const kh_article *art, size_t at, bool careful, uint32_t *agency, kh_match *m);

/* credits_keep.c: every source of a source line that names several gets its own credit. */
void kh_credits_name_sources(kh_arena *out, const kh_credits_know *know, kh_article *art);

/* credits_keep.c: the end of the agency that "and", a comma or a stroke at token AT joins to the one before, 0 for none. */
size_t kh_credits_source_behind(const kh_credits_know *know, const kh_article *art, size_t at, uint32_t *agency, kh_match *m);

/* credits_keep.c: of credits that share words the best stays; leaves them in order of the text. */
void kh_credits_keep_best(kh_article *art);

int kh_credits_by_place(const void *a, const void *b);

/* credits.c: does the type name site text of an agency, carried along. */
bool kh_credit_is_site_text(kh_credit_type type);

/* credits_text.c: gives "this agency" and unsigned footers their agency; drops anaphors of nothing. */
void kh_credits_resolve_anaphors(const kh_credits_know *know, kh_article *art);

/* credits_text.c: fills the article's agencies, the weightiest first, and an outlet that only a chain names. */
void kh_credits_gather(kh_arena *out, const kh_credits_know *know, kh_article *art);

/* credits_outlet.c: the outlet's name from lines of the site. */
void kh_credits_find_outlet(kh_arena *out, const kh_credits_know *know, kh_article *art);

#endif
