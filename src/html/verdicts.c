/* verdicts.c - where the accounts meet and differ: each verdict with both sides and its reason.
 *
 * What needs a reader's eye comes first and in full: conflicts and flips, then what was taken back, then what was lost on the way.
 * Updates, parts, refinements and agreement are the quiet majority and stand folded, a line each.
 *
 *     conflict  missing · persons
 *         37  Nadia Kortan   1 August 2024  The Tarn Observer and 3 copies
 *         92  سميرة فولدان   1 August 2024  ليفانتيس and 3 copies
 *         one point, one day, two figures that cannot both hold
 *
 * The reason stands in the words of the interface (reasons.c).
 */
#include "html/reasons.h"

static bool is_loud(kh_verdict_kind kind)
{
    return kind == KH_CONFLICT || kind == KH_POLARITY_FLIP || kind == KH_RETRACTED || kind == KH_REVISED || kind == KH_HEDGE_LOST ||
           kind == KH_ATTRIBUTION_LOST;
}

/* "killed · persons": each word of it in the interface's language where it has one. */
void kh_html_topic(kh_html *h, kh_str topic_text)
{
    static const kh_str middle = {" \xC2\xB7 ", 4};
    size_t at = kh_str_find(topic_text, middle);
    if (at < topic_text.len) {
        kh_html_tn(h, "what", kh_str_head(topic_text, at));
        kh_html_put(h, " · ");
        kh_html_tn(h, "scope", kh_str_from(topic_text, at + middle.len));
    } else if (kh_str_starts(topic_text, KH_STR("quotation of "))) {
        KH_SAY(h, "topic.quotation", kh_html_piece(h, kh_str_from(topic_text, 13), (kh_str){0}));
    } else {
        kh_html_tn(h, "topic", topic_text);
    }
}

/* ---- one side ---- */

static kh_str claimer_at(const kh_sheet *sheet, kh_place_in place)
{
    const kh_figure *f = kh_sheet_figure_at(sheet->story, place);
    return f ? f->claimed_by : (kh_str){0};
}

static void side(kh_html *h, const kh_sheet *sheet, kh_place_in place, kh_str value, const kh_page_list *pages)
{
    const kh_article *a = sheet->story->articles.items[place.article];
    kh_str claimer = claimer_at(sheet, place);
    kh_html_put(h, "<li>");
    if (value.len) {
        kh_html_put(h, "<a class=\"value\"");
        kh_html_words_href(h, a, place.span);
        kh_html_put(h, ">");
        kh_html_value(h, value);
        kh_html_put(h, "</a> ");
    }
    if (kh_span_empty(place.span)) {
        kh_html_t(h, "verdicts.the_page");
    } else {
        kh_html_put(h, "<q");
        kh_html_lang(h, a->lang);
        kh_html_put(h, ">");
        kh_html_text(h, kh_slice(a->text, place.span));
        kh_html_put(h, "</q> ");
    }
    if (claimer.len) {
        KH_SAY(h, "figures.claimed_by", kh_html_piece(h, claimer, a->lang));
        kh_html_put(h, " ");
    }
    kh_html_put(h, "<span class=\"from\">");
    kh_html_time(h, a->published.when.from);
    kh_html_put(h, " ");
    kh_html_sources(h, sheet, pages);
    if (!value.len && !kh_span_empty(place.span)) {
        kh_html_put(h, " · <a");
        kh_html_words_href(h, a, place.span);
        kh_html_put(h, ">");
        kh_html_t(h, "to_the_words");
        kh_html_put(h, "</a>");
    }
    kh_html_put(h, "</span></li>\n");
}

static void kind_and_topic(kh_html *h, const kh_folded_verdict *e)
{
    kh_str kind = kh_verdict_kind_name(e->best->kind);
    kh_html_put(h, "<span class=\"chip ");
    kh_html_text(h, kind);
    kh_html_put(h, "\">");
    kh_html_tn(h, "verdict", kind);
    kh_html_put(h, "</span> ");
    kh_html_topic(h, e->best->topic);
}

static void reason(kh_html *h, const kh_folded_verdict *e)
{
    kh_html_put(h, "<p class=\"reason\">");
    kh_html_reason(h, e->best->reason);
    if (e->count > 1) {
        kh_html_put(h, " <span class=\"pages\">· ");
        kh_html_count(h, "pairs", e->count);
        kh_html_put(h, "</span>");
    }
    kh_html_put(h, "</p>\n");
}

