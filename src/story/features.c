/* features.c - what is an article about, in a form that can be looked up?
 *
 * Decides which things of a text count when stories are found. Example: of "قتل 17 من عمال المناجم في انفجار قرب
 * الماتي" the words قتل, عمال, مناجم, انفجار, قرب count as stems, killing, worker, mine and explosion as concepts
 * that a Russian report on it has too, Almaty as a place, with Kazakhstan as the country it lies in, and 17
 * only together with "killed", since 17 alone says nothing.
 *
 * Method: one feature for each distinct key of a kind, with its count and with a mark for the title and for the
 * first paragraph. Words: stems without stop words. Concepts: forms of the language's table. Names: the
 * gazetteer's id, else the consonants of the last word of the name. Sounds: consonants of words that may be
 * names though nobody has recognised them: capital letter inside a sentence, or any word that is neither stop
 * word nor concept in a script without capitals. Places: id and country. Numbers: figures with what they
 * count, digits of three places and more, and the days of events. Sites: sites.c. Agencies are credits and no features.
 *
 * Gets wrong: whatever the tables do not know; an English headline in which all words have capitals gives only
 * those sounds that its body confirms.
 */
#include "story/internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct place_facts {
    kh_str country;
    bool is_country;
    bool vague; /* a continent or a sea: too wide to tell events apart */
} place_facts;

typedef struct site_ending {
    kh_str key; /* of an adjective made from a place name, folded */
    uint8_t lang;
} site_ending;

struct kh_story_know {
    const kh_lexicon *lex;
    const kh_names_know *names;
    kh_phrases *concepts;          /* -> row of world/concepts + 1 */
    const kh_word_parts *word_parts;
    KH_LIST(uint64_t) concept_keys; /* the feature of each, by row + 1 */
    kh_map concept_rows;           /* hash of the id -> row + 1 */
    kh_map circumstances;          /* feature of a concept of time or quantity -> 1 */
    kh_map stopwords;              /* language and word -> 1 */
    kh_map places;                 /* hash of "place:id" -> index into facts + 1 */
    KH_LIST(place_facts) facts;
    kh_map sites;                  /* row + 1 -> the 24 bits of world/sites */
    kh_map site_links;             /* language and word -> 1 */
    kh_map site_orders;            /* language + 1 -> 1: the name stands before the noun */
    kh_map site_capitals;          /* language + 1 -> 1: all nouns have capitals */
    KH_LIST(site_ending) site_endings;
    uint8_t arabic, hebrew;
    kh_story_weights weights;
    kh_join_weights joins;
};

enum { TITLE = 1, LEAD = 2 };

uint64_t kh_story_feature_key(kh_feature_kind kind, kh_str key)
{
    return kh_hash_mix(kh_hash(key), (uint64_t)kind + 1);
}

/* ---- knowledge ---- */

static void know_concepts(kh_arena *out, kh_story_know *know)
{
    kh_rows world = kh_lexicon_world(know->lex, "concepts");
    kh_rows forms = kh_lexicon_rows(know->lex, "concepts");
    *KH_ADD(out, &know->concept_keys) = 0;
    for (size_t i = 0; i < world.count; i++) {
        kh_str id = kh_cell(&world.items[i], 0);
        *kh_map_put(out, &know->concept_rows, kh_hash(id), NULL) = (uint32_t)i + 1;
        uint64_t key = *KH_ADD(out, &know->concept_keys) = kh_story_feature_key(KH_FEATURE_CONCEPT, id);
        if (kh_str_starts(kh_cell(&world.items[i], 1), KH_STR("time"))) { /* time_quantity too */
            *kh_map_put(out, &know->circumstances, key, NULL) = 1;
        }
    }
    for (size_t i = 0; i < forms.count; i++) {
        const uint32_t *row = kh_map_get(&know->concept_rows, kh_hash(kh_cell(&forms.items[i], 0)));
        if (row) {
            kh_phrases_add_list(out, know->concepts, kh_cell(&forms.items[i], 1), forms.items[i].lang, *row);
        }
    }
}

static void know_stopwords(kh_arena *out, kh_story_know *know)
{
    kh_rows rows = kh_lexicon_rows(know->lex, "stopwords");
    for (size_t i = 0; i < rows.count; i++) {
        const kh_text *t = kh_text_of(out, kh_cell(&rows.items[i], 0));
        KH_EACH(const kh_token, word, t->tokens) { /* "ne ... pas", "c'est": each word */
            *kh_map_put(out, &know->stopwords, kh_hash_mix(word->hash, rows.items[i].lang), NULL) = 1;
        }
    }
}

