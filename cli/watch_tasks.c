/* watch_tasks.c - the way of one feed or page: behind its site's robots.txt, not too soon after the last request there,
 * over redirects, which begin anew at the other site.
 *
 *     https://akhbar.example/rss     robots.txt of akhbar.example (kept for a day), two seconds, the feed: 301
 *     https://www.akhbar.example/rss robots.txt of www.akhbar.example, ..., the feed: 200
 *
 * robots.txt by RFC 9309: where it is not there (4xx) all may be fetched, where the site fails nothing may, for an
 * hour, where it cannot be reached, for ten minutes; it may be redirected too, without being asked about itself.
 */
#include "cli/watch.h"

#include <string.h>

enum { HOUR = 3600, ROBOTS_KEPT_MAX = 24 * HOUR, QUIET = 600, DELAY_MAX = 300, TASK_BYTES = 1 << 20 };

static const char unreachable[] = "# unreachable\nUser-agent: *\nDisallow: /\n";

static kh_pace *pace_of(kh_watcher *w, kh_str site)
{
    bool is_new = false;
    uint32_t *at = kh_map_put(&w->memory, &w->pace_of, kh_hash(site), &is_new);
    if (is_new) {
        *KH_ADD(&w->memory, &w->paces) = (kh_pace){.delay_ms = w->options->delay_ms};
        *at = (uint32_t)w->paces.count;
    }
    return &w->paces.items[*at - 1];
}

bool kh_watch_site_free(kh_watcher *w, kh_str site)
{
    for (size_t i = 0; i < KH_FETCH_AT_ONCE; i++) {
        if (w->tasks[i].kind && kh_str_eq(w->tasks[i].site, site)) {
            return false;
        }
    }
    kh_pace *pace = pace_of(w, site);
    return !pace->busy && pace->ready_ms <= kh_milliseconds();
}

int kh_watch_patience(const kh_watcher *w, int most_ms)
{
    int64_t now = kh_milliseconds();
    int64_t wait = most_ms;
    KH_EACH(const kh_pace, pace, w->paces) {
        int64_t left = pace->ready_ms - now;
        wait = left > 0 && left < wait ? left : wait;
    }
    return (int)wait;
}

/* ---- beginning ---- */

static void copy_watched(kh_task *task, const kh_watched *due)
{
    kh_watched *at = task->at;
    *at = *due;
    at->url = kh_arena_copy(&task->arena, due->url);
    at->site = kh_arena_copy(&task->arena, due->site);
    at->etag = kh_arena_copy(&task->arena, due->etag);
    at->modified = kh_arena_copy(&task->arena, due->modified);
    at->reason = (kh_str){0};
    task->url = at->url;
    task->site = at->site;
}

bool kh_watch_task_open(kh_task *task)
{
    task->arena = kh_arena_reserve(TASK_BYTES, NULL);
    return task->arena.begin != NULL;
}

static void begin(kh_task *task, kh_task_kind kind)
{
    kh_arena arena = task->arena;
    kh_arena_clear(&arena);
    *task = (kh_task){.kind = kind, .arena = arena};
    task->at = kind == KH_TASK_FEED ? &task->feed.at : &task->visit.at;
}

void kh_watch_feed(kh_task *task, const kh_feed_row *due)
{
    begin(task, KH_TASK_FEED);
    task->feed.parent = due->parent;
    copy_watched(task, &due->at);
}

void kh_watch_page(kh_task *task, const kh_visit_row *due)
{
    begin(task, KH_TASK_PAGE);
    task->visit.feed = due->feed;
    task->visit.published = kh_arena_copy(&task->arena, due->published);
    copy_watched(task, &due->at);
}

/* ---- asking ---- */

