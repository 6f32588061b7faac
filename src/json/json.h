/* json.h - writing JSON: a small writer, and the two documents that programs read (docs/JSON.md). */
#ifndef KHABAR_JSON_JSON_H
#define KHABAR_JSON_JSON_H

#include "model/correction.h"
#include "model/story.h"

/* A writer puts commas by itself. Depth is limited to KH_JSON_DEPTH; keys are ASCII literals. */
enum { KH_JSON_DEPTH = 16 };

typedef struct kh_json {
    kh_buf *buf;
    int depth;
    bool has_item[KH_JSON_DEPTH];
} kh_json;

void kh_json_open(kh_json *j, const char *key, char bracket);        /* '{' or '['; key NULL inside an array */
void kh_json_close(kh_json *j, char bracket);                        /* '}' or ']' */
void kh_json_str(kh_json *j, const char *key, kh_str value);         /* escaped; invalid UTF-8 becomes U+FFFD */
void kh_json_str_or_null(kh_json *j, const char *key, kh_str value); /* null for the empty slice */
void kh_json_int(kh_json *j, const char *key, int64_t value);
void kh_json_number(kh_json *j, const char *key, double value); /* shortest that reads back; null for NaN */
void kh_json_bool(kh_json *j, const char *key, bool value);
void kh_json_null(kh_json *j, const char *key);
void kh_json_span(kh_json *j, const char *key, kh_span span); /* [begin, end]; null when empty */
void kh_json_raw(kh_json *j, const char *key);                /* the caller writes the value into j->buf, whole */

typedef struct kh_json_labels {
    kh_str (*agency)(const void *know, kh_str id); /* what to call an agency; may be NULL */
    const void *know;
} kh_json_labels;

/* One article as one JSON object on one line, without the newline. */
void kh_json_article(kh_buf *out, const kh_article *a, const kh_json_labels *labels);

/* One compared story likewise. Articles are listed without their text; places name them by label and key. */
void kh_json_story(kh_buf *out, const kh_story *s, const kh_json_labels *labels);

/* The correction C as member KEY (NULL inside an array); nothing when C is NULL. */
void kh_json_correction(kh_json *j, const char *key, const kh_correction *c);

/* One correction a line, as `khabar correct --list` gives them. */
void kh_json_corrections(kh_buf *out, const kh_corrections *list);

/* Passport INDEX (from 0) of S as one object on one line: the answer of `khabar quotation`. */
void kh_json_passport(kh_buf *out, const kh_story *s, size_t index);

/* The members `passports`, `figure_histories`, `related` and `corrections` of a story. */
void kh_json_story_more(kh_json *j, const kh_story *s);

/* ---- exports: documents for other programs (docs/JSON.md) ---- */

void kh_export_figures_csv(kh_buf *out, const kh_story *s); /* RFC 4180 with a head; formulas guarded */
void kh_export_quotations_csv(kh_buf *out, const kh_story *s);
void kh_export_prov(kh_buf *out, const kh_story *s, const kh_json_labels *labels);   /* W3C PROV-JSON */
void kh_export_jsonld(kh_buf *out, const kh_story *s, const kh_json_labels *labels); /* schema.org */

/* One cell of CSV: quoted where it must be, with an apostrophe where a spreadsheet would see a formula. */
void kh_csv_cell(kh_buf *out, kh_str value, bool number);

/* A relation with its copy edge: the answer of `khabar compare`. */
void kh_json_pair(kh_buf *out, const kh_article *a, const kh_article *b, const kh_relation *relation, const kh_copy *copy);

#endif
