/* test_findings.c - what was found in an article, packed into its row: it comes back, a shell reads it by the views, damage is told; texts
 * packed and plain. */
#include "test.h"

#include "store/findings.h"
#include "store/texts.h"

#include <string.h>

enum { FAR = 7999999, MANY = 30000 }; /* an offset near the end of the longest page; lines with more words than characters below U+D800 */

static kh_store *opened(void)
{
    kh_error err = {0};
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    assert_non_null(store);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    return store;
}

static kh_str value_of(kh_store *store, kh_arena *a, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    kh_str value = {0};
    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL), SQLITE_OK);
    if (sqlite3_step(stmt) == SQLITE_ROW) {
        value = kh_sql_str(a, stmt, 0);
    }
    sqlite3_finalize(stmt);
    return value;
}

static void fill_claims(kh_arena *a, kh_article *article)
{
    *KH_ADD(a, &article->quotations) = (kh_quotation){.span = {10, FAR}, .speaker = KH_STR("Сурия \"Эфе\""), .speaker_name = KH_NO_NAME,
                                                      .speaker_span = {1999, 2000}, .cue = {2000, 4001}, .act = (kh_act)1, .mode = (kh_mode)1,
                                                      .stance = (kh_stance)1, .told_to = KH_STR("reuters"), .hedge = {3, 4}, .continues = true};
    *KH_ADD(a, &article->quotations) = (kh_quotation){.span = {0, 1}, .speaker_name = 4999, .core = true};
    *KH_ADD(a, &article->figures) = (kh_figure){.span = {0, 5}, .number = {1, 3}, .min = 0.1, .has_min = true, .quotation = 0, .soft = true,
                                                .what = KH_STR("killed"), .noun = KH_STR("a\\b\n\"c\""), .past_event = true};
    *KH_ADD(a, &article->figures) = (kh_figure){.span = {FAR, FAR + 1}, .min = 66.67, .max = 1e15 + 1, .has_min = true, .has_max = true,
                                                .quotation = UINT32_MAX, .unit = KH_STR("EUR"), .core = true, .hedge = {FAR, FAR + 9}};
}

static kh_article filled(kh_arena *a)
{
    kh_article article = {.title = {.value = KH_STR("t"), .confidence = 0.3f, .path = KH_STR("h1")},
                          .byline = {.value = KH_STR("b"), .span = {1999, 2001}, .confidence = 1}};
    *KH_ADD(a, &article.lines) = (kh_line){.span = {0, FAR}, .role = (kh_line_role)1, .path = KH_STR("p\x1f\x01"), .lang = KH_STR("fa")};
    *KH_ADD(a, &article.lines) = (kh_line){.span = {FAR, FAR + 1}};
    kh_when_parse(KH_STR("2024-09-01"), &article.published.when);
    article.published.core = article.published_inferred = true;
    *KH_ADD(a, &article.dates) = (kh_date){.span = {5, 9}, .clash = true, .reason = KH_STR("weekday")};
    *KH_ADD(a, &article.mentions) = (kh_mention){.name = 0, .span = {2000, 2005}};
    *KH_ADD(a, &article.mentions) = (kh_mention){.name = 4999, .span = {FAR, FAR + 7}, .role_span = {0, 1}};
    fill_claims(a, &article);
    return article;
}

static bool same_span(kh_span a, kh_span b)
{
    return a.begin == b.begin && a.end == b.end;
}

