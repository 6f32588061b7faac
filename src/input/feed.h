/* feed.h - feeds, news sitemaps and lists of feeds, as bytes: RSS 0.9 to 2.0, Atom 1.0, JSON Feed 1.1,
 * sitemaps with or without news tags, OPML 2.0. Parsers only: nothing here fetches anything. */
#ifndef KHABAR_INPUT_FEED_H
#define KHABAR_INPUT_FEED_H

#include "model/article.h"

typedef enum kh_feed_kind { KH_FEED_RSS, KH_FEED_ATOM, KH_FEED_JSON, KH_FEED_SITEMAP, KH_FEED_SITEMAP_INDEX } kh_feed_kind;

/* One entry; what it does not say is empty. */
typedef struct kh_feed_item {
    kh_str url; /* of the page; of a sitemap, in a sitemap index */
    kh_str id;  /* guid, atom:id */
    kh_str title, byline;
    kh_str outlet; /* where the entry comes from: its source, else the feed's title */
    kh_str lang;   /* what the feed, or the news tag, declares: often a default nobody set */
    kh_str raw;    /* content, else description or summary: as it came, often HTML */
    kh_str text;   /* the same as lines of plain text; empty where there is only a title */
    kh_time published, updated;
} kh_feed_item;

typedef KH_LIST(kh_feed_item) kh_feed_items;

typedef struct kh_feed {
    kh_feed_kind kind;
    kh_str title, url; /* of the feed; url is the site's front page */
    kh_str lang;
    kh_feed_items items; /* in their order, at most KH_FEED_ITEMS_MAX */
} kh_feed;

/* BYTES in any charset, at most KH_FEED_BYTES_MAX, as a feed; everything in OUT, which may jump where it is full
 * (KH_FEED_ARENA_BYTES are plenty). KH_ERR_INPUT "bad_feed", KH_ERR_LIMIT "too_large". */
kh_status kh_feed_read(kh_arena *out, kh_str bytes, kh_feed *feed, kh_error *err);

/* A date as feeds write it: RFC 822 ("Thu, 06 Jan 2022 10:00:00 +0600", also with GMT, EST and without weekday or
 * seconds) or ISO 8601. False where it is neither. */
bool kh_feed_date(kh_str words, kh_time *time);

/* HTML, or text with entities, as lines of plain text: blocks and <br> end a line, white space is one blank,
 * scripts and styles are left out. */
kh_str kh_feed_text(kh_arena *out, kh_str html);

/* ---- opml.c ---- */

typedef struct kh_outline {
    kh_str title, feed, site, lang; /* text or title, xmlUrl, htmlUrl, language */
    kh_str folder;                  /* titles of the outlines around it, joined by "/" */
} kh_outline;

typedef KH_LIST(kh_outline) kh_outlines;

/* The outlines of BYTES that have a feed. KH_ERR_INPUT "bad_feed". */
kh_status kh_opml_read(kh_arena *out, kh_str bytes, kh_outlines *outlines, kh_error *err);

/* An OPML 2.0 document; one level of folders, in the order in which they first occur. */
void kh_opml_write(kh_buf *buf, kh_str title, const kh_outlines *outlines);

/* Whether BYTES begin like an OPML document. */
bool kh_is_opml(kh_str bytes);

#endif
