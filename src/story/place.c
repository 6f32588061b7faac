/* place.c - which open story does an article belong to, if any, and does it still, now that more is known?
 *
 * Decides by the members of each story that the caller found. Example: an Arabic report on the Tarkand mine is held
 * against the Arabic members of the story and against those in other languages, each by weights of their own. Another
 * mine's story, with which it shares "mine" and "killed", stays below even odds.
 *
 * Method: join.c gives log-odds for the members in the article's language and for the others; where a story has both, the
 * mean counts, so that no one language carries a look-alike in. The likest story above even odds is joined; for a headline
 * its lead over the next one counts too: of two stories that are nearly as like, neither is sure. A copy
 * of a member joins at once: the same text tells the same event. Two stories are one when the newest of each,
 * by the mean of their log-odds, tell the other, and their articles together would not fall apart (split.c). The newest one of either
 * is asked first: where these two say no (NEWEST_ODDS) the others are not asked.
 *
 * What came early was decided with little to go by. So an article puts those in doubt that are most like it among the stories
 * that come next to its own; each of them is held against its own story and the new article's, by the members that were at hand. Nine in ten
 * stay clearly where they are. The others are held against all open stories once more, as if they came now, and move to another
 * that is likelier than their own by MOVE_MARGIN, or out of one that they should not have joined (relocation, as in k-means, of
 * the few that a new article tells of). The first headline on the mine at Tarkand joined a story of miners' strikes; the
 * second one calls it out.
 *
 * When all articles of a large run have come, its headlines are held against the stories a last time. A headline says little, so at
 * first it joins only what it surely tells: the rest of its story may yet come. Now it has come, and what is likest gets the
 * benefit of the doubt (EASE_LATE). Of the pairs that this brings together half are right where the other half are hard ones,
 * found by searching for the headline; among any news more are.
 *
 * Gets wrong: an article that two stories share, a round-up of the week: it joins the nearer one.
 */
#include "story/internal.h"

#include <math.h>

typedef struct rating {
    float odds;
    size_t alike;
    size_t members;
    bool copy;
} rating;

typedef KH_LIST(const kh_digest *) digests;

enum { TOP = KH_RIVALS_MAX + 1, BRIEF_WORDS = 60 };
static const float COPY_ODDS = 2;                                        /* at the least, of a copy of a member */
static const float RIVAL_ODDS = -2;                                      /* above which a story might be the same */
static const float LEAD_MAX = 3, LEAD_WEIGHT = 0.3F, LEAD_WANTED = 0.4F; /* measured; 1.3 of lead changes nothing */

/* The two readings of a story, in the article's language and in others, are averaged; a copy needs no second opinion. */
static rating both(const kh_join *own, size_t own_count, const kh_join *other, size_t other_count)
{
    rating r = {.alike = own->alike + other->alike, .members = own_count + other_count, .odds = -INFINITY};
    if (own_count && other_count) {
        r.odds = (own->odds + other->odds) / 2;
    } else if (r.members) {
        r.odds = own_count ? own->odds : other->odds;
    }
    r.copy = own->copied > 0 || other->copied > 0;
    r.odds = r.copy && r.odds < COPY_ODDS ? COPY_ODDS : r.odds;
    return r;
}

/* Members of a story that are seen together, added up when somebody asks for it. */
typedef struct half {
    digests members;
    kh_gathered sum;
} half;

/* A story as articles in one language see it: its members in that language and the others. */
typedef struct view {
    kh_str lang;
    half own, other;
    kh_story_memo *memo;
} view;

static view view_of(kh_arena *out, kh_str lang, const kh_story_candidate *c)
{
    view v = {.lang = lang, .memo = c->memo};
    for (size_t i = 0; i < c->members.count; i++) {
        const kh_digest *m = c->members.items[i];
        *KH_ADD(out, kh_str_eq(m->lang, lang) ? &v.own.members : &v.other.members) = m;
    }
    kh_gather_head(v.own.members.items, v.own.members.count, &v.own.sum);
    kh_gather_head(v.other.members.items, v.other.members.count, &v.other.sum);
    return v;
}

