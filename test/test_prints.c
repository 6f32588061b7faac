/* test_prints.c - fingerprints, overlap, copies and their direction, on sentences of four languages. */
#include "prints/prints.h"
#include "test.h"

/* An article of lines; a line that begins with '#' is furniture, one with '!' the title. */
static kh_article *article_of(kh_arena *a, const char *lines)
{
    kh_article *art = KH_NEW(a, kh_article);
    art->text = kh_str_z(lines);
    art->tokens = kh_text_of(a, art->text);
    KH_EACH(const kh_stretch, line, art->tokens->lines) {
        char first = art->text.ptr[line->span.begin];
        kh_line_role role = first == '#' ? KH_ROLE_BOILERPLATE : first == '!' ? KH_ROLE_TITLE : KH_ROLE_BODY;
        *KH_ADD(a, &art->lines) = (kh_line){.span = line->span, .role = role};
    }
    return art;
}

#define EN_FIRST                                                                                                       \
    "The ferry Morning Star left the harbour of Lirna at dawn with two hundred people and forty lorries on board.\n"
#define EN_SECOND                                                                                                      \
    "An hour later the captain asked the coast guard for help because water had entered the engine room below deck.\n"
#define EN_THIRD "Fishermen from three villages reached the ship first and took most of the passengers to the shore.\n"

static void marks_and_article_leave_no_trace(void **state)
{
    kh_arena *a = *state;
    kh_article *bare = article_of(a, "اعلنت السلطات ان الحريق التهم ثلاثة مخازن في الميناء القديم واصاب اربعة من رجال الاطفاء بجروح طفيفة "
                                     "قبل ان تتمكن الفرق من السيطرة عليه مساء السبت");
    kh_article *marked = article_of(a, "أعلنت سلطات أنّ الحريق التهم ثلاثة مخازن في الميناء القديم وأصاب أربعة من رجال الإطفاء بجروح طفيفة "
                                       "قبل أن تتمكّن الفرق من السيطرة عليه مساء الس\u0640\u0640بت");
    kh_u64s x = kh_prints_of(a, kh_test_scratch(), bare);
    kh_u64s y = kh_prints_of(a, kh_test_scratch(), marked);
    assert_true(x.count > 0);
    assert_int_equal(x.count, y.count);
    assert_memory_equal(x.items, y.items, x.count * sizeof *x.items);
}

static void prints_are_sorted_and_single(void **state)
{
    kh_arena *a = *state;
    kh_u64s p = kh_prints_of(a, kh_test_scratch(), article_of(a, EN_FIRST EN_SECOND EN_FIRST EN_THIRD EN_FIRST));
    kh_u64s once = kh_prints_of(a, kh_test_scratch(), article_of(a, EN_FIRST EN_SECOND EN_THIRD));
    assert_true(p.count >= once.count && once.count > 2);
    for (size_t i = 1; i < p.count; i++) {
        assert_true(p.items[i - 1] < p.items[i]);
    }
}

static void title_and_furniture_have_no_prints(void **state)
{
    kh_arena *a = *state;
    kh_u64s p = kh_prints_of(a, kh_test_scratch(), article_of(a, "!" EN_FIRST "#" EN_SECOND "# " EN_THIRD));
    assert_int_equal(p.count, 0);
}

static void runs_are_spans_of_both(void **state)
{
    kh_arena *a = *state;
    kh_article *x = article_of(a, "Комиссия подтвердила: мост через реку закрыли в полночь после трёх часов непрерывного ливня, сказал мэр.");
    kh_article *y = article_of(a, "Мэр написал, что мост через реку закрыли в полночь после трёх часов непрерывного ливня и откроют утром.");
    kh_overlap o = kh_prints_overlap(a, kh_test_scratch(), x, y);
    assert_int_equal(o.shared.count, 1);
    assert_int_equal(o.words, 11);
    assert_int_equal(o.longest, 11);
    assert_kh_str(kh_slice(x->text, o.shared.items[0].a),
                  KH_STR("мост через реку закрыли в полночь после трёх часов непрерывного ливня"));
    assert_kh_str(kh_slice(y->text, o.shared.items[0].b),
                  KH_STR("мост через реку закрыли в полночь после трёх часов непрерывного ливня"));
}

static void a_set_phrase_is_no_run(void **state)
{
    kh_arena *a = *state;
    kh_article *x = article_of(a, "He spoke of the president of the united republics and then of his garden at home.");
    kh_article *y = article_of(a, "A letter reached the president of the united republics on Friday, said the post office.");
    assert_int_equal(kh_prints_overlap(a, kh_test_scratch(), x, y).words, 0);
}

static void whole_text_is_verbatim_by_time(void **state)
{
    kh_arena *a = *state;
    kh_article *x = article_of(a, EN_FIRST EN_SECOND EN_THIRD "#Share this\n");
    kh_article *y = article_of(a, "#Home\n" EN_FIRST EN_SECOND EN_THIRD);
    x->published.when.from = kh_day(2021, 5, 4);
    y->published.when.from = kh_day(2021, 5, 3);
    kh_copy copy;
    assert_true(kh_prints_copy(a, kh_test_scratch(), x, 7, y, 9, &copy));
    assert_int_equal(copy.kind, KH_COPY_VERBATIM);
    assert_int_equal(copy.src, 9);
    assert_int_equal(copy.dst, 7);
    assert_kh_str(copy.direction, KH_STR("time"));
    assert_kh_str(kh_slice(y->text, copy.shared.items[0].a), kh_slice(x->text, copy.shared.items[0].b));
}

