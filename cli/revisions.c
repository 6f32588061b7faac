/* revisions.c - khabar article --revisions: what was changed in an article since it was first read.
 *
 *     2024-08-05T14:00:00Z to 2024-08-05T17:30:00Z
 *       title  Dozens dead as dam bursts -> 24 dead as dam bursts
 *       … the governor's office said that [-dozens of-] {+24+} people …
 */
#include "cli/revisions.h"

#include "text/diff.h"

#include <sysexits.h>

enum { CONTEXT = 48 /* bytes before and behind a change */ };

static kh_str time_of(const kh_state *s)
{
    return s->captured.len ? s->captured : s->added;
}

/* As much of TEXT before AT as is said with a change, from the beginning of a word, on its line. */
static kh_str before(kh_str text, uint32_t at)
{
    size_t begin = at > CONTEXT ? at - CONTEXT : 0;
    while (begin > 0 && begin < at && text.ptr[begin - 1] != ' ') {
        begin++;
    }
    kh_str s = kh_str_from(kh_str_head(text, at), begin);
    for (size_t i = s.len; i-- > 0;) {
        if (s.ptr[i] == '\n') {
            return kh_str_from(s, i + 1);
        }
    }
    return s;
}

static kh_str behind(kh_str text, uint32_t at)
{
    kh_str s = kh_str_head(kh_str_from(text, at), CONTEXT);
    bool cut = at + CONTEXT < text.len;
    while (cut && s.len && s.ptr[s.len - 1] != ' ') {
        s.len--;
    }
    return kh_str_head(s, kh_str_find(s, KH_STR("\n")));
}

static void print_change(kh_print *p, const kh_state *old, const kh_state *new, const kh_edit *c)
{
    kh_buf line = {.arena = p->buf->arena};
    kh_str removed = kh_slice(old->text, c->removed);
    kh_str added = kh_slice(new->text, c->added);
    kh_buf_add(&line, before(new->text, c->added.begin));
    if (removed.len) {
        kh_buf_printf(&line, "[-" KH_FMT "-]", KH_ARG(removed));
    }
    kh_buf_z(&line, removed.len && added.len ? " " : "");
    if (added.len) {
        kh_buf_printf(&line, "{+" KH_FMT "+}", KH_ARG(added));
    }
    kh_buf_z(&line, added.len ? "" : " ");
    kh_buf_add(&line, behind(new->text, c->added.end));
    kh_buf_z(p->buf, "  ");
    kh_print_wrap(p, kh_buf_str(&line), 2, p->width > 44 ? (size_t)p->width - 4 : 40);
    kh_buf_char(p->buf, '\n');
}

static void print_step(kh_print *p, const kh_state *old, const kh_state *new, const kh_edits *changes)
{
    kh_print_style(p, "bold", kh_arena_printf(p->buf->arena, KH_FMT " to " KH_FMT, KH_ARG(time_of(old)), KH_ARG(time_of(new))));
    kh_buf_char(p->buf, '\n');
    if (!kh_str_eq(old->title, new->title)) {
        kh_buf_z(p->buf, "  title  ");
        kh_print_iso(p, old->title);
        kh_buf_z(p->buf, " -> ");
        kh_print_iso(p, new->title);
        kh_buf_char(p->buf, '\n');
    }
    KH_EACH(const kh_edit, c, *changes) {
        print_change(p, old, new, c);
    }
    kh_buf_z(p->buf, changes->count ? "" : "  the text is the same\n");
}

static void write_step(kh_buf *buf, const kh_state *old, const kh_state *new, const kh_edits *changes)
{
    kh_json j = {.buf = buf};
    kh_json_open(&j, NULL, '{');
    kh_json_int(&j, "khabar", 1);
    kh_json_str(&j, "kind", KH_STR("revision"));
    kh_json_str_or_null(&j, "from", time_of(old));
    kh_json_str_or_null(&j, "to", time_of(new));
    kh_json_str(&j, "sha256_from", old->sha256);
    kh_json_str(&j, "sha256_to", new->sha256);
    kh_json_str_or_null(&j, "title_from", old->title);
    kh_json_str_or_null(&j, "title_to", new->title);
    kh_json_open(&j, "changes", '[');
    KH_EACH(const kh_edit, c, *changes) {
        kh_json_open(&j, NULL, '{');
        kh_json_str(&j, "removed", kh_slice(old->text, c->removed));
        kh_json_str(&j, "added", kh_slice(new->text, c->added));
        kh_json_int(&j, "removed_begin", c->removed.begin);
        kh_json_int(&j, "added_begin", c->added.begin);
        kh_json_close(&j, '}');
    }
    kh_json_close(&j, ']');
    kh_json_close(&j, '}');
    kh_buf_char(buf, '\n');
}

int kh_print_revisions(kh_session *s, const kh_options *o)
{
    kh_error err = {0};
    kh_states states = {0};
    kh_arena *out = &s->worker.page;
    int64_t id = s->live ? kh_session_find(s, kh_str_z(o->args[0])) : 0;
    if (!id) {
        kh_fail(&err, KH_ERR_USAGE, "no_such_article", "%s: no article of the store %s", o->args[0], o->db);
        return kh_tell(&err);
    }
    if (kh_store_states(s->store, out, id, &states, &err)) {
        return kh_tell(&err);
    }
    kh_buf buf = {.arena = out};
    kh_print p = kh_print_begin(o, &buf);
    for (size_t i = 1; i < states.count; i++) {
        const kh_state *old = &states.items[i - 1];
        const kh_state *new = &states.items[i];
        kh_edits changes = kh_diff(out, s->worker.scratch, old->text, new->text);
        if (o->format == KH_FORMAT_TABLE) {
            print_step(&p, old, new, &changes);
        } else {
            write_step(&buf, old, new, &changes);
        }
    }
    if (states.count < 2 && o->format == KH_FORMAT_TABLE) {
        kh_buf_z(&buf, "one state only: it was never revised\n");
    }
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}
