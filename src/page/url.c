/* url.c - addresses: joined to the page's own, compared by host, read as words.
 *
 * What a page says of its address may be relative, without a scheme, on a mirror, or plainly another
 * site's. RFC 3986 section 5.2 in the parts that news pages use:
 *
 *     page https://news.example/a/b.html, "../img/1.jpg"         https://news.example/img/1.jpg
 *     page https://news.example/a, "//cdn.example/1.jpg"         https://cdn.example/1.jpg
 *     "javascript:void(0)", "data:...", "mailto:..."             nothing
 *     /%D8%B3%D9%82%D9%88%D8%B7                                  سقوط
 *
 * Two hosts are one site when they are equal or one is part of the other (www., m., amp., ar.); a
 * public suffix list is not kept, so two blogs of one platform are not taken for one site (they share
 * only the end of their names), and example.co.uk beside news.example.co.uk are.
 */
#include "page/parts.h"

#include <string.h>

static bool has_scheme(kh_str url, kh_str *scheme)
{
    size_t n = 0;
    while (n < url.len && ((url.ptr[n] | 32) >= 'a' && (url.ptr[n] | 32) <= 'z')) {
        n++;
    }
    *scheme = kh_str_head(url, n);
    return n > 0 && n < url.len && url.ptr[n] == ':';
}

static bool is_web(kh_str url)
{
    kh_str scheme = {0};
    return has_scheme(url, &scheme) &&
           (kh_str_eq_ascii_nocase(scheme, KH_STR("http")) || kh_str_eq_ascii_nocase(scheme, KH_STR("https"))) &&
           kh_str_starts(kh_str_from(url, scheme.len), KH_STR("://")) && url.len > scheme.len + 3;
}

/* Where the path of the absolute URL begins. */
static size_t path_at(kh_str url)
{
    size_t host = kh_str_find(url, KH_STR("://")) + 3;
    kh_str rest = kh_str_from(url, host);
    size_t n = 0;
    while (n < rest.len && !strchr("/?#", rest.ptr[n])) {
        n++;
    }
    return host + n;
}

/* PATH, which begins with '/', without "." and ".." steps; the query is left as it is. */
static kh_str without_dots(kh_arena *out, kh_str path)
{
    size_t end = 0;
    while (end < path.len && !strchr("?#", path.ptr[end])) {
        end++;
    }
    kh_str steps = kh_str_from(kh_str_head(path, end), 1);
    kh_buf b = {.arena = out};
    for (kh_str step; kh_str_cut(&steps, '/', &step);) {
        bool up = kh_str_eq(step, KH_STR(".."));
        while (up && b.len > 0 && b.ptr[--b.len] != '/') {
        }
        bool here = up || kh_str_eq(step, KH_STR("."));
        if (!here) {
            kh_buf_char(&b, '/');
            kh_buf_add(&b, step);
        } else if (!steps.ptr) { /* the last one: a folder */
            kh_buf_char(&b, '/');
        }
    }
    if (!b.len) {
        kh_buf_char(&b, '/');
    }
    kh_buf_add(&b, kh_str_from(path, end));
    return kh_buf_str(&b);
}

