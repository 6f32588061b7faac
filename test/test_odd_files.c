/* test_odd_files.c - files as strangers leave them: records that are no pages, headers that do not end, dictionaries that are cut, feeds among
 * pages, paths that lead nowhere. Each is read twice, with and without somebody who wants to know why. */
#include "test.h"

#include "input/input.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

typedef struct place {
    char folder[64];
    kh_arena arena; /* of the test */
    kh_arena page;
} place;

static int begin(void **state)
{
    place *p = calloc(1, sizeof *p);
    strcpy(p->folder, "/tmp/khabar-odd-XXXXXX");
    p->arena = kh_arena_reserve((size_t)1 << 30, NULL);
    p->page = kh_arena_reserve(KH_PAGE_ARENA_BYTES, NULL);
    *state = p;
    return mkdtemp(p->folder) && p->arena.begin && p->page.begin ? 0 : -1;
}

static int end(void **state)
{
    place *p = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", p->folder);
    int status = system(command);
    kh_arena_release(&p->arena);
    kh_arena_release(&p->page);
    free(p);
    return status;
}

#define ODD(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

static const char *path_in(place *p, const char *name)
{
    return kh_arena_printf(&p->arena, "%s/%s", p->folder, name).ptr;
}

static const char *write_file(place *p, const char *name, kh_str bytes)
{
    const char *path = path_in(p, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
    fclose(f);
    return path;
}

static void on_skip(void *context, const kh_skip *skip)
{
    kh_buf_printf(context, "%s%s ", skip->filtered ? "-" : "~", skip->reason);
}

/* What comes of PATH: "text" or "html" for pages, "!reason" for failures, "~reason" for what was passed over, "-reason" filtered. */
static kh_str read_with(place *p, const char *path, const kh_input_filter *filter, bool tells)
{
    kh_buf said = {.arena = &p->arena};
    kh_input *in = kh_input_open(&path, 1, NULL);
    assert_non_null(in);
    kh_input_choose(in, filter, tells ? (kh_skip_to){on_skip, &said} : (kh_skip_to){0});
    bool done = false;
    for (int turn = 0; !done; turn++) {
        kh_page page;
        kh_error err = {0};
        assert_in_range(turn, 0, 1000);
        kh_arena_clear(&p->page);
        kh_status status = kh_input_next(in, &p->page, &page, &done, tells ? &err : NULL);
        if (status) {
            kh_buf_printf(&said, "!%s ", tells ? err.reason : "");
        } else if (!done) {
            kh_buf_z(&said, page.kind == KH_PAGE_HTML ? "html " : "text ");
        }
    }
    kh_input_close(in);
    return kh_str_trim(kh_buf_str(&said));
}

/* How many of its words begin with SIGN. */
static size_t count(kh_str said, char sign)
{
    size_t n = 0;
    for (kh_str word; kh_str_cut(&said, ' ', &word);) {
        n += word.len && word.ptr[0] == sign;
    }
    return n;
}

static kh_str read_it(place *p, const char *path)
{
    kh_input_filter none = {0};
    kh_str said = read_with(p, path, &none, true);
    kh_str silent = read_with(p, path, &none, false); /* the same pages and failures, unsaid */
    assert_int_equal(count(silent, '!'), count(said, '!'));
    assert_int_equal(count(silent, 'h') + count(silent, 't'), count(said, 'h') + count(said, 't'));
    return said;
}

/* ---- archives ---- */

#define PAGE "<html><p>The bridge of Tamsel was closed.</p></html>"

/* One record. FIELDS ends its lines with "\r\n". */
static kh_str record(place *p, const char *type, const char *fields, kh_str block)
{
    kh_str head = kh_arena_printf(&p->arena, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: http://akhbar.example/1\r\n%sContent-Length: %zu\r\n\r\n", type,
                                  fields, block.len);
    return kh_arena_join(&p->arena, kh_arena_join(&p->arena, head, block), KH_STR("\r\n\r\n"));
}

static kh_str response(place *p, const char *fields, const char *header, kh_str body)
{
    return record(p, "response", fields, kh_arena_join(&p->arena, kh_arena_printf(&p->arena, "HTTP/1.1 200 OK\r\n%s\r\n", header), body));
}

static kh_str archive_of(place *p, kh_str one)
{
    kh_str good = response(p, "", "Content-Type: text/html\r\n", KH_STR(PAGE));
    return read_it(p, write_file(p, "a.warc", kh_arena_join(&p->arena, one, good))); /* what follows is read all the same */
}

static void records_that_are_pages_or_not(void **state)
{
    place *p = *state;
    kh_str page = KH_STR(PAGE);
    kh_str words = KH_STR("Words without markup.");
    const struct {
        kh_str one;
        const char *said;
    } cases[] = {
        {record(p, "continuation", "", page), "~not_html html"},
        {response(p, "WARC-Segment-Number: 2\r\n", "Content-Type: text/html\r\n", page), "~segment html"},
        {response(p, "WARC-Segment-Number: 1\r\n", "Content-Type: text/html\r\n", page), "html html"},
        {record(p, "resource", "Content-Type: text/html\r\n", page), "html html"},
        {record(p, "resource", "Content-Type: application/pdf\r\n", page), "~not_html html"},
        {record(p, "continuities", "", page), "html"}, /* no such type */
        {record(p, "revisit", "WARC-Target-URI: dns:akhbar.example\r\n", page), "html"},
        {record(p, "resource", "Content-Type: unk\r\n", page), "html html"},
        {record(p, "resource", "Content-Type: text/xml\r\n", page), "html html"},
        {record(p, "resource", "Content-Type: application/xml\r\n", words), "~not_html html"},
        {record(p, "conversion", "Content-Type: text/plain\r\n", words), "text html"},
        {record(p, "conversion", "Content-Type: text/html\r\n", page), "html html"},
        {record(p, "conversion", "Content-Type: text/plain\r\n", KH_STR(" \r\n ")), "~empty html"},
        {record(p, "conversion", "Content-Type: text/plain\r\n", KH_STR("%PDF-1.7 x")), "~not_html html"},
        {record(p, "metadata", "", words), "html"},
        {response(p, "WARC-Identified-Payload-Type: text/html\r\n", "Content-Type: application/octet-stream\r\n", page), "html html"},
        {response(p, "WARC-Identified-Payload-Type: image/png\r\n", "", page), "~not_html html"},
        {response(p, "WARC-Identified-Payload-Type: image/png\r\n", "Content-Type: text/html\r\n", page), "html html"}, /* what the server says counts */
        {response(p, "", "Content-Type: text/html\r\n", KH_STR("%PDF-1.7 x")), "~not_html html"},
        {response(p, "", "Content-Type: text/html\r\n", KH_STR("{\"a\":1}\n{\"b\":2}\n")), "~not_html html"},
        {response(p, "", "Content-Type: text/html\r\n", words), "html html"},
        {response(p, "", "", words), "~not_html html"},
        {record(p, "response", "", KH_STR("HTTP/1.1 301 Moved\r\n\r\n")), "~http_status html"},
        {record(p, "response", "", KH_STR("no HTTP at all")), "!bad_http html"},
        {record(p, "revisit", "WARC-Refers-To-Target-URI: <http://akhbar.example/0>\r\n", page), "~revisit html"},
        {record(p, "revisit", "WARC-Refers-To-Target-URI: <\r\n", page), "~revisit html"},
        {record(p, "revisit", "WARC-Refers-To-Target-URI: <http://akhbar.example/0\r\n", page), "~revisit html"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_kh_str(archive_of(p, cases[i].one), kh_str_z(cases[i].said));
    }
}

static void headers_of_records(void **state)
{
    place *p = *state;
    kh_buf fields = {.arena = &p->arena};
    while (fields.len < 40000) {
        kh_buf_z(&fields, "X-Note: a header may be long\r\n");
    }
    kh_str tall = kh_buf_str(&fields);
    assert_kh_str(archive_of(p, response(p, tall.ptr, "Content-Type: text/html\r\n", KH_STR(PAGE))), KH_STR("html html"));
    while (fields.len < 90000) {
        kh_buf_z(&fields, "X-Note: but not endless\r\n");
    }
    kh_str too_tall = kh_buf_str(&fields);
    assert_kh_str(archive_of(p, response(p, kh_arena_copy(&p->arena, too_tall).ptr, "Content-Type: text/html\r\n", KH_STR(PAGE))), KH_STR("!bad_record html"));
    assert_kh_str(archive_of(p, KH_STR("WARC/1.1\r\nContent-Length: 1\r\n\r\nx\r\n\r\n")), KH_STR("!bad_record html"));                     /* no type */
    assert_kh_str(archive_of(p, KH_STR("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nx\r\n\r\n")), KH_STR("!bad_record html")); /* no length */
    assert_kh_str(archive_of(p, KH_STR("WARC/1.0\nWARC-Type: metadata\nContent-Length: 1\n\nx\n\n")), KH_STR("html"));                       /* bare line ends */
    assert_kh_str(archive_of(p, KH_STR("WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 1\r\n\r\nx\n\n\n\n\n")), KH_STR("html"));         /* too many of them */
    assert_kh_str(archive_of(p, KH_STR("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://akhbar.example/1\r\nContent-Length: 99999999\r\n\r\nx\r\n\r\n")),
                  KH_STR("!too_large !truncated")); /* its length leads behind the end */
    assert_kh_str(read_it(p, write_file(p, "cut.warc", KH_STR("WARC/1.1\r\nWARC-Type: resp"))), KH_STR("!truncated"));
    assert_kh_str(read_it(p, write_file(p, "cut2.warc", KH_STR("WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 100\r\n\r\nx"))), KH_STR("!truncated"));
    assert_kh_str(read_it(p, write_file(p, "none.warc", KH_STR("WARC/"))), KH_STR("!truncated"));
    static const char bare[] = "WARC/1.0\nWARC-Type: resource\nWARC-Target-URI: <http://akhbar.example/1>\nContent-Type: text/html\nContent-Length: 20\n\n"
                               "<html><p>The bridge.\n\n";
    assert_kh_str(read_it(p, write_file(p, "bare.warc", kh_str_z(bare))), KH_STR("html")); /* no other line ends */
    char *rubbish = KH_NEW_N(&p->arena, char, 200000);
    memset(rubbish, 'x', 200000);
    kh_str much = kh_arena_join(&p->arena, record(p, "metadata", "", KH_STR("x")), (kh_str){rubbish, 200000});
    assert_kh_str(archive_of(p, kh_arena_join(&p->arena, much, KH_STR("\n"))), KH_STR("!bad_record html"));
    assert_kh_str(read_it(p, write_file(p, "end.warc", much)), KH_STR("!bad_record"));
}

static void a_page_that_grows_when_it_is_decoded(void **state)
{
    place *p = *state;
    size_t len = (5 << 20) + 8;
    char *wide = KH_NEW_N(&p->arena, char, len + 1);
    memset(wide, '\xE3', len);
    memcpy(wide, "<html>\n ", 8);
    assert_kh_str(archive_of(p, response(p, "", "Content-Type: text/html; charset=windows-1256\r\n", (kh_str){wide, len})), KH_STR("!too_large html"));
    memcpy(wide, "<meta charset=windows-1256>\n", 28);
    assert_kh_str(read_it(p, write_file(p, "wide.html", (kh_str){wide, len})), KH_STR("!too_large"));
}

/* ---- packing ---- */

static kh_str zstd_of(place *p, kh_str s)
{
    size_t room = ZSTD_compressBound(s.len);
    char *to = KH_NEW_N(&p->arena, char, room + 1);
    size_t n = ZSTD_compress(to, room, s.ptr, s.len, 3);
    assert_false(ZSTD_isError(n));
    return (kh_str){to, n};
}

/* A skippable frame with DICTIONARY that says it has LEN bytes, and TEXT packed with PLAIN as the dictionary. */
static kh_str with_dictionary(place *p, kh_str dictionary, size_t len, kh_str plain, kh_str text)
{
    char head[8] = {'\x5D', '\x2A', '\x4D', '\x18', (char)(len & 255), (char)(len >> 8 & 255), (char)(len >> 16 & 255), (char)(len >> 24 & 255)};
    ZSTD_CCtx *c = ZSTD_createCCtx();
    size_t room = ZSTD_compressBound(text.len);
    char *to = KH_NEW_N(&p->arena, char, room + 1);
    size_t n = ZSTD_compress_usingDict(c, to, room, text.ptr, text.len, plain.ptr, plain.len, 3);
    ZSTD_freeCCtx(c);
    assert_false(ZSTD_isError(n));
    return kh_arena_join(&p->arena, kh_arena_join(&p->arena, (kh_str){head, 8}, dictionary), (kh_str){to, n});
}

static void dictionaries_of_archives(void **state)
{
    place *p = *state;
    kh_str text = response(p, "", "Content-Type: text/html\r\n", KH_STR(PAGE));
    kh_buf b = {.arena = &p->arena};
    for (int i = 0; i < 400; i++) {
        kh_buf_printf(&b, "%d " PAGE "\n", i * 7919);
    }
    kh_str plain = kh_buf_str(&b);
    kh_str packed = zstd_of(p, plain);
    assert_kh_str(read_it(p, write_file(p, "1.warc.zst", with_dictionary(p, plain, plain.len, plain, text))), KH_STR("html"));
    assert_kh_str(read_it(p, write_file(p, "2.warc.zst", with_dictionary(p, packed, packed.len, plain, text))), KH_STR("html")); /* packed itself */
    assert_kh_str(read_it(p, write_file(p, "3.warc.zst", with_dictionary(p, plain, (size_t)5 << 20, plain, text))), KH_STR("!too_large"));
    assert_kh_str(read_it(p, write_file(p, "4.warc.zst", kh_str_head(with_dictionary(p, plain, plain.len, plain, text), 500))), KH_STR("!empty")); /* cut in it */
    assert_kh_str(read_it(p, write_file(p, "6.warc.zst", with_dictionary(p, KH_STR("ab"), 2, KH_STR(""), text))), KH_STR("html")); /* too short to be one */
    assert_kh_str(read_it(p, write_file(p, "7.warc.zst", (kh_str){"\x5D\x2A\x4D\x18\x01\0", 6})), KH_STR("!not_text"));
    packed = kh_arena_join(&p->arena, kh_str_head(packed, packed.len / 2), KH_STR("rubbish"));
    assert_kh_str(read_it(p, write_file(p, "5.warc.zst", with_dictionary(p, packed, packed.len, plain, text))), KH_STR("!bad_zstd"));
}

static kh_str gzip_of(place *p, kh_str s)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&z, s.len) + 64;
    char *to = KH_NEW_N(&p->arena, char, room);
    z.next_in = (unsigned char *)(uintptr_t)s.ptr;
    z.avail_in = (uInt)s.len;
    z.next_out = (unsigned char *)to;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return (kh_str){to, room - z.avail_out};
}

