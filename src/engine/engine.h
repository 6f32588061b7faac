/* engine.h - the one place that knows the order of the stages.
 *
 * An engine is the knowledge, built once and read-only afterwards: threads share it. A worker is one
 * thread's memory. Reading a page touches nothing outside these two.
 */
#ifndef KHABAR_ENGINE_ENGINE_H
#define KHABAR_ENGINE_ENGINE_H

#include "accounts/accounts.h"
#include "lang/lang.h"
#include "page/page.h"
#include "json/json.h"

typedef struct kh_engine kh_engine;

/* DATA_FOLDER is laid over the built-in knowledge; NULL for none. The caller closes; NULL on failure. */
kh_engine *kh_engine_open(const char *data_folder, kh_error *err);
void kh_engine_close(kh_engine *engine); /* accepts NULL */

kh_str kh_engine_knowledge(const kh_engine *engine); /* the knowledge version, 16 hex digits */
const kh_names_know *kh_engine_names(const kh_engine *engine);
const kh_story_know *kh_engine_story(const kh_engine *engine);
const kh_accounts_know *kh_engine_accounts(const kh_engine *engine);
kh_json_labels kh_engine_labels(const kh_engine *engine);
kh_str kh_engine_agency_label(const kh_engine *engine, kh_str agency);

typedef struct kh_recent kh_recent;

/* Where an arena runs out while a guard is on, control goes to `full`; without one the program ends. */
typedef struct kh_worker {
    kh_arena page; /* the page and what is read from it */
    kh_arena scratch;
    jmp_buf full;
    kh_recent *recent; /* recent.h: what kh_ingest may keep from one article to the next of a transaction; NULL for nothing */
} kh_worker;

/* On: the caller has just called setjmp(worker->full), or is about to. Off before that frame returns. */
void kh_worker_guard(kh_worker *worker, bool on);

kh_status kh_worker_open(kh_worker *worker, kh_error *err);

/* The two rooms of a worker singly, for who has more pages than threads (pipeline.c). */
kh_status kh_page_room_open(kh_arena *page, kh_error *err);
kh_status kh_scratch_open(kh_arena *scratch, kh_error *err);
void kh_worker_close(kh_worker *worker);
void kh_worker_clear(kh_worker *worker); /* forgets the page; call between pages */

/* Reads PAGE into worker->page: a pure function of the page's bytes, what came with them, NOW and the
 * knowledge. NOW may be unknown. KH_ERR_LIMIT with a reason when the page passes a limit. */
kh_status kh_engine_read(const kh_engine *engine, kh_worker *worker, const kh_page *page, kh_time now, kh_article **article, kh_error *err);

/* What the placement needs of an article, pointing into it. */
kh_digest kh_engine_digest(const kh_article *article);

#endif
