/* sheet_verdicts.c - the verdicts of a story, those of many pairs of pages as one.
 *
 * Six pages say that 37 are missing and seven say 92: forty-two pairs, one disagreement. Verdicts of one kind on
 * one topic are one entry when both sides give the same values (figures, days), in either order where the kind
 * has no direction. Where words are compared, one sentence of an original that lost its "may" in three copies is
 * one entry. The pair that is shown is the one the verdict is surest of; between equals, the one whose pages
 * are originals.
 *
 * Gets wrong: two different sentences about one person that happen to be folded by equal words.
 */
#include "accounts/sheet.h"
#include "text/text.h"

typedef struct work {
    kh_arena *out;
    const kh_sheet *sheet;
} work;

static kh_str figure_value(const work *w, kh_place_in place)
{
    const kh_figure *f = kh_sheet_figure_at(w->sheet->story, place);
    return f ? kh_sheet_figure_text(w->out, f) : (kh_str){0};
}

static kh_str words_of(const work *w, kh_place_in place)
{
    return kh_fold(w->out, kh_slice(w->sheet->story->articles.items[place.article]->text, place.span)).key;
}

static bool has_direction(kh_verdict_kind kind)
{
    return kind != KH_CONFLICT && kind != KH_AGREE && kind != KH_DIFFERS && kind != KH_FRAMING && kind != KH_UNKNOWN;
}

/* What X compares, and what it is to be folded by. */
static kh_folded_verdict entry_of(const work *w, const kh_verdict *x)
{
    kh_folded_verdict e = {.best = x, .a = figure_value(w, x->a), .b = figure_value(w, x->b), .count = 1};
    e.figures = e.a.len && e.b.len;
    if (!e.figures) {
        e.a = words_of(w, x->a);
        e.b = (kh_str){0};
    }
    return e;
}

static uint64_t key_of(const kh_folded_verdict *e)
{
    uint64_t a = kh_hash(e->a);
    uint64_t b = kh_hash(e->b);
    bool swap = !has_direction(e->best->kind) && a > b;
    uint64_t sides = swap ? kh_hash_mix(b, a) : kh_hash_mix(a, b);
    return kh_hash_mix(kh_hash_mix(kh_hash(e->best->topic), (uint64_t)e->best->kind), sides);
}

static int clarity(const work *w, const kh_verdict *x)
{
    int originals = (w->sheet->root[x->a.article] == x->a.article) + (w->sheet->root[x->b.article] == x->b.article);
    return (int)(x->confidence * 100) * 4 + originals;
}

static void add_pages(const work *w, kh_folded_verdict *into, const kh_folded_verdict *e)
{
    bool swapped = e->figures && !kh_str_eq(into->a, e->a);
    kh_page_list_add(w->out, &into->pages_a, swapped ? e->best->b.article : e->best->a.article);
    kh_page_list_add(w->out, &into->pages_b, swapped ? e->best->a.article : e->best->b.article);
}

/* Takes the better instance over, with its values in its own order. */
static void join(const work *w, kh_folded_verdict *into, const kh_folded_verdict *e)
{
    add_pages(w, into, e);
    into->count++;
    if (clarity(w, e->best) > clarity(w, into->best)) {
        bool swapped = e->figures && !kh_str_eq(into->a, e->a);
        kh_page_list a = into->pages_a;
        into->best = e->best;
        into->a = e->a;
        into->b = e->b;
        into->pages_a = swapped ? into->pages_b : a;
        into->pages_b = swapped ? a : into->pages_b;
    }
}

/* The entry of the same pages and kind whose words hold, or are part of, those of X: a sentence and its clause. */
static kh_folded_verdict *same_words(const kh_folded_verdicts *all, const kh_folded_verdict *x)
{
    KH_EACH(kh_folded_verdict, e, *all) {
        const kh_verdict *y = e->best;
        bool like = !e->figures && !x->figures && y->kind == x->best->kind && kh_str_eq(y->topic, x->best->topic);
        if (like && y->a.article == x->best->a.article && y->b.article == x->best->b.article && kh_span_meets(y->a.span, x->best->a.span)) {
            return e;
        }
    }
    return NULL;
}

static bool leads(const kh_folded_verdicts *all, const kh_folded_verdict *like, kh_str a, kh_str b)
{
    KH_EACH(const kh_folded_verdict, e, *all) {
        bool same = e->best->kind == like->best->kind && kh_str_eq(e->best->topic, like->best->topic);
        if (same && kh_str_eq(e->a, a) && kh_str_eq(e->b, b)) {
            return true;
        }
    }
    return false;
}

/* 24 to 58 goes without saying where 24 to 43 and 43 to 58 are said. */
static bool is_passed(const kh_folded_verdicts *all, const kh_folded_verdict *e)
{
    KH_EACH(const kh_folded_verdict, step, *all) {
        bool begins = step != e && step->best->kind == e->best->kind && kh_str_eq(step->best->topic, e->best->topic) &&
                      kh_str_eq(step->a, e->a) && !kh_str_eq(step->b, e->a) && !kh_str_eq(step->b, e->b);
        if (begins && leads(all, e, step->b, e->b) && !leads(all, e, step->b, e->a) && !leads(all, e, e->b, step->b)) {
            return true;
        }
    }
    return false;
}

void kh_sheet_add_verdicts(kh_arena *out, kh_sheet *sheet)
{
    const work here = {.out = out, .sheet = sheet};
    const work *w = &here;
    kh_folded_verdicts *all = &sheet->verdicts;
    kh_map known = {0};
    KH_EACH(const kh_verdict, x, sheet->story->verdicts) {
        bool is_new = false;
        kh_folded_verdict e = entry_of(w, x);
        if (same_words(all, &e)) {
            continue;
        }
        uint32_t *at = kh_map_put(w->out, &known, key_of(&e), &is_new);
        if (is_new) {
            *at = (uint32_t)all->count;
            add_pages(w, &e, &e);
            *KH_ADD(w->out, all) = e;
        } else {
            join(w, &all->items[*at], &e);
        }
    }
    KH_EACH(kh_folded_verdict, e, *all) {
        e->passed = e->best->kind == KH_UPDATE && e->figures && is_passed(all, e);
    }
}