static void all_comes_back(void **state)
{
    kh_arena *a = *state;
    kh_store *store = opened();
    kh_article in = filled(a), out = {.title = {.value = in.title.value}};
    kh_found found = {0};
    assert_int_equal(kh_found_pack(store, a, &in, &found, NULL), KH_OK);
    assert_true(kh_found_read_all(store, a, &found, &out));
    assert_kh_str(out.title.path, KH_STR("h1"));
    assert_true(out.title.confidence > 0.2999999f && out.title.confidence < 0.3000001f);
    assert_kh_str(out.byline.value, KH_STR("b"));
    assert_true(same_span(out.byline.span, in.byline.span) && out.lines.count == 2 && same_span(out.lines.items[0].span, in.lines.items[0].span));
    assert_kh_str(out.lines.items[0].path, in.lines.items[0].path);
    assert_kh_str(out.lines.items[0].lang, KH_STR("fa"));
    assert_int_equal(out.lines.items[0].role, 1);
    assert_kh_str(kh_when_text(a, out.published.when), KH_STR("2024-09-01"));
    assert_true(out.published_inferred && out.published.core && out.dates.count == 1 && out.dates.items[0].clash);
    for (size_t i = 0; i < 2; i++) {
        const kh_quotation *q = &out.quotations.items[i], *p = &in.quotations.items[i];
        const kh_figure *f = &out.figures.items[i], *g = &in.figures.items[i];
        assert_true(same_span(q->span, p->span) && same_span(q->cue, p->cue) && same_span(q->hedge, p->hedge) && q->act == p->act && q->form == p->form);
        assert_true(q->speaker_name == p->speaker_name && q->core == p->core && q->continues == p->continues);
        assert_kh_str(q->speaker, p->speaker);
        assert_true(same_span(f->span, g->span) && same_span(f->hedge, g->hedge) && f->has_min == g->has_min && f->has_max == g->has_max);
        assert_true(memcmp(&f->min, &g->min, sizeof f->min) == 0 && memcmp(&f->max, &g->max, sizeof f->max) == 0);
        assert_true(f->quotation == g->quotation && f->soft == g->soft && f->core == g->core && f->past_event == g->past_event);
        assert_kh_str(f->noun, g->noun);
        assert_true(same_span(out.mentions.items[i].span, in.mentions.items[i].span) && out.mentions.items[i].name == in.mentions.items[i].name);
    }
    assert_true(same_span(kh_found_mention(store, found.of[KH_FOUND_MENTIONS], 4999), (kh_span){FAR, FAR + 7}));
    assert_true(kh_span_empty(kh_found_mention(store, found.of[KH_FOUND_MENTIONS], 3)));
    kh_store_close(store);
}

static void put(kh_store *store, const kh_found *f)
{
    assert_int_equal(kh_sql_run(store, NULL, "INSERT INTO article(id,key,label,kind,language,text,sha256,added,program,knowledge,title," KH_FOUND_COLUMNS
                                             ") VALUES(1,'k','l','text','en','0123456789','x','2024-09-01','p','k','t',?,?,?,?,?,?,?)",
                                "sssssss", f->of[0], f->of[1], f->of[2], f->of[3], f->of[4], f->of[5], f->of[6]), KH_OK);
}

static void a_shell_reads_it(void **state)
{
    kh_arena *a = *state;
    kh_store *store = opened();
    kh_article in = filled(a);
    kh_found found = {0};
    assert_int_equal(kh_found_pack(store, a, &in, &found, NULL), KH_OK);
    put(store, &found);
    assert_kh_str(value_of(store, a, "SELECT group_concat(name || '=' || value || coalesce(begin || '-' || end, '') || ' ' || confidence, ' ') FROM field"),
                  KH_STR("title=t 0.3 byline=b1999-2001 1.0"));
    assert_kh_str(value_of(store, a, "SELECT group_concat(begin || '-' || end || coalesce(language, ''), ' ') FROM line"), KH_STR("0-7999999fa 7999999-8000000"));
    assert_kh_str(value_of(store, a, "SELECT group_concat(role || coalesce(value, '') || core || clash || inferred, ' ') FROM date WHERE article_id = 1"),
                  KH_STR("published2024-09-01101 text010"));
    assert_kh_str(value_of(store, a, "SELECT group_concat(name || ' ' || begin || '-' || end || coalesce(role_begin || '-' || role_end, ''), ' ') FROM mention"),
                  KH_STR("0 2000-2005 4999 7999999-80000060-1"));
    assert_kh_str(value_of(store, a, "SELECT group_concat(begin || '-' || end || coalesce(speaker, '') || speaker_name || coalesce(cue_begin || '-' || cue_end, '') "
                                     "|| coalesce(told_to, '') || core || continues, ' ') FROM quotation"),
                  KH_STR("10-7999999Сурия \"Эфе\"-12000-4001reuters01 0-1499910"));
    assert_kh_str(value_of(store, a, "SELECT group_concat(coalesce(min, '') || '..' || coalesce(max, '') || coalesce(what, '') || coalesce(unit, '') || quotation "
                                     "|| soft || core || past_event, ' ') FROM figure"),
                  KH_STR("0.1..killed0101 66.67..1.0e+15EUR-1010"));
    assert_kh_str(value_of(store, a, "SELECT noun FROM figure"), in.figures.items[0].noun);
    assert_kh_str(value_of(store, a, "SELECT words FROM figures"), KH_STR("01234"));
    kh_store_close(store);
}

