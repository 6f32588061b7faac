/* body.c - which of the visible lines are the article.
 *
 * Prose decides. Each paragraph that is neither mostly links nor in a part whose class words
 * speak of something else weighs as much as it has letters; twice that inside a part called an
 * article's body, four times where the page's JSON-LD articleBody has the same words. Then from
 * the root of the page down into the child that holds most of the weight, until the body falls
 * into several like parts: that element is the container (as in Sun, Song and Liao, "DOM based content
 * extraction via text density", 2011, with class words as readability.js has them):
 *
 *     <body> <div class=teasers> ... <article> <h1>سقوط الجسر</h1> <p>وقال ...</p> <aside>اقرأ أيضا ...
 *      1.0            0                0.97                             0.9            0
 *
 * What stands before a visible headline does not count, a section headed "Comments" neither.
 * Inside the container each line gets its role from the tables, its marks, its links and its
 * shape; between headline and container standfirst, date and byline are kept. Where the class
 * words leave next to nothing they are believed less, step by step (a page whose whole article
 * stands in class="sidebar-layout").
 *
 * What it gets wrong: reports of one or two sentences beside long comments without a heading;
 * advertising written as paragraphs of the report; live tickers, whose entries look like one
 * report.
 */
#include "page/parts.h"

enum {
    ENOUGH = 250, /* letters that make a short report */
    SHORT_NOTES_MAX = 12,
    STANDFIRST_DISTANCE = 12 /* blocks behind the headline */
};

/* Shares of the weight: a child that holds this much is gone into, this much even if it has
 * twins; twins hold so much together. */
#define MOST_SHARE 0.6
#define ALL_SHARE 0.9
#define TWIN_SHARE 0.05

typedef struct chooser {
    kh_arena *a;
    const kh_page_know *know;
    const kh_tree *tree;
    const kh_meta *meta;
    kh_block *blocks;
    size_t count;
    uint32_t title; /* block index or KH_NO_BLOCK */
    double *mass;   /* prefix sums of weight by block */
    uint32_t *at;   /* at[n]: number of blocks that begin before node n */
    size_t from;    /* prose before this block does not count */
} chooser;

static bool is_linky(const kh_block *b)
{
    return b->link_letters * 2 > b->shape.letters;
}

/* How far the marks of a part are believed: all, then only those that no article ever carries,
 * then none. */
typedef enum trust { TRUST_ALL, TRUST_SURE, TRUST_NONE } trust;

static bool is_out(const kh_block *b, trust level)
{
    if (b->agrees) {
        return false;
    }
    static const uint32_t sure = KH_MARK_BIT(KH_MARK_COMMENTS) | KH_MARK_BIT(KH_MARK_NAV) |
                                 KH_MARK_BIT(KH_MARK_CONSENT) | KH_MARK_BIT(KH_MARK_HIDDEN);
    return level == TRUST_ALL ? b->out : level == TRUST_SURE ? (b->marks & sure) != 0 : false;
}

static double weight_of(const kh_block *b, trust level)
{
    if (b->agrees) {
        return 4.0 * b->shape.letters;
    }
    if (!b->prose || is_linky(b) || is_out(b, level) ||
        (level != TRUST_NONE && (b->marks & KH_MARK_BIT(KH_MARK_CAPTION)))) {
        return 0;
    }
    double letters = b->shape.letters - b->link_letters;
    return b->marks & KH_MARK_BIT(KH_MARK_BODY) ? 2 * letters : letters;
}

static double mass_of(const chooser *c, uint32_t node)
{
    uint32_t first = c->at[node];
    uint32_t last = c->at[c->tree->nodes.items[node].end];
    return c->mass[last] - c->mass[first];
}

static double weigh(chooser *c, trust strict)
{
    for (size_t i = 0; i < c->count; i++) {
        c->mass[i + 1] = c->mass[i] + (i < c->from ? 0 : weight_of(&c->blocks[i], strict));
    }
    return c->mass[c->count];
}

