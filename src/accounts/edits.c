/* edits.c - word by word, what did the copier change in a sentence?
 *
 * Example: "A spillway gate may have jammed" and "A spillway gate jammed": the words "may have" stand on the left
 * and nothing on the right. "لم يتضرر سوى 12 منزلاً" and "لم يتضرر سوى 21 منزلاً": 12 on the left, 21 on the right.
 *
 * Method: the longest common sequence of words (Hunt and McIlroy 1976, in the plain quadratic form, after the words
 * that both begin and end with are taken off). What stands between two common words on either side is one edit.
 * Punctuation is passed over: editors change it as they like. Words are compared folded, so that spelling is no edit.
 *
 * Gets wrong: a word that was moved is an edit where it was and another where it is; the caller counts both.
 */
#include "accounts/drift.h"

enum { WORDS_MAX = 400 };

typedef KH_LIST(uint32_t) words;

static words words_of(kh_arena *out, const kh_side *s, const kh_unit *u)
{
    words found = {0};
    for (uint32_t i = u->first; i < u->end && found.count < WORDS_MAX; i++) {
        if (s->art->tokens->tokens.items[i].kind != KH_PUNCT) {
            *KH_ADD(out, &found) = i;
        }
    }
    return found;
}

/* Two sentences as their words: a word is the index of its token. */
typedef struct couple {
    const kh_side *s, *t;
    words a, b;
} couple;

static bool same(const couple *x, size_t i, size_t j)
{
    return x->s->art->tokens->tokens.items[x->a.items[i]].hash == x->t->art->tokens->tokens.items[x->b.items[j]].hash;
}

/* The tokens of words FIRST..END; where there are none, the empty place before word FIRST. */
static void range_of(const words *w, const kh_unit *u, size_t first, size_t end, uint32_t *from, uint32_t *to)
{
    *from = first < w->count ? w->items[first] : u->end;
    *to = end > first ? w->items[end - 1] + 1 : *from;
}

static void add(kh_arena *out, const couple *x, const kh_unit *u, const kh_unit *v, const size_t at[4], kh_edits *found)
{
    if (at[0] == at[1] && at[2] == at[3]) {
        return;
    }
    kh_edit e = {.words_a = (uint32_t)(at[1] - at[0]), .words_b = (uint32_t)(at[3] - at[2])};
    range_of(&x->a, u, at[0], at[1], &e.a, &e.a_end);
    range_of(&x->b, v, at[2], at[3], &e.b, &e.b_end);
    *KH_ADD(out, &found->items) = e;
}

kh_edits kh_edits_between(kh_arena *out, kh_arena scratch, const kh_side *s, const kh_unit *u, const kh_side *t, const kh_unit *v)
{
    kh_edits found = {0};
    couple x = {.s = s, .t = t, .a = words_of(&scratch, s, u), .b = words_of(&scratch, t, v)};
    size_t head = 0;
    size_t n = x.a.count;
    size_t m = x.b.count;
    while (head < n && head < m && same(&x, head, head)) {
        head++;
    }
    while (n > head && m > head && same(&x, n - 1, m - 1)) {
        n--;
        m--;
    }
    size_t width = m - head + 1;
    uint16_t *best = KH_NEW_N(&scratch, uint16_t, (n - head + 1) * width);
    for (size_t i = n; i-- > head;) {
        for (size_t j = m; j-- > head;) {
            uint16_t *here = best + (i - head) * width + (j - head);
            uint16_t skip = here[1] > here[width] ? here[1] : here[width];
            *here = same(&x, i, j) ? (uint16_t)(here[width + 1] + 1) : skip;
        }
    }
    found.same = (uint32_t)(head + (x.a.count - n) + best[0]);
    size_t at[4] = {head, head, head, head};
    for (size_t i = head, j = head; i < n || j < m;) {
        const uint16_t *here = best + (i - head) * width + (j - head);
        if (i < n && j < m && same(&x, i, j)) {
            add(out, &x, u, v, at, &found);
            at[0] = at[1] = ++i;
            at[2] = at[3] = ++j;
        } else if (j == m || (i < n && here[width] >= here[1])) {
            at[1] = ++i;
        } else {
            at[3] = ++j;
        }
    }
    add(out, &x, u, v, at, &found);
    found.words_a = (uint32_t)x.a.count;
    found.words_b = (uint32_t)x.b.count;
    return found;
}
