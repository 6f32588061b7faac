/* body.c - which of the visible lines are the article, or why none is.
 *
 * What no method changes is settled first: which lines the page's JSON-LD articleBody says too, where
 * under a visible headline the article can begin, which parts a heading gives to comments, other
 * reports or a note about the author. Then several methods propose a part of the page (regions.c), one
 * is chosen (choose.c), and its lines get their roles (roles.c):
 *
 *     <div class=teasers> ... <article> <h1>سقوط الجسر</h1> <p>وقال ...</p> <h3>اقرأ أيضا</h3> <ul> ...
 *                             dense, named: this part                     related: out up to its end
 *
 * A page without an article says so: a list of linked headings over short paragraphs is an
 * index_page; a page that shows only a line about subscriptions is a paywall; one that has words but no
 * sentence of a report has no_text; one without words is empty.
 *
 * What it gets wrong: reports of one or two sentences beside long comments without a heading; a
 * section's front page with a headline of its own that looks like a sentence.
 */
#include "page/body.h"

enum {
    ENOUGH = 250, /* letters that make a short report */
    SHORT_NOTES_MAX = 12
};

/* What stands before a visible headline is not under it, if there is prose enough behind. */
static void start_at_title(kh_search *s)
{
    if (s->title == KH_NO_BLOCK) {
        return;
    }
    double before = 0, behind = 0;
    for (size_t i = 0; i < s->count; i++) {
        *(i < s->title ? &before : &behind) += kh_block_weight(&s->blocks[i], KH_TRUST_SURE);
    }
    s->from = behind >= ENOUGH || 3 * behind >= before ? s->title : 0;
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

/* Polynomial hash of AGREE_BYTES bytes, and the weight of the first of them. */
#define STEP 0x9E3779B97F4A7C15u

static uint64_t window_hash(const char *p)
{
    uint64_t h = 0;
    for (size_t i = 0; i < AGREE_BYTES; i++) {
        h = h * STEP + (unsigned char)p[i];
    }
    return h;
}

static uint64_t first_weight(void)
{
    uint64_t w = 1;
    for (size_t i = 0; i < AGREE_BYTES; i++) {
        w *= STEP;
    }
    return w;
}

/* The heads of all prose blocks by their hash; several blocks may begin alike: next[i] is the one
 * before with the same head, plus one. */
static bool heads_of(kh_search *s, kh_map *heads, uint32_t *next)
{
    bool any = false;
    for (uint32_t i = 0; i < s->count; i++) {
        const kh_block *b = &s->blocks[i];
        if (b->prose && b->text.len >= AGREE_BYTES) {
            uint32_t *slot = kh_map_put(s->a, heads, window_hash(b->text.ptr), NULL);
            next[i] = *slot;
            *slot = i + 1;
            any = true;
        }
    }
    return any;
}

/* Marks the blocks that begin as something in the articleBody does: precise where it exists, but
 * often cut short, so it tells where the article is, not where it ends. One pass over it with a
 * rolling hash (Karp and Rabin 1987). */
static void mark_agreement(kh_search *s)
{
    kh_map heads = {0};
    uint32_t *next = KH_NEW_N(s->a, uint32_t, s->count + 1);
    if (s->meta->json_body.len < SAID_BYTES || !heads_of(s, &heads, next)) {
        return;
    }
    kh_str said = plain_text(s->a, s->meta->json_body);
    uint64_t hash = said.len >= AGREE_BYTES ? window_hash(said.ptr) : 0, first = first_weight();
    for (size_t at = 0; at + AGREE_BYTES <= said.len; at++) {
        uint32_t *slot = kh_map_get(&heads, hash);
        for (uint32_t i = slot ? *slot : 0; i; i = next[i - 1]) {
            s->blocks[i - 1].agrees = true;
        }
        if (slot) {
            *slot = 0; /* told once: a body that says it a thousand times costs no more */
        }
        if (at + AGREE_BYTES < said.len) {
            hash = hash * STEP + (unsigned char)said.ptr[at + AGREE_BYTES] - first * (unsigned char)said.ptr[at];
        }
    }
}

/* ---- sections that a heading opens ---- */

/* The part of the page that block B heads: the largest ancestor that begins with it; where that
 * holds nothing else and SIBLINGS are wanted, what follows in the parent. Without SIBLINGS a line
 * between two <br> heads no paragraph of its own element. Gives the block behind its end. */
static size_t section_end(const kh_search *s, size_t b, bool siblings, const uint32_t *later)
{
    const kh_node *nodes = s->tree->nodes.items;
    uint32_t node = s->blocks[b].node;
    while (node && s->at[nodes[node].parent] == b) {
        node = nodes[node].parent;
    }
    size_t end = s->at[nodes[node].end];
    if (end <= b + 1 && siblings) {
        end = s->at[nodes[nodes[node].parent].end];
    }
    return !siblings && later[b] > b && later[b] < end ? later[b] : end;
}

/* For each block the next paragraph that stands in the same element, by one pass from the end; 0 when
 * there is none. */
static uint32_t *later_prose(const kh_search *s)
{
    uint32_t *later = KH_NEW_N(s->a, uint32_t, s->count + 1);
    uint32_t *by_node = KH_NEW_N(s->a, uint32_t, s->tree->nodes.count);
    for (size_t i = s->count; i-- > 0;) {
        const kh_block *b = &s->blocks[i];
        later[i] = by_node[b->node];
        by_node[b->node] = b->prose ? (uint32_t)i : by_node[b->node];
    }
    return later;
}

static bool heads_section(const kh_block *b)
{
    return !kh_block_is_linky(b) && b->shape.words <= 8 && !b->out;
}

/* "Comments" behind the report opens comments, "اقرأ أيضا" other reports: all of the section is
 * out. */
static void mark_sections(kh_search *s)
{
    kh_search_weigh(s, KH_TRUST_ALL);
    const uint32_t *later = later_prose(s);
    double before = 0;
    for (size_t i = s->from; i < s->count; i++) {
        const kh_block *b = &s->blocks[i];
        bool comments = b->furniture == KH_FURNITURE_COMMENTS && before >= ENOUGH;
        bool related = b->furniture == KH_FURNITURE_RELATED || b->furniture == KH_FURNITURE_BIO ||
                       b->furniture == KH_FURNITURE_NEWSLETTER || (b->furniture == KH_FURNITURE_COPYRIGHT && kh_block_is_heading(b));
        if (!heads_section(b) || !(comments || related)) {
            before += kh_block_weight(b, KH_TRUST_ALL);
            continue;
        }
        size_t end = section_end(s, i, comments, later);
        if (related && s->mass[end] - s->mass[i] > before / 2) {
            continue;
        }
        for (size_t k = i; k < end; k++) {
            s->blocks[k].marks |= KH_MARK_BIT(comments ? KH_MARK_COMMENTS : KH_MARK_RELATED);
            s->blocks[k].out = true;
        }
        i = end > i ? end - 1 : i;
    }
}

/* Headings that are links to other pages: what a list of reports is made of. */
static size_t linked_headings(const kh_search *s, size_t first, size_t end)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++) {
        const kh_block *b = &s->blocks[i];
        count += kh_block_is_heading(b) && kh_block_is_linky(b) && !b->out && b->shape.words >= 2;
    }
    return count;
}

