/* fuzz_charset.c - any bytes decoded, as HTML and as text: valid UTF-8 without NUL comes out. */
#include "extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void decode(extractor *x, kh_str bytes, bool html)
{
    kh_str charset;
    kh_str why;
    kh_arena_clear(&x->out);
    kh_str text = kh_decode(&x->out, bytes, html, &charset, &why);
    must(kh_utf8_valid(text) && charset.len > 0 && why.len > 0);
    for (size_t i = 0; i < text.len; i++) {
        must(text.ptr[i] != '\0');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static extractor x;
    extractor_open(&x);
    if (!setjmp(x.full)) {
        decode(&x, (kh_str){(const char *)data, size}, true);
        decode(&x, (kh_str){(const char *)data, size}, false);
    }
    return 0;
}
