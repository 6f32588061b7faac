/* parts.h - what the files of page/ share: knowledge made ready, the shape of a line, blocks. */
#ifndef KHABAR_PAGE_PARTS_H
#define KHABAR_PAGE_PARTS_H

#include "page/html.h"
#include "page/page.h"

/* ---- know.c: tables made ready ---- */

/* Kinds of furniture.txt, and the kinds of lines that credits.txt and the calendar tables tell. */
#define KH_FURNITURE(X)                 \
    X(NONE, "")                         \
    X(NAV, "nav")                       \
    X(SHARE, "share")                   \
    X(COMMENTS, "comments")             \
    X(RELATED, "related")               \
    X(SUBSCRIPTION, "subscription")     \
    X(COPYRIGHT, "copyright")           \
    X(PAYWALL, "paywall_line")          \
    X(STANDARDS, "standards_line")      \
    X(CMS, "cms_furniture")             \
    X(CLOSING, "closing_formula")       \
    X(SITE_CODE, "site_code")           \
    X(TAGS, "tags")                     \
    X(ADS, "ads")                       \
    X(NEWSLETTER, "newsletter")         \
    X(CAPTION, "caption")               \
    X(READ_MORE, "read_more")           \
    X(PRINT, "print")                   \
    X(BIO, "bio")                       \
    X(BYLINE, "byline")                 \
    X(SOURCE, "source_line")            \
    X(GENERIC_SOURCE, "generic_source") \
    X(DATE, "date")

typedef enum kh_furniture {
#define KH_FURNITURE_ENUM(key, name) KH_FURNITURE_##key,
    KH_FURNITURE(KH_FURNITURE_ENUM)
#undef KH_FURNITURE_ENUM
        KH_FURNITURE_count
} kh_furniture;

kh_str kh_furniture_name(kh_furniture kind);

/* What a class, id, role, itemprop or element name says about a part of a page: world/markup.txt. */
#define KH_MARKS(X)             \
    X(BODY, "body")             \
    X(NAV, "nav")               \
    X(ASIDE, "aside")           \
    X(COMMENTS, "comments")     \
    X(RELATED, "related")       \
    X(SHARE, "share")           \
    X(ADS, "ads")               \
    X(NEWSLETTER, "newsletter") \
    X(CONSENT, "consent")       \
    X(CAPTION, "caption")       \
    X(BYLINE, "byline")         \
    X(DATE, "date")             \
    X(TAGS, "tags")             \
    X(TITLE, "title")           \
    X(BIO, "bio")               \
    X(HIDDEN, "hidden")         \
    X(LEAD, "lead")             \
    X(SECTION, "section")       \
    X(SOURCE, "source")         \
    X(QUOTE, "pullquote")       \
    X(MASTHEAD, "masthead")

typedef enum kh_mark {
#define KH_MARK_ENUM(key, name) KH_MARK_##key,
    KH_MARKS(KH_MARK_ENUM)
#undef KH_MARK_ENUM
        KH_MARK_count
} kh_mark;

#define KH_MARK_BIT(mark) (1u << (mark))

/* Marks of parts that are no article. */
enum {
    KH_OUT_MARKS = KH_MARK_BIT(KH_MARK_NAV) | KH_MARK_BIT(KH_MARK_ASIDE) | KH_MARK_BIT(KH_MARK_COMMENTS) | KH_MARK_BIT(KH_MARK_RELATED) |
                   KH_MARK_BIT(KH_MARK_SHARE) | KH_MARK_BIT(KH_MARK_ADS) | KH_MARK_BIT(KH_MARK_NEWSLETTER) | KH_MARK_BIT(KH_MARK_CONSENT) |
                   KH_MARK_BIT(KH_MARK_TAGS) | KH_MARK_BIT(KH_MARK_BIO) | KH_MARK_BIT(KH_MARK_HIDDEN) | KH_MARK_BIT(KH_MARK_QUOTE)
};

kh_str kh_mark_name(kh_mark mark);

/* The marks of a class or id attribute, as bits. Words are parted at '-', '_', spaces and capitals;
 * each word and each pair of neighbours is looked up. */
uint32_t kh_marks_of(const kh_page_know *know, kh_str attribute);

/* ---- shape.c: what a line looks like ---- */

typedef struct kh_shape {
    uint32_t letters; /* characters that are letters */
    uint32_t words;   /* runs of letters and digits; two Han or kana characters count as one word */
    uint32_t digits;
    uint32_t stops;      /* . ! ? and their kin in all scripts, that end something */
    uint32_t commas;     /* , ; : and their kin */
    uint32_t separators; /* | / > » · and gaps of three spaces or a tab between words */
    bool ends_stop;      /* the last mark before closing quotes and brackets ends a sentence */
    bool ends_colon;
    bool bullet; /* begins with a list mark */
} kh_shape;

