/* watch_answers.c - what comes of an answer: the pages that a feed names become due, a page becomes an article or a
 * revision of it, a failure is given time.
 *
 * All that belongs to one answer is one transaction: the article and the note that its page was read stand in the
 * store together or not at all, so a run that is killed neither loses nor repeats one.
 */
#include "cli/watch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HOUR = 3600, TRIES = 6 /* of a page */ };

int64_t kh_watch_now(void)
{
    return (int64_t)time(NULL);
}

void kh_watch_tell(kh_watcher *w, const char *event, unsigned status, const char *reason, kh_str url, kh_str words)
{
    static const kh_column columns[] = {
        {"event", 9, false}, {"status", 6, true}, {"reason", 18, false}, {"text", 50, false}, {"url", 0, false}};
    kh_arena room = w->session.worker.scratch;
    kh_buf buf = {.arena = &room};
    kh_print p = kh_print_begin(w->options, &buf);
    if (w->untold) {
        return;
    }
    if (!w->headed) {
        kh_rows_head(&p, w->options->format, columns, 5);
        w->headed = true;
    }
    kh_arena cells_room = kh_arena_split(&room);
    kh_str number = status ? kh_arena_printf(&cells_room, "%u", status) : (kh_str){0};
    kh_str cells[] = {kh_str_z(event), number, kh_str_z(reason), words, url};
    kh_rows_add(&p, w->options->format, columns, 5, cells);
    w->untold = !kh_flush(&buf);
}

static uint64_t next_chance(kh_watcher *w)
{
    return w->chance = kh_hash_mix(w->chance, 1);
}

/* ---- failures ---- */

/* What will not get better by asking again. */
static bool is_final(unsigned status, const char *reason)
{
    return status == 404 || status == 410 || status == 451 || strcmp(reason, "not_html") == 0 || strcmp(reason, "too_large") == 0;
}

static int64_t next_after_failure(kh_watcher *w, const kh_task *task, unsigned status, const char *reason, int64_t retry)
{
    bool feed = task->kind == KH_TASK_FEED;
    kh_polled polled = {.answer = feed && status == 410 ? KH_ANSWER_GONE : KH_ANSWER_FAILED,
                        .failures = task->at->failures,
                        .every = feed ? w->options->every : HOUR,
                        .fresh = KH_NOT_SAID,
                        .retry = retry,
                        .chance = next_chance(w)};
    bool never = !feed && (is_final(status, reason) || task->at->failures >= TRIES);
    int64_t wait = never ? KH_NEVER : kh_wait_for_feed(&polled);
    return wait == KH_NEVER ? KH_STORE_NO_TIME : kh_watch_now() + wait;
}

kh_status kh_watch_failed(kh_watcher *w, kh_task *task, unsigned status, const char *reason, kh_str words, int64_t retry)
{
    kh_store *store = w->session.store;
    kh_arena scratch = w->session.worker.scratch;
    kh_watched *at = task->at;
    bool feed = task->kind == KH_TASK_FEED;
    at->failures++;
    at->asked = kh_watch_now();
    at->status = status;
    at->reason = kh_str_z(reason);
    at->next = next_after_failure(w, task, status, reason, retry);
    *(feed ? &w->counts.failed_polls : &w->counts.failed) += 1;
    kh_watch_tell(w, feed ? "no feed" : "no page", status, reason, at->url, words);
    kh_status code = kh_store_begin(store, &w->err);
    if (!code) {
        code = feed ? kh_store_feed_asked(store, scratch, at, &w->err) : kh_store_visit_done(store, scratch, &task->visit, &w->err);
    }
    task->kind = KH_TASK_NONE;
    return code ? code : kh_store_commit(store, &w->err);
}

/* Validators and the like of a good answer. */
static void note_good(kh_task *task, const kh_response *r)
{
    kh_watched *at = task->at;
    bool direct = kh_str_eq(task->url, at->url);
    at->asked = kh_watch_now();
    at->status = r->status;
    at->failures = 0;
    at->times++;
    if (r->status == 200) {
        at->etag = direct ? r->etag : (kh_str){0};
        at->modified = direct ? r->modified : (kh_str){0};
    }
}

/* ---- feeds ---- */

static int newest_first(const void *x, const void *y)
{
    const kh_feed_item *a = *(const kh_feed_item *const *)x;
    const kh_feed_item *b = *(const kh_feed_item *const *)y;
    int64_t one = kh_time_seconds(kh_time_known(a->updated) ? a->updated : a->published);
    int64_t two = kh_time_seconds(kh_time_known(b->updated) ? b->updated : b->published);
    return one != two ? (one < two) - (one > two) : (a > b) - (a < b);
}

/* The entries, newest first where all have a time, else as they stand: feeds begin with the newest, sitemaps with
 * anything. */
