/* test_page_body.c - which lines of a page are the article: whole pages as text cases, the chooser, and
 * pages built to cost time and memory. */
#include "page_know.h"
#include "test.h"

#include "page/body.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- cases: a page in one line; "{3}" is the third of these paragraphs ---- */

static const char *const paragraphs[] = {
    "<p>The old bridge of Berna was closed on Monday, the city said, because the river had "
    "risen.</p>",
    "<p>Engineers will look at the pillars this week, and nobody knows yet what they will "
    "find.</p>",
    "<p>\"We have to wait until the water falls,\" said the mayor, who had come to see the "
    "damage.</p>",
    "<p>About nine thousand people cross the river here each day, most of them on their way to "
    "work.</p>",
    "<p>A ferry will take them until the end of the month, and the city pays for the tickets.</p>",
    "<p>The bridge was built in 1911 and had been repaired twice, the last time after a fire.</p>",
    "<p>Shops on the eastern side fear for their trade, since many of their customers live in the "
    "west.</p>",
    "<p>The council meets on Thursday to speak about the money, which has yet to be found.</p>",
    "<p>In the evening hundreds stood on the banks and watched the water, which was still "
    "rising.</p>"};

static kh_str page_of(kh_arena *a, kh_str input)
{
    kh_buf b = {.arena = a};
    for (size_t i = 0; i < input.len; i++) {
        bool slot = i + 2 < input.len && input.ptr[i] == '{' && input.ptr[i + 2] == '}';
        if (slot) {
            kh_buf_z(&b, paragraphs[input.ptr[i + 1] - '1']);
            i += 2;
        } else {
            kh_buf_char(&b, input.ptr[i]);
        }
    }
    return kh_buf_str(&b);
}

/* The roles in order; "body x 3" for three body lines on end; or the reason. */
static kh_str roles_of(kh_arena *a, kh_str input)
{
    kh_page page = {.kind = KH_PAGE_HTML, .text = page_of(a, input)};
    kh_article art = {0};
    kh_str reason = {0};
    assert_true(kh_page_read(a, page_scratch(), page_know(), &page, &art, &reason));
    kh_buf b = {.arena = a};
    for (size_t i = 0; i < art.lines.count;) {
        kh_line_role role = art.lines.items[i].role;
        size_t n = 0;
        for (; i < art.lines.count && art.lines.items[i].role == role; i++) {
            n++;
        }
        kh_buf_z(&b, b.len ? ", " : "");
        kh_buf_add(&b, kh_line_role_name(role));
        if (n > 1) {
            kh_buf_printf(&b, " x %zu", n);
        }
    }
    if (art.reason.len) {
        kh_buf_printf(&b, "%s[" KH_FMT "]", b.len ? " " : "", KH_ARG(art.reason));
    }
    return kh_buf_str(&b);
}

/* ---- the chooser ---- */

static void candidates_are_judged_by_shares(void **state)
{
    kh_arena *a = *state;
    kh_str html = page_of(a, KH_STR("<h1>The bridge of Berna is closed</h1><div>{1}{2}</div>"
                                    "<div class=lightbox>{3}{4}{5}{6}</div>"
                                    "<div class=comments>{7}{8}</div>"));
    kh_tree tree = kh_html_tree(a, html);
    kh_meta meta = kh_meta_of(a, &tree, (kh_str){0});
    kh_blocks blocks = kh_blocks_of(a, page_know(), &tree);
    kh_search s = kh_search_of(a, page_know(), &tree, &meta, 0, &blocks);
    kh_candidates found = {0};
    kh_regions_find(&s, &found);
    assert_in_range(found.count, 2, KH_CANDIDATES_MAX);
    const kh_judgement *all = kh_candidates_judge(&s, &found);
    for (size_t i = 0; i < found.count; i++) {
        assert_true(found.items[i].first < found.items[i].end);
        for (size_t k = 0; k < KH_BY_count; k++) {
            assert_true(all[i].by[k] >= 0 && all[i].by[k] <= 1);
        }
    }
    const kh_candidate *best = &found.items[kh_candidate_choose(&s, &found)];
    kh_roles_set(&s, best);
    for (size_t i = 1; i < s.count; i++) {
        assert_int_equal(s.blocks[i].kept, i < 7); /* six paragraphs, no comment */
    }
}

