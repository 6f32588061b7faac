/* copies.h - every copy in a store, and which articles carry one text. */
#ifndef KHABAR_ENGINE_COPIES_H
#define KHABAR_ENGINE_COPIES_H

#include "engine/engine.h"
#include "store/store.h"

/* A copy between two stored articles; how they are labelled is index in kh_copies_found.labels. */
typedef struct kh_copy_row {
    uint32_t src, dst;
    kh_copy_kind kind;
    float cover_src, cover_dst, score;
    int64_t lag_seconds;
    kh_str direction;
} kh_copy_row;

typedef struct kh_copies_found {
    kh_strs labels; /* of the articles, in order of rows */
    KH_LIST(kh_copy_row) rows;
    uint32_t *clusters; /* per article: the first of those that carry its text */
} kh_copies_found;

/* Called after each article that was looked at; false ends the search with what is found so far. */
typedef bool (*kh_copies_step)(void *context);

/* Each article against those before it that share its wording, at most KH_COPIES_OF_ONE; memory does not grow with the
 * length of the articles. */
enum { KH_COPIES_OF_ONE = 200 };

kh_status kh_copies_in_store(kh_store *store, kh_arena *out, kh_arena scratch, kh_copies_step step, void *context, kh_copies_found *found,
                             kh_error *err);

#endif
