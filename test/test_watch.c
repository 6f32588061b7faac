/* test_watch.c - what watching feeds decides: robots.txt, freshness, schedules, addresses. */
#include "test.h"
#include "watch/watch.h"

#include <arpa/inet.h>
#include <string.h>

/* ---- robots.txt ---- */

static bool may(kh_arena *a, const char *file, const char *path)
{
    kh_robots robots = kh_robots_read(a, kh_str_z(file), KH_STR("khabar"));
    return kh_robots_allow(kh_test_scratch(), &robots, kh_str_z(path));
}

static void the_longest_rule_decides(void **state)
{
    const char *file = "User-agent: *\nAllow: /p\nDisallow: /\n";
    assert_true(may(*state, file, "/page"));
    assert_false(may(*state, file, "/other"));
    assert_true(may(*state, "User-agent: *\nDisallow: /page\nAllow: /page\n", "/page"));
    assert_true(may(*state, "User-agent: *\nAllow: /$\nDisallow: /\n", "/"));
    assert_false(may(*state, "User-agent: *\nAllow: /$\nDisallow: /\n", "/page.htm"));
    assert_false(may(*state, "User-agent: *\nAllow: /folder\nDisallow: /folder/\n", "/folder/page"));
}

/* The examples of RFC 9309, section 5.1. */
static void groups_are_for_crawlers(void **state)
{
    const char *file = "User-agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
                       "User-agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n"
                       "User-agent: barbot\nUser-agent: bazbot\nDisallow: /example/page.html\n\n"
                       "User-agent: quxbot\n";
    kh_arena *a = *state;
    static const struct {
        const char *agent, *path;
        bool allowed;
    } cases[] = {
        {"foobot", "/example/page.html", true},   {"foobot", "/example/allowed.gif", true}, {"foobot", "/publications/x", false},
        {"barbot", "/example/page.html", false},  {"bazbot", "/example/page.html", false},  {"BarBot", "/example/other.html", true},
        {"quxbot", "/example/page.html", true},   {"khabar", "/example/page.html", false},  {"khabar", "/a/b.gif", false},
        {"khabar", "/a/b.gif?x", true},           {"khabar", "/publications/b", true},      {"khabar", "/else", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_robots robots = kh_robots_read(a, kh_str_z(file), kh_str_z(cases[i].agent));
        assert_int_equal(kh_robots_allow(kh_test_scratch(), &robots, kh_str_z(cases[i].path)), cases[i].allowed);
    }
}

static void groups_of_one_crawler_are_joined(void **state)
{
    const char *file = "user-agent: Khabar/2.0\ndisallow: /a\n\nUSER-AGENT : other\nDisallow: /\n\nUser-agent: khabar # again\nDisallow: /b\n";
    assert_false(may(*state, file, "/a1"));
    assert_false(may(*state, file, "/b1"));
    assert_true(may(*state, file, "/c"));
    assert_true(may(*state, "User-agent: khabarbot\nDisallow: /\n", "/x"));
}

static void stars_and_ends(void **state)
{
    static const struct {
        const char *pattern, *path;
        bool fits;
    } cases[] = {
        {"/fish", "/fish.html", true},     {"/fish", "/Fish", false},          {"/fish*", "/fishheads/1", true},
        {"/*.php$", "/a/b.php", true},     {"/*.php$", "/a.php?x", false},     {"/*.php", "/a.php?x", true},
        {"/a*b*c", "/axxbyyc/tail", true}, {"/a*b*c$", "/axxbyyc/tail", false}, {"/a**c", "/abc", true},
        {"*", "/anything", true},          {"/*$", "/anything", true},         {"/a*a$", "/a", false},
        {"/x$y", "/x$y", true},            {"fish", "/fish", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_str file = kh_arena_printf(*state, "User-agent: *\nDisallow: %s\n", cases[i].pattern);
        assert_int_equal(may(*state, file.ptr, cases[i].path), !cases[i].fits);
    }
}

static void spellings_of_a_path_are_one(void **state)
{
    const char *file = "User-agent: *\nDisallow: /\xd8\xae\xd8\xa8\xd8\xb1/\nDisallow: /a%3cd\nDisallow: /%7Ejoe/\n";
    assert_false(may(*state, file, "/%D8%AE%D8%A8%D8%B1/1"));
    assert_false(may(*state, file, "/%d8%ae%d8%a8%d8%b1/1"));
    assert_false(may(*state, file, "/a%3Cd"));
    assert_false(may(*state, file, "/~joe/index.html"));
    assert_true(may(*state, file, "/a<d")); /* reserved, so not the same */
}

static void what_forbids_nothing(void **state)
{
    assert_true(may(*state, "", "/x"));
    assert_true(may(*state, "User-agent: *\nDisallow:\n", "/x"));
    assert_true(may(*state, "<html><body>Not found: /</body></html>", "/x"));
    assert_true(may(*state, "Disallow: /\n", "/x")); /* of no group */
    assert_true(may(*state, "User-agent: *\nDisallow: /\n", "/robots.txt"));
    assert_false(may(*state, "\xEF\xBB\xBFUser-agent: *\rDisallow: /x\r", "/x"));
}

static void delays_are_seconds(void **state)
{
    assert_int_equal(kh_robots_read(*state, KH_STR("User-agent: *\nCrawl-delay: 2.5\n"), KH_STR("khabar")).delay, 3);
    assert_int_equal(kh_robots_read(*state, KH_STR("User-agent: *\nCrawl-delay: 1e99\n"), KH_STR("khabar")).delay, 86400);
    assert_int_equal(kh_robots_read(*state, KH_STR("User-agent: *\nCrawl-delay: -4\n"), KH_STR("khabar")).delay, KH_NOT_SAID);
    assert_int_equal(kh_robots_read(*state, KH_STR("User-agent: x\nCrawl-delay: 9\n"), KH_STR("khabar")).delay, KH_NOT_SAID);
}

static void a_giant_is_cut(void **state)
{
    kh_buf b = {.arena = *state};
    kh_buf_z(&b, "User-agent: *\n");
    for (int i = 0; i < KH_ROBOTS_RULES_MAX + 10; i++) {
        kh_buf_printf(&b, "Disallow: /%d/\n", i);
    }
    kh_robots robots = kh_robots_read(*state, kh_buf_str(&b), KH_STR("khabar"));
    assert_int_equal(robots.rules.count, KH_ROBOTS_RULES_MAX);
    while (b.len < KH_ROBOTS_BYTES_MAX) {
        kh_buf_z(&b, "# nothing, at some length, to fill the file up\n");
    }
    kh_buf_z(&b, "User-agent: khabar\nDisallow: /\n");
    robots = kh_robots_read(*state, kh_buf_str(&b), KH_STR("khabar"));
    assert_true(kh_robots_allow(kh_test_scratch(), &robots, KH_STR("/x")));
}

/* ---- time ---- */

static void three_forms_of_a_date(void **state)
{
    (void)state;
    static const char *const good[] = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"};
    for (size_t i = 0; i < 3; i++) {
        int64_t seconds = 0;
        assert_true(kh_http_date(kh_str_z(good[i]), &seconds));
        assert_int_equal(seconds, 784111777);
    }
    static const char *const bad[] = {"", "0", "-1", "Sun, 31 Feb 2021 08:49:37 GMT", "Sun, 06 Nov 1994", "06 Nov 1994 25:00:00", "Nov", "1994"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t seconds = 0;
        assert_false(kh_http_date(kh_str_z(bad[i]), &seconds));
    }
}

static int64_t fresh(const char *cache, const char *expires, const char *date, const char *age)
{
    return kh_fresh_for(kh_str_z(cache), kh_str_z(expires), kh_str_z(date), kh_str_z(age));
}

static void how_long_an_answer_is_fresh(void **state)
{
    (void)state;
    const char *ten = "Thu, 06 Jan 2022 10:00:00 GMT";
    const char *half_past = "Thu, 06 Jan 2022 10:30:00 GMT";
    assert_int_equal(fresh("public, max-age=600", "", "", ""), 600);
    assert_int_equal(fresh("max-age=600", half_past, ten, "100"), 500);
    assert_int_equal(fresh("max-age=\"60\"", "", "", "100"), 0);
    assert_int_equal(fresh("Max-Age=600, no-store", "", "", ""), 0);
    assert_int_equal(fresh("no-cache=\"set-cookie\"", half_past, ten, ""), 0);
    assert_int_equal(fresh("", half_past, ten, ""), 1800);
    assert_int_equal(fresh("", ten, half_past, ""), 0);
    assert_int_equal(fresh("", half_past, "", ""), KH_NOT_SAID);
    assert_int_equal(fresh("max-age=99999999999999999999", "", "", ""), 365 * 86400);
    assert_int_equal(fresh("max-age=-5", "", "", ""), KH_NOT_SAID);
    assert_int_equal(fresh("", "", "", ""), KH_NOT_SAID);
}

static void how_long_a_server_says_to_wait(void **state)
{
    (void)state;
    assert_int_equal(kh_retry_after(KH_STR(" 120 "), 0), 120);
    assert_int_equal(kh_retry_after(KH_STR("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777 - 60), 60);
    assert_int_equal(kh_retry_after(KH_STR("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777 + 60), 0);
    assert_int_equal(kh_retry_after(KH_STR("soon"), 0), KH_NOT_SAID);
    assert_int_equal(kh_retry_after(KH_STR(""), 0), KH_NOT_SAID);
}

static void feeds_are_polled_politely(void **state)
{
    (void)state;
    kh_polled p = {.answer = KH_ANSWER_GOOD, .every = 1800, .fresh = KH_NOT_SAID, .retry = KH_NOT_SAID};
    int64_t least = INT64_MAX;
    int64_t most = 0;
    for (p.chance = 0; p.chance < 500; p.chance++) {
        int64_t wait = kh_wait_for_feed(&p);
        least = wait < least ? wait : least;
        most = wait > most ? wait : most;
    }
    assert_in_range(least, 1800, 1810);
    assert_in_range(most, 1960, 1980);
    p.fresh = 3600;
    assert_in_range(kh_wait_for_feed(&p), 3600, 3960);
    p.fresh = 365 * 86400;
    assert_in_range(kh_wait_for_feed(&p), 86400, 95040);
    p.answer = KH_ANSWER_GONE;
    assert_int_equal(kh_wait_for_feed(&p), KH_NEVER);
}

static void failures_are_given_time(void **state)
{
    (void)state;
    kh_polled p = {.answer = KH_ANSWER_FAILED, .every = 1800, .fresh = 10, .retry = KH_NOT_SAID, .chance = 7};
    for (p.failures = 1; p.failures < 40; p.failures++) {
        int64_t middle = p.failures < 6 ? 1800 << p.failures : 86400;
        assert_in_range(kh_wait_for_feed(&p), middle * 3 / 4, middle * 5 / 4);
    }
    p.failures = 1;
    p.retry = 50000;
    assert_in_range(kh_wait_for_feed(&p), 50000, 55000);
    p.retry = 365 * 86400;
    assert_in_range(kh_wait_for_feed(&p), 7 * 86400, 8 * 86400);
    p.retry = 0;
    assert_in_range(kh_wait_for_feed(&p), 2700, 4500);
}

static void pages_are_looked_at_again(void **state)
{
    (void)state;
    int64_t hours = 1;
    for (unsigned visits = 1; visits <= 5; visits++, hours *= 3) {
        assert_in_range(kh_wait_for_page(visits, visits), hours * 3600, hours * 3960);
    }
    assert_int_equal(kh_wait_for_page(6, 0), KH_NEVER);
}

/* ---- addresses ---- */

static bool is_public(const char *words)
{
    unsigned char bytes[16];
    bool six = strchr(words, ':') != NULL;
    assert_int_equal(inet_pton(six ? AF_INET6 : AF_INET, words, bytes), 1);
    return kh_address_public(bytes, six ? 16 : 4);
}

static void only_the_public_internet(void **state)
{
    (void)state;
    static const char *const outside[] = {"93.184.215.14", "1.1.1.1", "11.0.0.1", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.1",
                                          "192.167.1.1", "198.17.1.1", "198.20.0.1", "223.255.255.255", "2606:2800:220:1::1", "2a00:1450::1",
                                          "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"};
    static const char *const inside[] = {"0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254",
                                         "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.19.255.255",
                                         "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1",
                                         "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1",
                                         "2001:db8::1", "2002:7f00:1::1", "2002:a00:1::1", "3fff::1", "fc00::1", "fd12:3456::1", "fe80::1",
                                         "fec0::1", "ff02::1"};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        assert_true(is_public(outside[i]));
    }
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        assert_false(is_public(inside[i]));
    }
    assert_false(kh_address_public((const unsigned char *)"\x08\x08\x08\x08", 3));
}

/* ---- robots.txt and times at their edges ---- */

static bool allowed(kh_arena *a, const char *robots, const char *path)
{
    kh_robots r = kh_robots_read(a, kh_str_z(robots), KH_STR("khabar"));
    return kh_robots_allow(*a, &r, kh_str_z(path));
}

static void robots_at_their_edges(void **state)
{
    kh_arena *a = *state;
    assert_false(allowed(a, "User-agent: *\nDisallow: /a%2Fb%7e\n", "/a%2fb~"));   /* %7e is ~, %2F is not / */
    assert_true(allowed(a, "User-agent: *\nDisallow: /a%2Fb\n", "/a/b"));
    assert_false(allowed(a, "User-agent: *\nDisallow: /100%\n", "/100%"));
    assert_false(allowed(a, "User-agent: *\nDisallow: /x%4\n", "/x%4"));
    assert_false(allowed(a, "User-agent: *\nDisallow: /x%4g\n", "/x%4g"));
    assert_false(allowed(a, "User-agent: *\nDisallow: /x%:1\n", "/x%:1"));
    assert_false(allowed(a, "User-agent: *\nDisallow: /%41%5a%61%7A%30%39%2d%00\n", "/AZaz09-%00"));
    assert_true(allowed(a, "User-agent: *\nDisallow: /%5B\n", "/%7B"));
    assert_false(allowed(a, "User-agent: KHABAR/1.0 (news)\nDisallow: /\n", "/x"));
    assert_true(allowed(a, "User-agent: khabar-images\nDisallow: /\n", "/x"));
    assert_true(allowed(a, "User-agent: khabar_x\nDisallow: /\n", "/x"));
    assert_false(allowed(a, "User-agent: khabar{}\nDisallow: /\n", "/x"));
    assert_false(allowed(a, "User-agent: khabar@home\nDisallow: /\n", "/x"));
    assert_true(allowed(a, "Disallow: /\n", "/x"));                                /* of no group */
    assert_true(allowed(a, "User-agent: *\nDisallow:\n", "/x"));
    assert_true(allowed(a, "User-agent: *\nDisallow: /a*b*c$\n", "/axbx"));
    assert_true(allowed(a, "User-agent: *\nDisallow: /a*b*c\n", "/a"));
    assert_true(allowed(a, "User-agent: *\nDisallow: /a*b*c\n", "/axb"));
    assert_false(allowed(a, "User-agent: *\nDisallow: /a**c\n", "/axc"));
    assert_false(allowed(a, "User-agent: *\nDisallow: /a*\n", "/a"));
    assert_false(allowed(a, "User-agent: *\nDisallow: /a$\n", "/a"));
    assert_true(allowed(a, "User-agent: *\nDisallow: /a$\n", "/ab"));
    assert_true(allowed(a, "User-agent: *\nDisallow: /\nAllow: /\n", ""));         /* as long: what is allowed; "" is "/" */
    assert_true(allowed(a, "User-agent: *\nAllow: /\nDisallow: /\n", "/"));
    assert_true(allowed(a, "User-agent: *\nAllow: /x\nAllow: /y\nDisallow: /\n", "/y"));
    kh_buf b = {.arena = a};
    kh_buf_z(&b, "User-agent: khabar\nUser-agent: *\nDisallow: /long");
    for (int i = 0; i < 3000; i++) {
        kh_buf_char(&b, 'g');
    }
    kh_str too_long = kh_buf_str(&b);
    kh_robots r = kh_robots_read(a, too_long, KH_STR("khabar"));
    assert_int_equal(r.rules.count, 1); /* its beginning forbids more, so it is kept */
    kh_str allow = kh_arena_join(a, KH_STR("User-agent: khabar\nAllow"), kh_str_from(too_long, kh_str_find(too_long, KH_STR(": /long"))));
    assert_int_equal(kh_robots_read(a, allow, KH_STR("khabar")).rules.count, 0);
    kh_buf crowd = {.arena = a};
    kh_buf_z(&crowd, "User-agent: *\nUser-agent: khabar\n");
    for (int i = 0; i < KH_ROBOTS_RULES_MAX + 5; i++) {
        kh_buf_z(&crowd, "Disallow: /x\n");
    }
    assert_int_equal(kh_robots_read(a, kh_buf_str(&crowd), KH_STR("khabar")).rules.count, KH_ROBOTS_RULES_MAX);
    assert_int_equal(kh_robots_read(a, kh_buf_str(&crowd), KH_STR("other")).rules.count, KH_ROBOTS_RULES_MAX);
    static const struct {
        const char *line;
        int64_t delay;
    } delays[] = {{"Crawl-delay: 2.5", 3}, {"Crawl-delay: -1", KH_NOT_SAID}, {"Crawl-delay: nan", KH_NOT_SAID}, {"Crawl-delay: soon", KH_NOT_SAID}, {"Crawl-delay: 0", 0}};
    for (size_t i = 0; i < sizeof delays / sizeof *delays; i++) {
        kh_str mine = kh_arena_printf(a, "User-agent: khabar\n%s\n", delays[i].line);
        assert_int_equal(kh_robots_read(a, mine, KH_STR("khabar")).delay, delays[i].delay);
    }
}

static void times_of_answers_at_their_edges(void **state)
{
    (void)state;
    int64_t at = 0;
    assert_true(kh_http_date(KH_STR("Sun, 06 Nov 1994 08:49:60 GMT"), &at));
    assert_int_equal(at, 784111799);
    assert_true(kh_http_date(KH_STR("Sunday, 06-Nov-94 08:49:37 GMT"), &at));
    assert_int_equal(at, 784111777);
    assert_true(kh_http_date(KH_STR("Sun Nov  6 08:49:37 2094"), &at));
    assert_false(kh_http_date(KH_STR("Sun, 06 Nov 1994"), &at));
    assert_false(kh_http_date(KH_STR("Sun, 06 Nov 1994 08:49"), &at));
    assert_false(kh_http_date(KH_STR("Sun, 06 Nov 1994 24:49:00"), &at));
    assert_false(kh_http_date(KH_STR("Sun, 06 Nov 1994 08:49:37:11"), &at));
    assert_false(kh_http_date(KH_STR("Sun, 31 Feb 1994 08:49:37"), &at));
    assert_false(kh_http_date(KH_STR("06 Nov 12345 08:49:37"), &at));
    assert_false(kh_http_date((kh_str){"06 Nov\0 1994", 12}, &at));
    assert_int_equal(kh_retry_after(KH_STR("\"120\""), 0), 120);
    assert_int_equal(kh_retry_after(KH_STR("\"120"), 0), KH_NOT_SAID);
    assert_int_equal(kh_retry_after(KH_STR("\""), 0), KH_NOT_SAID);
    assert_int_equal(kh_retry_after(KH_STR(""), 0), KH_NOT_SAID);
    assert_int_equal(kh_retry_after(KH_STR("12 s"), 0), KH_NOT_SAID);
    assert_int_equal(kh_retry_after(KH_STR("/"), 0), KH_NOT_SAID);
    assert_int_equal(kh_retry_after(KH_STR("40000000"), 0), 365 * 86400);    /* more than a year is a year */
    assert_int_equal(kh_retry_after(KH_STR("99999999999999999999"), 0), 365 * 86400);
    assert_int_equal(kh_fresh_for(KH_STR("public, max-age=60"), (kh_str){0}, (kh_str){0}, KH_STR("90")), 0);
    assert_int_equal(kh_fresh_for(KH_STR("max-age=x"), KH_STR("Sun, 06 Nov 1994 08:49:37 GMT"), KH_STR("Sun, 06 Nov 1994 08:49:38 GMT"), (kh_str){0}), 0);
    assert_int_equal(kh_fresh_for((kh_str){0}, KH_STR("0"), KH_STR("Sun, 06 Nov 1994 08:49:38 GMT"), (kh_str){0}), KH_NOT_SAID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(the_longest_rule_decides),
        KH_TEST(robots_at_their_edges),
        KH_TEST(times_of_answers_at_their_edges),
        KH_TEST(groups_are_for_crawlers),
        KH_TEST(groups_of_one_crawler_are_joined),
        KH_TEST(stars_and_ends),
        KH_TEST(spellings_of_a_path_are_one),
        KH_TEST(what_forbids_nothing),
        KH_TEST(delays_are_seconds),
        KH_TEST(a_giant_is_cut),
        KH_TEST(three_forms_of_a_date),
        KH_TEST(how_long_an_answer_is_fresh),
        KH_TEST(how_long_a_server_says_to_wait),
        KH_TEST(feeds_are_polled_politely),
        KH_TEST(failures_are_given_time),
        KH_TEST(pages_are_looked_at_again),
        KH_TEST(only_the_public_internet),
    };
    return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
