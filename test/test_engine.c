/* test_engine.c - an article through the store and back without loss; the published C interface; limits. */
#include "put_page.h"

#include "engine/prune.h"
#include "engine/recent.h"
#include "khabar/khabar.h"
#include "store/warm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static kh_engine *engine;

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

static kh_str json_of(kh_arena *a, const kh_article *article)
{
    kh_buf b = {.arena = a};
    kh_json_article(&b, article, NULL);
    return kh_buf_str(&b);
}

static void rows_give_back_what_was_put(void **state)
{
    static const char *const files[] = {"examples/pages/ar04-levantis.html", "examples/pages/fa01-nilab.html",
                                        "examples/pages/ru05-meskapress.html", "examples/pages/en04-tarn-observer.html"};
    kh_worker w;
    kh_error err = {0};
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    assert_non_null(store);
    assert_int_equal(kh_worker_open(&w, &err), KH_OK);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        kh_page page;
        kh_article *read = NULL;
        kh_article *loaded = NULL;
        kh_put_outcome outcome;
        kh_put_options options = {.now = kh_day(2024, 9, 1), .program = KH_STR("test")};
        kh_worker_clear(&w);
        kh_str bytes = kh_test_file(*state, files[i]);
        assert_int_equal(kh_page_of_bytes(&w.page, bytes, kh_str_z(files[i]), &page, &err), KH_OK);
        assert_int_equal(kh_engine_read(engine, &w, &page, (kh_time){0}, &read, &err), KH_OK);
        assert_true(read->quotations.count > 0 && read->figures.count > 0);
        assert_int_equal(kh_store_begin(store, &err), KH_OK);
        assert_int_equal(kh_ingest(engine, store, &w, read, &options, &outcome, &err), KH_OK);
        assert_int_equal(outcome, KH_PUT_NEW);
        assert_int_equal(kh_store_commit(store, &err), KH_OK);
        assert_int_equal(kh_store_article(store, *state, read->id, &loaded, &err), KH_OK);
        assert_kh_str(json_of(*state, loaded), json_of(*state, read));
        assert_int_equal(loaded->features.count, read->features.count);
        assert_int_equal(loaded->prints.count, read->prints.count);
    }
    kh_worker_close(&w);
    kh_store_close(store);
}

/* A story that needs more room than there is gets an answer, and whoever asked goes on. */
static void a_story_too_large_for_memory_is_refused(void **state)
{
    kh_worker w;
    kh_error err = {0};
    kh_story story;
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    assert_non_null(store);
    assert_int_equal(kh_worker_open(&w, &err), KH_OK);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    put_page(*state, engine, store, &w, "examples/pages/en01-halyard.html");
    assert_int_equal(kh_store_commit(store, &err), KH_OK);
    kh_ids members = {0};
    assert_int_equal(kh_store_members(store, *state, 1, &members, &err), KH_OK);
    assert_int_equal(members.count, 1);
    kh_worker_clear(&w);
    kh_arena small = w.scratch;
    small.end = small.cur + 4096;
    assert_int_equal(kh_story_load(engine, store, &w.page, small, 1, &story, &err), KH_ERR_LIMIT);
    assert_string_equal(err.reason, "too_complex");
    assert_null(w.page.full);
    const kh_arena page = w.page;
    for (size_t bytes = 512; bytes < 65536; bytes += 512) { /* room that ends in the midst of reading */
        w.page.end = w.page.cur + bytes;
        kh_status status = kh_story_load(engine, store, &w.page, w.scratch, 1, &story, &err);
        assert_true(!status || (status == KH_ERR_LIMIT && w.page.cur == page.cur));
        for (sqlite3_stmt *s = sqlite3_next_stmt(store->db, NULL); s; s = sqlite3_next_stmt(store->db, s)) {
            assert_false(sqlite3_stmt_busy(s));
        }
        w.page = page;
    }
    assert_int_equal(kh_story_load(engine, store, &w.page, w.scratch, 1, &story, &err), KH_OK);
    assert_int_equal(story.articles.count, 1);
    kh_worker_close(&w);
    kh_store_close(store);
}

