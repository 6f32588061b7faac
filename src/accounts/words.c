/* words.c - the word lists that comparing needs: hedges, negators, spokespeople, charges.
 *
 * They are rows of the language tables: hedges.txt (effect belief, doubt, possibility, unverified: ربما, يُعتقد,
 * may, якобы), negation.txt, roles.txt (id spokesperson), concepts.txt (corpse), numbers.txt (ordinals from the second on) and charges.txt ("on charges of", بتهمة, به اتهام).
 *
 * Gets wrong: a hedge that is the mood of a verb and no word.
 */
#include "accounts/internal.h"

static bool keeps_distance(kh_str effect)
{
    return kh_str_eq(effect, KH_STR("belief")) || kh_str_eq(effect, KH_STR("doubt")) ||
           kh_str_eq(effect, KH_STR("possibility")) || kh_str_eq(effect, KH_STR("unverified"));
}

kh_case_words kh_case_words_of(kh_arena *out, const kh_lexicon *lex)
{
    kh_case_words w = {.hedges = kh_phrases_new(out),
                       .negators = kh_phrases_new(out),
                       .spokespeople = kh_phrases_new(out),
                       .admissions = kh_phrases_new(out),
                       .naming = kh_phrases_new(out),
                       .charges = kh_phrases_new(out),
                       .bodies = kh_phrases_new(out),
                       .ordinals = kh_phrases_new(out),
                       .rivals = kh_phrases_new(out),
                       .rival_rows = kh_lexicon_rows(lex, "framing")};
    kh_rows hedges = kh_lexicon_rows(lex, "hedges");
    for (size_t i = 0; i < hedges.count; i++) {
        const kh_row *row = &hedges.items[i];
        if (keeps_distance(kh_cell(row, 1))) {
            kh_phrases_add(out, w.hedges, kh_cell(row, 0), row->lang, 1);
        }
    }
    kh_rows negators = kh_lexicon_rows(lex, "negation");
    for (size_t i = 0; i < negators.count; i++) {
        const kh_row *row = &negators.items[i];
        if (kh_str_eq(kh_cell(row, 1), KH_STR("word"))) {
            kh_phrases_add(out, w.negators, kh_cell(row, 0), row->lang, 1);
        }
    }
    kh_rows roles = kh_lexicon_rows(lex, "roles");
    for (size_t i = 0; i < roles.count; i++) {
        const kh_row *row = &roles.items[i];
        if (kh_str_eq(kh_cell(row, 2), KH_STR("spokesperson"))) {
            kh_phrases_add(out, w.spokespeople, kh_cell(row, 1), row->lang, 1);
        }
    }
    kh_rows verbs = kh_lexicon_rows(lex, "reporting_verbs");
    for (size_t i = 0; i < verbs.count; i++) {
        const kh_row *row = &verbs.items[i];
        if (kh_str_eq(kh_cell(row, 2), KH_STR("admit"))) {
            kh_phrases_add_list(out, w.admissions, kh_cell(row, 1), row->lang, 1);
        } else if (kh_str_eq(kh_cell(row, 2), KH_STR("describe"))) {
            kh_phrases_add_list(out, w.naming, kh_cell(row, 1), row->lang, 1);
        }
    }
    kh_rows charges = kh_lexicon_rows(lex, "charges");
    for (size_t i = 0; i < charges.count; i++) {
        kh_phrases_add_list(out, w.charges, kh_cell(&charges.items[i], 0), charges.items[i].lang, 1);
    }
    kh_rows concepts = kh_lexicon_rows(lex, "concepts");
    for (size_t i = 0; i < concepts.count; i++) {
        const kh_row *row = &concepts.items[i];
        if (kh_str_eq(kh_cell(row, 0), KH_STR("corpse"))) {
            kh_phrases_add_list(out, w.bodies, kh_cell(row, 1), row->lang, 1);
        }
    }
    kh_rows numbers = kh_lexicon_rows(lex, "numbers");
    for (size_t i = 0; i < numbers.count; i++) {
        const kh_row *row = &numbers.items[i];
        bool ordinal = kh_str_eq(kh_cell(row, 0), KH_STR("ordinal")) && kh_cell(row, 2).len == 1;
        if (ordinal && kh_cell(row, 2).ptr[0] > '1') {
            kh_phrases_add(out, w.ordinals, kh_cell(row, 4), row->lang, (uint32_t)(kh_cell(row, 2).ptr[0] - '0'));
        }
    }
    for (size_t i = 0; i < w.rival_rows.count; i++) {
        const kh_row *row = &w.rival_rows.items[i];
        kh_phrases_add_list(out, w.rivals, kh_cell(row, 2), row->lang, (uint32_t)i);
    }
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