static kh_join join_of(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_prepared *a, kh_story_memo *memo, half *s)
{
    kh_join j;
    if (!s->sum.added_up && kh_join_asks_sum(know, a, &s->sum)) {
        kh_gather_again(memo, out, scratch, s->members.items, s->members.count, &s->sum);
    }
    kh_join_of(know, a, s->members.items, s->members.count, &s->sum, &j);
    return j;
}

/* What V has to add up goes to OUT. */
static rating rate(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_prepared *a, view *v)
{
    kh_join with_own = join_of(out, scratch, know, a, v->memo, &v->own);
    kh_join with_other = join_of(out, scratch, know, a, v->memo, &v->other);
    return both(&with_own, v->own.members.count, &with_other, v->other.members.count);
}

static float share_of(float odds)
{
    return 1 / (1 + expf(-odds));
}

/* The likest candidates before COUNT are kept in TOP, best first. */
static void keep(size_t top[TOP], const rating *ratings, size_t candidate, size_t count)
{
    size_t at = count < TOP ? count : TOP;
    while (at > 0 && ratings[candidate].odds > ratings[top[at - 1]].odds) {
        at--;
    }
    for (size_t i = TOP - 1; i > at; i--) {
        top[i] = top[i - 1];
    }
    if (at < TOP) {
        top[at] = candidate;
    }
}

/* The log-odds of the likest story with its lead over the next one: of two that are alike neither is sure. It counts for
 * a BRIEF article, a headline, which shares little with anything; a whole one says itself what it is about. */
static float odds_with_lead(const rating *ratings, const size_t top[TOP], size_t count, bool brief)
{
    const rating *best = &ratings[top[0]];
    float lead = count > 1 ? best->odds - ratings[top[1]].odds : LEAD_MAX;
    lead = lead < LEAD_MAX ? lead : LEAD_MAX;
    return best->copy || !brief ? best->odds : best->odds + LEAD_WEIGHT * lead - LEAD_WANTED;
}

/* How like each of the candidates is, and the likest of them in TOP. */
static rating *rate_all(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_prepared *a,
                        const kh_story_candidate *candidates, size_t count, size_t top[TOP])
{
    rating *ratings = KH_NEW_N(out, rating, count + 1);
    for (size_t i = 0; i < count; i++) {
        kh_arena rest = *out;
        view v = view_of(&rest, a->digest->lang, &candidates[i]);
        ratings[i] = rate(&rest, scratch, know, a, &v);
        keep(top, ratings, i, i);
    }
    return ratings;
}

/* The log-odds that A tells the likest story; none where there is no candidate. */
static float likest_odds(const kh_prepared *a, const rating *ratings, const size_t top[TOP], size_t count)
{
    return count ? odds_with_lead(ratings, top, count, a->counts[KH_FEATURE_WORD] < BRIEF_WORDS) : -INFINITY;
}

static kh_str reason_of(kh_arena *out, const rating *r, float score)
{
    return kh_arena_printf(out, "likeness %.2f, like %zu of %zu of its articles%s", (double)score, r->alike, r->members,
                           r->copy ? ", a copy of one" : "");
}

kh_placement kh_story_place(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_digest *a,
                            const kh_story_candidate *candidates, size_t count)
{
    kh_arena temporary = kh_arena_split(&scratch);
    kh_prepared x = kh_prepare(&scratch, df, a);
    kh_placement place = {.reason = KH_STR("like no open story")};
    size_t top[TOP] = {0};
    const rating *ratings = rate_all(&scratch, temporary, know, &x, candidates, count, top);
    float odds = likest_odds(&x, ratings, top, count);
    place.score = share_of(odds);
    size_t rival = 0;
    if (odds >= 0) {
        place.story = candidates[top[0]].story;
        place.reason = reason_of(out, &ratings[top[0]], place.score);
        rival = 1;
    }
    for (size_t n = 0; n < KH_RIVALS_MAX && rival < TOP && rival < count && ratings[top[rival]].odds > RIVAL_ODDS; n++, rival++) {
        place.rivals[n] = candidates[top[rival]].story;
    }
    return place;
}

/* ---- once more ---- */

