/* fuzz_dates.c - the first byte chooses a language, the rest is a text with dates, and a field that is to be one. */
#include "extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void find_dates(extractor *x, kh_str text, uint8_t lang)
{
    kh_dates dates = kh_dates_find(&x->out, x->scratch, x->dates, kh_text_of(&x->out, text), lang, kh_day(2022, 1, 8));
    uint32_t last = 0;
    KH_EACH(const kh_date, date, dates) {
        must_lie_in(date->span, text);
        must(date->span.begin >= last);
        last = date->span.end;
    }
    /* without a day to count from the same words are dates */
    must(kh_dates_find(&x->out, x->scratch, x->dates, kh_text_of(&x->out, text), lang, (kh_time){0}).count == dates.count);
}

static void find_times(extractor *x, kh_str text, uint8_t lang)
{
    kh_times times = kh_times_find(&x->out, x->scratch, x->dates, kh_text_of(&x->out, text), lang);
    uint32_t last = 0;
    KH_EACH(const kh_time_words, part, times) {
        must_lie_in(part->span, text);
        must_lie_in(part->whole, text);
        must(part->span.begin >= last);
        last = part->span.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static extractor x;
    extractor_open(&x);
    if (size < 2 || setjmp(x.full)) {
        return 0;
    }
    kh_arena_clear(&x.out);
    kh_arena_clear(&x.scratch);
    kh_str charset;
    kh_str why;
    kh_str text = kh_decode(&x.out, (kh_str){(const char *)data + 1, size - 1}, false, &charset, &why);
    uint8_t lang = kh_lexicon_lang(x.lex, language_of(data[0]));
    find_dates(&x, text, lang);
    find_times(&x, text, lang);
    kh_time t;
    kh_dates_of_field(x.scratch, x.dates, text, lang, &t);
    return 0;
}
