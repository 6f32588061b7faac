/* engine.c - knowledge for all stages, and a page through all stages in their order.
 *
 * Decides the order alone: lines, language, dates, names, credits, quotations, figures, chains, and what
 * grouping needs. Each stage sees what the ones before it left in the article. The identity of an article
 * is decided here too: its canonical URL, else the id it came with, else the hash of its bytes, so that a
 * page pasted twice is one article and a page changed at its address is a revision.
 */
#include "engine/engine.h"

#include "engine/knowledge.h"
#include "engine/sha256.h"
#include "input/input.h"

#include <stdlib.h>

enum { SCRATCH_BYTES = 512 << 20 };

struct kh_engine {
    kh_arena arena;
    jmp_buf full;
    kh_lexicon *lexicon;
    kh_knowledge know;
};

/* The built-in files first, then those of the user's folder. */
static kh_status load_lexicon(kh_engine *e, const char *data_folder, kh_error *err)
{
    kh_data_files own = {0};
    kh_status status = data_folder ? kh_data_folder_read(&e->arena, data_folder, &own, err) : KH_OK;
    if (status) {
        return status;
    }
    kh_file *files = KH_NEW_N(&e->arena, kh_file, own.count + 1);
    for (size_t i = 0; i < own.count; i++) {
        files[i] = (kh_file){.path = own.items[i].path, .bytes = own.items[i].bytes};
    }
    e->lexicon = kh_lexicon_over(&e->arena, files, own.count);
    return KH_OK;
}

static kh_status fill_engine(kh_engine *e, const char *data_folder, kh_error *err)
{
    if (setjmp(e->full)) {
        return kh_fail(err, KH_ERR_LIMIT, "knowledge_too_large", "the data folder holds more than fits into %d MB",
                       KH_KNOWLEDGE_BYTES >> 20);
    }
    kh_status status = load_lexicon(e, data_folder, err);
    if (!status) {
        kh_knowledge_of(&e->arena, e->lexicon, &e->know);
    }
    return status;
}

kh_engine *kh_engine_open(const char *data_folder, kh_error *err)
{
    kh_engine *e = calloc(1, sizeof *e);
    if (e) {
        e->arena = kh_arena_reserve(KH_KNOWLEDGE_BYTES, &e->full);
    }
    if (!e || !e->arena.begin) {
        kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory for the knowledge; close other programs and try again");
    } else if (!fill_engine(e, data_folder, err)) {
        return e;
    }
    kh_engine_close(e);
    return NULL;
}

void kh_engine_close(kh_engine *engine)
{
    if (engine) {
        kh_arena_release(&engine->arena);
        free(engine);
    }
}

kh_str kh_engine_knowledge(const kh_engine *engine)
{
    return kh_lexicon_version(engine->lexicon);
}

const kh_names_know *kh_engine_names(const kh_engine *engine)
{
    return engine->know.names;
}

const kh_story_know *kh_engine_story(const kh_engine *engine)
{
    return engine->know.story;
}

const kh_accounts_know *kh_engine_accounts(const kh_engine *engine)
{
    return &engine->know.accounts;
}

kh_str kh_engine_agency_label(const kh_engine *engine, kh_str agency)
{
    return kh_credits_agency_label(engine->know.credits, agency);
}

static kh_str label_of(const void *know, kh_str id)
{
    return kh_engine_agency_label(know, id);
}

kh_json_labels kh_engine_labels(const kh_engine *engine)
{
    return (kh_json_labels){.agency = label_of, .know = engine};
}

/* ---- workers ---- */

static kh_status open_room(kh_arena *room, size_t bytes, kh_error *err)
{
    *room = kh_arena_reserve(bytes, NULL);
    return room->begin ? KH_OK : kh_fail(err, KH_ERR_MEMORY, "no_memory", "the system gives no address space for a page");
}

kh_status kh_page_room_open(kh_arena *page, kh_error *err)
{
    return open_room(page, KH_PAGE_ARENA_BYTES, err);
}

kh_status kh_scratch_open(kh_arena *scratch, kh_error *err)
{
    return open_room(scratch, SCRATCH_BYTES, err);
}

kh_status kh_worker_open(kh_worker *worker, kh_error *err)
{
    *worker = (kh_worker){0};
    kh_status status = kh_page_room_open(&worker->page, err);
    status = status ? status : kh_scratch_open(&worker->scratch, err);
    if (status) {
        kh_worker_close(worker);
    }
    return status;
}

void kh_worker_close(kh_worker *worker)
{
    kh_arena_release(&worker->page);
    kh_arena_release(&worker->scratch);
}

void kh_worker_clear(kh_worker *worker)
{
    kh_arena_clear(&worker->page);
    kh_arena_clear(&worker->scratch);
}

void kh_worker_guard(kh_worker *worker, bool on)
{
    worker->page.full = worker->scratch.full = on ? &worker->full : NULL;
}

/* ---- reading ---- */

static void set_identity(kh_arena *out, const kh_page *page, kh_article *a)
{
    a->sha256 = kh_sha256_hex(out, page->raw);
    a->label = page->label;
    a->source = page->source;
    a->charset = page->charset;
    a->charset_why = page->charset_why;
    a->captured = page->captured;
    a->kind = page->kind;
    if (page->url.len) {
        a->url = page->url;
    }
    if (a->url.len) {
        a->key = a->url;
    } else if (page->given_id.len) {
        a->key = page->given_id;
    } else {
        a->key = kh_arena_join(out, KH_STR("sha256:"), a->sha256);
    }
}

