/* test_correct.c - corrections: found again by their words, kept through the same and a changed page, taken back; names
 * joined and parted. A removed page and a store of the older schema: test/cli/correct.sh. */
#include "test.h"

#include "engine/correct.h"
#include "engine/ingest.h"
#include "input/input.h"

#include <string.h>

static kh_engine *engine;

typedef struct world {
    kh_store *store;
    kh_worker worker;
    kh_arena out, scratch;
} world;

static int open_engine(void **state)
{
    (void)state;
    engine = kh_engine_open(NULL, NULL);
    return engine ? 0 : -1;
}

static int close_engine(void **state)
{
    (void)state;
    kh_engine_close(engine);
    return 0;
}

static world open_world(void)
{
    world w = {.store = kh_store_open("", KH_STORE_MEMORY, NULL),
               .out = kh_arena_reserve((size_t)1 << 30, NULL),
               .scratch = kh_arena_reserve((size_t)1 << 30, NULL)};
    assert_non_null(w.store);
    assert_int_equal(kh_worker_open(&w.worker, NULL), KH_OK);
    return w;
}

static void close_world(world *w)
{
    kh_worker_close(&w->worker);
    kh_store_close(w->store);
    kh_arena_release(&w->out);
    kh_arena_release(&w->scratch);
}

static kh_put_outcome add(world *w, kh_str bytes, const char *url)
{
    kh_page page = {0};
    kh_article *a = NULL;
    kh_error err = {0};
    kh_put_outcome outcome = KH_PUT_NEW;
    kh_put_options options = {.now = kh_day(2024, 9, 1), .program = KH_STR("test")};
    kh_worker_clear(&w->worker);
    assert_int_equal(kh_page_of_bytes(&w->worker.page, bytes, kh_str_z(url), &page, &err), KH_OK);
    page.url = kh_str_z(url);
    assert_int_equal(kh_engine_read(engine, &w->worker, &page, (kh_time){0}, &a, &err), KH_OK);
    assert_int_equal(kh_store_begin(w->store, &err), KH_OK);
    assert_int_equal(kh_ingest(engine, w->store, &w->worker, a, &options, &outcome, &err), KH_OK);
    assert_int_equal(kh_store_commit(w->store, &err), KH_OK);
    return outcome;
}

static kh_article *load(world *w, const char *ref)
{
    kh_article *a = NULL;
    assert_int_equal(kh_store_article(w->store, &w->out, kh_store_find(w->store, kh_str_z(ref)), &a, NULL), KH_OK);
    return a;
}

static const char *correct(world *w, kh_correction_kind kind, const char *a, const char *b, const char *c)
{
    static kh_error err;
    kh_correction made;
    kh_correct_request request = {.kind = kind,
                                  .args = {kh_str_z(a), kh_str_z(b), kh_str_z(c)},
                                  .by = KH_STR("nadia"),
                                  .why = KH_STR("asked"),
                                  .now = kh_day(2024, 9, 2)};
    err = (kh_error){.reason = "done"};
    kh_correct(engine, w->store, &w->out, w->scratch, &request, &made, &err);
    return err.reason;
}

static const kh_quotation *quotation(const kh_article *a, const char *words)
{
    for (size_t i = 0; i < a->quotations.count; i++) {
        kh_str said = kh_slice(a->text, a->quotations.items[i].span);
        if (kh_str_find(said, kh_str_z(words)) < said.len) {
            return &a->quotations.items[i];
        }
    }
    fail_msg("no quotation with: %s", words);
    return NULL;
}

static kh_str page_of(kh_arena *out, const char *before, const char *words, const char *after)
{
    return kh_arena_printf(out,
                           "<html><head><title>Bridge closed in Tamsel</title></head><body><article><h1>Bridge closed in Tamsel</h1>"
                           "<p>The old bridge of Tamsel was closed on Monday after a part of it had fallen into the river early in the "
                           "morning, the city said.</p>%s<p>“%s,” mayor Pavel Arnow said on Monday evening.</p>"
                           "<p>Traffic is to stand still until Friday, and the teams of the city have been at work since dawn to move the "
                           "stones out of the water.%s</p></article></body></html>",
                           before, words, after);
}

