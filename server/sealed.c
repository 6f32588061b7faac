/* sealed.c - the sealed archives of the store: their pages, and what a search finds in them.
 *
 * Numbers of articles and stories are those of one file. So a sealed file has its own addresses, the same ones behind "/archives/N",
 * N the number of the archive in the store: /archives/2/articles/17 is article 17 of the second file that was sealed. For the time of
 * one answer the desk asks that file instead of the store; nothing can be posted there. A story that was sealed keeps its name: its
 * old address leads to the new one.
 *
 * A search of the store asks the sealed files too, the newest first, and tells for each how much it holds and where to see it. That has
 * KH_SERVE_QUERY_MS in all: files that were not asked by then say so.
 *
 *     /search?q=flood: 3 articles; 2026-01.db: 12 articles, at /archives/2/search?q=flood
 *
 * Gets wrong: files are opened anew for each answer, so a search with a hundred archives takes a hundred openings, some 50 ms. Rows of
 * several files are not mixed into one order.
 */
#include "server/room.h"

#include "engine/room.h"

#include "store/archive.h"

#include <string.h>

bool kh_sealed_asked(kh_call *call)
{
    kh_strs *steps = &call->target.steps;
    uint64_t number = 0;
    if (steps->count < 2 || !kh_str_eq(steps->items[0], KH_STR("archives")) || !kh_str_u64(steps->items[1], &number) || number == 0 ||
        number > INT64_MAX) {
        return false;
    }
    call->archive = (int64_t)number;
    steps->items += 2;
    steps->count -= 2;
    return true;
}

static kh_str name_of(const kh_archive *archive)
{
    kh_str rest = archive->path;
    kh_str name = archive->path;
    while (kh_str_cut(&rest, '/', &name)) {
    }
    return name;
}

static kh_str base_of(kh_call *call, int64_t id)
{
    return kh_arena_printf(call->out, "/archives/%lld", (long long)id);
}

/* From here to the end of the answer, or to put_back, the desk asks ARCHIVE. */
static bool take_out(kh_call *call, const kh_archive *archive, kh_error *err)
{
    kh_store *file = kh_archive_open(archive, err);
    if (file && kh_store_harden(file, err)) {
        kh_store_close(file);
        file = NULL;
    }
    if (file) {
        kh_store_deadline(file, KH_SERVE_QUERY_MS);
        call->desk->store = file;
    }
    return file != NULL;
}

void kh_desk_put_back(kh_desk *desk)
{
    if (desk->store != desk->live) {
        kh_store_close(desk->store);
        desk->store = desk->live;
    }
}

bool kh_sealed_open(kh_call *call)
{
    kh_error err = {0};
    kh_archives archives = {0};
    if (kh_store_archives(call->desk->store, call->out, &archives, &err)) {
        kh_answer_failed(call, &err);
        return false;
    }
    KH_EACH(const kh_archive, a, archives) {
        if (a->id == call->archive && take_out(call, a, &err)) {
            call->frame.base = base_of(call, a->id);
            call->seal = a->seal;
            call->frame.archive = name_of(a);
            call->frame.before = a->before;
            call->frame.may_add = call->frame.may_edit = false;
            return true;
        }
    }
    kh_answer_problem(call, 404, "no_such_archive", "Not found",
                      kh_str_z(err.code ? err.msg : "the store has no sealed archive of this number; / lists them"));
    return false;
}

static kh_status list(kh_call *call, kh_archives *archives, kh_archive_rows *rows, kh_error *err)
{
    kh_status status = call->archive ? KH_OK : kh_store_archives(call->desk->store, call->out, archives, err);
    KH_EACH(const kh_archive, a, *archives) {
        *KH_ADD(call->out, rows) = (kh_archive_row){.address = base_of(call, a->id),
                                                    .name = name_of(a),
                                                    .before = a->before,
                                                    .stories = a->stories,
                                                    .articles = a->articles,
                                                    .is_there = a->is_there};
    }
    return status;
}

kh_status kh_sealed_list(kh_call *call, kh_archive_rows *rows, kh_error *err)
{
    kh_archives archives = {0};
    return list(call, &archives, rows, err);
}

/* How much of FILTER ARCHIVE holds. */
static void ask(kh_call *call, const kh_archive *archive, const kh_filter *filter, kh_archive_row *row)
{
    kh_error err = {0};
    kh_search_view view = {0};
    kh_filter one = *filter;
    kh_buf address = {.arena = call->out};
    if (!take_out(call, archive, &err)) {
        row->is_there = false;
        return;
    }
    one.limit = 1;
    one.after = (kh_str){0};
    row->asked = !kh_room_search(call->room->engine, call->desk->store, call->out, *call->scratch, &one, &view, &err);
    row->found = view.found;
    row->more_than_found = view.more_than_found;
    one.limit = filter->limit;
    kh_buf_add(&address, row->address);
    kh_buf_z(&address, "/search?");
    kh_filter_query(&address, &one, false);
    row->address = kh_buf_str(&address);
    kh_desk_put_back(call->desk);
}

kh_status kh_sealed_search(kh_call *call, const kh_filter *filter, kh_archive_rows *rows, kh_error *err)
{
    kh_archives archives = {0};
    int64_t until = kh_room_now_ms() + KH_SERVE_QUERY_MS;
    kh_status status = filter->after.len ? KH_OK : list(call, &archives, rows, err);
    for (size_t i = archives.count; i > 0 && kh_room_now_ms() < until; i--) {
        if (rows->items[i - 1].is_there) {
            ask(call, &archives.items[i - 1], filter, &rows->items[i - 1]);
        }
    }
    return status;
}

bool kh_sealed_story(kh_call *call)
{
    int64_t archive = call->archive ? 0 : kh_store_sealed_story(call->desk->store, call->target.steps.items[1]);
    kh_buf path = {.arena = call->out};
    if (!archive) {
        return false;
    }
    kh_buf_add(&path, base_of(call, archive));
    KH_EACH(const kh_str, step, call->target.steps) {
        kh_buf_char(&path, '/');
        kh_percent_add(&path, *step);
    }
    kh_buf_add(&path, kh_form_suffix(call->target.form));
    kh_answer_redirect(call, 301, kh_buf_str(&path));
    return true;
}
