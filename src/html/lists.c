/* lists.c - what front and search share: facets as links, the filter by days, the way to the next rows.
 *
 * A facet is a link that sets one field of the filter and keeps the others; a chosen one is a link that takes it off again. So a
 * filter works with the keyboard alone, without a script, and has an address that can be kept.
 */
#include "html/write.h"

void kh_html_filter_href(kh_html *h, const char *action, const kh_filter *filter)
{
    kh_buf href = kh_html_address(h, action);
    kh_buf_z(&href, "?");
    kh_filter_query(&href, filter, false);
    if (href.ptr[href.len - 1] == '?') {
        href.len--;
    }
    kh_html_attr(h, "href", kh_buf_str(&href));
}

static void facet_label(kh_html *h, kh_facet_kind kind, const kh_facet *f)
{
    if (kind == KH_FACET_LANGUAGE) {
        kh_html_tn(h, "lang", f->value);
    } else {
        kh_html_bdi(h, f->label.len ? f->label : f->value, (kh_str){0});
    }
}

static void facet(kh_html *h, const char *action, const kh_filter *filter, kh_facet_kind kind, const kh_facet *f)
{
    kh_filter with = *filter;
    *kh_facet_of(&with, kind) = f->chosen ? (kh_str){0} : f->value;
    kh_html_put(h, "<li><a");
    kh_html_filter_href(h, action, &with);
    kh_html_put(h, f->chosen ? " aria-current=\"true\">" : ">");
    facet_label(h, kind, f);
    kh_html_put(h, " <span class=\"count\">");
    kh_html_n(h, f->count);
    kh_html_put(h, "</span>");
    if (f->chosen) {
        kh_html_put(h, "<span class=\"off\"> ");
        kh_html_t(h, "filter.remove");
        kh_html_put(h, "</span>");
    }
    kh_html_put(h, "</a></li>\n");
}

static void group(kh_html *h, const char *action, const kh_filter *filter, kh_facet_kind kind, const kh_facets *facets)
{
    kh_str name = kh_facet_name(kind);
    if (facets->count == 0) {
        return;
    }
    kh_html_put(h, "<section class=\"facet\"><h3>");
    kh_html_tn(h, "facet", name);
    kh_html_put(h, "</h3>\n<ul data-more=\"8\"");
    kh_html_attr(h, "data-all", kh_html_word(h, "filter.all"));
    kh_html_put(h, ">\n");
    for (size_t i = 0; i < facets->count && i < KH_HTML_ROWS_MAX; i++) {
        facet(h, action, filter, kind, &facets->items[i]);
    }
    kh_html_put(h, "</ul></section>\n");
}

static void hidden(kh_html *h, const char *name, kh_str value)
{
    if (value.len) {
        kh_html_put(h, "<input type=\"hidden\"");
        kh_html_attr(h, "name", kh_str_z(name));
        kh_html_attr(h, "value", value);
        kh_html_put(h, ">");
    }
}

static void day_field(kh_html *h, const char *name, const char *key, kh_str value)
{
    kh_html_put(h, "<label>");
    kh_html_t(h, key);
    kh_html_put(h, "<input type=\"date\"");
    kh_html_attr(h, "name", kh_str_z(name));
    kh_html_attr(h, "value", value);
    kh_html_put(h, "></label>\n");
}

/* Whether figures disagree is known of compared stories alone: the page says so. */
static void disagree_field(kh_html *h, bool checked)
{
    kh_html_put(h, "<label class=\"tick\"><input type=\"checkbox\" name=\"disagree\" value=\"1\" aria-describedby=\"disagree-of\"");
    kh_html_put(h, checked ? " checked> " : "> ");
    kh_html_t(h, "filter.disagree");
    kh_html_put(h, "</label>\n<p class=\"note\" id=\"disagree-of\">");
    kh_html_t(h, "filter.disagree_of");
    kh_html_put(h, "</p>\n");
}

