/* api.c - the published functions of khabar.h over the engine and the store. */
#include "khabar/khabar.h"

#include "engine/correct.h"
#include "engine/export.h"
#include "engine/ingest.h"
#include "engine/pairs.h"
#include "engine/refresh.h"
#include "engine/related.h"
#include "engine/remove.h"
#include "input/input.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct khabar {
    kh_engine *engine;
    kh_store *store;
    kh_worker worker;
    char knowledge[32];
};

struct khabar_result {
    kh_error error;
    char *json;
    size_t length;
};

/* What a failure for want of memory is answered with: there is nothing to free. */
static khabar_result no_memory = {.error = {.code = KH_ERR_MEMORY, .reason = "no_memory", .msg = "no memory for the answer"}, .json = NULL};

const char *khabar_version(void)
{
    return KH_VERSION;
}

khabar *khabar_open(const char *data_folder)
{
    khabar *k = calloc(1, sizeof *k);
    if (!k) {
        return NULL;
    }
    k->engine = kh_engine_open(data_folder, NULL);
    if (!k->engine || kh_worker_open(&k->worker, NULL)) {
        khabar_close(k);
        return NULL;
    }
    kh_str version = kh_engine_knowledge(k->engine);
    memcpy(k->knowledge, version.ptr, version.len < sizeof k->knowledge ? version.len : sizeof k->knowledge - 1);
    return k;
}

void khabar_close(khabar *k)
{
    if (k) {
        kh_store_close(k->store);
        kh_worker_close(&k->worker);
        kh_engine_close(k->engine);
        free(k);
    }
}

const char *khabar_knowledge(const khabar *k)
{
    return k ? k->knowledge : NULL;
}

/* The answer of a call: its JSON, or its failure. */
static khabar_result *answer(kh_status status, const kh_error *err, kh_str json)
{
    khabar_result *r = calloc(1, sizeof *r);
    char *copy = r ? malloc(json.len + 1) : NULL;
    if (!copy) {
        free(r);
        return &no_memory;
    }
    if (json.len) {
        memcpy(copy, json.ptr, json.len);
    }
    copy[json.len] = 0;
    r->json = copy;
    r->length = json.len;
    if (status) {
        r->error = *err;
    }
    return r;
}

static khabar_result *failure(kh_status code, const char *reason, const char *message)
{
    kh_error err;
    kh_fail(&err, code, reason, "%s", message);
    return answer(code, &err, (kh_str){0});
}

khabar_result *khabar_store(khabar *k, const char *path)
{
    kh_error err = {0};
    if (!k || !path) {
        return failure(KH_ERR_USAGE, "no_context", "khabar_store wants a context and a path");
    }
    kh_store_close(k->store);
    k->store = kh_store_open(path, KH_STORE_WRITE, &err);
    return answer(k->store ? KH_OK : err.code, &err, k->store ? KH_STR("{\"khabar\":1}") : (kh_str){0});
}

/* The page of BYTES, as the input module would have made it of a file. */
static kh_status page_of(khabar *k, const char *bytes, size_t length, const char *label, kh_page *page, kh_error *err)
{
    if (!bytes || length == 0) {
        return kh_fail(err, KH_ERR_INPUT, "empty", "the page holds no bytes");
    }
    if (length > KH_PAGE_BYTES_MAX) {
        return kh_fail(err, KH_ERR_LIMIT, "too_large", "the page is over %d MB", KH_PAGE_BYTES_MAX >> 20);
    }
    return kh_page_of_bytes(&k->worker.page, (kh_str){bytes, length}, kh_str_z(label ? label : "page"), page, err);
}

static kh_status read_bytes(khabar *k, const char *bytes, size_t length, const char *label, const char *url, kh_page *page,
                            kh_article **article, kh_error *err)
{
    kh_status status = page_of(k, bytes, length, label, page, err);
    page->url = kh_str_z(url);
    return status ? status : kh_engine_read(k->engine, &k->worker, page, (kh_time){0}, article, err);
}