static void members_whose_sums_are_wrong(void **state)
{
    place *p = *state;
    kh_str page = response(p, "", "Content-Type: text/html\r\n", KH_STR(PAGE));
    kh_str one = gzip_of(p, page);
    char *bytes = (char *)(uintptr_t)one.ptr;
    kh_str good = kh_arena_copy(&p->arena, one);
    bytes[one.len - 1] ^= 1; /* of the length */
    assert_kh_str(read_it(p, write_file(p, "l.warc.gz", kh_arena_join(&p->arena, one, good))), KH_STR("!bad_checksum html"));
    kh_str two = gzip_of(p, kh_arena_join(&p->arena, page, page)); /* told at the first of several, and where they end */
    ((char *)(uintptr_t)two.ptr)[two.len - 6] ^= 1;
    assert_kh_str(read_it(p, write_file(p, "2.warc.gz", kh_arena_join(&p->arena, two, good))), KH_STR("!bad_checksum html !bad_gzip html"));
    bytes[one.len - 1] ^= 1;
    bytes[one.len - 6] ^= 1; /* of the content */
    assert_kh_str(read_it(p, write_file(p, "s.warc.gz", kh_arena_join(&p->arena, one, good))), KH_STR("!bad_checksum html"));
    kh_str html = gzip_of(p, KH_STR(PAGE));
    ((char *)(uintptr_t)html.ptr)[html.len - 6] ^= 1;
    assert_kh_str(read_it(p, write_file(p, "s.html.gz", html)), KH_STR("!bad_gzip"));
    assert_kh_str(read_it(p, write_file(p, "t.html.gz", kh_arena_join(&p->arena, gzip_of(p, KH_STR(PAGE)), KH_STR("tail")))), KH_STR("html"));
}

