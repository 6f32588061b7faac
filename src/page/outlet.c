/* outlet.c - whose page it is, by what the page says outside its text.
 *
 * Best first: og:site_name, the publisher in JSON-LD, what <title> carries behind the headline, the
 * masthead, the holder of the copyright, the host of the address:
 *
 *     <td class="logo">فردای شهر</td> ... تمامی حقوق این سایت برای فردای شهر محفوظ است. © ۱۴۰۳
 *     <title>سقوط الجسر | أخبار اليوم</title>
 *
 * A masthead is known by its class or by its link to the front page; that the copyright line has the
 * same name makes it sure, so that no language's wording of "all rights reserved" must be taken
 * apart. What it gets wrong: an outlet that names the group that owns it instead of itself; a site
 * whose only masthead is a picture.
 */
#include "page/parts.h"

#include <string.h>

enum { NAME_WORDS_MAX = 5 };

/* "باشگاه خبرنگاران جوان | آخرین اخبار ایران و جهان": the name without the slogan behind it. */
static kh_str without_slogan(kh_str name)
{
    static const char *const marks[] = {"|", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " :: ", " \xC2\xBB "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        kh_str mark = kh_str_z(marks[i]);
        size_t at = kh_str_find(name, mark);
        if (at > 0 && at < name.len) {
            name = kh_str_trim(kh_str_head(name, at));
        }
    }
    return name;
}

/* The holder in "© 2020 Name. All rights ...": from the first letter behind the sign to a stop. */
static kh_str footer_name(const kh_blocks *blocks)
{
    static const kh_str sign = {"\xC2\xA9", 2};
    for (size_t i = blocks->count; i-- > 0;) {
        kh_str text = blocks->items[i].text;
        size_t at = kh_str_find(text, sign);
        if (at == text.len) {
            continue;
        }
        kh_str rest = kh_str_from(text, at + sign.len);
        size_t begin = 0;
        for (size_t len = 0; begin < rest.len && !kh_is_letter(kh_utf8_at(rest, begin, &len)); begin += len) {
        }
        rest = kh_str_from(rest, begin);
        size_t end = 0;
        while (end < rest.len && !strchr(".,|-;(", rest.ptr[end])) {
            end++;
        }
        kh_str name = kh_str_trim(kh_str_head(rest, end));
        kh_shape shape = kh_shape_of(name);
        if (shape.words >= 1 && shape.words <= NAME_WORDS_MAX) {
            return name;
        }
    }
    return (kh_str){0};
}

/* ---- the masthead ---- */

static bool may_be_name(const kh_block *b)
{
    return b->furniture == KH_FURNITURE_NONE && !b->shape.ends_stop && !b->shape.digits && b->shape.separators == 0 &&
           b->shape.words >= 1 && b->shape.words <= NAME_WORDS_MAX && !(b->marks & KH_MARK_BIT(KH_MARK_HIDDEN));
}

/* All of the block is a link to the site's front page. */
static bool links_home(const kh_tree *tree, const kh_block *b)
{
    uint32_t node = tree->nodes.items[b->first].parent;
    while (node && tree->nodes.items[node].tag != KH_TAG_a) {
        node = tree->nodes.items[node].parent;
    }
    kh_str href = kh_node_attr(tree, &tree->nodes.items[node], KH_ATTR_HREF);
    size_t scheme = kh_str_find(href, KH_STR("://"));
    kh_str path = scheme < href.len ? kh_str_from(href, scheme + 3) : href;
    size_t slash = kh_str_find(path, KH_STR("/"));
    bool root = scheme < href.len ? slash + 1 >= path.len : kh_str_eq(href, KH_STR("/"));
    return href.len && root && b->link_letters == b->shape.letters;
}

/* NAME stands in a line of copyright below. */
static bool holds_copyright(const kh_blocks *blocks, size_t from, kh_str name)
{
    for (size_t i = from; i < blocks->count; i++) {
        const kh_block *b = &blocks->items[i];
        if (b->furniture == KH_FURNITURE_COPYRIGHT && kh_str_find(b->text, name) < b->text.len) {
            return true;
        }
    }
    return false;
}

/* The site's name above the headline: a short line whose class says logo or masthead, or that is the link
 * home; best one that the copyright line names too. A link home alone may read anything. */
static kh_str masthead(const kh_tree *tree, const kh_blocks *blocks, uint32_t title, bool *sure)
{
    kh_str found = {0};
    size_t end = title == KH_NO_BLOCK ? 0 : title;
    for (size_t i = 0; i < end; i++) {
        const kh_block *b = &blocks->items[i];
        bool marked = b->marks & KH_MARK_BIT(KH_MARK_MASTHEAD);
        if (!may_be_name(b) || (!marked && !links_home(tree, b))) {
            continue;
        }
        if (holds_copyright(blocks, title, b->text)) {
            *sure = true;
            return b->text;
        }
        found = found.len || !marked ? found : b->text;
    }
    *sure = false;
    return found;
}

/* ---- the choice ---- */

static const kh_said *said_site(const kh_meta *meta)
{
    const kh_said *og = kh_meta_said(meta, KH_SAID_SITE, KH_IN_OG);
    return og ? og : kh_meta_said(meta, KH_SAID_SITE, KH_IN_META);
}

static void suggest(kh_arena *out, kh_article *art, kh_str name, kh_str path, float confidence, const char *why)
{
    if (!name.len) {
        return;
    }
    bool first = !art->outlet.value.len;
    if (first) {
        art->outlet = kh_field_of(out, art, name, path, confidence);
    }
    kh_clue_add(
        out, art,
        (kh_clue){.field = KH_STR("outlet"), .value = name, .from = path, .why = kh_str_z(why), .score = confidence, .taken = first});
}

void kh_outlet_read(kh_arena *out, kh_arena scratch, const kh_tree *tree, const kh_meta *meta, const kh_blocks *blocks, uint32_t title,
                    const kh_page *page, kh_article *art)
{
    const kh_said *said = said_site(meta);
    const kh_said *own = kh_meta_said(meta, KH_SAID_URL, KH_IN_LINK);
    kh_str name = said ? said->value : (kh_str){0};
    bool address = kh_str_find(name, KH_STR("://")) < name.len;
    kh_str suffix = without_slogan(kh_title_suffix(scratch, meta->title, art->title.value));
    kh_str footer = footer_name(blocks);
    bool sure = false;
    kh_str head = masthead(tree, blocks, title, &sure);
    kh_str host = kh_url_host(page->url.len ? page->url : own ? own->value : (kh_str){0});
    if (said && !address) {
        suggest(out, art, without_slogan(name), said->path, 0.9f, "the site's name for itself");
    }
    suggest(out, art, without_slogan(meta->publisher), meta->publisher_path, 0.85f, "the publisher");
    if (kh_shape_of(suffix).words <= 6) {
        suggest(out, art, suffix, KH_STR("title"), 0.7f, "behind the headline");
    }
    if (sure || !footer.len) {
        suggest(out, art, head, KH_STR("masthead"), sure ? 0.7f : 0.5f,
                sure ? "above the headline and in the copyright line" : "above the headline");
    }
    suggest(out, art, footer, KH_STR("footer"), 0.5f, "holder of the copyright");
    suggest(out, art, host, KH_STR("url"), 0.4f, "host of the address");
}
