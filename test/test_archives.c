/* test_archives.c - the archive writer: what it writes reads as it was, also where the file is cut.
 *
 * With paths of archives (gzip, a member a record) as arguments: each is cut at every 1,000th byte, and every page whose
 * record is whole must come, as it was. So test/cli/archives.sh tests an archive by wget. */
#include "test.h"

#include "input/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { PAGES_MAX = 2000, PAGES = 30, STEP = 1000 };

static kh_arena page_memory;

/* ---- reading ---- */

typedef struct got {
    uint64_t offset; /* of the gzip member */
    uint64_t hash;   /* of address and bytes */
} got;

typedef struct outcome {
    got pages[PAGES_MAX];
    size_t count, failures;
} outcome;

static uint64_t member_of(const kh_page *page, const char *path)
{
    return strtoull(page->source.ptr + strlen(path) + 1, NULL, 10);
}

static void read_archive(const char *path, outcome *o)
{
    kh_input *in = kh_input_open(&path, 1, NULL);
    assert_non_null(in);
    *o = (outcome){0};
    bool done = false;
    for (size_t turn = 0; !done; turn++) {
        kh_page page;
        kh_error err = {0};
        assert_true(turn < PAGES_MAX);
        kh_arena_clear(&page_memory);
        if (kh_input_next(in, &page_memory, &page, &done, &err)) {
            assert_non_null(err.reason);
            o->failures++;
        } else if (!done) {
            o->pages[o->count++] = (got){member_of(&page, path), kh_hash_mix(kh_hash(page.url), kh_hash(page.raw))};
        }
    }
    kh_input_close(in);
}

static kh_str read_bytes(kh_arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    fseek(f, 0, SEEK_END);
    size_t size = (size_t)ftell(f);
    rewind(f);
    char *p = KH_NEW_N(a, char, size + 1);
    assert_int_equal(fread(p, 1, size, f), size);
    fclose(f);
    return (kh_str){p, size};
}

static void write_bytes(const char *path, kh_str bytes)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
    assert_int_equal(fclose(f), 0);
}

/* Where the gzip member that begins at BEGIN ends. */
static size_t end_of_member(kh_str bytes, size_t begin)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)(bytes.ptr + begin), .avail_in = (uInt)(bytes.len - begin)};
    unsigned char room[4096];
    int code = Z_OK;
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    while (code == Z_OK) {
        z.next_out = room;
        z.avail_out = sizeof room;
        code = inflate(&z, Z_NO_FLUSH);
    }
    assert_int_equal(code, Z_STREAM_END);
    size_t end = bytes.len - z.avail_in;
    inflateEnd(&z);
    return end;
}

/* The pages of WHOLE whose members are whole in its first CUT bytes are those that were read. */
static void whole_ones_came(const outcome *whole, const outcome *part, kh_str bytes, size_t cut)
{
    size_t next = 0;
    for (size_t i = 0; i < whole->count; i++) {
        if (whole->pages[i].offset < cut && end_of_member(bytes, whole->pages[i].offset) <= cut) {
            assert_true(next < part->count);
            assert_true(part->pages[next].hash == whole->pages[i].hash && part->pages[next].offset == whole->pages[i].offset);
            next++;
        }
    }
    assert_true(part->count <= next + 1);
}

/* The number of pages of the archive at PATH. */
static size_t cut_everywhere(kh_arena *a, const char *path)
{
    static outcome whole;
    static outcome part;
    kh_str bytes = read_bytes(a, path);
    kh_str cut_path = kh_arena_printf(a, "%s.cut.gz", path);
    read_archive(path, &whole);
    assert_int_equal(whole.failures, 0);
    assert_true(whole.count > 0);
    for (size_t cut = STEP; cut < bytes.len; cut += STEP) {
        write_bytes(cut_path.ptr, kh_str_head(bytes, cut));
        read_archive(cut_path.ptr, &part);
        whole_ones_came(&whole, &part, bytes, cut);
    }
    unlink(cut_path.ptr);
    return whole.count;
}