static const float MOVE_MARGIN = 0.5F; /* log-odds by which another story must be likelier */
static const float LEAVE_ODDS = -1;    /* below which an article does not stay where it is, be it alone */
static const float EASE_LATE = 1.5F;   /* log-odds that a headline is given when all have come; measured */
static const float DOUBT_MIN = 0.18F;  /* likeness from which an article puts another in doubt */

static bool is_rival(const kh_placement *place, int64_t story)
{
    for (size_t i = 0; i < KH_RIVALS_MAX; i++) {
        if (story && place->rivals[i] == story) {
            return true;
        }
    }
    return false;
}

/* The likest ones before COUNT are kept, best first. */
static size_t keep_doubtful(kh_doubtful *list, size_t count, kh_doubtful d)
{
    size_t at = count < KH_DOUBTFUL_MAX ? count++ : KH_DOUBTFUL_MAX;
    for (; at > 0 && d.score > list[at - 1].score; at--) {
        if (at < KH_DOUBTFUL_MAX) {
            list[at] = list[at - 1];
        }
    }
    if (at < KH_DOUBTFUL_MAX) {
        list[at] = d;
    }
    return count;
}

size_t kh_story_doubtful(kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_digest *a,
                         const kh_placement *place, const kh_story_candidate *candidates, size_t count, kh_doubtful list[KH_DOUBTFUL_MAX])
{
    kh_prepared x = kh_prepare(&scratch, df, a);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < candidates[i].members.count && is_rival(place, candidates[i].story); k++) {
            kh_parts p = kh_parts_of(&x, candidates[i].members.items[k]);
            float score = kh_score_of(kh_story_weights_of(know), &p);
            kh_doubtful d = {.article = candidates[i].members.items[k]->id, .story = candidates[i].story, .score = score};
            found = score >= DOUBT_MIN ? keep_doubtful(list, found, d) : found;
        }
    }
    return found;
}

/* How well A stands in story OWN. A headline that is alone stands nowhere; a whole article alone has said so by itself. */
static float standing(const kh_prepared *a, const rating *ratings, const kh_story_candidate *candidates, size_t count, int64_t own)
{
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].story == own) {
            return ratings[i].odds;
        }
    }
    return a->counts[KH_FEATURE_WORD] < BRIEF_WORDS ? -INFINITY : 0;
}

static const float DOUBT_SLACK = 1; /* log-odds by which what a few members say may differ from what all say; measured */

/* The members of D's story and of STORY among CANDIDATES, into the two SIDES; gives the digest of D itself, NULL where it is in none. */
static const kh_digest *take_sides(kh_arena *out, const kh_doubtful *d, int64_t story, const kh_story_candidate *candidates, size_t count,
                                   kh_story_candidate sides[2])
{
    const kh_digest *self = NULL;
    for (size_t i = 0; i < count; i++) {
        const kh_story_candidate *c = &candidates[i];
        bool asked = c->story == d->story || c->story == story;
        sides[0].memo = sides[1].memo = c->memo; /* all have the same */
        for (size_t k = 0; k < c->members.count; k++) {
            const kh_digest *m = c->members.items[k];
            if (m->id == d->article) {
                self = m;
            } else if (asked) {
                *KH_ADD(out, &sides[c->story == story].members) = m;
            }
        }
    }
    return self;
}

bool kh_story_in_doubt(kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_doubtful *d, const kh_digest *a,
                       int64_t story, const kh_story_candidate *candidates, size_t count)
{
    kh_arena out = kh_arena_split(&scratch);
    kh_story_candidate sides[2] = {{.story = d->story}, {.story = story}};
    const kh_digest *self = take_sides(&out, d, story, candidates, count, sides);
    *KH_ADD(&out, &sides[1].members) = a;
    if (!self) {
        return false;
    }
    kh_prepared x = kh_prepare(&out, df, self);
    size_t top[TOP] = {0};
    const rating *ratings = rate_all(&out, scratch, know, &x, sides, 2, top);
    float mine = sides[0].members.count ? ratings[0].odds : standing(&x, NULL, NULL, 0, d->story);
    bool nearer = ratings[1].odds > mine + MOVE_MARGIN - DOUBT_SLACK && ratings[1].odds > -DOUBT_SLACK;
    return nearer || (isfinite(mine) && mine < LEAVE_ODDS + DOUBT_SLACK);
}

