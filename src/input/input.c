/* input.c - pages one after the other, whatever the user named.
 *
 * Opens one file at a time (walk.c), undoes gzip and zstd (stream.c), sees what it is (kind.c), decodes it
 * (charset.c) or takes the next record of it (jsonl.c, archive.c, feed.c). A failure is about one document; the next
 * call goes on behind it.
 *
 *     pages/           a folder: each file in it, by name
 *     news.jsonl.gz    records, one page each; line 17 broken: reported with its number, line 18 read
 *     CC-NEWS-....warc.gz   an archive: each HTML response a page, the rest passed over
 *     rss.xml          a feed: each entry with a text a page
 *     000.txt          قال كبير المهندسين ...: one scraped page, label 000
 *
 * Nothing here reads a clock; the time of a file is when somebody copied it and is not taken for
 * anything.
 */
#include "input/feed.h"
#include "input/parts.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { HEAD = 1 << 16 };

struct kh_input {
    kh_walk *walk;
    kh_stream *stream; /* of records that is being read; else NULL */
    char *path;        /* of the file that is being read; else NULL */
    size_t line;       /* JSON Lines: the last line read */
    kh_warc *warc;     /* the stream is an archive */
    kh_feed feed;      /* the file was a feed; its entries are in `kept` */
    size_t item;       /* the next of them */
    kh_arena kept;
    jmp_buf full;
    kh_input_filter filter;
    kh_skip_to skipped;
    kh_meanwhile meanwhile;
    uint64_t bytes_done, bytes_all;
};

/* The bytes of PATHS where all are files. */
static uint64_t size_of_all(const char *const *paths, size_t count)
{
    uint64_t size = 0;
    for (size_t i = 0; i < count; i++) {
        struct stat st;
        if (stat(paths[i], &st) || !S_ISREG(st.st_mode)) {
            return 0;
        }
        size += (uint64_t)st.st_size;
    }
    return size;
}

kh_input *kh_input_open(const char *const *paths, size_t count, kh_error *err)
{
    kh_input *in = calloc(1, sizeof *in);
    kh_walk *walk = in ? kh_walk_open(paths, count) : NULL;
    if (!walk) {
        free(in);
        kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory for a list of %zu files", count);
        return NULL;
    }
    in->bytes_all = size_of_all(paths, count);
    in->walk = walk;
    return in;
}

void kh_input_choose(kh_input *in, const kh_input_filter *filter, kh_skip_to skipped)
{
    in->filter = *filter;
    in->skipped = skipped;
}

void kh_input_meanwhile(kh_input *in, kh_meanwhile meanwhile)
{
    in->meanwhile = meanwhile;
}

void kh_input_progress(const kh_input *in, uint64_t *done, uint64_t *all)
{
    *done = in->bytes_done + (in->stream ? kh_stream_read_bytes(in->stream) : 0);
    *all = in->bytes_all;
}

static void drop_stream(kh_input *in, kh_stream *s)
{
    in->bytes_done += s ? kh_stream_read_bytes(s) : 0;
    kh_stream_close(s);
}

static void close_stream(kh_input *in)
{
    kh_warc_close(in->warc);
    drop_stream(in, in->stream);
    free(in->path);
    in->warc = NULL;
    in->stream = NULL;
    in->path = NULL;
}

void kh_input_close(kh_input *in)
{
    if (in) {
        close_stream(in);
        kh_arena_release(&in->kept);
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
        return kh_fail(err, KH_ERR_LIMIT, "no_room", "%.300s: larger than the memory set aside for one page", path);
    }
    return KH_OK;
}

/* "000" of "pages/000.txt", "news" of "news.html.gz"; whole where nothing would be left. */
kh_str kh_label_of(kh_str path)
{
    kh_str name = path;
    for (size_t i = path.len; i-- > 0;) {
        if (path.ptr[i] == '/') {
            name = kh_str_from(path, i + 1);
            break;
        }
    }
    static const char *const endings[] = {".gz",   ".zst",   ".warc", ".wet",    ".html", ".htm",  ".xhtml", ".txt",
                                          ".text", ".jsonl", ".json", ".ndjson", ".rss",  ".atom", ".xml"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        kh_str ending = kh_str_z(endings[i]);
        if (name.len > ending.len && kh_str_eq_ascii_nocase(kh_str_from(name, name.len - ending.len), ending)) {
            name = kh_str_head(name, name.len - ending.len);
        }
    }
    return name;
}

