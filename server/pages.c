/* pages.c - what is read: the question to the store, then the view as a page, as JSON, as lines or as a feed.
 *
 * Every handler has the same three steps: what is asked for (a story by its name, an article by its number), the view, the form. A
 * story is compared once for its revision and form; until one of its articles changes its page is given from memory, for what others
 * are related to it at most KH_SERVE_RELATED_MS while the store is written. A list
 * compares nothing: it tells what the cards say, and null where there is none yet.
 */
#include "server/room.h"

#include "engine/related.h"
#include "engine/room.h"
#include "json/views.h"

#include <string.h>

enum { FRONT_ROWS = 30, SEARCH_ROWS = 20, WATCHED_STORIES = 40 };

int64_t kh_step_number(const kh_call *call, size_t i)
{
    uint64_t number = 0;
    bool is = i < call->target.steps.count && kh_str_u64(call->target.steps.items[i], &number) && number <= INT64_MAX;
    return is ? (int64_t)number : 0;
}

/* What BUF holds is the answer in the form that was asked for. */
static void give(kh_call *call, const kh_buf *buf)
{
    static const char *const types[KH_FORMS] = {[KH_FORM_HTML] = "text/html; charset=utf-8",
                                                [KH_FORM_JSON] = "application/json",
                                                [KH_FORM_NDJSON] = "application/x-ndjson",
                                                [KH_FORM_ATOM] = "application/atom+xml",
                                                [KH_FORM_FEED] = "application/feed+json"};
    kh_answer_body(call, 200, types[call->form], kh_buf_str(buf));
}

/* The foot says as of when the page tells. */
static void as_of(kh_call *call, kh_str changed)
{
    if (!kh_time_parse(changed, &call->frame.now)) {
        call->frame.now = (kh_time){0};
    }
}

static kh_store_totals totals_of(kh_call *call)
{
    return call->archive ? kh_store_count(call->desk->store) : kh_room_totals(call->room, call->desk);
}

static void as_of_store(kh_call *call)
{
    call->frame.now = totals_of(call).changed;
}

static void missing(kh_call *call, const char *reason, const char *detail)
{
    kh_answer_problem(call, 404, reason, "Not found", kh_str_z(detail));
}

/* ---- front ---- */

/* What is known of the rows in memory alone: of a store that cannot be written, or compared a moment ago. */
static void add_cards(kh_call *call, int64_t basis, const kh_ids *ids, kh_front_view *view)
{
    for (size_t i = 0; i < ids->count && !call->archive; i++) {
        kh_card card;
        if (!view->rows.items[i].compared && kh_card_get(call->room, call->desk, basis, ids->items[i], &card)) {
            kh_store_front_card(call->desk->store, call->out, &card, &view->rows.items[i]);
        }
    }
}

static bool fill_front(kh_call *call, kh_front_view *view)
{
    kh_error err = {0};
    kh_ids ids = {0};
    kh_ids only = {0};
    kh_front_query query = {.filter = call->filter, .basis = kh_room_basis(call->room, call->desk)};
    query.filter.words = (kh_str){0};
    query.filter.limit = query.filter.limit ? query.filter.limit : FRONT_ROWS;
    kh_status status = KH_OK;
    if (call->filter.disagree && !call->room->keeps_cards && !call->archive) {
        status = kh_cards_disagreeing(call->room, call->desk, call->scratch, *call->out, query.basis, &only, &err);
        query.only = &only;
    }
    bool facets = call->form == KH_FORM_HTML || call->form == KH_FORM_JSON;
    status = status ? status : kh_room_front(call->desk->store, call->out, *call->scratch, &query, facets, view, &ids, &err);
    status = status ? status : kh_sealed_list(call, &view->archives, &err);
    if (status) {
        kh_answer_failed(call, &err);
        return false;
    }
    kh_store_totals totals = totals_of(call);
    call->frame.now = totals.changed;
    view->filter = call->filter;
    view->stories = totals.stories;
    view->articles = totals.articles;
    add_cards(call, query.basis, &ids, view);
    kh_facets_label(call->room->engine, view->facets);
    return true;
}

