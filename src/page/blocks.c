/* blocks.c - the visible text of a page as lines, each with what is known about it.
 *
 * A block is a run of inline content between two borders of block elements. Within it white space
 * collapses; two <br> end it, one <br> ends it where a sentence ends before it, since many Arabic
 * and Persian pages hold a whole report in one <div> with <br> for paragraphs:
 *
 *     <div id=news>قال الوزير ...<br>وأضاف ...<br></div>      two blocks
 *     <h1>عنوان<br>من سطرين</h1>                              one
 *
 * Each block remembers the marks of its element and all its ancestors (class words, role, element
 * names): what stands in <nav>, in class="related-posts" or in <figcaption> is told by them. What
 * it gets wrong: pages that lay out with style sheets alone, where inline elements are
 * paragraphs.
 */
#include "page/parts.h"

#include <string.h>

/* A button or list that holds more was never closed, and what it holds is the page. */
enum { SKIP_NODES_MAX = 400 };

enum { BLOCK_NODES = 4 }; /* nodes of a page for each block, as most pages have them */

typedef struct level {
    uint32_t end; /* node index at which the element is left */
    uint32_t node;
    uint8_t tag; /* nearest element of which kh_block.tag speaks */
    bool block;
    bool link;
} level;

typedef struct walker {
    kh_arena *a;
    const kh_page_know *know;
    const kh_tree *tree;
    kh_blocks blocks;
    uint32_t *marks; /* of each node: its own, later with the inherited ones */
    kh_map marks_of; /* hash of an attribute's value -> its marks: a page has few classes, and many elements of each */
    level stack[KH_DEPTH_MAX + 2];
    size_t depth;
    char *text; /* where the open block's text is written; all texts lie in one room */
    size_t len;
    uint32_t first, last, link_letters;
    size_t link_from, link_end; /* the part of the text that stands in a link and is not counted yet */
    uint32_t breaks;            /* <br> since the last text */
    bool space;                 /* white space is due before the next character */
    bool image;                 /* a picture has been passed since the last text */
    bool after_image;
} walker;

static bool names_block(uint8_t tag)
{
    switch (tag) {
    case KH_TAG_p:
    case KH_TAG_h1:
    case KH_TAG_h2:
    case KH_TAG_h3:
    case KH_TAG_h4:
    case KH_TAG_h5:
    case KH_TAG_h6:
    case KH_TAG_li:
    case KH_TAG_td:
    case KH_TAG_th:
    case KH_TAG_dt:
    case KH_TAG_dd:
    case KH_TAG_pre:
    case KH_TAG_blockquote:
    case KH_TAG_figcaption:
    case KH_TAG_caption:
    case KH_TAG_address:
    case KH_TAG_div:
    case KH_TAG_summary:
    case KH_TAG_legend:
    case KH_TAG_article:
    case KH_TAG_section: return true;
    default: return false;
    }
}

static uint32_t marks_of_tag(uint8_t tag)
{
    switch (tag) {
    case KH_TAG_nav:
    case KH_TAG_menu: return KH_MARK_BIT(KH_MARK_NAV);
    case KH_TAG_aside: return KH_MARK_BIT(KH_MARK_ASIDE);
    case KH_TAG_footer: return KH_MARK_BIT(KH_MARK_NAV);
    case KH_TAG_form: return 0;
    case KH_TAG_figcaption:
    case KH_TAG_figure: return KH_MARK_BIT(KH_MARK_CAPTION);
    case KH_TAG_dialog: return KH_MARK_BIT(KH_MARK_CONSENT);
    default: return 0;
    }
}

static bool is_heading(uint8_t tag)
{
    return tag >= KH_TAG_h1 && tag <= KH_TAG_h6;
}

static bool is_display_none(kh_str style)
{
    size_t at = kh_str_find(style, KH_STR("display"));
    kh_str rest = kh_str_from(style, at);
    size_t none = kh_str_find(rest, KH_STR("none"));
    return at < style.len && none < rest.len && none < 14;
}

static uint32_t marks_of_value(walker *w, kh_str value)
{
    bool is_new = false;
    uint32_t *marks = kh_map_put(w->a, &w->marks_of, kh_hash(value), &is_new);
    *marks = is_new ? kh_marks_of(w->know, value) : *marks;
    return *marks;
}

