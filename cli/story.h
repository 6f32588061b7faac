/* story.h - what the parts of `khabar story` share: the story being shown, folded into a sheet. */
#ifndef KHABAR_CLI_STORY_H
#define KHABAR_CLI_STORY_H

#include "accounts/sheet.h"
#include "cli/cli.h"
#include "store/archive.h"

typedef struct kh_view {
    kh_print *p;
    kh_buf *b;
    const kh_story *s;
    const kh_engine *engine;
    kh_arena *out;
    const kh_sheet *sheet;
} kh_view;

/* ---- story_view.c ---- */

kh_view kh_view_begin(kh_print *p, const kh_story *s, const kh_engine *engine, kh_arena *out);

const kh_article *kh_view_article(const kh_view *v, uint32_t i);
kh_str kh_view_day(const kh_view *v, const kh_article *a); /* its publication to the minute, or "date unknown" */

void kh_view_put(const kh_view *v, const char *z);
void kh_view_label(const kh_view *v, uint32_t i);
void kh_view_counted(const kh_view *v, size_t n, const char *one, const char *many);

/* "en01, ru02, 2 more and 4 copies": as many labels as go into WIDTH columns, at least one; a copy of a page of the
 * list is only counted. */
void kh_view_pages(const kh_view *v, const kh_page_list *pages, size_t width);

/* ---- story_said.c, story_figures.c ---- */

void kh_view_said(const kh_view *v);
void kh_view_figures(const kh_view *v);

/* ---- story_more.c ---- */

void kh_view_histories(const kh_view *v); /* topics with more than one value */
void kh_view_related(const kh_view *v);   /* other stories, and what they share with this one */
void kh_view_corrections(const kh_view *v);

/* ---- story_verdicts.c ---- */

void kh_view_verdicts(const kh_view *v);

/* ---- story_summary.c ---- */

/* Writes what was kept of a pruned story; the exit code. */
int kh_show_summary(kh_session *s, const kh_options *o, const kh_story_summary *m);

#endif
