/* stream.c - the bytes of a file, or of standard input, with gzip undone on the way.
 *
 * A stream of records may be larger than memory, so bytes come through a window that grows only
 * as far as one page or record needs; a small file that unpacks to gigabytes ("bomb") therefore
 * costs no more than the limit of one page. gzip is known by its first two bytes (1F 8B); members
 * one behind the other are one stream, as gzip(1) reads them, and zero bytes or rubbish behind
 * the last member are ignored as gzip(1) does. zlib rather than the faster libdeflate, because
 * the latter wants the whole file and its size at once.
 */
#include "input/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { CHUNK = 1 << 16 };

struct kh_stream {
    int fd;
    char *path;
    bool file_end; /* the file gives no more bytes */
    bool gzip, gzip_end;
    bool looked; /* whether it is gzip is known */
    z_stream z;
    unsigned char packed[CHUNK];
    size_t packed_len; /* bytes in `packed` when not gzip or not yet looked */
    char *window;
    size_t begin, end, room;
};

static kh_status cannot_open(const char *path, kh_error *err)
{
    if (errno == ENOENT || errno == ENOTDIR) {
        return kh_fail(err, KH_ERR_NOINPUT, "missing", "%.300s: no such file; check the path",
                       path);
    }
    return kh_fail(err, KH_ERR_NOINPUT, "unreadable",
                   "%.250s: cannot be opened (%s); check its permissions", path, strerror(errno));
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
        return kh_fail(err, KH_ERR_NOINPUT, "not_a_file",
                       "%.300s: is no file; name a file, a folder or -", path);
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
    *stream = s;
    return KH_OK;
}

void kh_stream_close(kh_stream *s)
{
    if (!s) {
        return;
    }
    if (s->gzip) {
        inflateEnd(&s->z);
    }
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

/* Up to ROOM bytes of the file; 0 at its end. */
static kh_status read_file(kh_stream *s, void *to, size_t room, size_t *got, kh_error *err)
{
    *got = 0;
    while (!s->file_end) {
        ssize_t n = read(s->fd, to, room);
        if (n > 0) {
            *got = (size_t)n;
            return KH_OK;
        }
        if (n == 0) {
            s->file_end = true;
        } else if (errno == EISDIR) {
            return kh_fail(err, KH_ERR_NOINPUT, "not_a_file",
                           "%.300s: a folder, not a file; name the folder itself", s->path);
        } else if (errno != EINTR) {
            return kh_fail(err, KH_ERR_IO, "read_error",
                           "%.250s: reading failed (%s); check the disk", s->path, strerror(errno));
        }
    }
    return KH_OK;
}

/* The first bytes decide about gzip. */
static kh_status look(kh_stream *s, kh_error *err)
{
    s->looked = true;
    while (s->packed_len < 2 && !s->file_end) {
        size_t got = 0;
        kh_status status =
            read_file(s, s->packed + s->packed_len, CHUNK - s->packed_len, &got, err);
        if (status != KH_OK) {
            return status;
        }
        s->packed_len += got;
    }
    if (s->packed_len >= 2 && s->packed[0] == 0x1F && s->packed[1] == 0x8B) {
        if (inflateInit2(&s->z, 15 + 16) != Z_OK) {
            return no_memory(s, err);
        }
        s->gzip = true;
        s->z.next_in = s->packed;
        s->z.avail_in = (uInt)s->packed_len;
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

/* More packed bytes where there are none; the next member where one has ended. */
static kh_status feed(kh_stream *s, kh_error *err)
{
    if (s->z.avail_in == 0) {
        size_t got = 0;
        kh_status status = read_file(s, s->packed, CHUNK, &got, err);
        if (status != KH_OK) {
            return status;
        }
        s->z.next_in = s->packed;
        s->z.avail_in = (uInt)got;
    }
    return KH_OK;
}

static kh_status inflate_some(kh_stream *s, kh_error *err)
{
    kh_status status = feed(s, err);
    if (status != KH_OK) {
        return status;
    }
    if (s->z.avail_in == 0) {
        s->gzip_end = true;
        return kh_fail(err, KH_ERR_INPUT, "bad_gzip",
                       "%.300s: the gzip data ends too early; fetch the file again", s->path);
    }
    s->z.next_out = (unsigned char *)s->window + s->end;
    s->z.avail_out = CHUNK;
    int result = inflate(&s->z, Z_NO_FLUSH);
    s->end += CHUNK - s->z.avail_out;
    if (result == Z_STREAM_END) {
        status = feed(s, err);
        if (status != KH_OK) {
            return status;
        }
        bool member = s->z.avail_in > 0 && s->z.next_in[0] == 0x1F;
        s->gzip_end = !member || inflateReset(&s->z) != Z_OK;
        return KH_OK;
    }
    if (result != Z_OK && result != Z_BUF_ERROR) {
        s->gzip_end = true;
        return kh_fail(err, KH_ERR_INPUT, "bad_gzip",
                       "%.250s: broken gzip data (%s); fetch the file again", s->path,
                       s->z.msg ? s->z.msg : "not a gzip stream");
    }
    return KH_OK;
}

static kh_status copy_some(kh_stream *s, kh_error *err)
{
    if (s->packed_len) {
        memcpy(s->window + s->end, s->packed, s->packed_len);
        s->end += s->packed_len;
        s->packed_len = 0;
        return KH_OK;
    }
    size_t got = 0;
    kh_status status = read_file(s, s->window + s->end, CHUNK, &got, err);
    s->end += got;
    return status;
}

bool kh_stream_at_end(const kh_stream *s)
{
    bool dry = s->gzip ? s->gzip_end : s->looked && s->file_end && s->packed_len == 0;
    return dry && s->begin == s->end;
}

kh_status kh_stream_peek(kh_stream *s, size_t want, kh_str *bytes, kh_error *err)
{
    kh_status status = s->looked ? KH_OK : look(s, err);
    while (status == KH_OK && s->end - s->begin < want) {
        bool dry = s->gzip ? s->gzip_end : s->file_end && s->packed_len == 0;
        if (dry) {
            break;
        }
        status = make_room(s, want > s->end - s->begin ? want : s->end - s->begin, err);
        if (status == KH_OK) {
            status = s->gzip ? inflate_some(s, err) : copy_some(s, err);
        }
    }
    *bytes = (kh_str){s->window ? s->window + s->begin : "", s->end - s->begin};
    return status;
}

void kh_stream_skip(kh_stream *s, size_t count)
{
    size_t ready = s->end - s->begin;
    s->begin += count < ready ? count : ready;
}
