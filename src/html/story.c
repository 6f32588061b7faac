/* story.c - the page of one story: its head, where its material comes from, and the order of the other parts.
 *
 * First the origins, because they are what should be counted; then time, figures, where the accounts differ, who said what, and
 * the reports themselves, and the stories that this one is related to. Each part is a section with a heading and a place in the bar of the page, and each is readable alone
 * when the page is printed.
 */
#include "html/write.h"

typedef struct part {
    const char *id; /* also the key of its heading: "part.<id>" */
    void (*draw)(kh_html *h, const kh_sheet *sheet);
    bool shown;
} part;

static void dot(kh_html *h)
{
    kh_html_put(h, " <span class=\"dot\" aria-hidden=\"true\">·</span> ");
}

static void counts(kh_html *h, const kh_sheet *s)
{
    kh_html_put(h, "<p class=\"counts\">");
    kh_html_count(h, "reports", s->story->articles.count);
    dot(h);
    kh_html_count(h, "origins", s->independent);
    dot(h);
    kh_html_count(h, "languages", s->languages);
    if (s->disagreements) {
        kh_html_put(h, " <a class=\"badge conflict\" href=\"#verdicts\">");
        kh_str n = kh_html_number(h, s->disagreements);
        kh_html_say(h, "accounts_disagree", &n, 1);
        kh_html_put(h, "</a>");
    }
    kh_html_put(h, "</p>\n");
}

/* What of a very large story was not compared, and how many verdicts are not shown. */
static void left_out(kh_html *h, const kh_story *s)
{
    if (s->compared < s->articles.count) {
        kh_html_put(h, "<p class=\"note compared\">");
        KH_SAY(h, "story.compared", kh_html_number(h, s->compared), kh_html_number(h, s->articles.count));
        kh_html_put(h, "</p>\n");
    }
    if (s->verdicts_left_out) {
        kh_html_put(h, "<p class=\"note compared\">");
        KH_SAY(h, "story.verdicts_left_out", kh_html_number(h, s->verdicts_left_out));
        kh_html_put(h, "</p>\n");
    }
}

/* The first and the last known time of publication: articles are in that order, unknown last. */
static void stretch(kh_html *h, const kh_story *s)
{
    kh_when w = {0};
    for (size_t i = 0; i < s->articles.count; i++) {
        kh_time t = s->articles.items[i]->published.when.from;
        if (kh_time_known(t)) {
            w.from = kh_time_known(w.from) ? w.from : t;
            w.to = t;
        }
    }
    kh_html_put(h, "<p class=\"stretch\">");
    kh_html_when(h, w);
    kh_html_put(h, "</p>\n");
}

static void head(kh_html *h, const kh_story_view *view, const kh_sheet *sheet)
{
    const kh_story *s = view->story;
    kh_html_put(h, "<header class=\"story-head\">\n");
    if (view->merged_from.len) {
        kh_html_put(h, "<p class=\"note\">");
        KH_SAY(h, "merged_from", kh_html_piece(h, view->merged_from, (kh_str){0}));
        kh_html_put(h, "</p>\n");
    }
    kh_html_put(h, "<h1");
    kh_html_lang(h, s->articles.count ? s->articles.items[s->leading]->lang : h->frame->ui);
    kh_html_put(h, ">");
    kh_html_text(h, s->title.len ? s->title : kh_html_word(h, "no_title"));
    kh_html_put(h, "</h1>\n");
    counts(h, sheet);
    stretch(h, s);
    left_out(h, s);
    kh_html_put(h, "<p class=\"links\"><a");
    kh_html_story_href(h, s->id, "/graph");
    kh_html_put(h, ">");
    kh_html_t(h, "story.graph");
    kh_html_put(h, "</a> <a");
    kh_html_story_href(h, s->id, ".atom");
    kh_html_put(h, ">Atom</a> <a");
    kh_html_story_href(h, s->id, ".json");
    kh_html_put(h, ">JSON</a> <code>");
    kh_html_text(h, s->id);
    kh_html_put(h, "</code></p>\n</header>\n");
}

static void contents(kh_html *h, const part *parts, size_t count)
{
    kh_html_put(h, "<nav class=\"contents\"");
    kh_html_attr(h, "aria-label", kh_html_word(h, "nav.contents"));
    kh_html_put(h, "><ul>");
    for (size_t i = 0; i < count; i++) {
        if (parts[i].shown) {
            kh_html_put(h, "<li><a href=\"#");
            kh_html_put(h, parts[i].id);
            kh_html_put(h, "\">");
            kh_html_tn(h, "part", kh_str_z(parts[i].id));
            kh_html_put(h, "</a></li>");
        }
    }
    kh_html_put(h, "</ul></nav>\n");
}

/* ---- origins ---- */

