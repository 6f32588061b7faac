/* test_html.c - the pages of the reading room: nothing of a stranger becomes markup, every text has its language and direction,
 * every language of the interface has every word and plural, pages have an end. */
#include "html/assets.h"
#include "html/reasons.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static kh_str echo(const void *know, kh_str id)
{
    (void)know;
    return id;
}

typedef struct room {
    kh_buf buf;
    kh_frame frame;
    kh_html page;
} room;

static room *room_of(kh_arena *a, const char *ui, const char *calendar)
{
    room *r = KH_NEW(a, room);
    r->buf.arena = a;
    r->frame = (kh_frame){.ui = kh_str_z(ui), .calendar = kh_str_z(calendar), .path = KH_STR("/"), .nonce = KH_STR("n0"), .version = KH_STR("1"),
                          .now = kh_day(2024, 9, 1), .agency = echo, .name = echo};
    r->page = (kh_html){.out = &r->buf, .frame = &r->frame, .texts = kh_texts_of(a)};
    return r;
}

static kh_str written(room *r)
{
    kh_str s = kh_buf_str(&r->buf);
    r->buf = (kh_buf){.arena = r->buf.arena};
    return s;
}

static bool holds(kh_str s, const char *part)
{
    return kh_str_find(s, kh_str_z(part)) < s.len;
}

static size_t times(kh_str s, const char *part)
{
    size_t count = 0;
    for (size_t at = kh_str_find(s, kh_str_z(part)); at < s.len; at = kh_str_find(s, kh_str_z(part))) {
        s = kh_str_from(s, at + strlen(part));
        count++;
    }
    return count;
}

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

/* ---- whole pages ---- */

static void a_hostile_title_is_only_text(void **state)
{
    room *r = room_of(*state, "ar", "gregorian");
    kh_front_view view = {.stories = 1, .articles = 1};
    *KH_ADD(*state, &view.rows) = (kh_front_row){.story = KH_STR("s\"><script>"), .title = KH_STR("</a><script>alert(1)</script>\u202e"),
                                                 .title_lang = KH_STR("fa\" onclick=\"x"), .reports = 1, .languages = 1};
    *KH_ADD(*state, &view.facets[KH_FACET_OUTLET]) = (kh_facet){KH_STR("a&b=c\"<i>"), KH_STR("<i>x"), 1, false};
    kh_html_front(&r->page, &view);
    kh_str page = written(r);
    assert_int_equal(times(page, "<script"), 1);
    assert_false(holds(page, "onclick=\"x"));
    assert_false(holds(page, "<i>"));
    assert_true(holds(page, "outlet=a%26b%3Dc%22%3Ci%3E"));
    assert_true(holds(page, "id=\"disagree-of\""));
    assert_true(holds(page, "<html lang=\"ar\" dir=\"rtl\">"));
}

static void a_page_has_an_end(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_front_view view = {.stories = 1, .articles = 1};
    char *long_title = kh_arena_push(*state, 1, 1, 70000);
    memset(long_title, 'x', 70000);
    for (size_t i = 0; i < 200; i++) {
        *KH_ADD(*state, &view.rows) = (kh_front_row){.story = KH_STR("s1"), .title = {long_title, 70000}, .title_lang = KH_STR("en")};
    }
    kh_html_front(&r->page, &view);
    kh_str page = written(r);
    assert_true(page.len < KH_HTML_BYTES_MAX + 200000);
    assert_true(kh_str_ends(page, KH_STR("</html>\n")));
    assert_true(holds(page, "longer than one page"));
}

static void a_problem_says_what_to_do(void **state)
{
    room *r = room_of(*state, "ru", "gregorian");
    kh_html_problem(&r->page, &(kh_problem_view){404, KH_STR("Not found"), KH_STR("no story <x>"), KH_STR("no_such_story")});
    kh_str page = written(r);
    assert_true(holds(page, "404"));
    assert_true(holds(page, "no story &lt;x&gt;"));
}

static void choices_keep_the_question(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    r->frame.path = KH_STR("/search");
    r->frame.query = KH_STR("q=%D8%A7&language=fa");
    kh_html_search(&r->page, &(kh_search_view){.filter = {.words = KH_STR("\u0627")}});
    assert_true(holds(written(r), "href=\"/search?q=%D8%A7&amp;language=fa&amp;ui=fa\""));
}

