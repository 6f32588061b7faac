/* postings.c - which articles have a feature or a print: levels of packed postings, the newest in an ordinary table.
 *
 * Decides where a posting stands. What is added goes into the table `posting`, one row each; of a transaction that adds POUR_MIN and more
 * all go into the packed level 1 at once, together with those rows. When the table has FRESH rows, those of one slice of the keys, a 256th, go
 * into level 1; when that has FAN times as many, one slice of it goes into level 2, and so on; the slices take turns. So most steps rewrite a 256th
 * of two levels, never a whole one but the small first: adding costs the same at ten articles and at a million, and no page waits for a
 * large merge. A posting is written again some FAN / 2 times on each of the few levels, always in long runs.
 *
 *     100,000 articles, 26 million postings: 64,000 rows, 1 million in level 1, 16 in level 2, 9 in level 3; two bytes each instead of forty
 *
 * Method: a log-structured merge tree with a rolling merge (O'Neil, Cheng, Gawlick and O'Neil 1996); its runs are inverted lists as in Lester,
 * Moffat and Zobel (2008). Blocks: blocks.c. The row of a block is its level (3 bits), its first key (41) and its part (19), so that the last row
 * that is not greater holds what is looked for. All is done inside the transaction that adds the article: a crash leaves either all or nothing.
 *
 * Gets wrong: a level is known to be full by the number of its postings, which a shell can change.
 */
#include "store/postings.h"

#include "store/pack.h"
#include "store/pending.h"
#include "store/warm.h"

#include <stdlib.h>

enum { POUR_MIN = 16384 }; /* postings written together that go into level 1 at once */
enum { FRESH = 65536, FAN = 16, PART_BITS = 19, LEVEL_SHIFT = KH_KEY_BITS + PART_BITS };

static const uint64_t KEY_MASK = (UINT64_C(1) << KH_KEY_BITS) - 1;

static int64_t row_of(unsigned level, uint64_t key, uint32_t part)
{
    return (int64_t)((uint64_t)level << LEVEL_SHIFT | key << PART_BITS | part);
}

static int64_t first_row(unsigned level, unsigned slice)
{
    return (int64_t)(((uint64_t)level << LEVEL_SHIFT) + ((uint64_t)slice << (KH_SLICE_BITS + PART_BITS)));
}

static kh_block block_at(const kh_store *store, sqlite3_stmt *stmt)
{
    uint64_t row = (uint64_t)sqlite3_column_int64(stmt, 0);
    const char *body = sqlite3_column_blob(stmt, 1);
    return (kh_block){.key = row >> PART_BITS & KEY_MASK,
                      .part = (uint32_t)(row & ((1U << PART_BITS) - 1)),
                      .wide = store->is_wide,
                      .bytes = {body, (size_t)sqlite3_column_bytes(stmt, 1)}};
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

kh_u64s kh_postings_keys(kh_arena *out, const kh_features *features, const kh_u64s *prints)
{
    size_t count = features->count + prints->count, kept = 0;
    kh_u64s keys = {.items = KH_NEW_N(out, uint64_t, count + 1), .room = count + 1};
    for (size_t i = 0; i < count; i++) {
        keys.items[i] = kh_post_key(i < features->count ? features->items[i].hash : prints->items[i - features->count]);
    }
    qsort(keys.items, count, sizeof *keys.items, by_number);
    for (size_t i = 0; i < count; i++) {
        if (!kept || keys.items[i] != keys.items[kept - 1]) {
            keys.items[kept++] = keys.items[i];
        }
    }
    keys.count = kept;
    return keys;
}

/* ---- how full the levels are ---- */

typedef struct levels {
    int64_t postings[KH_LEVELS];
    unsigned slice[KH_LEVELS]; /* whose turn it is to go a level down */
} levels;

static kh_status read_levels(kh_store *store, levels *l, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT level, postings, slice FROM posting_level", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    *l = (levels){0};
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        int64_t level = sqlite3_column_int64(stmt, 0);
        if (level >= 0 && level < KH_LEVELS) {
            l->postings[level] = sqlite3_column_int64(stmt, 1);
            l->slice[level] = (unsigned)sqlite3_column_int64(stmt, 2) % KH_SLICES;
        }
    }
    return status;
}

