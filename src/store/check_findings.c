/* check_findings.c - can what was found in each article be read, and does it stand in its text?
 *
 *     3 rows of figure point outside their text, such as https://akhbar.example/1; khabar delete these articles, and add them again
 *
 * Decides by reading every list as the program reads it (findings_read.c): characters that do not come out even, a word that is not among the
 * article's words or the terms of the store, are damage; so is a span that ends behind the text. Stores before schema 8 have tables in place of
 * lists, which check.c asks.
 *
 * Gets wrong: a number changed by hand into another that is possible is not seen.
 */
#include "store/check.h"

#include "store/findings.h"
#include "store/texts.h"

typedef struct tally {
    uint64_t rows;
    kh_str article; /* one of them */
} tally;

typedef struct tallies {
    tally outside[KH_FOUND_WORDS];  /* by kind: findings outside their text */
    tally packed, credited, broken; /* articles: whose text, a credit, a list is amiss */
} tallies;

static void count(tally *t, kh_arena *out, const kh_article *a)
{
    if (t->rows++ == 0) {
        t->article = kh_arena_copy(out, a->key);
    }
}

static void count_outside(tally *t, kh_arena *out, const kh_article *a, kh_span span)
{
    if (span.end > a->text.len || span.begin > span.end) {
        count(t, out, a);
    }
}

static void hold_spans(tally *all, kh_arena *out, const kh_article *a)
{
    KH_EACH(const kh_line, line, a->lines) {
        count_outside(&all[KH_FOUND_LINES], out, a, line->span);
    }
    KH_EACH(const kh_date, d, a->dates) {
        count_outside(&all[KH_FOUND_DATES], out, a, d->span);
    }
    KH_EACH(const kh_mention, m, a->mentions) {
        count_outside(&all[KH_FOUND_MENTIONS], out, a, m->span);
    }
    KH_EACH(const kh_quotation, q, a->quotations) {
        count_outside(&all[KH_FOUND_QUOTATIONS], out, a, q->span);
    }
    KH_EACH(const kh_figure, f, a->figures) {
        count_outside(&all[KH_FOUND_FIGURES], out, a, f->span);
    }
}

static kh_status go_through(kh_store *store, kh_arena *out, kh_arena scratch, tallies *t, kh_error *err)
{
    sqlite3_stmt *stmt =
        kh_sql(store,
               "SELECT key, text, (SELECT max(max(begin, end)) FROM credit WHERE article_id = a.id)," KH_FOUND_COLUMNS " FROM article a",
               err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        kh_arena one = scratch;
        bool whole = true;
        kh_article a = {.key = kh_sql_str(&one, stmt, 0), .text = kh_sql_text(&one, stmt, 1, &whole)};
        kh_found found = {0};
        if (!whole) {
            count(&t->packed, out, &a);
        } else if (sqlite3_column_int64(stmt, 2) > (int64_t)a.text.len) {
            count(&t->credited, out, &a);
        }
        kh_found_at(&one, stmt, 3, &found);
        if (!kh_found_read_all(store, &one, &found, &a)) {
            count(&t->broken, out, &a);
        }
        hold_spans(t->outside, out, &a);
    }
    return status;
}

static void tell(kh_arena *out, kh_check *result, const tally *t, const char *what)
{
    if (t->rows) {
        *KH_ADD(out, &result->problems) =
            kh_arena_printf(out, "%llu %s, such as " KH_FMT "; khabar delete these articles, and add them again",
                            (unsigned long long)t->rows, what, KH_ARG(t->article));
    }
}

kh_status kh_check_findings(kh_store *store, kh_arena *out, kh_check *result, kh_error *err)
{
    static const char *const outside_text[KH_FOUND_WORDS] = {NULL,
                                                             "rows of line point outside their text",
                                                             "rows of date point outside their text",
                                                             "rows of mention point outside their text",
                                                             "rows of quotation point outside their text",
                                                             "rows of figure point outside their text"};
    tallies t = {0};
    kh_arena scratch = kh_arena_reserve(KH_STORE_ARENA_BYTES, NULL);
    if (!scratch.begin) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory to check what was found");
    }
    kh_status status = store->has_lists ? go_through(store, out, scratch, &t, err) : KH_OK;
    kh_arena_release(&scratch);
    tell(out, result, &t.packed, "articles have a text that cannot be unpacked");
    tell(out, result, &t.credited, "articles have a credit outside their text");
    tell(out, result, &t.broken, "articles have findings that cannot be read");
    for (kh_finding kind = KH_FOUND_LINES; kind < KH_FOUND_WORDS; kind++) {
        tell(out, result, &t.outside[kind], outside_text[kind]);
    }
    return status;
}