static void assets_are_found_by_their_address(void **state)
{
    (void)state;
    kh_str type = {0};
    kh_str bytes = {0};
    assert_true(kh_html_asset(KH_STR("/assets/style.css"), &type, &bytes));
    assert_kh_str(type, KH_STR("text/css; charset=utf-8"));
    assert_true(bytes.len > 1000);
    assert_true(kh_html_asset(KH_STR("/assets/room.js"), &type, &bytes));
    assert_true(bytes.len < 12000);
    assert_false(kh_html_asset(KH_STR("/assets/../data/interface/en.txt"), &type, &bytes));
    assert_false(kh_html_asset(KH_STR("/style.css"), &type, &bytes));
}

/* ---- a story of two reports, whose words would like to be markup ---- */

static kh_span span_of(kh_str text, const char *part)
{
    uint32_t begin = (uint32_t)kh_str_find(text, kh_str_z(part));
    return (kh_span){begin, begin + (uint32_t)strlen(part)};
}

static kh_article *report_of(kh_arena *a, int64_t id, const char *text, const char *number, double value, const char *day)
{
    kh_article *r = KH_NEW(a, kh_article);
    *r = (kh_article){.id = id, .key = KH_STR("k"), .label = KH_STR("l<1>"), .lang = KH_STR("en"), .text = kh_str_z(text)};
    r->title.value = KH_STR("T<i>");
    r->outlet.value = kh_arena_printf(a, "Out<b>%d", (int)id);
    kh_time_parse(kh_str_z(day), &r->published.when.from);
    *KH_ADD(a, &r->lines) = (kh_line){.span = {0, (uint32_t)r->text.len}, .role = KH_ROLE_BODY};
    *KH_ADD(a, &r->names) = (kh_name){.type = KH_NAME_PERSON, .label = KH_STR("<u>Ali"), .mention_count = 1};
    *KH_ADD(a, &r->mentions) = (kh_mention){.span = span_of(r->text, "<u>Ali")};
    *KH_ADD(a, &r->quotations) = (kh_quotation){.span = span_of(r->text, "died <s>"), .speaker = KH_STR("<u>Ali"), .mode = KH_MODE_DIRECT,
                                                .form = KH_FORM_DIRECT};
    *KH_ADD(a, &r->figures) = (kh_figure){.span = span_of(r->text, number), .number = span_of(r->text, number), .min = value, .max = value,
                                          .has_min = true, .has_max = true, .kind = KH_FIGURE_COUNT, .what = KH_STR("killed"),
                                          .scope = KH_STR("persons"), .claimed_by = KH_STR("<u>Ali"), .quotation = UINT32_MAX, .core = true};
    kh_chain chain = {0};
    *KH_ADD(a, &chain.hops) = (kh_hop){.role = KH_HOP_SPEAKER, .label = KH_STR("<u>Ali")};
    *KH_ADD(a, &chain.hops) = (kh_hop){.role = KH_HOP_OUTLET, .label = KH_STR("Out<b>")};
    *KH_ADD(a, &r->chains) = chain;
    return r;
}

static const kh_story *story_of_two(kh_arena *a)
{
    kh_story *s = KH_NEW(a, kh_story);
    *s = (kh_story){.id = KH_STR("s<1>"), .title = KH_STR("S<script>")};
    *KH_ADD(a, &s->articles) = report_of(a, 1, "<u>Ali: 43 people died <s> here", "43 people", 43, "2024-08-01T10:00");
    *KH_ADD(a, &s->articles) = report_of(a, 2, "<u>Ali: 92 people died <s> there", "92 people", 92, "2024-08-01");
    kh_origin origin = {.label = KH_STR("Or<b>"), .independent = true};
    *KH_ADD(a, &origin.articles) = 0;
    *KH_ADD(a, &origin.articles) = 1;
    *KH_ADD(a, &s->origins) = origin;
    *KH_ADD(a, &s->copies) = (kh_copy){.src = 0, .dst = 1, .kind = KH_COPY_ABRIDGED, .cover_dst = 0.5F, .score = 0.5F};
    *KH_ADD(a, &s->verdicts) = (kh_verdict){.kind = KH_CONFLICT, .a = {0, s->articles.items[0]->figures.items[0].span},
                                            .b = {1, s->articles.items[1]->figures.items[0].span}, .topic = KH_STR("killed \u00b7 persons"),
                                            .reason = KH_STR("two <b> values"), .confidence = 1};
    return s;
}