static kh_status refuse_kind(kh_kind kind, const char *what, const char *path, kh_error *err)
{
    switch (kind) {
    case KH_KIND_BINARY:
        return kh_fail(err, KH_ERR_INPUT, "not_text", "%.250s: %s; give HTML, plain text, JSON Lines, WARC or a feed", path,
                       strcmp(what, "not text") == 0 ? "this is not text" : what);
    case KH_KIND_JSON_ARRAY:
        return kh_fail(err, KH_ERR_INPUT, "unsupported", "%.250s: a JSON array; write one object a line (jq -c '.[]' does it)", path);
    default: return kh_fail(err, KH_ERR_INPUT, "unsupported", "%.250s: a list of feeds (OPML), not pages; fetch what they link to", path);
    }
}

/* All of a document, which may not be larger than a page. */
static kh_status read_whole(kh_stream *s, size_t max, const char *path, kh_str *bytes, kh_error *err)
{
    kh_status status = kh_stream_peek(s, max + 1, bytes, err);
    if (status == KH_OK && bytes->len > max) {
        return kh_fail(err, KH_ERR_LIMIT, "too_large", "%.250s: larger than %zu MB; cut it, or give its pages one by one", path, max >> 20);
    }
    return status;
}

static kh_status read_page(kh_stream *s, bool html, const char *path, kh_arena *out, kh_page *page, kh_error *err)
{
    kh_str bytes = {0};
    kh_status status = read_whole(s, KH_PAGE_BYTES_MAX, path, &bytes, err);
    status = status == KH_OK ? kh_need_room(out, bytes.len, path, err) : status;
    if (status != KH_OK) {
        return status;
    }
    page->source = kh_arena_copy(out, kh_str_z(path));
    page->label = kh_label_of(page->source);
    page->raw = kh_arena_copy(out, bytes);
    page->text = kh_decode(out, page->raw, html, &page->charset, &page->charset_why);
    page->kind = html || kh_is_html(page->text) ? KH_PAGE_HTML : KH_PAGE_SCRAPED;
    if (page->text.len > KH_PAGE_BYTES_MAX) {
        return kh_fail(err, KH_ERR_LIMIT, "too_large", "%.250s: larger than 8 MB once decoded; cut it", path);
    }
    if (!kh_str_trim(page->text).len) {
        return kh_fail(err, KH_ERR_INPUT, "empty", "%.250s: only white space; fetch the page again", path);
    }
    return KH_OK;
}

static kh_status read_json_whole(kh_stream *s, const char *path, kh_arena *out, kh_page *page, kh_error *err)
{
    kh_str bytes = {0};
    kh_status status = read_whole(s, KH_RECORD_BYTES_MAX, path, &bytes, err);
    if (status != KH_OK) {
        return status;
    }
    bytes = kh_str_starts(bytes, KH_STR("\xEF\xBB\xBF")) ? kh_str_from(bytes, 3) : bytes;
    status = kh_record_read(out, bytes, 1, path, page, err);
    page->label = page->given_id.len ? page->given_id : kh_label_of(kh_arena_copy(out, kh_str_z(path)));
    return status;
}

/* ---- feeds ---- */

/* Reads S as a feed into memory of the input's own, for its entries come one a call. */
static kh_status read_feed(kh_input *in, kh_stream *s, const char *path, kh_error *err)
{
    kh_str bytes = {0};
    kh_status status = read_whole(s, KH_FEED_BYTES_MAX, path, &bytes, err);
    if (status == KH_OK && kh_is_opml(bytes)) {
        status = refuse_kind(KH_KIND_FEED, NULL, path, err);
    }
    if (status == KH_OK && !in->kept.begin) {
        in->kept = kh_arena_reserve(KH_FEED_ARENA_BYTES, &in->full);
    }
    if (status != KH_OK) {
        return status;
    }
    if (!in->kept.begin) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "%.300s: the system gives no memory", path);
    }
    kh_arena_clear(&in->kept);
    in->feed = (kh_feed){0};
    in->item = 0;
    if (setjmp(in->full)) {
        in->feed = (kh_feed){0};
        return kh_fail(err, KH_ERR_LIMIT, "too_complex", "%.250s: the feed wants more memory than is set aside for one", path);
    }
    kh_error why = {0};
    status = kh_feed_read(&in->kept, bytes, &in->feed, &why);
    return status == KH_OK ? KH_OK : kh_fail(err, status, why.reason, "%.250s: %.100s", path, why.msg);
}

