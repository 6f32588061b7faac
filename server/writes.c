/* writes.c - what changes the store through the server: pages, a person's corrections, watch lists.
 *
 * All of it is off unless the server was started for it (--allow-add, --allow-edit), and guard.c has seen that it comes from a page of ours
 * or from no browser. One connection writes, one request at a time; what it wrote is durable before the answer. A browser's form is
 * answered with 303 and the page that shows the change; a program gets JSON and 201.
 */
#include "server/room.h"

#include "engine/correct.h"
#include "engine/ingest.h"
#include "json/views.h"

#include <setjmp.h>
#include <string.h>
#include <time.h>

static kh_time now(void)
{
    return kh_time_of_seconds((int64_t)time(NULL));
}

static bool may(kh_call *call, bool allowed, const char *option)
{
    if (!allowed) {
        kh_answer_problem(call, 403, "not_allowed", "Forbidden",
                          kh_arena_printf(call->out, "this server was not started for that; start it with %s", option));
    }
    return allowed;
}

static bool is_form(const kh_call *call)
{
    kh_str form = KH_STR("application/x-www-form-urlencoded");
    return kh_str_eq_ascii_nocase(kh_str_head(call->request->content_type, form.len), form);
}

/* What was made: 201 with its address, or back to a page. */
static void made(kh_call *call, kh_str path, kh_str json)
{
    if (is_form(call)) {
        kh_answer_redirect(call, 303, path);
        return;
    }
    kh_answer_body(call, 201, "application/json", json);
    memcpy(call->answer->location, path.ptr, path.len < sizeof call->answer->location ? path.len : 0);
}

/* ---- pages ---- */

static kh_status ingest(kh_call *call, kh_store *store, kh_article *a, const kh_page *page, kh_put_outcome *outcome, kh_error *err)
{
    kh_put_options options = {.raw = page->raw, .now = now(), .program = KH_STR("khabar " KH_VERSION)};
    kh_status status = kh_store_begin(store, err);
    if (status) {
        return status;
    }
    jmp_buf outer; /* placing an article has a guard of its own */
    memcpy(&outer, &call->desk->worker.full, sizeof outer);
    status = kh_ingest(call->room->engine, store, &call->desk->worker, a, &options, outcome, err);
    memcpy(&call->desk->worker.full, &outer, sizeof outer);
    kh_worker_guard(&call->desk->worker, true);
    status = status ? status : kh_store_commit(store, err);
    kh_store_rollback(store); /* of a failure; a committed one is over */
    return status;
}

static kh_str added_json(kh_call *call, kh_store *store, const kh_article *a, kh_put_outcome outcome)
{
    static const kh_str words[] = {{"new", 3}, {"unchanged", 9}, {"revised", 7}};
    kh_buf buf = {.arena = call->out};
    kh_json j = {.buf = &buf};
    kh_json_open(&j, NULL, '{');
    kh_json_int(&j, "khabar", 1);
    kh_json_str(&j, "kind", KH_STR("added"));
    kh_json_int(&j, "id", a->id);
    kh_json_str(&j, "key", a->key);
    kh_json_str(&j, "outcome", words[outcome]);
    kh_json_str_or_null(&j, "story", kh_store_story_name(store, call->out, kh_store_story_of(store, a->id)));
    kh_json_close(&j, '}');
    return kh_buf_str(&buf);
}

void kh_write_article(kh_call *call)
{
    kh_error err = {0};
    kh_page page;
    kh_put_outcome outcome = KH_PUT_NEW;
    kh_article *a = may(call, call->room->may_add, "--allow-add") ? kh_posted_article(call, &page) : NULL;
    if (!a) {
        return;
    }
    kh_store *store = kh_room_write(call->room, &err);
    if (!store) {
        kh_answer_failed(call, &err);
        return;
    }
    kh_status status = ingest(call, store, a, &page, &outcome, &err);
    kh_str json = status ? (kh_str){0} : added_json(call, store, a, outcome);
    kh_room_written(call->room);
    if (status) {
        kh_answer_failed(call, &err);
    } else {
        made(call, kh_arena_printf(call->out, "/articles/%lld", (long long)a->id), json);
    }
}

