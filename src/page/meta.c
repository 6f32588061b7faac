/* meta.c - what a page says about itself where nobody looks: <meta>, <link>, <html lang>, itemprop,
 * <time>. JSON-LD is read by ld.c, into the same lists.
 *
 * Every value comes with the path it was taken from, so that it can be shown, and nothing is chosen
 * here: the same thing said in three places makes three entries, and title.c and fields.c decide. Dates
 * are not read either: their words go, with their path, to the dates stage, which knows that
 *
 *     article:published_time = "۱۳۹۹/۰۲/۲۱"      is a Jalali day,
 *     creation_date = "03-Feb-1999"              on a page of 2024 is the age of the site.
 *
 * Names of <meta> are those of Open Graph, Dublin Core, Parse.ly, Sailthru and of content systems that
 * news sites run; they mean the same wherever they stand. What it gets wrong: a page that describes
 * another article than its own.
 */
#include "page/parts.h"

typedef struct meta_reader {
    kh_arena *out;
    const kh_tree *tree;
    kh_meta *meta;
} meta_reader;

kh_str kh_field_bytes(kh_str value)
{
    size_t len = value.len < KH_FIELD_BYTES_MAX ? value.len : KH_FIELD_BYTES_MAX;
    while (len > 0 && len < value.len && kh_utf8_is_trail((unsigned char)value.ptr[len])) {
        len--;
    }
    return kh_str_trim(kh_str_head(value, len));
}

void kh_meta_say(kh_arena *out, kh_meta *meta, kh_said_of of, kh_said_in in, kh_str value, kh_str path)
{
    bool text = of == KH_SAID_TITLE || of == KH_SAID_AUTHOR || of == KH_SAID_SECTION || of == KH_SAID_TAG || of == KH_SAID_SITE;
    bool address = of == KH_SAID_URL || of == KH_SAID_IMAGE;
    value = kh_str_trim(value);
    if (address && value.len > KH_PATH_BYTES_MAX) {
        return;
    }
    value = address ? value : text ? kh_headline_clean(out, value) : kh_field_bytes(value);
    kh_saids *list = &meta->said[of];
    if (value.len && list->count < KH_SAID_MAX) {
        *KH_ADD(out, list) = (kh_said){.value = value, .path = path, .in = (uint8_t)in};
    }
}

const kh_said *kh_meta_said(const kh_meta *meta, kh_said_of of, kh_said_in in)
{
    KH_EACH(const kh_said, said, meta->said[of]) {
        if (said->in == in) {
            return said;
        }
    }
    return NULL;
}

void kh_meta_add_date(kh_arena *out, kh_meta *meta, kh_str path, kh_str words)
{
    words = kh_str_trim(words);
    if (words.len && words.len < 200 && meta->dates.count < KH_ITEMS_MAX) {
        *KH_ADD(out, &meta->dates) = (kh_date){.path = path, .reason = kh_arena_copy(out, words)};
    }
}

/* ---- the names of <meta> ---- */

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

typedef struct meaning {
    const char *name;
    uint8_t of; /* kh_said_of */
    uint8_t in; /* kh_said_in */
} meaning;

