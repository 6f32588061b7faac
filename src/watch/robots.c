/* robots.c - what a site asks of crawlers: robots.txt by RFC 9309.
 *
 *     User-agent: *                  /akhbar/1.html         may be fetched
 *     Disallow: /search              /search?q=x            may not
 *     Disallow: /doc*.pdf$           /doc/1.pdf, /doc/1.pdf?v=2 may not, may
 *     Allow: /search/about           /search/about          may: the longest rule decides
 *
 * The groups that name the crawler count, all of them together; where none does, those for "*". Of the rules that
 * fit a path the one with the most bytes decides, of two equal ones the permission. Both sides are compared as
 * percent-encoded bytes: "/" followed by U+062E and "/%D8%AE" are one. Matching takes the parts between stars from left
 * to right, each at its first place, so it never goes back: what it costs is the length of the path for each star.
 *
 * Crawl-delay is no part of the RFC, yet it is what a site wishes, and the schedule can honour it. Sitemap lines are
 * not used. Gets wrong: rules written for another crawler's own extensions (a "?" as a wildcard, Clean-param).
 */
#include "watch/watch.h"

#include <string.h>

enum { PATTERN_BYTES_MAX = 2000, DELAY_MAX = 86400 };

typedef struct reading {
    kh_arena *out;
    kh_str agent;
    kh_robots mine, all; /* of groups that name the crawler, and of those for "*" */
    bool found_mine;
    bool naming;          /* the last line of a group was a User-agent */
    bool for_me, for_all; /* whom the present group is for */
} reading;

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

static unsigned hex_value(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a' + 10);
}

static bool is_unreserved(unsigned char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c && strchr("-._~", c));
}

/* One spelling for what RFC 3986 calls the same: unreserved bytes plain, others that are encoded, or are not ASCII,
 * as %XX in capitals. */
static kh_str normal(kh_arena *out, kh_str s)
{
    static const char digits[] = "0123456789ABCDEF";
    kh_buf b = {.arena = out};
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool encoded = c == '%' && i + 2 < s.len && is_hex(s.ptr[i + 1]) && is_hex(s.ptr[i + 2]);
        if (encoded) {
            c = (unsigned char)(hex_value(s.ptr[i + 1]) << 4 | hex_value(s.ptr[i + 2]));
            i += 2;
        }
        if (c < 0x80 && (!encoded || is_unreserved(c))) {
            kh_buf_char(&b, (char)c);
        } else {
            kh_buf_char(&b, '%');
            kh_buf_char(&b, digits[c >> 4]);
            kh_buf_char(&b, digits[c & 15]);
        }
    }
    return kh_buf_str(&b);
}

/* "khabar" of "Khabar/1.0 (news)": what names a crawler ends where its letters end. */
static kh_str token_of(kh_str value)
{
    size_t n = 0;
    while (n < value.len && (((value.ptr[n] | 32) >= 'a' && (value.ptr[n] | 32) <= 'z') || value.ptr[n] == '-' || value.ptr[n] == '_')) {
        n++;
    }
    return kh_str_head(value, n);
}

static void name_crawler(reading *r, kh_str value)
{
    if (!r->naming) {
        r->for_me = r->for_all = false;
    }
    r->naming = true;
    if (kh_str_starts(value, KH_STR("*"))) {
        r->for_all = true;
    } else if (kh_str_eq_ascii_nocase(token_of(value), r->agent)) {
        r->for_me = r->found_mine = true;
    }
}

/* A pattern too long for us: a prefix of it forbids more, so it is kept; a permission is not. */
static void add_rule(reading *r, kh_str value, bool allow)
{
    r->naming = false;
    if (!value.len || (value.len > PATTERN_BYTES_MAX && allow) || (!r->for_me && !r->for_all)) {
        return;
    }
    kh_robots_rule rule = {normal(r->out, kh_str_head(value, PATTERN_BYTES_MAX)), allow};
    if (r->for_me && r->mine.rules.count < KH_ROBOTS_RULES_MAX) {
        *KH_ADD(r->out, &r->mine.rules) = rule;
    }
    if (r->for_all && r->all.rules.count < KH_ROBOTS_RULES_MAX) {
        *KH_ADD(r->out, &r->all.rules) = rule;
    }
}

