/* watch.c - khabar watch: feeds polled, what they name fetched, read, put into stories; what changes kept as revisions.
 *
 *     khabar watch https://akhbar.example/rss.xml         for as long as it is let
 *     khabar watch --once                                 one round over the feeds of the store, for cron
 *
 * The queue is the store: what is due stands there with its time, so a run that is broken off, even killed, goes on
 * where it was. Up to KH_FETCH_AT_ONCE sites are asked at once, each by one request at a time; reading and storing
 * happen in between, on this thread. What may be asked and when is decided in src/watch, the asking is in src/fetch.
 */
#include "cli/watch.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

enum { POLL_MS = 200, MEMORY_BYTES = 1 << 30 };

/* ---- which feeds ---- */

static kh_status add_feed(kh_watcher *w, kh_arena scratch, const kh_outline *o)
{
    kh_feed_row feed = {.title = o->title, .home = o->site, .lang = o->lang, .folder = o->folder};
    feed.at.url = kh_web_join(&scratch, (kh_str){0}, o->feed);
    if (!feed.at.url.len) {
        return kh_fail(&w->err, KH_ERR_USAGE, "bad_url", KH_FMT ": no address of a feed (http or https)",
                       KH_ARG(kh_str_head(o->feed, 200)));
    }
    feed.at.site = kh_web_site(&scratch, feed.at.url);
    return kh_store_feed_add(w->session.store, scratch, &feed, w->began, &w->err);
}

/* All bytes of a file that is a list of feeds. */
static kh_status read_file(kh_arena *out, const char *path, kh_str *bytes, kh_error *err)
{
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!f) {
        return kh_fail(err, KH_ERR_NOINPUT, "missing", "%.250s: neither an address nor a file (%s)", path, strerror(errno));
    }
    char *room = KH_NEW_N(out, char, KH_FEED_BYTES_MAX + 1);
    *bytes = (kh_str){room, fread(room, 1, KH_FEED_BYTES_MAX + 1, f)};
    bool failed = ferror(f) != 0;
    if (f != stdin) {
        fclose(f);
    }
    return failed ? kh_fail(err, KH_ERR_IO, "read_error", "%.250s: reading failed", path) : KH_OK;
}

/* The feeds of an OPML file; one that is no address is told and left out. */
static kh_status add_list(kh_watcher *w, const char *path)
{
    kh_arena room = w->session.worker.page;
    kh_str bytes = {0};
    kh_outlines outlines = {0};
    kh_error err = {0};
    kh_status status = read_file(&room, path, &bytes, &w->err);
    if (!status && kh_opml_read(&room, bytes, &outlines, &err)) {
        return kh_fail(&w->err, err.code, err.reason, "%.250s: %.100s; give addresses of feeds, or an OPML file", path, err.msg);
    }
    KH_EACH(const kh_outline, o, outlines) {
        status = status ? status : add_feed(w, w->session.worker.scratch, o);
        if (status == KH_ERR_USAGE) {
            kh_tell(&w->err);
            status = KH_OK;
        }
    }
    return status;
}

static kh_status add_feeds(kh_watcher *w)
{
    const kh_options *o = w->options;
    kh_status status = kh_store_begin(w->session.store, &w->err);
    for (size_t i = 0; i < o->arg_count && !status; i++) {
        kh_outline one = {.feed = kh_str_z(o->args[i])};
        bool address = kh_str_find(one.feed, KH_STR("://")) < one.feed.len;
        status = address ? add_feed(w, w->session.worker.scratch, &one) : add_list(w, o->args[i]);
    }
    return status ? status : kh_store_commit(w->session.store, &w->err);
}

/* The feeds named are watched no more, or none of them is forgotten. */
static int forget_feeds(const kh_options *o)
{
    kh_session s;
    kh_error err = {0};
    int code = kh_session_open(&s, o, false, true, KH_STORE_WRITE);
    if (code) {
        return code;
    }
    kh_status status = kh_store_begin(s.store, &err);
    for (size_t i = 0; i < o->arg_count && !status; i++) {
        kh_arena room = s.worker.scratch;
        kh_str url = kh_web_join(&room, (kh_str){0}, kh_str_z(o->args[i]));
        bool there = false;
        status = url.len ? kh_store_feed_forget(s.store, room, url, kh_watch_now(), &there, &err) : KH_OK;
        if (!status && !there) {
            status = kh_fail(&err, KH_ERR_USAGE, "no_such_feed", "%.200s is not watched; khabar watch --list shows what is", o->args[i]);
        }
    }
    status = status ? status : kh_store_commit(s.store, &err);
    kh_session_close(&s);
    return status ? kh_tell(&err) : EX_OK;
}

/* ---- the round ---- */

