/* find.c - search of the reading room: words in any spelling, and names in any script.
 *
 * Decides what a query may be beside its words. "Ablyazov" names a person whom Arabic pages write أبليازوف: a query of up to three
 * words that a gazetteer knows is looked up by its entry; any other by the consonants that all scripts share (the features of
 * kind sound, which placing keeps an index of), and each article found so must hold a name that sounds like the query. The
 * index makes it the work of some hundred rows, whatever the size of the store.
 *
 * Gets wrong: names of one or two consonants are found by their spelling alone; of a name that thousands of articles hold, the newest
 * NAMED_MAX are looked at.
 */
#include "engine/room.h"

#include <string.h>

enum { NAME_WORDS_MAX = 3, NAMED_MAX = 300, VERIFIED_MAX = 40, SPELLINGS_MAX = 12 };

/* A name alike enough to be the one asked for: measured on name pairs, see docs/EVALUATION.md. */
static const float alike = 0.82F;

static bool has(const kh_strs *list, kh_str s)
{
    KH_EACH(const kh_str, x, *list) {
        if (kh_str_eq(*x, s)) {
            return true;
        }
    }
    return false;
}

/* A name that is looked for: as written, folded, and its class strings with and without an Arabic article. */
typedef struct wanted {
    kh_str folded, sound, bare;
    kh_map judged; /* label -> 1: alike, 2: not */
} wanted;

static bool is_alike(kh_arena *out, kh_arena scratch, wanted *w, const kh_name_sound *name)
{
    bool fresh = false;
    uint32_t *judged = kh_map_put(out, &w->judged, kh_hash(name->label), &fresh);
    if (fresh) {
        float plain = kh_sound_likeness(scratch, w->sound, name->sound);
        float bare = kh_str_eq(w->bare, w->sound) || plain >= alike ? plain : kh_sound_likeness(scratch, w->bare, name->sound);
        *judged = plain >= alike || bare >= alike ? 1 : 2;
    }
    return *judged == 1;
}

/* Has article ID a name that sounds as wanted? Its spelling goes to *spelling, empty where it is the query's own. */
static bool is_named(kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, wanted *w, kh_str *spelling)
{
    kh_name_sounds names = {0};
    kh_arena text = kh_arena_split(&scratch);
    kh_status status = kh_store_names_of(store, &text, id, &names, NULL);
    KH_EACH(const kh_name_sound, name, names) {
        if (!status && is_alike(out, scratch, w, name)) {
            bool same = kh_str_eq(kh_fold_key(&text, name->label), w->folded);
            *spelling = same ? (kh_str){0} : kh_arena_copy(out, name->label);
            return true;
        }
    }
    return false;
}

typedef struct named {
    kh_ids articles;
    kh_strs spellings; /* beside ARTICLES: empty where it is the query's own */
} named;

static kh_status by_sound(kh_store *store, kh_arena *out, kh_arena scratch, kh_str query, const kh_text *words, named *n, kh_error *err)
{
    kh_ids candidates = {0};
    kh_arena hashes_room = kh_arena_split(&scratch);
    kh_u64s hashes = kh_story_sounds(&hashes_room, words);
    wanted w = {.folded = kh_fold_key(out, query), .sound = kh_sound_of(out, query), .bare = kh_sound_bare_of(out, query)};
    kh_status status = kh_store_with_features(store, &hashes_room, scratch, &hashes, VERIFIED_MAX, &candidates, err);
    for (size_t i = 0; i < candidates.count && !status; i++) {
        kh_str spelling = {0};
        if (is_named(store, out, scratch, candidates.items[i], &w, &spelling)) {
            *KH_ADD(out, &n->articles) = candidates.items[i];
            *KH_ADD(out, &n->spellings) = spelling;
        }
    }
    return status;
}

static kh_status by_name(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, kh_str query, named *n, kh_error *err)
{
    const kh_text *words = kh_text_of(out, query);
    if (words->tokens.count == 0 || words->tokens.count > NAME_WORDS_MAX) {
        return KH_OK;
    }
    kh_str known = kh_names_lookup(kh_engine_names(engine), scratch, query);
    if (known.len) {
        return kh_store_with_known(store, out, known, NAMED_MAX, &n->articles, err);
    }
    return by_sound(store, out, scratch, query, words, n, err);
}

static void set_names(kh_arena *out, const named *n, kh_search_view *view)
{
    for (size_t i = 0; i < n->spellings.count; i++) {
        kh_str spelling = n->spellings.items[i];
        if (spelling.len && !has(&view->spellings, spelling) && view->spellings.count < SPELLINGS_MAX) {
            *KH_ADD(out, &view->spellings) = spelling;
        }
        KH_EACH(kh_search_row, row, view->rows) {
            if (row->article == n->articles.items[i] && kh_span_empty(row->found)) {
                row->name = spelling;
            }
        }
    }
}

kh_status kh_room_search(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_filter *filter,
                         kh_search_view *view, kh_error *err)
{
    named n = {0};
    kh_status status = by_name(engine, store, out, scratch, filter->words, &n, err);
    kh_find find = {.filter = *filter, .also = &n.articles};
    status = status ? status : kh_store_find_page(store, out, scratch, &find, view, err);
    if (!status) {
        set_names(out, &n, view);
        kh_facets_label(engine, view->facets);
    }
    return status;
}

kh_status kh_room_matching(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_watch_list *list,
                           kh_ids *articles, kh_error *err)
{
    named n = {0};
    kh_status status = list->name.len ? by_name(engine, store, out, scratch, list->name, &n, err) : KH_OK;
    kh_find find = {.filter = list->filter, .also = list->name.len ? &n.articles : NULL};
    return status ? status : kh_store_find_ids(store, out, scratch, &find, articles, err);
}

void kh_facets_label(const kh_engine *engine, kh_facets *facets)
{
    KH_EACH(kh_facet, f, facets[KH_FACET_AGENCY]) {
        f->label = kh_engine_agency_label(engine, f->value);
    }
    KH_EACH(kh_facet, f, facets[KH_FACET_PLACE]) {
        kh_str label = kh_names_label(kh_engine_names(engine), f->value);
        f->label = label.len ? label : f->value;
    }
}
