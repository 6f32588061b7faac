/* test_dates.c - calendars, dates in text, dates as fields of pages write them. */
#include "dates_know.h"

/* ---- calendars ---- */

static void assert_persian(int year, int month, int day, const char *iso)
{
    kh_time t = {0};
    int64_t number = 0;
    assert_true(kh_time_parse(kh_str_z(iso), &t));
    assert_true(kh_persian_to_day(year, month, day, &number));
    assert_int_equal(number, kh_day_number(t));
}

static void persian_days(void **state)
{
    (void)state;
    assert_persian(1400, 10, 18, "2022-01-08");
    assert_persian(1400, 1, 1, "2021-03-21");
    assert_persian(1399, 12, 30, "2021-03-20");
    assert_persian(1403, 12, 30, "2025-03-20");
    assert_persian(1357, 11, 22, "1979-02-11");
    assert_persian(1300, 1, 1, "1921-03-21");
    int64_t number = 0;
    assert_false(kh_persian_to_day(1400, 12, 30, &number)); /* 1400 was no leap year */
    assert_false(kh_persian_to_day(1400, 7, 31, &number));
    assert_false(kh_persian_to_day(1400, 0, 1, &number));
    assert_false(kh_persian_to_day(900, 1, 1, &number));
    assert_false(kh_persian_to_day(9000, 1, 1, &number));
    assert_false(kh_persian_to_day(1400, 13, 1, &number));
    assert_false(kh_persian_to_day(1400, 1, 0, &number));
}

static void persian_there_and_back(void **state)
{
    (void)state;
    int64_t first = 0;
    int64_t last = 0;
    assert_true(kh_persian_to_day(1200, 1, 1, &first) && kh_persian_to_day(1500, 1, 1, &last));
    for (int64_t day = first; day < last; day++) {
        int y = 0, m = 0, d = 0;
        int64_t again = 0;
        kh_persian_of_day(day, &y, &m, &d);
        assert_true(kh_persian_to_day(y, m, d, &again));
        assert_int_equal(again, day);
    }
}

static void assert_hijri(int year, int month, int day, const char *iso)
{
    kh_time t = {0};
    int64_t number = 0;
    assert_true(kh_time_parse(kh_str_z(iso), &t));
    assert_true(kh_hijri_to_day(year, month, day, &number));
    assert_int_equal(number, kh_day_number(t));
}

static void hijri_days(void **state)
{
    (void)state;
    assert_hijri(1443, 6, 5, "2022-01-08");
    assert_hijri(1445, 1, 24, "2023-08-11");
    assert_hijri(1444, 9, 1, "2023-03-23");
    assert_hijri(1300, 1, 1, "1882-11-12");
    int64_t number = 0;
    assert_false(kh_hijri_to_day(1299, 1, 1, &number));
    assert_false(kh_hijri_to_day(1443, 13, 1, &number));
    assert_false(kh_hijri_to_day(1601, 1, 1, &number));
    assert_false(kh_hijri_to_day(1443, 0, 1, &number));
    assert_false(kh_hijri_to_day(1443, 1, 0, &number));
    assert_false(kh_hijri_to_day(1443, 1, 31, &number));
}

static void hijri_there_and_back(void **state)
{
    (void)state;
    int64_t first = 0;
    int64_t last = 0;
    assert_true(kh_hijri_to_day(1300, 1, 1, &first) && kh_hijri_to_day(1600, 1, 1, &last));
    for (int64_t day = first; day < last; day++) {
        int y = 0, m = 0, d = 0;
        int64_t again = 0;
        kh_hijri_of_day(day, &y, &m, &d);
        assert_true(d >= 1 && d <= 30 && kh_hijri_to_day(y, m, d, &again));
        assert_int_equal(again, day);
    }
}

/* ---- dates in text: test/cases/dates.txt ---- */

static kh_str dates_in(kh_arena *a, kh_str input)
{
    kh_str lang = {0}, day = {0}, rest = input;
    kh_time base = {0};
    assert_true(kh_str_cut(&rest, ' ', &lang) && kh_str_cut(&rest, ' ', &day));
    kh_time_parse(day, &base);
    const kh_text *text = kh_text_of(a, rest);
    kh_dates found = kh_dates_find(a, kh_arena_split(a), know().dates, text,
                                   kh_lexicon_lang(know().lex, lang), base);
    kh_buf b = {.arena = a};
    uint32_t end = 0;
    KH_EACH (kh_date, date, found) {
        assert_true(date->span.begin >= end && date->span.end <= rest.len);
        end = date->span.end;
        kh_str words = kh_text_slice(text, date->span);
        kh_str value = kh_when_text(a, date->when);
        kh_buf_printf(&b, "%s" KH_FMT " = " KH_FMT, b.len ? "\n" : "", KH_ARG(words),
                      KH_ARG(value));
        if (date->clash) {
            kh_buf_printf(&b, " or " KH_FMT, KH_ARG(kh_time_text(a, date->other)));
        }
        kh_buf_z(&b, !date->core && kh_when_known(date->when) ? " vague" : "");
    }
    return kh_buf_str(&b);
}

