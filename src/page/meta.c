/* meta.c - what a page says about itself where nobody looks: <meta>, <link>, JSON-LD, itemprop,
 * <time>.
 *
 * Every value comes with the path it was taken from, so that it can be shown. Sources in the
 * order in which they are believed: JSON-LD, Open Graph, other <meta>, itemprop (the order of all
 * extractors that measure well). Dates are not read here: their words go, with their path, to the
 * dates stage, which knows that
 *
 *     article:published_time = "۱۳۹۹/۰۲/۲۱"      is a Jalali day,
 *     creation_date = "03-Feb-1999"              on a page of 2024 is the age of the site.
 *
 * In JSON-LD the article may stand anywhere (@graph, mainEntity, an array); an object counts as
 * one when its @type ends in Article, Posting, Report or the like. What it gets wrong: a page
 * that describes another article than its own.
 */
#include "page/parts.h"

typedef struct meta_reader {
    kh_arena *out;
    const kh_tree *tree;
    kh_meta *meta;
} meta_reader;

enum { FIELD_BYTES_MAX = 1000 }; /* nobody's headline or name is longer */

static kh_str shortened(kh_str value)
{
    size_t len = value.len < FIELD_BYTES_MAX ? value.len : FIELD_BYTES_MAX;
    while (len > 0 && len < value.len && ((unsigned char)value.ptr[len] & 0xC0) == 0x80) {
        len--;
    }
    return kh_str_trim(kh_str_head(value, len));
}

static void take(kh_str *field, kh_str value)
{
    value = shortened(value);
    if (!field->len && value.len) {
        *field = value;
    }
}

static void take_with(kh_str *field, kh_str *path, kh_str value, kh_str from)
{
    value = shortened(value);
    if (!field->len && value.len) {
        *field = value;
        *path = from;
    }
}

static void add_date(meta_reader *r, kh_str path, kh_str words)
{
    words = kh_str_trim(words);
    if (words.len && words.len < 200 && r->meta->dates.count < KH_ITEMS_MAX) {
        *KH_ADD(r->out, &r->meta->dates) =
            (kh_date){.path = path, .reason = kh_arena_copy(r->out, words)};
    }
}

/* ---- JSON-LD ---- */

static kh_str text_of(const kh_jsons *j, uint32_t i)
{
    return i && j->items[i].kind == KH_JSON_STRING ? j->items[i].text : (kh_str){0};
}

/* A string, or the "name" (or "url") of an object, or the first of an array of such. */
static kh_str name_in(const kh_jsons *j, uint32_t i, kh_str member)
{
    if (i && j->items[i].kind == KH_JSON_ARRAY && j->items[i].end > i + 1) {
        i++;
    }
    if (i && j->items[i].kind == KH_JSON_OBJECT) {
        return text_of(j, kh_json_member(j, i, member));
    }
    return text_of(j, i);
}

static bool ends_in(kh_str type, const char *end)
{
    return kh_str_ends(type, kh_str_z(end));
}

static bool type_is_article(const kh_jsons *j, uint32_t object)
{
    uint32_t t = kh_json_member(j, object, KH_STR("@type"));
    if (!t) {
        return false;
    }
    uint32_t end = j->items[t].end;
    for (uint32_t i = j->items[t].kind == KH_JSON_ARRAY ? t + 1 : t; i < end; i++) {
        kh_str type = text_of(j, i);
        if (ends_in(type, "Article") || ends_in(type, "Posting") || ends_in(type, "Report") ||
            ends_in(type, "Review") || ends_in(type, "WebPage") || ends_in(type, "Recipe")) {
            return true;
        }
    }
    return false;
}

static bool type_is(const kh_jsons *j, uint32_t object, const char *end)
{
    uint32_t t = kh_json_member(j, object, KH_STR("@type"));
    return t && (ends_in(text_of(j, t), end) ||
                 (j->items[t].kind == KH_JSON_ARRAY && ends_in(text_of(j, t + 1), end)));
}