/* ---- corrections ---- */

/* The form's fields as the arguments of the kind: khabar correct's, with the article of the address as the first. */
static void fill_arguments(kh_call *call, const kh_query_fields *f, kh_correct_request *request)
{
    kh_str article = kh_arena_printf(call->out, "%lld", (long long)kh_step_number(call, 1));
    bool names = request->kind == KH_CORRECT_SAME_NAME || request->kind == KH_CORRECT_OTHER_NAME;
    request->args[0] = names ? kh_query_value(f, "words") : article;
    switch (request->kind) {
    case KH_CORRECT_SPEAKER:
        request->args[1] = kh_query_value(f, "words");
        request->args[2] = kh_query_value(f, "value");
        break;
    case KH_CORRECT_DATE:
    case KH_CORRECT_SAME_NAME:
    case KH_CORRECT_OTHER_NAME: request->args[1] = kh_query_value(f, "value"); break;
    default: request->args[1] = kh_query_value(f, "other"); break;
    }
}

static bool read_correction(kh_call *call, kh_correct_request *request)
{
    kh_query_fields f = {0};
    const char *names = NULL;
    const char *wrong = kh_form_fields_read(call->out, call->request->body, &f);
    if (wrong || !kh_correction_kind_of(kh_query_value(&f, "kind"), &request->kind)) {
        kh_answer_problem(call, 400, wrong ? wrong : "bad_kind", "Bad request",
                          KH_STR("'kind' is none of the corrections; see docs/API.md"));
        return false;
    }
    fill_arguments(call, &f, request);
    request->by = kh_query_value(&f, "by").len ? kh_query_value(&f, "by") : KH_STR("reader");
    request->why = kh_query_value(&f, "why");
    request->now = now();
    for (size_t i = 0; i < kh_correct_args(request->kind, &names); i++) {
        if (request->args[i].len == 0) {
            kh_answer_problem(call, 400, "missing_field", "Bad request", kh_arena_printf(call->out, "this correction wants %s", names));
            return false;
        }
    }
    return true;
}

void kh_write_correction(kh_call *call)
{
    kh_error err = {0};
    kh_correct_request request = {0};
    kh_correction done = {0};
    if (!may(call, call->room->may_edit, "--allow-edit") || !read_correction(call, &request)) {
        return;
    }
    kh_store *store = kh_room_write(call->room, &err);
    if (!store) {
        kh_answer_failed(call, &err);
        return;
    }
    kh_status status = kh_correct(call->room->engine, store, call->out, *call->scratch, &request, &done, &err);
    kh_room_written(call->room);
    if (status) {
        kh_answer_failed(call, &err);
        return;
    }
    kh_buf buf = {.arena = call->out};
    kh_json j = {.buf = &buf};
    kh_json_correction(&j, NULL, &done);
    made(call, kh_arena_printf(call->out, "/articles/%lld", (long long)kh_step_number(call, 1)), kh_buf_str(&buf));
}

/* Where a form came from, if it says so and it is a path of ours; else ELSE. */
static kh_str back_to(kh_call *call, kh_str otherwise)
{
    kh_query_fields f = {0};
    kh_str back = kh_form_fields_read(call->out, call->request->body, &f) ? (kh_str){0} : kh_query_value(&f, "back");
    kh_target target;
    bool ours = back.len && back.len < 100 && kh_target_read(call->out, back, &target) == NULL && target.steps.count;
    return ours ? target.path : otherwise;
}

