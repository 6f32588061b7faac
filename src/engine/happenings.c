/* happenings.c - what happened in a story: another report, another origin, another figure.
 *
 * Nothing of this is kept anywhere: it is read off the compared story, whose articles stand in order of publication, so a feed tells the
 * same entries with the same ids however often it is asked, and an entry is corrected when a page is. The first origin and
 * the first value of a figure open the story and are no change in it. Example: "killed · persons", قُتل 26, then 164 by the health
 * ministry: one happening, was 26, is 164; the same 164 on a copy is none.
 *
 * Gets wrong: a page of unknown date stands last, so what it says may be told as newer than it is.
 */
#include "engine/room.h"

#include <stdlib.h>

enum { WORDS_MAX = 300 };

uint32_t kh_story_origin_count(const kh_story *story)
{
    uint32_t count = 0;
    KH_EACH(const kh_origin, o, story->origins) {
        count += o->independent;
    }
    return count;
}

static bool is_figure(const kh_story *s, kh_place_in place)
{
    KH_EACH(const kh_figure, f, s->articles.items[place.article]->figures) {
        if (f->span.begin == place.span.begin && f->span.end == place.span.end) {
            return true;
        }
    }
    return false;
}

uint32_t kh_story_disagreement_count(const kh_story *story)
{
    uint32_t count = 0;
    for (size_t i = 0; i < story->verdicts.count; i++) {
        const kh_verdict *v = &story->verdicts.items[i];
        bool counts = v->kind == KH_CONFLICT && is_figure(story, v->a) && is_figure(story, v->b);
        for (size_t k = 0; k < i && counts; k++) {
            const kh_verdict *earlier = &story->verdicts.items[k];
            counts = earlier->kind != KH_CONFLICT || !kh_str_eq(earlier->topic, v->topic);
        }
        count += counts;
    }
    return count;
}

/* ---- what happened ---- */

typedef struct teller {
    kh_arena *out;
    const kh_story *story;
    kh_happenings *list;
} teller;

/* At most WORDS_MAX bytes of the line that holds byte AT, cut at a white space. */
static kh_str words_at(const kh_article *a, uint32_t at)
{
    const kh_line *line = kh_article_line_at(a, at);
    kh_str words = line ? kh_str_trim(kh_slice(a->text, line->span)) : (kh_str){0};
    if (words.len <= WORDS_MAX) {
        return words;
    }
    size_t end = WORDS_MAX;
    while (end > WORDS_MAX / 2 && words.ptr[end] != ' ') {
        end--;
    }
    while (end > 0 && ((unsigned char)words.ptr[end] & 0xC0) == 0x80) {
        end--;
    }
    return kh_str_head(words, end);
}

static kh_str first_words(const kh_article *a)
{
    KH_EACH(const kh_line, line, a->lines) {
        if (line->role == KH_ROLE_BODY) {
            return words_at(a, line->span.begin);
        }
    }
    return (kh_str){0};
}

static kh_happening *tell(teller *t, kh_watch_on kind, uint32_t article, kh_str salt)
{
    const kh_story *s = t->story;
    const kh_article *a = s->articles.items[article];
    const kh_article *leading = s->articles.items[s->leading];
    uint64_t hash = kh_hash_mix(kh_hash(a->key), kh_hash_mix((uint64_t)kind, kh_hash(salt)));
    kh_happening *h = KH_ADD(t->out, t->list);
    *h = (kh_happening){.id = kh_arena_printf(t->out, "h%016llx", (unsigned long long)hash),
                        .kind = kind,
                        .story = s->id,
                        .story_title = s->title,
                        .story_lang = leading->lang,
                        .article = a->id,
                        .title = a->title.value,
                        .lang = a->lang,
                        .outlet = a->outlet.value,
                        .at = kh_when_text(t->out, a->published.when)};
    if (h->at.len == 0) {
        h->at = kh_time_text(t->out, a->captured);
    }
    return h;
}

static void tell_reports(teller *t)
{
    for (size_t i = 0; i < t->story->articles.count; i++) {
        tell(t, KH_WATCH_REPORT, (uint32_t)i, (kh_str){0})->words = first_words(t->story->articles.items[i]);
    }
}

static void tell_origins(teller *t)
{
    KH_EACH(const kh_origin, o, t->story->origins) {
        uint32_t first = UINT32_MAX;
        KH_EACH(const uint32_t, i, o->articles) {
            first = *i < first ? *i : first;
        }
        if (o->independent && first > 0 && first < t->story->articles.count) {
            kh_happening *h = tell(t, KH_WATCH_ORIGIN, first, o->label.len ? o->label : o->agency);
            h->what = o->label.len ? o->label : o->agency;
            h->words = first_words(t->story->articles.items[first]);
        }
    }
}

static kh_str bound(kh_arena *out, double value)
{
    return kh_arena_printf(out, "%.15g", value);
}

/* "164", "20-99", "8+", "-5000" (at most). */
static kh_str value_of(kh_arena *out, const kh_figure *f)
{
    if (f->has_min && f->has_max && f->min >= f->max) {
        return bound(out, f->min);
    }
    kh_str low = f->has_min ? bound(out, f->min) : (kh_str){0};
    kh_str high = f->has_max ? bound(out, f->max) : (kh_str){0};
    return kh_arena_printf(out, KH_FMT "%s" KH_FMT, KH_ARG(low), f->has_max ? "-" : "+", KH_ARG(high));
}

static void tell_figures(teller *t)
{
    const kh_story *s = t->story;
    KH_EACH(const kh_history, history, s->histories) {
        kh_str was = {0};
        KH_EACH(const kh_history_entry, e, history->entries) {
            const kh_article *a = s->articles.items[e->article];
            const kh_figure *f = &a->figures.items[e->figure];
            kh_str is = value_of(t->out, f);
            if (was.len && e->is_new) {
                kh_str topic =
                    kh_arena_printf(t->out, KH_FMT "%s" KH_FMT "%s" KH_FMT, KH_ARG(history->what), history->scope.len ? " \302\267 " : "",
                                    KH_ARG(history->scope), history->unit.len ? " \302\267 " : "", KH_ARG(history->unit));
                kh_happening *h = tell(t, KH_WATCH_FIGURE, e->article, kh_arena_join(t->out, topic, is));
                h->what = topic;
                h->was = was;
                h->is = is;
                h->words = words_at(a, f->span.begin);
            }
            was = e->is_new || !was.len ? is : was;
        }
    }
}

static int newest_first(const void *x, const void *y)
{
    const kh_happening *a = x;
    const kh_happening *b = y;
    int order = kh_str_cmp(b->at, a->at);
    return order ? order : kh_str_cmp(a->id, b->id);
}

void kh_happenings_of(kh_arena *out, const kh_story *story, unsigned on, kh_happenings *happenings)
{
    teller t = {.out = out, .story = story, .list = happenings};
    if (on & KH_WATCH_REPORT) {
        tell_reports(&t);
    }
    if (on & KH_WATCH_ORIGIN) {
        tell_origins(&t);
    }
    if (on & KH_WATCH_FIGURE) {
        tell_figures(&t);
    }
    kh_happenings_sort(happenings);
}

void kh_happenings_sort(kh_happenings *happenings)
{
    if (happenings->count) {
        qsort(happenings->items, happenings->count, sizeof *happenings->items, newest_first);
    }
}
