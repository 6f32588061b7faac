/* room.c - what all requests share: a few desks, each with a connection to the store and one request's memory.
 *
 * Decides how much is done at a time. A machine with two cores gains nothing from fifty questions at once, but loses memory for
 * each; so there are KH_SERVE_DESKS_MAX desks, and who finds none free waits. Comparing a story takes the most memory, so only
 * COMPARING_MAX desks do it at a time, and what it took is given back. Connections read a snapshot (WAL) and never wait for a
 * writer. The one connection that writes is opened when something is first posted.
 */
#include "server/room.h"

#include "engine/ingest.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COMPARING_MAX = 2, TOTALS_MS = 3000, KEPT_BYTES = 1 << 20, WORDS_BYTES = 4 << 20 };

int64_t kh_room_now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct timespec wait_until(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += KH_SERVE_WAIT_MS / 1000;
    return t;
}

static kh_status open_desk(kh_room *room, kh_desk *desk, kh_error *err)
{
    desk->store = desk->live = kh_store_open(room->db, KH_STORE_READ, err);
    if (!desk->store) {
        return err->code;
    }
    kh_status status = kh_store_harden(desk->store, err);
    status = status ? status : kh_worker_open(&desk->worker, err);
    desk->open = !status;
    return status;
}

kh_status kh_room_open(kh_room *room, const kh_engine *engine, const char *db, kh_error *err)
{
    pthread_condattr_t monotonic;
    *room = (kh_room){.engine = engine, .db = db, .began_ms = kh_room_now_ms()};
    pthread_mutex_init(&room->lock, NULL);
    pthread_mutex_init(&room->writing, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&room->left, &monotonic);
    pthread_condattr_destroy(&monotonic);
    room->fresh = kh_cache_open(KH_SERVE_FRESH_BYTES_MAX);
    room->cache = kh_cache_open(KH_SERVE_CACHE_BYTES_MAX);
    room->cards = calloc(2 * (size_t)KH_SERVE_CARDS_MAX, sizeof *room->cards);
    room->words = kh_arena_reserve(WORDS_BYTES, NULL);
    if (!room->fresh || !room->cache || !room->cards || !room->words.begin) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory for the server");
    }
    room->texts = kh_texts_of(&room->words);
    room->basis = kh_hash_mix(kh_hash(KH_STR(KH_VERSION)), kh_hash(kh_engine_knowledge(engine)));
    kh_status status = KH_OK;
    for (size_t i = 0; i <= KH_SERVE_DESKS_MAX && !status; i++) {
        status = open_desk(room, &room->desks[i], err);
    }
    return status;
}

void kh_room_close(kh_room *room)
{
    for (size_t i = 0; i <= KH_SERVE_DESKS_MAX; i++) {
        if (room->desks[i].open) {
            kh_worker_close(&room->desks[i].worker);
        }
        kh_store_close(room->desks[i].live);
    }
    kh_store_close(room->writer);
    kh_cache_close(room->fresh);
    kh_cache_close(room->cache);
    free(room->cards);
    kh_arena_release(&room->words);
    pthread_cond_destroy(&room->left);
    pthread_mutex_destroy(&room->writing);
    pthread_mutex_destroy(&room->lock);
}

/* ---- desks ---- */

static kh_desk *free_desk(kh_room *room)
{
    for (size_t i = 0; i < KH_SERVE_DESKS_MAX; i++) {
        if (!room->desks[i].taken) {
            return &room->desks[i];
        }
    }
    return NULL;
}

/* One request without a desk. Who comes later goes behind it: else the unlucky ones wait several times as long as the others. */
typedef struct kh_waiter {
    pthread_cond_t called;
    kh_desk *desk;
    struct kh_waiter *next;
} kh_waiter;

static void step_out(kh_room *room, const kh_waiter *w)
{
    kh_waiter **at = &room->line;
    while (*at && *at != w) {
        at = &(*at)->next;
    }
    *at = *at ? w->next : NULL;
}

/* The desk that somebody leaves to us; NULL after KH_SERVE_WAIT_MS. The room is locked. */
static kh_desk *wait_in_line(kh_room *room)
{
    struct timespec until = wait_until();
    pthread_condattr_t monotonic;
    kh_waiter w = {.desk = NULL};
    kh_waiter **end = &room->line;
    while (*end) {
        end = &(*end)->next;
    }
    *end = &w;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&w.called, &monotonic);
    pthread_condattr_destroy(&monotonic);
    for (int rc = 0; !w.desk && rc == 0;) {
        rc = pthread_cond_timedwait(&w.called, &room->lock, &until);
    }
    if (!w.desk) {
        step_out(room, &w);
    }
    pthread_cond_destroy(&w.called);
    return w.desk;
}

kh_desk *kh_desk_take(kh_room *room)
{
    pthread_mutex_lock(&room->lock);
    kh_desk *desk = room->line ? NULL : free_desk(room);
    desk = desk ? desk : wait_in_line(room);
    if (desk) {
        desk->taken = true;
        kh_store_deadline(desk->store, KH_SERVE_QUERY_MS);
    }
    pthread_mutex_unlock(&room->lock);
    return desk;
}

