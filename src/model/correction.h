/* correction.h - what a person said against the program: not this speaker, not one story, this date, one name or two.
 *
 * A correction names its target by what stays when a page is read again: the key of the article and the quoted words
 * (or the spelling of a name), never a row or an index. So it holds for new revisions and for better readings; where
 * the words are gone, it rests and changes nothing.
 */
#ifndef KHABAR_MODEL_CORRECTION_H
#define KHABAR_MODEL_CORRECTION_H

#include "model/article.h"

struct kh_correction {
    int64_t id;
    kh_correction_kind kind;
    kh_str article; /* key of the article; of the first where there are two; empty for names */
    kh_str other;   /* key of the second: join, split, no_copy; names: the gazetteer's id of the first spelling */
    kh_str words;   /* speaker: of the quotation; names: the first spelling */
    uint32_t begin; /* speaker: where the words stood, to choose among equal ones */
    kh_str value;   /* what holds: the speaker ("unknown" for none), the day, the second spelling */
    kh_str was;     /* what the program had said */
    kh_str by, at, why;
    kh_str undone; /* when it was taken back or replaced; empty: it holds */
    bool rests;    /* it holds, but what it is about is gone: it changes nothing (now, not kept) */
};

/* The quotation of A that the correction C of a speaker is about: the same words in any spelling that folds alike, else
 * those of which one side is at least half of the other; nearest to where they stood. NULL when there is none. */
kh_quotation *kh_correction_quotation(kh_arena scratch, const kh_article *a, kh_str words, uint32_t begin);

/* The name of A that is written so, by label or by a mention; KH_NO_NAME. */
uint32_t kh_correction_name(kh_arena scratch, const kh_article *a, kh_str spelling);

/* Applies ALL, which hold, to A in their order: speakers with the chains and figures that rest on them, dates, names,
 * refused copies. Each thing changed points to its correction; a->corrections lists what touches A, marked where it rests. */
void kh_article_correct(kh_arena *out, kh_article *a, const kh_corrections *all);

#endif
