/* article.c - the page of one article: its text with what was found in it, and the evidence for everything that is said of it.
 *
 * Beside the text stand custody and fields: from where, when captured, the hash of
 * the bytes; for title, outlet, language, day and byline every candidate with the place in the page and what speaks for or against
 * it. The raw capture is a link to text/plain, never a part of this page. Forms for corrections are there only where the server
 * was opened for writing.
 */
#include "html/reasons.h"

static void fact_begin(kh_html *h, const char *key)
{
    kh_html_put(h, "<div><dt>");
    kh_html_t(h, key);
    kh_html_put(h, "</dt><dd>");
}

static void fact_end(kh_html *h, kh_str why)
{
    if (why.len) {
        kh_html_put(h, " <span class=\"why\">");
        kh_html_reason(h, why);
        kh_html_put(h, "</span>");
    }
    kh_html_put(h, "</dd></div>\n");
}

/* FROM: where in the page it stands, in the words of the page or of its markup. */
static void fact(kh_html *h, const char *key, kh_str value, kh_str lang, kh_str from)
{
    if (value.len) {
        fact_begin(h, key);
        kh_html_bdi(h, value, lang);
        if (from.len) {
            kh_html_put(h, " <code class=\"why\" dir=\"auto\">");
            kh_html_text(h, from);
            kh_html_put(h, "</code>");
        }
        fact_end(h, (kh_str){0});
    }
}

static void code(kh_html *h, const char *key, kh_str value)
{
    if (value.len) {
        fact_begin(h, key);
        kh_html_put(h, "<code dir=\"ltr\">");
        kh_html_text(h, value);
        kh_html_put(h, "</code>");
        fact_end(h, (kh_str){0});
    }
}

static void address(kh_html *h, kh_str url)
{
    if (url.len) {
        fact_begin(h, "article.url");
        kh_html_put(h, "<a dir=\"ltr\"");
        kh_html_href_out(h, url);
        kh_html_put(h, ">");
        kh_html_text(h, url);
        kh_html_put(h, "</a>");
        fact_end(h, (kh_str){0});
    }
}

static void custody(kh_html *h, const kh_article_view *v)
{
    const kh_article *a = v->article;
    kh_html_put(h, "<section aria-labelledby=\"h-custody\"><h2 id=\"h-custody\">");
    kh_html_t(h, "article.custody");
    kh_html_put(h, "</h2>\n<dl class=\"facts\">\n");
    address(h, a->url);
    if (kh_time_known(a->captured)) {
        fact_begin(h, "article.captured");
        kh_html_time(h, a->captured);
        fact_end(h, (kh_str){0});
    }
    if (v->added.len) {
        fact_begin(h, "article.added");
        kh_html_iso(h, v->added);
        fact_end(h, (kh_str){0});
    }
    fact(h, "article.label", a->label, (kh_str){0}, (kh_str){0});
    code(h, "article.sha256", a->sha256);
    code(h, "article.knowledge", a->knowledge);
    if (a->charset.len) {
        fact_begin(h, "article.charset");
        kh_html_bdi(h, a->charset, KH_STR("en"));
        fact_end(h, a->charset_why);
    }
    kh_html_put(h, "</dl>\n");
    if (v->has_raw) {
        kh_buf href = kh_html_address(h, "/articles/");
        kh_buf_printf(&href, "%lld/raw", (long long)a->id);
        kh_html_put(h, "<p><a");
        kh_html_attr(h, "href", kh_buf_str(&href));
        kh_html_put(h, ">");
        kh_html_t(h, "article.raw");
        kh_html_put(h, "</a></p>\n");
    }
    kh_html_put(h, "</section>\n");
}

/* ---- fields ---- */

static void day(kh_html *h, const char *key, const kh_date *d, bool inferred)
{
    if (!kh_when_known(d->when) && !d->reason.len) {
        return;
    }
    fact_begin(h, key);
    kh_html_when(h, d->when);
    if (inferred) {
        kh_html_put(h, " <span class=\"chip\">");
        kh_html_t(h, "article.inferred");
        kh_html_put(h, "</span>");
    }
    fact_end(h, d->reason.len ? d->reason : d->path);
}

