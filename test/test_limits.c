/* test_limits.c - limits that no page of ordinary size reaches: what a writer remembers and writes at once, tokens, items, windows, archives.
 * Those of a parser stand in the test of the parser. */
#include "put_page.h"

#include "engine/recent.h"
#include "input/feed.h"
#include "input/parts.h"
#include "store/archive.h"
#include "store/pending.h"
#include "store/warm.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>

static int begin(void **state)
{
    static kh_arena arena;
    arena = kh_arena_reserve((size_t)1 << 30, NULL);
    *state = &arena;
    return arena.begin ? 0 : -1;
}

#define LARGE(fn) cmocka_unit_test_setup_teardown(fn, begin, kh_test_end)

/* ---- what a writer remembers, and writes at once ---- */

typedef enum filled { NOTHING, REMEMBERED, PENDING, FILLED_COUNT } filled;

/* As if so much of it had come since the beginning of the transaction. */
static void fill(kh_store *store, filled what)
{
    if (what == REMEMBERED && store->warm) {
        KH_TAKE_N(&store->warm->arena, char, KH_WARM_BYTES);
        assert_true(kh_warm_is_full(store));
    } else if (what == PENDING && store->pending) {
        KH_TAKE_N(&store->pending->arena, char, KH_PENDING_BYTES);
    }
}