/* It stays, and those behind it are pruned all the same. */
static void a_story_too_large_for_memory_is_not_pruned(void **state)
{
    static const char *const files[] = {"examples/pages/en01-halyard.html", "examples/pages/ar09-difaf-alkhalij.html"};
    kh_worker w;
    kh_error err = {0};
    kh_pruning small = {0}, run = {0};
    kh_ids left = {0};
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    assert_int_equal(kh_worker_open(&w, &err), KH_OK);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    for (size_t i = 0; i < 2; i++) {
        put_page(*state, engine, store, &w, files[i]);
    }
    assert_int_equal(kh_store_commit(store, &err), KH_OK);
    const kh_arena scratch = w.scratch;
    kh_worker_clear(&w);
    w.scratch.end = w.scratch.cur + 4096;
    assert_int_equal(kh_prune_some(engine, store, &w, KH_STR("2090-01-01"), kh_day(2024, 9, 1), &small, &err), KH_OK);
    assert_true(small.ended);
    assert_int_equal(small.too_complex, 2);
    assert_int_equal(small.done.stories, 0);
    w.scratch = scratch;
    assert_int_equal(kh_prune_some(engine, store, &w, KH_STR("2090-01-01"), kh_day(2024, 9, 1), &run, &err), KH_OK);
    assert_int_equal(run.too_complex, 0);
    assert_int_equal(run.done.stories, 2);
    assert_int_equal(kh_store_ids(store, *state, 0, &left, &err), KH_OK);
    assert_int_equal(left.count, 0);
    kh_worker_close(&w);
    kh_store_close(store);
}

static void kept_digests_change_no_story(void **state)
{
    static const char *const files[] = {"examples/pages/en01-halyard.html", "examples/pages/fa06-hamrooz.html",
                                        "examples/pages/ru02-meskapress.html", "examples/pages/ar04-levantis.html",
                                        "examples/pages/fa01-nilab.html", "examples/pages/en04-tarn-observer.html"};
    enum { FILES = sizeof files / sizeof *files };
    kh_str names[2][FILES];
    kh_recent *recent = kh_recent_open();
    for (size_t kept = 0; kept < 2; kept++) {
        kh_worker w;
        kh_error err = {0};
        kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
        assert_non_null(store);
        assert_int_equal(kh_worker_open(&w, &err), KH_OK);
        w.recent = kept ? recent : NULL;
        assert_int_equal(kh_store_begin(store, &err), KH_OK);
        for (size_t i = 0; i < FILES; i++) {
            names[kept][i] = put_page(*state, engine, store, &w, files[i]);
        }
        assert_int_equal(kh_store_commit(store, &err), KH_OK);
        kh_worker_close(&w);
        kh_store_close(store);
    }
    for (size_t i = 0; i < FILES; i++) {
        assert_kh_str(names[1][i], names[0][i]);
    }
    assert_kh_str(names[0][1], names[0][0]); /* there was something to compare */
    assert_non_null(kh_recent_digest(recent, 1));
    kh_recent_clear(recent);
    assert_null(kh_recent_digest(recent, 1));
    kh_recent_close(recent);
}

/* An English quotation in an Arabic report is said to be one, and the store keeps it. */
static void a_paragraph_in_another_language_is_marked(void **state)
{
    kh_worker w;
    kh_page page;
    kh_article *read = NULL;
    kh_article *loaded = NULL;
    kh_put_outcome outcome;
    kh_put_options options = {.now = kh_day(2024, 9, 1), .program = KH_STR("test")};
    kh_error err = {0};
    kh_str bytes = KH_STR(
        "<html><body><article><h1>إغلاق الجسر القديم في المدينة</h1>"
        "<p>أعلنت البلدية إغلاق الجسر القديم بعد انهيار جزء منه في ساعة مبكرة من الصباح، وقال رئيسها إن أحدا لم يصب، وإن حركة "
        "السير ستتوقف حتى المساء.</p>"
        "<p>“We had told the council about the cracks last year and nobody answered us,” one of the neighbours said.</p>"
        "<p>وتابع رئيس البلدية أن الفرق تعمل منذ الفجر، وأن السكان كانوا قد أبلغوا عن الشقوق في الجسر قبل سنة كاملة دون أن "
        "يتلقوا أي جواب من المسؤولين.</p></article></body></html>");
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    assert_non_null(store);
    assert_int_equal(kh_worker_open(&w, &err), KH_OK);
    assert_int_equal(kh_page_of_bytes(&w.page, bytes, KH_STR("mixed"), &page, &err), KH_OK);
    assert_int_equal(kh_engine_read(engine, &w, &page, (kh_time){0}, &read, &err), KH_OK);
    assert_kh_str(read->lang, KH_STR("ar"));
    assert_kh_str(read->charset_why, KH_STR("valid UTF-8"));
    size_t marked = 0;
    KH_EACH (const kh_line, line, read->lines) {
        bool english = kh_str_find(kh_slice(read->text, line->span), KH_STR("council")) < kh_slice(read->text, line->span).len;
        assert_kh_str(line->lang, english ? KH_STR("en") : KH_STR(""));
        marked += english;
    }
    assert_int_equal(marked, 1);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    assert_int_equal(kh_ingest(engine, store, &w, read, &options, &outcome, &err), KH_OK);
    assert_int_equal(kh_store_commit(store, &err), KH_OK);
    assert_int_equal(kh_store_article(store, *state, read->id, &loaded, &err), KH_OK);
    assert_kh_str(json_of(*state, loaded), json_of(*state, read));
    kh_worker_close(&w);
    kh_store_close(store);
}

