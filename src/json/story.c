/* story.c - a compared story as JSON, and a compared pair (docs/JSON.md).
 *
 * Articles are numbered by their place in `articles`; whatever lies between two of them names both by that number and
 * by label, so that a line of `copies` or `verdicts` is readable alone. Later members are in more.c.
 */
#include "json/parts.h"

#include <stdio.h>

static void put_place(kh_json *j, const char *key, const kh_story *s, kh_place_in place)
{
    const kh_article *a = s->articles.items[place.article];
    kh_json_open(j, key, '{');
    kh_json_int(j, "article", place.article);
    kh_json_str(j, "label", a->label);
    kh_json_evidence(j, a, place.span);
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
        kh_json_str(j, "label", o->label.len ? o->label : kh_json_agency(labels, o->agency));
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
    kh_json_share(j, "cover_src", c->cover_src);
    kh_json_share(j, "cover_dst", c->cover_dst);
    kh_json_share(j, "score", c->score);
    kh_json_int(j, "lag_seconds", c->lag_seconds);
    kh_json_str_or_null(j, "direction", c->direction);
    kh_json_str_or_null(j, "reason", c->reason);
    kh_json_open(j, "shared", '[');
    KH_EACH(const kh_shared_span, x, c->shared) {
        kh_json_open(j, NULL, '{');
        kh_json_span(j, "src", x->a);
        kh_json_span(j, "dst", x->b);
        kh_json_words(j, "src_text", a, x->a);
        kh_json_words(j, "dst_text", b, x->b);
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
        kh_json_share(j, "score", r->score);
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
        kh_json_share(j, "score", x->score);
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
        kh_json_share(j, "confidence", v->confidence);
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
    kh_json_int(&j, "compared", s->compared);
    kh_json_int(&j, "verdicts_left_out", (int64_t)s->verdicts_left_out);
    kh_json_open(&j, "articles", '[');
    for (size_t i = 0; i < s->articles.count; i++) {
        kh_json_open(&j, NULL, '{');
        kh_json_head(&j, s->articles.items[i], labels);
        kh_json_findings(&j, s->articles.items[i], labels);
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
    kh_json_share(&j, "score", relation->score);
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
