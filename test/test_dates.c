/* test_dates.c - calendars, dates in text, and the date of a page. */
#include "dates/dates.h"
#include "test.h"

#include <string.h>

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

typedef struct knowledge {
    kh_lexicon *lex;
    const kh_dates_know *dates;
} knowledge;

/* Read once: the tables are large. */
static knowledge know(void)
{
    static kh_arena arena;
    static knowledge k;
    if (!arena.begin) {
        arena = kh_arena_reserve((size_t)256 << 20, NULL);
        k.lex = kh_lexicon_builtin(&arena);
        k.dates = kh_dates_know_of(&arena, k.lex, kh_numerals_of(&arena, k.lex));
    }
    return k;
}

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

static void fields_of_pages(void **state)
{
    assert_field(*state, "2024-08-05T14:25:00+03:30", "en", "2024-08-05T14:25:00+03:30");
    assert_field(*state, "1710271500", "en", "2024-03-12T19:25:00Z");
    assert_field(*state, "1710271500000", "en", "2024-03-12T19:25:00Z");
    assert_field(*state, "20240312192500", "en", "2024-03-12T19:25");
    assert_field(*state, "Tue, 12 Mar 2024 19:25:00 GMT", "ar", "2024-03-12T19:25:00Z");
    assert_field(*state, "1399/02/21", "fa", "2020-05-10");
    assert_field(*state, "1403-05-15T14:25", "fa", "2024-08-05T14:25");
    assert_field(*state, "soon", "en", "none");
    assert_field(*state, "", "en", "none");
}

/* ---- the date of a page ---- */

typedef struct sample {
    const char *lang;
    const char *text;  /* one line for each role */
    const char *roles; /* t title, d date, b body, x boilerplate, c caption */
    const char *url;
    const char *field_path, *field_words;
} sample;

static kh_line_role role_of(char c)
{
    switch (c) {
    case 't':
        return KH_ROLE_TITLE;
    case 'd':
        return KH_ROLE_DATE;
    case 'c':
        return KH_ROLE_CAPTION;
    case 'x':
        return KH_ROLE_BOILERPLATE;
    default:
        return KH_ROLE_BODY;
    }
}

static kh_article *read_sample(kh_arena *a, const sample *s, kh_page *page, kh_time now)
{
    kh_article *art = KH_NEW(a, kh_article);
    art->text = kh_str_z(s->text);
    art->tokens = kh_text_of(a, art->text);
    art->lang = kh_str_z(s->lang);
    for (size_t i = 0; i < art->tokens->lines.count; i++) {
        *KH_ADD(a, &art->lines) =
            (kh_line){.span = art->tokens->lines.items[i].span, .role = role_of(s->roles[i])};
    }
    if (s->field_path) {
        *KH_ADD(a, &art->page_dates) =
            (kh_date){.path = kh_str_z(s->field_path), .reason = kh_str_z(s->field_words)};
    }
    page->url = kh_str_z(s->url);
    kh_dates_read(a, kh_arena_split(a), know().dates, page, now, art);
    return art;
}

static void assert_published(kh_arena *a, const sample *s, const char *iso, const char *path)
{
    kh_page page = {0};
    const kh_article *art = read_sample(a, s, &page, (kh_time){0});
    assert_kh_str(kh_when_text(a, art->published.when), kh_str_z(iso));
    assert_kh_str(art->published.path, kh_str_z(path));
    assert_true(!kh_when_known(art->published.when) || art->published.reason.len > 0);
}

static void visible_lines(void **state)
{
    assert_published(*state,
                     &(sample){"fa",
                               "سقوط پل برنا\nدوشنبه/ ۱۵ مرداد ۱۴۰۳ / ۱۴:۲۵\nپل برنا فرو ریخت.",
                               "tdb", NULL, NULL, NULL},
                     "2024-08-05T14:25", "line");
    assert_published(*state,
                     &(sample){"ar", "انهيار جسر بيرنا\nانهار الجسر القديم.\nنُشر في: 5 أغسطس 2024",
                               "tbx", NULL, NULL, NULL},
                     "2024-08-05", "line");
    assert_published(*state,
                     &(sample){"ru", "Обрушился мост\n02.08.2024 13:40\nМост обрушился.", "txb",
                               NULL, NULL, NULL},
                     "2024-08-02T13:40", "line");
    assert_published(*state,
                     &(sample){"en", "Bridge falls\nBy Ann Poe, Published July 16, 2023\nIt fell.",
                               "txb", NULL, NULL, NULL},
                     "2023-07-16", "line");
}

