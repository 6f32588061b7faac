/* scan.c - a page is made small and harmless before the parser sees it.
 *
 * One linear pass over the bytes. Comments, scripts, styles and drawings go (half the bytes of a
 * news page), and of the attributes only those stay that the extractor reads. That also keeps
 * three traps of libxml2 shut: a tag with 50,000 attributes costs it four seconds (here: the rest
 * beyond KH_ATTRIBUTES_MAX is not copied), `</` inside a script may end it, and NUL bytes end the
 * page. A fourth is that it looks through all open elements for each end tag: 100,000 <div> and
 * then 100,000 </span> took 22 seconds. So an end tag that nothing open can match is not passed
 * on, nor are start tags beyond OPEN_MAX.
 *
 *     <div class="story" onclick="a>b"><!-- x --><script>if(a<b)…</script>خبر</div>
 *     <div class="story">خبر</div>
 *
 * Tags are read as HTML5's tokenizer does it: quotes protect '>', a '<' before anything but a
 * letter, '/', '!' or '?' is text. What it gets wrong: a comment that is never closed ends at its
 * first '>' instead of eating the page (the browser eats it; the reader wants the article).
 */
#include "page/html.h"

#include <string.h>

/* How many elements may be open at once before the parser is spared more, and counters of open
 * elements by their name's hash. */
enum { OPEN_MAX = 1000, NAMES = 1024 };

typedef struct scanner {
    const char *at, *end; /* input */
    char *out;            /* output: never longer than what was read */
    kh_arena *arena;
    kh_strs *json_ld;
    uint32_t open[NAMES]; /* by name: start tags passed on less end tags */
    size_t depth;         /* sum over the names that do not end by themselves */
    size_t dropped;       /* start tags not passed on because of OPEN_MAX */
    /* What was sought to the end of the page in vain is not sought again: 80,000 <textarea> without
     * an end took 22 seconds. */
    bool no_comment_end;
    uint32_t no_end; /* bit i: no end tag of the i-th of opaque_bit */
} scanner;

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == ':' || c == '_';
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

static void emit(scanner *s, kh_str text)
{
    memcpy(s->out, text.ptr, text.len);
    s->out += text.len;
}

/* Text between tags: of a run of white space one character stays, the first line break if there
 * is one. */
static void emit_text(scanner *s, kh_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == ' ' && i + 1 < text.len && is_space(text.ptr[i + 1])) {
            continue;
        }
        if (is_space(c) && i > 0 && is_space(text.ptr[i - 1]) && text.ptr[i - 1] != ' ') {
            continue;
        }
        *s->out++ = c;
    }
}

static uint32_t *counter(scanner *s, kh_str name)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.len; i++) {
        hash = (hash ^ (unsigned char)(name.ptr[i] | 32)) * 16777619u;
    }
    return &s->open[(hash ^ hash >> 16) % NAMES];
}

/* Elements that have no end tag or that the next one of their kind ends. */
static bool ends_by_itself(kh_str name)
{
    static const kh_str names[] = {
        {"p", 1},     {"li", 2},    {"br", 2},    {"img", 3},    {"td", 2},    {"tr", 2},
        {"th", 2},    {"hr", 2},    {"meta", 4},  {"link", 4},   {"input", 5}, {"option", 6},
        {"dt", 2},    {"dd", 2},    {"wbr", 3},   {"area", 4},   {"base", 4},  {"col", 3},
        {"embed", 5}, {"frame", 5}, {"param", 5}, {"source", 6}, {"track", 5},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].len == name.len && kh_str_eq_ascii_nocase(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* The place of "</NAME", letters of either case; END when there is none. */
static const char *closing_tag(const char *at, const char *end, kh_str name)
{
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) < name.len + 2) {
            return end;
        }
        if (at[1] == '/' && kh_str_eq_ascii_nocase((kh_str){at + 2, name.len}, name)) {
            return at;
        }
        at++;
    }
    return end;
}

static bool is_kept_attribute(kh_str name)
{
    static const kh_str kept[] = {
#define KEPT(key, text) {text, sizeof(text) - 1},
        KH_ATTRS(KEPT)
#undef KEPT
    };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (kept[i].len == name.len && kh_str_eq_ascii_nocase(name, kept[i])) {
            return true;
        }
    }
    return false;
}

/* Reads one attribute at s->at, which stands on a character of its name; gives name and raw
 * value. */
static kh_str read_attribute(scanner *s, kh_str *name)
{
    const char *begin = s->at;
    while (s->at < s->end && !is_space(*s->at) && *s->at != '=' && *s->at != '>' && *s->at != '/') {
        s->at++;
    }
    *name = between(begin, s->at);
    const char *after = s->at;
    while (after < s->end && is_space(*after)) {
        after++;
    }
    if (after >= s->end || *after != '=') {
        return between(begin, s->at);
    }
    after++;
    while (after < s->end && is_space(*after)) {
        after++;
    }
    if (after < s->end && (*after == '"' || *after == '\'')) {
        const char *close = memchr(after + 1, *after, (size_t)(s->end - after - 1));
        s->at = close ? close + 1 : s->end;
    } else {
        while (after < s->end && !is_space(*after) && *after != '>') {
            after++;
        }
        s->at = after;
    }
    return between(begin, s->at);
}

/* The attributes up to and with '>'. Copies the kept ones when COPY; tells if one speaks of
 * JSON-LD. */
