/* internal.h - what the files of prints/ share: prints of a body that was read. */
#ifndef KHABAR_PRINTS_INTERNAL_H
#define KHABAR_PRINTS_INTERNAL_H

#include "prints/prints.h"

/* The prints of a body that was read; see kh_prints_of. */
kh_u64s kh_prints_of_body(kh_arena *out, kh_arena scratch, const kh_body *body);

#endif
