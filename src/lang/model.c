/* model.c - the tables of languages, made ready for looking up.
 *
 * Decides nothing. languages/<tag>/ngrams.txt has rows of one weight and all pieces of words that have it,
 * "-9<TAB>_نه نه_": each piece goes into the table of its script, with one weight for each language of the script.
 * A language that does not name a piece another one names has the weight of its `absent` row there. world/
 * function_words.txt and world/scripts.txt serve languages that have no such table.
 *
 * Method: open addressing into dense arrays, sized by the bytes of the tables, so that nothing is moved while
 * some 300,000 pieces are read; they lie on the shelf "language" (lexicon/shelf.h), so that this is done in the build.
 *
 * Gets wrong: more than 24 languages in one script; the later ones are left out.
 */
#include "lang/grams.h"
#include "lang/parts.h"
#include "lexicon/shelf.h"

#include <string.h>

static size_t first_slot(const kh_lang_group *g, uint64_t key)
{
    return (size_t)(key >> 20) & (g->room - 1);
}

static size_t slot_of(const kh_lang_group *g, uint64_t key)
{
    size_t i = first_slot(g, key);
    while (g->slots[i] && g->pieces[g->slots[i] - 1].key != key) {
        i = (i + 1) & (g->room - 1);
    }
    return i;
}

void kh_lang_fetch(const kh_lang_group *g, const kh_gram *grams, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(&g->slots[first_slot(g, grams[i].key)]);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t slot = g->slots[first_slot(g, grams[i].key)];
        if (slot) {
            __builtin_prefetch(&g->pieces[slot - 1]);
        }
    }
}

const int8_t *kh_lang_weights(const kh_lang_group *g, uint64_t key)
{
    size_t i = slot_of(g, key);
    return g->slots[i] ? g->pieces[g->slots[i] - 1].weights : NULL;
}

kh_script kh_lang_script_of(kh_str text)
{
    size_t by[KH_SCRIPT_OTHER + 1] = {0};
    size_t best = KH_SCRIPT_NONE;
    for (size_t i = 0, n = 0; i < text.len; i += n) {
        size_t script = (size_t)kh_script_of(kh_utf8_at(text, i, &n));
        by[script] += script != KH_SCRIPT_NONE;
        best = by[script] > by[best] ? script : best;
    }
    return (kh_script)best;
}

static int small_number(kh_str s)
{
    bool minus = s.len && s.ptr[0] == '-';
    uint64_t value = 0;
    kh_str_u64(kh_str_from(s, minus), &value);
    int small = value > 1000 ? 1000 : (int)value;
    return minus ? -small : small;
}

/* Rows of one language: FIRST up to (not including) END. */
typedef struct table {
    size_t first, end;
    kh_script script;
    size_t bytes;
} table;

static table table_at(kh_rows rows, size_t first)
{
    table t = {.first = first, .end = first};
    while (t.end < rows.count && rows.items[t.end].lang == rows.items[first].lang) {
        kh_str cell = kh_cell(&rows.items[t.end++], 1);
        t.bytes += cell.len;
        t.script = t.script == KH_SCRIPT_NONE ? kh_lang_script_of(kh_str_head(cell, 200)) : t.script;
    }
    return t;
}

/* A piece of a table takes five bytes and more with the space behind it in Latin letters, eight in others. */
static void make_room(kh_arena *out, kh_lang_group *g, kh_script script, size_t bytes)
{
    size_t pieces = bytes / (script == KH_SCRIPT_LATIN ? 2 : 3) + 1;
    for (g->room = 1024; g->room < bytes / 6; g->room *= 2) {
    }
    g->room *= g->room < pieces ? 2 : 1;
    g->slots = KH_NEW_N(out, uint32_t, g->room);
    size_t most = g->room / 4 * 3;
    g->pieces = kh_arena_push(out, sizeof *g->pieces, sizeof *g->pieces, most);
}

/* The weight of a piece for each language of a script before any names it. */
typedef int8_t piece_weights[KH_GROUP_LANGS_MAX];

static int8_t weight_of(kh_str cell)
{
    int number = small_number(cell);
    return (int8_t)(number < -127 ? -127 : number > 127 ? 127 : number);
}

