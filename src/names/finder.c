/* finder.c - small questions that every search for names asks about the tokens of a text.
 *
 * Decides what may be part of an unknown name. In scripts with capital letters it is a word with one, which
 * is not merely the first word of its sentence and a common one. In the Arabic script, which has none, it
 * is a word that no table of the language knows: of "قال باسل نورمان إن" the words باسل and نورمان. Such a
 * word alone proves nothing; the callers ask for a title, a verb or an apposition beside it.
 *
 * Gets wrong: Arabic words that no table holds, standing right behind a title.
 */
#include "names/features.h"
#include "names/internal.h"

bool kh_finder_cased(const kh_token *t)
{
    return t->script == KH_SCRIPT_LATIN || t->script == KH_SCRIPT_CYRILLIC || t->script == KH_SCRIPT_GREEK;
}

void kh_finder_languages(kh_finder *f)
{
    static const char *const not_latin[] = {"ar", "fa", "ur", "ckb", "ug", "ps", "prs", "sd", "ru", "uk", "kk", "bg", "sr", "he", "el"};
    f->native = f->lang == KH_LANG_NONE ? KH_LANG_ANY : f->lang;
    f->latin = f->native;
    for (size_t i = 0; i < sizeof not_latin / sizeof *not_latin; i++) {
        f->latin = kh_str_eq(f->art->lang, kh_str_z(not_latin[i])) ? f->know->english : f->latin;
    }
}

uint8_t kh_finder_lang(const kh_finder *f, size_t token)
{
    return f->text->tokens.items[token].script == KH_SCRIPT_LATIN ? f->latin : f->native;
}

bool kh_finder_same_line(const kh_finder *f, size_t a, size_t b)
{
    const kh_text *t = f->text;
    return b < t->tokens.count && t->tokens.items[a].line == t->tokens.items[b].line;
}

/* Common behind proclitics: one letter, or letters and the article. Two letters alone are chance: سلماوي is no
 * س + ل + مأوى. */
static bool is_common_match(const kh_token *t, const kh_match *m)
{
    if (m->clitic == 0) {
        return true;
    }
    kh_str before = kh_str_head(t->key, m->clitic);
    bool article = kh_str_ends(before, KH_STR("ال")) || kh_str_ends(before, KH_STR("لل"));
    return article || (m->clitic == 2 && !kh_str_eq(before, KH_STR("س")));
}

bool kh_finder_ask(const kh_finder *f, kh_name_set which, size_t token, unsigned flags, kh_match *m)
{
    return token < f->text->tokens.count && f->may[token] >> which & 1 &&
           kh_phrases_match(f->know->sets[which], f->text, token, kh_finder_lang(f, token), flags, m);
}

static kh_common common_at(const kh_finder *f, size_t token)
{
    kh_match m;
    const kh_token *t = &f->text->tokens.items[token];
    unsigned flags = f->arabic ? KH_CLITICS | KH_ARTICLE : 0;
    if (t->kind != KH_WORD || kh_map_get(&f->nouns, t->hash)) {
        return KH_COMMON_YES;
    }
    if (!kh_finder_ask(f, KH_SET_COMMON, token, flags, &m) || !is_common_match(t, &m)) {
        return KH_COMMON_NO;
    }
    if (m.value == KH_COMMON_CONCEPT && f->arabic && kh_finder_has_name_word(f, token)) {
        return KH_COMMON_NO; /* دينيس is not of دين* */
    }
    return m.value == KH_COMMON_CONCEPT ? KH_COMMON_CONCEPT : m.clitic == 2 ? KH_COMMON_CLITIC : KH_COMMON_YES;
}

bool kh_finder_common(kh_finder *f, size_t token)
{
    if (f->common[token] == KH_COMMON_UNASKED) {
        f->common[token] = (uint8_t)common_at(f, token);
    }
    return f->common[token] > KH_COMMON_NO;
}

bool kh_finder_concept(kh_finder *f, size_t token)
{
    return kh_finder_common(f, token) && f->common[token] == KH_COMMON_CONCEPT;
}

