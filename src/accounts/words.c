/* words.c - the word lists that comparing needs: hedges, negators, verbs of saying, bounds, spokespeople, charges.
 *
 * They are rows of the language tables, read once: hedges.txt (effects belief, doubt, possibility, unverified: ربما,
 * يُعتقد, may, якобы; and ability, obligation: can, must, باید), negation.txt, reporting_verbs.txt by their
 * stance, numbers.txt (bounds; ordinals from the second on), roles.txt (id spokesperson), concepts.txt (corpse) and
 * charges.txt ("on charges of", بتهمة, به اتهام), acts.txt with world/opposites.txt (accepted, رفض), conditions.txt (if,
 * will, not yet) and contrasts.txt (northern, amendment). A form of hedges.txt that begins with a dash is an ending
 * (-abilir), as the rows suffix and prefix of negation.txt are parts of words.
 *
 * Gets wrong: a hedge that is the mood of a verb and neither a word nor an ending.
 */
#include "accounts/internal.h"
#include "lexicon/shelf.h"

static bool is(kh_str cell, const char *word)
{
    return kh_str_eq(cell, kh_str_z(word));
}

static uint32_t mood_of(kh_str effect)
{
    if (is(effect, "ability") || is(effect, "obligation")) {
        return KH_MOOD_MODAL;
    }
    return is(effect, "belief") || is(effect, "doubt") || is(effect, "possibility") || is(effect, "unverified") ? KH_MOOD_HEDGE : 0;
}

static void add_affix(kh_arena *out, kh_affixes *list, kh_str form, uint32_t value, uint8_t lang, bool prefix)
{
    kh_str key = kh_str_trim(kh_fold_key(out, form));
    if (key.len) {
        *KH_ADD(out, list) = (kh_affix){key, value, lang, prefix};
    }
}

static void read_hedges(kh_arena *out, const kh_lexicon *lex, kh_case_words *w)
{
    kh_rows rows = kh_lexicon_rows(lex, "hedges");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_str form = kh_cell(row, 0);
        uint32_t mood = mood_of(kh_cell(row, 1));
        if (mood && kh_str_starts(form, KH_STR("-"))) {
            add_affix(out, &w->moods, kh_str_from(form, 1), mood, row->lang, false);
        } else if (mood) {
            kh_phrases_add(out, w->hedges, form, row->lang, mood);
        }
    }
}

static void read_negations(kh_arena *out, const kh_lexicon *lex, kh_case_words *w)
{
    kh_rows rows = kh_lexicon_rows(lex, "negation");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        bool prefix = is(kh_cell(row, 1), "prefix");
        if (prefix || is(kh_cell(row, 1), "suffix")) {
            add_affix(out, &w->negations, kh_cell(row, 0), 1, row->lang, prefix);
        } else {
            kh_phrases_add(out, w->negators, kh_cell(row, 0), row->lang, 1);
        }
    }
}

/* Whoever accuses says it on his own account, as whoever claims: a copy that makes it "said" has hardened it. */
static uint32_t cue_of(kh_str act, kh_str stance)
{
    if (is(act, "confirm")) {
        return KH_CUE_OWNS;
    }
    bool distant = is(act, "accuse") || is(stance, "doubt") || is(stance, "unverified");
    return distant                   ? KH_CUE_DOUBTS
           : is(stance, "denial")    ? KH_CUE_DENIES
           : is(stance, "admission") ? KH_CUE_OWNS
           : is(stance, "neutral")   ? KH_CUE_SAYS
                                     : 0;
}

static void read_verbs(kh_arena *out, const kh_lexicon *lex, kh_case_words *w)
{
    kh_rows rows = kh_lexicon_rows(lex, "reporting_verbs");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        uint32_t cue = cue_of(kh_cell(row, 2), kh_cell(row, 3));
        if (cue) {
            kh_phrases_add_list(out, w->cues, kh_cell(row, 1), row->lang, cue);
        }
        if (is(kh_cell(row, 2), "describe")) {
            kh_phrases_add_list(out, w->naming, kh_cell(row, 1), row->lang, 1);
        }
    }
}

static void read_numbers(kh_arena *out, const kh_lexicon *lex, kh_case_words *w)
{
    kh_rows rows = kh_lexicon_rows(lex, "numbers");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_str kind = kh_cell(row, 0);
        kh_str op = kh_cell(row, 1);
        kh_str value = kh_cell(row, 2);
        if (is(kind, "ordinal") && value.len == 1 && value.ptr[0] > '1') {
            kh_phrases_add(out, w->ordinals, kh_cell(row, 4), row->lang, (uint32_t)(value.ptr[0] - '0'));
        } else if (is(kind, "bound") && (is(op, ">=") || is(op, ">") || is(op, "<=") || is(op, "<") || is(op, "~"))) {
            kh_phrases_add(out, w->bounds, kh_cell(row, 4), row->lang, 1);
        }
    }
}

