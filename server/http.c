/* http.c - libmicrohttpd: connections, headers, bodies, and the bytes of an answer on the wire.
 *
 * One thread a connection: a request that compares a large story holds up nobody else, and at most KH_SERVE_CONNECTIONS_MAX threads exist,
 * which mostly sleep. The library's own timeout begins anew with every byte, so a client that sends one byte in ten seconds would hold
 * a connection for ever (slowloris): kh_http_watch cuts whoever has not sent a whole request in the time for it. Bodies are
 * gathered up to KH_SERVE_BODY_BYTES_MAX; one that announces more is refused before it is read.
 *
 * Every answer says what a browser may do with it: nothing but what this page itself needs (CSP with a nonce of this answer), no sniffing,
 * no frames, no referrer. A 304 carries no policy, since the browser would put its nonce over that of the page it kept.
 */
#include "server/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

/* One connection, in the table of the server. */
typedef struct line {
    int fd;           /* -1: free */
    int64_t since_ms; /* a request has been arriving since then; 0: none is */
    bool cut;
} line;

/* One request on a connection. */
typedef struct arrival {
    char *target; /* as it stood in the request line */
    char *body;
    size_t len, room;
    unsigned refused; /* status; 0: none */
    bool begun;
} arrival;

struct kh_http {
    struct MHD_Daemon *daemon;
    kh_room *room;
    uint16_t port;
    atomic_int working;   /* requests between their first line and their end */
    pthread_mutex_t lock; /* of lines */
    line lines[KH_SERVE_CONNECTIONS_MAX];
};

/* ---- connections ---- */

/* Between two requests. */
static int64_t idle_ms(const kh_http *http)
{
    return http->room->request_ms + http->room->request_ms / 2;
}

static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
    kh_http *http = context;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    pthread_mutex_lock(&http->lock);
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *socket_context = NULL;
        for (size_t i = 0; info && i < KH_SERVE_CONNECTIONS_MAX; i++) {
            if (http->lines[i].fd < 0) {
                http->lines[i] = (line){.fd = info->connect_fd, .since_ms = kh_room_now_ms()};
                *socket_context = &http->lines[i];
                break;
            }
        }
    } else if (*socket_context) {
        ((line *)*socket_context)->fd = -1;
    }
    pthread_mutex_unlock(&http->lock);
}

/* A request has arrived (0), or the next one may begin to. */
static void set_since(kh_http *http, struct MHD_Connection *connection, int64_t since_ms)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    pthread_mutex_lock(&http->lock);
    if (info && info->socket_context) {
        ((line *)info->socket_context)->since_ms = since_ms;
    }
    pthread_mutex_unlock(&http->lock);
}

void kh_http_watch(kh_http *http)
{
    int64_t latest = kh_room_now_ms() - http->room->request_ms;
    pthread_mutex_lock(&http->lock);
    for (size_t i = 0; i < KH_SERVE_CONNECTIONS_MAX; i++) {
        line *l = &http->lines[i];
        if (l->fd >= 0 && l->since_ms && l->since_ms < latest && !l->cut) {
            shutdown(l->fd, SHUT_RDWR);
            l->cut = true;
            atomic_fetch_add(&http->room->counts.cut, 1);
        }
    }
    pthread_mutex_unlock(&http->lock);
}

/* ---- what arrives ---- */

static void *on_target(void *context, const char *uri, struct MHD_Connection *connection)
{
    kh_http *http = context;
    arrival *a = calloc(1, sizeof *a);
    (void)connection;
    if (a) {
        a->target = strdup(uri);
        atomic_fetch_add(&http->working, 1);
    }
    return a;
}

static void on_end(void *context, struct MHD_Connection *connection, void **request, enum MHD_RequestTerminationCode why)
{
    kh_http *http = context;
    arrival *a = *request;
    (void)why;
    if (!a) {
        return;
    }
    free(a->target);
    free(a->body);
    free(a);
    *request = NULL;
    set_since(http, connection, kh_room_now_ms() + idle_ms(http)); /* the next one may begin until then */
    atomic_fetch_sub(&http->working, 1);
}