/* What the supplier said is believed. */
static void set_given(const kh_page *page, kh_article *a)
{
    if (page->outlet.len) {
        a->outlet = (kh_field){.value = page->outlet, .path = KH_STR("given"), .confidence = 1};
    }
    if (page->byline.len) {
        a->byline = (kh_field){.value = page->byline, .path = KH_STR("given"), .confidence = 1};
    }
}

/* The language of the article is that of its content lines; site text in another language has no say. */
static void set_language(const kh_engine *e, kh_arena scratch, const kh_page *page, kh_article *a)
{
    if (page->lang.len) {
        a->lang = page->lang;
        a->lang_confidence = 1;
        return;
    }
    kh_str body = kh_article_body(&scratch, a, true);
    if (body.len == 0) {
        body = a->title.value.len ? a->title.value : a->text;
    }
    kh_lang_guess guess = kh_lang_of(scratch, e->know.lang, body);
    a->lang = guess.tag;
    a->lang_confidence = guess.confidence;
}

enum { LINE_LETTERS_MIN = 20, LINE_LETTERS_SURE = 120 };

static size_t letters_of(kh_str text, kh_script *main)
{
    size_t by[KH_SCRIPT_OTHER + 1] = {0};
    size_t all = 0;
    size_t best = KH_SCRIPT_NONE;
    for (size_t i = 0, n = 0; i < text.len; i += n) {
        size_t script = (size_t)kh_script_of(kh_utf8_at(text, i, &n));
        all += script != KH_SCRIPT_NONE;
        by[script] += script != KH_SCRIPT_NONE;
        best = by[script] > by[best] ? script : best;
    }
    *main = (kh_script)best;
    return all;
}

/* Is LINE, of an article whose body is in the script OWN, clearly in another language? An English quotation in an Arabic
 * report: another script needs a few words, the same script a long line and a clear lead. Addresses are no language;
 * a variety of the article's language is none (prs in fa). Its tag, or the empty slice. */
static kh_str other_language(const kh_engine *e, kh_arena scratch, const kh_article *a, kh_str line, kh_script own)
{
    kh_script script = KH_SCRIPT_NONE;
    size_t letters = letters_of(line, &script);
    bool address = kh_str_find(line, KH_STR("://")) < line.len || kh_str_find(line, KH_STR("www.")) < line.len;
    if (address || letters < (script == own ? LINE_LETTERS_SURE : LINE_LETTERS_MIN)) {
        return (kh_str){0};
    }
    kh_lang_guess guess = kh_lang_of_line(scratch, e->know.lang, line, a->lang);
    bool sure = guess.confidence > (script == own ? 0.98f : 0.6f) && !kh_str_eq(guess.tag, KH_STR("und"));
    return sure && !kh_lang_same(e->know.lang, guess.tag, a->lang) ? guess.tag : (kh_str){0};
}

static void set_line_languages(const kh_engine *e, kh_arena scratch, kh_article *a)
{
    kh_arena fresh = scratch;
    kh_script own = KH_SCRIPT_NONE;
    letters_of(kh_article_body(&fresh, a, true), &own);
    for (size_t i = 0; i < a->lines.count && !kh_str_eq(a->lang, KH_STR("und")); i++) {
        kh_line *line = &a->lines.items[i];
        if (kh_line_is_content(line)) {
            line->lang = other_language(e, scratch, a, kh_slice(a->text, line->span), own);
        }
    }
}

static void read_stages(const kh_engine *e, kh_arena *out, kh_arena scratch, const kh_page *page, kh_time now, kh_article *a)
{
    set_language(e, scratch, page, a);
    set_line_languages(e, scratch, a);
    kh_dates_read(out, scratch, e->know.dates, page, now, a);
    kh_times_read(out, scratch, e->know.dates, a);
    kh_names_read(out, scratch, e->know.names, a);
    kh_credits_read(out, scratch, e->know.credits, a);
    kh_quotations_read(out, scratch, e->know.quotations, a);
    kh_figures_read(out, scratch, e->know.figures, a);
    kh_chains_read(out, scratch, e->know.credits, a);
    a->features = kh_story_features(out, scratch, e->know.story, a);
    a->prints = kh_prints_of(out, scratch, a);
    kh_article_check(a);
}

static kh_status read_page(const kh_engine *engine, kh_worker *worker, const kh_page *page, kh_time now, kh_article **article,
                           kh_error *err)
{
    kh_article *a = KH_NEW(&worker->page, kh_article);
    kh_str reason = {0};
    if (!kh_page_read(&worker->page, worker->scratch, engine->know.page, page, a, &reason)) {
        return kh_fail(err, KH_ERR_LIMIT, "too_complex", "%.*s: %.*s; skipped", KH_ARG(page->source), KH_ARG(reason));
    }
    a->knowledge = kh_engine_knowledge(engine);
    set_identity(&worker->page, page, a);
    set_given(page, a);
    read_stages(engine, &worker->page, worker->scratch, page, now, a);
    *article = a;
    return KH_OK;
}

kh_status kh_engine_read(const kh_engine *engine, kh_worker *worker, const kh_page *page, kh_time now, kh_article **article, kh_error *err)
{
    kh_worker_guard(worker, true);
    if (setjmp(worker->full)) {
        kh_worker_guard(worker, false);
        return kh_fail(err, KH_ERR_LIMIT, "too_complex", "%.*s: the page needs more than %d MB to read; skipped", KH_ARG(page->source),
                       KH_PAGE_ARENA_BYTES >> 20);
    }
    kh_status status = read_page(engine, worker, page, now, article, err);
    kh_worker_guard(worker, false);
    return status;
}

kh_digest kh_engine_digest(const kh_article *article)
{
    return (kh_digest){.id = article->id,
                       .lang = article->lang,
                       .published = article->published.when.from,
                       .features = article->features,
                       .prints = article->prints,
                       .agencies = article->agencies};
}
