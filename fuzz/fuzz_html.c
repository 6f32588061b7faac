/* fuzz_html.c - any bytes as an HTML page: decoding, tree, lines, fields, language, dates. */
#include "extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static extractor x;
    extract(&x, (kh_str){(const char *)data, size}, KH_PAGE_HTML);
    return 0;
}