/* The forms in COLUMN of rows of TABLE whose column ID_COLUMN is ID. */
static void read_forms(kh_arena *out, const kh_lexicon *lex, const char *table, size_t id_column, const char *id, size_t column,
                       kh_phrases *set)
{
    kh_rows rows = kh_lexicon_rows(lex, table);
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        if (!id || is(kh_cell(row, id_column), id)) {
            kh_phrases_add_list(out, set, kh_cell(row, column), row->lang, 1);
        }
    }
}

/* Bodies of which an event has one, from 1. */
static uint32_t body_of(kh_str id)
{
    static const char *const ONE[] = {"election_commission", "police",        "interior_ministry",  "health_ministry",   "defence_ministry",
                                      "organiser",           "civil_defence", "emergency_ministry", "disaster_agency",   "red_crescent",
                                      "rescue_service",      "prosecution",   "border_guard",       "statistics_office", "municipality"};
    for (uint32_t i = 0; i < sizeof ONE / sizeof *ONE; i++) {
        if (is(id, ONE[i])) {
            return i + 1;
        }
    }
    return 0;
}

static const char *const GROUPS[][2] = {{"killed", "killed"},     {"injured", "injured"},   {"wounded", "injured"},
                                        {"detained", "detained"}, {"arrested", "detained"}, {"missing", "missing"},
                                        {"trapped", "trapped"},   {"infected", "infected"}, {"evacuated", "evacuated"}};

kh_str kh_group_name(uint32_t value)
{
    return kh_str_z(GROUPS[value][1]);
}

static void read_groups(kh_arena *out, const kh_lexicon *lex, kh_case_words *w)
{
    kh_rows rows = kh_lexicon_rows(lex, "counted");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        for (uint32_t g = 0; g < sizeof GROUPS / sizeof *GROUPS && is(kh_cell(row, 0), "what"); g++) {
            if (is(kh_cell(row, 1), GROUPS[g][0])) {
                kh_phrases_add_list(out, w->groups, kh_cell(row, 2), row->lang, g);
            }
        }
    }
}

static void read_roles(kh_arena *out, const kh_lexicon *lex, kh_case_words *w)
{
    kh_rows rows = kh_lexicon_rows(lex, "roles");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_str id = kh_cell(row, 2);
        kh_phrases_add_list(out, w->roles, kh_cell(row, 1), row->lang, 1);
        if (kh_office_of(id)) {
            kh_phrases_add_list(out, w->offices, kh_cell(row, 1), row->lang, kh_office_of(id));
        }
        if (body_of(id)) {
            kh_phrases_add_list(out, w->bodies_of_state, kh_cell(row, 1), row->lang, body_of(id));
        }
    }
}

/* Opposites are few: an act is told by the row of opposites.txt that names it first, and by the side. */
static uint32_t act_of(const kh_rows *opposites, kh_str name)
{
    for (uint32_t i = 0; i < opposites->count; i++) {
        for (uint32_t side = 0; side < 2; side++) {
            if (kh_str_eq(kh_cell(&opposites->items[i], side), name)) {
                return 2 * i + side;
            }
        }
    }
    return UINT32_MAX;
}

/* FORMS with "|" between them; "lehnte ... ab" is in two parts. */
static void add_act(kh_arena *out, kh_case_words *w, kh_str forms, uint8_t lang, uint32_t value)
{
    kh_phrases_add_list(out, w->acts, forms, lang, value);
    for (kh_str form; kh_str_cut(&forms, '|', &form);) {
        size_t gap = kh_str_find(form, KH_STR(" ... "));
        if (gap < form.len) {
            *KH_ADD(out, &w->parted) = (kh_parted){.head = kh_str_trim(kh_fold_key(out, (kh_str){form.ptr, gap})),
                                                   .tail = kh_str_trim(kh_fold_key(out, kh_str_from(form, gap + 5))),
                                                   .value = value,
                                                   .lang = lang};
        }
    }
}

static void read_acts(kh_arena *out, const kh_lexicon *lex, kh_case_words *w)
{
    kh_rows opposites = kh_lexicon_world(lex, "opposites");
    for (size_t i = 0; i < opposites.count; i++) {
        const kh_row *row = &opposites.items[i];
        *KH_ADD(out, &w->opposites) = (kh_opposite){.a = act_of(&opposites, kh_cell(row, 0)),
                                                    .b = act_of(&opposites, kh_cell(row, 1)),
                                                    .turn = is(kh_cell(row, 2), "turn")};
    }
    kh_rows rows = kh_lexicon_rows(lex, "acts");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        uint32_t act = act_of(&opposites, kh_cell(row, 0));
        if (act != UINT32_MAX) {
            add_act(out, w, kh_cell(row, 1), row->lang, 2 * act);
            add_act(out, w, kh_cell(row, 2), row->lang, 2 * act + 1);
        }
    }
}