static void a_story_does_not_depend_on_the_order_of_its_articles(void **state)
{
    (void)state;
    static const char *const files[] = {"examples/pages/en01-halyard.html", "examples/pages/fa06-hamrooz.html",
                                        "examples/pages/ru02-meskapress.html"};
    kh_arena a = kh_arena_reserve((size_t)1 << 30, NULL);
    kh_arena scratch = kh_arena_reserve((size_t)1 << 30, NULL);
    const kh_article *forth[3];
    const kh_article *back[3];
    for (size_t i = 0; i < 3; i++) {
        kh_worker *w = KH_NEW(&a, kh_worker);
        kh_page page;
        kh_article *article = NULL;
        assert_int_equal(kh_worker_open(w, NULL), KH_OK);
        assert_int_equal(kh_page_of_bytes(&a, kh_test_file(&a, files[i]), kh_str_z(files[i]), &page, NULL), KH_OK);
        assert_int_equal(kh_engine_read(engine, w, &page, (kh_time){0}, &article, NULL), KH_OK);
        forth[i] = article;
        back[2 - i] = article;
    }
    kh_story x = {0};
    kh_story y = {0};
    kh_accounts_compare(&a, scratch, kh_engine_accounts(engine), forth, 3, &x);
    kh_accounts_compare(&a, scratch, kh_engine_accounts(engine), back, 3, &y);
    kh_buf bx = {.arena = &a};
    kh_buf by = {.arena = &a};
    kh_json_story(&bx, &x, NULL);
    kh_json_story(&by, &y, NULL);
    assert_kh_str(kh_buf_str(&bx), kh_buf_str(&by));
    kh_arena_release(&a);
    kh_arena_release(&scratch);
}

/* Said through the library, seen in an article, listed, and taken back. */
static void the_library_corrects(khabar *k)
{
    khabar_result *r = khabar_correct(k, "speaker", "en01", "Do not go back for your things", "unknown", "nadia", "asked her");
    assert_true(khabar_ok(r));
    assert_non_null(strstr(khabar_json(r), "\"kind\":\"speaker\",\"by\":\"nadia\""));
    assert_non_null(strstr(khabar_json(r), "\"was\":\"Leyla Bastur\""));
    khabar_free(r);
    r = khabar_article(k, "en01");
    assert_true(khabar_ok(r) && strstr(khabar_json(r), "\"corrected\":{\"id\":1,"));
    khabar_free(r);
    r = khabar_correct(k, "speaker", "en01", "words that nobody said", "unknown", "nadia", NULL);
    assert_string_equal(khabar_reason(r), "no_such_quotation");
    khabar_free(r);
    r = khabar_correct(k, "mood", "en01", "x", NULL, "nadia", NULL);
    assert_string_equal(khabar_reason(r), "no_such_kind");
    khabar_free(r);
    r = khabar_correct_undo(k, 1);
    assert_true(khabar_ok(r));
    khabar_free(r);
    r = khabar_correct_undo(k, 1);
    assert_string_equal(khabar_reason(r), "undone_before");
    khabar_free(r);
    r = khabar_corrections(k);
    assert_true(khabar_ok(r) && strstr(khabar_json(r), "\"undone\":\"2"));
    khabar_free(r);
}

