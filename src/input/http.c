/* http.c - a captured HTTP response: its status, type and charset, and the body as it was meant.
 *
 *     HTTP/1.1 200 OK
 *     Content-Type: text/html; charset=windows-1256
 *     Transfer-Encoding: chunked
 *     Content-Encoding: gzip
 *
 *     1a4\r\n\x1f\x8b\x08 ...          the page "خبر ..." in a gzip stream in chunks
 *
 * RFC 9112 for the frame, RFC 9110 for the fields. Crawlers often keep the header and store the
 * body unpacked (Common Crawl does), so a coding that is declared but not there is passed over:
 * a body that does not begin with the size of a chunk is not chunked, one without the mark of gzip
 * is no gzip. A body that ends too early gives what there is of it, as a browser would show it.
 *
 * Gets wrong: a plain page that begins with a line that is a hexadecimal number, declared as
 * chunked and stored unpacked; brotli has no mark and is believed where it unpacks.
 */
#include "input/parts.h"

#include <string.h>
#include <zlib.h>
#include <zstd.h>
#ifdef KH_HAVE_BROTLI
#include <brotli/decode.h>
#endif

static const kh_str space = {" ", 1};

/* The next line of *rest without its end; false where no end follows. */
static bool take_line(kh_str *rest, kh_str *line)
{
    size_t end = kh_str_find(*rest, KH_STR("\n"));
    if (end == rest->len) {
        return false;
    }
    *line = kh_str_head(*rest, end);
    if (kh_str_ends(*line, KH_STR("\r"))) {
        line->len--;
    }
    *rest = kh_str_from(*rest, end + 1);
    return true;
}

bool kh_header_take(kh_str *rest, kh_str *name, kh_str *value)
{
    kh_str line = {0};
    while (take_line(rest, &line) && line.len) {
        size_t colon = kh_str_find(line, KH_STR(":"));
        if (colon < line.len && colon > 0) {
            *name = kh_str_trim(kh_str_head(line, colon));
            *value = kh_str_trim(kh_str_from(line, colon + 1));
            return true;
        }
    }
    return false;
}

kh_str kh_media_type(kh_arena *out, kh_str value)
{
    kh_str type = kh_str_head(value, kh_str_find(value, KH_STR(";")));
    type = kh_str_head(type, kh_str_find(type, KH_STR(",")));
    type = kh_arena_copy(out, kh_str_trim(type));
    char *p = (char *)(uintptr_t)type.ptr;
    for (size_t i = 0; i < type.len; i++) {
        p[i] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] + 32) : p[i];
    }
    return type;
}

kh_str kh_media_charset(kh_str value)
{
    kh_str rest = value;
    kh_str part = {0};
    while (kh_str_cut(&rest, ';', &part)) {
        part = kh_str_trim(part);
        if (kh_str_eq_ascii_nocase(kh_str_head(part, 8), KH_STR("charset="))) {
            kh_str name = kh_str_trim(kh_str_from(part, 8));
            bool quoted = name.len >= 2 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"';
            return quoted ? (kh_str){name.ptr + 1, name.len - 2} : name;
        }
    }
    return (kh_str){0};
}

/* ---- chunks ---- */

/* The size at the front of a chunk; false where there is none. */
static bool take_size(kh_str *rest, size_t *size)
{
    kh_str line = {0};
    if (!take_line(rest, &line)) {
        return false;
    }
    size_t digits = 0;
    *size = 0;
    for (; digits < line.len; digits++) {
        char c = line.ptr[digits];
        char low = (char)(c | 32);
        int value = c >= '0' && c <= '9' ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
        if (value < 0) {
            break;
        }
        if (digits == 12) {
            return false;
        }
        *size = *size << 4 | (size_t)value;
    }
    kh_str behind = kh_str_trim(kh_str_from(line, digits));
    return digits > 0 && (behind.len == 0 || behind.ptr[0] == ';');
}

/* The chunks of BODY as one; BODY itself where it is not chunked. */
static kh_str join_chunks(kh_arena *out, kh_str body)
{
    kh_str rest = body;
    size_t size = 0;
    if (!take_size(&rest, &size) || (size == 0 && rest.len > 4)) {
        return body;
    }
    char *p = KH_NEW_N(out, char, body.len + 1);
    size_t len = 0;
    while (size > 0 && rest.len) {
        kh_str chunk = kh_str_head(rest, size);
        memcpy(p + len, chunk.ptr, chunk.len);
        len += chunk.len;
        rest = kh_str_from(rest, size);
        rest = kh_str_starts(rest, KH_STR("\r\n")) ? kh_str_from(rest, 2) : rest;
        rest = kh_str_starts(rest, KH_STR("\n")) ? kh_str_from(rest, 1) : rest;
        if (!take_size(&rest, &size)) {
            break;
        }
    }
    return (kh_str){p, len};
}

/* ---- content codings ---- */

typedef enum unpacked { UNPACKED, NOT_PACKED, TOO_LARGE, UNKNOWN, NO_MEMORY } unpacked;

