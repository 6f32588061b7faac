/* test_warm.c - what a writer remembers is what the file says: which keys a level has not, places of articles, newest articles of stories. */
#include "test.h"

#include "base/limits.h"
#include "store/pending.h"
#include "store/warm.h"

#include <stdio.h>
#include <string.h>

static uint64_t dice(uint64_t *state)
{
    *state = kh_hash_mix(*state, 23);
    return *state;
}

/* ---- sieves ---- */

enum { KEYS = 5000, SLICE = 77, STRANGERS = 20000 };

static uint64_t key_in_slice(uint64_t number)
{
    return (uint64_t)SLICE << KH_SLICE_BITS | (number & 0x1FFFFFF) << KH_KEY_ZEROS;
}

static void sieves_let_by_what_is_there(void **state)
{
    kh_arena *a = *state;
    kh_sieves *s = KH_NEW(a, kh_sieves);
    kh_u64s keys = {0};
    uint64_t seed = 5;
    size_t strangers = 0;
    for (size_t i = 0; i < KEYS; i++) {
        *KH_ADD(a, &keys) = key_in_slice(dice(&seed));
    }
    assert_true(kh_sieve_lets_by(s, 2, keys.items[0])); /* nothing is known yet */
    kh_sieve_make(s, 2, SLICE, &keys);
    KH_EACH(const uint64_t, key, keys) {
        assert_true(kh_sieve_lets_by(s, 2, *key));
        assert_true(kh_sieve_lets_by(s, 3, *key));
    }
    for (size_t i = 0; i < STRANGERS; i++) {
        strangers += kh_sieve_lets_by(s, 2, key_in_slice(dice(&seed)));
    }
    assert_in_range(strangers, STRANGERS / 20, STRANGERS / 9);
    kh_sieve_make(s, 2, SLICE, &(kh_u64s){0});
    assert_false(kh_sieve_lets_by(s, 2, keys.items[0]));
    assert_int_equal(s->bytes, 0);
    s->bytes = KH_SIEVE_BYTES; /* as if others had so much */
    kh_sieve_make(s, 2, SLICE, &keys);
    assert_true(kh_sieve_lets_by(s, 2, key_in_slice(dice(&seed))));
    s->bytes = 0;
    kh_sieve_make(s, 2, SLICE, &keys);
    kh_sieves_clear(s);
    assert_true(kh_sieve_lets_by(s, 2, key_in_slice(dice(&seed))));
}

/* Articles FROM to TO have COUNT keys each, of which one is common to all; they are written. */
static void pour(kh_store *store, int64_t from, int64_t to, uint64_t count)
{
    kh_error err = {0};
    for (int64_t id = from; id < to; id++) {
        kh_arena a = kh_test_scratch();
        kh_u64s keys = {0};
        for (uint64_t i = 0; i < count; i++) {
            *KH_ADD(&a, &keys) = kh_post_key(kh_feature_hash(kh_hash_mix(i ? (uint64_t)id : 0, i)));
        }
        assert_int_equal(kh_postings_add(store, a, id, &keys, &err), KH_OK);
    }
    assert_int_equal(kh_pending_write(store, &err), KH_OK);
}

static size_t articles_with(kh_store *store, uint64_t hash)
{
    kh_error err = {0};
    kh_ids found = {0};
    kh_arena out = kh_test_scratch();
    kh_arena scratch = kh_arena_split(&out);
    assert_int_equal(kh_postings_newest(store, &out, scratch, kh_feature_hash(hash), KH_HEAD_MAX, &found, &err), KH_OK);
    return found.count;
}

/* A key that the sieve of level 1 holds back. */
static uint64_t key_not_there(kh_store *store)
{
    uint64_t seed = 3, key = 0;
    do {
        key = kh_post_key(kh_feature_hash(dice(&seed)));
    } while (kh_sieve_lets_by(&store->warm->sieves, 1, key));
    return key;
}

/* What a transaction wrote that was given up is in no level; what stood there before it is, wherever it had been moved. */
static void sieves_forget_what_was_given_up(void **state)
{
    enum { FIRST = 120, SECOND = 240, OF_EACH = 200 };
    (void)state;
    kh_error err = {0};
    uint64_t stranger = 0;
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    for (int round = 0; round < 3; round++) {
        assert_int_equal(kh_store_begin(store, &err), KH_OK);
        assert_int_equal(kh_store_mark(store, KH_STR("one"), true, &err), KH_OK);
        assert_int_equal(kh_store_keep(store, &err), KH_OK);
        assert_non_null(store->warm);
        if (round < 2) {
            pour(store, round ? FIRST : 1, round ? SECOND : FIRST, OF_EACH);
            stranger = key_not_there(store);
        }
        if (round == 1) {
            assert_int_equal(articles_with(store, kh_hash_mix(FIRST, 7)), 1);
            kh_store_rollback(store);
            assert_true(kh_sieve_lets_by(&store->warm->sieves, 1, stranger)); /* nothing is known any more */
        } else {
            assert_int_equal(articles_with(store, kh_hash_mix(1, 7)), 1);
            assert_int_equal(articles_with(store, kh_hash_mix(FIRST, 7)), 0);
            assert_int_equal(articles_with(store, kh_hash_mix(0, 0)), FIRST - 1);
            assert_int_equal(kh_store_commit(store, &err), KH_OK);
        }
    }
    kh_store_close(store);
}

