/* sides.c - two articles side by side: what they share, what was changed, dropped, added.
 *
 * The shared words are those of the copy between them (prints/, accounts/). What stands between two shared runs in both texts was
 * changed; what stands there in one alone was dropped from the original or added by the copy:
 *
 *     original  [قتل 164 شخصا] [على الأقل] [في الاحتجاجات]
 *     copy      [قتل 164 شخصا]             [في الاحتجاجات]      "على الأقل" was dropped
 *
 * Only lines of the body are shown, so a part never holds furniture. A translation's shared spans are whole sentences; where they
 * stand in another order each keeps its partner.
 *
 * Gets wrong: a sentence that was moved and changed is told as dropped here and added there.
 */
#include "engine/pairs.h"
#include "engine/room.h"

#include <stdlib.h>

typedef struct run {
    kh_span a, b;
} run;

typedef KH_LIST(run) runs;

static int by_a(const void *x, const void *y)
{
    const run *p = x;
    const run *q = y;
    return (p->a.begin > q->a.begin) - (p->a.begin < q->a.begin);
}

/* The shared spans in order of a, none meeting another on either side: of two that do, the longer stays. */
static runs clean_runs(kh_arena *out, const kh_shared_spans *shared)
{
    runs all = {0};
    KH_EACH(const kh_shared_span, s, *shared) {
        bool fits = !kh_span_empty(s->a) && !kh_span_empty(s->b);
        KH_EACH(const run, r, all) {
            fits = fits && !kh_span_meets(r->a, s->a) && !kh_span_meets(r->b, s->b);
        }
        if (fits) {
            *KH_ADD(out, &all) = (run){s->a, s->b};
        }
    }
    if (all.count) {
        qsort(all.items, all.count, sizeof *all.items, by_a);
    }
    return all;
}

typedef struct piece {
    kh_part part;
    uint32_t left, right; /* of a gap: indices + 1 of the runs around it, 0: none */
    uint32_t run;         /* of a shared part: its index + 1 */
} piece;

typedef KH_LIST(piece) pieces;

static bool is_blank(kh_str s)
{
    return kh_str_trim(s).len == 0;
}

/* What of the lines of content lies in BEGIN..END, a piece for each line. */
static void add_gap(kh_arena *out, const kh_article *a, uint32_t begin, uint32_t end, uint32_t left, uint32_t right, pieces *list)
{
    KH_EACH(const kh_line, line, a->lines) {
        kh_span cut = {line->span.begin > begin ? line->span.begin : begin, line->span.end < end ? line->span.end : end};
        bool shown = line->role == KH_ROLE_BODY || line->role == KH_ROLE_SUBHEAD;
        if (shown && !kh_span_empty(cut) && !is_blank(kh_slice(a->text, cut))) {
            *KH_ADD(out, list) = (piece){.part = {.span = cut}, .left = left, .right = right};
        }
    }
}

static int by_b(const void *x, const void *y)
{
    const kh_span *p = x;
    const kh_span *q = y;
    return (p->begin > q->begin) - (p->begin < q->begin);
}

/* The text of A cut by SPANS (spans[i] of run i). */
static pieces cut(kh_arena *out, kh_arena scratch, const kh_article *a, const kh_span *spans, size_t count)
{
    typedef struct place {
        kh_span span; /* first: by_b reads it */
        uint32_t run;
    } place;
    pieces list = {0};
    place *order = KH_NEW_N(&scratch, place, count + 1);
    for (size_t i = 0; i < count; i++) {
        order[i] = (place){spans[i], (uint32_t)i + 1};
    }
    qsort(order, count, sizeof *order, by_b);
    uint32_t at = 0;
    uint32_t left = 0;
    for (size_t i = 0; i < count; i++) {
        add_gap(out, a, at, order[i].span.begin, left, order[i].run, &list);
        *KH_ADD(out, &list) = (piece){.part = {.span = order[i].span}, .run = order[i].run};
        at = order[i].span.end;
        left = order[i].run;
    }
    add_gap(out, a, at, (uint32_t)a->text.len, left, 0, &list);
    return list;
}

