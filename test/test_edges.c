/* test_edges.c - bytes of strangers at the edges of what their formats allow: half an entity, a chunk size that ends wrong, a base64 with
 * a space. Each line is something that is met on the web or in archives, and what must be made of it. */
#include "test.h"

#include "fetch/fetch.h"
#include "input/feed.h"
#include "input/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

static int begin(void **state)
{
    static kh_arena arena;
    arena = kh_arena_reserve((size_t)512 << 20, NULL);
    *state = &arena;
    return arena.begin ? 0 : -1;
}

#define WIDE(fn) cmocka_unit_test_setup_teardown(fn, begin, kh_test_end)

/* ---- responses ---- */

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

static kh_str of_hex(kh_arena *a, const char *digits)
{
    size_t len = strlen(digits) / 2;
    char *p = KH_NEW_N(a, char, len + 1);
    for (size_t i = 0; i < len; i++) {
        unsigned byte = 0;
        assert_int_equal(sscanf(digits + 2 * i, "%2x", &byte), 1);
        p[i] = (char)byte;
    }
    return (kh_str){p, len};
}

static void brotli_is_undone(void **state)
{
    kh_arena *a = *state;
#ifdef KH_HAVE_BROTLI
    const char *br = "Content-Encoding: br\r\n";
    kh_str packed = of_hex(a, "1be400f8454f96ea5330253d141b9bc0d80449902082350dce7c6414c92a3330e5c802d0faa2f0763fd033c901");
    kh_str text = body_of(a, br, packed);
    assert_int_equal(text.len, 3 + 6 * 37 + 4);
    assert_true(kh_str_starts(text, KH_STR("<p>The old bridge of Tamsel was closed. The")));
    assert_int_equal(body_of(a, br, of_hex(a, "5b3f0d835f222c1e0b04f2090600")).len, 200000);                      /* more than the first room */
    assert_kh_str(body_of(a, br, of_hex(a, "cbffff3ff825c2e2b14020f7feaffeff1fbf04401c1601e8de3f00")), KH_STR("too_large")); /* 9 MB of one letter */
    assert_kh_str(body_of(a, br, of_hex(a, "3b")), KH_STR(";"));                                                  /* nothing in it: as it came */
    assert_kh_str(body_of(a, br, KH_STR("\xff\xff\xff plain")), KH_STR("\xff\xff\xff plain"));                   /* no brotli at all */
    kh_str half = kh_str_head(packed, packed.len - 4);
    assert_true(body_of(a, br, half).len < text.len);
#else
    (void)of_hex;
    assert_kh_str(body_of(a, "Content-Encoding: br\r\n", KH_STR("\x1b\x01")), KH_STR("unsupported"));
#endif
}

static void codings_that_lie(void **state)
{
    kh_arena *a = *state;
    assert_kh_str(body_of(a, "Content-Encoding: deflate\r\n", (kh_str){0}), (kh_str){0});
    assert_kh_str(body_of(a, "Content-Encoding: deflate\r\n", KH_STR("x")), KH_STR("x"));                 /* one byte is no stream */
    assert_kh_str(body_of(a, "Content-Encoding: deflate\r\n", KH_STR("\x78\x02rest")), KH_STR("\x78\x02rest")); /* zlib's method, not its check */
    assert_kh_str(body_of(a, "Content-Encoding: ,\r\n", KH_STR("plain")), KH_STR("plain"));
    assert_kh_str(body_of(a, "Content-Encoding: a-coding-whose-name-goes-on-for-longer-than-a-message-has-room\r\n", KH_STR("\x01")), KH_STR("unsupported"));
    assert_kh_str(body_of(a, "Transfer-Encoding: chunked\r\n", KH_STR("a\r\n0123456789\r\n:\r\n\r\n")), KH_STR("0123456789")); /* ':' stands between '9' and 'a' */
    assert_kh_str(body_of(a, "Transfer-Encoding: chunked\r\n", KH_STR("G\r\nx")), KH_STR("G\r\nx"));
    assert_kh_str(body_of(a, "Transfer-Encoding: chunked\r\n", KH_STR("5\r\nfirst")), KH_STR("first"));
    assert_kh_str(body_of(a, "Transfer-Encoding: chunked\r\n", KH_STR("5 ; x=1\nfirst\nB\n and second\n0\n\n")), KH_STR("first and second"));
    assert_kh_str(body_of(a, "Transfer-Encoding: chunked\r\n", KH_STR("5five\r\nfirst")), KH_STR("5five\r\nfirst"));
    assert_kh_str(body_of(a, "Transfer-Encoding: chunked\r\n", KH_STR("0000000000005\r\nfirst")), KH_STR("0000000000005\r\nfirst")); /* no size has so many digits */
    assert_kh_str(body_of(a, "Content-Encoding: identity\r\n", KH_STR("plain")), KH_STR("plain"));
    assert_kh_str(body_of(a, "Content-Encoding: X-GZip\r\n", KH_STR("plain")), KH_STR("plain"));
    assert_kh_str(body_of(a, "Content-Encoding: deflate\r\n", KH_STR("<html><p>plain</p></html>")), KH_STR("<html><p>plain</p></html>"));
    assert_kh_str(body_of(a, "Content-Encoding: pack\r\n", KH_STR("<html><p>plain</p></html>")), KH_STR("<html><p>plain</p></html>"));
    assert_kh_str(body_of(a, "Content-Encoding: zstd\r\n", KH_STR("\x28\xB5\x2F\xFDno frame at all")), KH_STR("\x28\xB5\x2F\xFDno frame at all"));
    assert_kh_str(body_of(a, "Transfer-Encoding: chunked\r\n", KH_STR("no end of a line")), KH_STR("no end of a line"));
    assert_kh_str(body_of(a, "Transfer-Encoding: chunked\r\n", KH_STR("0\r\n\r\n")), (kh_str){0}); /* nothing was sent */
    assert_kh_str(body_of(a, "Transfer-Encoding: chunked\r\n", KH_STR("5\r\n")), (kh_str){0});
    assert_kh_str(body_of(a, "Transfer-Encoding: chunked\r\n", KH_STR("0\r\nwords that follow")), KH_STR("0\r\nwords that follow"));
}

