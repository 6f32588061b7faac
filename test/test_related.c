/* test_related.c - stories that are linked but apart: what they share, how far apart they are, what is no link. */
#include "story/internal.h"
#include "test.h"

#include <stdlib.h>

static const struct {
    const char *name;
    kh_feature_kind kind;
} kinds[] = {{"site", KH_FEATURE_SITE}, {"name", KH_FEATURE_NAME}, {"place", KH_FEATURE_PLACE}, {"sound", KH_FEATURE_SOUND}, {"concept", KH_FEATURE_CONCEPT},
             {"word", KH_FEATURE_WORD}, {"number", KH_FEATURE_NUMBER}};

static kh_arena knowledge_arena;
static const kh_story_know *know;

static int learn(void **state)
{
    (void)state;
    static jmp_buf full;
    knowledge_arena = kh_arena_reserve((size_t)512 << 20, &full);
    if (!knowledge_arena.begin || setjmp(full)) {
        return -1;
    }
    const kh_lexicon *lex = kh_lexicon_builtin(&knowledge_arena);
    know = kh_story_know_of(&knowledge_arena, lex, kh_names_know_of(&knowledge_arena, lex));
    return 0;
}

static int forget(void **state)
{
    (void)state;
    kh_arena_release(&knowledge_arena);
    return 0;
}

static uint64_t key_of(kh_str feature, kh_feature_kind *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        kh_str name = kh_str_z(kinds[i].name);
        if (kh_str_starts(feature, name)) {
            *kind = kinds[i].kind;
            return kh_story_feature_key(*kind, kh_str_from(feature, name.len + 1));
        }
    }
    fail_msg("no kind of feature: %.*s", KH_ARG(feature));
    return 0;
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = ((const kh_feature *)a)->hash;
    uint64_t y = ((const kh_feature *)b)->hash;
    return (x > y) - (x < y);
}

/* "site varnok, name tessin-, concept dam": a story of one article of that DAY with these features in its lead, those with '-' said
 * once in its body. */
static kh_story_subject subject(kh_arena *a, int64_t day, const char *features)
{
    kh_digest *d = KH_NEW(a, kh_digest);
    *d = (kh_digest){.lang = KH_STR("en"), .published = kh_time_of_seconds(day * 86400)};
    kh_str rest = kh_str_z(features);
    kh_str feature;
    while (kh_str_cut(&rest, ',', &feature)) {
        feature = kh_str_trim(feature);
        bool aside = kh_str_ends(feature, KH_STR("-"));
        kh_feature_kind kind = KH_FEATURE_WORD;
        uint64_t hash = key_of(kh_str_head(feature, feature.len - aside), &kind);
        *KH_ADD(a, &d->features) = (kh_feature){.hash = hash, .kind = (uint8_t)kind, .count = 1, .lead = aside ? 0 : 1};
    }
    qsort(d->features.items, d->features.count, sizeof *d->features.items, by_hash);
    const kh_digest *members[] = {d};
    return kh_story_subject_of(a, kh_test_scratch(), know, members, 1, 1);
}

static const char flood[] = "site varnok, name tessin, concept dam, concept flood, word rain";
static const char inquiry[] = "site varnok, name tessin, concept dam, concept inquiry, word judge";

static float score(kh_arena *a, const char *one, const char *other, int64_t days)
{
    kh_frequencies none = {0};
    kh_story_subject x = subject(a, 19800, one);
    kh_story_subject y = subject(a, 19800 + days, other);
    kh_story_tie there = kh_story_tie_of(a, &none, &x, &y);
    kh_story_tie back = kh_story_tie_of(a, &none, &y, &x);
    assert_true(there.score >= 0 && there.score <= 1);
    assert_true(there.score - back.score < 0.001F && back.score - there.score < 0.001F);
    assert_int_equal(there.days, -back.days);
    return there.score;
}

static void a_flood_and_its_inquiry_are_tied(void **state)
{
    assert_true(score(*state, flood, inquiry, 10) >= KH_STORY_RELATED);
}

static void floods_of_two_places_are_not(void **state)
{
    float s = score(*state, flood, "site pellara, name kerrost, concept flood, word rain, place XX", 2);
    assert_true(s < KH_STORY_RELATED);
    assert_true(s < 0.01F); /* they share no site, place or person at all */
}

