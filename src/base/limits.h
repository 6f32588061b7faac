/* limits.h - every limit on untrusted input, in one place. Each has a test (test/limits.sh sees to it), test/test_limits.c or the
 * test of the module that keeps it. A document that passes one is skipped with the reason code given
 * here, and the batch goes on. */
#ifndef KHABAR_BASE_LIMITS_H
#define KHABAR_BASE_LIMITS_H

enum {
    KH_PAGE_BYTES_MAX = 8 << 20,          /* one page, raw and decoded: too_large */
    KH_RECORD_BYTES_MAX = 16 << 20,       /* one line of JSON Lines: too_large */
    KH_WARC_HEADER_BYTES_MAX = 64 << 10,  /* fields of one archive record: bad_record */
    KH_HTTP_HEADER_BYTES_MAX = 256 << 10, /* header of a captured response: bad_http */
    KH_HTTP_CODINGS_MAX = 3,              /* content codings one in the other: unsupported */
    KH_DICTIONARY_BYTES_MAX = 4 << 20,    /* shared dictionary of a zstd archive: too_large */
    KH_ZSTD_WINDOW_LOG_MAX = 27,          /* 128 MB for unpacking zstd: bad_zstd */
    KH_FEED_BYTES_MAX = 8 << 20,          /* a feed, sitemap or list of feeds: too_large */
    KH_FEED_ITEMS_MAX = 50000,            /* entries of one of these (what sitemaps may have); the rest is dropped */
    KH_FEED_ARENA_BYTES = 1 << 29,        /* address space for one of these: too_complex */
    KH_ROBOTS_BYTES_MAX = 500 << 10,      /* robots.txt; what lies behind is not read (RFC 9309 asks for as much) */
    KH_ROBOTS_RULES_MAX = 10000,          /* of it; the rest is not read */
    KH_FETCH_REDIRECTS_MAX = 5,           /* one after the other: too_many_redirects */
    KH_FETCH_HEADER_BYTES_MAX = 64 << 10, /* of an answer: bad_answer */
    KH_FETCH_FIELD_BYTES_MAX = 1000,      /* of one field that is kept; longer ones are not */
    KH_FETCH_SECONDS = 60,                /* for one request, connecting within: timeout (--timeout) */
    KH_FETCH_AT_ONCE = 8,                 /* requests under way, each at another site */
    KH_WATCH_PAGES = 100,                 /* new pages of one poll of one feed (--limit); the newest ones */
    KH_WATCH_SITEMAPS = 4,                /* of a sitemap index; the newest ones */
    KH_DEPTH_MAX = 200,                   /* nested elements; deeper ones are flattened, their text stays */
    KH_ATTRIBUTES_MAX = 256,              /* attributes of one tag; the rest is dropped */
    KH_NODES_MAX = 500000,                /* elements and texts of a page: too_complex */
    KH_TABLE_BYTES_MAX = 4 << 20,         /* one table of a data folder: too_large */
    KH_TABLES_MAX = 2000,                 /* of a data folder: too_large */
    KH_KNOWLEDGE_BYTES = 512 << 20,       /* address space for what the stages make of the tables: knowledge_too_large */
    KH_PLAIN_DAYS = 30,                   /* texts of older articles are packed in the store */
    KH_STORE_ARENA_BYTES = 1 << 30,       /* address space for making postings and index anew, and for checking them */
    KH_PAGE_ARENA_BYTES = 1 << 30,        /* address space for the reading of one page: too_complex */
    KH_RECENT_BYTES = 192 << 20,          /* digests of stored articles that are kept while pages are added */
    KH_SUMS_BYTES = 32 << 20,             /* sums of them, of members of stories */
    KH_WARM_BYTES = 256 << 20,            /* posting lists and counts that are kept while pages are added */
    KH_SIEVE_BYTES = 192 << 20,           /* which keys the levels of postings have not; of further slices it is not known */
    KH_PLACES_MAX = 1 << 24,     /* articles whose story and day are kept while pages are added; those of further ones are read each time */
    KH_PENDING_BYTES = 64 << 20, /* postings, counts and words that are written together, at a commit or when they are so many */
    KH_LINES_MAX = 40000,        /* lines (blocks) of a page; the rest is dropped */
    KH_TOKENS_MAX = 2000000,     /* tokens of a page; the rest is dropped */
    KH_QUOTATION_BYTES_MAX = 6000, /* a quotation without a closing mark ends here at the latest */
    KH_ITEMS_MAX = 5000,           /* quotations, figures, dates, mentions, credits of one page, each */
    KH_EVIDENCE_BYTES_MAX = 50000, /* the span of a mention, figure or date in the store; what lies behind is cut */
    KH_STORY_ARTICLES_MAX = 300,   /* articles of one story that are compared pairwise, the earliest; the others are listed */
    KH_STORY_VERDICTS_MAX = 20000, /* of one story, the most urgent ones; how many were left out is told */
    KH_ACT_SENTENCES_MAX = 100,    /* of a page, that tell an act of acts.txt; the rest is not held against other pages */
    KH_ARCHIVES_MAX = 200,         /* sealed files of one store, all open while it is searched: too_many_archives */
    KH_PATH_BYTES_MAX = 4096,      /* a path or URL */
    KH_HTML_BYTES_MAX = 6 << 20,   /* a page of the reading room: lists end here, the page is closed and says so */
    KH_HTML_ROWS_MAX = 200,        /* rows of one list on a page, marked "more" where it goes on */
    KH_HTML_COLUMNS_MAX = 10,      /* origins with a column of their own in the table of figures */
    KH_HTML_LANES_MAX = 40,        /* outlets with a lane of their own in the timeline */
    KH_HTML_NODES_MAX = 80,        /* boxes of one layer of the provenance graph */
    KH_HTML_PAGES_MAX = 6          /* pages named in one line before "5 more" */
};

