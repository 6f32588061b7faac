/* words.c - which concepts are in a word that no table has as it is written?
 *
 * Decides by taking the word apart at the places that a speaker of the language knows. Examples: "Sturmschäden" is Sturm
 * and Schaden, "Verkehrsproblemen" Verkehr, s, Problem; "السد" is the article before سد, "شاحناتهم" the word شاحنة with
 * plural and possessor, Persian "ملت\u200cهایشان" the word ملت.
 *
 * Method: table word_parts.txt says what may be taken off, and how many letters must be left. Compounds, where the language
 * has joints: a noun, by its capital, of WORD_MIN bytes and more ends in a form of a concept, which may be inflected, and
 * what stands before it, without a joint, is a form too or such a compound. The longest last part wins; one that mostly ends
 * names of places is none. A noun that begins with a form that has a star is asked for its last part too: "Polizei*" is
 * all that the tables know of "Polizeisprecher". Other languages: the article or a proclitic off the beginning and one ending off the end. Behind
 * an article two letters are enough, since it says that a noun follows. Nothing else is guessed: what is left must be a
 * form, whole. After Koehn and Knight, "Empirical methods for compound splitting" (2003), who split at known parts, without
 * their counts, and Larkey and others as in stems.c.
 *
 * Gets wrong: words that mean something else than their parts ("Sehnsucht"; such words belong in the concepts
 * themselves, which are asked first), homographs ("معدات", equipment or stomachs), and broken plurals.
 */
#include "story/internal.h"

#include <string.h>

enum { WORD_MIN = 9, WORD_MAX = 60, PART_MIN = 4, DEPTH_MAX = 1 }; /* bytes, and compounds in a compound */

typedef struct word_part {
    kh_str form;
    kh_str instead_of; /* what stood there before FORM was written */
    size_t letters; /* that must be left */
    bool marbuta;   /* FORM ends in ة, which folds to ه */
    uint8_t lang;
} word_part;

typedef KH_LIST(word_part) word_part_list;

struct kh_word_parts {
    const kh_phrases *concepts;
    word_part_list joints, articles, proclitics, endings, name_ends;
};

static word_part_list *list_of(kh_word_parts *parts, kh_str kind)
{
    return kh_str_eq(kind, KH_STR("joint"))       ? &parts->joints
           : kh_str_eq(kind, KH_STR("article"))   ? &parts->articles
           : kh_str_eq(kind, KH_STR("proclitic")) ? &parts->proclitics
           : kh_str_eq(kind, KH_STR("name_end"))  ? &parts->name_ends
                                                  : &parts->endings;
}

static void add_row(kh_arena *out, kh_word_parts *parts, const kh_row *row)
{
    word_part part = {.lang = row->lang, .instead_of = kh_fold_key(out, kh_cell(row, 2))};
    part.letters = (size_t)kh_number_of(kh_cell(row, 3));
    kh_str forms = kh_cell(row, 1);
    kh_str form = {0};
    do { /* an empty cell is a form too: a joint that is only a letter left out */
        kh_str_cut(&forms, '|', &form);
        part.form = kh_fold_key(out, form);
        part.marbuta = kh_str_ends(form, KH_STR("ة"));
        *KH_ADD(out, list_of(parts, kh_cell(row, 0))) = part;
    } while (forms.len);
}

const kh_word_parts *kh_word_parts_of(kh_arena *out, const kh_lexicon *lex, const kh_phrases *concepts)
{
    kh_word_parts *parts = KH_NEW(out, kh_word_parts);
    *parts = (kh_word_parts){.concepts = concepts};
    kh_rows rows = kh_lexicon_rows(lex, "word_parts");
    for (size_t i = 0; i < rows.count; i++) {
        add_row(out, parts, &rows.items[i]);
    }
    return parts;
}

static size_t letters_of(kh_str key)
{
    size_t count = 0;
    for (size_t i = 0; i < key.len; i++) {
        count += ((unsigned char)key.ptr[i] & 0xC0) != 0x80;
    }
    return count;
}

