/* tree.c - the tree of a page: which element holds what, where tags were left out or stand crosswise.
 *
 * The rules are those of HTML5's tree construction (WHATWG HTML, 13.2.6) as far as they move text from
 * one block to another: implied html, head and body, end tags that may be left out, elements that have
 * none, cells that close only with their table, end tags that nothing open matches.
 *
 *     <ul><li>a<li>b</ul>                 two items
 *     <p>قال <div>x</div></p>             p, div, and an empty p
 *     <td><p>a</div>b</td>                the end of div closes nothing outside of its cell
 *     300 nested <div> and then <p>بعد</p>     depth 200, the text is there
 *
 * "Is such an element open, and what stands between?" is answered without a walk: each open element
 * knows the next of its kind below it and the nearest element that hides those below. So the cost is
 * linear whatever the page holds. Of what is open beyond OPEN_MAX nothing is kept but the text. Blocks
 * that are too deep for a node of their own leave a <br> before the next text.
 *
 * What it gets wrong: formatting is not opened anew behind the block that closed it (a browser shows the
 * bold type of <b><p>x</b>y</p>, which says nothing here), text between the cells of a table
 * stays there, and no tbody is made up.
 */
#include "page/html.h"

#include <string.h>

enum { OPEN_MAX = 1000 };

/* What an element does to others. */
enum {
    VOID = 1,    /* has no content */
    SPECIAL = 2, /* an end tag of another kind does not reach over it */
    SCOPE = 4,   /* no end tag but its own and those of elements around it reaches over it */
    ENDS_P = 8,  /* begins where a paragraph ends */
    HEAD = 16,   /* belongs to the head */
    HEADING = 32,
    ITEM = 64,     /* li, dd, dt: ended by the next */
    REACHES = 128, /* its end tag closes what is open in it, up to a scope */
    TABLE = 256,   /* a part of a table */
    CELL = 512
};

#define BLOCK_RULES (SPECIAL | ENDS_P | REACHES)

