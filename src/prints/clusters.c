/* clusters.c - which pages carry one text?
 *
 * Example: an agency's report on a dam stands on twelve pages, whole or cut; on a thirteenth, the live page of a
 * paper, it stands beside the agency's report on a strike, which nine others have. There are two clusters, of twelve
 * and of nine, and the live page is in neither.
 *
 * Method: two pages are of one cluster when one has most of the other (MOST). A page with most of two others that
 * share nothing between them holds several texts and ties nothing, unless most of it is one of them: then it is
 * that one with an addition.
 *
 * Gets wrong: a report that was enlarged twice, each time by another half, where the version between is missing.
 */
#include "prints/prints.h"

static const float MOST = 0.6F;

typedef struct mesh {
    const kh_copy_edges *edges;
    uint32_t *begin;   /* per article: its first entry in `entries`; COUNT + 1 of them */
    uint32_t *entries; /* indices of edges */
    uint32_t *parent;
} mesh;

static mesh mesh_of(kh_arena *out, const kh_copy_edges *edges, size_t count)
{
    mesh m = {.edges = edges};
    m.begin = KH_NEW_N(out, uint32_t, count + 2);
    m.entries = KH_NEW_N(out, uint32_t, edges->count * 2 + 1);
    m.parent = KH_NEW_N(out, uint32_t, count + 1);
    KH_EACH(const kh_copy_edge, e, *edges) {
        m.begin[e->a + 2]++;
        m.begin[e->b + 2]++;
    }
    for (size_t i = 2; i < count + 2; i++) {
        m.begin[i] += m.begin[i - 1];
    }
    for (uint32_t i = 0; i < edges->count; i++) {
        m.entries[m.begin[edges->items[i].a + 1]++] = i;
        m.entries[m.begin[edges->items[i].b + 1]++] = i;
    }
    for (size_t i = 0; i < count; i++) {
        m.parent[i] = (uint32_t)i;
    }
    return m;
}

static uint32_t other_of(const kh_copy_edge *e, uint32_t i)
{
    return e->a == i ? e->b : e->a;
}

static float share_of(const kh_copy_edge *e, uint32_t i)
{
    return e->a == i ? e->cover_a : e->cover_b;
}

static uint32_t root(mesh *m, uint32_t i)
{
    while (m->parent[i] != i) {
        m->parent[i] = m->parent[m->parent[i]];
        i = m->parent[i];
    }
    return i;
}

static void join(mesh *m, uint32_t a, uint32_t b)
{
    a = root(m, a);
    b = root(m, b);
    m->parent[a > b ? a : b] = a > b ? b : a;
}

/* Has article I most of two others that share nothing between them, and is mostly neither. NEAR marks with I + 1 the
 * articles that share text with the first of them. */
static bool holds_several(const mesh *m, uint32_t i, uint32_t *near)
{
    uint32_t first = UINT32_MAX;
    for (uint32_t k = m->begin[i]; k < m->begin[i + 1]; k++) {
        const kh_copy_edge *e = &m->edges->items[m->entries[k]];
        uint32_t j = other_of(e, i);
        if (share_of(e, i) >= MOST) {
            return false;
        }
        if (share_of(e, j) < MOST) {
            continue;
        }
        if (first == UINT32_MAX) {
            first = j;
            for (uint32_t n = m->begin[j]; n < m->begin[j + 1]; n++) {
                near[other_of(&m->edges->items[m->entries[n]], j)] = i + 1;
            }
        } else if (near[j] != i + 1) {
            first = UINT32_MAX - 1;
        }
    }
    return first == UINT32_MAX - 1;
}

uint32_t *kh_prints_clusters(kh_arena *out, kh_arena scratch, const kh_copy_edges *edges, size_t count)
{
    uint32_t *cluster = KH_NEW_N(out, uint32_t, count + 1);
    uint32_t *near = KH_NEW_N(&scratch, uint32_t, count + 1);
    bool *several = KH_NEW_N(&scratch, bool, count + 1);
    mesh m = mesh_of(&scratch, edges, count);
    for (uint32_t i = 0; i < count; i++) {
        several[i] = holds_several(&m, i, near);
    }
    KH_EACH(const kh_copy_edge, e, *edges) {
        bool most = e->cover_a >= MOST || e->cover_b >= MOST;
        if (most && !several[e->a] && !several[e->b]) {
            join(&m, e->a, e->b);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        cluster[i] = root(&m, i);
    }
    return cluster;
}