void kh_desk_wipe(kh_desk *desk)
{
    kh_worker_guard(&desk->worker, false);
    kh_desk_put_back(desk);
    kh_store_let_go(desk->store); /* a request that ran out of memory left its question open */
    kh_worker_clear(&desk->worker);
    kh_arena_give_back(&desk->worker.page, KEPT_BYTES);
    kh_arena_give_back(&desk->worker.scratch, KEPT_BYTES);
}

void kh_desk_leave(kh_room *room, kh_desk *desk)
{
    kh_desk_wipe(desk);
    if (desk->comparing) {
        kh_desk_compared(room, desk);
    }
    pthread_mutex_lock(&room->lock);
    kh_waiter *first = room->line;
    desk->taken = first != NULL;
    if (first) {
        room->line = first->next;
        first->desk = desk;
        pthread_cond_signal(&first->called);
    }
    pthread_mutex_unlock(&room->lock);
}

bool kh_desk_compare(kh_room *room, kh_desk *desk, kh_error *err)
{
    struct timespec until = wait_until();
    pthread_mutex_lock(&room->lock);
    for (int rc = 0; room->comparing == COMPARING_MAX && rc == 0;) {
        rc = pthread_cond_timedwait(&room->left, &room->lock, &until);
    }
    desk->comparing = room->comparing < COMPARING_MAX;
    room->comparing += desk->comparing;
    pthread_mutex_unlock(&room->lock);
    kh_store_deadline(desk->store, KH_SERVE_COMPARE_MS);
    if (!desk->comparing) {
        kh_fail(err, KH_ERR_LIMIT, "busy", "too many stories are being compared; ask again in a few seconds");
    }
    return desk->comparing;
}

void kh_desk_compared(kh_room *room, kh_desk *desk)
{
    kh_arena_give_back(&desk->worker.scratch, 0);
    kh_store_deadline(desk->store, KH_SERVE_QUERY_MS);
    pthread_mutex_lock(&room->lock);
    room->comparing -= desk->comparing;
    desk->comparing = false;
    pthread_cond_broadcast(&room->left);
    pthread_mutex_unlock(&room->lock);
}

kh_status kh_desk_story(kh_room *room, kh_desk *desk, int64_t id, kh_story *story, kh_error *err)
{
    if (!kh_desk_compare(room, desk, err)) {
        return KH_ERR_LIMIT;
    }
    kh_status status = kh_story_load(room->engine, desk->store, &desk->worker.page, desk->worker.scratch, id, story, err);
    kh_desk_compared(room, desk);
    return status;
}

/* ---- writing ---- */

kh_store *kh_room_write(kh_room *room, kh_error *err)
{
    pthread_mutex_lock(&room->writing);
    if (!room->writer) {
        room->writer = kh_store_open(room->db, KH_STORE_WRITE, err);
    }
    if (!room->writer) {
        pthread_mutex_unlock(&room->writing);
    }
    return room->writer;
}

void kh_room_written(kh_room *room)
{
    pthread_mutex_unlock(&room->writing);
    kh_cache_clear(room->fresh);
    pthread_mutex_lock(&room->lock);
    room->totals_ms = 0;
    room->related_ms = kh_room_now_ms() - KH_SERVE_RELATED_MS - 1;
    pthread_mutex_unlock(&room->lock);
}

kh_store_totals kh_room_totals(kh_room *room, kh_desk *desk)
{
    int64_t now = kh_room_now_ms();
    pthread_mutex_lock(&room->lock);
    kh_store_totals totals = room->totals;
    int64_t counted_ms = room->totals_ms;
    bool old = counted_ms == 0 || now - counted_ms > TOTALS_MS;
    pthread_mutex_unlock(&room->lock);
    if (old) {
        totals = kh_store_count(desk->store);
        pthread_mutex_lock(&room->lock);
        if (room->totals_ms == counted_ms) { /* else the store was written meanwhile, or somebody counted later */
            room->totals = totals;
            room->totals_ms = now ? now : 1;
        }
        pthread_mutex_unlock(&room->lock);
    }
    return totals;
}

static bool is_same(const kh_store_totals *a, const kh_store_totals *b)
{
    return a->articles == b->articles && a->stories == b->stories && a->corrections == b->corrections &&
           kh_time_seconds(a->changed) == kh_time_seconds(b->changed);
}

uint64_t kh_room_related(kh_room *room, kh_desk *desk)
{
    kh_store_totals totals = kh_room_totals(room, desk);
    int64_t now = kh_room_now_ms();
    pthread_mutex_lock(&room->lock);
    if (!is_same(&totals, &room->related_of) && (room->related == 0 || now - room->related_ms > KH_SERVE_RELATED_MS)) {
        room->related_of = totals;
        room->related_ms = now;
        room->related++;
    }
    uint64_t related = room->related;
    pthread_mutex_unlock(&room->lock);
    return related;
}
