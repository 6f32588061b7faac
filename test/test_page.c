/* test_page.c - pages to lines with roles: golden pages, the tree, JSON-LD, hostile input. */
#include "page_know.h"
#include "test.h"

#include "page/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- helpers ---- */

static void add_field(kh_buf *b, const char *name, const kh_article *art, const kh_field *f)
{
    if (f->value.len) {
        kh_buf_printf(b, "%s\t" KH_FMT "\t" KH_FMT "\n", name, KH_ARG(f->value), KH_ARG(f->path));
    }
    if (!kh_span_empty(f->span)) {
        assert_kh_str(kh_slice(art->text, f->span), f->value);
    }
}

static void add_lines(kh_buf *b, const kh_article *art)
{
    KH_EACH (const kh_line, line, art->lines) {
        kh_str text = kh_slice(art->text, line->span);
        kh_str role = kh_line_role_name(line->role);
        kh_buf_printf(b, KH_FMT ": " KH_FMT "\n", KH_ARG(role), KH_ARG(text));
    }
}

/* ---- golden pages ---- */

static kh_str shown(kh_arena *a, const kh_article *art)
{
    kh_buf b = {.arena = a};
    add_field(&b, "title", art, &art->title);
    add_field(&b, "outlet", art, &art->outlet);
    add_field(&b, "byline", art, &art->byline);
    add_field(&b, "section", art, &art->section);
    add_field(&b, "image", art, &art->image);
    if (art->lang.len) {
        kh_buf_printf(&b, "lang\t" KH_FMT "\n", KH_ARG(art->lang));
    }
    if (art->url.len) {
        kh_buf_printf(&b, "url\t" KH_FMT "\n", KH_ARG(art->url));
    }
    if (art->reason.len) {
        kh_buf_printf(&b, "reason\t" KH_FMT "\n", KH_ARG(art->reason));
    }
    KH_EACH (const kh_date, d, art->page_dates) {
        kh_buf_printf(&b, "date\t" KH_FMT "\t" KH_FMT "\n", KH_ARG(d->reason), KH_ARG(d->path));
    }
    kh_buf_char(&b, '\n');
    add_lines(&b, art);
    return kh_buf_str(&b);
}

static void golden(const char *name)
{
    kh_arena a = kh_test_scratch();
    char path[128];
    snprintf(path, sizeof path, "test/golden/%s/in.html", name);
    kh_str html = kh_test_file(&a, path);
    kh_article art = read_page(&a, html, KH_PAGE_HTML);
    kh_str actual = shown(&a, &art);
    snprintf(path, sizeof path, "test/golden/%s/expected.txt", name);
    if (getenv("KHABAR_GOLDEN")) { /* rewrites the expectation: read the diff */
        char full[512];
        snprintf(full, sizeof full, "%s/%s", getenv("KHABAR_SOURCE"), path);
        FILE *f = fopen(full, "wb");
        fwrite(actual.ptr, 1, actual.len, f);
        fclose(f);
    }
    kh_str expected = kh_test_file(&a, path);
    kh_str rest_a = actual, rest_e = expected, line_a, line_e;
    while (kh_str_cut(&rest_e, '\n', &line_e)) {
        line_a = (kh_str){0};
        kh_str_cut(&rest_a, '\n', &line_a);
        assert_kh_str(line_a, line_e);
    }
    assert_kh_str(actual, expected);
}

static void golden_ar_floods(void **state)
{
    (void)state;
    golden("ar-floods");
}
static void golden_fa_quake(void **state)
{
    (void)state;
    golden("fa-quake");
}
static void golden_en_strike(void **state)
{
    (void)state;
    golden("en-strike");
}
static void golden_ru_bridge(void **state)
{
    (void)state;
    golden("ru-bridge");
}
static void golden_index_page(void **state)
{
    (void)state;
    golden("index-page");
}

/* ---- the tree ---- */

