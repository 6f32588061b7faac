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
 * word nor concept in a script without capitals. Where such a word has too few consonants (Moore, Bieber), its spelling,
 * which languages of one script share. Places: id and country. Numbers: figures with what they
 * count, digits of two places and more, and the days of events. Sites: sites.c. Agencies are credits and no features.
 *
 * Gets wrong: whatever the tables do not know; an English headline in which all words have capitals gives only
 * those sounds that its body confirms.
 */
#include "story/internal.h"

#include <stdlib.h>

enum { TITLE = 1, LEAD = 2 };

/* ---- collecting ---- */

typedef struct collector {
    kh_arena *out;
    kh_arena *scratch;
    const kh_story_know *know;
    const kh_article *art;
    uint8_t lang;
    kh_map places;   /* feature -> index + 1 */
    kh_map capitals; /* word hash -> 1: stands with a capital inside a sentence */
    bool cased;      /* most words are of a script that has capitals */
    kh_features found;
    kh_span at;     /* the words that are read; empty where they are not in the text */
    kh_map *wanted; /* hash -> index of its span + 1, or NULL */
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

static bool has_case(kh_script script)
{
    return script == KH_SCRIPT_LATIN || script == KH_SCRIPT_CYRILLIC || script == KH_SCRIPT_GREEK;
}

static void add_sounds(collector *c, kh_str key, kh_script script, unsigned lead)
{
    kh_skeletons s;
    kh_skeletons_of(key, script, &s);
    for (size_t i = 0; i < s.count; i++) {
        add_key(c, KH_FEATURE_SOUND, s.items[i], lead);
    }
    if (s.count == 0 && c->cased && has_case(script)) {
        add_key(c, KH_FEATURE_SPELLING, key, 0);
    }
}

static bool may_be_name(const collector *c, const kh_token *t)
{
    return !has_case((kh_script)t->script) || ((t->flags & KH_CAPITAL) && kh_map_get(&c->capitals, t->hash));
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
    kh_str tag = kh_lexicon_tag(kh_story_lexicon(c->know), c->lang);
    char room[KH_STEM_MAX];
    add_key(c, KH_FEATURE_WORD, kh_stem(t->key, (kh_script)t->script, tag, room), lead);
    if (!concept && may_be_name(c, t)) {
        add_sounds(c, kh_stem_name(t->key, (kh_script)t->script), (kh_script)t->script, lead);
    }
}

/* Two digits and more, or a fraction: the digits alone are telling, of an age or a price in a headline too. Separators of
 * thousands go. */
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
    if (n >= 2) {
        add_key(c, KH_FEATURE_NUMBER, (kh_str){digits, n}, lead);
    }
}

/* "Philippines volcano": a country is not the name of what lies in it. */
static bool is_country(const collector *c, kh_str name)
{
    kh_arena rest = *c->scratch;
    kh_str id = kh_names_lookup(kh_story_names(c->know), rest, name);
    const kh_place_facts *facts = kh_story_place_facts(c->know, id);
    return facts && (facts->is_country || facts->vague);
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
                add(c, KH_FEATURE_CONCEPT, kh_story_concept_key(c->know, rows[k]), lead);
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
    size_t cased = 0, words = 0;
    KH_EACH(const kh_token, t, c->art->tokens->tokens) {
        words += t->kind == KH_WORD;
        cased += t->kind == KH_WORD && has_case((kh_script)t->script);
        bool capital = t->kind == KH_WORD && (t->flags & KH_CAPITAL) && !(t->flags & KH_SENTENCE_START);
        if (!capital) {
            continue;
        }
        const kh_line *line = kh_article_line_at(c->art, t->span.begin);
        if (line && line->role == KH_ROLE_BODY) {
            *kh_map_put(c->scratch, &c->capitals, t->hash, NULL) = 1;
        }
    }
    c->cased = 2 * cased > words;
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
    const kh_place_facts *facts = kh_story_place_facts(c->know, id);
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
        if (f->core && !f->soft && !f->past_event && f->has_min && kh_figure_happened(f)) {
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
    kh_names_read(c->scratch, rest, kh_story_names(c->know), alone);
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
    collector c = {.out = out, .scratch = &scratch, .know = know, .art = art, .lang = kh_lexicon_lang(kh_story_lexicon(know), art->lang)};
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
    collector c = {.out = &found,
                   .scratch = &scratch,
                   .know = know,
                   .art = art,
                   .lang = kh_lexicon_lang(kh_story_lexicon(know), art->lang),
                   .wanted = &wanted,
                   .spans = spans};
    collect(&c);
}
