/* fetch.h - the network: one GET after the other, several at once. Only khabar watch calls it; nothing else in the
 * program opens a connection.
 *
 *     kh_fetcher *f = kh_fetcher_open(&rules, &err);
 *     kh_fetcher_start(f, &request, &err);
 *     const kh_response *r;
 *     while (kh_fetcher_busy(f)) {
 *         if (kh_fetcher_next(f, 200, &r)) {
 *             use(r);
 *         }
 *     }
 *     kh_fetcher_close(f);
 *
 * Guarded: http and https alone; no private address unless it is allowed (checked where the connection is made, so a
 * name that changes its mind is caught); no proxy, cookie, credential; header, body (unpacked) and time have limits; a
 * redirect is told, not followed, so that the caller asks robots.txt of the new site first.
 */
#ifndef KHABAR_FETCH_FETCH_H
#define KHABAR_FETCH_FETCH_H

#include "base/base.h"

#include <stdatomic.h>

typedef struct kh_fetcher kh_fetcher;

typedef struct kh_fetch_rules {
    const char *agent;      /* User-Agent */
    bool allow_private;     /* private addresses may be reached, and a proxy of the environment used */
    kh_str private_hosts;   /* they may be reached under these names, commas between */
    long timeout_ms;        /* of a request, 0: KH_FETCH_SECONDS */
    const atomic_int *stop; /* when it becomes non-zero, requests under way end soon, with "stopped"; may be NULL */
} kh_fetch_rules;

typedef struct kh_request {
    kh_str url;            /* as kh_web_join gives it */
    kh_str etag, modified; /* validators of what is there already; empty: none */
    const char *accept;    /* types that are wanted */
    size_t bytes_max;      /* of the body, unpacked; at most KH_PAGE_BYTES_MAX */
    void *owner;           /* comes back with the response */
} kh_request;

typedef struct kh_response {
    void *owner;
    const char *reason; /* NULL: there is an answer. Else private_address, no_host, no_connection, tls, timeout, too_large,
                         * cut, bad_coding, bad_answer, downgrade (https to http), stopped, network */
    kh_str message;     /* the failure in words */
    unsigned status;    /* 200 */
    kh_str redirect;    /* of a 3xx: where to, absolute */
    kh_str type;        /* Content-Type with its parameters */
    kh_str etag, modified, cache_control, expires, date, age, retry_after; /* fields as sent; empty: not there */
    kh_str header;                                                         /* status line and fields as they came */
    kh_str body;                                                           /* content codings undone */
} kh_response;

/* The strings of RULES must stay. NULL on failure. One at a time in a program. */
kh_fetcher *kh_fetcher_open(const kh_fetch_rules *rules, kh_error *err);
void kh_fetcher_close(kh_fetcher *f); /* accepts NULL; what is under way is given up */

/* KH_ERR_LIMIT when KH_FETCH_AT_ONCE are under way. */
kh_status kh_fetcher_start(kh_fetcher *f, const kh_request *request, kh_error *err);
size_t kh_fetcher_busy(const kh_fetcher *f); /* requests under way */

/* Works for up to WAIT_MS; true when a request has ended: *response is good until the next call on F. */
bool kh_fetcher_next(kh_fetcher *f, int wait_ms, const kh_response **response);

/* ---- fields.c ---- */

/* Fills the fields of R, from type to retry_after, from r->header, which may be any bytes; joined values are in OUT. */
void kh_response_fields(kh_arena *out, kh_response *r);

/* ---- url.c ---- */

/* LINK, seen on BASE (may be empty), as an absolute address: http or https, without fragment, percent-encoded. Empty
 * where it is none, is longer than KH_PATH_BYTES_MAX, or carries a user name. */
kh_str kh_web_join(kh_arena *out, kh_str base, kh_str link);

/* Of an address that kh_web_join gave: "https://news.example:8443", "news.example", "/a?b". */
kh_str kh_web_site(kh_arena *out, kh_str url);
kh_str kh_web_host(kh_arena *out, kh_str url);
kh_str kh_web_path(kh_arena *out, kh_str url);

#endif