khabar_result *khabar_read(khabar *k, const char *bytes, size_t length, const char *label)
{
    kh_error err = {0};
    kh_page page = {0};
    kh_article *a = NULL;
    if (!k) {
        return failure(KH_ERR_USAGE, "no_context", "khabar_read wants a context");
    }
    kh_worker_clear(&k->worker);
    kh_status status = read_bytes(k, bytes, length, label, NULL, &page, &a, &err);
    kh_buf buf = {.arena = &k->worker.scratch};
    if (!status) {
        kh_json_labels labels = kh_engine_labels(k->engine);
        kh_json_article(&buf, a, &labels);
    }
    return answer(status, &err, kh_buf_str(&buf));
}

static kh_status put(khabar *k, kh_article *a, kh_str raw, kh_put_outcome *outcome, kh_error *err)
{
    kh_put_options options = {.raw = raw, .now = kh_time_of_seconds((int64_t)time(NULL)), .program = KH_STR("libkhabar " KH_VERSION)};
    kh_status status = kh_store_begin(k->store, err);
    status = status ? status : kh_ingest(k->engine, k->store, &k->worker, a, &options, outcome, err);
    if (status) {
        kh_store_rollback(k->store);
        return status;
    }
    return kh_store_commit(k->store, err);
}

khabar_result *khabar_add(khabar *k, const char *bytes, size_t length, const char *label, const char *url)
{
    static const char *const outcomes[] = {"new", "unchanged", "revised"};
    kh_error err = {0};
    kh_page page = {0};
    kh_article *a = NULL;
    kh_put_outcome outcome = KH_PUT_NEW;
    if (!k || !k->store) {
        return failure(KH_ERR_USAGE, "no_store", "khabar_add wants a store; call khabar_store first");
    }
    kh_worker_clear(&k->worker);
    kh_status status = read_bytes(k, bytes, length, label, url, &page, &a, &err);
    status = status ? status : put(k, a, page.raw, &outcome, &err);
    kh_buf buf = {.arena = &k->worker.scratch};
    if (!status) {
        kh_json j = {.buf = &buf};
        kh_json_open(&j, NULL, '{');
        kh_json_int(&j, "khabar", 1);
        kh_json_str(&j, "key", a->key);
        kh_json_int(&j, "id", a->id);
        kh_json_str(&j, "outcome", kh_str_z(outcomes[outcome]));
        kh_json_close(&j, '}');
    }
    return answer(status, &err, kh_buf_str(&buf));
}

khabar_result *khabar_stories(khabar *k)
{
    kh_error err = {0};
    kh_story_rows rows = {0};
    kh_story_filter filter = {0};
    if (!k || !k->store) {
        return failure(KH_ERR_USAGE, "no_store", "khabar_stories wants a store; call khabar_store first");
    }
    kh_worker_clear(&k->worker);
    kh_status status = kh_store_stories(k->store, &k->worker.page, &filter, &rows, &err);
    kh_buf buf = {.arena = &k->worker.scratch};
    KH_EACH(const kh_story_row, row, rows) {
        kh_json j = {.buf = &buf};
        kh_json_open(&j, NULL, '{');
        kh_json_int(&j, "khabar", 1);
        kh_json_str(&j, "story", row->name);
        kh_json_int(&j, "pages", row->articles);
        kh_json_int(&j, "outlets", row->outlets);
        kh_json_str(&j, "languages", row->languages);
        kh_json_str_or_null(&j, "first", row->first);
        kh_json_str_or_null(&j, "last", row->last);
        kh_json_str_or_null(&j, "agencies", row->agencies);
        kh_json_str_or_null(&j, "title", row->title);
        kh_json_close(&j, '}');
        kh_buf_char(&buf, '\n');
    }
    return answer(status, &err, kh_buf_str(&buf));
}

/* The story REF, compared, into the page's memory. */
static kh_status story_of(khabar *k, const char *ref, kh_story *story, kh_error *err)
{
    if (!k || !k->store || !ref) {
        return kh_fail(err, KH_ERR_USAGE, "no_store", "this wants a store and a name; call khabar_store first");
    }
    kh_worker_clear(&k->worker);
    int64_t id = kh_store_find_story(k->store, kh_str_z(ref));
    return kh_story_load(k->engine, k->store, &k->worker.page, k->worker.scratch, id, story, err);
}

