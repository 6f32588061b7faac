/* bench_streams.c [STORIES [SEED]] - does the order of arrival change the stories?
 *
 * A made-up stream (streams.h) of STORIES planted stories in five languages, with look-alikes, copies, updates and late arrivals, is
 * grouped as it arrives, from its end to its beginning, and shuffled. Printed is the B-cubed F1 of each; the promise is
 * that they lie within 0.02. test/test_streams.c keeps a small stream to it.
 */
#include "grouped.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    kh_error err;
    kh_worker worker;
    kh_arena out = kh_arena_reserve((size_t)16 << 30, NULL);
    uint32_t stories = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1500;
    kh_engine *engine = kh_engine_open(getenv("KHABAR_DATA"), &err);
    if (!engine || kh_worker_open(&worker, &err) || stories == 0) {
        fputs("usage: bench_streams [STORIES [SEED]]\n", stderr);
        return 64;
    }
    stream s;
    stream_open(&s, &out, kh_lexicon_builtin(&out), argc > 2 ? strtoull(argv[2], NULL, 10) : 1);
    stream_make(&s, stories);
    kh_digest *digests = read_stream(&out, engine, &worker, &s);
    printf("streams: %zu articles of %u stories in %d languages\n", s.articles.count, stories, STREAM_LANGUAGES);
    double most = 0, least = 1;
    for (arrival how = 0; how < ARRIVAL_count; how++) {
        grouped g = group_stream(kh_engine_story(engine), &s, digests, how);
        printf("  %-9s B3 P %.4f R %.4f F1 %.4f, %zu stories, %zu merges, %zu splits, %zu moves\n", arrival_names[how], g.precision,
               g.recall, g.f1, g.stories, g.merges, g.splits, g.moves);
        most = g.f1 > most ? g.f1 : most;
        least = g.f1 < least ? g.f1 : least;
    }
    printf("  between the orders %.4f\n", most - least);
    kh_worker_close(&worker);
    kh_engine_close(engine);
    kh_arena_release(&out);
    return 0;
}
