/* sheet.c - the story as a sheet: its pages, their originals, its counts.
 *
 * A wire report that four outlets print and three translate is one account, not eight. Each page is therefore
 * led back, over verbatim, abridged and translated copies, to the page it was made from: its root. Lists of
 * pages name the roots and count the rest, "en01-halyard and 6 copies". A compiled page is its own root: it
 * says something new by what it puts together.
 *
 *     fa06-hamrooz (abridged of fa01-nilab, itself translated from en01-halyard)   root: en01-halyard
 *
 * Gets wrong: where two edges lead into a page, the one with the higher score alone decides its root.
 */
#include "accounts/sheet.h"

bool kh_page_list_has(const kh_page_list *pages, uint32_t i)
{
    for (size_t k = 0; k < pages->count; k++) {
        if (pages->items[k] == i) {
            return true;
        }
    }
    return false;
}

void kh_page_list_add(kh_arena *out, kh_page_list *pages, uint32_t i)
{
    if (!kh_page_list_has(pages, i)) {
        *KH_ADD(out, pages) = i;
    }
}

bool kh_origin_has(const kh_origin *origin, uint32_t page)
{
    KH_EACH(const uint32_t, i, origin->articles) {
        if (*i == page) {
            return true;
        }
    }
    return false;
}

static const kh_copy *best_copy(const kh_story *s, uint32_t i, bool whole)
{
    const kh_copy *best = NULL;
    KH_EACH(const kh_copy, c, s->copies) {
        bool wanted = c->dst == i && !(whole && (c->kind == KH_COPY_PARTIAL || c->kind == KH_COPY_COMPILED));
        if (wanted && (!best || c->score > best->score)) {
            best = c;
        }
    }
    return best;
}

const kh_copy *kh_sheet_copy(const kh_story *story, uint32_t i)
{
    return best_copy(story, i, false);
}

/* As many steps as there are pages at most: a ring of copies ends somewhere. */
static uint32_t root_of(const kh_story *s, uint32_t i)
{
    for (size_t step = 0; step < s->articles.count; step++) {
        const kh_copy *c = best_copy(s, i, true);
        if (!c) {
            break;
        }
        i = c->src;
    }
    return i;
}

static kh_str interval(kh_arena *out, const kh_figure *f)
{
    if (!f->has_min && !f->has_max) {
        return KH_STR("some");
    }
    if (!f->has_max) {
        return kh_arena_printf(out, "≥ %.12g", f->min);
    }
    if (!f->has_min) {
        return kh_arena_printf(out, "≤ %.12g", f->max);
    }
    return f->min >= f->max ? kh_arena_printf(out, "%.12g", f->min) : kh_arena_printf(out, "%.12g–%.12g", f->min, f->max);
}

kh_str kh_sheet_figure_text(kh_arena *out, const kh_figure *f)
{
    kh_str value = interval(out, f);
    return f->unit.len ? kh_arena_printf(out, KH_FMT " " KH_FMT, KH_ARG(value), KH_ARG(f->unit)) : value;
}

const kh_figure *kh_sheet_figure_at(const kh_story *story, kh_place_in place)
{
    KH_EACH(const kh_figure, f, story->articles.items[place.article]->figures) {
        if (f->span.begin == place.span.begin && f->span.end == place.span.end) {
            return f;
        }
    }
    return NULL;
}

bool kh_sheet_stands(const kh_sheet *sheet, const kh_page_list *pages, size_t k)
{
    uint32_t root = sheet->root[pages->items[k]];
    if (kh_page_list_has(pages, root)) {
        return root == pages->items[k];
    }
    for (size_t i = 0; i < k; i++) {
        if (sheet->root[pages->items[i]] == root) {
            return false;
        }
    }
    return true;
}

static size_t count_languages(const kh_story *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->articles.count; i++) {
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++) {
            seen = kh_str_eq(s->articles.items[k]->lang, s->articles.items[i]->lang);
        }
        count += !seen;
    }
    return count;
}

/* Disagreements, each once however many pages take part in it. */
static size_t count_disagreements(const kh_folded_verdicts *all)
{
    size_t count = 0;
    KH_EACH(const kh_folded_verdict, e, *all) {
        count += e->best->kind == KH_CONFLICT || e->best->kind == KH_POLARITY_FLIP;
    }
    return count;
}

kh_sheet kh_sheet_of(kh_arena *out, const kh_story *story)
{
    uint32_t *root = KH_NEW_N(out, uint32_t, story->articles.count + 1);
    for (uint32_t i = 0; i < story->articles.count; i++) {
        root[i] = root_of(story, i);
    }
    kh_sheet sheet = {.story = story, .root = root, .languages = count_languages(story)};
    KH_EACH(const kh_origin, o, story->origins) {
        sheet.independent += o->independent;
        sheet.compiled += o->compiled;
    }
    kh_sheet_add_figures(out, &sheet);
    kh_sheet_add_verdicts(out, &sheet);
    kh_sheet_add_speakers(out, &sheet);
    sheet.disagreements = count_disagreements(&sheet.verdicts);
    return sheet;
}
