/* test_desks.c - the limits of the server: how long a question may take, who waits for a desk, how many answers and cards are kept. */
#include "test.h"

#include "server/cache.h"
#include "server/room.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

static const char endless[] = "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 4000000000) SELECT count(*) FROM n";

static void a_question_has_an_end(void **state)
{
    kh_error err = {0};
    kh_store *store = kh_store_open(NULL, KH_STORE_MEMORY, &err);
    (void)state;
    assert_non_null(store);
    assert_int_equal(kh_store_harden(store, &err), KH_OK);
    kh_store_deadline(store, 30);
    int64_t began = kh_room_now_ms();
    assert_int_equal(kh_sql_run(store, &err, endless, ""), KH_ERR_LIMIT);
    assert_string_equal(err.reason, "too_slow");
    assert_true(kh_room_now_ms() - began < KH_SERVE_QUERY_MS);
    kh_store_deadline(store, 0);
    assert_int_equal(kh_sql_run(store, &err, "SELECT count(*) FROM article", ""), KH_OK);
    kh_store_close(store);
}

static void what_takes_too_long_is_503(void **state)
{
    static const struct {
        kh_error err;
        unsigned status;
    } cases[] = {{{.code = KH_ERR_LIMIT, .reason = "too_slow"}, 503}, {{.code = KH_ERR_LIMIT, .reason = "busy"}, 503},
                 {{.code = KH_ERR_LIMIT, .reason = "too_large"}, 413}, {{.code = KH_ERR_USAGE, .reason = "bad_cursor"}, 400},
                 {{.code = KH_ERR_STORE, .reason = "damaged"}, 500}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_answer answer = {0};
        kh_call call = {.form = KH_FORM_JSON, .out = *state, .answer = &answer};
        kh_answer_failed(&call, &cases[i].err);
        assert_int_equal(answer.status, cases[i].status);
        assert_string_equal(answer.reason, cases[i].err.reason);
        kh_blob_drop(answer.body);
    }
}

/* A room without engine and pages: its first desk has an empty store. */
static kh_room *bare_room(void)
{
    kh_error err = {0};
    kh_room *room = calloc(1, sizeof *room);
    pthread_condattr_t monotonic;
    assert_non_null(room);
    pthread_mutex_init(&room->lock, NULL);
    pthread_mutex_init(&room->writing, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&room->left, &monotonic);
    pthread_condattr_destroy(&monotonic);
    room->cards = calloc(2 * (size_t)KH_SERVE_CARDS_MAX, sizeof *room->cards);
    room->desks[0].store = room->desks[0].live = kh_store_open(NULL, KH_STORE_MEMORY, &err);
    assert_true(room->cards && room->desks[0].store && kh_worker_open(&room->desks[0].worker, &err) == KH_OK);
    room->desks[0].open = true;
    return room;
}

static void drop_room(kh_room *room)
{
    kh_room_close(room);
    free(room);
}

/* Milliseconds that are left to a question at DESK. */
static int64_t time_left(const kh_desk *desk)
{
    return desk->store->deadline_ms - kh_room_now_ms();
}

static void what_lasts_is_given_while_it_is_made_anew(void **state)
{
    kh_cache *cache = kh_cache_open(1000);
    kh_answer old = {.status = 200, .body = kh_blob_of(KH_STR("old")), .stamp = 1};
    kh_answer anew = {.status = 200, .body = kh_blob_of(KH_STR("new")), .stamp = 2};
    kh_answer got = {.stamp = 1};
    (void)state;
    assert_false(kh_cache_get(cache, KH_STR("k"), 0, &got));
    kh_cache_put(cache, KH_STR("k"), 0, &old, true);
    assert_true(kh_cache_get(cache, KH_STR("k"), 1000000, &got));
    kh_blob_drop(got.body);
    got = (kh_answer){.stamp = 2};
    assert_false(kh_cache_get(cache, KH_STR("k"), 1000000, &got)); /* this one makes it anew */
    assert_true(kh_cache_get(cache, KH_STR("k"), 1000000, &got));  /* another gets the old one, whatever its age */
    assert_kh_str(KH_STR("old"), ((kh_str){got.body->bytes, got.body->len}));
    kh_blob_drop(got.body);
    kh_cache_put(cache, KH_STR("k"), 1000000, &anew, true);
    got = (kh_answer){.stamp = 2};
    assert_true(kh_cache_get(cache, KH_STR("k"), 2000000, &got));
    assert_kh_str(KH_STR("new"), ((kh_str){got.body->bytes, got.body->len}));
    kh_blob_drop(got.body);
    kh_blob_drop(old.body);
    kh_blob_drop(anew.body);
    kh_cache_close(cache);
}

