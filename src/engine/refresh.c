/* refresh.c - a stored article becomes a page once more, and is read by the knowledge of today.
 *
 * Decides what the page was: its bytes if they were kept; for a text that came as text, its text. What a supplier said
 * with it is known by the evidence "given" and is believed again: title, outlet, byline, day. Its key, its address and its
 * story stay, so that names and links into the store hold. Example: Nilab was no agency that the program knew; with a
 * folder that names it, «به گزارش نیلاب» becomes a credit of pages that were added long ago.
 *
 * The knowledge version on each row says what is still to do, so that a run which was stopped goes on where it was. Pages are taken
 * and put in the order of rows; between, the threads of a pipeline read them (`khabar refresh`), or the caller does.
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

kh_status kh_refresh_take(kh_refresh *r, kh_arena *out, kh_page *page, bool *done, kh_error *err)
{
    for (;;) {
        kh_arena kept = *out;
        kh_article *old = NULL;
        int64_t id = kh_store_next_outdated(r->store, kh_engine_knowledge(r->engine), r->after);
        *done = id == 0;
        if (!id) {
            return KH_OK;
        }
        r->after = id;
        kh_status status = kh_store_article_bare(r->store, out, id, &old, err);
        if (status || page_of(r->store, out, old, page)) {
            r->taken[(r->first + r->count++) % KH_PIPELINE_AHEAD_MAX] = id;
            return status;
        }
        r->no_raw++;
        *out = kept;
    }
}

void kh_refresh_drop(kh_refresh *r)
{
    r->first = (r->first + 1) % KH_PIPELINE_AHEAD_MAX;
    r->count--;
}

kh_status kh_refresh_put(kh_refresh *r, kh_worker *worker, kh_article *a, kh_error *err)
{
    kh_article *old = NULL;
    kh_put_outcome put = KH_PUT_UNCHANGED;
    kh_put_options options = {.now = r->now, .program = r->program, .again = true};
    kh_status status = kh_store_article_head(r->store, &worker->page, r->taken[r->first], &old, err);
    kh_refresh_drop(r);
    if (status) {
        return status;
    }
    a->key = old->key;
    a->url = old->url.len ? old->url : a->url;
    a->sha256 = old->sha256;
    return kh_ingest(r->engine, r->store, worker, a, &options, &put, err);
}

kh_status kh_refresh_one(kh_refresh *r, kh_worker *worker, bool *done, kh_error *err)
{
    kh_page page;
    kh_article *a = NULL;
    kh_worker_clear(worker);
    kh_status status = kh_refresh_take(r, &worker->page, &page, done, err);
    if (*done) {
        return status;
    }
    status = status ? status : kh_engine_read(r->engine, worker, &page, r->now, &a, err);
    if (status) {
        kh_refresh_drop(r);
        return status;
    }
    return kh_refresh_put(r, worker, a, err);
}
