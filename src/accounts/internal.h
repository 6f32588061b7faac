/* internal.h - what the files of accounts/ share: the articles of a story made ready to be compared. */
#ifndef KHABAR_ACCOUNTS_INTERNAL_H
#define KHABAR_ACCOUNTS_INTERNAL_H

#include "accounts/accounts.h"

/* Something that stands in any language for the same thing: a concept, a name, a number, a date. */
typedef struct kh_key {
    uint64_t hash;
    float weight; /* the rarer in the story, the heavier */
    bool concept; /* another language may say it by a word that no table has */
} kh_key;

typedef KH_LIST(kh_key) kh_keys;

/* A sentence or a quotation, as it is compared. */
typedef struct kh_unit {
    kh_span span;
    uint32_t first, end; /* tokens */
    kh_keys keys;        /* sorted by hash, none twice: of any language */
    kh_keys words;       /* the same: the words themselves, for pages of one language */
    float weight;        /* of all keys */
} kh_unit;

typedef KH_LIST(kh_unit) kh_units;

/* How near the page stands to an agency whose words it carries. */
typedef enum kh_nearness {
    KH_NEAR_OWN,   /* the agency's own page */
    KH_NEAR_UNDER, /* under its dateline, byline or footer */
    KH_NEAR_TAKEN, /* "source: ...", "... reported" */
    KH_NEAR_CHAIN, /* through another agency */
    KH_NEAR_TOLD,  /* only as the one that was spoken to */
    KH_NEAR_NOT
} kh_nearness;

typedef struct kh_tie {
    kh_str agency;
    kh_nearness nearness;
    uint32_t marks; /* how often, and in how many ways, the page shows it */
} kh_tie;

typedef KH_LIST(kh_tie) kh_ties;

enum { KH_NO_GROUP = UINT32_MAX };

/* Larger stories compare originals only, or leave out what grows with the square of the pages. */
enum { KH_PAGES_ALL_PAIRS = 80 };

/* One article made ready. */
typedef struct kh_side {
    const kh_article *art;
    uint8_t lang;
    kh_wording wording; /* its words, ready to be compared with those of the other pages */
    kh_units units;     /* sentences of the body without furniture, in order */
    float weight;       /* of all units */
    kh_ties ties;       /* agencies, nearest first */
    uint32_t *groups;   /* art->names -> name of the story, equal for one person on all pages */
    uint32_t *speakers; /* art->quotations -> group of the speaker, KH_NO_GROUP unknown */
    bool aggregated;    /* names unnamed media or "agencies" as its source */
    /* decided by relations.c */
    uint32_t wire;      /* pages of one text have one number: index of the first of them */
    uint32_t next;      /* the next page of the wire, KH_NO_GROUP behind the last */
    kh_str wire_agency; /* the agency that the nearest page of the wire stands under; empty: none */
    uint32_t parent;    /* the page it was taken from, or KH_NO_GROUP */
    bool compiled;
} kh_side;

/* An ending or beginning of a word that says what elsewhere a word says: edilmedi, نشد, olabilir. */
typedef struct kh_affix {
    kh_str form; /* folded, without the dash */
    uint32_t value;
    uint8_t lang;
    bool prefix;
} kh_affix;

typedef KH_LIST(kh_affix) kh_affixes;

enum { KH_MOOD_HEDGE = 1, KH_MOOD_MODAL = 2 };
enum { KH_UNREAL_IF = 1, KH_UNREAL_PLAN = 2, KH_UNREAL_YET = 4 };
enum { KH_CONTRAST_VALUES = 8, KH_CONTRAST_GROUPS = 12, KH_CONTRAST_PART = 0 /* the group of which a word alone is enough */ };
enum { KH_CUE_SAYS = 1, KH_CUE_DOUBTS = 2, KH_CUE_DENIES = 4, KH_CUE_OWNS = 8 };

/* A verb in two parts: lehnte ... ab. */
typedef struct kh_parted {
    kh_str head, tail; /* folded words */
    uint32_t value;    /* as in kh_case_words.acts */
    uint8_t lang;
} kh_parted;

/* Two acts of opposites.txt; TURN: the one often follows the other. */
typedef struct kh_opposite {
    uint32_t a, b; /* of acts.txt */
    bool turn;
} kh_opposite;

