/* blocks.c - sorted postings in blocks of at most KH_BLOCK_BYTES: two bytes each instead of forty in two trees.
 *
 * Decides how (key, article) is written. Keys are spread evenly and articles are numbered as they come, so of both only the step from the one before
 * is written, in varints of seven bits a byte (Witten, Moffat and Bell 1999, chapter 3). The word that every third report has costs one byte
 * for each of them; a 5-gram that stands in one report alone some six bytes, most of which is its key.
 *
 *     key       step from the key before, from the block's own for the first, times two; plus one where more than one article has it
 *     articles  one: its number; more: length of the list in bytes, the first number, steps
 *
 * The length lets a search pass over the lists of other keys. A list that is too long for a block goes on in the next one, under the same key.
 */
#include "store/blocks.h"

#include "store/pack.h"

#include <string.h>

enum { HEAD_MAX = 2 * KH_VARINT_MAX, FEATURE_SHIFT = 8 };

uint64_t kh_post_key(uint64_t hash)
{
    if (hash >> KH_KEY_BITS) {
        hash = kh_feature_hash(kh_hash_mix(hash, 1)); /* a site */
    }
    return hash >> 32 ? hash : hash << FEATURE_SHIFT;
}

/* ---- writing ---- */

static void end_block(kh_block_writer *w)
{
    const kh_block *before = w->blocks.count ? &w->blocks.items[w->blocks.count - 1] : NULL;
    uint32_t part = before && before->key == w->first ? before->part + 1 : 0;
    kh_str bytes = kh_arena_copy(w->out, (kh_str){(const char *)w->body, w->body_length});
    if (w->body_length) {
        *KH_ADD(w->out, &w->blocks) = (kh_block){w->first, part, bytes};
    }
    w->body_length = 0;
    w->anchored = false;
}

/* The list into the block, or into a new one where it does not fit. */
static void end_list(kh_block_writer *w)
{
    unsigned char head[HEAD_MAX];
    bool many = w->listed > 1;
    if (w->listed == 0) {
        return;
    }
    for (int round = 0; round < 2; round++) {
        if (w->body_length == 0 && !w->anchored) {
            w->first = w->last = w->key;
        }
        size_t n = kh_varint_put(head, (w->key - w->last) << 1 | many);
        n += many ? kh_varint_put(head + n, w->list_length) : 0;
        if (w->body_length + n + w->list_length <= sizeof w->body) {
            memcpy(w->body + w->body_length, head, n);
            memcpy(w->body + w->body_length + n, w->list, w->list_length);
            w->body_length += n + w->list_length;
            break;
        }
        end_block(w);
    }
    w->last = w->key;
    w->listed = w->list_length = 0;
}

void kh_block_put(kh_block_writer *w, kh_post post)
{
    bool full = w->list_length + KH_VARINT_MAX + HEAD_MAX > sizeof w->list;
    if (w->listed && (post.key != w->key || full)) {
        end_list(w);
        if (post.key == w->key) {
            end_block(w);
        }
    }
    uint64_t step = (uint64_t)(w->listed ? post.article - w->article : post.article);
    w->list_length += kh_varint_put(w->list + w->list_length, step);
    w->listed++;
    w->key = post.key;
    w->article = post.article;
}

void kh_block_end(kh_block_writer *w)
{
    end_list(w);
    end_block(w);
}

/* ---- reading ---- */

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
        *KH_ADD(out, posts) = (kh_post){l->key, article};
    }
}

bool kh_block_read(kh_arena *out, const kh_block *block, kh_posts *posts)
{
    const unsigned char *p = (const unsigned char *)block->bytes.ptr;
    const unsigned char *end = p + block->bytes.len;
    uint64_t key = block->key;
    list l;
    while (p < end) {
        if (!next_list(&p, end, &key, &l)) {
            return false;
        }
        take(out, &l, posts);
    }
    return true;
}

bool kh_block_find(kh_arena *out, const kh_block *block, uint64_t wanted, kh_posts *found)
{
    const unsigned char *p = (const unsigned char *)block->bytes.ptr;
    const unsigned char *end = p + block->bytes.len;
    uint64_t key = block->key;
    list l;
    while (p < end && key <= wanted) {
        if (!next_list(&p, end, &key, &l)) {
            return false;
        }
        if (key == wanted) {
            take(out, &l, found);
        }
    }
    return true;
}
