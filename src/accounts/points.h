/* points.h - figures made ready to be compared. */
#ifndef KHABAR_ACCOUNTS_POINTS_H
#define KHABAR_ACCOUNTS_POINTS_H

#include "accounts/internal.h"

/* A figure with its frame. */
typedef struct kh_point {
    const kh_figure *f;
    uint32_t article;
    kh_str what;
    kh_str scope;
    double min, max; /* the interval, -INFINITY and INFINITY where open */
    bool vague;
    bool soft; /* vague, or "about" */
    int64_t first_day, last_day;
    bool dated;
    uint32_t claimer; /* group, KH_NO_GROUP: unknown or no name */
    kh_str claimer_key;
    bool claimer_person;
    uint32_t claimer_role; /* the kind of body: the police, the election commission; 0: none that is one body */
    uint32_t subject;      /* the person whose age or share it is */
    uint32_t sentence;
    bool contested;  /* its page has another claimer's figure that does not meet it */
    bool total;      /* no figure of its page for the same thing and day is larger */
    bool bodies;     /* counts bodies as they are found */
    bool denied;     /* stands in a denial: its claimer says that it is not so */
    bool part;       /* "three of those detained": of people whom the page has counted before */
    bool superseded; /* its own sentence gives another value in its place: "215 houses, earlier he had said 250" */
    uint32_t page;   /* whose time it has: the article, or the original that has the same figure */
} kh_point;

typedef KH_LIST(kh_point) kh_points;

/* The figures of the body of page ARTICLE that say enough to be compared, each value of a claimer once. */
void kh_points_read(kh_case *c, uint32_t article, kh_points *found);

/* The largest figure of a page for what happened is for all, when its population is not always a part. */
void kh_widen_totals(const kh_case *c, kh_points *all);
void kh_mark_totals(kh_points *all);

kh_str kh_what_of(const kh_figure *f); /* near-equal words as one */
bool kh_only_grows(kh_str what);       /* counts that only grow while an event goes on */
bool kh_of_one_moment(kh_str what);    /* how many there were at one moment */
bool kh_only_a_claim(kh_str what);     /* what is asked for or agreed upon */

int kh_claimers(const kh_point *a, const kh_point *b);                 /* 1: one; 0: cannot be said; -1: two */
int kh_scopes(const kh_case *c, const kh_point *a, const kh_point *b); /* -1: A inside B; 1: B inside A; 0: same; 2: neither */
bool kh_same_interval(const kh_point *a, const kh_point *b);
bool kh_intervals_meet(const kh_point *a, const kh_point *b);
/* The smaller counts bodies found, no earlier than the larger counts the dead: it contradicts nothing. */
bool kh_bodies_only(const kh_point *a, const kh_point *b);
bool kh_same_day(const kh_point *a, const kh_point *b);
bool kh_one_thing(const kh_point *a, const kh_point *b); /* what is counted, in which unit, of this event or an earlier one */
bool kh_one_frame(const kh_case *c, const kh_point *a, const kh_point *b);
/* Do their sentences share names and concepts: one matter in any language. */
bool kh_same_sentence(kh_case *c, const kh_point *a, const kh_point *b);
bool kh_one_subject(kh_case *c, const kh_point *a, const kh_point *b);

#endif