/* Word lists that comparing needs, from the tables. */
struct kh_case_words {
    kh_phrases *hedges;          /* -> KH_MOOD_HEDGE: keeps distance; KH_MOOD_MODAL: can, must */
    kh_affixes moods;            /* the same as endings */
    kh_phrases *negators;        /* words */
    kh_affixes negations;        /* the same as endings and beginnings */
    kh_phrases *bounds;          /* at least, about */
    kh_phrases *cues;            /* verbs of saying -> KH_CUE_* */
    kh_phrases *spokespeople;    /* role words */
    kh_phrases *offices;         /* president, رئيس الوزراء -> bit of kh_office_of */
    kh_phrases *roles;           /* all words of roles.txt */
    kh_phrases *bodies_of_state; /* police, election commission -> which, from 1 */
    kh_phrases *naming;          /* verbs: called, spoke of, وصف */
    kh_phrases *charges;         /* "on charges of", بتهمة, به اتهام */
    kh_phrases *bodies;          /* of the dead, as they are found: جثث, corpses */
    kh_phrases *ordinals;        /* second, ثان -> which */
    kh_phrases *links;           /* between a part and its whole: of the, из, من أصل */
    kh_phrases *groups;          /* people by what befell them: detained, جرحى -> for kh_group_name */
    kh_phrases *of_time;         /* that stand before a day: on, в */
    kh_phrases *rivals;          /* of framing.txt -> row */
    kh_phrases *acts;            /* verbs of acts.txt -> which act * 2, + 1: that it was not so */
    KH_LIST(kh_parted) parted;   /* those of them that are in two parts */
    kh_phrases *conditions;      /* if, will, not yet -> KH_UNREAL_* */
    kh_phrases *contrasts;       /* northern, amendment -> group * KH_CONTRAST_VALUES + value */
    KH_LIST(kh_opposite) opposites;
    kh_rows rival_rows;
    uint8_t nouns_capital; /* the language that writes every noun with a capital: German */
};

/* All that is known while one story is compared. */
typedef struct kh_case {
    const kh_accounts_know *know;
    const kh_case_words *words;
    kh_arena *out;
    kh_arena *scratch;
    kh_side *sides;
    size_t count;
    kh_map df; /* key -> in how many units */
    uint32_t unit_count;
    kh_map copies; /* both pages of a copy, in order -> index in story->copies + 1 */
    kh_story *story;
} kh_case;

/* ---- sides.c ---- */

void kh_sides_of(kh_case *c, const kh_article *const *articles, size_t count);

/* The unit of SPAN in side S: its keys by what the story has. */
kh_unit kh_unit_of(kh_case *c, const kh_side *s, kh_span span);

/* Weight of the keys that both have; *count their number. WORDS: compare the words too (one language). */
float kh_unit_shared(const kh_unit *a, const kh_unit *b, bool words, uint32_t *count);

/* Of two speakers' labels, as they stand on two pages: one mouth? */
bool kh_same_speaker(const kh_case *c, uint32_t a, const kh_quotation *qa, uint32_t b, const kh_quotation *qb);

const kh_tie *kh_tie_to(const kh_side *s, kh_str agency);

/* Is it later by the pages' own dates: seconds between the two where both give the minute, else whole days;
 * false when one is unknown. */
bool kh_time_between(kh_time a, kh_time b, int64_t *seconds);

/* ---- words.c ---- */

/* How many phrases of SET stand in tokens first..end of side S. */
uint32_t kh_phrases_in(const kh_side *s, const kh_phrases *set, size_t first, size_t end);

/* What befell a group of `groups`, as kh_what_of gives it. */
kh_str kh_group_name(uint32_t value);

/* ---- translated.c ---- */

typedef struct kh_match_pair {
    uint32_t a, b; /* units */
    float share;   /* of the lighter one */
} kh_match_pair;

typedef struct kh_alignment {
    float cover_a, cover_b; /* share of either body's weight that found its like, in order */
    float control;          /* share of other orders of the same sentences that reach as much, 0..1 */
    KH_LIST(kh_match_pair) pairs;
} kh_alignment;

kh_alignment kh_align(kh_case *c, const kh_side *a, const kh_side *b, bool with_control);

/* ---- relations.c ---- */

void kh_relations_decide(kh_case *c);

