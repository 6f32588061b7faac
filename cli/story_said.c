/* story_said.c - who said what: each quotation once, its translations and repetitions beneath it.
 *
 *     Yaqub Sermet
 *         “I put it in writing in December and nobody answered”  en04-tarn-observer, en06-northmere-post to Halyard
 *           ≈ أبلغتهم بذلك كتابةً في ديسمبر ولم يجبني أحد  ar03-rimal
 */
#include "cli/story.h"

static void stance_note(const kh_view *v, const kh_quotation *q)
{
    if (q->stance == KH_STANCE_DOUBT || q->stance == KH_STANCE_UNVERIFIED || q->stance == KH_STANCE_DENIAL ||
        q->stance == KH_STANCE_ADMISSION) {
        kh_view_put(v, " ");
        kh_print_style(v->p, "yellow", kh_arena_printf(v->out, "[" KH_FMT "]", KH_ARG(kh_stance_name(q->stance))));
    }
    if (q->corrected) {
        kh_view_put(v, " ");
        kh_print_style(v->p, "yellow",
                       kh_arena_printf(v->out, "[corrected by " KH_FMT ", was " KH_FMT "]", KH_ARG(q->corrected->by),
                                       KH_ARG(q->corrected->was)));
    }
}

static void words(const kh_view *v, const kh_sheet_rendering *r, size_t indent)
{
    kh_print_wrap(v->p, kh_slice(kh_view_article(v, r->article)->text, r->q->span), indent, (size_t)v->p->width - 30);
}

static void pages(const kh_view *v, const kh_sheet_rendering *r)
{
    kh_view_put(v, "  ");
    kh_view_pages(v, &r->pages, (size_t)v->p->width / 2);
}

static void first_line(const kh_view *v, const kh_sheet_rendering *r)
{
    bool direct = r->q->mode != KH_MODE_INDIRECT;
    kh_view_put(v, direct ? "      “" : "      — ");
    words(v, r, direct ? 7 : 8);
    kh_view_put(v, direct ? "”" : "");
    stance_note(v, r->q);
    pages(v, r);
    if (r->q->told_to.len) {
        kh_view_put(v, ", told to ");
        kh_print_iso(v->p, kh_engine_agency_label(v->engine, r->q->told_to));
    }
    kh_view_put(v, "\n");
}

static void other_line(const kh_view *v, const kh_sheet_rendering *r)
{
    kh_view_put(v, "        ≈ ");
    words(v, r, 10);
    pages(v, r);
    if (r->change.len) {
        kh_view_put(v, " ");
        kh_print_style(v->p, "red", r->change);
    }
    kh_view_put(v, "\n");
}

void kh_view_said(const kh_view *v)
{
    if (v->sheet->speakers.count) {
        kh_print_heading(v->p, "WHO SAID WHAT");
    }
    KH_EACH(const kh_sheet_speaker, who, v->sheet->speakers) {
        kh_view_put(v, "  ");
        kh_print_style(v->p, "bold", who->label);
        kh_view_put(v, "\n");
        KH_EACH(const kh_sheet_speech, speech, who->speeches) {
            KH_EACH(const kh_sheet_rendering, r, speech->renderings) {
                if (r == speech->renderings.items) {
                    first_line(v, r);
                } else {
                    other_line(v, r);
                }
            }
        }
    }
}