static void set_delay(reading *r, kh_str value)
{
    double seconds = 0;
    r->naming = false;
    if (!kh_str_double(value, &seconds) || !(seconds >= 0)) {
        return;
    }
    int64_t delay = seconds > DELAY_MAX ? DELAY_MAX : (int64_t)seconds;
    delay += (double)delay < seconds && delay < DELAY_MAX;
    r->mine.delay = r->for_me ? delay : r->mine.delay;
    r->all.delay = r->for_all ? delay : r->all.delay;
}

static void read_line(reading *r, kh_str line)
{
    line = kh_str_head(line, kh_str_find(line, KH_STR("#")));
    size_t colon = kh_str_find(line, KH_STR(":"));
    if (colon == line.len) {
        return;
    }
    kh_str name = kh_str_trim(kh_str_head(line, colon));
    kh_str value = kh_str_trim(kh_str_from(line, colon + 1));
    if (kh_str_eq_ascii_nocase(name, KH_STR("user-agent"))) {
        name_crawler(r, value);
    } else if (kh_str_eq_ascii_nocase(name, KH_STR("disallow"))) {
        add_rule(r, value, false);
    } else if (kh_str_eq_ascii_nocase(name, KH_STR("allow"))) {
        add_rule(r, value, true);
    } else if (kh_str_eq_ascii_nocase(name, KH_STR("crawl-delay"))) {
        set_delay(r, value);
    }
}

kh_robots kh_robots_read(kh_arena *out, kh_str bytes, kh_str agent)
{
    reading r = {.out = out, .agent = agent};
    r.mine.delay = r.all.delay = KH_NOT_SAID;
    bytes = kh_str_starts(bytes, KH_STR("\xEF\xBB\xBF")) ? kh_str_from(bytes, 3) : bytes;
    kh_str rest = kh_str_head(bytes, KH_ROBOTS_BYTES_MAX);
    for (kh_str piece; kh_str_cut(&rest, '\n', &piece);) {
        for (kh_str line; kh_str_cut(&piece, '\r', &line);) { /* a bare return ends a line too */
            read_line(&r, line);
        }
    }
    return r.found_mine ? r.mine : r.all;
}

static bool matches(kh_str pattern, kh_str path)
{
    bool anchored = kh_str_ends(pattern, KH_STR("$"));
    pattern.len -= anchored;
    size_t star = kh_str_find(pattern, KH_STR("*"));
    if (!kh_str_starts(path, kh_str_head(pattern, star))) {
        return false;
    }
    path = kh_str_from(path, star);
    while (star < pattern.len) {
        pattern = kh_str_from(pattern, star + 1);
        star = kh_str_find(pattern, KH_STR("*"));
        kh_str part = kh_str_head(pattern, star);
        if (anchored && star == pattern.len) {
            return kh_str_ends(path, part); /* the last part stands at the end */
        }
        size_t at = kh_str_find(path, part);
        if (at == path.len && part.len) {
            return false;
        }
        path = kh_str_from(path, at + part.len);
    }
    return !anchored || path.len == 0;
}

bool kh_robots_allow(kh_arena scratch, const kh_robots *robots, kh_str path)
{
    path = normal(&scratch, path.len ? path : KH_STR("/"));
    size_t longest = 0;
    bool allow = true;
    if (kh_str_eq(path, KH_STR("/robots.txt"))) {
        return true;
    }
    KH_EACH(const kh_robots_rule, rule, robots->rules) {
        bool stronger = rule->pattern.len > longest || (rule->pattern.len == longest && rule->allow && !allow);
        if (stronger && matches(rule->pattern, path)) {
            longest = rule->pattern.len;
            allow = rule->allow;
        }
    }
    return allow;
}
