/* fuzz_read.c - any bytes as a page: HTML or text through all stages, under asserts that every span lies in its text. */
#include "engine/engine.h"
#include "input/input.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static kh_engine *engine;
static kh_worker worker;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kh_page page;
    kh_article *article = NULL;
    if (!engine) {
        engine = kh_engine_open(NULL, NULL);
        if (!engine || kh_worker_open(&worker, NULL)) {
            abort();
        }
    }
    kh_worker_clear(&worker);
    kh_str bytes = {(const char *)data, size};
    if (size && kh_page_of_bytes(&worker.page, bytes, KH_STR("fuzz"), &page, NULL) == KH_OK) {
        kh_engine_read(engine, &worker, &page, kh_day(2024, 9, 1), &article, NULL);
    }
    return 0;
}
