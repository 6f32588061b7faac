/* story_figures.c - the figures of a story, one row for each value, day and origin.
 *
 *     missing · persons
 *         37   2024-08-01   Halyard    Nadia Kortan    Thirty-seven people    en04-tarn-observer and 3 copies
 *         92   2024-08-01   Levantis   سميرة فولدان    92 شخصاً                ar04-levantis and 3 copies
 *
 * A copy gives what its original gives: it stands in the original's row, whatever day its own words leave open. A
 * figure without a day joins the row of its origin with this value. A page that is compiled from several origins
 * restates: its figure joins the first row of this value that has one of these origins or the same claimer; where
 * there is none, the figure is the page's own. A figure that its page calls withdrawn has a row of its own.
 */
#include "cli/story.h"

#include <stdlib.h>

typedef struct row {
    kh_str value, as_of, origin, claimer, words;
    kh_page_list pages;
    kh_figure_status status;
    uint32_t order;
} row;

typedef KH_LIST(row) rows;

enum { PASS_ORIGINAL, PASS_UNDATED, PASS_COPY, PASS_COMPILED, PASSES };

static bool same_point(const kh_figure *a, const kh_figure *b)
{
    return kh_str_eq(a->what, b->what) && kh_str_eq(a->scope, b->scope) && kh_str_eq(a->unit, b->unit);
}

static bool is_shown(const kh_figure *f)
{
    return f->core && f->what.len && f->kind == KH_FIGURE_COUNT && !f->past_event;
}

static bool rests_on(const kh_origin *o, uint32_t page)
{
    KH_EACH(const uint32_t, i, o->articles) {
        if (*i == page) {
            return true;
        }
    }
    return false;
}

static kh_str origin_name(const kh_view *v, const kh_origin *o)
{
    return o->label.len ? o->label : kh_engine_agency_label(v->engine, o->agency);
}

static bool is_compiled(const kh_view *v, uint32_t page)
{
    size_t count = 0;
    KH_EACH(const kh_origin, o, v->s->origins) {
        count += rests_on(o, page);
    }
    return count > 1;
}

static bool has_origin(const kh_view *v, uint32_t page, kh_str name)
{
    KH_EACH(const kh_origin, o, v->s->origins) {
        if (rests_on(o, page) && kh_str_eq(origin_name(v, o), name)) {
            return true;
        }
    }
    return false;
}

static kh_str own_origin(const kh_view *v, uint32_t page)
{
    const kh_article *a = kh_view_article(v, page);
    KH_EACH(const kh_origin, o, v->s->origins) {
        if (rests_on(o, page) && !is_compiled(v, page)) {
            return origin_name(v, o);
        }
    }
    return a->outlet.value.len ? a->outlet.value : a->label;
}

static int pass_of(const kh_view *v, uint32_t page, const kh_figure *f)
{
    if (v->root[page] != page) {
        return PASS_COPY;
    }
    const kh_copy *c = kh_view_copy(v, page);
    if (is_compiled(v, page) || (c && c->kind == KH_COPY_COMPILED)) {
        return PASS_COMPILED;
    }
    return kh_when_known(f->as_of) ? PASS_ORIGINAL : PASS_UNDATED;
}

/* In any script: measured on name pairs, see docs/EVALUATION.md. */
static bool one_claimer(const kh_view *v, kh_str a, kh_str b)
{
    return a.len && b.len && (kh_str_eq(a, b) || kh_name_likeness(*v->out, a, b) >= 0.82f);
}

static bool belongs(const kh_view *v, const row *r, const row *x, uint32_t page, int pass)
{
    if (!kh_str_eq(r->value, x->value) || r->status != x->status) {
        return false;
    }
    if (pass == PASS_COPY && kh_page_list_has(&r->pages, v->root[page])) {
        return true;
    }
    if (pass == PASS_COMPILED) {
        return has_origin(v, page, r->origin) || one_claimer(v, r->claimer, x->claimer);
    }
    bool same_day = !x->as_of.len || !r->as_of.len || kh_str_eq(x->as_of, r->as_of);
    return same_day && kh_str_eq(r->origin, x->origin);
}

static void place(const kh_view *v, rows *all, uint32_t page, const kh_figure *f, int pass)
{
    row x = {.value = kh_view_value(v, f),
             .as_of = kh_str_head(kh_when_text(v->out, f->as_of), 10),
             .origin = own_origin(v, page),
             .claimer = f->claimed_by,
             .words = kh_slice(kh_view_article(v, page)->text, f->span),
             .status = f->status,
             .order = (uint32_t)all->count};
    KH_EACH(row, r, *all) {
        if (belongs(v, r, &x, page, pass)) {
            r->as_of = r->as_of.len ? r->as_of : x.as_of;
            r->claimer = r->claimer.len ? r->claimer : x.claimer;
            kh_page_list_add(v->out, &r->pages, page);
            return;
        }
    }
    kh_page_list_add(v->out, &x.pages, page);
    *KH_ADD(v->out, all) = x;
}

/* By day, unknown last. */
static int by_day(const void *a, const void *b)
{
    const row *x = a;
    const row *y = b;
    if (!x->as_of.len != !y->as_of.len) {
        return x->as_of.len ? -1 : 1;
    }
    int order = kh_str_cmp(x->as_of, y->as_of);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void print_row(const kh_view *v, const row *r)
{
    kh_view_put(v, "      ");
    kh_print_pad(v->p, r->value, 9);
    kh_view_put(v, " ");
    kh_print_pad(v->p, r->as_of.len ? r->as_of : KH_STR("day unknown"), 11);
    kh_view_put(v, "  ");
    kh_print_pad(v->p, r->origin, 14);
    kh_view_put(v, "  ");
    kh_print_pad(v->p, kh_str_eq(r->claimer, r->origin) ? (kh_str){0} : r->claimer, 18);
    kh_view_put(v, "  ");
    bool wide = v->p->width >= 120;
    if (wide) {
        kh_print_pad(v->p, r->words, 24);
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

static void figures_of(const kh_view *v, const kh_figure *point)
{
    rows all = {0};
    for (int pass = 0; pass < PASSES; pass++) {
        for (uint32_t i = 0; i < v->s->articles.count; i++) {
            KH_EACH(const kh_figure, f, kh_view_article(v, i)->figures) {
                if (is_shown(f) && same_point(point, f) && pass_of(v, i, f) == pass) {
                    place(v, &all, i, f, pass);
                }
            }
        }
    }
    qsort(all.items, all.count, sizeof *all.items, by_day);
    kh_view_put(v, "    ");
    kh_print_style(v->p, "bold", point->what);
    if (point->scope.len) {
        kh_view_put(v, " · ");
        kh_print_iso(v->p, point->scope);
    }
    kh_view_put(v, "\n");
    KH_EACH(const row, r, all) {
        print_row(v, r);
    }
}

void kh_view_figures(const kh_view *v)
{
    KH_LIST(const kh_figure *) points = {0};
    for (uint32_t i = 0; i < v->s->articles.count; i++) {
        KH_EACH(const kh_figure, f, kh_view_article(v, i)->figures) {
            bool known = !is_shown(f);
            for (size_t k = 0; k < points.count && !known; k++) {
                known = same_point(points.items[k], f);
            }
            if (!known) {
                *KH_ADD(v->out, &points) = f;
            }
        }
    }
    if (points.count) {
        kh_print_heading(v->p, "FIGURES");
    }
    for (size_t k = 0; k < points.count; k++) {
        figures_of(v, points.items[k]);
    }
}
