/* graph.c - how a story's material travelled: speaker, agency, outlet, republisher, in layers from the side where reading begins.
 *
 *     Yaqub Sermet ┄┄┄ Halyard ┄┄┄ The Tarn Observer ─── صحيفة رمال  71 %
 *
 * A solid edge is evidence of text: the share of the copy that is in its original, which leads to both texts side by side. A
 * dashed edge is a credit: words on the page that name where the material is from. Layers are ordered by barycentres (Sugiyama,
 * Tagawa and Toda 1981, two sweeps down and two up), so that edges cross little. Boxes are HTML in the picture: their text is cut
 * with an ellipsis by the browser, in any script. Under a right-to-left interface the layers run from the right.
 *
 * The same as a list stands beneath, each copy indented under what it was made from: for readers who do not see the picture.
 *
 * Gets wrong: a speaker who is named by two spellings that share no name of the story has two boxes.
 */
#include "html/write.h"

#include <stdlib.h>

enum { SPEAKERS, AGENCIES, OUTLETS, REPUBLISHERS, LAYERS, NODE_HEIGHT = 30, BOX_HEIGHT = 24, SWEEPS = 4, TOP = 30 };

#define BOX_WIDTH 21.0
#define LAYER_STEP 26.3

typedef struct node {
    kh_str label, lang;
    uint32_t article;    /* OUTLETS, REPUBLISHERS: of the story; else UINT32_MAX */
    const kh_copy *copy; /* REPUBLISHERS: the edge into it */
    uint32_t place;      /* in its layer */
    double wish;         /* the mean place of its neighbours */
} node;

typedef struct edge {
    uint8_t from_layer, to_layer;
    uint32_t from, to; /* nodes of the layers */
    bool solid;
} edge;

typedef struct graph {
    kh_html *h;
    const kh_sheet *sheet;
    KH_LIST(node) layers[LAYERS];
    KH_LIST(edge) edges;
    const kh_copy **copy_of; /* by article: the best edge into it, NULL when it is no copy */
    uint32_t *node_of;       /* of an article, UINT32_MAX when it has no box */
    uint8_t *layer_of;
    size_t left_out;
} graph;

/* ---- building ---- */

static uint32_t add_node(graph *g, int layer, node n)
{
    if (g->layers[layer].count == KH_HTML_NODES_MAX) {
        g->left_out++;
        return UINT32_MAX;
    }
    n.place = (uint32_t)g->layers[layer].count;
    *KH_ADD(g->h->out->arena, &g->layers[layer]) = n;
    return n.place;
}

/* The box with this label, made when there is none: speakers and agencies. */
static uint32_t labelled(graph *g, int layer, kh_str label, kh_str lang)
{
    KH_EACH(const node, n, g->layers[layer]) {
        if (kh_str_eq(n->label, label)) {
            return n->place;
        }
    }
    return add_node(g, layer, (node){.label = label, .lang = lang, .article = UINT32_MAX});
}

static void add_edge(graph *g, int from_layer, uint32_t from, int to_layer, uint32_t to, bool solid)
{
    if (from == UINT32_MAX || to == UINT32_MAX) {
        return;
    }
    KH_EACH(const edge, e, g->edges) {
        if (e->from_layer == from_layer && e->to_layer == to_layer && e->from == from && e->to == to) {
            return;
        }
    }
    *KH_ADD(g->h->out->arena, &g->edges) = (edge){(uint8_t)from_layer, (uint8_t)to_layer, from, to, solid};
}

static void add_pages(graph *g)
{
    const kh_story *s = g->sheet->story;
    for (uint32_t i = 0; i < s->articles.count; i++) {
        const kh_article *a = s->articles.items[i];
        const kh_copy *c = kh_sheet_copy(s, i);
        g->copy_of[i] = c;
        g->layer_of[i] = c ? REPUBLISHERS : OUTLETS;
        g->node_of[i] =
            add_node(g, g->layer_of[i],
                     (node){.label = kh_html_outlet(a), .lang = a->outlet.value.len ? a->lang : (kh_str){0}, .article = i, .copy = c});
    }
    KH_EACH(const kh_copy, c, s->copies) {
        add_edge(g, g->layer_of[c->src], g->node_of[c->src], g->layer_of[c->dst], g->node_of[c->dst], true);
    }
}