static kh_status ask(kh_watcher *w, kh_task *task, kh_pace *pace, bool robots)
{
    static const char feeds[] =
        "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1";
    static const char pages[] = "text/html, application/xhtml+xml, */*;q=0.1";
    bool feed = task->kind == KH_TASK_FEED;
    bool direct = kh_str_eq(task->url, task->at->url); /* validators are of the address that gave them */
    kh_request request = {.url = robots ? task->robots_url : task->url,
                          .etag = robots || !direct ? (kh_str){0} : task->at->etag,
                          .modified = robots || !direct ? (kh_str){0} : task->at->modified,
                          .accept = robots ? "text/plain, */*;q=0.1"
                                    : feed ? feeds
                                           : pages,
                          .bytes_max = robots ? KH_ROBOTS_BYTES_MAX
                                       : feed ? KH_FEED_BYTES_MAX
                                              : KH_PAGE_BYTES_MAX,
                          .owner = task};
    kh_status status = kh_fetcher_start(w->fetcher, &request, &w->err);
    if (status == KH_OK) {
        pace->busy = true;
        task->phase = robots ? KH_TASK_ASKS_ROBOTS : KH_TASK_ASKS;
    }
    return status;
}

/* The rules of the site as they are known; the reason against fetching task->url, or NULL. */
static const char *reason_against(kh_watcher *w, const kh_task *task, const kh_site_row *site, kh_pace *pace)
{
    kh_arena room = w->session.worker.scratch;
    kh_arena scratch = kh_arena_split(&room);
    kh_robots robots = kh_robots_read(&room, site->robots, KH_STR("khabar"));
    int64_t delay = (robots.delay < DELAY_MAX ? robots.delay : DELAY_MAX) * 1000;
    pace->delay_ms = delay > w->options->delay_ms ? delay : w->options->delay_ms;
    if (site->ready > kh_watch_now()) {
        return "told_to_wait";
    }
    if (kh_robots_allow(scratch, &robots, kh_web_path(&room, task->url))) {
        return NULL;
    }
    return kh_str_starts(site->robots, kh_str_z(unreachable)) ? "robots_unreachable" : "robots";
}

static kh_str words_against(const char *reason)
{
    return strcmp(reason, "robots") == 0               ? KH_STR("robots.txt of the site does not allow it")
           : strcmp(reason, "robots_unreachable") == 0 ? KH_STR("robots.txt of the site cannot be read")
                                                       : KH_STR("the site asked to be left alone for a while");
}

kh_status kh_watch_step(kh_watcher *w, kh_task *task)
{
    kh_pace *pace = pace_of(w, task->site);
    kh_site_row site;
    if (pace->busy || pace->ready_ms > kh_milliseconds()) {
        return KH_OK;
    }
    if (task->robots_moved) {
        task->robots_moved = false;
        return ask(w, task, pace, true);
    }
    kh_arena room = w->session.worker.scratch;
    kh_arena kept = w->session.worker.scratch;
    kh_status status = kh_store_site(w->session.store, &room, task->site, &site, &w->err);
    if (status) {
        return status;
    }
    if (site.robots_until <= kh_watch_now()) {
        task->robots_url = kh_arena_printf(&task->arena, KH_FMT "/robots.txt", KH_ARG(task->site));
        task->robots_hops = 0;
        return ask(w, task, pace, true);
    }
    w->session.worker.scratch = room; /* what was loaded stays while it is read */
    const char *reason = reason_against(w, task, &site, pace);
    w->session.worker.scratch = kept;
    if (reason) {
        int64_t wait = site.ready > kh_watch_now() ? site.ready - kh_watch_now() : 24 * HOUR;
        return kh_watch_failed(w, task, 0, reason, words_against(reason), wait);
    }
    return ask(w, task, pace, false);
}

/* ---- answers ---- */

/* What R says of robots.txt, and until when. */
static void read_robots(const kh_response *r, kh_site_row *site)
{
    bool there = r->status >= 200 && r->status < 300; /* of a giant the beginning counts */
    bool absent = r->status >= 300 && r->status < 500 && r->status != 429;
    int64_t fresh = kh_fresh_for(r->cache_control, r->expires, r->date, r->age);
    int64_t kept = fresh == KH_NOT_SAID || fresh > ROBOTS_KEPT_MAX ? ROBOTS_KEPT_MAX : fresh < HOUR ? HOUR : fresh;
    site->robots = there ? r->body : absent ? KH_STR("# none\n") : kh_str_z(unreachable);
    site->robots_until = kh_watch_now() + (there || absent ? kept : HOUR);
}

