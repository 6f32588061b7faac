/* shelf.h - what a stage makes of its tables, made once, when the program is built.
 *
 * A stage opens the shelf of its name, says which of its things lie there, and fills them unless they come filled:
 *
 *     kh_shelf *shelf = kh_shelf_open(out, lex, "story");
 *     know->concepts = kh_phrases_on(shelf);
 *     kh_map_on(shelf, &know->stopwords);
 *     if (!kh_shelf_is_ready(shelf)) {
 *         ... kh_lexicon_rows, kh_phrases_add, kh_map_put ...
 *     }
 *     kh_shelf_close(shelf);
 *
 * They come filled where every table that the stage asked for when the program was built is still what it was: no file of the
 * user's folder adds to it. Nobody lists these tables: kh_lexicon_rows and kh_lexicon_world take note of what is asked for
 * between open and close. What is filled lies in the program's constants and takes nothing more; kh_phrases_add passes over it.
 */
#ifndef KHABAR_LEXICON_SHELF_H
#define KHABAR_LEXICON_SHELF_H

#include "base/buf.h"
#include "lexicon/lexicon.h"

typedef struct kh_shelf kh_shelf;

/* NAME has at most 31 bytes. Shelves may be open within others. */
kh_shelf *kh_shelf_open(kh_arena *out, const kh_lexicon *lex, const char *name);
bool kh_shelf_is_ready(const kh_shelf *shelf);
void kh_shelf_close(kh_shelf *shelf);
kh_arena *kh_shelf_room(const kh_shelf *shelf); /* the arena that its things are made in */

kh_phrases *kh_phrases_on(kh_shelf *shelf); /* an empty set, or the filled one */
void kh_map_on(kh_shelf *shelf, kh_map *map);

/* Of SETS, of this shelf or of others within it, at most KH_SIEVE_SETS_MAX, once all forms have been added to them. */
kh_sieve *kh_sieve_on(kh_shelf *shelf, const kh_phrases *const sets[], size_t count);

/* THING lies on the shelf, its parts named by PARTS, one function for both ways: it is called at once where the shelf is ready,
 * and when the shelf is closed where the program is being built. A field that PARTS forgets is zero at the next start: test/cli/shelves.sh
 * sees it only where a page comes out otherwise, so structs say that they lie on a shelf. */
typedef void kh_shelf_parts(kh_shelf *shelf, void *thing);
void kh_shelf_put(kh_shelf *shelf, void *thing, kh_shelf_parts *parts);

/* Within PARTS: the BYTES of *VALUE, copied; the array of BYTES that ITEMS, a pointer, is set to. No byte of either may be padding
 * or of a pointer. */
void kh_shelf_value(kh_shelf *shelf, void *value, size_t bytes);
void kh_shelf_str(kh_shelf *shelf, kh_str *s);
void kh_shelf_bytes(kh_shelf *shelf, void **items, size_t bytes);
#define KH_SHELF_VALUE(shelf, value) kh_shelf_value((shelf), &(value), sizeof(value))
#define KH_SHELF_ARRAY(shelf, items, count)                                  \
    do {                                                                     \
        void *bytes_of_items = (items);                                      \
        kh_shelf_bytes((shelf), &bytes_of_items, (count) * sizeof *(items)); \
        (items) = bytes_of_items;                                            \
    } while (0)

#define KH_SHELF_LIST(shelf, list)                           \
    do {                                                     \
        KH_SHELF_VALUE((shelf), (list).count);               \
        KH_SHELF_ARRAY((shelf), (list).items, (list).count); \
        (list).room = (list).count;                          \
    } while (0)

/* The same for items that have strings or padding: room for as many is made, and PARTS goes on to name the fields of each. */
#define KH_SHELF_ROOM(shelf, list)                                                                       \
    do {                                                                                                 \
        KH_SHELF_VALUE((shelf), (list).count);                                                           \
        void *room_of_items = kh_shelf_items((shelf), (list).items, sizeof *(list).items, (list).count); \
        (list).items = room_of_items;                                                                    \
        (list).room = (list).count;                                                                      \
    } while (0)
void *kh_shelf_items(kh_shelf *shelf, void *items, size_t size, size_t count);

/* ---- in the build: gen/shelves.c ---- */

/* From now on nothing comes filled from LEX, and what is closed is gathered, in memory of OUT. */
kh_shelves *kh_shelves_gather(kh_arena *out, kh_lexicon *lex);

void kh_shelves_note(kh_shelves *shelves, kh_str table); /* TABLE is asked for */

/* All that was gathered, as bytes for kh_shelves_built. */
kh_str kh_shelves_image(kh_arena *out, const kh_shelves *shelves);

#endif