/* Joins the pieces of both sides: shared ones by their run; the first of a gap with the first of the same gap. */
static void join(kh_arena scratch, pieces *a, pieces *b)
{
    kh_map of_run = {0};
    kh_map of_gap = {0};
    for (size_t i = 0; i < b->count; i++) {
        piece *p = &b->items[i];
        bool fresh = false;
        kh_map *map = p->run ? &of_run : &of_gap;
        uint32_t *place = kh_map_put(&scratch, map, p->run ? p->run : kh_hash_mix(p->left + 1, p->right), &fresh);
        *place = fresh ? (uint32_t)i : *place;
        p->part.kind = p->run ? KH_PART_SHARED : KH_PART_ADDED;
    }
    for (size_t i = 0; i < a->count; i++) {
        piece *p = &a->items[i];
        uint32_t *place = p->run ? kh_map_get(&of_run, p->run) : kh_map_get(&of_gap, kh_hash_mix(p->left + 1, p->right));
        bool between = p->run || (p->left && p->right);
        p->part.kind = p->run ? KH_PART_SHARED : KH_PART_DROPPED;
        if (place && between && (p->run || b->items[*place].part.kind == KH_PART_ADDED)) {
            p->part.kind = p->run ? KH_PART_SHARED : KH_PART_CHANGED;
            b->items[*place].part.kind = p->part.kind;
            p->part.partner = *place;
            b->items[*place].part.partner = (uint32_t)i;
        }
    }
}

static void add_parts(kh_arena *out, const pieces *list, kh_parts *parts)
{
    KH_EACH(const piece, p, *list) {
        *KH_ADD(out, parts) = p->part;
    }
}

void kh_sides_cut(kh_arena *out, kh_arena scratch, const kh_shared_spans *shared, kh_sides_view *view)
{
    kh_arena room = kh_arena_split(&scratch);
    runs r = clean_runs(&room, shared);
    kh_span *a = KH_NEW_N(&room, kh_span, r.count + 1);
    kh_span *b = KH_NEW_N(&room, kh_span, r.count + 1);
    for (size_t i = 0; i < r.count; i++) {
        a[i] = r.items[i].a;
        b[i] = r.items[i].b;
    }
    pieces left = cut(&room, scratch, view->a, a, r.count);
    pieces right = cut(&room, scratch, view->b, b, r.count);
    join(scratch, &left, &right);
    add_parts(out, &left, &view->parts_a);
    add_parts(out, &right, &view->parts_b);
}

kh_status kh_room_sides(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t a, int64_t b,
                        kh_sides_view *view, kh_error *err)
{
    kh_article *left = NULL;
    kh_article *right = NULL;
    kh_pair pair = {0};
    *view = (kh_sides_view){0};
    kh_status status = kh_store_article(store, out, a, &left, err);
    status = status ? status : kh_store_article(store, out, b, &right, err);
    status = status ? status : kh_pair_compare(engine, store, out, scratch, left, right, &pair, err);
    if (status) {
        return status;
    }
    kh_pair_in_story(engine, store, out, scratch, left, right, &pair);
    bool turned = pair.is_copy && pair.copy.src == 1;
    view->a = turned ? right : left;
    view->b = turned ? left : right;
    view->is_copy = pair.is_copy;
    view->copy = pair.copy;
    view->copy.src = 0;
    view->copy.dst = 1;
    view->relation = pair.relation;
    int64_t story = kh_store_story_of(store, a);
    if (story && story == kh_store_story_of(store, b)) {
        view->story = kh_store_story_name(store, out, story);
    }
    kh_shared_spans none = {0};
    kh_sides_cut(out, scratch, pair.is_copy ? &pair.copy.shared : &none, view);
    return KH_OK;
}