static const uint16_t rules[KH_TAG_count] = {
    [KH_TAG_address] = BLOCK_RULES,
    [KH_TAG_area] = VOID | SPECIAL,
    [KH_TAG_article] = BLOCK_RULES,
    [KH_TAG_aside] = BLOCK_RULES,
    [KH_TAG_base] = VOID | SPECIAL | HEAD,
    [KH_TAG_blockquote] = BLOCK_RULES,
    [KH_TAG_body] = SPECIAL,
    [KH_TAG_br] = VOID | SPECIAL,
    [KH_TAG_button] = SPECIAL | REACHES,
    [KH_TAG_caption] = SPECIAL | SCOPE | TABLE,
    [KH_TAG_center] = BLOCK_RULES,
    [KH_TAG_col] = VOID | SPECIAL,
    [KH_TAG_colgroup] = SPECIAL | TABLE,
    [KH_TAG_dd] = SPECIAL | ENDS_P | ITEM,
    [KH_TAG_details] = BLOCK_RULES,
    [KH_TAG_dialog] = BLOCK_RULES,
    [KH_TAG_div] = BLOCK_RULES,
    [KH_TAG_dl] = BLOCK_RULES,
    [KH_TAG_dt] = SPECIAL | ENDS_P | ITEM,
    [KH_TAG_embed] = VOID | SPECIAL,
    [KH_TAG_fieldset] = BLOCK_RULES,
    [KH_TAG_figcaption] = BLOCK_RULES,
    [KH_TAG_figure] = BLOCK_RULES,
    [KH_TAG_footer] = BLOCK_RULES,
    [KH_TAG_form] = SPECIAL | ENDS_P,
    [KH_TAG_frame] = VOID | SPECIAL,
    [KH_TAG_frameset] = SPECIAL,
    [KH_TAG_h1] = SPECIAL | ENDS_P | HEADING,
    [KH_TAG_h2] = SPECIAL | ENDS_P | HEADING,
    [KH_TAG_h3] = SPECIAL | ENDS_P | HEADING,
    [KH_TAG_h4] = SPECIAL | ENDS_P | HEADING,
    [KH_TAG_h5] = SPECIAL | ENDS_P | HEADING,
    [KH_TAG_h6] = SPECIAL | ENDS_P | HEADING,
    [KH_TAG_head] = SPECIAL,
    [KH_TAG_header] = BLOCK_RULES,
    [KH_TAG_hgroup] = BLOCK_RULES,
    [KH_TAG_hr] = VOID | SPECIAL | ENDS_P,
    [KH_TAG_html] = SPECIAL | SCOPE,
    [KH_TAG_img] = VOID | SPECIAL,
    [KH_TAG_input] = VOID | SPECIAL,
    [KH_TAG_li] = SPECIAL | ENDS_P | ITEM,
    [KH_TAG_link] = VOID | SPECIAL | HEAD,
    [KH_TAG_main] = BLOCK_RULES,
    [KH_TAG_menu] = BLOCK_RULES,
    [KH_TAG_meta] = VOID | SPECIAL | HEAD,
    [KH_TAG_nav] = BLOCK_RULES,
    [KH_TAG_object] = SPECIAL | SCOPE | REACHES,
    [KH_TAG_ol] = BLOCK_RULES,
    [KH_TAG_p] = SPECIAL | ENDS_P,
    [KH_TAG_param] = VOID | SPECIAL,
    [KH_TAG_pre] = BLOCK_RULES,
    [KH_TAG_section] = BLOCK_RULES,
    [KH_TAG_select] = SPECIAL | REACHES,
    [KH_TAG_source] = VOID | SPECIAL,
    [KH_TAG_summary] = BLOCK_RULES,
    [KH_TAG_table] = SPECIAL | SCOPE | ENDS_P,
    [KH_TAG_tbody] = SPECIAL | TABLE,
    [KH_TAG_td] = SPECIAL | SCOPE | TABLE | CELL,
    [KH_TAG_template] = SPECIAL | SCOPE | HEAD | REACHES,
    [KH_TAG_tfoot] = SPECIAL | TABLE,
    [KH_TAG_th] = SPECIAL | SCOPE | TABLE | CELL,
    [KH_TAG_thead] = SPECIAL | TABLE,
    [KH_TAG_title] = SPECIAL | HEAD,
    [KH_TAG_tr] = SPECIAL | TABLE,
    [KH_TAG_track] = VOID | SPECIAL,
    [KH_TAG_ul] = BLOCK_RULES,
    [KH_TAG_wbr] = VOID | SPECIAL,
};

/* An element that is open. Its place is its depth in the page: 1 for html. */
typedef struct open_element {
    uint64_t name;                  /* kh_html_name: elements without a tag of their own are told by it */
    uint32_t node;                  /* its node, or that of the ancestor that has one */
    uint16_t same;                  /* the place of the next below with this tag; 0 for none */
    uint16_t special, scope, fence; /* the nearest place, its own or below; fence: special but for
                                     * address, div and p, over which the next <li> ends a <li> */
    uint8_t tag;
    bool ended; /* its end tag came while a block in it was open: closed with that block */
} open_element;

typedef struct builder {
    kh_arena *arena;
    kh_tree *tree;
    size_t depth;                /* the place of the innermost element; 0: none is open */
    size_t dropped;              /* elements open beyond OPEN_MAX */
    uint16_t last[KH_TAG_count]; /* the highest place with that tag */
    uint32_t head;               /* its node; 0 before it */
    bool body;                   /* its body was begun */
    char *bytes, *bytes_end;     /* room for what is not in the page as it stands */
    bool extends;                /* the last node is a text that nothing has parted from what comes */
    bool parts;                  /* a block or <br> too deep for a node stood behind the last text */
    open_element open[OPEN_MAX + 1];
} builder;

/* ---- nodes ---- */

/* Room for one more of a list, without leaving. */
static bool has_room(builder *b, size_t count, size_t room, size_t size)
{
    size_t need = (room ? room * 2 : 8) * size + 256;
    if (count < room || (size_t)(b->arena->end - b->arena->cur) > need) {
        return true;
    }
    b->tree->too_complex = true;
    return false;
}

