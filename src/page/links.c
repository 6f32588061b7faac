/* links.c - where the text of an article points: the words of each link and its address.
 *
 *     <p>وقالت <a href="/tags/derna">بلدية درنة</a> إن ...</p>      بلدية درنة, https://news.example/tags/derna
 *
 * A block's text is the text of its nodes with white space collapsed, so the two are walked side by side over
 * everything but white space; what lies under an <a> becomes a span. Links of the body and of captions
 * are kept, those to a place of the same page and those that are no web address are not. What it gets
 * wrong: links that a script makes of other elements.
 */
#include "page/parts.h"

static size_t skip_space(kh_str s, size_t at)
{
    for (size_t len = 0; at < s.len && (len = kh_space_at(s, at)) > 0; at += len) {
    }
    return at;
}

/* The part of TEXT from AT on that the node's text fills. */
static kh_span span_of_node(kh_str text, size_t at, kh_str node)
{
    at = skip_space(text, at);
    size_t begin = at, end = at;
    for (size_t i = skip_space(node, 0); i < node.len && at < text.len; i = skip_space(node, i + 1)) {
        end = at + 1;
        at = skip_space(text, at + 1);
    }
    return (kh_span){(uint32_t)begin, (uint32_t)end};
}

static uint32_t link_of(const kh_tree *tree, const kh_block *b, uint32_t node)
{
    while (node && node != b->node && tree->nodes.items[node].tag != KH_TAG_a) {
        node = tree->nodes.items[node].parent;
    }
    return tree->nodes.items[node].tag == KH_TAG_a ? node : 0;
}

void kh_links_add(kh_arena *out, const kh_tree *tree, const kh_block *b, kh_span line, kh_str base, kh_article *art)
{
    size_t at = 0;
    uint32_t before = 0;
    for (uint32_t i = b->first; i <= b->last && art->links.count < KH_LINKS_MAX; i++) {
        const kh_node *node = &tree->nodes.items[i];
        if (node->tag != KH_TAG_TEXT) {
            continue;
        }
        kh_span span = span_of_node(b->text, at, node->text);
        at = span.end > span.begin ? span.end : at;
        uint32_t link = span.end > span.begin ? link_of(tree, b, node->parent) : 0;
        if (link && link == before) {
            art->links.items[art->links.count - 1].span.end = line.begin + span.end;
        } else if (link) {
            kh_str href = kh_node_attr(tree, &tree->nodes.items[link], KH_ATTR_HREF);
            kh_str url = kh_str_starts(href, KH_STR("#")) ? (kh_str){0} : kh_url_join(out, base, href);
            if (!url.len) {
                continue;
            }
            *KH_ADD(out, &art->links) = (kh_link){.span = {line.begin + span.begin, line.begin + span.end}, .url = url};
        }
        before = span.end > span.begin ? link : before;
    }
}