/* "Politics" over a list is the section's name, not a headline. */
static bool has_headline(const kh_search *s)
{
    enum { NAME_WORDS = 2 };
    return s->title != KH_NO_BLOCK && s->blocks[s->title].shape.words > NAME_WORDS;
}

/* A front page or a section's list: it has no headline, nothing says it is an article, and linked
 * headings stand between its paragraphs, one to two or more. */
static bool is_index(const kh_search *s, size_t first, size_t end)
{
    size_t prose = 0;
    for (size_t i = first; i < end; i++) {
        prose += s->blocks[i].prose && !kh_block_is_linky(&s->blocks[i]);
    }
    size_t headings = linked_headings(s, first, end);
    return !has_headline(s) && !s->meta->is_article && headings >= 5 && headings * 2 >= prose;
}

/* Of a list the chooser may like one entry best. */
static bool is_one_entry(const kh_search *s, const kh_candidate *c)
{
    size_t prose = 0;
    for (size_t i = c->first; i < c->end; i++) {
        prose += kh_block_weight(&s->blocks[i], KH_TRUST_NONE) > 0;
    }
    return prose <= 1 && is_index(s, 0, s->count);
}

static bool shows_paywall(const kh_search *s)
{
    for (size_t i = 0; i < s->count; i++) {
        const kh_block *b = &s->blocks[i];
        if (b->furniture == KH_FURNITURE_PAYWALL && !kh_block_is_linky(b) && !b->hidden) {
            return true;
        }
    }
    return false;
}

