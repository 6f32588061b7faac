/* check_words.c - does the search index hold the words of the articles, each where it stands?
 *
 *     "взрыв на шахте"  in article.text,  взрыв 0, на 1, шахте 2  in the index: whole;  взвыв 0, на 1, шахте 2: amiss
 *
 * Decides by one number an article: the sum over its words of a hash of word, column and place. It is taken from the index, whose words
 * are read once in their order (fts5vocab), and taken away again word by word of what the article would be indexed by today, cut by the
 * index's own tokenizer. What is left must be nothing. Articles that were deleted in a shell still have their words until the next
 * command that writes.
 *
 * The index's own check (check.c) cannot see this: it keeps no texts, and so knows only whether its parts agree with each other.
 *
 * Memory: eight bytes an article. Time: as long as reading the index, and folding the articles, take.
 *
 * Gets wrong: an article whose words fold otherwise than they did when it came is amiss too, and rightly: it is not found by what one types today.
 */
#include "store/check.h"

#include "store/words.h"

typedef struct checking {
    kh_store *store;
    uint64_t *sums; /* by article; nothing where all is well */
    int64_t articles;
    fts5_tokenizer cutter;
    Fts5Tokenizer *cut;
    bool unread; /* the index is damaged so that it cannot be read to its end */
    kh_error *err;
} checking;

static uint64_t hash_of(kh_str word, uint64_t column, uint64_t place)
{
    return kh_hash_mix(kh_hash(word), column << 32 | place);
}

/* ---- the index ---- */

static kh_status take_index(checking *c)
{
    sqlite3_stmt *stmt = kh_sql(c->store, "SELECT term, doc, col = 'body', offset FROM temp.search_places", c->err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    while (stmt && kh_sql_row(c->store, stmt, &status, c->err)) {
        int64_t id = sqlite3_column_int64(stmt, 1);
        kh_str word = {(const char *)sqlite3_column_text(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0)};
        if (id > 0 && id <= c->articles) {
            c->sums[id] += hash_of(word, (uint64_t)sqlite3_column_int64(stmt, 2), (uint64_t)sqlite3_column_int64(stmt, 3));
        }
    }
    return status;
}

/* ---- the articles ---- */

typedef struct cutting {
    uint64_t *sum;
    uint64_t column, place;
} cutting;

static int take_word(void *context, int flags, const char *word, int len, int begin, int end)
{
    cutting *k = context;
    (void)flags;
    (void)begin;
    (void)end;
    *k->sum -= hash_of((kh_str){word, (size_t)len}, k->column, k->place++);
    return SQLITE_OK;
}

static kh_status take_article(kh_store *store, void *checked, int64_t id, kh_str title, kh_str body, kh_error *err)
{
    checking *c = checked;
    const kh_str columns[] = {title, body};
    (void)store;
    (void)err;
    for (uint64_t i = 0; i < 2 && id > 0 && id <= c->articles; i++) {
        cutting k = {.sum = &c->sums[id], .column = i};
        c->cutter.xTokenize(c->cut, &k, FTS5_TOKENIZE_DOCUMENT, columns[i].ptr, (int)columns[i].len, take_word);
    }
    return KH_OK;
}

/* ---- both ---- */

/* The tokenizer that schema.sql names. */
static bool open_cutter(checking *c)
{
    static const char *arguments[] = {"remove_diacritics", "0"};
    fts5_api *api = NULL;
    void *data = NULL;
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(c->store->db, "SELECT fts5(?1)", -1, &stmt, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(stmt);
    }
    sqlite3_finalize(stmt);
    return api && api->xFindTokenizer(api, "unicode61", &data, &c->cutter) == SQLITE_OK &&
           c->cutter.xCreate(data, arguments, 2, &c->cut) == SQLITE_OK;
}

static kh_status last_article(kh_store *store, int64_t *last, kh_error *err)
{
    sqlite3_stmt *stmt =
        kh_sql(store, "SELECT max((SELECT ifnull(max(id), 0) FROM article), (SELECT ifnull(max(article_id), 0) FROM deleted))", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *last = sqlite3_column_int64(stmt, 0);
    }
    return status;
}

static kh_status compare(checking *c, kh_arena scratch)
{
    kh_status status =
        kh_sql_run(c->store, c->err, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_places USING fts5vocab(main, search, instance)", "");
    status = status ? status : take_index(c);
    c->unread = status && (sqlite3_errcode(c->store->db) & 0xff) == SQLITE_CORRUPT;
    if (c->unread) {
        return KH_OK;
    }
    return status ? status : kh_words_each(c->store, scratch, take_article, c, c->err);
}

static void tell(const checking *c, kh_arena *out, kh_check *result)
{
    uint64_t amiss = 0;
    for (int64_t id = 1; id <= c->articles; id++) {
        amiss += c->sums[id] != 0;
    }
    if (c->unread) {
        *KH_ADD(out, &result->problems) = KH_STR("the search index is damaged; make it anew: " KH_INDEX_ANEW);
    } else if (amiss) {
        *KH_ADD(out, &result->problems) =
            kh_arena_printf(out, "%llu articles stand in the search index with other words than their own; make it anew: " KH_INDEX_ANEW,
                            (unsigned long long)amiss);
    }
}

kh_status kh_check_words(kh_store *store, kh_arena *out, kh_check *result, kh_error *err)
{
    checking c = {.store = store, .err = err};
    kh_status status = last_article(store, &c.articles, err);
    kh_arena kept = kh_arena_reserve((size_t)(c.articles + 1) * sizeof *c.sums + 4096, NULL);
    kh_arena scratch = kh_arena_reserve(KH_STORE_ARENA_BYTES, NULL);
    if (!kept.begin || !scratch.begin || !open_cutter(&c)) {
        status = status ? status : kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory to check the search index");
    } else if (!status) {
        c.sums = KH_NEW_N(&kept, uint64_t, (size_t)c.articles + 1);
        status = compare(&c, scratch);
        if (!status) {
            tell(&c, out, result);
        }
    }
    if (c.cut) {
        c.cutter.xDelete(c.cut);
    }
    kh_arena_release(&kept);
    kh_arena_release(&scratch);
    return status;
}
