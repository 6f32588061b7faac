/* credits_match.c - where do the templates of credit fit the text?
 *
 * Decides token by token, within one line. Example: "وأبلغ الوزير نادر سلماوي رويترز" fits
 * "أبلغ ... {A}", the gap holding three words, the verb with its و; "заявил Кедров «Интерфаксу»" fits
 * "{SAY} ... {A}". Quotation marks around an agency's name, the word "agency" before it and commas anywhere
 * are passed over.
 *
 * Method: backtracking over the elements of a template, bounded by the few words that each slot may take.
 * Templates are found by their first word; those that begin with a slot are tried where that slot fits.
 *
 * Gets wrong: a gap that passes over the real hearer of the words ("told his wife and Reuters").
 */
#include "claims/credits_internal.h"

enum { GAP_WORDS = 8, NAME_WORDS = 10, PLACE_WORDS = 5, DATE_WORDS = 5 };

/* Bits of kh_may: where an agency's name may be. */
enum { NAMED = 1 << KH_MAY_AGENCY | 1 << KH_MAY_AGENCY_WORD | 1 << KH_MAY_MEDIUM };

/* What a set said of the token that it was asked about last: many templates in turn ask at one token. */
typedef struct answer {
    bool known;
    size_t at;
    kh_match match;
} answer;

typedef struct search {
    const kh_credits_know *know;
    const kh_article *art;
    const kh_token *tokens;
    uint8_t *may; /* bits of kh_may for each token; one goes where the set has nothing after all */
    answer last[KH_MAY_SETS];
    size_t line_end;
    kh_word_bits words; /* words and marks of the line */
    bool named;         /* a word of the agencies or media is among them */
    uint8_t lang;
    unsigned flags; /* for kh_phrases_match */
    kh_fit *fit;
    size_t agency_count;
} search;

static bool is_cased(const kh_token *t)
{
    return t->script == KH_SCRIPT_LATIN || t->script == KH_SCRIPT_CYRILLIC;
}

/* A phrase of the agencies' names at token AT, in the language of the article or, in Latin letters, in English. */
static bool agency_form_at(const kh_credits_know *know, const kh_text *text, uint8_t lang, size_t at, kh_match *m)
{
    bool latin = text->tokens.items[at].script == KH_SCRIPT_LATIN;
    uint8_t look = lang == KH_LANG_NONE ? KH_LANG_ANY : lang;
    unsigned flags = lang == know->arabic ? KH_CLITICS : 0;
    return kh_phrases_match(know->agency_forms, text, at, look, flags, m) ||
           (latin && kh_phrases_match(know->agency_forms, text, at, know->english, 0, m));
}

/* Whether the form M at T may stand for its agency there. */
static bool is_agency(const kh_credits_know *know, const kh_token *t, bool careful, const kh_match *m, uint32_t *agency)
{
    const kh_agency_form *form = &know->forms.items[m->value];
    bool always = !is_cased(t) || kh_str_eq(t->key, KH_STR("dpa"));
    bool shouted = always || (t->flags & KH_ALL_CAPS) || m->end > m->first + 1;
    bool named = always || (t->flags & KH_CAPITAL);
    if ((form->careful && (!careful || !shouted)) || !named) {
        return false;
    }
    *agency = form->agency;
    return true;
}

bool kh_credits_agency_at(const kh_credits_know *know, const kh_article *art, size_t at, bool careful, uint32_t *agency, kh_match *m)
{
    const kh_token *t = &art->tokens->tokens.items[at];
    uint8_t lang = kh_lexicon_lang(know->lex, art->lang);
    return t->kind == KH_WORD && agency_form_at(know, art->tokens, lang, at, m) && is_agency(know, t, careful, m, agency);
}

static bool fits_element(search *s, const kh_template *t, size_t element, size_t at);

static bool is_comma(const kh_token *t)
{
    return t->kind == KH_PUNCT && kh_str_eq(t->key, KH_STR(","));
}

/* Whether the element surely does not begin at the token: most templates end here. What Arabic writes onto a word is for
 * fits_word. */
