/* know.c - the tables that names are read with, made ready once.
 *
 * Decides which word is a name known to the world (places, people, organisations, agencies), which is a
 * word that stands beside names (وزير, آقای, party, province), and which is a common word of its language
 * and so no name. Example: of "وزير الطوارئ تيمور كاراسوف" the table roles.txt knows وزير الطوارئ; that
 * تيمور is in no table of Arabic words leaves it free to be a name.
 *
 * Common words are gathered from all tables of a language: stopwords, concepts, counted things, reporting
 * verbs, months and so on. That is some thousand forms a language, not a dictionary.
 *
 * Gets wrong: a person called like a common word (كمال is also "perfection") is known only where
 * given_names.txt lists the name.
 */
#include "lexicon/shelf.h"
#include "names/features.h"
#include "names/internal.h"

#include <string.h>

static uint32_t add_entry(kh_arena *out, kh_names_know *know, kh_str prefix, kh_str id, kh_name_type type)
{
    bool whole = kh_str_find(id, KH_STR(":")) < id.len;
    kh_str full = whole ? id : kh_arena_join(out, prefix, id);
    bool is_new = false;
    uint32_t *place = kh_map_put(out, &know->by_id, kh_hash(full), &is_new);
    if (is_new) {
        *KH_ADD(out, &know->entries) = (kh_name_entry){.id = full, .label = id, .type = type};
        *place = (uint32_t)know->entries.count;
    }
    return *place - 1;
}

static void add_labels(kh_arena *out, kh_names_know *know, const char *table, kh_str prefix, kh_name_type type, size_t label_column)
{
    kh_rows rows = kh_lexicon_world(know->lex, table);
    for (size_t i = 0; i < rows.count; i++) {
        uint32_t e = add_entry(out, know, prefix, kh_cell(&rows.items[i], 0), type);
        know->entries.items[e].label = kh_cell(&rows.items[i], label_column);
        know->entries.items[e].minor = kh_str_eq(prefix, KH_STR("geonames:"));
    }
}

/* The entry E again, with a difference. */
static uint32_t add_variant(kh_arena *out, kh_names_know *know, uint32_t e, bool adjective, kh_str exact)
{
    kh_name_entry variant = know->entries.items[e];
    variant.adjective = adjective;
    variant.exact = exact;
    *KH_ADD(out, &know->entries) = variant;
    return (uint32_t)know->entries.count - 1;
}

/* Forms that are common words when written small ("US", "Mali"): capitals as written. */
static void add_exact(kh_arena *out, kh_names_know *know, kh_str forms, uint8_t lang, uint32_t e)
{
    kh_str form;
    while (forms.len && kh_str_cut(&forms, '|', &form)) {
        form = kh_str_trim(form);
        kh_phrases_add(out, know->sets[KH_SET_KNOWN], form, lang, add_variant(out, know, e, false, form));
    }
}

static void add_forms(kh_arena *out, kh_names_know *know, const char *table, kh_str prefix, kh_name_type type)
{
    kh_rows rows = kh_lexicon_rows(know->lex, table);
    size_t exact_column = type == KH_NAME_PLACE ? 3 : 2;
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        uint32_t e = add_entry(out, know, prefix, kh_cell(row, 0), type);
        kh_phrases_add_list(out, know->sets[KH_SET_KNOWN], kh_cell(row, 1), row->lang, e);
        if (type == KH_NAME_PLACE && kh_cell(row, 2).len) {
            kh_phrases_add_list(out, know->sets[KH_SET_KNOWN], kh_cell(row, 2), row->lang, add_variant(out, know, e, true, (kh_str){0}));
        }
        add_exact(out, know, kh_cell(row, exact_column), row->lang, e);
    }
}

static void add_agencies(kh_arena *out, kh_names_know *know)
{
    kh_rows rows = kh_lexicon_rows(know->lex, "agencies");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_str form = kh_cell(row, 1), flags = kh_cell(row, 2);
        if (kh_str_starts(form, KH_STR("("))) {
            continue;
        }
        uint32_t e = add_entry(out, know, KH_STR("agency:"), kh_cell(row, 0), KH_NAME_ORGANISATION);
        know->entries.items[e].agency = true;
        bool doubtful = kh_str_find(flags, KH_STR("ambiguous")) < flags.len || kh_str_find(flags, KH_STR("short")) < flags.len;
        kh_str marked = doubtful ? kh_arena_join(out, KH_STR("?"), form) : form;
        kh_phrases_add(out, know->sets[KH_SET_KNOWN], marked, row->lang, e);
    }
}