void kh_write_undo(kh_call *call)
{
    kh_error err = {0};
    if (!may(call, call->room->may_edit, "--allow-edit")) {
        return;
    }
    kh_store *store = kh_room_write(call->room, &err);
    if (!store) {
        kh_answer_failed(call, &err);
        return;
    }
    kh_status status = kh_correct_undo(store, *call->scratch, kh_step_number(call, 1), now(), &err);
    kh_room_written(call->room);
    if (status) {
        kh_answer_failed(call, &err);
    } else {
        made(call, back_to(call, KH_STR("/")), KH_STR("{\"khabar\":1}"));
    }
}

/* ---- watch lists ---- */

static unsigned kinds_of(const kh_query_fields *f)
{
    unsigned on = 0;
    KH_EACH(const kh_query_field, x, *f) {
        for (unsigned kind = KH_WATCH_REPORT; kind <= KH_WATCH_ORIGIN; kind <<= 1) {
            bool is = kh_str_eq(x->name, KH_STR("on")) && kh_str_eq(x->value, kh_watch_name((kh_watch_on)kind));
            on |= is ? kind : 0;
        }
    }
    return on ? on : KH_WATCH_REPORT;
}

static bool read_list(kh_call *call, kh_watch_list *list)
{
    kh_query_fields f = {0};
    const char *wrong = kh_form_fields_read(call->out, call->request->body, &f);
    *list = (kh_watch_list){.title = kh_query_value(&f, "title"), .name = kh_query_value(&f, "name"), .on = kinds_of(&f)};
    list->filter = (kh_filter){.words = kh_query_value(&f, "q"),
                               .language = kh_query_value(&f, "language"),
                               .outlet = kh_query_value(&f, "outlet"),
                               .agency = kh_query_value(&f, "agency"),
                               .place = kh_query_value(&f, "place")};
    const kh_filter *x = &list->filter;
    bool empty = !x->words.len && !list->name.len && !x->language.len && !x->outlet.len && !x->agency.len && !x->place.len;
    bool long_one =
        x->words.len > KH_SERVE_QUERY_BYTES_MAX || list->title.len > KH_SERVE_QUERY_BYTES_MAX || list->name.len > KH_SERVE_QUERY_BYTES_MAX;
    if (wrong || empty || long_one) {
        kh_answer_problem(call, 400,
                          wrong   ? wrong
                          : empty ? "empty_query"
                                  : "query_too_long",
                          "Bad request",
                          KH_STR(
                              "a watch list wants words (q), a name, a language, an outlet, an agency or a place, of at most 1000 bytes"));
        return false;
    }
    list->title = list->title.len ? list->title : x->words.len ? x->words : list->name.len ? list->name : KH_STR("watch list");
    return true;
}

void kh_write_watch(kh_call *call)
{
    kh_error err = {0};
    kh_watch_list list;
    if (!may(call, call->room->may_edit, "--allow-edit") || !read_list(call, &list)) {
        return;
    }
    kh_store *store = kh_room_write(call->room, &err);
    if (!store) {
        kh_answer_failed(call, &err);
        return;
    }
    kh_status status = kh_store_watch(store, call->out, &list, now(), &err);
    kh_room_written(call->room);
    if (status) {
        kh_answer_failed(call, &err);
        return;
    }
    kh_buf buf = {.arena = call->out};
    kh_json j = {.buf = &buf};
    kh_json_watch_list(&j, NULL, &list);
    made(call, kh_arena_printf(call->out, "/watch-lists/" KH_FMT, KH_ARG(list.id)), kh_buf_str(&buf));
}

void kh_write_unwatch(kh_call *call)
{
    kh_error err = {0};
    if (!may(call, call->room->may_edit, "--allow-edit")) {
        return;
    }
    kh_store *store = kh_room_write(call->room, &err);
    if (!store) {
        kh_answer_failed(call, &err);
        return;
    }
    kh_status status = kh_store_unwatch(store, call->target.steps.items[1], &err);
    kh_room_written(call->room);
    if (status) {
        kh_answer_failed(call, &err);
    } else {
        made(call, KH_STR("/watch-lists"), KH_STR("{\"khabar\":1}"));
    }
}
