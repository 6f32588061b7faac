/* figures_know.c - the tables of the figures stage, made ready once.
 *
 * Decides which words name what happened (قتلى, погибли, killed), who or what is counted (شخصاً, نفر), in
 * which unit (يورو, درصد), and which bounds stand around a number (على الأقل, حداقل, at least). Example: the
 * row "what killed قتل|مقتل|قتلى" of counted.txt and the row "killed persons" of world/counted.txt make
 * قتلى a word that says "killed" of persons, never of houses or money.
 *
 * A row "hint" is a "what" that counts only where no other word says what happened (to higher ground); a row
 * "verb" lists finite verbs that say nothing themselves but show where a clause ends or begins; rows "as_of",
 * "clause" and "after" say for which day a count holds (figures_day.c).
 *
 * Method: counted.txt, duals.txt, numbers.txt (kind bound), world/counted.txt, world/scopes.txt, and the
 * word order of the language, which is grammar and therefore stands here.
 */
#include "claims/figures_parts.h"
#include "lexicon/shelf.h"

#include <stddef.h>
#include <string.h>

static bool is_in(kh_str s, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (kh_str_eq(s, kh_str_z(list[i]))) {
            return true;
        }
    }
    return false;
}

#define IS_IN(s, list) is_in((s), (list), sizeof(list) / sizeof *(list))

static bool field_of(kh_str name, kh_field_kind *field)
{
    static const char *const names[KH_FIELD_count] = {"what",   "scope", "unit", "among", "other",  "link",  "label",  "clock",
                                                      "status", "life",  "verb", "as_of", "clause", "after", "earlier"};
    for (size_t i = 0; i < KH_FIELD_count; i++) {
        if (kh_str_eq(name, kh_str_z(names[i]))) {
            *field = (kh_field_kind)i;
            return true;
        }
    }
    return false;
}

static kh_figure_kind kind_of_unit(kh_str unit)
{
    static const char *const spans[] = {"years", "months", "weeks", "days", "hours", "minutes", "seconds"};
    if (IS_IN(unit, spans)) {
        return KH_FIGURE_DURATION;
    }
    if (kh_str_eq(unit, KH_STR("percent"))) {
        return KH_FIGURE_SHARE;
    }
    if (kh_str_eq(unit, KH_STR("times"))) {
        return KH_FIGURE_RATIO;
    }
    bool currency = unit.len == 3;
    for (size_t i = 0; i < unit.len; i++) {
        currency = currency && unit.ptr[i] >= 'A' && unit.ptr[i] <= 'Z';
    }
    return currency ? KH_FIGURE_MONEY : KH_FIGURE_MEASURE;
}

/* ---- world tables ---- */

static uint8_t classes_of(kh_str list)
{
    static const char *const names[] = {"persons", "things", "share", "money", "measure", "duration"};
    uint8_t of = 0;
    kh_str name;
    while (kh_str_cut(&list, '|', &name)) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            of = (uint8_t)(of | (kh_str_eq(name, kh_str_z(names[i])) ? 1u << i : 0u));
        }
    }
    return of;
}

static void describe_what(const kh_rows *world, kh_counted *word)
{
    word->of = KH_OF_PERSONS | KH_OF_THINGS | KH_OF_SHARE | KH_OF_MONEY | KH_OF_MEASURE;
    for (size_t i = 0; i < world->count; i++) {
        const kh_row *row = &world->items[i];
        if (kh_str_eq(kh_cell(row, 0), word->value)) {
            word->of = classes_of(kh_cell(row, 1));
            word->share = kh_cell(row, 2);
            word->by_force = kh_cell(row, 3);
            word->by_accident = kh_cell(row, 4);
        }
    }
}

static bool inside(const kh_figures_know *know, kh_str a, kh_str b, int depth)
{
    for (size_t i = 0; i < know->narrower.count && depth > 0; i++) {
        if (kh_str_eq(know->narrower.items[i], a) &&
            (kh_str_eq(know->wider.items[i], b) || inside(know, know->wider.items[i], b, depth - 1))) {
            return true;
        }
    }
    return false;
}

bool kh_scope_inside(const kh_figures_know *know, kh_str a, kh_str b)
{
    enum { DEPTH_MAX = 8 };
    return inside(know, a, b, DEPTH_MAX);
}

static void describe_scope(const kh_figures_know *know, const kh_rows *scopes, kh_counted *word)
{
    bool persons = kh_str_eq(word->value, KH_STR("persons")) || kh_scope_inside(know, word->value, KH_STR("persons"));
    word->of = persons ? KH_OF_PERSONS : KH_OF_THINGS;
    for (size_t i = 0; i < scopes->count; i++) {
        bool same = kh_str_eq(kh_cell(&scopes->items[i], 0), word->value);
        word->crowd = word->crowd || (same && kh_str_eq(kh_cell(&scopes->items[i], 2), KH_STR("yes")));
    }
}

/* ---- language tables ---- */

