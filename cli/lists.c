/* lists.c - khabar stories, search and names: lists in four forms. */
#include "cli/cli.h"

#include "store/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static kh_str number(kh_arena *out, uint64_t n)
{
    return kh_arena_printf(out, "%llu", (unsigned long long)n);
}

/* Ends a list: writes it, closes, gives the exit code. */
static int finish(kh_session *s, kh_buf *buf, kh_status status, const kh_error *err)
{
    bool written = kh_flush(buf);
    kh_session_close(s);
    return status ? kh_tell(err) : written ? EX_OK : EX_IOERR;
}

/* "a,b,c" of agency ids as labels. */
static kh_str agency_labels(const kh_engine *engine, kh_arena *out, kh_str ids)
{
    kh_buf b = {.arena = out};
    kh_str id;
    while (kh_str_cut(&ids, ',', &id)) {
        if (id.len) {
            kh_buf_z(&b, b.len ? ", " : "");
            kh_buf_add(&b, kh_engine_agency_label(engine, id));
        }
    }
    return kh_buf_str(&b);
}

/* ---- stories ---- */

static kh_status print_assignments(kh_session *s, kh_print *p, kh_error *err)
{
    static const kh_column columns[] = {{"article", 24, false}, {"story", 0, false}};
    kh_assignments rows = {0};
    kh_store *store;
    kh_status status = KH_OK;
    for (size_t i = 0; !status && (store = kh_session_store(s, i)) != NULL; i++) {
        size_t from = rows.count;
        status = kh_store_assignments(store, &s->worker.page, &rows, err);
        for (; from < rows.count; from++) {
            const kh_assignment *a = &rows.items[from];
            if (kh_session_is_last(s, i, a->article)) {
                kh_rows_add(p, KH_FORMAT_TSV, columns, 2, (kh_str[]){a->label, a->story});
            }
        }
    }
    return status;
}

typedef struct weighed {
    const kh_story_row *row;
    bool live; /* of what was sealed or pruned nobody knows whether it grows */
    kh_story_importance importance;
    size_t place; /* in the order of the store */
} weighed;