/* "/stories/s1f0" of the store or of the sealed file that is asked. */
static kh_str path_of_story(kh_call *call, kh_str name)
{
    return kh_arena_printf(call->out, KH_FMT "/stories/" KH_FMT, KH_ARG(call->frame.base), KH_ARG(name));
}

static kh_str path_of_article(kh_call *call, int64_t id)
{
    return kh_arena_printf(call->out, KH_FMT "/articles/%lld", KH_ARG(call->frame.base), (long long)id);
}

/* The path of a list with its filter, for the feed of it. */
static kh_str list_path(kh_call *call, const char *path)
{
    kh_buf b = {.arena = call->out};
    kh_buf query = {.arena = call->out};
    kh_filter filter = call->filter;
    filter.limit = 0;
    kh_filter_query(&query, &filter, false);
    kh_buf_add(&b, call->frame.base);
    kh_buf_z(&b, path);
    kh_buf_z(&b, query.len ? "?" : "");
    kh_buf_add(&b, kh_buf_str(&query));
    return kh_buf_str(&b);
}

static void feed_of_front(kh_call *call, const kh_front_view *view)
{
    kh_feed feed = {.title = KH_STR("Khabar: stories"), .path = list_path(call, "/stories")};
    KH_EACH(const kh_front_row, row, view->rows) {
        kh_str path = path_of_story(call, row->story);
        kh_buf text = {.arena = call->out};
        kh_buf_printf(&text, "%u reports, %u outlets, %u languages", row->reports, row->outlets, row->languages);
        if (row->compared) {
            kh_buf_printf(&text, ", %u origins; figures disagree: %u", row->origins, row->disagreements);
        }
        *KH_ADD(call->out, &feed.entries) = (kh_feed_entry){
            .id = path, .link = path, .title = row->title, .lang = row->title_lang, .text = kh_buf_str(&text), .at = row->changed};
    }
    kh_feed_give(call, &feed);
}

void kh_page_front(kh_call *call)
{
    kh_front_view view;
    kh_buf buf = {.arena = call->out};
    if (!fill_front(call, &view)) {
        return;
    }
    switch (call->form) {
    case KH_FORM_HTML: kh_draw_front(call, &buf, &view); break;
    case KH_FORM_JSON: kh_json_front(&buf, &view); break;
    case KH_FORM_NDJSON:
        KH_EACH(const kh_front_row, row, view.rows) {
            kh_json j = {.buf = &buf};
            kh_json_front_row(&j, row);
            kh_buf_char(&buf, '\n');
        }
        break;
    default: feed_of_front(call, &view); return;
    }
    give(call, &buf);
}

/* ---- a story ---- */

/* The state of the story that step 1 names; false (answered): there is none, or it was merged, which is a redirect. */
static bool find_story(kh_call *call, kh_story_state *state)
{
    kh_error err = {0};
    kh_str name = call->target.steps.items[1];
    int64_t id = kh_store_story_named(call->desk->store, name);
    if (!id && kh_sealed_story(call)) {
        return false;
    }
    if (!id) {
        missing(call, "no_such_story", "there is no story of this name; / lists the stories");
        return false;
    }
    if (kh_store_story_state(call->desk->store, call->out, id, state, &err)) {
        kh_answer_failed(call, &err);
        return false;
    }
    if (!kh_str_eq(state->name, name)) {
        kh_buf path = {.arena = call->out};
        kh_buf_add(&path, call->frame.base);
        for (size_t i = 0; i < call->target.steps.count; i++) {
            kh_buf_char(&path, '/');
            kh_percent_add(&path, i == 1 ? state->name : call->target.steps.items[i]);
        }
        kh_buf_add(&path, kh_form_suffix(call->target.form));
        kh_answer_redirect(call, 301, kh_buf_str(&path));
        return false;
    }
    return true;
}

