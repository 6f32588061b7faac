/* credits_know.c - the phrases of credit, from table rows to templates that can be matched.
 *
 * Decides how a row of credits.txt is read: "به گزارش {A}، به نقل از {A}" becomes words and slots; commas
 * are dropped, since writers set them as they like; "ل{A}" is a slot that is glued to ل, which in Arabic
 * matches لرويترز. Rows whose type is `agency_word`, `medium_word`, `medium_name` or `outlet_word` hold words that may
 * stand before an agency's name, before that of a medium in no table, or belong to an outlet's; `no_source`
 * what begins like a credit and is none.
 *
 * Gets wrong: nothing by itself; a row that names an unknown type is left out, so that a user's file with a
 * slip does less, not something else.
 */
#include "claims/credits_internal.h"
#include "lexicon/shelf.h"

#include <string.h>

/* ---- templates ---- */

static bool slot_of(kh_str name, kh_slot *slot)
{
    static const struct {
        const char *name;
        kh_slot slot;
    } slots[] = {
        {"A", KH_SLOT_AGENCY},  {"SAY", KH_SLOT_SAY},     {"PLACE", KH_SLOT_PLACE}, {"NAME", KH_SLOT_NAME},     {"OUTLET", KH_SLOT_NAME},
        {"DATE", KH_SLOT_DATE}, {"YEAR", KH_SLOT_NUMBER}, {"CODE", KH_SLOT_NUMBER}, {"REPORT", KH_SLOT_REPORT}, {"WORD", KH_SLOT_ANY},
    };
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        if (kh_str_eq(name, kh_str_z(slots[i].name))) {
            *slot = slots[i].slot;
            return true;
        }
    }
    return false;
}

enum { ELEMENTS_MAX = 24 };

static void add_words_of(kh_arena *out, kh_template *t, kh_str piece)
{
    const kh_text *text = kh_text_of(out, piece);
    KH_EACH(const kh_token, k, text->tokens) {
        if (t->count < ELEMENTS_MAX && !kh_str_eq(k->key, KH_STR(","))) {
            t->elements[t->count++] = (kh_element){.slot = KH_SLOT_WORD, .hash = k->hash, .key = k->key};
        }
    }
}

/* Splits ROW at its slots. */
static bool read_template(kh_arena *out, kh_str row, kh_template *t)
{
    size_t from = 0;
    t->elements = KH_NEW_N(out, kh_element, ELEMENTS_MAX);
    for (size_t i = 0; i < row.len;) {
        kh_str rest = kh_str_from(row, i);
        size_t close = kh_str_find(rest, KH_STR("}"));
        kh_slot slot = KH_SLOT_GAP;
        size_t len = kh_str_starts(rest, KH_STR("...")) ? 3 : 0;
        if (rest.ptr[0] == '{' && close < rest.len && slot_of((kh_str){rest.ptr + 1, close - 1}, &slot)) {
            len = close + 1;
        }
        if (len) {
            add_words_of(out, t, (kh_str){row.ptr + from, i - from});
            bool tight = i > from && row.ptr[i - 1] != ' ' && (row.ptr[i - 1] & 0x80);
            if (t->count < ELEMENTS_MAX) {
                t->elements[t->count++] = (kh_element){.slot = slot, .tight = tight && slot == KH_SLOT_AGENCY};
            }
            from = i + len;
        }
        i += len ? len : 1;
    }
    add_words_of(out, t, kh_str_from(row, from));
    return t->count > 0;
}

static void note_needs(kh_template *t, bool arabic)
{
    for (size_t i = 0; i < t->count; i++) {
        const kh_element *e = &t->elements[i];
        if (e->slot == KH_SLOT_WORD && kh_element_is_whole(t, i, arabic)) {
            kh_word_bits_add(&t->needs, e->hash);
        }
        t->needs_name |= e->slot == KH_SLOT_AGENCY && !e->tight;
    }
}

static void add_template(kh_arena *out, kh_credits_know *know, const kh_row *row)
{
    kh_template t = {.lang = row->lang, .house = kh_cell(row, 4)};
    if (!kh_credit_type_of(kh_cell(row, 0), &t.type) || !kh_credit_role_of(kh_cell(row, 1), &t.role) ||
        !read_template(out, kh_cell(row, 2), &t)) {
        return;
    }
    note_needs(&t, t.lang == know->arabic);
    uint32_t index = (uint32_t)know->templates.count;
    if (t.elements[0].slot == KH_SLOT_WORD) {
        uint32_t *place = kh_map_put(out, &know->by_word, kh_hash_mix(t.elements[0].hash, t.lang), NULL);
        t.next = *place;
        *place = index;
    } else {
        *KH_ADD(out, &know->by_slot) = index;
    }
    *KH_ADD(out, &know->templates) = t;
}