static void a_member_for_each_line(void **state)
{
    place *p = *state;
    kh_buf b = {.arena = &p->arena};
    for (int i = 0; i < 300; i++) {
        kh_buf_add(&b, gzip_of(p, kh_arena_printf(&p->arena, "{\"id\":\"%d\",\"text\":\"Line %d.\"}\n", i, i)));
    }
    assert_int_equal(count(read_it(p, write_file(p, "m.jsonl.gz", kh_buf_str(&b))), 't'), 300);
}

/* Longer than what is held of a file at a time, in each packing: every line comes once, and the bytes read are told on the way. */
static void a_file_longer_than_its_window(void **state)
{
    enum { LINES = 600 };
    place *p = *state;
    kh_buf b = {.arena = &p->arena};
    for (uint32_t i = 0; i < LINES; i++) {
        kh_buf_printf(&b, "{\"id\":\"%u\",\"text\":\"", i);
        for (uint32_t k = 0, seed = i; k < 150; k++) {
            seed = seed * 1664525 + 1013904223;
            kh_buf_printf(&b, "%x ", seed >> 8); /* hard to pack */
        }
        kh_buf_z(&b, "\"}\n");
    }
    kh_str text = kh_buf_str(&b);
    const char *paths[] = {write_file(p, "w.jsonl", text), write_file(p, "w.jsonl.gz", gzip_of(p, text)), write_file(p, "w.jsonl.zst", zstd_of(p, text))};
    kh_input *in = kh_input_open(paths, 3, NULL);
    bool done = false;
    uint64_t at = 0, all = 0;
    for (uint32_t i = 0; i < 3 * LINES; i++) {
        kh_page page;
        uint64_t before = at;
        kh_arena_clear(&p->page);
        assert_int_equal(kh_input_next(in, &p->page, &page, &done, NULL), KH_OK);
        assert_kh_str(page.given_id, kh_arena_printf(&p->page, "%u", i % LINES));
        kh_input_progress(in, &at, &all);
        assert_true(at >= before && at <= all && at > all / 3 * (i / LINES) / 4);
    }
    kh_page none;
    assert_int_equal(kh_input_next(in, &p->page, &none, &done, NULL), KH_OK);
    assert_true(done);
    kh_input_progress(in, &at, &all);
    assert_true(at == all);
    kh_input_close(in);
}

