/* http.h - inside server/ only: the HTTP library behind one door. */
#ifndef KHABAR_SERVER_HTTP_H
#define KHABAR_SERVER_HTTP_H

#include "server/room.h"

typedef struct kh_http kh_http;

/* Begins to answer on LISTEN (port 0: any free one). NULL on failure. */
kh_http *kh_http_open(kh_room *room, const kh_listen *listen, kh_error *err);

uint16_t kh_http_port(const kh_http *http);

/* Takes no new connections, lets what is being answered end, closes. */
void kh_http_close(kh_http *http); /* accepts NULL */

/* Cuts connections whose request takes longer than room->request_ms to arrive; called every second. */
void kh_http_watch(kh_http *http);

#endif
