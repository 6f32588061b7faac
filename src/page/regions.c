/* regions.c - parts of a page that may be the article: several methods, each with its own blind spot.
 *
 *   dense   from the root down into the child that holds most of the prose, until it falls into like
 *           parts (Sun, Song and Liao, "DOM based content extraction via text density", 2011); once for
 *           each degree of trust in class words. Loses what stands in a second container.
 *   scored  paragraphs give points to the two elements above them; the best of these and like
 *           neighbours (Arc90's readability). Finds bodies in many small parts; takes neighbours in.
 *   named   the <article>, <main>, role=main or itemprop=articleBody with most prose. As good as its
 *           page is honest.
 *   headed  the smallest element that holds the headline and prose, and the next one that holds half
 *           as much again. Blind where headline and body stand far apart.
 *   run     no tree at all: the run of lines behind the headline in which prose outweighs links and
 *           short lines most (Pasternack and Roth, "Extracting article text from the web with maximum
 *           subsequence segmentation", 2009).
 *
 *     <h1>سقوط الجسر</h1> <div><p>وقال ...</p></div> <div class=ad/> <div><p>وأضاف ...</p></div>
 *     dense: the first div; run: from وقال to وأضاف
 *
 * What it gets wrong: a report that stands in two places with prose of the site between them.
 */
#include "page/body.h"

#include <string.h>

/* Shares of the weight: a child that holds this much is gone into, this much even if it has
 * twins; twins hold so much together. */
#define MOST_SHARE 0.6
#define ALL_SHARE 0.9
#define TWIN_SHARE 0.05

/* A line of links costs what so many letters of prose give, a short line less. */
#define LINK_COST 60.0
#define SHORT_COST 12.0
#define OUT_COST 1.0

/* Letters that make a note. */
#define NOTE 150.0

static bool same_candidate(const kh_candidate *x, const kh_candidate *y)
{
    return x->first == y->first && x->end == y->end && x->trust == y->trust;
}

static void add(const kh_search *s, kh_candidates *found, kh_candidate c)
{
    c.first = c.first > s->from ? c.first : (uint32_t)s->from;
    if (c.end <= c.first || found->count == KH_CANDIDATES_MAX) {
        return;
    }
    for (size_t i = 0; i < found->count; i++) {
        if (same_candidate(&found->items[i], &c)) {
            return;
        }
    }
    found->items[found->count++] = c;
}

static void add_node(const kh_search *s, kh_candidates *found, uint32_t node, kh_trust trust, const char *name)
{
    uint32_t end = s->tree->nodes.items[node].end;
    add(s, found, (kh_candidate){s->at[node], s->at[end], trust, name});
}

/* ---- dense ---- */

static uint32_t heaviest_child(const kh_search *s, uint32_t node, double *mass)
{
    uint32_t best = 0;
    *mass = 0;
    const kh_node *nodes = s->tree->nodes.items;
    for (uint32_t k = node + 1; k < nodes[node].end; k = nodes[k].end) {
        double m = kh_search_mass(s, k);
        if (m > *mass) {
            *mass = m;
            best = k;
        }
    }
    return best;
}

/* Does a sibling of CHILD carry prose of the same kind: a paragraph by itself, or an element of
 * the same name and class? Then the body is in several parts and their parent holds it. */
static bool has_twin(const kh_search *s, uint32_t parent, uint32_t child)
{
    const kh_node *nodes = s->tree->nodes.items;
    kh_str class = kh_node_attr(s->tree, &nodes[child], KH_ATTR_CLASS);
    double other = 0;
    for (uint32_t k = parent + 1; k < nodes[parent].end; k = nodes[k].end) {
        bool paragraph = nodes[k].tag == KH_TAG_p || nodes[k].tag == KH_TAG_blockquote || nodes[k].tag == KH_TAG_TEXT;
        bool same = nodes[k].tag == nodes[child].tag && kh_str_eq(kh_node_attr(s->tree, &nodes[k], KH_ATTR_CLASS), class);
        if (k != child && (paragraph || same)) {
            other += kh_search_mass(s, k);
        }
    }
    return other > TWIN_SHARE * kh_search_mass(s, parent);
}

/* From the root down as long as one child holds nearly all prose, or most of it and nothing like
 * it beside. */
static uint32_t densest(const kh_search *s)
{
    uint32_t node = 0;
    for (;;) {
        double mass = 0;
        uint32_t child = heaviest_child(s, node, &mass);
        double share = mass / (kh_search_mass(s, node) + 1e-9);
        bool block = kh_tag_class_of(s->tree->nodes.items[child].tag) == KH_TAG_BLOCK;
        if (!block || share < MOST_SHARE || (share < ALL_SHARE && has_twin(s, node, child))) {
            return node;
        }
        node = child;
    }
}

/* ---- scored ---- */

static double points_of(const kh_block *b)
{
    double length = b->shape.letters / 100.0;
    double links = b->shape.letters ? (double)b->link_letters / b->shape.letters : 0;
    return (1 + b->shape.commas + (length < 3 ? length : 3)) * (1 - links);
}

/* The element that most points reach: all of a paragraph's for the element it stands in, half for the
 * one above. 0 when there is none. */
