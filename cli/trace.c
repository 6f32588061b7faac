/* trace.c - khabar trace: is a page a copy, of whom, and through whom did its words come. */
#include "cli/pairs.h"

#include <sysexits.h>

typedef struct trail {
    kh_pair pair;
    const kh_article *other;
} trail;

typedef KH_LIST(trail) trails;

enum { TRACED = 24 };

static bool is_found(const trails *found, const kh_article *other)
{
    KH_EACH(const trail, t, *found) {
        if (t->other == other) {
            return true;
        }
    }
    return false;
}

/* What the story of A decided: its copies, then the pages of the same wire. A story knows more than two pages alone. */
static kh_status follow_in_story(kh_session *s, const kh_article *a, int64_t id, trails *found, kh_error *err)
{
    kh_arena *out = &s->worker.page;
    kh_story *story = KH_NEW(out, kh_story);
    kh_status status = kh_story_load(s->engine, s->store, out, s->worker.scratch, id, story, err);
    uint32_t self = 0;
    while (!status && story->articles.items[self]->id != a->id) {
        self++;
    }
    KH_EACH(const kh_copy, c, story->copies) {
        if (c->src == self || c->dst == self) {
            trail t = {.pair = {.is_copy = true, .copy = *c, .relation = {.b = 1, .kind = KH_SAME_WIRE, .score = c->score}}};
            t.pair.copy.src = c->src == self ? 0 : 1;
            t.pair.copy.dst = 1 - t.pair.copy.src;
            t.other = story->articles.items[c->src == self ? c->dst : c->src];
            *KH_ADD(out, found) = t;
        }
    }
    KH_EACH(const kh_relation, r, story->relations) {
        const kh_article *other = r->a == self ? story->articles.items[r->b] : story->articles.items[r->a];
        if ((r->a == self || r->b == self) && r->kind == KH_SAME_WIRE && !is_found(found, other)) {
            *KH_ADD(out, found) = (trail){.pair = {.relation = *r}, .other = other};
        }
    }
    return status;
}

/* The articles of the store that A is a copy of, that copy A, or that carry the same wire. */
static kh_status follow(kh_session *s, kh_article *a, trails *found, kh_error *err)
{
    kh_arena *out = &s->worker.page;
    kh_nears near = {0};
    int64_t story = s->store && a->id ? kh_store_story_of(s->store, a->id) : 0;
    if (story) {
        return follow_in_story(s, a, story, found, err);
    }
    kh_status status = s->store ? kh_near_find(s->engine, s->store, out, s->worker.scratch, a, TRACED, &near, err) : KH_OK;
    for (size_t i = 0; i < near.count && !status; i++) {
        kh_article *b = NULL;
        trail t = {0};
        status = kh_store_article(s->store, out, near.items[i].article, &b, err);
        status = status ? status : kh_pair_compare(s->engine, s->store, out, s->worker.scratch, a, b, &t.pair, err);
        bool same_bytes = b && kh_str_eq(a->sha256, b->sha256);
        if (!status && !same_bytes && (t.pair.is_copy || t.pair.relation.kind == KH_SAME_WIRE)) {
            t.other = b;
            *KH_ADD(out, found) = t;
        }
    }
    return status;
}

static void print_credits(kh_print *p, const kh_engine *engine, const kh_article *a)
{
    kh_print_heading(p, "CREDITS");
    KH_EACH(const kh_credit, c, a->credits) {
        kh_str who = c->label.len ? c->label : c->agency.len ? kh_engine_agency_label(engine, c->agency) : KH_STR("-");
        kh_buf_z(p->buf, "  ");
        kh_print_pad(p, kh_credit_type_name(c->type), 19);
        kh_print_pad(p, who, 22);
        kh_buf_z(p->buf, "  ");
        kh_print_wrap(p, kh_slice(a->text, c->span), 45, (size_t)p->width > 90 ? (size_t)p->width - 50 : 40);
        kh_buf_char(p->buf, '\n');
    }
    if (a->credits.count == 0) {
        kh_buf_z(p->buf, "  the page names no source\n");
    }
}

static void print_chains(kh_print *p, const kh_article *a)
{
    if (a->chains.count) {
        kh_print_heading(p, "CHAINS");
    }
    KH_EACH(const kh_chain, c, a->chains) {
        kh_buf_z(p->buf, "  ");
        bool first = true;
        KH_EACH(const kh_hop, h, c->hops) {
            kh_buf_z(p->buf, first ? "" : " → ");
            kh_print_iso(p, h->label);
            first = false;
        }
        kh_buf_char(p->buf, '\n');
    }
}

static void print_trails(kh_print *p, const kh_article *a, const trails *found)
{
    KH_EACH(const trail, t, *found) {
        if (t->pair.is_copy) {
            kh_print_copy(p, &t->pair.copy, a, t->other);
        } else {
            kh_print_style(p, "cyan", a->label);
            kh_buf_z(p->buf, " carries the same wire text as ");
            kh_print_style(p, "cyan", t->other->label);
            kh_buf_z(p->buf, ": ");
            kh_print_wrap(p, t->pair.relation.reason, 2, (size_t)p->width - 4);
            kh_buf_char(p->buf, '\n');
        }
    }
    if (found->count == 0) {
        kh_buf_z(p->buf, "no copy of it, and no original, among the articles of the store\n");
    }
}

static void print_trail_rows(kh_print *p, const kh_options *o, kh_arena *out, const kh_article *a, const trails *found)
{
    if (o->format != KH_FORMAT_JSONL) {
        kh_rows_head(p, o->format, kh_pair_columns, 4);
    }
    KH_EACH(const trail, t, *found) {
        if (o->format == KH_FORMAT_JSONL) {
            kh_json_pair(p->buf, a, t->other, &t->pair.relation, t->pair.is_copy ? &t->pair.copy : NULL);
            kh_buf_char(p->buf, '\n');
        } else {
            kh_rows_add(p, o->format, kh_pair_columns, 4,
                        (kh_str[]){a->label, t->other->label, kh_pair_name(&t->pair), kh_score_text(out, t->pair.relation.score)});
        }
    }
}

static int trace(kh_session *s, const kh_options *o)
{
    kh_error err = {0};
    kh_article *a = NULL;
    trails found = {0};
    int code = kh_session_article(s, o, o->args[0], &a);
    if (code) {
        return code;
    }
    if (follow(s, a, &found, &err)) {
        return kh_tell(&err);
    }
    kh_buf buf = {.arena = &s->worker.page};
    kh_print p = kh_print_begin(o, &buf);
    if (o->format == KH_FORMAT_TABLE) {
        print_trails(&p, a, &found);
        print_credits(&p, s->engine, a);
        print_chains(&p, a);
    } else {
        print_trail_rows(&p, o, &s->worker.page, a, &found);
    }
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}

int kh_run_trace(const kh_options *o)
{
    kh_session s;
    if (o->arg_count != 1) {
        return kh_tell_usage("trace", "give one file or article");
    }
    int code = kh_session_open(&s, o, true, true, KH_STORE_READ);
    if (!code) {
        code = trace(&s, o);
        kh_session_close(&s);
    }
    return code;
}