/* What stands before a visible headline is not under it, if there is prose enough behind. */
static void start_at_title(chooser *c)
{
    if (c->title == KH_NO_BLOCK) {
        return;
    }
    double before = 0, behind = 0;
    for (size_t i = 0; i < c->count; i++) {
        *(i < c->title ? &before : &behind) += weight_of(&c->blocks[i], TRUST_SURE);
    }
    c->from = behind >= ENOUGH || 3 * behind >= before ? c->title : 0;
}

/* ---- agreement with JSON-LD ---- */

/* Text of articleBody with its white space collapsed and tags taken out. */
static kh_str plain_text(kh_arena *a, kh_str s)
{
    char *p = KH_NEW_N(a, char, s.len + 1);
    size_t n = 0;
    bool tag = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '<' || c == '>') {
            tag = c == '<';
            c = ' ';
        }
        bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (!tag && !(space && n > 0 && p[n - 1] == ' ')) {
            p[n++] = space ? ' ' : c;
        }
    }
    return (kh_str){p, n};
}

enum { AGREE_BYTES = 60, SAID_BYTES = 300 };

/* Marks the blocks that begin as something in the articleBody does: precise where it exists, but
 * often cut short, so it tells where the article is, not where it ends. */
static void mark_agreement(chooser *c)
{
    if (c->meta->json_body.len < SAID_BYTES) {
        return;
    }
    kh_str said = plain_text(c->a, c->meta->json_body);
    for (size_t i = 0; i < c->count; i++) {
        kh_block *b = &c->blocks[i];
        if (b->prose && b->text.len >= AGREE_BYTES) {
            kh_str head = kh_str_head(b->text, AGREE_BYTES);
            b->agrees = kh_str_find(said, head) < said.len;
        }
    }
}

/* ---- sections that a heading opens ---- */

/* The part of the page that block B heads: the largest ancestor that begins with it; where that
 * holds nothing else and SIBLINGS are wanted, what follows in the parent. Gives the block behind
 * its end. */
static size_t section_end(const chooser *c, size_t b, bool siblings)
{
    const kh_node *nodes = c->tree->nodes.items;
    uint32_t node = c->blocks[b].node;
    while (node && c->at[nodes[node].parent] == b) {
        node = nodes[node].parent;
    }
    size_t end = c->at[nodes[node].end];
    return end > b + 1 || !siblings ? end : c->at[nodes[nodes[node].parent].end];
}

static bool heads_section(const kh_block *b)
{
    return !is_linky(b) && b->shape.words <= 8 && !b->out;
}

/* "Comments" behind the report opens comments, "اقرأ أيضا" other reports: all of the section is
 * out. */
static void mark_sections(chooser *c)
{
    double before = 0;
    for (size_t i = c->from; i < c->count; i++) {
        const kh_block *b = &c->blocks[i];
        bool comments = b->furniture == KH_FURNITURE_COMMENTS && before >= ENOUGH;
        bool related =
            b->furniture == KH_FURNITURE_RELATED || b->furniture == KH_FURNITURE_NEWSLETTER;
        if (!heads_section(b) || !(comments || related)) {
            before += weight_of(b, TRUST_ALL);
            continue;
        }
        size_t end = section_end(c, i, comments);
        double inside = 0;
        for (size_t k = i; k < end; k++) {
            inside += weight_of(&c->blocks[k], TRUST_ALL);
        }
        if (related && inside > before / 2) {
            continue;
        }
        for (size_t k = i; k < end; k++) {
            c->blocks[k].marks |= KH_MARK_BIT(comments ? KH_MARK_COMMENTS : KH_MARK_RELATED);
            c->blocks[k].out = true;
        }
        i = end > i ? end - 1 : i;
    }
}

static uint32_t heaviest_child(const chooser *c, uint32_t node, double *mass)
{
    uint32_t best = 0;
    *mass = 0;
    const kh_node *nodes = c->tree->nodes.items;
    for (uint32_t k = node + 1; k < nodes[node].end; k = nodes[k].end) {
        double m = mass_of(c, k);
        if (m > *mass) {
            *mass = m;
            best = k;
        }
    }
    return best;
}