static void the_library_exports(khabar *k)
{
    static const struct {
        const char *form, *begins;
    } forms[] = {{"csv-figures", "story,article,"}, {"csv-quotations", "story,article,"}, {"prov", "{\"prefix\":"}, {"jsonld", "{\"@context\":"}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        khabar_result *r = khabar_export(k, "en01", forms[i].form);
        assert_true(khabar_ok(r));
        assert_int_equal(strncmp(khabar_json(r), forms[i].begins, strlen(forms[i].begins)), 0);
        khabar_free(r);
    }
    khabar_result *r = khabar_export(k, "en01", "pdf");
    assert_string_equal(khabar_reason(r), "no_such_form");
    khabar_free(r);
    r = khabar_quotation(k, "en01", 1);
    assert_true(khabar_ok(r) && strstr(khabar_json(r), "\"number\":1") && !strstr(khabar_json(r), "\"number\":2"));
    khabar_free(r);
    r = khabar_quotation(k, "en01", 100000);
    assert_string_equal(khabar_reason(r), "no_such_quotation");
    khabar_free(r);
}

static void the_library_reads_adds_and_compares(void **state)
{
    kh_str en = kh_test_file(*state, "examples/pages/en01-halyard.html");
    kh_str copy = kh_test_file(*state, "examples/pages/en02-brackwater-gazette.html");
    char path[] = "/tmp/khabar-test-XXXXXX";
    kh_test_path(path);
    khabar *k = khabar_open(NULL);
    assert_non_null(k);
    assert_int_equal(strlen(khabar_knowledge(k)), 16);
    khabar_result *r = khabar_read(k, en.ptr, en.len, "en01");
    assert_true(khabar_ok(r) && strstr(khabar_json(r), "\"language\":\"en\""));
    khabar_free(r);
    r = khabar_add(k, en.ptr, en.len, "en01", NULL);
    assert_false(khabar_ok(r));
    assert_string_equal(khabar_reason(r), "no_store");
    khabar_free(r);
    r = khabar_store(k, path);
    assert_true(khabar_ok(r));
    khabar_free(r);
    static const char *const outcomes[] = {"new", "unchanged"};
    for (int i = 0; i < 2; i++) {
        r = khabar_add(k, en.ptr, en.len, "en01", NULL);
        assert_true(khabar_ok(r) && strstr(khabar_json(r), outcomes[i]));
        khabar_free(r);
    }
    r = khabar_story(k, "en01");
    assert_true(khabar_ok(r) && strstr(khabar_json(r), "\"kind\":\"story\""));
    khabar_free(r);
    r = khabar_add(k, copy.ptr, copy.len, "en02", NULL);
    assert_true(khabar_ok(r));
    khabar_free(r);
    the_library_corrects(k);
    the_library_exports(k);
    r = khabar_compare(k, en.ptr, en.len, copy.ptr, copy.len);
    assert_true(khabar_ok(r) && strstr(khabar_json(r), "\"relation\":\"verbatim\""));
    khabar_free(r);
    r = khabar_read(k, "", 0, NULL);
    assert_false(khabar_ok(r));
    assert_string_equal(khabar_json(r), "");
    khabar_free(r);
    khabar_free(NULL);
    khabar_close(k);
    khabar_close(NULL);
    remove(path);
}

/* ---- the memory to place an article ends, after any number of bytes ---- */

enum { BEFORE = 16, REPORTS = 20, STEP = 1 << 11, TURNS = 24, ENOUGH = 64 << 20, MEGABYTES = 2 << 20 };

static const char *const reports[REPORTS] = {
    "en01-halyard",          "en02-brackwater-gazette", "en03-northmere-post", "en04-tarn-observer",       "en05-harbour-ledger",
    "en06-northmere-post",   "en07-brackwater-gazette", "en08-harbour-ledger", "en09-northmere-post",      "ar01-almarfa",
    "ar02-difaf-alkhalij",   "ar03-rimal",              "fa01-nilab",          "fa02-karaneh-no",          "ru01-stepnoy-telegraf",
    "ru02-meskapress",       "ar04-levantis",           "fa04-hamrooz",        "ru05-meskapress",          "ar08-tizran",
};

typedef struct scarcity {
    kh_store *before; /* has the first BEFORE reports */
    kh_worker w[REPORTS];
    kh_article *read[REPORTS];
    size_t refused, alone, left, placed; /* left: in its story when control left */
} scarcity;

