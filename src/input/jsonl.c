/* jsonl.c - one line of JSON Lines as a page.
 *
 *     {"id":"7","url":"https://...","text":"خبر ...","lang":"ar","published":"2022-01-06"}
 *
 * Strictly read (jansson): a line that is no valid JSON object, that has a key twice or a value
 * of the wrong kind is refused with its number, and the next line is read. One of "html",
 * "html_base64", "page_text", "text" carries the page: "page_text" is a scraped page with its
 * furniture, "text" an article as it is. A value that is null counts as absent. Unknown keys are
 * ignored. Records of other programs are known by their members (jsonl_map.c).
 */
#include "input/parts.h"

#include <jansson.h>
#include <string.h>

typedef struct record {
    kh_arena *out;
    json_t *object;
    const char *path;
    size_t number;
    kh_page *page;
    kh_error *err;
} record;

static kh_status refuse(const record *r, const char *reason, const char *what)
{
    kh_status status = kh_fail(r->err, KH_ERR_INPUT, reason, "%.200s:%zu: %.150s; this record is skipped", r->path, r->number, what);
    if (r->err) {
        r->err->pos = r->number;
    }
    return status;
}

static kh_status refuse_key(const record *r, const char *key, const char *what)
{
    char text[160];
    snprintf(text, sizeof text, "\"%s\" %s", key, what);
    return refuse(r, "bad_record", text);
}

/* A string member, copied; absent and null leave *value empty. */
static kh_status read_string(const record *r, const char *key, kh_str *value)
{
    json_t *v = json_object_get(r->object, key);
    if (!v || json_is_null(v)) {
        return KH_OK;
    }
    if (!json_is_string(v)) {
        return refuse_key(r, key, "must be a string");
    }
    *value = kh_arena_copy(r->out, (kh_str){json_string_value(v), json_string_length(v)});
    return KH_OK;
}

static kh_status read_time(const record *r, const char *key, kh_time *time)
{
    kh_str words = {0};
    kh_status status = read_string(r, key, &words);
    if (status == KH_OK && words.len && !kh_time_parse(words, time)) {
        return refuse_key(r, key, "is no ISO 8601 time such as 2022-01-06T10:00:00Z");
    }
    return status;
}

static kh_status read_id(const record *r)
{
    json_t *v = json_object_get(r->object, "id");
    if (json_is_integer(v)) {
        r->page->given_id = kh_arena_printf(r->out, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
        return KH_OK;
    }
    return read_string(r, "id", &r->page->given_id);
}

static int base64_digit(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+'             ? 62
           : c == '/'             ? 63
                                  : -1;
}

static bool base64(kh_arena *out, kh_str s, kh_str *bytes)
{
    char *p = KH_NEW_N(out, char, s.len + 1);
    size_t n = 0;
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < s.len; i++) {
        int digit = base64_digit(s.ptr[i]);
        if (digit >= 0) {
            bits = bits << 6 | (uint32_t)digit;
            count += 6;
            if (count >= 8) {
                count -= 8;
                p[n++] = (char)(bits >> count & 0xFF);
            }
        } else if (s.ptr[i] != '=' && s.ptr[i] != '\n' && s.ptr[i] != '\r') {
            return false;
        }
    }
    *bytes = (kh_str){p, n};
    return true;
}

static kh_status check_content(const record *r)
{
    const kh_page *page = r->page;
    if (!kh_str_trim(page->text).len) {
        return refuse(r, "empty", "no \"html\", \"page_text\" or \"text\" with words in it");
    }
    if (page->raw.len > KH_PAGE_BYTES_MAX || page->text.len > KH_PAGE_BYTES_MAX) {
        refuse(r, "too_large", "the page is larger than 8 MB");
        if (r->err) {
            r->err->code = KH_ERR_LIMIT;
        }
        return KH_ERR_LIMIT;
    }
    return KH_OK;
}

/* The content: exactly one of its keys, decoded where it came as bytes. */
static kh_status read_content(const record *r)
{
    static const struct {
        const char *key;
        kh_page_kind kind;
    } keys[] = {{"html", KH_PAGE_HTML}, {"html_base64", KH_PAGE_HTML}, {"page_text", KH_PAGE_SCRAPED}, {"text", KH_PAGE_TEXT}};
    kh_page *page = r->page;
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !page->raw.len; i++) {
        kh_status status = read_string(r, keys[i].key, &page->raw);
        if (status != KH_OK) {
            return status;
        }
        page->kind = keys[i].kind;
        page->charset = KH_STR("utf-8");
        page->charset_why = KH_STR("JSON");
        if (i == 1 && page->raw.len) {
            kh_str bytes = {0};
            if (!base64(r->out, page->raw, &bytes)) {
                return refuse_key(r, "html_base64", "is not base64");
            }
            page->raw = bytes;
            page->text = kh_decode(r->out, bytes, true, &page->charset, &page->charset_why);
        } else {
            page->text = kh_utf8_clean(r->out, page->raw);
        }
    }
    return check_content(r);
}

static kh_status read_members(const record *r)
{
    kh_page *page = r->page;
    const struct {
        const char *key;
        kh_str *value;
    } strings[] = {
        {"url", &page->url}, {"title", &page->title}, {"lang", &page->lang}, {"outlet", &page->outlet}, {"byline", &page->byline}};
    if (kh_record_of_supplier(r->out, r->object, page)) {
        return check_content(r);
    }
    kh_status status = read_id(r);
    for (size_t i = 0; i < sizeof strings / sizeof *strings && status == KH_OK; i++) {
        status = read_string(r, strings[i].key, strings[i].value);
    }
    status = status == KH_OK ? read_time(r, "published", &page->published) : status;
    status = status == KH_OK ? read_time(r, "captured", &page->captured) : status;
    return status == KH_OK ? read_content(r) : status;
}

kh_status kh_record_read(kh_arena *out, kh_str line, size_t number, const char *path, kh_page *page, kh_error *err)
{
    record r = {.out = out, .path = path, .number = number, .page = page, .err = err};
    kh_status status = kh_need_room(out, line.len, path, err);
    if (status != KH_OK) {
        return status;
    }
    json_error_t why;
    r.object = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, &why);
    if (!r.object) {
        char text[200];
        snprintf(text, sizeof text, "not valid JSON at byte %d: %.140s", why.position, why.text);
        return refuse(&r, "bad_json", text);
    }
    if (!json_is_object(r.object)) {
        status = refuse(&r, "bad_json", "not a JSON object");
    } else {
        status = read_members(&r);
    }
    json_decref(r.object);
    page->source = kh_arena_printf(out, "%s:%zu", path, number);
    return status;
}

kh_status kh_page_of_json(kh_arena *out, kh_str object, kh_str label, kh_page *page, kh_error *err)
{
    return kh_record_read(out, object, 1, kh_arena_copy(out, label).ptr, page, err);
}
