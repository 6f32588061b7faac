/* remove.c - which articles are to go, and that either all of them do or none.
 *
 * Decides by the same names as everywhere. Of two names of one article ("en01-halyard" and its address) the second finds
 * nothing to do. What goes with an article is decided in store/remove.c. Articles in sealed files go the same way: each file is made anew
 * without them. One that came again, changed, after its story was sealed stands in two files or more, and goes from all of them. Where a
 * removal from a sealed file was broken off, the key that the store still knows is forgotten.
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

/* One place of what is named. */
typedef struct target {
    int64_t id;
    size_t archive; /* index + 1; 0: the store itself */
} target;

typedef struct removing {
    kh_store *store;
    kh_arena *out;
    kh_archives archives;
    KH_LIST(target) targets;
    kh_strs keys; /* of which only the store still knows */
    kh_error *err;
} removing;

/* In sealed file INDEX; *key, empty as long as none was found, becomes that of the first. */
static void find_sealed(removing *r, kh_str ref, size_t index, kh_str *key)
{
    kh_store *file = kh_archive_open(&r->archives.items[index], NULL);
    int64_t id = file ? kh_store_find(file, key->len ? *key : ref) : 0;
    if (id) {
        *KH_ADD(r->out, &r->targets) = (target){id, index + 1};
        *key = key->len ? *key : kh_store_key(file, r->out, id);
    }
    kh_store_close(file);
}

/* A sealed file that the store knows to hold KEY can be read; else it may still hold it. */
static kh_status can_be_read(removing *r, kh_str key, int64_t archive)
{
    for (size_t k = 0; k < r->archives.count; k++) {
        const kh_archive *a = &r->archives.items[k];
        kh_store *file = a->id == archive ? kh_archive_open(a, NULL) : NULL;
        if (a->id == archive && !file) {
            return kh_fail(r->err, KH_ERR_NOINPUT, "no_archive",
                           KH_FMT ": stands in the sealed archive " KH_FMT ", which %s; nothing was deleted", KH_ARG(key), KH_ARG(a->path),
                           a->is_there ? "cannot be read" : "is not there");
        }
        kh_store_close(file);
    }
    return KH_OK;
}

/* Every place of REF: by its name where it is met first, elsewhere by its key. */
static kh_status find(removing *r, kh_str ref)
{
    bool same = false;
    int64_t id = kh_store_find(r->store, ref);
    kh_str key = id ? kh_store_key(r->store, r->out, id) : (kh_str){0};
    if (id) {
        *KH_ADD(r->out, &r->targets) = (target){id, 0};
    }
    int64_t archive = kh_store_sealed_article(r->store, id ? key : ref, (kh_str){0}, &same);
    for (size_t k = 0; k < r->archives.count && (!id || archive); k++) {
        find_sealed(r, ref, k, &key);
    }
    if (!key.len && !archive) {
        return kh_fail(r->err, KH_ERR_NOINPUT, "no_such_article", KH_FMT ": no article of the store has this name; nothing was deleted",
                       KH_ARG(ref));
    }
    if (!key.len) {
        *KH_ADD(r->out, &r->keys) = ref;
    }
    return archive ? can_be_read(r, key.len ? key : ref, archive) : KH_OK;
}

/* Out of sealed file NUMBER (from 1; 0: the store itself) all that stands there. */
static kh_status remove_there(removing *r, kh_arena scratch, size_t number)
{
    kh_ids ids = {0};
    KH_EACH(const target, t, r->targets) {
        if (t->archive == number) {
            *KH_ADD(r->out, &ids) = t->id;
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
    KH_EACH(const kh_str, key, r->keys) {
        status = status ? status : kh_store_forget_sealed(r->store, *key, r->err);
    }
    return status;
}

kh_status kh_remove(kh_store *store, kh_arena scratch, const kh_str *refs, size_t count, kh_error *err)
{
    kh_arena out = kh_arena_split(&scratch);
    removing r = {.store = store, .out = &out, .err = err};
    kh_status status = kh_store_archives(store, &out, &r.archives, err);
    for (size_t i = 0; i < count && !status; i++) {
        status = find(&r, refs[i]);
    }
    for (size_t k = r.archives.count + 1; k > 0 && !status; k--) {
        status = remove_there(&r, scratch, k - 1);
    }
    status = status ? status : forget_keys(&r);
    return status ? status : kh_store_sweep(store, err);
}
