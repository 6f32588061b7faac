/* test_html.c - what the pages of the reading room are written with: nothing of a stranger becomes markup, every text has its language
 * and direction, every language of the interface has every word and plural. */
#include "html/assets.h"
#include "html/reasons.h"
#include "html_room.h"

#include <stdio.h>
#include <string.h>

/* ---- escaping ---- */

static void text_never_becomes_markup(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_html_text(&r->page, KH_STR("<script>a&b</script> \"x\" 'y'"));
    assert_kh_str(written(r), KH_STR("&lt;script&gt;a&amp;b&lt;/script&gt; &quot;x&quot; &#39;y&#39;"));
    kh_html_attr(&r->page, "title", KH_STR("\" onload=\"x"));
    assert_kh_str(written(r), KH_STR(" title=\"&quot; onload=&quot;x\""));
}

static void what_turns_text_around_is_dropped(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_html_text(&r->page, KH_STR("a\u202eb\u2066c\u2069d\x01\x7f\u2028" "e\nf\tg"));
    assert_kh_str(written(r), KH_STR("abcde\nf\tg"));
    kh_html_text(&r->page, KH_STR("\u0645\u06cc\u200c\u0634\u0648\u062f"));
    assert_kh_str(written(r), KH_STR("\u0645\u06cc\u200c\u0634\u0648\u062f"));
}

static void broken_bytes_become_replacement_characters(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_html_text(&r->page, (kh_str){"a\xff\xc3(b\xe2\x82", 7});
    kh_str s = written(r);
    assert_true(kh_utf8_valid(s));
    assert_true(holds(s, "a\uFFFD"));
    assert_true(holds(s, "(b"));
}

static void links_out_are_web_addresses_only(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_html_href_out(&r->page, KH_STR("javascript:alert(1)"));
    kh_html_href_out(&r->page, KH_STR("data:text/html,x"));
    assert_int_equal(written(r).len, 0);
    kh_html_href_out(&r->page, KH_STR("https://a.example/?x=\"&y"));
    assert_kh_str(written(r), KH_STR(" href=\"https://a.example/?x=&quot;&amp;y\" rel=\"noopener noreferrer nofollow\""));
}

/* ---- language and direction ---- */

static void every_language_has_its_direction(void **state)
{
    (void)state;
    assert_kh_str(kh_html_dir_of(KH_STR("ar")), KH_STR("rtl"));
    assert_kh_str(kh_html_dir_of(KH_STR("fa-AF")), KH_STR("rtl"));
    assert_kh_str(kh_html_dir_of(KH_STR("ug")), KH_STR("rtl"));
    assert_kh_str(kh_html_dir_of(KH_STR("ug-Latn")), KH_STR("ltr"));
    assert_kh_str(kh_html_dir_of(KH_STR("ku-Arab")), KH_STR("rtl"));
    assert_kh_str(kh_html_dir_of(KH_STR("ru")), KH_STR("ltr"));
    assert_kh_str(kh_html_dir_of(KH_STR("und")), KH_STR("auto"));
    assert_kh_str(kh_html_dir_of((kh_str){0}), KH_STR("auto"));
}

static void a_name_inside_a_sentence_is_isolated(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    KH_SAY(&r->page, "figures.claimed_by", kh_html_piece(&r->page, KH_STR("<\u0623>"), KH_STR("ar")));
    assert_kh_str(written(r), KH_STR("says <bdi lang=\"ar\" dir=\"rtl\">&lt;\u0623&gt;</bdi>"));
}

/* ---- words of the interface ---- */

/* Digits that open a label would turn to the other side of the Arabic word before them. */
static void the_label_of_a_page_is_isolated_from_its_word(void **state)
{
    room *r = room_of(*state, "ar", "gregorian");
    const kh_origin alone = {.label = KH_STR("page 003_9dbf")};
    kh_html_origin(&r->page, &alone);
    assert_kh_str(written(r), KH_STR("\u0635\u0641\u062d\u0629 <bdi>003_9dbf</bdi>"));
    const kh_origin agency = {.agency = KH_STR("reuters")};
    kh_html_origin(&r->page, &agency);
    assert_kh_str(written(r), KH_STR("<bdi>reuters</bdi>"));
}

