/* tree.c - the tree of a page, built from libxml2's SAX events into nodes of our own.
 *
 * libxml2 knows which end tags a sloppy page has left out, and decodes entities; nothing else of
 * it is used. Its own tree is never made: it would be cut at depth 256 together with the rest of
 * the page, while here elements deeper than KH_DEPTH_MAX vanish and their text stays with the
 * ancestor.
 *
 *     300 nested <div> and then <p>بعد</p>     ->  depth 200, the text is there
 *
 * Nothing may jump out of a callback (the parser would lose its memory), so room in the arena is
 * asked for before it is taken; where there is none the tree is cut and too_complex says so. What
 * it gets wrong: libxml2 is no HTML5 parser, misnested tables and formatting come out differently
 * than in a browser.
 */
#include "page/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include <stdlib.h>
#include <string.h>

typedef struct builder {
    kh_arena *arena;
    kh_tree *tree;
    xmlParserCtxtPtr parser;
    size_t depth; /* of the page; may pass KH_DEPTH_MAX */
    uint32_t
        open[KH_DEPTH_MAX + 1]; /* open[i]: the element at depth i that is open; open[0] the root */
    char *bytes, *bytes_end;    /* room for texts and attribute values */
    bool extends;               /* the last node is a text that ends at `bytes` */
} builder;

static const struct tag_info {
    const char *name;
    uint8_t class;
} tags[KH_TAG_count] = {[KH_TAG_TEXT] = {"#text", KH_TAG_INLINE},
                        [KH_TAG_unknown] = {"?", KH_TAG_INLINE},
                        [KH_TAG_custom] = {"-", KH_TAG_BLOCK},
#define INFO(name, class) [KH_TAG_##name] = {#name, KH_TAG_##class},
                        KH_TAGS(INFO)
#undef INFO
};

kh_tag_class kh_tag_class_of(uint8_t tag)
{
    return (kh_tag_class)tags[tag].class;
}

kh_str kh_tag_name(uint8_t tag)
{
    return kh_str_z(tags[tag].name);
}

/* The table of names is in alphabetical order from KH_TAG_a on. */
static uint8_t tag_of(const char *name)
{
    size_t low = KH_TAG_custom + 1;
    size_t high = KH_TAG_count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = strcmp(name, tags[mid].name);
        if (order == 0) {
            return (uint8_t)mid;
        }
        if (order < 0) {
            high = mid;
        } else {
            low = mid + 1;
        }
    }
    return strchr(name, '-') ? KH_TAG_custom : KH_TAG_unknown;
}

