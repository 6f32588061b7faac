/* story_verdicts.c - where the accounts meet and differ.
 *
 * What needs a reader's eye comes first and in full: conflicts and flips, then what was taken back, then what
 * was lost on the way. Updates, parts, refinements and agreement are the quiet majority and take a line each:
 *
 *     conflict  missing · persons  37 against 92
 *         Thirty-seven people   Nadia Kortan    2024-08-01T20:15  en04-tarn-observer, en06-northmere-post and 3 copies
 *         92 شخصاً               سميرة فولدان    2024-08-01T21:45  ar04-levantis, ar06-difaf-alkhalij and 3 copies
 *         one point, one day, two figures that cannot both hold; and 38 more pairs of pages
 */
#include "cli/story.h"

static const kh_verdict_kind in_full[] = {KH_CONFLICT, KH_POLARITY_FLIP, KH_RETRACTED, KH_REVISED, KH_HEDGE_LOST, KH_ATTRIBUTION_LOST};
static const kh_verdict_kind in_short[] = {KH_UPDATE, KH_SUBSET, KH_REFINES};
static const kh_verdict_kind in_full_later[] = {KH_FRAMING, KH_DIFFERS, KH_UNKNOWN};

static const char *style_of(kh_verdict_kind kind)
{
    switch (kind) {
    case KH_CONFLICT:
    case KH_POLARITY_FLIP: return "red";
    case KH_HEDGE_LOST:
    case KH_ATTRIBUTION_LOST:
    case KH_RETRACTED:
    case KH_REVISED: return "yellow";
    case KH_AGREE: return "green";
    default: return "blue";
    }
}

/* "hedge_lost" as people write it. */
static kh_str kind_words(const kh_view *v, kh_verdict_kind kind)
{
    kh_str name = kh_verdict_kind_name(kind);
    kh_buf b = {.arena = v->out};
    for (size_t i = 0; i < name.len; i++) {
        kh_buf_char(&b, name.ptr[i] == '_' ? ' ' : name.ptr[i]);
    }
    return kh_buf_str(&b);
}

static void title(const kh_view *v, kh_verdict_kind kind, kh_str topic)
{
    kh_view_put(v, "  ");
    kh_print_style(v->p, style_of(kind), kind_words(v, kind));
    if (topic.len) {
        kh_view_put(v, "  ");
        kh_print_style(v->p, "bold", topic);
    }
}

/* ---- in full ---- */

static kh_str claimer_at(const kh_view *v, kh_place_in place)
{
    KH_EACH(const kh_figure, f, kh_view_article(v, place.article)->figures) {
        if (f->span.begin == place.span.begin && f->span.end == place.span.end) {
            return f->claimed_by;
        }
    }
    return (kh_str){0};
}

/* Columns left for labels, with room for "and 3 copies". */
static size_t room_after(const kh_view *v, size_t used)
{
    size_t width = (size_t)v->p->width;
    return width > used + 14 ? width - used - 14 : 0;
}

static void side_figure(const kh_view *v, kh_place_in place, const kh_page_list *pages)
{
    const kh_article *a = kh_view_article(v, place.article);
    kh_view_put(v, "      ");
    kh_print_pad(v->p, kh_slice(a->text, place.span), 20);
    kh_view_put(v, "  ");
    kh_print_pad(v->p, claimer_at(v, place), 16);
    kh_view_put(v, "  ");
    kh_print_style(v->p, "dim", kh_view_day(v, a));
    kh_view_put(v, "  ");
    kh_view_pages(v, pages, room_after(v, 64));
    kh_view_put(v, "\n");
}

static void side_words(const kh_view *v, kh_place_in place, const kh_page_list *pages)
{
    const kh_article *a = kh_view_article(v, place.article);
    bool said = !kh_span_empty(place.span);
    kh_view_put(v, "      ");
    kh_print_wrap(v->p, said ? kh_slice(a->text, place.span) : KH_STR("the page itself"), 6, (size_t)v->p->width - 8);
    kh_view_put(v, "\n        ");
    kh_print_style(v->p, "dim", kh_view_day(v, a));
    kh_view_put(v, "  ");
    kh_view_pages(v, pages, room_after(v, 28));
    kh_view_put(v, "\n");
}

