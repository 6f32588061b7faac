/* story.h - grouping: which articles tell one event, within and across languages. Pure: candidates and statistics come from the caller. */
#ifndef KHABAR_STORY_STORY_H
#define KHABAR_STORY_STORY_H

#include "lexicon/lexicon.h"
#include "model/story.h"
#include "names/names.h"
#include "prints/prints.h"

typedef struct kh_story_know kh_story_know; /* stop words, concepts, places, weights */
const kh_story_know *kh_story_know_of(kh_arena *out, const kh_lexicon *lex, const kh_names_know *names);

/* The features of an article, sorted by hash. */
kh_features kh_story_features(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_article *art);

/* The hashes of the features of kind sound that the words of TEXT would have as names: to look names up in any script. Words of fewer
 * than three consonants have none. */
kh_u64s kh_story_sounds(kh_arena *out, const kh_text *text);

/* spans[i]: the first words of ART that give the feature hashes[i], each hash once; left as it is where none do. */
void kh_story_wording(kh_arena scratch, const kh_story_know *know, const kh_article *art, const kh_u64s *hashes, kh_span *spans);

/* Concepts of tokens first..end, as concept row numbers (also used to align sentences across languages). */
kh_u64s kh_story_concepts(kh_arena *out, const kh_story_know *know, const kh_text *text, uint8_t lang, size_t first, size_t end);

/* Document frequencies, frozen per epoch. `count` looks a feature up; a feature that is not there has count 0. */
typedef struct kh_frequencies {
    uint64_t documents;
    const kh_map *counts;
} kh_frequencies;

/* What all features of an article come to by themselves. */
typedef struct kh_feature_sums kh_feature_sums;
const kh_feature_sums *kh_story_sums(kh_arena *out, const kh_features *features);

/* What placement needs of an article: a light copy that the store can keep in memory or load by the hundred. */
typedef struct kh_digest {
    int64_t id;
    kh_str lang;
    kh_time published;
    kh_features features;
    kh_u64s prints;
    kh_strs agencies;
    const kh_feature_sums *sums; /* of `features`; NULL: they are added up wherever they are needed */
} kh_digest;

typedef struct kh_likeness {
    float score;                                         /* 0..1: 0.5 and more means one story; comparable across pairs */
    float words, concepts, names, places, numbers, time; /* the parts, 0..1 */
    kh_str reason;                                       /* in words */
} kh_likeness;

kh_likeness kh_story_likeness(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_digest *a,
                              const kh_digest *b);

/* A feature to look articles up by, and how much finding it says. */
typedef struct kh_story_probe {
    uint64_t hash;
    float weight;
} kh_story_probe;

typedef KH_LIST(kh_story_probe) kh_story_probe_list;

/* The features of A, at most MAX (48 and more do well), that are most telling to look candidates up by. LIVE counts
 * all articles there are now; with OWN, A is one of them. What no other article has is left out, and each kind
 * has its share, so that articles in other languages are found too. Owned by OUT. */
kh_story_probe_list kh_story_probes(kh_arena *out, kh_arena scratch, const kh_frequencies *live, bool own, const kh_digest *a, size_t max);

/* Members of stories that were added up, so that the same ones need not be added up again. Lives in ROOM until that is cleared, which
 * is due when it is full or an article is no longer what it was; not while a candidate names it. */
typedef struct kh_story_memo kh_story_memo;
kh_story_memo *kh_story_memo_in(kh_arena *room);
bool kh_story_memo_is_full(const kh_story_memo *memo); /* accepts NULL; what is added up then is not kept */

/* Decides for A among open stories: each candidate is a story with the digests of (some of) its members. */
typedef struct kh_story_candidate {
    int64_t story;
    KH_LIST(const kh_digest *) members;
    kh_story_memo *memo; /* of articles told by their ids; NULL for none */
} kh_story_candidate;

enum { KH_RIVALS_MAX = 2 };

/* Of the articles that were found to share most with one, so many are looked at whatever their day, in which copies are; of the others those
 * published within so many days of it: what lies farther apart is held to be of another event as surely as can be (`days` in world/likeness.txt). */
enum { KH_STORY_ANY_DAY = 12, KH_STORY_FAR_DAYS = 12 };

typedef struct kh_placement {
    int64_t story; /* 0: opens a new one */
    float score;   /* of that story; of the likest where a new one is opened */
    kh_str reason;
    int64_t rivals[KH_RIVALS_MAX]; /* the next likest that might be the same story, likest first; 0: none */
} kh_placement;