static int by_importance(const void *a, const void *b)
{
    const weighed *x = a;
    const weighed *y = b;
    int order = y->live - x->live;
    order = order ? order : (y->importance.score > x->importance.score) - (y->importance.score < x->importance.score);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* ROWS in the order that is asked for. */
static weighed *weigh(kh_arena *out, const kh_options *o, const kh_story_rows *rows)
{
    weighed *list = KH_NEW_N(out, weighed, rows->count + 1);
    for (size_t i = 0; i < rows->count; i++) {
        const kh_story_row *r = &rows->items[i];
        kh_story_counts counts = {.sources = r->sources, .languages = r->language_count};
        bool live = kh_str_eq(r->kept, KH_STR("live"));
        if (live) {
            counts.last_day = r->last_day;
            counts.before = r->before;
            counts.before_days = r->before_days;
        }
        list[i] = (weighed){r, live, kh_story_importance_of(&counts), i};
    }
    if (o->by_importance && rows->count) {
        qsort(list, rows->count, sizeof *list, by_importance);
    }
    return list;
}

/* Newest first, of unknown date last; in one store in its own order. */
static int by_day(const void *a, const void *b)
{
    const kh_story_row *x = a;
    const kh_story_row *y = b;
    if (!x->last.len || !y->last.len) {
        return !x->last.len - !y->last.len;
    }
    int order = kh_str_cmp(y->last, x->last);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

/* The stories of the live store, those of its sealed files, and what is left of pruned ones. */
static kh_status all_stories(kh_session *s, const kh_story_filter *filter, kh_story_rows *rows, kh_error *err)
{
    kh_arena *out = &s->worker.page;
    kh_store *store;
    kh_status status = KH_OK;
    for (size_t i = 0; !status && (store = kh_session_store(s, i)) != NULL; i++) {
        size_t from = rows->count;
        status = kh_store_stories(store, out, filter, rows, err);
        for (; from < rows->count; from++) {
            rows->items[from].kept = i ? KH_STR("sealed") : KH_STR("live");
        }
    }
    size_t from = rows->count;
    status = status ? status : kh_store_summaries(s->live, out, filter, rows, err);
    for (; from < rows->count; from++) {
        rows->items[from].kept = KH_STR("summary");
    }
    if (rows->count && (s->sealed_count || kh_str_eq(rows->items[rows->count - 1].kept, KH_STR("summary")))) {
        qsort(rows->items, rows->count, sizeof *rows->items, by_day);
    }
    return status;
}

static void print_story_row(kh_session *s, const kh_options *o, kh_print *p, const kh_column *columns, const weighed *w)
{
    kh_arena *out = &s->worker.page;
    const kh_story_row *r = w->row;
    bool table = o->format == KH_FORMAT_TABLE;
    kh_str title = !table || w->live ? r->title : kh_arena_printf(out, "[" KH_FMT "] " KH_FMT, KH_ARG(r->kept), KH_ARG(r->title));
    kh_rows_add(p, o->format, columns, table ? 8 : 12,
                (kh_str[]){r->name, number(out, r->articles), number(out, r->outlets), r->languages,
                           table ? kh_str_head(r->first, 10) : r->first, table ? kh_str_head(r->last, 10) : r->last,
                           agency_labels(s->engine, out, r->agencies), title, kh_arena_printf(out, "%.3f", w->importance.score),
                           number(out, r->sources), w->live ? kh_arena_printf(out, "%.3f", w->importance.growth) : (kh_str){0}, r->kept});
}

static kh_status print_stories(kh_session *s, const kh_options *o, kh_print *p, kh_error *err)
{
    static const kh_column columns[] = {{"story", 11, false},    {"pages", 5, true},   {"outlets", 7, true},    {"languages", 14, false},
                                        {"first", 10, false},    {"last", 10, false},  {"agencies", 22, false}, {"title", 0, false},
                                        {"importance", 0, true}, {"sources", 0, true}, {"growth", 0, true},     {"kept", 0, false}};
    kh_story_rows rows = {0};
    kh_story_filter filter = {.since = o->since, .lang = o->lang, .limit = o->by_importance ? 0 : o->limit};
    kh_status status = all_stories(s, &filter, &rows, err);
    const weighed *list = weigh(&s->worker.page, o, &rows);
    kh_rows_head(p, o->format, columns, o->format == KH_FORMAT_TABLE ? 8 : 12);
    for (size_t i = 0; i < rows.count && (!o->limit || i < o->limit); i++) {
        print_story_row(s, o, p, columns, &list[i]);
    }
    return status;
}

int kh_run_stories(const kh_options *o)
{
    kh_session s;
    kh_error err = {0};
    int code = kh_session_open(&s, o, o->format != KH_FORMAT_TSV, true, KH_STORE_READ);
    if (code) {
        return code;
    }
    kh_buf buf = {.arena = &s.worker.scratch};
    kh_print p = kh_print_begin(o, &buf);
    kh_status status = o->format == KH_FORMAT_TSV ? print_assignments(&s, &p, &err) : print_stories(&s, o, &p, &err);
    return finish(&s, &buf, status, &err);
}

/* ---- search ---- */

static void print_hit(kh_print *p, const kh_hit *h)
{
    kh_print_style(p, "bold", h->title.len ? h->title : h->label);
    kh_buf_z(p->buf, "\n  ");
    kh_print_style(p, "dim", h->label);
    kh_str rest[] = {h->lang, h->outlet, h->published, h->story};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        if (rest[i].len) {
            kh_buf_z(p->buf, " · ");
            kh_print_iso(p, rest[i]);
        }
    }
    kh_buf_z(p->buf, "\n  ");
    kh_print_wrap(p, h->snippet, 2, (size_t)p->width - 4);
    kh_buf_z(p->buf, "\n");
}

static void print_hits(kh_print *p, const kh_options *o, const kh_hits *hits)
{
    static const kh_column columns[] = {{"article", 0, false},   {"title", 0, false}, {"language", 0, false}, {"outlet", 0, false},
                                        {"published", 0, false}, {"story", 0, false}, {"snippet", 0, false}};
    if (o->format != KH_FORMAT_TABLE) {
        kh_rows_head(p, o->format, columns, 7);
    }
    KH_EACH(const kh_hit, h, *hits) {
        if (o->format == KH_FORMAT_TABLE) {
            print_hit(p, h);
        } else {
            kh_rows_add(p, o->format, columns, 7, (kh_str[]){h->label, h->title, h->lang, h->outlet, h->published, h->story, h->snippet});
        }
    }
    if (hits->count == 0 && o->format == KH_FORMAT_TABLE) {
        kh_buf_z(p->buf, "nothing found\n");
    }
}

static kh_str query_of(kh_arena *out, const kh_options *o)
{
    kh_buf b = {.arena = out};
    for (size_t i = 0; i < o->arg_count; i++) {
        kh_buf_z(&b, i ? " " : "");
        kh_buf_z(&b, o->args[i]);
    }
    return kh_utf8_clean(out, kh_buf_str(&b));
}

/* A name alike enough to be the one asked for: measured on name pairs, see docs/EVALUATION.md. Class strings less alike than `hardly`
 * belong to no such name, an article taken off or not, unless the query has its surname first. */
static const float alike = 0.82f;
static const float hardly = 0.5f;

/* Those of ROWS that sound like QUERY, or are the same KNOWN person, place or organisation, into NAMES, each once. */
static void take_alike(kh_session *s, kh_str query, kh_str known, const kh_name_rows *rows, kh_map *seen, kh_name_rows *names)
{
    kh_arena *out = &s->worker.page;
    KH_EACH(const kh_name_row, r, *rows) {
        bool fresh = false;
        bool same = known.len && kh_str_eq(known, r->known_as);
        bool decided = known.len && r->known_as.len;
        if (same || (!decided && kh_name_likeness(s->worker.scratch, query, r->label) >= alike)) {
            kh_map_put(out, seen, kh_hash(r->label), &fresh);
        }
        if (fresh) {
            *KH_ADD(out, names) = *r;
        }
    }
}

/* The store's names that sound like QUERY: found by the class strings there are, of which only those nearby are looked at by name. */
static kh_status sounding_like(kh_session *s, kh_store *store, kh_str query, kh_name_rows *names, kh_error *err)
{
    kh_arena *out = &s->worker.page;
    kh_strs sounds = {0};
    kh_map seen = {0};
    kh_name_rows rows = {0};
    kh_str sound = kh_sound_of(out, query);
    kh_str bare = kh_sound_bare_of(out, query);
    float least = kh_str_find(query, KH_STR(",")) < query.len ? 0 : hardly;
    kh_str known = kh_names_lookup(kh_engine_names(s->engine), s->worker.scratch, query);
    kh_status status = known.len ? kh_store_names_known(store, out, known, &rows, err) : KH_OK;
    status = status ? status : kh_store_sounds(store, out, &sounds, err);
    for (size_t i = 0; i < sounds.count && !status; i++) {
        kh_str other = sounds.items[i];
        if (kh_sound_likeness(s->worker.scratch, sound, other) >= least || kh_sound_likeness(s->worker.scratch, bare, other) >= least) {
            status = kh_store_names_sounding(store, out, other, &rows, err);
        }
    }
    take_alike(s, query, known, &rows, &seen, names);
    return status;
}

/* Full text first; a query of up to three words is also taken as a name in any script. */
static kh_status find_in(kh_session *s, kh_store *store, kh_str query, uint32_t limit, kh_hits *hits, kh_error *err)
{
    kh_arena *out = &s->worker.page;
    kh_status status = kh_store_search(store, out, s->worker.scratch, query, limit, hits, err);
    const kh_text *words = kh_text_of(out, query);
    if (!status && words->tokens.count <= 3 && hits->count < limit) {
        kh_name_rows names = {0};
        status = sounding_like(s, store, query, &names, err);
        if (!status) {
            status = kh_store_named(store, out, &names, limit, hits, err);
        }
    }
    return status;
}

typedef struct ranked {
    const kh_hit *hit;
    size_t place; /* as found */
} ranked;

/* Found by words before found by name, whose rank is 0. */
static int by_rank(const void *a, const void *b)
{
    const ranked *x = a;
    const ranked *y = b;
    int order = (x->hit->rank > y->hit->rank) - (x->hit->rank < y->hit->rank);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* In the store and its sealed files, each asked by itself; the best of all. */
static kh_status find(kh_session *s, const kh_options *o, kh_str query, kh_hits *hits, kh_error *err)
{
    kh_arena *out = &s->worker.page;
    uint32_t limit = o->limit ? o->limit : 20;
    kh_hits all = {0};
    kh_store *store;
    kh_status status = KH_OK;
    for (size_t i = 0; !status && (store = kh_session_store(s, i)) != NULL; i++) {
        kh_hits one = {0};
        status = find_in(s, store, query, limit, &one, err);
        KH_EACH(const kh_hit, h, one) {
            if (kh_session_is_last(s, i, h->article)) {
                *KH_ADD(out, &all) = *h;
            }
        }
    }
    ranked *order = KH_NEW_N(out, ranked, all.count + 1);
    for (size_t i = 0; i < all.count; i++) {
        order[i] = (ranked){&all.items[i], i};
    }
    if (s->sealed_count && all.count) {
        qsort(order, all.count, sizeof *order, by_rank);
    }
    for (size_t i = 0; i < all.count && i < limit; i++) {
        *KH_ADD(out, hits) = *order[i].hit;
    }
    return status;
}

int kh_run_search(const kh_options *o)
{
    kh_session s;
    kh_error err = {0};
    if (o->arg_count == 0) {
        return kh_tell_usage("search", "give words or a name to look for");
    }
    int code = kh_session_open(&s, o, true, true, KH_STORE_READ);
    if (code) {
        return code;
    }
    kh_hits hits = {0};
    kh_status status = find(&s, o, query_of(&s.worker.page, o), &hits, &err);
    kh_buf buf = {.arena = &s.worker.page};
    kh_print p = kh_print_begin(o, &buf);
    if (!status) {
        print_hits(&p, o, &hits);
    }
    return finish(&s, &buf, status, &err);
}