bool kh_story_is_brief(const kh_features *features)
{
    size_t words = 0;
    KH_EACH(const kh_feature, f, *features) {
        words += f->kind == KH_FEATURE_WORD;
    }
    return words < BRIEF_WORDS;
}

kh_placement kh_story_again(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_digest *a,
                            int64_t own, const kh_story_candidate *candidates, size_t count, bool all_have_come)
{
    kh_arena temporary = kh_arena_split(&scratch);
    kh_prepared x = kh_prepare(&scratch, df, a);
    kh_placement place = {.story = own, .reason = KH_STR("like no open story")};
    size_t top[TOP] = {0};
    const rating *ratings = rate_all(&scratch, temporary, know, &x, candidates, count, top);
    float odds = likest_odds(&x, ratings, top, count);
    float mine = standing(&x, ratings, candidates, count, own);
    float ease = all_have_come && x.counts[KH_FEATURE_WORD] < BRIEF_WORDS ? EASE_LATE : 0;
    if (odds + ease >= 0 && ratings[top[0]].odds > mine + MOVE_MARGIN) {
        place.story = candidates[top[0]].story;
        place.score = share_of(odds);
        place.reason = reason_of(out, &ratings[top[0]], place.score);
    } else if (odds + ease < 0 && mine + ease < LEAVE_ODDS && isfinite(mine)) {
        place.story = 0;
        place.score = share_of(odds);
    }
    return place;
}

/* ---- one story or two ---- */

enum { HELD_MAX = 6 }; /* members of each side that are held against the other side */
static const float NEWEST_ODDS =
    -1; /* below which of the newest of both sides alone the others are not asked; measured: one merge in twenty is lost */

/* The mean log-odds that the newest of A, at most MOST, tell the story of B. */
static float mean_odds(kh_arena out, kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_story_candidate *a,
                       const kh_story_candidate *b, size_t most)
{
    size_t count = a->members.count < most ? a->members.count : most;
    float sum = 0;
    view v = {0};
    for (size_t i = 0; i < count; i++) {
        const kh_digest *m = a->members.items[i];
        if (i == 0 || !kh_str_eq(m->lang, v.lang)) {
            v = view_of(&out, m->lang, b);
        }
        kh_arena rest = scratch;
        kh_prepared x = kh_prepare(&rest, df, m);
        sum += rate(&out, rest, know, &x, &v).odds;
    }
    return count ? sum / (float)count : -INFINITY;
}

/* The same of both sides together, each against the other. */
static float odds_between(kh_arena out, kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_story_candidate *a,
                          const kh_story_candidate *b, size_t most)
{
    return (mean_odds(out, scratch, know, df, a, b, most) + mean_odds(out, scratch, know, df, b, a, most)) / 2;
}

/* Would what A and B have in the language of A's newest fall apart again? */
static bool fall_apart(kh_arena scratch, const kh_frequencies *df, const kh_story_candidate *a, const kh_story_candidate *b)
{
    kh_arena out = kh_arena_split(&scratch);
    digests both = {0};
    uint8_t side[KH_SPLIT_MAX];
    const kh_story_candidate *sides[] = {a, b};
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < sides[k]->members.count; i++) {
            const kh_digest *m = sides[k]->members.items[i];
            if (kh_str_eq(m->lang, a->members.items[0]->lang)) {
                *KH_ADD(&out, &both) = m;
            }
        }
    }
    return kh_story_split(scratch, df, both.items, both.count, side);
}

float kh_story_merge(kh_arena scratch, const kh_story_know *know, const kh_frequencies *df, const kh_story_candidate *a,
                     const kh_story_candidate *b)
{
    kh_arena out = kh_arena_split(&scratch);
    if (odds_between(out, scratch, know, df, a, b, 1) < NEWEST_ODDS) {
        return 0;
    }
    float sure = share_of(odds_between(out, scratch, know, df, a, b, HELD_MAX));
    return sure > KH_STORY_MERGE && fall_apart(scratch, df, a, b) ? 0 : sure;
}
