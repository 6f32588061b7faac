/* reasons.h - inside html/ only: reasons, which the stages give in English, in the words of the interface. */
#ifndef KHABAR_HTML_REASONS_H
#define KHABAR_HTML_REASONS_H

#include "html/write.h"

/* A row "reason.*" of the English texts: its key, ending in NUL, and the sentence with its pieces as {1}, {2} ... */
typedef struct kh_reason_pattern {
    kh_str key, words;
    kh_str head; /* the words before the first piece */
} kh_reason_pattern;

typedef KH_LIST(kh_reason_pattern) kh_reason_patterns;

const kh_reason_patterns *kh_texts_reasons(const kh_texts *texts); /* texts.c */

/* REASON as markup: in the interface's words, its pieces isolated; in English, and marked so, where no pattern fits. */
void kh_html_reason(kh_html *h, kh_str reason);

/* The same as plain text, for an attribute. */
kh_str kh_html_reason_plain(const kh_html *h, kh_str reason);

#endif