/* Latin-1 and Latin Extended-A: the small letter. */
static uint32_t small_letter(uint32_t cp)
{
    if (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) {
        return cp + 0x20;
    }
    return cp >= 0x100 && cp <= 0x17F ? cp | 1u : cp;
}

bool kh_figures_opens(const kh_counted *word, uint32_t cp)
{
    return word->opens == 0 || small_letter(cp) == word->opens;
}

/* The forms of a row. Folding makes öldü and oldu one, so forms with a dotted first letter remember it. */
static void add_forms(kh_arena *out, kh_figures_know *know, kh_phrases *set, const kh_row *row, kh_counted word)
{
    kh_str form, forms = kh_cell(row, 2);
    kh_phrases_add_list(out, set, forms, row->lang, (uint32_t)know->counted.count);
    *KH_ADD(out, &know->counted) = word;
    while (know->langs[row->lang].dotted && kh_str_cut(&forms, '|', &form)) {
        size_t n;
        form = kh_str_trim(form);
        uint32_t first = form.len ? kh_utf8_at(form, 0, &n) : 0;
        if (first >= 0xC0 && kh_script_of(first) == KH_SCRIPT_LATIN) {
            word.opens = small_letter(first);
            kh_phrases_add(out, set, form, row->lang, (uint32_t)know->counted.count);
            *KH_ADD(out, &know->counted) = word;
        }
    }
}

static void add_counted(kh_arena *out, kh_figures_know *know, const kh_lexicon *lex, const char *table, bool duals)
{
    kh_rows rows = kh_lexicon_rows(lex, table);
    kh_rows whats = kh_lexicon_world(lex, "counted"), scopes = kh_lexicon_world(lex, "scopes");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_counted word = {.value = kh_cell(row, 1), .field = KH_FIELD_WHAT};
        word.hint = kh_str_eq(kh_cell(row, 0), KH_STR("hint"));
        if (!word.hint && !field_of(kh_cell(row, 0), &word.field)) {
            continue;
        }
        if (word.field == KH_FIELD_WHAT) {
            describe_what(&whats, &word);
        } else if (word.field == KH_FIELD_SCOPE) {
            describe_scope(know, &scopes, &word);
        } else if (word.field == KH_FIELD_UNIT) {
            word.kind = kind_of_unit(word.value);
        }
        kh_figures_lang *words = &know->langs[row->lang];
        add_forms(out, know, duals ? words->duals : words->sets[word.field], row, word);
    }
}

static bool bound_of(kh_str op, kh_bound_op *bound)
{
    static const char *const names[KH_BOUND_count] = {">=", ">", "<=", "<", "~", "range", "to", "and", "=", "so_far", "versus", "became"};
    for (size_t i = 0; i < KH_BOUND_count; i++) {
        if (kh_str_eq(op, kh_str_z(names[i]))) {
            *bound = (kh_bound_op)i;
            return true;
        }
    }
    return false;
}

/* The note of a bound says where it stands: "after the number", "before or after the number"; else before. */
static void add_bounds(kh_arena *out, kh_figures_know *know, const kh_lexicon *lex)
{
    kh_rows rows = kh_lexicon_rows(lex, "numbers");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_bound_op op;
        if (!kh_str_eq(kh_cell(row, 0), KH_STR("bound")) || !bound_of(kh_cell(row, 1), &op)) {
            continue;
        }
        kh_str note = kh_cell(row, 5);
        bool both = kh_str_starts(note, KH_STR("before or after"));
        unsigned place = kh_str_starts(note, KH_STR("after")) ? KH_BOUND_AFTER : KH_BOUND_BEFORE;
        place = both ? (unsigned)KH_BOUND_AFTER | (unsigned)KH_BOUND_BEFORE : place;
        kh_figures_lang *words = &know->langs[row->lang];
        bool connects = op == KH_BOUND_TO || op == KH_BOUND_AND || op == KH_BOUND_VERSUS || op == KH_BOUND_BECAME;
        kh_phrases_add_list(out, connects ? words->connectors : words->bounds, kh_cell(row, 4), row->lang, (unsigned)op | place);
    }
}

/* The words of a table, or of those of its rows whose first cell is one of KEYS. */
typedef struct word_list {
    const char *table;
    const char *const *keys;
    size_t key_count; /* 0: all rows */
    size_t column;
    size_t set; /* offset of the set in kh_figures_lang */
} word_list;

static void add_list(kh_arena *out, kh_figures_know *know, const kh_lexicon *lex, const word_list *list)
{
    kh_rows rows = kh_lexicon_rows(lex, list->table);
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        if (list->key_count == 0 || is_in(kh_cell(row, 0), list->keys, list->key_count)) {
            kh_phrases *set;
            memcpy(&set, (char *)&know->langs[row->lang] + list->set, sizeof set);
            kh_phrases_add_list(out, set, kh_cell(row, list->column), row->lang, 0);
        }
    }
}