static void feed_of_happenings(kh_call *call, kh_str title, kh_str path, const kh_happenings *list)
{
    kh_feed feed = {.title = title, .path = path};
    KH_EACH(const kh_happening, h, *list) {
        if (feed.entries.count == KH_SERVE_ROWS_MAX) {
            break;
        }
        kh_str link = path_of_article(call, h->article);
        kh_feed_entry e = {.id = kh_arena_printf(call->out, KH_FMT "#" KH_FMT, KH_ARG(link), KH_ARG(h->id)),
                           .link = link,
                           .title = h->title,
                           .lang = h->lang,
                           .text = h->words,
                           .at = h->at,
                           .by = h->outlet};
        if (h->kind == KH_WATCH_FIGURE) {
            e.title =
                kh_arena_printf(call->out, KH_FMT ": " KH_FMT " \342\206\222 " KH_FMT, KH_ARG(h->what), KH_ARG(h->was), KH_ARG(h->is));
            e.lang = (kh_str){0};
        } else if (h->kind == KH_WATCH_ORIGIN) {
            e.title = kh_arena_printf(call->out, "new origin: " KH_FMT, KH_ARG(h->what));
            e.lang = (kh_str){0};
        }
        *KH_ADD(call->out, &feed.entries) = e;
    }
    kh_feed_give(call, &feed);
}

enum { STORY, GRAPH };

static void story_in_form(kh_call *call, int page, const kh_story *story)
{
    kh_buf buf = {.arena = call->out};
    kh_json_labels labels = kh_engine_labels(call->room->engine);
    kh_story_view view = {.story = story, .origins = kh_story_origin_count(story), .disagreements = kh_story_disagreement_count(story)};
    if (call->form == KH_FORM_HTML) {
        (page == GRAPH ? kh_draw_graph : kh_draw_story)(call, &buf, &view);
    } else if (call->form == KH_FORM_JSON) {
        (page == GRAPH ? kh_json_graph : kh_json_story)(&buf, story, &labels);
    } else {
        kh_happenings list = {0};
        kh_happenings_of(call->out, story, KH_WATCH_REPORT | KH_WATCH_FIGURE | KH_WATCH_ORIGIN, &list);
        feed_of_happenings(call, story->title, path_of_story(call, story->id), &list);
        return;
    }
    give(call, &buf);
}

static void give_story(kh_call *call, int page)
{
    kh_error err = {0};
    kh_story_state state;
    if (!find_story(call, &state)) {
        return;
    }
    bool drawn = call->form == KH_FORM_HTML;
    bool relates = page == STORY && (drawn || call->form == KH_FORM_JSON);
    int64_t basis = kh_room_basis(call->room, call->desk);
    kh_str key = kh_arena_printf(call->out, "story " KH_FMT " %lld %lld %llx %d %d " KH_FMT " " KH_FMT " " KH_FMT, KH_ARG(call->seal),
                                 (long long)state.id, (long long)state.revision, (unsigned long long)basis, page, (int)call->form,
                                 KH_ARG(drawn ? call->frame.ui : KH_STR("-")), KH_ARG(drawn ? call->frame.calendar : KH_STR("-")),
                                 KH_ARG(drawn ? call->frame.query : KH_STR("-")));
    call->answer->stamp = relates && !call->archive ? kh_room_related(call->room, call->desk) : 0;
    if (kh_answer_kept(call, key)) {
        return;
    }
    kh_story *story = KH_NEW(call->out, kh_story);
    as_of(call, state.changed);
    kh_worker *worker = &call->desk->worker;
    if (kh_desk_story(call->room, call->desk, state.id, story, &err) ||
        (relates && kh_story_relate(call->room->engine, call->desk->store, &worker->page, worker->scratch, state.id, story, &err))) {
        kh_answer_failed(call, &err);
    } else {
        if (!call->archive) {
            kh_card_put(call->room, basis, state.id, state.revision, story);
        }
        story_in_form(call, page, story);
    }
    kh_answer_keep(call, key);
}

void kh_page_story(kh_call *call)
{
    give_story(call, STORY);
}

void kh_page_graph(kh_call *call)
{
    give_story(call, GRAPH);
}

