/* warm.c - what a writer remembers of the file: the newest articles of posting lists, counts of words, which story an article is in.
 *
 * Decides nothing. To place one article some 160 posting lists are asked for, the counts of 200 words, the stories of 96 articles, and up to
 * three others that it puts in doubt ask for as many again. The next article is of the same days and asks for mostly the same:
 *
 *     "Tarkand" -> 412, 409, 408 ...      asked for by each of the twelve reports on the mine, read from the file for the first one
 *
 * Method: lists and counts by their hash in one arena, which is cleared when it is full; stories and days by the number of the article; which keys the levels of
 * postings have not (sieve.c). They hold what the open transaction has still to
 * write too (pending.c). They are asked within transactions alone, and stay from one to the next as long as PRAGMA data_version says that nobody else has written;
 * what changes a row of `article` is told by SQLite itself (sqlite3_update_hook), and what is taken back clears all.
 *
 * Gets wrong: nothing it knows of.
 */
#include "store/warm.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 4, ROOM_MAX = 2 * KH_HEAD_MAX, PLACES_FIRST = 1024 };

/* A row of `article` changes: its story is asked for anew, and who is in which. A new row is in none. */
static void forget_story(void *context, int action, const char *database, const char *table, sqlite3_int64 row)
{
    kh_warm *warm = context;
    bool is_article = strcmp(table, "article") == 0;
    (void)database;
    if (is_article && row > 0 && (size_t)row < warm->place_room) {
        warm->places[row].story = 0;
    }
    warm->turn += is_article && action != SQLITE_INSERT;
}

static void forget_all(kh_warm *warm)
{
    kh_sieves_clear(&warm->sieves);
    free(warm->places);
    warm->places = NULL;
    warm->place_room = 0;
}

void kh_warm_open(kh_store *store)
{
    kh_warm *warm = calloc(1, sizeof *warm);
    if (warm) {
        warm->arena = kh_arena_reserve((size_t)KH_WARM_BYTES + KH_STORE_ARENA_BYTES, NULL);
    }
    if (warm && !warm->arena.begin) {
        free(warm);
        warm = NULL;
    }
    store->warm = warm;
    if (warm) {
        warm->turn = 1;
        sqlite3_update_hook(store->db, forget_story, warm);
    }
}

void kh_warm_close(kh_store *store)
{
    if (store->warm) {
        sqlite3_update_hook(store->db, NULL, NULL);
        forget_all(store->warm);
        kh_arena_release(&store->warm->arena);
        free(store->warm);
        store->warm = NULL;
    }
}

void kh_warm_clear(kh_store *store)
{
    kh_warm *warm = store->warm;
    if (warm) {
        forget_all(warm);
        kh_arena_clear(&warm->arena);
        *warm = (kh_warm){.arena = warm->arena, .turn = 1};
    }
}

void kh_warm_make_room(kh_store *store)
{
    kh_warm *warm = store->warm;
    if (warm && kh_warm_is_full(store)) {
        kh_arena_clear(&warm->arena);
        *warm = (kh_warm){.sieves = warm->sieves, .places = warm->places, .place_room = warm->place_room, .arena = warm->arena, .turn = 1};
    }
}

void kh_warm_has(kh_store *store, unsigned level, unsigned slice, const kh_u64s *keys)
{
    if (store->warm) {
        kh_sieve_make(&store->warm->sieves, level, slice, keys);
    }
}

bool kh_warm_is_full(const kh_store *store)
{
    const kh_warm *warm = store->warm;
    return warm && (size_t)(warm->arena.cur - warm->arena.begin) > KH_WARM_BYTES;
}

/* ---- posting lists ---- */

kh_head *kh_warm_head(kh_warm *warm, uint64_t key)
{
    bool fresh = false;
    uint32_t *at = kh_map_put(&warm->arena, &warm->head_of, key, &fresh);
    if (fresh) {
        *KH_ADD(&warm->arena, &warm->heads) = (kh_head){0};
        *at = (uint32_t)warm->heads.count;
    }
    return &warm->heads.items[*at - 1];
}

/* Room for one more. Of a list that is longer than anybody asks for the oldest go. */
static void make_room(kh_warm *warm, kh_head *h)
{
    if (h->count < h->room) {
        return;
    }
    if (h->room == ROOM_MAX) {
        memmove(h->articles, h->articles + (h->count - KH_HEAD_MAX), KH_HEAD_MAX * sizeof *h->articles);
        h->count = KH_HEAD_MAX;
        return;
    }
    uint32_t room = h->room ? 2 * h->room : FIRST_ROOM;
    room = room < ROOM_MAX ? room : ROOM_MAX;
    int64_t *articles = KH_TAKE_N(&warm->arena, int64_t, room);
    if (h->count) {
        memcpy(articles, h->articles, h->count * sizeof *articles);
    }
    h->articles = articles;
    h->room = room;
}

void kh_warm_push(kh_warm *warm, kh_head *h, int64_t article)
{
    make_room(warm, h);
    uint32_t at = h->count;
    while (at > 0 && h->articles[at - 1] > article) {
        at--;
    }
    if (at > 0 && h->articles[at - 1] == article) {
        return;
    }
    memmove(h->articles + at + 1, h->articles + at, (h->count - at) * sizeof *h->articles);
    h->articles[at] = article;
    h->count++;
}

