/* sheet.h - a compared story as a person looks at it: what the terminal and the reading room both show.
 *
 * A comparison is a list of pairs: six pages say 37, seven say 92, that is forty-two verdicts. A person wants one line with both
 * values and the pages behind them. A sheet folds pairs into entries, figures into rows, quotations into speakers. It decides
 * nothing about the event; it only says what belongs on one line. All indexes are of kh_story.articles.
 */
#ifndef KHABAR_ACCOUNTS_SHEET_H
#define KHABAR_ACCOUNTS_SHEET_H

#include "model/story.h"

typedef KH_LIST(uint32_t) kh_page_list; /* indexes of articles, each once */

bool kh_page_list_has(const kh_page_list *pages, uint32_t i);
void kh_page_list_add(kh_arena *out, kh_page_list *pages, uint32_t i);

/* ---- figures ---- */

/* One value of a point as one origin gave it for one day, with all pages that carry it. */
typedef struct kh_sheet_value {
    kh_str value;            /* kh_sheet_figure_text */
    kh_str as_of;            /* "2024-08-01"; empty: unknown */
    const kh_origin *origin; /* NULL: the page's own, it rests on no origin or on several */
    kh_str claimer;          /* empty: the narrator */
    const kh_figure *figure; /* the instance that stands for all */
    kh_place_in where;       /* its place */
    kh_page_list pages;      /* the first one is where.article */
    kh_figure_status status;
    uint32_t order;
} kh_sheet_value;

/* What is counted, and every value of it: by day, unknown last. */
typedef struct kh_sheet_point {
    kh_str what, scope, unit;
    KH_LIST(kh_sheet_value) values;
} kh_sheet_point;

/* ---- verdicts ---- */

/* Verdicts of one kind on one topic between the same two values, or about the same words. */
typedef struct kh_folded_verdict {
    const kh_verdict *best; /* the clearest instance */
    bool figures;           /* both sides are figures: a and b are their values */
    kh_str a, b;            /* what is compared: values, or the folded words of A alone */
    kh_page_list pages_a, pages_b;
    size_t count; /* pairs of pages */
    bool passed;  /* follows from two others of its topic */
} kh_folded_verdict;

typedef KH_LIST(kh_folded_verdict) kh_folded_verdicts;

/* ---- who said what ---- */

/* One wording of a quotation. */
typedef struct kh_sheet_rendering {
    uint32_t article;
    const kh_quotation *q;
    kh_str change;      /* what this wording lost; empty */
    kh_page_list pages; /* with these very words, `article` first */
} kh_sheet_rendering;

/* A quotation: items[0] is shown first, the others are its translations and other wordings. */
typedef struct kh_sheet_speech {
    KH_LIST(kh_sheet_rendering) renderings;
} kh_sheet_speech;

typedef struct kh_sheet_speaker {
    kh_str label;                      /* as the page spells it that names the speaker first */
    uint32_t article;                  /* that page */
    const kh_name *name;               /* NULL: a role ("the authorities") */
    KH_LIST(kh_sheet_speech) speeches; /* by publication of the page shown first */
} kh_sheet_speaker;

/* ---- the whole ---- */

typedef struct kh_sheet {
    const kh_story *story;
    const uint32_t *root; /* for each page the original that it copies or translates, else itself */
    KH_LIST(kh_sheet_point) points;
    kh_folded_verdicts verdicts;
    KH_LIST(kh_sheet_speaker) speakers; /* the one with most speeches first */
    size_t independent;                 /* origins that count as one */
    size_t compiled;                    /* origins with pages that draw on several */
    size_t languages;
    size_t disagreements; /* entries of verdicts that are conflicts or flips */
} kh_sheet;

/* STORY must outlive the sheet. Temporaries are left in OUT. */
kh_sheet kh_sheet_of(kh_arena *out, const kh_story *story);

/* The best edge into page I, NULL when it is no copy. */
const kh_copy *kh_sheet_copy(const kh_story *story, uint32_t i);

/* "43", "20–99", "≥ 8", "some", with its unit. */
kh_str kh_sheet_figure_text(kh_arena *out, const kh_figure *f);

/* The figure at PLACE, NULL when there stands none. */
const kh_figure *kh_sheet_figure_at(const kh_story *story, kh_place_in place);

/* Does page K of the list stand for itself: it is an original, or the first of those made from one that is absent. */
bool kh_sheet_stands(const kh_sheet *sheet, const kh_page_list *pages, size_t k);

/* Does PAGE rest on ORIGIN. */
bool kh_origin_has(const kh_origin *origin, uint32_t page);

/* The parts, for kh_sheet_of. */
void kh_sheet_add_figures(kh_arena *out, kh_sheet *sheet);
void kh_sheet_add_verdicts(kh_arena *out, kh_sheet *sheet);
void kh_sheet_add_speakers(kh_arena *out, kh_sheet *sheet);

#endif
