/* test_html_pages.c - whole pages of the reading room: of hostile words, of stories too large for one page, of what is nowhere. */
#include "html/assets.h"
#include "html_room.h"

#include <stdio.h>
#include <string.h>

/* ---- whole pages ---- */

static void a_hostile_title_is_only_text(void **state)
{
    room *r = room_of(*state, "ar", "gregorian");
    kh_front_view view = {.stories = 1, .articles = 1};
    *KH_ADD(*state, &view.rows) = (kh_front_row){.story = KH_STR("s\"><script>"), .title = KH_STR("</a><script>alert(1)</script>\u202e"),
                                                 .title_lang = KH_STR("fa\" onclick=\"x"), .reports = 1, .languages = 1};
    *KH_ADD(*state, &view.facets[KH_FACET_OUTLET]) = (kh_facet){KH_STR("a&b=c\"<i>"), KH_STR("<i>x"), 1, false};
    kh_html_front(&r->page, &view);
    kh_str page = written(r);
    assert_int_equal(times(page, "<script"), 1);
    assert_false(holds(page, "onclick=\"x"));
    assert_false(holds(page, "<i>"));
    assert_true(holds(page, "outlet=a%26b%3Dc%22%3Ci%3E"));
    assert_true(holds(page, "id=\"disagree-of\""));
    assert_true(holds(page, "<html lang=\"ar\" dir=\"rtl\">"));
}

static void a_page_has_an_end(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_front_view view = {.stories = 1, .articles = 1};
    char *long_title = kh_arena_push(*state, 1, 1, 70000);
    memset(long_title, 'x', 70000);
    for (size_t i = 0; i < 200; i++) {
        *KH_ADD(*state, &view.rows) = (kh_front_row){.story = KH_STR("s1"), .title = {long_title, 70000}, .title_lang = KH_STR("en")};
    }
    kh_html_front(&r->page, &view);
    kh_str page = written(r);
    assert_true(page.len < KH_HTML_BYTES_MAX + 200000);
    assert_true(kh_str_ends(page, KH_STR("</html>\n")));
    assert_true(holds(page, "longer than one page"));
}

static void a_problem_says_what_to_do(void **state)
{
    room *r = room_of(*state, "ru", "gregorian");
    kh_html_problem(&r->page, &(kh_problem_view){404, KH_STR("Not found"), KH_STR("no story <x>"), KH_STR("no_such_story")});
    kh_str page = written(r);
    assert_true(holds(page, "404"));
    assert_true(holds(page, "no story &lt;x&gt;"));
}

static void choices_keep_the_question(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    r->frame.path = KH_STR("/search");
    r->frame.query = KH_STR("q=%D8%A7&language=fa");
    kh_html_search(&r->page, &(kh_search_view){.filter = {.words = KH_STR("\u0627")}});
    assert_true(holds(written(r), "href=\"/search?q=%D8%A7&amp;language=fa&amp;ui=fa\""));
}

static void assets_are_found_by_their_address(void **state)
{
    (void)state;
    kh_str type = {0};
    kh_str bytes = {0};
    assert_true(kh_html_asset(KH_STR("/assets/style.css"), &type, &bytes));
    assert_kh_str(type, KH_STR("text/css; charset=utf-8"));
    assert_true(bytes.len > 1000);
    assert_true(kh_html_asset(KH_STR("/assets/room.js"), &type, &bytes));
    assert_true(bytes.len < 12000);
    assert_false(kh_html_asset(KH_STR("/assets/../data/interface/en.txt"), &type, &bytes));
    assert_false(kh_html_asset(KH_STR("/style.css"), &type, &bytes));
}

/* ---- a story of two reports, whose words would like to be markup ---- */

static kh_span span_of(kh_str text, const char *part)
{
    uint32_t begin = (uint32_t)kh_str_find(text, kh_str_z(part));
    return (kh_span){begin, begin + (uint32_t)strlen(part)};
}

