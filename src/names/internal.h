/* internal.h - what the files of names/ share: the gazetteer made ready, and spots, which are mentions
 * before they are joined to names. */
#ifndef KHABAR_NAMES_INTERNAL_H
#define KHABAR_NAMES_INTERNAL_H

#include "names/names.h"

typedef struct kh_name_entry { /* lies on a shelf: a new field is named in entries_parts too */
    kh_str id;                 /* "place:kz" */
    kh_str label;              /* English */
    kh_name_type type;
    bool adjective; /* "Kazakh": known, but no mention */
    bool agency;
    bool minor;   /* a city that only cities.txt has: counts beside a word of place, or where the weights say so */
    kh_str exact; /* capitals as written: the form; else empty */
} kh_name_entry;

/* What a role word is good for beside a name. */
typedef enum kh_lead {
    KH_LEAD_PERSON = 1, /* minister, general, Mr: a person's name may follow */
    KH_LEAD_BODY,       /* party, company, union: opens an organisation's name */
    KH_LEAD_COMPANY,    /* company: its name follows */
    KH_LEAD_MEDIA,      /* newspaper, channel: what follows is its name, without the word itself */
    KH_LEAD_REPORT,     /* "به گزارش": an outlet's name follows, up to a comma or colon */
    KH_LEAD_OFFICE      /* government, police, ministry: speaks, but is rarely a name of its own */
} kh_lead;

typedef enum kh_beside {
    KH_BESIDE_BEFORE = 1, /* province, city, island: a place's name follows */
    KH_BESIDE_AFTER,      /* a place's name went before: "Quellin province" */
    KH_BESIDE_PART,       /* بندر, رأس: belongs to the place's name and opens it */
    KH_BESIDE_IN,         /* in, at, from: a name behind it may be a place */
    KH_BESIDE_WITH        /* خیابان, دریاچه: a place's name follows, and the word belongs to it where the weights say so */
} kh_beside;

typedef struct kh_name_weights kh_name_weights;
typedef struct kh_word_table kh_word_table;

/* The sets of phrases that a token is asked for. */
typedef enum kh_name_set {
    KH_SET_LEADS,  /* -> kh_lead */
    KH_SET_BESIDE, /* words beside places -> kh_beside */
    KH_SET_VERBS,  /* reporting verbs -> 1 */
    KH_SET_GIVEN,  /* given names -> 1 */
    KH_SET_STOPS,  /* function words -> 1 */
    KH_SET_KNOWN,  /* -> entry */
    KH_SET_COMMON, /* single words that are no names -> kh_common */
    KH_SET_TAILS,  /* words that close an organisation's name: Company, Gazette -> 1 */
    KH_SET_COUNT
} kh_name_set;

struct kh_names_know {
    const kh_lexicon *lex;
    const kh_name_weights *weights[KH_LANGS_MAX]; /* by language; NULL: rules alone */
    const kh_word_table *named[KH_LANGS_MAX];     /* words of which names are made, that no other table has */
    KH_LIST(kh_name_entry) entries;
    kh_map by_id; /* hash of the id -> entry + 1 */
    kh_phrases *sets[KH_SET_COUNT];
    const kh_sieve *sieve; /* of the sets */
    uint8_t english;
    uint8_t arabic;
    uint8_t german;
};

enum { KH_NO_ENTRY = UINT32_MAX };

typedef struct kh_spot {
    kh_span span;
    kh_span role_span;
    uint32_t first, end; /* tokens */
    uint32_t entry;      /* KH_NO_ENTRY: not in the gazetteer */
    kh_name_type type;
} kh_spot;

typedef KH_LIST(kh_spot) kh_spots;

/* How ordinary a word is. A concept's word (کهن, old) may be a surname too, where a given name or a verb says so. */
typedef enum kh_common {
    KH_COMMON_UNASKED,
    KH_COMMON_NO,
    KH_COMMON_CONCEPT,
    KH_COMMON_YES,
    KH_COMMON_CLITIC /* behind one proclitic */
} kh_common;

