/* parts.h - what the files of input/ share. */
#ifndef KHABAR_INPUT_PARTS_H
#define KHABAR_INPUT_PARTS_H

#include "input/input.h"

/* ---- stream.c: bytes of a file or of standard input, gzip and zstd undone ---- */

typedef struct kh_stream kh_stream;

/* Opens PATH ("-": standard input) for reading. */
kh_status kh_stream_open(const char *path, kh_stream **stream, kh_error *err);
void kh_stream_close(kh_stream *s); /* accepts NULL */

void kh_stream_meanwhile(kh_stream *s, const kh_meanwhile *meanwhile); /* from now on; it stays the caller's */

/* Makes at least WANT bytes ready unless the stream ends before; gives all that are. They stay
 * where they are until the next call. KH_ERR_IO, KH_ERR_INPUT "bad_gzip", KH_ERR_MEMORY. */
kh_status kh_stream_peek(kh_stream *s, size_t want, kh_str *bytes, kh_error *err);
void kh_stream_skip(kh_stream *s, size_t count); /* of the bytes that are ready */

/* Where the next byte stands: the offset in the file of the gzip member or zstd frame that holds it, and how
 * many unpacked bytes into it. In a file that is not packed `offset` is 0 and `within` the place itself. */
typedef struct kh_place {
    uint64_t offset, within;
} kh_place;

kh_place kh_stream_place(kh_stream *s);
uint64_t kh_stream_read_bytes(const kh_stream *s); /* of the file so far */

/* The member that the next byte stands in was unpacked to its end, and its checksum was wrong. */
bool kh_stream_check_failed(kh_stream *s);

/* After damage, or behind the last member: drops what is ready and goes on with the next member. False where there
 * is none, and always in a file that is not packed. */
bool kh_stream_resync(kh_stream *s);

/* ---- http.c: a captured HTTP response ---- */

typedef struct kh_http {
    unsigned status;      /* 200 */
    kh_str type, charset; /* "text/html", "windows-1256"; empty: not said */
    kh_str packed;        /* the body as it was sent: a slice of the block */
    kh_str codings;       /* what was done to it: "gzip" */
    bool chunked;
} kh_http;

/* The header of BLOCK; the fields are in OUT. KH_ERR_INPUT "bad_http". */
kh_status kh_http_read(kh_arena *out, kh_str block, kh_http *http, kh_error *err);

/* The body as it was meant, in OUT or in the block, of at most KH_PAGE_BYTES_MAX + 1. KH_ERR_LIMIT "too_large",
 * KH_ERR_INPUT "unsupported" for a coding that is not known. */
kh_status kh_http_body(kh_arena *out, const kh_http *http, kh_str *body, kh_error *err);

/* Takes the next field off the lines of a header. */
bool kh_header_take(kh_str *rest, kh_str *name, kh_str *value);

kh_str kh_media_type(kh_arena *out, kh_str value); /* "text/html" of "Text/HTML; charset=x" */
kh_str kh_media_charset(kh_str value);             /* "x" of it */

/* ---- warc.c: the records of an archive ---- */

typedef struct kh_warc kh_warc;

typedef struct kh_warc_record {
    kh_str type;         /* "response"; in small letters */
    kh_str uri;          /* WARC-Target-URI, without angle brackets */
    kh_str content_type; /* of the block, with its parameters */
    kh_str payload_type; /* WARC-Identified-Payload-Type */
    kh_str refers_to;    /* of a revisit: the address whose capture has the content */
    kh_time date;
    uint64_t length;
    bool has_length;
    bool continued; /* a later segment of a record that was cut in pieces */
    bool damaged;   /* the checksum of its gzip member or zstd frame is wrong */
    kh_place where;
} kh_warc_record;

kh_warc *kh_warc_open(kh_stream *stream, const char *path); /* STREAM stays the caller's; NULL: no memory */
void kh_warc_close(kh_warc *w);                             /* accepts NULL */
void kh_warc_expect(kh_warc *w, const kh_error *err);       /* what was met ahead when the stream was looked at */
void kh_warc_stop(kh_warc *w);                              /* the next record is the end */

