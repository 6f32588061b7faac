/* bench_pages.c FOLDER [--rate] - what reading an HTML page costs, and how much of it is the parser's.
 *
 * Input: a folder of HTML pages. Measured on one thread in CPU time, median of ROUNDS rounds, pages held in
 * memory: libxml2's parser with empty callbacks, which is the floor for whoever stands on it; our tree; the
 * whole page stage (tree, lines with roles, title and the rest, canonical text); with language and dates, which
 * is what peers mean by extraction; and every stage. --rate prints two numbers for a script: pages a second of
 * page, language and dates, and of every stage.
 */
#include "engine/engine.h"
#include "input/input.h"
#include "page/html.h"

#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 7 };

typedef KH_LIST(kh_page) pages;

typedef struct bench {
    pages pages;
    kh_arena out, scratch;
    const kh_page_know *page;
    const kh_lang_know *lang;
    const kh_dates_know *dates;
    kh_engine *engine;
    kh_worker worker;
} bench;

typedef void (*step)(bench *b, const kh_page *page);

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void parse_only(bench *b, const kh_page *page)
{
    (void)b;
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (!parser) {
        return;
    }
    memset(parser->sax, 0, sizeof *parser->sax);
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC;
    xmlDocPtr none = htmlCtxtReadMemory(parser, page->text.ptr, (int)page->text.len, NULL, "UTF-8", options);
    if (none) {
        xmlFreeDoc(none);
    }
    htmlFreeParserCtxt(parser);
}

static void tree_only(bench *b, const kh_page *page)
{
    kh_arena alone = b->scratch;
    kh_html_tree(&alone, page->text);
}

static void page_stage(bench *b, const kh_page *page)
{
    kh_arena out = b->out;
    kh_str reason;
    kh_page_read(&out, b->scratch, b->page, page, KH_NEW(&out, kh_article), &reason);
}

static void extraction(bench *b, const kh_page *page)
{
    kh_arena out = b->out;
    kh_str reason;
    kh_article *a = KH_NEW(&out, kh_article);
    kh_page_read(&out, b->scratch, b->page, page, a, &reason);
    kh_arena scratch = b->scratch;
    kh_str body = kh_article_body(&scratch, a, true);
    a->lang = kh_lang_of(scratch, b->lang, body).tag;
    kh_dates_read(&out, b->scratch, b->dates, page, (kh_time){0}, a);
}

static void everything(bench *b, const kh_page *page)
{
    kh_article *a = NULL;
    kh_worker_clear(&b->worker);
    kh_engine_read(b->engine, &b->worker, page, (kh_time){0}, &a, NULL);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Seconds for all pages, median of the rounds. */
static double timed(bench *b, step one)
{
    double spent[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double before = seconds();
        KH_EACH(const kh_page, page, b->pages) {
            one(b, page);
        }
        spent[round] = seconds() - before;
    }
    qsort(spent, ROUNDS, sizeof *spent, compare_doubles);
    return spent[ROUNDS / 2];
}

static bool load(bench *b, const char *folder)
{
    const char *const paths[] = {folder};
    kh_input *in = kh_input_open(paths, 1, NULL);
    for (bool done = false; in && !done;) {
        kh_page page = {0};
        kh_error err;
        if (kh_input_next(in, &b->out, &page, &done, &err) == KH_OK && !done && page.kind == KH_PAGE_HTML) {
            *KH_ADD(&b->out, &b->pages) = page;
        }
    }
    kh_input_close(in);
    return b->pages.count > 0;
}

static void know(bench *b)
{
    kh_lexicon *lex = kh_lexicon_builtin(&b->out);
    b->page = kh_page_know_of(&b->out, lex);
    b->lang = kh_lang_know_of(&b->out, lex);
    b->dates = kh_dates_know_of(&b->out, lex, kh_numerals_of(&b->out, lex));
    b->engine = kh_engine_open(NULL, NULL);
    if (!b->engine || kh_worker_open(&b->worker, NULL)) {
        fputs("bench_pages: out of memory\n", stderr);
        exit(71);
    }
}

static void print_table(bench *b)
{
    static const struct {
        const char *name;
        step one;
    } steps[] = {{"libxml2 alone, empty callbacks", parse_only},
                 {"tree of our nodes", tree_only},
                 {"page stage", page_stage},
                 {"page, language, dates", extraction},
                 {"every stage", everything}};
    size_t bytes = 0;
    double parse = 0;
    KH_EACH(const kh_page, page, b->pages) {
        bytes += page->text.len;
    }
    printf("HTML: %zu pages, %.1f KB on average\n", b->pages.count, (double)bytes / 1000 / (double)b->pages.count);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        double t = timed(b, steps[i].one);
        parse = i == 0 ? t : parse;
        printf("  %-32s %8.1f MB/s %8.0f pages/s   %5.2f times libxml2 alone\n", steps[i].name, (double)bytes / 1e6 / t,
               (double)b->pages.count / t, t / parse);
    }
}

int main(int argc, char **argv)
{
    bench b = {.out = kh_arena_reserve((size_t)4 << 30, NULL), .scratch = kh_arena_reserve((size_t)1 << 30, NULL)};
    if (argc < 2 || !load(&b, argv[1])) {
        fputs("usage: bench_pages FOLDER [--rate]   (a folder of HTML pages)\n", stderr);
        return 64;
    }
    know(&b);
    if (argc > 2 && strcmp(argv[2], "--rate") == 0) {
        printf("%.2f %.2f\n", (double)b.pages.count / timed(&b, extraction), (double)b.pages.count / timed(&b, everything));
    } else {
        print_table(&b);
    }
    return 0;
}
