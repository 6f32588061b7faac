/* pipeline.h - pages through the stages on several threads, results in the order of the input. */
#ifndef KHABAR_ENGINE_PIPELINE_H
#define KHABAR_ENGINE_PIPELINE_H

#include "engine/engine.h"
#include "input/input.h"
#include "store/store.h"

#include <stdatomic.h>

enum { KH_PIPELINE_AHEAD_MAX = 264 }; /* pages that are taken and not given back yet */

/* One page after reading. ARTICLE is NULL when STATUS is not KH_OK; both live until the callback returns. */
typedef struct kh_reading {
    kh_status status;
    const kh_error *error;
    const kh_page *page;
    bool known; /* as kh_pipeline.known said: it was not read, ARTICLE is NULL */
    kh_article *article;
    kh_packed packed;  /* for kh_put_options */
    kh_worker *worker; /* whose memory holds it; its scratch arena is free for the callback */
} kh_reading;

/* Called on the caller's thread, in input order. A status other than KH_OK ends the run with it. */
typedef kh_status (*kh_reading_fn)(void *context, const kh_reading *reading);

typedef struct kh_pipeline {
    unsigned jobs;      /* threads that read, the caller's among them: at least 1 */
    kh_time now;        /* may be unknown */
    kh_str url, outlet; /* what the user says of the page; empty: nothing */
    kh_time published;
    bool keep_raw;      /* the raw bytes are to be kept: the readers pack them */
    kh_str plain_since; /* kh_store_plain_since: the texts of older articles are packed by the readers; empty: none is */
    /* Whether PAGE need not be read, for it is there already; on the caller's thread, with its CONTEXT. May be NULL. */
    bool (*known)(void *context, kh_arena scratch, const kh_page *page);
    /* Where the pages come from, on the caller's thread, with its CONTEXT; into the memory of OUT. NULL: from INPUT. */
    kh_status (*next)(void *context, kh_arena *out, kh_page *page, bool *done, kh_error *err);
    /* With the CONTEXT, again and again while a pipe gives nothing: all that was read has been given back. May be NULL. */
    kh_status (*idle)(void *context);
    const atomic_int *stop; /* when it becomes non-zero (a signal), the run ends after the pages taken; may be NULL */
} kh_pipeline;

/* Reads every page of INPUT, which may be NULL where how->next gives them. What comes out does not depend on the number of jobs. */
kh_status kh_pipeline_run(const kh_engine *engine, kh_input *input, const kh_pipeline *how, kh_reading_fn each, void *context,
                          kh_error *err);

#endif
