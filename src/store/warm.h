/* warm.h - inside store/ only: what a writer remembers of the file between the articles that it adds. */
#ifndef KHABAR_STORE_WARM_H
#define KHABAR_STORE_WARM_H

#include "store/sieve.h"
#include "store/sql.h"

enum { KH_LEVELS_KNOWN = 1 << 16 };
enum { KH_DAY_ZERO = 1 << 30 };
enum { KH_NEWEST_MAX = 40 }; /* articles of one story that are remembered: the newest */
enum { KH_HEAD_MAX = 256 };  /* articles of one posting list that are remembered: the newest */

/* The newest articles that have a feature or print, rising. Those that the file alone tells of are missing until it is WHOLE. */
typedef struct kh_head {
    int64_t *articles;
    uint32_t count, room;
    bool whole;
} kh_head;

/* A row of table frequency, with what is still to be written of it. */
typedef struct kh_counted {
    int64_t documents, epoch, frozen;
} kh_counted;

/* The newest articles of a story, of which ASKED were asked for. */
typedef struct kh_newest {
    int64_t articles[KH_NEWEST_MAX];
    uint32_t count, asked;
    uint32_t turn; /* of the warm's; another one: to be read again */
} kh_newest;

/* Where and when an article is. */
typedef struct kh_whereabouts {
    uint32_t story; /* 0: not known */
    uint32_t day;   /* of publication, + KH_DAY_ZERO; 0: it has none */
} kh_whereabouts;

typedef struct kh_warm {
    kh_sieves sieves;
    kh_whereabouts *places; /* by the number of the article */
    size_t place_room;
    kh_arena arena;             /* of all that follows */
    unsigned levels;            /* which levels of postings have any, a bit each, and KH_LEVELS_KNOWN; 0: to be read */
    kh_map head_of, counted_of; /* key, hash -> index + 1 */
    KH_LIST(kh_head) heads;
    KH_LIST(kh_counted) counted;
    kh_map newest_of; /* story -> index + 1 */
    KH_LIST(kh_newest) newest;
    uint32_t turn; /* grows with every article that changes */
} kh_warm;

/* What may be asked: only within a transaction is it known that nobody else writes. NULL: the file is to be asked. */
static inline kh_warm *kh_warm_of(const kh_store *store)
{
    return store->in_transaction ? store->warm : NULL;
}

/* STORE remembers from now on, if there is memory. */
void kh_warm_open(kh_store *store);
void kh_warm_close(kh_store *store);

/* Forgets all: somebody else has written, something was taken back, or rows were changed that are remembered. Nothing may be pending. */
void kh_warm_clear(kh_store *store);

/* Forgets lists and counts where they have become many. Nothing may be pending. */
bool kh_warm_is_full(const kh_store *store);
void kh_warm_make_room(kh_store *store);

/* What is known of the place of ARTICLE, to be filled in; NULL where it is not to be kept. Good until the next one is asked for. */
kh_whereabouts *kh_warm_place(kh_warm *warm, int64_t article);

/* SLICE of LEVEL of the postings has KEYS now, and no others. Accepts a store without memory. */
void kh_warm_has(kh_store *store, unsigned level, unsigned slice, const kh_u64s *keys);

/* The list of KEY, made where there is none. Good until the next one is asked for. */
kh_head *kh_warm_head(kh_warm *warm, uint64_t key);
void kh_warm_push(kh_warm *warm, kh_head *head, int64_t article); /* one more has it; the numbers may come in any order */

/* What the file tells of the list, the newest first: it is whole. */
void kh_warm_fill(kh_warm *warm, kh_head *head, const kh_ids *newest);

/* How far rows of `article` had changed. And what changed since then: nothing about who is in which story; all of two stories; or that ARTICLE went
 * from one story, or none (0), to another, which may be OPENED for it. All accept a store without memory. */
uint32_t kh_warm_turn(const kh_store *store);
void kh_warm_back_to(kh_store *store, uint32_t turn);
void kh_warm_mixed(kh_store *store, uint32_t turn, int64_t story, int64_t other);
void kh_warm_moved(kh_store *store, uint32_t turn, int64_t article, int64_t from, int64_t to, bool opened);

/* What is remembered of STORY, made where there is nothing. Good until the next one is asked for. */
kh_newest *kh_warm_newest(kh_warm *warm, int64_t story);

/* The counts of HASH, read where they are not remembered; NULL on failure. */
kh_counted *kh_warm_counted(kh_store *store, uint64_t hash, kh_error *err);

/* One document more has it. */
void kh_warm_count(kh_counted *counted, int64_t epoch);

#endif
