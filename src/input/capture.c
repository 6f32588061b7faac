/* capture.c - a page out of a server's answer, as archive.c takes it out of a record.
 *
 *     https://akhbar.example/news/17.html, "text/html; charset=windows-1256"     label 17, decoded with that charset in mind
 *     ..., "application/pdf" or a body that begins with %PDF                     not_html
 *     ..., "text/html" and nothing but white space                               empty
 *
 * The type is believed where it says HTML or excludes it; where it says nothing the bytes decide.
 */
#include "input/parts.h"

/* The last step of the address that is not empty, else the host. */
static kh_str label_of(kh_arena *out, kh_str url)
{
    kh_str path = kh_str_head(url, kh_str_find(url, KH_STR("?")));
    while (kh_str_ends(path, KH_STR("/"))) {
        path.len--;
    }
    return kh_arena_copy(out, kh_label_of(path));
}

kh_status kh_page_of_capture(kh_arena *out, const kh_capture *capture, kh_page *page, kh_error *err)
{
    kh_status status = kh_need_room(out, capture->body.len, "the page", err);
    if (status != KH_OK) {
        return status;
    }
    kh_str type = kh_media_type(out, capture->type);
    const char *what = NULL;
    kh_kind kind = kh_kind_of(kh_str_head(capture->body, 1 << 16), &what);
    if (!kh_str_trim(capture->body).len) {
        return kh_fail(err, KH_ERR_INPUT, "empty", "the answer is empty");
    }
    if (!(kind == KH_KIND_HTML || (kind == KH_KIND_TEXT && kh_type_is_html(type))) || !(kh_type_is_html(type) || kh_type_is_vague(type))) {
        return kh_fail(err, KH_ERR_INPUT, "not_html", "no page but %.80s", type.len ? type.ptr : "something else");
    }
    *page = (kh_page){.kind = KH_PAGE_HTML, .captured = capture->at};
    page->source = page->url = kh_arena_copy(out, capture->url);
    page->label = label_of(out, page->url);
    page->raw = kh_arena_copy(out, capture->body);
    page->text = kh_decode_as(out, page->raw, true, kh_media_charset(capture->type), &page->charset, &page->charset_why);
    if (page->text.len > KH_PAGE_BYTES_MAX) {
        return kh_fail(err, KH_ERR_LIMIT, "too_large", "larger than 8 MB once decoded");
    }
    return KH_OK;
}
