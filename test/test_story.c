/* test_story.c - stems, consonants, features, likeness and placement. */
#include "story/internal.h"
#include "test.h"

typedef struct knowledge {
    const kh_lexicon *lex;
    const kh_names_know *names;
    const kh_story_know *story;
} knowledge;

static kh_arena knowledge_arena;
static knowledge know;

static int learn(void **state)
{
    (void)state;
    static jmp_buf full;
    knowledge_arena = kh_arena_reserve((size_t)512 << 20, &full);
    if (!knowledge_arena.begin || setjmp(full)) {
        return -1;
    }
    know.lex = kh_lexicon_builtin(&knowledge_arena);
    know.names = kh_names_know_of(&knowledge_arena, know.lex);
    know.story = kh_story_know_of(&knowledge_arena, know.lex, know.names);
    return 0;
}

static int forget(void **state)
{
    (void)state;
    kh_arena_release(&knowledge_arena);
    return 0;
}

/* First line the title, the others body. */
static kh_digest digest_of(kh_arena *a, const char *lang, const char *lines)
{
    kh_article *art = KH_NEW(a, kh_article);
    art->text = kh_str_z(lines);
    art->lang = kh_str_z(lang);
    art->tokens = kh_text_of(a, art->text);
    kh_line_role role = KH_ROLE_TITLE;
    KH_EACH(const kh_stretch, line, art->tokens->lines) {
        *KH_ADD(a, &art->lines) = (kh_line){.span = line->span, .role = role};
        role = KH_ROLE_BODY;
    }
    art->title = (kh_field){.value = kh_slice(art->text, art->lines.items[0].span), .span = art->lines.items[0].span};
    kh_names_read(a, kh_test_scratch(), know.names, art);
    return (kh_digest){.lang = art->lang,
                       .features = kh_story_features(a, kh_test_scratch(), know.story, art),
                       .prints = kh_prints_of(a, kh_test_scratch(), art)};
}

static const kh_feature *shared(const kh_digest *a, const kh_digest *b, kh_feature_kind kind)
{
    KH_EACH(const kh_feature, f, a->features) {
        KH_EACH(const kh_feature, g, b->features) {
            if (f->hash == g->hash && f->kind == kind) {
                return f;
            }
        }
    }
    return NULL;
}

static size_t count_of(const kh_digest *d, kh_feature_kind kind)
{
    size_t count = 0;
    KH_EACH(const kh_feature, f, d->features) {
        count += f->kind == kind;
    }
    return count;
}

static float score(kh_arena *a, const kh_digest *x, const kh_digest *y)
{
    kh_frequencies none = {0};
    return kh_story_likeness(a, kh_test_scratch(), know.story, &none, x, y).score;
}

static const char DAM_EN[] = "Dam bursts in Orvand valley, twelve dead\n"
                             "A dam above the town of Belgar burst on Monday night and the flood killed at least twelve people, the "
                             "governor Rustam Dehlavi said.\n"
                             "Rescue workers searched the ruins for survivors while the army brought tents to the homeless.";
static const char DAM_EN_TWO[] = "Flood kills twelve in Belgar after dam failure\n"
                                 "At least twelve people died when a dam in the Orvand valley burst, governor Dehlavi told reporters.\n"
                                 "The army is bringing tents to Belgar, where rescue workers look for survivors in the ruins.";
static const char DAM_AR[] = "انهيار سد في وادي أورفند ومقتل اثني عشر شخصا\n"
                             "انهار سد فوق بلدة بيلغار ليل الإثنين وأدت الفيضانات إلى مقتل اثني عشر شخصا على الأقل، بحسب ما قال المحافظ "
                             "رستم دهلوي.\n"
                             "وتواصل فرق الإنقاذ البحث عن ناجين بين الأنقاض فيما نقل الجيش خياما إلى المشردين.";
static const char VOTE_EN[] = "Parliament of Nesta elects speaker after long dispute\n"
                              "Lawmakers chose Mira Kolb as speaker on Tuesday, ending a dispute of five weeks between the coalition "
                              "parties over the budget.";

