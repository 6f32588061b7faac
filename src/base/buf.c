/* buf.c - see buf.h. */
#include "base/buf.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Room for N more bytes. When the buffer is the last thing in its arena the old room is left behind. */
static void reserve(kh_buf *b, size_t n)
{
    if (b->room - b->len >= n) {
        return;
    }
    size_t room = b->room ? b->room * 2 : 256;
    while (room - b->len < n) {
        room *= 2;
    }
    char *p = KH_TAKE_N(b->arena, char, room);
    if (b->len) {
        memcpy(p, b->ptr, b->len);
    }
    b->ptr = p;
    b->room = room;
}

void kh_buf_add(kh_buf *b, kh_str s)
{
    if (s.len) {
        reserve(b, s.len);
        memcpy(b->ptr + b->len, s.ptr, s.len);
        b->len += s.len;
    }
}

void kh_buf_char(kh_buf *b, char c)
{
    reserve(b, 1);
    b->ptr[b->len++] = c;
}

void kh_buf_cp(kh_buf *b, uint32_t cp)
{
    reserve(b, 4);
    b->len += kh_utf8_put(b->ptr + b->len, cp);
}

void kh_buf_z(kh_buf *b, const char *z)
{
    kh_buf_add(b, kh_str_z(z));
}

void kh_buf_printf(kh_buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n > 0) {
        reserve(b, (size_t)n + 1);
        vsnprintf(b->ptr + b->len, (size_t)n + 1, format, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

kh_str kh_buf_str(const kh_buf *b)
{
    return (kh_str){b->ptr, b->len};
}
