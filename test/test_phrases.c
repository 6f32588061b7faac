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

int main(void)
{
    const struct CMUnitTest tests[] = {KH_TEST(every_form_has_the_words_of_a_text), KH_TEST(an_own_form_is_found)};
    return cmocka_run_group_tests_name("phrases", tests, NULL, NULL);
}
