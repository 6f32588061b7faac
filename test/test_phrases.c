/* test_phrases.c - sets of phrases that were made when the program was built answer as those that are made of the tables now. */
#include "test.h"

#include "article_case.h"
#include "lexicon/embedded.h"
#include "lexicon/phrases_parts.h"
#include "names/names.h"
#include "story/story.h"

/* The built-in tables and one more file, "world/TABLE.txt", that says nothing. */
static kh_lexicon *with_overlay(kh_arena *a, const char *const *tables, size_t count)
{
    kh_file *own = KH_NEW_N(a, kh_file, count);
    for (size_t i = 0; i < count; i++) {
        own[i] = (kh_file){.path = kh_arena_printf(a, "world/%s.txt", tables[i]), .bytes = KH_STR("# nothing\n")};
    }
    return kh_lexicon_over(a, own, count);
}

static bool are_concepts_ready(kh_arena *a, const kh_lexicon *lex)
{
    return kh_phrases_are_ready(kh_phrases_named(a, lex, "story.concepts", "concepts"));
}

static void ready_only_for_the_same_tables(void **state)
{
    static const char *const concepts[] = {"concepts"}, *const cities[] = {"cities"};
    assert_true(are_concepts_ready(*state, kh_lexicon_builtin(*state)));
    assert_true(are_concepts_ready(*state, with_overlay(*state, cities, 1)));
    assert_false(are_concepts_ready(*state, with_overlay(*state, concepts, 1)));
    assert_false(kh_phrases_are_ready(kh_phrases_named(*state, kh_lexicon_builtin(*state), "story.concepts", "cities")));
    assert_false(kh_phrases_are_ready(kh_phrases_named(*state, kh_lexicon_builtin(*state), "no.such", "concepts")));
}

static void an_own_form_is_found(void **state)
{
    kh_lexicon *lex = kh_lexicon_builtin(*state);
    kh_phrases *set = kh_phrases_named(*state, lex, "no.such", "concepts");
    kh_phrases_add(*state, set, KH_STR("سد اشکول"), kh_lexicon_lang(lex, KH_STR("fa")), 7);
    kh_match m;
    assert_true(kh_phrases_match(set, kh_text_of(*state, KH_STR("سد اشکول شکست")), 0, KH_LANG_ANY, 0, &m));
    assert_int_equal(m.value, 7);
    assert_int_equal(m.end, 2);
}

/* Of every cell of every table, whether it holds forms or not: what is written there is cut as it would be in an article. */
static void every_form_has_the_words_of_a_text(void **state)
{
    size_t forms = 0;
    for (size_t i = 0; i < kh_embedded_count; i++) {
        kh_str rest = {kh_embedded_files[i].bytes, kh_embedded_files[i].len}, row, cell, form;
        while (kh_str_cut(&rest, '\n', &row)) {
            while (!kh_str_starts(row, KH_STR("#")) && kh_str_cut(&row, '\t', &cell)) {
                while (kh_str_cut(&cell, '|', &form)) {
                    form = kh_str_trim(kh_str_starts(form, KH_STR("?")) ? kh_str_from(form, 1) : form);
                    if (!kh_phrase_is_cut_alike(article_scratch(), form)) {
                        fail_msg("%s: " KH_FMT, kh_embedded_files[i].path, KH_ARG(form));
                    }
                    forms++;
                }
            }
        }
    }
    assert_true(forms > 300000);
    (void)state;
}

static const char *const articles[] = {
    "fa رئیس جمهور قزاقستان، قاسم ژومارت توکایف، در آستانه گفت که ۲۴ نفر در سیل کشته شدند.",
    "ar قال وزير الخارجية الإيراني في طهران إن المفاوضات مع الولايات المتحدة لم تبدأ بعد.",
    "ru Президент Казахстана Касым-Жомарт Токаев прибыл в Москву на переговоры о нефти.",
    "de Die Bundesregierung in Berlin warnte vor Sturmschäden, sagte ein Sprecher der Polizei in Köln.",
    "he ראש הממשלה אמר בירושלים כי השביתה של הרופאים תימשך.",
    "en The prime minister of Pakistan told Reuters in Islamabad that floods had killed at least 30 people."};

/* All that names and features find in ARTICLE with the tables of LEX. */
static kh_str found_in(kh_arena *a, const kh_lexicon *lex)
{
    const kh_names_know *names = kh_names_know_of(a, lex);
    const kh_story_know *story = kh_story_know_of(a, lex, names);
    kh_buf out = {.arena = a};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        kh_article *art = article_case(a, kh_str_z(articles[i]));
        kh_names_read(a, article_scratch(), names, art);
        kh_features features = kh_story_features(a, article_scratch(), story, art);
        assert_true(features.count > 5);
        KH_EACH (const kh_name, n, art->names) {
            kh_buf_printf(&out, KH_FMT " " KH_FMT "\n", KH_ARG(n->label), KH_ARG(n->id));
        }
        KH_EACH (const kh_feature, f, features) {
            kh_buf_printf(&out, "%d %016llx x%d\n", f->kind, (unsigned long long)f->hash, f->count);
        }
    }
    return kh_buf_str(&out);
}

static void both_ways_find_the_same(void **state)
{
    static const char *const tables[] = {"concepts", "cities", "roles"};
    kh_arena room = kh_arena_reserve((size_t)1 << 30, NULL);
    kh_lexicon *made = with_overlay(&room, tables, 3);
    assert_false(are_concepts_ready(&room, made));
    assert_kh_str(found_in(&room, kh_lexicon_builtin(&room)), found_in(&room, made));
    kh_arena_release(&room);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {KH_TEST(ready_only_for_the_same_tables), KH_TEST(every_form_has_the_words_of_a_text),
                                       KH_TEST(an_own_form_is_found), KH_TEST(both_ways_find_the_same)};
    return cmocka_run_group_tests_name("phrases", tests, NULL, NULL);
}