/* ---- the writer ---- */

static char path[64];

static int begin(void **state)
{
    strcpy(path, "/tmp/khabar-archives-XXXXXX");
    int fd = mkstemp(path);
    close(fd);
    return fd >= 0 ? kh_test_begin(state) : -1;
}

static int end(void **state)
{
    unlink(path);
    return kh_test_end(state);
}

#define WITH_FILE(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

/* A page with words of its own, in an order that does not pack well. */
static kh_str page_of(kh_arena *a, unsigned number)
{
    kh_buf b = {.arena = a};
    kh_buf_printf(&b, "<html><head><title>Page %u</title></head><body><p>", number);
    uint64_t chance = number;
    for (int i = 0; i < 300; i++) {
        chance = kh_hash_mix(chance, 7);
        kh_buf_printf(&b, "%08x%s", (unsigned)(chance & 0xffffffff), i % 9 == 8 ? ".</p>\n<p>" : " ");
    }
    kh_buf_z(&b, "</p></body></html>\n");
    return kh_buf_str(&b);
}

static void put(kh_warc_file *file, kh_arena *a, unsigned number, const char *header)
{
    kh_error err = {0};
    kh_str url = kh_arena_printf(a, "https://akhbar.example/%u.html", number);
    assert_int_equal(kh_warc_put(file, url, kh_time_of_seconds(1641463200 + number), kh_str_z(header), page_of(a, number), &err), KH_OK);
}