static kh_node *add_node(builder *b, uint8_t tag)
{
    kh_tree *t = b->tree;
    if (t->too_complex || !has_room(b, t->nodes.count, t->nodes.room, sizeof(kh_node))) {
        return NULL;
    }
    if (t->nodes.count >= KH_NODES_MAX) {
        t->too_complex = true;
        return NULL;
    }
    size_t level = b->depth < KH_DEPTH_MAX ? b->depth : KH_DEPTH_MAX;
    uint32_t index = (uint32_t)t->nodes.count;
    kh_node *node = KH_ADD(b->arena, &t->nodes);
    *node = (kh_node){.tag = tag, .parent = b->open[level].node, .depth = (uint8_t)(level + 1), .end = index + 1};
    b->extends = false;
    return node;
}

/* TEXT with its references decoded, behind b->bytes: what fits of it; the sizes make it all. */
static void decode(builder *b, kh_str text)
{
    b->bytes = kh_html_decode(b->bytes, kh_str_head(text, (size_t)(b->bytes_end - b->bytes)));
}

/* TEXT as the page means it: itself where nothing is written by reference. */
static kh_str decoded(builder *b, kh_str text)
{
    if (!text.len || !memchr(text.ptr, '&', text.len)) {
        return text;
    }
    const char *begin = b->bytes;
    decode(b, text);
    return (kh_str){begin, (size_t)(b->bytes - begin)};
}

static void add_attributes(builder *b, kh_node *node, const kh_html_token *t)
{
    kh_tree *tree = b->tree;
    node->attr = (uint32_t)tree->attrs.count;
    for (size_t i = 0; i < t->attr_count; i++) {
        if (!has_room(b, tree->attrs.count, tree->attrs.room, sizeof(kh_attr))) {
            return;
        }
        *KH_ADD(b->arena, &tree->attrs) = (kh_attr){.key = t->attrs[i].key, .value = decoded(b, t->attrs[i].value)};
        node->attr_count++;
    }
}

/* ---- the open elements ---- */

static void put_open(builder *b, uint8_t tag, uint64_t name, uint32_t node)
{
    const open_element *below = &b->open[b->depth];
    uint16_t place = (uint16_t)++b->depth;
    uint16_t rule = rules[tag];
    bool fence = (rule & SPECIAL) && tag != KH_TAG_address && tag != KH_TAG_div && tag != KH_TAG_p;
    b->open[place] = (open_element){.name = name,
                                    .node = node,
                                    .same = b->last[tag],
                                    .special = rule & SPECIAL ? place : below->special,
                                    .scope = rule & SCOPE ? place : below->scope,
                                    .fence = fence ? place : below->fence,
                                    .tag = tag};
    b->last[tag] = place;
}

/* What is too deep for a node parts the text where its begin or end would. */
static void part_deep(builder *b, uint8_t tag)
{
    kh_tag_class class = kh_tag_class_of(tag);
    b->parts = b->parts || class == KH_TAG_BLOCK || class == KH_TAG_BREAK;
}

/* Closes what is open from PLACE (at least 1) on. */
static void close_to(builder *b, size_t place)
{
    b->extends = b->extends && b->depth < place;
    b->dropped = b->depth < place ? b->dropped : 0;
    for (; b->depth >= place || b->open[b->depth].ended; b->depth--) {
        const open_element *e = &b->open[b->depth];
        b->last[e->tag] = e->same;
        if (b->depth <= KH_DEPTH_MAX) {
            b->tree->nodes.items[e->node].end = (uint32_t)b->tree->nodes.count;
        } else {
            part_deep(b, e->tag);
        }
    }
}

/* A new element with the attributes of T, where T is not NULL. */
static void open_element_of(builder *b, uint8_t tag, const kh_html_token *t)
{
    bool is_void = rules[tag] & VOID;
    b->extends = false;
    if (b->depth >= KH_DEPTH_MAX) {
        part_deep(b, tag);
    }
    if (b->depth >= OPEN_MAX) {
        b->dropped += !is_void;
        return;
    }
    uint32_t node = b->open[b->depth].node;
    if (b->depth < KH_DEPTH_MAX) {
        kh_node *added = add_node(b, tag);
        if (!added) {
            return;
        }
        node = (uint32_t)(added - b->tree->nodes.items);
        if (t) {
            add_attributes(b, added, t);
        }
    }
    if (!is_void) {
        put_open(b, tag, t ? t->name : 0, node);
    }
}

