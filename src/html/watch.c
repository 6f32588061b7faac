/* watch.c - watch lists: saved searches, and what has happened in them.
 *
 *     figure changed   missing · persons: 37 → 92   ليفانتيس   1 August 2024, 21:45
 *     new origin       Nilab                        خبرگزاری نیلاب
 *
 * A list is a filter with a name and what it waits for. Making one is a plain form; what it finds is also a feed under its address.
 */
#include "html/write.h"

static void text_field(kh_html *h, const char *name, const char *key, bool required)
{
    kh_html_put(h, "<label>");
    kh_html_t(h, key);
    kh_html_put(h, "<input dir=\"auto\" maxlength=\"500\"");
    kh_html_attr(h, "name", kh_str_z(name));
    kh_html_put(h, required ? " required></label>\n" : "></label>\n");
}

static void tick(kh_html *h, const char *value)
{
    kh_buf_printf(h->out, "<label class=\"tick\"><input type=\"checkbox\" name=\"on\" value=\"%s\" checked> ", value);
    kh_html_tn(h, "watch_on", kh_str_z(value));
    kh_html_put(h, "</label>\n");
}

static void form(kh_html *h)
{
    kh_html_put(h, "<section aria-labelledby=\"h-new\"><h2 id=\"h-new\">");
    kh_html_t(h, "watch.new");
    kh_html_put(h, "</h2>\n<form class=\"watch-form\" method=\"post\" action=\"/watch-lists\">\n");
    text_field(h, "title", "watch.title", true);
    text_field(h, "q", "watch.words", false);
    text_field(h, "name", "watch.name", false);
    text_field(h, "language", "facet.language", false);
    text_field(h, "outlet", "facet.outlet", false);
    text_field(h, "agency", "facet.agency", false);
    text_field(h, "place", "facet.place", false);
    kh_html_put(h, "<fieldset><legend>");
    kh_html_t(h, "watch.on");
    kh_html_put(h, "</legend>\n");
    tick(h, "report");
    tick(h, "figure");
    tick(h, "origin");
    kh_html_put(h, "</fieldset>\n<button>");
    kh_html_t(h, "watch.save");
    kh_html_put(h, "</button></form></section>\n");
}

static void condition(kh_html *h, const char *key, kh_str value)
{
    if (value.len) {
        kh_html_put(h, "<span class=\"condition\">");
        kh_html_t(h, key);
        kh_html_put(h, ": ");
        kh_html_bdi(h, value, (kh_str){0});
        kh_html_put(h, "</span> ");
    }
}

static void conditions(kh_html *h, const kh_watch_list *w)
{
    static const struct {
        unsigned bit;
        const char *name;
    } kinds[] = {{KH_WATCH_REPORT, "report"}, {KH_WATCH_FIGURE, "figure"}, {KH_WATCH_ORIGIN, "origin"}};
    kh_html_put(h, "<p class=\"conditions\">");
    condition(h, "watch.words", w->filter.words);
    condition(h, "watch.name", w->name);
    condition(h, "facet.language", w->filter.language);
    condition(h, "facet.outlet", w->filter.outlet);
    condition(h, "facet.agency", w->filter.agency);
    condition(h, "facet.place", w->filter.place);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (w->on & kinds[i].bit) {
            kh_html_put(h, "<span class=\"chip\">");
            kh_html_tn(h, "watch_on", kh_str_z(kinds[i].name));
            kh_html_put(h, "</span> ");
        }
    }
    kh_html_put(h, "</p>\n");
}

static void list_href(kh_html *h, kh_str id, const char *more)
{
    kh_buf href = {.arena = h->out->arena};
    kh_buf_z(&href, "/watch-lists/");
    kh_percent_add(&href, id);
    kh_buf_z(&href, more);
    kh_html_attr(h, "href", kh_buf_str(&href));
}

static void feeds(kh_html *h, kh_str id)
{
    kh_html_put(h, "<p class=\"links\"><a");
    list_href(h, id, ".atom");
    kh_html_put(h, ">Atom</a> <a");
    list_href(h, id, ".jsonfeed");
    kh_html_put(h, ">JSON Feed</a></p>\n");
}

