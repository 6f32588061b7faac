/* test_warc.c - archives: what is a page of them, in every packing; and whole records out of damaged ones. */
#include "test.h"

#include "input/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>


/* ---- a small writer ---- */

typedef enum packing { PLAIN, GZIP_RECORDS, GZIP_WHOLE, ZSTD_RECORDS, ZSTD_WHOLE } packing;

enum { PAGES = 24, ENDS = 64 };

typedef struct archive {
    kh_arena arena;
    packing how;
    kh_buf bytes;
    size_t ends[ENDS]; /* behind each record */
    size_t records;
    char path[64];
    kh_arena page; /* of one page */
} archive;

static kh_str gzip_of(kh_arena *a, kh_str s, int bits)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&z, s.len) + 64;
    char *p = KH_NEW_N(a, char, room);
    z.next_in = (unsigned char *)(uintptr_t)s.ptr;
    z.avail_in = (uInt)s.len;
    z.next_out = (unsigned char *)p;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    kh_str packed = {p, room - z.avail_out};
    deflateEnd(&z);
    return packed;
}

static kh_str zstd_of(kh_arena *a, kh_str s)
{
    ZSTD_CCtx *c = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
    size_t room = ZSTD_compressBound(s.len);
    char *p = KH_NEW_N(a, char, room + 1);
    size_t n = ZSTD_compress2(c, p, room, s.ptr, s.len);
    assert_false(ZSTD_isError(n));
    ZSTD_freeCCtx(c);
    return (kh_str){p, n};
}

static void add_bytes(archive *w, kh_str record)
{
    kh_buf_add(&w->bytes, w->how == GZIP_RECORDS   ? gzip_of(&w->arena, record, 15 + 16)
                          : w->how == ZSTD_RECORDS ? zstd_of(&w->arena, record)
                                                   : record);
    w->ends[w->records++] = w->bytes.len;
}

static void add_record(archive *w, const char *type, const char *fields, kh_str block)
{
    kh_buf b = {.arena = &w->arena};
    kh_buf_printf(&b, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%08zu>\r\n%sContent-Length: %zu\r\n\r\n", type,
                  w->records, fields, block.len);
    kh_buf_add(&b, block);
    kh_buf_z(&b, "\r\n\r\n");
    add_bytes(w, kh_buf_str(&b));
}

/* A response of "http://akhbar.example/PATH", captured on 2022-01-06. */
static void add_response(archive *w, const char *path, const char *header, kh_str body)
{
    kh_buf b = {.arena = &w->arena};
    kh_buf_printf(&b, "HTTP/1.1 200 OK\r\n%s\r\n", header);
    kh_buf_add(&b, body);
    char fields[400];
    snprintf(fields, sizeof fields,
             "WARC-Target-URI: http://akhbar.example/%s\r\nWARC-Date: 2022-01-06T10:00:00Z\r\n"
             "Content-Type: application/http; msgtype=response\r\n",
             path);
    add_record(w, "response", fields, kh_buf_str(&b));
}

static const char *const html_type = "Content-Type: text/html; charset=utf-8\r\n";

/* The page of NUMBER: its words are its own and do not pack well. */
static kh_str page_text(kh_arena *a, size_t number)
{
    kh_buf b = {.arena = a};
    kh_buf_printf(&b, "<html><title>Page %zu</title><body><p>خبر", number);
    uint64_t x = number + 1;
    for (size_t i = 0; i < 100 + number % 7 * 20; i++) {
        x = kh_hash_mix(x, i);
        kh_buf_printf(&b, " %08x", (unsigned)(x & 0xFFFFFFFF));
    }
    kh_buf_z(&b, "</body></html>");
    return kh_buf_str(&b);
}

static void add_pages(archive *w)
{
    add_record(w, "warcinfo", "Content-Type: application/warc-fields\r\n", KH_STR("software: test\r\n"));
    for (size_t i = 0; i < PAGES; i++) {
        char path[32];
        snprintf(path, sizeof path, "%zu.html", i);
        add_response(w, path, html_type, page_text(&w->arena, i));
    }
}

