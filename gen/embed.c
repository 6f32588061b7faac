/* embed.c - turns text files into C, at build time.
 *
 *     embed table OUT.c ROOT LIST       every file that LIST names (one path a line, below ROOT); a file whose
 *                                       line begins with ! counts for the version alone: another program made C of it
 *     embed text  OUT.c HEADER NAME FILE   one file as NAME and NAME_len, declared in HEADER
 *     embed files OUT.c HEADER NAME ROOT LIST   {path, bytes, length} in NAME, with NAME_count and NAME_version
 *
 * The knowledge of Khabar is text that a speaker of the language edits: data/languages/fa/months.txt.
 * `table` makes of that tree the array kh_embedded_files, sorted by path so that the program does not
 * depend on the order in which a file system lists its names, and kh_knowledge_version, the hash that
 * stands on every row produced with it (64-bit FNV-1a over path, NUL, length and bytes of each file:
 * it tells versions apart, it does not protect against forgery). `text` is for src/store/schema.sql,
 * `files` for what the reading room's pages are made with: it is no knowledge and has its own version.
 *
 * Bytes become adjacent string literals, a line of the file to a line of C: gcc reads these some
 * twenty times faster than arrays of numbers. Everything outside plain ASCII is a three-digit octal
 * escape, '?' too, since -std=c17 knows trigraphs. An empty file is a mistake in the tree and is
 * refused, as is one that is not UTF-8 by a simple look (a NUL byte in it).
 */
#include "lexicon/lexicon.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES_MAX = 4096, FILES_MAX = 10000, LITERAL_BYTES_MAX = 1000 };

typedef struct bytes {
    char *ptr; /* len bytes and a NUL */
    size_t len;
} bytes;

static void stop(const char *what, const char *name)
{
    fprintf(stderr, "embed: %s: %s\n", name, what);
    exit(1);
}

static bytes read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) {
        stop("cannot be opened", path);
    }
    bytes b = {NULL, 0};
    size_t room = 1 << 16;
    size_t got = 0;
    do {
        room *= 2;
        b.ptr = realloc(b.ptr, room);
        if (!b.ptr) {
            stop("no memory", path);
        }
        got = fread(b.ptr + b.len, 1, room - b.len - 1, in);
        b.len += got;
    } while (got > 0);
    if (ferror(in)) {
        stop("cannot be read", path);
    }
    fclose(in);
    b.ptr[b.len] = 0;
    return b;
}

static bytes read_text(const char *path)
{
    bytes b = read_file(path);
    if (b.len == 0 || memchr(b.ptr, 0, b.len)) {
        stop(b.len ? "holds a NUL byte, is not text" : "is empty", path);
    }
    return b;
}

static void write_literal(FILE *out, const char *ptr, size_t len)
{
    fputs("    \"", out);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)ptr[i];
        if (c == '\n') {
            fputs("\\n", out);
        } else if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?') {
            fprintf(out, "\\%03o", c);
        } else {
            fputc(c, out);
        }
    }
    fputs("\"\n", out);
}

/* The bytes as literals: one for each line, more where a line is long. */
static void write_bytes(FILE *out, bytes b)
{
    for (size_t at = 0; at < b.len;) {
        size_t most = b.len - at < LITERAL_BYTES_MAX ? b.len - at : LITERAL_BYTES_MAX;
        const char *newline = memchr(b.ptr + at, '\n', most);
        size_t len = newline ? (size_t)(newline - (b.ptr + at)) + 1 : most;
        write_literal(out, b.ptr + at, len);
        at += len;
    }
}

