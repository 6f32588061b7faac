/* serve.c - khabar serve: the store to a browser and to programs. */
#include "cli/cli.h"

#include "server/server.h"

#include <stdio.h>
#include <sysexits.h>

static void tell_ready(const char *url)
{
    fprintf(stderr, "khabar: serving %s (Ctrl-C ends)\n", url);
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
    kh_catch_signals();
    return kh_serve(&server, &err) ? kh_tell(&err) : EX_OK;
}
