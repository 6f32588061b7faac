/* test_credits.c - credits, the agencies a text is credited to, outlets, and chains of attribution. */
#include "test.h"

#include "article_case.h"
#include "claims/claims.h"

static kh_arena forever;

static const kh_lexicon *lexicon(void)
{
    static const kh_lexicon *made;
    if (!made) {
        forever = kh_arena_reserve((size_t)512 << 20, NULL);
        made = kh_lexicon_builtin(&forever);
    }
    return made;
}

static const kh_credits_know *know(void)
{
    static const kh_credits_know *made;
    const kh_lexicon *lex = lexicon();
    made = made ? made : kh_credits_know_of(&forever, lex);
    return made;
}

/* "type agency < via: words" for each credit, then "agencies: ..." and "outlet: ..." where there are any. */
static kh_str credits_of(kh_arena *a, kh_str input)
{
    kh_article *art = article_case(a, input);
    kh_credits_read(a, article_scratch(), know(), art);
    kh_article_check(art);
    kh_buf out = {.arena = a};
    KH_EACH (const kh_credit, c, art->credits) {
        kh_buf_printf(&out, KH_FMT, KH_ARG(kh_credit_type_name(c->type)));
        kh_buf_printf(&out, c->agency.len ? " " KH_FMT : "" KH_FMT, KH_ARG(c->agency));
        kh_buf_printf(&out, c->via.len ? " < " KH_FMT : "" KH_FMT, KH_ARG(c->via));
        kh_buf_printf(&out, ": " KH_FMT "\n", KH_ARG(kh_slice(art->text, c->span)));
    }
    kh_buf_z(&out, art->agencies.count ? "agencies:" : "");
    KH_EACH (const kh_str, id, art->agencies) {
        kh_buf_printf(&out, " " KH_FMT, KH_ARG(*id));
    }
    kh_buf_z(&out, art->agencies.count ? "\n" : "");
    if (art->outlet.value.len) {
        kh_buf_printf(&out, "outlet: " KH_FMT "\n", KH_ARG(art->outlet.value));
    }
    return kh_str_trim(kh_buf_str(&out));
}

static void lines_get_their_roles(void **state)
{
    kh_article *art =
        article_case(*state, KH_STR("ar المصدر: رويترز\nوقع حريق كبير في المدينة أمس."));
    kh_credits_read(*state, article_scratch(), know(), art);
    assert_int_equal(art->lines.items[0].role, KH_ROLE_SOURCE);
    assert_int_equal(art->lines.items[1].role, KH_ROLE_BODY);
}

static void given_outlet_stays(void **state)
{
    kh_article *art =
        article_case(*state, KH_STR("fa به گزارش ایرنا، به نقل از فرانس پرس، باران بارید."));
    art->outlet.value = KH_STR("Our Paper");
    kh_credits_read(*state, article_scratch(), know(), art);
    assert_kh_str(art->outlet.value, KH_STR("Our Paper"));
    assert_int_equal(art->agencies.count, 2);
}

/* The words after FROM in the text as a quotation of SPEAKER. */
static void quote(kh_arena *a, kh_article *art, const char *speaker, const char *words)
{
    size_t at = kh_str_find(art->text, kh_str_z(words));
    assert_true(at < art->text.len);
    *KH_ADD(a, &art->quotations) =
        (kh_quotation){.span = {(uint32_t)at, (uint32_t)(at + kh_str_z(words).len)},
                       .speaker = kh_str_z(speaker),
                       .speaker_name = KH_NO_NAME,
                       .core = true};
}

/* The chains, one a line. */
static kh_str chains_of(kh_arena *a, kh_article *art)
{
    kh_buf out = {.arena = a};
    kh_chains_read(a, article_scratch(), know(), art);
    KH_EACH (const kh_chain, c, art->chains) {
        kh_buf_z(&out, out.len ? "\n" : "");
        KH_EACH (const kh_hop, h, c->hops) {
            kh_buf_printf(&out, KH_FMT "%s", KH_ARG(h->label), h + 1 < h_end ? " < " : "");
        }
    }
    return kh_buf_str(&out);
}

static void chain_under_a_dateline(void **state)
{
    kh_article *art =
        article_case(*state, KH_STR("en BAYFORD, May 3 (Reuters) - \"It rained,\" the mayor said.\n"
                                    "\"We saw it,\" a guard told The Associated Press."));
    kh_credits_read(*state, article_scratch(), know(), art);
    quote(*state, art, "the mayor", "It rained");
    quote(*state, art, "a guard", "We saw it");
    assert_kh_str(
        chains_of(*state, art),
        KH_STR("a guard < Associated Press < Reuters < page\nthe mayor < Reuters < page"));
}

static void chain_of_two_agencies_in_one_text(void **state)
{
    kh_article *art = article_case(
        *state, KH_STR("en The rain stopped on Sunday in the whole valley.\n"
                       "\"It rained,\" the mayor told Reuters. It was late.\n"
                       "\"We saw it,\" a guard told AFP.\n\"No more,\" said the cook."));
    art->outlet.value = KH_STR("The Valley Post");
    kh_credits_read(*state, article_scratch(), know(), art);
    quote(*state, art, "the mayor", "It rained");
    quote(*state, art, "a guard", "We saw it");
    quote(*state, art, "the cook", "No more");
    assert_kh_str(
        chains_of(*state, art),
        KH_STR("the mayor < Reuters < The Valley Post\na guard < Agence France-Presse < The Valley "
               "Post\nthe cook < The Valley Post"));
}

static void chain_through_unnamed_media(void **state)
{
    kh_article *art =
        article_case(*state, KH_STR("ar نقلت وسائل إعلام محلية عن المحافظ قوله إن الطريق مغلق."));
    kh_credits_read(*state, article_scratch(), know(), art);
    quote(*state, art, "المحافظ", "الطريق مغلق");
    assert_kh_str(chains_of(*state, art), KH_STR("المحافظ < وسائل إعلام محلية < page"));
}

static void one_chain_for_each_speaker(void **state)
{
    kh_article *art = article_case(
        *state, KH_STR("en \"One,\" she said. \"Two,\" she said. \"Three,\" he said."));
    kh_credits_read(*state, article_scratch(), know(), art);
    quote(*state, art, "Ada", "One");
    quote(*state, art, "Ada", "Two");
    quote(*state, art, "Bob", "Three");
    art->quotations.items[2].core = false;
    art->quotations.items[2].form = KH_FORM_SCARE;
    assert_kh_str(chains_of(*state, art), KH_STR("Ada < page"));
}

static void labels_of_agencies(void **state)
{
    (void)state;
    assert_kh_str(kh_credits_agency_label(know(), KH_STR("reuters")), KH_STR("Reuters"));
    assert_kh_str(kh_credits_agency_label(know(), KH_STR("no_such")), KH_STR("no_such"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(lines_get_their_roles),       KH_TEST(given_outlet_stays),
        KH_TEST(chain_under_a_dateline),      KH_TEST(chain_of_two_agencies_in_one_text),
        KH_TEST(chain_through_unnamed_media), KH_TEST(one_chain_for_each_speaker),
        KH_TEST(labels_of_agencies),
    };
    int failed = cmocka_run_group_tests_name("credits", tests, NULL, NULL);
    failed += kh_run_cases("test/cases/credits.txt", credits_of);
    return failed != 0;
}
