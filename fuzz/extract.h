/* extract.h - what the targets of page bytes share: knowledge built once, one page read, the promises checked. */
#ifndef KHABAR_FUZZ_EXTRACT_H
#define KHABAR_FUZZ_EXTRACT_H

#include "dates/dates.h"
#include "input/input.h"
#include "lang/lang.h"
#include "page/page.h"

#include <stdlib.h>

typedef struct extractor {
    kh_arena fixed, out, scratch;
    const kh_page_know *page;
    const kh_lang_know *lang;
    const kh_dates_know *dates;
    kh_lexicon *lex;
    jmp_buf full;
} extractor;

static inline void extractor_open(extractor *x)
{
    if (x->lex) {
        return;
    }
    x->fixed = kh_arena_reserve((size_t)1 << 30, NULL);
    x->out = kh_arena_reserve((size_t)256 << 20, &x->full);
    x->scratch = kh_arena_reserve((size_t)256 << 20, &x->full);
    x->lex = kh_lexicon_builtin(&x->fixed);
    x->page = kh_page_know_of(&x->fixed, x->lex);
    x->lang = kh_lang_know_of(&x->fixed, x->lex);
    x->dates = kh_dates_know_of(&x->fixed, x->lex, kh_numerals_of(&x->fixed, x->lex));
}

static inline void must(bool promise)
{
    if (!promise) {
        abort();
    }
}

static inline void must_lie_in(kh_span span, kh_str text)
{
    must(span.begin <= span.end && span.end <= text.len);
}

/* The tag of a language by BYTE; "und" is none that the data knows. */
static inline kh_str language_of(uint8_t byte)
{
    static const char *const tags[] = {"ar", "fa", "en", "ru", "tr", "ckb", "kmr", "ug", "ur",
                                       "kk", "de", "fr", "es", "ps", "uk",  "he",  "und"};
    return kh_str_z(tags[byte % (sizeof tags / sizeof *tags)]);
}

/* Reads BYTES as a page of KIND through page, language and dates. */
static inline void extract(extractor *x, kh_str bytes, kh_page_kind kind)
{
    extractor_open(x);
    kh_arena_clear(&x->out);
    kh_arena_clear(&x->scratch);
    if (setjmp(x->full)) {
        return; /* a page that wants more than its share: abandoned, which is the promise */
    }
    kh_page page = {.raw = bytes, .label = KH_STR("fuzz"), .kind = kind};
    page.text = kh_decode(&x->out, bytes, kind == KH_PAGE_HTML, &page.charset, &page.charset_why);
    must(kh_utf8_valid(page.text));
    kh_article *art = KH_NEW(&x->out, kh_article);
    kh_str reason;
    if (!kh_page_read(&x->out, x->scratch, x->page, &page, art, &reason)) {
        must(reason.len > 0);
        return;
    }
    kh_arena scratch = x->scratch;
    kh_str body = kh_article_body(&scratch, art, true);
    art->lang = kh_lang_of(scratch, x->lang, body).tag;
    kh_dates_read(&x->out, x->scratch, x->dates, &page, kh_day(2026, 1, 1), art);
    must(kh_utf8_valid(art->text));
    KH_EACH(const kh_line, line, art->lines) {
        must_lie_in(line->span, art->text);
    }
    KH_EACH(const kh_date, date, art->dates) {
        must_lie_in(date->span, art->text);
    }
}

#endif
