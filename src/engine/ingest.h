/* ingest.h - an article into the store and into its story; a story out of the store, compared. */
#ifndef KHABAR_ENGINE_INGEST_H
#define KHABAR_ENGINE_INGEST_H

#include "engine/engine.h"
#include "store/store.h"

/* Puts ARTICLE into STORE and decides its story. Call within a transaction, which the caller commits: the
 * article is accepted when that commit succeeds. KH_ERR_LIMIT is about this page alone, of which nothing is left; after any other failure the
 * caller has to take the transaction back. An article for whose neighbours there is no memory is kept, in a story of its own. */
kh_status kh_ingest(const kh_engine *engine, kh_store *store, kh_worker *worker, kh_article *article, const kh_put_options *options,
                    kh_put_outcome *outcome, kh_error *err);

/* Article ID, a brief one (kh_story_is_brief), is placed once more, now that all that came with it is in STORE; at least
 * KH_STORY_RUN_MIN of them should have come. Within a transaction; one that is too large for the worker stays where it is. */
kh_status kh_ingest_settle(const kh_engine *engine, kh_store *store, kh_worker *worker, int64_t id, kh_time now, kh_error *err);

/* The brief articles that a run which was broken off had still to settle, in OUT: the next one does it. */
kh_status kh_ingest_unsettled(kh_store *store, kh_arena *out, kh_arena scratch, kh_ids *brief, kh_error *err);

/* Story ID of STORE, compared, in OUT. KH_ERR_USAGE when it has no articles. */
kh_status kh_story_load(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, kh_story *story,
                        kh_error *err);

/* The same with one page more, which is in no store; NULL for none. */
kh_status kh_story_load_with(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, const kh_article *more,
                             kh_story *story, kh_error *err);

#endif
