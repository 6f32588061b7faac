/* pending.h - inside store/ only: what the articles of a transaction have still to write. */
#ifndef KHABAR_STORE_PENDING_H
#define KHABAR_STORE_PENDING_H

#include "store/postings.h"

/* A word has one document more, counted in EPOCH. */
typedef struct kh_bump {
    uint64_t hash;
    int64_t epoch;
} kh_bump;

/* The words of an article, folded, for the full-text index. */
typedef struct kh_pending_words {
    int64_t id;
    kh_str title, body;
} kh_pending_words;

typedef struct kh_pending {
    kh_arena arena; /* what is listed here, and room to write it */
    kh_posts posts;
    KH_LIST(kh_bump) bumps;
    KH_LIST(kh_pending_words) words;
    size_t posts_before, bumps_before, words_before; /* as the article that is being added found them */
    kh_error failed;                                 /* code: what was left when an article was taken back could not be written */
} kh_pending;

/* An article comes, of KEY. What is pending is written first where it is much, or where an article of this key is there and will be changed. */
kh_status kh_pending_mark(kh_store *store, kh_str key, bool *there, kh_error *err);

/* The article is taken back, its savepoint too: what those before it left is written. */
void kh_pending_undo(kh_store *store);

/* Writes all. In a transaction. */
kh_status kh_pending_write(kh_store *store, kh_error *err);
void kh_pending_drop(kh_store *store); /* forgets all, as after a rollback */
void kh_pending_close(kh_store *store);

/* To be written: ARTICLE has KEYS; each of its FEATURES counts one document more; its words. False: write them now, nothing waits. */
bool kh_pending_posts(kh_store *store, int64_t article, const kh_u64s *keys);
bool kh_pending_counts(kh_store *store, const kh_features *features, int64_t epoch, kh_status *status, kh_error *err);
bool kh_pending_index(kh_store *store, int64_t id, kh_str title, kh_str body);

/* DOCUMENTS more of the word and epoch of BUMP are counted, now. */
kh_status kh_count_documents(kh_store *store, const kh_bump *bump, size_t documents, kh_error *err);

/* The articles that have KEY among what is pending, behind those in *found. */
void kh_pending_with(const kh_store *store, kh_arena *out, uint64_t key, kh_posts *found);

#endif