static void a_country_and_a_kind_of_event_are_not_enough(void **state)
{
    assert_true(score(*state, "place XX, site varnok, concept flood", "place XX, site oder, concept flood", 2) < KH_STORY_RELATED);
}

static void two_matters_of_one_person_are_not_tied(void **state)
{
    assert_true(score(*state, "name tessin, concept dam, concept flood", "name tessin, concept wedding", 3) < 0.01F);
}

static void what_stands_aside_is_no_subject(void **state)
{
    assert_true(score(*state, flood, "site varnok-, name tessin-, concept dam-, concept inquiry", 10) == 0);
}

static void days_take_some_of_it_away(void **state)
{
    float at_once = score(*state, flood, inquiry, 0);
    float later = score(*state, flood, inquiry, 10);
    float last = score(*state, flood, inquiry, KH_RELATED_DAYS);
    assert_true(at_once > later && later > last && last > 0.49F * at_once);
    assert_true(score(*state, flood, inquiry, KH_RELATED_DAYS + 1) == 0);
    assert_true(score(*state, flood, inquiry, -KH_RELATED_DAYS - 1) == 0);
}

static void unknown_days_take_nothing_away(void **state)
{
    kh_frequencies none = {0};
    kh_story_subject x = subject(*state, 19800, flood);
    kh_story_subject y = subject(*state, 19900, inquiry);
    y.dated = false;
    kh_story_tie tie = kh_story_tie_of(*state, &none, &x, &y);
    assert_true(tie.score >= KH_STORY_RELATED && !tie.dated && tie.days == 0);
}

static void what_many_articles_have_is_no_link(void **state)
{
    kh_map counts = {0};
    kh_feature_kind kind;
    *kh_map_put(*state, &counts, key_of(KH_STR("site varnok"), &kind), NULL) = 3000;
    *kh_map_put(*state, &counts, key_of(KH_STR("name tessin"), &kind), NULL) = 4000;
    kh_frequencies many = {.documents = 20000, .counts = &counts};
    kh_story_subject x = subject(*state, 19800, flood);
    kh_story_subject y = subject(*state, 19810, inquiry);
    assert_true(kh_story_tie_of(*state, &many, &x, &y).score < 0.01F);
    x.articles = 2000; /* the same, where it is these stories' own articles that have it */
    y.articles = 2000;
    assert_true(kh_story_tie_of(*state, &many, &x, &y).score >= KH_STORY_RELATED);
}

static void links_begin_with_the_most_telling(void **state)
{
    kh_frequencies none = {0};
    kh_story_subject x = subject(*state, 19800, flood);
    kh_story_subject y = subject(*state, 19810, inquiry);
    kh_story_tie tie = kh_story_tie_of(*state, &none, &x, &y);
    assert_int_equal(tie.days, 10);
    assert_int_equal(tie.links.count, 3);
    assert_int_equal(tie.links.items[0].kind, KH_FEATURE_SITE);
    assert_int_equal(tie.links.items[2].kind, KH_FEATURE_CONCEPT);
}

static void concepts_of_time_are_no_subject(void **state)
{
    kh_story_subject x = subject(*state, 19800, "site varnok, concept monday_weekday");
    assert_int_equal(x.central.count, 1);
    assert_int_equal(x.central.items[0].kind, KH_FEATURE_SITE);
}

/* Of three articles only what they have in common. */
static void one_article_of_many_does_not_speak_for_the_story(void **state)
{
    kh_digest members[3];
    const kh_digest *list[3];
    kh_feature_kind kind;
    for (size_t i = 0; i < 3; i++) {
        members[i] = (kh_digest){.lang = KH_STR("en")};
        list[i] = &members[i];
        *KH_ADD((kh_arena *)*state, &members[i].features) = (kh_feature){.hash = key_of(KH_STR("site varnok"), &kind), .kind = KH_FEATURE_SITE, .count = 1, .lead = 1};
    }
    *KH_ADD((kh_arena *)*state, &members[2].features) = (kh_feature){.hash = key_of(KH_STR("name tessin"), &kind), .kind = KH_FEATURE_NAME, .count = 9, .lead = 1};
    qsort(members[2].features.items, 2, sizeof(kh_feature), by_hash);
    kh_story_subject s = kh_story_subject_of(*state, kh_test_scratch(), know, list, 3, 3);
    assert_int_equal(s.central.count, 1);
    assert_int_equal(s.central.items[0].kind, KH_FEATURE_SITE);
    assert_false(s.dated);
}