static void each_desk_has_its_time(void **state)
{
    kh_error err = {0};
    kh_room *room = bare_room();
    kh_desk *desk = kh_desk_take(room);
    (void)state;
    assert_ptr_equal(desk, &room->desks[0]);
    assert_true(time_left(desk) <= KH_SERVE_QUERY_MS && time_left(desk) > KH_SERVE_QUERY_MS / 2);
    assert_true(kh_desk_compare(room, desk, &err));
    assert_true(time_left(desk) <= KH_SERVE_COMPARE_MS && time_left(desk) > KH_SERVE_COMPARE_MS / 2);
    kh_desk_compared(room, desk);
    assert_true(time_left(desk) <= KH_SERVE_QUERY_MS);
    kh_desk_leave(room, desk);
    drop_room(room);
}

static void nobody_waits_for_a_desk_for_ever(void **state)
{
    kh_room *room = bare_room();
    (void)state;
    for (size_t i = 0; i < KH_SERVE_DESKS_MAX; i++) {
        room->desks[i].taken = true;
    }
    int64_t began = kh_room_now_ms();
    assert_null(kh_desk_take(room));
    int64_t waited = kh_room_now_ms() - began;
    assert_true(waited > KH_SERVE_WAIT_MS - 100 && waited < 2 * KH_SERVE_WAIT_MS);
    room->desks[0].taken = false;
    assert_non_null(kh_desk_take(room));
    drop_room(room);
}

typedef struct customer {
    kh_room *room;
    kh_desk *desk;
    pthread_t thread;
} customer;

static void *take_a_desk(void *arg)
{
    customer *c = arg;
    c->desk = kh_desk_take(c->room);
    return NULL;
}

static void whoever_came_first_gets_the_first_desk(void **state)
{
    kh_room *room = bare_room();
    customer line[3] = {{.room = room}, {.room = room}, {.room = room}};
    (void)state;
    for (size_t i = 0; i < KH_SERVE_DESKS_MAX; i++) {
        room->desks[i].taken = true;
    }
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(pthread_create(&line[i].thread, NULL, take_a_desk, &line[i]), 0);
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL); /* until it stands in line */
    }
    for (size_t i = 0; i < 3; i++) {
        kh_desk_leave(room, i ? line[i - 1].desk : &room->desks[0]);
        pthread_join(line[i].thread, NULL);
        assert_ptr_equal(line[i].desk, &room->desks[0]);
    }
    assert_null(room->line);
    drop_room(room);
}

static void cards_have_a_number(void **state)
{
    kh_room *room = bare_room();
    kh_desk *desk = &room->desks[0];
    kh_card card;
    kh_error err = {0};
    kh_story story = {0};
    *KH_ADD((kh_arena *)*state, &story.articles) = KH_NEW((kh_arena *)*state, kh_article);
    assert_int_equal(kh_sql_run(desk->store, &err, "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i <= ?1) "
                                                   "INSERT INTO story(id,name,founder,opened,revision) SELECT i,'s'||i,'k','2024-09-01',8 FROM n",
                                "i", (int64_t)KH_SERVE_CARDS_MAX), KH_OK);
    for (int64_t id = 1; id <= KH_SERVE_CARDS_MAX; id++) {
        kh_card_put(room, 5, id, 7, &story);
        kh_card_put(room, 5, id, 8, &story); /* a newer one takes its place */
    }
    assert_int_equal(room->card_count, KH_SERVE_CARDS_MAX);
    assert_true(kh_card_get(room, desk, 5, 1, &card));
    kh_card_put(room, 5, 1, 7, &story);
    assert_false(kh_card_get(room, desk, 5, 1, &card)); /* the story has changed since */
    kh_card_put(room, 5, KH_SERVE_CARDS_MAX + 1, 8, &story);
    assert_int_equal(room->card_count, 1);
    assert_true(kh_card_get(room, desk, 5, KH_SERVE_CARDS_MAX + 1, &card));
    assert_false(kh_card_get(room, desk, 5, 2, &card));
    assert_false(kh_card_get(room, desk, 6, KH_SERVE_CARDS_MAX + 1, &card)); /* other knowledge */
    drop_room(room);
}