/* ---- stories ---- */

enum { ARTICLES = 120, STORIES = 5, MOVES = 1500 };

static void put_row(kh_store *store, int64_t id)
{
    kh_error err = {0};
    char key[20];
    snprintf(key, sizeof key, "k%d", (int)id);
    assert_int_equal(kh_sql_run(store, &err,
                                "INSERT INTO article(id,key,label,kind,language,published,text,sha256,added,program,knowledge) "
                                "VALUES(?1,?2,?2,'text','en',date('2024-01-01', '+' || (?1 % 300) || ' days'),'','','2024','','')",
                                "it", id, kh_str_z(key)),
                     KH_OK);
}

static kh_ids newest(kh_store *store, kh_arena *out, int64_t story, uint32_t limit, bool in_file)
{
    kh_error err = {0};
    kh_ids ids = {0};
    struct kh_warm *warm = store->warm;
    store->warm = in_file ? NULL : warm;
    assert_int_equal(kh_store_newest(store, out, story, limit, &ids, &err), KH_OK);
    store->warm = warm;
    return ids;
}

static void same_newest(kh_store *store, kh_arena a, int64_t story, uint32_t limit)
{
    kh_ids remembered = newest(store, &a, story, limit, false), said = newest(store, &a, story, limit, true);
    assert_int_equal(remembered.count, said.count);
    assert_true(!said.count || memcmp(remembered.items, said.items, said.count * sizeof *said.items) == 0);
}

/* One step: an article comes to a story or opens one, goes to another, or two stories become one. */
static void step(kh_store *store, uint64_t *seed, int64_t stories[STORIES])
{
    kh_error err = {0};
    int64_t id = 1 + (int64_t)(dice(seed) % ARTICLES), to = stories[dice(seed) % STORIES], kept = 0;
    int64_t other = stories[dice(seed) % STORIES], from = kh_store_story_of(store, id);
    kh_str key = KH_STR("k1");
    if (from == 0) {
        assert_int_equal(kh_store_place(store, kh_test_scratch(), id, key, dice(seed) % 8 ? to : 0, 1, KH_STR("placed"), kh_day(2024, 1, 1), &err), KH_OK);
    } else if (dice(seed) % 40) {
        assert_int_equal(kh_store_place_again(store, kh_test_scratch(), id, dice(seed) % 8 ? to : 0, 1, KH_STR("moved"), kh_day(2024, 1, 1), &err), KH_OK);
    } else if (to && other && to != other) {
        assert_int_equal(kh_store_merge(store, kh_test_scratch(), to, other, key, 1, kh_day(2024, 1, 1), &kept, &err), KH_OK);
    }
    stories[dice(seed) % STORIES] = kh_store_story_of(store, id);
}

static void newest_articles_follow_every_move(void **state)
{
    kh_error err = {0};
    uint64_t seed = 11;
    int64_t stories[STORIES] = {0};
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    assert_int_equal(kh_store_mark(store, KH_STR("one"), true, &err), KH_OK);
    for (int64_t id = 1; id <= ARTICLES; id++) {
        put_row(store, id);
    }
    for (int i = 0; i < MOVES; i++) {
        step(store, &seed, stories);
        int64_t story = stories[dice(&seed) % STORIES];
        if (story) {
            same_newest(store, *(kh_arena *)*state, story, 1 + (uint32_t)(dice(&seed) % KH_NEWEST_MAX));
        }
    }
    kh_store_close(store);
}

/* The place of an article with a number beyond what is kept is read each time, and is right. */
static void places_of_high_numbers_are_read(void **state)
{
    (void)state;
    kh_error err = {0};
    const int64_t high = (int64_t)KH_PLACES_MAX + 5;
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    assert_int_equal(kh_store_mark(store, KH_STR("one"), true, &err), KH_OK);
    put_row(store, 1);
    put_row(store, high);
    assert_int_equal(kh_store_place(store, kh_test_scratch(), high, KH_STR("k"), 0, 1, KH_STR("placed"), kh_day(2024, 1, 1), &err), KH_OK);
    int64_t story = kh_store_story_of(store, high);
    assert_true(story > 0);
    assert_null(kh_warm_place(store->warm, high));
    assert_non_null(kh_warm_place(store->warm, 1));
    assert_true(store->warm->place_room < KH_PLACES_MAX);
    assert_int_equal(kh_store_place_again(store, kh_test_scratch(), high, 0, 1, KH_STR("moved"), kh_day(2024, 1, 1), &err), KH_OK);
    assert_true(kh_store_story_of(store, high) != story);
    kh_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(sieves_let_by_what_is_there),
        KH_TEST(sieves_forget_what_was_given_up),
        KH_TEST(newest_articles_follow_every_move),
        KH_TEST(places_of_high_numbers_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
