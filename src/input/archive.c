/* archive.c - which records of a WARC archive are pages, and the pages of them.
 *
 *     response    an HTTP response: a page where its status is 200 and its type HTML
 *     resource    the file alone, with its type: likewise
 *     conversion  text that somebody took out of a page (WET files of Common Crawl): a scraped page
 *     revisit     the same content as in an earlier capture: nothing new to read
 *     request, metadata, warcinfo    about captures: passed over without a word
 *
 * The address is WARC-Target-URI, the time of capture WARC-Date, the name of the page
 * "CC-NEWS-20220106...-00012.warc.gz" without its endings, ":" and the place of its record: the
 * offset of the gzip member or zstd frame, behind "+" the place in it where that is not 0. Only
 * http, https, ftp and file addresses are pages (wget keeps its own log as a resource
 * metadata://gnu.org/software/wget/...). What a server calls HTML and is a picture or JSON is none.
 *
 * Filters come before the content is looked at, so that an archive of a gigabyte is passed over at
 * the speed of gzip.
 */
#include "input/parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct taker {
    kh_warc *warc;
    const kh_input_filter *filter;
    const kh_skip_to *skipped;
    const char *path;
    kh_arena *out;
    const kh_warc_record *record;
    kh_page *page;
} taker;

static kh_str source_of(const taker *t)
{
    kh_place at = t->record->where;
    return at.within && at.offset ? kh_arena_printf(t->out, "%s:%" PRIu64 "+%" PRIu64, t->path, at.offset, at.within)
                                  : kh_arena_printf(t->out, "%s:%" PRIu64, t->path, at.offset + at.within);
}

/* Tells that the record is no page. False, so that a decision is one `return pass_over(...)`. */
static bool pass_over(const taker *t, const char *reason, bool filtered, kh_str what)
{
    if (t->skipped->tell) {
        kh_skip skip = {source_of(t), t->record->uri, reason, what, filtered};
        t->skipped->tell(t->skipped->context, &skip);
    }
    return false;
}

static bool is_page_address(kh_str uri)
{
    static const char *const schemes[] = {"http://", "https://", "ftp://", "file://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        kh_str scheme = kh_str_z(schemes[i]);
        if (kh_str_eq_ascii_nocase(kh_str_head(uri, scheme.len), scheme)) {
            return true;
        }
    }
    return false;
}

/* By the record's header alone. */
static bool is_wanted(const taker *t)
{
    const kh_warc_record *r = t->record;
    bool page =
        kh_str_eq(r->type, KH_STR("response")) || kh_str_eq(r->type, KH_STR("resource")) || kh_str_eq(r->type, KH_STR("conversion"));
    bool revisit = kh_str_eq(r->type, KH_STR("revisit"));
    if ((!page && !revisit) || !is_page_address(r->uri)) {
        return page || kh_str_eq(r->type, KH_STR("continuation")) ? pass_over(t, "not_html", false, r->type) : false;
    }
    const char *against = kh_filter_against(t->filter, r->uri, r->date);
    if (against) {
        return pass_over(t, against, true, (kh_str){0});
    }
    if (revisit) {
        return pass_over(t, "revisit", false, r->refers_to);
    }
    return r->continued ? pass_over(t, "segment", false, r->type) : true;
}

bool kh_type_is_html(kh_str type)
{
    return kh_str_eq(type, KH_STR("text/html")) || kh_str_eq(type, KH_STR("application/xhtml+xml"));
}

bool kh_type_is_vague(kh_str type)
{
    return !type.len || kh_str_eq(type, KH_STR("application/octet-stream")) || kh_str_eq(type, KH_STR("unk")) ||
           kh_str_eq(type, KH_STR("application/xml")) || kh_str_eq(type, KH_STR("text/xml"));
}

/* The payload of a response. */
static kh_status read_response(const taker *t, kh_str block, kh_str *type, kh_str *charset, kh_str *body, bool *taken, kh_error *err)
{
    kh_http http = {0};
    kh_status status = kh_http_read(t->out, block, &http, err);
    *taken = false;
    if (status != KH_OK) {
        return status;
    }
    if (http.status != 200) {
        pass_over(t, "http_status", false, kh_arena_printf(t->out, "%u", http.status));
        return KH_OK;
    }
    *type = kh_type_is_vague(http.type) && t->record->payload_type.len ? t->record->payload_type : http.type;
    *charset = http.charset;
    *taken = kh_type_is_html(*type) || kh_type_is_vague(*type);
    if (!*taken) {
        pass_over(t, "not_html", false, *type);
        return KH_OK;
    }
    return kh_http_body(t->out, &http, body, err);
}