/* Does a sibling of CHILD carry prose of the same kind: a paragraph by itself, or an element of
 * the same name and class? Then the body is in several parts and their parent holds it. */
static bool has_twin(const chooser *c, uint32_t parent, uint32_t child)
{
    const kh_node *nodes = c->tree->nodes.items;
    kh_str class = kh_node_attr(c->tree, &nodes[child], KH_ATTR_CLASS);
    double other = 0;
    for (uint32_t k = parent + 1; k < nodes[parent].end; k = nodes[k].end) {
        bool paragraph = nodes[k].tag == KH_TAG_p || nodes[k].tag == KH_TAG_blockquote ||
                         nodes[k].tag == KH_TAG_TEXT;
        bool same = nodes[k].tag == nodes[child].tag &&
                    kh_str_eq(kh_node_attr(c->tree, &nodes[k], KH_ATTR_CLASS), class);
        if (k != child && (paragraph || same)) {
            other += mass_of(c, k);
        }
    }
    return other > TWIN_SHARE * mass_of(c, parent);
}

/* From the root down as long as one child holds nearly all prose, or most of it and nothing like
 * it beside. */
static uint32_t densest(const chooser *c)
{
    uint32_t node = 0;
    for (;;) {
        double mass = 0;
        uint32_t child = heaviest_child(c, node, &mass);
        double share = mass / (mass_of(c, node) + 1e-9);
        bool block = child && kh_tag_class_of(c->tree->nodes.items[child].tag) == KH_TAG_BLOCK;
        if (!block || share < MOST_SHARE || (share < ALL_SHARE && has_twin(c, node, child))) {
            return node;
        }
        node = child;
    }
}

static void set(kh_block *b, kh_line_role role, bool kept, const char *why)
{
    b->role = (uint8_t)role;
    b->kept = kept;
    b->why = why;
}

static bool set_by_tables(kh_block *b)
{
    switch (b->furniture) {
    case KH_FURNITURE_NONE:
        return false;
    case KH_FURNITURE_CAPTION:
        set(b, KH_ROLE_CAPTION, true, "furniture");
        return true;
    case KH_FURNITURE_BYLINE:
        set(b, KH_ROLE_BYLINE, true, "furniture");
        return true;
    case KH_FURNITURE_DATE:
        set(b, KH_ROLE_DATE, true, "date words");
        return true;
    case KH_FURNITURE_SOURCE:
    case KH_FURNITURE_GENERIC_SOURCE:
        set(b, KH_ROLE_SOURCE, true, "furniture");
        return true;
    default:
        set(b, KH_ROLE_BOILERPLATE, true, "furniture");
        return true;
    }
}

static bool is_heading(const kh_block *b)
{
    return b->tag >= KH_TAG_h1 && b->tag <= KH_TAG_h6;
}

/* Short lines that their classes call an author, a date or a source. */
static bool set_by_marks(kh_block *b)
{
    if (b->prose || b->shape.words > 16) {
        return false;
    }
    if (b->marks & KH_MARK_BIT(KH_MARK_BYLINE)) {
        set(b, KH_ROLE_BYLINE, true, "class words");
        return true;
    }
    if ((b->marks & KH_MARK_BIT(KH_MARK_SOURCE)) && !b->shape.ends_stop) {
        set(b, KH_ROLE_SOURCE, true, "class words");
        return true;
    }
    if ((b->marks & KH_MARK_BIT(KH_MARK_DATE)) && b->shape.digits) {
        set(b, KH_ROLE_DATE, true, "class words");
        return true;
    }
    return false;
}

/* A sentence of the report that is mostly a link to its source. */
static bool is_linked_sentence(const kh_block *b, bool between)
{
    return between && b->prose && b->shape.ends_stop && b->tag == KH_TAG_p &&
           b->link_letters * 10 <= b->shape.letters * 9;
}

/* The tables know "(Reporting by ...)" better than a class like "credit", which may mean
 * pictures. */
static bool is_credit_line(const kh_block *b)
{
    return b->furniture == KH_FURNITURE_BYLINE || b->furniture == KH_FURNITURE_SOURCE ||
           b->furniture == KH_FURNITURE_GENERIC_SOURCE;
}

