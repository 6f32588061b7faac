/* likeness.c - do two spellings, in any two scripts, name the same thing?
 *
 * Decides by the distance of their class strings (sound.c). Long vowels (A W Y), written in the Arabic script
 * only where the writer cares, cost little to add or to leave out; b and p, v, f and w, k and q are near;
 * two classes may stand for one (Russian ya for Arabic Y, a silent e at the end for nothing).
 *
 * Method: weighted Damerau-Levenshtein distance (a swap of neighbours is one step), divided by the mean
 * length; whole names are aligned word by word with the surname heavier, and also compared with the spaces
 * gone, since "نور سلطان" and "نورسلطان" are one name. The costs stand in data/world/sound_costs.txt: a start
 * written by hand from how the scripts render each other, then learned (gen/soundtrain.c) from pairs of
 * Wikidata labels in English and in Arabic, Hebrew or Russian so that the right one of many
 * candidates comes first. After Pouliquen and Steinberger's work on the Europe Media Monitor, Damerau (1964),
 * and Ristad and Yianilos, Learning String-Edit Distance (1998).
 *
 * Gets wrong: exonyms (ألمانيا is not Deutschland: the gazetteer joins those), names that differ in one
 * short vowel alone (Hassan and Hussein are kept apart by the doubled s and the n only), Chinese.
 */
#include "names/internal.h"
#include "names/sound_costs.h"

#include <string.h>

/* ---- distance, in hundredths of a step ---- */

enum { STEP = KH_SOUND_STEP, SWAP = 35, WORD_MAX = 48, WORDS_MAX = 8 };

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned swap_in(unsigned char x, unsigned char y)
{
    const kh_sound_costs *c = &kh_sound_learned;
    return c->near[c->code[x & 127]][c->code[y & 127]];
}

/* The codes of S and the mark of its end; gives how many. */
static size_t codes_of(kh_str s, uint8_t codes[WORD_MAX + 1])
{
    for (size_t i = 0; i < s.len; i++) {
        codes[i] = kh_sound_learned.code[(unsigned char)s.ptr[i] & 127];
    }
    codes[s.len] = KH_SOUND_END;
    return s.len + 1;
}

/* The least of the steps that take in two classes at once, at X[i] and Y[j]. */
static unsigned pair_step(const uint8_t *x, size_t i, const uint8_t *y, size_t j, const unsigned *before, const unsigned *above, unsigned d)
{
    const kh_sound_costs *c = &kh_sound_learned;
    if (i && c->pairs[x[i]][y[j]] >> x[i - 1] & 1) {
        d = least(d, before[j] + c->pair[x[i - 1]][x[i]][y[j]]);
    }
    if (j && c->pairs[y[j]][x[i]] >> y[j - 1] & 1) {
        d = least(d, above[j - 1] + c->pair[y[j - 1]][y[j]][x[i]]);
    }
    if (i && j && x[i] == y[j - 1] && x[i - 1] == y[j] && x[i] != y[j]) {
        d = least(d, before[j - 1] + SWAP);
    }
    return d;
}

/* LIMIT or more where the distance is at least LIMIT. */
static unsigned distance(kh_str a, kh_str b, unsigned limit)
{
    const kh_sound_costs *c = &kh_sound_learned;
    unsigned rows[3][WORD_MAX + 2];
    uint8_t x[WORD_MAX + 1], y[WORD_MAX + 1];
    size_t n = codes_of(a, x), m = codes_of(b, y);
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];
    unsigned last_nearest = 0;
    above[0] = 0;
    for (size_t j = 0; j < m; j++) {
        above[j + 1] = above[j] + c->gap[y[j]];
    }
    for (size_t i = 0; i < n; i++) {
        unsigned gap = c->gap[x[i]];
        const uint8_t *near = c->near[x[i]];
        row[0] = above[0] + gap;
        unsigned nearest = row[0];
        for (size_t j = 0; j < m; j++) {
            unsigned d = least(above[j + 1] + gap, row[j] + c->gap[y[j]]);
            d = least(d, above[j] + near[y[j]]);
            row[j + 1] = d = pair_step(x, i, y, j, before, above, d);
            nearest = least(nearest, d);
        }
        if (least(nearest, last_nearest) >= limit && i) {
            return least(nearest, last_nearest);
        }
        last_nearest = nearest;
        unsigned *freed = before;
        before = above;
        above = row;
        row = freed;
    }
    return above[m];
}

