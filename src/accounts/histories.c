/* histories.c - the history of a figure: all values of one topic in the order in which they were published.
 *
 *     killed · persons   24 (the governor, 31 July), عشرات (1 August), 43 (the ministry, 2 August), 41 (the ministry)
 *
 * A topic is what was counted of whom in which unit; ages, money, ordinals and recalled events have none. Decides what
 * is new: a value that no earlier page gave; and what only repeats: a value that a copy or the same claimer gave before.
 * Beside each value stands on how many independent origins it rests. The verdicts say what the steps mean (update, revised, conflict).
 */
#include "accounts/internal.h"

static bool counts(const kh_figure *f)
{
    return f->core && kh_figure_happened(f) && f->kind == KH_FIGURE_COUNT && !f->past_event;
}

static kh_history *topic_of(kh_case *c, const kh_figure *f)
{
    kh_histories *all = &c->story->histories;
    KH_EACH(kh_history, h, *all) {
        if (kh_str_eq(h->what, f->what) && kh_str_eq(h->scope, f->scope) && kh_str_eq(h->unit, f->unit)) {
            return h;
        }
    }
    kh_history *h = KH_ADD(c->out, all);
    *h = (kh_history){.what = f->what, .scope = f->scope, .unit = f->unit};
    return h;
}

static bool same_value(const kh_figure *a, const kh_figure *b)
{
    bool low = a->has_min == b->has_min && (!a->has_min || !(a->min < b->min || a->min > b->min));
    bool high = a->has_max == b->has_max && (!a->has_max || !(a->max < b->max || a->max > b->max));
    return low && high && a->status == b->status;
}

static void add(kh_case *c, kh_history *h, uint32_t article, uint32_t figure)
{
    const kh_figure *f = &c->sides[article].art->figures.items[figure];
    kh_history_entry e = {.article = article, .figure = figure, .is_new = true};
    KH_EACH(const kh_history_entry, x, h->entries) {
        const kh_figure *g = &c->sides[x->article].art->figures.items[x->figure];
        if (same_value(f, g)) {
            e.is_new = false;
            e.repeated = e.repeated || x->article == article || kh_same_text(c, x->article, article) ||
                         kh_copy_between(c, x->article, article) || (f->claimed_by.len && kh_str_eq(f->claimed_by, g->claimed_by));
        }
    }
    *KH_ADD(c->out, &h->entries) = e;
}

static const kh_figure *figure_of(const kh_case *c, const kh_history_entry *e)
{
    return &c->sides[e->article].art->figures.items[e->figure];
}

/* Ten pages with one number can be one voice. */
static void count_origins(kh_case *c, kh_history *h)
{
    uint32_t *articles = KH_NEW_N(c->scratch, uint32_t, h->entries.count + 1);
    KH_EACH(kh_history_entry, e, h->entries) {
        size_t count = 0;
        KH_EACH(const kh_history_entry, x, h->entries) {
            if (same_value(figure_of(c, e), figure_of(c, x))) {
                articles[count++] = x->article;
            }
        }
        e->origins = kh_origins_among(c, articles, count);
    }
}

void kh_histories_make(kh_case *c)
{
    for (uint32_t i = 0; i < c->count; i++) {
        for (uint32_t k = 0; k < c->sides[i].art->figures.count; k++) {
            const kh_figure *f = &c->sides[i].art->figures.items[k];
            if (counts(f)) {
                add(c, topic_of(c, f), i, k);
            }
        }
    }
    KH_EACH(kh_history, h, c->story->histories) {
        count_origins(c, h);
    }
}
