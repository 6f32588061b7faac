/* fuzz_plain.c - any bytes as a scraped page without markup: decoding, furniture line by line, language, dates. */
#include "extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static extractor x;
    extract(&x, (kh_str){(const char *)data, size}, KH_PAGE_SCRAPED);
    return 0;
}