static int attr_of(const char *name)
{
    static const char *const names[] = {
#define NAME(key, text) text,
        KH_ATTRS(NAME)
#undef NAME
    };
    for (int i = 0; i < KH_ATTR_count; i++) {
        if (names[i][0] == name[0] && strcmp(names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

static void cut_short(builder *b)
{
    b->tree->too_complex = true;
    xmlStopParser(b->parser);
}

/* Room for one more of a list, without a jump. */
static bool has_room(builder *b, size_t count, size_t room, size_t size)
{
    size_t need = (room ? room * 2 : 8) * size + 256;
    if (count < room || (size_t)(b->arena->end - b->arena->cur) > need) {
        return true;
    }
    cut_short(b);
    return false;
}

static kh_node *add_node(builder *b, uint8_t tag)
{
    kh_tree *t = b->tree;
    if (t->too_complex || !has_room(b, t->nodes.count, t->nodes.room, sizeof(kh_node))) {
        return NULL;
    }
    if (t->nodes.count >= KH_NODES_MAX) {
        cut_short(b);
        return NULL;
    }
    size_t level = b->depth < KH_DEPTH_MAX ? b->depth : KH_DEPTH_MAX;
    uint32_t index = (uint32_t)t->nodes.count;
    kh_node *node = KH_ADD(b->arena, &t->nodes);
    *node = (kh_node){
        .tag = tag, .parent = b->open[level], .depth = (uint8_t)(level + 1), .end = index + 1};
    return node;
}

/* A copy of TEXT in the byte room; cut where that is used up, which the sizes make impossible. */
static kh_str keep(builder *b, const char *text, size_t len)
{
    size_t room = (size_t)(b->bytes_end - b->bytes);
    size_t n = len < room ? len : room;
    memcpy(b->bytes, text, n);
    kh_str kept = {b->bytes, n};
    b->bytes += n;
    return kept;
}

static void add_attributes(builder *b, kh_node *node, const xmlChar **pairs)
{
    kh_tree *t = b->tree;
    node->attr = (uint32_t)t->attrs.count;
    for (; pairs && pairs[0]; pairs += 2) {
        int key = attr_of((const char *)pairs[0]);
        if (key < 0) {
            continue;
        }
        if (!has_room(b, t->attrs.count, t->attrs.room, sizeof(kh_attr))) {
            return;
        }
        const char *value = pairs[1] ? (const char *)pairs[1] : "";
        *KH_ADD(b->arena, &t->attrs) =
            (kh_attr){.key = (uint8_t)key, .value = keep(b, value, strlen(value))};
        node->attr_count++;
    }
}

static void open_element(void *ctx, const xmlChar *name, const xmlChar **pairs)
{
    builder *b = ctx;
    b->extends = false;
    if (b->depth < KH_DEPTH_MAX) {
        kh_node *node = add_node(b, tag_of((const char *)name));
        if (node) {
            b->open[b->depth + 1] = (uint32_t)(node - b->tree->nodes.items);
            add_attributes(b, node, pairs);
        } else {
            b->open[b->depth + 1] = b->open[b->depth];
        }
    }
    b->depth++;
}

static void close_element(void *ctx, const xmlChar *name)
{
    (void)name;
    builder *b = ctx;
    b->extends = false;
    if (b->depth > 0 && b->depth-- <= KH_DEPTH_MAX) {
        kh_node *node = &b->tree->nodes.items[b->open[b->depth + 1]];
        node->end = (uint32_t)b->tree->nodes.count;
    }
}

static void add_text(void *ctx, const xmlChar *text, int len)
{
    builder *b = ctx;
    if (len <= 0 || b->tree->too_complex) {
        return;
    }
    if (b->extends) {
        b->tree->nodes.items[b->tree->nodes.count - 1].text.len +=
            keep(b, (const char *)text, (size_t)len).len;
        return;
    }
    kh_node *node = add_node(b, KH_TAG_TEXT);
    if (node) {
        node->text = keep(b, (const char *)text, (size_t)len);
        b->extends = true;
    }
}

void kh_html_init(void)
{
    xmlInitParser();
}

static void parse(builder *b, kh_str html)
{
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (!parser) {
        b->tree->too_complex = true;
        return;
    }
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->startElement = open_element;
    parser->sax->endElement = close_element;
    parser->sax->characters = add_text;
    parser->sax->ignorableWhitespace = add_text;
    parser->sax->cdataBlock = add_text;
    parser->userData = b;
    b->parser = parser;
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                  HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD;
    xmlDocPtr none = htmlCtxtReadMemory(parser, html.ptr, (int)html.len, NULL, "UTF-8", options);
    if (none) {
        xmlFreeDoc(none);
    }
    htmlFreeParserCtxt(parser);
}

kh_tree kh_html_tree(kh_arena *a, kh_str html)
{
    kh_tree tree = {0};
    kh_str small = kh_html_scan(a, html, &tree.json_ld);
    size_t room = small.len + 64;
    builder b = {.arena = a, .tree = &tree, .bytes = KH_NEW_N(a, char, room)};
    b.bytes_end = b.bytes + room;
    *KH_ADD(a, &tree.nodes) = (kh_node){.tag = KH_TAG_unknown, .end = 1};
    if (small.len) {
        parse(&b, small);
    }
    uint32_t count = (uint32_t)tree.nodes.count;
    for (size_t i = b.depth < KH_DEPTH_MAX ? b.depth : KH_DEPTH_MAX; i > 0; i--) {
        tree.nodes.items[b.open[i]].end = count;
    }
    tree.nodes.items[0].end = count;
    return tree;
}

kh_str kh_node_attr(const kh_tree *tree, const kh_node *node, kh_attr_key key)
{
    for (size_t i = 0; i < node->attr_count; i++) {
        if (tree->attrs.items[node->attr + i].key == key) {
            return tree->attrs.items[node->attr + i].value;
        }
    }
    return (kh_str){0};
}

bool kh_node_has(const kh_tree *tree, const kh_node *node, kh_attr_key key)
{
    for (size_t i = 0; i < node->attr_count; i++) {
        if (tree->attrs.items[node->attr + i].key == key) {
            return true;
        }
    }
    return false;
}
