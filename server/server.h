/* server.h - khabar serve: the reading room and its API over HTTP. */
#ifndef KHABAR_SERVER_SERVER_H
#define KHABAR_SERVER_SERVER_H

#include "engine/engine.h"
#include "store/store.h"

#include <stdatomic.h>

typedef struct kh_server_options {
    const char *db;
    const char *data;         /* own language files; NULL: none */
    const char *listen;       /* "127.0.0.1:8080", "[::1]:8080" */
    const char *token_file;   /* NULL: none; wanted for any address that is not loopback */
    const char *const *hosts; /* names beside its own that requests may be for */
    size_t host_count;
    int64_t request_ms;             /* how long a request may take to arrive; 0: KH_SERVE_REQUEST_SECONDS */
    bool allow_add;                 /* POST /api/articles */
    bool allow_edit;                /* corrections and watch lists */
    const atomic_int *stop;         /* the server ends soon after it becomes non-zero */
    void (*ready)(const char *url); /* called once it listens; may be NULL */
} kh_server_options;

/* Serves until *stop. KH_ERR_CONFIG for an address or token file that must not be used. */
kh_status kh_serve(const kh_server_options *options, kh_error *err);

#endif