static void on_alarm(int number)
{
    (void)number;
}

/* A pipe with a name gives its bytes as they come, however few at a time, and a signal does not end them. */
static void a_named_pipe(void **state)
{
    place *p = *state;
    const char *path = path_in(p, "pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    kh_str bytes = gzip_of(p, KH_STR("{\"text\":\"a\"}\n{\"text\":\"b\"}\n"));
    int held = open(path, O_RDONLY | O_NONBLOCK), to = open(path, O_WRONLY); /* in this order neither waits for the other */
    assert_true(held >= 0 && to >= 0);
    pid_t child = fork();
    if (child == 0) {
        bool whole = true;
        for (size_t i = 0; i < bytes.len; i++) {
            whole = whole && write(to, bytes.ptr + i, 1) == 1;
            usleep(i < 12 ? 2000 : 0);
        }
        _exit(whole ? 0 : 1);
    }
    close(to);
    struct sigaction quiet = {.sa_handler = on_alarm}, was;
    struct itimerval often = {{0, 1000}, {0, 1000}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGALRM, &quiet, &was);
    setitimer(ITIMER_REAL, &often, NULL);
    kh_input *in = kh_input_open(&path, 1, NULL);
    kh_page page;
    bool done = false;
    assert_int_equal(kh_input_next(in, &p->page, &page, &done, NULL), KH_OK);
    assert_kh_str(page.text, KH_STR("a"));
    assert_int_equal(kh_input_next(in, &p->page, &page, &done, NULL), KH_OK);
    assert_kh_str(page.text, KH_STR("b"));
    assert_int_equal(kh_input_next(in, &p->page, &page, &done, NULL), KH_OK);
    assert_true(done);
    kh_input_close(in);
    close(held);
    setitimer(ITIMER_REAL, &never, NULL);
    sigaction(SIGALRM, &was, NULL);
    int status = 1;
    assert_true(waitpid(child, &status, 0) == child && status == 0);
}