void kh_page_sides(kh_call *call)
{
    kh_error err = {0};
    kh_sides_view view;
    uint64_t a = 0;
    uint64_t b = 0;
    bool read = kh_str_u64(kh_query_value(&call->target.fields, "a"), &a) && kh_str_u64(kh_query_value(&call->target.fields, "b"), &b);
    if (!read || a == b || a > INT64_MAX || b > INT64_MAX) {
        kh_answer_problem(call, 400, "no_articles", "Bad request", KH_STR("a and b are the numbers of two articles"));
        return;
    }
    if (!kh_desk_compare(call->room, call->desk, &err)) {
        kh_answer_failed(call, &err);
        return;
    }
    kh_status status = kh_room_sides(call->room->engine, call->desk->store, call->out, *call->scratch, (int64_t)a, (int64_t)b, &view, &err);
    kh_desk_compared(call->room, call->desk);
    if (status) {
        kh_answer_failed(call, &err);
        return;
    }
    as_of_store(call);
    kh_buf buf = {.arena = call->out};
    (call->form == KH_FORM_HTML ? kh_draw_sides(call, &buf, &view) : kh_json_sides(&buf, &view));
    give(call, &buf);
}

/* ---- an article ---- */

void kh_page_article(kh_call *call)
{
    kh_error err = {0};
    kh_article *a = NULL;
    kh_article_view view = {0};
    int64_t id = kh_step_number(call, 1);
    kh_status status = kh_store_article(call->desk->store, call->out, id, &a, &err);
    status = status ? status : kh_store_custody(call->desk->store, call->out, id, &view, &err);
    if (status) {
        kh_answer_failed(call, &err);
        return;
    }
    view.article = a;
    as_of(call, view.added);
    kh_buf buf = {.arena = call->out};
    kh_json_labels labels = kh_engine_labels(call->room->engine);
    if (call->form == KH_FORM_HTML) {
        kh_draw_article(call, &buf, &view);
    } else {
        kh_json_article_page(&buf, &view, &labels);
    }
    give(call, &buf);
}

/* The bytes as they arrived, as text that no browser runs: the type is ours, sniffing is off, and the policy is a sandbox. */
void kh_page_raw(kh_call *call)
{
    kh_error err = {0};
    kh_str bytes;
    if (kh_store_raw(call->desk->store, call->out, kh_step_number(call, 1), &bytes, &err)) {
        kh_answer_problem(call, 404, "no_such_capture", "Not found", KH_STR("there is no such article, or its bytes were not kept"));
        return;
    }
    kh_answer_body(call, 200, "text/plain; charset=utf-8", bytes);
    call->answer->sandbox = true;
    call->answer->page = false;
}

/* ---- search ---- */

static void feed_of_search(kh_call *call, const kh_search_view *view)
{
    kh_feed feed = {.title = kh_arena_printf(call->out, "Khabar: " KH_FMT, KH_ARG(view->filter.words)), .path = list_path(call, "/search")};
    KH_EACH(const kh_search_row, row, view->rows) {
        kh_str path = path_of_article(call, row->article);
        *KH_ADD(call->out, &feed.entries) = (kh_feed_entry){.id = path,
                                                            .link = path,
                                                            .title = row->title.len ? row->title : row->label,
                                                            .lang = row->lang,
                                                            .text = row->snippet,
                                                            .at = row->published,
                                                            .by = row->outlet};
    }
    kh_feed_give(call, &feed);
}

void kh_page_search(kh_call *call)
{
    kh_error err = {0};
    kh_search_view view = {.filter = call->filter};
    kh_filter filter = call->filter;
    filter.limit = filter.limit ? filter.limit : SEARCH_ROWS;
    bool blank = call->form == KH_FORM_HTML && kh_str_trim(filter.words).len == 0; /* the page with the empty box */
    if (!blank && (kh_room_search(call->room->engine, call->desk->store, call->out, *call->scratch, &filter, &view, &err) ||
                   kh_sealed_search(call, &call->filter, &view.archives, &err))) {
        kh_answer_failed(call, &err);
        return;
    }
    view.filter = call->filter;
    as_of_store(call);
    kh_buf buf = {.arena = call->out};
    switch (call->form) {
    case KH_FORM_HTML: kh_draw_search(call, &buf, &view); break;
    case KH_FORM_JSON: kh_json_search(&buf, &view); break;
    case KH_FORM_NDJSON:
        KH_EACH(const kh_search_row, row, view.rows) {
            kh_json j = {.buf = &buf};
            kh_json_search_row(&j, row);
            kh_buf_char(&buf, '\n');
        }
        break;
    default: feed_of_search(call, &view); return;
    }
    give(call, &buf);
}

