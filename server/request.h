/* request.h - what a client asked for, read from the bytes of its request; and whether it may. Pure: no socket, no store. */
#ifndef KHABAR_SERVER_REQUEST_H
#define KHABAR_SERVER_REQUEST_H

#include "model/views.h"

typedef enum kh_method { KH_GET, KH_HEAD, KH_POST, KH_DELETE, KH_OTHER_METHOD } kh_method;

/* The form of an answer. */
typedef enum kh_form_kind {
    KH_FORM_ANY, /* as a value of a route: it has one form of its own */
    KH_FORM_HTML,
    KH_FORM_JSON,
    KH_FORM_NDJSON,
    KH_FORM_ATOM,
    KH_FORM_FEED, /* JSON Feed */
    KH_FORMS
} kh_form_kind;

kh_str kh_form_type(kh_form_kind form);   /* "application/json" */
kh_str kh_form_suffix(kh_form_kind form); /* ".json"; empty for HTML */

typedef struct kh_query_field {
    kh_str name, value; /* decoded */
} kh_query_field;

typedef KH_LIST(kh_query_field) kh_query_fields;

/* As received: header values may hold anything, and are empty where the header is absent. */
typedef struct kh_request {
    kh_method method;
    kh_str target;             /* "/stories/s1f00ba4c2d.json?ui=fa" */
    kh_str host, origin, site; /* Host, Origin, Sec-Fetch-Site */
    unsigned hosts;            /* how many Host headers */
    bool length_and_chunks;    /* both Content-Length and Transfer-Encoding */
    kh_str authorization, accept, accept_language, cookie, if_none_match, content_type;
    kh_str body;
} kh_request;

/* What the target says. */
typedef struct kh_target {
    kh_strs steps;          /* of the path, decoded: {"stories", "s1f00ba4c2d"} */
    kh_form_kind form;      /* that the suffix names; KH_FORM_ANY without one */
    kh_str path;            /* decoded, without suffix: "/stories/s1f00ba4c2d" */
    kh_query_fields fields; /* of the query */
} kh_target;

/* NULL, or the reason word of what is wrong with the target: "bad_path" (a step that is empty, ".", ".." or holds a '/', a
 * control or ill-formed UTF-8), "bad_query", "too_many_fields". */
const char *kh_target_read(kh_arena *out, kh_str target, kh_target *t);

/* The fields of "a=1&b=%D8%A7" (application/x-www-form-urlencoded); NULL or a reason as above. */
const char *kh_form_fields_read(kh_arena *out, kh_str query, kh_query_fields *fields);

/* The value of the first field NAME, trimmed; empty when there is none. */
kh_str kh_query_value(const kh_query_fields *fields, const char *name);

/* Among the forms of the bit set FORMS (1 << form), the one that an Accept header wants most; the lowest one for none. */
kh_form_kind kh_form_wanted(kh_str accept, unsigned forms);

/* The best of en, ar, fa, ru for an Accept-Language header. */
kh_str kh_ui_wanted(kh_str accept_language);

/* The value of cookie NAME. */
kh_str kh_cookie_of(kh_str cookies, const char *name);

/* ---- guard.c ---- */

typedef struct kh_guard {
    kh_strs hosts; /* "127.0.0.1:8080", "localhost:8080", "khabar.example.org": what Host may be, in small letters */
    kh_str token;  /* empty: none is wanted */
} kh_guard;

typedef struct kh_refusal {
    unsigned status; /* 0: the request may pass */
    const char *reason, *title, *detail;
} kh_refusal;

/* May REQUEST be answered? Its host must be one of ours (else a page elsewhere whose name was turned to this address would be
 * let in), the token right, and what changes something must come from our own pages or from a program that is no browser. */
kh_refusal kh_guard_check(const kh_guard *guard, const kh_request *request);

/* Compares in a time that depends on the length of B alone. */
bool kh_same_secret(kh_str a, kh_str b);

/* An address to listen on: "HOST:PORT" or "[V6]:PORT". False when TEXT is none. */
typedef struct kh_listen {
    char host[64];
    uint16_t port;
    bool v6, loopback;
} kh_listen;

bool kh_listen_read(kh_str text, kh_listen *listen);

#endif