/* ---- room, standard input, what is not wanted ---- */

static kh_str read_in(place *p, const char *path, size_t room)
{
    kh_arena small = kh_arena_reserve(room, NULL);
    kh_page page;
    kh_error err = {0};
    bool done = false;
    kh_input *in = kh_input_open(&path, 1, NULL);
    kh_status status = kh_input_next(in, &small, &page, &done, &err);
    kh_input_close(in);
    kh_arena_release(&small);
    (void)p;
    return status ? kh_str_z(err.reason) : KH_STR("page");
}

static void memory_that_is_too_small_is_said(void **state)
{
    place *p = *state;
    char *words = KH_NEW_N(&p->arena, char, 1 << 20);
    memset(words, 'x', 1 << 20);
    kh_str text = {words, 1 << 20};
    kh_str feed = kh_arena_printf(&p->arena, "<rss version='2.0'><channel><item><link>https://n.example/1</link><description>" KH_FMT "</description></item></channel></rss>",
                                  KH_ARG(text));
    kh_str line = kh_arena_printf(&p->arena, "{\"text\":\"" KH_FMT "\"}\n", KH_ARG(text));
    kh_str page = kh_arena_join(&p->arena, KH_STR("<html><p>"), text);
    const struct {
        const char *name;
        kh_str bytes;
    } files[] = {{"1.html", page}, {"2.rss", feed}, {"3.jsonl", line}, {"4.warc", response(p, "", "Content-Type: text/html\r\n", page)},
                 {"5.warc", record(p, "resource", "Content-Type: text/html\r\n", page)},
                 {"6.warc", response(p, "", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", gzip_of(p, page))}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *path = write_file(p, files[i].name, files[i].bytes);
        assert_kh_str(read_in(p, path, (size_t)600 << 10), KH_STR("no_room"));
        assert_kh_str(read_in(p, path, (size_t)512 << 20), KH_STR("page"));
    }
    assert_kh_str(read_in(p, path_in(p, "4.warc"), 4096), KH_STR("no_room")); /* not even for a header */
}

static void standard_input(void **state)
{
    place *p = *state;
    int was = dup(STDIN_FILENO);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], PAGE, sizeof PAGE - 1), sizeof PAGE - 1);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    kh_input_filter none = {0};
    assert_kh_str(read_with(p, "-", &none, true), KH_STR("html"));
    dup2(open("/tmp", O_RDONLY | O_DIRECTORY), STDIN_FILENO);
    assert_kh_str(read_with(p, "-", &none, true), KH_STR("!not_a_file"));
    dup2(was, STDIN_FILENO);
    close(was);
    close(ends[0]);
}

