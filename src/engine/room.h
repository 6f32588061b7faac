/* room.h - what the reading room asks beyond single tables: search across scripts, two texts side by side, what happened in a story. */
#ifndef KHABAR_ENGINE_ROOM_H
#define KHABAR_ENGINE_ROOM_H

#include "engine/engine.h"
#include "store/store.h"

/* Independent origins of a compared story; topics on which its figures are in conflict. */
uint32_t kh_story_origin_count(const kh_story *story);
uint32_t kh_story_disagreement_count(const kh_story *story);

/* A page of the stories that match, in the order that the filter asks for, with facets or without; see kh_store_front. */
kh_status kh_room_front(kh_store *store, kh_arena *out, kh_arena scratch, const kh_front_query *query, bool facets, kh_front_view *view,
                        kh_ids *ids, kh_error *err);

/* Labels of agencies and places into the facets, in the words of the knowledge. */
void kh_facets_label(const kh_engine *engine, kh_facets *facets);

/* Articles for FILTER: those with all its words in any spelling, then, for a query of up to three words, those with a name that
 * sounds like it in any script. */
kh_status kh_room_search(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_filter *filter,
                         kh_search_view *view, kh_error *err);

/* Articles A and B side by side: their relation as their story has it, and each body cut into parts. */
kh_status kh_room_sides(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t a, int64_t b,
                        kh_sides_view *view, kh_error *err);

/* Cuts the bodies of view->a and view->b by SHARED, spans of the texts of a and b. */
void kh_sides_cut(kh_arena *out, kh_arena scratch, const kh_shared_spans *shared, kh_sides_view *view);

/* What happened in a compared story, of the kinds in ON (kh_watch_on), newest first: every report; every origin but the first; every value
 * of a figure that nobody gave before, but the first. */
void kh_happenings_of(kh_arena *out, const kh_story *story, unsigned on, kh_happenings *happenings);
void kh_happenings_sort(kh_happenings *happenings); /* newest first */

/* The articles that a watch list looks for, the newest first: all its words, its name in any script, its filter. */
kh_status kh_room_matching(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_watch_list *list,
                           kh_ids *articles, kh_error *err);

#endif
