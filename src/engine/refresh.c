/* refresh.c - a stored article becomes a page once more, and is read by the knowledge of today.
 *
 * Decides what the page was: its bytes if they were kept; for a text that came as text, its text. What a supplier said
 * with it is known by the evidence "given" and is believed again: title, outlet, byline, day. Its key, its address and its
 * story stay, so that names and links into the store hold. Example: Nilab was no agency that the program knew; with a
 * folder that names it, «به گزارش نیلاب» becomes a credit of pages that were added long ago.
 *
 * The knowledge version on each row says what is still to do, so that a run which was stopped goes on where it was.
 *
 * Gets wrong: a language that a supplier gave is not marked as given; one that was beyond doubt stays for that reason.
 */
#include "engine/refresh.h"

#include "engine/ingest.h"
#include "input/input.h"

static kh_str if_given(const kh_field *f)
{
    return kh_str_eq(f->path, KH_STR("given")) ? f->value : (kh_str){0};
}

/* What OLD was when it came; false when its bytes are not there. */
static bool page_of(kh_store *store, kh_arena *out, const kh_article *old, kh_page *page)
{
    *page = (kh_page){.source = old->source,
                      .label = old->label,
                      .url = old->url,
                      .kind = old->kind,
                      .title = if_given(&old->title),
                      .outlet = if_given(&old->outlet),
                      .byline = if_given(&old->byline),
                      .lang = old->lang_confidence >= 1 ? old->lang : (kh_str){0},
                      .captured = old->captured};
    kh_store_given_date(store, out, old->id, &page->published);
    if (kh_store_raw(store, out, old->id, &page->raw, NULL) == KH_OK) {
        page->text = kh_decode(out, page->raw, old->kind == KH_PAGE_HTML, &page->charset, &page->charset_why);
        return true;
    }
    page->text = old->text;
    page->charset = old->charset;
    page->charset_why = old->charset_why;
    return old->kind != KH_PAGE_HTML;
}

static kh_status read_again(const kh_engine *engine, kh_store *store, kh_worker *worker, kh_time now, kh_str program,
                            const kh_article *old, kh_refreshed *outcome, kh_error *err)
{
    kh_page page;
    kh_article *a = NULL;
    kh_put_outcome put = KH_PUT_UNCHANGED;
    if (!page_of(store, &worker->page, old, &page)) {
        *outcome = KH_REFRESH_NO_RAW;
        return KH_OK;
    }
    kh_status status = kh_engine_read(engine, worker, &page, now, &a, err);
    if (status) {
        return status;
    }
    a->key = old->key;
    a->url = old->url.len ? old->url : a->url;
    a->sha256 = old->sha256;
    kh_put_options options = {.now = now, .program = program, .again = true};
    *outcome = KH_REFRESH_READ;
    return kh_ingest(engine, store, worker, a, &options, &put, err);
}

kh_status kh_refresh_next(const kh_engine *engine, kh_store *store, kh_worker *worker, kh_time now, kh_str program, int64_t *after,
                          kh_refreshed *outcome, kh_error *err)
{
    kh_article *old = NULL;
    kh_worker_clear(worker);
    int64_t id = kh_store_next_outdated(store, kh_engine_knowledge(engine), *after);
    *outcome = KH_REFRESH_DONE;
    if (!id) {
        return KH_OK;
    }
    *after = id;
    kh_status status = kh_store_article(store, &worker->page, id, &old, err);
    return status ? status : read_again(engine, store, worker, now, program, old, outcome, err);
}
