/* correct.c - khabar correct: a person's word against the program's, kept with who and when, listed, taken back. */
#include "cli/cli.h"

#include "engine/correct.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* Who corrects: --by, else the name of the user. */
static kh_str person(const kh_options *o)
{
    const struct passwd *user = getpwuid(getuid());
    return o->by.len ? o->by : kh_str_z(user ? user->pw_name : getenv("USER"));
}

static kh_time moment(const kh_options *o)
{
    return kh_time_known(o->now) ? o->now : kh_clock();
}

/* What it is about, in a line: the words, the two articles, the two names. */
static kh_str target(kh_arena *out, const kh_correction *c)
{
    switch (c->kind) {
    case KH_CORRECT_SPEAKER: return kh_arena_printf(out, KH_FMT ": " KH_FMT, KH_ARG(c->article), KH_ARG(c->words));
    case KH_CORRECT_DATE: return c->article;
    case KH_CORRECT_SAME_NAME:
    case KH_CORRECT_OTHER_NAME: return kh_arena_printf(out, KH_FMT " / " KH_FMT, KH_ARG(c->words), KH_ARG(c->value));
    default: return kh_arena_printf(out, KH_FMT " / " KH_FMT, KH_ARG(c->article), KH_ARG(c->other));
    }
}

static void list_row(kh_print *p, kh_format format, const kh_correction *c)
{
    static const kh_column columns[] = {{"id", 4, true},     {"kind", 10, false}, {"target", 44, false}, {"holds", 18, false},
                                        {"was", 18, false},  {"by", 10, false},   {"at", 10, false},     {"undone", 10, false},
                                        {"rests", 5, false}, {"why", 0, false}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    kh_arena *out = p->buf->arena;
    if (!c) {
        kh_rows_head(p, format, columns, COLUMNS);
        return;
    }
    bool valued = c->kind == KH_CORRECT_SPEAKER || c->kind == KH_CORRECT_DATE;
    bool table = format == KH_FORMAT_TABLE;
    kh_str cells[COLUMNS] = {kh_arena_printf(out, "%lld", (long long)c->id),
                             kh_correction_kind_name(c->kind),
                             target(out, c),
                             valued ? c->value : (kh_str){0},
                             c->was,
                             c->by,
                             table ? kh_str_head(c->at, 10) : c->at,
                             table ? kh_str_head(c->undone, 10) : c->undone,
                             c->rests ? KH_STR("rests") : (kh_str){0},
                             c->why};
    kh_rows_add(p, format, columns, COLUMNS, cells);
}

static int list(kh_session *s, const kh_options *o)
{
    kh_error err = {0};
    kh_corrections all = {0};
    if (kh_store_corrections(s->store, &s->worker.page, true, &all, &err) ||
        kh_correct_resting(s->store, &s->worker.page, s->worker.scratch, &all, &err)) {
        return kh_tell(&err);
    }
    kh_buf buf = {.arena = &s->worker.scratch};
    kh_print p = kh_print_begin(o, &buf);
    if (o->format == KH_FORMAT_JSONL) {
        kh_json_corrections(&buf, &all);
        return kh_flush(&buf) ? EX_OK : EX_IOERR;
    }
    if (all.count || o->format == KH_FORMAT_CSV) {
        list_row(&p, o->format, NULL);
    }
    for (size_t i = 0; i < all.count; i++) {
        list_row(&p, o->format, all.items[i]);
    }
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}

static int undo(kh_session *s, const kh_options *o)
{
    kh_error err = {0};
    if (kh_correct_undo(s->store, s->worker.scratch, (int64_t)o->undo, moment(o), &err)) {
        return kh_tell(&err);
    }
    printf("correction %u taken back\n", o->undo);
    return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
}

static int make(kh_session *s, const kh_options *o, kh_correction_kind kind)
{
    kh_error err = {0};
    kh_correction made;
    kh_correct_request request = {.kind = kind, .by = person(o), .why = o->why, .now = moment(o)};
    for (size_t i = 1; i < o->arg_count; i++) {
        request.args[i - 1] = kh_utf8_clean(&s->worker.page, kh_str_z(o->args[i]));
    }
    if (kh_correct(s->engine, s->store, &s->worker.page, s->worker.scratch, &request, &made, &err)) {
        return kh_tell(&err);
    }
    kh_buf buf = {.arena = &s->worker.scratch};
    kh_print p = kh_print_begin(o, &buf);
    if (o->format == KH_FORMAT_JSONL) {
        const kh_correction *one[] = {&made};
        kh_corrections all = {.items = one, .count = 1};
        kh_json_corrections(&buf, &all);
    } else {
        kh_buf_printf(&buf, "correction %lld: " KH_FMT ", ", (long long)made.id, KH_ARG(kh_correction_kind_name(made.kind)));
        kh_print_iso(&p, target(&s->worker.page, &made));
        kh_buf_z(&buf, "; was ");
        kh_print_iso(&p, made.was);
        kh_buf_char(&buf, '\n');
    }
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}

/* Checks the words of the command; 0 or the exit code. */
static int check(const kh_options *o, kh_correction_kind *kind)
{
    const char *names = NULL;
    if (o->list || o->undo) {
        return o->arg_count || (o->list && o->undo) ? kh_tell_usage("correct", "--list and --undo ID stand alone") : 0;
    }
    if (o->arg_count == 0) {
        return kh_tell_usage("correct", "say what: speaker, date, join, split, same_name, other_name or no_copy");
    }
    if (!kh_correction_kind_of(kh_str_z(o->args[0]), kind)) {
        return kh_tell_usage("correct",
                             "%s: nothing of this name can be corrected, but speaker, date, join, split, same_name, "
                             "other_name and no_copy",
                             o->args[0]);
    }
    if (o->arg_count != kh_correct_args(*kind, &names) + 1) {
        return kh_tell_usage("correct", "%s wants %s", o->args[0], names);
    }
    return person(o).len ? 0 : kh_tell_usage("correct", "say who you are with --by NAME");
}

int kh_run_correct(const kh_options *o)
{
    kh_session s;
    kh_correction_kind kind = KH_CORRECT_SPEAKER;
    int code = check(o, &kind);
    if (!code && !o->list && access(o->db, F_OK) != 0) {
        code = kh_session_open(&s, o, false, true, KH_STORE_READ); /* told: there is no store */
    }
    if (!code) {
        code = kh_session_open(&s, o, !o->list && !o->undo, true, o->list ? KH_STORE_READ : KH_STORE_WRITE);
    }
    if (!code) {
        code = o->list ? list(&s, o) : o->undo ? undo(&s, o) : make(&s, o, kind);
        kh_session_close(&s);
    }
    return code;
}
