/* gathered.c - what do the members of a story say together?
 *
 * Measures, and decides nothing. Example: of five reports on the Tarkand mine one says "shaft", two "methane", all
 * "Tarkand", "mine" and killed:17. Together they have all of these, so that a sixth report that says "methane" and
 * "shaft" meets both; the core is Tarkand, mine, killed:17 and methane, and a report on another mine, which has
 * "mine" alone, covers little of it.
 *
 * Method: the features of at most KH_GATHERED_MAX members, each list sorted by hash, are merged, or of more than a few lists distributed by
 * the first bits of their hashes, and added up. The core is what at least
 * CORE_SHARE of them have, and two at least: keywords before documents, after Liu and others, "Growing Story Forest
 * Online from Massive Breaking News" (2017).
 *
 * Gets wrong: two copies of one text make a core of themselves in a story of four.
 */
#include "story/internal.h"

#include <string.h>

static const float CORE_SHARE = 0.4F;

enum { ITEM = 16 };
_Static_assert(sizeof(kh_feature) == ITEM, "as large as what kh_merge_runs moves");

static uint64_t hash_at(const char *item)
{
    uint64_t hash;
    memcpy(&hash, item, sizeof hash);
    return hash;
}

/* Two neighbouring runs, LEFT..MIDDLE and MIDDLE..END, as one; of equal hashes those of the left one come first. */
static void merge_two(const char *left, const char *middle, const char *end, char *merged)
{
    const char *right = middle;
    for (size_t count = (size_t)(end - left) / ITEM; count > 0; count--, merged += ITEM) {
        bool take_left = left < middle && (right == end || hash_at(left) <= hash_at(right));
        memcpy(merged, take_left ? left : right, ITEM);
        left += take_left ? ITEM : 0;
        right += take_left ? 0 : ITEM;
    }
}

enum { BUCKET_BITS = 10, BUCKETS = (1 << BUCKET_BITS) + 1, RUNS_FEW = 3, ITEMS_MANY = 1 << 15, CROWD = 128 };

/* By the upper bits of hashes of 32 bits, which are spread evenly; sites, which are greater, are the last. */
static size_t bucket_of(const char *item)
{
    uint64_t hash = hash_at(item) >> (32 - BUCKET_BITS);
    return hash < BUCKETS - 1 ? (size_t)hash : BUCKETS - 1;
}

/* The items of one bucket by their hash; equal ones stay in their order. */
static void sort_few(char *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        char item[ITEM];
        size_t at = i;
        memcpy(item, items + i * ITEM, ITEM);
        for (; at > 0 && hash_at(items + (at - 1) * ITEM) > hash_at(item); at--) {
            memcpy(items + at * ITEM, items + (at - 1) * ITEM, ITEM);
        }
        memcpy(items + at * ITEM, item, ITEM);
    }
}

/* COUNT items of many runs sorted into SORTED; false where too many of them fall together. */
static bool distribute(const char *items, size_t count, char *sorted)
{
    uint32_t next[BUCKETS + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        next[bucket_of(items + i * ITEM) + 1]++;
    }
    for (size_t k = 0; k < BUCKETS; k++) {
        if (next[k + 1] > CROWD) {
            return false;
        }
        next[k + 1] += next[k];
    }
    for (size_t i = 0; i < count; i++) {
        memcpy(sorted + (size_t)next[bucket_of(items + i * ITEM)]++ * ITEM, items + i * ITEM, ITEM);
    }
    for (size_t k = 0, from = 0; k < BUCKETS; from = next[k], k++) { /* each is now where it ends */
        sort_few(sorted + from * ITEM, next[k] - from);
    }
    return true;
}

void *kh_merge_runs(kh_arena *out, void *items, const size_t *begin, size_t runs)
{
    char *all = items;
    char *merged = kh_arena_take(out, ITEM, ITEM, begin[runs] + 1);
    if (runs > RUNS_FEW && begin[runs] < ITEMS_MANY && distribute(all, begin[runs], merged)) {
        return merged;
    }
    for (size_t width = 1; width < runs; width *= 2) {
        for (size_t i = 0; i < runs; i += 2 * width) {
            size_t middle = i + width < runs ? i + width : runs;
            size_t end = i + 2 * width < runs ? i + 2 * width : runs;
            merge_two(all + begin[i] * ITEM, all + begin[middle] * ITEM, all + begin[end] * ITEM, merged + begin[i] * ITEM);
        }
        char *swap = all;
        all = merged;
        merged = swap;
    }
    return all;
}

