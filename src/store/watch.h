/* watch.h - what the store remembers of watching: feeds, the pages they name, and what sites asked for. It is the
 * queue too: what is due stands here, so a run that is broken off goes on where it was.
 *
 * Times are seconds since 1970-01-01 UTC; in the file they are ISO 8601 text. KH_STORE_NO_TIME is "not yet" where it
 * was, and "never" where it will be. All that write want a transaction around them.
 */
#ifndef KHABAR_STORE_WATCH_H
#define KHABAR_STORE_WATCH_H

#include "store/store.h"

#define KH_STORE_NO_TIME INT64_MIN

typedef struct kh_watched {
    int64_t id;
    kh_str url, site;      /* "https://news.example" */
    kh_str etag, modified; /* validators, for asking whether it changed */
    int64_t asked, next;   /* when it was and will be asked for */
    uint32_t times;        /* read well */
    uint32_t failures;     /* in a row */
    unsigned status;       /* of the last answer, 0: none came */
    kh_str reason;         /* why the last time failed; empty: it did not */
} kh_watched;

typedef struct kh_feed_row {
    kh_watched at;
    int64_t parent; /* the sitemap index that names it; 0: none */
    kh_str title, home, lang, folder;
} kh_feed_row;

typedef struct kh_visit_row {
    kh_watched at;
    int64_t feed;
    kh_str published; /* what the feed says */
    kh_str article;   /* key of the article it became; empty: none yet */
} kh_visit_row;

typedef KH_LIST(kh_feed_row) kh_feed_rows;
typedef KH_LIST(kh_visit_row) kh_visit_rows;

/* Adds a feed that is not there; titles and the like of one that is are kept. Sets feed->at.id. Limits what is due to
 * the feeds that were added in this run, once there was one. */
kh_status kh_store_feed_add(kh_store *store, kh_arena scratch, kh_feed_row *feed, int64_t now, kh_error *err);
kh_status kh_store_feed_title(kh_store *store, const kh_feed_row *feed, kh_error *err); /* those that are empty are set */

/* FEED has another address for good: at->url and at->site are set to it. Where a feed of that address is watched already
 * they become one, and at->id is that one's. */
kh_status kh_store_feed_moved(kh_store *store, kh_watched *at, kh_error *err);

/* The feed at URL is watched no more: it goes, with the sitemaps that it names, the pages that only it named, and what is
 * known of sites that nothing else is asked of; a site that asked to be left alone at NOW is remembered. Articles stay.
 * *there is false where it was not watched. */
kh_status kh_store_feed_forget(kh_store *store, kh_arena scratch, kh_str url, int64_t now, bool *there, kh_error *err);

kh_status kh_store_feeds(kh_store *store, kh_arena *out, kh_feed_rows *rows, kh_error *err);

/* What is due at NOW, of each site one, the longest due first; of sites that did not ask to be left alone. */
kh_status kh_store_feeds_due(kh_store *store, kh_arena *out, int64_t now, kh_feed_rows *rows, kh_error *err);
kh_status kh_store_visits_due(kh_store *store, kh_arena *out, int64_t now, kh_visit_rows *rows, kh_error *err);

/* When something is due next, a feed or a page; KH_STORE_NO_TIME: never. */
kh_status kh_store_next_due(kh_store *store, kh_arena scratch, int64_t *next, kh_error *err);

/* A page that a feed names. A new one is due at once; one that is there is, when STAMP, the time of its last change
 * as the feed has it, is another than it was. *due tells which. */
kh_status kh_store_visit_want(kh_store *store, kh_arena scratch, const kh_visit_row *visit, kh_str stamp, int64_t now, bool *due,
                              kh_error *err);

/* What came of asking: all of AT but id, url and site. */
kh_status kh_store_feed_asked(kh_store *store, kh_arena scratch, const kh_watched *at, kh_error *err);
kh_status kh_store_visit_done(kh_store *store, kh_arena scratch, const kh_visit_row *visit, kh_error *err);

typedef struct kh_site_row {
    kh_str name;
    kh_str robots;        /* its robots.txt */
    int64_t robots_until; /* until when that is good */
    int64_t ready;        /* when it wants to be asked again, at the soonest */
} kh_site_row;

/* A site that is not known has a name and no times. */
kh_status kh_store_site(kh_store *store, kh_arena *out, kh_str name, kh_site_row *site, kh_error *err);
kh_status kh_store_site_put(kh_store *store, kh_arena scratch, const kh_site_row *site, kh_error *err);

/* Whether the article of this KEY holds these words already, so that other bytes are no news. */
kh_status kh_store_has_words(kh_store *store, kh_arena scratch, const kh_article *article, bool *same, kh_error *err);

#endif