static float word_likeness(kh_str a, kh_str b)
{
    a = kh_str_head(a, WORD_MAX);
    b = kh_str_head(b, WORD_MAX);
    if (a.len == 0 || b.len == 0) {
        return 0;
    }
    float mean = (float)(a.len + b.len) / 2;
    unsigned limit = (unsigned)(a.len + b.len) * STEP / 2;
    float far = (float)distance(a, b, limit) / (float)STEP / mean;
    return far < 1 ? 1 - far : 0;
}

/* The first consonants of a word, at most two. */
static size_t first_consonants(kh_str s, unsigned char found[2])
{
    size_t n = 0;
    for (size_t i = 0; i < s.len && n < 2; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (!strchr("aeiouyhAWYE_OUVI", c)) {
            found[n++] = c;
        }
    }
    return n;
}

bool kh_sound_may_match(kh_str a, kh_str b)
{
    unsigned char x[2], y[2];
    size_t n = first_consonants(a, x), m = first_consonants(b, y);
    size_t shorter = a.len < b.len ? a.len : b.len, longer = a.len < b.len ? b.len : a.len;
    if (longer > 2 * shorter + 1) {
        return false;
    }
    if (n == 0 || m == 0) {
        return true;
    }
    bool swapped = (m > 1 && x[0] == y[1]) || (n > 1 && x[1] == y[0]);
    return swapped || swap_in(x[0], y[0]) < STEP;
}

/* ---- whole names ---- */

typedef struct words {
    kh_str items[WORDS_MAX];
    size_t count;
    kh_str joined; /* without the spaces */
    char room[WORD_MAX];
} words;

static void split(kh_str s, words *w)
{
    kh_str word;
    *w = (words){.joined = {w->room, 0}};
    while (kh_str_cut(&s, ' ', &word)) {
        if (word.len && w->count < WORDS_MAX) {
            w->items[w->count++] = word;
            size_t n = word.len < WORD_MAX - w->joined.len ? word.len : WORD_MAX - w->joined.len;
            memcpy(w->room + w->joined.len, word.ptr, n);
            w->joined.len += n;
        }
    }
}

/* The words of SHORT_ONE against those of LONG_ONE in order, the last against the last. */
static float aligned_likeness(const words *short_one, const words *long_one)
{
    float sum = 0, weight = 0;
    size_t from = 0;
    for (size_t i = 0; i < short_one->count; i++) {
        bool last = i + 1 == short_one->count;
        size_t first = last ? long_one->count - 1 : from;
        size_t end = last ? long_one->count : long_one->count - (short_one->count - i) + 1;
        float best = 0;
        for (size_t j = first; j < end; j++) {
            float like = word_likeness(short_one->items[i], long_one->items[j]);
            if (like > best) {
                best = like;
                from = j + 1;
            }
        }
        float w = last ? 2.0F : 1.0F;
        sum += best * w;
        weight += w;
    }
    return sum / weight - 0.03F * (float)(long_one->count - short_one->count);
}

float kh_sound_likeness(kh_arena scratch, kh_str a, kh_str b)
{
    (void)scratch;
    if (!memchr(a.ptr ? a.ptr : "", ' ', a.len) && !memchr(b.ptr ? b.ptr : "", ' ', b.len)) {
        return word_likeness(a, b);
    }
    words x, y;
    split(a, &x);
    split(b, &y);
    if (x.count == 0 || y.count == 0) {
        return 0;
    }
    float joined = word_likeness(x.joined, y.joined);
    float aligned = x.count <= y.count ? aligned_likeness(&x, &y) : aligned_likeness(&y, &x);
    return joined > aligned ? joined : aligned;
}

/* "Surname, Given" as "Given Surname"; anything else as it is. */
static kh_str in_order(kh_arena *out, kh_str name)
{
    kh_str family, given = name;
    if (!kh_str_cut(&given, ',', &family) || given.len == 0) {
        return name;
    }
    return kh_arena_printf(out, KH_FMT " " KH_FMT, KH_ARG(kh_str_trim(given)), KH_ARG(kh_str_trim(family)));
}

float kh_name_likeness(kh_arena scratch, kh_str a, kh_str b)
{
    a = in_order(&scratch, a);
    b = in_order(&scratch, b);
    kh_str sound_a = kh_sound_of(&scratch, a);
    kh_str sound_b = kh_sound_of(&scratch, b);
    float written = kh_sound_likeness(scratch, sound_a, sound_b);
    kh_str bare_a = kh_sound_bare_of(&scratch, a);
    kh_str bare_b = kh_sound_bare_of(&scratch, b);
    if (kh_str_eq(bare_a, sound_a) && kh_str_eq(bare_b, sound_b)) {
        return written;
    }
    float stripped = kh_sound_likeness(scratch, bare_a, bare_b);
    return written > stripped ? written : stripped;
}
