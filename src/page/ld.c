/* ld.c - the JSON-LD records of a page: which one is about this page, and what it says.
 *
 * Sites write several records into one page: the article, the web page around it, the site, its
 * owner, a list of other reports, the entries of a live blog. They stand side by side, nested, or in
 * one "@graph" whose parts point at each other by "@id":
 *
 *     {"@graph":[{"@type":"WebPage","@id":"https://n.example/a"},
 *                {"@type":"NewsArticle","mainEntityOfPage":{"@id":"https://n.example/a"},
 *                 "headline":"سقوط الجسر","author":{"@id":"#p1"}},
 *                {"@type":"Person","@id":"#p1","name":"هدى علي"}]}
 *
 * A record is an article when its @type ends in Article, Posting, Report, Review or Recipe. Of several
 * that one is read which gives this page's address; else the first that is not part of another
 * record's list; and sooner the one whose headline <title> or og:title has too. Records that give another
 * page's address are left out, with their dates. What it gets wrong: a page that carries the record
 * of another one alone.
 */
#include "page/parts.h"

enum { RECORDS_MAX = 400, AUTHORS_MAX = 10 };

typedef struct record {
    uint32_t script;
    uint32_t object;
    int rank;
    bool page;  /* a WebPage, not an article */
    bool other; /* it gives another page's address */
} record;

typedef struct ld_reader {
    kh_arena *out;
    kh_meta *meta;
    kh_jsons *scripts;
    size_t script_count;
    const kh_ld_page *page;
    KH_LIST(record) records;
    kh_map ids; /* hash of @id -> script and object of the place that has a name or url, packed */
} ld_reader;

static kh_str text_of(const kh_jsons *j, uint32_t i)
{
    return i && j->items[i].kind == KH_JSON_STRING ? kh_str_trim(j->items[i].text) : (kh_str){0};
}

static kh_str member_text(const kh_jsons *j, uint32_t object, const char *key)
{
    return text_of(j, kh_json_member(j, object, kh_str_z(key)));
}

/* ---- types ---- */

static bool type_ends(const kh_jsons *j, uint32_t object, const char *const *ends)
{
    uint32_t t = kh_json_member(j, object, KH_STR("@type"));
    uint32_t end = t ? j->items[t].end : 0;
    for (uint32_t i = t && j->items[t].kind == KH_JSON_ARRAY ? t + 1 : t; i < end; i++) {
        for (const char *const *e = ends; *e; e++) {
            if (kh_str_ends(text_of(j, i), kh_str_z(*e))) {
                return true;
            }
        }
    }
    return false;
}

static bool is_article(const kh_jsons *j, uint32_t object)
{
    static const char *const ends[] = {"Article", "Posting", "Report", "Review", "Recipe", NULL};
    return type_ends(j, object, ends);
}

static bool is_page(const kh_jsons *j, uint32_t object)
{
    static const char *const ends[] = {"WebPage", NULL};
    return type_ends(j, object, ends);
}

static bool is_site(const kh_jsons *j, uint32_t object)
{
    static const char *const ends[] = {"WebSite", "NewsMediaOrganization", NULL};
    return type_ends(j, object, ends);
}

static bool is_group(const kh_jsons *j, uint32_t object)
{
    static const char *const ends[] = {"Organization", "Corporation", NULL};
    return type_ends(j, object, ends);
}

/* ---- the record of this page ---- */

/* Members whose objects are other pages, or parts of this one. */
static bool is_list_of_others(kh_str key)
{
    static const char *const keys[] = {"liveBlogUpdate", "itemListElement", "hasPart",         "isPartOf", "relatedLink", "citation",
                                       "mentions",       "comment",         "review",          "video",    "isBasedOn",   "subjectOf",
                                       "blogPost",       "blogPosts",       "significantLink", NULL};
    for (size_t i = 0; keys[i]; i++) {
        if (kh_str_eq(key, kh_str_z(keys[i]))) {
            return true;
        }
    }
    return false;
}

/* An address the record gives as its own: url, mainEntityOfPage, @id. */
static kh_str address_of(const kh_jsons *j, uint32_t object, size_t which)
{
    static const char *const keys[] = {"url", "mainEntityOfPage", "@id"};
    uint32_t m = kh_json_member(j, object, kh_str_z(keys[which]));
    if (m && j->items[m].kind == KH_JSON_OBJECT) {
        kh_str id = member_text(j, m, "@id");
        return id.len ? id : member_text(j, m, "url");
    }
    return text_of(j, m);
}

static bool is_this_page(const ld_reader *r, kh_str address)
{
    kh_arena scratch = *r->out;
    kh_str own = kh_url_join(&scratch, address, r->page->own); /* may be "/2024/a" */
    return kh_url_same_page(address, r->page->url) || (own.len && kh_url_same_page(address, own));
}

