/* front.c - the front page: a row a story.
 *
 *     Dozens killed as dam bursts in northern Meskaria, governor says          ▁▂▇▅▁▂
 *     26 reports · 4 origins · 4 languages · figures disagree (4)    Halyard, Meskapress    5 August 2024
 *
 * The headline stands in its own language and direction. The bars count reports by time; they run with the reading direction of
 * the interface, and their title says the same in words.
 */
#include "html/write.h"

enum { BAR_WIDTH = 5, SPARK_HEIGHT = 22 };

static void bars(kh_html *h, const kh_spark *spark)
{
    uint32_t most = 1;
    for (uint32_t i = 0; i < spark->count; i++) {
        most = spark->bars[i] > most ? spark->bars[i] : most;
    }
    for (uint32_t i = 0; i < spark->count; i++) {
        uint32_t at = kh_html_is_rtl(h) ? spark->count - 1 - i : i;
        uint32_t height = spark->bars[i] ? 2 + spark->bars[i] * (SPARK_HEIGHT - 2) / most : 1;
        kh_buf_printf(h->out, "<rect x=\"%u\" y=\"%u\" width=\"%d\" height=\"%u\"/>", at * BAR_WIDTH, SPARK_HEIGHT - height, BAR_WIDTH - 1,
                      height);
    }
}

static void spark(kh_html *h, const kh_spark *s)
{
    if (s->count == 0) {
        return;
    }
    kh_html_put(h, "<svg class=\"spark\" role=\"img\"");
    kh_buf_printf(h->out, " viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"><title>", (int)s->count * BAR_WIDTH, SPARK_HEIGHT,
                  (int)s->count * BAR_WIDTH, SPARK_HEIGHT);
    kh_str begin = kh_html_time_label(h, s->begin);
    kh_str pieces[] = {kh_html_number(h, s->hours), begin};
    kh_html_say(h, "spark.title", pieces, 2);
    kh_html_put(h, "</title>");
    bars(h, s);
    kh_html_put(h, "</svg>");
}

static void separator(kh_html *h)
{
    kh_html_put(h, " <span class=\"dot\" aria-hidden=\"true\">·</span> ");
}

static void counts(kh_html *h, const kh_front_row *row)
{
    kh_html_put(h, "<p class=\"counts\">");
    kh_html_count(h, "reports", row->reports);
    if (row->compared) {
        separator(h);
        kh_html_count(h, "origins", row->origins);
    }
    separator(h);
    kh_html_count(h, "languages", row->languages);
    if (row->disagreements) {
        kh_html_put(h, " <a class=\"badge conflict\"");
        kh_html_story_href(h, row->story, "#verdicts");
        kh_html_put(h, ">");
        kh_str n = kh_html_number(h, row->disagreements);
        kh_html_say(h, "figures_disagree", &n, 1);
        kh_html_put(h, "</a>");
    }
    kh_html_put(h, "</p>\n");
}

static void who_and_when(kh_html *h, const kh_front_row *row)
{
    kh_html_put(h, "<p class=\"who\">");
    for (size_t i = 0; i < row->agencies.count && i < KH_HTML_PAGES_MAX; i++) {
        if (i) {
            kh_html_comma(h);
        }
        kh_html_bdi(h, h->frame->agency(h->frame->know, row->agencies.items[i]), (kh_str){0});
    }
    kh_html_put(h, row->agencies.count ? " <span class=\"langs\">" : "<span class=\"langs\">");
    for (size_t i = 0; i < row->langs.count && i < KH_HTML_PAGES_MAX; i++) {
        if (i) {
            kh_html_comma(h);
        }
        kh_html_tn(h, "lang", row->langs.items[i]);
    }
    kh_html_put(h, "</span></p>\n<p class=\"last\">");
    kh_str last = row->last.len ? row->last : row->changed;
    kh_time t = {0};
    kh_time_parse(last, &t);
    kh_str piece = kh_html_time_piece(h, t);
    kh_html_say(h, row->last.len ? "last_report" : "last_change", &piece, 1);
    kh_html_put(h, "</p>\n");
}

static void row(kh_html *h, const kh_front_row *r)
{
    kh_html_put(h, "<li class=\"story\">\n<h2><a");
    kh_html_story_href(h, r->story, "");
    kh_html_lang(h, r->title.len ? r->title_lang : h->frame->ui);
    kh_html_put(h, ">");
    if (r->title.len) {
        kh_html_text(h, r->title);
    } else {
        kh_html_t(h, "no_title");
    }
    kh_html_put(h, "</a></h2>\n");
    spark(h, &r->spark);
    kh_html_put(h, "\n");
    counts(h, r);
    who_and_when(h, r);
    kh_html_put(h, "</li>\n");
}

static void order_link(kh_html *h, const kh_front_view *view, bool by_importance)
{
    kh_filter with = view->filter;
    with.by_importance = by_importance;
    kh_html_put(h, "<li><a");
    kh_html_filter_href(h, "/", &with);
    kh_html_put(h, view->filter.by_importance == by_importance ? " aria-current=\"true\">" : ">");
    kh_html_t(h, by_importance ? "order.importance" : "order.newest");
    kh_html_put(h, "</a></li>\n");
}

static void orders(kh_html *h, const kh_front_view *view)
{
    kh_html_put(h, "<nav class=\"orders\"");
    kh_html_attr(h, "aria-label", kh_html_word(h, "order.title"));
    kh_html_put(h, "><ul>\n");
    order_link(h, view, false);
    order_link(h, view, true);
    kh_html_put(h, "</ul></nav>\n");
}

void kh_html_front(kh_html *h, const kh_front_view *view)
{
    kh_html_begin(h, (kh_str){0}, KH_AT_FRONT, (kh_str){0}, true);
    kh_html_put(h, "<div class=\"with-facets\">\n<div class=\"rows\">\n<h1>");
    kh_html_t(h, "nav.stories");
    kh_html_put(h, "</h1>\n<p class=\"note\">");
    KH_SAY(h, "store_holds", kh_html_counted(h, "stories", view->stories), kh_html_counted(h, "reports", view->articles));
    kh_html_put(h, "</p>\n");
    orders(h, view);
    if (view->rows.count == 0) {
        kh_html_put(h, "<p class=\"empty\">");
        kh_html_t(h, view->articles ? "front.none" : "front.empty");
        kh_html_put(h, "</p>\n");
    }
    kh_html_put(h, "<ol class=\"stories\">\n");
    KH_EACH(const kh_front_row, r, view->rows) {
        if (!kh_html_is_full(h)) {
            row(h, r);
        }
    }
    kh_html_put(h, "</ol>\n");
    kh_html_next(h, &view->filter, view->next, "/", view->filter.by_importance ? "nav.next_important" : "nav.next");
    kh_html_archives(h, &view->archives, false);
    kh_html_put(h, "</div>\n");
    kh_html_facets(h, &view->filter, view->facets, "/", true, view->facets_partial);
    kh_html_put(h, "</div>\n");
    kh_html_end(h);
}
