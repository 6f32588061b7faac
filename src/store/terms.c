/* terms.c - the words of our own vocabulary, each once in the file: findings name them by number.
 *
 *     term 7  "standing"      status of a figure
 *     term 12 "speech_act"    form of a quotation
 *
 * Decides nothing but the next free number. Only closed vocabulary comes here (docs/VOCABULARY.md, units, language tags), never words of a page:
 * a page that is deleted must be in no byte of the file, and these rows stay. Numbers are never given anew, so what was once read from the
 * table holds as long as the store is open; after a rollback all is asked again.
 *
 * Gets wrong: nothing known. A store of another vocabulary than the program's keeps its own words, as its rows did before.
 */
#include "store/terms.h"

#include <stdlib.h>

enum { TERMS_KEPT = 1024, TERM_BYTES = 100, TERMS_BYTES = 1 << 20 };

/* Words and numbers that were asked for, in the order of asking. */
struct kh_terms {
    kh_arena arena;
    kh_map by_word;   /* hash of the word: place in words */
    kh_map by_number; /* the same of the number */
    KH_LIST(kh_str) words;
    KH_LIST(uint32_t) numbers;
};

static struct kh_terms *known(kh_store *store)
{
    if (!store->terms) {
        struct kh_terms *t = calloc(1, sizeof *t);
        if (t) {
            t->arena = kh_arena_reserve(TERMS_BYTES, NULL);
        }
        if (t && !t->arena.begin) {
            free(t);
            t = NULL;
        }
        store->terms = t;
    }
    return store->terms;
}

void kh_terms_forget(kh_store *store)
{
    if (store->terms) {
        kh_arena_release(&store->terms->arena);
        free(store->terms);
        store->terms = NULL;
    }
}

static kh_str keep(struct kh_terms *t, kh_str word, uint32_t number)
{
    word = kh_arena_copy(&t->arena, word);
    *kh_map_put(&t->arena, &t->by_word, kh_hash(word), NULL) = (uint32_t)t->words.count;
    *kh_map_put(&t->arena, &t->by_number, number, NULL) = (uint32_t)t->words.count;
    *KH_ADD(&t->arena, &t->words) = word;
    *KH_ADD(&t->arena, &t->numbers) = number;
    return word;
}

static bool may_keep(const struct kh_terms *t, kh_str word)
{
    return t->words.count < TERMS_KEPT && word.len <= TERM_BYTES;
}

static kh_status ask_number(kh_store *store, kh_str word, uint32_t *number, kh_error *err)
{
    kh_status status = kh_sql_run(store, err, "INSERT OR IGNORE INTO term(word) VALUES(?)", "t", word);
    sqlite3_stmt *stmt = status ? NULL : kh_sql(store, "SELECT id FROM term WHERE word = ?", err);
    status = stmt || status ? status : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "t", word);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        *number = (uint32_t)sqlite3_column_int64(stmt, 0);
    }
    return status;
}

kh_status kh_term_number(kh_store *store, kh_str word, uint32_t *number, kh_error *err)
{
    *number = 0;
    struct kh_terms *t = known(store);
    if (!t) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory for the words of the store");
    }
    if (word.len == 0) {
        return KH_OK;
    }
    uint32_t *place = kh_map_get(&t->by_word, kh_hash(word));
    if (place && kh_str_eq(t->words.items[*place], word)) {
        *number = t->numbers.items[*place];
        return KH_OK;
    }
    kh_status status = ask_number(store, word, number, err);
    if (!status && !place && may_keep(t, word)) {
        keep(t, word, *number);
    }
    return status;
}

kh_str kh_term_word(kh_store *store, kh_arena *out, uint32_t number)
{
    struct kh_terms *t = known(store);
    uint32_t *place = t && number ? kh_map_get(&t->by_number, number) : NULL;
    if (place || !t || !number) {
        return place ? t->words.items[*place] : (kh_str){0};
    }
    sqlite3_stmt *stmt = kh_sql(store, "SELECT word FROM term WHERE id = ?", NULL);
    kh_status status = KH_OK;
    kh_str word = {0};
    if (stmt) {
        kh_sql_bind(stmt, "i", (int64_t)number);
    }
    while (stmt && kh_sql_row(store, stmt, &status, NULL)) {
        word = kh_sql_str(out, stmt, 0);
    }
    return word.len && may_keep(t, word) ? keep(t, word, number) : word;
}