static void many_words_are_counted(void **state)
{
    kh_arena *a = *state;
    kh_store *store = opened();
    kh_article in = {0}, out = {0};
    kh_found found = {0};
    for (int i = 0; i < MANY; i++) {
        *KH_ADD(a, &in.lines) = (kh_line){.span = {(uint32_t)i, (uint32_t)i + 1}, .path = kh_arena_printf(a, "p%d", i), .why = kh_arena_printf(a, "w%d", i)};
    }
    assert_int_equal(kh_found_pack(store, a, &in, &found, NULL), KH_OK);
    assert_true(kh_found_read_all(store, a, &found, &out));
    assert_int_equal(out.lines.count, MANY);
    assert_kh_str(out.lines.items[MANY - 1].why, KH_STR("w29999"));
    put(store, &found);
    assert_kh_str(value_of(store, a, "SELECT path || why FROM line WHERE article_id = 1 AND position = 29000"), KH_STR("p29000w29000"));
    kh_store_close(store);
}

/* Cut anywhere but between two findings, or with a word that is not there: nothing is made up. */
static void damage_is_told(void **state)
{
    kh_arena *a = *state;
    kh_store *store = opened();
    kh_article in = filled(a);
    kh_found found = {0};
    assert_int_equal(kh_found_pack(store, a, &in, &found, NULL), KH_OK);
    kh_str whole = found.of[KH_FOUND_FIGURES];
    size_t read = 0;
    for (size_t len = 0; len <= whole.len; len++) {
        kh_article out = {0};
        found.of[KH_FOUND_FIGURES] = kh_str_head(whole, len);
        read += kh_found_read(store, a, &found, KH_FOUND_FIGURES, &out);
    }
    assert_int_equal(read, 2); /* none, all */
    found.of[KH_FOUND_FIGURES] = whole;
    static const char *const words[] = {"", "[", "[\"", "[\"a", "[\"a\"", "[\"a\"]", "{}", "[\"a\",]", "[\"\\u00\"]", "[1]"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        kh_article out = {0};
        found.of[KH_FOUND_WORDS] = kh_str_z(words[i]);
        assert_false(kh_found_read_all(store, a, &found, &out));
    }
    kh_store_close(store);
}

/* Evidence of which a store keeps the beginning alone: KH_EVIDENCE_BYTES_MAX. */
static void endless_evidence_is_cut(void **state)
{
    kh_arena *a = *state;
    kh_store *store = opened();
    kh_article in = {0}, out = {0};
    kh_found found = {0};
    *KH_ADD(a, &in.mentions) = (kh_mention){.span = {7, 8 + KH_EVIDENCE_BYTES_MAX}};
    assert_int_equal(kh_found_pack(store, a, &in, &found, NULL), KH_OK);
    assert_true(kh_found_read_all(store, a, &found, &out));
    assert_true(same_span(out.mentions.items[0].span, (kh_span){7, 7 + KH_EVIDENCE_BYTES_MAX}));
    kh_store_close(store);
}

