/* fuzz_jsonl.c - any bytes behind an opened brace: JSON Lines of ours and of other programs, JSON Feed. */
#include "file.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char begin[] = "{\"text\":\"a\"}\n";
    char *bytes = malloc(size + sizeof begin);
    fuzz_must(bytes != NULL);
    memcpy(bytes, begin, sizeof begin - 1);
    memcpy(bytes + sizeof begin - 1, data, size);
    kh_input_filter none = {0};
    fuzz_file((kh_str){bytes, size + sizeof begin - 1}, &none, (kh_skip_to){NULL, NULL});
    fuzz_file((kh_str){(const char *)data, size}, &none, (kh_skip_to){NULL, NULL});
    free(bytes);
    return 0;
}
