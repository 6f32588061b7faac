/* shelf.c - what stages make of their tables, kept as bytes in the program.
 *
 * Decides whether a stage's knowledge comes from the build or is made now. To fold, cut and hash half a million forms was what a
 * short command waited for most. gen/shelves.c, a program of the build, has all stages make their knowledge once and writes it as
 * it lies in memory; khabar carries these bytes as constants, with no pointer among them, so that nothing is relocated and only
 * what is looked at is read from the disk.
 *
 * Example: the user's folder has languages/fa/places.txt. The shelves "names", "quotations" and "story", which asked for places
 * when the program was built, are made from text; "language" and all others come as they are.
 *
 * Form: a header, a record for each shelf; the names of its tables; the values of all its things, one behind the other; the arrays
 * at multiples of 64 bytes, in the same order. Sizes and byte order are those of the machine that it is built for: the file never
 * leaves the build, and a build for another machine runs gen/shelves.c in an emulator of it (CMAKE_CROSSCOMPILING_EMULATOR). A
 * shelf is read as it was written, by the functions that its stage names, so neither needs a directory.
 *
 * Gets wrong: knowledge that a stage takes from another stage, not from tables, is not noted; a stage whose filled things depend
 * on another's must open its own shelf around both. test_shelf.c makes all anew and compares byte by byte.
 */
#include "lexicon/shelf.h"

#include "lexicon/embedded.h"

#include <stddef.h>
#include <string.h>

enum { NAME_BYTES = 32, ALIGN = 64 };

typedef struct record {
    char name[NAME_BYTES];
    uint64_t version;              /* of its tables: kh_lexicon_tables_version */
    uint64_t tables, tables_bytes; /* their names with spaces between; bytes from the beginning of the image */
    uint64_t values, arrays;       /* where its own begin */
} record;

typedef struct header {
    uint64_t count; /* of records, which follow */
} header;

typedef struct thing {
    void *thing;
    kh_shelf_parts *parts;
} thing;

struct kh_shelf {
    kh_arena *out;
    const char *name;
    const char *values, *arrays; /* what is taken next; NULL: not ready */
    kh_shelves *gathering;       /* NULL but in the build */
    kh_shelf *around;            /* in the build: the shelf that was open before */
    kh_strs tables;              /* in the build: asked for so far */
    KH_LIST(thing) things;       /* in the build: to be written */
};

struct kh_shelves {
    kh_arena *out;
    const kh_lexicon *lex;
    kh_shelf *open; /* the innermost */
    KH_LIST(record) records;
    kh_buf tables, values, arrays; /* of all records; their places count from the beginning of each */
};

/* ---- taking ---- */

static const record *find(const kh_lexicon *lex, const char *name)
{
    const header *h = (const header *)kh_shelves_built;
    const record *records = (const record *)(kh_shelves_built + sizeof *h);
    for (size_t i = 0; i < h->count; i++) {
        const record *r = &records[i];
        if (strncmp(r->name, name, NAME_BYTES) == 0) {
            kh_str tables = {kh_shelves_built + r->tables, r->tables_bytes};
            return r->version == kh_lexicon_tables_version(lex, tables) ? r : NULL;
        }
    }
    return NULL;
}

kh_shelf *kh_shelf_open(kh_arena *out, const kh_lexicon *lex, const char *name)
{
    kh_shelf *shelf = KH_NEW(out, kh_shelf);
    *shelf = (kh_shelf){.out = out, .name = name, .gathering = kh_lexicon_gathering(lex)};
    const record *r = shelf->gathering ? NULL : find(lex, name);
    if (r) {
        shelf->values = kh_shelves_built + r->values;
        shelf->arrays = kh_shelves_built + r->arrays;
    } else if (shelf->gathering) {
        shelf->around = shelf->gathering->open;
        shelf->gathering->open = shelf;
    }
    return shelf;
}

bool kh_shelf_is_ready(const kh_shelf *shelf)
{
    return shelf->values != NULL;
}

kh_arena *kh_shelf_room(const kh_shelf *shelf)
{
    return shelf->out;
}

void kh_shelf_put(kh_shelf *shelf, void *thing_put, kh_shelf_parts *parts)
{
    if (shelf->values) {
        parts(shelf, thing_put);
    } else if (shelf->gathering) {
        *KH_ADD(shelf->out, &shelf->things) = (thing){thing_put, parts};
    }
}

/* ---- writing ---- */