/* The features of all members, sorted. */
static kh_features all_of(kh_arena *out, const kh_digest *const *members, size_t count)
{
    size_t begin[KH_GATHERED_MAX + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        begin[i + 1] = begin[i] + members[i]->features.count;
    }
    kh_feature *all = KH_TAKE_N(out, kh_feature, begin[count] + 1);
    for (size_t i = 0; i < count; i++) {
        const kh_features *own = &members[i]->features;
        if (own->count) {
            memcpy(all + begin[i], own->items, own->count * sizeof *all);
        }
    }
    return (kh_features){.items = kh_merge_runs(out, all, begin, count), .count = begin[count], .room = begin[count]};
}

static uint16_t plus(uint16_t a, uint16_t b)
{
    return (uint16_t)(a > UINT16_MAX - b ? UINT16_MAX : a + b);
}

/* Features FIRST to END of ALL are one; the lists of G have room for it. */
static void add_one(const kh_features *all, size_t first, size_t end, kh_gathered *g)
{
    kh_feature f = all->items[first];
    for (size_t i = first + 1; i < end; i++) {
        f.count = plus(f.count, all->items[i].count);
        f.lead = (uint8_t)(f.lead | all->items[i].lead);
    }
    g->sum.features.items[g->sum.features.count++] = f;
    size_t holders = end - first;
    if (holders >= 2 && (float)holders >= CORE_SHARE * (float)g->members) {
        f.count = (uint16_t)holders;
        g->core.items[g->core.count++] = f;
    }
}

static float words_of(const kh_digest *d)
{
    size_t words = 0;
    if (d->sums) {
        return (float)d->sums->counts[KH_FEATURE_WORD];
    }
    KH_EACH(const kh_feature, f, d->features) {
        words += f->kind == KH_FEATURE_WORD;
    }
    return (float)words;
}

static void add_day(kh_gathered *g, const kh_digest *d)
{
    if (d->published.precision < KH_TO_DAY) {
        return;
    }
    int64_t day = kh_day_number(d->published);
    g->oldest = !g->dated || day < g->oldest ? day : g->oldest;
    g->newest = !g->dated || day > g->newest ? day : g->newest;
    g->dated = true;
}

void kh_gather_head(const kh_digest *const *members, size_t count, kh_gathered *g)
{
    g->members = count < KH_GATHERED_MAX ? count : KH_GATHERED_MAX;
    g->sum.lang = count ? members[0]->lang : (kh_str){0};
    g->words = 0;
    for (size_t i = 0; i < g->members; i++) {
        g->words += words_of(members[i]) / (float)g->members;
    }
}

void kh_gather(kh_arena *out, kh_arena scratch, const kh_digest *const *members, size_t count, kh_gathered *g)
{
    *g = (kh_gathered){0};
    if (count == 0) {
        return;
    }
    kh_gather_head(members, count, g);
    g->added_up = true;
    for (size_t i = 0; i < g->members; i++) {
        add_day(g, members[i]);
    }
    if (count == 1) {
        g->sum.features = members[0]->features;
        g->sum.sums = members[0]->sums;
        return;
    }
    kh_features all = all_of(&scratch, members, g->members);
    g->sum.features = (kh_features){.items = KH_TAKE_N(out, kh_feature, all.count + 1), .room = all.count};
    g->core = (kh_features){.items = KH_TAKE_N(out, kh_feature, all.count / 2 + 1), .room = all.count / 2};
    for (size_t i = 0, end; i < all.count; i = end) {
        for (end = i + 1; end < all.count && all.items[end].hash == all.items[i].hash; end++) {
        }
        add_one(&all, i, end, g);
    }
    g->sum.sums = kh_story_sums(out, &g->sum.features);
}