khabar_result *khabar_story(khabar *k, const char *ref)
{
    kh_error err = {0};
    kh_story story = {0};
    kh_status status = story_of(k, ref, &story, &err);
    if (!status) {
        status = kh_story_relate(k->engine, k->store, &k->worker.page, k->worker.scratch, kh_store_story_named(k->store, story.id), &story,
                                 &err);
    }
    kh_buf buf = {.arena = k ? &k->worker.page : NULL};
    if (!status) {
        kh_json_labels labels = kh_engine_labels(k->engine);
        kh_json_story(&buf, &story, &labels);
    }
    return answer(status, &err, kh_buf_str(&buf));
}

khabar_result *khabar_article(khabar *k, const char *ref)
{
    kh_error err = {0};
    kh_article *a = NULL;
    if (!k || !k->store || !ref) {
        return failure(KH_ERR_USAGE, "no_store", "khabar_article wants a store and a name; call khabar_store first");
    }
    kh_worker_clear(&k->worker);
    kh_status status = kh_store_article(k->store, &k->worker.page, kh_store_find(k->store, kh_str_z(ref)), &a, &err);
    kh_buf buf = {.arena = &k->worker.page};
    if (!status) {
        kh_json_labels labels = kh_engine_labels(k->engine);
        kh_json_article(&buf, a, &labels);
    }
    return answer(status, &err, kh_buf_str(&buf));
}

khabar_result *khabar_quotation(khabar *k, const char *ref, size_t number)
{
    kh_error err = {0};
    kh_story story = {0};
    kh_status status = story_of(k, ref, &story, &err);
    kh_buf buf = {.arena = k ? &k->worker.page : NULL};
    if (!status && number > story.passports.count) {
        status = kh_fail(&err, KH_ERR_USAGE, "no_such_quotation", "the story has %zu quotations with more than one rendering",
                         story.passports.count);
    }
    for (size_t i = 0; i < story.passports.count && !status; i++) {
        if (!number || i + 1 == number) {
            kh_json_passport(&buf, &story, i);
            kh_buf_char(&buf, '\n');
        }
    }
    return answer(status, &err, kh_buf_str(&buf));
}

khabar_result *khabar_export(khabar *k, const char *ref, const char *form)
{
    kh_error err = {0};
    kh_story story = {0};
    kh_status status = story_of(k, ref, &story, &err);
    kh_buf buf = {.arena = k ? &k->worker.page : NULL};
    if (!status && !kh_export(&buf, k->engine, &story, kh_str_z(form))) {
        status = kh_fail(&err, KH_ERR_USAGE, "no_such_form", "%s: the forms are %s", form ? form : "", kh_export_forms);
    }
    return answer(status, &err, kh_buf_str(&buf));
}

khabar_result *khabar_correct(khabar *k, const char *kind, const char *first, const char *second, const char *third, const char *by,
                              const char *why)
{
    kh_error err = {0};
    kh_correction made = {0};
    kh_correct_request request = {.args = {kh_str_z(first), kh_str_z(second), kh_str_z(third)},
                                  .by = kh_str_z(by),
                                  .why = kh_str_z(why),
                                  .now = kh_time_of_seconds((int64_t)time(NULL))};
    if (!k || !k->store) {
        return failure(KH_ERR_USAGE, "no_store", "khabar_correct wants a store; call khabar_store first");
    }
    if (!request.by.len || !kh_correction_kind_of(kh_str_z(kind), &request.kind)) {
        return failure(KH_ERR_USAGE, "no_such_kind", "khabar_correct wants a kind of correction and who says so");
    }
    kh_worker_clear(&k->worker);
    kh_status status = kh_correct(k->engine, k->store, &k->worker.page, k->worker.scratch, &request, &made, &err);
    kh_buf buf = {.arena = &k->worker.page};
    if (!status) {
        kh_json j = {.buf = &buf};
        kh_json_correction(&j, NULL, &made);
    }
    return answer(status, &err, kh_buf_str(&buf));
}

khabar_result *khabar_correct_undo(khabar *k, long long id)
{
    kh_error err = {0};
    if (!k || !k->store) {
        return failure(KH_ERR_USAGE, "no_store", "khabar_correct_undo wants a store; call khabar_store first");
    }
    kh_worker_clear(&k->worker);
    kh_time now = kh_time_of_seconds((int64_t)time(NULL));
    kh_status status = kh_correct_undo(k->store, k->worker.scratch, id, now, &err);
    return answer(status, &err, status ? (kh_str){0} : KH_STR("{\"khabar\":1}"));
}