kh_placement kh_story_place(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_digest *a,
                            const kh_story_candidate *candidates, size_t count);

/* An article that another one's coming puts in doubt. */
typedef struct kh_doubtful {
    int64_t article, story;
    float score; /* likeness */
} kh_doubtful;

enum { KH_DOUBTFUL_MAX = 3 };

/* The members of PLACE's rivals, among the CANDIDATES that it was decided from, that are most like A: the likest first.
 * Returns their number. */
size_t kh_story_doubtful(kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_digest *a,
                         const kh_placement *place, const kh_story_candidate *candidates, size_t count, kh_doubtful list[KH_DOUBTFUL_MAX]);

/* Whether a second look at D is worth its price, now that A has come to STORY: by those members of D's story and of STORY that are among the
 * CANDIDATES of A, and A, it may be nearer to STORY than to its own, or like neither. DF counts the features of D. */
bool kh_story_in_doubt(kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_doubtful *d, const kh_digest *a,
                       int64_t story, const kh_story_candidate *candidates, size_t count);

/* Where A, which stands in story OWN, belongs now. OWN is among the candidates by its other members, if it has any; A is in none.
 * The story is OWN where it stays, 0 where it is like none. DF counts A's features. Where ALL_HAVE_COME that came with A, a brief
 * article joins more readily. */
kh_placement kh_story_again(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_digest *a,
                            int64_t own, const kh_story_candidate *candidates, size_t count, bool all_have_come);

/* Is it a headline or a short text by its features? */
bool kh_story_is_brief(const kh_features *features);
enum { KH_STORY_RUN_MIN = 100 }; /* brief articles that come together, from which all may be said to have come */

/* How sure it is that A and B, by (some of) their members, are one story: 0..1. KH_STORY_MERGE and more: they are. */
#define KH_STORY_MERGE 0.6F
float kh_story_merge(kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_story_candidate *a,
                     const kh_story_candidate *b);

/* Whether the MEMBERS of a story, all in one language, at most KH_SPLIT_MAX of which are looked at, tell two events that
 * have nothing of their own in common; then SIDE says for each which one, 0 or 1. */
enum { KH_SPLIT_MAX = 40, KH_SPLIT_MIN = 8 };
bool kh_story_split(kh_arena scratch, const kh_frequencies *df, const kh_digest *const *members, size_t count, uint8_t *side);

/* ---- related.c: stories that are linked but apart ---- */

/* What a story is about, of (some of) its members. */
typedef struct kh_story_subject {
    kh_features central; /* in a title or first paragraph, and concepts said often; sorted by hash */
    uint32_t articles;   /* of the whole story */
    bool dated;
    int64_t oldest, newest; /* days of publication, where dated */
} kh_story_subject;

kh_story_subject kh_story_subject_of(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_digest *const *members,
                                     size_t count, uint32_t articles);

typedef struct kh_story_link {
    uint64_t hash;     /* a feature that both are about */
    float which, what; /* how much it says of the thing, and of what happens, 0..1 */
    uint8_t kind;
} kh_story_link;

typedef struct kh_story_tie {
    float score;                  /* 0..1; KH_STORY_RELATED and more: the stories are related */
    bool dated;                   /* both are */
    int32_t days;                 /* from A to B: negative where B is earlier, 0 where they overlap */
    KH_LIST(kh_story_link) links; /* the most telling first */
} kh_story_tie;

#define KH_STORY_RELATED 0.4F
enum { KH_RELATED_DAYS = 45 }; /* stories further apart are not tied */

/* DF counts all articles, those of A and B too. Links are in OUT. */
kh_story_tie kh_story_tie_of(kh_arena *out, const kh_frequencies *df, const kh_story_subject *a, const kh_story_subject *b);

/* ---- importance.c ---- */

typedef struct kh_story_counts {
    uint32_t sources; /* agencies credited, and outlets with a report that credits none */
    uint32_t languages;
    double last_day; /* reports of the last day */
    double before;   /* those before it, over so many days; fewer than one day count as one */
    double before_days;
} kh_story_counts;

typedef struct kh_story_importance {
    double score;  /* of any sign; higher comes first */
    double growth; /* doublings of the reports of a day: negative where they become fewer */
} kh_story_importance;

kh_story_importance kh_story_importance_of(const kh_story_counts *counts);

#endif
