/* test_lang.c - the language of a text. */
#include "lang/lang.h"
#include "test.h"

#include <string.h>

/* Read once: the tables are large. */
static const kh_lang_know *know(void)
{
    static kh_arena arena;
    static const kh_lang_know *k;
    if (!arena.begin) {
        arena = kh_arena_reserve((size_t)256 << 20, NULL);
        k = kh_lang_know_of(&arena, kh_lexicon_builtin(&arena));
    }
    return k;
}

static const char arabic[] = "أعلنت البلدية إغلاق الجسر القديم بعد انهيار جزء منه في ساعة مبكرة من "
                             "الصباح، وقال رئيسها إن أحداً لم يصب.\n";
static const char english[] =
    "The town closed the old bridge after part of it fell. Nobody was hurt, the mayor said.\n";

/* One line in another language, first or last, does not decide. */
static void main_language_wins(void **state)
{
    kh_arena *a = *state;
    kh_buf b = {.arena = a};
    kh_buf_z(&b, english);
    for (int i = 0; i < 20; i++) {
        kh_buf_z(&b, arabic);
    }
    kh_buf_z(&b, english);
    assert_kh_str(kh_lang_of(kh_test_scratch(), know(), kh_buf_str(&b)).tag, KH_STR("ar"));
}

static void long_text_is_like_short(void **state)
{
    kh_arena *a = *state;
    kh_buf b = {.arena = a};
    while (b.len < 100000) {
        kh_buf_z(&b, english);
        assert_kh_str(kh_lang_of(kh_test_scratch(), know(), kh_buf_str(&b)).tag, KH_STR("en"));
        for (int i = 0; i < 40; i++) {
            kh_buf_z(&b, english);
        }
    }
}

/* What is expected of a line makes it cheaper to read, not another. */
static void a_line_is_what_it_is(void **state)
{
    static const struct {
        const char *line, *tag;
    } lines[] = {
        {english, "en"},
        {arabic, "ar"},
        {"Die Gemeinde hat die alte Brücke gesperrt, nachdem ein Teil davon eingestürzt war; nach Angaben des "
         "Bürgermeisters wurde niemand verletzt, und die Arbeiten sollen bis zum Herbst dauern.\n", "de"},
        {"De gemeente heeft de oude brug gesloten nadat een deel ervan was ingestort; volgens de burgemeester "
         "raakte er niemand gewond, en het werk zal tot in het najaar duren.\n", "nl"},
        {"شهرداری پل قدیمی را پس از فروریختن بخشی از آن بست و شهردار گفت که کسی آسیب ندیده است.\n", "fa"},
    };
    static const char *const expected[] = {"en", "ar", "de", "nl", "fa", "und", "xx", ""};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        kh_buf b = {.arena = *state};
        for (int n = 0; n < 6; n++) {
            kh_buf_z(&b, lines[i].line);
            for (size_t k = 0; k < sizeof expected / sizeof *expected; k++) {
                kh_lang_guess guess = kh_lang_of_line(kh_test_scratch(), know(), kh_buf_str(&b), kh_str_z(expected[k]));
                assert_kh_str(guess.tag, kh_str_z(lines[i].tag));
            }
        }
    }
}

static void empty_text_is_und(void **state)
{
    (void)state;
    kh_lang_guess guess = kh_lang_of(kh_test_scratch(), know(), (kh_str){0});
    assert_kh_str(guess.tag, KH_STR("und"));
    assert_true(guess.confidence == 0);
}

/* Any bytes, also ill-formed UTF-8, are read without harm. */
static void bad_bytes_do_no_harm(void **state)
{
    (void)state;
    char bytes[4096];
    uint32_t seed = 1;
    for (int round = 0; round < 50; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (char)(seed >> 24);
        }
        kh_lang_guess guess =
            kh_lang_of(kh_test_scratch(), know(), (kh_str){bytes, sizeof bytes - (size_t)round});
        assert_true(guess.tag.len > 0 && guess.confidence >= 0 && guess.confidence <= 1);
    }
}

static void more_text_is_surer(void **state)
{
    (void)state;
    kh_lang_guess few = kh_lang_of(kh_test_scratch(), know(), KH_STR("وزارت امور خارجه"));
    kh_lang_guess many = kh_lang_of(kh_test_scratch(), know(), kh_str_z(arabic));
    assert_true(many.confidence > 0.95f);
    assert_true(few.confidence < many.confidence);
}

static kh_str tag_of(kh_arena *a, kh_str input)
{
    return kh_lang_of(kh_arena_split(a), know(), input).tag;
}

int main(void)
{
    const struct CMUnitTest tests[] = {KH_TEST(main_language_wins),
                                       KH_TEST(long_text_is_like_short), KH_TEST(empty_text_is_und),
                                       KH_TEST(a_line_is_what_it_is),
                                       KH_TEST(bad_bytes_do_no_harm), KH_TEST(more_text_is_surer)};
    int failed = cmocka_run_group_tests_name("lang", tests, NULL, NULL);
    failed += kh_run_cases("test/cases/lang.txt", tag_of);
    return failed != 0;
}
