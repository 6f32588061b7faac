/* page.h - inside dates/: the candidates for the day of a page.
 *
 *     page.c (fields, codes, URL) and page_lines.c (lines) -> candidates -> page_choice.c -> published, modified
 */
#ifndef KHABAR_DATES_PAGE_H
#define KHABAR_DATES_PAGE_H

#include "dates/fields.h"

typedef struct kh_day_candidate {
    kh_date date; /* as it will be shown: path, reason, score, span */
    bool modified;
    bool refused;
    float support;  /* by other kinds of evidence */
    bool published; /* a label says so */
    bool own;       /* the page's title stands beside it */
    bool swapped;   /* the order of its day and month is open */
    uint32_t line;  /* index into art->lines, UINT32_MAX for none */
} kh_day_candidate;

typedef KH_LIST(kh_day_candidate) kh_day_candidates;

typedef struct kh_day_reader {
    kh_arena *out;
    kh_arena scratch; /* for temporaries of single calls */
    const kh_dates_know *know;
    kh_article *art;
    uint8_t lang;
    int64_t last_day; /* no page is younger: INT64_MAX when unknown */
    kh_day_candidates found;
    kh_date_exprs exprs;
    uint32_t first_body, last_body, title;
    kh_arena scan_room;
    kh_date_scan scan; /* of line scanned_line of `scanned` */
    const kh_text *scanned;
    size_t scanned_line;
} kh_day_reader;

/* ---- page.c ---- */

/* A new candidate in R, refused where no page can be of that day. Good until the next one. */
kh_day_candidate *kh_day_add(kh_day_reader *r, kh_arena *a, kh_time t, float score, kh_str path, kh_str reason);

/* The line of the article at byte AT of its text; UINT32_MAX for none. */
uint32_t kh_day_line(const kh_day_reader *r, uint32_t at);

/* ---- page_lines.c ---- */

/* The days of the dated lines of the text. */
void kh_day_lines(kh_day_reader *r, kh_arena *a);

/* The days of RAW, a line that is no part of the text; FIELD's path says where it stands. FIELD gets its
 * reading. */
void kh_day_block(kh_day_reader *r, kh_arena *a, kh_date *field, kh_str raw);

/* ---- page_choice.c ---- */

/* Decides the article's published and modified from R's candidates, some of which it refuses. */
void kh_day_choose(kh_day_reader *r, kh_arena *a);

#endif
