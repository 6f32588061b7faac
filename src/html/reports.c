/* reports.c - all reports of a story, copies folded under what they were made from; and what people corrected in it.
 *
 *     1 August 2024, 20:15   The Tarn Observer   English
 *         Cracks were found months before the dam burst, former engineer says
 *         ▸ 4 copies
 */
#include "html/write.h"

static void chain(kh_html *h, const kh_article *a, const kh_chain *c)
{
    kh_html_put(h, "<li>");
    bool first = true;
    KH_EACH(const kh_hop, hop, c->hops) {
        kh_html_put(h, first ? "" : " <span class=\"arrow\">→</span> ");
        kh_html_bdi(h, hop->label.len ? hop->label : kh_html_outlet(a), (kh_str){0});
        first = false;
    }
    kh_html_put(h, "</li>\n");
}

static void chains(kh_html *h, const kh_article *a)
{
    if (a->chains.count == 0) {
        return;
    }
    kh_html_put(h, "<details class=\"chains\"><summary>");
    kh_html_count(h, "chains", a->chains.count);
    kh_html_put(h, "</summary><ul>\n");
    for (size_t i = 0; i < a->chains.count && i < KH_HTML_ROWS_MAX; i++) {
        chain(h, a, &a->chains.items[i]);
    }
    kh_html_put(h, "</ul></details>\n");
}

static void made_from(kh_html *h, const kh_story *s, const kh_copy *c)
{
    const kh_article *src = s->articles.items[c->src];
    kh_html_put(h, "<span class=\"made-from\">");
    kh_html_put(h, "<span class=\"chip copy\">");
    kh_html_tn(h, "copy", kh_copy_kind_name(c->kind));
    kh_html_put(h, "</span> ");
    KH_SAY(h, "copy_of", kh_html_piece(h, kh_html_outlet(src), (kh_str){0}));
    if (c->cover_dst > 0) {
        kh_html_put(h, " <a class=\"share\"");
        kh_str query = kh_arena_printf(h->out->arena, "/sides?a=%lld&b=%lld", (long long)src->id, (long long)s->articles.items[c->dst]->id);
        kh_html_story_href(h, s->id, query.ptr);
        kh_html_put(h, ">");
        kh_str share = kh_html_number(h, (uint64_t)(c->cover_dst * 100 + 0.5F));
        kh_html_say(h, "percent_shared", &share, 1);
        kh_html_put(h, "</a>");
    }
    kh_html_put(h, "</span>\n");
}

static void report(kh_html *h, const kh_sheet *sheet, uint32_t i)
{
    const kh_article *a = sheet->story->articles.items[i];
    const kh_copy *c = kh_sheet_copy(sheet->story, i);
    kh_html_put(h, "<p class=\"line\">");
    kh_html_time(h, a->published.when.from);
    kh_html_put(h, " <strong>");
    kh_html_bdi(h, kh_html_outlet(a), a->outlet.value.len ? a->lang : (kh_str){0});
    kh_html_put(h, "</strong> <span class=\"lang\">");
    kh_html_tn(h, "lang", a->lang);
    kh_html_put(h, "</span></p>\n<p class=\"title\"><a");
    kh_html_article_href(h, a->id);
    kh_html_lang(h, a->lang);
    kh_html_put(h, ">");
    kh_html_text(h, a->title.value.len ? a->title.value : kh_html_word(h, "no_title"));
    kh_html_put(h, "</a></p>\n");
    if (c) {
        made_from(h, sheet->story, c);
    }
    chains(h, a);
}

static size_t copies_of(const kh_sheet *sheet, uint32_t root)
{
    size_t count = 0;
    for (uint32_t i = 0; i < sheet->story->articles.count; i++) {
        count += i != root && sheet->root[i] == root;
    }
    return count;
}

static void copies(kh_html *h, const kh_sheet *sheet, uint32_t root)
{
    size_t count = copies_of(sheet, root);
    if (count == 0) {
        return;
    }
    kh_html_put(h, "<details class=\"copies\"><summary>");
    kh_html_count(h, "copies", count);
    kh_html_put(h, "</summary>\n<ul>\n");
    for (uint32_t i = 0; i < sheet->story->articles.count && !kh_html_is_full(h); i++) {
        if (i != root && sheet->root[i] == root) {
            kh_html_put(h, "<li class=\"report\">");
            report(h, sheet, i);
            kh_html_put(h, "</li>\n");
        }
    }
    kh_html_put(h, "</ul></details>\n");
}

void kh_html_reports(kh_html *h, const kh_sheet *sheet)
{
    kh_html_put(h, "<ol class=\"reports\">\n");
    for (uint32_t i = 0; i < sheet->story->articles.count && !kh_html_is_full(h); i++) {
        if (sheet->root[i] == i) {
            kh_html_put(h, "<li class=\"report\">");
            report(h, sheet, i);
            copies(h, sheet, i);
            kh_html_put(h, "</li>\n");
        }
    }
    kh_html_put(h, "</ol>\n");
}

/* ---- corrections ---- */

static void correction(kh_html *h, const kh_correction *c)
{
    kh_html_put(h, c->undone.len || c->rests ? "<li class=\"undone\">" : "<li>");
    kh_html_put(h, "<span class=\"chip\">");
    kh_html_tn(h, "correction", kh_correction_kind_name(c->kind));
    kh_html_put(h, "</span> ");
    if (c->words.len) {
        kh_html_put(h, "<q>");
        kh_html_bdi(h, c->words, (kh_str){0});
        kh_html_put(h, "</q> ");
    }
    if (c->was.len) {
        kh_html_put(h, "<s>");
        kh_html_bdi(h, c->was, (kh_str){0});
        kh_html_put(h, "</s> <span class=\"arrow\">→</span> ");
    }
    kh_html_bdi(h, c->value.len ? c->value : c->other, (kh_str){0});
    kh_html_put(h, " <span class=\"from\">");
    kh_html_bdi(h, c->by, (kh_str){0});
    kh_html_put(h, " · ");
    kh_html_iso(h, c->at);
    if (c->why.len) {
        kh_html_put(h, " · ");
        kh_html_bdi(h, c->why, (kh_str){0});
    }
    kh_html_put(h, "</span>");
    if (c->rests) {
        kh_html_put(h, " <strong>");
        kh_html_t(h, "correction.rests");
        kh_html_put(h, "</strong>");
    }
    if (h->frame->may_edit && !c->undone.len) {
        kh_buf_printf(h->out, "<form class=\"inline\" method=\"post\" action=\"/corrections/%lld/undo\"><button>", (long long)c->id);
        kh_html_t(h, "correction.undo");
        kh_html_put(h, "</button></form>");
    }
    kh_html_put(h, "</li>\n");
}

void kh_html_corrections(kh_html *h, const kh_corrections *all)
{
    kh_html_put(h, "<ul class=\"corrections\">\n");
    for (size_t i = 0; i < all->count && i < KH_HTML_ROWS_MAX; i++) {
        correction(h, all->items[i]);
    }
    kh_html_put(h, "</ul>\n");
    kh_html_rest(h, all->count);
}
