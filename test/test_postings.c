/* test_postings.c - packed features and prints, blocks, levels of postings: what went in comes out, whatever was moved, dropped or cut off. */
#include "test.h"

#include "store/pack.h"
#include "store/pending.h"
#include "store/warm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- packed ---- */

static uint64_t dice(uint64_t *state)
{
    *state = kh_hash_mix(*state, 17);
    return *state;
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = ((const kh_feature *)a)->hash;
    uint64_t y = ((const kh_feature *)b)->hash;
    return (x > y) - (x < y);
}

/* COUNT features, every ninth a site, with the least and greatest of everything among them. */
static kh_features made_features(kh_arena *a, size_t count, uint64_t seed)
{
    kh_features f = {0};
    for (size_t i = 0; i < count; i++) {
        bool site = i % 9 == 8;
        uint64_t hash = i == 1 ? 1 : i == 2 ? UINT32_MAX : kh_feature_hash(dice(&seed));
        *KH_ADD(a, &f) = (kh_feature){.hash = site ? dice(&seed) | UINT64_C(1) << 45 : hash,
                                      .count = (uint16_t)(i == 3 ? UINT16_MAX : 1 + dice(&seed) % 5),
                                      .kind = (uint8_t)(site ? KH_FEATURE_SITE : dice(&seed) % KH_FEATURE_SITE),
                                      .lead = (uint8_t)(dice(&seed) % 4)};
    }
    if (count) {
        qsort(f.items, f.count, sizeof *f.items, by_hash);
    }
    return f;
}

static void features_come_back(void **state)
{
    kh_arena *a = *state;
    for (size_t count = 0; count < 700; count = count * 2 + 1) {
        kh_features in = made_features(a, count, count + 1);
        kh_features out = {0};
        assert_true(kh_unpack_features(a, kh_pack_features(a, &in), false, &out));
        assert_int_equal(out.count, in.count);
        assert_true(count == 0 || memcmp(in.items, out.items, count * sizeof *in.items) == 0);
    }
}

static void prints_come_back(void **state)
{
    kh_arena *a = *state;
    kh_u64s in = {0}, out = {0}, none = {0};
    for (uint64_t i = 0; i < 200; i++) {
        *KH_ADD(a, &in) = kh_print_of(i << 56 | i * i);
    }
    in.items[199] = KH_PRINT_MARK * 2 - 256;
    assert_true(kh_unpack_prints(a, kh_pack_prints(a, &in), false, &out));
    assert_int_equal(out.count, in.count);
    assert_memory_equal(in.items, out.items, in.count * sizeof *in.items);
    assert_int_equal(kh_pack_prints(a, &none).len, 0);
}

/* No byte sequence makes them read beyond it. */
static void what_is_cut_off_is_refused(void **state)
{
    kh_arena *a = *state;
    kh_features in = made_features(a, 120, 5);
    kh_str packed = kh_pack_features(a, &in);
    for (size_t n = 1; n + 1 < packed.len; n++) {
        kh_features out = {0};
        char *cut = malloc(n);
        memcpy(cut, packed.ptr, n);
        assert_false(kh_unpack_features(a, (kh_str){cut, n}, false, &out));
        assert_true(out.count < in.count);
        free(cut);
    }
    char sites[40] = {8, (char)255, (char)255, 3}; /* more sites than these bytes could hold; words, if they were read, would be there */
    memset(sites + 4, 0x55, sizeof sites - 4);
    kh_features none = {0};
    assert_false(kh_unpack_features(a, (kh_str){sites, sizeof sites}, false, &none));
    assert_int_equal(none.count, 0);
    uint64_t seed = 3;
    for (int round = 0; round < 2000; round++) {
        char noise[24];
        for (size_t i = 0; i < sizeof noise; i++) {
            noise[i] = (char)dice(&seed);
        }
        kh_features out = {0};
        kh_u64s prints = {0};
        kh_posts posts = {0};
        kh_block block = {.key = 5, .wide = round % 4 == 0, .bytes = {noise, sizeof noise}};
        kh_unpack_features(a, block.bytes, round % 2, &out);
        kh_unpack_prints(a, block.bytes, round % 2, &prints);
        kh_block_read(a, &block, &posts);
    }
}

