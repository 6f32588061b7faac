/* test_page_edges.c - addresses, JSON and markup of pages at their edges: the examples of RFC 3986, escapes that are cut, tags that never end. */
#include "test.h"

#include "page/html.h"
#include "page/parts.h"

#include <stdlib.h>
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
        {"{\"k\":\"\\u00:0\\u00G0\\u00`0\\u00g0\"}", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"{\"k\":\"\\uD83D\\uE000\"}", "\xEF\xBF\xBD"}, /* behind the last of the other halves */
        {"{\"k\":\"\\uDE00\"}", "\xEF\xBF\xBD"},
        {"{\"k\":\"\\uD83D", "\xEF\xBF\xBD"},
        {"{\"k\":\"\\uD83D\\", "\xEF\xBF\xBD "},
        {"{\x01\"k\":\"a\"}", "a"},
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
    kh_buf wide = {.arena = a};
    for (int i = 0; i < 200000; i++) {
        kh_buf_z(&wide, i ? ",1" : "[1");
    }
    json = kh_json_read(a, kh_buf_str(&wide));
    assert_int_equal(json.count, 100000);
    assert_int_equal(json.items[0].end, json.count);
}

/* ---- markup ---- */

/* The tree of HTML: elements and their attributes, each within the brackets of its parent. */
static kh_str outline(kh_arena *a, kh_str html)
{
    kh_tree t = kh_html_tree(a, html);
    kh_buf b = {.arena = a};
    for (uint32_t i = 1; i < t.nodes.count; i++) {
        const kh_node *n = &t.nodes.items[i];
        assert_true(n->parent < i && n->end > i && n->end <= t.nodes.items[n->parent].end);
        assert_true(kh_utf8_valid(n->text));
        if (n->tag == KH_TAG_TEXT) {
            kh_buf_printf(&b, "'" KH_FMT "'", KH_ARG(n->text));
        } else {
            kh_str name = kh_tag_name(n->tag);
            kh_buf_add(&b, name.len ? name : KH_STR("?"));
            for (uint32_t k = 0; k < n->attr_count; k++) {
                kh_str value = t.attrs.items[n->attr + k].value;
                kh_buf_printf(&b, "." KH_FMT, KH_ARG(value));
            }
            kh_buf_z(&b, "(");
        }
        for (uint32_t at = i; at && t.nodes.items[at].end == i + 1; at = t.nodes.items[at].parent) {
            kh_buf_z(&b, t.nodes.items[at].tag == KH_TAG_TEXT ? " " : ")");
        }
    }
    return kh_buf_str(&b);
}

static void assert_body(kh_arena *a, kh_str html, kh_str expected)
{
    kh_str all = outline(a, kh_arena_join(a, KH_STR("<body>"), html));
    assert_kh_str(all, kh_arena_printf(a, "html(body(" KH_FMT "))", KH_ARG(expected)));
}

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Which characters begin a tag, end its name, and end that of a reference: every one of ASCII is tried. */
static void every_character_behind_a_mark(void **state)
{
    for (int c = 1; c < 128; c++) {
        kh_arena one = *(kh_arena *)*state;
        bool digit = c >= '0' && c <= '9', space = c == ' ' || (c >= '\t' && c <= '\r');
        kh_str shown = kh_arena_printf(&one, "<%cxx>y", c); /* where it is text */
        bool none = c == '!' || c == '?' || c == '/';       /* a declaration; the end of what was not begun */
        assert_body(&one, kh_arena_printf(&one, "<%cxx>y", c),
                    is_letter(c) ? KH_STR("?('y' )")
                    : c == '<'   ? KH_STR("'<' ?('y' )")
                                 : kh_arena_printf(&one, "'" KH_FMT "' ", KH_ARG(none ? KH_STR("y") : shown)));
        kh_tree t = kh_html_tree(&one, kh_arena_printf(&one, "<em%c>x", c));
        bool longer = is_letter(c) || digit || c == '-' || c == ':' || c == '_';
        assert_int_equal(t.nodes.items[3].tag == KH_TAG_em, !longer);
        t = kh_html_tree(&one, kh_arena_printf(&one, "<p%cid=q>x", longer || c == '>' ? ' ' : c));
        bool part = !space && !longer && c != '>' && c != '/' && c != '=' && c != '"' && c != '\''; /* "#id" is another name */
        assert_kh_str(kh_node_attr(&t, &t.nodes.items[3], KH_ATTR_ID), part ? (kh_str){0} : KH_STR("q"));
        size_t len = 0;
        kh_str reference = kh_arena_printf(&one, "&copy%c", c);
        assert_int_equal(kh_html_entity(reference, 0, &len), is_letter(c) || digit || c == '=' ? 0 : 0xA9);
        assert_int_equal(len, is_letter(c) || digit || c == '=' ? 0 : c == ';' ? 6 : 5);
    }
}