static uint32_t marks_of_node(walker *w, const kh_node *node)
{
    uint32_t marks = marks_of_tag(node->tag);
    for (size_t i = 0; i < node->attr_count; i++) {
        const kh_attr *attr = &w->tree->attrs.items[node->attr + i];
        switch (attr->key) {
        case KH_ATTR_CLASS:
        case KH_ATTR_ID:
        case KH_ATTR_ROLE:
        case KH_ATTR_ITEMPROP:
        case KH_ATTR_DATA_TESTID:
        case KH_ATTR_DATA_COMPONENT: marks |= marks_of_value(w, attr->value); break;
        case KH_ATTR_STYLE: marks |= is_display_none(attr->value) ? KH_MARK_BIT(KH_MARK_HIDDEN) : 0; break;
        case KH_ATTR_HIDDEN: marks |= KH_MARK_BIT(KH_MARK_HIDDEN); break;
        case KH_ATTR_REL:
            marks |= kh_str_eq(attr->value, KH_STR("author")) ? KH_MARK_BIT(KH_MARK_BYLINE) : 0;
            marks |= kh_str_eq(attr->value, KH_STR("tag")) ? KH_MARK_BIT(KH_MARK_TAGS) : 0;
            break;
        default: break;
        }
    }
    /* The page's own frame says nothing about its parts: body class="has-sidebar no-comments",
     * and an article's classes name its topics: class="post tag-floods category-news". */
    if (node->tag == KH_TAG_body || node->tag == KH_TAG_html) {
        return 0;
    }
    bool whole = node->tag == KH_TAG_article || node->tag == KH_TAG_main || (marks & KH_MARK_BIT(KH_MARK_BODY));
    return whole ? marks & ~(KH_MARK_BIT(KH_MARK_TAGS) | KH_MARK_BIT(KH_MARK_SECTION)) : marks;
}

/* Counts the letters of what stood in a link; SHAPE is that of the whole text, NULL while it goes on. */
static void count_links(walker *w, kh_str text, const kh_shape *shape)
{
    if (shape && w->link_from == 0 && w->link_end == text.len) {
        w->link_letters = shape->letters; /* menus and teasers: mostly all is one link */
    } else if (w->link_from < w->link_end) {
        w->link_letters += kh_shape_of((kh_str){text.ptr + w->link_from, w->link_end - w->link_from}).letters;
    }
    w->link_from = w->link_end = 0;
}

static void end_block(walker *w)
{
    w->breaks = 0;
    w->space = false;
    if (!w->len) {
        return;
    }
    kh_str text = {w->text, w->len};
    w->text += w->len;
    w->len = 0;
    const level *top = &w->stack[w->depth];
    kh_shape shape = kh_shape_of(text);
    count_links(w, text, &shape);
    if ((shape.letters || shape.digits) && w->blocks.count < KH_LINES_MAX) {
        uint32_t block_node = 0;
        for (size_t i = w->depth + 1; i-- > 0 && !block_node;) {
            block_node = w->stack[i].block ? w->stack[i].node : 0;
        }
        kh_block b = {.text = text,
                      .shape = shape,
                      .node = block_node,
                      .first = w->first,
                      .last = w->last,
                      .link_letters = w->link_letters,
                      .tag = top->tag,
                      .after_image = w->after_image};
        b.prose = kh_shape_is_prose(&shape);
        *KH_ADD(w->a, &w->blocks) = b;
    }
    w->link_letters = 0;
}

/* Only the end of the text is looked at: a paragraph may have thousands of <br>. */
static bool ends_sentence(const walker *w)
{
    enum { TAIL_BYTES = 256 };
    size_t from = w->len > TAIL_BYTES ? w->len - TAIL_BYTES : 0;
    while (from > 0 && kh_utf8_is_trail((unsigned char)w->text[from])) {
        from--;
    }
    kh_shape shape = kh_shape_of((kh_str){w->text + from, w->len - from});
    return (shape.ends_stop || shape.ends_colon) && shape.words >= 2;
}

