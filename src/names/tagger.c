/* tagger.c - which tokens of a sentence are names, by weights learned from marked sentences.
 *
 * Decides between the words of a sentence as a whole: each token is outside, or the first or a further word of
 * a person, a place or an organisation, and the row of tags with the highest sum of weights wins. In
 * "سفر وزیر نیرو به شهرستان گلبهار" the class of وزیر (a role), the word before گلبهار (a word for a kind of
 * place) and what the rules of this module found already speak for one tag each; no single one decides.
 *
 * Method: a linear chain over explainable features (the word, its neighbours, beginnings and endings,
 * the class that the tables give it and those beside it, the tag that the rules gave), Viterbi search, weights by
 * the averaged perceptron (Collins 2002), trained by gen/nametrain.c and shipped as text:
 * data/languages/<tag>/name_weights.txt. Languages without that table keep what the rules found.
 *
 * Gets wrong: what its training sentences never showed; names of several ordinary words.
 */
#include "names/tagger.h"

#include <string.h>

/* ---- classes ---- */

static void class_of_known(const kh_tagging *t)
{
    kh_finder *f = t->f;
    unsigned flags = f->arabic ? KH_CLITICS | KH_ARTICLE : 0;
    for (size_t i = 0; i < f->text->tokens.count;) {
        kh_match m;
        if (f->text->tokens.items[i].kind != KH_WORD || !kh_finder_ask(f, KH_SET_KNOWN, i, flags, &m) ||
            (m.ambiguous && f->taken[i] != 1)) {
            i++;
            continue;
        }
        const kh_name_entry *e = &f->know->entries.items[m.value];
        uint8_t class = e->adjective                ? KH_CLASS_ADJECTIVE
                        : e->agency                 ? KH_CLASS_AGENCY
                        : e->minor                  ? KH_CLASS_CITY
                        : e->type == KH_NAME_PLACE  ? KH_CLASS_PLACE
                        : e->type == KH_NAME_PERSON ? KH_CLASS_PERSON
                                                    : KH_CLASS_BODY_NAME;
        bool chance = class == KH_CLASS_CITY && m.end == i + 1 && (kh_finder_common(f, i) || kh_finder_given(f, i));
        if (!chance) {
            memset(t->classes + i, class, m.end - i);
        }
        i = chance ? i + 1 : m.end;
    }
}

static uint8_t class_of_beside(kh_beside beside)
{
    static const uint8_t classes[] = {0, KH_CLASS_BEFORE, KH_CLASS_AFTER, KH_CLASS_PART, KH_CLASS_IN, KH_CLASS_WITH};
    return classes[beside];
}

static uint8_t class_of_lead(kh_lead lead)
{
    static const uint8_t classes[] = {
        0, KH_CLASS_ROLE, KH_CLASS_BODY, KH_CLASS_COMPANY, KH_CLASS_COMPANY, KH_CLASS_COMPANY, KH_CLASS_OFFICE};
    return classes[lead];
}

/* The class of a word that is no known name. A phrase of the tables gives it to all its words. */
static size_t class_of_word(const kh_tagging *t, size_t i)
{
    kh_finder *f = t->f;
    kh_match m;
    kh_lead lead = kh_finder_lead_at(f, i, &m);
    kh_beside beside = lead ? (kh_beside)0 : kh_finder_beside(f, i, &m);
    uint8_t class = lead                       ? class_of_lead(lead)
                    : beside                   ? class_of_beside(beside)
                    : kh_finder_given(f, i)    ? KH_CLASS_GIVEN
                    : kh_finder_verb(f, i, &m) ? KH_CLASS_VERB
                                               : KH_CLASS_EDGE;
    if (class == KH_CLASS_GIVEN || class == KH_CLASS_EDGE) {
        m.end = (uint32_t)i + 1;
    }
    if (class == KH_CLASS_EDGE) {
        class = kh_finder_stop(f, i)                                 ? KH_CLASS_STOP
                : kh_finder_common(f, i)                             ? KH_CLASS_COMMON
                : kh_finder_has_name_word(f, i)                      ? KH_CLASS_NAMED
                : f->text->tokens.items[i].script == KH_SCRIPT_LATIN ? KH_CLASS_LATIN
                                                                     : KH_CLASS_FREE;
    }
    for (size_t k = i; k < m.end; k++) {
        t->classes[k] = t->classes[k] ? t->classes[k] : class;
    }
    return m.end;
}

