/* related.c - which stories are linked, though they tell two events: a flood, and the inquiry into it ten days later.
 *
 * Decides how much two stories have to do with each other. Example: "سیل در دره تارکند" and, on the twelfth day, "کمیسیون
 * سد تارکند را مقصر سیل دانست" share the dam of Tarkand, a name that hardly any other article has, and the concepts dam and
 * flood: tied. A flood in another country shares flood, rain and rescue, but no site, place or person: not tied. Two
 * matters of one minister share a person and no subject: not tied either.
 *
 * Method. A story is taken by what is central to it: features in a title or first paragraph, and concepts that are said
 * more than twice in an article; where there are three articles and more it must be one that they have in common
 * (gathered.c). Concepts of time and quantity are no subject. Of those that two stories share only the rare count: the
 * weight (-ln of the share of articles that have it, the two stories' own left out) must be at least `floor` of the
 * greatest one, which at a half means that no more articles have it than the square root of all. Sites, names, places and
 * sounds say *which*, concepts, words and the nouns of sites say *what*; each sum grows to 1 as 1 - exp(-sum), and the
 * score is which times the root of what, so that neither does alone. Days between the stories take up to half of it away;
 * where a day is not known nothing is taken. After the story trees of Liu and others, "Growing Story Forest Online from
 * Massive Breaking News" (2017), with rareness instead of trained edges.
 *
 * Gets wrong: a sequel that names no site, place or person of the first story is not found; in a store that is all about
 * one matter nothing is rare, and few stories are tied; two accidents at one site within weeks are tied.
 */
#include "story/internal.h"

#include <math.h>
#include <stdlib.h>

/* What a shared feature says of which thing it is and of what happens to it, each of 1, and how rare it must be, as a
 * share of the greatest weight. A site is a noun with its name, and says both. */
static const struct {
    float which, what, floor;
} worth[KH_FEATURE_kinds] = {
    [KH_FEATURE_SITE] = {1.0F, 0.3F, 0.5F}, [KH_FEATURE_NAME] = {0.9F, 0, 0.5F},     [KH_FEATURE_PLACE] = {0.7F, 0, 0.5F},
    [KH_FEATURE_SOUND] = {0.15F, 0, 0.5F},  [KH_FEATURE_CONCEPT] = {0, 0.4F, 0.35F}, [KH_FEATURE_WORD] = {0, 0.12F, 0.5F},
};

/* ---- what a story is about ---- */

enum {
    FEW = 3,  /* members from which on a feature must be in the core of the story */
    OFTEN = 2 /* times that each member says a concept, on the mean, which is central then without standing in a lead */
};

kh_story_subject kh_story_subject_of(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_digest *const *members,
                                     size_t count, uint32_t articles)
{
    kh_arena temporary = kh_arena_split(&scratch);
    kh_gathered g;
    kh_gather(&scratch, temporary, members, count, &g);
    kh_story_subject s = {.articles = articles, .dated = g.dated, .oldest = g.oldest, .newest = g.newest};
    size_t core = 0;
    KH_EACH(const kh_feature, f, g.sum.features) {
        while (core < g.core.count && g.core.items[core].hash < f->hash) {
            core++;
        }
        bool common = g.members < FEW || (core < g.core.count && g.core.items[core].hash == f->hash);
        bool tells = worth[f->kind].floor > 0 && !kh_story_is_circumstance(know, f->hash);
        bool often = f->kind == KH_FEATURE_CONCEPT && f->count > OFTEN * g.members;
        if (common && tells && (f->lead || often)) {
            *KH_ADD(out, &s.central) = *f;
        }
    }
    return s;
}

/* ---- what two are about ---- */

static int by_weight(const void *a, const void *b)
{
    const kh_story_link *x = a;
    const kh_story_link *y = b;
    float left = x->which + x->what;
    float right = y->which + y->what;
    int order = (right > left) - (right < left);
    return order ? order : (x->hash > y->hash) - (x->hash < y->hash);
}

/* How rare F is, which both have, of 1; 0 where it is not rare enough. */
static float rareness(const kh_frequencies *df, const kh_feature *f, uint32_t own)
{
    float share = kh_weight_beside(df, f, own) / kh_weight_most(df);
    return share < worth[f->kind].floor ? 0 : share < 1 ? share : 1;
}

static void add_links(kh_arena *out, const kh_frequencies *df, const kh_story_subject *a, const kh_story_subject *b, kh_story_tie *tie)
{
    uint32_t own = a->articles + b->articles;
    const kh_feature *x = a->central.items;
    const kh_feature *y = b->central.items;
    for (size_t i = 0, j = 0; i < a->central.count && j < b->central.count;) {
        uint64_t hx = x[i].hash;
        uint64_t hy = y[j].hash;
        float rare = hx == hy ? rareness(df, &x[i], own) : 0;
        if (rare > 0) {
            float which = rare * worth[x[i].kind].which;
            float what = rare * worth[x[i].kind].what;
            *KH_ADD(out, &tie->links) = (kh_story_link){.hash = hx, .kind = x[i].kind, .which = which, .what = what};
        }
        i += hx <= hy;
        j += hy <= hx;
    }
    if (tie->links.count) {
        qsort(tie->links.items, tie->links.count, sizeof *tie->links.items, by_weight);
    }
}

static int32_t days_between(const kh_story_subject *a, const kh_story_subject *b)
{
    int64_t days = b->oldest > a->newest ? b->oldest - a->newest : a->oldest > b->newest ? b->newest - a->oldest : 0;
    return (int32_t)(days > INT32_MAX ? INT32_MAX : days < INT32_MIN ? INT32_MIN : days);
}

/* 1 for stories that overlap, a half at KH_RELATED_DAYS, 0 beyond. */
static float nearness(const kh_story_tie *tie)
{
    float days = fabsf((float)tie->days);
    return !tie->dated ? 1 : days > KH_RELATED_DAYS ? 0 : 1 - days / (2 * KH_RELATED_DAYS);
}

kh_story_tie kh_story_tie_of(kh_arena *out, const kh_frequencies *df, const kh_story_subject *a, const kh_story_subject *b)
{
    kh_story_tie tie = {.dated = a->dated && b->dated};
    tie.days = tie.dated ? days_between(a, b) : 0;
    float near = nearness(&tie);
    if (near == 0) {
        return tie;
    }
    add_links(out, df, a, b, &tie);
    float which = 0, what = 0;
    KH_EACH(const kh_story_link, link, tie.links) {
        which += link->which;
        what += link->what;
    }
    tie.score = near * (1 - expf(-which)) * sqrtf(1 - expf(-what));
    return tie;
}
