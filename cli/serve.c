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

/* Beside the server, until the process ends. */
static void *see_it_end(void *unused)
{
    (void)unused;
    while (!kh_interrupted) {
        usleep(LOOK_MS * 1000);
    }
    usleep(LAST_MS * 1000);
    fprintf(stderr, "khabar: what was still being answered is left\n");
    _exit(EX_OK);
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
    kh_catch_signals();
    if (pthread_create(&end, NULL, see_it_end, NULL) == 0) {
        pthread_detach(end);
    }
    return kh_serve(&server, &err) ? kh_tell(&err) : EX_OK;
}
