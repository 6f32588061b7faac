/* json.c - JSON-LD as pages really carry it.
 *
 * News sites write their headline, dates, author and often the whole body as JSON for search
 * engines, and about one page in thirty writes it wrong: raw line breaks inside strings, a comma
 * too many, a comment around it, an end that is missing. A strict parser refuses the whole
 * record; the dates in it are still good. So this reader takes what it can and stops where it
 * cannot go on:
 *
 *     {"@type":"NewsArticle","headline":"سقوط
 *      المطار","datePublished":"2022-01-06T10:00:00Z",}      ->  three members
 *
 * Values lie in one list in document order with the index of their end, so nothing is recursive;
 * nesting beyond DEPTH is skipped. Input from people (JSON Lines) is read strictly, by input/.
 */
#include "page/parts.h"

#include <string.h>

enum { DEPTH = 64, VALUES_MAX = 100000 };

typedef struct reader {
    kh_arena *arena;
    kh_str text;
    size_t at;
    kh_jsons list;
    uint32_t open[DEPTH];
    size_t depth;
} reader;

static char peek(const reader *r)
{
    return r->at < r->text.len ? r->text.ptr[r->at] : 0;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_space(reader *r)
{
    while (r->at < r->text.len && is_space(r->text.ptr[r->at])) {
        r->at++;
    }
}

static uint32_t hex4(kh_str s, size_t at)
{
    uint32_t value = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = i < s.len ? s.ptr[i] : 'x';
        uint32_t digit = c >= '0' && c <= '9'                 ? (uint32_t)(c - '0')
                         : (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)((c | 32) - 'a' + 10)
                                                              : 16;
        if (digit > 15) {
            return KH_REPLACEMENT;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* The escape at r->at, which stands behind the backslash; gives bytes written. */
static size_t unescape(reader *r, char *out)
{
    char c = peek(r);
    r->at++;
    switch (c) {
    case 'n':
    case 'r':
    case 't':
    case 'f':
    case 'b': *out = c == 'n' || c == 'r' ? '\n' : ' '; return 1;
    case 'u': {
        uint32_t cp = hex4(r->text, r->at);
        r->at += 4;
        bool pair = cp >= 0xD800 && cp < 0xDC00 && r->at + 1 < r->text.len && r->text.ptr[r->at] == '\\' && r->text.ptr[r->at + 1] == 'u';
        if (pair) {
            uint32_t low = hex4(r->text, r->at + 2);
            cp = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00) : KH_REPLACEMENT;
            r->at += 6;
        }
        r->at = r->at < r->text.len ? r->at : r->text.len;
        return kh_utf8_put(out, cp ? cp : ' ');
    }
    default: *out = c ? c : ' '; return 1;
    }
}

/* The string at r->at, which stands on its opening quote. */
static kh_str read_string(reader *r)
{
    size_t begin = ++r->at;
    size_t end = begin;
    bool escaped = false;
    while (end < r->text.len && r->text.ptr[end] != '"') {
        escaped = escaped || r->text.ptr[end] == '\\';
        end += r->text.ptr[end] == '\\' ? 2 : 1;
    }
    end = end < r->text.len ? end : r->text.len;
    if (!escaped) {
        r->at = end + 1;
        return (kh_str){r->text.ptr + begin, end - begin};
    }
    char *out = KH_NEW_N(r->arena, char, end - begin + 4);
    size_t n = 0;
    while (r->at < end) {
        char c = r->text.ptr[r->at++];
        if (c == '\\') {
            n += unescape(r, out + n);
        } else {
            out[n++] = c;
        }
    }
    r->at = end + 1;
    return (kh_str){out, n};
}

static void add(reader *r, kh_str key, kh_json_kind kind, kh_str text)
{
    uint32_t index = (uint32_t)r->list.count;
    *KH_ADD(r->arena, &r->list) = (kh_json){.key = key, .text = text, .kind = (uint8_t)kind, .end = index + 1};
}

/* Something is open wherever a step is made: the first one opens, and the last that closes ends the reading. */
static void close_value(reader *r)
{
    r->depth--;
    r->list.items[r->open[r->depth]].end = (uint32_t)r->list.count;
}

static bool open_value(reader *r, kh_str name)
{
    if (r->depth == DEPTH) {
        return false;
    }
    r->open[r->depth++] = (uint32_t)r->list.count;
    add(r, name, peek(r) == '{' ? KH_JSON_OBJECT : KH_JSON_ARRAY, (kh_str){0});
    r->at++;
    return true;
}

/* A string is a value or, before ':' in an object, the key of the next one. */
static kh_str string_or_key(reader *r, kh_str name)
{
    kh_str text = read_string(r);
    skip_space(r);
    bool in_object = r->list.items[r->open[r->depth - 1]].kind == KH_JSON_OBJECT;
    if (in_object && peek(r) == ':') {
        r->at++;
        return text;
    }
    add(r, name, KH_JSON_STRING, text);
    return (kh_str){0};
}

static bool bare_value(reader *r, kh_str name)
{
    size_t begin = r->at;
    while (r->at < r->text.len && !is_space(r->text.ptr[r->at]) && !strchr(",]}\"", r->text.ptr[r->at])) {
        r->at++;
    }
    add(r, name, KH_JSON_OTHER, (kh_str){r->text.ptr + begin, r->at - begin});
    return r->at > begin;
}

/* One value or structure mark. False where the text makes no sense any more. */
static bool step(reader *r, kh_str *key)
{
    skip_space(r);
    kh_str name = *key;
    *key = (kh_str){0};
    switch (peek(r)) {
    case 0: return false;
    case '{':
    case '[': return open_value(r, name);
    case '}':
    case ']':
        close_value(r);
        r->at++;
        return true;
    case ',':
    case ';': r->at++; return true;
    case '"': *key = string_or_key(r, name); return true;
    default: return bare_value(r, name);
    }
}

kh_jsons kh_json_read(kh_arena *a, kh_str text)
{
    reader r = {.arena = a, .text = text};
    while (r.at < text.len && text.ptr[r.at] != '{' && text.ptr[r.at] != '[') {
        r.at++; /* "<!--", "//<![CDATA[" */
    }
    kh_str key = {0};
    while (r.list.count < VALUES_MAX && step(&r, &key)) {
        if (r.depth == 0) {
            break;
        }
    }
    while (r.depth > 0) {
        close_value(&r);
    }
    return r.list;
}

uint32_t kh_json_member(const kh_jsons *json, uint32_t i, kh_str key)
{
    if (i >= json->count || json->items[i].kind != KH_JSON_OBJECT) {
        return 0;
    }
    for (uint32_t m = i + 1; m < json->items[i].end; m = json->items[m].end) {
        if (kh_str_eq(json->items[m].key, key)) {
            return m;
        }
    }
    return 0;
}
