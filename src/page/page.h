/* page.h - from the bytes of a page to lines with roles: what is the article, what is the site. */
#ifndef KHABAR_PAGE_PAGE_H
#define KHABAR_PAGE_PAGE_H

#include "lexicon/lexicon.h"
#include "model/article.h"

typedef struct kh_page_know kh_page_know;
const kh_page_know *kh_page_know_of(kh_arena *out, const kh_lexicon *lex);

/* Fills of *ART: text, tokens, lines (with roles; dates, credits may later make a line `date`,
 * `source`, `byline` or `outlet`), title, titles, outlet, byline, section, image, url, lang as
 * declared by the page (may be overruled), page_dates (raw), reason. HTML: the canonical text
 * holds the title, visible metadata lines, body, captions and the site lines inside or just after
 * the article; navigation is left out. Scraped text: the canonical text is PAGE's text itself.
 * KH_PAGE_TEXT: every line is body. False when a limit was passed; *reason then names it
 * ("too_complex"). */
bool kh_page_read(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_page *page, kh_article *art, kh_str *reason);

#endif
