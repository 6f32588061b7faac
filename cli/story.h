/* story.h - what the parts of `khabar story` share: the story being shown and the folding of its copies. */
#ifndef KHABAR_CLI_STORY_H
#define KHABAR_CLI_STORY_H

#include "cli/cli.h"

typedef KH_LIST(uint32_t) kh_page_list; /* indexes of articles of the story, each once */

typedef struct kh_view {
    kh_print *p;
    kh_buf *b;
    const kh_story *s;
    const kh_engine *engine;
    kh_arena *out;
    const uint32_t *root; /* for each page the original that it copies or translates, else itself */
} kh_view;

/* ---- story_view.c ---- */

kh_view kh_view_begin(kh_print *p, const kh_story *s, const kh_engine *engine, kh_arena *out);

const kh_article *kh_view_article(const kh_view *v, uint32_t i);
kh_str kh_view_day(const kh_view *v, const kh_article *a); /* its publication to the minute, or "date unknown" */
const kh_copy *kh_view_copy(const kh_view *v, uint32_t i); /* the best edge into page I, NULL when it is no copy */
kh_str kh_view_value(const kh_view *v, const kh_figure *f); /* "43", "20–99", "≥ 8", with its unit */

void kh_view_put(const kh_view *v, const char *z);
void kh_view_label(const kh_view *v, uint32_t i);
void kh_view_counted(const kh_view *v, size_t n, const char *one, const char *many);

bool kh_page_list_has(const kh_page_list *pages, uint32_t i);
void kh_page_list_add(kh_arena *out, kh_page_list *pages, uint32_t i);
/* "en01, ru02, 2 more and 4 copies": as many labels as go into WIDTH columns, at least one; a copy of a page of the
 * list is only counted. */
void kh_view_pages(const kh_view *v, const kh_page_list *pages, size_t width);

/* ---- story_said.c, story_figures.c ---- */

void kh_view_said(const kh_view *v);
void kh_view_figures(const kh_view *v);

/* ---- story_more.c ---- */

void kh_view_histories(const kh_view *v);   /* topics with more than one value */
void kh_view_corrections(const kh_view *v);

/* ---- story_fold.c: verdicts of many pairs of pages as one entry ---- */

typedef struct kh_folded_verdict {
    const kh_verdict *best; /* the clearest instance */
    bool figures;           /* both sides are figures: a and b are their values */
    kh_str a, b;            /* what is compared: values, days, or the folded words of A alone */
    kh_page_list pages_a, pages_b;
    size_t count; /* pairs of pages */
    bool passed;  /* follows from two others of its topic */
} kh_folded_verdict;

typedef KH_LIST(kh_folded_verdict) kh_folded_verdicts;

void kh_view_fold(const kh_view *v, kh_folded_verdicts *all);

/* ---- story_verdicts.c ---- */

void kh_view_verdicts(const kh_view *v, const kh_folded_verdicts *all);

#endif