/* Stories, counts and size of the index of a store of six pages, before each of which WHAT was full. */
static kh_str store_after(kh_arena *out, const kh_engine *engine, filled what)
{
    static const char *const files[] = {"en01-halyard", "fa06-hamrooz", "ru02-meskapress", "ar04-levantis", "fa01-nilab", "en04-tarn-observer"};
    kh_error err = {0};
    kh_worker w;
    kh_buf said = {.arena = out};
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    assert_int_equal(kh_worker_open(&w, &err), KH_OK);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        fill(store, what);
        kh_buf_add(&said, put_page(out, engine, store, &w, kh_arena_printf(out, "examples/pages/%s.html", files[i]).ptr));
        assert_false(kh_warm_is_full(store));
        assert_true((size_t)(store->pending->arena.cur - store->pending->arena.begin) < KH_PENDING_BYTES);
        kh_buf_char(&said, ' ');
    }
    assert_int_equal(kh_store_commit(store, &err), KH_OK);
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT (SELECT group_concat(hash || documents) FROM (SELECT * FROM frequency ORDER BY hash)) || "
                                "(SELECT sum(postings) FROM posting_level) || (SELECT count(*) FROM search WHERE search MATCH 'dam')",
                                &err);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    kh_buf_z(&said, (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_reset(stmt);
    kh_check check = {0};
    assert_int_equal(kh_store_check(store, out, &check, &err), KH_OK);
    assert_int_equal(check.problems.count, 0);
    kh_worker_close(&w);
    kh_store_close(store);
    return kh_buf_str(&said);
}

static void full_memory_of_a_writer_changes_nothing(void **state)
{
    kh_engine *engine = kh_engine_open(NULL, NULL);
    kh_str plain = store_after(*state, engine, NOTHING);
    for (filled what = REMEMBERED; what < FILLED_COUNT; what++) {
        assert_kh_str(store_after(*state, engine, what), plain);
    }
    kh_engine_close(engine);
}

static void digests_are_kept_in_bounds(void **state)
{
    kh_recent *recent = kh_recent_open();
    kh_features features = {.items = KH_NEW_N(*state, kh_feature, 30000), .count = 30000};
    int64_t most = KH_RECENT_BYTES / (int64_t)(features.count * sizeof(kh_feature));
    for (int64_t id = 1; id <= most; id++) {
        kh_recent_tidy(recent);
        kh_recent_keep(recent, &(kh_digest){.id = id, .features = features});
        assert_non_null(kh_recent_digest(recent, id < 2 ? id : 2));
    }
    assert_null(kh_recent_digest(recent, 1));
    assert_non_null(kh_recent_digest(recent, 2)); /* asked for again and again */
    assert_non_null(kh_recent_digest(recent, most));
    kh_recent_close(recent);
}

/* ---- what strangers wrote ---- */

static kh_str times(kh_arena *a, const char *before, const char *part, size_t count, const char *behind)
{
    kh_buf b = {.arena = a};
    kh_buf_z(&b, before);
    for (size_t i = 0; i < count; i++) {
        kh_buf_z(&b, part);
    }
    kh_buf_z(&b, behind);
    return kh_buf_str(&b);
}

static void tokens_of_a_page(void **state)
{
    kh_text *t = kh_text_of(*state, times(*state, "", "a ", KH_TOKENS_MAX + 5, ""));
    assert_int_equal(t->tokens.count, KH_TOKENS_MAX);
}

static void items_of_a_feed(void **state)
{
    kh_error err = {0};
    kh_feed feed;
    kh_outlines outlines = {0};
    kh_str rss = times(*state, "<rss><channel>", "<item><link>http://a.example/1</link></item>", KH_FEED_ITEMS_MAX + 5, "</channel></rss>");
    kh_str opml = times(*state, "<opml><body>", "<outline xmlUrl=\"http://a.example/\"/>", KH_FEED_ITEMS_MAX + 5, "</body></opml>");
    assert_int_equal(kh_feed_read(*state, rss, &feed, &err), KH_OK);
    assert_int_equal(feed.items.count, KH_FEED_ITEMS_MAX);
    assert_int_equal(kh_opml_read(*state, opml, &outlines, &err), KH_OK);
    assert_int_equal(outlines.count, KH_FEED_ITEMS_MAX);
}

/* A response of these parts: its body, or the reason why there is none. */
static kh_str body_of(kh_arena *a, kh_str head, kh_str sent)
{
    kh_http http;
    kh_error err = {0};
    kh_str body = {0};
    kh_status status = kh_http_read(a, kh_arena_join(a, head, sent), &http, &err);
    status = status ? status : kh_http_body(a, &http, &body, &err);
    return status ? kh_str_z(err.reason) : body;
}

static void headers_of_a_response(void **state)
{
    size_t lines = KH_HTTP_HEADER_BYTES_MAX / 10;
    kh_str sent = KH_STR("Words.");
    assert_kh_str(body_of(*state, times(*state, "HTTP/1.1 200 OK\r\n", "X: words\r\n", lines - 10, "\r\n"), sent), sent);
    assert_kh_str(body_of(*state, times(*state, "HTTP/1.1 200 OK\r\n", "X: words\r\n", lines, "\r\n"), sent), KH_STR("bad_http"));
}

/* A frame of zstd says first how much memory it wants: here 2^27 and 2^28 bytes, for one word. What is not unpacked stays as it came. */
static void windows_of_zstd(void **state)
{
    kh_str head = KH_STR("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n");
    assert_int_equal(KH_ZSTD_WINDOW_LOG_MAX, 27);
    assert_kh_str(body_of(*state, head, (kh_str){"\x28\xB5\x2F\xFD\x00\x88\x29\x00\x00Words", 14}), KH_STR("Words"));
    kh_str larger = {"\x28\xB5\x2F\xFD\x00\x90\x29\x00\x00Words", 14};
    assert_kh_str(body_of(*state, head, larger), larger);
}

static void archives_of_a_store(void **state)
{
    kh_error err = {0};
    kh_sealing done = {0};
    char rows[400];
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    snprintf(rows, sizeof rows,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
             "INSERT INTO archive SELECT i, 'none', i, '2024', 1, 1, '2024' FROM n;"
             "INSERT INTO story(name, founder, opened, articles, last) VALUES('s', 'k', '2020-01-01', 1, '2020-01-01')",
             KH_ARCHIVES_MAX);
    assert_int_equal(sqlite3_exec(store->db, rows, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(kh_store_seal(store, *(kh_arena *)*state, KH_STR("2024-02-03"), "none.db", kh_day(2024, 9, 1), &done, &err), KH_ERR_LIMIT);
    assert_string_equal(err.reason, "too_many_archives");
    kh_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LARGE(full_memory_of_a_writer_changes_nothing), LARGE(digests_are_kept_in_bounds), LARGE(tokens_of_a_page), LARGE(items_of_a_feed),
        LARGE(headers_of_a_response), LARGE(windows_of_zstd), LARGE(archives_of_a_store),
    };
    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
