/* article.h - what is read from one page. Everything that was found is a span of `text`, so that it can
 * be shown; all strings point into the page or into the arena the article was read into. */
#ifndef KHABAR_MODEL_ARTICLE_H
#define KHABAR_MODEL_ARTICLE_H

#include "model/time.h"
#include "model/words.h"
#include "text/text.h"

/* ---- page: the bytes that arrived ---- */

typedef enum kh_page_kind {
    KH_PAGE_HTML,
    KH_PAGE_SCRAPED, /* a scraped page as plain text: furniture logic applies, line by line */
    KH_PAGE_TEXT     /* an article's text taken as it is (JSON "text"): every line is body */
} kh_page_kind;

typedef struct kh_page {
    kh_str source;      /* where it came from, for messages: path, path:line, "-" */
    kh_str label;       /* base name of the file without its ending, or the given id: a label, never a key */
    kh_str given_id;    /* "id" of a JSON record, else empty */
    kh_str url;         /* given, else empty */
    kh_str raw;         /* the bytes as they arrived (for JSON: the value's bytes) */
    kh_str text;        /* decoded: valid UTF-8, no NUL */
    kh_str charset;     /* how `raw` was decoded: "utf-8", "windows-1256" ... */
    kh_str charset_why; /* what decided it, in words: "declared", "valid UTF-8, though ... is declared" */
    kh_page_kind kind;
    /* what the supplier said; believed where present */
    kh_str title, lang, outlet, byline;
    kh_time published;
    kh_time captured; /* of the file or record; unknown for standard input */
} kh_page;

/* ---- article ---- */

/* What a person corrected, model/correction.h; NULL where nothing was. */
typedef struct kh_correction kh_correction;
typedef KH_LIST(const kh_correction *) kh_corrections;

/* A value of a page with its evidence: a span of the article text where it is visible there, and the
 * element path or source that it was taken from ("meta[property=og:title]", "title", "line", "given",
 * "url", "json-ld"). An absent value has an empty slice. */
typedef struct kh_field {
    kh_str value;
    kh_span span;
    kh_str path;
    float confidence; /* 0..1 */
} kh_field;

/* A candidate for a field of the page, with the places that say it. */
typedef struct kh_clue {
    kh_str field; /* "title", "byline", "outlet", "section", "image", "url", "language" */
    kh_str value;
    kh_str from; /* the places, joined by ", ": "h1, meta[property=og:title]" */
    kh_str why;  /* what speaks for or against it, in words */
    float score; /* 0..1; of one field they are comparable */
    bool taken;  /* it became the field */
} kh_clue;

typedef KH_LIST(kh_clue) kh_clues;

/* A link in the text. */
typedef struct kh_link {
    kh_span span; /* its words */
    kh_str url;   /* absolute */
} kh_link;

typedef KH_LIST(kh_link) kh_links;

/* One line of the article text: a block of the page. */
typedef struct kh_line {
    kh_span span;
    kh_line_role role;
    kh_str path; /* element path of an HTML block; empty for text pages */
    kh_str why;  /* one word or two: what decided the role ("link density", "furniture:share") */
    kh_str lang; /* BCP 47 of a content line that is clearly in another language than the article; else empty */
} kh_line;

/* A date expression in the text, or a dated field of the page (span empty, path says where). */
typedef struct kh_date {
    kh_span span;
    kh_when when;
    kh_calendar calendar;
    kh_date_how how;
    bool core;     /* false: vague, better not relied on (this week, a bare daypart) */
    bool clash;    /* the words disagree: weekday against date, "yesterday Saturday" on a Monday's page */
    kh_time other; /* clash: the other reading */
    kh_str path;   /* of a field: "meta[...]", "json-ld", "url", "time", "line" */
    kh_str reason; /* why taken or refused, in words */
    float score;   /* as a candidate for the page date; 0 when it is none */
    const kh_correction *corrected;
} kh_date;

typedef KH_LIST(kh_date) kh_dates;

/* Words that speak of time, with a day of the calendar or without one. */
typedef enum kh_time_type {
    KH_TIME_NO_TYPE,
    KH_TIME_OF_DAYS, /* DAT: days and longer */
    KH_TIME_OF_DAY   /* TIM: parts of a day, hours and less */
} kh_time_type;

typedef struct kh_time_words {
    kh_span span;
    kh_span whole; /* of the expression that it is part of: "دوشنبه ساعت ۸" has a day and a time */
    kh_time_type type;
} kh_time_words;

typedef KH_LIST(kh_time_words) kh_times;

