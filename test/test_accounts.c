/* test_accounts.c - which page is a copy of which, whose quotations are the same, and what two figures say of each other.
 * The bridge of Karvala, the Tesh and the people here are invented. */
#include "accounts_pages.h"

#include "base/limits.h"

/* ---- the wire of the bridge ---- */

static const char ENGLISH[] =
    "KARVALA, May 3 (Reuters) - A bridge over the Tesh collapsed on Friday and killed 9 people, mayor Idris Velan said.\n"
    "\"The rain did not stop for three days,\" Velan told Reuters. \"We have no other road to the hospital.\"\n"
    "Police arrested 2 engineers of the company Dolmet.\n"
    "The bridge was opened in 2011 and the government paid for it.\n"
    "Schools in Karvala will stay closed, the ministry of education said.\n";

static const char PERSIAN[] =
    "به گزارش رویترز، پلی روی رود تش روز جمعه فرو ریخت و به گفته ادریس ولان، شهردار کاروالا، ۹ نفر کشته شدند.\n"
    "ولان به این خبرگزاری گفت: باران سه روز قطع نشد. ما راه دیگری به بیمارستان نداریم.\n"
    "پلیس ۲ مهندس شرکت دولمت را بازداشت کرد.\n"
    "این پل سال ۲۰۱۱ افتتاح شد و دولت هزینه آن را پرداخت.\n"
    "وزارت آموزش اعلام کرد مدارس کاروالا تعطیل می\u200cماند.\n";

static const char ARABIC_OTHER[] =
    "قال إدريس ولان في حديث إلى وكالة الصحافة الفرنسية إن المدينة تحتاج إلى جسر جديد.\n"
    "\"لا أحد يسمعنا في العاصمة\"، أضاف ولان. وتحدث عن الاقتصاد والانتخابات المقبلة.\n"
    "وزار رئيس الحكومة الأسواق والميناء صباح السبت.\n"
    "وقالت المعارضة إنها ستطلب جلسة للبرلمان.\n";

static kh_article *english(kh_arena *a, const char *published)
{
    kh_article *art = page(a, "en", "en", published, ENGLISH);
    credit(a, art, KH_CREDIT_DATELINE, "reuters", "KARVALA, May 3 (Reuters) -");
    credit(a, art, KH_CREDIT_TOLD_AGENCY, "reuters", "told Reuters");
    name(a, art, KH_NAME_PLACE, "Karvala");
    name(a, art, KH_NAME_PLACE, "Tesh");
    name(a, art, KH_NAME_ORGANISATION, "Dolmet");
    uint32_t velan = name(a, art, KH_NAME_PERSON, "Idris Velan");
    *KH_ADD(a, &art->mentions) = (kh_mention){.span = span_of(art, "Velan told"), .name = velan};
    said(a, art, velan, KH_FORM_DIRECT, "The rain did not stop for three days");
    said(a, art, velan, KH_FORM_DIRECT, "We have no other road to the hospital.");
    figure(a, art, "9 people", 9, "killed", "persons");
    figure(a, art, "2 engineers", 2, "arrested", "persons");
    return art;
}

static kh_article *persian(kh_arena *a, const char *published)
{
    kh_article *art = page(a, "fa", "fa", published, PERSIAN);
    credit(a, art, KH_CREDIT_RELAY, "reuters", "به گزارش رویترز");
    name(a, art, KH_NAME_PLACE, "کاروالا");
    name(a, art, KH_NAME_PLACE, "تش");
    name(a, art, KH_NAME_ORGANISATION, "دولمت");
    uint32_t velan = name(a, art, KH_NAME_PERSON, "ادریس ولان");
    said(a, art, velan, KH_FORM_DIRECT_UNMARKED, "باران سه روز قطع نشد. ما راه دیگری به بیمارستان نداریم.");
    figure(a, art, "۹ نفر", 9, "killed", "persons");
    figure(a, art, "۲ مهندس", 2, "arrested", "persons");
    return art;
}

static kh_article *other_interview(kh_arena *a, const char *published)
{
    kh_article *art = page(a, "ar", "ar", published, ARABIC_OTHER);
    credit(a, art, KH_CREDIT_TOLD_AGENCY, "afp", "في حديث إلى وكالة الصحافة الفرنسية");
    uint32_t velan = name(a, art, KH_NAME_PERSON, "إدريس ولان");
    said(a, art, velan, KH_FORM_DIRECT, "لا أحد يسمعنا في العاصمة");
    return art;
}

