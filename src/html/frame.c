/* frame.c - what every page has: head, skip link, the bar with search, the choices of language and calendar, the foot; and the
 * small links that all parts use.
 *
 * The interface's language and direction stand on <html>; every text of a stranger has its own. Choices are plain links to the
 * same page, so they work without a script and can be sent to somebody: /stories/s1f00?ui=fa&calendar=jalali.
 */
#include "html/assets.h"
#include "html/write.h"

#include <string.h>

bool kh_html_is_rtl(const kh_html *h)
{
    return kh_str_eq(kh_html_dir_of(h->frame->ui), KH_STR("rtl"));
}

static void asset(kh_html *h, const char *before, const char *name, bool nonce)
{
    kh_html_put(h, before);
    kh_html_put(h, "\"/assets/");
    kh_html_put(h, name);
    kh_html_put(h, "?v=");
    kh_html_put(h, kh_assets_version);
    kh_html_put(h, "\"");
    if (nonce) {
        kh_html_attr(h, "nonce", h->frame->nonce);
    }
}

/* PATH was decoded step by step: each is encoded again. */
static void add_path(kh_buf *out, kh_str path)
{
    kh_str rest = kh_str_from(path, 1);
    kh_str step = {0};
    kh_buf_char(out, '/');
    for (bool first = true; rest.len && kh_str_cut(&rest, '/', &step); first = false) {
        kh_buf_z(out, first ? "" : "/");
        kh_percent_add(out, step);
    }
}

static void feed_link(kh_html *h, const char *type, const char *form)
{
    kh_buf href = {.arena = h->out->arena};
    if (kh_str_eq(h->frame->path, h->frame->base) || kh_str_eq(h->frame->path, KH_STR("/"))) {
        href = kh_html_address(h, "/stories");
    } else {
        add_path(&href, h->frame->path);
    }
    kh_buf_z(&href, form);
    if (h->frame->query.len) {
        kh_buf_z(&href, "?");
        kh_buf_add(&href, h->frame->query);
    }
    kh_html_put(h, "<link rel=\"alternate\"");
    kh_html_attr(h, "type", kh_str_z(type));
    kh_html_attr(h, "href", kh_buf_str(&href));
    kh_html_put(h, ">\n");
}

