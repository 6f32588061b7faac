/* quotations_know.c - the tables that quotations are read with, made ready once.
 *
 * Decides what each form of reporting_verbs.txt is by its shape, where the table has no column for it:
 * "مضيفا", "قائلا", "saying", "belirterek" are participles, whose subject is that of the clause; "قوله" is
 * a masdar, whose speaker stands before it; German "teilte mit" is "teilte" with the particle "mit" to
 * come at the end of the clause. The shapes are grammar, the words are data.
 *
 * Gets wrong: an Arabic noun of the pattern of a participle that is also a verb form (متهما, "accused").
 */
#include "claims/quotations_private.h"
#include "lexicon/shelf.h"

static bool ends_with(kh_str key, const char *end)
{
    return kh_str_ends(key, kh_str_z(end)) && key.len > kh_str_z(end).len;
}

/* The second character of KEY is alef: فاعل. */
static bool second_is_alef(kh_str key)
{
    size_t n = 0;
    if (key.len == 0) {
        return false;
    }
    kh_utf8_at(key, 0, &n);
    return kh_str_starts(kh_str_from(key, n), KH_STR("ا"));
}

static bool is_participle(kh_str tag, kh_str key)
{
    if (kh_str_eq(tag, KH_STR("ar"))) {
        bool shape = kh_str_starts(key, KH_STR("م")) || second_is_alef(key);
        bool verb = ends_with(key, "وا") || ends_with(key, "تا") || kh_str_starts(key, KH_STR("مض"));
        bool accusative = ends_with(key, "ا") || ends_with(key, "ه") || ends_with(key, "ين");
        return (shape && accusative && !verb) || kh_str_starts(key, KH_STR("مضيف"));
    }
    if (kh_str_eq(tag, KH_STR("en"))) {
        kh_str word;
        return kh_str_cut(&key, ' ', &word) && ends_with(word, "ing"); /* saying, calling for */
    }
    if (kh_str_eq(tag, KH_STR("tr"))) {
        return ends_with(key, "erek") || ends_with(key, "arak");
    }
    if (kh_str_eq(tag, KH_STR("fa"))) {
        return kh_str_starts(key, KH_STR("با "));
    }
    return kh_str_eq(tag, KH_STR("es")) && (ends_with(key, "ando") || ends_with(key, "endo"));
}

static bool is_masdar(kh_str tag, kh_str key)
{
    if (kh_str_eq(tag, KH_STR("ar"))) {
        return kh_str_starts(key, KH_STR("قوله")) || kh_str_starts(key, KH_STR("تاکيده")) || kh_str_eq(key, KH_STR("نفيه")) ||
               kh_str_eq(key, KH_STR("نفيها"));
    }
    return kh_str_eq(key, KH_STR("as saying")) || kh_str_eq(key, KH_STR("as telling"));
}

/* A form before whose first word is HEAD: "wies" of "wies zurück" and of "wies darauf hin"; "sagte" of
 * "sagte" and of "sagte zu", the plain verb in a row before the other. */
static uint32_t same_head(const kh_quotations_know *k, uint8_t lang, kh_str head)
{
    for (size_t i = k->said.count; i > 1; i--) {
        const kh_said_form *f = &k->said.items[i - 1];
        if (f->lang == lang && !f->phrase && kh_str_eq(f->head, head)) {
            return (uint32_t)(i - 1);
        }
    }
    return 0;
}

static void add_form(kh_arena *out, kh_quotations_know *k, uint8_t lang, kh_str form, kh_said_form said)
{
    kh_str tag = kh_lexicon_tag(k->lex, lang);
    kh_str dots = KH_STR("...");
    if (kh_str_ends(form, dots) || kh_str_starts(form, dots)) {
        said.gap = true;
        form = kh_str_starts(form, dots) ? kh_str_from(form, dots.len) : kh_str_head(form, form.len - dots.len);
        form = kh_str_trim(form);
    }
    kh_str bare = kh_str_starts(form, KH_STR("?")) ? kh_str_from(form, 1) : form;
    kh_str key = kh_fold_key(out, bare);
    said.participle = said.participle || is_participle(tag, key);
    said.masdar = is_masdar(tag, key);
    kh_str rest = form;
    kh_str head;
    bool whole = said.phrase || said.bound || said.none; /* a fixed phrase has no particle */
    if (kh_str_eq(tag, KH_STR("de")) && !whole && kh_str_cut(&rest, ' ', &head) && rest.len) {
        kh_str last = rest;
        kh_str piece;
        while (kh_str_cut(&rest, ' ', &piece)) {
            last = piece;
        }
        said.particle = kh_fold_key(out, last);
        said.other = same_head(k, lang, head);
        form = head;
    }
    said.lang = lang;
    said.head = form;
    uint32_t index = (uint32_t)k->said.count;
    *KH_ADD(out, &k->said) = said;
    kh_phrases_add(out, said.phrase ? k->attributions : k->verbs, form, lang, index);
}

