/* internal.h - what the files of story/ share. */
#ifndef KHABAR_STORY_INTERNAL_H
#define KHABAR_STORY_INTERNAL_H

#include "story/story.h"

/* ---- stems.c ---- */

enum { KH_STEM_MAX = 64 };

/* The part of a word's folded KEY that its inflected forms share, a slice of KEY or of ROOM. TAG is the language. */
kh_str kh_stem(kh_str key, kh_script script, kh_str tag, char room[KH_STEM_MAX]);

/* The KEY of a word as a name: without the Arabic article. */
kh_str kh_stem_name(kh_str key, kh_script script);

enum { KH_SKELETON_MAX = 16, KH_SKELETONS = 2 };

/* The consonants of a word as one alphabet for all scripts: a second reading where a letter may be silent. */
typedef struct kh_skeletons {
    char room[KH_SKELETONS][KH_SKELETON_MAX];
    kh_str items[KH_SKELETONS];
    size_t count;
} kh_skeletons;

/* Readings of at least three consonants; none for a word that has fewer. */
void kh_skeletons_of(kh_str key, kh_script script, kh_skeletons *s);

/* The first reading of a name that stands beside what it names, however short. */
void kh_skeleton_bare(kh_str key, kh_script script, kh_skeletons *s);

/* ---- words.c ---- */

/* Table word_parts.txt of all languages, and the concept forms that it is held against. */
typedef struct kh_word_parts kh_word_parts;

enum { KH_WORD_CONCEPTS_MAX = 3 };

/* CONCEPTS has a concept's row + 1 for each form, and must outlive the result. */
const kh_word_parts *kh_word_parts_of(kh_arena *out, const kh_lexicon *lex, const kh_phrases *concepts);

/* The concepts (rows + 1) in the word TOKEN, which is no form itself: those of a compound, its last part first, or that of the
 * bare word. Returns their number. */
size_t kh_word_concepts(const kh_word_parts *parts, const kh_text *text, size_t token, uint8_t lang, uint32_t rows[KH_WORD_CONCEPTS_MAX]);

/* Likewise where a form with a star is the beginning of TOKEN, all but ENDING bytes of its key, and rows[0] its concept: the
 * last part goes before it. Returns the number of concepts that are new, 0 or 1. */
size_t kh_word_rest(const kh_word_parts *parts, const kh_text *text, size_t token, uint8_t lang, size_t ending,
                    uint32_t rows[KH_WORD_CONCEPTS_MAX]);

/* The concept (row + 1) of the verb TOKEN together with the particle that closes its clause ("nahm ... fest"); 0 for none. */
uint32_t kh_verb_apart(const kh_word_parts *parts, const kh_text *text, size_t token, uint8_t lang);

/* ---- know.c ---- */

const kh_lexicon *kh_story_lexicon(const kh_story_know *know);
const kh_names_know *kh_story_names(const kh_story_know *know);

/* Of world/places.txt. */
typedef struct kh_place_facts {
    kh_str country;
    bool is_country;
    bool vague; /* a continent or a sea: too wide to tell events apart */
} kh_place_facts;

const kh_place_facts *kh_story_place_facts(const kh_story_know *know, kh_str id); /* "place:..."; NULL where there are none */

uint64_t kh_story_concept_key(const kh_story_know *know, uint32_t row); /* the feature of a concept by its row + 1 */
uint64_t kh_story_feature_key(kh_feature_kind kind, kh_str key);
bool kh_story_is_stopword(const kh_story_know *know, const kh_token *t, uint8_t lang);

/* Whether HASH is a concept of time or quantity, "Monday", "hundreds": what an event is not told by. */
bool kh_story_is_circumstance(const kh_story_know *know, uint64_t hash);

/* The concepts (rows of world/concepts + 1) that begin at token I; *end: behind them. More than one in a compound, whose
 * last part comes first. Returns their number. */
size_t kh_story_concepts_at(const kh_story_know *know, const kh_text *text, size_t i, uint8_t lang, uint32_t rows[KH_WORD_CONCEPTS_MAX],
                            size_t *end);

/* The first of them, 0 for none. */
uint32_t kh_story_concept_at(const kh_story_know *know, const kh_text *text, size_t i, uint8_t lang, size_t *end);

