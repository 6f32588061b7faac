/* buf.h - a growing byte buffer in an arena: how output is written. Never fails (the arena may jump). */
#ifndef KHABAR_BASE_BUF_H
#define KHABAR_BASE_BUF_H

#include "base/arena.h"

typedef struct kh_buf {
    kh_arena *arena;
    char *ptr;
    size_t len;
    size_t room;
} kh_buf;

void kh_buf_add(kh_buf *b, kh_str s);
void kh_buf_char(kh_buf *b, char c);
void kh_buf_cp(kh_buf *b, uint32_t cp);
void kh_buf_z(kh_buf *b, const char *z);
void kh_buf_printf(kh_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
kh_str kh_buf_str(const kh_buf *b); /* what was written so far; good until the next write */

#endif