void kh_shelves_note(kh_shelves *shelves, kh_str table)
{
    for (kh_shelf *shelf = shelves->open; shelf; shelf = shelf->around) {
        bool known = false;
        KH_EACH(const kh_str, t, shelf->tables) {
            known = known || kh_str_eq(*t, table);
        }
        if (!known) {
            *KH_ADD(shelf->out, &shelf->tables) = table;
        }
    }
}

static void align(kh_buf *bytes)
{
    while (bytes->len % ALIGN) {
        kh_buf_char(bytes, 0);
    }
}

void kh_shelf_value(kh_shelf *shelf, void *value, size_t bytes)
{
    if (shelf->values) {
        memcpy(value, shelf->values, bytes);
        shelf->values += bytes;
    } else {
        kh_buf_add(&shelf->gathering->values, (kh_str){value, bytes});
    }
}

/* Nothing is written to an array that is taken: what is filled takes nothing more. */
void kh_shelf_bytes(kh_shelf *shelf, void **items, size_t bytes)
{
    if (shelf->values) {
        *items = bytes ? (void *)(uintptr_t)shelf->arrays : NULL;
        shelf->arrays += (bytes + ALIGN - 1) / ALIGN * ALIGN;
    } else if (bytes) {
        kh_buf_add(&shelf->gathering->arrays, (kh_str){*items, bytes});
        align(&shelf->gathering->arrays);
    }
}

void kh_shelf_str(kh_shelf *shelf, kh_str *s)
{
    KH_SHELF_VALUE(shelf, s->len);
    if (shelf->values) {
        s->ptr = shelf->values;
        shelf->values += s->len;
    } else {
        kh_buf_add(&shelf->gathering->values, *s);
    }
}

void *kh_shelf_items(kh_shelf *shelf, void *items, size_t size, size_t count)
{
    return shelf->values ? kh_arena_push(shelf->out, size, _Alignof(max_align_t), count) : items;
}

void kh_shelf_close(kh_shelf *shelf)
{
    kh_shelves *all = shelf->gathering;
    if (!all) {
        return;
    }
    all->open = shelf->around;
    record *r = KH_ADD(all->out, &all->records);
    *r = (record){.tables = all->tables.len, .values = all->values.len, .arrays = all->arrays.len};
    for (size_t i = 0; shelf->name[i] && i + 1 < NAME_BYTES; i++) {
        r->name[i] = shelf->name[i];
    }
    KH_EACH(const kh_str, table, shelf->tables) {
        kh_buf_add(&all->tables, *table);
        kh_buf_char(&all->tables, ' ');
    }
    r->tables_bytes = all->tables.len - r->tables;
    r->version = kh_lexicon_tables_version(all->lex, kh_str_from(kh_buf_str(&all->tables), r->tables));
    KH_EACH(const thing, t, shelf->things) {
        t->parts(shelf, t->thing);
    }
}

kh_shelves *kh_shelves_gather(kh_arena *out, kh_lexicon *lex)
{
    kh_shelves *all = KH_NEW(out, kh_shelves);
    *all = (kh_shelves){.out = out, .lex = lex, .tables.arena = out, .values.arena = out, .arrays.arena = out};
    kh_lexicon_gather(lex, all);
    return all;
}

kh_str kh_shelves_image(kh_arena *out, const kh_shelves *all)
{
    kh_buf image = {.arena = out};
    header h = {.count = all->records.count};
    size_t tables = sizeof h + h.count * sizeof(record);
    size_t values = tables + all->tables.len;
    size_t arrays = (values + all->values.len + ALIGN - 1) / ALIGN * ALIGN;
    kh_buf_add(&image, (kh_str){(const char *)&h, sizeof h});
    KH_EACH(const record, r, all->records) {
        record placed = *r;
        placed.tables += tables;
        placed.values += values;
        placed.arrays += arrays;
        kh_buf_add(&image, (kh_str){(const char *)&placed, sizeof placed});
    }
    kh_buf_add(&image, kh_buf_str(&all->tables));
    kh_buf_add(&image, kh_buf_str(&all->values));
    align(&image);
    kh_buf_add(&image, kh_buf_str(&all->arrays));
    return kh_buf_str(&image);
}

/* ---- maps ---- */

static void map_parts(kh_shelf *shelf, void *thing_put)
{
    kh_map *map = thing_put;
    KH_SHELF_VALUE(shelf, map->count);
    KH_SHELF_VALUE(shelf, map->room);
    KH_SHELF_ARRAY(shelf, map->keys, map->room);
    KH_SHELF_ARRAY(shelf, map->values, map->room);
}

void kh_map_on(kh_shelf *shelf, kh_map *map)
{
    kh_shelf_put(shelf, map, map_parts);
}