static void origin(kh_html *h, const kh_story *s, const kh_origin *o)
{
    kh_html_put(h, o->independent ? "<li class=\"origin\">" : "<li class=\"origin none\">");
    kh_html_put(h, "<strong>");
    kh_html_origin(h, o);
    kh_html_put(h, "</strong> ");
    kh_html_count(h, "reports", o->articles.count);
    uint64_t share = s->articles.count ? o->articles.count * 100 / s->articles.count : 0;
    kh_buf_printf(
        h->out,
        "<svg class=\"share\" aria-hidden=\"true\" width=\"100%%\" height=\"4\"><rect class=\"all\" width=\"100%%\" height=\"4\"/>"
        "<rect class=\"part\" x=\"%llu%%\" width=\"%llu%%\" height=\"4\"/></svg>",
        kh_html_is_rtl(h) ? 100 - (unsigned long long)share : 0, (unsigned long long)share);
    if (o->articles.count) {
        const kh_article *first = s->articles.items[o->articles.items[0]];
        kh_html_put(h, "<span class=\"first\">");
        KH_SAY(h, "origin.first", kh_html_time_piece(h, first->published.when.from));
        kh_html_put(h, "</span>");
    }
    if (o->compiled) {
        kh_html_put(h, " <span class=\"mark\">");
        kh_html_t(h, "origin.compiled");
        kh_html_put(h, "</span>");
    }
    if (!o->independent) {
        kh_html_put(h, " <span class=\"mark\">");
        kh_html_t(h, "origin.none");
        kh_html_put(h, "</span>");
    }
    kh_html_put(h, "</li>\n");
}

static void origins(kh_html *h, const kh_sheet *sheet)
{
    kh_html_put(h, "<ul class=\"origins\">\n");
    for (size_t i = 0; i < sheet->story->origins.count && i < KH_HTML_ROWS_MAX; i++) {
        origin(h, sheet->story, &sheet->story->origins.items[i]);
    }
    kh_html_put(h, "</ul>\n");
    kh_html_rest(h, sheet->story->origins.count);
}

/* ---- related stories ---- */

static void apart(kh_html *h, const kh_related *r)
{
    if (!r->dated) {
        return;
    }
    kh_html_put(h, "<p class=\"counts\">");
    if (r->days == 0) {
        kh_html_t(h, "related.same_time");
    } else {
        kh_str days = kh_html_counted(h, "days", (uint64_t)(r->days < 0 ? -r->days : r->days));
        kh_html_say(h, r->days < 0 ? "related.earlier" : "related.later", &days, 1);
    }
    kh_html_put(h, "</p>\n");
}

static void related_story(kh_html *h, const kh_related *r)
{
    kh_html_put(h, "<li>\n<h3><a");
    kh_html_story_href(h, r->id, "");
    kh_html_lang(h, r->title.len ? r->lang : h->frame->ui);
    kh_html_put(h, ">");
    kh_html_text(h, r->title.len ? r->title : kh_html_word(h, "no_title"));
    kh_html_put(h, "</a></h3>\n");
    apart(h, r);
    kh_html_put(h, "<p class=\"who\">");
    kh_html_t(h, "related.shared");
    kh_html_put(h, " ");
    KH_EACH(const kh_str, word, r->shared) {
        if (word != r->shared.items) {
            kh_html_comma(h);
        }
        kh_html_bdi(h, *word, (kh_str){0});
    }
    kh_html_put(h, "</p>\n</li>\n");
}

static void related(kh_html *h, const kh_sheet *sheet)
{
    kh_html_put(h, "<ul class=\"related\">\n");
    KH_EACH(const kh_related, r, sheet->story->related) {
        related_story(h, r);
    }
    kh_html_put(h, "</ul>\n");
}

static void corrections(kh_html *h, const kh_sheet *sheet)
{
    kh_html_corrections(h, &sheet->story->corrections);
}

void kh_html_story(kh_html *h, const kh_story_view *view)
{
    const kh_story *s = view->story;
    kh_sheet sheet = kh_sheet_of(h->out->arena, s);
    const part parts[] = {{"origins", origins, s->origins.count > 0},           {"timeline", kh_html_timeline, s->articles.count > 0},
                          {"figures", kh_html_figures, sheet.points.count > 0}, {"verdicts", kh_html_verdicts, sheet.verdicts.count > 0},
                          {"said", kh_html_said, sheet.speakers.count > 0},     {"reports", kh_html_reports, true},
                          {"related", related, s->related.count > 0},           {"corrections", corrections, s->corrections.count > 0}};
    size_t count = sizeof parts / sizeof *parts;
    kh_html_begin(h, s->title, KH_AT_STORY, (kh_str){0}, true);
    head(h, view, &sheet);
    contents(h, parts, count);
    for (size_t i = 0; i < count; i++) {
        if (parts[i].shown && !kh_html_is_full(h)) {
            kh_buf_printf(h->out, "<section id=\"%s\" aria-labelledby=\"h-%s\">\n<h2 id=\"h-%s\">", parts[i].id, parts[i].id, parts[i].id);
            kh_html_tn(h, "part", kh_str_z(parts[i].id));
            kh_html_put(h, "</h2>\n");
            parts[i].draw(h, &sheet);
            kh_html_put(h, "</section>\n");
        }
    }
    kh_html_end(h);
}
