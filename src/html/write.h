/* write.h - the only way into a page: markup of ours as it is, text of strangers escaped for its place.
 *
 * Markup is a literal of this program (kh_html_put). Everything else goes through an escape: & < > " ' become references, control
 * characters and controls that turn text around (U+202A-U+202E, U+2066-U+2069) are dropped, ill-formed bytes become U+FFFD. A
 * stranger's words stand in an element of their own language and direction, so that what they leave open ends with it.
 */
#ifndef KHABAR_HTML_WRITE_H
#define KHABAR_HTML_WRITE_H

#include "accounts/sheet.h"
#include "html/html.h"

/* ---- text ---- */

void kh_html_put(kh_html *h, const char *markup);              /* a literal of ours */
void kh_html_text(kh_html *h, kh_str s);                       /* inside an element or a quoted attribute */
void kh_html_u(kh_html *h, uint64_t n);                        /* ASCII digits, for attributes */
void kh_html_attr(kh_html *h, const char *name, kh_str value); /* ' name="value"' */

/* "rtl" or "ltr" by the script that LANG is written in; "auto" for an unknown or empty one. */
kh_str kh_html_dir_of(kh_str lang);

/* ' lang="fa" dir="rtl"'; ' lang="" dir="auto"' for an unknown language. */
void kh_html_lang(kh_html *h, kh_str lang);

/* S in <bdi> with its language; an empty LANG says only that its direction is its own. */
void kh_html_bdi(kh_html *h, kh_str s, kh_str lang);

/* ' href="..."' of S where it is an http or https address with the attributes that links to strangers need; else nothing. */
bool kh_html_is_web(kh_str url);
void kh_html_href_out(kh_html *h, kh_str url);

/* Has the page reached KH_HTML_BYTES_MAX: lists end here. */
bool kh_html_is_full(const kh_html *h);

/* ---- words of the interface ---- */

kh_str kh_html_word(const kh_html *h, const char *key); /* plain text */
void kh_html_t(kh_html *h, const char *key);            /* written, escaped */
void kh_html_comma(kh_html *h);                         /* that of the interface, and a space */

/* The word "GROUP.NAME"; NAME with spaces for '_' where the interface has none. */
kh_str kh_html_named(const kh_html *h, const char *group, kh_str name);
void kh_html_tn(kh_html *h, const char *group, kh_str name);

/* The text KEY with {1}, {2} ... replaced by PIECES, which are markup: made by kh_html_piece or the functions below. */
void kh_html_say(kh_html *h, const char *key, const kh_str *pieces, size_t count);
#define KH_SAY(h, key, ...) kh_html_say((h), (key), (const kh_str[]){__VA_ARGS__}, sizeof((const kh_str[]){__VA_ARGS__}) / sizeof(kh_str))

kh_str kh_html_piece(const kh_html *h, kh_str s, kh_str lang); /* S in <bdi> */
kh_str kh_html_number(const kh_html *h, uint64_t n);           /* in the digits of the interface */
kh_str kh_html_digits(const kh_html *h, kh_str ascii);         /* ASCII digits in S become those of the interface */
void kh_html_n(kh_html *h, uint64_t n);

/* What kh_sheet_figure_text gives, isolated: "43", "20–99"; "≥ 8" in words, since the sign would be mirrored in a line that runs from
 * right to left. */
void kh_html_value(kh_html *h, kh_str value);

/* "14 reports": KEY.one, KEY.few ... by the plural rule of the interface's language, {1} the number. */
void kh_html_count(kh_html *h, const char *key, uint64_t n);
kh_str kh_html_counted(const kh_html *h, const char *key, uint64_t n); /* as a piece */

/* The name of plural form of N in language UI: "one", "few" ... (Unicode CLDR 42, cardinals of whole numbers). */
const char *kh_plural_form(kh_str ui, uint64_t n);

/* ---- dates: when.c ---- */

/* <time datetime="...">1 August 2024, 20:15</time> in the calendar that was chosen; "date unknown" for an unknown one. */
void kh_html_time(kh_html *h, kh_time t);
void kh_html_when(kh_html *h, kh_when w);
void kh_html_iso(kh_html *h, kh_str iso); /* the same for what kh_time_text writes */
kh_str kh_html_time_piece(const kh_html *h, kh_time t);

