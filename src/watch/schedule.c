/* schedule.c - when to ask a server again.
 *
 * A feed: not before what the user wants, nor before its answer is stale; a day at the most, so that a server that says
 * "a year" is still heard. After failures twice as long each time, up to a day, and never before Retry-After, which is
 * believed up to a week. Some of the wait is left to chance, so that many watchers, and many feeds of one, do not come
 * in step (S. Floyd and V. Jacobson, "The Synchronization of Periodic Routing Messages", 1994).
 *
 *     every 30 minutes, 200, max-age=3600                     in 60 to 66 minutes
 *     every 30 minutes, the third 503 in a row, nothing said  in 3 to 5 hours
 *
 * A page: an article is changed mostly in its first hours, so it is looked at again after 1, 3, 9, 27 and 81 hours, and
 * then no more; each time with the validators it came with, which costs a server that knows them nearly nothing.
 */
#include "watch/watch.h"

enum {
    HOUR = 3600,
    DAY = 24 * HOUR,
    RETRY_MAX = 7 * DAY,
    DOUBLINGS_MAX = 12,
    LOOKS = 5 /* of a page, after the first */
};

/* PART of WAIT, or less. */
static int64_t some_of(int64_t wait, uint64_t chance, int64_t percent)
{
    return wait * percent / 100 * (int64_t)(kh_hash_mix(chance, 1) % 1000) / 1000;
}

static int64_t at_most(int64_t value, int64_t most)
{
    return value < most ? value : most;
}

int64_t kh_wait_for_feed(const kh_polled *p)
{
    if (p->answer == KH_ANSWER_GONE) {
        return KH_NEVER;
    }
    if (p->answer == KH_ANSWER_GOOD) {
        int64_t fresh = at_most(p->fresh, DAY);
        int64_t wait = p->every > fresh ? p->every : fresh;
        return wait + some_of(wait, p->chance, 10);
    }
    unsigned doublings = p->failures > DOUBLINGS_MAX ? DOUBLINGS_MAX : p->failures;
    int64_t wait = p->every > 0 ? p->every : 1;
    for (unsigned i = 0; i < doublings && wait < DAY; i++) {
        wait *= 2;
    }
    int64_t longest = p->every > DAY ? p->every : DAY;
    wait = at_most(wait, longest);
    wait = wait - wait / 4 + some_of(wait, p->chance, 50);
    int64_t told = at_most(p->retry, RETRY_MAX);
    return wait > told ? wait : told + some_of(told, p->chance, 10);
}

int64_t kh_wait_for_page(unsigned visits, uint64_t chance)
{
    int64_t wait = HOUR;
    if (visits > LOOKS) {
        return KH_NEVER;
    }
    for (unsigned i = 1; i < visits; i++) {
        wait *= 3;
    }
    return wait + some_of(wait, chance, 10);
}
