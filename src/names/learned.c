/* learned.c - what the learned weights add to the rules, and what they take away.
 *
 * Decides, in languages that have weights (tagger.c), sentence by sentence: a name that the weights see where
 * the rules saw none is added; where both see one that touches the other, the weights' bounds and type
 * hold; a name of the rules that the weights do not see goes, unless a table knows it.
 * "خیابان انقلاب تهران": the rules see تهران alone, the weights the whole.
 *
 * Gets wrong: what the weights get wrong; the rules' reasons (a title, a verb) are features to them, no veto.
 */
#include "names/tagger.h"

#include <string.h>

static kh_name_type type_of(uint8_t tag)
{
    return tag <= KH_TAG_PER_ON ? KH_NAME_PERSON : tag <= KH_TAG_LOC_ON ? KH_NAME_PLACE : KH_NAME_ORGANISATION;
}

/* The rules' spot with the very tokens FIRST..END, NULL when there is none. */
static const kh_spot *same_spot(const kh_spots *spots, const uint32_t *at, size_t first, size_t end)
{
    const kh_spot *s = at[first] ? &spots->items[at[first] - 1] : NULL;
    return s && s->first == first && s->end == end ? s : NULL;
}

/* The name FIRST..END as a spot: the rules' own where they had the same one, with its role. */
static kh_spot spot_of(const kh_finder *f, const kh_spots *old, const uint32_t *at, size_t first, size_t end, uint8_t tag)
{
    const kh_spot *same = same_spot(old, at, first, end);
    bool country =
        tag == KH_TAG_PER && end == first + 1 && !kh_finder_given(f, first) && kh_finder_ends_as_country(&f->text->tokens.items[first]);
    kh_spot s = {.span = kh_text_span(f->text, first, end),
                 .first = (uint32_t)first,
                 .end = (uint32_t)end,
                 .entry = KH_NO_ENTRY,
                 .type = country ? KH_NAME_PLACE : type_of(tag)};
    if (same) {
        bool known = same->entry != KH_NO_ENTRY && same->type != s.type;
        kh_name_type type = known ? same->type : s.type;
        s = *same;
        s.type = type;
        return s;
    }
    const kh_spot *opens = at[first] ? &old->items[at[first] - 1] : NULL;
    if (opens && opens->first == first) {
        s.span.begin = opens->span.begin; /* without a proclitic */
        s.role_span = opens->role_span;
    }
    return s;
}

/* A spot of the rules that the weights do not touch: kept when a table knows it, a title stands beside it, or
 * its words come again and no table knows one of them. */
static bool is_kept(const kh_tagging *t, const kh_spot *s, const uint8_t *tags)
{
    bool free_words = kh_finder_occurs(t->f, s->first) > 1;
    for (size_t i = s->first; i < s->end; i++) {
        if (tags[i] != KH_TAG_OUT) {
            return false;
        }
        free_words = free_words && (t->classes[i] == KH_CLASS_FREE || t->classes[i] == KH_CLASS_LATIN || t->classes[i] == KH_CLASS_GIVEN ||
                                    t->classes[i] == KH_CLASS_MARK);
    }
    return s->entry != KH_NO_ENTRY || s->role_span.end || free_words;
}

/* "وزیر کار گلنار": what a minister is of and his country are no organisation together. */
static bool is_of_minister(const kh_tagging *t, size_t first, size_t end)
{
    const kh_finder *f = t->f;
    bool minister = first > 0 && kh_token_is(&f->text->tokens.items[first - 1], "وزير") && kh_finder_same_line(f, first - 1, first);
    return minister && (t->rules[end - 1] == KH_TAG_LOC || t->classes[end - 1] == KH_CLASS_PLACE || t->classes[end - 1] == KH_CLASS_FREE);
}

/* Three ordinary words or more, of which none is a word for a body: a title's "ریزش معدن زغال سنگ". */
static bool is_all_ordinary(const kh_tagging *t, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        uint8_t c = t->classes[i];
        if (c != KH_CLASS_COMMON && c != KH_CLASS_STOP && c != KH_CLASS_BEFORE && c != KH_CLASS_WITH && c != KH_CLASS_IN &&
            c != KH_CLASS_NUMBER) {
            return false;
        }
    }
    return end >= first + 3;
}