static bool is_one_of(const word_part_list *list, kh_str key, uint8_t lang)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].lang == lang && kh_str_eq(list->items[i].form, key)) {
            return true;
        }
    }
    return false;
}

/* The concept of which KEY is a form, to the last letter; 0 for none. */
static uint32_t concept_of(const kh_word_parts *parts, kh_str key, uint8_t lang)
{
    kh_match m;
    bool found = kh_phrases_word(parts->concepts, key, lang, &m) && !m.ambiguous && m.ending == 0;
    return found ? m.value : 0;
}

/* The concept of the last part KEY of a compound, which may be inflected where the form has a star. */
static uint32_t concept_of_last(const kh_word_parts *parts, kh_str key, uint8_t lang)
{
    kh_match m;
    bool found = kh_phrases_word(parts->concepts, key, lang, &m) && !m.ambiguous && !is_one_of(&parts->name_ends, key, lang);
    kh_str ending = found ? kh_str_from(key, key.len - m.ending) : (kh_str){0};
    return found && (ending.len == 0 || is_one_of(&parts->endings, ending, lang)) ? m.value : 0;
}

/* KEY without the form of PART at its end and with what stood there, in ROOM; empty when it does not end so, or when
 * too little is left. */
static kh_str without(kh_str key, const word_part *part, char room[WORD_MAX * 2])
{
    if (!kh_str_ends(key, part->form)) {
        return (kh_str){0};
    }
    kh_str bare = kh_str_head(key, key.len - part->form.len);
    if (letters_of(bare) < part->letters || bare.len + part->instead_of.len > WORD_MAX * 2) {
        return (kh_str){0};
    }
    if (part->instead_of.len == 0) {
        return bare;
    }
    memcpy(room, bare.ptr, bare.len);
    memcpy(room + bare.len, part->instead_of.ptr, part->instead_of.len);
    return (kh_str){room, bare.len + part->instead_of.len};
}

static bool has(const word_part_list *list, uint8_t lang)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].lang == lang) {
            return true;
        }
    }
    return false;
}

/* ---- compounds ---- */

static size_t split(const kh_word_parts *parts, kh_str key, uint8_t lang, size_t depth, uint32_t *rows);

/* The concepts of BARE, the beginning of a compound without its joint. */
static size_t concepts_before(const kh_word_parts *parts, kh_str bare, uint8_t lang, size_t depth, uint32_t *rows)
{
    rows[0] = concept_of(parts, bare, lang);
    if (rows[0]) {
        return 1;
    }
    return depth < DEPTH_MAX ? split(parts, bare, lang, depth + 1, rows) : 0;
}

/* The same of LEFT, which may end in a joint. */
static size_t concepts_before_joint(const kh_word_parts *parts, kh_str left, uint8_t lang, size_t depth, uint32_t *rows)
{
    size_t count = concepts_before(parts, left, lang, depth, rows);
    for (size_t i = 0; i < parts->joints.count && count == 0; i++) {
        const word_part *joint = &parts->joints.items[i];
        char room[WORD_MAX * 2];
        kh_str bare = joint->lang == lang ? without(left, joint, room) : (kh_str){0};
        count = bare.len ? concepts_before(parts, bare, lang, depth, rows) : 0;
    }
    return count;
}

/* The concepts of the compound KEY, the last part first; 0 when it is none. */
static size_t split(const kh_word_parts *parts, kh_str key, uint8_t lang, size_t depth, uint32_t *rows)
{
    for (size_t at = PART_MIN; at + PART_MIN <= key.len; at++) {
        if (((unsigned char)key.ptr[at] & 0xC0) == 0x80) {
            continue;
        }
        uint32_t last = concept_of_last(parts, kh_str_from(key, at), lang);
        size_t before = last ? concepts_before_joint(parts, kh_str_head(key, at), lang, depth, rows + 1) : 0;
        if (before) {
            rows[0] = last;
            return before + 1;
        }
    }
    return 0;
}

