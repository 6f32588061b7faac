/* test_figures.c - numbers that become figures: what happened to how many of whom, who says so, for when. */
#include "test.h"

#include "article_case.h"
#include "claims/claims.h"

#include <string.h>
#include <time.h>

static kh_arena forever;

static const kh_figures_know *know(void)
{
    static const kh_figures_know *made;
    if (!made) {
        forever = kh_arena_reserve((size_t)512 << 20, NULL);
        const kh_lexicon *lex = kh_lexicon_builtin(&forever);
        made = kh_figures_know_of(&forever, lex, kh_numerals_of(&forever, lex));
    }
    return made;
}

static kh_span span_of(const kh_article *art, kh_str words)
{
    size_t at = kh_str_find(art->text, words);
    assert_true(at < art->text.len);
    return (kh_span){(uint32_t)at, (uint32_t)(at + words.len)};
}

static kh_str interval(kh_arena *a, const kh_figure *f)
{
    if (f->op == KH_FIGURE_LIFE) {
        return kh_figure_op_name(f->op);
    }
    if (!f->has_min || !f->has_max) {
        return kh_arena_printf(a, "%s%.12g", kh_figure_op_name(f->op).ptr,
                               f->has_min ? f->min : f->max);
    }
    kh_str one = kh_arena_printf(a, "%.12g", f->min);
    return f->min == f->max ? one : kh_arena_printf(a, "%.12g..%.12g", f->min, f->max);
}

static kh_str part(kh_arena *a, const char *open, kh_str words, const char *close)
{
    return words.len ? kh_arena_printf(a, " %s" KH_FMT "%s", open, KH_ARG(words), close) : words;
}

/* "7 boats: 7 count destroyed of boats (EUR) {at least} ~ -": ~ is soft, - is not core. */
static kh_str line_of(kh_arena *a, const kh_article *art, const kh_figure *f)
{
    kh_str line =
        kh_arena_printf(a, KH_FMT ": " KH_FMT " " KH_FMT, KH_ARG(kh_slice(art->text, f->span)),
                        KH_ARG(interval(a, f)), KH_ARG(kh_figure_kind_name(f->kind)));
    line = kh_arena_join(a, line, part(a, "", f->what, ""));
    line = kh_arena_join(a, line, part(a, "of ", f->scope.len ? f->scope : f->noun, ""));
    line = kh_arena_join(a, line, part(a, "(", f->unit, ")"));
    line = kh_arena_join(a, line, part(a, "{", kh_slice(art->text, f->hedge), "}"));
    return kh_arena_printf(a, KH_FMT "%s%s%s\n", KH_ARG(line), f->soft ? " ~" : "",
                           f->past_event ? " past" : "", f->core ? "" : " -");
}

static kh_str figures_of(kh_arena *a, kh_str input)
{
    kh_article *art = article_case(a, input);
    kh_str result = {0};
    kh_figures_read(a, article_scratch(), know(), art);
    kh_article_check(art);
    KH_EACH (const kh_figure, f, art->figures) {
        result = kh_arena_join(a, result, line_of(a, art, f));
    }
    return kh_str_trim(result);
}

/* ---- what the article's other parts decide ---- */

static kh_article *article_on(kh_arena *a, const char *words, kh_time day)
{
    kh_article *art = article_case(a, kh_str_z(words));
    art->published.when.from = day;
    return art;
}

static void add_date(kh_arena *a, kh_article *art, kh_str words, kh_time t)
{
    *KH_ADD(a, &art->dates) =
        (kh_date){.span = span_of(art, words), .when = {.from = t}, .core = true};
}

static void add_name(kh_arena *a, kh_article *art, kh_str words, kh_name_type type)
{
    *KH_ADD(a, &art->names) = (kh_name){.type = type, .label = words};
    *KH_ADD(a, &art->mentions) =
        (kh_mention){.span = span_of(art, words), .name = (uint32_t)art->names.count - 1};
}

