/* pack.c - what an article is about and how it is worded, in four bytes a thing instead of twelve.
 *
 * Decides how features and prints stand in the columns of `article`. Both are sorted numbers spread evenly, so what lies between two
 * neighbours is small beside the numbers: of 200 hashes of 32 bits the usual gap has 24. A gap is written after Rice, which is within two bits of the
 * least any code can do (bits.h). What a feature is beside its hash is mostly one of four things, and has a bit or a few for these:
 *
 *     head       number of features, number of sites, as varints
 *     feature    gap (Rice); then so many zeros and a one: a word of the body (none), a concept of the body (1), a word of the lead (2),
 *                a concept of the lead (3), each met once; else four zeros, kind (3 bits), 0 or 1 and lead (2 bits), count (gamma)
 *     site       the 64 bits as they are: they spell a name (story/sites.c); the rest as above
 *     prints     number of prints as a varint, then gaps (Rice) of their 32 bits
 *
 * Stores of schema 7 and 8 have kind, lead and count of each feature in full, and prints of 40 bits, of which 32 are read.
 *
 * Gets wrong: hashes of 32 bits meet: of a vocabulary of ten million one word in 400 has the number of another; in a store of a million articles one print
 * in 90 is another 5-gram's too, which gives an article one more candidate of the weight of one print.
 */
#include "store/pack.h"

#include "store/bits.h"

enum {
    FEATURE_BITS = 32,
    KIND_BITS = 3,
    LEAD_BITS = 2,
    SITE_BITS = 64,
    BYTE = 8,
    COUNT_MAX = 16000000,
    PRINT_ZEROS = KH_PRINT_BITS - KH_PRINT_KEPT
};
enum { USUAL = 4, LEAD_USUAL = 2 }; /* kinds of features that have a short code; the lead that a first paragraph has */
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

/* ---- numbers, sorted ---- */

/* The bits of a gap that are written as they are, of COUNT numbers below 2^BITS. */
static unsigned rice_of(unsigned bits, size_t count)
{
    return count ? kh_log_of((UINT64_C(1) << bits) / count) : 0;
}

static void put_head(kh_bits_out *o, uint64_t count)
{
    unsigned char room[KH_VARINT_MAX];
    kh_buf_add(&o->buf, (kh_str){(const char *)room, kh_varint_put(room, count)});
}

/* Varints, then bits. */
static kh_bits_in reader_of(kh_str bytes, size_t *counts, size_t count)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    const unsigned char *end = p + bytes.len;
    bool whole = true;
    for (size_t i = 0; i < count; i++) {
        uint64_t n = kh_varint_get(&p, end);
        whole &= n <= COUNT_MAX && n <= (uint64_t)(end - p) * BYTE; /* so many things these bytes could hold */
        counts[i] = whole ? (size_t)n : 0;
    }
    return (kh_bits_in){.begin = p, .len = (size_t)(end - p), .at = whole ? 0 : (size_t)(end - p) * BYTE + 1};
}

static void put_rest(kh_bits_out *o, const kh_feature *f)
{
    bool usual = f->count == 1 && f->kind <= KH_FEATURE_CONCEPT && (f->lead == 0 || f->lead == LEAD_USUAL);
    if (usual) {
        kh_put_unary(o, (uint64_t)f->kind + (f->lead ? 2 : 0));
        return;
    }
    kh_put_bits(o, 0, USUAL);
    kh_put_bits(o, f->kind, KIND_BITS);
    kh_put_bits(o, f->lead != 0, 1);
    if (f->lead) {
        kh_put_bits(o, f->lead, LEAD_BITS);
    }
    kh_put_gamma(o, f->count ? f->count : 1);
}

static void get_full(kh_bits_in *in, kh_feature *f)
{
    f->kind = (uint8_t)kh_get_bits(in, KIND_BITS);
    f->lead = kh_get_bits(in, 1) ? (uint8_t)kh_get_bits(in, LEAD_BITS) : 0;
    uint64_t count = kh_get_gamma(in);
    f->count = (uint16_t)(count > UINT16_MAX ? UINT16_MAX : count);
}