/* A date in a caption or a sentence says when something happened, not when the page was made. */
static void unknown_stays_unknown(void **state)
{
    assert_published(*state,
                     &(sample){"ar",
                               "انهار الجسر، 5 أغسطس 2024، بيرنا.\nسقط الجسر الذي بني في 4 مارس "
                               "1950 على الطريق القديم هذا الأسبوع.",
                               "cb", NULL, NULL, NULL},
                     "", "");
}

/* Dates found anywhere on the page count only where they name one day. */
static void far_dates_must_agree(void **state)
{
    static const char *const days[][2] = {{"18 May 2031", "2031-05-18"},
                                          {"18 May 2031", "19 May 2031"}};
    for (size_t i = 0; i < 2; i++) {
        kh_article *art = KH_NEW(*state, kh_article);
        kh_page page = {0};
        art->text = KH_STR("The bridge fell.");
        art->tokens = kh_text_of(*state, art->text);
        art->lang = KH_STR("en");
        *KH_ADD(*state, &art->lines) =
            (kh_line){.span = art->tokens->lines.items[0].span, .role = KH_ROLE_BODY};
        for (size_t k = 0; k < 2; k++) {
            *KH_ADD(*state, &art->page_dates) =
                (kh_date){.path = KH_STR("block"), .reason = kh_str_z(days[i][k])};
        }
        kh_dates_read(*state, kh_arena_split(*state), know().dates, &page, (kh_time){0}, art);
        assert_kh_str(kh_when_text(*state, art->published.when), kh_str_z(i ? "" : "2031-05-18"));
    }
}

static void page_date_is_the_base(void **state)
{
    kh_page page = {0};
    const sample s = {
        "ar",   "انهيار جسر بيرنا\n2024-08-05 14:25:00\nانهار الجسر أمس.\nحقوق النشر اليوم",
        "tdbx", NULL,
        NULL,   NULL};
    const kh_article *art = read_sample(*state, &s, &page, (kh_time){0});
    assert_int_equal(art->dates.count,
                     2); /* the page's own, and yesterday; no dates of site lines */
    assert_kh_str(kh_when_text(*state, art->dates.items[1].when), KH_STR("2024-08-04"));
}

static void fields_before_lines(void **state)
{
    assert_published(*state,
                     &(sample){"en", "Bridge falls\nJuly 18, 2023\nIt fell.", "tdb", NULL,
                               "json-ld datePublished", "2023-07-16T10:00:00Z"},
                     "2023-07-16T10:00:00Z", "json-ld datePublished");
    assert_published(*state,
                     &(sample){"en", "Bridge falls\nJuly 16, 2023 9:30 am\nIt fell.", "tdb", NULL,
                               "meta[name=date]", "2023-07-16"},
                     "2023-07-16T09:30",
                     "meta[name=date]"); /* the day of the field, the time of the line */
}

static void codes_and_addresses(void **state)
{
    assert_published(*state,
                     &(sample){"fa", "سقوط پل برنا\nپل برنا فرو ریخت.\nکد خبر: 1403051514250",
                               "tbx", NULL, NULL, NULL},
                     "2024-08-05", "news code");
    assert_published(*state,
                     &(sample){"fa", "سقوط پل برنا\nپل برنا فرو ریخت.\nکد خبر: 85172204", "tbx",
                               NULL, NULL, NULL},
                     "", "");
    assert_published(*state,
                     &(sample){"en", "Bridge falls\nIt fell.", "tb",
                               "https://berna.example/2024/08/05/bridge", NULL, NULL},
                     "2024-08-05", "url");
    assert_published(*state,
                     &(sample){"en", "Bridge falls\nIt fell.", "tb",
                               "https://berna.example/a/20221399-bridge-4421/", NULL, NULL},
                     "", "");
    assert_published(*state,
                     &(sample){"en", "Bridge falls\nIt fell.", "tb",
                               "https://keep.example/web/20110106023242/http://berna.example/x",
                               NULL, NULL},
                     "", "");
}

static void modified_is_not_published(void **state)
{
    kh_page page = {0};
    const sample s = {
        "en",   "Bridge falls\nPublished July 16, 2023\nUpdated July 18, 2023\nIt fell.",
        "tddb", NULL,
        NULL,   NULL};
    const kh_article *art = read_sample(*state, &s, &page, (kh_time){0});
    assert_kh_str(kh_when_text(*state, art->published.when), KH_STR("2023-07-16"));
    assert_kh_str(kh_when_text(*state, art->modified.when), KH_STR("2023-07-18"));
}

