/* blocks_wide.c - blocks of postings as schemas 7 and 8 have them, which are read still: sealed files stay as they are.
 *
 *     key       step from the key before, from the block's own for the first, times two; plus one where more than one article has it
 *     articles  one: its number; more: length of the list in bytes, the first number, steps
 *
 * All in varints of seven bits a byte (Witten, Moffat and Bell 1999, chapter 3). The length lets a search pass over the lists of other keys.
 *
 * Their keys of prints have eight bits more than are asked for now, so that several may answer.
 *
 * Decides nothing, gets nothing wrong that it knows of.
 */
#include "store/blocks.h"
#include "store/pack.h"

typedef struct list {
    uint64_t key;
    const unsigned char *p, *end; /* the articles */
} list;

/* The next key of a block, and its articles; what follows them is at *p. */
static bool next_list(const unsigned char **p, const unsigned char *end, uint64_t *key, list *found)
{
    uint64_t head = kh_varint_get(p, end);
    const unsigned char *after = *p;
    if (head & 1) {
        uint64_t length = kh_varint_get(p, end);
        after = *p;
        *p = length <= (uint64_t)(end - after) ? after + length : NULL;
    } else {
        kh_varint_get(p, end);
    }
    if (!*p || *p == after) {
        return false;
    }
    *key += head >> 1;
    *found = (list){*key, after, *p};
    return true;
}

static void take(kh_arena *out, const list *l, kh_posts *posts)
{
    int64_t article = 0;
    for (const unsigned char *p = l->p; p < l->end;) {
        article += (int64_t)kh_varint_get(&p, l->end);
        *KH_ADD(out, posts) = (kh_post){kh_key_kept(l->key), article};
    }
}

bool kh_block_find_wide(kh_arena *out, const kh_block *block, const uint64_t *wanted, kh_posts *found)
{
    const unsigned char *p = (const unsigned char *)block->bytes.ptr;
    const unsigned char *end = p + block->bytes.len;
    uint64_t key = block->key;
    list l;
    while (p < end && (!wanted || key <= kh_key_last(*wanted))) {
        if (!next_list(&p, end, &key, &l)) {
            return false;
        }
        if (!wanted || kh_key_kept(key) == *wanted) {
            take(out, &l, found);
        }
    }
    return true;
}
