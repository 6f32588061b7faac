/* input.c - pages one after the other, whatever the user named.
 *
 * Opens one file at a time (walk.c), undoes gzip (stream.c), sees what it is (kind.c), decodes it
 * (charset.c) or takes the next record of it (jsonl.c). A failure is about one document; the next
 * call goes on behind it.
 *
 *     pages/           a folder: each file in it, by name
 *     news.jsonl.gz    records, one page each; line 17 broken: reported with its number, line 18 read
 *     000.txt          قال كبير المهندسين ...: one scraped page, label 000
 *
 * Nothing here reads a clock; the time of a file is when somebody copied it and is not taken for
 * anything.
 */
#include "input/parts.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 1 << 16 };

struct kh_input {
    kh_walk *walk;
    kh_stream *stream; /* of JSON Lines that is being read; else NULL */
    char *path;        /* its path */
    size_t line;       /* the last line read from it */
};

kh_input *kh_input_open(const char *const *paths, size_t count)
{
    kh_input *in = calloc(1, sizeof *in);
    if (in) {
        in->walk = kh_walk_open(paths, count);
        if (!in->walk) {
            free(in);
            in = NULL;
        }
    }
    return in;
}

static void close_stream(kh_input *in)
{
    kh_stream_close(in->stream);
    free(in->path);
    in->stream = NULL;
    in->path = NULL;
}

void kh_input_close(kh_input *in)
{
    if (in) {
        close_stream(in);
        kh_walk_close(in->walk);
        free(in);
    }
}

/* In the worst case decoding tries three charsets, each taking three times the bytes, and mends
 * the result. */
kh_status kh_need_room(const kh_arena *a, size_t bytes, const char *path, kh_error *err)
{
    size_t room = (size_t)(a->end - a->cur);
    if (room / 16 < bytes + (1 << 12)) {
        return kh_fail(err, KH_ERR_LIMIT, "no_room",
                       "%.300s: larger than the memory set aside for one page", path);
    }
    return KH_OK;
}

/* "000" of "pages/000.txt", "news" of "news.html.gz"; whole where nothing would be left. */
static kh_str label_of(kh_str path)
{
    kh_str name = path;
    for (size_t i = path.len; i-- > 0;) {
        if (path.ptr[i] == '/') {
            name = kh_str_from(path, i + 1);
            break;
        }
    }
    static const char *const endings[] = {".gz",   ".html",  ".htm",  ".xhtml", ".txt",
                                          ".text", ".jsonl", ".json", ".ndjson"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        kh_str ending = kh_str_z(endings[i]);
        if (name.len > ending.len &&
            kh_str_eq_ascii_nocase(kh_str_from(name, name.len - ending.len), ending)) {
            name = kh_str_head(name, name.len - ending.len);
        }
    }
    return name;
}

static kh_status refuse_kind(kh_kind kind, const char *what, const char *path, kh_error *err)
{
    switch (kind) {
    case KH_KIND_BINARY:
        return kh_fail(err, KH_ERR_INPUT, "not_text",
                       "%.250s: %s; give HTML, plain text or JSON Lines", path,
                       strcmp(what, "not text") == 0 ? "this is not text" : what);
    case KH_KIND_JSON_ARRAY:
        return kh_fail(err, KH_ERR_INPUT, "unsupported",
                       "%.250s: a JSON array; write one object a line (jq -c '.[]' does it)", path);
    case KH_KIND_WARC:
        return kh_fail(err, KH_ERR_INPUT, "unsupported",
                       "%.250s: a WARC archive; unpack its pages into a folder", path);
    default:
        return kh_fail(err, KH_ERR_INPUT, "unsupported",
                       "%.250s: a feed, not a page; fetch the pages it links to", path);
    }
}

/* All of a document, which may not be larger than a page. */
static kh_status read_whole(kh_stream *s, size_t max, const char *path, kh_str *bytes,
                            kh_error *err)
{
    kh_status status = kh_stream_peek(s, max + 1, bytes, err);
    if (status == KH_OK && bytes->len > max) {
        return kh_fail(err, KH_ERR_LIMIT, "too_large",
                       "%.250s: larger than %zu MB; cut it, or give its pages one by one", path,
                       max >> 20);
    }
    return status;
}

static kh_status read_page(kh_stream *s, bool html, const char *path, kh_arena *out, kh_page *page,
                           kh_error *err)
{
    kh_str bytes = {0};
    kh_status status = read_whole(s, KH_PAGE_BYTES_MAX, path, &bytes, err);
    status = status == KH_OK ? kh_need_room(out, bytes.len, path, err) : status;
    if (status != KH_OK) {
        return status;
    }
    page->source = kh_arena_copy(out, kh_str_z(path));
    page->label = label_of(page->source);
    page->raw = kh_arena_copy(out, bytes);
    page->text = kh_decode(out, page->raw, html, &page->charset, &page->charset_why);
    page->kind = html || kh_is_html(page->text) ? KH_PAGE_HTML : KH_PAGE_SCRAPED;
    if (page->text.len > KH_PAGE_BYTES_MAX) {
        return kh_fail(err, KH_ERR_LIMIT, "too_large",
                       "%.250s: larger than 8 MB once decoded; cut it", path);
    }
    if (!kh_str_trim(page->text).len) {
        return kh_fail(err, KH_ERR_INPUT, "empty", "%.250s: only white space; fetch the page again",
                       path);
    }
    return KH_OK;
}

