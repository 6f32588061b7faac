/* remove.c - which articles are to go, and that either all of them do or none.
 *
 * Decides by the same names as everywhere. Of two names of one article ("en01-halyard" and its address) the second finds
 * nothing to do. What goes with an article is decided in store/remove.c. Articles in sealed files go the same way: each file is made anew
 * without them. Where a removal from one was broken off, the key that the store still knows is forgotten.
 */
#include "engine/remove.h"

#include "store/archive.h"

static kh_status remove_all(kh_store *store, kh_arena scratch, const int64_t *ids, size_t count, kh_error *err)
{
    kh_status status = kh_store_begin(store, err);
    for (size_t i = 0; i < count && !status; i++) {
        status = kh_store_delete(store, scratch, ids[i], err);
    }
    if (status) {
        kh_store_rollback(store);
        return status;
    }
    return kh_store_commit(store, err);
}

/* The place of what is named: an article of the store, one of a sealed file, or a key of which only the store still knows. */
typedef struct target {
    int64_t id;      /* 0: only a key */
    size_t archive;  /* index + 1; 0: the store itself */
} target;

typedef struct removing {
    kh_store *store;
    kh_arena *out;
    kh_archives archives;
    target *targets;
    const kh_str *refs;
    size_t count;
    kh_error *err;
} removing;

static kh_status find(removing *r, size_t i)
{
    kh_str ref = r->refs[i];
    target *t = &r->targets[i];
    *t = (target){.id = kh_store_find(r->store, ref)};
    for (size_t k = 0; k < r->archives.count && !t->id; k++) {
        kh_store *file = kh_archive_open(&r->archives.items[k], NULL);
        t->id = file ? kh_store_find(file, ref) : 0;
        t->archive = t->id ? k + 1 : 0;
        kh_store_close(file);
    }
    bool same = false;
    int64_t archive = t->id ? 0 : kh_store_sealed_article(r->store, ref, (kh_str){0}, &same);
    for (size_t k = 0; k < r->archives.count && archive; k++) {
        const kh_archive *a = &r->archives.items[k];
        kh_store *file = a->id == archive ? kh_archive_open(a, NULL) : NULL;
        if (a->id == archive && !file) { /* it may still hold it */
            return kh_fail(r->err, KH_ERR_NOINPUT, "no_archive", KH_FMT ": stands in the sealed archive " KH_FMT ", which %s; nothing was deleted",
                           KH_ARG(ref), KH_ARG(a->path), a->is_there ? "cannot be read" : "is not there");
        }
        kh_store_close(file);
    }
    return t->id || archive ? KH_OK
                            : kh_fail(r->err, KH_ERR_NOINPUT, "no_such_article",
                                      KH_FMT ": no article of the store has this name; nothing was deleted", KH_ARG(ref));
}

/* Out of sealed file NUMBER (from 1; 0: the store itself) all that stands there. */
static kh_status remove_there(removing *r, kh_arena scratch, size_t number)
{
    kh_ids ids = {0};
    for (size_t i = 0; i < r->count; i++) {
        if (r->targets[i].id && r->targets[i].archive == number) {
            *KH_ADD(r->out, &ids) = r->targets[i].id;
        }
    }
    if (ids.count == 0) {
        return KH_OK;
    }
    return number ? kh_archive_remove(r->store, scratch, &r->archives.items[number - 1], &ids, r->err)
                  : remove_all(r->store, scratch, ids.items, ids.count, r->err);
}

static kh_status forget_keys(removing *r)
{
    kh_status status = KH_OK;
    for (size_t i = 0; i < r->count && !status; i++) {
        status = r->targets[i].id ? KH_OK : kh_store_forget_sealed(r->store, r->refs[i], r->err);
    }
    return status;
}

kh_status kh_remove(kh_store *store, kh_arena scratch, const kh_str *refs, size_t count, kh_error *err)
{
    kh_arena out = kh_arena_split(&scratch);
    removing r = {.store = store, .out = &out, .targets = KH_NEW_N(&out, target, count + 1), .refs = refs, .count = count, .err = err};
    kh_status status = kh_store_archives(store, &out, &r.archives, err);
    for (size_t i = 0; i < count && !status; i++) {
        status = find(&r, i);
    }
    for (size_t k = r.archives.count + 1; k > 0 && !status; k--) {
        status = remove_there(&r, scratch, k - 1);
    }
    status = status ? status : forget_keys(&r);
    return status ? status : kh_store_sweep(store, err);
}
