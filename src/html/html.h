/* html.h - the pages of the reading room: views in, bytes out.
 *
 * Every function writes one whole HTML document into page->out from one view (model/views.h). They open no file, read no clock
 * and cannot fail; what is too long for one page is cut at a limit named in base/limits.h, and the page says so. Nothing of a
 * stranger's page becomes markup: html/write.h is the only way text goes out.
 *
 *     kh_html page = {.out = &buf, .frame = &frame, .texts = texts};
 *     kh_html_front(&page, &view);
 *
 * Pages work without scripts. web/room.js adds comfort only.
 *
 * Forms that write, where frame->may_edit; each answers 303 with the page that shows the change:
 *
 *     POST /watch-lists                 title, q, name, language, outlet, agency, place, on=report|figure|origin (repeated)
 *     POST /watch-lists/ID/delete
 *     POST /articles/N/corrections      kind=speaker: words, begin, value | kind=date: value |
 *                                       kind=join, split, no_copy: other (an article) | kind=same_name, other_name: words, value;
 *                                       by, why in all
 *     POST /corrections/ID/undo
 */
#ifndef KHABAR_HTML_HTML_H
#define KHABAR_HTML_HTML_H

#include "model/views.h"

/* The words of the interface in all its languages: data/interface/<language>.txt. */
typedef struct kh_texts kh_texts;

typedef struct kh_html {
    kh_buf *out;
    const kh_frame *frame;
    const kh_texts *texts;
} kh_html;

/* Built once, read-only afterwards: threads share it. */
kh_texts *kh_texts_of(kh_arena *out);

/* Lays ROWS, the bytes of such a file, over the words of LANGUAGE; lines that are no rows are passed over. ROWS must stay. */
void kh_texts_add(kh_arena *out, kh_texts *texts, kh_str language, kh_str rows);

/* The languages of the interface: "en", "ar", "fa", "ru". Is UI one of them. */
size_t kh_texts_count(void);
kh_str kh_texts_language(size_t i);
bool kh_texts_has_language(kh_str ui);

void kh_html_front(kh_html *page, const kh_front_view *view);
void kh_html_story(kh_html *page, const kh_story_view *view);
void kh_html_graph(kh_html *page, const kh_story_view *view);
void kh_html_sides(kh_html *page, const kh_sides_view *view);
void kh_html_article(kh_html *page, const kh_article_view *view);
void kh_html_search(kh_html *page, const kh_search_view *view);
void kh_html_watch_lists(kh_html *page, const kh_watch_lists_view *view);
void kh_html_watch(kh_html *page, const kh_watch_view *view);
void kh_html_problem(kh_html *page, const kh_problem_view *view);

/* ---- files beside the pages: style, script, icon ---- */

typedef struct kh_asset {
    const char *path; /* "web/style.css", "data/interface/fa.txt" */
    const char *bytes;
    size_t len;
} kh_asset;

/* What stands under PATH ("/assets/style.css"; a query is no part of it) with its media type. Its bytes do not change while the
 * program lives, and its address in the pages holds their hash: it may be cached for ever. */
bool kh_html_asset(kh_str path, kh_str *type, kh_str *bytes);

#endif
