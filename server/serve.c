/* serve.c - khabar serve: what must hold before the first request is answered.
 *
 * Decides what is safe to open. Loopback is for this machine alone and needs nothing more; any other address is refused without a
 * token, which is read from a file that only its owner can read: a token on the command line would be seen by every user of the machine.
 * An older store is brought up to date before it is served, if it can be written.
 */
#include "server/server.h"

#include "server/http.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOOK_MS = 100, MALLOC_ARENAS = 2 };

/* ---- the token ---- */

static kh_status read_token(const char *path, kh_arena *out, kh_str *token, kh_error *err)
{
    char room[1024];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        kh_status status = kh_fail(err, KH_ERR_CONFIG, "no_token_file", "%s: not a file that can be read (%s)", path, strerror(errno));
        if (fd >= 0) {
            close(fd);
        }
        return status;
    }
    ssize_t len = read(fd, room, sizeof room);
    close(fd);
    if (st.st_mode & 077) {
        return kh_fail(err, KH_ERR_CONFIG, "open_token_file", "%s: others may read it; chmod 600 it and use a new token", path);
    }
    *token = kh_arena_copy(out, kh_str_trim((kh_str){room, len > 0 ? (size_t)len : 0}));
    if (token->len < KH_SERVE_TOKEN_BYTES_MIN) {
        return kh_fail(err, KH_ERR_CONFIG, "short_token", "%s: a token has at least %d bytes", path, KH_SERVE_TOKEN_BYTES_MIN);
    }
    return KH_OK;
}

/* ---- which hosts are ours ---- */

static void add_host(kh_arena *out, kh_guard *guard, const char *name, uint16_t port)
{
    *KH_ADD(out, &guard->hosts) = kh_arena_printf(out, "%s:%u", name, port);
    if (port == 80) {
        *KH_ADD(out, &guard->hosts) = kh_arena_printf(out, "%s", name);
    }
}

static void set_hosts(kh_arena *out, kh_room *room, const kh_server_options *o, const kh_listen *l, uint16_t port)
{
    static const char *const own[] = {"127.0.0.1", "localhost", "[::1]"};
    const char *host = l->v6 ? kh_arena_printf(out, "[%s]", l->host).ptr : l->host;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        add_host(out, &room->guard, own[i], port);
    }
    add_host(out, &room->guard, host, port);
    for (size_t i = 0; i < o->host_count; i++) {
        add_host(out, &room->guard, o->hosts[i], port);
        *KH_ADD(out, &room->guard.hosts) = kh_str_z(o->hosts[i]);
    }
    room->base = o->host_count ? kh_arena_printf(out, "https://%s", o->hosts[0]) : kh_arena_printf(out, "http://%s:%u", host, port);
}

/* ---- serving ---- */

static kh_status serve(kh_room *room, kh_arena *out, const kh_server_options *o, const kh_listen *l, kh_error *err)
{
    kh_http *http = kh_http_open(room, l, err);
    if (!http) {
        return err->code;
    }
    set_hosts(out, room, o, l, kh_http_port(http));
    bool beside = kh_beside_begin(room);
    if (o->ready) {
        o->ready(kh_arena_printf(out, "http://%s%s%s:%u/", l->v6 ? "[" : "", l->host, l->v6 ? "]" : "", kh_http_port(http)).ptr);
    }
    for (int64_t watched = 0; !*o->stop; usleep(LOOK_MS * 1000)) {
        if (kh_room_now_ms() - watched > 1000) {
            kh_http_watch(http);
            watched = kh_room_now_ms();
        }
    }
    kh_http_close(http);
    if (beside) {
        kh_beside_end();
    }
    return KH_OK;
}

/* A store of an older schema is brought up to date; one that cannot be written must be of the present one. */
static kh_status prepare_store(const char *db, kh_error *err)
{
    kh_store *store = kh_store_open(db, KH_STORE_READ, err);
    if (!store) {
        return err->code;
    }
    bool old = kh_store_schema_of(store) < KH_STORE_SCHEMA;
    kh_store_close(store);
    store = old ? kh_store_open(db, KH_STORE_WRITE, err) : NULL;
    kh_store_close(store);
    return old && !store ? err->code : KH_OK;
}

static kh_status check_options(kh_arena *out, const kh_server_options *o, kh_listen *l, kh_str *token, kh_error *err)
{
    if (!kh_listen_read(kh_str_z(o->listen), l)) {
        return kh_fail(err, KH_ERR_USAGE, "bad_address", "%s: not an address; give one such as 127.0.0.1:8080 or [::1]:8080", o->listen);
    }
    if (!l->loopback && !o->token_file) {
        return kh_fail(
            err, KH_ERR_CONFIG, "no_token",
            "%s can be reached from other machines; give a token with --token-file FILE (mode 0600), and put a proxy with TLS before it",
            o->listen);
    }
    return o->token_file ? read_token(o->token_file, out, token, err) : KH_OK;
}

kh_status kh_serve(const kh_server_options *options, kh_error *err)
{
    kh_arena out = kh_arena_reserve(KH_SERVE_CALL_BYTES, NULL);
    mallopt(M_ARENA_MAX, MALLOC_ARENAS);
    kh_listen listen;
    kh_str token = {0};
    static kh_room room; /* one server a process */
    if (!out.begin) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory for the server");
    }
    kh_status status = check_options(&out, options, &listen, &token, err);
    status = status ? status : prepare_store(options->db, err);
    kh_engine *engine = status ? NULL : kh_engine_open(options->data, err);
    if (!status && !engine) {
        status = err->code;
    }
    if (!status) {
        status = kh_room_open(&room, engine, options->db, err);
        room.guard.token = token;
        room.request_ms = options->request_ms ? options->request_ms : KH_SERVE_REQUEST_SECONDS * 1000;
        room.may_add = options->allow_add;
        room.may_edit = options->allow_edit;
        status = status ? status : serve(&room, &out, options, &listen, err);
        kh_room_close(&room);
    }
    kh_engine_close(engine);
    kh_arena_release(&out);
    return status;
}
