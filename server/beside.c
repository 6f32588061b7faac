/* beside.c - comparing stories before somebody asks, so that lists know their origins and disagreements.
 *
 * One thread with a desk of its own goes through the stories that have no card (store/cards.c), the newest first: TOP of the newest after
 * every step, since those are what the front page shows and what new reports change, and in between WINDOW older ones further on, until all
 * are known. When nothing was written to the store since, it only looks whether something was. Cards are written some hundred at a time in
 * one transaction, after waiting for a gap that a writer leaves; what could not be written stays in memory and is shown from there.
 *
 * It runs at the lowest priority (nice, which Linux keeps for each thread) and rests as long as it worked, ten times as long while requests
 * arrive, at most REST_MS_MAX: what it takes is time that nobody wants.
 *
 * Gets wrong: a story that takes longer than KH_SERVE_COMPARE_MS or more memory than a desk has keeps no card and is tried again
 * on the next way through; and the end of the server waits for the story that is being compared.
 */
#include "server/room.h"

#include "engine/ingest.h"

#include <setjmp.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    TOP = 60,
    WINDOW = 200,
    WRITTEN_MAX = 256, /* cards of one transaction */
    WRITE_EVERY_MS = 1000,
    WRITE_WAIT_MS = 300, /* for a gap that a writer leaves */
    LOOK_MS = 50,
    PAUSE_MS = 1000,  /* between looks whether something was written */
    AGAIN_MS = 30000, /* between ways through all stories */
    BUSY_REST = 10,
    REST_MS_MAX = 1000,
    FAILED_MAX = 64,
    NICE = 19
};

typedef struct beside {
    kh_room *room;
    kh_desk *desk;
    kh_store *keeper; /* writes cards; NULL: the store cannot be written */
    pthread_t thread;
    atomic_bool stop;
    int64_t written_ms;
    unsigned long long requests; /* answered when last looked */
    kh_card failed[FAILED_MAX];  /* stories that could not be compared on this way through, the last ones */
    size_t failed_count;
} beside;

static beside the_one; /* one server a process */

static void nap(beside *b, int64_t ms)
{
    for (int64_t slept = 0; slept < ms && !atomic_load(&b->stop); slept += LOOK_MS) {
        usleep((useconds_t)(ms - slept < LOOK_MS ? ms - slept : LOOK_MS) * 1000);
    }
}

/* Were requests answered since the last look? */
static bool is_busy(beside *b)
{
    unsigned long long requests = 0;
    for (int i = 2; i < 6; i++) {
        requests += atomic_load(&b->room->counts.requests[i]);
    }
    bool busy = requests != b->requests;
    b->requests = requests;
    return busy;
}

static bool has_failed(const beside *b, const kh_card *wanted)
{
    for (size_t i = 0; i < b->failed_count && i < FAILED_MAX; i++) {
        if (b->failed[i].story == wanted->story && b->failed[i].revision == wanted->revision && b->failed[i].basis == wanted->basis) {
            return true;
        }
    }
    return false;
}

/* Compares the story of WANTED; gives the milliseconds it took. */
static int64_t compare(beside *b, const kh_card *wanted)
{
    kh_worker *worker = &b->desk->worker;
    kh_card known;
    volatile bool done = false;
    int64_t began = kh_room_now_ms();
    kh_store_deadline(b->desk->store, KH_SERVE_COMPARE_MS);
    kh_worker_guard(worker, true);
    if (setjmp(worker->full) == 0) {
        kh_story *story = KH_NEW(&worker->page, kh_story);
        kh_store_hold(b->desk->store);
        int64_t basis = kh_room_basis(b->room, b->desk);
        done = kh_card_get(b->room, b->desk, basis, wanted->story, &known);
        if (!done && kh_story_load(b->room->engine, b->desk->store, &worker->page, worker->scratch, wanted->story, story, NULL) == KH_OK) {
            kh_card_put(b->room, basis, wanted->story, wanted->revision, story);
            done = true;
        }
    }
    if (!done) {
        b->failed[b->failed_count++ % FAILED_MAX] = *wanted;
    }
    kh_desk_wipe(b->desk);
    return kh_room_now_ms() - began + 1;
}

