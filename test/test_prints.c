/* test_prints.c - fingerprints, overlap, copies and their direction, on sentences of four languages. */
#include "prints/prints.h"
#include "test.h"

#include <time.h>

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

/* ---- furniture ---- */

#define FOOT "Never miss a story, said the paper: choose the plan that is right for you and read all our pages at home.\n"

/* The prints of TEXT alone: what a store would find on many pages of the outlet. */
static kh_map prints_of_text(kh_arena *a, const char *text)
{
    kh_map map = {0};
    kh_u64s prints = kh_prints_of(a, kh_test_scratch(), article_of(a, text));
    KH_EACH(const uint64_t, p, prints) {
        *kh_map_put(a, &map, *p, NULL) = 1;
    }
    assert_true(map.count > 1);
    return map;
}

static void an_outlets_footer_is_no_copy(void **state)
{
    kh_arena *a = *state;
    kh_article *x = article_of(a, EN_FIRST FOOT);
    kh_article *y = article_of(a, FOOT EN_SECOND);
    kh_map repeated = prints_of_text(a, FOOT);
    kh_copy copy;
    assert_true(kh_prints_copy(a, kh_test_scratch(), x, 0, y, 1, &copy));
    x->furniture = kh_prints_furniture(a, kh_test_scratch(), x, &repeated);
    y->furniture = kh_prints_furniture(a, kh_test_scratch(), y, &repeated);
    assert_int_equal(x->furniture.count, 1);
    size_t foot = kh_str_find(x->text, KH_STR("Never"));
    assert_true(x->furniture.items[0].begin >= foot);
    assert_false(kh_prints_copy(a, kh_test_scratch(), x, 0, y, 1, &copy));
}

static void furniture_leaves_the_report_its_copies(void **state)
{
    kh_arena *a = *state;
    kh_article *x = article_of(a, EN_FIRST EN_SECOND FOOT);
    kh_article *y = article_of(a, EN_FIRST FOOT EN_SECOND);
    kh_map repeated = prints_of_text(a, FOOT);
    x->furniture = kh_prints_furniture(a, kh_test_scratch(), x, &repeated);
    y->furniture = kh_prints_furniture(a, kh_test_scratch(), y, &repeated);
    kh_copy copy;
    assert_true(kh_prints_copy(a, kh_test_scratch(), x, 0, y, 1, &copy));
    assert_int_equal(copy.kind, KH_COPY_VERBATIM);
}

static void a_page_that_is_all_repeated_keeps_its_words(void **state)
{
    kh_arena *a = *state;
    kh_article *x = article_of(a, EN_FIRST EN_SECOND EN_THIRD);
    kh_map repeated = prints_of_text(a, EN_FIRST EN_SECOND EN_THIRD);
    assert_int_equal(kh_prints_furniture(a, kh_test_scratch(), x, &repeated).count, 0);
}

/* ---- candidates ---- */

/* Prints of an article: LAST whole numbers spread over all hashes, from FIRST on. */
static kh_u64s made_prints(kh_arena *a, uint64_t first, uint64_t last)
{
    kh_u64s prints = {0};
    for (uint64_t i = first; i < last; i++) {
        *KH_ADD(a, &prints) = kh_print_of(i * UINT64_C(0x0040000000000004));
    }
    return prints;
}

static void the_index_gives_the_nearest_first(void **state)
{
    kh_arena *a = *state;
    kh_print_index index = {0};
    kh_u64s few = made_prints(a, 1, 4);
    kh_u64s other = made_prints(a, 500, 600);
    kh_u64s most = made_prints(a, 1, 90);
    kh_print_index_add(a, &index, 0, &few);
    kh_print_index_add(a, &index, 1, &other);
    kh_print_index_add(a, &index, 2, &most);
    for (int round = 0; round < 2; round++) { /* a search leaves nothing behind */
        kh_u64s asked = made_prints(a, 1, 100);
        kh_print_matches found = kh_print_index_find(a, kh_test_scratch(), &index, &asked, 10);
        assert_int_equal(found.count, 2);
        assert_int_equal(found.items[0].article, 2);
        assert_int_equal(found.items[0].shared, 89);
        assert_int_equal(found.items[1].article, 0);
        assert_int_equal(found.items[1].shared, 3);
    }
    kh_u64s asked = made_prints(a, 1, 100);
    assert_int_equal(kh_print_index_find(a, kh_test_scratch(), &index, &asked, 1).count, 1);
}

/* ---- clusters ---- */

static void add_edge(kh_arena *a, kh_copy_edges *edges, uint32_t x, uint32_t y, float cover_x, float cover_y)
{
    *KH_ADD(a, edges) = (kh_copy_edge){x, y, cover_x, cover_y};
}