static kh_task *free_task(kh_watcher *w)
{
    for (size_t i = 0; i < KH_FETCH_AT_ONCE; i++) {
        if (!w->tasks[i].kind) {
            return &w->tasks[i];
        }
    }
    return NULL;
}

static bool is_on_its_way(const kh_watcher *w, kh_task_kind kind, int64_t id)
{
    for (size_t i = 0; i < KH_FETCH_AT_ONCE; i++) {
        if (w->tasks[i].kind == kind && w->tasks[i].at->id == id) {
            return true;
        }
    }
    return false;
}

/* Takes up what is due where there is room and the site is free; *due counts all of it. */
static kh_status take_up(kh_watcher *w, size_t *due)
{
    kh_arena room = w->session.worker.scratch;
    kh_feed_rows feeds = {0};
    kh_visit_rows visits = {0};
    int64_t now = kh_watch_now();
    kh_task *task = free_task(w);
    if (!task) {
        return KH_OK;
    }
    kh_status status = kh_store_feeds_due(w->session.store, &room, w->options->once ? w->began : now, &feeds, &w->err);
    status = status ? status : kh_store_visits_due(w->session.store, &room, now, &visits, &w->err);
    *due = feeds.count + visits.count;
    for (size_t i = 0; i < feeds.count && !status && (task = free_task(w)); i++) {
        const kh_watched *at = &feeds.items[i].at;
        if (!is_on_its_way(w, KH_TASK_FEED, at->id) && kh_watch_site_free(w, at->site)) {
            kh_watch_feed(task, &feeds.items[i]);
        }
    }
    for (size_t i = 0; i < visits.count && !status && (task = free_task(w)); i++) {
        const kh_watched *at = &visits.items[i].at;
        if (!is_on_its_way(w, KH_TASK_PAGE, at->id) && kh_watch_site_free(w, at->site)) {
            kh_watch_page(task, &visits.items[i]);
        }
    }
    return status;
}

static size_t tasks_on_their_way(const kh_watcher *w)
{
    size_t count = 0;
    for (size_t i = 0; i < KH_FETCH_AT_ONCE; i++) {
        count += w->tasks[i].kind != KH_TASK_NONE;
    }
    return count;
}

static kh_status step_all(kh_watcher *w)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < KH_FETCH_AT_ONCE && !status; i++) {
        kh_task *task = &w->tasks[i];
        if (task->kind && task->phase == KH_TASK_WAITS) {
            status = kh_watch_step(w, task);
        }
    }
    return status;
}

/* Does what is due until nothing is (--once), or a signal comes. What is on its way then is still due next time. */
static kh_status run(kh_watcher *w)
{
    kh_status status = KH_OK;
    while (!status && !kh_interrupted) {
        size_t due = 0;
        const kh_response *r = NULL;
        status = take_up(w, &due);
        status = status ? status : step_all(w);
        if (status || (w->options->once && !due && !tasks_on_their_way(w))) {
            break;
        }
        if (kh_fetcher_next(w->fetcher, kh_watch_patience(w, POLL_MS), &r)) {
            status = kh_watch_answer(w, r);
        }
    }
    return status;
}

/* ---- lists ---- */

static void print_opml(kh_buf *buf, const kh_feed_rows *feeds)
{
    kh_outlines outlines = {0};
    KH_EACH(const kh_feed_row, f, *feeds) {
        if (!f->parent) {
            *KH_ADD(buf->arena, &outlines) = (kh_outline){f->title, f->at.url, f->home, f->lang, f->folder};
        }
    }
    kh_opml_write(buf, KH_STR("khabar"), &outlines);
}

static kh_str time_cell(kh_arena *out, int64_t seconds)
{
    return seconds == KH_STORE_NO_TIME ? (kh_str){0} : kh_time_text(out, kh_time_of_seconds(seconds));
}

static void print_feeds(const kh_options *o, kh_buf *buf, const kh_feed_rows *feeds)
{
    static const kh_column columns[] = {{"title", 30, false}, {"language", 8, false}, {"asked", 20, false},
                                        {"next", 20, false},  {"times", 5, true},     {"failures", 8, true},
                                        {"status", 6, true},  {"reason", 18, false},  {"url", 0, false}};
    kh_print p = kh_print_begin(o, buf);
    kh_arena *out = buf->arena;
    kh_rows_head(&p, o->format, columns, 9);
    KH_EACH(const kh_feed_row, f, *feeds) {
        const kh_watched *at = &f->at;
        kh_str cells[] = {f->title,
                          f->lang,
                          time_cell(out, at->asked),
                          time_cell(out, at->next),
                          kh_arena_printf(out, "%u", at->times),
                          kh_arena_printf(out, "%u", at->failures),
                          at->status ? kh_arena_printf(out, "%u", at->status) : (kh_str){0},
                          at->reason,
                          at->url};
        kh_rows_add(&p, o->format, columns, 9, cells);
    }
}

