/* serve.c - khabar serve: what must hold before the first request is answered, and what goes on beside the requests.
 *
 * Decides what is safe to open. Loopback is for this machine alone and needs nothing more; any other address is refused without a
 * token, which is read from a file that only its owner can read: a token on the command line would be seen by every user of the machine.
 * An older store is brought up to date before it is served, if it can be written.
 *
 * Beside the requests one thread compares stories, the newest first, a little at a time, so that the lists know their origins and
 * disagreements before somebody asks: a tenth of the time of one core.
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

enum { LOOK_MS = 100, BESIDE_SHARE = 9, BESIDE_STORIES = 500, BESIDE_REPORTS_MAX = 200, BESIDE_PAUSE_MS = 2000, MALLOC_ARENAS = 2 };

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

/* ---- comparing beside the requests ---- */

typedef struct beside {
    kh_room *room;
    atomic_bool stop;
} beside;

static void nap(const beside *b, int64_t ms)
{
    for (int64_t slept = 0; slept < ms && !atomic_load(&b->stop); slept += LOOK_MS) {
        usleep(LOOK_MS * 1000);
    }
}

/* Compares story ID unless its card is known; gives the milliseconds it took. */
static int64_t compare_one(kh_room *room, kh_desk *desk, int64_t id, int64_t corrections)
{
    int64_t began = kh_room_now_ms();
    kh_worker *worker = &desk->worker;
    kh_story_state state;
    kh_card card;
    kh_worker_guard(worker, true);
    if (setjmp(worker->full) == 0) {
        bool wanted = kh_store_story_state(desk->store, &worker->page, id, &state, NULL) == KH_OK && state.articles <= BESIDE_REPORTS_MAX &&
                      !kh_card_get(room, id, state.revision, corrections, &card);
        kh_story *story = KH_NEW(&worker->page, kh_story);
        if (wanted && kh_desk_story(room, desk, id, story, NULL) == KH_OK) {
            kh_card_put(room, id, state.revision, corrections, story);
        }
    }
    kh_worker_guard(worker, false);
    return kh_room_now_ms() - began;
}

static size_t newest_stories(kh_room *room, kh_desk *desk, int64_t *ids, size_t most, int64_t *corrections)
{
    kh_front_view view;
    kh_ids found = {0};
    kh_error err = {0};
    kh_worker *worker = &desk->worker;
    kh_front_query query = {.filter = {.limit = (uint32_t)most}};
    *corrections = kh_room_totals(room, desk).corrections;
    if (kh_store_front(desk->store, &worker->page, worker->scratch, &query, &view, &found, &err)) {
        return 0;
    }
    memcpy(ids, found.items, found.count * sizeof *ids);
    return found.count;
}

static void *compare_beside(void *context)
{
    beside *b = context;
    static int64_t ids[BESIDE_STORIES]; /* one such thread runs */
    while (!atomic_load(&b->stop)) {
        int64_t corrections = 0;
        kh_desk *desk = kh_desk_take(b->room);
        size_t count = desk ? newest_stories(b->room, desk, ids, BESIDE_STORIES, &corrections) : 0;
        if (desk) {
            kh_desk_leave(b->room, desk);
        }
        for (size_t i = 0; i < count && !atomic_load(&b->stop); i++) {
            desk = kh_desk_take(b->room);
            int64_t took = desk ? compare_one(b->room, desk, ids[i], corrections) : 0;
            if (desk) {
                kh_desk_leave(b->room, desk);
            }
            usleep((useconds_t)(took * BESIDE_SHARE * 1000));
        }
        nap(b, BESIDE_PAUSE_MS);
    }
    return NULL;
}

/* ---- serving ---- */

static kh_status serve(kh_room *room, kh_arena *out, const kh_server_options *o, const kh_listen *l, kh_error *err)
{
    beside b = {.room = room};
    pthread_t thread;
    kh_http *http = kh_http_open(room, l, err);
    if (!http) {
        return err->code;
    }
    set_hosts(out, room, o, l, kh_http_port(http));
    bool beside_runs = pthread_create(&thread, NULL, compare_beside, &b) == 0;
    if (o->ready) {
        o->ready(kh_arena_printf(out, "http://%s%s%s:%u/", l->v6 ? "[" : "", l->host, l->v6 ? "]" : "", kh_http_port(http)).ptr);
    }
    for (int64_t watched = 0; !*o->stop; usleep(LOOK_MS * 1000)) {
        if (kh_room_now_ms() - watched > 1000) {
            kh_http_watch(http);
            watched = kh_room_now_ms();
        }
    }
    atomic_store(&b.stop, true);
    kh_http_close(http);
    if (beside_runs) {
        pthread_join(thread, NULL);
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
        return kh_fail(err, KH_ERR_CONFIG, "no_token",
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
        room.may_add = options->allow_add;
        room.may_edit = options->allow_edit;
        status = status ? status : serve(&room, &out, options, &listen, err);
        kh_room_close(&room);
    }
    kh_engine_close(engine);
    kh_arena_release(&out);
    return status;
}
