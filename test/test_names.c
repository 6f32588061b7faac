/* test_names.c - names: sounds across scripts, mentions and what joins them. */
#include "test.h"

#include "article_case.h"
#include "names/names.h"

#include <time.h>

static const kh_names_know *know(void)
{
    static const kh_names_know *made;
    static kh_arena arena;
    if (!made) {
        arena = kh_arena_reserve((size_t)512 << 20, NULL);
        made = kh_names_know_of(&arena, kh_lexicon_builtin(&arena));
    }
    return made;
}

/* "PER label x2 id" for each name, in the order of first mention. */
static kh_str names_of(kh_arena *a, kh_str input)
{
    kh_article *art = article_case(a, input);
    kh_names_read(a, article_scratch(), know(), art);
    kh_article_check(art);
    kh_buf out = {.arena = a};
    KH_EACH (const kh_name, n, art->names) {
        if (out.len) {
            kh_buf_char(&out, '\n');
        }
        kh_buf_printf(&out, KH_FMT " " KH_FMT " x%u", KH_ARG(kh_name_type_name(n->type)),
                      KH_ARG(n->label), n->mention_count);
        if (n->id.len) {
            kh_buf_printf(&out, " " KH_FMT, KH_ARG(n->id));
        }
    }
    return kh_buf_str(&out);
}

static void sounds_of_four_scripts(void **state)
{
    assert_kh_str(kh_sound_of(*state, KH_STR("أبليازوف")), KH_STR("AblYAzWf"));
    assert_kh_str(kh_sound_of(*state, KH_STR("Ablyazov")), KH_STR("ablyazov"));
    assert_kh_str(kh_sound_of(*state, KH_STR("Аблязов")), KH_STR("ablyazov"));
    assert_kh_str(kh_sound_of(*state, KH_STR("Schtschukin, Philipp")), KH_STR("SCukin filip"));
    assert_kh_str(kh_sound_of(*state, KH_STR("ג'ורג'")), KH_STR("jVrj")); /* a geresh changes the letter */
    assert_kh_str(kh_sound_of(*state, KH_STR("Витт")), KH_STR("vit"));    /* doubled letters sound once */
    assert_kh_str(kh_sound_of(*state, KH_STR("")), KH_STR(""));
}

static void likeness_in_order(void **state)
{
    (void)state;
    kh_arena s = article_scratch();
    float same = kh_name_likeness(s, KH_STR("کیانی"), KH_STR("كياني"));
    float script = kh_name_likeness(s, KH_STR("نوید کیانپور"), KH_STR("Navid Kianpour"));
    float swap = kh_name_likeness(s, KH_STR("درماكوف"), KH_STR("دمراكوف"));
    float other = kh_name_likeness(s, KH_STR("نوید کیانپور"), KH_STR("Peter Holm"));
    assert_true(same > 0.99F);
    assert_true(script > 0.75F);
    assert_true(swap > 0.85F && swap < 1);
    assert_true(other < 0.5F);
    float geresh = kh_name_likeness(s, KH_STR("ג'ורג'"), KH_STR("George"));
    assert_true(geresh > 0.8F && geresh > kh_name_likeness(s, KH_STR("ג'ורג'"), KH_STR("Gregor")));
    assert_true(kh_name_likeness(s, KH_STR("Kianpour, Navid"), KH_STR("Navid Kianpour")) > 0.99F);
    assert_true(kh_name_likeness(s, KH_STR("نور سلطان"), KH_STR("نورسلطان")) > 0.95F);
}

static kh_name person(kh_arena *a, const char *label, const char *id)
{
    return (kh_name){.type = KH_NAME_PERSON,
                     .label = kh_str_z(label),
                     .id = kh_str_z(id),
                     .sound = kh_sound_of(a, kh_str_z(label))};
}

static void same_across_articles(void **state)
{
    kh_name arabic = person(*state, "تيمور كاراسوف", "");
    kh_name russian = person(*state, "Тимур Карасов", "");
    kh_name other = person(*state, "Vera Karasova", "");
    kh_name known = person(*state, "Timur Karasov", "person:a");
    kh_name known_other = person(*state, "Timur Karasov", "person:b");
    kh_name place = russian;
    place.type = KH_NAME_PLACE;
    assert_true(kh_names_same(article_scratch(), &arabic, &russian));
    assert_false(kh_names_same(article_scratch(), &russian, &other));
    assert_true(kh_names_same(article_scratch(), &arabic, &known));
    assert_false(kh_names_same(article_scratch(), &known, &known_other));
    assert_false(kh_names_same(article_scratch(), &russian, &place));
}

static void mention_without_proclitic(void **state)
{
    kh_article *art = article_case(*state, KH_STR("ar وصل الوفد إلى روسيا ثم سافر لكازاخستان."));
    kh_names_read(*state, article_scratch(), know(), art);
    assert_int_equal(art->mentions.count, 2);
    assert_kh_str(kh_slice(art->text, art->mentions.items[1].span), KH_STR("كازاخستان"));
}

static void furniture_is_not_read(void **state)
{
    kh_article *art =
        article_case(*state, KH_STR("en [boilerplate] News from Russia\nNothing happened."));
    kh_names_read(*state, article_scratch(), know(), art);
    assert_int_equal(art->mentions.count, 0);
}

