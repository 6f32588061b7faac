/* article.c - one article as JSON (docs/JSON.md): who it is, what was read from it, each finding with its span and words.
 *
 * Example: of "قتل ما لا يقل عن 8 أشخاص" the figure is
 *   {"span":[0,38],"text":"ما لا يقل عن 8 أشخاص","min":8,"max":null,"op":"at_least",...}
 * Spans count bytes of `text`; a field without a span came from the page's metadata and has its `path`.
 * What the store does not keep (date candidates, expressions of time) is written for pages just read only.
 */
#include "json/parts.h"

void kh_json_evidence(kh_json *j, const kh_article *a, kh_span span)
{
    kh_json_span(j, "span", span);
    if (!kh_span_empty(span)) {
        kh_json_str(j, "text", kh_slice(a->text, span));
    }
}

void kh_json_words(kh_json *j, const char *key, const kh_article *a, kh_span span)
{
    kh_json_str_or_null(j, key, kh_slice(a->text, span));
}

static void put_field(kh_json *j, const char *key, const kh_field *f)
{
    if (f->value.len == 0) {
        kh_json_null(j, key);
        return;
    }
    kh_json_open(j, key, '{');
    kh_json_str(j, "text", f->value);
    kh_json_span(j, "span", f->span);
    kh_json_str_or_null(j, "path", f->path);
    kh_json_share(j, "confidence", f->confidence);
    kh_json_close(j, '}');
}

static void put_clue(kh_json *j, const kh_article *a, const kh_clue *c)
{
    kh_json_open(j, NULL, '{');
    kh_json_str(j, "text", c->value);
    kh_json_str(j, "from", c->from);
    kh_json_str(j, "why", c->why);
    kh_json_share(j, "score", c->score);
    kh_json_bool(j, "taken", kh_clue_is_taken(a, c));
    kh_json_close(j, '}');
}

/* Candidates of the fields, by field. */
static void put_clues(kh_json *j, const kh_article *a)
{
    static const char *const fields[] = {"title", "outlet", "byline", "section", "image", "url", "language"};
    kh_json_open(j, "evidence", '{');
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        bool open = false;
        KH_EACH(const kh_clue, c, a->clues) {
            if (kh_str_eq(c->field, kh_str_z(fields[i]))) {
                if (!open) {
                    kh_json_open(j, fields[i], '[');
                }
                open = true;
                put_clue(j, a, c);
            }
        }
        if (open) {
            kh_json_close(j, ']');
        }
    }
    kh_json_close(j, '}');
}

