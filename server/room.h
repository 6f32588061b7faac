/* room.h - inside server/ only: what all requests share, and what one has while it is answered. */
#ifndef KHABAR_SERVER_ROOM_H
#define KHABAR_SERVER_ROOM_H

#include "engine/engine.h"
#include "html/html.h"
#include "server/cache.h"
#include "server/request.h"
#include "store/store.h"

#include <pthread.h>

/* A connection to the store and one request's memory. One thread has it at a time. */
typedef struct kh_desk {
    kh_store *live;  /* reads only */
    kh_store *store; /* that, or the sealed file that is asked now */
    kh_worker worker;
    bool taken, open, comparing;
} kh_desk;

typedef struct kh_counts {
    atomic_ullong requests[6]; /* by the first digit of the status */
    atomic_ullong bytes;
    atomic_ullong microseconds; /* spent on answers that were made */
    atomic_ullong made, given_again, refused, cut;
} kh_counts;

typedef struct kh_room {
    const kh_engine *engine;
    kh_arena words;        /* memory of `texts` */
    const kh_texts *texts; /* of the pages */
    const char *db;
    kh_guard guard;
    kh_str base; /* "http://127.0.0.1:8080": for the ids and links of feeds */
    bool may_add, may_edit;
    int64_t request_ms;      /* how long a request may take to arrive; half as long again between two */
    uint64_t basis;          /* hash of the program and its knowledge: see kh_room_basis */
    atomic_bool keeps_cards; /* the store takes them */
    kh_cache *fresh;         /* answers of the last second, by what was asked */
    kh_cache *cache;         /* stories, by their revision: a crowd of searches pushes none of them out */
    kh_counts counts;
    int64_t began_ms;

    pthread_mutex_t lock;                  /* of all below */
    struct kh_waiter *line;                /* who waits for a desk, whoever came first in front */
    pthread_cond_t left;                   /* a desk no longer compares */
    kh_desk desks[KH_SERVE_DESKS_MAX + 1]; /* the last one is of beside.c */
    size_t comparing;                      /* desks that compare: at most COMPARING_MAX */
    kh_card *cards;                        /* table by hash of the story: cards that the store has not yet, or cannot have */
    size_t card_count;
    kh_store_totals totals;
    int64_t totals_ms;
    kh_store_totals related_of; /* the totals when pages of stories were last made anew for what others are related to them */
    int64_t related_ms;
    uint64_t related; /* how often that was: the stamp of a kept story */

    pthread_mutex_t writing; /* whoever writes has it; the store for that is opened when it is first wanted */
    kh_store *writer;
} kh_room;

kh_status kh_room_open(kh_room *room, const kh_engine *engine, const char *db, kh_error *err);
void kh_room_close(kh_room *room);

int64_t kh_room_now_ms(void);

/* ---- desks ---- */

/* A desk that nobody else has; NULL after KH_SERVE_WAIT_MS. */
kh_desk *kh_desk_take(kh_room *room);
void kh_desk_leave(kh_room *room, kh_desk *desk);
void kh_desk_wipe(kh_desk *desk); /* forgets what was worked on; the desk stays taken */

/* Between these a desk may compare articles: only so many do at a time. False, with ERR, after KH_SERVE_WAIT_MS. A desk that is
 * left has ended. */
bool kh_desk_compare(kh_room *room, kh_desk *desk, kh_error *err);
void kh_desk_compared(kh_room *room, kh_desk *desk);

/* Story ID compared, in the desk's memory: kh_story_load between the two. */
kh_status kh_desk_story(kh_room *room, kh_desk *desk, int64_t id, kh_story *story, kh_error *err);

/* The store for writing, locked; NULL with ERR. kh_room_written ends it and makes what was written seen. */
kh_store *kh_room_write(kh_room *room, kh_error *err);
void kh_room_written(kh_room *room);

/* ---- cards.c ---- */

/* What cards rest on beside the revision of their story, in the store as DESK sees it now. */
int64_t kh_room_basis(kh_room *room, kh_desk *desk);

/* The card of STORY as it is now, of those in memory; false when there is none that holds. BASIS is that of the same moment. */
bool kh_card_get(kh_room *room, kh_desk *desk, int64_t basis, int64_t story, kh_card *card);
void kh_card_put(kh_room *room, int64_t basis, int64_t story, int64_t revision, const kh_story *compared);

/* At most MOST of the cards in memory; and those that are in the store now need not stay there. */
size_t kh_cards_waiting(kh_room *room, kh_card *cards, size_t most);
void kh_cards_kept(kh_room *room, const kh_cards *cards);

/* Stories whose figures disagree, of the cards in memory and in the store; one may be there twice. */
kh_status kh_cards_disagreeing(kh_room *room, kh_desk *desk, kh_arena *out, kh_arena scratch, int64_t basis, kh_ids *stories,
                               kh_error *err);

/* ---- beside.c ---- */

/* Compares stories beside the requests until kh_beside_end; one a process. False: no thread could be made. */
bool kh_beside_begin(kh_room *room);
void kh_beside_end(void);

/* The totals of the store, at most some seconds old. */
kh_store_totals kh_room_totals(kh_room *room, kh_desk *desk);

/* Another number when stories may have got other related ones: after the store was written, at most each KH_SERVE_RELATED_MS. */
uint64_t kh_room_related(kh_room *room, kh_desk *desk);

/* ---- sealed.c ---- */

/* The desk asks the store again. */
void kh_desk_put_back(kh_desk *desk);

/* ---- answer.c ---- */

/* What a person chose in the address, as values of Set-Cookie: at most the language and the calendar. */
enum { KH_COOKIES_MAX = 2, KH_COOKIE_BYTES = 100 };

