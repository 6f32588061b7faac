/* repeats.c - further mentions of the persons, places and organisations that were found.
 *
 * Decides: once "تيمور كاراسوف" is known to be a person, كاراسوف alone is too, also behind a proclitic,
 * and so is a free word that only sounds like it and swaps or changes a letter (أبليازوف, ألبيازوف). Of an
 * unknown place or organisation all its words must come again.
 *
 * Gets wrong: a surname that is also a common word, where the table of common words does not hold it.
 */
#include "names/internal.h"

#include <string.h>

enum { SOUND_MIN = 5, CLITICS_MAX = 4, MODELS_MAX = 256, SOUND_TOKENS_MAX = 20000 };

/* Key bytes of proclitics in front of KEY that leave REST; SIZE_MAX when they do not. */
static size_t clitics_before(const kh_finder *f, kh_str key, kh_str rest)
{
    if (key.len < rest.len || key.len > rest.len + CLITICS_MAX) {
        return SIZE_MAX;
    }
    size_t extra = key.len - rest.len;
    if (extra == 0) {
        return kh_str_eq(key, rest) ? 0 : SIZE_MAX;
    }
    bool fits = f->arabic && rest.len >= 6 && kh_str_ends(key, rest);
    for (size_t i = 0; fits && i < extra; i += 2) {
        static const char letters[] = "وفبلک";
        bool found = false;
        for (size_t k = 0; k + 1 < sizeof letters; k += 2) {
            found = found || memcmp(letters + k, key.ptr + i, 2) == 0;
        }
        fits = found;
    }
    return fits ? extra : SIZE_MAX;
}

static void add_again(kh_finder *f, size_t first, size_t end, size_t clitic, const kh_spot *model)
{
    kh_spot s = {.span = kh_text_span(f->text, first, end),
                 .first = (uint32_t)first,
                 .end = (uint32_t)end,
                 .entry = model->entry,
                 .type = model->type};
    s.span.begin = kh_text_inside(f->text, first, clitic);
    kh_finder_add(f, s);
}

static bool is_free(const kh_finder *f, size_t i)
{
    return !f->taken[i] && !f->skipped[i] && f->text->tokens.items[i].kind == KH_WORD;
}

/* All words of MODEL again at AT. */
static bool again_whole(kh_finder *f, size_t at, const kh_spot *model)
{
    const kh_token *t = f->text->tokens.items;
    size_t clitic = clitics_before(f, t[at].key, t[model->first].key);
    size_t words = model->end - model->first;
    if (clitic == SIZE_MAX || !kh_finder_same_line(f, at, at + words - 1)) {
        return false;
    }
    for (size_t k = 1; k < words; k++) {
        if (t[at + k].hash != t[model->first + k].hash) {
            return false;
        }
    }
    bool lower = kh_finder_cased(&t[at]) && (t[model->first].flags & KH_CAPITAL) && !(t[at].flags & KH_CAPITAL);
    if (lower) {
        return false;
    }
    add_again(f, at, at + words, clitic, model);
    return true;
}

/* A Russian or Turkish case ending makes a longer or other word of the same beginning. */
static bool again_inflected(kh_finder *f, size_t at, const kh_spot *model)
{
    const kh_token *t = f->text->tokens.items;
    kh_str key = t[at].key, stem = t[model->end - 1].key;
    if (t[at].script != KH_SCRIPT_CYRILLIC || !(t[at].flags & KH_CAPITAL) || model->end != model->first + 1 || stem.len < 8) {
        return false;
    }
    size_t same = 0;
    while (same < key.len && same < stem.len && key.ptr[same] == stem.ptr[same]) {
        same++;
    }
    if (same + 2 < stem.len || key.len > same + 6 || same < 8) {
        return false;
    }
    add_again(f, at, at + 1, 0, model);
    return true;
}

static bool may_be(kh_str a, kh_str sound)
{
    size_t far = a.len > sound.len ? a.len - sound.len : sound.len - a.len;
    return a.len >= SOUND_MIN && far <= 2 && kh_sound_may_match(a, sound);
}

/* How one word of the text sounds; found out when the first model asks, and the same for all. */
typedef struct heard {
    bool known;
    kh_str whole;
    kh_str rest; /* without a proclitic; empty when it has none */
    kh_arena room;
} heard;

static void hear(const kh_finder *f, kh_str key, heard *h)
{
    bool clitic = f->arabic && key.len > 8 && clitics_before(f, key, kh_str_from(key, 2)) == 2;
    *h = (heard){.known = true, .room = *f->scratch};
    h->whole = kh_sound_of(&h->room, key);
    h->rest = clitic ? kh_sound_of(&h->room, kh_str_from(key, 2)) : (kh_str){0};
}

