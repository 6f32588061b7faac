/* test_contradictions.c - accounts that cannot both hold by their sense: denials, opposite acts, offices; and names for one thing
 * that take sides. The bodies and people here are invented. */
#include "accounts_pages.h"

static void a_denial_against_a_statement(void **state)
{
    kh_article *a = page(*state, "1", "fa", "2024-05-03T10:00",
                         "وزیر خبر دستگیری کارگران بندر را تکذیب کرد.\nبه گفته سخنگو ۱۶ کارگر بندر دستگیر شده\u200cاند.\n");
    uint32_t minister = name(*state, a, KH_NAME_PERSON, "وزیر");
    uint32_t speaker = name(*state, a, KH_NAME_PERSON, "سخنگو");
    said(*state, a, minister, KH_FORM_DENIAL, "دستگیری کارگران بندر")->stance = KH_STANCE_DENIAL;
    said(*state, a, speaker, KH_FORM_INDIRECT, "۱۶ کارگر بندر دستگیر شده\u200cاند");
    const kh_article *pages[] = {a};
    kh_story s = compared(*state, pages, 1);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 1);
}

static void what_was_not_so_against_what_was(void **state)
{
    static const char TEXT[] = "Премьер сообщил, что взрыв разрушил стену порта.\nДиректор утверждает, что взрыва не было.\n"
                               "Мэр сказал, что взрыва никто не ждал и город пуст.\n";
    kh_article *a = page(*state, "1", "ru", "2024-05-03T10:00", TEXT);
    uint32_t minister = name(*state, a, KH_NAME_PERSON, "Премьер");
    uint32_t director = name(*state, a, KH_NAME_PERSON, "Директор");
    said(*state, a, minister, KH_FORM_INDIRECT, "взрыв разрушил стену порта");
    said(*state, a, director, KH_FORM_INDIRECT, "взрыва не было");
    const kh_article *pages[] = {a};
    kh_story s = compared(*state, pages, 1);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 1);
    kh_article *b = page(*state, "2", "ru", "2024-05-03T10:00", TEXT);
    minister = name(*state, b, KH_NAME_PERSON, "Премьер");
    uint32_t mayor = name(*state, b, KH_NAME_PERSON, "Мэр");
    said(*state, b, minister, KH_FORM_INDIRECT, "взрыв разрушил стену порта");
    said(*state, b, mayor, KH_FORM_INDIRECT, "взрыва никто не ждал и город пуст"); /* negates the waiting */
    const kh_article *others[] = {b};
    s = compared(*state, others, 1);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 0);
}

/* How many flips two pages show that name the union and the port's authority. */
static size_t flips(kh_arena *a, const char *lang, const char *one, const char *other, const char *union_name, const char *port)
{
    const char *texts[] = {one, other};
    const kh_article *pages[2];
    for (size_t i = 0; i < 2; i++) {
        kh_article *p = page(a, i ? "2" : "1", lang, i ? "2024-05-03T18:00" : "2024-05-03T10:00", texts[i]);
        name(a, p, KH_NAME_ORGANISATION, union_name);
        name(a, p, KH_NAME_ORGANISATION, port);
        pages[i] = p;
    }
    kh_story s = compared(a, pages, 2);
    return verdicts(&s, KH_POLARITY_FLIP);
}

static void an_act_against_its_opposite(void **state)
{
    static const char *const UNION = "Dockers Union", *const PORT = "Karvala Port Authority";
    static const char REJECTED[] = "The Dockers Union rejected the wage offer of the Karvala Port Authority.\n";
    kh_arena *a = *state;
    assert_int_equal(flips(a, "en", REJECTED, "In the end the Dockers Union accepted the wage offer of the Karvala Port Authority.\n", UNION, PORT), 1);
    assert_int_equal(flips(a, "en", REJECTED, "The Dockers Union has not accepted the wage offer of the Karvala Port Authority.\n", UNION, PORT), 0);
    assert_int_equal(flips(a, "en", REJECTED, "The Dockers Union should have accepted the wage offer of the Karvala Port Authority.\n", UNION, PORT), 0);
    assert_int_equal(flips(a, "en", REJECTED, "The Karvala Port Authority accepted the wage offer of the Dockers Union.\n", UNION, PORT), 0);
    assert_int_equal(flips(a, "ar", "رفضت نقابة الرافعة عرض الأجور من إدارة كارفالا.\n",
                           "وبعد ليلة طويلة من المحادثات قبلت نقابة الرافعة عرض إدارة كارفالا بشأن الأجور.\n", "نقابة الرافعة", "إدارة كارفالا"), 1);
}

/* One actor on one day, and another thing. */
static void opposite_acts_of_other_things(void **state)
{
    static const char *const UNION = "Dockers Union", *const PORT = "Karvala Port Authority";
    assert_int_equal(flips(*state, "en", "The Dockers Union began a strike against the Karvala Port Authority on Friday.\n",
                           "The Dockers Union ended talks with the Karvala Port Authority on Friday.\n", UNION, PORT), 0);
    assert_int_equal(flips(*state, "en", "The Dockers Union accepted the wage offer of the Karvala Port Authority.\n",
                           "The Dockers Union rejected the resignation and the wage offer of the Karvala Port Authority.\n", UNION, PORT), 0);
}

