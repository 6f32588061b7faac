/* copies.c - every copy in a store: candidates by their prints, each compared word by word.
 *
 * The wordings that were read are kept for the next article, which often shares text with the same ones; when their
 * room is full all are forgotten. So the same article ten thousand times is read some hundred times, not a million.
 */
#include "engine/copies.h"

#include "engine/furniture.h"

enum { KEPT_BYTES = 512 << 20 };                         /* forgotten when so much is kept */
static const size_t KEPT_ROOM = (size_t)4 * (512 << 20); /* addresses: one article more must fit */

typedef struct kept {
    kh_store *store;
    kh_arena arena;
    kh_map places; /* article -> index of its wording + 1 */
    KH_LIST(kh_wording *) wordings;
} kept;

static kh_status read_wording(kept *s, kh_arena scratch, int64_t id, kh_wording **w, kh_error *err)
{
    kh_article *a = NULL;
    kh_status status = kh_store_article(s->store, &s->arena, id, &a, err);
    status = status ? status : kh_furniture_mark(s->store, &s->arena, scratch, a, err);
    if (!status) {
        *w = KH_NEW(&s->arena, kh_wording);
        **w = (kh_wording){.art = a, .body = kh_body_words(&s->arena, a)};
    }
    return status;
}

static kh_status take(kept *s, kh_arena scratch, int64_t id, kh_wording **w, kh_error *err)
{
    bool fresh = false;
    uint32_t *place = kh_map_put(&s->arena, &s->places, (uint64_t)id, &fresh);
    if (!fresh) {
        *w = s->wordings.items[*place - 1];
        return KH_OK;
    }
    kh_status status = read_wording(s, scratch, id, w, err);
    *KH_ADD(&s->arena, &s->wordings) = *w;
    *place = (uint32_t)s->wordings.count;
    return status;
}

static bool is_full(const kept *s)
{
    return s->arena.cur - s->arena.begin > KEPT_BYTES;
}

static void forget(kept *s)
{
    kh_arena_clear(&s->arena);
    *s = (kept){.store = s->store, .arena = s->arena};
}

/* The copies among article SELF of IDS and those before it, whose prints are in INDEX; its own go there too. */
static kh_status look_back(kept *s, kh_arena *out, kh_arena scratch, kh_print_index *index, const kh_ids *ids, uint32_t self,
                           kh_copies_found *found, kh_error *err)
{
    kh_arena temporary = kh_arena_split(&scratch);
    kh_print_matches before = {0};
    kh_wording *mine = NULL;
    kh_status status = take(s, scratch, ids->items[self], &mine, err);
    if (!status) {
        before = kh_print_index_find(&temporary, scratch, index, &mine->art->prints, KH_COPIES_OF_ONE);
        kh_print_index_add(out, index, self, &mine->art->prints);
    }
    for (size_t i = 0; i < before.count && !status; i++) {
        kh_wording *other = NULL;
        kh_arena one = temporary;
        kh_copy c;
        if (is_full(s)) {
            forget(s);
            status = take(s, scratch, ids->items[self], &mine, err);
        }
        if (!status) {
            kh_prints_places(&s->arena, mine);
        }
        status = status ? status : take(s, scratch, ids->items[before.items[i].article], &other, err);
        if (!status && kh_prints_copy_of(&one, scratch, other, before.items[i].article, mine, self, &c)) {
            *KH_ADD(out, &found->rows) = (kh_copy_row){.src = c.src,
                                                       .dst = c.dst,
                                                       .kind = c.kind,
                                                       .cover_src = c.cover_src,
                                                       .cover_dst = c.cover_dst,
                                                       .score = c.score,
                                                       .lag_seconds = c.lag_seconds,
                                                       .direction = c.direction};
        }
    }
    return status;
}

static void find_clusters(kh_arena *out, kh_arena scratch, kh_copies_found *found)
{
    kh_arena temporary = kh_arena_split(&scratch);
    kh_copy_edges edges = {0};
    KH_EACH(const kh_copy_row, r, found->rows) {
        *KH_ADD(&temporary, &edges) = (kh_copy_edge){r->src, r->dst, r->cover_src, r->cover_dst};
    }
    found->clusters = kh_prints_clusters(out, scratch, &edges, found->labels.count);
}

kh_status kh_copies_in_store(kh_store *store, kh_arena *out, kh_arena scratch, kh_copies_step step, void *context, kh_copies_found *found,
                             kh_error *err)
{
    kh_ids ids = {0};
    kh_print_index index = {0};
    kept s = {.store = store, .arena = kh_arena_reserve(KEPT_ROOM, NULL)};
    kh_status status = s.arena.begin ? kh_store_ids(store, out, INT64_MIN, &ids, err)
                                     : kh_fail(err, KH_ERR_MEMORY, "no_memory", "the system gives no address space for the articles");
    for (size_t i = 0; i < ids.count; i++) {
        *KH_ADD(out, &found->labels) = kh_store_label(store, out, ids.items[i]);
    }
    for (size_t i = 0; i < ids.count && !status; i++) {
        if (is_full(&s)) {
            forget(&s);
        }
        status = look_back(&s, out, scratch, &index, &ids, (uint32_t)i, found, err);
        if (!step(context)) {
            break;
        }
    }
    kh_arena_release(&s.arena);
    if (!status) {
        find_clusters(out, scratch, found);
    }
    return status;
}