/* The header of the next record, its strings in OUT; content that was not taken is passed over. *end behind the
 * last one. A failure is about one record, call again for the next: KH_ERR_INPUT "bad_record", "truncated",
 * "bad_gzip", "bad_zstd"; after KH_ERR_IO and KH_ERR_MEMORY nothing more comes. */
kh_status kh_warc_next(kh_warc *w, kh_arena *out, kh_warc_record *r, bool *end, kh_error *err);

/* Its content, good until the next call; also KH_ERR_LIMIT "too_large", KH_ERR_INPUT "bad_checksum". */
kh_status kh_warc_block(kh_warc *w, const kh_warc_record *r, kh_str *block, kh_error *err);

/* ---- archive.c: pages of an archive ---- */

/* The next page of W that passes FILTER, all of it in OUT; what is no page is given to SKIPPED. */
kh_status kh_archive_next(kh_warc *w, const kh_input_filter *filter, const kh_skip_to *skipped, const char *path, kh_arena *out,
                          kh_page *page, bool *end, kh_error *err);

bool kh_type_is_html(kh_str type);
bool kh_type_is_vague(kh_str type); /* says nothing; the bytes do */

/* ---- feed.c ---- */

/* BYTES in any charset as an xmlDoc, for xmlFreeDoc; NULL where nothing can be read, or where it declares
 * entities of its own. */
void *kh_xml_of(kh_arena *out, kh_str bytes);

/* The length of the entity ("&nbsp;", "&#1582;") that S begins with; 0 where it is none. */
size_t kh_entity_at(kh_str s, uint32_t *cp);

/* ---- jsonl_map.c: records of other programs ---- */

/* Where a supplier that is known by its members keeps what we call PAGE's; nothing where ROOT is not such a
 * record. False where it is none. */
bool kh_record_of_supplier(kh_arena *out, const void *root, kh_page *page);

/* ---- filter.c ---- */

/* Why a page of that address and time is not wanted: "host", "path", "since", "until"; NULL where it is. */
const char *kh_filter_against(const kh_input_filter *filter, kh_str url, kh_time time);

/* False where TEXT, with its markup, has too few letters of the script of LANG (a tag; may be empty) to be in it. */
bool kh_filter_may_be_in(kh_str lang, kh_str text);

/* ---- walk.c: the files that the user's paths stand for ---- */

typedef struct kh_walk kh_walk;

kh_walk *kh_walk_open(const char *const *paths, size_t count); /* NULL: no memory */
void kh_walk_close(kh_walk *w);

/* The next file's path, good until the next call; NULL behind the last. */
kh_status kh_walk_next(kh_walk *w, const char **path, kh_error *err);

/* ---- jsonl.c ---- */

/* The page of one record. SOURCE names file and line in messages. */
kh_status kh_record_read(kh_arena *out, kh_str line, size_t number, const char *path, kh_page *page, kh_error *err);

/* ---- kind.c: what bytes are ---- */

typedef enum kh_kind {
    KH_KIND_TEXT,
    KH_KIND_HTML,
    KH_KIND_JSON_LINES,
    KH_KIND_JSON_WHOLE, /* one object over several lines */
    KH_KIND_JSON_ARRAY,
    KH_KIND_WARC,
    KH_KIND_FEED, /* RSS, Atom, a sitemap, OPML */
    KH_KIND_JSON_FEED,
    KH_KIND_BINARY
} kh_kind;

/* By the first bytes (64 KB are plenty); *what names a binary kind: "a PDF file". */
kh_kind kh_kind_of(kh_str head, const char **what);

/* HTML or plain text, for text that is decoded. */
bool kh_is_html(kh_str text);

/* Base name of PATH without the endings of packed and of page files. */
kh_str kh_label_of(kh_str path);

/* ---- charset.c, plausible.c, mojibake.c: bytes to text ---- */

/* RAW through iconv; bytes that do not decode become U+FFFD and are counted. False when the name is unknown. */
bool kh_convert(kh_arena *out, kh_str raw, kh_str charset, kh_str *text, size_t *bad);

/* kh_decode where the supplier said the charset too (HTTP); DECLARED may be empty. */
kh_str kh_decode_as(kh_arena *out, kh_str raw, bool html, kh_str declared, kh_str *charset, kh_str *why);

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
