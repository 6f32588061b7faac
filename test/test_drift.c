/* test_drift.c - a sentence of a page and what its copy made of it: which alarm, if any. The pages are invented. */
#include "accounts_know.h"
#include "article_case.h"
#include "test.h"

#include "accounts/accounts.h"

/* Sentences around it, so that the page has something to copy. */
static const char *surroundings(kh_str lang)
{
    static const char *const ALL[][2] = {
        {"en", "The road to the harbour was closed in the morning after the storm.\n%s\nWorkers "
               "cleared trees from the railway until "
               "late in the evening.\n"},
        {"ar", "أغلقت السلطات الطريق إلى الميناء صباحاً بعد العاصفة الشديدة.\n%s\nوأزال العمال "
               "الأشجار من سكة الحديد حتى ساعة "
               "متأخرة من المساء.\n"},
        {"fa", "جاده بندر صبح پس از توفان شدید بسته شد و مردم ماندند.\n%s\nکارگران تا پاسی از شب "
               "درختان را از روی خط آهن "
               "برداشتند.\n"},
        {"ru", "Дорогу к порту закрыли утром после сильной бури на побережье.\n%s\nРабочие убирали "
               "деревья с рельсов до "
               "позднего вечера.\n"},
        {"tr", "Liman yolu sabah saatlerinde şiddetli fırtınanın ardından kapatıldı.\n%s\nİşçiler "
               "akşam geç saatlere kadar raylardan "
               "ağaçları kaldırdı.\n"},
        {"de", "Die Straße zum Hafen wurde am Morgen nach dem schweren Sturm "
               "gesperrt.\n%s\nArbeiter räumten bis in den späten "
               "Abend Bäume von den Gleisen.\n"},
        {"ur", "شدید طوفان کے بعد صبح بندرگاہ جانے والی سڑک بند کر دی گئی۔\n%s\nمزدور رات گئے تک "
               "پٹریوں سے درخت ہٹاتے رہے۔\n"},
    };
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) {
        if (kh_str_eq(kh_str_z(ALL[i][0]), lang)) {
            return ALL[i][1];
        }
    }
    fail_msg("no page in this language");
    return NULL;
}

static kh_article *page(kh_arena *a, const char *key, kh_str lang, const char *published,
                        kh_str sentence)
{
    kh_str around = kh_str_z(surroundings(lang));
    size_t slot = kh_str_find(around, KH_STR("%s"));
    kh_str rest = kh_str_from(around, slot + 2);
    kh_article *art =
        article_case(a, kh_arena_printf(a, KH_FMT " %.*s" KH_FMT KH_FMT, KH_ARG(lang), (int)slot,
                                        around.ptr, KH_ARG(sentence), KH_ARG(rest)));
    art->key = art->label = kh_str_z(key);
    assert_true(kh_time_parse(kh_str_z(published), &art->published.when.from));
    art->prints = kh_prints_of(a, article_scratch(), art);
    return art;
}

static kh_str alarms_of(kh_arena *a, kh_str input)
{
    kh_str lang;
    kh_str_cut(&input, ' ', &lang);
    size_t arrow = kh_str_find(input, KH_STR(" => "));
    const kh_article *pages[] = {
        page(a, "origin", lang, "2024-05-03T10:00", (kh_str){input.ptr, arrow}),
        page(a, "copy", lang, "2024-05-03T14:00", kh_str_from(input, arrow + 4))};
    kh_story s = {0};
    kh_buf out = {.arena = a};
    kh_accounts_compare(a, article_scratch(), accounts_know(), pages, 2, &s);
    KH_EACH (const kh_verdict, v, s.verdicts) {
        bool reasoned = v->reason.len > 10 && v->a.article == 0 && v->b.article == 1;
        if (v->alarm) {
            kh_buf_add(&out, kh_arena_printf(a, "%s" KH_FMT " " KH_FMT "%s", out.len ? "\n" : "",
                                             KH_ARG(kh_alarm_name(v->alarm)),
                                             KH_ARG(kh_verdict_kind_name(v->kind)),
                                             reasoned ? "" : " without a reason"));
        }
    }
    return s.copies.count == 1 ? kh_buf_str(&out) : KH_STR("no copy");
}

int main(void)
{
    return kh_run_cases("test/cases/drift.txt", alarms_of) != 0;
}