static kh_status write_levels(kh_store *store, const levels *was, const levels *is, kh_error *err)
{
    kh_status status = KH_OK;
    if (store->warm) {
        store->warm->levels = 0;
    }
    for (int i = 0; i < KH_LEVELS && !status; i++) {
        if (was->postings[i] != is->postings[i] || was->slice[i] != is->slice[i]) {
            status = kh_sql_run(store, err, "INSERT OR REPLACE INTO posting_level(level, postings, slice) VALUES(?,?,?)", "iii", (int64_t)i,
                                is->postings[i], (int64_t)is->slice[i]);
        }
    }
    return status;
}

/* ---- one slice of a level ---- */

static kh_status damaged(kh_store *store, kh_error *err)
{
    return kh_fail(err, KH_ERR_STORE, "damaged", "%s: postings cannot be read; khabar check tells how they are made anew", store->path);
}

static kh_status read_blocks(kh_store *store, kh_arena *out, unsigned level, unsigned slice, kh_blocks *blocks, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id, body FROM posting_block WHERE id >= ? AND id < ? ORDER BY id", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "ii", first_row(level, slice), first_row(level, slice + 1));
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        kh_block b = block_at(store, stmt);
        b.bytes = kh_arena_copy(out, b.bytes);
        *KH_ADD(out, blocks) = b;
    }
    return status;
}

static kh_status read_slice(kh_store *store, kh_arena *out, unsigned level, unsigned slice, kh_posts *posts, bool *whole, kh_error *err)
{
    kh_blocks blocks = {0};
    kh_status status = read_blocks(store, out, level, slice, &blocks, err);
    KH_EACH(const kh_block, b, blocks) {
        *whole &= kh_block_read(out, b, posts);
    }
    return status;
}

static kh_status read_fresh(kh_store *store, kh_arena *out, unsigned slice, kh_posts *posts, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT hash, article_id FROM posting WHERE hash >= ? AND hash < ? ORDER BY hash, article_id", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "ii", (int64_t)slice << KH_SLICE_BITS, (int64_t)(slice + 1) << KH_SLICE_BITS);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, posts) = (kh_post){kh_key_kept((uint64_t)sqlite3_column_int64(stmt, 0)), sqlite3_column_int64(stmt, 1)};
    }
    return status;
}

static kh_status clear_slice(kh_store *store, unsigned level, unsigned slice, kh_error *err)
{
    return level == 0 ? kh_sql_run(store, err, "DELETE FROM posting WHERE hash >= ? AND hash < ?", "ii", (int64_t)slice << KH_SLICE_BITS,
                                   (int64_t)(slice + 1) << KH_SLICE_BITS)
                      : kh_sql_run(store, err, "DELETE FROM posting_block WHERE id >= ? AND id < ?", "ii", first_row(level, slice),
                                   first_row(level, slice + 1));
}

static kh_status write_blocks(kh_store *store, unsigned level, const kh_blocks *blocks, kh_error *err)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < blocks->count && !status; i++) {
        const kh_block *b = &blocks->items[i];
        status = kh_sql_run(store, err, "INSERT INTO posting_block(id, body) VALUES(?,?)", "ib", row_of(level, b->key, b->part), b->bytes);
    }
    return status;
}

static bool before(const kh_post *a, const kh_post *b)
{
    return a->key != b->key ? a->key < b->key : a->article < b->article;
}

/* What SLICE of LEVEL holds, with ADDED among it, into W; one block at a time is unpacked. */
static bool merge(kh_arena scratch, const kh_blocks *blocks, const kh_posts *added, kh_block_writer *w)
{
    size_t next = 0;
    bool whole = true;
    KH_EACH(const kh_block, b, *blocks) {
        kh_arena one = scratch;
        kh_posts posts = {0};
        whole &= kh_block_read(&one, b, &posts);
        KH_EACH(const kh_post, p, posts) {
            for (; next < added->count && before(&added->items[next], p); next++) {
                kh_block_put(w, added->items[next]);
            }
            kh_block_put(w, *p);
        }
    }
    for (; next < added->count; next++) {
        kh_block_put(w, added->items[next]);
    }
    kh_block_end(w);
    return whole;
}

