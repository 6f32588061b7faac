/* trace.c - khabar trace: is a page a copy, of whom, and through whom did its words come. */
#include "cli/pairs.h"

#include "engine/trace.h"

#include <sysexits.h>

/* A file that the store holds already is the article of the store. */
static kh_status known(kh_session *s, kh_article **a, kh_error *err)
{
    int64_t id = (*a)->id ? 0 : kh_session_find(s, (*a)->key);
    kh_article *stored = NULL;
    kh_status status = id ? kh_store_article(s->store, &s->worker.page, id, &stored, err) : KH_OK;
    if (stored && kh_str_eq(stored->sha256, (*a)->sha256)) {
        *a = stored;
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

static void print_trails(kh_print *p, const kh_article *a, const kh_trails *found)
{
    KH_EACH(const kh_trail, t, *found) {
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

static void print_trail_rows(kh_print *p, const kh_options *o, kh_arena *out, const kh_article *a, const kh_trails *found)
{
    if (o->format != KH_FORMAT_JSONL) {
        kh_rows_head(p, o->format, kh_pair_columns, 4);
    }
    KH_EACH(const kh_trail, t, *found) {
        if (o->format == KH_FORMAT_JSONL) {
            kh_json_pair(p->buf, a, t->other, &t->pair.relation, t->pair.is_copy ? &t->pair.copy : NULL);
            kh_buf_char(p->buf, '\n');
        } else {
            kh_rows_add(p, o->format, kh_pair_columns, 4,
                        (kh_str[]){a->label, t->other->label, kh_pair_name(&t->pair), kh_score_text(out, t->pair.relation.score)});
        }
    }
}

/* In the store where A stands as what it is there, in the others as a page that was only pasted. */
static kh_status trace_everywhere(kh_session *s, kh_article *a, kh_trails *found, kh_error *err)
{
    kh_store *store;
    kh_status status = KH_OK;
    for (size_t i = 0; !status && (store = kh_session_store(s, i)) != NULL; i++) {
        kh_article *pasted = KH_NEW(&s->worker.page, kh_article);
        *pasted = *a;
        pasted->id = 0;
        size_t kept = found->count;
        status = kh_trace(s->engine, store, &s->worker.page, s->worker.scratch, store == s->store ? a : pasted, found, err);
        for (size_t k = kept; k < found->count; k++) {
            if (kh_session_is_last(s, i, found->items[k].other->id)) {
                found->items[kept++] = found->items[k];
            }
        }
        found->count = kept;
    }
    return status;
}

static int trace(kh_session *s, const kh_options *o)
{
    kh_error err = {0};
    kh_article *a = NULL;
    kh_trails found = {0};
    int code = kh_session_article(s, o, o->args[0], &a);
    if (code) {
        return code;
    }
    if (known(s, &a, &err) || trace_everywhere(s, a, &found, &err)) {
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