static kh_str outline(kh_arena *a, kh_str html)
{
    kh_tree t = kh_html_tree(a, html);
    kh_buf b = {.arena = a};
    assert_false(t.too_complex);
    for (uint32_t i = 1; i < t.nodes.count; i++) {
        const kh_node *n = &t.nodes.items[i];
        assert_true(n->parent < i && n->end > i && n->end <= t.nodes.items[n->parent].end);
        if (n->tag == KH_TAG_TEXT) {
            kh_buf_printf(&b, "'" KH_FMT "' ", KH_ARG(n->text));
        } else {
            kh_str name = kh_tag_name(n->tag);
            kh_str class = kh_node_attr(&t, n, KH_ATTR_CLASS);
            kh_buf_printf(&b, KH_FMT "%s" KH_FMT "(%u) ", KH_ARG(name), class.len ? "." : "",
                          KH_ARG(class), n->depth);
        }
    }
    return kh_str_trim(kh_buf_str(&b));
}

static void a_tree_has_nodes_in_document_order(void **state)
{
    assert_kh_str(
        outline(*state, KH_STR("<body><div class='a b'><p>one<p>two &amp; &#x645;<br>x</div>y")),
        KH_STR("html(1) body(2) div.a b(3) p(4) 'one' p(4) 'two & م' br(5) 'x' 'y'"));
}

static void scripts_comments_and_drawings_are_gone(void **state)
{
    assert_kh_str(
        outline(*state,
                KH_STR("<body><p>a<!-- <p>no --><script>'</p><p>no'</script><svg><p>no</p></svg>"
                       "<style>p{}</style>b<![CDATA[c]]>d<noscript><p>no</noscript>")),
        KH_STR("html(1) body(2) p(3) 'a   bd '"));
}

