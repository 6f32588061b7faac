/* memo.c - members of a story that were added up a moment ago.
 *
 * Decides nothing. An article is held against sixteen stories, the three that it puts in doubt against sixteen each, and the next article is of
 * the same days. Example: the five reports on the Tarkand mine are added up for the sixth one, for each of the strikes that it puts in doubt, and
 * once more when the two stories are held against each other; they are the same five each time.
 *
 * Method: sums by the set of the members' ids, sorted, so that the order in which they were found does not matter; what does depend on it, the mean
 * of their words to the last bit, is made anew (kh_gather_head).
 *
 * Gets wrong: nothing it knows of.
 */
#include "story/internal.h"

#include <string.h>

enum { ROOM_LEFT_MIN = 1 << 20 }; /* for one more */
enum { SUMS_MAX = 1 << 14 };      /* their list, made twice as large, fits into what is left */

typedef struct set {
    int64_t ids[KH_GATHERED_MAX];
    size_t count;
} set;

typedef struct sum {
    set members;
    kh_gathered gathered;
    uint32_t next; /* of the same hash; index + 1 */
} sum;

struct kh_story_memo {
    kh_arena *room;
    kh_map first; /* hash of a set -> index + 1 */
    KH_LIST(sum) sums;
};

kh_story_memo *kh_story_memo_in(kh_arena *room)
{
    kh_story_memo *memo = KH_NEW(room, kh_story_memo);
    memo->room = room;
    return memo;
}

bool kh_story_memo_is_full(const kh_story_memo *memo)
{
    return memo && (memo->sums.count >= SUMS_MAX ||
                    (size_t)(memo->room->end - memo->room->cur) < (size_t)(memo->room->end - memo->room->begin) / 4);
}

static set set_of(const kh_digest *const *members, size_t count)
{
    set s = {.count = count < KH_GATHERED_MAX ? count : KH_GATHERED_MAX};
    for (size_t i = 0; i < s.count; i++) {
        size_t at = i;
        for (; at > 0 && s.ids[at - 1] > members[i]->id; at--) {
            s.ids[at] = s.ids[at - 1];
        }
        s.ids[at] = members[i]->id;
    }
    return s;
}

static uint64_t hash_of(const set *s)
{
    uint64_t hash = s->count;
    for (size_t i = 0; i < s->count; i++) {
        hash = kh_hash_mix(hash, (uint64_t)s->ids[i]);
    }
    return hash;
}

static const sum *find(const kh_story_memo *memo, const set *s, uint64_t hash)
{
    const uint32_t *first = kh_map_get(&memo->first, hash);
    for (uint32_t at = first ? *first : 0; at; at = memo->sums.items[at - 1].next) {
        const sum *known = &memo->sums.items[at - 1];
        if (known->members.count == s->count && memcmp(known->members.ids, s->ids, s->count * sizeof *s->ids) == 0) {
            return known;
        }
    }
    return NULL;
}

static kh_features copy_of(kh_arena *room, const kh_features *features)
{
    kh_features copy = {.items = KH_TAKE_N(room, kh_feature, features->count + 1), .count = features->count, .room = features->count};
    if (copy.count) {
        memcpy(copy.items, features->items, copy.count * sizeof *copy.items);
    }
    return copy;
}

static void keep(kh_story_memo *memo, const set *s, uint64_t hash, const kh_gathered *g)
{
    size_t bytes = (g->sum.features.count + g->core.count) * sizeof(kh_feature) + sizeof(kh_feature_sums);
    if (kh_story_memo_is_full(memo) || bytes > ROOM_LEFT_MIN) {
        return;
    }
    uint32_t *first = kh_map_put(memo->room, &memo->first, hash, NULL);
    sum kept = {.members = *s, .gathered = *g, .next = *first};
    kh_feature_sums *sums = KH_NEW(memo->room, kh_feature_sums);
    *sums = *g->sum.sums;
    kept.gathered.sum.features = copy_of(memo->room, &g->sum.features);
    kept.gathered.sum.sums = sums;
    kept.gathered.core = copy_of(memo->room, &g->core);
    *KH_ADD(memo->room, &memo->sums) = kept;
    *first = (uint32_t)memo->sums.count;
}

void kh_gather_again(kh_story_memo *memo, kh_arena *out, kh_arena scratch, const kh_digest *const *members, size_t count, kh_gathered *g)
{
    if (!memo || count < 2) {
        kh_gather(out, scratch, members, count, g);
        return;
    }
    set s = set_of(members, count);
    uint64_t hash = hash_of(&s);
    const sum *known = find(memo, &s, hash);
    if (known) {
        *g = known->gathered;
        kh_gather_head(members, count, g);
        return;
    }
    kh_gather(out, scratch, members, count, g);
    keep(memo, &s, hash, g);
}
