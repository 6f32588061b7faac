/* fetch.c - GET by libcurl's multi interface, behind a guard.
 *
 * A feed is written by strangers, and so is every redirect. What is refused, and where:
 *
 *     file:///etc/passwd             url.c, and libcurl is given http and https alone
 *     http://router.example/         leads to 192.168.1.1: where the socket is opened, after the name was looked up; so
 *                                    it does not help to change the answer of the name server between two looks
 *     https://... to http://...      the redirect is told as "downgrade"
 *     10 KB of gzip, 10 GB of zeros  the unpacked body is counted as it comes, a few KB at a time
 *     a byte every ten seconds       all of a request has to be done within its time
 *
 * Each request has an arena of its own, in which the body grows; the caps leave room to spare in it, so that nothing
 * jumps out of a callback of libcurl. Gets wrong: a body longer than its Content-Length is cut there, unseen.
 */
#include "fetch/fetch.h"
#include "watch/watch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A buffer that doubles leaves at most its own size behind: four times the largest body, and the fields. */
enum { ROOM = 4 * KH_PAGE_BYTES_MAX + (4 << 20), TRANSFERS = KH_FETCH_AT_ONCE + 1 /* that whose answer is read */ };

typedef struct transfer {
    kh_fetcher *fetcher;
    CURL *easy;
    struct curl_slist *fields;
    kh_arena arena;
    kh_buf header, body;
    size_t bytes_max;
    bool allow_private;
    bool refused; /* an address was */
    bool too_large, header_too_large;
    bool https;
    char error[CURL_ERROR_SIZE];
    kh_response response;
} transfer;

struct kh_fetcher {
    kh_fetch_rules rules;
    CURLM *multi;
    transfer transfers[TRANSFERS];
    transfer *told; /* its response is the caller's until the next call */
    size_t busy;
};

/* ---- what libcurl calls ---- */

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    transfer *t = context;
    bool good = false;
    (void)purpose;
    if (address->family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, &address->addr, sizeof in);
        good = kh_address_public((const unsigned char *)&in.sin_addr, 4);
    } else if (address->family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, &address->addr, sizeof in);
        good = kh_address_public((const unsigned char *)&in.sin6_addr, 16);
    }
    if (!good && !t->allow_private) {
        t->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    transfer *t = context;
    (void)size;
    if (count > t->bytes_max - t->body.len) {
        t->too_large = true;
        return 0;
    }
    kh_buf_add(&t->body, (kh_str){bytes, count});
    return count;
}

/* One line of the header, or of an interim answer before it. */
static size_t take_header(char *bytes, size_t size, size_t count, void *context)
{
    transfer *t = context;
    (void)size;
    if (count > 5 && memcmp(bytes, "HTTP/", 5) == 0) {
        t->header.len = 0;
    }
    if (count > KH_FETCH_HEADER_BYTES_MAX - t->header.len) {
        t->header_too_large = true;
        return 0;
    }
    kh_buf_add(&t->header, (kh_str){bytes, count});
    return count;
}

/* Called at least once a second: the chance to stop, and to count what comes packed. */
static int watch_progress(void *context, curl_off_t all, curl_off_t now, curl_off_t up_all, curl_off_t up)
{
    transfer *t = context;
    (void)all;
    (void)up_all;
    (void)up;
    if (now > (curl_off_t)t->bytes_max) {
        t->too_large = true;
        return 1;
    }
    return t->fetcher->rules.stop && *t->fetcher->rules.stop;
}

/* ---- one request ---- */

static bool is_listed(kh_str host, kh_str list)
{
    kh_str name = {0};
    while (kh_str_cut(&list, ',', &name)) {
        if (kh_str_eq_ascii_nocase(kh_str_trim(name), host)) {
            return true;
        }
    }
    return false;
}