/* What world/sites.txt says: the 24 bits of a concept that is a site, the lowest of which is set for one that holds many
 * others, a province; 0 for no site. Whether T may stand between a noun and its name, whether the name stands first. */
uint64_t kh_story_site_kind(const kh_story_know *know, uint32_t concept);
bool kh_story_links_sites(const kh_story_know *know, const kh_token *t, uint8_t lang);
bool kh_story_name_first(const kh_story_know *know, uint8_t lang);
bool kh_story_capitals_name(const kh_story_know *know, uint8_t lang); /* false where other nouns have them too */

/* KEY without the ending of an adjective made from a place name. */
kh_str kh_story_site_stem(const kh_story_know *know, kh_str key, uint8_t lang);

/* ---- sites.c ---- */

enum {
    KH_SITE_LETTERS = 8, /* consonants of a name that a feature holds */
    KH_SITE_LETTERS_MIN = 2,
    KH_SITE_NAMES = 3,    /* readings of one name: where it ends is not known */
    KH_SITE_MENTIONS = 2, /* from which a site is one of those that an article is about; a sure one counts twice */
    KH_SITES_MAX = 8      /* of one article that are compared */
};

/* The features of a site beside a noun. */
typedef struct kh_site_names {
    uint64_t items[KH_SITE_NAMES];
    size_t count;
    kh_span span; /* of the name, in the text */
    bool sure;    /* capitals or quotation marks say that it is a name */
} kh_site_names;

/* The name beside the concept NOUN, tokens FIRST to END of TEXT. */
void kh_site_read(const kh_story_know *know, const kh_text *text, uint8_t lang, uint32_t noun, size_t first, size_t end,
                  kh_site_names *names);

/* Those in title or first paragraph. */
typedef struct kh_sites {
    uint64_t items[KH_SITES_MAX];
    size_t count;
} kh_sites;

void kh_sites_add(kh_sites *sites, const kh_feature *f);

/* How surely A and B are about two sites of one kind: 0..1. */
float kh_sites_apart(const kh_sites *a, const kh_features *text_a, const kh_sites *b, const kh_features *text_b);

/* ---- evidence.c ---- */

struct kh_feature_sums {
    float squares[KH_FEATURE_kinds]; /* of 1 + ln(count), sites left out as in what follows */
    uint32_t counts[KH_FEATURE_kinds], leads[KH_FEATURE_kinds];
    kh_sites sites;
};

/* An article made ready to be compared with many: the weight of each of its features. */
typedef struct kh_prepared {
    const kh_digest *digest;
    float *weights;                  /* parallel to digest->features: idf */
    float squares[KH_FEATURE_kinds]; /* summed squares of weight times count, by kind */
    float mass[KH_FEATURE_kinds];    /* summed weights */
    uint32_t counts[KH_FEATURE_kinds];
    uint32_t leads[KH_FEATURE_kinds]; /* of them in title or first paragraph */
    float lead;                       /* summed squared weights of title and first paragraph */
    float typical[KH_FEATURE_kinds];  /* squared weight that a feature of the kind mostly has */
    kh_sites sites;
    float top;              /* weight of a feature that one article has, and the imagined ones */
    const uint64_t *filter; /* KH_FILTER_BITS: a feature whose bit is not set is none of them */
    const uint64_t *prints; /* the same for its prints */
    const uint32_t *slots;  /* index + 1 of a feature at the first bits of its hash or behind; 0: free */
    unsigned slot_bits;
} kh_prepared;

enum { KH_FILTER_BITS = 13 };

/* The share of the smaller set of prints that the other has too; 0 where there are hardly any. */
float kh_copied_share(const kh_u64s *a, const kh_u64s *b);

/* -ln of the share of articles that have F, softened where counts are few. */
float kh_weight_of(const kh_frequencies *df, const kh_feature *f);
float kh_weight_beside(const kh_frequencies *df, const kh_feature *f, uint32_t own); /* without OWN of those that have it */
float kh_weight_most(const kh_frequencies *df);                                      /* of what one article has */

kh_prepared kh_prepare(kh_arena *out, const kh_frequencies *df, const kh_digest *a);

