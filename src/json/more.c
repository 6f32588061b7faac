/* more.c - the later parts of a story's JSON: passports of quotations, histories of figures, related stories, a person's corrections.
 *
 * The form is in docs/JSON.md. What a correction changed carries it as "corrected", with what the program had said, so
 * that a reader of the JSON sees a person's word as one and can judge it.
 */
#include "json/parts.h"

void kh_json_correction(kh_json *j, const char *key, const kh_correction *c)
{
    if (!c) {
        return;
    }
    kh_json_open(j, key, '{');
    if (j->depth == 1) {
        kh_json_int(j, "khabar", 1);
    }
    kh_json_int(j, "id", c->id);
    kh_json_str(j, "kind", kh_correction_kind_name(c->kind));
    kh_json_str(j, "by", c->by);
    kh_json_str(j, "at", c->at);
    kh_json_str_or_null(j, "was", c->was);
    kh_json_str_or_null(j, "why", c->why);
    if (!key) {
        bool names = c->kind == KH_CORRECT_SAME_NAME || c->kind == KH_CORRECT_OTHER_NAME;
        kh_json_str_or_null(j, "article", c->article);
        kh_json_str_or_null(j, "other", names ? (kh_str){0} : c->other);
        kh_json_str_or_null(j, "words", c->words);
        kh_json_str_or_null(j, "value", c->value);
        kh_json_str_or_null(j, "undone", c->undone);
        kh_json_bool(j, "rests", c->rests);
    }
    kh_json_close(j, '}');
}

void kh_json_corrections(kh_buf *out, const kh_corrections *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const kh_correction *c = list->items[i];
        kh_json j = {.buf = out};
        kh_json_correction(&j, NULL, c);
        kh_buf_char(out, '\n');
    }
}

/* ---- passports ---- */

static void put_change(kh_json *j, const kh_change *x)
{
    kh_json_open(j, NULL, '{');
    kh_json_str(j, "what", x->what);
    kh_json_str_or_null(j, "was", x->was);
    kh_json_str_or_null(j, "is", x->is);
    kh_json_close(j, '}');
}

static void put_entry(kh_json *j, const kh_story *s, const kh_passport_entry *e)
{
    const kh_article *a = s->articles.items[e->where.article];
    bool bare = e->quotation == KH_NO_QUOTATION;
    const kh_quotation *q = bare ? NULL : &a->quotations.items[e->quotation];
    kh_json_open(j, NULL, '{');
    kh_json_int(j, "article", e->where.article);
    kh_json_str(j, "label", a->label);
    kh_json_str_or_null(j, "outlet", a->outlet.value);
    kh_json_str(j, "language", a->lang);
    kh_json_str_or_null(j, "published", kh_when_text(j->buf->arena, a->published.when));
    if (bare) {
        kh_json_null(j, "quotation");
    } else {
        kh_json_int(j, "quotation", e->quotation);
    }
    kh_json_span(j, "span", e->where.span);
    kh_json_str(j, "text", kh_slice(a->text, e->where.span));
    kh_json_str_or_null(j, "speaker", bare ? (kh_str){0} : q->speaker);
    kh_json_str_or_null(j, "told_to", bare ? (kh_str){0} : q->told_to);
    kh_json_str_or_null(j, "mode", bare ? (kh_str){0} : kh_mode_name(q->mode));
    kh_json_str_or_null(j, "stance", bare ? (kh_str){0} : kh_stance_name(q->stance));
    if (e->from == UINT32_MAX) {
        kh_json_null(j, "from");
    } else {
        kh_json_int(j, "from", e->from);
    }
    kh_json_open(j, "changes", '[');
    KH_EACH(const kh_change, x, e->changes) {
        put_change(j, x);
    }
    kh_json_close(j, ']');
    kh_json_close(j, '}');
}

