/* scan.c - a page cut into tags and text.
 *
 * One linear pass over the bytes. Comments, scripts, styles and drawings are passed over (half the
 * bytes of a news page), and of the attributes only those are given that the extractor reads.
 *
 *     <div class="story" onclick="a>b"><!-- x --><script>if(a<b)…</script>خبر</div>
 *     start div class=story, text " ", text "خبر", end div
 *
 * Tags are read as HTML5's tokenizer does it: quotes protect '>', a '<' before anything but a
 * letter, '/', '!' or '?' is text. What it gets wrong: a comment that is never closed ends at its
 * first '>' instead of eating the page (the browser eats it; the reader wants the article).
 */
#include "page/html.h"

#include <string.h>

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static kh_str between(const char *begin, const char *end)
{
    return (kh_str){begin, (size_t)(end - begin)};
}

static void give_text(kh_html_token *t, kh_str text)
{
    t->kind = KH_HTML_TEXT;
    t->text = text;
}

/* The place of "</NAME", letters of either case, and not of "</NAMEs"; END when there is none. */
static const char *closing_tag(const char *at, const char *end, kh_str name)
{
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        size_t left = (size_t)(end - at), len = name.len + 2;
        if (left < len) {
            return end;
        }
        if (at[1] == '/' && kh_str_eq_ascii_nocase((kh_str){at + 2, name.len}, name) && (left == len || !is_name_char(at[len]))) {
            return at;
        }
        at++;
    }
    return end;
}

/* The value behind an attribute's name, with its '=' and quotes taken off; s->at moves behind it. */
static kh_str read_value(kh_scan *s)
{
    const char *p = s->at;
    while (p < s->end && is_space(*p)) {
        p++;
    }
    if (p >= s->end || *p != '=') {
        return (kh_str){0};
    }
    p++;
    while (p < s->end && is_space(*p)) {
        p++;
    }
    if (p < s->end && (*p == '"' || *p == '\'')) {
        const char *close = memchr(p + 1, *p, (size_t)(s->end - p - 1));
        s->at = close ? close + 1 : s->end;
        return between(p + 1, close ? close : s->end);
    }
    const char *begin = p;
    while (p < s->end && !is_space(*p) && *p != '>') {
        p++;
    }
    s->at = p;
    return between(begin, p);
}

/* The attributes up to and with '>'; those that are kept go into *T, the first of each name. Tells
 * whether the tag ends in "/>". */
static bool read_attributes(kh_scan *s, kh_html_token *t)
{
    uint32_t seen = 0;
    size_t count = 0;
    bool closed = false;
    t->attr_count = 0;
    while (s->at < s->end && *s->at != '>') {
        const char *name = s->at;
        if (is_space(*name) || *name == '/' || *name == '=' || *name == '"' || *name == '\'') {
            closed = *s->at++ == '/';
            continue;
        }
        while (s->at < s->end && !is_space(*s->at) && *s->at != '=' && *s->at != '>' && *s->at != '/') {
            s->at++;
        }
        kh_str whole = between(name, s->at);
        kh_str value = read_value(s);
        closed = false;
        uint8_t key = ++count <= KH_ATTRIBUTES_MAX ? kh_html_attr_of(&s->names, whole, kh_html_name(whole)) : KH_ATTR_count;
        if (key < KH_ATTR_count && !(seen & 1u << key)) {
            seen |= 1u << key;
            t->attrs[t->attr_count++] = (kh_attr){.key = key, .value = value};
        }
    }
    s->at += s->at < s->end;
    return closed;
}

/* Elements whose content is no text of the page: a bit of their own, 0 for all others. Of the first two
 * a missing end tag is not forgiven. */
static uint32_t opaque_bit(uint8_t tag)
{
    switch (tag) {
    case KH_TAG_script: return 1;
    case KH_TAG_style: return 2;
    case KH_TAG_svg: return 4;
    case KH_TAG_noscript: return 8;
    case KH_TAG_iframe: return 16;
    case KH_TAG_textarea: return 32;
    case KH_TAG_title: return 64;
    default: return 0;
    }
}

enum { NEVER_FORGIVEN = 1 | 2 };

/* Where the content of element NAME ends, behind which s->at stands; NULL where its end tag is missing
 * and that is forgiven. */
static const char *end_of_content(kh_scan *s, kh_str name, uint32_t bit)
{
    if (s->no_end & bit) {
        return NULL;
    }
    const char *close = closing_tag(s->at, s->end, name);
    if (close == s->end && !(bit & NEVER_FORGIVEN)) {
        s->no_end |= bit;
        return NULL;
    }
    return close;
}