bool kh_finder_stop(const kh_finder *f, size_t token)
{
    if (token >= f->text->tokens.count) {
        return false;
    }
    if (!f->stop[token]) {
        kh_match m;
        bool yes = kh_finder_ask(f, KH_SET_STOPS, token, 0, &m) && m.end == token + 1;
        f->stop[token] = yes ? 2 : 1;
    }
    return f->stop[token] == 2;
}

/* علي behind no proclitic is mostly على, though the fold makes them one. */
static size_t given_at(const kh_finder *f, size_t token)
{
    kh_match m;
    const kh_token *t = &f->text->tokens.items[token];
    if (t->kind != KH_WORD || !kh_finder_ask(f, KH_SET_GIVEN, token, f->arabic ? KH_CLITICS : 0, &m)) {
        return SIZE_MAX;
    }
    kh_str written = kh_text_slice(f->text, t->span);
    bool ali = kh_str_eq(t->key, KH_STR("علي"));
    bool other = ali ? kh_str_ends(written, KH_STR("ى")) : kh_finder_stop(f, token);
    return other ? SIZE_MAX : m.clitic;
}

/* Key bytes of proclitics before the given name at TOKEN ("ودولت": 2); SIZE_MAX when it is none. */
size_t kh_finder_given_behind(const kh_finder *f, size_t token)
{
    if (!f->given[token]) {
        size_t clitic = given_at(f, token);
        f->given[token] = clitic == SIZE_MAX ? 1 : (uint8_t)(clitic + 2);
    }
    return f->given[token] == 1 ? SIZE_MAX : f->given[token] - 2U;
}

bool kh_finder_given(const kh_finder *f, size_t token)
{
    return kh_finder_given_behind(f, token) != SIZE_MAX;
}

bool kh_finder_has_name_word(const kh_finder *f, size_t token)
{
    const kh_word_table *named = f->native < KH_LANGS_MAX ? f->know->named[f->native] : NULL;
    return named && kh_word_table_has(named, f->text->tokens.items[token].hash);
}

bool kh_finder_named(kh_finder *f, size_t token)
{
    const kh_token *t = &f->text->tokens.items[token];
    if (t->kind != KH_WORD || f->taken[token] || kh_finder_cased(t)) {
        return false;
    }
    bool found = f->arabic && kh_finder_has_name_word(f, token) && !kh_finder_common(f, token);
    return found || kh_finder_given(f, token);
}

/* Forms that names written in Arabic rarely have: a feminine ending, a verb's prefix with its plural
 * ending, a pronoun at the end. */
static bool is_arabic_shape(const kh_finder *f, const kh_token *t)
{
    kh_str written = kh_text_slice(f->text, t->span);
    bool plural_verb = (kh_str_starts(t->key, KH_STR("ي")) || kh_str_starts(t->key, KH_STR("ت"))) && kh_str_ends(t->key, KH_STR("ون"));
    bool owned = kh_str_ends(t->key, KH_STR("ها")) || kh_str_ends(t->key, KH_STR("هم")) || kh_str_ends(written, KH_STR("ه"));
    return kh_str_ends(written, KH_STR("ة")) || (plural_verb && t->key.len >= 10) || (owned && t->key.len >= 8) ||
           kh_str_ends(written, KH_STR("اً")) || kh_str_ends(written, KH_STR("ًا"));
}

bool kh_finder_name_word(kh_finder *f, size_t token, bool first)
{
    const kh_token *t = &f->text->tokens.items[token];
    if (t->kind != KH_WORD || f->taken[token] || f->skipped[token]) {
        return false;
    }
    if (kh_finder_cased(t)) {
        bool common_start = (t->flags & KH_SENTENCE_START) && kh_finder_common(f, token) && !kh_finder_given(f, token);
        return (t->flags & KH_CAPITAL) && !common_start && !kh_finder_stop(f, token);
    }
    if (kh_finder_given(f, token)) {
        return true;
    }
    bool article = f->arabic && kh_str_starts(t->key, KH_STR("ال"));
    if (f->arabic && is_arabic_shape(f, t)) {
        return false;
    }
    return t->script != KH_SCRIPT_NONE && t->key.len >= 4 && !(first && article) && !kh_finder_common(f, token) &&
           !kh_finder_stop(f, token);
}

