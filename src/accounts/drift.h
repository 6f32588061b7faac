/* drift.h - shared by drift.c, edits.c and alarms.c: what a copy did to the words of its original. */
#ifndef KHABAR_ACCOUNTS_DRIFT_H
#define KHABAR_ACCOUNTS_DRIFT_H

#include "accounts/internal.h"

/* One place where two sentences differ: tokens a..a_end of the one stand where the other has b..b_end; either may be empty. */
typedef struct kh_edit {
    uint32_t a, a_end;
    uint32_t b, b_end;
    uint32_t words_a, words_b; /* without punctuation */
} kh_edit;

typedef struct kh_edits {
    KH_LIST(kh_edit) items;
    uint32_t same; /* words that both have, in order */
    uint32_t words_a, words_b;
} kh_edits;

/* What differs between sentence U of S and sentence V of T, in order. */
kh_edits kh_edits_between(kh_arena *out, kh_arena scratch, const kh_side *s, const kh_unit *u, const kh_side *t, const kh_unit *v);

/* A sentence of a copy beside the one it was made from. */
typedef struct kh_retold {
    kh_case *c;
    uint32_t src, dst; /* articles */
    const kh_unit *u, *v;
    kh_edits edits;
} kh_retold;

/* ---- alarms.c ---- */

/* Says what the edits of X did to numbers, negations, hedges, stances and actors; true where anything is to be said. */
bool kh_alarms_find(const kh_retold *x);

#endif