static void older_hashes_are_found(void **state)
{
    (void)state;
    int64_t least, most;
    uint64_t hash = UINT64_C(0xF1234567DEADBEEF), print = hash & ~UINT64_C(3);
    kh_old_hashes(kh_feature_hash(hash), &least, &most);
    assert_true(least <= (int64_t)hash && (int64_t)hash <= most && (uint64_t)most - (uint64_t)least == UINT32_MAX);
    kh_old_hashes(kh_print_of(print), &least, &most);
    assert_true(least <= (int64_t)print && (int64_t)print <= most && (uint64_t)most - (uint64_t)least == UINT32_MAX);
    kh_old_hashes(UINT64_C(7) << 45, &least, &most);
    assert_true(least == most && least == (int64_t)(UINT64_C(7) << 45));
}

/* ---- levels ---- */

enum { ARTICLES = 4700, OF_ONE = 300, COMMON = 400, LATE = 77 };

/* The keys of article ID: some that very many have, some that few have, some of its own. */
static kh_u64s keys_of(kh_arena *a, int64_t id)
{
    uint64_t seed = (uint64_t)id;
    kh_features features = {0};
    kh_u64s prints = {0};
    for (uint64_t i = 0; i < OF_ONE; i++) {
        uint64_t word = dice(&seed);
        uint64_t few = i % 3 == 0 ? word % (1 + word % COMMON) : i % 3 == 1 ? word % 50000 : word;
        if (i % 3 == 2) {
            *KH_ADD(a, &prints) = kh_print_of(kh_hash_mix(few, 9));
        } else {
            *KH_ADD(a, &features) = (kh_feature){.hash = kh_feature_hash(kh_hash_mix(few, 7))};
        }
    }
    return kh_postings_keys(a, &features, &prints);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool has(const kh_u64s *keys, uint64_t key)
{
    return bsearch(&key, keys->items, keys->count, sizeof key, by_number) != NULL;
}

/* The newest LIMIT articles that have KEY, by looking at each. */
static kh_ids by_looking(kh_arena *a, const kh_u64s *keys, const bool *gone, uint64_t key, size_t limit)
{
    kh_ids ids = {0};
    for (int64_t id = ARTICLES; id > 0 && ids.count < limit; id--) {
        if (!gone[id] && has(&keys[id], key)) {
            *KH_ADD(a, &ids) = id;
        }
    }
    return ids;
}

static void same_answers(kh_store *store, kh_arena *a, const kh_u64s *keys, const bool *gone)
{
    kh_error err = {0};
    for (uint64_t i = 0; i < 60; i++) {
        uint64_t hash = i < 40 ? kh_feature_hash(kh_hash_mix(i, 7)) : keys[i * 60].items[150] >> (keys[i * 60].items[150] >> 40 ? 0 : 8);
        size_t limit = i % 2 ? 20 : SIZE_MAX;
        kh_ids found = {0};
        kh_ids wanted = by_looking(a, keys, gone, kh_post_key(hash), limit);
        assert_int_equal(kh_postings_newest(store, a, kh_test_scratch(), hash, limit, &found, &err), KH_OK);
        assert_int_equal(found.count, wanted.count);
        assert_true(found.count == 0 || memcmp(found.items, wanted.items, found.count * sizeof *found.items) == 0);
    }
}

static uint64_t all_postings(kh_store *store, kh_arena scratch)
{
    kh_error err = {0};
    uint64_t count = 0;
    bool whole = true;
    for (unsigned slice = 0; slice < KH_SLICES; slice++) {
        kh_arena one = scratch;
        kh_posts posts = {0};
        assert_int_equal(kh_postings_slice(store, &one, slice, &posts, &whole, &err), KH_OK);
        count += posts.count;
    }
    assert_true(whole);
    return count;
}

static int64_t number_of(kh_store *store, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return number;
}

static void levels_answer_like_a_list(void **state)
{
    kh_arena *a = *state;
    kh_error err = {0};
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    kh_u64s *keys = KH_NEW_N(a, kh_u64s, ARTICLES + 1);
    bool *gone = KH_NEW_N(a, bool, ARTICLES + 1);
    kh_map swept = {0};
    uint64_t count = 0;
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    for (int64_t n = 1; n <= ARTICLES; n++) { /* one comes late, as one that was read anew */
        int64_t id = n == LATE ? ARTICLES : n == ARTICLES ? LATE : n;
        keys[id] = keys_of(a, id);
        count += keys[id].count;
        assert_int_equal(kh_postings_add(store, kh_test_scratch(), id, &keys[id], &err), KH_OK);
    }
    assert_int_equal(all_postings(store, kh_test_scratch()), count);
    assert_int_equal(number_of(store, "SELECT sum(postings) FROM posting_level"), count);
    assert_true(number_of(store, "SELECT max(id) >> 60 FROM posting_block") >= 2);
    assert_true(number_of(store, "SELECT max(length(body)) FROM posting_block") <= KH_BLOCK_BYTES * 3 / 2);
    same_answers(store, a, keys, gone);
    for (int64_t id = 5; id < ARTICLES; id += 211) {
        assert_int_equal(kh_postings_drop(store, kh_test_scratch(), id, &keys[id], &err), KH_OK);
        gone[id] = true;
        count -= keys[id].count;
    }
    assert_int_equal(all_postings(store, kh_test_scratch()), count);
    same_answers(store, a, keys, gone);
    for (int64_t id = 7; id < ARTICLES; id += 3) {
        count -= gone[id] ? 0 : keys[id].count;
        gone[id] = true;
        kh_map_put(a, &swept, (uint64_t)id, NULL);
        assert_int_equal(kh_sql_run(store, &err, "INSERT INTO deleted(article_id) VALUES(?)", "i", id), KH_OK);
    }
    assert_int_equal(kh_postings_sweep(store, kh_test_scratch(), &swept, &err), KH_OK);
    assert_int_equal(all_postings(store, kh_test_scratch()), count);
    assert_int_equal(number_of(store, "SELECT sum(postings) FROM posting_level"), count);
    same_answers(store, a, keys, gone);
    kh_store_close(store);
}

/* ---- what waits for the end of a transaction ---- */

enum { FIRST = 200, SECOND = 20, TAKEN_BACK = 90 };

static uint32_t documents_with(kh_store *store, kh_arena *a, uint64_t hash)
{
    kh_map frozen = {0}, live = {0};
    uint64_t documents = 0;
    assert_int_equal(kh_store_frequencies(store, a, &hash, 1, &documents, &frozen, &live, NULL), KH_OK);
    const uint32_t *count = kh_map_get(&live, hash);
    return count ? *count : 0;
}

/* Articles FROM to TO, of which every one with a number that TAKEN_BACK divides is taken back. */
static void add_waiting(kh_store *store, kh_arena *a, const kh_u64s *keys, bool *gone, int64_t from, int64_t to)
{
    kh_error err = {0};
    kh_status status = KH_OK;
    kh_feature word = {.hash = 12345};
    const kh_features features = {.items = &word, .count = 1};
    uint32_t before = documents_with(store, a, word.hash);
    for (int64_t id = from; id < to; id++) {
        assert_int_equal(kh_store_mark(store, KH_STR("one"), true, &err), KH_OK);
        assert_int_equal(kh_postings_add(store, kh_test_scratch(), id, &keys[id], &err), KH_OK);
        assert_true(kh_pending_counts(store, &features, 1, &status, &err) && !status);
        gone[id] = id % TAKEN_BACK == 0;
        before += !gone[id];
        if (gone[id]) {
            kh_store_undo(store);
        } else {
            assert_int_equal(kh_store_keep(store, &err), KH_OK);
        }
    }
    assert_int_equal(documents_with(store, a, word.hash), before);
}

/* Found as if it were written; written together, by rows or poured into the first level; not at all where it was taken back. */
static void what_waits_is_found(void **state)
{
    kh_arena *a = *state;
    kh_error err = {0};
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    kh_u64s *keys = KH_NEW_N(a, kh_u64s, ARTICLES + 1);
    bool *gone = KH_NEW_N(a, bool, ARTICLES + 1);
    uint64_t count = 0;
    for (int64_t id = 0; id <= ARTICLES; id++) {
        keys[id] = keys_of(a, id);
        gone[id] = true;
    }
    for (int round = 0; round < 2; round++) {
        assert_int_equal(kh_store_begin(store, &err), KH_OK);
        add_waiting(store, a, keys, gone, round ? FIRST : 1, round ? FIRST + SECOND : FIRST);
        same_answers(store, a, keys, gone);
        assert_true(store->pending->posts.count > 0);
        assert_int_equal(kh_store_commit(store, &err), KH_OK);
        assert_int_equal(store->pending->posts.count, 0);
        same_answers(store, a, keys, gone);
        kh_warm_clear(store);
        same_answers(store, a, keys, gone);
        assert_true(round == 0 || number_of(store, "SELECT count(*) FROM posting") > 0);
        assert_true(number_of(store, "SELECT count(*) FROM posting_block") > 0);
    }
    for (int64_t id = 1; id < FIRST + SECOND; id++) {
        count += gone[id] ? 0 : keys[id].count;
    }
    assert_int_equal(all_postings(store, kh_test_scratch()), count);
    assert_int_equal(number_of(store, "SELECT sum(postings) FROM posting_level"), count);
    assert_int_equal(number_of(store, "SELECT documents FROM frequency WHERE hash = 12345"), FIRST + SECOND - 1 - (FIRST + SECOND - 1) / TAKEN_BACK);
    kh_store_close(store);
}

/* What another program moved between two transactions is seen at once. */
static void nothing_is_remembered_outside(void **state)
{
    (void)state;
    static const char rows[] = "INSERT INTO story(id,name,founder,opened) VALUES(1,'sa','k','2024'),(2,'sb','k','2024');"
                               "INSERT INTO article(id,key,label,kind,language,text,sha256,added,program,knowledge,story_id) "
                               "VALUES(1,'k','k','text','en','','','2024','','',1)";
    kh_error err = {0};
    char path[] = "/tmp/khabar-test-XXXXXX";
    kh_test_path(path);
    kh_store *store = kh_store_open(path, KH_STORE_WRITE, &err), *other = kh_store_open(path, KH_STORE_WRITE, &err);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    assert_int_equal(sqlite3_exec(store->db, rows, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(kh_store_mark(store, KH_STR("another"), true, &err), KH_OK);
    assert_int_equal(kh_store_story_of(store, 1), 1);
    assert_int_equal(kh_store_keep(store, &err), KH_OK);
    assert_int_equal(kh_store_commit(store, &err), KH_OK);
    assert_non_null(store->warm);
    assert_int_equal(sqlite3_exec(other->db, "UPDATE article SET story_id = 2", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(kh_store_story_of(store, 1), 2);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    assert_int_equal(kh_store_story_of(store, 1), 2);
    assert_int_equal(kh_store_commit(store, &err), KH_OK);
    kh_store_close(store);
    kh_store_close(other);
    unlink(path);
}

/* A page that is given up in the middle of a question, as where memory is full, holds nobody up. */
static void questions_end_with_their_page(void **state)
{
    (void)state;
    kh_error err = {0};
    char path[] = "/tmp/khabar-test-XXXXXX";
    kh_test_path(path);
    kh_store *store = kh_store_open(path, KH_STORE_WRITE, &err), *other = kh_store_open(path, KH_STORE_WRITE, &err);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    assert_int_equal(kh_store_mark(store, KH_STR("one"), true, &err), KH_OK);
    assert_int_equal(sqlite3_step(kh_sql(store, "SELECT name FROM sqlite_master", &err)), SQLITE_ROW);
    kh_store_undo(store);
    assert_int_equal(kh_store_commit(store, &err), KH_OK);
    assert_int_equal(sqlite3_exec(other->db, "INSERT INTO meta VALUES('a', 'b')", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    assert_int_equal(kh_store_commit(store, &err), KH_OK);
    kh_store_close(store);
    kh_store_close(other);
    unlink(path);
}

static void stays_while_it_is_read(int schema)
{
    kh_error err = {0};
    char path[] = "/tmp/khabar-test-XXXXXX", number[40];
    kh_test_path(path);
    snprintf(number, sizeof number, "PRAGMA user_version=%d", schema);
    kh_store *writer = kh_store_open(path, KH_STORE_WRITE, &err);
    assert_int_equal(sqlite3_exec(writer->db, "ALTER TABLE article ADD COLUMN features BLOB; ALTER TABLE article ADD COLUMN prints BLOB; DROP TABLE digest; "
                                              "DROP INDEX story_merged", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(writer->db, number, NULL, NULL, NULL), SQLITE_OK);
    kh_store_close(writer);
    kh_store *reader = kh_store_open(path, KH_STORE_READ, &err);
    writer = kh_store_open(path, KH_STORE_WRITE, &err);
    assert_true(reader && writer && !reader->has_digests && reader->is_wide == (schema < KH_STORE_DENSE));
    assert_int_equal(kh_store_schema_of(writer), KH_STORE_SCHEMA);
    assert_int_equal(kh_store_schema_of(reader), schema);
    kh_store_close(reader);
    reader = kh_store_open(path, KH_STORE_READ, &err);
    assert_true(reader && reader->has_digests && !reader->is_wide);
    assert_int_equal(sqlite3_exec(writer->db, "INSERT INTO meta VALUES('a', 'b')", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(kh_sql(reader, "SELECT 1 FROM meta WHERE name = 'a'", &err)), SQLITE_ROW);
    kh_store_close(reader);
    kh_store_close(writer);
    unlink(path);
}

/* An older store stays as it is for whoever reads it, though another program brings it up to date; of a present one what is new is seen. */
static void an_older_store_stays_while_it_is_read(void **state)
{
    (void)state;
    stays_while_it_is_read(8);
    stays_while_it_is_read(9);
}

/* ---- what is searched for ---- */

static void any_words_are_a_question(void **state)
{
    static const char *const cases[][2] = {
        {"old bridge", "\"old\" \"bridge\""},
        {"\"old bridge\" Berna", "\"old bridge\" \"berna\""},
        {"\"old bridge", "\"old bridge\""},      /* the mark is never closed */
        {"\"\" old \"\"", "\"old\""},           /* nothing stands between the marks */
        {"it's \u00abthe old\u00bb 'bridge'", "\"it\" \"s\" \"the old\" \"bridge\""},
        {"OR NOT NEAR * (-:^", "\"or\" \"not\" \"near\""}, /* no marks of the index */
        {"...", ""},
        {"", ""},
    };
    kh_arena *a = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_kh_str(kh_str_trim(kh_match_expression(a, kh_test_scratch(), kh_str_z(cases[i][0]))), kh_str_z(cases[i][1]));
    }
}

/* The part of a text around the first word that was searched for, and the word in it. */
static void snippets_show_the_word(void **state)
{
    static const char long_text[] = "The start of it all was long ago, said the mayor, who had come with the first of the engineers to see the old piece of art that hung over the "
                                    "western gate of the bridge; nobody of those who stood on the banks and watched the water in the evening had ever seen it so near, and a ferry "
                                    "will take people across until the end of the month, as the city has said it would.";
    static const struct {
        const char *query, *text, *begins, *ends, *word;
    } cases[] = {
        {"art", "The start of art is here.", "The start", "here.", "art"}, /* not the end of "start" */
        {"art", long_text, "come with the first", "ever seen it", "art"},
        {"THE mayor", "  said the mayor\n", "said", "mayor", "the"},
        {"\"mayor\"", "said the mayor", "said", "mayor", "mayor"},
        {"ferry", "said the mayor", "said", "mayor", ""},
        {"", "said", "said", "said", ""},
        {"x", "", "", "", ""},
    };
    kh_arena *a = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_span where = {9, 9};
        kh_str snippet = kh_snippet_of(a, kh_test_scratch(), kh_str_z(cases[i].query), kh_str_z(cases[i].text), &where);
        assert_true(kh_str_starts(snippet, kh_str_z(cases[i].begins)) && kh_str_ends(snippet, kh_str_z(cases[i].ends)));
        assert_kh_str(kh_slice(snippet, where), kh_str_z(cases[i].word));
        assert_true(!cases[i].word[0] || where.begin == 0 || snippet.ptr[where.begin - 1] == ' ');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(features_come_back),     KH_TEST(prints_come_back),          KH_TEST(what_is_cut_off_is_refused),
        KH_TEST(older_hashes_are_found), KH_TEST(levels_answer_like_a_list),
        KH_TEST(what_waits_is_found),    KH_TEST(nothing_is_remembered_outside),
        KH_TEST(questions_end_with_their_page), KH_TEST(an_older_store_stays_while_it_is_read), KH_TEST(any_words_are_a_question), KH_TEST(snippets_show_the_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
