/* check_postings.c - do the packed postings say what the articles say, and are words counted right?
 *
 * Decides by two numbers: each article must stand in as many postings as it has features and prints, and each word must have as many as are
 * counted. Example: a block that a disk has changed gives an article a word it has not, or takes one away; either is seen by both. Articles
 * that were deleted in a shell are still in the postings until the next command that writes: they count as there.
 *
 * Method: postings are read once, slice by slice in the order of their keys. Memory: four bytes an article, some forty a word.
 *
 * Gets wrong: two changes that cancel each other out, one word for another in the same article with both counts changed, are not seen.
 */
#include "store/check.h"

#include "store/pack.h"
#include "store/postings.h"

#include <stdlib.h>

typedef struct checking {
    kh_store *store;
    kh_arena *out;
    kh_check *result;
    uint32_t *left;   /* by article: postings it should still be met in, plus one; 0: no such article */
    int64_t articles; /* the greatest number of one */
    kh_map counted;   /* key -> documents */
    uint64_t strangers, wrong;
    bool whole;
    kh_error *err;
} checking;

static const char ANEW[] = "make them anew: " KH_INDEX_ANEW;

static void add_problem(checking *c, uint64_t count, const char *problem)
{
    if (count) {
        *KH_ADD(c->out, &c->result->problems) = kh_arena_printf(c->out, "%llu %s; %s", (unsigned long long)count, problem, ANEW);
    }
}

#define AND_DELETED "UNION ALL SELECT article_id, features, prints FROM deleted ORDER BY 1 DESC"

/* How many postings each article should have, and each that is gone but for its postings. */
static kh_status expect(checking *c, kh_arena *kept, kh_arena scratch)
{
    sqlite3_stmt *stmt = kh_sql(c->store,
                                c->store->has_digests ? "SELECT article_id, features, prints FROM digest " AND_DELETED
                                                      : "SELECT id, features, prints FROM article " AND_DELETED,
                                c->err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    while (stmt && kh_sql_row(c->store, stmt, &status, c->err)) {
        kh_arena one = scratch;
        kh_article a = {0};
        int64_t id = sqlite3_column_int64(stmt, 0);
        if (!c->left) {
            c->articles = id;
            c->left = KH_NEW_N(kept, uint32_t, (size_t)id + 1);
        }
        c->whole &= kh_sql_features(c->store, &one, stmt, 1, &a);
        c->left[id] = (uint32_t)kh_postings_keys(&one, &a.features, &a.prints).count + 1;
    }
    return status;
}

static kh_status read_counts(checking *c, kh_arena *kept)
{
    sqlite3_stmt *stmt = kh_sql(c->store, "SELECT hash, documents FROM frequency", c->err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    while (stmt && kh_sql_row(c->store, stmt, &status, c->err)) {
        *kh_map_put(kept, &c->counted, kh_post_key((uint64_t)sqlite3_column_int64(stmt, 0)), NULL) +=
            (uint32_t)sqlite3_column_int64(stmt, 1);
    }
    return status;
}

static int by_post(const void *a, const void *b)
{
    const kh_post *x = a;
    const kh_post *y = b;
    int order = (x->key > y->key) - (x->key < y->key);
    return order ? order : (x->article > y->article) - (x->article < y->article);
}

static void meet(checking *c, const kh_post *p)
{
    bool known = p->article > 0 && p->article <= c->articles && c->left[p->article];
    c->strangers += !known;
    if (known && c->left[p->article] > 1) {
        c->left[p->article]--;
    } else if (known) {
        c->left[p->article] = UINT32_MAX; /* more than it should */
    }
}

/* Those of one slice; a word's count is taken away from what was counted. */
static kh_status check_slice(checking *c, kh_arena scratch, unsigned slice)
{
    kh_posts posts = {0};
    kh_status status = kh_postings_slice(c->store, &scratch, slice, &posts, &c->whole, c->err);
    if (posts.count) {
        qsort(posts.items, posts.count, sizeof *posts.items, by_post);
    }
    for (size_t i = 0, end = 0; i < posts.count; i = end) {
        for (end = i; end < posts.count && posts.items[end].key == posts.items[i].key; end++) {
            bool again = end > i && posts.items[end].article == posts.items[end - 1].article;
            if (!again || !c->store->is_wide) { /* there two prints of an article may be one as they are read now */
                meet(c, &posts.items[end]);
            }
        }
        uint32_t *counted = kh_map_get(&c->counted, posts.items[i].key);
        bool is_word = posts.items[i].key >> (KH_KEY_BITS - 1) == 0;
        c->wrong += is_word && (!counted || *counted != end - i);
        if (counted) {
            *counted = 0;
        }
    }
    return status;
}

static uint64_t articles_amiss(const checking *c)
{
    uint64_t count = 0;
    for (int64_t id = 1; id <= c->articles; id++) {
        count += c->left[id] > 1;
    }
    return count;
}

static uint64_t words_without(const checking *c)
{
    uint64_t count = 0;
    for (size_t i = 0; i < c->counted.room; i++) {
        count += c->counted.keys[i] && c->counted.values[i];
    }
    return count;
}

static kh_status check_all(checking *c, kh_arena *kept, kh_arena scratch)
{
    kh_status status = expect(c, kept, scratch);
    status = status ? status : read_counts(c, kept);
    for (unsigned slice = 0; slice < KH_SLICES && !status; slice++) {
        status = check_slice(c, scratch, slice);
    }
    return status;
}

/* For a number each article and a map of all words, whose smaller rooms stay behind when it grows. */
static size_t bytes_to_keep(kh_store *store)
{
    enum { AT_LEAST = 1 << 20, A_WORD = 128 };
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT max((SELECT ifnull(max(id), 0) FROM article), (SELECT ifnull(max(article_id), 0) FROM deleted)), "
                                "(SELECT count(*) FROM frequency)",
                                NULL);
    kh_status status = KH_OK;
    size_t bytes = AT_LEAST;
    while (stmt && kh_sql_row(store, stmt, &status, NULL)) {
        bytes += (size_t)sqlite3_column_int64(stmt, 0) * sizeof(uint32_t) + (size_t)sqlite3_column_int64(stmt, 1) * A_WORD;
    }
    return bytes;
}

kh_status kh_check_postings(kh_store *store, kh_arena *out, kh_check *result, kh_error *err)
{
    checking c = {.store = store, .out = out, .result = result, .whole = true, .err = err};
    if (!store->has_levels) {
        return KH_OK;
    }
    if (kh_index_is_due(store)) {
        *KH_ADD(out, &result->problems) =
            KH_STR("the index is to be made anew; the next command that writes to the store does it, khabar add for one");
        return KH_OK;
    }
    kh_arena kept = kh_arena_reserve(bytes_to_keep(store), NULL);
    kh_arena scratch = kh_arena_reserve(KH_STORE_ARENA_BYTES, NULL);
    if (!kept.begin || !scratch.begin) {
        kh_arena_release(&kept);
        kh_arena_release(&scratch);
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory to check the postings");
    }
    kh_arena rest = kept;
    kh_status status = check_all(&c, &rest, scratch);
    if (!status) {
        add_problem(&c, !c.whole, "part of the postings cannot be read");
        add_problem(&c, c.strangers, "postings belong to no article");
        add_problem(&c, articles_amiss(&c), "articles have not the postings of their features, so that their stories may not be found");
        add_problem(&c, c.wrong + words_without(&c), "counts of words are not those of the postings");
    }
    kh_arena_release(&kept);
    kh_arena_release(&scratch);
    return status;
}
