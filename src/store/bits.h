/* bits.h - inside store/ only: numbers of any number of bits, one behind the other, the lowest bit of a byte first.
 *
 * A gap between two sorted numbers is written after Rice (1979): its upper part as so many zeros and a one, its lower part of k bits as it is, where k is
 * the whole part of the binary logarithm of the mean gap. A count is written after Elias (1975, gamma): "1" is one bit, "2" and "3" are three.
 */
#ifndef KHABAR_STORE_BITS_H
#define KHABAR_STORE_BITS_H

#include "base/base.h"

typedef struct kh_bits_out {
    kh_buf buf;
    uint64_t held;
    unsigned count; /* of held; fewer than 8 between two calls */
} kh_bits_out;

void kh_put_bits(kh_bits_out *o, uint64_t value, unsigned count);
void kh_put_unary(kh_bits_out *o, uint64_t count); /* COUNT zeros, and a one */
void kh_put_rice(kh_bits_out *o, uint64_t value, unsigned k);
void kh_put_gamma(kh_bits_out *o, uint64_t value); /* at least 1 */
kh_str kh_bits_end(kh_bits_out *o);

static inline unsigned kh_log_of(uint64_t v) /* 0 for 0 */
{
    return v ? 63 - (unsigned)__builtin_clzll(v) : 0;
}

/* Behind END there are zeros; whoever reads them is told by kh_bits_cut. */
typedef struct kh_bits_in {
    const unsigned char *begin;
    size_t len, at; /* bytes; bit */
} kh_bits_in;

static inline bool kh_bits_cut(const kh_bits_in *in)
{
    return in->at > in->len * 8;
}

/* The next bits, at least KH_WINDOW of them. */
enum { KH_WINDOW = 57 };
static inline uint64_t kh_bits_window(const kh_bits_in *in)
{
    size_t from = in->at >> 3;
    uint64_t v = 0;
    if (from + 8 <= in->len) {
        const unsigned char *p = in->begin + from;
        v = (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
            (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
    } else {
        for (size_t i = from; i < in->len; i++) {
            v |= (uint64_t)in->begin[i] << (8 * (i - from));
        }
    }
    return v >> (in->at & 7);
}

static inline uint64_t kh_get_bits(kh_bits_in *in, unsigned count) /* at most KH_WINDOW */
{
    uint64_t v = kh_bits_window(in) & ((UINT64_C(1) << count) - 1);
    in->at += count;
    return v;
}

static inline uint64_t kh_get_long(kh_bits_in *in, unsigned count) /* at most 64 */
{
    unsigned low = count < 32 ? count : 32;
    uint64_t v = kh_get_bits(in, low);
    return v | kh_get_bits(in, count - low) << low;
}

static inline uint64_t kh_get_unary(kh_bits_in *in)
{
    uint64_t zeros = 0;
    for (;;) {
        uint64_t w = kh_bits_window(in) & ((UINT64_C(1) << KH_WINDOW) - 1);
        if (w) {
            unsigned n = (unsigned)__builtin_ctzll(w);
            in->at += n + 1;
            return zeros + n;
        }
        in->at += KH_WINDOW;
        zeros += KH_WINDOW;
        if (kh_bits_cut(in)) {
            return 0;
        }
    }
}

static inline uint64_t kh_get_rice(kh_bits_in *in, unsigned k) /* at most 63 */
{
    uint64_t w = kh_bits_window(in);
    unsigned n = w ? (unsigned)__builtin_ctzll(w) : KH_WINDOW;
    if (n + 1 + k <= KH_WINDOW) {
        in->at += n + 1 + k;
        return (uint64_t)n << k | (w >> n >> 1 & ((UINT64_C(1) << k) - 1));
    }
    uint64_t high = kh_get_unary(in);
    return high << k | kh_get_long(in, k);
}

static inline uint64_t kh_get_gamma(kh_bits_in *in)
{
    uint64_t n = kh_get_unary(in);
    if (n > 32) {
        in->at = in->len * 8 + 1;
        return 0;
    }
    return UINT64_C(1) << n | kh_get_bits(in, (unsigned)n);
}

#endif
