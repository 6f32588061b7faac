/* fuzz_stream.c - any bytes as a file that may be packed: members of gzip, frames of zstd, damage between them. The first byte
 * says how much is asked for at a time. Then the same bytes packed here, in members of that size: they must come out again. */
#include "extract.h"
#include "input/parts.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TURNS_MAX = 1 << 16, OUT_MAX = 32 << 20 };

static kh_stream *open_bytes(kh_str bytes, int *fd)
{
    char path[40];
    kh_stream *s = NULL;
    *fd = memfd_create("fuzz", 0);
    must(*fd >= 0 && write(*fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len);
    snprintf(path, sizeof path, "/proc/self/fd/%d", *fd);
    must(kh_stream_open(path, &s, NULL) == KH_OK);
    return s;
}

/* To the end, in steps, past all damage; what was read is nowhere before what was read earlier. */
static void read_through(kh_str bytes, size_t step)
{
    int fd = -1;
    kh_stream *s = open_bytes(bytes, &fd);
    uint64_t last = 0;
    size_t all = 0, without = 0; /* turns that gave nothing: a member each, at most */
    for (size_t turn = 0; turn < TURNS_MAX && all < OUT_MAX; turn++) {
        kh_str seen = {0};
        kh_error err = {0};
        kh_status status = kh_stream_peek(s, step, &seen, &err);
        kh_place place = kh_stream_place(s);
        must(place.offset >= last || place.offset == 0);
        last = place.offset;
        must(status == KH_OK || err.msg[0]);
        if (status == KH_OK && seen.len) {
            size_t part = seen.len < step ? seen.len : step;
            kh_stream_skip(s, part);
            all += part;
        } else if (!kh_stream_resync(s) || ++without > bytes.len) {
            break;
        }
    }
    must(without <= bytes.len);
    kh_stream_close(s);
    close(fd);
}

/* One gzip member for each PART bytes. */
static kh_str pack(kh_str bytes, size_t part, unsigned char *room, size_t size)
{
    size_t len = 0;
    for (kh_str rest = bytes; rest.len; rest = kh_str_from(rest, part)) {
        kh_str one = kh_str_head(rest, part);
        z_stream z = {0};
        must(deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
        z.next_in = (unsigned char *)(uintptr_t)one.ptr;
        z.avail_in = (uInt)one.len;
        z.next_out = room + len;
        z.avail_out = (uInt)(size - len);
        int end = deflate(&z, Z_FINISH);
        len = size - z.avail_out;
        deflateEnd(&z);
        if (end != Z_STREAM_END) {
            return (kh_str){0};
        }
    }
    return (kh_str){(const char *)room, len};
}

static void come_back(kh_str bytes, size_t part)
{
    static unsigned char room[1 << 18];
    kh_str packed = pack(bytes, part, room, sizeof room);
    kh_str seen = {0};
    int fd = -1;
    if (packed.len) {
        kh_stream *s = open_bytes(packed, &fd);
        must(kh_stream_peek(s, bytes.len + 1, &seen, NULL) == KH_OK);
        must(kh_str_eq(seen, bytes) && !kh_stream_check_failed(s));
        kh_stream_close(s);
        close(fd);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1) {
        kh_str bytes = {(const char *)data + 1, size - 1};
        size_t step = (size_t)1 << data[0] % 18;
        read_through(bytes, step);
        come_back(kh_str_head(bytes, 1 << 14), step < 64 ? 64 : step);
    }
    return 0;
}
