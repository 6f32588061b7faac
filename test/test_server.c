/* test_server.c - the server without a socket: targets, forms, guards, addresses; texts side by side; what happened; sparklines. */
#include "test.h"

#include "engine/room.h"
#include "server/cache.h"
#include "server/request.h"
#include "server/room.h"

#include <string.h>

static kh_target target_of(kh_arena *a, const char *text)
{
    kh_target t;
    assert_null(kh_target_read(a, kh_str_z(text), &t));
    return t;
}

static void a_target_is_steps_form_and_fields(void **state)
{
    kh_target t = target_of(*state, "/stories/s1f0.json?q=%D8%AD%D8%B8%D8%B1+x&language=ar&q=second&&empty");
    assert_int_equal(t.steps.count, 2);
    assert_kh_str(t.steps.items[1], KH_STR("s1f0"));
    assert_int_equal(t.form, KH_FORM_JSON);
    assert_kh_str(t.path, KH_STR("/stories/s1f0"));
    assert_kh_str(kh_query_value(&t.fields, "q"), KH_STR("حظر x"));
    assert_kh_str(kh_query_value(&t.fields, "language"), KH_STR("ar"));
    assert_kh_str(kh_query_value(&t.fields, "nothing"), KH_STR(""));
    assert_kh_str(target_of(*state, "/").path, KH_STR("/"));
    assert_int_equal(target_of(*state, "/.json").form, KH_FORM_ANY);
}

static void an_id_is_no_path(void **state)
{
    static const char *const bad[] = {"",      "x",     "/a/..",  "/../a", "/%2e%2e/a", "/a%2fb", "/a%5cb",  "/a//b",
                                      "/a/",   "//",    "/%00",   "/%",    "/%4",       "/%zz",   "/a%0d%0ab", "/%ff"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        kh_target t;
        const char *why = kh_target_read(*state, kh_str_z(bad[i]), &t);
        if (!why) {
            fail_msg("%s was taken for an address", bad[i]);
        }
        assert_string_equal(why, "bad_path");
    }
}

static void fields_have_a_limit(void **state)
{
    kh_buf b = {.arena = *state};
    kh_query_fields fields = {0};
    for (int i = 0; i < KH_SERVE_FIELDS_MAX; i++) {
        kh_buf_z(&b, "a=1&");
    }
    assert_null(kh_form_fields_read(*state, kh_buf_str(&b), &fields));
    kh_buf_z(&b, "a=1");
    fields = (kh_query_fields){0};
    assert_string_equal(kh_form_fields_read(*state, kh_buf_str(&b), &fields), "too_many_fields");
}

static void the_form_that_is_wanted_most(void **state)
{
    unsigned both = 1U << KH_FORM_HTML | 1U << KH_FORM_JSON;
    (void)state;
    assert_int_equal(kh_form_wanted(KH_STR(""), both), KH_FORM_HTML);
    assert_int_equal(kh_form_wanted(KH_STR("*/*"), both), KH_FORM_HTML);
    assert_int_equal(kh_form_wanted(KH_STR("application/json"), both), KH_FORM_JSON);
    assert_int_equal(kh_form_wanted(KH_STR("text/html;q=0.4, application/*;q=0.5"), both), KH_FORM_JSON);
    assert_int_equal(kh_form_wanted(KH_STR("text/html, application/json;q=0"), both), KH_FORM_HTML);
    assert_int_equal(kh_form_wanted(KH_STR("image/png"), both), KH_FORM_HTML);
    assert_int_equal(kh_form_wanted(KH_STR("application/atom+xml"), both | 1U << KH_FORM_ATOM), KH_FORM_ATOM);
    assert_kh_str(kh_ui_wanted(KH_STR("de, fa-IR;q=0.7, ar;q=0.8")), KH_STR("ar"));
    assert_kh_str(kh_ui_wanted(KH_STR("de")), KH_STR("en"));
    assert_kh_str(kh_cookie_of(KH_STR("a=1; ui=fa; xui=ru"), "ui"), KH_STR("fa"));
}

static unsigned refused(const kh_guard *guard, kh_request r)
{
    r.hosts = r.hosts ? r.hosts : 1;
    r.host = r.host.len ? r.host : KH_STR("127.0.0.1:8080");
    return kh_guard_check(guard, &r).status;
}