/* As long as it worked, longer while requests arrive. */
static void rest(beside *b, int64_t took)
{
    int64_t wanted = is_busy(b) ? took * BUSY_REST : took;
    nap(b, wanted < REST_MS_MAX ? wanted : REST_MS_MAX);
}

/* What waits in memory into the store. */
static void write_cards(beside *b, bool now)
{
    static kh_card waiting[WRITTEN_MAX];
    if (!b->keeper || (!now && kh_room_now_ms() - b->written_ms < WRITE_EVERY_MS)) {
        return;
    }
    b->written_ms = kh_room_now_ms();
    kh_cards cards = {.items = waiting, .count = kh_cards_waiting(b->room, waiting, WRITTEN_MAX)};
    if (cards.count && kh_store_keep_cards(b->keeper, &cards, WRITE_WAIT_MS, NULL) == KH_OK) {
        kh_cards_kept(b->room, &cards);
    }
}

/* Those of the next COUNT stories on the walk that have no card, into FOUND, which has room for them. */
static size_t find(beside *b, kh_card_walk *walk, uint32_t count, kh_card *found)
{
    kh_worker *worker = &b->desk->worker;
    volatile size_t many = 0;
    volatile bool failed = true;
    kh_store_deadline(b->desk->store, KH_SERVE_COMPARE_MS);
    kh_worker_guard(worker, true);
    if (setjmp(worker->full) == 0) {
        kh_cards cards = {0};
        kh_card_walk next = *walk;
        if (kh_store_without_card(b->desk->store, &worker->page, kh_room_basis(b->room, b->desk), count, &next, &cards, NULL) == KH_OK) {
            *walk = next;
            failed = false;
            many = cards.count;
            memcpy(found, cards.items ? cards.items : found, cards.count * sizeof *found);
        }
    }
    walk->ended = walk->ended || failed;
    kh_desk_wipe(b->desk);
    return many;
}

/* Compares those of the next COUNT stories on the walk that have no card. */
static void step(beside *b, kh_card_walk *walk, uint32_t count)
{
    static kh_card found[WINDOW];
    size_t many = find(b, walk, count, found);
    for (size_t i = 0; i < many && !atomic_load(&b->stop); i++) {
        if (has_failed(b, &found[i])) {
            continue;
        }
        int64_t took = compare(b, &found[i]);
        write_cards(b, false);
        rest(b, took);
    }
}

/* All stories once, the newest again and again meanwhile. */
static void go_through(beside *b)
{
    size_t most = b->keeper ? SIZE_MAX : KH_SERVE_CARDS_MAX / 2; /* of what memory alone has to keep */
    kh_card_walk deep = {0};
    b->failed_count = 0;
    for (size_t seen = 0; !deep.ended && seen < most && !atomic_load(&b->stop); seen += WINDOW) {
        kh_card_walk top = {0};
        step(b, &top, TOP);
        step(b, &deep, WINDOW);
        write_cards(b, true);
    }
}

static void *run(void *context)
{
    beside *b = context;
    setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), NICE);
    b->keeper = kh_store_open(b->room->db, KH_STORE_WRITE, NULL);
    atomic_store(&b->room->keeps_cards, b->keeper != NULL);
    int64_t through_ms = -AGAIN_MS;
    for (int64_t seen = -1; !atomic_load(&b->stop); nap(b, PAUSE_MS)) {
        int64_t writes = kh_store_writes_seen(b->desk->store);
        if (writes == seen) {
            continue;
        }
        seen = writes;
        if (kh_room_now_ms() - through_ms >= AGAIN_MS) {
            through_ms = kh_room_now_ms();
            go_through(b);
        } else {
            kh_card_walk top = {0};
            step(b, &top, TOP);
            write_cards(b, true);
            seen = -1; /* the older ones are still to be looked at */
        }
    }
    kh_store_close(b->keeper);
    return NULL;
}

bool kh_beside_begin(kh_room *room)
{
    the_one = (beside){.room = room, .desk = &room->desks[KH_SERVE_DESKS_MAX]};
    return pthread_create(&the_one.thread, NULL, run, &the_one) == 0;
}

void kh_beside_end(void)
{
    atomic_store(&the_one.stop, true);
    pthread_join(the_one.thread, NULL);
}
