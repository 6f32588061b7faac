/* fuzz_response.c - an HTTP response of a stranger: as an archive holds it, header and body, and as `watch` gets it, its fields. */
#include "extract.h"
#include "fetch/fetch.h"
#include "input/parts.h"
#include "watch/watch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void captured(kh_arena *a, kh_str bytes)
{
    kh_http http;
    kh_str body;
    kh_error err = {0};
    if (kh_http_read(a, bytes, &http, &err) != KH_OK) {
        must(err.msg[0]);
        return;
    }
    must(http.status > 0 && http.packed.len <= bytes.len);
    if (kh_http_body(a, &http, &body, &err) == KH_OK) {
        must(body.len <= KH_PAGE_BYTES_MAX + 1 || body.len <= http.packed.len);
    } else {
        must(err.reason && err.msg[0]);
    }
}

static void must_be_field(kh_str field)
{
    must(field.len <= KH_FETCH_FIELD_BYTES_MAX && kh_utf8_valid(field));
    must(kh_str_find(field, KH_STR("\n")) == field.len);
}

static void must_be_address(kh_arena *a, kh_str url)
{
    if (url.len) {
        must(kh_str_starts(url, KH_STR("http://")) || kh_str_starts(url, KH_STR("https://")));
        must(kh_str_eq(kh_web_join(a, (kh_str){0}, url), url));
        must(kh_web_path(a, url).ptr[0] == '/' && kh_web_host(a, url).len > 0);
    }
}

static void live(kh_arena *a, kh_str header)
{
    kh_response r = {.header = kh_str_head(header, KH_FETCH_HEADER_BYTES_MAX)};
    kh_response_fields(a, &r);
    const kh_str *const fields[] = {&r.type, &r.etag, &r.modified, &r.cache_control, &r.expires, &r.date, &r.age, &r.retry_after};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        must_be_field(*fields[i]);
    }
    must(kh_fresh_for(r.cache_control, r.expires, r.date, r.age) >= KH_NOT_SAID);
    must(kh_retry_after(r.retry_after, 1700000000) >= KH_NOT_SAID);
    must_be_address(a, kh_web_join(a, (kh_str){0}, r.type));
    must_be_address(a, kh_web_join(a, KH_STR("https://akhbar.example/a/b?c"), r.etag));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static kh_arena arena;
    static jmp_buf full;
    kh_str bytes = {(const char *)data, size};
    arena = arena.begin ? arena : kh_arena_reserve((size_t)96 << 20, &full);
    must(arena.begin != NULL);
    kh_arena_clear(&arena);
    if (!setjmp(full)) {
        captured(&arena, bytes);
        live(&arena, bytes);
    }
    return 0;
}