static void who_may_ask(void **state)
{
    kh_guard open = {0};
    *KH_ADD(*state, &open.hosts) = KH_STR("127.0.0.1:8080");
    kh_guard locked = open;
    locked.token = KH_STR("0123456789abcdef");
    assert_int_equal(refused(&open, (kh_request){.method = KH_GET}), 0);
    assert_int_equal(refused(&open, (kh_request){.method = KH_GET, .host = KH_STR("evil.example:8080")}), 421);
    assert_int_equal(refused(&open, (kh_request){.method = KH_GET, .hosts = 2}), 400);
    assert_int_equal(refused(&open, (kh_request){.method = KH_GET, .length_and_chunks = true}), 400);
    assert_int_equal(refused(&open, (kh_request){.method = KH_OTHER_METHOD}), 405);
    assert_int_equal(refused(&open, (kh_request){.method = KH_POST}), 0);
    assert_int_equal(refused(&open, (kh_request){.method = KH_POST, .origin = KH_STR("http://127.0.0.1:8080")}), 0);
    assert_int_equal(refused(&open, (kh_request){.method = KH_POST, .origin = KH_STR("http://evil.example")}), 403);
    assert_int_equal(refused(&open, (kh_request){.method = KH_DELETE, .origin = KH_STR("null")}), 403);
    assert_int_equal(refused(&open, (kh_request){.method = KH_POST, .site = KH_STR("same-site")}), 403);
    assert_int_equal(refused(&locked, (kh_request){.method = KH_GET}), 401);
    assert_int_equal(refused(&locked, (kh_request){.method = KH_GET, .authorization = KH_STR("Bearer 0123456789abcdef")}), 0);
    assert_int_equal(refused(&locked, (kh_request){.method = KH_GET, .authorization = KH_STR("Basic eDowMTIzNDU2Nzg5YWJjZGVm")}), 0);
    assert_int_equal(refused(&locked, (kh_request){.method = KH_GET, .authorization = KH_STR("Bearer 0123456789abcdeF")}), 401);
    assert_true(kh_same_secret(KH_STR("abc"), KH_STR("abc")));
    assert_false(kh_same_secret(KH_STR("abcd"), KH_STR("abc")));
    assert_false(kh_same_secret(KH_STR("ab"), KH_STR("abc")));
}

static void addresses_to_listen_on(void **state)
{
    kh_listen l;
    (void)state;
    assert_true(kh_listen_read(KH_STR("127.0.0.1:8080"), &l) && l.loopback && l.port == 8080);
    assert_true(kh_listen_read(KH_STR("localhost:0"), &l) && l.loopback && l.port == 0);
    assert_true(kh_listen_read(KH_STR("[::1]:80"), &l) && l.loopback && l.v6);
    assert_true(kh_listen_read(KH_STR("0.0.0.0:80"), &l) && !l.loopback);
    assert_true(kh_listen_read(KH_STR("[::]:80"), &l) && !l.loopback);
    assert_true(kh_listen_read(KH_STR("192.0.2.7:80"), &l) && !l.loopback);
    assert_false(kh_listen_read(KH_STR("8080"), &l));
    assert_false(kh_listen_read(KH_STR("127.0.0.1:99999"), &l));
    assert_false(kh_listen_read(KH_STR("example.org:80"), &l));
    assert_false(kh_listen_read(KH_STR(":80"), &l));
}

static void answers_are_given_again(void **state)
{
    kh_cache *cache = kh_cache_open(1000);
    kh_answer a = {.status = 200, .type = "text/plain", .body = kh_blob_of(KH_STR("first"))};
    kh_answer got = {0};
    (void)state;
    assert_false(kh_cache_get(cache, KH_STR("k"), 0, &got));
    kh_cache_put(cache, KH_STR("k"), 0, &a, false);
    assert_true(kh_cache_get(cache, KH_STR("k"), KH_SERVE_FRESH_MS - 1, &got));
    assert_int_equal(got.body->len, 5);
    kh_blob_drop(got.body);
    assert_false(kh_cache_get(cache, KH_STR("k"), KH_SERVE_FRESH_MS, &got)); /* this one makes it anew */
    assert_true(kh_cache_get(cache, KH_STR("k"), KH_SERVE_FRESH_MS, &got));  /* another gets the old one */
    kh_blob_drop(got.body);
    kh_cache_put(cache, KH_STR("k"), KH_SERVE_FRESH_MS, NULL, false);
    assert_false(kh_cache_get(cache, KH_STR("k"), KH_SERVE_FRESH_MS, &got));
    kh_cache_put(cache, KH_STR("k"), KH_SERVE_FRESH_MS, NULL, false);
    kh_blob_drop(a.body);
    kh_cache_close(cache);
}