static const char *const url = "https://paper.example/bridge";

/* What the list of corrections says of the first one. */
static bool rests(world *w)
{
    kh_corrections all = {0};
    assert_int_equal(kh_store_corrections(w->store, &w->out, true, &all, NULL), KH_OK);
    assert_int_equal(kh_correct_resting(w->store, &w->out, w->scratch, &all, NULL), KH_OK);
    assert_true(all.count > 0);
    return all.items[0]->rests;
}

static void a_speaker_holds_through_the_same_and_a_changed_page(void **state)
{
    (void)state;
    world w = open_world();
    kh_str first = page_of(&w.out, "", "We had told the council about the cracks last year", "");
    assert_int_equal(add(&w, first, url), KH_PUT_NEW);
    assert_kh_str(quotation(load(&w, url), "cracks")->speaker, KH_STR("Pavel Arnow"));
    assert_string_equal(correct(&w, KH_CORRECT_SPEAKER, url, "about the cracks", "Irina Volk"), "done");
    const kh_quotation *q = quotation(load(&w, url), "cracks");
    assert_kh_str(q->speaker, KH_STR("Irina Volk"));
    assert_non_null(q->corrected);
    assert_kh_str(q->corrected->was, KH_STR("Pavel Arnow"));
    assert_kh_str(q->corrected->by, KH_STR("nadia"));
    assert_int_equal(add(&w, first, url), KH_PUT_UNCHANGED);
    assert_kh_str(quotation(load(&w, url), "cracks")->speaker, KH_STR("Irina Volk"));
    kh_str second = page_of(&w.out, "<p>A new paragraph stands here, which the paper has added in the evening of that day.</p>",
                            "We had told the council about the cracks last year and twice in spring", "");
    assert_int_equal(add(&w, second, url), KH_PUT_REVISED);
    assert_kh_str(quotation(load(&w, url), "cracks")->speaker, KH_STR("Irina Volk"));
    kh_str third = page_of(&w.out, "", "Nobody was hurt, and that is a wonder", "");
    assert_int_equal(add(&w, third, url), KH_PUT_REVISED);
    assert_null(quotation(load(&w, url), "wonder")->corrected);
    assert_true(load(&w, url)->corrections.items[0]->rests && rests(&w));
    assert_int_equal(add(&w, first, url), KH_PUT_REVISED);
    assert_kh_str(quotation(load(&w, url), "cracks")->speaker, KH_STR("Irina Volk"));
    assert_true(!load(&w, url)->corrections.items[0]->rests && !rests(&w));
    assert_int_equal(kh_correct_undo(w.store, w.scratch, 1, kh_day(2024, 9, 3), NULL), KH_OK);
    assert_kh_str(quotation(load(&w, url), "cracks")->speaker, KH_STR("Pavel Arnow"));
    assert_false(rests(&w)); /* it was taken back */
    close_world(&w);
}

static void a_corrected_speaker_is_in_the_chain(void **state)
{
    (void)state;
    world w = open_world();
    add(&w, page_of(&w.out, "", "We had told the council about the cracks last year", ""), url);
    assert_string_equal(correct(&w, KH_CORRECT_SPEAKER, url, "the cracks", "Irina Volk"), "done");
    const kh_article *a = load(&w, url);
    bool new_one = false;
    bool old_one = false;
    KH_EACH(const kh_chain, c, a->chains) {
        new_one = new_one || kh_str_eq(c->hops.items[0].label, KH_STR("Irina Volk"));
        old_one = old_one || kh_str_eq(c->hops.items[0].label, KH_STR("Pavel Arnow"));
    }
    assert_true(new_one);
    assert_false(old_one);
    assert_string_equal(correct(&w, KH_CORRECT_SPEAKER, url, "the cracks", "unknown"), "done");
    a = load(&w, url);
    assert_int_equal(quotation(a, "cracks")->speaker.len, 0);
    assert_kh_str(quotation(a, "cracks")->corrected->was, KH_STR("Pavel Arnow")); /* what the program said, not the first correction */
    assert_int_equal(a->corrections.count, 1);
    close_world(&w);
}