static void know_places(kh_arena *out, kh_story_know *know)
{
    kh_rows rows = kh_lexicon_world(know->lex, "places");
    for (size_t i = 0; i < rows.count; i++) {
        kh_str id = kh_arena_join(out, KH_STR("place:"), kh_cell(&rows.items[i], 0));
        kh_str kind = kh_cell(&rows.items[i], 1);
        *KH_ADD(out, &know->facts) = (place_facts){
            .country = kh_cell(&rows.items[i], 2),
            .is_country = kh_str_eq(kind, KH_STR("country")),
            .vague = kh_str_eq(kind, KH_STR("continent")) || kh_str_eq(kind, KH_STR("sea"))};
        *kh_map_put(out, &know->places, kh_hash(id), NULL) = (uint32_t)know->facts.count;
    }
}

enum { SITE_BITS = 24 };

/* The kind of a site: bits of its concept, the lowest of which says that it holds many others. */
static uint32_t site_bits(kh_str concept, bool holds_others)
{
    uint32_t bits = (uint32_t)(kh_hash(concept) >> (64 - SITE_BITS));
    return (bits & ~1U) | holds_others | 2;
}

static void know_sites(kh_arena *out, kh_story_know *know)
{
    kh_rows rows = kh_lexicon_world(know->lex, "sites");
    for (size_t i = 0; i < rows.count; i++) {
        kh_str word = kh_cell(&rows.items[i], 0);
        kh_str is = kh_cell(&rows.items[i], 1);
        uint8_t lang = kh_lexicon_lang(know->lex, kh_cell(&rows.items[i], 2));
        const uint32_t *row = kh_map_get(&know->concept_rows, kh_hash(word));
        if (kh_str_eq(is, KH_STR("link"))) {
            *kh_map_put(out, &know->site_links, kh_hash_mix(kh_hash(kh_fold_key(out, word)), lang), NULL) = 1;
        } else if (kh_str_eq(is, KH_STR("ending"))) {
            *KH_ADD(out, &know->site_endings) = (site_ending){kh_fold_key(out, word), lang};
        } else if (kh_str_eq(is, KH_STR("name_first"))) {
            *kh_map_put(out, &know->site_orders, (uint64_t)lang + 1, NULL) = 1;
        } else if (kh_str_eq(is, KH_STR("capital_nouns"))) {
            *kh_map_put(out, &know->site_capitals, (uint64_t)lang + 1, NULL) = 1;
        } else if (row) {
            *kh_map_put(out, &know->sites, *row, NULL) = site_bits(word, kh_str_eq(is, KH_STR("area")));
        }
    }
}

const kh_story_know *kh_story_know_of(kh_arena *out, const kh_lexicon *lex, const kh_names_know *names)
{
    kh_story_know *know = KH_NEW(out, kh_story_know);
    *know = (kh_story_know){
        .lex = lex, .names = names, .concepts = kh_phrases_named(out, lex, "story.concepts", "concepts"), .arabic = kh_lexicon_lang(lex, KH_STR("ar")),
        .hebrew = kh_lexicon_lang(lex, KH_STR("he"))};
    know_concepts(out, know);
    know->word_parts = kh_word_parts_of(out, lex, know->concepts);
    know_stopwords(out, know);
    know_places(out, know);
    know_sites(out, know);
    kh_story_weights_read(&know->weights, lex);
    kh_join_weights_read(&know->joins, lex);
    return know;
}

const kh_story_weights *kh_story_weights_of(const kh_story_know *know)
{
    return &know->weights;
}

const kh_join_weights *kh_join_weights_of(const kh_story_know *know)
{
    return &know->joins;
}

bool kh_story_capitals_name(const kh_story_know *know, uint8_t lang)
{
    return !kh_map_get(&know->site_capitals, (uint64_t)lang + 1);
}

enum { SITE_STEM_MIN = 6 }; /* bytes */

kh_str kh_story_site_stem(const kh_story_know *know, kh_str key, uint8_t lang)
{
    KH_EACH(const site_ending, ending, know->site_endings) {
        if (ending->lang == lang && kh_str_ends(key, ending->key) && key.len >= ending->key.len + SITE_STEM_MIN) {
            return kh_str_head(key, key.len - ending->key.len);
        }
    }
    return key;
}