/* A question, a condition, another part, and that it was not so. */
static void an_act_told_and_not_told(void **state)
{
    static const char *const UNION = "Dockers Union", *const PORT = "Karvala Port Authority";
    static const char REJECTED[] = "The Dockers Union rejected the wage offer of the Karvala Port Authority.\n";
    kh_arena *a = *state;
    assert_int_equal(flips(a, "en", REJECTED, "Has the Dockers Union accepted the wage offer of the Karvala Port Authority?\n", UNION, PORT), 0);
    assert_int_equal(flips(a, "en", REJECTED, "The Dockers Union accepted the wage offer of the Karvala Port Authority if it holds.\n", UNION, PORT), 0);
    assert_int_equal(flips(a, "en", REJECTED, "The Dockers Union accepted an amendment to the wage offer of the Karvala Port Authority.\n", UNION, PORT), 0);
    assert_int_equal(flips(a, "en", REJECTED, "The Dockers Union did not reject the wage offer of the Karvala Port Authority.\n", UNION, PORT), 1);
    assert_int_equal(flips(a, "en", REJECTED, "The Dockers Union had not yet rejected the wage offer of the Karvala Port Authority.\n", UNION, PORT), 0);
    assert_int_equal(flips(a, "fa", "اتحادیه بندر پیشنهاد اداره کارولا را رد کرد.\n", "اتحادیه بندر پیشنهاد اداره کارولا را رد نکرد.\n", "اتحادیه بندر",
                           "اداره کارولا"), 1);
}

/* The two parts of a German verb stand apart. */
static void an_act_in_two_parts(void **state)
{
    static const char *const UNION = "Hafengewerkschaft", *const PORT = "Hafenamt Karvala";
    assert_int_equal(flips(*state, "de", "Die Hafengewerkschaft lehnte das Angebot vom Hafenamt Karvala am Abend ab.\n",
                           "Die Hafengewerkschaft stimmte dem Angebot vom Hafenamt Karvala am Abend zu.\n", UNION, PORT), 1);
    assert_int_equal(flips(*state, "de", "Die Hafengewerkschaft lehnte das Angebot vom Hafenamt Karvala nicht ab.\n",
                           "Die Hafengewerkschaft stimmte dem Angebot vom Hafenamt Karvala zu.\n", UNION, PORT), 0);
}

/* A sentence and one that is all but the same contradict more surely than two that share what they must. */
static void alike_is_surer(void **state)
{
    kh_arena *a = *state;
    static const char *const OTHERS[] = {
        "The Dockers Union accepted the wage offer of the Karvala Port Authority.\n",
        "After the storm closed two roads and a school, the Dockers Union accepted the wage offer of the Karvala Port Authority, and the mayor praised police.\n"};
    float sure[2];
    for (size_t i = 0; i < 2; i++) {
        kh_article *one = page(a, "1", "en", "2024-05-03T10:00", "The Dockers Union rejected the wage offer of the Karvala Port Authority.\n");
        kh_article *other = page(a, "2", "en", "2024-05-03T18:00", OTHERS[i]);
        name(a, one, KH_NAME_ORGANISATION, "Dockers Union");
        name(a, other, KH_NAME_ORGANISATION, "Dockers Union");
        const kh_article *pages[] = {one, other};
        kh_story s = compared(a, pages, 2);
        assert_int_equal(verdicts(&s, KH_POLARITY_FLIP), 1);
        sure[i] = s.verdicts.items[0].confidence;
    }
    assert_true(sure[0] > sure[1] + 0.05F);
}

/* Sentences are held against each other pair by pair: of a page that has no end only the first hundred are. */
static void opposite_acts_of_a_page_without_end(void **state)
{
    kh_buf text = {.arena = *state};
    for (int i = 0; i < KH_ACT_SENTENCES_MAX + 50; i++) {
        kh_buf_z(&text, "The Dockers Union rejected the wage offer of the Karvala Port Authority.\n");
    }
    kh_buf_char(&text, 0);
    assert_int_equal(flips(*state, "en", text.ptr, "In the end the Dockers Union accepted the wage offer of the Karvala Port Authority.\n",
                           "Dockers Union", "Karvala Port Authority"), KH_ACT_SENTENCES_MAX);
}

/* Who was arrested may be released: only on one and the same day do the two contradict. */
static void acts_that_follow_each_other(void **state)
{
    static const char TAKEN[] = "On Friday police arrested Ana Merek of the Dockers Union at the harbour gate.\n";
    static const char FREED[] = "Police released Ana Merek of the Dockers Union at the harbour gate.\n";
    assert_int_equal(flips(*state, "en", TAKEN, FREED, "Ana Merek", "Dockers Union"), 0);
}