static void a_date_holds_in_the_list_too(void **state)
{
    (void)state;
    world w = open_world();
    add(&w, page_of(&w.out, "", "We had told the council about the cracks last year", ""), url);
    assert_string_equal(correct(&w, KH_CORRECT_DATE, url, "2024-05-06", NULL), "done");
    for (int pass = 0; pass < 2; pass++) {
        kh_story_rows rows = {0};
        kh_story_filter filter = {0};
        assert_kh_str(kh_when_text(&w.out, load(&w, url)->published.when), KH_STR("2024-05-06"));
        assert_int_equal(kh_store_stories(w.store, &w.out, &filter, &rows, NULL), KH_OK);
        assert_kh_str(rows.items[0].first, KH_STR("2024-05-06"));
        add(&w, page_of(&w.out, "", "We had told them about the cracks last year", " So it is said."), url);
    }
    assert_int_equal(kh_correct_undo(w.store, w.scratch, 1, kh_day(2024, 9, 3), NULL), KH_OK);
    assert_false(kh_when_known(load(&w, url)->published.when));
    close_world(&w);
}

static kh_str two_pages(kh_arena *out, const char *name, const char *title)
{
    return kh_arena_printf(out,
                           "<html><head><title>%s</title></head><body><article><h1>%s</h1><p>%s said on Monday that the mine of Tamsel "
                           "would not be opened again before winter, and that the miners would be paid until then.</p><p>%s had come to "
                           "Tamsel in the morning. The mine has been closed since a fire in March.</p></article></body></html>",
                           title, title, name, name);
}

static uint32_t people(world *w, kh_story *story)
{
    uint32_t count = 0;
    int64_t id = kh_store_find_story(w->store, KH_STR("https://one.example/a"));
    assert_int_equal(kh_story_load(engine, w->store, &w->out, w->scratch, id, story, NULL), KH_OK);
    KH_EACH(const kh_shared_name, n, story->names) {
        count += n->type == KH_NAME_PERSON;
    }
    return count;
}

static void names_are_joined_and_parted(void **state)
{
    (void)state;
    world w = open_world();
    kh_story story = {0};
    add(&w, two_pages(&w.out, "Marat Elvendi", "Mine of Tamsel stays closed until winter"), "https://one.example/a");
    add(&w, two_pages(&w.out, "Gorun Tasvik", "Mine of Tamsel to stay closed until winter"), "https://two.example/b");
    if (kh_store_find_story(w.store, KH_STR("https://one.example/a")) != kh_store_find_story(w.store, KH_STR("https://two.example/b"))) {
        assert_string_equal(correct(&w, KH_CORRECT_JOIN, "https://one.example/a", "https://two.example/b", NULL), "done");
    }
    assert_int_equal(people(&w, &story), 2);
    assert_string_equal(correct(&w, KH_CORRECT_SAME_NAME, "Marat Elvendi", "Gorun Tasvik", NULL), "done");
    assert_int_equal(people(&w, &story), 1);
    assert_true(story.corrections.count >= 1);
    assert_kh_str(story.corrections.items[story.corrections.count - 1]->was, KH_STR("two names"));
    assert_string_equal(correct(&w, KH_CORRECT_OTHER_NAME, "Marat Elvendi", "Gorun Tasvik", NULL), "done");
    assert_int_equal(people(&w, &story), 2);
    assert_string_equal(correct(&w, KH_CORRECT_SAME_NAME, "Marat Elvendi", "Nobody Ofthisname", NULL), "no_such_name");
    assert_string_equal(correct(&w, KH_CORRECT_SAME_NAME, "Marat Elvendi", "marat elvendi", NULL), "one_name");
    close_world(&w);
}

