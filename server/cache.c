/* cache.c - answers that are given again.
 *
 * Twenty readers who open the front page in one second ask one question: the first makes the answer, the others wait for
 * it, and for KH_SERVE_FRESH_MS it is given again. When it is made anew nobody waits: the others get the old one, up to KH_SERVE_STALE_MS. A story's page is kept under its revision, so it lasts until it is pushed out
 * by others that were asked for later. A table of ENTRIES is searched from one end: with so few it costs a microsecond and
 * needs no care. Keys are compared whole, so that no choice of addresses can make one answer pass for another.
 *
 * Gets wrong: a maker that takes longer than KH_SERVE_WAIT_MS is not waited for; the work is then done twice.
 */
#include "server/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ENTRIES = 512 };

typedef struct entry {
    kh_blob *key; /* NULL: free */
    kh_answer answer;
    int64_t made_ms;
    uint64_t used;
    bool making, lasts;
} entry;

struct kh_cache {
    pthread_mutex_t lock;
    pthread_cond_t made;
    size_t bytes, bytes_max;
    uint64_t clock;
    uint64_t hashes[ENTRIES]; /* of the keys, together: looking for one touches little memory while the lock is held */
    entry entries[ENTRIES];
};

kh_blob *kh_blob_of(kh_str bytes)
{
    kh_blob *blob = malloc(sizeof *blob + bytes.len);
    if (blob) {
        atomic_init(&blob->holders, 1);
        blob->len = bytes.len;
        if (bytes.len) {
            memcpy(blob->bytes, bytes.ptr, bytes.len);
        }
    }
    return blob;
}

kh_blob *kh_blob_hold(kh_blob *blob)
{
    if (blob) {
        atomic_fetch_add(&blob->holders, 1);
    }
    return blob;
}

void kh_blob_drop(kh_blob *blob)
{
    if (blob && atomic_fetch_sub(&blob->holders, 1) == 1) {
        free(blob);
    }
}

kh_cache *kh_cache_open(size_t bytes_max)
{
    kh_cache *c = calloc(1, sizeof *c);
    pthread_condattr_t monotonic;
    if (c) {
        c->bytes_max = bytes_max;
        pthread_mutex_init(&c->lock, NULL);
        pthread_condattr_init(&monotonic);
        pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
        pthread_cond_init(&c->made, &monotonic);
        pthread_condattr_destroy(&monotonic);
    }
    return c;
}

static void empty(kh_cache *c, entry *e)
{
    c->bytes -= e->answer.body ? e->answer.body->len : 0;
    kh_blob_drop(e->key);
    kh_blob_drop(e->answer.body);
    *e = (entry){0};
}

void kh_cache_close(kh_cache *cache)
{
    if (cache) {
        for (size_t i = 0; i < ENTRIES; i++) {
            empty(cache, &cache->entries[i]);
        }
        pthread_cond_destroy(&cache->made);
        pthread_mutex_destroy(&cache->lock);
        free(cache);
    }
}

static entry *find(kh_cache *c, uint64_t hash, kh_str key)
{
    for (size_t i = 0; i < ENTRIES; i++) {
        entry *e = &c->entries[i];
        if (c->hashes[i] == hash && e->key && kh_str_eq((kh_str){e->key->bytes, e->key->len}, key)) {
            return e;
        }
    }
    return NULL;
}

/* The entry that was used longest ago and is not being made; free ones first unless it must be FULL. NULL: there is none. */
static entry *oldest(kh_cache *c, bool full)
{
    entry *best = NULL;
    for (size_t i = 0; i < ENTRIES; i++) {
        entry *e = &c->entries[i];
        if (!e->making && (e->key || !full) && (!best || e->used < best->used)) {
            best = e;
        }
    }
    return best;
}

static void begin_making(kh_cache *c, uint64_t hash, kh_str key)
{
    entry *e = oldest(c, false);
    kh_blob *copy = e ? kh_blob_of(key) : NULL;
    if (copy) {
        empty(c, e);
        *e = (entry){.key = copy, .making = true, .used = ++c->clock};
        c->hashes[e - c->entries] = hash;
    }
}

/* Fresh, lasting under STAMP, or being made anew while the old one is not too old or lasted. */
static bool is_usable(const entry *e, int64_t now_ms, uint64_t stamp)
{
    int64_t age = now_ms - e->made_ms;
    bool lasts = e->lasts && (e->making || e->answer.stamp == stamp);
    return e->answer.body && (lasts || (!e->lasts && (age < KH_SERVE_FRESH_MS || (e->making && age < KH_SERVE_STALE_MS))));
}

bool kh_cache_get(kh_cache *cache, kh_str key, int64_t now_ms, kh_answer *answer)
{
    uint64_t hash = kh_hash(key);
    uint64_t stamp = answer->stamp;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += KH_SERVE_WAIT_MS / 1000;
    pthread_mutex_lock(&cache->lock);
    entry *e = find(cache, hash, key);
    for (int rc = 0; e && e->making && !is_usable(e, now_ms, stamp) && rc == 0; e = find(cache, hash, key)) {
        rc = pthread_cond_timedwait(&cache->made, &cache->lock, &until);
    }
    bool has = e && is_usable(e, now_ms, stamp);
    if (has) {
        *answer = e->answer;
        kh_blob_hold(answer->body);
        e->used = ++cache->clock;
    } else if (!e) {
        begin_making(cache, hash, key);
    } else if (!e->making) {
        e->making = true;
    }
    pthread_mutex_unlock(&cache->lock);
    return has;
}

/* Pushes out what was used longest ago until ROOM bytes more fit. */
static void make_room(kh_cache *c, size_t room)
{
    while (c->bytes + room > c->bytes_max) {
        entry *e = oldest(c, true);
        if (!e) {
            break;
        }
        empty(c, e);
    }
}

void kh_cache_put(kh_cache *cache, kh_str key, int64_t now_ms, const kh_answer *answer, bool lasts)
{
    uint64_t hash = kh_hash(key);
    size_t room = answer && answer->body ? answer->body->len : 0;
    pthread_mutex_lock(&cache->lock);
    entry *e = find(cache, hash, key);
    if (e && (!answer || room > cache->bytes_max / 4)) {
        empty(cache, e);
    } else if (e) {
        cache->bytes -= e->answer.body ? e->answer.body->len : 0;
        kh_blob_drop(e->answer.body);
        e->answer = (kh_answer){0};
        make_room(cache, room);
        e->answer = *answer;
        kh_blob_hold(answer->body);
        cache->bytes += room;
        e->made_ms = now_ms;
        e->lasts = lasts;
        e->making = false;
        e->used = ++cache->clock;
    }
    pthread_cond_broadcast(&cache->made);
    pthread_mutex_unlock(&cache->lock);
}

void kh_cache_clear(kh_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    for (size_t i = 0; i < ENTRIES; i++) {
        if (!cache->entries[i].making) {
            empty(cache, &cache->entries[i]);
        }
    }
    pthread_mutex_unlock(&cache->lock);
}

size_t kh_cache_bytes(kh_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    size_t bytes = cache->bytes;
    pthread_mutex_unlock(&cache->lock);
    return bytes;
}