static void tags_that_are_odd(void **state)
{
    static const char *const cases[][2] = {
        {"a<p class=x title=\"y\" id='z'>b", "'a' p.x.y.z('b' )"},
        {"a<p class = x\"y id>b", "'a' p.x\"y.('b' )"},
        {"a<p \"class\" 'id=z' / class==x>b", "'a' p.z'.=x('b' )"},
        {"a<p/class=x/>b", "'a' p.x/('b' )"},
        {"a<p class='x>b", "'a' p.x>b()"},
        {"a</p x='>'>b", "'a' p()''>b' "},
        {"a</>b</1>c</ p>d", "'abcd' "},
        {"a<", "'a<' "},
        {"a</", "'a' "},
        {"a<!-- x -- > y -->b<!--->c<!-->d<!-- e --!>f<!-- g->h<p>i", "'abcdfh' p('i' )"}, /* never closed: to its first '>' */
        {"a<![CDATA[b]]>c<?php d ?>e<!doctype html>f", "'acef' "},
        {"a<script>b</scripts>c</script>d</SCRIPT >e", "'a de' "},
        {"a<script/>b</script>c<style/>d</style >e", "'a c e' "},
        {"a<svg/>b<svg>c</svg>d<svg>e", "'ab de' "},
        {"a<textarea>b</textarea>c<textarea><p>d", "'a c' p('d' )"},
        {"a<iframe src=x>b</iframe>c<noscript>d</noscript>e", "'a c e' "},
        {"a<script>", "'a ' "},
        {"a<script>b</script", "'a ' "},
        {"<ul><li>a<address>b<li>c</ul>", "ul(li('a' address('b' ))li('c' ))"},
        {"<ul><li>a<section>b<li>c</ul>", "ul(li('a' section('b' li('c' ))))"},
        {"<dl><dd>a</dt>b</dd>c</dl>", "dl(dd('ab' )'c' )"},
        {"<div>a</li>b</dd>c</h2>d</form>e", "div('abcde' )"},
        {"<table><tbody><tr><td>a<tbody><tr><td>b<tr><th>c</table>d", "table(tbody(tr(td('a' )))tbody(tr(td('b' ))tr(th('c' ))))'d' "},
        {"<table><tr><td>a</thead>b</tr>c</table>d", "table(tr(td('ab' ))'c' )'d' "},
        {"<a>a<h2>b<a>c", "a('a' h2('b' ))a('c' )"},
        {"<a>a<h2><b>b</a>c</h2>d", "a('a' h2(b('b' )))'cd' "},
        {"<a><h2><b><h2><b><h2><b><h2><b><h2><b><h2><b><h2><b><h2><b><h2><b>x</a>y", "a(h2(b(h2(b(h2(b(h2(b(h2(b(h2(b(h2(b(h2(b(h2(b('xy' )))))))))))))))))))"},
        {"<h2>a<h3>b</h2>c", "h2('a' )h3('b' )'c' "},
        {"<select><optgroup>a<option>b<optgroup><option>c</select>d", "select(optgroup('a' option('b' ))optgroup(option('c' )))'d' "},
        {"<form>a<p>b</form>c", "form('a' p('b' ))'c' "},
        {"<form>a<div>b</form>c<form>d</form>e", "form('a' div('bc' form('d' )'e' ))"},
        {"<x><y><y><y>a</x>b", "?(?(?(?('a' ))))'b' "},
        {"<object><p>a</object>b", "object(p('a' ))'b' "},
        {"<button>a</button><p>b<button>c<p>d</p></button>e", "button('a' )p('b' button('c' p('d' ))'e' )"},
        {"a<html lang=en id=x><html lang=fa>b", "'ab' "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_arena one = *(kh_arena *)*state;
        kh_str all = outline(&one, kh_arena_printf(&one, "<body>%s", cases[i][0]));
        kh_str root = kh_str_find(all, KH_STR("html.en.x(")) < all.len ? KH_STR("html.en.x") : KH_STR("html");
        assert_kh_str(all, kh_arena_printf(&one, KH_FMT "(body(%s))", KH_ARG(root), cases[i][1]));
    }
    kh_arena *a = *state;
    assert_kh_str(outline(a, KH_STR("<template>a</template><title>b</title>c")), KH_STR("html(head(template('a' )title('b' ))body('c' ))"));
    assert_kh_str(outline(a, KH_STR("<head><title>a")), KH_STR("html(head(title('a' )))"));
    assert_kh_str(outline(a, KH_STR("<meta name=x>")), KH_STR("html(head(meta.x()))"));
    assert_kh_str(outline(a, (kh_str){0}), (kh_str){0});
}

static void numbers_of_characters(void **state)
{
    static const struct {
        const char *reference;
        uint32_t cp;
        size_t len;
    } cases[] = {
        {"&#9;", '\t', 4}, {"&#13;", '\r', 5}, {"&#8;", 0, 4}, {"&#14;", 0, 5}, {"&#31;", 0, 5}, {"&#32;", ' ', 5}, {"&#0;", 0, 4},
        {"&#65", 'A', 4}, {"&#x41;", 'A', 6}, {"&#X6A", 'j', 5}, {"&#xg;", 0, 0}, {"&#x:;", 0, 0}, {"&#x@;", 0, 0}, {"&#/;", 0, 0}, {"&#", 0, 0}, {"&#x", 0, 0},
        {"&#xD7FF;", 0xD7FF, 8}, {"&#xD800;", 0, 8}, {"&#xDFFF;", 0, 8}, {"&#xE000;", 0xE000, 8}, {"&#xFFFD;", 0xFFFD, 8}, {"&#xFFFE;", 0, 8},
        {"&#xFFFF;", 0, 8}, {"&#x10FFFF;", 0x10FFFF, 10}, {"&#x110000;", 0, 10}, {"&#127;", 127, 6}, {"&#128;", 0x20AC, 6}, {"&#159;", 0x178, 6}, {"&#160;", 160, 6},
        {"&", 0, 0}, {"&;", 0, 0}, {"&a;", 0, 0}, {"&copy", 0xA9, 5}, {"&hellip", 0, 0}, {"&hellip;", 0x2026, 8}, {"&quot", '"', 5}, {"&QUOT ", '"', 5},
        {"&thetasym;", 0x3D1, 10}, {"&abcdefghij;", 0, 0}, {"&abcdefghijk;", 0, 0}, {"&ccedil=", 0, 0}, {"&ccedil;=", 0xE7, 8}, {"&NewLine;", '\n', 9},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len = 99;
        assert_int_equal(kh_html_entity(kh_str_z(cases[i].reference), 0, &len), cases[i].cp);
        assert_int_equal(len, cases[i].len);
    }
}

/* A page that ends anywhere: its tree is whole, what stood before is as it was, and nothing is read behind its end. */
static void cut_at_every_byte(void **state)
{
    static const char page[] =
        "<!DOCTYPE html><html lang = fa><head><title>&laquo;a&raquo;</title><meta name='x' content=\"y\"><script type='application/ld+json'>{\"@type\":"
        "\"NewsArticle\",\"headline\":\"\\u062e\\uD83D\\uDE00\",\"author\":[{\"name\":\"b\"},true]}</script><style>p</style></head>"
        "<body class=\"c d\"><!-- e --><p id = f >first</p><a href = '/g?h&amp;i' rel=\"nofollow\" >&#1575;&#x627;</a ><svg><path d=''/></svg><ul><li>j<li>k</ul>"
        "<table><tr><td>l</table><textarea>m</textarea><br/>\xD9\x85\xD8\xB1<noscript>n</noscript><hr><x-y>o</x-y>";
    kh_arena *a = *state;
    for (size_t n = 0; n < sizeof page; n++) {
        kh_arena one = *a;
        char *exact = malloc(n + 1);
        memcpy(exact, page, n);
        kh_str text = kh_utf8_clean(&one, (kh_str){exact, n}); /* as every page comes */
        kh_str all = outline(&one, text);
        kh_str first = KH_STR("p.f('first");
        assert_int_equal(kh_str_find(all, first) < all.len, n >= (size_t)(strstr(page, "first") + 5 - page));
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(the_examples_of_the_standard),
        KH_TEST(hosts_sites_and_pages),
        KH_TEST(json_that_people_write),
        KH_TEST(every_character_behind_a_mark),
        KH_TEST(tags_that_are_odd),
        KH_TEST(numbers_of_characters),
        KH_TEST(cut_at_every_byte),
    };
    return cmocka_run_group_tests_name("page edges", tests, NULL, NULL) != 0;
}