static bool is_elsewhere(const search *s, const kh_template *t, size_t element, size_t at)
{
    if (element >= t->count || at >= s->line_end) {
        return false;
    }
    const kh_element *e = &t->elements[element];
    const kh_token *token = &s->tokens[at];
    bool word = token->kind == KH_WORD;
    switch (e->slot) {
    case KH_SLOT_WORD:
        return token->hash != e->hash && kh_element_is_whole(t, element, s->lang == s->know->arabic) && (word || !is_comma(token));
    case KH_SLOT_AGENCY: return word && !e->tight && !(s->may[at] & NAMED);
    case KH_SLOT_SAY:
    case KH_SLOT_REPORT: return word && !(s->may[at] & 1 << KH_MAY_SAY);
    case KH_SLOT_NUMBER: return word;
    default: return false;
    }
}

/* The template from ELEMENT on at token AT. */
static bool fits(search *s, const kh_template *t, size_t element, size_t at)
{
    return !is_elsewhere(s, t, element, at) && fits_element(s, t, element, at);
}

static bool is_end_mark(const kh_token *t)
{
    return t->kind == KH_PUNCT && (t->cp == '.' || t->cp == '!' || t->cp == '?' || t->cp == 0x61F || t->cp == ':' || t->cp == ';' ||
                                   t->cp == 0x61B || t->cp == '"' || t->cp == 0xAB || t->cp == 0x201C || t->cp == 0x201D);
}

static bool ask(const search *s, kh_may set, size_t at, kh_match *m)
{
    const kh_credits_know *know = s->know;
    const kh_text *text = s->art->tokens;
    switch (set) {
    case KH_MAY_AGENCY: return s->tokens[at].kind == KH_WORD && agency_form_at(know, text, s->lang, at, m);
    case KH_MAY_AGENCY_WORD: return kh_phrases_match(know->agency_words, text, at, s->lang, s->flags, m);
    case KH_MAY_MEDIUM: return kh_phrases_match(know->medium_words, text, at, s->lang, s->flags, m);
    case KH_MAY_SAY: return kh_phrases_match(know->verbs, text, at, s->lang, s->flags, m);
    case KH_MAY_NO_SOURCE: return kh_phrases_match(know->no_sources, text, at, s->lang, KH_CLITICS, m);
    case KH_MAY_SETS: break;
    }
    return false;
}

/* The phrase of SET at token AT. The sets are asked many times over, and mostly have nothing. */
static bool matches(search *s, kh_may set, size_t at, kh_match *m)
{
    uint8_t bit = (uint8_t)(1U << set);
    answer *last = &s->last[set];
    if (!(s->may[at] & bit)) {
        return false;
    }
    if (!last->known || last->at != at) {
        *last = (answer){.at = at};
        last->known = ask(s, set, at, &last->match);
        s->may[at] &= (uint8_t)(last->known ? UINT8_MAX : ~bit);
    }
    *m = last->match;
    return last->known;
}

static bool agency_at(search *s, size_t at, bool careful, uint32_t *agency, kh_match *m)
{
    return matches(s, KH_MAY_AGENCY, at, m) && is_agency(s->know, &s->tokens[at], careful, m, agency);
}

static size_t past_agency_word(search *s, size_t at)
{
    kh_match m;
    while (at < s->line_end && matches(s, KH_MAY_AGENCY_WORD, at, &m) && m.end < s->line_end) {
        at = m.end;
    }
    return at;
}

/* The agency's name at NAME, quotation marks around it passed over, and then the rest of the template. */
static bool fits_agency_at(search *s, const kh_template *t, size_t element, size_t first, size_t name, bool behind_lam)
{
    bool quoted = name < s->line_end && s->tokens[name].kind == KH_PUNCT && kh_is_quote(s->tokens[name].cp);
    name += quoted;
    uint32_t agency;
    kh_match m;
    if (name >= s->line_end || s->agency_count >= 2) {
        return false;
    }
    bool careful = element > 0 || name > first || (s->tokens[name].flags & KH_ALL_CAPS);
    if (!agency_at(s, name, careful, &agency, &m)) {
        return false;
    }
    if (behind_lam && name == first && m.clitic == 0 && !kh_str_starts(s->tokens[name].key, KH_STR("لل"))) {
        return false;
    }
    size_t end = m.end;
    end += quoted && end < s->line_end && s->tokens[end].kind == KH_PUNCT && kh_is_quote(s->tokens[end].cp);
    s->fit->agencies[s->agency_count] = agency + 1;
    s->fit->agency_spans[s->agency_count] = m.span;
    s->agency_count++;
    if (fits(s, t, element + 1, end)) {
        return true;
    }
    s->agency_count--;
    return false;
}