/* Standard input that gives BYTES and then an error: a socket whose other end was closed before it had read all. */
static kh_str read_and_fail(place *p, kh_str bytes)
{
    int was = dup(STDIN_FILENO), ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_int_equal(write(ends[0], "x", 1), 1);
    assert_int_equal(write(ends[1], bytes.ptr, bytes.len), bytes.len);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    kh_input_filter none = {0};
    kh_str said = read_with(p, "-", &none, true);
    dup2(was, STDIN_FILENO);
    close(was);
    return said;
}

/* What came before is read where it is whole; the failure is told, once, and ends the file. */
static void an_error_on_the_way(void **state)
{
    place *p = *state;
    kh_str page = KH_STR(PAGE), record = response(p, "", "Content-Type: text/html\r\n", page);
    kh_str packed = gzip_of(p, page), member = gzip_of(p, record), frame = zstd_of(p, record);
    kh_str twice = kh_arena_join(&p->arena, record, record);
    assert_kh_str(read_and_fail(p, page), KH_STR("!read_error"));
    assert_kh_str(read_and_fail(p, packed), KH_STR("!read_error"));
    assert_kh_str(read_and_fail(p, kh_str_head(packed, packed.len / 2)), KH_STR("!read_error"));
    assert_kh_str(read_and_fail(p, kh_str_head(frame, frame.len / 2)), KH_STR("!read_error"));
    assert_kh_str(read_and_fail(p, kh_str_head(with_dictionary(p, page, page.len, page, record), 30)), KH_STR("!read_error"));
    assert_kh_str(read_and_fail(p, kh_str_head(twice, twice.len - 9)), KH_STR("html !read_error"));
    assert_kh_str(read_and_fail(p, kh_arena_join(&p->arena, member, kh_str_head(member, 40))), KH_STR("html !read_error"));
    assert_kh_str(read_and_fail(p, kh_arena_join(&p->arena, frame, kh_str_head(frame, 40))), KH_STR("html !read_error"));
    assert_kh_str(read_and_fail(p, KH_STR("{\"text\":\"a\"}\n{\"text\":\"b")), KH_STR("!read_error"));
    char *words = KH_NEW_N(&p->arena, char, 100000); /* more than is looked at to tell what it is */
    memset(words, 'x', 100000);
    kh_str much = {words, 100000};
    assert_kh_str(read_and_fail(p, kh_arena_join(&p->arena, KH_STR("<html><p>"), much)), KH_STR("!read_error"));
    assert_kh_str(read_and_fail(p, kh_arena_join(&p->arena, KH_STR("<rss version='2.0'><channel><item><title>"), much)), KH_STR("!read_error"));
    assert_kh_str(read_and_fail(p, kh_arena_join(&p->arena, KH_STR("{\"text\":\"a\"}\n{\"text\":\""), much)), KH_STR("text !read_error"));
}