/* What two articles share, kind by kind. */
typedef struct kh_parts {
    float cosine[KH_FEATURE_kinds]; /* 0..1 */
    float mass[KH_FEATURE_kinds];   /* summed weight of what both have */
    uint32_t shared[KH_FEATURE_kinds];
    uint32_t count_a[KH_FEATURE_kinds], count_b[KH_FEATURE_kinds];
    uint32_t lead_shared[KH_FEATURE_kinds], lead_a[KH_FEATURE_kinds], lead_b[KH_FEATURE_kinds];
    float lead;    /* cosine of what both have in title or first paragraph: words, names, places */
    float meaning; /* cosine over all kinds that languages have in common, together */
    float cover;   /* share of the poorer side's words */
    float copied;  /* share of the smaller set of prints that the other has too */
    bool same_lang;
    bool dated;
    float days; /* between the publications, where both are dated */
    bool same_agency;
    float sites_apart; /* 0..1: both are about such things, and about different ones */
    float top;
} kh_parts;

kh_parts kh_parts_of(const kh_prepared *a, const kh_digest *b);

/* What world/likeness.txt weighs, by the names that it uses. `shared` grows with the summed weight of what both have;
 * `apart`: both have some and none is shared; `lead`: in title or first paragraph. */
#define KH_EVIDENCE(X)                                                                                 \
    X(CONSTANT, "constant")                                                                            \
    X(RARITY, "rarity") /* how rare the rarest feature is: the size of the store */                    \
    X(WORDS, "words")   /* cosine */                                                                   \
    X(WORDS_SHARED, "words_shared")                                                                    \
    X(WORDS_COVER, "words_cover") /* share of the poorer side's words */                               \
    X(WORDS_LONG, "words_long")   /* cosine above .2, where both are long */                           \
    X(CONCEPTS, "concepts")                                                                            \
    X(CONCEPTS_SHARED, "concepts_shared")                                                              \
    X(SOUNDS, "sounds")                                                                                \
    X(SOUNDS_SHARED, "sounds_shared")                                                                  \
    X(NAMES, "names")                                                                                  \
    X(NAMES_APART, "names_apart")                                                                      \
    X(NAMES_APART_LEAD, "names_apart_lead")                                                            \
    X(PLACES, "places")                                                                                \
    X(PLACES_APART, "places_apart")                                                                    \
    X(PLACES_APART_LEAD, "places_apart_lead")                                                          \
    X(NUMBERS, "numbers")                                                                              \
    X(NUMBERS_APART, "numbers_apart") /* both give several, dates unknown */                           \
    X(NUMBERS_APART_DATED, "numbers_apart_dated")                                                      \
    X(SITES_APART, "sites_apart") /* another mine, another ship */                                     \
    X(MEANING, "meaning")         /* cosine of concepts, sounds, names, places and numbers together */ \
    X(LEAD, "lead")                                                                                    \
    X(DATED, "dated")                                                                                  \
    X(DAYS, "days")     /* squared distance over 18, at most 8: a Gaussian of three days */            \
    X(AGENCY, "agency") /* both credit one agency */                                                   \
    X(COPIED, "copied") /* share of prints, from KH_COPIED_MIN on */

typedef enum kh_evidence {
#define KH_EVIDENCE_ENUM(key, name) KH_EVIDENCE_##key,
    KH_EVIDENCE(KH_EVIDENCE_ENUM)
#undef KH_EVIDENCE_ENUM
        KH_EVIDENCE_count
} kh_evidence;

#define KH_COPIED_MIN 0.3F  /* share of the prints from which text counts as shared */
#define KH_COPIED_MOST 0.5F /* from which two articles are one text, and so tell one event */

void kh_evidence_of(const kh_parts *p, float e[KH_EVIDENCE_count]);

/* ---- likeness.c ---- */

/* world/likeness.txt: log-odds for a unit of each evidence. */
typedef struct kh_story_weights {
    float same[KH_EVIDENCE_count];                                        /* of two articles in one language */
    float across[KH_EVIDENCE_count];                                      /* in two languages */
    float same_alone[KH_EVIDENCE_count], across_alone[KH_EVIDENCE_count]; /* added where the two are all that is known */
} kh_story_weights;

void kh_story_weights_read(kh_story_weights *w, const kh_lexicon *lex);
const kh_story_weights *kh_story_weights_of(const kh_story_know *know);

float kh_score_of(const kh_story_weights *w, const kh_parts *p);