static void head(kh_html *h, kh_str title, bool feed)
{
    kh_html_put(h, "<!doctype html>\n<html");
    kh_html_lang(h, h->frame->ui);
    kh_html_put(h, ">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    if (title.len) {
        kh_html_text(h, title);
        kh_html_put(h, " · ");
    }
    kh_html_t(h, "site");
    kh_html_put(h, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n");
    asset(h, "<link rel=\"icon\" type=\"image/svg+xml\" href=", "icon.svg", false);
    kh_html_put(h, ">\n");
    asset(h, "<link rel=\"stylesheet\" href=", "style.css", true);
    kh_html_put(h, ">\n");
    asset(h, "<script defer src=", "room.js", true);
    kh_html_put(h, "></script>\n");
    if (feed) {
        feed_link(h, "application/atom+xml", ".atom");
        feed_link(h, "application/feed+json", ".jsonfeed");
    }
    kh_html_put(h, "</head>\n");
}

static void nav_link(kh_html *h, const char *href, const char *key, bool here)
{
    kh_html_put(h, "<li><a");
    kh_html_attr(h, "href", kh_str_z(href));
    kh_html_put(h, here ? " aria-current=\"page\">" : ">");
    kh_html_t(h, key);
    kh_html_put(h, "</a></li>");
}

static void bar(kh_html *h, kh_html_place at, kh_str words)
{
    kh_html_put(h, "<a class=\"skip\" href=\"#main\">");
    kh_html_t(h, "skip");
    kh_html_put(
        h, "</a>\n<header class=\"bar\">\n<a class=\"brand\" href=\"/\"><span lang=\"ar\" dir=\"rtl\" aria-hidden=\"true\">خبر</span> ");
    kh_html_t(h, "site");
    kh_html_put(h, "</a>\n<nav");
    kh_html_attr(h, "aria-label", kh_html_word(h, "nav.main"));
    kh_html_put(h, "><ul>");
    nav_link(h, "/", "nav.stories", at == KH_AT_FRONT);
    nav_link(h, "/search", "nav.search", at == KH_AT_SEARCH);
    nav_link(h, "/watch-lists", "nav.watch", at == KH_AT_WATCH);
    kh_html_put(h, "</ul></nav>\n<form class=\"find\" role=\"search\" action=\"/search\" method=\"get\"><label class=\"off\" for=\"q\">");
    kh_html_t(h, "search.label");
    kh_html_put(h, "</label><input id=\"q\" name=\"q\" type=\"search\" dir=\"auto\" maxlength=\"500\" autocomplete=\"off\"");
    kh_html_attr(h, "placeholder", kh_html_word(h, "search.placeholder"));
    kh_html_attr(h, "value", words);
    kh_html_put(h, "><button>");
    kh_html_t(h, "search.button");
    kh_html_put(h, "</button></form>\n</header>\n");
}

void kh_html_sealed_before(kh_html *h, kh_str day)
{
    kh_time t;
    KH_SAY(h, "archive.before", kh_time_parse(day, &t) ? kh_html_time_piece(h, t) : kh_html_piece(h, day, (kh_str){0}));
}

/* The pages of a sealed file look like those of the store: this says which one it is. */
static void archive_note(kh_html *h)
{
    kh_html_put(h, "<p class=\"note archive\"><a");
    kh_html_attr(h, "href", h->frame->base);
    kh_html_put(h, ">");
    KH_SAY(h, "archive.here", kh_html_piece(h, h->frame->archive, (kh_str){0}));
    kh_html_put(h, "</a> · ");
    kh_html_sealed_before(h, h->frame->before);
    kh_html_put(h, " · <a href=\"/\">");
    kh_html_t(h, "archive.back");
    kh_html_put(h, "</a></p>\n");
}

void kh_html_begin(kh_html *h, kh_str title, kh_html_place at, kh_str words, bool feed)
{
    head(h, title, feed);
    kh_html_put(h, "<body>\n");
    bar(h, at, words);
    kh_html_put(h, "<main id=\"main\" tabindex=\"-1\">\n");
    if (h->frame->archive.len) {
        archive_note(h);
    }
}

/* ---- foot ---- */

/* The same page with NAME=VALUE; the query it was asked with stays. */
static void choice(kh_html *h, const char *name, kh_str value, kh_str label, kh_str lang, bool chosen)
{
    kh_buf href = {.arena = h->out->arena};
    add_path(&href, h->frame->path);
    kh_buf_z(&href, "?");
    kh_buf_add(&href, h->frame->query);
    kh_query_add(&href, name, value);
    kh_html_put(h, "<li><a");
    kh_html_attr(h, "href", kh_buf_str(&href));
    kh_html_lang(h, lang);
    kh_html_put(h, chosen ? " aria-current=\"true\">" : ">");
    kh_html_text(h, label);
    kh_html_put(h, "</a></li>");
}

static void choices(kh_html *h)
{
    static const char *const calendars[] = {"gregorian", "jalali", "hijri"};
    kh_html_put(h, "<nav class=\"choices\"");
    kh_html_attr(h, "aria-label", kh_html_word(h, "choice.language"));
    kh_html_put(h, "><ul>");
    for (size_t i = 0; i < kh_texts_count(); i++) {
        kh_str ui = kh_texts_language(i);
        choice(h, "ui", ui, kh_html_named(h, "own_name", ui), ui, kh_str_eq(ui, h->frame->ui));
    }
    kh_html_put(h, "</ul></nav>\n<nav class=\"choices\"");
    kh_html_attr(h, "aria-label", kh_html_word(h, "choice.calendar"));
    kh_html_put(h, "><ul>");
    for (size_t i = 0; i < sizeof calendars / sizeof *calendars; i++) {
        kh_str calendar = kh_str_z(calendars[i]);
        choice(h, "calendar", calendar, kh_html_named(h, "calendar", calendar), h->frame->ui, kh_str_eq(calendar, h->frame->calendar));
    }
    kh_html_put(h, "</ul></nav>\n");
}

void kh_html_end(kh_html *h)
{
    if (kh_html_is_full(h)) {
        kh_html_put(h, "<p class=\"note\">");
        kh_html_t(h, "page_cut");
        kh_html_put(h, "</p>\n");
    }
    kh_html_put(h, "</main>\n<footer class=\"foot\">\n");
    choices(h);
    kh_html_put(h, "<p class=\"made\">");
    KH_SAY(h, "made_by", kh_html_piece(h, h->frame->version, (kh_str){0}));
    if (kh_time_known(h->frame->now)) {
        kh_html_put(h, " · ");
        KH_SAY(h, "made_at", kh_html_time_piece(h, h->frame->now));
    }
    kh_html_put(h, " · <a href=\"/api/openapi.json\">API</a></p>\n</footer>\n</body>\n</html>\n");
}

/* ---- links that all parts use ---- */

kh_buf kh_html_address(const kh_html *h, const char *path)
{
    kh_buf address = {.arena = h->out->arena};
    kh_buf_add(&address, h->frame->base);
    kh_buf_z(&address, h->frame->base.len && strcmp(path, "/") == 0 ? "" : path);
    return address;
}

void kh_html_article_href(kh_html *h, int64_t id)
{
    kh_buf href = kh_html_address(h, "/articles/");
    kh_buf_printf(&href, "%lld", (long long)id);
    kh_html_attr(h, "href", kh_buf_str(&href));
}

void kh_html_words_href(kh_html *h, const kh_article *a, kh_span span)
{
    kh_buf href = kh_html_address(h, "/articles/");
    kh_buf_printf(&href, "%lld", (long long)a->id);
    if (!kh_span_empty(span)) {
        kh_buf_printf(&href, "#at-%u", span.begin);
    }
    kh_html_attr(h, "href", kh_buf_str(&href));
}

void kh_html_story_href(kh_html *h, kh_str id, const char *more)
{
    kh_buf href = kh_html_address(h, "/stories/");
    kh_percent_add(&href, id);
    kh_buf_z(&href, more);
    kh_html_attr(h, "href", kh_buf_str(&href));
}

kh_str kh_html_outlet(const kh_article *a)
{
    return a->outlet.value.len ? a->outlet.value : a->label;
}

kh_str kh_html_origin_name(const kh_html *h, const kh_origin *o)
{
    return o->label.len ? o->label : h->frame->agency(h->frame->know, o->agency);
}

void kh_html_origin(kh_html *h, const kh_origin *o)
{
    static const kh_str page = {"page ", 5}; /* an origin of its own, known by its label alone */
    kh_str name = kh_html_origin_name(h, o);
    if (o->agency.len == 0 && kh_str_starts(name, page)) {
        kh_html_text(h, kh_html_word(h, "origin.page"));
        kh_html_put(h, " ");
        name = kh_str_from(name, page.len);
    }
    kh_html_bdi(h, name, (kh_str){0});
}

void kh_html_source_link(kh_html *h, const kh_article *a, kh_span span)
{
    kh_html_put(h, "<a class=\"source\"");
    kh_html_words_href(h, a, span);
    kh_html_attr(h, "title", a->title.value.len ? a->title.value : a->label);
    kh_html_put(h, ">");
    kh_html_bdi(h, kh_html_outlet(a), a->outlet.value.len ? a->lang : (kh_str){0});
    kh_html_put(h, "</a>");
}

void kh_html_sources(kh_html *h, const kh_sheet *sheet, const kh_page_list *pages)
{
    size_t shown = 0;
    size_t standing = 0;
    for (size_t k = 0; k < pages->count; k++) {
        if (!kh_sheet_stands(sheet, pages, k)) {
            continue;
        }
        if (standing < KH_HTML_PAGES_MAX) {
            if (shown) {
                kh_html_comma(h);
            }
            kh_html_source_link(h, sheet->story->articles.items[pages->items[k]], (kh_span){0});
            shown++;
        }
        standing++;
    }
    if (standing > shown) {
        kh_html_put(h, " ");
        kh_html_count(h, "more", standing - shown);
    }
    if (pages->count > standing) {
        kh_html_put(h, " <span class=\"copies\">");
        kh_html_count(h, "and_copies", pages->count - standing);
        kh_html_put(h, "</span>");
    }
}

void kh_html_rest(kh_html *h, size_t count)
{
    if (count > KH_HTML_ROWS_MAX) {
        kh_html_put(h, "<p class=\"note\">");
        kh_html_count(h, "more", count - KH_HTML_ROWS_MAX);
        kh_html_put(h, "</p>\n");
    }
}