/* Puts report I with ROOM bytes for all that keeping and placing it wants. */
static kh_status put_scarce(scarcity *s, kh_store *store, size_t i, size_t room, kh_error *err)
{
    kh_put_outcome outcome;
    kh_put_options options = {.now = kh_day(2024, 9, 1), .program = KH_STR("test")};
    kh_worker *w = &s->w[i];
    kh_arena_clear(&w->scratch);
    kh_arena whole = w->scratch;
    w->scratch.end = room < (size_t)(whole.end - whole.cur) ? whole.cur + room : whole.end;
    s->read[i]->id = 0;
    kh_status status = kh_ingest(engine, store, w, s->read[i], &options, &outcome, err);
    w->scratch = whole;
    assert_null(w->page.full);
    for (sqlite3_stmt *q = sqlite3_next_stmt(store->db, NULL); q; q = sqlite3_next_stmt(store->db, q)) {
        assert_false(sqlite3_sql(q) && sqlite3_stmt_busy(q)); /* without words it is FTS5's own */
    }
    return status;
}

static void open_scarcity(kh_arena *a, scarcity *s)
{
    kh_error err = {0};
    *s = (scarcity){.before = kh_store_open("", KH_STORE_MEMORY, &err)};
    assert_int_equal(kh_store_begin(s->before, &err), KH_OK);
    for (size_t i = 0; i < REPORTS; i++) {
        kh_page page;
        const char *file = kh_arena_printf(a, "examples/pages/%s.html", reports[i]).ptr;
        assert_int_equal(kh_worker_open(&s->w[i], &err), KH_OK);
        assert_int_equal(kh_page_of_bytes(&s->w[i].page, kh_test_file(a, file), kh_str_z(file), &page, &err), KH_OK);
        assert_int_equal(kh_engine_read(engine, &s->w[i], &page, (kh_time){0}, &s->read[i], &err), KH_OK);
        assert_true(i >= BEFORE || put_scarce(s, s->before, i, SIZE_MAX, &err) == KH_OK);
    }
    assert_int_equal(kh_store_commit(s->before, &err), KH_OK);
}

static void close_scarcity(scarcity *s)
{
    for (size_t i = 0; i < REPORTS; i++) {
        kh_worker_close(&s->w[i]);
    }
    kh_store_close(s->before);
}

/* A store that has what S had before. */
static kh_store *copy_of_before(scarcity *s)
{
    kh_error err = {0};
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, &err);
    sqlite3_backup *copy = sqlite3_backup_init(store->db, "main", s->before->db, "main");
    assert_int_equal(sqlite3_backup_step(copy, -1), SQLITE_DONE);
    assert_int_equal(sqlite3_backup_finish(copy), SQLITE_OK);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    return store;
}

/* What became of report I, which was put. */
static void count_scarce(scarcity *s, kh_store *store, size_t i)
{
    bool alone = kh_sql_number(store, "SELECT count(*) FROM article WHERE id = ? AND story_reason LIKE 'opens a story; to hold it%'", "i",
                               s->read[i]->id) == 1;
    bool left = store->warm->heads.count == 0; /* what was remembered is forgotten then */
    assert_true(kh_store_story_of(store, s->read[i]->id) > 0);
    s->alone += alone;
    s->left += left && !alone;
    s->placed += !left;
}

/* The rest of the reports in one transaction, with ROOM and what RECENT keeps; gives all stories, empty where one could not be kept. */
static kh_str put_rest(scarcity *s, kh_arena *out, size_t room, kh_recent *recent)
{
    kh_error err = {0};
    kh_store *store = copy_of_before(s);
    kh_check check = {0};
    kh_buf stories = {.arena = out};
    kh_status status = KH_OK;
    kh_recent_clear(recent);
    for (size_t i = BEFORE; i < REPORTS && !status; i++) {
        s->w[i].recent = recent;
        status = put_scarce(s, store, i, room, &err);
        if (!status) {
            count_scarce(s, store, i);
        }
    }
    if (status) {
        assert_int_equal(status, KH_ERR_MEMORY);
        kh_store_rollback(store);
        s->refused++;
    } else {
        assert_int_equal(kh_store_commit(store, &err), KH_OK);
    }
    for (int64_t id = 1; id <= REPORTS && !status; id++) {
        kh_buf_printf(&stories, "%d ", (int)kh_store_story_of(store, id));
    }
    assert_int_equal(kh_store_check(store, out, &check, &err), KH_OK);
    assert_int_equal(check.problems.count, 0);
    assert_int_equal(check.articles, status ? BEFORE : REPORTS);
    kh_store_close(store);
    return kh_buf_str(&stories);
}

