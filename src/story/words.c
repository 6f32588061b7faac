/* words.c - which concepts are in a word that no table has as it is written?
 *
 * Decides by taking the word apart at the places that a speaker of the language knows. Examples: "السد" is the article before
 * سد, "شاحناتهم" the word شاحنة with plural and possessor, "سيعودون" the word يعود with the future's letter and a plural,
 * Persian "ملت\u200cهایشان" the word ملت, Spanish "evacuadas" the word evacuado.
 *
 * Method: table word_parts.txt says what may be taken off, what stood there instead, and how many letters must be left. Of
 * compounds, compounds.c; of the forms of German verbs, verbs.c; else the article or a proclitic off the beginning and one
 * ending off the end, and of what is left the shapes of patterns.c. Behind an article two letters are enough, since it says
 * that a noun follows. Nothing else is guessed: what is left must be a form, whole. Light stemming after Larkey and others,
 * as in stems.c, accepted by the concepts themselves.
 *
 * Gets wrong: homographs ("معدات", equipment or stomachs), and what the tables do not undo (vowels that change within a word).
 */
#include "story/word_parts.h"

#include <string.h>

enum { COMPOUND_MIN = 9 }; /* bytes */

/* ---- the table ---- */

static kh_word_part_list *list_of(kh_lang_parts *know, kh_str kind)
{
    const struct {
        const char *kind;
        kh_word_part_list *list;
    } kinds[] = {
        {"joint", &know->joints},   {"article", &know->articles},         {"proclitic", &know->proclitics},
        {"ending", &know->endings}, {"name_end", &know->name_ends},       {"pattern", &know->patterns},
        {"verb", &know->verbs},     {"particle", &know->particles},       {"prefix", &know->prefixes},
        {"inner", &know->inners},   {"conjunction", &know->conjunctions}, {"adjectival", &know->adjectivals},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kh_str_eq(kind, kh_str_z(kinds[i].kind))) {
            return kinds[i].list;
        }
    }
    return NULL;
}

/* An ending without letters is one of every word. */
static void add_ending(kh_arena *out, kh_lang_parts *know, const kh_word_part *ending)
{
    bool all = ending->form.len == 0;
    size_t last = all ? 0 : (unsigned char)ending->form.ptr[ending->form.len - 1];
    for (size_t byte = last; byte <= (all ? UINT8_MAX : last); byte++) {
        *KH_ADD(out, &know->endings_by[byte]) = *ending;
    }
}

const kh_word_part_list *kh_endings_for(const kh_lang_parts *know, kh_str key)
{
    return key.len ? &know->endings_by[(unsigned char)key.ptr[key.len - 1]] : &know->endings;
}

enum { LETTERS_MAX = 100 };

/* The number of letters in CELL; 0 where it is none that a word could have. */
static size_t letters_in(kh_str cell)
{
    uint64_t n = 0;
    return kh_str_u64(cell, &n) && n < LETTERS_MAX ? (size_t)n : 0;
}

/* A part for each form of the row's second column with each form of the third. */
static void add_parts(kh_arena *out, kh_lang_parts *know, kh_word_part_list *list, const kh_row *row)
{
    kh_str forms = kh_cell(row, 1);
    do { /* an empty cell is a form too: a joint that is only a letter left out */
        kh_str form = {0};
        kh_str_cut(&forms, '|', &form);
        kh_str key = kh_fold_key(out, form);
        kh_str instead = kh_cell(row, 2);
        do {
            kh_str stood = {0};
            kh_str_cut(&instead, '|', &stood);
            kh_word_part part = {.form = key,
                                 .instead_of = kh_fold_key(out, stood),
                                 .letters = letters_in(kh_cell(row, 3)),
                                 .length = kh_str_find(key, KH_STR("-")) < key.len ? 0 : kh_letters_of(key),
                                 .marbuta = kh_str_ends(form, KH_STR("ة"))};
            *KH_ADD(out, list) = part;
            if (list == &know->endings) {
                add_ending(out, know, &part);
            }
        } while (instead.len);
        if (list == &know->verbs) {
            *kh_map_put(out, &know->verb_forms, kh_hash(key), NULL) = (uint32_t)list->count;
        }
    } while (forms.len);
}

const kh_word_parts *kh_word_parts_of(kh_arena *out, const kh_lexicon *lex, const kh_phrases *concepts)
{
    kh_word_parts *parts = KH_NEW(out, kh_word_parts);
    *parts = (kh_word_parts){.concepts = concepts};
    kh_rows rows = kh_lexicon_rows(lex, "word_parts");
    kh_lang_parts *know = NULL;
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        if (!parts->of[row->lang]) {
            parts->of[row->lang] = know = KH_NEW(out, kh_lang_parts);
            *know = (kh_lang_parts){0};
        }
        kh_word_part_list *list = list_of(know, kh_cell(row, 0)); /* rows come by language */
        if (list) {
            add_parts(out, know, list, row);
        }
    }
    return parts;
}

size_t kh_letters_of(kh_str key)
{
    size_t count = 0;
    for (size_t i = 0; i < key.len; i++) {
        count += ((unsigned char)key.ptr[i] & 0xC0) != 0x80;
    }
    return count;
}

bool kh_is_part(const kh_word_part_list *list, kh_str key)
{
    KH_EACH(const kh_word_part, part, *list) {
        if (kh_str_eq(part->form, key)) {
            return true;
        }
    }
    return false;
}