static void stop_words_are_no_features(void **state)
{
    kh_digest d = digest_of(*state, "en", "The and of\nIt was the one of them and that is all there was to it");
    assert_int_equal(count_of(&d, KH_FEATURE_CONCEPT), 0);
    assert_true(count_of(&d, KH_FEATURE_WORD) <= 2);
}

static void features_are_sorted_and_marked(void **state)
{
    kh_digest d = digest_of(*state, "en", "Quake hits harbour\nThe quake shook houses.\nA fisherman slept.");
    size_t title = 0, lead = 0, neither = 0;
    for (size_t i = 0; i < d.features.count; i++) {
        const kh_feature *f = &d.features.items[i];
        assert_true(i == 0 || f[-1].hash < f->hash);
        title += f->lead == 1;
        lead += f->lead == 3;
        neither += f->lead == 0;
    }
    assert_true(title > 0 && lead > 0 && neither > 0);
}

static void known_names_meet_across_scripts(void **state)
{
    kh_digest ru = digest_of(*state, "ru", "Заявление\nВладимир Путин прибыл в Казахстан.");
    kh_digest fa = digest_of(*state, "fa", "بیانیه\nولادیمیر پوتین وارد قزاقستان شد.");
    assert_non_null(shared(&ru, &fa, KH_FEATURE_NAME));
    assert_non_null(shared(&ru, &fa, KH_FEATURE_PLACE));
}

static void unknown_names_meet_by_sound(void **state)
{
    kh_digest en = digest_of(*state, "en", "Report\nYesterday in Belgar nobody spoke.");
    kh_digest ar = digest_of(*state, "ar", "تقرير\nلم يتكلم أحد في بيلغار أمس.");
    assert_non_null(shared(&en, &ar, KH_FEATURE_SOUND));
}

static void short_names_meet_as_they_are_spelled(void **state)
{
    kh_digest en = digest_of(*state, "en", "Report\nA reward went to Tom Oare on Friday, and Oare was glad.");
    kh_digest de = digest_of(*state, "de", "Bericht\nDie Ehrung erhielt am Freitag Tom Oare.");
    kh_digest fa = digest_of(*state, "fa", "گزارش\nتقدیر روز جمعه به تام اور (Oare) رسید.");
    assert_non_null(shared(&en, &de, KH_FEATURE_SPELLING));
    assert_int_equal(count_of(&fa, KH_FEATURE_SPELLING), 0);
}

/* Does WORD mean what PART means, beside what else it means? */
static bool says(kh_arena *a, const char *lang, const char *word, const char *part)
{
    uint8_t tag = kh_lexicon_lang(know.lex, kh_str_z(lang));
    kh_u64s whole = kh_story_concepts(a, know.story, kh_text_of(a, kh_str_z(word)), tag, 0, 1);
    kh_u64s one = kh_story_concepts(a, know.story, kh_text_of(a, kh_str_z(part)), tag, 0, 1);
    assert_int_equal(one.count, 1);
    for (size_t i = 0; i < whole.count; i++) {
        if (whole.items[i] == one.items[0]) {
            return true;
        }
    }
    return false;
}

static bool says_nothing(kh_arena *a, const char *lang, const char *word)
{
    const kh_text *t = kh_text_of(a, kh_str_z(word));
    return kh_story_concepts(a, know.story, t, kh_lexicon_lang(know.lex, kh_str_z(lang)), 0, 1).count == 0;
}

