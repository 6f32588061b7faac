/* stream.c - the bytes of a file, or of standard input, with gzip and zstd undone on the way.
 *
 * A stream of records may be larger than memory, so bytes come through a window that grows only
 * as far as one page or record needs; a small file that unpacks to gigabytes ("bomb") therefore
 * costs no more than the limit of one page. gzip is known by its first two bytes (1F 8B), zstd by
 * four (28 B5 2F FD); members or frames one behind the other are one stream, as gzip(1) and zstd(1)
 * read them, and zero bytes or rubbish behind the last one are ignored as gzip(1) does. zlib rather
 * than the faster libdeflate, because the latter wants the whole file and its size at once.
 *
 *     1F 8B 08 ... خبر ... | 1F 8B 08 ...    an archive: one member a record
 *
 * Where members begin is remembered, for archives name their records by that; and behind damage
 * kh_stream_resync goes on at the next member. What looks like the beginning of a member inside
 * packed bytes (once in some hundred million bytes) is then tried in vain and told as damage again.
 *
 * An archive of zstd frames may open with the dictionary that they share, in a skippable frame
 * (IIPC, "Use of Zstandard compression for WARC files", 2021).
 */
#include "input/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum { CHUNK = 1 << 16 };

typedef enum packing { PLAIN, GZIP, ZSTD } packing;

/* A gzip member or zstd frame: where it begins in what comes out, and in the file. */
typedef struct member {
    uint64_t at, offset;
} member;

struct kh_stream {
    int fd;
    const kh_meanwhile *meanwhile; /* or NULL */
    char *path;
    bool file_end; /* the file gives no more bytes */
    packing packing;
    bool packed_end; /* nothing more is unpacked */
    bool inside;     /* of a zstd frame */
    bool damaged;    /* unpacking ended at damage */
    bool looked;     /* the packing is known */
    z_stream z;
    ZSTD_DStream *zstd;
    unsigned char packed[CHUNK];
    size_t packed_at, packed_len; /* what of `packed` is still to be used */
    uint64_t file_read;           /* bytes of the file so far */
    uint64_t taken;               /* bytes that went out of the window */
    char *window;
    size_t begin, end, room;
    member *members; /* that begin in the window, and the one before */
    size_t member_count, member_room;
    uint64_t wrong_check; /* where the member begins whose checksum was wrong */
};

static kh_status cannot_open(const char *path, kh_error *err)
{
    if (errno == ENOENT || errno == ENOTDIR) {
        return kh_fail(err, KH_ERR_NOINPUT, "missing", "%.300s: no such file; check the path", path);
    }
    return kh_fail(err, KH_ERR_NOINPUT, "unreadable", "%.250s: cannot be opened (%s); check its permissions", path, strerror(errno));
}

kh_status kh_stream_open(const char *path, kh_stream **stream, kh_error *err)
{
    *stream = NULL;
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return cannot_open(path, err);
    }
    struct stat st;
    if (!standard && fstat(fd, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISFIFO(st.st_mode)) {
        close(fd);
        return kh_fail(err, KH_ERR_NOINPUT, "not_a_file", "%.300s: is no file; name a file, a folder or -", path);
    }
    if (!standard) {
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    }
    kh_stream *s = calloc(1, sizeof *s);
    char *name = strdup(path);
    if (!s || !name) {
        free(s);
        free(name);
        if (!standard) {
            close(fd);
        }
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "%.300s: the system gives no memory", path);
    }
    s->fd = fd;
    s->path = name;
    s->wrong_check = UINT64_MAX;
    *stream = s;
    return KH_OK;
}

void kh_stream_close(kh_stream *s)
{
    if (!s) {
        return;
    }
    if (s->packing == GZIP) {
        inflateEnd(&s->z);
    }
    ZSTD_freeDStream(s->zstd);
    free(s->members);
    if (s->fd != STDIN_FILENO) {
        close(s->fd);
    }
    free(s->path);
    free(s->window);
    free(s);
}

static kh_status no_memory(const kh_stream *s, kh_error *err)
{
    return kh_fail(err, KH_ERR_MEMORY, "no_memory", "%.300s: the system gives no memory", s->path);
}

void kh_stream_meanwhile(kh_stream *s, const kh_meanwhile *meanwhile)
{
    s->meanwhile = meanwhile;
}

/* Whether there is something to read within MS: bytes, the end, an error, which read tells. A signal ends the look. */
static bool is_ready(const kh_stream *s, int ms)
{
    struct pollfd p = {.fd = s->fd, .events = POLLIN};
    int n = poll(&p, 1, ms);
    return n > 0 || (n < 0 && errno != EINTR);
}

