/* test_memory.c - memory that is not given while pages are read: the same small folder is read again and again, and each time another
 * request for memory fails, those of the libraries that unpack included. A page that comes must be as it always is; one that does not come
 * must be told; nothing may be left out in silence.
 */
#include "test.h"

#include "fetch/fetch.h"
#include "input/input.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#ifdef KH_HAVE_BROTLI
#include <brotli/decode.h>
#endif

/* ---- requests for memory: --wrap of the linker leads them here ---- */

static long left = -1; /* how many more succeed; -1: all */
static bool failed;

static bool given(void)
{
    if (left == 0) {
        failed = true;
        left = -1; /* this one alone */
        return false;
    }
    left -= left > 0;
    return true;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *s);
DIR *__real_opendir(const char *path);
int __real_inflateInit2_(z_streamp z, int bits, const char *version, int size);
int __real_deflateInit2_(z_streamp z, int level, int method, int bits, int memory, int strategy, const char *version, int size);
ZSTD_DStream *__real_ZSTD_createDStream(void);
#ifdef KH_HAVE_BROTLI
BrotliDecoderState *__real_BrotliDecoderCreateInstance(brotli_alloc_func alloc, brotli_free_func release, void *opaque);
#endif

#pragma GCC visibility push(default) /* a linker takes libraries for callers of them */
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *s);
DIR *__wrap_opendir(const char *path);
int __wrap_inflateInit2_(z_streamp z, int bits, const char *version, int size);
int __wrap_deflateInit2_(z_streamp z, int level, int method, int bits, int memory, int strategy, const char *version, int size);
ZSTD_DStream *__wrap_ZSTD_createDStream(void);
#ifdef KH_HAVE_BROTLI
BrotliDecoderState *__wrap_BrotliDecoderCreateInstance(brotli_alloc_func alloc, brotli_free_func release, void *opaque);
#endif
#pragma GCC visibility pop

void *__wrap_malloc(size_t size)
{
    return given() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
    return given() ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *old, size_t size)
{
    return given() ? __real_realloc(old, size) : NULL;
}

char *__wrap_strdup(const char *s)
{
    return given() ? __real_strdup(s) : NULL;
}

DIR *__wrap_opendir(const char *path)
{
    return given() ? __real_opendir(path) : NULL;
}

int __wrap_inflateInit2_(z_streamp z, int bits, const char *version, int size)
{
    return given() ? __real_inflateInit2_(z, bits, version, size) : Z_MEM_ERROR;
}

int __wrap_deflateInit2_(z_streamp z, int level, int method, int bits, int memory, int strategy, const char *version, int size)
{
    return given() ? __real_deflateInit2_(z, level, method, bits, memory, strategy, version, size) : Z_MEM_ERROR;
}

ZSTD_DStream *__wrap_ZSTD_createDStream(void)
{
    return given() ? __real_ZSTD_createDStream() : NULL;
}

#ifdef KH_HAVE_BROTLI
BrotliDecoderState *__wrap_BrotliDecoderCreateInstance(brotli_alloc_func alloc, brotli_free_func release, void *opaque)
{
    return given() ? __real_BrotliDecoderCreateInstance(alloc, release, opaque) : NULL;
}
#endif

/* ---- a folder with something of each kind ---- */

enum { PAGES_MAX = 40 };
#ifdef KH_HAVE_BROTLI
enum { PACKED_PAGES = 3 };
#else
enum { PACKED_PAGES = 2 };
#endif

static char folder[] = "/tmp/khabar-memory-XXXXXX";
static kh_arena memory;