static const kh_feed_item **ordered(kh_arena *out, const kh_feed *feed)
{
    const kh_feed_item **items = KH_NEW_N(out, const kh_feed_item *, feed->items.count + 1);
    bool dated = true;
    for (size_t i = 0; i < feed->items.count; i++) {
        items[i] = &feed->items.items[i];
        dated = dated && (kh_time_known(items[i]->updated) || kh_time_known(items[i]->published));
    }
    if (dated) {
        qsort(items, feed->items.count, sizeof *items, newest_first);
    }
    return items;
}

static kh_status want_page(kh_watcher *w, kh_arena scratch, const kh_task *task, const kh_feed_item *item, bool *due)
{
    kh_visit_row visit = {.feed = task->at->id};
    visit.at.url = kh_web_join(&scratch, task->url, item->url);
    *due = false;
    if (!visit.at.url.len) {
        return KH_OK;
    }
    visit.at.site = kh_web_site(&scratch, visit.at.url);
    visit.published = kh_time_text(&scratch, item->published);
    kh_str stamp = kh_time_known(item->updated) ? kh_time_text(&scratch, kh_time_of_seconds(kh_time_seconds(item->updated))) : (kh_str){0};
    return kh_store_visit_want(w->session.store, scratch, &visit, stamp, kh_watch_now(), due, &w->err);
}

static kh_status want_sitemap(kh_watcher *w, kh_arena scratch, const kh_task *task, const kh_feed_item *item)
{
    kh_feed_row feed = {.parent = task->at->id};
    feed.at.url = kh_web_join(&scratch, task->url, item->url);
    if (!feed.at.url.len || task->feed.parent) { /* an index in an index is left alone */
        return KH_OK;
    }
    feed.at.site = kh_web_site(&scratch, feed.at.url);
    return kh_store_feed_add(w->session.store, scratch, &feed, w->began, &w->err);
}

/* Makes what FEED names due; *count is what is new. */
static kh_status want_all(kh_watcher *w, const kh_task *task, const kh_feed *feed, size_t *count)
{
    kh_arena room = w->feed_memory;
    kh_arena scratch = kh_arena_split(&room);
    const kh_feed_item **items = ordered(&room, feed);
    bool index = feed->kind == KH_FEED_SITEMAP_INDEX;
    size_t most = index ? KH_WATCH_SITEMAPS : w->options->limit ? w->options->limit : KH_WATCH_PAGES;
    kh_status status = KH_OK;
    for (size_t i = 0; i < feed->items.count && i < most && !status; i++) {
        bool due = false;
        status = index ? want_sitemap(w, scratch, task, items[i]) : want_page(w, scratch, task, items[i], &due);
        *count += due;
    }
    return status;
}

/* A feed that was found at another address, by redirects for good alone, is asked for there from now on (RFC 9110, 15.4.2): only
 * once a feed was read there, so that the portal of a hotel does not take all addresses along. */
static void follow(kh_task *task)
{
    task->at->url = task->url;
    task->at->site = task->site;
}

static kh_status keep_feed(kh_watcher *w, kh_task *task, const kh_feed *feed, bool moved, size_t *count)
{
    kh_store *store = w->session.store;
    kh_status status = kh_store_begin(store, &w->err);
    if (!status && moved) {
        status = kh_store_feed_moved(store, task->at, &w->err);
    }
    if (!status && feed) {
        kh_feed_row titles = {.at = *task->at, .title = feed->title, .home = feed->url, .lang = feed->lang};
        status = kh_store_feed_title(store, &titles, &w->err);
        status = status ? status : want_all(w, task, feed, count);
    }
    status = status ? status : kh_store_feed_asked(store, w->session.worker.scratch, task->at, &w->err);
    return status ? status : kh_store_commit(store, &w->err);
}

/* The feed of an answer, in the memory for it. */
static kh_status read_feed(kh_watcher *w, const kh_response *r, kh_feed **feed, kh_error *err)
{
    kh_arena_clear(&w->feed_memory);
    if (setjmp(w->feed_full)) {
        return kh_fail(err, KH_ERR_LIMIT, "too_complex", "the feed wants more memory than is set aside for one");
    }
    *feed = KH_NEW(&w->feed_memory, kh_feed);
    return kh_feed_read(&w->feed_memory, r->body, *feed, err);
}

kh_status kh_watch_feed_came(kh_watcher *w, kh_task *task, const kh_response *r)
{
    kh_feed *feed = NULL;
    kh_error err = {0};
    size_t count = 0;
    if (r->status == 200 && read_feed(w, r, &feed, &err)) {
        return kh_watch_failed(w, task, r->status, err.reason, kh_str_z(err.msg), KH_NOT_SAID);
    }
    kh_str old = task->at->url;
    bool moved = feed && task->for_good;
    if (moved) {
        follow(task);
    }
    note_good(task, r);
    kh_polled polled = {.answer = KH_ANSWER_GOOD,
                        .every = w->options->every,
                        .fresh = kh_fresh_for(r->cache_control, r->expires, r->date, r->age),
                        .retry = KH_NOT_SAID,
                        .chance = next_chance(w)};
    task->at->next = kh_watch_now() + kh_wait_for_feed(&polled);
    kh_status status = keep_feed(w, task, feed, moved, &count);
    if (!status && moved) {
        kh_watch_tell(w, "moved", 301, "", task->at->url, old);
    }
    if (!status && count) {
        kh_watch_tell(w, "feed", r->status, "", task->at->url, kh_arena_printf(&task->arena, "%zu pages to look at", count));
    }
    w->counts.polls++;
    task->kind = KH_TASK_NONE;
    return status;
}