/* Passes over the content of an element and its end tag; false where it is to be read instead. */
static bool skip_content(kh_scan *s, kh_str name, uint32_t bit, bool json_ld)
{
    const char *close = end_of_content(s, name, bit);
    if (!close) {
        return false;
    }
    if (json_ld) {
        *KH_ADD(s->arena, s->json_ld) = between(s->at, close);
    }
    const char *gt = close < s->end ? memchr(close, '>', (size_t)(s->end - close)) : NULL;
    s->at = gt ? gt + 1 : s->end;
    return true;
}

/* A start tag into *T, or a space for an element whose content is no text; false where nothing is left
 * of it. */
static bool start_tag(kh_scan *s, kh_html_token *t)
{
    const char *begin = s->at + 1;
    for (s->at = begin; s->at < s->end && is_name_char(*s->at);) {
        s->at++;
    }
    kh_str name = between(begin, s->at);
    t->kind = KH_HTML_START;
    t->name = kh_html_name(name);
    t->tag = kh_html_tag_of(&s->names, name, t->name);
    bool closed = read_attributes(s, t);
    uint32_t bit = opaque_bit(t->tag);
    if (t->tag == KH_TAG_title) {
        const char *close = end_of_content(s, name, bit);
        s->plain = close ? close : s->plain;
    } else if (bit && closed && !(bit & NEVER_FORGIVEN)) {
        return false;
    } else if (bit) {
        kh_str tag = between(begin, s->at);
        bool json_ld = t->tag == KH_TAG_script && kh_str_find(tag, KH_STR("ld+json")) < tag.len;
        if (!skip_content(s, name, bit, json_ld)) {
            return false;
        }
        give_text(t, KH_STR(" "));
    }
    return true;
}

static void end_tag(kh_scan *s, kh_html_token *t)
{
    const char *p = s->at + 2;
    while (p < s->end && is_name_char(*p)) {
        p++;
    }
    kh_str name = between(s->at + 2, p);
    t->kind = KH_HTML_END;
    t->name = kh_html_name(name);
    t->tag = kh_html_tag_of(&s->names, name, t->name);
    const char *gt = memchr(p, '>', (size_t)(s->end - p));
    s->at = gt ? gt + 1 : s->end;
}

/* The '>' of the "-->" or "--!>" that ends the comment at s->at; NULL when there is none. */
static const char *comment_end(const kh_scan *s)
{
    const char *gt = s->at + 3;
    while (++gt < s->end && (gt = memchr(gt, '>', (size_t)(s->end - gt))) != NULL) {
        bool bang = gt - s->at >= 7 && gt[-1] == '!';
        if (gt[-1 - bang] == '-' && gt[-2 - bang] == '-') {
            return gt;
        }
    }
    return NULL;
}

/* A comment, doctype, processing instruction or marked section. */
static void skip_declaration(kh_scan *s)
{
    size_t left = (size_t)(s->end - s->at);
    const char *close = NULL;
    if (left > 4 && !s->no_comment_end && memcmp(s->at, "<!--", 4) == 0) {
        close = comment_end(s);
        s->no_comment_end = !close;
    }
    if (!close) {
        close = memchr(s->at, '>', left);
    }
    s->at = close ? close + 1 : s->end;
}

/* The text from s->at, of which the first SURE bytes begin no tag, to the next '<'. */
static void text(kh_scan *s, kh_html_token *t, size_t sure)
{
    const char *begin = s->at;
    const char *lt = memchr(begin + sure, '<', (size_t)(s->end - begin) - sure);
    s->at = lt ? lt : s->end;
    give_text(t, between(begin, s->at));
}

kh_scan kh_scan_of(kh_arena *a, kh_str html, kh_strs *json_ld)
{
    return (kh_scan){.at = html.ptr, .end = html.ptr + html.len, .plain = html.ptr, .arena = a, .json_ld = json_ld};
}

bool kh_scan_next(kh_scan *s, kh_html_token *t)
{
    while (s->at < s->end) {
        size_t left = (size_t)(s->end - s->at);
        char next = left > 1 ? s->at[1] : 0;
        if (*s->at != '<' || s->at < s->plain) {
            text(s, t, s->at < s->plain ? (size_t)(s->plain - s->at) : 0);
            return true;
        }
        if (is_letter(next)) {
            if (start_tag(s, t)) {
                return true;
            }
        } else if (next == '/' && left > 2 && is_letter(s->at[2])) {
            end_tag(s, t);
            return true;
        } else if (next == '!' || next == '?' || next == '/') {
            skip_declaration(s);
        } else {
            text(s, t, 1);
            return true;
        }
    }
    return false;
}
