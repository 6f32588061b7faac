/* pack.c - what an article is about and how it is worded, in four bytes a thing instead of twelve.
 *
 * Decides how features and prints stand in the columns of `article`. Both are sorted numbers spread evenly, so what lies between two
 * neighbours is small beside the numbers: of 200 hashes of 32 bits the usual gap has 24. A gap is written after Rice (1979): its upper part as so
 * many zeros and a one, its lower part of k bits as it is, where k is the whole part of the binary logarithm of the mean gap. That is within two
 * bits of the least any code can do.
 *
 *     head       number of features, number of sites, as varints
 *     feature    gap (Rice), kind (3 bits), 0 or 1 and lead (2 bits), count (Elias 1975, gamma: "1" is one bit)
 *     site       the 64 bits as they are: they spell a name (story/sites.c)
 *     prints     number of prints as a varint, then gaps (Rice) of their 40 bits
 *
 * Gets wrong: hashes of 32 bits meet: of a vocabulary of ten million one word in 400 has the number of another.
 */
#include "store/pack.h"

enum { FEATURE_BITS = 32, KIND_BITS = 3, LEAD_BITS = 2, SITE_BITS = 64, BYTE = 8, COUNT_MAX = 16000000 };
_Static_assert(KH_FEATURE_kinds <= 1 << KIND_BITS, "a kind has KIND_BITS");

/* ---- varints ---- */

size_t kh_varint_put(unsigned char *p, uint64_t v)
{
    size_t n = 0;
    for (; v > 127; v >>= 7) {
        p[n++] = (unsigned char)(v | 128);
    }
    p[n++] = (unsigned char)v;
    return n;
}

uint64_t kh_varint_get(const unsigned char **p, const unsigned char *end)
{
    uint64_t v = 0;
    for (unsigned shift = 0; *p < end && shift < 64; shift += 7) {
        unsigned char byte = *(*p)++;
        v |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) {
            return v;
        }
    }
    *p = end;
    return 0;
}

/* ---- bits ---- */

typedef struct bits_out {
    kh_buf buf;
    uint64_t held;
    unsigned count; /* of held; fewer than 8 between two calls */
} bits_out;

static void put_bits(bits_out *o, uint64_t value, unsigned count)
{
    for (unsigned done = 0; done < count;) {
        unsigned n = count - done < 32 ? count - done : 32;
        o->held |= (value >> done & ((UINT64_C(1) << n) - 1)) << o->count;
        o->count += n;
        done += n;
        for (; o->count >= BYTE; o->count -= BYTE, o->held >>= BYTE) {
            kh_buf_char(&o->buf, (char)(o->held & 255));
        }
    }
}

/* COUNT zeros, and a one. */
static void put_unary(bits_out *o, uint64_t count)
{
    for (; count >= 32; count -= 32) {
        put_bits(o, 0, 32);
    }
    put_bits(o, UINT64_C(1) << count, (unsigned)count + 1);
}

static void put_rice(bits_out *o, uint64_t value, unsigned k)
{
    put_unary(o, value >> k);
    put_bits(o, value, k);
}

static unsigned log_of(uint64_t v)
{
    unsigned n = 0;
    for (; v > 1; v >>= 1) {
        n++;
    }
    return n;
}

static void put_gamma(bits_out *o, uint64_t value) /* at least 1 */
{
    unsigned n = log_of(value);
    put_unary(o, n);
    put_bits(o, value, n);
}

static kh_str finish(bits_out *o)
{
    if (o->count) {
        kh_buf_char(&o->buf, (char)(o->held & 255));
    }
    return kh_buf_str(&o->buf);
}

typedef struct bits_in {
    const unsigned char *p, *end;
    uint64_t held;
    unsigned count;
    bool cut; /* more was asked for than there is */
} bits_in;

