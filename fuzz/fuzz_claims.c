/* fuzz_claims.c - the first byte chooses a language, the rest is an article's text: names, credits, quotations, figures, chains,
 * and the JSON of them. The first line is the title. */
#include "extract.h"

#include "engine/engine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static kh_engine *engine;
static kh_worker worker;

static void open_once(void)
{
    if (!engine) {
        engine = kh_engine_open(NULL, NULL);
        must(engine && kh_worker_open(&worker, NULL) == KH_OK);
    }
}

static void check(const kh_article *a)
{
    KH_EACH(const kh_quotation, q, a->quotations) {
        must_lie_in(q->span, a->text);
        must_lie_in(q->cue, a->text);
        must_lie_in(q->speaker_span, a->text);
        must(q->span.end - q->span.begin <= KH_QUOTATION_BYTES_MAX && kh_utf8_valid(q->speaker));
    }
    KH_EACH(const kh_figure, f, a->figures) {
        must_lie_in(f->span, a->text);
        must(kh_span_holds(f->span, f->number));
        must(!f->has_min || !f->has_max || f->min <= f->max);
    }
    KH_EACH(const kh_credit, c, a->credits) {
        must_lie_in(c->span, a->text);
    }
    KH_EACH(const kh_chain, chain, a->chains) {
        must(chain->hops.count > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kh_article *article = NULL;
    open_once();
    kh_worker_clear(&worker);
    if (size < 2) {
        return 0;
    }
    kh_str bytes = {(const char *)data + 1, size - 1};
    kh_str rest = kh_utf8_clean(&worker.page, bytes);
    kh_page page = {.source = KH_STR("fuzz"), .label = KH_STR("fuzz"), .raw = bytes, .kind = KH_PAGE_TEXT, .lang = language_of(data[0])};
    kh_str_cut(&rest, '\n', &page.title);
    page.text = rest;
    if (kh_engine_read(engine, &worker, &page, kh_day(2024, 9, 1), &article, NULL) == KH_OK) {
        kh_buf json = {.arena = &worker.page};
        kh_json_labels labels = kh_engine_labels(engine);
        check(article);
        kh_json_article(&json, article, &labels);
        must(kh_utf8_valid(kh_buf_str(&json)));
    }
    return 0;
}
