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

const char *const kh_tag_names[KH_TAGS] = {"O", "PER", "PER+", "LOC", "LOC+", "ORG", "ORG+"};

const char *const kh_class_names[KH_CLASSES] = {
    "edge", "number", "mark",   "adjective", "place", "city", "person", "body-name", "agency", "given", "named", "role",  "body",
    "company", "office", "before", "after", "part",  "in",     "verb",      "stop",   "common", "latin", "free"};

/* ---- classes ---- */

static void class_of_known(const kh_tagging *t)
{
    kh_finder *f = t->f;
    unsigned flags = f->arabic ? KH_CLITICS | KH_ARTICLE : 0;
    for (size_t i = 0; i < f->text->tokens.count;) {
        kh_match m;
        if (f->text->tokens.items[i].kind != KH_WORD ||
            !kh_phrases_match(f->know->known, f->text, i, kh_finder_lang(f, i), flags, &m) ||
            (m.ambiguous && f->taken[i] != 1)) {
            i++;
            continue;
        }
        const kh_name_entry *e = &f->know->entries.items[m.value];
        uint8_t class = e->adjective                          ? KH_CLASS_ADJECTIVE
                        : e->agency                           ? KH_CLASS_AGENCY
                        : e->minor                            ? KH_CLASS_CITY
                        : e->type == KH_NAME_PLACE            ? KH_CLASS_PLACE
                        : e->type == KH_NAME_PERSON           ? KH_CLASS_PERSON
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
    static const uint8_t classes[] = {0, KH_CLASS_BEFORE, KH_CLASS_AFTER, KH_CLASS_PART, KH_CLASS_IN};
    return classes[beside];
}

static uint8_t class_of_lead(kh_lead lead)
{
    static const uint8_t classes[] = {0, KH_CLASS_ROLE, KH_CLASS_BODY, KH_CLASS_COMPANY, KH_CLASS_OFFICE};
    return classes[lead];
}

/* The class of a word that is no known name. A phrase of the tables gives it to all its words. */
static size_t class_of_word(const kh_tagging *t, size_t i)
{
    kh_finder *f = t->f;
    kh_match m, none;
    kh_lead lead = kh_finder_lead_at(f, i, &m);
    kh_beside beside = lead ? (kh_beside)0 : kh_finder_beside(f, i, &m);
    uint8_t class = lead                        ? class_of_lead(lead)
                    : beside                    ? class_of_beside(beside)
                    : kh_finder_given(f, i)     ? KH_CLASS_GIVEN
                    : kh_finder_verb(f, i, &m)  ? KH_CLASS_VERB
                                                : KH_CLASS_EDGE;
    if (class == KH_CLASS_GIVEN || class == KH_CLASS_EDGE) {
        m.end = (uint32_t)i + 1;
    }
    if (class == KH_CLASS_EDGE) {
        class = kh_finder_stop(f, i)                                            ? KH_CLASS_STOP
                : kh_finder_common(f, i)                                        ? KH_CLASS_COMMON
                : kh_phrases_match(f->know->named, f->text, i, f->native, 0, &none)             ? KH_CLASS_NAMED
                : f->text->tokens.items[i].script == KH_SCRIPT_LATIN            ? KH_CLASS_LATIN
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
    kh_tagging t = {.f = f, .end = count};
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
    KH_EACH (const kh_spot, s, f->spots) {
        uint8_t tag = s->type == KH_NAME_PERSON ? KH_TAG_PER : s->type == KH_NAME_PLACE ? KH_TAG_LOC : KH_TAG_ORG;
        for (size_t i = s->first; i < s->end; i++) {
            t.rules[i] = (uint8_t)(tag + (i > s->first));
        }
    }
    return t;
}

/* ---- features ---- */

static kh_str key_at(const kh_tagging *t, size_t at, int far)
{
    size_t i = at + (size_t)far;
    bool inside = (far >= 0 || at >= t->first + (size_t)-far) && i < t->end;
    return inside ? t->f->text->tokens.items[i].key : KH_STR("^");
}

static kh_str class_at(const kh_tagging *t, size_t at, int far)
{
    size_t i = at + (size_t)far;
    bool inside = (far >= 0 || at >= t->first + (size_t)-far) && i < t->end;
    return kh_str_z(kh_class_names[inside ? t->classes[i] : KH_CLASS_EDGE]);
}

static kh_str rule_at(const kh_tagging *t, size_t at, int far)
{
    size_t i = at + (size_t)far;
    bool inside = (far >= 0 || at >= t->first + (size_t)-far) && i < t->end;
    return kh_str_z(inside ? kh_tag_names[t->rules[i]] : "^");
}

uint64_t kh_feature_hash(const kh_tag_feature *feature)
{
    uint64_t hash = kh_hash(kh_str_z(feature->kind));
    for (size_t i = 0; i < feature->part_count; i++) {
        hash = kh_hash_mix(hash, kh_hash(feature->parts[i]));
    }
    return hash;
}

typedef struct features {
    kh_tag_feature *items;
    size_t count;
} features;

static void add(features *out, const char *kind, uint32_t count, kh_str a, kh_str b, kh_str c)
{
    kh_tag_feature *f = &out->items[out->count++];
    *f = (kh_tag_feature){.kind = kind, .parts = {a, b, c}, .part_count = count};
    f->hash = kh_feature_hash(f);
}

#define ADD1(kind, a) add(&out, kind, 1, a, none, none)
#define ADD2(kind, a, b) add(&out, kind, 2, a, b, none)
#define ADD3(kind, a, b, c) add(&out, kind, 3, a, b, c)

/* LETTERS letters of the beginning or end of KEY, whose scripts take two bytes a letter; empty when it is no longer. */
static kh_str piece(kh_str key, size_t letters, bool end)
{
    size_t bytes = 2 * letters;
    bool whole = key.len <= bytes || ((unsigned char)key.ptr[0] & 0x80) == 0;
    return whole ? (kh_str){0} : end ? kh_str_from(key, key.len - bytes) : kh_str_head(key, bytes);
}

size_t kh_tag_features(const kh_tagging *t, size_t at, kh_tag_feature room[KH_TAG_FEATURES_MAX])
{
    features out = {room, 0};
    const kh_str none = {0};
    kh_str w = key_at(t, at, 0), before = key_at(t, at, -1), behind = key_at(t, at, 1);
    kh_str c = class_at(t, at, 0), c1 = class_at(t, at, -1), c2 = class_at(t, at, 1);
    kh_str r = rule_at(t, at, 0);
    ADD1("w", w);
    ADD1("w-1", before);
    ADD1("w+1", behind);
    ADD1("w-2", key_at(t, at, -2));
    ADD1("w+2", key_at(t, at, 2));
    ADD2("w-1,w", before, w);
    ADD2("w,w+1", w, behind);
    for (size_t letters = 2; letters <= 4; letters++) {
        static const char *const ends[] = {"end2", "end3", "end4"}, *const begins[] = {"begin2", "begin3", "begin4"};
        kh_str end = piece(w, letters, true), begin = piece(w, letters, false);
        if (end.len) {
            ADD2(ends[letters - 2], end, c);
        }
        if (begin.len && letters < 4) {
            ADD2(begins[letters - 2], begin, c);
        }
    }
    ADD1("c", c);
    ADD2("c-1,c", c1, c);
    ADD2("c,c+1", c, c2);
    ADD3("c-1,c,c+1", c1, c, c2);
    ADD3("c-2,c-1,c", class_at(t, at, -2), c1, c);
    ADD3("c,c+1,c+2", c, c2, class_at(t, at, 2));
    ADD2("w-1,c", before, c);
    ADD2("c,w+1", c, behind);
    ADD2("c-1,w", c1, w);
    ADD2("w,c+1", w, c2);
    ADD3("w-2,w-1,c", key_at(t, at, -2), before, c);
    ADD2("w-1,w+1", before, behind);
    ADD3("w-1,c,w+1", before, c, behind);
    ADD3("r-1,r,r+1", rule_at(t, at, -1), r, rule_at(t, at, 1));
    ADD1("r", r);
    ADD2("r,c", r, c);
    ADD2("r-1,r", rule_at(t, at, -1), r);
    ADD2("r,r+1", r, rule_at(t, at, 1));
    ADD3("r-1,r,c+1", rule_at(t, at, -1), r, c2);
    bool again = kh_finder_occurs(t->f, at) > 1;
    ADD2("again", again ? KH_STR("yes") : KH_STR("no"), c);
    return out.count;
}

/* ---- weights ---- */

static int number_of(kh_str cell)
{
    int sign = 1, n = 0;
    for (size_t i = 0; i < cell.len; i++) {
        sign = cell.ptr[i] == '-' ? -1 : sign;
        n = cell.ptr[i] >= '0' && cell.ptr[i] <= '9' && n < 3000 ? n * 10 + (cell.ptr[i] - '0') : n;
    }
    return sign * n;
}

static size_t index_of(const char *const names[], size_t count, kh_str name)
{
    for (size_t i = 0; i < count; i++) {
        if (kh_str_eq(name, kh_str_z(names[i]))) {
            return i;
        }
    }
    return count;
}

/* "t,c=PER,free": what follows from one tag at a token of a class. */
static void take_step(kh_tag_weights *w, kh_str values, const kh_row *row)
{
    kh_str tag;
    kh_str_cut(&values, ',', &tag);
    size_t from = index_of(kh_tag_names, KH_TAGS, tag), class = index_of(kh_class_names, KH_CLASSES, values);
    for (size_t k = 0; k < KH_TAGS && from < KH_TAGS && class < KH_CLASSES; k++) {
        w->steps[from][class][k] = (int16_t)number_of(kh_cell(row, k + 1));
    }
}

static void take_row(kh_arena *out, kh_tag_weights *w, const kh_row *row)
{
    kh_str values = kh_cell(row, 0), kind, value;
    kh_str_cut(&values, '=', &kind);
    if (kh_str_eq(kind, KH_STR("t,c"))) {
        take_step(w, values, row);
        return;
    }
    uint64_t hash = kh_hash(kind);
    while (kh_str_cut(&values, ',', &value)) {
        hash = kh_hash_mix(hash, kh_hash(value));
    }
    w->sieve[hash % KH_TAG_SIEVE_BITS / 64] |= (uint64_t)1 << hash % 64;
    *kh_map_put(out, &w->rows, hash, NULL) = (uint32_t)(w->scores.count / KH_TAGS) + 1;
    for (size_t k = 0; k < KH_TAGS; k++) {
        *KH_ADD(out, &w->scores) = (int16_t)number_of(kh_cell(row, k + 1));
    }
}

const kh_tag_weights *kh_tag_weights_of(kh_arena *out, const kh_lexicon *lex, uint8_t lang)
{
    kh_rows rows = kh_lexicon_rows(lex, "name_weights");
    kh_tag_weights *w = NULL;
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.items[i].lang == lang) {
            w = w ? w : KH_NEW(out, kh_tag_weights);
            take_row(out, w, &rows.items[i]);
        }
    }
    return w;
}

