/* cache.h - answers that are given again, and their bytes, which several threads may be sending at once. */
#ifndef KHABAR_SERVER_CACHE_H
#define KHABAR_SERVER_CACHE_H

#include "base/base.h"

#include <stdatomic.h>

/* Bytes with a count of those who hold them. */
typedef struct kh_blob {
    atomic_uint holders;
    size_t len;
    char bytes[];
} kh_blob;

kh_blob *kh_blob_of(kh_str bytes); /* held once; NULL when there is no memory */
kh_blob *kh_blob_hold(kh_blob *blob);
void kh_blob_drop(kh_blob *blob); /* accepts NULL */

typedef struct kh_answer {
    unsigned status;
    const char *type;   /* Content-Type */
    const char *reason; /* why there is no 2xx: one word, for the log; else NULL */
    kh_blob *body;
    uint64_t tag;       /* ETag; 0: none */
    uint64_t stamp;     /* of an answer that lasts: under another one it is made anew, and given meanwhile */
    bool page;          /* HTML with KH_NONCE in it, which is replaced when it is sent */
    bool lasting;       /* an asset: the client may keep it */
    bool sandbox;       /* bytes of strangers */
    bool credentials;   /* say that a token is wanted */
    char location[120]; /* of a redirect or of what was made; empty: none */
} kh_answer;

/* Stands in a page for the nonce, which has as many bytes. */
#define KH_NONCE "NNNNNNNNNNNNNNNNNNNNNN"

typedef struct kh_cache kh_cache;

kh_cache *kh_cache_open(size_t bytes_max);
void kh_cache_close(kh_cache *cache); /* accepts NULL */

/* The answer kept for KEY under the stamp of *ANSWER, held for the caller. False: there is none, or it is older than KH_SERVE_FRESH_MS and does not last;
 * the caller makes it and calls kh_cache_put. Others who ask for the same meanwhile get the old one, or wait. */
bool kh_cache_get(kh_cache *cache, kh_str key, int64_t now_ms, kh_answer *answer);

/* Keeps ANSWER for KEY (LASTS: until it is pushed out) and holds it; NULL: it could not be made, the next one may try. */
void kh_cache_put(kh_cache *cache, kh_str key, int64_t now_ms, const kh_answer *answer, bool lasts);

void kh_cache_clear(kh_cache *cache);
size_t kh_cache_bytes(kh_cache *cache);

#endif
