/* figures.c - the table of figures: a row for what is counted, a column for each account, in time order.
 *
 *     killed · persons     Halyard                    Meskapress               Levantis
 *       4 disagree         20–99  31 July             24  31 July 18:00
 *                          Marat Elvendi              58  2 August
 *                          43  1 August  +3           64  4 August
 *
 * An account is what one origin says, so the copies of a wire report stand in its column and are counted there. A cell has every
 * value of its account in time order: the number, the day for which it holds, the words as the page writes them, the doubt, who
 * claims it, and the way to the sentence. Rows in which figures cannot both hold come first. The colour and the word at a value name
 * the gravest verdict that it takes part in; the verdict with its reason stands in the next part of the page.
 */
#include "html/reasons.h"

#include <stdlib.h>

typedef struct table {
    kh_html *h;
    const kh_sheet *sheet;
    const kh_origin *columns[KH_HTML_COLUMNS_MAX];
    size_t column_count;
    bool has_others; /* values of origins without a column, and of pages that rest on none or on several */
} table;

typedef struct row {
    const kh_sheet_point *point;
    size_t disagreements;
    size_t order;
} row;

/* ---- verdicts on a value ---- */

/* How much it wants a reader's eye: 0 not at all. */
static int gravity(kh_verdict_kind kind)
{
    switch (kind) {
    case KH_CONFLICT:
    case KH_POLARITY_FLIP: return 4;
    case KH_RETRACTED: return 3;
    case KH_REVISED: return 2;
    default: return 0;
    }
}

static bool is_about(const kh_sheet *sheet, const kh_folded_verdict *e, const kh_sheet_point *point)
{
    const kh_figure *f = e->figures ? kh_sheet_figure_at(sheet->story, e->best->a) : NULL;
    return f && kh_str_eq(f->what, point->what) && kh_str_eq(f->scope, point->scope) && kh_str_eq(f->unit, point->unit);
}

static bool share_a_page(const kh_page_list *a, const kh_page_list *b)
{
    KH_EACH(const uint32_t, i, *a) {
        if (kh_page_list_has(b, *i)) {
            return true;
        }
    }
    return false;
}

/* The gravest verdict on VALUE, NULL when it has none that is grave; *index is its place among the verdicts. */
static const kh_folded_verdict *gravest(const table *t, const kh_sheet_point *point, const kh_sheet_value *value, size_t *index)
{
    const kh_folded_verdict *best = NULL;
    for (size_t i = 0; i < t->sheet->verdicts.count; i++) {
        const kh_folded_verdict *e = &t->sheet->verdicts.items[i];
        bool side_a = kh_str_eq(e->a, value->value) && share_a_page(&e->pages_a, &value->pages);
        bool side_b = kh_str_eq(e->b, value->value) && share_a_page(&e->pages_b, &value->pages);
        int grave = gravity(e->best->kind);
        if (grave && (side_a || side_b) && is_about(t->sheet, e, point) && (!best || grave > gravity(best->best->kind))) {
            best = e;
            *index = i;
        }
    }
    return best;
}

static size_t disagreements_on(const kh_sheet *sheet, const kh_sheet_point *point)
{
    size_t count = 0;
    KH_EACH(const kh_folded_verdict, e, sheet->verdicts) {
        count += e->best->kind == KH_CONFLICT && is_about(sheet, e, point);
    }
    return count;
}

/* ---- columns, rows ---- */

/* Origins by the first of their pages; a column for each that gives a value. */
static void find_columns(table *t)
{
    const kh_origins *all = &t->sheet->story->origins;
    for (uint32_t page = 0; page < t->sheet->story->articles.count; page++) {
        KH_EACH(const kh_origin, o, *all) {
            bool first = o->articles.count && o->articles.items[0] == page;
            bool gives = false;
            KH_EACH(const kh_sheet_point, point, t->sheet->points) {
                for (size_t i = 0; i < point->values.count && first && !gives; i++) {
                    gives = point->values.items[i].origin == o;
                }
            }
            if (gives && t->column_count < KH_HTML_COLUMNS_MAX) {
                t->columns[t->column_count++] = o;
            }
        }
    }
}

