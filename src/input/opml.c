/* opml.c - lists of feeds, as readers exchange them (OPML 2.0).
 *
 *     <outline text="عربي"><outline type="rss" text="أخبار" xmlUrl="https://akhbar.example/rss"
 *       htmlUrl="https://akhbar.example/" language="ar"/></outline>
 *
 * Programs write the attribute names in several cases and leave out the type; an outline with an
 * address of a feed is a feed. Folders of folders become one path. In writing there is one level of
 * folders, which every reader takes.
 */
#include "input/feed.h"
#include "input/parts.h"

#include <libxml/tree.h>
#include <string.h>

enum { FOLDERS_MAX = 32 };

static kh_str attribute(kh_arena *out, const xmlNode *n, const char *name)
{
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        if (kh_str_eq_ascii_nocase(kh_str_z((const char *)a->name), kh_str_z(name))) {
            xmlChar *words = xmlNodeGetContent((const xmlNode *)a);
            kh_str value = kh_arena_copy(out, kh_str_trim(kh_str_z((const char *)words)));
            xmlFree(words);
            return value;
        }
    }
    return (kh_str){0};
}

static kh_str title_of(kh_arena *out, const xmlNode *n)
{
    kh_str text = attribute(out, n, "text");
    return text.len ? text : attribute(out, n, "title");
}

static kh_str folder_of(kh_arena *out, const xmlNode *n)
{
    kh_str path = {0};
    size_t depth = 0;
    for (const xmlNode *p = n->parent; p && p->type == XML_ELEMENT_NODE && depth < FOLDERS_MAX; p = p->parent, depth++) {
        bool outline = kh_str_eq_ascii_nocase(kh_str_z((const char *)p->name), KH_STR("outline"));
        kh_str title = outline ? title_of(out, p) : (kh_str){0};
        if (title.len) {
            path = path.len ? kh_arena_printf(out, KH_FMT "/" KH_FMT, KH_ARG(title), KH_ARG(path)) : title;
        }
    }
    return path;
}

/* The next node of the document in its order. */
static const xmlNode *after(const xmlNode *n)
{
    if (n->type == XML_ELEMENT_NODE && n->children) {
        return n->children;
    }
    while (n && !n->next) {
        n = n->parent && n->parent->type == XML_ELEMENT_NODE ? n->parent : NULL;
    }
    return n ? n->next : NULL;
}

static void gather(kh_arena *out, const xmlNode *root, kh_outlines *outlines)
{
    for (const xmlNode *n = root; n && outlines->count < KH_FEED_ITEMS_MAX; n = after(n)) {
        if (n->type != XML_ELEMENT_NODE || !kh_str_eq_ascii_nocase(kh_str_z((const char *)n->name), KH_STR("outline"))) {
            continue;
        }
        kh_outline o = {.feed = attribute(out, n, "xmlUrl")};
        if (o.feed.len) {
            o.title = title_of(out, n);
            o.site = attribute(out, n, "htmlUrl");
            o.lang = attribute(out, n, "language");
            o.folder = folder_of(out, n);
            *KH_ADD(out, outlines) = o;
        }
    }
}

kh_status kh_opml_read(kh_arena *out, kh_str bytes, kh_outlines *outlines, kh_error *err)
{
    *outlines = (kh_outlines){0};
    if (bytes.len > KH_FEED_BYTES_MAX) {
        return kh_fail(err, KH_ERR_LIMIT, "too_large", "the list is larger than %d MB", KH_FEED_BYTES_MAX >> 20);
    }
    xmlDoc *doc = kh_xml_of(out, bytes);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    bool good = root && kh_str_eq_ascii_nocase(kh_str_z((const char *)root->name), KH_STR("opml"));
    jmp_buf *outer = out->full;
    jmp_buf here;
    out->full = &here;
    if (setjmp(here)) {
        xmlFreeDoc(doc);
        out->full = outer;
        kh_arena_push(out, 1, 1, SIZE_MAX / 2); /* the same jump again, to the caller */
    }
    if (good) {
        gather(out, root, outlines);
    }
    out->full = outer;
    xmlFreeDoc(doc);
    return good ? KH_OK : kh_fail(err, KH_ERR_INPUT, "bad_feed", "no OPML document");
}

/* ---- writing ---- */

/* NAME="VALUE" with a blank before it; nothing where VALUE is empty. */
static void write_attribute(kh_buf *b, const char *name, kh_str value)
{
    if (!value.len) {
        return;
    }
    kh_buf_printf(b, " %s=\"", name);
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        switch (c) {
        case '&': kh_buf_z(b, "&amp;"); break;
        case '<': kh_buf_z(b, "&lt;"); break;
        case '>': kh_buf_z(b, "&gt;"); break;
        case '"': kh_buf_z(b, "&quot;"); break;
        default: kh_buf_char(b, (unsigned char)c < 32 ? ' ' : c);
        }
    }
    kh_buf_char(b, '"');
}

static void write_outline(kh_buf *b, const kh_outline *o)
{
    kh_buf_z(b, o->folder.len ? "      <outline" : "    <outline");
    write_attribute(b, "type", KH_STR("rss"));
    write_attribute(b, "text", o->title.len ? o->title : o->feed);
    write_attribute(b, "xmlUrl", o->feed);
    write_attribute(b, "htmlUrl", o->site);
    write_attribute(b, "language", o->lang);
    kh_buf_z(b, "/>\n");
}

static bool is_first_of_folder(const kh_outlines *outlines, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (kh_str_eq(outlines->items[i].folder, outlines->items[index].folder)) {
            return false;
        }
    }
    return true;
}

void kh_opml_write(kh_buf *buf, kh_str title, const kh_outlines *outlines)
{
    kh_buf_z(buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head><title");
    kh_buf_z(buf, ">");
    kh_buf escaped = {.arena = buf->arena};
    write_attribute(&escaped, "t", title);
    kh_str words = kh_buf_str(&escaped);
    kh_buf_add(buf, words.len > 5 ? (kh_str){words.ptr + 4, words.len - 5} : (kh_str){0});
    kh_buf_z(buf, "</title></head>\n  <body>\n");
    for (size_t i = 0; i < outlines->count; i++) {
        kh_str folder = outlines->items[i].folder;
        if (!folder.len) {
            write_outline(buf, &outlines->items[i]);
        } else if (is_first_of_folder(outlines, i)) {
            kh_buf_z(buf, "    <outline");
            write_attribute(buf, "text", folder);
            kh_buf_z(buf, ">\n");
            for (size_t j = i; j < outlines->count; j++) {
                if (kh_str_eq(outlines->items[j].folder, folder)) {
                    write_outline(buf, &outlines->items[j]);
                }
            }
            kh_buf_z(buf, "    </outline>\n");
        }
    }
    kh_buf_z(buf, "  </body>\n</opml>\n");
}

bool kh_is_opml(kh_str bytes)
{
    kh_str head = kh_str_head(bytes, 2048);
    return kh_str_find(head, KH_STR("<opml")) < head.len;
}