/* Two spellings that the program takes for one name within a page, parted by a person. */
static void spellings_of_one_page_are_parted(void **state)
{
    (void)state;
    kh_arena out = kh_arena_reserve((size_t)1 << 24, NULL);
    kh_str text = KH_STR("Anna Kerr met Ana Kerr.");
    kh_article a = {.text = text, .key = KH_STR("k")};
    *KH_ADD(&out, &a.names) = (kh_name){.type = KH_NAME_PERSON, .label = KH_STR("Anna Kerr"), .mention_count = 2};
    *KH_ADD(&out, &a.mentions) = (kh_mention){.span = {0, 9}};
    *KH_ADD(&out, &a.mentions) = (kh_mention){.span = {14, 22}};
    kh_correction c = {.id = 7, .kind = KH_CORRECT_OTHER_NAME, .words = KH_STR("Anna Kerr"), .value = KH_STR("Ana Kerr")};
    const kh_correction *list[] = {&c};
    kh_corrections all = {.items = list, .count = 1};
    kh_article_correct(&out, &a, &all);
    assert_int_equal(a.names.count, 2);
    assert_int_equal(a.mentions.items[0].name, 0);
    assert_int_equal(a.mentions.items[1].name, 1);
    assert_int_equal(a.names.items[0].mention_count, 1);
    assert_int_equal(a.names.items[1].mention_count, 1);
    assert_false(kh_str_eq(a.names.items[0].id, a.names.items[1].id));
    c.kind = KH_CORRECT_SAME_NAME;
    kh_article_correct(&out, &a, &all);
    assert_int_equal(a.names.count, 1);
    assert_int_equal(a.mentions.items[1].name, 0);
    assert_int_equal(a.names.items[0].mention_count, 2);
    kh_arena_release(&out);
}

static void a_copy_that_is_none(void **state)
{
    world w = open_world();
    kh_story story = {0};
    add(&w, kh_test_file(*state, "examples/pages/en01-halyard.html"), "https://one.example/a");
    add(&w, kh_test_file(*state, "examples/pages/en02-brackwater-gazette.html"), "https://two.example/b");
    int64_t id = kh_store_find_story(w.store, KH_STR("https://one.example/a"));
    assert_int_equal(kh_story_load(engine, w.store, &w.out, w.scratch, id, &story, NULL), KH_OK);
    assert_int_equal(story.copies.count, 1);
    assert_string_equal(correct(&w, KH_CORRECT_NO_COPY, "https://two.example/b", "https://one.example/a", NULL), "done");
    assert_int_equal(kh_story_load(engine, w.store, &w.out, w.scratch, id, &story, NULL), KH_OK);
    assert_int_equal(story.copies.count, 0);
    assert_int_equal(story.corrections.count, 1);
    assert_string_equal(correct(&w, KH_CORRECT_NO_COPY, "https://one.example/a", "https://two.example/b", NULL), "no_copy_already");
    close_world(&w);
}

static void stories_are_split_joined_and_put_back(void **state)
{
    world w = open_world();
    const char *a = "https://one.example/a";
    const char *b = "https://two.example/b";
    add(&w, kh_test_file(*state, "examples/pages/en01-halyard.html"), a);
    add(&w, kh_test_file(*state, "examples/pages/en02-brackwater-gazette.html"), b);
    int64_t ia = kh_store_find(w.store, kh_str_z(a));
    int64_t ib = kh_store_find(w.store, kh_str_z(b));
    int64_t before = kh_store_story_of(w.store, ia);
    kh_str name = kh_store_story_name(w.store, &w.out, before);
    assert_int_equal(kh_store_story_of(w.store, ib), before);
    assert_string_equal(correct(&w, KH_CORRECT_JOIN, a, b, NULL), "one_story_already");
    assert_string_equal(correct(&w, KH_CORRECT_SPLIT, a, a, NULL), "one_article");
    assert_string_equal(correct(&w, KH_CORRECT_SPLIT, a, "nowhere", NULL), "no_such_article");
    assert_string_equal(correct(&w, KH_CORRECT_SPLIT, a, b, NULL), "done");
    assert_int_equal(kh_store_story_of(w.store, ia), before);
    assert_int_not_equal(kh_store_story_of(w.store, ib), before);
    assert_int_equal(add(&w, kh_test_file(*state, "examples/pages/en02-brackwater-gazette.html"), b), KH_PUT_UNCHANGED);
    assert_int_not_equal(kh_store_story_of(w.store, ib), before);
    int64_t other = kh_store_story_of(w.store, ib);
    kh_str other_name = kh_store_story_name(w.store, &w.out, other);
    assert_string_equal(correct(&w, KH_CORRECT_JOIN, a, b, NULL), "done"); /* replaces the split */
    assert_int_equal(kh_store_story_of(w.store, ia), kh_store_story_of(w.store, ib));
    assert_int_equal(kh_store_find_story(w.store, other_name), kh_store_story_of(w.store, ia)); /* the old name leads there */
    assert_int_equal(kh_store_find_story(w.store, name), kh_store_story_of(w.store, ia));
    assert_int_equal(kh_correct_undo(w.store, w.scratch, 2, kh_day(2024, 9, 3), NULL), KH_OK);
    assert_int_equal(kh_store_story_of(w.store, ib), other);
    assert_int_equal(kh_store_find_story(w.store, other_name), other);
    close_world(&w);
}

