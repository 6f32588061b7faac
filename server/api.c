/* api.c - for programs: the description of the API, health, metrics, and what a posted text was taken from.
 *
 * A posted page is read as `khabar read` reads a file; nothing of it is kept. It comes as HTML or text, as the field `text` of a form, or
 * as JSON with the members of a line of JSON Lines ("text" or "html", "url", "title", "lang", "published", "outlet").
 */
#include "server/room.h"

#include "engine/trace.h"
#include "input/input.h"
#include "server/openapi.h"
#include "json/views.h"

#include <setjmp.h>
#include <string.h>
#include <time.h>

void kh_api_openapi(kh_call *call)
{
    kh_answer_body(call, 200, "application/json", (kh_str){kh_openapi, kh_openapi_len});
}

void kh_api_health(kh_call *call)
{
    kh_store_totals totals = kh_room_totals(call->room, call->desk);
    kh_buf buf = {.arena = call->out};
    kh_json j = {.buf = &buf};
    kh_json_open(&j, NULL, '{');
    kh_json_str(&j, "status", KH_STR("ok"));
    kh_json_str(&j, "version", KH_STR(KH_VERSION));
    kh_json_str(&j, "knowledge", kh_engine_knowledge(call->room->engine));
    kh_json_int(&j, "articles", (int64_t)totals.articles);
    kh_json_int(&j, "stories", (int64_t)totals.stories);
    kh_json_close(&j, '}');
    kh_answer_body(call, 200, "application/json", kh_buf_str(&buf));
    call->answer->tag = 0;
}

static void put_metric(kh_buf *b, const char *name, const char *type, const char *help, double value)
{
    kh_buf_printf(b, "# HELP khabar_%s %s\n# TYPE khabar_%s %s\nkhabar_%s %.15g\n", name, help, name, type, name, value);
}

void kh_api_metrics(kh_call *call)
{
    kh_counts *c = &call->room->counts;
    kh_buf b = {.arena = call->out};
    kh_buf_z(&b, "# HELP khabar_requests_total Requests answered, by class of status.\n# TYPE khabar_requests_total counter\n");
    for (int i = 2; i < 6; i++) {
        kh_buf_printf(&b, "khabar_requests_total{status=\"%dxx\"} %llu\n", i, atomic_load(&c->requests[i]));
    }
    put_metric(&b, "response_bytes_total", "counter", "Bytes of bodies given.", (double)atomic_load(&c->bytes));
    put_metric(&b, "answers_made_total", "counter", "Answers made anew.", (double)atomic_load(&c->made));
    put_metric(&b, "answers_given_again_total", "counter", "Answers given from memory.", (double)atomic_load(&c->given_again));
    put_metric(&b, "answer_seconds_total", "counter", "Time spent on making answers.", (double)atomic_load(&c->microseconds) / 1e6);
    put_metric(&b, "refused_total", "counter", "Requests refused for Host, Origin or token.", (double)atomic_load(&c->refused));
    put_metric(&b, "cut_total", "counter", "Connections cut because a request took too long to arrive.", (double)atomic_load(&c->cut));
    put_metric(&b, "cache_bytes", "gauge", "Bytes of answers in memory.",
               (double)(kh_cache_bytes(call->room->fresh) + kh_cache_bytes(call->room->cache)));
    put_metric(&b, "uptime_seconds", "gauge", "Since the server began.", (double)(kh_room_now_ms() - call->room->began_ms) / 1e3);
    kh_answer_body(call, 200, "text/plain; version=0.0.4; charset=utf-8", kh_buf_str(&b));
    call->answer->tag = 0;
}

/* ---- a posted page ---- */

static bool is_type(const kh_call *call, const char *type)
{
    kh_str rest = call->request->content_type;
    kh_str first = {0};
    kh_str_cut(&rest, ';', &first);
    return kh_str_eq_ascii_nocase(kh_str_trim(first), kh_str_z(type));
}