static kh_str header(struct MHD_Connection *connection, const char *name)
{
    return kh_str_z(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

static enum MHD_Result count_host(void *context, enum MHD_ValueKind kind, const char *key, const char *value)
{
    unsigned *count = context;
    (void)kind;
    (void)value;
    *count += kh_str_eq_ascii_nocase(kh_str_z(key), KH_STR("host"));
    return MHD_YES;
}

static kh_method method_of(const char *name)
{
    static const char *const names[] = {"GET", "HEAD", "POST", "DELETE"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(name, names[i]) == 0) {
            return (kh_method)i;
        }
    }
    return KH_OTHER_METHOD;
}

static kh_request request_of(struct MHD_Connection *c, const char *method, const arrival *a)
{
    kh_request r = {.method = method_of(method),
                    .target = kh_str_z(a->target),
                    .host = header(c, "Host"),
                    .origin = header(c, "Origin"),
                    .site = header(c, "Sec-Fetch-Site"),
                    .authorization = header(c, "Authorization"),
                    .accept = header(c, "Accept"),
                    .accept_language = header(c, "Accept-Language"),
                    .cookie = header(c, "Cookie"),
                    .if_none_match = header(c, "If-None-Match"),
                    .content_type = header(c, "Content-Type"),
                    .length_and_chunks = header(c, "Content-Length").len && header(c, "Transfer-Encoding").len,
                    .body = {a->body, a->len}};
    MHD_get_connection_values(c, MHD_HEADER_KIND, count_host, &r.hosts);
    return r;
}

static bool take_body(arrival *a, const char *data, size_t size)
{
    if (a->len + size > KH_SERVE_BODY_BYTES_MAX) {
        a->refused = 413;
        return false;
    }
    if (a->len + size > a->room) {
        size_t room = a->room * 2 > a->len + size ? a->room * 2 : a->len + size + 4096;
        char *more = realloc(a->body, room);
        if (!more) {
            a->refused = 503;
            return false;
        }
        a->body = more;
        a->room = room;
    }
    memcpy(a->body + a->len, data, size);
    a->len += size;
    return true;
}

/* ---- what is sent ---- */

static void make_nonce(char *nonce)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char bytes[sizeof KH_NONCE - 1];
    size_t len = sizeof bytes;
    if (getrandom(bytes, len, 0) != (ssize_t)len) {
        memset(bytes, 0, len); /* no randomness: the page stands without scripts */
    }
    for (size_t i = 0; i < len; i++) {
        nonce[i] = letters[bytes[i] & 63];
    }
    nonce[len] = 0;
}

/* A copy of BODY with NONCE in each place that is kept for one. */
static kh_blob *with_nonce(const kh_blob *body, const char *nonce)
{
    kh_blob *copy = kh_blob_of((kh_str){body->bytes, body->len});
    kh_str rest = {copy ? copy->bytes : NULL, copy ? copy->len : 0};
    for (size_t at; (at = kh_str_find(rest, KH_STR(KH_NONCE))) < rest.len; rest = kh_str_from(rest, at + sizeof KH_NONCE - 1)) {
        memcpy(copy->bytes + (rest.ptr - copy->bytes) + at, nonce, sizeof KH_NONCE - 1);
    }
    return copy;
}

static void drop_blob(void *blob)
{
    kh_blob_drop(blob);
}

static void add(struct MHD_Response *r, const char *name, const char *value)
{
    MHD_add_response_header(r, name, value);
}

static void add_policy(struct MHD_Response *r, const kh_answer *a, const char *nonce)
{
    char policy[400];
    if (a->page) {
        snprintf(policy, sizeof policy,
                 "default-src 'none'; script-src 'nonce-%s'; style-src 'nonce-%s'; img-src 'self'; connect-src 'self'; form-action 'self'; "
                 "base-uri 'none'; frame-ancestors 'none'",
                 nonce, nonce);
    } else {
        snprintf(policy, sizeof policy, "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'%s",
                 a->sandbox ? "; sandbox" : "");
    }
    add(r, "Content-Security-Policy", policy);
}

