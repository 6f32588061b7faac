/* watch.h - what watching feeds decides, without a network and without a clock: may this path be fetched, how long is
 * an answer fresh, when to ask again, may this address be reached.
 *
 * Times are seconds since 1970-01-01 UTC, stretches are seconds; NOT_SAID is the answer that says nothing.
 */
#ifndef KHABAR_WATCH_WATCH_H
#define KHABAR_WATCH_WATCH_H

#include "base/base.h"

enum { KH_NOT_SAID = -1, KH_NEVER = -2 };

/* ---- robots.c: RFC 9309 ---- */

typedef struct kh_robots_rule {
    kh_str pattern; /* normalised: '*' any characters, '$' at the end: the end of the path */
    bool allow;
} kh_robots_rule;

typedef KH_LIST(kh_robots_rule) kh_robots_rules;

/* What one crawler has to keep to. */
typedef struct kh_robots {
    kh_robots_rules rules;
    int64_t delay; /* Crawl-delay in seconds, rounded up; KH_NOT_SAID */
} kh_robots;

/* The rules of BYTES for the crawler named AGENT ("khabar"), else those for all; copies into OUT. Any bytes do; what
 * lies behind KH_ROBOTS_BYTES_MAX or KH_ROBOTS_RULES_MAX is not read. */
kh_robots kh_robots_read(kh_arena *out, kh_str bytes, kh_str agent);

/* Whether PATH ("/news/1.html?page=2") may be fetched. /robots.txt always may. */
bool kh_robots_allow(kh_arena scratch, const kh_robots *robots, kh_str path);

/* ---- freshness.c: what the fields of an answer say of time, RFC 9110 and 9111 ---- */

/* "Sun, 06 Nov 1994 08:49:37 GMT" and the two older forms. */
bool kh_http_date(kh_str words, int64_t *seconds);

/* How long an answer is fresh by max-age, else by Expires, less its Age. 0 where it is not to be kept. */
int64_t kh_fresh_for(kh_str cache_control, kh_str expires, kh_str date, kh_str age);

/* How long to wait by Retry-After: seconds or a date. */
int64_t kh_retry_after(kh_str value, int64_t now);

/* ---- schedule.c: when to ask again ---- */

typedef enum kh_answer {
    KH_ANSWER_GOOD,  /* 200 and 304 */
    KH_ANSWER_GONE,  /* 410: is not asked for again */
    KH_ANSWER_FAILED /* all else: also what is no feed, and what the network did not give */
} kh_answer;

typedef struct kh_polled {
    kh_answer answer;
    unsigned failures; /* in a row, this one counted */
    int64_t every;     /* what the user wants between two polls */
    int64_t fresh;     /* kh_fresh_for */
    int64_t retry;     /* kh_retry_after */
    uint64_t chance;   /* any hash that differs from poll to poll: spreads the polls */
} kh_polled;

/* Until the next poll of a feed, at least; KH_NEVER. */
int64_t kh_wait_for_feed(const kh_polled *polled);

/* Until a page that was read VISITS times is looked at again for changes; KH_NEVER when that is enough. */
int64_t kh_wait_for_page(unsigned visits, uint64_t chance);

/* ---- address.c ---- */

/* Whether the address (4 bytes of IPv4 or 16 of IPv6, network order) is one of the public internet. */
bool kh_address_public(const unsigned char *bytes, size_t count);

#endif
