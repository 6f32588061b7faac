/* check.h - inside store/ only: what kh_store_check asks. */
#ifndef KHABAR_STORE_CHECK_H
#define KHABAR_STORE_CHECK_H

#include "store/sql.h"

/* What makes postings, counts of words and the full-text index anew at the next opening for writing. */
#define KH_INDEX_ANEW "INSERT OR REPLACE INTO meta(name, value) VALUES('index', 'anew')"

/* Whether the postings are those of the articles, and the counts of words theirs; problems into RESULT, in OUT. */
kh_status kh_check_postings(kh_store *store, kh_arena *out, kh_check *result, kh_error *err);

/* Whether the search index holds the words of the articles. */
kh_status kh_check_words(kh_store *store, kh_arena *out, kh_check *result, kh_error *err);

/* Whether what was found in the articles can be read and stands in their texts; problems into RESULT, in OUT. */
kh_status kh_check_findings(kh_store *store, kh_arena *out, kh_check *result, kh_error *err);

#endif