static void a_target_that_is_not_there_is_told(void **state)
{
    (void)state;
    world w = open_world();
    add(&w, page_of(&w.out, "<p>“It was the frost,” Irina Volk said. “It was the rain,” Pavel Arnow said.</p>", "We had told the council about it", ""),
        url);
    assert_string_equal(correct(&w, KH_CORRECT_SPEAKER, "nowhere", "x", "y"), "no_such_article");
    assert_string_equal(correct(&w, KH_CORRECT_SPEAKER, url, "words that nobody said", "y"), "no_such_quotation");
    assert_string_equal(correct(&w, KH_CORRECT_SPEAKER, url, "It was the", "y"), "several_quotations");
    assert_string_equal(correct(&w, KH_CORRECT_SPEAKER, url, "  ", "y"), "empty");
    assert_string_equal(correct(&w, KH_CORRECT_DATE, url, "yesterday", NULL), "not_a_date");
    kh_error err = {0};
    assert_int_equal(kh_correct_undo(w.store, w.scratch, 5, kh_day(2024, 9, 3), &err), KH_ERR_USAGE);
    assert_string_equal(err.reason, "no_such_correction");
    kh_corrections all = {0};
    assert_int_equal(kh_store_corrections(w.store, &w.out, true, &all, NULL), KH_OK);
    assert_int_equal(all.count, 0); /* nothing is kept of what failed */
    close_world(&w);
}

static void deleting_does_not_hide_a_correction(void **state)
{
    (void)state;
    static const char *const other = "https://paper.example/bridge-2";
    world w = open_world();
    kh_str page = page_of(&w.out, "", "We had told the council about it", "");
    add(&w, page, url);
    add(&w, page, other);
    int64_t counts[5] = {kh_store_correction_count(w.store)};
    assert_string_equal(correct(&w, KH_CORRECT_SPEAKER, url, "told the council", "Irina Volk"), "done");
    counts[1] = kh_store_correction_count(w.store);
    kh_store_begin(w.store, NULL);
    assert_int_equal(kh_store_delete(w.store, w.scratch, kh_store_find(w.store, kh_str_z(url)), NULL), KH_OK);
    assert_int_equal(kh_store_commit(w.store, NULL), KH_OK);
    counts[2] = kh_store_correction_count(w.store);
    assert_string_equal(correct(&w, KH_CORRECT_SPEAKER, other, "told the council", "Irina Volk"), "done");
    counts[3] = kh_store_correction_count(w.store);
    assert_int_equal(kh_correct_undo(w.store, w.scratch, 1, kh_day(2024, 9, 3), NULL), KH_OK);
    counts[4] = kh_store_correction_count(w.store);
    for (size_t i = 1; i < 5; i++) {
        assert_true(counts[i] > counts[i - 1]);
    }
    close_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(a_speaker_holds_through_the_same_and_a_changed_page),
        KH_TEST(a_corrected_speaker_is_in_the_chain),
        KH_TEST(a_date_holds_in_the_list_too),
        KH_TEST(names_are_joined_and_parted),
        KH_TEST(spellings_of_one_page_are_parted),
        KH_TEST(a_copy_that_is_none),
        KH_TEST(stories_are_split_joined_and_put_back),
        KH_TEST(deleting_does_not_hide_a_correction),
        KH_TEST(a_target_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests_name("correct", tests, open_engine, close_engine) != 0;
}