static kh_str member_text(const kh_jsons *j, uint32_t object, const char *key)
{
    return text_of(j, kh_json_member(j, object, kh_str_z(key)));
}

static void read_json_article(meta_reader *r, const kh_jsons *j, uint32_t o)
{
    kh_meta *m = r->meta;
    bool page = type_is(j, o, "WebPage");
    if (!page) {
        m->is_article = true;
        take(&m->json_title, member_text(j, o, "headline"));
        take(&m->json_title, member_text(j, o, "name"));
        kh_str body = member_text(j, o, "articleBody");
        if (body.len > m->json_body.len) {
            m->json_body = body;
        }
        take_with(&m->author, &m->author_path,
                  name_in(j, kh_json_member(j, o, KH_STR("author")), KH_STR("name")),
                  KH_STR("json-ld author"));
        take_with(&m->image, &m->image_path,
                  name_in(j, kh_json_member(j, o, KH_STR("image")), KH_STR("url")),
                  KH_STR("json-ld image"));
        take_with(&m->section, &m->section_path,
                  name_in(j, kh_json_member(j, o, KH_STR("articleSection")), KH_STR("name")),
                  KH_STR("json-ld articleSection"));
        take_with(&m->publisher, &m->publisher_path,
                  name_in(j, kh_json_member(j, o, KH_STR("publisher")), KH_STR("name")),
                  KH_STR("json-ld publisher"));
    }
    take(&m->lang, member_text(j, o, "inLanguage"));
    add_date(r, page ? KH_STR("json-ld WebPage datePublished") : KH_STR("json-ld datePublished"),
             member_text(j, o, "datePublished"));
    add_date(r, page ? KH_STR("json-ld WebPage dateModified") : KH_STR("json-ld dateModified"),
             member_text(j, o, "dateModified"));
    add_date(r, KH_STR("json-ld dateCreated"), member_text(j, o, "dateCreated"));
    add_date(r, KH_STR("json-ld uploadDate"), member_text(j, o, "uploadDate"));
}

static void read_json(meta_reader *r)
{
    KH_EACH (const kh_str, script, r->tree->json_ld) {
        kh_jsons j = kh_json_read(r->out, *script);
        for (uint32_t i = 0; i < j.count; i++) {
            if (j.items[i].kind == KH_JSON_OBJECT && type_is_article(&j, i)) {
                read_json_article(r, &j, i);
            }
        }
        for (uint32_t i = 0; i < j.count; i++) {
            bool site = j.items[i].kind == KH_JSON_OBJECT &&
                        (type_is(&j, i, "WebSite") || type_is(&j, i, "NewsMediaOrganization"));
            if (site) {
                take_with(&r->meta->publisher, &r->meta->publisher_path, member_text(&j, i, "name"),
                          KH_STR("json-ld WebSite"));
            }
        }
    }
}

/* ---- <meta> and <link> ---- */

static bool is_one_of(kh_str name, const char *const *list)
{
    for (; *list; list++) {
        if (kh_str_eq_ascii_nocase(name, kh_str_z(*list))) {
            return true;
        }
    }
    return false;
}

