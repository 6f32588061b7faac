/* jsonl_map.c - records that other programs write, by a table of where they keep what.
 *
 *     {"maintext":"قال ...","title":"...","source_domain":"akhbar.example",        news-please
 *      "date_publish":"2022-01-06 10:00:00","language":"ar","url":"https://..."}
 *     {"article":{"headline":"...","articleBody":"...","datePublished":"..."}}     Zyte and its kin
 *
 * A record is such a one when it has the content member of the row and none of our own. A place is
 * a path of members with dots; several are tried in their order; an array gives its strings, or
 * the names of its objects, joined by ", ". The suppliers guessed much of this themselves, so a
 * value that cannot be read (a date in words, "None") is left out and the record is read all the
 * same. Field names after the documentation of news-please 1.6 (NewsArticle.get_dict), of Zyte's
 * article schema, of schema.org, and of the HuggingFace copy of CC-NEWS, whose "text" is our own.
 *
 * Gets wrong: times of news-please are of the page's zone, which it drops; they stay without one.
 */
#include "input/feed.h"
#include "input/parts.h"

#include <jansson.h>
#include <string.h>

enum { STEP_BYTES_MAX = 40 };

typedef struct supplier {
    const char *content; /* the member that makes it one; plain text */
    const char *url, *title, *lang, *outlet, *byline, *published, *captured;
} supplier;

/* The same table stands in docs/JSON.md. */
static const supplier suppliers[] = {
    {"maintext", "url", "title title_page title_rss", "language", "source_domain", "authors", "date_publish", "date_download"},
    {"article.articleBody", "article.canonicalUrl article.url url", "article.headline", "article.inLanguage", "article.publisher.name",
     "article.authors article.author article.authorsList", "article.datePublished",
     "article.metadata.dateDownloaded metadata.dateDownloaded"},
    {"articleBody", "canonicalUrl url mainEntityOfPage", "headline name", "inLanguage", "publisher.name", "authors author authorsList",
     "datePublished", "metadata.dateDownloaded"},
};

/* The member of OBJECT at a path with dots. */
static const json_t *at_path(const json_t *object, kh_str path)
{
    kh_str step = {0};
    while (object && kh_str_cut(&path, '.', &step)) {
        char key[STEP_BYTES_MAX];
        if (step.len >= sizeof key) {
            return NULL;
        }
        memcpy(key, step.ptr, step.len);
        key[step.len] = 0;
        object = json_object_get(object, key);
    }
    return object;
}

/* A string, the "name" of an object, or those of an array. */
static kh_str words_of(kh_arena *out, const json_t *v)
{
    if (json_is_string(v)) {
        kh_str s = kh_str_trim((kh_str){json_string_value(v), json_string_length(v)});
        bool none = kh_str_eq(s, KH_STR("None")) || kh_str_eq(s, KH_STR("null"));
        return none ? (kh_str){0} : kh_arena_copy(out, s);
    }
    if (json_is_object(v)) {
        const json_t *name = json_object_get(v, "name");
        return json_is_string(name) ? words_of(out, name) : (kh_str){0};
    }
    kh_buf names = {.arena = out};
    for (size_t i = 0; i < json_array_size(v); i++) {
        const json_t *one = json_array_get(v, i);
        kh_str name = json_is_array(one) ? (kh_str){0} : words_of(out, one);
        if (name.len) {
            kh_buf_z(&names, names.len ? ", " : "");
            kh_buf_add(&names, name);
        }
    }
    return kh_buf_str(&names);
}

static kh_str first_of(kh_arena *out, const json_t *root, const char *paths)
{
    kh_str rest = kh_str_z(paths);
    kh_str path = {0};
    while (kh_str_cut(&rest, ' ', &path)) {
        kh_str words = words_of(out, at_path(root, path));
        if (words.len) {
            return words;
        }
    }
    return (kh_str){0};
}

static kh_time time_of(kh_arena *out, const json_t *root, const char *paths)
{
    kh_time time = {0};
    return kh_feed_date(first_of(out, root, paths), &time) ? time : (kh_time){0};
}

static bool is_ours(const json_t *root)
{
    static const char *const own[] = {"html", "html_base64", "page_text", "text"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        const json_t *v = json_object_get(root, own[i]);
        if (v && !json_is_null(v)) {
            return true;
        }
    }
    return false;
}

bool kh_record_of_supplier(kh_arena *out, const void *object, kh_page *page)
{
    const json_t *root = object;
    const supplier *s = NULL;
    for (size_t i = 0; i < sizeof suppliers / sizeof *suppliers && !s && !is_ours(root); i++) {
        s = json_is_string(at_path(root, kh_str_z(suppliers[i].content))) ? &suppliers[i] : NULL;
    }
    if (!s) {
        return false;
    }
    page->kind = KH_PAGE_TEXT;
    page->charset = KH_STR("utf-8");
    page->charset_why = KH_STR("JSON");
    page->raw = first_of(out, root, s->content);
    page->text = kh_utf8_clean(out, page->raw);
    page->url = first_of(out, root, s->url);
    page->title = first_of(out, root, s->title);
    page->lang = first_of(out, root, s->lang);
    page->outlet = first_of(out, root, s->outlet);
    page->byline = first_of(out, root, s->byline);
    page->published = time_of(out, root, s->published);
    page->captured = time_of(out, root, s->captured);
    return true;
}