/* Bodies of these kinds bear names of their own; a government or a police force rarely does. */
static bool bears_name(kh_str id)
{
    static const char *const kinds[] = {"party",
                                        "organisation",
                                        "union",
                                        "federation",
                                        "committee",
                                        "commission",
                                        "council",
                                        "movement",
                                        "agency",
                                        "bank",
                                        "university",
                                        "foundation",
                                        "coalition",
                                        "election_commission",
                                        "human_rights_group",
                                        "association"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kh_str_eq(id, kh_str_z(kinds[i]))) {
            return true;
        }
    }
    return false;
}

static kh_lead lead_of(kh_str kind, kh_str id)
{
    if (kh_str_eq(kind, KH_STR("body")) && kh_str_eq(id, KH_STR("company"))) {
        return KH_LEAD_COMPANY;
    }
    if (kh_str_eq(kind, KH_STR("body"))) {
        return bears_name(id) ? KH_LEAD_BODY : KH_LEAD_OFFICE;
    }
    return KH_LEAD_PERSON;
}

static kh_beside beside_of(kh_str kind)
{
    bool before = kh_str_eq(kind, KH_STR("before"));
    bool part = kh_str_eq(kind, KH_STR("part"));
    return before                             ? KH_BESIDE_BEFORE
           : part                             ? KH_BESIDE_PART
           : kh_str_eq(kind, KH_STR("with"))  ? KH_BESIDE_WITH
           : kh_str_eq(kind, KH_STR("after")) ? KH_BESIDE_AFTER
                                              : KH_BESIDE_IN;
}

static void add_roles(kh_arena *out, kh_names_know *know)
{
    kh_rows rows = kh_lexicon_rows(know->lex, "roles");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_str kind = kh_cell(row, 0); /* "the official", "local media": no name stands beside those */
        if (!kh_str_eq(kind, KH_STR("anaphor")) && !kh_str_eq(kind, KH_STR("media"))) {
            kh_phrases_add(out, know->sets[KH_SET_LEADS], kh_cell(row, 1), row->lang, (uint32_t)lead_of(kind, kh_cell(row, 2)));
        }
    }
}

static void add_heads(kh_arena *out, kh_names_know *know)
{
    kh_rows rows = kh_lexicon_rows(know->lex, "organisation_heads");
    for (size_t i = 0; i < rows.count; i++) {
        kh_str kind = kh_cell(&rows.items[i], 0);
        kh_lead lead = kh_str_eq(kind, KH_STR("media")) ? KH_LEAD_MEDIA : kh_str_eq(kind, KH_STR("report")) ? KH_LEAD_REPORT : KH_LEAD_BODY;
        kh_phrases_add_list(out, know->sets[KH_SET_LEADS], kh_cell(&rows.items[i], 1), rows.items[i].lang, lead);
    }
    rows = kh_lexicon_rows(know->lex, "place_heads");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_phrases_add_list(out, know->sets[KH_SET_BESIDE], kh_cell(row, 1), row->lang, (uint32_t)beside_of(kh_cell(row, 0)));
    }
}

/* Tables of which only the words count. */
static void add_listed(kh_arena *out, kh_names_know *know)
{
    static const struct {
        int set;
        const char *table;
        size_t column;
    } lists[] = {{KH_SET_STOPS, "stopwords", 0},          {KH_SET_STOPS, "weekdays", 2},        {KH_SET_STOPS, "months", 3},
                 {KH_SET_STOPS, "pronouns", 1},           {KH_SET_STOPS, "complementisers", 1}, {KH_SET_STOPS, "negation", 0},
                 {KH_SET_TAILS, "organisation_tails", 0}, {KH_SET_VERBS, "reporting_verbs", 1}, {KH_SET_GIVEN, "given_names", 0}};
    for (size_t t = 0; t < sizeof lists / sizeof *lists; t++) {
        kh_rows rows = kh_lexicon_rows(know->lex, lists[t].table);
        for (size_t i = 0; i < rows.count; i++) {
            kh_phrases_add_list(out, know->sets[lists[t].set], kh_cell(&rows.items[i], lists[t].column), rows.items[i].lang, 1);
        }
    }
}

