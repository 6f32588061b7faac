/* warc.c - the records of a WARC archive (ISO 28500; versions 1.0 and 1.1), one after the other.
 *
 *     WARC/1.0
 *     WARC-Type: response
 *     WARC-Target-URI: https://akhbar.example/1.html
 *     WARC-Date: 2022-01-06T10:00:00Z
 *     Content-Length: 5312
 *
 *     HTTP/1.1 200 OK ...
 *
 * A record is believed where its two line ends, another record or the end follow its content. One that is broken (no
 * header, no length, a length that leads into nothing, packed bytes that are damaged) is told once,
 * and reading goes on at the next line that begins with "WARC/1." or at the next gzip member or
 * zstd frame. So a length that is wrong costs one record, a damaged byte in a file packed record
 * by record one too, in a file packed as a whole all that stand behind it. An archive that ends in
 * the midst of a record gives the records before it. Errors that lie ahead are kept until the
 * records before them are read.
 *
 * wget writes the address in angle brackets; they are taken off. Fields that go on over several
 * lines, which no program writes, are read to the end of the first one.
 */
#include "input/parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 1 << 12, SCAN = 1 << 16, AHEAD = 16 };

struct kh_warc {
    kh_stream *stream; /* not owned */
    const char *path;
    kh_status trouble; /* met ahead, told when its place is reached */
    kh_error error;
    bool told; /* the trouble ahead is of a record that was told already */
    bool over;
    bool block_waits; /* the content of the last record was not taken */
    uint64_t block_len;
};

kh_warc *kh_warc_open(kh_stream *stream, const char *path)
{
    kh_warc *w = calloc(1, sizeof *w);
    if (w) {
        w->stream = stream;
        w->path = path;
    }
    return w;
}

void kh_warc_close(kh_warc *w)
{
    free(w);
}

void kh_warc_expect(kh_warc *w, const kh_error *err)
{
    w->trouble = err->code;
    w->error = *err;
}

void kh_warc_stop(kh_warc *w)
{
    w->over = true;
    w->block_waits = false;
}

/* The bytes that are ready, WANT where there are so many. */
static kh_str ready(kh_warc *w, size_t want)
{
    kh_str bytes = {0};
    kh_error error = {0};
    kh_status status = kh_stream_peek(w->stream, want, &bytes, &error);
    if (status != KH_OK && !w->trouble) {
        w->trouble = status;
        w->error = error;
    }
    return bytes;
}

/* To the next line that begins like a record. */
static void seek_record(kh_warc *w)
{
    static const kh_str mark = {"\nWARC/1.", 8};
    for (;;) {
        kh_str bytes = ready(w, SCAN);
        size_t at = kh_str_find(bytes, mark);
        if (at < bytes.len) {
            kh_stream_skip(w->stream, at + 1);
            return;
        }
        if (bytes.len < SCAN) {
            kh_stream_skip(w->stream, bytes.len);
            return;
        }
        kh_stream_skip(w->stream, bytes.len - mark.len);
    }
}

static kh_status tell(const kh_warc *w, kh_place where, const char *reason, const char *what, kh_error *err)
{
    kh_status status = kh_fail(err, KH_ERR_INPUT, reason, "%.200s:%" PRIu64 ": %.120s; this record is skipped", w->path,
                               where.offset + where.within, what);
    if (err) {
        err->pos = (size_t)(where.offset + where.within);
    }
    return status;
}

/* The bytes end before the record does: told, and on to what follows. */
static kh_status give_up(kh_warc *w, kh_place where, kh_error *err)
{
    kh_status status = w->trouble;
    if (status == KH_ERR_IO || status == KH_ERR_MEMORY) {
        w->over = true;
        if (err) {
            *err = w->error;
        }
        return status;
    }
    char what[120];
    snprintf(what, sizeof what, "%.100s",
             strcmp(w->error.reason ? w->error.reason : "", "bad_zstd") == 0 ? "damaged zstd data"
             : status ? "damaged gzip data"
                      : "the archive ends within it");
    const char *reason = status ? w->error.reason : "truncated";
    w->trouble = KH_OK;
    w->over = !kh_stream_resync(w->stream);
    return tell(w, where, reason, what, err);
}

static kh_status broken(kh_warc *w, kh_place where, const char *what, kh_error *err)
{
    kh_stream_skip(w->stream, 1);
    seek_record(w);
    return tell(w, where, "bad_record", what, err);
}

/* The length of the header that BYTES begin with, its empty line included; 0 where it does not end. */
static size_t head_length(kh_str bytes)
{
    bytes = kh_str_head(bytes, KH_WARC_HEADER_BYTES_MAX);
    size_t with_cr = kh_str_find(bytes, KH_STR("\r\n\r\n"));
    size_t bare = kh_str_find(bytes, KH_STR("\n\n"));
    size_t end = with_cr < bare ? with_cr + 4 : bare + 2;
    return with_cr == bytes.len && bare == bytes.len ? 0 : end;
}

static kh_str without_brackets(kh_str s)
{
    bool both = s.len >= 2 && s.ptr[0] == '<' && s.ptr[s.len - 1] == '>';
    return both ? (kh_str){s.ptr + 1, s.len - 2} : s;
}