static void what_is_not_wanted_is_left_out(void **state)
{
    place *p = *state;
    const char *path = write_file(p, "1.html", KH_STR(PAGE));
    kh_input_filter persian = {.lang = KH_STR("fa")};
    assert_kh_str(read_with(p, path, &persian, true), KH_STR("-lang"));
    assert_kh_str(read_with(p, path, &persian, false), (kh_str){0});
    kh_input_filter host = {.host = KH_STR("n.example")};
    assert_kh_str(read_with(p, path, &host, true), KH_STR("-host")); /* a file has none */
    assert_kh_str(read_with(p, path, &host, false), (kh_str){0});
}

/* ---- feeds and records among the files ---- */

static void feeds_as_files(void **state)
{
    place *p = *state;
    static const char rss[] = "<rss version='2.0'><channel><title>F</title><item><link>https://n.example/1</link><description>Words of one.</description></item>"
                              "<item><link>https://other.example/2</link><description>Words of two.</description></item><item><link>https://n.example/3</link></item>"
                              "</channel></rss>";
    const char *path = write_file(p, "f.rss", kh_str_z(rss));
    assert_kh_str(read_it(p, path), KH_STR("text text ~no_text"));
    kh_input_filter host = {.host = KH_STR("n.example")};
    assert_kh_str(read_with(p, path, &host, true), KH_STR("text -host ~no_text"));
    assert_kh_str(read_with(p, path, &host, false), KH_STR("text"));
    assert_kh_str(read_it(p, write_file(p, "o.opml", KH_STR("<opml version='2.0'><body><outline xmlUrl='https://n.example/rss'/></body></opml>"))),
                  KH_STR("!unsupported"));
    assert_kh_str(read_it(p, write_file(p, "bad.rss", KH_STR("<rss version='2.0'><!DOCTYPE r [<!ENTITY a 'b'>]>"))), KH_STR("!bad_feed"));
    assert_kh_str(read_it(p, write_file(p, "j.json", KH_STR("\xEF\xBB\xBF{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"url\":\"https://n.example/1\","
                                                            "\"content_text\":\"Words.\"}]}"))), KH_STR("text"));
    assert_kh_str(read_it(p, write_file(p, "k.json", KH_STR("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":5}"))), KH_STR("!bad_feed"));
}

static void records_as_files(void **state)
{
    place *p = *state;
    assert_kh_str(read_it(p, write_file(p, "w.json", KH_STR("\xEF\xBB\xBF{\n\"text\": \"Words.\"\n}"))), KH_STR("text"));
    assert_kh_str(read_it(p, write_file(p, "x.json", KH_STR("{\n\"text\": 5\n}"))), KH_STR("!bad_record"));
    assert_kh_str(read_it(p, write_file(p, "y.json", KH_STR("[{\"text\":\"Words.\"}]"))), KH_STR("!unsupported"));
    kh_str text = {KH_NEW_N(&p->arena, char, 20 << 20), 20 << 20};
    char *long_line = (char *)(uintptr_t)text.ptr;
    memset(long_line, 'x', text.len);
    memcpy(long_line, "{\"text\":\"a\"}\n{\"text\":\"", 22);
    assert_kh_str(read_it(p, write_file(p, "z.jsonl", text)), KH_STR("text !too_large")); /* its end is the file's */
    memcpy(long_line + text.len - 20, "\"}\n{\"text\":\"b\"}\n    ", 20);
    assert_kh_str(read_it(p, write_file(p, "z2.jsonl", text)), KH_STR("text !too_large text"));
    memcpy(long_line, "{\n\"text\":\"xxxxxxxxxxxx", 22);
    assert_kh_str(read_it(p, write_file(p, "z3.json", text)), KH_STR("!too_large"));
}

static void paths_that_lead_nowhere(void **state)
{
    place *p = *state;
    write_file(p, "1.html", KH_STR(PAGE));
    assert_kh_str(read_it(p, path_in(p, "1.html/2.html")), KH_STR("!missing")); /* no folder */
    assert_kh_str(read_it(p, path_in(p, "absent")), KH_STR("!missing"));
    assert_int_equal(symlink("loop", path_in(p, "loop")), 0);
    assert_kh_str(read_it(p, path_in(p, "loop")), KH_STR("!unreadable"));
    assert_kh_str(read_it(p, "/dev/zero"), KH_STR("!not_a_file"));
    assert_kh_str(read_it(p, "/proc/self/mem"), KH_STR("!read_error"));
    assert_kh_str(read_it(p, write_file(p, "blank.html", KH_STR(" \n\t "))), KH_STR("!empty"));
    assert_kh_str(read_it(p, write_file(p, "none.html", (kh_str){"", 0})), KH_STR("!empty"));
    assert_kh_str(read_it(p, write_file(p, "sixteen.html", KH_STR("\xFF\xFE<\0p\0>\0x\0<\0/\0p\0>\0"))), KH_STR("html")); /* markup once decoded */
    assert_int_equal(mkdir(path_in(p, "bare"), 0700), 0);
    assert_kh_str(read_it(p, path_in(p, "bare")), KH_STR("!empty_folder"));
    kh_buf deep = {.arena = &p->arena};
    kh_buf_z(&deep, path_in(p, "deep"));
    for (int i = 0; i < 70; i++) {
        mkdir(kh_arena_copy(&p->arena, kh_buf_str(&deep)).ptr, 0700);
        kh_buf_z(&deep, "/d");
    }
    assert_kh_str(read_it(p, path_in(p, "deep")), KH_STR("!too_deep"));
    assert_int_equal(mkdir(path_in(p, "links"), 0700), 0);
    write_file(p, "links/2.html", KH_STR(PAGE));
    assert_int_equal(symlink("..", path_in(p, "links/up")), 0); /* would go round for ever */
    assert_kh_str(read_it(p, kh_arena_printf(&p->arena, "%s/links/", p->folder).ptr), KH_STR("html"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ODD(records_that_are_pages_or_not),
        ODD(headers_of_records),
        ODD(a_page_that_grows_when_it_is_decoded),
        ODD(dictionaries_of_archives),
        ODD(members_whose_sums_are_wrong),
        ODD(a_member_for_each_line),
        ODD(a_file_longer_than_its_window),
        ODD(a_named_pipe),
        ODD(memory_that_is_too_small_is_said),
        ODD(standard_input),
        ODD(an_error_on_the_way),
        ODD(what_is_not_wanted_is_left_out),
        ODD(feeds_as_files),
        ODD(records_as_files),
        ODD(paths_that_lead_nowhere),
    };
    return cmocka_run_group_tests_name("odd files", tests, NULL, NULL) != 0;
}