/* False when the wait was ended. */
static bool wait_for_bytes(const kh_stream *s)
{
    int64_t waited = 0;
    int ms = 0;
    while (s->meanwhile && s->meanwhile->step && !is_ready(s, ms)) {
        waited += ms;
        ms = s->meanwhile->step(s->meanwhile->context, waited);
        if (ms < 0) {
            return false;
        }
    }
    return true;
}

/* Up to ROOM bytes of the file; 0 at its end. */
static kh_status read_file(kh_stream *s, void *to, size_t room, size_t *got, kh_error *err)
{
    *got = 0;
    while (!s->file_end) {
        if (!wait_for_bytes(s)) {
            return kh_fail(err, KH_ERR_IO, "interrupted", "%.250s: interrupted", s->path);
        }
        ssize_t n = read(s->fd, to, room);
        if (n > 0) {
            *got = (size_t)n;
            s->file_read += (uint64_t)n;
            return KH_OK;
        }
        if (n == 0) {
            s->file_end = true;
        } else if (errno == EISDIR) {
            return kh_fail(err, KH_ERR_NOINPUT, "not_a_file", "%.300s: a folder, not a file; name the folder itself", s->path);
        } else if (errno != EINTR) {
            return kh_fail(err, KH_ERR_IO, "read_error", "%.250s: reading failed (%s); check the disk", s->path, strerror(errno));
        }
    }
    return KH_OK;
}

/* More packed bytes where there are none. */
static kh_status feed(kh_stream *s, kh_error *err)
{
    if (s->packed_at < s->packed_len) {
        return KH_OK;
    }
    s->packed_at = s->packed_len = 0;
    return read_file(s, s->packed, CHUNK, &s->packed_len, err);
}

/* At least COUNT packed bytes, at most CHUNK, unless the file ends before. */
static kh_status feed_at_least(kh_stream *s, size_t count, kh_error *err)
{
    kh_status status = KH_OK;
    memmove(s->packed, s->packed + s->packed_at, s->packed_len - s->packed_at);
    s->packed_len -= s->packed_at;
    s->packed_at = 0;
    while (status == KH_OK && s->packed_len < count && !s->file_end) {
        size_t got = 0;
        status = read_file(s, s->packed + s->packed_len, CHUNK - s->packed_len, &got, err);
        s->packed_len += got;
    }
    return status;
}

static uint64_t file_offset(const kh_stream *s)
{
    return s->file_read - (s->packed_len - s->packed_at);
}

/* Without memory to keep where it begins no more is unpacked: what came would have the place of the member before. */
static kh_status begin_member(kh_stream *s, kh_error *err)
{
    if (s->member_count == s->member_room) {
        size_t room = s->member_room ? 2 * s->member_room : 64;
        member *bigger = realloc(s->members, room * sizeof *bigger);
        if (!bigger) {
            s->packed_end = true;
            return no_memory(s, err);
        }
        s->members = bigger;
        s->member_room = room;
    }
    s->members[s->member_count++] = (member){s->taken + (s->end - s->begin), file_offset(s)};
    return KH_OK;
}

static bool packed_starts(const kh_stream *s, const char *magic, size_t len)
{
    return s->packed_len - s->packed_at >= len && memcmp(s->packed + s->packed_at, magic, len) == 0;
}

/* The dictionary of an archive's frames: plain, or a frame itself. */
static kh_status load_dictionary(kh_stream *s, kh_error *err)
{
    const unsigned char *p = s->packed + s->packed_at;
    size_t len = p[4] | (size_t)p[5] << 8 | (size_t)p[6] << 16 | (size_t)p[7] << 24;
    if (len > KH_DICTIONARY_BYTES_MAX) {
        return kh_fail(err, KH_ERR_LIMIT, "too_large", "%.300s: its zstd dictionary is larger than 4 MB", s->path);
    }
    char *bytes = malloc(len + KH_DICTIONARY_BYTES_MAX);
    if (!bytes) {
        return no_memory(s, err);
    }
    s->packed_at += 8;
    kh_status status = KH_OK;
    size_t have = 0;
    while (have < len) {
        status = feed(s, err);
        size_t ready = s->packed_len - s->packed_at;
        size_t take = ready < len - have ? ready : len - have;
        memcpy(bytes + have, s->packed + s->packed_at, take);
        s->packed_at += take;
        have += take;
        if (take == 0) {
            break;
        }
    }
    const char *dictionary = bytes;
    if (have >= 4 && memcmp(bytes, "\x28\xB5\x2F\xFD", 4) == 0) {
        size_t n = ZSTD_decompress(bytes + len, KH_DICTIONARY_BYTES_MAX, bytes, have);
        dictionary = bytes + len;
        have = ZSTD_isError(n) ? 0 : n;
    }
    ZSTD_DCtx_loadDictionary(s->zstd, dictionary, have);
    free(bytes);
    return status;
}