static void what_is_passed_over_ends_where_browsers_end_it(void **state)
{
    static const struct {
        const char *html, *text;
    } cases[] = {
        {"<!-- a --!>b<!-- c -->", "b"},
        {"<!-->b<!--->c<!---->d<!----!>e<!---!>f-->g", "bcdeg"},
        {"<!-- a -- > b --! > c -->d", "d"},
        {"<!--[if IE]>a<![endif]--><!--[if !IE]><!-->b<!--<![endif]--><![if !IE]>c<![endif]>", "bc"},
        {"<script>'</scripts>'</script>a<style>b</style-c></style\n>d", " a d"},
        {"a<!-- b", "a"},
        {"a<!--", "a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_str all = outline(*state, kh_arena_printf(*state, "<body>%s", cases[i].html));
        assert_kh_str(all, kh_arena_printf(*state, "html(1) body(2) '%s'", cases[i].text));
    }
}

/* What WHATWG HTML, 13.2.6, makes of pages whose authors left tags out or crossed them. */
static void broken_nesting_is_mended_as_browsers_do(void **state)
{
    static const struct {
        const char *html, *tree;
    } cases[] = {
        {"<ul><li>a<ul><li>b</ul><li>c</ul>d", "ul(3) li(4) 'a' ul(5) li(6) 'b' li(4) 'c' 'd'"},
        {"<dl><dt>a<dd>b<p>c<dt>d</dl>e", "dl(3) dt(4) 'a' dd(4) 'b' p(5) 'c' dt(4) 'd' 'e'"},
        {"<p>a<div>b</div>c</p>d", "p(3) 'a' div(3) 'b' 'c' p(3) 'd'"},
        {"<p>a<span>b<h2>c</h3>d", "p(3) 'a' span(4) 'b' h2(3) 'c' 'd'"},
        {"<table><tr><td>a<td><p>b</div>c<tr><td>d</table>e",
         "table(3) tr(4) td(5) 'a' td(5) p(6) 'bc' tr(4) td(5) 'd' 'e'"},
        {"<table><tr><td>a<table><tr><td>b</table>c</table>d",
         "table(3) tr(4) td(5) 'a' table(6) tr(7) td(8) 'b' 'c' 'd'"},
        {"<tr><td>a</td></tr>b", "'ab'"},
        {"<button>a<button>b</button>c", "button(3) 'a' button(3) 'b' 'c'"},
        {"<div><section><button>a</section>b</div>c", "div(3) section(4) button(5) 'a' 'b' 'c'"},
        {"<a>a<a>b<p>c</a>d", "a(3) 'a' a(3) 'b' p(4) 'c' 'd'"},
        {"<a>a<div>b</a>c</div>d", "a(3) 'a' div(4) 'bc' 'd'"},
        {"<a>a<div>b</a>c</div><p>d", "a(3) 'a' div(4) 'bc' p(3) 'd'"},
        {"<a>a<div>b<a>c</div><p>d", "a(3) 'a' div(4) 'b' a(5) 'c' p(3) 'd'"},
        {"<select><option>a<select>b<p>c", "select(3) option(4) 'a' 'b' p(3) 'c'"},
        {"<select><option>a<input><p>b", "select(3) option(4) 'a' input(3) p(3) 'b'"},
        {"<b><p>a</b>b</p>c", "b(3) p(4) 'ab' 'c'"},
        {"<form><div>a</form>b</div><form>c</form>d", "form(3) div(4) 'ab' form(3) 'c' 'd'"},
        {"<form><form><div>a</form>b</div><p>c", "form(3) div(4) 'ab' p(3) 'c'"},
        {"<select><option>a<option>b</select>c", "select(3) option(4) 'a' option(4) 'b' 'c'"},
        {"<x-a><x-b>a</x-a>b", "-(3) -(4) 'a' 'b'"},
        {"a</br>b<br/>c<hr></hr>d<img></img>e", "'a' br(3) 'b' br(3) 'c' hr(3) 'd' img(3) 'e'"},
        {"<div/>a<span/>b", "div(3) 'a' span(4) 'b'"},
        {"<template><p>a</template><p>b", "template(3) p(4) 'a' p(3) 'b'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_str all = outline(*state, kh_arena_printf(*state, "<body>%s", cases[i].html));
        assert_kh_str(all, kh_arena_printf(*state, "html(1) body(2) %s", cases[i].tree));
    }
}

static void head_and_body_may_be_left_out(void **state)
{
    static const struct {
        const char *html, *tree;
    } cases[] = {
        {" \n<p>a", "html(1) body(2) p(3) 'a'"},
        {"<title>a <b> &amp; c</title><p>b", "html(1) head(2) title(3) 'a <b> & c' body(2) p(3) 'b'"},
        {"<title>a<p>b", "html(1) head(2) title(3) 'a' body(2) p(3) 'b'"},
        {"<head><meta></head> <link><body class=x>a", "html(1) head(2) meta(3) link(3) body.x(2) 'a'"},
        {"<head><div>a</div></head><body class=x>b", "html(1) head(2) body.x(2) div(3) 'a' 'b'"},
        {"<p>a<html class=y><body>b</body></html>c", "html.y(1) body(2) p(3) 'abc'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_kh_str(outline(*state, kh_str_z(cases[i].html)), kh_str_z(cases[i].tree));
    }
}

static void references_are_decoded(void **state)
{
    static const struct {
        const char *html, *text;
    } cases[] = {
        {"&laquo;&#1575;&#x627;&raquo;", "\u00ab\u0627\u0627\u00bb"},
        {"&#146;&#8364;&euro;&Scaron;", "\u2019\u20ac\u20ac\u0160"},
        {"R&D, a && b &", "R&D, a && b &"},
        {"a&nbsp b&copy=1 &unknown; &rsquo b", "a\u00a0 b&copy=1 &unknown; &rsquo b"},
        {"a&#1;b&#xD800;c&#99999999999;d&#;e&#x;f", "abcd&#;e&#x;f"},
        {"&lt;p&gt;&amp;lt;", "<p>&lt;"},
        {"a&comma;&period;&lpar;&AMP;&LT x &apos;", "a,.(&< x '"},
        {"a&comma b&colon b&apos b&sol=", "a&comma b&colon b&apos b&sol="},
        {"می&zwnj;رود&rlm;&lrm&#8204;&#x200C;", "می\u200cرود\u200f&lrm\u200c\u200c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_tree t = kh_html_tree(*state, kh_arena_printf(*state, "<body title=\"%s\">%s", cases[i].html, cases[i].html));
        assert_kh_str(t.nodes.items[t.nodes.count - 1].text, kh_str_z(cases[i].text));
        assert_kh_str(t.attrs.items[0].value, kh_str_z(cases[i].text));
    }
}

static void attributes_are_filtered_and_unescaped(void **state)
{
    kh_tree t =
        kh_html_tree(*state, KH_STR("<p onclick=\"a>b\" CLASS=\"x &lt; y\" data-x=1 id=q>t"));
    const kh_node *p = NULL;
    KH_EACH (const kh_node, n, t.nodes) {
        p = n->tag == KH_TAG_p ? n : p;
    }
    assert_non_null(p);
    assert_int_equal(p->attr_count, 2);
    assert_kh_str(kh_node_attr(&t, p, KH_ATTR_CLASS), KH_STR("x < y"));
    assert_kh_str(kh_node_attr(&t, p, KH_ATTR_ID), KH_STR("q"));
    assert_false(kh_node_has(&t, p, KH_ATTR_HREF));
}

static kh_str repeated(kh_arena *a, const char *part, size_t times, const char *tail)
{
    size_t len = strlen(part);
    char *p = KH_NEW_N(a, char, len *times + strlen(tail) + 1);
    for (size_t i = 0; i < times; i++) {
        memcpy(p + i * len, part, len);
    }
    strcpy(p + len * times, tail);
    return (kh_str){p, len * times + strlen(tail)};
}

static void deep_nesting_keeps_the_text(void **state)
{
    (void)state;
    kh_arena a = page_scratch();
    kh_tree t = kh_html_tree(&a, repeated(&a, "<div>", 100000, "<p>after</p>"));
    size_t deepest = 0;
    bool found = false;
    KH_EACH (const kh_node, n, t.nodes) {
        deepest = n->depth > deepest ? n->depth : deepest;
        found = found || kh_str_eq(n->text, KH_STR("after"));
    }
    assert_true(found);
    assert_true(deepest <= KH_DEPTH_MAX + 1);
}

/* Attributes that come late stand between two parts of one text, which is all there however long it is. */
static void text_around_late_attributes_is_kept(void **state)
{
    (void)state;
    kh_arena a = page_scratch();
    kh_buf html = {.arena = &a};
    kh_buf_add(&html, repeated(&a, "\u0645", 1000, "<!-- -->b<html class='&amp;x'>c<body class='&amp;y'>d&amp;"));
    kh_tree t = kh_html_tree(&a, kh_buf_str(&html));
    kh_buf text = {.arena = &a};
    KH_EACH (const kh_node, n, t.nodes) {
        kh_buf_add(&text, n->text);
    }
    assert_kh_str(kh_buf_str(&text), repeated(&a, "\u0645", 1000, "bcd&"));
    assert_int_equal(t.attrs.count, 2);
}

/* What is flattened keeps its lines: "one", "two", "three", not "onetwothree". */
static void deep_blocks_stay_apart(void **state)
{
    (void)state;
    static const size_t depths[] = {KH_DEPTH_MAX, 5000};
    for (size_t i = 0; i < 2; i++) {
        kh_arena a = page_scratch();
        kh_tree t = kh_html_tree(
            &a, repeated(&a, "<div>", depths[i], "<p>one</p><div>two</div>three<br>four<b>, five</b>"));
        kh_buf text = {.arena = &a};
        KH_EACH (const kh_node, n, t.nodes) {
            assert_true(n->depth <= KH_DEPTH_MAX + 1);
            kh_buf_add(&text, n->tag == KH_TAG_br ? KH_STR("|") : n->text);
        }
        assert_kh_str(kh_buf_str(&text), KH_STR("|one|two|three|four, five"));
    }
}

/* A cell that closes what is too deep closes what was dropped in it: no end tag is owed for that. */
static void what_was_dropped_is_closed_with_its_cell(void **state)
{
    (void)state;
    kh_arena a = page_scratch();
    kh_buf html = {.arena = &a};
    kh_buf_z(&html, "<div><table><tr><td>");
    kh_buf_add(&html, repeated(&a, "<b>", 1500, "x<td>y</table></div><p>z"));
    kh_tree t = kh_html_tree(&a, kh_buf_str(&html));
    const kh_node *z = &t.nodes.items[t.nodes.count - 1];
    assert_kh_str(z->text, KH_STR("z"));
    assert_int_equal(z->depth, 4);
}

static void unmatched_end_tags_cost_nothing(void **state)
{
    (void)state;
    static const char *const ends[] = {"</span>", "</x-y>", "</p>", "</a>", "</li>", "<li>", "</td>"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        kh_arena a = page_scratch();
        kh_buf html = {.arena = &a};
        kh_buf_add(&html, repeated(&a, "<td><p><a><x>", 50, ""));
        kh_buf_add(&html, repeated(&a, "<div>", 50000, ""));
        kh_buf_add(&html, repeated(&a, ends[i], 50000, "x"));
        kh_tree t = kh_html_tree(&a, kh_buf_str(&html));
        assert_false(t.too_complex);
        assert_kh_str(t.nodes.items[t.nodes.count - 1].text, KH_STR("x"));
    }
}

static void surplus_attributes_are_dropped(void **state)
{
    (void)state;
    kh_arena a = page_scratch();
    kh_buf html = {.arena = &a};
    kh_buf_z(&html, "<p class=a ");
    kh_buf_add(&html, repeated(&a, "x=1 class=b ", 50000, "id=late>text"));
    kh_tree t = kh_html_tree(&a, kh_buf_str(&html));
    assert_int_equal(t.attrs.count, 1);
    assert_kh_str(t.attrs.items[0].value, KH_STR("a"));
    assert_kh_str(t.nodes.items[t.nodes.count - 1].text, KH_STR("text"));
}

static void too_many_nodes_are_refused(void **state)
{
    (void)state;
    kh_arena a = page_scratch();
    kh_page page = {.kind = KH_PAGE_HTML, .text = repeated(&a, "<br>x", KH_NODES_MAX, "")};
    kh_article art = {0};
    kh_str reason = {0};
    kh_arena scratch = kh_arena_reserve(1u << 30, NULL);
    assert_false(kh_page_read(&a, scratch, page_know(), &page, &art, &reason));
    assert_kh_str(reason, KH_STR("too_complex"));
    kh_arena_release(&scratch);
}

static void an_arena_that_ends_cuts_the_tree(void **state)
{
    (void)state;
    kh_arena a = page_scratch();
    kh_str html = repeated(&a, "<p>x</p>", 20000, "");
    kh_arena tight = {.begin = a.cur, .cur = a.cur, .end = a.cur + 600000};
    assert_true(kh_html_tree(&tight, html).too_complex);
}

static void broken_pages_are_read_without_harm(void **state)
{
    (void)state;
    static const char *const parts[] = {"<a href=x>",   "<table><b>x",
                                        "<p>",          "</p>",
                                        "<!--",         "<script>",
                                        "<a href=\"",   "<",
                                        "<html><body>", "&#",
                                        "<ul><li>",     "<select><option>",
                                        "<title> - a",  "<h1>a b c d</h1>",
                                        "<svg>",        "<a",
                                        "]]>",          "<p>Comments</p>"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        kh_arena a = kh_test_scratch();
        kh_str html = repeated(&a, parts[i], 20000, "<p>The end of the page is a sentence.</p>");
        kh_article art = {0};
        kh_str reason = {0};
        kh_page page = {.kind = KH_PAGE_HTML, .text = html};
        kh_page_read(&a, page_scratch(), page_know(), &page, &art, &reason);
        assert_true(art.lines.count <= KH_LINES_MAX);
    }
}

static void a_button_that_is_never_closed_hides_nothing(void **state)
{
    kh_buf html = {.arena = *state};
    kh_buf_z(&html, "<body><button><div>Menu</button>");
    for (int i = 0; i < 200; i++) {
        kh_buf_z(&html, "<p>A paragraph of the report, with words enough to count as prose.</p>");
    }
    kh_article art = read_page(*state, kh_buf_str(&html), KH_PAGE_HTML);
    assert_true(art.lines.count >= 200);
}

/* ---- dates and masthead outside the text ---- */

/* A page whose HEAD stands above its headline, BAR between headline and text, FOOT below the text. */
static kh_article page_with(kh_arena *a, const char *head, const char *bar, const char *foot)
{
    kh_buf html = {.arena = a};
    kh_buf_printf(&html, "<body>%s<h1>The old bridge of Berna has fallen</h1>%s<div id=story>",
                  head, bar);
    for (int i = 0; i < 4; i++) {
        kh_buf_z(&html, "<p>A paragraph of the report, with words enough to count as prose, and "
                        "with a second part behind the comma.</p>");
    }
    kh_buf_printf(&html, "</div>%s</body>", foot);
    return read_page(a, kh_buf_str(&html), KH_PAGE_HTML);
}

static kh_str date_line(const kh_article *art)
{
    kh_str found = {0};
    KH_EACH (const kh_line, line, art->lines) {
        found = line->role == KH_ROLE_DATE ? kh_slice(art->text, line->span) : found;
    }
    return found;
}

static void a_date_near_the_text_is_a_line(void **state)
{
    kh_arena *a = *state;
    kh_article art =
        page_with(a, "", "<div class=item-nav>دوشنبه / ۱۵ مرداد ۱۴۰۳ / کد خبر: 140305150742</div>", "");
    assert_kh_str(date_line(&art), KH_STR("دوشنبه / ۱۵ مرداد ۱۴۰۳ / کد خبر: 140305150742"));
    art = page_with(a, "", "", "<div>Posted: 3 May 2031</div>");
    assert_kh_str(date_line(&art), KH_STR("Posted: 3 May 2031"));
    art = page_with(a, "", "<div class=box>پنجشنبه</div>", "");
    assert_int_equal(date_line(&art).len, 0);
    assert_int_equal(art.page_dates.count, 0);
}

static void dates_of_other_reports_are_no_lines(void **state)
{
    kh_arena *a = *state;
    kh_article art = page_with(a, "", "", "<div>3 May 2031</div><div>4 May 2031</div>");
    assert_int_equal(date_line(&art).len, 0);
    assert_int_equal(art.page_dates.count, 2);
    assert_kh_str(art.page_dates.items[0].path, KH_STR("block beside the headline"));
    art = page_with(a, "", "<div>2 May 2031</div>", "<div>3 May 2031</div>");
    assert_kh_str(date_line(&art), KH_STR("2 May 2031"));
    art = page_with(a, "", "", "<div class=comments>Ann, 3 May 2031</div>");
    assert_int_equal(date_line(&art).len, 0);
    assert_int_equal(art.page_dates.count, 1);
    assert_kh_str(art.page_dates.items[0].path, KH_STR("block in a comment"));
}

static void a_masthead_names_the_outlet(void **state)
{
    static const char foot[] = "<div>تمامی حقوق این سایت برای کرانه محفوظ است. © ۱۴۰۰</div>";
    kh_arena *a = *state;
    kh_article art = page_with(a, "<div class=logo>کرانه</div>", "", foot);
    assert_kh_str(art.outlet.value, KH_STR("کرانه"));
    assert_kh_str(art.outlet.path, KH_STR("masthead"));
    art = page_with(a, "<a href=/>کرانه</a>", "", foot);
    assert_kh_str(art.outlet.value, KH_STR("کرانه"));
    art = page_with(a, "<a href=https://berna.example/>کرانه</a>", "", foot);
    assert_kh_str(art.outlet.value, KH_STR("کرانه"));
    art = page_with(a, "<a href=https://berna.example>کرانه</a>", "", foot);
    assert_kh_str(art.outlet.value, KH_STR("کرانه"));
    art = page_with(a, "<a href=https://berna.example/sea/>کرانه</a>", "", foot); /* a part of the site */
    assert_int_equal(art.outlet.value.len, 0);
    art = page_with(a, "<div><a href=/>کرانه</a> و دریا</div>", "", foot); /* not all of it is the link */
    assert_int_equal(art.outlet.value.len, 0);
    art = page_with(a, "<div class='logo hidden'>کرانه</div>", "", foot);
    assert_int_equal(art.outlet.value.len, 0);
    art = page_with(a, "<div class=logo>تمامی حقوق این سایت برای کرانه محفوظ</div>", "", foot); /* too many words for a name */
    assert_int_equal(art.outlet.value.len, 0);
    art = page_with(a, "<a href=/>دریا</a>", "", foot);
    assert_int_equal(art.outlet.value.len, 0);
}

/* ---- JSON-LD ---- */

static void json_ld_is_read_although_broken(void **state)
{
    kh_jsons j =
        kh_json_read(*state, KH_STR("<!-- {\"a\":\"line\nbreak \\u0645\\u0646 "
                                    "\\ud83d\\ude00\",\"b\":[1,{\"c\":\"d\"},],\"e\":tru"));
    uint32_t a = kh_json_member(&j, 0, KH_STR("a"));
    assert_true(a > 0);
    assert_kh_str(j.items[a].text, KH_STR("line\nbreak من \xF0\x9F\x98\x80"));
    uint32_t b = kh_json_member(&j, 0, KH_STR("b"));
    assert_int_equal(j.items[b].kind, KH_JSON_ARRAY);
    uint32_t c = kh_json_member(&j, b + 2, KH_STR("c"));
    assert_kh_str(j.items[c].text, KH_STR("d"));
    uint32_t e = kh_json_member(&j, 0, KH_STR("e"));
    assert_kh_str(j.items[e].text, KH_STR("tru"));
    assert_int_equal(kh_json_member(&j, 0, KH_STR("c")), 0);
}

static void json_ld_without_end_is_bounded(void **state)
{
    (void)state;
    kh_arena a = page_scratch();
    kh_jsons deep = kh_json_read(&a, repeated(&a, "{\"a\":[", 100000, ""));
    assert_true(deep.count <= 64);
    assert_int_equal(kh_json_read(&a, KH_STR("")).count, 0);
    assert_int_equal(kh_json_read(&a, KH_STR("no json")).count, 0);
    assert_int_equal(kh_json_read(&a, KH_STR("{\"a\":\"\\u12")).count, 2);
}

/* ---- kinds of pages ---- */

static void a_given_text_is_all_body(void **state)
{
    kh_page page = {.kind = KH_PAGE_TEXT,
                    .text = KH_STR("Share\n\nA line.\n"),
                    .title = KH_STR("T"),
                    .lang = KH_STR("en"),
                    .byline = KH_STR("B"),
                    .outlet = KH_STR("O"),
                    .url = KH_STR("https://o.example/1")};
    kh_article art = {0};
    kh_str reason = {0};
    assert_true(kh_page_read(*state, kh_test_scratch(), page_know(), &page, &art, &reason));
    assert_int_equal(art.lines.count, 2);
    assert_int_equal(art.lines.items[0].role, KH_ROLE_BODY);
    assert_kh_str(art.title.value, KH_STR("T"));
    assert_kh_str(art.title.path, KH_STR("given"));
    assert_kh_str(art.outlet.value, KH_STR("O"));
    assert_kh_str(art.byline.value, KH_STR("B"));
    assert_kh_str(art.lang, KH_STR("en"));
    assert_kh_str(art.url, KH_STR("https://o.example/1"));
    assert_kh_str(art.reason, KH_STR(""));
}

static void a_page_without_words_says_so(void **state)
{
    kh_article art = read_page(*state, KH_STR("<html><body></body></html>"), KH_PAGE_HTML);
    assert_kh_str(art.reason, KH_STR("empty"));
    art = read_page(*state, KH_STR("\n \n"), KH_PAGE_SCRAPED);
    assert_kh_str(art.reason, KH_STR("empty"));
    art = read_page(*state, (kh_str){"", 0}, KH_PAGE_TEXT);
    assert_kh_str(art.reason, KH_STR("empty"));
    assert_int_equal(art.lines.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(golden_ar_floods),
        KH_TEST(golden_fa_quake),
        KH_TEST(golden_en_strike),
        KH_TEST(golden_ru_bridge),
        KH_TEST(golden_index_page),
        KH_TEST(a_date_near_the_text_is_a_line),
        KH_TEST(dates_of_other_reports_are_no_lines),
        KH_TEST(a_masthead_names_the_outlet),
        KH_TEST(a_tree_has_nodes_in_document_order),
        KH_TEST(scripts_comments_and_drawings_are_gone),
        KH_TEST(what_is_passed_over_ends_where_browsers_end_it),
        KH_TEST(broken_nesting_is_mended_as_browsers_do),
        KH_TEST(head_and_body_may_be_left_out),
        KH_TEST(references_are_decoded),
        KH_TEST(attributes_are_filtered_and_unescaped),
        KH_TEST(deep_nesting_keeps_the_text),
        KH_TEST(text_around_late_attributes_is_kept),
        KH_TEST(deep_blocks_stay_apart),
        KH_TEST(what_was_dropped_is_closed_with_its_cell),
        KH_TEST(unmatched_end_tags_cost_nothing),
        KH_TEST(surplus_attributes_are_dropped),
        KH_TEST(too_many_nodes_are_refused),
        KH_TEST(an_arena_that_ends_cuts_the_tree),
        KH_TEST(broken_pages_are_read_without_harm),
        KH_TEST(a_button_that_is_never_closed_hides_nothing),
        KH_TEST(json_ld_is_read_although_broken),
        KH_TEST(json_ld_without_end_is_bounded),
        KH_TEST(a_given_text_is_all_body),
        KH_TEST(a_page_without_words_says_so),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL) != 0;
}