static void a_translated_copy_has_its_original(void **state)
{
    const kh_article *pages[] = {persian(*state, "2024-05-03T18:20"), english(*state, "2024-05-03T15:00")};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(relation(&s, pages[0], pages[1]), KH_SAME_WIRE);
    const kh_copy *copy = copy_of(&s, pages[1], pages[0]);
    assert_non_null(copy);
    assert_int_equal(copy->kind, KH_COPY_TRANSLATED);
    assert_kh_str(copy->direction, KH_STR("credit"));
    assert_int_equal(copy->lag_seconds, 200 * 60);
    assert_true(copy->shared.count >= 4);
    assert_int_equal(s.leading, 0);
}

static void an_undated_page_is_no_original(void **state)
{
    const kh_article *pages[] = {persian(*state, "2024-05-03T18:20"), english(*state, "")};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(relation(&s, pages[0], pages[1]), KH_SAME_WIRE);
    assert_int_equal(s.copies.count, 0);
    assert_int_equal(s.origins.count, 1);
    assert_kh_str(s.origins.items[0].agency, KH_STR("reuters"));
    assert_int_equal(s.origins.items[0].articles.count, 2);
}

static void renderings_of_one_quotation_are_aligned(void **state)
{
    const kh_article *pages[] = {english(*state, "2024-05-03T15:00"), persian(*state, "2024-05-03T18:20")};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(s.aligned.count, 2);
    const kh_aligned *first = &s.aligned.items[0];
    kh_str a = kh_slice(at(&s, first->a.article)->text, first->a.span);
    kh_str b = kh_slice(at(&s, first->b.article)->text, first->b.span);
    bool rain = kh_str_find(a, KH_STR("rain")) < a.len;
    assert_int_equal(rain, kh_str_find(b, KH_STR("باران")) < b.len);
}

static void one_speaker_and_two_agencies(void **state)
{
    const kh_article *pages[] = {english(*state, "2024-05-03T15:00"), other_interview(*state, "2024-05-04T09:00"),
                                 persian(*state, "2024-05-03T18:20")};
    kh_story s = compared(*state, pages, 3);
    assert_int_equal(relation(&s, pages[0], pages[1]), KH_SAME_SPEAKER);
    assert_int_equal(relation(&s, pages[2], pages[1]), KH_SAME_SPEAKER);
    assert_int_equal(s.origins.count, 2);
    KH_EACH(const kh_aligned, al, s.aligned) {
        assert_ptr_not_equal(at(&s, al->a.article), pages[1]);
        assert_ptr_not_equal(at(&s, al->b.article), pages[1]);
    }
}

static void the_answer_does_not_depend_on_the_order(void **state)
{
    const kh_article *x[] = {english(*state, "2024-05-03T15:00"), other_interview(*state, "2024-05-04"),
                             persian(*state, "2024-05-03T18:20")};
    const kh_article *y[] = {x[1], x[2], x[0]};
    kh_story s = compared(*state, x, 3);
    kh_story t = compared(*state, y, 3);
    assert_int_equal(s.verdicts.count, t.verdicts.count);
    assert_int_equal(s.copies.count, t.copies.count);
    for (uint32_t i = 0; i < 3; i++) {
        assert_ptr_equal(at(&s, i), at(&t, i));
    }
    for (size_t i = 0; i < s.verdicts.count; i++) {
        assert_int_equal(s.verdicts.items[i].kind, t.verdicts.items[i].kind);
        assert_int_equal(s.verdicts.items[i].a.span.begin, t.verdicts.items[i].a.span.begin);
    }
}

static void pages_stand_by_time(void **state)
{
    const kh_article *pages[] = {page(*state, "unknown", "ru", "", "Мост рухнул."),
                                 page(*state, "day", "ru", "2024-05-03", "Мост рухнул."),
                                 page(*state, "hour", "ru", "2024-05-03T23:10", "Мост рухнул."),
                                 page(*state, "before", "ru", "2024-05-02", "Идут дожди.")};
    kh_story s = compared(*state, pages, 4);
    assert_kh_str(at(&s, 0)->key, KH_STR("before"));
    assert_kh_str(at(&s, 1)->key, KH_STR("hour"));
    assert_kh_str(at(&s, 2)->key, KH_STR("day"));
    assert_kh_str(at(&s, 3)->key, KH_STR("unknown"));
}

