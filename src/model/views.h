/* views.h - what a page of the reading room shows, before anybody has decided how it looks.
 *
 * The queries (store/, engine/) fill these structs; html/ draws them, and server/ writes the same ones as JSON and as
 * feeds, so that a page and its JSON cannot tell different things. Everything is a slice or a plain number; nothing is
 * escaped, nothing is translated. All text comes from pages of strangers: whoever draws it escapes it for its place.
 *
 * Addresses. One function makes them all (kh_query_add), so that a link of a page, a feed and a cursor agree:
 *
 *     /                              front; ?language= &outlet= &agency= &place= &since= &until= &disagree=1 &order=importance &after=CURSOR
 *     /stories/ID                    story; /stories/ID/graph provenance; /stories/ID/sides?a=N&b=N two texts side by side
 *     /articles/N                    article; /articles/N/raw the bytes as they arrived, as text
 *     /search?q=WORDS                the same filters
 *     /watch-lists, /watch-lists/ID  saved searches
 *     .json .ndjson .atom .jsonfeed  behind a path: the same in that form (".ndjson": lists; the last two: feeds)
 *     ?ui=en|ar|fa|ru &calendar=gregorian|jalali|hijri   on every page; the server keeps the choice in a cookie
 */
#ifndef KHABAR_MODEL_VIEWS_H
#define KHABAR_MODEL_VIEWS_H

#include "model/correction.h"
#include "model/story.h"

/* ---- what every page gets ---- */

typedef struct kh_frame {
    kh_str ui;              /* language of the interface: "en", "ar", "fa" or "ru" */
    kh_str calendar;        /* for the labels of dates: "gregorian", "jalali" or "hijri" */
    kh_str path;            /* of this page without its query and form: "/stories/s1f00ba4c2d" */
    kh_str query;           /* its query as asked, without `ui` and `calendar`: "q=x&language=fa"; empty: none */
    kh_str nonce;           /* for every <script> and <style>; fixed length, put there by the server at the end */
    kh_str version;         /* of the program */
    kh_str base;            /* before the paths of stories, articles and lists: "/archives/2" in the pages of a sealed file, else empty */
    kh_str archive, before; /* of a sealed file: its name; its stories ended before this day */
    kh_time now;            /* when what the page shows last changed: no clock, else no two pages would be the same; unknown: not said */
    bool may_add;           /* pages may be posted to /api/articles */
    bool may_edit;          /* corrections and watch lists may be posted */
    kh_str (*agency)(const void *know, kh_str id); /* what to call an agency */
    kh_str (*name)(const void *know, kh_str id);   /* the label of a gazetteer id ("place:kz"), empty when it has none */
    const void *know;
} kh_frame;

/* ---- filters, facets ---- */

/* Of front and search. An empty field filters nothing. */
typedef struct kh_filter {
    kh_str words;        /* search: the query as typed */
    kh_str language;     /* BCP 47 */
    kh_str outlet;       /* as in the articles */
    kh_str agency;       /* agency id */
    kh_str place;        /* gazetteer id: "place:kz" */
    kh_str since, until; /* days, both inside: "2022-01-06" */
    bool disagree;       /* stories whose figures disagree */
    bool by_importance;  /* front: ?order=importance, the most important first; else the newest */
    kh_str after;        /* cursor: goes on behind this row; opaque */
    uint32_t limit;      /* rows; 0: the page's own */
} kh_filter;

/* Puts FILTER as a query string ("q=...&language=fa"), percent-encoded, fields in a fixed order; with AFTER or without. */
void kh_filter_query(kh_buf *out, const kh_filter *filter, bool with_after);

/* One "name=value" more, with '&' before it unless OUT ends in '?' or is empty. */
void kh_query_add(kh_buf *out, const char *name, kh_str value);

/* S with all but unreserved characters as %XX (RFC 3986). */
void kh_percent_add(kh_buf *out, kh_str s);

