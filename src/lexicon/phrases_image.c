/* phrases_image.c - sets of phrases that were made when the program was built.
 *
 * Decides nothing. The tables hold some 400,000 forms; to fold and hash them all was what a short command waited for
 * most. So gen/phrases.c, a program of the build, makes the large sets as any program does, and writes them as they lie in
 * memory; khabar carries these bytes as constants and takes a set from there by its name, "names.known". Only if the tables
 * of that set are the very ones: where a user's folder adds to them it is made from text as ever.
 *
 * Form: a header, a record for each set, the arrays of each at multiples of 64 bytes. Sizes and byte order are those
 * of the machine that it is built for; the file never leaves the build.
 *
 * Gets wrong: nothing it knows of; test_phrases.c holds both ways side by side.
 */
#include "lexicon/embedded.h"
#include "lexicon/phrases_parts.h"

enum { NAME_BYTES = 32, ALIGN = 64 };

typedef enum array { KEYS, VALUES, ENDS, WORDS, STEMS, WHOLE_STEMS, ARRAYS } array;

typedef struct record {
    char name[NAME_BYTES];
    uint64_t version;    /* of the tables that it was made of */
    uint64_t at[ARRAYS]; /* bytes from the beginning of the image */
    uint64_t nodes, room, ends;
    uint64_t stem_min, stem_max;
    uint64_t masks[3];
    uint8_t short_stems[8];
} record;

typedef struct header {
    uint64_t sets;
    uint64_t unused[7];
} header;

/* ---- writing ---- */

static uint64_t put_array(kh_buf *image, const void *items, size_t bytes)
{
    while (image->len % ALIGN) {
        kh_buf_char(image, 0);
    }
    uint64_t at = image->len;
    kh_buf_add(image, (kh_str){items, bytes});
    return at;
}

/* With the bits that sieves of several sets have, so that these can be made of it. */
static uint64_t put_sieve(kh_buf *image, kh_arena scratch, const kh_phrase_sieve *s, uint64_t *mask)
{
    uint64_t bits = s->mask + 1 < KH_SIEVE_SHARED_BITS ? KH_SIEVE_SHARED_BITS : s->mask + 1;
    kh_phrase_sieve wide = *s;
    kh_phrase_sieve_room(&scratch, &wide, bits);
    *mask = wide.mask;
    return put_array(image, wide.bits, bits / 8);
}

/* Padding would differ from one build to the next. */
static uint64_t put_ends(kh_buf *image, kh_arena scratch, const kh_phrases *set)
{
    kh_phrase_end *clean = KH_NEW_N(&scratch, kh_phrase_end, set->ends.count);
    for (size_t i = 0; i < set->ends.count; i++) {
        const kh_phrase_end *e = &set->ends.items[i];
        clean[i].value = e->value;
        clean[i].next = e->next;
        clean[i].lang = e->lang;
        clean[i].ambiguous = e->ambiguous;
    }
    return put_array(image, clean, set->ends.count * sizeof *clean);
}

static record put_set(kh_buf *image, kh_arena scratch, const kh_named_phrases *named)
{
    const kh_phrases *set = named->set;
    record r = {.version = named->version,
                .nodes = set->nodes.count,
                .room = set->nodes.room,
                .ends = set->ends.count,
                .stem_min = set->stem_min,
                .stem_max = set->stem_max,
                .short_stems = {set->short_stems[0], set->short_stems[1]}};
    for (size_t i = 0; named->name[i] && i + 1 < NAME_BYTES; i++) {
        r.name[i] = named->name[i];
    }
    r.at[KEYS] = put_array(image, set->nodes.keys, set->nodes.room * sizeof *set->nodes.keys);
    r.at[VALUES] = put_array(image, set->nodes.values, set->nodes.room * sizeof *set->nodes.values);
    r.at[ENDS] = put_ends(image, scratch, set);
    r.at[WORDS] = put_sieve(image, scratch, &set->words, &r.masks[0]);
    r.at[STEMS] = put_sieve(image, scratch, &set->stems, &r.masks[1]);
    r.at[WHOLE_STEMS] = put_sieve(image, scratch, &set->whole_stems, &r.masks[2]);
    return r;
}

kh_str kh_phrases_image(kh_arena *out, kh_arena scratch, const kh_named_sets *sets)
{
    kh_buf image = {.arena = out};
    header h = {.sets = sets->count};
    record *records = KH_NEW_N(&scratch, record, sets->count + 1);
    kh_buf_add(&image, (kh_str){(const char *)&h, sizeof h});
    kh_buf_add(&image, (kh_str){(const char *)records, sets->count * sizeof *records});
    for (size_t i = 0; i < sets->count; i++) {
        records[i] = put_set(&image, scratch, &sets->items[i]);
    }
    memcpy(image.ptr + sizeof h, records, sets->count * sizeof *records);
    return kh_buf_str(&image);
}

/* ---- taking ---- */

/* The constant array at AT. Nothing is written to it: a ready set takes no more forms. */
static void *array_at(uint64_t at)
{
    return (void *)(uintptr_t)(kh_phrase_image + at);
}

static kh_phrases *take(kh_arena *out, const record *r)
{
    kh_phrases *set = KH_NEW(out, kh_phrases);
    set->ready = true;
    set->nodes = (kh_map){.keys = array_at(r->at[KEYS]), .values = array_at(r->at[VALUES]), .count = r->nodes, .room = r->room};
    set->ends.items = array_at(r->at[ENDS]);
    set->ends.count = set->ends.room = r->ends;
    set->stem_min = r->stem_min;
    set->stem_max = r->stem_max;
    set->short_stems[0] = r->short_stems[0];
    set->short_stems[1] = r->short_stems[1];
    kh_phrase_sieve *const sieves[] = {&set->words, &set->stems, &set->whole_stems};
    for (size_t i = 0; i < 3; i++) {
        sieves[i]->bits = array_at(r->at[WORDS + i]);
        sieves[i]->mask = r->masks[i];
    }
    return set;
}

kh_phrases *kh_phrases_from_image(kh_arena *out, const char *name, uint64_t version)
{
    const header *h = (const header *)kh_phrase_image;
    const record *records = (const record *)(kh_phrase_image + sizeof *h);
    for (size_t i = 0; i < h->sets; i++) {
        if (records[i].version == version && strncmp(records[i].name, name, NAME_BYTES) == 0) {
            return take(out, &records[i]);
        }
    }
    return NULL;
}

bool kh_phrases_are_ready(const kh_phrases *set)
{
    return set->ready;
}