/* An entry as a page; it has a text. */
static void page_of_item(const kh_input *in, const kh_feed_item *item, size_t number, kh_arena *out, kh_page *page)
{
    kh_str file = kh_arena_copy(out, kh_str_z(in->path));
    *page = (kh_page){.kind = KH_PAGE_TEXT, .charset = KH_STR("utf-8"), .charset_why = KH_STR("feed"), .published = item->published};
    page->source = kh_arena_printf(out, "%s:%zu", in->path, number);
    page->label = kh_arena_printf(out, KH_FMT ":%zu", KH_ARG(kh_label_of(file)), number);
    page->given_id = kh_arena_copy(out, item->id);
    page->url = kh_arena_copy(out, item->url);
    page->title = kh_arena_copy(out, item->title);
    page->byline = kh_arena_copy(out, item->byline);
    page->outlet = kh_arena_copy(out, item->outlet);
    page->raw = kh_arena_copy(out, item->raw);
    page->text = kh_arena_copy(out, item->text);
}

static void tell_skip(const kh_input *in, kh_arena scratch, size_t number, kh_str url, const char *reason, kh_str what, bool filtered)
{
    if (in->skipped.tell) {
        kh_skip skip = {kh_arena_printf(&scratch, "%s:%zu", in->path, number), url, reason, what, filtered};
        in->skipped.tell(in->skipped.context, &skip);
    }
}

static kh_status next_item(kh_input *in, kh_arena *out, kh_page *page, bool *end, kh_error *err)
{
    while (in->item < in->feed.items.count) {
        const kh_feed_item *item = &in->feed.items.items[in->item++];
        const char *against = kh_filter_against(&in->filter, item->url, item->published);
        size_t bytes =
            item->raw.len + item->text.len + item->title.len + item->url.len + item->id.len + item->outlet.len + item->byline.len;
        kh_status status = kh_need_room(out, bytes, in->path, err);
        if (status != KH_OK) {
            return status;
        }
        if (against) {
            tell_skip(in, *out, in->item, item->url, against, (kh_str){0}, true);
        } else if (!item->text.len) {
            tell_skip(in, *out, in->item, item->url, "no_text", KH_STR("only a title"), false);
        } else {
            page_of_item(in, item, in->item, out, page);
            return KH_OK;
        }
    }
    free(in->path);
    in->path = NULL;
    *end = true;
    return KH_OK;
}

/* ---- files ---- */

/* From now on PATH is the file that is being read. */
static kh_status stay_at(kh_input *in, const char *path, kh_error *err)
{
    in->path = strdup(path);
    in->line = 0;
    return in->path ? KH_OK : kh_fail(err, KH_ERR_MEMORY, "no_memory", "%.300s: the system gives no memory", path);
}

/* Begins to read the records of S, which stays the caller's where that fails. */
static kh_status start_records(kh_input *in, kh_stream *s, kh_kind kind, const char *path, kh_error *err)
{
    kh_status status = stay_at(in, path, err);
    in->warc = status == KH_OK && kind == KH_KIND_WARC ? kh_warc_open(s, in->path) : NULL;
    if (status == KH_OK && kind == KH_KIND_WARC && !in->warc) {
        free(in->path);
        in->path = NULL;
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "%.300s: the system gives no memory", path);
    }
    in->stream = status == KH_OK ? s : NULL;
    return status;
}