/* ---- figures ---- */

static const char OF_THE_FIRE[] =
    "Рабочие вышли из цеха утром и собрались у ворот завода на окраине города.\n"
    "При пожаре пострадали 12 рабочих, сгорел старый склад краски у реки.\n"
    "Директор обещал выплатить зарплату до конца недели всем сменам.\n";

static void a_later_count_updates(void **state)
{
    kh_article *old = page(*state, "1", "ru", "2024-05-03T10:00", "Погибли 9 человек.");
    kh_article *now = page(*state, "2", "ar", "2024-05-05T10:00", "ارتفع عدد القتلى إلى 14 شخصاً.");
    figure(*state, old, "9 человек", 9, "killed", "persons");
    figure(*state, now, "14 شخصاً", 14, "killed", "persons");
    const kh_article *pages[] = {now, old};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(s.verdicts.count, 1);
    assert_int_equal(s.verdicts.items[0].kind, KH_UPDATE);
    assert_ptr_equal(at(&s, s.verdicts.items[0].a.article), old);
}

static void a_vague_count_never_conflicts(void **state)
{
    kh_article *vague = page(*state, "1", "ar", "2024-05-03T10:00", "قُتل العشرات في الانهيار.");
    kh_article *within = page(*state, "2", "fa", "2024-05-03T11:00", "۴۳ نفر جان باختند.");
    kh_article *beyond = page(*state, "3", "ru", "2024-05-03T11:30", "Погибли 7 человек.");
    kh_figure *f = figure(*state, vague, "العشرات", 20, "killed", "persons");
    f->max = 99;
    f->op = KH_FIGURE_VAGUE;
    f->soft = true;
    figure(*state, within, "۴۳ نفر", 43, "killed", "persons");
    figure(*state, beyond, "7 человек", 7, "killed", "persons");
    const kh_article *first[] = {vague, within};
    kh_story s = compared(*state, first, 2);
    assert_int_equal(s.verdicts.count, 1);
    assert_int_equal(s.verdicts.items[0].kind, KH_REFINES);
    const kh_article *second[] = {vague, beyond};
    s = compared(*state, second, 2);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 0);
}

static void two_figures_for_one_evening_conflict(void **state)
{
    kh_article *a = page(*state, "1", "fa", "2024-05-03T20:00", "به گفته وزارت کشور ۶ نفر مفقودند.");
    kh_article *b = page(*state, "2", "ru", "2024-05-03T21:00", "Профсоюз ищет 15 человек.");
    figure(*state, a, "۶ نفر", 6, "missing", "persons")->claimed_by = KH_STR("وزارت کشور");
    figure(*state, b, "15 человек", 15, "missing", "persons")->claimed_by = KH_STR("Профсоюз");
    const kh_article *pages[] = {a, b};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(s.verdicts.count, 1);
    assert_int_equal(s.verdicts.items[0].kind, KH_CONFLICT);
}

static void a_part_is_never_an_update(void **state)
{
    kh_article *a = page(*state, "1", "en", "2024-05-03T20:00", "The flood killed 12 people. Three soldiers drowned.");
    figure(*state, a, "12 people", 12, "killed", "persons");
    figure(*state, a, "Three soldiers", 3, "killed", "soldiers");
    const kh_article *pages[] = {a};
    kh_story s = compared(*state, pages, 1);
    assert_int_equal(s.verdicts.count, 1);
    assert_int_equal(s.verdicts.items[0].kind, KH_SUBSET);
    assert_int_equal(s.verdicts.items[0].a.span.begin, span_of(a, "Three soldiers").begin);
}

static void some_of_them_are_a_part(void **state)
{
    kh_article *a = page(*state, "1", "ru", "2024-05-03T20:00", "Из 31 задержанного освобождены 19 человек.");
    figure(*state, a, "31 задержанного", 31, "detained", "persons");
    figure(*state, a, "19 человек", 19, "released", "persons");
    const kh_article *pages[] = {a};
    kh_story s = compared(*state, pages, 1);
    assert_int_equal(s.verdicts.count, 1);
    assert_int_equal(s.verdicts.items[0].kind, KH_SUBSET);
    kh_article *b = page(*state, "2", "ru", "2024-05-03T20:00", "Полиция задержала 31 человека, 19 человек ранены.");
    figure(*state, b, "31 человека", 31, "detained", "persons");
    figure(*state, b, "19 человек", 19, "injured", "persons");
    const kh_article *others[] = {b};
    s = compared(*state, others, 1);
    assert_int_equal(s.verdicts.count, 0);
}

