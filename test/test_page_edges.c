/* test_page_edges.c - addresses, JSON and markup of pages at their edges: the examples of RFC 3986, escapes that are cut, tags that never end. */
#include "test.h"

#include "page/html.h"
#include "page/parts.h"

#include <string.h>

/* ---- addresses ---- */

/* RFC 3986, section 5.4; but an empty reference, and what is not of the web, is nothing here. */
static void the_examples_of_the_standard(void **state)
{
    static const char *const cases[][2] = {
        {"g", "http://a/b/c/g"}, {"./g", "http://a/b/c/g"}, {"g/", "http://a/b/c/g/"}, {"/g", "http://a/g"}, {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"}, {"g?y", "http://a/b/c/g?y"}, {"#s", "http://a/b/c/d;p?q#s"}, {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"}, {";x", "http://a/b/c/;x"}, {"g;x", "http://a/b/c/g;x"}, {"g;x?y#s", "http://a/b/c/g;x?y#s"},
        {".", "http://a/b/c/"}, {"./", "http://a/b/c/"}, {"..", "http://a/b/"}, {"../", "http://a/b/"}, {"../g", "http://a/b/g"},
        {"../..", "http://a/"}, {"../../", "http://a/"}, {"../../g", "http://a/g"}, {"../../../g", "http://a/g"}, {"../../../../g", "http://a/g"},
        {"/./g", "http://a/g"}, {"/../g", "http://a/g"}, {"g.", "http://a/b/c/g."}, {".g", "http://a/b/c/.g"}, {"g..", "http://a/b/c/g.."},
        {"..g", "http://a/b/c/..g"}, {"./../g", "http://a/b/g"}, {"./g/.", "http://a/b/c/g/"}, {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"}, {"g;x=1/./y", "http://a/b/c/g;x=1/y"}, {"g;x=1/../y", "http://a/b/c/y"}, {"g?y/./x", "http://a/b/c/g?y/./x"},
        {"g?y/../x", "http://a/b/c/g?y/../x"}, {"g#s/./x", "http://a/b/c/g#s/./x"}, {"g#s/../x", "http://a/b/c/g#s/../x"},
        {"g:h", ""}, {"http:g", ""}, {"", ""}, {"mailto:x@a", ""}, {"javascript:void(0)", ""}, {"a b", ""}, {"a{b}", ""}, {"a<b", ""},
        {" g ", "http://a/b/c/g"}, {"HTTPS://B/x", "HTTPS://B/x"}, {"http://", ""},
    };
    kh_arena *a = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_kh_str(kh_url_join(a, KH_STR("http://a/b/c/d;p?q"), kh_str_z(cases[i][0])), kh_str_z(cases[i][1]));
    }
    assert_kh_str(kh_url_join(a, KH_STR("http://a"), KH_STR("g")), KH_STR("http://a/g"));
    assert_kh_str(kh_url_join(a, KH_STR("http://a?q"), KH_STR("g")), KH_STR("http://a/g"));
    assert_kh_str(kh_url_join(a, KH_STR("http://a/b#c/d"), KH_STR("g")), KH_STR("http://a/g"));
    assert_kh_str(kh_url_join(a, KH_STR("page.html"), KH_STR("g")), (kh_str){0});       /* no base */
    assert_kh_str(kh_url_join(a, KH_STR("page.html"), KH_STR("//a/g")), KH_STR("https://a/g"));
    char *tall = KH_NEW_N(a, char, 5000);
    memset(tall, 'x', 5000);
    assert_kh_str(kh_url_join(a, KH_STR("http://a/"), (kh_str){tall, 5000}), (kh_str){0});
    assert_kh_str(kh_url_join(a, (kh_str){tall, 5000}, KH_STR("//a/g")), (kh_str){0});
}

static void hosts_sites_and_pages(void **state)
{
    kh_arena *a = *state;
    assert_kh_str(kh_url_host(KH_STR("https://me:pw@www.Akhbar.example:8443/x")), KH_STR("Akhbar.example"));
    assert_kh_str(kh_url_host(KH_STR("ftp://akhbar.example/x")), (kh_str){0});
    assert_kh_str(kh_url_host(KH_STR("akhbar.example/x")), (kh_str){0});
    assert_kh_str(kh_url_host(KH_STR("ht1tp://x")), (kh_str){0});
    assert_true(kh_url_same_site(KH_STR("https://m.akhbar.example/1"), KH_STR("http://www.AKHBAR.example/2")));
    assert_true(kh_url_same_site(KH_STR("https://amp.akhbar.example/1"), KH_STR("https://mobile.akhbar.example/2")));
    assert_true(kh_url_same_site(KH_STR("https://sport.akhbar.example/1"), KH_STR("https://akhbar.example/2")));
    assert_true(kh_url_same_site(KH_STR("https://akhbar.example/1"), KH_STR("https://sport.akhbar.example/2")));
    assert_false(kh_url_same_site(KH_STR("https://otherakhbar.example/1"), KH_STR("https://akhbar.example/2")));
    assert_false(kh_url_same_site(KH_STR("https://akhbar.example/1"), KH_STR("https://example/2"))); /* all of them end so */
    assert_false(kh_url_same_site(KH_STR("https://x.akhbar.example/1"), KH_STR("https://other1.example/2")));
    assert_false(kh_url_same_site(KH_STR("nothing"), KH_STR("https://akhbar.example/2")));
    assert_false(kh_url_same_site(KH_STR("https://akhbar.example/2"), KH_STR("nothing")));
    assert_true(kh_url_is_root(KH_STR("https://akhbar.example")) && kh_url_is_root(KH_STR("https://akhbar.example/")));
    assert_true(kh_url_is_root((kh_str){0}) && kh_url_is_root(KH_STR("/")));
    assert_false(kh_url_is_root(KH_STR("https://akhbar.example/?p=1")) || kh_url_is_root(KH_STR("x")));
    assert_true(kh_url_same_page(KH_STR("http://www.akhbar.example/1/?a=b"), KH_STR("https://akhbar.example/1#c")));
    assert_false(kh_url_same_page((kh_str){0}, (kh_str){0}));
    assert_kh_str(kh_url_decode(a, KH_STR("%d8%AE%D8%a8%20%zz%4%4g%")), KH_STR("\xD8\xAE\xD8\xA8 %zz%4%4g%"));
    assert_kh_str(kh_url_decode(a, KH_STR("%ff%41")), KH_STR("\xEF\xBF\xBD" "A")); /* no UTF-8 */
    assert_kh_str(kh_url_decode(a, KH_STR("%:0%/0%@0%G0%`0%g0")), KH_STR("%:0%/0%@0%G0%`0%g0"));
}

/* ---- JSON of pages ---- */

/* The string of member "k" of the object TEXT; "-" where there is none. */
static kh_str member_of(kh_arena *a, const char *text)
{
    kh_jsons json = kh_json_read(a, kh_str_z(text));
    uint32_t at = kh_json_member(&json, 0, KH_STR("k"));
    return at ? json.items[at].text : KH_STR("-");
}

static void json_that_people_write(void **state)
{
    static const char *const cases[][2] = {
        {"{\"k\":\"a\"}", "a"},
        {"<!-- {\"k\" : \"a\" } -->", "a"},
        {"//<![CDATA[\n[1]\n//]]>", "-"},
        {"{\"x\":[1,{\"k\":\"no\"}],\"k\":\"a\"}", "a"},
        {"{\"k\":\"a\\n\\r\\t\\f\\bz\\\"\\\\\\/\\x\"}", "a\n\n   z\"\\/x"},
        {"{\"k\":\"\\u062e\\u0628\\u0631\"}", "\xD8\xAE\xD8\xA8\xD8\xB1"},
        {"{\"k\":\"\\uD83D\\uDE00\\u00E9\"}", "\xF0\x9F\x98\x80\xC3\xA9"},
        {"{\"k\":\"\\uD83Dx\"}", "\xEF\xBF\xBDx"},           /* half a pair */
        {"{\"k\":\"\\uD83D\\u0041b\"}", "\xEF\xBF\xBD" "b"}, /* no other half */
        {"{\"k\":\"\\uD83D\\n\"}", "\xEF\xBF\xBD\n"},
        {"{\"k\":\"\\u00zz\"}", "\xEF\xBF\xBD"},
        {"{\"k\":\"\\u0000x\"}", " x"},
        {"{\"k\":\"a\nb\"}", "a\nb"},                        /* a line end as it is: wrong, and common */
        {"{\"k\":\"a\"; \"l\":\"b\"}", "a"},
        {"{\"k\":\"a\",}", "a"},
        {"{\"k\":\"never ends", "never ends"},
        {"{\"k\":\"never ends\\", "never ends "},
        {"{\"k\":\"\\u12", "\xEF\xBF\xBD"},
        {"{\"k\":true}", "true"},
        {"{\"k\":-1.5e3 }", "-1.5e3"},
        {"{\"k\" \"a\"}", "-"},
        {"{\"k\":\"a\"}}}} {\"k\":\"b\"}", "a"},
        {"{\"k\":}", "-"},
        {"[\"k\":\"a\"]", "-"},
        {"no JSON at all", "-"},
        {"", "-"},
    };
    kh_arena *a = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_kh_str(member_of(a, cases[i][0]), kh_str_z(cases[i][1]));
    }
    kh_buf deep = {.arena = a};
    for (int i = 0; i < 500; i++) {
        kh_buf_z(&deep, "[{\"k\":");
    }
    kh_jsons json = kh_json_read(a, kh_buf_str(&deep)); /* so deep and no deeper */
    assert_in_range(json.count, 10, 500);
    assert_int_equal(json.items[0].end, json.count);
    assert_int_equal(kh_json_member(&json, (uint32_t)json.count, KH_STR("k")), 0);
    assert_int_equal(kh_json_member(&json, 0, KH_STR("k")), 0); /* a list has no members */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(the_examples_of_the_standard),
        KH_TEST(hosts_sites_and_pages),
        KH_TEST(json_that_people_write),
    };
    return cmocka_run_group_tests_name("page edges", tests, NULL, NULL) != 0;
}