static void read_verbs(kh_arena *out, kh_quotations_know *k)
{
    kh_rows rows = kh_lexicon_rows(k->lex, "reporting_verbs");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_said_form said = {.continues = kh_cell(row, 4).len > 0};
        said.bound = kh_str_find(kh_cell(row, 5), KH_STR("bound")) < kh_cell(row, 5).len;
        said.noun = kh_str_find(kh_cell(row, 5), KH_STR("noun;")) < kh_cell(row, 5).len;
        said.participle = kh_str_find(kh_cell(row, 5), KH_STR("participle")) < kh_cell(row, 5).len;
        said.none = kh_str_eq(kh_cell(row, 2), KH_STR("none"));
        said.impersonal = kh_str_find(kh_cell(row, 5), KH_STR("impersonal")) < kh_cell(row, 5).len;
        kh_act_of(kh_cell(row, 2), &said.act);
        kh_stance_of(kh_cell(row, 3), &said.stance);
        kh_str forms = kh_cell(row, 1);
        kh_str form;
        while (kh_str_cut(&forms, '|', &form)) {
            add_form(out, k, row->lang, kh_str_trim(form), said);
        }
    }
    rows = kh_lexicon_rows(k->lex, "attribution");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_said_form said = {.act = KH_ACT_SAY, .continues = kh_cell(row, 2).len > 0, .phrase = true};
        said.chain = kh_str_find(kh_cell(row, 3), KH_STR("chain")) < kh_cell(row, 3).len;
        kh_stance_of(kh_cell(row, 1), &said.stance);
        add_form(out, k, row->lang, kh_cell(row, 0), said);
    }
}

static void read_roles(kh_arena *out, kh_quotations_know *k)
{
    static const char *const kinds[] = {"person_role", "body", "honorific", "rank", "anaphor", "media"};
    kh_rows rows = kh_lexicon_rows(k->lex, "roles");
    kh_map bodies = {0};
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_str kind = kh_cell(row, 0);
        for (size_t j = 0; j < sizeof kinds / sizeof *kinds; j++) {
            if (kh_str_eq(kind, kh_str_z(kinds[j]))) {
                kh_phrases_add(out, k->role_words, kh_cell(row, 1), row->lang, (uint32_t)k->roles.count);
                *KH_ADD(out, &k->roles) = (kh_role_form){.kind = (kh_role_kind)j, .id = kh_cell(row, 2)};
                if (j == KH_ROLEWORD_BODY) {
                    *kh_map_put(out, &bodies, kh_hash(kh_cell(row, 2)), NULL) = 1;
                }
            }
        }
    }
    static const char *const further[] = {"organisation", "statement", "newspaper", "agency", "ministry", "company"};
    for (size_t j = 0; j < sizeof further / sizeof *further; j++) {
        *kh_map_put(out, &bodies, kh_hash(kh_str_z(further[j])), NULL) = 1;
    }
    KH_EACH(kh_role_form, role, k->roles) {
        role->institution = role->kind == KH_ROLEWORD_ANAPHOR && kh_map_get(&bodies, kh_hash(role->id));
    }
}

static uint32_t trait_of(kh_str kind)
{
    static const char *const names[] = {"adjunct", "break",       "relative",  "not_that", "noun_before", "about_this",   "topic",
                                        "channel", "conjunction", "time",      "hearer",   "self",        "postposition", "subjunctive",
                                        "comment", "call",        "addressed", "must",     "coordinator", "reports",      "auxiliary",
                                        "naming",  "helper",      "as",        "object"};
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (kh_str_eq(kind, kh_str_z(names[i]))) {
            return 1u << i;
        }
    }
    return 0;
}

static uint32_t order_of(kh_str form)
{
    static const char *const names[] = {"verb_first",    "content_before", "bare_clause",     "that_touches", "that_after_comma",
                                        "subject_first", "genitive_after", "fragments_apart", "bare_behind",  "that_after_hearer"};
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (kh_str_eq(form, kh_str_z(names[i]))) {
            return 1u << i;
        }
    }
    return 0;
}

/* A form has the bits of all rows of its language that give it some. */
static void read_traits(kh_arena *out, kh_quotations_know *k)
{
    kh_rows rows = kh_lexicon_rows(k->lex, "reporting");
    kh_map bits = {0}; /* form and language */
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        *kh_map_put(out, &bits, kh_hash_mix(kh_hash(kh_cell(row, 1)), row->lang), NULL) |= trait_of(kh_cell(row, 0));
    }
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        if (kh_str_eq(kh_cell(row, 0), KH_STR("order"))) {
            k->orders[row->lang] |= order_of(kh_cell(row, 1));
        } else {
            kh_phrases_add(out, k->traits, kh_cell(row, 1), row->lang,
                           *kh_map_get(&bits, kh_hash_mix(kh_hash(kh_cell(row, 1)), row->lang)));
        }
    }
}

