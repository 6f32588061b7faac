/* bytes.c - a page from bytes in memory: what the library's callers hand over. */
#include "input/parts.h"

kh_status kh_page_of_bytes(kh_arena *out, kh_str bytes, kh_str label, kh_page *page, kh_error *err)
{
    const char *what = NULL;
    kh_kind kind = kh_kind_of(kh_str_head(bytes, 64 << 10), &what);
    if (kind == KH_KIND_BINARY) {
        return kh_fail(err, KH_ERR_INPUT, "not_text", "%.*s: is %s, not a page", KH_ARG(label), what);
    }
    *page = (kh_page){.source = label, .label = label, .raw = bytes};
    page->text = kh_decode(out, bytes, kind == KH_KIND_HTML, &page->charset, &page->charset_why);
    page->kind = kind == KH_KIND_HTML || kh_is_html(page->text) ? KH_PAGE_HTML : KH_PAGE_SCRAPED;
    return KH_OK;
}