/* A capital letter is enough to tell a name from a concept's word in scripts that have one. */
static bool is_without_capitals(kh_str form)
{
    size_t n = 0;
    kh_script script = kh_script_of(kh_utf8_at(form, 0, &n));
    return script == KH_SCRIPT_ARABIC || script == KH_SCRIPT_HEBREW;
}

/* Every word of FORMS by itself, as KIND; forms with a star only if STARRED or in scripts without capitals. */
static void add_words(kh_arena *out, kh_names_know *know, kh_str forms, uint8_t lang, kh_common kind, bool starred)
{
    kh_str form, word;
    while (kh_str_cut(&forms, '|', &form)) {
        form = kh_str_trim(form);
        if (kh_str_starts(form, KH_STR("?"))) {
            form = kh_str_from(form, 1);
        }
        if (!starred && kh_str_find(form, KH_STR("*")) < form.len && !is_without_capitals(form)) {
            continue;
        }
        while (kh_str_cut(&form, ' ', &word)) {
            if (word.len > 2) {
                kh_phrases_add(out, know->sets[KH_SET_COMMON], word, lang, (uint32_t)kind);
            }
        }
    }
}

/* The tables whose words are common ones. */
static const struct {
    const char *table;
    size_t column;
    bool starred; /* stems count in every script; those of thousands of concepts would swallow names */
} common_sources[] = {
    {"concepts", 1, false}, /* first: another table makes a word surely ordinary */
    {"stopwords", 0, true},    {"counted", 2, true},     {"reporting_verbs", 1, true}, {"roles", 1, true},     {"complementisers", 1, true},
    {"pronouns", 1, true},     {"negation", 0, true},    {"relative_dates", 2, true},  {"months", 3, true},    {"weekdays", 2, true},
    {"hedges", 0, true},       {"attribution", 0, true}, {"numbers", 4, true},         {"furniture", 2, true}, {"place_heads", 1, true},
    {"common_words", 0, true}, {"credits", 2, true},
};

enum { COMMON_SOURCES = sizeof common_sources / sizeof *common_sources };

static void add_common(kh_arena *out, kh_names_know *know)
{
    for (size_t s = 0; s < COMMON_SOURCES; s++) {
        kh_rows rows = kh_lexicon_rows(know->lex, common_sources[s].table);
        for (size_t i = 0; i < rows.count; i++) {
            const kh_row *row = &rows.items[i];
            if (!kh_str_eq(kh_cell(row, 0), KH_STR("medium_name"))) { /* of credits: "New York Times" is no common word */
                add_words(out, know, kh_cell(row, common_sources[s].column), row->lang, s == 0 ? KH_COMMON_CONCEPT : KH_COMMON_YES,
                          common_sources[s].starred);
            }
        }
    }
}

/* The tables that were made into arrays when the program was built. */
static void add_built(kh_names_know *know)
{
    for (const kh_name_weights *w = kh_name_weights_built; w->lang; w++) {
        uint8_t lang = kh_lexicon_lang(know->lex, kh_str_z(w->lang));
        know->weights[lang < KH_LANGS_MAX ? lang : 0] = w;
    }
    for (const kh_word_table *t = kh_name_words_built; t->lang; t++) {
        uint8_t lang = kh_lexicon_lang(know->lex, kh_str_z(t->lang));
        know->named[lang < KH_LANGS_MAX ? lang : 0] = t;
    }
    know->weights[KH_LANG_NONE] = NULL;
    know->named[KH_LANG_NONE] = NULL;
}

