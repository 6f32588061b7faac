/* article.c - khabar article: one article with its evidence, each finding beside the words it rests on. */
#include "cli/revisions.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

typedef struct view {
    kh_print *p;
    kh_buf *b;
    const kh_article *a;
    const kh_engine *engine;
} view;

static kh_str words(const view *v, kh_span span)
{
    return kh_slice(v->a->text, span);
}

static void fact(const view *v, const char *name, kh_str value, kh_str path)
{
    if (value.len) {
        kh_buf_printf(v->b, "%-10s ", name);
        kh_print_iso(v->p, value);
        if (path.len) {
            kh_buf_z(v->b, "  ");
            kh_print_style(v->p, "dim", path);
        }
        kh_buf_char(v->b, '\n');
    }
}

static void facts(const view *v)
{
    const kh_article *a = v->a;
    kh_print_style(v->p, "bold", a->title.value.len ? a->title.value : KH_STR("(no title)"));
    kh_buf_char(v->b, '\n');
    fact(v, "label", a->label, (kh_str){0});
    fact(v, "key", a->key, (kh_str){0});
    fact(v, "language", a->lang, (kh_str){0});
    fact(v, "outlet", a->outlet.value, a->outlet.path);
    fact(v, "byline", a->byline.value, a->byline.path);
    fact(v, "section", a->section.value, a->section.path);
    KH_EACH(const kh_str, tag, a->tags) {
        fact(v, tag == a->tags.items ? "tags" : "", *tag, (kh_str){0});
    }
    fact(v, "image", a->image.value, a->image.path);
    kh_str published = kh_when_text(v->b->arena, a->published.when);
    fact(v, "published", published.len ? published : KH_STR("unknown"), a->published.reason);
    fact(v, "modified", kh_when_text(v->b->arena, a->modified.when), a->modified.reason);
    KH_EACH(const kh_str, agency, a->agencies) {
        fact(v, "agency", kh_engine_agency_label(v->engine, *agency), (kh_str){0});
    }
    fact(v, "no body", a->reason, (kh_str){0});
    fact(v, "sha256", a->sha256, (kh_str){0});
}

static void row(const view *v, kh_str kind, kh_str what, kh_span span)
{
    kh_buf_z(v->b, "  ");
    kh_print_pad(v->p, kind, 18);
    kh_buf_char(v->b, ' ');
    kh_print_pad(v->p, what, 26);
    kh_buf_z(v->b, "  ");
    kh_print_wrap(v->p, words(v, span), 48, (size_t)v->p->width > 90 ? (size_t)v->p->width - 50 : 40);
    kh_buf_char(v->b, '\n');
}

static kh_str interval(const view *v, const kh_figure *f)
{
    kh_arena *out = v->b->arena;
    kh_str low = f->has_min ? kh_arena_printf(out, "%.0f", f->min) : KH_STR("…");
    kh_str high = f->has_max ? kh_arena_printf(out, "%.0f", f->max) : KH_STR("…");
    kh_str value = f->has_min && f->has_max && f->min >= f->max ? low : kh_arena_printf(out, KH_FMT "–" KH_FMT, KH_ARG(low), KH_ARG(high));
    return kh_arena_printf(out, KH_FMT " " KH_FMT " " KH_FMT, KH_ARG(value), KH_ARG(f->what.len ? f->what : f->unit), KH_ARG(f->scope));
}

/* What could be the day of the page, with the reasons. Articles of a store have none. */
static void day_candidates(const view *v)
{
    const kh_dates *all = &v->a->date_candidates;
    if (all->count) {
        kh_print_heading(v->p, "THE DAY OF THE PAGE");
    }
    KH_EACH(const kh_date, d, *all) {
        kh_buf_printf(v->b, "  %4.2f ", (double)d->score);
        kh_print_pad(v->p, kh_when_text(v->b->arena, d->when), 26);
        kh_buf_char(v->b, ' ');
        kh_print_iso(v->p, d->path);
        kh_buf_z(v->b, "  ");
        kh_print_style(v->p, "dim", d->reason);
        kh_buf_char(v->b, '\n');
    }
}

static void findings(const view *v)
{
    const kh_article *a = v->a;
    kh_print_heading(v->p, "CREDITS");
    KH_EACH(const kh_credit, c, a->credits) {
        row(v, kh_credit_type_name(c->type), c->label.len ? c->label : kh_engine_agency_label(v->engine, c->agency), c->span);
    }
    kh_print_heading(v->p, "QUOTATIONS");
    KH_EACH(const kh_quotation, q, a->quotations) {
        kh_str kind = kh_arena_printf(v->b->arena, KH_FMT "/" KH_FMT, KH_ARG(kh_form_name(q->form)), KH_ARG(kh_stance_name(q->stance)));
        row(v, kind, q->speaker.len ? q->speaker : KH_STR("?"), q->span);
        if (q->corrected) {
            kh_buf_z(v->b, "                     ");
            kh_print_correction(v->p, q->corrected);
        }
    }
    kh_print_heading(v->p, "FIGURES");
    KH_EACH(const kh_figure, f, a->figures) {
        row(v, kh_figure_kind_name(f->kind), interval(v, f), f->span);
    }
    kh_print_heading(v->p, "DATES");
    KH_EACH(const kh_date, d, a->dates) {
        row(v, d->clash ? KH_STR("clash") : kh_date_how_name(d->how), kh_when_text(v->b->arena, d->when), d->span);
    }
    day_candidates(v);
    kh_print_heading(v->p, "NAMES");
    KH_EACH(const kh_mention, m, a->mentions) {
        const kh_name *n = &a->names.items[m->name];
        row(v, kh_name_type_name(n->type), n->id.len ? n->id : n->label, m->span);
    }
}