/* What a coding's library is asked to do: as much as fits. */
typedef struct room {
    kh_arena *out;
    char *ptr;
    size_t len, size;
} room;

static room first_room(kh_arena *out, size_t packed)
{
    size_t size = packed < (1 << 13) ? 1 << 16 : packed * 8;
    size = size > KH_PAGE_BYTES_MAX ? (size_t)KH_PAGE_BYTES_MAX + 1 : size;
    return (room){out, KH_NEW_N(out, char, size), 0, size};
}

/* Twice the room; false at the limit of a page. */
static bool more_room(room *r)
{
    if (r->size > KH_PAGE_BYTES_MAX) {
        return false;
    }
    size_t size = r->size * 2 > KH_PAGE_BYTES_MAX ? (size_t)KH_PAGE_BYTES_MAX + 1 : r->size * 2;
    char *bigger = KH_NEW_N(r->out, char, size);
    memcpy(bigger, r->ptr, r->len);
    r->ptr = bigger;
    r->size = size;
    return true;
}

static unpacked done(const room *r, kh_str *body)
{
    if (r->len == 0) {
        return NOT_PACKED;
    }
    *body = (kh_str){r->ptr, r->len};
    return UNPACKED;
}

/* BITS as zlib's inflateInit2 has them. */
static unpacked unpack_zlib(kh_arena *out, int bits, kh_str *body)
{
    z_stream z = {0};
    if (inflateInit2(&z, bits) != Z_OK) {
        return NO_MEMORY;
    }
    room r = first_room(out, body->len);
    z.next_in = (unsigned char *)(uintptr_t)body->ptr;
    z.avail_in = (uInt)body->len;
    int result = Z_OK;
    bool fits = true;
    while (fits && result == Z_OK) {
        z.next_out = (unsigned char *)r.ptr + r.len;
        z.avail_out = (uInt)(r.size - r.len);
        result = inflate(&z, Z_SYNC_FLUSH);
        r.len = r.size - z.avail_out;
        fits = z.avail_out > 0 || result == Z_STREAM_END || more_room(&r);
        if (z.avail_in == 0 && z.avail_out > 0) {
            break;
        }
    }
    inflateEnd(&z);
    return fits ? done(&r, body) : TOO_LARGE;
}

static unpacked unpack_deflate(kh_arena *out, kh_str *body)
{
    unsigned char first = body->len ? (unsigned char)body->ptr[0] : 0;
    unsigned char second = body->len > 1 ? (unsigned char)body->ptr[1] : 0;
    bool zlib = (first & 15) == 8 && (first << 8 | second) % 31 == 0;
    bool text = kh_is_html(*body);
    return text ? NOT_PACKED : unpack_zlib(out, zlib ? 15 : -15, body);
}

static unpacked unpack_zstd(kh_arena *out, kh_str *body)
{
    ZSTD_DStream *d = ZSTD_createDStream();
    if (!d) {
        return NO_MEMORY;
    }
    ZSTD_DCtx_setParameter(d, ZSTD_d_windowLogMax, KH_ZSTD_WINDOW_LOG_MAX);
    room r = first_room(out, body->len);
    ZSTD_inBuffer in = {body->ptr, body->len, 0};
    bool fits = true;
    while (fits) {
        ZSTD_outBuffer to = {r.ptr, r.size, r.len};
        size_t result = ZSTD_decompressStream(d, &to, &in);
        r.len = to.pos;
        if (ZSTD_isError(result) || (to.pos < to.size && in.pos == in.size)) {
            break;
        }
        fits = to.pos < to.size || more_room(&r);
    }
    ZSTD_freeDStream(d);
    return fits ? done(&r, body) : TOO_LARGE;
}

#ifdef KH_HAVE_BROTLI
static unpacked unpack_brotli(kh_arena *out, kh_str *body)
{
    if (kh_is_html(*body)) {
        return NOT_PACKED;
    }
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    if (!state) {
        return NO_MEMORY;
    }
    room r = first_room(out, body->len);
    const uint8_t *next = (const uint8_t *)body->ptr;
    size_t left = body->len;
    bool fits = true;
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (fits && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
        uint8_t *to = (uint8_t *)r.ptr + r.len;
        size_t free_bytes = r.size - r.len;
        result = BrotliDecoderDecompressStream(state, &left, &next, &free_bytes, &to, NULL);
        r.len = r.size - free_bytes;
        fits = result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT || more_room(&r);
    }
    BrotliDecoderDestroyInstance(state);
    if (result == BROTLI_DECODER_RESULT_ERROR) {
        return NOT_PACKED;
    }
    return fits ? done(&r, body) : TOO_LARGE;
}
#endif