static const meaning meanings[] = {
    {"og:title", KH_SAID_TITLE, KH_IN_OG},
    {"twitter:title", KH_SAID_TITLE, KH_IN_TWITTER},
    {"headline", KH_SAID_TITLE, KH_IN_ITEMPROP},
    {"dc.title", KH_SAID_TITLE, KH_IN_META},
    {"dcterms.title", KH_SAID_TITLE, KH_IN_META},
    {"sailthru.title", KH_SAID_TITLE, KH_IN_META},
    {"parsely-title", KH_SAID_TITLE, KH_IN_META},
    {"citation_title", KH_SAID_TITLE, KH_IN_META},
    {"og:site_name", KH_SAID_SITE, KH_IN_OG},
    {"application-name", KH_SAID_SITE, KH_IN_META},
    {"al:android:app_name", KH_SAID_SITE, KH_IN_META},
    {"apple-mobile-web-app-title", KH_SAID_SITE, KH_IN_META},
    {"dc.publisher", KH_SAID_SITE, KH_IN_META},
    {"author", KH_SAID_AUTHOR, KH_IN_META},
    {"article:author", KH_SAID_AUTHOR, KH_IN_OG},
    {"article:author_name", KH_SAID_AUTHOR, KH_IN_OG},
    {"og:article:author", KH_SAID_AUTHOR, KH_IN_OG},
    {"dc.creator", KH_SAID_AUTHOR, KH_IN_META},
    {"dcterms.creator", KH_SAID_AUTHOR, KH_IN_META},
    {"sailthru.author", KH_SAID_AUTHOR, KH_IN_META},
    {"parsely-author", KH_SAID_AUTHOR, KH_IN_META},
    {"citation_author", KH_SAID_AUTHOR, KH_IN_META},
    {"byl", KH_SAID_AUTHOR, KH_IN_META},
    {"article:section", KH_SAID_SECTION, KH_IN_OG},
    {"og:section", KH_SAID_SECTION, KH_IN_OG},
    {"section", KH_SAID_SECTION, KH_IN_META},
    {"articlesection", KH_SAID_SECTION, KH_IN_ITEMPROP},
    {"parsely-section", KH_SAID_SECTION, KH_IN_META},
    {"og:image", KH_SAID_IMAGE, KH_IN_OG},
    {"og:image:url", KH_SAID_IMAGE, KH_IN_OG},
    {"og:image:secure_url", KH_SAID_IMAGE, KH_IN_OG},
    {"twitter:image", KH_SAID_IMAGE, KH_IN_TWITTER},
    {"twitter:image:src", KH_SAID_IMAGE, KH_IN_TWITTER},
    {"og:url", KH_SAID_URL, KH_IN_OG},
    {"twitter:url", KH_SAID_URL, KH_IN_TWITTER},
    {"og:locale", KH_SAID_LANG, KH_IN_OG},
    {"dc.language", KH_SAID_LANG, KH_IN_META},
    {"language", KH_SAID_LANG, KH_IN_META},
    {"inlanguage", KH_SAID_LANG, KH_IN_ITEMPROP},
};

static const meaning *meaning_of(kh_str name)
{
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        if (kh_str_eq_ascii_nocase(name, kh_str_z(meanings[i].name))) {
            return &meanings[i];
        }
    }
    return NULL;
}

/* "floods, dams; Derna": each piece is a tag. */
static void say_tags(meta_reader *r, kh_str list, kh_str path)
{
    kh_meta_say_tags(r->out, r->meta, list, path);
}

void kh_meta_say_tags(kh_arena *out, kh_meta *meta, kh_str list, kh_str path)
{
    size_t from = 0;
    list = kh_str_head(list, KH_FIELD_BYTES_MAX * 4);
    for (size_t at = 0, len = 0; at <= list.len; at += len) {
        uint32_t cp = at < list.len ? kh_utf8_at(list, at, &len) : ',';
        len = at < list.len ? len : 1;
        if (cp == ',' || cp == ';' || cp == '|' || cp == 0x60C || cp == 0x61B || cp == 0xFF0C || cp == 0x3001) {
            kh_meta_say(out, meta, KH_SAID_TAG, KH_IN_META, kh_slice(list, (kh_span){(uint32_t)from, (uint32_t)at}), path);
            from = at + len;
        }
    }
}

static void read_meta(meta_reader *r, const kh_node *node)
{
    static const char *const lists[] = {"keywords",     "news_keywords", "article:tag", "og:article:tag",
                                        "parsely-tags", "sailthru.tags", NULL};
    static const char *const descriptions[] = {"description", "og:description", NULL};
    kh_str content = kh_node_attr(r->tree, node, KH_ATTR_CONTENT);
    kh_str property = kh_node_attr(r->tree, node, KH_ATTR_PROPERTY);
    kh_str name = property.len ? property : kh_node_attr(r->tree, node, KH_ATTR_NAME);
    kh_str itemprop = kh_node_attr(r->tree, node, KH_ATTR_ITEMPROP);
    name = name.len ? name : itemprop;
    if (!name.len || !content.len) {
        return;
    }
    const char *how = property.len ? "property" : kh_str_eq(name, itemprop) ? "itemprop" : "name";
    kh_str path = kh_arena_printf(r->out, "meta[%s=" KH_FMT "]", how, KH_ARG(kh_field_bytes(name)));
    const meaning *m = meaning_of(name);
    if (m) {
        kh_meta_say(r->out, r->meta, (kh_said_of)m->of, (kh_said_in)m->in, content, path);
    } else if (is_date_name(name)) {
        kh_meta_add_date(r->out, r->meta, path, content);
    } else if (is_one_of(name, lists)) {
        say_tags(r, content, path);
    } else if (kh_str_eq_ascii_nocase(name, KH_STR("og:type"))) {
        r->meta->is_article = r->meta->is_article || kh_str_starts(content, KH_STR("article"));
    } else if (is_one_of(name, descriptions) && !r->meta->description.len) {
        r->meta->description = kh_field_bytes(content);
    }
}