static void add_field(transfer *t, const char *name, kh_str value)
{
    kh_str field = kh_arena_printf(&t->arena, "%s: " KH_FMT, name, KH_ARG(value));
    if (value.len && kh_str_find(value, KH_STR("\n")) == value.len && kh_str_find(value, KH_STR("\r")) == value.len) {
        t->fields = curl_slist_append(t->fields, field.ptr);
    }
}

static void set_options(transfer *t, const kh_request *request)
{
    const kh_fetch_rules *rules = &t->fetcher->rules;
    CURL *e = t->easy;
    long timeout = rules->timeout_ms ? rules->timeout_ms : KH_FETCH_SECONDS * 1000L;
    curl_easy_setopt(e, CURLOPT_URL, kh_arena_copy(&t->arena, request->url).ptr);
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(e, CURLOPT_USERAGENT, rules->agent);
    curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->fields);
    curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, timeout);
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, timeout / 2 + 1);
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    if (!rules->allow_private) {
        curl_easy_setopt(e, CURLOPT_PROXY, ""); /* behind a proxy no address can be checked */
    }
    curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(e, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(e, CURLOPT_XFERINFOFUNCTION, watch_progress);
    curl_easy_setopt(e, CURLOPT_XFERINFODATA, t);
    curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->error);
    curl_easy_setopt(e, CURLOPT_PRIVATE, (char *)t);
}

static void end_transfer(transfer *t)
{
    if (t->easy) {
        curl_multi_remove_handle(t->fetcher->multi, t->easy);
        curl_easy_cleanup(t->easy);
        curl_slist_free_all(t->fields);
        t->easy = NULL;
        t->fields = NULL;
        t->fetcher->busy--;
    }
}

static transfer *free_transfer(kh_fetcher *f)
{
    for (size_t i = 0; i < TRANSFERS; i++) {
        if (!f->transfers[i].easy && &f->transfers[i] != f->told) {
            return &f->transfers[i];
        }
    }
    return NULL;
}

kh_status kh_fetcher_start(kh_fetcher *f, const kh_request *request, kh_error *err)
{
    transfer *t = f->busy < KH_FETCH_AT_ONCE ? free_transfer(f) : NULL;
    if (!t) {
        return kh_fail(err, KH_ERR_LIMIT, "busy", "%d requests are under way", KH_FETCH_AT_ONCE);
    }
    kh_arena arena = t->arena;
    *t = (transfer){.fetcher = f, .arena = arena.begin ? arena : kh_arena_reserve(ROOM, NULL)};
    t->easy = t->arena.begin ? curl_easy_init() : NULL;
    if (!t->easy) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "the system gives no memory for a request");
    }
    kh_arena_clear(&t->arena);
    t->header = (kh_buf){.arena = &t->arena};
    t->body = (kh_buf){.arena = &t->arena};
    t->bytes_max = request->bytes_max < KH_PAGE_BYTES_MAX ? request->bytes_max : KH_PAGE_BYTES_MAX;
    t->response.owner = request->owner;
    t->https = kh_str_starts(request->url, KH_STR("https:"));
    t->allow_private = f->rules.allow_private || is_listed(kh_web_host(&t->arena, request->url), f->rules.private_hosts);
    add_field(t, "Accept", kh_str_z(request->accept));
    add_field(t, "If-None-Match", request->etag);
    add_field(t, "If-Modified-Since", request->modified);
    set_options(t, request);
    f->busy++;
    if (curl_multi_add_handle(f->multi, t->easy) != CURLM_OK) {
        end_transfer(t);
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "the request cannot be begun");
    }
    return KH_OK;
}

/* ---- what came ---- */