/* ---- expressions of time: test/cases/times.txt ---- */

static kh_str times_in(kh_arena *a, kh_str input)
{
    kh_str lang = {0}, rest = input;
    assert_true(kh_str_cut(&rest, ' ', &lang));
    const kh_text *text = kh_text_of(a, rest);
    kh_times found =
        kh_times_find(a, kh_arena_split(a), know().dates, text, kh_lexicon_lang(know().lex, lang));
    kh_buf b = {.arena = a};
    kh_span whole = {0};
    KH_EACH (kh_time_words, part, found) {
        bool same = part->whole.begin == whole.begin && part->whole.end == whole.end && b.len;
        assert_true(part->span.begin >= part->whole.begin && part->span.end <= part->whole.end);
        kh_buf_printf(&b, "%s" KH_FMT " %s",
                      same    ? " | "
                      : b.len ? "\n"
                              : "",
                      KH_ARG(kh_text_slice(text, part->span)),
                      part->type == KH_TIME_OF_DAY ? "TIM" : "DAT");
        whole = part->whole;
    }
    return kh_buf_str(&b);
}

/* A short text of an unknown language is read as Persian where its letters may be; what is said of the language is believed. */
static void times_of_short_texts(void **state)
{
    static const struct {
        const char *lang, *text;
        float sure;
        size_t found;
    } cases[] = {
        {"fa", "ساعت ۸ صبح فردا", 1, 2}, {"", "ساعت ۸ صبح فردا", 0, 2}, {"xx", "ساعت ۸ صبح فردا", 0.5f, 2}, {"de", "ساعت ۸ صبح فردا", 1, 0},
        {"", "ساعت ۸ صبح فردا, said the mayor of the town on the river", 0, 0}, {"", "tomorrow at 8", 0, 0}, {"", "", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_article art = {.text = kh_str_z(cases[i].text), .lang = kh_str_z(cases[i].lang), .lang_confidence = cases[i].sure};
        art.tokens = kh_text_of(*state, art.text);
        kh_times_read(*state, kh_test_scratch(), know().dates, &art);
        assert_int_equal(art.times.count, cases[i].found);
    }
}

/* Relative words are found without a page date, but mean no day. */
static void no_base_no_value(void **state)
{
    const kh_text *text =
        kh_text_of(*state, KH_STR("It fell on Sunday, 12 days ago, and in June."));
    kh_dates found = kh_dates_find(*state, kh_test_scratch(), know().dates, text,
                                   kh_lexicon_lang(know().lex, KH_STR("en")), (kh_time){0});
    assert_int_equal(found.count, 3);
    KH_EACH (kh_date, date, found) {
        assert_false(kh_when_known(date->when));
        assert_false(date->core);
    }
}

/* A text of unknown language: only full dates, in any language. */
static void unknown_language_full_dates(void **state)
{
    const kh_text *text =
        kh_text_of(*state, KH_STR("Monday | 12 février 2018 | March | 18 دی 1400"));
    kh_dates found = kh_dates_find(*state, kh_test_scratch(), know().dates, text, KH_LANG_NONE,
                                   kh_day(2022, 1, 1));
    assert_int_equal(found.count, 2);
    assert_kh_str(kh_when_text(*state, found.items[0].when), KH_STR("2018-02-12"));
    assert_kh_str(kh_when_text(*state, found.items[1].when), KH_STR("2022-01-08"));
}

static void bad_bytes_do_no_harm(void **state)
{
    static const char pieces[][16] = {"12",  "-", "/",   ".",   ":",  " ",  "2022",  "دی",
                                      "May", "(", "ago", "قبل", "\n", "، ", "الجمعة"};
    uint32_t seed = 7;
    for (int round = 0; round < 40; round++) {
        kh_buf b = {.arena = *state};
        for (int i = 0; i < 300; i++) {
            seed = seed * 1664525 + 1013904223;
            kh_buf_z(&b, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        const kh_text *text = kh_text_of(*state, kh_buf_str(&b));
        kh_dates found = kh_dates_find(*state, kh_test_scratch(), know().dates, text,
                                       (uint8_t)(1 + round % 12), kh_day(2022, 1, 1));
        uint32_t end = 0;
        KH_EACH (kh_date, date, found) {
            assert_true(date->span.begin >= end && date->span.end > date->span.begin &&
                        date->span.end <= b.len);
            end = date->span.end;
        }
        kh_times times = kh_times_find(*state, kh_test_scratch(), know().dates, text,
                                       kh_lexicon_lang(know().lex, KH_STR("fa")));
        end = 0;
        KH_EACH (kh_time_words, part, times) {
            assert_true(part->span.begin >= end && part->span.end > part->span.begin &&
                        part->span.end <= b.len);
            end = part->span.end;
        }
    }
}

/* ---- fields ---- */

static void assert_field(kh_arena *a, const char *raw, const char *lang, const char *iso)
{
    kh_time t = {0};
    bool found = kh_dates_of_field(kh_test_scratch(), know().dates, kh_str_z(raw),
                                   kh_lexicon_lang(know().lex, kh_str_z(lang)), &t);
    assert_kh_str(found ? kh_time_text(a, t) : KH_STR("none"), kh_str_z(iso));
}

/* Tables that a user wrote with mistakes: what is no row is passed over, the others are read. */
static void rows_that_are_none(void **state)
{
    static const kh_file files[] = {
        {.path = KH_STR("languages/en/months.txt"), .bytes = KH_STR("# calendar\tmonth\tvariety\tform\ngregorian\t0\t\tNullus\ngregorian\t13\t\tTredecim\nmayan\t1\t\tPop\n"
                                                   "gregorian\t1\t\t?\ngregorian\t99999\t\tLongus\ngregorian\t-1\t\tMinus\ngregorian\t+5\t\tMaius\n")},
        {.path = KH_STR("languages/en/weekdays.txt"), .bytes = KH_STR("# iso_weekday\tvariety\tform\n0\t\tNoday\n8\t\tEighthday\n1\t\t ? \n2\tabbreviation\tTwo\n")},
        {.path = KH_STR("languages/en/relative_dates.txt"),
         .bytes = KH_STR("# kind\tvalue\tform\nera\tmayan\tMC\nera\tgregorian\tAD\nperiod\t7-3\tbackwards\nperiod\t0-3\tfromzero\nperiod\t10-13\ttoofar\nperiod\t2\tonemonth\n"
                "nonsense\t1\tfoo\nday\t-1\tyesterday\nday\t-1\t?\n")},
    };
    kh_arena *a = *state;
    const kh_lexicon *lex = kh_lexicon_of(a, files, sizeof files / sizeof *files);
    const kh_dates_know *mine = kh_dates_know_of(a, lex, NULL);
    const kh_text *text = kh_text_of(a, KH_STR("3 Nullus 2022, 3 Tredecim 2022, 3 Pop 2022, 3 Longus 2022, 3 Minus 2022, Noday, Eighthday, foo, backwards 2022, fromzero 2022, "
                                               "toofar 2022 | 3 Maius 2022 AD | 4 Maius 2022 MC | yesterday"));
    kh_dates found = kh_dates_find(a, kh_test_scratch(), mine, text, kh_lexicon_lang(lex, KH_STR("en")), kh_day(2022, 6, 1));
    kh_buf b = {.arena = a};
    KH_EACH (kh_date, date, found) {
        kh_str value = kh_when_text(a, date->when);
        kh_buf_printf(&b, KH_FMT " ", KH_ARG(value));
    }
    assert_kh_str(kh_buf_str(&b), KH_STR("2022-05-03 2022-05-04 2022-05-31 "));
}

static void fields_of_pages(void **state)
{
    assert_field(*state, "2024-08-05T14:25:00+03:30", "en", "2024-08-05T14:25:00+03:30");
    assert_field(*state, "1710271500", "en", "2024-03-12T19:25:00Z");
    assert_field(*state, "1710271500000", "en", "2024-03-12T19:25:00Z");
    assert_field(*state, "20240312192500", "en", "2024-03-12T19:25");
    assert_field(*state, "Tue, 12 Mar 2024 19:25:00 GMT", "ar", "2024-03-12T19:25:00Z");
    assert_field(*state, "1399/02/21", "fa", "2020-05-10");
    assert_field(*state, "1403-05-15T14:25", "fa", "2024-08-05T14:25");
    assert_field(*state, "202403121925", "en", "2024-03-12T19:25");
    assert_field(*state, "202403122575", "en", "2024-03-12"); /* no such hour: the day alone */
    assert_field(*state, "20249912192500", "en", "none");
    assert_field(*state, "12 Mars 2024", "fr", "2024-03-12");
    assert_field(*state, "March 12th, 2024 at 7:25 pm", "ar", "2024-03-12T19:25");
    assert_field(*state, "1203-05-15", "en", "1824-08-06"); /* a solar year */
    assert_field(*state, "202403121960", "en", "2024-03-12");
    assert_field(*state, "20241399aaaa", "en", "none");
    assert_field(*state, "1650-01-01", "en", "1650-01-01");
    assert_field(*state, "12 اسفند 1402", "en", "2024-03-02");
    assert_field(*state, "2024", "en", "none");
    assert_field(*state, "soon", "en", "none");
    assert_field(*state, "", "en", "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(persian_days),
        KH_TEST(persian_there_and_back),
        KH_TEST(hijri_days),
        KH_TEST(hijri_there_and_back),
        KH_TEST(times_of_short_texts),
        KH_TEST(no_base_no_value),
        KH_TEST(unknown_language_full_dates),
        KH_TEST(bad_bytes_do_no_harm),
        KH_TEST(rows_that_are_none),
        KH_TEST(fields_of_pages),
    };
    int failed = cmocka_run_group_tests_name("dates", tests, NULL, NULL);
    failed += kh_run_cases("test/cases/dates.txt", dates_in);
    failed += kh_run_cases("test/cases/times.txt", times_in);
    return failed != 0;
}
