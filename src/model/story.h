/* story.h - what is known across articles. Articles are named by their index in kh_story.articles. */
#ifndef KHABAR_MODEL_STORY_H
#define KHABAR_MODEL_STORY_H

#include "model/article.h"

/* A place in one article of the story. */
typedef struct kh_place_in {
    uint32_t article;
    kh_span span;
} kh_place_in;

typedef struct kh_shared_span {
    kh_span a, b; /* of source and copy: the same words */
} kh_shared_span;

typedef KH_LIST(kh_shared_span) kh_shared_spans;

/* Directed: `src` is the original, `dst` the copy. */
typedef struct kh_copy {
    uint32_t src, dst;
    kh_copy_kind kind;
    float cover_src, cover_dst; /* share of each body that is shared, 0..1 */
    float score;                /* 0..1, comparable across pairs */
    int64_t lag_seconds;        /* dst - src where both times are known, else 0 */
    kh_shared_spans shared;     /* verbatim runs; aligned sentences for translations */
    kh_str direction;           /* why this direction: "credit", "time", "dateline", "coverage" */
    kh_str reason;
} kh_copy;

typedef KH_LIST(kh_copy) kh_copies;

typedef struct kh_relation {
    uint32_t a, b;
    kh_relation_kind kind;
    float score;
    kh_str reason;
} kh_relation;

typedef KH_LIST(kh_relation) kh_relations;

/* Two renderings of one quotation. */
typedef struct kh_aligned {
    kh_place_in a, b;
    float score;
    kh_str change; /* what was lost or flipped; empty */
} kh_aligned;

typedef KH_LIST(kh_aligned) kh_aligneds;

typedef struct kh_verdict {
    kh_verdict_kind kind;
    kh_place_in a, b;
    kh_str topic;  /* "killed · persons", "day", "quotation of ..." */
    kh_str reason; /* one sentence in English */
    float confidence;
    kh_alarm alarm; /* what a copy did to its original's words; KH_ALARM_NONE between origins */
} kh_verdict;

typedef KH_LIST(kh_verdict) kh_verdicts;

/* A root of copies and chains. */
typedef struct kh_origin {
    kh_str agency; /* agency_id; empty when the origin is an outlet or an unnamed page */
    kh_str label;
    KH_LIST(uint32_t) articles; /* that rest on it; an article that is compiled stands under several */
    bool independent;           /* counts as one: false for generic sources and for agencies that only relay */
    bool compiled;              /* the article draws on several origins or on unnamed ones */
} kh_origin;

typedef KH_LIST(kh_origin) kh_origins;

/* One person, place or organisation over all articles of the story. */
typedef struct kh_name_in {
    uint32_t article;
    uint32_t name; /* index into its names */
} kh_name_in;

typedef struct kh_shared_name {
    kh_name_type type;
    kh_str label; /* the spelling with the most mentions */
    kh_str id;    /* gazetteer id; empty when unknown */
    uint32_t mention_count;
    KH_LIST(kh_name_in) members;
} kh_shared_name;

typedef KH_LIST(kh_shared_name) kh_shared_names;

typedef struct kh_event {
    kh_when when;
    kh_place_in where;
    kh_str sentence; /* slice of the article text */
} kh_event;

typedef KH_LIST(kh_event) kh_events;

/* What one rendering of a quotation has otherwise than the one before it. */
typedef struct kh_change {
    kh_str what;    /* mode, speaker, told_to, stance, hedge, length, or a verdict: hedge_lost, polarity_flip ... */
    kh_str was, is; /* a verdict: its reason is in `is` */
} kh_change;

enum { KH_NO_QUOTATION = UINT32_MAX };

typedef struct kh_passport_entry {
    kh_place_in where;
    uint32_t quotation; /* index into the article's quotations; KH_NO_QUOTATION where the page says it as its own */
    uint32_t from;      /* entry of the passport that it is compared with; UINT32_MAX for the first */
    KH_LIST(kh_change) changes;
} kh_passport_entry;

/* Every rendering of one quotation, in order of publication: at least two, each page once; the first is a quotation. */
typedef struct kh_passport {
    kh_str speaker;   /* of the first entry that knows one */
    uint32_t origins; /* independent ones among the pages that have it */
    KH_LIST(kh_passport_entry) entries;
} kh_passport;

typedef KH_LIST(kh_passport) kh_passports;

typedef struct kh_history_entry {
    uint32_t article;
    uint32_t figure;  /* index into the article's figures */
    bool is_new;      /* nobody gave this value before */
    bool repeated;    /* the same value by the same claimer, or on a copy, before */
    uint32_t origins; /* independent ones among all pages that give this value */
} kh_history_entry;

/* The values of one topic in order of publication. */
typedef struct kh_history {
    kh_str what, scope, unit;
    KH_LIST(kh_history_entry) entries;
} kh_history;

typedef KH_LIST(kh_history) kh_histories;

/* Another story that is about the same site, place or person: a flood, and its inquiry ten days later. */
typedef struct kh_related {
    kh_str id, title, lang; /* of the story; its earliest headline, which may be empty, and that one's language */
    float score;            /* 0..1 */
    kh_strs shared;         /* what both are about, in the words of this story, the most telling first */
    bool dated;             /* both have reports with a day */
    int32_t days;           /* from this one to that one: negative where that one is earlier, 0 where they overlap */
} kh_related;

typedef KH_LIST(kh_related) kh_relateds;

typedef struct kh_story {
    kh_str id;    /* stable: from the founding article's key */
    kh_str title; /* of the leading article */
    uint32_t leading;
    KH_LIST(const kh_article *) articles; /* by publication time, unknown last; ties by key */
    uint32_t compared;                    /* the first so many of them; the rest is only listed (KH_STORY_ARTICLES_MAX) */
    size_t verdicts_left_out;             /* the least urgent ones, above KH_STORY_VERDICTS_MAX */
    kh_origins origins;
    kh_copies copies;
    kh_relations relations;
    kh_aligneds aligned;
    kh_verdicts verdicts;       /* conflicts first */
    kh_events timeline;         /* event dates, in order of time */
    kh_shared_names names;      /* in order of first mention */
    kh_passports passports;     /* by their first rendering */
    kh_histories histories;     /* by their first value */
    kh_relateds related;        /* the most alike first; empty where nobody asked (engine/related.h) */
    kh_corrections corrections; /* all that touch an article of it, each once, by id */
} kh_story;

#endif
