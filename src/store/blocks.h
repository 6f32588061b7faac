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

enum { KH_KEY_BITS = 41, KH_BLOCK_BYTES = 1000 };

/* The key of a feature or print, by its hash: features and prints never meet. */
uint64_t kh_post_key(uint64_t hash);

/* A block: begins at KEY; PART counts those before it that begin at the same key. */
typedef struct kh_block {
    uint64_t key;
    uint32_t part;
    kh_str bytes;
} kh_block;

typedef KH_LIST(kh_block) kh_blocks;

/* Takes postings in their order and makes blocks of them, in OUT. Begins as {.out = OUT}; where the first block is to begin at KEY whatever
 * its first posting is, as {.out = OUT, .anchored = true, .first = KEY, .last = KEY}. */
typedef struct kh_block_writer {
    kh_arena *out;
    kh_blocks blocks;
    unsigned char body[KH_BLOCK_BYTES], list[KH_BLOCK_BYTES]; /* the block; the articles of the last key, which are not in it yet */
    size_t body_length, list_length, listed;
    uint64_t first, last, key; /* keys: of the block, the last in it, that of the list */
    int64_t article;           /* the last in the list */
    bool anchored;
} kh_block_writer;

void kh_block_put(kh_block_writer *w, kh_post post);
void kh_block_end(kh_block_writer *w); /* after the last one: w->blocks is whole */

/* All postings of BLOCK, behind those that are in *posts. False where it is damaged. */
bool kh_block_read(kh_arena *out, const kh_block *block, kh_posts *posts);

/* The articles that have KEY in BLOCK, rising, behind those that are in *articles. False where it is damaged. */
bool kh_block_find(kh_arena *out, const kh_block *block, uint64_t key, kh_posts *found);

#endif
