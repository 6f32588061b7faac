/* test_text.c - the fold with its map, tokens, sentences; times; phrases behind proclitics. */
#include "test.h"

#include "lexicon/lexicon.h"
#include "model/time.h"

#include <locale.h>
#include <wctype.h>

static void assert_same_key(void **state, kh_str a, kh_str b)
{
    assert_kh_str(kh_fold_key(*state, a), kh_fold_key(*state, b));
}

static void spellings_of_one_word_meet(void **state)
{
    assert_same_key(state, KH_STR("كازاخستان"), KH_STR("کازاخستان"));
    assert_same_key(state, KH_STR("أبو ظبي"), KH_STR("ابو ظبى"));
    assert_same_key(state, KH_STR("می\u200cکند"), KH_STR("میکند"));
    assert_same_key(state, KH_STR("۱۴۰۰ ٤٥"), KH_STR("1400 45"));
    assert_same_key(state, KH_STR("مُحَمَّ\u0640\u0640\u0640د"), KH_STR("محمد"));
    assert_same_key(state, KH_STR("\ufe8d\ufedf\ufe91\ufef4\ufe96"), KH_STR("البيت"));
    assert_same_key(state, KH_STR("ÇOCUK Ёлка"), KH_STR("cocuk елка"));
    assert_same_key(state, KH_STR("«x» “y”"), KH_STR("\"x\" \"y\""));
}

static void different_words_stay_apart(void **state)
{
    assert_true(!kh_str_eq(kh_fold_key(*state, KH_STR("пой")), kh_fold_key(*state, KH_STR("пои"))));
    assert_true(!kh_str_eq(kh_fold_key(*state, KH_STR("گرم")), kh_fold_key(*state, KH_STR("کرم"))));
}

static void folding_twice_changes_nothing(void **state)
{
    kh_str text = kh_test_file(*state, "examples/pages/ar01-almarfa.html");
    kh_str once = kh_fold_key(*state, text);
    assert_kh_str(kh_fold_key(*state, once), once);
}

static void the_map_leads_back_to_the_source(void **state)
{
    kh_str source = KH_STR("ق\u0640ال أحمد");
    kh_folded f = kh_fold(*state, source);
    assert_kh_str(f.key, KH_STR("قال احمد"));
    assert_int_equal(f.map[2], 4); /* the alef stands behind the tatweel */
    assert_int_equal(f.map[f.key.len], source.len);
}

static kh_str keys_of(kh_arena *a, kh_str source)
{
    const kh_text *t = kh_text_of(a, source);
    kh_buf b = {.arena = a};
    uint32_t sentence = 0;
    KH_EACH(const kh_token, k, t->tokens) {
        kh_buf_z(&b, k->sentence != sentence ? " | " : b.len ? " " : "");
        kh_buf_add(&b, k->key);
        sentence = k->sentence;
    }
    return kh_buf_str(&b);
}

static void letters_and_digits_part(void **state)
{
    assert_kh_str(keys_of(*state, KH_STR("وأُجلي 3 آلاف و412 شخصاً.")), KH_STR("واجلي 3 الاف و 412 شخصا ."));
    assert_kh_str(keys_of(*state, KH_STR("2,2 and 48.5%")), KH_STR("2,2 and 48.5 %"));
    assert_kh_str(keys_of(*state, KH_STR("Putin'in")), KH_STR("putin ' in"));
    assert_kh_str(keys_of(*state, KH_STR("总统7日说")), KH_STR("总 统 7 日 说"));
    assert_kh_str(keys_of(*state, KH_STR("東京ニュース社")), KH_STR("東 京 ニュース 社"));
}

static void sentences_end_where_they_should(void **state)
{
    assert_kh_str(keys_of(*state, KH_STR("Brig. Sami came. He left at 5 p.m. on Monday.")),
                  KH_STR("brig . sami came . | he left at 5 p . m . on monday ."));
    assert_kh_str(keys_of(*state, KH_STR("قال نعم. ثم ذهب؟ نعم")), KH_STR("قال نعم . | ثم ذهب ? | نعم"));
    assert_kh_str(keys_of(*state, KH_STR("В 2020 г. Он уехал в г. Омск за 5 тыс. Там.")),
                  KH_STR("в 2020 г . | он уехал в г . омск за 5 тыс . | там ."));
    assert_kh_str(keys_of(*state, KH_STR("One\nTwo")), KH_STR("one | two"));
}

static void a_token_knows_its_place(void **state)
{
    const kh_text *t = kh_text_of(*state, KH_STR("لرويترز\n\nقال"));
    assert_int_equal(t->lines.count, 3);
    assert_int_equal(t->lines.items[1].first, t->lines.items[1].end);
    assert_int_equal(kh_text_inside(t, 0, 2), 2); /* behind the ل */
    assert_int_equal(kh_text_token_at(t, t->tokens.items[1].span.begin), 1);
}