static const open_element *top(const builder *b)
{
    return &b->open[b->depth];
}

static size_t highest(size_t x, size_t y)
{
    return x > y ? x : y;
}

/* The place of the open element TAG that an end tag reaches; 0 when there is none. */
static size_t in_scope(const builder *b, uint8_t tag)
{
    return b->last[tag] >= top(b)->scope ? b->last[tag] : 0;
}

static size_t p_in_scope(const builder *b)
{
    size_t place = in_scope(b, KH_TAG_p);
    return place > b->last[KH_TAG_button] ? place : 0;
}

static size_t item_in_scope(const builder *b, uint8_t tag)
{
    size_t place = in_scope(b, tag);
    size_t list = tag == KH_TAG_li ? highest(b->last[KH_TAG_ul], b->last[KH_TAG_ol]) : 0;
    return place > list ? place : 0;
}

static size_t heading_in_scope(const builder *b)
{
    size_t place = 0;
    for (uint8_t tag = KH_TAG_h1; tag <= KH_TAG_h6; tag++) {
        place = highest(place, in_scope(b, tag));
    }
    return place;
}

static size_t row_group(const builder *b)
{
    size_t group = highest(b->last[KH_TAG_tbody], b->last[KH_TAG_thead]);
    return highest(group, b->last[KH_TAG_tfoot]);
}

/* Where the table ends that is open here; 0 outside of tables. */
static size_t table_here(const builder *b)
{
    size_t place = b->last[KH_TAG_table];
    return place > b->last[KH_TAG_template] ? place : 0;
}

static void close_at(builder *b, size_t place)
{
    if (place) {
        close_to(b, place);
    }
}

/* ---- html, head and body, which a page may leave out ---- */

/* What a late <html> or <body> says of the element that was implied before it. */
static void add_late(builder *b, size_t place, const kh_html_token *t)
{
    kh_node *node = &b->tree->nodes.items[b->open[place].node];
    if (place && !node->attr_count) {
        const char *bytes = b->bytes;
        add_attributes(b, node, t);
        b->extends = b->extends && b->bytes == bytes; /* no text is copied twice: the room is for one */
    }
}

static void ensure_html(builder *b, const kh_html_token *t)
{
    if (!b->last[KH_TAG_html]) {
        open_element_of(b, KH_TAG_html, t);
    } else if (t) {
        add_late(b, b->last[KH_TAG_html], t);
    }
}

static void ensure_body(builder *b, const kh_html_token *t)
{
    if (b->body) {
        if (t) {
            add_late(b, b->last[KH_TAG_body], t);
        }
        return;
    }
    if (!b->last[KH_TAG_template]) {
        ensure_html(b, NULL);
        close_at(b, b->last[KH_TAG_head]);
        open_element_of(b, KH_TAG_body, t);
        b->body = true;
    }
}

/* The head, for itself or for what belongs there; opened again where it was closed and nothing came
 * since. */
static void ensure_head(builder *b, const kh_html_token *t)
{
    if (b->body || b->last[KH_TAG_head] || b->last[KH_TAG_template]) {
        return;
    }
    ensure_html(b, NULL);
    if (b->head) {
        put_open(b, KH_TAG_head, 0, b->head);
        return;
    }
    open_element_of(b, KH_TAG_head, t);
    b->head = top(b)->node;
}

/* ---- text ---- */

static void add_text(builder *b, kh_str text)
{
    if (!b->body && !b->last[KH_TAG_title]) {
        if (!kh_str_trim(text).len) {
            return;
        }
        ensure_body(b, NULL);
    }
    if (b->parts && b->depth >= KH_DEPTH_MAX) {
        add_node(b, KH_TAG_br);
    }
    b->parts = false;
    if (!b->extends) {
        kh_node *node = add_node(b, KH_TAG_TEXT);
        if (node) {
            node->text = decoded(b, text);
            b->extends = true;
        }
        return;
    }
    kh_node *node = &b->tree->nodes.items[b->tree->nodes.count - 1];
    if (node->text.ptr + node->text.len != b->bytes) {
        const char *begin = b->bytes;
        kh_str before = kh_str_head(node->text, (size_t)(b->bytes_end - begin));
        memcpy(b->bytes, before.ptr, before.len);
        b->bytes += before.len;
        node->text.ptr = begin;
    }
    decode(b, text);
    node->text.len = (size_t)(b->bytes - node->text.ptr);
}

