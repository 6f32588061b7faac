/* test_accounts.c - pages made by hand, with what the stages before would have left in them, and what comparing
 * them must say. The bridge of Karvala, the Tesh and the people here are invented. */
#include "accounts_know.h"
#include "test.h"

#include "accounts/accounts.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/* ---- pages ---- */

static kh_span span_of(const kh_article *art, const char *part)
{
    size_t at = kh_str_find(art->text, kh_str_z(part));
    if (at >= art->text.len) {
        fail_msg("\"%s\" is not in the text", part);
    }
    return (kh_span){(uint32_t)at, (uint32_t)(at + strlen(part))};
}

static kh_article *page(kh_arena *a, const char *key, const char *lang, const char *published, const char *text)
{
    kh_article *art = KH_NEW(a, kh_article);
    art->key = art->label = kh_str_z(key);
    art->lang = kh_str_z(lang);
    art->text = kh_str_z(text);
    art->tokens = kh_text_of(a, art->text);
    if (*published) {
        assert_true(kh_time_parse(kh_str_z(published), &art->published.when.from));
    }
    KH_EACH(const kh_stretch, line, art->tokens->lines) {
        if (line->first < line->end) {
            *KH_ADD(a, &art->lines) = (kh_line){.span = line->span, .role = KH_ROLE_BODY};
        }
    }
    art->prints = kh_prints_of(a, kh_test_scratch(), art);
    return art;
}

static void credit(kh_arena *a, kh_article *art, kh_credit_type type, const char *agency, const char *phrase)
{
    *KH_ADD(a, &art->credits) = (kh_credit){.type = type, .agency = kh_str_z(agency), .span = span_of(art, phrase)};
}

/* A name with a mention wherever it stands. */
static uint32_t name(kh_arena *a, kh_article *art, kh_name_type type, const char *label)
{
    uint32_t index = (uint32_t)art->names.count;
    kh_str l = kh_str_z(label);
    *KH_ADD(a, &art->names) = (kh_name){.type = type, .label = l, .sound = kh_sound_of(a, l), .mention_count = 1};
    for (size_t at = kh_str_find(art->text, l); at < art->text.len;) {
        *KH_ADD(a, &art->mentions) = (kh_mention){.span = {(uint32_t)at, (uint32_t)(at + l.len)}, .name = index};
        at += l.len;
        at += kh_str_find(kh_str_from(art->text, at), l);
    }
    return index;
}

static kh_quotation *said(kh_arena *a, kh_article *art, uint32_t speaker, kh_form form, const char *words)
{
    kh_quotation *q = KH_ADD(a, &art->quotations);
    *q = (kh_quotation){.span = span_of(art, words),
                        .speaker = speaker == KH_NO_NAME ? (kh_str){0} : art->names.items[speaker].label,
                        .speaker_name = speaker,
                        .form = form,
                        .mode = form == KH_FORM_DIRECT ? KH_MODE_DIRECT : KH_MODE_INDIRECT,
                        .core = true};
    return q;
}

static kh_figure *figure(kh_arena *a, kh_article *art, const char *phrase, double value, const char *what, const char *scope)
{
    kh_figure *f = KH_ADD(a, &art->figures);
    *f = (kh_figure){.span = span_of(art, phrase),
                     .min = value,
                     .max = value,
                     .has_min = true,
                     .has_max = true,
                     .kind = KH_FIGURE_COUNT,
                     .what = kh_str_z(what),
                     .scope = kh_str_z(scope),
                     .as_of = art->published.when,
                     .quotation = UINT32_MAX,
                     .core = true};
    return f;
}

/* ---- questions ---- */

static kh_story compared(kh_arena *a, const kh_article *const *pages, size_t count)
{
    kh_story story = {0};
    kh_arena scratch = kh_arena_reserve((size_t)256 << 20, NULL);
    kh_accounts_compare(a, scratch, accounts_know(), pages, count, &story);
    kh_arena_release(&scratch);
    return story;
}

static const char OF_THE_FIRE[] =
    "Рабочие вышли из цеха утром и собрались у ворот завода на окраине города.\n"
    "При пожаре пострадали 12 рабочих, сгорел старый склад краски у реки.\n"
    "Директор обещал выплатить зарплату до конца недели всем сменам.\n";

static const kh_article *at(const kh_story *s, uint32_t i)
{
    return s->articles.items[i];
}

static const kh_copy *copy_of(const kh_story *s, const kh_article *src, const kh_article *dst)
{
    KH_EACH(const kh_copy, c, s->copies) {
        if (at(s, c->src) == src && at(s, c->dst) == dst) {
            return c;
        }
    }
    return NULL;
}

static kh_relation_kind relation(const kh_story *s, const kh_article *x, const kh_article *y)
{
    KH_EACH(const kh_relation, r, s->relations) {
        if ((at(s, r->a) == x && at(s, r->b) == y) || (at(s, r->a) == y && at(s, r->b) == x)) {
            return r->kind;
        }
    }
    return KH_UNRELATED;
}

static size_t verdicts(const kh_story *s, kh_verdict_kind kind)
{
    size_t count = 0;
    KH_EACH(const kh_verdict, v, s->verdicts) {
        count += v->kind == kind;
    }
    return count;
}

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
        KH_TEST(lists_of_charges_differ),
        KH_TEST(a_value_rests_on_origins_not_pages),
        KH_TEST(a_dropped_hedge_is_seen),
        KH_TEST(a_lost_attribution_is_seen),
        KH_TEST(a_denial_against_a_statement),
        KH_TEST(an_act_against_its_opposite),
        KH_TEST(opposite_acts_of_other_things),
        KH_TEST(an_act_told_and_not_told),
        KH_TEST(a_story_without_end_is_cut),
        KH_TEST(repeated_figures_are_compared_once),
        KH_TEST(an_act_in_two_parts),
        KH_TEST(alike_is_surer),
        KH_TEST(opposite_acts_of_a_page_without_end),
        KH_TEST(acts_that_follow_each_other),
        KH_TEST(what_was_not_so_against_what_was),
        KH_TEST(one_text_gives_one_office),
        KH_TEST(a_denied_second_is_another),
        KH_TEST(a_name_beside_its_verb_is_framing),
        KH_TEST(rival_names_are_framing),
        KH_TEST(a_recycled_sentence_conflicts_with_its_page),
        KH_TEST(a_pair_says_what_the_story_says),
    };
    return cmocka_run_group_tests_name("accounts", tests, NULL, NULL);
}
