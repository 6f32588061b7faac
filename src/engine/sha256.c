/* sha256.c - SHA-256 by the processor's own instructions where it has them, else by libmd.
 *
 * Every page that arrives is hashed whole, markup included: with libmd's C that was a tenth of all reading. Processors
 * of the last years have instructions for two rounds at a time (Intel, "SHA Extensions", 2013), five times as fast.
 *
 *     kh_sha256_hex(out, KH_STR("abc")) is ba7816bf 8f01cfea ... f20015ad (FIPS 180-2, appendix B)
 *
 * Both ways give the same digits, which test_engine.c holds against each other at every length about a block.
 */
#include "engine/sha256.h"

#include <sha2.h>
#include <string.h>

enum { BLOCK = 64 };

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

static const uint32_t constants[64] = {0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
                                       0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
                                       0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
                                       0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
                                       0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
                                       0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
                                       0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
                                       0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static bool has_instructions(void)
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    bool sse41 = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_1) && (c & bit_SSSE3);
    return sse41 && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & 1u << 29);
}

/* One block into the state, which stands as the instructions want it: ABEF and CDGH. */
__attribute__((target("sha,sse4.1,ssse3"))) static void add_block(__m128i *abef, __m128i *cdgh, const char *block)
{
    const __m128i turn = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203); /* words are big-endian */
    __m128i w[4], x = *abef, y = *cdgh;
    for (int i = 0; i < 4; i++) {
        w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i)), turn);
    }
    for (int i = 0; i < 16; i++) { /* four rounds each */
        if (i >= 4) {
            __m128i last = w[(i + 3) & 3];
            __m128i next = _mm_add_epi32(_mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]), _mm_alignr_epi8(last, w[(i + 2) & 3], 4));
            w[i & 3] = _mm_sha256msg2_epu32(next, last);
        }
        __m128i rounds = _mm_add_epi32(w[i & 3], _mm_loadu_si128((const __m128i *)(const void *)(constants + 4 * i)));
        y = _mm_sha256rnds2_epu32(y, x, rounds);
        x = _mm_sha256rnds2_epu32(x, y, _mm_shuffle_epi32(rounds, 0x0E));
    }
    *abef = _mm_add_epi32(*abef, x);
    *cdgh = _mm_add_epi32(*cdgh, y);
}

__attribute__((target("sha,sse4.1,ssse3"))) static void digest_of(kh_str bytes, uint8_t digest[32])
{
    __m128i abef = _mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c);
    __m128i cdgh = _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19);
    char end[2 * BLOCK] = {0}; /* the rest, a one bit, and the length in bits */
    size_t whole = bytes.len / BLOCK * BLOCK;
    size_t rest = bytes.len - whole;
    size_t last = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK;
    for (size_t at = 0; at < whole; at += BLOCK) {
        add_block(&abef, &cdgh, bytes.ptr + at);
    }
    if (rest) {
        memcpy(end, bytes.ptr + whole, rest);
    }
    end[rest] = (char)0x80;
    for (size_t i = 0; i < 8; i++) {
        end[last - 1 - i] = (char)(unsigned char)((uint64_t)bytes.len * 8 >> 8 * i);
    }
    for (size_t at = 0; at < last; at += BLOCK) {
        add_block(&abef, &cdgh, end + at);
    }
    uint32_t x[4], y[4]; /* F E B A, H G D C */
    _mm_storeu_si128((__m128i *)(void *)x, abef);
    _mm_storeu_si128((__m128i *)(void *)y, cdgh);
    const uint32_t words[8] = {x[3], x[2], y[3], y[2], x[1], x[0], y[1], y[0]};
    for (size_t i = 0; i < 32; i++) {
        digest[i] = (uint8_t)(words[i / 4] >> (24 - 8 * (i % 4)));
    }
}
#else
static bool has_instructions(void)
{
    return false;
}

static void digest_of(kh_str bytes, uint8_t digest[32])
{
    (void)bytes, (void)digest;
}
#endif

kh_str kh_sha256_hex(kh_arena *out, kh_str bytes)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[32];
    char *hex = KH_NEW_N(out, char, 2 * sizeof digest + 1);
    bytes = bytes.ptr ? bytes : KH_STR("");
    if (!has_instructions()) {
        SHA256Data((const uint8_t *)bytes.ptr, bytes.len, hex);
        return (kh_str){hex, 2 * sizeof digest};
    }
    digest_of(bytes, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    return (kh_str){hex, 2 * sizeof digest};
}
