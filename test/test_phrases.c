/* test_phrases.c - forms of tables become the words that a text is cut into. */
#include "test.h"

#include "article_case.h"
#include "lexicon/embedded.h"
#include "lexicon/phrases_parts.h"

static void an_own_form_is_found(void **state)
{
    kh_phrases *set = kh_phrases_new(*state);
    kh_phrases_add(*state, set, KH_STR("سد اشکول"), 1, 7);
    kh_match m;
    assert_true(kh_phrases_match(set, kh_text_of(*state, KH_STR("سد اشکول شکست")), 0, KH_LANG_ANY, 0, &m));
    assert_int_equal(m.value, 7);
    assert_int_equal(m.end, 2);
}

/* Of every cell of every table, whether it holds forms or not: what is written there is cut as it would be in an article. */
static void every_form_has_the_words_of_a_text(void **state)
{
    size_t forms = 0;
    for (size_t i = 0; i < kh_embedded_count; i++) {
        kh_str rest = {kh_embedded_files[i].bytes, kh_embedded_files[i].len}, row, cell, form;
        while (kh_str_cut(&rest, '\n', &row)) {
            while (!kh_str_starts(row, KH_STR("#")) && kh_str_cut(&row, '\t', &cell)) {
                while (kh_str_cut(&cell, '|', &form)) {
                    form = kh_str_trim(kh_str_starts(form, KH_STR("?")) ? kh_str_from(form, 1) : form);
                    if (!kh_phrase_is_cut_alike(article_scratch(), form)) {
                        fail_msg("%s: " KH_FMT, kh_embedded_files[i].path, KH_ARG(form));
                    }
                    forms++;
                }
            }
        }
    }
    assert_true(forms > 300000);
    (void)state;
}

/* ---- files of tables ---- */

/* Which files are tables, and of which language; more languages than there is room for are those of nobody. */
static void files_that_are_tables(void **state)
{
    kh_arena *a = *state;
    kh_file files[100] = {{.path = KH_STR("months.txt"), .bytes = KH_STR("# a\nno folder\n")},
                          {.path = KH_STR("languages/fa/months.csv"), .bytes = KH_STR("# a\nno text\n")},
                          {.path = KH_STR("languages/months.txt"), .bytes = KH_STR("# a\nno language\n")},
                          {.path = KH_STR("languages//months.txt"), .bytes = KH_STR("# a\nempty\n")},
                          {.path = KH_STR("languages/fa/.txt"), .bytes = KH_STR("# a\nno name\n")},
                          {.path = KH_STR("languages/fa/more/months.txt"), .bytes = KH_STR("# a\ndeeper\n")},
                          {.path = KH_STR("planets/months.txt"), .bytes = KH_STR("# a\nelsewhere\n")},
                          {.path = KH_STR("languages/fa/months.txt"), .bytes = KH_STR("# a\tb\n\nx\ty\r\n# z\n\t\n")},
                          {.path = KH_STR("world/months.txt"), .bytes = KH_STR("# a\nw")}};
    for (size_t i = 9; i < 100; i++) {
        files[i] = (kh_file){.path = kh_arena_printf(a, "languages/q%02zu/other.txt", i), .bytes = KH_STR("# a\nx\n")};
    }
    const kh_lexicon *lex = kh_lexicon_of(a, files, 9);
    kh_rows rows = kh_lexicon_rows(lex, "months");
    kh_buf b = {.arena = a};
    for (size_t i = 0; i < rows.count; i++) {
        kh_str first = kh_cell(&rows.items[i], 0), second = kh_cell(&rows.items[i], 1);
        kh_buf_printf(&b, "%u " KH_FMT "," KH_FMT "; ", rows.items[i].lang, KH_ARG(first), KH_ARG(second));
    }
    uint8_t persian = kh_lexicon_lang(lex, KH_STR("fa"));
    assert_kh_str(kh_buf_str(&b), kh_arena_printf(a, "%u x,y; ", persian));
    rows = kh_lexicon_world(lex, "months");
    assert_int_equal(rows.count, 1);
    assert_kh_str(kh_cell(rows.items, 0), KH_STR("w")); /* a last line without an end */
    assert_int_equal(kh_lexicon_rows(lex, "none").count, 0);
    assert_int_equal(kh_lexicon_lang(lex, KH_STR("fa-IR")), persian);
    assert_int_equal(kh_lexicon_lang(lex, KH_STR("prs")), persian); /* Dari is written as Persian is */
    assert_int_equal(kh_lexicon_lang(lex, KH_STR("prs-AF")), persian);
    assert_int_equal(kh_lexicon_lang(lex, KH_STR("ar")), KH_LANG_NONE);
    assert_int_equal(kh_lexicon_lang(lex, KH_STR("xx")), KH_LANG_NONE);
    assert_int_equal(kh_lexicon_lang(lex, KH_STR("-")), KH_LANG_NONE);
    assert_int_equal(kh_lexicon_lang(lex, (kh_str){0}), KH_LANG_NONE);
    const kh_lexicon *crowd = kh_lexicon_of(a, files, 100);
    size_t known = 0;
    for (size_t i = 9; i < 100; i++) {
        known += kh_lexicon_lang(crowd, kh_arena_printf(a, "q%02zu", i)) != KH_LANG_NONE;
    }
    assert_int_equal(known, KH_LANGS_MAX - 2); /* one is Persian, one number is for none */
}

/* Weights and words of names are in no table of the lexicon: what read a page with other ones had another version too. */
static void the_version_is_of_all_that_is_known(void **state)
{
    kh_file *tables = KH_NEW_N(*state, kh_file, kh_embedded_count);
    for (size_t i = 0; i < kh_embedded_count; i++) {
        tables[i] = (kh_file){.path = kh_str_z(kh_embedded_files[i].path), .bytes = {kh_embedded_files[i].bytes, kh_embedded_files[i].len}};
    }
    kh_file own = {.path = KH_STR("world/places.txt"), .bytes = KH_STR("# a\n")};
    kh_str tables_alone = kh_lexicon_version(kh_lexicon_of(*state, tables, kh_embedded_count));
    kh_str all = kh_lexicon_version(kh_lexicon_builtin(*state));
    assert_int_equal(all.len, 16);
    assert_false(kh_str_eq(all, tables_alone));
    assert_false(kh_str_eq(all, kh_lexicon_version(kh_lexicon_over(*state, &own, 1))));
    assert_true(kh_str_eq(all, kh_lexicon_version(kh_lexicon_builtin(*state))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {KH_TEST(every_form_has_the_words_of_a_text), KH_TEST(an_own_form_is_found), KH_TEST(files_that_are_tables),
                                       KH_TEST(the_version_is_of_all_that_is_known)};
    return cmocka_run_group_tests_name("phrases", tests, NULL, NULL);
}