static bool is_date_name(kh_str name)
{
    static const char *const names[] = {"article:published_time",
                                        "article:modified_time",
                                        "article:published",
                                        "article:updated",
                                        "article:modified",
                                        "article:post_date",
                                        "og:published_time",
                                        "og:updated_time",
                                        "og:modified_time",
                                        "og:article:published_time",
                                        "og:article:modified_time",
                                        "og:pubdate",
                                        "og:publish_date",
                                        "og:release_date",
                                        "og:regdate",
                                        "date",
                                        "pubdate",
                                        "publishdate",
                                        "publish-date",
                                        "publish_date",
                                        "published-date",
                                        "published_date",
                                        "publication_date",
                                        "publication-date",
                                        "published_time",
                                        "publisheddate",
                                        "datepublished",
                                        "date-published",
                                        "date_published",
                                        "date.published",
                                        "datecreated",
                                        "date.created",
                                        "datemodified",
                                        "date.modified",
                                        "last-modified",
                                        "lastmod",
                                        "last_updated",
                                        "lastupdated",
                                        "revised",
                                        "modified",
                                        "created",
                                        "creation_date",
                                        "creationdate",
                                        "dc.date",
                                        "dc.date.issued",
                                        "dc.date.created",
                                        "dc.date.modified",
                                        "dc.date.publication",
                                        "dcterms.date",
                                        "dcterms.created",
                                        "dcterms.modified",
                                        "dcterms.issued",
                                        "dcterms.available",
                                        "dcsext.articlefirstpublished",
                                        "sailthru.date",
                                        "parsely-pub-date",
                                        "cxenseparse:recs:publishtime",
                                        "cxenseparse:publishtime",
                                        "citation_date",
                                        "citation_publication_date",
                                        "citation_online_date",
                                        "prism.publicationdate",
                                        "rnews:datepublished",
                                        "ptime",
                                        "timestamp",
                                        "time",
                                        "pub_date",
                                        "analyticsattributes.articledate",
                                        "article.published",
                                        "article.created",
                                        "article.updated",
                                        "article_date_original",
                                        "displaydate",
                                        "eomportal-uuid-date",
                                        "newsdate",
                                        "news_publish_date",
                                        "vr:published_time",
                                        "shareaholic:article_published_time",
                                        "shareaholic:article_modified_time",
                                        "bt:pubdate",
                                        "bt:moddate",
                                        "originalpublicationdate",
                                        "releasedate",
                                        "dateposted",
                                        "post_date",
                                        "video:release_date",
                                        "issued",
                                        "mediator_published_time",
                                        "utime",
                                        NULL};
    return is_one_of(name, names);
}

static void read_meta(meta_reader *r, const kh_node *node)
{
    kh_meta *m = r->meta;
    kh_str content = kh_node_attr(r->tree, node, KH_ATTR_CONTENT);
    kh_str property = kh_node_attr(r->tree, node, KH_ATTR_PROPERTY);
    kh_str name = property.len ? property : kh_node_attr(r->tree, node, KH_ATTR_NAME);
    kh_str itemprop = kh_node_attr(r->tree, node, KH_ATTR_ITEMPROP);
    name = name.len ? name : itemprop;
    if (!name.len || !content.len) {
        return;
    }
    const char *how = property.len ? "property" : kh_str_eq(name, itemprop) ? "itemprop" : "name";
    kh_str path = {0};
    static const char *const titles[] = {"og:title", "twitter:title", "dc.title", "sailthru.title",
                                         NULL};
    static const char *const sites[] = {"og:site_name",        "application-name",
                                        "al:android:app_name", "apple-mobile-web-app-title",
                                        "dc.publisher",        NULL};
    static const char *const authors[] = {
        "author",         "article:author",  "dc.creator", "sailthru.author",
        "parsely-author", "dcterms.creator", "byl",        NULL};
    static const char *const sections[] = {"article:section", "section", "parsely-section",
                                           "og:section", NULL};
    static const char *const images[] = {"og:image", "og:image:url", "twitter:image", NULL};
    bool wanted = is_date_name(name);
    if (wanted) {
        add_date(r, kh_arena_printf(r->out, "meta[%s=" KH_FMT "]", how, KH_ARG(name)), content);
    } else if (is_one_of(name, titles)) {
        take(&m->og_title, content);
    } else if (is_one_of(name, sites)) {
        bool og = kh_str_eq_ascii_nocase(name, KH_STR("og:site_name"));
        if (og || !m->site_name.len) {
            m->site_name = shortened(content);
        }
    } else if (is_one_of(name, authors)) {
        path = kh_arena_printf(r->out, "meta[%s=" KH_FMT "]", how, KH_ARG(name));
        bool url = kh_str_starts(content, KH_STR("http"));
        take_with(&m->author, &m->author_path, url ? (kh_str){0} : content, path);
    } else if (is_one_of(name, sections)) {
        path = kh_arena_printf(r->out, "meta[%s=" KH_FMT "]", how, KH_ARG(name));
        take_with(&m->section, &m->section_path, content, path);
    } else if (is_one_of(name, images)) {
        path = kh_arena_printf(r->out, "meta[%s=" KH_FMT "]", how, KH_ARG(name));
        take_with(&m->image, &m->image_path, content, path);
    } else if (kh_str_eq_ascii_nocase(name, KH_STR("og:url"))) {
        take(&m->canonical, content);
    } else if (kh_str_eq_ascii_nocase(name, KH_STR("og:type"))) {
        m->is_article = m->is_article || kh_str_starts(content, KH_STR("article"));
    } else if (kh_str_eq_ascii_nocase(name, KH_STR("og:locale"))) {
        take(&m->lang, content);
    } else if (kh_str_eq_ascii_nocase(name, KH_STR("description")) ||
               kh_str_eq_ascii_nocase(name, KH_STR("og:description"))) {
        take(&m->description, content);
    }
}

