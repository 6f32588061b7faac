/* related.h - which stories of the store are linked with one, though they tell other events. */
#ifndef KHABAR_ENGINE_RELATED_H
#define KHABAR_ENGINE_RELATED_H

#include "engine/engine.h"
#include "store/store.h"

enum { KH_RELATED_MAX = 8 }; /* stories that are given */

/* Sets story->related of STORY, row ID of the store, compared and in OUT. */
kh_status kh_story_relate(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, kh_story *story,
                          kh_error *err);

#endif