typedef struct kh_credit {
    kh_credit_type type;
    kh_credit_role role;
    kh_str agency;       /* agency_id of world/agencies.txt ("reuters"); empty for generic sources and traces */
    kh_str label;        /* what to show: the agency's label, or the words for generic sources */
    kh_span span;        /* the whole phrase */
    kh_span agency_span; /* the agency's name in it */
    kh_str via;          /* agency_chain: agency_id of the hop nearer to the page ("isna") */
    kh_span via_span;
    bool nameless; /* an agency_anaphor that stands where no agency was named: "this news agency" */
} kh_credit;

typedef KH_LIST(kh_credit) kh_credits;

/* A name joins the mentions of one person, place or organisation within an article; `id` joins across
 * articles where a gazetteer knows it, `sound` where it does not. */
typedef struct kh_name {
    kh_name_type type;
    kh_str label; /* the fullest spelling in the article */
    kh_str id;    /* "person:putin", "place:kz", "org:csto", "agency:reuters"; empty when unknown */
    kh_str sound; /* class string of the label, the same for every script: names/sound.h */
    uint32_t mention_count;
    const kh_correction *corrected;
} kh_name;

typedef struct kh_mention {
    kh_span span;      /* without a proclitic */
    kh_span role_span; /* title or role beside it ("رئيس كازاخستان"), may be empty */
    uint32_t name;     /* index into names */
} kh_mention;

typedef KH_LIST(kh_name) kh_names;
typedef KH_LIST(kh_mention) kh_mentions;

enum { KH_NO_NAME = UINT32_MAX };

typedef struct kh_quotation {
    kh_span span;          /* what stands between the marks, without them; reported speech without the complementiser */
    kh_span cue;           /* the verb or phrase */
    kh_span speaker_span;  /* the words that name the speaker, nearest the cue; may be a pronoun or empty */
    kh_str speaker;        /* resolved label: a name's fullest spelling, or the role ("السلطات"); empty: unknown */
    uint32_t speaker_name; /* index into names, or KH_NO_NAME */
    kh_str told_to;        /* agency_id where the words were said to an agency; else empty */
    kh_span channel;       /* "in a statement", may be empty */
    kh_act act;
    kh_mode mode;
    kh_form form;
    kh_stance stance;
    kh_span hedge; /* the words that keep distance, may be empty */
    bool core;     /* false: scare quotes, urging, denial, no comment */
    const kh_correction *corrected;
    bool continues; /* the rest of the quotation before it: only its attribution stands between them */
} kh_quotation;

typedef KH_LIST(kh_quotation) kh_quotations;

typedef struct kh_figure {
    kh_span span;   /* number and noun */
    kh_span number; /* the number alone */
    double min, max;
    bool has_min, has_max; /* false: open on that side */
    kh_figure_op op;
    bool soft;
    kh_figure_kind kind;
    kh_str what;        /* value of counted.txt: "killed"; "duration", or the scope of things, where nothing else is said; or empty */
    kh_str scope;       /* "persons", "security_forces"; empty: unknown */
    kh_str unit;        /* "EUR", "percent", "years"; empty for a count */
    kh_str noun;        /* the counted noun as written, when scope is unknown */
    kh_str place;       /* name id or label; empty: not said */
    kh_when as_of;      /* the day for which it holds */
    kh_str claimed_by;  /* speaker label; empty: the narrator */
    uint32_t quotation; /* index of the quotation it stands in, or UINT32_MAX */
    kh_span hedge;
    kh_figure_status status;
    bool core;       /* false: ordinals, durations, duals, "one" as an article */
    bool past_event; /* belongs to an earlier event that the page recalls ("a flood in 2003 killed 14") */
} kh_figure;

typedef KH_LIST(kh_figure) kh_figures;

typedef struct kh_hop {
    kh_hop_role role;
    kh_str id; /* agency_id for an agency, name id where known, else empty */
    kh_str label;
    kh_span span; /* evidence; empty for the page itself */
} kh_hop;

/* Speaker first, page or outlet last. */
typedef struct kh_chain {
    KH_LIST(kh_hop) hops;
} kh_chain;

typedef KH_LIST(kh_chain) kh_chains;

/* One thing that stories are made of: a word, stem, concept, name, place or number with its count. */
typedef enum kh_feature_kind {
    KH_FEATURE_WORD,
    KH_FEATURE_CONCEPT,
    KH_FEATURE_NAME,
    KH_FEATURE_PLACE,
    KH_FEATURE_NUMBER,
    KH_FEATURE_SOUND,    /* consonants of a word that may be a name, the same in every script */
    KH_FEATURE_SITE,     /* a noun and the consonants of the name beside it: which mine, which ship */
    KH_FEATURE_SPELLING, /* a word that may be a name and has too few consonants for a sound, as it is spelled: Moore */
    KH_FEATURE_kinds
} kh_feature_kind;

