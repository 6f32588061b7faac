/* sides.c - two texts side by side: what both have, what was changed, dropped and added.
 *
 *     the original                              the copy
 *     Engineers believed that a gate            [- ]
 *     [may have jammed]                         [jammed]
 *
 * Each part stands in an element of its kind (<span>, <mark>, <del>, <ins>), so that the difference is told without colour too; a
 * shared or changed part leads to its partner. Of two languages there are only shared parts, the aligned sentences.
 */
#include "html/reasons.h"

static void column_head(kh_html *h, const char *key, const kh_article *a)
{
    kh_html_put(h, "<h2>");
    kh_html_t(h, key);
    kh_html_put(h, "</h2>\n<p class=\"line\"><strong>");
    kh_html_bdi(h, kh_html_outlet(a), a->outlet.value.len ? a->lang : (kh_str){0});
    kh_html_put(h, "</strong> ");
    kh_html_time(h, a->published.when.from);
    kh_html_put(h, "</p>\n<p class=\"title\"><a");
    kh_html_article_href(h, a->id);
    kh_html_lang(h, a->lang);
    kh_html_put(h, ">");
    kh_html_text(h, a->title.value.len ? a->title.value : kh_html_word(h, "no_title"));
    kh_html_put(h, "</a></p>\n");
}

static void part(kh_html *h, const kh_article *a, const kh_part *p, size_t i, char side)
{
    static const char *const tags[] = {"span", "mark", "del", "ins"};
    static const char *const classes[] = {"shared", "changed", "dropped", "added"};
    bool paired = p->kind == KH_PART_SHARED || p->kind == KH_PART_CHANGED;
    kh_buf_printf(h->out, "<%s class=\"%s\"", tags[p->kind], classes[p->kind]);
    if (paired) {
        kh_buf_printf(h->out, " id=\"%c-%zu\" data-partner=\"%c-%u\"", side, i, side == 'a' ? 'b' : 'a', p->partner);
    }
    kh_html_put(h, ">");
    kh_html_text(h, kh_slice(a->text, p->span));
    kh_buf_printf(h->out, "</%s>", tags[p->kind]);
}

/* Parts in order; a new paragraph where the text has one between two of them. */
static void column(kh_html *h, const kh_article *a, const kh_parts *parts, char side)
{
    uint32_t before = parts->count ? parts->items[0].span.begin : 0;
    kh_html_put(h, "<div class=\"text\"");
    kh_html_lang(h, a->lang);
    kh_html_put(h, ">\n<p>");
    for (size_t i = 0; i < parts->count && !kh_html_is_full(h); i++) {
        const kh_part *p = &parts->items[i];
        kh_str gap = kh_slice(a->text, (kh_span){before, p->span.begin});
        if (kh_str_find(gap, KH_STR("\n")) < gap.len) {
            kh_html_put(h, "</p>\n<p>");
        } else {
            kh_html_text(h, gap);
        }
        part(h, a, p, i, side);
        before = p->span.end;
    }
    kh_html_put(h, "</p>\n</div>\n");
}

static void verdict(kh_html *h, const kh_sides_view *v)
{
    kh_html_put(h, "<p class=\"counts\"><span class=\"chip copy\">");
    if (v->is_copy) {
        kh_html_tn(h, "copy", kh_copy_kind_name(v->copy.kind));
    } else {
        kh_html_tn(h, "relation", kh_relation_kind_name(v->relation.kind));
    }
    kh_html_put(h, "</span> ");
    if (v->is_copy) {
        KH_SAY(h, "sides.cover", kh_html_number(h, (uint64_t)(v->copy.cover_dst * 100 + 0.5F)),
               kh_html_number(h, (uint64_t)(v->copy.cover_src * 100 + 0.5F)));
    }
    kh_html_put(h, "</p>\n<p class=\"reason\">");
    kh_html_reason(h, v->is_copy ? v->copy.reason : v->relation.reason);
    kh_html_put(h, "</p>\n");
}

static void legend(kh_html *h)
{
    kh_html_put(h, "<p class=\"legend\"><span class=\"shared\">");
    kh_html_t(h, "sides.shared");
    kh_html_put(h, "</span> <mark class=\"changed\">");
    kh_html_t(h, "sides.changed");
    kh_html_put(h, "</mark> <del class=\"dropped\">");
    kh_html_t(h, "sides.dropped");
    kh_html_put(h, "</del> <ins class=\"added\">");
    kh_html_t(h, "sides.added");
    kh_html_put(h, "</ins></p>\n<p class=\"tools\"><label><input type=\"checkbox\" id=\"only-differences\"> ");
    kh_html_t(h, "sides.only_differences");
    kh_html_put(h, "</label></p>\n");
}

void kh_html_sides(kh_html *h, const kh_sides_view *v)
{
    kh_html_begin(h, kh_html_word(h, "side_by_side"), KH_AT_STORY, (kh_str){0}, false);
    if (v->story.len) {
        kh_html_put(h, "<p class=\"back\"><a");
        kh_html_story_href(h, v->story, "/graph");
        kh_html_put(h, ">");
        kh_html_t(h, "story.graph");
        kh_html_put(h, "</a></p>\n");
    }
    kh_html_put(h, "<h1>");
    kh_html_t(h, "side_by_side");
    kh_html_put(h, "</h1>\n");
    verdict(h, v);
    legend(h);
    kh_html_put(h, "<div class=\"sides\">\n<section>\n");
    column_head(h, v->is_copy ? "sides.original" : "sides.first", v->a);
    column(h, v->a, &v->parts_a, 'a');
    kh_html_put(h, "</section>\n<section>\n");
    column_head(h, v->is_copy ? "sides.copy" : "sides.second", v->b);
    column(h, v->b, &v->parts_b, 'b');
    kh_html_put(h, "</section>\n</div>\n");
    kh_html_end(h);
}