/* The best agreement of the record's headline with what the head of the page says. */
static float agreement(const ld_reader *r, const kh_jsons *j, uint32_t object)
{
    kh_str headline = member_text(j, object, "headline");
    float best = 0;
    for (size_t i = 0; i < 2 && headline.len; i++) {
        float said = kh_headline_agreement(*r->out, kh_field_bytes(headline), r->page->titles[i]);
        best = said > best ? said : best;
    }
    return best;
}

static int rank_of(const ld_reader *r, const kh_jsons *j, uint32_t object, bool nested, bool *other)
{
    int rank = nested ? -6 : 0;
    bool page = is_page(j, object) && !is_article(j, object);
    rank += page ? -4 : 0;
    rank += kh_json_member(j, object, KH_STR("datePublished")) ? 1 : 0;
    rank += kh_json_member(j, object, KH_STR("headline")) ? 1 : 0;
    bool same = false, different = false;
    for (size_t k = 0; k < 3; k++) {
        kh_str address = address_of(j, object, k);
        if (kh_url_host(address).len && !kh_url_is_root(address)) {
            bool equal = is_this_page(r, address);
            same = same || equal;
            different = different || (!equal && k < 2);
        }
    }
    float agrees = page ? 0 : agreement(r, j, object);
    *other = !same && different && agrees < 0.9f && (r->page->url.len || r->page->own.len);
    return rank + (same ? 4 : *other ? -3 : 0) + (agrees >= 0.9f ? 3 : agrees >= 0.6f ? 2 : 0);
}

static void find_records(ld_reader *r, uint32_t script)
{
    const kh_jsons *j = &r->scripts[script];
    uint32_t end = 0; /* of the list of others that we stand in */
    for (uint32_t i = 0; i < j->count && r->records.count < RECORDS_MAX; i++) {
        if (i >= end && is_list_of_others(j->items[i].key)) {
            end = j->items[i].end;
        }
        if (j->items[i].kind != KH_JSON_OBJECT) {
            continue;
        }
        kh_str id = member_text(j, i, "@id");
        bool told = kh_json_member(j, i, KH_STR("name")) || kh_json_member(j, i, KH_STR("url"));
        if (id.len && told && i < (1u << 20) && script < (1u << 11)) {
            *kh_map_put(r->out, &r->ids, kh_hash(id), NULL) = script << 20 | i;
        }
        if (is_article(j, i) || is_page(j, i)) {
            record found = {.script = script, .object = i, .page = !is_article(j, i)};
            found.rank = rank_of(r, j, i, i < end, &found.other);
            *KH_ADD(r->out, &r->records) = found;
        }
    }
}

static const record *best_record(const ld_reader *r)
{
    const record *best = NULL;
    KH_EACH(const record, rec, r->records) {
        if (!rec->page && (!best || rec->rank > best->rank)) {
            best = rec;
        }
    }
    return best;
}

/* ---- values ---- */

/* The object that I is, or that its "@id" points at; *j becomes the script it stands in. */
static uint32_t follow(const ld_reader *r, const kh_jsons **j, uint32_t i, const char *wanted)
{
    if (kh_json_member(*j, i, kh_str_z(wanted))) {
        return i;
    }
    const uint32_t *place = kh_map_get(&r->ids, kh_hash(member_text(*j, i, "@id")));
    if (!place) {
        return i;
    }
    *j = &r->scripts[*place >> 20];
    return *place & ((1u << 20) - 1);
}

/* A string, or MEMBER of an object (followed by its @id). */
static kh_str value_at(const ld_reader *r, const kh_jsons *j, uint32_t i, const char *member, bool *group)
{
    *group = false;
    if (i && j->items[i].kind == KH_JSON_OBJECT) {
        uint32_t o = follow(r, &j, i, member);
        *group = is_group(j, o);
        uint32_t m = kh_json_member(j, o, kh_str_z(member));
        m = m && j->items[m].kind == KH_JSON_ARRAY && j->items[m].end > m + 1 ? m + 1 : m;
        return text_of(j, m);
    }
    return text_of(j, i);
}

/* Says each value of member KEY: of a string, an object or an array of such. */
static void say_each(ld_reader *r, const kh_jsons *j, uint32_t object, const char *key, const char *member, kh_said_of of, size_t most)
{
    uint32_t m = kh_json_member(j, object, kh_str_z(key));
    if (!m) {
        return;
    }
    bool array = j->items[m].kind == KH_JSON_ARRAY;
    uint32_t end = j->items[m].end;
    kh_str path = kh_arena_printf(r->out, "json-ld %s", key);
    for (uint32_t i = array ? m + 1 : m; i < end && most > 0; i = j->items[i].end, most--) {
        bool group = false;
        size_t before = r->meta->said[of].count;
        kh_meta_say(r->out, r->meta, of, KH_IN_JSON, value_at(r, j, i, member, &group), path);
        if (r->meta->said[of].count > before) {
            r->meta->said[of].items[before].group = group;
        }
    }
}