static void read_fields(kh_arena *out, kh_str head, kh_warc_record *r)
{
    kh_str date = {0};
    kh_str length = {0};
    kh_str segment = {0};
    const struct {
        kh_str name;
        kh_str *value;
    } fields[] = {{KH_STR("warc-type"), &r->type},
                  {KH_STR("warc-target-uri"), &r->uri},
                  {KH_STR("content-type"), &r->content_type},
                  {KH_STR("warc-identified-payload-type"), &r->payload_type},
                  {KH_STR("warc-date"), &date},
                  {KH_STR("content-length"), &length},
                  {KH_STR("warc-segment-number"), &segment},
                  {KH_STR("warc-refers-to-target-uri"), &r->refers_to}};
    kh_str rest = kh_str_from(head, kh_str_find(head, KH_STR("\n")) + 1);
    kh_str name = {0};
    kh_str value = {0};
    while (kh_header_take(&rest, &name, &value)) {
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
            if (kh_str_eq_ascii_nocase(name, fields[i].name)) {
                *fields[i].value = value;
            }
        }
    }
    r->type = kh_media_type(out, r->type);
    r->uri = kh_arena_copy(out, without_brackets(r->uri));
    r->refers_to = kh_arena_copy(out, without_brackets(r->refers_to));
    r->content_type = kh_arena_copy(out, r->content_type);
    r->payload_type = kh_media_type(out, r->payload_type);
    r->continued = segment.len && !kh_str_eq(segment, KH_STR("1"));
    r->has_length = kh_str_u64(length, &r->length);
    if (!kh_time_parse(date, &r->date)) {
        r->date = (kh_time){0};
    }
}

/* Past the content of the record before, however long. */
static void pass_block(kh_warc *w)
{
    while (w->block_waits && w->block_len > 0) {
        kh_str bytes = ready(w, 1);
        if (bytes.len == 0) {
            break;
        }
        size_t step = w->block_len < bytes.len ? (size_t)w->block_len : bytes.len;
        kh_stream_skip(w->stream, step);
        w->block_len -= step;
    }
}

static bool at_line_end(kh_str bytes)
{
    return bytes.len && (bytes.ptr[0] == '\r' || bytes.ptr[0] == '\n');
}

/* The next bytes that are no line ends. */
static kh_str next_bytes(kh_warc *w)
{
    while (at_line_end(ready(w, 1))) {
        kh_stream_skip(w->stream, 1);
    }
    return ready(w, HEAD);
}

kh_status kh_warc_next(kh_warc *w, kh_arena *out, kh_warc_record *r, bool *end, kh_error *err)
{
    *r = (kh_warc_record){0};
    *end = false;
    kh_place before = kh_stream_place(w->stream);
    pass_block(w);
    bool cut = w->block_waits && w->block_len > 0;
    w->block_waits = false;
    if (cut && !w->over) {
        return give_up(w, before, err);
    }
    kh_str bytes = next_bytes(w);
    if (bytes.len == 0 && w->told && kh_stream_resync(w->stream)) {
        w->trouble = KH_OK;
        bytes = next_bytes(w);
    }
    w->told = false;
    kh_place where = kh_stream_place(w->stream);
    if (bytes.len == 0 && !w->over && w->trouble) {
        return give_up(w, where, err);
    }
    if (bytes.len == 0 && !w->over && kh_stream_resync(w->stream)) {
        return tell(w, where, "bad_record", "rubbish between two gzip members or zstd frames", err);
    }
    if (bytes.len == 0 || w->over) {
        *end = true;
        return KH_OK;
    }
    if (!kh_str_starts(bytes, kh_str_head(KH_STR("WARC/"), bytes.len))) {
        return broken(w, where, "no record begins here", err);
    }
    size_t length = head_length(bytes);
    for (size_t want = 2 * HEAD; !length && bytes.len >= want / 2 && want <= KH_WARC_HEADER_BYTES_MAX; want *= 2) {
        bytes = ready(w, want);
        length = head_length(bytes);
    }
    if (!length && bytes.len < KH_WARC_HEADER_BYTES_MAX) {
        kh_stream_skip(w->stream, bytes.len);
        return give_up(w, where, err);
    }
    if (!length) {
        return broken(w, where, "its header is longer than 64 KB", err);
    }
    read_fields(out, kh_str_head(bytes, length), r);
    r->where = where;
    if (!r->has_length || !r->type.len) {
        return broken(w, where, r->type.len ? "it has no length" : "it has no type", err);
    }
    r->damaged = kh_stream_check_failed(w->stream) && where.within == 0;
    kh_stream_skip(w->stream, length);
    w->block_waits = true;
    w->block_len = r->length;
    return KH_OK;
}

/* What follows the content: the two line ends that belong to it, or any number and then a record or nothing. */
static bool ends_well(kh_str behind)
{
    if (kh_str_starts(behind, KH_STR("\r\n\r\n"))) {
        return true;
    }
    while (at_line_end(behind)) {
        behind = kh_str_from(behind, 1);
    }
    return kh_str_starts(behind, kh_str_head(KH_STR("WARC/"), behind.len));
}

kh_status kh_warc_block(kh_warc *w, const kh_warc_record *r, kh_str *block, kh_error *err)
{
    *block = (kh_str){0};
    if (r->length > KH_RECORD_BYTES_MAX) {
        tell(w, r->where, "too_large", "it is larger than 16 MB", err);
        if (err) {
            err->code = KH_ERR_LIMIT;
        }
        return KH_ERR_LIMIT;
    }
    size_t length = (size_t)r->length;
    kh_str bytes = ready(w, length + AHEAD);
    if (bytes.len < length) {
        w->block_waits = false;
        kh_stream_skip(w->stream, bytes.len);
        return give_up(w, r->where, err);
    }
    if (!ends_well(kh_str_from(bytes, length))) {
        w->block_waits = false;
        return broken(w, r->where, "its length does not lead to the next record", err);
    }
    bool damaged = r->damaged || (kh_stream_check_failed(w->stream) && r->where.within == 0);
    if (damaged) {
        w->told = w->trouble != KH_OK;
        return tell(w, r->where, "bad_checksum", "its checksum is wrong", err);
    }
    *block = kh_str_head(bytes, length);
    return KH_OK;
}