static void add_headers(struct MHD_Response *r, const kh_answer *a, unsigned status, const kh_cookies *cookies)
{
    char tag[40];
    add(r, "X-Content-Type-Options", "nosniff");
    add(r, "Referrer-Policy", "same-origin"); /* "no-referrer" would send our own forms with the origin "null" */
    add(r, "Cross-Origin-Resource-Policy", "same-origin");
    add(r, "Cross-Origin-Opener-Policy", "same-origin");
    add(r, "X-Frame-Options", "DENY");
    add(r, "Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    add(r, "Cache-Control", a->lasting ? "max-age=31536000, immutable" : "private, no-cache");
    add(r, "Vary", "Accept, Accept-Language, Cookie");
    if (status != 304) {
        add(r, "Content-Type", a->type);
    }
    if (a->tag) {
        snprintf(tag, sizeof tag, "W/\"%016llx\"", (unsigned long long)a->tag);
        add(r, "ETag", tag);
    }
    if (*a->location) {
        add(r, "Location", a->location);
    }
    if (a->credentials) {
        add(r, "WWW-Authenticate", "Bearer realm=\"khabar\"");
        add(r, "WWW-Authenticate", "Basic realm=\"khabar\", charset=\"UTF-8\"");
    }
    if (status == 503) {
        add(r, "Retry-After", "2");
    }
    if (status == 405) {
        add(r, "Allow", "GET, HEAD, POST, DELETE");
    }
    for (size_t i = 0; i < cookies->count; i++) {
        add(r, "Set-Cookie", cookies->set[i]);
    }
}

/* Does If-None-Match name the tag, or any? */
static bool is_known(kh_str header_value, uint64_t tag)
{
    char text[20];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)tag);
    return tag && header_value.len &&
           (kh_str_eq(header_value, KH_STR("*")) || kh_str_find(header_value, kh_str_z(text)) < header_value.len);
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, const kh_request *request, kh_answer *a, const kh_cookies *cookies)
{
    char nonce[sizeof KH_NONCE];
    bool known = is_known(request->if_none_match, a->tag) && a->status == 200;
    unsigned status = known ? 304 : a->status;
    kh_blob *body = known ? NULL : a->body;
    struct MHD_Response *r = NULL;
    if (body && a->page) {
        make_nonce(nonce);
        body = with_nonce(a->body, nonce);
        kh_blob_drop(a->body);
        a->body = body;
    }
    if (body) {
        r = MHD_create_response_from_buffer_with_free_callback_cls(body->len, body->bytes, drop_blob, body);
        a->body = r ? NULL : a->body;
    } else {
        r = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    }
    kh_blob_drop(a->body);
    if (!r) {
        return MHD_NO;
    }
    add_headers(r, a, status, cookies);
    if (status != 304) {
        add_policy(r, a, nonce);
    }
    enum MHD_Result queued = MHD_queue_response(connection, status, r);
    MHD_destroy_response(r);
    return queued;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, const kh_request *request, unsigned status)
{
    static const char too_large[] =
        "{\"type\":\"about:blank\",\"title\":\"Content too large\",\"status\":413,\"detail\":\"a body has at most 8 MB\","
        "\"reason\":\"too_large\"}";
    static const char busy[] = "{\"type\":\"about:blank\",\"title\":\"Too much at once\",\"status\":503,\"reason\":\"no_memory\"}";
    const char *text = status == 413 ? too_large : busy;
    kh_answer a = {.status = status, .type = "application/problem+json", .body = kh_blob_of(kh_str_z(text))};
    return send_answer(connection, request, &a, &(kh_cookies){0});
}

static enum MHD_Result answer_now(kh_http *http, struct MHD_Connection *connection, const kh_request *request)
{
    kh_cookies cookies;
    kh_answer a;
    kh_arena arena = kh_arena_reserve(KH_SERVE_CALL_BYTES, NULL);
    if (!arena.begin) {
        return refuse(connection, request, 503);
    }
    kh_answer_give(http->room, &arena, request, &a, &cookies);
    kh_arena_release(&arena);
    return send_answer(connection, request, &a, &cookies);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **state)
{
    kh_http *http = context;
    arrival *a = *state;
    (void)url;
    (void)version;
    if (!a || !a->target) {
        return MHD_NO;
    }
    kh_request request = request_of(connection, method, a);
    if (!a->begun) {
        uint64_t announced = 0;
        a->begun = true;
        set_since(http, connection, kh_room_now_ms());
        if (kh_str_u64(header(connection, "Content-Length"), &announced) && announced > KH_SERVE_BODY_BYTES_MAX) {
            return refuse(connection, &request, 413);
        }
        return MHD_YES;
    }
    if (*size) {
        if (!a->refused) {
            take_body(a, data, *size);
        }
        *size = 0; /* of a refused body the rest is passed over */
        return MHD_YES;
    }
    set_since(http, connection, 0);
    return a->refused ? refuse(connection, &request, a->refused) : answer_now(http, connection, &request);
}