/* The column of VALUE; column_count for the last one, of others. */
static size_t column_of(const table *t, const kh_sheet_value *value)
{
    size_t i = 0;
    while (i < t->column_count && t->columns[i] != value->origin) {
        i++;
    }
    return i;
}

static void find_others(table *t)
{
    KH_EACH(const kh_sheet_point, point, t->sheet->points) {
        KH_EACH(const kh_sheet_value, value, point->values) {
            t->has_others = t->has_others || column_of(t, value) == t->column_count;
        }
    }
}

static int by_need(const void *a, const void *b)
{
    const row *x = a;
    const row *y = b;
    int order = (y->disagreements > 0) - (x->disagreements > 0);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* ---- drawing ---- */

static void origin_of_other(const table *t, const kh_sheet_value *v)
{
    kh_html_put(t->h, "<span class=\"by\">");
    if (v->origin) {
        kh_html_origin(t->h, v->origin);
    } else {
        kh_html_source_link(t->h, t->sheet->story->articles.items[v->where.article], v->where.span);
    }
    kh_html_put(t->h, "</span> ");
}

static void chip(const table *t, const kh_sheet_point *point, const kh_sheet_value *v)
{
    size_t index = 0;
    const kh_folded_verdict *e = gravest(t, point, v, &index);
    if (e) {
        kh_html_put(t->h, " <a class=\"chip ");
        kh_html_text(t->h, kh_verdict_kind_name(e->best->kind));
        kh_html_put(t->h, "\" href=\"#v-");
        kh_html_u(t->h, index + 1);
        kh_html_put(t->h, "\"");
        kh_html_attr(t->h, "title", kh_html_reason_plain(t->h, e->best->reason));
        kh_html_put(t->h, ">");
        kh_html_tn(t->h, "verdict", kh_verdict_kind_name(e->best->kind));
        kh_html_put(t->h, "</a>");
    } else if (v->status != KH_FIGURE_STANDING) {
        kh_html_put(t->h, " <span class=\"chip\">");
        kh_html_tn(t->h, "verdict", kh_figure_status_name(v->status));
        kh_html_put(t->h, "</span>");
    }
}

static void evidence(const table *t, const kh_sheet_value *v)
{
    kh_html *h = t->h;
    const kh_article *a = t->sheet->story->articles.items[v->where.article];
    kh_html_put(h, "<span class=\"words\"");
    kh_html_lang(h, a->lang);
    kh_html_put(h, ">");
    if (!kh_span_empty(v->figure->hedge) && !kh_span_holds(v->where.span, v->figure->hedge)) {
        kh_html_put(h, "<i class=\"hedge\">");
        kh_html_text(h, kh_slice(a->text, v->figure->hedge));
        kh_html_put(h, "</i> ");
    }
    kh_html_text(h, kh_slice(a->text, v->where.span));
    kh_html_put(h, "</span>");
    if (v->claimer.len) {
        kh_html_put(h, "<span class=\"claimer\">");
        KH_SAY(h, "figures.claimed_by", kh_html_piece(h, v->claimer, a->lang));
        kh_html_put(h, "</span>");
    }
}

static void value(const table *t, const kh_sheet_point *point, const kh_sheet_value *v, bool other)
{
    kh_html *h = t->h;
    const kh_article *a = t->sheet->story->articles.items[v->where.article];
    kh_time day = {0};
    kh_html_put(h, "<li>");
    if (other) {
        origin_of_other(t, v);
    }
    kh_html_put(h, "<a class=\"value\"");
    kh_html_words_href(h, a, v->where.span);
    kh_html_put(h, ">");
    kh_html_value(h, v->value);
    kh_html_put(h, "</a> ");
    if (kh_time_parse(v->as_of, &day)) {
        kh_html_put(h, "<span class=\"as-of\">");
        kh_html_text(h, kh_html_day_label(h, day, false));
        kh_html_put(h, "</span>");
    }
    if (v->pages.count > 1) {
        kh_html_put(h, day.year ? " <span class=\"pages\">· " : " <span class=\"pages\">");
        kh_html_count(h, "on_reports", v->pages.count);
        kh_html_put(h, "</span>");
    }
    chip(t, point, v);
    evidence(t, v);
    kh_html_put(h, "</li>\n");
}

static void cell(const table *t, const kh_sheet_point *point, size_t column)
{
    bool any = false;
    kh_html_put(t->h, "<td>");
    for (size_t i = 0, shown = 0; i < point->values.count && shown < KH_HTML_ROWS_MAX; i++) {
        if (column_of(t, &point->values.items[i]) == column) {
            kh_html_put(t->h, any ? "" : "<ul>\n");
            any = true;
            value(t, point, &point->values.items[i], column == t->column_count);
            shown++;
        }
    }
    kh_html_put(t->h, any ? "</ul></td>\n" : "</td>\n");
}

static void point_name(kh_html *h, const kh_sheet_point *point)
{
    kh_html_tn(h, "what", point->what);
    if (point->scope.len) {
        kh_html_put(h, "<span class=\"scope\">");
        kh_html_tn(h, "scope", point->scope);
        kh_html_put(h, "</span>");
    }
}

static void table_row(const table *t, const row *r)
{
    kh_html *h = t->h;
    kh_html_put(h, r->disagreements ? "<tr class=\"disagree\">\n<th scope=\"row\">" : "<tr>\n<th scope=\"row\">");
    point_name(h, r->point);
    if (r->disagreements) {
        kh_html_put(h, "<span class=\"badge conflict\">");
        kh_str n = kh_html_number(h, r->disagreements);
        kh_html_say(h, "figures_disagree", &n, 1);
        kh_html_put(h, "</span>");
    }
    kh_html_put(h, "</th>\n");
    for (size_t i = 0; i < t->column_count + t->has_others; i++) {
        cell(t, r->point, i);
    }
    kh_html_put(h, "</tr>\n");
}

static void table_head(const table *t)
{
    kh_html *h = t->h;
    kh_html_put(h, "<thead><tr><th scope=\"col\">");
    kh_html_t(h, "figures.counted");
    kh_html_put(h, "</th>\n");
    for (size_t i = 0; i < t->column_count; i++) {
        kh_html_put(h, "<th scope=\"col\">");
        kh_html_origin(h, t->columns[i]);
        kh_html_put(h, "</th>\n");
    }
    if (t->has_others) {
        kh_html_put(h, "<th scope=\"col\">");
        kh_html_t(h, "figures.others");
        kh_html_put(h, "</th>\n");
    }
    kh_html_put(h, "</tr></thead>\n");
}

void kh_html_figures(kh_html *h, const kh_sheet *sheet)
{
    table t = {.h = h, .sheet = sheet};
    row *rows = KH_NEW_N(h->out->arena, row, sheet->points.count + 1);
    find_columns(&t);
    find_others(&t);
    for (size_t i = 0; i < sheet->points.count; i++) {
        rows[i] = (row){&sheet->points.items[i], disagreements_on(sheet, &sheet->points.items[i]), i};
    }
    qsort(rows, sheet->points.count, sizeof *rows, by_need);
    kh_html_put(h, "<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
    kh_html_attr(h, "aria-label", kh_html_word(h, "part.figures"));
    kh_html_put(h, "><table class=\"figures\">\n");
    table_head(&t);
    kh_html_put(h, "<tbody>\n");
    for (size_t i = 0; i < sheet->points.count && i < KH_HTML_ROWS_MAX && !kh_html_is_full(h); i++) {
        table_row(&t, &rows[i]);
    }
    kh_html_put(h, "</tbody></table></div>\n");
    kh_html_rest(h, sheet->points.count);
}