static const char *reason_of(const transfer *t, CURLcode code)
{
    if (t->too_large || t->header_too_large) {
        return t->too_large ? "too_large" : "bad_answer";
    }
    switch (code) {
    case CURLE_OK: return NULL;
    case CURLE_COULDNT_RESOLVE_HOST: return "no_host";
    case CURLE_COULDNT_CONNECT: return t->refused ? "private_address" : "no_connection";
    case CURLE_OPERATION_TIMEDOUT: return "timeout";
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR: return "cut";
    case CURLE_BAD_CONTENT_ENCODING: return "bad_coding";
    case CURLE_ABORTED_BY_CALLBACK: return "stopped";
    case CURLE_GOT_NOTHING:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL: return "bad_answer";
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER: return "tls";
    default: return "network";
    }
}

static kh_str message_of(transfer *t, const char *reason, CURLcode code)
{
    if (strcmp(reason, "private_address") == 0) {
        return KH_STR("the name leads to a private address; --allow-private allows it");
    }
    if (strcmp(reason, "too_large") == 0) {
        return kh_arena_printf(&t->arena, "longer than %zu KB once unpacked", t->bytes_max >> 10);
    }
    return kh_arena_copy(&t->arena, kh_str_z(t->error[0] ? t->error : curl_easy_strerror(code)));
}

static void read_redirect(transfer *t)
{
    char *url = NULL;
    kh_response *r = &t->response;
    if (curl_easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &url) != CURLE_OK || !url) {
        return;
    }
    r->redirect = kh_web_join(&t->arena, (kh_str){0}, kh_str_z(url));
    if (!r->redirect.len) {
        r->reason = "bad_answer";
        r->message = KH_STR("redirected to what is no address of the web");
    } else if (t->https && !kh_str_starts(r->redirect, KH_STR("https:"))) {
        r->reason = "downgrade";
        r->message = KH_STR("redirected from https to http");
    }
}

static void fill_response(transfer *t, CURLcode code)
{
    kh_response *r = &t->response;
    long status = 0;
    r->reason = reason_of(t, code);
    r->header = kh_buf_str(&t->header);
    r->body = kh_buf_str(&t->body);
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    r->status = status > 0 && status < 1000 ? (unsigned)status : 0;
    if (r->reason) {
        r->message = message_of(t, r->reason, code);
        return;
    }
    kh_response_fields(&t->arena, r);
    read_redirect(t);
}

static bool take_ended(kh_fetcher *f, const kh_response **response)
{
    int left = 0;
    for (CURLMsg *m; (m = curl_multi_info_read(f->multi, &left)) != NULL;) {
        transfer *t = NULL;
        if (m->msg == CURLMSG_DONE && curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&t) == CURLE_OK) {
            fill_response(t, m->data.result);
            end_transfer(t);
            f->told = t;
            *response = &t->response;
            return true;
        }
    }
    return false;
}

bool kh_fetcher_next(kh_fetcher *f, int wait_ms, const kh_response **response)
{
    int running = 0;
    f->told = NULL;
    curl_multi_perform(f->multi, &running);
    if (take_ended(f, response)) {
        return true;
    }
    curl_multi_poll(f->multi, NULL, 0, wait_ms, NULL);
    curl_multi_perform(f->multi, &running);
    return take_ended(f, response);
}

size_t kh_fetcher_busy(const kh_fetcher *f)
{
    return f->busy;
}

kh_fetcher *kh_fetcher_open(const kh_fetch_rules *rules, kh_error *err)
{
    kh_fetcher *f = calloc(1, sizeof *f);
    if (f && curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) {
        f->rules = *rules;
        f->multi = curl_multi_init();
    }
    if (!f || !f->multi) {
        free(f);
        kh_fail(err, KH_ERR_MEMORY, "no_memory", "libcurl cannot be started");
        return NULL;
    }
    return f;
}

void kh_fetcher_close(kh_fetcher *f)
{
    if (!f) {
        return;
    }
    for (size_t i = 0; i < TRANSFERS; i++) {
        end_transfer(&f->transfers[i]);
        kh_arena_release(&f->transfers[i].arena);
    }
    curl_multi_cleanup(f->multi);
    curl_global_cleanup();
    free(f);
}
