/* origins.c - reads the files named, keeps them in a store in the working folder, and prints how many pages each
 * story has, and from how many origins.
 *
 *     cc -o origins origins.c $(pkg-config --cflags --libs khabar)
 *     ./origins page1.html page2.html
 */
#include <khabar/khabar.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bytes of PATH, freed by the caller; NULL when it cannot be read. */
static char *file_bytes(const char *path, size_t *length)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;
    long size = -1;
    if (f && fseek(f, 0, SEEK_END) == 0) {
        size = ftell(f);
        rewind(f);
    }
    if (size > 0) {
        bytes = malloc((size_t)size);
    }
    *length = bytes ? fread(bytes, 1, (size_t)size, f) : 0;
    if (f) {
        fclose(f);
    }
    return bytes;
}

/* Prints what went wrong and gives whether nothing did; frees R. */
static int settled(khabar_result *r, const char *what)
{
    int ok = khabar_ok(r);
    if (!ok) {
        fprintf(stderr, "%s: %s (%s)\n", what, khabar_message(r), khabar_reason(r));
    }
    khabar_free(r);
    return ok;
}

static int add_files(khabar *k, int count, char **paths)
{
    int ok = 1;
    for (int i = 0; i < count && ok; i++) {
        size_t length = 0;
        char *bytes = file_bytes(paths[i], &length);
        ok = settled(khabar_add(k, bytes, length, paths[i], NULL), paths[i]);
        free(bytes);
    }
    return ok;
}

int main(int argc, char **argv)
{
    khabar *k = khabar_open(NULL);
    int ok = k && settled(khabar_store(k, "origins.db"), "origins.db") && add_files(k, argc - 1, argv + 1);
    khabar_result *stories = ok ? khabar_stories(k) : NULL;
    if (ok && khabar_ok(stories)) { /* JSON, one story a line */
        fputs(khabar_json(stories), stdout);
    }
    ok = ok && settled(stories, "stories");
    khabar_close(k);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
