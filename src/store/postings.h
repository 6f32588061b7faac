/* postings.h - inside store/ only: which articles have a feature or a print. */
#ifndef KHABAR_STORE_POSTINGS_H
#define KHABAR_STORE_POSTINGS_H

#include "store/blocks.h"
#include "store/sieve.h"
#include "store/sql.h"

/* The keys of what an article has, sorted, none twice. */
kh_u64s kh_postings_keys(kh_arena *out, const kh_features *features, const kh_u64s *prints);

/* Article ARTICLE has KEYS from now on, or has them no more. In a transaction. */
kh_status kh_postings_add(kh_store *store, kh_arena scratch, int64_t article, const kh_u64s *keys, kh_error *err);
kh_status kh_postings_write(kh_store *store, kh_arena scratch, kh_posts *posts, kh_error *err); /* those of several articles; sorts POSTS */
kh_status kh_postings_drop(kh_store *store, kh_arena scratch, int64_t article, const kh_u64s *keys, kh_error *err);

/* The newest at most LIMIT articles that have the feature or print HASH, the newest first, behind those in *articles. Of articles that were
 * deleted in a shell some may be among them until somebody writes. */
kh_status kh_postings_newest(kh_store *store, kh_arena *out, kh_arena scratch, uint64_t hash, size_t limit, kh_ids *articles,
                             kh_error *err);

/* Each of ARTICLES weighs WEIGHT more among ALL; SEEN says where each stands there. Then ALL, the heaviest first, ties by row. */
void kh_candidates_add(kh_arena *out, kh_map *seen, const kh_ids *articles, float weight, kh_candidates *all);
void kh_candidates_sort(kh_candidates *all);
void kh_candidates_best(kh_candidates *all, size_t limit); /* the first LIMIT of them alone */

/* All postings whose keys lie in SLICE, of KH_SLICES, in order. False where some cannot be read. */
kh_status kh_postings_slice(kh_store *store, kh_arena *out, unsigned slice, kh_posts *posts, bool *whole, kh_error *err);

/* ---- gone.c ---- */

/* The packed features and prints in COLUMN and the one behind it, of a store of any schema, into A. */
bool kh_sql_features(kh_store *store, kh_arena *out, sqlite3_stmt *stmt, int column, kh_article *a);

/* Article ID, whose row is there, has no postings any more, and its words count one document less. In a transaction. */
kh_status kh_postings_forget(kh_store *store, kh_arena scratch, int64_t id, kh_error *err);

/* Takes out of the postings and the full-text index what was deleted since the last commit (table deleted), with its counts. In a transaction. */
kh_status kh_index_settle(kh_store *store, kh_error *err);

/* All postings, the counts of words, and the full-text index anew from the articles; frozen counts stay. In a transaction. */
kh_status kh_index_rebuild(kh_store *store, kh_error *err);

/* Somebody has asked for that (KH_INDEX_ANEW in check.h): it is done when the store is opened for writing. */
bool kh_index_is_due(kh_store *store);

/* Of a store of schema 6 whose tables are those of 7 already: features and prints packed, counts by their new hashes, postings anew. */
kh_status kh_store_repack(kh_store *store, kh_error *err);

/* The postings of all levels without those of the articles in GONE. */
kh_status kh_postings_sweep(kh_store *store, kh_arena scratch, const kh_map *gone, kh_error *err);

#endif