static const kh_figure *only(kh_arena *a, kh_article *art)
{
    kh_figures_read(a, article_scratch(), know(), art);
    assert_int_equal(art->figures.count, 1);
    return art->figures.items;
}

static void quotation_gives_the_claimant(void **state)
{
    kh_arena *a = *state;
    kh_article *art = article_on(a, "fa شهردار گفت: ۱۲ نفر زخمی شدند.", kh_day(2019, 3, 4));
    *KH_ADD(a, &art->quotations) = (kh_quotation){.span = span_of(art, KH_STR("۱۲ نفر زخمی شدند")),
                                                  .speaker = KH_STR("شهردار")};
    const kh_figure *f = only(a, art);
    assert_kh_str(f->claimed_by, KH_STR("شهردار"));
    assert_int_equal(f->quotation, 0);
}

static void narrator_has_no_quotation(void **state)
{
    const kh_figure *f =
        only(*state, article_on(*state, "en Five people were injured.", kh_day(2019, 3, 4)));
    assert_kh_str(f->claimed_by, KH_STR(""));
    assert_true(f->quotation == UINT32_MAX);
}

/* "Police put the crowd at 3,000, organisers at 10,000": nobody is quoted, and two give a count. */
static void counts_are_given_without_quotation(void **state)
{
    static const char *const SENTENCES[][3] = {
        {"en Police put the crowd at 3,000, while organisers spoke of 10,000 protesters.", "Police", "organisers"},
        {"ar قدرت الشرطة عدد المشاركين بثلاثة آلاف شخص، بينما تحدث المنظمون عن عشرة آلاف مشارك.", "الشرطة", "المنظمون"},
        {"fa پلیس شمار معترضان را سه هزار نفر و برگزارکنندگان ده هزار نفر برآورد کردند.", "پلیس", "برگزارکنندگان"},
        {"ru Полиция оценила число участников в 3 тысячи человек, организаторы — в 10 тысяч.", "Полиция", "организаторы"},
        {"de Die Polizei bezifferte die Zahl der Teilnehmer auf 3.000, die Veranstalter sprachen von 10.000.", "Polizei",
         "Veranstalter"},
    };
    kh_arena *a = *state;
    for (size_t i = 0; i < sizeof SENTENCES / sizeof *SENTENCES; i++) {
        kh_article *art = article_on(a, SENTENCES[i][0], kh_day(2019, 3, 4));
        kh_figures_read(a, article_scratch(), know(), art);
        assert_int_equal(art->figures.count, 2);
        assert_kh_str(art->figures.items[0].claimed_by, kh_str_z(SENTENCES[i][1]));
        assert_kh_str(art->figures.items[1].claimed_by, kh_str_z(SENTENCES[i][2]));
    }
    kh_article *nobody = article_on(a, "en The police found 12 boats near the pier.", kh_day(2019, 3, 4));
    assert_kh_str(only(a, nobody)->claimed_by, KH_STR(""));
}

static void relayed_figure_is_the_agencys(void **state)
{
    kh_arena *a = *state;
    kh_article *art = article_on(a, "ar بحسب وكالة النورس، غرق 6 بحارة.", kh_day(2019, 3, 4));
    *KH_ADD(a, &art->credits) = (kh_credit){.type = KH_CREDIT_RELAY,
                                            .agency = KH_STR("gull"),
                                            .label = KH_STR("Gull"),
                                            .span = span_of(art, KH_STR("بحسب وكالة النورس"))};
    assert_kh_str(only(a, art)->claimed_by, KH_STR("Gull"));
}

static void holds_for_the_day_of_the_page(void **state)
{
    const kh_figure *f =
        only(*state, article_on(*state, "ru Погибли 4 рыбака.", kh_day(2019, 3, 4)));
    assert_kh_str(kh_when_text(*state, f->as_of), KH_STR("2019-03-04"));
    assert_false(f->past_event);
}