/* The server wants, or needs, to be left alone: all of its site is. */
static kh_status leave_alone(kh_watcher *w, const kh_task *task, int64_t seconds)
{
    kh_site_row site;
    kh_arena room = w->session.worker.scratch;
    kh_status status = kh_store_begin(w->session.store, &w->err);
    status = status ? status : kh_store_site(w->session.store, &room, task->site, &site, &w->err);
    if (!status) {
        site.ready = kh_watch_now() + seconds;
        status = kh_store_site_put(w->session.store, room, &site, &w->err);
    }
    return status ? status : kh_store_commit(w->session.store, &w->err);
}

/* Nothing came, maybe by a fault on this side: nothing is remembered but to leave the site alone for some minutes. */
static kh_status robots_failed(kh_watcher *w, kh_task *task, const kh_response *r)
{
    bool ours = strcmp(r->reason, "private_address") == 0;
    kh_status status = ours ? KH_OK : leave_alone(w, task, QUIET);
    return status ? status : kh_watch_failed(w, task, 0, r->reason, r->message, KH_NOT_SAID);
}

static kh_status robots_came(kh_watcher *w, kh_task *task, const kh_response *r)
{
    kh_site_row site;
    kh_arena room = w->session.worker.scratch;
    bool redirected = !r->reason && r->redirect.len && task->robots_hops < KH_FETCH_REDIRECTS_MAX;
    task->phase = KH_TASK_WAITS;
    if (r->reason && strcmp(r->reason, "too_large") != 0) {
        return robots_failed(w, task, r);
    }
    if (redirected) {
        task->robots_hops++;
        task->robots_url = kh_arena_copy(&task->arena, r->redirect);
        task->robots_moved = true;
        return KH_OK;
    }
    kh_status status = kh_store_begin(w->session.store, &w->err);
    status = status ? status : kh_store_site(w->session.store, &room, task->site, &site, &w->err);
    if (!status) {
        read_robots(r, &site);
        status = kh_store_site_put(w->session.store, room, &site, &w->err);
    }
    return status ? status : kh_store_commit(w->session.store, &w->err);
}

static kh_status redirected(kh_watcher *w, kh_task *task, const kh_response *r)
{
    if (++task->hops > KH_FETCH_REDIRECTS_MAX) {
        return kh_watch_failed(w, task, r->status, "too_many_redirects", kh_arena_copy(&task->arena, r->redirect), KH_NOT_SAID);
    }
    bool for_good = r->status == 301 || r->status == 308;
    task->for_good = for_good && (task->hops == 1 || task->for_good);
    task->url = kh_arena_copy(&task->arena, r->redirect);
    task->site = kh_web_site(&task->arena, task->url);
    task->phase = KH_TASK_WAITS;
    return KH_OK;
}

kh_status kh_watch_answer(kh_watcher *w, const kh_response *r)
{
    kh_task *task = r->owner;
    kh_pace *pace = pace_of(w, task->site);
    pace->busy = false;
    pace->ready_ms = kh_milliseconds() + pace->delay_ms;
    if (r->reason && strcmp(r->reason, "stopped") == 0) {
        task->kind = KH_TASK_NONE;
        return KH_OK;
    }
    if (task->phase == KH_TASK_ASKS_ROBOTS) {
        return robots_came(w, task, r);
    }
    if (r->reason) {
        return kh_watch_failed(w, task, r->status, r->reason, r->message, KH_NOT_SAID);
    }
    if (r->redirect.len) {
        return redirected(w, task, r);
    }
    int64_t retry = kh_retry_after(r->retry_after, kh_watch_now());
    kh_status status = KH_OK;
    if (r->status == 429 || r->status == 503) {
        retry = retry == KH_NOT_SAID ? HOUR : retry;
        status = leave_alone(w, task, retry > 7 * ROBOTS_KEPT_MAX ? 7 * ROBOTS_KEPT_MAX : retry);
    }
    if (status) {
        return status;
    }
    if (r->status != 200 && r->status != 304) {
        kh_str words = kh_arena_printf(&task->arena, "the server answered %u", r->status);
        return kh_watch_failed(w, task, r->status, "http_status", words, retry);
    }
    return task->kind == KH_TASK_FEED ? kh_watch_feed_came(w, task, r) : kh_watch_page_came(w, task, r);
}