static void sides_link(kh_html *h, const kh_sheet *sheet, const kh_verdict *x)
{
    if (x->a.article == x->b.article) {
        return;
    }
    kh_str query = kh_arena_printf(h->out->arena, "/sides?a=%lld&b=%lld", (long long)sheet->story->articles.items[x->a.article]->id,
                                   (long long)sheet->story->articles.items[x->b.article]->id);
    kh_html_put(h, "<a class=\"sides-link\"");
    kh_html_story_href(h, sheet->story->id, query.ptr);
    kh_html_put(h, ">");
    kh_html_t(h, "side_by_side");
    kh_html_put(h, "</a>");
}

static void loud(kh_html *h, const kh_sheet *sheet, size_t i)
{
    const kh_folded_verdict *e = &sheet->verdicts.items[i];
    kh_buf_printf(h->out, "<article class=\"verdict %s\" id=\"v-%zu\">\n<h3>", kh_verdict_kind_name(e->best->kind).ptr, i + 1);
    kind_and_topic(h, e);
    kh_html_put(h, "</h3>\n<ul class=\"both\">\n");
    side(h, sheet, e->best->a, e->figures ? e->a : (kh_str){0}, &e->pages_a);
    side(h, sheet, e->best->b, e->figures ? e->b : (kh_str){0}, &e->pages_b);
    kh_html_put(h, "</ul>\n");
    reason(h, e);
    sides_link(h, sheet, e->best);
    kh_html_put(h, "</article>\n");
}

/* ---- the quiet ones ---- */

static void value_link(kh_html *h, const kh_sheet *sheet, kh_place_in place, kh_str value)
{
    const kh_article *a = sheet->story->articles.items[place.article];
    kh_html_put(h, "<a");
    kh_html_words_href(h, a, place.span);
    kh_html_attr(h, "title", kh_html_outlet(a));
    if (value.len) {
        kh_html_put(h, ">");
        kh_html_value(h, value);
        kh_html_put(h, "</a>");
    } else {
        kh_html_put(h, "><bdi");
        kh_html_lang(h, a->lang);
        kh_html_put(h, ">");
        kh_html_text(h, kh_slice(a->text, place.span));
        kh_html_put(h, "</bdi></a>");
    }
}

static void quiet(kh_html *h, const kh_sheet *sheet, size_t i)
{
    const kh_folded_verdict *e = &sheet->verdicts.items[i];
    kh_buf_printf(h->out, "<li id=\"v-%zu\">", i + 1);
    kind_and_topic(h, e);
    kh_html_put(h, ": ");
    value_link(h, sheet, e->best->a, e->figures ? e->a : (kh_str){0});
    kh_html_put(h, e->best->kind == KH_UPDATE ? " <span class=\"arrow\">→</span> " : " <span class=\"arrow\">·</span> ");
    value_link(h, sheet, e->best->b, e->figures ? e->b : (kh_str){0});
    kh_html_put(h, " ");
    reason(h, e);
    kh_html_put(h, "</li>\n");
}

void kh_html_verdicts(kh_html *h, const kh_sheet *sheet)
{
    const kh_folded_verdicts *all = &sheet->verdicts;
    size_t folded = 0;
    size_t told = 0;
    for (size_t i = 0; i < all->count; i++) {
        bool is = is_loud(all->items[i].best->kind);
        if (is && told < KH_HTML_ROWS_MAX && !kh_html_is_full(h)) {
            loud(h, sheet, i);
        }
        told += is;
        folded += !is && !all->items[i].passed;
    }
    kh_html_rest(h, told);
    if (folded == 0) {
        return;
    }
    kh_html_put(h, "<details class=\"quiet\"><summary>");
    kh_html_count(h, "verdicts_quiet", folded);
    kh_html_put(h, "</summary>\n<ul>\n");
    for (size_t i = 0, shown = 0; i < all->count && shown < KH_HTML_ROWS_MAX && !kh_html_is_full(h); i++) {
        if (!is_loud(all->items[i].best->kind) && !all->items[i].passed) {
            quiet(h, sheet, i);
            shown++;
        }
    }
    kh_html_put(h, "</ul>");
    kh_html_rest(h, folded);
    kh_html_put(h, "</details>\n");
}
