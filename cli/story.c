/* story.c - khabar story: one story as a person reads it. Origins first, then who said what, the figures,
 * where the accounts meet and differ, the timeline, the pages with their chains, and what other stories have to do with it. Each part that grows with
 * the pairs of pages folds copies under their original: story_view.c says how. */
#include "cli/story.h"

#include "engine/related.h"

#include <sysexits.h>

static kh_str share(const kh_view *v, float x)
{
    return kh_arena_printf(v->out, "%.0f %%", (double)x * 100);
}

/* ---- head ---- */

static void head(const kh_view *v)
{
    kh_print_style(v->p, "bold", v->s->title.len ? v->s->title : KH_STR("(no page of it has a title)"));
    kh_view_put(v, "\n");
    kh_print_style(v->p, "dim", v->s->id);
    kh_view_put(v, " · ");
    kh_view_counted(v, v->s->articles.count, "page", "pages");
    kh_view_put(v, " · ");
    kh_view_counted(v, v->sheet->independent, "independent origin", "independent origins");
    if (v->sheet->compiled) {
        kh_view_put(v, " · ");
        kh_view_counted(v, v->sheet->compiled, "compiled", "compiled");
    }
    kh_view_put(v, " · ");
    kh_view_counted(v, v->sheet->languages, "language", "languages");
    if (v->sheet->disagreements) {
        kh_view_put(v, " · ");
        kh_print_style(v->p, "red", kh_arena_printf(v->out, "%zu in conflict", v->sheet->disagreements));
    }
    kh_view_put(v, "\n");
}

/* ---- origins and copies ---- */

static void page_line(const kh_view *v, uint32_t i)
{
    const kh_article *a = kh_view_article(v, i);
    kh_view_put(v, "    ");
    kh_print_pad(v->p, a->label, 26);
    kh_view_put(v, " ");
    kh_print_pad(v->p, a->lang, 3);
    kh_view_put(v, " ");
    kh_print_pad(v->p, kh_view_day(v, a), 16);
    const kh_copy *c = kh_sheet_copy(v->s, i);
    if (c) {
        kh_view_put(v, "  ");
        kh_print_style(v->p, "yellow", kh_copy_kind_name(c->kind));
        kh_view_put(v, c->kind == KH_COPY_TRANSLATED || c->kind == KH_COPY_COMPILED ? " from " : " of ");
        kh_view_label(v, c->src);
        kh_view_put(v, c->kind == KH_COPY_TRANSLATED ? ", aligned " : ", ");
        kh_print_iso(v->p, share(v, c->cover_dst));
    } else if (a->outlet.value.len) {
        kh_view_put(v, "  ");
        kh_print_iso(v->p, a->outlet.value);
    }
    kh_view_put(v, "\n");
}

static void origins(const kh_view *v)
{
    kh_print_heading(v->p, "ORIGINS");
    KH_EACH(const kh_origin, o, v->s->origins) {
        kh_view_put(v, "  ");
        kh_print_style(v->p, o->independent ? "green" : "dim", o->independent ? KH_STR("●") : KH_STR("○"));
        kh_view_put(v, " ");
        kh_str name = o->label.len ? o->label : kh_engine_agency_label(v->engine, o->agency);
        kh_print_style(v->p, "bold", name);
        kh_view_put(v, "  ");
        kh_view_counted(v, o->articles.count, "page", "pages");
        kh_view_put(v, o->compiled ? ", compiled" : "");
        kh_view_put(v, o->independent ? "\n" : ", counts as no origin\n");
        KH_EACH(const uint32_t, i, o->articles) {
            page_line(v, *i);
        }
    }
}

/* ---- timeline and pages ---- */

static void timeline(const kh_view *v)
{
    if (v->s->timeline.count == 0) {
        return;
    }
    kh_print_heading(v->p, "TIMELINE");
    const kh_event *before = NULL;
    KH_EACH(const kh_event, e, v->s->timeline) {
        bool told = before && before->where.article == e->where.article && kh_str_eq(before->sentence, e->sentence) &&
                    kh_str_eq(kh_when_text(v->out, before->when), kh_when_text(v->out, e->when));
        before = e;
        if (told) {
            continue;
        }
        kh_view_put(v, "  ");
        kh_print_pad(v->p, kh_when_text(v->out, e->when), 22);
        kh_print_pad(v->p, e->sentence, (size_t)v->p->width > 62 ? (size_t)v->p->width - 50 : 30);
        kh_view_put(v, "  ");
        kh_view_label(v, e->where.article);
        kh_view_put(v, "\n");
    }
}