static void a_live_page_ties_nothing(void **state)
{
    kh_arena *a = *state;
    kh_copy_edges edges = {0};
    add_edge(a, &edges, 0, 1, 0.9F, 0.9F);
    add_edge(a, &edges, 2, 3, 0.9F, 0.9F);
    add_edge(a, &edges, 0, 4, 0.95F, 0.2F);
    add_edge(a, &edges, 1, 4, 0.9F, 0.2F);
    add_edge(a, &edges, 2, 4, 0.9F, 0.3F);
    const uint32_t *c = kh_prints_clusters(a, kh_test_scratch(), &edges, 5);
    const uint32_t expected[] = {0, 0, 2, 2, 4};
    assert_memory_equal(c, expected, sizeof expected);
}

static void what_was_enlarged_is_still_the_text(void **state)
{
    kh_arena *a = *state;
    kh_copy_edges edges = {0};
    add_edge(a, &edges, 0, 2, 0.9F, 0.7F); /* page 2: report 0 and a short one */
    add_edge(a, &edges, 1, 2, 0.9F, 0.2F);
    add_edge(a, &edges, 3, 4, 0.4F, 0.5F); /* a part of each */
    const uint32_t *c = kh_prints_clusters(a, kh_test_scratch(), &edges, 5);
    assert_int_equal(c[0], c[2]);
    assert_int_not_equal(c[3], c[4]);
}

/* ---- time ---- */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* SENTENCES numbered sentences, or the same one again and again; BACKWARDS: the last one first. */
static kh_article *long_article(kh_arena *a, size_t sentences, bool same, bool backwards)
{
    kh_buf b = {.arena = a};
    for (size_t i = 0; i < sentences; i++) {
        size_t n = same ? 7 : backwards ? sentences - i : i + 1;
        kh_buf_printf(&b, "On day %zu the %zu boats of house %zu went out with %zu men and came back at %zu.\n", n, n * 7, n * 3, n * 11, n * 5);
    }
    kh_buf_char(&b, 0);
    return article_of(a, b.ptr);
}

static double compare_seconds(kh_arena a, size_t sentences, bool same)
{
    double best = 1e9;
    kh_article *x = long_article(&a, sentences, same, false);
    kh_article *y = long_article(&a, sentences, same, true);
    y->published.when.from = kh_day(2021, 5, 3); /* the shared runs are turned round */
    x->published.when.from = kh_day(2021, 5, 4);
    kh_arena scratch = kh_arena_reserve((size_t)1 << 30, NULL);
    for (int round = 0; round < 3; round++) {
        kh_arena out = a;
        kh_copy copy;
        double begun = seconds();
        kh_prints_of(&out, scratch, x);
        assert_true(kh_prints_copy(&out, scratch, x, 0, y, 1, &copy));
        double took = seconds() - begun;
        best = took < best ? took : best;
    }
    kh_arena_release(&scratch);
    return best;
}

/* Eight times the words take less than twenty-four times the time, where sixty-four would be quadratic. */
static void long_pages_take_linear_time(void **state)
{
    (void)state;
    kh_arena a = kh_arena_reserve((size_t)2 << 30, NULL);
    for (int same = 0; same < 2; same++) {
        double small = compare_seconds(a, 1000, same);
        double large = compare_seconds(a, 8000, same);
        assert_true(large < small * 24);
    }
    kh_arena_release(&a);
}

static double equal_seconds(kh_arena a, uint32_t count)
{
    kh_print_index index = {0};
    kh_u64s prints = made_prints(&a, 1, 100);
    double begun = seconds();
    for (uint32_t i = 0; i < count; i++) {
        kh_arena one = kh_test_scratch();
        kh_print_matches found = kh_print_index_find(&one, kh_arena_split(&one), &index, &prints, 200);
        assert_int_equal(found.count, i < 200 ? i : 200);
        kh_print_index_add(&a, &index, i, &prints);
    }
    return seconds() - begun;
}

/* The same article 8,000 times: four times 2,000, where sixteen would be quadratic. */
static void equal_articles_take_linear_time(void **state)
{
    (void)state;
    kh_arena a = kh_arena_reserve((size_t)1 << 30, NULL);
    double few = equal_seconds(a, 2000);
    assert_true(equal_seconds(a, 8000) < few * 9);
    kh_arena_release(&a);
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
        KH_TEST(an_outlets_footer_is_no_copy), KH_TEST(furniture_leaves_the_report_its_copies),
        KH_TEST(a_page_that_is_all_repeated_keeps_its_words), KH_TEST(a_live_page_ties_nothing), KH_TEST(the_index_gives_the_nearest_first),
        KH_TEST(what_was_enlarged_is_still_the_text), KH_TEST(long_pages_take_linear_time), KH_TEST(equal_articles_take_linear_time),
        KH_TEST(other_agencies_tell_nothing), KH_TEST(empty_bodies_share_nothing),
    };
    return cmocka_run_group_tests_name("prints", tests, NULL, NULL);
}