/* LEN letters packed by zlib with BITS as its deflateInit2 has them; such that do not repeat where MIXED. */
static kh_str deflated(kh_arena *a, size_t len, int bits, bool mixed)
{
    unsigned char *text = KH_NEW_N(a, unsigned char, len);
    uint32_t seed = 7;
    for (size_t i = 0; i < len; i++) {
        seed = seed * 1664525 + 1013904223;
        text[i] = mixed ? (unsigned char)('!' + seed % 90) : 'x';
    }
    z_stream z = {.next_in = text, .avail_in = (uInt)len};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&z, len) + 64;
    z.next_out = KH_NEW_N(a, unsigned char, room);
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    kh_str packed = {(char *)z.next_out - z.total_out, z.total_out};
    deflateEnd(&z);
    return packed;
}

static kh_str zstd_of(kh_arena *a, size_t len)
{
    char *text = KH_NEW_N(a, char, len);
    size_t room = ZSTD_compressBound(len);
    char *packed = KH_NEW_N(a, char, room);
    memset(text, 'x', len);
    return (kh_str){packed, ZSTD_compress(packed, room, text, len, 1)};
}

/* Bodies that outgrow the first room of what unpacks them, and bodies that outgrow a page. */
static void bodies_that_grow(void **state)
{
    kh_arena *a = *state;
    const char *gzip = "Content-Encoding: gzip\r\n", *zstd = "Content-Encoding: zstd\r\n";
    assert_int_equal(body_of(a, gzip, deflated(a, 300000, 15 + 16, false)).len, 300000);
    assert_int_equal(body_of(a, gzip, deflated(a, 300000, 15 + 16, true)).len, 300000);
    assert_int_equal(body_of(a, "Content-Encoding: deflate\r\n", deflated(a, 300000, -15, false)).len, 300000);
    assert_kh_str(body_of(a, gzip, deflated(a, KH_PAGE_BYTES_MAX + 9, 15 + 16, false)), KH_STR("too_large"));
    assert_int_equal(body_of(a, zstd, zstd_of(a, 300000)).len, 300000);
    assert_int_equal(body_of(a, zstd, kh_arena_join(a, zstd_of(a, 300), zstd_of(a, 21))).len, 321); /* two frames are one body */
    assert_kh_str(body_of(a, zstd, zstd_of(a, KH_PAGE_BYTES_MAX + 9)), KH_STR("too_large"));
    assert_kh_str(body_of(a, zstd, KH_STR("plain")), KH_STR("plain"));
    static kh_arena small;
    small = kh_arena_reserve(1 << 16, NULL);
    assert_kh_str(body_of(&small, gzip, KH_STR("x")), KH_STR("no_room"));
    kh_arena_release(&small);
}

static void types_and_fields(void **state)
{
    kh_arena *a = *state;
    assert_kh_str(kh_media_charset(KH_STR("text/html; charset=\"utf-8\"")), KH_STR("utf-8"));
    assert_kh_str(kh_media_charset(KH_STR("text/html; charset=\"")), KH_STR("\""));
    assert_kh_str(kh_media_charset(KH_STR("text/html; charset=\"utf-8")), KH_STR("\"utf-8"));
    assert_kh_str(kh_media_charset(KH_STR("text/html; charset=")), (kh_str){0});
    assert_kh_str(kh_media_charset(KH_STR("text/html; boundary=x")), (kh_str){0});
    assert_kh_str(kh_media_type(a, KH_STR(" Text/HTML , text/plain")), KH_STR("text/html"));
    kh_str name, value;
    kh_str rest = KH_STR("no colon here\r\n: no name\r\nGood: yes\r\n\r\nAfter: no\r\n");
    assert_true(kh_header_take(&rest, &name, &value));
    assert_kh_str(name, KH_STR("Good"));
    assert_false(kh_header_take(&rest, &name, &value));
    rest = KH_STR("Cut: before its end");
    assert_false(kh_header_take(&rest, &name, &value));
    kh_http http;
    kh_error err = {0};
    assert_int_equal(kh_http_read(a, KH_STR("HTTP/1.1 OK\r\n\r\n"), &http, &err), KH_ERR_INPUT);
    assert_int_equal(kh_http_read(a, KH_STR("ICY 200 OK\r\n\r\n"), &http, &err), KH_ERR_INPUT);
    assert_int_equal(kh_http_read(a, KH_STR("HTTP/1.0 404 Not Found\n\nbody"), &http, NULL), KH_OK);
    assert_int_equal(http.status, 404);
    assert_kh_str(http.packed, KH_STR("body"));
}

