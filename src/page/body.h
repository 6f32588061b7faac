/* body.h - what the files that find the body share: the page's blocks with their weights, candidates. */
#ifndef KHABAR_PAGE_BODY_H
#define KHABAR_PAGE_BODY_H

#include "page/parts.h"

/* How far the marks of a part are believed: all of them; those that hardly ever stand on an article;
 * only those that never do; none. */
typedef enum kh_trust { KH_TRUST_ALL, KH_TRUST_SURE, KH_TRUST_FEW, KH_TRUST_NONE } kh_trust;

/* A page while its body is sought. */
typedef struct kh_search {
    kh_arena *a;
    const kh_page_know *know;
    const kh_tree *tree;
    const kh_meta *meta;
    kh_block *blocks;
    size_t count;
    uint32_t title; /* block index or KH_NO_BLOCK */
    uint32_t *at;   /* at[n]: number of blocks that begin before node n */
    double *mass;   /* prefix sums of weight by block, at the trust of kh_search_weigh */
    size_t from;    /* prose before this block does not count */
} kh_search;

/* A part of the page that may be the article: blocks first .. end, read with this trust. */
typedef struct kh_candidate {
    uint32_t first, end;
    kh_trust trust;
    const char *name; /* which method proposed it */
} kh_candidate;

enum { KH_CANDIDATES_MAX = 16 };

typedef struct kh_candidates {
    kh_candidate items[KH_CANDIDATES_MAX];
    size_t count;
} kh_candidates;

/* ---- body.c ---- */

/* A search with what no candidate changes: agreement with JSON-LD, where the article can begin, parts
 * that a heading gives to comments or other reports. */
kh_search kh_search_of(kh_arena *a, const kh_page_know *know, const kh_tree *tree, const kh_meta *meta, uint32_t title_block,
                       kh_blocks *blocks);

/* ---- weights.c: what a block weighs ---- */

bool kh_block_is_linky(const kh_block *b);
bool kh_block_is_heading(const kh_block *b);
bool kh_block_is_out(const kh_block *b, kh_trust trust);

/* Letters of prose that may be the article's; 0 for all else. */
double kh_block_weight(const kh_block *b, kh_trust trust);

/* Fills s->mass; gives the sum. */
double kh_search_weigh(kh_search *s, kh_trust trust);
double kh_search_mass(const kh_search *s, uint32_t node);

/* ---- regions.c: the candidates ---- */

void kh_regions_find(kh_search *s, kh_candidates *found);

/* ---- roles.c: the lines of a candidate ---- */

/* Sets role, kept and why of the candidate's blocks, and of what stands between headline and it. */
void kh_roles_set(const kh_search *s, const kh_candidate *c);

/* ---- choose.c: one of the candidates ---- */

/* What a candidate is judged by: all between 0 and 1. X(name, weight): see choose.c. */
#define KH_FEATURES(X)                                                                           \
    X(thin, -1.5)    /* how far its letters stay below half of the longest candidate's */        \
    X(tiny, -8)      /* 1 when it is no note and the longest has five times its letters */       \
    X(links, -0.5)   /* share of its letters that are links */                                   \
    X(prose, 2)      /* share of its letters that stand in paragraphs */                         \
    X(said, 1)       /* of the page's letters that JSON-LD says too, the share it has */         \
    X(title, 2.5)    /* share of the headline's words that it uses */                            \
    X(summary, 5.5)  /* share of the description's words that it uses */                         \
    X(stops, 2.5)    /* share of its words that are function words, doubled, at most 1 */        \
    X(furniture, -1) /* share of its lines that the tables call furniture */                     \
    X(marked, -2.5)  /* share of its letters that class words call no article */                 \
    X(never, -1)     /* share of its letters that class words call comments, menu or hidden */   \
    X(skipped, -3.5) /* prose between its lines that it leaves out, to its letters, at most 1 */ \
    X(gap, -2)       /* 1 when that is over 0.3 */                                               \
    X(alike, 3.5)    /* of the prose in elements like its own, the share it has */               \
    X(foreign, -1)   /* share of its lines that are headings with a link */                      \
    X(list, -4.5)    /* 1 when that is over a tenth */                                           \
    X(dense, 2.5)    /* 1 when this method proposed it: regions.c */                             \
    X(named, -1)     /* ... */                                                                   \
    X(headed, -1)    /* ... */                                                                   \
    X(scored, 0)     /* ... */                                                                   \
    X(run, -1.5)     /* ... */                                                                   \
    X(sure, -3.5)    /* 1 when it was read with this trust in class words */                     \
    X(few, -3.5)     /* ... */                                                                   \
    X(none, -4.5)    /* ... */

typedef enum kh_candidate_feature {
#define KH_FEATURE_ENUM(name, weight) KH_BY_##name,
    KH_FEATURES(KH_FEATURE_ENUM)
#undef KH_FEATURE_ENUM
        KH_BY_count
} kh_candidate_feature;

typedef struct kh_judgement {
    double by[KH_BY_count];
    double letters;
    double score;
} kh_judgement;

/* One judgement for each candidate, in A. Roles of blocks are changed and to be set anew. */
kh_judgement *kh_candidates_judge(const kh_search *s, const kh_candidates *found);

/* The index of the best. */
size_t kh_candidate_choose(const kh_search *s, const kh_candidates *found);

#endif
