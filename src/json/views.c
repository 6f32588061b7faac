/* views.c - the pages of the reading room as JSON: what a page shows and its JSON say come from one struct.
 *
 * The form is in docs/API.md. A list has its rows, its facets and `next`, the cursor of what follows, null at the end:
 * {"khabar":1,"kind":"front","stories":[{"id":"s8d9f4ef045","title":"انهيار سد", ...}],"next":"2024-08-05!7"}.
 */
#include "json/views.h"

#include "json/parts.h"

static kh_json begin(kh_buf *out, const char *kind)
{
    kh_json j = {.buf = out};
    kh_json_open(&j, NULL, '{');
    kh_json_int(&j, "khabar", 1);
    kh_json_str(&j, "kind", kh_str_z(kind));
    return j;
}

static void put_filter(kh_json *j, const kh_filter *f)
{
    kh_json_open(j, "filter", '{');
    kh_json_str_or_null(j, "q", f->words);
    kh_json_str_or_null(j, "language", f->language);
    kh_json_str_or_null(j, "outlet", f->outlet);
    kh_json_str_or_null(j, "agency", f->agency);
    kh_json_str_or_null(j, "place", f->place);
    kh_json_str_or_null(j, "since", f->since);
    kh_json_str_or_null(j, "until", f->until);
    kh_json_bool(j, "disagree", f->disagree);
    kh_json_close(j, '}');
}

static void put_facets(kh_json *j, const kh_facets *facets)
{
    kh_json_open(j, "facets", '{');
    for (int k = 0; k < KH_FACET_KINDS; k++) {
        kh_str name = kh_facet_name((kh_facet_kind)k);
        kh_json_open(j, name.ptr, '[');
        KH_EACH(const kh_facet, f, facets[k]) {
            kh_json_open(j, NULL, '{');
            kh_json_str(j, "value", f->value);
            kh_json_str(j, "label", f->label);
            kh_json_int(j, "count", f->count);
            kh_json_bool(j, "chosen", f->chosen);
            kh_json_close(j, '}');
        }
        kh_json_close(j, ']');
    }
    kh_json_close(j, '}');
}

static void put_spark(kh_json *j, const kh_spark *s)
{
    if (s->count == 0) {
        kh_json_null(j, "spark");
        return;
    }
    kh_json_open(j, "spark", '{');
    kh_json_str(j, "begin", kh_time_text(j->buf->arena, s->begin));
    kh_json_int(j, "hours", s->hours);
    kh_json_open(j, "reports", '[');
    for (uint32_t i = 0; i < s->count; i++) {
        kh_json_int(j, NULL, s->bars[i]);
    }
    kh_json_close(j, ']');
    kh_json_close(j, '}');
}

static void put_count_or_null(kh_json *j, const char *key, bool known, uint32_t count)
{
    if (known) {
        kh_json_int(j, key, count);
    } else {
        kh_json_null(j, key);
    }
}

