/* html.h - the tree of a page in nodes of our own: the only door to the HTML parser.
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
#define KH_TAGS(X)                                                                                   \
    X(a, INLINE) X(abbr, INLINE) X(acronym, INLINE) X(address, BLOCK) X(article, BLOCK)              \
    X(aside, BLOCK) X(audio, SKIP) X(b, INLINE) X(base, SKIP) X(bdi, INLINE) X(bdo, INLINE)          \
    X(big, INLINE) X(blockquote, BLOCK) X(body, BLOCK) X(br, BREAK) X(button, SKIP) X(canvas, SKIP)  \
    X(caption, BLOCK) X(center, BLOCK) X(cite, INLINE) X(code, INLINE) X(datalist, SKIP)             \
    X(dd, BLOCK) X(del, INLINE) X(details, BLOCK) X(dialog, BLOCK) X(div, BLOCK) X(dl, BLOCK)        \
    X(dt, BLOCK) X(em, INLINE) X(embed, SKIP) X(fieldset, BLOCK) X(figcaption, BLOCK)                \
    X(figure, BLOCK) X(font, INLINE) X(footer, BLOCK) X(form, BLOCK) X(frameset, SKIP)               \
    X(h1, BLOCK) X(h2, BLOCK) X(h3, BLOCK) X(h4, BLOCK) X(h5, BLOCK) X(h6, BLOCK) X(head, BLOCK)     \
    X(header, BLOCK) X(hr, BLOCK) X(html, BLOCK) X(i, INLINE) X(iframe, SKIP) X(img, INLINE)         \
    X(input, SKIP) X(ins, INLINE) X(kbd, INLINE) X(label, INLINE) X(legend, BLOCK) X(li, BLOCK)      \
    X(link, SKIP) X(main, BLOCK) X(map, SKIP) X(mark, INLINE) X(menu, BLOCK) X(meta, SKIP)           \
    X(nav, BLOCK) X(nobr, INLINE) X(noscript, SKIP) X(object, BLOCK) X(ol, BLOCK) X(option, SKIP)    \
    X(p, BLOCK) X(picture, INLINE) X(pre, BLOCK) X(q, INLINE) X(rp, SKIP) X(rt, SKIP)               \
    X(s, INLINE) X(samp, INLINE)                                                                    \
    X(script, SKIP) X(section, BLOCK) X(select, SKIP) X(small, INLINE) X(span, INLINE)               \
    X(strike, INLINE) X(strong, INLINE) X(style, SKIP) X(sub, INLINE) X(summary, BLOCK)              \
    X(sup, INLINE) X(svg, SKIP) X(table, BLOCK) X(tbody, BLOCK) X(td, BLOCK) X(template, SKIP)       \
    X(textarea, SKIP) X(tfoot, BLOCK) X(th, BLOCK) X(thead, BLOCK) X(time, INLINE)                   \
    X(title, SKIP) X(tr, BLOCK) X(tt, INLINE) X(u, INLINE) X(ul, BLOCK) X(var, INLINE)               \
    X(video, SKIP) X(wbr, INLINE)

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
#define KH_ATTRS(X)                                                                                  \
    X(CLASS, "class") X(ID, "id") X(HREF, "href") X(ITEMPROP, "itemprop") X(PROPERTY, "property")    \
    X(NAME, "name") X(CONTENT, "content") X(DATETIME, "datetime") X(REL, "rel") X(ROLE, "role")      \
    X(LANG, "lang") X(ITEMTYPE, "itemtype") X(STYLE, "style") X(HIDDEN, "hidden")                    \
    X(ARIA_HIDDEN, "aria-hidden") X(PUBDATE, "pubdate") X(TITLE, "title") X(SRC, "src")              \
    X(DATA_TESTID, "data-testid") X(DATA_COMPONENT, "data-component")

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
    kh_str text;       /* of KH_TAG_TEXT: as in the page, entities decoded, white space as it stands */
    uint32_t parent;   /* the root's parent is itself */
    uint32_t end;      /* one beyond the last descendant */
    uint32_t attr;     /* the first of its attributes in kh_tree.attrs */
    uint16_t attr_count;
    uint8_t tag;       /* kh_tag */
    uint8_t depth;
} kh_node;

typedef struct kh_tree {
    KH_LIST(kh_node) nodes; /* nodes[0] is a root without a name, always there */
    KH_LIST(kh_attr) attrs;
    kh_strs json_ld;        /* contents of <script type="application/ld+json"> */
    bool too_complex;       /* KH_NODES_MAX or the arena was reached: the tree is cut */
} kh_tree;

/* The tree of HTML, which must be valid UTF-8 (a <meta charset> in it is ignored). Memory of the
 * parser itself is freed before return; the tree points into A only. */
kh_tree kh_html_tree(kh_arena *a, kh_str html);

/* The value of an attribute; the empty slice when it is absent (or empty). */
kh_str kh_node_attr(const kh_tree *tree, const kh_node *node, kh_attr_key key);
bool kh_node_has(const kh_tree *tree, const kh_node *node, kh_attr_key key);

/* Once, before threads. */
void kh_html_init(void);

/* ---- scan.c: what happens before the parser sees the page ---- */

/* HTML without comments, scripts, styles, drawings and with only the attributes of KH_ATTRS, at
 * most KH_ATTRIBUTES_MAX looked at in one tag; one linear pass. JSON-LD scripts are put aside as
 * slices of HTML. */
kh_str kh_html_scan(kh_arena *a, kh_str html, kh_strs *json_ld);

#endif
