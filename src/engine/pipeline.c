/* pipeline.c - a ring of slots: the caller's thread fills them with pages and takes readings out in order, all threads read in between.
 *
 *     2 jobs     caller    fill fill fill  store 1  store 2  read 5  store 3 ...     one thread for each core: nobody is pushed off it
 *                reader    read 1  read 2  read 3  read 4  read 6 ...
 *
 * The caller's thread reads itself when what it should take out is not read yet. So there are as many threads as jobs, and none waits while there is
 * something to do; a thread more than there are cores took turns with the writer, which is the longer half of an `add` of texts.
 *
 * Each slot has an arena for its page and what is read from it, so a reading needs no lock but the one that hands slots on.
 * Temporaries lie in an arena of each thread, which stays in its core's cache from one page to the next. The caller's
 * thread alone touches the input and the callback (and so the store): output is independent of the number of threads.
 *
 * While a pipe gives nothing what was read is taken out, and then the callback's owner is told (kh_pipeline.idle), so that nobody holds a lock
 * while nothing happens.
 */
#include "engine/pipeline.h"

#include <pthread.h>
#include <stdlib.h>

/* Slots enough that readers go on while the callback commits; each has a gigabyte of addresses, and with fewer it works too. */
enum { SLOTS_PER_JOB = 4, SLOTS_MORE = 8, SLOTS_MIN = 2, IDLE_MS = 200, JOBS_MAX = (KH_PIPELINE_AHEAD_MAX - SLOTS_MORE) / SLOTS_PER_JOB };

typedef enum slot_state { SLOT_FREE, SLOT_FULL, SLOT_TAKEN, SLOT_READ } slot_state;

typedef struct slot {
    slot_state state;
    kh_worker worker;
    kh_page page;
    kh_article *article;
    kh_packed packed;
    bool known;
    kh_status status;
    kh_error error;
} slot;

typedef struct ring {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    slot *slots;
    size_t count;
    kh_arena scratch; /* of the caller's thread; a slot's worker has it, or that of its reader, while it is in use there */
    size_t filled;    /* slots so far */
    size_t next;      /* of them the first that may have to be read */
    bool closed;
    const kh_engine *engine;
    const kh_pipeline *how;
    kh_input *input;
    kh_reading_fn each;
    void *context;
    /* Of the caller's thread alone: */
    size_t drained;   /* slots given back */
    bool ended;       /* the wait for a page was, and what came of it is none */
    kh_status status; /* of the callbacks */
} ring;

/* One thread that reads. */
typedef struct reader {
    ring *ring;
    kh_arena scratch;
    pthread_t thread;
} reader;

static void lend(slot *s, kh_arena *scratch)
{
    kh_arena_clear(scratch);
    s->worker.scratch = *scratch;
}

static void read_slot(const ring *r, slot *s)
{
    s->article = NULL;
    s->status = kh_engine_read(r->engine, &s->worker, &s->page, r->how->now, &s->article, &s->error);
    if (!s->status) {
        s->packed = kh_store_pack(&s->worker.page, r->how->keep_raw ? s->page.raw : (kh_str){0}, s->article, r->how->plain_since);
    }
}

/* Reads the next slot that has to be, with SCRATCH; false where there is none. The lock is held, but not while it reads. */
static bool read_next(ring *r, kh_arena *scratch)
{
    while (r->next < r->filled && r->slots[r->next % r->count].state != SLOT_FULL) {
        r->next++; /* there was nothing to read */
    }
    if (r->next == r->filled) {
        return false;
    }
    slot *s = &r->slots[r->next++ % r->count];
    s->state = SLOT_TAKEN;
    pthread_mutex_unlock(&r->lock);
    lend(s, scratch);
    read_slot(r, s);
    pthread_mutex_lock(&r->lock);
    s->state = SLOT_READ;
    pthread_cond_broadcast(&r->changed);
    return true;
}