static kh_phrases *some_phrases(kh_arena *a)
{
    kh_phrases *set = kh_phrases_new(a);
    kh_phrases_add(a, set, KH_STR("وكالة"), 1, 1);
    kh_phrases_add(a, set, KH_STR("وكالة فرانس برس"), 1, 2);
    kh_phrases_add(a, set, KH_STR("الوكالة"), 1, 3);
    kh_phrases_add(a, set, KH_STR("шахт*"), 2, 4);
    kh_phrases_add(a, set, KH_STR("сидяч* забастовк*"), 2, 5);
    kh_phrases_add(a, set, KH_STR("?may"), 3, 6);
    kh_phrases_add(a, set, KH_STR("رئيس وزراء"), 1, 7);
    kh_phrases_add(a, set, KH_STR("ראש ממשלה"), 4, 8);
    return set;
}

static uint32_t match(kh_arena *a, kh_str source, uint8_t lang, unsigned flags, kh_match *m)
{
    return kh_phrases_match(some_phrases(a), kh_text_of(a, source), 0, lang, flags, m) ? m->value : 0;
}

/* Every character of the first plane between two letters, judged beside what the C library says of it. */
static void every_character_of_the_first_plane(void **state)
{
    (void)state;
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    kh_arena one = kh_test_scratch();
    for (uint32_t cp = 1; cp < 0x10000; cp++) {
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            continue;
        }
        kh_arena_clear(&one);
        char source[8] = "a", lower[8];
        kh_str text = {source, 1 + kh_utf8_put(source + 1, cp)};
        source[text.len++] = 'b';
        kh_folded folded = kh_fold(&one, text);
        assert_true(kh_utf8_valid(folded.key));
        assert_int_equal(folded.map[folded.key.len], text.len);
        assert_kh_str(kh_fold_key(&one, folded.key), folded.key); /* folding twice changes nothing */
        assert_int_equal(kh_is_quote(cp), kh_is_open_quote(cp) || kh_is_close_quote(cp));
        bool cased = (cp >= 0x400 && cp <= 0x481) || (cp >= 0x48A && cp <= 0x52F) || (cp >= 0x391 && cp <= 0x3A9);
        if (cased && iswupper((wint_t)cp)) {
            kh_str small = {lower, kh_utf8_put(lower, (uint32_t)towlower((wint_t)cp))};
            assert_kh_str(kh_fold_key(&one, kh_str_head(kh_str_from(text, 1), text.len - 2)), kh_fold_key(&one, small));
        }
        const kh_text *t = kh_text_of(&one, text);
        KH_EACH(const kh_token, token, t->tokens) {
            assert_true(token->span.begin < token->span.end && token->span.end <= text.len);
        }
        bool parts = (iswspace((wint_t)cp) && cp != 0x1680) || cp == 0xA0 || cp == 0x202F; /* the space of Ogham is a line */
        bool mark = (kh_is_dash(cp) && cp != 0x640) || (kh_is_quote(cp) && cp != '\'' && cp != 0x2019);
        if (parts) {
            assert_int_equal(t->tokens.count, 2);
        }
        if (mark) {
            assert_int_equal(t->tokens.count, 3);
            assert_true(kh_token_is(&t->tokens.items[1], kh_is_dash(cp) ? "-" : "'") || kh_token_is(&t->tokens.items[1], "\""));
        }
    }
}

static void the_longest_phrase_wins(void **state)
{
    kh_match m;
    assert_int_equal(match(*state, KH_STR("وكالة فرانس برس قالت"), 1, 0, &m), 2);
    assert_int_equal(m.end, 3);
    assert_int_equal(match(*state, KH_STR("وكالة رويترز"), 1, 0, &m), 1);
    assert_int_equal(match(*state, KH_STR("وكالة رويترز"), 2, 0, &m), 0);
    assert_int_equal(match(*state, KH_STR("وكالة رويترز"), KH_LANG_ANY, 0, &m), 1);
}

static void one_word_is_asked_by_its_key(void **state)
{
    kh_match m;
    const kh_phrases *set = some_phrases(*state);
    assert_true(kh_phrases_word(set, KH_STR("шахтер"), 2, &m)); /* the key of шахтёр */
    assert_int_equal(m.value, 4);
    assert_int_equal(m.ending, strlen("ер"));
    assert_true(kh_phrases_word(set, KH_STR("шахт"), 2, &m));
    assert_int_equal(m.ending, 0);
    assert_false(kh_phrases_word(set, KH_STR("لوکاله"), 1, &m)); /* as it is: no proclitic comes off */
    assert_true(kh_phrases_word(set, KH_STR("may"), 3, &m) && m.ambiguous);
}

