/* sheet_said.c - who said what: each quotation once, its translations and repetitions beneath it.
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
#include "accounts/sheet.h"
#include "names/names.h"

#include <stdlib.h>

typedef struct work {
    kh_arena *out;
    kh_sheet *sheet;
} work;

static const kh_article *page_at(const work *w, uint32_t i)
{
    return w->sheet->story->articles.items[i];
}

typedef struct speech_in {
    uint32_t article;
    const kh_quotation *q;
    uint32_t next; /* of its group, a ring; itself when it is alone */
    kh_str change; /* what this rendering lost */
    kh_str key;    /* folded words, without the stop at the end */
} speech_in;

/* In order of article and place; those of article i are items first[i] to first[i + 1]. */
typedef struct speeches {
    KH_LIST(speech_in) list;
    uint32_t *first;
} speeches;

typedef KH_LIST(uint32_t) members;

enum { NOBODY = UINT32_MAX };

/* ---- what is told ---- */

/* A page whose quotations are its original's. */
static bool repeats(const work *w, uint32_t page)
{
    const kh_copy *c = kh_sheet_copy(w->sheet->story, page);
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

static void gather(const work *w, speeches *all)
{
    size_t count = w->sheet->story->articles.count;
    all->first = KH_NEW_N(w->out, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const kh_article *a = page_at(w, i);
        bool copied = repeats(w, i);
        all->first[i] = (uint32_t)all->list.count;
        KH_EACH(const kh_quotation, q, a->quotations) {
            if (!copied && q->form != KH_FORM_SCARE && q->form != KH_FORM_NO_COMMENT) {
                uint32_t self = (uint32_t)all->list.count;
                kh_str key = without_stop(kh_fold(w->out, kh_slice(a->text, q->span)).key);
                *KH_ADD(w->out, &all->list) = (speech_in){.article = i, .q = q, .next = self, .key = key};
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
static members group_of(const work *w, const speeches *all, uint32_t i)
{
    members group = {0};
    uint32_t k = i;
    do {
        *KH_ADD(w->out, &group) = k;
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

static void join_aligned(const work *w, speeches *all)
{
    KH_EACH(const kh_aligned, x, w->sheet->story->aligned) {
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

static bool same_speaker(const work *w, const speech_in *x, const speech_in *y)
{
    const kh_name *a = name_of(page_at(w, x->article), x->q);
    const kh_name *b = name_of(page_at(w, y->article), y->q);
    return a && b && kh_names_same(*w->out, a, b);
}

/* The counterpart of speech X of a translation in the sentence SRC of the original. */
static uint32_t counterpart(const work *w, const speeches *all, const speech_in *x, uint32_t page, kh_span src)
{
    uint32_t only = NOBODY;
    size_t count = 0;
    bool indirect = x->q->mode == KH_MODE_INDIRECT;
    for (uint32_t k = all->first[page]; k < all->first[page + 1]; k++) {
        const speech_in *y = &all->list.items[k];
        if (!kh_span_meets(y->q->span, src) || (y->q->mode == KH_MODE_INDIRECT) != indirect) {
            continue;
        }
        if (same_speaker(w, x, y)) {
            return k;
        }
        only = k;
        count++;
    }
    return count == 1 ? only : NOBODY;
}

static void join_to_original(const work *w, speeches *all, uint32_t i, const kh_copy *c)
{
    const speech_in *x = &all->list.items[i];
    KH_EACH(const kh_shared_span, pair, c->shared) {
        bool inside = 2 * overlap(x->q->span, pair->b) > x->q->span.end - x->q->span.begin;
        uint32_t k = inside ? counterpart(w, all, x, c->src, pair->a) : NOBODY;
        if (k != NOBODY) {
            join(all, i, k);
            return;
        }
    }
}

static void join_translated(const work *w, speeches *all)
{
    KH_EACH(const kh_copy, c, w->sheet->story->copies) {
        for (uint32_t i = all->first[c->dst]; i < all->first[c->dst + 1] && c->kind == KH_COPY_TRANSLATED; i++) {
            if (all->list.items[i].next == i) {
                join_to_original(w, all, i, c);
            }
        }
    }
}

/* ---- speakers ---- */

static bool same_label(const work *w, kh_str a, kh_str b)
{
    kh_arena tmp = *w->out;
    return kh_str_eq(a, b) || kh_str_eq(kh_fold_key(&tmp, a), kh_fold_key(&tmp, b));
}

/* Speakers are joined across pages as names are, offices that no name resolves by their words however they are spelled;
 * the spelling of the first page stands for all. */
static kh_sheet_speaker *speaker_of(const work *w, const speech_in *x)
{
    const kh_name *name = name_of(page_at(w, x->article), x->q);
    KH_EACH(kh_sheet_speaker, known, w->sheet->speakers) {
        bool same = name && known->name ? kh_names_same(*w->out, name, known->name) : same_label(w, known->label, x->q->speaker);
        if (same) {
            return known;
        }
    }
    kh_sheet_speaker *added = KH_ADD(w->out, &w->sheet->speakers);
    *added = (kh_sheet_speaker){.label = x->q->speaker, .article = x->article, .name = name};
    return added;
}

/* The one of a group that is shown first: of a page that is no copy and with a speaker, else with a speaker. */
static uint32_t foremost(const work *w, const speeches *all, const members *group)
{
    uint32_t best = NOBODY;
    int rank = 0;
    KH_EACH(const uint32_t, i, *group) {
        const speech_in *x = &all->list.items[*i];
        int worth = x->q->speaker.len ? 1 + (w->sheet->root[x->article] == x->article) : 0;
        if (worth > rank) {
            rank = worth;
            best = *i;
        }
    }
    return best;
}

/* ---- renderings ---- */

/* The rendering of SPEECH with the words KEY; NULL when these words are new. KEYS are those of the renderings. */
static kh_sheet_rendering *with_words(kh_sheet_speech *speech, const kh_strs *keys, kh_str key)
{
    for (size_t i = 0; i < keys->count; i++) {
        if (kh_str_eq(keys->items[i], key)) {
            return &speech->renderings.items[i];
        }
    }
    return NULL;
}

static void add_rendering(const work *w, kh_sheet_speech *speech, kh_strs *keys, const speech_in *x)
{
    kh_sheet_rendering *r = with_words(speech, keys, x->key);
    if (!r) {
        r = KH_ADD(w->out, &speech->renderings);
        *r = (kh_sheet_rendering){.article = x->article, .q = x->q, .change = x->change};
        *KH_ADD(w->out, keys) = x->key;
    }
    kh_page_list_add(w->out, &r->pages, x->article);
}

static void add_speech(const work *w, const speeches *all, const members *group, uint32_t first)
{
    kh_sheet_speaker *who = speaker_of(w, &all->list.items[first]);
    kh_sheet_speech *speech = KH_ADD(w->out, &who->speeches);
    *speech = (kh_sheet_speech){0};
    kh_strs keys = {0};
    add_rendering(w, speech, &keys, &all->list.items[first]);
    KH_EACH(const uint32_t, i, *group) {
        add_rendering(w, speech, &keys, &all->list.items[*i]);
    }
}

/* More speeches first, then by page. */
static int by_speeches(const void *a, const void *b)
{
    const kh_sheet_speaker *x = a;
    const kh_sheet_speaker *y = b;
    int order = (y->speeches.count > x->speeches.count) - (y->speeches.count < x->speeches.count);
    order = order ? order : (x->article > y->article) - (x->article < y->article);
    return order ? order : kh_str_cmp(x->label, y->label);
}

void kh_sheet_add_speakers(kh_arena *out, kh_sheet *sheet)
{
    const work w = {.out = out, .sheet = sheet};
    speeches all = {0};
    gather(&w, &all);
    join_aligned(&w, &all);
    join_translated(&w, &all);
    uint32_t *lead = KH_NEW_N(out, uint32_t, all.list.count + 1);
    for (uint32_t i = 0; i < all.list.count; i++) {
        lead[i] = NOBODY;
    }
    for (uint32_t i = 0; i < all.list.count; i++) {
        members group = group_of(&w, &all, i);
        uint32_t first = group.items[0] == i ? foremost(&w, &all, &group) : NOBODY;
        if (first != NOBODY) {
            lead[first] = i;
        }
    }
    for (uint32_t i = 0; i < all.list.count; i++) {
        if (lead[i] != NOBODY) {
            members group = group_of(&w, &all, lead[i]);
            add_speech(&w, &all, &group, i);
        }
    }
    if (sheet->speakers.count) {
        qsort(sheet->speakers.items, sheet->speakers.count, sizeof *sheet->speakers.items, by_speeches);
    }
}