static void future_is_refused(void **state)
{
    kh_page page = {0};
    const sample s = {
        "en",        "Bridge falls\nJuly 16, 2023\nIt fell.", "tdb", NULL, "json-ld datePublished",
        "2029-01-01"};
    const kh_article *art = read_sample(*state, &s, &page, kh_day(2023, 7, 20));
    assert_kh_str(kh_when_text(*state, art->published.when), KH_STR("2023-07-16"));
    assert_true(kh_str_starts(art->page_dates.items[0].reason, KH_STR("refused")));
    page.captured = kh_day(2020, 1, 1); /* without a clock the day of capture is the limit */
    art = read_sample(*state, &s, &page, (kh_time){0});
    assert_false(kh_when_known(art->published.when));
}

static void given_is_believed(void **state)
{
    kh_page page = {.published = kh_day(2023, 7, 17)};
    const sample s = {"en", "Bridge falls\nJuly 16, 2023\nIt fell yesterday.", "tdb", NULL, NULL,
                      NULL};
    const kh_article *art = read_sample(*state, &s, &page, (kh_time){0});
    assert_kh_str(kh_when_text(*state, art->published.when), KH_STR("2023-07-17"));
    assert_kh_str(art->published.path, KH_STR("given"));
    assert_int_equal(art->published.how, KH_DATE_GIVEN);
    assert_kh_str(kh_when_text(*state, art->dates.items[1].when), KH_STR("2023-07-16"));
}

static void date_lines_get_their_role(void **state)
{
    kh_page page = {0};
    const sample s = {"tr",  "Köprü çöktü\n9 Mart 2024 Cumartesi 11:45\nEski köprü çöktü.",
                      "tbb", NULL,
                      NULL,  NULL};
    const kh_article *art = read_sample(*state, &s, &page, (kh_time){0});
    assert_int_equal(art->lines.items[1].role, KH_ROLE_DATE);
    assert_int_equal(art->lines.items[2].role, KH_ROLE_BODY);
}

/* A report that came as one line: its head has two days side by side, and it is the text all the same. */
static void prose_is_no_date_line(void **state)
{
    kh_page page = {0};
    const sample s = {"en",
                      "Old bridge falls into the river 09.03.2024 11:45 | Updated: 09.03.2024 12:10 The old bridge at "
                      "Tarn fell into the river on Saturday morning. Nobody was on it when the arches gave way. The "
                      "mayor said that engineers had warned of cracks in two of its pillars since the autumn, and that "
                      "the road had been closed to lorries. Divers searched the water for vehicles until noon and "
                      "found none. A ferry is to take people across until a new bridge stands.",
                      "b", NULL,
                      NULL,  NULL};
    const kh_article *art = read_sample(*state, &s, &page, (kh_time){0});
    assert_int_equal(art->lines.items[0].role, KH_ROLE_BODY);
    assert_kh_str(kh_str_head(kh_when_text(*state, art->published.when), 10), KH_STR("2024-03-09"));
}

/* A line of a copied text whose weekday does not fit counts less than one that fits. */
static void weekday_is_a_check(void **state)
{
    assert_published(
        *state,
        &(sample){"en", "Bridge falls\nMonday, 16 July 2023\nIt fell.\nTuesday, 18 July 2023",
                  "tdbx", NULL, NULL, NULL},
        "2023-07-18", "line");
}

/* ---- lines outside the text ---- */

typedef struct dated_line {
    const char *path, *words;
} dated_line;

/* The day of an English page with the fields LINES, COUNT of them. */
static kh_str day_of(kh_arena *a, const dated_line *lines, size_t count, kh_article **read)
{
    kh_article *art = KH_NEW(a, kh_article);
    kh_page page = {0};
    art->text = KH_STR("Old bridge of Berna falls\nThe bridge fell.");
    art->tokens = kh_text_of(a, art->text);
    art->lang = KH_STR("en");
    art->title.value = KH_STR("Old bridge of Berna falls");
    for (size_t i = 0; i < 2; i++) {
        *KH_ADD(a, &art->lines) = (kh_line){.span = art->tokens->lines.items[i].span,
                                            .role = i ? KH_ROLE_BODY : KH_ROLE_TITLE};
    }
    for (size_t i = 0; i < count; i++) {
        *KH_ADD(a, &art->page_dates) =
            (kh_date){.path = kh_str_z(lines[i].path), .reason = kh_str_z(lines[i].words)};
    }
    kh_dates_read(a, kh_arena_split(a), know().dates, &page, (kh_time){0}, art);
    *read = art;
    return kh_when_text(a, art->published.when);
}