static uint64_t get_bits(bits_in *in, unsigned count)
{
    uint64_t value = 0;
    for (unsigned done = 0; done < count;) {
        unsigned n = count - done < 32 ? count - done : 32;
        while (in->count < n && in->p < in->end) {
            in->held |= (uint64_t)*in->p++ << in->count;
            in->count += BYTE;
        }
        if (in->count < n) {
            in->cut = true;
            return 0;
        }
        value |= (in->held & ((UINT64_C(1) << n) - 1)) << done;
        in->held >>= n;
        in->count -= n;
        done += n;
    }
    return value;
}

static uint64_t get_unary(bits_in *in)
{
    uint64_t zeros = 0;
    for (;;) {
        for (; in->count <= 64 - BYTE && in->p < in->end; in->count += BYTE) {
            in->held |= (uint64_t)*in->p++ << in->count;
        }
        if (in->held) {
            unsigned n = (unsigned)__builtin_ctzll(in->held);
            in->held = in->held >> n >> 1;
            in->count -= n + 1;
            return zeros + n;
        }
        if (in->count == 0) {
            in->cut = true;
            return 0;
        }
        zeros += in->count;
        in->count = 0;
    }
}

static uint64_t get_rice(bits_in *in, unsigned k)
{
    uint64_t high = get_unary(in);
    return high << k | get_bits(in, k);
}

static uint64_t get_gamma(bits_in *in)
{
    uint64_t n = get_unary(in);
    in->cut |= n > 32;
    return in->cut ? 0 : UINT64_C(1) << n | get_bits(in, (unsigned)n);
}

/* ---- numbers, sorted ---- */

/* The bits of a gap that are written as they are, of COUNT numbers below 2^BITS. */
static unsigned rice_of(unsigned bits, size_t count)
{
    return count ? log_of((UINT64_C(1) << bits) / count) : 0;
}

static void put_head(bits_out *o, uint64_t count)
{
    unsigned char room[KH_VARINT_MAX];
    kh_buf_add(&o->buf, (kh_str){(const char *)room, kh_varint_put(room, count)});
}

static bits_in reader_of(kh_str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    return (bits_in){.p = p, .end = p + bytes.len};
}

/* A number of things that so many bytes could hold. */
static size_t get_head(bits_in *in)
{
    uint64_t count = kh_varint_get(&in->p, in->end);
    in->cut |= count > COUNT_MAX || count > (uint64_t)(in->end - in->p) * BYTE;
    return in->cut ? 0 : (size_t)count;
}

static void put_rest(bits_out *o, const kh_feature *f)
{
    put_bits(o, f->kind, KIND_BITS);
    put_bits(o, f->lead != 0, 1);
    if (f->lead) {
        put_bits(o, f->lead, LEAD_BITS);
    }
    put_gamma(o, f->count ? f->count : 1);
}

static kh_feature get_rest(bits_in *in, uint64_t hash)
{
    kh_feature f = {.hash = hash, .kind = (uint8_t)get_bits(in, KIND_BITS)};
    f.lead = get_bits(in, 1) ? (uint8_t)get_bits(in, LEAD_BITS) : 0;
    uint64_t count = get_gamma(in);
    f.count = (uint16_t)(count > UINT16_MAX ? UINT16_MAX : count);
    return f;
}

kh_str kh_pack_features(kh_arena *out, const kh_features *features)
{
    size_t count = 0; /* those before the sites, whose numbers are greater */
    while (count < features->count && features->items[count].hash >> FEATURE_BITS == 0) {
        count++;
    }
    bits_out o = {.buf = {.arena = out}};
    if (features->count == 0) {
        return (kh_str){0};
    }
    put_head(&o, count);
    put_head(&o, features->count - count);
    unsigned k = rice_of(FEATURE_BITS, count);
    for (size_t i = 0; i < features->count; i++) {
        const kh_feature *f = &features->items[i];
        if (i < count) {
            put_rice(&o, f->hash - (i ? f[-1].hash : 0), k);
        } else {
            put_bits(&o, f->hash, SITE_BITS);
        }
        put_rest(&o, f);
    }
    return finish(&o);
}