bool kh_story_is_stopword(const kh_story_know *know, const kh_token *t, uint8_t lang)
{
    return kh_map_get(&know->stopwords, kh_hash_mix(t->hash, lang)) != NULL;
}

bool kh_story_is_circumstance(const kh_story_know *know, uint64_t hash)
{
    return kh_map_get(&know->circumstances, hash) != NULL;
}

static unsigned clitics_of(const kh_story_know *know, uint8_t lang)
{
    return lang == know->arabic || lang == know->hebrew ? KH_CLITICS | KH_ARTICLE : 0;
}

/* A stop word alone is no concept: "will", "state" as verbs. */
size_t kh_story_concepts_at(const kh_story_know *know, const kh_text *text, size_t i, uint8_t lang,
                            uint32_t rows[KH_WORD_CONCEPTS_MAX], size_t *end)
{
    kh_match m;
    bool met = kh_phrases_match(know->concepts, text, i, lang, clitics_of(know, lang), &m);
    size_t behind = met ? m.end : i + 1;
    if ((met && m.ambiguous) || (behind == i + 1 && kh_story_is_stopword(know, &text->tokens.items[i], lang))) {
        return 0;
    }
    rows[0] = m.value;
    size_t count = met ? 1 : kh_word_concepts(know->word_parts, text, i, lang, rows);
    count += met && behind == i + 1 ? kh_word_rest(know->word_parts, text, i, lang, m.ending, rows) : 0;
    *end = count ? behind : *end;
    return count;
}

uint32_t kh_story_concept_at(const kh_story_know *know, const kh_text *text, size_t i, uint8_t lang, size_t *end)
{
    uint32_t rows[KH_WORD_CONCEPTS_MAX];
    return kh_story_concepts_at(know, text, i, lang, rows, end) ? rows[0] : 0;
}

uint64_t kh_story_site_kind(const kh_story_know *know, uint32_t concept)
{
    const uint32_t *kind = kh_map_get(&know->sites, concept);
    return kind ? *kind : 0;
}

bool kh_story_links_sites(const kh_story_know *know, const kh_token *t, uint8_t lang)
{
    return kh_map_get(&know->site_links, kh_hash_mix(t->hash, lang)) != NULL;
}

bool kh_story_name_first(const kh_story_know *know, uint8_t lang)
{
    return kh_map_get(&know->site_orders, (uint64_t)lang + 1) != NULL;
}

kh_u64s kh_story_concepts(kh_arena *out, const kh_story_know *know, const kh_text *text, uint8_t lang, size_t first, size_t end)
{
    kh_u64s found = {0};
    for (size_t i = first; i < end;) {
        uint32_t rows[KH_WORD_CONCEPTS_MAX];
        size_t behind = i + 1;
        bool word = text->tokens.items[i].kind == KH_WORD;
        size_t count = word ? kh_story_concepts_at(know, text, i, lang, rows, &behind) : 0;
        bool inside = behind <= end;
        for (size_t k = 0; k < count && inside; k++) {
            *KH_ADD(out, &found) = rows[k];
        }
        i = inside ? behind : i + 1;
    }
    return found;
}

/* ---- collecting ---- */

typedef struct collector {
    kh_arena *out;
    kh_arena *scratch;
    const kh_story_know *know;
    const kh_article *art;
    uint8_t lang;
    kh_map places; /* feature -> index + 1 */
    kh_map capitals; /* word hash -> 1: stands with a capital inside a sentence */
    kh_features found;
    kh_span at;      /* the words that are read; empty where they are not in the text */
    kh_map *wanted;  /* hash -> index of its span + 1, or NULL */
    kh_span *spans;
} collector;

static void add(collector *c, kh_feature_kind kind, uint64_t hash, unsigned lead)
{
    uint32_t *at = kh_map_put(c->scratch, &c->places, hash, NULL);
    const uint32_t *wanted = c->wanted ? kh_map_get(c->wanted, hash) : NULL;
    if (wanted && kh_span_empty(c->spans[*wanted - 1])) {
        c->spans[*wanted - 1] = c->at;
    }
    if (*at == 0) {
        *KH_ADD(c->out, &c->found) = (kh_feature){.hash = hash ? hash : 1, .kind = (uint8_t)kind};
        *at = (uint32_t)c->found.count;
    }
    kh_feature *f = &c->found.items[*at - 1];
    f->count = (uint16_t)(f->count + (f->count < UINT16_MAX));
    f->lead = (uint8_t)(f->lead | lead);
}

