/* pairs.h - how a pair of articles is shown; compare and trace share it. */
#ifndef KHABAR_CLI_PAIRS_H
#define KHABAR_CLI_PAIRS_H

#include "cli/cli.h"
#include "engine/pairs.h"

enum { KH_PAIR_COLUMNS = 4 };

extern const kh_column kh_pair_columns[KH_PAIR_COLUMNS]; /* a, b, relation, score */

kh_str kh_score_text(kh_arena *out, float score);
kh_str kh_pair_name(const kh_pair *pair); /* the copy kind where it is a copy, else the relation */

/* One copy edge with its coverage, direction and the first shared spans. C's 0 is A, its 1 is B. */
void kh_print_copy(kh_print *p, const kh_copy *c, const kh_article *a, const kh_article *b);

#endif