/* ---- start tags ---- */

/* Parts of tables close what stands between them and the part that holds them. False for one outside of
 * any table, which is passed over. */
static bool start_table_part(builder *b, uint8_t tag)
{
    size_t table = table_here(b);
    if (!table) {
        return false;
    }
    size_t holder = table;
    if (tag == KH_TAG_tr || (rules[tag] & CELL)) {
        holder = highest(holder, row_group(b));
    }
    if (rules[tag] & CELL) {
        holder = highest(holder, b->last[KH_TAG_tr]);
    }
    close_to(b, holder + 1);
    return true;
}

/* Closes the open element at PLACE, if any, at once or with the block at WALL that stands in it. */
static void close_over(builder *b, size_t place, size_t wall)
{
    if (wall <= place) {
        close_at(b, place);
    } else if (place) {
        b->open[place].ended = true;
    }
}

/* Closes an open <a>, over paragraphs and headings that were begun in it, not over larger blocks. */
static void close_link(builder *b)
{
    enum { HOPS = 8 };
    size_t place = in_scope(b, KH_TAG_a);
    size_t wall = top(b)->special;
    for (int i = 0; i < HOPS && wall > place; i++) {
        if (b->open[wall].tag != KH_TAG_p && !(rules[b->open[wall].tag] & HEADING)) {
            break;
        }
        wall = b->open[wall - 1].special;
    }
    close_over(b, place, wall);
}

/* What the start of TAG ends. */
static void close_before(builder *b, uint8_t tag)
{
    uint16_t rule = rules[tag];
    if (rule & ITEM) {
        size_t fence = top(b)->fence;
        bool pair = tag != KH_TAG_li;
        size_t item = pair ? highest(b->last[KH_TAG_dd], b->last[KH_TAG_dt]) : b->last[KH_TAG_li];
        close_at(b, item >= fence ? item : 0);
    }
    if (rule & ENDS_P) {
        close_at(b, p_in_scope(b));
    }
    if (rule & HEADING && rules[top(b)->tag] & HEADING) {
        close_to(b, b->depth);
    }
    if (tag == KH_TAG_a && b->last[KH_TAG_a]) {
        close_link(b);
    } else if (tag == KH_TAG_option || tag == KH_TAG_optgroup) {
        close_at(b, top(b)->tag == KH_TAG_option ? b->depth : 0);
        close_at(b, tag == KH_TAG_optgroup && top(b)->tag == KH_TAG_optgroup ? b->depth : 0);
    } else if (tag == KH_TAG_button) {
        close_at(b, in_scope(b, KH_TAG_button));
    } else if (tag == KH_TAG_input) {
        close_at(b, in_scope(b, KH_TAG_select));
    } else if (tag == KH_TAG_table && table_here(b) && table_here(b) == top(b)->scope) {
        close_to(b, table_here(b)); /* a table between the cells of another */
    }
}

static void start(builder *b, const kh_html_token *t)
{
    uint16_t rule = rules[t->tag];
    if (t->tag == KH_TAG_html) {
        ensure_html(b, t);
    } else if (t->tag == KH_TAG_body) {
        ensure_body(b, t);
    } else if (t->tag == KH_TAG_head) {
        ensure_head(b, t);
    } else {
        if (rule & HEAD) {
            ensure_head(b, NULL);
        } else {
            ensure_body(b, NULL);
        }
        bool here = !(rule & TABLE) || start_table_part(b, t->tag);
        size_t form = t->tag == KH_TAG_form ? b->last[KH_TAG_form] : 0;
        size_t choice = t->tag == KH_TAG_select ? in_scope(b, KH_TAG_select) : 0;
        close_at(b, choice);
        if (!here || choice || (form && !b->open[form].ended)) {
            return; /* no cell stands outside of a table, no form in another; <select> ends the one before */
        }
        close_before(b, t->tag);
        open_element_of(b, t->tag, t);
    }
}

