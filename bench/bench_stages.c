/* bench_stages.c - how fast each stage reads, as a ratio to a bare loop over the same bytes in the same run.
 *
 * Input: the pages named on the command line, else examples/pages, cut into plain texts of about 2 KB (news
 * text in four scripts) and read as scraped pages, and the same pages as HTML. Figures are CPU time of one
 * thread, the median of ROUNDS rounds. The reference decodes UTF-8, cuts at whatever is no letter or digit
 * and hashes the words: what no reader can do without.
 */
#include "engine/engine.h"
#include "engine/knowledge.h"
#include "input/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 7, REPEAT = 4, STAGES = 13 };

static const char *const stage_names[STAGES] = {"reference loop", "fold and tokens", "page",   "language", "dates",  "names", "credits",
                                                "quotations",     "figures",         "chains", "features", "prints", "json"};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t reference(kh_str s)
{
    uint64_t sum = 0;
    size_t word = 0;
    bool inside = false;
    for (size_t i = 0, n = 0; i < s.len; i += n) {
        uint32_t cp = kh_utf8_at(s, i, &n);
        bool part = kh_is_letter(cp) || kh_digit_of(cp) >= 0;
        if (part && !inside) {
            word = i;
        } else if (!part && inside) {
            sum += kh_hash((kh_str){s.ptr + word, i - word});
        }
        inside = part;
    }
    return sum;
}

typedef KH_LIST(kh_page) pages;

/* One page through all stages; adds what each took to SPENT. */
static uint64_t read_page(const kh_knowledge *k, kh_arena out, kh_arena scratch, const kh_page *page, double *spent)
{
    double at = seconds();
    int stage = 0;
#define LAP() (spent[stage++] += seconds() - at, at = seconds())
    uint64_t sum = reference(page->text);
    LAP();
    {
        kh_arena alone = scratch;
        sum += kh_text_of(&alone, page->text)->tokens.count;
    }
    LAP();
    kh_article *a = KH_NEW(&out, kh_article);
    kh_str reason;
    kh_page_read(&out, scratch, k->page, page, a, &reason);
    LAP();
    kh_arena rest = scratch;
    kh_str body = kh_article_body(&rest, a, true);
    a->lang = kh_lang_of(rest, k->lang, body).tag;
    LAP();
    kh_dates_read(&out, scratch, k->dates, page, (kh_time){0}, a);
    LAP();
    kh_names_read(&out, scratch, k->names, a);
    LAP();
    kh_credits_read(&out, scratch, k->credits, a);
    LAP();
    kh_quotations_read(&out, scratch, k->quotations, a);
    LAP();
    kh_figures_read(&out, scratch, k->figures, a);
    LAP();
    kh_chains_read(&out, scratch, k->credits, a);
    LAP();
    a->features = kh_story_features(&out, scratch, k->story, a);
    LAP();
    a->prints = kh_prints_of(&out, scratch, a);
    LAP();
    kh_buf buf = {.arena = &out};
    kh_json_article(&buf, a, NULL);
    sum += buf.len;
    LAP();
#undef LAP
    return sum;
}

static void load(kh_arena *a, const char *path, pages *html)
{
    const char *const paths[] = {path};
    kh_input *in = kh_input_open(paths, 1, NULL);
    for (bool done = false; !done;) {
        kh_page page = {0};
        kh_error err;
        if (kh_input_next(in, a, &page, &done, &err) == KH_OK && !done) {
            *KH_ADD(a, html) = page;
        }
    }
    kh_input_close(in);
}

/* The canonical texts of HTML pages as scraped pages of about 2 KB. */
static pages as_texts(const kh_knowledge *k, kh_arena *out, const pages *html)
{
    pages texts = {0};
    KH_EACH(const kh_page, page, *html) {
        kh_article *a = KH_NEW(out, kh_article);
        kh_str reason;
        kh_arena scratch = kh_arena_reserve((size_t)256 << 20, NULL);
        if (kh_page_read(out, scratch, k->page, page, a, &reason) && a->text.len > 600) {
            *KH_ADD(out, &texts) = (kh_page){.source = page->source,
                                             .label = page->label,
                                             .raw = a->text,
                                             .text = a->text,
                                             .charset = KH_STR("utf-8"),
                                             .kind = KH_PAGE_SCRAPED};
        }
        kh_arena_release(&scratch);
    }
    return texts;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *what, const kh_knowledge *k, const pages *all)
{
    double rounds[STAGES][ROUNDS];
    size_t bytes = 0;
    volatile uint64_t sum = 0;
    kh_arena out = kh_arena_reserve((size_t)1 << 30, NULL);
    kh_arena scratch = kh_arena_reserve((size_t)1 << 30, NULL);
    KH_EACH(const kh_page, page, *all) {
        bytes += page->text.len;
    }
    for (int round = 0; round < ROUNDS; round++) {
        double spent[STAGES] = {0};
        for (int repeat = 0; repeat < REPEAT; repeat++) {
            KH_EACH(const kh_page, page, *all) {
                sum += read_page(k, out, scratch, page, spent);
            }
        }
        for (int stage = 0; stage < STAGES; stage++) {
            rounds[stage][round] = spent[stage] / REPEAT;
        }
    }
    (void)sum;
    double total = 0;
    double base = 0;
    printf("%s: %zu pages, %.2f KB on average\n", what, all->count, (double)bytes / 1000 / (double)all->count);
    for (int stage = 0; stage < STAGES; stage++) {
        qsort(rounds[stage], ROUNDS, sizeof(double), compare_doubles);
        double t = rounds[stage][ROUNDS / 2];
        base = stage == 0 ? t : base;
        total += stage >= 2 ? t : 0; /* the page stage folds and cuts for itself */
        printf("  %-16s %8.1f MB/s %9.0f pages/s %7.2f times the reference\n", stage_names[stage], (double)bytes / 1e6 / t,
               (double)all->count / t, t / base);
    }
    printf("  %-16s %8.1f MB/s %9.0f pages/s %7.2f times the reference\n\n", "read, all stages", (double)bytes / 1e6 / total,
           (double)all->count / total, total / base);
    kh_arena_release(&out);
    kh_arena_release(&scratch);
}

int main(int argc, char **argv)
{
    kh_arena a = kh_arena_reserve((size_t)4 << 30, NULL);
    double before = seconds();
    kh_knowledge k;
    kh_knowledge_of(&a, kh_lexicon_builtin(&a), &k);
    printf("knowledge built in %.1f ms\n\n", (seconds() - before) * 1e3);
    pages html = {0};
    for (int i = 1; i < argc; i++) {
        load(&a, argv[i], &html);
    }
    if (argc == 1) {
        load(&a, "examples/pages", &html);
    }
    if (html.count == 0) {
        fprintf(stderr, "bench_stages: no pages; run it in the root of the sources, or name files\n");
        return 66;
    }
    pages texts = as_texts(&k, &a, &html);
    report("HTML", &k, &html);
    report("text", &k, &texts);
    return 0;
}
