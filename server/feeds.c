/* feeds.c - Atom (RFC 4287) and JSON Feed 1.1, from one list of entries.
 *
 * Every list of the reading room has its feed at the same address, so a search is an alert. An entry's id is its address and never changes.
 * Times: Atom wants a whole one with its offset; "2024-08-05" becomes 2024-08-05T00:00:00Z, and where nothing is known the epoch. A title of
 * another language than English carries xml:lang. XML allows no control characters, and controls that turn text around would reach past
 * the title into the reader's own page: both are left out.
 */
#include "server/room.h"
#include "json/json.h"

#include <string.h>

static kh_str whole_time(kh_arena *out, kh_str iso)
{
    kh_when when = {0};
    if (!kh_when_parse(iso, &when) || !kh_time_known(when.from)) {
        return KH_STR("1970-01-01T00:00:00Z");
    }
    kh_time t = kh_time_of_seconds(kh_time_seconds(when.from));
    return kh_arena_printf(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.year, t.month, t.day, t.hour, t.minute, t.second);
}

static bool is_allowed(uint32_t cp)
{
    bool control = (cp < ' ' && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0) || cp == 0xFFFE || cp == 0xFFFF;
    bool turns = (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
    return !control && !turns;
}

static void put_text(kh_buf *b, kh_str s)
{
    for (size_t i = 0, n = 0; i < s.len; i += n) {
        uint32_t cp = kh_utf8_at(s, i, &n);
        switch (cp) {
        case '&': kh_buf_z(b, "&amp;"); break;
        case '<': kh_buf_z(b, "&lt;"); break;
        case '>': kh_buf_z(b, "&gt;"); break;
        case '"': kh_buf_z(b, "&quot;"); break;
        default:
            if (is_allowed(cp)) {
                kh_buf_cp(b, cp);
            }
        }
    }
}

static void put_element(kh_buf *b, const char *name, kh_str lang, kh_str text)
{
    kh_buf_printf(b, "<%s", name);
    if (lang.len) {
        kh_buf_z(b, " xml:lang=\"");
        put_text(b, lang);
        kh_buf_char(b, '"');
    }
    kh_buf_char(b, '>');
    put_text(b, text);
    kh_buf_printf(b, "</%s>\n", name);
}

/* The address of PATH on this server; the form stands before the query. */
static kh_str address_of(const kh_call *call, kh_str path, kh_form_kind form)
{
    size_t query = kh_str_find(path, KH_STR("?"));
    kh_str suffix = form ? kh_form_suffix(form) : (kh_str){0};
    return kh_arena_printf(call->out, KH_FMT KH_FMT KH_FMT KH_FMT, KH_ARG(call->room->base), KH_ARG(kh_str_head(path, query)),
                           KH_ARG(suffix), KH_ARG(kh_str_from(path, query)));
}

static kh_str updated(kh_arena *out, const kh_feed *feed)
{
    kh_str latest = KH_STR("1970-01-01T00:00:00Z");
    KH_EACH(const kh_feed_entry, e, feed->entries) {
        kh_str at = whole_time(out, e->at);
        latest = kh_str_cmp(at, latest) > 0 ? at : latest;
    }
    return latest;
}

static void put_link(kh_buf *b, const char *rel, const char *type, kh_str href)
{
    kh_buf_printf(b, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    put_text(b, href);
    kh_buf_z(b, "\"/>\n");
}

static void put_atom(kh_call *call, kh_buf *b, const kh_feed *feed)
{
    kh_buf_z(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    put_element(b, "id", (kh_str){0}, address_of(call, feed->path, KH_FORM_ANY));
    put_element(b, "title", (kh_str){0}, feed->title);
    put_element(b, "updated", (kh_str){0}, updated(call->out, feed));
    kh_buf_z(b, "<author><name>Khabar</name></author>\n<generator version=\"" KH_VERSION "\">khabar</generator>\n");
    put_link(b, "self", "application/atom+xml", address_of(call, feed->path, KH_FORM_ATOM));
    put_link(b, "alternate", "text/html", address_of(call, feed->path, KH_FORM_ANY));
    KH_EACH(const kh_feed_entry, e, feed->entries) {
        kh_buf_z(b, "<entry>\n");
        put_element(b, "id", (kh_str){0}, address_of(call, e->id, KH_FORM_ANY));
        put_element(b, "title", e->lang, e->title.len ? e->title : KH_STR("(no title)"));
        put_element(b, "updated", (kh_str){0}, whole_time(call->out, e->at));
        put_link(b, "alternate", "text/html", address_of(call, e->link, KH_FORM_ANY));
        if (e->by.len) {
            kh_buf_z(b, "<author>");
            put_element(b, "name", (kh_str){0}, e->by);
            kh_buf_z(b, "</author>\n");
        }
        put_element(b, "summary", e->lang, e->text);
        kh_buf_z(b, "</entry>\n");
    }
    kh_buf_z(b, "</feed>\n");
}

static void put_json_feed(kh_call *call, kh_buf *b, const kh_feed *feed)
{
    kh_json j = {.buf = b};
    kh_json_open(&j, NULL, '{');
    kh_json_str(&j, "version", KH_STR("https://jsonfeed.org/version/1.1"));
    kh_json_str(&j, "title", feed->title);
    kh_json_str(&j, "home_page_url", address_of(call, feed->path, KH_FORM_ANY));
    kh_json_str(&j, "feed_url", address_of(call, feed->path, KH_FORM_FEED));
    kh_json_open(&j, "items", '[');
    KH_EACH(const kh_feed_entry, e, feed->entries) {
        kh_json_open(&j, NULL, '{');
        kh_json_str(&j, "id", address_of(call, e->id, KH_FORM_ANY));
        kh_json_str(&j, "url", address_of(call, e->link, KH_FORM_ANY));
        kh_json_str(&j, "title", e->title.len ? e->title : KH_STR("(no title)"));
        kh_json_str(&j, "content_text", e->text);
        kh_json_str(&j, "date_published", whole_time(call->out, e->at));
        if (e->lang.len) {
            kh_json_str(&j, "language", e->lang);
        }
        if (e->by.len) {
            kh_json_open(&j, "authors", '[');
            kh_json_open(&j, NULL, '{');
            kh_json_str(&j, "name", e->by);
            kh_json_close(&j, '}');
            kh_json_close(&j, ']');
        }
        kh_json_close(&j, '}');
    }
    kh_json_close(&j, ']');
    kh_json_close(&j, '}');
}

void kh_feed_give(kh_call *call, const kh_feed *feed)
{
    kh_buf b = {.arena = call->out};
    if (call->form == KH_FORM_ATOM) {
        put_atom(call, &b, feed);
        kh_answer_body(call, 200, "application/atom+xml; charset=utf-8", kh_buf_str(&b));
    } else {
        put_json_feed(call, &b, feed);
        kh_answer_body(call, 200, "application/feed+json", kh_buf_str(&b));
    }
}