static kh_str finished(archive *w)
{
    kh_str s = kh_buf_str(&w->bytes);
    return w->how == GZIP_WHOLE ? gzip_of(&w->arena, s, 15 + 16) : w->how == ZSTD_WHOLE ? zstd_of(&w->arena, s) : s;
}

static void save(const archive *w, kh_str bytes)
{
    FILE *f = fopen(w->path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
    fclose(f);
}

/* ---- reading ---- */

typedef struct outcome {
    size_t pages;
    bool got[PAGES]; /* whole and unchanged */
    kh_buf said;     /* "0.html !bad_record ~not_html" */
} outcome;

static void on_skip(void *context, const kh_skip *skip)
{
    outcome *o = context;
    assert_true(skip->source.len > 0);
    kh_buf_printf(&o->said, "%s%s ", skip->filtered ? "-" : "~", skip->reason);
}

static outcome read_with(archive *w, const kh_input_filter *filter)
{
    outcome o = {.said = {.arena = &w->arena}};
    const char *path = w->path;
    kh_input *in = kh_input_open(&path, 1, NULL);
    assert_non_null(in);
    kh_input_choose(in, filter, (kh_skip_to){on_skip, &o});
    bool done = false;
    for (size_t turns = 0; !done && turns < 1000; turns++) {
        kh_page page;
        kh_error err = {0};
        kh_arena_clear(&w->page);
        if (kh_input_next(in, &w->page, &page, &done, &err) != KH_OK) {
            assert_true(strlen(err.msg) > 10);
            kh_buf_printf(&o.said, "!%s ", err.reason);
        } else if (!done) {
            uint64_t number = 0;
            kh_str name = kh_str_from(page.url, strlen("http://akhbar.example/"));
            o.pages++;
            kh_buf_printf(&o.said, KH_FMT " ", KH_ARG(name));
            bool known = kh_str_u64(kh_str_head(name, kh_str_find(name, KH_STR(".html"))), &number) && number < PAGES;
            if (known && kh_str_eq(page.raw, page_text(&w->arena, number))) {
                o.got[number] = true;
            }
        }
    }
    assert_true(done);
    kh_input_close(in);
    return o;
}

static outcome read_all(archive *w)
{
    kh_input_filter none = {0};
    return read_with(w, &none);
}

static kh_str said(const outcome *o)
{
    return kh_str_trim(kh_buf_str(&o->said));
}

static size_t count_got(const outcome *o)
{
    size_t count = 0;
    for (size_t i = 0; i < PAGES; i++) {
        count += o->got[i];
    }
    return count;
}

static int begin(void **state)
{
    archive *w = calloc(1, sizeof *w);
    strcpy(w->path, "/tmp/khabar-warc-XXXXXX");
    int fd = mkstemp(w->path);
    close(fd);
    w->arena = kh_arena_reserve((size_t)2 << 30, NULL);
    w->page = kh_arena_reserve((size_t)8 << 20, NULL);
    w->bytes.arena = &w->arena;
    *state = w;
    return fd >= 0 && w->arena.begin && w->page.begin ? 0 : -1;
}

static int end(void **state)
{
    archive *w = *state;
    unlink(w->path);
    kh_arena_release(&w->arena);
    kh_arena_release(&w->page);
    free(w);
    return 0;
}

#define WITH_ARCHIVE(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

static void start_again(archive *w, packing how)
{
    w->how = how;
    w->records = 0;
    w->bytes = (kh_buf){.arena = &w->arena};
}

/* As much for a page as the program has; the other tests are quicker without. */
static void take_room(archive *w)
{
    kh_arena_release(&w->page);
    w->page = kh_arena_reserve(KH_PAGE_ARENA_BYTES, NULL);
    assert_non_null(w->page.begin);
}

/* ---- whole archives ---- */

static void every_packing_gives_every_page(void **state)
{
    archive *w = *state;
    for (packing how = PLAIN; how <= ZSTD_WHOLE; how++) {
        start_again(w, how);
        add_pages(w);
        save(w, finished(w));
        outcome o = read_all(w);
        assert_int_equal(o.pages, PAGES);
        assert_int_equal(count_got(&o), PAGES);
    }
}

static void a_page_says_where_it_comes_from(void **state)
{
    archive *w = *state;
    start_again(w, GZIP_RECORDS);
    add_pages(w);
    save(w, finished(w));
    const char *path = w->path;
    kh_input *in = kh_input_open(&path, 1, NULL);
    kh_page page;
    bool done = false;
    assert_int_equal(kh_input_next(in, &w->page, &page, &done, NULL), KH_OK);
    char source[128];
    snprintf(source, sizeof source, "%s:%zu", w->path, w->ends[0]);
    assert_kh_str(page.source, kh_str_z(source));
    assert_kh_str(page.label, kh_str_z(strrchr(source, '/') + 1));
    assert_kh_str(page.url, KH_STR("http://akhbar.example/0.html"));
    assert_int_equal(page.captured.day, 6);
    assert_int_equal(page.captured.hour, 10);
    assert_true(page.captured.has_offset);
    assert_int_equal(page.kind, KH_PAGE_HTML);
    kh_input_close(in);
}

static void a_shared_dictionary_is_used(void **state)
{
    archive *w = *state;
    start_again(w, PLAIN);
    add_pages(w);
    kh_str plain = kh_buf_str(&w->bytes);
    kh_str dictionary = kh_str_head(plain, 3000);
    kh_buf b = {.arena = &w->arena};
    kh_buf_add(&b, KH_STR("\x5D\x2A\x4D\x18\xB8\x0B\x00\x00")); /* 3,000 bytes */
    kh_buf_add(&b, dictionary);
    ZSTD_CCtx *c = ZSTD_createCCtx();
    size_t room = ZSTD_compressBound(plain.len);
    char *p = KH_NEW_N(&w->arena, char, room);
    size_t n = ZSTD_compress_usingDict(c, p, room, plain.ptr, plain.len, dictionary.ptr, dictionary.len, 3);
    ZSTD_freeCCtx(c);
    assert_false(ZSTD_isError(n));
    kh_buf_add(&b, (kh_str){p, n});
    save(w, kh_buf_str(&b));
    outcome o = read_all(w);
    assert_int_equal(count_got(&o), PAGES);
}

/* ---- what is a page ---- */

static void only_pages_come(void **state)
{
    archive *w = *state;
    start_again(w, PLAIN);
    kh_str page = KH_STR("<html><p>page</p></html>");
    add_record(w, "request", "WARC-Target-URI: http://akhbar.example/0\r\n", KH_STR("GET / HTTP/1.1\r\n\r\n"));
    add_record(w, "metadata", "WARC-Target-URI: http://akhbar.example/0\r\n", KH_STR("x: y\r\n"));
    add_response(w, "a", html_type, page);
    add_response(w, "b", "Content-Type: image/png\r\n", KH_STR("\x89PNG...."));
    add_response(w, "c", html_type, KH_STR("\x89PNG\r\n\x1a\n"));
    add_response(w, "d", "Content-Type: application/json\r\n", KH_STR("{\"a\":1}"));
    add_response(w, "e", "", page);
    add_response(w, "f", "Content-Type: text/plain\r\n", KH_STR("User-agent: *\n"));
    add_response(w, "g", html_type, KH_STR("  "));
    add_response(w, "h", "content-type:TEXT/HTML\r\n", KH_STR("no tags at all"));
    add_record(w, "response", "WARC-Target-URI: http://akhbar.example/i\r\n", KH_STR("HTTP/1.0 404 Not Found\r\n\r\n<html><p>gone"));
    add_record(w, "response", "WARC-Target-URI: http://akhbar.example/j\r\n", KH_STR("<html><p>no header"));
    add_record(w, "response", "WARC-Target-URI: dns:akhbar.example\r\nContent-Type: text/dns\r\n", KH_STR("1.2.3.4"));
    add_record(w, "revisit", "WARC-Target-URI: http://akhbar.example/k\r\n", KH_STR("HTTP/1.1 200 OK\r\n\r\n"));
    add_record(w, "resource", "WARC-Target-URI: <http://akhbar.example/l>\r\nContent-Type: text/html\r\n", page);
    add_record(w, "resource", "WARC-Target-URI: metadata://gnu.org/log\r\nContent-Type: text/plain\r\n", KH_STR("wget"));
    add_record(w, "conversion", "WARC-Target-URI: http://akhbar.example/m\r\nContent-Type: text/plain\r\n",
               KH_STR("عنوان\nقال الوزير إن السد آمن.\n"));
    save(w, finished(w));
    outcome o = read_all(w);
    assert_kh_str(said(&o), KH_STR("a ~not_html ~not_html ~not_html e ~not_html ~empty h ~http_status !bad_http ~not_html "
                                   "~revisit l ~not_html m"));
}

static void a_conversion_is_a_scraped_page(void **state)
{
    archive *w = *state;
    start_again(w, GZIP_RECORDS);
    add_record(w, "conversion", "WARC-Target-URI: http://akhbar.example/m\r\nWARC-Date: 2022-01-06T10:00:00Z\r\nContent-Type: text/plain\r\n",
               KH_STR("عنوان\nقال الوزير إن السد آمن.\n"));
    save(w, finished(w));
    const char *path = w->path;
    kh_input *in = kh_input_open(&path, 1, NULL);
    kh_page page;
    bool done = false;
    assert_int_equal(kh_input_next(in, &w->page, &page, &done, NULL), KH_OK);
    assert_int_equal(page.kind, KH_PAGE_SCRAPED);
    assert_kh_str(page.text, KH_STR("عنوان\nقال الوزير إن السد آمن.\n"));
    kh_input_close(in);
}

static void bodies_are_unpacked(void **state)
{
    archive *w = *state;
    start_again(w, PLAIN);
    take_room(w);
    kh_str page = page_text(&w->arena, 0);
    kh_str gz = gzip_of(&w->arena, page, 15 + 16);
    add_response(w, "0.html?gzip", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", gz);
    add_response(w, "0.html?zlib", "Content-Type: text/html\r\nContent-Encoding: deflate\r\n", gzip_of(&w->arena, page, 15));
    add_response(w, "0.html?raw", "Content-Type: text/html\r\nContent-Encoding: deflate\r\n", gzip_of(&w->arena, page, -15));
    add_response(w, "0.html?zstd", "Content-Type: text/html\r\nContent-Encoding: zstd\r\n", zstd_of(&w->arena, page));
    add_response(w, "0.html?two", "Content-Type: text/html\r\nContent-Encoding: deflate, gzip\r\n",
                 gzip_of(&w->arena, gzip_of(&w->arena, page, 15), 15 + 16));
    add_response(w, "0.html?not", "Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", page);
    kh_buf chunks = {.arena = &w->arena};
    for (size_t at = 0; at < gz.len; at += 100) {
        kh_str chunk = kh_str_head(kh_str_from(gz, at), 100);
        kh_buf_printf(&chunks, "%zX;x=y\r\n", chunk.len);
        kh_buf_add(&chunks, chunk);
        kh_buf_z(&chunks, "\r\n");
    }
    kh_buf_z(&chunks, "0\r\n\r\n");
    add_response(w, "0.html?chunks", "Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", kh_buf_str(&chunks));
    save(w, finished(w));
    const char *path = w->path;
    kh_input *in = kh_input_open(&path, 1, NULL);
    for (size_t i = 0; i < 7; i++) {
        kh_page got;
        kh_error err = {0};
        bool done = false;
        kh_arena_clear(&w->page);
        assert_int_equal(kh_input_next(in, &w->page, &got, &done, &err), KH_OK);
        assert_false(done);
        assert_kh_str(got.raw, page);
    }
    kh_input_close(in);
}

static void bombs_and_giants_are_passed_over(void **state)
{
    archive *w = *state;
    start_again(w, PLAIN);
    take_room(w);
    size_t len = (size_t)KH_PAGE_BYTES_MAX + 1;
    char *big = KH_NEW_N(&w->arena, char, 2 * len + 100);
    memset(big, ' ', 2 * len + 100);
    memcpy(big, "<html>", 6);
    add_response(w, "bomb", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", gzip_of(&w->arena, (kh_str){big, len}, 15 + 16));
    add_response(w, "big", html_type, (kh_str){big, len});
    add_response(w, "giant", html_type, (kh_str){big, 2 * len + 100});
    add_response(w, "0.html", html_type, page_text(&w->arena, 0));
    add_response(w, "coded", "Content-Type: text/html\r\nContent-Encoding: a, b, c, d\r\n", KH_STR("xxx"));
    add_response(w, "lzw", "Content-Type: text/html\r\nContent-Encoding: compress\r\n", KH_STR("\x1f\x9dxxx"));
    add_response(w, "1.html", html_type, page_text(&w->arena, 1));
    save(w, finished(w));
    outcome o = read_all(w);
    assert_kh_str(said(&o), KH_STR("!too_large !too_large !too_large 0.html !unsupported !unsupported 1.html"));
    assert_int_equal(count_got(&o), 2);
}

static void the_charset_of_the_header_is_heard(void **state)
{
    archive *w = *state;
    start_again(w, PLAIN);
    kh_str bytes = KH_STR("<html><p>\xE4\xE5\xED\xFC \xF1\xE2\xE5\xF2 \xEC\xE8\xF0 \xED\xEE\xE2\xEE\xF1\xF2\xE8</p></html>");
    add_response(w, "a", "Content-Type: text/html; charset=\"Windows-1251\"\r\n", bytes);
    save(w, finished(w));
    const char *path = w->path;
    kh_input *in = kh_input_open(&path, 1, NULL);
    kh_page page;
    bool done = false;
    assert_int_equal(kh_input_next(in, &w->page, &page, &done, NULL), KH_OK);
    assert_kh_str(page.charset, KH_STR("windows-1251"));
    assert_kh_str(page.text, KH_STR("<html><p>день свет мир новости</p></html>"));
    kh_input_close(in);
}

/* ---- damage ---- */

static void broken_records_cost_one_each(void **state)
{
    archive *w = *state;
    start_again(w, PLAIN);
    add_response(w, "0.html", html_type, page_text(&w->arena, 0));
    add_bytes(w, KH_STR("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://akhbar.example/x\r\n\r\nno length\r\n\r\n"));
    add_response(w, "1.html", html_type, page_text(&w->arena, 1));
    add_bytes(w, KH_STR("rubbish that is no record\r\n"));
    add_response(w, "2.html", html_type, page_text(&w->arena, 2));
    add_bytes(w, KH_STR("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://akhbar.example/x\r\n"
                        "Content-Length: 900\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html>a length that is too great\r\n\r\n"));
    add_response(w, "3.html", html_type, page_text(&w->arena, 3));
    add_bytes(w, KH_STR("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://akhbar.example/x\r\n"
                        "Content-Length: 20\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html>a length that is too small\r\n\r\n"));
    add_response(w, "4.html", html_type, page_text(&w->arena, 4));
    save(w, finished(w));
    outcome o = read_all(w);
    assert_kh_str(said(&o), KH_STR("0.html !bad_record 1.html !bad_record 2.html !bad_record 3.html !bad_record 4.html"));
    assert_int_equal(count_got(&o), 5);
}

static void a_damaged_member_costs_one_record(void **state)
{
    archive *w = *state;
    static const packing hows[] = {GZIP_RECORDS, ZSTD_RECORDS};
    for (size_t h = 0; h < 2; h++) {
        start_again(w, hows[h]);
        add_pages(w);
        kh_str whole = kh_arena_copy(&w->arena, finished(w));
        char *bytes = (char *)(uintptr_t)whole.ptr;
        for (size_t record = 1; record <= PAGES; record += 7) {
            size_t size = w->ends[record] - w->ends[record - 1];
            for (size_t part = 0; part < 12; part++) {
                size_t at = w->ends[record - 1] + part * size / 12;
                bytes[at] = (char)(bytes[at] ^ 0x55);
                save(w, whole);
                bytes[at] = (char)(bytes[at] ^ 0x55);
                outcome o = read_all(w);
                size_t others = count_got(&o) - o.got[record - 1];
                assert_int_equal(others, PAGES - 1);
                assert_true(o.pages == count_got(&o)); /* none that is changed */
            }
        }
    }
}

static void whole_records_of_a_cut_archive_are_read(void **state)
{
    archive *w = *state;
    for (packing how = PLAIN; how <= ZSTD_WHOLE; how++) {
        start_again(w, how);
        add_pages(w);
        kh_str whole = finished(w);
        bool by_record = how == PLAIN || how == GZIP_RECORDS || how == ZSTD_RECORDS;
        assert_true(whole.len > 15000);
        for (size_t cut = 1000; cut < whole.len; cut += 1000) {
            save(w, kh_str_head(whole, cut));
            outcome o = read_all(w);
            size_t complete = 0;
            for (size_t i = 1; i < w->records && by_record; i++) {
                complete += w->ends[i] <= cut;
            }
            assert_true(count_got(&o) >= complete);
            assert_true(o.pages == count_got(&o));
            for (size_t i = 0; i < complete; i++) {
                assert_true(o.got[i]);
            }
        }
        for (size_t cut = 106; cut < 300; cut += 17) {
            save(w, kh_str_head(whole, cut));
            assert_int_equal(read_all(w).pages, 0);
        }
    }
}

static void rubbish_between_members_is_told(void **state)
{
    archive *w = *state;
    start_again(w, GZIP_RECORDS);
    add_response(w, "0.html", html_type, page_text(&w->arena, 0));
    kh_buf_z(&w->bytes, "rubbish");
    add_response(w, "1.html", html_type, page_text(&w->arena, 1));
    kh_buf_z(&w->bytes, "more rubbish behind the last one");
    save(w, finished(w));
    outcome o = read_all(w);
    assert_kh_str(said(&o), KH_STR("0.html !bad_record 1.html"));
}

/* ---- filters ---- */

static kh_str filtered(archive *w, kh_input_filter filter)
{
    outcome o = read_with(w, &filter);
    return said(&o);
}

static void add_captured(archive *w, const char *uri, const char *date)
{
    char fields[300];
    snprintf(fields, sizeof fields, "WARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Type: text/html\r\n", uri, date);
    add_record(w, "resource", fields, KH_STR("<html><p>page</p></html>"));
}

static void filters_leave_out(void **state)
{
    archive *w = *state;
    start_again(w, PLAIN);
    add_captured(w, "http://akhbar.example/ar/2022/01/6", "2022-01-06T23:59:59Z");
    add_captured(w, "http://akhbar.example:80/fa/2022?a=/ar/", "2022-01-07T00:00:00Z");
    add_captured(w, "https://www.akhbar.example/ar/", "2022-01-08T12:00:00Z");
    add_captured(w, "https://notakhbar.example/ar/x.html", "2022-01-09T12:00:00Z");
    save(w, finished(w));
    assert_kh_str(filtered(w, (kh_input_filter){.host = KH_STR("Akhbar.example")}),
                  KH_STR("ar/2022/01/6 80/fa/2022?a=/ar/ mple/ar/ -host"));
    assert_kh_str(filtered(w, (kh_input_filter){.host = KH_STR("x.example, notakhbar.example")}),
                  KH_STR("-host -host -host ple/ar/x.html"));
    assert_kh_str(filtered(w, (kh_input_filter){.path = KH_STR("/ar/*")}), KH_STR("ar/2022/01/6 -path mple/ar/ ple/ar/x.html"));
    assert_kh_str(filtered(w, (kh_input_filter){.path = KH_STR("*/?.html")}), KH_STR("-path -path -path ple/ar/x.html"));
    assert_kh_str(filtered(w, (kh_input_filter){.since = kh_day(2022, 1, 7), .until = kh_day(2022, 1, 8)}),
                  KH_STR("-since 80/fa/2022?a=/ar/ mple/ar/ -until"));
    kh_input_filter minutes = {0};
    assert_true(kh_time_parse(KH_STR("2022-01-07T00:00:00Z"), &minutes.until));
    assert_kh_str(filtered(w, minutes), KH_STR("ar/2022/01/6 80/fa/2022?a=/ar/ -until -until"));
}

static void letters_tell_what_a_page_cannot_be_in(void **state)
{
    archive *w = *state;
    static const char fields[] = "WARC-Target-URI: http://akhbar.example/%d\r\nWARC-Date: 2022-01-06T10:00:00Z\r\nContent-Type: text/html\r\n";
    static const char *const pages[] = {
        "<html><p>Only words of English stand here, many of them.</p></html>",
        "<html><p>\xd9\x82\xd8\xa7\xd9\x84 \xd8\xb1\xd8\xa6\xd9\x8a\xd8\xb3 \xd8\xa7\xd9\x84\xd9\x88\xd8\xb2\xd8\xb1\xd8\xa7\xd8\xa1 "
        "\xd8\xa3\xd9\x85\xd8\xb3 \xd8\xa5\xd9\x86 \xd8\xa7\xd9\x84\xd8\xac\xd8\xb3\xd8\xb1</p></html>",
        "<html><p>&#1602;&#1575;&#1604; &#1585;&#1574;&#1610;&#1587; &#1575;&#1604;&#1608;&#1586;&#1585;&#1575;&#1569; &#1571;&#1605;&#1587; &#1573;&#1606;&#1607;</p></html>",
        "<html><p>\xd0\x93\xd0\xbb\xd0\xb0\xd0\xb2\xd0\xb0 \xd0\xbf\xd1\x80\xd0\xb0\xd0\xb2\xd0\xb8\xd1\x82\xd0\xb5\xd0\xbb\xd1\x8c"
        "\xd1\x81\xd1\x82\xd0\xb2\xd0\xb0 \xd1\x81\xd0\xba\xd0\xb0\xd0\xb7\xd0\xb0\xd0\xbb</p></html>"};
    start_again(w, GZIP_RECORDS);
    for (int i = 0; i < 4; i++) {
        char room[300];
        snprintf(room, sizeof room, fields, i);
        add_record(w, "resource", room, kh_str_z(pages[i]));
    }
    save(w, finished(w));
    assert_kh_str(filtered(w, (kh_input_filter){.lang = KH_STR("ar")}), KH_STR("-lang 1 2 -lang"));
    assert_kh_str(filtered(w, (kh_input_filter){.lang = KH_STR("fa-AF")}), KH_STR("-lang 1 2 -lang"));
    assert_kh_str(filtered(w, (kh_input_filter){.lang = KH_STR("ru")}), KH_STR("-lang -lang 2 3"));
    assert_kh_str(filtered(w, (kh_input_filter){.lang = KH_STR("en")}), KH_STR("0 1 2 3"));
    assert_kh_str(filtered(w, (kh_input_filter){.lang = KH_STR("ug")}), KH_STR("0 1 2 3")); /* of several scripts */
    assert_kh_str(filtered(w, (kh_input_filter){0}), KH_STR("0 1 2 3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARCHIVE(every_packing_gives_every_page),
        WITH_ARCHIVE(a_page_says_where_it_comes_from),
        WITH_ARCHIVE(a_shared_dictionary_is_used),
        WITH_ARCHIVE(only_pages_come),
        WITH_ARCHIVE(a_conversion_is_a_scraped_page),
        WITH_ARCHIVE(bodies_are_unpacked),
        WITH_ARCHIVE(bombs_and_giants_are_passed_over),
        WITH_ARCHIVE(the_charset_of_the_header_is_heard),
        WITH_ARCHIVE(broken_records_cost_one_each),
        WITH_ARCHIVE(a_damaged_member_costs_one_record),
        WITH_ARCHIVE(whole_records_of_a_cut_archive_are_read),
        WITH_ARCHIVE(rubbish_between_members_is_told),
        WITH_ARCHIVE(filters_leave_out),
        WITH_ARCHIVE(letters_tell_what_a_page_cannot_be_in),
    };
    return cmocka_run_group_tests_name("warc", tests, NULL, NULL) != 0;
}
