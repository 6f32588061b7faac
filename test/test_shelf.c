/* test_shelf.c - what lies on the shelves of the program is what its stages would make now, and is left where a table has changed. */
#include "test.h"

#include "article_case.h"
#include "engine/knowledge.h"
#include "lexicon/embedded.h"
#include "lexicon/shelf.h"

/* The built-in tables and one more file, "world/TABLE.txt", that says nothing. */
static kh_lexicon *with_overlay(kh_arena *a, const char *const *tables, size_t count)
{
    kh_file *own = KH_NEW_N(a, kh_file, count);
    for (size_t i = 0; i < count; i++) {
        own[i] = (kh_file){.path = kh_arena_printf(a, "world/%s.txt", tables[i]), .bytes = KH_STR("# nothing\n")};
    }
    return kh_lexicon_over(a, own, count);
}

static bool is_ready(kh_arena *a, const kh_lexicon *lex, const char *name)
{
    kh_shelf *shelf = kh_shelf_open(a, lex, name);
    bool ready = kh_shelf_is_ready(shelf);
    kh_shelf_close(shelf);
    return ready;
}

static const char *const names[] = {"language", "page", "bylines", "numerals", "dates",    "times", "names known", "names common", "names",
                                    "credits",  "quotations", "figures",  "concepts", "story", "accounts"};

enum { NAMES = sizeof names / sizeof *names };

static void all_are_ready_without_a_folder(void **state)
{
    const kh_lexicon *lex = kh_lexicon_builtin(*state);
    for (size_t i = 0; i < NAMES; i++) {
        assert_true(is_ready(*state, lex, names[i]));
    }
    assert_false(is_ready(*state, lex, "no such shelf"));
}

/* Which shelves asked for TABLE, of those that are named above, with "|" between. */
static kh_str asked(kh_arena *a, const char *table)
{
    const kh_lexicon *lex = with_overlay(a, &table, 1);
    kh_buf list = {.arena = a};
    for (size_t i = 0; i < NAMES; i++) {
        if (!is_ready(a, lex, names[i])) {
            kh_buf_printf(&list, "%s|", names[i]);
        }
    }
    return kh_buf_str(&list);
}

static void a_table_of_the_folder_empties_those_that_asked_for_it(void **state)
{
    assert_kh_str(asked(*state, "ngrams"), KH_STR("language|"));
    assert_kh_str(asked(*state, "cities"), KH_STR("names known|names|"));
    assert_kh_str(asked(*state, "time_expressions"), KH_STR("times|"));
    assert_kh_str(asked(*state, "contrasts"), KH_STR("accounts|"));
    assert_kh_str(asked(*state, "sites"), KH_STR(""));
}

/* A language of the folder's own gives others their number. */
static void a_new_language_empties_all(void **state)
{
    kh_file own = {.path = KH_STR("languages/aaa/months.txt"), .bytes = KH_STR("# nothing\n")};
    const kh_lexicon *lex = kh_lexicon_over(*state, &own, 1);
    for (size_t i = 0; i < NAMES; i++) {
        assert_false(is_ready(*state, lex, names[i]));
    }
}

static void made_anew_they_are_the_same_bytes(void **state)
{
    kh_arena room = kh_arena_reserve((size_t)2 << 30, NULL);
    kh_lexicon *lex = kh_lexicon_builtin(&room);
    kh_shelves *shelves = kh_shelves_gather(&room, lex);
    kh_knowledge made;
    kh_knowledge_of(&room, lex, &made);
    kh_str image = kh_shelves_image(&room, shelves);
    assert_true(image.len > 1 << 20);
    assert_memory_equal(image.ptr, kh_shelves_built, image.len);
    kh_arena_release(&room);
    (void)state;
}

static const char *const articles[] = {
    "fa رئیس جمهور قزاقستان، قاسم ژومارت توکایف، در آستانه گفت که ۲۴ نفر در سیل کشته شدند.",
    "ar قال وزير الخارجية الإيراني في طهران إن المفاوضات مع الولايات المتحدة لم تبدأ بعد.",
    "ru Президент Казахстана Касым-Жомарт Токаев прибыл в Москву на переговоры о нефти.",
    "de Die Bundesregierung in Berlin warnte vor Sturmschäden, sagte ein Sprecher der Polizei in Köln.",
    "he ראש הממשלה אמר בירושלים כי השביתה של הרופאים תימשך.",
    "en The prime minister of Pakistan told Reuters in Islamabad that floods had killed at least 30 people."};

/* All that names, features and figures find in the articles with the tables of LEX. */
static kh_str found_in(kh_arena *a, const kh_lexicon *lex)
{
    kh_knowledge know;
    kh_knowledge_of(a, lex, &know);
    kh_buf out = {.arena = a};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        kh_article *art = article_case(a, kh_str_z(articles[i]));
        kh_names_read(a, article_scratch(), know.names, art);
        kh_figures_read(a, article_scratch(), know.figures, art);
        kh_features features = kh_story_features(a, article_scratch(), know.story, art);
        assert_true(features.count > 5);
        kh_buf_printf(&out, KH_FMT "\n", KH_ARG(kh_lang_of(article_scratch(), know.lang, art->text).tag));
        KH_EACH (const kh_name, n, art->names) {
            kh_buf_printf(&out, KH_FMT " " KH_FMT "\n", KH_ARG(n->label), KH_ARG(n->id));
        }
        KH_EACH (const kh_figure, f, art->figures) {
            kh_buf_printf(&out, "%g " KH_FMT " " KH_FMT "\n", f->min, KH_ARG(f->what), KH_ARG(f->scope));
        }
        KH_EACH (const kh_feature, f, features) {
            kh_buf_printf(&out, "%d %016llx x%d\n", f->kind, (unsigned long long)f->hash, f->count);
        }
    }
    return kh_buf_str(&out);
}

/* With some of the shelves ready and others not, too. */
static void both_ways_find_the_same(void **state)
{
    static const char *const some[] = {"cities", "counted", "stopwords"}, *const all[] = {"concepts", "cities", "roles", "numbers", "ngrams"};
    kh_arena room = kh_arena_reserve((size_t)2 << 30, NULL);
    kh_str ready = found_in(&room, kh_lexicon_builtin(&room));
    assert_true(kh_str_find(ready, KH_STR("30 killed")) < ready.len);
    assert_kh_str(found_in(&room, with_overlay(&room, some, 3)), ready);
    assert_kh_str(found_in(&room, with_overlay(&room, all, 5)), ready);
    kh_arena_release(&room);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {KH_TEST(all_are_ready_without_a_folder),
                                       KH_TEST(a_table_of_the_folder_empties_those_that_asked_for_it),
                                       KH_TEST(a_new_language_empties_all),
                                       KH_TEST(made_anew_they_are_the_same_bytes),
                                       KH_TEST(both_ways_find_the_same)};
    return cmocka_run_group_tests_name("shelf", tests, NULL, NULL);
}