/* Cards that went into the store leave; those that came or changed meanwhile stay and are found, whatever slots they stand in. */
static void kept_cards_leave_alone(void **state)
{
    static kh_card waiting[KH_SERVE_CARDS_MAX];
    kh_room *room = bare_room();
    kh_story story = {0};
    (void)state;
    for (int64_t id = 1; id < KH_SERVE_CARDS_MAX; id++) {
        kh_card_put(room, 5, id, 7, &story);
    }
    kh_cards cards = {.items = waiting, .count = kh_cards_waiting(room, waiting, KH_SERVE_CARDS_MAX / 2)};
    assert_int_equal(cards.count, KH_SERVE_CARDS_MAX / 2);
    kh_card_put(room, 5, waiting[0].story, 8, &story);
    kh_card_put(room, 5, KH_SERVE_CARDS_MAX, 7, &story);
    kh_cards_kept(room, &cards);
    assert_int_equal(room->card_count, KH_SERVE_CARDS_MAX / 2 + 1);
    for (int64_t id = 1; id <= KH_SERVE_CARDS_MAX; id++) {
        kh_card_put(room, 5, id, 9, &story); /* takes the slot of the one there is, or a free one */
    }
    assert_int_equal(room->card_count, KH_SERVE_CARDS_MAX);
    drop_room(room);
}

/* What is compared before a correction does not stand for what comes after it, whatever totals the server still remembers. */
static void a_correction_changes_the_basis_at_once(void **state)
{
    kh_room *room = bare_room();
    kh_desk *desk = &room->desks[0];
    kh_error err = {0};
    (void)state;
    int64_t before = kh_room_basis(room, desk);
    kh_room_totals(room, desk);
    assert_int_equal(kh_room_basis(room, desk), before);
    assert_int_equal(kh_sql_run(desk->store, &err, "INSERT INTO correction(kind,by,at) VALUES('same_name','x','2024-09-01')", ""), KH_OK);
    assert_int_not_equal(kh_room_basis(room, desk), before);
    drop_room(room);
}

static void put_story(kh_store *store, int64_t id, const char *last)
{
    kh_error err = {0};
    assert_int_equal(kh_sql_run(store, &err, "INSERT INTO story(id,name,founder,opened,revision,articles,last) VALUES(?1,'s'||?1,'k','2024-09-01',3,2,?2)", "it", id,
                                kh_str_z(last)), KH_OK);
}

/* What is without a card, found in steps of TWO, as digits. */
static kh_str without_card(kh_arena *out, kh_store *store, int64_t basis)
{
    kh_buf b = {.arena = out};
    for (kh_card_walk walk = {0}; !walk.ended;) {
        kh_cards cards = {0};
        assert_int_equal(kh_store_without_card(store, out, basis, 2, &walk, &cards, NULL), KH_OK);
        KH_EACH(const kh_card, c, cards) {
            assert_int_equal(c->revision, 3);
            kh_buf_printf(&b, "%lld", (long long)c->story);
        }
    }
    return kh_buf_str(&b);
}

