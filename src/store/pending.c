/* pending.c - what the articles of a transaction share is written once for all of them: postings, counts of words, the full-text index.
 *
 * Decides when. An article has some 230 postings and 200 words to be counted, each in another place of the file; of two articles of one day many
 * are the same. So they wait in lists, and are written sorted, at the commit or when they are KH_PENDING_BYTES:
 *
 *     300 reports, each with "mine"      300 postings, one list of one block; 300 documents more, one row
 *
 * What waits is found all the same, since it is in warm.c too. The full-text index gains most: FTS5 writes what it has gathered whenever
 * a savepoint or a statement with triggers begins, so that each article made a segment of its own, to be merged again.
 *
 * Method: an article that is taken back (kh_store_undo) is cut off the ends of the lists; the rows of SQL are taken back by its savepoint. So nothing
 * may be written between the two: what could need that, a page at an address that is in the store, has all written before its savepoint begins. (After
 * kh_store_left, which writes, an article is not taken back any more.)
 *
 * Gets wrong: nothing it knows of.
 */
#include "store/pending.h"

#include "store/warm.h"
#include "store/words.h"

#include <stdlib.h>

static void open_both(kh_store *store)
{
    kh_pending *p = calloc(1, sizeof *p);
    if (p) {
        p->arena = kh_arena_reserve((size_t)KH_PENDING_BYTES + 2 * (size_t)KH_STORE_ARENA_BYTES, NULL);
    }
    if (p && !p->arena.begin) {
        free(p);
        p = NULL;
    }
    kh_warm_open(store);
    if (!p || !store->warm) {
        kh_warm_close(store);
        free(p);
        return;
    }
    store->pending = p;
}

void kh_pending_drop(kh_store *store)
{
    kh_pending *p = store->pending;
    if (p) {
        kh_arena_clear(&p->arena);
        *p = (kh_pending){.arena = p->arena};
    }
}

void kh_pending_close(kh_store *store)
{
    if (store->pending) {
        kh_arena_release(&store->pending->arena);
        free(store->pending);
        store->pending = NULL;
    }
    kh_warm_close(store);
}

/* ---- articles come ---- */

static kh_status is_there(kh_store *store, kh_str key, bool *there, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT 1 FROM article WHERE key = ?", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "t", key);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *there = true;
    }
    return status;
}

kh_status kh_pending_mark(kh_store *store, kh_str key, bool *there, kh_error *err)
{
    if (!store->pending && store->has_levels && store->in_transaction) {
        open_both(store);
    }
    kh_pending *p = store->pending;
    kh_status status = is_there(store, key, there, err);
    if (!p || status) {
        return status;
    }
    bool due = *there || (size_t)(p->arena.cur - p->arena.begin) > KH_PENDING_BYTES || kh_warm_is_full(store);
    status = due ? kh_pending_write(store, err) : status;
    kh_warm_make_room(store);
    p->posts_before = p->posts.count;
    p->bumps_before = p->bumps.count;
    p->words_before = p->words.count;
    return status;
}

void kh_pending_undo(kh_store *store)
{
    kh_pending *p = store->pending;
    if (p) {
        p->posts.count = p->posts_before;
        p->bumps.count = p->bumps_before;
        p->words.count = p->words_before;
        kh_error failed = {0};
        kh_pending_write(store, &failed);
        p->failed = failed;
        kh_warm_clear(store); /* it counts the article still */
    }
}

bool kh_pending_posts(kh_store *store, int64_t article, const kh_u64s *keys)
{
    kh_pending *p = store->pending;
    for (size_t i = 0; p && i < keys->count; i++) {
        *KH_ADD(&p->arena, &p->posts) = (kh_post){keys->items[i], article};
        kh_warm_push(store->warm, kh_warm_head(store->warm, keys->items[i]), article);
    }
    return p != NULL;
}

bool kh_pending_counts(kh_store *store, const kh_features *features, int64_t epoch, kh_status *status, kh_error *err)
{
    kh_pending *p = store->pending;
    for (size_t i = 0; p && i < features->count && !*status; i++) {
        kh_counted *c = kh_warm_counted(store, features->items[i].hash, err);
        if (c) {
            *KH_ADD(&p->arena, &p->bumps) = (kh_bump){features->items[i].hash, epoch};
            kh_warm_count(c, epoch);
        } else {
            *status = KH_ERR_STORE;
        }
    }
    return p != NULL;
}

bool kh_pending_index(kh_store *store, int64_t id, kh_str title, kh_str body)
{
    kh_pending *p = store->pending;
    if (p) {
        *KH_ADD(&p->arena, &p->words) =
            (kh_pending_words){.id = id, .title = kh_arena_copy(&p->arena, title), .body = kh_arena_copy(&p->arena, body)};
    }
    return p != NULL;
}

void kh_pending_with(const kh_store *store, kh_arena *out, uint64_t key, kh_posts *found)
{
    const kh_pending *p = store->pending;
    for (size_t i = 0; p && i < p->posts.count; i++) {
        if (p->posts.items[i].key == key) {
            *KH_ADD(out, found) = p->posts.items[i];
        }
    }
}

/* ---- they are written ---- */

static int by_hash(const void *a, const void *b)
{
    const kh_bump *x = a;
    const kh_bump *y = b;
    int order = (x->hash > y->hash) - (x->hash < y->hash);
    return order ? order : (x->epoch > y->epoch) - (x->epoch < y->epoch);
}

kh_status kh_count_documents(kh_store *store, const kh_bump *bump, size_t documents, kh_error *err)
{
    return kh_sql_run(store, err,
                      "INSERT INTO frequency(hash,documents,epoch,frozen) VALUES(?,?,?,0) ON CONFLICT(hash) DO UPDATE SET "
                      "frozen = CASE WHEN epoch < excluded.epoch THEN documents ELSE frozen END, "
                      "epoch = excluded.epoch, documents = documents + excluded.documents",
                      "iii", (int64_t)bump->hash, (int64_t)documents, bump->epoch);
}

/* Each hash and epoch at once: epochs rise, so the count that an epoch froze is that before its first document. */
static kh_status write_bumps(kh_store *store, kh_pending *p, kh_error *err)
{
    kh_status status = KH_OK;
    kh_bump *b = p->bumps.items;
    if (p->bumps.count) {
        qsort(b, p->bumps.count, sizeof *b, by_hash);
    }
    for (size_t i = 0, end; i < p->bumps.count && !status; i = end) {
        for (end = i + 1; end < p->bumps.count && by_hash(&b[i], &b[end]) == 0; end++) {
        }
        status = kh_count_documents(store, &b[i], end - i, err);
    }
    return status;
}

static kh_status write_words(kh_store *store, const kh_pending *p, kh_error *err)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < p->words.count && !status; i++) {
        const kh_pending_words *w = &p->words.items[i];
        status = kh_words_put(store, w->id, w->title, w->body, err);
    }
    return status;
}

kh_status kh_pending_write(kh_store *store, kh_error *err)
{
    kh_pending *p = store->pending;
    if (!p) {
        return KH_OK;
    }
    kh_status status = p->failed.code;
    if (status && err) {
        *err = p->failed;
    }
    if (p->posts.count && !status) {
        kh_arena out = p->arena;
        kh_arena scratch = kh_arena_split(&out);
        status = kh_postings_write(store, scratch, &p->posts, err);
    }
    status = status ? status : write_bumps(store, p, err);
    status = status ? status : write_words(store, p, err);
    kh_pending_drop(store);
    return status;
}