static void fields(kh_html *h, const kh_article *a)
{
    kh_html_put(h, "<section aria-labelledby=\"h-fields\"><h2 id=\"h-fields\">");
    kh_html_t(h, "article.fields");
    kh_html_put(h, "</h2>\n<dl class=\"facts\">\n");
    fact(h, "article.outlet", a->outlet.value, a->lang, a->outlet.path);
    day(h, "article.published", &a->published, a->published_inferred);
    day(h, "article.modified", &a->modified, false);
    fact_begin(h, "article.language");
    kh_html_tn(h, "lang", a->lang);
    kh_html_put(h, " ");
    kh_str percent = kh_html_number(h, (uint64_t)(a->lang_confidence * 100 + 0.5F));
    kh_html_say(h, "percent", &percent, 1);
    fact_end(h, (kh_str){0});
    fact(h, "article.byline", a->byline.value, a->lang, a->byline.path);
    fact(h, "article.section", a->section.value, a->lang, a->section.path);
    if (a->reason.len) {
        fact_begin(h, "article.no_body");
        kh_html_tn(h, "no_body", a->reason);
        fact_end(h, (kh_str){0});
    }
    kh_html_put(h, "</dl>\n");
}

static void candidate(kh_html *h, kh_str field, kh_str value, kh_str lang, kh_str from, kh_str why, float score, bool taken)
{
    kh_html_put(h, taken ? "<tr class=\"taken\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
    kh_html_tn(h, "article", field);
    kh_html_put(h, "</th><td>");
    kh_html_bdi(h, value, lang);
    kh_html_put(h, "</td><td><code lang=\"en\" dir=\"ltr\">");
    kh_html_text(h, from);
    kh_html_put(h, "</code> ");
    kh_html_reason(h, why);
    kh_html_put(h, "</td><td class=\"number\">");
    kh_html_text(h, kh_html_digits(h, kh_arena_printf(h->out->arena, "%.2f", (double)score)));
    kh_html_put(h, "</td></tr>\n");
}

static void candidates(kh_html *h, const kh_article *a)
{
    kh_html_put(h, "<details class=\"evidence\"><summary>");
    kh_html_t(h, "article.candidates");
    kh_html_put(h, "</summary>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
    kh_html_attr(h, "aria-label", kh_html_word(h, "article.candidates"));
    kh_html_put(h, "><table>\n<thead><tr><th scope=\"col\">");
    kh_html_t(h, "article.field");
    kh_html_put(h, "</th><th scope=\"col\">");
    kh_html_t(h, "article.value");
    kh_html_put(h, "</th><th scope=\"col\">");
    kh_html_t(h, "article.evidence");
    kh_html_put(h, "</th><th scope=\"col\">");
    kh_html_t(h, "article.score");
    kh_html_put(h, "</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < a->clues.count && i < KH_HTML_ROWS_MAX; i++) {
        const kh_clue *c = &a->clues.items[i];
        candidate(h, c->field, c->value, a->lang, c->from, c->why, c->score, kh_clue_is_taken(a, c));
    }
    for (size_t i = 0; i < a->date_candidates.count && i < KH_HTML_ROWS_MAX; i++) {
        const kh_date *d = &a->date_candidates.items[i];
        candidate(h, KH_STR("published"), kh_when_text(h->out->arena, d->when), KH_STR("en"), d->path, d->reason, d->score, i == 0);
    }
    kh_html_put(h, "</tbody></table></div>");
    kh_html_rest(h, a->clues.count);
    kh_html_rest(h, a->date_candidates.count);
    kh_html_put(h, "</details>\n</section>\n");
}

/* ---- what was found ---- */

static void credits(kh_html *h, const kh_article *a)
{
    if (a->credits.count == 0) {
        return;
    }
    kh_html_put(h, "<section aria-labelledby=\"h-credits\"><h2 id=\"h-credits\">");
    kh_html_t(h, "article.credits");
    kh_html_put(h, "</h2>\n<ul class=\"plain\">\n");
    for (size_t i = 0; i < a->credits.count && i < KH_HTML_ROWS_MAX; i++) {
        const kh_credit *c = &a->credits.items[i];
        kh_html_put(h, "<li><span class=\"chip\">");
        kh_html_tn(h, "credit", kh_credit_type_name(c->type));
        const kh_line *line = kh_article_line_at(a, c->span.begin);
        bool shown = line && kh_line_is_content(line);
        kh_html_put(h, shown ? "</span> <a" : "</span> <span");
        if (shown) {
            kh_buf_printf(h->out, " href=\"#at-%u\"", c->span.begin);
        }
        kh_html_lang(h, a->lang);
        kh_html_put(h, ">");
        kh_html_text(h, kh_slice(a->text, c->span));
        kh_html_put(h, shown ? "</a></li>\n" : "</span></li>\n");
    }
    kh_html_put(h, "</ul>");
    kh_html_rest(h, a->credits.count);
    kh_html_put(h, "</section>\n");
}

static void chains(kh_html *h, const kh_article *a)
{
    if (a->chains.count == 0) {
        return;
    }
    kh_html_put(h, "<section aria-labelledby=\"h-chains\"><h2 id=\"h-chains\">");
    kh_html_t(h, "article.chains");
    kh_html_put(h, "</h2>\n<ul class=\"plain\">\n");
    for (size_t i = 0; i < a->chains.count && i < KH_HTML_ROWS_MAX; i++) {
        kh_html_put(h, "<li>");
        bool first = true;
        KH_EACH(const kh_hop, hop, a->chains.items[i].hops) {
            kh_html_put(h, first ? "" : " <span class=\"arrow\">→</span> ");
            kh_html_bdi(h, hop->label.len ? hop->label : kh_html_outlet(a), (kh_str){0});
            first = false;
        }
        kh_html_put(h, "</li>\n");
    }
    kh_html_put(h, "</ul>");
    kh_html_rest(h, a->chains.count);
    kh_html_put(h, "</section>\n");
}

static void revisions(kh_html *h, const kh_article_view *v)
{
    if (v->revisions.count == 0) {
        return;
    }
    kh_html_put(h, "<section aria-labelledby=\"h-revisions\"><h2 id=\"h-revisions\">");
    kh_html_t(h, "article.revisions");
    kh_html_put(h, "</h2>\n<ul class=\"plain\">\n");
    for (size_t i = 0; i < v->revisions.count && i < KH_HTML_ROWS_MAX; i++) {
        const kh_revision_row *r = &v->revisions.items[i];
        kh_html_put(h, "<li>");
        kh_html_iso(h, r->captured);
        kh_html_put(h, " ");
        kh_html_bdi(h, r->title, v->article->lang);
        kh_html_put(h, " <code dir=\"ltr\">");
        kh_html_text(h, kh_str_head(r->sha256, 16));
        kh_html_put(h, "</code></li>\n");
    }
    kh_html_put(h, "</ul>");
    kh_html_rest(h, v->revisions.count);
    kh_html_put(h, "</section>\n");
}

/* ---- corrections ---- */

static void field(kh_html *h, const char *name, const char *key, kh_str value, bool required)
{
    kh_html_put(h, "<label>");
    kh_html_t(h, key);
    kh_html_put(h, "<input dir=\"auto\" maxlength=\"500\"");
    kh_html_attr(h, "name", kh_str_z(name));
    kh_html_attr(h, "value", value);
    kh_html_put(h, required ? " required></label>\n" : "></label>\n");
}

static void form_begin(kh_html *h, const kh_article *a, kh_correction_kind kind)
{
    kh_buf_printf(h->out, "<details><summary>");
    kh_html_tn(h, "correction", kh_correction_kind_name(kind));
    kh_buf_printf(h->out,
                  "</summary><form method=\"post\" action=\"/articles/%lld/corrections\"><input type=\"hidden\" name=\"kind\" value=\"",
                  (long long)a->id);
    kh_html_text(h, kh_correction_kind_name(kind));
    kh_html_put(h, "\">\n");
}

static void form_end(kh_html *h)
{
    field(h, "by", "correction.by", (kh_str){0}, true);
    field(h, "why", "correction.why", (kh_str){0}, false);
    kh_html_put(h, "<button>");
    kh_html_t(h, "correction.save");
    kh_html_put(h, "</button></form></details>\n");
}

static void forms(kh_html *h, const kh_article *a)
{
    form_begin(h, a, KH_CORRECT_DATE);
    field(h, "value", "correction.day", kh_when_text(h->out->arena, a->published.when), true);
    form_end(h);
    form_begin(h, a, KH_CORRECT_SPEAKER);
    field(h, "words", "correction.words", (kh_str){0}, true);
    field(h, "value", "correction.who", (kh_str){0}, true);
    form_end(h);
    static const kh_correction_kind with_other[] = {KH_CORRECT_JOIN, KH_CORRECT_SPLIT, KH_CORRECT_NO_COPY};
    for (size_t i = 0; i < sizeof with_other / sizeof *with_other; i++) {
        form_begin(h, a, with_other[i]);
        field(h, "other", "correction.other", (kh_str){0}, true);
        form_end(h);
    }
    static const kh_correction_kind with_name[] = {KH_CORRECT_SAME_NAME, KH_CORRECT_OTHER_NAME};
    for (size_t i = 0; i < sizeof with_name / sizeof *with_name; i++) {
        form_begin(h, a, with_name[i]);
        field(h, "words", "correction.name", (kh_str){0}, true);
        field(h, "value", "correction.name2", (kh_str){0}, true);
        form_end(h);
    }
}

static void corrections(kh_html *h, const kh_article *a)
{
    if (a->corrections.count == 0 && !h->frame->may_edit) {
        return;
    }
    kh_html_put(h, "<section class=\"correct\" aria-labelledby=\"h-corrections\"><h2 id=\"h-corrections\">");
    kh_html_t(h, "part.corrections");
    kh_html_put(h, "</h2>\n");
    if (a->corrections.count) {
        kh_html_corrections(h, &a->corrections);
    }
    if (h->frame->may_edit) {
        forms(h, a);
    }
    kh_html_put(h, "</section>\n");
}

/* ---- the page ---- */

static void head(kh_html *h, const kh_article_view *v)
{
    const kh_article *a = v->article;
    kh_html_put(h, "<p class=\"line\"><strong>");
    kh_html_bdi(h, kh_html_outlet(a), a->outlet.value.len ? a->lang : (kh_str){0});
    kh_html_put(h, "</strong> ");
    kh_html_time(h, a->published.when.from);
    kh_html_put(h, " <span class=\"lang\">");
    kh_html_tn(h, "lang", a->lang);
    kh_html_put(h, "</span></p>\n<h1 class=\"marked\"");
    kh_html_lang(h, a->lang);
    kh_html_put(h, ">");
    kh_html_marked_title(h, a);
    kh_html_put(h, "</h1>\n");
    if (v->story.len) {
        kh_html_put(h, "<p class=\"back\"><a");
        kh_html_story_href(h, v->story, "");
        kh_html_put(h, ">");
        kh_html_t(h, "article.its_story");
        kh_html_put(h, "</a> <span class=\"why\">");
        kh_html_reason(h, v->story_reason);
        kh_html_put(h, "</span></p>\n");
    }
}

static void toggles(kh_html *h)
{
    static const char *const kinds[] = {"names", "quotations", "figures", "dates", "credits"};
    kh_html_put(h, "<fieldset class=\"toggles\"><legend>");
    kh_html_t(h, "article.show");
    kh_html_put(h, "</legend>\n");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        kh_buf_printf(h->out, "<label class=\"tick\"><input type=\"checkbox\" checked id=\"show-%s\"> <span class=\"swatch %c\">", kinds[i],
                      kinds[i][0]);
        kh_html_tn(h, "marks", kh_str_z(kinds[i]));
        kh_html_put(h, "</span></label>\n");
    }
    kh_html_put(h, "</fieldset>\n");
}

void kh_html_article(kh_html *h, const kh_article_view *v)
{
    const kh_article *a = v->article;
    kh_html_begin(h, a->title.value, KH_AT_ELSEWHERE, (kh_str){0}, false);
    kh_html_put(h, "<div class=\"article\">\n<article>\n");
    head(h, v);
    toggles(h);
    kh_html_marked_text(h, a);
    kh_html_put(h, "</article>\n<aside class=\"evidence\"");
    kh_html_attr(h, "aria-label", kh_html_word(h, "article.evidence"));
    kh_html_put(h, ">\n");
    fields(h, a);
    candidates(h, a);
    credits(h, a);
    chains(h, a);
    custody(h, v);
    revisions(h, v);
    corrections(h, a);
    kh_html_put(h, "</aside>\n</div>\n");
    kh_html_end(h);
}