/* The name of a medium at token I that END tokens later may go on with: the last token that it can have. */
static size_t past_medium_name(const search *s, size_t i)
{
    enum { CASED_MAX = 4, PLAIN_MAX = 3 };
    size_t end = i;
    bool quoted = i < s->line_end && s->tokens[i].kind == KH_PUNCT && kh_is_quote(s->tokens[i].cp);
    if (quoted) {
        end++;
        while (end < s->line_end && end < i + NAME_WORDS && !kh_is_quote(s->tokens[end].cp)) {
            end++;
        }
        return end < s->line_end ? end + 1 : end;
    }
    end += end < s->line_end && s->tokens[end].kind == KH_NUMBER; /* کانال ۱۳ اسرائیل */
    while (end < s->line_end && s->tokens[end].kind == KH_WORD &&
           end - i < (is_cased(&s->tokens[end]) ? (size_t)CASED_MAX : (size_t)PLAIN_MAX) &&
           (!is_cased(&s->tokens[end]) || (s->tokens[end].flags & KH_CAPITAL))) {
        end++;
    }
    return end;
}

/* "صحيفة الوادي", газета «Восток», "newspaper Valley Courier": the word for a medium and a name that no table holds.
 * Where letters have no case, the shortest name that lets the rest fit. */
static bool fits_medium(search *s, const kh_template *t, size_t element, size_t at, bool behind_lam)
{
    bool may = t->type == KH_CREDIT_RELAY || t->type == KH_CREDIT_TOLD_AGENCY || t->type == KH_CREDIT_AGENCY_CHAIN ||
               t->type == KH_CREDIT_SOURCE_LINE;
    kh_match m;
    bool arabic = s->lang == s->know->arabic;
    bool owned = element == 0 && at > 0 && s->tokens[at - 1].kind == KH_WORD && s->tokens[at - 1].line == s->tokens[at].line &&
                 !arabic; /* سردبیر شبکه خبر */
    if (!may || owned || s->agency_count >= 2 || !matches(s, KH_MAY_MEDIUM, at, &m) || matches(s, KH_MAY_NO_SOURCE, at, &(kh_match){0}) ||
        (behind_lam && m.clitic == 0 && !kh_str_starts(s->tokens[at].key, KH_STR("لل")))) {
        return false;
    }
    if (m.end < s->line_end && agency_at(s, m.end, true, &(uint32_t){0}, &(kh_match){0})) {
        return false; /* that name is in the table: where the rest does not fit, it fits no other name either */
    }
    size_t last = past_medium_name(s, m.end);
    bool whole = m.value == KH_MEDIUM_NAME;
    bool cased = m.end < last && (is_cased(&s->tokens[m.end]) || s->tokens[m.end].kind == KH_PUNCT);
    bool definite = arabic && (kh_str_starts(s->tokens[at].key, KH_STR("ال")) || kh_str_starts(s->tokens[at].key, KH_STR("لل")));
    size_t first = whole ? m.end : cased ? last : definite ? m.end : m.end + 1;
    last = whole ? m.end : last;
    for (size_t end = first; end <= last; end++) {
        s->fit->agencies[s->agency_count] = 0;
        s->fit->agency_spans[s->agency_count] = kh_text_span(s->art->tokens, at, end);
        s->agency_count++;
        if (fits(s, t, element + 1, end)) {
            return true;
        }
        s->agency_count--;
    }
    return false;
}

/* خبرگزاری رسمی سوریه (سانا), وكالة الأنباء الأردنية (بترا), خبرگزاری رسمی سوریه، سانا، : the bracket or apposition behind the words for an agency at NAME says
 * which one it is, or gives the short name of one that no table holds. */