/* A pass over one article. */
typedef struct kh_finder {
    kh_arena *scratch;
    const kh_names_know *know;
    const kh_article *art;
    const kh_text *text;
    uint8_t lang;
    uint8_t native, latin; /* language to look up words in: of the article's script, of Latin letters */
    uint8_t *taken;        /* per token: 1 inside a spot, 2 a known word that is no name (adjective), 0 free */
    uint8_t *may;          /* per token: bits of the sets that may have it */
    uint8_t *common;       /* per token: kh_common */
    uint8_t *stop;         /* per token: 0 not asked, 1 no, 2 yes */
    uint8_t *given;        /* per token: 0 not asked, 1 no, 2 and more: key bytes of proclitics before it, plus two */
    kh_map nouns;          /* Arabic: hashes of words that stand in the article with ال or a plural ending */
    kh_map counts;         /* hash of a word -> how often it stands in the article */
    bool arabic;           /* the article is Arabic */
    uint8_t *skipped;      /* per token: 1 in a line of furniture */
    kh_spots spots;
} kh_finder;

/* gazetteer.c: everything the tables know. */
void kh_names_find_known(kh_finder *f);
void kh_names_find_outlet(kh_finder *f);

/* people.c: persons by titles, verbs, apposition, given names. */
void kh_names_find_people(kh_finder *f);

/* lineage.c: Arabic names round بن. */
void kh_names_find_lineages(kh_finder *f);

/* places.c: places and organisations by the words beside them. */
void kh_names_find_places(kh_finder *f);
void kh_names_find_capital_bodies(kh_finder *f); /* "Tarn Lines": a run of capitals that says what it is */
void kh_names_find_bodies(kh_finder *f);

/* learned.c: what the learned weights add and take away. */
void kh_names_find_learned(kh_finder *f);

/* names.c: the state of a pass over ART, and the passes by tables and rules. */
kh_finder *kh_finder_of(kh_arena *scratch, const kh_names_know *know, const kh_article *art);
void kh_names_find_by_rules(kh_finder *f);

/* repeats.c: further mentions of what was found. */
void kh_names_find_repeats(kh_finder *f);

/* join.c: spots to names and mentions. */
void kh_names_join(kh_arena *out, kh_arena scratch, kh_finder *f, kh_article *art);

/* sound.c: can these two words be alike at all? Cheap; false only where the likeness would be low. */
bool kh_sound_may_match(kh_str a, kh_str b);

/* finder.c: small questions about tokens. */
void kh_finder_languages(kh_finder *f);                   /* fills native and latin */
uint8_t kh_finder_lang(const kh_finder *f, size_t token); /* language to look TOKEN up in */
/* Does a phrase of set WHICH begin at TOKEN? */
bool kh_finder_ask(const kh_finder *f, kh_name_set which, size_t token, unsigned flags, kh_match *m);
bool kh_finder_common(kh_finder *f, size_t token);
bool kh_finder_concept(kh_finder *f, size_t token);                       /* a common word, but by table concepts alone */
bool kh_finder_name_word(kh_finder *f, size_t token, bool first);         /* may stand in an unknown name */
size_t kh_finder_run(kh_finder *f, size_t first);                         /* the end of the unknown name at FIRST; FIRST for none */
kh_lead kh_finder_lead_at(const kh_finder *f, size_t first, kh_match *m); /* 0: none */
bool kh_finder_lead(const kh_finder *f, size_t first, kh_lead lead, kh_match *m);
kh_beside kh_finder_beside(const kh_finder *f, size_t first, kh_match *m); /* 0: none */
bool kh_finder_verb(const kh_finder *f, size_t first, kh_match *m);        /* a reporting verb */
bool kh_finder_stop(const kh_finder *f, size_t token);                     /* a function word, pronoun, weekday or month */
size_t kh_finder_given_behind(const kh_finder *f, size_t token);
bool kh_finder_given(const kh_finder *f, size_t token);
bool kh_finder_named(kh_finder *f, size_t token);               /* a given name, or a word that names are made of and no ordinary one */
bool kh_finder_has_name_word(const kh_finder *f, size_t token); /* table name_words has it */
size_t kh_finder_occurs(const kh_finder *f, size_t token);      /* how often its word stands in the article */
void kh_finder_add(kh_finder *f, kh_spot spot);
bool kh_finder_same_line(const kh_finder *f, size_t a, size_t b);
bool kh_finder_link(const kh_finder *f, size_t at); /* بن, أبو, عبد with a word behind */
bool kh_finder_ends_as_country(const kh_token *t);  /* in the Arabic script: -ia, -stan, -abad, -land */
bool kh_finder_cased(const kh_token *t);            /* of a script with capital letters */

#endif
