/* recent.c - digests of stored articles that were asked for a moment ago.
 *
 * Decides nothing; the sums of stories' members are kept beside them (story/memo.c). To place an article its features are held against those of some seventy stored ones, and the next article, of the same
 * days, asks for many of them again: 400 made-up articles asked for 28,500 digests.
 *
 * Method: copies in an arena, found by the row. There are two generations: when the younger is nearly full the older one is cleared and takes its
 * place; what is asked for out of the older is copied to the younger, so that what goes has not been asked for since a generation was filled. A store of
 * months is asked for articles of any age, some fifty for each that comes. Whoever writes to the store sees to it that what is
 * kept is true: khabar add clears at the beginning of a transaction before which somebody else has written (kh_store_others_wrote), and kh_ingest
 * where it changes a stored article or takes a new one back.
 *
 * Gets wrong: nothing it knows of.
 */
#include "engine/recent.h"

#include <stdlib.h>
#include <string.h>

enum { DIGEST_BYTES_MAX = 1 << 20, GENERATION_BYTES = KH_RECENT_BYTES / 2, ROOM_MIN = 16 << 20 /* for what one article asks for */ };

typedef struct generation {
    kh_arena arena;
    kh_map by_id; /* -> index + 1 */
    KH_LIST(const kh_digest *) digests;
} generation;

struct kh_recent {
    generation young, old;
    kh_arena sums_arena;
    kh_story_memo *memo; /* in sums_arena */
};

kh_recent *kh_recent_open(void)
{
    kh_recent *r = calloc(1, sizeof *r);
    if (r) {
        r->young.arena = kh_arena_reserve(GENERATION_BYTES, NULL);
        r->old.arena = kh_arena_reserve(GENERATION_BYTES, NULL);
        r->sums_arena = kh_arena_reserve(KH_SUMS_BYTES, NULL);
    }
    if (r && (!r->young.arena.begin || !r->old.arena.begin || !r->sums_arena.begin)) {
        kh_recent_close(r);
        r = NULL;
    }
    return r;
}

void kh_recent_close(kh_recent *recent)
{
    if (recent) {
        kh_arena_release(&recent->young.arena);
        kh_arena_release(&recent->old.arena);
        kh_arena_release(&recent->sums_arena);
        free(recent);
    }
}

static void clear_generation(generation *g)
{
    kh_arena_clear(&g->arena);
    *g = (generation){.arena = g->arena};
}

static void clear_sums(kh_recent *recent)
{
    kh_arena_clear(&recent->sums_arena);
    recent->memo = NULL;
}

void kh_recent_clear(kh_recent *recent)
{
    if (recent) {
        clear_generation(&recent->young);
        clear_generation(&recent->old);
        clear_sums(recent);
    }
}

void kh_recent_tidy(kh_recent *recent)
{
    if (recent && (size_t)(recent->young.arena.end - recent->young.arena.cur) < ROOM_MIN) {
        generation old = recent->old;
        clear_generation(&old);
        recent->old = recent->young;
        recent->young = old;
        clear_sums(recent); /* they name features of digests */
    } else if (recent && kh_story_memo_is_full(recent->memo)) {
        clear_sums(recent);
    }
}

kh_story_memo *kh_recent_memo(kh_recent *recent)
{
    if (recent && !recent->memo) {
        recent->memo = kh_story_memo_in(&recent->sums_arena);
    }
    return recent ? recent->memo : NULL;
}

static const kh_digest *find(const generation *g, int64_t id)
{
    const uint32_t *at = kh_map_get(&g->by_id, (uint64_t)id);
    return at ? g->digests.items[*at - 1] : NULL;
}

const kh_digest *kh_recent_digest(kh_recent *recent, int64_t id)
{
    const kh_digest *young = recent ? find(&recent->young, id) : NULL;
    const kh_digest *old = recent && !young ? find(&recent->old, id) : NULL;
    if (old) {
        kh_recent_keep(recent, old);
    }
    return young ? young : old;
}

static size_t bytes_of(const kh_digest *d)
{
    return sizeof *d + d->features.count * sizeof *d->features.items + d->prints.count * sizeof *d->prints.items + d->agencies.count * 256;
}

static void *copy_of(kh_arena *a, const void *items, size_t size, size_t count)
{
    void *copy = kh_arena_take(a, size, _Alignof(max_align_t), count + 1);
    if (count) {
        memcpy(copy, items, size * count);
    }
    return copy;
}

void kh_recent_keep(kh_recent *recent, const kh_digest *digest)
{
    size_t room = recent ? (size_t)(recent->young.arena.end - recent->young.arena.cur) : 0;
    if (bytes_of(digest) > DIGEST_BYTES_MAX || room < ROOM_MIN / 2) {
        return;
    }
    kh_arena *a = &recent->young.arena;
    kh_digest *d = KH_NEW(a, kh_digest);
    *d = *digest;
    d->lang = kh_arena_copy(a, digest->lang);
    d->features.items = copy_of(a, digest->features.items, sizeof *d->features.items, d->features.count);
    d->prints.items = copy_of(a, digest->prints.items, sizeof *d->prints.items, d->prints.count);
    d->agencies.items = copy_of(a, digest->agencies.items, sizeof *d->agencies.items, d->agencies.count);
    for (size_t i = 0; i < d->agencies.count; i++) {
        d->agencies.items[i] = kh_arena_copy(a, digest->agencies.items[i]);
    }
    d->sums = kh_story_sums(a, &d->features);
    *KH_ADD(a, &recent->young.digests) = d;
    *kh_map_put(a, &recent->young.by_id, (uint64_t)digest->id, NULL) = (uint32_t)recent->young.digests.count;
}
