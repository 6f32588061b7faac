/* said.c - who said what: each quotation once, under it its renderings in other languages and what changed on the way.
 *
 *     Yaqub Sermet                                               22 quotations
 *         “I put it in writing in December and nobody answered”  The Tarn Observer · told to Halyard
 *             أبلغتهم بذلك كتابةً في ديسمبر ولم يجبني أحد   صحيفة رمال · told to: Halyard → nobody
 *
 * Direct speech stands in quotation marks, which the browser draws by the language of the words; indirect speech has none. What
 * changed comes from the passport of the quotation (model/story.h) where it has one.
 */
#include "html/write.h"

enum { SPEECHES_OPEN = 6 }; /* of a speaker; the others are behind "more" */

static bool is_direct(const kh_quotation *q)
{
    return q->mode != KH_MODE_INDIRECT;
}

static void words(kh_html *h, const kh_article *a, const kh_quotation *q)
{
    kh_html_put(h, is_direct(q) ? "<q" : "<span class=\"indirect\"");
    kh_html_lang(h, a->lang);
    kh_html_put(h, ">");
    kh_html_text(h, kh_slice(a->text, q->span));
    kh_html_put(h, is_direct(q) ? "</q> " : "</span> ");
}

static void stance(kh_html *h, const kh_quotation *q)
{
    if (q->stance != KH_STANCE_NEUTRAL) {
        kh_html_put(h, "<span class=\"chip stance ");
        kh_html_text(h, kh_stance_name(q->stance));
        kh_html_put(h, "\">");
        kh_html_tn(h, "stance", kh_stance_name(q->stance));
        kh_html_put(h, "</span> ");
    }
    if (q->corrected) {
        kh_html_put(h, "<span class=\"chip corrected\">");
        KH_SAY(h, "corrected_by", kh_html_piece(h, q->corrected->by, (kh_str){0}), kh_html_piece(h, q->corrected->was, (kh_str){0}));
        kh_html_put(h, "</span> ");
    }
}

/* The passport's entry of a rendering, NULL when it has none. */
static const kh_passport_entry *entry_of(const kh_story *s, const kh_sheet_rendering *r)
{
    KH_EACH(const kh_passport, p, s->passports) {
        KH_EACH(const kh_passport_entry, e, p->entries) {
            bool here = e->where.article == r->article && e->quotation != KH_NO_QUOTATION;
            if (here && &s->articles.items[r->article]->quotations.items[e->quotation] == r->q) {
                return e;
            }
        }
    }
    return NULL;
}

/* Of a change of length the words themselves are the evidence. */
static void change(kh_html *h, const kh_change *x)
{
    bool is_verdict = false;
    for (int i = 0; i < kh_verdict_kind_count; i++) {
        is_verdict = is_verdict || kh_str_eq(kh_verdict_kind_name((kh_verdict_kind)i), x->what);
    }
    kh_html_put(h, is_verdict ? "<li class=\"grave\">" : "<li>");
    kh_html_tn(h, is_verdict ? "verdict" : "change", x->what);
    if (x->was.len || x->is.len) {
        kh_html_put(h, ": ");
        if (x->was.len) {
            kh_html_bdi(h, x->was, (kh_str){0});
            kh_html_put(h, " <span class=\"arrow\">→</span> ");
        }
        kh_html_bdi(h, x->is.len ? x->is : kh_html_word(h, "nothing"), (kh_str){0});
    }
    kh_html_put(h, "</li>");
}

static void changes(kh_html *h, const kh_sheet *sheet, const kh_sheet_rendering *r)
{
    const kh_passport_entry *e = entry_of(sheet->story, r);
    bool listed = e && e->changes.count;
    if (!listed && !r->change.len) {
        return;
    }
    kh_html_put(h, "<ul class=\"changes\">");
    if (listed) {
        KH_EACH(const kh_change, x, e->changes) {
            change(h, x);
        }
    } else {
        kh_html_put(h, "<li class=\"grave\">");
        kh_html_tn(h, "verdict", r->change);
        kh_html_put(h, "</li>");
    }
    kh_html_put(h, "</ul>");
}

static void rendering(kh_html *h, const kh_sheet *sheet, const kh_sheet_rendering *r)
{
    const kh_article *a = sheet->story->articles.items[r->article];
    words(h, a, r->q);
    stance(h, r->q);
    kh_html_put(h, "<span class=\"from\"><a");
    kh_html_words_href(h, a, r->q->span);
    kh_html_put(h, " class=\"source\">");
    kh_html_bdi(h, kh_html_outlet(a), a->outlet.value.len ? a->lang : (kh_str){0});
    kh_html_put(h, "</a>");
    if (r->pages.count > 1) {
        kh_html_put(h, " <span class=\"pages\">· ");
        kh_html_count(h, "on_reports", r->pages.count);
        kh_html_put(h, "</span>");
    }
    if (r->q->told_to.len) {
        kh_html_put(h, " · ");
        KH_SAY(h, "told_to", kh_html_piece(h, h->frame->agency(h->frame->know, r->q->told_to), (kh_str){0}));
    }
    kh_html_put(h, "</span>");
    changes(h, sheet, r);
}

static void speech(kh_html *h, const kh_sheet *sheet, const kh_sheet_speech *x)
{
    kh_html_put(h, "<li class=\"speech\">");
    rendering(h, sheet, &x->renderings.items[0]);
    if (x->renderings.count > 1) {
        kh_html_put(h, "\n<ul class=\"renderings\">\n");
        for (size_t i = 1; i < x->renderings.count; i++) {
            kh_html_put(h, "<li>");
            rendering(h, sheet, &x->renderings.items[i]);
            kh_html_put(h, "</li>\n");
        }
        kh_html_put(h, "</ul>");
    }
    kh_html_put(h, "</li>\n");
}

static void speaker(kh_html *h, const kh_sheet *sheet, const kh_sheet_speaker *who)
{
    kh_html_put(h, "<article class=\"speaker\">\n<h3>");
    kh_html_bdi(h, who->label, sheet->story->articles.items[who->article]->lang);
    kh_html_put(h, " <span class=\"count\">");
    kh_html_count(h, "quotations", who->speeches.count);
    kh_html_put(h, "</span></h3>\n<ul class=\"speeches\">\n");
    for (size_t i = 0; i < who->speeches.count && i < SPEECHES_OPEN; i++) {
        speech(h, sheet, &who->speeches.items[i]);
    }
    kh_html_put(h, "</ul>\n");
    if (who->speeches.count > SPEECHES_OPEN) {
        kh_html_put(h, "<details><summary>");
        kh_html_count(h, "more", who->speeches.count - SPEECHES_OPEN);
        kh_html_put(h, "</summary>\n<ul class=\"speeches\">\n");
        for (size_t i = SPEECHES_OPEN; i < who->speeches.count && i < KH_HTML_ROWS_MAX && !kh_html_is_full(h); i++) {
            speech(h, sheet, &who->speeches.items[i]);
        }
        kh_html_put(h, "</ul>");
        kh_html_rest(h, who->speeches.count);
        kh_html_put(h, "</details>\n");
    }
    kh_html_put(h, "</article>\n");
}

void kh_html_said(kh_html *h, const kh_sheet *sheet)
{
    for (size_t i = 0; i < sheet->speakers.count && i < KH_HTML_ROWS_MAX && !kh_html_is_full(h); i++) {
        speaker(h, sheet, &sheet->speakers.items[i]);
    }
    kh_html_rest(h, sheet->speakers.count);
}
