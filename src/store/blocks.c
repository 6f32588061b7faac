/* blocks.c - sorted postings in blocks of some KH_BLOCK_BYTES: a byte or two each instead of forty in two trees.
 *
 * Decides how (key, article) is written. Keys are spread evenly, and articles are numbered as they come: so of both only the gap to the one before
 * is written, in Rice's code with the k of this block or list (bits.h). The word that every third report has costs three bits
 * for each of them; a 5-gram that stands in one report alone some four bytes, half of which is its key.
 *
 *     block     k of its keys (6 bits), bits of an article's number (7), number of keys (16)
 *     key       gap from the key before, from the block's own for the first, without its lowest bits, which are zero
 *     articles  how many (gamma); the first, as many bits as the block says; of more than one: k (6 bits), then the gaps less one;
 *               of LONG and more, before them the bits that follow (20), so that a search passes over them
 *
 *     "mine": articles 812, 813, 820      key, 110, 812, k = 2, then 0 as "100" and 6 as "0101", lowest bit first
 *
 * A list that is too long for a block goes on in the next one, under the same key. Method: inverted lists in Golomb codes (Witten, Moffat and Bell
 * 1999, chapter 3), of which Rice's are those with powers of two.
 *
 * Gets wrong: nothing it knows of.
 */
#include "store/blocks.h"

#include "store/bits.h"

#include "model/article.h"

enum { K_BITS = 6, WIDTH_BITS = 7, COUNT_BITS = 16, LENGTH_BITS = 20, LONG = 24, BYTE = 8 };
enum { KEY_COST = 7, POST_COST = 3 }; /* bits that a key and a further article take beside the logarithm of their gap, about */

uint64_t kh_post_key(uint64_t hash)
{
    if (hash >> KH_KEY_BITS) {
        hash = kh_feature_hash(kh_hash_mix(hash, 1)); /* a site */
    }
    return hash >> 32 ? hash : hash << KH_KEY_ZEROS;
}

/* ---- writing ---- */

typedef struct head {
    unsigned k, bits;
    size_t keys;
} head;

/* What all of POSTS share. */
static head head_of(uint64_t first, const kh_posts *posts)
{
    head h = {0};
    uint64_t most = 0, last = first;
    KH_EACH(const kh_post, p, *posts) {
        h.keys += h.keys == 0 || p->key != last;
        most |= (uint64_t)p->article;
        last = p->key;
    }
    h.k = h.keys ? kh_log_of(((last - first) >> KH_KEY_ZEROS) / h.keys) : 0;
    h.bits = most ? kh_log_of(most) + 1 : 0;
    return h;
}

/* The k of the gaps of COUNT articles; two and more. */
static unsigned k_of(const kh_post *posts, size_t count)
{
    return kh_log_of(((uint64_t)(posts[count - 1].article - posts[0].article) - (count - 1)) / (count - 1));
}

static uint64_t gap_before(const kh_post *post)
{
    return (uint64_t)(post->article - post[-1].article - 1);
}

static size_t bits_of_gaps(const kh_post *posts, size_t count, unsigned k)
{
    size_t bits = K_BITS;
    for (size_t i = 1; i < count; i++) {
        bits += (size_t)(gap_before(&posts[i]) >> k) + 1 + k;
    }
    return bits;
}

static void put_list(kh_bits_out *o, const head *h, const kh_post *posts, size_t count)
{
    unsigned k = count > 1 ? k_of(posts, count) : 0;
    kh_put_gamma(o, count);
    if (count >= LONG) {
        kh_put_bits(o, bits_of_gaps(posts, count, k), LENGTH_BITS);
    }
    kh_put_bits(o, (uint64_t)posts[0].article, h->bits);
    if (count > 1) {
        kh_put_bits(o, k, K_BITS);
    }
    for (size_t i = 1; i < count; i++) {
        kh_put_rice(o, gap_before(&posts[i]), k);
    }
}

kh_str kh_block_pack(kh_arena *out, uint64_t key, const kh_posts *posts)
{
    kh_bits_out o = {.buf = {.arena = out}};
    head h = head_of(key, posts);
    kh_put_bits(&o, h.k, K_BITS);
    kh_put_bits(&o, h.bits, WIDTH_BITS);
    kh_put_bits(&o, h.keys, COUNT_BITS);
    for (size_t i = 0, end; i < posts->count; i = end) {
        const kh_post *p = &posts->items[i];
        for (end = i + 1; end < posts->count && posts->items[end].key == p->key; end++) {
        }
        kh_put_rice(&o, (p->key - key) >> KH_KEY_ZEROS, h.k);
        put_list(&o, &h, p, end - i);
        key = p->key;
    }
    return kh_bits_end(&o);
}

