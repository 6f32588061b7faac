/* bits.c - numbers of any number of bits into bytes; bits.h tells which codes, and reads them.
 *
 *     3, 0, 5 in Rice's code of one bit below:   0 1 1,  1 0,  0 0 1 1     the byte 10100110... from the lowest bit on
 *
 * Decides nothing, gets nothing wrong. Writing is not what takes time; reading is, and stands in the header.
 */
#include "store/bits.h"

enum { BYTE = 8, HALF = 32 };

void kh_put_bits(kh_bits_out *o, uint64_t value, unsigned count)
{
    for (unsigned done = 0; done < count;) {
        unsigned n = count - done < HALF ? count - done : HALF;
        o->held |= (value >> done & ((UINT64_C(1) << n) - 1)) << o->count;
        o->count += n;
        done += n;
        for (; o->count >= BYTE; o->count -= BYTE, o->held >>= BYTE) {
            kh_buf_char(&o->buf, (char)(o->held & 255));
        }
    }
}

void kh_put_unary(kh_bits_out *o, uint64_t count)
{
    for (; count >= HALF; count -= HALF) {
        kh_put_bits(o, 0, HALF);
    }
    kh_put_bits(o, UINT64_C(1) << count, (unsigned)count + 1);
}

void kh_put_rice(kh_bits_out *o, uint64_t value, unsigned k)
{
    kh_put_unary(o, value >> k);
    kh_put_bits(o, value, k);
}

void kh_put_gamma(kh_bits_out *o, uint64_t value)
{
    unsigned n = kh_log_of(value);
    kh_put_unary(o, n);
    kh_put_bits(o, value, n);
}

kh_str kh_bits_end(kh_bits_out *o)
{
    if (o->count) {
        kh_buf_char(&o->buf, (char)(o->held & 255));
        o->held = o->count = 0;
    }
    return kh_buf_str(&o->buf);
}