/* وأن, وإن: forms of two letters, which are matched behind no proclitic, with the conjunction written on. */
static void add_joined_thats(kh_arena *out, kh_figures_know *know, const kh_lexicon *lex)
{
    kh_rows rows = kh_lexicon_rows(lex, "complementisers");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        const kh_figures_lang *words = &know->langs[row->lang];
        if (words->joined && kh_str_eq(kh_cell(row, 0), KH_STR("that"))) {
            kh_str form = kh_arena_join(out, KH_STR("و"), kh_cell(row, 1));
            kh_phrases_add(out, words->thats, form, row->lang, 0);
        }
    }
}

static void add_lists(kh_arena *out, kh_figures_know *know, const kh_lexicon *lex)
{
    static const char *const that[] = {"that"};
    static const char *const force[] = {"attack",   "airstrike", "bombardment", "clash",    "war",  "riot",           "terror", "shoot",
                                        "massacre", "rebel",     "militia",     "violence", "bomb", "suicide_attack", "rocket", "missile"};
    const word_list lists[] = {
        {"stopwords", NULL, 0, 0, offsetof(kh_figures_lang, stopwords)},
        {"complementisers", that, 1, 1, offsetof(kh_figures_lang, thats)},
        {"estimates", NULL, 0, 0, offsetof(kh_figures_lang, estimates)},
        {"roles", NULL, 0, 1, offsetof(kh_figures_lang, roles)},
        {"concepts", force, sizeof force / sizeof *force, 1, offsetof(kh_figures_lang, force)},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        add_list(out, know, lex, &lists[i]);
    }
}

static void make_sets(kh_shelf *shelf, kh_figures_lang *words)
{
    for (size_t i = 0; i < KH_FIELD_count; i++) {
        words->sets[i] = kh_phrases_on(shelf);
    }
    kh_phrases **all[] = {&words->duals, &words->bounds, &words->connectors, &words->stopwords,
                          &words->thats, &words->force,  &words->estimates,  &words->roles};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        *all[i] = kh_phrases_on(shelf);
    }
}

static void set_grammar(kh_figures_lang *words, kh_str tag)
{
    static const char *const verb_last[] = {"fa", "tr", "ur", "kk", "ug", "ckb", "ps", "az", "uz", "ku"};
    static const char *const verb_first[] = {"ar"};
    static const char *const dotted[] = {"tr", "az"};
    static const char *const capital_nouns[] = {"de", "lb"};
    static const char *const noun_first[] = {"ar", "fa", "ckb", "ku", "he"};
    words->verb_last = IS_IN(tag, verb_last);
    words->verb_first = IS_IN(tag, verb_first);
    words->dotted = IS_IN(tag, dotted);
    words->capital_nouns = IS_IN(tag, capital_nouns);
    words->joined = IS_IN(tag, verb_first);
    words->adjective_first = tag.len > 0 && !IS_IN(tag, noun_first);
}

static void counted_parts(kh_shelf *shelf, void *thing)
{
    kh_figures_know *know = thing;
    KH_SHELF_ROOM(shelf, know->counted);
    KH_EACH(kh_counted, word, know->counted) {
        kh_shelf_str(shelf, &word->value);
        kh_shelf_str(shelf, &word->share);
        kh_shelf_str(shelf, &word->by_force);
        kh_shelf_str(shelf, &word->by_accident);
        KH_SHELF_VALUE(shelf, word->field);
        KH_SHELF_VALUE(shelf, word->kind);
        KH_SHELF_VALUE(shelf, word->of);
        KH_SHELF_VALUE(shelf, word->opens);
        KH_SHELF_VALUE(shelf, word->crowd);
        KH_SHELF_VALUE(shelf, word->hint);
    }
}

const kh_figures_know *kh_figures_know_of(kh_arena *out, const kh_lexicon *lex, const kh_numerals *numerals)
{
    kh_figures_know *know = KH_NEW(out, kh_figures_know);
    know->lex = lex;
    know->numerals = numerals;
    kh_shelf *shelf = kh_shelf_open(out, lex, "figures");
    for (uint8_t lang = 0; lang < KH_LANGS_MAX; lang++) {
        make_sets(shelf, &know->langs[lang]);
        set_grammar(&know->langs[lang], kh_lexicon_tag(lex, lang));
    }
    kh_rows scopes = kh_lexicon_world(lex, "scopes");
    for (size_t i = 0; i < scopes.count; i++) {
        *KH_ADD(out, &know->narrower) = kh_cell(&scopes.items[i], 0);
        *KH_ADD(out, &know->wider) = kh_cell(&scopes.items[i], 1);
    }
    kh_shelf_put(shelf, know, counted_parts);
    if (!kh_shelf_is_ready(shelf)) {
        add_counted(out, know, lex, "counted", false);
        add_counted(out, know, lex, "duals", true);
        add_bounds(out, know, lex);
        add_lists(out, know, lex);
        add_joined_thats(out, know, lex);
    }
    kh_shelf_close(shelf);
    return know;
}