static void add_key(collector *c, kh_feature_kind kind, kh_str key, unsigned lead)
{
    add(c, kind, kh_story_feature_key(kind, key), lead);
}

static bool is_stopword(const collector *c, const kh_token *t)
{
    return kh_story_is_stopword(c->know, t, c->lang);
}

static void add_sounds(collector *c, kh_str key, kh_script script, unsigned lead)
{
    kh_skeletons s;
    kh_skeletons_of(key, script, &s);
    for (size_t i = 0; i < s.count; i++) {
        add_key(c, KH_FEATURE_SOUND, s.items[i], lead);
    }
}

static bool has_case(const kh_token *t)
{
    return t->script == KH_SCRIPT_LATIN || t->script == KH_SCRIPT_CYRILLIC || t->script == KH_SCRIPT_GREEK;
}

static bool may_be_name(const collector *c, const kh_token *t)
{
    return !has_case(t) || ((t->flags & KH_CAPITAL) && kh_map_get(&c->capitals, t->hash));
}

/* A word of Chinese is mostly two characters, of which there is no telling where it begins: each pair is taken. */
static kh_str ideographs(const kh_text *text, size_t i)
{
    const kh_token *t = &text->tokens.items[i];
    bool pair = i + 1 < text->tokens.count && t[1].script == KH_SCRIPT_HAN && t[1].key.ptr == t->key.ptr + t->key.len;
    return pair ? (kh_str){t->key.ptr, t->key.len + t[1].key.len} : (kh_str){0};
}

static void add_word(collector *c, const kh_text *text, size_t i, bool concept, unsigned lead)
{
    const kh_token *t = &text->tokens.items[i];
    if (t->key.len < 2 || is_stopword(c, t)) {
        return;
    }
    if (t->script == KH_SCRIPT_HAN) {
        kh_str pair = ideographs(text, i);
        if (pair.len) {
            add_key(c, KH_FEATURE_WORD, pair, lead);
        }
        return;
    }
    kh_str tag = kh_lexicon_tag(c->know->lex, c->lang);
    add_key(c, KH_FEATURE_WORD, kh_stem(t->key, (kh_script)t->script, tag), lead);
    if (!concept && may_be_name(c, t)) {
        add_sounds(c, kh_stem_name(t->key, (kh_script)t->script), (kh_script)t->script, lead);
    }
}

/* Three digits and more, or a fraction: the digits alone are telling. Separators of thousands go. */
static void add_number(collector *c, const kh_token *t, unsigned lead)
{
    char digits[32];
    size_t n = 0;
    for (size_t i = 0; i < t->key.len && n < sizeof digits; i++) {
        char ch = t->key.ptr[i];
        bool thousands = (ch == ',' || ch == '.') && t->key.len - i >= 4 && (t->key.len - i) % 4 == 0;
        if (!thousands) {
            digits[n++] = ch == ',' ? '.' : ch;
        }
    }
    if (n >= 3) {
        add_key(c, KH_FEATURE_NUMBER, (kh_str){digits, n}, lead);
    }
}

/* "Philippines volcano": a country is not the name of what lies in it. */
static bool is_country(const collector *c, kh_str name)
{
    kh_arena rest = *c->scratch;
    kh_str id = kh_names_lookup(c->know->names, rest, name);
    const uint32_t *at = id.len ? kh_map_get(&c->know->places, kh_hash(id)) : NULL;
    return at && (c->know->facts.items[*at - 1].is_country || c->know->facts.items[*at - 1].vague);
}

/* The site that the concept ROW, tokens FIRST to END, names; a sure one is worth two mentions. */
static void add_site(collector *c, const kh_text *text, uint32_t row, size_t first, size_t end, unsigned lead)
{
    kh_site_names names;
    kh_site_read(c->know, text, c->lang, row, first, end, &names);
    bool country = names.count && is_country(c, kh_text_slice(text, names.span));
    c->at = text == c->art->tokens ? names.span : (kh_span){0};
    for (size_t i = 0; i < names.count && !country; i++) {
        for (int n = 0; n <= names.sure; n++) {
            add(c, KH_FEATURE_SITE, names.items[i], lead);
        }
    }
}

