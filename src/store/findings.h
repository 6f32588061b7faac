/* findings.h - inside store/ only: what was found in an article, as lists of numbers in its row. */
#ifndef KHABAR_STORE_FINDINGS_H
#define KHABAR_STORE_FINDINGS_H

#include "store/sql.h"

/* The lists, in the order of the columns of table article; `words` is a JSON array of strings that the others name by place. */
typedef enum kh_finding {
    KH_FOUND_FIELDS,
    KH_FOUND_LINES,
    KH_FOUND_DATES,
    KH_FOUND_MENTIONS,
    KH_FOUND_QUOTATIONS,
    KH_FOUND_FIGURES,
    KH_FOUND_WORDS,
    KH_FOUND_COUNT
} kh_finding;

#define KH_FOUND_COLUMNS "fields,lines,dates,mentions,quotations,figures,words"

typedef struct kh_found {
    kh_str of[KH_FOUND_COUNT];
} kh_found;

enum {
    KH_LIST_ZERO = 32,   /* the number n is the character n + 32, from U+D800 on 10240 further */
    KH_LIST_BASE = 2000, /* an offset is two numbers: its 2000s, counted from 1, and the rest; 0, 0 where there is none */
    KH_FIELD_WIDTH = 7,
    KH_LINE_WIDTH = 8,
    KH_DATE_WIDTH = 11,
    KH_MENTION_WIDTH = 5,
    KH_MENTION_RARE = 3, /* of what most mentions have not: how many numbers, behind all mentions, for each that has some of it */
    KH_QUOTATION_WIDTH = 24,
    KH_FIGURE_WIDTH = 16,
    KH_FIGURE_RARE = 7
};

/* What ARTICLE has, as lists; in a transaction, since words of the vocabulary may be new to the file. KH_ERR_LIMIT where
 * there is more of it than can be counted. */
kh_status kh_found_pack(kh_store *store, kh_arena *out, const kh_article *article, kh_found *found, kh_error *err);

/* And back into ARTICLE, whose title and outlet have their values: one kind, or all. False where a list is not what was packed; what was
 * read until then stays. */
bool kh_found_read(kh_store *store, kh_arena *out, const kh_found *found, kh_finding kind, kh_article *article);
bool kh_found_read_all(kh_store *store, kh_arena *out, const kh_found *found, kh_article *article);

/* The lists in STMT from COLUMN on. */
void kh_found_at(kh_arena *out, sqlite3_stmt *stmt, int column, kh_found *found);

/* The first mention of name NAME in a list of mentions of STORE; empty: none. */
kh_span kh_found_mention(kh_store *store, kh_str mentions, uint32_t name);

/* The field of ARTICLE that a store calls NAME: title, outlet, byline, section; else the image. */
kh_field *kh_field_named(kh_article *article, kh_str name);

/* What stores before schema 8 had as rows of tables: load_rows.c. */
kh_status kh_rows_read(kh_store *store, kh_arena *out, kh_article *article, kh_error *err);
kh_status kh_rows_fields(kh_store *store, kh_arena *out, kh_article *article, kh_error *err);

#endif