/* A heading without a heading's element: a short line that no stop ends. */
static bool is_label(const kh_block *b)
{
    return !b->shape.ends_stop && !b->shape.ends_colon && b->shape.words <= 14 &&
           b->shape.words > 0 && b->tag != KH_TAG_li && b->tag != KH_TAG_td &&
           b->tag != KH_TAG_th && b->tag != KH_TAG_dd;
}

static void judge_inside(const chooser *c, size_t i, size_t first_prose, size_t last_prose,
                         trust strict)
{
    kh_block *b = &c->blocks[i];
    bool between = i > first_prose && i < last_prose;
    if (i == c->title) {
        set(b, KH_ROLE_TITLE, true, "title");
    } else if (is_credit_line(b) && set_by_tables(b)) {
        return;
    } else if (b->marks & KH_MARK_BIT(KH_MARK_CAPTION)) {
        set(b, KH_ROLE_CAPTION, true, "caption");
    } else if (is_out(b, strict)) {
        set(b, KH_ROLE_BOILERPLATE, between && b->furniture != KH_FURNITURE_NONE && !is_linky(b),
            "class words");
    } else if (set_by_tables(b) || set_by_marks(b)) {
        return;
    } else if (is_linky(b) && !is_linked_sentence(b, between)) {
        set(b, KH_ROLE_BOILERPLATE, false, "link density");
    } else if (is_heading(b)) {
        set(b, between ? KH_ROLE_SUBHEAD : KH_ROLE_BOILERPLATE, between, "heading");
    } else if (b->prose) {
        set(b, KH_ROLE_BODY, true, "prose");
    } else if (between && is_label(b)) {
        set(b, KH_ROLE_SUBHEAD, true, "short line between prose");
    } else if (between || (b->shape.ends_stop && b->shape.words > 3)) {
        set(b, KH_ROLE_BODY, true, "short sentence");
    } else {
        set(b, KH_ROLE_BOILERPLATE, false, "short line outside the prose");
    }
}

/* A standfirst by its class, close behind the headline, even where another class word speaks
 * against it ("teaser-text"). */
static bool is_standfirst(const chooser *c, size_t i)
{
    static const uint32_t never = KH_MARK_BIT(KH_MARK_COMMENTS) | KH_MARK_BIT(KH_MARK_RELATED) |
                                  KH_MARK_BIT(KH_MARK_NAV) | KH_MARK_BIT(KH_MARK_HIDDEN) |
                                  KH_MARK_BIT(KH_MARK_SHARE);
    const kh_block *b = &c->blocks[i];
    return (b->marks & KH_MARK_BIT(KH_MARK_LEAD)) && !(b->marks & never) && b->prose &&
           c->title != KH_NO_BLOCK && i <= c->title + STANDFIRST_DISTANCE;
}

/* Between headline and body: a standfirst is body, dates and bylines are kept as such. */
static void judge_lead(const chooser *c, size_t i, trust strict)
{
    kh_block *b = &c->blocks[i];
    if ((is_out(b, strict) && !is_standfirst(c, i)) || set_by_tables(b)) {
        return;
    }
    if (b->marks & KH_MARK_BIT(KH_MARK_CAPTION)) {
        if (!is_linky(b) && b->shape.words >= 3) {
            set(b, KH_ROLE_CAPTION, true, "caption");
        }
        return;
    }
    if (!set_by_marks(b) && !is_linky(b) &&
        (b->prose || ((b->marks & KH_MARK_BIT(KH_MARK_LEAD)) && b->shape.words >= 5))) {
        set(b, KH_ROLE_BODY, true, "standfirst");
    }
}

/* Headings that are links to other pages: what a list of reports is made of. */
static size_t linked_headings(const chooser *c, size_t first, size_t end)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++) {
        const kh_block *b = &c->blocks[i];
        count += is_heading(b) && is_linky(b) && !b->out && b->shape.words >= 2;
    }
    return count;
}

