/* html.h - the tree of a page: from its bytes to nodes.
 *
 * Nodes stand in document order, so that the descendants of node i are i+1 .. nodes[i].end. Depth
 * is bounded by KH_DEPTH_MAX (deeper elements vanish, their text stays with the ancestor), so a
 * walk may keep a stack of that size.
 */
#ifndef KHABAR_PAGE_HTML_H
#define KHABAR_PAGE_HTML_H

#include "base/base.h"

/* The elements that matter. X(name in HTML, class): inline text, block, skipped with all its
 * content. */
/* clang-format off */
#define KH_TAGS(X)                                                                                   \
    X(a, INLINE) X(abbr, INLINE) X(acronym, INLINE) X(address, BLOCK) X(area, INLINE) X(article, BLOCK) \
    X(aside, BLOCK) X(audio, SKIP) X(b, INLINE) X(base, SKIP) X(bdi, INLINE) X(bdo, INLINE)          \
    X(big, INLINE) X(blockquote, BLOCK) X(body, BLOCK) X(br, BREAK) X(button, SKIP) X(canvas, SKIP)  \
    X(caption, BLOCK) X(center, BLOCK) X(cite, INLINE) X(code, INLINE) X(col, INLINE)               \
    X(colgroup, INLINE) X(datalist, SKIP)                                                            \
    X(dd, BLOCK) X(del, INLINE) X(details, BLOCK) X(dialog, BLOCK) X(div, BLOCK) X(dl, BLOCK)        \
    X(dt, BLOCK) X(em, INLINE) X(embed, SKIP) X(fieldset, BLOCK) X(figcaption, BLOCK)                \
    X(figure, BLOCK) X(font, INLINE) X(footer, BLOCK) X(form, BLOCK) X(frame, INLINE) X(frameset, SKIP) \
    X(h1, BLOCK) X(h2, BLOCK) X(h3, BLOCK) X(h4, BLOCK) X(h5, BLOCK) X(h6, BLOCK) X(head, BLOCK)     \
    X(header, BLOCK) X(hgroup, BLOCK) X(hr, BLOCK) X(html, BLOCK) X(i, INLINE) X(iframe, SKIP) X(img, INLINE)         \
    X(input, SKIP) X(ins, INLINE) X(kbd, INLINE) X(label, INLINE) X(legend, BLOCK) X(li, BLOCK)      \
    X(link, SKIP) X(main, BLOCK) X(map, SKIP) X(mark, INLINE) X(menu, BLOCK) X(meta, SKIP)           \
    X(nav, BLOCK) X(nobr, INLINE) X(noscript, SKIP) X(object, BLOCK) X(ol, BLOCK) X(optgroup, INLINE) X(option, SKIP)    \
    X(p, BLOCK) X(param, INLINE) X(picture, INLINE) X(pre, BLOCK) X(q, INLINE) X(rp, SKIP) X(rt, SKIP)               \
    X(s, INLINE) X(samp, INLINE)                                                                    \
    X(script, SKIP) X(section, BLOCK) X(select, SKIP) X(small, INLINE) X(source, INLINE) X(span, INLINE) \
    X(strike, INLINE) X(strong, INLINE) X(style, SKIP) X(sub, INLINE) X(summary, BLOCK)              \
    X(sup, INLINE) X(svg, SKIP) X(table, BLOCK) X(tbody, BLOCK) X(td, BLOCK) X(template, SKIP)       \
    X(textarea, SKIP) X(tfoot, BLOCK) X(th, BLOCK) X(thead, BLOCK) X(time, INLINE)                   \
    X(title, SKIP) X(tr, BLOCK) X(track, INLINE) X(tt, INLINE) X(u, INLINE) X(ul, BLOCK) X(var, INLINE)               \
    X(video, SKIP) X(wbr, INLINE)
/* clang-format on */

typedef enum kh_tag {
    KH_TAG_TEXT,    /* no element: a run of text */
    KH_TAG_unknown, /* an element without meaning for us: inline */
    KH_TAG_custom,  /* a name with a hyphen: block */
#define KH_TAG_ENUM(name, class) KH_TAG_##name,
    KH_TAGS(KH_TAG_ENUM)
#undef KH_TAG_ENUM
        KH_TAG_count
} kh_tag;

typedef enum kh_tag_class { KH_TAG_INLINE, KH_TAG_BLOCK, KH_TAG_SKIP, KH_TAG_BREAK } kh_tag_class;

kh_tag_class kh_tag_class_of(uint8_t tag);
kh_str kh_tag_name(uint8_t tag);