static void workers_in_their_mine_are_all(void **state)
{
    kh_article *a = page(*state, "1", "ar", "2024-05-03T10:00", "لقي 13 عاملاً حتفهم في المنجم.");
    kh_article *b = page(*state, "2", "ru", "2024-05-04T10:00", "Погибли 17 человек.");
    figure(*state, a, "13 عاملاً", 13, "killed", "miners");
    figure(*state, b, "17 человек", 17, "killed", "persons");
    const kh_article *pages[] = {a, b};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(s.verdicts.count, 1);
    assert_int_equal(s.verdicts.items[0].kind, KH_UPDATE);
}

static void an_earlier_event_is_not_compared(void **state)
{
    kh_article *a = page(*state, "1", "ru", "2024-05-03T10:00", "Погибли 17 человек.");
    kh_article *b = page(*state, "2", "en", "2024-05-03T11:00", "A fire killed 4 people there years ago.");
    figure(*state, a, "17 человек", 17, "killed", "persons");
    figure(*state, b, "4 people", 4, "killed", "persons")->past_event = true;
    const kh_article *pages[] = {a, b};
    assert_int_equal(compared(*state, pages, 2).verdicts.count, 0);
}

static void a_withdrawn_figure_is_retracted(void **state)
{
    kh_article *a = page(*state, "1", "ar", "2024-05-03T10:00", "أحصت الوزارة 71 قتيلاً.");
    kh_article *b = page(*state, "2", "fa", "2024-05-04T11:00", "وزارت آمار ۷۱ کشته را پس گرفت.");
    figure(*state, a, "71 قتيلاً", 71, "killed", "persons");
    figure(*state, b, "۷۱ کشته", 71, "killed", "persons")->status = KH_FIGURE_RETRACTED;
    const kh_article *pages[] = {a, b};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(s.verdicts.count, 1);
    assert_int_equal(s.verdicts.items[0].kind, KH_RETRACTED);
}

/* The one in whose place another came is no contradiction; without the withdrawal it is one. */
static void what_follows_a_withdrawal_updates(void **state)
{
    kh_article *a = page(*state, "1", "ar", "2024-05-03T10:00", "أحصى المحافظ 71 قتيلاً.");
    kh_article *b = page(*state, "2", "fa", "2024-05-04T11:00", "آمار ۷۱ کشته پس گرفته شد. شمار کشته\u200cها ۶۴ نفر است.");
    figure(*state, a, "71 قتيلاً", 71, "killed", "persons");
    kh_figure *old = figure(*state, b, "۷۱ کشته", 71, "killed", "persons");
    old->status = KH_FIGURE_RETRACTED;
    figure(*state, b, "۶۴ نفر", 64, "killed", "persons");
    const kh_article *pages[] = {a, b};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 0);
    assert_int_equal(verdicts(&s, KH_RETRACTED), 1);
    assert_int_equal(verdicts(&s, KH_UPDATE), 1);
    b->figures.items[0].status = KH_FIGURE_STANDING;
    b->figures.items[0].core = false;
    s = compared(*state, pages, 2);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 1);
}

static void a_claimer_who_corrects_does_not_conflict(void **state)
{
    kh_article *a = page(*state, "1", "en", "2024-05-03T20:00",
                         "The union said 15 people were missing. It corrected the number to 11 people.");
    figure(*state, a, "15 people", 15, "missing", "persons")->claimed_by = KH_STR("The union");
    figure(*state, a, "11 people", 11, "missing", "persons")->status = KH_FIGURE_REVISED;
    const kh_article *pages[] = {a};
    kh_story s = compared(*state, pages, 1);
    assert_int_equal(s.verdicts.count, 1);
    assert_int_equal(s.verdicts.items[0].kind, KH_REVISED);
}

