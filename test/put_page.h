/* put_page.h - one page through the engine into a store, for the tests of both. */
#ifndef KHABAR_PUT_PAGE_H
#define KHABAR_PUT_PAGE_H

#include "test.h"

#include "engine/ingest.h"
#include "input/input.h"

/* Puts the page FILE, below the folder of the sources, into STORE in its open transaction; gives the name of its story. */
static inline kh_str put_page(kh_arena *out, const kh_engine *engine, kh_store *store, kh_worker *w, const char *file)
{
    kh_page page;
    kh_article *a = NULL;
    kh_put_outcome outcome;
    kh_put_options options = {.now = kh_day(2024, 9, 1), .program = KH_STR("test")};
    kh_error err = {0};
    kh_worker_clear(w);
    assert_int_equal(kh_page_of_bytes(&w->page, kh_test_file(out, file), kh_str_z(file), &page, &err), KH_OK);
    assert_int_equal(kh_engine_read(engine, w, &page, (kh_time){0}, &a, &err), KH_OK);
    assert_int_equal(kh_ingest(engine, store, w, a, &options, &outcome, &err), KH_OK);
    return kh_store_story_name(store, out, kh_store_story_of(store, a->id));
}

#endif
