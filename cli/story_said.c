/* story_said.c - who said what: each quotation once, its translations and repetitions beneath it.
 *
 *     Yaqub Sermet
 *         “I put it in writing in December and nobody answered”  en04-tarn-observer, en06-northmere-post to Halyard
 *           ≈ أبلغتهم بذلك كتابةً في ديسمبر ولم يجبني أحد  ar03-rimal
 *
 * Two quotations are one when the comparison aligned them, or when they stand in the same sentence of a page and
 * its translation, by the same speaker or as the only ones of their kind. Quotations of verbatim and abridged
 * copies are their original's. The page shown first is the earliest that is not itself a copy; equal words only
 * add their page.
 *
 * Gets wrong: a speaker whom two pages call by name and by office alone stands twice.
 */
#include "cli/story.h"

#include <stdlib.h>

typedef struct speech {
    uint32_t article;
    const kh_quotation *q;
    uint32_t next;  /* of its group, a ring; itself when it is alone */
    kh_str change;  /* what this rendering lost */
    kh_str key;     /* folded words, without the stop at the end */
    uint32_t speaker;
    bool shown;
} speech;

/* In order of article and place; those of article i are items first[i] to first[i + 1]. */
typedef struct speeches {
    KH_LIST(speech) list;
    uint32_t *first;
} speeches;

typedef KH_LIST(uint32_t) members;

enum { NOBODY = UINT32_MAX };

typedef struct speaker {
    kh_str label;
    const kh_name *name;
    size_t count;
} speaker;

typedef KH_LIST(speaker) speakers;

/* ---- what is told ---- */

/* A page whose quotations are its original's. */
static bool repeats(const kh_view *v, uint32_t page)
{
    const kh_copy *c = kh_view_copy(v, page);
    return c && (c->kind == KH_COPY_VERBATIM || c->kind == KH_COPY_ABRIDGED);
}

static kh_str without_stop(kh_str s)
{
    static const char *const stops[] = {".", ",", ";", "!", "…", "،", "؛", "۔", "。", " "};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        kh_str stop = kh_str_z(stops[i]);
        if (kh_str_ends(s, stop)) {
            s.len -= stop.len;
            i = (size_t)-1;
        }
    }
    return s;
}

static void gather(const kh_view *v, speeches *all)
{
    size_t count = v->s->articles.count;
    all->first = KH_NEW_N(v->out, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const kh_article *a = kh_view_article(v, i);
        bool copied = repeats(v, i);
        all->first[i] = (uint32_t)all->list.count;
        KH_EACH(const kh_quotation, q, a->quotations) {
            if (!copied && q->form != KH_FORM_SCARE && q->form != KH_FORM_NO_COMMENT) {
                uint32_t self = (uint32_t)all->list.count;
                kh_str key = without_stop(kh_fold(v->out, kh_slice(a->text, q->span)).key);
                *KH_ADD(v->out, &all->list) = (speech){.article = i, .q = q, .next = self, .key = key};
            }
        }
    }
    all->first[count] = (uint32_t)all->list.count;
}

/* ---- groups ---- */

static bool has_page_of(const speeches *all, uint32_t group, uint32_t other)
{
    uint32_t i = group;
    do {
        if (all->list.items[i].article == all->list.items[other].article) {
            return true;
        }
        i = all->list.items[i].next;
    } while (i != group);
    return false;
}

/* Joins two rings, unless a page would stand in one group twice: where a translator made one quotation of two,
 * it goes with one of them. */
static void join(speeches *all, uint32_t i, uint32_t k)
{
    uint32_t m = k;
    do {
        if (has_page_of(all, i, m)) {
            return;
        }
        m = all->list.items[m].next;
    } while (m != k);
    uint32_t next = all->list.items[i].next;
    all->list.items[i].next = all->list.items[k].next;
    all->list.items[k].next = next;
}