static void add_origins(graph *g)
{
    KH_EACH(const kh_origin, o, g->sheet->story->origins) {
        uint32_t n = o->agency.len ? labelled(g, AGENCIES, kh_html_origin_name(g->h, o), (kh_str){0}) : UINT32_MAX;
        KH_EACH(const uint32_t, i, o->articles) {
            if (g->layer_of[*i] == OUTLETS) {
                add_edge(g, AGENCIES, n, OUTLETS, g->node_of[*i], false);
            }
        }
    }
}

/* The spelling that the story uses for the speaker of HOP. */
static kh_str speaker_name(const graph *g, uint32_t page, const kh_hop *hop)
{
    KH_EACH(const kh_shared_name, shared, g->sheet->story->names) {
        if (hop->id.len && kh_str_eq(shared->id, hop->id)) {
            return shared->label;
        }
        KH_EACH(const kh_name_in, in, shared->members) {
            const kh_article *a = g->sheet->story->articles.items[in->article];
            if (in->article == page && kh_str_eq(a->names.items[in->name].label, hop->label)) {
                return shared->label;
            }
        }
    }
    return hop->label;
}

/* Of pages that are no copies only: a copy's speakers are its original's. */
static void add_speakers(graph *g)
{
    const kh_story *s = g->sheet->story;
    for (uint32_t i = 0; i < s->articles.count; i++) {
        const kh_article *a = s->articles.items[i];
        for (size_t k = 0; k < a->chains.count && g->layer_of[i] == OUTLETS; k++) {
            const kh_chain *c = &a->chains.items[k];
            const kh_hop *first = c->hops.count ? &c->hops.items[0] : NULL;
            const kh_hop *agency = NULL;
            KH_EACH(const kh_hop, hop, c->hops) {
                agency = hop->role == KH_HOP_AGENCY ? hop : agency;
            }
            if (!first || first->role != KH_HOP_SPEAKER || !first->label.len) {
                continue;
            }
            uint32_t from = labelled(g, SPEAKERS, speaker_name(g, i, first), a->lang);
            if (agency) {
                kh_str label = g->h->frame->agency(g->h->frame->know, agency->id);
                add_edge(g, SPEAKERS, from, AGENCIES, labelled(g, AGENCIES, label.len ? label : agency->label, (kh_str){0}), false);
            } else {
                add_edge(g, SPEAKERS, from, OUTLETS, g->node_of[i], false);
            }
        }
    }
}

/* ---- order ---- */

static int by_wish(const void *a, const void *b)
{
    const node *x = a;
    const node *y = b;
    int order = (x->wish > y->wish) - (x->wish < y->wish);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

static node *end_of(graph *g, const edge *e, bool from)
{
    return from ? &g->layers[e->from_layer].items[e->from] : &g->layers[e->to_layer].items[e->to];
}

/* Each node of LAYER wishes to stand at the mean of its neighbours; edges keep their node by its place. */
static void settle(graph *g, int layer)
{
    size_t count = g->layers[layer].count;
    uint32_t *moved = KH_NEW_N(g->h->out->arena, uint32_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        node *n = &g->layers[layer].items[i];
        double sum = 0;
        size_t neighbours = 0;
        KH_EACH(const edge, e, g->edges) {
            bool is_from = e->from_layer == layer && e->from == i;
            bool is_to = e->to_layer == layer && e->to == i;
            if (is_from != is_to) {
                sum += end_of(g, e, is_to)->place;
                neighbours++;
            }
        }
        n->wish = neighbours ? sum / (double)neighbours : (double)i;
    }
    if (count) {
        qsort(g->layers[layer].items, count, sizeof *g->layers[layer].items, by_wish);
    }
    for (size_t i = 0; i < count; i++) {
        moved[g->layers[layer].items[i].place] = (uint32_t)i;
    }
    KH_EACH(edge, e, g->edges) {
        e->from = e->from_layer == layer ? moved[e->from] : e->from;
        e->to = e->to_layer == layer ? moved[e->to] : e->to;
    }
    for (size_t i = 0; i < count; i++) {
        g->layers[layer].items[i].place = (uint32_t)i;
    }
}

static void order(graph *g)
{
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        for (int i = 0; i < LAYERS; i++) {
            settle(g, sweep % 2 ? LAYERS - 1 - i : i);
        }
    }
}

/* ---- drawing ---- */

static unsigned y_of(const graph *g, int layer, uint32_t place)
{
    size_t most = 1;
    for (int i = 0; i < LAYERS; i++) {
        most = g->layers[i].count > most ? g->layers[i].count : most;
    }
    size_t free = most - g->layers[layer].count;
    return (unsigned)(TOP + (place * NODE_HEIGHT) + free * NODE_HEIGHT / 2);
}

