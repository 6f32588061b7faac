/* support.c - what test.h declares. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_BYTES = 64 << 20, FILE_BYTES_MAX = 32 << 20 };

/* A group of a case file, as one test. */
typedef struct text_case {
    kh_str input;
    kh_str expected;
    const char *path;
    int line;
    kh_case_fn run;
} text_case;

typedef KH_LIST(text_case) text_cases;

int kh_test_begin(void **state)
{
    static kh_arena arena;
    arena = kh_arena_reserve(ARENA_BYTES, NULL);
    *state = &arena;
    return arena.begin ? 0 : -1;
}

int kh_test_end(void **state)
{
    kh_arena_release(*state);
    return 0;
}

void kh_test_path(char *path)
{
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
}

kh_arena kh_test_scratch(void)
{
    static kh_arena scratch;
    if (!scratch.begin) {
        scratch = kh_arena_reserve(ARENA_BYTES, NULL);
    }
    kh_arena_clear(&scratch);
    return scratch;
}

double kh_test_patience(void)
{
    return KH_TEST_PATIENCE;
}

/* True for characters that leave no mark on paper, which a failed test must show. */
static bool unseen(uint32_t cp)
{
    return (cp < ' ' && cp != '\n') || (cp >= 0x7F && cp <= 0xA0) || cp == 0xAD || cp == 0x61C ||
           cp == 0x640 || (cp >= 0x2000 && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202F) ||
           (cp >= 0x205F && cp <= 0x206F) || (cp >= 0xFE00 && cp <= 0xFE0F) || cp == 0xFEFF ||
           cp == KH_REPLACEMENT;
}

static void show(const char *label, kh_str s)
{
    char line[2000];
    size_t n = 0;
    for (size_t at = 0, len = 0; at < s.len && n + 16 < sizeof line; at += len) {
        uint32_t cp = kh_utf8_at(s, at, &len);
        if (unseen(cp)) {
            n += (size_t)snprintf(line + n, sizeof line - n, "\\u%04x", (unsigned)cp);
        } else {
            memcpy(line + n, s.ptr + at, len);
            n += len;
        }
    }
    line[n] = 0;
    print_error("# %s \"%s\" (%zu bytes)\n", label, line, s.len);
}

void kh_assert_str(kh_str actual, kh_str expected, const char *file, int line)
{
    if (kh_str_eq(actual, expected)) {
        return;
    }
    size_t same = 0;
    while (same < actual.len && same < expected.len && actual.ptr[same] == expected.ptr[same]) {
        same++;
    }
    show("actual:  ", actual);
    show("expected:", expected);
    print_error("# they part at byte %zu\n", same);
    _fail(file, line);
}

/* The file below the source folder, empty when it cannot be read. */
static kh_str read_source(kh_arena *a, const char *path)
{
    const char *root = getenv("KHABAR_SOURCE");
    kh_str full = kh_arena_printf(a, "%s/%s", root ? root : ".", path);
    FILE *in = fopen(full.ptr, "rb");
    if (!in) {
        return (kh_str){0};
    }
    char *p = malloc(FILE_BYTES_MAX);
    size_t n = p ? fread(p, 1, FILE_BYTES_MAX, in) : 0;
    kh_str text = kh_arena_copy(a, (kh_str){p, n});
    free(p);
    fclose(in);
    return text;
}

kh_str kh_test_file(kh_arena *a, const char *path)
{
    kh_str text = read_source(a, path);
    if (!text.len) {
        fail_msg("%s: not there, empty or not readable", path);
    }
    return text;
}

/* The line with its escapes replaced. */
static kh_str unescape(kh_arena *a, kh_str s)
{
    kh_buf b = {.arena = a};
    for (size_t i = 0; i < s.len; i++) {
        char next = i + 1 < s.len ? s.ptr[i + 1] : 0;
        if (s.ptr[i] != '\\' || !next || !strchr("unt\\#", next)) {
            kh_buf_char(&b, s.ptr[i]);
            continue;
        }
        i++;
        if (next == 'u') {
            char hex[5] = {0};
            memcpy(hex, s.ptr + i + 1, s.len - i - 1 < 4 ? s.len - i - 1 : 4);
            kh_buf_cp(&b, (uint32_t)strtoul(hex, NULL, 16));
            i += strlen(hex);
        } else {
            kh_buf_char(&b, (char)(next == 'n' ? '\n' : next == 't' ? '\t' : next));
        }
    }
    return kh_buf_str(&b);
}

static text_cases read_cases(kh_arena *a, kh_str text, const char *path, kh_case_fn run)
{
    text_cases found = {0};
    kh_buf expected = {.arena = a};
    text_case *open = NULL;
    int number = 0;
    for (kh_str rest = text, line; kh_str_cut(&rest, '\n', &line);) {
        number++;
        if (kh_str_starts(line, KH_STR("#"))) {
            continue;
        }
        if (!line.len) {
            open = NULL;
        } else if (!open) {
            open = KH_ADD(a, &found);
            *open =
                (text_case){.input = unescape(a, line), .path = path, .line = number, .run = run};
            expected = (kh_buf){.arena = a};
        } else {
            kh_buf_z(&expected, expected.len ? "\n" : "");
            kh_buf_add(&expected, unescape(a, line));
            open->expected = kh_buf_str(&expected);
        }
    }
    return found;
}

static void run_case(void **state)
{
    const text_case *c = *state;
    kh_arena a = kh_test_scratch();
    kh_str actual = c->run(&a, c->input);
    if (!kh_str_eq(actual, c->expected)) {
        show("input:   ", c->input);
        kh_assert_str(actual, c->expected, c->path, c->line);
    }
}

int kh_run_cases(const char *path, kh_case_fn run)
{
    kh_arena a = kh_arena_reserve(ARENA_BYTES, NULL);
    text_cases cases = read_cases(&a, read_source(&a, path), path, run);
    if (!cases.count) {
        printf("not ok %s: no cases\n", path);
        kh_arena_release(&a);
        return 1;
    }
    struct CMUnitTest *tests = KH_NEW_N(&a, struct CMUnitTest, cases.count);
    for (size_t i = 0; i < cases.count; i++) {
        text_case *c = &cases.items[i];
        tests[i] = (struct CMUnitTest){.name = kh_arena_printf(&a, "%s:%d", path, c->line).ptr,
                                       .test_func = run_case,
                                       .initial_state = c};
    }
    int failed = _cmocka_run_group_tests(path, tests, cases.count, NULL, NULL);
    kh_arena_release(&a);
    return failed;
}
