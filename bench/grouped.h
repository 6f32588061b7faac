/* grouped.h - a made-up stream read and grouped in an order of arrival, and how well the stories agree with the planted ones. */
#ifndef KHABAR_BENCH_GROUPED_H
#define KHABAR_BENCH_GROUPED_H

#include "placing.h"
#include "streams.h"

typedef enum arrival { ARRIVAL_NATURAL, ARRIVAL_REVERSED, ARRIVAL_SHUFFLED, ARRIVAL_count } arrival;

static const char *const arrival_names[ARRIVAL_count] = {"natural", "reversed", "shuffled"};

/* The digests of the stream's articles, in its order. */
static inline kh_digest *read_stream(kh_arena *out, const kh_engine *engine, kh_worker *worker, const stream *s)
{
    kh_digest *digests = KH_NEW_N(out, kh_digest, s->articles.count + 1);
    for (size_t i = 0; i < s->articles.count; i++) {
        kh_article *a = NULL;
        kh_error err;
        kh_worker_clear(worker);
        if (kh_engine_read(engine, worker, &s->articles.items[i].page, (kh_time){0}, &a, &err) != KH_OK) {
            continue;
        }
        kh_digest d = kh_engine_digest(a);
        digests[i].lang = kh_arena_copy(out, d.lang);
        digests[i].published = d.published;
        KH_EACH(const kh_feature, f, d.features) {
            *KH_ADD(out, &digests[i].features) = *f;
        }
        KH_EACH(const uint64_t, p, d.prints) {
            *KH_ADD(out, &digests[i].prints) = *p;
        }
    }
    return digests;
}

static inline void order_stream(stream *s, uint32_t *order, arrival how)
{
    size_t count = s->articles.count;
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && s->articles.items[order[at - 1]].arrival > s->articles.items[i].arrival; at--) {
            order[at] = order[at - 1];
        }
        order[at] = (uint32_t)i;
    }
    for (size_t i = 0; how == ARRIVAL_REVERSED && i < count / 2; i++) {
        uint32_t first = order[i];
        order[i] = order[count - 1 - i];
        order[count - 1 - i] = first;
    }
    for (size_t i = count; how == ARRIVAL_SHUFFLED && i > 1; i--) {
        size_t k = stream_draw(s, (uint32_t)i);
        uint32_t last = order[i - 1];
        order[i - 1] = order[k];
        order[k] = last;
    }
}

typedef struct grouped {
    double precision, recall, f1; /* B-cubed */
    size_t stories, merges, splits, moves;
} grouped;

/* How well what P holds, in the order in which it was placed, agrees with the planted stories. */
static inline grouped judge(const placer *p, const stream *s, const uint32_t *order)
{
    grouped g = {.merges = p->merges, .splits = p->splits, .moves = p->moves};
    double count = (double)p->docs.count;
    for (size_t i = 0; i < p->docs.count; i++) {
        double both = 0, mine = 0, true_ones = 0;
        for (size_t k = 0; k < p->docs.count; k++) {
            bool a = p->story_of.items[i] == p->story_of.items[k];
            bool b = s->articles.items[order[i]].story == s->articles.items[order[k]].story;
            both += a && b;
            mine += a;
            true_ones += b;
        }
        g.precision += both / mine / count;
        g.recall += both / true_ones / count;
    }
    g.f1 = 2 * g.precision * g.recall / (g.precision + g.recall);
    for (size_t i = 1; i < p->stories.count; i++) {
        g.stories += p->stories.items[i].count > 0;
    }
    return g;
}

static inline grouped group_stream(const kh_story_know *know, stream *s, const kh_digest *digests, arrival how)
{
    placer p;
    kh_arena own = kh_arena_reserve((size_t)4 << 30, NULL);
    uint32_t *order = KH_NEW_N(&own, uint32_t, s->articles.count + 1);
    kh_digest *arriving = KH_NEW_N(&own, kh_digest, s->articles.count + 1);
    placer_open(&p, know, s->articles.count);
    order_stream(s, order, how);
    for (size_t i = 0; i < s->articles.count; i++) {
        arriving[i] = digests[order[i]];
        arriving[i].id = (int64_t)i + 1;
        place_article(&p, &arriving[i]);
    }
    grouped g = judge(&p, s, order);
    placer_close(&p);
    kh_arena_release(&own);
    return g;
}

#endif
