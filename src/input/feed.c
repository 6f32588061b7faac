/* feed.c - RSS, Atom and sitemaps by libxml2, JSON Feed by jansson, to one kind of list.
 *
 *     <item><title>رئيس الوزراء ...</title><link>https://akhbar.example/1</link>
 *       <content:encoded><![CDATA[<p>قال ...]]></content:encoded><pubDate>Thu, 06 Jan 2022 ...
 *
 * Feeds are dirty: names of HTML entities, a bare "&", a missing end tag, a line before <?xml,
 * control characters. So the text is decoded first, entities are made numbers, and the parser is
 * told to recover; what of the feed can be read is read. A document that declares entities of its
 * own is refused: no feed does, and bombs are built of them. Elements go by their names without
 * prefix, for feeds bind their own. No DTD is loaded, nothing fetched; libxml2 keeps its own limit
 * of depth.
 *
 * The text of an entry is its content, else its description. Where a prefix decides (media:title
 * beside title), the first element of the name counts whose namespace is not the media one.
 */
#include "input/feed.h"

#include "input/parts.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

/* ---- XML ---- */

/* TEXT with every entity that has a name, and every bare "&", as a number: behind the first mistake libxml2 drops
 * names, even "&lt;". What stands in CDATA is left alone. */
static kh_str with_numbers(kh_arena *out, kh_str text)
{
    kh_buf b = {.arena = out};
    size_t from = 0;
    size_t i = 0;
    while (i < text.len) {
        kh_str rest = kh_str_from(text, i);
        uint32_t cp = 0;
        if (rest.ptr[0] == '<' && kh_str_starts(rest, KH_STR("<![CDATA["))) {
            i += kh_str_find(rest, KH_STR("]]>"));
        } else if (rest.ptr[0] == '&') {
            size_t length = kh_entity_at(rest, &cp);
            kh_buf_add(&b, (kh_str){text.ptr + from, i - from});
            kh_buf_printf(&b, "&#%u;", length ? cp : (uint32_t)'&');
            i += length ? length : 1;
            from = i;
        } else {
            i++;
        }
    }
    kh_buf_add(&b, kh_str_from(text, from));
    return kh_buf_str(&b);
}

