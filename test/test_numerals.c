/* test_numerals.c - which number begins here: digits, words and both, in many languages. */
#include "test.h"

#include "lexicon/lexicon.h"

static kh_arena forever;
static const kh_lexicon *lexicon;

static const kh_numerals *know(void)
{
    static const kh_numerals *made;
    if (!made) {
        forever = kh_arena_reserve((size_t)512 << 20, NULL);
        lexicon = kh_lexicon_builtin(&forever);
        made = kh_numerals_of(&forever, lexicon);
    }
    return made;
}

static kh_str line_of(kh_arena *a, const kh_text *t, const kh_numeral *n)
{
    kh_str value = kh_arena_printf(a, "%.12g", n->min);
    if (n->max != n->min) {
        value = kh_arena_printf(a, "%.12g..%.12g", n->min, n->max);
    }
    return kh_arena_printf(a, KH_FMT " = " KH_FMT "%s%s%s\n", KH_ARG(kh_text_slice(t, n->span)),
                           KH_ARG(value), n->vague ? " vague" : "", n->ordinal ? " ordinal" : "",
                           n->article ? " article" : "");
}

static kh_str numbers_of(kh_arena *a, kh_str input)
{
    kh_str tag, rest = input, result = {0};
    const kh_numerals *numerals = know();
    kh_str_cut(&rest, ' ', &tag);
    const kh_text *t = kh_text_of(a, rest);
    for (size_t i = 0; i < t->tokens.count;) {
        kh_numeral n;
        bool found = kh_numeral_at(numerals, t, i, kh_lexicon_lang(lexicon, tag), &n);
        result = found ? kh_arena_join(a, result, line_of(a, t, &n)) : result;
        i = found ? n.end : i + 1;
    }
    return kh_str_trim(result);
}

static kh_numeral only(kh_arena *a, const char *tag, kh_str text, size_t token)
{
    kh_numeral n = {0};
    const kh_numerals *numerals = know();
    const kh_text *t = kh_text_of(a, text);
    assert_true(kh_numeral_at(numerals, t, token, kh_lexicon_lang(lexicon, kh_str_z(tag)), &n));
    return n;
}

static void proclitic_is_outside(void **state)
{
    kh_numeral n = only(*state, "ar", KH_STR("لثمانية قوارب"), 0);
    assert_int_equal(n.span.begin, 2);
    assert_true(n.min == 8);
    assert_int_equal(n.end, 1);
}

static void digits_are_told(void **state)
{
    assert_true(only(*state, "en", KH_STR("12 boats"), 0).digits);
    assert_false(only(*state, "en", KH_STR("twelve boats"), 0).digits);
}

static void no_number_in_other_words(void **state)
{
    kh_numeral n;
    const kh_numerals *numerals = know();
    const kh_text *t = kh_text_of(*state, KH_STR("قوارب الصيد عادت"));
    for (size_t i = 0; i < t->tokens.count; i++) {
        assert_false(kh_numeral_at(numerals, t, i, kh_lexicon_lang(lexicon, KH_STR("ar")), &n));
    }
    assert_false(
        kh_numeral_at(numerals, t, t->tokens.count, kh_lexicon_lang(lexicon, KH_STR("ar")), &n));
}

/* A number never runs over the end of a line. */
static void lines_part_numbers(void **state)
{
    kh_numeral n = only(*state, "en", KH_STR("twenty\nfive"), 0);
    assert_true(n.max == 20);
    assert_int_equal(n.end, 1);
}

static void unknown_language_reads_digits(void **state)
{
    assert_true(only(*state, "xx", KH_STR("1,250 x"), 0).min == 1250);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(proclitic_is_outside), KH_TEST(digits_are_told), KH_TEST(no_number_in_other_words),
        KH_TEST(lines_part_numbers), KH_TEST(unknown_language_reads_digits)};
    int failed = cmocka_run_group_tests_name("numerals", tests, NULL, NULL);
    failed += kh_run_cases("test/cases/numerals.txt", numbers_of);
    kh_arena_release(&forever);
    return failed != 0;
}