/* What WARC files of ours keep of a header: what was true of the bytes as they were sent gets another name. */
static void headers_that_are_kept(void **state)
{
    kh_arena *a = *state;
    kh_error err = {0};
    char path[] = "/tmp/khabar-edges-XXXXXX";
    kh_test_path(path);
    kh_warc_file *file = kh_warc_create(path, "khabar test", &err);
    kh_str header = KH_STR("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\ntransfer-encoding: chunked\r\nContent-Length: 7\r\nContent-Type: text/html\r\n\r\n");
    assert_int_equal(kh_warc_put(file, KH_STR("https://akhbar.example/1"), kh_day(2022, 1, 6), header, KH_STR("<p>words</p>"), &err), KH_OK);
    kh_str large = {KH_NEW_N(a, char, KH_PAGE_BYTES_MAX + 1), KH_PAGE_BYTES_MAX + 1};
    assert_int_equal(kh_warc_put(file, KH_STR("https://akhbar.example/2"), kh_day(2022, 1, 6), header, large, &err), KH_ERR_LIMIT);
    large.len = KH_HTTP_HEADER_BYTES_MAX + 1;
    assert_int_equal(kh_warc_put(file, KH_STR("https://akhbar.example/2"), kh_day(2022, 1, 6), large, KH_STR("x"), &err), KH_ERR_LIMIT);
    assert_int_equal(kh_warc_file_close(file, &err), KH_OK);
    assert_int_equal(kh_warc_file_close(NULL, &err), KH_OK);
    assert_null(kh_warc_create(kh_arena_printf(a, "/tmp/%.*s", 5000, (char *)memset((char *)(uintptr_t)large.ptr, 'x', 5000)).ptr, "khabar test", &err));
    kh_stream *stream = NULL;
    assert_int_equal(kh_stream_open(path, &stream, &err), KH_OK);
    kh_str all = {0};
    assert_int_equal(kh_stream_peek(stream, 1 << 16, &all, &err), KH_OK);
    assert_true(kh_str_find(all, KH_STR("\r\nX-Crawler-Content-Encoding: br\r\nX-Crawler-transfer-encoding: chunked\r\nX-Crawler-Content-Length: 7\r\n"
                                        "Content-Type: text/html\r\nContent-Length: 12\r\n\r\n<p>words</p>")) < all.len);
    assert_int_equal(kh_str_find(all, KH_STR("akhbar.example/2")), all.len);
    kh_stream_close(stream);
    unlink(path);
}

static void addresses_of_strangers(void **state)
{
    kh_arena *a = *state;
    kh_str base = KH_STR("https://akhbar.example/rss");
    static const char *const none[] = {"https://me@akhbar.example/", "https://:secret@akhbar.example/", "mailto:desk@akhbar.example", "http://", "http://[::1", "   "};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_kh_str(kh_web_join(a, base, kh_str_z(none[i])), (kh_str){0});
    }
    kh_str spaces = {KH_NEW_N(a, char, 2000), 2000};
    memset((char *)(uintptr_t)spaces.ptr, ' ', 2000); /* each takes three bytes when it is encoded */
    assert_kh_str(kh_web_join(a, base, kh_arena_printf(a, "/" KH_FMT "x", KH_ARG(spaces))), (kh_str){0});
    assert_kh_str(kh_web_join(a, KH_STR("no address"), KH_STR("/1.html")), (kh_str){0});
    assert_kh_str(kh_web_join(a, base, KH_STR("//CDN.Example:443/a b")), KH_STR("https://cdn.example/a%20b"));
    assert_kh_str(kh_web_site(a, KH_STR("no address")), (kh_str){0});
    assert_kh_str(kh_web_host(a, KH_STR("no address")), (kh_str){0});
    assert_kh_str(kh_web_path(a, KH_STR("no address")), (kh_str){0});
    assert_kh_str(kh_web_site(a, KH_STR("http://akhbar.example:8080/x")), KH_STR("http://akhbar.example:8080"));
    assert_kh_str(kh_web_path(a, KH_STR("http://akhbar.example/x?page=2")), KH_STR("/x?page=2"));
}

/* ---- what bytes are ---- */

static kh_kind kind_of(kh_str bytes)
{
    const char *what = NULL;
    return kh_kind_of(bytes, &what);
}