static void cards_are_kept_and_holes_are_found(void **state)
{
    kh_error err = {0};
    kh_store *store = kh_store_open(NULL, KH_STORE_MEMORY, &err);
    kh_card card = {0};
    kh_card kept[] = {{.story = 2, .revision = 3, .basis = 9, .origins = 4, .disagreements = 1, .leading = 5}, {.story = 3, .revision = 2, .basis = 9}, {.story = 99, .revision = 3}};
    assert_non_null(store);
    put_story(store, 1, "2024-08-03");
    put_story(store, 2, "");
    put_story(store, 3, "2024-08-05");
    put_story(store, 4, "2024-08-03");
    put_story(store, 5, "2024-08-01");
    assert_kh_str(KH_STR("34152"), without_card(*state, store, 9));
    assert_int_equal(kh_store_keep_cards(store, &(kh_cards){.items = kept, .count = 3}, 10, &err), KH_OK);
    assert_kh_str(KH_STR("3415"), without_card(*state, store, 9)); /* 3 has changed since, 99 is no story */
    assert_kh_str(KH_STR("34152"), without_card(*state, store, 8)); /* other knowledge */
    assert_true(kh_store_card(store, 2, 9, &card));
    assert_int_equal(card.origins, 4);
    assert_int_equal(card.leading, 5);
    assert_false(kh_store_card(store, 2, 8, &card) || kh_store_card(store, 3, 9, &card) || kh_store_card(store, 99, 9, &card));
    kh_store_close(store);
}

static void a_search_counts_up_to_a_limit(void **state)
{
    kh_error err = {0};
    kh_store *store = kh_store_open(NULL, KH_STORE_MEMORY, &err);
    kh_search_view view = {0};
    kh_find find = {.filter = {.words = KH_STR("dam"), .limit = KH_SERVE_ROWS_MAX}};
    assert_non_null(store);
    assert_int_equal(kh_sql_run(store, &err, "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < ?1) INSERT INTO article(id,key,label,kind,"
                                             "language,text,sha256,added,program,knowledge) SELECT i,'k'||i,'l','text','en','The dam','x','2024-09-01','p','k' FROM n",
                                "i", (int64_t)KH_SERVE_HITS_MAX + 1), KH_OK);
    assert_int_equal(kh_sql_run(store, &err, "INSERT INTO search(rowid,title,body) SELECT id,'','the dam' FROM article", ""), KH_OK);
    assert_int_equal(kh_store_find_page(store, *state, kh_test_scratch(), &find, &view, &err), KH_OK);
    assert_int_equal(view.found, KH_SERVE_HITS_MAX);
    assert_true(view.more_than_found);
    assert_int_equal(view.rows.count, KH_SERVE_ROWS_MAX);
    assert_int_equal(view.rows.items[0].article, KH_SERVE_HITS_MAX + 1);
    assert_kh_str(view.next, KH_STR("200"));
    find.filter.after = KH_STR("501");
    assert_int_equal(kh_store_find_page(store, *state, kh_test_scratch(), &find, &view, &err), KH_ERR_USAGE);
    assert_int_equal(kh_sql_run(store, &err, "DELETE FROM article WHERE id = 1", ""), KH_OK);
    find.filter.after = (kh_str){0};
    assert_int_equal(kh_store_find_page(store, *state, kh_test_scratch(), &find, &view, &err), KH_OK);
    assert_int_equal(view.found, KH_SERVE_HITS_MAX);
    assert_false(view.more_than_found);
    kh_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(a_question_has_an_end),
        KH_TEST(what_takes_too_long_is_503),
        KH_TEST(what_lasts_is_given_while_it_is_made_anew),
        KH_TEST(each_desk_has_its_time),
        KH_TEST(nobody_waits_for_a_desk_for_ever),
        KH_TEST(whoever_came_first_gets_the_first_desk),
        KH_TEST(cards_have_a_number),
        KH_TEST(kept_cards_leave_alone),
        KH_TEST(a_correction_changes_the_basis_at_once),
        KH_TEST(cards_are_kept_and_holes_are_found),
        KH_TEST(a_search_counts_up_to_a_limit),
    };
    return cmocka_run_group_tests_name("desks", tests, NULL, NULL);
}