static const char plain[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";

static void what_is_written_reads_as_it_was(void **state)
{
    kh_arena *a = *state;
    kh_error err = {0};
    kh_warc_file *file = kh_warc_create(path, "khabar test", &err);
    assert_non_null(file);
    put(file, a, 0, plain);
    assert_int_equal(kh_warc_file_close(file, &err), KH_OK);
    file = kh_warc_create(path, "khabar test", &err); /* goes on where it ended */
    put(file, a, 1, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\ncontent-length: 7\r\n\r\n");
    assert_int_equal(kh_warc_file_close(file, &err), KH_OK);

    const char *paths[] = {path};
    kh_input *in = kh_input_open(paths, 1, NULL);
    for (unsigned number = 0; number < 2; number++) {
        kh_page page;
        bool done = false;
        kh_arena_clear(&page_memory);
        assert_int_equal(kh_input_next(in, &page_memory, &page, &done, &err), KH_OK);
        assert_false(done);
        assert_kh_str(page.url, kh_arena_printf(a, "https://akhbar.example/%u.html", number));
        assert_kh_str(page.raw, page_of(a, number));
        assert_kh_str(kh_time_text(a, page.captured), number ? KH_STR("2022-01-06T10:00:01Z") : KH_STR("2022-01-06T10:00:00Z"));
    }
    kh_input_close(in);
}

static void whole_records_of_what_was_written_are_read(void **state)
{
    kh_arena *a = *state;
    kh_error err = {0};
    kh_warc_file *file = kh_warc_create(path, "khabar test", &err);
    for (unsigned i = 0; i < PAGES; i++) {
        put(file, a, i, plain);
    }
    assert_int_equal(kh_warc_file_close(file, &err), KH_OK);
    assert_true(read_bytes(a, path).len > 30 * STEP);
    assert_int_equal(cut_everywhere(a, path), PAGES);
}

static void the_same_gives_the_same_bytes(void **state)
{
    kh_arena *a = *state;
    kh_error err = {0};
    kh_str bytes[2];
    for (int i = 0; i < 2; i++) {
        unlink(path);
        kh_warc_file *file = kh_warc_create(path, "khabar test", &err);
        put(file, a, 1, plain);
        put(file, a, 2, plain);
        kh_warc_file_close(file, &err);
        bytes[i] = read_bytes(a, path);
    }
    assert_true(kh_str_eq(bytes[0], bytes[1]));
}

static void what_cannot_be_written_is_told(void **state)
{
    kh_arena *a = *state;
    kh_error err = {0};
    assert_null(kh_warc_create("/no/such/folder/a.warc.gz", "khabar test", &err));
    assert_int_equal(err.code, KH_ERR_IO);
    kh_warc_file *file = kh_warc_create("/dev/full", "khabar test", &err);
    assert_null(file); /* its first record does not fit */
    file = kh_warc_create(path, "khabar test", &err);
    kh_str giant = {KH_NEW_N(a, char, KH_PAGE_BYTES_MAX + 1), KH_PAGE_BYTES_MAX + 1};
    assert_int_equal(kh_warc_put(file, KH_STR("http://a.example/"), kh_time_of_seconds(0), kh_str_z(plain), giant, &err), KH_ERR_LIMIT);
    giant.len--;
    assert_int_equal(kh_warc_put(file, KH_STR("http://a.example/"), kh_time_of_seconds(0), kh_str_z(plain), giant, &err), KH_OK);
    assert_int_equal(kh_warc_file_close(file, &err), KH_OK);
    assert_int_equal(kh_warc_file_close(NULL, &err), KH_OK);
}

/* ---- one page of an answer ---- */

static kh_status capture(kh_arena *a, const char *type, kh_str body, kh_page *page, kh_error *err)
{
    kh_capture c = {.url = KH_STR("https://akhbar.example/news/17.html?x=1"), .type = kh_str_z(type), .body = body, .at = kh_day(2022, 1, 6)};
    *err = (kh_error){0};
    *page = (kh_page){0};
    return kh_page_of_capture(a, &c, page, err);
}

static void an_answer_is_a_page_or_not(void **state)
{
    (void)state;
    kh_page page;
    kh_error err;
    kh_arena *a = &page_memory;
    kh_arena_clear(a);
    assert_int_equal(capture(a, "text/html; charset=windows-1256", KH_STR("<html><p>\xe3\xd1\xcd\xc8\xc7</p></html>"), &page, &err), KH_OK);
    assert_kh_str(page.label, KH_STR("17"));
    assert_true(kh_str_find(page.text, KH_STR("\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7")) < page.text.len);
    assert_int_equal(capture(a, "", KH_STR("<!DOCTYPE html><html><p>x</p></html>"), &page, &err), KH_OK);
    assert_int_equal(capture(a, "image/png", KH_STR("<html><p>x</p></html>"), &page, &err), KH_ERR_INPUT);
    assert_string_equal(err.reason, "not_html");
    assert_int_equal(capture(a, "text/html", KH_STR("%PDF-1.7\n\x01\x02\x03\x04"), &page, &err), KH_ERR_INPUT);
    assert_string_equal(err.reason, "not_html");
    assert_int_equal(capture(a, "text/html", KH_STR(" \n\t"), &page, &err), KH_ERR_INPUT);
    assert_string_equal(err.reason, "empty");
}

int main(int argc, char **argv)
{
    page_memory = kh_arena_reserve(KH_PAGE_ARENA_BYTES, NULL);
    if (argc > 1) {
        kh_arena a = kh_arena_reserve((size_t)1 << 30, NULL);
        for (int i = 1; i < argc; i++) {
            printf("%zu pages, however it is cut\n", cut_everywhere(&a, argv[i]));
        }
        return 0;
    }
    const struct CMUnitTest tests[] = {
        WITH_FILE(what_is_written_reads_as_it_was),
        WITH_FILE(whole_records_of_what_was_written_are_read),
        WITH_FILE(the_same_gives_the_same_bytes),
        WITH_FILE(what_cannot_be_written_is_told),
        KH_TEST(an_answer_is_a_page_or_not),
    };
    int failed = cmocka_run_group_tests_name("archives", tests, NULL, NULL);
    kh_arena_release(&page_memory);
    return failed;
}