/* The site that the concept ROW names, or a noun inside its phrase: "mine" of "mine collapse" in انهيار منجم كاراغان. */
static void add_sites(collector *c, const kh_text *text, uint32_t row, size_t first, size_t end, unsigned lead)
{
    add_site(c, text, row, first, end, lead);
    for (size_t i = first + 1; i < end; i++) {
        size_t behind = i + 1;
        uint32_t inner = text->tokens.items[i].kind == KH_WORD ? kh_story_concept_at(c->know, text, i, c->lang, &behind) : 0;
        if (inner) {
            add_site(c, text, inner, i, behind, lead);
        }
    }
}

enum { SITE_LEAD_TOKENS = 60 }; /* some first paragraphs are whole articles */

/* Tokens first..end of TEXT. */
static void add_tokens(collector *c, const kh_text *text, size_t first, size_t end, unsigned lead)
{
    size_t concept_end = first;
    for (size_t i = first; i < end; i++) {
        const kh_token *t = &text->tokens.items[i];
        c->at = text == c->art->tokens ? t->span : (kh_span){0};
        if (t->kind == KH_NUMBER) {
            add_number(c, t, lead);
        }
        if (t->kind != KH_WORD) {
            continue;
        }
        size_t behind = i;
        uint32_t rows[KH_WORD_CONCEPTS_MAX];
        size_t count = i >= concept_end ? kh_story_concepts_at(c->know, text, i, c->lang, rows, &behind) : 0;
        if (count) {
            concept_end = behind;
            c->at.end = c->at.end ? text->tokens.items[behind - 1].span.end : 0;
            for (size_t k = 0; k < count; k++) {
                add(c, KH_FEATURE_CONCEPT, c->know->concept_keys.items[rows[k]], lead);
            }
            add_sites(c, text, rows[0], i, behind, i - first < SITE_LEAD_TOKENS ? lead : 0);
        }
        add_word(c, text, i, i < concept_end, lead);
    }
}

static size_t first_body_line(const kh_article *art)
{
    size_t i = 0;
    while (i < art->lines.count && art->lines.items[i].role != KH_ROLE_BODY) {
        i++;
    }
    return i;
}

static unsigned lead_of(const kh_article *art, size_t line, size_t first_body)
{
    return art->lines.items[line].role == KH_ROLE_TITLE ? TITLE : line == first_body ? LEAD : 0;
}

static void note_capitals(collector *c)
{
    KH_EACH(const kh_token, t, c->art->tokens->tokens) {
        bool capital = t->kind == KH_WORD && (t->flags & KH_CAPITAL) && !(t->flags & KH_SENTENCE_START);
        if (!capital) {
            continue;
        }
        const kh_line *line = kh_article_line_at(c->art, t->span.begin);
        if (line && line->role == KH_ROLE_BODY) {
            *kh_map_put(c->scratch, &c->capitals, t->hash, NULL) = 1;
        }
    }
}

static void add_lines(collector *c)
{
    const kh_text *text = c->art->tokens;
    size_t first_body = first_body_line(c->art);
    size_t at = 0;
    for (size_t i = 0; i < c->art->lines.count; i++) {
        const kh_line *line = &c->art->lines.items[i];
        while (at < text->tokens.count && text->tokens.items[at].span.begin < line->span.begin) {
            at++;
        }
        size_t end = at;
        while (end < text->tokens.count && text->tokens.items[end].span.begin < line->span.end) {
            end++;
        }
        if (kh_line_is_content(line)) {
            add_tokens(c, text, at, end, lead_of(c->art, i, first_body));
        }
        at = end;
    }
}

/* ---- names, figures, dates ---- */

static kh_str last_word(kh_str name)
{
    size_t at = name.len;
    while (at && name.ptr[at - 1] != ' ') {
        at--;
    }
    return kh_str_from(name, at);
}

static void add_place(collector *c, kh_str id, unsigned lead)
{
    const uint32_t *at = kh_map_get(&c->know->places, kh_hash(id));
    const place_facts *facts = at ? &c->know->facts.items[*at - 1] : NULL;
    if (facts && facts->vague) {
        return;
    }
    if (facts && facts->country.len > 1) {
        add_key(c, KH_FEATURE_PLACE, facts->country, lead);
    }
    if (!facts || !facts->is_country) {
        add_key(c, KH_FEATURE_PLACE, id, lead);
    }
}