/* The first bytes decide about gzip and zstd. */
static kh_status look(kh_stream *s, kh_error *err)
{
    s->looked = true;
    kh_status status = feed_at_least(s, 8, err);
    if (status != KH_OK) {
        return status;
    }
    bool dictionary = packed_starts(s, "\x5D\x2A\x4D\x18", 4) && s->packed_len >= 8;
    if (packed_starts(s, "\x1F\x8B", 2)) {
        if (inflateInit2(&s->z, 15 + 16) != Z_OK) {
            return no_memory(s, err);
        }
        s->packing = GZIP;
        return begin_member(s, err);
    }
    if (dictionary || packed_starts(s, "\x28\xB5\x2F\xFD", 4)) {
        s->zstd = ZSTD_createDStream();
        if (!s->zstd) {
            return no_memory(s, err);
        }
        ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, KH_ZSTD_WINDOW_LOG_MAX);
        s->packing = ZSTD;
        return dictionary ? load_dictionary(s, err) : KH_OK;
    }
    return KH_OK;
}

static kh_status make_room(kh_stream *s, size_t want, kh_error *err)
{
    if (s->begin > 0 && s->begin == s->end) {
        s->begin = s->end = 0;
    }
    if (s->begin + want + CHUNK <= s->room) {
        return KH_OK;
    }
    if (s->begin > 0) {
        memmove(s->window, s->window + s->begin, s->end - s->begin);
        s->end -= s->begin;
        s->begin = 0;
    }
    size_t room = s->room ? s->room : 4 * CHUNK;
    while (room < want + CHUNK) {
        room *= 2;
    }
    if (room > s->room) {
        char *bigger = realloc(s->window, room);
        if (!bigger) {
            return no_memory(s, err);
        }
        s->window = bigger;
        s->room = room;
    }
    return KH_OK;
}

/* A whole stream ended, or broke: no more is unpacked. */
static kh_status packed_damage(kh_stream *s, const char *reason, const char *what, kh_error *err)
{
    s->packed_end = s->damaged = true;
    return kh_fail(err, KH_ERR_INPUT, reason, "%.250s: %s; fetch the file again", s->path, what);
}

static kh_status inflate_some(kh_stream *s, kh_error *err)
{
    kh_status status = feed(s, err);
    if (status != KH_OK) {
        return status;
    }
    if (s->packed_at == s->packed_len) {
        return packed_damage(s, "bad_gzip", "the gzip data ends too early", err);
    }
    s->z.next_in = s->packed + s->packed_at;
    s->z.avail_in = (uInt)(s->packed_len - s->packed_at);
    s->z.next_out = (unsigned char *)s->window + s->end;
    s->z.avail_out = CHUNK;
    int result = inflate(&s->z, Z_NO_FLUSH);
    s->end += CHUNK - s->z.avail_out;
    s->packed_at = s->packed_len - s->z.avail_in;
    if (result == Z_STREAM_END) {
        status = feed(s, err);
        bool more = status == KH_OK && packed_starts(s, "\x1F", 1);
        s->packed_end = !more || inflateReset(&s->z) != Z_OK;
        return status == KH_OK && !s->packed_end ? begin_member(s, err) : status;
    }
    if (result != Z_OK && result != Z_BUF_ERROR) {
        char what[80];
        snprintf(what, sizeof what, "broken gzip data (%.50s)", s->z.msg ? s->z.msg : "not a gzip stream");
        bool check = s->z.msg && (strstr(s->z.msg, "data check") || strstr(s->z.msg, "length check"));
        s->wrong_check = check ? s->members[s->member_count - 1].at : s->wrong_check;
        return packed_damage(s, "bad_gzip", what, err);
    }
    return KH_OK;
}

static kh_status unzstd_some(kh_stream *s, kh_error *err)
{
    kh_status status = feed(s, err);
    if (status != KH_OK) {
        return status;
    }
    if (s->packed_at == s->packed_len) {
        s->packed_end = true;
        return s->inside ? packed_damage(s, "bad_zstd", "the zstd data ends too early", err) : KH_OK;
    }
    status = s->inside ? KH_OK : begin_member(s, err);
    if (status != KH_OK) {
        return status;
    }
    ZSTD_inBuffer in = {s->packed, s->packed_len, s->packed_at};
    ZSTD_outBuffer out = {s->window + s->end, CHUNK, 0};
    size_t result = ZSTD_decompressStream(s->zstd, &out, &in);
    s->end += out.pos;
    s->packed_at = in.pos;
    if (ZSTD_isError(result)) {
        char what[100];
        snprintf(what, sizeof what, "broken zstd data (%.60s)", ZSTD_getErrorName(result));
        bool check = ZSTD_getErrorCode(result) == ZSTD_error_checksum_wrong;
        s->wrong_check = check ? s->members[s->member_count - 1].at : s->wrong_check;
        return packed_damage(s, "bad_zstd", what, err);
    }
    s->inside = result != 0;
    return KH_OK;
}