static unsigned height_of(const graph *g)
{
    size_t most = 1;
    for (int i = 0; i < LAYERS; i++) {
        most = g->layers[i].count > most ? g->layers[i].count : most;
    }
    return (unsigned)(TOP + most * NODE_HEIGHT + 8);
}

/* The side of a box where reading ends (END) or begins, in percent of the picture. */
static double x_of(const graph *g, int layer, bool end)
{
    double x = layer * LAYER_STEP + (end ? BOX_WIDTH : 0);
    return kh_html_is_rtl(g->h) ? 100 - x : x;
}

static void draw_edge(const graph *g, const edge *e)
{
    bool sideways = e->from_layer == e->to_layer;
    double x1 = x_of(g, e->from_layer, !sideways);
    double x2 = x_of(g, e->to_layer, false);
    unsigned y1 = y_of(g, e->from_layer, e->from) + BOX_HEIGHT / 2;
    unsigned y2 = y_of(g, e->to_layer, e->to) + BOX_HEIGHT / 2;
    kh_buf_printf(g->h->out, "<line class=\"%s%s\" x1=\"%.2f%%\" y1=\"%u\" x2=\"%.2f%%\" y2=\"%u\"/>\n", e->solid ? "text" : "credit",
                  sideways ? " sideways" : "", x1, y1, x2, y2);
}

static void share_link(kh_html *h, const kh_story *s, const kh_copy *c)
{
    kh_str query = kh_arena_printf(h->out->arena, "/sides?a=%lld&b=%lld", (long long)s->articles.items[c->src]->id,
                                   (long long)s->articles.items[c->dst]->id);
    kh_html_put(h, " <a class=\"share\"");
    kh_html_story_href(h, s->id, query.ptr);
    kh_html_put(h, "><span class=\"off\">");
    kh_html_tn(h, "copy", kh_copy_kind_name(c->kind));
    kh_html_put(h, ", ");
    kh_html_t(h, "side_by_side");
    kh_html_put(h, ": </span>");
    kh_str percent = kh_html_number(h, (uint64_t)(c->cover_dst * 100 + 0.5F));
    kh_html_say(h, "percent", &percent, 1);
    kh_html_put(h, "</a>");
}

static void draw_node(const graph *g, int layer, const node *n)
{
    kh_html *h = g->h;
    const kh_story *s = g->sheet->story;
    double x = x_of(g, layer, kh_html_is_rtl(h));
    kh_buf_printf(h->out, "<foreignObject x=\"%.2f%%\" y=\"%u\" width=\"%.1f%%\" height=\"%d\"><div class=\"node l%d\">", x,
                  y_of(g, layer, n->place), BOX_WIDTH, BOX_HEIGHT, layer);
    if (n->article == UINT32_MAX) {
        kh_html_bdi(h, n->label, n->lang);
    } else {
        const kh_article *a = s->articles.items[n->article];
        kh_html_put(h, "<a");
        kh_html_article_href(h, a->id);
        kh_html_attr(h, "title", a->title.value.len ? a->title.value : a->label);
        kh_html_lang(h, n->lang);
        kh_html_put(h, ">");
        kh_html_text(h, n->label);
        kh_html_put(h, "</a>");
        if (n->copy && n->copy->cover_dst > 0) {
            share_link(h, s, n->copy);
        }
    }
    kh_html_put(h, "</div></foreignObject>\n");
}

static void layer_names(const graph *g)
{
    static const char *const keys[LAYERS] = {"graph.speakers", "graph.agencies", "graph.outlets", "graph.republishers"};
    for (int i = 0; i < LAYERS; i++) {
        if (g->layers[i].count) {
            kh_buf_printf(g->h->out, "<text class=\"layer\" x=\"%.2f%%\" y=\"16\">", x_of(g, i, false));
            kh_html_t(g->h, keys[i]);
            kh_html_put(g->h, "</text>");
        }
    }
    kh_html_put(g->h, "\n");
}