static void shortened_text_is_abridged(void **state)
{
    kh_arena *a = *state;
    kh_article *x = article_of(a, EN_FIRST EN_SECOND EN_THIRD);
    kh_article *y = article_of(a, EN_FIRST EN_THIRD);
    kh_copy copy;
    assert_true(kh_prints_copy(a, kh_test_scratch(), y, 0, x, 1, &copy));
    assert_int_equal(copy.kind, KH_COPY_ABRIDGED);
    assert_int_equal(copy.src, 1);
    assert_kh_str(copy.direction, KH_STR("coverage"));
    assert_true(copy.cover_dst > 0.99F && copy.cover_src < 0.75F);
}

static void a_paragraph_of_two_is_partial(void **state)
{
    kh_arena *a = *state;
    kh_article *x = article_of(a, EN_FIRST EN_SECOND);
    kh_article *y = article_of(a, EN_SECOND "The company bought its three ships from a yard in the north and never had them "
                                            "inspected there, said a former engineer who left it last summer after a quarrel.\n");
    kh_copy copy;
    assert_true(kh_prints_copy(a, kh_test_scratch(), x, 0, y, 1, &copy));
    assert_int_equal(copy.kind, KH_COPY_PARTIAL);
}

static void one_speech_in_two_reports_is_no_copy(void **state)
{
    kh_arena *a = *state;
    const char *speech = "ما در این سال\u200cها همه تلاش خود را برای نجات دریاچه کردیم و امروز می\u200cبینیم که آب پس از نه سال به اسکله قدیمی رسیده است";
    kh_article *x = article_of(a, kh_arena_printf(a, "وزیر در جمع خبرنگاران گفت: %s\n", speech).ptr);
    kh_article *y = article_of(a, kh_arena_printf(a, "به نوشته این روزنامه سخنران چنین ادامه داد: %s\n", speech).ptr);
    kh_copy copy;
    assert_true(kh_prints_copy(a, kh_test_scratch(), x, 0, y, 1, &copy));
    kh_article *const both[] = {x, y};
    for (size_t i = 0; i < 2; i++) {
        size_t at = kh_str_find(both[i]->text, kh_str_z(speech));
        kh_span span = {(uint32_t)at, (uint32_t)(at + kh_str_z(speech).len)};
        *KH_ADD(a, &both[i]->quotations) = (kh_quotation){.span = span, .mode = KH_MODE_DIRECT};
    }
    assert_false(kh_prints_copy(a, kh_test_scratch(), x, 0, y, 1, &copy));
}

static void add_credit(kh_arena *a, kh_article *art, kh_credit_type type, kh_str agency, kh_str via)
{
    *KH_ADD(a, &art->credits) = (kh_credit){.type = type, .agency = agency, .via = via};
}

static void credit_comes_before_time(void **state)
{
    kh_arena *a = *state;
    kh_article *dateline = article_of(a, EN_FIRST);
    kh_article *relay = article_of(a, EN_FIRST);
    add_credit(a, dateline, KH_CREDIT_DATELINE, KH_STR("reuters"), (kh_str){0});
    add_credit(a, relay, KH_CREDIT_RELAY, KH_STR("reuters"), (kh_str){0});
    dateline->published.when.from = kh_day(2021, 5, 4);
    relay->published.when.from = kh_day(2021, 5, 3);
    kh_str why = {0};
    assert_true(kh_prints_direction(dateline, relay, &why) > 0);
    assert_kh_str(why, KH_STR("credit"));
    assert_true(kh_prints_direction(relay, dateline, NULL) < 0);
}

static void other_agencies_tell_nothing(void **state)
{
    kh_arena *a = *state;
    kh_article *x = article_of(a, EN_FIRST);
    kh_article *y = article_of(a, EN_FIRST);
    add_credit(a, x, KH_CREDIT_SOURCE_LINE, KH_STR("afp"), (kh_str){0});
    add_credit(a, y, KH_CREDIT_SOURCE_LINE, KH_STR("reuters"), (kh_str){0});
    kh_str why = KH_STR("untouched");
    assert_int_equal(kh_prints_direction(x, y, &why), 0);
    assert_int_equal(why.len, 0);
}

static void empty_bodies_share_nothing(void **state)
{
    kh_arena *a = *state;
    kh_article *x = article_of(a, "");
    kh_copy copy;
    assert_int_equal(kh_prints_of(a, kh_test_scratch(), x).count, 0);
    assert_false(kh_prints_copy(a, kh_test_scratch(), x, 0, x, 1, &copy));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(marks_and_article_leave_no_trace), KH_TEST(prints_are_sorted_and_single),
        KH_TEST(title_and_furniture_have_no_prints), KH_TEST(runs_are_spans_of_both),
        KH_TEST(a_set_phrase_is_no_run), KH_TEST(whole_text_is_verbatim_by_time),
        KH_TEST(shortened_text_is_abridged), KH_TEST(a_paragraph_of_two_is_partial),
        KH_TEST(one_speech_in_two_reports_is_no_copy), KH_TEST(credit_comes_before_time),
        KH_TEST(other_agencies_tell_nothing), KH_TEST(empty_bodies_share_nothing),
    };
    return cmocka_run_group_tests_name("prints", tests, NULL, NULL);
}