static void put_links(kh_json *j, const kh_article *a)
{
    kh_json_open(j, "links", '[');
    KH_EACH(const kh_link, link, a->links) {
        kh_json_open(j, NULL, '{');
        kh_json_evidence(j, a, link->span);
        kh_json_str(j, "url", link->url);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_date(kh_json *j, const char *key, const kh_article *a, const kh_date *d)
{
    kh_json_open(j, key, '{');
    kh_json_str_or_null(j, "value", kh_when_text(j->buf->arena, d->when));
    kh_json_evidence(j, a, d->span);
    kh_json_str(j, "calendar", kh_calendar_name(d->calendar));
    kh_json_str(j, "how", kh_date_how_name(d->how));
    kh_json_bool(j, "core", d->core);
    if (d->clash) {
        kh_json_str_or_null(j, "clashes_with", kh_time_text(j->buf->arena, d->other));
    }
    if (d->path.len) {
        kh_json_str(j, "path", d->path);
    }
    if (d->reason.len) {
        kh_json_str(j, "reason", d->reason);
    }
    kh_json_correction(j, "corrected", d->corrected);
    kh_json_close(j, '}');
}

static void put_time_words(kh_json *j, const kh_article *a, const kh_time_words *t)
{
    kh_json_open(j, NULL, '{');
    kh_json_str(j, "type", t->type == KH_TIME_OF_DAY ? KH_STR("TIM") : KH_STR("DAT"));
    kh_json_evidence(j, a, t->span);
    kh_json_span(j, "whole", t->whole);
    kh_json_close(j, '}');
}

static void put_page_date(kh_json *j, const char *key, const kh_article *a, const kh_date *d)
{
    if (kh_when_known(d->when)) {
        put_date(j, key, a, d);
    } else {
        kh_json_null(j, key);
    }
}

kh_str kh_json_agency(const kh_json_labels *labels, kh_str id)
{
    return labels && labels->agency && id.len ? labels->agency(labels->know, id) : id;
}

static void put_agencies(kh_json *j, const kh_strs *agencies, const kh_json_labels *labels)
{
    kh_json_open(j, "agencies", '[');
    KH_EACH(const kh_str, id, *agencies) {
        kh_json_open(j, NULL, '{');
        kh_json_str(j, "id", *id);
        kh_json_str(j, "label", kh_json_agency(labels, *id));
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_identity(kh_json *j, const kh_article *a)
{
    kh_json_str(j, "key", a->key);
    kh_json_str(j, "label", a->label);
    if (a->id) {
        kh_json_int(j, "id", a->id);
    }
    kh_json_str_or_null(j, "source", a->source);
    kh_json_str_or_null(j, "url", a->url);
    kh_json_str_or_null(j, "sha256", a->sha256);
    kh_json_str_or_null(j, "charset", a->charset);
    if (a->charset_why.len) {
        kh_json_str(j, "charset_why", a->charset_why);
    }
    kh_json_str_or_null(j, "captured", kh_time_text(j->buf->arena, a->captured));
    kh_json_str_or_null(j, "knowledge", a->knowledge);
}

static void put_lines(kh_json *j, const kh_article *a)
{
    kh_json_open(j, "lines", '[');
    KH_EACH(const kh_line, line, a->lines) {
        kh_json_open(j, NULL, '{');
        kh_json_span(j, "span", line->span);
        kh_json_str(j, "role", kh_line_role_name(line->role));
        if (line->path.len) {
            kh_json_str(j, "path", line->path);
        }
        if (line->why.len) {
            kh_json_str(j, "why", line->why);
        }
        if (line->lang.len) {
            kh_json_str(j, "language", line->lang);
        }
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_credits(kh_json *j, const kh_article *a, const kh_json_labels *labels)
{
    kh_json_open(j, "credits", '[');
    KH_EACH(const kh_credit, c, a->credits) {
        kh_json_open(j, NULL, '{');
        kh_json_str(j, "type", kh_credit_type_name(c->type));
        kh_json_str(j, "role", kh_credit_role_name(c->role));
        kh_json_str_or_null(j, "agency", c->agency);
        kh_json_str_or_null(j, "label", c->label.len ? c->label : kh_json_agency(labels, c->agency));
        kh_json_evidence(j, a, c->span);
        kh_json_span(j, "agency_span", c->agency_span);
        if (c->via.len) {
            kh_json_str(j, "via", c->via);
            kh_json_span(j, "via_span", c->via_span);
        }
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_names(kh_json *j, const kh_article *a)
{
    kh_json_open(j, "names", '[');
    for (size_t i = 0; i < a->names.count; i++) {
        const kh_name *n = &a->names.items[i];
        kh_json_open(j, NULL, '{');
        kh_json_str(j, "label", n->label);
        kh_json_str(j, "type", kh_name_type_name(n->type));
        kh_json_str_or_null(j, "id", n->id);
        kh_json_str_or_null(j, "sound", n->sound);
        kh_json_open(j, "mentions", '[');
        KH_EACH(const kh_mention, m, a->mentions) {
            if (m->name == i) {
                kh_json_span(j, NULL, m->span);
            }
        }
        kh_json_close(j, ']');
        kh_json_correction(j, "corrected", n->corrected);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_quotation(kh_json *j, const kh_article *a, const kh_quotation *q)
{
    kh_json_open(j, NULL, '{');
    kh_json_evidence(j, a, q->span);
    kh_json_str_or_null(j, "speaker", q->speaker);
    if (q->speaker_name != KH_NO_NAME) {
        kh_json_int(j, "speaker_name", q->speaker_name);
    }
    kh_json_span(j, "speaker_span", q->speaker_span);
    kh_json_words(j, "cue", a, q->cue);
    kh_json_span(j, "cue_span", q->cue);
    kh_json_str(j, "act", kh_act_name(q->act));
    kh_json_str(j, "mode", kh_mode_name(q->mode));
    kh_json_str(j, "form", kh_form_name(q->form));
    kh_json_str(j, "stance", kh_stance_name(q->stance));
    kh_json_str_or_null(j, "told_to", q->told_to);
    kh_json_words(j, "channel", a, q->channel);
    kh_json_words(j, "hedge", a, q->hedge);
    kh_json_bool(j, "core", q->core);
    kh_json_correction(j, "corrected", q->corrected);
    kh_json_bool(j, "continues", q->continues);
    kh_json_close(j, '}');
}

static void put_figure(kh_json *j, const kh_article *a, const kh_figure *f)
{
    kh_json_open(j, NULL, '{');
    kh_json_evidence(j, a, f->span);
    kh_json_bound(j, "min", f->has_min, f->min);
    kh_json_bound(j, "max", f->has_max, f->max);
    kh_json_str(j, "op", kh_figure_op_name(f->op));
    kh_json_bool(j, "soft", f->soft);
    kh_json_str(j, "kind", kh_figure_kind_name(f->kind));
    kh_json_str_or_null(j, "what", f->what);
    kh_json_str_or_null(j, "scope", f->scope);
    kh_json_str_or_null(j, "unit", f->unit);
    kh_json_str_or_null(j, "noun", f->noun);
    kh_json_str_or_null(j, "place", f->place);
    kh_json_str_or_null(j, "as_of", kh_when_text(j->buf->arena, f->as_of));
    kh_json_str_or_null(j, "claimed_by", f->claimed_by);
    kh_json_words(j, "hedge", a, f->hedge);
    kh_json_str(j, "status", kh_figure_status_name(f->status));
    kh_json_bool(j, "core", f->core);
    kh_json_bool(j, "past_event", f->past_event);
    kh_json_close(j, '}');
}

static void put_chains(kh_json *j, const kh_article *a)
{
    kh_json_open(j, "chains", '[');
    KH_EACH(const kh_chain, chain, a->chains) {
        kh_json_open(j, NULL, '[');
        KH_EACH(const kh_hop, hop, chain->hops) {
            kh_json_open(j, NULL, '{');
            kh_json_str(j, "role", kh_hop_role_name(hop->role));
            kh_json_str_or_null(j, "id", hop->id);
            kh_json_str(j, "label", hop->label);
            kh_json_span(j, "span", hop->span);
            kh_json_close(j, '}');
        }
        kh_json_close(j, ']');
    }
    kh_json_close(j, ']');
}

/* What could be the page's day, and the words that speak of time. */
static void put_times(kh_json *j, const kh_article *a)
{
    kh_json_open(j, "date_candidates", '[');
    KH_EACH(const kh_date, d, a->date_candidates) {
        kh_json_open(j, NULL, '{');
        kh_json_str_or_null(j, "value", kh_when_text(j->buf->arena, d->when));
        kh_json_share(j, "score", d->score);
        kh_json_str(j, "path", d->path);
        kh_json_str(j, "reason", d->reason);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
    kh_json_open(j, "times", '[');
    KH_EACH(const kh_time_words, t, a->times) {
        put_time_words(j, a, t);
    }
    kh_json_close(j, ']');
}

void kh_json_findings(kh_json *j, const kh_article *a, const kh_json_labels *labels)
{
    put_credits(j, a, labels);
    put_names(j, a);
    kh_json_open(j, "quotations", '[');
    KH_EACH(const kh_quotation, q, a->quotations) {
        put_quotation(j, a, q);
    }
    kh_json_close(j, ']');
    kh_json_open(j, "figures", '[');
    KH_EACH(const kh_figure, f, a->figures) {
        put_figure(j, a, f);
    }
    kh_json_close(j, ']');
    kh_json_open(j, "dates", '[');
    KH_EACH(const kh_date, d, a->dates) {
        put_date(j, NULL, a, d);
    }
    kh_json_close(j, ']');
    if (a->id == 0) { /* the store does not keep them */
        put_times(j, a);
    }
    put_chains(j, a);
}

void kh_json_head(kh_json *j, const kh_article *a, const kh_json_labels *labels)
{
    put_identity(j, a);
    kh_json_str(j, "language", a->lang);
    kh_json_share(j, "language_confidence", a->lang_confidence);
    put_field(j, "title", &a->title);
    put_field(j, "outlet", &a->outlet);
    put_field(j, "byline", &a->byline);
    put_page_date(j, "published", a, &a->published);
    put_page_date(j, "modified", a, &a->modified);
    put_agencies(j, &a->agencies, labels);
    kh_json_str_or_null(j, "reason", a->reason);
}

/* All that touch the article: those of its place among stories and copies are seen nowhere else. */
static void put_article_corrections(kh_json *j, const kh_article *a)
{
    if (a->corrections.count) {
        kh_json_open(j, "corrections", '[');
        for (size_t i = 0; i < a->corrections.count; i++) {
            kh_json_correction(j, NULL, a->corrections.items[i]);
        }
        kh_json_close(j, ']');
    }
}

void kh_json_article(kh_buf *out, const kh_article *a, const kh_json_labels *labels)
{
    kh_json j = {.buf = out};
    kh_json_open(&j, NULL, '{');
    kh_json_int(&j, "khabar", 1);
    kh_json_str(&j, "kind", KH_STR("article"));
    kh_json_head(&j, a, labels);
    put_field(&j, "section", &a->section);
    put_field(&j, "image", &a->image);
    kh_json_strs(&j, "tags", &a->tags);
    put_clues(&j, a);
    kh_json_str(&j, "text", a->text);
    put_lines(&j, a);
    put_links(&j, a);
    kh_json_findings(&j, a, labels);
    put_article_corrections(&j, a);
    kh_json_close(&j, '}');
}