/* May FIRST..END, which no rule saw, be a name? No lone word that stands beside names, no half of a
 * quotation, not what a minister is of with his country, no ordinary words alone. */
static bool is_believed(const kh_tagging *t, size_t first, size_t end, kh_name_type type)
{
    size_t marks = 0;
    for (size_t i = first; i < end; i++) {
        const kh_token *k = &t->f->text->tokens.items[i];
        marks += k->kind == KH_PUNCT && kh_is_quote(k->cp);
    }
    uint8_t class = t->classes[first];
    bool beside = class == KH_CLASS_ROLE || class == KH_CLASS_BODY || class == KH_CLASS_COMPANY || class == KH_CLASS_OFFICE ||
                  class == KH_CLASS_VERB || class == KH_CLASS_ADJECTIVE || class == KH_CLASS_BEFORE || class == KH_CLASS_WITH;
    bool plain = beside || (type != KH_NAME_ORGANISATION && (class == KH_CLASS_COMMON || class == KH_CLASS_STOP));
    bool office = type == KH_NAME_ORGANISATION && (is_of_minister(t, first, end) || is_all_ordinary(t, first, end));
    return marks % 2 == 0 && !(plain && end == first + 1) && !office;
}

/* No comma or full stop opens or closes a name. */
static void trim_marks(const kh_finder *f, uint8_t *tags)
{
    const kh_token *t = f->text->tokens.items;
    for (size_t n = f->text->tokens.count; n > 0; n--) {
        size_t i = n - 1;
        bool mark = tags[i] && t[i].kind == KH_PUNCT && !kh_is_quote(t[i].cp);
        bool on = i + 1 < f->text->tokens.count && tags[i + 1] && tags[i + 1] % 2 == 0;
        if (mark && (!on || tags[i] % 2)) {
            tags[i + 1] = on ? (uint8_t)(tags[i + 1] - 1) : tags[i + 1];
            tags[i] = KH_TAG_OUT;
        }
    }
}

/* What the rules saw keeps its bounds where it is an agency, stands in quotation marks, or is an unknown name that the
 * article has more than once. */
static bool is_bounded_by_rules(const kh_finder *f, const kh_spot *s)
{
    const kh_token *t = f->text->tokens.items;
    size_t count = f->text->tokens.count;
    bool agency = s->entry != KH_NO_ENTRY && f->know->entries.items[s->entry].agency;
    bool quoted = s->first > 0 && t[s->first - 1].kind == KH_PUNCT && kh_is_quote(t[s->first - 1].cp) && s->end < count &&
                  t[s->end].kind == KH_PUNCT && kh_is_quote(t[s->end].cp) && s->type == KH_NAME_ORGANISATION;
    bool again = s->entry == KH_NO_ENTRY && kh_finder_occurs(f, s->end - 1) > 1;
    return agency || quoted || again;
}

/* Takes back what the weights say where it touches S, but for an organisation's name that S lies inside. */
static void take_back(const kh_spot *s, uint8_t *tags, size_t count)
{
    size_t first = s->first, end = s->first;
    while (first > 0 && tags[first] && tags[first] % 2 == 0) {
        first--;
    }
    for (end = first + 1; end < count && tags[end] && tags[end] % 2 == 0;) {
        end++;
    }
    bool inside = tags[first] == KH_TAG_ORG && first < s->first && end >= s->end;
    if (inside && s->type == KH_NAME_PLACE) {
        return;
    }
    end = end < s->end ? s->end : end;
    while (end < count && tags[end] && tags[end] % 2 == 0) {
        end++;
    }
    memset(tags + first, KH_TAG_OUT, end - first);
}

/* A word for a kind of place stays outside the name that the rules saw behind it: "شهر گلبهار". */
static void keep_places_inside(const kh_tagging *t, const kh_spots *old, uint8_t *tags)
{
    KH_EACH(const kh_spot, s, *old) {
        bool on = s->type == KH_NAME_PLACE && s->first > 0 && tags[s->first] == KH_TAG_LOC_ON && tags[s->end - 1] == KH_TAG_LOC_ON &&
                  (s->end >= t->f->text->tokens.count || tags[s->end] != KH_TAG_LOC_ON);
        size_t head = s->first;
        while (on && head > 0 && tags[head] == KH_TAG_LOC_ON) {
            head--;
        }
        if (on && t->classes[head] == KH_CLASS_BEFORE) {
            memset(tags + head, KH_TAG_OUT, s->first - head);
            tags[s->first] = KH_TAG_LOC;
        }
    }
}

