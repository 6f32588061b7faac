/* url.c - addresses as the fetcher takes them, by libcurl's own parser, so that what is checked is what is asked for.
 *
 *     https://Akhbar.example/rss.xml, "/1.html#top"        https://akhbar.example/1.html
 *     ..., "//cdn.example:443/a b"                         https://cdn.example/a%20b
 *     ..., "file:///etc/passwd", "http://me:pass@x/"       nothing
 *     "http://0x7f.1/"                                     http://127.0.0.1/
 */
#include "fetch/fetch.h"

#include <curl/curl.h>

static kh_str part(kh_arena *out, CURLU *u, CURLUPart which, unsigned flags)
{
    char *value = NULL;
    kh_str copy = {0};
    if (curl_url_get(u, which, &value, flags) == CURLUE_OK) {
        copy = kh_arena_copy(out, kh_str_z(value));
    }
    curl_free(value);
    return copy;
}

static CURLU *parsed(kh_arena scratch, kh_str url)
{
    CURLU *u = curl_url();
    if (u && curl_url_set(u, CURLUPART_URL, kh_arena_copy(&scratch, url).ptr, 0) != CURLUE_OK) {
        curl_url_cleanup(u);
        u = NULL;
    }
    return u;
}

static bool is_web(kh_arena scratch, CURLU *u)
{
    kh_str scheme = part(&scratch, u, CURLUPART_SCHEME, 0);
    bool web = kh_str_eq(scheme, KH_STR("http")) || kh_str_eq(scheme, KH_STR("https"));
    return web && !part(&scratch, u, CURLUPART_USER, 0).len && !part(&scratch, u, CURLUPART_PASSWORD, 0).len;
}

/* Host names are compared by sites, so they have one spelling. */
static void lower_host(kh_arena scratch, CURLU *u)
{
    kh_str host = part(&scratch, u, CURLUPART_HOST, 0);
    char *p = (char *)(uintptr_t)host.ptr;
    for (size_t i = 0; i < host.len; i++) {
        p[i] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] + 32) : p[i];
    }
    if (host.len) {
        curl_url_set(u, CURLUPART_HOST, host.ptr, 0);
    }
}

kh_str kh_web_join(kh_arena *out, kh_str base, kh_str link)
{
    kh_arena room = *out;
    kh_arena scratch = kh_arena_split(&room); /* far from where the result goes */
    kh_str url = {0};
    link = kh_str_trim(link);
    if (!link.len || link.len > KH_PATH_BYTES_MAX) {
        return url;
    }
    CURLU *u = base.len ? parsed(scratch, base) : curl_url();
    if (u && curl_url_set(u, CURLUPART_URL, kh_arena_copy(&scratch, link).ptr, CURLU_URLENCODE) == CURLUE_OK &&
        curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK && is_web(scratch, u)) {
        lower_host(scratch, u);
        url = part(out, u, CURLUPART_URL, CURLU_NO_DEFAULT_PORT);
    }
    curl_url_cleanup(u);
    return url.len <= KH_PATH_BYTES_MAX ? url : (kh_str){0};
}

kh_str kh_web_site(kh_arena *out, kh_str url)
{
    CURLU *u = parsed(*out, url);
    kh_str site = {0};
    if (u) {
        kh_str scheme = part(out, u, CURLUPART_SCHEME, 0);
        kh_str host = part(out, u, CURLUPART_HOST, 0);
        kh_str port = part(out, u, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
        site = kh_arena_printf(out, KH_FMT "://" KH_FMT "%s" KH_FMT, KH_ARG(scheme), KH_ARG(host), port.len ? ":" : "", KH_ARG(port));
    }
    curl_url_cleanup(u);
    return site;
}

kh_str kh_web_host(kh_arena *out, kh_str url)
{
    CURLU *u = parsed(*out, url);
    kh_str host = u ? part(out, u, CURLUPART_HOST, 0) : (kh_str){0};
    curl_url_cleanup(u);
    return host;
}

kh_str kh_web_path(kh_arena *out, kh_str url)
{
    CURLU *u = parsed(*out, url);
    kh_str path = {0};
    if (u) {
        path = part(out, u, CURLUPART_PATH, 0);
        kh_str query = part(out, u, CURLUPART_QUERY, 0);
        path = query.len ? kh_arena_printf(out, KH_FMT "?" KH_FMT, KH_ARG(path), KH_ARG(query)) : path;
    }
    curl_url_cleanup(u);
    return path;
}
