/* numerals_know.c - the table numbers.txt made ready.
 *
 * Decides which words are numbers, of which kind and value, and how a language writes them. Examples: "ar unit 3 ثلاثة", "join
 * glued و" (خمسة وعشرون), "mark group dot" of German, whose 1.234 is a thousand and more. What is done with them: numerals.c.
 *
 * Gets wrong: nothing it knows of; a row of an unknown kind is left out.
 */
#include "lexicon/numerals_parts.h"
#include "lexicon/shelf.h"

static bool kind_of_row(kh_str name, kh_numeral_kind *kind)
{
    static const struct {
        const char *name;
        kh_numeral_kind kind;
    } names[] = {{"unit", KH_NUMERAL_UNIT},   {"collective", KH_NUMERAL_UNIT},   {"teen", KH_NUMERAL_TEEN},
                 {"ten", KH_NUMERAL_TEN},     {"hundred", KH_NUMERAL_HUNDRED},   {"scale", KH_NUMERAL_SCALE},
                 {"dual", KH_NUMERAL_DUAL},   {"fraction", KH_NUMERAL_FRACTION}, {"ordinal", KH_NUMERAL_ORDINAL},
                 {"vague", KH_NUMERAL_VAGUE}, {"article", KH_NUMERAL_ARTICLE}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (kh_str_eq(name, kh_str_z(names[i].name))) {
            *kind = names[i].kind;
            return true;
        }
    }
    return false;
}

static uint8_t mark_of(kh_str name)
{
    static const char *const names[] = {"comma", "dot", "space", "slash"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (kh_str_eq(name, kh_str_z(names[i]))) {
            return (uint8_t)(1u << i);
        }
    }
    return 0;
}

static void add_habit(kh_arena *out, kh_numerals *know, const kh_row *row)
{
    kh_number_habits *h = &know->langs[row->lang];
    kh_str op = kh_cell(row, 1), form = kh_cell(row, 4);
    if (kh_str_eq(kh_cell(row, 0), KH_STR("join"))) {
        if (h->join_count < KH_JOINS_MAX) {
            h->joins[h->join_count++] = kh_fold_key(out, form);
        }
        h->join_needed = h->join_needed || !kh_str_eq(op, KH_STR("may"));
        h->join_glued = h->join_glued || kh_str_eq(op, KH_STR("glued"));
        h->units_first = h->join_glued;
    } else if (kh_str_eq(op, KH_STR("percent"))) {
        kh_phrases_add_list(out, h->percent, form, row->lang, 0);
    } else if (kh_str_eq(op, KH_STR("group"))) {
        h->group |= mark_of(form);
    } else if (kh_str_eq(op, KH_STR("decimal"))) {
        h->decimal |= mark_of(form);
    }
}

static void add_word(kh_arena *out, kh_numerals *know, const kh_row *row, kh_numeral_kind kind)
{
    kh_number_word w = {.kind = kind};
    kh_str_double(kh_cell(row, 2), &w.min);
    w.max = w.min;
    if (!kh_str_double(kh_cell(row, 3), &w.max) && kind == KH_NUMERAL_VAGUE) {
        w.max = 0; /* a few: nothing above */
    }
    kh_phrases_add_list(out, know->langs[row->lang].sets[kind], kh_cell(row, 4), row->lang, (uint32_t)know->words.count);
    kh_phrases_add_list(out, know->langs[row->lang].starts, kh_cell(row, 4), row->lang, 0);
    *KH_ADD(out, &know->words) = w;
}

static void make_sets(kh_shelf *shelf, kh_number_habits *habits)
{
    habits->starts = kh_phrases_on(shelf);
    habits->percent = kh_phrases_on(shelf);
    for (size_t i = 0; i < KH_NUMERAL_KINDS; i++) {
        habits->sets[i] = kh_phrases_on(shelf);
    }
}

static void add_table(kh_arena *out, kh_numerals *know, const kh_lexicon *lex)
{
    kh_rows rows = kh_lexicon_rows(lex, "numbers");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_str name = kh_cell(row, 0);
        kh_numeral_kind kind;
        if (kh_str_eq(name, KH_STR("join")) || kh_str_eq(name, KH_STR("mark"))) {
            add_habit(out, know, row);
        } else if (kind_of_row(name, &kind)) {
            add_word(out, know, row, kind);
        }
    }
}

static void habits_parts(kh_shelf *shelf, kh_number_habits *h)
{
    for (size_t i = 0; i < KH_JOINS_MAX; i++) {
        kh_shelf_str(shelf, &h->joins[i]);
    }
    KH_SHELF_VALUE(shelf, h->join_count);
    KH_SHELF_VALUE(shelf, h->join_needed);
    KH_SHELF_VALUE(shelf, h->units_first);
    KH_SHELF_VALUE(shelf, h->join_glued);
    KH_SHELF_VALUE(shelf, h->group);
    KH_SHELF_VALUE(shelf, h->decimal);
}

static void numerals_parts(kh_shelf *shelf, void *thing)
{
    kh_numerals *know = thing;
    KH_SHELF_ROOM(shelf, know->words);
    KH_EACH(kh_number_word, word, know->words) {
        KH_SHELF_VALUE(shelf, word->min);
        KH_SHELF_VALUE(shelf, word->max);
        KH_SHELF_VALUE(shelf, word->kind);
    }
    for (size_t lang = 0; lang < KH_LANGS_MAX; lang++) {
        habits_parts(shelf, &know->langs[lang]);
    }
}

const kh_numerals *kh_numerals_of(kh_arena *out, const kh_lexicon *lex)
{
    kh_numerals *know = KH_NEW(out, kh_numerals);
    kh_shelf *shelf = kh_shelf_open(out, lex, "numerals");
    for (size_t lang = 0; lang < KH_LANGS_MAX; lang++) {
        make_sets(shelf, &know->langs[lang]);
    }
    kh_shelf_put(shelf, know, numerals_parts);
    if (!kh_shelf_is_ready(shelf)) {
        add_table(out, know, lex);
    }
    kh_shelf_close(shelf);
    return know;
}