static void add_credits(kh_arena *out, kh_credits_know *know)
{
    kh_rows rows = kh_lexicon_rows(know->lex, "credits");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        if (kh_str_eq(kh_cell(row, 0), KH_STR("agency_word"))) {
            kh_phrases_add(out, know->agency_words, kh_cell(row, 2), row->lang, 1);
        } else if (kh_str_eq(kh_cell(row, 0), KH_STR("outlet_word"))) {
            kh_phrases_add(out, know->outlet_words, kh_cell(row, 2), row->lang, 1);
        } else if (kh_str_eq(kh_cell(row, 0), KH_STR("medium_word"))) {
            kh_phrases_add_list(out, know->medium_words, kh_cell(row, 2), row->lang, KH_MEDIUM_WORD);
        } else if (kh_str_eq(kh_cell(row, 0), KH_STR("medium_name"))) {
            kh_phrases_add_list(out, know->medium_words, kh_cell(row, 2), row->lang, KH_MEDIUM_NAME);
        } else if (kh_str_eq(kh_cell(row, 0), KH_STR("no_source"))) {
            kh_phrases_add_list(out, know->no_sources, kh_cell(row, 2), row->lang, 1);
        } else {
            add_template(out, know, row);
        }
    }
}

/* Verbs of a source are of fewer acts than all that report: an agency that announces or denies is often the
 * news itself. */
static void add_verbs(kh_arena *out, kh_credits_know *know)
{
    static const char *const acts[] = {"say", "report", "reveal", "write", "explain", "confirm"};
    kh_rows rows = kh_lexicon_rows(know->lex, "reporting_verbs");
    for (size_t i = 0; i < rows.count; i++) {
        kh_str act = kh_cell(&rows.items[i], 2);
        uint32_t value = 1;
        for (size_t j = 0; j < sizeof acts / sizeof *acts; j++) {
            value = kh_str_eq(act, kh_str_z(acts[j])) ? 2 : value;
        }
        if (!kh_str_eq(act, KH_STR("none"))) {
            kh_phrases_add_list(out, know->verbs, kh_cell(&rows.items[i], 1), rows.items[i].lang, value);
        }
    }
}

/* ---- agencies ---- */

static uint32_t agency_of(kh_arena *out, kh_credits_know *know, kh_str id)
{
    bool is_new = false;
    uint32_t *place = kh_map_put(out, &know->agency_by_id, kh_hash(id), &is_new);
    if (is_new) {
        *KH_ADD(out, &know->agencies) = (kh_agency){.id = id, .label = id};
        *place = (uint32_t)know->agencies.count;
    }
    return *place - 1;
}

static void add_agencies(kh_arena *out, kh_credits_know *know)
{
    kh_rows world = kh_lexicon_world(know->lex, "agencies");
    for (size_t i = 0; i < world.count; i++) {
        uint32_t a = agency_of(out, know, kh_cell(&world.items[i], 0));
        know->agencies.items[a].label = kh_cell(&world.items[i], 3);
        know->agencies.items[a].wire = kh_str_eq(kh_cell(&world.items[i], 1), KH_STR("agency"));
    }
    kh_rows rows = kh_lexicon_rows(know->lex, "agencies");
    for (size_t i = 0; i < rows.count; i++) {
        kh_str form = kh_cell(&rows.items[i], 1), flags = kh_cell(&rows.items[i], 2);
        bool careful = kh_str_find(flags, KH_STR("ambiguous")) < flags.len || kh_str_find(flags, KH_STR("short")) < flags.len ||
                       kh_str_find(flags, KH_STR("company")) < flags.len;
        uint32_t a = agency_of(out, know, kh_cell(&rows.items[i], 0));
        if (!kh_str_starts(form, KH_STR("("))) {
            kh_phrases_add(out, know->agency_forms, form, rows.items[i].lang, (uint32_t)know->forms.count);
            *KH_ADD(out, &know->forms) = (kh_agency_form){.agency = a, .careful = careful};
        }
    }
}

