/* str.c - slices: comparing, cutting, hashing. Nothing here allocates. */
#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

kh_str kh_slice(kh_str text, kh_span span)
{
    if (span.begin > span.end || span.end > text.len) {
        return (kh_str){0};
    }
    return (kh_str){text.ptr + span.begin, span.end - span.begin};
}

kh_span kh_span_of(kh_str whole, kh_str part)
{
    uint32_t begin = (uint32_t)(part.ptr - whole.ptr);
    return (kh_span){begin, begin + (uint32_t)part.len};
}

kh_str kh_str_z(const char *z)
{
    return z ? (kh_str){z, strlen(z)} : (kh_str){0};
}

int kh_str_cmp(kh_str a, kh_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool kh_str_eq_ascii_nocase(kh_str a, kh_str b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.ptr[i]) != lower(b.ptr[i])) {
            return false;
        }
    }
    return true;
}

enum { SHORT = 4 };

/* A sign of few bytes by its first, which is rare: memmem looks at every byte for such. */
static const char *find_short(kh_str s, kh_str needle)
{
    const char *end = s.ptr + (s.len - needle.len + 1);
    const char *hit = s.ptr;
    while (hit < end && (hit = memchr(hit, needle.ptr[0], (size_t)(end - hit))) != NULL) {
        if (memcmp(hit, needle.ptr, needle.len) == 0) {
            return hit;
        }
        hit++;
    }
    return NULL;
}

size_t kh_str_find(kh_str s, kh_str needle)
{
    if (needle.len == 0) {
        return 0;
    }
    if (s.len < needle.len) {
        return s.len;
    }
    const char *hit = needle.len <= SHORT ? find_short(s, needle) : memmem(s.ptr, s.len, needle.ptr, needle.len);
    return hit ? (size_t)(hit - s.ptr) : s.len;
}

kh_str kh_str_from(kh_str s, size_t begin)
{
    return begin >= s.len ? (kh_str){0} : (kh_str){s.ptr + begin, s.len - begin};
}

kh_str kh_str_head(kh_str s, size_t len)
{
    return (kh_str){s.ptr, len < s.len ? len : s.len};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static const kh_str nbsp = {"\xC2\xA0", 2};

kh_str kh_str_trim(kh_str s)
{
    for (;;) {
        if (s.len && is_space(s.ptr[0])) {
            s = kh_str_from(s, 1);
        } else if (kh_str_starts(s, nbsp)) {
            s = kh_str_from(s, 2);
        } else {
            break;
        }
    }
    for (;;) {
        if (s.len && is_space(s.ptr[s.len - 1])) {
            s.len--;
        } else if (kh_str_ends(s, nbsp)) {
            s.len -= 2;
        } else {
            return s;
        }
    }
}

bool kh_str_cut(kh_str *rest, char separator, kh_str *piece)
{
    if (!rest->ptr) {
        return false;
    }
    const char *hit = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (!hit) {
        *piece = *rest;
        *rest = (kh_str){0};
        return true;
    }
    size_t len = (size_t)(hit - rest->ptr);
    *piece = (kh_str){rest->ptr, len};
    *rest = (kh_str){hit + 1, rest->len - len - 1};
    return true;
}

bool kh_str_u64(kh_str s, uint64_t *value)
{
    uint64_t v = 0;
    if (s.len == 0 || s.len > 19) {
        return false;
    }
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            return false;
        }
        v = v * 10 + (uint64_t)(s.ptr[i] - '0');
    }
    *value = v;
    return true;
}

bool kh_str_double(kh_str s, double *value)
{
    char z[64];
    if (s.len == 0 || s.len >= sizeof z) {
        return false;
    }
    memcpy(z, s.ptr, s.len);
    z[s.len] = 0;
    char *end = NULL;
    double v = strtod(z, &end);
    if (end != z + s.len) {
        return false;
    }
    *value = v;
    return true;
}

uint64_t kh_hash(kh_str s)
{
    return XXH3_64bits(s.ptr ? s.ptr : "", s.len);
}
