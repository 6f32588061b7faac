/* json.c - the JSON writer (RFC 8259). Reading JSON is the input module's business. */
#include "json/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void escape(kh_buf *b, kh_str s)
{
    static const char hex[] = "0123456789abcdef";
    size_t start = 0;
    for (size_t i = 0, n = 0; i < s.len; i += n) {
        uint32_t cp = kh_utf8_at(s, i, &n);
        bool plain = cp >= ' ' && cp != '"' && cp != '\\' && cp != 0x2028 && cp != 0x2029 && !(cp == KH_REPLACEMENT && n == 1);
        if (plain) {
            continue;
        }
        kh_buf_add(b, (kh_str){s.ptr + start, i - start});
        start = i + n;
        if (cp == '"' || cp == '\\') {
            kh_buf_char(b, '\\');
            kh_buf_char(b, (char)cp);
        } else if (cp == '\n') {
            kh_buf_z(b, "\\n");
        } else if (cp == '\t') {
            kh_buf_z(b, "\\t");
        } else if (cp == KH_REPLACEMENT) {
            kh_buf_cp(b, cp);
        } else {
            char u[] = {'\\', 'u', hex[cp >> 12 & 15], hex[cp >> 8 & 15], hex[cp >> 4 & 15], hex[cp & 15]};
            kh_buf_add(b, (kh_str){u, sizeof u});
        }
    }
    kh_buf_add(b, (kh_str){s.ptr + start, s.len - start});
}

static void item(kh_json *j, const char *key)
{
    if (j->has_item[j->depth]) {
        kh_buf_char(j->buf, ',');
    }
    j->has_item[j->depth] = true;
    if (key) {
        kh_buf_char(j->buf, '"');
        kh_buf_z(j->buf, key);
        kh_buf_z(j->buf, "\":");
    }
}

void kh_json_raw(kh_json *j, const char *key)
{
    item(j, key);
}

void kh_json_open(kh_json *j, const char *key, char bracket)
{
    item(j, key);
    kh_buf_char(j->buf, bracket);
    assert(j->depth + 1 < KH_JSON_DEPTH);
    j->has_item[++j->depth] = false;
}

void kh_json_close(kh_json *j, char bracket)
{
    assert(j->depth > 0);
    j->depth--;
    kh_buf_char(j->buf, bracket);
}

void kh_json_str(kh_json *j, const char *key, kh_str value)
{
    item(j, key);
    kh_buf_char(j->buf, '"');
    escape(j->buf, value);
    kh_buf_char(j->buf, '"');
}

void kh_json_str_or_null(kh_json *j, const char *key, kh_str value)
{
    if (value.len) {
        kh_json_str(j, key, value);
    } else {
        kh_json_null(j, key);
    }
}

void kh_json_int(kh_json *j, const char *key, int64_t value)
{
    item(j, key);
    kh_buf_printf(j->buf, "%lld", (long long)value);
}

void kh_json_number(kh_json *j, const char *key, double value)
{
    if (!isfinite(value)) {
        kh_json_null(j, key);
        return;
    }
    char z[40];
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(z, sizeof z, "%.*g", digits, value);
        if (strtod(z, NULL) == value) {
            break;
        }
    }
    item(j, key);
    kh_buf_z(j->buf, z);
}

/* Scores and confidences: three decimals say all there is to say. */
static void put_share(kh_json *j, const char *key, float value)
{
    item(j, key);
    kh_buf_printf(j->buf, "%.3f", (double)value);
}

void kh_json_bool(kh_json *j, const char *key, bool value)
{
    item(j, key);
    kh_buf_z(j->buf, value ? "true" : "false");
}

void kh_json_null(kh_json *j, const char *key)
{
    item(j, key);
    kh_buf_z(j->buf, "null");
}

void kh_json_span(kh_json *j, const char *key, kh_span span)
{
    if (kh_span_empty(span)) {
        kh_json_null(j, key);
        return;
    }
    item(j, key);
    kh_buf_printf(j->buf, "[%u,%u]", span.begin, span.end);
}

/* ---- articles ---- */