static bool fits_bracket(search *s, const kh_template *t, size_t element, size_t name)
{
    enum { WORDS_MAX = 4 };
    size_t open = name;
    while (open < s->line_end && open < name + WORDS_MAX && s->tokens[open].kind == KH_WORD) {
        open++;
    }
    uint32_t agency = 0;
    kh_match m = {0};
    if (open == name || open + 2 >= s->line_end || s->agency_count >= 2) {
        return false;
    }
    bool known = agency_at(s, open + 1, true, &agency, &m);
    m.end = known ? m.end : (uint32_t)open + 2;
    bool bracket = s->tokens[open].cp == '(' && m.end < s->line_end && s->tokens[m.end].cp == ')';
    bool apposed = known && is_comma(&s->tokens[open]) && m.end < s->line_end && is_comma(&s->tokens[m.end]);
    if (!bracket && !apposed) {
        return false;
    }
    s->fit->agencies[s->agency_count] = known ? agency + 1 : 0;
    s->fit->agency_spans[s->agency_count] = kh_text_span(s->art->tokens, known ? open + 1 : name, m.end);
    s->agency_count++;
    if (fits(s, t, element + 1, m.end + 1)) {
        return true;
    }
    s->agency_count--;
    return false;
}

static bool fits_agency(search *s, const kh_template *t, size_t element, size_t at)
{
    bool behind_lam = t->elements[element].tight;
    if (behind_lam && !kh_str_starts(s->tokens[at].key, KH_STR("ل"))) {
        return false;
    }
    bool alone = behind_lam && kh_token_is(&s->tokens[at], "ل") && at + 1 < s->line_end;
    if (alone) { /* "l" alone before «الوادي» : what is told to a name in marks is told to a medium */
        size_t end = past_medium_name(s, at + 1);
        if (fits_agency_at(s, t, element, at, at + 1, false)) {
            return true;
        }
        bool marked = kh_is_quote(s->tokens[at + 1].cp) && s->agency_count < 2 && t->type == KH_CREDIT_TOLD_AGENCY;
        s->fit->agencies[s->agency_count] = 0;
        s->agency_count += marked;
        if (marked && fits(s, t, element + 1, end)) {
            return true;
        }
        s->agency_count -= marked;
    }
    if (fits_agency_at(s, t, element, at, at, behind_lam)) {
        return true;
    }
    size_t name = past_agency_word(s, at);
    return (name > at && (fits_agency_at(s, t, element, at, name, behind_lam) || fits_bracket(s, t, element, name))) ||
           fits_medium(s, t, element, at, behind_lam);
}

static bool fits_word(search *s, const kh_template *t, size_t element, size_t at)
{
    const kh_token *token = &s->tokens[at];
    const kh_element *e = &t->elements[element];
    if (token->hash == e->hash) {
        return fits(s, t, element + 1, at + 1);
    }
    bool proclitic = s->lang == s->know->arabic && token->key.len > e->key.len && token->key.len <= e->key.len + 2 && e->key.len >= 4 &&
                     kh_str_ends(token->key, e->key) && (kh_str_starts(token->key, KH_STR("و")) || kh_str_starts(token->key, KH_STR("ف")));
    bool glued = element + 1 < t->count && t->elements[element + 1].tight && e->key.len == 2;
    return (proclitic && fits(s, t, element + 1, at + 1)) || (glued && fits(s, t, element + 1, at));
}

/* A slot of MIN..MAX tokens of which none ends a sentence; the shortest that lets the rest fit. A gap may hold
 * an apposition between two commas, but may not pass into the next clause over one. */
static bool fits_words(search *s, const kh_template *t, size_t element, size_t at, size_t min, size_t max, bool stops)
{
    bool last = element + 1 == t->count;
    bool gap = t->elements[element].slot == KH_SLOT_GAP;
    size_t end = at, commas = 0;
    while (end < s->line_end && end - at < max && !(stops && is_end_mark(&s->tokens[end]))) {
        if (end - at >= min && !last && !(gap && commas == 1) && fits(s, t, element + 1, end)) {
            return true;
        }
        commas += is_comma(&s->tokens[end]);
        end++;
    }
    return end - at >= min && !(gap && commas == 1) && fits(s, t, element + 1, end);
}

