/* fuzz_tables.c - files of language knowledge, as a user lays them over ours: a line "=== PATH" begins each. Tables of data/ are
 * built into what every stage knows, from nothing but them, and a page is read with that; data/interface/LANGUAGE.txt are words of
 * the reading room. */
#include "extract.h"

#include "claims/claims.h"
#include "html/write.h"
#include "names/names.h"
#include "story/story.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef KH_LIST(kh_file) files;

static files cut_files(kh_arena *out, kh_str rest)
{
    files all = {0};
    kh_str line = {0};
    while (kh_str_cut(&rest, '\n', &line)) {
        kh_file *last = all.count ? &all.items[all.count - 1] : NULL;
        if (kh_str_starts(line, KH_STR("=== "))) {
            *KH_ADD(out, &all) = (kh_file){.path = kh_str_from(line, 4), .bytes = {line.ptr + line.len, 0}};
        } else if (last) {
            last->bytes.len = (size_t)(line.ptr + line.len - last->bytes.ptr);
        }
    }
    return all;
}

/* A page through all stages with the knowledge of LEX. */
static void read_with(kh_arena *out, kh_arena scratch, const kh_lexicon *lex)
{
    static const char text[] =
        "Kabul, 6 January 2022 (AFP) - Police said on Monday that 43 people were killed.\n"
        "\u0642\u0627\u0644 \u0627\u0644\u0631\u0626\u064a\u0633 \u00ab\u0646\u062d\u0646 \u0647\u0646\u0627\u00bb \u0648\u0645\u0642\u062a\u0644 \u0663 \u0623\u0634\u062e\u0627\u0635 \u064a\u0648\u0645 \u0627\u0644\u062b\u0644\u0627\u062b\u0627\u0621.\n"
        "\"We do not know,\" the minister told Reuters.\n";
    const kh_numerals *numerals = kh_numerals_of(out, lex);
    const kh_credits_know *credits = kh_credits_know_of(out, lex);
    const kh_names_know *names = kh_names_know_of(out, lex);
    const kh_lang_know *lang = kh_lang_know_of(out, lex);
    kh_page page = {
        .raw = kh_str_z(text), .text = kh_str_z(text), .label = KH_STR("fuzz"), .source = KH_STR("fuzz"), .kind = KH_PAGE_SCRAPED};
    kh_article *a = KH_NEW(out, kh_article);
    kh_str reason;
    if (!kh_page_read(out, scratch, kh_page_know_of(out, lex), &page, a, &reason)) {
        return;
    }
    kh_lang_guess guess = kh_lang_of(scratch, lang, page.text);
    a->lang = kh_lexicon_lang(lex, KH_STR("ar")) ? KH_STR("ar") : guess.tag;
    kh_dates_read(out, scratch, kh_dates_know_of(out, lex, numerals), &page, kh_day(2022, 1, 8), a);
    kh_names_read(out, scratch, names, a);
    kh_credits_read(out, scratch, credits, a);
    kh_quotations_read(out, scratch, kh_quotations_know_of(out, lex), a);
    kh_figures_read(out, scratch, kh_figures_know_of(out, lex, numerals), a);
    kh_chains_read(out, scratch, credits, a);
    a->features = kh_story_features(out, scratch, kh_story_know_of(out, lex, names), a);
    kh_article_check(a);
}

/* No words of a translator become markup, and no number is written with what is not there. */
static void say_with(kh_arena *out, const files *all)
{
    kh_texts *texts = kh_texts_of(out);
    kh_frame frame = {.ui = KH_STR("fa"), .calendar = KH_STR("jalali")};
    kh_buf page = {.arena = out};
    kh_html h = {.out = &page, .frame = &frame, .texts = texts};
    KH_EACH(const kh_file, file, *all) {
        if (kh_str_starts(file->path, KH_STR("data/interface/"))) {
            kh_texts_add(out, texts, KH_STR("fa"), kh_utf8_clean(out, file->bytes));
        }
    }
    kh_html_count(&h, "reports", 14);
    KH_SAY(&h, "and_copies.one", KH_STR("x"));
    kh_html_time(&h, kh_day(2022, 1, 8));
    kh_html_tn(&h, "verdict", KH_STR("conflict"));
    must(kh_utf8_valid(kh_buf_str(&page)));
    must(kh_str_find(kh_buf_str(&page), KH_STR("<script")) == page.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static kh_arena out;
    static kh_arena scratch;
    static jmp_buf full;
    if (!out.begin) {
        out = kh_arena_reserve((size_t)256 << 20, &full);
        scratch = kh_arena_reserve((size_t)256 << 20, &full);
    }
    kh_arena_clear(&out);
    kh_arena_clear(&scratch);
    kh_str bytes = {(const char *)data, size};
    if (!kh_utf8_valid(bytes) || (size && memchr(data, 0, size)) || setjmp(full)) {
        return 0; /* kh_data_folder_read refuses such a file */
    }
    files all = cut_files(&out, bytes);
    read_with(&out, scratch, kh_lexicon_of(&out, all.items, all.count));
    say_with(&out, &all);
    return 0;
}
