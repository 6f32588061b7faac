/* translated.c - does one page say the same as another, sentence by sentence and in the same order?
 *
 * A wire report keeps its order when it is translated: lead, quotations, background. The Arabic page that opens
 * "بلقارا (هاليارد) - قُتل عشرات الأشخاص ..." and the English one that opens "BELQARA (Halyard) - Dozens of people
 * were killed ..." share few words, but their sentences share names, numbers, dates and concepts one after the
 * other. Two independent reports of one event share as many of these, but in another order.
 *
 * Method: the weight of the keys that two sentences share, a monotone alignment that makes the sum of these the
 * largest (Needleman and Wunsch 1970; sentences of two texts since Gale and Church 1993), and as control the
 * same with the sentences of one page in other orders: only what order adds is evidence of translation. The
 * orders come from a fixed generator, so that the answer is always the same.
 *
 * Gets wrong: very short pages, where there is hardly an order; pages whose editor rearranged everything.
 */
#include "accounts/internal.h"

enum { ORDERS_TRIED = 40, KEYS_MIN = 2, UNITS_MAX = 120 };
static const float SHARE_MIN = 0.34F; /* of the lighter sentence */
static const float NEARLY = 0.985F;   /* of the sum in the right order */

typedef struct grid {
    size_t rows, columns;
    float *gain; /* shared weight, 0 where too little is shared */
    float *share;
    float *best; /* of the alignment, (rows + 1) x (columns + 1) */
} grid;

static grid grid_of(kh_case *c, const kh_side *a, const kh_side *b)
{
    grid g = {.rows = a->units.count < UNITS_MAX ? a->units.count : UNITS_MAX,
              .columns = b->units.count < UNITS_MAX ? b->units.count : UNITS_MAX};
    g.gain = KH_NEW_N(c->scratch, float, g.rows *g.columns + 1);
    g.share = KH_NEW_N(c->scratch, float, g.rows *g.columns + 1);
    g.best = KH_NEW_N(c->scratch, float, (g.rows + 1) * (g.columns + 1));
    for (size_t i = 0; i < g.rows; i++) {
        for (size_t j = 0; j < g.columns; j++) {
            const kh_unit *u = &a->units.items[i];
            const kh_unit *v = &b->units.items[j];
            uint32_t keys = 0;
            float shared = kh_unit_shared(u, v, false, &keys);
            float lighter = u->weight < v->weight ? u->weight : v->weight;
            float share = lighter > 0 ? shared / lighter : 0;
            if (keys >= KEYS_MIN && share >= SHARE_MIN) {
                g.gain[i * g.columns + j] = shared;
                g.share[i * g.columns + j] = share;
            }
        }
    }
    return g;
}

/* The best sum with the rows in ORDER. */
static float run(grid *g, const uint32_t *order)
{
    size_t width = g->columns + 1;
    for (size_t i = 1; i <= g->rows; i++) {
        const float *gain = g->gain + order[i - 1] * g->columns;
        for (size_t j = 1; j <= g->columns; j++) {
            float best = g->best[(i - 1) * width + j - 1] + gain[j - 1];
            float up = g->best[(i - 1) * width + j];
            float left = g->best[i * width + j - 1];
            best = up > best ? up : best;
            g->best[i * width + j] = left > best ? left : best;
        }
    }
    return g->best[g->rows * width + g->columns];
}

static void trace(kh_case *c, const grid *g, kh_alignment *found)
{
    size_t width = g->columns + 1;
    for (size_t i = g->rows, j = g->columns; i && j;) {
        float here = g->best[i * width + j];
        if (here == g->best[(i - 1) * width + j]) {
            i--;
        } else if (here == g->best[i * width + j - 1]) {
            j--;
        } else {
            i--;
            j--;
            *KH_ADD(c->scratch, &found->pairs) = (kh_match_pair){(uint32_t)i, (uint32_t)j, g->share[i * g->columns + j]};
        }
    }
    for (size_t i = 0; i < found->pairs.count / 2; i++) {
        kh_match_pair p = found->pairs.items[i];
        found->pairs.items[i] = found->pairs.items[found->pairs.count - 1 - i];
        found->pairs.items[found->pairs.count - 1 - i] = p;
    }
}

static void shuffle(uint32_t *order, size_t count, uint64_t *state)
{
    for (size_t i = count; i > 1; i--) {
        *state = *state * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX generator */
        size_t j = (size_t)(*state >> 33) % i;
        uint32_t kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
}

kh_alignment kh_align(kh_case *c, const kh_side *a, const kh_side *b, bool with_control)
{
    kh_alignment found = {0};
    grid g = grid_of(c, a, b);
    uint32_t *order = KH_NEW_N(c->scratch, uint32_t, g.rows + 1);
    for (size_t i = 0; i < g.rows; i++) {
        order[i] = (uint32_t)i;
    }
    float sum = run(&g, order);
    found.cover_a = a->weight > 0 ? sum / a->weight : 0;
    found.cover_b = b->weight > 0 ? sum / b->weight : 0;
    trace(c, &g, &found);
    uint64_t state = 20220108;
    for (int i = 0; with_control && i < ORDERS_TRIED; i++) {
        shuffle(order, g.rows, &state);
        float other = run(&g, order);
        found.control += other >= sum * NEARLY ? 1.0F / ORDERS_TRIED : 0;
    }
    return found;
}