/* "al-Mansur", "Kara-Tau", "О'Коннор": the token after AT is glued on by a hyphen or apostrophe. */
static bool is_glued(const kh_finder *f, size_t at)
{
    const kh_token *t = f->text->tokens.items;
    if (!kh_finder_same_line(f, at, at + 2)) {
        return false;
    }
    bool mark = t[at + 1].kind == KH_PUNCT && (kh_is_dash(t[at + 1].cp) || t[at + 1].cp == '\'' || t[at + 1].cp == 0x2019);
    bool tight = !(t[at + 1].flags & KH_SPACE_BEFORE) && !(t[at + 2].flags & KH_SPACE_BEFORE) && t[at + 2].kind == KH_WORD;
    return mark && tight && (kh_is_dash(t[at + 1].cp) || (t[at + 2].flags & KH_CAPITAL));
}

/* A small word inside a name: al, bin, de, von. */
static bool is_particle(const kh_token *t)
{
    static const char *const known[] = {"al",  "el",  "es", "as", "ar",  "ad",  "at",  "bin", "ibn", "ben", "bint",
                                        "abu", "de",  "da", "di", "du",  "del", "la",  "le",  "van", "von", "der",
                                        "den", "dos", "ul", "ud", "аль", "ибн", "бен", "эль", "ас",  "эс"};
    for (size_t i = 0; t->key.len <= 6 && i < sizeof known / sizeof *known; i++) {
        if (kh_token_is(t, known[i])) {
            return true;
        }
    }
    return false;
}

/* The words between two parts of an Arabic name: بن, آل, أبو, عبد. What follows belongs to the name, whatever it is. */
bool kh_finder_link(const kh_finder *f, size_t at)
{
    static const char *const links[] = {"بن", "ابن", "ال", "بنت", "ابو", "ابا", "ابي", "عبد", "ام"};
    const kh_token *t = &f->text->tokens.items[at];
    bool link = false;
    for (size_t i = 0; t->script == KH_SCRIPT_ARABIC && t->key.len <= 6 && i < sizeof links / sizeof *links; i++) {
        link = link || kh_token_is(t, links[i]);
    }
    return link && f->text->tokens.count > at + 1 && f->text->tokens.items[at + 1].kind == KH_WORD && kh_finder_same_line(f, at, at + 1);
}

/* محمد السادس */
static bool is_regnal(const kh_finder *f, size_t at)
{
    static const char *const numbers[] = {"الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن"};
    for (size_t i = 0; f->arabic && i < sizeof numbers / sizeof *numbers; i++) {
        if (kh_token_is(&f->text->tokens.items[at], numbers[i])) {
            return true;
        }
    }
    return false;
}

/* Is the ordinary word at AT a surname, behind a given name? بنار is ب + نار, but not behind سعيد; a concept's word is one
 * with the ending of a nisba (الفرشي), or where the name must end: before a verb or a comma ("پرویز کهن،"). */
static bool is_common_surname(kh_finder *f, size_t at)
{
    const kh_token *t = &f->text->tokens.items[at];
    if (kh_finder_cased(t) || !kh_finder_common(f, at)) {
        return false;
    }
    if (is_regnal(f, at)) {
        return true;
    }
    if (f->common[at] != KH_COMMON_CONCEPT) {
        return f->arabic && f->common[at] == KH_COMMON_CLITIC;
    }
    kh_match m;
    bool nisba = kh_str_starts(t->key, KH_STR("ال")) && kh_str_ends(t->key, KH_STR("ي"));
    bool closed = kh_finder_same_line(f, at, at + 1) && (kh_str_eq(t[1].key, KH_STR(",")) || kh_finder_verb(f, at + 1, &m));
    return nisba || closed;
}