static void the_cache_has_a_size(void **state)
{
    kh_cache *cache = kh_cache_open(1000);
    kh_answer a = {.status = 200, .type = "text/plain", .body = kh_blob_of((kh_str){memset(KH_NEW_N(*state, char, 200), 'x', 200), 200})};
    kh_answer got = {0};
    for (int i = 0; i < 20; i++) {
        kh_str key = kh_arena_printf(*state, "k%d", i);
        assert_false(kh_cache_get(cache, key, 0, &got));
        kh_cache_put(cache, key, 0, &a, true);
        assert_true(kh_cache_bytes(cache) <= 1000);
    }
    assert_true(kh_cache_get(cache, KH_STR("k19"), 1000000, &got));
    kh_blob_drop(got.body);
    assert_false(kh_cache_get(cache, KH_STR("k0"), 0, &got));
    kh_cache_put(cache, KH_STR("k0"), 0, NULL, true);
    kh_blob_drop(a.body);
    kh_cache_close(cache);
}

static void a_filter_is_one_address(void **state)
{
    kh_buf b = {.arena = *state};
    kh_filter f = {.words = KH_STR("حظر & تجوال"), .language = KH_STR("ar"), .after = KH_STR("2024!7"), .limit = 5};
    kh_filter_query(&b, &f, true);
    kh_query_fields fields = {0};
    assert_null(kh_form_fields_read(*state, kh_buf_str(&b), &fields));
    assert_kh_str(kh_query_value(&fields, "q"), f.words);
    assert_kh_str(kh_query_value(&fields, "after"), f.after);
    assert_kh_str(kh_query_value(&fields, "limit"), KH_STR("5"));
}

static void reports_by_hour_or_by_day(void **state)
{
    kh_times_list times = {0};
    kh_time t;
    assert_int_equal(kh_spark_of(&times).count, 0);
    static const char *const hours[] = {"2024-08-01T10:05:00Z", "2024-08-01T10:55:00Z", "2024-08-01T13:00:00+01:00"};
    for (size_t i = 0; i < 3; i++) {
        assert_true(kh_time_parse(kh_str_z(hours[i]), &t));
        *KH_ADD((kh_arena *)*state, &times) = t;
    }
    kh_spark s = kh_spark_of(&times);
    assert_int_equal(s.hours, 1);
    assert_int_equal(s.count, 3);
    assert_int_equal(s.bars[0], 2);
    assert_int_equal(s.bars[2], 1);
    *KH_ADD((kh_arena *)*state, &times) = kh_day(2024, 8, 20);
    s = kh_spark_of(&times);
    assert_int_equal(s.hours, 24);
    assert_int_equal(s.bars[0], 3);
    assert_int_equal(s.count, 20);
    *KH_ADD((kh_arena *)*state, &times) = kh_day(1990, 1, 1);
    s = kh_spark_of(&times);
    assert_true(s.count <= KH_SPARK_BARS);
    uint32_t sum = 0;
    for (uint32_t i = 0; i < s.count; i++) {
        sum += s.bars[i];
    }
    assert_int_equal(sum, 5);
}

static kh_article *article_of(kh_arena *a, const char *text)
{
    kh_article *art = KH_NEW(a, kh_article);
    art->text = kh_str_z(text);
    kh_str rest = art->text;
    kh_str line;
    while (rest.len && kh_str_cut(&rest, '\n', &line)) {
        *KH_ADD(a, &art->lines) = (kh_line){.span = kh_span_of(art->text, line), .role = line.ptr[0] == '#' ? KH_ROLE_BOILERPLATE : KH_ROLE_BODY};
    }
    return art;
}

static kh_span span_in(const kh_article *a, const char *words)
{
    size_t at = kh_str_find(a->text, kh_str_z(words));
    assert_true(at < a->text.len);
    return (kh_span){(uint32_t)at, (uint32_t)(at + strlen(words))};
}

static kh_str parts_text(kh_arena *a, const kh_article *art, const kh_parts *parts)
{
    static const char marks[] = "=~-+";
    kh_buf b = {.arena = a};
    KH_EACH(const kh_part, p, *parts) {
        kh_buf_char(&b, marks[p->kind]);
        kh_buf_add(&b, kh_str_trim(kh_slice(art->text, p->span)));
        kh_buf_char(&b, '|');
    }
    return kh_buf_str(&b);
}