typedef enum kh_facet_kind { KH_FACET_LANGUAGE, KH_FACET_OUTLET, KH_FACET_AGENCY, KH_FACET_PLACE, KH_FACET_KINDS } kh_facet_kind;

/* "language", "outlet", "agency", "place": the name in queries, in the JSON and in the store. */
kh_str kh_facet_name(kh_facet_kind kind);

/* The field of FILTER that a facet of this kind sets. */
kh_str *kh_facet_of(kh_filter *filter, kh_facet_kind kind);

typedef struct kh_facet {
    kh_str value;   /* what the filter takes */
    kh_str label;   /* what to show: of agencies and places their label, else the value */
    uint32_t count; /* stories (search: articles) that have it */
    bool chosen;
} kh_facet;

typedef KH_LIST(kh_facet) kh_facets;

/* ---- sealed archives ---- */

/* A sealed file of the store, as the front lists it; in a search, what it holds of it. */
typedef struct kh_archive_row {
    kh_str address; /* path of its pages: "/archives/2"; in a search, of its search */
    kh_str name;    /* of the file */
    kh_str before;  /* its stories ended before this day */
    uint64_t stories, articles;
    bool is_there;  /* the file was found where it should be */
    bool asked;     /* in a search: there was time to */
    uint32_t found; /* articles, counted up to a limit */
    bool more_than_found;
} kh_archive_row;

typedef KH_LIST(kh_archive_row) kh_archive_rows;

/* ---- front ---- */

enum { KH_SPARK_BARS = 24 };

/* Reports by time: bar i counts those of `hours` hours from `begin` + i * hours. */
typedef struct kh_spark {
    uint32_t bars[KH_SPARK_BARS];
    uint32_t count; /* bars used; 0: no report of the story has a time */
    uint32_t hours;
    kh_time begin;
} kh_spark;

typedef KH_LIST(kh_time) kh_times_list;

/* Of TIMES, in any order: bars of one hour or as many as needed; of whole days as soon as one time is only a day. */
kh_spark kh_spark_of(const kh_times_list *times);

typedef struct kh_front_row {
    kh_str story;      /* its id */
    kh_str title;      /* leading headline, as written; empty when no report has one */
    kh_str title_lang; /* of the article that it heads: BCP 47 */
    uint32_t reports, outlets, languages;
    bool compared;          /* the accounts are known: `origins` and `disagreements` count. False: not compared yet */
    uint32_t origins;       /* independent ones */
    uint32_t disagreements; /* points on which figures are in conflict */
    kh_strs langs;          /* BCP 47, the most frequent first */
    kh_strs agencies;       /* agency ids, the most frequent first */
    kh_str first, last;     /* publication, ISO 8601; empty: unknown */
    kh_str changed;         /* when the store last changed the story: UTC */
    kh_spark spark;
    bool weighed;              /* in the order by importance: the following are known */
    double importance, growth; /* story/importance.c */
    uint32_t sources;          /* agencies credited, and outlets with a report that credits none */
} kh_front_row;

typedef struct kh_front_view {
    kh_filter filter;
    KH_LIST(kh_front_row) rows;       /* newest first, stories of unknown date last; or as the filter asks */
    kh_facets facets[KH_FACET_KINDS]; /* by kh_facet_kind, the most frequent first; a chosen one is always there */
    uint64_t stories, articles;       /* of the whole store */
    bool facets_partial;              /* the facets count the newest stories that match, not all */
    kh_archive_rows archives;
    kh_str next; /* cursor of the next page; empty: this is the last */
} kh_front_view;

/* ---- story, article ---- */

/* `story` is compared: accounts/. Article N of the addresses is kh_article.id. */
typedef struct kh_story_view {
    const kh_story *story;
    uint32_t origins, disagreements; /* as in kh_front_row */
    kh_str merged_from;              /* the id asked for, where that story was merged into this one; else empty */
} kh_story_view;

/* One text of two, cut into parts in its order. */
typedef enum kh_part_kind { KH_PART_SHARED, KH_PART_CHANGED, KH_PART_DROPPED, KH_PART_ADDED } kh_part_kind;