/* KEYS are looked for at once, so that the memory that each waits for is fetched meanwhile. */
enum { AT_ONCE = 32 };

static void add_keys(kh_lang_group *g, size_t place, int8_t weight, const uint64_t *keys, size_t count, const piece_weights absent)
{
    for (size_t k = 0; k < count; k++) {
        size_t i = slot_of(g, keys[k]);
        if (!g->slots[i]) {
            if (g->count == g->room / 4 * 3) {
                return;
            }
            g->pieces[g->count].key = keys[k];
            memcpy(g->pieces[g->count].weights, absent, sizeof g->pieces->weights);
            g->slots[i] = (uint32_t)++g->count;
        }
        g->pieces[g->slots[i] - 1].weights[place] = weight;
    }
}

static void add_grams(kh_lang_group *g, size_t place, int8_t weight, kh_str grams, const piece_weights absent)
{
    uint64_t keys[AT_ONCE];
    size_t count = 0;
    kh_str word;
    while (kh_str_cut(&grams, ' ', &word)) {
        keys[count] = kh_gram_key(word);
        __builtin_prefetch(&g->slots[first_slot(g, keys[count])]);
        if (++count == AT_ONCE) {
            add_keys(g, place, weight, keys, count, absent);
            count = 0;
        }
    }
    add_keys(g, place, weight, keys, count, absent);
}

static bool is_gram_row(kh_str kind)
{
    return !kh_str_eq(kind, KH_STR("absent")) && !kh_str_eq(kind, KH_STR("prior"));
}

/* Gives the language of T a place in G, with what its table says of it. */
static void add_language(kh_lang_group *g, kh_rows rows, const table *t, piece_weights absent)
{
    if (g->lang_count == KH_GROUP_LANGS_MAX) {
        return;
    }
    size_t place = g->lang_count++;
    g->langs[place] = rows.items[t->first].lang;
    for (size_t i = t->first; i < t->end; i++) {
        kh_str kind = kh_cell(&rows.items[i], 0);
        kh_str value = kh_cell(&rows.items[i], 1);
        if (kh_str_eq(kind, KH_STR("absent"))) {
            absent[place] = weight_of(value);
        } else if (kh_str_eq(kind, KH_STR("prior"))) {
            g->prior[place] = (int16_t)small_number(value);
            g->news[place] = (int16_t)small_number(kh_cell(&rows.items[i], 2));
        }
    }
}

static void add_table(kh_lang_group *g, kh_rows rows, const table *t, const piece_weights absent)
{
    size_t place = 0;
    while (place < g->lang_count && g->langs[place] != rows.items[t->first].lang) {
        place++;
    }
    for (size_t i = t->first; i < t->end && place < g->lang_count; i++) {
        kh_str kind = kh_cell(&rows.items[i], 0);
        if (is_gram_row(kind)) {
            add_grams(g, place, weight_of(kind), kh_cell(&rows.items[i], 1), absent);
        }
    }
}

static void add_tables(kh_arena *out, kh_lang_know *know, kh_rows rows)
{
    size_t bytes[KH_SCRIPT_OTHER + 1] = {0};
    piece_weights absent[KH_SCRIPT_OTHER + 1] = {{0}};
    for (size_t i = 0; i < rows.count;) {
        table t = table_at(rows, i);
        bytes[t.script] += t.bytes;
        if (t.bytes) {
            add_language(&know->groups[t.script], rows, &t, absent[t.script]);
        }
        i = t.end;
    }
    for (size_t s = 0; s <= KH_SCRIPT_OTHER; s++) {
        if (bytes[s]) {
            make_room(out, &know->groups[s], (kh_script)s, bytes[s]);
        }
    }
    for (size_t i = 0; i < rows.count;) {
        table t = table_at(rows, i);
        if (know->groups[t.script].room) {
            add_table(&know->groups[t.script], rows, &t, absent[t.script]);
        }
        i = t.end;
    }
}

/* ---- function words ---- */