typedef struct kh_feature {
    uint64_t hash; /* of kind and key, 32 bits and never 0 (kh_feature_hash); of a site 64 bits that spell it */
    uint16_t count;
    uint8_t kind;
    uint8_t lead; /* 1: in the title, 2: in the first paragraph, 3: both, 0: neither */
} kh_feature;

typedef KH_LIST(kh_feature) kh_features;

/* What is kept of a hash of 64 bits for a feature. */
static inline uint64_t kh_feature_hash(uint64_t hash)
{
    uint64_t kept = hash >> 32;
    return kept ? kept : 1;
}

/* What is kept of the hash of a word 5-gram (prints/): its upper KH_PRINT_KEPT of KH_PRINT_BITS, the others zero, and above them a mark that no
 * feature has. */
enum { KH_PRINT_BITS = 40, KH_PRINT_KEPT = 32 };
#define KH_PRINT_MARK (UINT64_C(1) << KH_PRINT_BITS)
static inline uint64_t kh_print_of(uint64_t hash)
{
    return KH_PRINT_MARK | hash >> (64 - KH_PRINT_KEPT) << (KH_PRINT_BITS - KH_PRINT_KEPT);
}

typedef struct kh_article {
    /* identity and custody */
    int64_t id; /* row in the store, 0 when it is in none */
    kh_str key; /* canonical URL, else given id, else "sha256:..." of the raw bytes */
    kh_str label;
    kh_str source;
    kh_str url;                  /* canonical */
    kh_str sha256;               /* of the raw bytes, hex */
    kh_str charset, charset_why; /* as of kh_page */
    kh_str knowledge;            /* knowledge version that read it */
    kh_page_kind kind;
    kh_time captured;

    /* page */
    kh_str text;            /* canonical text: all spans point into it */
    KH_LIST(kh_line) lines; /* in order of text, one for each line of `text` that is not empty */
    const kh_text *tokens;  /* of `text` */
    kh_field title, outlet, byline, section, image;
    kh_clues clues;      /* candidates of the fields, together by field, best first */
    kh_strs tags;        /* keywords that the page gives, as written, each once */
    kh_links links;      /* of the body, in order of text */
    kh_dates page_dates; /* dated fields found outside the text (meta, JSON-LD, URL): unread `path` and `reason` = raw words */
    kh_str lang;         /* BCP 47, "und" when unknown */
    float lang_confidence;
    kh_str reason; /* why there is no body: "empty", "index_page", "no_text", "paywall"; empty when all is well */

    /* dates, credits, names, claims */
    kh_date published, modified; /* when.from.precision == KH_NO_TIME: unknown */
    bool published_inferred;
    kh_dates dates;
    kh_times times;           /* read anew, not kept in the store */
    kh_dates date_candidates; /* for the page's day, best first; refused ones with score 0; not kept in the store */
    kh_credits credits;
    kh_strs agencies; /* agency_ids that the text is credited to, in order of weight, no photo credits */
    kh_names names;
    kh_mentions mentions; /* in order of text */
    kh_quotations quotations;
    kh_figures figures;
    kh_chains chains;
    kh_corrections corrections; /* all that touch the article; none in an article that was just read */
    kh_strs no_copy_of;         /* keys of articles that a person said are no original and no copy of this one */

    /* for grouping */
    kh_features features; /* sorted by hash */
    kh_u64s prints;       /* sampled 5-gram hashes of the body, sorted */
    kh_spans furniture;   /* body text that only this outlet has, on many pages; by a store, in order; see prints.h */
} kh_article;

/* Is this a line whose words belong to the article: body, title, subhead. */
bool kh_line_is_content(const kh_line *line);

/* CLUE became the field and still is: the credits may know a better outlet. */
bool kh_clue_is_taken(const kh_article *a, const kh_clue *clue);

/* Does `what` say what happened, and not only how long or which things: "two buses", "72 hours". */
bool kh_figure_happened(const kh_figure *f);

/* The line that holds byte AT; NULL between lines. */
const kh_line *kh_article_line_at(const kh_article *a, uint32_t at);

/* The role of the line of token TOKEN. */
kh_line_role kh_article_role_of(const kh_article *a, size_t token);

/* The body as text: body and subhead lines joined by '\n' (subheads only if WITH_SUBHEADS). */
kh_str kh_article_body(kh_arena *out, const kh_article *a, bool with_subheads);

/* Checked in debug builds after each stage: spans inside the text, lists in order. */
void kh_article_check(const kh_article *a);

#endif