static void compounds_are_what_their_parts_are(void **state)
{
    kh_arena *a = *state;
    assert_true(says(a, "de", "Sturmschäden", "Sturm"));
    assert_true(says(a, "de", "Sturmschäden", "Schaden"));
    assert_true(says(a, "de", "Streikwochen", "Woche"));  /* the last part inflected */
    assert_true(says(a, "de", "Verkehrsproblemen", "Problem")); /* s between the parts */
    assert_true(says(a, "de", "Verkehrsproblemen", "Verkehr"));
    assert_true(says(a, "de", "Schulstreik", "Schule")); /* e left out between them */
    assert_true(says(a, "de", "Unfallauto", "Auto"));
    assert_true(says(a, "de", "Polizeisprecher", "Polizei")); /* a form with a star, and what it leaves */
    assert_true(says(a, "de", "Polizeisprecher", "Sprecher"));
    assert_true(says(a, "de", "Regierungsbündnis", "Bündnis")); /* s between them */
    assert_true(says(a, "de", "Waldbrandgefahr", "Gefahr"));
    assert_true(says_nothing(a, "de", "Wolfsburg"));  /* a place's name */
    assert_true(says_nothing(a, "de", "Parker"));     /* no form of Park */
    assert_true(says_nothing(a, "de", "Müller"));
    assert_true(says_nothing(a, "de", "Schwerin"));   /* no woman */
    assert_true(says_nothing(a, "de", "Wales"));      /* no whale's */
    assert_true(says(a, "de", "Sängerinnen", "Sänger"));
    assert_false(says(a, "de", "dramatische", "Tisch")); /* no noun */
    assert_true(says_nothing(a, "de", "Sturmxyzen"));  /* both parts must be known */
    assert_true(says_nothing(a, "en", "Sturmschäden"));
}

static void short_nouns_behind_the_article(void **state)
{
    kh_arena *a = *state;
    assert_true(says(a, "ar", "السد", "سد"));
    assert_true(says(a, "ar", "والسد", "سد"));
    assert_true(says(a, "ar", "للسد", "سد"));
    assert_true(says(a, "ar", "بالدم", "دم"));
    assert_true(says_nothing(a, "ar", "بسد")); /* a letter alone is no sign of a noun */
}

static void endings_come_off_where_a_form_is_left(void **state)
{
    kh_arena *a = *state;
    assert_true(says(a, "ar", "شاحناتها", "شاحنة"));
    assert_true(says(a, "ar", "والمعلمات", "معلم"));
    assert_true(says(a, "ar", "حزبهم", "حزب"));
    assert_true(says(a, "ar", "حزبه", "حزب"));
    assert_false(says(a, "ar", "البصرة", "بصر")); /* ة of another word, not ه of a possessor */
    assert_false(says(a, "ar", "السورية", "سور"));
    assert_true(says(a, "fa", "ملت\u200cهایشان", "ملت"));
    assert_true(says(a, "fa", "گرمای", "گرما"));
    assert_true(says_nothing(a, "fa", "آسمان")); /* ان is no plural of three letters */
}

static void patterns_give_the_singular_and_the_verbal_noun(void **state)
{
    kh_arena *a = *state;
    assert_true(says(a, "ar", "والأسعار", "سعر"));
    assert_true(says(a, "ar", "مدارسهم", "مدرسة"));
    assert_true(says(a, "ar", "والزعماء", "زعيم"));
    assert_true(says(a, "ar", "ستعلن", "يعلن")); /* another person of the same tense */
    assert_true(says(a, "ar", "سرقوا", "سرق"));
    assert_true(says(a, "ar", "تحقيقا", "تحقيق")); /* the accusative's alef */
    assert_true(says(a, "ru", "пожарами", "пожар"));
    assert_true(says_nothing(a, "ar", "أكشان"));
}

/* Does the first word of TEXT mean what PART means? */
static bool opens_with(kh_arena *a, const char *lang, const char *text, const char *part)
{
    uint8_t tag = kh_lexicon_lang(know.lex, kh_str_z(lang));
    kh_u64s first = kh_story_concepts(a, know.story, kh_text_of(a, kh_str_z(text)), tag, 0, 1);
    kh_u64s one = kh_story_concepts(a, know.story, kh_text_of(a, kh_str_z(part)), tag, 0, 1);
    assert_int_equal(one.count, 1);
    return first.count == 1 && first.items[0] == one.items[0];
}

static void verbs_and_their_particles(void **state)
{
    kh_arena *a = *state;
    assert_true(opens_with(a, "de", "festnahm", "festgenommen"));
    assert_true(opens_with(a, "de", "festzunehmen", "festgenommen"));
    assert_true(opens_with(a, "de", "verschwanden", "verschwunden"));
    assert_true(opens_with(a, "de", "nahm die Polizei gestern zwei Männer fest.", "festgenommen"));
    assert_true(opens_with(a, "de", "nahm die Polizei ihn fest und verhörte ihn.", "festgenommen"));
    assert_false(opens_with(a, "de", "nahm die Polizei, fest entschlossen,", "festgenommen")); /* no end of a clause */
}