static void plurals_follow_the_language(void **state)
{
    (void)state;
    static const struct {
        const char *ui;
        uint64_t n;
        const char *form;
    } cases[] = {{"en", 0, "other"}, {"en", 1, "one"},   {"en", 2, "other"},  {"fa", 0, "one"},    {"fa", 1, "one"},   {"fa", 5, "other"},
                 {"ru", 1, "one"},   {"ru", 21, "one"},  {"ru", 11, "many"},  {"ru", 111, "many"}, {"ru", 3, "few"},   {"ru", 13, "many"},
                 {"ru", 104, "few"}, {"ru", 5, "many"},  {"ru", 0, "many"},   {"ar", 0, "zero"},   {"ar", 1, "one"},   {"ar", 2, "two"},
                 {"ar", 3, "few"},   {"ar", 10, "few"},  {"ar", 11, "many"},  {"ar", 99, "many"},  {"ar", 100, "other"}, {"ar", 102, "other"},
                 {"ar", 103, "few"}, {"ar", 111, "many"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(kh_plural_form(kh_str_z(cases[i].ui), cases[i].n), cases[i].form);
    }
}

static void counts_are_said_in_each_language(void **state)
{
    room *ru = room_of(*state, "ru", "gregorian");
    kh_html_count(&ru->page, "reports", 22);
    assert_kh_str(written(ru), KH_STR("<bdi>22 \u0441\u043e\u043e\u0431\u0449\u0435\u043d\u0438\u044f</bdi>"));
    room *ar = room_of(*state, "ar", "gregorian");
    kh_html_count(&ar->page, "reports", 2);
    assert_kh_str(written(ar), KH_STR("<bdi>\u062a\u0642\u0631\u064a\u0631\u0627\u0646</bdi>"));
    room *fa = room_of(*state, "fa", "gregorian");
    kh_html_count(&fa->page, "reports", 14);
    assert_kh_str(written(fa), KH_STR("<bdi>\u06f1\u06f4 \u06af\u0632\u0627\u0631\u0634</bdi>"));
}

static void a_bound_is_said_in_words(void **state)
{
    room *r = room_of(*state, "fa", "jalali");
    kh_html_value(&r->page, KH_STR("\u2265 8"));
    assert_kh_str(written(r), KH_STR("<bdi>\u062f\u0633\u062a\u200c\u06a9\u0645 <bdi>\u06f8</bdi></bdi>"));
    kh_html_value(&r->page, KH_STR("20\u201399"));
    assert_kh_str(written(r), KH_STR("<bdi>\u06f2\u06f0\u2013\u06f9\u06f9</bdi>"));
}

static kh_str reason_in(kh_arena *a, const char *ui, const char *reason)
{
    room *r = room_of(a, ui, "gregorian");
    kh_html_reason(&r->page, kh_str_z(reason));
    return written(r);
}

static void a_reason_is_said_in_each_language(void **state)
{
    kh_arena *a = *state;
    assert_kh_str(reason_in(a, "en", "both can hold"), KH_STR("both can hold"));
    assert_kh_str(reason_in(a, "ru", "both can hold"), KH_STR("оба могут быть верны"));
    assert_kh_str(reason_in(a, "ar", "Nadia Kortan denies what سميرة فولدان says"),
                  KH_STR("ينفي <bdi>Nadia Kortan</bdi> ما يقوله <bdi>سميرة فولدان</bdi>"));
    assert_kh_str(reason_in(a, "fa", "7 of 9 sentences say the same in the same order"),
                  KH_STR("از <bdi>۹</bdi> جمله، <bdi>۷</bdi> تا همان چیز را به همان ترتیب می\u200cگویند"));
    assert_kh_str(reason_in(a, "ru", "the number changed: the original has \"26\", the copy \"<b>29\""),
                  KH_STR("число изменено: в оригинале «<bdi>26</bdi>», в копии «<bdi>&lt;b&gt;29</bdi>»"));
    assert_kh_str(reason_in(a, "ru", "the copy dropped \"shown\""), KH_STR("копия опустила «<bdi>shown</bdi>»"));
    kh_str day = reason_in(a, "ru", "\"в субботу\" cannot hold on a page of 2024-08-01: the sentence is older than the page");
    assert_true(holds(day, "«<bdi>в субботу</bdi>»") && holds(day, "<time datetime=\"2024-08-01\">"));
    assert_kh_str(reason_in(a, "ru", "likeness 0.71, like 2 of 3 of its articles, a copy of one"),
                  KH_STR("сходство <bdi>0.71</bdi>, похоже на <bdi>2</bdi> из <bdi>3</bdi> статей сюжета, копия одной из них"));
}

static void an_unknown_reason_stands_in_english(void **state)
{
    assert_kh_str(reason_in(*state, "ar", "both <can> hold on"), KH_STR("<span lang=\"en\" dir=\"ltr\">both &lt;can&gt; hold on</span>"));
    assert_kh_str(reason_in(*state, "ar", " denies what  says"), KH_STR("<span lang=\"en\" dir=\"ltr\"> denies what  says</span>"));
    assert_kh_str(reason_in(*state, "fa", ""), KH_STR(""));
    room *r = room_of(*state, "fa", "gregorian");
    assert_kh_str(kh_html_reason_plain(&r->page, KH_STR("the copy dropped \"yesterday\"")), KH_STR("نسخه «yesterday» را انداخته است"));
    assert_kh_str(kh_html_reason_plain(&r->page, KH_STR("the copy dropped \"declared\"")), KH_STR("نسخه «declared» را انداخته است"));
    assert_kh_str(kh_html_reason_plain(&r->page, KH_STR("{1}")), KH_STR("{1}"));
    assert_kh_str(kh_html_reason_plain(&r->page, KH_STR("{2} denies what {1} says")), KH_STR("{2} آنچه را {1} می\u200cگوید رد می\u200cکند"));
}

/* The rows of an interface file as one sorted text of keys. */
static kh_str file_of(const char *ui)
{
    char path[64];
    snprintf(path, sizeof path, "data/interface/%s.txt", ui);
    for (size_t i = 0; i < kh_assets_count; i++) {
        if (strcmp(kh_assets[i].path, path) == 0) {
            return (kh_str){kh_assets[i].bytes, kh_assets[i].len};
        }
    }
    return (kh_str){0};
}

static bool is_form(kh_str key, kh_str *stem)
{
    static const char *const forms[] = {".zero", ".one", ".two", ".few", ".many", ".other"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (kh_str_ends(key, kh_str_z(forms[i]))) {
            *stem = kh_str_head(key, key.len - strlen(forms[i]));
            return true;
        }
    }
    return false;
}

static bool has_key(kh_arena *a, kh_str file, kh_str key)
{
    kh_str row = kh_arena_printf(a, "\n" KH_FMT "\t", KH_ARG(key));
    return kh_str_find(file, row) < file.len;
}

static void every_language_has_every_key(void **state)
{
    for (size_t i = 0; i < kh_texts_count(); i++) {
        for (size_t k = 0; k < kh_texts_count(); k++) {
            kh_str rest = file_of(kh_texts_language(i).ptr);
            kh_str other = file_of(kh_texts_language(k).ptr);
            kh_str line = {0};
            assert_true(rest.len > 0);
            while (kh_str_cut(&rest, '\n', &line)) {
                kh_str key = {0};
                kh_str stem = {0};
                if (!line.len || line.ptr[0] == '#' || !kh_str_cut(&line, '\t', &key)) {
                    continue;
                }
                if (is_form(key, &stem)) {
                    continue;
                }
                if (!has_key(*state, other, key)) {
                    fail_msg("data/interface/%s.txt lacks %.*s", kh_texts_language(k).ptr, KH_ARG(key));
                }
            }
        }
    }
}

/* Every plural that English has stands in each language in all forms that numbers up to 111 ask for. */
static void every_plural_has_every_form(void **state)
{
    kh_str rest = file_of("en");
    kh_str line = {0};
    while (kh_str_cut(&rest, '\n', &line)) {
        kh_str key = {0};
        kh_str stem = {0};
        kh_str_cut(&line, '\t', &key);
        if (!is_form(key, &stem) || !kh_str_ends(key, KH_STR(".one")) || !has_key(*state, file_of("en"), kh_arena_join(*state, stem, KH_STR(".other")))) {
            continue;
        }
        for (size_t i = 0; i < kh_texts_count(); i++) {
            for (uint64_t n = 0; n < 112; n++) {
                kh_str want = kh_arena_printf(*state, KH_FMT ".%s", KH_ARG(stem), kh_plural_form(kh_texts_language(i), n));
                if (!has_key(*state, file_of(kh_texts_language(i).ptr), want)) {
                    fail_msg("data/interface/%s.txt lacks %.*s", kh_texts_language(i).ptr, KH_ARG(want));
                }
            }
        }
    }
}

/* ---- dates ---- */

static void a_day_in_three_calendars(void **state)
{
    kh_time t = {0};
    assert_true(kh_time_parse(KH_STR("2024-08-01T20:15"), &t));
    room *en = room_of(*state, "en", "gregorian");
    kh_html_time(&en->page, t);
    assert_kh_str(written(en), KH_STR("<time datetime=\"2024-08-01T20:15\">1 August 2024, 20:15</time>"));
    room *fa = room_of(*state, "fa", "jalali");
    assert_kh_str(kh_html_day_label(&fa->page, t, true), KH_STR("\u06f1\u06f1 \u0645\u0631\u062f\u0627\u062f \u06f1\u06f4\u06f0\u06f3"));
    room *hijri = room_of(*state, "en", "hijri");
    assert_kh_str(kh_html_day_label(&hijri->page, t, true), KH_STR("26 Muharram 1446"));
    kh_html_time(&hijri->page, (kh_time){0});
    assert_kh_str(written(hijri), KH_STR("date unknown"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(text_never_becomes_markup),
        KH_TEST(what_turns_text_around_is_dropped),
        KH_TEST(broken_bytes_become_replacement_characters),
        KH_TEST(links_out_are_web_addresses_only),
        KH_TEST(every_language_has_its_direction),
        KH_TEST(a_name_inside_a_sentence_is_isolated),
        KH_TEST(the_label_of_a_page_is_isolated_from_its_word),
        KH_TEST(plurals_follow_the_language),
        KH_TEST(counts_are_said_in_each_language),
        KH_TEST(a_bound_is_said_in_words),
        KH_TEST(a_reason_is_said_in_each_language),
        KH_TEST(an_unknown_reason_stands_in_english),
        KH_TEST(every_language_has_every_key),
        KH_TEST(every_plural_has_every_form),
        KH_TEST(a_day_in_three_calendars),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