/* The year of a law is no day of a count. */
static void the_year_of_a_law_dates_nothing(void **state)
{
    kh_arena *a = *state;
    kh_article *art = article_on(a, "en Under Law No. 142 of 1998 police arrested 30 workers.", kh_day(2019, 3, 4));
    add_date(a, art, KH_STR("1998"), (kh_time){.year = 1998, .precision = KH_TO_YEAR});
    const kh_figure *f = only(a, art);
    assert_kh_str(kh_when_text(a, f->as_of), KH_STR("2019-03-04"));
    assert_false(f->past_event);
}

static void another_year_is_another_event(void **state)
{
    kh_arena *a = *state;
    kh_article *art = article_on(a, "en In 1998 a storm killed seven sailors.", kh_day(2019, 3, 4));
    add_date(a, art, KH_STR("1998"), (kh_time){.year = 1998, .precision = KH_TO_YEAR});
    const kh_figure *f = only(a, art);
    assert_kh_str(kh_when_text(a, f->as_of), KH_STR("1998"));
    assert_true(f->past_event);
    assert_kh_str(f->what, KH_STR("killed"));
}

static void year_behind_the_count_is_its_year(void **state)
{
    kh_arena *a = *state;
    kh_article *art =
        article_on(a, "ar أودت عاصفة بحياة 14 بحارا في 2003 عند الميناء نفسه.", kh_day(2019, 3, 4));
    add_date(a, art, KH_STR("2003"), (kh_time){.year = 2003, .precision = KH_TO_YEAR});
    const kh_figure *f = only(a, art);
    assert_kh_str(kh_when_text(a, f->as_of), KH_STR("2003"));
    assert_true(f->past_event);
    assert_kh_str(f->what, KH_STR("killed"));
}

static void year_of_building_is_no_day_of_a_count(void **state)
{
    kh_arena *a = *state;
    kh_article *art =
        article_on(a, "en The quay was built in 1998 and holds 40 passengers.", kh_day(2019, 3, 4));
    add_date(a, art, KH_STR("1998"), (kh_time){.year = 1998, .precision = KH_TO_YEAR});
    assert_kh_str(kh_when_text(a, only(a, art)->as_of), KH_STR("2019-03-04"));
}

static void day_of_saying_counts(void **state)
{
    kh_arena *a = *state;
    kh_article *art = article_on(a, "ar قال المحافظ السبت إن 9 عمال أصيبوا.", kh_day(2019, 3, 4));
    add_date(a, art, KH_STR("السبت"), kh_day(2019, 3, 2));
    *KH_ADD(a, &art->quotations) = (kh_quotation){.span = span_of(art, KH_STR("9 عمال أصيبوا")),
                                                  .cue = span_of(art, KH_STR("قال"))};
    assert_kh_str(kh_when_text(a, only(a, art)->as_of), KH_STR("2019-03-02"));
}

/* The day for which the only figure of SENTENCE holds, on a page of Friday 8 March 2019; PART of it is DAY. */
static const char *day_of(kh_arena *a, const char *sentence, const char *part, kh_time day)
{
    kh_article *art = article_on(a, sentence, kh_day(2019, 3, 8));
    add_date(a, art, kh_str_z(part), day);
    const kh_figure *f = only(a, art);
    assert_false(f->past_event);
    return kh_arena_printf(a, KH_FMT, KH_ARG(kh_when_text(a, f->as_of))).ptr;
}

static void as_of_a_day(void **state)
{
    kh_arena *a = *state;
    kh_time thursday = kh_day(2019, 3, 7);
    assert_string_equal(day_of(a, "en Sixteen people were missing as of Thursday morning.", "Thursday morning", thursday),
                        "2019-03-07");
    assert_string_equal(day_of(a, "ar ظل 16 شخصا في عداد المفقودين حتى صباح الخميس.", "صباح الخميس", thursday), "2019-03-07");
    assert_string_equal(day_of(a, "fa ۱۶ نفر تا صبح پنجشنبه مفقود بودند.", "صبح پنجشنبه", thursday), "2019-03-07");
    assert_string_equal(day_of(a, "ru К полудню четверга пропавшими числились 16 человек.", "четверга", thursday), "2019-03-07");
    assert_string_equal(day_of(a, "en Sixteen people are missing since the boat sank on Thursday.", "on Thursday", thursday),
                        "2019-03-08");
}

