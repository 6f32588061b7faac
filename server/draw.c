/* draw.c - views as pages. Until they are drawn a browser is given the same JSON as a program. */
#include "server/room.h"

#include "json/views.h"

bool kh_draw_problem(kh_call *call, kh_buf *out, const kh_problem_view *view)
{
    (void)call;
    (void)out;
    (void)view;
    return false;
}

void kh_draw_front(kh_call *call, kh_buf *out, const kh_front_view *view)
{
    (void)call;
    kh_json_front(out, view);
}

void kh_draw_story(kh_call *call, kh_buf *out, const kh_story_view *view)
{
    kh_json_labels labels = kh_engine_labels(call->room->engine);
    kh_json_story(out, view->story, &labels);
}

void kh_draw_graph(kh_call *call, kh_buf *out, const kh_story_view *view)
{
    kh_json_labels labels = kh_engine_labels(call->room->engine);
    kh_json_graph(out, view->story, &labels);
}

void kh_draw_sides(kh_call *call, kh_buf *out, const kh_sides_view *view)
{
    (void)call;
    kh_json_sides(out, view);
}

void kh_draw_article(kh_call *call, kh_buf *out, const kh_article_view *view)
{
    kh_json_labels labels = kh_engine_labels(call->room->engine);
    kh_json_article_page(out, view, &labels);
}

void kh_draw_search(kh_call *call, kh_buf *out, const kh_search_view *view)
{
    (void)call;
    kh_json_search(out, view);
}

void kh_draw_watch_lists(kh_call *call, kh_buf *out, const kh_watch_lists_view *view)
{
    (void)call;
    kh_json_watch_lists(out, view);
}

void kh_draw_watch(kh_call *call, kh_buf *out, const kh_watch_view *view)
{
    (void)call;
    kh_json_watch(out, view);
}