void kh_block_end(kh_block_writer *w)
{
    const kh_block *before = w->blocks.count ? &w->blocks.items[w->blocks.count - 1] : NULL;
    if (w->held.count) {
        uint64_t key = w->held.items[0].key;
        uint32_t part = before && before->key == key ? before->part + 1 : 0;
        *KH_ADD(w->out, &w->blocks) = (kh_block){.key = key, .part = part, .bytes = kh_block_pack(w->out, key, &w->held)};
    }
    w->held.count = w->bits = 0;
}

void kh_block_put(kh_block_writer *w, kh_post post)
{
    const kh_post *last = w->held.count ? &w->held.items[w->held.count - 1] : NULL;
    if (last && last->key == post.key && last->article == post.article) {
        return;
    }
    if (w->bits >= KH_BLOCK_BYTES * BYTE) {
        kh_block_end(w);
        last = NULL;
    }
    if (last && last->key == post.key) {
        w->bits += POST_COST + kh_log_of((uint64_t)(post.article - last->article));
    } else {
        if (!w->keys.count || w->keys.items[w->keys.count - 1] != post.key) {
            *KH_ADD(w->out, &w->keys) = post.key;
        }
        w->bits += KEY_COST + kh_log_of((uint64_t)post.article) + (last ? kh_log_of((post.key - last->key) >> KH_KEY_ZEROS) : 0);
    }
    *KH_ADD(w->out, &w->held) = post;
}

/* ---- reading ---- */

static void pass_over(kh_bits_in *in, uint64_t count)
{
    if (count > 1) {
        unsigned k = (unsigned)kh_get_bits(in, K_BITS);
        for (uint64_t i = 1; i < count; i++) {
            kh_get_rice(in, k);
        }
    }
}

/* COUNT articles, each of a bit and more. */
static void take(kh_arena *out, kh_bits_in *in, uint64_t key, uint64_t article, uint64_t count, kh_posts *posts)
{
    *KH_ADD(out, posts) = (kh_post){key, (int64_t)article};
    unsigned k = count > 1 ? (unsigned)kh_get_bits(in, K_BITS) : 0;
    for (uint64_t i = 1; i < count; i++) {
        article += kh_get_rice(in, k) + 1;
        *KH_ADD(out, posts) = (kh_post){key, (int64_t)article};
    }
}

/* Those of *WANTED, or all. */
static bool go_through(kh_arena *out, const kh_block *block, const uint64_t *wanted, kh_posts *found)
{
    kh_bits_in in = {.begin = (const unsigned char *)block->bytes.ptr, .len = block->bytes.len};
    head h = {.k = (unsigned)kh_get_bits(&in, K_BITS), .bits = (unsigned)kh_get_bits(&in, WIDTH_BITS)};
    h.keys = (size_t)kh_get_bits(&in, COUNT_BITS);
    uint64_t key = block->key;
    if (h.bits > 64) {
        return false;
    }
    for (size_t i = 0; i < h.keys; i++) {
        key += kh_get_rice(&in, h.k) << KH_KEY_ZEROS;
        if (wanted && key > *wanted) {
            return !kh_bits_cut(&in);
        }
        uint64_t count = kh_get_gamma(&in);
        if (kh_bits_cut(&in) || count > in.len * BYTE) {
            return false;
        }
        size_t length = count >= LONG ? (size_t)kh_get_bits(&in, LENGTH_BITS) : 0;
        uint64_t article = kh_get_long(&in, h.bits);
        if (!wanted || key == *wanted) {
            take(out, &in, key, article, count, found);
        } else if (length) {
            in.at += length;
        } else {
            pass_over(&in, count);
        }
    }
    return !kh_bits_cut(&in);
}

bool kh_block_read(kh_arena *out, const kh_block *block, kh_posts *posts)
{
    return block->wide ? kh_block_find_wide(out, block, NULL, posts) : go_through(out, block, NULL, posts);
}

bool kh_block_find(kh_arena *out, const kh_block *block, uint64_t wanted, kh_posts *found)
{
    return block->wide ? kh_block_find_wide(out, block, &wanted, found) : go_through(out, block, &wanted, found);
}
