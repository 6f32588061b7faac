/* pairs.h - questions about pairs of articles of a store: how alike, near whom, copies. */
#ifndef KHABAR_ENGINE_PAIRS_H
#define KHABAR_ENGINE_PAIRS_H

#include "engine/engine.h"
#include "store/store.h"

typedef struct kh_pair {
    int64_t a, b;
    kh_relation relation; /* a is 0, b is 1 */
    bool is_copy;
    kh_copy copy;         /* src and dst likewise */
    kh_likeness likeness; /* by the store's counts; its score is the relation's where that is no copy */
} kh_pair;

typedef KH_LIST(kh_pair) kh_pairs;

/* The relation of two articles, with the counts of STORE (NULL: none); marks the furniture that STORE knows in both. */
kh_status kh_pair_compare(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, kh_article *a, kh_article *b,
                          kh_pair *pair, kh_error *err);

/* The same, for two stored articles: what their story as a whole decides, which knows more than the two pages alone
 * (their sentences against all others, who copies whom); `unrelated` where they stand in different stories and are no
 * copies. False when one of them is in no story; *pair then is as kh_pair_compare left it. */
bool kh_pair_in_story(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_article *a, const kh_article *b,
                      kh_pair *pair);

typedef struct kh_near {
    int64_t article;
    float score;
} kh_near;

typedef KH_LIST(kh_near) kh_nears;

/* The at most COUNT articles of STORE most like A, itself left out, best first, among those that share something
 * rare with it: for any size of store. */
kh_status kh_near_find(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_article *a, uint32_t count,
                       kh_nears *near, kh_error *err);

/* All articles of a store in memory, for asking about each of them: at most KH_NEIGHBOURS_MAX. */
enum { KH_NEIGHBOURS_MAX = 50000 };

typedef struct kh_neighbours {
    KH_LIST(const kh_digest *) digests; /* in order of rows */
    kh_frequencies df;
} kh_neighbours;

kh_status kh_neighbours_load(kh_store *store, kh_arena *out, kh_neighbours *all, kh_error *err);

/* The at most COUNT of them most like number INDEX, best first; only of language LANG where one is given. */
kh_nears kh_neighbours_of(const kh_engine *engine, kh_arena *out, kh_arena scratch, const kh_neighbours *all, size_t index, kh_str lang,
                          uint32_t count);

#endif
