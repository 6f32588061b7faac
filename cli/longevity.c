/* longevity.c - khabar archive, prune and backup: what keeps a store small and safe over years.
 *
 * A day can be said as such (--before 2026-02-01) or as an age (--older-than 180d), which is counted from --now or the clock.
 */
#include "cli/cli.h"

#include "engine/prune.h"

#include <inttypes.h>
#include <stdio.h>
#include <sysexits.h>

static kh_time moment(const kh_options *o)
{
    return kh_time_known(o->now) ? o->now : kh_clock();
}

/* The day that was asked for; empty (told) where none was, or two. */
static kh_str day_of(kh_arena *out, const kh_options *o, const char *command)
{
    if ((o->before.len != 0) == (o->older_than != 0)) {
        kh_tell_usage(command, "give a day with --before, or an age with --older-than");
        return (kh_str){0};
    }
    kh_time t;
    kh_time_parse(o->before, &t);
    return kh_time_text(out, kh_day_of_number(o->before.len ? kh_day_number(t) : kh_day_number(moment(o)) - o->older_than));
}

static int say_count(kh_session *s, const kh_options *o, kh_str before, const char *what)
{
    kh_error err = {0};
    kh_sealing count = {0};
    if (kh_store_ended_count(s->live, before, &count, &err)) {
        return kh_tell(&err);
    }
    printf("%s: %" PRIu64 " stories with %" PRIu64 " articles ended before " KH_FMT "; %s\n", o->db, count.stories, count.articles,
           KH_ARG(before), what);
    return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
}

/* ---- archive ---- */

static int list_archives(kh_session *s, const kh_options *o)
{
    static const kh_column columns[] = {{"before", 10, false}, {"stories", 8, true}, {"articles", 9, true},
                                        {"sealed", 20, false}, {"there", 5, false},  {"file", 0, false}};
    kh_arena *out = &s->worker.page;
    kh_error err = {0};
    kh_archives archives = {0};
    if (kh_store_archives(s->live, out, &archives, &err)) {
        return kh_tell(&err);
    }
    kh_buf buf = {.arena = &s->worker.scratch};
    kh_print p = kh_print_begin(o, &buf);
    kh_rows_head(&p, o->format, columns, 6);
    KH_EACH(const kh_archive, a, archives) {
        kh_rows_add(&p, o->format, columns, 6,
                    (kh_str[]){a->before, kh_arena_printf(out, "%" PRIu64, a->stories), kh_arena_printf(out, "%" PRIu64, a->articles),
                               a->sealed, a->is_there ? KH_STR("yes") : KH_STR("no"), a->path});
    }
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}

static int seal(kh_session *s, const kh_options *o)
{
    kh_error err = {0};
    kh_sealing done = {0};
    kh_str before = day_of(&s->worker.page, o, "archive");
    if (before.len == 0) {
        return EX_USAGE;
    }
    if (o->dry_run) {
        return say_count(s, o, before, "nothing was moved (--dry-run)");
    }
    if (kh_store_seal(s->live, s->worker.scratch, before, o->to, moment(o), &done, &err)) {
        return kh_tell(&err);
    }
    fprintf(stderr, "sealed %" PRIu64 " stories with %" PRIu64 " articles\n", done.stories, done.articles);
    return EX_OK;
}

int kh_run_archive(const kh_options *o)
{
    kh_session s;
    kh_error err = {0};
    if (!o->list && !o->forget && !o->dry_run && !o->to) {
        return kh_tell_usage("archive", "name the file with --to");
    }
    if (o->forget == (o->arg_count == 0)) {
        return kh_tell_usage("archive",
                             o->forget ? "--forget wants a sealed file; --list shows them" : "only --forget takes names of files");
    }
    int code = kh_session_open(&s, o, false, true, KH_STORE_READ); /* told: there is no store */
    if (!code && !o->list && !o->dry_run) {
        kh_session_close(&s);
        code = kh_session_open(&s, o, false, true, KH_STORE_WRITE);
    }
    if (code) {
        return code;
    }
    if (o->forget) {
        for (size_t i = 0; i < o->arg_count && !code; i++) {
            code = kh_store_forget_archive(s.live, s.worker.scratch, kh_str_z(o->args[i]), &err) ? kh_tell(&err) : EX_OK;
        }
    } else {
        code = o->list ? list_archives(&s, o) : seal(&s, o);
    }
    kh_session_close(&s);
    return code;
}

/* ---- prune ---- */

static int prune(kh_session *s, const kh_options *o, kh_str before)
{
    kh_error err = {0};
    kh_pruning run = {0};
    kh_progress progress;
    char day[32];
    kh_status status = KH_OK;
    snprintf(day, sizeof day, KH_FMT, KH_ARG(before)); /* the memory it stands in is used for each story */
    kh_catch_signals();
    kh_progress_begin(&progress);
    while (!status && !run.ended && !kh_interrupted) {
        status = kh_prune_some(s->engine, s->live, &s->worker, kh_str_z(day), moment(o), &run, &err);
        progress.done = run.done.stories;
        kh_progress_step(&progress);
    }
    kh_progress_end(&progress);
    status = status || !run.done.stories ? status : kh_store_sweep(s->live, &err);
    fprintf(stderr, "pruned %" PRIu64 " stories with %" PRIu64 " articles\n", run.done.stories, run.done.articles);
    if (run.too_complex) {
        fprintf(stderr,
                "khabar: %" PRIu64 " stories stay, since they are too large to be compared in memory; khabar archive moves them whole\n",
                run.too_complex);
    }
    if (!status && kh_interrupted) {
        fprintf(stderr, "khabar: interrupted; run the command again to go on\n");
        return 130;
    }
    return status ? kh_tell(&err) : EX_OK;
}

int kh_run_prune(const kh_options *o)
{
    kh_session s;
    int code = kh_session_open(&s, o, false, true, KH_STORE_READ);
    if (code) {
        return code;
    }
    kh_str before = day_of(&s.worker.page, o, "prune");
    if (before.len == 0) {
        code = EX_USAGE;
    } else if (!o->yes || o->dry_run) {
        code = say_count(&s, o, before, "nothing was pruned, --yes does it");
    } else {
        kh_session_close(&s);
        code = kh_session_open(&s, o, true, true, KH_STORE_WRITE);
        before = code ? before : day_of(&s.worker.page, o, "prune");
        code = code ? code : prune(&s, o, before);
    }
    kh_session_close(&s);
    return code;
}

/* ---- backup ---- */

int kh_run_backup(const kh_options *o)
{
    kh_session s;
    kh_error err = {0};
    kh_archives archives = {0};
    if (o->arg_count != 1) {
        return kh_tell_usage("backup", "name one file");
    }
    int code = kh_session_open(&s, o, false, true, KH_STORE_READ);
    if (code) {
        return code;
    }
    kh_status status = kh_store_backup(s.live, o->args[0], &err);
    status = status ? status : kh_store_archives(s.live, &s.worker.page, &archives, &err);
    if (!status && archives.count) {
        fprintf(stderr, "khabar: %zu sealed archives are not in it; copy each of them once: khabar archive --list\n", archives.count);
    }
    kh_session_close(&s);
    return status ? kh_tell(&err) : EX_OK;
}
