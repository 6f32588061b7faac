/* test_page_lines.c - what single lines are, by their words, shape, class and white space; and the lines of scraped pages. */
#include "page_know.h"
#include "test.h"

/* ---- cases: lines of a scraped page, " ¶ " between them ---- */

static kh_str roles_of(kh_arena *a, kh_str input)
{
    kh_buf text = {.arena = a};
    kh_str mark = KH_STR(" \xC2\xB6 ");
    while (input.len) {
        size_t at = kh_str_find(input, mark);
        kh_buf_add(&text, kh_str_head(input, at));
        kh_buf_char(&text, '\n');
        input = kh_str_from(input, at + mark.len);
    }
    kh_article art = read_page(a, kh_buf_str(&text), KH_PAGE_SCRAPED);
    kh_buf roles = {.arena = a};
    KH_EACH (const kh_line, line, art.lines) {
        kh_str role = kh_line_role_name(line->role);
        kh_buf_z(&roles, roles.len ? " " : "");
        kh_buf_add(&roles, role);
    }
    return kh_buf_str(&roles);
}

/* ---- shape, furniture, dates: what single lines are ---- */

static kh_str kind_of_line(kh_arena *a, kh_str input)
{
    kh_shape shape = kh_shape_of(input);
    kh_furniture kind = kh_line_furniture(page_know(), *a, input, &shape);
    if (kind != KH_FURNITURE_NONE) {
        return kh_furniture_name(kind);
    }
    if (kh_line_is_date(page_know(), *a, input)) {
        return KH_STR("date");
    }
    return kh_shape_is_prose(&shape) ? KH_STR("prose") : KH_STR("short");
}