/* ---- open, close ---- */

static void no_log(void *context, const char *format, va_list args)
{
    (void)context;
    (void)format;
    (void)args; /* what strangers send is not worth a line each */
}

static socklen_t address_of(const kh_listen *l, struct sockaddr_storage *room)
{
    memset(room, 0, sizeof *room);
    if (l->v6) {
        struct sockaddr_in6 *a = (struct sockaddr_in6 *)room;
        a->sin6_family = AF_INET6;
        a->sin6_port = htons(l->port);
        inet_pton(AF_INET6, l->host, &a->sin6_addr);
        return sizeof *a;
    }
    struct sockaddr_in *a = (struct sockaddr_in *)room;
    a->sin_family = AF_INET;
    a->sin_port = htons(l->port);
    inet_pton(AF_INET, l->host, &a->sin_addr);
    return sizeof *a;
}

static uint16_t port_of(struct MHD_Daemon *daemon)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

kh_http *kh_http_open(kh_room *room, const kh_listen *listen, kh_error *err)
{
    struct sockaddr_storage address;
    kh_http *http = calloc(1, sizeof *http);
    if (!http) {
        kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory for the server");
        return NULL;
    }
    address_of(listen, &address);
    http->room = room;
    pthread_mutex_init(&http->lock, NULL);
    for (size_t i = 0; i < KH_SERVE_CONNECTIONS_MAX; i++) {
        http->lines[i].fd = -1;
    }
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL | MHD_USE_ITC | MHD_USE_ERROR_LOG |
                     (listen->v6 ? (unsigned)MHD_USE_IPv6 : 0U);
    http->daemon =
        MHD_start_daemon(flags, 0, NULL, NULL, on_request, http, MHD_OPTION_EXTERNAL_LOGGER, no_log, NULL, MHD_OPTION_SOCK_ADDR,
                         (struct sockaddr *)&address, MHD_OPTION_CONNECTION_LIMIT, (unsigned)KH_SERVE_CONNECTIONS_MAX,
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)((idle_ms(http) + 999) / 1000), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                         (size_t)KH_SERVE_HEADER_BYTES_MAX, MHD_OPTION_NOTIFY_CONNECTION, on_connection, http, MHD_OPTION_NOTIFY_COMPLETED,
                         on_end, http, MHD_OPTION_URI_LOG_CALLBACK, on_target, http, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!http->daemon) {
        kh_fail(err, KH_ERR_IO, "not_listening", "%s port %u: cannot listen there; is another server on it? Choose another with --listen",
                listen->host, listen->port);
        kh_http_close(http);
        return NULL;
    }
    http->port = port_of(http->daemon);
    return http;
}

uint16_t kh_http_port(const kh_http *http)
{
    return http->port;
}

enum { GRACE_MS = 5000, LOOK_US = 20000 };

/* No new connections; what is being answered may end. */
static void end_gracefully(kh_http *http)
{
    int64_t until = kh_room_now_ms() + GRACE_MS;
    MHD_socket listening = MHD_quiesce_daemon(http->daemon);
    while (atomic_load(&http->working) > 0 && kh_room_now_ms() < until) {
        usleep(LOOK_US);
    }
    MHD_stop_daemon(http->daemon);
    if (listening != MHD_INVALID_SOCKET) {
        close(listening);
    }
}

void kh_http_close(kh_http *http)
{
    if (http) {
        if (http->daemon) {
            end_gracefully(http);
        }
        pthread_mutex_destroy(&http->lock);
        free(http);
    }
}