static void corrections(const view *v)
{
    if (v->a->corrections.count) {
        kh_print_heading(v->p, "CORRECTIONS");
    }
    for (size_t i = 0; i < v->a->corrections.count; i++) {
        kh_buf_z(v->b, "  ");
        kh_print_correction(v->p, v->a->corrections.items[i]);
    }
}

/* The candidates of each field: which was taken (*), where it stands in the page, and why. */
static void candidates(const view *v)
{
    kh_print_heading(v->p, "FIELDS");
    kh_str before = {0};
    KH_EACH(const kh_clue, c, v->a->clues) {
        kh_buf_z(v->b, "  ");
        kh_print_pad(v->p, kh_str_eq(c->field, before) ? KH_STR("") : c->field, 9);
        kh_buf_z(v->b, kh_clue_is_taken(v->a, c) ? "* " : "  ");
        kh_print_wrap(v->p, c->value, 13, (size_t)v->p->width > 60 ? (size_t)v->p->width - 15 : 40);
        kh_buf_z(v->b, "\n             ");
        kh_print_style(v->p, "dim",
                       kh_arena_printf(v->b->arena, "%.2f  " KH_FMT "; " KH_FMT, (double)c->score, KH_ARG(c->from), KH_ARG(c->why)));
        kh_buf_char(v->b, '\n');
        before = c->field;
    }
}

static void links(const view *v)
{
    kh_print_heading(v->p, "LINKS");
    KH_EACH(const kh_link, link, v->a->links) {
        row(v, KH_STR("link"), link->url, link->span);
    }
}

static void text(const view *v)
{
    kh_print_heading(v->p, "TEXT");
    KH_EACH(const kh_line, line, v->a->lines) {
        kh_print_style(v->p, "dim", kh_arena_printf(v->b->arena, "%12.*s ", KH_ARG(kh_line_role_name(line->role))));
        kh_print_wrap(v->p, words(v, line->span), 13, (size_t)v->p->width - 15);
        kh_buf_char(v->b, '\n');
    }
}

static int print_raw(kh_session *s, const kh_options *o)
{
    kh_error err = {0};
    kh_str bytes = {0};
    int64_t id = s->live ? kh_session_find(s, kh_str_z(o->args[0])) : 0;
    if (!id) {
        kh_fail(&err, KH_ERR_USAGE, "no_such_article", "%s: no article of the store %s", o->args[0], o->db);
        return kh_tell(&err);
    }
    if (kh_store_raw(s->store, &s->worker.page, id, &bytes, &err)) {
        return kh_tell(&err);
    }
    kh_buf buf = {.arena = &s->worker.page, .ptr = (char *)(uintptr_t)bytes.ptr, .len = bytes.len, .room = bytes.len};
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}

static int print_article(kh_session *s, const kh_options *o)
{
    kh_article *a = NULL;
    int code = kh_session_article(s, o, o->args[0], &a);
    if (code) {
        return code;
    }
    kh_buf buf = {.arena = &s->worker.page};
    if (o->format == KH_FORMAT_TABLE) {
        kh_print p = kh_print_begin(o, &buf);
        view v = {.p = &p, .b = &buf, .a = a, .engine = s->engine};
        facts(&v);
        candidates(&v);
        findings(&v);
        corrections(&v);
        links(&v);
        text(&v);
    } else {
        kh_json_labels labels = kh_engine_labels(s->engine);
        kh_json_article(&buf, a, &labels);
        kh_buf_char(&buf, '\n');
    }
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}

int kh_run_article(const kh_options *o)
{
    kh_session s;
    if (o->arg_count != 1) {
        return kh_tell_usage("article", "give one file or article");
    }
    if (o->format == KH_FORMAT_TSV || o->format == KH_FORMAT_CSV) {
        return kh_tell_usage("article", "an article has no single table; use --format jsonl, or the views of the store");
    }
    bool store = access(o->db, F_OK) == 0;
    int code = kh_session_open(&s, o, true, store, KH_STORE_READ);
    if (!code) {
        code = o->raw ? print_raw(&s, o) : o->revisions ? kh_print_revisions(&s, o) : print_article(&s, o);
        kh_session_close(&s);
    }
    return code;
}