/* Pages of one text, or one made from the other. */
bool kh_same_text(const kh_case *c, uint32_t a, uint32_t b);
/* The agency that the person GROUP spoke to by what page S says; empty: none. */
kh_str kh_told_here(const kh_side *s, uint32_t group);
const kh_copy *kh_copy_between(const kh_case *c, uint32_t a, uint32_t b);
uint64_t kh_pair_key(uint32_t a, uint32_t b); /* the same in both orders */

/* ---- origins.c ---- */

void kh_origins_find(kh_case *c);

/* On how many independent origins do these pages rest? A compiled page counts only where no other page of its
 * origins is among them: it had the words from one of these. */
uint32_t kh_origins_among(const kh_case *c, const uint32_t *articles, size_t count);

/* ---- quotes.c ---- */

/* Two renderings of one utterance, direct or reported. */
typedef struct kh_rendering {
    uint32_t article_a, article_b;
    uint32_t a, b; /* quotations */
    kh_span span_a, span_b;
    float score;
} kh_rendering;

typedef KH_LIST(kh_rendering) kh_renderings;

kh_renderings kh_quotes_align(kh_case *c);

/* How many utterances of one speaker both pages have, by what they say. */
uint32_t kh_quotes_in_common(kh_case *c, uint32_t a, uint32_t b);

/* ---- drift.c ---- */

void kh_drift_find(kh_case *c, const kh_renderings *renderings);

/* ---- offices.c ---- */

uint32_t kh_office_of(kh_str id); /* a bit for an id of roles.txt that one person holds at a time, else 0 */
void kh_offices_compare(kh_case *c);

/* ---- denials.c ---- */

void kh_denials_compare(kh_case *c);

/* ---- acts.c ---- */

enum { KH_ACTS_OF_A_SENTENCE = 6 };

/* A verb of acts.txt in a sentence. */
typedef struct kh_act_told {
    uint32_t value;      /* of acts.txt */
    uint32_t first, end; /* tokens */
    bool told;           /* it was so, or, if NEGATED, it was not; else it may be, is asked, planned or a condition */
    bool negated;
} kh_act_told;

/* A sentence that has acts. */
typedef struct kh_telling {
    uint32_t article, unit;
    kh_act_told acts[KH_ACTS_OF_A_SENTENCE];
    size_t count;
} kh_telling;

typedef KH_LIST(kh_telling) kh_tellings;

/* The sentences of page ARTICLE that tell acts, at most KH_ACT_SENTENCES_MAX. */
void kh_acts_read(kh_case *c, uint32_t article, kh_tellings *found);

/* The words beside ACT within its sentence, as tokens: in them it is negated and its thing is named. */
kh_stretch kh_act_window(const kh_case *c, const kh_telling *t, const kh_act_told *x);

/* Do words beside the two acts tell one thing from another: the northern, the southern; an amendment to it? */
bool kh_acts_contrast(const kh_case *c, const kh_telling *t, const kh_act_told *x, const kh_telling *u, const kh_act_told *y);

/* ---- opposites.c ---- */

void kh_opposites_compare(kh_case *c);

/* ---- framing.c ---- */

void kh_framing_find(kh_case *c);

/* ---- figures.c ---- */

void kh_figures_compare(kh_case *c);

/* ---- timeline.c ---- */

void kh_timeline_find(kh_case *c);
void kh_clashes_find(kh_case *c);
void kh_years_compare(kh_case *c);

/* ---- passports.c, histories.c: after all verdicts ---- */

/* Fills story->passports from RENDERINGS. */
void kh_passports_make(kh_case *c, const kh_renderings *renderings);

/* Fills story->histories. */
void kh_histories_make(kh_case *c);

/* ---- accounts.c ---- */

void kh_verdict_add(kh_case *c, kh_verdict_kind kind, kh_place_in a, kh_place_in b, kh_str topic, kh_str reason, float confidence);

/* The same for what a copy did to its original's words, or a day that cannot be the page's. */
void kh_alarm_add(kh_case *c, kh_alarm alarm, kh_verdict_kind kind, kh_place_in a, kh_place_in b, kh_str topic, kh_str reason,
                  float confidence);

/* ---- names.c: who and what the story is about ---- */

/* Fills story->names from the groups of the sides. */
void kh_names_collect(kh_case *c);

#endif