/* Of the server (server/). What passes one is answered with the status given, and only that request ends. */
enum {
    KH_SERVE_CONNECTIONS_MAX = 256, /* at a time; further ones are closed at once */
    KH_SERVE_DESKS_MAX = 6,         /* requests that are worked on at a time; others wait, at most KH_SERVE_WAIT_MS: 503 */
    KH_SERVE_WAIT_MS = 5000,
    KH_SERVE_HEADER_BYTES_MAX = 32768, /* memory of a connection for request line and header: 431, 414 */
    KH_SERVE_TARGET_BYTES_MAX = 4096,  /* path and query: 414 */
    KH_SERVE_FIELDS_MAX = 64,          /* fields of a query or form: 400 */
    KH_SERVE_BODY_BYTES_MAX = 8 << 20, /* 413 */
    KH_SERVE_REQUEST_SECONDS =
        20,                   /* from the first byte of a request to its last, and half as long again between two: the connection is cut */
    KH_SERVE_QUERY_MS = 2000, /* one question to the store: 503 */
    KH_SERVE_COMPARE_MS = 20000,     /* the same while a story is compared */
    KH_SERVE_CALL_BYTES = 1 << 20,   /* what is read from the header of a request */
    KH_SERVE_QUERY_BYTES_MAX = 1000, /* words of a search: 400 */
    KH_SERVE_ROWS_MAX = 200,         /* of one answer; lists go on by cursor */
    KH_SERVE_HITS_MAX = 500,         /* articles that a search counts and ranks; of more, the newest */
    KH_SERVE_FRESH_MS = 1000,        /* an answer is given again for as long */
    KH_SERVE_STALE_MS = 5000,        /* the same while somebody else makes it anew */
    KH_SERVE_RELATED_MS = 60000,     /* a story's page tells its related stories as they were so long ago, if the store was written since */
    KH_SERVE_FRESH_BYTES_MAX = 8 << 20,  /* answers kept for that */
    KH_SERVE_CACHE_BYTES_MAX = 32 << 20, /* stories kept as long as they do not change */
    KH_SERVE_CARDS_MAX = 20000,          /* stories whose counts of origins and disagreements are kept */
    KH_SERVE_TOKEN_BYTES_MIN = 16        /* of the secret in a token file */
};

#endif