void *kh_xml_of(kh_arena *out, kh_str bytes)
{
    kh_str charset = {0};
    kh_str why = {0};
    kh_str text = kh_str_trim(kh_decode(out, bytes, true, &charset, &why));
    text = with_numbers(out, text);
    if (!text.len || kh_str_find(text, KH_STR("<!ENTITY")) < text.len) {
        return NULL;
    }
    return xmlReadMemory(text.ptr, (int)text.len, NULL, "UTF-8",
                         XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

static kh_str name_of(const xmlNode *n)
{
    return n->type == XML_ELEMENT_NODE ? kh_str_z((const char *)n->name) : (kh_str){0};
}

static bool is_named(const xmlNode *n, const char *name)
{
    return kh_str_eq_ascii_nocase(name_of(n), kh_str_z(name));
}

/* The text of N and what is in it, trimmed. */
static kh_str content_of(kh_arena *out, const xmlNode *n)
{
    xmlChar *words = n ? xmlNodeGetContent(n) : NULL;
    kh_str text = kh_arena_copy(out, kh_str_trim(kh_str_z((const char *)words)));
    xmlFree(words);
    return text;
}

static kh_str attribute_of(kh_arena *out, xmlNode *n, const char *name)
{
    xmlChar *words = n ? xmlGetNoNsProp(n, (const xmlChar *)name) : NULL;
    kh_str text = kh_arena_copy(out, kh_str_trim(kh_str_z((const char *)words)));
    xmlFree(words);
    return text;
}

static bool is_media(const xmlNode *n)
{
    return n->ns && n->ns->href && strstr((const char *)n->ns->href, "search.yahoo.com/mrss");
}

static xmlNode *child_of(const xmlNode *n, const char *name)
{
    for (xmlNode *c = n ? n->children : NULL; c; c = c->next) {
        if (is_named(c, name) && !is_media(c)) {
            return c;
        }
    }
    return NULL;
}

static kh_str text_of(kh_arena *out, const xmlNode *n, const char *name)
{
    return content_of(out, child_of(n, name));
}

static kh_time date_of(kh_arena *out, const xmlNode *n, const char *const *names, size_t count)
{
    kh_time time = {0};
    for (size_t i = 0; i < count && !kh_time_known(time); i++) {
        kh_str words = text_of(out, n, names[i]);
        if (!words.len || !kh_feed_date(words, &time)) {
            time = (kh_time){0};
        }
    }
    return time;
}

/* Atom: the page is the link of rel "alternate" or none; RSS: the text of <link>. */
static kh_str link_of(kh_arena *out, const xmlNode *n)
{
    kh_str first = {0};
    for (xmlNode *c = n->children; c; c = c->next) {
        if (!is_named(c, "link")) {
            continue;
        }
        kh_str address = attribute_of(out, c, "href");
        kh_str rel = attribute_of(out, c, "rel");
        address = address.len ? address : content_of(out, c);
        if (address.len && (!rel.len || kh_str_eq(rel, KH_STR("alternate")))) {
            return address;
        }
        first = first.len || kh_str_eq(rel, KH_STR("self")) || kh_str_eq(rel, KH_STR("enclosure")) ? first : address;
    }
    return first;
}

/* The inside of an element whose content is markup of its own (Atom's xhtml), else its text. */
static kh_str markup_of(kh_arena *out, xmlNode *n)
{
    bool elements = false;
    for (const xmlNode *c = n ? n->children : NULL; c; c = c->next) {
        elements = elements || c->type == XML_ELEMENT_NODE;
    }
    xmlBuffer *buffer = elements ? xmlBufferCreate() : NULL;
    if (!buffer) {
        return content_of(out, n);
    }
    xmlNodeDump(buffer, n->doc, n, 0, 0);
    kh_str markup = kh_arena_copy(out, kh_str_z((const char *)xmlBufferContent(buffer)));
    xmlBufferFree(buffer);
    return markup;
}

static void set_text(kh_arena *out, kh_feed_item *item, kh_str raw)
{
    if (!item->text.len && raw.len) {
        item->raw = raw;
        item->text = kh_feed_text(out, raw);
    }
}

static kh_str byline_of(kh_arena *out, const xmlNode *n)
{
    const xmlNode *author = child_of(n, "author");
    kh_str name = text_of(out, author, "name");
    name = name.len ? name : text_of(out, n, "creator");
    bool mail = !name.len && author && !child_of(author, "email") && !child_of(author, "uri");
    return mail ? content_of(out, author) : name;
}

/* An <item> or <entry>. */
static kh_feed_item item_of(kh_arena *out, const xmlNode *n, const kh_feed *feed)
{
    static const char *const published[] = {"pubDate", "published", "date", "issued"};
    static const char *const updated[] = {"updated", "modified"};
    kh_feed_item item = {.lang = feed->lang};
    item.url = link_of(out, n);
    kh_str guid = text_of(out, n, "guid");
    item.id = guid.len ? guid : text_of(out, n, "id");
    bool permanent = guid.len && !kh_str_eq(attribute_of(out, child_of(n, "guid"), "isPermaLink"), KH_STR("false"));
    if (!item.url.len && permanent && kh_str_starts(guid, KH_STR("http"))) {
        item.url = guid;
    }
    item.title = kh_feed_text(out, markup_of(out, child_of(n, "title")));
    item.byline = kh_feed_text(out, byline_of(out, n));
    const xmlNode *source = child_of(n, "source");
    kh_str origin = child_of(source, "title") ? text_of(out, source, "title") : content_of(out, source);
    item.outlet = origin.len ? kh_feed_text(out, origin) : feed->title;
    static const char *const texts[] = {"encoded", "content", "description", "summary"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        set_text(out, &item, markup_of(out, child_of(n, texts[i])));
    }
    item.published = date_of(out, n, published, sizeof published / sizeof *published);
    item.updated = date_of(out, n, updated, sizeof updated / sizeof *updated);
    item.published = kh_time_known(item.published) ? item.published : item.updated;
    return item;
}

static void add_items(kh_arena *out, const xmlNode *parent, const char *name, kh_feed *feed)
{
    for (const xmlNode *c = parent ? parent->children : NULL; c; c = c->next) {
        if (is_named(c, name) && feed->items.count < KH_FEED_ITEMS_MAX) {
            *KH_ADD(out, &feed->items) = item_of(out, c, feed);
        }
    }
}

/* Each address of a sitemap, with the title and date that a news tag gives. */
static void add_addresses(kh_arena *out, const xmlNode *root, const char *name, kh_feed *feed)
{
    static const char *const dates[] = {"publication_date"};
    static const char *const changes[] = {"lastmod"};
    for (const xmlNode *c = root->children; c; c = c->next) {
        if (!is_named(c, name) || feed->items.count == KH_FEED_ITEMS_MAX) {
            continue;
        }
        const xmlNode *news = child_of(c, "news");
        const xmlNode *publication = child_of(news, "publication");
        kh_feed_item item = {.url = text_of(out, c, "loc"), .title = text_of(out, news, "title")};
        item.outlet = text_of(out, publication, "name");
        item.lang = text_of(out, publication, "language");
        item.published = date_of(out, news, dates, 1);
        item.updated = date_of(out, c, changes, 1);
        *KH_ADD(out, &feed->items) = item;
    }
}

static bool read_xml(kh_arena *out, xmlNode *root, kh_feed *feed)
{
    xmlNode *channel = child_of(root, "channel");
    bool rss = is_named(root, "rss") || is_named(root, "RDF");
    xmlNode *head = rss && channel ? channel : root;
    if (is_named(root, "urlset") || is_named(root, "sitemapindex")) {
        bool index = is_named(root, "sitemapindex");
        feed->kind = index ? KH_FEED_SITEMAP_INDEX : KH_FEED_SITEMAP;
        add_addresses(out, root, index ? "sitemap" : "url", feed);
        return true;
    }
    if (!rss && !is_named(root, "feed")) {
        return false;
    }
    feed->kind = rss ? KH_FEED_RSS : KH_FEED_ATOM;
    feed->title = kh_feed_text(out, markup_of(out, child_of(head, "title")));
    feed->url = link_of(out, head);
    feed->lang = text_of(out, head, "language");
    if (!feed->lang.len) {
        xmlChar *lang = xmlNodeGetLang(head);
        feed->lang = kh_arena_copy(out, kh_str_z((const char *)lang));
        xmlFree(lang);
    }
    add_items(out, head, rss ? "item" : "entry", feed);
    if (head != root) {
        add_items(out, root, "item", feed); /* RSS 1.0 has them beside the channel */
    }
    return true;
}

/* ---- JSON Feed ---- */

static kh_str member(kh_arena *out, const json_t *object, const char *key)
{
    const json_t *v = json_object_get(object, key);
    return json_is_string(v) ? kh_arena_copy(out, kh_str_trim((kh_str){json_string_value(v), json_string_length(v)})) : (kh_str){0};
}

static kh_str authors_of(kh_arena *out, const json_t *object)
{
    const json_t *list = json_object_get(object, "authors");
    kh_buf names = {.arena = out};
    for (size_t i = 0; i < json_array_size(list); i++) {
        kh_str name = member(out, json_array_get(list, i), "name");
        if (name.len) {
            kh_buf_z(&names, names.len ? ", " : "");
            kh_buf_add(&names, name);
        }
    }
    return names.len ? kh_buf_str(&names) : member(out, json_object_get(object, "author"), "name");
}

static kh_feed_item json_item(kh_arena *out, const json_t *object, const kh_feed *feed)
{
    kh_feed_item item = {.url = member(out, object, "url"), .id = member(out, object, "id"), .outlet = feed->title};
    item.title = member(out, object, "title");
    item.byline = authors_of(out, object);
    item.lang = member(out, object, "language");
    item.lang = item.lang.len ? item.lang : feed->lang;
    kh_feed_date(member(out, object, "date_published"), &item.published);
    kh_feed_date(member(out, object, "date_modified"), &item.updated);
    item.raw = item.text = member(out, object, "content_text");
    set_text(out, &item, member(out, object, "content_html"));
    if (!item.text.len) {
        item.raw = item.text = member(out, object, "summary");
    }
    return item;
}

static bool read_json(kh_arena *out, kh_str bytes, kh_feed *feed)
{
    bytes = kh_str_starts(bytes, KH_STR("\xEF\xBB\xBF")) ? kh_str_from(bytes, 3) : bytes;
    json_t *object = json_loadb(bytes.ptr, bytes.len, 0, NULL);
    const json_t *items = json_object_get(object, "items");
    bool good = json_is_array(items);
    if (good) {
        *feed = (kh_feed){.kind = KH_FEED_JSON, .title = member(out, object, "title"), .url = member(out, object, "home_page_url")};
        feed->lang = member(out, object, "language");
        for (size_t i = 0; i < json_array_size(items) && i < KH_FEED_ITEMS_MAX; i++) {
            *KH_ADD(out, &feed->items) = json_item(out, json_array_get(items, i), feed);
        }
    }
    json_decref(object);
    return good;
}

/* The arena may jump: what the libraries hold is let go of before it goes on to the caller's jump. */
static bool read_guarded(kh_arena *out, kh_str bytes, kh_feed *feed)
{
    const char *what = NULL;
    kh_kind kind = kh_kind_of(kh_str_head(bytes, 1 << 16), &what);
    if (kind == KH_KIND_JSON_FEED || kh_str_starts(kh_str_trim(kh_str_head(bytes, 64)), KH_STR("{"))) {
        return read_json(out, bytes, feed);
    }
    xmlDoc *doc = kh_xml_of(out, bytes);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    jmp_buf *outer = out->full;
    jmp_buf here;
    out->full = &here;
    if (setjmp(here)) {
        xmlFreeDoc(doc);
        out->full = outer;
        kh_arena_push(out, 1, 1, SIZE_MAX / 2); /* the same jump again, to the caller */
    }
    bool good = root && read_xml(out, root, feed);
    out->full = outer;
    xmlFreeDoc(doc);
    return good;
}

kh_status kh_feed_read(kh_arena *out, kh_str bytes, kh_feed *feed, kh_error *err)
{
    *feed = (kh_feed){0};
    if (bytes.len > KH_FEED_BYTES_MAX) {
        return kh_fail(err, KH_ERR_LIMIT, "too_large", "the feed is larger than %d MB", KH_FEED_BYTES_MAX >> 20);
    }
    if (!read_guarded(out, bytes, feed)) {
        return kh_fail(err, KH_ERR_INPUT, "bad_feed", "neither RSS, Atom, JSON Feed nor a sitemap");
    }
    return KH_OK;
}