kh_shape kh_shape_of(kh_str line);

/* A sentence or more: long enough, and ended or parted as prose is. */
bool kh_shape_is_prose(const kh_shape *shape);

/* ---- know.c again ---- */

/* What LINE says it is by the tables of all languages. SCRATCH holds the folded line. */
kh_furniture kh_line_furniture(const kh_page_know *know, kh_arena scratch, kh_str line, const kh_shape *shape);

/* HASH is kh_hash of a folded word: it is a function word in some language (stopwords.txt). */
bool kh_word_is_stop(const kh_page_know *know, uint64_t hash);

/* The line is a date, perhaps with a label, a weekday, a time and one or two other words. */
bool kh_line_is_date(const kh_page_know *know, kh_arena scratch, kh_str line);

/* A whole date stands somewhere in LINE: 2022-01-10, or a day, a month's name and a year beside each
 * other in any order. */
bool kh_line_holds_date(const kh_page_know *know, kh_arena scratch, kh_str line);

/* ---- byline.c: who signs ---- */

typedef struct kh_byline_know kh_byline_know;
const kh_byline_know *kh_byline_know_of(kh_arena *out, const kh_lexicon *lex);
const kh_byline_know *kh_page_bylines(const kh_page_know *know);

/* Adds the persons that LINE names to FOUND, each once; NAMES is what the site calls itself. SINGLE:
 * one word may be a person's name. */
void kh_byline_names(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_strs *names, kh_str line, bool single,
                     kh_strs *found);

/* A word such as "by" stands in LINE. */
bool kh_byline_is_introduced(kh_arena scratch, const kh_page_know *know, kh_str line);

/* ---- json.c: JSON-LD ---- */

typedef enum kh_json_kind { KH_JSON_NONE, KH_JSON_OBJECT, KH_JSON_ARRAY, KH_JSON_STRING, KH_JSON_OTHER } kh_json_kind;

typedef struct kh_json {
    kh_str key;   /* where it is a member of an object; unescaped */
    kh_str text;  /* of a string, unescaped; of a number or word, as it stands */
    uint32_t end; /* one beyond its last descendant in the list */
    uint8_t kind;
} kh_json;

typedef KH_LIST(kh_json) kh_jsons;

/* The values of TEXT in document order, children after their parent. Broken text gives what was
 * read up to the break; raw line breaks in strings, trailing commas and missing ends are taken as
 * they come. */
kh_jsons kh_json_read(kh_arena *a, kh_str text);

/* The member KEY of object I; 0 when there is none (item 0 is never a member). */
uint32_t kh_json_member(const kh_jsons *json, uint32_t i, kh_str key);

/* ---- meta.c: what a page says about itself outside its visible text ---- */

enum {
    KH_FIELD_BYTES_MAX = 1000, /* nobody's headline or name is longer; cut at a character */
    KH_SAID_MAX = 40,          /* statements of one kind that are kept */
    KH_CLUES_MAX = 8,          /* candidates of one field that are shown */
    KH_TAGS_MAX = 30,
    KH_LINKS_MAX = 200
};

typedef enum kh_said_of {
    KH_SAID_TITLE,
    KH_SAID_SITE,
    KH_SAID_AUTHOR,
    KH_SAID_SECTION,
    KH_SAID_IMAGE,
    KH_SAID_URL,
    KH_SAID_LANG,
    KH_SAID_TAG,
    KH_SAID_kinds
} kh_said_of;

typedef enum kh_said_in {
    KH_IN_JSON,
    KH_IN_OG,
    KH_IN_TITLE, /* <title>, <html lang> */
    KH_IN_TWITTER,
    KH_IN_ITEMPROP,
    KH_IN_META,
    KH_IN_LINK
} kh_said_in;

/* One statement of the page about itself. */
typedef struct kh_said {
    kh_str value; /* at most KH_FIELD_BYTES_MAX; an address at most KH_PATH_BYTES_MAX */
    kh_str path;  /* "meta[property=og:title]" */
    uint8_t in;   /* kh_said_in */
    bool group;   /* of an author: an organisation says so of itself */
} kh_said;

typedef KH_LIST(kh_said) kh_saids;

typedef struct kh_meta {
    kh_str title;                 /* <title>, cleaned */
    kh_saids said[KH_SAID_kinds]; /* in order of finding: JSON-LD first, then the tree */
    kh_str publisher, publisher_path;
    kh_str description;
    kh_str base;      /* <base href> */
    kh_str json_body; /* the longest articleBody */
    kh_dates dates;   /* path and raw words in `reason` */
    bool is_article;  /* og:type or a JSON-LD type says so */
} kh_meta;

