/* front.c - the front page of the reading room: the newest stories, or the most important ones first.
 *
 * Decides whom the second order weighs. A store knows how many sources, languages and reports of each day a story has
 * (story/importance.c), but the last day moves on, so no index has the order. An important story is told again and again and therefore
 * stands among the newest: of those that match, the newest WEIGHED are weighed and sorted. Of 1,000 stories that takes some 10 ms,
 * whatever the size of the store.
 *
 *     ?order=importance: "انهيار سد في مسكاريا", 8 sources in 4 languages, before a statement that forty outlets printed in one
 *
 * A cursor holds the weight and the row of the last story shown, so the next page goes on there though others came in between.
 *
 * Gets wrong: a story behind the WEIGHED newest is in no page of this order, however many told it then.
 */
#include "engine/room.h"

#include "story/story.h"

#include <math.h>
#include <stdlib.h>

enum { WEIGHED = 1000, PARTS = 1000000 };

typedef struct weighed {
    int64_t story;
    int64_t weight; /* the score in millionths: what cursors hold and comparing is done with */
    kh_story_importance importance;
    uint32_t sources;
} weighed;

typedef KH_LIST(weighed) weighed_list;

static int by_weight(const void *a, const void *b)
{
    const weighed *x = a;
    const weighed *y = b;
    int order = (y->weight > x->weight) - (y->weight < x->weight);
    return order ? order : (y->story > x->story) - (y->story < x->story);
}

static kh_status weigh(kh_store *store, kh_arena *scratch, const kh_front_query *query, weighed_list *list, kh_error *err)
{
    kh_arena spare = kh_arena_split(scratch);
    kh_front_query newest = *query;
    kh_ids ids = {0};
    kh_story_weights weights = {0};
    newest.filter.limit = WEIGHED;
    kh_status status = kh_store_front_ids(store, scratch, spare, &newest, &ids, err);
    status = status ? status : kh_store_weights(store, scratch, spare, &ids, &weights, err);
    KH_EACH(const kh_story_weight, w, weights) {
        kh_story_counts counts = {
            .sources = w->sources, .languages = w->languages, .last_day = w->last_day, .before = w->before, .before_days = w->before_days};
        kh_story_importance importance = kh_story_importance_of(&counts);
        *KH_ADD(scratch, list) = (weighed){w->story, llround(importance.score * PARTS), importance, w->sources};
    }
    if (list->count) {
        qsort(list->items, list->count, sizeof *list->items, by_weight);
    }
    return status;
}

/* "-1204000!17": weight and story of the last row shown. */
static bool read_cursor(kh_str cursor, weighed *last)
{
    kh_str rest = cursor;
    kh_str weight = {0};
    uint64_t number = 0;
    uint64_t story = 0;
    bool read = kh_str_cut(&rest, '!', &weight) && weight.len && kh_str_u64(rest, &story) && story <= INT64_MAX;
    bool negative = read && weight.ptr[0] == '-';
    read = read && kh_str_u64(kh_str_from(weight, negative), &number) && number <= INT64_MAX;
    *last = (weighed){.story = (int64_t)story, .weight = negative ? -(int64_t)number : (int64_t)number};
    return read;
}

/* Where the page begins in LIST. */
static kh_status begin_of(const weighed_list *list, kh_str after, size_t *at, kh_error *err)
{
    weighed last;
    *at = 0;
    if (after.len == 0) {
        return KH_OK;
    }
    if (!read_cursor(after, &last)) {
        return kh_fail(err, KH_ERR_USAGE, "bad_cursor", "'after' is no cursor of this list; leave it out to begin at the first");
    }
    while (*at < list->count && by_weight(&list->items[*at], &last) <= 0) {
        ++*at;
    }
    return KH_OK;
}

/* The rows of PAGE, which the store gives newest first, in the order of the page. */
static void reorder(kh_arena *out, const weighed *page, size_t count, kh_front_view *view, kh_ids *ids)
{
    kh_front_view sorted = *view;
    kh_ids order = {0};
    sorted.rows.items = NULL;
    sorted.rows.count = sorted.rows.room = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < ids->count; k++) {
            if (ids->items[k] == page[i].story) {
                kh_front_row *row = KH_ADD(out, &sorted.rows);
                *row = view->rows.items[k];
                row->weighed = true;
                row->importance = page[i].importance.score;
                row->growth = page[i].importance.growth;
                row->sources = page[i].sources;
                *KH_ADD(out, &order) = page[i].story;
            }
        }
    }
    *view = sorted;
    *ids = order;
}

static kh_status by_importance(kh_store *store, kh_arena *out, kh_arena scratch, const kh_front_query *query, kh_front_view *view,
                               kh_ids *ids, kh_error *err)
{
    weighed_list list = {0};
    kh_ids only = {0};
    kh_front_query page = *query;
    size_t at = 0;
    kh_status status = weigh(store, &scratch, query, &list, err);
    status = status ? status : begin_of(&list, query->filter.after, &at, err);
    size_t count = status ? 0 : list.count - at < query->filter.limit ? list.count - at : query->filter.limit;
    for (size_t i = 0; i < count; i++) {
        *KH_ADD(&scratch, &only) = list.items[at + i].story;
    }
    page.filter.after = (kh_str){0};
    page.only = &only;
    status = status ? status : kh_store_front(store, out, scratch, &page, view, ids, err);
    if (status) {
        return status;
    }
    view->filter = query->filter;
    if (count) {
        const weighed *last = &list.items[at + count - 1];
        reorder(out, &list.items[at], count, view, ids);
        view->next =
            at + count < list.count ? kh_arena_printf(out, "%lld!%lld", (long long)last->weight, (long long)last->story) : (kh_str){0};
    }
    return KH_OK;
}

kh_status kh_room_front(kh_store *store, kh_arena *out, kh_arena scratch, const kh_front_query *query, bool facets, kh_front_view *view,
                        kh_ids *ids, kh_error *err)
{
    kh_status status = (query->filter.by_importance ? by_importance : kh_store_front)(store, out, scratch, query, view, ids, err);
    return status || !facets ? status : kh_store_front_facets(store, out, scratch, query, view, err);
}