kh_tagging kh_tagging_of(kh_finder *f)
{
    size_t count = f->text->tokens.count;
    kh_tagging t = {.f = f, .end = count, .edge = kh_hash(KH_STR("^"))};
    t.classes = KH_NEW_N(f->scratch, uint8_t, count + 1);
    t.rules = KH_NEW_N(f->scratch, uint8_t, count + 1);
    class_of_known(&t);
    for (size_t i = 0; i < count;) {
        const kh_token *k = &f->text->tokens.items[i];
        if (k->kind == KH_WORD && !t.classes[i]) {
            i = class_of_word(&t, i);
            continue;
        }
        if (!t.classes[i]) {
            t.classes[i] = k->kind == KH_NUMBER ? KH_CLASS_NUMBER : KH_CLASS_MARK;
        }
        i++;
    }
    KH_EACH(const kh_spot, s, f->spots) {
        uint8_t tag = s->type == KH_NAME_PERSON ? KH_TAG_PER : s->type == KH_NAME_PLACE ? KH_TAG_LOC : KH_TAG_ORG;
        for (size_t i = s->first; i < s->end; i++) {
            t.rules[i] = (uint8_t)(tag + (i > s->first));
        }
    }
    return t;
}

/* ---- facts ---- */

static bool is_inside(const kh_tagging *t, size_t at, int far, size_t *i)
{
    *i = at + (size_t)far;
    return (far >= 0 || at >= t->first + (size_t)-far) && *i < t->end;
}

/* LETTERS letters of the beginning or end of KEY, whose scripts take two bytes a letter; empty when it is no longer. */
static kh_str piece(kh_str key, size_t letters, bool end)
{
    size_t bytes = 2 * letters;
    bool whole = key.len <= bytes || ((unsigned char)key.ptr[0] & 0x80) == 0;
    return whole ? (kh_str){0} : end ? kh_str_from(key, key.len - bytes) : kh_str_head(key, bytes);
}

static kh_str piece_of(const kh_tagging *t, size_t at, kh_fact fact)
{
    const kh_token *tokens = t->f->text->tokens.items;
    size_t i = at;
    if (fact >= KH_FACT_SIDE) {
        bool inside = is_inside(t, at, fact == KH_FACT_SIDE ? -1 : 1, &i);
        return inside && tokens[i].kind == KH_WORD ? piece(tokens[i].key, 3, true) : (kh_str){0};
    }
    kh_str key = tokens[at].key;
    return fact < KH_FACT_BEGIN ? piece(key, fact - KH_FACT_END + 2, true) : piece(key, fact - KH_FACT_BEGIN + 2, false);
}

void kh_tag_facts(const kh_tagging *t, size_t at, uint64_t facts[KH_FACTS])
{
    const kh_token *tokens = t->f->text->tokens.items;
    for (int far = -2; far <= 2; far++) {
        size_t i = 0;
        bool inside = is_inside(t, at, far, &i);
        facts[KH_FACT_WORD + 2 + far] = inside ? tokens[i].hash : t->edge;
        facts[KH_FACT_CLASS + 2 + far] = (inside ? t->classes[i] : KH_CLASS_EDGE) + 1U;
        if (far >= -1 && far <= 1) {
            facts[KH_FACT_RULE + 1 + far] = inside ? t->rules[i] + 1U : KH_TAG_RULES;
        }
    }
    for (kh_fact fact = KH_FACT_END; fact < KH_FACT_AGAIN; fact++) {
        facts[fact] = kh_fact_letters(piece_of(t, at, fact));
    }
    facts[KH_FACT_AGAIN] = kh_finder_occurs(t->f, at) > 1 ? 2 : 1;
}