static void kinds_at_their_edges(void **state)
{
    (void)state;
    assert_int_equal(kind_of(KH_STR("")), KH_KIND_TEXT);
    assert_int_equal(kind_of(KH_STR("\xFE\xFF\0H\0i")), KH_KIND_TEXT); /* UTF-16 has NULs and is text */
    assert_int_equal(kind_of(KH_STR("\x01\x02\x03\x7F nothing")), KH_KIND_BINARY);
    assert_int_equal(kind_of(KH_STR("{")), KH_KIND_TEXT);
    assert_int_equal(kind_of(KH_STR("{}")), KH_KIND_JSON_WHOLE);
    assert_int_equal(kind_of(KH_STR("{ he said")), KH_KIND_TEXT);
    assert_int_equal(kind_of(KH_STR("{\"a\":1,\n\"b\":2}")), KH_KIND_JSON_WHOLE);
    assert_int_equal(kind_of(KH_STR("{\"a\":1")), KH_KIND_JSON_LINES); /* cut: said with its line */
    assert_int_equal(kind_of(KH_STR("{\"a\":1,")), KH_KIND_JSON_LINES);
    assert_int_equal(kind_of(KH_STR("[]")), KH_KIND_JSON_ARRAY);
    assert_int_equal(kind_of(KH_STR("[ {}]")), KH_KIND_JSON_ARRAY);
    assert_int_equal(kind_of(KH_STR("[1] a note")), KH_KIND_TEXT);
    assert_int_equal(kind_of(KH_STR("<RSS version='2.0'>")), KH_KIND_FEED);
    assert_int_equal(kind_of(KH_STR("<!-- made by hand --><feed>")), KH_KIND_FEED);
    assert_int_equal(kind_of(KH_STR("<?xml version='1.0'?><html><body><rss></body></html>")), KH_KIND_HTML);
    assert_int_equal(kind_of(KH_STR("<?xml version='1.0'?><note/>")), KH_KIND_HTML);
    assert_int_equal(kind_of(KH_STR("WARC/2.0\r\n\xff\x01\x02")), KH_KIND_WARC);
    static const char *const html[] = {"<head><title>x", "<BODY>x", "<p>x</p>", "words <html lang=ar>", "words <body>", "<!-- x -->",
                                       "a </p></b></i></p></b></i>"};
    static const char *const text[] = {"<", "<3 is a heart</3>", "<p>never closed", "a < b </ c", "x</1></2></3></4></5></6>", "</{></{></{></{></{></{>",
                                       "a</p> b</p>"};
    for (size_t i = 0; i < sizeof html / sizeof *html; i++) {
        assert_true(kh_is_html(kh_str_z(html[i])));
    }
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        assert_false(kh_is_html(kh_str_z(text[i])));
    }
}

static void pages_from_memory(void **state)
{
    kh_arena *a = *state;
    kh_page page;
    kh_error err = {0};
    assert_int_equal(kh_page_of_bytes(a, KH_STR("%PDF-1.7 x"), KH_STR("mine"), &page, &err), KH_ERR_INPUT);
    assert_string_equal(err.reason, "not_text");
    assert_non_null(strstr(err.msg, "mine: is a PDF"));
    assert_int_equal(kh_page_of_bytes(a, KH_STR("\x01\x02\x03\x04"), KH_STR("mine"), &page, &err), KH_ERR_INPUT);
    assert_non_null(strstr(err.msg, "mine: is not text"));
    assert_int_equal(kh_page_of_bytes(a, KH_STR("Words."), KH_STR("mine"), &page, &err), KH_OK);
    assert_int_equal(page.kind, KH_PAGE_SCRAPED);
    assert_int_equal(kh_page_of_bytes(a, KH_STR("\xFF\xFE<\0p\0>\0x\0<\0/\0p\0>\0"), KH_STR("mine"), &page, &err), KH_OK); /* markup once decoded */
    assert_int_equal(page.kind, KH_PAGE_HTML);
}

/* What kh_page_of_capture makes of BODY of that TYPE: its label, or the reason. */
static kh_str captured(kh_arena *a, const char *url, const char *type, kh_str body)
{
    kh_page page = {0};
    kh_error err = {0};
    kh_capture c = {.url = kh_str_z(url), .type = kh_str_z(type), .body = body, .at = kh_day(2022, 1, 6)};
    return kh_page_of_capture(a, &c, &page, &err) ? kh_str_z(err.reason) : page.label;
}

static void answers_are_pages_or_not(void **state)
{
    kh_arena *a = *state;
    kh_str html = KH_STR("<html><p>words</p></html>");
    assert_kh_str(captured(a, "https://akhbar.example/a/b///", "text/html", html), KH_STR("b"));
    assert_kh_str(captured(a, "https://akhbar.example/a?b=/c/", "application/xhtml+xml", html), KH_STR("a"));
    assert_kh_str(captured(a, "https://akhbar.example/a", "application/octet-stream", html), KH_STR("a"));
    assert_kh_str(captured(a, "https://akhbar.example/a", "text/html", KH_STR("words without markup")), KH_STR("a"));
    assert_kh_str(captured(a, "https://akhbar.example/a", "text/plain", html), KH_STR("not_html"));
    assert_kh_str(captured(a, "https://akhbar.example/a", "", KH_STR("words without markup")), KH_STR("not_html"));
    assert_kh_str(captured(a, "https://akhbar.example/a", "text/html", KH_STR("{\"a\":1}\n{\"b\":2}\n")), KH_STR("not_html"));
    size_t len = (5 << 20) + 8; /* every byte becomes two in UTF-8 */
    char *wide = KH_NEW_N(a, char, len);
    memset(wide, '\xE3', len);
    memcpy(wide, "<html>\n ", 8);
    assert_kh_str(captured(a, "https://akhbar.example/a", "text/html; charset=windows-1256", (kh_str){wide, len}), KH_STR("too_large"));
    static kh_arena small;
    small = kh_arena_reserve(1 << 16, NULL);
    assert_kh_str(captured(&small, "https://akhbar.example/a", "text/html", (kh_str){wide, len}), KH_STR("no_room"));
    kh_arena_release(&small);
}