static void one_place_by_another_beside_it(void **state)
{
    kh_article *a = page(*state, "1", "en", "2024-05-03T10:00", "The fall of the Karvala bridge in Teshland killed 9 people.");
    kh_article *b = page(*state, "2", "en", "2024-05-03T12:30", "Nine people died when the Karvala bridge fell.");
    name(*state, a, KH_NAME_PLACE, "Karvala");
    name(*state, a, KH_NAME_PLACE, "Teshland");
    name(*state, b, KH_NAME_PLACE, "Karvala");
    figure(*state, a, "9 people", 9, "killed", "persons")->place = KH_STR("Teshland");
    figure(*state, b, "Nine people", 9, "killed", "persons")->place = KH_STR("Karvala");
    const kh_article *pages[] = {a, b};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(verdicts(&s, KH_AGREE), 1);
    kh_article *other = page(*state, "2", "en", "2024-05-03T12:30", "Nine people died in a fire in Marn.");
    name(*state, other, KH_NAME_PLACE, "Marn");
    figure(*state, other, "Nine people", 9, "killed", "persons")->place = KH_STR("Marn");
    const kh_article *apart[] = {a, other};
    assert_int_equal(compared(*state, apart, 2).verdicts.count, 0);
}

static void bodies_found_contradict_no_toll(void **state)
{
    kh_article *a = page(*state, "1", "ar", "2024-05-03T10:00", "قالت الوزارة إن القتلى 64 شخصاً. وقال الطبيب إن 7 جثث وصلت.");
    figure(*state, a, "64 شخصاً", 64, "killed", "persons")->claimed_by = KH_STR("الوزارة");
    kh_figure *bodies = figure(*state, a, "7 جثث", 7, "killed", "persons");
    bodies->claimed_by = KH_STR("الطبيب");
    const kh_article *pages[] = {a};
    kh_story s = compared(*state, pages, 1);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 0);
    bodies->span = span_of(a, "7"); /* no word for bodies: two tolls */
    s = compared(*state, pages, 1);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 1);
}

static void a_rounded_toll_makes_no_conflict(void **state)
{
    kh_article *a = page(*state, "1", "fa", "2024-05-03T19:20", "حدود ۸۰۰ نفر منتقل شدند.");
    kh_article *b = page(*state, "2", "ru", "2024-05-03T19:40", "Вывезли 950 человек.");
    kh_figure *about = figure(*state, a, "۸۰۰ نفر", 800, "evacuated", "persons");
    about->soft = true;
    figure(*state, b, "950 человек", 950, "evacuated", "persons");
    const kh_article *pages[] = {a, b};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 0);
    assert_int_equal(verdicts(&s, KH_UPDATE), 1);
    about->soft = false;
    s = compared(*state, pages, 2);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 1);
}

/* VOCABULARY.md: "a vague count beside an exact one outside its range is at most update or unknown". */
static void a_vague_count_and_another_are_unknown(void **state)
{
    kh_article *a = page(*state, "1", "en", "2024-05-03T20:00", "Dozens of people are missing.");
    kh_article *b = page(*state, "2", "en", "2024-05-03T21:00", "Five men are missing in the port.");
    kh_figure *dozens = figure(*state, a, "Dozens of people", 20, "missing", "persons");
    dozens->max = 99;
    dozens->op = KH_FIGURE_VAGUE;
    dozens->soft = true;
    figure(*state, b, "Five men", 5, "missing", "persons");
    const kh_article *pages[] = {a, b};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(s.verdicts.count, 1);
    assert_int_equal(s.verdicts.items[0].kind, KH_UNKNOWN);
    assert_true(s.verdicts.items[0].reason.len > 0);
}

static void a_claimer_lowers_its_own_count(void **state)
{
    kh_article *a = page(*state, "1", "en", "2024-05-03", "The ministry counts 71 dead.");
    kh_article *b = page(*state, "2", "en", "2024-05-04", "The ministry counts 68 dead now.");
    figure(*state, a, "71 dead", 71, "killed", "persons")->claimed_by = KH_STR("the ministry");
    figure(*state, b, "68 dead", 68, "killed", "persons")->claimed_by = KH_STR("the ministry");
    const kh_article *pages[] = {a, b};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(s.verdicts.count, 1);
    assert_int_equal(s.verdicts.items[0].kind, KH_REVISED);
}

/* A figure whose number is NUMBER. */
static kh_figure *number_of(kh_arena *a, kh_article *art, const char *phrase, const char *number, double value, const char *what)
{
    kh_figure *f = figure(a, art, phrase, value, what, "persons");
    f->number = span_of(art, number);
    return f;
}

