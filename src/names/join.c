/* join.c - which mentions are one person, one place, one organisation?
 *
 * Decides within an article: equal gazetteer ids are one; a surname alone is the last person of that
 * surname who was named in full; whole names are one when surname and given name sound alike, or when one
 * has a middle name more (قاسم توكاييف, قاسم جومارت توكاييف). Two of one surname who differ in
 * the given name stay two. The label is the fullest spelling.
 *
 * Across articles kh_names_same asks the same of labels: ids decide where both have one.
 *
 * Gets wrong: a brother named by surname alone right after the other brother was named in full.
 */
#include "names/internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- two whole names ---- */

static const float SURNAME_LIKE = 0.80F;
static const float GIVEN_LIKE = 0.66F;
static const float WHOLE_LIKE = 0.86F;

static size_t word_count(kh_str sound)
{
    size_t words = sound.len > 0;
    for (size_t i = 0; i < sound.len; i++) {
        words += sound.ptr[i] == ' ';
    }
    return words;
}

static kh_str last_word(kh_str sound)
{
    size_t at = sound.len;
    while (at > 0 && sound.ptr[at - 1] != ' ') {
        at--;
    }
    return kh_str_from(sound, at);
}

static kh_str first_word(kh_str sound)
{
    const char *space = sound.len ? memchr(sound.ptr, ' ', sound.len) : NULL;
    return space ? kh_str_head(sound, (size_t)(space - sound.ptr)) : sound;
}

static bool same_person(kh_arena scratch, kh_str a, kh_str b)
{
    if (!kh_sound_may_match(last_word(a), last_word(b)) && !kh_sound_may_match(a, b)) {
        return false;
    }
    float surnames = kh_sound_likeness(scratch, last_word(a), last_word(b));
    bool both_full = word_count(a) > 1 && word_count(b) > 1;
    if (!both_full) {
        return surnames >= 0.88F || (word_count(a) == word_count(b) && kh_sound_likeness(scratch, a, b) >= WHOLE_LIKE);
    }
    bool parts = surnames >= SURNAME_LIKE && kh_sound_likeness(scratch, first_word(a), first_word(b)) >= GIVEN_LIKE;
    return parts || kh_sound_likeness(scratch, a, b) >= WHOLE_LIKE + 0.06F;
}

bool kh_names_same(kh_arena scratch, const kh_name *a, const kh_name *b)
{
    if (a->type != b->type) {
        return false;
    }
    if (a->id.len && b->id.len) {
        return kh_str_eq(a->id, b->id);
    }
    if (a->type == KH_NAME_PERSON) {
        return same_person(scratch, a->sound, b->sound);
    }
    return a->sound.len > 2 && kh_sound_likeness(scratch, a->sound, b->sound) >= WHOLE_LIKE;
}

/* ---- within the article ---- */

static int by_place(const void *a, const void *b)
{
    const kh_spot *x = a;
    const kh_spot *y = b;
    if (x->span.begin != y->span.begin) {
        return x->span.begin < y->span.begin ? -1 : 1;
    }
    return (x->span.end < y->span.end) - (x->span.end > y->span.end);
}

/* The name that SPOT, whose text sounds SOUND, belongs to; names.count for a new one. */
static size_t name_of(kh_arena scratch, const kh_article *art, const kh_spot *spot, kh_str id, kh_str sound)
{
    size_t found = art->names.count;
    bool single = word_count(sound) == 1;
    for (size_t i = art->names.count; i-- > 0;) {
        const kh_name *n = &art->names.items[i];
        bool same = n->type == spot->type && kh_str_eq(n->sound, sound) && (kh_str_eq(n->id, id) || !n->id.len || !id.len);
        if (same) {
            return i;
        }
    }
    for (size_t i = art->names.count; i-- > 0;) {
        const kh_name *n = &art->names.items[i];
        if (n->type != spot->type) {
            continue;
        }
        if (id.len && n->id.len) {
            if (kh_str_eq(id, n->id)) {
                return i;
            }
            continue;
        }
        if (n->type != KH_NAME_PERSON && !kh_str_eq(n->sound, sound)) {
            bool inflected = n->sound.len > 4 && kh_sound_may_match(n->sound, sound) && kh_sound_likeness(scratch, n->sound, sound) >= 0.8F;
            if (!inflected) {
                continue;
            }
            return i;
        }
        if (n->type != KH_NAME_PERSON || same_person(scratch, n->sound, sound)) {
            if (!single || found == art->names.count) {
                found = i;
            }
            if (!single) {
                return i;
            }
        }
    }
    return found;
}

static void name_grows(kh_arena *out, kh_name *n, kh_str label, kh_str sound, kh_str id)
{
    size_t have = word_count(n->sound), now = word_count(sound);
    n->mention_count++;
    if (now > have || (now == have && label.len > n->label.len && n->type != KH_NAME_PLACE)) {
        n->label = label;
        n->sound = kh_arena_copy(out, sound);
    }
    if (n->id.len == 0) {
        n->id = id;
    }
}

void kh_names_join(kh_arena *out, kh_arena scratch, kh_finder *f, kh_article *art)
{
    if (f->spots.count) {
        qsort(f->spots.items, f->spots.count, sizeof *f->spots.items, by_place);
    }
    kh_map sound_at = {0}; /* hash of a spelling -> its sound + 1 */
    kh_strs sounds = {0};
    KH_EACH(const kh_spot, s, f->spots) {
        kh_str label = kh_text_slice(f->text, s->span);
        bool is_new = false;
        uint32_t *at = kh_map_put(&scratch, &sound_at, kh_hash(label), &is_new);
        if (is_new) {
            *at = (uint32_t)sounds.count + 1;
            *KH_ADD(&scratch, &sounds) = kh_sound_of(&scratch, label);
        }
        kh_str sound = sounds.items[*at - 1];
        kh_str id = s->entry == KH_NO_ENTRY ? (kh_str){0} : f->know->entries.items[s->entry].id;
        size_t n = name_of(scratch, art, s, id, sound);
        if (n == art->names.count) {
            *KH_ADD(out, &art->names) = (kh_name){.type = s->type, .label = label, .id = id, .sound = kh_arena_copy(out, sound)};
        }
        name_grows(out, &art->names.items[n], label, sound, id);
        *KH_ADD(out, &art->mentions) = (kh_mention){.span = s->span, .role_span = s->role_span, .name = (uint32_t)n};
    }
}
