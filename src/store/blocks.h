/* blocks.h - inside store/ only: sorted postings as blocks of bytes. */
#ifndef KHABAR_STORE_BLOCKS_H
#define KHABAR_STORE_BLOCKS_H

#include "base/base.h"

/* Article ARTICLE has the feature or print KEY (below 2^KH_KEY_BITS). In order of key, then of article. */
typedef struct kh_post {
    uint64_t key;
    int64_t article;
} kh_post;

typedef KH_LIST(kh_post) kh_posts;

/* Levels of postings; each is written in slices, which the first bits of a key tell. */
enum { KH_LEVELS = 6, KH_SLICES = 256 };

enum {
    KH_KEY_BITS = 41,
    KH_SLICE_BITS = KH_KEY_BITS - 8, /* below those that tell the slice */
    KH_KEY_ZEROS = 8,                /* the lowest bits of a key are zero */
    KH_BLOCK_BYTES = 1000
};
_Static_assert(KH_SLICES == 1 << (KH_KEY_BITS - KH_SLICE_BITS), "a slice is told by the first bits of a key");

/* The key of a feature or print, by its hash: features and prints never meet. */
uint64_t kh_post_key(uint64_t hash);

/* KEY as it is now: in schemas 7 and 8 those of prints have all their bits. And the last of those that have become one with KEY. */
static inline uint64_t kh_key_kept(uint64_t key)
{
    return key >> KH_KEY_ZEROS << KH_KEY_ZEROS;
}
static inline uint64_t kh_key_last(uint64_t key)
{
    return key | ((1U << KH_KEY_ZEROS) - 1);
}

/* A block: begins at KEY; PART counts those before it that begin at the same key. WIDE: as schemas 7 and 8 have it. */
typedef struct kh_block {
    uint64_t key;
    uint32_t part;
    bool wide;
    kh_str bytes;
} kh_block;

typedef KH_LIST(kh_block) kh_blocks;

/* Takes postings in their order and makes blocks of some KH_BLOCK_BYTES of them, in OUT. Begins as {.out = OUT}. */
typedef struct kh_block_writer {
    kh_arena *out;
    kh_blocks blocks;
    kh_posts held; /* which are not in a block yet */
    size_t bits;   /* that they will take, about */
    kh_u64s keys;  /* of all that came, each once */
} kh_block_writer;

void kh_block_put(kh_block_writer *w, kh_post post);
void kh_block_end(kh_block_writer *w); /* the block that is begun ends; after the last posting w->blocks is whole */

/* POSTS, in their order, as one block that begins at KEY, which is none of them perhaps. */
kh_str kh_block_pack(kh_arena *out, uint64_t key, const kh_posts *posts);

/* All postings of BLOCK, behind those that are in *posts. False where it is damaged. */
bool kh_block_read(kh_arena *out, const kh_block *block, kh_posts *posts);

/* The postings of KEY in BLOCK, rising, behind those that are in *found. False where it is damaged. */
bool kh_block_find(kh_arena *out, const kh_block *block, uint64_t key, kh_posts *found);

/* The same of a wide block: blocks_wide.c. */
bool kh_block_find_wide(kh_arena *out, const kh_block *block, const uint64_t *key, kh_posts *found);

#endif
