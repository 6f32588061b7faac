/* fuzz_warc.c - any bytes as a WARC archive, plain or packed, with and without a filter. */
#include "file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void on_skip(void *context, const kh_skip *skip)
{
    size_t *count = context;
    fuzz_must(skip->reason && skip->source.len);
    ++*count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kh_str bytes = {(const char *)data, size};
    size_t count = 0;
    kh_input_filter none = {0};
    kh_input_filter some = {.host = KH_STR("akhbar.example"), .path = KH_STR("*a*?"), .since = kh_day(2022, 1, 1)};
    fuzz_file(bytes, &none, (kh_skip_to){on_skip, &count});
    fuzz_file(bytes, &some, (kh_skip_to){on_skip, &count});
    return 0;
}