static kh_article *report_of(kh_arena *a, int64_t id, const char *text, const char *number, double value, const char *day)
{
    kh_article *r = KH_NEW(a, kh_article);
    *r = (kh_article){.id = id, .key = KH_STR("k"), .label = KH_STR("l<1>"), .lang = KH_STR("en"), .text = kh_str_z(text)};
    r->title.value = KH_STR("T<i>");
    r->outlet.value = kh_arena_printf(a, "Out<b>%d", (int)id);
    kh_time_parse(kh_str_z(day), &r->published.when.from);
    *KH_ADD(a, &r->lines) = (kh_line){.span = {0, (uint32_t)r->text.len}, .role = KH_ROLE_BODY};
    *KH_ADD(a, &r->names) = (kh_name){.type = KH_NAME_PERSON, .label = KH_STR("<u>Ali"), .mention_count = 1};
    *KH_ADD(a, &r->mentions) = (kh_mention){.span = span_of(r->text, "<u>Ali")};
    *KH_ADD(a, &r->quotations) = (kh_quotation){.span = span_of(r->text, "died <s>"), .speaker = KH_STR("<u>Ali"), .mode = KH_MODE_DIRECT,
                                                .form = KH_FORM_DIRECT};
    *KH_ADD(a, &r->figures) = (kh_figure){.span = span_of(r->text, number), .number = span_of(r->text, number), .min = value, .max = value,
                                          .has_min = true, .has_max = true, .kind = KH_FIGURE_COUNT, .what = KH_STR("killed"),
                                          .scope = KH_STR("persons"), .claimed_by = KH_STR("<u>Ali"), .quotation = UINT32_MAX, .core = true};
    kh_chain chain = {0};
    *KH_ADD(a, &chain.hops) = (kh_hop){.role = KH_HOP_SPEAKER, .label = KH_STR("<u>Ali")};
    *KH_ADD(a, &chain.hops) = (kh_hop){.role = KH_HOP_OUTLET, .label = KH_STR("Out<b>")};
    *KH_ADD(a, &r->chains) = chain;
    return r;
}

static const kh_story *story_of_two(kh_arena *a)
{
    kh_story *s = KH_NEW(a, kh_story);
    *s = (kh_story){.id = KH_STR("s<1>"), .title = KH_STR("S<script>"), .compared = 2};
    *KH_ADD(a, &s->articles) = report_of(a, 1, "<u>Ali: 43 people died <s> here", "43 people", 43, "2024-08-01T10:00");
    *KH_ADD(a, &s->articles) = report_of(a, 2, "<u>Ali: 92 people died <s> there", "92 people", 92, "2024-08-01");
    kh_origin origin = {.label = KH_STR("Or<b>"), .independent = true};
    *KH_ADD(a, &origin.articles) = 0;
    *KH_ADD(a, &origin.articles) = 1;
    *KH_ADD(a, &s->origins) = origin;
    *KH_ADD(a, &s->copies) = (kh_copy){.src = 0, .dst = 1, .kind = KH_COPY_ABRIDGED, .cover_dst = 0.5F, .score = 0.5F};
    *KH_ADD(a, &s->verdicts) = (kh_verdict){.kind = KH_CONFLICT, .a = {0, s->articles.items[0]->figures.items[0].span},
                                            .b = {1, s->articles.items[1]->figures.items[0].span}, .topic = KH_STR("killed \u00b7 persons"),
                                            .reason = KH_STR("two <b> values"), .confidence = 1};
    return s;
}

/* None of the words' own tags; each page has one script. */
static void is_harmless(kh_str page)
{
    static const char *const tags[] = {"<u>", "<i>", "<s>", "<b>", "l<1>"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        assert_false(holds(page, tags[i]));
    }
    assert_int_equal(times(page, "<script"), 1);
    assert_true(kh_str_ends(page, KH_STR("</html>\n")));
}

static void a_story_shows_its_disagreement(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_story_view view = {.story = story_of_two(*state)};
    kh_html_story(&r->page, &view);
    kh_str page = written(r);
    is_harmless(page);
    assert_int_equal(times(page, "<circle"), 2);
    assert_true(holds(page, "<tr class=\"disagree\">"));
    assert_true(holds(page, "two &lt;b&gt; values"));
    assert_true(holds(page, "href=\"#v-1\""));
    assert_true(holds(page, "id=\"v-1\""));
    assert_true(holds(page, "/stories/s%3C1%3E/sides?a=1&amp;b=2"));
}

