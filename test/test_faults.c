/* test_faults.c - nothing acknowledged is lost, nothing is there twice, whatever fails.
 *
 * The same small run again and again: a store is made, pages are added, each in a transaction of its own. Each time another
 * call to the disk (disk.c), or another reservation of memory, fails. Afterwards the store must open, be whole, hold every page
 * whose transaction was committed, and take all pages again without having one twice.
 *
 * Where there are more calls than a test has time for, some are drawn by chance: the seed is printed, KHABAR_SEED=N repeats a
 * run, KHABAR_TORTURE=1 tries every call.
 */
#include "disk.h"
#include "engine/ingest.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { PAGES = 3 };

/* Calls tried of each kind, drawn anew in every run. Fewer where a sanitizer makes each ten times as dear (`make torture` tries all). */
#ifdef __SANITIZE_ADDRESS__
enum { SAMPLES = 30 };
#else
enum { SAMPLES = 100 };
#endif

static kh_engine *engine;
static kh_worker worker;
static kh_article *articles[PAGES];
static char path[] = "/tmp/khabar-faults-XXXXXX";
static uint64_t seed;

/* ---- memory ---- */

static long maps_left = -1; /* how many more succeed; -1: all */

void *__real_mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset);
void *__wrap_mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset);

void *__wrap_mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
    if (maps_left == 0) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    maps_left -= maps_left > 0;
    return __real_mmap(at, size, protection, flags, fd, offset);
}

static void each_reservation_may_fail(void **state)
{
    (void)state;
    bool done = false;
    long k = 0;
    for (; !done; k++) {
        kh_error err = {0};
        kh_worker w = {0};
        maps_left = k;
        kh_engine *e = kh_engine_open(NULL, &err);
        bool opened = e && kh_worker_open(&w, &err) == KH_OK;
        maps_left = -1;
        done = opened;
        assert_true(opened || err.code == KH_ERR_MEMORY);
        assert_true(opened || strlen(err.msg) > 10);
        kh_worker_close(&w);
        kh_engine_close(e);
    }
    assert_in_range(k, 3, 50);
}

/* ---- the disk ---- */

typedef struct outcome {
    bool kept[PAGES]; /* commit said so */
    kh_error err;
} outcome;

static kh_status add(kh_store *store, size_t page, kh_error *err)
{
    kh_put_options options = {.raw = articles[page]->text, .now = kh_time_of_seconds(1722500000), .program = KH_STR("test")};
    kh_put_outcome put;
    kh_status status = kh_store_begin(store, err);
    status = status ? status : kh_ingest(engine, store, &worker, articles[page], &options, &put, err);
    if (status) {
        kh_store_rollback(store);
        return status;
    }
    return kh_store_commit(store, err);
}

/* What `khabar add` does: the first failure ends it. */
static outcome run(void)
{
    outcome o = {0};
    kh_store *store = kh_store_open(path, KH_STORE_WRITE, &o.err);
    for (size_t i = 0; store && i < PAGES; i++) {
        if (add(store, i, &o.err)) {
            break;
        }
        o.kept[i] = true;
    }
    kh_store_close(store);
    return o;
}

static void fail_with(const char *what, uint64_t call, kh_str why)
{
    fail_msg("%s at call %llu (seed %llu): %.*s", what, (unsigned long long)call, (unsigned long long)seed, KH_ARG(why));
}

/* The store that O left behind is whole, has what was acknowledged, and takes all pages once. */
static void look_after(kh_arena *a, const outcome *o, const char *what, uint64_t call)
{
    kh_error err = {0};
    kh_check check;
    kh_store *store = kh_store_open(path, KH_STORE_WRITE, &err);
    if (!store) {
        fail_with(what, call, kh_str_z(err.msg));
        return;
    }
    for (int again = 0; again < 2; again++) {
        if (kh_store_check(store, a, &check, &err)) {
            fail_with(what, call, kh_str_z(err.msg));
        }
        if (check.problems.count) {
            fail_with(what, call, check.problems.items[0]);
        }
        for (size_t i = 0; i < PAGES; i++) {
            if (o->kept[i] && !kh_store_find(store, articles[i]->key)) {
                fail_with(what, call, KH_STR("an acknowledged page is lost"));
            }
            if (!again && add(store, i, &err)) {
                fail_with(what, call, kh_str_z(err.msg));
            }
        }
    }
    assert_int_equal(check.articles, PAGES);
    kh_store_close(store);
}

