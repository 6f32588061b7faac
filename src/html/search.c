/* search.c - what a search found, and the page of a failure.
 *
 * A row is an article: its headline, where and when, the words around the first hit with the hit marked. Found as a name in another
 * spelling, the row says in which: a search for «Sermet» finds سرمت, and the reader is told why.
 */
#include "html/write.h"

static void snippet(kh_html *h, const kh_search_row *r)
{
    kh_html_put(h, "<p class=\"snippet\"");
    kh_html_lang(h, r->lang);
    kh_html_put(h, ">");
    if (kh_span_empty(r->found) || r->found.end > r->snippet.len) {
        kh_html_text(h, r->snippet);
    } else {
        kh_html_text(h, kh_str_head(r->snippet, r->found.begin));
        kh_html_put(h, "<mark>");
        kh_html_text(h, kh_slice(r->snippet, r->found));
        kh_html_put(h, "</mark>");
        kh_html_text(h, kh_str_from(r->snippet, r->found.end));
    }
    kh_html_put(h, "</p>\n");
}

static void row(kh_html *h, const kh_search_row *r)
{
    kh_html_put(h, "<li class=\"hit\">\n<h2><a");
    kh_html_article_href(h, r->article);
    kh_html_lang(h, r->title.len ? r->lang : h->frame->ui);
    kh_html_put(h, ">");
    kh_html_text(h, r->title.len ? r->title : kh_html_word(h, "no_title"));
    kh_html_put(h, "</a></h2>\n<p class=\"line\"><strong>");
    kh_html_bdi(h, r->outlet.len ? r->outlet : r->label, (kh_str){0});
    kh_html_put(h, "</strong> ");
    kh_html_iso(h, r->published);
    kh_html_put(h, " <span class=\"lang\">");
    kh_html_tn(h, "lang", r->lang);
    kh_html_put(h, "</span>");
    if (r->story.len) {
        kh_html_put(h, " <a");
        kh_html_story_href(h, r->story, "");
        kh_html_put(h, ">");
        kh_html_t(h, "article.its_story");
        kh_html_put(h, "</a>");
    }
    kh_html_put(h, "</p>\n");
    snippet(h, r);
    if (r->name.len) {
        kh_html_put(h, "<p class=\"note\">");
        KH_SAY(h, "search.by_name", kh_html_piece(h, r->name, (kh_str){0}));
        kh_html_put(h, "</p>\n");
    }
    kh_html_put(h, "</li>\n");
}

static void found(kh_html *h, const kh_search_view *v)
{
    kh_html_put(h, "<p class=\"note\">");
    kh_html_count(h, v->more_than_found ? "found_more" : "found", v->found);
    kh_html_put(h, "</p>\n");
    if (v->spellings.count) {
        kh_html_put(h, "<p class=\"note\">");
        kh_html_t(h, "search.also");
        kh_html_put(h, " ");
        for (size_t i = 0; i < v->spellings.count && i < KH_HTML_ROWS_MAX; i++) {
            if (i) {
                kh_html_comma(h);
            }
            kh_html_bdi(h, v->spellings.items[i], (kh_str){0});
        }
        kh_html_put(h, "</p>\n");
    }
}

void kh_html_search(kh_html *h, const kh_search_view *v)
{
    bool asked = v->filter.words.len > 0;
    kh_html_begin(h, asked ? v->filter.words : kh_html_word(h, "nav.search"), KH_AT_SEARCH, v->filter.words, asked);
    kh_html_put(h, "<div class=\"with-facets\">\n<div class=\"rows\">\n<h1>");
    kh_html_t(h, "nav.search");
    if (asked) {
        kh_html_put(h, ": ");
        kh_html_bdi(h, v->filter.words, (kh_str){0});
    }
    kh_html_put(h, "</h1>\n");
    if (asked) {
        found(h, v);
    } else {
        kh_html_put(h, "<p class=\"empty\">");
        kh_html_t(h, "search.help");
        kh_html_put(h, "</p>\n");
    }
    kh_html_put(h, "<ol class=\"hits\">\n");
    KH_EACH(const kh_search_row, r, v->rows) {
        if (!kh_html_is_full(h)) {
            row(h, r);
        }
    }
    kh_html_put(h, "</ol>\n");
    kh_html_next(h, &v->filter, v->next, "/search", "nav.next");
    kh_html_archives(h, &v->archives, true);
    kh_html_put(h, "</div>\n");
    if (asked) {
        kh_html_facets(h, &v->filter, v->facets, "/search", false, false);
    }
    kh_html_put(h, "</div>\n");
    kh_html_end(h);
}

void kh_html_problem(kh_html *h, const kh_problem_view *v)
{
    kh_html_begin(h, kh_html_named(h, "problem", v->title), KH_AT_ELSEWHERE, (kh_str){0}, false);
    kh_html_put(h, "<div class=\"problem\">\n<p class=\"status\">");
    kh_html_n(h, v->status);
    kh_html_put(h, "</p>\n<h1>");
    kh_html_tn(h, "problem", v->title);
    kh_html_put(h, "</h1>\n<p lang=\"en\" dir=\"ltr\">");
    kh_html_text(h, v->detail);
    kh_html_put(h, "</p>\n<p><a href=\"/\">");
    kh_html_t(h, "nav.stories");
    kh_html_put(h, "</a></p>\n</div>\n");
    kh_html_end(h);
}