static void a_graph_has_its_list(void **state)
{
    room *r = room_of(*state, "fa", "jalali");
    kh_story_view view = {.story = story_of_two(*state)};
    kh_html_graph(&r->page, &view);
    kh_str page = written(r);
    is_harmless(page);
    assert_int_equal(times(page, "<foreignObject"), 3);
    assert_int_equal(times(page, "<line class=\"text\""), 1);
    assert_int_equal(times(page, "<line class=\"credit\""), 1);
    assert_int_equal(times(page, "class=\"source\""), 2);
}

static void an_article_marks_its_findings(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    r->frame.may_edit = true;
    kh_article_view view = {.article = story_of_two(*state)->articles.items[0], .has_raw = true};
    kh_html_article(&r->page, &view);
    kh_str page = written(r);
    is_harmless(page);
    assert_true(holds(page, "<span id=\"at-8\" class=\"f\" title=\"killed\">43 people</span>"));
    assert_true(holds(page, "class=\"n\""));
    assert_true(holds(page, "class=\"q\""));
    assert_int_equal(times(page, "action=\"/articles/1/corrections\""), 7);
}

static void a_page_without_body_says_why(void **state)
{
    room *r = room_of(*state, "ru", "gregorian");
    kh_article barred = *story_of_two(*state)->articles.items[0];
    barred.reason = KH_STR("paywall");
    kh_article_view view = {.article = &barred};
    kh_html_article(&r->page, &view);
    assert_true(holds(written(r), "\u0442\u043e\u043b\u044c\u043a\u043e \u0441\u0442\u0440\u043e\u043a\u0430 \u043e \u043f\u043e\u0434\u043f\u0438\u0441\u043a\u0435"));
}

static void two_texts_keep_their_blanks(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    const kh_story *s = story_of_two(*state);
    kh_sides_view view = {.story = s->id, .a = s->articles.items[0], .b = s->articles.items[1], .is_copy = true, .copy = s->copies.items[0]};
    *KH_ADD(*state, &view.parts_a) = (kh_part){KH_PART_SHARED, {0, 7}, 0};
    *KH_ADD(*state, &view.parts_a) = (kh_part){KH_PART_DROPPED, {8, 10}, 0};
    *KH_ADD(*state, &view.parts_b) = (kh_part){KH_PART_SHARED, {0, 7}, 0};
    *KH_ADD(*state, &view.parts_b) = (kh_part){KH_PART_ADDED, {8, 10}, 0};
    kh_html_sides(&r->page, &view);
    kh_str page = written(r);
    assert_true(holds(page, "data-partner=\"b-0\">&lt;u&gt;Ali:</span> <del class=\"dropped\">43</del>"));
    assert_true(holds(page, "<ins class=\"added\">92</ins>"));
}

static void a_watch_list_tells_what_changed(void **state)
{
    room *r = room_of(*state, "ar", "hijri");
    kh_watch_view view = {.list = {.id = KH_STR("w1"), .title = KH_STR("W<i>"), .on = KH_WATCH_FIGURE}};
    *KH_ADD(*state, &view.happenings) = (kh_happening){.id = KH_STR("h"), .kind = KH_WATCH_FIGURE, .title = KH_STR("<u>"), .lang = KH_STR("en"),
                                                       .what = KH_STR("killed \u00b7 persons"), .was = KH_STR("43"), .is = KH_STR("92")};
    kh_html_watch(&r->page, &view);
    kh_str page = written(r);
    is_harmless(page);
    assert_true(holds(page, "<bdi>43</bdi>"));
    assert_true(holds(page, "\u0642\u062a\u0644\u0649"));
    assert_false(holds(page, "<form class=\"inline\""));
}

/* ---- a story that is too large for a page ---- */

/* MANY reports of one outlet each; their figures are on MANY points. */
static kh_story *story_of_many(kh_arena *a, uint32_t many)
{
    kh_story *s = KH_NEW(a, kh_story);
    *s = (kh_story){.id = KH_STR("s1"), .title = KH_STR("T"), .compared = many};
    for (uint32_t i = 0; i < many; i++) {
        kh_article *r = report_of(a, i + 1, "<u>Ali: 43 people died <s> here", "43 people", 43, "2024-08-01T10:00");
        r->figures.items[0].what = kh_arena_printf(a, "what%u", i);
        kh_origin origin = {.label = kh_arena_printf(a, "Origin%u", i), .independent = true};
        *KH_ADD(a, &origin.articles) = i;
        *KH_ADD(a, &s->articles) = r;
        *KH_ADD(a, &s->origins) = origin;
        *KH_ADD(a, &s->timeline) = (kh_event){.when.from = kh_day(2024, 8, 1), .where.article = i, .sentence = KH_STR("Day")};
    }
    return s;
}