/* Whether BODY is a page, and of which kind, by its bytes where the type does not say it. */
static bool is_page(const taker *t, kh_str body, kh_str type, bool text)
{
    const char *what = NULL;
    kh_kind kind = kh_kind_of(kh_str_head(body, 1 << 16), &what);
    if (!kh_str_trim(body).len) {
        return pass_over(t, "empty", false, type);
    }
    bool html = kind == KH_KIND_HTML || (kind == KH_KIND_TEXT && kh_type_is_html(type));
    if (!html && !(text && kind == KH_KIND_TEXT)) {
        return pass_over(t, "not_html", false, kind == KH_KIND_BINARY ? kh_str_z(what) : type);
    }
    return true;
}

static kh_status fill_page(const taker *t, kh_str body, kh_str charset, bool text, kh_error *err)
{
    kh_page *page = t->page;
    kh_status status = kh_need_room(t->out, body.len, t->path, err);
    if (status != KH_OK) {
        return status;
    }
    page->source = source_of(t);
    kh_str name = kh_label_of(kh_arena_copy(t->out, kh_str_z(t->path)));
    page->label = kh_arena_printf(t->out, KH_FMT KH_FMT, KH_ARG(name), KH_ARG(kh_str_from(page->source, strlen(t->path))));
    page->url = t->record->uri;
    page->captured = t->record->date;
    page->raw = kh_arena_copy(t->out, body);
    page->text = kh_decode_as(t->out, page->raw, !text, charset, &page->charset, &page->charset_why);
    page->kind = text ? KH_PAGE_SCRAPED : KH_PAGE_HTML;
    if (page->text.len > KH_PAGE_BYTES_MAX) {
        return kh_fail(err, KH_ERR_LIMIT, "too_large", "larger than 8 MB once decoded");
    }
    return KH_OK;
}

/* Puts where it happened before what is said of one record. */
static kh_status located(const taker *t, kh_status status, kh_error *err)
{
    if (status != KH_OK && err && err->pos == 0) {
        char what[160];
        snprintf(what, sizeof what, "%.150s", err->msg);
        kh_place at = t->record->where;
        err->pos = (size_t)(at.offset + at.within);
        snprintf(err->msg, sizeof err->msg, "%.200s:%zu: %s; this record is skipped", t->path, err->pos, what);
    }
    return status;
}

/* The page of the record; *taken is false where it is none. */
static kh_status take_page(const taker *t, bool *taken, kh_error *err)
{
    const kh_warc_record *r = t->record;
    kh_str block = {0};
    kh_str body = {0};
    kh_str charset = {0};
    kh_str type = {0};
    bool text = kh_str_eq(r->type, KH_STR("conversion"));
    *taken = false;
    kh_status status = kh_warc_block(t->warc, r, &block, err);
    if (status != KH_OK) {
        return status;
    }
    status = kh_need_room(t->out, block.len, t->path, err);
    if (status != KH_OK) {
        return located(t, status, err);
    }
    if (kh_str_eq(r->type, KH_STR("response"))) {
        status = read_response(t, block, &type, &charset, &body, taken, err);
    } else {
        type = kh_media_type(t->out, r->content_type);
        charset = kh_arena_copy(t->out, kh_media_charset(r->content_type));
        body = block;
        text = text && !kh_type_is_html(type);
        *taken = text || kh_type_is_html(type) || kh_type_is_vague(type) || pass_over(t, "not_html", false, type);
    }
    if (status == KH_OK && *taken && body.len > KH_PAGE_BYTES_MAX) {
        status = kh_fail(err, KH_ERR_LIMIT, "too_large", "the page is larger than 8 MB");
    }
    if (status != KH_OK || !*taken) {
        return located(t, status, err);
    }
    *taken = is_page(t, body, type, text);
    return *taken ? located(t, fill_page(t, body, charset, text, err), err) : KH_OK;
}

kh_status kh_archive_next(kh_warc *w, const kh_input_filter *filter, const kh_skip_to *skipped, const char *path, kh_arena *out,
                          kh_page *page, bool *end, kh_error *err)
{
    for (;;) {
        kh_arena trial = *out; /* what a record that is no page took is given back */
        kh_warc_record record;
        taker t = {w, filter, skipped, path, &trial, &record, page};
        kh_status status = kh_need_room(&trial, KH_WARC_HEADER_BYTES_MAX, path, err);
        if (status != KH_OK) {
            kh_warc_stop(w);
            return status;
        }
        status = kh_warc_next(w, &trial, &record, end, err);
        if (status != KH_OK || *end) {
            return status;
        }
        bool taken = false;
        if (is_wanted(&t)) {
            status = take_page(&t, &taken, err);
        }
        if (status != KH_OK) {
            return status;
        }
        if (taken) {
            *out = trial;
            return KH_OK;
        }
    }
}
