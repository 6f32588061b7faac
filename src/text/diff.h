/* diff.h - what was changed between two states of a text, word by word. */
#ifndef KHABAR_TEXT_DIFF_H
#define KHABAR_TEXT_DIFF_H

#include "base/base.h"

/* Words of BEFORE that went and words of AFTER that came in their place; one of the two may be empty, it then stands
 * where the other would be. */
typedef struct kh_edit {
    kh_span removed; /* in BEFORE */
    kh_span added;   /* in AFTER */
} kh_edit;

typedef KH_LIST(kh_edit) kh_edits;

/* In the order of the text. White space alone is no change. Texts below 4 GB. */
kh_edits kh_diff(kh_arena *out, kh_arena scratch, kh_str before, kh_str after);

#endif