static bool decodes(kh_arena *a, const char *raw, const char *part, const char *charset)
{
    kh_str why = {0};
    kh_str found = {0};
    kh_str text = kh_decode(a, kh_str_z(raw), true, &found, &why);
    return kh_str_find(text, kh_str_z(part)) < text.len && kh_str_eq(found, kh_str_z(charset));
}

static void charsets_at_their_edges(void **state)
{
    kh_arena *a = *state;
    kh_str text;
    size_t bad = 0;
    assert_false(kh_convert(a, KH_STR("x"), KH_STR("no-such-charset"), &text, &bad));
    assert_false(kh_convert(a, KH_STR("x"), KH_STR("a-charset-whose-name-is-longer-than-the-name-of-any-charset-that-there-is-in-this-world"), &text, &bad));
    assert_true(kh_convert(a, KH_STR("a\xff" "b"), KH_STR("utf-8"), &text, &bad));
    assert_kh_str(text, KH_STR("a\xEF\xBF\xBD" "b"));
    assert_int_equal(bad, 1);
    assert_true(kh_convert(a, KH_STR("ab\x41"), KH_STR("utf-16le"), &text, &bad)); /* half a character at the end */
    assert_int_equal(bad, 1);
    assert_true(decodes(a, "<meta charset=iso-2022-jp><p>\x1b$BF|K\\\x1b(B</p>", "\xE6\x97\xA5\xE6\x9C\xAC", "iso-2022-jp")); /* ASCII bytes, and yet not ASCII */
    assert_true(decodes(a, "<meta charset=iso-2022-jp><p>plain</p>", "plain", "utf-8"));
    assert_true(decodes(a, "<p>x</p><meta charset=", "x", "utf-8"));
    assert_true(decodes(a, "<meta charset='x'><p>x", "x", "utf-8"));
    assert_true(decodes(a, "<p>x</p><meta charset=\"  ", "x", "utf-8"));
    assert_true(decodes(a, "<meta charset=windows-1256{}><p>\xE3\xD1\xCD\xC8\xC7</p>", "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7", "windows-1256"));
    assert_true(decodes(a, "<p>\xD9\x85\xD8\xB1 \xEF\xBF\xBD \xD8\xAD</p>", "\xEF\xBF\xBD", "utf-8")); /* somebody else's replacement is no bad byte */
    assert_true(decodes(a, "<p>x</p><meta charset=windows-1256", "x", "utf-8"));
    static const char nul[] = "<meta charset=win\0dows-1256><p>\xE3\xD1\xCD\xC8\xC7"; /* what is named ends at the NUL, and is none */
    kh_str found = {0}, why = {0};
    kh_decode(a, (kh_str){nul, sizeof nul - 1}, true, &found, &why);
    assert_false(kh_str_eq(why, KH_STR("declared")));
    assert_true(decodes(a, "<meta charset=an-endless-name-of-a-charset-that-goes-on-and-on><p>plain", "plain", "utf-8"));
    assert_true(decodes(a, "<meta http-equiv=Content-Type content=\"text/html; charset = windows-1256\"><p>\xE3\xD1\xCD\xC8\xC7</p>",
                        "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7", "windows-1256"));
}

/* ---- text and dates of feeds ---- */

static void text_of_broken_markup(void **state)
{
    static const char *const cases[][2] = {
        {"a < b", "a < b"},
        {"a <", "a <"},
        {"a </", "a </"},
        {"tail <b", "tail"},
        {"x<br1>y", "xy"}, /* no element of HTML ends a line by it */
        {"x<h2>y</h2>z", "x\ny\nz"},
        {"<a title='5 > 4'>x</a>", "x"},
        {"<a title=\"never ends>x</a>", "x"}, /* the quotation mark is passed over */
        {"<p title=\"x", ""},
        {"<a b\"c>x", "x"}, /* a quotation mark within a name opens nothing */
        {"a<!-- b -->c", "ac"},
        {"a<!-- b", "a"},
        {"a<!DOCTYPE x>b", "ab"},
        {"a<?php echo 1 ?>b", "ab"},
        {"a<script>if (1 </ 2) x()</script>b", "ab"},
        {"a<script>never ends", "a"},
        {"a</script>b", "ab"},
        {"&lt;b&gt; &amp; &apos;x&apos; &quot;y&quot;", "<b> & 'x' \"y\""},
        {"&#x41;&#X42;&#67;&#x6a;", "ABCj"},
        {"&; &# &#; &#x; &nosuch; &amp", "&; &# &#; &#x; &nosuch; &amp"},
        {"&#xag; &#x:; &#xZZ; &#12x; &#8; &#55296; &#57343; &#1114112;", "&#xag; &#x:; &#xZZ; &#12x; &#8; &#55296; &#57343; &#1114112;"},
        {"&#57344;&#1114111;", "\xEE\x80\x80\xF4\x8F\xBF\xBF"},
        {"&waytoolongforanyname;", "&waytoolongforanyname;"},
        {"a&nbsp;b&#160;c\xC2\xA0" "d&#10;e", "a b c d e"},
    };
    kh_arena *a = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_kh_str(kh_feed_text(a, kh_str_z(cases[i][0])), kh_str_z(cases[i][1]));
    }
}