static void json_ld_tells_which_part_is_the_article(void **state)
{
    kh_arena *a = *state;
    kh_buf html = {.arena = a};
    kh_buf_z(&html,
             "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"");
    for (int i = 3; i < 7; i++) { /* the words without <p> and </p>, quotes escaped */
        kh_str words = kh_str_z(paragraphs[i]);
        kh_buf_add(&html, (kh_str){words.ptr + 3, words.len - 7});
        kh_buf_char(&html, ' ');
    }
    kh_buf_add(&html, page_of(a, KH_STR("\"}</script><div>{1}{2}{3}{8}{9}</div>"
                                        "<div class=promo>{4}{5}{6}{7}</div>")));
    kh_page page = {.kind = KH_PAGE_HTML, .text = kh_buf_str(&html)};
    kh_article art = {0};
    kh_str reason = {0};
    assert_true(kh_page_read(a, page_scratch(), page_know(), &page, &art, &reason));
    assert_int_equal(art.lines.count, 4);
    assert_true(kh_str_starts(kh_slice(art.text, art.lines.items[0].span), KH_STR("About nine")));
}

static void captions_may_be_all_the_text(void **state)
{
    kh_arena *a = *state;
    kh_str gallery = roles_of(a, KH_STR("<h1>The bridge of Berna is closed</h1><section><div class=caption>{1}</div>"
                                        "<img><div class=caption>{2}</div><img><div class=caption>{3}</div></section>"));
    assert_kh_str(gallery, KH_STR("title, body x 3"));
    kh_str report = roles_of(a, KH_STR("<h1>The bridge of Berna is closed</h1><section>{1}{2}"
                                       "<img><div class=caption>{3}</div>{4}{5}</section>"));
    assert_kh_str(report, KH_STR("title, body x 2, caption, body x 2"));
}

/* ---- pages that cost ---- */

typedef struct costly {
    const char *name, *head, *part, *tail;
    size_t times;
} costly;

/* Each reads in a second and in 200 MB: were it more the arenas would end and the test with them. */
static void read_costly(const costly *c)
{
    kh_arena input = kh_arena_reserve(64u << 20, NULL);
    kh_buf html = {.arena = &input};
    kh_buf_z(&html, c->head);
    for (size_t i = 0; i < c->times; i++) {
        kh_buf_z(&html, c->part);
    }
    kh_buf_z(&html, c->tail);
    kh_arena out = kh_arena_reserve(80u << 20, NULL);
    kh_arena scratch = kh_arena_reserve(120u << 20, NULL);
    kh_page page = {.kind = KH_PAGE_HTML, .text = kh_buf_str(&html)};
    kh_article art = {0};
    kh_str reason = {0};
    clock_t begin = clock();
    kh_page_read(&out, scratch, page_know(), &page, &art, &reason);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    if (seconds >= kh_test_patience()) {
        print_error("%s: %.2f s\n", c->name, seconds);
    }
    assert_true(seconds < kh_test_patience());
    kh_arena_release(&out);
    kh_arena_release(&scratch);
    kh_arena_release(&input);
}

static void costly_pages_are_read_in_linear_time(void **state)
{
    (void)state;
    const char *const end =
        "<p>The report itself is one sentence, and it stands at the end of the page.</p>";
    const costly pages[] = {
        {"broken tags", "", "<div></p<b><i></b><a href=x><table><p></table<<<\">", end, 4000},
        {"open div", "<h1>Bridge closed</h1>", "<div>", end, 100000},
        {"end tags of nothing", "<div><div>", "</span>", end, 100000},
        {"attributes", "<div ", "class=related ", ">The end, as they say, was near.", 50000},
        {"a long class", "<div class='", "related-comment ", "'>The end was near.", 100000},
        {"entities", "<p>", "&amp;", "</p>", 1000000},
        {"empty paragraphs", "", "<p></p>", end, 100000},
        {"short paragraphs", "", "<p>x</p>", end, 100000},
        {"headings of sections", "<div>", "<h3>Related</h3>", end, 50000},
        {"sections in sections", "",
         "<section><h2>Related</h2><p>A sentence that stands here, and long.</p>", end, 5000},
        {"sections by line breaks", "<div>", "Related<br>", end, 39000},
        {"comments", "", "<h3>Comments</h3><p>nice one</p>", end, 30000},
        {"the same paragraph", "<div>",
         "<p>The same sentence stands here again, as it did before.</p>", "", 30000},
        {"line breaks", "<div>", "The same sentence again, as before.<br>", "", 50000},
        {"line breaks in a paragraph", "<p>", "and on it goes<br>", "", 40000},
        {"comments without end", "", "<!-- >", end, 100000},
        {"textareas without end", "", "<textarea><svg><noscript><iframe>", end, 20000},
        {"scripts without end", end, "<script>", "", 100000},
        {"pictures", "", "<img src=x><p>A caption of five words</p>", end, 30000},
        {"articles in articles", "", "<article><p>A sentence that stands here, and it is long.</p>",
         end, 10000},
        {"dates", "", "<p>12 March 2024 10:20</p>", end, 40000},
        {"links", "", "<li><a href=x>Read more about this here</a>", end, 40000},
        {"broken json", "<script type='application/ld+json'>{\"articleBody\":\"",
         "the words of it ", "\"}</script>", 60000},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        read_costly(&pages[i]);
    }
}

/* An articleBody that says each of many paragraphs: one pass over it, not one for each. */
static void agreement_is_linear(void **state)
{
    (void)state;
    enum { COUNT = 8000 };
    kh_arena input = kh_arena_reserve(64u << 20, NULL);
    kh_buf html = {.arena = &input};
    kh_buf_z(&html,
             "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"");
    for (int i = 0; i < COUNT; i++) {
        kh_buf_printf(
            &html, "Paragraph %d says that the water has risen and that the bridge is closed. ", i);
    }
    kh_buf_z(&html, "\"}</script>");
    for (int i = 0; i < COUNT; i++) {
        kh_buf_printf(
            &html,
            "<p>Paragraph %d says that the water has risen and that the bridge is closed.</p>", i);
    }
    kh_str page = kh_buf_str(&html);
    costly c = {.name = "agreement", .head = "", .part = "", .tail = page.ptr};
    kh_buf_char(&html, 0);
    read_costly(&c);
    kh_arena_release(&input);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(candidates_are_judged_by_shares),
        KH_TEST(json_ld_tells_which_part_is_the_article),
        KH_TEST(captions_may_be_all_the_text),
        KH_TEST(costly_pages_are_read_in_linear_time),
        KH_TEST(agreement_is_linear),
    };
    int failed = cmocka_run_group_tests_name("page_body", tests, NULL, NULL);
    failed += kh_run_cases("test/cases/page_body.txt", roles_of);
    return failed != 0;
}
