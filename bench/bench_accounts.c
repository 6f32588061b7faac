/* bench_accounts.c - how long a reader waits until a story of 40 reports is compared.
 *
 * Input: the pages named on the command line, else examples/pages, taken as one story of 10, 20 and 40 reports; where
 * there are fewer they come again under other names, as an outlet that prints the wire once more. The pages are read
 * beforehand, as a store keeps them. CPU time of one thread, the median of ROUNDS rounds.
 */
#include "engine/engine.h"
#include "input/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 9, REPORTS = 40 };

typedef KH_LIST(kh_page) pages;

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void load(kh_arena *a, const char *path, pages *found)
{
    const char *const paths[] = {path};
    kh_input *in = kh_input_open(paths, 1, NULL);
    for (bool done = false; !done;) {
        kh_page page = {0};
        kh_error err;
        if (kh_input_next(in, a, &page, &done, &err) == KH_OK && !done) {
            *KH_ADD(a, found) = page;
        }
    }
    kh_input_close(in);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const kh_engine *engine, const kh_article *const *articles, size_t count)
{
    double rounds[ROUNDS];
    size_t verdicts = 0;
    kh_arena out = kh_arena_reserve((size_t)1 << 30, NULL);
    kh_arena scratch = kh_arena_reserve((size_t)1 << 30, NULL);
    for (int i = 0; i < ROUNDS; i++) {
        kh_arena room = out;
        kh_story story = {0};
        double before = seconds();
        kh_accounts_compare(&room, scratch, kh_engine_accounts(engine), articles, count, &story);
        rounds[i] = seconds() - before;
        verdicts = story.verdicts.count;
    }
    qsort(rounds, ROUNDS, sizeof *rounds, by_size);
    printf("a story of %2zu reports: %6.1f ms, %zu verdicts\n", count, rounds[ROUNDS / 2] * 1e3, verdicts);
    kh_arena_release(&out);
    kh_arena_release(&scratch);
}

int main(int argc, char **argv)
{
    kh_error err;
    kh_engine *engine = kh_engine_open(NULL, &err);
    kh_arena a = kh_arena_reserve((size_t)1 << 30, NULL);
    pages found = {0};
    for (int i = 1; i < argc || (argc == 1 && i == 1); i++) {
        load(&a, argc == 1 ? "examples/pages" : argv[i], &found);
    }
    kh_worker workers[REPORTS];
    const kh_article *articles[REPORTS];
    size_t count = 0;
    for (size_t i = 0; i < REPORTS && found.count; i++) {
        kh_page page = found.items[i % found.count];
        page.label = kh_arena_printf(&a, "%zu", i);
        page.url = i < found.count ? page.url : (kh_str){0};
        page.given_id = i < found.count ? page.given_id : page.label;
        kh_article *art = NULL;
        bool read = !kh_worker_open(&workers[i], &err) && !kh_engine_read(engine, &workers[i], &page, (kh_time){0}, &art, &err);
        if (read) {
            articles[count++] = art;
        }
    }
    if (!engine || count < REPORTS) {
        fprintf(stderr, "bench_accounts: no pages; run it in the root of the sources, or name files\n");
        return 66;
    }
    for (size_t n = 10; n <= REPORTS; n *= 2) {
        measure(engine, articles, n);
    }
    return 0;
}