static void genitives_are_of_their_noun(void **state)
{
    kh_arena *a = *state;
    assert_true(opens_with(a, "de", "Rates", "Rat"));
    assert_true(opens_with(a, "de", "Stadtrates", "Stadtrat"));
    assert_true(opens_with(a, "de", "Erdbebens", "Erdbeben"));
    assert_false(opens_with(a, "de", "Bandes", "Bande")); /* what ends in e takes no s: it is of Band */
}

static void concepts_meet_across_languages(void **state)
{
    kh_digest ar = digest_of(*state, "ar", DAM_AR);
    kh_digest en = digest_of(*state, "en", DAM_EN);
    assert_non_null(shared(&ar, &en, KH_FEATURE_CONCEPT));
    kh_text *t = kh_text_of(*state, KH_STR("الانتخابات"));
    assert_int_equal(kh_story_concepts(*state, know.story, t, kh_lexicon_lang(know.lex, KH_STR("ar")), 0, t->tokens.count).count, 1);
    assert_int_equal(kh_story_concepts(*state, know.story, t, kh_lexicon_lang(know.lex, KH_STR("ru")), 0, t->tokens.count).count, 0);
}

static void one_event_is_alike(void **state)
{
    kh_digest a = digest_of(*state, "en", DAM_EN);
    kh_digest b = digest_of(*state, "en", DAM_EN_TWO);
    kh_digest c = digest_of(*state, "ar", DAM_AR);
    kh_digest d = digest_of(*state, "en", VOTE_EN);
    assert_true(score(*state, &a, &b) >= 0.5F);
    assert_true(score(*state, &a, &c) >= 0.5F);
    assert_true(score(*state, &a, &d) < 0.3F);
    assert_true(score(*state, &c, &d) < 0.3F);
}

/* Two reports in one language that tell one event in other words; what joins stories weighs the words. */
static void what_happened_counts_between_two(void **state)
{
    kh_frequencies none = {0};
    kh_digest a = digest_of(*state, "en", "Judge frees the fisherman\nThe court acquitted the fisherman of murder.");
    kh_digest b = digest_of(*state, "en", "Magistrate releases an angler\nThe tribunal found the angler not guilty of the killing.");
    kh_digest c = digest_of(*state, "en", "Harbour opens\nThe angler watched ships sail.");
    kh_arena scratch = kh_test_scratch();
    kh_prepared x = kh_prepare(&scratch, &none, &a);
    kh_parts alike = kh_parts_of(&x, &b);
    kh_parts other = kh_parts_of(&x, &c);
    const kh_story_weights *w = kh_story_weights_of(know.story);
    assert_true(alike.cosine[KH_FEATURE_CONCEPT] > 0.2F);
    assert_true(kh_similarity_of(w, &alike) > kh_score_of(w, &alike));
    assert_true(kh_similarity_of(w, &other) < kh_score_of(w, &other));
}

static void time_parts_events(void **state)
{
    kh_digest a = digest_of(*state, "en", DAM_EN);
    kh_digest b = digest_of(*state, "en", DAM_EN_TWO);
    a.published = kh_day(2020, 3, 1);
    b.published = kh_day(2020, 3, 2);
    float near = score(*state, &a, &b);
    b.published = kh_day(2020, 3, 20);
    float far = score(*state, &a, &b);
    assert_true(near >= 0.5F);
    assert_true(far < 0.5F);
}

static void likeness_stays_within_bounds(void **state)
{
    kh_digest none = {0};
    kh_digest a = digest_of(*state, "en", DAM_EN);
    assert_true(score(*state, &none, &none) >= 0 && score(*state, &none, &none) < 0.5F);
    assert_true(score(*state, &none, &a) < 0.5F);
    assert_true(score(*state, &a, &a) <= 1.0F && score(*state, &a, &a) > 0.9F);
}