static void draw(const graph *g)
{
    kh_html *h = g->h;
    kh_html_put(h, "<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
    kh_html_attr(h, "aria-label", kh_html_word(h, "graph.title"));
    kh_buf_printf(
        h->out,
        ">\n<svg class=\"graph\" width=\"100%%\" height=\"%u\" role=\"group\" aria-labelledby=\"g-title g-desc\"><title id=\"g-title\">",
        height_of(g));
    kh_html_t(h, "graph.title");
    kh_html_put(h, "</title><desc id=\"g-desc\">");
    kh_html_t(h, "graph.desc");
    kh_html_put(h, "</desc>\n");
    layer_names(g);
    KH_EACH(const edge, e, g->edges) {
        draw_edge(g, e);
    }
    for (int i = 0; i < LAYERS; i++) {
        KH_EACH(const node, n, g->layers[i]) {
            draw_node(g, i, n);
        }
    }
    kh_html_put(h, "</svg></div>\n<p class=\"legend\"><span class=\"key text\"></span> ");
    kh_html_t(h, "graph.solid");
    kh_html_put(h, " <span class=\"key credit\"></span> ");
    kh_html_t(h, "graph.dashed");
    kh_html_put(h, "</p>\n");
    if (g->left_out) {
        kh_html_put(h, "<p class=\"note\">");
        kh_html_count(h, "graph.left_out", g->left_out);
        kh_html_put(h, "</p>\n");
    }
}

/* ---- the same as a list ---- */

static void list_page(const graph *g, uint32_t i, const kh_copy *via, unsigned depth)
{
    kh_html *h = g->h;
    const kh_story *s = g->sheet->story;
    const kh_article *a = s->articles.items[i];
    kh_html_put(h, "<li>");
    kh_html_source_link(h, a, (kh_span){0});
    kh_html_put(h, " <span class=\"from\">");
    kh_html_time(h, a->published.when.from);
    kh_html_put(h, "</span>");
    if (via) {
        kh_html_put(h, " <span class=\"chip copy\">");
        kh_html_tn(h, "copy", kh_copy_kind_name(via->kind));
        kh_html_put(h, "</span>");
        if (via->cover_dst > 0) {
            share_link(h, s, via);
        }
    }
    bool open = false;
    for (uint32_t k = 0; k < s->articles.count && depth < 8 && !kh_html_is_full(h); k++) {
        const kh_copy *c = g->copy_of[k];
        if (c && c->src == i && k != i) {
            kh_html_put(h, open ? "" : "\n<ul>\n");
            open = true;
            list_page(g, k, c, depth + 1);
        }
    }
    kh_html_put(h, open ? "</ul></li>\n" : "</li>\n");
}

static void list(const graph *g)
{
    kh_html *h = g->h;
    const kh_story *s = g->sheet->story;
    kh_html_put(h, "<ul class=\"tree\">\n");
    KH_EACH(const kh_origin, o, s->origins) {
        kh_html_put(h, "<li><strong>");
        kh_html_origin(h, o);
        kh_html_put(h, "</strong>\n<ul>\n");
        KH_EACH(const uint32_t, i, o->articles) {
            if (!g->copy_of[*i] && !kh_html_is_full(h)) {
                list_page(g, *i, NULL, 0);
            }
        }
        kh_html_put(h, "</ul></li>\n");
    }
    kh_html_put(h, "</ul>\n");
}

void kh_html_graph(kh_html *h, const kh_story_view *view)
{
    kh_arena *out = h->out->arena;
    kh_sheet sheet = kh_sheet_of(out, view->story);
    graph g = {.h = h, .sheet = &sheet};
    g.copy_of = KH_NEW_N(out, const kh_copy *, view->story->articles.count + 1);
    g.node_of = KH_NEW_N(out, uint32_t, view->story->articles.count + 1);
    g.layer_of = KH_NEW_N(out, uint8_t, view->story->articles.count + 1);
    add_pages(&g);
    add_origins(&g);
    add_speakers(&g);
    order(&g);
    kh_html_begin(h, kh_html_word(h, "story.graph"), KH_AT_STORY, (kh_str){0}, false);
    kh_html_put(h, "<p class=\"back\"><a");
    kh_html_story_href(h, view->story->id, "");
    kh_html_lang(h, view->story->articles.count ? view->story->articles.items[view->story->leading]->lang : h->frame->ui);
    kh_html_put(h, ">");
    kh_html_text(h, view->story->title.len ? view->story->title : kh_html_word(h, "no_title"));
    kh_html_put(h, "</a></p>\n<h1>");
    kh_html_t(h, "story.graph");
    kh_html_put(h, "</h1>\n");
    draw(&g);
    kh_html_put(h, "<h2>");
    kh_html_t(h, "graph.as_list");
    kh_html_put(h, "</h2>\n");
    list(&g);
    kh_html_end(h);
}
