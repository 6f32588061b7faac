/* furniture.c - where the pure rule of prints/furniture.c meets the postings.
 *
 * Nothing is stored beside the postings: what an outlet repeats is asked when a page is compared, so that the answer
 * does not depend on the order in which its pages came. It costs one look-up for each print, about a hundred for an
 * article of 400 words.
 */
#include "engine/furniture.h"

kh_status kh_furniture_mark(kh_store *store, kh_arena *out, kh_arena scratch, kh_article *a, kh_error *err)
{
    if (!store || !a->outlet.value.len || a->furniture.count) {
        return KH_OK;
    }
    kh_arena temporary = kh_arena_split(&scratch);
    kh_map repeated = {0};
    kh_status status =
        kh_store_repeated(store, &temporary, scratch, a->outlet.value, a->id, &a->prints, KH_FURNITURE_PAGES, &repeated, err);
    if (!status && repeated.count) {
        a->furniture = kh_prints_furniture(out, scratch, a, &repeated);
        a->prints = a->furniture.count ? kh_prints_of(out, scratch, a) : a->prints;
    }
    return status;
}
