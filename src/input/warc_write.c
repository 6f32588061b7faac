/* warc_write.c - captures as a WARC 1.1 archive (ISO 28500:2017), one gzip member a record, as Common Crawl has them.
 *
 *     WARC/1.1
 *     WARC-Type: response
 *     WARC-Record-ID: <urn:uuid:6a0c...>
 *     WARC-Target-URI: https://akhbar.example/news/17.html
 *     WARC-Date: 2022-01-06T10:00:00Z
 *     Content-Type: application/http;msgtype=response
 *     Content-Length: 48211
 *
 *     HTTP/1.1 200 OK
 *     Content-Type: text/html; charset=windows-1256
 *     X-Crawler-Content-Encoding: gzip             the body below is unpacked
 *     Content-Length: 48001
 *
 * The id of a record is made of a hash of its address, time and body, so that writing the same twice gives the same
 * bytes. Gets wrong: HTTP/2 has no status line of text; the line that libcurl makes of it is kept.
 */
#include "input/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

/* A block and a record, each in a buffer that doubles, and the packed record. */
enum { ROOM_BYTES = 10 * (KH_PAGE_BYTES_MAX + 2 * KH_HTTP_HEADER_BYTES_MAX) };

struct kh_warc_file {
    int fd;
    char path[KH_PATH_BYTES_MAX];
    kh_arena arena;
};

static kh_status fail_write(const kh_warc_file *f, kh_error *err)
{
    return kh_fail(err, KH_ERR_IO, "write_error", "%.250s: the archive cannot be written (%s)", f->path, strerror(errno));
}

/* RECORD as a gzip member at the file's end. */
static kh_status write_member(kh_warc_file *f, kh_str record, kh_error *err)
{
    z_stream z = {0};
    enum { GZIP = 15 + 16, MEMORY = 8 };
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "%.250s: no memory to pack a record", f->path);
    }
    size_t room = deflateBound(&z, record.len);
    char *packed = KH_NEW_N(&f->arena, char, room);
    z.next_in = (Bytef *)(uintptr_t)record.ptr;
    z.avail_in = (uInt)record.len;
    z.next_out = (Bytef *)packed;
    z.avail_out = (uInt)room;
    deflate(&z, Z_FINISH);
    size_t len = room - z.avail_out;
    deflateEnd(&z);
    for (size_t done = 0; done < len;) {
        ssize_t n = write(f->fd, packed + done, len - done);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return fail_write(f, err);
        }
        done += (size_t)n;
    }
    return KH_OK;
}

/* An id that depends on what is written alone (a version 8 UUID). */
static void write_id(kh_buf *b, kh_str url, kh_str date, kh_str body)
{
    uint64_t high = kh_hash_mix(kh_hash(url), kh_hash(date));
    uint64_t low = kh_hash_mix(high, kh_hash(body));
    high = (high & ~UINT64_C(0xf000)) | 0x8000;
    low = (low & ~(UINT64_C(3) << 62)) | UINT64_C(1) << 63;
    kh_buf_printf(b, "WARC-Record-ID: <urn:uuid:%08" PRIx64 "-%04" PRIx64 "-%04" PRIx64 "-%04" PRIx64 "-%012" PRIx64 ">\r\n", high >> 32,
                  high >> 16 & 0xffff, high & 0xffff, low >> 48, low & UINT64_C(0xffffffffffff));
}

static void write_fields(kh_buf *b, const char *type, kh_str url, kh_time time, const char *content_type, kh_str block)
{
    kh_str date = kh_time_text(b->arena, time);
    kh_buf_printf(b, "WARC/1.1\r\nWARC-Type: %s\r\n", type);
    write_id(b, url, date, block);
    if (url.len) {
        kh_buf_printf(b, "WARC-Target-URI: " KH_FMT "\r\n", KH_ARG(url));
    }
    kh_buf_printf(b, "WARC-Date: " KH_FMT "\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", KH_ARG(date), content_type, block.len);
    kh_buf_add(b, block);
    kh_buf_z(b, "\r\n\r\n");
}

/* What was true of the body as it was sent, and is not of the body as it is kept. */
static bool is_of_the_wire(kh_str name)
{
    return kh_str_eq_ascii_nocase(name, KH_STR("Content-Encoding")) || kh_str_eq_ascii_nocase(name, KH_STR("Transfer-Encoding")) ||
           kh_str_eq_ascii_nocase(name, KH_STR("Content-Length"));
}

static kh_str block_of(kh_arena *out, kh_str header, kh_str body)
{
    kh_buf b = {.arena = out};
    kh_str rest = header;
    for (kh_str line; kh_str_cut(&rest, '\n', &line);) {
        line = kh_str_trim(line);
        kh_str name = kh_str_trim(kh_str_head(line, kh_str_find(line, KH_STR(":"))));
        if (line.len) {
            kh_buf_z(&b, is_of_the_wire(name) ? "X-Crawler-" : "");
            kh_buf_add(&b, line);
            kh_buf_z(&b, "\r\n");
        }
    }
    kh_buf_printf(&b, "Content-Length: %zu\r\n\r\n", body.len);
    kh_buf_add(&b, body);
    return kh_buf_str(&b);
}

kh_warc_file *kh_warc_create(const char *path, const char *program, kh_error *err)
{
    kh_warc_file *f = strlen(path) < sizeof f->path ? calloc(1, sizeof *f) : NULL;
    if (!f) {
        kh_fail(err, KH_ERR_MEMORY, "no_memory", "%.250s: no memory for an archive, or its path is too long", path);
        return NULL;
    }
    memcpy(f->path, path, strlen(path) + 1);
    f->arena = kh_arena_reserve(ROOM_BYTES, NULL);
    f->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    kh_status status = f->fd < 0        ? fail_write(f, err)
                       : f->arena.begin ? KH_OK
                                        : kh_fail(err, KH_ERR_MEMORY, "no_memory", "the system gives no memory");
    if (!status && lseek(f->fd, 0, SEEK_END) == 0) {
        kh_buf b = {.arena = &f->arena};
        kh_str info = kh_arena_printf(&f->arena, "software: %s\r\nformat: WARC File Format 1.1\r\n", program);
        write_fields(&b, "warcinfo", (kh_str){0}, kh_time_of_seconds(0), "application/warc-fields", info);
        status = write_member(f, kh_buf_str(&b), err);
    }
    if (status) {
        kh_warc_file_close(f, NULL);
        return NULL;
    }
    return f;
}

kh_status kh_warc_put(kh_warc_file *f, kh_str url, kh_time time, kh_str header, kh_str body, kh_error *err)
{
    if (body.len > KH_PAGE_BYTES_MAX || header.len > KH_HTTP_HEADER_BYTES_MAX) {
        return kh_fail(err, KH_ERR_LIMIT, "too_large", "%.250s: a capture is larger than 8 MB", f->path);
    }
    kh_arena_clear(&f->arena);
    kh_buf b = {.arena = &f->arena};
    write_fields(&b, "response", url, time, "application/http;msgtype=response", block_of(&f->arena, header, body));
    return write_member(f, kh_buf_str(&b), err);
}

kh_status kh_warc_file_close(kh_warc_file *f, kh_error *err)
{
    kh_status status = KH_OK;
    if (f) {
        if (f->fd >= 0 && (fsync(f->fd) != 0) + (close(f->fd) != 0)) {
            status = fail_write(f, err);
        }
        kh_arena_release(&f->arena);
        free(f);
    }
    return status;
}