static void dates_of_strange_feeds(void **state)
{
    static const char *const cases[][2] = {
        {"Thu, 06 Jan 2022 10:00:00 +0330", "2022-01-06T10:00:00+03:30"},
        {"Thu, 06 Jan 2022 10:00:00 -03:30", "2022-01-06T10:00:00-03:30"},
        {"6 January 22 10:00 EST", "2022-01-06T10:00-05:00"},
        {"Jan 6 2022", "2022-01-06"},
        {"06 Jan 99", "1999-01-06"},
        {"06 Jan 2022 10:00:60 Z", "2022-01-06T10:00:59Z"},
        {"06 Jan 2022 24:00", "2022-01-06"},          /* no such hour: the day */
        {"06 Jan 2022 10:61", "2022-01-06"},
        {"06 Jan 2022 10", "2022-01-06"},
        {"06 Jan 2022 10:00:00:00", "2022-01-06"},
        {"06 Jan 2022 100:00", "2022-01-06"},
        {"06 Jan 2022 aa:00", "2022-01-06"},
        {"06 Jan 2022 10:00:00 +9900", "2022-01-06T10:00:00"}, /* no such zone */
        {"06 Jan 2022 10:00:00 +0399", "2022-01-06T10:00:00"},
        {"06 Jan 2022 10:00:00 +a330", "2022-01-06T10:00:00"},
        {"06 Jan 2022 10:00:00 +03x0", "2022-01-06T10:00:00"},
        {"06 Jan 2022 10:00:00 =0330", "2022-01-06T10:00:00"},
        {"06 Jan 2022 10:00:00 XYZ", "2022-01-06T10:00:00"},
        {"31 Feb 2022", ""}, {"32 Jan 2022", ""}, {"Jan Jan 2022", ""}, {"06 Jan year", ""}, {"06 Foo 2022", ""}, {"06 Jan 99999", ""}, {"Thu,", ""}, {"", ""},
    };
    kh_arena *a = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_time t = {0};
        bool read = kh_feed_date(kh_str_z(cases[i][0]), &t);
        assert_kh_str(read ? kh_time_text(a, t) : (kh_str){0}, kh_str_z(cases[i][1]));
    }
}

static void feeds_that_leave_things_out(void **state)
{
    kh_arena *a = *state;
    kh_feed f = {0};
    assert_int_equal(kh_feed_read(a, KH_STR("<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title>"
                                            "<entry><link href='https://n.example/self' rel='self'/><link rel='enclosure' href='https://n.example/sound'/>"
                                            "<link rel='via' href='https://n.example/via'/><author><email>desk@n.example</email></author></entry>"
                                            "<entry><link href=''/><link href='https://n.example/2'/><author><uri>https://n.example/me</uri></author></entry>"
                                            "<entry><author> A. Writer </author><author><name>B</name></author></entry></feed>"), &f, NULL), KH_OK);
    assert_int_equal(f.items.count, 3);
    assert_kh_str(f.items.items[0].url, KH_STR("https://n.example/via")); /* neither the entry itself nor a sound */
    assert_kh_str(f.items.items[0].byline, (kh_str){0});                  /* an address for mail is no name */
    assert_kh_str(f.items.items[1].url, KH_STR("https://n.example/2"));
    assert_kh_str(f.items.items[1].byline, (kh_str){0});
    f = (kh_feed){0};
    assert_int_equal(kh_feed_read(a, KH_STR("<rss><item><guid>https://n.example/g</guid></item><item><guid isPermaLink='false'>https://n.example/h</guid></item>"
                                            "<item><guid>17</guid></item></rss>"), &f, NULL), KH_OK); /* no channel */
    kh_feed g = {0};
    assert_int_equal(kh_feed_read(a, KH_STR("\xEF\xBB\xBF{\"version\":\"https://jsonfeed.org/version/1.1\",\"language\":\"fa\",\"items\":["
                                            "{\"url\":\"https://n.example/1\",\"author\":{\"name\":\"A\"},\"content_text\":7},"
                                            "{\"url\":\"https://n.example/2\",\"language\":\"ar\",\"authors\":[{\"name\":\"B\"},{},{\"name\":\"C\"}]}, 5]}"), &g, NULL), KH_OK);
    assert_kh_str(g.items.items[0].lang, KH_STR("fa"));
    assert_kh_str(g.items.items[1].lang, KH_STR("ar"));
    assert_true(kh_str_starts(g.items.items[1].byline, KH_STR("B")));
    assert_int_equal(kh_feed_read(a, KH_STR("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}}"), &g, NULL), KH_ERR_INPUT);
    assert_int_equal(kh_feed_read(a, KH_STR("{\"version\":\"https://jsonfeed.org/version/1\""), &g, NULL), KH_ERR_INPUT);
}