/* Values are slices of TREE or lie in OUT. URL is the page's address as given, may be empty. */
kh_meta kh_meta_of(kh_arena *out, const kh_tree *tree, kh_str url);

/* The first statement about OF in that place; NULL when there is none. */
const kh_said *kh_meta_said(const kh_meta *meta, kh_said_of of, kh_said_in in);

/* Adds a statement; empty ones and those beyond KH_SAID_MAX are dropped. */
void kh_meta_say(kh_arena *out, kh_meta *meta, kh_said_of of, kh_said_in in, kh_str value, kh_str path);
void kh_meta_say_tags(kh_arena *out, kh_meta *meta, kh_str list, kh_str path);
void kh_meta_add_date(kh_arena *out, kh_meta *meta, kh_str path, kh_str words);

/* VALUE trimmed, at most KH_FIELD_BYTES_MAX bytes of it, cut between characters. */
kh_str kh_field_bytes(kh_str value);

/* ---- ld.c: JSON-LD records ---- */

/* What tells the record of this page from others'. */
typedef struct kh_ld_page {
    kh_str url;       /* as given */
    kh_str own;       /* as the page says, perhaps relative */
    kh_str titles[2]; /* <title>, og:title */
} kh_ld_page;

/* Statements of the record that is about PAGE. */
void kh_ld_read(kh_arena *out, const kh_tree *tree, const kh_ld_page *page, kh_meta *meta);

/* ---- url.c: addresses ---- */

/* REF against BASE; empty for what is no web address. BASE may be empty. */
kh_str kh_url_join(kh_arena *out, kh_str base, kh_str ref);
kh_str kh_url_host(kh_str url); /* without "www." and port; empty for what is no web address */
bool kh_url_same_site(kh_str a, kh_str b);
bool kh_url_same_page(kh_str a, kh_str b); /* without scheme, "www.", query, fragment */
bool kh_url_is_root(kh_str url);
kh_str kh_url_decode(kh_arena *out, kh_str s); /* %XX undone, valid UTF-8 */

/* ---- headline.c: the words of a headline ---- */

/* Entities decoded, tags and direction marks out, white space collapsed. */
kh_str kh_headline_clean(kh_arena *out, kh_str s);

/* Letters and digits of the fold: equal for two writings of one headline. */
kh_str kh_headline_key(kh_arena *a, kh_str s);

/* Words made ready to be held against others. */
typedef struct kh_headline {
    kh_str key;    /* kh_headline_key */
    kh_u64s words; /* hashes of the words of its fold, but for the shortest */
    kh_map has;    /* the same as a set */
} kh_headline;

kh_headline kh_headline_of(kh_arena *a, kh_str s);

/* How well two headlines agree: 1 equal, 0.9 one holds the other, else the share of common words. */
float kh_headlines_agree(const kh_headline *x, const kh_headline *y);
float kh_headline_agreement(kh_arena scratch, kh_str x, kh_str y); /* of two that are compared once */

/* TITLE without the outlet behind or before it; NAMES is what the page calls itself. STRICT: only
 * where the outlet stands there by its exact name. */
kh_str kh_headline_alone(kh_arena scratch, const kh_strs *names, kh_str title, bool strict);

/* PART is one of NAMES; or, unless EXACT, one holds the other and little else. */
bool kh_is_name_of_site(kh_arena scratch, const kh_strs *names, kh_str part, bool exact);

/* The last mark before END that may part headline and outlet. */
bool kh_headline_last_separator(kh_str title, size_t end, size_t *at, size_t *len);

/* It ends in an ellipsis. */
bool kh_headline_is_cut(kh_str title);

/* How much the words of TITLE and of URL's path have in common, 0..1. */
float kh_headline_in_url(kh_arena scratch, kh_str title, kh_str url);

/* ---- blocks.c: the visible text of a page as lines ---- */

/* The bytes of the white space at S.ptr[at], which collapses in a line; 0 for a character. Control
 * characters, U+00A0, U+2000-200A, U+2028-2029, U+202F and U+3000 are white space. */
static inline size_t kh_space_at(kh_str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];
    if (c < 0x80) {
        return c <= ' ';
    }
    if (c != 0xC2 && c != 0xE2 && c != 0xE3) {
        return 0;
    }
    size_t len = 0;
    uint32_t cp = kh_utf8_at(s, at, &len);
    bool space = cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x3000;
    return space ? len : 0;
}

/* Does C, a byte of a folded key, belong to a word: a to z, 0 to 9, and all beyond ASCII? A bit for each byte. */
static inline bool kh_in_word(char c)
{
    static const uint64_t words[4] = {0x03FF000000000000u, 0x07FFFFFE00000000u, UINT64_MAX, UINT64_MAX};
    return words[(unsigned char)c >> 6] >> (c & 63) & 1;
}

