/* story_figures.c - the figures of a story, one row for each value, day and origin.
 *
 *     missing · persons
 *         37   2024-08-01   Halyard    Nadia Kortan    Thirty-seven people    en04-tarn-observer and 3 copies
 *         92   2024-08-01   Levantis   سميرة فولدان    92 شخصاً                ar04-levantis and 3 copies
 */
#include "cli/story.h"

static kh_str origin_of(const kh_view *v, const kh_sheet_value *r)
{
    if (r->origin) {
        return r->origin->label.len ? r->origin->label : kh_engine_agency_label(v->engine, r->origin->agency);
    }
    const kh_article *a = kh_view_article(v, r->where.article);
    return a->outlet.value.len ? a->outlet.value : a->label;
}

static void print_row(const kh_view *v, const kh_sheet_value *r)
{
    kh_str origin = origin_of(v, r);
    kh_view_put(v, "      ");
    kh_print_pad(v->p, r->value, 9);
    kh_view_put(v, " ");
    kh_print_pad(v->p, r->as_of.len ? r->as_of : KH_STR("day unknown"), 11);
    kh_view_put(v, "  ");
    kh_print_pad(v->p, origin, 14);
    kh_view_put(v, "  ");
    kh_print_pad(v->p, kh_str_eq(r->claimer, origin) ? (kh_str){0} : r->claimer, 18);
    kh_view_put(v, "  ");
    bool wide = v->p->width >= 120;
    if (wide) {
        kh_print_pad(v->p, kh_slice(kh_view_article(v, r->where.article)->text, r->where.span), 24);
        kh_view_put(v, "  ");
    }
    size_t used = wide ? 104 : 78;
    kh_view_pages(v, &r->pages, (size_t)v->p->width > used ? (size_t)v->p->width - used : 0);
    if (r->status != KH_FIGURE_STANDING) {
        kh_view_put(v, " ");
        kh_print_style(v->p, "yellow", kh_arena_printf(v->out, "[" KH_FMT "]", KH_ARG(kh_figure_status_name(r->status))));
    }
    kh_view_put(v, "\n");
}

void kh_view_figures(const kh_view *v)
{
    if (v->sheet->points.count) {
        kh_print_heading(v->p, "FIGURES");
    }
    KH_EACH(const kh_sheet_point, point, v->sheet->points) {
        kh_view_put(v, "    ");
        kh_print_style(v->p, "bold", point->what);
        if (point->scope.len) {
            kh_view_put(v, " · ");
            kh_print_iso(v->p, point->scope);
        }
        kh_view_put(v, "\n");
        KH_EACH(const kh_sheet_value, r, point->values) {
            print_row(v, r);
        }
    }
}