static bool fits_element(search *s, const kh_template *t, size_t element, size_t at)
{
    if (element == t->count) {
        s->fit->end = (uint32_t)at;
        return true;
    }
    if (at < s->line_end && element > 0 && is_comma(&s->tokens[at]) && t->elements[element].slot != KH_SLOT_GAP) {
        at++;
    }
    if (at >= s->line_end) {
        return t->elements[element].slot == KH_SLOT_GAP && fits(s, t, element + 1, at);
    }
    kh_match m;
    switch (t->elements[element].slot) {
    case KH_SLOT_WORD: return fits_word(s, t, element, at);
    case KH_SLOT_AGENCY: return fits_agency(s, t, element, at);
    case KH_SLOT_SAY: return matches(s, KH_MAY_SAY, at, &m) && fits(s, t, element + 1, m.end);
    case KH_SLOT_REPORT: return matches(s, KH_MAY_SAY, at, &m) && m.value == 2 && fits(s, t, element + 1, m.end);
    case KH_SLOT_ANY: return s->tokens[at].kind == KH_WORD && fits(s, t, element + 1, at + 1);
    case KH_SLOT_PLACE: return fits_words(s, t, element, at, 1, PLACE_WORDS, true);
    case KH_SLOT_NAME: return fits_words(s, t, element, at, 1, NAME_WORDS, false);
    case KH_SLOT_DATE: return fits_words(s, t, element, at, 1, DATE_WORDS, false);
    case KH_SLOT_NUMBER: return s->tokens[at].kind == KH_NUMBER && fits(s, t, element + 1, at + 1);
    case KH_SLOT_GAP: return fits_words(s, t, element, at, 0, GAP_WORDS, true);
    }
    return false;
}

/* Notes the words of the line from token FIRST to s->line_end. */
static void note_line(search *s, size_t first)
{
    s->words = (kh_word_bits){0};
    s->named = false;
    for (size_t i = first; i < s->line_end; i++) {
        kh_word_bits_add(&s->words, s->tokens[i].hash);
        s->named |= (s->may[i] & NAMED) != 0;
    }
}

/* Whether a word or a name that T asks for stands nowhere in the line. */
static bool is_absent(const search *s, const kh_template *t)
{
    return (t->needs_name && !s->named) || !kh_word_bits_hold(&s->words, &t->needs);
}

static void try_template(kh_arena *out, search *s, const kh_template *t, size_t first, kh_fits *found)
{
    kh_fit fit = {.template = t, .first = (uint32_t)first};
    kh_match other;
    if (t->type == KH_CREDIT_GENERIC_SOURCE && matches(s, KH_MAY_NO_SOURCE, first, &other)) {
        return;
    }
    s->fit = &fit;
    s->agency_count = 0;
    if (fits(s, t, 0, first) && found->count < KH_ITEMS_MAX) {
        for (size_t i = s->agency_count; i < 2; i++) {
            fit.agencies[i] = 0;
            fit.agency_spans[i] = (kh_span){0};
        }
        *KH_ADD(out, found) = fit;
    }
}

/* The templates whose first word has HASH; only unnamed sources where SOURCES is set. */
static void try_chain(kh_arena *out, search *s, uint64_t hash, uint8_t lang, size_t first, bool sources, kh_fits *found)
{
    const uint32_t *head = kh_map_get(&s->know->by_word, kh_hash_mix(hash, lang));
    for (uint32_t i = head ? *head : 0; i; i = s->know->templates.items[i].next) {
        const kh_template *t = &s->know->templates.items[i];
        if (is_absent(s, t) || (sources && t->type != KH_CREDIT_GENERIC_SOURCE)) {
            continue;
        }
        bool ends = s->tokens[first].hash == hash && is_elsewhere(s, t, 1, first + 1);
        if (!ends) {
            try_template(out, s, t, first, found);
        }
    }
}