static void get_rest(kh_bits_in *in, kh_feature *f)
{
    unsigned zeros = (unsigned)__builtin_ctzll(kh_bits_window(in) | 1U << USUAL);
    in->at += zeros < USUAL ? zeros + 1 : USUAL;
    if (zeros == USUAL) {
        get_full(in, f);
        return;
    }
    f->kind = zeros & 1 ? KH_FEATURE_CONCEPT : KH_FEATURE_WORD;
    f->lead = zeros & 2 ? LEAD_USUAL : 0;
    f->count = 1;
}

kh_str kh_pack_features(kh_arena *out, const kh_features *features)
{
    size_t count = 0; /* those before the sites, whose numbers are greater */
    while (count < features->count && features->items[count].hash >> FEATURE_BITS == 0) {
        count++;
    }
    kh_bits_out o = {.buf = {.arena = out}};
    if (features->count == 0) {
        return (kh_str){0};
    }
    put_head(&o, count);
    put_head(&o, features->count - count);
    unsigned k = rice_of(FEATURE_BITS, count);
    for (size_t i = 0; i < features->count; i++) {
        const kh_feature *f = &features->items[i];
        if (i < count) {
            kh_put_rice(&o, f->hash - (i ? f[-1].hash : 0), k);
        } else {
            kh_put_bits(&o, f->hash, SITE_BITS);
        }
        put_rest(&o, f);
    }
    return kh_bits_end(&o);
}

bool kh_unpack_features(kh_arena *out, kh_str bytes, bool full, kh_features *features)
{
    size_t counts[2] = {0};
    kh_bits_in in = reader_of(bytes, counts, 2);
    if (bytes.len == 0) {
        return true;
    }
    unsigned k = rice_of(FEATURE_BITS, counts[0]);
    uint64_t hash = 0;
    if (features->count == 0) {
        *features = (kh_features){.items = KH_TAKE_N(out, kh_feature, counts[0] + counts[1] + 1), .room = counts[0] + counts[1] + 1};
    }
    for (size_t i = 0; i < counts[0] + counts[1]; i++) {
        kh_feature f = {0};
        if (i < counts[0]) {
            hash += kh_get_rice(&in, k);
        } else {
            hash = kh_get_long(&in, SITE_BITS);
        }
        f.hash = hash;
        (full ? get_full : get_rest)(&in, &f);
        if (kh_bits_cut(&in)) {
            return false;
        }
        *KH_ADD(out, features) = f;
    }
    return !kh_bits_cut(&in);
}

kh_str kh_pack_prints(kh_arena *out, const kh_u64s *prints)
{
    kh_bits_out o = {.buf = {.arena = out}};
    if (prints->count == 0) {
        return (kh_str){0};
    }
    put_head(&o, prints->count);
    unsigned k = rice_of(KH_PRINT_KEPT, prints->count);
    for (size_t i = 0; i < prints->count; i++) {
        kh_put_rice(&o, (prints->items[i] - (i ? prints->items[i - 1] : KH_PRINT_MARK)) >> PRINT_ZEROS, k);
    }
    return kh_bits_end(&o);
}

bool kh_unpack_prints(kh_arena *out, kh_str bytes, bool full, kh_u64s *prints)
{
    size_t count = 0;
    kh_bits_in in = reader_of(bytes, &count, 1);
    if (bytes.len == 0) {
        return true;
    }
    unsigned zeros = full ? 0 : PRINT_ZEROS;
    unsigned k = rice_of(KH_PRINT_BITS - zeros, count);
    uint64_t print = KH_PRINT_MARK;
    if (prints->count == 0) {
        *prints = (kh_u64s){.items = KH_TAKE_N(out, uint64_t, count + 1), .room = count + 1};
    }
    for (size_t i = 0; i < count; i++) {
        print += kh_get_rice(&in, k) << zeros;
        uint64_t kept = print >> PRINT_ZEROS << PRINT_ZEROS;
        if (kh_bits_cut(&in)) {
            return false;
        }
        if (!prints->count || prints->items[prints->count - 1] != kept) {
            *KH_ADD(out, prints) = kept;
        }
    }
    return !kh_bits_cut(&in);
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
    *most = (int64_t)(first | ((UINT64_C(1) << (print ? 64 - KH_PRINT_KEPT : cut)) - 1));
}