static void some_of_the_detained_are_no_rival(void **state)
{
    static const char TEXT[] = "Police detained 86 people at the march on Saturday, the police said.\n"
                               "Three of those detained were minors, a rights group said.\n";
    kh_article *a = page(*state, "1", "en", "2024-10-12T21:05", TEXT);
    number_of(*state, a, "86 people", "86", 86, "detained")->claimed_by = KH_STR("the police");
    number_of(*state, a, "Three of those detained", "Three", 3, "detained")->claimed_by = KH_STR("a rights group");
    const kh_article *pages[] = {a};
    kh_story s = compared(*state, pages, 1);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 0);
    assert_int_equal(verdicts(&s, KH_SUBSET), 1);
}

static void a_value_that_is_given_up_is_revised(void **state)
{
    kh_article *a = page(*state, "1", "de", "2024-11-06T16:30", "Mindestens 12 Menschen starben, teilte die Bahn mit.\n");
    kh_article *b = page(*state, "2", "en", "2024-11-06T21:10", "The railway said that nine people had died instead of 12.\n");
    number_of(*state, a, "12 Menschen", "12", 12, "killed")->has_max = false;
    number_of(*state, b, "nine people", "nine", 9, "killed");
    number_of(*state, b, "12", "12", 12, "killed")->status = KH_FIGURE_REVISED;
    const kh_article *pages[] = {a, b};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 0);
    assert_int_equal(verdicts(&s, KH_REVISED), 2); /* on the later page itself, and between the two */
}

static void a_rate_that_rose_has_its_like_in_either_value(void **state)
{
    kh_article *a = page(*state, "1", "en", "2024-03-05T14:10", "Unemployment rose to 9.4 percent from 8.8 percent in Karvala in May.\n");
    kh_article *b = page(*state, "2", "en", "2024-03-05T17:40", "In May unemployment in Karvala stood at 9.4 percent.\n");
    kh_figure *rates[] = {number_of(*state, a, "9.4 percent", "9.4", 9.4, "unemployment"), number_of(*state, a, "8.8 percent", "8.8", 8.8, "unemployment"),
                          number_of(*state, b, "9.4 percent", "9.4", 9.4, "unemployment")};
    for (size_t i = 0; i < 3; i++) {
        rates[i]->kind = KH_FIGURE_SHARE;
        rates[i]->unit = KH_STR("percent");
        rates[i]->scope = (kh_str){0};
    }
    const kh_article *pages[] = {a, b};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 0);
}

static void lists_of_charges_differ(void **state)
{
    kh_article *a = page(*state, "1", "en", "2024-05-03", "Nader Salmawi was arrested on charges of fraud and murder.");
    kh_article *b = page(*state, "2", "en", "2024-05-03", "Police took Nader Salmawi away on charges of fraud.");
    name(*state, a, KH_NAME_PERSON, "Nader Salmawi");
    name(*state, b, KH_NAME_PERSON, "Nader Salmawi");
    const kh_article *pages[] = {a, b};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(verdicts(&s, KH_DIFFERS), 1);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 0);
}

/* Three pages with one count: the wire, its copy, and an outlet of its own. */
static void a_value_rests_on_origins_not_pages(void **state)
{
    kh_article *wire = page(*state, "1", "ru", "2024-05-03T10:00", OF_THE_FIRE);
    kh_article *copy = page(*state, "2", "ru", "2024-05-03T14:00", OF_THE_FIRE);
    kh_article *other = page(*state, "3", "en", "2024-05-03T15:00", "We counted 12 workers hurt at the gates of the plant.");
    wire->outlet.value = KH_STR("Vestnik");
    copy->outlet.value = KH_STR("Prichal");
    other->outlet.value = KH_STR("Ledger");
    figure(*state, wire, "12 рабочих", 12, "injured", "persons");
    figure(*state, copy, "12 рабочих", 12, "injured", "persons");
    figure(*state, other, "12 workers", 12, "injured", "persons");
    const kh_article *pages[] = {wire, copy, other};
    kh_story s = compared(*state, pages, 3);
    assert_int_equal(s.histories.count, 1);
    assert_int_equal(s.histories.items[0].entries.count, 3);
    KH_EACH(const kh_history_entry, e, s.histories.items[0].entries) {
        assert_int_equal(e->origins, 2);
    }
    s = compared(*state, pages, 2);
    assert_int_equal(s.histories.items[0].entries.items[0].origins, 1);
}