static void *work(void *context)
{
    reader *own = context;
    ring *r = own->ring;
    pthread_mutex_lock(&r->lock);
    while (!r->closed) {
        if (!read_next(r, &own->scratch)) {
            pthread_cond_wait(&r->changed, &r->lock);
        }
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* What the user says of the page goes before what the page says. */
static void set_given(const kh_pipeline *how, kh_page *page)
{
    if (how->url.len) {
        page->url = how->url;
    }
    if (how->outlet.len) {
        page->outlet = how->outlet;
    }
    if (kh_time_known(how->published)) {
        page->published = how->published;
    }
}

/* A page of this address is taken and not stored yet: what the store says of it may be of yesterday. */
static bool is_under_way(ring *r, kh_str url)
{
    bool found = false;
    pthread_mutex_lock(&r->lock);
    for (size_t i = 0; i < r->count && url.len && !found; i++) {
        found = r->slots[i].state != SLOT_FREE && !r->slots[i].known && kh_str_eq(r->slots[i].page.url, url);
    }
    pthread_mutex_unlock(&r->lock);
    return found;
}

static bool is_stopped(const ring *r)
{
    return r->how->stop && *r->how->stop;
}

/* Takes the next reading out. */
static void drain(ring *r)
{
    slot *s = &r->slots[r->drained++ % r->count];
    pthread_mutex_lock(&r->lock);
    while (s->state != SLOT_READ) {
        if (!read_next(r, &r->scratch)) {
            pthread_cond_wait(&r->changed, &r->lock);
        }
    }
    pthread_mutex_unlock(&r->lock);
    kh_reading reading = {.status = s->status,
                          .error = s->status ? &s->error : NULL,
                          .page = &s->page,
                          .known = s->known,
                          .article = s->article,
                          .packed = s->packed,
                          .worker = &s->worker};
    lend(s, &r->scratch);
    r->status = r->each(r->context, &reading);
    pthread_mutex_lock(&r->lock);
    s->state = SLOT_FREE;
    pthread_mutex_unlock(&r->lock);
}

/* While a pipe gives nothing what is read is taken out, one reading after the other, and then the callback's owner is told: kh_meanwhile.step. */
static int drain_meanwhile(void *context, int64_t ms)
{
    ring *r = context;
    bool rest = r->drained < r->filled;
    if (!is_stopped(r) && rest) {
        drain(r);
    } else if (!is_stopped(r) && ms && r->how->idle) {
        r->status = r->how->idle(r->context);
    }
    r->ended = r->status || is_stopped(r);
    return r->ended ? -1 : rest ? 0 : IDLE_MS;
}

static void wait_with(kh_input *input, int (*step)(void *context, int64_t ms), ring *r)
{
    if (input) {
        kh_input_meanwhile(input, (kh_meanwhile){step, r});
    }
}

/* Puts the next page, or the failure to get one, into a slot. False at the input's end, and where the wait for it was ended. */
static bool fill(ring *r)
{
    bool done = false;
    slot *s = &r->slots[r->filled % r->count];
    kh_arena_clear(&s->worker.page);
    s->page = (kh_page){0};
    s->article = NULL;
    s->packed = (kh_packed){0};
    s->error = (kh_error){0};
    s->status = r->how->next ? r->how->next(r->context, &s->worker.page, &s->page, &done, &s->error)
                             : kh_input_next(r->input, &s->worker.page, &s->page, &done, &s->error);
    set_given(r->how, &s->page);
    if (done || r->ended) {
        return false;
    }
    lend(s, &r->scratch); /* not before: what was drained meanwhile had it */
    s->known =
        s->status == KH_OK && r->how->known && r->how->known(r->context, s->worker.scratch, &s->page) && !is_under_way(r, s->page.url);
    pthread_mutex_lock(&r->lock);
    s->state = s->status != KH_OK || s->known ? SLOT_READ : SLOT_FULL;
    r->filled++;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
    return true;
}

static kh_status turn(ring *r)
{
    bool more = true;
    while (!r->status && (more || r->drained < r->filled)) {
        if (more && r->filled - r->drained < r->count && !is_stopped(r)) {
            more = fill(r);
        } else if (r->drained < r->filled) {
            drain(r);
        } else {
            break; /* stopped */
        }
    }
    return r->status;
}

static kh_status open_slots(ring *r, kh_error *err)
{
    kh_status status = kh_scratch_open(&r->scratch, err);
    for (size_t i = 0; !status && i < r->count; i++) {
        status = kh_page_room_open(&r->slots[i].worker.page, i < SLOTS_MIN ? err : NULL);
        if (status && i >= SLOTS_MIN) {
            r->count = i;
            return KH_OK;
        }
    }
    return status;
}

static void close_slots(ring *r)
{
    for (size_t i = 0; i < r->count; i++) {
        kh_arena_release(&r->slots[i].worker.page);
    }
    kh_arena_release(&r->scratch);
    free(r->slots);
}

/* Starts up to COUNT readers beside the caller; gives how many there are. Without one it is slower. */
static unsigned start(ring *r, reader *readers, unsigned count)
{
    unsigned started = 0;
    for (; started < count; started++) {
        reader *own = &readers[started];
        *own = (reader){.ring = r};
        if (kh_scratch_open(&own->scratch, NULL)) {
            break;
        }
        if (pthread_create(&own->thread, NULL, work, own)) {
            kh_arena_release(&own->scratch);
            break;
        }
    }
    return started;
}

static void finish(ring *r, reader *readers, unsigned started)
{
    pthread_mutex_lock(&r->lock);
    r->closed = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
    for (unsigned i = 0; i < started; i++) {
        pthread_join(readers[i].thread, NULL);
        kh_arena_release(&readers[i].scratch);
    }
}

kh_status kh_pipeline_run(const kh_engine *engine, kh_input *input, const kh_pipeline *how, kh_reading_fn each, void *context,
                          kh_error *err)
{
    unsigned jobs = how->jobs < 1 ? 1 : how->jobs > JOBS_MAX ? JOBS_MAX : how->jobs;
    ring r = {
        .count = (size_t)jobs * SLOTS_PER_JOB + SLOTS_MORE, .engine = engine, .how = how, .input = input, .each = each, .context = context};
    reader readers[JOBS_MAX];
    r.slots = calloc(r.count, sizeof *r.slots);
    if (!r.slots) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory for %u jobs; try --jobs 1", jobs);
    }
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.changed, NULL);
    kh_status status = open_slots(&r, err);
    unsigned started = status ? 0 : start(&r, readers, jobs - 1);
    wait_with(input, drain_meanwhile, &r);
    status = status ? status : turn(&r);
    wait_with(input, NULL, NULL);
    finish(&r, readers, started);
    close_slots(&r);
    pthread_cond_destroy(&r.changed);
    pthread_mutex_destroy(&r.lock);
    return status;
}
