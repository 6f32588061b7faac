/* remove.c - which articles are to go, and that either all of them do or none.
 *
 * Decides by the same names as everywhere. Of two names of one article ("en01-halyard" and its address) the second finds
 * nothing to do. What goes with an article is decided in store/remove.c.
 */
#include "engine/remove.h"

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

kh_status kh_remove(kh_store *store, kh_arena scratch, const kh_str *refs, size_t count, kh_error *err)
{
    int64_t *ids = KH_NEW_N(&scratch, int64_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        ids[i] = kh_store_find(store, refs[i]);
        if (!ids[i]) {
            return kh_fail(err, KH_ERR_NOINPUT, "no_such_article", KH_FMT ": no article of the store has this name; nothing was deleted",
                           KH_ARG(refs[i]));
        }
    }
    kh_status status = remove_all(store, scratch, ids, count, err);
    return status ? status : kh_store_sweep(store, err);
}