/* The attributes that are kept. */
/* clang-format off */
#define KH_ATTRS(X)                                                                                  \
    X(CLASS, "class") X(ID, "id") X(HREF, "href") X(ITEMPROP, "itemprop") X(PROPERTY, "property")    \
    X(NAME, "name") X(CONTENT, "content") X(DATETIME, "datetime") X(REL, "rel") X(ROLE, "role")      \
    X(LANG, "lang") X(ITEMTYPE, "itemtype") X(STYLE, "style") X(HIDDEN, "hidden")                    \
    X(ARIA_HIDDEN, "aria-hidden") X(PUBDATE, "pubdate") X(TITLE, "title") X(SRC, "src")              \
    X(DATA_TESTID, "data-testid") X(DATA_COMPONENT, "data-component")
/* clang-format on */

typedef enum kh_attr_key {
#define KH_ATTR_ENUM(key, name) KH_ATTR_##key,
    KH_ATTRS(KH_ATTR_ENUM)
#undef KH_ATTR_ENUM
        KH_ATTR_count
} kh_attr_key;

typedef struct kh_attr {
    kh_str value; /* entities decoded */
    uint8_t key;  /* kh_attr_key */
} kh_attr;

typedef struct kh_node {
    kh_str text;     /* of KH_TAG_TEXT: as in the page, entities decoded, white space as it stands */
    uint32_t parent; /* the root's parent is itself */
    uint32_t end;    /* one beyond the last descendant */
    uint32_t attr;   /* the first of its attributes in kh_tree.attrs */
    uint16_t attr_count;
    uint8_t tag; /* kh_tag */
    uint8_t depth;
} kh_node;

typedef struct kh_tree {
    KH_LIST(kh_node) nodes; /* nodes[0] is a root without a name, always there */
    KH_LIST(kh_attr) attrs;
    kh_strs json_ld;  /* contents of <script type="application/ld+json"> */
    bool too_complex; /* KH_NODES_MAX or the arena was reached: the tree is cut */
} kh_tree;

/* The tree of HTML, which must be valid UTF-8 (a <meta charset> in it is ignored). It points into A
 * and into HTML. */
kh_tree kh_html_tree(kh_arena *a, kh_str html);

/* The value of an attribute; the empty slice when it is absent (or empty). */
kh_str kh_node_attr(const kh_tree *tree, const kh_node *node, kh_attr_key key);
bool kh_node_has(const kh_tree *tree, const kh_node *node, kh_attr_key key);

/* ---- tags.c: names of elements and attributes ---- */

/* What was looked up in a page: a page has few names, and many of each. */
typedef struct kh_html_names {
    struct {
        uint64_t name;
        uint8_t is; /* kh_tag or kh_attr_key */
    } tags[64], attrs[64];
} kh_html_names;

/* The hash of a name without regard to the case of its letters. */
uint64_t kh_html_name(kh_str name);

/* NAME, whose hash is HASH, as a kh_tag; as a kh_attr_key, KH_ATTR_count where it is not kept. */
uint8_t kh_html_tag_of(kh_html_names *names, kh_str name, uint64_t hash);
uint8_t kh_html_attr_of(kh_html_names *names, kh_str name, uint64_t hash);

/* ---- entities.c ---- */

/* The character of the reference that begins at S.ptr[at] ('&'), 0 for one that names none; *len is
 * its length, 0 where no reference stands there. */
uint32_t kh_html_entity(kh_str s, size_t at, size_t *len);

/* Writes S with its references decoded, which makes it no longer; gives the end of what was written. */
char *kh_html_decode(char *to, kh_str s);

/* ---- scan.c: the page as tags and text ---- */

typedef enum kh_html_kind { KH_HTML_TEXT, KH_HTML_START, KH_HTML_END } kh_html_kind;

typedef struct kh_html_token {
    kh_str text;   /* of a text: as in the page, references not decoded */
    uint64_t name; /* of a tag: kh_html_name */
    uint8_t kind;  /* kh_html_kind */
    uint8_t tag;   /* kh_tag */
    uint8_t attr_count;
    kh_attr attrs[KH_ATTR_count]; /* of a start tag, each once; values as in the page */
} kh_html_token;

typedef struct kh_scan {
    const char *at, *end;
    const char *plain; /* no tag stands before this place */
    kh_arena *arena;
    kh_strs *json_ld; /* JSON-LD scripts are put aside here, slices of the page */
    uint32_t no_end;  /* what was sought to the end of the page in vain, by kind of content */
    bool no_comment_end;
    kh_html_names names;
} kh_scan;

kh_scan kh_scan_of(kh_arena *a, kh_str html, kh_strs *json_ld);

/* The next tag or text into *t; false at the end. Scripts, styles, comments, drawings are passed over;
 * a space stands for them. Linear over all calls. */
bool kh_scan_next(kh_scan *s, kh_html_token *t);

#endif