static void a_corrected_figure_is_for_its_day(void **state)
{
    kh_arena *a = *state;
    kh_time thursday = kh_day(2019, 3, 7);
    assert_string_equal(day_of(a, "en He corrected the number of missing for Thursday to 16 people.", "Thursday", thursday),
                        "2019-03-07");
    assert_string_equal(day_of(a, "en Searches for Thursday found 16 people missing.", "Thursday", thursday), "2019-03-08");
}

/* The comma and "as" part the toll from a date of what somebody tells. */
static void another_clause_has_its_own_date(void **state)
{
    kh_arena *a = *state;
    kh_article *art = article_on(
        a, "en He warned the harbour in June 2018, two months before it flooded, as the death toll rose to 16.", kh_day(2019, 3, 8));
    add_date(a, art, KH_STR("June 2018"), (kh_time){.year = 2018, .month = 6, .precision = KH_TO_MONTH});
    kh_figures_read(a, article_scratch(), know(), art);
    const kh_figure *f = &art->figures.items[art->figures.count - 1];
    assert_true(f->min == 16);
    assert_kh_str(kh_when_text(a, f->as_of), KH_STR("2019-03-08"));
    assert_false(f->past_event);
}

/* "comes six days after ... killed 30": the thirty are of six days ago. */
static void a_recalled_event_is_another(void **state)
{
    static const char *const RECALLED[] = {"en The fire comes six days after a ferry at Lom sank and killed 30 people.",
                                           "ar ويأتي الحريق بعد ستة أيام من غرق عبّارة في لوم، الذي أودى بحياة 30 شخصا.",
                                           "ru Пожар случился через шесть дней после крушения парома, при котором погибли 30 человек."};
    for (size_t i = 0; i < sizeof RECALLED / sizeof *RECALLED; i++) {
        kh_article *art = article_on(*state, RECALLED[i], kh_day(2019, 3, 8));
        kh_figures_read(*state, article_scratch(), know(), art);
        const kh_figure *f = &art->figures.items[art->figures.count - 1];
        assert_true(f->min == 30);
        assert_true(f->past_event);
        assert_kh_str(kh_when_text(*state, f->as_of), KH_STR("2019-03-02"));
    }
    kh_article *art = article_on(*state, "en The death toll rose six days after the fire to 30.", kh_day(2019, 3, 8));
    kh_figures_read(*state, article_scratch(), know(), art);
    assert_false(art->figures.items[art->figures.count - 1].past_event);
}

/* A day some time ago and a verb in the pluperfect: the flood before this one. */
static void the_pluperfect_goes_back(void **state)
{
    static const char *const TOLD[] = {"tr 2 Mart'taki selde 12 kişi ölmüştü.", "tr 2 Mart'taki selde 12 kişi öldü."};
    for (size_t i = 0; i < 2; i++) {
        kh_article *art = article_on(*state, TOLD[i], kh_day(2019, 3, 8));
        add_date(*state, art, KH_STR("2 Mart"), kh_day(2019, 3, 2));
        kh_figures_read(*state, article_scratch(), know(), art);
        assert_int_equal(art->figures.count, 1);
        assert_int_equal(art->figures.items[0].past_event, i == 0);
    }
}

static void dates_are_no_figures(void **state)
{
    kh_arena *a = *state;
    kh_article *art = article_on(a, "ar في 14 آذار عاد الصيادون.", kh_day(2019, 3, 20));
    add_date(a, art, KH_STR("14 آذار"), kh_day(2019, 3, 14));
    kh_figures_read(a, article_scratch(), know(), art);
    assert_int_equal(art->figures.count, 0);
}