/* What a rollback took away is given anew, and not remembered. */
static void numbers_of_terms_are_undone(void **state)
{
    kh_arena *a = *state;
    kh_store *store = opened();
    kh_article in = filled(a), out = {0};
    kh_found found = {0};
    assert_int_equal(kh_store_mark(store, KH_STR("k"), true, NULL), KH_OK);
    assert_int_equal(kh_found_pack(store, a, &in, &found, NULL), KH_OK);
    kh_store_undo(store);
    assert_kh_str(value_of(store, a, "SELECT count(*) FROM term"), KH_STR("0"));
    assert_false(kh_found_read_all(store, a, &found, &out));
    assert_int_equal(kh_found_pack(store, a, &in, &found, NULL), KH_OK);
    out = (kh_article){0};
    assert_true(kh_found_read_all(store, a, &found, &out));
    kh_store_close(store);
}

static kh_str text_of(kh_store *store, kh_arena *a, bool *whole)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT text FROM article WHERE id = 1", NULL);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    kh_str text = kh_sql_text(a, stmt, 0, whole);
    sqlite3_reset(stmt);
    return text;
}

static void texts_come_back(void **state)
{
    kh_arena *a = *state;
    for (size_t len = 0; len < 4000000; len = len * 3 + 1) {
        kh_store *store = opened();
        char *p = KH_NEW_N(a, char, len + 1);
        memset(p, 'x', len);
        kh_str text = {p, len};
        bool whole = true;
        put(store, &(kh_found){0});
        assert_int_equal(kh_sql_run(store, NULL, "UPDATE article SET text = ?", "t", text), KH_OK);
        assert_true(kh_str_eq(text_of(store, a, &whole), text));
        assert_int_equal(kh_texts_pack_all(store, kh_test_scratch(), NULL), KH_OK);
        assert_kh_str(value_of(store, a, "SELECT typeof(text) FROM article"), KH_STR("blob"));
        assert_true(kh_str_eq(text_of(store, a, &whole), text) && whole);
        assert_int_equal(kh_sql_run(store, NULL, "UPDATE article SET text = x'789c00'", ""), KH_OK);
        assert_kh_str(text_of(store, a, &whole), (kh_str){0});
        assert_false(whole);
        kh_store_close(store);
    }
}

static void old_texts_are_packed(void **state)
{
    kh_arena *a = *state;
    kh_store *store = opened();
    put(store, &(kh_found){0});
    assert_false(kh_text_is_old(store, KH_STR("2024-09-01"), KH_STR("2024-10-01T00:00:00Z")));
    assert_true(kh_text_is_old(store, KH_STR("2024-08-31"), KH_STR("2024-10-01T00:00:00Z")));
    assert_int_equal(kh_texts_pack(store, kh_test_scratch(), 2, NULL), KH_OK);
    assert_kh_str(value_of(store, a, "SELECT typeof(text) FROM article"), KH_STR("text"));
    store->plain_known = false;
    assert_int_equal(kh_sql_run(store, NULL, "INSERT INTO meta VALUES('plain_days', 'all')", ""), KH_OK);
    assert_false(kh_text_is_old(store, KH_STR("1999-08-31"), KH_STR("2024-10-01T00:00:00Z")));
    assert_int_equal(kh_texts_pack(store, kh_test_scratch(), 2, NULL), KH_OK);
    assert_kh_str(value_of(store, a, "SELECT typeof(text) FROM article"), KH_STR("text"));
    store->plain_known = false;
    assert_int_equal(kh_sql_run(store, NULL, "UPDATE meta SET value = '10'", ""), KH_OK);
    assert_true(kh_text_is_old(store, KH_STR("2024-09"), KH_STR("2024-10-11T00:00:00Z")));
    assert_int_equal(kh_texts_pack(store, kh_test_scratch(), 2, NULL), KH_OK);
    assert_kh_str(value_of(store, a, "SELECT typeof(text) FROM article"), KH_STR("blob"));
    kh_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(all_comes_back),          KH_TEST(a_shell_reads_it),           KH_TEST(many_words_are_counted), KH_TEST(damage_is_told),
        KH_TEST(endless_evidence_is_cut), KH_TEST(numbers_of_terms_are_undone), KH_TEST(texts_come_back),        KH_TEST(old_texts_are_packed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
