/* serve.c - khabar serve: the store to a browser and to programs.
 *
 * Ends at a signal: no new connections, what is being answered has LAST_MS to be finished. A comparison of a large story takes longer than
 * anybody waits for the end of a service; it only reads, and what was being written and not acknowledged is undone by the store when it
 * is opened again, so after that time the process ends as it stands.
 */
#include "cli/cli.h"

#include "server/server.h"

#include <pthread.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

enum { LOOK_MS = 50, LAST_MS = 1000 };

static void tell_ready(const char *url)
{
    fprintf(stderr, "khabar: serving %s (Ctrl-C ends)\n", url);
}

/* Beside the server, until that has ENDED. */
static void *see_it_end(void *ended)
{
    const atomic_bool *done = ended;
    for (int waited = 0; !*done && waited < LAST_MS; waited += kh_interrupted ? LOOK_MS : 0) {
        usleep(LOOK_MS * 1000);
    }
    if (!*done) {
        _exit(EX_OK);
    }
    return NULL;
}

int kh_run_serve(const kh_options *o)
{
    kh_error err = {0};
    if (o->arg_count) {
        return kh_tell_usage("serve", "it takes no arguments; the store is named with --db");
    }
    kh_server_options server = {.db = o->db,
                                .data = o->data,
                                .listen = o->listen ? o->listen : "127.0.0.1:8080",
                                .token_file = o->token_file,
                                .hosts = o->hosts,
                                .host_count = o->host_count,
                                .request_ms = o->timeout_ms,
                                .allow_add = o->allow_add,
                                .allow_edit = o->allow_edit,
                                .stop = &kh_interrupted,
                                .ready = tell_ready};
    pthread_t end;
    atomic_bool ended = false;
    kh_catch_signals();
    bool seen = pthread_create(&end, NULL, see_it_end, &ended) == 0;
    kh_status status = kh_serve(&server, &err);
    ended = true;
    if (seen) {
        pthread_join(end, NULL);
    }
    return status ? kh_tell(&err) : EX_OK;
}