static void lists_of_feeds(void **state)
{
    kh_arena *a = *state;
    kh_outlines list = {0};
    assert_int_equal(kh_opml_read(a, KH_STR("not XML at all"), &list, NULL), KH_ERR_INPUT);
    kh_str large = {KH_NEW_N(a, char, KH_FEED_BYTES_MAX + 1), KH_FEED_BYTES_MAX + 1};
    assert_int_equal(kh_opml_read(a, large, &list, NULL), KH_ERR_LIMIT);
    kh_buf deep = {.arena = a};
    kh_buf_z(&deep, "<opml><body>");
    for (int i = 0; i < 40; i++) {
        kh_buf_printf(&deep, "<outline title='%d'>", i);
    }
    kh_buf_z(&deep, "<outline XMLURL='https://n.example/rss'/>");
    for (int i = 0; i < 40; i++) {
        kh_buf_z(&deep, "</outline>");
    }
    kh_buf_z(&deep, "</body></opml>");
    assert_int_equal(kh_opml_read(a, kh_buf_str(&deep), &list, NULL), KH_OK);
    assert_int_equal(list.count, 1);
    assert_true(kh_str_ends(list.items[0].folder, KH_STR("38/39")));
    kh_outline rows[] = {{.feed = KH_STR("https://n.example/?a=1&b=2"), .folder = KH_STR("<A> \"B\"\x01")},
                         {.feed = KH_STR("https://n.example/2"), .title = KH_STR("Two")},
                         {.feed = KH_STR("https://n.example/3"), .folder = KH_STR("<A> \"B\"\x01")}};
    kh_outlines out = {.items = rows, .count = 3};
    kh_buf written = {.arena = a};
    kh_opml_write(&written, (kh_str){0}, &out);
    assert_int_equal(kh_opml_read(a, kh_buf_str(&written), &list, NULL), KH_OK);
    assert_int_equal(list.count, 3);
    assert_kh_str(list.items[0].feed, rows[0].feed);
    assert_kh_str(list.items[0].title, rows[0].feed); /* what has no title is called by its address */
    assert_kh_str(list.items[0].folder, KH_STR("<A> \"B\""));
    assert_kh_str(list.items[1].feed, rows[2].feed);  /* folders stand together */
    assert_kh_str(list.items[2].folder, (kh_str){0});
}

/* ---- records ---- */

/* The text of the page that RECORD holds, or the reason why there is none. */
static kh_str record_of(kh_arena *a, const char *record, kh_page *page)
{
    kh_error err = {0};
    *page = (kh_page){0};
    return kh_record_read(a, kh_str_z(record), 1, "r.jsonl", page, &err) ? kh_str_z(err.reason) : page->text;
}

static void records_at_their_edges(void **state)
{
    kh_arena *a = *state;
    kh_page p;
    assert_kh_str(record_of(a, "{\"html_base64\":\"SGVs\\nbG8=\\r\\n\"}", &p), KH_STR("Hello"));
    assert_kh_str(record_of(a, "{\"html_base64\":\"++//09az\"}", &p).len ? KH_STR("read") : (kh_str){0}, KH_STR("read"));
    assert_kh_str(record_of(a, "{\"html_base64\":\"SGVs bG8=\"}", &p), KH_STR("bad_record"));
    assert_kh_str(record_of(a, "{\"html_base64\":\"[]\"}", &p), KH_STR("bad_record"));
    assert_kh_str(record_of(a, "{\"html_base64\":\"{}{}\"}", &p), KH_STR("bad_record"));
    assert_kh_str(record_of(a, "[\"text\"]", &p), KH_STR("bad_json"));
    assert_kh_str(record_of(a, "{\"html_base64\":5}", &p), KH_STR("bad_record"));
    assert_kh_str(record_of(a, "{\"text\":\"Words.\",\"title\":5}", &p), KH_STR("bad_record"));
    assert_kh_str(record_of(a, "{\"text\":\"Words.\",\"id\":[]}", &p), KH_STR("bad_record"));
    assert_kh_str(record_of(a, "{\"text\":\"Words.\",\"published\":\"in May\"}", &p), KH_STR("bad_record"));
    assert_kh_str(record_of(a, "{\"text\":\"Words.\",\"captured\":[]}", &p), KH_STR("bad_record"));
    assert_kh_str(record_of(a, "{\"text\":\"Words.\",\"published\":\"\",\"url\":null}", &p), KH_STR("Words."));
    assert_kh_str(record_of(a, "{\"text\":\"Words.\",\"id\":17}", &p), KH_STR("Words."));
    assert_kh_str(p.given_id, KH_STR("17"));
    p = (kh_page){0};
    assert_int_equal(kh_record_read(a, KH_STR("{"), 1, "r.jsonl", &p, NULL), KH_ERR_INPUT);
    assert_int_equal(kh_record_read(a, KH_STR("{\"text\":\" \"}"), 1, "r.jsonl", &p, NULL), KH_ERR_INPUT);
    kh_buf large = {.arena = a};
    kh_buf_z(&large, "{\"text\":\"");
    for (size_t i = 0; i <= KH_PAGE_BYTES_MAX / 8; i++) {
        kh_buf_z(&large, "8 bytes ");
    }
    kh_buf_z(&large, "\"}");
    kh_error err = {0};
    p = (kh_page){0};
    assert_int_equal(kh_record_read(a, kh_buf_str(&large), 1, "r.jsonl", &p, &err), KH_ERR_LIMIT);
    assert_string_equal(err.reason, "too_large");
    assert_int_equal(err.code, KH_ERR_LIMIT);
    assert_int_equal(kh_record_read(a, kh_buf_str(&large), 1, "r.jsonl", &p, NULL), KH_ERR_LIMIT);
}

