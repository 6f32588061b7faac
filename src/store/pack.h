/* pack.h - inside store/ only: features and prints of an article as few bytes. */
#ifndef KHABAR_STORE_PACK_H
#define KHABAR_STORE_PACK_H

#include "model/article.h"

/* FEATURES, sorted by hash, as bytes, and back; FULL: as schemas 7 and 8 have them. False where BYTES are not what was packed; what was read until
 * then stays. */
kh_str kh_pack_features(kh_arena *out, const kh_features *features);
bool kh_unpack_features(kh_arena *out, kh_str bytes, bool full, kh_features *features);

/* The same of prints, sorted. */
kh_str kh_pack_prints(kh_arena *out, const kh_u64s *prints);
bool kh_unpack_prints(kh_arena *out, kh_str bytes, bool full, kh_u64s *prints);

/* Numbers in seven bits a byte, the lowest first; the high bit says that more follow. */
enum { KH_VARINT_MAX = 10 };
size_t kh_varint_put(unsigned char *p, uint64_t v);
/* The number at *p, which moves behind it; 0 with *p = END where it is cut off. */
uint64_t kh_varint_get(const unsigned char **p, const unsigned char *end);

/* As stores of schema 6 and before have them: features of 12 bytes (hash, count, kind, lead), prints of 8; hashes of 64 bits are
 * cut to what is kept now. */
void kh_unpack_old(kh_arena *out, kh_str features, kh_str prints, kh_article *a);

/* The hashes of 64 bits that are cut to HASH, from *least to *most, in the order of SQLite's integers. */
void kh_old_hashes(uint64_t hash, int64_t *least, int64_t *most);

#endif
