/* place.c - which open story does an article belong to, if any?
 *
 * Decides by the members of each story that the caller found. Example: an article that is alike (0.6) to two of
 * the five reports on a mine and hardly to the others joins; one that is alike to a single report, because that
 * one recalls another disaster in its last line, does not, once the story has grown.
 *
 * Method: the mean of the two nearest members, pulled a fifth of the way towards the mean of all that were
 * looked at. A story of one article has one nearest member, so that stories can begin; with every further
 * member more support is asked for, which keeps one wrong edge from chaining crowds. A copy of a member joins
 * at once: the same text tells the same event.
 *
 * Gets wrong: an article that two stories share, a round-up of the week: it joins the nearer one.
 */
#include "story/internal.h"

static const float JOIN = 0.5F;
static const float COPIED = 0.5F; /* share of prints from which a copy joins at once */
static const float NEAR_SHARE = 0.8F;

enum { NEAREST = 2 };

typedef struct rating {
    float score;
    size_t near_count; /* members that are alike by themselves */
} rating;

/* Keeps NEAREST likenesses, best first. */
static void keep_best(float best[NEAREST], float s)
{
    for (size_t i = 0; i < NEAREST; i++) {
        if (s > best[i]) {
            float pushed_out = best[i];
            best[i] = s;
            s = pushed_out;
        }
    }
}

/* The mean of the nearest members, pulled towards the mean of all. */
static float score_of_story(const float best[NEAREST], float sum, size_t count)
{
    size_t nearest = count < NEAREST ? count : NEAREST;
    float top = 0;
    for (size_t i = 0; i < nearest; i++) {
        top += best[i] / (float)nearest;
    }
    return NEAR_SHARE * top + (1 - NEAR_SHARE) * sum / (float)count;
}

static rating rate(const kh_story_weights *w, const kh_prepared *a, const kh_story_candidate *c)
{
    rating r = {0};
    float best[NEAREST] = {0};
    float sum = 0;
    float copy = 0;
    for (size_t i = 0; i < c->members.count; i++) {
        kh_parts p = kh_parts_of(a, c->members.items[i]);
        float s = kh_score_of(w, &p);
        sum += s;
        keep_best(best, s);
        r.near_count += s >= JOIN;
        copy = p.copied >= COPIED && s > copy ? s : copy;
    }
    float score = c->members.count ? score_of_story(best, sum, c->members.count) : 0;
    r.score = copy > score ? copy : score;
    return r;
}

kh_placement kh_story_place(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_digest *a,
                            const kh_story_candidate *candidates, size_t count)
{
    kh_prepared x = kh_prepare(&scratch, df, a);
    kh_placement place = {.reason = KH_STR("like no open story")};
    float best = JOIN;
    size_t near_count = 0;
    for (size_t i = 0; i < count; i++) {
        rating r = rate(kh_story_weights_of(know), &x, &candidates[i]);
        if (r.score >= best) {
            best = r.score;
            near_count = r.near_count;
            place.story = candidates[i].story;
        }
        place.score = r.score > place.score ? r.score : place.score;
    }
    if (place.story) {
        place.reason = kh_arena_printf(out, "likeness %.2f, like %zu of its articles", (double)best, near_count);
    }
    return place;
}
