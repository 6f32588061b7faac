/* parts.h - what the files of input/ share. */
#ifndef KHABAR_INPUT_PARTS_H
#define KHABAR_INPUT_PARTS_H

#include "input/input.h"

/* ---- stream.c: bytes of a file or of standard input, gzip undone ---- */

typedef struct kh_stream kh_stream;

/* Opens PATH ("-": standard input) for reading. */
kh_status kh_stream_open(const char *path, kh_stream **stream, kh_error *err);
void kh_stream_close(kh_stream *s); /* accepts NULL */

/* Makes at least WANT bytes ready unless the stream ends before; gives all that are. They stay
 * where they are until the next call. KH_ERR_IO, KH_ERR_INPUT "bad_gzip", KH_ERR_MEMORY. */
kh_status kh_stream_peek(kh_stream *s, size_t want, kh_str *bytes, kh_error *err);
void kh_stream_skip(kh_stream *s, size_t count); /* of the bytes that are ready */
bool kh_stream_at_end(const kh_stream *s);       /* nothing more will come */

/* ---- walk.c: the files that the user's paths stand for ---- */

typedef struct kh_walk kh_walk;

kh_walk *kh_walk_open(const char *const *paths, size_t count); /* NULL: no memory */
void kh_walk_close(kh_walk *w);

/* The next file's path, good until the next call; NULL behind the last. */
kh_status kh_walk_next(kh_walk *w, const char **path, kh_error *err);

/* ---- jsonl.c ---- */

/* The page of one record. SOURCE names file and line in messages. */
kh_status kh_record_read(kh_arena *out, kh_str line, size_t number, const char *path, kh_page *page,
                         kh_error *err);

/* ---- kind.c: what bytes are ---- */

typedef enum kh_kind {
    KH_KIND_TEXT,
    KH_KIND_HTML,
    KH_KIND_JSON_LINES,
    KH_KIND_JSON_WHOLE, /* one object over several lines */
    KH_KIND_JSON_ARRAY,
    KH_KIND_WARC,
    KH_KIND_FEED,
    KH_KIND_BINARY
} kh_kind;

/* By the first bytes (64 KB are plenty); *what names a binary kind: "a PDF file". */
kh_kind kh_kind_of(kh_str head, const char **what);

/* HTML or plain text, for text that is decoded. */
bool kh_is_html(kh_str text);

/* ---- charset.c, plausible.c, mojibake.c: bytes to text ---- */

/* RAW through iconv; bytes that do not decode become U+FFFD and are counted. False when the name is unknown. */
bool kh_convert(kh_arena *out, kh_str raw, kh_str charset, kh_str *text, size_t *bad);

/* "utf-16le" or "utf-16be" where HEAD is such a text without a mark; else empty. */
kh_str kh_utf16_of(kh_str head);

/* How much a text that was decoded looks like writing, by its characters outside ASCII: about 1 for the right
 * charset, below 0 for most wrong ones; 0 when there are none. */
double kh_plausible(kh_str text);

typedef enum kh_mojibake {
    KH_MOJIBAKE_NONE,
    KH_MOJIBAKE_TOLD,    /* part of the text was encoded twice; left as it is */
    KH_MOJIBAKE_REPAIRED /* all of it was; *repaired is what was meant */
} kh_mojibake;

/* TEXT is valid UTF-8. */
kh_mojibake kh_mojibake_of(kh_arena *out, kh_arena scratch, kh_str text, kh_str *repaired);

/* Room in A for BYTES and what goes with them; else KH_ERR_LIMIT "no_room". */
kh_status kh_need_room(const kh_arena *a, size_t bytes, const char *path, kh_error *err);

#endif
