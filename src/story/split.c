/* split.c - are the articles of a story after all two events of one kind?
 *
 * Decides by what the members do not share. Example: a dozen reports on the mine at Tarkand and, two days later, on the mine at
 * Ostrava came in mixed, and the first ones stood in one story: "mine", "killed" and "rescuers" are in all of
 * them. Leaving out what all have, "Tarkand" and "methane" bind one half, "Ostrava" and "collapse" the other, and between
 * the halves there is next to nothing: two stories. Reports on one event from two angles keep sharing its names.
 *
 * Method. Each feature weighs its idf times its idf within the story, so that what everyone has counts nothing and what
 * one member alone has binds none. The members are parted in two by likeness to the mean of each side, from several
 * far-apart beginnings (the relocation of k-means on cosines, after Steinbach, Karypis and Kumar, 2000). The parting whose
 * sides hold together best is kept when each side has SIDE_MIN members and the mean cosine between the
 * sides is below BETWEEN_MAX. Both numbers come from the true stories of the train half of ECB+ (CC BY 3.0), where a
 * topic has two such events: of 29 pairs put together 23 fall apart, and fall apart rightly, of 50 true stories one. Sides of
 * which half is the text of the other side, with another word here and there, are one event: as copies they came together,
 * and as copies they would again.
 *
 * Gets wrong: a story whose second day talks of other people and places; look-alikes with one cast.
 */
#include "story/internal.h"

#include <math.h>
#include <string.h>

enum { SIDE_MIN = 4, BEGINNINGS = 8, ROUNDS = 8 };
static const float BETWEEN_MAX = 0.06F;

typedef struct parting {
    const float *cosines; /* COUNT x COUNT */
    size_t count;
    uint8_t side[KH_SPLIT_MAX];
    float within, between; /* mean cosines */
} parting;

/* What a member weighs a feature. */
typedef struct weighed {
    uint64_t hash;
    float weight;
    uint16_t member;
    uint8_t kind;
} weighed;

/* The features of all members, sorted. */
static weighed *features_of(kh_arena *scratch, const kh_digest *const *members, size_t count, size_t *all_count)
{
    size_t begin[KH_SPLIT_MAX + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        begin[i + 1] = begin[i] + members[i]->features.count;
    }
    weighed *all = KH_TAKE_N(scratch, weighed, begin[count] + 1);
    weighed *next = all;
    for (size_t i = 0; i < count; i++) {
        KH_EACH(const kh_feature, f, members[i]->features) {
            *next++ = (weighed){.hash = f->hash, .member = (uint16_t)i, .kind = f->kind};
        }
    }
    *all_count = begin[count];
    return kh_merge_runs(scratch, all, begin, count);
}

/* Weighs those features that two members have; what one alone has is left out. Returns how many are left; squares[] are those of each member. */
static size_t weigh(const kh_frequencies *df, size_t count, weighed *all, size_t all_count, float squares[KH_SPLIT_MAX])
{
    size_t kept = 0;
    for (size_t i = 0, end; i < all_count; i = end) {
        for (end = i + 1; end < all_count && all[end].hash == all[i].hash; end++) {
        }
        if (end - i < 2) {
            continue;
        }
        kh_feature f = {.hash = all[i].hash, .kind = all[i].kind};
        float weight = kh_weight_of(df, &f) * logf((float)(count + 1) / (float)(end - i));
        for (size_t k = i; k < end; k++) {
            squares[all[k].member] += weight * weight;
            all[kept] = all[k];
            all[kept++].weight = weight;
        }
    }
    return kept;
}

/* Adds what the holders of one feature have in common to the cosines of each two. */
static void add_common(float *cosines, size_t count, const weighed *holders, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        float *row = cosines + holders[i].member * count;
        for (size_t j = 0; j < i; j++) {
            row[holders[j].member] += holders[i].weight * holders[j].weight;
        }
    }
}

/* Feature by feature rather than pair by pair: most features are in few members. */
static float *cosines_of(kh_arena *scratch, const kh_frequencies *df, const kh_digest *const *members, size_t count)
{
    float *cosines = KH_NEW_N(scratch, float, count *count);
    float squares[KH_SPLIT_MAX] = {0};
    size_t all_count = 0;
    weighed *all = features_of(scratch, members, count, &all_count);
    all_count = weigh(df, count, all, all_count, squares);
    for (size_t i = 0; i < all_count; i++) { /* each member's are of length 1 together */
        float square = squares[all[i].member];
        all[i].weight = square > 0 ? all[i].weight / sqrtf(square) : all[i].weight;
    }
    for (size_t i = 0, end; i < all_count; i = end) {
        for (end = i + 1; end < all_count && all[end].hash == all[i].hash; end++) {
        }
        add_common(cosines, count, all + i, end - i);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            cosines[j * count + i] = cosines[i * count + j];
        }
    }
    return cosines;
}