/* The words that the rules took for a whole place: hash -> spot + 1. */
static kh_map places_of(kh_finder *f, const kh_spots *old)
{
    kh_map places = {0};
    KH_EACH(const kh_spot, s, *old) {
        if (s->type == KH_NAME_PLACE && s->end == s->first + 1) {
            *kh_map_put(f->scratch, &places, f->text->tokens.items[s->first].hash, NULL) = (uint32_t)(s - old->items) + 1;
        }
    }
    return places;
}

/* A place whose name the article has elsewhere, as the last word of an organisation's name. */
static void add_last_place(kh_finder *f, const kh_spots *old, const kh_map *places, const kh_spot *whole)
{
    size_t last = whole->end - 1;
    const uint32_t *found = kh_map_get(places, f->text->tokens.items[last].hash);
    if (found && whole->end > whole->first + 1 && f->spots.count < KH_ITEMS_MAX) {
        kh_spot s = old->items[*found - 1];
        s.first = (uint32_t)last;
        s.end = whole->end;
        s.span = f->text->tokens.items[last].span;
        s.role_span = (kh_span){0};
        *KH_ADD(f->scratch, &f->spots) = s;
    }
}

/* The places that a table or the rules know inside an organisation's name are mentions as well. */
static void add_inner_places(kh_finder *f, const kh_spots *old, const kh_map *places, const uint32_t *at, const kh_spot *whole)
{
    if (whole->type == KH_NAME_ORGANISATION && !at[whole->end - 1]) {
        add_last_place(f, old, places, whole);
    }
    for (size_t i = whole->first + 1; whole->type == KH_NAME_ORGANISATION && i < whole->end; i++) {
        const kh_spot *s = at[i] ? &old->items[at[i] - 1] : NULL;
        if (s && s->type == KH_NAME_PLACE && s->end <= whole->end && f->spots.count < KH_ITEMS_MAX) {
            *KH_ADD(f->scratch, &f->spots) = *s;
        }
    }
}

static void take_tags(const kh_tagging *t, uint8_t *tags)
{
    kh_finder *f = t->f;
    size_t count = f->text->tokens.count;
    kh_spots old = f->spots;
    uint32_t *at = KH_NEW_N(f->scratch, uint32_t, count + 1);
    KH_EACH(const kh_spot, s, old) {
        if (is_bounded_by_rules(f, s)) {
            take_back(s, tags, count);
        }
        at[s->first] = (uint32_t)(s - old.items) + 1;
        for (size_t i = s->first; i < s->end; i++) {
            f->taken[i] = 0;
        }
    }
    f->spots = (kh_spots){0};
    KH_EACH(const kh_spot, s, old) {
        if (is_kept(t, s, tags) || (!tags[s->first] && is_bounded_by_rules(f, s))) {
            kh_finder_add(f, *s);
        }
    }
    kh_map places = places_of(f, &old);
    keep_places_inside(t, &old, tags);
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (tags[i] && end < count && tags[end] == (tags[i] | 1) + 1 && kh_finder_same_line(f, i, end)) {
            end++;
        }
        bool same = tags[i] && same_spot(&old, at, i, end);
        if (tags[i] && !f->skipped[i] && (same || is_believed(t, i, end, type_of(tags[i])))) {
            kh_spot spot = spot_of(f, &old, at, i, end, tags[i]);
            kh_finder_add(f, spot);
            add_inner_places(f, &old, &places, at, &spot);
        }
        i = end;
    }
}

void kh_names_find_learned(kh_finder *f)
{
    const kh_name_weights *w = f->lang < KH_LANGS_MAX ? f->know->weights[f->lang] : NULL;
    if (!w) {
        return;
    }
    kh_tagging t = kh_tagging_of(f);
    uint8_t *tags = KH_NEW_N(f->scratch, uint8_t, f->text->tokens.count + 1);
    KH_EACH(const kh_stretch, s, f->text->sentences) {
        t.first = s->first;
        t.end = s->end;
        kh_tag_sentence(*f->scratch, &t, w, tags);
    }
    trim_marks(f, tags);
    take_tags(&t, tags);
}