static void days(kh_html *h, const char *action, const kh_filter *filter, bool of_stories)
{
    kh_buf address = kh_html_address(h, action);
    kh_html_put(h, "<form class=\"facet days\" method=\"get\"");
    kh_html_attr(h, "action", kh_buf_str(&address));
    kh_html_put(h, "><fieldset><legend>");
    kh_html_t(h, "facet.date");
    kh_html_put(h, "</legend>\n");
    hidden(h, "q", filter->words);
    hidden(h, "language", filter->language);
    hidden(h, "outlet", filter->outlet);
    hidden(h, "agency", filter->agency);
    hidden(h, "place", filter->place);
    hidden(h, "order", filter->by_importance ? KH_STR("importance") : (kh_str){0});
    day_field(h, "since", "filter.since", filter->since);
    day_field(h, "until", "filter.until", filter->until);
    if (of_stories) {
        disagree_field(h, filter->disagree);
    }
    kh_html_put(h, "<button>");
    kh_html_t(h, "filter.apply");
    kh_html_put(h, "</button></fieldset></form>\n");
}

void kh_html_facets(kh_html *h, const kh_filter *filter, const kh_facets *facets, const char *action, bool of_stories, bool partial)
{
    kh_html_put(h, "<aside class=\"facets\"");
    kh_html_attr(h, "aria-label", kh_html_word(h, "filter.title"));
    kh_html_put(h, "><details open><summary><h2>");
    kh_html_t(h, "filter.title");
    kh_html_put(h, "</h2></summary>\n");
    for (int kind = 0; kind < KH_FACET_KINDS; kind++) {
        group(h, action, filter, (kh_facet_kind)kind, &facets[kind]);
    }
    days(h, action, filter, of_stories);
    if (partial) {
        kh_html_put(h, "<p class=\"note\">");
        kh_html_t(h, "filter.partial");
        kh_html_put(h, "</p>\n");
    }
    kh_html_put(h, "</details></aside>\n");
}

void kh_html_next(kh_html *h, const kh_filter *filter, kh_str next, const char *action, const char *key)
{
    if (next.len == 0) {
        return;
    }
    kh_filter with = *filter;
    with.after = next;
    kh_buf href = kh_html_address(h, action);
    kh_buf_z(&href, "?");
    kh_filter_query(&href, &with, true);
    kh_html_put(h, "<nav class=\"next\"");
    kh_html_attr(h, "aria-label", kh_html_word(h, "nav.pages"));
    kh_html_put(h, "><a rel=\"next\"");
    kh_html_attr(h, "href", kh_buf_str(&href));
    kh_html_put(h, ">");
    kh_html_t(h, key);
    kh_html_put(h, "</a></nav>\n");
}

static void archive(kh_html *h, const kh_archive_row *r, bool of_search)
{
    kh_html_put(h, "<li><a");
    kh_html_attr(h, "href", r->address);
    kh_html_put(h, "><bdi>");
    kh_html_text(h, r->name);
    kh_html_put(h, "</bdi></a> · <span class=\"note\">");
    if (!r->is_there) {
        kh_html_t(h, "archive.gone");
    } else if (of_search && !r->asked) {
        kh_html_t(h, "archive.not_asked");
    } else if (of_search) {
        kh_html_count(h, r->more_than_found ? "found_more" : "found", r->found);
    } else {
        KH_SAY(h, "store_holds", kh_html_counted(h, "stories", r->stories), kh_html_counted(h, "reports", r->articles));
    }
    kh_html_put(h, " · ");
    kh_html_sealed_before(h, r->before);
    kh_html_put(h, "</span></li>\n");
}

void kh_html_archives(kh_html *h, const kh_archive_rows *rows, bool of_search)
{
    size_t shown = 0;
    if (rows->count == 0) {
        return;
    }
    kh_html_put(h, "<section class=\"archives\" aria-labelledby=\"archives\"><h2 id=\"archives\">");
    kh_html_t(h, of_search ? "archive.found" : "archive.title");
    kh_html_put(h, "</h2>\n<ul>\n");
    for (size_t i = rows->count; i > 0 && !kh_html_is_full(h); i--) { /* the newest first */
        const kh_archive_row *r = &rows->items[i - 1];
        if (!of_search || r->found || !r->asked) {
            archive(h, r, of_search);
            shown++;
        }
    }
    kh_html_put(h, "</ul>\n");
    if (!shown) {
        kh_html_put(h, "<p class=\"note\">");
        kh_html_t(h, "archive.nothing");
        kh_html_put(h, "</p>\n");
    }
    kh_html_put(h, "</section>\n");
}
