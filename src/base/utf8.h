/* utf8.h - decoding that never fails: an ill-formed byte is read as U+FFFD, one byte long
 * (Unicode 15, section 3.9, "maximal subpart" practice is not followed byte for byte: each ill-formed
 * lead or trail byte gives one U+FFFD, which keeps offsets simple). */
#ifndef KHABAR_BASE_UTF8_H
#define KHABAR_BASE_UTF8_H

#include "base/arena.h"

enum { KH_REPLACEMENT = 0xFFFD };

static inline bool kh_utf8_is_trail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* The code point at s.ptr[at] (at < s.len); *len is its number of bytes, at least 1. Inline: every loop over text
 * stands on it. */
static inline uint32_t kh_utf8_at(kh_str s, size_t at, size_t *len)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at;
    unsigned char c = p[0];
    *len = 1;
    if (c < 0x80) {
        return c;
    }
    if (c >= 0xC2 && c <= 0xDF && left >= 2 && kh_utf8_is_trail(p[1])) {
        *len = 2;
        return (uint32_t)(c & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if ((c & 0xF0) == 0xE0 && left >= 3 && kh_utf8_is_trail(p[1]) && kh_utf8_is_trail(p[2])) {
        uint32_t cp = (uint32_t)(c & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        if (cp >= 0x800 && (cp < 0xD800 || cp > 0xDFFF)) {
            *len = 3;
            return cp;
        }
    }
    if ((c & 0xF8) == 0xF0 && left >= 4 && kh_utf8_is_trail(p[1]) && kh_utf8_is_trail(p[2]) && kh_utf8_is_trail(p[3])) {
        uint32_t cp = (uint32_t)(c & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
        if (cp >= 0x10000 && cp <= 0x10FFFF) {
            *len = 4;
            return cp;
        }
    }
    return KH_REPLACEMENT;
}

/* The first byte at or after AT that is not ASCII, or is NUL; s.len when there is none. Eight bytes at a time: most of a
 * page is markup. */
static inline size_t kh_utf8_past_ascii(kh_str s, size_t at)
{
    for (; at + 8 <= s.len; at += 8) {
        uint64_t w = 0;
        memcpy(&w, s.ptr + at, sizeof w);
        if ((w | (w - 0x0101010101010101u)) & 0x8080808080808080u) {
            break; /* a high byte, or a byte that borrows: NUL (or one behind it) */
        }
    }
    while (at < s.len && (unsigned char)(s.ptr[at] - 1) < 0x7F) {
        at++;
    }
    return at;
}

/* The code point that ends before AT (at > 0); *len as above. */
uint32_t kh_utf8_before(kh_str s, size_t at, size_t *len);

/* Writes CP to P (room for 4), gives the number of bytes. Surrogates and beyond U+10FFFF: U+FFFD. */
size_t kh_utf8_put(char *p, uint32_t cp);

bool kh_utf8_valid(kh_str s);

/* S itself when it is valid and holds no NUL; else a copy with U+FFFD for each ill-formed byte and a
 * space for each NUL. */
kh_str kh_utf8_clean(kh_arena *out, kh_str s);

size_t kh_utf8_count(kh_str s); /* code points */

#endif