static void what_a_copy_changed(void **state)
{
    kh_article *a = article_of(*state, "Officials said 164 died, at least, in the capital.\n#Share this\nThe last line stays here alone.");
    kh_article *b = article_of(*state, "New words. Officials said 43 died in the capital.");
    kh_sides_view v = {.a = a, .b = b};
    kh_shared_spans shared = {0};
    *KH_ADD((kh_arena *)*state, &shared) = (kh_shared_span){span_in(a, "in the capital."), span_in(b, "in the capital.")};
    *KH_ADD((kh_arena *)*state, &shared) = (kh_shared_span){span_in(a, "Officials said"), span_in(b, "Officials said")};
    kh_sides_cut(*state, kh_test_scratch(), &shared, &v);
    assert_kh_str(parts_text(*state, a, &v.parts_a), KH_STR("=Officials said|~164 died, at least,|=in the capital.|-The last line stays here alone.|"));
    assert_kh_str(parts_text(*state, b, &v.parts_b), KH_STR("+New words.|=Officials said|~43 died|=in the capital.|"));
    assert_int_equal(v.parts_a.items[1].partner, 2);
    assert_int_equal(v.parts_b.items[2].partner, 1);
    assert_int_equal(v.parts_a.items[0].partner, 1);
}

static void without_shared_words_all_is_dropped_and_added(void **state)
{
    kh_sides_view v = {.a = article_of(*state, "One.\nTwo."), .b = article_of(*state, "Three.")};
    kh_shared_spans none = {0};
    kh_sides_cut(*state, kh_test_scratch(), &none, &v);
    assert_kh_str(parts_text(*state, v.a, &v.parts_a), KH_STR("-One.|-Two.|"));
    assert_kh_str(parts_text(*state, v.b, &v.parts_b), KH_STR("+Three.|"));
}

static void what_happened_in_a_story(void **state)
{
    kh_arena *a = *state;
    kh_story s = {.id = KH_STR("s1"), .title = KH_STR("t")};
    static const double values[] = {26, 26, 164};
    kh_history history = {.what = KH_STR("killed"), .scope = KH_STR("persons")};
    for (uint32_t i = 0; i < 3; i++) {
        kh_article *art = article_of(a, "People died.");
        art->id = i + 1;
        art->key = kh_arena_printf(a, "k%u", i);
        art->published.when.from = kh_day(2024, 8, (int)i + 1);
        *KH_ADD(a, &art->figures) = (kh_figure){.span = {0, 6}, .min = values[i], .max = values[i], .has_min = true, .has_max = true};
        *KH_ADD(a, &s.articles) = art;
        *KH_ADD(a, &history.entries) = (kh_history_entry){.article = i, .is_new = i != 1, .repeated = i == 1};
    }
    *KH_ADD(a, &s.histories) = history;
    for (uint32_t i = 0; i < 3; i += 2) {
        kh_origin o = {.label = i ? KH_STR("AFP") : KH_STR("Reuters"), .independent = true};
        *KH_ADD(a, &o.articles) = i;
        *KH_ADD(a, &s.origins) = o;
    }
    kh_happenings all = {0};
    kh_happenings_of(a, &s, KH_WATCH_REPORT | KH_WATCH_FIGURE | KH_WATCH_ORIGIN, &all);
    assert_int_equal(all.count, 5); /* three reports, one figure, one origin */
    assert_int_equal(kh_story_origin_count(&s), 2);
    kh_happenings figures = {0};
    kh_happenings_of(a, &s, KH_WATCH_FIGURE, &figures);
    assert_int_equal(figures.count, 1);
    assert_kh_str(figures.items[0].was, KH_STR("26"));
    assert_kh_str(figures.items[0].is, KH_STR("164"));
    assert_int_equal(figures.items[0].article, 3);
    kh_happenings again = {0};
    kh_happenings_of(a, &s, KH_WATCH_FIGURE, &again);
    assert_kh_str(again.items[0].id, figures.items[0].id);
    kh_happenings origins = {0};
    kh_happenings_of(a, &s, KH_WATCH_ORIGIN, &origins);
    assert_int_equal(origins.count, 1);
    assert_kh_str(origins.items[0].what, KH_STR("AFP"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(a_target_is_steps_form_and_fields),
        KH_TEST(an_id_is_no_path),
        KH_TEST(fields_have_a_limit),
        KH_TEST(the_form_that_is_wanted_most),
        KH_TEST(who_may_ask),
        KH_TEST(addresses_to_listen_on),
        KH_TEST(answers_are_given_again),
        KH_TEST(the_cache_has_a_size),
        KH_TEST(a_filter_is_one_address),
        KH_TEST(reports_by_hour_or_by_day),
        KH_TEST(what_a_copy_changed),
        KH_TEST(without_shared_words_all_is_dropped_and_added),
        KH_TEST(what_happened_in_a_story),
    };
    return cmocka_run_group_tests_name("server", tests, NULL, NULL);
}
