/* answer.c - one request, whatever it is, to one answer.
 *
 * The order is fixed: may it be asked (guard.c), what is asked (request.c, routes.c), was it answered a moment ago (cache.c), and only
 * then a desk is taken and the store is asked. Failures are answers: RFC 9457 for programs, the same words on a page for people.
 * "/stories/..%2f..%2fetc%2fpasswd" ends in the second step with 400 bad_path, before anything looks at a file or table.
 *
 * What a person chose (?ui=fa, ?calendar=jalali) goes into a cookie, else the browser's languages decide. A tag (ETag) is the hash of the
 * body, so an unchanged page is not sent again, however it was made.
 *
 * Gets wrong: an answer is up to KH_SERVE_FRESH_MS old.
 */
#include "server/room.h"

#include "json/views.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

/* ---- ends ---- */

void kh_answer_body(kh_call *call, unsigned status, const char *type, kh_str body)
{
    kh_answer *a = call->answer;
    kh_blob_drop(a->body);
    a->status = status;
    a->type = type;
    a->body = kh_blob_of(body);
    a->tag = status == 200 ? kh_hash(body) | 1 : 0;
    a->page = call->form == KH_FORM_HTML && strncmp(type, "text/html", 9) == 0;
    if (!a->body) {
        a->status = 503;
    }
}

void kh_answer_problem(kh_call *call, unsigned status, const char *reason, const char *title, kh_str detail)
{
    kh_problem_view view = {.status = status, .title = kh_str_z(title), .detail = detail, .reason = kh_str_z(reason)};
    kh_buf buf = {.arena = call->out};
    call->answer->reason = reason;
    call->answer->credentials = status == 401;
    if (call->form == KH_FORM_HTML && kh_draw_problem(call, &buf, &view)) {
        kh_answer_body(call, status, "text/html; charset=utf-8", kh_buf_str(&buf));
        return;
    }
    kh_json_problem(&buf, &view);
    kh_answer_body(call, status, "application/problem+json", kh_buf_str(&buf));
}

void kh_answer_redirect(kh_call *call, unsigned status, kh_str path)
{
    kh_answer_body(call, status, "text/plain; charset=utf-8", path);
    snprintf(call->answer->location, sizeof call->answer->location, KH_FMT, KH_ARG(path));
}

void kh_answer_failed(kh_call *call, const kh_error *err)
{
    bool missing = strncmp(err->reason ? err->reason : "", "no_such_", 8) == 0;
    kh_str detail = kh_str_z(err->msg);
    if (missing) {
        kh_answer_problem(call, 404, err->reason, "Not found", detail);
    } else if (err->code == KH_ERR_USAGE || err->code == KH_ERR_INPUT) {
        kh_answer_problem(call, 400, err->reason, "Bad request", detail);
    } else if (err->code == KH_ERR_LIMIT && strcmp(err->reason, "too_large") == 0) {
        kh_answer_problem(call, 413, err->reason, "Content too large", detail);
    } else if (err->code == KH_ERR_LIMIT) {
        kh_answer_problem(call, 503, err->reason, "Too much at once", detail);
    } else {
        kh_answer_problem(call, 500, err->reason ? err->reason : "store", "The store could not be read",
                          KH_STR("see the log of the server; khabar check tells whether the store is whole"));
    }
}

/* ---- what is asked ---- */

static const kh_str uis[] = {{"en", 2}, {"ar", 2}, {"fa", 2}, {"ru", 2}};
static const kh_str calendars[] = {{"gregorian", 9}, {"jalali", 6}, {"hijri", 5}};

static kh_str among(const kh_str *list, size_t count, kh_str wanted)
{
    for (size_t i = 0; i < count; i++) {
        if (kh_str_eq(list[i], wanted)) {
            return list[i];
        }
    }
    return (kh_str){0};
}

/* Fields that say what a page shows. Others would only make two pages of one. */
static bool is_of_pages(kh_str name)
{
    static const char *const names[] = {"q",        "language", "outlet", "agency", "place", "since", "until",
                                        "disagree", "order",    "after",  "limit",  "a",     "b"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (kh_str_eq(name, kh_str_z(names[i]))) {
            return true;
        }
    }
    return false;
}

static kh_str query_without_choices(kh_arena *out, const kh_query_fields *fields)
{
    kh_buf b = {.arena = out};
    KH_EACH(const kh_query_field, f, *fields) {
        if (f->value.len && is_of_pages(f->name)) {
            kh_query_add(&b, kh_arena_copy(out, f->name).ptr, f->value);
        }
    }
    return kh_buf_str(&b);
}

/* Of the query, which is then kept in a cookie; else of the cookie. */
static kh_str choice(kh_call *call, const char *name, const kh_str *list, size_t count)
{
    kh_str chosen = among(list, count, kh_query_value(&call->target.fields, name));
    if (chosen.len) {
        char *cookie = call->cookies->set[call->cookies->count++];
        snprintf(cookie, KH_COOKIE_BYTES, "%s=" KH_FMT "; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly", name, KH_ARG(chosen));
        return chosen;
    }
    return among(list, count, kh_cookie_of(call->request->cookie, name));
}