static int by_index(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The group of speech I, in order. */
static members group_of(const kh_view *v, const speeches *all, uint32_t i)
{
    members group = {0};
    uint32_t k = i;
    do {
        *KH_ADD(v->out, &group) = k;
        k = all->list.items[k].next;
    } while (k != i);
    qsort(group.items, group.count, sizeof *group.items, by_index);
    return group;
}

static uint32_t overlap(kh_span a, kh_span b)
{
    uint32_t begin = a.begin > b.begin ? a.begin : b.begin;
    uint32_t end = a.end < b.end ? a.end : b.end;
    return begin < end ? end - begin : 0;
}

/* The speech that shares most with PLACE; NOBODY when there is none. */
static uint32_t at_place(const speeches *all, kh_place_in place)
{
    uint32_t best = NOBODY;
    uint32_t most = 0;
    for (uint32_t i = all->first[place.article]; i < all->first[place.article + 1]; i++) {
        uint32_t shared = overlap(all->list.items[i].q->span, place.span);
        if (shared > most) {
            most = shared;
            best = i;
        }
    }
    return best;
}

static void join_aligned(const kh_view *v, speeches *all)
{
    KH_EACH(const kh_aligned, x, v->s->aligned) {
        uint32_t a = at_place(all, x->a);
        uint32_t b = at_place(all, x->b);
        if (a != NOBODY && b != NOBODY) {
            join(all, a, b);
            all->list.items[b].change = x->change;
        }
    }
}

static const kh_name *name_of(const kh_article *a, const kh_quotation *q)
{
    return q->speaker_name < a->names.count ? &a->names.items[q->speaker_name] : NULL;
}

static bool same_speaker(const kh_view *v, const speech *x, const speech *y)
{
    const kh_name *a = name_of(kh_view_article(v, x->article), x->q);
    const kh_name *b = name_of(kh_view_article(v, y->article), y->q);
    return a && b && kh_names_same(*v->out, a, b);
}

/* The counterpart of speech X of a translation in the sentence SRC of the original. */
static uint32_t counterpart(const kh_view *v, const speeches *all, const speech *x, uint32_t page, kh_span src)
{
    uint32_t only = NOBODY;
    size_t count = 0;
    bool indirect = x->q->mode == KH_MODE_INDIRECT;
    for (uint32_t k = all->first[page]; k < all->first[page + 1]; k++) {
        const speech *y = &all->list.items[k];
        if (!kh_span_meets(y->q->span, src) || (y->q->mode == KH_MODE_INDIRECT) != indirect) {
            continue;
        }
        if (same_speaker(v, x, y)) {
            return k;
        }
        only = k;
        count++;
    }
    return count == 1 ? only : NOBODY;
}

static void join_to_original(const kh_view *v, speeches *all, uint32_t i, const kh_copy *c)
{
    const speech *x = &all->list.items[i];
    KH_EACH(const kh_shared_span, pair, c->shared) {
        bool inside = 2 * overlap(x->q->span, pair->b) > x->q->span.end - x->q->span.begin;
        uint32_t k = inside ? counterpart(v, all, x, c->src, pair->a) : NOBODY;
        if (k != NOBODY) {
            join(all, i, k);
            return;
        }
    }
}

static void join_translated(const kh_view *v, speeches *all)
{
    KH_EACH(const kh_copy, c, v->s->copies) {
        for (uint32_t i = all->first[c->dst]; i < all->first[c->dst + 1] && c->kind == KH_COPY_TRANSLATED; i++) {
            if (all->list.items[i].next == i) {
                join_to_original(v, all, i, c);
            }
        }
    }
}

/* ---- speakers ---- */

/* Speakers are joined across pages as names are; the spelling of the first page stands for all. */
static uint32_t speaker_index(const kh_view *v, speakers *all, const kh_article *a, const kh_quotation *q)
{
    const kh_name *name = name_of(a, q);
    for (uint32_t i = 0; i < all->count; i++) {
        speaker *x = &all->items[i];
        bool same = name && x->name ? kh_names_same(*v->out, name, x->name) : kh_str_eq(x->label, q->speaker);
        if (same) {
            x->count++;
            return i;
        }
    }
    *KH_ADD(v->out, all) = (speaker){.label = q->speaker, .name = name, .count = 1};
    return (uint32_t)all->count - 1;
}

/* The one of a group that is shown first: of a page that is no copy and with a speaker, else with a speaker. */
static uint32_t foremost(const kh_view *v, const speeches *all, const members *group)
{
    uint32_t best = NOBODY;
    int rank = 0;
    KH_EACH(const uint32_t, i, *group) {
        const speech *x = &all->list.items[*i];
        int worth = x->q->speaker.len ? 1 + (v->root[x->article] == x->article) : 0;
        if (worth > rank) {
            rank = worth;
            best = *i;
        }
    }
    return best;
}

static void choose(const kh_view *v, speeches *all, speakers *who)
{
    for (uint32_t i = 0; i < all->list.count; i++) {
        members group = group_of(v, all, i);
        uint32_t first = group.items[0] == i ? foremost(v, all, &group) : NOBODY;
        if (first != NOBODY) {
            speech *x = &all->list.items[first];
            x->shown = true;
            x->speaker = speaker_index(v, who, kh_view_article(v, x->article), x->q);
        }
    }
}

/* ---- printing ---- */

static void stance_note(const kh_view *v, const kh_quotation *q)
{
    if (q->stance == KH_STANCE_DOUBT || q->stance == KH_STANCE_UNVERIFIED || q->stance == KH_STANCE_DENIAL ||
        q->stance == KH_STANCE_ADMISSION) {
        kh_view_put(v, " ");
        kh_print_style(v->p, "yellow", kh_arena_printf(v->out, "[" KH_FMT "]", KH_ARG(kh_stance_name(q->stance))));
    }
    if (q->corrected) {
        kh_view_put(v, " ");
        kh_print_style(v->p, "yellow", kh_arena_printf(v->out, "[corrected by " KH_FMT ", was " KH_FMT "]", KH_ARG(q->corrected->by),
                                                       KH_ARG(q->corrected->was)));
    }
}

/* The pages of GROUP that have the very words of X. */
static void pages_with(const kh_view *v, const speeches *all, const members *group, const speech *x)
{
    kh_page_list pages = {0};
    kh_page_list_add(v->out, &pages, x->article);
    KH_EACH(const uint32_t, k, *group) {
        if (kh_str_eq(all->list.items[*k].key, x->key)) {
            kh_page_list_add(v->out, &pages, all->list.items[*k].article);
        }
    }
    kh_view_put(v, "  ");
    kh_view_pages(v, &pages, (size_t)v->p->width / 2);
}

/* Were the words of X shown before: in the first line, or in a rendering above. */
static bool is_repeated(const speeches *all, const members *group, const speech *x, const speech *first)
{
    KH_EACH(const uint32_t, k, *group) {
        const speech *y = &all->list.items[*k];
        if (y == x) {
            break;
        }
        if (kh_str_eq(y->key, x->key)) {
            return true;
        }
    }
    return kh_str_eq(first->key, x->key);
}

static void renderings(const kh_view *v, const speeches *all, const members *group, const speech *first)
{
    KH_EACH(const uint32_t, i, *group) {
        const speech *x = &all->list.items[*i];
        if (is_repeated(all, group, x, first)) {
            continue;
        }
        kh_view_put(v, "        ≈ ");
        kh_print_wrap(v->p, kh_slice(kh_view_article(v, x->article)->text, x->q->span), 10, (size_t)v->p->width - 30);
        pages_with(v, all, group, x);
        if (x->change.len) {
            kh_view_put(v, " ");
            kh_print_style(v->p, "red", x->change);
        }
        kh_view_put(v, "\n");
    }
}

static void speech_line(const kh_view *v, const speeches *all, uint32_t i)
{
    const speech *x = &all->list.items[i];
    members group = group_of(v, all, i);
    bool direct = x->q->mode != KH_MODE_INDIRECT;
    kh_view_put(v, direct ? "      “" : "      — ");
    kh_print_wrap(v->p, kh_slice(kh_view_article(v, x->article)->text, x->q->span), direct ? 7 : 8, (size_t)v->p->width - 30);
    kh_view_put(v, direct ? "”" : "");
    stance_note(v, x->q);
    pages_with(v, all, &group, x);
    if (x->q->told_to.len) {
        kh_view_put(v, ", told to ");
        kh_print_iso(v->p, kh_engine_agency_label(v->engine, x->q->told_to));
    }
    kh_view_put(v, "\n");
    renderings(v, all, &group, x);
}

static int by_count(const void *a, const void *b)
{
    const speaker *x = *(const speaker *const *)a;
    const speaker *y = *(const speaker *const *)b;
    int order = (y->count > x->count) - (y->count < x->count);
    return order ? order : (x > y) - (x < y);
}

void kh_view_said(const kh_view *v)
{
    speeches all = {0};
    speakers who = {0};
    gather(v, &all);
    join_aligned(v, &all);
    join_translated(v, &all);
    choose(v, &all, &who);
    if (who.count == 0) {
        return;
    }
    const speaker **order = KH_NEW_N(v->out, const speaker *, who.count);
    for (size_t i = 0; i < who.count; i++) {
        order[i] = &who.items[i];
    }
    qsort(order, who.count, sizeof *order, by_count);
    kh_print_heading(v->p, "WHO SAID WHAT");
    for (size_t i = 0; i < who.count; i++) {
        kh_view_put(v, "  ");
        kh_print_style(v->p, "bold", order[i]->label);
        kh_view_put(v, "\n");
        for (uint32_t k = 0; k < all.list.count; k++) {
            if (all.list.items[k].shown && &who.items[all.list.items[k].speaker] == order[i]) {
                speech_line(v, &all, k);
            }
        }
    }
}