static void an_article_is_kept_without_memory_to_place_it(void **state)
{
    scarcity s;
    kh_recent *recent = kh_recent_open();
    open_scarcity(*state, &s);
    kh_str with_all = put_rest(&s, *state, SIZE_MAX, NULL);
    assert_true(s.refused + s.alone + s.left == 0 && s.placed == REPORTS - BEFORE);
    size_t too_little = STEP, enough = ENOUGH; /* to be placed */
    while (enough - too_little > STEP) {
        size_t room = too_little + (enough - too_little) / 2, alone = s.alone + s.refused;
        put_rest(&s, *state, room, NULL);
        *(s.alone + s.refused > alone ? &too_little : &enough) = room;
    }
    for (int turn = 0; turn < TURNS; turn++) {
        put_rest(&s, *state, (size_t)turn * STEP, turn % 2 ? recent : NULL);
        put_rest(&s, *state, too_little + (size_t)turn * STEP, turn % 4 == 3 ? recent : NULL);
    }
    assert_true(s.refused > 0 && s.alone > 0 && s.left > 0);
    assert_kh_str(put_rest(&s, *state, ENOUGH, recent), with_all);
    close_scarcity(&s);
    kh_recent_close(recent);
}

/* One that is large is taken back alone, and what came before it in its transaction stays; so it is with one that is revised. */
static void a_large_article_is_taken_back(void **state)
{
    scarcity s;
    kh_error err = {0};
    kh_check check = {0};
    open_scarcity(*state, &s);
    kh_store *store = copy_of_before(&s);
    kh_line *line = &s.read[REPORTS - 1]->lines.items[0];
    kh_str path = line->path;
    char *much = KH_NEW_N((kh_arena *)*state, char, MEGABYTES);
    memset(much, 'x', MEGABYTES);
    assert_int_equal(put_scarce(&s, store, BEFORE, SIZE_MAX, &err), KH_OK);
    line->path = (kh_str){much, MEGABYTES};
    assert_int_equal(put_scarce(&s, store, REPORTS - 1, MEGABYTES, &err), KH_ERR_LIMIT);
    assert_string_equal(err.reason, "too_complex");
    line->path = path;
    assert_int_equal(put_scarce(&s, store, REPORTS - 1, SIZE_MAX, &err), KH_OK);
    s.read[0]->sha256 = KH_STR("another");
    assert_int_equal(put_scarce(&s, store, 0, 2 * STEP, &err), KH_ERR_LIMIT);
    assert_int_equal(kh_store_commit(store, &err), KH_OK);
    assert_int_equal(kh_store_check(store, *state, &check, &err), KH_OK);
    assert_int_equal(check.problems.count, 0);
    assert_int_equal(check.articles, BEFORE + 2);
    assert_int_equal(check.revisions, 0);
    assert_int_equal(kh_store_begin(store, &err), KH_OK);
    assert_int_equal(kh_store_mark(store, KH_STR("one"), true, &err), KH_OK);
    assert_int_equal(kh_store_left(store, &err), KH_OK);
    assert_false(kh_store_undo(store)); /* the mark went with what was left */
    assert_int_equal(kh_store_commit(store, &err), KH_OK);
    kh_store_close(store);
    close_scarcity(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(rows_give_back_what_was_put),
        KH_TEST(a_story_too_large_for_memory_is_refused),
        KH_TEST(a_story_too_large_for_memory_is_not_pruned),
        KH_TEST(an_article_is_kept_without_memory_to_place_it),
        KH_TEST(a_large_article_is_taken_back),
        KH_TEST(kept_digests_change_no_story),
        KH_TEST(a_paragraph_in_another_language_is_marked),
        KH_TEST(a_story_does_not_depend_on_the_order_of_its_articles),
        KH_TEST(the_library_reads_adds_and_compares),
    };
    return cmocka_run_group_tests_name("engine", tests, open_engine, close_engine) != 0;
}
