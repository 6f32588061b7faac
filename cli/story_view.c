/* story_view.c - the story being shown on a terminal: its pages, lists of pages, counts in words.
 *
 * Lists of pages name the originals and count the rest, "en01-halyard and 6 copies": accounts/sheet.h says which
 * page stands for which.
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

kh_view kh_view_begin(kh_print *p, const kh_story *s, const kh_engine *engine, kh_arena *out)
{
    kh_sheet *sheet = KH_NEW(out, kh_sheet);
    *sheet = kh_sheet_of(out, s);
    return (kh_view){.p = p, .b = p->buf, .s = s, .engine = engine, .out = out, .sheet = sheet};
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

void kh_view_pages(const kh_view *v, const kh_page_list *pages, size_t width)
{
    size_t shown = 0;
    size_t standing = 0;
    size_t used = 0;
    for (size_t k = 0; k < pages->count; k++) {
        if (!kh_sheet_stands(v->sheet, pages, k)) {
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
