/* check.c - the bytes that were kept of each page, and of what it was before, are those that arrived.
 *
 * Decides by the sum that was taken when the page arrived (custody): bytes that cannot be unpacked, or have another sum, were
 * changed in the file, by a disk or by hand. Of all such the first is named: `khabar delete` it and add the page again, or
 * restore a copy; which of the two only its owner can tell. A revision has the sum of its own time.
 *
 * Gets wrong: the texts of revisions, which have no sum of their own, are not held against their bytes.
 */
#include "engine/check.h"

#include "engine/sha256.h"

#include <string.h>

/* The bytes of article ID are what they were; true too where none were kept. */
static bool is_as_it_arrived(kh_store *store, kh_arena scratch, int64_t id)
{
    kh_str bytes = {0};
    kh_error err = {0};
    kh_status status = kh_store_raw(store, &scratch, id, &bytes, &err);
    if (status) {
        return strcmp(err.reason, "no_raw") == 0;
    }
    return kh_str_eq(kh_sha256_hex(&scratch, bytes), kh_store_sum(store, &scratch, id));
}

static void tell_sums(kh_store *store, kh_arena *out, kh_check *result, size_t wrong, const char *what, int64_t first, const char *advice)
{
    if (wrong) {
        *KH_ADD(out, &result->problems) =
            kh_arena_printf(out,
                            "%zu %s have other bytes than arrived, such as " KH_FMT "; khabar delete %s, or restore a copy of the file",
                            wrong, what, KH_ARG(kh_store_key(store, out, first)), advice);
    }
}

static kh_status check_sums(kh_store *store, kh_arena *out, kh_arena scratch, kh_check *result, kh_error *err)
{
    kh_ids ids = {0};
    int64_t first = 0;
    size_t wrong = 0;
    kh_arena room = scratch;
    kh_status status = kh_store_ids(store, &room, INT64_MIN, &ids, err);
    for (size_t i = 0; i < ids.count && !status; i++) {
        if (!is_as_it_arrived(store, room, ids.items[i])) {
            first = first ? first : ids.items[i];
            wrong++;
        }
    }
    tell_sums(store, out, result, wrong, "articles", first, "them and add their pages again");
    return status;
}

/* What addresses held before: the same, by the sum of that time. */
static kh_status check_revisions(kh_store *store, kh_arena *out, kh_arena scratch, kh_check *result, kh_error *err)
{
    kh_ids ids = {0};
    int64_t first = 0;
    size_t wrong = 0;
    kh_status status = kh_store_revision_ids(store, &scratch, &ids, err);
    for (size_t i = 0; i < ids.count && !status; i++) {
        kh_arena room = scratch;
        kh_revision_bytes r;
        bool unpacked = kh_store_revision_raw(store, &room, ids.items[i], &r, err) == KH_OK;
        if (!unpacked || !kh_str_eq(kh_sha256_hex(&room, r.bytes), r.sha256)) {
            first = first ? first : r.article;
            wrong++;
        }
    }
    tell_sums(store, out, result, wrong, "revisions", first,
              "these articles, which takes their revisions along, and add their pages again");
    return status;
}

kh_status kh_check_store(kh_store *store, kh_arena *out, kh_arena scratch, kh_check *result, kh_error *err)
{
    kh_status status = kh_store_check(store, out, result, err);
    if (!status && !result->damaged) {
        status = check_sums(store, out, scratch, result, err);
        status = status ? status : check_revisions(store, out, scratch, result, err);
    }
    return status;
}