static kh_str agency_label(const void *know, kh_str id)
{
    return kh_engine_agency_label(know, id);
}

static kh_str name_label(const void *know, kh_str id)
{
    return kh_names_label(kh_engine_names(know), id);
}

static void set_frame(kh_call *call)
{
    kh_str ui = choice(call, "ui", uis, 4);
    ui = ui.len ? ui : kh_ui_wanted(call->request->accept_language);
    kh_str calendar = choice(call, "calendar", calendars, 3);
    if (calendar.len == 0) {
        calendar = kh_str_eq(ui, KH_STR("fa")) ? calendars[1] : calendars[0];
    }
    call->frame = (kh_frame){.ui = ui,
                             .calendar = calendar,
                             .path = call->target.path,
                             .query = query_without_choices(call->out, &call->target.fields),
                             .nonce = KH_STR(KH_NONCE),
                             .version = KH_STR(KH_VERSION),
                             .may_add = call->room->may_add,
                             .may_edit = call->room->may_edit,
                             .agency = agency_label,
                             .name = name_label,
                             .know = call->room->engine};
}

static bool is_day(kh_str s)
{
    kh_time t;
    return s.len == 0 || (kh_time_parse(s, &t) && t.precision >= KH_TO_YEAR);
}

/* The filter of the query; false (answered) when it is none. */
static bool read_filter(kh_call *call)
{
    const kh_query_fields *q = &call->target.fields;
    uint64_t limit = 0;
    kh_str rows = kh_query_value(q, "limit");
    call->filter = (kh_filter){.words = kh_query_value(q, "q"),
                               .language = kh_query_value(q, "language"),
                               .outlet = kh_query_value(q, "outlet"),
                               .agency = kh_query_value(q, "agency"),
                               .place = kh_query_value(q, "place"),
                               .since = kh_query_value(q, "since"),
                               .until = kh_query_value(q, "until"),
                               .disagree = kh_str_eq(kh_query_value(q, "disagree"), KH_STR("1")),
                               .by_importance = kh_str_eq(kh_query_value(q, "order"), KH_STR("importance")),
                               .after = kh_query_value(q, "after")};
    if (!is_day(call->filter.since) || !is_day(call->filter.until)) {
        kh_answer_problem(call, 400, "bad_day", "Bad request", KH_STR("since and until are days such as 2022-01-08"));
        return false;
    }
    kh_str order = kh_query_value(q, "order");
    if (order.len && !call->filter.by_importance && !kh_str_eq(order, KH_STR("newest"))) {
        kh_answer_problem(call, 400, "bad_order", "Bad request", KH_STR("order is newest or importance"));
        return false;
    }
    if (rows.len && (!kh_str_u64(rows, &limit) || limit < 1 || limit > KH_SERVE_ROWS_MAX)) {
        kh_answer_problem(call, 400, "bad_limit", "Bad request", KH_STR("limit is a number of rows from 1 to 200"));
        return false;
    }
    if (call->filter.words.len > KH_SERVE_QUERY_BYTES_MAX) {
        kh_answer_problem(call, 400, "query_too_long", "Bad request", KH_STR("a query has at most 1000 bytes"));
        return false;
    }
    call->filter.limit = (uint32_t)limit;
    return true;
}

static bool path_matches(const char *pattern, const kh_strs *steps)
{
    kh_str rest = kh_str_from(kh_str_z(pattern), 1);
    kh_str step;
    size_t i = 0;
    while (rest.len && kh_str_cut(&rest, '/', &step)) {
        if (i == steps->count || (!kh_str_eq(step, KH_STR("*")) && !kh_str_eq(step, steps->items[i]))) {
            return false;
        }
        i++;
    }
    return i == steps->count;
}

/* The route of the request; NULL (answered) when there is none. */
static const kh_route *find_route(kh_call *call)
{
    kh_method method = call->request->method == KH_HEAD ? KH_GET : call->request->method;
    bool other = false;
    for (size_t i = 0; i < kh_route_count; i++) {
        const kh_route *r = &kh_routes[i];
        bool form = call->target.form == KH_FORM_ANY || (r->forms >> call->target.form & 1U);
        if (path_matches(r->path, &call->target.steps) && form && (!call->archive || r->how & KH_ROUTE_SEALED)) {
            if (r->method == method) {
                return r;
            }
            other = true;
        }
    }
    if (other) {
        kh_answer_problem(call, 405, "bad_method", "Method not allowed",
                          KH_STR("this address is not for that method; see /api/openapi.json"));
    } else {
        kh_answer_problem(call, 404, "no_such_page", "Not found", KH_STR("there is no such page; / lists the stories"));
    }
    return NULL;
}

/* ---- answering ---- */