static uint64_t fnv1a(uint64_t hash, const void *data, size_t len)
{
    const unsigned char *p = data;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static uint64_t hash_file(uint64_t hash, const char *path, bytes b)
{
    char length[32];
    snprintf(length, sizeof length, "%zu", b.len);
    hash = fnv1a(hash, path, strlen(path) + 1);
    hash = fnv1a(hash, length, strlen(length) + 1);
    return fnv1a(hash, b.ptr, b.len);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Cuts LIST into its lines, in place; gives their number. */
static size_t lines_of(char *list, char **lines)
{
    size_t count = 0;
    for (char *line = strtok(list, "\n"); line; line = strtok(NULL, "\n")) {
        if (count == FILES_MAX) {
            stop("too many files", line);
        }
        lines[count++] = line;
    }
    qsort(lines, count, sizeof *lines, by_bytes);
    return count;
}

/* What the program would have to read a whole table for: how many lines it has, and which version it is. */
static void write_known(FILE *out, const char *name, bytes b)
{
    kh_str file = {b.ptr, b.len};
    fprintf(out, ", %zu, UINT64_C(0x%016" PRIx64 ")", kh_file_lines(file), kh_file_version(kh_str_z(name), file));
}

/* The array of the files, between its declarations and its count, both written by the caller; gives their hash. TABLE: with
 * what is known of each. */
static uint64_t write_files(FILE *out, const char *root, const char *list_path, bool table, size_t *count)
{
    static char *paths[FILES_MAX];
    bytes list = read_file(list_path);
    size_t lines = lines_of(list.ptr, paths);
    *count = 0;
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < lines; i++) {
        char path[PATH_BYTES_MAX];
        bool built = paths[i][0] == '!';
        const char *name = paths[i] + built;
        int n = snprintf(path, sizeof path, "%s/%s", root, name);
        if (n < 0 || (size_t)n >= sizeof path) {
            stop("path too long", paths[i]);
        }
        bytes b = read_text(path);
        hash = hash_file(hash, name, b);
        if (!built) {
            fprintf(out, "    {\"%s\",\n", name);
            write_bytes(out, b);
            fprintf(out, "    , %zu", b.len);
            if (table) {
                write_known(out, name, b);
            }
            fputs("},\n", out);
            ++*count;
        }
        free(b.ptr);
    }
    if (*count == 0) {
        fprintf(out, "    {\"\", \"\", 0%s},\n", table ? ", 0, 0" : "");
    }
    free(list.ptr);
    return hash;
}

static void write_table(FILE *out, const char *root, const char *list_path)
{
    size_t count = 0;
    fputs("#include \"lexicon/embedded.h\"\n\nconst kh_embedded kh_embedded_files[] = {\n", out);
    uint64_t hash = write_files(out, root, list_path, true, &count);
    fprintf(out, "};\nconst size_t kh_embedded_count = %zu;\n", count);
    fprintf(out, "const char kh_knowledge_version[] = \"%016" PRIx64 "\";\n", hash);
}

static void write_assets(FILE *out, const char *header, const char *name, const char *root, const char *list_path)
{
    size_t count = 0;
    fprintf(out, "#include \"%s\"\n\nconst kh_asset %s[] = {\n", header, name);
    uint64_t hash = write_files(out, root, list_path, false, &count);
    fprintf(out, "};\nconst size_t %s_count = %zu;\n", name, count);
    fprintf(out, "const char %s_version[] = \"%016" PRIx64 "\";\n", name, hash);
}

static void write_text(FILE *out, const char *header, const char *name, const char *path)
{
    bytes b = read_text(path);
    fprintf(out, "#include \"%s\"\n\nconst char %s[] =\n", header, name);
    write_bytes(out, b);
    fprintf(out, "    ;\nconst size_t %s_len = %zu;\n", name, b.len);
    free(b.ptr);
}

int main(int argc, char **argv)
{
    bool table = argc == 5 && strcmp(argv[1], "table") == 0;
    bool text = argc == 6 && strcmp(argv[1], "text") == 0;
    bool files = argc == 7 && strcmp(argv[1], "files") == 0;
    if (!table && !text && !files) {
        fputs("usage: embed table OUT.c ROOT LIST | embed text OUT.c HEADER NAME FILE | embed files OUT.c HEADER NAME ROOT LIST\n", stderr);
        return 64;
    }
    FILE *out = fopen(argv[2], "wb");
    if (!out) {
        stop("cannot be written", argv[2]);
    }
    if (table) {
        write_table(out, argv[3], argv[4]);
    } else if (files) {
        write_assets(out, argv[3], argv[4], argv[5], argv[6]);
    } else {
        write_text(out, argv[3], argv[4], argv[5]);
    }
    if (fclose(out) != 0) {
        remove(argv[2]);
        stop("could not be written to its end", argv[2]);
    }
    return 0;
}