typedef struct kh_cookies {
    char set[KH_COOKIES_MAX][KH_COOKIE_BYTES];
    size_t count;
} kh_cookies;

/* One request being answered. */
typedef struct kh_call {
    kh_room *room;
    kh_desk *desk;
    const kh_request *request;
    kh_target target;
    int64_t archive; /* number of the sealed file whose page this is; 0: the store's */
    kh_str seal;     /* which file that is, once it is open */
    kh_form_kind form;
    kh_frame frame;
    kh_filter filter;
    kh_arena *out, *scratch;
    kh_answer *answer;
    kh_cookies *cookies;
} kh_call;

/* Answers REQUEST, whatever it is, with ARENA (KH_SERVE_CALL_BYTES) for what is read from its header. ANSWER holds its body, to be dropped by
 * the caller. Never fails: a failure is an answer. */
void kh_answer_give(kh_room *room, kh_arena *arena, const kh_request *request, kh_answer *answer, kh_cookies *cookies);

/* Ends CALL with BODY in TYPE. */
void kh_answer_body(kh_call *call, unsigned status, const char *type, kh_str body);

/* Ends CALL with a failure: RFC 9457, or a page that says the same. */
void kh_answer_problem(kh_call *call, unsigned status, const char *reason, const char *title, kh_str detail);
void kh_answer_redirect(kh_call *call, unsigned status, kh_str path); /* 303 after a form, 301 for what has moved */
void kh_answer_failed(kh_call *call, const kh_error *err);

/* An answer that lasts as long as KEY is asked for: true: it is given, else it is to be made and kept. */
bool kh_answer_kept(kh_call *call, kh_str key);
void kh_answer_keep(kh_call *call, kh_str key);

/* ---- draw.c: views as pages ---- */

bool kh_draw_problem(kh_call *call, kh_buf *out, const kh_problem_view *view);
void kh_draw_front(kh_call *call, kh_buf *out, const kh_front_view *view);
void kh_draw_story(kh_call *call, kh_buf *out, const kh_story_view *view);
void kh_draw_graph(kh_call *call, kh_buf *out, const kh_story_view *view);
void kh_draw_sides(kh_call *call, kh_buf *out, const kh_sides_view *view);
void kh_draw_article(kh_call *call, kh_buf *out, const kh_article_view *view);
void kh_draw_search(kh_call *call, kh_buf *out, const kh_search_view *view);
void kh_draw_watch_lists(kh_call *call, kh_buf *out, const kh_watch_lists_view *view);
void kh_draw_watch(kh_call *call, kh_buf *out, const kh_watch_view *view);

/* ---- sealed.c, further ---- */

/* Takes "/archives/N" off the steps of the path into call->archive; false: it is none. */
bool kh_sealed_asked(kh_call *call);

/* The desk asks call->archive until it is left; false (answered): there is none. */
bool kh_sealed_open(kh_call *call);

/* The sealed files of the store; and how much of FILTER each holds. None for a page of a sealed file. */
kh_status kh_sealed_list(kh_call *call, kh_archive_rows *rows, kh_error *err);
kh_status kh_sealed_search(kh_call *call, const kh_filter *filter, kh_archive_rows *rows, kh_error *err);

/* The story that step 1 names was sealed: true, answered with its address there. */
bool kh_sealed_story(kh_call *call);

/* ---- routes.c ---- */

typedef enum kh_route_how {
    KH_ROUTE_DESK = 1,   /* needs the store */
    KH_ROUTE_KEPT = 2,   /* is given again for KH_SERVE_FRESH_MS */
    KH_ROUTE_SEALED = 4, /* sealed files have it too, behind /archives/N */
} kh_route_how;

typedef struct kh_route {
    kh_method method;
    const char *path; /* "/stories/ * /graph" without the blanks: a star is one step */
    unsigned forms;   /* bit set of kh_form_kind; 0: one form of its own */
    unsigned how;     /* bit set of kh_route_how */
    void (*answer)(kh_call *call);
} kh_route;

extern const kh_route kh_routes[];
extern const size_t kh_route_count;

/* pages.c: what is read */
void kh_page_front(kh_call *call);
void kh_page_story(kh_call *call);
void kh_page_graph(kh_call *call);
void kh_page_sides(kh_call *call);
void kh_page_article(kh_call *call);
void kh_page_raw(kh_call *call);
void kh_page_search(kh_call *call);
void kh_page_watch_lists(kh_call *call);
void kh_page_watch(kh_call *call);
void kh_page_asset(kh_call *call); /* draw.c */

/* api.c: for programs */
void kh_api_openapi(kh_call *call);
void kh_api_health(kh_call *call);
void kh_api_metrics(kh_call *call);
void kh_api_trace(kh_call *call);

/* writes.c: what changes the store */
void kh_write_article(kh_call *call);
void kh_write_correction(kh_call *call);
void kh_write_undo(kh_call *call);
void kh_write_watch(kh_call *call);
void kh_write_unwatch(kh_call *call);

/* The page that the body of the request is, read: HTML, text, a form's field `text`, or JSON with "text", "url" ...; NULL: answered. */
kh_article *kh_posted_article(kh_call *call, kh_page *page);

/* Step I of the path as a number; 0 when it is none. */
int64_t kh_step_number(const kh_call *call, size_t i);

/* ---- feeds.c ---- */

typedef struct kh_feed_entry {
    kh_str id;   /* path of the entry, "/stories/ID": stable */
    kh_str link; /* path */
    kh_str title, lang, text, at, by;
} kh_feed_entry;

typedef struct kh_feed {
    kh_str title, path; /* path with its query, without the form */
    KH_LIST(kh_feed_entry) entries;
} kh_feed;

/* FEED as Atom or JSON Feed, by call->form. */
void kh_feed_give(kh_call *call, const kh_feed *feed);

#endif