static uint64_t draw(uint64_t *from, uint64_t limit)
{
    *from = *from * 6364136223846793005U + 1442695040888963407U;
    return (*from >> 33) % limit;
}

static void try_call(kh_arena *a, disk_fault fault, const char *what, uint64_t call)
{
    kh_arena_clear(a);
    disk_begin();
    disk_fail(fault, call);
    outcome o = run();
    if (!o.kept[PAGES - 1] && (!o.err.code || !o.err.msg[0])) {
        fail_with(what, call, KH_STR("the failure was not told"));
    }
    if (fault == DISK_CUT) {
        disk_restart(seed + call);
    } else {
        disk_fail(DISK_SOUND, 0);
    }
    look_after(a, &o, what, call);
}

static void try_calls(kh_arena *a, disk_fault fault, const char *what)
{
    disk_begin();
    outcome whole = run();
    uint64_t calls = disk_calls();
    assert_true(whole.kept[PAGES - 1]);
    bool every = getenv("KHABAR_TORTURE") != NULL;
    uint64_t state = seed;
    for (uint64_t i = 0; i < (every ? calls : SAMPLES); i++) {
        try_call(a, fault, what, every ? i + 1 : 1 + draw(&state, calls));
    }
    printf("# %s: %llu of %llu calls, seed %llu\n", what, (unsigned long long)(every ? calls : SAMPLES), (unsigned long long)calls,
           (unsigned long long)seed);
}

static void one_call_fails(void **state)
{
    try_calls(*state, DISK_ONCE, "a failing call");
}

static void the_disk_fills_up(void **state)
{
    try_calls(*state, DISK_FULL, "a full disk");
}

static void power_is_cut(void **state)
{
    try_calls(*state, DISK_CUT, "a power cut");
}

/* ---- pages ---- */

static int begin(void **state)
{
    static const char *const texts[PAGES] = {
        "The dam above the town gave way before dawn on Wednesday, the governor Marat Elvendi said. At least 24 people were killed.",
        "At least 24 people were killed when the dam above the town gave way, governor Marat Elvendi said on Wednesday.",
        "قال المحافظ مارات إلفندي إن 24 شخصا على الأقل قتلوا يوم الأربعاء."};
    const char *wanted = getenv("KHABAR_SEED");
    (void)state;
    seed = wanted ? strtoull(wanted, NULL, 10) : (uint64_t)time(NULL);
    int fd = mkstemp(path);
    close(fd);
    engine = kh_engine_open(NULL, NULL);
    if (fd < 0 || !engine || kh_worker_open(&worker, NULL)) {
        return -1;
    }
    for (size_t i = 0; i < PAGES; i++) {
        kh_error err;
        kh_str text = kh_str_z(texts[i]);
        kh_page page = {.source = KH_STR("test"), .label = KH_STR("test"), .raw = text, .text = text, .kind = KH_PAGE_TEXT};
        if (kh_engine_read(engine, &worker, &page, (kh_time){0}, &articles[i], &err)) {
            return -1;
        }
    }
    return 0;
}

static int end(void **state)
{
    (void)state;
    disk_begin();
    unlink(path);
    kh_worker_close(&worker);
    kh_engine_close(engine);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {KH_TEST(each_reservation_may_fail), KH_TEST(one_call_fails), KH_TEST(the_disk_fills_up),
                                       KH_TEST(power_is_cut)};
    return cmocka_run_group_tests_name("faults", tests, begin, end);
}