static kh_block as_role(kh_block b, kh_line_role role, const char *why)
{
    b.role = (uint8_t)role;
    b.kept = true;
    b.why = why;
    return b;
}

/* A page without any paragraph may still be a note of one line: ended lines outside all
 * furniture. */
static bool take_short_notes(const kh_search *s, kh_str *reason)
{
    size_t found = 0;
    for (size_t i = 0; i < s->count; i++) {
        kh_block *b = &s->blocks[i];
        bool note = i != s->title && !b->out && b->furniture == KH_FURNITURE_NONE && b->shape.ends_stop && b->shape.words >= 3 &&
                    !kh_block_is_linky(b) && !(b->marks & KH_MARK_BIT(KH_MARK_CAPTION));
        if (note && found < SHORT_NOTES_MAX) {
            *b = as_role(*b, KH_ROLE_BODY, "short note");
            found++;
        }
    }
    if (s->title != KH_NO_BLOCK) {
        s->blocks[s->title] = as_role(s->blocks[s->title], KH_ROLE_TITLE, "title");
    }
    if (!found) {
        *reason = !s->count                              ? KH_STR("empty")
                  : linked_headings(s, 0, s->count) >= 3 ? KH_STR("index_page")
                  : shows_paywall(s)                     ? KH_STR("paywall")
                                                         : KH_STR("no_text");
    }
    return found > 0;
}

kh_search kh_search_of(kh_arena *a, const kh_page_know *know, const kh_tree *tree, const kh_meta *meta, uint32_t title_block,
                       kh_blocks *blocks)
{
    kh_search s = {.a = a, .know = know, .tree = tree, .meta = meta, .blocks = blocks->items, .count = blocks->count, .title = title_block};
    s.mass = KH_NEW_N(a, double, s.count + 1);
    s.at = kh_blocks_by_node(a, tree, blocks);
    mark_agreement(&s);
    start_at_title(&s);
    mark_sections(&s);
    return s;
}

bool kh_body_choose(kh_arena *a, const kh_page_know *know, const kh_tree *tree, const kh_meta *meta, uint32_t title_block,
                    kh_blocks *blocks, kh_str *reason)
{
    kh_search s = kh_search_of(a, know, tree, meta, title_block, blocks);
    kh_candidates found = {0};
    kh_regions_find(&s, &found);
    if (!found.count) {
        return take_short_notes(&s, reason);
    }
    const kh_candidate *best = &found.items[kh_candidate_choose(&s, &found)];
    if (is_index(&s, best->first, best->end) || is_one_entry(&s, best)) {
        *reason = KH_STR("index_page");
        return false;
    }
    kh_roles_set(&s, best);
    if (title_block != KH_NO_BLOCK) {
        s.blocks[title_block] = as_role(s.blocks[title_block], KH_ROLE_TITLE, "title");
    }
    return true;
}
