/* terms.h - inside store/ only: words of our own vocabulary (roles, kinds, units) and their numbers, table `term`. */
#ifndef KHABAR_STORE_TERMS_H
#define KHABAR_STORE_TERMS_H

#include "store/sql.h"

/* The number of WORD, given to it where it has none yet: in a transaction. 0 for an empty word. */
kh_status kh_term_number(kh_store *store, kh_str word, uint32_t *number, kh_error *err);

/* The word of NUMBER, in OUT or in memory of the store, where it is good until the store is closed or something is rolled back; empty for 0
 * and where there is none. */
kh_str kh_term_word(kh_store *store, kh_arena *out, uint32_t number);

/* What was rolled back may have given numbers: forgets all that is known. Also frees, when the store is closed. */
void kh_terms_forget(kh_store *store);

#endif