/* One text, and what each page calls the man. */
static size_t conflicts_of_offices(kh_arena *a, const char *before, const char *after)
{
    static const char AROUND[] = "The harbour of Karvala stayed closed on Friday after the heavy storm of the night.\n%s\n"
                                 "Workers cleared the railway until late in the evening and found no one.\n";
    const char *pages_say[] = {before, after};
    const kh_article *pages[2];
    for (size_t i = 0; i < 2; i++) {
        kh_str text = kh_arena_printf(a, AROUND, pages_say[i]);
        kh_article *art = page(a, i ? "2" : "1", "en", i ? "2024-05-03T14:00" : "2024-05-03T10:00", text.ptr);
        name(a, art, KH_NAME_PERSON, "Nader Salmawi");
        pages[i] = art;
    }
    kh_story s = compared(a, pages, 2);
    assert_int_equal(s.copies.count, 1);
    return verdicts(&s, KH_CONFLICT);
}

static void one_text_gives_one_office(void **state)
{
    static const char PRESIDENT[] = "The boats belonged to President Nader Salmawi, people in the port said.";
    static const char MINISTER[] = "The boats belonged to Prime Minister Nader Salmawi, people in the port said.";
    static const char BEHIND[] = "The boats belonged to Nader Salmawi, the president, people in the port said.";
    assert_int_equal(conflicts_of_offices(*state, PRESIDENT, MINISTER), 1);
    assert_int_equal(conflicts_of_offices(*state, PRESIDENT, BEHIND), 0);
}

/* How many conflicts there are where the minister denies "a second arrest of workers" and the speaker says SAYS. */
static size_t conflicts_with_denied_second(kh_arena *a, const char *text, const char *says)
{
    kh_article *art = page(a, "1", "fa", "2024-05-03T10:00", text);
    uint32_t minister = name(a, art, KH_NAME_PERSON, "وزیر");
    uint32_t speaker = name(a, art, KH_NAME_PERSON, "سخنگو");
    said(a, art, minister, KH_FORM_DENIAL, "بازداشت دوم کارگران")->stance = KH_STANCE_DENIAL;
    said(a, art, speaker, KH_FORM_INDIRECT, says);
    const kh_article *pages[] = {art};
    kh_story s = compared(a, pages, 1);
    return verdicts(&s, KH_CONFLICT);
}

static void a_denied_second_is_another(void **state)
{
    assert_int_equal(conflicts_with_denied_second(*state,
                                                  "وزیر بازداشت دوم کارگران را رد کرد.\n"
                                                  "به گفته سخنگو کارگران بازداشت شده\u200cاند.\n",
                                                  "کارگران بازداشت شده\u200cاند"),
                     0);
    assert_int_equal(conflicts_with_denied_second(*state,
                                                  "وزیر بازداشت دوم کارگران را رد کرد.\n"
                                                  "به گفته سخنگو دومین بازداشت کارگران انجام شد.\n",
                                                  "دومین بازداشت کارگران انجام شد"),
                     1);
}

static void a_name_beside_its_verb_is_framing(void **state)
{
    kh_article *a = page(*state, "1", "en", "2024-05-03T10:00",
                         "Orlo spoke of \"sabotage\", while Nesh spoke of negligence. Barra was held for negligence.\n");
    uint32_t orlo = name(*state, a, KH_NAME_PERSON, "Orlo");
    name(*state, a, KH_NAME_PERSON, "Nesh");
    name(*state, a, KH_NAME_PERSON, "Barra");
    said(*state, a, orlo, KH_FORM_SCARE, "sabotage");
    const kh_article *pages[] = {a};
    kh_story s = compared(*state, pages, 1);
    assert_int_equal(verdicts(&s, KH_FRAMING), 1);
    assert_int_equal(s.verdicts.items[0].b.span.begin, span_of(a, "negligence").begin);
}

static void rival_names_are_framing(void **state)
{
    kh_article *a = page(*state, "1", "ar", "2024-05-03T10:00",
                         "وصف سامي الأمر بأنه \"إهمال\".\nوقال نادر إنه \"عمل تخريبي\" مدبر.\n");
    uint32_t sami = name(*state, a, KH_NAME_PERSON, "سامي");
    uint32_t nader = name(*state, a, KH_NAME_PERSON, "نادر");
    said(*state, a, sami, KH_FORM_DIRECT, "إهمال");
    said(*state, a, nader, KH_FORM_DIRECT, "عمل تخريبي");
    const kh_article *pages[] = {a};
    kh_story s = compared(*state, pages, 1);
    assert_int_equal(s.verdicts.count, 1);
    assert_int_equal(s.verdicts.items[0].kind, KH_FRAMING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(a_denial_against_a_statement),
        KH_TEST(what_was_not_so_against_what_was),
        KH_TEST(an_act_against_its_opposite),
        KH_TEST(opposite_acts_of_other_things),
        KH_TEST(an_act_told_and_not_told),
        KH_TEST(an_act_in_two_parts),
        KH_TEST(alike_is_surer),
        KH_TEST(opposite_acts_of_a_page_without_end),
        KH_TEST(acts_that_follow_each_other),
        KH_TEST(one_text_gives_one_office),
        KH_TEST(a_denied_second_is_another),
        KH_TEST(a_name_beside_its_verb_is_framing),
        KH_TEST(rival_names_are_framing),
    };
    return cmocka_run_group_tests_name("contradictions", tests, NULL, NULL);
}
