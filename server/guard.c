/* guard.c - may this request be answered?
 *
 * A server on loopback is reached by every page that the browser has open. Three checks keep those out. Host: a page at
 * evil.example whose name was turned to 127.0.0.1 (DNS rebinding) sends "Host: evil.example:8080", which is none of ours.
 * Origin and Sec-Fetch-Site: what changes something (POST, DELETE) must come from a page of ours; browsers say where a request
 * comes from and pages cannot forge it, while a program such as curl says nothing and may pass. Token: where one is set it comes
 * as "Authorization: Bearer TOKEN", or as the password of "Basic", which browsers ask for by themselves; it is compared in
 * a time that does not tell how much of it was right. Length beside chunks is refused: two readers would part the bytes
 * differently (RFC 9112, section 6.1).
 */
#include "server/request.h"

#include <arpa/inet.h>
#include <string.h>

bool kh_same_secret(kh_str a, kh_str b)
{
    unsigned char difference = a.len != b.len;
    for (size_t i = 0; i < b.len; i++) {
        difference |= (unsigned char)((unsigned char)b.ptr[i] ^ (unsigned char)(i < a.len ? a.ptr[i] : 0));
    }
    return difference == 0;
}

static bool host_is_ours(const kh_guard *guard, kh_str host)
{
    KH_EACH(const kh_str, h, guard->hosts) {
        if (kh_str_eq_ascii_nocase(*h, host)) {
            return true;
        }
    }
    return false;
}

/* Is ORIGIN, "http://HOST" or "https://HOST", one of our hosts? */
static bool origin_is_ours(const kh_guard *guard, kh_str origin)
{
    size_t at = kh_str_find(origin, KH_STR("://"));
    kh_str scheme = kh_str_head(origin, at);
    bool web = kh_str_eq(scheme, KH_STR("http")) || kh_str_eq(scheme, KH_STR("https"));
    return web && at < origin.len && host_is_ours(guard, kh_str_from(origin, at + 3));
}

static int base64_value(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+'             ? 62
           : c == '/'             ? 63
                                  : -1;
}

/* The password of Basic credentials, into ROOM; empty when they are none. */
static kh_str password_of(kh_str credentials, char *room, size_t size)
{
    uint32_t bits = 0;
    int held = 0;
    size_t len = 0;
    for (size_t i = 0; i < credentials.len && credentials.ptr[i] != '='; i++) {
        int v = base64_value(credentials.ptr[i]);
        if (v < 0 || len == size) {
            return (kh_str){0};
        }
        bits = bits << 6 | (uint32_t)v;
        held += 6;
        if (held >= 8) {
            held -= 8;
            room[len++] = (char)(bits >> held & 0xFF);
        }
    }
    kh_str whole = {room, len};
    size_t colon = kh_str_find(whole, KH_STR(":"));
    return colon < len ? kh_str_from(whole, colon + 1) : (kh_str){0};
}

static bool has_token(const kh_guard *guard, kh_str authorization)
{
    char room[1024];
    kh_str scheme = {0};
    kh_str credentials = authorization;
    kh_str_cut(&credentials, ' ', &scheme);
    credentials = kh_str_trim(credentials);
    if (kh_str_eq_ascii_nocase(scheme, KH_STR("basic"))) {
        credentials = password_of(credentials, room, sizeof room);
    } else if (!kh_str_eq_ascii_nocase(scheme, KH_STR("bearer"))) {
        return false;
    }
    return kh_same_secret(credentials, guard->token);
}

kh_refusal kh_guard_check(const kh_guard *guard, const kh_request *r)
{
    bool writes = r->method == KH_POST || r->method == KH_DELETE;
    if (r->length_and_chunks) {
        return (kh_refusal){400, "two_lengths", "Bad request", "a request has a Content-Length or a Transfer-Encoding, not both"};
    }
    if (r->hosts != 1) {
        return (kh_refusal){400, "bad_host", "Bad request", "a request names one Host"};
    }
    if (!host_is_ours(guard, r->host)) {
        return (kh_refusal){421, "other_host", "Misdirected request",
                            "this server does not answer for that Host; start it with --allow-host NAME to allow one"};
    }
    if (guard->token.len && !has_token(guard, r->authorization)) {
        return (kh_refusal){401, "no_token", "Unauthorized", "send the token as Authorization: Bearer, or as the password of Basic"};
    }
    bool foreign = (r->origin.len && !origin_is_ours(guard, r->origin)) ||
                   (r->site.len && !kh_str_eq(r->site, KH_STR("same-origin")) && !kh_str_eq(r->site, KH_STR("none")));
    if (writes && foreign) {
        return (kh_refusal){403, "other_origin", "Forbidden", "what changes something must come from a page of this server"};
    }
    if (r->method == KH_OTHER_METHOD) {
        return (kh_refusal){405, "bad_method", "Method not allowed", "GET, HEAD, POST and DELETE are known here"};
    }
    return (kh_refusal){0};
}

bool kh_listen_read(kh_str text, kh_listen *l)
{
    *l = (kh_listen){0};
    size_t colon = text.len;
    while (colon > 0 && text.ptr[colon - 1] != ':') {
        colon--;
    }
    uint64_t port = 0;
    if (colon == 0 || !kh_str_u64(kh_str_from(text, colon), &port) || port > 65535) {
        return false;
    }
    kh_str host = kh_str_head(text, colon - 1);
    l->v6 = host.len > 2 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']';
    host = l->v6 ? (kh_str){host.ptr + 1, host.len - 2} : host;
    host = kh_str_eq(host, KH_STR("localhost")) ? KH_STR("127.0.0.1") : host;
    if (host.len == 0 || host.len >= sizeof l->host) {
        return false;
    }
    memcpy(l->host, host.ptr, host.len);
    l->port = (uint16_t)port;
    unsigned char address[16];
    if (inet_pton(l->v6 ? AF_INET6 : AF_INET, l->host, address) != 1) {
        return false;
    }
    static const unsigned char v6_loopback[16] = {[15] = 1};
    l->loopback = l->v6 ? memcmp(address, v6_loopback, 16) == 0 : address[0] == 127;
    return true;
}
