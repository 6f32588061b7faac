/* test_dates_page.c - the date of a page: which of its fields, lines, codes and addresses is believed. */
#include "dates_know.h"

#include <string.h>

typedef struct sample {
    const char *lang;
    const char *text;  /* one line for each role */
    const char *roles; /* t title, d date, b body, h subhead, y byline, o outlet, s source, x boilerplate, c caption */
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
    case 'y':
        return KH_ROLE_BYLINE;
    case 'o':
        return KH_ROLE_OUTLET;
    case 's':
        return KH_ROLE_SOURCE;
    case 'h':
        return KH_ROLE_SUBHEAD;
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

/* The day that an address names, or none. */
static void addresses_with_days(void **state)
{
    static const char *const cases[][2] = {
        {"https://berna.example/2024/8/5/bridge", "2024-08-05"},        {"https://berna.example/05-08-2024/bridge", "2024-08-05"},
        {"https://berna.example/news-2024-08-05.html", "2024-08-05"},   {"https://berna.example/20240805/bridge", "2024-08-05"},
        {"https://berna.example/1403/05/15/bridge", "2024-08-05"},      {"https://berna.example/2024_08_05", "2024-08-05"},
        {"https://berna.example/202408051200-bridge", "2024-08-05"},    {"https://berna.example/news/14030515000123/bridge", "2024-08-05"},
        {"https://berna.example/2024/08/", ""},                         {"https://berna.example/2024/13/05/bridge", ""},
        {"https://berna.example/1899/01/01/bridge", ""},                {"https://berna.example/2024/08-05/bridge", ""},
        {"https://berna.example/2024/008/05", ""},                      {"https://berna.example/24-8-5", ""},
        {"https://berna.example/123456", ""},                           {"https://berna.example/2024-08", ""},
        {"https://berna.example/2024.08.05/bridge", "2024-08-05"},      {"https://berna.example/2024+08+05/bridge", ""},
        {"https://berna.example/2024/08/123/bridge", ""},               {"https://berna.example/123/08/2024/bridge", ""},
        {"https://berna.example/2150/01/01/bridge", ""},                {"https://berna.example/1500/01/01/bridge", ""},
        {"https://berna.example/2024-08_05/bridge", ""},                {"https://berna.example/news/140305150/bridge", ""},
        {"https://berna.example/news/14030515000123456/bridge", ""},
        {"https://berna.example/31-02-2024/bridge", ""},                {"https://berna.example/", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_arena one = *(kh_arena *)*state;
        assert_published(&one, &(sample){"en", "Bridge falls\nIt fell.", "tb", cases[i][0], NULL, NULL}, cases[i][1], cases[i][1][0] ? "url" : "");
    }
}

/* A moment in UTC gives way to the day of a line or of the address too. */
static void lines_and_addresses_show_the_day(void **state)
{
    static const char moment[] = "2018-12-31T23:11:59Z";
    assert_published(*state, &(sample){"en", "Bridge falls\n1 January 2019\nIt fell.", "tdb", NULL, "json-ld datePublished", moment}, "2019-01-01", "line");
    assert_published(*state, &(sample){"en", "Bridge falls\nIt fell.", "tb", "https://berna.example/2019/01/01/bridge", "json-ld datePublished", moment}, "2019-01-01", "url");
    assert_published(*state, &(sample){"en", "Bridge falls\nIt fell.", "tb", "https://berna.example/2018/12/31/bridge", "json-ld datePublished", moment}, moment,
                     "json-ld datePublished");
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

/* What the fields and lines around a text say together: the day of the page, and that of its last change. */
static void fields_and_lines_together(void **state)
{
    static const struct {
        const char *published, *modified;
        dated_line lines[5];
    } cases[] = {
        /* a list of reports gives each its day */
        {"2031-05-04", "", {{"time", "2031-05-01"}, {"time", "2031-05-02"}, {"time", "2031-05-03"}, {"block beside the headline", "4 May 2031"}}},
        {"2031-05-01", "", {{"time", "2031-05-01"}, {"time", "2031-05-01"}, {"time", "2031-05-02"}}},
        {"", "", {{"block", "1 May 2031"}, {"block", "2 May 2031"}}},
        {"", "", {{"block above the headline", "1 May 2031"}, {"block above the headline", "2 May 2031"}, {"block above the headline", "3 May 2031"}}},
        {"", "", {{"block below the text", "1 May 2031"}, {"block below the text", "2 May 2031"}, {"block below the text", "3 May 2031"}}},
        /* which of two numbers is the month */
        {"2031-01-06", "", {{"block beside the headline", "06/01/2031"}, {"block", "June 1, 2031"}, {"block", "6 January 2031"}}},
        {"2031-06-01", "", {{"block beside the headline", "06/01/2031"}, {"block beside the headline", "07/02/2031"}, {"block", "June 1, 2031"}}},
        /* the time of the day that was chosen, from whoever tells it */
        {"2023-07-16T09:30", "", {{"meta[name=date]", "2023-07-16"}, {"time", "2023-07-16T09:30"}, {"time", "2023-07-16T09:40"}}},
        {"2031-05-01T10:00", "2031-05-01", {{"block beside the headline", "Updated: 1 May 2031"}, {"block beside the headline", "1 May 2031 10:00"}}},
        /* a moment in UTC and the day that readers saw */
        {"2018-12-31T23:11:59Z", "", {{"json-ld datePublished", "2018-12-31T23:11:59Z"}, {"block beside the headline", "31 December 2018"}}},
        {"2018-12-31", "", {{"json-ld datePublished", "2019-01-01T03:00:00Z"}, {"block beside the headline", "31 December 2018"}}},
        {"2019-01-01T03:00:00Z", "", {{"json-ld datePublished", "2019-01-01T03:00:00Z"}, {"block beside the headline", "30 December 2018"}}},
        {"2018-12-31T22:00", "", {{"json-ld datePublished", "2019-01-01T03:00:00Z"}, {"block beside the headline", "31 December 2018"},
                                  {"block beside the headline", "31 December 2018 22:00"}}},
        /* changed, and nothing else is said */
        {"2031-05-02T10:00", "2031-05-02T10:00", {{"json-ld dateModified", "2031-05-02T10:00"}}},
        {"2031-05-02", "2031-05-02T10:00", {{"json-ld dateModified", "2031-05-02"}, {"block below the text", "Updated: 2 May 2031, 10:00"}}},
        {"2031-05-01", "2031-05-03", {{"block beside the headline", "Published 1 May 2031 | Updated 3 May 2031"}}},
        {"2019-01-01", "", {{"json-ld datePublished", "2018-12-31T23:11:59Z"}, {"block beside the headline", "By Ann Poe 1 January 2019"}, {"block beside the headline", "1 January 2019"}}},
        {"2018-12-31T23:11:59Z", "2019-01-01", {{"json-ld datePublished", "2018-12-31T23:11:59Z"}, {"block beside the headline", "Updated: 1 January 2019"}}},
        {"2018-12-31T23:11:59Z", "", {{"json-ld datePublished", "2018-12-31T23:11:59Z"}, {"block", "1 January 2019"}, {"block in a comment", "1 January 2019"}}},
        {"2019-01-01T20:00:00Z", "", {{"json-ld datePublished", "2019-01-01T20:00:00Z"}, {"block beside the headline", "31 December 2018"}}},
        {"2019-01-01T03:00:00Z", "", {{"json-ld datePublished", "2019-01-01T03:00:00+00:00"}, {"time", "2018-12-31"}}},
        /* times of three days are those of a list; a day that was said to be the page's, or beside its name, is none of several */
        {"2031-05-01", "", {{"time", "2031-05-01"}, {"time", "2031-05-02"}, {"time", "2031-05-01"}, {"time", "2031-05-02"}, {"time", "2031-05-03"}}},
        {"2031-05-03", "", {{"block", "1 May 2031"}, {"block", "2 May 2031"}, {"block", "Published: 3 May 2031"}}},
        {"2031-05-03", "", {{"block", "1 May 2031"}, {"block", "Old bridge of Berna falls 3 May 2031"}, {"block", "Updated: 4 May 2031"}, {"block", "2 May 2031"}}},
        {"2031-05-01T08:00", "2031-05-01T09:00", {{"meta[name=date]", "2031-05-01"}, {"meta[name=lastmod]", "2031-05-01T09:00"}, {"block in a comment", "1 May 2031 07:00"}, {"time", "2031-05-01T08:00"}}},
        /* no day, several days, too many words */
        {"", "", {{"block", "soon"}}},
        {"", "", {{"meta[name=date]", "soon"}}},
        {"2031-05-01", "", {{"block of its own", "1 May 2031"}}},
        {"2031-05-01", "", {{"block beside the headline", "May 2031 | 1 May 2031"}}},
        {"", "", {{"block in a comment", "Published 1 May 2031"}}},
        {"2031-05-01", "", {{"block beside the headline", "Ann Poe writes for us from Berna on the river Tarn in the lower valley of Berna. Published 1 May 2031"}}},
        {"2031-05-01", "", {{"time", "1650-01-01"}, {"time", "2031-05-01"}, {"time", "2031-05-02"}, {"time", "2031-05-03"}}},
        /* of several times the one of the best place, not the first */
        {"2031-05-01T08:00", "", {{"json-ld datePublished", "2031-05-01"}, {"time", "2031-05-01T09:30"}, {"meta[name=created]", "2031-05-01T08:00"}, {"time", "2031-05-01T09:40"}}},
        {"", "", {{"block", "1 May 2031"}, {"block", "2 May 2031"}, {"block", "3 May 2031"}, {"block", "4 May 2031"}, {"block", "5 May 2031"}}},
        {"2031-05-07", "", {{"block in a comment", "06/01/2031"}, {"block", "7 May 2031"}, {"block in a comment", "June 1, 2031"}}},
        {"", "", {{"block beside the headline", "1 May 2031 - 3 May 2031"}}},
        {"", "", {{"block beside the headline", "By Ann Poe in Berna, 1 May 2031, 10:20, photo by somebody else of the city desk and more words"}}},
        {"", "", {{"meta[name=date]", "1650-01-01"}}},
        {"2031-05-01", "", {{"block of a caption", "1 May 2031"}}},
        {"2031-05-01", "", {{"block", "Old bridge of Berna falls 1 May 2031"}, {"block", "Another thing 1 May 2031"}}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_arena one = *(kh_arena *)*state;
        kh_article *art = NULL;
        size_t count = 0;
        while (count < 5 && cases[i].lines[count].path) {
            count++;
        }
        assert_kh_str(day_of(&one, cases[i].lines, count, &art), kh_str_z(cases[i].published));
        assert_kh_str(kh_when_text(&one, art->modified.when), kh_str_z(cases[i].modified));
    }
}

/* Where a line with a day stands, what stands beside it, and what is believed of it: the day, and why. */
static void lines_by_what_stands_beside_them(void **state)
{
#define BODY "The old bridge fell into the river.\nNobody was on it when it fell.\nA ferry takes people across.\nThe council meets soon.\nThe mayor was there."
    static const struct {
        const char *lang, *text, *roles, *day, *why;
    } cases[] = {
        {"en", "3 May 2031\nOld bridge falls\n" BODY, "dtbbbbb", "2031-05-03", "a date line above the headline"},
        {"en", "Old bridge falls\n3 May 2031\n" BODY, "tdbbbbb", "2031-05-03", "a date line above the text"},
        {"en", "3 May 2031\n" BODY, "dbbbbb", "2031-05-03", "a date line above the text"},
        {"en", "3 May 2031", "d", "2031-05-03", "a date line above the text"},
        {"en", "Old bridge falls\nThe old bridge fell into the river.\n3 May 2031\nNobody was on it.", "tbdb", "2031-05-03", "a date line in the text"},
        {"en", BODY "\n3 May 2031\nIt fell.", "bbbbbdb", "2031-05-03", "a date line in the text"}, /* deep in it */
        {"en", "Old bridge falls\n" BODY "\n3 May 2031", "tbbbbbd", "2031-05-03", "a date line below the text"},
        {"en", "Old bridge falls\n" BODY "\nHome\nNews\nSport\nMore\nMost\nLast\n3 May 2031", "tbbbbbxxxxxxx", "2031-05-03", "a date line below the text"},
        /* a label: before, behind, on the line above, on one further up; none where the line says more */
        {"en", "Old bridge falls\nUpdated: 3 May 2031\nPublished: 2 May 2031\n" BODY, "txxbbbbb", "2031-05-02", "a date line above the text"},
        {"en", "Old bridge falls\n3 May 2031 (updated)\n2 May 2031\n" BODY, "txxbbbbb", "2031-05-02", "a date line above the text"},
        {"en", "Old bridge falls\n2 May 2031 | Updated 3 May 2031\n" BODY, "txbbbbb", "2031-05-02", "a date line above the text"},
        {"en", "Old bridge falls\nPublished\n2 May 2031\nUpdated\n3 May 2031\n" BODY, "txxxxbbbbb", "2031-05-02", "a date line above the text"},
        {"en", "Old bridge falls\nPublished by the city desk of ours\n2 May 2031\n" BODY, "txxbbbbb", "2031-05-02", "a date line above the text"},
        {"en", "Old bridge falls\nPublished - Updated 2 May 2031\n" BODY, "txbbbbb", "2031-05-02", "only the day of a change is stated"},
        {"en", "Old bridge falls\n2 May 2031. Updated yesterday by our desk\n" BODY, "txbbbbb", "2031-05-02", "a date line above the text"},
        {"en", "Old bridge falls\nPublished\n\n2 May 2031\n\n\n\n\n\n3 May 2031\n" BODY, "txxxxxxxxxbbbbb", "2031-05-02", "a date line above the text"},
        {"en", "Old bridge falls\n" BODY "\na\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\nq\nr\ns\nt\nu\nv\nw\nx\ny\nz\n3 May 2031", "tbbbbbxxxxxxxxxxxxxxxxxxxxxxxxxxx", "2031-05-03", "a date line below the text"},
        /* a day in the headline, at the ends of the lead, at its head; none in the midst of it */
        {"en", "3 May 2031 - old bridge of Berna falls down\n" BODY, "tbbbbb", "2031-05-03", "a date in the headline"},
        {"en", "3 May 2031: old bridge of Berna falls down\n" BODY, "tbbbbb", "2031-05-03", "a date in the headline"},
        {"en", "Old bridge of Berna falls down, 3 May 2031\n" BODY, "tbbbbb", "2031-05-03", "a date in the headline"},
        {"en", "Why on 3 May 2031 the old bridge of Berna fell\n" BODY, "tbbbbb", "", ""},
        {"en", "Old bridge falls\nThe old bridge of Berna fell into the river Tarn today, 3 May 2031\nNobody was on it.", "tbb", "2031-05-03", "a date at the end of the lead"},
        {"en", "Old bridge falls\n3 May 2031 - The old bridge of Berna fell into the river Tarn\nNobody was on it.", "tbb", "2031-05-03", "a date at the head of the text"},
        {"en", "3 May 2031 - The old bridge of Berna fell into the river Tarn\nNobody was on it.", "bb", "2031-05-03", "a date at the head of the text"},
        {"en", "Old bridge falls\n3 May 2031 the old bridge of Berna fell into the river Tarn\nNobody was on it.", "tbb", "", ""},
        {"en", "Old bridge falls\n" BODY "\nThe old bridge of Berna had been opened on 3 May 1931", "tbbbbbb", "", ""},
        {"en", "The old bridge of Berna was opened for all on 3 May 1931\nOld bridge falls\n" BODY, "btbbbbb", "", ""},
        /* beside names and sources more words may stand; a caption tells of its picture */
        {"en", "Old bridge falls\nBy Ann Poe and Bo Li in Berna 3 May 2031\n" BODY, "tybbbbb", "2031-05-03", "a date line above the text"},
        {"en", "The Berna Post of the lower valley 3 May 2031\n" BODY, "obbbbb", "2031-05-03", "a date line above the text"},
        {"en", "Old bridge falls\n" BODY "\nSource: the desk of the Berna Post 3 May 2031", "tbbbbbs", "2031-05-03", "a date line below the text"},
        {"en", "The bridge 3 May 2031\n" BODY, "cbbbbb", "", ""},
        {"en", "Old bridge falls\nTuesday, 3 May 2031\n" BODY, "tdbbbbb", "2031-05-03", "a date line whose weekday does not fit"},
        {"en", "Old bridge falls\n2 May 2031\n" BODY, "thbbbbb", "2031-05-02", "a date line above the text"},
        {"en", "Old bridge falls\nThe bridge of Berna, 3 May 2031\n" BODY, "ttbbbbb", "2031-05-03", "a date in the headline"},
        /* the day in another language than the text's, and in both */
        {"ckb", "پردی کۆن ڕووخا\nالسبت 3 أيار 2031\nپردەکە ڕووخا.", "tdb", "2031-05-03", "a date line above the text"},
        {"fa", "سقوط پل برنا\n3 May 2031\nپل برنا فرو ریخت.", "tdb", "2031-05-03", "a date line above the text"},
        {"fa", "سقوط پل برنا\n3 May 2031 - ۱۳ اردیبهشت ۱۴۱۰\nپل برنا فرو ریخت.", "tyb", "2031-05-03", "a date line above the text"},
        {"fa", "سقوط پل برنا\n۱۳ اردیبهشت ۱۴۱۰ | 3 May 2031\nپل برنا فرو ریخت.", "tsb", "2031-05-03", "a date line above the text"},
        /* codes of news begin with the day where a word says that they are codes */
        {"fa", "سقوط پل برنا\nپل برنا فرو ریخت.\nکد خبر: (1403051514250)", "tbx", "2024-08-05", "the news code begins with the day"},
        {"fa", "سقوط پل برنا\nپل برنا فرو ریخت.\nشناسه خبر 1403051514250", "tbx", "2024-08-05", "the news code begins with the day"},
        {"fa", "1403051514250\nپل برنا فرو ریخت.", "xb", "", ""},
        {"fa", "کد خبر امروز 1403051514250\nپل برنا فرو ریخت.", "xb", "", ""},
        {"fa", "سقوط پل برنا\nپل برنا فرو ریخت.\nکد خبر ۳ (1403051514250)", "tbx", "", ""},
        {"fa", ": 1403051514250 کد خبر\nپل برنا فرو ریخت.", "xb", "", ""},
        {"fa", "سقوط پل برنا\nپل برنا فرو ریخت.\nکد خبر: 1403131514250", "tbx", "", ""},
    };
#undef BODY
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_arena one = *(kh_arena *)*state;
        kh_page page = {0};
        const kh_article *art = read_sample(&one, &(sample){cases[i].lang, cases[i].text, cases[i].roles, NULL, NULL, NULL}, &page, (kh_time){0});
        assert_kh_str(kh_when_text(&one, art->published.when), kh_str_z(cases[i].day));
        assert_kh_str(art->published.reason, kh_str_z(cases[i].why));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(visible_lines),
        KH_TEST(unknown_stays_unknown),
        KH_TEST(far_dates_must_agree),
        KH_TEST(page_date_is_the_base),
        KH_TEST(fields_before_lines),
        KH_TEST(codes_and_addresses),
        KH_TEST(addresses_with_days),
        KH_TEST(lines_and_addresses_show_the_day),
        KH_TEST(modified_is_not_published),
        KH_TEST(future_is_refused),
        KH_TEST(given_is_believed),
        KH_TEST(date_lines_get_their_role),
        KH_TEST(prose_is_no_date_line),
        KH_TEST(weekday_is_a_check),
        KH_TEST(lines_by_what_stands_beside_them),
        KH_TEST(lines_by_their_place),
        KH_TEST(labels_hold_for_the_date_behind_them),
        KH_TEST(utc_gives_way_to_the_day_shown),
        KH_TEST(the_order_is_that_of_the_page),
        KH_TEST(fields_and_lines_together),
    };
    return cmocka_run_group_tests_name("dates_page", tests, NULL, NULL);
}