static void add_name(collector *c, const kh_name *name, unsigned lead)
{
    if (kh_str_starts(name->id, KH_STR("agency:"))) {
        return;
    }
    if (kh_str_starts(name->id, KH_STR("place:"))) {
        add_place(c, name->id, lead);
    } else if (name->id.len) {
        add_key(c, KH_FEATURE_NAME, name->id, lead);
    } else {
        const kh_text *t = kh_text_of(c->scratch, last_word(name->label));
        kh_skeletons s = {0};
        if (t->tokens.count) {
            kh_script script = (kh_script)t->tokens.items[0].script;
            kh_skeletons_of(kh_stem_name(t->tokens.items[0].key, script), script, &s);
        }
        for (size_t i = 0; i < s.count; i++) {
            add_key(c, KH_FEATURE_NAME, s.items[i], lead);
        }
    }
}

static void add_names(collector *c)
{
    size_t first_body = first_body_line(c->art);
    KH_EACH(const kh_mention, mention, c->art->mentions) {
        const kh_line *line = kh_article_line_at(c->art, mention->span.begin);
        if (line && kh_line_is_content(line)) {
            unsigned lead = lead_of(c->art, (size_t)(line - c->art->lines.items), first_body);
            c->at = mention->span;
            add_name(c, &c->art->names.items[mention->name], lead);
        }
    }
}

static void add_figures(collector *c)
{
    KH_EACH(const kh_figure, f, c->art->figures) {
        if (f->core && !f->soft && !f->past_event && f->has_min && f->what.len) {
            kh_str key = kh_arena_printf(c->scratch, KH_FMT ":%.6g", KH_ARG(f->what), f->min);
            add_key(c, KH_FEATURE_NUMBER, key, 0);
        }
    }
}

static void add_days(collector *c)
{
    KH_EACH(const kh_date, d, c->art->dates) {
        bool day = d->core && d->when.from.precision >= KH_TO_DAY && !kh_time_known(d->when.to);
        if (day) {
            kh_str key = kh_arena_printf(c->scratch, "day %lld", (long long)kh_day_number(d->when.from));
            add_key(c, KH_FEATURE_NUMBER, key, 0);
        }
    }
}

/* A title that stands nowhere in the text is read as an article of one line. */
static void add_title(collector *c)
{
    const kh_field *title = &c->art->title;
    if (!title->value.len || !kh_span_empty(title->span)) {
        return;
    }
    kh_article *alone = KH_NEW(c->scratch, kh_article);
    alone->text = title->value;
    alone->lang = c->art->lang;
    alone->tokens = kh_text_of(c->scratch, title->value);
    *KH_ADD(c->scratch, &alone->lines) = (kh_line){.span = {0, (uint32_t)title->value.len}, .role = KH_ROLE_TITLE};
    kh_arena rest = kh_arena_split(c->scratch);
    kh_names_read(c->scratch, rest, c->know->names, alone);
    add_tokens(c, alone->tokens, 0, alone->tokens->tokens.count, TITLE);
    c->at = (kh_span){0};
    KH_EACH(const kh_mention, mention, alone->mentions) {
        add_name(c, &alone->names.items[mention->name], TITLE);
    }
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = ((const kh_feature *)a)->hash;
    uint64_t y = ((const kh_feature *)b)->hash;
    return (x > y) - (x < y);
}

static void collect(collector *c)
{
    note_capitals(c);
    add_names(c);
    add_lines(c);
    add_title(c);
    c->at = (kh_span){0};
    add_figures(c);
    add_days(c);
}

kh_features kh_story_features(kh_arena *out, kh_arena scratch, const kh_story_know *know, const kh_article *art)
{
    collector c = {
        .out = out, .scratch = &scratch, .know = know, .art = art, .lang = kh_lexicon_lang(know->lex, art->lang)};
    collect(&c);
    if (c.found.count) {
        qsort(c.found.items, c.found.count, sizeof *c.found.items, by_hash);
    }
    return c.found;
}

void kh_story_wording(kh_arena scratch, const kh_story_know *know, const kh_article *art, const kh_u64s *hashes, kh_span *spans)
{
    kh_arena found = kh_arena_split(&scratch);
    kh_map wanted = {0};
    for (size_t i = 0; i < hashes->count; i++) {
        *kh_map_put(&scratch, &wanted, hashes->items[i], NULL) = (uint32_t)i + 1;
    }
    collector c = {.out = &found, .scratch = &scratch, .know = know, .art = art, .lang = kh_lexicon_lang(know->lex, art->lang),
                   .wanted = &wanted, .spans = spans};
    collect(&c);
}