bool kh_unpack_features(kh_arena *out, kh_str bytes, kh_features *features)
{
    bits_in in = reader_of(bytes);
    if (bytes.len == 0) {
        return true;
    }
    size_t count = get_head(&in);
    size_t sites = get_head(&in);
    unsigned k = rice_of(FEATURE_BITS, count);
    uint64_t hash = 0;
    for (size_t i = 0; i < count + sites; i++) {
        hash = i < count ? hash + get_rice(&in, k) : get_bits(&in, SITE_BITS);
        kh_feature f = get_rest(&in, hash);
        if (in.cut) {
            return false;
        }
        *KH_ADD(out, features) = f;
    }
    return !in.cut;
}

kh_str kh_pack_prints(kh_arena *out, const kh_u64s *prints)
{
    bits_out o = {.buf = {.arena = out}};
    if (prints->count == 0) {
        return (kh_str){0};
    }
    put_head(&o, prints->count);
    unsigned k = rice_of(KH_PRINT_BITS, prints->count);
    for (size_t i = 0; i < prints->count; i++) {
        put_rice(&o, prints->items[i] - (i ? prints->items[i - 1] : KH_PRINT_MARK), k);
    }
    return finish(&o);
}

bool kh_unpack_prints(kh_arena *out, kh_str bytes, kh_u64s *prints)
{
    bits_in in = reader_of(bytes);
    if (bytes.len == 0) {
        return true;
    }
    size_t count = get_head(&in);
    unsigned k = rice_of(KH_PRINT_BITS, count);
    uint64_t print = KH_PRINT_MARK;
    for (size_t i = 0; i < count && !in.cut; i++) {
        print += get_rice(&in, k);
        if (!in.cut) {
            *KH_ADD(out, prints) = print;
        }
    }
    return !in.cut;
}

/* ---- as it was ---- */

enum { OLD_FEATURE = 12, OLD_PRINT = 8 };

static uint64_t old_number(const char *p)
{
    uint64_t v = 0;
    for (int i = 7; i >= 0; i--) {
        v = v << 8 | (unsigned char)p[i];
    }
    return v;
}

static void add_old(kh_arena *out, kh_features *features, kh_feature f)
{
    bool meets = features->count && features->items[features->count - 1].hash == f.hash;
    if (!meets) {
        *KH_ADD(out, features) = f;
    }
}

void kh_unpack_old(kh_arena *out, kh_str features, kh_str prints, kh_article *a)
{
    for (int sites = 0; sites <= 1; sites++) { /* which come last now */
        for (size_t at = 0; at + OLD_FEATURE <= features.len; at += OLD_FEATURE) {
            const char *p = features.ptr + at;
            uint64_t hash = old_number(p);
            kh_feature f = {.hash = p[10] == KH_FEATURE_SITE ? hash : kh_feature_hash(hash),
                            .count = (uint16_t)((unsigned char)p[8] | (unsigned char)p[9] << 8),
                            .kind = (uint8_t)p[10],
                            .lead = (uint8_t)p[11]};
            if ((p[10] == KH_FEATURE_SITE) == (sites == 1)) {
                add_old(out, &a->features, f);
            }
        }
    }
    for (size_t at = 0; at + OLD_PRINT <= prints.len; at += OLD_PRINT) {
        uint64_t print = kh_print_of(old_number(prints.ptr + at));
        if (!a->prints.count || a->prints.items[a->prints.count - 1] != print) {
            *KH_ADD(out, &a->prints) = print;
        }
    }
}

void kh_old_hashes(uint64_t hash, int64_t *least, int64_t *most)
{
    bool print = hash >> KH_PRINT_BITS == 1;
    unsigned cut = hash >> FEATURE_BITS == 0 ? 64 - FEATURE_BITS : print ? 64 - KH_PRINT_BITS : 0;
    uint64_t first = cut ? (print ? hash - KH_PRINT_MARK : hash) << cut : hash;
    *least = (int64_t)first;
    *most = (int64_t)(first | ((UINT64_C(1) << cut) - 1));
}
