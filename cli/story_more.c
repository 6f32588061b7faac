/* story_more.c - the histories of a story's figures, the stories related to it, and what persons corrected in it.
 *
 *     killed · persons
 *       2024-07-31T11:05  24       the governor     en01-halyard
 *       2024-08-02T09:00  43  new  the ministry     en05-meskapress, update
 *
 * A value stands once: what a copy or the same claimer repeats is left out, and so are topics with one value.
 */
#include "cli/story.h"

static bool has_steps(const kh_history *h)
{
    size_t values = 0;
    KH_EACH(const kh_history_entry, e, h->entries) {
        values += e->is_new;
    }
    return values > 1;
}

static void value_line(const kh_view *v, const kh_history_entry *e)
{
    const kh_article *a = kh_view_article(v, e->article);
    const kh_figure *f = &a->figures.items[e->figure];
    kh_view_put(v, "      ");
    kh_print_pad(v->p, kh_view_day(v, a), 16);
    kh_view_put(v, "  ");
    kh_print_pad(v->p, kh_sheet_figure_text(v->out, f), 9);
    kh_view_put(v, e->is_new ? " ● " : "   ");
    kh_print_pad(v->p, f->claimed_by, 20);
    kh_view_put(v, "  ");
    kh_view_label(v, e->article);
    if (e->origins > 1) {
        kh_view_put(v, "  ");
        kh_view_counted(v, e->origins, "origin", "origins");
    }
    if (f->status != KH_FIGURE_STANDING) {
        kh_view_put(v, " ");
        kh_print_style(v->p, "yellow", kh_arena_printf(v->out, "[" KH_FMT "]", KH_ARG(kh_figure_status_name(f->status))));
    }
    kh_view_put(v, "\n");
}

static void history(const kh_view *v, const kh_history *h)
{
    kh_view_put(v, "    ");
    kh_print_style(v->p, "bold", h->what);
    if (h->scope.len) {
        kh_view_put(v, " · ");
        kh_print_iso(v->p, h->scope);
    }
    kh_view_put(v, "\n");
    KH_EACH(const kh_history_entry, e, h->entries) {
        if (!e->repeated) {
            value_line(v, e);
        }
    }
}

void kh_view_histories(const kh_view *v)
{
    bool headed = false;
    KH_EACH(const kh_history, h, v->s->histories) {
        if (!has_steps(h)) {
            continue;
        }
        if (!headed) {
            kh_print_heading(v->p, "HISTORY OF FIGURES");
        }
        headed = true;
        history(v, h);
    }
}

/* "12 days later", "at the same time". */
static void apart(const kh_view *v, const kh_related *r)
{
    if (!r->dated) {
        kh_view_put(v, "days unknown");
    } else if (r->days == 0) {
        kh_view_put(v, "at the same time");
    } else {
        kh_view_counted(v, (size_t)(r->days < 0 ? -r->days : r->days), "day", "days");
        kh_view_put(v, r->days < 0 ? " earlier" : " later");
    }
}

void kh_view_related(const kh_view *v)
{
    if (v->s->related.count) {
        kh_print_heading(v->p, "RELATED");
    }
    KH_EACH(const kh_related, r, v->s->related) {
        kh_view_put(v, "  ");
        kh_print_style(v->p, "cyan", r->id);
        kh_view_put(v, "  ");
        apart(v, r);
        kh_buf_printf(v->b, "  %.2f\n    ", (double)r->score);
        kh_print_wrap(v->p, r->title.len ? r->title : KH_STR("(no page of it has a title)"), 4, (size_t)v->p->width - 6);
        kh_view_put(v, "\n    both: ");
        KH_EACH(const kh_str, word, r->shared) {
            kh_view_put(v, word == r->shared.items ? "" : ", ");
            kh_print_iso(v->p, *word);
        }
        kh_view_put(v, "\n");
    }
}

void kh_view_corrections(const kh_view *v)
{
    if (v->s->corrections.count) {
        kh_print_heading(v->p, "CORRECTIONS");
    }
    for (size_t i = 0; i < v->s->corrections.count; i++) {
        kh_view_put(v, "  ");
        kh_print_correction(v->p, v->s->corrections.items[i]);
    }
}

void kh_print_correction(kh_print *p, const kh_correction *c)
{
    kh_print_style(p, "yellow",
                   kh_arena_printf(p->buf->arena, "%s (%lld, " KH_FMT ")", c->rests ? "correction rests" : "corrected", (long long)c->id,
                                   KH_ARG(kh_correction_kind_name(c->kind))));
    const kh_str parts[] = {c->words, c->kind == KH_CORRECT_SAME_NAME || c->kind == KH_CORRECT_OTHER_NAME ? (kh_str){0} : c->other,
                            c->value};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].len) {
            kh_buf_z(p->buf, i == 2 ? " → " : " ");
            kh_print_pad(p, parts[i], kh_width(parts[i]) < 40 ? kh_width(parts[i]) : 40);
        }
    }
    kh_buf_z(p->buf, ", by ");
    kh_print_iso(p, c->by);
    kh_buf_char(p->buf, ' ');
    kh_print_iso(p, kh_str_head(c->at, 10));
    kh_buf_z(p->buf, "; was ");
    kh_print_iso(p, c->was);
    if (c->why.len) {
        kh_buf_z(p->buf, "; ");
        kh_print_iso(p, c->why);
    }
    kh_buf_char(p->buf, '\n');
}