static kh_str story_page(kh_arena *a, const kh_story *s)
{
    room *r = room_of(a, "en", "gregorian");
    kh_html_story(&r->page, &(kh_story_view){.story = s});
    return written(r);
}

/* The part of PAGE from BEGIN up to END. */
static kh_str part_of(kh_str page, const char *begin, const char *end)
{
    kh_str from = kh_str_from(page, kh_str_find(page, kh_str_z(begin)));
    assert_true(from.len > 0);
    return kh_str_head(from, kh_str_find(from, kh_str_z(end)));
}

static void a_list_ends_and_says_how_much_is_left(void **state)
{
    kh_str page = story_page(*state, story_of_many(*state, KH_HTML_ROWS_MAX + 7));
    assert_int_equal(times(part_of(page, "<ul class=\"origins\">", "</ul>"), "<li"), KH_HTML_ROWS_MAX);
    assert_int_equal(times(part_of(page, "<table class=\"figures\">", "</table>"), "<th scope=\"row\">"), KH_HTML_ROWS_MAX);
    assert_int_equal(times(part_of(page, "<details class=\"told\">", "</table>"), "<tr>"), KH_HTML_ROWS_MAX);
    assert_int_equal(times(page, "<bdi>7 more</bdi>"), 4); /* and speeches */
    page = story_page(*state, story_of_many(*state, KH_HTML_ROWS_MAX));
    assert_int_equal(times(part_of(page, "<ul class=\"origins\">", "</ul>"), "<li"), KH_HTML_ROWS_MAX);
    assert_int_equal(times(page, " more</bdi></p>"), 0);
}

static void a_story_says_what_was_not_compared(void **state)
{
    static const char *const SAYS[][2] = {{"en", "Only the earliest 3 of 8 reports"},
                                          {"ar", "\u0642\u0648\u0631\u0646\u062a"},
                                          {"fa", "\u062a\u0646\u0647\u0627"},
                                          {"ru", "\u0421\u0440\u0430\u0432\u043d\u0435\u043d\u044b"}};
    kh_story *s = story_of_many(*state, 8);
    for (size_t i = 0; i < sizeof SAYS / sizeof *SAYS; i++) {
        room *r = room_of(*state, SAYS[i][0], "gregorian");
        s->compared = 8;
        kh_html_story(&r->page, &(kh_story_view){.story = s});
        assert_int_equal(times(written(r), "class=\"note compared\""), 0);
        s->compared = 3;
        s->verdicts_left_out = 0;
        kh_html_story(&r->page, &(kh_story_view){.story = s});
        kh_str page = written(r);
        assert_int_equal(times(page, "class=\"note compared\""), 1);
        assert_true(holds(part_of(page, "class=\"note compared\"", "</p>"), SAYS[i][1]));
        s->verdicts_left_out = 12;
        kh_html_story(&r->page, &(kh_story_view){.story = s});
        assert_int_equal(times(written(r), "class=\"note compared\""), 2);
        s->verdicts_left_out = 0;
    }
}

static void watch_lists_end_too(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_watch_view view = {.list = {.id = KH_STR("w1"), .title = KH_STR("W")}};
    for (size_t i = 0; i < KH_HTML_ROWS_MAX + 1; i++) {
        *KH_ADD((kh_arena *)*state, &view.happenings) = (kh_happening){.id = KH_STR("h"), .kind = KH_WATCH_REPORT, .title = KH_STR("Report")};
    }
    kh_html_watch(&r->page, &view);
    kh_str page = written(r);
    assert_int_equal(times(part_of(page, "<ol class=\"hits\">", "</ol>"), ">Report<"), KH_HTML_ROWS_MAX);
    assert_true(holds(page, "<bdi>1 more</bdi>"));
}