static uint32_t best_scored(const kh_search *s, kh_trust trust, double *points)
{
    const kh_node *nodes = s->tree->nodes.items;
    memset(points, 0, s->tree->nodes.count * sizeof *points);
    uint32_t best = 0;
    for (size_t i = s->from; i < s->count; i++) {
        const kh_block *b = &s->blocks[i];
        if (kh_block_weight(b, trust) > 0) {
            uint32_t own = nodes[b->first].parent;
            while (own && kh_tag_class_of(nodes[own].tag) != KH_TAG_BLOCK) {
                own = nodes[own].parent;
            }
            bool paragraph = nodes[own].tag == KH_TAG_p || nodes[own].tag == KH_TAG_li || nodes[own].tag == KH_TAG_blockquote;
            uint32_t near = paragraph ? nodes[own].parent : own;
            uint32_t far = nodes[near].parent;
            points[near] += points_of(b);
            points[far] += points_of(b) / 2;
            best = !best || points[near] > points[best] ? near : best;
            best = points[far] > points[best] ? far : best;
        }
    }
    return best;
}

/* The best element with the neighbours that have a fifth of its points or are paragraphs of prose. */
static void add_scored(kh_search *s, kh_candidates *found, kh_trust trust)
{
    double *points = KH_NEW_N(s->a, double, s->tree->nodes.count);
    uint32_t best = best_scored(s, trust, points);
    const kh_node *nodes = s->tree->nodes.items;
    uint32_t parent = nodes[best].parent, first = s->at[best], end = s->at[nodes[best].end];
    for (uint32_t k = parent + 1; k < nodes[parent].end; k = nodes[k].end) {
        bool paragraph = nodes[k].tag == KH_TAG_p && kh_search_mass(s, k) > 0;
        if (paragraph || points[k] * 5 >= points[best]) {
            first = s->at[k] < first ? s->at[k] : first;
            end = s->at[nodes[k].end] > end ? s->at[nodes[k].end] : end;
        }
    }
    add(s, found, (kh_candidate){first, end, trust, "scored"});
}

/* ---- named ---- */

static bool is_named(const kh_tree *tree, const kh_node *node)
{
    return node->tag == KH_TAG_article || node->tag == KH_TAG_main ||
           kh_str_eq(kh_node_attr(tree, node, KH_ATTR_ITEMPROP), KH_STR("articleBody")) ||
           kh_str_eq(kh_node_attr(tree, node, KH_ATTR_ROLE), KH_STR("main"));
}

/* The heaviest; of nested ones with nearly the same prose the inner. */
static void add_named(const kh_search *s, kh_candidates *found, kh_trust trust)
{
    uint32_t best = 0;
    double most = 0;
    for (uint32_t n = 1; n < s->tree->nodes.count; n++) {
        const kh_node *node = &s->tree->nodes.items[n];
        if (kh_tag_class_of(node->tag) == KH_TAG_BLOCK && is_named(s->tree, node)) {
            double mass = kh_search_mass(s, n);
            bool inside = best && n < s->tree->nodes.items[best].end;
            if (mass > most || (inside && mass > ALL_SHARE * most)) {
                most = mass > most ? mass : most;
                best = n;
            }
        }
    }
    if (best) {
        add_node(s, found, best, trust, "named");
    }
}

/* ---- headed ---- */

static void add_headed(const kh_search *s, kh_candidates *found, kh_trust trust)
{
    const kh_node *nodes = s->tree->nodes.items;
    uint32_t node = s->title == KH_NO_BLOCK ? 0 : s->blocks[s->title].node;
    double held = NOTE / 1.5;
    for (int added = 0; node && added < 2; node = nodes[node].parent) {
        double mass = kh_search_mass(s, node);
        if (mass >= 1.5 * held) {
            add_node(s, found, node, trust, "headed");
            held = mass;
            added++;
        }
    }
}

/* ---- run ---- */

static double gain_of(const kh_block *b, kh_trust trust)
{
    double weight = kh_block_weight(b, trust);
    if (weight > 0) {
        return weight;
    }
    if (kh_block_is_out(b, trust)) {
        return -OUT_COST;
    }
    return kh_block_is_linky(b) || b->furniture != KH_FURNITURE_NONE ? -LINK_COST : -SHORT_COST;
}

static void add_run(const kh_search *s, kh_candidates *found, kh_trust trust)
{
    double sum = 0, most = 0;
    uint32_t begin = (uint32_t)s->from, first = begin, end = begin;
    for (uint32_t i = begin; i < s->count; i++) {
        if (sum <= 0) {
            sum = 0;
            begin = i;
        }
        sum += gain_of(&s->blocks[i], trust);
        if (sum > most) {
            most = sum;
            first = begin;
            end = i + 1;
        }
    }
    add(s, found, (kh_candidate){first, end, trust, "run"});
}

void kh_regions_find(kh_search *s, kh_candidates *found)
{
    for (kh_trust trust = KH_TRUST_ALL; trust <= KH_TRUST_NONE; trust++) {
        if (kh_search_weigh(s, trust) > 0) {
            add_node(s, found, densest(s), trust, "dense");
            if (trust == KH_TRUST_ALL || trust == KH_TRUST_FEW) {
                add_named(s, found, trust);
                add_headed(s, found, trust);
                add_scored(s, found, trust);
                add_run(s, found, trust);
            }
        }
    }
}
