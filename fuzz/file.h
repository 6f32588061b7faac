/* file.h - bytes as a file in memory, for targets that read as the program does: through a path. */
#ifndef KHABAR_FUZZ_FILE_H
#define KHABAR_FUZZ_FILE_H

#include "input/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FUZZ_TURNS_MAX = 1 << 20 };

static inline void fuzz_must(bool promise)
{
    if (!promise) {
        abort();
    }
}

/* Reads BYTES to the end; every call gets further, every page is text. Skips are told to SKIPPED. */
static inline void fuzz_file(kh_str bytes, const kh_input_filter *filter, kh_skip_to skipped)
{
    static kh_arena arena;
    arena = arena.begin ? arena : kh_arena_reserve((size_t)70 << 20, NULL);
    int fd = memfd_create("fuzz", 0);
    fuzz_must(arena.begin && fd >= 0);
    fuzz_must(write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len);
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    const char *const paths[] = {path};
    kh_input *in = kh_input_open(paths, 1, NULL);
    fuzz_must(in != NULL);
    kh_input_choose(in, filter, skipped);
    bool done = false;
    for (size_t turn = 0; !done; turn++) {
        kh_page page;
        kh_error err = {0};
        fuzz_must(turn < FUZZ_TURNS_MAX);
        kh_arena_clear(&arena);
        if (kh_input_next(in, &arena, &page, &done, &err) != KH_OK) {
            fuzz_must(err.reason && err.msg[0] && !done);
        } else if (!done) {
            fuzz_must(kh_utf8_valid(page.text) && page.text.len <= KH_PAGE_BYTES_MAX);
            fuzz_must(page.label.len > 0 && page.source.len > 0);
        }
    }
    kh_input_close(in);
    close(fd);
}

#endif
