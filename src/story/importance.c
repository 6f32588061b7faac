/* importance.c - which stories come first, when it is not the newest?
 *
 * Decides by three counts that a store has of every story without comparing its reports. Example: a dam's collapse that two
 * agencies and five outlets of their own tell in four languages comes before a statement that one agency gave and forty
 * outlets printed in one: 8 sources against 1, log2(8) + log2(4) / 2 against log2(2).
 *
 *     importance = log2(1 + sources) + log2(languages) / 2 + growth / 4
 *     growth     = log2((1 + reports of the last day) / (1 + reports a day before that))
 *
 * Sources stand for independent origins, which are only known after comparing: each agency that is credited counts once, and
 * each outlet with a report that credits none. The last day ends with the newest report of the store, or when the last one
 * was added, if that is earlier, so that a date in 2099 does not move it; a story that nobody tells any more has a growth
 * below 0 and sinks. Logarithms, since the second source says more than the thirtieth.
 *
 * Gets wrong: an outlet that copies another one without saying so counts as a source; a story without days has no growth.
 */
#include "story/story.h"

#include <math.h>

kh_story_importance kh_story_importance_of(const kh_story_counts *c)
{
    double per_day = c->before_days > 1 ? c->before / c->before_days : c->before;
    double growth = c->last_day + c->before > 0 ? log2((1 + c->last_day) / (1 + per_day)) : 0;
    double languages = c->languages ? log2((double)c->languages) : 0;
    return (kh_story_importance){.score = log2(1 + (double)c->sources) + languages / 2 + growth / 4, .growth = growth};
}