/* A front page or a section's list: it has no headline, nothing says it is an article, and linked
 * headings stand between its paragraphs, one to two or more. */
static bool is_index(const chooser *c, size_t first, size_t end)
{
    size_t prose = 0;
    for (size_t i = first; i < end; i++) {
        prose += c->blocks[i].prose && !is_linky(&c->blocks[i]);
    }
    size_t headings = linked_headings(c, first, end);
    return c->title == KH_NO_BLOCK && !c->meta->is_article && headings >= 5 &&
           headings * 2 >= prose;
}

/* A page without any paragraph may still be a note of one line: ended lines outside all
 * furniture. */
static bool take_short_notes(const chooser *c, kh_str *reason)
{
    size_t found = 0;
    for (size_t i = 0; i < c->count; i++) {
        kh_block *b = &c->blocks[i];
        bool note = i != c->title && !b->out && b->furniture == KH_FURNITURE_NONE &&
                    b->shape.ends_stop && b->shape.words >= 3 && !is_linky(b) &&
                    !(b->marks & KH_MARK_BIT(KH_MARK_CAPTION));
        if (note && found < SHORT_NOTES_MAX) {
            set(b, KH_ROLE_BODY, true, "short note");
            found++;
        }
    }
    if (c->title != KH_NO_BLOCK) {
        set(&c->blocks[c->title], KH_ROLE_TITLE, true, "title");
    }
    if (!found) {
        *reason = !c->count                              ? KH_STR("empty")
                  : linked_headings(c, 0, c->count) >= 3 ? KH_STR("index_page")
                                                         : KH_STR("no_text");
    }
    return found > 0;
}

/* All lines from the headline, or the first of the container, to the container's last. */
static void judge_region(const chooser *c, size_t first, size_t end, trust strict)
{
    for (size_t i = first; i < c->from; i++) {
        kh_block *b = &c->blocks[i];
        if (!b->out && (b->furniture == KH_FURNITURE_DATE || b->furniture == KH_FURNITURE_BYLINE)) {
            set_by_tables(b);
        }
    }
    first = first > c->from ? first : c->from;
    size_t first_prose = c->count, last_prose = 0;
    for (size_t i = first; i < end; i++) {
        if (weight_of(&c->blocks[i], strict) > 0) {
            first_prose = first_prose == c->count ? i : first_prose;
            last_prose = i;
        }
    }
    for (size_t i = first; i < end; i++) {
        judge_inside(c, i, first_prose, last_prose, strict);
    }
    for (size_t i = c->title == KH_NO_BLOCK ? first : c->title + 1; i < first; i++) {
        judge_lead(c, i, strict);
    }
}

bool kh_body_choose(kh_arena *a, const kh_page_know *know, const kh_tree *tree, const kh_meta *meta,
                    uint32_t title_block, kh_blocks *blocks, kh_str *reason)
{
    chooser c = {.a = a,
                 .know = know,
                 .tree = tree,
                 .meta = meta,
                 .blocks = blocks->items,
                 .count = blocks->count,
                 .title = title_block};
    c.mass = KH_NEW_N(a, double, c.count + 1);
    c.at = kh_blocks_by_node(a, tree, blocks);
    mark_agreement(&c);
    start_at_title(&c);
    mark_sections(&c);
    double all = weigh(&c, TRUST_NONE);
    trust strict = TRUST_ALL;
    for (; strict < TRUST_NONE; strict++) {
        double mass = weigh(&c, strict);
        if (mass >= (strict == TRUST_ALL ? 600 : 250) || mass >= 0.3 * all) {
            break;
        }
    }
    weigh(&c, strict);
    if (all <= 0) {
        return take_short_notes(&c, reason);
    }
    uint32_t container = densest(&c);
    size_t first = c.at[container], end = c.at[tree->nodes.items[container].end];
    if (is_index(&c, first, end)) {
        *reason = KH_STR("index_page");
        return false;
    }
    judge_region(&c, first, end, strict);
    if (title_block != KH_NO_BLOCK) {
        set(&c.blocks[title_block], KH_ROLE_TITLE, true, "title");
    }
    return true;
}