/* The words of a class or an id, whatever parts them; what is hidden and what is a list of tags is said by the whole class alone. */
static void class_words_are_known(void **state)
{
    static const struct {
        const char *value;
        uint32_t marks;
    } cases[] = {
        {"byline", KH_MARK_BIT(KH_MARK_BYLINE)}, {"article-Byline_2", KH_MARK_BIT(KH_MARK_BYLINE)}, {"articleByline", KH_MARK_BIT(KH_MARK_BYLINE)},
        {"BYLINE", KH_MARK_BIT(KH_MARK_BYLINE)}, {"x  byline ", KH_MARK_BIT(KH_MARK_BYLINE)}, {"bylines\u00e9", 0}, {"{byline}", KH_MARK_BIT(KH_MARK_BYLINE)},
        {"abcdefghijklmnopqrstuvwxyzabcdefghijklm-byline", KH_MARK_BIT(KH_MARK_BYLINE)}, {"hidden", KH_MARK_BIT(KH_MARK_HIDDEN)}, {"hidden-lg", 0}, {"label-hidden", 0},
        {"post-tags", KH_MARK_BIT(KH_MARK_TAGS)}, {"tags-post", 0}, {"", 0}, {" - ", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(kh_marks_of(page_know(), kh_str_z(cases[i].value)), cases[i].marks);
    }
}

/* Every white space of a page collapses, and nothing else does. */
static void white_space_collapses(void **state)
{
    static const char *const blanks[] = {" ", "\t", "\n", "\u00a0", "\u2000", "\u200a", "\u2028", "\u2029", "\u202f", "\u3000", " \u00a0 \u3000"};
    static const char *const others[] = {"\u200b", "\u2010", "\u2603", "\u3001", "\u00e9", "_"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        kh_article art = read_page(*state, kh_arena_printf(*state, "<p>The%sold bridge of Berna has fallen, the mayor said today.", blanks[i]), KH_PAGE_HTML);
        assert_kh_str(kh_slice(art.text, art.lines.items[0].span), KH_STR("The old bridge of Berna has fallen, the mayor said today."));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        kh_str words = kh_arena_printf(*state, "The%sold bridge of Berna has fallen, the mayor said today.", others[i]);
        kh_article art = read_page(*state, kh_arena_join(*state, KH_STR("<p>"), words), KH_PAGE_HTML);
        assert_kh_str(kh_slice(art.text, art.lines.items[0].span), words);
    }
}

/* The elements around a line, from the root: each with its id, or where it has none that is short, the first word of its class. */
static void a_line_says_where_it_stands(void **state)
{
    static const char *const cases[][2] = {
        {"<div id=main class=story>", "html/body/div#main/p"},
        {"<div id=' main '>", "html/body/div#main/p"},
        {"<div class='story wide'><section>", "html/body/div.story/section/p"},
        {"<div id=an-identifier-that-was-made-by-a-program-1 class=story>", "html/body/div.story/p"},
        {"<x-y class=z>", "html/body/-.z/p"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_str html = kh_arena_printf(*state, "%s<p>The old bridge of Berna has fallen, the mayor said today.", cases[i][0]);
        kh_article art = read_page(*state, html, KH_PAGE_HTML);
        assert_kh_str(art.lines.items[0].path, kh_str_z(cases[i][1]));
    }
}

/* ---- scraped pages ---- */

static void spans_of_scraped_text_are_of_the_text_itself(void **state)
{
    kh_str text = KH_STR(
        "  A headline of four words \r\n\r\nThe report says that nobody was hurt in the fire.\n");
    kh_article art = read_page(*state, text, KH_PAGE_SCRAPED);
    assert_ptr_equal(art.text.ptr, text.ptr);
    assert_kh_str(kh_slice(art.text, art.title.span), KH_STR("A headline of four words"));
    assert_int_equal(art.title.span.begin, 2);
}

/* The outlet stands alone at the head, first in a menu, or behind the sign of its rights; a menu of sections names none. */
static void the_outlet_of_a_scraped_page(void **state)
{
    static const struct {
        const char *head, *foot, *outlet;
    } cases[] = {
        {"The Oldhaven Post", "", "The Oldhaven Post"},
        {"\u00a9 2024", "All rights reserved.\nCopyright \u00a9 2019-2024: The Oldhaven Post. Terms", "The Oldhaven Post"},
        {"Oldhaven Post | News | Trams", "\u00a9 2024 Salt Media", "Oldhaven Post"},
        {"News | Oldhaven Post | Trams", "\u00a9 2024 Salt Media", "Salt Media"},
        {"Oldhaven / Post | News | Trams", "\u00a9 2024 Salt Media", "Salt Media"},
        {"Oldhaven Post / News / Trams", "\u00a9 2024 Salt Media", "Salt Media"},
        {"The news of Oldhaven and its seven villages | News | Trams", "\u00a9 2024", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_str text = kh_arena_printf(*state, "%s\nTram drivers in Oldhaven call off strike\nThe drivers of Oldhaven went back to work on Tuesday, "
                                              "hours before a seventh day without service.\n%s\n", cases[i].head, cases[i].foot);
        kh_article art = read_page(*state, text, KH_PAGE_SCRAPED);
        assert_kh_str(art.title.value, KH_STR("Tram drivers in Oldhaven call off strike"));
        assert_kh_str(art.outlet.value, kh_str_z(cases[i].outlet));
    }
}

static void lines_past_the_limit_are_dropped(void **state)
{
    kh_buf text = {.arena = *state};
    for (int i = 0; i < KH_LINES_MAX + 2; i++) {
        kh_buf_printf(&text, "%d\n", i);
    }
    kh_article art = read_page(*state, kh_buf_str(&text), KH_PAGE_SCRAPED);
    assert_int_equal(art.lines.count, KH_LINES_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(class_words_are_known),
        KH_TEST(white_space_collapses),
        KH_TEST(a_line_says_where_it_stands),
        KH_TEST(spans_of_scraped_text_are_of_the_text_itself),
        KH_TEST(the_outlet_of_a_scraped_page),
        KH_TEST(lines_past_the_limit_are_dropped),
    };
    int failed = cmocka_run_group_tests_name("page lines", tests, NULL, NULL);
    failed += kh_run_cases("test/cases/page_lines.txt", kind_of_line);
    failed += kh_run_cases("test/cases/page_scraped.txt", roles_of);
    return failed != 0;
}
