/* test_quotations.c - what was said, by whom, in which form and with which distance. */
#include "test.h"

#include "article_case.h"
#include "claims/claims.h"

static kh_arena forever;

static const kh_quotations_know *know(void)
{
    static const kh_quotations_know *made;
    if (!made) {
        forever = kh_arena_reserve((size_t)512 << 20, NULL);
        made = kh_quotations_know_of(&forever, kh_lexicon_builtin(&forever));
    }
    return made;
}

/* Adds a mention wherever SURFACE stands in the text and nothing longer was found before. */
static void mention(kh_arena *a, kh_article *art, uint32_t name, kh_str surface)
{
    for (size_t at = 0; at < art->text.len; at++) {
        at += kh_str_find(kh_str_from(art->text, at), surface);
        kh_span span = {(uint32_t)at, (uint32_t)(at + surface.len)};
        bool taken = at >= art->text.len;
        KH_EACH(const kh_mention, m, art->mentions) {
            taken = taken || kh_span_meets(m->span, span);
        }
        if (!taken) {
            *KH_ADD(a, &art->mentions) = (kh_mention){.span = span, .name = name};
        }
    }
}

static void sort_mentions(kh_mentions *list)
{
    for (size_t i = 1; i < list->count; i++) {
        kh_mention m = list->items[i];
        size_t j = i;
        for (; j > 0 && list->items[j - 1].span.begin > m.span.begin; j--) {
            list->items[j] = list->items[j - 1];
        }
        list->items[j] = m;
    }
}

/* A line "@PER full name|surname" of the case makes a name of the article and is no part of its text. */
static kh_article *article_with_names(kh_arena *a, kh_str input)
{
    kh_buf text = {.arena = a};
    kh_strs names = {0};
    kh_str line, rest = input;
    while (kh_str_cut(&rest, '\n', &line)) {
        line = kh_str_trim(line);
        if (kh_str_starts(line, KH_STR("@"))) {
            *KH_ADD(a, &names) = kh_str_from(line, 1);
        } else {
            kh_buf_z(&text, text.len ? "\n" : "");
            kh_buf_add(&text, line);
        }
    }
    kh_article *art = article_case(a, kh_arena_copy(a, kh_buf_str(&text)));
    KH_EACH(kh_str, given, names) {
        kh_str forms = *given;
        kh_str type, form;
        kh_name name = {0};
        kh_str_cut(&forms, ' ', &type);
        assert_true(kh_name_type_of(type, &name.type));
        while (kh_str_cut(&forms, '|', &form)) {
            name.label = name.label.len ? name.label : form;
            mention(a, art, (uint32_t)art->names.count, form);
        }
        *KH_ADD(a, &art->names) = name;
    }
    sort_mentions(&art->mentions);
    return art;
}

static kh_article *read_case(kh_arena *a, kh_str input)
{
    kh_article *art = article_with_names(a, input);
    kh_quotations_read(a, article_scratch(), know(), art);
    kh_article_check(art);
    return art;
}

/* "form stance | speaker | words" for each quotation; neutral is left out. */
static kh_str quotations_of(kh_arena *a, kh_str input)
{
    kh_article *art = read_case(a, input);
    kh_buf out = {.arena = a};
    KH_EACH(const kh_quotation, q, art->quotations) {
        kh_buf_add(&out, kh_form_name(q->form));
        if (q->stance != KH_STANCE_NEUTRAL) {
            kh_buf_printf(&out, " " KH_FMT, KH_ARG(kh_stance_name(q->stance)));
        }
        kh_buf_printf(&out, " | " KH_FMT " | " KH_FMT "\n",
                      KH_ARG(q->speaker.len ? q->speaker : KH_STR("?")),
                      KH_ARG(kh_slice(art->text, q->span)));
    }
    return kh_str_trim(kh_buf_str(&out));
}

static void cue_act_and_mode(void **state)
{
    kh_article *art = read_case(*state, KH_STR("en Officials warned that the bridge was unsafe."));
    assert_int_equal(art->quotations.count, 1);
    const kh_quotation *q = &art->quotations.items[0];
    assert_kh_str(kh_slice(art->text, q->cue), KH_STR("warned"));
    assert_int_equal(q->act, KH_ACT_WARN);
    assert_int_equal(q->mode, KH_MODE_INDIRECT);
    assert_int_equal(q->stance, KH_STANCE_WARNING);
    assert_true(q->core);
}

static void channel_is_kept(void **state)
{
    kh_article *art = read_case(*state, KH_STR("ar وقالت الشركة في بيان \"كل تصاريحنا سارية\"."));
    assert_int_equal(art->quotations.count, 1);
    assert_kh_str(kh_slice(art->text, art->quotations.items[0].channel), KH_STR("في بيان"));
}

static void hearer_comes_from_the_credit(void **state)
{
    kh_article *art = article_with_names(*state, KH_STR("en The mayor told Reuters that the road was closed."));
    *KH_ADD((kh_arena *)*state, &art->credits) = (kh_credit){
        .type = KH_CREDIT_TOLD_AGENCY, .agency = KH_STR("reuters"), .span = {10, 22}};
    kh_quotations_read(*state, article_scratch(), know(), art);
    assert_int_equal(art->quotations.count, 1);
    assert_kh_str(art->quotations.items[0].told_to, KH_STR("reuters"));
}

static void furniture_says_nothing(void **state)
{
    kh_article *art = read_case(*state, KH_STR("en [boilerplate] The editor said that all comments are read."));
    assert_int_equal(art->quotations.count, 0);
}

static void speech_acts_are_optional(void **state)
{
    kh_article *art = read_case(*state, KH_STR("en The union urged the owners to pay."));
    assert_int_equal(art->quotations.count, 1);
    assert_int_equal(art->quotations.items[0].form, KH_FORM_SPEECH_ACT);
    assert_false(art->quotations.items[0].core);
}

static void unknown_language_gives_nothing(void **state)
{
    kh_article *art = read_case(*state, KH_STR("und The mayor said that the road was closed."));
    assert_int_equal(art->quotations.count, 0);
}

/* The limit KH_QUOTATION_BYTES_MAX: a mark that nothing closes does not swallow the page. */
static void an_open_mark_ends(void **state)
{
    kh_arena *a = *state;
    kh_buf text = {.arena = a};
    kh_buf_z(&text, "en The mayor said, \"");
    for (int i = 0; i < 3000; i++) {
        kh_buf_z(&text, "word ");
    }
    kh_article *art = read_case(a, kh_buf_str(&text));
    assert_int_equal(art->quotations.count, 1);
    kh_span span = art->quotations.items[0].span;
    assert_int_equal(span.end - span.begin, KH_QUOTATION_BYTES_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(cue_act_and_mode),         KH_TEST(channel_is_kept),
        KH_TEST(hearer_comes_from_the_credit), KH_TEST(furniture_says_nothing),
        KH_TEST(speech_acts_are_optional), KH_TEST(unknown_language_gives_nothing),
        KH_TEST(an_open_mark_ends),
    };
    int failed = cmocka_run_group_tests_name("quotations", tests, NULL, NULL);
    failed += kh_run_cases("test/cases/quotations.txt", quotations_of);
    return failed != 0;
}