static void answer_at_desk(kh_call *call, const kh_route *route)
{
    call->desk = kh_desk_take(call->room);
    if (!call->desk) {
        kh_answer_problem(call, 503, "busy", "Too much at once", KH_STR("the server is busy; ask again in a few seconds"));
        return;
    }
    kh_arena *own = call->out;
    call->out = &call->desk->worker.page;
    call->scratch = &call->desk->worker.scratch;
    kh_worker_guard(&call->desk->worker, true);
    if (route->method == KH_GET) {
        kh_store_hold(call->desk->store); /* a page tells of one moment */
    }
    if (setjmp(call->desk->worker.full)) {
        call->out = own;
        kh_answer_problem(call, 503, "too_large", "Too much at once", KH_STR("the answer would take too much memory; ask for less"));
    } else if (!call->archive || kh_sealed_open(call)) {
        route->answer(call);
    }
    call->out = own;
    kh_worker_guard(&call->desk->worker, false);
    kh_desk_leave(call->room, call->desk);
    call->desk = NULL;
}

/* Cookies and languages say nothing to programs. */
static kh_str key_of(const kh_call *call)
{
    bool page = call->form == KH_FORM_HTML;
    return kh_arena_printf(call->out, "%d " KH_FMT " " KH_FMT " " KH_FMT "?" KH_FMT, (int)call->form,
                           KH_ARG(page ? call->frame.ui : KH_STR("-")), KH_ARG(page ? call->frame.calendar : KH_STR("-")),
                           KH_ARG(call->target.path), KH_ARG(call->frame.query));
}

static void answer_route(kh_call *call, const kh_route *route)
{
    kh_room *room = call->room;
    kh_str key = (route->how & KH_ROUTE_KEPT) ? key_of(call) : (kh_str){0};
    if ((route->how & KH_ROUTE_KEPT) && kh_cache_get(room->fresh, key, kh_room_now_ms(), call->answer)) {
        atomic_fetch_add(&room->counts.given_again, 1);
        return;
    }
    int64_t began = kh_room_now_ms();
    if (route->how & KH_ROUTE_DESK) {
        answer_at_desk(call, route);
    } else {
        call->scratch = call->out;
        route->answer(call);
    }
    atomic_fetch_add(&room->counts.made, 1);
    atomic_fetch_add(&room->counts.microseconds, (unsigned long long)(kh_room_now_ms() - began) * 1000);
    if (route->how & KH_ROUTE_KEPT) {
        kh_cache_put(room->fresh, key, kh_room_now_ms(), call->answer->status == 200 ? call->answer : NULL, false);
    }
}

static void answer(kh_call *call)
{
    const kh_request *r = call->request;
    kh_refusal refusal = kh_guard_check(&call->room->guard, r);
    call->form = kh_form_wanted(r->accept, 1U << KH_FORM_HTML | 1U << KH_FORM_JSON);
    if (refusal.status) {
        atomic_fetch_add(&call->room->counts.refused, 1);
        call->form = KH_FORM_JSON;
        kh_answer_problem(call, refusal.status, refusal.reason, refusal.title, kh_str_z(refusal.detail));
        return;
    }
    if (r->target.len > KH_SERVE_TARGET_BYTES_MAX) {
        kh_answer_problem(call, 414, "target_too_long", "Address too long", KH_STR("an address has at most 4096 bytes"));
        return;
    }
    const char *wrong = kh_target_read(call->out, r->target, &call->target);
    if (wrong) {
        kh_answer_problem(call, 400, wrong, "Bad request", KH_STR("the address is not well formed"));
        return;
    }
    set_frame(call);
    kh_sealed_asked(call);
    const kh_route *route = find_route(call);
    if (!route) {
        return;
    }
    call->form = call->target.form ? call->target.form : kh_form_wanted(r->accept, route->forms);
    if (read_filter(call)) {
        answer_route(call, route);
    }
}

void kh_answer_give(kh_room *room, kh_arena *arena, const kh_request *request, kh_answer *given, kh_cookies *cookies)
{
    *given = (kh_answer){0};
    *cookies = (kh_cookies){0};
    kh_call call = {.room = room, .request = request, .out = arena, .scratch = arena, .answer = given, .cookies = cookies};
    answer(&call);
    atomic_fetch_add(&room->counts.requests[given->status / 100 < 6 ? given->status / 100 : 0], 1);
    atomic_fetch_add(&room->counts.bytes, given->body ? given->body->len : 0);
}

bool kh_answer_kept(kh_call *call, kh_str key)
{
    bool has = kh_cache_get(call->room->cache, key, kh_room_now_ms(), call->answer);
    if (has) {
        atomic_fetch_add(&call->room->counts.given_again, 1);
    }
    return has;
}

void kh_answer_keep(kh_call *call, kh_str key)
{
    kh_cache_put(call->room->cache, key, kh_room_now_ms(), call->answer->status == 200 ? call->answer : NULL, true);
}