static void read_words(kh_arena *out, kh_quotations_know *k)
{
    kh_rows rows = kh_lexicon_rows(k->lex, "complementisers");
    for (size_t i = 0; i < rows.count; i++) {
        bool colon = kh_str_eq(kh_cell(&rows.items[i], 0), KH_STR("quote_colon"));
        bool that = kh_str_eq(kh_cell(&rows.items[i], 0), KH_STR("that"));
        if (!colon) {
            kh_phrases_add(out, k->thats, kh_cell(&rows.items[i], 1), rows.items[i].lang, that ? 1 : 2);
        }
    }
    rows = kh_lexicon_rows(k->lex, "pronouns");
    for (size_t i = 0; i < rows.count; i++) {
        bool subject = kh_str_eq(kh_cell(&rows.items[i], 0), KH_STR("subject"));
        kh_phrases_add(out, k->pronouns, kh_cell(&rows.items[i], 1), rows.items[i].lang, subject ? 1 : 2);
    }
    rows = kh_lexicon_rows(k->lex, "hedges");
    for (size_t i = 0; i < rows.count; i++) {
        kh_stance stance = KH_STANCE_NEUTRAL;
        kh_stance_of(kh_cell(&rows.items[i], 1), &stance); /* doubt, unverified; other effects say nothing here */
        kh_phrases_add(out, k->hedges, kh_cell(&rows.items[i], 0), rows.items[i].lang, (uint32_t)stance);
    }
    rows = kh_lexicon_rows(k->lex, "negation");
    for (size_t i = 0; i < rows.count; i++) {
        kh_str kind = kh_cell(&rows.items[i], 1);
        if (kind.len == 0 || kh_str_eq(kind, KH_STR("word"))) {
            kh_phrases_add(out, k->negators, kh_cell(&rows.items[i], 0), rows.items[i].lang, 1);
        }
    }
    rows = kh_lexicon_rows(k->lex, "agencies");
    for (size_t i = 0; i < rows.count; i++) {
        kh_phrases_add(out, k->agencies, kh_cell(&rows.items[i], 1), rows.items[i].lang, 1);
    }
}

static void read_places(kh_arena *out, kh_quotations_know *k)
{
    kh_rows rows = kh_lexicon_rows(k->lex, "places");
    kh_map seen = {0}; /* id -> index */
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        bool is_new = false;
        uint32_t *index = kh_map_put(out, &seen, kh_hash(kh_cell(row, 0)), &is_new);
        if (is_new) {
            *index = (uint32_t)k->place_ids.count;
            *KH_ADD(out, &k->place_ids) = kh_cell(row, 0);
        }
        kh_phrases_add_list(out, k->places, kh_cell(row, 1), row->lang, *index);
        kh_phrases_add_list(out, k->places, kh_cell(row, 2), row->lang, *index);
    }
}

static void said_parts(kh_shelf *shelf, kh_said_form *said)
{
    bool *const flags[] = {&said->continues,  &said->phrase, &said->participle, &said->bound, &said->noun,
                           &said->impersonal, &said->masdar, &said->none,       &said->gap,   &said->chain};
    KH_SHELF_VALUE(shelf, said->act);
    KH_SHELF_VALUE(shelf, said->stance);
    KH_SHELF_VALUE(shelf, said->lang);
    KH_SHELF_VALUE(shelf, said->other);
    kh_shelf_str(shelf, &said->particle);
    kh_shelf_str(shelf, &said->head);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        KH_SHELF_VALUE(shelf, *flags[i]);
    }
}

static void know_parts(kh_shelf *shelf, void *thing)
{
    kh_quotations_know *k = thing;
    KH_SHELF_ROOM(shelf, k->said);
    KH_EACH(kh_said_form, said, k->said) {
        said_parts(shelf, said);
    }
    KH_SHELF_ROOM(shelf, k->roles);
    KH_EACH(kh_role_form, role, k->roles) {
        KH_SHELF_VALUE(shelf, role->kind);
        kh_shelf_str(shelf, &role->id);
        KH_SHELF_VALUE(shelf, role->institution);
    }
    KH_SHELF_ROOM(shelf, k->place_ids);
    KH_EACH(kh_str, id, k->place_ids) {
        kh_shelf_str(shelf, id);
    }
    KH_SHELF_VALUE(shelf, k->orders);
}

const kh_quotations_know *kh_quotations_know_of(kh_arena *out, const kh_lexicon *lex)
{
    kh_quotations_know *k = KH_NEW(out, kh_quotations_know);
    k->lex = lex;
    kh_shelf *shelf = kh_shelf_open(out, lex, "quotations");
    kh_phrases **sets[] = {&k->verbs,  &k->attributions, &k->thats,  &k->pronouns, &k->role_words,
                           &k->hedges, &k->negators,     &k->traits, &k->places,   &k->agencies};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        *sets[i] = kh_phrases_on(shelf);
    }
    kh_shelf_put(shelf, k, know_parts);
    if (!kh_shelf_is_ready(shelf)) {
        *KH_ADD(out, &k->said) = (kh_said_form){0}; /* index 0 means none */
        read_verbs(out, k);
        read_roles(out, k);
        read_traits(out, k);
        read_words(out, k);
        read_places(out, k);
    }
    kh_shelf_close(shelf);
    return k;
}