/* The span KEY and, beside it, the words it covers. */
static void put_evidence(kh_json *j, const kh_article *a, kh_span span)
{
    kh_json_span(j, "span", span);
    if (!kh_span_empty(span)) {
        kh_json_str(j, "text", kh_slice(a->text, span));
    }
}

static void put_words(kh_json *j, const char *key, const kh_article *a, kh_span span)
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
    put_share(j, "confidence", f->confidence);
    kh_json_close(j, '}');
}

static void put_clue(kh_json *j, const kh_article *a, const kh_clue *c)
{
    kh_json_open(j, NULL, '{');
    kh_json_str(j, "text", c->value);
    kh_json_str(j, "from", c->from);
    kh_json_str(j, "why", c->why);
    put_share(j, "score", c->score);
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

static void put_tags(kh_json *j, const kh_article *a)
{
    kh_json_open(j, "tags", '[');
    KH_EACH(const kh_str, tag, a->tags) {
        kh_json_str(j, NULL, *tag);
    }
    kh_json_close(j, ']');
}

static void put_links(kh_json *j, const kh_article *a)
{
    kh_json_open(j, "links", '[');
    KH_EACH(const kh_link, link, a->links) {
        kh_json_open(j, NULL, '{');
        put_evidence(j, a, link->span);
        kh_json_str(j, "url", link->url);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_date(kh_json *j, const char *key, const kh_article *a, const kh_date *d)
{
    kh_json_open(j, key, '{');
    kh_json_str_or_null(j, "value", kh_when_text(j->buf->arena, d->when));
    put_evidence(j, a, d->span);
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
    put_evidence(j, a, t->span);
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

static kh_str agency_label(const kh_json_labels *labels, kh_str id)
{
    return labels && labels->agency && id.len ? labels->agency(labels->know, id) : id;
}

static void put_agencies(kh_json *j, const kh_strs *agencies, const kh_json_labels *labels)
{
    kh_json_open(j, "agencies", '[');
    KH_EACH(const kh_str, id, *agencies) {
        kh_json_open(j, NULL, '{');
        kh_json_str(j, "id", *id);
        kh_json_str(j, "label", agency_label(labels, *id));
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
        kh_json_str_or_null(j, "label", c->label.len ? c->label : agency_label(labels, c->agency));
        put_evidence(j, a, c->span);
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
    put_evidence(j, a, q->span);
    kh_json_str_or_null(j, "speaker", q->speaker);
    if (q->speaker_name != KH_NO_NAME) {
        kh_json_int(j, "speaker_name", q->speaker_name);
    }
    kh_json_span(j, "speaker_span", q->speaker_span);
    put_words(j, "cue", a, q->cue);
    kh_json_span(j, "cue_span", q->cue);
    kh_json_str(j, "act", kh_act_name(q->act));
    kh_json_str(j, "mode", kh_mode_name(q->mode));
    kh_json_str(j, "form", kh_form_name(q->form));
    kh_json_str(j, "stance", kh_stance_name(q->stance));
    kh_json_str_or_null(j, "told_to", q->told_to);
    put_words(j, "channel", a, q->channel);
    put_words(j, "hedge", a, q->hedge);
    kh_json_bool(j, "core", q->core);
    kh_json_correction(j, "corrected", q->corrected);
    kh_json_bool(j, "continues", q->continues);
    kh_json_close(j, '}');
}

static void put_bound(kh_json *j, const char *key, bool has, double value)
{
    if (has) {
        kh_json_number(j, key, value);
    } else {
        kh_json_null(j, key);
    }
}

static void put_figure(kh_json *j, const kh_article *a, const kh_figure *f)
{
    kh_json_open(j, NULL, '{');
    put_evidence(j, a, f->span);
    put_bound(j, "min", f->has_min, f->min);
    put_bound(j, "max", f->has_max, f->max);
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
    put_words(j, "hedge", a, f->hedge);
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
        put_share(j, "score", d->score);
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

static void put_findings(kh_json *j, const kh_article *a, const kh_json_labels *labels)
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

/* What a reader of a list wants to know of an article. */
static void put_head(kh_json *j, const kh_article *a, const kh_json_labels *labels)
{
    put_identity(j, a);
    kh_json_str(j, "language", a->lang);
    put_share(j, "language_confidence", a->lang_confidence);
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
    put_head(&j, a, labels);
    put_field(&j, "section", &a->section);
    put_field(&j, "image", &a->image);
    put_tags(&j, a);
    put_clues(&j, a);
    kh_json_str(&j, "text", a->text);
    put_lines(&j, a);
    put_links(&j, a);
    put_findings(&j, a, labels);
    put_article_corrections(&j, a);
    kh_json_close(&j, '}');
}

/* ---- stories ---- */

static void put_place(kh_json *j, const char *key, const kh_story *s, kh_place_in place)
{
    const kh_article *a = s->articles.items[place.article];
    kh_json_open(j, key, '{');
    kh_json_int(j, "article", place.article);
    kh_json_str(j, "label", a->label);
    put_evidence(j, a, place.span);
    kh_json_close(j, '}');
}

static void put_pair_of(kh_json *j, const kh_story *s, uint32_t a, uint32_t b, const char *key_a, const char *key_b)
{
    kh_json_int(j, key_a, a);
    kh_json_int(j, key_b, b);
    char label[32];
    snprintf(label, sizeof label, "%s_label", key_a);
    kh_json_str(j, label, s->articles.items[a]->label);
    snprintf(label, sizeof label, "%s_label", key_b);
    kh_json_str(j, label, s->articles.items[b]->label);
}

static void put_origins(kh_json *j, const kh_story *s, const kh_json_labels *labels)
{
    kh_json_open(j, "origins", '[');
    KH_EACH(const kh_origin, o, s->origins) {
        kh_json_open(j, NULL, '{');
        kh_json_str_or_null(j, "agency", o->agency);
        kh_json_str(j, "label", o->label.len ? o->label : agency_label(labels, o->agency));
        kh_json_bool(j, "independent", o->independent);
        kh_json_bool(j, "compiled", o->compiled);
        kh_json_open(j, "articles", '[');
        KH_EACH(const uint32_t, i, o->articles) {
            kh_json_int(j, NULL, *i);
        }
        kh_json_close(j, ']');
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

/* The fields of a copy edge whose two texts are A (source) and B (copy). */
static void put_copy_fields(kh_json *j, const kh_copy *c, const kh_article *a, const kh_article *b)
{
    kh_json_str(j, "kind", kh_copy_kind_name(c->kind));
    put_share(j, "cover_src", c->cover_src);
    put_share(j, "cover_dst", c->cover_dst);
    put_share(j, "score", c->score);
    kh_json_int(j, "lag_seconds", c->lag_seconds);
    kh_json_str_or_null(j, "direction", c->direction);
    kh_json_str_or_null(j, "reason", c->reason);
    kh_json_open(j, "shared", '[');
    KH_EACH(const kh_shared_span, x, c->shared) {
        kh_json_open(j, NULL, '{');
        kh_json_span(j, "src", x->a);
        kh_json_span(j, "dst", x->b);
        put_words(j, "src_text", a, x->a);
        put_words(j, "dst_text", b, x->b);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_copies(kh_json *j, const kh_story *s)
{
    kh_json_open(j, "copies", '[');
    KH_EACH(const kh_copy, c, s->copies) {
        kh_json_open(j, NULL, '{');
        put_pair_of(j, s, c->src, c->dst, "src", "dst");
        put_copy_fields(j, c, s->articles.items[c->src], s->articles.items[c->dst]);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_relations(kh_json *j, const kh_story *s)
{
    kh_json_open(j, "relations", '[');
    KH_EACH(const kh_relation, r, s->relations) {
        kh_json_open(j, NULL, '{');
        put_pair_of(j, s, r->a, r->b, "a", "b");
        kh_json_str(j, "relation", kh_relation_kind_name(r->kind));
        put_share(j, "score", r->score);
        kh_json_str_or_null(j, "reason", r->reason);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_comparisons(kh_json *j, const kh_story *s)
{
    kh_json_open(j, "aligned", '[');
    KH_EACH(const kh_aligned, x, s->aligned) {
        kh_json_open(j, NULL, '{');
        put_place(j, "a", s, x->a);
        put_place(j, "b", s, x->b);
        put_share(j, "score", x->score);
        kh_json_str_or_null(j, "change", x->change);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
    kh_json_open(j, "verdicts", '[');
    KH_EACH(const kh_verdict, v, s->verdicts) {
        kh_json_open(j, NULL, '{');
        kh_json_str(j, "verdict", kh_verdict_kind_name(v->kind));
        kh_json_str_or_null(j, "topic", v->topic);
        put_place(j, "a", s, v->a);
        put_place(j, "b", s, v->b);
        kh_json_str_or_null(j, "alarm", kh_alarm_name(v->alarm));
        kh_json_str(j, "reason", v->reason);
        put_share(j, "confidence", v->confidence);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_timeline(kh_json *j, const kh_story *s)
{
    kh_json_open(j, "timeline", '[');
    KH_EACH(const kh_event, e, s->timeline) {
        kh_json_open(j, NULL, '{');
        kh_json_str(j, "value", kh_when_text(j->buf->arena, e->when));
        put_place(j, "where", s, e->where);
        kh_json_str(j, "sentence", e->sentence);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_shared_names(kh_json *j, const kh_story *s)
{
    kh_json_open(j, "names", '[');
    KH_EACH(const kh_shared_name, n, s->names) {
        kh_json_open(j, NULL, '{');
        kh_json_str(j, "label", n->label);
        kh_json_str(j, "type", kh_name_type_name(n->type));
        kh_json_str_or_null(j, "id", n->id);
        kh_json_int(j, "mentions", n->mention_count);
        kh_json_open(j, "members", '[');
        KH_EACH(const kh_name_in, m, n->members) {
            kh_json_open(j, NULL, '{');
            kh_json_int(j, "article", m->article);
            kh_json_int(j, "name", m->name);
            kh_json_str(j, "label", s->articles.items[m->article]->names.items[m->name].label);
            kh_json_close(j, '}');
        }
        kh_json_close(j, ']');
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

void kh_json_story(kh_buf *out, const kh_story *s, const kh_json_labels *labels)
{
    kh_json j = {.buf = out};
    kh_json_open(&j, NULL, '{');
    kh_json_int(&j, "khabar", 1);
    kh_json_str(&j, "kind", KH_STR("story"));
    kh_json_str(&j, "id", s->id);
    kh_json_str_or_null(&j, "title", s->title);
    kh_json_int(&j, "leading", s->leading);
    kh_json_open(&j, "articles", '[');
    for (size_t i = 0; i < s->articles.count; i++) {
        kh_json_open(&j, NULL, '{');
        put_head(&j, s->articles.items[i], labels);
        put_findings(&j, s->articles.items[i], labels);
        kh_json_close(&j, '}');
    }
    kh_json_close(&j, ']');
    put_origins(&j, s, labels);
    put_copies(&j, s);
    put_relations(&j, s);
    put_comparisons(&j, s);
    put_timeline(&j, s);
    put_shared_names(&j, s);
    kh_json_story_more(&j, s);
    kh_json_close(&j, '}');
}

void kh_json_pair(kh_buf *out, const kh_article *a, const kh_article *b, const kh_relation *relation, const kh_copy *copy)
{
    kh_json j = {.buf = out};
    kh_json_open(&j, NULL, '{');
    kh_json_int(&j, "khabar", 1);
    kh_json_str(&j, "kind", KH_STR("pair"));
    kh_json_str(&j, "a", a->label);
    kh_json_str(&j, "b", b->label);
    kh_json_str(&j, "a_key", a->key);
    kh_json_str(&j, "b_key", b->key);
    kh_json_str(&j, "relation", copy ? kh_copy_kind_name(copy->kind) : kh_relation_kind_name(relation->kind));
    kh_json_str(&j, "related_as", kh_relation_kind_name(relation->kind));
    put_share(&j, "score", relation->score);
    kh_json_str_or_null(&j, "reason", relation->reason);
    if (copy) {
        bool a_first = copy->src == relation->a;
        kh_json_open(&j, "copy", '{');
        kh_json_str(&j, "src", a_first ? a->label : b->label);
        kh_json_str(&j, "dst", a_first ? b->label : a->label);
        put_copy_fields(&j, copy, a_first ? a : b, a_first ? b : a);
        kh_json_close(&j, '}');
    } else {
        kh_json_null(&j, "copy");
    }
    kh_json_close(&j, '}');
}
