/* test_response.c - what servers answer: bodies in chunks and codings as archives hold them, true and untrue; fields and addresses
 * as `watch` takes them. */
#include "test.h"

#include "fetch/fetch.h"
#include "input/parts.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define TEXT "<html><body><p>The old bridge of Tamsel was closed on Monday, the city said.</p></body></html>"

/* TEXT as zlib packs it; BITS as deflateInit2 has them. */
static kh_str packed(kh_arena *a, kh_str text, int bits)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&z, text.len) + 32;
    char *p = KH_NEW_N(a, char, room);
    z.next_in = (unsigned char *)(uintptr_t)text.ptr;
    z.avail_in = (uInt)text.len;
    z.next_out = (unsigned char *)p;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return (kh_str){p, room - z.avail_out};
}

static kh_str in_zstd(kh_arena *a, kh_str text)
{
    size_t room = ZSTD_compressBound(text.len);
    char *p = KH_NEW_N(a, char, room);
    size_t n = ZSTD_compress(p, room, text.ptr, text.len, 3);
    assert_false(ZSTD_isError(n));
    return (kh_str){p, n};
}

/* The body of a response with these FIELDS; the reason where there is none. */
static kh_str body_of(kh_arena *a, const char *fields, kh_str sent)
{
    kh_http http;
    kh_error err = {0};
    kh_str body = {0};
    kh_str block = kh_arena_join(a, kh_arena_printf(a, "HTTP/1.1 200 OK\r\n%s\r\n", fields), sent);
    kh_status status = kh_http_read(a, block, &http, &err);
    status = status ? status : kh_http_body(a, &http, &body, &err);
    return status ? kh_str_z(err.reason) : body;
}

static int begin(void **state)
{
    static kh_arena arena;
    arena = kh_arena_reserve((size_t)256 << 20, NULL);
    *state = &arena;
    return arena.begin ? 0 : -1;
}

#define WIDE(fn) cmocka_unit_test_setup_teardown(fn, begin, kh_test_end)

static void codings_are_undone(void **state)
{
    kh_arena *a = *state;
    kh_str text = KH_STR(TEXT);
    assert_kh_str(body_of(a, "Content-Encoding: gzip\r\n", packed(a, text, 15 + 16)), text);
    assert_kh_str(body_of(a, "content-encoding:  X-GZIP \r\n", packed(a, text, 15 + 16)), text);
    assert_kh_str(body_of(a, "Content-Encoding: deflate\r\n", packed(a, text, 15)), text);
    assert_kh_str(body_of(a, "Content-Encoding: deflate\r\n", packed(a, text, -15)), text); /* as some servers understand it */
    assert_kh_str(body_of(a, "Content-Encoding: zstd\r\n", in_zstd(a, text)), text);
    assert_kh_str(body_of(a, "Content-Encoding: deflate, gzip\r\n", packed(a, packed(a, text, 15), 15 + 16)), text);
    assert_kh_str(body_of(a, "Content-Encoding: identity\r\n", text), text);
    assert_kh_str(body_of(a, "Content-Encoding: gzip, gzip, gzip, gzip\r\n", text), KH_STR("unsupported"));
    assert_kh_str(body_of(a, "Content-Encoding: pack200\r\n", KH_STR("\x01\x02\x03")), KH_STR("unsupported"));
}

static void a_coding_that_is_not_there_is_passed_over(void **state)
{
    static const char *const claims[] = {"gzip", "deflate", "zstd", "br", "pack200"};
    kh_arena *a = *state;
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        char field[60];
        snprintf(field, sizeof field, "Content-Encoding: %s\r\n", claims[i]);
        assert_kh_str(body_of(a, field, KH_STR(TEXT)), KH_STR(TEXT));
    }
}

static void a_body_that_ends_early_gives_what_there_is(void **state)
{
    kh_arena *a = *state;
    kh_buf long_text = {.arena = a};
    for (int i = 0; i < 4000; i++) {
        kh_buf_printf(&long_text, "%d %d ", i * 7919 % 1009, i * i % 997);
    }
    kh_str text = kh_buf_str(&long_text);
    kh_str gzip = packed(a, text, 15 + 16);
    kh_str half = body_of(a, "Content-Encoding: gzip\r\n", kh_str_head(gzip, gzip.len / 2));
    assert_in_range(half.len, text.len / 4, text.len - 1);
    assert_kh_str(half, kh_str_head(text, half.len));
    kh_str zstd = in_zstd(a, text);
    kh_str none = kh_str_head(zstd, 6);
    assert_kh_str(body_of(a, "Content-Encoding: zstd\r\n", none), none); /* not a byte of it: as it came */
}

