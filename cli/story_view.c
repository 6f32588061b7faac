/* story_view.c - the story being shown: its pages, their originals, the values of its figures.
 *
 * A wire report that four outlets print and three translate is one account, not eight. Each page is therefore
 * led back, over verbatim, abridged and translated copies, to the page it was made from: its root. Lists of
 * pages name the roots and count the rest, "en01-halyard and 6 copies". A compiled page is its own root: it
 * says something new by what it puts together.
 */
#include "cli/story.h"

const kh_article *kh_view_article(const kh_view *v, uint32_t i)
{
    return v->s->articles.items[i];
}

kh_str kh_view_day(const kh_view *v, const kh_article *a)
{
    kh_str t = kh_when_text(v->out, a->published.when);
    return t.len ? kh_str_head(t, 16) : KH_STR("date unknown");
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

const kh_copy *kh_view_copy(const kh_view *v, uint32_t i)
{
    return best_copy(v->s, i, false);
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

kh_view kh_view_begin(kh_print *p, const kh_story *s, const kh_engine *engine, kh_arena *out)
{
    uint32_t *root = KH_NEW_N(out, uint32_t, s->articles.count + 1);
    for (uint32_t i = 0; i < s->articles.count; i++) {
        root[i] = root_of(s, i);
    }
    return (kh_view){.p = p, .b = p->buf, .s = s, .engine = engine, .out = out, .root = root};
}

static kh_str interval(const kh_view *v, const kh_figure *f)
{
    if (!f->has_min && !f->has_max) {
        return KH_STR("some");
    }
    if (!f->has_max) {
        return kh_arena_printf(v->out, "≥ %.12g", f->min);
    }
    if (!f->has_min) {
        return kh_arena_printf(v->out, "≤ %.12g", f->max);
    }
    return f->min >= f->max ? kh_arena_printf(v->out, "%.12g", f->min) : kh_arena_printf(v->out, "%.12g–%.12g", f->min, f->max);
}

kh_str kh_view_value(const kh_view *v, const kh_figure *f)
{
    kh_str value = interval(v, f);
    return f->unit.len ? kh_arena_printf(v->out, KH_FMT " " KH_FMT, KH_ARG(value), KH_ARG(f->unit)) : value;
}

void kh_view_put(const kh_view *v, const char *z)
{
    kh_buf_z(v->b, z);
}

void kh_view_label(const kh_view *v, uint32_t i)
{
    kh_print_style(v->p, "cyan", kh_view_article(v, i)->label);
}

void kh_view_counted(const kh_view *v, size_t n, const char *one, const char *many)
{
    kh_buf_printf(v->b, "%zu %s", n, n == 1 ? one : many);
}

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

/* Does page K of the list stand for itself: it is an original, or the first of those made from one that is absent. */
static bool stands(const kh_view *v, const kh_page_list *pages, size_t k)
{
    uint32_t root = v->root[pages->items[k]];
    if (kh_page_list_has(pages, root)) {
        return root == pages->items[k];
    }
    for (size_t i = 0; i < k; i++) {
        if (v->root[pages->items[i]] == root) {
            return false;
        }
    }
    return true;
}

void kh_view_pages(const kh_view *v, const kh_page_list *pages, size_t width)
{
    size_t shown = 0;
    size_t standing = 0;
    size_t used = 0;
    for (size_t k = 0; k < pages->count; k++) {
        if (!stands(v, pages, k)) {
            continue;
        }
        size_t wants = kh_width(kh_view_article(v, pages->items[k])->label) + 2;
        if (standing == shown && (shown == 0 || used + wants <= width)) {
            kh_view_put(v, shown ? ", " : "");
            kh_view_label(v, pages->items[k]);
            shown++;
            used += wants;
        }
        standing++;
    }
    if (standing > shown) {
        kh_buf_printf(v->b, ", %zu more", standing - shown);
    }
    if (pages->count > standing) {
        kh_view_put(v, " and ");
        kh_view_counted(v, pages->count - standing, "copy", "copies");
    }
}