typedef struct kh_part {
    kh_part_kind kind;
    kh_span span;     /* of the article's text */
    uint32_t partner; /* SHARED, CHANGED: index of its partner among the parts of the other text */
} kh_part;

typedef KH_LIST(kh_part) kh_parts;

typedef struct kh_sides_view {
    kh_str story;            /* id; empty when they are not in one story */
    const kh_article *a, *b; /* where there is a copy: a the original */
    bool is_copy;
    kh_copy copy; /* src 0 is a, dst 1 is b */
    kh_relation relation;
    kh_parts parts_a, parts_b; /* the bodies; DROPPED only in a, ADDED only in b */
} kh_sides_view;

typedef struct kh_revision_row {
    int64_t id;
    kh_str sha256, title, published, captured, replaced;
} kh_revision_row;

typedef struct kh_article_view {
    const kh_article *article;
    kh_str story;        /* id; empty: in none */
    kh_str story_reason; /* why it was put there, in words */
    double story_score;
    kh_str added; /* to the store */
    bool has_raw;
    KH_LIST(kh_revision_row) revisions; /* what the address held before, newest first */
} kh_article_view;

/* ---- search ---- */

typedef struct kh_search_row {
    int64_t article;
    kh_str label, title, lang, outlet, published;
    kh_str story;   /* id; empty: in none */
    kh_str snippet; /* of the article's text, no word cut */
    kh_span found;  /* of the first word found in `snippet`; may be empty */
    kh_str name;    /* found as a name in another spelling: that spelling; empty: found by its words */
} kh_search_row;

typedef struct kh_search_view {
    kh_filter filter;
    KH_LIST(kh_search_row) rows;
    kh_facets facets[KH_FACET_KINDS];
    kh_strs spellings;    /* names of the store that the query was also taken for, in any script */
    uint32_t found;       /* articles, counted up to a limit */
    bool more_than_found; /* the limit was reached: "more than 1000"; then the newest are shown */
    kh_archive_rows archives;
    kh_str next;
} kh_search_view;

/* ---- watch lists ---- */

typedef enum kh_watch_on {
    KH_WATCH_REPORT = 1, /* a new report that matches */
    KH_WATCH_FIGURE = 2, /* "figure changed": somebody gave a value that nobody gave before */
    KH_WATCH_ORIGIN = 4  /* "new origin": a story that matches got another independent origin */
} kh_watch_on;

typedef struct kh_watch_list {
    kh_str id; /* of letters and digits */
    kh_str title;
    kh_filter filter; /* words, language, outlet, agency, place */
    kh_str name;      /* a person, place or organisation in any script; empty: any */
    unsigned on;      /* of kh_watch_on */
    kh_str made;      /* when */
} kh_watch_list;

/* What happened in a story. Its id is the same whenever it is asked for. */
typedef struct kh_happening {
    kh_str id;
    kh_watch_on kind;
    kh_str story, story_title, story_lang;
    int64_t article;
    kh_str title, lang, outlet;
    kh_str at;      /* publication, else when it was added; ISO 8601 */
    kh_str what;    /* FIGURE: "killed · persons"; ORIGIN: the origin's label; REPORT: empty */
    kh_str was, is; /* FIGURE: the values, as numbers or intervals; was: empty for the first */
    kh_str words;   /* the sentence or snippet, as written */
} kh_happening;

typedef KH_LIST(kh_happening) kh_happenings;

typedef struct kh_watch_lists_view {
    KH_LIST(kh_watch_list) lists;
} kh_watch_lists_view;

typedef struct kh_watch_view {
    kh_watch_list list;
    kh_happenings happenings; /* newest first */
} kh_watch_view;

/* ---- a failure ---- */

typedef struct kh_problem_view {
    unsigned status; /* HTTP */
    kh_str title;    /* fixed words: "Not found" */
    kh_str detail;   /* what to do */
    kh_str reason;   /* one word: "no_such_story" */
} kh_problem_view;

#endif