static void proclitics_are_passed_over(void **state)
{
    kh_match m;
    assert_int_equal(match(*state, KH_STR("لوكالة فرانس برس"), 1, KH_CLITICS, &m), 2);
    assert_int_equal(m.span.begin, 2);
    assert_int_equal(match(*state, KH_STR("للوكالة"), 1, KH_CLITICS, &m), 3);
    assert_int_equal(match(*state, KH_STR("لوكالة"), 1, 0, &m), 0);
    assert_int_equal(match(*state, KH_STR("ورئيس الوزراء"), 1, KH_CLITICS | KH_ARTICLE, &m), 7);
    assert_int_equal(match(*state, KH_STR("رئيس الوزراء"), 1, 0, &m), 0);
    assert_int_equal(match(*state, KH_STR("שראש הממשלה"), 4, KH_CLITICS | KH_ARTICLE, &m), 8);
    assert_int_equal(match(*state, KH_STR("ראש העיר"), 4, KH_CLITICS | KH_ARTICLE, &m), 0);
}

static void stars_match_any_ending(void **state)
{
    kh_match m;
    assert_int_equal(match(*state, KH_STR("шахтёров спасли"), 2, 0, &m), 4);
    assert_int_equal(match(*state, KH_STR("сидячую забастовку"), 2, 0, &m), 5);
    assert_int_equal(m.end, 2);
    assert_int_equal(match(*state, KH_STR("шах"), 2, 0, &m), 0);
    assert_int_equal(match(*state, KH_STR("May"), 3, 0, &m), 6);
    assert_true(m.ambiguous);
}

static void times_read_what_they_write(void **state)
{
    static const char *const times[] = {"2022", "2022-01", "2024-08-05", "2024-08-05T14:25", "2024-08-05T14:25:00", "2024-08-05T14:25:00Z",
                                        "2024-08-05T14:25:00+03:30", "2020-02-29"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        kh_time t;
        assert_true(kh_time_parse(kh_str_z(times[i]), &t));
        assert_kh_str(kh_time_text(*state, t), kh_str_z(times[i]));
    }
    kh_time t;
    assert_false(kh_time_parse(KH_STR("2021-02-29"), &t) || kh_time_parse(KH_STR("yesterday"), &t) || kh_time_parse(KH_STR("202201"), &t));
    kh_when w;
    assert_true(kh_when_parse(KH_STR("2022-01-03/2022-01-09"), &w) && kh_day_number(w.to) - kh_day_number(w.from) == 6);
}

static void days_count_both_ways(void **state)
{
    (void)state;
    assert_int_equal(kh_day_number(kh_day(1970, 1, 1)), 0);
    assert_int_equal(kh_iso_weekday(kh_day(2022, 1, 8)), 6);
    kh_time t = kh_time_of_seconds(1641636000);
    assert_true(t.hour == 10 && kh_time_seconds(t) == 1641636000 && kh_time_seconds(kh_time_of_seconds(-1)) == -1);
    for (int64_t day = -200000; day < 200000; day += 37) {
        assert_int_equal(kh_day_number(kh_day_of_number(day)), day);
    }
}

/* Eight bytes at once are folded as each is alone, wherever the odd one stands. */
static void ascii_is_folded_alike_at_any_place(void **state)
{
    for (char c = 1; c < 127; c++) {
        kh_str alone = kh_fold_key(*state, (kh_str){&c, 1});
        for (size_t at = 0; at < 20; at++) {
            char text[] = "Aa Zz@[09{`~ x-Y_Q.q", wanted[] = "aa zz@[09{'~ x-y_q.q";
            text[at] = c;
            wanted[at] = alone.ptr[0];
            kh_folded f = kh_fold(*state, kh_str_z(text));
            assert_kh_str(f.key, kh_str_z(wanted));
            assert_kh_str(kh_fold_key(*state, kh_str_z(text)), kh_str_z(wanted));
            for (uint32_t k = 0; k <= f.key.len; k++) {
                assert_int_equal(f.map[k], k);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(spellings_of_one_word_meet),
        KH_TEST(different_words_stay_apart),
        KH_TEST(folding_twice_changes_nothing),
        KH_TEST(the_map_leads_back_to_the_source),
        KH_TEST(letters_and_digits_part),
        KH_TEST(sentences_end_where_they_should),
        KH_TEST(a_token_knows_its_place),
        KH_TEST(every_character_of_the_first_plane),
        KH_TEST(the_longest_phrase_wins),
        KH_TEST(one_word_is_asked_by_its_key), KH_TEST(proclitics_are_passed_over),
        KH_TEST(stars_match_any_ending),
        KH_TEST(times_read_what_they_write),
        KH_TEST(ascii_is_folded_alike_at_any_place),
        KH_TEST(days_count_both_ways),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL) != 0;
}