static void put_archives(kh_json *j, const kh_archive_rows *rows, bool of_search)
{
    kh_json_open(j, "archives", '[');
    KH_EACH(const kh_archive_row, r, *rows) {
        kh_json_open(j, NULL, '{');
        kh_json_str(j, "address", r->address);
        kh_json_str(j, "name", r->name);
        kh_json_str(j, "before", r->before);
        kh_json_int(j, "stories", (int64_t)r->stories);
        kh_json_int(j, "articles", (int64_t)r->articles);
        kh_json_bool(j, "is_there", r->is_there);
        if (of_search) {
            put_count_or_null(j, "found", r->asked, r->found);
            kh_json_bool(j, "more_than_found", r->more_than_found);
        }
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

void kh_json_front_row(kh_json *j, const kh_front_row *row)
{
    kh_json_open(j, NULL, '{');
    kh_json_str(j, "id", row->story);
    kh_json_str_or_null(j, "title", row->title);
    kh_json_str_or_null(j, "title_language", row->title_lang);
    kh_json_int(j, "reports", row->reports);
    kh_json_int(j, "outlets", row->outlets);
    kh_json_strs(j, "languages", &row->langs);
    kh_json_strs(j, "agencies", &row->agencies);
    put_count_or_null(j, "origins", row->compared, row->origins);
    put_count_or_null(j, "disagreements", row->compared, row->disagreements);
    kh_json_str_or_null(j, "first", row->first);
    kh_json_str_or_null(j, "last", row->last);
    kh_json_str_or_null(j, "changed", row->changed);
    put_spark(j, &row->spark);
    if (row->weighed) {
        kh_json_number(j, "importance", row->importance);
        kh_json_int(j, "sources", row->sources);
        kh_json_number(j, "growth", row->growth);
    }
    kh_json_close(j, '}');
}

void kh_json_front(kh_buf *out, const kh_front_view *v)
{
    kh_json j = begin(out, "front");
    put_filter(&j, &v->filter);
    kh_json_str(&j, "order", v->filter.by_importance ? KH_STR("importance") : KH_STR("newest"));
    kh_json_open(&j, "stories", '[');
    KH_EACH(const kh_front_row, row, v->rows) {
        kh_json_front_row(&j, row);
    }
    kh_json_close(&j, ']');
    put_facets(&j, v->facets);
    kh_json_bool(&j, "facets_partial", v->facets_partial);
    kh_json_int(&j, "stories_in_store", (int64_t)v->stories);
    kh_json_int(&j, "articles_in_store", (int64_t)v->articles);
    put_archives(&j, &v->archives, false);
    kh_json_str_or_null(&j, "next", v->next);
    kh_json_close(&j, '}');
}

void kh_json_search_row(kh_json *j, const kh_search_row *row)
{
    kh_json_open(j, NULL, '{');
    kh_json_int(j, "id", row->article);
    kh_json_str(j, "label", row->label);
    kh_json_str_or_null(j, "title", row->title);
    kh_json_str(j, "language", row->lang);
    kh_json_str_or_null(j, "outlet", row->outlet);
    kh_json_str_or_null(j, "published", row->published);
    kh_json_str_or_null(j, "story", row->story);
    kh_json_str_or_null(j, "snippet", row->snippet);
    kh_json_span(j, "found", row->found);
    kh_json_str_or_null(j, "name", row->name);
    kh_json_close(j, '}');
}

void kh_json_search(kh_buf *out, const kh_search_view *v)
{
    kh_json j = begin(out, "search");
    put_filter(&j, &v->filter);
    kh_json_open(&j, "articles", '[');
    KH_EACH(const kh_search_row, row, v->rows) {
        kh_json_search_row(&j, row);
    }
    kh_json_close(&j, ']');
    kh_json_int(&j, "found", v->found);
    kh_json_bool(&j, "more_than_found", v->more_than_found);
    kh_json_strs(&j, "spellings", &v->spellings);
    put_facets(&j, v->facets);
    put_archives(&j, &v->archives, true);
    kh_json_str_or_null(&j, "next", v->next);
    kh_json_close(&j, '}');
}

/* The object of `khabar article`, with where it stands behind its members. */
void kh_json_article_page(kh_buf *out, const kh_article_view *v, const kh_json_labels *labels)
{
    kh_json_article(out, v->article, labels);
    out->len--; /* the brace: more members follow */
    kh_json j = {.buf = out, .depth = 1};
    j.has_item[1] = true;
    kh_json_str_or_null(&j, "story", v->story);
    kh_json_str_or_null(&j, "story_reason", v->story_reason);
    kh_json_number(&j, "story_score", v->story_score);
    kh_json_str_or_null(&j, "added", v->added);
    kh_json_bool(&j, "has_raw", v->has_raw);
    kh_json_open(&j, "revisions", '[');
    KH_EACH(const kh_revision_row, r, v->revisions) {
        kh_json_open(&j, NULL, '{');
        kh_json_int(&j, "id", r->id);
        kh_json_str(&j, "sha256", r->sha256);
        kh_json_str_or_null(&j, "title", r->title);
        kh_json_str_or_null(&j, "published", r->published);
        kh_json_str_or_null(&j, "captured", r->captured);
        kh_json_str_or_null(&j, "replaced", r->replaced);
        kh_json_close(&j, '}');
    }
    kh_json_close(&j, ']');
    kh_json_close(&j, '}');
}

/* ---- two texts ---- */

static void put_parts(kh_json *j, const char *key, const kh_article *a, const kh_parts *parts)
{
    static const kh_str names[] = {{"shared", 6}, {"changed", 7}, {"dropped", 7}, {"added", 5}};
    kh_json_open(j, key, '[');
    KH_EACH(const kh_part, p, *parts) {
        kh_json_open(j, NULL, '{');
        kh_json_str(j, "kind", names[p->kind]);
        kh_json_span(j, "span", p->span);
        kh_json_str(j, "text", kh_slice(a->text, p->span));
        put_count_or_null(j, "partner", p->kind == KH_PART_SHARED || p->kind == KH_PART_CHANGED, p->partner);
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_side(kh_json *j, const char *key, const kh_article *a, const kh_parts *parts)
{
    kh_json_open(j, key, '{');
    kh_json_int(j, "id", a->id);
    kh_json_str(j, "label", a->label);
    kh_json_str(j, "language", a->lang);
    kh_json_str_or_null(j, "title", a->title.value);
    kh_json_str_or_null(j, "outlet", a->outlet.value);
    put_parts(j, "parts", a, parts);
    kh_json_close(j, '}');
}

void kh_json_sides(kh_buf *out, const kh_sides_view *v)
{
    kh_json j = begin(out, "sides");
    kh_json_str_or_null(&j, "story", v->story);
    kh_json_str(&j, "relation", v->is_copy ? kh_copy_kind_name(v->copy.kind) : kh_relation_kind_name(v->relation.kind));
    kh_json_str_or_null(&j, "reason", v->is_copy ? v->copy.reason : v->relation.reason);
    if (v->is_copy) {
        kh_json_number(&j, "cover_src", (double)v->copy.cover_src);
        kh_json_number(&j, "cover_dst", (double)v->copy.cover_dst);
        kh_json_str_or_null(&j, "direction", v->copy.direction);
    }
    put_side(&j, "a", v->a, &v->parts_a);
    put_side(&j, "b", v->b, &v->parts_b);
    kh_json_close(&j, '}');
}

/* ---- watch lists ---- */

kh_str kh_watch_name(kh_watch_on on)
{
    return on == KH_WATCH_FIGURE ? KH_STR("figure") : on == KH_WATCH_ORIGIN ? KH_STR("origin") : KH_STR("report");
}

void kh_json_watch_list(kh_json *j, const char *key, const kh_watch_list *list)
{
    kh_json_open(j, key, '{');
    kh_json_str(j, "id", list->id);
    kh_json_str(j, "title", list->title);
    put_filter(j, &list->filter);
    kh_json_str_or_null(j, "name", list->name);
    kh_json_open(j, "on", '[');
    for (unsigned on = KH_WATCH_REPORT; on <= KH_WATCH_ORIGIN; on <<= 1) {
        if (list->on & on) {
            kh_json_str(j, NULL, kh_watch_name((kh_watch_on)on));
        }
    }
    kh_json_close(j, ']');
    kh_json_str(j, "made", list->made);
    kh_json_close(j, '}');
}

void kh_json_watch_lists(kh_buf *out, const kh_watch_lists_view *v)
{
    kh_json j = begin(out, "watch_lists");
    kh_json_open(&j, "watch_lists", '[');
    KH_EACH(const kh_watch_list, list, v->lists) {
        kh_json_watch_list(&j, NULL, list);
    }
    kh_json_close(&j, ']');
    kh_json_close(&j, '}');
}

void kh_json_happening(kh_json *j, const kh_happening *h)
{
    kh_json_open(j, NULL, '{');
    kh_json_str(j, "id", h->id);
    kh_json_str(j, "kind", kh_watch_name(h->kind));
    kh_json_str_or_null(j, "story", h->story);
    kh_json_str_or_null(j, "story_title", h->story_title);
    kh_json_int(j, "article", h->article);
    kh_json_str_or_null(j, "title", h->title);
    kh_json_str_or_null(j, "language", h->lang);
    kh_json_str_or_null(j, "outlet", h->outlet);
    kh_json_str_or_null(j, "at", h->at);
    kh_json_str_or_null(j, "what", h->what);
    kh_json_str_or_null(j, "was", h->was);
    kh_json_str_or_null(j, "is", h->is);
    kh_json_str_or_null(j, "words", h->words);
    kh_json_close(j, '}');
}

void kh_json_watch(kh_buf *out, const kh_watch_view *v)
{
    kh_json j = begin(out, "watch_list");
    kh_json_watch_list(&j, "watch_list", &v->list);
    kh_json_open(&j, "happenings", '[');
    KH_EACH(const kh_happening, h, v->happenings) {
        kh_json_happening(&j, h);
    }
    kh_json_close(&j, ']');
    kh_json_close(&j, '}');
}

void kh_json_problem(kh_buf *out, const kh_problem_view *v)
{
    kh_json j = {.buf = out};
    kh_json_open(&j, NULL, '{');
    kh_json_str(&j, "type", KH_STR("about:blank"));
    kh_json_str(&j, "title", v->title);
    kh_json_int(&j, "status", v->status);
    kh_json_str_or_null(&j, "detail", v->detail);
    kh_json_str(&j, "reason", v->reason);
    kh_json_close(&j, '}');
}

/* ---- the provenance graph ---- */

static void put_chain_edges(kh_json *j, const kh_story *s, uint32_t article)
{
    const kh_article *a = s->articles.items[article];
    for (size_t c = 0; c < a->chains.count; c++) {
        const kh_chain *chain = &a->chains.items[c];
        for (size_t h = 0; h + 1 < chain->hops.count; h++) {
            const kh_hop *from = &chain->hops.items[h];
            const kh_hop *to = &chain->hops.items[h + 1];
            kh_json_open(j, NULL, '{');
            kh_json_str(j, "kind", KH_STR("credit"));
            kh_json_str(j, "from", from->label);
            kh_json_str(j, "from_role", kh_hop_role_name(from->role));
            kh_json_str(j, "to", to->label);
            kh_json_str(j, "to_role", kh_hop_role_name(to->role));
            kh_json_int(j, "article", article);
            kh_json_span(j, "span", from->span);
            kh_json_str_or_null(j, "text", kh_slice(a->text, from->span));
            kh_json_close(j, '}');
        }
    }
}

static void put_nodes(kh_json *j, const kh_story *s)
{
    kh_json_open(j, "articles", '[');
    for (size_t i = 0; i < s->articles.count; i++) {
        const kh_article *a = s->articles.items[i];
        kh_json_open(j, NULL, '{');
        kh_json_int(j, "id", a->id);
        kh_json_str(j, "label", a->label);
        kh_json_str(j, "language", a->lang);
        kh_json_str_or_null(j, "outlet", a->outlet.value);
        kh_json_str_or_null(j, "published", kh_when_text(j->buf->arena, a->published.when));
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_origins(kh_json *j, const kh_story *s, const kh_json_labels *labels)
{
    kh_json_open(j, "origins", '[');
    KH_EACH(const kh_origin, o, s->origins) {
        kh_json_open(j, NULL, '{');
        kh_json_str_or_null(j, "agency", o->agency);
        kh_json_str(j, "label", o->label.len ? o->label : labels && labels->agency ? labels->agency(labels->know, o->agency) : o->agency);
        kh_json_bool(j, "independent", o->independent);
        kh_json_open(j, "articles", '[');
        KH_EACH(const uint32_t, i, o->articles) {
            kh_json_int(j, NULL, *i);
        }
        kh_json_close(j, ']');
        kh_json_close(j, '}');
    }
    kh_json_close(j, ']');
}

static void put_copy_edge(kh_json *j, const kh_copy *c)
{
    kh_json_open(j, NULL, '{');
    kh_json_str(j, "kind", KH_STR("text"));
    kh_json_int(j, "from_article", c->src);
    kh_json_int(j, "to_article", c->dst);
    kh_json_str(j, "copy", kh_copy_kind_name(c->kind));
    kh_json_number(j, "cover_dst", (double)c->cover_dst);
    kh_json_number(j, "cover_src", (double)c->cover_src);
    kh_json_close(j, '}');
}

void kh_json_graph(kh_buf *out, const kh_story *s, const kh_json_labels *labels)
{
    kh_json j = begin(out, "graph");
    kh_json_str(&j, "story", s->id);
    put_nodes(&j, s);
    put_origins(&j, s, labels);
    kh_json_open(&j, "edges", '[');
    KH_EACH(const kh_copy, c, s->copies) {
        put_copy_edge(&j, c);
    }
    for (size_t i = 0; i < s->articles.count; i++) {
        put_chain_edges(&j, s, (uint32_t)i);
    }
    kh_json_close(&j, ']');
    kh_json_close(&j, '}');
}