/* The text inside NODE, white space as it stands. */
static kh_str inner_text(kh_arena *a, const kh_tree *tree, uint32_t i)
{
    kh_str text = {0};
    for (uint32_t k = i + 1; k < tree->nodes.items[i].end; k++) {
        if (tree->nodes.items[k].tag == KH_TAG_TEXT) {
            text = text.len ? kh_arena_join(a, text, tree->nodes.items[k].text) : tree->nodes.items[k].text;
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
    kh_str path = dated ? kh_arena_printf(r->out, "itemprop[" KH_FMT "]", KH_ARG(itemprop)) : KH_STR("time");
    if (!dated && kh_node_has(r->tree, node, KH_ATTR_PUBDATE)) {
        path = KH_STR("time[pubdate]");
    }
    kh_meta_add_date(r->out, r->meta, path, words);
}

static void read_link(meta_reader *r, const kh_node *node)
{
    kh_str rel = kh_node_attr(r->tree, node, KH_ATTR_REL);
    kh_str href = kh_node_attr(r->tree, node, KH_ATTR_HREF);
    if (kh_str_eq_ascii_nocase(rel, KH_STR("canonical"))) {
        kh_meta_say(r->out, r->meta, KH_SAID_URL, KH_IN_LINK, href, KH_STR("link[rel=canonical]"));
    } else if (kh_str_eq_ascii_nocase(rel, KH_STR("image_src"))) {
        kh_meta_say(r->out, r->meta, KH_SAID_IMAGE, KH_IN_LINK, href, KH_STR("link[rel=image_src]"));
    }
}

static void read_node(meta_reader *r, uint32_t i)
{
    const kh_node *node = &r->tree->nodes.items[i];
    kh_meta *m = r->meta;
    switch (node->tag) {
    case KH_TAG_meta: read_meta(r, node); return;
    case KH_TAG_link: read_link(r, node); return;
    case KH_TAG_title:
        if (!m->title.len) {
            m->title = kh_headline_clean(r->out, inner_text(r->out, r->tree, i));
            kh_meta_say(r->out, m, KH_SAID_TITLE, KH_IN_TITLE, m->title, KH_STR("title"));
        }
        return;
    case KH_TAG_base: m->base = m->base.len ? m->base : kh_field_bytes(kh_node_attr(r->tree, node, KH_ATTR_HREF)); return;
    case KH_TAG_html:
        kh_meta_say(r->out, m, KH_SAID_LANG, KH_IN_TITLE, kh_node_attr(r->tree, node, KH_ATTR_LANG), KH_STR("html[lang]"));
        return;
    default:
        if (node->attr_count) {
            read_dated_element(r, i);
        }
    }
}

/* What the head says of the page's address and headline, before anything else is read: JSON-LD is judged
 * by it. */
static kh_ld_page ld_page_of(kh_arena *out, const kh_tree *tree, kh_str url)
{
    kh_ld_page page = {.url = url};
    kh_str og = {0};
    for (uint32_t i = 1; i < tree->nodes.count && tree->nodes.items[i].tag != KH_TAG_body; i++) {
        const kh_node *node = &tree->nodes.items[i];
        kh_str property = kh_node_attr(tree, node, KH_ATTR_PROPERTY);
        if (node->tag == KH_TAG_title && !page.titles[0].len) {
            page.titles[0] = kh_field_bytes(inner_text(out, tree, i));
        } else if (node->tag == KH_TAG_link && kh_str_eq_ascii_nocase(kh_node_attr(tree, node, KH_ATTR_REL), KH_STR("canonical"))) {
            page.own = kh_str_trim(kh_node_attr(tree, node, KH_ATTR_HREF));
        } else if (node->tag == KH_TAG_meta && kh_str_eq_ascii_nocase(property, KH_STR("og:url"))) {
            og = kh_str_trim(kh_node_attr(tree, node, KH_ATTR_CONTENT));
        } else if (node->tag == KH_TAG_meta && kh_str_eq_ascii_nocase(property, KH_STR("og:title"))) {
            page.titles[1] = kh_field_bytes(kh_node_attr(tree, node, KH_ATTR_CONTENT));
        }
    }
    page.own = page.own.len ? page.own : og;
    return page;
}

kh_meta kh_meta_of(kh_arena *out, const kh_tree *tree, kh_str url)
{
    kh_meta meta = {0};
    meta_reader r = {.out = out, .tree = tree, .meta = &meta};
    kh_ld_page page = ld_page_of(out, tree, url);
    kh_ld_read(out, tree, &page, &meta);
    for (uint32_t i = 1; i < tree->nodes.count; i++) {
        if (tree->nodes.items[i].tag != KH_TAG_TEXT) {
            read_node(&r, i);
        }
    }
    return meta;
}