/* ---- drift ---- */

static const char WITH_HEDGE[] =
    "Рабочие вышли из цеха утром и собрались у ворот завода на окраине города.\n"
    "Пожар, возможно, начался из-за неисправной проводки в старом складе краски.\n"
    "Директор обещал выплатить зарплату до конца недели всем сменам.\n";
static const char WITHOUT_HEDGE[] =
    "Рабочие вышли из цеха утром и собрались у ворот завода на окраине города.\n"
    "Пожар начался из-за неисправной проводки в старом складе краски.\n"
    "Директор обещал выплатить зарплату до конца недели всем сменам.\n";

static void a_dropped_hedge_is_seen(void **state)
{
    const kh_article *pages[] = {page(*state, "1", "ru", "2024-05-03T10:00", WITH_HEDGE),
                                 page(*state, "2", "ru", "2024-05-03T14:00", WITHOUT_HEDGE)};
    kh_story s = compared(*state, pages, 2);
    assert_non_null(copy_of(&s, pages[0], pages[1]));
    assert_int_equal(verdicts(&s, KH_HEDGE_LOST), 1);
    const kh_article *kept[] = {page(*state, "1", "ru", "2024-05-03T10:00", WITH_HEDGE),
                                page(*state, "2", "ru", "2024-05-03T14:00", WITH_HEDGE)};
    s = compared(*state, kept, 2);
    assert_int_equal(verdicts(&s, KH_HEDGE_LOST), 0);
}

static void a_lost_attribution_is_seen(void **state)
{
    static const char ASCRIBED[] = "The road to the harbour was closed in the morning after the storm.\n"
                                   "Two guards of the port were among the dead, the mayor said.\n"
                                   "Workers cleared trees from the railway until late in the evening.\n";
    static const char BARE[] = "The road to the harbour was closed in the morning after the storm.\n"
                               "Two guards of the port were among the dead.\n"
                               "Workers cleared trees from the railway until late in the evening.\n";
    kh_article *a = page(*state, "1", "en", "2024-05-03T10:00", ASCRIBED);
    kh_quotation *q = said(*state, a, KH_NO_NAME, KH_FORM_INDIRECT, "Two guards of the port were among the dead");
    q->cue = span_of(a, "said");
    q->speaker = KH_STR("the mayor");
    const kh_article *pages[] = {a, page(*state, "2", "en", "2024-05-03T14:00", BARE)};
    kh_story s = compared(*state, pages, 2);
    assert_int_equal(verdicts(&s, KH_ATTRIBUTION_LOST), 1);
    assert_int_equal(s.verdicts.items[0].alarm, KH_ALARM_ATTRIBUTION);
}

/* ---- size ---- */

/* COUNT pages, each of its own minute, with one of VALUES figures in turn. */
static kh_story reports(kh_arena *a, size_t count, size_t values)
{
    const kh_article **pages = KH_NEW_N(a, const kh_article *, count);
    for (size_t i = 0; i < count; i++) {
        size_t value = 100 + i % values;
        kh_str text = kh_arena_printf(a, "The flood in the valley killed %zu people.\n", value);
        kh_article *p = page(a, kh_arena_printf(a, "p%04zu", i).ptr, "en", kh_arena_printf(a, "2024-05-%02zuT%02zu:%02zu", 1 + i / 1440, i / 60 % 24, i % 60).ptr, text.ptr);
        figure(a, p, kh_arena_printf(a, "%zu people", value).ptr, (double)value, "killed", "persons");
        pages[i] = p;
    }
    return compared(a, pages, count);
}

static void a_story_without_end_is_cut(void **state)
{
    kh_story s = reports(*state, KH_STORY_ARTICLES_MAX + 7, KH_STORY_ARTICLES_MAX);
    assert_int_equal(s.compared, KH_STORY_ARTICLES_MAX);
    assert_int_equal(s.articles.count, KH_STORY_ARTICLES_MAX + 7);
    assert_int_equal(s.verdicts.count, KH_STORY_VERDICTS_MAX);
    assert_true(s.verdicts_left_out > 0);
    assert_int_equal(s.verdicts.items[0].kind, KH_CONFLICT); /* the most urgent stay */
}