/* ---- pages ---- */

/* The article of an answer. Where the page does not tell its day the feed does. */
static kh_status read_page(kh_watcher *w, const kh_task *task, const kh_response *r, kh_page *page, kh_article **article, kh_error *err)
{
    kh_worker *worker = &w->session.worker;
    kh_time now = kh_clock();
    kh_capture capture = {.url = task->url, .type = r->type, .body = r->body, .at = now};
    kh_status status = kh_page_of_capture(&worker->page, &capture, page, err);
    status = status ? status : kh_engine_read(w->session.engine, worker, page, now, article, err);
    if (!status && !kh_when_known((*article)->published.when) && kh_time_parse(task->visit.published, &page->published)) {
        status = kh_engine_read(w->session.engine, worker, page, now, article, err);
    }
    return status;
}

/* ARTICLE into the store, where its words are new, with the note that the page was read. */
static kh_status keep_page(kh_watcher *w, kh_task *task, const kh_page *page, kh_article *article, kh_put_outcome *outcome)
{
    kh_session *s = &w->session;
    bool same = false;
    kh_put_options put = {.raw = w->options->no_raw ? (kh_str){0} : page->raw, .now = kh_clock(), .program = KH_STR("khabar " KH_VERSION)};
    *outcome = KH_PUT_UNCHANGED;
    kh_status status = kh_store_begin(s->store, &w->err);
    status = status ? status : kh_store_has_words(s->store, s->worker.scratch, article, &same, &w->err);
    if (!status && !same) {
        status = kh_ingest(s->engine, s->store, &s->worker, article, &put, outcome, &w->err);
    }
    task->visit.article = article->key;
    status = status ? status : kh_store_visit_done(s->store, s->worker.scratch, &task->visit, &w->err);
    return status ? status : kh_store_commit(s->store, &w->err);
}

static void set_next_visit(kh_watcher *w, kh_task *task)
{
    int64_t wait = kh_wait_for_page(task->at->times, next_chance(w));
    task->at->next = wait == KH_NEVER ? KH_STORE_NO_TIME : kh_watch_now() + wait;
}

static kh_status page_is_unchanged(kh_watcher *w, kh_task *task, const kh_response *r)
{
    note_good(task, r);
    set_next_visit(w, task);
    w->counts.unchanged++;
    kh_status status = kh_store_begin(w->session.store, &w->err);
    status = status ? status : kh_store_visit_done(w->session.store, w->session.worker.scratch, &task->visit, &w->err);
    task->kind = KH_TASK_NONE;
    return status ? status : kh_store_commit(w->session.store, &w->err);
}

kh_status kh_watch_page_came(kh_watcher *w, kh_task *task, const kh_response *r)
{
    kh_page page = {0};
    kh_article *article = NULL;
    kh_error err = {0};
    kh_put_outcome outcome = KH_PUT_UNCHANGED;
    if (r->status == 304) {
        return page_is_unchanged(w, task, r);
    }
    kh_worker_clear(&w->session.worker);
    if (read_page(w, task, r, &page, &article, &err)) {
        return kh_watch_failed(w, task, r->status, err.reason, kh_str_z(err.msg), KH_NOT_SAID);
    }
    kh_status status = w->warc ? kh_warc_put(w->warc, task->url, kh_clock(), r->header, r->body, &w->err) : KH_OK;
    note_good(task, r);
    set_next_visit(w, task);
    status = status ? status : keep_page(w, task, &page, article, &outcome);
    if (status == KH_ERR_LIMIT) { /* this page alone */
        kh_store_rollback(w->session.store);
        return kh_watch_failed(w, task, r->status, w->err.reason, kh_str_z(w->err.msg), KH_NOT_SAID);
    }
    task->kind = KH_TASK_NONE;
    if (status) {
        return status;
    }
    if (outcome != KH_PUT_UNCHANGED) {
        kh_watch_tell(w, outcome == KH_PUT_NEW ? "new" : "revised", r->status, "", task->url, article->title.value);
    }
    w->counts.added += outcome == KH_PUT_NEW;
    w->counts.revised += outcome == KH_PUT_REVISED;
    w->counts.unchanged += outcome == KH_PUT_UNCHANGED;
    return KH_OK;
}