static void read_attributes(scanner *s, bool copy, bool *json_ld, bool *closed)
{
    size_t count = 0;
    *closed = false;
    while (s->at < s->end && *s->at != '>') {
        if (is_space(*s->at) || *s->at == '/' || *s->at == '=' || *s->at == '"' || *s->at == '\'') {
            *closed = *s->at == '/';
            s->at++;
            continue;
        }
        kh_str name;
        kh_str whole = read_attribute(s, &name);
        *closed = false;
        if (!copy && kh_str_find(whole, KH_STR("ld+json")) < whole.len) {
            *json_ld = true;
        }
        if (copy && ++count <= KH_ATTRIBUTES_MAX && is_kept_attribute(name)) {
            *s->out++ = ' ';
            emit(s, whole);
        }
    }
    s->at += s->at < s->end;
}

/* Elements whose content is no text of the page. For the second group a missing end tag is
 * forgiven. */
static bool is_raw(kh_str name)
{
    return kh_str_eq_ascii_nocase(name, KH_STR("script")) ||
           kh_str_eq_ascii_nocase(name, KH_STR("style"));
}

/* 0 for none of them, else a bit of its own. */
static uint32_t opaque_bit(kh_str name)
{
    static const kh_str opaque[] = {{"svg", 3}, {"noscript", 8}, {"iframe", 6}, {"textarea", 8}};
    for (size_t i = 0; i < sizeof opaque / sizeof *opaque; i++) {
        if (kh_str_eq_ascii_nocase(name, opaque[i])) {
            return 1u << i;
        }
    }
    return 0;
}

/* Passes over the content of element NAME up to its end tag and that tag. */
static void skip_content(scanner *s, kh_str name, bool json_ld)
{
    if (s->no_end & opaque_bit(name)) {
        return;
    }
    const char *close = closing_tag(s->at, s->end, name);
    if (close == s->end && !is_raw(name)) {
        s->no_end |= opaque_bit(name);
        return;
    }
    if (json_ld) {
        *KH_ADD(s->arena, s->json_ld) = between(s->at, close);
    }
    const char *gt = close < s->end ? memchr(close, '>', (size_t)(s->end - close)) : NULL;
    s->at = gt ? gt + 1 : s->end;
    *s->out++ = ' '; /* the start tag that is gone was longer */
}

static void open_tag(scanner *s)
{
    const char *name_begin = s->at + 1;
    const char *p = name_begin;
    while (p < s->end && is_name_char(*p)) {
        p++;
    }
    kh_str name = between(name_begin, p);
    bool opaque = is_raw(name) || opaque_bit(name);
    bool ends = ends_by_itself(name);
    bool too_deep = !opaque && !ends && s->depth >= OPEN_MAX;
    bool gone = opaque || too_deep;
    s->at = p;
    if (!gone) {
        *s->out++ = '<';
        emit(s, name);
        ++*counter(s, name);
        s->depth += !ends;
    }
    bool json_ld = false;
    bool closed = false;
    read_attributes(s, !gone, &json_ld, &closed);
    s->dropped += too_deep;
    if (too_deep) {
        return;
    }
    if (!gone) {
        *s->out++ = '>'; /* the '>' read, or the one that the end of the page left out */
    } else if (!closed || is_raw(name)) {
        skip_content(s, name, json_ld);
    }
}

static void close_tag(scanner *s)
{
    const char *p = s->at + 2;
    while (p < s->end && is_name_char(*p)) {
        p++;
    }
    kh_str name = between(s->at + 2, p);
    uint32_t *open = counter(s, name);
    bool ends = ends_by_itself(name);
    if (s->dropped > 0 && !ends) {
        s->dropped--;
    } else if (*open > 0) {
        --*open;
        s->depth -= !ends && s->depth > 0;
        emit(s, between(s->at, p));
        *s->out++ = '>';
    }
    const char *gt = memchr(p, '>', (size_t)(s->end - p));
    s->at = gt ? gt + 1 : s->end;
}

/* A comment, doctype, processing instruction or marked section. */
static void skip_declaration(scanner *s)
{
    size_t left = (size_t)(s->end - s->at);
    const char *close = NULL;
    if (left > 4 && !s->no_comment_end && memcmp(s->at, "<!--", 4) == 0) {
        close = memmem(s->at + 2, left - 2, "-->", 3);
        s->no_comment_end = !close;
        close = close ? close + 2 : NULL;
    }
    if (!close) {
        close = memchr(s->at, '>', left);
    }
    s->at = close ? close + 1 : s->end;
}

static void markup(scanner *s)
{
    char next = s->at + 1 < s->end ? s->at[1] : 0;
    char after = s->at + 2 < s->end ? s->at[2] : 0;
    if (is_letter(next)) {
        open_tag(s);
    } else if (next == '/' && is_letter(after)) {
        close_tag(s);
    } else if (next == '!' || next == '?' || next == '/') {
        skip_declaration(s);
    } else {
        emit(s, KH_STR("&lt;"));
        s->at++;
    }
}

kh_str kh_html_scan(kh_arena *a, kh_str html, kh_strs *json_ld)
{
    /* "<" may become "&lt;": count these rare ones generously, and a '>' at the very end. */
    size_t bare = 0;
    for (size_t i = 0; i + 1 < html.len; i++) {
        bare += html.ptr[i] == '<' && !is_letter(html.ptr[i + 1]);
    }
    char *buffer = KH_NEW_N(a, char, html.len + 4 * bare + 16);
    scanner s = {
        .at = html.ptr, .end = html.ptr + html.len, .out = buffer, .arena = a, .json_ld = json_ld};
    while (s.at < s.end) {
        const char *lt = memchr(s.at, '<', (size_t)(s.end - s.at));
        const char *stop = lt ? lt : s.end;
        emit_text(&s, between(s.at, stop));
        s.at = stop;
        if (lt) {
            markup(&s);
        }
    }
    for (char *nul = buffer; (nul = memchr(nul, 0, (size_t)(s.out - nul))) != NULL;) {
        *nul = ' ';
    }
    return between(buffer, s.out);
}
