/* test_streams.c - grouping whole streams: the order of arrival, and streams that mean no good. */
#include "../bench/grouped.h"
#include "test.h"

#include <time.h>

/* Of 300 stories the orders differ by more (.03): words are counted in too few articles at first. See docs/EVALUATION.md. */
enum { STORIES = 1500, MANY = 4000 };

static kh_engine *engine;
static kh_worker worker;
static kh_arena kept;

static int open_engine(void **state)
{
    (void)state;
    kh_error err;
    kept = kh_arena_reserve((size_t)2 << 30, NULL);
    engine = kh_engine_open(NULL, &err);
    return engine && kept.begin && kh_worker_open(&worker, &err) == KH_OK ? 0 : -1;
}

static int close_engine(void **state)
{
    (void)state;
    kh_worker_close(&worker);
    kh_engine_close(engine);
    kh_arena_release(&kept);
    return 0;
}

static void the_order_of_arrival_changes_little(void **state)
{
    (void)state;
    stream s;
    stream_open(&s, &kept, kh_lexicon_builtin(&kept), 1);
    stream_make(&s, STORIES);
    kh_digest *digests = read_stream(&kept, engine, &worker, &s);
    double most = 0, least = 1;
    for (arrival how = 0; how < ARRIVAL_count; how++) {
        double f1 = group_stream(kh_engine_story(engine), &s, digests, how).f1;
        most = f1 > most ? f1 : most;
        least = f1 < least ? f1 : least;
    }
    assert_true(least >= 0.95);
    assert_true(most - least <= 0.02);
}

/* An article as a digest that stays. */
static kh_digest digest_of(const char *lang, const char *title, const char *text, kh_time published)
{
    kh_page page = {.source = KH_STR("test"), .text = kh_str_z(text), .charset = KH_STR("utf-8"), .kind = KH_PAGE_TEXT,
                    .title = kh_str_z(title), .lang = kh_str_z(lang), .published = published};
    stream one = {.out = &kept};
    *KH_ADD(&kept, &one.articles) = (stream_article){.page = page};
    return *read_stream(&kept, engine, &worker, &one);
}

/* The stories of COUNT articles, number I of which is KINDS[I % kinds]. */
static size_t stories_of(const kh_digest *kinds, size_t kind_count, size_t count)
{
    placer p;
    kh_digest *all = KH_NEW_N(&kept, kh_digest, count);
    placer_open(&p, kh_engine_story(engine), count);
    for (size_t i = 0; i < count; i++) {
        all[i] = kinds[i % kind_count];
        all[i].id = (int64_t)i + 1;
        place_article(&p, &all[i]);
    }
    size_t stories = 0;
    for (size_t i = 1; i < p.stories.count; i++) {
        stories += p.stories.items[i].count > 0;
    }
    placer_close(&p);
    return stories;
}

static const char QUAKE[] = "A quake shook the town of Belgar on Monday and destroyed forty houses, governor Rustam Dehlavi said in Orvand.\n"
                            "Rescue workers searched the ruins of Belgar for survivors while the army brought tents and water.";

static double seconds_of(const kh_digest *d, size_t count)
{
    clock_t begun = clock();
    assert_int_equal(stories_of(d, 1, count), 1);
    return (double)(clock() - begun) / CLOCKS_PER_SEC;
}

static void one_article_many_times_is_one_story(void **state)
{
    (void)state;
    kh_digest d = digest_of("en", "Quake destroys houses in Belgar", QUAKE, kh_day(2024, 3, 4));
    double few = seconds_of(&d, MANY / 5);
    double many = seconds_of(&d, MANY);
    assert_true(many < 10 * few + 1); /* five times as many, and linear */
}

static void single_words_make_no_story(void **state)
{
    (void)state;
    static const char *const words[] = {"Harbour", "Violin", "Granite", "Thursday", "Lantern", "Orchard", "Bicycle", "Meadow"};
    kh_digest d[8];
    for (size_t i = 0; i < 8; i++) {
        d[i] = digest_of("en", "", words[i], (kh_time){0});
    }
    assert_int_equal(stories_of(d, 8, 8), 8);
    assert_true(stories_of(d, 8, MANY) >= 8);
}

static void dates_far_off_join_nothing(void **state)
{
    (void)state;
    static const char vote[] = "Lawmakers in Nesta chose Mira Kolb as speaker on Tuesday, ending a dispute of five weeks over the budget.";
    kh_time days[] = {kh_day(1970, 1, 1), kh_day(2099, 12, 31), {0}};
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < 3; k++) {
            kh_digest d[] = {digest_of("en", "Quake destroys houses in Belgar", QUAKE, days[i]), digest_of("en", "Parliament elects speaker", vote, days[k])};
            assert_int_equal(stories_of(d, 2, 2), 2);
        }
    }
    kh_digest far[] = {digest_of("en", "Quake destroys houses in Belgar", QUAKE, days[2]), digest_of("en", "Quake destroys houses in Belgar", QUAKE, days[2])};
    assert_int_equal(stories_of(far, 2, 2), 1); /* no dates, one event */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(the_order_of_arrival_changes_little), KH_TEST(one_article_many_times_is_one_story),
        KH_TEST(single_words_make_no_story), KH_TEST(dates_far_off_join_nothing),
    };
    return cmocka_run_group_tests_name("streams", tests, open_engine, close_engine);
}