typedef struct kh_block {
    kh_str text; /* white space collapsed */
    kh_shape shape;
    uint32_t node;        /* the block element it stands in */
    uint32_t first, last; /* its first and last text node */
    uint32_t link_letters;
    uint32_t marks;    /* of the element and its ancestors up to the body, as bits */
    uint8_t tag;       /* the nearest of h1-h6 p li td th dt dd pre blockquote figcaption ..., else div */
    uint8_t furniture; /* kh_furniture */
    uint8_t role;      /* kh_line_role, once decided */
    bool out;          /* in a part of the page that is no article: navigation, aside, comments ... */
    bool hidden;
    bool agrees; /* its words stand in the page's JSON-LD articleBody */
    bool kept;   /* becomes a line of the canonical text */
    bool prose;
    bool after_image; /* a picture and no text stands between the line before and this one */
    const char *why;
} kh_block;

typedef KH_LIST(kh_block) kh_blocks;

kh_blocks kh_blocks_of(kh_arena *a, const kh_page_know *know, const kh_tree *tree);

/* For each node, and one beyond, the number of blocks that begin before it: those of node n are
 * at[n] .. at[nodes[n].end]. */
uint32_t *kh_blocks_by_node(kh_arena *a, const kh_tree *tree, const kh_blocks *blocks);

/* ---- body.c: which blocks are the article ---- */

/* Sets role, kept and why of BLOCKS; TITLE_BLOCK is the visible headline or KH_NO_BLOCK. Gives
 * false when there is no article to be found: *reason is then
 * empty, no_text, index_page or paywall. */
bool kh_body_choose(kh_arena *a, const kh_page_know *know, const kh_tree *tree, const kh_meta *meta, uint32_t title_block,
                    kh_blocks *blocks, kh_str *reason);

/* ---- stamps.c: visible dates outside the text ---- */

/* Lines with a whole date near the kept text become lines of role date; those further away are added
 * to DATES with the path "block". To be called once roles are decided. */
void kh_stamps_keep(kh_arena *out, kh_arena scratch, const kh_page_know *know, uint32_t title, kh_blocks *blocks, kh_dates *dates);

/* ---- page.c, outlet.c: fields ---- */

/* VALUE with its span where it stands in ART's text; empty for an empty value. */
kh_field kh_field_of(kh_arena *out, const kh_article *art, kh_str value, kh_str path, float confidence);

/* Sets art->outlet; TITLE is the visible headline or KH_NO_BLOCK. */
void kh_outlet_read(kh_arena *out, kh_arena scratch, const kh_tree *tree, const kh_meta *meta, const kh_blocks *blocks, uint32_t title,
                    const kh_page *page, kh_article *art);

/* ---- fields.c: byline, section, tags, image, address, language ---- */

/* Adds a candidate; one that is there gets CLUE's place as well. At most KH_CLUES_MAX of a field. */
void kh_clue_add(kh_arena *out, kh_article *art, kh_clue clue);

/* The address that relative ones of the page are joined to; empty when nothing tells it. */
kh_str kh_base_of(kh_arena *a, const kh_meta *meta, kh_str url);

/* What the page calls itself: said names, publisher, hosts and the longest label of each host. */
kh_strs kh_site_names(kh_arena *a, const kh_meta *meta, kh_str url);

/* Sets byline, section, image, tags, url, lang of ART, whose text, title and outlet are there. */
void kh_fields_read(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_meta *meta, const kh_blocks *blocks, uint32_t title,
                    const kh_page *page, kh_article *art);

/* ---- links.c ---- */

/* Adds the links of block B, whose text is the line at LINE; at most KH_LINKS_MAX of a page. */
void kh_links_add(kh_arena *out, const kh_tree *tree, const kh_block *b, kh_span line, kh_str base, kh_article *art);

/* ---- scraped.c: lines of a scraped text page ---- */

void kh_scraped_roles(kh_arena *out, kh_arena scratch, const kh_page_know *know, kh_article *art);

/* ---- title.c ---- */

enum { KH_NO_BLOCK = UINT32_MAX };

/* Sets art->title and its clues; URL is the page's address as given. *block is the visible headline, whose
 * words may be others than the title's. */
void kh_title_choose(kh_arena *out, kh_arena scratch, const kh_tree *tree, const kh_meta *meta, const kh_blocks *blocks, kh_str url,
                     kh_article *art, uint32_t *block);

/* The name of the outlet that a <title> carries behind its headline; empty when it does not. */
kh_str kh_title_suffix(kh_arena scratch, kh_str title, kh_str headline);

#endif