static void try_word(kh_arena *out, search *s, size_t first, kh_fits *found)
{
    const kh_token *t = &s->tokens[first];
    try_chain(out, s, t->hash, s->lang, first, false, found);
    if (s->lang != s->know->english && t->script != KH_SCRIPT_ARABIC) {
        try_chain(out, s, t->hash, s->know->english, first, false, found);
    }
    bool proclitic =
        s->lang == s->know->arabic && t->key.len >= 6 && (kh_str_starts(t->key, KH_STR("و")) || kh_str_starts(t->key, KH_STR("ف")));
    bool preposition = s->lang == s->know->arabic && t->key.len >= 8 && /* وفقا لمصدر أمني */
                       (kh_str_starts(t->key, KH_STR("ل")) || kh_str_starts(t->key, KH_STR("ب")));
    if (proclitic || preposition) {
        try_chain(out, s, kh_hash(kh_str_from(t->key, 2)), s->lang, first, preposition, found);
    }
}

static bool slot_can_begin(search *s, kh_slot slot, size_t at, bool line_start)
{
    kh_match m;
    uint32_t agency;
    switch (slot) {
    case KH_SLOT_AGENCY: return agency_at(s, at, true, &agency, &m) || past_agency_word(s, at) > at || matches(s, KH_MAY_MEDIUM, at, &m);
    case KH_SLOT_SAY:
    case KH_SLOT_REPORT: return matches(s, KH_MAY_SAY, at, &m);
    default: return line_start;
    }
}

static uint8_t *may_begin(kh_arena *out, const kh_credits_know *know, const kh_text *text)
{
    uint8_t *may = KH_NEW_N(out, uint8_t, text->tokens.count + 1);
    for (size_t i = 0; i < text->tokens.count; i++) {
        may[i] = kh_sieve_ask(know->sieve, text, i, KH_CLITICS);
    }
    return may;
}

/* The templates that begin with a slot, of the article's language and of English. */
static kh_u64s slot_templates(kh_arena *out, const search *s)
{
    kh_u64s own = {0};
    KH_EACH(const uint32_t, index, s->know->by_slot) {
        uint8_t lang = s->know->templates.items[*index].lang;
        if (lang == s->lang || lang == s->know->english) {
            *KH_ADD(out, &own) = *index;
        }
    }
    return own;
}

/* Those of BY_SLOT that may be in the line, into CHOSEN, which has room for all. */
static void choose_slots(const search *s, const kh_u64s *by_slot, kh_u64s *chosen)
{
    chosen->count = 0;
    KH_EACH(const uint64_t, index, *by_slot) {
        if (!is_absent(s, &s->know->templates.items[*index])) {
            chosen->items[chosen->count++] = *index;
        }
    }
}

static void try_slots(kh_arena *out, search *s, const kh_u64s *chosen, size_t at, bool line_start, kh_fits *found)
{
    bool can[KH_SLOT_GAP + 1] = {0};
    bool any = false;
    for (kh_slot slot = KH_SLOT_AGENCY; slot < KH_SLOT_GAP; slot++) {
        can[slot] = slot_can_begin(s, slot, at, line_start);
        any |= can[slot];
    }
    for (size_t k = 0; any && k < chosen->count; k++) {
        const kh_template *t = &s->know->templates.items[chosen->items[k]];
        if (can[t->elements[0].slot]) {
            try_template(out, s, t, at, found);
        }
    }
}

void kh_credits_fit(kh_arena *out, const kh_credits_know *know, const kh_article *art, kh_fits *found)
{
    const kh_text *text = art->tokens;
    search s = {.know = know,
                .art = art,
                .tokens = text->tokens.items,
                .may = may_begin(out, know, text),
                .lang = kh_lexicon_lang(know->lex, art->lang)};
    s.flags = s.lang == know->arabic ? KH_CLITICS : 0;
    kh_u64s by_slot = slot_templates(out, &s);
    kh_u64s chosen = {.items = KH_NEW_N(out, uint64_t, by_slot.count + 1)};
    KH_EACH(const kh_stretch, line, text->lines) {
        s.line_end = line->end;
        note_line(&s, line->first);
        choose_slots(&s, &by_slot, &chosen);
        for (size_t i = line->first; i < line->end; i++) {
            if (s.tokens[i].kind != KH_NUMBER) {
                try_word(out, &s, i, found);
            }
            if (s.tokens[i].kind == KH_WORD) {
                try_slots(out, &s, &chosen, i, i == line->first, found);
            }
        }
    }
}
