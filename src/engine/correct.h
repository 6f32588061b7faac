/* correct.h - a person's corrections: checked against what is there, kept, and given effect. */
#ifndef KHABAR_ENGINE_CORRECT_H
#define KHABAR_ENGINE_CORRECT_H

#include "engine/engine.h"
#include "store/store.h"

/* What a person says. The arguments by kind:
 *   speaker     article, words of the quotation (a part is enough if it is the only one with it), speaker or "unknown"
 *   date        article, day or time
 *   join, split, no_copy   article, article
 *   same_name, other_name  spelling, spelling
 * Articles are named as anywhere: number, key, URL, label. */
typedef struct kh_correct_request {
    kh_correction_kind kind;
    kh_str args[3];
    kh_str by, why; /* who says so, and on what ground; WHY may be empty */
    kh_time now;
} kh_correct_request;

/* How many arguments KIND takes, and their names for messages: "ARTICLE WORDS SPEAKER". */
size_t kh_correct_args(kh_correction_kind kind, const char **names);

/* Keeps the correction, in a transaction of its own; *made is what was kept. KH_ERR_USAGE with a reason when the target is
 * not there or already is as wanted: no_such_article, no_such_quotation, several_quotations, not_a_date, one_story_already,
 * other_story_already, no_such_name, one_article, no_copy_already. */
kh_status kh_correct(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_correct_request *request,
                     kh_correction *made, kh_error *err);

/* Takes correction ID back, in a transaction of its own. */
kh_status kh_correct_undo(kh_store *store, kh_arena scratch, int64_t id, kh_time now, kh_error *err);

/* Marks those of LIST that rest: they hold, but their words, their spelling or one of their articles is not in the store
 * now. The marked ones are copies in OUT. */
kh_status kh_correct_resting(kh_store *store, kh_arena *out, kh_arena scratch, kh_corrections *list, kh_error *err);

/* Gives joins and splits effect that are not so now that ARTICLE has been placed: it was removed and added again, or stories
 * were merged or parted for it. Within the caller's transaction. */
kh_status kh_correct_settle(const kh_engine *engine, kh_store *store, kh_arena scratch, const kh_article *article, kh_time now,
                            kh_error *err);

#endif