static kh_status read_json_whole(kh_stream *s, const char *path, kh_arena *out, kh_page *page,
                                 kh_error *err)
{
    kh_str bytes = {0};
    kh_status status = read_whole(s, KH_RECORD_BYTES_MAX, path, &bytes, err);
    if (status != KH_OK) {
        return status;
    }
    bytes = kh_str_starts(bytes, KH_STR("\xEF\xBB\xBF")) ? kh_str_from(bytes, 3) : bytes;
    status = kh_record_read(out, bytes, 1, path, page, err);
    page->label =
        page->given_id.len ? page->given_id : label_of(kh_arena_copy(out, kh_str_z(path)));
    return status;
}

/* A new file: one page of it, or the beginning of its records (*records). */
static kh_status start_file(kh_input *in, const char *path, kh_arena *out, kh_page *page,
                            bool *records, kh_error *err)
{
    kh_stream *s = NULL;
    kh_str head = {0};
    kh_status status = kh_stream_open(path, &s, err);
    status = status == KH_OK ? kh_stream_peek(s, HEAD, &head, err) : status;
    if (status == KH_OK && head.len == 0) {
        status = kh_fail(err, KH_ERR_INPUT, "empty",
                         "%.250s: the file is empty; fetch the page again", path);
    }
    if (status == KH_OK) {
        const char *what = NULL;
        kh_kind kind = kh_kind_of(head, &what);
        if (kind == KH_KIND_JSON_LINES) {
            in->path = strdup(path);
            in->stream = in->path ? s : NULL;
            in->line = 0;
            *records = true;
            if (in->stream) {
                return KH_OK;
            }
            status = kh_fail(err, KH_ERR_MEMORY, "no_memory", "%.300s: the system gives no memory",
                             path);
        } else if (kind == KH_KIND_JSON_WHOLE) {
            status = read_json_whole(s, path, out, page, err);
        } else if (kind == KH_KIND_HTML || kind == KH_KIND_TEXT) {
            status = read_page(s, kind == KH_KIND_HTML, path, out, page, err);
        } else {
            status = refuse_kind(kind, what, path, err);
        }
    }
    kh_stream_close(s);
    return status;
}

/* Passes over the rest of a line that is too long. */
static kh_status skip_line(kh_stream *s, kh_error *err)
{
    for (;;) {
        kh_str bytes = {0};
        kh_status status = kh_stream_peek(s, 1, &bytes, err);
        if (status != KH_OK || bytes.len == 0) {
            return status;
        }
        size_t end = kh_str_find(bytes, KH_STR("\n"));
        kh_stream_skip(s, end + 1);
        if (end < bytes.len) {
            return KH_OK;
        }
    }
}

/* The next line that is not blank, without its end. Empty at the end of the file. */
static kh_status next_line(kh_input *in, kh_str *line, kh_error *err)
{
    *line = (kh_str){0};
    size_t want = HEAD;
    for (;;) {
        kh_str bytes = {0};
        kh_status status = kh_stream_peek(in->stream, want, &bytes, err);
        if (status != KH_OK || bytes.len == 0) {
            return status;
        }
        size_t end = kh_str_find(bytes, KH_STR("\n"));
        if (end == bytes.len && bytes.len >= want && want <= KH_RECORD_BYTES_MAX) {
            want *= 2;
            continue;
        }
        in->line++;
        if (end > KH_RECORD_BYTES_MAX) {
            kh_fail(err, KH_ERR_LIMIT, "too_large",
                    "%.250s:%zu: the record is longer than 16 MB; this record is skipped", in->path,
                    in->line);
            status = skip_line(in->stream, NULL);
            return status == KH_OK ? KH_ERR_LIMIT : status;
        }
        *line = kh_str_head(bytes, end);
        if (in->line == 1 && kh_str_starts(*line, KH_STR("\xEF\xBB\xBF"))) {
            *line = kh_str_from(*line, 3);
        }
        kh_stream_skip(in->stream, end + 1);
        *line = kh_str_trim(*line);
        if (line->len) {
            return KH_OK;
        }
        want = HEAD;
    }
}

static kh_status next_record(kh_input *in, kh_arena *out, kh_page *page, bool *end, kh_error *err)
{
    kh_str line = {0};
    size_t before = in->line;
    kh_status status = next_line(in, &line, err);
    if (status != KH_OK && in->line == before) {
        close_stream(in); /* the file itself is broken: nothing more comes from it */
        return status;
    }
    if (status != KH_OK) {
        if (err) {
            err->pos = in->line;
        }
        return status;
    }
    if (!line.len) {
        close_stream(in);
        *end = true;
        return KH_OK;
    }
    status = kh_record_read(out, line, in->line, in->path, page, err);
    if (status == KH_OK) {
        kh_str file = label_of(kh_arena_copy(out, kh_str_z(in->path)));
        page->label = page->given_id.len
                          ? page->given_id
                          : kh_arena_printf(out, KH_FMT ":%zu", KH_ARG(file), in->line);
    }
    return status;
}

kh_status kh_input_next(kh_input *in, kh_arena *page_arena, kh_page *page, bool *done,
                        kh_error *err)
{
    *done = false;
    for (;;) {
        *page = (kh_page){0};
        if (in->stream) {
            bool end = false;
            kh_status status = next_record(in, page_arena, page, &end, err);
            if (!end) {
                return status;
            }
        }
        const char *path = NULL;
        kh_status status = kh_walk_next(in->walk, &path, err);
        if (status != KH_OK) {
            return status;
        }
        if (!path) {
            *done = true;
            return KH_OK;
        }
        bool records = false;
        status = start_file(in, path, page_arena, page, &records, err);
        if (!records) {
            return status;
        }
    }
}