static void origins_beyond_the_columns_share_one(void **state)
{
    kh_str head = part_of(story_page(*state, story_of_many(*state, KH_HTML_COLUMNS_MAX)), "<table class=\"figures\">", "</thead>");
    assert_int_equal(times(head, "<th"), 1 + 1 + KH_HTML_COLUMNS_MAX); /* <thead>, what is counted, the origins */
    kh_str page = story_page(*state, story_of_many(*state, KH_HTML_COLUMNS_MAX + 2));
    head = part_of(page, "<table class=\"figures\">", "</thead>");
    assert_int_equal(times(head, "<th"), 1 + 1 + KH_HTML_COLUMNS_MAX + 1);
    assert_int_equal(times(part_of(page, "<table class=\"figures\">", "</table>"), "<span class=\"by\">"), 2); /* named in the cell */
}

static void outlets_beyond_the_lanes_share_one(void **state)
{
    kh_str page = story_page(*state, story_of_many(*state, KH_HTML_LANES_MAX));
    assert_int_equal(times(page, "<line class=\"lane\""), KH_HTML_LANES_MAX);
    page = story_page(*state, story_of_many(*state, KH_HTML_LANES_MAX + 9));
    assert_int_equal(times(page, "<line class=\"lane\""), KH_HTML_LANES_MAX + 1);
    assert_int_equal(times(part_of(page, "<ul class=\"lane-names\">", "</ul>"), "<li"), KH_HTML_LANES_MAX + 2);
    assert_int_equal(times(page, "<circle"), KH_HTML_LANES_MAX + 9);
}

static void a_layer_of_the_graph_has_an_end(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_story *s = story_of_many(*state, KH_HTML_NODES_MAX + 5);
    kh_html_graph(&r->page, &(kh_story_view){.story = s});
    kh_str page = written(r);
    assert_int_equal(times(page, "<foreignObject"), KH_HTML_NODES_MAX + 1); /* outlets, and their one speaker */
    kh_html_count(&r->page, "graph.left_out", 5);
    assert_true(kh_str_find(page, written(r)) < page.len);
}

static void pages_of_one_line_are_counted_beyond_some(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_sheet sheet = kh_sheet_of(*state, story_of_many(*state, KH_HTML_PAGES_MAX + 3));
    kh_page_list pages = {0};
    for (uint32_t i = 0; i < KH_HTML_PAGES_MAX + 3; i++) {
        *KH_ADD((kh_arena *)*state, &pages) = i;
    }
    kh_html_sources(&r->page, &sheet, &pages);
    kh_str line = written(r);
    assert_int_equal(times(line, "<a class=\"source\""), KH_HTML_PAGES_MAX);
    assert_true(holds(line, "3 more"));
}

static void reports_of_one_minute_stand_apart(void **state)
{
    kh_story *s = story_of_many(*state, 3);
    for (size_t i = 0; i < 3; i++) {
        s->articles.items[i] = report_of(*state, 1, "<u>Ali: 43 people died <s> here", "43 people", 43, "2024-08-01T10:00");
    }
    double x[3] = {0};
    kh_str rest = story_page(*state, s);
    for (size_t i = 0; i < 3; i++) {
        rest = kh_str_from(rest, kh_str_find(rest, KH_STR(" cx=\"")) + 5);
        assert_true(kh_str_double(kh_str_head(rest, kh_str_find(rest, KH_STR("%"))), &x[i]));
    }
    assert_true(x[1] - x[0] > 1.5 && x[2] - x[1] > 1.5 && x[2] - x[0] < 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(a_hostile_title_is_only_text),
        KH_TEST(a_page_has_an_end),
        KH_TEST(a_problem_says_what_to_do),
        KH_TEST(a_story_shows_its_disagreement),
        KH_TEST(a_graph_has_its_list),
        KH_TEST(an_article_marks_its_findings),
        KH_TEST(a_page_without_body_says_why),
        KH_TEST(two_texts_keep_their_blanks),
        KH_TEST(a_watch_list_tells_what_changed),
        KH_TEST(a_list_ends_and_says_how_much_is_left),
        KH_TEST(a_story_says_what_was_not_compared),
        KH_TEST(watch_lists_end_too),
        KH_TEST(origins_beyond_the_columns_share_one),
        KH_TEST(outlets_beyond_the_lanes_share_one),
        KH_TEST(a_layer_of_the_graph_has_an_end),
        KH_TEST(pages_of_one_line_are_counted_beyond_some),
        KH_TEST(reports_of_one_minute_stand_apart),
        KH_TEST(choices_keep_the_question),
        KH_TEST(assets_are_found_by_their_address),
    };
    return cmocka_run_group_tests_name("html pages", tests, NULL, NULL);
}