static void the_words_of_a_feature(void **state)
{
    kh_article art = {.text = KH_STR("Flood below the Varnok dam\n"), .lang = KH_STR("en")};
    art.tokens = kh_text_of(*state, art.text);
    *KH_ADD((kh_arena *)*state, &art.lines) = (kh_line){.span = {0, (uint32_t)art.text.len}, .role = KH_ROLE_TITLE};
    art.title = (kh_field){.value = art.text, .span = {0, (uint32_t)art.text.len}};
    kh_feature_kind kind;
    kh_u64s hashes = {0};
    *KH_ADD((kh_arena *)*state, &hashes) = key_of(KH_STR("concept flood"), &kind);
    *KH_ADD((kh_arena *)*state, &hashes) = key_of(KH_STR("concept dam"), &kind);
    *KH_ADD((kh_arena *)*state, &hashes) = key_of(KH_STR("concept wedding"), &kind);
    kh_span spans[3] = {{0}};
    kh_story_wording(kh_test_scratch(), know, &art, &hashes, spans);
    assert_kh_str(kh_slice(art.text, spans[0]), KH_STR("Flood"));
    assert_kh_str(kh_slice(art.text, spans[1]), KH_STR("dam"));
    assert_true(kh_span_empty(spans[2]));
}

static void nothing_is_tied_to_nothing(void **state)
{
    kh_frequencies none = {0};
    kh_story_subject empty = kh_story_subject_of(*state, kh_test_scratch(), know, NULL, 0, 0);
    kh_story_subject x = subject(*state, 19800, flood);
    assert_true(kh_story_tie_of(*state, &none, &empty, &empty).score == 0);
    assert_true(kh_story_tie_of(*state, &none, &x, &empty).score == 0);
}

static void importance_is_of_sources_languages_and_growth(void **state)
{
    (void)state;
    kh_story_counts many = {.sources = 7, .languages = 4, .last_day = 3, .before = 6, .before_days = 2};
    kh_story_importance i = kh_story_importance_of(&many);
    assert_true(i.score > 3.999 && i.score < 4.001 && i.growth > -0.001 && i.growth < 0.001); /* 3 + 1 + 0 */
    kh_story_counts one = {.sources = 1, .languages = 1, .last_day = 40};
    assert_true(kh_story_importance_of(&one).score < i.score);
    kh_story_counts over = many; /* nobody tells it any more */
    over.last_day = 0;
    assert_true(kh_story_importance_of(&over).score < i.score && kh_story_importance_of(&over).growth < 0);
    kh_story_counts undated = {.sources = 3, .languages = 1};
    assert_true(kh_story_importance_of(&undated).growth == 0);
    kh_story_counts nothing = {0};
    assert_true(kh_story_importance_of(&nothing).score == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(a_flood_and_its_inquiry_are_tied),
        KH_TEST(floods_of_two_places_are_not),
        KH_TEST(a_country_and_a_kind_of_event_are_not_enough),
        KH_TEST(two_matters_of_one_person_are_not_tied),
        KH_TEST(what_stands_aside_is_no_subject),
        KH_TEST(days_take_some_of_it_away),
        KH_TEST(unknown_days_take_nothing_away),
        KH_TEST(what_many_articles_have_is_no_link),
        KH_TEST(links_begin_with_the_most_telling),
        KH_TEST(concepts_of_time_are_no_subject),
        KH_TEST(one_article_of_many_does_not_speak_for_the_story),
        KH_TEST(the_words_of_a_feature),
        KH_TEST(nothing_is_tied_to_nothing),
        KH_TEST(importance_is_of_sources_languages_and_growth),
    };
    return cmocka_run_group_tests_name("related", tests, learn, forget);
}