static void more_pairs(const kh_view *v, const char *before, size_t count)
{
    if (count) {
        kh_view_put(v, before);
        kh_view_counted(v, count, "more pair of pages", "more pairs of pages");
    }
}

/* The page that is shown stands first in the list. */
static kh_page_list led_by(const kh_view *v, uint32_t first, const kh_page_list *pages)
{
    kh_page_list list = {0};
    kh_page_list_add(v->out, &list, first);
    for (size_t i = 0; i < pages->count; i++) {
        kh_page_list_add(v->out, &list, pages->items[i]);
    }
    return list;
}

static void entry(const kh_view *v, const kh_folded_verdict *e)
{
    const kh_verdict *x = e->best;
    title(v, x->kind, x->topic);
    if (e->figures && kh_str_eq(e->a, e->b)) {
        kh_buf_printf(v->b, "  " KH_FMT, KH_ARG(e->a));
    } else if (e->figures) {
        const char *between = x->kind == KH_REVISED || x->kind == KH_RETRACTED ? " → " : " against ";
        kh_buf_printf(v->b, "  " KH_FMT "%s" KH_FMT, KH_ARG(e->a), between, KH_ARG(e->b));
    }
    kh_view_put(v, "\n");
    kh_page_list a = led_by(v, x->a.article, &e->pages_a);
    kh_page_list b = led_by(v, x->b.article, &e->pages_b);
    (e->figures ? side_figure : side_words)(v, x->a, &a);
    (e->figures ? side_figure : side_words)(v, x->b, &b);
    kh_view_put(v, "      ");
    kh_print_wrap(v->p, x->reason, 6, (size_t)v->p->width - 8);
    more_pairs(v, "; and ", e->count - 1);
    kh_view_put(v, "\n");
}

static void entries(const kh_view *v, const kh_folded_verdicts *all, kh_verdict_kind kind)
{
    KH_EACH(const kh_folded_verdict, e, *all) {
        if (e->best->kind == kind) {
            entry(v, e);
        }
    }
}

/* ---- in short: a topic, and a line for each step ---- */

static bool one_topic(const kh_folded_verdict *x, const kh_folded_verdict *y)
{
    return x->best->kind == y->best->kind && x->figures == y->figures && kh_str_eq(x->best->topic, y->best->topic);
}

/* Is E the first of its topic: or, with SIDE, the first that has this value on its first side. */
static bool is_first(const kh_folded_verdicts *all, const kh_folded_verdict *e, bool side)
{
    for (const kh_folded_verdict *x = all->items; x < e; x++) {
        if (one_topic(x, e) && (!side || kh_str_eq(x->a, e->a))) {
            return false;
        }
    }
    return true;
}

static void step_line(const kh_view *v, const kh_folded_verdict *e)
{
    kh_view_put(v, "      ");
    kh_print_pad(v->p, kh_arena_printf(v->out, KH_FMT " → " KH_FMT, KH_ARG(e->a), KH_ARG(e->b)), 18);
    const uint32_t pages[] = {e->best->a.article, e->best->b.article};
    for (size_t i = 0; i < 2; i++) {
        kh_view_put(v, i ? " → " : "  ");
        const kh_article *a = kh_view_article(v, pages[i]);
        bool known = kh_when_known(a->published.when);
        kh_print_style(v->p, "dim", known ? kh_str_head(kh_view_day(v, a), 10) : KH_STR("undated"));
        kh_view_put(v, " ");
        kh_view_label(v, pages[i]);
    }
    more_pairs(v, ", ", e->count - 1);
    kh_view_put(v, "\n");
}

/* "6 of 43, 58, 64": the value of E's first side with all it is set beside in this topic. */
static void beside_line(const kh_view *v, const kh_folded_verdicts *all, const kh_folded_verdict *e)
{
    kh_buf line = {.arena = v->out};
    kh_page_list pages = {0};
    kh_buf_printf(&line, KH_FMT " %s ", KH_ARG(e->a), e->best->kind == KH_SUBSET ? "of" : "is");
    bool first = true;
    KH_EACH(const kh_folded_verdict, x, *all) {
        if (one_topic(x, e) && kh_str_eq(x->a, e->a)) {
            kh_buf_printf(&line, "%s" KH_FMT, first ? "" : e->best->kind == KH_SUBSET ? ", " : " or ", KH_ARG(x->b));
            first = false;
            KH_EACH(const uint32_t, i, x->pages_a) {
                kh_page_list_add(v->out, &pages, *i);
            }
        }
    }
    kh_view_put(v, "      ");
    kh_print_pad(v->p, kh_buf_str(&line), 40);
    kh_view_put(v, "  ");
    kh_view_pages(v, &pages, room_after(v, 48));
    kh_view_put(v, "\n");
}

