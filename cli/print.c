/* print.c - text for a terminal: widths, isolates, wrapping.
 *
 * A right-to-left word inside a left-to-right line drags numbers and brackets around with it. On a
 * terminal each piece of foreign text therefore stands between FSI (U+2068) and PDI (U+2069), Unicode
 * UAX 9; piped output holds the bare text, so that grep and cut see what the page had. Columns are counted
 * by display width: marks and controls take none, Han and Hangul two.
 */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int terminal_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    uint64_t given = 0;
    if (columns && kh_str_u64(kh_str_z(columns), &given) && given >= 40 && given <= 400) {
        return (int)given;
    }
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
        return size.ws_col > 140 ? 140 : size.ws_col;
    }
    return 100;
}

kh_print kh_print_begin(const kh_options *o, kh_buf *buf)
{
    return (kh_print){.buf = buf, .color = o->color, .isolate = isatty(STDOUT_FILENO) != 0, .width = terminal_width()};
}

static size_t width_of(uint32_t cp)
{
    bool none = (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x591 && cp <= 0x5C7) || (cp >= 0x610 && cp <= 0x61A) ||
                (cp >= 0x64B && cp <= 0x65F) || cp == 0x670 || (cp >= 0x6D6 && cp <= 0x6DC) || (cp >= 0x200B && cp <= 0x200F) ||
                (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2069) || cp == 0xFEFF || cp == 0xAD || cp < ' ';
    bool wide = (cp >= 0x1100 && cp <= 0x115F) || (cp >= 0x2E80 && cp <= 0xA4CF) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
                (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0xFE30 && cp <= 0xFE6F) || (cp >= 0xFF00 && cp <= 0xFF60) ||
                (cp >= 0x1F300 && cp <= 0x1FAFF) || (cp >= 0x20000 && cp <= 0x3FFFD);
    return none ? 0 : wide ? 2 : 1;
}

size_t kh_width(kh_str s)
{
    size_t width = 0;
    for (size_t i = 0, n = 0; i < s.len; i += n) {
        width += width_of(kh_utf8_at(s, i, &n));
    }
    return width;
}

static bool needs_isolate(kh_str s)
{
    for (size_t i = 0, n = 0; i < s.len; i += n) {
        if (kh_script_rtl(kh_script_of(kh_utf8_at(s, i, &n)))) {
            return true;
        }
    }
    return false;
}

/* Without control characters: a page must not move the cursor. */
static void add_safe(kh_buf *b, kh_str s)
{
    for (size_t i = 0, n = 0; i < s.len; i += n) {
        uint32_t cp = kh_utf8_at(s, i, &n);
        bool control = cp < ' ' || (cp >= 0x7F && cp < 0xA0) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
        if (control) {
            kh_buf_char(b, ' ');
        } else {
            kh_buf_add(b, (kh_str){s.ptr + i, n});
        }
    }
}

void kh_print_iso(kh_print *p, kh_str s)
{
    bool isolate = p->isolate && needs_isolate(s);
    if (isolate) {
        kh_buf_cp(p->buf, 0x2068);
    }
    add_safe(p->buf, s);
    if (isolate) {
        kh_buf_cp(p->buf, 0x2069);
    }
}

void kh_print_style(kh_print *p, const char *style, kh_str s)
{
    static const struct {
        const char *name, *code;
    } styles[] = {{"bold", "1"}, {"dim", "2"}, {"red", "31"}, {"green", "32"}, {"yellow", "33"}, {"blue", "34"}, {"cyan", "36"}};
    const char *code = NULL;
    for (size_t i = 0; i < sizeof styles / sizeof *styles && p->color; i++) {
        code = strcmp(styles[i].name, style) == 0 ? styles[i].code : code;
    }
    if (code) {
        kh_buf_printf(p->buf, "\033[%sm", code);
    }
    kh_print_iso(p, s);
    if (code) {
        kh_buf_z(p->buf, "\033[0m");
    }
}

/* The bytes of S that fit into WIDTH columns. */
static size_t fitting(kh_str s, size_t width)
{
    size_t i = 0;
    for (size_t n = 0, used = 0; i < s.len; i += n) {
        used += width_of(kh_utf8_at(s, i, &n));
        if (used > width) {
            break;
        }
    }
    return i;
}

void kh_print_pad(kh_print *p, kh_str s, size_t width)
{
    size_t has = kh_width(s);
    if (has > width) {
        kh_str head = kh_str_head(s, fitting(s, width - 1));
        kh_print_iso(p, kh_arena_join(p->buf->arena, head, KH_STR("…")));
        has = kh_width(head) + 1;
    } else {
        kh_print_iso(p, s);
    }
    for (; has < width; has++) {
        kh_buf_char(p->buf, ' ');
    }
}

/* Takes the next word off *rest. */
static bool next_word(kh_str *rest, kh_str *word)
{
    size_t i = 0;
    while (i < rest->len && (rest->ptr[i] == ' ' || rest->ptr[i] == '\n' || rest->ptr[i] == '\t')) {
        i++;
    }
    size_t begin = i;
    while (i < rest->len && rest->ptr[i] != ' ' && rest->ptr[i] != '\n' && rest->ptr[i] != '\t') {
        i++;
    }
    *word = (kh_str){rest->ptr + begin, i - begin};
    *rest = (kh_str){rest->ptr + i, rest->len - i};
    return word->len > 0;
}

void kh_print_wrap(kh_print *p, kh_str s, size_t indent, size_t width)
{
    kh_buf line = {.arena = p->buf->arena};
    size_t used = 0;
    kh_str word;
    while (s.len && next_word(&s, &word)) {
        size_t w = kh_width(word);
        if (used && used + 1 + w > width) {
            kh_print_iso(p, kh_buf_str(&line));
            kh_buf_printf(p->buf, "\n%*s", (int)indent, "");
            line.len = 0;
            used = 0;
        }
        if (used) {
            kh_buf_char(&line, ' ');
            used++;
        }
        kh_buf_add(&line, word);
        used += w;
    }
    kh_print_iso(p, kh_buf_str(&line));
}

void kh_print_heading(kh_print *p, const char *text)
{
    kh_buf_char(p->buf, '\n');
    kh_print_style(p, "bold", kh_str_z(text));
    kh_buf_char(p->buf, '\n');
}

bool kh_flush(kh_buf *buf)
{
    bool ok = fwrite(buf->ptr ? buf->ptr : "", 1, buf->len, stdout) == buf->len && fflush(stdout) == 0;
    if (!ok && errno != EPIPE) { /* a reader that has seen enough, as head has, is no failure to tell */
        perror("khabar: standard output");
    }
    buf->len = 0;
    return ok;
}
