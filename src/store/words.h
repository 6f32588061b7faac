/* words.h - inside store/ only: the folded words of articles in the full-text index. */
#ifndef KHABAR_STORE_WORDS_H
#define KHABAR_STORE_WORDS_H

#include "store/sql.h"

/* What of article ID, whose row is there, is in the index; empty where there is no such article. */
kh_status kh_words_of(kh_store *store, kh_arena *out, int64_t id, kh_str *title, kh_str *body, kh_error *err);

/* Article ID is found by these words from now on; is not found any more. In a transaction. */
kh_status kh_words_put(kh_store *store, int64_t id, kh_str title, kh_str body, kh_error *err);
kh_status kh_words_drop(kh_store *store, kh_arena scratch, int64_t id, kh_error *err);

/* Those of the articles in table `deleted`. In a transaction. */
kh_status kh_words_settle(kh_store *store, kh_arena scratch, kh_error *err);

/* What was put in of every article, those in table `deleted` too, in turn to ACT, until it fails. */
typedef kh_status (*kh_words_act)(kh_store *store, void *context, int64_t id, kh_str title, kh_str body, kh_error *err);
kh_status kh_words_each(kh_store *store, kh_arena scratch, kh_words_act act, void *context, kh_error *err);

/* The whole index anew. In a transaction. */
kh_status kh_words_rebuild(kh_store *store, kh_arena scratch, kh_error *err);

#endif