static void topic(const kh_view *v, const kh_folded_verdicts *all, const kh_folded_verdict *head)
{
    size_t passed = 0;
    title(v, head->best->kind, head->best->topic);
    kh_view_put(v, "\n");
    KH_EACH(const kh_folded_verdict, e, *all) {
        if (!one_topic(e, head)) {
            continue;
        }
        if (e->passed) {
            passed += e->count;
        } else if (e->best->kind == KH_UPDATE) {
            step_line(v, e);
        } else if (is_first(all, e, true)) {
            beside_line(v, all, e);
        }
    }
    if (passed) {
        kh_view_put(v, "      over several of these steps: ");
        kh_view_counted(v, passed, "pair of pages\n", "pairs of pages\n");
    }
}

static void topics(const kh_view *v, const kh_folded_verdicts *all, kh_verdict_kind kind)
{
    KH_EACH(const kh_folded_verdict, e, *all) {
        if (e->best->kind == kind && !e->figures) {
            entry(v, e);
        } else if (e->best->kind == kind && is_first(all, e, false)) {
            topic(v, all, e);
        }
    }
}

/* ---- agreement: each topic in a line ---- */

static size_t originals_among(const kh_view *v, const kh_page_list *pages)
{
    kh_page_list roots = {0};
    KH_EACH(const uint32_t, i, *pages) {
        kh_page_list_add(v->out, &roots, v->sheet->root[*i]);
    }
    return roots.count;
}

static void agreeing_value(const kh_view *v, kh_buf *line, const kh_folded_verdict *e)
{
    kh_page_list pages = led_by(v, e->best->a.article, &e->pages_a);
    KH_EACH(const uint32_t, i, e->pages_b) {
        kh_page_list_add(v->out, &pages, *i);
    }
    size_t originals = originals_among(v, &pages);
    kh_buf_z(line, line->len ? ", " : "");
    if (e->figures) {
        kh_buf_add(line, e->a);
        if (!kh_str_eq(e->a, e->b)) {
            kh_buf_printf(line, " and " KH_FMT, KH_ARG(e->b));
        }
        kh_buf_char(line, ' ');
    }
    kh_buf_printf(line, "(%zu pages, %zu original%s)", pages.count, originals, originals == 1 ? "" : "s");
}

static void agreement(const kh_view *v, const kh_folded_verdicts *all)
{
    KH_EACH(const kh_folded_verdict, head, *all) {
        if (head->best->kind != KH_AGREE || !is_first(all, head, false)) {
            continue;
        }
        kh_buf line = {.arena = v->out};
        KH_EACH(const kh_folded_verdict, e, *all) {
            if (one_topic(e, head)) {
                agreeing_value(v, &line, e);
            }
        }
        title(v, KH_AGREE, head->best->topic);
        kh_view_put(v, "\n      ");
        kh_print_wrap(v->p, kh_buf_str(&line), 6, (size_t)v->p->width - 8);
        kh_view_put(v, "\n");
    }
}

void kh_view_verdicts(const kh_view *v)
{
    const kh_folded_verdicts *all = &v->sheet->verdicts;
    if (all->count == 0) {
        return;
    }
    kh_print_heading(v->p, "WHERE THE ACCOUNTS MEET AND DIFFER");
    for (size_t i = 0; i < sizeof in_full / sizeof *in_full; i++) {
        entries(v, all, in_full[i]);
    }
    for (size_t i = 0; i < sizeof in_short / sizeof *in_short; i++) {
        topics(v, all, in_short[i]);
    }
    for (size_t i = 0; i < sizeof in_full_later / sizeof *in_full_later; i++) {
        entries(v, all, in_full_later[i]);
    }
    agreement(v, all);
    kh_view_put(v, "  Each pair of pages with its evidence: --format jsonl\n");
}