/* Key bytes of proclitics before a word that sounds like SOUND; SIZE_MAX when it does not. */
static size_t sounds_again(const kh_finder *f, kh_str key, kh_str sound, heard *h)
{
    if (!h->known) {
        hear(f, key, h);
    }
    float as_it_is = may_be(h->whole, sound) ? kh_sound_likeness(h->room, h->whole, sound) : 0;
    float without = may_be(h->rest, sound) ? kh_sound_likeness(h->room, h->rest, sound) : 0;
    if (without > as_it_is && without >= 0.88F) {
        return 2;
    }
    return as_it_is >= 0.88F ? 0 : SIZE_MAX;
}

/* A concept's word that is a surname too: "کهن گفت", "وقال الفرشي". */
static bool speaks(kh_finder *f, size_t at)
{
    kh_match m;
    bool before = at > 0 && kh_finder_same_line(f, at - 1, at) && kh_finder_verb(f, at - 1, &m) && m.end == at;
    return kh_finder_concept(f, at) && (before || (kh_finder_same_line(f, at, at + 1) && kh_finder_verb(f, at + 1, &m)));
}

static bool again_surname(kh_finder *f, size_t at, const kh_spot *model, kh_str sound, heard *h)
{
    const kh_token *t = f->text->tokens.items;
    size_t clitic = clitics_before(f, t[at].key, t[model->end - 1].key);
    bool cased = kh_finder_cased(&t[at]);
    if (cased && !(t[at].flags & KH_CAPITAL)) {
        return false;
    }
    if (clitic == SIZE_MAX) {
        size_t length = sound.len > t[at].key.len ? sound.len : t[at].key.len;
        if (f->text->tokens.count > SOUND_TOKENS_MAX || sound.len < SOUND_MIN || length > 4 * sound.len ||
            t[at].script != t[model->end - 1].script || kh_finder_common(f, at)) {
            return false;
        }
        clitic = sounds_again(f, t[at].key, sound, h);
        if (clitic == SIZE_MAX) {
            return false;
        }
    } else if (!cased && kh_finder_common(f, at) && !kh_finder_given(f, at) && !speaks(f, at)) {
        return false;
    }
    bool article = at >= 2 && kh_is_dash(t[at - 1].cp) && !(t[at].flags & KH_SPACE_BEFORE) && t[at - 2].kind == KH_WORD &&
                   t[at - 2].key.len <= 3 && is_free(f, at - 2); /* as-Samad */
    add_again(f, article ? at - 2 : at, at + 1, article ? 0 : clitic, model);
    return true;
}

/* The same words are among MODELS already. */
static bool have_model(const kh_finder *f, const kh_spot *models, size_t count, const kh_spot *s)
{
    const kh_token *t = f->text->tokens.items;
    for (size_t i = 0; i < count; i++) {
        const kh_spot *m = &models[i];
        bool same = m->end - m->first == s->end - s->first && m->type == s->type;
        for (size_t k = 0; same && k < s->end - s->first; k++) {
            same = t[m->first + k].hash == t[s->first + k].hash;
        }
        if (same) {
            return true;
        }
    }
    return false;
}

void kh_names_find_repeats(kh_finder *f)
{
    kh_spots models = {0};
    kh_strs sounds = {0};
    KH_EACH(const kh_spot, s, f->spots) {
        if (models.count < MODELS_MAX && (s->entry == KH_NO_ENTRY || s->type == KH_NAME_PERSON) &&
            !have_model(f, models.items, models.count, s)) {
            *KH_ADD(f->scratch, &models) = *s;
            bool person = s->type == KH_NAME_PERSON;
            kh_str surname = f->text->tokens.items[s->end - 1].key;
            *KH_ADD(f->scratch, &sounds) = person ? kh_sound_of(f->scratch, surname) : (kh_str){0};
        }
    }
    for (size_t i = 0; i < f->text->tokens.count; i++) {
        const kh_token *t = &f->text->tokens.items[i];
        bool small = kh_finder_cased(t) && !(t->flags & KH_CAPITAL);
        heard h = {0};
        for (size_t k = 0; k < models.count && !small && is_free(f, i); k++) {
            const kh_spot *m = &models.items[k];
            if (again_whole(f, i, m) || (m->type == KH_NAME_PERSON && again_surname(f, i, m, sounds.items[k], &h)) ||
                (m->type != KH_NAME_PERSON && again_inflected(f, i, m))) {
                break;
            }
        }
    }
}