static void bombs_end_at_the_limit(void **state)
{
    kh_arena *a = *state;
    kh_str zeros = {KH_NEW_N(a, char, (12 << 20)), 12 << 20};
    assert_kh_str(body_of(a, "Content-Encoding: gzip\r\n", packed(a, zeros, 15 + 16)), KH_STR("too_large"));
    assert_kh_str(body_of(a, "Content-Encoding: zstd\r\n", in_zstd(a, zeros)), KH_STR("too_large"));
    assert_kh_str(body_of(a, "Content-Encoding: gzip, gzip\r\n", packed(a, packed(a, zeros, 15 + 16), 15 + 16)), KH_STR("too_large"));
}

static void chunks_are_joined(void **state)
{
    kh_arena *a = *state;
    const char *chunked = "Transfer-Encoding: chunked\r\n";
    assert_kh_str(body_of(a, chunked, KH_STR("5\r\nfirst\r\n7;name=x\r\n second\r\n0\r\n\r\n")), KH_STR("first second"));
    assert_kh_str(body_of(a, "transfer-encoding: gzip, Chunked\r\n", KH_STR("A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n")), KH_STR("0123456789"));
    assert_kh_str(body_of(a, chunked, KH_STR("5\nfirst\n0\n\n")), KH_STR("first")); /* bare line ends */
    assert_kh_str(body_of(a, chunked, KH_STR("0\r\n\r\n")), (kh_str){0});
    assert_kh_str(body_of(a, chunked, KH_STR("ff\r\nshorter")), KH_STR("shorter"));           /* cut */
    assert_kh_str(body_of(a, chunked, KH_STR("5\r\nfirst\r\nrubbish")), KH_STR("first"));     /* broken behind the first */
    assert_kh_str(body_of(a, chunked, KH_STR("fffffffffffffffff\r\nx")), KH_STR("fffffffffffffffff\r\nx")); /* no size at all */
    assert_kh_str(body_of(a, chunked, KH_STR(TEXT)), KH_STR(TEXT));                           /* stored as it was meant */
    assert_kh_str(body_of(a, chunked, KH_STR("5 apples\r\n")), KH_STR("5 apples\r\n"));
    kh_str both = packed(a, KH_STR(TEXT), 15 + 16);
    kh_str in_chunk = kh_arena_join(a, kh_arena_printf(a, "%zx\r\n", both.len), kh_arena_join(a, both, KH_STR("\r\n0\r\n\r\n")));
    assert_kh_str(body_of(a, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", in_chunk), KH_STR(TEXT));
}

static void what_is_no_response_is_said(void **state)
{
    static const char *const blocks[] = {"", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 OK\r\n\r\n", "\r\n\r\n"};
    kh_http http;
    kh_error err;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        assert_int_equal(kh_http_read(*state, kh_str_z(blocks[i]), &http, &err), KH_ERR_INPUT);
        assert_string_equal(err.reason, "bad_http");
    }
    kh_str odd = KH_STR("HTTP/1.0 404 Not Found\nno colon\n: no name\nContent-Type: Text/HTML; a=b; Charset=\"windows-1256\"\n\nbody");
    assert_int_equal(kh_http_read(*state, odd, &http, &err), KH_OK);
    assert_int_equal(http.status, 404);
    assert_kh_str(http.type, KH_STR("text/html"));
    assert_kh_str(http.charset, KH_STR("windows-1256"));
    assert_kh_str(http.packed, KH_STR("body"));
}

static void fields_are_taken_as_sent(void **state)
{
    kh_response r = {.header = KH_STR("HTTP/1.1 200 OK\r\nETAG:  W/\"a:1\" \r\nCache-Control: no-cache\r\ncache-control: max-age=60\r\n"
                                      "Age\r\nRetry-After:\r\nExpires: \xff\xfe\r\nX-Other: 1\r\n\r\n")};
    kh_response_fields(*state, &r);
    assert_kh_str(r.etag, KH_STR("W/\"a:1\""));
    assert_kh_str(r.cache_control, KH_STR("no-cache, max-age=60"));
    assert_kh_str(r.age, (kh_str){0});
    assert_kh_str(r.retry_after, (kh_str){0});
    assert_kh_str(r.expires, (kh_str){0}); /* no text */
}

static void a_field_does_not_grow_past_its_limit(void **state)
{
    kh_buf header = {.arena = *state};
    for (int i = 0; i < 40; i++) {
        kh_buf_printf(&header, "Cache-Control: %0100d\r\n", i);
    }
    kh_response r = {.header = kh_buf_str(&header)};
    kh_response_fields(*state, &r);
    assert_int_equal(r.cache_control.len, 9 * 102 - 2);
    kh_buf giant = {.arena = *state};
    kh_buf_printf(&giant, "ETag: %01001d\r\nLast-Modified: %01000d\r\n", 1, 1);
    r = (kh_response){.header = kh_buf_str(&giant)};
    kh_response_fields(*state, &r);
    assert_int_equal(r.etag.len, 0);
    assert_int_equal(r.modified.len, 1000);
}

static void addresses_have_one_spelling(void **state)
{
    static const char *const cases[][3] = {
        {"", "https://Akhbar.EXAMPLE:443/a/../b#c", "https://akhbar.example/b"},
        {"", "http://akhbar.example:8080", "http://akhbar.example:8080/"},
        {"https://akhbar.example/news/1.html", "2.html", "https://akhbar.example/news/2.html"},
        {"https://akhbar.example/news/", "/x y?q=a b", "https://akhbar.example/x%20y?q=a+b"},
        {"https://akhbar.example/", "//other.example/z", "https://other.example/z"},
        {"", "ftp://akhbar.example/", ""},
        {"", "https://me:secret@akhbar.example/", ""},
        {"", "https://me@akhbar.example/", ""},
        {"https://akhbar.example/", "javascript:alert(1)", ""},
        {"https://akhbar.example/", "", ""},
        {"no address", "1.html", ""},
        {"", "https://", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_kh_str(kh_web_join(*state, kh_str_z(cases[i][0]), kh_str_z(cases[i][1])), kh_str_z(cases[i][2]));
    }
    kh_buf longest = {.arena = *state};
    kh_buf_printf(&longest, "https://akhbar.example/%0*d", KH_PATH_BYTES_MAX, 1);
    assert_int_equal(kh_web_join(*state, (kh_str){0}, kh_buf_str(&longest)).len, 0);
}

static void parts_of_an_address(void **state)
{
    kh_str url = KH_STR("https://akhbar.example:8443/a/b?c=d");
    assert_kh_str(kh_web_site(*state, url), KH_STR("https://akhbar.example:8443"));
    assert_kh_str(kh_web_host(*state, url), KH_STR("akhbar.example"));
    assert_kh_str(kh_web_path(*state, url), KH_STR("/a/b?c=d"));
    assert_kh_str(kh_web_site(*state, KH_STR("https://akhbar.example/")), KH_STR("https://akhbar.example"));
    assert_kh_str(kh_web_path(*state, KH_STR("https://akhbar.example")), KH_STR("/"));
    assert_kh_str(kh_web_site(*state, KH_STR("no address")), (kh_str){0});
    assert_kh_str(kh_web_host(*state, KH_STR("no address")), (kh_str){0});
    assert_kh_str(kh_web_path(*state, KH_STR("no address")), (kh_str){0});
}

/* A server that takes connections and says nothing. */
static void requests_at_once_have_a_number(void **state)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    kh_error err = {0};
    kh_fetch_rules rules = {.agent = "khabar test", .allow_private = true, .timeout_ms = 60000};
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(listening, (struct sockaddr *)&at, size), 0);
    assert_int_equal(listen(listening, 64), 0);
    assert_int_equal(getsockname(listening, (struct sockaddr *)&at, &size), 0);
    kh_fetcher *f = kh_fetcher_open(&rules, &err);
    kh_request request = {.url = kh_arena_printf(*state, "http://127.0.0.1:%u/", ntohs(at.sin_port)), .bytes_max = 1000};
    for (int i = 0; i < KH_FETCH_AT_ONCE; i++) {
        assert_int_equal(kh_fetcher_start(f, &request, &err), KH_OK);
    }
    assert_int_equal(kh_fetcher_start(f, &request, &err), KH_ERR_LIMIT);
    assert_string_equal(err.reason, "busy");
    assert_int_equal(kh_fetcher_busy(f), KH_FETCH_AT_ONCE);
    kh_fetcher_close(f);
    close(listening);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WIDE(codings_are_undone),         WIDE(a_coding_that_is_not_there_is_passed_over), WIDE(a_body_that_ends_early_gives_what_there_is),
        WIDE(bombs_end_at_the_limit),     WIDE(chunks_are_joined),                         KH_TEST(what_is_no_response_is_said),
        KH_TEST(fields_are_taken_as_sent), KH_TEST(a_field_does_not_grow_past_its_limit), KH_TEST(addresses_have_one_spelling),
        KH_TEST(parts_of_an_address),     KH_TEST(requests_at_once_have_a_number),
    };
    return cmocka_run_group_tests_name("response", tests, NULL, NULL);
}