/* ---- watch lists ---- */

void kh_page_watch_lists(kh_call *call)
{
    kh_error err = {0};
    kh_watch_lists_view view = {0};
    if (kh_store_watch_lists(call->desk->store, call->out, &view, &err)) {
        kh_answer_failed(call, &err);
        return;
    }
    as_of_store(call);
    kh_buf buf = {.arena = call->out};
    (call->form == KH_FORM_HTML ? kh_draw_watch_lists(call, &buf, &view) : kh_json_watch_lists(&buf, &view));
    give(call, &buf);
}

static bool find_list(kh_call *call, kh_watch_list *list)
{
    kh_error err = {0};
    kh_watch_lists_view all = {0};
    if (kh_store_watch_lists(call->desk->store, call->out, &all, &err)) {
        kh_answer_failed(call, &err);
        return false;
    }
    KH_EACH(const kh_watch_list, l, all.lists) {
        if (kh_str_eq(l->id, call->target.steps.items[1])) {
            *list = *l;
            return true;
        }
    }
    missing(call, "no_such_watch_list", "there is no watch list of this id; /watch-lists shows them");
    return false;
}

/* What happened in story STORY for LIST, of the articles in MATCHING. */
static kh_status watch_story(kh_call *call, const kh_watch_list *list, int64_t id, const kh_map *matching, kh_happenings *found,
                             kh_error *err)
{
    kh_story *story = KH_NEW(call->out, kh_story);
    kh_happenings all = {0};
    kh_status status = kh_desk_story(call->room, call->desk, id, story, err);
    if (status) {
        return status;
    }
    kh_happenings_of(call->out, story, list->on, &all);
    KH_EACH(const kh_happening, h, all) {
        if (h->kind != KH_WATCH_REPORT || kh_map_get(matching, (uint64_t)h->article)) {
            *KH_ADD(call->out, found) = *h;
        }
    }
    return KH_OK;
}

/* The newest stories with an article that matches are compared, and what happened in them is told. */
static kh_status watch(kh_call *call, const kh_watch_list *list, kh_happenings *found, kh_error *err)
{
    kh_ids articles = {0};
    kh_ids stories = {0};
    kh_map matching = {0};
    kh_map seen = {0};
    kh_status status = kh_room_matching(call->room->engine, call->desk->store, call->out, *call->scratch, list, &articles, err);
    for (size_t i = 0; i < articles.count && !status; i++) {
        bool fresh = false;
        int64_t story = kh_store_story_of(call->desk->store, articles.items[i]);
        kh_map_put(call->out, &matching, (uint64_t)articles.items[i], NULL);
        kh_map_put(call->out, &seen, (uint64_t)story, &fresh);
        if (story && fresh && stories.count < WATCHED_STORIES) {
            *KH_ADD(call->out, &stories) = story;
        }
    }
    for (size_t i = 0; i < stories.count && !status; i++) {
        status = watch_story(call, list, stories.items[i], &matching, found, err);
    }
    kh_happenings_sort(found);
    found->count = found->count < KH_SERVE_ROWS_MAX ? found->count : KH_SERVE_ROWS_MAX;
    return status;
}

void kh_page_watch(kh_call *call)
{
    kh_error err = {0};
    kh_watch_view view = {0};
    if (!find_list(call, &view.list)) {
        return;
    }
    if (watch(call, &view.list, &view.happenings, &err)) {
        kh_answer_failed(call, &err);
        return;
    }
    as_of_store(call);
    kh_buf buf = {.arena = call->out};
    switch (call->form) {
    case KH_FORM_HTML: kh_draw_watch(call, &buf, &view); break;
    case KH_FORM_JSON: kh_json_watch(&buf, &view); break;
    case KH_FORM_NDJSON:
        KH_EACH(const kh_happening, h, view.happenings) {
            kh_json j = {.buf = &buf};
            kh_json_happening(&j, h);
            kh_buf_char(&buf, '\n');
        }
        break;
    default:
        feed_of_happenings(call, kh_arena_printf(call->out, "Khabar: " KH_FMT, KH_ARG(view.list.title)), call->target.path,
                           &view.happenings);
        return;
    }
    give(call, &buf);
}