/* None of the words' own tags; each page has one script. */
static void is_harmless(kh_str page)
{
    static const char *const tags[] = {"<u>", "<i>", "<s>", "<b>", "l<1>"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        assert_false(holds(page, tags[i]));
    }
    assert_int_equal(times(page, "<script"), 1);
    assert_true(kh_str_ends(page, KH_STR("</html>\n")));
}

static void a_story_shows_its_disagreement(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_story_view view = {.story = story_of_two(*state)};
    kh_html_story(&r->page, &view);
    kh_str page = written(r);
    is_harmless(page);
    assert_int_equal(times(page, "<circle"), 2);
    assert_true(holds(page, "<tr class=\"disagree\">"));
    assert_true(holds(page, "two &lt;b&gt; values"));
    assert_true(holds(page, "href=\"#v-1\""));
    assert_true(holds(page, "id=\"v-1\""));
    assert_true(holds(page, "/stories/s%3C1%3E/sides?a=1&amp;b=2"));
}

static void a_graph_has_its_list(void **state)
{
    room *r = room_of(*state, "fa", "jalali");
    kh_story_view view = {.story = story_of_two(*state)};
    kh_html_graph(&r->page, &view);
    kh_str page = written(r);
    is_harmless(page);
    assert_int_equal(times(page, "<foreignObject"), 3);
    assert_int_equal(times(page, "<line class=\"text\""), 1);
    assert_int_equal(times(page, "<line class=\"credit\""), 1);
    assert_int_equal(times(page, "class=\"source\""), 2);
}

static void an_article_marks_its_findings(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    r->frame.may_edit = true;
    kh_article_view view = {.article = story_of_two(*state)->articles.items[0], .has_raw = true};
    kh_html_article(&r->page, &view);
    kh_str page = written(r);
    is_harmless(page);
    assert_true(holds(page, "<span id=\"at-8\" class=\"f\" title=\"killed\">43 people</span>"));
    assert_true(holds(page, "class=\"n\""));
    assert_true(holds(page, "class=\"q\""));
    assert_int_equal(times(page, "action=\"/articles/1/corrections\""), 7);
}

static void a_page_without_body_says_why(void **state)
{
    room *r = room_of(*state, "ru", "gregorian");
    kh_article barred = *story_of_two(*state)->articles.items[0];
    barred.reason = KH_STR("paywall");
    kh_article_view view = {.article = &barred};
    kh_html_article(&r->page, &view);
    assert_true(holds(written(r), "\u0442\u043e\u043b\u044c\u043a\u043e \u0441\u0442\u0440\u043e\u043a\u0430 \u043e \u043f\u043e\u0434\u043f\u0438\u0441\u043a\u0435"));
}

static void two_texts_keep_their_blanks(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    const kh_story *s = story_of_two(*state);
    kh_sides_view view = {.story = s->id, .a = s->articles.items[0], .b = s->articles.items[1], .is_copy = true, .copy = s->copies.items[0]};
    *KH_ADD(*state, &view.parts_a) = (kh_part){KH_PART_SHARED, {0, 7}, 0};
    *KH_ADD(*state, &view.parts_a) = (kh_part){KH_PART_DROPPED, {8, 10}, 0};
    *KH_ADD(*state, &view.parts_b) = (kh_part){KH_PART_SHARED, {0, 7}, 0};
    *KH_ADD(*state, &view.parts_b) = (kh_part){KH_PART_ADDED, {8, 10}, 0};
    kh_html_sides(&r->page, &view);
    kh_str page = written(r);
    assert_true(holds(page, "data-partner=\"b-0\">&lt;u&gt;Ali:</span> <del class=\"dropped\">43</del>"));
    assert_true(holds(page, "<ins class=\"added\">92</ins>"));
}

static void a_watch_list_tells_what_changed(void **state)
{
    room *r = room_of(*state, "ar", "hijri");
    kh_watch_view view = {.list = {.id = KH_STR("w1"), .title = KH_STR("W<i>"), .on = KH_WATCH_FIGURE}};
    *KH_ADD(*state, &view.happenings) = (kh_happening){.id = KH_STR("h"), .kind = KH_WATCH_FIGURE, .title = KH_STR("<u>"), .lang = KH_STR("en"),
                                                       .what = KH_STR("killed \u00b7 persons"), .was = KH_STR("43"), .is = KH_STR("92")};
    kh_html_watch(&r->page, &view);
    kh_str page = written(r);
    is_harmless(page);
    assert_true(holds(page, "<bdi>43</bdi>"));
    assert_true(holds(page, "\u0642\u062a\u0644\u0649"));
    assert_false(holds(page, "<form class=\"inline\""));
}