static int print_list(const kh_options *o)
{
    kh_session s;
    kh_feed_rows feeds = {0};
    kh_error err = {0};
    int code = kh_session_open(&s, o, false, true, KH_STORE_WRITE);
    if (code) {
        return code;
    }
    kh_buf buf = {.arena = &s.worker.page};
    if (kh_store_feeds(s.store, &s.worker.scratch, &feeds, &err)) {
        code = kh_tell(&err);
    } else {
        if (o->opml) {
            print_opml(&buf, &feeds);
        } else {
            print_feeds(o, &buf, &feeds);
        }
        code = kh_flush(&buf) ? EX_OK : EX_IOERR;
    }
    kh_session_close(&s);
    return code;
}

/* ---- the command ---- */

static kh_status open_all(kh_watcher *w, char *agent, size_t agent_size)
{
    const kh_options *o = w->options;
    snprintf(agent, agent_size, o->contact ? "khabar/%s (+%.200s)" : "khabar/%s", KH_VERSION, o->contact);
    kh_fetch_rules rules = {.agent = agent,
                            .allow_private = o->allow_private,
                            .private_hosts = o->private_hosts,
                            .timeout_ms = o->timeout_ms ? (long)o->timeout_ms : KH_FETCH_SECONDS * 1000L,
                            .stop = &kh_interrupted};
    w->memory = kh_arena_reserve(MEMORY_BYTES, NULL);
    w->feed_memory = kh_arena_reserve(KH_FEED_ARENA_BYTES, &w->feed_full);
    w->fetcher = kh_fetcher_open(&rules, &w->err);
    w->warc = o->warc && w->fetcher ? kh_warc_create(o->warc, "khabar " KH_VERSION, &w->err) : NULL;
    if (!w->fetcher || (o->warc && !w->warc)) {
        return w->err.code;
    }
    bool room = w->memory.begin && w->feed_memory.begin;
    for (size_t i = 0; i < sizeof w->tasks / sizeof *w->tasks; i++) {
        room = kh_watch_task_open(&w->tasks[i]) && room;
    }
    return room ? KH_OK : kh_no_address_space(&w->err);
}

static kh_status close_all(kh_watcher *w, kh_status status)
{
    kh_error err = {0};
    kh_fetcher_close(w->fetcher);
    if (kh_warc_file_close(w->warc, &err) && !status) {
        w->err = err;
        status = err.code;
    }
    for (size_t i = 0; i < KH_FETCH_AT_ONCE; i++) {
        kh_arena_release(&w->tasks[i].arena);
    }
    kh_arena_release(&w->memory);
    kh_arena_release(&w->feed_memory);
    kh_session_close(&w->session);
    return status;
}

static int finish(const kh_watcher *w, kh_status status)
{
    const kh_watch_counts *c = &w->counts;
    fprintf(stderr,
            "feeds %" PRIu64 ", failed %" PRIu64 "; pages new %" PRIu64 ", revised %" PRIu64 ", unchanged %" PRIu64 ", failed %" PRIu64
            "\n",
            c->polls, c->failed_polls, c->added, c->revised, c->unchanged, c->failed);
    if (status) {
        return w->err.code ? kh_tell(&w->err) : kh_exit_code(status);
    }
    return kh_interrupted ? 130 : w->untold ? EX_IOERR : c->failed_polls && !c->polls ? EX_TEMPFAIL : EX_OK;
}

int kh_run_watch(const kh_options *o)
{
    static kh_watcher w; /* large, and one of a kind */
    char agent[260];
    if (o->list || o->opml) {
        return print_list(o);
    }
    if (o->forget) {
        return o->arg_count ? forget_feeds(o) : kh_tell_usage("watch", "--forget wants the address of a feed; --list shows them");
    }
    w = (kh_watcher){.options = o, .began = kh_watch_now()};
    w.chance = kh_hash_mix((uint64_t)w.began, (uint64_t)kh_milliseconds());
    int code = kh_session_open(&w.session, o, true, true, KH_STORE_WRITE);
    if (code) {
        return code;
    }
    kh_feed_rows feeds = {0};
    kh_status status = open_all(&w, agent, sizeof agent);
    status = status ? status : add_feeds(&w);
    status = status ? status : kh_store_feeds(w.session.store, &w.memory, &feeds, &w.err);
    if (!status && !feeds.count) {
        close_all(&w, KH_OK);
        return kh_tell_usage("watch", "the store has no feeds yet; give the address of one, or an OPML file");
    }
    kh_catch_signals();
    status = status ? status : run(&w);
    return finish(&w, close_all(&w, status));
}