/* One or more <br> are behind us: do they end the block? */
static void settle_breaks(walker *w)
{
    uint8_t tag = w->stack[w->depth].tag;
    bool paragraph = tag == KH_TAG_p || tag == KH_TAG_li || tag == KH_TAG_blockquote;
    if (w->breaks && w->len && !is_heading(tag) && (w->breaks > 1 || !paragraph || ends_sentence(w))) {
        end_block(w);
    }
    w->space = w->space || w->breaks;
    w->breaks = 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "<span>9 November 2023</span><span>5:01</span>": numbers of two elements are two numbers. */
static bool parts_numbers(const walker *w, char next)
{
    size_t n = w->len;
    bool comma = n > 1 && w->text[n - 1] == ',' && is_digit(w->text[n - 2]);
    return is_digit(next) && n > 0 && (is_digit(w->text[n - 1]) || comma);
}

/* Certainly no white space and no first byte of it. */
static bool is_plain(char byte)
{
    unsigned char c = (unsigned char)byte;
    return (unsigned char)(c - 0x21) < 0xC2 - 0x21 || c > 0xE3 || (c > 0xC2 && c < 0xE2);
}

/* Where the words end that begin at AT and have single spaces between them: they stay as they are. */
static size_t run_end(kh_str s, size_t at)
{
    while (at < s.len) {
        bool spaced = s.ptr[at] == ' ' && at + 1 < s.len && is_plain(s.ptr[at + 1]);
        if (!is_plain(s.ptr[at]) && !spaced && kh_space_at(s, at)) {
            break;
        }
        at++;
    }
    return at;
}

static void add_text(walker *w, uint32_t index)
{
    kh_str s = w->tree->nodes.items[index].text;
    size_t before = w->len;
    w->space = w->space || (s.len && w->last != index && parts_numbers(w, s.ptr[0]));
    for (size_t at = 0; at < s.len;) {
        size_t space = kh_space_at(s, at);
        if (space) {
            w->space = true;
            at += space;
            continue;
        }
        if (w->breaks) {
            settle_breaks(w);
            before = w->len;
        }
        if (w->space && w->len) {
            w->text[w->len++] = ' ';
        }
        w->space = false;
        if (!w->len) {
            w->first = index;
            w->after_image = w->image;
            w->image = false;
            before = 0;
        }
        w->last = index;
        size_t end = run_end(s, at);
        memcpy(w->text + w->len, s.ptr + at, end - at);
        w->len += end - at;
        at = end;
    }
    if (w->stack[w->depth].link && w->len > before) {
        if (w->link_end != before) {
            count_links(w, (kh_str){w->text, w->len}, NULL);
            w->link_from = before;
        }
        w->link_end = w->len;
    }
}

static void enter(walker *w, uint32_t index)
{
    const kh_node *node = &w->tree->nodes.items[index];
    const level *above = &w->stack[w->depth];
    w->marks[index] = marks_of_node(w, node);
    level l = {.end = node->end,
               .node = index,
               .tag = above->tag,
               .link = above->link || (node->tag == KH_TAG_a && kh_node_attr(w->tree, node, KH_ATTR_HREF).len)};
    l.block = kh_tag_class_of(node->tag) == KH_TAG_BLOCK;
    if (names_block(node->tag) && !(node->tag == KH_TAG_div && is_heading(above->tag))) {
        l.tag = node->tag;
    }
    if (l.block) {
        end_block(w);
    }
    w->stack[++w->depth] = l;
}

static void leave(walker *w, uint32_t index)
{
    while (w->depth > 0 && w->stack[w->depth].end <= index) {
        if (w->stack[w->depth].block) {
            end_block(w);
        }
        w->depth--;
    }
}

static void judge(walker *w)
{
    KH_EACH(kh_block, b, w->blocks) {
        b->furniture = (uint8_t)kh_line_furniture(w->know, *w->a, b->text, &b->shape);
        if (b->furniture == KH_FURNITURE_NONE && b->shape.digits && b->shape.words <= 16 && kh_line_is_date(w->know, *w->a, b->text)) {
            b->furniture = KH_FURNITURE_DATE;
        }
        b->prose = b->prose && b->furniture == KH_FURNITURE_NONE;
    }
}

uint32_t *kh_blocks_by_node(kh_arena *a, const kh_tree *tree, const kh_blocks *blocks)
{
    uint32_t *at = KH_NEW_N(a, uint32_t, tree->nodes.count + 1);
    uint32_t k = 0;
    for (size_t n = 0; n <= tree->nodes.count; n++) {
        while (k < blocks->count && blocks->items[k].first < n) {
            k++;
        }
        at[n] = k;
    }
    return at;
}

/* How much of a page's prose a part must hold for its marks to be wrong. */
#define DOUBT_COMMENTS 0.9
#define DOUBT_HIDDEN 0.6
#define DOUBT_CAPTIONS 0.9 /* of all captions together: then a series of pictures is the text */
#define DOUBT_OTHERS 0.45

/* Prefix sums of the prose of blocks; without those in the parts that HIDDEN names, where it is not
 * NULL. */
static double *prose_sums(const walker *w, const uint32_t *hidden)
{
    double *mass = KH_NEW_N(w->a, double, w->blocks.count + 1);
    for (size_t i = 0; i < w->blocks.count; i++) {
        const kh_block *b = &w->blocks.items[i];
        bool counts = b->prose && b->link_letters * 2 <= b->shape.letters && !(hidden && hidden[w->tree->nodes.items[b->first].parent]);
        mass[i + 1] = mass[i] + (counts ? b->shape.letters : 0);
    }
    return mass;
}

/* The marks among BITS of each node and its ancestors, into OUT; a part that holds DOUBT of the prose
 * loses those which say that it is no article. */
static void inherit(const walker *w, const uint32_t *at, const double *mass, uint32_t bits, double doubt, uint32_t *out)
{
    const kh_node *nodes = w->tree->nodes.items;
    const uint32_t doubtful = KH_OUT_MARKS | KH_MARK_BIT(KH_MARK_CAPTION);
    double enough = doubt * mass[w->blocks.count];
    for (uint32_t n = 1; n < w->tree->nodes.count; n++) {
        uint32_t own = w->marks[n] & bits;
        bool comments = (w->marks[n] & KH_MARK_BIT(KH_MARK_COMMENTS)) && doubt < DOUBT_COMMENTS;
        double held = mass[at[nodes[n].end]] - mass[at[n]];
        if ((own & doubtful) && held >= (comments ? enough / doubt * DOUBT_COMMENTS : enough)) {
            own &= ~doubtful;
        }
        out[n] = own | out[nodes[n].parent];
    }
}

/* Takes the mark of captions away where they hold nearly all of the prose. */
static void doubt_captions(walker *w, const uint32_t *at, const double *mass)
{
    const uint32_t bit = KH_MARK_BIT(KH_MARK_CAPTION);
    uint32_t count = (uint32_t)w->tree->nodes.count;
    double held = 0;
    for (uint32_t n = 1, end = 0; n < count; n++) {
        if (n >= end && (w->marks[n] & bit)) {
            end = w->tree->nodes.items[n].end;
            held += mass[at[end]] - mass[at[n]];
        }
    }
    for (uint32_t n = 1; n < count && held > DOUBT_CAPTIONS * mass[w->blocks.count]; n++) {
        w->marks[n] &= ~bit;
    }
}

/* The marks of all ancestors for each block. Hidden parts first, since they often hold the report a
 * second time and would halve what the visible one weighs. */
static void inherit_marks(walker *w)
{
    const kh_node *nodes = w->tree->nodes.items;
    const uint32_t hide = KH_MARK_BIT(KH_MARK_HIDDEN);
    uint32_t *at = kh_blocks_by_node(w->a, w->tree, &w->blocks);
    uint32_t *hidden = KH_NEW_N(w->a, uint32_t, w->tree->nodes.count);
    uint32_t *others = KH_NEW_N(w->a, uint32_t, w->tree->nodes.count);
    inherit(w, at, prose_sums(w, NULL), hide, DOUBT_HIDDEN, hidden);
    const double *mass = prose_sums(w, hidden);
    doubt_captions(w, at, mass);
    inherit(w, at, mass, ~hide, DOUBT_OTHERS, others);
    KH_EACH(kh_block, b, w->blocks) {
        /* Of the smallest element that holds all of it: a counter's class says nothing of its
         * paragraph. */
        uint32_t whole = nodes[b->first].parent;
        while (whole && nodes[whole].end <= b->last) {
            whole = nodes[whole].parent;
        }
        b->marks = hidden[whole] | others[whole];
        b->hidden = hidden[whole] != 0;
        b->out = (b->marks & KH_OUT_MARKS) != 0;
    }
}

kh_blocks kh_blocks_of(kh_arena *a, const kh_page_know *know, const kh_tree *tree)
{
    size_t bytes = 16;
    KH_EACH(const kh_node, node, tree->nodes) {
        bytes += node->text.len + 1;
    }
    walker w = {.a = a, .know = know, .tree = tree, .text = KH_TAKE_N(a, char, bytes), .marks = KH_NEW_N(a, uint32_t, tree->nodes.count)};
    KH_RESERVE(a, &w.blocks, tree->nodes.count / BLOCK_NODES + 16);
    w.stack[0] = (level){.end = UINT32_MAX, .tag = KH_TAG_div, .block = true};
    for (uint32_t i = 1; i < tree->nodes.count;) {
        const kh_node *node = &tree->nodes.items[i];
        leave(&w, i);
        kh_tag_class class = kh_tag_class_of(node->tag);
        if (node->tag == KH_TAG_TEXT) {
            add_text(&w, i);
        } else if (class == KH_TAG_SKIP && node->end - i < SKIP_NODES_MAX) {
            i = node->end;
            continue;
        } else if (class == KH_TAG_BREAK) {
            w.breaks++;
        } else {
            w.image = w.image || node->tag == KH_TAG_img;
            enter(&w, i);
        }
        i++;
    }
    leave(&w, UINT32_MAX - 1);
    end_block(&w);
    judge(&w);
    inherit_marks(&w);
    return w.blocks;
}