/* Plain: "1 Aug" or "1 August 2024"; for axes and titles. */
kh_str kh_html_day_label(const kh_html *h, kh_time t, bool with_year);
kh_str kh_html_time_label(const kh_html *h, kh_time t); /* with the time of day where it is known */

/* ---- frame.c ---- */

typedef enum kh_html_place { KH_AT_FRONT, KH_AT_SEARCH, KH_AT_WATCH, KH_AT_STORY, KH_AT_ELSEWHERE } kh_html_place;

/* Opens a document: TITLE is text of a stranger in TITLE_LANG, or of ours (then TITLE_LANG is the interface's). FEED: the page has
 * feeds under its own address. */
void kh_html_begin(kh_html *h, kh_str title, kh_html_place at, kh_str words, bool feed);
void kh_html_end(kh_html *h);
bool kh_html_is_rtl(const kh_html *h);

/* PATH, such as "/search", in the store or in the sealed file that is shown; more may be added. */
kh_buf kh_html_address(const kh_html *h, const char *path);
void kh_html_article_href(kh_html *h, int64_t id);
void kh_html_words_href(kh_html *h, const kh_article *a, kh_span span); /* to the words in the article's page */
void kh_html_story_href(kh_html *h, kh_str id, const char *more);

/* What to call the outlet of A: its name, else its label; with its language. */
kh_str kh_html_outlet(const kh_article *a);
kh_str kh_html_origin_name(const kh_html *h, const kh_origin *o);

/* Writes that name isolated; of a page without agency or outlet the interface's word for a page, then its label isolated by itself: digits
 * that open a label would turn to the other side of an Arabic word. */
void kh_html_origin(kh_html *h, const kh_origin *o);

/* "The Tarn Observer" as a link to article I's page at SPAN (empty: to its top). */
void kh_html_source_link(kh_html *h, const kh_article *a, kh_span span);

/* Links to the pages of a list: those that stand for themselves, then "and 3 copies". At most KH_HTML_PAGES_MAX. */
void kh_html_sources(kh_html *h, const kh_sheet *sheet, const kh_page_list *pages);

/* Behind a list of COUNT rows: "5 more", where it has more than KH_HTML_ROWS_MAX. */
void kh_html_rest(kh_html *h, size_t count);

/* lists.c: facets and the links between the pages of a list, on front and search. OF_STORIES: rows are stories, whose figures may disagree. */
void kh_html_facets(kh_html *h, const kh_filter *filter, const kh_facets *facets, const char *action, bool of_stories, bool partial);
void kh_html_next(kh_html *h, const kh_filter *filter, kh_str next, const char *action, const char *key);
void kh_html_sealed_before(kh_html *h, kh_str day); /* "stories that ended before 1 February 2026" */

/* The sealed files of the store; of a search those that hold something of it or were not asked. */
void kh_html_archives(kh_html *h, const kh_archive_rows *rows, bool of_search);
void kh_html_filter_href(kh_html *h, const char *action, const kh_filter *filter);

/* ---- parts of the story page ---- */

void kh_html_timeline(kh_html *h, const kh_sheet *sheet); /* timeline.c */
void kh_html_figures(kh_html *h, const kh_sheet *sheet);  /* figures.c */
void kh_html_verdicts(kh_html *h, const kh_sheet *sheet); /* verdicts.c */
void kh_html_topic(kh_html *h, kh_str topic_text);        /* "killed · persons" in the interface's words; there too */
void kh_html_said(kh_html *h, const kh_sheet *sheet);     /* said.c */
void kh_html_reports(kh_html *h, const kh_sheet *sheet);  /* reports.c */
void kh_html_corrections(kh_html *h, const kh_corrections *all);

/* ---- parts of the article page ---- */

/* marks.c: the headline, and the text without the line that is the headline. */
void kh_html_marked_title(kh_html *h, const kh_article *a);
void kh_html_marked_text(kh_html *h, const kh_article *a);

#endif
