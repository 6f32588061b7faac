/* fuzz_numbers.c - the first byte chooses a language, the rest is a text: numbers in digits and words, at every token. */
#include "extract.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void number_at(const kh_numerals *know, const kh_text *text, size_t token, uint8_t lang)
{
    kh_numeral n;
    if (kh_numeral_at(know, text, token, lang, &n)) {
        must(n.first >= token && n.first < n.end && n.end <= text->tokens.count);
        must(n.span.begin < n.span.end);
        must_lie_in(n.span, text->source);
        must(isfinite(n.min) && isfinite(n.max) && n.min <= n.max);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static extractor x;
    static const kh_numerals *know;
    extractor_open(&x);
    know = know ? know : kh_numerals_of(&x.fixed, x.lex);
    if (size < 2 || setjmp(x.full)) {
        return 0;
    }
    kh_arena_clear(&x.out);
    kh_str text = kh_utf8_clean(&x.out, (kh_str){(const char *)data + 1, size - 1});
    const kh_text *tokens = kh_text_of(&x.out, text);
    uint8_t lang = kh_lexicon_lang(x.lex, language_of(data[0]));
    for (size_t i = 0; i < tokens->tokens.count; i++) {
        number_at(know, tokens, i, lang);
    }
    return 0;
}