uint32_t kh_concept_of(const kh_word_parts *parts, kh_str key, uint8_t lang)
{
    kh_match m;
    bool found = kh_phrases_word(parts->concepts, key, lang, &m) && !m.ambiguous && m.ending == 0;
    return found ? m.value : 0;
}

kh_str kh_word_joined(kh_str a, kh_str b, char room[KH_WORD_ROOM])
{
    if (a.len == 0 || b.len == 0) {
        return a.len ? a : b;
    }
    if (a.len + b.len > KH_WORD_ROOM) {
        return (kh_str){0};
    }
    memcpy(room, a.ptr, a.len);
    memcpy(room + a.len, b.ptr, b.len);
    return (kh_str){room, a.len + b.len};
}

kh_str kh_word_without(kh_str key, const kh_word_part *part, char room[KH_WORD_ROOM])
{
    if (!kh_str_ends(key, part->form)) {
        return (kh_str){0};
    }
    kh_str bare = kh_str_head(key, key.len - part->form.len);
    return kh_letters_of(bare) < part->letters ? (kh_str){0} : kh_word_joined(bare, part->instead_of, room);
}

/* ---- a word without what is written onto it ---- */

typedef struct word {
    const kh_word_parts *parts;
    const kh_lang_parts *know;
    kh_str written;
    uint8_t lang;
    bool noun; /* by its capital, in a language whose nouns have one */
} word;

/* ة of the feminine and ه of the possessor fold alike: what is WRITTEN tells. */
static bool is_written(const kh_word_part *ending, kh_str written)
{
    return !kh_str_ends(ending->form, KH_STR("ه")) || ending->marbuta == kh_str_ends(written, KH_STR("ة"));
}

static bool may_end_in(const word *w, const kh_word_part *ending)
{
    return is_written(ending, w->written) && !(w->noun && kh_is_part(&w->know->adjectivals, ending->form));
}

static uint32_t by_pattern(const word *w, kh_str key)
{
    size_t letters = kh_letters_of(key);
    KH_EACH(const kh_word_part, pattern, w->know->patterns) {
        char room[KH_WORD_ROOM];
        kh_str other = kh_word_reshaped(key, letters, pattern, room);
        uint32_t row = other.len ? kh_concept_of(w->parts, other, w->lang) : 0;
        if (row) {
            return row;
        }
    }
    return 0;
}

static uint32_t without_ending(const word *w, kh_str key, uint32_t (*concept)(const word *w, kh_str key))
{
    KH_EACH(const kh_word_part, ending, *kh_endings_for(w->know, key)) {
        char room[KH_WORD_ROOM];
        kh_str bare = may_end_in(w, ending) ? kh_word_without(key, ending, room) : (kh_str){0};
        uint32_t row = bare.len ? concept(w, bare) : 0;
        if (row) {
            return row;
        }
    }
    return 0;
}

static uint32_t as_it_is(const word *w, kh_str key)
{
    return kh_concept_of(w->parts, key, w->lang);
}

/* The concept of KEY with its ending or without, as it is or by a pattern. */
static uint32_t bare_concept(const word *w, kh_str key)
{
    uint32_t row = without_ending(w, key, as_it_is);
    if (w->know->patterns.count) {
        row = row ? row : by_pattern(w, key);
        row = row ? row : without_ending(w, key, by_pattern);
    }
    return row;
}

/* The concept of KEY behind one of OPENINGS. */
static uint32_t behind(const word *w, const kh_word_part_list *openings, kh_str key)
{
    KH_EACH(const kh_word_part, opening, *openings) {
        kh_str rest = kh_str_starts(key, opening->form) ? kh_str_from(key, opening->form.len) : (kh_str){0};
        char room[KH_WORD_ROOM];
        kh_str whole = rest.len ? kh_word_joined(opening->instead_of, rest, room) : (kh_str){0};
        if (whole.len == 0) {
            continue;
        }
        uint32_t row = kh_letters_of(rest) >= opening->letters ? as_it_is(w, whole) : 0;
        row = row ? row : bare_concept(w, whole);
        if (row) {
            return row;
        }
    }
    return 0;
}

/* A capital inside a sentence makes a name of a word, but where all nouns have it. */
static bool is_name(const kh_lang_parts *know, const kh_token *t)
{
    return (t->flags & KH_CAPITAL) && !(t->flags & KH_SENTENCE_START) && know->joints.count == 0;
}

size_t kh_word_concepts(const kh_word_parts *parts, const kh_text *text, size_t token, uint8_t lang, uint32_t rows[KH_WORD_CONCEPTS_MAX])
{
    const kh_token *t = &text->tokens.items[token];
    const kh_lang_parts *know = parts->of[lang];
    if (t->kind != KH_WORD || t->key.len > KH_WORD_KEY_MAX || !know || is_name(know, t)) {
        return 0;
    }
    bool noun = know->joints.count && (t->flags & KH_CAPITAL);
    size_t count = noun && t->key.len >= COMPOUND_MIN ? kh_compound(parts, t->key, lang, rows) : 0;
    if (count) {
        return count;
    }
    const word w = {.parts = parts, .know = know, .written = kh_text_slice(text, t->span), .lang = lang, .noun = noun};
    rows[0] = bare_concept(&w, t->key);
    rows[0] = rows[0] || noun ? rows[0] : kh_verb_concept(parts, t->key, lang);
    rows[0] = rows[0] ? rows[0] : behind(&w, &know->articles, t->key);
    rows[0] = rows[0] ? rows[0] : behind(&w, &know->proclitics, t->key);
    return rows[0] != 0;
}