static void joins_the_right_story_or_none(void **state)
{
    kh_arena *a = *state;
    kh_digest dam = digest_of(a, "en", DAM_EN);
    kh_digest vote = digest_of(a, "en", VOTE_EN);
    kh_digest again = digest_of(a, "ar", DAM_AR);
    kh_story_candidate open[2] = {{.story = 11}, {.story = 12}};
    *KH_ADD(a, &open[0].members) = &vote;
    *KH_ADD(a, &open[1].members) = &dam;
    kh_frequencies none = {0};
    kh_placement p = kh_story_place(a, kh_test_scratch(), know.story, &none, &again, open, 2);
    assert_int_equal(p.story, 12);
    assert_true(p.score >= 0.5F && p.reason.len > 0);
    p = kh_story_place(a, kh_test_scratch(), know.story, &none, &again, open, 1);
    assert_int_equal(p.story, 0);
    p = kh_story_place(a, kh_test_scratch(), know.story, &none, &again, NULL, 0);
    assert_int_equal(p.story, 0);
}

static void a_grown_story_asks_for_more_support(void **state)
{
    kh_arena *a = *state;
    kh_digest dam = digest_of(a, "en", DAM_EN);
    kh_digest vote = digest_of(a, "en", VOTE_EN);
    kh_digest again = digest_of(a, "ar", DAM_AR);
    kh_story_candidate open = {.story = 5};
    *KH_ADD(a, &open.members) = &dam;
    kh_frequencies none = {0};
    float alone = kh_story_place(a, kh_test_scratch(), know.story, &none, &again, &open, 1).score;
    for (size_t i = 0; i < 5; i++) {
        *KH_ADD(a, &open.members) = &vote;
    }
    kh_placement p = kh_story_place(a, kh_test_scratch(), know.story, &none, &again, &open, 1);
    assert_true(p.score < alone);
}

/* Report number I of one of two mine disasters; WHERE and WHAT are all that tells them apart. */
static const kh_digest *mine_report(kh_arena *a, size_t i, const char *where, const char *what, const char *person)
{
    static const char *const openings[] = {"Rescuers dig on", "Families wait at the gate", "Toll rises",  "Inquiry begins",
                                           "Owner answers",   "Pumps arrive",              "Flags lowered", "Survivor speaks",
                                           "Pits shut down",  "Union accuses"};
    static const char *const tails[] = {"as the night fell", "in heavy snow",   "with cameras lowered",  "before reporters",
                                        "by telephone",      "on the radio",    "standing near a crane", "after prayers",
                                        "at his office",     "in a statement"};
    kh_digest *d = KH_NEW(a, kh_digest);
    kh_str text = kh_arena_printf(a, "%s after %s mine disaster\nMiners were killed in the %s mine when %s struck the shaft, %s said %s.",
                                  openings[i % 10], where, where, what, person, tails[i % 10]);
    *d = digest_of(a, "en", text.ptr);
    d->id = (int64_t)i + 1;
    return d;
}

static const char SHAFT_EN[] = "Nine miners dead at Belgar mine\n"
                               "Nine miners were killed and 20 trapped when a gallery of the Belgar coal mine in Orvand province collapsed, "
                               "governor Rustam Dehlavi told reporters in Nesta.";
static const char SHAFT_RU[] = "На шахте «Белгар» погибли девять горняков\n"
                               "Девять шахтёров погибли и 20 оказались под завалом при обрушении на угольной шахте «Белгар» в Орвандской области "
                               "Несты, сообщил губернатор Рустам Дехлави.";
static const char SHAFT_AR[] = "مقتل تسعة من عمال المناجم في انهيار منجم بيلغار\n"
                               "قتل تسعة عمال وحوصر 20 في انهيار نفق في منجم بيلغار للفحم في إقليم أورفند، بحسب المحافظ رستم دهلوي.";
static const char OTHER_RU[] = "На шахте «Томарис» погибли шесть горняков\n"
                               "Шесть шахтёров погибли и 14 пострадали при взрыве на угольной шахте «Томарис» в Селькенской области Несты, "
                               "сообщил министр Рустам Дехлави.";

static float sites_apart(kh_arena *a, const kh_digest *x, const kh_digest *y)
{
    kh_frequencies none = {0};
    kh_prepared p = kh_prepare(a, &none, x);
    return kh_parts_of(&p, y).sites_apart;
}