static void add_known(kh_arena *out, kh_names_know *know)
{
    add_labels(out, know, "cities", KH_STR("geonames:"), KH_NAME_PLACE, 1);
    add_labels(out, know, "places", KH_STR("place:"), KH_NAME_PLACE, 3);
    add_labels(out, know, "people", KH_STR("person:"), KH_NAME_PERSON, 2);
    add_labels(out, know, "organisations", KH_STR("org:"), KH_NAME_ORGANISATION, 2);
    add_labels(out, know, "agencies", KH_STR("agency:"), KH_NAME_ORGANISATION, 3);
    add_forms(out, know, "cities", KH_STR("geonames:"), KH_NAME_PLACE); /* first: places.txt wins */
    add_forms(out, know, "places", KH_STR("place:"), KH_NAME_PLACE);
    add_forms(out, know, "people", KH_STR("person:"), KH_NAME_PERSON);
    add_forms(out, know, "organisations", KH_STR("org:"), KH_NAME_ORGANISATION);
    add_agencies(out, know);
}

static void entries_parts(kh_shelf *shelf, void *thing)
{
    kh_names_know *know = thing;
    KH_SHELF_ROOM(shelf, know->entries);
    KH_EACH(kh_name_entry, e, know->entries) {
        kh_shelf_str(shelf, &e->id);
        kh_shelf_str(shelf, &e->label);
        kh_shelf_str(shelf, &e->exact);
        KH_SHELF_VALUE(shelf, e->type);
        KH_SHELF_VALUE(shelf, e->adjective);
        KH_SHELF_VALUE(shelf, e->agency);
        KH_SHELF_VALUE(shelf, e->minor);
    }
}

/* A shelf of their own, since they are many and other tables change more often; so have the common words. */
static void know_known(kh_arena *out, kh_names_know *know)
{
    kh_shelf *shelf = kh_shelf_open(out, know->lex, "names known");
    know->sets[KH_SET_KNOWN] = kh_phrases_on(shelf);
    kh_map_on(shelf, &know->by_id);
    kh_shelf_put(shelf, know, entries_parts);
    if (!kh_shelf_is_ready(shelf)) {
        add_known(out, know);
    }
    kh_shelf_close(shelf);
}

static void know_common(kh_arena *out, kh_names_know *know)
{
    kh_shelf *shelf = kh_shelf_open(out, know->lex, "names common");
    know->sets[KH_SET_COMMON] = kh_phrases_on(shelf);
    if (!kh_shelf_is_ready(shelf)) {
        add_common(out, know);
    }
    kh_shelf_close(shelf);
}

const kh_names_know *kh_names_know_of(kh_arena *out, const kh_lexicon *lex)
{
    kh_names_know *know = KH_NEW(out, kh_names_know);
    *know = (kh_names_know){.lex = lex,
                            .english = kh_lexicon_lang(lex, KH_STR("en")),
                            .arabic = kh_lexicon_lang(lex, KH_STR("ar")),
                            .german = kh_lexicon_lang(lex, KH_STR("de"))};
    kh_shelf *shelf = kh_shelf_open(out, lex, "names");
    know_known(out, know);
    know_common(out, know);
    for (size_t i = 0; i < KH_SET_COUNT; i++) {
        know->sets[i] = know->sets[i] ? know->sets[i] : kh_phrases_on(shelf);
    }
    if (!kh_shelf_is_ready(shelf)) {
        add_roles(out, know);
        add_heads(out, know);
        add_listed(out, know);
    }
    const kh_phrases *sets[KH_SET_COUNT];
    memcpy(sets, know->sets, sizeof sets);
    know->sieve = kh_sieve_on(shelf, sets, KH_SET_COUNT);
    kh_shelf_close(shelf);
    add_built(know);
    return know;
}

kh_str kh_names_lookup(const kh_names_know *know, kh_arena scratch, kh_str name)
{
    const kh_text *t = kh_text_of(&scratch, name);
    kh_match m;
    if (t->tokens.count == 0 || !kh_phrases_match(know->sets[KH_SET_KNOWN], t, 0, KH_LANG_ANY, 0, &m) || m.end != t->tokens.count) {
        return (kh_str){0};
    }
    const kh_name_entry *e = &know->entries.items[m.value];
    return e->adjective ? (kh_str){0} : e->id;
}

kh_str kh_names_label(const kh_names_know *know, kh_str id)
{
    const uint32_t *e = kh_map_get(&know->by_id, kh_hash(id));
    return e ? know->entries.items[*e - 1].label : (kh_str){0};
}