/* MOVED, of one slice, come to LEVEL. */
static kh_status take_in(kh_store *store, kh_arena *out, kh_arena scratch, unsigned level, unsigned slice, const kh_posts *moved, levels *l,
                         kh_error *err)
{
    kh_blocks there = {0};
    kh_block_writer w = {.out = out};
    kh_status status = read_blocks(store, out, level, slice, &there, err);
    if (!status && !merge(scratch, &there, moved, &w)) {
        status = damaged(store, err);
    }
    status = status ? status : clear_slice(store, level, slice, err);
    l->postings[level] += (int64_t)moved->count;
    status = status ? status : write_blocks(store, level, &w.blocks, err);
    kh_warm_has(store, level, slice, &w.keys);
    return status;
}

/* The postings of one slice of LEVEL go to the next one. */
static kh_status go_down(kh_store *store, kh_arena scratch, unsigned level, levels *l, kh_error *err)
{
    kh_arena out = kh_arena_split(&scratch);
    unsigned slice = l->slice[level];
    kh_posts moved = {0};
    bool whole = true;
    kh_status status = level ? read_slice(store, &out, level, slice, &moved, &whole, err) : read_fresh(store, &out, slice, &moved, err);
    status = status || whole ? status : damaged(store, err);
    status = status ? status : clear_slice(store, level, slice, err);
    kh_warm_has(store, level, slice, &(kh_u64s){0});
    status = status ? status : take_in(store, &out, scratch, level + 1, slice, &moved, l, err);
    l->postings[level] -= (int64_t)moved.count;
    l->slice[level] = (slice + 1) % KH_SLICES;
    return status;
}

/* At most once around each level. */
static kh_status make_room(kh_store *store, kh_arena scratch, levels *l, kh_error *err)
{
    kh_status status = KH_OK;
    int64_t most = FRESH;
    for (unsigned level = 0; level + 1 < KH_LEVELS && !status; level++, most *= FAN) {
        for (int turn = 0; turn < KH_SLICES && l->postings[level] > most && !status; turn++) {
            status = go_down(store, scratch, level, l, err);
        }
    }
    return status;
}

/* ---- adding, dropping ---- */

static int by_post(const void *a, const void *b)
{
    const kh_post *x = a;
    const kh_post *y = b;
    return before(x, y) ? -1 : before(y, x);
}

/* Those of POSTS from *FROM on that are in SLICE, with the rows there: none twice. */
static kh_status gather_slice(kh_store *store, kh_arena *out, unsigned slice, const kh_posts *posts, size_t *from, kh_posts *all,
                              size_t *rows, kh_error *err)
{
    kh_posts fresh = {0};
    kh_status status = read_fresh(store, out, slice, &fresh, err);
    size_t next = 0;
    *rows = fresh.count;
    while (next < fresh.count || (*from < posts->count && posts->items[*from].key >> KH_SLICE_BITS == slice)) {
        bool mine = *from < posts->count && posts->items[*from].key >> KH_SLICE_BITS == slice &&
                    (next == fresh.count || !before(&fresh.items[next], &posts->items[*from]));
        kh_post p = mine ? posts->items[(*from)++] : fresh.items[next++];
        const kh_post *last = all->count ? &all->items[all->count - 1] : NULL;
        if (!last || before(last, &p)) {
            *KH_ADD(out, all) = p;
        }
    }
    return status;
}

/* All rows and POSTS, which are sorted, go into level 1. */
static kh_status pour(kh_store *store, kh_arena scratch, const kh_posts *posts, levels *l, kh_error *err)
{
    kh_status status = KH_OK;
    size_t from = 0;
    for (unsigned slice = 0; slice < KH_SLICES && !status; slice++) {
        kh_arena rest = scratch;
        kh_arena out = kh_arena_split(&rest);
        kh_posts all = {0};
        size_t rows = 0;
        status = gather_slice(store, &out, slice, posts, &from, &all, &rows, err);
        status = status || !rows ? status : clear_slice(store, 0, slice, err);
        status = status || !all.count ? status : take_in(store, &out, rest, 1, slice, &all, l, err);
        l->postings[0] -= (int64_t)rows;
    }
    return status;
}

kh_status kh_postings_write(kh_store *store, kh_arena scratch, kh_posts *posts, kh_error *err)
{
    levels was, is;
    kh_status status = read_levels(store, &was, err);
    is = was;
    qsort(posts->items, posts->count, sizeof *posts->items, by_post);
    if (posts->count >= POUR_MIN) {
        status = status ? status : pour(store, scratch, posts, &is, err);
    } else {
        for (size_t i = 0; i < posts->count && !status; i++) {
            status = kh_sql_run(store, err, "INSERT OR IGNORE INTO posting(hash,article_id) VALUES(?,?)", "ii",
                                (int64_t)posts->items[i].key, posts->items[i].article);
        }
        is.postings[0] += (int64_t)posts->count;
    }
    status = status ? status : make_room(store, scratch, &is, err);
    return status ? status : write_levels(store, &was, &is, err);
}