static void role_beside_the_name(void **state)
{
    kh_article *art =
        article_case(*state, KH_STR("en Foreign Minister Lena Varo spoke on Friday."));
    kh_names_read(*state, article_scratch(), know(), art);
    assert_int_equal(art->mentions.count, 1);
    assert_kh_str(kh_slice(art->text, art->mentions.items[0].role_span),
                  KH_STR("Foreign Minister"));
}

static void lookup_of_whole_names_only(void **state)
{
    (void)state;
    kh_str id = kh_names_lookup(know(), article_scratch(), KH_STR("کازاخستان"));
    assert_true(id.len > 0);
    assert_kh_str(kh_names_label(know(), id), KH_STR("Kazakhstan"));
    assert_int_equal(kh_names_lookup(know(), article_scratch(), KH_STR("Kazakhstan today")).len, 0);
    assert_int_equal(kh_names_label(know(), KH_STR("place:nowhere")).len, 0);
}

/* Invented people as English, Arabic, Persian, Urdu, Sorani, Uyghur, Hebrew and Russian write them. */
static const char *const written[][8] = {
    {"Taimur Karasov", "تيمور كاراسوف", "تیمور کاراسف", "تیمور کاراسوف", "تەیموور کاراسۆڤ", "تەيمۇر كاراسوف", "טימור קרסוב",
     "Тимур Карасов"},
    {"Nadia Belkin", "نادية بلكين", "نادیا بلکین", "نادیہ بلکن", "نادیا بێلکین", "نادىيە بېلكىن", "נדיה בלקין", "Надя Белкин"},
    {"Viktor Zhadan", "فيكتور جادان", "ویکتور ژادان", "وکٹر ژادان", "ڤیکتۆر ژادان", "ۋىكتور ژادان", "ויקטור ז'דן", "Виктор Жадан"},
};

/* Each spelling is nearer to every other of its person than to any of another's. */
static void one_person_in_every_script(void **state)
{
    (void)state;
    enum { PEOPLE = sizeof written / sizeof *written, SPELLINGS = sizeof *written / sizeof **written };
    for (size_t p = 0; p < PEOPLE; p++) {
        for (size_t i = 0; i < (size_t)SPELLINGS * SPELLINGS; i++) {
            kh_str query = kh_str_z(written[p][i / SPELLINGS]), form = kh_str_z(written[p][i % SPELLINGS]);
            float own = kh_name_likeness(article_scratch(), query, form);
            assert_true(own > 0.7F);
            for (size_t other = 0; other < PEOPLE; other++) {
                form = kh_str_z(written[other][i % SPELLINGS]);
                assert_true(other == p || kh_name_likeness(article_scratch(), query, form) < own - 0.1F);
            }
        }
    }
}

/* CPU seconds for a text of one name TIMES times. */
static double seconds_of_names(kh_str name, size_t times)
{
    kh_arena a = kh_arena_reserve((size_t)1 << 30, NULL), scratch = kh_arena_reserve((size_t)1 << 30, NULL);
    kh_buf text = {.arena = &a};
    kh_buf_add(&text, KH_STR("ar "));
    for (size_t i = 0; i < times; i++) {
        kh_buf_add(&text, name);
        kh_buf_char(&text, ' ');
    }
    kh_article *art = article_case(&a, kh_buf_str(&text));
    clock_t begin = clock();
    kh_names_read(&a, scratch, know(), art);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    kh_arena_release(&a);
    kh_arena_release(&scratch);
    return seconds;
}

static void one_name_a_hundred_thousand_times(void **state)
{
    (void)state;
    enum { FEW = 25000, TIMES = 4 };
    static const char *const names[] = {"محمد كاراسوف", "كازاخستان", "Karasov", "قال محمد"};
    const double slack = 0.05;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        double few = seconds_of_names(kh_str_z(names[i]), FEW);
        assert_true(seconds_of_names(kh_str_z(names[i]), (size_t)TIMES * FEW) < 2 * TIMES * few + slack);
    }
}

static void the_outlet_is_a_name(void **state)
{
    kh_article *art = article_case(*state, KH_STR("fa به گزارش خبرنگار نبض جنوب، پل بسته شد."));
    art->outlet.value = KH_STR("نبض جنوب");
    kh_names_read(*state, article_scratch(), know(), art);
    assert_int_equal(art->names.count, 1);
    assert_kh_str(art->names.items[0].label, KH_STR("نبض جنوب"));
    assert_int_equal(art->names.items[0].type, KH_NAME_ORGANISATION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(sounds_of_four_scripts),     KH_TEST(likeness_in_order),
        KH_TEST(same_across_articles),       KH_TEST(mention_without_proclitic),
        KH_TEST(furniture_is_not_read),      KH_TEST(role_beside_the_name),
        KH_TEST(lookup_of_whole_names_only), KH_TEST(one_person_in_every_script),
        KH_TEST(one_name_a_hundred_thousand_times), KH_TEST(the_outlet_is_a_name),
    };
    int failed = cmocka_run_group_tests_name("names", tests, NULL, NULL);
    failed += kh_run_cases("test/cases/names.txt", names_of);
    return failed != 0;
}