kh_str kh_url_join(kh_arena *out, kh_str base, kh_str ref)
{
    ref = kh_str_trim(ref);
    kh_str scheme = {0};
    if (!ref.len || ref.len > KH_PATH_BYTES_MAX || base.len > KH_PATH_BYTES_MAX) {
        return (kh_str){0};
    }
    for (size_t i = 0; i < ref.len; i++) {
        if ((unsigned char)ref.ptr[i] <= ' ' || strchr("<>\"{}", ref.ptr[i])) {
            return (kh_str){0};
        }
    }
    if (is_web(ref)) {
        return kh_arena_copy(out, ref);
    }
    if (has_scheme(ref, &scheme) || (!is_web(base) && !kh_str_starts(ref, KH_STR("//")))) {
        return (kh_str){0};
    }
    if (kh_str_starts(ref, KH_STR("//"))) {
        has_scheme(base, &scheme);
        scheme = is_web(base) ? scheme : KH_STR("https");
        return kh_arena_join(out, kh_arena_join(out, scheme, KH_STR(":")), ref);
    }
    kh_str site = kh_str_head(base, path_at(base));
    if (ref.ptr[0] == '/') {
        return kh_arena_join(out, site, without_dots(out, ref));
    }
    kh_str path = kh_str_from(base, site.len);
    size_t query = 0, slash = 0;
    while (query < path.len && path.ptr[query] != '#' && (ref.ptr[0] == '#' || path.ptr[query] != '?')) {
        slash = path.ptr[query] == '/' ? query + 1 : slash;
        query++;
    }
    kh_str head = kh_str_head(path, strchr("?#", ref.ptr[0]) ? query : slash);
    kh_str whole = kh_arena_join(out, head.len ? head : KH_STR("/"), ref);
    return kh_arena_join(out, site, without_dots(out, whole));
}

kh_str kh_url_host(kh_str url)
{
    if (!is_web(url)) {
        return (kh_str){0};
    }
    size_t from = kh_str_find(url, KH_STR("://")) + 3;
    kh_str host = kh_str_from(kh_str_head(url, path_at(url)), from);
    size_t user = kh_str_find(host, KH_STR("@"));
    host = user < host.len ? kh_str_from(host, user + 1) : host;
    host = kh_str_head(host, kh_str_find(host, KH_STR(":")));
    return kh_str_starts(host, KH_STR("www.")) ? kh_str_from(host, 4) : host;
}

static bool is_under(kh_str host, kh_str site)
{
    return kh_str_eq_ascii_nocase(host, site) ||
           (host.len > site.len && host.ptr[host.len - site.len - 1] == '.' && kh_str_find(site, KH_STR(".")) < site.len &&
            kh_str_eq_ascii_nocase(kh_str_from(host, host.len - site.len), site));
}

bool kh_url_same_site(kh_str a, kh_str b)
{
    kh_str x = kh_url_host(a), y = kh_url_host(b);
    static const char *const doors[] = {"m.", "amp.", "mobile."};
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
        kh_str door = kh_str_z(doors[i]);
        x = kh_str_starts(x, door) ? kh_str_from(x, door.len) : x;
        y = kh_str_starts(y, door) ? kh_str_from(y, door.len) : y;
    }
    return x.len && y.len && (is_under(x, y) || is_under(y, x));
}

bool kh_url_is_root(kh_str url)
{
    kh_str path = is_web(url) ? kh_str_from(url, path_at(url)) : url;
    return path.len == 0 || kh_str_eq(path, KH_STR("/"));
}

/* Without scheme, "www.", query, fragment and the slash at the end. */
static kh_str page_part(kh_str url)
{
    kh_str host = kh_url_host(url);
    kh_str rest = host.len ? kh_str_from(url, (size_t)(host.ptr - url.ptr)) : url;
    rest = kh_str_head(rest, kh_str_find(rest, KH_STR("#")));
    rest = kh_str_head(rest, kh_str_find(rest, KH_STR("?")));
    return kh_str_ends(rest, KH_STR("/")) ? kh_str_head(rest, rest.len - 1) : rest;
}

bool kh_url_same_page(kh_str a, kh_str b)
{
    kh_str x = page_part(a), y = page_part(b);
    return x.len && kh_str_eq(x, y);
}

static int hex_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

kh_str kh_url_decode(kh_arena *out, kh_str s)
{
    char *p = KH_NEW_N(out, char, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        int high = s.ptr[i] == '%' && i + 2 < s.len ? hex_of(s.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_of(s.ptr[i + 2]) : -1;
        if (low >= 0) {
            p[n++] = (char)(high * 16 + low);
            i += 2;
        } else {
            p[n++] = s.ptr[i];
        }
    }
    return kh_utf8_clean(out, (kh_str){p, n});
}