khabar_result *khabar_corrections(khabar *k)
{
    kh_error err = {0};
    kh_corrections all = {0};
    if (!k || !k->store) {
        return failure(KH_ERR_USAGE, "no_store", "khabar_corrections wants a store; call khabar_store first");
    }
    kh_worker_clear(&k->worker);
    kh_status status = kh_store_corrections(k->store, &k->worker.page, true, &all, &err);
    kh_buf buf = {.arena = &k->worker.page};
    kh_json_corrections(&buf, &all);
    return answer(status, &err, kh_buf_str(&buf));
}

khabar_result *khabar_delete(khabar *k, const char *ref)
{
    kh_error err = {0};
    if (!k || !k->store || !ref) {
        return failure(KH_ERR_USAGE, "no_store", "khabar_delete wants a store and a name; call khabar_store first");
    }
    kh_worker_clear(&k->worker);
    kh_str name = kh_str_z(ref);
    kh_status status = kh_remove(k->store, k->worker.scratch, &name, 1, &err);
    return answer(status, &err, status ? (kh_str){0} : KH_STR("{\"khabar\":1}"));
}

khabar_result *khabar_refresh(khabar *k)
{
    kh_error err = {0};
    uint64_t read = 0, failed = 0;
    kh_status status = k && k->store ? KH_OK : KH_ERR_USAGE;
    if (status) {
        return failure(status, "no_store", "khabar_refresh wants a store; call khabar_store first");
    }
    kh_refresh refresh = {.engine = k->engine, .store = k->store, .program = KH_STR("libkhabar " KH_VERSION)};
    for (bool done = false; !done && !status;) {
        refresh.now = kh_time_of_seconds((int64_t)time(NULL));
        status = kh_store_begin(k->store, &err);
        if (status) {
            break;
        }
        status = kh_refresh_one(&refresh, &k->worker, &done, &err);
        bool alone = status == KH_ERR_LIMIT || status == KH_ERR_INPUT;
        failed += alone;
        read += !status && !done;
        if (status && !alone) {
            kh_store_rollback(k->store);
        } else {
            status = kh_store_commit(k->store, &err);
        }
    }
    kh_worker_clear(&k->worker);
    kh_buf buf = {.arena = &k->worker.page};
    kh_buf_printf(&buf, "{\"khabar\":1,\"refreshed\":%llu,\"left\":%llu,\"failed\":%llu}", (unsigned long long)read,
                  (unsigned long long)refresh.no_raw, (unsigned long long)failed);
    return answer(status, &err, kh_buf_str(&buf));
}

khabar_result *khabar_compare(khabar *k, const char *a, size_t a_length, const char *b, size_t b_length)
{
    kh_error err = {0};
    kh_page first = {0};
    kh_page second = {0};
    kh_article *x = NULL;
    kh_article *y = NULL;
    kh_pair pair;
    if (!k) {
        return failure(KH_ERR_USAGE, "no_context", "khabar_compare wants a context");
    }
    kh_worker_clear(&k->worker);
    kh_status status = read_bytes(k, a, a_length, "a", NULL, &first, &x, &err);
    status = status ? status : read_bytes(k, b, b_length, "b", NULL, &second, &y, &err);
    kh_arena *out = &k->worker.page;
    status = status ? status : kh_pair_compare(k->engine, NULL, out, k->worker.scratch, x, y, &pair, &err);
    kh_buf buf = {.arena = out};
    if (!status) {
        kh_json_pair(&buf, x, y, &pair.relation, pair.is_copy ? &pair.copy : NULL);
    }
    return answer(status, &err, kh_buf_str(&buf));
}

int khabar_ok(const khabar_result *r)
{
    return r && r->error.code == KH_OK;
}

const char *khabar_json(const khabar_result *r)
{
    return r && r->json && khabar_ok(r) ? r->json : "";
}

size_t khabar_json_length(const khabar_result *r)
{
    return khabar_ok(r) ? r->length : 0;
}

const char *khabar_message(const khabar_result *r)
{
    return r ? r->error.msg : "";
}

const char *khabar_reason(const khabar_result *r)
{
    return r && r->error.reason ? r->error.reason : "";
}

void khabar_free(khabar_result *r)
{
    if (r && r != &no_memory) {
        free(r->json);
        free(r);
    }
}