void kh_html_watch_lists(kh_html *h, const kh_watch_lists_view *v)
{
    kh_html_begin(h, kh_html_word(h, "nav.watch"), KH_AT_WATCH, (kh_str){0}, false);
    kh_html_put(h, "<h1>");
    kh_html_t(h, "nav.watch");
    kh_html_put(h, "</h1>\n");
    if (v->lists.count == 0) {
        kh_html_put(h, "<p class=\"empty\">");
        kh_html_t(h, h->frame->may_edit ? "watch.none" : "watch.none_readonly");
        kh_html_put(h, "</p>\n");
    }
    kh_html_put(h, "<ul class=\"watch-lists\">\n");
    for (size_t i = 0; i < v->lists.count && i < KH_HTML_ROWS_MAX; i++) {
        const kh_watch_list *w = &v->lists.items[i];
        kh_html_put(h, "<li>\n<h2><a");
        list_href(h, w->id, "");
        kh_html_put(h, ">");
        kh_html_bdi(h, w->title, (kh_str){0});
        kh_html_put(h, "</a></h2>\n");
        conditions(h, w);
        feeds(h, w->id);
        kh_html_put(h, "</li>\n");
    }
    kh_html_put(h, "</ul>\n");
    kh_html_rest(h, v->lists.count);
    if (h->frame->may_edit) {
        form(h);
    }
    kh_html_end(h);
}

/* ---- one list ---- */

static kh_str kind_name(kh_watch_on kind)
{
    return kind == KH_WATCH_FIGURE ? KH_STR("figure") : kind == KH_WATCH_ORIGIN ? KH_STR("origin") : KH_STR("report");
}

static void what(kh_html *h, const kh_happening *x)
{
    if (!x->what.len) {
        return;
    }
    kh_html_put(h, " <span><strong>");
    if (x->kind == KH_WATCH_FIGURE) {
        kh_html_topic(h, x->what);
    } else {
        kh_html_bdi(h, x->what, (kh_str){0});
    }
    kh_html_put(h, "</strong>");
    if (x->is.len) {
        kh_html_put(h, ": ");
        if (x->was.len) {
            kh_html_value(h, x->was);
            kh_html_put(h, " <span class=\"arrow\">→</span> ");
        }
        kh_html_value(h, x->is);
    }
    kh_html_put(h, "</span>");
}

static void happening(kh_html *h, const kh_happening *x)
{
    kh_html_put(h, "<li class=\"hit\">\n<p class=\"line\"><span class=\"chip\">");
    kh_html_tn(h, "watch_on", kind_name(x->kind));
    kh_html_put(h, "</span>");
    what(h, x);
    kh_html_put(h, "</p>\n<h2><a");
    kh_html_article_href(h, x->article);
    kh_html_lang(h, x->title.len ? x->lang : h->frame->ui);
    kh_html_put(h, ">");
    kh_html_text(h, x->title.len ? x->title : kh_html_word(h, "no_title"));
    kh_html_put(h, "</a></h2>\n");
    if (x->words.len) {
        kh_html_put(h, "<p class=\"snippet\"");
        kh_html_lang(h, x->lang);
        kh_html_put(h, ">");
        kh_html_text(h, x->words);
        kh_html_put(h, "</p>\n");
    }
    kh_html_put(h, "<p class=\"line\">");
    kh_html_bdi(h, x->outlet, (kh_str){0});
    kh_html_put(h, " ");
    kh_html_iso(h, x->at);
    if (x->story.len) {
        kh_html_put(h, " <a");
        kh_html_story_href(h, x->story, "");
        kh_html_put(h, ">");
        kh_html_t(h, "article.its_story");
        kh_html_put(h, "</a>");
    }
    kh_html_put(h, "</p>\n</li>\n");
}

void kh_html_watch(kh_html *h, const kh_watch_view *v)
{
    kh_html_begin(h, v->list.title, KH_AT_WATCH, (kh_str){0}, true);
    kh_html_put(h, "<p class=\"back\"><a href=\"/watch-lists\">");
    kh_html_t(h, "nav.watch");
    kh_html_put(h, "</a></p>\n<h1>");
    kh_html_bdi(h, v->list.title, (kh_str){0});
    kh_html_put(h, "</h1>\n");
    conditions(h, &v->list);
    feeds(h, v->list.id);
    if (v->happenings.count == 0) {
        kh_html_put(h, "<p class=\"empty\">");
        kh_html_t(h, "watch.nothing");
        kh_html_put(h, "</p>\n");
    }
    kh_html_put(h, "<ol class=\"hits\">\n");
    for (size_t i = 0; i < v->happenings.count && i < KH_HTML_ROWS_MAX && !kh_html_is_full(h); i++) {
        happening(h, &v->happenings.items[i]);
    }
    kh_html_put(h, "</ol>\n");
    kh_html_rest(h, v->happenings.count);
    if (h->frame->may_edit) {
        kh_html_put(h, "<form class=\"inline\" method=\"post\" action=\"/watch-lists/");
        kh_html_text(h, v->list.id);
        kh_html_put(h, "/delete\"><button>");
        kh_html_t(h, "watch.delete");
        kh_html_put(h, "</button></form>\n");
    }
    kh_html_end(h);
}