static size_t word_slot(const kh_word_langs *w, uint64_t key)
{
    size_t i = (size_t)(key >> 20) & (w->room - 1);
    while (w->keys[i] && w->keys[i] != key) {
        i = (i + 1) & (w->room - 1);
    }
    return i;
}

uint64_t kh_lang_word_rows(const kh_word_langs *w, uint64_t key)
{
    return w->room ? w->rows[word_slot(w, key)] : 0;
}

static void add_words(kh_arena *out, kh_word_langs *w, kh_rows rows)
{
    size_t bytes = 0;
    for (size_t i = 0; i < rows.count; i++) {
        bytes += kh_cell(&rows.items[i], 2).len;
    }
    for (w->room = 256; w->room < bytes; w->room *= 2) {
    }
    w->keys = KH_NEW_N(out, uint64_t, w->room);
    w->rows = KH_NEW_N(out, uint64_t, w->room);
    for (size_t i = 0; i < rows.count && w->count < KH_WORD_LANGS_MAX; i++) {
        kh_str words = kh_cell(&rows.items[i], 2);
        kh_str word;
        w->tags[w->count] = kh_cell(&rows.items[i], 0);
        w->over[w->count] = kh_cell(&rows.items[i], 1);
        w->scripts[w->count] = kh_lang_script_of(words);
        while (kh_str_cut(&words, '|', &word)) {
            uint32_t letters[KH_GRAM_WORD_LETTERS + 4];
            kh_gram grams[KH_GRAMS_OF_WORD];
            size_t len = kh_lang_letters(word, w->scripts[w->count], letters, KH_GRAM_WORD_LETTERS + 4);
            size_t last = len > 2 ? kh_grams_of_word(letters, len, grams) : 0;
            for (size_t k = 0; k < last; k++) {
                if (grams[k].first == 0 && grams[k].len == len) {
                    size_t slot = word_slot(w, grams[k].key);
                    w->keys[slot] = grams[k].key;
                    w->rows[slot] |= (uint64_t)1 << w->count;
                }
            }
        }
        w->count++;
    }
}

/* ---- scripts of one language ---- */

static uint32_t hex(kh_str s)
{
    uint32_t value = 0;
    for (size_t i = 0; i < s.len && i < 6; i++) {
        char c = s.ptr[i];
        char small = (char)(c | 32);
        value = value * 16 + (uint32_t)(c >= '0' && c <= '9' ? c - '0' : small >= 'a' && small <= 'f' ? small - 'a' + 10 : 0);
    }
    return value;
}

static void add_ranges(kh_arena *out, kh_lang_know *know, kh_rows rows)
{
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        *KH_ADD(out, &know->ranges) =
            (kh_script_range){.first = hex(kh_cell(row, 0)), .last = hex(kh_cell(row, 1)), .tag = kh_cell(row, 2)};
    }
}

static void group_parts(kh_shelf *shelf, void *thing)
{
    kh_lang_group *g = thing;
    KH_SHELF_VALUE(shelf, g->room);
    KH_SHELF_VALUE(shelf, g->count);
    KH_SHELF_VALUE(shelf, g->langs);
    KH_SHELF_VALUE(shelf, g->prior);
    KH_SHELF_VALUE(shelf, g->news);
    KH_SHELF_VALUE(shelf, g->lang_count);
    KH_SHELF_ARRAY(shelf, g->slots, g->room);
    KH_SHELF_ARRAY(shelf, g->pieces, g->count);
}

const kh_lang_know *kh_lang_know_of(kh_arena *out, const kh_lexicon *lex)
{
    kh_lang_know *know = KH_NEW(out, kh_lang_know);
    know->lex = lex;
    kh_shelf *shelf = kh_shelf_open(out, lex, "language");
    for (size_t s = 0; s <= KH_SCRIPT_OTHER; s++) {
        kh_shelf_put(shelf, &know->groups[s], group_parts);
    }
    if (!kh_shelf_is_ready(shelf)) {
        add_tables(out, know, kh_lexicon_rows(lex, "ngrams"));
    }
    kh_shelf_close(shelf);
    add_words(out, &know->words, kh_lexicon_world(lex, "function_words"));
    add_ranges(out, know, kh_lexicon_world(lex, "scripts"));
    return know;
}
