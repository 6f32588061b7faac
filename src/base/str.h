/* str.h - the slice: bytes with a length, UTF-8 by convention, never owned.
 *
 * A kh_str is passed by value and points into memory that somebody else keeps: the page, an arena, a
 * literal. An absent value is the empty slice. Bytes may hold anything but are valid UTF-8 wherever
 * text comes out of kh_utf8_clean.
 */
#ifndef KHABAR_BASE_STR_H
#define KHABAR_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct kh_str {
    const char *ptr;
    size_t len;
} kh_str;

#define KH_STR(lit) ((kh_str)KH_STR_INIT(lit))
#define KH_STR_INIT(lit)        \
    {                           \
        "" lit, sizeof(lit) - 1 \
    } /* in an array of constants */
#define KH_FMT "%.*s"
#define KH_ARG(s) (int)(s).len, (s).ptr

/* A place in a text: bytes begin..end, half open. {0, 0} is "nowhere". Texts are below 4 GB by the
 * limits of base/limits.h. */
typedef struct kh_span {
    uint32_t begin;
    uint32_t end;
} kh_span;

/* Meets: the spans share a byte. */
static inline bool kh_span_meets(kh_span a, kh_span b)
{
    return a.begin < b.end && b.begin < a.end;
}

static inline bool kh_span_holds(kh_span outer, kh_span inner)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

static inline bool kh_span_empty(kh_span s)
{
    return s.begin >= s.end;
}

/* The bytes of SPAN in TEXT; the empty slice where the span does not lie inside. */
kh_str kh_slice(kh_str text, kh_span span);

/* The span of PART, which must point into WHOLE. */
kh_span kh_span_of(kh_str whole, kh_str part);

kh_str kh_str_z(const char *z); /* of a NUL-terminated string; NULL gives the empty slice */

/* Inline, as they are asked at every token of every text: mostly the first byte tells. */
static inline bool kh_str_eq(kh_str a, kh_str b)
{
    return a.len == b.len && (a.len == 0 || (a.ptr[0] == b.ptr[0] && memcmp(a.ptr, b.ptr, a.len) == 0));
}

static inline bool kh_str_starts(kh_str s, kh_str prefix)
{
    return s.len >= prefix.len && kh_str_eq((kh_str){s.ptr, prefix.len}, prefix);
}

static inline bool kh_str_ends(kh_str s, kh_str suffix)
{
    return suffix.len == 0 || (s.len >= suffix.len && kh_str_eq((kh_str){s.ptr + (s.len - suffix.len), suffix.len}, suffix));
}

int kh_str_cmp(kh_str a, kh_str b); /* by bytes, shorter first on a tie */
bool kh_str_eq_ascii_nocase(kh_str a, kh_str b);
size_t kh_str_find(kh_str s, kh_str needle); /* offset of the first NEEDLE, s.len when there is none */
kh_str kh_str_from(kh_str s, size_t begin);  /* the rest from BEGIN on; empty beyond the end */
kh_str kh_str_head(kh_str s, size_t len);    /* the first LEN bytes, or all */
kh_str kh_str_trim(kh_str s);                /* ASCII white space and U+00A0 off both ends */

/* Takes what stands before SEPARATOR off the front of *rest (and the separator with it). Gives false
 * when *rest is used up; the last piece may be empty. Set *rest to the whole string first. */
bool kh_str_cut(kh_str *rest, char separator, kh_str *piece);

/* A whole number of ASCII digits that fits; false leaves *value alone. */
bool kh_str_u64(kh_str s, uint64_t *value);
bool kh_str_double(kh_str s, double *value);

/* 64-bit hash (XXH3). The same bytes give the same hash on every machine: it may be stored. */
uint64_t kh_hash(kh_str s);

/* Two rounds of the finalizer of MurmurHash3 (Appleby, public domain) over the pair. */
static inline uint64_t kh_hash_mix(uint64_t a, uint64_t b)
{
    uint64_t h = a ^ (b * 0x9E3779B97F4A7C15u);
    h = (h ^ h >> 33) * 0xFF51AFD7ED558CCDu;
    h = (h ^ b ^ h >> 33) * 0xC4CEB9FE1A85EC53u;
    return h ^ h >> 33;
}

#endif