/* ---- end tags ---- */

/* The open element that T ends where no rule of its own says more; 0 when a larger one stands between. */
static size_t plain_end(const builder *b, const kh_html_token *t)
{
    enum { HOPS = 32 };
    size_t place = b->last[t->tag];
    for (int i = 0; i < HOPS && place && b->open[place].name != t->name; i++) {
        place = b->open[place].same;
    }
    return b->open[place].name == t->name && place >= top(b)->special ? place : 0;
}

/* A form is closed by its end tag, or with the block that was begun in it and is still open. */
static void close_form(builder *b)
{
    size_t wall = top(b)->special;
    wall = b->open[wall].tag == KH_TAG_p ? b->open[wall - 1].special : wall;
    close_over(b, b->last[KH_TAG_form], wall);
}

static void end(builder *b, const kh_html_token *t)
{
    uint16_t rule = rules[t->tag];
    if (b->dropped > 0 && !(rule & VOID)) {
        b->dropped--;
        part_deep(b, t->tag);
    } else if (t->tag == KH_TAG_html || t->tag == KH_TAG_body) {
        /* what comes behind them still belongs to the body */
    } else if (t->tag == KH_TAG_p || t->tag == KH_TAG_br) {
        ensure_body(b, NULL);
        if (t->tag == KH_TAG_br || !p_in_scope(b)) {
            open_element_of(b, t->tag, NULL); /* as a browser does it */
        }
        close_at(b, t->tag == KH_TAG_p ? p_in_scope(b) : 0);
    } else if (rule & ITEM) {
        close_at(b, item_in_scope(b, t->tag));
    } else if (rule & HEADING) {
        close_at(b, heading_in_scope(b));
    } else if (t->tag == KH_TAG_a) {
        close_link(b);
    } else if (t->tag == KH_TAG_form) {
        close_form(b);
    } else if (t->tag == KH_TAG_table) {
        close_at(b, table_here(b));
    } else if (rule & TABLE) {
        close_at(b, b->last[t->tag] > table_here(b) ? b->last[t->tag] : 0);
    } else if (rule & REACHES) {
        close_at(b, in_scope(b, t->tag));
    } else {
        close_at(b, plain_end(b, t));
    }
}

/* Bytes of a page for each node and each attribute, as most pages have them: lists that grow write everything twice. */
enum { NODE_BYTES = 24, ATTR_BYTES = 32, ROOM_SHARE = 8 };

static void reserve(kh_arena *a, kh_tree *tree, size_t bytes)
{
    size_t nodes = bytes / NODE_BYTES + 16, attrs = bytes / ATTR_BYTES + 16;
    if ((nodes * sizeof(kh_node) + attrs * sizeof(kh_attr)) * ROOM_SHARE < (size_t)(a->end - a->cur)) {
        KH_RESERVE(a, &tree->nodes, nodes);
        KH_RESERVE(a, &tree->attrs, attrs);
    }
}

kh_tree kh_html_tree(kh_arena *a, kh_str html)
{
    kh_tree tree = {0};
    size_t room = html.len + 64;
    builder *b = KH_NEW(a, builder);
    b->arena = a;
    b->tree = &tree;
    b->bytes = KH_TAKE_N(a, char, room);
    b->bytes_end = b->bytes + room;
    reserve(a, &tree, html.len);
    *KH_ADD(a, &tree.nodes) = (kh_node){.tag = KH_TAG_unknown, .end = 1};
    kh_scan scan = kh_scan_of(a, html, &tree.json_ld);
    kh_html_token t;
    while (!tree.too_complex && kh_scan_next(&scan, &t)) {
        if (t.kind == KH_HTML_TEXT) {
            add_text(b, t.text);
        } else if (t.kind == KH_HTML_START) {
            start(b, &t);
        } else {
            end(b, &t);
        }
    }
    close_to(b, 1);
    tree.nodes.items[0].end = (uint32_t)tree.nodes.count;
    return tree;
}