static void age_behind_a_name(void **state)
{
    kh_arena *a = *state;
    kh_article *art = article_on(a, "en Ida Brook, 41, mends nets.", kh_day(2019, 3, 4));
    add_name(a, art, KH_STR("Ida Brook"), KH_NAME_PERSON);
    const kh_figure *f = only(a, art);
    assert_int_equal(f->kind, KH_FIGURE_AGE);
    assert_kh_str(f->scope, KH_STR("Ida Brook"));
    assert_kh_str(f->unit, KH_STR("years"));
}

static void place_beside_is_kept(void **state)
{
    kh_arena *a = *state;
    kh_article *art =
        article_on(a, "en Five people were injured in Northmere.", kh_day(2019, 3, 4));
    add_name(a, art, KH_STR("Northmere"), KH_NAME_PLACE);
    assert_kh_str(only(a, art)->place, KH_STR("Northmere"));
}

static void title_takes_over_from_the_body(void **state)
{
    kh_arena *a = *state;
    kh_article *art =
        article_on(a, "en [title] Storm kills five\n[body] Five people were killed, she said.",
                   kh_day(2019, 3, 4));
    *KH_ADD(a, &art->quotations) = (kh_quotation){
        .span = span_of(art, KH_STR("Five people were killed")), .speaker = KH_STR("Ida Brook")};
    kh_figures_read(a, article_scratch(), know(), art);
    assert_int_equal(art->figures.count, 2);
    assert_false(art->figures.items[0].core);
    assert_kh_str(art->figures.items[0].claimed_by, KH_STR("Ida Brook"));
    assert_kh_str(art->figures.items[0].scope, KH_STR("persons"));
}

static void furniture_is_not_read(void **state)
{
    kh_arena *a = *state;
    kh_article *art = article_on(
        a, "en [boilerplate] 12 people like this\n[body] The nets are dry.", kh_day(2019, 3, 4));
    kh_figures_read(a, article_scratch(), know(), art);
    assert_int_equal(art->figures.count, 0);
}

/* One word for both: by force where the article tells of an attack. */
static void wounds_need_force(void **state)
{
    kh_article *blast =
        article_on(*state, "fa در آتش\u200cسوزی بازار ۵ نفر زخمی شدند.", kh_day(2019, 3, 4));
    assert_kh_str(only(*state, blast)->what, KH_STR("injured"));
    kh_article *attack =
        article_on(*state, "fa در حمله به بازار ۵ نفر زخمی شدند.", kh_day(2019, 3, 4));
    assert_kh_str(only(*state, attack)->what, KH_STR("wounded"));
}

static void withdrawn_figures_say_so(void **state)
{
    kh_article *art =
        article_on(*state, "en The ministry withdrew its count of 20 dead.", kh_day(2019, 3, 4));
    assert_int_equal(only(*state, art)->status, KH_FIGURE_RETRACTED);
}

static void a_figure_called_wrong_is_withdrawn(void **state)
{
    static const char *const WRONG[] = {"en The governor said the count of 20 dead was wrong.", "ar قال المحافظ إن حصيلة 20 قتيلا غير صحيحة.",
                                        "fa استاندار گفت آمار ۲۰ کشته درست نیست."};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        assert_int_equal(only(*state, article_on(*state, WRONG[i], kh_day(2019, 3, 4)))->status, KH_FIGURE_RETRACTED);
    }
}

/* Of two counts only the one beside the word is withdrawn. */
static void withdrawn_is_the_nearest(void **state)
{
    kh_article *art = article_on(
        *state, "en The ministry reported 20 dead and withdrew the 26 dead it gave before.",
        kh_day(2019, 3, 4));
    kh_figures_read(*state, article_scratch(), know(), art);
    assert_int_equal(art->figures.count, 2);
    assert_int_equal(art->figures.items[0].status, KH_FIGURE_STANDING);
    assert_int_equal(art->figures.items[1].status, KH_FIGURE_RETRACTED);
}

