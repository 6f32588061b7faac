/* input.h - what a user names, page by page: files, folders, "-" for standard input.
 *
 * Kinds are told apart by content, never by the name: HTML, a scraped page as plain text, JSON
 * Lines, WARC archives, feeds (RSS, Atom, JSON Feed, news sitemaps), and gzip or zstd of any of
 * these. What cannot be read is reported, with the file and the cure,
 * and the rest goes on:
 *
 *     kh_error err;
 *     kh_input *in = kh_input_open(paths, count, &err);
 *     for (bool done = !in; !done;) {
 *         kh_arena_clear(&arena);
 *         kh_page page;
 *         if (kh_input_next(in, &arena, &page, &done, &err) != KH_OK) {
 *             complain(err.msg);
 *         } else if (!done) {
 *             use(&page);
 *         }
 *     }
 *     kh_input_close(in);
 */
#ifndef KHABAR_INPUT_INPUT_H
#define KHABAR_INPUT_INPUT_H

#include "model/article.h"

typedef struct kh_input kh_input;

/* PATHS are read in their order; they are copied. NULL with KH_ERR_MEMORY "no_memory". */
kh_input *kh_input_open(const char *const *paths, size_t count, kh_error *err);

/* Which pages are wanted, decided before they are read. What is not known of a page does not pass: a file has no
 * address, so --host leaves only records. */
typedef struct kh_input_filter {
    kh_str host;          /* "news.example": this host and those below it; several with commas; empty: all */
    kh_str path;          /* pattern for the path of the address, "*" any characters, "?" one; empty: all */
    kh_str lang;          /* leaves out what cannot be in it by its letters; who asks decides on what is left */
    kh_time since, until; /* of the capture, else of the publication; both inside; unknown: all */
} kh_input_filter;

/* A record that is no page, or is not wanted. That is no failure: archives are full of pictures. */
typedef struct kh_skip {
    kh_str source;      /* path:offset */
    kh_str url;         /* may be empty */
    const char *reason; /* not_html, http_status, revisit, segment, no_text, empty; host, path, since, until, lang */
    kh_str what;        /* in words: "image/png", "404" */
    bool filtered;      /* by the filter */
} kh_skip;

typedef struct kh_skip_to {
    void (*tell)(void *context, const kh_skip *skip); /* during kh_input_next, on its thread; may be NULL */
    void *context;
} kh_skip_to;

/* Before the first kh_input_next; the strings must stay. */
void kh_input_choose(kh_input *in, const kh_input_filter *filter, kh_skip_to skipped);

/* Bytes of files read so far, and of all of them; *all is 0 where that is not known (folders, standard input). */
void kh_input_progress(const kh_input *in, uint64_t *done, uint64_t *all);

/* What is done while a pipe or a terminal gives nothing. */
typedef struct kh_meanwhile {
    /* Called MS milliseconds after the wait began, first 0; gives for how many to look for bytes before the next call, or a negative
     * number: the wait ends with KH_ERR_IO "interrupted". It must not ask the same input for pages. NULL: nothing is done. */
    int (*step)(void *context, int64_t ms);
    void *context;
} kh_meanwhile;

void kh_input_meanwhile(kh_input *in, kh_meanwhile meanwhile); /* from now on */

/* The next page, all of it in PAGE_ARENA, which needs room for sixteen times the bytes of a page
 * (error "no_room" where it has less; this function never jumps). *done becomes true, with KH_OK
 * and an empty page, behind the last one. Any other status is about one document or one record;
 * call again for the next. Reasons in err->reason:
 *
 *   KH_ERR_NOINPUT  missing, unreadable, empty_folder, not_a_file
 *   KH_ERR_INPUT    empty, not_text, bad_gzip, bad_zstd, bad_json, bad_record, bad_feed, bad_http, bad_checksum,
 *                   truncated, unsupported
 *   KH_ERR_LIMIT    too_large, no_room, too_complex (feeds), too_deep (folders)
 *   KH_ERR_IO       read_error, interrupted
 *   KH_ERR_MEMORY   no_memory
 *
 * err->pos is the line of a JSON record, the place of an archive's record, else 0. A file's time of change is not a time of
 * capture: page->captured is known only where a record states it. */
kh_status kh_input_next(kh_input *in, kh_arena *page_arena, kh_page *page, bool *done, kh_error *err);

void kh_input_close(kh_input *in); /* accepts NULL */

/* The page that BYTES (HTML or text, at most KH_PAGE_BYTES_MAX) are; PAGE points into them and
 * into OUT. */
kh_status kh_page_of_bytes(kh_arena *out, kh_str bytes, kh_str label, kh_page *page, kh_error *err);

/* ---- capture.c ---- */

/* What a server answered when it was asked for a page; codings undone. */
typedef struct kh_capture {
    kh_str url, type; /* type: of the header, with its charset; may be empty */
    kh_str body;
    kh_time at;
} kh_capture;

/* The page of it, all in OUT. KH_ERR_INPUT "not_html", "empty"; KH_ERR_LIMIT "too_large", "no_room". */
kh_status kh_page_of_capture(kh_arena *out, const kh_capture *capture, kh_page *page, kh_error *err);

/* ---- warc_write.c: captures kept as an archive ---- */

typedef struct kh_warc_file kh_warc_file;

/* Opens PATH for adding to it; a new one begins with a record that says who wrote it (PROGRAM). NULL on failure. */
kh_warc_file *kh_warc_create(const char *path, const char *program, kh_error *err);

/* A response record of its own gzip member: HEADER as the server sent it, BODY with its codings undone; the fields of
 * HEADER that no longer hold are kept under X-Crawler- names. Written by one call, so a killed program leaves whole
 * records and at most one that is cut. */
kh_status kh_warc_put(kh_warc_file *file, kh_str url, kh_time time, kh_str header, kh_str body, kh_error *err);

/* KH_ERR_IO where what was written may not be on the disk. Accepts NULL. */
kh_status kh_warc_file_close(kh_warc_file *file, kh_error *err);
/* The page that RECORD is: one JSON object, as a line of JSON Lines. */
kh_status kh_page_of_json(kh_arena *out, kh_str record, kh_str label, kh_page *page, kh_error *err);

/* ---- charset.c ---- */

/* RAW as valid UTF-8 without NUL, in OUT. HTML: a <meta> or <?xml that declares a charset is
 * heard. *charset is what was used ("utf-8", "windows-1256"), *why says what decided, in words
 * ("declared", "valid UTF-8, though windows-1256 is declared"). Bytes that fit nowhere become
 * U+FFFD. Never fails. */
kh_str kh_decode(kh_arena *out, kh_str raw, bool html, kh_str *charset, kh_str *why);

/* ---- data_folder.c ---- */

/* One text file of a data folder, as kh_lexicon_of wants it: path relative to the folder. */
typedef struct kh_data_file {
    kh_str path;
    kh_str bytes;
} kh_data_file;

typedef KH_LIST(kh_data_file) kh_data_files;

/* The tables of a user's data folder: PATH/languages/<tag>/<table>.txt and
 * PATH/world/<table>.txt, sorted by path; other files are left alone. KH_ERR_NOINPUT "missing"
 * where PATH is no folder, KH_ERR_INPUT "not_text" where a table is not UTF-8, KH_ERR_LIMIT
 * "too_large" beyond 4 MB a table or 2,000 tables; then *files is untouched. */
kh_status kh_data_folder_read(kh_arena *out, const char *path, kh_data_files *files, kh_error *err);

#endif