/* How alike two articles are by themselves: what compare tells and neighbours are ranked by. No story is joined by it. */
float kh_similarity_of(const kh_story_weights *w, const kh_parts *p);

/* The same as log-odds; a score is half of it made a share. */
float kh_odds_of(const kh_story_weights *w, const kh_parts *p);

/* A decimal number of a table's cell; 0 for an empty one. */
float kh_number_of(kh_str cell);

/* ---- gathered.c ---- */

/* The members of a story as one article, and what most of them have. */
typedef struct kh_gathered {
    kh_digest sum;    /* features of all members, counts added; the language is the first one's */
    kh_features core; /* of them what at least CORE_SHARE of the members have; count is that of members */
    size_t members;
    float words;            /* mean number of different words of a member */
    int64_t oldest, newest; /* days of publication; meaningless where no member is dated */
    bool dated;
    bool added_up; /* else only members, words and language are known */
} kh_gathered;

enum { KH_GATHERED_MAX = 12 }; /* members that are looked at */

/* ITEMS, of 16 bytes each that begin with their hash, are RUNS sorted by it, the i-th from begin[i] to begin[i + 1]: all of them
 * sorted, in ITEMS or in OUT; of equal hashes the earlier run's comes first. */
void *kh_merge_runs(kh_arena *out, void *items, const size_t *begin, size_t runs);

void kh_gather(kh_arena *out, kh_arena scratch, const kh_digest *const *members, size_t count, kh_gathered *g);

/* Of G what depends on the order of the members: number, language, words. */
void kh_gather_head(const kh_digest *const *members, size_t count, kh_gathered *g);

/* ---- memo.c ---- */

/* The same, from MEMO where they were added up before; MEMO may be NULL. */
void kh_gather_again(kh_story_memo *memo, kh_arena *out, kh_arena scratch, const kh_digest *const *members, size_t count, kh_gathered *g);

/* ---- join.c ---- */

/* What world/join.txt weighs beside the evidence of an article and a story's members taken as one article: the names
 * end in the kind for COVER_x (share of the core's weight that the article has) and CORE_x (there is a core). */
enum {
    KH_JOIN_NEAREST = KH_EVIDENCE_count, /* log-odds of the likest member, in fours */
    KH_JOIN_SECOND,                      /* by how much the next one is less, in fours */
    KH_JOIN_MEAN,                        /* by how much all members together are less alike than the likest, in fours */
    KH_JOIN_SIZE,                        /* logarithm of the number of members looked at */
    KH_JOIN_COVER,
    KH_JOIN_CORE = KH_JOIN_COVER + KH_FEATURE_kinds,
    KH_JOIN_count = KH_JOIN_CORE + KH_FEATURE_kinds
};

const char *kh_join_name(size_t evidence); /* as the table says it */

typedef struct kh_join_weights {
    float same[KH_JOIN_count];                           /* of an article and members in its language: headlines and short texts */
    float whole[KH_JOIN_count];                          /* likewise: whole articles */
    float across[KH_JOIN_count];                         /* and members in other languages */
    bool same_asks_sum, whole_asks_sum, across_asks_sum; /* some weigh what is held against the members together */
} kh_join_weights;

void kh_join_weights_read(kh_join_weights *w, const kh_lexicon *lex);
const kh_join_weights *kh_join_weights_of(const kh_story_know *know);

/* An article against the members of a story in one language, or in others than its own. */
typedef struct kh_join {
    float e[KH_JOIN_count];
    bool same_lang;
    float whole;  /* 0..1: how much both are whole articles rather than headlines */
    float odds;   /* log-odds that it tells the story */
    size_t alike; /* members that are alike by themselves */
    float copied; /* likeness of the likest member that has much of its text; 0 for none */
} kh_join;

/* Whether the members of G count together too, not one by one alone; of G only what kh_gather_head says is looked at. */
bool kh_join_asks_sum(const kh_story_know *know, const kh_prepared *a, const kh_gathered *g);

/* G is kh_gather of the MEMBERS, or kh_gather_head where kh_join_asks_sum says no; not looked at where COUNT is 0. */
void kh_join_of(const kh_story_know *know, const kh_prepared *a, const kh_digest *const *members, size_t count, const kh_gathered *g,
                kh_join *j);

#endif