kh_str kh_credits_agency_label(const kh_credits_know *know, kh_str agency)
{
    const uint32_t *a = kh_map_get(&know->agency_by_id, kh_hash(agency));
    return a ? know->agencies.items[*a - 1].label : agency;
}

/* ---- the rest ---- */

static void add_words(kh_arena *out, const kh_credits_know *know, const char *table, size_t column, kh_phrases *set, const char *kind,
                      size_t kind_column)
{
    kh_rows rows = kh_lexicon_rows(know->lex, table);
    for (size_t i = 0; i < rows.count; i++) {
        if (!kind || kh_str_eq(kh_cell(&rows.items[i], kind_column), kh_str_z(kind))) {
            kh_phrases_add_list(out, set, kh_cell(&rows.items[i], column), rows.items[i].lang, 1);
        }
    }
}

static void template_parts(kh_shelf *shelf, kh_template *t)
{
    KH_SHELF_VALUE(shelf, t->type);
    KH_SHELF_VALUE(shelf, t->role);
    KH_SHELF_VALUE(shelf, t->needs);
    KH_SHELF_VALUE(shelf, t->needs_name);
    KH_SHELF_VALUE(shelf, t->lang);
    KH_SHELF_VALUE(shelf, t->next);
    KH_SHELF_VALUE(shelf, t->count);
    kh_shelf_str(shelf, &t->house);
    t->elements = kh_shelf_items(shelf, t->elements, sizeof *t->elements, t->count);
    for (size_t i = 0; i < t->count; i++) {
        KH_SHELF_VALUE(shelf, t->elements[i].slot);
        KH_SHELF_VALUE(shelf, t->elements[i].hash);
        KH_SHELF_VALUE(shelf, t->elements[i].tight);
        kh_shelf_str(shelf, &t->elements[i].key);
    }
}

static void know_parts(kh_shelf *shelf, void *thing)
{
    kh_credits_know *know = thing;
    KH_SHELF_ROOM(shelf, know->agencies);
    KH_EACH(kh_agency, agency, know->agencies) {
        kh_shelf_str(shelf, &agency->id);
        kh_shelf_str(shelf, &agency->label);
        KH_SHELF_VALUE(shelf, agency->wire);
    }
    KH_SHELF_ROOM(shelf, know->forms);
    KH_EACH(kh_agency_form, form, know->forms) {
        KH_SHELF_VALUE(shelf, form->agency);
        KH_SHELF_VALUE(shelf, form->careful);
    }
    KH_SHELF_ROOM(shelf, know->templates);
    KH_EACH(kh_template, t, know->templates) {
        template_parts(shelf, t);
    }
    KH_SHELF_LIST(shelf, know->by_slot);
}

const kh_credits_know *kh_credits_know_of(kh_arena *out, const kh_lexicon *lex)
{
    kh_credits_know *know = KH_NEW(out, kh_credits_know);
    kh_shelf *shelf = kh_shelf_open(out, lex, "credits");
    *know = (kh_credits_know){.lex = lex, .arabic = kh_lexicon_lang(lex, KH_STR("ar")), .english = kh_lexicon_lang(lex, KH_STR("en"))};
    kh_phrases **all[] = {&know->agency_forms, &know->agency_words, &know->medium_words, &know->no_sources, &know->verbs,
                          &know->weekdays,     &know->site_words,   &know->outlet_words, &know->media};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        *all[i] = kh_phrases_on(shelf);
    }
    kh_map_on(shelf, &know->agency_by_id);
    kh_map_on(shelf, &know->by_word);
    kh_shelf_put(shelf, know, know_parts);
    if (!kh_shelf_is_ready(shelf)) {
        *KH_ADD(out, &know->templates) = (kh_template){0};
        add_agencies(out, know);
        add_credits(out, know);
        add_verbs(out, know);
        add_words(out, know, "weekdays", 2, know->weekdays, NULL, 0);
        add_words(out, know, "furniture", 2, know->site_words, NULL, 0);
        add_words(out, know, "roles", 1, know->media, "media", 0);
    }
    const kh_phrases *const sets[] = {know->agency_forms, know->agency_words, know->medium_words, know->verbs, know->no_sources};
    know->sieve = kh_sieve_on(shelf, sets, sizeof sets / sizeof *sets);
    kh_shelf_close(shelf);
    return know;
}