/* A new file: one page of it, or the beginning of its records (*records). */
static kh_status start_file(kh_input *in, const char *path, kh_arena *out, kh_page *page, bool *records, kh_error *err)
{
    kh_stream *s = NULL;
    kh_str head = {0};
    kh_error early = {0};
    kh_status status = kh_stream_open(path, &s, err);
    if (status != KH_OK) {
        return status;
    }
    kh_stream_meanwhile(s, &in->meanwhile);
    status = kh_stream_peek(s, HEAD, &head, &early);
    const char *what = NULL;
    kh_kind kind = kh_kind_of(head, &what);
    if (status != KH_OK && kind != KH_KIND_WARC) {
        if (err) {
            *err = early;
        }
    } else if (head.len == 0) {
        status = kh_fail(err, KH_ERR_INPUT, "empty", "%.250s: the file is empty; fetch the page again", path);
    } else if (kind == KH_KIND_JSON_LINES || kind == KH_KIND_WARC) {
        status = start_records(in, s, kind, path, err);
        if (status == KH_OK) {
            *records = true;
            if (in->warc && early.code) {
                kh_warc_expect(in->warc, &early);
            }
            return KH_OK;
        }
    } else if (kind == KH_KIND_FEED || kind == KH_KIND_JSON_FEED) {
        status = read_feed(in, s, path, err);
        status = status == KH_OK ? stay_at(in, path, err) : status;
        *records = status == KH_OK;
    } else if (kind == KH_KIND_JSON_WHOLE) {
        status = read_json_whole(s, path, out, page, err);
    } else if (kind == KH_KIND_HTML || kind == KH_KIND_TEXT) {
        status = read_page(s, kind == KH_KIND_HTML, path, out, page, err);
    } else {
        status = refuse_kind(kind, what, path, err);
    }
    drop_stream(in, s);
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
    size_t searched = 0;
    for (;;) {
        kh_str bytes = {0};
        kh_status status = kh_stream_peek(in->stream, searched + 1, &bytes, err); /* no more: of a slow pipe each line as it comes */
        if (status != KH_OK || bytes.len == 0) {
            return status;
        }
        size_t end = searched + kh_str_find(kh_str_from(bytes, searched), KH_STR("\n"));
        if (end == bytes.len && bytes.len > searched && bytes.len <= KH_RECORD_BYTES_MAX) {
            searched = bytes.len;
            continue;
        }
        in->line++;
        if (end > KH_RECORD_BYTES_MAX) {
            kh_fail(err, KH_ERR_LIMIT, "too_large", "%.250s:%zu: the record is longer than 16 MB; this record is skipped", in->path,
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
        searched = 0;
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
        kh_str file = kh_label_of(kh_arena_copy(out, kh_str_z(in->path)));
        page->label = page->given_id.len ? page->given_id : kh_arena_printf(out, KH_FMT ":%zu", KH_ARG(file), in->line);
    }
    return status;
}

/* The next page of the file that is being read; *end behind its last one. */
static kh_status next_of_file(kh_input *in, kh_arena *out, kh_page *page, bool *end, kh_error *err)
{
    if (!in->stream) {
        return next_item(in, out, page, end, err);
    }
    if (!in->warc) {
        return next_record(in, out, page, end, err);
    }
    kh_status status = kh_archive_next(in->warc, &in->filter, &in->skipped, in->path, out, page, end, err);
    if (*end) {
        close_stream(in);
    }
    return status;
}

/* The filter for what is not known before there is a page: of files and JSON records all of it, of archives the letters. */
static bool is_wanted(const kh_input *in, kh_arena scratch, const kh_page *page)
{
    kh_time time = kh_time_known(page->captured) ? page->captured : page->published;
    const char *against = in->warc ? NULL : kh_filter_against(&in->filter, page->url, time);
    against = against || kh_filter_may_be_in(in->filter.lang, page->text) ? against : "lang";
    if (against && in->skipped.tell) {
        kh_skip skip = {kh_arena_copy(&scratch, page->source), page->url, against, (kh_str){0}, true};
        in->skipped.tell(in->skipped.context, &skip);
    }
    return !against;
}

kh_status kh_input_next(kh_input *in, kh_arena *page_arena, kh_page *page, bool *done, kh_error *err)
{
    *done = false;
    for (;;) {
        kh_arena trial = *page_arena; /* what a page that is not wanted took is given back */
        bool end = false;
        bool records = false;
        kh_status status = KH_OK;
        *page = (kh_page){0};
        if (in->path) {
            status = next_of_file(in, &trial, page, &end, err);
        } else {
            const char *path = NULL;
            status = kh_walk_next(in->walk, &path, err);
            if (status == KH_OK && !path) {
                *done = true;
                return KH_OK;
            }
            status = status == KH_OK ? start_file(in, path, &trial, page, &records, err) : status;
        }
        bool taken = status == KH_OK && !end && !records && is_wanted(in, trial, page);
        if (status != KH_OK || taken) {
            *page_arena = trial;
            return status;
        }
    }
}