static void put_passport(kh_json *j, const kh_story *s, size_t index)
{
    const kh_passport *p = &s->passports.items[index];
    kh_json_int(j, "number", (int64_t)index + 1);
    kh_json_str_or_null(j, "speaker", p->speaker);
    kh_json_int(j, "origins", p->origins);
    kh_json_open(j, "renderings", '[');
    KH_EACH(const kh_passport_entry, e, p->entries) {
        put_entry(j, s, e);
    }
    kh_json_close(j, ']');
}

void kh_json_passport(kh_buf *out, const kh_story *s, size_t index)
{
    kh_json j = {.buf = out};
    kh_json_open(&j, NULL, '{');
    kh_json_int(&j, "khabar", 1);
    kh_json_str(&j, "kind", KH_STR("passport"));
    kh_json_str(&j, "story", s->id);
    put_passport(&j, s, index);
    kh_json_close(&j, '}');
}

/* ---- histories ---- */

static void put_value(kh_json *j, const kh_story *s, const kh_history_entry *e)
{
    const kh_article *a = s->articles.items[e->article];
    const kh_figure *f = &a->figures.items[e->figure];
    kh_json_open(j, NULL, '{');
    kh_json_int(j, "article", e->article);
    kh_json_str(j, "label", a->label);
    kh_json_str_or_null(j, "outlet", a->outlet.value);
    kh_json_str_or_null(j, "published", kh_when_text(j->buf->arena, a->published.when));
    kh_json_int(j, "figure", e->figure);
    kh_json_evidence(j, a, f->span);
    kh_json_bound(j, "min", f->has_min, f->min);
    kh_json_bound(j, "max", f->has_max, f->max);
    kh_json_bool(j, "soft", f->soft);
    kh_json_str_or_null(j, "as_of", kh_when_text(j->buf->arena, f->as_of));
    kh_json_str_or_null(j, "claimed_by", f->claimed_by);
    kh_json_str_or_null(j, "hedge", kh_slice(a->text, f->hedge));
    kh_json_str(j, "status", kh_figure_status_name(f->status));
    kh_json_bool(j, "new", e->is_new);
    kh_json_bool(j, "repeated", e->repeated);
    kh_json_int(j, "origins", e->origins);
    kh_json_close(j, '}');
}

static void put_history(kh_json *j, const kh_story *s, const kh_history *h)
{
    kh_json_open(j, NULL, '{');
    kh_json_str(j, "what", h->what);
    kh_json_str_or_null(j, "scope", h->scope);
    kh_json_str_or_null(j, "unit", h->unit);
    kh_json_open(j, "values", '[');
    KH_EACH(const kh_history_entry, e, h->entries) {
        put_value(j, s, e);
    }
    kh_json_close(j, ']');
    kh_json_close(j, '}');
}

static void put_related(kh_json *j, const kh_related *r)
{
    kh_json_open(j, NULL, '{');
    kh_json_str(j, "id", r->id);
    kh_json_str_or_null(j, "title", r->title);
    kh_json_str_or_null(j, "language", r->lang);
    kh_json_number(j, "score", (double)(int)(r->score * 1000 + 0.5F) / 1000);
    kh_json_bound(j, "days", r->dated, r->days);
    kh_json_strs(j, "shared", &r->shared);
    kh_json_close(j, '}');
}

void kh_json_story_more(kh_json *j, const kh_story *s)
{
    kh_json_open(j, "passports", '[');
    for (size_t i = 0; i < s->passports.count; i++) {
        kh_json_open(j, NULL, '{');
        put_passport(j, s, i);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
    kh_json_open(j, "figure_histories", '[');
    KH_EACH(const kh_history, h, s->histories) {
        put_history(j, s, h);
    }
    kh_json_close(j, ']');
    kh_json_open(j, "related", '[');
    KH_EACH(const kh_related, r, s->related) {
        put_related(j, r);
    }
    kh_json_close(j, ']');
    kh_json_open(j, "corrections", '[');
    for (size_t i = 0; i < s->corrections.count; i++) {
        kh_json_correction(j, NULL, s->corrections.items[i]);
    }
    kh_json_close(j, ']');
}