kh_status kh_postings_add(kh_store *store, kh_arena scratch, int64_t article, const kh_u64s *keys, kh_error *err)
{
    kh_posts posts = {0};
    if (keys->count == 0 || kh_pending_posts(store, article, keys)) {
        return KH_OK;
    }
    KH_EACH(const uint64_t, key, *keys) {
        *KH_ADD(&scratch, &posts) = (kh_post){*key, article};
    }
    return kh_postings_write(store, scratch, &posts, err);
}

/* Takes POST out of POSTS; whether it was there. */
static bool take_out(kh_posts *posts, const kh_post *post)
{
    size_t kept = 0;
    for (size_t i = 0; i < posts->count; i++) {
        if (posts->items[i].key != post->key || posts->items[i].article != post->article) {
            posts->items[kept++] = posts->items[i];
        }
    }
    bool there = kept < posts->count;
    posts->count = kept;
    return there;
}

static kh_status rewrite(kh_store *store, kh_arena scratch, int64_t row, uint64_t key, const kh_posts *posts, kh_error *err)
{
    return posts->count
               ? kh_sql_run(store, err, "UPDATE posting_block SET body = ?2 WHERE id = ?1", "ib", row, kh_block_pack(&scratch, key, posts))
               : kh_sql_run(store, err, "DELETE FROM posting_block WHERE id = ?", "i", row);
}

/* The blocks of LEVEL that may hold KEY, the last one first; NULL on failure. */
static sqlite3_stmt *blocks_with(kh_store *store, unsigned level, uint64_t key, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id, body FROM posting_block WHERE id >= ? AND id <= ? ORDER BY id DESC", err);
    if (stmt) {
        kh_sql_bind(stmt, "ii", first_row(level, (unsigned)(key >> KH_SLICE_BITS)), row_of(level, kh_key_last(key), (1U << PART_BITS) - 1));
    }
    return stmt;
}

/* Out of LEVEL; *there: it was in it. */
static kh_status drop_from(kh_store *store, kh_arena scratch, unsigned level, const kh_post *post, bool *there, kh_error *err)
{
    sqlite3_stmt *stmt = blocks_with(store, level, post->key, err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    for (bool more = true; more && stmt && kh_sql_row(store, stmt, &status, err);) {
        kh_arena one = scratch;
        kh_posts posts = {0};
        kh_block b = block_at(store, stmt);
        int64_t row = sqlite3_column_int64(stmt, 0);
        bool whole = kh_block_read(&one, &b, &posts);
        *there = take_out(&posts, post);
        more = !*there && b.key >= post->key;
        if (*there || !whole) {
            sqlite3_reset(stmt);
            return whole ? rewrite(store, one, row, b.key, &posts, err) : damaged(store, err);
        }
    }
    if (stmt) {
        sqlite3_reset(stmt);
    }
    return status;
}

kh_status kh_postings_drop(kh_store *store, kh_arena scratch, int64_t article, const kh_u64s *keys, kh_error *err)
{
    levels was = {0}, is;
    kh_status status = kh_pending_write(store, err);
    status = status ? status : read_levels(store, &was, err);
    is = was;
    kh_warm_clear(store);
    for (size_t i = 0; i < keys->count && !status; i++) {
        kh_post post = {keys->items[i], article};
        status = kh_sql_run(store, err, "DELETE FROM posting WHERE hash = ? AND article_id = ?", "ii", (int64_t)post.key, article);
        bool there = !status && sqlite3_changes(store->db) > 0;
        is.postings[0] -= there;
        for (unsigned level = 1; level < KH_LEVELS && !there && !status; level++) {
            status = was.postings[level] > 0 ? drop_from(store, scratch, level, &post, &there, err) : KH_OK;
            is.postings[level] -= there;
        }
    }
    return status ? status : write_levels(store, &was, &is, err);
}

/* ---- asking ---- */

/* As LIMIT of SQL. */
static int64_t rows_of(size_t limit)
{
    return limit > INT32_MAX ? -1 : (int64_t)limit;
}

/* Of schema 6 and before: all in one table, by hashes of 64 bits. */
static kh_status newest_of_old(kh_store *store, kh_arena *out, uint64_t hash, size_t limit, kh_ids *articles, kh_error *err)
{
    int64_t least, most;
    kh_old_hashes(hash, &least, &most);
    sqlite3_stmt *stmt = kh_sql(store, "SELECT article_id FROM posting WHERE hash BETWEEN ? AND ? ORDER BY article_id DESC LIMIT ?", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "iii", least, most, rows_of(limit));
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, articles) = sqlite3_column_int64(stmt, 0);
    }
    return status;
}