static void chain_line(const kh_view *v, const kh_chain *c)
{
    kh_view_put(v, "      ");
    bool first = true;
    KH_EACH(const kh_hop, h, c->hops) {
        kh_view_put(v, first ? "" : " → ");
        kh_print_iso(v->p, h->label);
        first = false;
    }
    kh_view_put(v, "\n");
}

static void pages(const kh_view *v)
{
    kh_print_heading(v->p, "PAGES");
    for (uint32_t i = 0; i < v->s->articles.count; i++) {
        const kh_article *a = kh_view_article(v, i);
        kh_view_put(v, "  ");
        kh_view_label(v, i);
        kh_view_put(v, "  ");
        kh_print_iso(v->p, a->lang);
        kh_view_put(v, "  ");
        kh_print_style(v->p, "dim", kh_view_day(v, a));
        if (a->outlet.value.len) {
            kh_view_put(v, "  ");
            kh_print_iso(v->p, a->outlet.value);
        }
        kh_view_put(v, "\n    ");
        kh_print_wrap(v->p, a->title.value.len ? a->title.value : KH_STR("(no title)"), 4, (size_t)v->p->width - 6);
        kh_view_put(v, "\n");
        KH_EACH(const kh_chain, c, a->chains) {
            chain_line(v, c);
        }
    }
}

/* What of a very large story is not shown. */
static void left_out(const kh_view *v)
{
    if (v->s->compared < v->s->articles.count) {
        kh_print_wrap(v->p,
                      kh_arena_printf(v->out, "only the earliest %u of %zu reports are compared", v->s->compared, v->s->articles.count), 0,
                      (size_t)v->p->width);
        kh_view_put(v, "\n");
    }
    if (v->s->verdicts_left_out) {
        kh_print_wrap(v->p, kh_arena_printf(v->out, "%zu verdicts that are least urgent are left out", v->s->verdicts_left_out), 0,
                      (size_t)v->p->width);
        kh_view_put(v, "\n");
    }
}

static void print_story(const kh_view *v)
{
    head(v);
    left_out(v);
    origins(v);
    kh_view_said(v);
    kh_view_figures(v);
    kh_view_verdicts(v);
    timeline(v);
    kh_view_histories(v);
    pages(v);
    kh_view_related(v);
    kh_view_corrections(v);
}

static int run(kh_session *s, const kh_options *o)
{
    kh_story story = {0};
    kh_story_summary summary = {0};
    kh_error err = {0};
    bool pruned = false;
    int64_t id = kh_session_find_story(s, o, o->args[0]);
    if (!id) {
        return EX_USAGE;
    }
    if (kh_store_summary(s->store, &s->worker.page, id, &summary, &pruned, &err)) {
        return kh_tell(&err);
    }
    if (pruned) {
        return kh_show_summary(s, o, &summary);
    }
    int code = kh_session_story(s, o, o->args[0], &story);
    if (code) {
        return code;
    }
    if (kh_story_relate(s->engine, s->store, &s->worker.page, s->worker.scratch, kh_store_story_named(s->store, story.id), &story, &err)) {
        return kh_tell(&err);
    }
    kh_buf buf = {.arena = &s->worker.scratch};
    if (o->format == KH_FORMAT_TABLE) {
        kh_print p = kh_print_begin(o, &buf);
        kh_view v = kh_view_begin(&p, &story, s->engine, &s->worker.page);
        print_story(&v);
    } else {
        kh_json_labels labels = kh_engine_labels(s->engine);
        kh_json_story(&buf, &story, &labels);
        kh_buf_char(&buf, '\n');
    }
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}

int kh_run_story(const kh_options *o)
{
    kh_session s;
    if (o->arg_count != 1) {
        return kh_tell_usage("story", "give the name of one story");
    }
    if (o->format == KH_FORMAT_TSV || o->format == KH_FORMAT_CSV) {
        return kh_tell_usage("story", "a story has no single table; use --format jsonl, or the views of the store");
    }
    int code = kh_session_open(&s, o, true, true, KH_STORE_READ);
    if (!code) {
        code = run(&s, o);
        kh_session_close(&s);
    }
    return code;
}
