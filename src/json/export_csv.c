/* export_csv.c - figures and quotations of a story as CSV (RFC 4180): one row each, with what a fact-checker's sheet needs.
 *
 * The verdict of a row is the most urgent one that meets its words (verdicts stand in that order), with the other page and
 * the reason. A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a return) gets a leading
 * apostrophe; columns that hold numbers of ours are not guarded.
 */
#include "json/json.h"

#include <string.h>

void kh_csv_cell(kh_buf *b, kh_str s, bool number)
{
    bool formula = s.len && !number && strchr("=+-@\t\r", s.ptr[0]) != NULL;
    bool quote = formula;
    for (size_t i = 0; i < s.len; i++) {
        quote = quote || strchr(",\"\r\n", s.ptr[i]) != NULL;
    }
    if (!quote) {
        kh_buf_add(b, s);
        return;
    }
    kh_buf_z(b, formula ? "\"'" : "\"");
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"') {
            kh_buf_char(b, '"');
        }
        kh_buf_char(b, s.ptr[i]);
    }
    kh_buf_char(b, '"');
}

/* One row being written. */
typedef struct row {
    kh_buf *b;
    bool begun;
} row;

static void cell(row *r, kh_str s)
{
    kh_buf_z(r->b, r->begun ? "," : "");
    kh_csv_cell(r->b, s, false);
    r->begun = true;
}

static void number(row *r, bool has, double value)
{
    kh_buf_z(r->b, r->begun ? "," : "");
    if (has) {
        kh_buf_printf(r->b, "%.15g", value);
    }
    r->begun = true;
}

static kh_str sentence_of(const kh_article *a, kh_span span)
{
    kh_str found = kh_slice(a->text, span);
    for (size_t i = 0; a->tokens && i < a->tokens->sentences.count; i++) {
        kh_span s = a->tokens->sentences.items[i].span;
        if (s.begin <= span.begin && span.begin < s.end) {
            kh_span whole = {s.begin, s.end > span.end ? s.end : span.end};
            found = kh_slice(a->text, whole);
        }
    }
    return found;
}

static bool meets(kh_place_in p, uint32_t article, kh_span span)
{
    return p.article == article && kh_span_meets(p.span, span);
}

/* Verdict, the other page, the reason. */
static void verdict_cells(row *r, const kh_story *s, uint32_t article, kh_span span)
{
    KH_EACH(const kh_verdict, v, s->verdicts) {
        bool here = meets(v->a, article, span);
        if (here || meets(v->b, article, span)) {
            cell(r, kh_verdict_kind_name(v->kind));
            cell(r, s->articles.items[here ? v->b.article : v->a.article]->label);
            cell(r, v->reason);
            return;
        }
    }
    cell(r, (kh_str){0});
    cell(r, (kh_str){0});
    cell(r, (kh_str){0});
}

static void page_cells(row *r, const kh_story *s, const kh_article *a)
{
    cell(r, s->id);
    cell(r, a->label);
    cell(r, a->outlet.value);
    cell(r, a->lang);
    cell(r, kh_when_text(r->b->arena, a->published.when));
    cell(r, a->url);
}

static void figure_row(kh_buf *b, const kh_story *s, uint32_t article, const kh_figure *f)
{
    const kh_article *a = s->articles.items[article];
    row r = {.b = b};
    page_cells(&r, s, a);
    cell(&r, kh_slice(a->text, f->span));
    number(&r, f->has_min, f->min);
    number(&r, f->has_max, f->max);
    cell(&r, f->soft ? KH_STR("true") : KH_STR("false"));
    cell(&r, kh_figure_kind_name(f->kind));
    cell(&r, f->what);
    cell(&r, f->scope.len ? f->scope : f->noun);
    cell(&r, f->unit);
    cell(&r, f->place);
    cell(&r, kh_when_text(b->arena, f->as_of));
    cell(&r, f->claimed_by);
    cell(&r, kh_slice(a->text, f->hedge));
    cell(&r, kh_figure_status_name(f->status));
    cell(&r, sentence_of(a, f->span));
    verdict_cells(&r, s, article, f->span);
    kh_buf_z(b, "\r\n");
}

void kh_export_figures_csv(kh_buf *out, const kh_story *s)
{
    kh_buf_z(out, "story,article,outlet,language,published,url,words,min,max,soft,kind,what,scope,unit,place,as_of,claimed_by,"
                  "hedge,status,sentence,verdict,verdict_with,verdict_reason\r\n");
    for (uint32_t i = 0; i < s->articles.count; i++) {
        KH_EACH(const kh_figure, f, s->articles.items[i]->figures) {
            figure_row(out, s, i, f);
        }
    }
}

/* The number of the passport that has quotation Q of ARTICLE, from 1; 0: none. */
static size_t passport_of(const kh_story *s, uint32_t article, uint32_t q)
{
    for (size_t i = 0; i < s->passports.count; i++) {
        KH_EACH(const kh_passport_entry, e, s->passports.items[i].entries) {
            if (e->where.article == article && e->quotation == q) {
                return i + 1;
            }
        }
    }
    return 0;
}

static void quotation_row(kh_buf *b, const kh_story *s, uint32_t article, uint32_t index)
{
    const kh_article *a = s->articles.items[article];
    const kh_quotation *q = &a->quotations.items[index];
    size_t passport = passport_of(s, article, index);
    row r = {.b = b};
    page_cells(&r, s, a);
    cell(&r, kh_slice(a->text, q->span));
    cell(&r, q->speaker);
    cell(&r, kh_slice(a->text, q->cue));
    cell(&r, kh_act_name(q->act));
    cell(&r, kh_mode_name(q->mode));
    cell(&r, kh_form_name(q->form));
    cell(&r, kh_stance_name(q->stance));
    cell(&r, q->told_to);
    cell(&r, kh_slice(a->text, q->hedge));
    cell(&r, sentence_of(a, q->span));
    number(&r, passport != 0, (double)passport);
    verdict_cells(&r, s, article, q->span);
    cell(&r, q->corrected ? q->corrected->by : (kh_str){0});
    cell(&r, q->corrected ? q->corrected->was : (kh_str){0});
    kh_buf_z(b, "\r\n");
}

void kh_export_quotations_csv(kh_buf *out, const kh_story *s)
{
    kh_buf_z(out, "story,article,outlet,language,published,url,words,speaker,cue,act,mode,form,stance,told_to,hedge,sentence,passport,"
                  "verdict,verdict_with,verdict_reason,corrected_by,corrected_was\r\n");
    for (uint32_t i = 0; i < s->articles.count; i++) {
        for (uint32_t q = 0; q < s->articles.items[i]->quotations.count; q++) {
            quotation_row(out, s, i, q);
        }
    }
}
