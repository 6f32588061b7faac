/* sheet_figures.c - the figures of a story, one row for each value, day and origin.
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
#include "accounts/sheet.h"
#include "names/names.h"

#include <stdlib.h>

typedef struct work {
    kh_arena *out;
    const kh_sheet *sheet;
} work;

enum { PASS_ORIGINAL, PASS_UNDATED, PASS_COPY, PASS_COMPILED, PASSES };

static bool same_point(const kh_figure *a, const kh_figure *b)
{
    return kh_str_eq(a->what, b->what) && kh_str_eq(a->scope, b->scope) && kh_str_eq(a->unit, b->unit);
}

static bool is_shown(const kh_figure *f)
{
    return f->core && kh_figure_happened(f) && f->kind == KH_FIGURE_COUNT && !f->past_event;
}

static bool is_compiled(const work *w, uint32_t page)
{
    size_t count = 0;
    KH_EACH(const kh_origin, o, w->sheet->story->origins) {
        count += kh_origin_has(o, page);
    }
    return count > 1;
}

/* The one origin that PAGE rests on, NULL where it has none or several. */
static const kh_origin *own_origin(const work *w, uint32_t page)
{
    KH_EACH(const kh_origin, o, w->sheet->story->origins) {
        if (kh_origin_has(o, page) && !is_compiled(w, page)) {
            return o;
        }
    }
    return NULL;
}

/* Two pages that rest on no origin alone are one only where they are of one outlet. */
static bool same_origin(const work *w, const kh_sheet_value *r, const kh_sheet_value *x)
{
    const kh_article *a = w->sheet->story->articles.items[r->where.article];
    const kh_article *b = w->sheet->story->articles.items[x->where.article];
    return r->origin == x->origin && (r->origin || a == b || (a->outlet.value.len && kh_str_eq(a->outlet.value, b->outlet.value)));
}

static int pass_of(const work *w, uint32_t page, const kh_figure *f)
{
    if (w->sheet->root[page] != page) {
        return PASS_COPY;
    }
    const kh_copy *c = kh_sheet_copy(w->sheet->story, page);
    if (is_compiled(w, page) || (c && c->kind == KH_COPY_COMPILED)) {
        return PASS_COMPILED;
    }
    return kh_when_known(f->as_of) ? PASS_ORIGINAL : PASS_UNDATED;
}

/* In any script: measured on name pairs, see docs/EVALUATION.md. */
static bool one_claimer(const work *w, kh_str a, kh_str b)
{
    return a.len && b.len && (kh_str_eq(a, b) || kh_name_likeness(*w->out, a, b) >= 0.82f);
}

static bool belongs(const work *w, const kh_sheet_value *r, const kh_sheet_value *x, uint32_t page, int pass)
{
    if (!kh_str_eq(r->value, x->value) || r->status != x->status) {
        return false;
    }
    if (pass == PASS_COPY && kh_page_list_has(&r->pages, w->sheet->root[page])) {
        return true;
    }
    if (pass == PASS_COMPILED) {
        return (r->origin && kh_origin_has(r->origin, page)) || one_claimer(w, r->claimer, x->claimer);
    }
    bool same_day = !x->as_of.len || !r->as_of.len || kh_str_eq(x->as_of, r->as_of);
    return same_day && same_origin(w, r, x);
}

static void place(const work *w, kh_sheet_point *point, uint32_t page, const kh_figure *f, int pass)
{
    kh_sheet_value x = {.value = kh_sheet_figure_text(w->out, f),
                        .as_of = kh_str_head(kh_when_text(w->out, f->as_of), 10),
                        .origin = own_origin(w, page),
                        .claimer = f->claimed_by,
                        .figure = f,
                        .where = {page, f->span},
                        .status = f->status,
                        .order = (uint32_t)point->values.count};
    KH_EACH(kh_sheet_value, r, point->values) {
        if (belongs(w, r, &x, page, pass)) {
            r->as_of = r->as_of.len ? r->as_of : x.as_of;
            r->claimer = r->claimer.len ? r->claimer : x.claimer;
            kh_page_list_add(w->out, &r->pages, page);
            return;
        }
    }
    kh_page_list_add(w->out, &x.pages, page);
    *KH_ADD(w->out, &point->values) = x;
}

/* By day, unknown last. */
static int by_day(const void *a, const void *b)
{
    const kh_sheet_value *x = a;
    const kh_sheet_value *y = b;
    if (!x->as_of.len != !y->as_of.len) {
        return x->as_of.len ? -1 : 1;
    }
    int order = kh_str_cmp(x->as_of, y->as_of);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void fill(const work *w, kh_sheet_point *point, const kh_figure *first)
{
    const kh_story *s = w->sheet->story;
    for (int pass = 0; pass < PASSES; pass++) {
        for (uint32_t i = 0; i < s->articles.count; i++) {
            KH_EACH(const kh_figure, f, s->articles.items[i]->figures) {
                if (is_shown(f) && same_point(first, f) && pass_of(w, i, f) == pass) {
                    place(w, point, i, f, pass);
                }
            }
        }
    }
    qsort(point->values.items, point->values.count, sizeof *point->values.items, by_day);
}

void kh_sheet_add_figures(kh_arena *out, kh_sheet *sheet)
{
    const work w = {.out = out, .sheet = sheet};
    KH_LIST(const kh_figure *) points = {0};
    for (uint32_t i = 0; i < sheet->story->articles.count; i++) {
        KH_EACH(const kh_figure, f, sheet->story->articles.items[i]->figures) {
            bool known = !is_shown(f);
            for (size_t k = 0; k < points.count && !known; k++) {
                known = same_point(points.items[k], f);
            }
            if (!known) {
                *KH_ADD(out, &points) = f;
            }
        }
    }
    for (size_t k = 0; k < points.count; k++) {
        const kh_figure *f = points.items[k];
        kh_sheet_point *point = KH_ADD(out, &sheet->points);
        *point = (kh_sheet_point){.what = f->what, .scope = f->scope, .unit = f->unit};
        fill(&w, point, f);
    }
}
