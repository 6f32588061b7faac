/* compounds.c - of which words is a compound made?
 *
 * Decides for languages whose table has joints. Examples: "Sturmschäden" is Sturm and Schaden, "Verkehrsproblemen" Verkehr, s,
 * Problem, "Waldbrandgefahr" Wald, Brand, Gefahr.
 *
 * Method: a word ends in a form of a concept, which may be inflected, and what stands before it, without a joint, is a form
 * too or such a compound. The longest last part wins; one that mostly ends names of places is none. After Koehn and Knight,
 * "Empirical methods for compound splitting" (2003), who split at known parts, without their counts.
 *
 * Gets wrong: words that mean something else than their parts ("Sehnsucht"; such words belong in the concepts themselves,
 * which are asked first).
 */
#include "story/word_parts.h"

enum { PART_MIN = 4, DEPTH_MAX = 1 }; /* bytes, and compounds in a compound */

_Static_assert(DEPTH_MAX + 2 == KH_WORD_CONCEPTS_MAX, "a compound has two parts, and one more for each inside it");

typedef struct splitter {
    const kh_word_parts *parts;
    const kh_lang_parts *know;
    uint8_t lang;
} splitter;

/* The concept of the last part KEY of a compound, which may be inflected where the form has a star. */
static uint32_t concept_of_last(const splitter *s, kh_str key)
{
    kh_match m;
    bool found = kh_phrases_word(s->parts->concepts, key, s->lang, &m) && !m.ambiguous && !kh_is_part(&s->know->name_ends, key);
    kh_str ending = found ? kh_str_from(key, key.len - m.ending) : (kh_str){0};
    return found && (ending.len == 0 || kh_is_part(&s->know->endings, ending)) ? m.value : 0;
}

static size_t split(const splitter *s, kh_str key, size_t depth, uint32_t *rows);

/* The concepts of BARE, the beginning of a compound without its joint. */
static size_t concepts_before(const splitter *s, kh_str bare, size_t depth, uint32_t *rows)
{
    rows[0] = kh_concept_of(s->parts, bare, s->lang);
    if (rows[0]) {
        return 1;
    }
    return depth < DEPTH_MAX ? split(s, bare, depth + 1, rows) : 0;
}

/* The same of LEFT, which may end in a joint. */
static size_t concepts_before_joint(const splitter *s, kh_str left, size_t depth, uint32_t *rows)
{
    size_t count = concepts_before(s, left, depth, rows);
    for (size_t i = 0; i < s->know->joints.count && count == 0; i++) {
        char room[KH_WORD_ROOM];
        kh_str bare = kh_word_without(left, &s->know->joints.items[i], room);
        count = bare.len ? concepts_before(s, bare, depth, rows) : 0;
    }
    return count;
}

static size_t split(const splitter *s, kh_str key, size_t depth, uint32_t *rows)
{
    for (size_t at = PART_MIN; at + PART_MIN <= key.len; at++) {
        if (((unsigned char)key.ptr[at] & 0xC0) == 0x80) {
            continue;
        }
        uint32_t last = concept_of_last(s, kh_str_from(key, at));
        size_t before = last ? concepts_before_joint(s, kh_str_head(key, at), depth, rows + 1) : 0;
        if (before) {
            rows[0] = last;
            return before + 1;
        }
    }
    return 0;
}

size_t kh_compound(const kh_word_parts *parts, kh_str key, uint8_t lang, uint32_t rows[KH_WORD_CONCEPTS_MAX])
{
    const splitter s = {parts, parts->of[lang], lang};
    return split(&s, key, 0, rows);
}

/* The concept of the last part of REST, which may begin with a joint: "ssprecher". */
static uint32_t concept_behind_joint(const splitter *s, kh_str rest)
{
    uint32_t row = rest.len >= PART_MIN ? concept_of_last(s, rest) : 0;
    for (size_t i = 0; i < s->know->joints.count && !row; i++) {
        kh_str joint = s->know->joints.items[i].form;
        bool part = joint.len && kh_str_starts(rest, joint) && rest.len >= joint.len + PART_MIN;
        row = part ? concept_of_last(s, kh_str_from(rest, joint.len)) : 0;
    }
    return row;
}

size_t kh_word_rest(const kh_word_parts *parts, const kh_text *text, size_t token, uint8_t lang, size_t ending,
                    uint32_t rows[KH_WORD_CONCEPTS_MAX])
{
    const kh_token *t = &text->tokens.items[token];
    const splitter s = {parts, parts->of[lang], lang};
    if (ending < PART_MIN || !(t->flags & KH_CAPITAL) || !s.know || !s.know->joints.count) {
        return 0;
    }
    uint32_t last = concept_behind_joint(&s, kh_str_from(t->key, t->key.len - ending));
    if (!last || last == rows[0]) {
        return 0;
    }
    rows[1] = rows[0];
    rows[0] = last;
    return 1;
}