void kh_warm_fill(kh_warm *warm, kh_head *h, const kh_ids *newest)
{
    kh_head added = *h; /* some of these may have been written since */
    size_t count = newest->count < KH_HEAD_MAX ? newest->count : KH_HEAD_MAX;
    *h = (kh_head){.whole = true, .room = added.count + (uint32_t)count < ROOM_MAX ? added.count + (uint32_t)count : ROOM_MAX};
    h->articles = KH_TAKE_N(&warm->arena, int64_t, h->room + 1);
    for (size_t i = count; i > 0; i--) {
        h->articles[h->count++] = newest->items[i - 1];
    }
    for (uint32_t i = 0; i < added.count; i++) {
        kh_warm_push(warm, h, added.articles[i]);
    }
}

/* ---- stories ---- */

kh_whereabouts *kh_warm_place(kh_warm *warm, int64_t article)
{
    if (article <= 0 || article > KH_PLACES_MAX) {
        return NULL;
    }
    size_t room = warm->place_room ? warm->place_room : PLACES_FIRST;
    while (room <= (size_t)article) {
        room *= 2;
    }
    if (room > warm->place_room) {
        kh_whereabouts *more = realloc(warm->places, room * sizeof *more);
        if (!more) {
            return NULL;
        }
        memset(more + warm->place_room, 0, (room - warm->place_room) * sizeof *more);
        warm->places = more;
        warm->place_room = room;
    }
    return &warm->places[article];
}

uint32_t kh_warm_turn(const kh_store *store)
{
    return store->warm ? store->warm->turn : 0;
}

kh_newest *kh_warm_newest(kh_warm *warm, int64_t story)
{
    bool fresh = false;
    uint32_t *at = kh_map_put(&warm->arena, &warm->newest_of, (uint64_t)story, &fresh);
    if (fresh) {
        *KH_ADD(&warm->arena, &warm->newest) = (kh_newest){0};
        *at = (uint32_t)warm->newest.count;
    }
    return &warm->newest.items[*at - 1];
}

void kh_warm_back_to(kh_store *store, uint32_t turn)
{
    if (store->warm) {
        store->warm->turn = turn;
    }
}

/* What is known of STORY as of now; NULL where nothing is. */
static kh_newest *newest_known(kh_warm *warm, int64_t story)
{
    const uint32_t *at = story ? kh_map_get(&warm->newest_of, (uint64_t)story) : NULL;
    kh_newest *n = at ? &warm->newest.items[*at - 1] : NULL;
    return n && n->turn == warm->turn ? n : NULL;
}

void kh_warm_mixed(kh_store *store, uint32_t turn, int64_t story, int64_t other)
{
    kh_warm_back_to(store, turn);
    kh_newest *both[] = {store->warm ? newest_known(store->warm, story) : NULL, store->warm ? newest_known(store->warm, other) : NULL};
    for (size_t i = 0; i < 2; i++) {
        if (both[i]) {
            both[i]->turn = 0;
        }
    }
}

static void take_out(kh_newest *n, int64_t article)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n->count; i++) {
        n->articles[kept] = n->articles[i];
        kept += n->articles[i] != article;
    }
    n->asked -= kept < n->count && n->count == n->asked; /* the next one is not known */
    n->count = kept;
}

static void put_in(kh_newest *n, int64_t article)
{
    uint32_t at = n->count;
    while (at > 0 && n->articles[at - 1] < article) {
        at--;
    }
    if (at == n->asked) {
        return; /* older than those that were asked for */
    }
    n->count += n->count < n->asked;
    for (uint32_t i = n->count - 1; i > at; i--) {
        n->articles[i] = n->articles[i - 1];
    }
    n->articles[at] = article;
}

void kh_warm_moved(kh_store *store, uint32_t turn, int64_t article, int64_t from, int64_t to, bool opened)
{
    kh_warm *warm = store->warm;
    if (!warm) {
        return;
    }
    warm->turn = turn;
    if (opened) {
        *kh_warm_newest(warm, to) = (kh_newest){.asked = KH_NEWEST_MAX, .turn = turn};
    }
    kh_newest *left = newest_known(warm, from), *joined = newest_known(warm, to);
    if (left) {
        take_out(left, article);
    }
    if (joined) {
        put_in(joined, article);
    }
}

/* ---- counts ---- */

static kh_status read_counted(kh_store *store, uint64_t hash, kh_counted *c, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT documents, epoch, frozen FROM frequency WHERE hash = ?", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "i", (int64_t)hash);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *c = (kh_counted){sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1), sqlite3_column_int64(stmt, 2)};
    }
    return status;
}

kh_counted *kh_warm_counted(kh_store *store, uint64_t hash, kh_error *err)
{
    kh_warm *warm = store->warm;
    kh_counted read = {0};
    const uint32_t *known = kh_map_get(&warm->counted_of, hash);
    if (known) {
        return &warm->counted.items[*known - 1];
    }
    if (read_counted(store, hash, &read, err)) {
        return NULL;
    }
    *KH_ADD(&warm->arena, &warm->counted) = read;
    *kh_map_put(&warm->arena, &warm->counted_of, hash, NULL) = (uint32_t)warm->counted.count;
    return &warm->counted.items[warm->counted.count - 1];
}

/* As the row will be counted: pending.c. */
void kh_warm_count(kh_counted *c, int64_t epoch)
{
    c->frozen = c->epoch < epoch ? c->documents : c->frozen;
    c->epoch = epoch;
    c->documents++;
}