static kh_status page_of_form(kh_call *call, kh_page *page, kh_error *err)
{
    kh_query_fields fields = {0};
    if (kh_form_fields_read(call->out, call->request->body, &fields)) {
        return kh_fail(err, KH_ERR_INPUT, "bad_form", "the form is not well formed");
    }
    kh_str text = kh_query_value(&fields, "text");
    kh_status status = kh_page_of_bytes(call->out, text, KH_STR("posted"), page, err);
    page->url = kh_query_value(&fields, "url");
    return status;
}

static kh_status page_of_body(kh_call *call, kh_page *page, kh_error *err)
{
    if (kh_str_trim(call->request->body).len == 0) {
        return kh_fail(err, KH_ERR_INPUT, "empty", "the body is empty; post a page, a text, or JSON with \"text\" or \"html\"");
    }
    if (is_type(call, "application/json")) {
        return kh_page_of_json(call->out, call->request->body, KH_STR("posted"), page, err);
    }
    if (is_type(call, "application/x-www-form-urlencoded")) {
        return page_of_form(call, page, err);
    }
    return kh_page_of_bytes(call->out, call->request->body, KH_STR("posted"), page, err);
}

kh_article *kh_posted_article(kh_call *call, kh_page *page)
{
    kh_error err = {0};
    kh_article *a = NULL;
    kh_worker *worker = &call->desk->worker;
    *page = (kh_page){0};
    kh_status status = page_of_body(call, page, &err);
    if (!status) {
        jmp_buf outer; /* reading a page has a guard of its own */
        memcpy(&outer, &worker->full, sizeof outer);
        status = kh_engine_read(call->room->engine, worker, page, kh_time_of_seconds((int64_t)time(NULL)), &a, &err);
        memcpy(&worker->full, &outer, sizeof outer);
        kh_worker_guard(worker, true);
    }
    if (status) {
        kh_answer_failed(call, &err);
        return NULL;
    }
    return a;
}

static void put_trails(kh_call *call, kh_json *j, const kh_article *a, const kh_trails *found)
{
    kh_json_open(j, "trails", '[');
    KH_EACH(const kh_trail, t, *found) {
        const kh_article *other = t->other;
        kh_json_open(j, NULL, '{');
        kh_json_int(j, "article", other->id);
        kh_json_str(j, "label", other->label);
        kh_json_str_or_null(j, "title", other->title.value);
        kh_json_str_or_null(j, "outlet", other->outlet.value);
        kh_json_str(j, "language", other->lang);
        kh_json_str_or_null(j, "published", kh_when_text(call->out, other->published.when));
        kh_json_str_or_null(j, "story", kh_store_story_name(call->desk->store, call->out, kh_store_story_of(call->desk->store, other->id)));
        kh_json_str(j, "direction",
                    !t->pair.is_copy        ? KH_STR("same_wire")
                    : t->pair.copy.src == 1 ? KH_STR("taken_from")
                                            : KH_STR("taken_by"));
        kh_json_raw(j, "pair");
        kh_json_pair(j->buf, a, other, &t->pair.relation, t->pair.is_copy ? &t->pair.copy : NULL);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

void kh_api_trace(kh_call *call)
{
    kh_error err = {0};
    kh_page page;
    kh_trails found = {0};
    kh_article *a = kh_posted_article(call, &page);
    if (!a) {
        return;
    }
    if (!kh_desk_compare(call->room, call->desk, &err)) {
        kh_answer_failed(call, &err);
        return;
    }
    kh_status status = kh_trace(call->room->engine, call->desk->store, call->out, *call->scratch, a, &found, &err);
    kh_desk_compared(call->room, call->desk);
    if (status) {
        kh_answer_failed(call, &err);
        return;
    }
    kh_buf buf = {.arena = call->out};
    kh_json_labels labels = kh_engine_labels(call->room->engine);
    kh_json j = {.buf = &buf};
    kh_json_open(&j, NULL, '{');
    kh_json_int(&j, "khabar", 1);
    kh_json_str(&j, "kind", KH_STR("trace"));
    put_trails(call, &j, a, &found);
    kh_json_raw(&j, "article");
    kh_json_article(&buf, a, &labels);
    kh_json_close(&j, '}');
    kh_answer_body(call, 200, "application/json", kh_buf_str(&buf));
}
