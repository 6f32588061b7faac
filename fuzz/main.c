/* main.c - runs a fuzz target over the files named, without libFuzzer: to replay a corpus or a crash
 * with any compiler, under any debugger. Each file that was survived is a line `ok`. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_BYTES_MAX = 64 << 20 };

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        FILE *in = fopen(argv[i], "rb");
        uint8_t *bytes = in ? malloc(INPUT_BYTES_MAX) : NULL;
        if (!bytes) {
            printf("not ok %s: cannot be read\n", argv[i]);
            failed = 1;
        } else {
            size_t size = fread(bytes, 1, INPUT_BYTES_MAX, in);
            uint8_t *exact = malloc(size ? size : 1); /* so that ASan sees a byte too far */
            for (size_t at = 0; exact && at < size; at++) {
                exact[at] = bytes[at];
            }
            LLVMFuzzerTestOneInput(exact, size);
            printf("ok %s\n", argv[i]);
            free(exact);
        }
        free(bytes);
        if (in) {
            fclose(in);
        }
    }
    return failed;
}