kh_str kh_tag_fact_written(const kh_tagging *t, size_t at, kh_fact fact)
{
    const kh_token *tokens = t->f->text->tokens.items;
    size_t i = 0;
    if (fact < KH_FACT_CLASS) {
        return is_inside(t, at, (int)fact - KH_FACT_WORD - 2, &i) ? tokens[i].key : KH_STR("^");
    }
    if (fact < KH_FACT_RULE) {
        bool inside = is_inside(t, at, (int)fact - KH_FACT_CLASS - 2, &i);
        return kh_str_z(kh_class_names[inside ? t->classes[i] : KH_CLASS_EDGE]);
    }
    if (fact < KH_FACT_END) {
        return is_inside(t, at, (int)fact - KH_FACT_RULE - 1, &i) ? kh_str_z(kh_tag_names[t->rules[i]]) : KH_STR("^");
    }
    if (fact == KH_FACT_AGAIN) {
        return kh_finder_occurs(t->f, at) > 1 ? KH_STR("yes") : KH_STR("no");
    }
    return piece_of(t, at, fact);
}

/* ---- the best tags ---- */

/* The tags that may stand before TAG: any, and before a further word of a name its own kind alone. */
static void priors_of(size_t tag, size_t *first, size_t *end)
{
    bool on = tag == KH_TAG_PER_ON || tag == KH_TAG_LOC_ON || tag == KH_TAG_ORG_ON;
    *first = on ? tag - 1 : 0;
    *end = on ? tag + 1 : KH_TAGS;
}

static const kh_weight_row *row_of(const kh_name_weights *w, uint64_t hash)
{
    size_t bucket = kh_weight_bucket(hash);
    for (uint32_t i = w->starts[bucket]; i < w->starts[bucket + 1]; i++) {
        if (w->rows[i].check == (uint32_t)(hash >> 32)) {
            return &w->rows[i];
        }
    }
    return NULL;
}

static void score_token(const kh_tagging *t, const kh_name_weights *w, size_t at, int32_t scores[KH_TAGS])
{
    uint64_t facts[KH_FACTS];
    kh_tag_facts(t, at, facts);
    memset(scores, 0, KH_TAGS * sizeof *scores);
    for (size_t kind = 0; kind < KH_TAG_FEATURES; kind++) {
        uint64_t hash = kh_tag_feature_hash(kind, facts);
        size_t bit = kh_weight_bit(hash);
        bool maybe = hash && (w->sieve[bit / 64] >> bit % 64 & 1);
        const kh_weight_row *row = maybe ? row_of(w, hash) : NULL;
        for (size_t k = 0; row && k < KH_TAGS; k++) {
            scores[k] += row->scores[k];
        }
    }
}

void kh_tag_sentence(kh_arena scratch, const kh_tagging *t, const kh_name_weights *w, uint8_t *tags)
{
    size_t count = t->end - t->first;
    uint8_t(*from)[KH_TAGS] = (uint8_t(*)[KH_TAGS])KH_NEW_N(&scratch, uint8_t, count * KH_TAGS + 1);
    int32_t best[KH_TAGS], next[KH_TAGS], scores[KH_TAGS];
    static const int32_t never = INT32_MIN / 2;
    for (size_t k = 0; k < KH_TAGS; k++) {
        best[k] = k == KH_TAG_OUT ? 0 : never; /* before a sentence stands no name */
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = t->first + i;
        score_token(t, w, at, scores);
        uint8_t class = t->classes[at];
        for (size_t to = 0; to < KH_TAGS; to++) {
            size_t prior = 0, end = 0, kept = 0;
            next[to] = never;
            for (priors_of(to, &prior, &end); prior < end; prior++) {
                int32_t sum = best[prior] + w->steps[prior][class][to];
                kept = sum > next[to] ? prior : kept;
                next[to] = sum > next[to] ? sum : next[to];
            }
            next[to] += scores[to];
            from[i][to] = (uint8_t)kept;
        }
        for (size_t k = 0; k < KH_TAGS; k++) {
            best[k] = next[k] > never ? next[k] : never;
        }
    }
    size_t tag = 0;
    for (size_t k = 1; k < KH_TAGS && count; k++) {
        tag = best[k] > best[tag] ? k : tag;
    }
    for (size_t i = count; i-- > 0;) {
        tags[t->first + i] = (uint8_t)tag;
        tag = from[i][tag];
    }
}
