/* verbs.c - of which verb is this a form, where its particle may stand before it or at the end of the clause?
 *
 * Decides for languages whose table has particles. Examples: "nahm" is a form of nehmen, "festgenommen" and "festzunehmen" of
 * festnehmen, "rettete" of retten; in "Er nahm gestern zwei Männer fest." the word "nahm" says festnehmen too.
 *
 * Method: the irregular forms of the table's rows `verb`, else the shapes of its rows `pattern`, which make an infinitive of
 * the regular ones; before either a particle or prefix may stand, and between particle and infinitive an `inner` (zu). A
 * clause ends at a punctuation mark or before a conjunction; a particle that stands there belongs to the verb that no other
 * clause parts from it. All are mere proposals: the infinitive must be the form of a concept.
 *
 * Gets wrong: a preposition or adverb that closes a clause and looks like a particle ("er kam mit an").
 */
#include "story/word_parts.h"

enum { CLAUSE_MAX = 20, REST_MIN = 3 }; /* tokens, letters */

typedef struct verb {
    const kh_word_parts *parts;
    const kh_lang_parts *know;
    kh_str particle; /* that goes before the infinitive; empty for none */
    uint8_t lang;
} verb;

static uint32_t concept_of_infinitive(const verb *v, kh_str infinitive)
{
    char room[KH_WORD_ROOM];
    kh_str whole = infinitive.len ? kh_word_joined(v->particle, infinitive, room) : (kh_str){0};
    return whole.len ? kh_concept_of(v->parts, whole, v->lang) : 0;
}

static uint32_t concept_of_irregular(const verb *v, kh_str key)
{
    const uint32_t *at = kh_map_get(&v->know->verb_forms, kh_hash(key));
    return at ? concept_of_infinitive(v, v->know->verbs.items[*at - 1].instead_of) : 0;
}

/* KEY is a form without its particle: "nahm", "genommen", "genommenen", "führte". */
static uint32_t concept_of_form(const verb *v, kh_str key)
{
    uint32_t row = concept_of_irregular(v, key);
    const kh_word_part_list *endings = kh_endings_for(v->know, key);
    for (size_t i = 0; i < endings->count && !row; i++) {
        char room[KH_WORD_ROOM];
        kh_str bare = kh_word_without(key, &endings->items[i], room);
        row = bare.len ? concept_of_irregular(v, bare) : 0;
    }
    size_t letters = row ? 0 : kh_letters_of(key);
    for (size_t i = 0; i < v->know->patterns.count && !row; i++) {
        char room[KH_WORD_ROOM];
        kh_str infinitive = kh_word_reshaped(key, letters, &v->know->patterns.items[i], room);
        row = infinitive.len ? concept_of_infinitive(v, infinitive) : 0;
    }
    return row;
}

/* REST stands behind the particle: "genommen", "zunehmen". */
static uint32_t concept_behind(const verb *v, kh_str rest)
{
    uint32_t row = concept_of_form(v, rest);
    for (size_t i = 0; i < v->know->inners.count && !row; i++) {
        kh_str inner = v->know->inners.items[i].form;
        row = kh_str_starts(rest, inner) ? concept_of_infinitive(v, kh_str_from(rest, inner.len)) : 0;
    }
    return row;
}

static uint32_t concept_behind_any(verb v, const kh_word_part_list *openings, kh_str key)
{
    KH_EACH(const kh_word_part, opening, *openings) {
        kh_str rest = kh_str_starts(key, opening->form) ? kh_str_from(key, opening->form.len) : (kh_str){0};
        v.particle = opening->form;
        uint32_t row = kh_letters_of(rest) >= REST_MIN ? concept_behind(&v, rest) : 0;
        if (row) {
            return row;
        }
    }
    return 0;
}

uint32_t kh_verb_concept(const kh_word_parts *parts, kh_str key, uint8_t lang)
{
    const verb v = {.parts = parts, .know = parts->of[lang], .lang = lang};
    if (!v.know->particles.count) {
        return 0;
    }
    uint32_t row = concept_of_form(&v, key);
    row = row ? row : concept_behind_any(v, &v.know->particles, key);
    return row ? row : concept_behind_any(v, &v.know->prefixes, key);
}

static bool ends_clause(const verb *v, const kh_text *text, size_t i)
{
    const kh_token *t = i < text->tokens.count ? &text->tokens.items[i] : NULL;
    return !t || t->kind == KH_PUNCT || (t->flags & KH_SENTENCE_START) || kh_is_part(&v->know->conjunctions, t->key);
}

/* The particle that closes the clause of TOKEN; empty for none. */
static kh_str closing_particle(const verb *v, const kh_text *text, size_t token)
{
    for (size_t i = token + 1; i < text->tokens.count && i <= token + CLAUSE_MAX; i++) {
        const kh_token *t = &text->tokens.items[i];
        if (t->kind == KH_PUNCT || (t->flags & KH_SENTENCE_START)) {
            break;
        }
        if (kh_is_part(&v->know->particles, t->key) && ends_clause(v, text, i + 1)) {
            return t->key;
        }
    }
    return (kh_str){0};
}

uint32_t kh_verb_apart(const kh_word_parts *parts, const kh_text *text, size_t token, uint8_t lang)
{
    const kh_token *t = &text->tokens.items[token];
    verb v = {.parts = parts, .know = parts->of[lang], .lang = lang};
    bool noun = (t->flags & KH_CAPITAL) && !(t->flags & KH_SENTENCE_START);
    if (!v.know || !v.know->particles.count || noun || t->kind != KH_WORD) {
        return 0;
    }
    v.particle = closing_particle(&v, text, token);
    return v.particle.len ? concept_of_form(&v, t->key) : 0;
}