static unpacked unpack(kh_arena *out, kh_str coding, kh_str *body)
{
    if (!coding.len || kh_str_eq_ascii_nocase(coding, KH_STR("identity"))) {
        return NOT_PACKED;
    }
    if (kh_str_eq_ascii_nocase(coding, KH_STR("gzip")) || kh_str_eq_ascii_nocase(coding, KH_STR("x-gzip"))) {
        bool mark = kh_str_starts(*body, KH_STR("\x1F\x8B"));
        return mark ? unpack_zlib(out, 15 + 16, body) : NOT_PACKED;
    }
    if (kh_str_eq_ascii_nocase(coding, KH_STR("deflate"))) {
        return unpack_deflate(out, body);
    }
    if (kh_str_eq_ascii_nocase(coding, KH_STR("zstd"))) {
        bool mark = kh_str_starts(*body, KH_STR("\x28\xB5\x2F\xFD"));
        return mark ? unpack_zstd(out, body) : NOT_PACKED;
    }
#ifdef KH_HAVE_BROTLI
    if (kh_str_eq_ascii_nocase(coding, KH_STR("br"))) {
        return unpack_brotli(out, body);
    }
#endif
    return kh_is_html(*body) ? NOT_PACKED : UNKNOWN;
}

/* Undoes CODINGS ("gzip, br": brotli over gzip) from the last to the first. */
static kh_status undo_codings(kh_arena *out, kh_str codings, kh_str *body, kh_error *err)
{
    kh_str names[KH_HTTP_CODINGS_MAX];
    size_t count = 0;
    kh_str rest = codings;
    for (kh_str name = {0}; kh_str_cut(&rest, ',', &name); count++) {
        if (count == KH_HTTP_CODINGS_MAX) {
            return kh_fail(err, KH_ERR_LIMIT, "unsupported", "more than %d content codings", KH_HTTP_CODINGS_MAX);
        }
        names[count] = kh_str_trim(name);
    }
    while (count-- > 0) {
        switch (unpack(out, names[count], body)) {
        case TOO_LARGE: return kh_fail(err, KH_ERR_LIMIT, "too_large", "larger than %d MB once unpacked", KH_PAGE_BYTES_MAX >> 20);
        case UNKNOWN:
            return kh_fail(err, KH_ERR_INPUT, "unsupported", "the content coding %.*s is not known here",
                           (int)(names[count].len < 40 ? names[count].len : 40), names[count].ptr);
        case NO_MEMORY: return kh_fail(err, KH_ERR_MEMORY, "no_memory", "the system gives no memory to unpack it");
        default: break;
        }
    }
    return KH_OK;
}

/* ---- the response ---- */

static unsigned status_of(kh_str line)
{
    uint64_t status = 0;
    size_t gap = kh_str_find(line, space);
    kh_str word = kh_str_head(kh_str_trim(kh_str_from(line, gap)), 3);
    bool http = kh_str_eq_ascii_nocase(kh_str_head(line, 5), KH_STR("HTTP/"));
    return http && kh_str_u64(word, &status) ? (unsigned)status : 0;
}

/* The end of the header: behind the first empty line; 0 where there is none. */
static size_t header_end(kh_str block)
{
    kh_str head = kh_str_head(block, KH_HTTP_HEADER_BYTES_MAX);
    size_t with_cr = kh_str_find(head, KH_STR("\r\n\r\n"));
    size_t bare = kh_str_find(head, KH_STR("\n\n"));
    if (with_cr == head.len && bare == head.len) {
        return 0;
    }
    return with_cr < bare ? with_cr + 4 : bare + 2;
}

kh_status kh_http_read(kh_arena *out, kh_str block, kh_http *http, kh_error *err)
{
    *http = (kh_http){0};
    size_t end = header_end(block);
    kh_str rest = kh_str_head(block, end);
    kh_str line = {0};
    http->status = take_line(&rest, &line) ? status_of(line) : 0;
    if (!http->status) {
        return kh_fail(err, KH_ERR_INPUT, "bad_http", "its content is no HTTP response");
    }
    kh_str codings = {0};
    bool chunked = false;
    kh_str name = {0};
    kh_str value = {0};
    while (kh_header_take(&rest, &name, &value)) {
        if (kh_str_eq_ascii_nocase(name, KH_STR("content-type"))) {
            http->type = kh_media_type(out, value);
            http->charset = kh_arena_copy(out, kh_media_charset(value));
        } else if (kh_str_eq_ascii_nocase(name, KH_STR("content-encoding"))) {
            codings = value;
        } else if (kh_str_eq_ascii_nocase(name, KH_STR("transfer-encoding"))) {
            chunked = kh_str_find(kh_media_type(out, value), KH_STR("chunked")) < value.len;
        }
    }
    http->packed = kh_str_from(block, end);
    http->codings = codings;
    http->chunked = chunked;
    return KH_OK;
}

kh_status kh_http_body(kh_arena *out, const kh_http *http, kh_str *body, kh_error *err)
{
    kh_status status =
        http->codings.len ? kh_need_room(out, KH_HTTP_CODINGS_MAX * (KH_PAGE_BYTES_MAX / 8) + (1 << 20), "a packed body", err) : KH_OK;
    if (status != KH_OK) {
        return status;
    }
    *body = http->chunked ? join_chunks(out, http->packed) : http->packed;
    return undo_codings(out, http->codings, body, err);
}