static void records_of_suppliers_at_their_edges(void **state)
{
    kh_arena *a = *state;
    kh_page p;
    assert_kh_str(record_of(a, "{\"maintext\":\"Words.\",\"text\":null,\"title\":null,\"title_page\":\"null\",\"title_rss\":\"T\",\"authors\":[],\"url\":\"None\"}", &p), KH_STR("Words."));
    assert_kh_str(p.title, KH_STR("T")); /* the first that is one */
    assert_kh_str(p.byline, (kh_str){0});
    assert_kh_str(p.url, (kh_str){0});
    assert_kh_str(record_of(a, "{\"maintext\":\"Words.\",\"authors\":[\"A\",[\"x\"],{\"name\":5},{\"name\":\"B\"},7]}", &p), KH_STR("Words."));
    assert_kh_str(p.byline, KH_STR("A, B"));
    assert_kh_str(record_of(a, "{\"maintext\":\"None\"}", &p), KH_STR("empty"));
    assert_kh_str(record_of(a, "{\"maintext\":null,\"description\":\"d\"}", &p), KH_STR("empty"));
    assert_kh_str(record_of(a, "{\"articleBody\":\"Words.\",\"mainEntityOfPage\":{\"@id\":\"x\"},\"authors\":{\"name\":\"A\"},\"inLanguage\":5}", &p), KH_STR("Words."));
    assert_kh_str(p.byline, KH_STR("A"));
    assert_kh_str(p.lang, (kh_str){0});
}

static void filters_at_their_edges(void **state)
{
    (void)state;
    kh_input_filter f = {.host = KH_STR("akhbar.example,, other.example")};
    kh_time day = kh_day(2022, 1, 6);
    assert_null(kh_filter_against(&f, KH_STR("https://user:pw@www.AKHBAR.example:8443?x"), day));
    assert_string_equal(kh_filter_against(&f, KH_STR("https://notakhbar.example/"), day), "host");
    assert_string_equal(kh_filter_against(&f, KH_STR("https://x/"), day), "host");
    assert_string_equal(kh_filter_against(&f, KH_STR("no address"), day), "host");
    f = (kh_input_filter){.path = KH_STR("/news/*/?.html*")};
    assert_null(kh_filter_against(&f, KH_STR("https://n.example/news/a/b/7.html#top"), day));
    assert_string_equal(kh_filter_against(&f, KH_STR("https://n.example/news/a/77.html"), day), "path");
    assert_string_equal(kh_filter_against(&f, KH_STR("https://n.example"), day), "path");
    assert_string_equal(kh_filter_against(&f, KH_STR("/news/a/7.html"), day), "path"); /* no address: nobody's path */
    kh_time noon = day;
    noon.hour = 12;
    noon.minute = 0;
    noon.precision = KH_TO_MINUTE;
    kh_time later = noon;
    later.hour = 13;
    f = (kh_input_filter){.since = noon};
    assert_null(kh_filter_against(&f, KH_STR("https://n.example/"), later));
    assert_string_equal(kh_filter_against(&(kh_input_filter){.since = later}, KH_STR("https://n.example/"), noon), "since");
    assert_string_equal(kh_filter_against(&(kh_input_filter){.until = noon}, KH_STR("https://n.example/"), later), "until");
    assert_string_equal(kh_filter_against(&f, KH_STR("https://n.example/"), (kh_time){0}), "since");
    assert_string_equal(kh_filter_against(&(kh_input_filter){.until = day}, KH_STR("https://n.example/"), (kh_time){0}), "until");
    assert_null(kh_filter_against(&(kh_input_filter){.until = day}, KH_STR("https://n.example/"), later));
    assert_true(kh_filter_may_be_in(KH_STR("-"), KH_STR("words")));
    assert_true(kh_filter_may_be_in(KH_STR("averylongtag"), KH_STR("words")));
    assert_false(kh_filter_may_be_in(KH_STR("fa-IR"), KH_STR("words \xff\xfe words")));
    assert_true(kh_filter_may_be_in(KH_STR("en"), KH_STR("words")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WIDE(brotli_is_undone),
        WIDE(codings_that_lie),
        WIDE(bodies_that_grow),
        WIDE(types_and_fields),
        WIDE(headers_that_are_kept),
        WIDE(addresses_of_strangers),
        WIDE(kinds_at_their_edges),
        WIDE(pages_from_memory),
        WIDE(answers_are_pages_or_not),
        WIDE(charsets_at_their_edges),
        WIDE(text_of_broken_markup),
        WIDE(dates_of_strange_feeds),
        WIDE(feeds_that_leave_things_out),
        WIDE(lists_of_feeds),
        WIDE(records_at_their_edges),
        WIDE(records_of_suppliers_at_their_edges),
        WIDE(filters_at_their_edges),
    };
    return cmocka_run_group_tests_name("edges", tests, NULL, NULL) != 0;
}