/* ---- a story that is too large for a page ---- */

/* MANY reports of one outlet each; their figures are on MANY points. */
static kh_story *story_of_many(kh_arena *a, uint32_t many)
{
    kh_story *s = KH_NEW(a, kh_story);
    *s = (kh_story){.id = KH_STR("s1"), .title = KH_STR("T")};
    for (uint32_t i = 0; i < many; i++) {
        kh_article *r = report_of(a, i + 1, "<u>Ali: 43 people died <s> here", "43 people", 43, "2024-08-01T10:00");
        r->figures.items[0].what = kh_arena_printf(a, "what%u", i);
        kh_origin origin = {.label = kh_arena_printf(a, "Origin%u", i), .independent = true};
        *KH_ADD(a, &origin.articles) = i;
        *KH_ADD(a, &s->articles) = r;
        *KH_ADD(a, &s->origins) = origin;
        *KH_ADD(a, &s->timeline) = (kh_event){.when.from = kh_day(2024, 8, 1), .where.article = i, .sentence = KH_STR("Day")};
    }
    return s;
}

static kh_str story_page(kh_arena *a, const kh_story *s)
{
    room *r = room_of(a, "en", "gregorian");
    kh_html_story(&r->page, &(kh_story_view){.story = s});
    return written(r);
}

/* The part of PAGE from BEGIN up to END. */
static kh_str part_of(kh_str page, const char *begin, const char *end)
{
    kh_str from = kh_str_from(page, kh_str_find(page, kh_str_z(begin)));
    assert_true(from.len > 0);
    return kh_str_head(from, kh_str_find(from, kh_str_z(end)));
}

static void a_list_ends_and_says_how_much_is_left(void **state)
{
    kh_str page = story_page(*state, story_of_many(*state, KH_HTML_ROWS_MAX + 7));
    assert_int_equal(times(part_of(page, "<ul class=\"origins\">", "</ul>"), "<li"), KH_HTML_ROWS_MAX);
    assert_int_equal(times(part_of(page, "<table class=\"figures\">", "</table>"), "<th scope=\"row\">"), KH_HTML_ROWS_MAX);
    assert_int_equal(times(part_of(page, "<details class=\"told\">", "</table>"), "<tr>"), KH_HTML_ROWS_MAX);
    assert_int_equal(times(page, "<bdi>7 more</bdi>"), 4); /* and speeches */
    page = story_page(*state, story_of_many(*state, KH_HTML_ROWS_MAX));
    assert_int_equal(times(part_of(page, "<ul class=\"origins\">", "</ul>"), "<li"), KH_HTML_ROWS_MAX);
    assert_int_equal(times(page, " more</bdi></p>"), 0);
}

static void watch_lists_end_too(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_watch_view view = {.list = {.id = KH_STR("w1"), .title = KH_STR("W")}};
    for (size_t i = 0; i < KH_HTML_ROWS_MAX + 1; i++) {
        *KH_ADD((kh_arena *)*state, &view.happenings) = (kh_happening){.id = KH_STR("h"), .kind = KH_WATCH_REPORT, .title = KH_STR("Report")};
    }
    kh_html_watch(&r->page, &view);
    kh_str page = written(r);
    assert_int_equal(times(part_of(page, "<ol class=\"hits\">", "</ol>"), ">Report<"), KH_HTML_ROWS_MAX);
    assert_true(holds(page, "<bdi>1 more</bdi>"));
}

static void origins_beyond_the_columns_share_one(void **state)
{
    kh_str head = part_of(story_page(*state, story_of_many(*state, KH_HTML_COLUMNS_MAX)), "<table class=\"figures\">", "</thead>");
    assert_int_equal(times(head, "<th"), 1 + 1 + KH_HTML_COLUMNS_MAX); /* <thead>, what is counted, the origins */
    kh_str page = story_page(*state, story_of_many(*state, KH_HTML_COLUMNS_MAX + 2));
    head = part_of(page, "<table class=\"figures\">", "</thead>");
    assert_int_equal(times(head, "<th"), 1 + 1 + KH_HTML_COLUMNS_MAX + 1);
    assert_int_equal(times(part_of(page, "<table class=\"figures\">", "</table>"), "<span class=\"by\">"), 2); /* named in the cell */
}