static kh_status copy_some(kh_stream *s, kh_error *err)
{
    kh_status status = feed(s, err);
    size_t ready = s->packed_len - s->packed_at;
    if (ready) {
        memcpy(s->window + s->end, s->packed + s->packed_at, ready);
        s->end += ready;
        s->packed_at = s->packed_len;
    }
    return status;
}

static bool is_dry(const kh_stream *s)
{
    return s->packing != PLAIN ? s->packed_end : s->file_end && s->packed_at == s->packed_len;
}

kh_status kh_stream_peek(kh_stream *s, size_t want, kh_str *bytes, kh_error *err)
{
    kh_status status = s->looked ? KH_OK : look(s, err);
    while (status == KH_OK && s->end - s->begin < want && !is_dry(s)) {
        status = make_room(s, want, err);
        if (status == KH_OK) {
            status = s->packing == GZIP ? inflate_some(s, err) : s->packing == ZSTD ? unzstd_some(s, err) : copy_some(s, err);
        }
    }
    *bytes = (kh_str){s->window ? s->window + s->begin : "", s->end - s->begin};
    return status;
}

void kh_stream_skip(kh_stream *s, size_t count)
{
    size_t ready = s->end - s->begin;
    size_t skipped = count < ready ? count : ready;
    s->begin += skipped;
    s->taken += skipped;
}

/* ---- places, and the way on behind damage ---- */

/* The member that holds the next byte; those before it are forgotten. */
static member present_member(kh_stream *s)
{
    size_t at = 0;
    while (at + 1 < s->member_count && s->members[at + 1].at <= s->taken) {
        at++;
    }
    if (at > 0) {
        memmove(s->members, s->members + at, (s->member_count - at) * sizeof *s->members);
        s->member_count -= at;
    }
    return s->member_count ? s->members[0] : (member){0, 0};
}

kh_place kh_stream_place(kh_stream *s)
{
    member m = present_member(s);
    return (kh_place){.offset = m.offset, .within = s->taken - m.at};
}

uint64_t kh_stream_read_bytes(const kh_stream *s)
{
    return s->file_read;
}

bool kh_stream_check_failed(kh_stream *s)
{
    return s->packing != PLAIN && present_member(s).at == s->wrong_check;
}

/* The next place in `packed` from AT on where a member may begin; packed_len where there is none. */
static size_t find_member(const kh_stream *s, size_t at)
{
    static const char *const magic[] = {[GZIP] = "\x1F\x8B\x08", [ZSTD] = "\x28\xB5\x2F\xFD"};
    size_t len = strlen(magic[s->packing]);
    for (; at + len <= s->packed_len; at++) {
        if (memcmp(s->packed + at, magic[s->packing], len) == 0) {
            return at;
        }
    }
    return s->packed_len;
}

bool kh_stream_resync(kh_stream *s)
{
    if (s->packing == PLAIN || s->member_count == 0) {
        return false;
    }
    uint64_t buffer = s->file_read - s->packed_len; /* where `packed` begins in the file */
    uint64_t behind = s->members[s->member_count - 1].offset + 1;
    size_t from = behind > buffer ? (size_t)(behind - buffer) : 0;
    from = !s->damaged ? s->packed_at : from < s->packed_len ? from : s->packed_len;
    size_t found = find_member(s, from);
    while (found == s->packed_len && !s->file_end) {
        s->packed_at = s->packed_len > 3 ? s->packed_len - 3 : 0;
        if (feed_at_least(s, CHUNK, NULL) != KH_OK) {
            return false;
        }
        found = find_member(s, 0);
    }
    s->packed_at = found;
    kh_stream_skip(s, s->end - s->begin);
    if (found == s->packed_len) {
        return false;
    }
    bool ready = s->packing == GZIP ? inflateReset(&s->z) == Z_OK : !ZSTD_isError(ZSTD_DCtx_reset(s->zstd, ZSTD_reset_session_only));
    s->packed_end = !ready;
    s->inside = s->damaged = false;
    s->wrong_check = UINT64_MAX;
    return ready && (s->packing == ZSTD || begin_member(s, NULL) == KH_OK);
}