static void sites_meet_across_scripts_or_part(void **state)
{
    kh_arena *a = *state;
    kh_digest en = digest_of(a, "en", SHAFT_EN), ru = digest_of(a, "ru", SHAFT_RU), ar = digest_of(a, "ar", SHAFT_AR);
    kh_digest other = digest_of(a, "ru", OTHER_RU), vote = digest_of(a, "en", VOTE_EN);
    assert_non_null(shared(&en, &ru, KH_FEATURE_SITE));
    assert_non_null(shared(&en, &ar, KH_FEATURE_SITE));
    assert_true(sites_apart(a, &en, &ru) == 0);
    assert_true(sites_apart(a, &en, &ar) == 0);
    assert_true(sites_apart(a, &en, &vote) == 0);
    assert_true(sites_apart(a, &ru, &other) == 1);
    assert_true(sites_apart(a, &ar, &other) == 1);
    assert_true(score(a, &ar, &ru) > score(a, &ar, &other));
}

static void another_mine_opens_another_story(void **state)
{
    kh_arena *a = *state;
    kh_digest en = digest_of(a, "en", SHAFT_EN), ru = digest_of(a, "ru", SHAFT_RU), other = digest_of(a, "ru", OTHER_RU);
    kh_story_candidate open = {.story = 3};
    kh_frequencies none = {0};
    *KH_ADD(a, &open.members) = &ru;
    assert_int_equal(kh_story_place(a, kh_test_scratch(), know.story, &none, &en, &open, 1).story, 3);
    assert_int_equal(kh_story_place(a, kh_test_scratch(), know.story, &none, &other, &open, 1).story, 0);
}

static void a_site_needs_a_name(void **state)
{
    kh_digest d = digest_of(*state, "en", "Mine closed\nThe old mine was closed by the ministry, and the church Anna Gray attends too.");
    assert_int_equal(count_of(&d, KH_FEATURE_SITE), 0);
    d = digest_of(*state, "ar", "تقرير\nالمنجم.");
    assert_int_equal(count_of(&d, KH_FEATURE_SITE), 0);
}

static void two_events_of_a_kind_part(void **state)
{
    kh_arena *a = *state;
    kh_frequencies none = {0};
    const kh_digest *mixed[10], *one[10];
    uint8_t side[KH_SPLIT_MAX];
    for (size_t i = 0; i < 10; i++) {
        bool second = i % 2;
        mixed[i] = second ? mine_report(a, i, "Ostrelka", "a flood of brine", "Governor Pavlinsky")
                          : mine_report(a, i, "Tarkand", "methane", "Minister Akhmedov");
        one[i] = mine_report(a, i, "Tarkand", "methane", "Minister Akhmedov");
    }
    assert_false(kh_story_split(kh_test_scratch(), &none, one, 10, side));
    assert_true(kh_story_split(kh_test_scratch(), &none, mixed, 10, side));
    for (size_t i = 2; i < 10; i++) {
        assert_int_equal(side[i], side[i % 2]);
    }
    assert_int_not_equal(side[0], side[1]);
    assert_false(kh_story_split(kh_test_scratch(), &none, mixed, KH_SPLIT_MIN - 1, side));
}

/* The same two kinds of report, of which now each has the text of the others but for two words. */
static void copies_do_not_part(void **state)
{
    kh_arena *a = *state;
    kh_frequencies none = {0};
    kh_u64s text = {0};
    for (uint64_t i = 1; i <= 8; i++) {
        *KH_ADD(a, &text) = i;
    }
    kh_digest copies[10];
    const kh_digest *members[10];
    uint8_t side[KH_SPLIT_MAX];
    for (size_t i = 0; i < 10; i++) {
        copies[i] = *mine_report(a, i, i % 2 ? "Ostrelka" : "Tarkand", i % 2 ? "a flood of brine" : "methane",
                                 i % 2 ? "Governor Pavlinsky" : "Minister Akhmedov");
        members[i] = &copies[i];
    }
    assert_true(kh_story_split(kh_test_scratch(), &none, members, 10, side));
    for (size_t i = 0; i < 10; i++) {
        copies[i].prints = text;
    }
    assert_false(kh_story_split(kh_test_scratch(), &none, members, 10, side));
}

