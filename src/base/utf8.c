/* utf8.c - UTF-8 in and out (RFC 3629: no surrogates, nothing above U+10FFFF, shortest form). */
#include "base/utf8.h"

#include <string.h>

uint32_t kh_utf8_before(kh_str s, size_t at, size_t *len)
{
    for (size_t back = 1; back <= 4 && back <= at; back++) {
        size_t n = 0;
        if (!kh_utf8_is_trail((unsigned char)s.ptr[at - back])) {
            uint32_t cp = kh_utf8_at(s, at - back, &n);
            if (n == back) {
                *len = n;
                return cp;
            }
            break;
        }
    }
    *len = 1;
    return KH_REPLACEMENT;
}

size_t kh_utf8_put(char *p, uint32_t cp)
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) {
        cp = KH_REPLACEMENT;
    }
    if (cp < 0x80) {
        p[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        p[0] = (char)(0xC0 | cp >> 6);
        p[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        p[0] = (char)(0xE0 | cp >> 12);
        p[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        p[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    p[0] = (char)(0xF0 | cp >> 18);
    p[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    p[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    p[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* The offset of the first ill-formed or NUL byte, s.len when there is none. */
static size_t first_bad(kh_str s)
{
    size_t i = kh_utf8_past_ascii(s, 0);
    while (i < s.len) {
        size_t n = 0;
        uint32_t cp = kh_utf8_at(s, i, &n);
        if ((cp == KH_REPLACEMENT && n == 1) || cp == 0) {
            return i;
        }
        i = kh_utf8_past_ascii(s, i + n);
    }
    return i;
}

bool kh_utf8_valid(kh_str s)
{
    while (s.len) {
        size_t n = first_bad(s);
        if (n == s.len) {
            return true;
        }
        if (s.ptr[n] != 0) {
            return false;
        }
        s = kh_str_from(s, n + 1);
    }
    return true;
}

kh_str kh_utf8_clean(kh_arena *out, kh_str s)
{
    size_t good = first_bad(s);
    if (good == s.len) {
        return s;
    }
    char *p = KH_NEW_N(out, char, s.len * 3 + 1);
    memcpy(p, s.ptr, good);
    size_t o = good;
    for (size_t i = good; i < s.len;) {
        size_t n = 0;
        uint32_t cp = kh_utf8_at(s, i, &n);
        o += kh_utf8_put(p + o, cp == 0 ? ' ' : cp);
        i += n;
    }
    return (kh_str){p, o};
}

size_t kh_utf8_count(kh_str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++) {
        count += !kh_utf8_is_trail((unsigned char)s.ptr[i]);
    }
    return count;
}