/* The concept of the last part of REST, which may begin with a joint: "ssprecher". */
static uint32_t concept_behind_joint(const kh_word_parts *parts, kh_str rest, uint8_t lang)
{
    uint32_t row = rest.len >= PART_MIN ? concept_of_last(parts, rest, lang) : 0;
    for (size_t i = 0; i < parts->joints.count && !row; i++) {
        const word_part *joint = &parts->joints.items[i];
        bool opens = joint->lang == lang && joint->form.len && kh_str_starts(rest, joint->form);
        bool part = opens && rest.len >= joint->form.len + PART_MIN;
        row = part ? concept_of_last(parts, kh_str_from(rest, joint->form.len), lang) : 0;
    }
    return row;
}

size_t kh_word_rest(const kh_word_parts *parts, const kh_text *text, size_t token, uint8_t lang, size_t ending,
                    uint32_t rows[KH_WORD_CONCEPTS_MAX])
{
    const kh_token *t = &text->tokens.items[token];
    if (ending < PART_MIN || !(t->flags & KH_CAPITAL) || !has(&parts->joints, lang)) {
        return 0;
    }
    uint32_t last = concept_behind_joint(parts, kh_str_from(t->key, t->key.len - ending), lang);
    if (!last || last == rows[0]) {
        return 0;
    }
    rows[1] = rows[0];
    rows[0] = last;
    return 1;
}

/* ---- endings ---- */

/* ة of the feminine and ه of the possessor fold alike: what is WRITTEN tells. */
static bool is_written(const word_part *ending, kh_str written)
{
    return !kh_str_ends(ending->form, KH_STR("ه")) || ending->marbuta == kh_str_ends(written, KH_STR("ة"));
}

static uint32_t without_ending(const kh_word_parts *parts, kh_str key, kh_str written, uint8_t lang)
{
    KH_EACH (const word_part, ending, parts->endings) {
        char room[WORD_MAX * 2];
        bool ends = ending->lang == lang && is_written(ending, written);
        kh_str bare = ends ? without(key, ending, room) : (kh_str){0};
        uint32_t row = bare.len ? concept_of(parts, bare, lang) : 0;
        if (row) {
            return row;
        }
    }
    return 0;
}

/* The concept of KEY behind one of OPENINGS, with its ending or without. */
static uint32_t behind(const kh_word_parts *parts, const word_part_list *openings, kh_str key, kh_str written, uint8_t lang)
{
    for (size_t i = 0; i < openings->count; i++) {
        const word_part *opening = &openings->items[i];
        bool opens = opening->lang == lang && kh_str_starts(key, opening->form);
        kh_str rest = opens ? kh_str_from(key, opening->form.len) : (kh_str){0};
        uint32_t row = letters_of(rest) >= opening->letters ? concept_of(parts, rest, lang) : 0;
        row = row || !opens ? row : without_ending(parts, rest, written, lang);
        if (row) {
            return row;
        }
    }
    return 0;
}

size_t kh_word_concepts(const kh_word_parts *parts, const kh_text *text, size_t token, uint8_t lang,
                        uint32_t rows[KH_WORD_CONCEPTS_MAX])
{
    _Static_assert(DEPTH_MAX + 2 == KH_WORD_CONCEPTS_MAX, "a compound has two parts, and one more for each inside it");
    const kh_token *t = &text->tokens.items[token];
    if (t->kind != KH_WORD || t->key.len > WORD_MAX) {
        return 0;
    }
    if (has(&parts->joints, lang)) {
        return t->key.len >= WORD_MIN && (t->flags & KH_CAPITAL) ? split(parts, t->key, lang, 0, rows) : 0;
    }
    kh_str written = kh_text_slice(text, t->span);
    rows[0] = without_ending(parts, t->key, written, lang);
    rows[0] = rows[0] ? rows[0] : behind(parts, &parts->articles, t->key, written, lang);
    rows[0] = rows[0] ? rows[0] : behind(parts, &parts->proclitics, t->key, written, lang);
    return rows[0] != 0;
}