static void stories_that_tell_the_same_merge(void **state)
{
    kh_arena *a = *state;
    kh_frequencies none = {0};
    kh_story_candidate x = {.story = 1}, y = {.story = 2}, z = {.story = 3};
    kh_digest vote = digest_of(a, "en", VOTE_EN);
    *KH_ADD(a, &x.members) = mine_report(a, 0, "Tarkand", "methane", "Minister Akhmedov");
    *KH_ADD(a, &y.members) = mine_report(a, 1, "Tarkand", "methane", "Minister Akhmedov");
    *KH_ADD(a, &z.members) = &vote;
    assert_true(kh_story_merge(kh_test_scratch(), know.story, &none, &x, &y) >= KH_STORY_MERGE);
    assert_true(kh_story_merge(kh_test_scratch(), know.story, &none, &x, &z) < 0.2F);
}

/* Two stories of mines; the first report of Tarkand came into the other mine's story. */
static void an_article_in_the_wrong_story_is_called_out(void **state)
{
    kh_arena *a = *state;
    kh_frequencies none = {0};
    kh_story_candidate open[2] = {{.story = 7}, {.story = 8}};
    for (size_t i = 2; i < 5; i++) {
        *KH_ADD(a, &open[0].members) = mine_report(a, i, "Ostrelka", "a flood of brine", "Governor Pavlinsky");
        *KH_ADD(a, &open[1].members) = mine_report(a, i + 3, "Tarkand", "methane", "Minister Akhmedov");
    }
    const kh_digest *lost = mine_report(a, 0, "Tarkand", "methane", "Minister Akhmedov");
    const kh_digest *fresh = mine_report(a, 1, "Tarkand", "methane", "Minister Akhmedov");
    *KH_ADD(a, &open[0].members) = lost;
    kh_placement came = {.story = 8, .rivals = {7}};
    kh_doubtful list[KH_DOUBTFUL_MAX];
    size_t count = kh_story_doubtful(kh_test_scratch(), know.story, &none, fresh, &came, open, 2, list);
    assert_true(count >= 1);
    assert_int_equal(list[0].article, lost->id);
    assert_int_equal(list[0].story, 7);
    kh_doubtful firm = {.article = open[0].members.items[0]->id, .story = 7};
    assert_true(kh_story_in_doubt(kh_test_scratch(), know.story, &none, &list[0], fresh, 8, open, 2));
    assert_false(kh_story_in_doubt(kh_test_scratch(), know.story, &none, &firm, fresh, 8, open, 2));
    came.rivals[0] = 0;
    assert_int_equal(kh_story_doubtful(kh_test_scratch(), know.story, &none, fresh, &came, open, 2, list), 0);

    open[0].members.count--;
    assert_int_equal(kh_story_again(a, kh_test_scratch(), know.story, &none, lost, 7, open, 2, false).story, 8);
    assert_int_equal(kh_story_again(a, kh_test_scratch(), know.story, &none, lost, 8, open, 2, false).story, 8);
    kh_digest vote = digest_of(a, "en", VOTE_EN);
    assert_int_equal(kh_story_again(a, kh_test_scratch(), know.story, &none, &vote, 7, open, 1, false).story, 0);
}

/* COUNT words of ID's own and as many that all have, sorted by their hash. */
static const kh_digest *words_digest(kh_arena *a, int64_t id, uint64_t count)
{
    kh_digest *d = KH_NEW(a, kh_digest);
    *d = (kh_digest){.id = id, .lang = KH_STR("en")};
    for (uint64_t i = 1; i <= 2 * count; i++) {
        uint64_t hash = i <= count ? i : i + 1000 * (uint64_t)id;
        *KH_ADD(a, &d->features) = (kh_feature){.hash = hash, .count = 1, .kind = KH_FEATURE_WORD};
    }
    return d;
}