/* The mean cosines of member I with the others of either side; -1 where there are none. */
static void means_with(const parting *p, size_t i, float mean[2])
{
    float sum[2] = {0};
    size_t n[2] = {0};
    for (size_t j = 0; j < p->count; j++) {
        if (j != i) {
            sum[p->side[j]] += p->cosines[i * p->count + j];
            n[p->side[j]]++;
        }
    }
    for (size_t k = 0; k < 2; k++) {
        mean[k] = n[k] ? sum[k] / (float)n[k] : -1;
    }
}

/* Each member to the side that it is nearer to; false when none moves. */
static bool relocate(parting *p)
{
    uint8_t next[KH_SPLIT_MAX];
    for (size_t i = 0; i < p->count; i++) {
        float mean[2];
        means_with(p, i, mean);
        next[i] = mean[1] >= mean[0];
    }
    bool moved = memcmp(next, p->side, p->count) != 0;
    memcpy(p->side, next, p->count);
    return moved;
}

static void begin_from(parting *p, size_t first)
{
    size_t far = first ? 0 : 1;
    for (size_t i = 0; i < p->count; i++) {
        far = i != first && p->cosines[first * p->count + i] < p->cosines[first * p->count + far] ? i : far;
    }
    for (size_t i = 0; i < p->count; i++) {
        bool near_first = i == first || p->cosines[first * p->count + i] >= p->cosines[far * p->count + i];
        p->side[i] = near_first && i != far;
    }
}

static void rate(parting *p)
{
    float sum[2] = {0};
    size_t n[2] = {0};
    for (size_t i = 0; i < p->count; i++) {
        for (size_t j = 0; j < i; j++) {
            bool apart = p->side[i] != p->side[j];
            sum[apart] += p->cosines[i * p->count + j];
            n[apart]++;
        }
    }
    p->within = n[0] ? sum[0] / (float)n[0] : 0;
    p->between = n[1] ? sum[1] / (float)n[1] : 1;
}

static size_t smaller_side(const parting *p)
{
    size_t ones = 0;
    for (size_t i = 0; i < p->count; i++) {
        ones += p->side[i];
    }
    return ones < p->count - ones ? ones : p->count - ones;
}

static bool has_copy(const kh_digest *const *members, const parting *p, size_t i)
{
    for (size_t j = 0; j < p->count; j++) {
        bool other = p->side[j] != p->side[i];
        if (other && kh_copied_share(&members[i]->prints, &members[j]->prints) >= KH_COPIED_MOST) {
            return true;
        }
    }
    return false;
}

/* Is half of the smaller side the text of the other side? */
static bool are_copies(const kh_digest *const *members, const parting *p)
{
    size_t ones = 0, copies[2] = {0};
    for (size_t i = 0; i < p->count; i++) {
        ones += p->side[i];
        copies[p->side[i]] += has_copy(members, p, i);
    }
    uint8_t smaller = 2 * ones <= p->count;
    return 2 * copies[smaller] >= smaller_side(p);
}

bool kh_story_split(kh_arena scratch, const kh_frequencies *df, const kh_digest *const *members, size_t count, uint8_t *side)
{
    count = count < KH_SPLIT_MAX ? count : KH_SPLIT_MAX;
    if (count < 2 * SIDE_MIN) {
        return false;
    }
    parting p = {.cosines = cosines_of(&scratch, df, members, count), .count = count};
    parting best = {0};
    for (size_t first = 0; first < BEGINNINGS && first < count; first++) {
        begin_from(&p, first);
        for (int round = 0; round < ROUNDS && relocate(&p); round++) {
        }
        rate(&p);
        bool better = best.count == 0 || p.within - p.between > best.within - best.between;
        best = smaller_side(&p) >= SIDE_MIN && better ? p : best;
    }
    memcpy(side, best.side, count);
    return best.count && best.between < BETWEEN_MAX && !are_copies(members, &best);
}