bool kh_finder_ends_as_country(const kh_token *t)
{
    static const char *const ends[] = {"يا", "ستان", "اباد", "لاند"};
    bool country = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        country = country || (kh_str_ends(t->key, kh_str_z(ends[i])) && t->key.len >= 10);
    }
    return country;
}

enum { RUN_WORDS_MAX = 4 };

size_t kh_finder_run(kh_finder *f, size_t first)
{
    const kh_token *t = f->text->tokens.items;
    size_t end = first, words = 0;
    while (end < f->text->tokens.count && words < RUN_WORDS_MAX && kh_finder_same_line(f, first, end)) {
        bool small = t[end].kind == KH_WORD && kh_finder_cased(&t[end]) && !(t[end].flags & KH_CAPITAL) && is_particle(&t[end]) &&
                     kh_finder_same_line(f, first, end + 1) && (is_glued(f, end) || (words && (t[end + 1].flags & KH_CAPITAL)));
        if (words && kh_finder_link(f, end)) {
            end += 2;
            words++;
            continue;
        }
        bool surname = words == 1 && !f->taken[end] && kh_finder_given(f, end - 1) && is_common_surname(f, end);
        bool next_name =
            f->arabic && words && kh_str_starts(t[end].key, KH_STR("و")) && kh_finder_given_behind(f, end) == 2; /* عنان وصبري are two */
        if (next_name || (!small && !surname && !kh_finder_name_word(f, end, words == 0))) {
            break;
        }
        end++;
        while (end < f->text->tokens.count && is_glued(f, end - 1)) {
            end += 2;
        }
        words += !small;
        bool initial = kh_finder_same_line(f, first, end) && t[end].cp == '.' && t[end].kind == KH_PUNCT && words &&
                       kh_utf8_count(t[end - 1].key) == 1 && kh_finder_same_line(f, first, end + 1);
        end += initial;
    }
    return end;
}

kh_lead kh_finder_lead_at(const kh_finder *f, size_t first, kh_match *m)
{
    unsigned flags = f->arabic ? KH_CLITICS | KH_ARTICLE : 0;
    bool found = kh_finder_ask(f, KH_SET_LEADS, first, flags, m);
    return found ? (kh_lead)m->value : (kh_lead)0;
}

bool kh_finder_lead(const kh_finder *f, size_t first, kh_lead lead, kh_match *m)
{
    return kh_finder_lead_at(f, first, m) == lead;
}

kh_beside kh_finder_beside(const kh_finder *f, size_t first, kh_match *m)
{
    bool found = kh_finder_ask(f, KH_SET_BESIDE, first, f->arabic ? KH_CLITICS : 0, m);
    return found ? (kh_beside)m->value : (kh_beside)0;
}

bool kh_finder_verb(const kh_finder *f, size_t first, kh_match *m)
{
    unsigned flags = f->arabic ? KH_CLITICS : 0;
    return kh_finder_ask(f, KH_SET_VERBS, first, flags, m);
}

size_t kh_finder_occurs(const kh_finder *f, size_t token)
{
    const uint32_t *count = kh_map_get(&f->counts, f->text->tokens.items[token].hash);
    return count ? *count : 0;
}

static bool is_inside(const kh_spot *inner, const kh_spot *outer)
{
    return outer->first <= inner->first && inner->end <= outer->end;
}

/* Adds SPOT in place of those that lie inside it. */
void kh_finder_add(kh_finder *f, kh_spot spot)
{
    bool swallows = false;
    for (uint32_t i = spot.first; i < spot.end; i++) {
        swallows = swallows || f->taken[i] == 1;
        f->taken[i] = 1;
    }
    size_t kept = 0;
    for (size_t i = 0; swallows && i < f->spots.count; i++) {
        if (!is_inside(&f->spots.items[i], &spot)) {
            f->spots.items[kept++] = f->spots.items[i];
        }
    }
    f->spots.count = swallows ? kept : f->spots.count;
    if (f->spots.count < KH_ITEMS_MAX) {
        *KH_ADD(f->scratch, &f->spots) = spot;
    }
}