static void outlets_beyond_the_lanes_share_one(void **state)
{
    kh_str page = story_page(*state, story_of_many(*state, KH_HTML_LANES_MAX));
    assert_int_equal(times(page, "<line class=\"lane\""), KH_HTML_LANES_MAX);
    page = story_page(*state, story_of_many(*state, KH_HTML_LANES_MAX + 9));
    assert_int_equal(times(page, "<line class=\"lane\""), KH_HTML_LANES_MAX + 1);
    assert_int_equal(times(part_of(page, "<ul class=\"lane-names\">", "</ul>"), "<li"), KH_HTML_LANES_MAX + 2);
    assert_int_equal(times(page, "<circle"), KH_HTML_LANES_MAX + 9);
}

static void a_layer_of_the_graph_has_an_end(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_story *s = story_of_many(*state, KH_HTML_NODES_MAX + 5);
    kh_html_graph(&r->page, &(kh_story_view){.story = s});
    kh_str page = written(r);
    assert_int_equal(times(page, "<foreignObject"), KH_HTML_NODES_MAX + 1); /* outlets, and their one speaker */
    kh_html_count(&r->page, "graph.left_out", 5);
    assert_true(kh_str_find(page, written(r)) < page.len);
}

static void pages_of_one_line_are_counted_beyond_some(void **state)
{
    room *r = room_of(*state, "en", "gregorian");
    kh_sheet sheet = kh_sheet_of(*state, story_of_many(*state, KH_HTML_PAGES_MAX + 3));
    kh_page_list pages = {0};
    for (uint32_t i = 0; i < KH_HTML_PAGES_MAX + 3; i++) {
        *KH_ADD((kh_arena *)*state, &pages) = i;
    }
    kh_html_sources(&r->page, &sheet, &pages);
    kh_str line = written(r);
    assert_int_equal(times(line, "<a class=\"source\""), KH_HTML_PAGES_MAX);
    assert_true(holds(line, "3 more"));
}

static void reports_of_one_minute_stand_apart(void **state)
{
    kh_story *s = story_of_many(*state, 3);
    for (size_t i = 0; i < 3; i++) {
        s->articles.items[i] = report_of(*state, 1, "<u>Ali: 43 people died <s> here", "43 people", 43, "2024-08-01T10:00");
    }
    double x[3] = {0};
    kh_str rest = story_page(*state, s);
    for (size_t i = 0; i < 3; i++) {
        rest = kh_str_from(rest, kh_str_find(rest, KH_STR(" cx=\"")) + 5);
        assert_true(kh_str_double(kh_str_head(rest, kh_str_find(rest, KH_STR("%"))), &x[i]));
    }
    assert_true(x[1] - x[0] > 1.5 && x[2] - x[1] > 1.5 && x[2] - x[0] < 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {KH_TEST(text_never_becomes_markup),
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
                                       KH_TEST(a_hostile_title_is_only_text),
                                       KH_TEST(a_page_has_an_end),
                                       KH_TEST(a_problem_says_what_to_do),
                                       KH_TEST(a_story_shows_its_disagreement),
                                       KH_TEST(a_graph_has_its_list),
                                       KH_TEST(an_article_marks_its_findings),
                                       KH_TEST(a_page_without_body_says_why),
                                       KH_TEST(two_texts_keep_their_blanks),
                                       KH_TEST(a_watch_list_tells_what_changed),
                                       KH_TEST(a_list_ends_and_says_how_much_is_left),
                                       KH_TEST(watch_lists_end_too),
                                       KH_TEST(origins_beyond_the_columns_share_one),
                                       KH_TEST(outlets_beyond_the_lanes_share_one),
                                       KH_TEST(a_layer_of_the_graph_has_an_end),
                                       KH_TEST(pages_of_one_line_are_counted_beyond_some),
                                       KH_TEST(reports_of_one_minute_stand_apart),
                                       KH_TEST(choices_keep_the_question),
                                       KH_TEST(assets_are_found_by_their_address)};
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