static void scopes_lie_inside_each_other(void **state)
{
    (void)state;
    assert_true(kh_scope_inside(know(), KH_STR("police"), KH_STR("security_forces")));
    assert_true(kh_scope_inside(know(), KH_STR("police"), KH_STR("persons")));
    assert_false(kh_scope_inside(know(), KH_STR("persons"), KH_STR("police")));
    assert_false(kh_scope_inside(know(), KH_STR("persons"), KH_STR("persons")));
    assert_false(kh_scope_inside(know(), KH_STR("houses"), KH_STR("persons")));
}

/* A sentence of nothing but numbers is read in bounded time and room. */
static void many_numbers_end(void **state)
{
    kh_arena *a = *state;
    kh_buf text = {.arena = a};
    kh_buf_add(&text, KH_STR("en "));
    for (int i = 0; i < 20000; i++) {
        kh_buf_add(&text, KH_STR("5 killed 6 and 7 injured "));
    }
    kh_article *art = article_case(a, kh_buf_str(&text));
    kh_figures_read(a, article_scratch(), know(), art);
    assert_int_equal(art->figures.count, KH_ITEMS_MAX);
}

/* Digits only, bare and dashed, in one line: four times as many may not take sixteen times as long. */
static double seconds_of_digits(size_t times)
{
    kh_arena a = kh_arena_reserve((size_t)256 << 20, NULL);
    kh_buf text = {.arena = &a};
    kh_buf_add(&text, KH_STR("ar "));
    for (size_t i = 0; i < times; i++) {
        kh_buf_add(&text, KH_STR("7 19 250 \u0661\u0662 3-4 "));
    }
    kh_article *art = article_case(&a, kh_buf_str(&text));
    clock_t begin = clock();
    kh_figures_read(&a, article_scratch(), know(), art);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    kh_arena_release(&a);
    return seconds;
}

static void digits_only_are_linear(void **state)
{
    (void)state;
    enum { FEW = 5000, TIMES = 4 };
    const double slack = 0.05;
    double few = seconds_of_digits(FEW);
    assert_true(seconds_of_digits((size_t)TIMES * FEW) < 2 * TIMES * few + slack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {KH_TEST(quotation_gives_the_claimant),
                                       KH_TEST(narrator_has_no_quotation),
                                       KH_TEST(counts_are_given_without_quotation),
                                       KH_TEST(relayed_figure_is_the_agencys),
                                       KH_TEST(holds_for_the_day_of_the_page),
                                       KH_TEST(the_year_of_a_law_dates_nothing),
        KH_TEST(another_year_is_another_event),
                                       KH_TEST(year_behind_the_count_is_its_year),
                                       KH_TEST(year_of_building_is_no_day_of_a_count),
                                       KH_TEST(day_of_saying_counts),
                                       KH_TEST(as_of_a_day),
                                       KH_TEST(a_corrected_figure_is_for_its_day),
                                       KH_TEST(another_clause_has_its_own_date),
                                       KH_TEST(a_recalled_event_is_another),
                                       KH_TEST(the_pluperfect_goes_back),
                                       KH_TEST(dates_are_no_figures),
                                       KH_TEST(age_behind_a_name),
                                       KH_TEST(place_beside_is_kept),
                                       KH_TEST(title_takes_over_from_the_body),
                                       KH_TEST(furniture_is_not_read),
                                       KH_TEST(wounds_need_force),
                                       KH_TEST(withdrawn_figures_say_so),
                                       KH_TEST(a_figure_called_wrong_is_withdrawn),
                                       KH_TEST(withdrawn_is_the_nearest),
                                       KH_TEST(scopes_lie_inside_each_other),
                                       KH_TEST(many_numbers_end),
                                       KH_TEST(digits_only_are_linear)};
    int failed = cmocka_run_group_tests_name("figures", tests, NULL, NULL);
    failed += kh_run_cases("test/cases/figures.txt", figures_of);
    kh_arena_release(&forever);
    return failed != 0;
}