static void whole_articles_need_no_sum_of_the_members(void **state)
{
    kh_arena *a = *state;
    kh_frequencies none = {0};
    for (uint64_t words = 20; words <= 40; words += 20) {
        const kh_digest *members[] = {words_digest(a, 2, words), words_digest(a, 3, words)};
        kh_prepared x = kh_prepare(a, &none, words_digest(a, 1, words));
        kh_gathered head = {0}, sum;
        kh_join by_head, by_sum;
        kh_gather_head(members, 2, &head);
        kh_gather(a, kh_test_scratch(), members, 2, &sum);
        kh_join_of(know.story, &x, members, 2, &head, &by_head);
        kh_join_of(know.story, &x, members, 2, &sum, &by_sum);
        bool whole = 2 * words >= 60;
        assert_int_equal(kh_join_asks_sum(know.story, &x, &head), !whole);
        assert_true((by_head.odds == by_sum.odds) == whole);
    }
}

static void probes_ask_for_what_others_have(void **state)
{
    kh_arena *a = *state;
    kh_digest d = digest_of(a, "en", DAM_EN);
    kh_map counts = {0};
    kh_frequencies live = {.documents = 50, .counts = &counts};
    assert_int_equal(kh_story_probes(a, kh_test_scratch(), &live, false, &d, 96).count, 0);
    for (size_t i = 0; i < d.features.count; i += 2) {
        *kh_map_put(a, &counts, d.features.items[i].hash, NULL) = 1;
    }
    assert_int_equal(kh_story_probes(a, kh_test_scratch(), &live, true, &d, 96).count, 0);
    kh_story_probe_list all = kh_story_probes(a, kh_test_scratch(), &live, false, &d, 96);
    assert_int_equal(all.count, (d.features.count + 1) / 2);
    assert_int_equal(kh_story_probes(a, kh_test_scratch(), &live, false, &d, 7).count, 7);
}

/* "ar المفاوضات" gives its stem and skeletons. */
static kh_str stem_and_skeletons(kh_arena *a, kh_str input)
{
    kh_str tag, word = input;
    kh_str_cut(&word, ' ', &tag);
    const kh_text *t = kh_text_of(a, word);
    const kh_token *k = &t->tokens.items[0];
    kh_skeletons s;
    char room[KH_STEM_MAX];
    kh_buf b = {.arena = a};
    kh_buf_add(&b, kh_stem(k->key, (kh_script)k->script, tag, room));
    kh_skeletons_of(k->key, (kh_script)k->script, &s);
    for (size_t i = 0; i < s.count; i++) {
        kh_buf_char(&b, ' ');
        kh_buf_add(&b, s.items[i]);
    }
    if (s.count == 0) {
        kh_buf_z(&b, " -");
    }
    return kh_buf_str(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(stop_words_are_no_features), KH_TEST(features_are_sorted_and_marked),
        KH_TEST(known_names_meet_across_scripts), KH_TEST(unknown_names_meet_by_sound), KH_TEST(short_names_meet_as_they_are_spelled),
        KH_TEST(compounds_are_what_their_parts_are),
        KH_TEST(short_nouns_behind_the_article), KH_TEST(endings_come_off_where_a_form_is_left),
        KH_TEST(patterns_give_the_singular_and_the_verbal_noun), KH_TEST(verbs_and_their_particles), KH_TEST(genitives_are_of_their_noun),
        KH_TEST(concepts_meet_across_languages), KH_TEST(one_event_is_alike),
        KH_TEST(what_happened_counts_between_two), KH_TEST(time_parts_events), KH_TEST(likeness_stays_within_bounds),
        KH_TEST(joins_the_right_story_or_none), KH_TEST(a_grown_story_asks_for_more_support),
        KH_TEST(two_events_of_a_kind_part), KH_TEST(copies_do_not_part), KH_TEST(stories_that_tell_the_same_merge),
        KH_TEST(an_article_in_the_wrong_story_is_called_out),
        KH_TEST(whole_articles_need_no_sum_of_the_members),
        KH_TEST(probes_ask_for_what_others_have), KH_TEST(sites_meet_across_scripts_or_part),
        KH_TEST(another_mine_opens_another_story), KH_TEST(a_site_needs_a_name),
    };
    int failed = cmocka_run_group_tests_name("story", tests, learn, forget);
    failed += kh_run_cases("test/cases/story.txt", stem_and_skeletons);
    return failed != 0;
}
