/* draw.c - views as pages, and the files beside them: html/ with the frame of the call. */
#include "server/room.h"

static kh_html page_of(kh_call *call, kh_buf *out)
{
    return (kh_html){.out = out, .frame = &call->frame, .texts = call->room->texts};
}

bool kh_draw_problem(kh_call *call, kh_buf *out, const kh_problem_view *view)
{
    kh_html page = page_of(call, out);
    if (call->frame.ui.len == 0) {
        return false; /* refused before anybody looked at what was asked */
    }
    kh_html_problem(&page, view);
    return true;
}

void kh_draw_front(kh_call *call, kh_buf *out, const kh_front_view *view)
{
    kh_html page = page_of(call, out);
    kh_html_front(&page, view);
}

void kh_draw_story(kh_call *call, kh_buf *out, const kh_story_view *view)
{
    kh_html page = page_of(call, out);
    kh_html_story(&page, view);
}

void kh_draw_graph(kh_call *call, kh_buf *out, const kh_story_view *view)
{
    kh_html page = page_of(call, out);
    kh_html_graph(&page, view);
}

void kh_draw_sides(kh_call *call, kh_buf *out, const kh_sides_view *view)
{
    kh_html page = page_of(call, out);
    kh_html_sides(&page, view);
}

void kh_draw_article(kh_call *call, kh_buf *out, const kh_article_view *view)
{
    kh_html page = page_of(call, out);
    kh_html_article(&page, view);
}

void kh_draw_search(kh_call *call, kh_buf *out, const kh_search_view *view)
{
    kh_html page = page_of(call, out);
    kh_html_search(&page, view);
}

void kh_draw_watch_lists(kh_call *call, kh_buf *out, const kh_watch_lists_view *view)
{
    kh_html page = page_of(call, out);
    kh_html_watch_lists(&page, view);
}

void kh_draw_watch(kh_call *call, kh_buf *out, const kh_watch_view *view)
{
    kh_html page = page_of(call, out);
    kh_html_watch(&page, view);
}

void kh_page_asset(kh_call *call)
{
    kh_str type = {0};
    kh_str bytes = {0};
    if (kh_html_asset(call->target.path, &type, &bytes)) {
        kh_answer_body(call, 200, type.ptr, bytes);
        call->answer->lasting = true;
    } else {
        kh_answer_problem(call, 404, "no_such_page", "Not found", KH_STR("there is no such file; / lists the stories"));
    }
}
