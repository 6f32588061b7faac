/* limits.h - every limit on untrusted input, in one place. Each has a test (test/test_limits.c or the
 * test of the module that keeps it). A document that passes one is skipped with the reason code given
 * here, and the batch goes on. */
#ifndef KHABAR_BASE_LIMITS_H
#define KHABAR_BASE_LIMITS_H

enum {
    KH_PAGE_BYTES_MAX = 8 << 20,       /* one page, raw and decoded: too_large */
    KH_RECORD_BYTES_MAX = 16 << 20,    /* one line of JSON Lines: too_large */
    KH_WARC_HEADER_BYTES_MAX = 64 << 10, /* fields of one archive record: bad_record */
    KH_HTTP_HEADER_BYTES_MAX = 256 << 10, /* header of a captured response: bad_http */
    KH_HTTP_CODINGS_MAX = 3,           /* content codings one in the other: unsupported */
    KH_DICTIONARY_BYTES_MAX = 4 << 20, /* shared dictionary of a zstd archive: too_large */
    KH_ZSTD_WINDOW_LOG_MAX = 27,       /* 128 MB for unpacking zstd: bad_zstd */
    KH_FEED_BYTES_MAX = 8 << 20,       /* a feed, sitemap or list of feeds: too_large */
    KH_FEED_ITEMS_MAX = 50000,         /* entries of one of these (what sitemaps may have); the rest is dropped */
    KH_FEED_ARENA_BYTES = 1 << 29,     /* address space for one of these: too_complex */
    KH_ROBOTS_BYTES_MAX = 500 << 10,   /* robots.txt; what lies behind is not read (RFC 9309 asks for as much) */
    KH_ROBOTS_RULES_MAX = 10000,       /* of it; the rest is not read */
    KH_FETCH_REDIRECTS_MAX = 5,        /* one after the other: too_many_redirects */
    KH_FETCH_HEADER_BYTES_MAX = 64 << 10, /* of an answer: bad_answer */
    KH_FETCH_FIELD_BYTES_MAX = 1000,   /* of one field that is kept; longer ones are not */
    KH_FETCH_SECONDS = 60,             /* for one request, connecting within: timeout (--timeout) */
    KH_FETCH_AT_ONCE = 8,              /* requests under way, each at another site */
    KH_WATCH_PAGES = 100,              /* new pages of one poll of one feed (--limit); the newest ones */
    KH_WATCH_SITEMAPS = 4,             /* of a sitemap index; the newest ones */
    KH_DEPTH_MAX = 200,                /* nested elements; deeper ones are flattened, their text stays */
    KH_ATTRIBUTES_MAX = 256,           /* attributes of one tag; the rest is dropped */
    KH_NODES_MAX = 500000,             /* elements and texts of a page: too_complex */
    KH_PAGE_ARENA_BYTES = 1 << 30,     /* address space for the reading of one page: too_complex */
    KH_LINES_MAX = 40000,              /* lines (blocks) of a page; the rest is dropped */
    KH_TOKENS_MAX = 2000000,           /* tokens of a page; the rest is dropped */
    KH_QUOTATION_BYTES_MAX = 6000,     /* a quotation without a closing mark ends here at the latest */
    KH_ITEMS_MAX = 5000,               /* quotations, figures, dates, mentions, credits of one page, each */
    KH_STORY_ARTICLES_MAX = 1000,      /* articles of one story that are compared pairwise */
    KH_PATH_BYTES_MAX = 4096           /* a path or URL */
};

#endif