static void read_conditions(kh_arena *out, const kh_lexicon *lex, kh_case_words *w)
{
    kh_rows rows = kh_lexicon_rows(lex, "conditions");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_str kind = kh_cell(row, 0);
        uint32_t value = is(kind, "condition") ? KH_UNREAL_IF : is(kind, "plan") ? KH_UNREAL_PLAN : KH_UNREAL_YET;
        kh_phrases_add_list(out, w->conditions, kh_cell(row, 1), row->lang, value);
    }
}

/* The place of WORD among those in KNOWN of which there are MOST; it is added. */
static uint32_t place_of(kh_str *known, uint32_t most, kh_str word)
{
    uint32_t i = 0;
    while (i + 1 < most && known[i].len && !kh_str_eq(known[i], word)) {
        i++;
    }
    known[i] = word;
    return i;
}

static void read_contrasts(kh_arena *out, const kh_lexicon *lex, kh_case_words *w)
{
    kh_str groups[KH_CONTRAST_GROUPS] = {KH_STR("part")}, values[KH_CONTRAST_GROUPS][KH_CONTRAST_VALUES] = {0};
    kh_rows rows = kh_lexicon_rows(lex, "contrasts");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        uint32_t group = place_of(groups, KH_CONTRAST_GROUPS, kh_cell(row, 0));
        uint32_t value = place_of(values[group], KH_CONTRAST_VALUES, kh_cell(row, 1));
        kh_phrases_add_list(out, w->contrasts, kh_cell(row, 2), row->lang, group * KH_CONTRAST_VALUES + value);
    }
}

/* Of the tables from which sets are made, and nothing else. */
static void fill_sets(kh_arena *out, const kh_lexicon *lex, kh_case_words *w)
{
    read_verbs(out, lex, w);
    read_numbers(out, lex, w);
    read_forms(out, lex, "roles", 2, "spokesperson", 1, w->spokespeople);
    read_forms(out, lex, "charges", 0, NULL, 0, w->charges);
    read_forms(out, lex, "concepts", 0, "corpse", 1, w->bodies);
    read_forms(out, lex, "relative_dates", 0, "in", 2, w->of_time);
    read_forms(out, lex, "relative_dates", 0, "day_word", 2, w->of_time);
    read_roles(out, lex, w);
    read_groups(out, lex, w);
    read_conditions(out, lex, w);
    read_contrasts(out, lex, w);
    read_forms(out, lex, "counted", 0, "link", 2, w->links);
    for (size_t i = 0; i < w->rival_rows.count; i++) {
        const kh_row *row = &w->rival_rows.items[i];
        kh_phrases_add_list(out, w->rivals, kh_cell(row, 2), row->lang, (uint32_t)i);
    }
}

const kh_case_words *kh_case_words_of(kh_arena *out, const kh_lexicon *lex)
{
    kh_case_words *w = KH_NEW(out, kh_case_words);
    kh_shelf *shelf = kh_shelf_open(out, lex, "accounts");
    kh_phrases **sets[] = {&w->hedges, &w->negators, &w->bounds,     &w->cues,      &w->spokespeople, &w->naming,          &w->charges,
                           &w->bodies, &w->ordinals, &w->of_time,    &w->offices,   &w->links,        &w->bodies_of_state, &w->roles,
                           &w->rivals, &w->acts,     &w->conditions, &w->contrasts, &w->groups};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        *sets[i] = kh_phrases_on(shelf);
    }
    w->nouns_capital = kh_lexicon_lang(lex, KH_STR("de"));
    read_hedges(out, lex, w);
    read_negations(out, lex, w);
    read_acts(out, lex, w);
    w->rival_rows = kh_lexicon_rows(lex, "framing");
    if (!kh_shelf_is_ready(shelf)) {
        fill_sets(out, lex, w);
    }
    kh_shelf_close(shelf);
    return w;
}

uint32_t kh_phrases_in(const kh_side *s, const kh_phrases *set, size_t first, size_t end)
{
    uint32_t count = 0;
    const kh_text *t = s->art->tokens;
    for (size_t i = first; i < end && i < t->tokens.count;) {
        kh_match m;
        bool word = t->tokens.items[i].kind == KH_WORD;
        if (word && kh_phrases_match(set, t, i, s->lang, KH_CLITICS, &m) && m.end <= end && !m.ambiguous) {
            count++;
            i = m.end;
        } else {
            i++;
        }
    }
    return count;
}
