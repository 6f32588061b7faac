/* fuzz_query.c - what a person searches for: a query (first line), a cursor and a day (second, third), asked of a small store;
 * and the fold that queries and texts go through. */
#include "extract.h"
#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const texts[] = {
    "\u0627\u0646\u0641\u062c\u0627\u0631 \u0641\u064a \u0623\u0644\u0645\u0627\u062a\u064a\n\u0642\u0627\u0644 \u0627\u0644\u0648\u0632\u064a\u0631: \u00ab\u0664\u0663 \u0642\u062a\u064a\u0644\u0627\u00bb",
    "Y\u00f6netim depremi a\u00e7\u0131klad\u0131\nKastamonu'da 12 ki\u015fi",
    "The bridge fell\n\"We saw it go,\" a driver said. OR NOT NEAR \"*"};

static kh_store *open_store(extractor *x)
{
    kh_store *store = kh_store_open("", KH_STORE_MEMORY, NULL);
    must(store && kh_store_begin(store, NULL) == KH_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        kh_str text = kh_str_z(texts[i]);
        kh_page page = {.raw = text, .text = text, .label = KH_STR("fuzz"), .kind = KH_PAGE_TEXT};
        kh_article *a = KH_NEW(&x->out, kh_article);
        kh_put_options options = {.now = kh_day(2024, 9, 1), .program = KH_STR("fuzz")};
        kh_put_outcome outcome;
        kh_str reason;
        must(kh_page_read(&x->out, x->scratch, x->page, &page, a, &reason));
        a->key = kh_arena_printf(&x->out, "k%zu", i);
        a->sha256 = a->key;
        must(kh_store_put(store, x->scratch, a, &options, &outcome, NULL) == KH_OK);
    }
    must(kh_store_commit(store, NULL) == KH_OK);
    return store;
}

static void fold(kh_arena *out, kh_str text)
{
    kh_folded once = kh_fold(out, text);
    must(kh_utf8_valid(once.key) && once.map[once.key.len] == text.len);
    for (size_t i = 0; i < once.key.len; i++) {
        must(once.map[i] <= once.map[i + 1]);
    }
    must(kh_str_eq(kh_fold_key(out, once.key), once.key));
    const kh_text *t = kh_text_of(out, text);
    uint32_t at = 0;
    KH_EACH(const kh_token, token, t->tokens) {
        must_lie_in(token->span, text);
        must(token->span.begin >= at && token->span.begin < token->span.end);
        at = token->span.end;
    }
}

/* Any words are a question or no question; none is an error of the index. */
static void ask(extractor *x, kh_store *store, kh_str words, kh_str after, kh_str day)
{
    kh_hits hits = {0};
    kh_error err = {0};
    kh_status status = kh_store_search(store, &x->out, x->scratch, words, 5, &hits, &err);
    must(status == KH_OK || status == KH_ERR_USAGE);
    KH_EACH(const kh_hit, hit, hits) {
        must_lie_in(hit->found, hit->snippet);
    }
    kh_find find = {.filter = {.words = words, .after = after, .since = day, .limit = 2}};
    kh_search_view view = {0};
    status = kh_store_find_page(store, &x->out, x->scratch, &find, &view, &err);
    must(status == KH_OK || status == KH_ERR_USAGE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static extractor x;
    static kh_store *store;
    extractor_open(&x);
    store = store ? store : open_store(&x);
    kh_arena_clear(&x.out);
    kh_arena_clear(&x.scratch);
    if (setjmp(x.full)) {
        return 0;
    }
    kh_str rest = kh_utf8_clean(&x.out, (kh_str){(const char *)data, size});
    fold(&x.out, rest);
    kh_str words = {0};
    kh_str after = {0};
    kh_str day = {0};
    kh_str_cut(&rest, '\n', &words);
    kh_str_cut(&rest, '\n', &after);
    kh_str_cut(&rest, '\n', &day);
    ask(&x, store, kh_str_head(words, KH_SERVE_QUERY_BYTES_MAX), after, day);
    return 0;
}