static kh_status newest_fresh(kh_store *store, kh_arena *out, uint64_t key, size_t limit, kh_posts *found, kh_error *err)
{
    sqlite3_stmt *stmt =
        kh_sql(store,
               store->is_wide ? "SELECT article_id FROM posting WHERE hash BETWEEN ?1 AND ?1 | 255 ORDER BY article_id DESC LIMIT ?2"
                              : "SELECT article_id FROM posting WHERE hash = ? ORDER BY article_id DESC LIMIT ?",
               err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "ii", (int64_t)key, rows_of(limit));
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *KH_ADD(out, found) = (kh_post){key, sqlite3_column_int64(stmt, 0)};
    }
    return status;
}

/* Those of LEVEL, the newest first, at least LIMIT if there are. */
static kh_status newest_packed(kh_store *store, kh_arena *out, unsigned level, uint64_t key, size_t limit, kh_posts *found, kh_error *err)
{
    sqlite3_stmt *stmt = blocks_with(store, level, key, err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    size_t first = found->count;
    for (bool more = true; more && stmt && kh_sql_row(store, stmt, &status, err);) {
        kh_block b = block_at(store, stmt);
        size_t from = found->count;
        bool whole = kh_block_find(out, &b, key, found);
        for (size_t i = from, k = found->count; i + 1 < k; i++, k--) { /* they rise */
            kh_post p = found->items[i];
            found->items[i] = found->items[k - 1];
            found->items[k - 1] = p;
        }
        more = whole && b.key >= key && found->count - first < limit;
        status = whole ? KH_OK : damaged(store, err);
    }
    if (stmt) {
        sqlite3_reset(stmt);
    }
    return status;
}

/* The deepest level that has anything; 0: none. */
static unsigned last_level(kh_store *store)
{
    unsigned level = (unsigned)(kh_sql_number(store, "SELECT id FROM posting_block ORDER BY id DESC LIMIT 1", "") >> LEVEL_SHIFT);
    return level < KH_LEVELS ? level : KH_LEVELS - 1;
}

static int newest_first(const void *a, const void *b)
{
    const kh_post *x = a;
    const kh_post *y = b;
    return (y->article > x->article) - (y->article < x->article);
}

/* What was read anew went to the first levels with its old number: seldom. */
static void sort_newest(kh_posts *found)
{
    for (size_t i = 1; i < found->count; i++) {
        if (found->items[i].article > found->items[i - 1].article) {
            qsort(found->items, found->count, sizeof *found->items, newest_first);
            return;
        }
    }
}

/* Which levels have anything, a bit each. */
static kh_status levels_there(kh_store *store, unsigned *bits, kh_error *err)
{
    levels l;
    kh_status status = KH_OK;
    kh_warm *warm = kh_warm_of(store);
    *bits = warm ? warm->levels : 0;
    if (!warm) {
        *bits = (2U << last_level(store)) - 1;
    } else if (!*bits) {
        status = read_levels(store, &l, err);
        for (unsigned level = 0; level < KH_LEVELS; level++) {
            *bits |= l.postings[level] > 0 ? 1U << level : 0;
        }
        *bits |= KH_LEVELS_KNOWN;
        warm->levels = status ? 0 : *bits;
    }
    return status;
}

/* What the file and what waits to be written say. */
static kh_status newest_of_all(kh_store *store, kh_arena *out, kh_arena scratch, uint64_t key, size_t limit, bool pending, kh_ids *articles,
                               kh_error *err)
{
    kh_posts found = {0};
    const kh_warm *warm = kh_warm_of(store);
    if (pending) {
        kh_pending_with(store, &scratch, key, &found);
    }
    unsigned bits = 0;
    kh_status status = levels_there(store, &bits, err);
    if (!status && bits & 1) {
        status = newest_fresh(store, &scratch, key, limit, &found, err);
    }
    for (unsigned level = 1; level < KH_LEVELS && !status; level++) {
        bool asked = bits >> level & 1 && (!warm || kh_sieve_lets_by(&warm->sieves, level, key));
        status = asked ? newest_packed(store, &scratch, level, key, limit, &found, err) : KH_OK;
    }
    sort_newest(&found);
    for (size_t i = 0; i < found.count && i < limit && !status; i++) {
        *KH_ADD(out, articles) = found.items[i].article;
    }
    return status;
}

/* The same, remembered. */
static kh_status newest_warm(kh_store *store, kh_arena *out, kh_arena scratch, uint64_t key, size_t limit, kh_ids *articles, kh_error *err)
{
    kh_head *h = kh_warm_head(store->warm, key);
    kh_status status = KH_OK;
    if (!h->whole) {
        kh_ids read = {0};
        kh_arena rest = kh_arena_split(&scratch);
        status = newest_of_all(store, &scratch, rest, key, KH_HEAD_MAX, false, &read, err);
        if (!status) {
            kh_warm_fill(store->warm, h, &read);
        }
    }
    size_t count = h->count < limit ? h->count : limit;
    if (articles->count == 0 && count) {
        *articles = (kh_ids){.items = KH_TAKE_N(out, int64_t, count), .room = count};
    }
    for (size_t i = 0; i < count; i++) {
        *KH_ADD(out, articles) = h->articles[h->count - 1 - i];
    }
    return status;
}

kh_status kh_postings_newest(kh_store *store, kh_arena *out, kh_arena scratch, uint64_t hash, size_t limit, kh_ids *articles, kh_error *err)
{
    uint64_t key = kh_post_key(hash);
    if (!store->has_levels) {
        return newest_of_old(store, out, hash, limit, articles, err);
    }
    return kh_warm_of(store) && limit <= KH_HEAD_MAX ? newest_warm(store, out, scratch, key, limit, articles, err)
                                                     : newest_of_all(store, out, scratch, key, limit, true, articles, err);
}

/* ---- all ---- */

kh_status kh_postings_slice(kh_store *store, kh_arena *out, unsigned slice, kh_posts *posts, bool *whole, kh_error *err)
{
    kh_status status = read_fresh(store, out, slice, posts, err);
    for (unsigned level = 1; level < KH_LEVELS && !status; level++) {
        status = read_slice(store, out, level, slice, posts, whole, err);
    }
    return status;
}

/* One slice of LEVEL without what is in GONE; *dropped counts it. */
static kh_status sweep_slice(kh_store *store, kh_arena scratch, unsigned level, unsigned slice, const kh_map *gone, int64_t *dropped,
                             kh_error *err)
{
    kh_arena out = kh_arena_split(&scratch);
    kh_posts posts = {0};
    bool whole = true;
    kh_block_writer w = {.out = &scratch};
    kh_status status = read_slice(store, &out, level, slice, &posts, &whole, err);
    if (store->is_wide && posts.count) { /* keys have become one */
        qsort(posts.items, posts.count, sizeof *posts.items, by_post);
    }
    KH_EACH(const kh_post, p, posts) {
        if (kh_map_get(gone, (uint64_t)p->article)) {
            ++*dropped;
        } else {
            kh_block_put(&w, *p);
        }
    }
    kh_block_end(&w);
    status = status || whole ? status : damaged(store, err);
    status = status || !posts.count ? status : clear_slice(store, level, slice, err);
    return status ? status : write_blocks(store, level, &w.blocks, err);
}

kh_status kh_postings_sweep(kh_store *store, kh_arena scratch, const kh_map *gone, kh_error *err)
{
    levels was = {0}, is;
    kh_status status = kh_pending_write(store, err);
    status = status ? status : read_levels(store, &was, err);
    is = was;
    kh_warm_clear(store);
    status = status ? status : kh_sql_run(store, err, "DELETE FROM posting WHERE article_id IN (SELECT article_id FROM deleted)", "");
    is.postings[0] -= sqlite3_changes(store->db);
    for (unsigned level = 1; level < KH_LEVELS; level++) {
        for (unsigned slice = 0; slice < KH_SLICES && was.postings[level] && !status; slice++) {
            int64_t dropped = 0;
            status = sweep_slice(store, scratch, level, slice, gone, &dropped, err);
            is.postings[level] -= dropped;
        }
    }
    return status ? status : write_levels(store, &was, &is, err);
}