static const char *path_in(const char *name)
{
    static char path[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_bytes(const char *name, const void *bytes, size_t len)
{
    FILE *f = fopen(path_in(name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    fclose(f);
}

static void write_archive(const char *name)
{
    kh_error err = {0};
    kh_warc_file *file = kh_warc_create(path_in(name), "khabar test", &err);
    assert_non_null(file);
    for (int i = 0; i < 2; i++) {
        kh_str url = kh_arena_printf(&memory, "https://akhbar.example/%d.html", i);
        kh_str filler = {KH_NEW_N(&memory, char, 600000), i ? 600000 : 0}; /* more than is read ahead */
        memset((char *)(uintptr_t)filler.ptr, 'x', 600000);
        kh_str body = kh_arena_printf(&memory, "<html><p>The bridge of Tamsel, part %d, was closed.</p>" KH_FMT "</html>", i, KH_ARG(filler));
        assert_int_equal(kh_warc_put(file, url, kh_day(2022, 1, 6), KH_STR("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), body, &err), KH_OK);
    }
    assert_int_equal(kh_warc_file_close(file, &err), KH_OK);
}

/* Responses whose bodies were kept as they were sent: the same page by gzip, zstd and brotli. */
static void write_packed(const char *name)
{
    static const char page[] = "<html><p>The bridge of Tamsel was closed.</p></html>";
    char gzip[200], zstd[200];
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)page, .avail_in = sizeof page - 1, .next_out = (unsigned char *)gzip, .avail_out = sizeof gzip};
    deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    deflate(&z, Z_FINISH);
    deflateEnd(&z);
    const struct {
        const char *coding;
        kh_str body;
    } packed[] = {{"gzip", {gzip, z.total_out}}, {"zstd", {zstd, ZSTD_compress(zstd, sizeof zstd, page, sizeof page - 1, 3)}},
#ifdef KH_HAVE_BROTLI
                  {"br", KH_STR("\x5b\x3f\x0d\x83\x5f\x22\x2c\x1e\x0b\x04\xf2\x09\x06\x00")}, /* 200,000 times one letter */
#endif
    };
    kh_buf all = {.arena = &memory};
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++) {
        kh_str head = kh_arena_printf(&memory, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %s\r\n\r\n", packed[i].coding);
        kh_buf_printf(&all, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://akhbar.example/%s\r\nContent-Length: %zu\r\n\r\n", packed[i].coding,
                      head.len + packed[i].body.len);
        kh_buf_add(&all, head);
        kh_buf_add(&all, packed[i].body);
        kh_buf_z(&all, "\r\n\r\n");
    }
    write_bytes(name, all.ptr, all.len);
}

/* An archive whose frames share a dictionary of two bytes. */
static void write_with_dictionary(const char *name)
{
    static const char record[] = "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: https://akhbar.example/d\r\nContent-Type: text/html\r\n"
                                 "Content-Length: 23\r\n\r\n<html><p>Packed.</html>\r\n\r\n";
    char all[400] = "\x5D\x2A\x4D\x18\x02\0\0\0ab";
    size_t n = ZSTD_compress(all + 10, sizeof all - 10, record, sizeof record - 1, 3);
    assert_false(ZSTD_isError(n));
    write_bytes(name, all, 10 + n);
}

static int begin(void **state)
{
    static const char lines[] = "{\"id\":\"a\",\"text\":\"The bridge was closed.\"}\n{\"id\":\"b\",\"text\":\"It was opened again.\"}\n";
    static const char feed[] = "<rss version='2.0'><channel><title>F</title><item><link>https://n.example/1</link><description>Words of an entry."
                               "</description></item></channel></rss>";
    (void)state;
    memory = kh_arena_reserve((size_t)512 << 20, NULL);
    if (!mkdtemp(folder) || mkdir(path_in("sub"), 0700) || mkdir(path_in("sub/deep"), 0700)) {
        return -1;
    }
    write_bytes("1.html", "<html><p>x</p></html>", 21);
    gzFile packed = gzopen(path_in("2.jsonl.gz"), "wb");
    gzwrite(packed, lines, sizeof lines - 1);
    gzclose(packed);
    char room[400];
    write_bytes("3.jsonl.zst", room, ZSTD_compress(room, sizeof room, lines, sizeof lines - 1, 3));
    write_archive("4.warc.gz");
    write_bytes("5.rss", feed, sizeof feed - 1);
    write_packed("8.warc");
    write_with_dictionary("9.warc.zst");
    write_bytes("sub/6.txt", "Words.", 6);
    write_bytes("sub/deep/7.txt", "More words.", 11);
    return 0;
}

static int end(void **state)
{
    char command[300];
    (void)state;
    kh_arena_release(&memory);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/* ---- reading it ---- */

typedef struct outcome {
    uint64_t pages[PAGES_MAX];
    size_t count, told;
    bool memory_told;
} outcome;

static outcome read_folder(void)
{
    const char *const paths[] = {folder, path_in("sub/6.txt")};
    outcome o = {0};
    kh_error why = {0};
    kh_input *in = kh_input_open(paths, 2, &why);
    if (!in) {
        o.told = 1;
        o.memory_told = why.code == KH_ERR_MEMORY;
        kh_input_close(in); /* which is nothing */
        return o;
    }
    bool done = false;
    for (int turn = 0; !done; turn++) {
        kh_page page = {0};
        kh_error err = {0};
        assert_in_range(turn, 0, PAGES_MAX); /* it comes to an end */
        kh_arena_clear(&memory);
        kh_status status = kh_input_next(in, &memory, &page, &done, &err);
        if (status) {
            assert_non_null(err.reason);
            assert_true(err.msg[0] != 0);
            o.told++;
            o.memory_told = o.memory_told || status == KH_ERR_MEMORY;
            done = done || status == KH_ERR_MEMORY;
        } else if (!done) {
            o.pages[o.count++] = kh_hash_mix(kh_hash(page.raw), kh_hash(page.label));
        }
    }
    kh_input_close(in);
    return o;
}

static bool holds(const outcome *o, uint64_t page)
{
    for (size_t i = 0; i < o->count; i++) {
        if (o->pages[i] == page) {
            return true;
        }
    }
    return false;
}

static void each_request_may_fail(void **state)
{
    (void)state;
    outcome whole = read_folder();
    assert_int_equal(whole.count, 12 + PACKED_PAGES);
    assert_int_equal(whole.told, 0);
    long k = 0;
    do {
        failed = false;
        left = k;
        outcome o = read_folder();
        left = -1;
        for (size_t i = 0; i < o.count; i++) {
            if (!holds(&whole, o.pages[i])) {
                fail_msg("request %ld: page %zu is another one", k, i);
            }
        }
        if (o.count < whole.count && !o.told) {
            fail_msg("request %ld: %zu of %zu pages came, and nothing was told", k, o.count, whole.count);
        }
        if (!failed) {
            assert_int_equal(o.count, whole.count);
        }
    } while (failed && ++k);
    printf("# %ld requests for memory\n", k);
    assert_in_range(k, 20, 2000);
}

/* ---- writing an archive, the user's tables, the fetcher ---- */

static void an_archive_is_written_whole_or_the_failure_is_told(void **state)
{
    (void)state;
    for (long k = 0; k == 0 || failed; k++) {
        kh_error err = {0};
        failed = false;
        unlink(path_in("w.warc.gz"));
        left = k;
        kh_warc_file *file = kh_warc_create(path_in("w.warc.gz"), "khabar test", &err);
        kh_status status = file ? kh_warc_put(file, KH_STR("https://n.example/1"), kh_day(2022, 1, 6), KH_STR("HTTP/1.1 200 OK\r\n\r\n"), KH_STR("x"), &err)
                                : err.code;
        left = -1;
        status = kh_warc_file_close(file, &err) ? err.code : status;
        assert_int_equal(status != KH_OK, failed);
        assert_true(!failed || err.reason);
    }
    unlink(path_in("w.warc.gz"));
}

static void tables_are_read_or_the_failure_is_told(void **state)
{
    (void)state;
    assert_int_equal(mkdir(path_in("data"), 0700), 0);
    assert_int_equal(mkdir(path_in("data/world"), 0700), 0);
    write_bytes("data/world/agencies.txt", "# agency_id\nnova\n", 17);
    write_bytes("data/world/other.txt", "# id\n", 5);
    for (long k = 0; k == 0 || failed; k++) {
        kh_error err = {0};
        kh_data_files files = {0};
        failed = false;
        kh_arena_clear(&memory);
        left = k;
        kh_status status = kh_data_folder_read(&memory, path_in("data"), &files, &err);
        left = -1;
        assert_true(status || files.count == 2); /* no table is left out in silence */
        assert_true(!status || failed);
    }
}

static void a_fetcher_is_opened_or_the_failure_is_told(void **state)
{
    (void)state;
    kh_error err = {0};
    kh_fetch_rules rules = {.agent = "khabar test", .timeout_ms = 1000};
    left = 0;
    assert_null(kh_fetcher_open(&rules, &err));
    left = -1;
    assert_int_equal(err.code, KH_ERR_MEMORY);
    kh_fetcher *f = kh_fetcher_open(&rules, &err);
    assert_non_null(f);
    kh_fetcher_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_request_may_fail),
        cmocka_unit_test(an_archive_is_written_whole_or_the_failure_is_told),
        cmocka_unit_test(tables_are_read_or_the_failure_is_told),
        cmocka_unit_test(a_fetcher_is_opened_or_the_failure_is_told),
    };
    return cmocka_run_group_tests_name("memory", tests, begin, end) != 0;
}