#define DAY_OF(a, read, ...)                                                                       \
    day_of(a, (const dated_line[]){__VA_ARGS__},                                                   \
           sizeof((const dated_line[]){__VA_ARGS__}) / sizeof(dated_line), read)

static void lines_by_their_place(void **state)
{
    kh_article *art = NULL;
    assert_kh_str(DAY_OF(*state, &art, {"block in a comment", "Ann, 3 May 2031"},
                         {"block of another report", "4 May 2031"},
                         {"block beside the headline", "2 May 2031"}),
                  KH_STR("2031-05-02"));
    assert_int_equal(art->date_candidates.count, 3);
    assert_true(art->date_candidates.items[0].score > 0 &&
                art->date_candidates.items[2].score <= 0);
    assert_kh_str(DAY_OF(*state, &art, {"block in a comment", "Ann, 3 May 2031"}), KH_STR(""));
    /* a list that names this report */
    assert_kh_str(DAY_OF(*state, &art, {"block beside the headline", "7 May 2031"},
                         {"block", "Old bridge of Berna falls, 6 May 2031"}),
                  KH_STR("2031-05-06"));
}

static void labels_hold_for_the_date_behind_them(void **state)
{
    kh_article *art = NULL;
    assert_kh_str(
        DAY_OF(*state, &art,
               {"block below the text", "Published: 2031-05-02 15:03 / Updated: 2031-05-04 09:30"}),
        KH_STR("2031-05-02T15:03"));
    assert_kh_str(kh_when_text(*state, art->modified.when), KH_STR("2031-05-04T09:30"));
}

static void utc_gives_way_to_the_day_shown(void **state)
{
    kh_article *art = NULL;
    assert_kh_str(DAY_OF(*state, &art, {"json-ld datePublished", "2018-12-31T23:11:59Z"},
                         {"block beside the headline", "1 January 2019"}),
                  KH_STR("2019-01-01"));
    assert_kh_str(DAY_OF(*state, &art, {"json-ld datePublished", "2018-12-31T23:11:59+01:00"},
                         {"block beside the headline", "1 January 2019"}),
                  KH_STR("2018-12-31T23:11:59+01:00"));
    assert_kh_str(DAY_OF(*state, &art, {"json-ld datePublished", "2018-12-31T05:11:59Z"},
                         {"block beside the headline", "1 January 2019"}),
                  KH_STR("2018-12-31T05:11:59Z"));
}

static void the_order_is_that_of_the_page(void **state)
{
    kh_article *art = NULL;
    assert_kh_str(DAY_OF(*state, &art, {"block beside the headline", "06/01/2031"},
                         {"block", "June 1, 2031"}),
                  KH_STR("2031-06-01"));
    assert_kh_str(DAY_OF(*state, &art, {"block beside the headline", "06/01/2031"}),
                  KH_STR("2031-01-06"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {KH_TEST(persian_days),
                                       KH_TEST(persian_there_and_back),
                                       KH_TEST(hijri_days),
                                       KH_TEST(hijri_there_and_back),
                                       KH_TEST(no_base_no_value),
                                       KH_TEST(unknown_language_full_dates),
                                       KH_TEST(bad_bytes_do_no_harm),
                                       KH_TEST(fields_of_pages),
                                       KH_TEST(visible_lines),
                                       KH_TEST(unknown_stays_unknown),
                                       KH_TEST(far_dates_must_agree),
                                       KH_TEST(page_date_is_the_base),
                                       KH_TEST(fields_before_lines),
                                       KH_TEST(codes_and_addresses),
                                       KH_TEST(modified_is_not_published),
                                       KH_TEST(future_is_refused),
                                       KH_TEST(given_is_believed),
                                       KH_TEST(date_lines_get_their_role), KH_TEST(prose_is_no_date_line),
                                       KH_TEST(weekday_is_a_check),
                                       KH_TEST(lines_by_their_place),
                                       KH_TEST(labels_hold_for_the_date_behind_them),
                                       KH_TEST(utc_gives_way_to_the_day_shown),
                                       KH_TEST(the_order_is_that_of_the_page)};
    int failed = cmocka_run_group_tests_name("dates", tests, NULL, NULL);
    failed += kh_run_cases("test/cases/dates.txt", dates_in);
    failed += kh_run_cases("test/cases/times.txt", times_in);
    return failed != 0;
}