/* A hundred pages, three values: what is compared grows with the values. */
static void repeated_figures_are_compared_once(void **state)
{
    kh_story s = reports(*state, 100, 3);
    assert_int_equal(verdicts(&s, KH_AGREE), 97); /* each with the first of its value */
    assert_true(s.verdicts.count <= 97 + 3);
    assert_int_equal(s.verdicts_left_out, 0);
}

/* ---- days ---- */

static void a_recycled_sentence_conflicts_with_its_page(void **state)
{
    kh_article *a = page(*state, "1", "ar", "2024-05-06", "انهار الجسر أمس الجمعة.\nالإثنين 6 مايو 2024\n");
    a->published.span = span_of(a, "الإثنين 6 مايو 2024");
    kh_date *d = KH_ADD((kh_arena *)*state, &a->dates);
    *d = (kh_date){.span = span_of(a, "أمس الجمعة"), .core = true, .clash = true};
    d->when.from = kh_day(2024, 5, 5);
    const kh_article *pages[] = {a};
    kh_story s = compared(*state, pages, 1);
    assert_int_equal(verdicts(&s, KH_CONFLICT), 1);
    assert_int_equal(s.verdicts.items[0].b.span.begin, a->published.span.begin);
    assert_int_equal(s.timeline.count, 0);
}

/* ---- two pages alone ---- */

static void a_pair_says_what_the_story_says(void **state)
{
    kh_relation r = {0};
    kh_copy copy = {0};
    kh_arena scratch = kh_arena_reserve((size_t)256 << 20, NULL);
    kh_article *en = english(*state, "2024-05-03T15:00");
    kh_article *fa = persian(*state, "2024-05-03T18:20");
    assert_true(kh_accounts_pair(*state, scratch, accounts_know(), fa, en, &r, &copy));
    assert_int_equal(r.kind, KH_SAME_WIRE);
    assert_int_equal(copy.kind, KH_COPY_TRANSLATED);
    assert_int_equal(copy.src, 1);
    kh_article *sport = page(*state, "s", "en", "2024-05-03T15:00",
                             "The home team won the cup final after extra time. Fans danced in the stadium until midnight.\n");
    assert_false(kh_accounts_pair(*state, scratch, accounts_know(), en, sport, &r, &copy));
    assert_int_equal(r.kind, KH_UNRELATED);
    kh_arena_release(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(a_translated_copy_has_its_original),
        KH_TEST(an_undated_page_is_no_original),
        KH_TEST(renderings_of_one_quotation_are_aligned),
        KH_TEST(one_speaker_and_two_agencies),
        KH_TEST(the_answer_does_not_depend_on_the_order),
        KH_TEST(pages_stand_by_time),
        KH_TEST(a_later_count_updates),
        KH_TEST(a_vague_count_never_conflicts),
        KH_TEST(two_figures_for_one_evening_conflict),
        KH_TEST(a_part_is_never_an_update),
        KH_TEST(some_of_them_are_a_part),
        KH_TEST(workers_in_their_mine_are_all),
        KH_TEST(an_earlier_event_is_not_compared),
        KH_TEST(a_withdrawn_figure_is_retracted),
        KH_TEST(what_follows_a_withdrawal_updates),
        KH_TEST(a_claimer_who_corrects_does_not_conflict),
        KH_TEST(one_place_by_another_beside_it),
        KH_TEST(bodies_found_contradict_no_toll),
        KH_TEST(a_rounded_toll_makes_no_conflict),
        KH_TEST(a_vague_count_and_another_are_unknown),
        KH_TEST(a_claimer_lowers_its_own_count),
        KH_TEST(some_of_the_detained_are_no_rival),
        KH_TEST(a_value_that_is_given_up_is_revised),
        KH_TEST(a_rate_that_rose_has_its_like_in_either_value),
        KH_TEST(lists_of_charges_differ),
        KH_TEST(a_value_rests_on_origins_not_pages),
        KH_TEST(a_dropped_hedge_is_seen),
        KH_TEST(a_lost_attribution_is_seen),
        KH_TEST(a_story_without_end_is_cut),
        KH_TEST(repeated_figures_are_compared_once),
        KH_TEST(a_recycled_sentence_conflicts_with_its_page),
        KH_TEST(a_pair_says_what_the_story_says),
    };
    return cmocka_run_group_tests_name("accounts", tests, NULL, NULL);
}