/* The text inside NODE, white space as it stands. */
static kh_str inner_text(kh_arena *a, const kh_tree *tree, uint32_t i)
{
    kh_str text = {0};
    for (uint32_t k = i + 1; k < tree->nodes.items[i].end; k++) {
        if (tree->nodes.items[k].tag == KH_TAG_TEXT) {
            text = text.len ? kh_arena_join(a, text, tree->nodes.items[k].text)
                            : tree->nodes.items[k].text;
        }
        if (text.len > 1000) {
            break;
        }
    }
    return kh_str_trim(text);
}

static void read_dated_element(meta_reader *r, uint32_t i)
{
    const kh_node *node = &r->tree->nodes.items[i];
    kh_str itemprop = kh_node_attr(r->tree, node, KH_ATTR_ITEMPROP);
    bool dated = kh_str_find(itemprop, KH_STR("date")) < itemprop.len;
    if (node->tag != KH_TAG_time && !dated) {
        return;
    }
    kh_str words = kh_node_attr(r->tree, node, KH_ATTR_DATETIME);
    words = words.len ? words : kh_node_attr(r->tree, node, KH_ATTR_CONTENT);
    words = words.len ? words : inner_text(r->out, r->tree, i);
    kh_str path =
        dated ? kh_arena_printf(r->out, "itemprop[" KH_FMT "]", KH_ARG(itemprop)) : KH_STR("time");
    if (!dated && kh_node_has(r->tree, node, KH_ATTR_PUBDATE)) {
        path = KH_STR("time[pubdate]");
    }
    add_date(r, path, words);
}

static void read_node(meta_reader *r, uint32_t i)
{
    const kh_node *node = &r->tree->nodes.items[i];
    kh_meta *m = r->meta;
    switch (node->tag) {
    case KH_TAG_meta:
        read_meta(r, node);
        return;
    case KH_TAG_link:
        if (kh_str_eq_ascii_nocase(kh_node_attr(r->tree, node, KH_ATTR_REL), KH_STR("canonical"))) {
            m->canonical = kh_str_trim(kh_node_attr(r->tree, node, KH_ATTR_HREF));
            m->canonical = m->canonical.len <= KH_PATH_BYTES_MAX ? m->canonical : (kh_str){0};
        }
        return;
    case KH_TAG_title:
        take(&m->title, inner_text(r->out, r->tree, i));
        return;
    case KH_TAG_html:
        if (kh_node_has(r->tree, node, KH_ATTR_LANG)) {
            m->lang = kh_str_trim(kh_node_attr(r->tree, node, KH_ATTR_LANG));
        }
        return;
    default:
        if (node->attr_count) {
            read_dated_element(r, i);
        }
    }
}

kh_meta kh_meta_of(kh_arena *out, const kh_tree *tree)
{
    kh_meta meta = {0};
    meta_reader r = {.out = out, .tree = tree, .meta = &meta};
    read_json(&r);
    for (uint32_t i = 1; i < tree->nodes.count; i++) {
        if (tree->nodes.items[i].tag != KH_TAG_TEXT) {
            read_node(&r, i);
        }
    }
    return meta;
}