static void read_article(ld_reader *r, const kh_jsons *j, uint32_t o)
{
    kh_meta *m = r->meta;
    kh_str headline = member_text(j, o, "headline");
    kh_str name = member_text(j, o, "name");
    kh_meta_say(r->out, m, KH_SAID_TITLE, KH_IN_JSON, headline.len ? headline : name,
                headline.len ? KH_STR("json-ld headline") : KH_STR("json-ld name"));
    if (headline.len) {
        kh_meta_say(r->out, m, KH_SAID_TITLE, KH_IN_META, name, KH_STR("json-ld name"));
    }
    kh_meta_say(r->out, m, KH_SAID_TITLE, KH_IN_META, member_text(j, o, "alternativeHeadline"), KH_STR("json-ld alternativeHeadline"));
    say_each(r, j, o, "author", "name", KH_SAID_AUTHOR, AUTHORS_MAX);
    say_each(r, j, o, "creator", "name", KH_SAID_AUTHOR, AUTHORS_MAX);
    say_each(r, j, o, "image", "url", KH_SAID_IMAGE, 3);
    say_each(r, j, o, "articleSection", "name", KH_SAID_SECTION, 3);
    uint32_t keywords = kh_json_member(j, o, KH_STR("keywords"));
    for (uint32_t i = keywords; keywords && i < j->items[keywords].end; i++) {
        kh_meta_say_tags(r->out, m, text_of(j, i), KH_STR("json-ld keywords"));
    }
    for (size_t k = 0; k < 2; k++) {
        kh_meta_say(r->out, m, KH_SAID_URL, KH_IN_JSON, address_of(j, o, k),
                    k ? KH_STR("json-ld mainEntityOfPage") : KH_STR("json-ld url"));
    }
    if (!m->publisher.len) {
        bool group = false;
        kh_str publisher = value_at(r, j, kh_json_member(j, o, KH_STR("publisher")), "name", &group);
        m->publisher = kh_headline_clean(r->out, publisher);
        m->publisher_path = KH_STR("json-ld publisher");
    }
}

static void read_record(ld_reader *r, const record *rec, const record *best)
{
    const kh_jsons *j = &r->scripts[rec->script];
    uint32_t o = rec->object;
    kh_meta *m = r->meta;
    m->is_article = m->is_article || !rec->page;
    if (rec->other && rec != best) {
        return;
    }
    kh_str body = member_text(j, o, "articleBody");
    if (!rec->page && body.len > m->json_body.len) {
        m->json_body = body;
    }
    kh_meta_say(r->out, m, KH_SAID_LANG, KH_IN_JSON, member_text(j, o, "inLanguage"), KH_STR("json-ld inLanguage"));
    static const char *const keys[] = {"datePublished", "dateModified", "dateCreated", "uploadDate"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        kh_str path = kh_arena_printf(r->out, "json-ld %s%s", rec->page && k < 2 ? "WebPage " : "", keys[k]);
        kh_meta_add_date(r->out, m, path, member_text(j, o, keys[k]));
    }
}

static void read_site(ld_reader *r, uint32_t script)
{
    const kh_jsons *j = &r->scripts[script];
    for (uint32_t i = 0; i < j->count; i++) {
        if (j->items[i].kind == KH_JSON_OBJECT && is_site(j, i)) {
            kh_str name = kh_headline_clean(r->out, member_text(j, i, "name"));
            if (name.len && !r->meta->publisher.len) {
                r->meta->publisher = name;
                r->meta->publisher_path = KH_STR("json-ld WebSite");
            }
        }
    }
}

void kh_ld_read(kh_arena *out, const kh_tree *tree, const kh_ld_page *page, kh_meta *meta)
{
    ld_reader r = {.out = out, .meta = meta, .page = page};
    r.scripts = KH_NEW_N(out, kh_jsons, tree->json_ld.count + 1);
    KH_EACH(const kh_str, script, tree->json_ld) {
        r.scripts[r.script_count] = kh_json_read(out, *script);
        find_records(&r, (uint32_t)r.script_count++);
    }
    const record *best = best_record(&r);
    if (best) {
        read_article(&r, &r.scripts[best->script], best->object);
    }
    KH_EACH(const record, rec, r.records) {
        read_record(&r, rec, best);
    }
    for (uint32_t s = 0; s < r.script_count; s++) {
        read_site(&r, s);
    }
}