/* ---- the best tags ---- */

static bool may_follow(size_t from, size_t to)
{
    bool on = to == KH_TAG_PER_ON || to == KH_TAG_LOC_ON || to == KH_TAG_ORG_ON;
    return !on || from == to || from + 1 == to;
}

static void score_token(const kh_tagging *t, const kh_tag_weights *w, size_t at, int32_t scores[KH_TAGS])
{
    kh_tag_feature room[KH_TAG_FEATURES_MAX];
    size_t count = kh_tag_features(t, at, room);
    memset(scores, 0, KH_TAGS * sizeof *scores);
    for (size_t i = 0; i < count; i++) {
        uint64_t hash = room[i].hash;
        bool maybe = w->sieve[hash % KH_TAG_SIEVE_BITS / 64] >> hash % 64 & 1;
        const uint32_t *row = maybe ? kh_map_get(&w->rows, hash) : NULL;
        for (size_t k = 0; row && k < KH_TAGS; k++) {
            scores[k] += w->scores.items[(*row - 1) * KH_TAGS + k];
        }
    }
}

void kh_tag_sentence(kh_arena scratch, const kh_tagging *t, const kh_tag_weights *w, uint8_t *tags)
{
    size_t count = t->end - t->first;
    uint8_t(*from)[KH_TAGS] = (uint8_t(*)[KH_TAGS])KH_NEW_N(&scratch, uint8_t, count * KH_TAGS + 1);
    int32_t best[KH_TAGS], next[KH_TAGS], scores[KH_TAGS];
    static const int32_t never = INT32_MIN / 2;
    for (size_t i = 0; i < count; i++) {
        size_t at = t->first + i;
        score_token(t, w, at, scores);
        for (size_t to = 0; to < KH_TAGS; to++) {
            next[to] = never;
            for (size_t prior = 0; prior < (i ? KH_TAGS : 1); prior++) {
                int32_t sum = (i ? best[prior] : 0) + w->steps[prior][t->classes[at]][to] + scores[to];
                if (may_follow(prior, to) && sum > next[to]) {
                    next[to] = sum;
                    from[i][to] = (uint8_t)prior;
                }
            }
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
