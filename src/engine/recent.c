/* recent.c - digests of stored articles that were asked for a moment ago.
 *
 * Decides nothing; the sums of stories' members are kept beside them (story/memo.c). To place an article its features are held against those of some seventy stored ones, and the next article, of the same
 * days, asks for many of them again: 400 made-up articles asked for 28,500 digests.
 *
 * Method: copies in an arena, found by the row; the arena is cleared when it is nearly full. Whoever writes to the store sees to it that what is
 * kept is true: khabar add clears at the beginning of a transaction before which somebody else has written (kh_store_others_wrote), and kh_ingest
 * where it changes a stored article or takes a new one back.
 *
 * Gets wrong: nothing it knows of.
 */
#include "engine/recent.h"

#include <stdlib.h>
#include <string.h>

enum { DIGEST_BYTES_MAX = 1 << 20, ROOM_MIN = KH_RECENT_BYTES / 4 };

struct kh_recent {
    kh_arena arena, sums_arena;
    kh_story_memo *memo; /* in sums_arena */
    kh_map by_id; /* -> index + 1 */
    KH_LIST(const kh_digest *) digests;
};

kh_recent *kh_recent_open(void)
{
    kh_recent *r = calloc(1, sizeof *r);
    if (r) {
        r->arena = kh_arena_reserve(KH_RECENT_BYTES, NULL);
        r->sums_arena = kh_arena_reserve(KH_RECENT_BYTES, NULL);
    }
    if (r && (!r->arena.begin || !r->sums_arena.begin)) {
        kh_recent_close(r);
        r = NULL;
    }
    return r;
}

void kh_recent_close(kh_recent *recent)
{
    if (recent) {
        kh_arena_release(&recent->arena);
        kh_arena_release(&recent->sums_arena);
        free(recent);
    }
}

void kh_recent_clear(kh_recent *recent)
{
    if (recent) {
        kh_arena_clear(&recent->arena);
        kh_arena_clear(&recent->sums_arena);
        *recent = (kh_recent){.arena = recent->arena, .sums_arena = recent->sums_arena};
    }
}

void kh_recent_tidy(kh_recent *recent)
{
    if (recent && (size_t)(recent->arena.end - recent->arena.cur) < ROOM_MIN) {
        kh_recent_clear(recent);
    } else if (recent && kh_story_memo_is_full(recent->memo)) {
        kh_arena_clear(&recent->sums_arena);
        recent->memo = NULL;
    }
}

kh_story_memo *kh_recent_memo(kh_recent *recent)
{
    if (recent && !recent->memo) {
        recent->memo = kh_story_memo_in(&recent->sums_arena);
    }
    return recent ? recent->memo : NULL;
}

const kh_digest *kh_recent_digest(const kh_recent *recent, int64_t id)
{
    const uint32_t *at = recent ? kh_map_get(&recent->by_id, (uint64_t)id) : NULL;
    return at ? recent->digests.items[*at - 1] : NULL;
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
    size_t room = recent ? (size_t)(recent->arena.end - recent->arena.cur) : 0;
    if (bytes_of(digest) > DIGEST_BYTES_MAX || room < ROOM_MIN / 2) {
        return;
    }
    kh_arena *a = &recent->arena;
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
    *KH_ADD(a, &recent->digests) = d;
    *kh_map_put(a, &recent->by_id, (uint64_t)digest->id, NULL) = (uint32_t)recent->digests.count;
}
