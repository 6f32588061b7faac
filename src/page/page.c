/* page.c - from a page to an article's text and lines: the order of the steps, and the fields.
 *
 * HTML: tree (tree.c) -> what the page says of itself (meta.c) -> visible lines (blocks.c) ->
 * headline (title.c) -> which lines are the article (body.c) and which tell its day (stamps.c) ->
 * canonical text: the kept lines in page order, one below the other; the outlet (outlet.c). Scraped
 * text: the text itself, its lines judged (scraped.c). Text that is given as an article's own: every
 * line is body.
 *
 *     <meta property="og:site_name" content="صوت الوادي">   outlet, path meta[property=og:site_name]
 *     <html lang="fa-IR">                                            lang fa-IR, as declared
 *
 * A field is a span of the text where its value stands there, else its path alone is the
 * evidence. What it gets wrong: the lines of a page whose parts stand in another order than they are
 * shown.
 */
#include "page/parts.h"

#include <string.h>

kh_field kh_field_of(kh_arena *out, const kh_article *art, kh_str value, kh_str path, float confidence)
{
    if (!value.len) {
        return (kh_field){0};
    }
    kh_field f = {.value = kh_arena_copy(out, value), .path = path, .confidence = confidence};
    size_t at = kh_str_find(art->text, value);
    if (at < art->text.len) {
        f.span = (kh_span){(uint32_t)at, (uint32_t)(at + value.len)};
    }
    return f;
}

/* ---- the text ---- */

/* "html/body/div.story/p": tags from the root, with the first class word of each. */
static kh_str element_path(kh_arena *out, const kh_tree *tree, uint32_t node)
{
    uint32_t chain[KH_DEPTH_MAX + 1];
    size_t depth = 0;
    for (uint32_t n = node; n != 0 && depth <= KH_DEPTH_MAX; n = tree->nodes.items[n].parent) {
        chain[depth++] = n;
    }
    kh_buf b = {.arena = out};
    while (depth-- > 0) {
        const kh_node *n = &tree->nodes.items[chain[depth]];
        kh_str class = kh_str_trim(kh_node_attr(tree, n, KH_ATTR_CLASS));
        kh_str id = kh_str_trim(kh_node_attr(tree, n, KH_ATTR_ID));
        if (b.len) {
            kh_buf_char(&b, '/');
        }
        kh_buf_add(&b, kh_tag_name(n->tag));
        if (id.len && id.len < 40) {
            kh_buf_char(&b, '#');
            kh_buf_add(&b, id);
        } else if (class.len) {
            kh_str word = kh_str_head(class, kh_str_find(class, KH_STR(" ")));
            kh_buf_char(&b, '.');
            kh_buf_add(&b, kh_str_head(word, 40));
        }
    }
    return kh_buf_str(&b);
}

/* Where VALUE stands in the line at SPAN; nowhere when the line has other words. */
static kh_span span_of_value(const char *text, kh_span line, kh_str value)
{
    kh_str words = {text + line.begin, line.end - line.begin};
    size_t at = kh_str_find(words, value);
    uint32_t begin = line.begin + (uint32_t)at;
    return value.len && at < words.len ? (kh_span){begin, begin + (uint32_t)value.len} : (kh_span){0};
}

static void write_text(kh_arena *out, const kh_tree *tree, const kh_blocks *blocks, uint32_t title, kh_str base, kh_article *art)
{
    size_t bytes = 1;
    KH_EACH(const kh_block, b, *blocks) {
        bytes += b->kept ? b->text.len + 1 : 0;
    }
    char *text = KH_NEW_N(out, char, bytes);
    uint32_t len = 0;
    uint32_t node = UINT32_MAX;
    kh_str path = {0};
    for (uint32_t i = 0; i < blocks->count; i++) {
        const kh_block *b = &blocks->items[i];
        if (!b->kept) {
            continue;
        }
        if (b->node != node) {
            node = b->node;
            path = element_path(out, tree, node);
        }
        memcpy(text + len, b->text.ptr, b->text.len);
        kh_span span = {len, len + (uint32_t)b->text.len};
        *KH_ADD(out, &art->lines) = (kh_line){.span = span, .role = (kh_line_role)b->role, .path = path, .why = kh_str_z(b->why)};
        if (i == title) {
            art->title.span = span_of_value(text, span, art->title.value);
        }
        if (b->role == KH_ROLE_BODY || b->role == KH_ROLE_SUBHEAD || b->role == KH_ROLE_CAPTION) {
            kh_links_add(out, tree, b, span, base, art);
        }
        len = span.end;
        text[len++] = '\n';
    }
    art->text = (kh_str){text, len};
    art->tokens = kh_text_of(out, art->text);
}

static bool read_html(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_page *page, kh_article *art)
{
    kh_tree tree = kh_html_tree(&scratch, page->text);
    if (tree.too_complex) {
        return false;
    }
    kh_meta meta = kh_meta_of(out, &tree, page->url);
    kh_blocks blocks = kh_blocks_of(&scratch, know, &tree);
    uint32_t title = KH_NO_BLOCK;
    kh_title_choose(out, scratch, &tree, &meta, &blocks, page->url, art, &title);
    kh_body_choose(&scratch, know, &tree, &meta, title, &blocks, &art->reason);
    kh_stamps_keep(out, scratch, know, title, &blocks, &meta.dates);
    write_text(out, &tree, &blocks, title, kh_base_of(&scratch, &meta, page->url), art);
    kh_outlet_read(out, scratch, &tree, &meta, &blocks, title, page, art);
    kh_fields_read(out, scratch, know, &meta, &blocks, title, page, art);
    art->page_dates = meta.dates;
    return true;
}

static void take_as_body(kh_arena *out, kh_article *art)
{
    KH_EACH(const kh_stretch, line, art->tokens->lines) {
        if (!kh_span_empty(line->span)) {
            *KH_ADD(out, &art->lines) = (kh_line){.span = line->span, .role = KH_ROLE_BODY, .why = KH_STR("given")};
        }
    }
}

/* What the supplier said is believed. */
static void take_given(const kh_page *page, kh_article *art)
{
    static const kh_str given = {"given", 5};
    if (page->title.len) {
        art->title = (kh_field){.value = page->title, .path = given, .confidence = 1};
    }
    if (page->outlet.len) {
        art->outlet = (kh_field){.value = page->outlet, .path = given, .confidence = 1};
    }
    if (page->byline.len) {
        art->byline = (kh_field){.value = page->byline, .path = given, .confidence = 1};
    }
    if (page->lang.len) {
        art->lang = page->lang;
        art->lang_confidence = 1;
    }
    if (!art->url.len) {
        art->url = page->url;
    }
}

static kh_str reason_without_body(const kh_article *art)
{
    KH_EACH(const kh_line, line, art->lines) {
        if (line->role == KH_ROLE_BODY) {
            return (kh_str){0};
        }
    }
    return kh_str_trim(art->text).len ? KH_STR("no_text") : KH_STR("empty");
}

bool kh_page_read(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_page *page, kh_article *art, kh_str *reason)
{
    art->kind = page->kind;
    if (page->kind == KH_PAGE_HTML) {
        if (!read_html(out, scratch, know, page, art)) {
            *reason = KH_STR("too_complex");
            return false;
        }
    } else {
        art->text = page->text;
        art->tokens = kh_text_of(out, art->text);
        if (page->kind == KH_PAGE_SCRAPED) {
            kh_scraped_roles(out, scratch, know, art);
        } else {
            take_as_body(out, art);
        }
    }
    take_given(page, art);
    if (!art->reason.len) {
        art->reason = reason_without_body(art);
    }
    return true;
}
