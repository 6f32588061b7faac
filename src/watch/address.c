/* address.c - which addresses are of the public internet.
 *
 * A feed is written by strangers: an entry that points at 169.254.169.254 or at a name that leads to 10.0.0.1 would
 * make the program ask the user's own machines in the stranger's place. So the address itself is looked at, when the
 * connection is made, and all that the registries of IANA do not call globally reachable is refused, also where IPv6
 * only wraps an IPv4 address (mapped, translated by NAT64, 6to4).
 *
 *     93.184.215.14, 2606:2800::1       public
 *     127.0.0.1, 10.1.2.3, 100.64.0.1, ::1, fe80::1, fd00::1, ::ffff:127.0.0.1, 64:ff9b::7f00:1     not
 *
 * IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, 8190).
 */
#include "watch/watch.h"

#include <string.h>

typedef struct block {
    unsigned char begin[16];
    unsigned bits;
} block;

static const block private_4[] = {
    {{0}, 8},             /* this network */
    {{10}, 8},            /* private */
    {{100, 64}, 10},      /* shared by providers */
    {{127}, 8},           /* loopback */
    {{169, 254}, 16},     /* link-local: cloud metadata too */
    {{172, 16}, 12},      /* private */
    {{192, 0, 0}, 24},    /* protocol assignments */
    {{192, 0, 2}, 24},    /* documentation */
    {{192, 88, 99}, 24},  /* 6to4 relays */
    {{192, 168}, 16},     /* private */
    {{198, 18}, 15},      /* benchmarks */
    {{198, 51, 100}, 24}, /* documentation */
    {{203, 0, 113}, 24},  /* documentation */
    {{224}, 4},           /* multicast */
    {{240}, 4},           /* reserved, broadcast */
};

static const block public_6 = {{0x20}, 3}; /* 2000::/3: global unicast; all else is special */
static const block private_6[] = {
    {{0x20, 0x01, 0x00}, 23},       /* protocol assignments, Teredo, ORCHID */
    {{0x20, 0x01, 0x0d, 0xb8}, 32}, /* documentation */
    {{0x3f, 0xff, 0x00}, 20},       /* documentation */
};
static const block six_to_four = {{0x20, 0x02}, 16};            /* IPv4 in bytes 2 to 5 */
static const block translated = {{0x00, 0x64, 0xff, 0x9b}, 96}; /* NAT64: in the last four */

static bool inside(const unsigned char *bytes, const block *b)
{
    unsigned whole = b->bits / 8;
    unsigned rest = b->bits % 8;
    unsigned mask = rest ? 0xffU << (8 - rest) & 0xffU : 0;
    return memcmp(bytes, b->begin, whole) == 0 && (!rest || ((bytes[whole] ^ b->begin[whole]) & mask) == 0);
}

static bool is_public_4(const unsigned char *bytes)
{
    for (size_t i = 0; i < sizeof private_4 / sizeof *private_4; i++) {
        if (inside(bytes, &private_4[i])) {
            return false;
        }
    }
    return true;
}

static bool is_public_6(const unsigned char *bytes)
{
    static const block mapped = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
    if (inside(bytes, &mapped) || inside(bytes, &translated)) {
        return is_public_4(bytes + 12);
    }
    if (inside(bytes, &six_to_four)) {
        return is_public_4(bytes + 2);
    }
    for (size_t i = 0; i < sizeof private_6 / sizeof *private_6; i++) {
        if (inside(bytes, &private_6[i])) {
            return false;
        }
    }
    return inside(bytes, &public_6);
}

bool kh_address_public(const unsigned char *bytes, size_t count)
{
    return count == 4 ? is_public_4(bytes) : count == 16 && is_public_6(bytes);
}
